from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.ranges import Expression, Hull, Quotient, Sum, span, states
from ipmetrics.constraints.relations import AnyOf, Linear, Product, Proportion, Relation, Whole, Within
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import formula, judged, random_groups

ONE = Fraction(1)
X = Sum(((0, ONE),))


def network(*relations: Relation) -> Network:
    return Network.of([(relation,) for relation in relations])


def test_a_quotient_is_taken_over_bases_above_zero() -> None:
    inside = network(Within(0, Interval(2, 3)), Within(1, Interval(0, 10, upper_closed=False)))
    assert span(inside, Quotient(0, 1)).interval == Interval(Fraction(1, 5), None, lower_closed=False)
    assert span(network(Within(0, Interval(2, 3)), Within(1, Interval.at_most(0))), Quotient(0, 1)).interval.is_empty


def test_correlation_is_not_lost() -> None:
    tied = network(Within(1, Interval(1, 9)), Linear(((0, ONE), (1, -ONE)), Interval(0, 1)))
    assert span(tied, Sum(((0, ONE), (1, -ONE)))).interval == Interval(0, 1)
    assert span(tied, Quotient(0, 1)).interval == Interval(1, 2)


def test_whole_numbers_leave_gaps() -> None:
    thirds = network(
        Whole(0), Whole(1), Within(0, Interval(0, 10)), Linear(((0, ONE), (1, Fraction(-3))), Interval.point(0))
    )
    found = span(thirds, X)
    assert (found.interval, found.exact) == (Interval(0, 9), True)
    assert found.pieces == tuple(map(Interval.point, (0, 3, 6, 9)))


def test_alternatives_leave_pieces() -> None:
    choice = AnyOf(((Within(0, Interval(1, 2)),), (Within(0, Interval.open(5, 6)),)))
    found = span(network(choice), X)
    assert found.exact
    assert found.pieces == (Interval(1, 2), Interval.open(5, 6))
    assert found.interval == Interval(1, 6, upper_closed=False)


def test_products_give_an_outer_bound() -> None:
    found = span(network(Product(0, 1, 2), Within(1, Interval(2, 3)), Within(2, Interval(4, 5))), X)
    assert found.interval == Interval(8, 15)


def test_groups_are_left_out_at_will() -> None:
    whole = network(Within(0, Interval(1, 5)), Within(0, Interval(2, 9)), Proportion(1, 0, Interval(2, 2)))
    hull = Hull(root_case(whole))
    assert hull.range(X) == Interval(2, 5)
    assert hull.range(X, without=(0,)) == Interval(2, 9)
    assert hull.range(Sum(((1, ONE),)), without=(1,)) == Interval(2, 10)
    assert hull.range(X) == Interval(2, 5), "what was left out is back"
    assert hull.linear


@pytest.mark.parametrize(("whole", "products"), [(False, False), (True, False), (True, True)])
def test_nothing_lies_outside_and_exact_ends_are_reached(whole: bool, products: bool) -> None:  # noqa: FBT001 - parameters
    exact = 0
    for seed in numbers(50):
        groups = random_groups(seed, whole=whole, products=products)
        parts = Network.of(groups)
        if not decide(parts).is_consistent:
            continue
        expressions: list[Expression] = [X, Sum(((0, ONE), (1, -ONE))), Quotient(0, 1)]
        for expression in expressions:
            found = span(parts, expression)
            held = states(expression, found.interval)
            positive = Within(1, Interval.more_than(0)) if isinstance(expression, Quotient) else None

            def outside(value: dict[int, object]) -> object:
                import z3

                said = [z3.Not(formula(held, value))]  # noqa: B023 - asked within its own turn
                return z3.And([*said, *([formula(positive, value)] if positive else [])])  # noqa: B023 - the same

            assert judged(groups, besides=outside) != "sat", (seed, expression)
            for end, closed in (
                (found.interval.lower, found.interval.lower_closed),
                (found.interval.upper, found.interval.upper_closed),
            ):
                if found.exact and end is not None:
                    exact += 1
                    at = states(expression, Interval.point(end))
                    assert judged([*groups, (at,)]) in {"sat" if closed else "unsat", "unknown"}, (seed, expression)
    assert exact > 10
