"""Cells: a CSV text or a data frame as rows of named texts, each row knowing its line.

This room knows column names and nothing of what they mean; pandas is loaded only when a frame is given.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

import attrs

from ipmetrics.claimfile.contents import refuse
from ipmetrics.claimfile.faults import Path, described, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipmetrics.claimfile.faults import Faults

__all__ = ["COLUMNS", "WHOLE_COLUMNS", "Row", "cells_of_csv", "cells_of_frame"]

COLUMNS: Final = tuple(
    """
    kind id indicator region period scope figure rounding decimals step decimal_comma
    to_indicator to_region to_period to_scope per difference complete disjoint order place
    unit multiplier measure whole signed additive one_of
    source source_producer source_title source_date source_url locator quote span definition
    """.split()
)
"""Every column there is, in the order in which they are written."""

VERBATIM: Final = frozenset({"quote", "locator", "source_producer", "source_title", "source_url"})
"""Columns whose blanks at the ends are kept."""

WHOLE_COLUMNS: Final = frozenset({"decimals", "place", "multiplier"})
_NUMBERED: Final = frozenset({"period", "to_period", "span", "step"}) | WHOLE_COLUMNS
_PRINTED = "a figure is given as printed"


@attrs.frozen
class Row:
    """One row: where it stands, its cells that are not empty, and whether all of them could be read."""

    number: int
    where: str
    cells: Mapping[str, str]
    readable: bool = True

    def path(self, column: str | None = None) -> Path:
        """The place of a cell among the faults of a table."""
        return ("rows", self.number) if column is None else ("rows", self.number, column)


def _column(header: str) -> str:
    return re.sub(r"\s+", "_", header.strip().lower())


def _known_columns(headers: Iterable[str], faults: Faults, name: str) -> list[str]:
    """Column names; unknown ones and doubles are faults of the header, which is row -1."""
    columns = [_column(header) for header in headers]
    if not set(columns) & set(COLUMNS):
        rule = "a table of claims begins with the names of its columns"
        raise refuse(name, "line 1", described(", ".join(columns)), rule, 'begin with "indicator,region,period,figure"')
    for column, times in Counter(column for column in columns if column).items():
        if column not in COLUMNS:
            near = nearest(column, COLUMNS)
            way_out = f"did you mean {described(near)}?" if near else f"there is {', '.join(COLUMNS)}"
            faults.add(("rows", -1, column), described(column), rule="a table has no such column", way_out=way_out)
        elif times > 1:
            rule = "a column is there once"
            faults.add(("rows", -1, column), described(column), rule=rule, way_out="keep one of the two")
    return columns


def cells_of_csv(text: str, name: str, faults: Faults) -> list[Row]:
    """The rows of a CSV text whose cells are parted by comma, semicolon or tab.

    Raises
    ------
    ClaimFileError
        If it is no CSV with a header; a fault of one row is noted instead.
    """
    separator = max(",;\t", key=lambda mark: _matches(text, mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = next(reader)
        columns = _known_columns(header, faults, name)
        return list(_rows_of(reader, columns, faults))
    except csv.Error as error:
        where = f"line {reader.line_num}"
        raise refuse(name, where, f"“{error}”", "a table is CSV", "close its quotes, and double those inside") from None


def _matches(text: str, separator: str) -> int:
    """How many known columns the first line names, read with this separator."""
    first = text.lstrip().split("\n", 1)[0]
    return sum(_column(header.strip(' "\r')) in COLUMNS for header in first.split(separator))


def _rows_of(reader: Any, columns: list[str], faults: Faults) -> Iterator[Row]:  # noqa: ANN401 - csv has no public type
    line = reader.line_num + 1
    for number, cells in enumerate(reader):
        texts = [
            cell if column in VERBATIM and cell.strip() else cell.strip()
            for column, cell in zip_longest(columns, cells[: len(columns)], fillvalue="")
        ] + [cell.strip() for cell in cells[len(columns) :]]
        row = Row(
            number,
            f"line {line}",
            {name: cell for name, cell in zip(columns, texts, strict=False) if cell and name},
        )
        line = reader.line_num + 1
        nameless = [cell for name, cell in zip(columns, texts, strict=False) if cell and not name]
        beyond = nameless + [cell for cell in texts[len(columns) :] if cell]
        if beyond:
            rule = "every cell stands below the name of its column"
            way_out = "name the column, or put a cell with a comma in double quotes"
            faults.add(row.path(), described(beyond[0]), rule=rule, way_out=way_out)
        if row.cells or beyond:
            yield row


def cells_of_frame(frame: object, name: str, faults: Faults) -> list[Row]:
    """The rows of a pandas data frame; numbers that were figures are faults.

    Raises
    ------
    ClaimFileError
        If it is no data frame, or has none of the columns.
    """
    import pandas as pd  # noqa: PLC0415 - pandas is slow to import and only frames need it

    if not isinstance(frame, pd.DataFrame):
        rule, way_out = (
            "a table of claims is a pandas data frame",
            "pass a DataFrame, or a path to read_claims",
        )
        raise refuse(name, name, type(frame).__name__, rule, way_out)
    columns = _known_columns(map(str, frame.columns), faults, name)
    rows = []
    for number, (label, *values) in enumerate(frame.itertuples(index=True, name=None)):
        row = Row(number, f"row {label}", {})
        cells, readable = {}, True
        for column, value in zip(columns, values, strict=True):
            missing = value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))
            text = "" if missing else _cell(value, column, row, faults)
            if text is None:
                # A figure's place is held, so that it is not told to be missing too; other rows are skipped.
                text, readable = "0", readable and column == "figure"
            if text:
                cells[column] = text
        if cells:
            rows.append(attrs.evolve(row, cells=cells, readable=readable))
    return rows


def _cell(given: Any, column: str, row: Row, faults: Faults) -> str | None:  # noqa: ANN401 - a cell may be anything
    """The text of one cell of a frame; None, with a fault, if it has none."""
    value: object = given.item() if hasattr(given, "item") else given  # numpy's scalars as Python's
    if type(value) is date:
        return value.isoformat()
    match value:
        case str():
            return value if column in VERBATIM and value.strip() else value.strip()
        case bool() if column != "figure":
            return str(value).lower()
        case int() if column != "figure":
            return str(value)
        case float() if column in _NUMBERED and value.is_integer():
            return str(int(value))  # pandas turns whole numbers beside empty cells into floats
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case _:
            rule = _PRINTED if column == "figure" else "a cell is text"
            way_out = "read the table with dtype=str, or write the cell as text"
            faults.add(row.path(column), f"{value!r:.60}", rule=rule, way_out=way_out)
            return None
