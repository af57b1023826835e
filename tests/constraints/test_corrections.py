from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from ipmetrics.constraints.corrections import corrections
from ipmetrics.constraints.enumeration import clashes
from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.relations import Within
from ipmetrics.intervals import Interval
from tests.constraints.test_conflicts import background_of
from tests.effort import numbers
from tests.random_networks import Groups, judged, random_groups


def every_lightest(
    groups: Groups, background: list[int], weights: dict[int, Fraction]
) -> tuple[Fraction, set[frozenset[int]]] | None:
    """All the lightest sets that leave what z3 can satisfy, by trying all; None if one was too hard."""
    suspects = [place for place in range(len(groups)) if place not in background]
    weighed: dict[frozenset[int], Fraction] = {}
    for size in range(len(suspects) + 1):
        for places in map(frozenset, combinations(suspects, size)):
            answer = judged([group for place, group in enumerate(groups) if place not in places])
            if answer == "unknown":
                return None
            if answer == "sat":
                weighed[places] = sum((weights[each] for each in places), Fraction(0))
    least = min(weighed.values())
    return least, {places for places, weight in weighed.items() if weight == least}


@pytest.mark.parametrize("whole", [False, True])
def test_the_lightest_corrections_are_all_found_and_nothing_else(whole: bool) -> None:  # noqa: FBT001 - a parameter
    several = 0
    for seed in numbers(60):
        draw = Random(seed)  # noqa: S311 - nothing is kept secret
        groups = random_groups(seed, whole=whole)
        background = background_of(groups)
        weights = {place: Fraction(draw.choice([1, 1, 1, 2])) for place in range(len(groups))}
        wanted = every_lightest(groups, background, weights)
        found = corrections(Network.of(groups), background, weights)
        if wanted is None or not (found.decided or found.clusters):
            continue
        if not found.clusters:
            assert wanted == (Fraction(0), {frozenset[int]()})
            continue
        assert all(cluster.proved for cluster in found.clusters), seed
        assert sum((cluster.weight for cluster in found.clusters), Fraction(0)) == wanted[0], seed
        told = {frozenset[int]()}
        for cluster in found.clusters:
            told = {one | other for one in told for other in cluster.sets}
        if all(cluster.complete for cluster in found.clusters) and len(found.clusters) == 1:
            assert told == wanted[1], seed
        assert told >= wanted[1], "no lightest set is missing"
        several += len(told) > 1
        for given_up, (rest, values) in found.worlds.items():
            assert rest.isdisjoint(given_up)
            assert Network.of(groups).without(given_up).satisfied_by(values)
    assert several > 5


def test_a_proof_stands_below_every_cluster() -> None:
    """The conflicts of a cluster alone need the weight that is told."""
    for seed in numbers(60):
        groups = random_groups(seed)
        background = background_of(groups)
        found = corrections(Network.of(groups), background, {})
        for cluster in found.clusters:
            suspects = sorted({group for clash in cluster.clashes for group in clash.blamed})
            for size in range(int(cluster.weight)):
                for places in combinations(suspects, size):
                    assert not all(set(places).intersection(clash.blamed) for clash in cluster.clashes)


def test_parts_that_do_not_hang_together_are_clusters_of_their_own() -> None:
    groups: Groups = []
    for variable in range(3):
        groups += [(Within(variable, Interval.point(value)),) for value in (1, 2)]
    found = corrections(Network.of(groups), [], {})
    assert [cluster.sets for cluster in found.clusters] == [
        (frozenset({2 * each}), frozenset({2 * each + 1})) for each in range(3)
    ]
    assert found.given_up == {0, 2, 4}
    assert decide(Network.of(groups).without(found.given_up)).is_consistent


def test_a_background_that_cannot_hold_is_all_that_is_told() -> None:
    groups: Groups = [(Within(0, Interval.point(place)),) for place in range(3)]
    found = corrections(Network.of(groups), [0, 1], {})
    [cluster] = found.clusters
    assert not cluster.sets
    assert (cluster.weight, found.decided) == (Fraction(0), False)
    assert (cluster.clashes[0].blamed, cluster.clashes[0].background) == ((), (0, 1))


def test_rounds_that_run_out_leave_what_was_proved() -> None:
    groups: Groups = [(Within(place // 2, Interval.point(place)),) for place in range(12)]
    found = corrections(Network.of(groups), [], {}, rounds=2)
    assert not found.decided
    assert 0 < len(found.clusters) < 6
    assert not any(cluster.complete for cluster in found.clusters)
    assert not any(cluster.proved for cluster in found.clusters)


@pytest.mark.parametrize("whole", [False, True])
def test_conflicts_come_smallest_first(whole: bool) -> None:  # noqa: FBT001 - a parameter
    for seed in numbers(80):
        groups = random_groups(seed, whole=whole)
        found = list(clashes(Network.of(groups), background_of(groups)))
        sizes = [len(clash.blamed) for clash in found if clash is not None]
        assert sizes == sorted(sizes)


def test_the_smallest_conflict_is_told_before_the_others_are_looked_for() -> None:
    # Twelve figures of one unknown clash two by two: the first comes without the other 65.
    groups: Groups = [(Within(0, Interval.point(Fraction(place))),) for place in range(12)]
    few = list(clashes(Network.of(groups), [], limit=4))
    assert [None if each is None else len(each.blamed) for each in few] == [2, 2, 2, 2, None]
