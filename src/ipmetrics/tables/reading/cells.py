"""Whole columns of printed cells as arrays: digits as whole numbers, decimals, percent signs, and what is wrong.

This room knows bytes and the shapes that nearly every cell has; it decides those many rows at a time, and hands every
other text, once, to `read_cell`, whose grammar is the law. It does not know what a column's figures mean together.
It loads numpy, and so is itself loaded only when a table is read.
"""

from __future__ import annotations

import math
import numbers
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.columns import Column
from ipmetrics.tables.reading.cell_grammar import (
    BLANKS,
    GROUP_BLANKS,
    MINUS_SIGNS,
    MOST_DIGITS,
    PERCENT,
    PERCENT_SIGNS,
    CellReading,
    grammar_of,
    read_cell,
)
from ipmetrics.tables.verdicts import REASON_CODES, RowReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ipmetrics.tables.reading.cell_grammar import CellGrammar

    Bools = NDArray[np.bool_]
    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]

Native = Any
"""A column of a library that may not be installed; `Object` is whatever stands in one."""
Object = Any

__all__ = ["Cells", "read_cells"]

_MISSING = REASON_CODES[RowReason.MISSING]
_NOT_FINITE = REASON_CODES[RowReason.NOT_FINITE]
_NO_NUMERAL = REASON_CODES[RowReason.NO_NUMERAL]
_TOO_LARGE = REASON_CODES[RowReason.TOO_LARGE]

_BLOCK = 1 << 18
"""Rows packed into bytes at a time: bounds the memory."""
_CHUNK = 1 << 14
"""Rows read at a time: their arrays stay in the processor's cache."""
_WIDEST = 26
"""Bytes of a plain cell: 18 digits, their separators, a sign, a decimal mark, and one to spare."""
_MOST_BLANKS = 8
"""Blanks stripped on either side of a plain cell."""
_MANY = 256
"""From so many different unusual texts on, it pays to fold their characters and try again."""

_PLUS, _MINUS, _PERCENT, _ZERO, _BLANK = b"+-%0 "
_IS_BLANK = np.isin(np.arange(256), [ord(blank) for blank in BLANKS if blank.isascii()])
_FOLDS = {
    other: plain
    for plain, alike in (("-", MINUS_SIGNS), (" ", GROUP_BLANKS), ("%", PERCENT_SIGNS))
    for other in alike.replace(plain, "")
}


@attrs.frozen(eq=False)
class Cells:
    """A column, read: one entry for each cell, in order, as `CellReading` has them.

    ``mantissa`` is int64, the rest int8. Where ``trouble`` is not 0, the others are.
    """

    mantissa: NDArray[np.int64]
    places: NDArray[np.int8]
    sign: NDArray[np.int8]
    trouble: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.trouble)

    @classmethod
    def blank(cls, rows: int) -> Cells:
        """Return so many cells of zeros, to be filled."""
        return cls(np.zeros(rows, np.int64), *(np.zeros(rows, np.int8) for _ in range(3)))

    def taken(self, rows: Sequence[int] | NDArray[Any]) -> Cells:
        """Return the cells of these rows."""
        return Cells(*(array[rows] for array in self.arrays))

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        """The four arrays, in the order of `CellReading`."""
        return self.mantissa, self.places, self.sign, self.trouble

    def put(self, row: int, reading: CellReading) -> None:
        """Fill in one cell."""
        for array, value in zip(self.arrays, reading, strict=True):
            array[row] = value


@attrs.frozen(eq=False)
class _Packed:
    """Texts as UTF-8 bytes: row i stands from ``starts[i]`` up to but not including ``stops[i]``."""

    data: Bytes
    starts: Places
    stops: Places

    def texts(self, rows: Places) -> Iterator[bytes]:
        """Return the bytes of these rows."""
        data = self.data.data
        return (bytes(data[a:b]) for a, b in zip(self.starts[rows].tolist(), self.stops[rows].tolist(), strict=True))


