"""Intervals: what is in them, how they look, and that arithmetic gives exactly the values that occur."""

from __future__ import annotations

import copy
import operator
import pickle
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ipmetrics.errors import FigureTypeError, IpmetricsError
from ipmetrics.intervals import Interval, IntervalError

if TYPE_CHECKING:
    from collections.abc import Callable

# Few distinct ends, so that they meet, coincide and vanish often.
ends = st.sampled_from([Fraction(n, d) for n in range(-4, 5) for d in (1, 2, 3)])
numbers = st.one_of(ends, st.fractions(-20, 20, max_denominator=12))


@st.composite
def intervals(draw: st.DrawFn, *, empty: bool = True) -> Interval:
    lower = draw(st.none() | numbers)
    upper = draw(st.none() | numbers)
    if lower is not None and upper is not None and lower > upper and not empty:
        lower, upper = upper, lower
    made = Interval(lower, upper, draw(st.booleans()), draw(st.booleans()))
    assume(empty or not made.is_empty)
    return made


@st.composite
def members(draw: st.DrawFn, interval: Interval) -> Fraction:
    """One value of a nonempty interval: an attained end, one close to an end, or one between."""
    lower, upper = interval.lower, interval.upper
    if lower is None and upper is None:
        return draw(numbers)
    near = Fraction(1, draw(st.sampled_from([1, 3, 1000])))
    candidates = [end for end in (lower, upper) if end is not None and end in interval]
    if lower is not None and upper is not None:
        candidates += [lower + (upper - lower) * weight for weight in (near / 2, Fraction(1, 2), 1 - near / 2)]
    elif lower is not None:
        candidates += [lower + near, lower + 7]
    elif upper is not None:
        candidates += [upper - near, upper - 7]
    if 0 in interval:
        candidates.append(Fraction(0))
    return draw(st.sampled_from(candidates))


pairs = st.tuples(intervals(empty=False), intervals(empty=False))


# What an interval is


def test_every_empty_interval_is_the_same() -> None:
    empties = [
        Interval(1, 0),
        Interval(1, 1, lower_closed=False),
        Interval(1, 1, upper_closed=False),
        Interval.open(2, 2),
        Interval.closed(0, 1) & Interval.closed(2, 3),
        Interval.open(0, 1) & Interval.at_least(1),
    ]
    assert all(one == Interval.empty() and hash(one) == hash(Interval.empty()) for one in empties)
    assert all(one.is_empty and one.width == 0 and one.midpoint is None and one.is_bounded for one in empties)
    assert all(str(one) == "∅" and repr(one) == "Interval.empty()" and 0 not in one for one in empties)
    assert all(one.count_whole() == 0 for one in empties)


def test_an_unbounded_end_is_open() -> None:
    assert Interval() == Interval.everything() == Interval(None, None, lower_closed=False, upper_closed=False)
    assert not Interval().lower_closed
    assert not Interval().upper_closed
    assert Interval(3) == Interval.at_least(3)
    assert Interval(3).width is None
    assert Interval(3).midpoint is None
    assert Interval(3).count_whole() is None


@pytest.mark.parametrize("end", [0.5, "1", 1j, None.__class__, float("nan")])
def test_an_end_that_is_not_exact_is_refused(end: object) -> None:
    with pytest.raises(FigureTypeError, match="exact number"):
        Interval(end)  # type: ignore[arg-type]


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
def test_a_float_is_refused_in_arithmetic_and_a_stranger_left_to_python(
    operation: Callable[..., Any],
) -> None:
    for one, other in ((Interval(1, 2), 0.5), (0.5, Interval(1, 2))):
        with pytest.raises(FigureTypeError, match=r"got 0\.5"):
            operation(one, other)
    with pytest.raises(TypeError, match="Interval"):
        operation(Interval(1, 2), "3")
    with pytest.raises(TypeError, match=r"Interval|concatenate"):
        operation("3", Interval(1, 2))


def test_a_float_is_no_member_and_a_number_no_set() -> None:
    with pytest.raises(FigureTypeError):
        0.5 in Interval(0, 1)  # type: ignore[operator]  # noqa: B015
    with pytest.raises(TypeError):
        Interval(0, 1) & 1  # type: ignore[operator]
    assert Interval(0, 1) != object()


@given(intervals(), numbers)
def test_membership_follows_the_ends_and_flags(one: Interval, value: Fraction) -> None:
    above = one.lower is None or value > one.lower or (value == one.lower and one.lower_closed)
    below = one.upper is None or value < one.upper or (value == one.upper and one.upper_closed)
    assert (value in one) is (above and below)


@given(intervals())
def test_what_it_says_of_itself(one: Interval) -> None:
    assert one.is_point is (one.lower is not None and one.lower in one and one.lower == one.upper)
    assert one.is_bounded is (one.lower is not None and one.upper is not None)
    if one.midpoint is not None:
        assert one.lower is not None
        assert one.upper is not None
        assert one.midpoint - one.lower == one.upper - one.midpoint == (one.width or 0) / 2


