"""Rows: the cells of a line of a table, between bars, between tabs or in columns of space.

A line does not become a row by its bars alone: whether it stands among others and holds a figure is asked too, because
titles and menus have bars as well. The room knows no words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Cells", "cells_of", "without_borders"]

Cells: TypeAlias = tuple[tuple[int, int], ...]
"""The offsets of the cells of a row."""

_GAP = re.compile(r"[ \t]{3,}+")
_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t")
_LONGEST_CELL = 200
_MOST_CELLS = 400


def cells_of(words: str, start: int, end: int) -> Cells:
    """The offsets of the cells of a line, empty ones too, also at its ends; none if it has no columns."""
    line = words[start:end]
    if "|" in line:
        return _parted(words, start, end, _BAR)
    if "\t" in line:
        return _parted(words, start, end, _TAB)
    if "   " in line and len(_GAP.findall(line)) >= 2:
        return _parted(words, start, end, _GAP)
    return ()


def _parted(words: str, start: int, end: int, between: re.Pattern[str]) -> Cells:
    edges = [found.span() for found in between.finditer(words, start, end)]
    if len(edges) > _MOST_CELLS:
        return ()
    begins, ends = [start, *(edge[1] for edge in edges)], [*(edge[0] for edge in edges), end]
    cells = [_trimmed(words, *cell) for cell in zip(begins, ends, strict=True)]
    if not any(last > first for first, last in cells) or any(last - first > _LONGEST_CELL for first, last in cells):
        return ()
    return tuple(cells)


def without_borders(rows: Sequence[Cells]) -> list[Cells]:
    """The rows of one table without the columns at either side that are empty in all of them.

    A bar before the first cell is a border only if every row has it; else it is an empty cell.
    """
    if not rows:
        return []
    first, last = 0, 0
    while all(len(row) > first + 1 and _is_empty(row[first]) for row in rows):
        first += 1
    if all(len(row) > first + 1 and _is_empty(row[-1]) for row in rows):
        last = 1
    return [row[first : len(row) - last] for row in rows]


def _is_empty(cell: tuple[int, int]) -> bool:
    return cell[0] == cell[1]


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return start, end
