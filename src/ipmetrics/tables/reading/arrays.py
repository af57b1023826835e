"""Columns of an eager frame as arrays of whole numbers: read once, surveyed, and brought to one number of decimals.

This room knows dtypes of numpy and of narwhals series. It does not know what a formula asks of a column. A survey may
be handed in, so that a table that is read part by part is read in the same way throughout.
"""

from __future__ import annotations

from typing import Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.reading.cells import read_cells
from ipmetrics.tables.reading.readings import (
    EXACT_FLOAT,
    MOST_MANTISSA,
    MOST_ZEROS,
    Declared,
    Reading,
    Survey,
    declared_places,
    reading_of,
)
from ipmetrics.tables.verdicts import REASON_CODES, RowReason

__all__ = ["Array", "Raw", "array_of", "raw_of", "survey_of"]

_MISSING = REASON_CODES[RowReason.MISSING]
_NOT_FINITE = REASON_CODES[RowReason.NOT_FINITE]
_MORE_DECIMALS = REASON_CODES[RowReason.MORE_DECIMALS]
_TOO_LARGE = REASON_CODES[RowReason.TOO_LARGE]
_NO_SIGN = REASON_CODES[RowReason.NO_SIGN]


@attrs.frozen
class Raw:
    """The cells of a column as they stand: mantissas, decimals and signs, and what is amiss; None for nothing."""

    mantissa: NDArray[np.int64]
    places: NDArray[np.int8] | int
    sign: NDArray[np.int8] | None
    trouble: NDArray[np.int8] | None


@attrs.frozen
class Array:
    """One column, read: mantissas at the reading's places, each row's unit, and each row's trouble (0: none)."""

    reading: Reading
    mantissa: NDArray[np.int64]
    unit: NDArray[np.int64] | None
    trouble: NDArray[np.int8] | None


def array_of(series: nw.Series[Any], declared: Declared, survey: Survey | None = None) -> Array:
    """Read a column of an eager frame, by its own survey or by that of the whole table it is a part of."""
    raw = raw_of(series, declared)
    return _aligned(raw, declared, survey_of(raw, declared) if survey is None else survey)


def raw_of(series: nw.Series[Any], declared: Declared) -> Raw:
    """Return the cells of a column as numbers, as far as each cell alone can tell."""
    dtype = series.dtype
    if dtype.is_integer():
        return _of_integers(series)
    if dtype.is_float():
        return _of_floats(series, declared)
    cells = read_cells((series.cast(nw.String) if dtype == nw.Decimal else series).to_native(), declared.column)
    signs = cells.sign if cells.sign.any() else None
    trouble = cells.trouble if cells.trouble.any() else None
    return Raw(cells.mantissa, _shared(cells.places, trouble), signs, trouble)


def _of_integers(series: nw.Series[Any]) -> Raw:
    trouble: NDArray[np.int8] | None = None
    # A column of numpy's own whole numbers holds no nulls, and is not searched for them.
    may_be_null = not isinstance(getattr(series.to_native(), "dtype", None), np.dtype)
    if may_be_null and series.null_count():
        trouble = np.where(series.is_null().to_numpy(), _MISSING, 0).astype(np.int8)
        series = series.fill_null(0)
    values = np.ascontiguousarray(series.to_numpy())
    if values.dtype == np.uint64:
        large = values > MOST_MANTISSA
        trouble = _also(trouble, large, _TOO_LARGE)
        values = np.where(large, 0, values)
    return Raw(values.astype(np.int64, copy=False), 0, None, trouble)


def _of_floats(series: nw.Series[Any], declared: Declared) -> Raw:
    """Read floats of declared decimals: each must be the float nearest to such a numeral."""
    values = np.asarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)
    stated = declared_places(declared.column)
    places = stated[0] if stated is not None else 0
    scale = 10.0**places
    with np.errstate(invalid="ignore", over="ignore"):
        rounded = np.rint(values * scale)
        fits = rounded / scale == values  # correctly rounded division gives the nearest float of the numeral
        small = np.abs(rounded) < EXACT_FLOAT
    trouble: NDArray[np.int8] | None = None
    if not (fits & small).all():
        trouble = np.where(fits, 0, _MORE_DECIMALS).astype(np.int8)
        trouble[~small] = _TOO_LARGE
        trouble[np.isinf(values)] = _NOT_FINITE
        trouble[np.isnan(values)] = _MISSING
        rounded = np.where(trouble == 0, rounded, 0.0)
    return Raw(rounded.astype(np.int64), places, None, trouble)


