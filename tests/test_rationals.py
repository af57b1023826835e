"""Exact numbers: what is taken for one, and how one is shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipmetrics.errors import FigureTypeError
from ipmetrics.intervals import format_number as shown_with_intervals
from ipmetrics.rationals import exact_number, format_number, order_of


def test_whole_numbers_and_fractions_are_exact() -> None:
    half = Fraction(1, 2)
    assert exact_number(half) is half
    assert exact_number(3) == 3
    assert type(exact_number(3)) is Fraction


@pytest.mark.parametrize("value", [0.5, "1/2", None, Decimal("0.5"), float("inf")])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(FigureTypeError, match=r"^a step is an exact number: got .*Fraction\("):
        exact_number(value, "a step")


@given(st.fractions(), st.fractions())
def test_the_order_agrees_with_the_signs_of_comparison(a: Fraction, b: Fraction) -> None:
    order = order_of(a, b)
    assert (order < 0, order == 0, order > 0) == (a < b, a == b, a > b)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction("0.00000000000000000001"), "0.00000000000000000001"),
        (Fraction("123456789.012"), "123456789.012"),
        (Fraction("1234567890.123"), "1234567890.12…"),
        (Fraction(-200, 3), "-66.6667…"),
        (Fraction(2, 3), "0.666667…"),
        (Fraction(1, 11), "0.0909091…"),
        (Fraction(10**20 + 1), "100000000000000000001"),
        (Fraction(10**9, 7), "142857142.86…"),
        (Fraction(1, 3 * 10**9), "0.000000000333333…"),
        (Fraction(100001, 10**6 * 3), "0.0333337…"),
    ],
)
def test_a_number_is_shown_in_full_or_rounded_and_marked(value: Fraction | int, text: str) -> None:
    assert format_number(value) == text


@given(st.fractions())
@example(Fraction(9_999_999, 10_000_001))
def test_a_shown_number_is_never_more_than_its_last_digit_off(value: Fraction) -> None:
    text = format_number(value)
    shown = Fraction(text.rstrip("…"))
    if not text.endswith("…"):
        assert shown == value
        return
    digits = text.rstrip("…").lstrip("-").replace(".", "").lstrip("0")
    assert len(digits) >= 6
    assert 0 < abs(value - shown) <= Fraction(1, 2 * 10 ** len(text.rstrip("…").split(".")[1]))


def test_intervals_show_numbers_the_same_way() -> None:
    assert shown_with_intervals is format_number
