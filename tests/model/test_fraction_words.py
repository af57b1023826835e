"""Fraction words: what they are a part of, and which of them have a last printed place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.model.fraction_words import read_fraction
from ipmetrics.model.vocabulary import FigureForm

PERCENT, PER_MILLE, POINTS = FigureForm.PERCENT, FigureForm.PER_MILLE, FigureForm.POINTS
NUMBER, TIMES = FigureForm.NUMBER, FigureForm.TIMES


@pytest.mark.parametrize(
    ("text", "number", "form", "scale"),
    [
        ("half", 50, PERCENT, 0),
        ("a half", 50, PERCENT, 0),
        ("one half", 50, PERCENT, 0),
        ("a quarter", 25, PERCENT, 0),
        ("one-quarter", 25, PERCENT, 0),
        ("three quarters", 75, PERCENT, 0),
        ("two thirds", Fraction(200, 3), PERCENT, 0),
        ("two-thirds", Fraction(200, 3), PERCENT, 0),
        ("one-sixth", Fraction(50, 3), PERCENT, 0),
        ("three tenths", 30, PERCENT, 0),
        ("half a million", Fraction(1, 2), NUMBER, 6),
        ("a quarter of a million", Fraction(1, 4), NUMBER, 6),
        ("half a hundred", Fraction(1, 2), NUMBER, 2),
        ("half a dozen", 6, NUMBER, 0),
        ("half a percentage point", Fraction(1, 2), POINTS, 0),
        ("half a percent", Fraction(1, 2), PERCENT, 0),
        ("two and a half", Fraction(5, 2), NUMBER, 0),
        ("two and a half times", Fraction(5, 2), TIMES, 0),
        ("one and three quarters percent", Fraction(7, 4), PERCENT, 0),
        ("one and a half million", Fraction(3, 2), NUMBER, 6),
        ("半", 50, PERCENT, 0),
        ("一半", 50, PERCENT, 0),
        ("四分之一", 25, PERCENT, 0),
        ("三分之二", Fraction(200, 3), PERCENT, 0),
        ("3分之2", Fraction(200, 3), PERCENT, 0),
    ],
)
def test_parts_in_words_have_no_last_place(text: str, number: Fraction | int, form: FigureForm, scale: int) -> None:
    found = read_fraction(text)
    assert found is not None
    numeral, found_form = found
    assert (numeral.number, numeral.scale, numeral.is_fraction, found_form) == (number, scale, True, form)


@pytest.mark.parametrize(
    ("text", "number", "places", "form"),
    [
        ("四成", 40, -1, PERCENT),
        ("4成", 40, -1, PERCENT),
        ("4.5成", 45, 0, PERCENT),
        ("四成五", 45, 0, PERCENT),
        ("百分之五十", 50, 0, PERCENT),
        ("百分之50", 50, 0, PERCENT),
        ("百分之三点五", Fraction(7, 2), 1, PERCENT),
        ("百分之百", 100, 0, PERCENT),
        ("十分之三", 30, -1, PERCENT),
        ("千分之三", 3, 0, PER_MILLE),
        ("万分之五", Fraction(1, 20), 2, PERCENT),
    ],
)
def test_tenths_and_hundredths_are_printed_to_a_place(
    text: str, number: Fraction | int, places: int, form: FigureForm
) -> None:
    found = read_fraction(text)
    assert found is not None
    numeral, found_form = found
    assert (numeral.number, numeral.places, numeral.is_fraction, found_form) == (number, places, False, form)


@pytest.mark.parametrize(
    "text",
    [
        "quarter",
        "third",
        "thirds",
        "hundred third",
        "zwei thirds",
        "the half",
        "half times",
        "half a patent",
        "half of a of a million",
        "hundreds and a half",
        "two thousand and a half",
        "two and half of a million",
        "a third of the total",
        "零分之一",
        "一分之一",
        "1.5分之1",
        "三分之1.5",
        "三分之三万",
        "几分之一",
        "三分之几",
        "几成",
        "4.5成五",
        "成",
        "五",
    ],
)
def test_words_that_are_no_fraction(text: str) -> None:
    assert read_fraction(text) is None
