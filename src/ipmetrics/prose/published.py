"""Published: the day an article was published, as its own page tells it.

Only furniture is asked, and a dateline that gives the year; of the many days that the running text names, none is.
A day is told only if it is whole and nothing of the same standing names another: an article without one has none.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import BlockKind
from ipmetrics.prose.dates import days_in, without_days
from ipmetrics.prose.sentences import dateline_end

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ipmetrics.prose.blocks import Block
    from ipmetrics.prose.texts import Text

__all__ = ["published_on"]


class _Standing(IntEnum):
    """How surely a day is that of the publication, surest first."""

    SAID = 0
    """ "Published", "Date", 发布时间."""
    BARE = 1
    DATELINE = 2
    UPDATED = 3
    """A page may be updated long after, but a page that tells nothing else dates its article so."""


_SAID = re.compile(
    r"\b(?:published|posted|released?|publication|date|time)\b|(?:发布|发表|成文|发文|公开)|时间|日期", re.IGNORECASE
)
_UPDATED = re.compile(r"\b(?:updated?|modified|reviewed)\b|更新|修改", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"cookie|policy|privacy|copyright|rights reserved|licen[cs]e|next|prev|related|read more|read also|see also|"
    r"accessed|retrieved|版权|备案|许可|上一|下一|相关|推荐",
    re.IGNORECASE,
)
_LONGEST = 160
"""Beyond this many letters beside the day, the line is about something else."""


def published_on(text: Text, blocks: Sequence[Block]) -> date | None:
    """The day of publication that a page tells; None if it tells none, or several."""
    told: dict[_Standing, list[tuple[bool, date]]] = {}
    above = True
    for block in blocks:
        for standing, day in _days(text.clean, block, above=above):
            told.setdefault(standing, []).append((above, day))
        above = above and block.kind in (BlockKind.FURNITURE, BlockKind.HEADING)
    if not told:
        return None
    # What stands above the text is about this article; what stands below may be about others.
    days = told[min(told)]
    first = {day for before, day in days if before} or {day for _, day in days}
    return first.pop() if len(first) == 1 else None


def _days(words: str, block: Block, *, above: bool) -> Iterator[tuple[_Standing, date]]:
    """The days a block may tell, each with its standing."""
    if block.kind is BlockKind.FURNITURE:
        line = words[block.start : min(block.end, block.start + 2 * _LONGEST)]
        days = set(days_in(line))
        if not days or _ELSEWHERE.search(line) or len(without_days(line)) > _LONGEST:
            return
        if len(days) > 1:
            yield from _labelled(line)
            return
        said = _SAID.search(line) and not _UPDATED.search(line)
        standing = _Standing.SAID if said else _Standing.UPDATED if _UPDATED.search(line) else _Standing.BARE
        yield standing, days.pop()
    elif block.kind is BlockKind.PARAGRAPH and above:
        end = dateline_end(words, block.start, block.end)
        for day in days_in(words[block.start : end]):
            yield _Standing.DATELINE, day


def _labelled(line: str) -> Iterator[tuple[_Standing, date]]:
    """Several days of one line, each behind its own word: "Published 3 May 2023, updated 5 May 2023"."""
    marks = [(found.start(), _Standing.SAID) for found in _SAID.finditer(line)]
    marks += [(found.start(), _Standing.UPDATED) for found in _UPDATED.finditer(line)]
    marks.sort()
    for (start, standing), (end, _) in zip(marks, [*marks[1:], (len(line), None)], strict=True):
        for day in days_in(line[start:end]):
            yield standing, day
