"""Figures worked out from others that are not the printed ones: a base was revised, before or after.

Whatever base is supposed, some growth fits it. So this says little unless what is implied lies close to what is
printed, and it gives way to any cause under which figures are still tested.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, log, log2
from typing import TYPE_CHECKING

import numpy as np

from ipmetrics.rationals import format_number
from ipmetrics.tables.diagnosis.chances import RANGE
from ipmetrics.tables.diagnosis.incidence import Cell, Incidence, Use
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind, RowChange
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.places import Linear, Place, Product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ipmetrics.intervals import Interval
    from ipmetrics.tables.calls import Asked
    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["revised_bases"]

_NEAR = 0.1
"""A revision changes a figure by less than this part of it; what is farther off needs another explanation."""

_LEAST_ROWS = 3
_MOST_TOLD = 200


def revised_bases(scene: Scene) -> Iterator[Proposal]:
    """Propose it for quotients that fail, and for figures printed twice that differ, where the difference is small."""
    incidence = Incidence(scene)
    for asked in scene.trial.failing:
        base = _base(asked)
        if base is None:
            continue
        at, place = base
        marks = scene.trial.marks[asked.name]
        apart = _apart(scene, asked)
        near = marks.fails & (apart <= _NEAR)
        rows = np.flatnonzero(near)
        changes = [_implied(scene, incidence, asked, at, place, int(row)) for row in rows[:_MOST_TOLD]]
        # A revision may be as large as the largest: that a row's own is small says nothing more.
        chance = np.where(near, max(float(apart[rows].max(initial=0.0)), 1e-6) / log(RANGE), np.nan)
        if rows.size < _LEAST_ROWS or any(change is None for change in changes):
            continue
        judged = int(np.sum(marks.fails | marks.passes))
        middle = float(np.median(apart[rows]))
        told = (
            f"In {rows.size} rows what is implied is within {100 * _NEAR:g} % of the printed {place.column}, "
            f"{100 * middle:.2g} % off in the middle one; nothing else tests them then."
        )
        yield Proposal(
            CauseKind.REVISED,
            place.column,
            _words(asked, place),
            Reading(settled={asked.name: chance}),
            8.0 + log2(comb(judged, rows.size)),
            why=told,
            changes=tuple(change for change in changes if change is not None),
            settled={asked.name: chance},
        )


def _base(asked: Asked) -> tuple[int, Place] | None:
    """Return the figure that may have been revised, with its position among the operands."""
    relation = asked.relation
    if isinstance(relation, Product):
        is_printed = relation.numerator is not None and relation.reference is not None
        return (2, relation.reference) if is_printed and relation.reference is not None else None
    if asked.formula.kind == "same_as" and isinstance(relation, Linear):
        other = relation.terms[1].operand
        return (1, other) if isinstance(other, Place) and not other.here else None
    return None


def _words(asked: Asked, place: Place) -> str:
    relation = asked.relation
    if isinstance(relation, Product) and not relation.shift and relation.numerator is not None:
        either = f"its {place.column}, or its {relation.numerator.column},"
        return f"what {asked.name} was worked out from was revised: {either} was not the printed one"
    if isinstance(relation, Linear):
        return f"{asked.name} was revised: it is no longer what was printed there"
    return f"the {place.column} that {asked.name} goes back to was revised: it was not the printed one"


def _apart(scene: Scene, asked: Asked) -> NDArray[np.float64]:
    """Return how far apart the implied and the printed base are in each row, as the logarithm of their ratio."""
    marks, relation = scene.trial.marks[asked.name], asked.relation
    shift, periods = (relation.shift, relation.periods) if isinstance(relation, Product) else (0, 1)
    return np.abs(scene.orders_by_row(asked, shift)) * log(10) * periods * np.where(marks.fails, 1.0, np.nan)


def _implied(scene: Scene, incidence: Incidence, asked: Asked, at: int, place: Place, row: int) -> RowChange | None:
    """Return what the base must have been; None if no figure would do."""
    stated = incidence.operand(asked.name, at, row)
    implied = incidence.needed(Use(asked.name, row, at), Cell(row, place.column))
    if scene.declared(place.column).whole:
        implied = implied.whole_numbers()
    if stated is None or implied.is_empty:
        return None
    one = Fraction(10) ** (scene.multiplier(place.column) or 0)
    return RowChange(row, scene.name_of(row), _told(stated / one), _told(implied / one))


def _told(interval: Interval) -> str:
    """Write an interval, or the number where it is one."""
    if interval.is_point and interval.lower is not None:
        return format_number(interval.lower)
    return str(interval)
