"""From rows that were picked to findings: how their columns were read, which cells they rest on, what those imply.

This room puts together what `fetching` brings and what `one_row` works out. It gives no verdict: the rows have one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.errors import IpmetricsError
from ipmetrics.intervals import Interval
from ipmetrics.rationals import format_number
from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.places import Constant, Place, Sum
from ipmetrics.tables.reading.arrays import raw_of, survey_of
from ipmetrics.tables.reading.cells import read_cells
from ipmetrics.tables.reading.readings import Reading, reading_of
from ipmetrics.tables.telling.fetching import rows_found
from ipmetrics.tables.telling.one_row import gap_of, worked_out
from ipmetrics.tables.telling.row_findings import DECIDED, PrintedCell, ReadColumn, RowFinding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.tables.calls import Asked, Call
    from ipmetrics.tables.reading.readings import Survey
    from ipmetrics.tables.telling.fetching import Picked
    from ipmetrics.tables.verdicts import RowVerdict

__all__ = ["Evidence"]

_NOT_NEGATIVE = Interval.at_least(0)


class Evidence:
    """How the columns of one call were read; worked out when the first row is put into words.

    ``surveys`` are those of the whole table, where it comes in parts.
    """

    def __init__(self, call: Call, surveys: Mapping[str, Survey] | None = None) -> None:
        self.call = call
        self._surveys = surveys
        self._readings: dict[tuple[int | None, str], Reading] = {}

    def reading(self, place: Place | Sum, call: Call | None = None) -> Reading:
        """Return how the column of a place is read."""
        frame = place.frame if isinstance(place, Place) else None
        key = (None if frame is None else id(frame), place.column)
        if key not in self._readings:
            self._readings[key] = self._read(place, call or self.call, mine=frame is None)
        return self._readings[key]

    def _read(self, place: Place | Sum, call: Call, *, mine: bool) -> Reading:
        declared = call.declared(place.column)
        if mine and self._surveys is not None:
            return reading_of(declared, self._surveys[place.column])
        source = call.source(place)
        if isinstance(source, nw.DataFrame):
            raw = raw_of(source.get_column(call.physical(place.column)), declared)
            return reading_of(declared, survey_of(raw, declared))
        self._read_lazy(call)
        return self._readings[None if mine else id(place.frame), place.column]  # type: ignore[union-attr]  # a Sum is mine

    def _read_lazy(self, call: Call) -> None:
        """Survey all columns of lazy frames at once, as the check itself did."""
        from ipmetrics.tables.reading.expressions import read_columns  # noqa: PLC0415 - only for lazy frames

        known = {id(other): key for key, other in call.others.items()} | {id(call.frame): None}
        for (source, name), numeric in read_columns(call)[1].items():
            self._readings[known[source], name] = numeric.reading

    def columns(self) -> tuple[ReadColumn, ...]:
        """Return how the table's own columns were read."""
        found: dict[str, ReadColumn] = {}
        for asked in self.call.asked:
            for operand in operands_of(asked.relation):
                if isinstance(operand, Sum) or (isinstance(operand, Place) and operand.frame is None):
                    reading = self.reading(operand)
                    unit = None if reading.unit is None else Fraction(reading.unit, 10**reading.places)
                    found[operand.column] = ReadColumn(
                        operand.column, unit, reading.multiplier, reading.rule, reading.whole, reading.signed
                    )
        return tuple(found.values())

    # -------------------------------------------------------------------------- findings

    def findings(self, call: Call, asked: Asked, rows: Picked, verdict: RowVerdict) -> list[RowFinding]:
        """Return what is found in rows that were picked; ``call`` has the part of the table they stand in."""
        if not len(rows.frame):
            return []
        operands = [self._operand(call, operand, rows.frame) for operand in operands_of(asked.relation)]
        found = []
        for at, (position, labels, reason) in enumerate(zip(rows.positions, rows.labels, rows.reasons, strict=True)):
            mine = [None if each is None else each[at] for each in operands]
            base = RowFinding(
                formula=asked.name,
                column=asked.formula.about or asked.name,
                words=asked.formula.words,
                position=position,
                labels=labels,
                cells=tuple(cell for cells in mine if cells for cell in cells if cell.column),
                verdict=verdict,
                reason=reason,
            )
            found.append(_with_intervals(base, asked, mine) if verdict in DECIDED else base)
        return found

    def _operand(
        self, call: Call, operand: Place | Sum | Constant | None, rows: nw.DataFrame[Any]
    ) -> list[tuple[PrintedCell, ...]] | None:
        """Return the cells of one operand for each row; None for a number that is not printed."""
        if operand is None:
            return None
        if isinstance(operand, Constant):
            cell = PrintedCell(column="", text=format_number(operand.value), allowed=Interval.point(operand.value))
            return [(cell,)] * len(rows)
        column, reading = call.physical(operand.column), self.reading(operand, call)
        if isinstance(operand, Place) and operand.here:
            cells = [[(value, 1)] for value in rows.get_column(column).to_list()]
        else:
            cells = rows_found(call.source(operand), operand, column, rows)
        return [self._cells(call, operand, reading, many) for many in cells]

    def _cells(
        self, call: Call, operand: Place | Sum, reading: Reading, many: Sequence[tuple[Any, int]]
    ) -> tuple[PrintedCell, ...]:
        declared = call.declared(operand.column)
        where = _where(operand)
        values = [value for value, _ in many]
        read = read_cells([_shown(value, reading) for value in values], declared.column)
        found = []
        for at, (value, count) in enumerate(many):
            places, trouble = int(read.places[at]), int(read.trouble[at])
            unit = Fraction(1, 10**places) if reading.unit is None else Fraction(reading.unit, 10**reading.places)
            number = Fraction(int(read.mantissa[at]), 10**places)
            found.append(
                PrintedCell(
                    column=operand.column,
                    text=_shown(value, reading) or "",
                    where=where,
                    rows=count,
                    allowed=None if trouble else _allowed(number, unit, reading),
                    unit=unit,
                    multiplier=reading.multiplier,
                )
            )
        return tuple(found)


