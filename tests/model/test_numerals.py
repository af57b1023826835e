"""Numerals: digits and words to exact numbers, and no guess where two readings are open."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.model.numerals import Numeral, read_chinese, read_digits, read_english, read_mixed

ONES = "zero one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()


def english(number: int) -> str:
    """An independent speller, below a thousand million."""
    for step, word in ((10**6, "million"), (1000, "thousand")):
        if number >= step:
            tail = english(number % step) if number % step else ""
            link = " and " if 0 < number % step < 100 else " "
            return f"{english(number // step)} {word}{link if tail else ''}{tail}"
    if number >= 100:
        return f"{ONES[number // 100]} hundred{' and ' + english(number % 100) if number % 100 else ''}"
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return (ONES + TEENS)[number]


def chinese(number: int) -> str:
    """An independent speller: digit by digit, a run of zeros inside read as one 零."""
    text = ""
    for power in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**power % 10
        mark = ["", "十", "百", "千"][power % 4]
        if digit:
            text += "零一二三四五六七八九"[digit] + mark
        elif not text.endswith("零"):
            text += "零"
        if power % 4 == 0 and number // 10**power % 10**4:
            text = text.removesuffix("零") + {0: "", 4: "万", 8: "亿"}[power]
    text = text.removesuffix("零")
    return text.removeprefix("一") if text.startswith("一十") else text


def value(numeral: Numeral | None) -> Fraction | None:
    return None if numeral is None else numeral.number * 10**numeral.scale


@given(st.integers(1, 10**9 - 1) | st.integers(1, 2000))
def test_english_numbers_read_back(number: int) -> None:
    assert value(read_english(english(number))) == number
    assert value(read_english(english(number).replace("-", " ").replace(" and ", " "))) == number


@given(st.integers(1, 10**12 - 1) | st.integers(1, 20000))
def test_chinese_numbers_read_back(number: int) -> None:
    assert value(read_chinese(chinese(number))) == number


@given(st.integers(0, 10**15), st.integers(0, 6))
def test_digits_count_the_printed_places(number: int, places: int) -> None:
    part = str(number % 10**places).rjust(places, "0") if places else ""
    assert read_digits(f"{number // 10**places:,}", part) == Numeral(Fraction(number, 10**places), places)


@given(st.integers(1, 10**5), st.integers(0, 9999))
def test_digits_after_wan_fill_its_four_places(head: int, tail: int) -> None:
    assert read_mixed(f"{head}万{tail:04}") == Numeral(Fraction(head * 10**4 + tail))
    if tail < 1000:
        assert read_mixed(f"{head}万{tail}") is None


@pytest.mark.parametrize(
    ("text", "number", "scale"),
    [
        ("four million", 4, 6),
        ("thirty thousand", 30, 3),
        ("three hundred thousand", 300, 3),
        ("a hundred million", 100, 6),
        ("hundred million", 100, 6),
        ("a million", 1, 6),
        ("one million two hundred thousand", 1200, 3),
        ("two thousand five hundred", 2500, 0),
        ("two thousand and five", 2005, 0),
        ("a hundred", 100, 0),
        ("a hundred and one", 101, 0),
        ("twelve hundred", 1200, 0),
        ("two dozen", 24, 0),
        ("a dozen", 12, 0),
        ("twenty one", 21, 0),
    ],
)
def test_english_numbers_keep_the_scale_of_their_last_word(text: str, number: int, scale: int) -> None:
    assert read_english(text) == Numeral(Fraction(number), scale=scale)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "an",
        "and",
        "hundred",
        "hundreds",
        "dozen",
        "million",
        "million one",
        "one two",
        "two and two",
        "twenty eleven",
        "twenty-twenty",
        "five hundred hundred",
        "a five",
        "ten hundred thousand hundred",
        "thirty hundred",
        "one thousand million",
        "one million one million",
        "one million a",
        "third",
        "eleventy",
    ],
)
def test_words_that_are_no_english_number(text: str) -> None:
    assert read_english(text) is None


@pytest.mark.parametrize(
    ("text", "number", "scale", "places"),
    [
        ("十", 10, 0, 0),
        ("十二", 12, 0, 0),
        ("二十三万", 23, 4, 0),
        ("三万二千", 32, 3, 0),
        ("两千", 2, 3, 0),
        ("一万二千亿", 12000, 8, 0),
        ("两万亿", 2, 12, 0),
        ("一亿零三千", 100003, 3, 0),
        ("三百五十", 350, 0, 0),
        ("三百零五", 305, 0, 0),
        ("零", 0, 0, 0),
        ("三点五", Fraction(7, 2), 0, 1),
        ("零点〇五", Fraction(1, 20), 0, 2),
        ("十二点零", 12, 0, 1),
    ],
)
def test_chinese_numbers(text: str, number: Fraction | int, scale: int, places: int) -> None:
    assert read_chinese(text) == Numeral(Fraction(number), places, scale)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百",
        "万",
        "三百五",
        "五万三",
        "三四百",
        "二三",
        "二〇二一",
        "三百零五十",
        "三百零零五",
        "零三",
        "三零",
        "三百零",
        "百三",
        "一百十",
        "一亿亿",
        "一万一万",
        "一万一亿一亿",
        "三点",
        "点五",
        "三点两",
        "三点五点六",
        "数百",
        "3",
    ],
)
def test_words_that_are_no_chinese_number(text: str) -> None:
    assert read_chinese(text) is None


@pytest.mark.parametrize(
    ("text", "number", "scale"),
    [
        ("5万3345", 53345, 0),
        ("3亿5000万", 35000, 4),
        ("1万2千", 12, 3),
        ("1亿2345万6789", 123456789, 0),
        ("3千200", 3200, 0),
    ],
)
def test_digits_around_scale_words(text: str, number: int, scale: int) -> None:
    assert read_mixed(text) == Numeral(Fraction(number), scale=scale)


@pytest.mark.parametrize(
    "text",
    ["", "5", "5万", "5万3", "5万345", "1亿20000万", "5万12345", "万5", "5万0千", "1亿5千", "05万3345"],
)
def test_digits_around_scale_words_that_could_be_read_twice(text: str) -> None:
    assert read_mixed(text) is None
