"""Columns of a lazy frame as expressions of whole numbers, surveyed by one small query.

The counterpart of `arrays`: the same dtypes, the same troubles, the same readings, worked out inside the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.engines.joining import collected
from ipmetrics.tables.places import Place, Sum
from ipmetrics.tables.reading.cell_expressions import with_cells
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

if TYPE_CHECKING:
    from ipmetrics.tables.calls import Call

__all__ = ["Numeric", "read_columns"]

_MISSING = REASON_CODES[RowReason.MISSING]
_NOT_FINITE = REASON_CODES[RowReason.NOT_FINITE]
_MORE_DECIMALS = REASON_CODES[RowReason.MORE_DECIMALS]
_TOO_LARGE = REASON_CODES[RowReason.TOO_LARGE]
_NO_SIGN = REASON_CODES[RowReason.NO_SIGN]


@attrs.frozen
class Numeric:
    """The columns that hold one column's numbers: mantissas, troubles if there are any, units where they differ."""

    mark: str
    reading: Reading
    varies: bool
    rows: int
    troubled: bool = True

    @property
    def mantissa(self) -> str:
        """The mantissas at the reading's places."""
        return self.mark + "_mantissa"

    @property
    def trouble(self) -> str:
        """The code of what is amiss with a cell; 0 for nothing."""
        return self.mark + "_trouble"

    @property
    def unit(self) -> str | None:
        """One unit of the last place, where rows differ in it."""
        return self.mark + "_unit" if self.varies else None

    def renamed(self, mark: str) -> Numeric:
        """Return the same numbers under other names."""
        return attrs.evolve(self, mark=mark)


def read_columns(call: Call) -> tuple[dict[int, Any], dict[tuple[int, str], Numeric]]:
    """Return each frame of a call with the numbers of the columns that are used, and where they stand."""
    wanted: dict[int, dict[str, None]] = {id(call.frame): {}}
    frames = {id(call.frame): call.frame}
    for asked in call.asked:
        for operand in operands_of(asked.relation):
            if isinstance(operand, Place | Sum):
                source = call.source(operand)
                frames[id(source)] = source
                wanted.setdefault(id(source), {})[operand.column] = None
    numeric: dict[tuple[int, str], Numeric] = {}
    for key, names in wanted.items():
        frames[key], found = _read(call, frames[key], list(names))
        numeric |= {(key, name): one for name, one in found.items()}
    return frames, numeric


def _read(call: Call, frame: Any, names: list[str]) -> tuple[Any, dict[str, Numeric]]:  # noqa: ANN401 - a lazy frame
    """Return one frame with the numbers of some of its columns."""
    if not names:
        return frame, {}
    schema = frame.collect_schema()
    marks = {name: f"__ipm_c{at}" for at, name in enumerate(names)}
    kinds = {name: _kind(schema[call.physical(name)]) for name in names}
    numbers: list[nw.Expr] = []
    texts = {}
    for name, mark in marks.items():
        column, declared = nw.col(call.physical(name)), call.declared(name)
        if kinds[name] == "texts":
            texts[mark] = (column, declared.column)
        elif kinds[name] == "floats":
            mantissa, trouble = _of_floats(column, declared)
            numbers += [mantissa.alias(f"{mark}_mantissa"), trouble.cast(nw.Int64).alias(f"{mark}_trouble")]
    frame = frame.with_columns(*numbers) if numbers else frame
    frame, _ = with_cells(frame, texts)
    summed = {
        operand.column for asked in call.asked for operand in operands_of(asked.relation) if isinstance(operand, Sum)
    }
    questions = [
        question
        for name, mark in marks.items()
        for question in _asked(kinds[name], nw.col(call.physical(name)), call.declared(name), mark, name in summed)
    ]
    found = collected(frame.select(nw.len().alias("__ipm_rows"), *questions)).rows(named=True)[0]
    numeric: dict[str, Numeric] = {}
    exprs: list[nw.Expr] = []
    for name, mark in marks.items():
        mantissa, trouble = nw.col(mark + "_mantissa"), nw.col(mark + "_trouble").cast(nw.Int64)
        if kinds[name] == "integers":
            mantissa, trouble = _of_integers(nw.col(call.physical(name)), missing=found[f"{mark}_trouble_most"] > 0)
        numeric[name], more = _aligned(kinds[name], call.declared(name), mark, found, (mantissa, trouble))
        exprs += more
    frame = frame.with_columns(*exprs) if exprs else frame
    spent = [f"{mark}_{part}" for mark in texts for part in ("places", "sign")]
    return frame.drop(*spent) if spent else frame, numeric


