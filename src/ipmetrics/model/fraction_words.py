"""Fraction words: a quarter, two thirds, half a million, two and a half times, 三分之一, 四成, 百分之五.

This room knows which of them have a last printed place (百分之五 is 5%, 四成 is 40% to the tenth) and which
are only roughly so (a quarter). It does not know how rough.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ipmetrics.model.numerals import Numeral, read_chinese, read_digits, read_english
from ipmetrics.model.vocabulary import FORMS, SCALES, FigureForm

__all__ = ["read_fraction"]

_PARTS = {"half": 2, "halves": 2} | {
    word + plural: count
    for word, count in zip(
        "third quarter fourth fifth sixth seventh eighth ninth tenth twelfth twentieth".split(),
        (3, 4, 4, 5, 6, 7, 8, 9, 10, 12, 20),
        strict=True,
    )
    for plural in ("", "s")
}
_ENGLISH = re.compile(
    rf"(?:(?P<whole>.+) and )?(?:(?P<count>[a-z]+)[ -])?(?P<part>{'|'.join(_PARTS)})"
    r"(?: (?:of )?an? (?P<of>.+)| (?P<ending>.+))?"
)
_CHINESE = re.compile(r"(?P<parts>.+?)分之(?P<count>.+)")
_TENTHS = re.compile(r"(?P<tenths>.+)成(?P<hundredths>[一二三四五六七八九])?")
_DECIMAL = re.compile(r"(?P<whole>0|[1-9][0-9]*)(?:\.(?P<part>[0-9]+))?")
_LARGEST = 20  # counts of parts beyond are no fraction words: "hundred third"
_HALVES = frozenset({"半", "一半", "半数"})
# 百分之五 is 5% printed to the last place: 3 places of percent for 十, 2 fewer for 万
_DECIMAL_PARTS = {"十": (FigureForm.PERCENT, 1), "百": (FigureForm.PERCENT, 0)}
_DECIMAL_PARTS |= {"千": (FigureForm.PER_MILLE, 0), "万": (FigureForm.PERCENT, -2)}


def read_fraction(text: str) -> tuple[Numeral, FigureForm] | None:
    """Read a part printed in words, in lower case, with what it is a part of; None if it is none.

    A bare fraction is in percent; "half a million" is a number, "half a percentage point" is in points.

    Examples
    --------
    >>> read_fraction("three quarters")
    (Numeral(number=Fraction(75, 1), places=0, scale=0, is_fraction=True), <FigureForm.PERCENT: 'percent'>)
    >>> read_fraction("half a million")
    (Numeral(number=Fraction(1, 2), places=0, scale=6, is_fraction=True), <FigureForm.NUMBER: 'number'>)
    >>> read_fraction("四成五")[0].number, read_fraction("百分之三点五")[0].number
    (Fraction(45, 1), Fraction(7, 2))
    """
    if text.isascii():
        match = _ENGLISH.fullmatch(text)
        return _english(match) if match else None
    if text in _HALVES:
        return _percent(Fraction(1, 2))
    if match := _CHINESE.fullmatch(text):
        return _chinese(match["parts"], match["count"])
    if match := _TENTHS.fullmatch(text):
        tenths = _digits_or_words(match["tenths"])
        if tenths is None or (match["hundredths"] and tenths.places):
            return None
        if match["hundredths"]:
            hundredths = read_chinese(match["hundredths"])
            return None if hundredths is None else (Numeral(tenths.number * 10 + hundredths.number), FigureForm.PERCENT)
        return _shifted(tenths, 1), FigureForm.PERCENT
    return None


def _percent(fraction: Fraction) -> tuple[Numeral, FigureForm]:
    return Numeral(100 * fraction, is_fraction=True), FigureForm.PERCENT


def _shifted(numeral: Numeral, power: int) -> Numeral:
    """Move the decimal point without touching the last printed place."""
    return numeral._replace(number=numeral.number * Fraction(10) ** power, places=numeral.places - power)


def _digits_or_words(text: str) -> Numeral | None:
    match = _DECIMAL.fullmatch(text)
    return read_digits(match["whole"], match["part"] or "") if match else read_chinese(text)


def _chinese(parts: str, count: str) -> tuple[Numeral, FigureForm] | None:
    above = Numeral(Fraction(100)) if count == "百" else _digits_or_words(count)
    if above is None or above.scale:
        return None
    if parts in _DECIMAL_PARTS:
        form, power = _DECIMAL_PARTS[parts]
        return _shifted(above, power), form
    below = _digits_or_words(parts)
    if below is None or below.number <= 1 or below.places or above.places:
        return None
    return _percent(above.number / below.number / Fraction(10) ** below.scale)


def _english(match: re.Match[str]) -> tuple[Numeral, FigureForm] | None:
    count = Numeral(Fraction(1)) if match["count"] in {None, "a", "an"} else read_english(match["count"])
    if count is None or count.number >= _LARGEST or (match["count"] is None and match["part"] != "half"):
        return None
    fraction = count.number / _PARTS[match["part"]]
    if match["whole"] is not None:
        whole = read_english(match["whole"])
        if whole is None or whole.scale or match["of"]:
            return None
        fraction += whole.number
    ending = match["of"] or match["ending"]
    if match["ending"] is not None and match["whole"] is None:
        return None
    if ending is None:
        return (
            _percent(fraction) if match["whole"] is None else (Numeral(fraction, is_fraction=True), FigureForm.NUMBER)
        )
    if ending == "dozen":
        return Numeral(12 * fraction, is_fraction=True), FigureForm.NUMBER
    if ending in SCALES:
        return Numeral(fraction, scale=SCALES[ending], is_fraction=True), FigureForm.NUMBER
    return (Numeral(fraction, is_fraction=True), FORMS[ending]) if ending in FORMS else None
