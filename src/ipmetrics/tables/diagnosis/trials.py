"""A table judged again under a changed reading: which rows fail, which pass, and how much it says that they do.

This room runs `check_table`'s own machinery on changed declarations and counts. It does not know what the changes
mean, and proposes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.calls import Asked, Call, operands_of
from ipmetrics.tables.columns import Column
from ipmetrics.tables.diagnosis.chances import chances
from ipmetrics.tables.engines.eager import Answer, answers
from ipmetrics.tables.formulas import Formula
from ipmetrics.tables.places import Place, Sum
from ipmetrics.tables.reading.arrays import Array, array_of
from ipmetrics.tables.verdicts import VERDICT_CODES, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PENALTY", "Edit", "Marks", "Outcome", "Reading", "Trial", "columns_of", "with_edits"]

PENALTY = 4.0
"""What a row that fails costs, in bits: as if one row of sixteen were wrong for reasons of its own."""

_EDGE = VERDICT_CODES[RowVerdict.EDGE]
_FAILS = VERDICT_CODES[RowVerdict.INCONSISTENT]
_VACUOUS = 0.75
"""A row that passes with three wrong figures of four is not tested, and not made right."""


@attrs.frozen
class Edit:
    """Another value in one cell of the table."""

    row: int
    column: str
    value: Any


@attrs.frozen
class Reading:
    """What is changed in a call: declarations of columns, formulas, single cells.

    ``frames`` are the other frames that the formulas look into, by the Python that makes them.

    ``settled`` says by formula in which rows a probe has found for itself that they pass, and with what chance that
    wrong figures would; NaN elsewhere.
    """

    columns: Mapping[str, Column] = attrs.field(factory=dict)
    formulas: Mapping[str, Formula] = attrs.field(factory=dict)
    edits: tuple[Edit, ...] = ()
    frames: Mapping[str, Any] = attrs.field(factory=dict, eq=False)
    settled: Mapping[str, NDArray[np.float64]] = attrs.field(factory=dict, eq=False)


@attrs.frozen(eq=False)
class Marks:
    """One formula, judged: the code of every row, and the chance that a wrong figure would pass there.

    ``implied`` is the middle of what the other figures imply for the printed one, in its printed unit.
    """

    codes: NDArray[np.int8]
    chance: NDArray[np.float64]
    implied: NDArray[np.float64]

    @cached_property
    def fails(self) -> NDArray[np.bool_]:
        """Which rows are inconsistent."""
        return np.asarray(self.codes == _FAILS)

    @cached_property
    def passes(self) -> NDArray[np.bool_]:
        """Which rows are consistent, or on the edge."""
        return (self.codes >= 0) & (self.codes < _FAILS)

    @cached_property
    def tested(self) -> NDArray[np.bool_]:
        """In which rows a wrong figure would be likely enough to be found."""
        return self.chance < _VACUOUS

    @cached_property
    def worth(self) -> NDArray[np.float64]:
        """What each row is worth in bits: what passing says, nothing on the edge, a penalty for failing."""
        told = np.where((self.codes >= 0) & (self.codes < _EDGE), -np.log2(self.chance), 0.0)
        return np.where(self.fails, -PENALTY, told)


@attrs.frozen(eq=False)
class Outcome:
    """What a changed reading does to the rows under the formulas it touches, by formula.

    ``mask`` confines it to some rows; if it ``spares`` rows, those that pass before and after are worth what they were,
    and those that speak ``against`` it cost a bit.
    """

    before: Mapping[str, Marks]
    after: Mapping[str, Marks]
    mask: NDArray[np.bool_] | None = None
    spares: bool = False
    against: NDArray[np.bool_] | None = None

    def confined(self, mask: NDArray[np.bool_]) -> Outcome:
        """Return what it does if only some rows are read so."""
        return attrs.evolve(self, mask=mask)

    @cached_property
    def gains(self) -> NDArray[np.float64]:
        """What each row gains; one that failed and can no longer be judged gains nothing."""
        total = np.zeros(())
        for name, before in self.before.items():
            after = self.after[name]
            same = before.fails & ~after.fails & ~(after.passes & after.tested)
            if self.spares:
                same |= before.passes & after.passes
            total = total + np.where(same, 0.0, after.worth - before.worth)
        gains = np.asarray(total, dtype=np.float64) - (0.0 if self.against is None else self.against)
        return gains if self.mask is None else np.where(self.mask, gains, 0.0)

    def _any(self, marks: Mapping[str, Marks], kind: str) -> NDArray[np.bool_]:
        found = [getattr(one, kind) for one in marks.values()]
        return np.asarray(np.logical_or.reduce(found), dtype=bool)

    @cached_property
    def fails_before(self) -> NDArray[np.bool_]:
        """Which rows fail under any of the formulas as declared."""
        return self._any(self.before, "fails")

    @cached_property
    def fails_after(self) -> NDArray[np.bool_]:
        """Which rows fail if the change is made."""
        after = self._any(self.after, "fails")
        return after if self.mask is None else np.where(self.mask, after, self.fails_before)

    @cached_property
    def repaired(self) -> dict[str, NDArray[np.bool_]]:
        """Which rows fail as declared and pass then, and are tested, by formula."""
        every = True if self.mask is None else self.mask
        return {
            name: before.fails & self.after[name].passes & self.after[name].tested & every
            for name, before in self.before.items()
        }

    @cached_property
    def rows_repaired(self) -> NDArray[np.bool_]:
        """Which rows fail as declared, and pass then under all formulas that they failed."""
        repaired = np.logical_or.reduce(list(self.repaired.values()))
        return np.asarray(repaired & ~self.fails_after, dtype=bool)

    @cached_property
    def undecided(self) -> int:
        """How many rows were judged before and no longer are."""
        gone = [
            (before.fails | before.passes) & ~(self.after[name].fails | self.after[name].passes)
            for name, before in self.before.items()
        ]
        rows = np.logical_or.reduce(gone)
        return int(np.sum(rows if self.mask is None else rows & self.mask))

    @cached_property
    def vacuous(self) -> int:
        """How many rows pass then, and would with nearly any figure, under every formula that judges them."""
        passes = self._any(self.after, "passes")
        tested = [after.passes & after.tested for after in self.after.values()]
        rows = passes & ~np.logical_or.reduce(tested) & ~self.fails_after
        return int(np.sum(rows if self.mask is None else rows & self.mask))

    @cached_property
    def caught(self) -> float:
        """The part of wrong figures that would be found in rows that pass then."""
        every = True if self.mask is None else self.mask
        left = [after.chance[after.passes & every] for after in self.after.values()]
        told = np.concatenate(left)
        return float(1.0 - told.mean()) if told.size else 0.0


class Trial:
    """A call on a table in memory, judged as declared, that can be judged again under other readings."""

    def __init__(self, call: Call, settled: Mapping[str, NDArray[np.float64]] | None = None) -> None:
        self.call = attrs.evolve(call, output=("verdict", "lower", "upper"))
        self._arrays: dict[tuple[str, Column, bool], Array] = {}
        self.settled = dict(settled or {})
        self.marks = self._judged(self.call, self.settled)

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.call.frame)

    @cached_property
    def failing(self) -> tuple[Asked, ...]:
        """The formulas under which any row fails."""
        return tuple(asked for asked in self.call.asked if self.marks[asked.name].fails.any())

    def array(self, name: str, call: Call | None = None, frame: Any = None) -> Array:  # noqa: ANN401 - a frame of narwhals
        """Return a column as it is read, of the table itself or of another frame."""
        call = call or self.call
        frame = call.frame if frame is None else frame
        declared = call.declared(name)
        key = (name, declared.column, declared.signed)
        if frame is not self.call.frame:
            return array_of(frame.get_column(call.physical(name)), declared)
        if key not in self._arrays:
            self._arrays[key] = array_of(frame.get_column(call.physical(name)), declared)
        return self._arrays[key]

    def _judged(self, call: Call, settled: Mapping[str, NDArray[np.float64]]) -> dict[str, Marks]:
        found = {}
        for name, answer in answers(call).items():
            asked = next(asked for asked in call.asked if asked.name == name)
            subject = next(operands_of(asked.relation))
            if not isinstance(subject, Place):
                message = "the subject of a formula is a column"
                raise TypeError(message)
            chance = chances(asked.relation, answer, self.array(subject.column, call))
            found[name] = _settled(Marks(answer.verdict, chance, _middle(answer)), settled.get(name))
        return found

    def changed(self, reading: Reading) -> Call:
        """Return the whole call as it would be read."""
        formulas = {one.name: one.formula for one in self.call.asked} | dict(reading.formulas)
        asked = tuple(Asked(name, formula, formula.of(name)) for name, formula in formulas.items())
        others = dict(self.call.others)
        for frame in reading.frames.values():
            others.setdefault(id(frame), nw.from_native(frame, eager_only=True))
        return attrs.evolve(
            self.call,
            asked=asked,
            columns={**self.call.columns, **reading.columns},
            frame=with_edits(self.call, reading.edits),
            others=others,
        )

    def touched(self, reading: Reading) -> tuple[str, ...]:
        """Return the formulas that a reading has a bearing on, in the order of the call."""
        columns = {*reading.columns, *(edit.column for edit in reading.edits)}
        return tuple(
            asked.name
            for asked in self.call.asked
            if asked.name in {*reading.formulas, *reading.settled} or not columns.isdisjoint(columns_of(asked))
        )

    def outcome(self, reading: Reading) -> Outcome:
        """Judge the formulas that a reading touches under it."""
        names = self.touched(reading)
        call = self.changed(reading)
        call = attrs.evolve(call, asked=tuple(asked for asked in call.asked if asked.name in names))
        return Outcome({name: self.marks[name] for name in names}, self._judged(call, self._also(reading)))

    def settled_by(self, chances: Mapping[str, NDArray[np.float64]]) -> Outcome:
        """Return what it does if some rows pass that are known to."""
        before = {name: self.marks[name] for name in chances}
        return Outcome(before, {name: _settled(before[name], chance) for name, chance in chances.items()})

    def adopting(self, reading: Reading) -> Trial:
        """Return the table as it would be read, to look for further causes."""
        return Trial(self.changed(reading), self._also(reading))

    def _also(self, reading: Reading) -> dict[str, NDArray[np.float64]]:
        """Return the rows that are settled, those of a reading added."""
        found = dict(self.settled)
        for name, chance in reading.settled.items():
            found[name] = np.where(np.isnan(chance), found.get(name, np.nan), chance)
        return found


def _settled(marks: Marks, chance: NDArray[np.float64] | None) -> Marks:
    """Let the rows pass that a probe has settled."""
    if chance is None:
        return marks
    mine = ~np.isnan(chance) & marks.fails
    return Marks(np.where(mine, 0, marks.codes).astype(np.int8), np.where(mine, chance, marks.chance), marks.implied)


def _middle(answer: Answer) -> NDArray[np.float64]:
    if answer.lower is None or answer.upper is None:
        return np.full(answer.verdict.shape, np.nan)
    with np.errstate(invalid="ignore"):
        return np.asarray((answer.lower + answer.upper) / 2.0, dtype=np.float64)


def columns_of(asked: Asked) -> set[str]:
    """Return the columns that a formula reads, figures and keys."""
    names: set[str] = set()
    for operand in operands_of(asked.relation):
        if isinstance(operand, Place | Sum):
            names |= {operand.column, *operand.keys, *(column for column, _ in operand.labels)}
        if isinstance(operand, Place) and operand.over:
            names.add(operand.over)
    return names


def with_edits(call: Call, edits: Sequence[Edit]) -> Any:  # noqa: ANN401 - a frame of narwhals
    """Return the table with other values in some cells."""
    frame = call.frame
    by_column: dict[str, list[Edit]] = {}
    for edit in edits:
        by_column.setdefault(call.physical(edit.column), []).append(edit)
    for name, several in by_column.items():
        series = frame.get_column(name)
        values = series.to_list()
        for edit in several:
            values[edit.row] = edit.value
        dtype = nw.String if series.dtype in (nw.Categorical, nw.Enum) else series.dtype
        new = nw.new_series(name, values, dtype, backend=frame.implementation)
        if frame.implementation.is_pandas():
            new = nw.from_native(new.to_native().set_axis(frame.to_native().index), series_only=True)
        frame = frame.with_columns(new)
    return frame
