"""Editions of a cumulative table, read from frames: labels, and the interval behind every printed count.

This room knows frames, and refuses what cannot be asked about, all faults of a call at once. It does not compare: a
figure that contradicts another is as good as any here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.errors import Fault, PeriodError, TableError
from ipmetrics.intervals import Interval
from ipmetrics.model.periods import Period
from ipmetrics.tables.columns import Column
from ipmetrics.tables.reading.arrays import array_of
from ipmetrics.tables.reading.readings import Declared
from ipmetrics.tables.verdicts import REASON_CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Edition", "Names", "read_editions"]

_REASONS = {code: str(reason) for reason, code in REASON_CODES.items()}


@attrs.frozen
class Names:
    """What the columns are called; the last three may not be there."""

    key: str
    cumulative: str
    flow: str
    period: str
    recent: str | None = None
    growth: str | None = None
    within: str | None = None

    @property
    def counts(self) -> tuple[str, ...]:
        """The columns of counts, the smaller before the larger: those whose labels may have moved."""
        return tuple(name for name in (self.recent, self.flow, self.cumulative) if name is not None)

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that is read."""
        return tuple(filter(None, (self.key, self.period, *self.counts, self.growth, self.within)))


@attrs.frozen(eq=False)
class Edition:
    """One table, read: labels, the groups they stand in, the day it tells of, and the intervals of each column.

    ``unit`` is one unit of the last place of the running totals; ``unread`` lists the cells that hold no figure.
    """

    labels: tuple[str, ...]
    groups: tuple[str, ...]
    period: Period
    figures: Mapping[str, tuple[Interval, ...]]
    unit: Fraction
    unread: tuple[str, ...]


def read_editions(
    earlier: Any,  # noqa: ANN401 - any frame that narwhals knows
    later: Sequence[Any],
    names: Names,
    columns: Mapping[str, Column],
) -> tuple[Edition, list[Edition]]:
    """Read the table in question and the later ones, which come back in the order of their periods.

    Raises
    ------
    TableError
        If a table is no frame, is empty, lacks a column, has a label twice or not one period throughout, or if the
        later tables are not later; with all faults of the call.
    """
    named = [("earlier", earlier)]
    named += [("later" if len(later) == 1 else f"later[{at}]", table) for at, table in enumerate(later)]
    frames = {where: _frame(table) for where, table in named}
    faults = [fault for where, frame in frames.items() for fault in _faults(where, frame, names)]
    faults += [Fault("columns", f"{name!r} is not read") for name in columns if name not in names.all]
    if not later:
        faults.append(Fault("later", "there is none"))
    if not faults:
        editions = {where: _edition(frame, names, columns) for where, frame in frames.items() if frame is not None}
        first = editions.pop("earlier")
        faults = [
            Fault(where, f"{edition.period} does not end after {first.period}")
            for where, edition in editions.items()
            if edition.period.end <= first.period.end
        ]
        if not faults:
            return first, sorted(editions.values(), key=lambda edition: edition.period.end)
    rule = "labels are matched between an earlier table and later ones of the same shape"
    raise TableError(f"{len(faults)} fault{'s' * (len(faults) != 1)}", rule=rule, way_out="mend these", faults=faults)


def _frame(table: Any) -> nw.DataFrame[Any] | None:  # noqa: ANN401 - as above
    """Return an eager frame; None for what is none."""
    frame = nw.from_native(table, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        return frame.collect()
    return frame if isinstance(frame, nw.DataFrame) else None


def _faults(where: str, frame: nw.DataFrame[Any] | None, names: Names) -> Iterable[Fault]:
    """List what keeps a table from being read."""
    if frame is None:
        yield Fault(where, "is no dataframe that narwhals knows")
        return
    missing = [name for name in names.all if name not in frame.columns]
    if missing:
        yield Fault(where, f"has no column {', '.join(map(repr, missing))}; its columns are {', '.join(frame.columns)}")
        return
    if not len(frame):
        yield Fault(where, "has no rows")
        return
    labels = frame[names.key].to_list()
    twice = sorted({str(label) for label in labels if labels.count(label) > 1})
    if twice:
        yield Fault(where, f"has {', '.join(map(repr, twice))} more than once in {names.key!r}")
    periods = list(dict.fromkeys(frame[names.period].to_list()))
    if len(periods) > 1:
        yield Fault(where, f"has {len(periods)} periods in {names.period!r}, such as {periods[0]!r} and {periods[1]!r}")
        return
    try:
        Period(periods[0])
    except PeriodError as error:
        yield Fault(where, str(error))


def _edition(frame: nw.DataFrame[Any], names: Names, columns: Mapping[str, Column]) -> Edition:
    labels = tuple(str(label) for label in frame[names.key].to_list())
    groups = ("",) * len(labels) if names.within is None else tuple(map(str, frame[names.within].to_list()))
    figures: dict[str, tuple[Interval, ...]] = {}
    unread: list[str] = []
    unit = Fraction(1)
    for name in (*names.counts, *filter(None, [names.growth])):
        declared = columns.get(name, Column() if name == names.growth else Column(whole=True))
        series = frame[declared.read_from or name]
        figures[name], unit_of_it, reasons = _intervals(series, declared, name == names.growth)
        unread += [f"{labels[row]}: {name} {reason}" for row, reason in reasons]
        if name == names.cumulative:
            unit = unit_of_it
    return Edition(labels, groups, Period(frame[names.period].to_list()[0]), figures, unit, tuple(unread))


def _intervals(
    series: nw.Series[Any],
    declared: Column,
    signed: bool,  # noqa: FBT001 - one of the two kinds of column there are
) -> tuple[tuple[Interval, ...], Fraction, list[tuple[int, str]]]:
    """Return the interval of each cell (anything where there is no figure), a unit of its last place, and why not."""
    array = array_of(series, Declared(declared, signed))
    reading, tens = array.reading, Fraction(10) ** array.reading.power
    troubles = [0] * len(array.mantissa) if array.trouble is None else array.trouble.tolist()
    units = [reading.unit or 1] * len(troubles) if array.unit is None else array.unit.tolist()
    found, reasons = [], []
    for row, (mantissa, unit, trouble) in enumerate(zip(array.mantissa.tolist(), units, troubles, strict=True)):
        if trouble:
            reasons.append((row, _REASONS[trouble]))
            found.append(Interval.everything())
            continue
        interval = reading.rule.interval(mantissa * tens, unit * tens)
        found.append(interval if reading.signed else interval & Interval.at_least(0))
    return tuple(found), min(units, default=1) * tens, reasons
