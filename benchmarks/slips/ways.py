"""What every way to plant a slip needs: claims whose figures can be printed anew, and what may be said of others."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.press import shift_of
from benchmarks.slips.printing import Form
from ipmetrics.errors import IpmetricsError
from ipmetrics.model.claims import Change, Claim, Level, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from benchmarks.slips.worlds import World
    from ipmetrics.model.observations import Observation

Printed = Level | Ratio | Share | Change
Way = tuple[list[int], list[Claim], "list[Claim | None]"]
"""The places of some claims, what is printed there with the slip, and what was meant by it."""


def figures(world: World, draw: Random) -> Iterator[tuple[int, Printed, str, Form]]:
    """The claims with a figure in digits that states no rounding of its own, in any order."""
    for place in draw.sample(range(len(world.claims)), len(world.claims)):
        claim = world.claims[place]
        if isinstance(claim, Printed) and claim.figure is not None and claim.figure.hedge is None:
            form = Form.of(claim.figure.text)
            if form is not None and attrs.evolve(claim.figure) == Figure(claim.figure.text):
                yield place, claim, claim.figure.text, form


def one(place: int, printed: Claim, meant: Claim | None) -> Way:
    """A slip of one claim."""
    return [place], [printed], [meant]


def with_text(claim: Printed, text: str | None) -> Printed | None:
    """A claim with another text; None where that is no figure of its kind."""
    if text is None:
        return None
    with suppress(IpmetricsError):
        return attrs.evolve(claim, figure=Figure(text))
    return None


def shown(claim: Claim, value: Fraction) -> Fraction:
    """A value in base units as the number that a claim prints, before scale word and sign."""
    return value / Fraction(10) ** shift_of(claim)


def mentioned(world: World, besides: int | None = None) -> dict[Observation, None]:
    """The observations that claims other than one speak of, and whose value is known."""
    claims = [claim for place, claim in enumerate(world.claims) if place != besides]
    return {each: None for claim in claims for each in observations_of(claim) if each in world.truth}


def computed(world: World, place: int, claim: Printed, meant: Printed, form: Form) -> Iterator[Way]:
    """What another claim says, printed in the form of one and in its place."""
    text = form.printed(shown(meant, world.true(meant)))
    printed, meant_so = with_text(claim, text), with_text(meant, text)
    if printed is not None and meant_so is not None and (form.after != " times" or not text.startswith("-")):
        yield one(place, printed, meant_so)


def moved(claim: Claim, move: Callable[[Observation], Observation]) -> Claim:
    """A claim of other observations."""
    match claim:
        case Level(subject=subject):
            return attrs.evolve(claim, subject=move(subject))
        case Ratio(subject=subject, to=base):
            return attrs.evolve(claim, subject=move(subject), to=move(base))
        case Share(subject=subject, of=base):
            return attrs.evolve(claim, subject=move(subject), of=move(base))
        case Change(subject=subject, than=None):
            return attrs.evolve(claim, subject=move(subject), since=move(claim.base))
        case Change(subject=subject):
            return attrs.evolve(claim, subject=move(subject), than=move(claim.base))
        case Total(subject=subject, parts=parts):
            return attrs.evolve(claim, subject=move(subject), parts=[move(part) for part in parts])
        case Rank(subject=subject, among=among):
            return attrs.evolve(claim, subject=move(subject), among=[move(other) for other in among])
        case _:
            return claim
