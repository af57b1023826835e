"""Documents as GitHub-flavoured Markdown.

This room knows Markdown and what must be escaped so that no published text can end a table, start a link or
smuggle markup in. Folded detail becomes a ``<details>`` element; pictures are left out, the words beside them
stay.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

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
from ipmetrics.documents.letters import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipmetrics.documents.blocks import Block, Document, Mark

__all__ = ["write_markdown"]

_MARKS = {Tone.STRONG: "**", Tone.BAD: "**", Tone.GOOD: "", Tone.OPEN: "", Tone.QUIET: "", Tone.PLAIN: ""}
_SPECIAL = re.compile(r"([\\`*_~|$])")
_LINK = re.compile(r"\](?=[(\[:])")
_BLOCK_START = re.compile(r"^(\s*)([-+#=]|\d+(?=[.)]))")


def write_markdown(document: Document) -> str:
    """Write a document for a repository, an issue or a notebook cell."""
    return "\n\n".join(_block(block) for block in document.blocks if not _is_drawn_only(block))


def _is_drawn_only(block: Block) -> bool:
    return isinstance(block, NumberLine) and block.told


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", visible(text))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINK.sub(r"\\]", text)


def _inline(words: Iterable[Run]) -> str:
    """Runs with their marks; neighbours of one mark are joined before they are escaped."""
    joined: list[tuple[str, str]] = []
    for run in words:
        mark = _MARKS[run.tone]
        if joined and joined[-1][0] == mark:
            joined[-1] = (mark, joined[-1][1] + run.text)
        elif run.text:
            joined.append((mark, run.text))
    return "".join(_marked(mark, text) for mark, text in joined)


def _marked(mark: str, text: str) -> str:
    """Emphasis must hug its words: blanks stay outside."""
    bare = text.strip()
    if not mark or not bare:
        return _escaped(text)
    lead = text[: len(text) - len(text.lstrip())]
    return f"{visible(lead)}{mark}{_escaped(bare)}{mark}{visible(text[len(lead) + len(bare) :])}"


def _line(words: Iterable[Run]) -> str:
    """A line of its own, which must not look like a list, a heading or a rule."""
    text = _inline(words).strip()
    found = _BLOCK_START.match(text)
    if found is None:
        return text
    if found[2].isdigit():
        return f"{found[2]}\\{text[found.end() :]}"
    return f"\\{text}"


def _block(block: Block) -> str:
    match block:
        case Heading(words, level):
            return f"{'#' * level} {_inline(words).strip()}"
        case Paragraph(words):
            return _line(words)
        case Bullets(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table():
            return _table(block)
        case NumberLine():
            lanes = ((lane.label, bar.kind, bar.text) for lane in block.lanes for bar in lane.bars)
            return "\n".join(f"- {_line([Run(f'{label}, {kind}: {text}')])}" for label, kind, text in lanes)
        case Marked():
            return _quoted(block)
        case Folded(summary, blocks):
            inside = "\n\n".join(_block(each) for each in blocks if not _is_drawn_only(each))
            # No Markdown is read between the tags of this line, so it is escaped as HTML.
            title = escape(visible("".join(run.text for run in summary)))
            return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>"


def _quoted(block: Marked) -> str:
    """Words as a quotation, line by line, each mark as a sign behind its words."""
    lines = [_line([run for text, mark in line for run in _signed(text, mark)]) for line in block.lines]
    ends = ["\\" if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    quoted = "\n".join(f"> {line}{end}".rstrip() for line, end in zip(lines, ends, strict=True))
    quoted = quoted.rstrip("\n>")
    legend = _line([Run(", ".join(f"[{look.sign}] {look.name}" for look in block.legend))])
    return f"{legend}\n\n{quoted}" if legend else quoted


def _signed(text: str, mark: Mark | None) -> list[Run]:
    return [Run(text)] if mark is None else [Run(text, Tone.STRONG), Run(mark.sign)]


def _table(table: Table) -> str:
    """A pipe table; a group line fills its first cell, remarks get a column of their own."""
    columns = [table.columns[place] for place in table.written]
    remarked = any(isinstance(row, Row) and row.remarks for row in table.rows)
    extra = 1 if remarked else 0
    head = [_inline([Run(column.title)]) for column in columns] + ["notes" if table.has_head else ""] * extra
    rules = ["---:" if column.align == "right" else "---" for column in columns] + ["---"] * extra
    lines = [_piped(head), _piped(rules)]
    for row in table.rows:
        if isinstance(row, Group):
            title = _inline(Run(run.text, Tone.STRONG) for run in row.words)
            lines.append(_piped([title] + [""] * (len(columns) - 1 + extra)))
            continue
        cells = [_cell(row, place) for place in table.written]
        lines.append(_piped(cells + ["; ".join(map(_inline, row.remarks))] * extra))
    caption = f"{_line(table.caption)}\n\n" if table.caption else ""
    return caption + "\n".join(lines)


def _cell(row: Row, place: int) -> str:
    cell = row.cells[place]
    return "" if cell is None or isinstance(cell, NumberLine) else _inline(cell).strip()


def _piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
