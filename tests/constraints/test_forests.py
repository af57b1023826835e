"""Forests against their naive twin: the simplex, claim by claim, over thousands of random parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

import ipmetrics as ipm
from ipmetrics.checks.assembly import assemble
from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.forests import Forest
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.ranges import Hull, Quotient, Sum
from ipmetrics.constraints.relations import Proportion, Relation, Within
from ipmetrics.intervals import Interval
from tests.random_claims import Sort, random_claims

SETS = 150


@pytest.mark.parametrize("sort", Sort)
def test_leaving_a_claim_out_of_a_forest_gives_what_the_simplex_gives(sort: Sort) -> None:
    compared = 0
    for seed in range(SETS):
        assembly = assemble(random_claims(seed, sort))
        for part in assembly.network.components:
            forest = Forest.of(root_case(part)) if decide(part).is_consistent else None
            if forest is None:
                continue
            hull = Hull(root_case(part))
            for group in part.active:
                told = assembly.measured(assembly.claims[group]) if group < len(assembly.claims) else None
                found = None if told is None else forest.range(told.expression, group)
                if told is not None and found is not None:
                    assert found == hull.range(told.expression, without=(group,)), assembly.claims[group]
                    compared += 1
    assert compared > SETS // 5


def forest_of(*relations: Relation) -> Forest | None:
    return Forest.of(root_case(Network.of([(each,) for each in relations])))


def unsigned(*variables: int) -> list[Relation]:
    return [Within(variable, Interval.at_least(0)) for variable in variables]


def test_a_cycle_is_no_forest() -> None:
    ring = [Proportion(one, other, Interval(1, 2)) for one, other in ((0, 1), (1, 2), (2, 0))]
    assert forest_of(*unsigned(0, 1, 2), *ring) is None
    assert forest_of(*unsigned(0, 1, 2), *ring[:2]) is not None


def test_variables_that_may_be_negative_are_left_to_the_simplex() -> None:
    assert forest_of(*unsigned(0), Proportion(0, 1, Interval(1, 2))) is None


def test_sizes_that_may_be_zero_are_left_to_the_simplex() -> None:
    assert forest_of(*unsigned(0, 1), Proportion(0, 1, Interval(0, 2))) is None


def test_ties_between_the_same_two_are_one() -> None:
    both = [Proportion(0, 1, Interval(2, 4)), Proportion(1, 0, Interval(Fraction(1, 3), 1, lower_closed=False))]
    forest = forest_of(*unsigned(0, 1), Within(1, Interval(10, 20)), *both)
    assert forest is not None
    assert forest.range(Quotient(0, 1), 3) == Interval(1, 3, upper_closed=False)
    assert forest.range(Quotient(0, 1), 4) == Interval(2, 4)
    assert forest.range(Sum(((1, Fraction(1)),)), 2) == Interval.more_than(0)


def test_half_open_ends_survive_a_chain() -> None:
    chain = [Proportion(1, 0, Interval(2, 3, upper_closed=False)), Proportion(2, 1, Interval(1, 1))]
    forest = forest_of(*unsigned(0, 1, 2), Within(0, Interval(10, 20)), Within(2, Interval.everything()), *chain)
    assert forest is not None
    assert forest.range(Sum(((2, Fraction(1)),)), 4) == Interval(20, 60, upper_closed=False)


def test_a_check_says_the_same_with_and_without_forests(monkeypatch: pytest.MonkeyPatch) -> None:
    sets = [random_claims(seed, sort) for sort in Sort for seed in range(40)]
    quick = [ipm.check(claims).findings for claims in sets]
    monkeypatch.setattr(Forest, "of", lambda _: None)
    assert [ipm.check(claims).findings for claims in sets] == quick
