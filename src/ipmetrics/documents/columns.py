"""Columns of plain text: how wide they stand in the room there is, and where a cell may stand beyond its own.

This room knows widths and nothing of words. A rare long cell does not widen its column for all rows: it stands
in the blanks of its neighbours, and only where they leave none does it go on below.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Size: TypeAlias = tuple[int, int]
    """How wide a cell stands on one line, and its widest word; 0 and 0 if it is empty."""

    Place: TypeAlias = tuple[int, int, int]
    """On which line of its row a cell begins, and from where to where it writes."""

__all__ = ["Grid", "fitted"]

_GAP = 3
_READABLE = 22  # a sentence in a narrower column is hard to read
_USUAL = 18  # a column of sentences is squeezed further only if nothing else can give way
_NARROWEST = 4  # a column is not squeezed further than this
_WEIGHED = 200  # rows that are weighed; of more, as many are taken at even distances
_HEAD = 50  # a title cut in two spoils the whole table
_BROKEN = 3  # lines that a break within a figure or an interval is worth
_SENT = 2  # lines that a cell on a later line than the first of its row is worth
_CUT = 12  # lines that a cut within a word is worth


@attrs.frozen
class Grid:
    """Where the columns of a table stand.

    Parameters
    ----------
    widths
        Of the columns; one without words has none, and no gap after it.
    gap
        Blanks between two columns.
    room
        How far the last cell of a row may reach.
    right
        Which columns stand on their right edge.
    whole
        Whose cells are not to be broken while a neighbour can give way.
    """

    widths: tuple[int, ...]
    gap: int
    room: int
    right: tuple[bool, ...]
    whole: tuple[bool, ...]
    tail: int = attrs.field(init=False)
    """The first of the columns at the end that are all whole: there a cell may begin on a later line."""

    @tail.default
    def _whole_to_the_end(self) -> int:
        return max((place + 1 for place, whole in enumerate(self.whole) if not whole), default=0)

    @property
    def over(self) -> int:
        """How much wider they stand than there is room; below 0 if there is more."""
        return sum(self.widths) + self.gap * max(sum(width > 0 for width in self.widths) - 1, 0) - self.room

    def places(self, sizes: Sequence[Size]) -> list[Place]:
        """Where each cell of a row writes: over blanks of its neighbours, never over words.

        A cell that is not to be broken and needs more sends those after it one line down.

        Examples
        --------
        >>> grid = Grid((4, 5, 3), 2, 18, (False, True, False), (False, True, True))
        >>> grid.places([(9, 9), (2, 2), (7, 7)])
        [(0, 0, 7), (0, 9, 11), (0, 13, 18)]
        >>> Grid((4, 6), 2, 12, (False, False), (True, True)).places([(9, 9), (6, 6)])
        [(0, 0, 9), (1, 6, 12)]
        """
        edges: list[tuple[int, int]] = []
        at = 0
        for width, (size, word), right, whole in zip(self.widths, sizes, self.right, self.whole, strict=True):
            # Words that can be broken keep what is readable; more they get when figures have got theirs.
            taken = min(size, width if whole else min(width, max(word, _READABLE)))
            edges.append((at + width - taken, at + width) if right else (at, at + taken))
            at += width + self.gap * (width > 0)
        rows: list[list[int]] = [[]]
        for cell in (cell for cell, (size, _) in enumerate(sizes) if size):
            row = rows[-1]
            if row and self._needs_line(row[-1], sizes, edges, cell):
                stop = edges[cell][0] - self.gap
                start = stop - sizes[row[-1]][0]
                if len(rows) > 1 and len(row) == 1 and start >= edges[rows[-2][-1]][0]:
                    edges[row[-1]] = (start, stop)  # nothing is on its left: it begins earlier
                else:
                    rows.append([])
            rows[-1].append(cell)
        lines = [0] * len(sizes)
        for line, row in enumerate(rows):
            self._spread(row, sizes, edges)
            for cell in row:
                lines[cell] = line
        return [(line, *span) for line, span in zip(lines, edges, strict=True)]

    def _needs_line(self, cell: int, sizes: Sequence[Size], edges: Sequence[tuple[int, int]], after: int) -> bool:
        """Whether a cell stays whole only if the next is not beside it."""
        stop = edges[cell][0] + sizes[cell][0]
        return cell >= self.tail and not self.right[cell] and edges[after][0] - self.gap < stop <= self.room

    def _spread(self, row: list[int], sizes: Sequence[Size], edges: list[tuple[int, int]]) -> None:
        """Let the cells of one line have the blanks between them, those first that are not to be broken."""
        for whole in (True, False):
            for order, cell in enumerate(row):
                start, stop = edges[cell]
                if self.whole[cell] is not whole:
                    continue
                if not self.right[cell]:
                    free = edges[row[order + 1]][0] - self.gap if order + 1 < len(row) else self.room
                    edges[cell] = (start, max(stop, min(free, start + sizes[cell][0])))
                elif order:
                    free = edges[row[order - 1]][1] + self.gap
                    edges[cell] = (min(start, max(free, stop - sizes[cell][0])), stop)

    def moved(self, giver: int, step: int, floors: Sequence[int], taker: int | None = None) -> Grid:
        """The columns after one has given way by a step, to another or to none; itself if it cannot."""
        widths = list(self.widths)
        if giver == taker or widths[giver] - step < floors[giver]:
            return self
        widths[giver] -= step
        if taker is not None:
            widths[taker] += step
        return attrs.evolve(self, widths=tuple(widths))

    def cost(self, sizes: Sequence[Size]) -> int:
        """How badly a row stands: lines beyond the first, cells sent down, and breaks that hurt."""
        if all(size <= width for (size, _), width in zip(sizes, self.widths, strict=True)):
            return 0
        lines, hurt = 1, 0
        for (size, word), (line, start, stop), whole in zip(sizes, self.places(sizes), self.whole, strict=True):
            lines = max(lines, line - (-size // max(stop - start, 1)))
            hurt += _SENT * line * (size > 0)
            if size > stop - start:
                hurt += _BROKEN if whole else stop - start < _READABLE
                hurt += _CUT * (word > stop - start)
        return lines - 1 + hurt


def fitted(
    rows: Sequence[Sequence[Size]], room: int, *, head: Sequence[Size], right: Sequence[bool], whole: Sequence[bool]
) -> Grid:
    """The columns in which as many rows as possible stand on one line each.

    The gap gives way first, then again and again the column where that costs the fewest lines, the widest of
    several.

    Examples
    --------
    >>> rows = [[(7, 7), (4, 4)]] * 9 + [[(40, 9), (4, 4)]]
    >>> fitted(rows, 30, head=[(5, 5), (6, 6)], right=[False, True], whole=[False, True]).widths
    (22, 6)
    """
    natural = [max((size for size, _ in cells), default=0) for cells in zip(head, *rows, strict=True)]
    grid = Grid(tuple(natural), _GAP, room, tuple(right), tuple(whole))
    if grid.over > 0:
        grid = attrs.evolve(grid, gap=_GAP - 1)
    weights = Counter(tuple(row) for row in rows[:: -(-len(rows) // _WEIGHED) or 1])
    weights[tuple(head)] += _HEAD
    bare = [min(width, _NARROWEST) for width in natural]
    kept = [low if one else min(width, _USUAL) for width, low, one in zip(natural, bare, whole, strict=True)]
    if grid.over <= 0:
        return grid
    best = _exchanged(_squeezed(grid, weights, kept), weights, kept)
    if best.over <= 0 and not best.cost(head):
        return best
    return _exchanged(_squeezed(grid, weights, bare), weights, bare)


def _squeezed(grid: Grid, weights: Counter[tuple[Size, ...]], floors: list[int]) -> Grid:
    """Columns that fit the room, or that can give way no further."""
    while grid.over > 0:
        # Far from the aim a step is longer, so that a rare long cell is passed at once.
        step = max(grid.over // 8, 1)
        tried = [(place, grid.moved(place, step, floors)) for place in range(len(floors))]
        able = [(place, each) for place, each in tried if each is not grid]
        if not able:
            break
        wide = grid.widths
        grid = min(able, key=lambda each: (_total(each[1], weights), -wide[each[0]]))[1]
    return grid


def _exchanged(grid: Grid, weights: Counter[tuple[Size, ...]], floors: list[int]) -> Grid:
    """The same room shared better, where a column gives another what costs fewer lines there."""
    best, total = grid, _total(grid, weights)
    places = [place for place, width in enumerate(grid.widths) if width]
    for step in (16, 12, 8, 6, 4, 3, 2, 1):
        for giver in places:
            for taker in places:
                moved = best.moved(giver, step, floors, taker)
                if moved is not best and (cost := _total(moved, weights)) < total:
                    best, total = moved, cost
    return best


def _total(grid: Grid, weights: Counter[tuple[Size, ...]]) -> int:
    return sum(grid.cost(row) * count for row, count in weights.items())
