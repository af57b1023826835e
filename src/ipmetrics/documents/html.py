"""Documents as HTML: one element, styled inline, that loads nothing and is readable on light and dark pages.

This room knows elements and escaping. Words keep the page's own colour; tones use colours with contrast on
white and on black. Text written from right to left is set apart, so that it cannot reorder the figures beside
it.
"""

from __future__ import annotations

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
    Table,
    Tone,
)
from ipmetrics.documents.letters import in_lines, is_right_to_left, visible, width_of
from ipmetrics.documents.numberlines import draw_legend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.documents.blocks import Block, Column, Document, Look, Mark, Run

__all__ = ["TONES", "write_html", "write_page"]

_COLOURS = {  # on white and on black
    Tone.GOOD: ("#1c8048", "#4fc28a"),
    Tone.BAD: ("#d0303a", "#ff7b7b"),
    Tone.OPEN: ("#9a6a00", "#e0b04a"),
}
_TINTS = {Tone.GOOD: "rgba(28,128,72,.16)", Tone.BAD: "rgba(228,60,70,.2)", Tone.OPEN: "rgba(214,150,10,.2)"}
_GREY = "#808080"


def _coloured(name: str, tone: Tone) -> str:
    """A colour for light and dark pages; the first alone where a browser knows no other way."""
    if tone not in _COLOURS:
        return f"{name}:{_GREY}"
    light, dark = _COLOURS[tone]
    return f"{name}:{light};{name}:light-dark({light},{dark})"


TONES = {
    Tone.PLAIN: "",
    Tone.STRONG: "font-weight:600",
    Tone.QUIET: "opacity:.72",
    **{tone: f"{_coloured('color', tone)};font-weight:600" for tone in _COLOURS},
}
_LINE = "1px solid rgba(128,128,128,.3)"
_WHOLE = 22  # letters of a cell that is never broken
_CELL = "padding:.3em .7em .3em 0;vertical-align:middle;border:0"

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 72rem; margin: 2rem auto; padding: 0 1.2rem; line-height: 1.45;
  font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "PingFang SC",
    sans-serif; }}
</style>
</head>
<body>
{body}
</body>
</html>"""


def write_html(document: Document) -> str:
    """Write a document as one element of a page that has a title of its own: no heading is of the first level."""
    titled = any(isinstance(block, Heading) and block.level == 1 for block in document.blocks)
    return _element(document, deeper=int(titled))


def write_page(document: Document, title: str) -> str:
    """Write a document as a page of its own."""
    return _PAGE.format(title=escape(visible(title)), body=_element(document, deeper=0))


def _element(document: Document, *, deeper: int) -> str:
    blocks = "".join(_block(block, deeper) for block in document.blocks)
    return f'<div style="text-align:left;overflow-x:auto">{blocks}</div>'


def _inline(words: Iterable[Run]) -> str:
    return "".join(map(_run, words))


def _run(run: Run) -> str:
    text = escape(visible(run.text))
    if is_right_to_left(run.text):
        text = f"<bdi>{text}</bdi>"
    return f'<span style="{TONES[run.tone]}">{text}</span>' if TONES[run.tone] else text


def _block(block: Block, deeper: int) -> str:
    """A block; headings stand as much deeper in the outline, and look as they would on a page of their own."""
    match block:
        case Heading(words, level):
            size = {1: "1.35em", 2: "1.15em"}.get(level, "1em")
            style = f"font-size:{size};font-weight:600;margin:1.3em 0 .4em"
            tag = f"h{level + deeper}"
            return f'<{tag} style="{style}">{_inline(words)}</{tag}>'
        case Paragraph(words):
            return f'<p style="margin:.5em 0">{_inline(words)}</p>'
        case Bullets(items):
            lines = "".join(f'<li style="margin:.15em 0">{_inline(item)}</li>' for item in items)
            return f'<ul style="margin:.4em 0;padding-left:1.3em">{lines}</ul>'
        case Table():
            return _table(block)
        case NumberLine():
            return f'<div style="margin:.6em 0">{block.svg()}</div>'
        case Marked():
            return _marked(block)
        case Folded(summary, blocks):
            inside = "".join(_block(each, deeper) for each in blocks)
            return (
                f'<details style="margin:.6em 0"><summary style="cursor:pointer">{_inline(summary)}</summary>'
                f'<div style="padding-left:1.1em">{inside}</div></details>'
            )


def _marked(block: Marked) -> str:
    """The legend, and the text as it is laid out; each line runs in the direction of its own letters."""
    legend = ""
    if block.legend:
        names = (
            f'<span style="margin-right:1.5em;white-space:nowrap"><mark style="{_look(look)}">'
            f"{escape(visible(look.name))}</mark></span>"
            for look in block.legend
        )
        legend = f'<p style="margin:.7em 0 .4em;padding-left:3px;font-size:.92em;line-height:2">{" ".join(names)}</p>'
    text = "".join(_piece(*piece) for piece in block.pieces)
    return (
        f'{legend}<div style="white-space:pre-wrap;unicode-bidi:plaintext;text-align:start;overflow-wrap:anywhere;'
        "line-height:1.85;max-width:48em;margin:.4em 0;"
        f'padding:.1em 0 .1em 1em;border-left:3px solid rgba(128,128,128,.3)">{text}</div>'
    )


def _piece(words: str, mark: Mark | None) -> str:
    text = escape(in_lines(words))
    if mark is None:
        return text
    lines = (escape(visible(line)) for line in mark.title.split("\n"))
    title = f' title="{"&#10;".join(lines)}"' if mark.title else ""
    return f'<mark style="{_look(mark.look)}{";cursor:help" * bool(title)}"{title}>{text}</mark>'


def _look(look: Look) -> str:
    """The line and the tint; the words keep the page's own colour, which a browser would make black on yellow."""
    tint = _TINTS.get(look.tone, "rgba(128,128,128,.2)") if look.filled else "none"
    kept = f"color:inherit;background:{tint};border-radius:2px"
    if look.line == "box":
        return f"{kept};outline:1px dashed;{_coloured('outline-color', look.tone)};outline-offset:2px"
    thick = "1.5px" if look.line == "wavy" else "2px"
    return (
        f"{kept};text-decoration:underline {look.line} {thick};{_coloured('text-decoration-color', look.tone)};"
        "text-decoration-skip-ink:none;text-underline-offset:.24em"
    )


