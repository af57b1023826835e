"""Propagation: bounds only shrink, never lose a solution, are proved, and can be taken back."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ipmetrics.constraints.facts import Fact, Given, combine
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import Leaf, verify
from ipmetrics.constraints.propagation import LOWER, UPPER, Propagator
from ipmetrics.constraints.relations import Linear, Product, Proportion, Relation, Whole, Within, inequalities
from ipmetrics.intervals import Interval
from tests.constraints.networks import random_network, seeded, solutions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ONE = Fraction(1)
_FAR = 10**60


def facts_of(network: Network) -> list[Fact]:
    return [Fact(*row, Given(group, part)) for group, part in network.relations for row in inequalities(part)]


def propagator(network: Network) -> Propagator:
    products = [(group, part) for group, part in network.relations if isinstance(part, Product)]
    return Propagator(facts_of(network), products, network.whole)


def interval_of(bounds: Propagator, variable: int) -> Interval:
    low, high = bounds.bound(variable, LOWER), bounds.bound(variable, UPPER)
    return Interval(
        None if low is None else Fraction(low[0]),
        None if high is None else Fraction(high[0]),
        lower_closed=low is not None and not low[1],
        upper_closed=high is not None and not high[1],
    )


def state(bounds: Propagator, network: Network) -> dict[int, Interval]:
    return {each: interval_of(bounds, each) for each in network.variables}


def is_at_rest(bounds: Propagator) -> bool:
    """Whether the fixpoint was reached: neither patience nor the length of numbers ended it before."""
    return bounds.left > 0 and all(
        -_FAR < each.value < _FAR and each.value.denominator < _FAR for each in bounds.events
    )


def networks(count: int, *, products: bool = True) -> Iterator[tuple[Network, dict[int, Fraction], Propagator]]:
    for rng in seeded(count):
        network, truth = random_network(rng, products=products, noise=0.1)
        yield network, truth, propagator(network)


def run(*groups: Iterable[Relation]) -> tuple[Propagator, bool]:
    bounds = propagator(Network.of(groups))
    return bounds, bounds.run()


def test_sums_bound_each_of_their_variables() -> None:
    total = (Linear(((0, ONE), (1, ONE)), Interval.point(10)),)
    bounds, possible = run(total, (Within(0, Interval.open(2, 3)),))
    assert possible
    assert interval_of(bounds, 1) == Interval.open(7, 8)


def test_one_unbounded_variable_is_bounded_by_the_rest_and_two_are_not() -> None:
    total = (Linear(((0, ONE), (1, ONE), (2, ONE)), Interval.at_most(10)),)
    bounds, _ = run(total, (Within(0, Interval.at_least(2)),))
    assert interval_of(bounds, 1) == Interval.everything()
    bounds, _ = run(total, (Within(0, Interval.at_least(2)),), (Within(2, Interval.more_than(1)),))
    assert interval_of(bounds, 1) == Interval.less_than(7)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval.open(2, 5), Interval.closed(3, 4)),
        (Interval(Fraction(5, 2), Fraction(9, 2)), Interval.closed(3, 4)),
        (Interval.closed(-2, -1), Interval.closed(-2, -1)),
        (Interval.open(-2, 0), Interval.point(-1)),
    ],
)
def test_whole_numbers_are_rounded_inwards(interval: Interval, expected: Interval) -> None:
    bounds, possible = run((Whole(0),), (Within(0, interval),))
    assert possible
    assert interval_of(bounds, 0) == expected


def test_nothing_left_is_noticed_at_open_ends_and_between_whole_numbers() -> None:
    assert not run((Within(0, Interval.less_than(2)),), (Within(0, Interval.at_least(2)),))[1]
    assert run((Within(0, Interval.at_most(2)),), (Within(0, Interval.at_least(2)),))[1]
    assert not run((Whole(0),), (Within(0, Interval.open(2, 3)),))[1]
    assert not run((Within(0, Interval.empty()),))[1]


RATE = Product(0, 1, 2)
MORE = Product(0, 1, 2, offset=ONE)
LESS = Product(0, 1, 2, scale=-ONE, offset=ONE)


@pytest.mark.parametrize(
    ("product", "known", "asked", "expected"),
    [
        (RATE, {1: Interval.closed(2, 3), 2: Interval.open(4, 5)}, 0, Interval.open(8, 15)),
        (RATE, {0: Interval.closed(6, 8), 2: Interval.closed(2, 4)}, 1, Interval(Fraction(3, 2), 4)),
        (RATE, {0: Interval.open(6, 8), 1: Interval.closed(2, 4)}, 2, Interval.open(Fraction(3, 2), 4)),
        (RATE, {0: Interval.point(0), 2: Interval.open(1, 2)}, 1, Interval.point(0)),
        (MORE, {0: Interval.point(12), 2: Interval.point(10)}, 1, Interval.point(Fraction(1, 5))),
        (LESS, {0: Interval.closed(4, 8), 2: Interval.point(10)}, 1,
         Interval(Fraction(1, 5), Fraction(3, 5))),
        (RATE, {1: Interval.closed(-3, 3), 2: Interval.closed(1, 2)}, 0, Interval.at_most(6)),
    ],
)  # fmt: skip
def test_products_bound_each_other(
    product: Product, known: dict[int, Interval], asked: int, expected: Interval
) -> None:
    bounds, possible = run((product,), *((Within(each, interval),) for each, interval in known.items()))
    assert possible
    assert interval_of(bounds, asked) == expected


def test_a_base_is_above_zero() -> None:
    bounds, _ = run((RATE,))
    assert interval_of(bounds, 2) == Interval.more_than(0)


def test_no_solution_is_lost() -> None:
    seen = 0
    for rng in seeded(300):
        network, truth = random_network(rng, products=True, noise=0)
        found = solutions(network, truth, rng)
        bounds = propagator(network)
        possible = bounds.run()
        seen += len(found)
        assert possible or not found
        for values in found:
            for variable in network.variables:
                assert values[variable] in interval_of(bounds, variable)
    assert seen > 300


def test_each_tightening_tightens_one_end() -> None:
    for _, _, bounds in networks(150):
        bounds.run()
        for event in bounds.events:
            if event.before >= 0:
                before = bounds.events[event.before]
                assert before.end == event.end
                now, then = (event.value, event.strict), (before.value, before.strict)
                assert now > then if event.end % 2 == LOWER else (-now[0], now[1]) > (-then[0], then[1])


def test_the_fixpoint_is_a_fixpoint_and_more_facts_never_widen_it() -> None:
    for network, _, bounds in networks(150, products=False):
        if not bounds.run() or not is_at_rest(bounds):
            continue
        reached = state(bounds, network)
        pinned = network
        for variable, interval in reached.items():
            pinned = pinned.plus((Within(variable, interval),))
        again = propagator(pinned)
        assert again.run()
        assert state(again, network) == reached
        fewer = network.without([network.active[-1]])
        looser = propagator(fewer)
        assert looser.run()
        if is_at_rest(looser):
            assert all(reached[each].issubset(interval_of(looser, each)) for each in fewer.variables)


def test_undone_is_as_never_done() -> None:
    for network, truth, bounds in networks(150):
        if not bounds.run():
            continue
        before, mark = state(bounds, network), bounds.mark()
        for variable, value in truth.items():
            if variable in before:
                bounds.tighten(variable, LOWER, value + 1, False)  # noqa: FBT003
                bounds.tighten(variable, UPPER, value - 1, True)  # noqa: FBT003
                bounds.run()
        assert bounds.events[mark:] or not before
        bounds.undo(mark)
        assert state(bounds, network) == before
        assert not bounds.is_empty
        assert bounds.run()
        assert state(bounds, network) == before


def test_every_bound_is_proved() -> None:
    """Whatever lies beyond a bound contradicts the fact behind it."""
    proved = 0
    for network, _, bounds in networks(120):
        if not bounds.run():
            assert verify(network, Leaf(bounds.refutation()))
            continue
        for variable in network.variables:
            for side in (LOWER, UPPER):
                known, fact = bounds.bound(variable, side), bounds.fact_of(variable, side)
                assert (known is None) is (fact is None)
                if known is None or fact is None:
                    continue
                sign = ONE if side == LOWER else -ONE
                assert (fact.terms, fact.bound, fact.strict) == (((variable, sign),), sign * known[0], known[1])
                end = Fraction(known[0])
                outside = (
                    Interval(None, end, upper_closed=known[1])
                    if side == LOWER
                    else Interval(end, None, lower_closed=known[1])
                )
                more = network.plus((Within(variable, outside),))
                assert verify(more, Leaf(combine([(ONE, fact), (ONE, facts_of(more)[-1])])))
                proved += 1
    assert proved > 150


def test_bounds_of_many_variables_come_together() -> None:
    bounds, _ = run((Within(0, Interval.closed(1, 2)),), (Within(1, Interval.at_least(3)),))
    facts = bounds.bounds_of([0, 1, 9])
    assert [fact.terms for fact in facts] == [((0, ONE),), ((0, -ONE),), ((1, ONE),)]
    assert [fact.bound for fact in facts] == [1, -2, 3]
    assert bounds.fact_of(1, UPPER) is None
    assert bounds.fact_of(9, LOWER) is None


def test_a_cycle_that_shrinks_for_ever_is_left_to_others() -> None:
    # x = ½ y and y = ½ x leave only zero, which no number of halvings reaches.
    bounds, possible = run(
        (Linear(((0, Fraction(2)), (1, -ONE)), Interval.point(0)),),
        (Linear(((1, Fraction(2)), (0, -ONE)), Interval.point(0)),),
        (Within(0, Interval.closed(-1, 1)),),
    )
    assert possible
    assert bounds.left <= 0
    assert Fraction(0) in interval_of(bounds, 0)


def test_there_is_no_refutation_where_values_are_left() -> None:
    bounds, _ = run((Proportion(0, 1, Interval.closed(1, 2)),))
    with pytest.raises(AssertionError, match="some values are left"):
        bounds.refutation()
