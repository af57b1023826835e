"""Which cells each row of a formula reads, and what the others of them leave for one: exact, cell by cell.

This room follows formulas back to single cells, for the few rows that fail. It works in fractions, so it is not meant
for whole tables; what it leaves for a cell is an outer bound where growth is compounded.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from ipmetrics.intervals import Interval
from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.engines.sheets import rows_that_carry
from ipmetrics.tables.places import Constant, Linear, Place, Product, Sum

if TYPE_CHECKING:
    from collections.abc import Iterable

    import narwhals as nw
    from numpy.typing import NDArray

    from ipmetrics.tables.diagnosis.scenes import Scene
    from ipmetrics.tables.reading.arrays import Array

__all__ = ["Cell", "Incidence", "Use"]

_EVERYTHING = Interval.everything()
_POSITIVE = Interval.more_than(0)


@attrs.frozen(order=True)
class Cell:
    """One cell of the table: a position and the name a column goes by."""

    row: int
    column: str


@attrs.frozen
class Use:
    """A row of a formula that reads a cell, and as which of its operands."""

    formula: str
    row: int
    at: int


class Incidence:
    """The cells behind the rows of all formulas of a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.call = scene.trial.call
        self.asked = {asked.name: asked for asked in self.call.asked}
        self._operands = {asked.name: tuple(operands_of(asked.relation)) for asked in self.call.asked}
        self._positions: dict[tuple[str, int], NDArray[np.int64]] = {}
        self._sums: dict[tuple[str, int, int], Interval] = {}

    # -------------------------------------------------------------------- cells
    def cells(self, name: str, row: int) -> list[Cell]:
        """Return the cells of the table itself that a row reads; those of other tables are trusted."""
        found: list[Cell] = []
        for at, operand in enumerate(self._operands[name]):
            if isinstance(operand, Sum):
                found += [Cell(int(there), operand.column) for there in self._members(name, at, row)]
            elif isinstance(operand, Place) and operand.frame is None:
                there = self._position(name, at, row)
                if there >= 0:
                    found.append(Cell(there, operand.column))
        return sorted(set(found))

    def uses(self, cell: Cell) -> list[Use]:
        """Return the judged rows of all formulas that read a cell."""
        physical = self.call.physical(cell.column)
        found = []
        for name, operands in self._operands.items():
            marks = self.scene.trial.marks[name]
            judged = marks.fails | marks.passes
            for at, operand in enumerate(operands):
                if isinstance(operand, Place | Sum) and self.call.physical(operand.column) == physical:
                    rows = self._readers(name, at, operand, cell.row)
                    found += [Use(name, int(row), at) for row in rows if judged[row]]
        return found

    def _readers(self, name: str, at: int, operand: Place | Sum, row: int) -> Any:  # noqa: ANN401 - some whole numbers
        """Return the rows of which an operand reads a row's cell."""
        if isinstance(operand, Place):
            return () if operand.frame is not None else np.flatnonzero(self._positions_of(name, at, operand) == row)
        carries, groups = self._groups(operand)
        if not carries[row]:
            return ()
        same = groups == groups[row]
        same[row] = False
        return np.flatnonzero(same)

    def _position(self, name: str, at: int, row: int) -> int:
        operand = self._operands[name][at]
        return int(self._positions_of(name, at, operand)[row]) if isinstance(operand, Place) else -1

    def _positions_of(self, name: str, at: int, place: Place) -> NDArray[np.int64]:
        """Return for each row the position of the row that a place finds, −1 for none."""
        key = (name, at)
        if key not in self._positions:
            self._positions[key] = _positions(self.call.frame, self.call.source(place), place)
        return self._positions[key]

    def _members(self, name: str, at: int, row: int) -> NDArray[np.intp]:
        operand = self._operands[name][at]
        if not isinstance(operand, Sum):
            return np.array([], dtype=np.intp)
        carries, groups = self._groups(operand)
        mine = carries & (groups == groups[row])
        mine[row] = False
        return np.flatnonzero(mine)

    def _groups(self, parts: Sum) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        return rows_that_carry(self.call.frame, parts.labels), self.scene.codes_of(parts.keys)

    # -------------------------------------------------------------------- intervals
    def printed(self, column: str, row: int, mantissa: int | None = None) -> Interval:
        """Return what is stated by a cell of the table, or would be by another mantissa."""
        return _interval(self.scene.trial.array(column), row, mantissa)

    def operand(self, name: str, at: int, row: int) -> Interval | None:
        """Return the interval of one operand of a row; None for one that is not printed."""
        operand = self._operands[name][at]
        if operand is None:
            return None
        if isinstance(operand, Constant):
            return Interval.point(operand.value)
        if isinstance(operand, Sum):
            key = (name, at, row)
            if key not in self._sums:
                members = self._members(name, at, row)
                self._sums[key] = _total(self.printed(operand.column, int(there)) for there in members)
            return self._sums[key]
        there = self._position(name, at, row)
        if operand.frame is not None:
            return _interval(self.scene.trial.array(operand.column, frame=self.call.source(operand)), there)
        return self.printed(operand.column, there)

    def is_exact(self, use: Use) -> bool:
        """Say whether what is left for a cell by a row is exact, and no outer bound."""
        relation = self.asked[use.formula].relation
        if isinstance(relation, Linear):
            return True
        return relation.periods == 1 and relation.numerator is not None and relation.reference is not None

    def needed(self, use: Use, cell: Cell) -> Interval:
        """Return what the other cells that a row reads leave for one; everything where that cannot be told."""
        relation = self.asked[use.formula].relation
        intervals = [self.operand(use.formula, at, use.row) for at in range(len(self._operands[use.formula]))]
        if isinstance(self._operands[use.formula][use.at], Sum):
            own = self._operands[use.formula][use.at]
            members = self._members(use.formula, use.at, use.row)
            others = [self.printed(own.column, int(there)) for there in members if there != cell.row]  # type: ignore[union-attr] # a sum has a column
            rest = _total(others)
        else:
            rest = Interval.point(0)
        if isinstance(relation, Linear):
            return _of_linear(relation, intervals, use.at, rest)
        return _of_product(relation, intervals, use.at)


