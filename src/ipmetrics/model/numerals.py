"""Numerals: digits with their separators, and numbers spelled out in English and in Chinese.

This room turns one numeral into an exact number and says which place was printed last. It knows neither
percent signs nor hedges, and it never guesses: "1,01,311", "1.234.5" and "三百五" are no numerals here.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

__all__ = ["DIGITS", "DIGITS_COMMA", "Numeral", "read_chinese", "read_digits", "read_english", "read_mixed"]


class Numeral(NamedTuple):
    """A number as printed, before its scale word.

    Attributes
    ----------
    number
        The number before the scale word, with its sign.
    places
        Printed decimals; negative if the last printed place is a ten or more.
    scale
        Power of ten of the scale word: 3 for "30 thousand", 0 if there is none.
    is_fraction
        Whether it is a fraction word, which has no last printed place.
    """

    number: Fraction
    places: int = 0
    scale: int = 0
    is_fraction: bool = False


# A group space is any of the fixed spaces, which the reader of phrases has made one: U+00A0.
_GROUPED = "[1-9][0-9]{{0,2}}(?:{0}[0-9]{{3}})+"
_WHOLE = "0|[1-9][0-9]*|" + "|".join(_GROUPED.format(mark) for mark in (",", "\u00a0"))
_WHOLE_COMMA = "0|[1-9][0-9]*|" + "|".join(_GROUPED.format(mark) for mark in (r"\.", "\u00a0", " "))
DIGITS = rf"(?:(?P<whole>{_WHOLE})(?:\.(?P<part>[0-9]+))?|\.(?P<bare>[0-9]+))"
DIGITS_COMMA = rf"(?:(?P<whole>{_WHOLE_COMMA})(?:,(?P<part>[0-9]+))?|,(?P<bare>[0-9]+))"
_NO_SEPARATORS = {ord(mark): None for mark in ",. \u00a0"}
_MIXED = re.compile(r"(?:([1-9][0-9]*)亿)?(?:([1-9][0-9]*)万)?(?:([1-9])千)?([0-9]{3,8})?")
_TORN = 5  # from 亿 to 千: the colloquial 1亿5千 is 1亿5千万


def read_digits(whole: str, part: str) -> Numeral:
    """Read the digits before and after the decimal mark; the separators in them are already checked.

    Examples
    --------
    >>> read_digits("40,455", "")
    Numeral(number=Fraction(40455, 1), places=0, scale=0, is_fraction=False)
    """
    digits = int((whole.translate(_NO_SEPARATORS) or "0") + part)
    places = len(part)
    return Numeral(Fraction(digits, 10**places) if places else Fraction(digits), places)


def read_mixed(text: str) -> Numeral | None:
    """Read digits around Chinese scale words: 3亿5000万, 1万2千, 5万3345 (printed to the last unit).

    Digits after the last scale word fill all its places, so that the colloquial 5万3 (53,000) is not
    taken for 50,003 nor the other way round.

    Examples
    --------
    >>> read_mixed("5万3345").number, read_mixed("3亿5000万").scale, read_mixed("5万3")
    (Fraction(53345, 1), 4, None)
    """
    match = _MIXED.fullmatch(text)
    if match is None:
        return None
    total, above = 0, None
    for digits, scale in zip(match.groups(), (8, 4, 3, 0), strict=True):
        if digits is None:
            continue
        if above is not None:
            if len(digits) > above - scale or (scale == 0 and len(digits) < above) or above - scale == _TORN:
                return None
            total *= 10 ** (above - scale)
        total, above = total + int(digits), scale
    if above is None or sum(digits is not None for digits in match.groups()) == 1:
        return None
    return Numeral(Fraction(total), scale=above)


_ONES = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_STEPS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def read_english(text: str) -> Numeral | None:
    """Read a number spelled out in English, in lower case; None if it is none.

    Its scale is that of its last word, so that "thirty thousand" is 30 thousand as "30 thousand" is.

    Examples
    --------
    >>> read_english("thirty thousand")
    Numeral(number=Fraction(30, 1), places=0, scale=3, is_fraction=False)
    >>> int(read_english("one hundred and twenty-three").number), int(read_english("two dozen").number)
    (123, 24)
    >>> read_english("hundreds"), read_english("two three")
    (None, None)
    """
    words = text.replace("-", " ").split()
    if words[-1:] == ["dozen"]:
        count = _below_thousand(words[:-1])
        return None if count is None else Numeral(Fraction(12 * count))
    total, above, start = 0, 15, 0
    for index, word in enumerate(words):
        if word in _STEPS:
            count, scale = _below_thousand(words[start:index]), _STEPS[word]
            if count is None or scale >= above:
                return None
            total, above, start = total * 10 ** (above - scale) + count, scale, index + 1
    rest = words[start:]
    if rest:
        count = _below_thousand(rest[1:] if start and rest[0] == "and" else rest)
        if count is None or rest in (["a"], ["an"], ["hundred"]):
            return None
        total, above = total * 10**above + count, 0
    return Numeral(Fraction(total), scale=above) if words else None


def _below_thousand(words: list[str]) -> int | None:
    """Read "seven", "twenty one", "a hundred", "three hundred and five"; None if it is none of these."""
    if words in (["a"], ["an"]):
        return 1
    hundreds = 0
    if "hundred" in words:
        index = words.index("hundred")
        head, words = words[:index], words[index + 1 :]
        leader = 1 if head in ([], ["a"]) else _ONES.get(head[0]) if len(head) == 1 else None
        if leader is None:
            return None
        hundreds = 100 * leader
        if not words:
            return hundreds
        words = words[1:] if words[0] == "and" else words
    if len(words) == 1:
        small = _ONES.get(words[0], _TENS.get(words[0]))
    elif len(words) == 2 and words[0] in _TENS and _ONES.get(words[1], 10) < 10:
        small = _TENS[words[0]] + _ONES[words[1]]
    else:
        small = None
    return None if small is None else hundreds + small


_DIGITS_ZH = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_PLACES_ZH = {"千": 3, "百": 2, "十": 1, "个": 0}
_STEPS_ZH = (("万亿", 12), ("亿", 8), ("万", 4), ("千", 3))


def read_chinese(text: str) -> Numeral | None:
    """Read a number spelled out in Chinese; None if it is none.

    A place that is skipped is marked by 零: the colloquial 三百五 (350) is refused, 三百零五 is 305.

    Examples
    --------
    >>> [int(read_chinese(text).number) for text in ("十", "二十三", "一百零五", "两千三百")]
    [10, 23, 105, 2300]
    >>> read_chinese("三万二千")
    Numeral(number=Fraction(32, 1), places=0, scale=3, is_fraction=False)
    >>> read_chinese("三点五").number, read_chinese("三百五")
    (Fraction(7, 2), None)
    """
    head, point, tail = text.partition("点")
    if point:
        whole = 0 if head in {"零", "〇"} else _whole_chinese(head)
        if whole is None or not tail or any(char not in _DIGITS_ZH or char == "两" for char in tail):
            return None
        return read_digits(str(whole), "".join(str(_DIGITS_ZH[char]) for char in tail))
    if text in {"零", "〇"}:
        return Numeral(Fraction(0))
    total = _whole_chinese(text)
    if total is None:
        return None
    scale = next((scale for word, scale in _STEPS_ZH if text.endswith(word)), 0)
    return Numeral(Fraction(total, 10**scale), scale=scale)


_TOP = 99  # the place above a numeral's first


def _whole_chinese(text: str, above: int = _TOP) -> int | None:
    """Read a whole number whose first place lies below ``above``."""
    for mark, scale in (("亿", 8), ("万", 4)):
        if mark in text:
            head, _, tail = text.partition(mark)
            high = _whole_chinese(head, above if above == _TOP else above - scale)
            low = _whole_chinese(tail, scale) if tail else 0
            return None if high is None or low is None else high * 10**scale + low
    return _section(text, above)


def _section(text: str, above: int) -> int | None:
    """Read a number below 10,000, place by place; a place after a gap must be announced by 零."""
    total, gap = 0, False
    chars = iter(text)
    for char in chars:
        if char in "零〇":
            if gap or above == _TOP:
                return None
            gap = True
            continue
        if char == "十" and above == _TOP:  # only a first 十 goes without its 一
            digit, place = 1, 1
        else:
            digit, place = _DIGITS_ZH.get(char, 0), _PLACES_ZH.get(next(chars, "个"), _TOP)
            if not digit:
                return None
        if place >= above or (above != _TOP and gap is (place == above - 1)):
            return None
        total, above, gap = total + digit * 10**place, place, False
    return None if gap or not text else total
