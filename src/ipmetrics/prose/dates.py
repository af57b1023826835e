"""Dates: full days as pages print them, 2024-02-28, 28 February 2024, February 28, 2024 or 2024年2月28日.

A month alone, a day without its year and a day that could be a month (04/05/2023) are no full day; nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MONTH", "days_in", "without_days"]

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_FULL = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR})\s?(?P<sign>[-/.年])\s?(?P<month>\d\d?)\s?(?:(?P=sign)|月)\s?(?P<day>\d\d?)\s?(?:日|(?!\d))"
    rf"|(?<!\d)(?P<day1>{_DAY})(?:st|nd|rd|th)?[\s-](?:of )?(?P<name1>{MONTH}),?[\s-](?P<year1>{_YEAR})(?!\d)"
    rf"|(?<![a-z])(?P<name2>{MONTH})\s(?P<day2>{_DAY})(?:st|nd|rd|th)?,?\s(?P<year2>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<one>\d\d?)[/.](?P<two>\d\d?)[/.](?P<year3>{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_SOME_YEAR = re.compile(_YEAR)
_CLOCK = re.compile(
    r"(?<![a-z])T?(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,6})?(?!\d)\s?(?:(?:[ap]\.?m\.?|Z|GMT|UTC|BST|[CE][DES]?T)(?![a-z]))?"
    r"(?:\s?[+-]\d\d:?\d\d)?"
    r"|(?<![a-z])(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?"
    r"|(?:星期|周)[一二三四五六日天]",
    re.IGNORECASE,
)


def days_in(words: str) -> Iterator[date]:
    """Every full day that some words name, in order; one that does not exist is passed over."""
    for found in _FULL.finditer(words) if _SOME_YEAR.search(words) else ():
        day = _day(found)
        if day is not None:
            yield day


def without_days(words: str, instead: str = " ") -> str:
    """The words with full days, times of day and weekdays taken out, and something in the place of each day."""
    if _SOME_YEAR.search(words):  # quick to tell, and few lines of an article have one
        words = _FULL.sub(instead, words)
    return _CLOCK.sub(" ", words)


def _day(found: re.Match[str]) -> date | None:
    if found["year"]:
        year, month, day = found["year"], int(found["month"]), int(found["day"])
    elif name := found["name1"] or found["name2"]:
        year, month = found["year1"] or found["year2"], _NAMES.index(name[:3].lower()) + 1
        day = int(found["day1"] or found["day2"])
    else:
        year, month, day = found["year3"], int(found["one"]), int(found["two"])
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return None  # the one country's 4 May is the other's 5 April
    try:
        return date(int(year), month, day)
    except ValueError:
        return None
