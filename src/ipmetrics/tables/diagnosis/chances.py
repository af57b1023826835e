"""How much the rows that pass say: the chance that a wrong figure in the place of the printed one would pass, too.

A cause that lets everything pass explains nothing, so every row is weighed by this chance. This room works in floats
and gives estimates, for ranking causes: no verdict rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.places import Linear, Product

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ipmetrics.tables.engines.eager import Answer
    from ipmetrics.tables.reading.arrays import Array

__all__ = ["RANGE", "chances"]

RANGE = 10.0
"""A wrong figure lies anywhere between a tenth and ten times the printed one."""

_UNTOLD = 0.5
"""The chance where another number is any whole number at all: about half of the figures have one."""

_SIDES = {
    Rounding.EXACT: (0.0, 0.0),
    Rounding.BALANCED: (1.0, 1.0),
    Rounding.TRUNCATED: (0.0, 1.0),
    Rounding.FLOOR: (0.0, 1.0),
    Rounding.CEILING: (1.0, 0.0),
}


def chances(relation: Product | Linear, answer: Answer, subject: Array) -> NDArray[np.float64]:
    """Return for every row the chance that a wrong figure would pass; of use where the row passes.

    Of figures that cannot be negative, wrong ones are drawn evenly by order of magnitude, of growth likewise for the
    factor by which it multiplies, of differences evenly on both sides of nought.
    """
    if answer.lower is None or answer.upper is None or _is_open(relation):
        return np.full(answer.verdict.shape, _UNTOLD)
    reading = subject.reading
    tens = 10.0**reading.places
    unit = np.asarray((reading.unit or 1) if subject.unit is None else subject.unit, dtype=np.float64) / tens
    below, above = _SIDES.get(reading.rule, (0.5, 0.5))
    shift = relation.shift / 10.0**reading.multiplier if isinstance(relation, Product) else 0.0
    printed = subject.mantissa / tens + shift
    lower, upper = answer.lower - above * unit + shift, answer.upper + below * unit + shift
    with np.errstate(invalid="ignore", divide="ignore"):
        if isinstance(relation, Linear) and reading.signed:
            found = _evenly(printed, lower, upper, unit)
        else:
            found = _by_magnitude(printed, lower, upper, unit)
    return np.nan_to_num(np.clip(found, 0.0, 1.0), nan=1.0)


def _is_open(relation: Product | Linear) -> bool:
    return isinstance(relation, Product) and (relation.numerator is None or relation.reference is None)


def _by_magnitude(
    printed: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64], unit: NDArray[np.float64]
) -> NDArray[np.float64]:
    size = np.maximum(np.abs(printed), unit)
    least, most = size / RANGE, size * RANGE
    part = np.log(np.clip(upper, least, most) / np.clip(lower, least, most)) / np.log(most / least)
    one = np.log1p(unit / size) / np.log(most / least)
    return np.asarray(np.maximum(part, one))


def _evenly(
    printed: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64], unit: NDArray[np.float64]
) -> NDArray[np.float64]:
    usual = float(np.median(np.abs(printed))) if printed.size else 0.0
    most = RANGE * np.maximum(np.maximum(np.abs(printed), usual), unit)
    part = (np.clip(upper, -most, most) - np.clip(lower, -most, most)) / (2 * most)
    return np.asarray(np.maximum(part, unit / (2 * most)))
