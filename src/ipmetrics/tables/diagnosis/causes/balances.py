"""Shares that were nudged so that they add to 100.

The trace is in the sums: as printed the shares of each group add to exactly 100, and rounded to the nearest they would
not. A group is what a formula says adds up, else the rows that share their denominator, or a label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.places import Constant, Linear, Product, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.tables.calls import Asked
    from ipmetrics.tables.diagnosis.scenes import Scene
    from ipmetrics.tables.reading.arrays import Array

__all__ = ["balanced_shares"]

_PER_GROUP = 1.0
"""Bits: of groups that were not made to add up, about every second does."""


def balanced_shares(scene: Scene) -> Iterator[Proposal]:
    """Propose it for every column of shares whose failing groups all add up as printed."""
    for asked in scene.trial.failing:
        if not isinstance(asked.relation, Product) or asked.relation.shift:
            continue
        name = asked.relation.subject.column
        array = scene.array(name)
        if array is None or array.reading.rule in {Rounding.BALANCED, Rounding.EXACT} or array.reading.power > 0:
            continue
        best: _Sums | None = None
        for groups in _groupings(scene, asked):
            found = _sums(scene, asked, array, groups)
            if found is not None and (best is None or found.telling > best.telling):
                best = found
        if best is not None:
            yield Proposal(
                CauseKind.BALANCED,
                name,
                f"{name} was nudged so that the shares of each group add to exactly 100 %",
                Reading(columns={name: attrs.evolve(scene.declared(name), rounding=Rounding.BALANCED)}),
                4.0,
                why=best.words,
                evidence=best.telling * _PER_GROUP,
                spares=True,
                against=best.not_adding,
            )


@attrs.frozen(eq=False)
class _Sums:
    """How many groups add to 100 % as printed, and how many of them would not if rounded to the nearest."""

    exactly: int
    groups: int
    telling: int
    not_adding: NDArray[np.bool_]

    @property
    def words(self) -> str:
        return (
            f"As printed {self.exactly} of {self.groups} groups add to exactly 100 %, among them all that have failing "
            f"rows; rounded to the nearest {self.telling} of these would not."
        )


def _groupings(scene: Scene, asked: Asked) -> Iterator[NDArray[np.intp]]:
    """Yield ways to put rows into groups; rows outside all groups have −1."""
    name = asked.relation.subject.column if isinstance(asked.relation, Product) else ""
    for other in scene.trial.call.asked:
        if isinstance(other.relation, Linear) and places_of(other)[0].column == name:
            operands = [term.operand for term in other.relation.terms]
            sums = [operand for operand in operands if isinstance(operand, Sum)]
            if sums and any(isinstance(operand, Constant) for operand in operands):
                asked_for = scene.trial.marks[other.name].codes >= 0
                yield np.where(asked_for, scene.codes_of(sums[0].keys), -1)
    reference = places_of(asked)[-1]
    if reference.keys:
        yield scene.codes_of(reference.keys)
    array = scene.array(reference.column)
    if array is not None and not reference.keys and array.mantissa.size == scene.trial.rows:
        yield np.unique(array.mantissa, return_inverse=True)[1]
    for labels in scene.groups:
        yield labels.codes


def _sums(scene: Scene, asked: Asked, array: Array, groups: NDArray[np.intp]) -> _Sums | None:
    """Add up the groups; None if one that holds a failing row does not come to exactly 100 % in print."""
    marks = scene.trial.marks[asked.name]
    rows = np.flatnonzero((marks.fails | marks.passes) & (groups >= 0))
    if not rows.size:
        return None
    places = np.unique(groups[rows], return_inverse=True)[1]
    whole = 10**-array.reading.power
    printed = np.bincount(places, weights=array.mantissa[rows])
    unit = array.reading.unit or 1
    tens = 10.0**array.reading.places
    nearest = np.bincount(places, weights=np.rint(marks.implied[rows] * tens / unit) * unit)
    several = np.bincount(places) > 1
    exactly = (printed == whole) & several
    failing = np.bincount(places, weights=marks.fails[rows]) > 0
    if not exactly[failing].all():
        return None
    telling = int(np.sum(exactly & (nearest != whole)))
    not_adding = np.zeros(scene.trial.rows, dtype=bool)
    not_adding[rows] = (several & ~exactly)[places]
    return _Sums(int(exactly.sum()), int(several.sum()), telling, not_adding) if telling else None
