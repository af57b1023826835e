"""Printed digits that are no precision, and precision that is no longer printed.

Where every figure of a column is a multiple of ten, or of five, its last digits may be filling. Where none ends in
zero though one in ten should, trailing zeros have been dropped, and each figure states more than it shows.
"""

from __future__ import annotations

from fractions import Fraction
from math import log2
from typing import TYPE_CHECKING

import attrs
import numpy as np

from ipmetrics.rationals import format_number
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.reading.readings import declared_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.scenes import Scene
    from ipmetrics.tables.reading.arrays import Array

__all__ = ["coarser", "dropped_zeros"]

_LEAST_FIGURES = 5


def coarser(scene: Scene) -> Iterator[Proposal]:
    """Propose that a column was rounded to the largest number that divides all of its figures."""
    for name in scene.in_play:
        array = scene.array(name)
        if array is None:
            continue
        figures = _readable(array)
        if figures.size < _LEAST_FIGURES or not figures.any():
            continue
        common = int(np.gcd.reduce(figures))
        if common > (array.reading.unit or 1) and array.unit is None:
            step = Fraction(common) / Fraction(10) ** array.reading.places
            declared = _with_step(scene.declared(name), step)
            places = declared_places(declared)
            if places is None or places[0] < array.reading.places:
                continue  # cells with more decimals than the step has would not be read
            told = format_number(step)
            yield Proposal(
                CauseKind.COARSER,
                name,
                f"{name} was rounded to the nearest {told}: what is printed beyond is filling",
                Reading(columns={name: declared}),
                4.0,
                why=f"All of its figures are multiples of {told}.",
            )


def _with_step(column: Column, step: Fraction) -> Column:
    """Declare the unit of the last place, as decimals where it is a power of ten."""
    size = len(str(max(step.numerator, step.denominator))) - 1
    rounded = attrs.evolve(column, whole=False, rounding=None, decimals=None, step=None)
    for decimals in (-size, size):
        if step == Fraction(1, 10) ** decimals:
            return attrs.evolve(rounded, decimals=decimals)
    return attrs.evolve(rounded, step=step)


def dropped_zeros(scene: Scene) -> Iterator[Proposal]:
    """Propose that every figure of a column has as many decimals as the longest, zeros having been dropped."""
    for name in scene.read:
        array = scene.array(name)
        declared = scene.declared(name)
        if array is None or array.unit is None or declared.decimals is not None or declared.step is not None:
            continue
        shown = array.trouble == 0 if array.trouble is not None else np.ones(array.mantissa.shape, dtype=bool)
        decimal = shown & (array.unit < 10**array.reading.places)
        fewer = int(np.sum(shown & (array.unit > 1)))
        zeros = int(np.sum((array.mantissa // array.unit % 10 == 0) & decimal))
        if not fewer or zeros:
            continue
        count = int(np.sum(decimal))
        told = f"None of the {count} figures with decimals ends in 0, and {fewer} have fewer decimals than the others."
        yield Proposal(
            CauseKind.DROPPED_ZEROS,
            name,
            f"{name} was printed to {array.reading.places} decimals throughout, and trailing zeros were dropped",
            Reading(columns={name: attrs.evolve(declared, decimals=array.reading.places)}),
            6.0,
            why=told,
            evidence=count * log2(10 / 9),
            sharpens=True,
        )


def _readable(array: Array) -> NDArray[np.int64]:
    return array.mantissa if array.trouble is None else array.mantissa[array.trouble == 0]
