"""What a probe may look at: the table as judged, its labels, and along which columns its rows follow each other.

This room tells columns of labels from columns of figures, and finds the columns of periods. It proposes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.columns import Column
from ipmetrics.tables.diagnosis.trials import Trial
from ipmetrics.tables.places import Constant, Place, Sum

if TYPE_CHECKING:
    from ipmetrics.tables.calls import Asked
    from ipmetrics.tables.reading.arrays import Array

__all__ = ["Labels", "Line", "Scene", "places_of"]

_MOST_LABELS = 60
_FEW_LABELS = 4
_MOST_KEYS = 4
_UNREADABLE = 0.2


@attrs.frozen(eq=False)
class Labels:
    """A column of labels: the different ones in order, and which of them each row carries."""

    name: str
    values: tuple[Any, ...]
    codes: NDArray[np.intp]


@attrs.frozen
class Line:
    """A column of whole numbers along which rows follow each other, and the columns in which they then agree."""

    over: str
    keys: tuple[str, ...]


@attrs.frozen(eq=False, slots=False)
class Scene:
    """The table in its present reading, with what else a probe may use.

    ``key`` names the columns that tell what a row is of, ``against`` are other tables of the same shape,
    by what they are called in Python.
    """

    trial: Trial
    key: tuple[str, ...] = ()
    against: Mapping[str, Any] = attrs.field(factory=dict)

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The columns that any formula reads as figures, in order of their names."""
        return tuple(sorted({place.column for asked in self.trial.call.asked for place in places_of(asked)}))

    @cached_property
    def in_play(self) -> tuple[str, ...]:
        """The columns that a failing formula reads as figures, in order of their names."""
        return tuple(sorted({place.column for asked in self.trial.failing for place in places_of(asked)}))

    @cached_property
    def subjects(self) -> set[str]:
        """The columns that failing formulas are about."""
        return {places_of(asked)[0].column for asked in self.trial.failing}

    def declared(self, name: str) -> Column:
        """Return how a column is declared."""
        return self.trial.call.columns.get(name, Column())

    def array(self, name: str) -> Array | None:
        """Return a column of the table as it is read, or of another one; None if none has it."""
        call = self.trial.call
        for frame in (call.frame, *call.others.values()):
            if call.physical(name) in frame.columns:
                return self.trial.array(name, frame=frame)
        return None

    def multiplier(self, name: str) -> int | None:
        """Return the power of ten by which a column is read."""
        array = self.array(name)
        return None if array is None else array.reading.multiplier

    def has_constant(self, asked: Asked) -> bool:
        """Say whether a formula compares with a figure that nobody scaled."""
        return any(isinstance(operand, Constant) for operand in operands_of(asked.relation))

    def orders(self, asked: Asked, shift: int) -> float:
        """Return by how many orders of magnitude what is implied exceeds what is printed, in the middle failing row."""
        told = self.orders_by_row(asked, shift)[self.trial.marks[asked.name].fails]
        told = told[np.isfinite(told)]
        return float(np.median(told)) if told.size else 0.0

    def orders_by_row(self, asked: Asked, shift: int) -> NDArray[np.float64]:
        """Return by how many orders of magnitude what is implied exceeds what is printed; not finite for nought."""
        marks = self.trial.marks[asked.name]
        array = self.array(places_of(asked)[0].column)
        if array is None:
            return np.full(marks.codes.shape, np.nan)
        shifted = shift / 10.0**array.reading.multiplier
        with np.errstate(all="ignore"):
            ratio = (marks.implied + shifted) / (array.mantissa / 10.0**array.reading.places + shifted)
            return np.asarray(np.log10(np.abs(ratio)), dtype=np.float64)

    def has_commas(self, name: str) -> bool:
        """Say whether any cell of a column has a comma."""
        call = self.trial.call
        if call.physical(name) not in call.frame.columns:
            return False
        series = call.frame.get_column(call.physical(name))
        return series.dtype == nw.String and any("," in text for text in series.drop_nulls().to_list())

    @cached_property
    def figures(self) -> set[str]:
        """The table's own columns that hold figures for some formula."""
        call = self.trial.call
        return {call.physical(place.column) for asked in call.asked for place in places_of(asked)}

    @cached_property
    def labels(self) -> dict[str, Labels]:
        """The columns that hold no figures that anybody asked about, floats aside."""
        schema = self.trial.call.frame.schema
        names = [name for name in schema if name not in self.figures and not schema[name].is_float()]
        return {name: self.labels_of(name) for name in names}

    def labels_of(self, name: str, frame: Any = None) -> Labels:  # noqa: ANN401 - a frame of narwhals
        """Return a column as labels."""
        series = (self.trial.call.frame if frame is None else frame).get_column(name)
        text = series.to_list()
        order = {
            value: at for at, value in enumerate(sorted(set(text), key=lambda value: (str(type(value)), str(value))))
        }
        codes = np.array([order[value] for value in text], dtype=np.intp)
        return Labels(name, tuple(order), codes)

    @cached_property
    def groups(self) -> tuple[Labels, ...]:
        """The columns whose labels stand for several rows each."""
        most = min(_MOST_LABELS, max(_FEW_LABELS, self.trial.rows // 2), self.trial.rows - 1)
        return tuple(
            labels for labels in self.labels.values() if 2 <= len(labels.values) <= most and None not in labels.values
        )

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The columns that name a row: the key, else the fewest columns of labels that tell all rows apart."""
        if self.key:
            return self.key
        return self._telling_apart(()) or tuple(list(self.labels)[:2])

    def codes_of(self, names: tuple[str, ...]) -> NDArray[np.intp]:
        """Return one number for each combination of labels in some columns."""
        rows = np.zeros(self.trial.rows, dtype=np.intp)
        for name in names:
            labels = self.labels[name] if name in self.labels else self.labels_of(name)
            rows = np.unique(rows * len(labels.values) + labels.codes, return_inverse=True)[1]
        return rows

    @cached_property
    def figure_columns(self) -> tuple[str, ...]:
        """The columns of the table that are read as figures, or could be."""
        call = self.trial.call
        found = {name for name in self.read if call.physical(name) in call.frame.columns}
        labelling = {labels.name for labels in self.groups} | {line.over for line in self.lines} | set(self.naming)
        for name in self.labels.keys() - labelling:
            dtype = call.frame.schema[name]
            if dtype.is_integer() or dtype == nw.String:
                trouble = self.trial.array(name).trouble
                if trouble is None or np.mean(trouble != 0) < _UNREADABLE:
                    found.add(name)
        return tuple(sorted(found))

    def name_of(self, row: int) -> str:
        """Return what a row is called; its position, from 0, where no column has labels."""
        told = [self.labels_of(name) if name not in self.labels else self.labels[name] for name in self.naming]
        return ", ".join(str(labels.values[labels.codes[row]]) for labels in told) or f"row {row}"

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every column of whole numbers along which rows follow each other, such as years."""
        found = []
        for name in self.labels:
            values = self._whole(name)
            if values is None or not np.isin(values + 1, values).any():
                continue
            keys = self._telling_apart((name,))
            if keys is not None:
                found.append(Line(name, keys))
        return tuple(found)

    def _whole(self, name: str) -> NDArray[np.int64] | None:
        """Return a column as whole numbers; None if it holds anything else."""
        series = self.trial.call.frame.get_column(name)
        if not (series.dtype.is_integer() or series.dtype == nw.String) or series.null_count():
            return None
        try:
            return np.array([int(value) for value in series.to_list()], dtype=np.int64)
        except (ValueError, OverflowError):
            return None

    def _telling_apart(self, given: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the fewest columns that tell all rows apart beside those given; the key first of all."""
        key = tuple(name for name in self.key if name not in given)
        others = [name for name in self.labels if name not in given and name not in key]
        for count in range(_MOST_KEYS + 1):
            for more in combinations(others, count):
                names = (*key, *more)
                if (names or given) and self._are_unique((*given, *names)):
                    return names
        return None

    def _are_unique(self, names: tuple[str, ...]) -> bool:
        return bool(np.unique(self.codes_of(names)).size == self.trial.rows)


def places_of(asked: Asked) -> list[Place | Sum]:
    """Return where the figures of a formula are printed, its subject first."""
    return [operand for operand in operands_of(asked.relation) if isinstance(operand, Place | Sum)]
