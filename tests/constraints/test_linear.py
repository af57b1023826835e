from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.linear import Budget, sharpened, solve
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import verify
from ipmetrics.constraints.relations import Linear, Product, Relation, Whole, Within
from ipmetrics.intervals import Interval

ONE = Fraction(1)


def test_a_budget_counts_cases() -> None:
    budget = Budget(2)
    assert budget.spend()
    assert budget.spend()
    assert not budget.spend()


def test_sums_of_whole_numbers_without_bounds_are_refuted() -> None:
    half = Linear(((0, ONE), (1, -ONE)), Interval(Fraction(1, 3), Fraction(1, 2)))
    network = Network.of([(half,), (Whole(0),), (Whole(1),)])
    proof = decide(network).proof
    assert proof is not None
    assert verify(network, proof)
    assert decide(network.without([2])).is_consistent


def test_sharpening_leaves_everything_else_alone() -> None:
    rows: list[tuple[Relation, ...]] = [
        (Linear(((0, ONE), (1, ONE)), Interval(Fraction(1, 2), Fraction(7, 2))),),
        (Linear(((0, ONE), (2, ONE)), Interval(Fraction(1, 2), Fraction(7, 2))),),
        (Whole(0),),
        (Whole(1),),
    ]
    problem = root_case(Network.of(rows)).problem()
    bounds = [(fact.bound, fact.strict) for fact in sharpened(problem).facts]
    assert bounds == [(1, False), (-3, False), (Fraction(1, 2), False), (Fraction(-7, 2), False)]


@pytest.mark.parametrize(("most", "consistent"), [(Fraction(57, 10), True), (Fraction(56, 10), False)])
def test_whole_numbers_are_branched_on(most: Fraction, consistent: bool) -> None:  # noqa: FBT001 - the answer
    # 2x + 3y = 5.7 z with whole x, y and z only where z is a multiple of 10.
    network = Network.of(
        [
            (Linear(((0, Fraction(2)), (1, Fraction(3)), (2, Fraction(-57, 10))), Interval.point(0)),),
            (Whole(0), Whole(1), Within(0, Interval(0, 40)), Within(1, Interval(0, 40))),
            (Within(2, Interval(ONE, most / Fraction(57, 100))), Whole(2)),
        ]
    )
    answer = decide(network)
    assert answer.is_consistent is consistent
    assert answer.is_inconsistent is not consistent


def test_an_empty_budget_leaves_open_what_only_branching_decides() -> None:
    groups: list[tuple[Relation, ...]] = [
        (Linear(((0, Fraction(6)), (1, Fraction(10)), (2, Fraction(15))), Interval.point(Fraction(59, 2))),),
        (Whole(0), Whole(1), Whole(2)),
    ]
    assert decide(Network.of(groups)).is_inconsistent
    unknown: list[tuple[Relation, ...]] = [
        (Product(0, 1, 2), Product(2, 1, 0)),
        (Within(1, Interval(Fraction(1, 2), 2)), Within(0, Interval.at_least(1)), Within(2, Interval.at_least(1))),
        (Linear(((0, ONE), (2, -ONE)), Interval(Fraction(1, 10**6), 1)),),
    ]
    assert (
        solve(root_case(Network.of(unknown)).problem(), Budget(0)) is None
        or decide(Network.of(unknown)).is_inconsistent
    )
