"""Layout: the blocks of a text, found line by line: headings, paragraphs, items, rows and furniture.

Lines are joined only where it is evident that they were broken for width. What a block says is for the readers; this
room looks at how lines begin and end, how long they are and what stands beside them.
"""

from __future__ import annotations

from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.furniture import is_byline, is_furniture, is_menu, says_figure
from ipmetrics.prose.marks import Mark, is_rule, unmarked
from ipmetrics.prose.rows import Cells, cells_of, without_borders
from ipmetrics.prose.sentences import dateline_end, sentences_of
from ipmetrics.prose.tongues import language_of, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.texts import Text

__all__ = ["blocks_of"]

_UNDERLINES = ({"="}, {"-"})
_WIDEST_PAGE = 140
"""Lines longer than this were not broken for width, and lines shorter than the next neither."""
_NARROWEST_PAGE = 40
_WRAPPED = 60
_WRAPPED_CHINESE = 20
_LONGEST_HEADING = 130
_LONGEST_HEADING_CHINESE = 45
_CLOSING = "\"'”’」』)]》 "


class _Kind(Enum):
    """What a line seems to be before its neighbours are asked."""

    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    FURNITURE = "furniture"


@attrs.define
class _Line:
    """A line, or several that were one, with its marks behind it."""

    start: int
    end: int
    words: str
    mark: Mark | None
    apart: bool
    """Whether a blank line or a rule stands before it."""
    indent: int = 0
    tabs: int = 0
    """Of the letters it is indented by."""
    kind: _Kind = _Kind.TEXT
    cells: Cells = ()


def blocks_of(text: Text, language: Language | None = None) -> tuple[Block, ...]:
    """The blocks of a text in order; each in the given language, or in the one its letters are of."""
    words = text.clean
    lines = _lines(words)
    _tell_rows(lines)
    _tell_furniture(lines)
    lines = _joined(words, lines)
    main = language or language_of(words)
    blocks = (
        _block(words, line, kind, language or language_of(words[line.start : line.end], main))
        for line, kind in zip(lines, _kinds(lines), strict=True)
    )
    return tuple(blocks) if language else tuple(part for block in blocks for part in parted(words, block))


# ------------------------------------------------------------------------------ lines
def _lines(words: str) -> list[_Line]:
    """Every line that has words, without the space around it and the marks before it."""
    lines: list[_Line] = []
    start, apart = 0, True
    for whole in words.split("\n"):
        line = whole.strip()
        if not line:
            apart = True
        elif is_rule(line):
            if lines and not apart and _underlines(line, lines[-1]):
                lines[-1].mark = Mark.HEADING
            apart = apart or not ("|" in line or (lines and _cells(lines[-1])))
        else:
            begin = start + whole.index(line[0])
            skipped, mark = unmarked(line)
            if skipped < len(line):
                lines.append(_Line(begin + skipped, begin + len(line), line[skipped:], mark, apart, begin - start))
                lines[-1].tabs = whole.count("\t", 0, begin - start)
                apart = False
        start += len(whole) + 1
    return lines


def _underlines(rule: str, line: _Line) -> bool:
    return len(rule) > 2 and set(rule) in _UNDERLINES and _may_head(line.words) and not _cells(line)


def _tell_rows(lines: Sequence[_Line]) -> None:
    """Find the lines with columns that are rows of a table."""
    run: list[_Line] = []
    for line in lines:
        line.cells = () if line.mark is Mark.HEADING else _cells(line)
        if not line.cells or line.apart:
            _settle_run(run)
            run = []
        if line.cells:
            run.append(line)
    _settle_run(run)


def _cells(line: _Line) -> Cells:
    """The cells of a line; tabs that were taken for indentation may be empty ones."""
    cells = cells_of(line.words, 0, len(line.words))
    if "|" not in line.words and "\t" in line.words:
        cells = ((0, 0),) * line.tabs + cells
    return tuple((line.start + first, line.start + last) for first, last in cells)


def _settle_run(run: Sequence[_Line]) -> None:
    """Lines with columns, one below the other, are a table if any of them says a figure or if they agree in number."""
    for line, cells in zip(run, without_borders([line.cells for line in run]), strict=True):
        line.cells = cells
    table = any(says_figure(line.words) and (len(line.cells) > 1 or len(run) > 1) for line in run) or (
        len(run) > 2 and len({len(line.cells) for line in run}) == 1 and not any(is_menu(line.words) for line in run)
    )
    for line in run:
        if table and not (is_furniture(line.words) and (len(run) == 1 or not says_figure(line.words))):
            line.kind = _Kind.ROW
        else:
            line.cells = ()


def _tell_furniture(lines: Sequence[_Line]) -> None:
    """Find the lines of the page; above the first long line, names of those who wrote are looked for as well."""
    above = True
    for line in lines:
        if line.kind is _Kind.ROW:
            continue
        if is_furniture(line.words) or (above and is_byline(line.words)):
            line.kind = _Kind.FURNITURE
        elif line.mark in (Mark.BULLET, Mark.NUMBER, Mark.SECTION):
            line.kind = _Kind.ITEM
        above = above and (line.kind is _Kind.FURNITURE or _may_head(line.words))


