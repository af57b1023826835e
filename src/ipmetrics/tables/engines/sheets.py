"""The operands of a formula for every row of a frame in memory: columns, rows found elsewhere, sums over rows.

This room reads columns once, and fetches numbers from other rows by their position. It does not judge them, and it does
not know which library the frame is of: that ends with `arrays` and `joining`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.engines.joining import carries, looked_up, summed
from ipmetrics.tables.kernels.ends import Ends, Printed, ends_of, exactly
from ipmetrics.tables.kernels.numpy_algebra import NumpyAlgebra
from ipmetrics.tables.places import Constant, Place, Sum
from ipmetrics.tables.reading.arrays import Array, array_of
from ipmetrics.tables.verdicts import FIRST_UNREADABLE, REASON_CODES, RowReason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.reading.readings import Survey

__all__ = ["Operand", "Sheet", "printed_of", "rows_that_carry"]

_FLAGS = ("lower_closed", "upper_closed", "lower_tie", "upper_tie", "empty")
_NO_MATCH = REASON_CODES[RowReason.NO_MATCH]
_MISSING_PARTS = REASON_CODES[RowReason.MISSING_PARTS]


@attrs.frozen
class Operand:
    """One operand of a formula for every row: a column, ends that were summed up, or a constant."""

    array: Array | None = None
    ends: Ends | None = None
    trouble: NDArray[np.int8] | None = None

    def cut(self, rows: slice) -> Ends | None:
        """Return the ends of some rows, where they are no column's."""
        return None if self.ends is None else _cut(self.ends, rows)


def printed_of(array: Array, rows: slice) -> Printed:
    """Return the printed numbers of some rows of a column, bounded by those rows alone."""
    reading, mantissa = array.reading, array.mantissa[rows]
    least, most = (int(mantissa.min()), int(mantissa.max())) if mantissa.size else (0, 0)
    unit = reading.unit if array.unit is None else array.unit[rows]
    return Printed(
        mantissa, unit, reading.power, reading.rule, reading.signed, reading.whole, least, most, reading.widest
    )


def _cut(ends: Ends, rows: slice) -> Ends:
    cut = {
        field.name: getattr(ends, field.name)[rows]
        for field in attrs.fields(Ends)
        if isinstance(getattr(ends, field.name), np.ndarray)
    }
    return attrs.evolve(ends, **cut)


class Sheet:
    """The frames of one call with the columns that were read so far."""

    def __init__(self, call: Call, surveys: Mapping[str, Survey]) -> None:
        self.call = call
        self.surveys = surveys
        self.read: dict[tuple[int, str], Array] = {}

    def array(self, frame: nw.DataFrame[Any], name: str) -> Array:
        """Return a whole column of a frame."""
        key = (id(frame), name)
        if key not in self.read:
            mine = frame is self.call.frame or frame is self.call.whole
            survey = self.surveys.get(name) if mine else None
            self.read[key] = array_of(frame.get_column(self.call.physical(name)), self.call.declared(name), survey)
        return self.read[key]

    def operand(self, operand: Place | Sum | Constant) -> Operand:
        """Return an operand with one number for each row of the main frame."""
        if isinstance(operand, Constant):
            return Operand(ends=exactly(operand.value))
        array = self.array(self.call.source(operand), operand.column)
        if isinstance(operand, Sum):
            return self._sum(operand, array)
        if operand.here:
            return Operand(array, trouble=array.trouble)
        found = self._positions(operand)
        return _taken(array, found)

    def _positions(self, place: Place) -> NDArray[np.int64]:
        """Return for each row the position of the row that a place finds, −1 for none."""
        keys = [*place.keys, *([place.over] if place.over else [])]
        source = self.call.source(place)
        there = _with_rows(source, [*keys, *(column for column, _ in place.labels)], "__ipm_there")
        here = _with_rows(self.call.frame, keys, "__ipm_here")
        found_rows = {"__ipm_there": "__ipm_found"}
        joined = looked_up(here, there, place, found_rows, source.schema).sort("__ipm_here")
        found = joined.get_column("__ipm_found").fill_null(-1).cast(nw.Int64).to_numpy()
        return np.asarray(found, dtype=np.int64)

    def _sum(self, parts: Sum, array: Array) -> Operand:
        """Return the ends of a sum over rows; those with this row's own label, itself first of all, are no parts."""
        source, main = self.call.source(parts), self.call.frame
        ends = ends_of(printed_of(array, slice(None)), NumpyAlgebra())
        payload = _payload(array, ends)
        named = parts.of_one_label
        columns = [*named.keys, *(column for column, _ in parts.labels)]
        there = _with_numbers(_with_rows(source, columns, "__ipm_there"), payload)
        joined = _with_rows(main, list(named.keys), "__ipm_here")
        summands = [name for name in payload if name != "trouble"]
        worst = {"__ipm_trouble": "__ipm_worst"}
        every = {f"__ipm_{name}": f"__ipm_sum_{name}" for name in summands}
        own = {f"__ipm_{name}": f"__ipm_own_{name}" for name in summands}
        joined = summed(joined, there, parts, every, worst, source.schema)
        joined = summed(joined, there, named, own, {}, source.schema).sort("__ipm_here")
        sums = {name: _whole(joined, f"__ipm_sum_{name}") - _whole(joined, f"__ipm_own_{name}") for name in summands}
        # Floats add up any number of ends without passing a limit; the sum bounds every group's.
        most = int(sum(np.abs(payload[name].astype(np.float64)).sum() for name in ("lower", "upper")) * 1.001) + 1
        return _summed_up(sums, ends, _whole(joined, "__ipm_worst"), most)