# How it looks


@given(intervals())
def test_repr_reads_back_and_copies_are_equal(one: Interval) -> None:
    assert eval(repr(one)) == one  # noqa: S307
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    assert copy.deepcopy(one) == one
    assert hash(copy.copy(one)) == hash(one)


@pytest.mark.parametrize(
    ("interval", "text", "code"),
    [
        (Interval.empty(), "∅", "Interval.empty()"),
        (Interval.everything(), "(-∞, ∞)", "Interval()"),
        (Interval.point(483), "{483}", "Interval(Fraction(483, 1), Fraction(483, 1))"),
        (
            Interval.more_than(Fraction(7, 2)),
            "(3.5, ∞)",
            "Interval(Fraction(7, 2), None, lower_closed=False)",
        ),
        (Interval.at_most(2), "(-∞, 2]", "Interval(None, Fraction(2, 1))"),
        (Interval.less_than(2), "(-∞, 2)", "Interval(None, Fraction(2, 1), upper_closed=False)"),
        (Interval(0, Fraction(1, 3)), "[0, 0.333333…]", "Interval(Fraction(0, 1), Fraction(1, 3))"),
        (
            Interval.open(-1, 1),
            "(-1, 1)",
            "Interval(Fraction(-1, 1), Fraction(1, 1), lower_closed=False, upper_closed=False)",
        ),
    ],
)
def test_how_it_is_written(interval: Interval, text: str, code: str) -> None:
    assert (str(interval), repr(interval)) == (text, code)


# Sets


@given(intervals(), intervals(), numbers)
def test_the_intersection_holds_what_both_hold(one: Interval, other: Interval, value: Fraction) -> None:
    both = one & other
    assert (value in both) is (value in one and value in other)
    assert both == other & one == one.intersection(other)
    assert one.overlaps(other) is not both.is_empty
    assert both.issubset(one)
    assert both.issubset(other)


@given(intervals(), intervals(), intervals())
def test_intersection_and_hull_are_associative_and_absorb(a: Interval, b: Interval, c: Interval) -> None:
    assert (a & b) & c == a & (b & c)
    assert a.hull(b).hull(c) == a.hull(b.hull(c))
    assert a & a.hull(b) == a
    assert a.hull(a & b) == a
    assert a.hull(b) == b.hull(a)
    assert a & Interval.everything() == a == a.hull(Interval.empty())


@given(pairs, st.data())
def test_the_hull_is_the_smallest_that_holds_both(pair: tuple[Interval, Interval], data: st.DataObject) -> None:
    one, other = pair
    hull = one.hull(other)
    assert one.issubset(hull)
    assert other.issubset(hull)
    for end, closed in ((hull.lower, hull.lower_closed), (hull.upper, hull.upper_closed)):
        if end is None:
            assert None in {one.lower, one.upper, other.lower, other.upper}
        else:
            assert closed is (end in one or end in other)
            assert end in {one.lower, one.upper, other.lower, other.upper}


def test_intervals_that_touch_meet_only_if_both_include_the_point() -> None:
    assert Interval(0, 1).overlaps(Interval(1, 2))
    assert not Interval(0, 1, upper_closed=False).overlaps(Interval(1, 2))
    assert not Interval(0, 1).overlaps(Interval(1, 2, lower_closed=False))


@given(intervals())
def test_whole_numbers_are_those_it_holds(one: Interval) -> None:
    whole = one.whole_numbers()
    assert whole.issubset(one)
    assert all((n in one) is (n in whole) for n in range(-25, 26))
    if one.is_bounded:
        assert one.count_whole() == sum(n in one for n in range(-25, 26))
        assert whole.is_empty or (whole.lower_closed and whole.upper_closed)
    else:
        assert one.count_whole() is None


# Arithmetic: every result is held, and no more


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
@given(pair=pairs, data=st.data())
def test_results_hold_every_pointwise_result(
    operation: Callable[..., Any], pair: tuple[Interval, Interval], data: st.DataObject
) -> None:
    one, other = pair
    assume(operation is not operator.truediv or 0 not in other)
    x, y = data.draw(members(one)), data.draw(members(other))
    assert operation(x, y) in operation(one, other)
    assert operation(one, y) == operation(one, Interval.point(y))
    assert operation(x, other) == operation(Interval.point(x), other)