# ------------------------------------------------------------------------------ what is given
def read_cells(texts: Native, column: Column) -> Cells:
    """Read a column of printed cells, each as `read_cell` reads it.

    Objects that are no strings are read where they still are what was printed: whole numbers, and decimals with
    their zeros. A float is not, and holds no numeral; an empty value, whatever its type, is missing.

    Parameters
    ----------
    texts
        A pandas or polars series, a pyarrow array, chunked or not, a numpy array, or any iterable of objects.
    column
        How the column was printed.

    Examples
    --------
    >>> cells = read_cells(["40,455", "19.60%", None], Column())
    >>> cells.mantissa.tolist(), cells.places.tolist(), cells.sign.tolist(), cells.trouble.tolist()
    ([40455, 1960, 0], [0, 2, 0], [0, -2, 0], [0, 0, 1])
    """
    readers: dict[str, Callable[[Native, Column], Cells]] = {
        "pandas": _read_pandas,
        "polars": _read_polars,
        "pyarrow": _read_arrow,
        "numpy": lambda array, column: _read_objects(array.tolist(), column),
    }
    reader = readers.get(type(texts).__module__.partition(".")[0])
    return reader(texts, column) if reader is not None else _read_objects(list(texts), column)


def _read_pandas(series: Native, column: Column) -> Cells:
    import pandas as pd  # noqa: PLC0415 - only where the column is one of pandas

    if isinstance(series.dtype, pd.CategoricalDtype):
        return _read_codes(series.dtype.categories, pd.Categorical(series).codes, column)
    if isinstance(series.dtype, pd.ArrowDtype) or getattr(series.dtype, "storage", None) == "pyarrow":
        return _read_arrow(series.array.__arrow_array__(), column)
    return _read_objects(series.tolist(), column)


def _read_codes(categories: Iterable[Object], codes: NDArray[Any], column: Column) -> Cells:
    """Read each category once; code -1, the last of the cells read, is a missing one."""
    return _read_objects([*categories, None], column).taken(codes)


def _read_polars(series: Native, column: Column) -> Cells:
    import polars as pl  # noqa: PLC0415 - only where the column is one of polars

    if isinstance(series.dtype, (pl.Categorical, pl.Enum)):
        series = series.cast(pl.String)
    if series.dtype != pl.String:
        return _read_objects(series.to_list(), column)
    blocks = (series.slice(start, _BLOCK) for start in range(0, len(series), _BLOCK))
    return _joined([_read_packed(_of_polars(block), column) for block in blocks])


def _of_polars(series: Native) -> _Packed:
    """Pack strings without pyarrow, and without a Python object for each."""
    series = series.fill_null("")
    stops = np.cumsum(series.str.len_bytes().to_numpy(), dtype=np.int64)
    data = np.frombuffer(series.str.join("").item().encode(), np.uint8)
    return _Packed(data, np.concatenate(([0], stops[:-1])), stops)


def _read_arrow(array: Native, column: Column) -> Cells:
    import pyarrow as pa  # noqa: PLC0415 - only where the column is one of pyarrow

    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    return _joined([_read_arrow_chunk(chunk, column) for chunk in chunks])


def _read_arrow_chunk(array: Native, column: Column) -> Cells:
    import pyarrow as pa  # noqa: PLC0415 - only where the column is one of pyarrow

    if pa.types.is_dictionary(array.type):
        codes = array.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False)
        return _read_codes(array.dictionary.to_pylist(), codes, column)
    if pa.types.is_string(array.type) or array.type == pa.string_view():
        array = array.cast(pa.large_string())
    if array.type != pa.large_string():
        return _read_objects(array.to_pylist(), column)
    _, offsets, data = array.buffers()
    if not len(array) or data is None:
        return _read_objects([""] * len(array), column)
    ends = np.frombuffer(offsets, np.int64, len(array) + 1, array.offset * 8)
    starts, stops = ends[:-1], ends[1:]
    if array.null_count:  # nothing is promised of the bytes behind a null
        stops = np.where(array.is_null().to_numpy(zero_copy_only=False), starts, stops)
    return _read_packed(_Packed(np.frombuffer(data, np.uint8), starts, stops), column)


def _read_objects(values: Sequence[Object], column: Column) -> Cells:
    """Read objects of any kinds."""
    blocks = (values[start : start + _BLOCK] for start in range(0, len(values), _BLOCK))
    return _joined([_read_block(block, column) for block in blocks])


