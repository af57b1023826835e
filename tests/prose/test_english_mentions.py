"""Mentions: which stretch of an English text is a figure, and what is printed there."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from ipmetrics.model.figures import Figure, FigureForm, Hedge
from ipmetrics.prose.english.mentions import Mention, mentions_in
from tests.prose.english_pieces import HOSTILE, apart, texts


def mentions(text: str) -> list[Mention]:
    return list(mentions_in(text, 0, len(text)))


@pytest.mark.parametrize(
    ("text", "figure", "value", "law"),
    [
        ("433,000 patents", "433,000", 433_000, "commas between thousands"),
        ("1,01,311 filings", "101311", 101_311, "commas as in India"),
        ("1 234 567 filings", "1,234,567", 1_234_567, "blanks between thousands"),
        ("1.234.567 filings", "1234567", 1_234_567, "points between thousands"),
        ("1.000.000,5", "1000000.5", "1000000.5", "points between thousands, a decimal comma"),
        ("10,5%", "10.5%", "10.5", "a decimal comma"),
        ("2,5 million", "2.5 million", 2_500_000, "a decimal comma before a scale word"),
        ("12/5%", "12.5%", "12.5", "a decimal slash"),
        ("12/5 million", "12.5 million", 12_500_000, "a decimal slash before a scale word"),
        ("%13 of them", "13%", 13, "the sign in front, as in Turkey"),
        ("5 percent", "5%", 5, "percent in words"),
        ("4 pct", "4%", 4, "percent shortened"),
        ("0.5 percentage points", "0.5 points", "0.5", "percentage points"),
        ("1.8 p.p.", "1.8 points", "1.8", "points shortened"),
        ("5 per mille", "5‰", 5, "per mille in words"),
        ("3.54 times", "3.54 times", "3.54", "a multiple"),
        ("3.54x", "3.54 times", "3.54", "a multiple with a cross"),
        ("5-fold", "5 times", 5, "a multiple in digits"),
        ("five-fold", "5 times", 5, "a multiple in words"),
        ("Doubled", "2 times", 2, "a verb that is a multiple"),
        ("half", "half", 50, "a part in words is in percent"),
        ("two-thirds", "two-thirds", "200/3", "a part with a dash"),
        ("half a million", "half a million", 500_000, "a part of a scale"),
        ("twenty-five", "twenty-five", 25, "a number in words"),
        ("seven hundred thousand", "seven hundred thousand", 700_000, "two scale words"),
        ("one million", "one million", 1_000_000, "one of a scale"),
        ("5 lakh", "5 lakh", 500_000, "a scale of India"),
        ("2.3 crore", "2.3 crore", 23_000_000, "another"),
        ("53 thousand 436", "53,436", 53_436, "a scale word inside a number"),
        ("2.5b", "2.5 billion", 2_500_000_000, "a letter behind a decimal"),
        ("5k", "5 thousand", 5_000, "a letter that means one thing"),
        ("$5b", "5 billion", 5_000_000_000, "a letter behind a sum of money"),
        ("US$1.5bn", "1.5 bn", 1_500_000_000, "two letters"),
    ],
)
def test_a_figure_is_read_as_it_is_printed(text: str, figure: str, value: str | int, law: str) -> None:
    (found,) = mentions(text)
    assert (found.figure, found.value) == (figure, Fraction(value)), law


@pytest.mark.parametrize(
    ("text", "hedge", "printed"),
    [
        ("over 2.4 million", Hedge.OVER, "over 2.4 million"),
        ("well over 300", Hedge.OVER, "well over 300"),
        ("slightly more than 300", Hedge.OVER, "slightly more than 300"),
        ("it exceeded 300", Hedge.OVER, "exceeded 300"),
        ("nearly 5%", Hedge.UNDER, "nearly 5%"),
        ("almost doubled", Hedge.UNDER, "almost doubled"),
        ("about half", Hedge.ABOUT, "about half"),
        ("300 or so", Hedge.ABOUT, "300 or so"),
        ("at least 12", Hedge.AT_LEAST, "at least 12"),
        ("300 or more", Hedge.AT_LEAST, "300 or more"),
        ("300+ patents", Hedge.AT_LEAST, "300+"),
        ("5 million-plus", Hedge.AT_LEAST, "5 million-plus"),
        ("up to 40", Hedge.AT_MOST, "up to 40"),
        ("300 or less", Hedge.AT_MOST, "300 or less"),
        ("fewer than 300 or so", Hedge.UNDER, "fewer than 300 or so"),
        ("overall 300", None, "300"),
        ("it rose over the year to 300", None, "300"),
    ],
)
def test_words_on_both_sides_hedge_it_those_in_front_first(text: str, hedge: Hedge | None, printed: str) -> None:
    (found,) = mentions(text)
    assert (found.hedge, text[found.start : found.end]) == (hedge, printed)
    assert Figure(found.figure).hedge == hedge or found.form is FigureForm.TIMES


@pytest.mark.parametrize(
    ("text", "currency", "time"),
    [
        ("$1.5 million", "USD", None),
        ("US$5", "USD", None),
        ("RMB5 million", "CNY", None),
        ("5 billion yuan", "CNY", None),
        ("250,000 U.S. dollars", "USD", None),
        ("over EUR 5", "EUR", None),
        ("a fee of Rs5 crore", "INR", None),
        ("22.3 months", None, "month"),
        ("21 working days", None, "day"),
        ("17-year", None, "year"),
        ("5 patents", None, None),
    ],
)
def test_money_and_time_are_told_by_the_words_beside(text: str, currency: str | None, time: str | None) -> None:
    (found,) = mentions(text)
    assert (found.currency, found.time) == (currency, time)


@pytest.mark.parametrize(
    ("text", "sign", "form"),
    [
        ("(+5%)", "+", FigureForm.PERCENT),
        ("-2.9%", "-", FigureForm.PERCENT),
        ("–2.9%", "-", FigureForm.PERCENT),
        ("▲3.8", "+", FigureForm.PERCENT),
        ("▼ 2.1%", "-", FigureForm.PERCENT),
        ("(-310)", "-", FigureForm.NUMBER),
        ("3-5%", "", FigureForm.PERCENT),
    ],
)
def test_signs_and_arrows_are_kept_apart(text: str, sign: str, form: FigureForm) -> None:
    found = mentions(text)[-1]
    assert (found.sign, found.form) == (sign, form)
    assert found.figure.startswith(found.printed)


@pytest.mark.parametrize(
    "text",
    [
        "5G and 3rd",
        "7-Zip",
        "24/7",
        "COVID-19",
        "A5, 5A and 1e5",
        "12/5",
        "10:30",
        "010-12345678",
        "(010) 12345678",
        "+86 10 1234 5678",
        "5b",
        "100 basis points",
        "thousands of them",
        "a dozen",
        "lone and often",
    ],
)
def test_names_numbers_of_telephones_and_times_of_day_are_no_figures(text: str) -> None:
    assert mentions(text) == []


def test_a_capital_pct_is_a_treaty() -> None:
    (found,) = mentions("4 PCT applications")
    assert (found.figure, found.form, found.end) == ("4", FigureForm.NUMBER, 1)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("rose 15 and 9 percent", ["15%", "9%"]),
        ("rose 15 and 9 points", ["15 points", "9 points"]),
        ("1,500 and 9 percent", ["1,500", "9%"]),
        ("$15 and 9 percent", ["15", "9%"]),
        ("15 patents and 9 percent", ["15", "9%"]),
    ],
)
def test_a_small_bare_number_shares_the_sign_of_the_next(text: str, figures: list[str]) -> None:
    assert [one.figure for one in apart(text).mentions] == figures


@given(texts)
def test_what_is_found_is_a_figure_inside_the_text(text: str) -> None:
    done = 0
    for found in mentions(text):
        assert done <= found.start <= found.core < found.end <= len(text)
        done = found.end
        read = Figure(found.figure)
        assert abs(read.value) == found.value * Fraction(10) ** read.form.power
        assert read.form is found.form
        assert found.printed in text


@given(texts, texts, texts)
def test_a_stretch_is_read_for_itself(ahead: str, text: str, behind: str) -> None:
    whole = f"{ahead} {text} {behind}"
    start, end = len(ahead) + 1, len(ahead) + 1 + len(text)
    assert all(start <= found.start < found.end <= end for found in mentions_in(whole, start, end))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    assert all(found.end <= len(text) for found in mentions(text))