def _kind(dtype: Any) -> str:  # noqa: ANN401 - a dtype of narwhals
    """Say how a column is read: as whole numbers, as floats, or cell by cell."""
    return "integers" if dtype.is_integer() else "floats" if dtype.is_float() else "texts"


def _of_integers(column: nw.Expr, *, missing: bool) -> tuple[nw.Expr, nw.Expr]:
    """Return whole numbers, which show no decimals."""
    mantissa = column.cast(nw.Int64)
    if not missing:
        return mantissa, nw.lit(0)
    nothing = column.is_null()
    mantissa = nw.when(nothing).then(nw.lit(0, nw.Int64)).otherwise(mantissa)
    return mantissa, nw.when(nothing).then(nw.lit(_MISSING)).otherwise(nw.lit(0))


def _of_floats(values: nw.Expr, declared: Declared) -> tuple[nw.Expr, nw.Expr]:
    """Return floats of declared decimals as whole numbers: each must be the float nearest to such a numeral."""
    values = values.cast(nw.Float64)
    stated = declared_places(declared.column)
    scale = 10.0 ** (stated[0] if stated is not None else 0)
    missing = values.is_null() | values.is_nan()
    small = (values.abs() * scale < EXACT_FLOAT) & values.is_finite()
    rounded = (nw.when(small & ~missing).then(values).otherwise(nw.lit(0.0)) * scale).round(0)
    # Divided by a column: an engine may multiply by the reciprocal of a constant, which rounds twice.
    fits = rounded / (rounded * 0.0 + scale) == values
    trouble = (
        nw.when(small)
        .then(nw.when(fits).then(nw.lit(0)).otherwise(nw.lit(_MORE_DECIMALS)))
        .otherwise(nw.when(values.is_finite()).then(nw.lit(_TOO_LARGE)).otherwise(nw.lit(_NOT_FINITE)))
    )
    trouble = nw.when(missing).then(nw.lit(_MISSING)).otherwise(trouble)
    return nw.when(trouble == 0).then(rounded).otherwise(nw.lit(0.0)).cast(nw.Int64), trouble


def _asked(kind: str, column: nw.Expr, declared: Declared, mark: str, summed: bool) -> list[nw.Expr]:  # noqa: FBT001 - one of five questions
    """Return what the survey asks of one column; cells in trouble are 0, and widen no bound."""
    mantissa, readable = nw.col(mark + "_mantissa"), nw.col(mark + "_trouble") == 0
    trouble = nw.col(mark + "_trouble").max()
    if kind == "integers":
        mantissa, trouble = column.cast(nw.Int64), column.null_count()
    asked: list[nw.Expr] = [
        mantissa.min().alias(f"{mark}_mantissa_least"),
        mantissa.max().alias(f"{mark}_mantissa_most"),
        trouble.alias(f"{mark}_trouble_most"),
    ]
    for part in ("_places", "_sign") if kind == "texts" else ():
        values = nw.when(readable).then(nw.col(mark + part))
        asked += [values.min().alias(f"{mark}{part}_least"), values.max().alias(f"{mark}{part}_most")]
    if summed:
        asked.append(mantissa.cast(nw.Float64).abs().sum().alias(f"{mark}_total"))
    if declared_places(declared.column) is None:
        zeros = nw.when(mantissa != 0).then(_trailing_zeros(mantissa))
        asked.append(zeros.min().alias(f"{mark}_zeros"))
    return asked