def _shared(places: NDArray[np.int8], trouble: NDArray[np.int8] | None) -> NDArray[np.int8] | int:
    """Return one number of decimals if all readable cells have the same."""
    shown = places if trouble is None else places[trouble == 0]
    if not shown.size:
        return 0
    least = int(shown.min())
    return least if least == int(shown.max()) else places


def survey_of(raw: Raw, declared: Declared) -> Survey:
    """Return what all readable cells of a column show together; bounds only where the reading depends on them."""
    mantissa = raw.mantissa
    if raw.trouble is not None and raw.trouble.all():
        return Survey()  # nothing is readable, so nothing is shown
    if isinstance(raw.places, int):
        fewest = places = raw.places
    else:
        shown = raw.places if raw.trouble is None else raw.places[raw.trouble == 0]
        fewest, places = int(shown.min()), int(shown.max())
    asks_zeros = declared_places(declared.column) is None and places == 0
    zeros = _shared_zeros(mantissa) if asks_zeros else 0
    least, most = (int(mantissa.min()), int(mantissa.max())) if zeros and mantissa.size else (0, 0)
    sign = None if raw.sign is None else int(raw.sign.min())
    return Survey(mantissa.size, least, most, places, fewest, zeros, sign)


def _aligned(raw: Raw, declared: Declared, survey: Survey) -> Array:
    """Bring mantissas to one number of decimals, and say which cells do not fit what was declared or shown."""
    stated = declared_places(declared.column)
    goal = stated[0] if stated is not None else survey.places
    survey = survey.brought_to(goal)
    reading = reading_of(declared, survey)
    mantissa, trouble = raw.mantissa, raw.trouble
    if declared.column.multiplier is None and survey.sign is not None:
        signs = np.zeros(mantissa.shape, dtype=np.int8) if raw.sign is None else raw.sign
        trouble = _also(trouble, signs != survey.sign, _NO_SIGN)
    unit: NDArray[np.int64] | None = None
    if not isinstance(raw.places, int) or raw.places != goal:
        trouble = _also(trouble, np.greater(raw.places, goal) & np.ones(mantissa.shape, dtype=bool), _MORE_DECIMALS)
        lacking = np.clip(goal - np.asarray(raw.places, dtype=np.int64), 0, MOST_ZEROS)
        factor = np.power(np.int64(10), lacking)
        large = np.abs(mantissa) > MOST_MANTISSA // factor
        trouble = _also(trouble, large, _TOO_LARGE)
        mantissa = np.where(large, 0, mantissa) * factor
        unit = np.broadcast_to(factor, mantissa.shape) if reading.unit is None else None
    elif reading.unit is None:
        unit = np.ones(mantissa.shape, dtype=np.int64)
    if stated is not None and stated[1] != 1:
        trouble = _also(trouble, mantissa % stated[1] != 0, _MORE_DECIMALS)
    if trouble is not None:
        mantissa = np.where(trouble == 0, mantissa, 0)
    return Array(reading, mantissa, unit, trouble)


def _also(trouble: NDArray[np.int8] | None, where: NDArray[np.bool_], code: int) -> NDArray[np.int8] | None:
    """Add a trouble to the rows that have none yet."""
    if not where.any():
        return trouble
    before = np.zeros(where.shape, dtype=np.int8) if trouble is None else trouble
    return np.where(where & (before == 0), code, before).astype(np.int8)


def _shared_zeros(mantissa: NDArray[np.int64]) -> int:
    """Count the trailing zeros that all of the numbers share; as many as there can be if all are 0."""
    zeros = 0
    # The first rows decide it nearly always, and cost nothing.
    sample = mantissa[:4096]
    while zeros < MOST_ZEROS and not (sample % 10 ** (zeros + 1)).any():
        zeros += 1
    while zeros and (mantissa % 10**zeros).any():
        zeros -= 1
    return zeros
