"""The table of rounding rules, row by row."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.errors import FigureSyntaxError
from ipmetrics.model.rounding import Rounding

# rule → behind 2 | behind 3 | behind -2 | behind -3 | behind 0, each in units of 1
TABLE = {
    "nearest": ("[1.5, 2.5]", "[2.5, 3.5]", "[-2.5, -1.5]", "[-3.5, -2.5]", "[-0.5, 0.5]"),
    "half_up": ("[1.5, 2.5)", "[2.5, 3.5)", "(-2.5, -1.5]", "(-3.5, -2.5]", "(-0.5, 0.5)"),
    "half_down": ("(1.5, 2.5]", "(2.5, 3.5]", "[-2.5, -1.5)", "[-3.5, -2.5)", "[-0.5, 0.5]"),
    "half_even": ("[1.5, 2.5]", "(2.5, 3.5)", "[-2.5, -1.5]", "(-3.5, -2.5)", "[-0.5, 0.5]"),
    "truncated": ("[2, 3)", "[3, 4)", "(-3, -2]", "(-4, -3]", "(-1, 1)"),
    "floor": ("[2, 3)", "[3, 4)", "[-2, -1)", "[-3, -2)", "[0, 1)"),
    "ceiling": ("(1, 2]", "(2, 3]", "(-3, -2]", "(-4, -3]", "(-1, 0]"),
    "balanced": ("[1, 3]", "[2, 4]", "[-3, -1]", "[-4, -2]", "[-1, 1]"),
    "exact": ("{2}", "{3}", "{-2}", "{-3}", "{0}"),
}


def test_the_table_has_every_rule() -> None:
    assert set(TABLE) == set(Rounding)


@pytest.mark.parametrize("rule", Rounding)
def test_the_true_values_behind_a_printed_one(rule: Rounding) -> None:
    found = tuple(str(rule.interval(Fraction(value), Fraction(1))) for value in (2, 3, -2, -3, 0))
    assert found == TABLE[rule]


@pytest.mark.parametrize("rule", Rounding)
def test_another_unit_scales_the_interval(rule: Rounding) -> None:
    for value in (2, 3, -2, -3, 0):
        for unit in (Fraction(5), Fraction(1, 100), Fraction(10**4)):
            assert rule.interval(value * unit, unit) == rule.interval(Fraction(value), Fraction(1)) * unit


# what 2.5, 2, 2.2, 2.7 and their negatives may print as
PRINTED = {
    "nearest": ("2 3", "2", "2", "3", "-3 -2", "-2", "-2", "-3"),
    "half_up": ("3", "2", "2", "3", "-3", "-2", "-2", "-3"),
    "half_down": ("2", "2", "2", "3", "-2", "-2", "-2", "-3"),
    "half_even": ("2", "2", "2", "3", "-2", "-2", "-2", "-3"),
    "truncated": ("2", "2", "2", "2", "-2", "-2", "-2", "-2"),
    "floor": ("2", "2", "2", "2", "-3", "-2", "-3", "-3"),
    "ceiling": ("3", "2", "3", "3", "-2", "-2", "-2", "-2"),
    "balanced": ("2 3", "1 2 3", "2 3", "2 3", "-3 -2", "-3 -2 -1", "-3 -2", "-3 -2"),
    "exact": ("5/2", "2", "11/5", "27/10", "-5/2", "-2", "-11/5", "-27/10"),
}


@pytest.mark.parametrize("rule", Rounding)
def test_what_a_true_value_may_print_as(rule: Rounding) -> None:
    values = [sign * Fraction(text) for sign in (1, -1) for text in ("2.5", "2", "2.2", "2.7")]
    found = tuple(" ".join(map(str, rule.round(value, Fraction(1)))) for value in values)
    assert found == PRINTED[rule]


@pytest.mark.parametrize("rule", [rule for rule in Rounding if rule is not Rounding.EXACT])
def test_a_unit_that_is_not_positive_and_a_value_between_its_steps_are_refused(rule: Rounding) -> None:
    for unit in (Fraction(0), Fraction(-1)):
        with pytest.raises(FigureSyntaxError, match="positive"):
            rule.interval(Fraction(1), unit)
        with pytest.raises(FigureSyntaxError, match="positive"):
            rule.round(Fraction(1), unit)
    with pytest.raises(FigureSyntaxError, match="multiple"):
        rule.interval(Fraction(3, 2), Fraction(1))
