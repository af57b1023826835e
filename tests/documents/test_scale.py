"""Round numbers on an axis, and number lines drawn with letters."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.documents import Bar, Lane, NumberLine
from ipmetrics.documents.scale import Scale, sketch, tenfold

numbers = st.fractions(min_value=-(10**12), max_value=10**12)


@given(st.fractions(min_value=Fraction(1, 10**40), max_value=10**400))
def test_tenfold_is_the_power_of_ten_below(value: Fraction) -> None:
    power = tenfold(value)
    assert Fraction(10) ** power <= value < Fraction(10) ** (power + 1)


@given(numbers, st.fractions(min_value=Fraction(1, 10**9), max_value=10**9), st.integers(1, 12))
def test_ticks_are_round_inside_and_no_more_than_asked(low: Fraction, size: Fraction, most: int) -> None:
    scale = Scale(low, low + size)
    ticks = scale.ticks(most)
    assert len(ticks) <= most
    assert all(scale.lower <= tick <= scale.upper for tick in ticks)
    names, _ = scale.names(ticks)
    assert len(set(names)) == len(ticks)


@pytest.mark.parametrize(
    ("low", "high", "names", "factor"),
    [
        ("3.45", "3.55", ("3.46", "3.48", "3.50", "3.52", "3.54"), ""),
        ("2895500000", "2896500000", ("2.8956", "2.8958", "2.8960", "2.8962", "2.8964"), "×10⁹"),
        ("-10", "10", ("−10", "−5", "0", "5", "10"), ""),
        ("0.00001", "0.00003", ("10", "15", "20", "25", "30"), "×10⁻⁶"),
        ("11000", "16500", ("12,000", "14,000", "16,000"), ""),
    ],
)
def test_ticks_have_short_names(low: str, high: str, names: tuple[str, ...], factor: str) -> None:
    scale = Scale(Fraction(low), Fraction(high))
    assert scale.names(scale.ticks(5)) == (names, factor)


def test_a_scale_has_room_for_points_and_for_what_goes_on_for_ever() -> None:
    point = Scale.around([Bar(Fraction(483), Fraction(483))])
    assert point.lower < 483 < point.upper
    open_above = Scale.around([Bar(Fraction(0), Fraction(1)), Bar(Fraction(1), None)])
    assert open_above.upper - 1 > 0 - open_above.lower
    nothing = Scale.around([Bar(None, None), Bar(Fraction(1), Fraction(0))])
    assert nothing.lower < nothing.upper


def test_a_number_line_is_drawn_with_letters() -> None:
    ratio = [
        Bar(Fraction("3.535"), Fraction("3.545")),
        Bar(None, Fraction("3.46"), upper_closed=False, kind="implied"),
    ]
    none = [Bar(Fraction(1), Fraction(1), lower_closed=False), Bar(Fraction("3.5"), Fraction("3.5"))]
    line = NumberLine([Lane("海淀 ÷ 北京", ratio), Lane("none", none)], unit="times")
    assert sketch(line, 70) == [
        "海淀 ÷ 北京 stated                                            [────]",
        "            implied  <─────)",
        "none        stated   ∅",
        "            stated                            ●",
        "                         3.46     3.48      3.50     3.52      3.54",
        "                     (times)",
    ]
