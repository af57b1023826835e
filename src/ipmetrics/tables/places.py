"""Where the numbers of a formula are printed, and the two relations between them that every formula comes to.

This room knows columns, rows by their labels, other frames and sums over rows. It has never seen a number.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

__all__ = ["SUBJECT", "Constant", "Linear", "Place", "Product", "Relation", "Sum", "Term", "elsewhere"]

SUBJECT = ""
"""Stands for the column that a formula is about, until the table's dictionary names it."""

Labels = tuple[tuple[str, tuple[Any, ...]], ...]
"""Columns and the labels allowed in each: ``(("row", ("Sub-total",)),)``."""


@attrs.frozen
class Place:
    """A column, in the row itself or in the one other row that keys and labels find.

    ``labels`` choose the rows that may be found; ``keys`` are the columns in which the found row agrees with this
    one; ``frame`` is another frame to look in; with ``over`` the found row's value of that column is ``by`` less.
    """

    column: str
    labels: Labels = ()
    keys: tuple[str, ...] = ()
    frame: Any = attrs.field(default=None, eq=id, repr=False)
    over: str | None = None
    by: int = 0

    @property
    def here(self) -> bool:
        """Whether the number stands in the row itself."""
        return self.frame is None and not self.labels and self.over is None


@attrs.frozen
class Sum:
    """The sum of a column over the rows that carry certain labels and agree with this one in the keys.

    ``others`` names the column whose label must differ from this row's own: parts never include their whole.
    """

    column: str
    labels: Labels = ()
    keys: tuple[str, ...] = ()
    others: str | None = None

    @property
    def of_one_label(self) -> Sum:
        """The rows of this sum that carry a row's own label, which are no parts of it."""
        return attrs.evolve(self, keys=(*self.keys, *([self.others] if self.others else [])))


@attrs.frozen
class Constant:
    """A number that nobody rounded."""

    value: Fraction


def elsewhere(operand: Place | Sum | Constant | None) -> bool:
    """Say whether a number stands in another row of the same table, or is summed up from there."""
    return isinstance(operand, Sum) or (isinstance(operand, Place) and operand.frame is None and not operand.here)


@attrs.frozen
class Term:
    """A place, a sum or a constant, counted ``sign`` times."""

    sign: int
    operand: Place | Sum | Constant


@attrs.frozen
class Product:
    """``numerator = (shift + subject) ** periods × reference``, with ``reference`` above zero.

    ``bounded`` adds ``numerator ≤ reference`` (a part of a whole). Without a numerator the relation says that some
    whole number stands there; without a reference, that some whole number above zero does.
    """

    subject: Place
    numerator: Place | None
    reference: Place | None
    shift: int = 0
    periods: int = 1
    bounded: bool = False


@attrs.frozen
class Linear:
    """``Σ sign × operand = 0``, or ``≤ 0``; the first term is the subject."""

    terms: tuple[Term, ...]
    equal: bool = True


Relation = Product | Linear
