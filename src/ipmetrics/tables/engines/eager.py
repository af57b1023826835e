"""Tables in memory, checked as arrays of numpy in chunks that fit the processor's cache, on all of its cores.

This room runs the kernels over the rows, chunk by chunk, and writes down what they say.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.calls import operands_of, refuse
from ipmetrics.tables.engines.joining import repeated_keys
from ipmetrics.tables.engines.sheets import Operand, Sheet, printed_of, rows_that_carry
from ipmetrics.tables.kernels.ends import Ends, Printed, ends_of
from ipmetrics.tables.kernels.implied import implied
from ipmetrics.tables.kernels.judging import Judged, judged
from ipmetrics.tables.kernels.numpy_algebra import Gauge, NumpyAlgebra
from ipmetrics.tables.places import Product
from ipmetrics.tables.verdicts import FIRST_UNREADABLE, NOT_ASKED, REASON_CODES, VERDICT_CODES, RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.tables.calls import Asked, Call
    from ipmetrics.tables.reading.readings import Survey

__all__ = ["Answer", "answers"]

# Long enough that two threads seldom wait for each other, short enough for the processor's cache.
_CHUNK = 1 << 17
_BLOCK = 1 << 18
_EXACT_DOUBLE = 2**50
"""Doubles hold whole numbers up to 2⁵³; what is left is for the quarters that a product of two halves may have."""

_INCONSISTENT = VERDICT_CODES[RowVerdict.INCONSISTENT]
_UNDETERMINED = VERDICT_CODES[RowVerdict.UNDETERMINED]
_UNREADABLE = VERDICT_CODES[RowVerdict.UNREADABLE]


@attrs.frozen
class Answer:
    """The columns of one formula: codes of verdicts and reasons, and floats for reading; None if not asked for."""

    verdict: NDArray[np.int8]
    reason: NDArray[np.int8] | None
    lower: NDArray[np.float64] | None
    upper: NDArray[np.float64] | None
    slack: NDArray[np.float64] | None


def answers(call: Call, surveys: Mapping[str, Survey] | None = None) -> dict[str, Answer]:
    """Return the columns of every formula of a call on a frame in memory.

    ``surveys`` are those of the whole table, by column, where the frame is a part of it; whoever has surveyed the
    whole has looked for repeated keys in it too.

    Raises
    ------
    TableError
        If keys find more than one row.
    """
    if surveys is None:
        refuse(repeated_keys(call))
    sheet = Sheet(call, surveys or {})
    return {asked.name: _answer(asked, sheet) for asked in call.asked}


def _answer(asked: Asked, sheet: Sheet) -> Answer:
    """Work one formula out, block by block."""
    operands = [None if operand is None else sheet.operand(operand) for operand in operands_of(asked.relation)]
    rows = len(sheet.call.frame)
    applies = rows_that_carry(sheet.call.frame, asked.formula.where) if asked.formula.where else None
    output = sheet.call.output
    floats = {
        name: np.empty(rows, dtype=np.float64) if name in output else None for name in ("lower", "upper", "slack")
    }
    reason = np.zeros(rows, dtype=np.int8) if "reason" in output else None
    answer = Answer(np.empty(rows, dtype=np.int8), reason, **floats)
    bounds: dict[object, int] = {}

    def block(start: int) -> None:
        for first in range(start, min(start + _BLOCK, rows), _CHUNK):
            _chunk(asked, operands, applies, answer, slice(first, min(first + _CHUNK, start + _BLOCK, rows)), bounds)

    starts = range(0, rows, _BLOCK)
    if len(starts) > 1:
        with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, 8)) as pool:
            list(pool.map(block, starts))
    else:
        for start in starts:
            block(start)
    return answer


def _chunk(
    asked: Asked,
    operands: list[Operand | None],
    applies: NDArray[np.bool_] | None,
    answer: Answer,
    rows: slice,
    bounds: dict[object, int],
) -> None:
    """Work one formula out for some rows, and write its columns."""
    algebra = NumpyAlgebra()
    ends = _ends(asked, operands, rows, bounds)
    found = judged(asked.relation, ends, algebra)
    verdict = answer.verdict[rows]
    verdict[:] = np.multiply(found.impossible, _INCONSISTENT, dtype=np.int8)
    if found.edge is not False:
        np.maximum(verdict, np.asarray(found.edge).view(np.int8), out=verdict)
    if found.open is not False:
        verdict[np.broadcast_to(found.open, verdict.shape)] = _UNDETERMINED
    amiss = _trouble(operands, rows)
    if amiss is not None and found.negative is not False:
        # Impossible by itself, whatever else is missing; what cannot be read might be anything.
        amiss = np.where(found.negative & (amiss < FIRST_UNREADABLE), 0, amiss)
    if amiss is not None:
        verdict[:] = np.where(amiss > 0, np.where(amiss >= FIRST_UNREADABLE, _UNREADABLE, _UNDETERMINED), verdict)
    if applies is not None:
        verdict[~applies[rows]] = NOT_ASKED
    if answer.reason is not None:
        _write_reasons(found, amiss, applies, answer.reason, rows)
    _write_floats(asked, operands, ends, answer, rows)


def _ends(asked: Asked, operands: list[Operand | None], rows: slice, bounds: dict[object, int]) -> list[Ends | None]:
    """Return the ends of every operand of some rows.

    Where every sum and product of the relation stays small, doubles hold it exactly, halves included, and are twice
    as fast as whole numbers of 64 bits; a bound of the relation says so before a number is touched.
    """
    algebra = NumpyAlgebra()
    printed = [
        None if operand is None or operand.array is None else printed_of(operand.array, rows) for operand in operands
    ]
    others = [None if operand is None else operand.cut(rows) for operand in operands]
    if _in_doubles(asked, printed, others, bounds):
        printed = [None if one is None else _held_in_doubles(one) for one in printed]
    return [other if one is None else ends_of(one, algebra) for one, other in zip(printed, others, strict=True)]


def _in_doubles(
    asked: Asked, printed: list[Printed | None], others: list[Ends | None], bounds: dict[object, int]
) -> bool:
    """Say whether doubles hold everything that a relation asks of some rows."""
    if isinstance(asked.relation, Product) and asked.relation.periods > 1:
        return False
    if any(one is None and other is None for one, other in zip(printed, others, strict=True)):
        return False
    if any(
        one is not None and (one.rule is Rounding.HALF_EVEN or (one.whole and one.rule is not Rounding.EXACT))
        for one in printed
    ):
        return False  # they divide, which is for whole numbers
    key = tuple(None if one is None else _rough_bounds(one) for one in printed)
    if key not in bounds:
        gauge = Gauge()
        rough = [None if one is None else _roughly(one) for one in printed]
        nothing = slice(0, 0)
        ends = [
            ends_of(one, gauge) if one is not None else _emptied(other, nothing)
            for one, other in zip(rough, others, strict=True)
        ]
        judged(asked.relation, ends, gauge)
        bounds[key] = gauge.most
    return bounds[key] < _EXACT_DOUBLE


def _held_in_doubles(printed: Printed) -> Printed:
    """Return printed numbers whose ends will be doubles."""
    exact = printed.rule is Rounding.EXACT
    mantissa = printed.mantissa.astype(np.float64) if exact else printed.mantissa
    return Printed(
        mantissa,
        printed.unit,
        printed.power,
        printed.rule,
        printed.signed,
        printed.whole,
        printed.least,
        printed.most,
        printed.widest,
        in_doubles=True,
    )


def _rough_bounds(printed: Printed) -> tuple[int, int]:
    """Round the bounds outward to powers of two, so that chunks share them."""
    least = min(printed.least, 1) if printed.least >= 0 else -(1 << (-printed.least).bit_length())
    return least, 1 << max(abs(printed.most), abs(printed.least), 1).bit_length()


def _roughly(printed: Printed) -> Printed:
    """Return no rows at all, under rough bounds."""
    least, most = _rough_bounds(printed)
    unit = printed.unit[:0] if isinstance(printed.unit, np.ndarray) else printed.unit
    return attrs.evolve(printed, mantissa=printed.mantissa[:0], unit=unit, least=least, most=most)


def _emptied(ends: Ends | None, nothing: slice) -> Ends | None:
    return None if ends is None else Operand(ends=ends).cut(nothing)


def _trouble(operands: list[Operand | None], rows: slice) -> NDArray[np.int8] | None:
    worst: NDArray[np.int8] | None = None
    for operand in operands:
        if operand is not None and operand.trouble is not None:
            mine = operand.trouble[rows]
            worst = mine if worst is None else np.maximum(worst, mine)
    return worst


def _write_reasons(
    found: Judged,
    amiss: NDArray[np.int8] | None,
    applies: NDArray[np.bool_] | None,
    reason: NDArray[np.int8],
    rows: slice,
) -> None:
    """Write why rows are what they are, where that is more than their figures."""
    told = reason[rows]
    for flag, why in ((found.zero_base, RowReason.ZERO_BASE), (found.negative, RowReason.NEGATIVE)):
        if flag is not False:
            told[np.asarray(flag & found.impossible)] = REASON_CODES[why]
    if found.open is not False:
        why = RowReason.WHOLE_NUMBERS if found.whole is not False else RowReason.TOO_LARGE
        told[np.broadcast_to(found.open, told.shape)] = REASON_CODES[why]
    if amiss is not None:
        told[:] = np.where(amiss > 0, amiss, told)
    if applies is not None:
        told[~applies[rows]] = 0


def _write_floats(
    asked: Asked, operands: list[Operand | None], ends: list[Ends | None], answer: Answer, rows: slice
) -> None:
    """Write what the others imply, for the rows that have a verdict."""
    if answer.lower is None and answer.upper is None and answer.slack is None:
        return
    subject = operands[0]
    if subject is None or subject.array is None:
        message = "the subject of a formula is a column"
        raise AssertionError(message)
    reading, unit = subject.array.reading, subject.array.unit
    with np.errstate(over="ignore", invalid="ignore"):
        told = implied(
            asked.relation, ends, reading.unit if unit is None else unit[rows], reading.multiplier, NumpyAlgebra()
        )
    verdict = answer.verdict[rows]
    undecided = (verdict < 0) | (verdict >= _UNDETERMINED)
    # What the others imply does not need the figure itself: it is told where that is missing, too.
    others = _trouble(operands[1:], rows)
    nothing = verdict < 0 if others is None else (verdict < 0) | (others > 0)
    for column, values, unknown in (
        (answer.lower, told.lower, nothing),
        (answer.upper, told.upper, nothing),
        (answer.slack, told.slack, undecided),
    ):
        if column is not None:
            column[rows] = values
            column[rows][unknown] = np.nan
    if answer.slack is not None:
        answer.slack[rows][verdict == VERDICT_CODES[RowVerdict.EDGE]] = 0.0
