"""Worlds: what is true, and what was printed of it without a slip, with every figure in two independent checks.

Which claims are printed is drawn until no figure could be wrong unseen, and no two could be mistaken for each other,
if every figure were exact. A world knows nothing of slips, but that a scene was set for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.checks import weak_figures
from benchmarks.slips.countries import Country, Truth
from benchmarks.slips.press import Press, true_value
from benchmarks.slips.scenes import SCENES
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Claim, Source, observations_of
from ipmetrics.model.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

FEWEST, MOST = 14, 22


@attrs.frozen
class World:
    """True values, and claims that were printed from them without a slip, each with a name."""

    truth: Mapping[Observation, Fraction]
    claims: tuple[Claim, ...]

    def true(self, claim: Claim) -> Fraction:
        """The true value of what a claim measures, in base units and its own terms."""
        return true_value(claim, self.truth)


def drawn(slip: Slip, draw: Random) -> World:
    """A world in which a slip of a kind can happen."""
    while True:
        press = Press(Country.drawn(draw))
        scene = SCENES[slip](press)
        claims = printed(draw, scene.core, scene.others, press.country.truth)
        if claims is not None:
            return World(press.country.truth, sourced(slip, draw, named(claims)))


def printed(draw: Random, core: Sequence[Claim], others: Sequence[Claim], truth: Truth) -> tuple[Claim, ...] | None:
    """Add claims to some until every figure stands in two independent checks; None if that takes too many."""
    claims, waiting = list(dict.fromkeys(core)), draw.sample(others, len(others))
    while len(claims) <= MOST:
        weak = weak_figures(claims, truth)
        if not weak and len(claims) >= FEWEST:
            return tuple(claims)
        known = {each for claim in claims for each in observations_of(claim)}
        wanted = {each for place in weak for each in observations_of(claims[place])}
        said = {_expression(claim) for claim in claims}
        waiting = [claim for claim in waiting if _expression(claim) not in said]
        if not waiting:
            return None
        best = min(waiting, key=lambda claim: _newness(claim, known, wanted))
        claims.append(best)
        waiting.remove(best)
    return None


def _expression(claim: Claim) -> object:
    return type(claim), tuple(observations_of(claim)), getattr(claim, "difference", None)


def _newness(claim: Claim, known: set[Observation], wanted: set[Observation]) -> tuple[bool, int]:
    """Whether it bears on nothing that is wanted, and how many unknowns it brings along."""
    mine = set(observations_of(claim))
    return bool(wanted) and not mine & wanted, len(mine - known) if wanted else 0


def named(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims with names, so that they can be told apart whatever is planted."""
    return tuple(attrs.evolve(claim, id=f"c{place}") for place, claim in enumerate(claims, 1))


def sourced(slip: Slip, draw: Random, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims with their sources: two editions for what is revised later, sentences of one page for others, or none."""
    last = max(each.period.end.year for claim in claims for each in observations_of(claim))
    if slip is Slip.REVISED:
        return tuple(attrs.evolve(claim, source=edition(claim, last)) for claim in claims)
    if slip is not Slip.SUBJECT and draw.random() < 0.5:
        return claims
    page = Source("Statistical Office", f"Communique {last}", dt.date(last + 1, 3, 1))
    return tuple(attrs.evolve(claim, source=attrs.evolve(page, locator=sentence(claim))) for claim in claims)


def edition(claim: Claim, last: int) -> Source:
    """The edition of the latest year that a claim speaks of."""
    year = min(last, max(each.period.end.year for each in observations_of(claim)))
    return Source("Statistical Office", f"Yearbook {year}", dt.date(year + 1, 9, 30))


def sentence(claim: Claim) -> str:
    """Where a claim is printed: one sentence for each place and year."""
    subject = next(observations_of(claim))
    return f"sentence on {subject.region} in {subject.period}"
