"""Tables that stay where they are: the same kernels as expressions, worked out by polars, DuckDB, Spark or Dask.

One small query surveys the columns that are used; everything after it is one plan, with the verdicts in it, that
the engine runs when the caller collects it. This room knows expressions; numbers it has never seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.calls import operands_of, refuse
from ipmetrics.tables.engines.joining import carries, looked_up, repeated_keys, summed
from ipmetrics.tables.kernels.ends import Ends, Printed, ends_of, exactly
from ipmetrics.tables.kernels.expression_algebra import ExpressionAlgebra
from ipmetrics.tables.kernels.implied import implied
from ipmetrics.tables.kernels.judging import Judged, judged
from ipmetrics.tables.places import Constant, Place, Sum
from ipmetrics.tables.reading.expressions import Numeric, read_columns
from ipmetrics.tables.verdicts import FIRST_UNREADABLE, NOT_ASKED, REASON_CODES, VERDICT_CODES, RowReason, RowVerdict

if TYPE_CHECKING:
    from ipmetrics.tables.calls import Asked, Call
    from ipmetrics.tables.kernels.algebras import Flag

__all__ = ["answered"]

_ROW = "__ipm_row"
_NO_MATCH = REASON_CODES[RowReason.NO_MATCH]
_MISSING_PARTS = REASON_CODES[RowReason.MISSING_PARTS]
_TOO_LARGE = REASON_CODES[RowReason.TOO_LARGE]
_FLAGS = ("lower_closed", "upper_closed", "lower_tie", "upper_tie", "empty")


@attrs.frozen
class _Operand:
    """One operand: its ends, its trouble, and what the slack needs of a subject."""

    ends: Ends
    trouble: nw.Expr | None = None
    numeric: Numeric | None = None


@attrs.frozen
class Coded:
    """A lazy frame with bare codes, in columns called ``__ipm_verdict_NAME`` and ``__ipm_reason_NAME``.

    ``possible`` are the codes of verdicts that may occur beside 0, by formula.
    """

    frame: nw.LazyFrame[Any]
    possible: Mapping[str, tuple[int, ...]]


def answered(call: Call) -> tuple[nw.LazyFrame[Any], Coded]:
    """Return the frame with the columns of every formula after its own, still lazy, and one with the bare codes.

    Counting codes is quicker than counting words.

    Raises
    ------
    TableError
        If keys find more than one row.
    """
    refuse(repeated_keys(call))
    return _Plan(call).answered()


class _Plan:
    """A frame that grows by the numbers a formula needs, and shrinks to the columns that were asked for."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.algebra = ExpressionAlgebra(wide=call.frame.implementation.name in {"POLARS", "DUCKDB"})
        self.schema = call.frame.collect_schema()
        self.names = self.schema.names()
        frames, self.numeric = read_columns(call)
        self.sources = frames
        self.frame = frames[id(call.frame)]
        self.joins = 0
        self.possible: dict[str, tuple[int, ...]] = {}

    def answered(self) -> tuple[nw.LazyFrame[Any], Coded]:
        ordered = (self.call.looks_elsewhere() or bool(self.call.others)) and self.call.frame.implementation.is_polars()
        if ordered:
            # Of the lazy engines polars alone has an order of rows, and a join may lose it.
            self.frame = nw.from_native(nw.to_native(self.frame).with_row_index(_ROW))
        stays = [*self.frame.collect_schema().names()]
        for asked in self.call.asked:
            # What one formula needs goes before the next comes: engines pay for every column of every step.
            answer = self._answer(asked)
            stays += [f"__ipm_{name}_{asked.name}" for name in answer]
            self.frame = self.frame.with_columns(
                *(column.alias(f"__ipm_{name}_{asked.name}") for name, column in answer.items())
            ).select(*stays)
        frame = self.frame.sort(_ROW) if ordered else self.frame
        words = [column for asked in self.call.asked for column in self._words(asked.name)]
        return frame.select(*self.names, *words), Coded(self.frame, self.possible)

    def operand(self, operand: Place | Sum | Constant) -> _Operand:
        """Return one operand as expressions over the frame, which may be joined for it."""
        if isinstance(operand, Constant):
            return _Operand(exactly(operand.value))
        source = self.call.source(operand)
        numeric = self.numeric[id(source), operand.column]
        if isinstance(operand, Sum):
            return self._sum(operand, numeric)
        if not operand.here:
            numeric = self._joined(operand, numeric, source)
            return _Operand(ends_of(_printed(numeric), self.algebra), nw.col(numeric.trouble), numeric)
        trouble = nw.col(numeric.trouble) if numeric.troubled else None
        return _Operand(ends_of(_printed(numeric), self.algebra), trouble, numeric)

    def _joined(self, place: Place, numeric: Numeric, source: Any) -> Numeric:  # noqa: ANN401 - a lazy frame
        """Bring the numbers of another row to each row."""
        self.joins += 1
        there = numeric.renamed(f"__ipm_j{self.joins}")
        pairs = {numeric.mantissa: there.mantissa, numeric.trouble: there.trouble}
        if numeric.unit is not None and there.unit is not None:
            pairs[numeric.unit] = there.unit
        joined = looked_up(self.frame, self.sources[id(source)], place, pairs, source.collect_schema())
        filled = [
            nw.col(there.mantissa).fill_null(0).alias(there.mantissa),
            nw.col(there.trouble).fill_null(_NO_MATCH).alias(there.trouble),
        ]
        if there.unit is not None:
            filled.append(nw.col(there.unit).fill_null(1).alias(there.unit))
        self.frame = joined.with_columns(*filled)
        return there

    def _sum(self, parts: Sum, numeric: Numeric) -> _Operand:
        """Bring the sum of the parts to each row; those with its own label, itself first of all, are no parts."""
        self.joins += 1
        mark = f"__ipm_{self.joins}_"
        ends: Ends = ends_of(_printed(numeric), self.algebra)
        amiss = nw.when(nw.col(numeric.trouble) > 0).then(nw.lit(1)).otherwise(nw.lit(0))
        payload = {"lower": ends.lower, "upper": ends.upper, "amiss": amiss, "one": nw.lit(1)}
        varying = [flag for flag in _FLAGS if not isinstance(getattr(ends, flag), bool)]
        payload |= {flag: nw.when(getattr(ends, flag)).then(nw.lit(1)).otherwise(nw.lit(0)) for flag in varying}
        columns = [expression.cast(nw.Int64).alias(mark + name) for name, expression in payload.items()]
        # Summed up from the table as it was read: the growing frame would be in the plan twice, and twice again.
        source = self.sources[id(self.call.frame)].with_columns(*columns)
        named = parts.of_one_label
        every, own = ({mark + name: f"{mark}{kind}_{name}" for name in payload} for kind in ("sum", "own"))
        self.frame = summed(self.frame, source, parts, every, {numeric.trouble: f"{mark}worst"}, self.schema)
        self.frame = summed(self.frame, source, named, own, {}, self.schema)
        sums: dict[str, Any] = {
            name: nw.col(f"{mark}sum_{name}").fill_null(0).cast(nw.Int64)
            - nw.col(f"{mark}own_{name}").fill_null(0).cast(nw.Int64)
            for name in payload
        }
        most = (numeric.reading.total + numeric.rows * numeric.reading.widest) * ends.parts
        trouble = _sum_trouble(sums, nw.col(f"{mark}worst"), too_large=not self.algebra.holds(2 * most))
        flags: dict[str, Any] = {
            flag: sums[flag] == sums["one"] if flag.endswith("closed") else sums[flag] > 0 for flag in varying
        }
        whole = attrs.evolve(
            ends,
            lower=sums["lower"],
            upper=sums["upper"],
            most=min(most, 2**62),
            least=-most if ends.least < 0 else 0,
            point=False,
            **flags,
        )
        return _Operand(whole, trouble)

    def _answer(self, asked: Asked) -> dict[str, nw.Expr]:
        """Return the codes and floats of one formula; the frame grows by the columns that they rest on."""
        operands = [
            None if operand is None else self._kept(self.operand(operand), at)
            for at, operand in enumerate(operands_of(asked.relation))
        ]
        algebra = ExpressionAlgebra(wide=self.algebra.wide, mark="__ipm_kept_")
        found = judged(asked.relation, [None if operand is None else operand.ends for operand in operands], algebra)
        for stage in algebra.kept:
            self.frame = self.frame.with_columns(*stage) if stage else self.frame
        verdict, reason = self._codes(found, operands)
        applies = carries(self.schema, asked.formula.where)
        if applies is not None:
            verdict = nw.when(applies).then(verdict).otherwise(nw.lit(-1))
            reason = nw.when(applies).then(reason).otherwise(nw.lit(0))
        amiss = _worst(operands) is not None
        codes = {
            RowVerdict.INCONSISTENT: found.impossible is not False,
            RowVerdict.EDGE: found.edge is not False,
            RowVerdict.UNDETERMINED: amiss or found.open is not False,
            RowVerdict.UNREADABLE: amiss,
        }
        self.possible[asked.name] = tuple(VERDICT_CODES[word] for word, may_be in codes.items() if may_be) + (
            () if applies is None else (NOT_ASKED,)
        )
        answer = {"verdict": verdict.cast(nw.Int8)}
        if "reason" in self.call.output:
            answer["reason"] = reason.cast(nw.Int8)
        others = _worst(operands[1:])
        floats = self._floats(asked, operands)
        if floats:
            answer["others"] = (nw.lit(0) if others is None else others).cast(nw.Int8)
        return answer | floats

    def _codes(self, found: Judged, operands: list[_Operand | None]) -> tuple[nw.Expr, nw.Expr]:
        """Return the verdict and the reason of each row."""
        worst = _worst(operands)
        cases = (
            (found.impossible, VERDICT_CODES[RowVerdict.INCONSISTENT]),
            (found.open, VERDICT_CODES[RowVerdict.UNDETERMINED]),
            (found.edge, VERDICT_CODES[RowVerdict.EDGE]),
        )
        if worst is None:
            return _chosen(*cases), _why(found)
        parts = {"said": _chosen(*cases), "why": _why(found), "trouble": worst}
        self.frame = self.frame.with_columns(
            *(part.cast(nw.Int64).alias(f"__ipm_{name}") for name, part in parts.items())
        )
        said, why, trouble = (nw.col(f"__ipm_{name}") for name in parts)
        # A negative figure is impossible by itself, whatever else is missing; what cannot be read might be anything.
        amiss = (trouble > 0) & ((why != REASON_CODES[RowReason.NEGATIVE]) | (trouble >= FIRST_UNREADABLE))
        unreadable = amiss & (trouble >= FIRST_UNREADABLE)
        verdict = nw.when(amiss).then(nw.lit(VERDICT_CODES[RowVerdict.UNDETERMINED])).otherwise(said)
        verdict = nw.when(unreadable).then(nw.lit(VERDICT_CODES[RowVerdict.UNREADABLE])).otherwise(verdict)
        return verdict, nw.when(amiss).then(trouble).otherwise(why)

    def _kept(self, operand: _Operand, at: int) -> _Operand:
        """Make columns of the ends of an operand, unless they are a number more or less."""
        if all(isinstance(getattr(operand.ends, flag), bool) for flag in _FLAGS):
            return operand
        parts = {name: getattr(operand.ends, name) for name in ("lower", "upper", *_FLAGS)}
        varying = {name: part for name, part in parts.items() if isinstance(part, nw.Expr)}
        self.frame = self.frame.with_columns(*(part.alias(f"__ipm_end_{at}_{name}") for name, part in varying.items()))
        changed: dict[str, Any] = {name: nw.col(f"__ipm_end_{at}_{name}") for name in varying}
        return attrs.evolve(operand, ends=attrs.evolve(operand.ends, **changed))

    def _floats(self, asked: Asked, operands: list[_Operand | None]) -> dict[str, nw.Expr]:
        """Return what the others imply, for reading."""
        subject = operands[0]
        wanted = [name for name in ("lower", "upper", "slack") if name in self.call.output]
        if not wanted or subject is None or subject.numeric is None:
            return {}
        numeric = subject.numeric
        unit: Any = numeric.reading.unit if numeric.unit is None else nw.col(numeric.unit)
        ends = [None if operand is None else operand.ends for operand in operands]
        told = implied(asked.relation, ends, unit, numeric.reading.multiplier, self.algebra)
        return {name: _real(getattr(told, name)) for name in wanted}

    def _words(self, name: str) -> list[nw.Expr]:
        """Return the columns of one formula as they are handed out."""
        code = nw.col(f"__ipm_verdict_{name}")
        judged_row = (code >= 0) & (code < VERDICT_CODES[RowVerdict.UNDETERMINED])
        columns = []
        for kind in self.call.output:
            column = nw.col(f"__ipm_{kind}_{name}")
            if kind == "verdict":
                column = self._enumerated(_told(column, VERDICT_CODES), [str(verdict) for verdict in RowVerdict])
            elif kind == "reason":
                column = self._enumerated(_told(column, REASON_CODES), [str(reason) for reason in RowReason])
            else:
                known = judged_row
                if kind == "slack":
                    column = nw.when(code == VERDICT_CODES[RowVerdict.EDGE]).then(nw.lit(0.0)).otherwise(column)
                else:
                    # What the others imply does not need the figure itself: it is told where that is missing, too.
                    known = (code >= 0) & (nw.col(f"__ipm_others_{name}") == 0)
                column = nw.when(known).then(column)
            columns.append(column.alias(f"{name}_{kind}"))
        return columns

    def _enumerated(self, column: nw.Expr, words: list[str]) -> nw.Expr:
        return column.cast(nw.Enum(words)) if self.call.frame.implementation.is_polars() else column


