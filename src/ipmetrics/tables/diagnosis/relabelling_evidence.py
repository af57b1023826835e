"""What two or more editions of a cumulative table say of each pair of a row and a label: possible or not, and how odd.

This room knows the arithmetic of running totals: what was counted up to the end of a year is a later running total
less the flow since then, and running totals never fall. Of figures it knows intervals, and a pair is called impossible
only if no values inside them would do. That a count was revised between the editions is not in its world.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from ipmetrics.tables.diagnosis.relabelling_editions import Edition, Names

__all__ = ["Evidence", "evidence_of"]

_UNKNOWN = Interval.everything()


@attrs.frozen(eq=False)
class Evidence:
    """For every row (first axis) and label (second): whether the pair is possible, and how far it is from expectation.

    ``printed`` is the label printed on each row, and ``broken`` says which rows contradict themselves, whatever their
    label. ``unlike`` says how far apart row and label are in size, in squares of logarithms: the best matching then
    puts both in the order of their sizes, at whatever rate all of them grew. ``at_most`` says of two rows whether the
    first may be no larger than the second in every column that moved.
    """

    labels: tuple[str, ...]
    printed: NDArray[np.intp]
    possible: NDArray[np.bool_]
    broken: NDArray[np.bool_]
    deviations: dict[str, NDArray[np.float64]]
    unlike: NDArray[np.float64]
    at_most: NDArray[np.bool_]


def evidence_of(earlier: Edition, later: Sequence[Edition], names: Names, moved: frozenset[str]) -> Evidence:
    """Hold every row of the earlier edition against every label, if the figures of some columns moved together.

    What moved is the row's own; the figures of the other columns belong to the label that is printed beside them.
    """
    labels = tuple(dict.fromkeys(label for edition in (earlier, *later) for label in edition.labels))
    place = {label: at for at, label in enumerate(labels)}
    printed = np.array([place[label] for label in earlier.labels], dtype=np.intp)
    shape = len(earlier.labels), len(labels)

    def here(column: str) -> _Ends:
        if column in moved:
            return _Ends.of(earlier.figures[column], axis=0)
        return _Ends.of(_by_label(earlier, column, labels), axis=1)

    possible = _same_group(earlier, later, labels)
    for allowed in _constraints(earlier, later, names, labels, here):
        possible = possible & allowed
    possible, broken = np.broadcast_to(possible, shape), np.zeros(shape[0], dtype=bool)
    for smaller, larger in pairwise(names.counts):
        fits = here(smaller).may_be_at_most(here(larger))
        if smaller in moved and larger in moved:  # both are the row's own, whatever its label
            broken |= ~fits[:, 0]
        else:
            possible = possible & fits
    deviations = {
        name: np.broadcast_to(_logarithm(found, earlier.unit) - _logarithm(expected, earlier.unit), shape)
        for name, found, expected in _deviations(earlier, later, names, labels, here)
    }
    unlike = np.zeros(shape)
    for name in (names.cumulative, names.flow):
        then = _Ends.of(_by_label(later[0], name, labels), axis=1).middle()
        unlike = unlike + _unlike(then, here(name).middle(), earlier.unit)
    at_most = ~np.eye(shape[0], dtype=bool)
    for column in moved:
        rows = _Ends.of(earlier.figures[column], axis=0)
        at_most &= rows.may_be_at_most(rows.turned())
    return Evidence(labels, printed, possible, broken, deviations, unlike, at_most)


def _by_label(edition: Edition, column: str, labels: Sequence[str]) -> list[Interval]:
    """Return what is printed for some labels: anything at all for those an edition does not have."""
    printed = dict(zip(edition.labels, edition.figures[column], strict=True))
    return [printed.get(label, _UNKNOWN) for label in labels]


def _same_group(earlier: Edition, later: Sequence[Edition], labels: Sequence[str]) -> NDArray[np.bool_]:
    """Say which rows stand in the group of which labels; a label's own is where the later editions have it."""
    group_of: dict[str, str] = {}
    for edition in (*later, earlier):
        for label, group in zip(edition.labels, edition.groups, strict=True):
            group_of.setdefault(label, group)
    theirs = [group_of[label] for label in labels]
    return np.array([[mine == other for other in theirs] for mine in earlier.groups], dtype=bool)


# ------------------------------------------------------------------------------ possible
def _constraints(
    earlier: Edition,
    later: Sequence[Edition],
    names: Names,
    labels: Sequence[str],
    here: Callable[[str], _Ends],
) -> list[NDArray[np.bool_]]:
    """List what must hold between the figures here and those of a label in each later edition."""
    total, flow = here(names.cumulative), here(names.flow)
    year, month = earlier.period.end.year, earlier.period.end.month
    found = []
    for edition in later:
        start, so_far = _start(edition, names, labels), _Ends.of(_by_label(edition, names.flow, labels), axis=1)
        if edition.period.end.year == year:
            found.append((total - flow).may_equal(start))
            found.append(flow.may_be_at_most(so_far))
            continue
        found.append(total.may_be_at_most(start))
        if names.growth is None:
            continue
        # The flow of the same months of the year before, which the growth implies.
        before = _Ends.of(_year_before(edition, names, labels), axis=1)
        if edition.period.end.year - 1 > year:
            found.append(before.may_be_at_most(start - total))
        elif edition.period.end.month <= month:
            found.append(before.may_be_at_most(flow))
        else:
            found.append(flow.may_be_at_most(before))
            found.append((before - flow).may_be_at_most(start - total))
    return found


