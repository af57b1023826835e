"""Dates and periods in English: every expression of time in a stretch of text, and what it does in its sentence.

Relative expressions ("last year", "the end of June") are resolved by the day of publication and by the years that the
text has named before. This room finds them; what they look like and what they mean is told in the rooms beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.english.date_forms import FORM, HINT, OPENING
from ipmetrics.prose.english.date_readers import READERS, Said
from ipmetrics.prose.english.vocabulary import any_in
from ipmetrics.prose.english.whens import Role, When

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["Role", "When", "dates_in"]

_REACH = 48  # letters in front of a year, a month or such a word at which an expression of time may begin
_OPENING = 12  # letters by which it is told whether one may begin
_AHEAD = 60  # letters in which "compared with the level of" stands in front of one
_RANGES = {"fromto", "between", "monthsrange", "range"}
_DAYS = {"daymonth", "monthday", "isodate", "slashdate"}

_BASE_AHEAD = re.compile(
    rf"(?:{any_in('moments.base')})(?: (?:{any_in('moments.between')}|[\d,.]+%?)){{0,4}} ?$", re.IGNORECASE
)
_BASE_LEAD = re.compile(r"(?:than|from|over|on|against|since)\b", re.IGNORECASE)
_AMOUNT_BEHIND = re.compile(rf" (?:{any_in('moments.amounts')})\b")  # the 2020 level
_POINTING_AHEAD = re.compile(r"\b(?:the|its|that of)\s*$", re.IGNORECASE)


def dates_in(clean: str, start: int, end: int, *, anchor: int | None, published: date | None) -> Iterator[When]:
    """Every expression of time between two offsets.

    Parameters
    ----------
    clean, start, end
        The text, and where to look.
    anchor
        The year that "June" or "the first half" is taken to be of, where it names none.
    published
        The day of publication.
    """
    for match in _matches(clean, start, end):
        name = (match.lastgroup or "").removesuffix("_form")
        found = READERS[name](Said(match, anchor, published))
        if found is None:
            continue
        first = match.start() + len(match[0]) - len(match[0].lstrip(" ,("))
        words = clean[first : match.end()]
        role = found.role
        if role is Role.TIME and (
            _is_amount(clean, name, start, first, match.end()) or _is_base(clean, name, start, first, words)
        ):
            role = Role.BASE
        yield attrs.evolve(found, start=first, end=match.end(), words=words, role=role)


def _matches(clean: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """All matches of all forms that begin shortly before a word that every one of them has, or at it."""
    done = start
    for hint in HINT.finditer(clean, start, end):
        if hint.start() < done:
            continue
        first = max(done, hint.start() - _REACH)
        while first > done and not clean[first - 1].isspace():
            first -= 1
        for opening in OPENING.finditer(clean, first, min(end, hint.end() + _OPENING)):
            if opening.start() < done:
                continue
            match = FORM.match(clean, opening.start(), end) if opening.start() <= hint.end() else None
            if match is not None:
                yield match
                done = match.end()
                if done >= hint.end():
                    break
        done = max(done, min(hint.end(), end))


def _is_amount(clean: str, name: str, start: int, first: int, last: int) -> bool:
    """Whether a year only says which amount is compared with: "the 2020 level"."""
    if name != "years" or not _AMOUNT_BEHIND.match(clean, last, last + 10):
        return False
    return bool(_POINTING_AHEAD.search(clean[max(start, first - 8) : first]))


def _is_base(clean: str, name: str, start: int, first: int, words: str) -> bool:
    """Whether something is compared with a time: "than in 2021"; "on Jan 16" names a day, "since" opens a range."""
    if name in _RANGES:
        return False
    if _BASE_LEAD.match(words) and (name not in _DAYS or words.lower().startswith(("than", "from"))):
        return True
    return bool(_BASE_AHEAD.search(clean[max(start, first - _AHEAD) : first].rstrip() + " "))