def _printed(numeric: Numeric) -> Printed:
    reading = numeric.reading
    unit: Any = reading.unit if numeric.unit is None else nw.col(numeric.unit)
    return Printed(
        nw.col(numeric.mantissa),
        unit,
        reading.power,
        reading.rule,
        reading.signed,
        reading.whole,
        reading.least,
        reading.most,
        reading.widest,
    )


def _worst(operands: list[_Operand | None]) -> nw.Expr | None:
    """Return the worst that is amiss with the operands of each row, or None where nothing can be."""
    troubles = [operand.trouble for operand in operands if operand is not None and operand.trouble is not None]
    return nw.max_horizontal(*troubles) if len(troubles) > 1 else troubles[0] if troubles else None


def _why(found: Judged) -> nw.Expr:
    """Return the reason of what the kernel says, where there is more to it than the figures."""
    left_open = RowReason.WHOLE_NUMBERS if found.whole is not False else RowReason.TOO_LARGE
    return _chosen(
        (found.negative, REASON_CODES[RowReason.NEGATIVE]),
        (_and(found.zero_base, found.impossible), REASON_CODES[RowReason.ZERO_BASE]),
        (_and(found.open, _not(found.impossible)), REASON_CODES[left_open]),
    )


def _sum_trouble(sums: Mapping[str, nw.Expr], worst: nw.Expr, *, too_large: bool) -> nw.Expr:
    """Return the trouble of a sum over rows: no part at all, some part amiss, or too large to be added up."""
    unreadable = worst.fill_null(0) >= FIRST_UNREADABLE
    amiss = nw.when(unreadable).then(worst.fill_null(0)).otherwise(nw.lit(_MISSING_PARTS))
    trouble = nw.when(sums["amiss"] > 0).then(amiss).otherwise(nw.lit(_TOO_LARGE if too_large else 0))
    return nw.when(sums["one"] == 0).then(nw.lit(_NO_MATCH)).otherwise(trouble)


def _chosen(*cases: tuple[Flag, int]) -> nw.Expr:
    """Return the code of the first case that holds, else 0."""
    found: nw.Expr = nw.lit(0, nw.Int8)
    for condition, code in reversed(cases):
        if condition is True:
            found = nw.lit(code, nw.Int8)
        elif condition is not False:
            found = nw.when(condition).then(nw.lit(code, nw.Int8)).otherwise(found)
    return found


def _and(first: Flag, second: Flag) -> Flag:
    if first is False or second is False:
        return False
    return second if first is True else first if second is True else first & second


def _not(flag: Flag) -> Flag:
    return not flag if isinstance(flag, bool) else ~flag


def _real(number: Any) -> Any:  # noqa: ANN401 - an expression, made of a float if need be
    return nw.lit(float(number)) if isinstance(number, int | float) else number


def _told(code: nw.Expr, codes: Mapping[Any, int]) -> Any:  # noqa: ANN401 - an expression, however it is nested
    """Return the words of codes, null where there is none."""
    word: Any = nw.lit(None, nw.String)
    for text, number in codes.items():
        word = nw.when(code == number).then(nw.lit(str(text))).otherwise(word)
    return word
