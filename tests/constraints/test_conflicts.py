from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from ipmetrics.constraints.conflicts import reduce
from ipmetrics.constraints.enumeration import clashes
from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.patching import Ground
from ipmetrics.constraints.proofs import verify
from ipmetrics.constraints.relations import Proportion, Whole, Within
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import Groups, judged, random_groups


def background_of(groups: Groups) -> list[int]:
    """The groups that only say what kind of number a variable is."""
    plain = Interval.at_least(0)
    return [
        place
        for place, group in enumerate(groups)
        if isinstance(group[0], Whole) or group[0] == Within(getattr(group[0], "variable", -1), plain)
    ]


def every_conflict(groups: Groups, background: list[int]) -> set[frozenset[int]] | None:
    """All minimal sets beyond the background that z3 refutes; None if one of them was too hard."""
    suspects = [place for place in range(len(groups)) if place not in background]
    found: set[frozenset[int]] = set()
    for size in range(len(suspects) + 1):
        for places in map(frozenset, combinations(suspects, size)):
            if any(known <= places for known in found):
                continue
            answer = judged([groups[place] for place in (*background, *places)])
            if answer == "unknown":
                return None
            if answer == "unsat":
                found.add(places)
    return found


@pytest.mark.parametrize("whole", [False, True])
def test_every_minimal_conflict_is_found_and_nothing_else(whole: bool) -> None:  # noqa: FBT001 - a parameter
    several = 0
    for seed in numbers(70):
        groups = random_groups(seed, whole=whole)
        background = background_of(groups)
        network = Network.of(groups)
        found = list(clashes(network, background))
        wanted = every_conflict(groups, background)
        if None in found or wanted is None:
            continue
        blamed = [frozenset(clash.blamed) for clash in found if clash is not None]
        assert len(blamed) == len(set(blamed))
        assert set(blamed) == wanted, seed
        several += len(blamed) > 1
        for clash in found:
            assert clash is not None
            assert verify(network.only([*clash.blamed, *clash.background]), clash.proof)
            for group in (*clash.blamed, *clash.background):
                left = [each for each in (*clash.blamed, *clash.background) if each != group]
                assert decide(network.only(left)).is_consistent
    assert several > 3


def test_which_proof_is_met_first_does_not_matter() -> None:
    # 0 and 1 clash over the ratio; but 0 alone clashes with the background, though the first proof need not say so.
    groups: Groups = [
        (Within(0, Interval.point(5)),),
        (Within(1, Interval.point(9)),),
        (Proportion(0, 1, Interval(1, 2)),),
        (Within(0, Interval.more_than(5)),),
    ]
    network = Network.of(groups)
    proof = decide(network.only([0, 1, 2])).proof
    assert proof is not None
    clash = reduce(Ground(network, [2, 3]), proof)
    assert (clash.blamed, clash.background, clash.irreducible) == ((0,), (3,), True)


def test_a_background_that_clashes_by_itself_is_the_conflict() -> None:
    groups: Groups = [(Within(0, Interval.point(place)),) for place in range(3)]
    found = list(clashes(Network.of(groups), [0, 1]))
    assert found[-1] is None, "nothing else was looked for"
    assert found[0] is not None
    assert (found[0].blamed, found[0].background) == ((), (0, 1))


def test_a_limit_is_said() -> None:
    groups: Groups = [(Within(0, Interval.point(Fraction(place))),) for place in range(5)]
    network = Network.of(groups)
    assert len(list(clashes(network, []))) == 10
    cut = list(clashes(network, [], limit=3))
    assert len(cut) == 4
    assert cut[-1] is None