def _table(table: Table) -> str:
    caption = ""
    if table.caption:
        caption = f'<caption style="text-align:left;padding:0 0 .3em">{_inline(table.caption)}</caption>'
    head = ""
    drawn = any(isinstance(cell, NumberLine) for row in table.rows if isinstance(row, Row) for cell in row.cells)
    if table.has_head or drawn:
        line = f";border-bottom:{_LINE}" if table.has_head else ";padding-bottom:0"
        titles = "".join(_title(column, line, drawn=drawn) for column in table.columns)
        head = f'<thead><tr style="background:none">{titles}</tr></thead>'
    body = "".join(_row(row, table.columns) for row in table.rows)
    return (
        '<table style="border-collapse:collapse;margin:.4em 0;font-size:.95em;'
        'font-variant-numeric:tabular-nums">'
        f"{caption}{head}<tbody>{body}</tbody></table>"
    )


def _title(column: Column, line: str, *, drawn: bool) -> str:
    words = draw_legend() if column.picture and drawn else escape(visible(column.title))
    # Words give way to columns that may not wrap; without a least width they would stand one to a line.
    least = "" if column.whole or column.picture else ";min-width:13em"
    style = f"{_CELL};text-align:{column.align};font-weight:400;opacity:.72{least}{line}"
    return f'<th scope="col" style="{style}">{words}</th>'


def _row(row: Row | Group, columns: tuple[Column, ...]) -> str:
    if isinstance(row, Group):
        return (
            f'<tr style="background:none"><th scope="rowgroup" colspan="{len(columns)}" style="{_CELL};'
            f'text-align:left;font-weight:600;padding-top:.8em">{_inline(row.words)}</th></tr>'
        )
    cells = "".join(_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))
    remarks = "".join(
        f'<tr style="background:none"><td colspan="{len(columns)}" style="{_CELL};text-align:left;'
        f'padding:0 0 .4em 1.2em;font-size:.92em">{_inline(remark)}</td></tr>'
        for remark in row.remarks
    )
    return f'<tr style="background:none">{cells}</tr>{remarks}'


def _cell(cell: tuple[Run, ...] | NumberLine | None, column: Column) -> str:
    if cell is None:
        return f'<td style="{_CELL}"></td>'
    if isinstance(cell, NumberLine):
        return f'<td style="{_CELL};padding-top:0;padding-bottom:0">{cell.svg(small=True)}</td>'
    # A rare long cell may be broken, else it would push the pictures out of sight.
    kept = column.whole and width_of("".join(run.text for run in cell)) <= _WHOLE
    style = f"{_CELL};text-align:{column.align}{';white-space:nowrap' * kept}"
    return f'<td style="{style}">{_inline(cell)}</td>'
