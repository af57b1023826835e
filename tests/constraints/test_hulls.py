"""Hulls and spans: groups left out and taken in again, ends open, closed, far away, and what is called exact."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
import z3

from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.ranges import Expression, Hull, Quotient, Span, Sum, span, states
from ipmetrics.constraints.relations import AnyOf, Linear, Product, Proportion, Relation, Whole, Within
from ipmetrics.intervals import Interval
from tests.constraints.networks import asked, near, random_network, seeded
from tests.random_networks import formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

ONE = Fraction(1)
X, Y = Sum(((0, ONE),)), Sum(((1, ONE),))


def of(*relations: Relation) -> Network:
    return Network.of([(relation,) for relation in relations])


def expressions(rng: Random, network: Network) -> Expression:
    variables = network.variables
    x, y = rng.sample(variables, 2) if len(variables) > 1 else (variables[0], variables[0] + 1)
    match rng.randrange(3):
        case 0:
            return Sum(((x, ONE),))
        case 1:
            return Sum(((x, ONE), (y, Fraction(rng.choice([-2, -1, 1])))))
        case _:
            return Quotient(x, y)


def lies(expression: Expression, interval: Interval, *, inside: bool) -> Callable[[Mapping[int, Any]], Any]:
    """That the expression has a value in the interval, or one outside."""

    def said(known: Mapping[int, Any]) -> Any:  # noqa: ANN401 - z3 has no types
        held = formula(states(expression, interval), known)
        defined = known[expression.base] > 0 if isinstance(expression, Quotient) else z3.BoolVal(val=True)
        return z3.And(defined, held if inside else z3.Not(held))

    return said


# Leaving out


def test_a_hull_answers_without_groups_as_one_made_without_them() -> None:
    for rng in seeded(150):
        network, _ = random_network(rng, whole=False, choices=False, products=rng.random() < 0.3, noise=0.5)
        hull = Hull(root_case(network))
        for _ in range(6):
            left_out = [group for group in network.active if rng.random() < 0.3]
            expression = expressions(rng, network)
            fresh = Hull(root_case(network.without(left_out)))
            if fresh.settled == hull.settled:  # what is left out may have bound a factor
                assert hull.range(expression, without=left_out) == fresh.range(expression)


def test_a_quotient_without_bases_leaves_no_trace() -> None:
    hull = Hull(root_case(of(Within(0, Interval.point(0)), Within(1, Interval(1, 2)))))
    assert hull.range(Quotient(1, 0)).is_empty
    assert hull.range(X) == Interval.point(0)
    assert hull.range(Y) == Interval(1, 2)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_levels_that_clash_each_alone_is_what_it_is(order: tuple[int, int]) -> None:
    levels = [Interval(4, 5), Interval(6, 7)]
    for first in order:
        hull = Hull(root_case(of(*(Within(0, levels[place]) for place in order))))
        for left_out in (first, 1 - first, first):
            assert hull.range(X, without=[left_out]) == levels[order[1 - left_out]]
        assert hull.range(X).is_empty


def test_an_impossible_group_can_be_left_out() -> None:
    hull = Hull(
        root_case(of(Proportion(0, 1, Interval.empty()), Within(0, Interval(1, 2)), Within(1, Interval.empty())))
    )
    assert hull.range(X).is_empty
    assert hull.range(X, without=[0]).is_empty
    assert hull.range(X, without=[0, 2]) == Interval(1, 2)


# Ends

THIRD = Interval(Fraction(1, 3), Fraction(3, 4), lower_closed=False)


@pytest.mark.parametrize(
    ("over", "under", "expected"),
    [
        (Interval(2, 3), Interval(4, 6), Interval(Fraction(1, 3), Fraction(3, 4))),
        (Interval.open(2, 3), Interval(4, 6), Interval.open(Fraction(1, 3), Fraction(3, 4))),
        (Interval(2, 3), Interval(4, 6, upper_closed=False), THIRD),
        (Interval(2, 3), Interval.at_least(4), Interval(0, Fraction(3, 4), lower_closed=False)),
        (Interval(0, 3), Interval.at_least(4), Interval(0, Fraction(3, 4))),
        (Interval(-3, 3), Interval(0, 1), Interval.everything()),
        (Interval(0, 3), Interval(0, 1), Interval.at_least(0)),
        (Interval.point(0), Interval(0, 1), Interval.point(0)),
        (Interval(-3, -1), Interval(0, 1), Interval.at_most(-1)),
        (Interval(1, 2), Interval.everything(), Interval.more_than(0)),
        (Interval.everything(), Interval(1, 2), Interval.everything()),
        (Interval(1, 2), Interval.at_most(0), Interval.empty()),
    ],
)  # fmt: skip
def test_quotients_over_bases_above_zero(over: Interval, under: Interval, expected: Interval) -> None:
    found = span(of(Within(0, over), Within(1, under)), Quotient(0, 1))
    assert (found.interval, found.exact) == (expected, True)


def test_a_quotient_along_a_ray_approaches_its_end() -> None:
    # x = 2y + 3: the quotient falls towards 2 as y grows, and never gets there.
    line = Linear(((0, ONE), (1, Fraction(-2))), Interval.point(3))
    assert span(of(line), Quotient(0, 1)).interval == Interval.more_than(2)
    assert span(of(line, Within(1, Interval.at_least(1))), Quotient(0, 1)).interval == Interval(
        2, 5, lower_closed=False
    )
    below = Linear(((0, ONE), (1, Fraction(-2))), Interval.point(-3))
    assert span(of(below), Quotient(0, 1)).interval == Interval.less_than(2)
    both = Linear(((0, ONE), (1, Fraction(-2))), Interval(-3, 3))
    found = span(of(both, Within(1, Interval.at_least(1))), Quotient(0, 1))
    assert (found.interval, found.exact) == (Interval(-1, 5), True)


def test_ends_are_tight_where_all_is_linear_and_real() -> None:
    kinds: set[tuple[bool, bool]] = set()
    for rng in seeded(70):
        network, _ = random_network(rng, whole=False, choices=False, noise=0.1)
        if not decide(network).is_consistent:
            continue
        expression = expressions(rng, network)
        if any(variable not in network.variables for variable in _variables(expression)):
            continue
        found = span(network, expression)
        interval = found.interval
        assert found.exact
        assert Hull(root_case(network)).range(expression) == interval
        assert asked(network, lies(expression, interval, inside=False)) == "unsat"
        for end, closed, inwards in (
            (interval.lower, interval.lower_closed, 1),
            (interval.upper, interval.upper_closed, -1),
        ):
            if interval.is_empty:  # no base is above zero
                continue
            kinds.add((end is None, closed))
            if end is None:
                far = Interval(None, -(10**6)) if inwards == 1 else Interval(10**6)
                assert asked(network, lies(expression, far, inside=True)) == "sat"
            else:
                at = "sat" if closed else "unsat"
                assert asked(network, lies(expression, Interval.point(end), inside=True)) == at
                close = Interval.point(end).hull(Interval.point(end + Fraction(inwards, 10**6)))
                assert asked(network, lies(expression, close, inside=True)) == "sat"
    assert kinds == {(False, True), (False, False), (True, False)}


def _variables(expression: Expression) -> list[int]:
    if isinstance(expression, Quotient):
        return [expression.variable, expression.base]
    return [variable for variable, _ in expression.terms]


def test_factors_of_shared_bases_are_exact_only_where_they_are() -> None:
    """x₀ = x₁ · x₂ and x₃ = x₄ · x₅ or x₄ · x₂: what two factors make together is more than their bounds."""
    told = 0
    for rng in seeded(25):
        other = rng.choice([2, 5])
        groups: list[Relation] = [Product(0, 1, 2), Product(3, 4, other)]
        groups += [Within(each, near(rng, Fraction(rng.randint(2, 9)), 1) & Interval(1, 20)) for each in (0, 2, 3, 5)]
        network = of(*groups)
        if not decide(network).is_consistent:
            continue
        for expression in (Sum(((1, ONE),)), Sum(((1, ONE), (4, -ONE))), Quotient(1, 4)):
            found = span(network, expression)
            assert asked(network, lies(expression, found.interval, inside=False)) != "sat"
            for end, closed in (
                (found.interval.lower, found.interval.lower_closed),
                (found.interval.upper, found.interval.upper_closed),
            ):
                if found.exact and end is not None and closed:
                    told += 1
                    assert asked(network, lies(expression, Interval.point(end), inside=True)) != "unsat"
    assert told > 10


# Pieces


def union(*intervals: Interval) -> Span:
    return span(of(AnyOf(tuple((Within(0, interval),) for interval in intervals))), X)


def test_alternatives_that_touch_are_one_piece_and_a_missing_point_parts_them() -> None:
    assert union(Interval(1, 2), Interval.open(2, 3)).pieces == ()
    assert union(Interval(1, 2), Interval.open(2, 3)).interval == Interval(1, 3, upper_closed=False)
    parted = union(Interval(1, 2, upper_closed=False), Interval.open(2, 3))
    assert parted.pieces == (Interval(1, 2, upper_closed=False), Interval.open(2, 3))
    assert union(Interval(1, 5), Interval(2, 3)).pieces == ()
    assert union(Interval.at_most(1), Interval.at_least(2)).pieces == (Interval.at_most(1), Interval.at_least(2))
    assert union(Interval.at_most(1), Interval.at_least(2)).interval == Interval.everything()


def test_pieces_of_whole_numbers_touch_at_neighbours() -> None:
    choice = AnyOf(((Within(0, Interval(1, 2)),), (Within(0, Interval(3, 4)),), (Within(0, Interval(6, 7)),)))
    found = span(of(choice, Whole(0)), X)
    assert found.pieces == (Interval(1, 4), Interval(6, 7))
    assert found.exact


def test_no_more_pieces_than_anyone_reads() -> None:
    many = AnyOf(tuple((Within(0, Interval.point(3 * place)),) for place in range(17)))
    found = span(of(many), X)
    assert (found.interval, found.pieces, found.exact) == (Interval(0, 48), (), True)


def test_whole_numbers_by_trying_each() -> None:
    for rng in seeded(40):
        groups: list[Relation] = [Whole(0), Whole(1), Within(0, Interval(0, 20)), Within(1, Interval(0, 20))]
        factor = Fraction(rng.randint(2, 9), rng.randint(1, 3))
        groups.append(Linear(((0, ONE), (1, -factor)), near(rng, Fraction(rng.randint(-5, 5)), 2)))
        network = of(*groups)
        possible = [
            x for x in range(21) if any(network.satisfied_by({0: Fraction(x), 1: Fraction(y)}) for y in range(21))
        ]
        found = span(network, X)
        assert found.exact
        if not possible:
            assert found.interval.is_empty
            continue
        assert found.interval == Interval(possible[0], possible[-1])
        pieces = found.pieces or (found.interval,)
        if len(found.pieces) or len(possible) == possible[-1] - possible[0] + 1:
            assert [x for x in range(21) if any(x in piece for piece in pieces)] == possible


def test_ends_of_wide_whole_ranges_move_inwards() -> None:
    wide: list[Relation] = [Within(0, Interval(Fraction(1, 2), 1000)), Within(1, Interval(0, 500))]
    threes = Linear(((0, ONE), (1, Fraction(-3))), Interval.point(2))
    found = span(of(*wide, Whole(0), Whole(1), threes), X)
    assert (found.interval, found.exact, found.pieces) == (Interval(2, 998), True, ())


def test_groups_name_what_the_ends_rest_on() -> None:
    network = of(Within(0, Interval(1, 9)), Within(0, Interval(2, 5)), Within(1, Interval(0, 1)))
    assert span(network, X).groups == {1}
    tied = of(Within(0, Interval(2, 3)), Proportion(1, 0, Interval(2, 4)))
    assert span(tied, Y).groups == {0, 1}


def test_nothing_known_is_everything() -> None:
    found = span(of(Within(0, Interval(1, 2))), Sum(((7, ONE),)))
    assert found.interval == Interval.everything()
    assert span(of(), Quotient(0, 1)).interval == Interval.everything()


def test_states_puts_an_expression_where_it_says() -> None:
    assert states(X, Interval(1, 2)) == Within(0, Interval(1, 2))
    assert states(Quotient(0, 1), Interval(1, 2)) == Proportion(0, 1, Interval(1, 2))
    assert states(Sum(((0, -ONE),)), Interval(1, 2)) == Linear(((0, -ONE),), Interval(1, 2))
