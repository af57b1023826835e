"""Printing again: what changes is the numeral or the sign, and nothing else of the figure."""

from __future__ import annotations

import pytest
from hypothesis import given

from ipmetrics.diagnosis.reprinting import numeral_of, reprinted, with_form
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.testing import known_figures


@given(known_figures(forms=tuple(FigureForm)))
def test_the_same_digits_print_the_same_figure(pair: tuple[Figure, object]) -> None:
    figure, _ = pair
    numeral = None if figure.is_range else numeral_of(figure)
    if numeral is None:
        return
    again = reprinted(figure, numeral.write(int(numeral.run.digits), numeral.run.places))
    assert again is not None
    assert (again.value, again.form, again.hedge) == (figure.value, figure.form, figure.hedge)
    assert again.interval() == figure.interval()


# text | digits | decimals | scale word
FOUND = """
40,455             | 40455   | 0 |
-64,614            | 64614   | 0 |
2.896 billion      | 2896    | 3 | billion
62.4万             | 624     | 1 | 万
nearly 30,000      | 30000   | 0 |
0.05%              | 005     | 2 |
.5                 | 5       | 1 |
５万３３４５       | 53345   | 0 |
3亿500万           | 30500   | 0 | 万
3000多万           | 3000    | 0 | 万
百分之3.5          | 35      | 1 |
30-thousand        | 30      | 0 | thousand
thirty-two million | 32      | 0 | million
三十二万           | 32      | 0 | 万
over three times   | 3       | 0 |
"""


@pytest.mark.parametrize("row", FOUND.strip().splitlines())
def test_the_numeral_is_found_in_its_text(row: str) -> None:
    text, digits, places, word = (part.strip() for part in row.split("|"))
    numeral = numeral_of(Figure(text))
    assert numeral is not None
    assert (numeral.run.digits, numeral.run.places, numeral.word) == (digits, int(places), word)


@pytest.mark.parametrize("text", ["half", "a quarter", "三成", "3成", "twice", "half a million", "超百亿", "三点五"])
def test_no_numeral_is_found_where_none_is_printed_to_a_last_place(text: str) -> None:
    assert numeral_of(Figure(text)) is None


# text | another numeral, its decimals | as printed
REPRINTED = """
332.8          | 3328 0     | 3,328
1,332.8        | 13328 4    | 1.3328
40455          | 404550 0   | 404550
1\u00a0234         | 12345 0    | 12\u00a0345
-5%            | 15 0       | -15%
约300          | 3000 0     | 约3000
about 300      | 3000 0     | about 3,000
１２．５％     | 52 1       | ５．２％
5万3345        | 35345 0    | 3万5345
5万3345        | 50345 0    | 5万0345
5万3345        | 5334 0     | 5334
3亿5000万      | 30500 0    | 3亿500万
3亿5000万      | 30000 0    | 30000万
1万2千         | 21 0       | 2万1千
thirty million | 13 0       | 13 million
三十万         | 13 0       | 13万
"""


@pytest.mark.parametrize("row", REPRINTED.strip("\n").splitlines())
def test_another_numeral_is_printed_in_the_manner_of_the_first(row: str) -> None:
    text, given_digits, printed = (part.strip(" ") for part in row.split("|"))
    numeral = numeral_of(Figure(text))
    assert numeral is not None
    number, places = map(int, given_digits.split())
    assert numeral.write(number, places) == printed
    assert reprinted(Figure(text), printed) is not None


def test_a_decimal_comma_stays_one() -> None:
    numeral = numeral_of(Figure("1.234,5", decimal_comma=True))
    assert numeral is not None
    assert [numeral.write(12345, places) for places in (0, 2)] == ["12.345", "123,45"]


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("5.2%", FigureForm.POINTS, "5.2 points"),
        ("nearly -5 per cent", FigureForm.POINTS, "nearly -5 points"),
        ("5％以上", FigureForm.POINTS, "5个百分点以上"),
        ("百分之五", FigureForm.POINTS, "五个百分点"),
        ("20–25%", FigureForm.POINTS, "20–25 points"),
        ("20% to 25%", FigureForm.POINTS, "20 points to 25 points"),
        ("0.44 percentage points", FigureForm.PERCENT, "0.44%"),
        ("0.44pp", FigureForm.PERCENT, "0.44%"),
        ("half a percentage point", FigureForm.PERCENT, "half a percent"),
        ("3.5个百分点", FigureForm.PERCENT, "3.5%"),
        ("2.2", FigureForm.TIMES, "2.2 times"),
        ("2.2 or more", FigureForm.TIMES, "2.2 times or more"),
        ("约3", FigureForm.TIMES, "约3倍"),
        ("2.2x", FigureForm.TIMES, "2.2x"),
    ],
)
def test_the_sign_is_exchanged_and_nothing_else(text: str, form: FigureForm, printed: str) -> None:
    figure = Figure(text, rounding="truncated")
    read = with_form(figure, form)
    assert read is not None
    assert read.text == printed
    assert (read.form, read.number, read.hedge, read.rounding) == (form, figure.number, figure.hedge, figure.rounding)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a third", FigureForm.POINTS),
        ("三成", FigureForm.POINTS),
        ("twice", FigureForm.TIMES),
        ("more than double", FigureForm.TIMES),
    ],
)
def test_a_figure_without_a_sign_of_its_own_keeps_its_meaning(text: str, form: FigureForm) -> None:
    assert with_form(Figure(text), form) is None
