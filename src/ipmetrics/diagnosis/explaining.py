"""Why claims contradict each other, and what may have been meant: the questions `explain` and `repairs`.

Conflicts that hang together are a part; for each part one way to mend it has to be chosen. A repair of the whole set
is one way for each part, and is verified as a whole before it is told.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from fractions import Fraction
from itertools import islice, product
from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.clashing import in_order, told, trusted_places
from ipmetrics.checks.judging import check
from ipmetrics.constraints.corrections import Cluster, Corrections, corrections
from ipmetrics.constraints.enumeration import onwards
from ipmetrics.diagnosis.localising import change
from ipmetrics.diagnosis.rereadings import Surroundings
from ipmetrics.diagnosis.searching import key_of, mended_together, search
from ipmetrics.diagnosis.trying import Trial
from ipmetrics.errors import ClaimError
from ipmetrics.findings import Explanation, Part, Repair, Verdict
from ipmetrics.rationals import exact_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ipmetrics.constraints.conflicts import Clash
    from ipmetrics.model.claims import Claim, Source
    from ipmetrics.model.figures import Conventions

__all__ = ["explain", "repairs"]

_LIMIT = 64
_ROUNDS = 8
"""How many decisions are spent for each conflict that may be looked for."""
_SETS = 64
_QUESTIONS = 6
"""How many sets of claims are asked about for conflicts that no proof needs: in dense sets the rest is seldom met."""

Weights = Mapping["Claim | str", "Fraction | int"]


def explain(
    claims: Iterable[Claim],
    conventions: Conventions | None = None,
    *,
    trust: Iterable[Claim | Source] = (),
    weights: Weights | None = None,
    limit: int = _LIMIT,
    reread: bool = True,
) -> Explanation:
    """Why claims contradict each other, which figures would have to change, and what may have been meant.

    Parameters
    ----------
    claims
        The claims, in any order; the order never changes the answer.
    conventions
        How figures are read and what is assumed; a claim file brings its own.
    trust
        Claims, or sources all of whose claims, are never blamed. Trusted claims that contradict each other are
        themselves the conflict, and nothing is looked for beyond it.
    weights
        How hard it is to doubt a claim, by the claim or its name: a number above zero, 1 where none is given.
    limit
        How many conflicts are looked for before the rest is left open, and said to be.
    reread
        Whether re-readings are looked for; without, only the figures that would have to change, and no more conflicts
        than the proof needs that nothing lighter will do.

    Returns
    -------
    Explanation
        Conflicts with exact proofs; for each part of them the lightest sets of figures to change, with the proof
        that no lighter ones do, and the re-readings that were verified to mend it, best first.

    Raises
    ------
    ClaimError
        If the claims make no sense as a set, or a weight is none or names no claim.

    References
    ----------
    Fellegi, I. P. and Holt, D. (1976), A systematic approach to automatic edit and imputation, Journal of the
    American Statistical Association 71, section 3. Reiter, R. (1987), A theory of diagnosis from first principles.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> granted = ipm.Indicator("patents granted", unit="patent", whole=True)
    >>> parts = [ipm.Level(granted.at(name, 2021), text) for name, text in (("north", "5,312"), ("south", "4,177"))]
    >>> total = ipm.Level(granted.at("all", 2021), "9,849", id="total")
    >>> sums = ipm.Total(granted.at("all", 2021), [part.subject for part in parts])
    >>> [part] = explain([*parts, total, sums]).parts
    >>> [str(repair.steps[0]) for repair in part.best if "total" in repair.ids]
    ['total reads as 9,489: two digits exchanged']
    """
    assembly, trial, left_open = _localised(claims, conventions, trust, weights, limit, every=reread)
    if trial is None:
        verdict = Verdict.UNDETERMINED if left_open else Verdict.CONSISTENT
        notes = () if left_open else tuple(_notes(assembly))
        return Explanation(
            verdict, left_open=left_open, notes=notes, ids=assembly.ids, conventions=assembly.conventions
        )
    parts, cut = _parts(trial, reread=reread)
    found = sorted((each for part in parts for each in part.conflicts), key=lambda each: (len(each.claims), each.ids))
    return Explanation(
        Verdict.INCONSISTENT,
        tuple(found),
        tuple(parts),
        left_open=(*left_open, *cut),
        ids=assembly.ids,
        conventions=assembly.conventions,
    )


def _notes(assembly: Assembly) -> Iterator[str]:
    """What is remarkable about claims that hold together, and no error."""
    report = check(assembly.claims, assembly.conventions)
    yield from report.notes
    for finding in report.findings:
        yield from (f"{finding.id}: {note}" for note in finding.notes)


def repairs(
    claims: Iterable[Claim],
    conventions: Conventions | None = None,
    *,
    trust: Iterable[Claim | Source] = (),
    weights: Weights | None = None,
    limit: int = _LIMIT,
) -> Iterator[Repair]:
    """The ways to make a whole set of claims consistent, best first: re-readings, and figures to change.

    Parameters
    ----------
    claims, conventions, trust, weights, limit
        As for `explain`.

    Yields
    ------
    Repair
        Of the whole set: where its contradictions fall into parts, a way for each. Fewest steps first, then the
        lightest, then those that fit best. Nothing if the set is consistent.

    Raises
    ------
    ClaimError
        As for `explain`.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> claims = [ipm.Level(a, "6.0"), ipm.Level(b, "2.9"), ipm.Ratio(a, b, "1.07 times", id="multiple")]
    >>> print(next(repairs(claims)).steps[0].slip)
    times or times more
    """
    _, trial, _ = _localised(claims, conventions, trust, weights, limit, every=False)
    if trial is None:
        return
    ways = [sorted((*part.rereadings, *part.changes), key=key_of) for part in _parts(trial, reread=True)[0]]
    if len(ways) == 1:
        yield from ways[0]
    elif all(ways):
        yield from _combined(trial, ways)


def _localised(
    claims: Iterable[Claim],
    conventions: Conventions | None,
    trust: Iterable[Claim | Source],
    weights: Weights | None,
    limit: int,
    *,
    every: bool,
) -> tuple[Assembly, Trial | None, tuple[str, ...]]:
    """The set with its conflicts and the lightest sets to give up; no trial where none was found.

    With `every`, the conflicts that no proof needs are looked for as well.
    """
    if conventions is None:
        conventions = getattr(claims, "conventions", None)
    assembly = assemble(claims, conventions)
    places = trusted_places(assembly.claims, trust)
    weighed = _weights(assembly, weights or {})
    found = corrections(assembly.network, {*assembly.background, *places}, weighed, rounds=_ROUNDS * limit)
    left_open = tuple(_left_open(assembly, found))
    if not found.clusters:
        return assembly, None, left_open
    if every and found.decided:
        found, all_met = _with_every_conflict(found, limit)
        told_of = sum(len(cluster.clashes) for cluster in found.clusters)
        left_open += () if all_met else (f"whether there are more conflicts than the {told_of} told",)
    around = Surroundings(assembly.claims, assembly.conventions)
    return assembly, Trial(assembly, found, around, weighed, places), left_open


def _with_every_conflict(found: Corrections, limit: int) -> tuple[Corrections, bool]:
    """The clusters with the conflicts that were not needed to find them, and whether these are all there are.

    A conflict that touches several clusters is told with the first that mends it.
    """
    more: list[list[Clash]] = [[] for _ in found.clusters]
    met = {clash.blamed for cluster in found.clusters for clash in cluster.clashes}
    looked = list(islice(onwards(found.ground, found.known, _QUESTIONS), limit + 1))
    for clash in looked[:limit]:
        if clash is not None and clash.blamed not in met:
            mended = (place for place, each in enumerate(found.clusters) if each.sets[0].intersection(clash.blamed))
            more[next(mended)].append(clash)
    clusters = tuple(
        attrs.evolve(cluster, clashes=tuple(in_order([*cluster.clashes, *added])))
        for cluster, added in zip(found.clusters, more, strict=True)
    )
    return attrs.evolve(found, clusters=clusters), None not in looked and len(looked) <= limit


def _weights(assembly: Assembly, given: Weights) -> dict[int, Fraction]:
    weights = dict.fromkeys(range(len(assembly.claims)), Fraction(1))
    faults: list[str] = []
    for claim, number in given.items():
        places = [
            place
            for place, (name, each) in enumerate(zip(assembly.ids, assembly.claims, strict=True))
            if claim in (name, each)
        ]
        weight = exact_number(number, "a weight")
        if not places:
            faults.append(f"a weight is given for {claim}, which is none of the claims")
        elif weight <= 0:
            faults.append(f"the weight of {claim} is {number}")
        weights |= dict.fromkeys(places, weight)
    if faults:
        raise ClaimError(
            "; ".join(faults),
            rule="a weight is a number above zero for one of the claims",
            way_out="give larger weights to what is harder to doubt, and use trust= for what is never blamed",
        )
    return weights


def _left_open(assembly: Assembly, found: Corrections) -> Iterator[str]:
    if found.decided:
        return
    if not found.clusters:
        yield "whether these claims can all hold was not decided within the budget"
    elif not found.clusters[0].sets:
        names = ", ".join(assembly.ids[g] for g in found.clusters[0].clashes[0].background if g < len(assembly.claims))
        names = names or "assumptions alone"
        yield f"what is trusted contradicts itself ({names}), so nothing beyond it was looked for"
    else:
        yield "whether the rest holds without the claims named was not decided within the budget"


def _parts(trial: Trial, *, reread: bool) -> tuple[list[Part], tuple[str, ...]]:
    """The clusters of conflicts, those joined that one re-reading mends together, each with its repairs."""
    clusters = trial.found.clusters
    if not clusters[0].sets:
        clash = clusters[0].clashes[0]
        alone = Part((told(trial.assembly, clash, readings=False),), (), (), Fraction(0), proved=True, complete=True)
        return [alone], ()
    joined = _joined(len(clusters), mended_together(trial, clusters) if reread and len(clusters) > 1 else ())
    parts: list[Part] = []
    cut = False
    for places in joined:
        members = [clusters[place] for place in places]
        others = trial.found.given_up - frozenset(group for each in members for group in each.sets[0])
        part, all_tried = _part(trial, members, others, reread=reread)
        parts.append(part)
        cut = cut or not all_tried
    ordered = sorted(parts, key=lambda part: (part.weight, len(part.conflicts[0].claims), part.conflicts[0].ids))
    return ordered, ("not every pair of re-readings was tried",) if cut else ()


def _joined(count: int, together: Iterable[frozenset[int]]) -> list[list[int]]:
    groups = [{place} for place in range(count)]
    for met in together:
        touched = [group for group in groups if not group.isdisjoint(met)]
        groups = [group for group in groups if group.isdisjoint(met)] + [set().union(*touched)]
    return [sorted(group) for group in groups]


def _part(trial: Trial, members: Sequence[Cluster], others: frozenset[int], *, reread: bool) -> tuple[Part, bool]:
    sets = [frozenset[int]().union(*chosen) for chosen in islice(product(*(each.sets for each in members)), _SETS)]
    changes = sorted((change(trial, each, others) for each in sets), key=key_of)
    rereadings, all_tried = search(trial, members, others) if reread else ([], True)
    clashes = in_order([clash for each in members for clash in each.clashes])
    part = Part(
        tuple(told(trial.assembly, clash, readings=False) for clash in clashes),
        tuple(changes),
        tuple(rereadings),
        sum((each.weight for each in members), Fraction(0)),
        proved=all(each.proved for each in members),
        complete=all(each.complete for each in members) and len(sets) < _SETS,
    )
    return part, all_tried


def _combined(trial: Trial, ways: Sequence[Sequence[Repair]]) -> Iterator[Repair]:
    """One way for each part, best first, each verified as a whole (best-first search over the lists)."""
    start = (0,) * len(ways)
    heap = [(_key([way[0] for way in ways]), start)]
    seen = {start}
    while heap:
        _, places = heapq.heappop(heap)
        whole = _together(trial, [way[place] for way, place in zip(ways, places, strict=True)])
        if whole is not None:
            yield whole
        for at, place in enumerate(places):
            after = (*places[:at], place + 1, *places[at + 1 :])
            if place + 1 < len(ways[at]) and after not in seen:
                seen.add(after)
                heapq.heappush(heap, (_key([way[n] for way, n in zip(ways, after, strict=True)]), after))


def _key(chosen: Sequence[Repair]) -> tuple[int, Fraction, Fraction]:
    return (
        sum(each.size for each in chosen),
        sum((each.weight for each in chosen), Fraction(0)),
        -min(each.fit for each in chosen),
    )


def _together(trial: Trial, chosen: Sequence[Repair]) -> Repair | None:
    """The repairs of all parts as one, if the whole set then holds."""
    changes: dict[int, Claim | None] = {}
    for repair in chosen:
        for step in repair.steps:
            for name, claim in zip(step.ids, step.reread, strict=True):
                place = trial.assembly.ids.index(name)
                changes[trial.assembly.repeats.get(place, place)] = claim
    if not trial.holds((), changes):
        return None
    _, weight, fit = _key(chosen)
    steps = tuple(step for repair in chosen for step in repair.steps)
    return attrs.evolve(chosen[0], steps=steps, weight=weight, fit=-fit, repaired=trial.repaired(changes))
