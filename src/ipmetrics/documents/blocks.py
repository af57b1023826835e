"""The parts a document is made of, as frozen values: headings, tables, number lines and the like.

This room knows words, their tone and their order. It knows no claim and no verdict, and it refuses to know
how anything looks: the three writers beside it do.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import attrs

from ipmetrics.documents.marked import Look, Mark, Marked
from ipmetrics.documents.runs import Run, Tone, runs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.documents.runs import Words

__all__ = [
    "Bar",
    "Block",
    "Bullets",
    "Column",
    "Document",
    "Folded",
    "Group",
    "Heading",
    "Lane",
    "Look",
    "Mark",
    "Marked",
    "NumberLine",
    "Paragraph",
    "Row",
    "Run",
    "Table",
    "Tone",
]


def _lanes(lanes: Iterable[Lane]) -> tuple[Lane, ...]:
    return tuple(lanes)


def _bars(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(bars)


def _columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(columns)


def _rows(rows: Iterable[Row | Group]) -> tuple[Row | Group, ...]:
    return tuple(rows)


def _items(items: Iterable[Words]) -> tuple[tuple[Run, ...], ...]:
    return tuple(runs(item) for item in items)


@attrs.frozen
class Heading:
    """A heading; the blocks after it, up to the next heading, belong to it."""

    words: tuple[Run, ...] = attrs.field(converter=runs)
    level: int = 2


@attrs.frozen
class Paragraph:
    """A paragraph."""

    words: tuple[Run, ...] = attrs.field(converter=runs)


@attrs.frozen
class Bullets:
    """Short lines that belong to the block before them."""

    items: tuple[tuple[Run, ...], ...] = attrs.field(converter=_items)


@attrs.frozen
class Bar:
    """One interval drawn on a number line.

    Parameters
    ----------
    lower, upper
        The ends, exact; None is unbounded. Ends that cross, or meet without both being closed, draw nothing.
    lower_closed, upper_closed
        Whether the end belongs to it: a filled dot, else a hollow one.
    kind
        ``"stated"`` (as printed) or ``"implied"`` (by everything else); the legend explains them.
    text
        The interval in words, written beside the bar.
    """

    lower: Fraction | None
    upper: Fraction | None
    lower_closed: bool = True
    upper_closed: bool = True
    kind: Literal["stated", "implied"] = attrs.field(default="stated", kw_only=True)
    text: str = attrs.field(default="", kw_only=True)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower > self.upper or (self.lower == self.upper and not (self.lower_closed and self.upper_closed))


@attrs.frozen
class Lane:
    """One row of a number line: a label and its bars."""

    label: str
    bars: tuple[Bar, ...] = attrs.field(converter=_bars)


@attrs.frozen
class NumberLine:
    """Intervals on one shared axis.

    Parameters
    ----------
    lanes
        The rows, from top to bottom.
    unit
        What the axis counts.
    title
        What the picture says, for those who cannot see it.
    told
        Whether the words around it say the same; then it is left out where nothing can be drawn.
    """

    lanes: tuple[Lane, ...] = attrs.field(converter=_lanes)
    unit: str = attrs.field(default="", kw_only=True)
    title: str = attrs.field(default="", kw_only=True)
    told: bool = attrs.field(default=False, kw_only=True)

    def svg(self, *, small: bool = False) -> str:
        """The picture as an SVG element: without labels, to stand in a table cell, if small.

        Examples
        --------
        >>> NumberLine([Lane("Haidian", [Bar(None, None)])]).svg().startswith("<svg")
        True
        """
        from ipmetrics.documents.numberlines import draw  # noqa: PLC0415 - the writers import the blocks

        return draw(self, small=small)


@attrs.frozen
class Column:
    """A column of a table.

    Parameters
    ----------
    title
        Above it; a table whose columns have none shows no head.
    align
        Which edge its cells stand on.
    picture
        Whether it holds number lines; then it is left out where nothing can be drawn.
    whole
        Whether its cells stay on one line as long as other columns can give way.
    """

    title: str = ""
    align: Literal["left", "right"] = "left"
    whole: bool = attrs.field(default=False, kw_only=True)
    picture: bool = attrs.field(default=False, kw_only=True)


def _cells(cells: Iterable[Words | NumberLine | None]) -> tuple[tuple[Run, ...] | NumberLine | None, ...]:
    return tuple(cell if cell is None or isinstance(cell, NumberLine) else runs(cell) for cell in cells)


@attrs.frozen
class Row:
    """A row: one cell for each column, and remarks that are shown under it."""

    cells: tuple[tuple[Run, ...] | NumberLine | None, ...] = attrs.field(converter=_cells)
    remarks: tuple[tuple[Run, ...], ...] = attrs.field(default=(), converter=_items)


@attrs.frozen
class Group:
    """A line across a table that names what the rows after it share."""

    words: tuple[Run, ...] = attrs.field(converter=runs)


@attrs.frozen
class Table:
    """A table; without column titles it shows no head."""

    columns: tuple[Column, ...] = attrs.field(converter=_columns)
    rows: tuple[Row | Group, ...] = attrs.field(converter=_rows)
    caption: tuple[Run, ...] = attrs.field(default=(), converter=runs)

    def __attrs_post_init__(self) -> None:
        """Refuse a row that does not fit, which would only be seen by the reader."""
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                message = f"a row has a cell for each of the {len(self.columns)} columns: got {len(row.cells)}"
                raise ValueError(message)

    @property
    def written(self) -> tuple[int, ...]:
        """Which columns hold words, by position."""
        return tuple(place for place, column in enumerate(self.columns) if not column.picture)

    @property
    def has_head(self) -> bool:
        """Whether any column has a title."""
        return any(column.title for column in self.columns)


def _blocks(blocks: Iterable[Block]) -> tuple[Block, ...]:
    return tuple(blocks)


@attrs.frozen
class Folded:
    """Detail that a reader opens; plain text leaves it out unless asked."""

    summary: tuple[Run, ...] = attrs.field(converter=runs)
    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)


Block = Heading | Paragraph | Bullets | Table | NumberLine | Folded | Marked


@attrs.frozen
class Document:
    """Blocks in the order they are read.

    Examples
    --------
    >>> document = Document([Heading("Verdict"), Paragraph(["All is ", Run("well", Tone.STRONG), "."])])
    >>> print(document.text())
    Verdict
    <BLANKLINE>
    All is well.
    >>> print(document.markdown())
    ## Verdict
    <BLANKLINE>
    All is **well**.
    """

    blocks: tuple[Block, ...] = attrs.field(converter=_blocks)

    def text(self, width: int = 100, *, colour: bool = False, encoding: str = "utf-8", unfold: bool = False) -> str:
        """As plain text, without a final newline.

        Parameters
        ----------
        width
            Columns of the terminal; East Asian wide characters take two.
        colour
            Whether tones become ANSI colours.
        encoding
            Where it will be written: what that cannot say is spelled in ASCII before columns are measured.
        unfold
            Whether folded detail is shown.
        """
        from ipmetrics.documents.text import write_text  # noqa: PLC0415 - the writers import the blocks

        return write_text(self, width=width, colour=colour, encoding=encoding, unfold=unfold)

    def markdown(self) -> str:
        """As GitHub-flavoured Markdown, without a final newline."""
        from ipmetrics.documents.markdown import write_markdown  # noqa: PLC0415 - the writers import the blocks

        return write_markdown(self)

    def html(self) -> str:
        """As one HTML element, styled inline, that loads nothing and fits light and dark pages."""
        from ipmetrics.documents.html import write_html  # noqa: PLC0415 - the writers import the blocks

        return write_html(self)

    def _repr_html_(self) -> str:
        """For notebooks."""
        return self.html()

    def page(self, title: str) -> str:
        """As a whole HTML page."""
        from ipmetrics.documents.html import write_page  # noqa: PLC0415 - the writers import the blocks

        return write_page(self, title)