def _read_block(values: Sequence[Object], column: Column) -> Cells:
    """Read objects, of which each that is no text becomes one, or trouble."""
    try:
        return _read_packed(_of_texts(values), column)
    except TypeError:  # some are no texts
        point = grammar_of(column).point
        printed = [value if type(value) is str else _printed(value, point) for value in values]
    cells = _read_packed(_of_texts([text if type(text) is str else "" for text in printed]), column)
    trouble = np.array([0 if type(text) is str else text for text in printed], np.int8)
    np.copyto(cells.trouble, trouble, where=trouble != 0)
    return cells


def _printed(value: Object, point: str) -> str | int:
    """Return the text that an object stands for, or the code of what is wrong with it."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return _MISSING
    if value is True or value is False:
        return _NO_NUMERAL
    if isinstance(value, int | numbers.Integral):
        return str(int(value)) if abs(int(value)) < 10**MOST_DIGITS else _TOO_LARGE
    if isinstance(value, (float, np.floating)) and not math.isfinite(value):
        return _NOT_FINITE if math.isinf(value) else _MISSING
    if isinstance(value, Decimal):
        return _printed_decimal(value, point)
    return str(value) if isinstance(value, str) else _NO_NUMERAL  # a float among them: it has lost its zeros


def _printed_decimal(value: Decimal, point: str) -> str | int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return _NOT_FINITE if value.is_infinite() else _MISSING
    if exponent < -MOST_DIGITS or value.adjusted() >= MOST_DIGITS:  # told before a billion zeros are written
        return _TOO_LARGE
    return format(value, "f").replace(".", point)


def _of_texts(texts: Sequence[str], *, folded: bool = False) -> _Packed:
    """Pack strings; folded, look-alikes become the plain characters that the grammar reads alike."""
    joined = "\n".join(texts)
    if joined.count("\n") + 1 == len(texts):
        for other, plain in _FOLDS.items() if folded else ():
            joined = joined.replace(other, plain)
        data = np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)
        ends = np.concatenate(([-1], np.flatnonzero(data == ord("\n")), [data.size]))
        return _Packed(data, ends[:-1] + 1, ends[1:])
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    stops = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return _Packed(np.frombuffer(b"".join(encoded), np.uint8), stops[:-1], stops[1:])


def _joined(parts: Sequence[Cells]) -> Cells:
    if len(parts) == 1:
        return parts[0]
    return Cells(*map(np.concatenate, zip(*(part.arrays for part in parts), strict=True))) if parts else Cells.blank(0)


# ------------------------------------------------------------------------------ what is read
def _read_packed(packed: _Packed, column: Column) -> Cells:
    """Read the plain cells many at a time, and the others by the grammar, each text once."""
    cells, rest = _read_plain(packed, column)
    if rest.size:
        seen: dict[bytes, int] = {}
        which = [seen.setdefault(text, len(seen)) for text in packed.texts(rest)]
        unusual = _read_unusual([text.decode("utf-8", "replace") for text in seen], column).taken(which)
        for array, values in zip(cells.arrays, unusual.arrays, strict=True):
            array[rest] = values
    return cells


def _read_unusual(texts: Sequence[str], column: Column) -> Cells:
    """Read different texts that are not plain; many of them first with their look-alikes folded."""
    if len(texts) < _MANY:
        cells, rest = Cells.blank(len(texts)), np.arange(len(texts))
    else:
        cells, rest = _read_plain(_of_texts(texts, folded=True), column)
    for row in rest.tolist():
        cells.put(row, read_cell(texts[row], column))
    return cells


def _read_plain(packed: _Packed, column: Column) -> tuple[Cells, Places]:
    """Read what is plain, and name the rows that are not."""
    grammar = grammar_of(column)
    cells, rest = Cells.blank(len(packed.starts)), [np.zeros(0, np.int64)]
    data = packed.data if packed.data.size else np.zeros(1, np.uint8)
    marks = [read_cell(mark, Column(decimal_comma=column.decimal_comma)) for mark in grammar.read_marks]
    for first in range(0, len(cells), _CHUNK):
        rows = slice(first, first + _CHUNK)
        found, plain, empty = _read_chunk(data, packed.starts[rows], packed.stops[rows], grammar)
        for mark in marks:
            plain &= ~((found.mantissa == mark.mantissa) & (found.places == mark.places) & (found.sign == mark.sign))
        rest.append(first + np.flatnonzero(~(plain | empty)))
        if column.number is not None and column.number > 1:  # a cell of one number prints no second
            cells.trouble[rows] = np.where(plain, _MISSING, 0)
        else:
            cells.mantissa[rows] = found.mantissa * plain
            cells.places[rows] = found.places * plain
            cells.sign[rows] = found.sign * plain
        cells.trouble[rows][empty] = _MISSING
    return cells, np.concatenate(rest)


def _read_chunk(data: Bytes, starts: Places, stops: Places, grammar: CellGrammar) -> tuple[Cells, Bools, Bools]:
    """Read some rows, and say which of them were plain, so that what was read is right, and which empty."""
    starts, stops = _stripped(data, starts, stops)
    empty = starts == stops
    percent = (data.take(stops - 1, mode="clip") == _PERCENT) & ~empty
    if percent.any():
        starts, stops = _stripped(data, starts, stops - percent)
    first = data.take(starts, mode="clip")
    minus = first == _MINUS
    starts = starts + ((minus | (first == _PLUS)) & ~empty)
    width = stops - starts
    plain = (width > 0) & (width <= _WIDEST)
    mantissa, places, numeral = _read_digits(data, starts, np.where(plain, width, 0), grammar)
    sign = percent * np.int8(PERCENT)
    return Cells(np.where(minus, -mantissa, mantissa), places, sign, sign), plain & numeral, empty


def _stripped(data: Bytes, starts: Places, stops: Places) -> tuple[Places, Places]:
    """Move both ends inwards over blanks, up to eight of them on a side."""
    for _ in range(_MOST_BLANKS):
        blank = _IS_BLANK[data.take(starts, mode="clip")] & (starts < stops)
        if not blank.any():
            break
        starts = starts + blank
    for _ in range(_MOST_BLANKS):
        blank = _IS_BLANK[data.take(stops - 1, mode="clip")] & (starts < stops)
        if not blank.any():
            break
        stops = stops - blank
    return starts, stops


def _read_digits(
    data: Bytes, starts: Places, width: Places, grammar: CellGrammar
) -> tuple[NDArray[np.int64], NDArray[np.int8], Bools]:
    """Read unsigned numerals, character by character, all rows at once; say which ones are numerals.

    The digits since the last separator, ``run``, tell whether a separator or the end may stand where it does.
    """
    rows, point, group = len(starts), ord(grammar.point), ord(grammar.group)
    mantissa = np.zeros(rows, np.int64)
    digits, run = np.zeros(rows, np.uint8), np.zeros(rows, np.uint8)
    bad, pointed, by_mark, by_blank = (np.zeros(rows, np.bool_) for _ in range(4))
    zero_first = data.take(starts, mode="clip") == _ZERO
    for place in range(int(width.max(initial=0))):
        character = data.take(starts + place, mode="clip")
        live = width > place
        digit = character - np.uint8(_ZERO)
        is_digit = (digit < 10) & live
        mantissa = np.where(is_digit, mantissa * 10 + digit, mantissa)
        digits += is_digit
        run += is_digit
        other = live & ~is_digit
        if other.any():
            grouped = by_mark | by_blank
            is_point, is_mark, is_blank = (other & (character == each) for each in (point, group, _BLANK))
            is_group = is_mark | is_blank
            bad |= other & (pointed | (grouped & (run != 3)) | ~(is_point | is_group))
            bad |= is_group & ((run == 0) | (run > 3) | zero_first)
            pointed, by_mark, by_blank = pointed | is_point, by_mark | is_mark, by_blank | is_blank
            run *= ~other
    bad |= (run == 0) | ((by_mark | by_blank) & ~pointed & (run != 3)) | (by_mark & by_blank)
    return mantissa, np.where(pointed, run, 0).astype(np.int8), ~bad & (digits <= MOST_DIGITS)