def approach(interval: Interval, step: Fraction) -> list[Fraction]:
    """Values near both ends: the ends if attained, else ``step`` inside, or far out if unbounded."""
    lower, upper = interval.lower, interval.upper
    width = interval.width if interval.width is not None else Fraction(1)
    inside = min(step, width / 2)
    found = [lower if interval.lower_closed else lower + inside] if lower is not None else [-1 / step]
    found += [upper if interval.upper_closed else upper - inside] if upper is not None else [1 / step]
    found += [Fraction(0)] if 0 in interval else []
    return [value for value in found if value in interval]


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.mul, operator.truediv])
@given(pair=pairs)
@example((Interval(0, 1), Interval(2, None, lower_closed=False)))
@example((Interval(0, 0), Interval.everything()))
@example((Interval(0, 1, lower_closed=False), Interval.more_than(0)))
@example((Interval(-1, 0), Interval(None, 0, upper_closed=False)))
@example((Interval(-1, 1, lower_closed=False), Interval(-1, 1)))
def test_results_are_tight_and_an_end_is_closed_only_if_attained(
    operation: Callable[..., Any], pair: tuple[Interval, Interval]
) -> None:
    one, other = pair
    assume(operation is not operator.truediv or 0 not in other)
    result = operation(one, other)
    step = Fraction(1, 10**9)
    values = [operation(x, y) for x in approach(one, step) for y in approach(other, step)]
    lowest, highest = min(values), max(values)
    if result.lower is None:
        assert lowest < -(10**6)
    else:
        assert lowest - result.lower < Fraction(1, 10**6)
        assert result.lower_closed is (lowest == result.lower)
    if result.upper is None:
        assert highest > 10**6
    else:
        assert result.upper - highest < Fraction(1, 10**6)
        assert result.upper_closed is (highest == result.upper)


@given(intervals(empty=False), st.integers(0, 5), st.data())
def test_a_power_is_of_one_value_and_tight(one: Interval, exponent: int, data: st.DataObject) -> None:
    result = one.power(exponent)
    assert data.draw(members(one)) ** exponent in result
    product = Interval.point(1)
    for _ in range(exponent):
        product = product * one
    assert result.issubset(product)
    for end, closed in ((result.lower, result.lower_closed), (result.upper, result.upper_closed)):
        if closed and end is not None and exponent > 0:
            assert end in {
                value**exponent for value in (one.lower, one.upper, Fraction(0)) if value is not None and value in one
            }


def test_a_power_that_is_no_whole_number_of_0_or_more_is_refused() -> None:
    with pytest.raises(IntervalError, match="got -1"):
        Interval(1, 2).power(-1)
    with pytest.raises(TypeError):
        Interval(1, 2).power(0.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "divisor",
    [Interval(0, 1), Interval(-1, 0), Interval(-1, 1), Interval.point(0), Interval(), Interval(None, 1), 0],
)
def test_a_divisor_that_contains_0_is_refused(divisor: Interval | int) -> None:
    with pytest.raises(IntervalError, match="divisor") as caught:
        Interval(1, 2) / divisor
    assert isinstance(caught.value, IpmetricsError | ValueError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


def test_a_divisor_that_ends_at_open_0_gives_an_unbounded_end() -> None:
    assert Interval(1, 2) / Interval(0, 4, lower_closed=False) == Interval(Fraction(1, 4))
    assert Interval(1, 2) / Interval(-4, 0, upper_closed=False) == Interval.at_most(Fraction(-1, 4))
    assert 1 / Interval.more_than(2) == Interval.open(0, Fraction(1, 2))
    assert 1 / Interval.less_than(-2) == Interval.open(Fraction(-1, 2), 0)


@given(intervals(), numbers)
def test_arithmetic_with_empty_is_empty(one: Interval, value: Fraction) -> None:
    empty = Interval.empty()
    for other in (one, value):
        for operation in (operator.add, operator.sub, operator.mul):
            assert operation(empty, other) == operation(other, empty) == empty
        assert empty / other == empty
    assert -empty == empty == empty.power(2) == empty.power(0) == 1 / empty


@given(intervals(), numbers)
def test_a_negative_factor_swaps_ends_and_flags(one: Interval, factor: Fraction) -> None:
    assume(factor < 0)
    scaled = one * factor
    assert scaled == factor * one == -(one * -factor)
    if not one.is_empty:
        assert scaled.lower == (None if one.upper is None else one.upper * factor)
        assert scaled.upper == (None if one.lower is None else one.lower * factor)
        assert (scaled.lower_closed, scaled.upper_closed) == (one.upper_closed, one.lower_closed)
        assert scaled / factor == one


@given(intervals(), intervals(), intervals(), numbers)
def test_laws_of_interval_arithmetic(a: Interval, b: Interval, c: Interval, x: Fraction) -> None:
    assert a + b == b + a
    assert a * b == b * a
    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)
    assert a - b == a + -b
    assert x - a == -a + x
    assert x * (a + b) == x * a + x * b
    assert (a * (b + c)).issubset(a * b + a * c)  # subdistributivity (Moore 1966)
    assert a + 0 == a == a * 1
    assert -(-a) == a  # noqa: B002
    assert a.is_empty or a * 0 == Interval.point(0)


@given(intervals(), intervals(), intervals(), intervals())
def test_arithmetic_never_loses_what_a_smaller_set_gives(a: Interval, b: Interval, c: Interval, d: Interval) -> None:
    a, b = a & c, b & d
    assert (a + b).issubset(c + d)
    assert (a * b).issubset(c * d)
    assert (a - b).issubset(c - d)