def _positions(main: nw.DataFrame[Any], source: nw.DataFrame[Any], place: Place) -> NDArray[np.int64]:
    """Find the one row of each; of several with the same keys, which the check refuses, the last."""
    if place.here:
        return np.arange(len(main), dtype=np.int64)
    over = [] if place.over is None else [place.over]
    there = rows_that_carry(source, place.labels) if place.labels else np.ones(len(source), dtype=bool)
    keys = zip(*(_values(source, name, over) for name in (*place.keys, *over)), strict=True)
    at = {key: row for row, key in enumerate(keys) if there[row]} if place.keys or over else {}
    if not place.keys and not over:
        only = np.flatnonzero(there)
        return np.full(len(main), only[0] if only.size else -1, dtype=np.int64)
    asked = zip(*(_values(main, name, over, place.by) for name in (*place.keys, *over)), strict=True)
    return np.array([-1 if None in key else at.get(key, -1) for key in asked], dtype=np.int64)


def _values(frame: nw.DataFrame[Any], name: str, over: list[str], by: int = 0) -> list[Any]:
    """Return a column of keys; the one along which rows follow each other as whole numbers, so many less."""
    values = frame.get_column(name).to_list()
    return [None if value is None else int(value) - by for value in values] if name in over else values


def _interval(array: Array, row: int, mantissa: int | None = None) -> Interval:
    """Return the true values behind a cell; everything where it holds no figure."""
    if row < 0 or (array.trouble is not None and array.trouble[row]):
        return _EVERYTHING
    reading = array.reading
    tens = Fraction(10) ** reading.power
    unit = reading.unit if array.unit is None else int(array.unit[row])
    value = int(array.mantissa[row]) if mantissa is None else mantissa
    found = reading.rule.interval(value * tens, (unit or 1) * tens)
    return found if reading.signed else found & Interval.at_least(0)


def _total(intervals: Iterable[Interval]) -> Interval:
    total = Interval.point(0)
    for interval in intervals:
        total = total + interval
    return total


def _of_linear(relation: Linear, intervals: list[Interval | None], at: int, rest: Interval) -> Interval:
    """Solve a sum for one operand, or for a part of it where ``rest`` is the others of that operand."""
    total = rest * relation.terms[at].sign
    for place, (term, interval) in enumerate(zip(relation.terms, intervals, strict=True)):
        if place != at and interval is not None:
            total = total + interval * term.sign
    needed = -total * relation.terms[at].sign
    if relation.equal:
        return needed
    if relation.terms[at].sign > 0:
        return Interval(None, needed.upper, False, needed.upper_closed)  # noqa: FBT003 - ends as they are written
    return Interval(needed.lower, None, needed.lower_closed, False)  # noqa: FBT003 - ends as they are written


def _of_product(relation: Product, intervals: list[Interval | None], at: int) -> Interval:
    """Solve a quotient for one operand."""
    subject, numerator, reference = intervals
    if subject is None or numerator is None or reference is None:
        return _EVERYTHING
    reference = reference & _POSITIVE
    factor = (subject + relation.shift).power(relation.periods)
    if relation.bounded:
        factor = factor & Interval.at_most(1)
    match at:
        case 0:
            if reference.is_empty or relation.periods > 1:
                return _EVERYTHING
            quotient = numerator / reference - relation.shift
            return quotient & Interval.at_most(1) if relation.bounded else quotient
        case 1:
            return factor * reference
        case _:
            positive = factor & _POSITIVE
            return _EVERYTHING if positive.is_empty else numerator / positive
