"""Labels: numbers that only name a thing: years, "No. 5", items of a list, counters of a page, telephone numbers.

This room knows what stands right beside a number. What the number would mean as a figure, it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.english.vocabulary import any_in, words

if TYPE_CHECKING:
    from ipmetrics.prose.english.mentions import Mention
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["is_label", "is_phone"]

_FIRST_YEAR, _LAST_YEAR = 1900, 2060
_ITEMS = 20  # a list has fewer, and so have the footnotes of a page
_DAYS = 32  # what opens a line in brackets is no longer than a month
_DIGITS_OF_NAME = 5  # "Vision 2035", "Global 250": such numbers are shorter
_LONG = 10  # digits of a telephone number that need no word beside them

_YEAR = re.compile(r"\d{4}")
_SHORT_AHEAD = re.compile(rf" (?:{any_in('labels.short')}) \. $")  # No. 5
_COUNTER = re.compile(rf"(?P<counter>{any_in('labels.counters')}|shares) ")
_HALF_AHEAD = re.compile(r" (?:first|second|third|latter|other|1st|2nd) $")
_WORD = re.compile(r"[a-z]")
_DIGITS = re.compile(r"0\d{5,}|\d{7,}")
_GAP = re.compile(r"^[\s()+/.-]{0,3}$")  # between the groups of digits of a telephone number
_REGISTERED = re.compile(any_in("labels.registers"))


def is_label(sentence: Sentence, place: int, before: str, after: str) -> bool:
    """Whether the figure of that place is a name or part of one: a year, "No. 5", an item, the second half."""
    mention, token = sentence.mentions[place], sentence.at[place]
    if _is_bare(mention) and mention.currency is None and mention.time is None:
        if _is_year(mention) or _is_numbered(before):
            return True
        counter = _COUNTER.match(after)
        if counter is not None:
            return counter["counter"] != "shares"
        if mention.value < _DAYS and mention.printed.isdigit() and _opens_item(token, before, after):
            return token == 0 or mention.value < _ITEMS
        if _is_footnote(sentence, mention, token) or _ends_name(sentence, mention, token, after):
            return True
        if after[:2] in {"* ", "× "} or before.endswith((" * ", " × ")):
            return True  # a measure: 3 × 5
    return mention.printed.lower() == "half" and _HALF_AHEAD.search(before) is not None


def _is_bare(mention: Mention) -> bool:
    return mention.form is FigureForm.NUMBER and not mention.scaled


def _is_year(mention: Mention) -> bool:
    in_range = _FIRST_YEAR <= mention.value <= _LAST_YEAR
    return in_range and mention.hedge is None and _YEAR.fullmatch(mention.printed) is not None


def _is_numbered(before: str) -> bool:
    """Whether it stands behind "number", "table", "fig." and the like."""
    ahead = before.split()
    return (bool(ahead) and ahead[-1] in words("stops", "before")) or _SHORT_AHEAD.search(before) is not None


def _opens_item(token: int, before: str, after: str) -> bool:
    """Whether it is set as items are: "(5)" anywhere, "5)" and "5." where a line begins."""
    return (token == 0 and after[:2] in {") ", ". "}) or (before.endswith(" ( ") and after.startswith(") "))


def _is_footnote(sentence: Sentence, mention: Mention, token: int) -> bool:
    """Whether it opens the line and a capital follows: "3 Source: …"."""
    if token != 0 or len(sentence.tokens) == 1 or not mention.printed.isdigit() or mention.value >= _ITEMS:
        return False
    return sentence.tokens[1].capital


def _ends_name(sentence: Sentence, mention: Mention, token: int, after: str) -> bool:
    """Whether names with capitals stand in front and no word behind: "IFI Global 250"."""
    if token <= 1 or mention.sign or not mention.printed.isdigit() or len(mention.printed) >= _DIGITS_OF_NAME:
        return False
    ahead, further = sentence.tokens[token - 1], sentence.tokens[token - 2]
    is_name = ahead.capital and (further.capital or ahead.form in words("labels", "named"))
    return is_name and not _WORD.match(after)


def is_phone(sentence: Sentence, place: int) -> bool:
    """Whether it is one of several groups of digits with hardly anything between them, or very long."""
    mention = sentence.mentions[place]
    if mention.scaled:
        return False
    if _DIGITS.fullmatch(mention.printed):
        near = sentence.before(sentence.at[place], 4)
        return len(mention.printed) >= _LONG or _REGISTERED.search(near) is not None
    if not mention.printed.isdigit() or mention.form is not FigureForm.NUMBER:
        return False
    others = [sentence.mentions[other] for other in (place - 1, place + 1) if 0 <= other < len(sentence.mentions)]
    groups = [other for other in others if _adjoins(sentence, mention, other)]
    return bool(groups) and all(_is_bare(one) and one.printed.isdigit() and not one.currency for one in groups)


def _adjoins(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether hardly anything stands between two figures."""
    return _GAP.match(sentence.clean[min(one.end, other.end) : max(one.core, other.core)]) is not None
