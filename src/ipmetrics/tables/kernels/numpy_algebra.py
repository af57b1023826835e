"""The kernels' algebra over arrays of numpy: 64 bits where they are enough, whole numbers of any size where not.

Where a product may pass 64 bits, floats decide the rows that are far from equality, with a margin that is a proved
bound of their error, and Python's own whole numbers decide the few rows that are left. Nothing is left untold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ipmetrics.tables.kernels.algebras import LARGEST, Flag, Numbers, Side

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Gauge", "NumpyAlgebra"]

_LARGEST_FLOAT = 10**300  # beyond it a product of floats may be infinite


class NumpyAlgebra:
    """Arrays of int64, or of Python's whole numbers."""

    def choose(self, condition: Flag, yes: Numbers, no: Numbers) -> Numbers:
        """Take ``yes`` where the condition holds, else ``no``."""
        if isinstance(condition, bool):
            return yes if condition else no
        return np.where(condition, yes, no)

    def keep(self, *numbers: Numbers) -> tuple[Numbers, ...]:
        """Return numbers that will be used more than once: arrays are worked out already."""
        return numbers

    def holds(self, bound: int) -> bool:  # noqa: ARG002 - an array may hold Python's own whole numbers
        """Say that any sum can be exact."""
        return True

    def widen(self, number: Numbers, bound: int) -> Numbers:
        """Return the number so that sums up to this bound are exact."""
        if bound <= LARGEST or isinstance(number, int):
            return number
        return number.astype(object)

    def real(self, number: Numbers) -> Numbers:
        """Return the nearest float of each number, for reading."""
        return float(number) if isinstance(number, int) else number.astype(np.float64)

    def compare(self, left: Side, right: Side) -> tuple[Flag, Flag, Flag]:
        """Say where the left side is greater and where they are equal; exact for every row."""
        if max(left.most, right.most) <= LARGEST:
            first, second = _whole(left), _whole(right)
            return first > second, first == second, False
        if max(left.most, right.most) > _LARGEST_FLOAT:
            first, second = _of_any_size(left, slice(None)), _of_any_size(right, slice(None))
            return first > second, first == second, False
        return (*_filtered(left, right), False)


class Gauge(NumpyAlgebra):
    """Judges nothing: it notes the largest size that a comparison of these operands could have to hold."""

    def __init__(self) -> None:
        self.most = 0

    def holds(self, bound: int) -> bool:
        """Note the size of a sum."""
        self.most = max(self.most, bound)
        return True

    def compare(self, left: Side, right: Side) -> tuple[Flag, Flag, Flag]:
        """Note the sizes of two products."""
        self.most = max(self.most, left.most, right.most)
        nothing = np.zeros(0, dtype=bool)
        return nothing, nothing, False


def _whole(one: Side) -> Numbers:
    """Multiply a side out in 64 bits."""
    product: Numbers = one.scale
    for factor in one.factors:
        product = factor if isinstance(product, int) and product == 1 else product * factor
    return product


def _of_any_size(one: Side, rows: slice | NDArray[np.intp]) -> NDArray[np.object_]:
    """Multiply some rows of a side out in Python's whole numbers."""
    product: Numbers = one.scale
    for factor in one.factors:
        product = product * (factor if isinstance(factor, int) else factor[rows].astype(object))
    return np.asarray(product, dtype=object)


def _filtered(left: Side, right: Side) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Let floats decide what they can, and whole numbers the rest.

    A factor becomes a float with a relative error of at most 2⁻⁵³, and so does each product; with k factors and a
    constant, (2 k + 2) · 2⁻⁵³ bounds the whole, and the margin is more than twice that.
    """
    first, second = _as_float(left), _as_float(right)
    steps = 4 * max(len(left.factors), len(right.factors)) + 8
    gap = np.asarray(second - first)
    margin = (np.abs(first) + np.abs(second)) * (steps * 2.0**-53)
    greater, equal = gap < 0, np.zeros(gap.shape, dtype=bool)
    close = np.flatnonzero(np.abs(gap) <= margin)
    if close.size:
        exact_left, exact_right = _of_any_size(left, close), _of_any_size(right, close)
        greater[close] = exact_left > exact_right
        equal[close] = exact_left == exact_right
    return greater, equal


def _as_float(one: Side) -> Numbers:
    product: Numbers = float(one.scale)
    for factor in one.factors:
        product = product * (float(factor) if isinstance(factor, int) else factor.astype(np.float64))
    return product