def _trailing_zeros(mantissa: nw.Expr) -> nw.Expr:
    """Count the trailing zeros of whole numbers other than 0."""
    zeros: nw.Expr = nw.lit(0)
    for power in range(1, MOST_ZEROS + 1):
        zeros = zeros + nw.when(mantissa % 10**power == 0).then(nw.lit(1)).otherwise(nw.lit(0))
    return zeros


def _aligned(
    kind: str, declared: Declared, mark: str, found: dict[str, Any], cells: tuple[nw.Expr, nw.Expr]
) -> tuple[Numeric, list[nw.Expr]]:
    """Return the reading of one column, and its mantissas brought to one number of decimals."""
    got = {name[len(mark) + 1 :]: _int(value) for name, value in found.items() if name.startswith(mark + "_")}
    stated = declared_places(declared.column)
    fewest, most = got.get("places_least", 0), got.get("places_most", 0)
    if kind == "floats" and stated is not None:
        fewest = most = stated[0]
    goal, last = stated if stated is not None else (most, 1)
    fewest = min(fewest, goal)
    widen = 10 ** (goal - fewest)
    shown = found.get(f"{mark}_zeros")
    sign = got.get("sign_least", 0) if declared.column.multiplier is None else 0
    rows = int(found["__ipm_rows"])
    survey = Survey(
        rows=rows,
        least=got["mantissa_least"],
        most=got["mantissa_most"],
        places=fewest,
        fewest=fewest,
        zeros=MOST_ZEROS if shown is None or shown != shown else int(shown),  # noqa: PLR0124 - as below
        sign=sign or None,
        total=int(got.get("total", 0) * 1.001) + 1,
    ).brought_to(goal)
    (mantissa, trouble), exprs = cells, []
    troubled = got["trouble_most"] > 0
    if sign and got["sign_most"] != sign:
        trouble, troubled = _also(trouble, nw.col(mark + "_sign") != sign, _NO_SIGN), True
    if stated is not None and most > goal:
        trouble, troubled = _also(trouble, nw.col(mark + "_places") > goal, _MORE_DECIMALS), True
    if widen > 1:
        factor: Any = _factor(mark, fewest, goal) if kind == "texts" else nw.lit(widen, nw.Int64)
        large = mantissa.abs() > nw.lit(MOST_MANTISSA, nw.Int64) // factor
        trouble, troubled = _also(trouble, large, _TOO_LARGE), True
        mantissa = nw.when(large).then(nw.lit(0, nw.Int64)).otherwise(mantissa) * factor
        if stated is None:
            exprs.append(factor.cast(nw.Int64).alias(mark + "_unit"))
    if last != 1:
        trouble, troubled = _also(trouble, mantissa % last != 0, _MORE_DECIMALS), True
    # All from the columns as they were read: the engine works them out side by side.
    if widen > 1 or kind == "integers":
        exprs.append(mantissa.cast(nw.Int64).alias(mark + "_mantissa"))
    exprs.append(trouble.cast(nw.Int64).alias(mark + "_trouble"))
    reading = reading_of(declared, survey)
    varies = widen > 1 and stated is None
    return Numeric(mark, reading, varies=varies, rows=rows, troubled=troubled), exprs


def _factor(mark: str, fewest: int, goal: int) -> nw.Expr:
    """Return 10 to the decimals that a cell lacks."""
    factor: Any = nw.lit(1, nw.Int64)
    for places in range(fewest, goal):
        factor = (
            nw.when(nw.col(mark + "_places") == places).then(nw.lit(10 ** (goal - places), nw.Int64)).otherwise(factor)
        )
    return nw.when(nw.col(mark + "_trouble") == 0).then(factor).otherwise(nw.lit(1, nw.Int64))


def _also(trouble: nw.Expr, where: nw.Expr, code: int) -> nw.Expr:
    """Add a trouble to the rows that have none yet."""
    return nw.when((trouble == 0) & where).then(nw.lit(code)).otherwise(trouble)


def _int(value: Any) -> int:  # noqa: ANN401 - what an engine makes of a whole number, or of none
    return 0 if value is None or value != value else int(value)  # noqa: PLR0124 - a float that is no number
