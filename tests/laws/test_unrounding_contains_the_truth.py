"""Whatever is true prints as a figure whose interval holds it, and nothing outside an interval prints so."""

from __future__ import annotations

import decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ipmetrics.intervals import Interval
from ipmetrics.model.figures import Conventions, Figure, FigureForm, Hedge, Rounding
from ipmetrics.model.vocabulary import AFTER, BEFORE, FORMS, SCALES

rules = st.sampled_from(Rounding)
units = st.sampled_from([Fraction(10) ** power for power in range(-4, 7)] + [Fraction(5), Fraction(1, 4)])


@st.composite
def truths(draw: st.DrawFn, unit: Fraction) -> Fraction:
    """True values at, between and very near the places where rounding turns."""
    halves = Fraction(draw(st.integers(-12, 12) | st.integers(-(10**7), 10**7)), 2)
    off = draw(
        st.sampled_from([Fraction(0), Fraction(1, 10**9), Fraction(-1, 10**9)])
        | st.fractions(-1, 1, max_denominator=30)
    )
    return (halves + off) * unit


@given(rules, units, st.data())
def test_a_printed_value_stands_for_its_truth_and_for_no_other(
    rule: Rounding, unit: Fraction, data: st.DataObject
) -> None:
    true = data.draw(truths(unit))
    printed = rule.round(true, unit)
    assert printed == tuple(sorted(set(printed)))
    assert all(true in rule.interval(value, unit) for value in printed)
    if rule is not Rounding.EXACT:
        near = [(true // unit + steps) * unit for steps in range(-2, 4)]
        assert [value for value in near if true in rule.interval(value, unit)] == list(printed)


@given(rules, units, st.integers(-(10**7), 10**7))
@example(Rounding.TRUNCATED, Fraction(1), 0)
def test_an_end_is_closed_exactly_if_it_prints_so_itself(rule: Rounding, unit: Fraction, steps: int) -> None:
    value = steps * unit
    interval = rule.interval(value, unit)
    inside = unit / 10**9
    assert interval.lower is not None
    assert interval.upper is not None
    assert (value in rule.round(interval.lower, unit)) is interval.lower_closed
    assert (value in rule.round(interval.upper, unit)) is interval.upper_closed
    assert value not in rule.round(interval.lower - inside, unit)
    assert value not in rule.round(interval.upper + inside, unit)
    if not interval.is_point:
        assert value in rule.round(interval.lower + inside, unit)
        assert value in rule.round(interval.upper - inside, unit)


@given(rules, units, st.integers(-(10**4), 10**4))
def test_the_rules_that_look_at_size_mirror_at_zero(rule: Rounding, unit: Fraction, steps: int) -> None:
    mirrored = -rule.interval(-steps * unit, unit)
    other = {Rounding.FLOOR: Rounding.CEILING, Rounding.CEILING: Rounding.FLOOR}.get(rule, rule)
    assert mirrored == other.interval(steps * unit, unit)


ORACLES = {
    Rounding.HALF_UP: decimal.ROUND_HALF_UP,
    Rounding.HALF_DOWN: decimal.ROUND_HALF_DOWN,
    Rounding.HALF_EVEN: decimal.ROUND_HALF_EVEN,
    Rounding.TRUNCATED: decimal.ROUND_DOWN,
    Rounding.FLOOR: decimal.ROUND_FLOOR,
    Rounding.CEILING: decimal.ROUND_CEILING,
}


@pytest.mark.parametrize(("rule", "mode"), ORACLES.items())
@given(digits=st.integers(-(10**9), 10**9), places=st.integers(0, 6), kept=st.integers(0, 6))
def test_each_rule_agrees_with_the_decimal_module(
    rule: Rounding, mode: str, digits: int, places: int, kept: int
) -> None:
    true = decimal.Decimal(digits).scaleb(-places)
    printed = true.quantize(decimal.Decimal(1).scaleb(-kept), rounding=mode)
    assert rule.round(Fraction(true), Fraction(1, 10**kept)) == (Fraction(printed),)
    assert Fraction(printed) in Rounding.NEAREST.round(Fraction(true), Fraction(1, 10**kept)) or (
        mode in {decimal.ROUND_DOWN, decimal.ROUND_FLOOR, decimal.ROUND_CEILING}
    )


def write(value: Fraction, places: int, *, grouped: bool = True) -> str:
    """Print a value as an office would: so many decimals, groups of three, a sign."""
    digits = str(abs(value) * 10**places).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    return f"{'-' if value < 0 else ''}{int(whole):{',' if grouped else ''}}{'.' if places else ''}{part}"


ENDINGS = st.sampled_from(
    [("", 0)]
    + [(("" if not word.isascii() else " ") + word, power) for word, power in SCALES.items()]
    + [(("" if not word.isalpha() else " ") + word, form.power) for word, form in FORMS.items()]
    + [(" million %", 4), ("万倍", 4)]
)
LITERAL = Conventions(round_numbers=False)


@given(rules, st.integers(0, 4), ENDINGS, st.booleans(), st.sampled_from([0, -4, 3]), st.data())
def test_a_truth_printed_as_text_is_in_the_interval_of_its_figure(
    rule: Rounding,
    places: int,
    ending: tuple[str, int],
    grouped: bool,  # noqa: FBT001
    multiplier: int,
    data: st.DataObject,
) -> None:
    suffix, power = ending
    unit = Fraction(10) ** -places
    true = data.draw(truths(unit))
    if rule is Rounding.EXACT:
        true = true // unit * unit
    text = write(data.draw(st.sampled_from(rule.round(true, unit))), places, grouped=grouped) + suffix
    figure = Figure(text, rounding=rule)
    base = true * Fraction(10) ** (power + multiplier)
    assert base in figure.interval(LITERAL, multiplier=multiplier)
    assert base in figure.interval(multiplier=multiplier), "the cautious reading of round numbers is no narrower"
    assert base in Figure(text).with_reading(rounding=rule, decimals=places).interval(multiplier=multiplier)
    assert figure.interval(LITERAL).issubset(figure.interval())
    assert figure.unit_in_last_place(LITERAL) == unit * Fraction(10) ** power
    assert figure.power == power


@given(rules, st.integers(-6, 3), st.data())
def test_a_truth_rounded_to_any_place_is_held_if_the_place_is_stated(
    rule: Rounding, decimals: int, data: st.DataObject
) -> None:
    unit = Fraction(10) ** -decimals
    true = data.draw(truths(unit))
    if rule is Rounding.EXACT:
        true = true // unit * unit
    for printed in rule.round(true, unit):
        text = write(printed, max(decimals, 0))
        assert true in Figure(text, rounding=rule, decimals=decimals).interval()
        assert true in Figure(text, rounding=rule, step=unit).interval()
        # Nobody said that it is rounded to thousands, and still it is read so.
        assert decimals > -3 or abs(printed) < 1000 or true in Figure(text, rounding=rule).interval()


@given(rules, st.integers(-(10**8), 10**8))
def test_a_whole_number_printed_to_the_last_unit_is_exact(rule: Rounding, count: int) -> None:
    literal = Conventions(rounding=rule, round_numbers=False)
    text = f"{count:,}"
    assert Figure(text).interval(literal, whole=True) == Interval.point(count)
    assert Fraction(count) in Figure(text).interval(Conventions(rounding=rule), whole=True)
    if count % 10:
        assert Figure(text).interval(whole=True) == Interval.point(count)
    stated = Figure(text, rounding=Rounding.BALANCED).interval(literal, whole=True)
    assert stated == Interval(count - 1, count + 1), "who states a rule means it"


@given(
    st.sampled_from(sorted(BEFORE)) | st.sampled_from(sorted(AFTER)),
    st.integers(1, 10**7),
    st.booleans(),
    st.data(),
)
def test_hedges_speak_of_the_size_and_the_sign_is_put_back(
    word: str,
    size: int,
    negative: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    numeral = f"{'-' if negative else ''}{size:,}"
    figure = Figure(f"{word} {numeral}" if word in BEFORE else f"{numeral}{word}")
    assert figure.hedge is (BEFORE.get(word) or AFTER[word])
    part = data.draw(st.fractions(0, 3, max_denominator=50))
    held = {
        Hedge.OVER: part > 1,
        Hedge.UNDER: part < 1,
        Hedge.AT_LEAST: part >= 1,
        Hedge.AT_MOST: part <= 1,
        Hedge.ABOUT: abs(part - 1) * size <= max(Fraction(size, 20), figure.unit_in_last_place()),
    }[figure.hedge or Hedge.ABOUT]
    true = part * size * (-1 if negative else 1)
    if negative and part == 0:
        held = False  # what is down by less than 5% is down
    assert (true in figure.interval()) is held


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 2), rules, st.data())
def test_a_range_holds_what_either_end_prints_and_all_between(
    one: int, other: int, places: int, rule: Rounding, data: st.DataObject
) -> None:
    unit = Fraction(1, 10**places)
    lower, upper = sorted((one * unit, other * unit))
    hull = rule.interval(lower, unit).hull(rule.interval(upper, unit)) / 100
    for mark in ("–", " to ", "-", "至"):
        figure = Figure(f"{write(lower, places)}{mark}{write(upper, places)}%", rounding=rule)
        assert (figure.form, figure.is_range, figure.number) == (FigureForm.PERCENT, True, lower)
        assert figure.interval(LITERAL) == hull
        assert hull.issubset(figure.interval())
    assert data.draw(st.sampled_from([lower, upper, (lower + upper) / 2])) / 100 in hull
