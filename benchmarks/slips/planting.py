"""One slip planted into true claims: what is then printed, what was meant, and how a repair that says so is known.

Nothing here is taken from the rooms that propose re-readings, and what is printed never says the same as what is true.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.misplacements import (
    another_base,
    another_denominator,
    another_subject,
    exchanged_labels,
    parts_that_overlap,
    revised_later,
    sibling_scope,
)
from benchmarks.slips.misprints import (
    another_power,
    counted_in_fractions,
    cut_off,
    dropped_digit,
    exchanged_digits,
    level_or_increase,
    nudged,
    percent_or_points,
    rounded_to_zeros,
    times_or_times_more,
)
from ipmetrics.checks.statements import stated
from ipmetrics.findings import Slip, Step
from ipmetrics.model.claims import Change, Claim, Level, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Conventions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from benchmarks.slips.ways import Way
    from benchmarks.slips.worlds import World


@attrs.frozen
class Planted:
    """Claims with one slip: which it touches, and how these would have to be read."""

    slip: Slip
    claims: tuple[Claim, ...]
    places: tuple[int, ...]
    meant: tuple[Claim | None, ...]

    def is_named_by(self, step: Step) -> bool:
        """Whether a step of a repair is what was planted: the slip, the claims, and what they then say."""
        printed = {claim.id: meaning_of(claim) for claim in self.claims}
        reread = {name: meaning_of(claim) for name, claim in zip(step.ids, step.reread, strict=True)}
        meant = {self.claims[place].id: meaning_of(claim) for place, claim in zip(self.places, self.meant, strict=True)}
        return step.slip is self.slip and meant == {
            name: says for name, says in reread.items() if says != printed.get(name)
        }


def meaning_of(claim: Claim | None, conventions: Conventions | None = None) -> object:
    """What a claim says: its kind of relation, of what, and the interval of its figure; equal for equal statements."""
    says = None if claim is None else stated(claim, conventions or Conventions())
    match claim:
        case Level(subject=subject):
            return "level", subject, subject.indicator.whole, says
        case Ratio(subject=subject, to=base) | Share(subject=subject, of=base):
            return "quotient", subject, base, subject.indicator.whole, says
        case Change(difference=True):
            return "difference", claim.subject, claim.base, claim.subject.indicator.whole, says
        case Change():
            more = None if says is None else says + Fraction(1)
            return "quotient", claim.subject, claim.base, claim.subject.indicator.whole, claim.years, more
        case Total():
            counted = claim.subject.indicator.whole
            return "total", claim.subject, frozenset(claim.parts), claim.complete, claim.disjoint, counted
        case Rank():
            counted = claim.subject.indicator.whole
            return "rank", claim.subject, claim.rank, frozenset(claim.others), claim.order, claim.complete, counted
        case _:
            return claim


def planted(slip: Slip, world: World, draw: Random) -> Planted | None:
    """A world's claims with one slip of a kind; None where there is nothing it can happen to."""
    for places, printed, meant in PLANTERS[slip](world, draw):
        wrong = [
            (place, should)
            for place, is_so, should in zip(places, printed, meant, strict=True)
            if meaning_of(is_so) != meaning_of(should)
        ]
        if wrong:
            claims = list(world.claims)
            for place, claim in zip(places, printed, strict=True):
                claims[place] = claim
            return Planted(slip, tuple(claims), tuple(place for place, _ in wrong), tuple(each for _, each in wrong))
    return None


PLANTERS: dict[Slip, Callable[[World, Random], Iterator[Way]]] = {
    Slip.TRUNCATED: cut_off,
    Slip.BALANCED: nudged,
    Slip.ROUND_NUMBER: rounded_to_zeros,
    Slip.FRACTIONAL: counted_in_fractions,
    Slip.POINTS: percent_or_points,
    Slip.TIMES: times_or_times_more,
    Slip.POWER: another_power,
    Slip.EXCHANGED_DIGITS: exchanged_digits,
    Slip.DROPPED_DIGIT: dropped_digit,
    Slip.BASE_PERIOD: another_base,
    Slip.REVISED: revised_later,
    Slip.DENOMINATOR: another_denominator,
    Slip.LABELS: exchanged_labels,
    Slip.INCREASE: level_or_increase,
    Slip.SUBJECT: another_subject,
    Slip.SCOPE: sibling_scope,
    Slip.OVERLAP: parts_that_overlap,
}
