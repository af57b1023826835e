"""Phrases: the noun phrase a figure is about, cut out of the words around it, and the unit its head counts in.

This room knows the heads of noun phrases and the small words at their edges. It does not know which figure a phrase
belongs to.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.chinese.words import any_of, ending, listed, opening, paired, units

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["HOLDERS", "Phrase", "behind", "heads", "phrase", "unit_of", "without_verb"]

_MOST = 40
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[“”‘’《》●■★▪◆○•·*]")


@attrs.frozen
class Phrase:
    """A noun phrase: where it stands, and its words as they are read."""

    start: int
    end: int
    words: str


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(any_of(tuple(units())))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(any_of((*_kept_words(), *(word for word in listed("indicators.verbs") if len(word) > 1))))


@cache
def _kept() -> re.Pattern[str]:
    return re.compile(any_of(_kept_words()))


def _kept_words() -> tuple[str, ...]:
    return (*(word for word in units() if len(word) > 1), *listed("indicators.kept"))


def heads(words: str) -> list[tuple[int, int, str]]:
    """The heads of noun phrases in some words: first and last offset, and the head."""
    found = [(match.start(), match.end(), match[0]) for match in _heads().finditer(words)]
    return [(first, last, head) for first, last, head in found if last - first > 1 or last == len(words)]


def phrase(
    page: str, start: int, end: int, skipped: Mapping[int, int], backs: Mapping[int, int] | None = None
) -> Phrase:
    """A stretch without the small words, times and places at its edges.

    Parameters
    ----------
    page, start, end
        The stretch.
    skipped
        Where times and places begin, and where each of them ends.
    backs
        The same from their ends, where they are to be left out at the end of the phrase too.
    """
    start = max(start, end - _MOST)
    first = _front(page, start, end, skipped)
    last = _back(page, first, end, backs or {})
    for place in range(last - 2, first, -1):
        over = skipped.get(place)
        if over is not None and place < over < last and _heads().search(page, over, last):
            first = _front(page, over, last, skipped)
            break
    words = _BRACKET.sub("", page[first:last]).replace(" ", "")
    return Phrase(first, last, words)


_ACTOR = re.compile(
    "(?:全[国省市区县院]|本[省市区院]|各地|地方|我[国省市区])?(?:各级|各地|各)?(?:人民)?"
    "(?:法院|法庭|检察院|检察机关|公安机关|海关|执法部门|市场监管部门|行政机关)共?(?=[新受审办立查破抓批提起移扣收结])"
)


def _front(page: str, start: int, end: int, skipped: Mapping[int, int]) -> int:
    while start < end:
        if page[start] in " 、,:;。":
            start += 1
            continue
        over = skipped.get(start)
        if over is not None and over <= end:
            start = over
            continue
        if page[start] == "(":
            close = page.find(")", start, end)
            if close > 0:
                start = close + 1
                continue
        actor = _ACTOR.match(page, start, end)
        if actor is not None and _heads().search(page, actor.end(), end):
            start = actor.end()
            continue
        if _opening().match(page, start, end):
            break
        found = opening(page, start, end, ("indicators.leads",))
        if found is None:
            break
        start += len(found[0])
    return start


def _back(page: str, start: int, end: int, backs: Mapping[int, int]) -> int:
    while end > start:
        if page[end - 1] in " 、,:;。":
            end -= 1
            continue
        over = backs.get(end)
        if over is not None and over >= start:
            end = over
            continue
        found = ending(page, start, end, ("indicators.tails",))
        if found is None or ending(page, start, end, ("indicators.other",)) is not None:
            break
        end -= len(found[0])
    return end


_EVERY = re.compile("(?:各类|各种|各项|各|的|了)*")
_FAR = 24


def behind(page: str, start: int, end: int) -> Phrase | None:
    """The noun phrase right behind a figure: 3件专利; None if words go on that are no noun phrase."""
    here = start
    while here < end and page[here] in " 的":
        here += 1
    last = min(end, here + _FAR)
    cut = last
    for place in range(here, last):
        if opening(page, place, last, ("indicators.stops",)) is not None and not _kept().match(page, place, last):
            cut = place
            break
    if cut == here:
        return None
    words = _BRACKET.sub("", page[here:cut]).replace(" ", "")
    return Phrase(here, cut, words) if heads(words) else None


def without_verb(words: str) -> str:
    """A phrase without the verbs that open it: 新收专利案件 is 专利案件."""
    here = 0
    while here < len(words):
        found = opening(words, here, len(words), ("indicators.verbs",))
        if found is None or here + len(found[0]) >= len(words):
            break
        here += len(found[0])
        here += len(_EVERY.match(words, here)[0])  # type: ignore[index] # it matches nothing at least
    rest = words[here:]
    return rest if heads(rest) else words


_LOOSE = {
    "家": "company",
    "件": "item",
    "项": "item",
    "个": "item",
    "次": "time",
    "笔": "transaction",
    "所": "institution",
}
_PER = re.compile("每万|万人|每十万|每百万|每千|每亿|人均")


def unit_of(measure: str, words: str, *, spread: bool) -> str | None:
    """The unit of a count, from its classifier and the phrase it counts.

    Parameters
    ----------
    measure
        The classifier, currency or unit as printed.
    words
        The noun phrase.
    spread
        Whether the words say that it is counted per so many people.
    """
    if measure in paired("measures.money"):
        return "TWD" if measure == "元" and "台币" in words else paired("measures.money")[measure]
    if measure in paired("measures.direct"):
        return paired("measures.direct")[measure]
    unit = _counted(measure, words)
    if spread or _PER.search(words):
        return _per_people(unit or "patent", words)
    return unit


def _per_people(unit: str, words: str) -> str:
    found = _EACH.search(words)
    if found is not None:
        return f"{unit}/{_POWERS[found['scale']]} {'CNY' if found['what'] == '元' else 'person'}"
    if "人均" in words:
        return f"{unit}/judge" if "法官" in words else f"{unit}/person"
    return f"{unit}/10000 person"


_EACH = re.compile("每(?P<scale>百万|十万|百亿|亿|万|千)(?:名|个)?(?:居民|人口|人|常住人口)?(?P<what>元)?")
_POWERS = {"千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000, "百亿": 10_000_000_000}


HOLDERS = frozenset(
    "institution university school hospital court customs laboratory agency station center park base platform".split()
)
"""Units of those that hold or file something, which 件 and 项 do not count."""


def _counted(measure: str, words: str) -> str | None:
    told = units()
    best, place = "", (-1, -1)
    for first, last, head in heads(words):
        unit = told[head]
        if unit and (last, last - first) > place:
            best, place = unit, (last, last - first)
    if measure in {"家", "所", "间"}:
        return best if best in HOLDERS else _LOOSE.get(measure, "company")
    if best == "application" and re.search("案件|纠纷|案$", words):
        best = "case"
    if best == "patent" and measure == "项" and "奖" in words:
        return "award"
    if best == "person" and measure in {"件", "项"}:
        return "item"
    if best:
        return best
    if "授权" in words and measure in {"件", "项", ""}:
        return "patent"
    return _LOOSE.get(measure)
