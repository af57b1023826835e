"""Sentences: where one ends and the next begins, in English and in Chinese.

A full stop after an abbreviation, an initial, a month before its day or within a number ends nothing. Quotation marks
and brackets that close belong to the sentence they close. A dateline, "BEIJING, July 18 (Xinhua) --", is a sentence of
its own. The room knows abbreviations and common first words; it knows no grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import Language
from ipmetrics.prose.dates import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["dateline_end", "sentences_of"]

_CLOSING = "\"'”’」』)\\]》»"
_ENGLISH_END = re.compile(rf"(?:[.!?…]++|[。]++)(?:\[\d{{1,3}}\]|[{_CLOSING}])*+")
_CHINESE_END = re.compile(rf"[。!?…]++[{_CLOSING}]*+|(?<=[\u4e00-\u9fff)%])\.(?![\d.])[{_CLOSING}]*+")

# Words that another word has to follow.
_NEVER_LAST = frozenset(
    "adm approx bros ca capt cf cl col dept dr e.g est excl gen gov hon i.e incl lt maj messrs mr mrs ms mt op prof "
    "rep rev sen sgt st v viz vs".split()
)
# Words that a number follows; without it, the next word decides.
_BEFORE_NUMBER = frozenset(
    "art arts ch eq fig figs no nos p para paras pp rs sec sect vol vols "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# Words that may be the last, as any word with stops in it and any initial: the next word decides.
_MAYBE_LAST = frozenset("al assn co corp etc inc jr llc ltd plc pct pts sr yr yrs".split())
_FIRST_WORDS = frozenset(
    "a about according across additionally after all also although among an and another any around as at because "
    "before between both but by compared currently despite during each even every finally for from further "
    "furthermore he her here his how however if in it its last many meanwhile moreover most nearly no now of on "
    "once only other our over recently she similarly since so some specifically still such that the their then "
    "there therefore these they this those three through thus to today together under until we what when where "
    "whether which while who with within yet".split()
)
_NUMBERED = frozenset({"", "table", "figure", "chart", "box", "annex", "chapter", "section", "part"})
_ORNAMENTS = "■□◆◇▲△●○"
"""Signs that agencies end an article with; around a sentence they are no part of it."""
_TOKEN_BEFORE = re.compile(r"[A-Za-z][A-Za-z.$]{0,9}$|\d{1,2}$")
_WORD_AFTER = re.compile(r"[A-Za-z']{1,20}")

_PLACE = r"[A-Z][\w.'’-]{0,20}+(?: [A-Z][\w.'’-]{0,20}+){0,3}"
_ENGLISH_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}(?:, {_PLACE})??)?(?P<day>,? (?i:{MONTH}) \d{{1,2}}(?:, \d{{4}})?)?"
    r"(?P<agency>,? ?\([^()\n]{2,30}\))?(?P<dash>\s?(?:--|—|–| - )\s?)?"
)
_NO_PLACES = frozenset("patents trademarks designs copyright highlights overview summary update note".split())
_CHINESE_DATELINE = re.compile(
    r"(?:本报讯|(?:新华社|中新社|中新网|人民网|央视网|本报)?[\u4e00-\u9fff]{0,8}(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:电|讯))"
    r"\s?(?:\([^()\n]{2,30}\))?\s?"
)


def sentences_of(words: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The offsets of the sentences of a stretch of text, in order, without space and ornaments around them."""
    first = start
    ends = _english_ends if language is Language.ENGLISH else _chinese_ends
    for last in (*ends(words, start, end), end):
        begin, stop = _trimmed(words, first, last)
        if stop > begin:
            yield begin, stop
        first = last


def dateline_end(words: str, start: int, end: int) -> int:
    """Where the dateline that a paragraph opens with ends; its start, if it opens with none."""
    head = words[start : min(end, start + 160)]
    found = _CHINESE_DATELINE.match(head)
    if found and found.end() < end - start:
        return start + found.end()
    found = _ENGLISH_DATELINE.match(head)
    if not found or found.end() == len(head) or head[found.end()].islower():
        return start
    place, day, agency, dash = found.group("place", "day", "agency", "dash")
    told = [part is not None for part in (place, day, agency, dash)]
    capitals = place is not None and dash is not None and place.isupper() and place.lower() not in _NO_PLACES
    return start + found.end() if sum(told) >= 3 or capitals or (agency and dash) else start


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (words[start].isspace() or words[start] in _ORNAMENTS):
        start += 1
    while end > start and (words[end - 1].isspace() or words[end - 1] in _ORNAMENTS):
        end -= 1
    return start, end


def _chinese_ends(words: str, start: int, end: int) -> Iterator[int]:
    for found in _CHINESE_END.finditer(words, start, end):
        yield found.end()


def _english_ends(words: str, start: int, end: int) -> Iterator[int]:
    first = start
    for found in _ENGLISH_END.finditer(words, start, end):
        if found.end() >= end:
            return
        if _ends(words, first, found, end):
            yield found.end()
            first = found.end()


def _ends(words: str, first: int, found: re.Match[str], end: int) -> bool:
    """Whether a full stop, or what looks like one, is the last of its sentence."""
    stop, after = found.start(), found.end()
    if words[stop] == "。":
        return True
    if not words[after].isspace():
        return _ran_into(words, first, stop, after, end)
    following = after
    while following < end and words[following].isspace():
        following += 1
    if following == end:
        return False
    next_one = words[following]
    if next_one.islower() or next_one in ",;:)%":
        return False
    return words[stop] != "." or after - stop > 1 or _not_shortened(words, first, stop, following)


def _ran_into(words: str, first: int, stop: int, after: int, end: int) -> bool:
    """Whether the space after a sentence was lost: "… patents.The number"."""
    if stop - first < 3 or after + 1 >= end:
        return False
    before = words[stop - 2 : stop]
    whole = (before.isalpha() and before.islower()) or before[-1] in "%)" or before[-1].isdigit()
    return whole and words[after].isupper() and words[after + 1].islower()


def _not_shortened(words: str, first: int, stop: int, following: int) -> bool:
    """Whether the word before a full stop is whole."""
    found = _TOKEN_BEFORE.search(words, max(first, stop - 10), stop)
    if found is None:
        return True
    if found.start() > first and (words[found.start() - 1].isalnum() or words[found.start() - 1] in ".,"):
        return True  # the tail of a longer word or number
    token = found[0].lower()
    if token.isdigit():
        # "1. Patents" opens with its number on a list; any other number may be the last word.
        before = words[first : found.start()].strip().lower() if found.start() <= first + 40 else "…"
        return before not in _NUMBERED
    next_one = words[following]
    if token in _NEVER_LAST or (token in _BEFORE_NUMBER and next_one.isdigit()):
        return False
    if token in _BEFORE_NUMBER or token in _MAYBE_LAST or "." in token or (len(token) == 1 and found[0].isupper()):
        return _first_word(words, following)
    return True


def _first_word(words: str, at: int) -> bool:
    """Whether a capital opens a sentence here rather than a name."""
    if not words[at].isalpha():
        return words[at] in '"“‘'
    found = _WORD_AFTER.match(words, at)
    return found is not None and found[0].lower() in _FIRST_WORDS
