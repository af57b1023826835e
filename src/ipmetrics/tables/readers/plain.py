"""Plain CSV: lines to a frame of texts, every cell as it was printed.

This room knows separators, quotes and lines. It refuses to guess what a cell means: nothing becomes a number, a
date or a null.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import attrs

from ipmetrics.errors import TableError
from ipmetrics.tables.readers.contents import Faults, Source, refuse, text_of
from ipmetrics.tables.readers.printed import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Lines", "read_csv", "read_lines"]

SEPARATORS: Final = ",;\t|"
"""What may part the cells of a line, in order of preference."""

_SNIFFED = 50
_CHUNK = 50_000
_FARTHEST_HEADER = 20


@attrs.frozen(eq=False)
class Lines:
    """A frame of texts, the name of its file, and the line on which each row begins."""

    name: str
    frame: Any
    numbers: Sequence[int]
    above: tuple[tuple[str, ...], ...] = ()


def read_csv(source: Source, *, encoding: str = "utf-8-sig", separator: str | None = None) -> Table:
    r"""Read a CSV file, every cell as the text that was printed.

    ``"332.80"`` stays ``"332.80"`` and an empty cell stays ``""``: trailing zeros, thousands separators and marks
    such as ``..`` or ``<5`` are what `check_table` reads precision and suppression from.

    Parameters
    ----------
    source
        A path, or a file that is open for reading; the first line that is not blank names the columns.
    encoding
        Of the bytes; ``"gb18030"`` for older Chinese files, ``"cp1252"`` for older Western ones.
    separator
        What parts the cells; left out, the one of comma, semicolon, tab and bar that the lines agree on.

    Returns
    -------
    Table
        A frame of texts. A plain CSV says nothing of precision, so there are no columns and there is no key.

    Raises
    ------
    TableError
        Everything that is wrong with the file at once, each with its line: cells too many or too few, names
        missing or twice, a quote left open; or that there is no such file, that it is empty or no text.

    Examples
    --------
    >>> import io
    >>> text = "region;valid;per 10,000\nHaidian;171,452;332.80\nBeijing;..;94.0"
    >>> read_csv(io.StringIO(text)).frame["per 10,000"].tolist()
    ['332.80', '94.0']
    >>> read_csv(io.StringIO("a,b\n1,2,3\n4"))
    Traceback (most recent call last):
      ...
    ipmetrics.errors.TableError: a table is read whole or not at all (2 faults): got <buffer>; mend:
      line 2: a line has as many cells as the first: got 3 instead of 2; quote a cell that holds ',', ...
      line 3: a line has as many cells as the first: got 1 instead of 2; quote a cell that holds ',', ...
    """
    return Table(read_lines(source, encoding=encoding, separator=separator).frame)


def read_lines(
    source: Source,
    *,
    encoding: str = "utf-8-sig",
    separator: str | None = None,
    begins: Callable[[Sequence[str]], bool] | None = None,
) -> Lines:
    """Read the lines of a CSV; ``begins`` finds the line of names below others, which are kept apart."""
    if separator is not None and (len(separator) != 1 or separator in '"\r\n'):
        raise TableError(repr(separator), rule="a separator is one character", way_out='pass ";" or leave it out')
    name, text = text_of(source, encoding)
    separator = separator or _sniffed(text, begins)
    records = _Records(text, separator)
    above, header = _header(records, begins, name)
    if not header and begins is None:
        rule, way_out = "a table begins with a line of names", "name another file"
        raise refuse(name, name, "none", rule=rule, way_out=way_out)
    if not header:
        return Lines(name, _frame([], 0), [])
    faults = Faults(name)
    names = _names(header, records.begun, faults)
    chunks, numbers = [], []
    for rows, lines in _chunks(records, len(names), faults):
        chunks.append(_frame(rows, len(names)))
        numbers += lines
    kept = [place for place, column in enumerate(names) if column or _filled(chunks, place)]
    for place in kept:
        if not names[place]:
            rule, way_out = "every column has a name", "name it in the first line"
            faults.add(f"line {records.header_line}", f"none for column {place + 1}", rule=rule, way_out=way_out)
    faults.tell()
    return Lines(name, _joined(chunks, names, kept), numbers, tuple(tuple(row) for row in above))


class _Records:
    """The records of a CSV text, each with the line on which it begins."""

    def __init__(self, text: str, separator: str) -> None:
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        self.separator = separator
        self.begun = 0
        self.header_line = 0

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        self.begun = self._reader.line_num + 1
        return next(self._reader)


def _sniffed(text: str, begins: Callable[[Sequence[str]], bool] | None) -> str:
    """Return the separator by which the first lines fall into equally many cells, and into most."""
    start = text[: 1 << 16]
    scores = {}
    for mark in SEPARATORS:
        widths = [len(record) for record in _first(start, mark, begins)]
        if len(start) < len(text) and len(widths) > 1:
            widths.pop()  # the last line may be cut
        if widths and widths[0] > 1:
            scores[mark] = (sum(width == widths[0] for width in widths) / len(widths), widths[0])
    return max(scores, key=lambda mark: scores[mark]) if scores else ","


def _first(start: str, mark: str, begins: Callable[[Sequence[str]], bool] | None) -> list[list[str]]:
    records = list(islice(csv.reader(io.StringIO(start, newline=""), delimiter=mark), _SNIFFED))
    if begins is not None:
        records = records[next((place for place, record in enumerate(records) if begins(record)), 0) :]
    return [record for record in records if record]


def _header(
    records: _Records, begins: Callable[[Sequence[str]], bool] | None, name: str
) -> tuple[list[list[str]], list[str]]:
    """Return the lines above the names, and the names."""
    above: list[list[str]] = []
    try:
        for record in records:
            if not any(cell.strip() for cell in record):
                continue
            records.header_line = records.begun
            if begins is None or begins(record):
                return above, record
            above.append(record)
            if len(above) > _FARTHEST_HEADER:
                break
    except csv.Error as error:
        raise _broken(name, records, error) from None
    return above, []


def _names(header: Sequence[str], line: int, faults: Faults) -> list[str]:
    names = [cell.strip() for cell in header]
    for column in dict.fromkeys(names):
        places = [place for place, name in enumerate(names, start=1) if name == column]
        if column and len(places) > 1:
            given = f"{column!r} for columns {', '.join(map(str, places))}"
            faults.add(f"line {line}", given, rule="a name is that of one column", way_out="rename all but one")
    return names


def _chunks(records: _Records, width: int, faults: Faults) -> Iterator[tuple[list[list[str]], list[int]]]:
    """Yield rows of the right width with their lines, many at a time; others are faults."""
    rows: list[list[str]] = []
    lines: list[int] = []
    way_out = f"quote a cell that holds {records.separator!r}, fill up the line, or pass separator="
    try:
        for record in records:
            cells = record
            if len(cells) != width:
                if width == 1 and not cells:
                    cells = [""]  # in a table of one column an empty line is an empty cell
                elif not any(cell.strip() for cell in cells) and len(cells) < 2:
                    continue
                else:
                    given = f"{len(cells)} instead of {width}"
                    rule = "a line has as many cells as the first"
                    faults.add(f"line {records.begun}", given, rule=rule, way_out=way_out)
                    continue
            rows.append(cells)
            lines.append(records.begun)
            if len(rows) == _CHUNK:
                yield rows, lines
                rows, lines = [], []
    except csv.Error as error:
        faults.add(f"line {records.begun}", f"“{error}”", rule="a table is CSV", way_out="close or double its quotes")
    yield rows, lines


def _broken(name: str, records: _Records, error: Exception) -> TableError:
    where = f"line {records.begun}"
    return refuse(name, where, f"“{error}”", rule="a table is CSV", way_out="close its quotes, and double those inside")


def _frame(rows: list[list[str]], width: int) -> Any:  # noqa: ANN401 - pandas is imported where it is needed
    import pandas as pd  # noqa: PLC0415 - slow to import, and wanted only here

    columns = zip(*rows, strict=True) if rows else ((),) * width
    return pd.DataFrame({place: list(cells) for place, cells in enumerate(columns)}, dtype=str)


def _filled(chunks: Sequence[Any], place: int) -> bool:
    return any(bool((chunk[place].str.strip() != "").any()) for chunk in chunks if len(chunk))


def _joined(chunks: Sequence[Any], names: Sequence[str], kept: Sequence[int]) -> Any:  # noqa: ANN401 - as above
    import pandas as pd  # noqa: PLC0415 - as above

    frame = pd.concat(chunks, ignore_index=True) if len(chunks) > 1 else chunks[0]
    frame = frame[list(kept)]
    return frame.set_axis([names[place] for place in kept], axis=1)
