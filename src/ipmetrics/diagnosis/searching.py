"""The search for re-readings: what is proposed for the claims of a contradiction, kept if the whole set then holds.

Re-readings are tried alone and in pairs. They are ranked by how few slips they suppose, by the weight of the claims
they blame, and by how well what is re-read then fits; equals are listed by their words. Nothing is preferred because
it was met first.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, islice, product
from typing import TYPE_CHECKING

from ipmetrics.diagnosis.proposals import companion_rereadings, rereadings
from ipmetrics.findings import Repair, Slip, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ipmetrics.constraints.corrections import Cluster
    from ipmetrics.diagnosis.rereadings import Rereading
    from ipmetrics.diagnosis.trying import Trial
    from ipmetrics.model.claims import Claim

__all__ = ["key_of", "mended_together", "search"]

_PAIRS = 600
"""How many pairs of re-readings are tried for one part before the rest is left open."""
_ATTACHED = frozenset(
    {Slip.BASE_PERIOD, Slip.DENOMINATOR, Slip.SUBJECT, Slip.SCOPE, Slip.INCREASE, Slip.LABELS, Slip.POINTS}
)
"""Slips after which a claim speaks of something else, so that it has to be asked whether that is checked at all."""


def key_of(repair: Repair) -> tuple[int, Fraction, Fraction, int, tuple[str, ...]]:
    """What repairs are ordered by: size, weight and fit; then revisions before other re-readings before changes."""
    words = tuple(f"{step.text} {' '.join(map(str, step.claims))}" for step in repair.steps)
    rank = 2 if not repair.is_rereading else int(any(step.slip is not Slip.REVISED for step in repair.steps))
    return repair.size, repair.weight, -repair.fit, rank, words


def search(trial: Trial, clusters: Sequence[Cluster], others: frozenset[int]) -> tuple[list[Repair], bool]:
    """The re-readings that mend some clusters together, best first, and whether all that are tried were.

    `others` are the claims given up for the rest of the set, which has to hold, too.
    """
    clashes = [frozenset(clash.blamed) for cluster in clusters for clash in cluster.clashes]
    found = list(_alone(trial, clashes, others))
    if found or (len(clusters) == 1 and any(len(places) == 1 for places in clusters[0].sets)):
        # Where one claim may be all that is wrong, two slips at once are not looked for.
        return _ranked(found), True
    pairs, complete = _pairs(trial, clusters, clashes, others)
    return _ranked(pairs), complete


def mended_together(trial: Trial, clusters: Sequence[Cluster]) -> Iterator[frozenset[int]]:
    """Which clusters, by their places, one re-reading of several claims mends at once."""
    suspects = {group for cluster in clusters for clash in cluster.clashes for group in clash.blamed}
    for reading in _joint(trial, suspects):
        touched = set(reading.places)
        met = frozenset(
            place
            for place, cluster in enumerate(clusters)
            if all(touched.intersection(clash.blamed) for clash in cluster.clashes)
        )
        if len(met) > 1:
            others = frozenset(
                group for place, cluster in enumerate(clusters) if place not in met for group in cluster.sets[0]
            )
            if trial.holds(others, _changes(trial, (reading,))):
                yield met


def _blamable(trial: Trial, places: Iterable[int]) -> list[int]:
    return sorted(place for place in places if place not in trial.trusted)


def _joint(trial: Trial, suspects: Iterable[int], meeting: Sequence[frozenset[int]] = ()) -> Iterator[Rereading]:
    """The re-readings of several claims that touch a suspect and each set to be met, and nothing that is trusted."""
    for reading in companion_rereadings(trial.around, _blamable(trial, suspects), meeting=meeting):
        if trial.trusted.isdisjoint(reading.places):
            yield reading


def _alone(trial: Trial, clashes: Sequence[frozenset[int]], others: frozenset[int]) -> Iterator[Repair]:
    """One slip that mends all: of a claim that stands in every conflict, or of several that meet every conflict."""
    in_all = frozenset.intersection(*clashes)
    for place in _blamable(trial, in_all):
        if trial.holds(others, {place: None}):
            for reading in _fitting(trial, place, others | {place}):
                if trial.holds(others, _changes(trial, (reading,))) and _is_checked(trial, reading, others | {place}):
                    yield _repair(trial, (reading,), others)
    suspects = frozenset.union(*clashes)
    for reading in _joint(trial, suspects, clashes):
        if not _may_fit(trial, reading, others):
            continue
        gone = others.union(reading.places)
        if trial.holds(others, _changes(trial, (reading,))) and _is_checked(trial, reading, gone):
            yield _repair(trial, (reading,), others)


def _fitting(trial: Trial, place: int, gone: frozenset[int]) -> Iterator[Rereading]:
    """The re-readings of one claim that may fit what is left without it."""
    needed = trial.needed(trial.assembly.claims[place], gone)
    for reading in rereadings(trial.around, place, needed):
        if _may_fit(trial, reading, gone - {place}):
            yield reading


def _may_fit(trial: Trial, reading: Rereading, others: frozenset[int]) -> bool:
    """Whether each claim re-read says something that the rest allows, as far as that is quickly seen."""
    gone = frozenset(reading.places)
    pairs = list(zip(reading.places, reading.reread, strict=True))
    # What stands in the conflicts is looked at first: there one mostly sees at once that it does not fit.
    pairs.sort(key=lambda pair: not trial.is_suspect(pair[0]))
    return all(claim is None or trial.may_fit(claim, place, others, gone - {place}) for place, claim in pairs)


def _is_checked(trial: Trial, reading: Rereading, gone: frozenset[int]) -> bool:
    """Whether every claim that is re-read is held to something: by the rest, or by what is re-read with it."""
    if reading.slip not in _ATTACHED:
        return True
    claims = [claim for claim in reading.reread if claim is not None]
    return all(trial.is_checked(claim, gone, [each for each in claims if each is not claim]) for claim in claims)


def _pairs(
    trial: Trial, clusters: Sequence[Cluster], clashes: Sequence[frozenset[int]], others: frozenset[int]
) -> tuple[list[Repair], bool]:
    """Two slips that mend all together, where one does not."""
    found: list[Repair] = []
    left = _PAIRS
    for places in _couples(trial, clusters, clashes):
        gone = others | set(places)
        if not trial.holds(others, dict.fromkeys(places)):
            continue
        proposed = [
            [
                reading
                for reading in _fitting(trial, place, gone)
                if trial.holds(gone - {place}, _changes(trial, (reading,))) and _is_checked(trial, reading, gone)
            ]
            for place in places
        ]
        for pair in islice(product(*proposed), left):
            left -= 1
            if trial.holds(others, _changes(trial, pair)):
                found.append(_repair(trial, pair, others))
        if left <= 0:
            return found, False
    return found, True


def _couples(trial: Trial, clusters: Sequence[Cluster], clashes: Sequence[frozenset[int]]) -> Iterator[tuple[int, ...]]:
    """Two claims that meet every conflict together: those of the lightest sets first."""
    told: set[tuple[int, ...]] = set()
    for sets in product(*(cluster.sets for cluster in clusters)):
        places = tuple(sorted(frozenset[int]().union(*sets)))
        if len(places) == 2:
            told.add(places)
            yield places
    suspects = _blamable(trial, frozenset.union(*clashes))
    for places in combinations(suspects, 2):
        if places not in told and all(clash.intersection(places) for clash in clashes):
            yield places


def _changes(trial: Trial, readings: Iterable[Rereading]) -> dict[int, Claim | None]:
    """The claims changed by re-readings; restatements stand for what they restate."""
    changed: dict[int, Claim | None] = {}
    for reading in readings:
        for place, claim in zip(reading.places, reading.reread, strict=True):
            leader = trial.assembly.repeats.get(place, place)
            if leader == place or leader not in changed:
                changed[leader] = claim
    return changed


def _repair(trial: Trial, readings: tuple[Rereading, ...], others: frozenset[int]) -> Repair:
    changes = _changes(trial, readings)
    gone = others | set(changes)
    steps = tuple(_step(trial, reading, gone) for reading in readings)
    weight = sum((max(trial.weights[place] for place in reading.places) for reading in readings), Fraction(0))
    fit = min((step.fit if step.fit is not None else Fraction(0) for step in steps), default=Fraction(0))
    return Repair(steps, weight, fit, trial.repaired(changes))


def _step(trial: Trial, reading: Rereading, gone: frozenset[int]) -> Step:
    claims = tuple(trial.assembly.claims[place] for place in reading.places)
    elsewhere = reading.slip in _ATTACHED
    read = [claim for claim in reading.reread if claim is not None]
    found = [
        trial.fit(claim, gone, [each for each in read if each is not claim], elsewhere=elsewhere) for claim in read
    ]
    fits = [fit for fit in found if fit is not None]
    # A revised figure says nothing any more, and whatever it was revised to then fits.
    fit = Fraction(1) if reading.slip is Slip.REVISED else min(fits, default=None)
    return Step(
        tuple(trial.assembly.ids[place] for place in reading.places),
        claims,
        reading.text,
        slip=reading.slip,
        reread=reading.reread,
        needed=trial.needed(claims[0], gone),
        figure=getattr(reading.reread[0], "figure", None),
        fit=fit,
    )


def _ranked(found: Iterable[Repair]) -> list[Repair]:
    """Best first; of those that come to the same by the same slips only the first."""
    told: list[Repair] = []
    seen: list[tuple[tuple[Slip | None, ...], tuple[Claim, ...]]] = []
    for repair in sorted(found, key=key_of):
        same = tuple(step.slip for step in repair.steps), repair.repaired
        if same not in seen:
            seen.append(same)
            told.append(repair)
    return told