def _start(edition: Edition, names: Names, labels: Sequence[str]) -> _Ends:
    """Return what had been counted when the year of an edition began."""
    totals, flows = (_by_label(edition, name, labels) for name in (names.cumulative, names.flow))
    return _Ends.of([total - flow for total, flow in zip(totals, flows, strict=True)], axis=1)


def _year_before(edition: Edition, names: Names, labels: Sequence[str]) -> list[Interval]:
    """Return the flow of the same months a year before; anything where growth says nothing of it."""
    if names.growth is None:
        return [_UNKNOWN] * len(labels)
    flows, growths = (_by_label(edition, name, labels) for name in (names.flow, names.growth))
    factors = [growth + 1 for growth in growths]
    return [
        flow / factor if factor.lower is not None and factor.lower > 0 else _UNKNOWN
        for flow, factor in zip(flows, factors, strict=True)
    ]


@attrs.frozen(eq=False)
class _Ends:
    """Ends of many intervals, of rows (a column of them), of labels (a row) or of pairs; exact, infinite if unknown."""

    lower: NDArray[Any]
    upper: NDArray[Any]
    lower_closed: NDArray[np.bool_]
    upper_closed: NDArray[np.bool_]

    @classmethod
    def of(cls, intervals: Sequence[Interval], *, axis: int) -> _Ends:
        lower = np.array([_light(each.lower, -np.inf) for each in intervals], dtype=object)
        upper = np.array([_light(each.upper, np.inf) for each in intervals], dtype=object)
        lower_closed = np.array([each.lower_closed for each in intervals], dtype=bool)
        upper_closed = np.array([each.upper_closed for each in intervals], dtype=bool)
        return cls(*(np.expand_dims(ends, 1 - axis) for ends in (lower, upper, lower_closed, upper_closed)))

    def turned(self) -> _Ends:
        """Return the same with rows for labels."""
        return _Ends(self.lower.T, self.upper.T, self.lower_closed.T, self.upper_closed.T)

    def __sub__(self, other: _Ends) -> _Ends:
        return _Ends(
            self.lower - other.upper,
            self.upper - other.lower,
            self.lower_closed & other.upper_closed,
            self.upper_closed & other.lower_closed,
        )

    def may_be_at_most(self, other: _Ends) -> NDArray[np.bool_]:
        """Whether some value of the first is no larger than some value of the second."""
        meeting = (self.lower == other.upper).astype(bool) & self.lower_closed & other.upper_closed
        found: NDArray[np.bool_] = (self.lower < other.upper).astype(bool) | meeting
        return found

    def may_equal(self, other: _Ends) -> NDArray[np.bool_]:
        """Whether some value is common to both."""
        return self.may_be_at_most(other) & other.may_be_at_most(self)

    def middle(self) -> NDArray[np.float64]:
        """Return the middles as floats, for weighing; NaN where an end is unknown."""
        with np.errstate(invalid="ignore"):
            found: NDArray[np.float64] = (self.lower.astype(float) + self.upper.astype(float)) / 2
        return np.where(np.isfinite(found), found, np.nan)


def _light(end: Fraction | None, unknown: float) -> Fraction | int | float:
    """Return a whole end as an int, with which numpy is twenty times faster than with fractions."""
    if end is None:
        return unknown
    return end.numerator if end.denominator == 1 else end


# ------------------------------------------------------------------------------ plausible
def _deviations(
    earlier: Edition,
    later: Sequence[Edition],
    names: Names,
    labels: Sequence[str],
    here: Callable[[str], _Ends],
) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """List what ought to be in proportion: its name, what is found, and what that should go with."""
    total, flow = here(names.cumulative), here(names.flow)
    own = _geometric_mean([here(name).middle() for name in names.counts[:-1]], earlier.unit)
    first = later[0]
    same_months = [_by_label(first, names.flow, labels), _year_before(first, names, labels)]
    their = _geometric_mean([_Ends.of(each, axis=1).middle() for each in same_months], earlier.unit)
    found = [("the flow against the label's later flow", flow.middle(), their)]
    after = [edition for edition in later if edition.period.end.year > earlier.period.end.year]
    if not after:
        return found
    start = _start(after[0], names, labels)
    found.append(("the rise until then against the row's own flow", (start - total).middle(), own))
    after = [edition for edition in after if edition.period.end.year > after[0].period.end.year]
    if after:
        years, next_years = start - (total - flow), _start(after[0], names, labels) - start
        found.append(("whole years against the label's next years", next_years.middle(), years.middle()))
    return found


def _geometric_mean(figures: Sequence[NDArray[np.float64]], unit: Fraction) -> NDArray[np.float64]:
    """Return the geometric mean of what is known of each; NaN where nothing is."""
    logarithms = np.stack([_logarithm(each, unit) for each in figures])
    known = ~np.isnan(logarithms)
    count = known.sum(axis=0)
    total = np.where(known, logarithms, 0.0).sum(axis=0)
    return np.where(count > 0, np.exp(total / np.maximum(count, 1)), np.nan)


def _logarithm(figures: NDArray[np.float64], unit: Fraction) -> NDArray[np.float64]:
    """Return logarithms; half a unit is added, for a count of nothing has to have one too. A fall tells nothing."""
    found: NDArray[np.float64] = np.log(np.where(figures < 0, np.nan, figures) + float(unit) / 2)
    return found


def _unlike(found: NDArray[np.float64], expected: NDArray[np.float64], unit: Fraction) -> NDArray[np.float64]:
    """Return the square of a logarithm of proportion; where it is unknown, the mean of the others."""
    squares = (_logarithm(found, unit) - _logarithm(expected, unit)) ** 2
    known = ~np.isnan(squares)
    return np.where(known, squares, squares[known].mean() if known.any() else 0.0)
