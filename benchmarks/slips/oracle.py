"""The exhaustive oracle: every re-reading of every claim tried, the whole set decided anew each time.

It shares with the search what is proposed, and nothing of how it is sought: no conflicts, no bounds on what would fit,
no order. What it finds is the best group, because every single re-reading weighs the same.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import attrs

import ipmetrics as ipm
from benchmarks.slips.planting import meaning_of
from ipmetrics.checks.assembly import assemble
from ipmetrics.checks.statements import stated
from ipmetrics.constraints.exact import Decision, decide
from ipmetrics.constraints.ranges import states
from ipmetrics.diagnosis.proposals import companion_rereadings, rereadings
from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
from ipmetrics.findings import Slip
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, observations_of
from ipmetrics.model.figures import Conventions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SAID_OF_SOMETHING_ELSE = frozenset(
    {Slip.BASE_PERIOD, Slip.DENOMINATOR, Slip.SUBJECT, Slip.SCOPE, Slip.INCREASE, Slip.LABELS, Slip.POINTS}
)
"""Slips after which a claim may speak of what nothing else bears on; such a re-reading heals all and means nothing."""


def fails(claims: Sequence[Claim]) -> bool:
    """Whether claims cannot all hold, with a proof."""
    return decide(assemble(claims).network).is_inconsistent


@attrs.frozen
class Group:
    """The single re-readings that make claims consistent, and those of which that was not decided.

    Of those that come to the same claims only the first is kept.
    """

    found: tuple[Rereading, ...]
    left_open: tuple[Rereading, ...]


def best_group(claims: Sequence[Claim]) -> Group:
    """Try every re-reading."""
    tried: dict[object, tuple[Rereading, Decision]] = {}
    for reading in every_rereading(claims):
        key = outcome(claims, reading)
        if key not in tried:
            tried[key] = reading, decide(assemble(applied(claims, reading)).network)
    meant = [(reading, decision) for reading, decision in tried.values() if not decision.is_inconsistent]
    meant = [(reading, decision) for reading, decision in meant if not is_vacuous(claims, reading)]
    return Group(
        tuple(reading for reading, decision in meant if decision.is_consistent),
        tuple(reading for reading, decision in meant if not decision.is_consistent),
    )


def every_rereading(claims: Sequence[Claim]) -> Iterator[Rereading]:
    """All that is proposed, but for claims without which the rest contradicts itself all the same."""
    around = Surroundings(tuple(claims), Conventions())
    alone = {place for place in range(len(claims)) if not fails(without(claims, [place]))}
    for place in sorted(alone):
        yield from living(claims, place, list(rereadings(around, place)))
    failing: dict[frozenset[int], bool] = {}
    for reading in companion_rereadings(around, range(len(claims))):
        places = frozenset(reading.places)
        if alone.isdisjoint(places) and places not in failing:
            failing[places] = fails(without(claims, places))
        if not failing.get(places, False):
            yield reading


def without(claims: Sequence[Claim], places: Collection[int]) -> list[Claim]:
    """The claims but for some."""
    return [claim for place, claim in enumerate(claims) if place not in places]


def living(claims: Sequence[Claim], place: int, readings: list[Rereading]) -> Iterator[Rereading]:
    """The re-readings of one claim without those that cannot hold because not even a looser one does.

    Those that only print another figure are put in order and halved: where the rest contradicts all that lies between
    the least and the most that some of them state, it contradicts each.
    """
    claim = claims[place]
    ranged = [
        (says, each)
        for each in readings
        for read in each.reread
        if read is not None and alike(read, claim) and (says := stated(read, Conventions())) is not None
    ]
    yield from (each for each in readings if all(each is not other for _, other in ranged))
    rest = assemble(without(claims, [place]), asked=observations_of(claim))
    told = rest.measured(claim)
    waiting = [sorted(ranged, key=lambda pair: (pair[0].lower is not None, pair[0].lower or 0))]
    while waiting and told is not None:
        some = waiting.pop()
        hull = reduce(Interval.hull, (says for says, _ in some), Interval.empty())
        if some and not decide(rest.network.plus([states(told.expression, told.meant(hull))])).is_inconsistent:
            if len(some) == 1:
                yield some[0][1]
            else:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]


def alike(read: Claim, claim: Claim) -> bool:
    """Whether a re-reading only prints another figure of the same kind."""
    if type(read) is not type(claim) or [*observations_of(read)] != [*observations_of(claim)]:
        return False
    if isinstance(read, Change) and isinstance(claim, Change):
        return read.difference == claim.difference
    return isinstance(read, (Level, Ratio, Share))


def applied(claims: Sequence[Claim], reading: Rereading) -> list[Claim]:
    """The whole set with some claims re-read, or left out."""
    changed = dict(zip(reading.places, reading.reread, strict=True))
    read = [changed.get(place, claim) for place, claim in enumerate(claims)]
    return [claim for claim in read if claim is not None]


def outcome(claims: Sequence[Claim], reading: Rereading) -> object:
    """What a re-reading comes to: which claims then say something else, and what."""
    read = [(place, meaning_of(claim)) for place, claim in zip(reading.places, reading.reread, strict=True)]
    return frozenset((place, says) for place, says in read if says != meaning_of(claims[place]))


def is_vacuous(claims: Sequence[Claim], reading: Rereading) -> bool:
    """Whether a claim is said of something that nothing else bounds, so that it fits whatever it says.

    Claims that are re-read together bear on each other.
    """
    if reading.slip not in SAID_OF_SOMETHING_ELSE:
        return False
    rest = without(claims, reading.places)
    read = [claim for claim in reading.reread if claim is not None]
    return any(not _is_bounded(each, [*rest, *(other for other in read if other is not each)]) for each in read)


def _is_bounded(claim: Claim, rest: Sequence[Claim]) -> bool:
    if not isinstance(claim, (Level, Ratio, Share, Change)):
        return True
    open_claim = attrs.evolve(claim, figure=None, id=None, source=None)
    interval = ipm.derive(open_claim, rest).interval
    return interval.upper is not None or (interval.lower is not None and interval.lower > 0)