def _shown(value: Any, reading: Reading) -> str | None:  # noqa: ANN401 - what a frame holds
    """Return a cell as text; a float with the decimals that were declared for it."""
    if value is None or value != value or type(value).__name__ in {"NAType", "NaTType"}:  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, float):
        return f"{value:.{reading.places}f}" if abs(value) != float("inf") else str(value)
    return str(value)


def _allowed(number: Fraction, unit: Fraction, reading: Reading) -> Interval | None:
    """Return the true values behind a printed number, in base units."""
    try:
        allowed = reading.rule.interval(number, unit)
    except IpmetricsError:  # more decimals than were declared
        return None
    allowed *= Fraction(10) ** reading.multiplier
    return allowed if reading.signed else allowed & _NOT_NEGATIVE


def _where(operand: Place | Sum) -> str:
    """Say in which other row or table a number stands."""
    if isinstance(operand, Place) and operand.here:
        return ""
    told = " and ".join(f"{column} is {' or '.join(map(str, allowed))}" for column, allowed in operand.labels)
    if isinstance(operand, Sum):
        return f"sum over {operand.others or 'rows'}" + (f" where {told}" if told else "")
    if operand.frame is not None:
        return "other table"
    return f"{operand.over} − {operand.by}" if operand.over else f"where {told}"


def _with_intervals(finding: RowFinding, asked: Asked, operands: list[tuple[PrintedCell, ...] | None]) -> RowFinding:
    """Work one row out anew."""
    subject = (operands[0] or (None,))[0]
    if subject is None or subject.allowed is None:
        return finding
    ten = Fraction(10) ** subject.multiplier
    unit = subject.unit * ten
    found = worked_out(asked.relation, [_total(cells) for cells in operands], unit)
    implied = found.implied
    return attrs.evolve(
        finding,
        stated=subject.printed,
        implied=None if implied is None else implied / ten,
        exact=found.exact,
        hidden=found.hidden,
        over=found.over,
        slack=None if implied is None or found.over else gap_of(subject.allowed, implied, unit),
    )


def _total(cells: tuple[PrintedCell, ...] | None) -> Interval | None:
    """Return the sum of some cells; None if one of them is not known, or there is none."""
    if not cells or any(cell.allowed is None for cell in cells):
        return None
    total = Interval.point(0)
    for cell in cells:
        if cell.allowed is not None:
            total += cell.allowed * cell.rows
    return total
