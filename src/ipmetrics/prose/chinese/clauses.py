"""Clauses: where the words that belong to a figure begin and end, and what the words right in front of it say.

This room knows marks, brackets and the chain of small words before a number (比上年同期分别增长了). It does not decide
what the number is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.chinese.numerals import Token
from ipmetrics.prose.chinese.periods import Mention
from ipmetrics.prose.chinese.words import ending
from ipmetrics.prose.statements import Direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Slot", "Tail", "slots_of", "tail_of"]


@attrs.frozen(kw_only=True)
class Slot:
    """One figure and the stretches of words around it.

    Parameters
    ----------
    token
        The figure.
    left
        Where the words since the last mark or figure begin.
    clause
        Where its clause begins: a comma, but no enumeration comma, ends one.
    right
        Where the words up to the next mark or figure end.
    bracket
        Where the bracket opens that it stands in; -1 outside.
    stop
        The mark that the words in front of it begin after; "" after a figure.
    """

    token: Token
    left: int
    clause: int
    right: int
    bracket: int = -1
    stop: str = ""


_STOPS = re.compile(r"[,。;:!?()、\n\t→|\[\]【】…]|(?<=[一-龥]) +(?=[一-龥])")
_MOST_PARTS = 24  # of an enumeration
_LONGEST = 240  # letters of a clause that are looked at
_BRACKETS = {"(": 1, "[": 1, "【": 1, ")": -1, "]": -1, "】": -1}


def slots_of(page: str, start: int, end: int, tokens: Sequence[Token]) -> list[Slot]:
    """The figures of a sentence with the words around them; brackets without a figure are no border."""
    borders = _borders(page, start, end, tokens)
    places = [place for place, _, _ in borders]
    slots = []
    for index, token in enumerate(tokens):
        before = bisect_left(places, token.start)
        after = bisect_left(places, token.end)
        stop_at, stop, bracket = borders[before - 1] if before else (start - 1, "", -1)
        clause = before
        while clause and before - clause < _MOST_PARTS and borders[clause - 1][1] == "、":
            clause -= 1
        clause_at = max(borders[clause - 1][0] if clause else start - 1, token.start - _LONGEST)
        previous = tokens[index - 1].end if index else start
        following = tokens[index + 1].start if index + 1 < len(tokens) else end
        slots.append(
            Slot(
                token=token,
                left=max(stop_at + 1, previous),
                clause=clause_at + 1,
                right=min(places[after] if after < len(places) else end, following),
                bracket=bracket,
                stop=stop if stop_at + 1 >= previous else "",
            )
        )
    return slots


def _borders(page: str, start: int, end: int, tokens: Sequence[Token]) -> list[tuple[int, str, int]]:
    """The marks outside figures: where, which, and the bracket that is open behind them."""
    starts = [token.start for token in tokens]
    borders: list[tuple[int, str, int]] = []
    open_at: list[tuple[int, int]] = []
    for match in _STOPS.finditer(page, start, end):
        place, mark = match.start(), match[0]
        index = bisect_left(starts, place + 1) - 1
        if index >= 0 and place < tokens[index].end:
            continue
        turn = _BRACKETS.get(mark, 0)
        if turn > 0:
            open_at.append((place, len(borders)))
        elif turn < 0 and open_at:
            opened, count = open_at.pop()
            if bisect_left(starts, opened) == bisect_left(starts, place):
                del borders[count:]
                continue
        borders.append((place, mark, open_at[-1][0] if open_at else -1))
    return borders


@attrs.define
class Tail:
    """What the small words in front of a figure say.

    Parameters
    ----------
    core
        Where they begin; what stands before them is the phrase they are about.
    to
        Whether the figure is where something came to: 增长到, 升至.
    direction
        Which way something changed; None if nothing did.
    rate
        Whether the change is a noun: 增幅, 降幅.
    per_year
        Whether it is an annual average.
    same
        Whether the comparison is with a year earlier or the period before: 同比, 环比.
    base
        The time it is compared with.
    each
        Whether several figures are given out: 分别, 依次.
    share
        Whether a word for a share stands here: 占比, 比重.
    """

    core: int
    to: bool = False
    direction: Direction | None = None
    word: str = ""
    rate: bool = False
    per_year: bool = False
    same: str = ""
    base: Mention | None = None
    than: str = ""
    each: bool = False
    share: bool = False


_LISTS = (
    "changes.not_changes",
    "changes.to_verbs",
    "changes.up",
    "changes.down",
    "changes.to",
    "changes.compare",
    "changes.per_year",
    "changes.is",
)
_RATES = ("幅", "率", "速", "幅度", "速度")
_MOST_WORDS = 12


def tail_of(
    page: str, start: int, end: int, times: Mapping[int, Mention], *, names: frozenset[int], relative: bool
) -> Tail:
    """Read the small words from a figure backwards.

    Parameters
    ----------
    page, start, end
        The words in front of the figure.
    times
        Words of time by where they end.
    names
        Where names of places and bodies end, which are no small words: 华为.
    relative
        Whether the figure is in percent, points or times, beside which 高 and 增 alone say that something changed.
    """
    tail = Tail(core=end)
    for _ in range(_MOST_WORDS):
        while tail.core > start and page[tail.core - 1] in " -“”":
            tail.core -= 1
        if tail.core in names or not (
            _take_time(page, start, times, tail) or _take_word(page, start, tail, relative=relative)
        ):
            break
    return tail


def _take_time(page: str, start: int, times: Mapping[int, Mention], tail: Tail) -> bool:
    """Words of time, with 相比 behind or 比 in front of them."""
    here = tail.core
    word = ending(page, start, here, ("changes.than_end",))
    found = times.get(here)
    if found is None and word is not None:
        found = times.get(here - len(word[0]))
    if found is None or found.start < start:
        return False
    first = found.start
    than = ending(page, start, first, ("changes.than",))
    if found.base or (
        than is not None and than[0] in {"比", "较", "相较", "相较于", "相比", "与", "同", "跟", "对比", "比起", "较之"}
    ):
        tail.base = tail.base or found
        if than is not None:
            first -= len(than[0])
    tail.core = first
    return True


def _take_word(page: str, start: int, tail: Tail, *, relative: bool) -> bool:
    found = ending(page, start, tail.core, _LISTS)
    if found is None:
        return False
    word, name = found
    name = name.partition(".")[2]
    if name == "not_changes":
        return False
    if name in {"up", "down"}:
        if not _take_change(page, start, tail, word, name, relative=relative):
            return False
    elif name == "to_verbs":
        tail.to = True
    elif name == "to":
        tail.to = tail.to or word != "为到"
    elif name == "compare":
        tail.same = tail.same or word
    elif name == "per_year":
        tail.per_year = True
    elif word[:2] in {"分别", "依次"} or word == "各":
        tail.each = True
    tail.core -= len(word)
    return True


_SINGLE = 1


def _take_change(page: str, start: int, tail: Tail, word: str, name: str, *, relative: bool) -> bool:
    """A word of change: behind 到 it only leads there, and a second one is the thing that changed."""
    rate = word.endswith(_RATES)
    if tail.direction is not None:
        return not rate and word in {"增", "减", "提", "净增"}
    if tail.to and not rate:
        return True
    if (
        len(word) == _SINGLE
        and not relative
        and not re.search("[比较]|同期", page[max(start, tail.core - 20) : tail.core])
    ):
        return False
    tail.direction = Direction.UP if name == "up" else Direction.DOWN
    tail.word = word
    tail.rate = rate
    tail.to = False
    return True