# ------------------------------------------------------------------------------ lines broken for width
def _joined(words: str, lines: Sequence[_Line]) -> list[_Line]:
    """The lines, those that were one paragraph joined again."""
    joined: list[_Line] = []
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and not lines[stop].apart and _goes_on(lines[stop]) and _can_go_on(lines[stop - 1]):
            stop += 1
        joined.extend(_refilled(words, lines[at:stop]))
        at = stop
    return joined


def _goes_on(line: _Line) -> bool:
    return line.kind is _Kind.TEXT and line.mark is None


def _can_go_on(line: _Line) -> bool:
    return line.kind in (_Kind.TEXT, _Kind.ITEM) and line.mark is not Mark.HEADING


def _refilled(words: str, run: Sequence[_Line]) -> list[_Line]:
    """Lines without a blank one between them, joined where the next one's first word would not have fitted."""
    if len(run) == 1:
        return list(run)
    chinese = language_of(run[0].words) is Language.CHINESE
    width = max(len(line.words) for line in run)
    narrow = (_WRAPPED_CHINESE if chinese else _NARROWEST_PAGE) <= width <= _WIDEST_PAGE
    broken = [narrow and _was_full(one.words, two.words, width, chinese=chinese) for one, two in pairwise(run)]
    evident = any(
        full and not _ends(one.words) and (chinese or two.words[0].islower())
        for full, one, two in zip(broken, run, run[1:], strict=False)
    )
    joined = [run[0]]
    last = run[0]
    for (one, two), full in zip(pairwise(run), broken, strict=True):
        long = len(one.words) >= (_WRAPPED_CHINESE if chinese else _WRAPPED)
        in_midst = not _ends(one.words) and not chinese and (two.words[0].islower() or two.words[0] in "(,;%")
        hanging = run[0].kind is _Kind.ITEM and two.indent > run[0].indent and not _ends(one.words)
        if not ((long and in_midst) or (evident and full) or hanging):
            _lengthened(words, joined[-1], last)
            joined.append(two)
        last = two
    _lengthened(words, joined[-1], last)
    return joined


def _lengthened(words: str, line: _Line, last: _Line) -> None:
    """Make a line reach to the end of the last one that was joined to it."""
    if last is not line:
        line.end, line.words = last.end, words[line.start : last.end]


def _was_full(line: str, following: str, width: int, *, chinese: bool) -> bool:
    if chinese:
        return len(line) >= width - 2
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _ends(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return line.rstrip(_CLOSING).endswith((".", "!", "?", "。", "…", ":", ";"))


# ------------------------------------------------------------------------------ what the blocks are
def _kinds(lines: Sequence[_Line]) -> list[BlockKind]:
    """What each line is, its neighbours asked."""
    kinds: list[BlockKind] = []
    content = [place for place, line in enumerate(lines) if line.kind is not _Kind.FURNITURE]
    next_one = dict(pairwise(content))
    for place, line in enumerate(lines):
        following = lines[next_one[place]] if place in next_one else None
        if line.kind is _Kind.FURNITURE:
            kinds.append(BlockKind.FURNITURE)
        elif line.kind is _Kind.ROW:
            kinds.append(BlockKind.ROW)
        elif _is_heading(line, following, first=place == content[0]):
            kinds.append(BlockKind.HEADING)
        else:
            kinds.append(BlockKind.ITEM if line.kind is _Kind.ITEM else BlockKind.PARAGRAPH)
    return kinds


def _is_heading(line: _Line, following: _Line | None, *, first: bool) -> bool:
    if line.mark is Mark.HEADING:
        return True
    if following is None or line.mark is Mark.BULLET or not _may_head(line.words):
        return False
    if line.mark in (Mark.NUMBER, Mark.SECTION):
        return (line.mark is Mark.SECTION or following.mark is not Mark.NUMBER) and not says_figure(line.words)
    if first or not says_figure(line.words):
        return True
    return line.apart and following.apart and following.kind is _Kind.TEXT and not _may_head(following.words)


def _may_head(words: str) -> bool:
    """Whether a line is short and does not end as a sentence does."""
    longest = _LONGEST_HEADING_CHINESE if language_of(words[:200]) is Language.CHINESE else _LONGEST_HEADING
    return len(words) <= longest and not words.rstrip(_CLOSING).endswith((".", "!", "。", ";", ",", "、", "…"))


def _block(words: str, line: _Line, kind: BlockKind, language: Language) -> Block:
    whole = (line.start, line.end)
    sentences: tuple[tuple[int, int], ...]
    if kind is BlockKind.FURNITURE:
        sentences = ()
    elif kind in (BlockKind.HEADING, BlockKind.ROW):
        sentences = (whole,)
    else:
        opening = dateline_end(words, *whole)
        sentences = (
            *sentences_of(words, line.start, opening, language),
            *sentences_of(words, opening, line.end, language),
        )
    return Block(kind=kind, start=line.start, end=line.end, language=language, sentences=sentences, cells=line.cells)
