"""Columns of printed cells as expressions: the grammar of cells for engines that hold the rows themselves.

This room knows narwhals' expressions and what all engines' regular expressions share; it never sees a cell. The
reading goes in steps, each of which uses what the ones before it found, and is written once: put into the frame step
by step by `with_cells`, or folded into four expressions by `cell_expressions`, at the price of working shared parts
out again. What is plain is settled first; every further question is asked of a text that is empty where the cell was
plain, for an engine works out all branches. A text is cast to a number only where it is known to be one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import attrs
import narwhals as nw

from ipmetrics.tables.reading.cell_grammar import (
    BLANKS,
    MINUS_SIGNS,
    MOST_DIGITS,
    PER_MILLE,
    PER_MILLE_SIGN,
    PERCENT,
    PERCENT_SIGNS,
    any_of,
    grammar_of,
)
from ipmetrics.tables.verdicts import REASON_CODES, RowReason

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from typing import Any

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.reading.cell_grammar import CellGrammar

    Exprs = tuple[nw.Expr, ...]
    Steps = Generator[Exprs, Exprs, "CellExpressions"]

__all__ = ["CellExpressions", "cell_expressions", "with_cells"]

_PARTS = ("mantissa", "places", "sign", "trouble")

Frame = TypeVar("Frame", "nw.DataFrame[Any]", "nw.LazyFrame[Any]")


@attrs.frozen(eq=False)
class CellExpressions:
    """The four numbers of each cell, as `CellReading` has them; none is ever null.

    ``mantissa`` is Int64, the rest Int8. Where ``trouble`` is not 0, the others are.
    """

    mantissa: nw.Expr
    places: nw.Expr
    sign: nw.Expr
    trouble: nw.Expr


def cell_expressions(cells: str | nw.Expr, column: Column) -> CellExpressions:
    """Return expressions that read each cell of a column as `read_cell` does.

    Parameters
    ----------
    cells
        The column's name, or an expression, of printed strings. Whole numbers and decimals are read by their digits
        too; floats are not to be passed, for their digits are not what was printed.
    column
        How the column was printed.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables.columns import Column
    >>> table = nw.from_native(pd.DataFrame({"share": ["19.60%", "..", "40,455"]}))
    >>> read = cell_expressions("share", Column())
    >>> table.select(mantissa=read.mantissa, places=read.places, trouble=read.trouble).rows()
    [(1960, 2, 0), (0, 0, 1), (40455, 0, 0)]
    """
    steps = _steps(cells, column)
    found = next(steps)
    while True:
        try:
            found = steps.send(found)
        except StopIteration as done:
            read: CellExpressions = done.value
            return read


def with_cells(
    frame: Frame, columns: Mapping[str, tuple[str | nw.Expr, Column]]
) -> tuple[Frame, dict[str, CellExpressions]]:
    """Add to a frame what its printed columns read, and return where it stands.

    Several times as fast as the expressions of `cell_expressions`, which it equals.

    Parameters
    ----------
    frame
        A narwhals frame, lazy or not.
    columns
        For each new name the printed column, as `cell_expressions` takes it. Columns called NAME_mantissa,
        NAME_places, NAME_sign and NAME_trouble are added; no column of the frame may begin with NAME and _.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables.columns import Column
    >>> table = nw.from_native(pd.DataFrame({"share": ["19.60%", "..", "40,455"]}))
    >>> table, read = with_cells(table, {"s": ("share", Column())})
    >>> table.columns
    ['share', 's_mantissa', 's_places', 's_sign', 's_trouble']
    >>> table.filter(read["s"].trouble == 0)["s_mantissa"].to_list()
    [1960, 40455]
    """
    if not columns:
        return frame, {}
    steps = {name: _steps(cells, column) for name, (cells, column) in columns.items()}
    found = {name: next(each) for name, each in steps.items()}
    read: dict[str, CellExpressions] = {}
    passing: list[str] = []
    while found:  # all columns take each step together, so that the engine can share it out
        added = {f"{name}_{len(passing)}_{i}": each for name, some in found.items() for i, each in enumerate(some)}
        frame = frame.with_columns(**added)
        for name in tuple(found):
            here = tuple(nw.col(f"{name}_{len(passing)}_{i}") for i in range(len(found.pop(name))))
            try:
                found[name] = steps[name].send(here)
            except StopIteration as done:
                read[name] = done.value
        passing += added
    told = {f"{name}_{part}": getattr(each, part) for name, each in read.items() for part in _PARTS}
    frame = frame.with_columns(**told).drop(*passing)
    return frame, {name: CellExpressions(*(nw.col(f"{name}_{part}") for part in _PARTS)) for name in columns}


def _steps(cells: str | nw.Expr, column: Column) -> Steps:
    """Read cells; of several numbers first find the one that is asked for."""
    grammar = grammar_of(column)
    text = nw.col(cells) if isinstance(cells, str) else cells
    text = text.cast(nw.String).fill_null("")
    if column.number is not None:
        text = yield from _numbered_steps(text, column.number, grammar)
    # Blanks around a numeral are left where they are: to strip them costs some engines more than all the rest.
    numeral = _is(text, f"[{BLANKS}]*{grammar.numeral}[{BLANKS}]*")
    if grammar.read_marks:
        numeral = numeral & ~_is(text, f"[{BLANKS}]*{any_of(grammar.read_marks)}[{BLANKS}]*")
    digits = text.str.replace_all("^[^1-9]+|[^0-9]", "")
    decimals = text.str.replace_all(f"^[^{grammar.point}]*[{grammar.point}]?|[^0-9]+$", "").str.len_chars()
    text, numeral, digits, decimals = yield text, numeral, digits, decimals
    (plain,) = yield (numeral & (digits.str.len_chars() <= MOST_DIGITS) & (decimals <= MOST_DIGITS),)
    size = _chosen(plain & (digits != ""), digits, nw.lit("0")).cast(nw.Int64)
    cell = _stripped(_chosen(plain, nw.lit(""), text), grammar)
    signed = plain & text.str.contains(f"[{PERCENT_SIGNS}{PER_MILLE_SIGN}][{BLANKS}]*$")
    size, cell, signed = yield size, cell, signed
    per_mille = text.str.contains(PER_MILLE_SIGN, literal=True)
    return CellExpressions(
        mantissa=_chosen(text.str.contains(f"^[{BLANKS}]*[{MINUS_SIGNS}]"), -size, size),
        places=_chosen(plain, decimals, nw.lit(0)).cast(nw.Int8),
        sign=_chosen(signed, _chosen(per_mille, _code(PER_MILLE), _code(PERCENT)), _code(0)),
        trouble=_chosen(plain, _code(0), _trouble(cell, numeral, grammar)),
    )


def _numbered_steps(text: nw.Expr, number: int, grammar: CellGrammar) -> Generator[Exprs, Exprs, nw.Expr]:
    """Find the number that is asked for in cells that list several; the other cells stay as they are."""
    lone = _is(text, f"[{BLANKS}]*{grammar.numeral}[{BLANKS}]*")
    cell, lone = yield _stripped(text, grammar), lone
    mark = _is(cell, grammar.missing) | _is(cell, grammar.suppressed)
    before = f"^(?:[^/]*/){{{number - 1}}}"
    found = cell.str.replace_all(before, "").str.replace_all("/[^/]*", "")
    mark, listed, found = yield mark, _is(cell, grammar.listed) & _is_short(cell, grammar), found
    # A list that is too short prints nothing there, and neither does a lone numeral where a second is asked for.
    absent = listed & ~cell.str.contains(before)
    absent = (absent | lone if number > 1 else absent) & ~mark
    (text,) = yield (_chosen(absent, nw.lit(""), _chosen(listed & ~mark, found, text)),)
    return text


def _trouble(cell: nw.Expr, numeral: nw.Expr, grammar: CellGrammar) -> nw.Expr:
    """Say what is wrong with stripped cells that are not plain; the plain ones may be left empty."""
    trouble = _code(REASON_CODES[RowReason.NO_NUMERAL])
    for where, reason in (
        (_is(cell, grammar.several), RowReason.SEVERAL_NUMBERS),
        (_is(cell, grammar.not_finite), RowReason.NOT_FINITE),
        (_is(cell, grammar.below), RowReason.SUPPRESSED),
        (_is(cell, grammar.suppressed), RowReason.SUPPRESSED),
        (_is(cell, grammar.missing), RowReason.MISSING),
        (~_is_short(cell, grammar), RowReason.NO_NUMERAL),
        (numeral, RowReason.TOO_LARGE),
    ):
        trouble = _chosen(where, _code(REASON_CODES[reason]), trouble)
    return trouble


def _stripped(text: nw.Expr, grammar: CellGrammar) -> nw.Expr:
    """Strip cells where there is a need, and cut the long ones, which stay too long, before longer patterns come."""
    need = text.str.contains(f"^[{BLANKS}]|[{BLANKS}]$")
    return _chosen(need, text.str.strip_chars(BLANKS), text).str.slice(0, grammar.longest + 1)


def _is_short(cell: nw.Expr, grammar: CellGrammar) -> nw.Expr:
    return cell.str.len_chars() <= grammar.longest


def _is(cell: nw.Expr, pattern: str) -> nw.Expr:
    """Say whether a pattern fits the whole of a cell; without line ends at its end, ``$`` is the end everywhere."""
    return cell.str.contains(f"^(?:{pattern})$")


def _chosen(where: nw.Expr, one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.when(where).then(one).otherwise(other)


def _code(value: int) -> nw.Expr:
    return nw.lit(value, nw.Int8)
