"""Documents as plain text: aligned columns, wrapped lines, colours where a terminal shows them.

This room knows columns of letters and ANSI colours. It refuses to leave a line wider than asked, except where
a column is too narrow to be read any narrower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

from ipmetrics.documents.blocks import (
    Bullets,
    Folded,
    Group,
    Heading,
    Marked,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from ipmetrics.documents.columns import fitted
from ipmetrics.documents.letters import in_encoding, pieces, visible, width_of, wrap
from ipmetrics.documents.scale import sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ipmetrics.documents.blocks import Block, Document, Mark
    from ipmetrics.documents.columns import Grid

__all__ = ["write_text"]

Runs: TypeAlias = "tuple[Run, ...]"

_INDENT = 2
_ANSI = {
    Tone.PLAIN: "",
    Tone.STRONG: "\x1b[1m",
    Tone.QUIET: "\x1b[2m",
    Tone.GOOD: "\x1b[32m",
    Tone.BAD: "\x1b[1;31m",
    Tone.OPEN: "\x1b[33m",
}


def write_text(document: Document, *, width: int, colour: bool, encoding: str, unfold: bool) -> str:
    """Write a document for a terminal or a plain file."""
    return "\n".join(_Writer(width, colour, encoding, unfold).lines(document.blocks, 0))


def _plain(words: Iterable[Run]) -> str:
    return "".join(run.text for run in words)


def _part(words: Runs, start: int, stop: int) -> Runs:
    """The stretch of some runs between two offsets of their joined text."""
    kept: list[Run] = []
    offset = 0
    for run in words:
        text = run.text[max(start - offset, 0) : max(stop - offset, 0)]
        if text:
            kept.append(Run(text, run.tone))
        offset += len(run.text)
    return tuple(kept)


def _signed(text: str, mark: Mark | None) -> list[Run]:
    """Words, and the sign that stands for the line under them."""
    return [Run(text)] if mark is None else [Run(text, mark.look.tone), Run(mark.sign, Tone.QUIET)]


def _stripped(words: Runs) -> Runs:
    text = _plain(words)
    return _part(words, len(text) - len(text.lstrip()), len(text.rstrip()))


def _wrapped(words: Runs, columns: int) -> list[Runs]:
    text = _plain(words)
    starts = wrap(text, max(columns, 1))
    return [_stripped(_part(words, *ends)) for ends in zip(starts, [*starts[1:], len(text)], strict=True)]


@attrs.frozen
class _Writer:
    width: int
    colour: bool
    encoding: str
    unfold: bool

    def lines(self, blocks: Sequence[Block], indent: int) -> list[str]:
        """All lines of some blocks, with a blank line where the reader should pause."""
        written: list[str] = []
        previous: Block | None = None
        for block in blocks:
            lines = list(self._block(block, indent))
            headed = isinstance(previous, Heading) and not isinstance(block, Heading | Paragraph)
            hugs = headed or isinstance(block, Bullets)
            if lines and written and not hugs:
                written.append("")
            written += lines
            previous = block if lines else previous
        return written

    def _block(self, block: Block, indent: int) -> Iterator[str]:
        match block:
            case Heading(words):
                yield from self._paragraph(tuple(Run(run.text, _headed(run.tone)) for run in words), indent)
            case Paragraph(words):
                yield from self._paragraph(words, indent)
            case Bullets(items):
                for item in items:
                    yield from self._paragraph(item, indent + _INDENT, hanging=_INDENT)
            case Table():
                yield from self._table(block, indent + _INDENT)
            case NumberLine(told=told):
                if not told:
                    for line in sketch(block, self.width - indent - _INDENT):
                        yield " " * (indent + _INDENT) + in_encoding(visible(line), self.encoding)
            case Marked():
                yield from self._marked(block, indent)
            case Folded(summary, blocks):
                if self.unfold:
                    yield from self._paragraph(summary, indent)
                    yield from self.lines(blocks, indent + _INDENT)

    def _paragraph(self, words: Iterable[Run], indent: int, *, hanging: int = 0) -> Iterator[str]:
        """Wrapped lines, those after the first further in."""
        for number, line in enumerate(_wrapped(self._clean(words), self.width - indent - hanging)):
            yield (" " * (indent + hanging * (number > 0)) + self._painted(line)).rstrip()

    def _marked(self, block: Marked, indent: int) -> Iterator[str]:
        """The text further in, each mark as a sign behind its words; of blank lines one stays."""
        if block.legend:
            yield from self._paragraph([Run(", ".join(f"[{look.sign}] {look.name}" for look in block.legend))], indent)
            yield ""
        pause = began = False
        for line in block.lines:
            words = [run for text, mark in line for run in _signed(text, mark)]
            if not any(run.text.strip() for run in words):
                pause = began
                continue
            if pause:
                yield ""
            yield from self._paragraph(words, indent + _INDENT)
            pause, began = False, True

    def _clean(self, words: Iterable[Run]) -> Runs:
        return tuple(Run(in_encoding(visible(run.text), self.encoding), run.tone) for run in words)

    def _painted(self, words: Runs) -> str:
        if not self.colour:
            return _plain(words)
        return "".join(f"{_ANSI[run.tone]}{run.text}\x1b[0m" if _ANSI[run.tone] else run.text for run in words)

    def _table(self, table: Table, indent: int) -> Iterator[str]:
        columns = [table.columns[place] for place in table.written]
        head = [self._clean((Run(column.title, Tone.QUIET),)) for column in columns]
        rows = [self._cells(row, table.written) if isinstance(row, Row) else None for row in table.rows]
        deeper = indent + _INDENT * any(isinstance(row, Group) for row in table.rows)
        grid = fitted(
            [_sizes(cells) for cells in rows if cells is not None],
            self.width - deeper,
            head=_sizes(head),
            right=[column.align == "right" for column in columns],
            whole=[column.whole for column in columns],
        )
        if table.caption:
            yield from self._paragraph(table.caption, indent)
        if table.has_head:
            yield from self._row(head, grid, deeper)
            rule = in_encoding("─", self.encoding)
            yield from self._row([(Run(rule * width, Tone.QUIET),) for width in grid.widths], grid, deeper)
        for row, cells in zip(table.rows, rows, strict=True):
            if isinstance(row, Group):
                yield from self._paragraph(row.words, indent)
            elif cells is not None:
                yield from self._row(cells, grid, deeper)
                for remark in row.remarks:
                    yield from self._paragraph(remark, deeper + _INDENT, hanging=_INDENT)

    def _cells(self, row: Row, written: Iterable[int]) -> list[Runs]:
        cells = [row.cells[place] for place in written]
        return [() if cell is None or isinstance(cell, NumberLine) else self._clean(cell) for cell in cells]

    def _row(self, cells: list[Runs], grid: Grid, indent: int) -> Iterator[str]:
        """The lines of one row; a cell that finds no room goes on below."""
        places = grid.places(_sizes(cells))
        lines: list[list[Runs]] = []
        for cell, (line, start, stop) in zip(cells, places, strict=True):
            lines.append([()] * line + _wrapped(cell, stop - start))
        for number in range(max(map(len, lines), default=0)):
            written, at = " " * indent, 0
            for cell_lines, (_, start, stop), right in zip(lines, places, grid.right, strict=True):
                words = cell_lines[number] if number < len(cell_lines) else ()
                if words:
                    width = width_of(_plain(words))
                    begin = stop - width if right else start
                    written += " " * (begin - at) + self._painted(words)
                    at = max(begin, at) + width
            yield written.rstrip()


def _sizes(cells: Iterable[Runs]) -> list[tuple[int, int]]:
    """How wide each cell stands on one line, and its widest word."""
    texts = [_plain(cell) for cell in cells]
    return [(width_of(text), max((width_of(word.rstrip()) for word in pieces(text)), default=0)) for text in texts]


def _headed(tone: Tone) -> Tone:
    return Tone.STRONG if tone is Tone.PLAIN else tone