def _payload(array: Array, ends: Ends) -> dict[str, NDArray[np.int64]]:
    """Return what is summed up of a column: ends, flags, and what is amiss."""
    rows = array.mantissa.size
    trouble = np.zeros(rows, dtype=np.int64) if array.trouble is None else array.trouble.astype(np.int64)
    flags = {name: np.broadcast_to(np.asarray(getattr(ends, name)), (rows,)).astype(np.int64) for name in _FLAGS}
    numbers = {"lower": ends.lower, "upper": ends.upper, "one": np.ones(rows, dtype=np.int64)}
    return numbers | flags | {"amiss": (trouble != 0).astype(np.int64), "trouble": trouble}


def rows_that_carry(frame: nw.DataFrame[Any], labels: Any) -> NDArray[np.bool_]:  # noqa: ANN401 - Labels
    """Return which rows carry some labels."""
    mine = carries(frame.schema, labels)
    if mine is None:
        return np.ones(len(frame), dtype=bool)
    return (
        frame.select(mine.alias("__ipm_mine")).get_column("__ipm_mine").fill_null(value=False).to_numpy().astype(bool)
    )


def _whole(frame: nw.DataFrame[Any], name: str) -> NDArray[np.int64]:
    return np.array(frame.get_column(name).fill_null(0).cast(nw.Int64).to_numpy(), dtype=np.int64)


def _with_rows(frame: nw.DataFrame[Any], columns: list[str], name: str) -> nw.DataFrame[Any]:
    """Return some columns with the number of each row, and no index of pandas."""
    unique = list(dict.fromkeys(columns))
    if unique:
        return nw.maybe_reset_index(frame.select(*unique)).with_row_index(name)
    return nw.from_dict({name: np.arange(len(frame), dtype=np.int64)}, backend=frame.implementation)


def _with_numbers(frame: nw.DataFrame[Any], numbers: Mapping[str, NDArray[Any]]) -> nw.DataFrame[Any]:
    series = [
        nw.new_series(f"__ipm_{name}", values.astype(np.int64), nw.Int64, backend=frame.implementation)
        for name, values in numbers.items()
    ]
    return frame.with_columns(*series)


def _taken(array: Array, found: NDArray[np.int64]) -> Operand:
    """Return a column's numbers at the rows that were found."""
    none = found < 0
    at = np.where(none, 0, found)
    size = array.mantissa.size
    if not size:
        nothing = np.zeros(found.shape, dtype=np.int64)
        return Operand(
            attrs.evolve(array, mantissa=nothing, unit=None), trouble=np.full(found.shape, _NO_MATCH, dtype=np.int8)
        )
    trouble = np.zeros(found.shape, dtype=np.int8) if array.trouble is None else array.trouble[at]
    trouble = np.where(none, _NO_MATCH, trouble).astype(np.int8)
    unit = None if array.unit is None else array.unit[at]
    return Operand(attrs.evolve(array, mantissa=array.mantissa[at], unit=unit), trouble=trouble)


def _summed_up(sums: dict[str, NDArray[np.int64]], ends: Ends, worst: NDArray[np.int64], most: int) -> Operand:
    """Turn sums of ends and counts of flags into the ends of the sum."""
    count = sums["one"]
    trouble = np.where(sums["amiss"] > 0, np.maximum(worst, _MISSING_PARTS), 0)
    trouble = np.where((sums["amiss"] > 0) & (worst < FIRST_UNREADABLE), _MISSING_PARTS, trouble)
    trouble = np.where(count == 0, _NO_MATCH, trouble)
    if most > 2**62:
        trouble = np.maximum(trouble, REASON_CODES[RowReason.TOO_LARGE])
    whole = Ends(
        sums["lower"],
        sums["upper"],
        ends.parts,
        ends.power,
        least=min(int(sums["lower"].min()), 0) if count.size else 0,
        most=min(most, 2**62),
        lower_closed=_all(ends.lower_closed, sums["lower_closed"] == count),
        upper_closed=_all(ends.upper_closed, sums["upper_closed"] == count),
        lower_tie=_all(ends.lower_tie, sums["lower_tie"] > 0),
        upper_tie=_all(ends.upper_tie, sums["upper_tie"] > 0),
        empty=False if ends.empty is False else sums["empty"] > 0,
    )
    return Operand(ends=whole, trouble=trouble.astype(np.int8))


def _all(flag: Any, counted: NDArray[np.bool_]) -> Any:  # noqa: ANN401 - a bool or an array of them
    return flag if isinstance(flag, bool) else counted
