"""What the kernels need of numbers, whatever the numbers are: arrays of numpy, or expressions of narwhals.

A kernel is written once over ``+ - * // % < <= == & | ~``; an algebra adds the two things that differ, choosing
between two values and comparing products that may be too large for 64 bits. Flags that are the same for every row
are plain `bool`, so that what never varies costs nothing.
"""

from __future__ import annotations

from typing import Any, Protocol

import attrs

__all__ = ["LARGEST", "Algebra", "Flag", "Numbers", "Side", "both", "either", "negation", "side"]

LARGEST = 2**63 - 1
"""The largest whole number that 64 bits hold."""

Numbers = Any
"""A numpy array of whole numbers, a narwhals expression of them, or one plain int for every row."""

Flag = Any
"""A bool for every row, or an array or expression of bools."""


@attrs.frozen
class Side:
    """One side of a comparison: a product of factors, with a bound of its size.

    ``factors`` are `Numbers`, ``scale`` a constant; ``most`` bounds the absolute value of the whole product, and
    of every partial product.
    """

    factors: tuple[Numbers, ...]
    scale: int
    most: int


def side(*factors: tuple[Numbers, int], scale: int = 1) -> Side:
    """Return the product of numbers, each with a bound of its absolute value, and of a constant."""
    most = abs(scale)
    for _, bound in factors:
        most *= max(bound, 1)
    return Side(tuple(number for number, _ in factors), scale, most)


class Algebra(Protocol):
    """What differs between arrays and expressions."""

    def choose(self, condition: Flag, yes: Numbers, no: Numbers) -> Numbers:
        """Take ``yes`` where the condition holds, else ``no``."""

    def keep(self, *numbers: Numbers) -> tuple[Numbers, ...]:
        """Return numbers that will be used more than once; an expression becomes a column, so it is worked out once."""

    def holds(self, bound: int) -> bool:
        """Say whether sums of sizes up to this bound can be exact at all."""

    def widen(self, number: Numbers, bound: int) -> Numbers:
        """Return the number so that sums of sizes up to this bound are exact."""

    def real(self, number: Numbers) -> Numbers:
        """Return the nearest float of each number, for reading."""

    def compare(self, left: Side, right: Side) -> tuple[Flag, Flag, Flag]:
        """Say where the left side is greater, where they are equal, and where that could not be told.

        Exact wherever it is told.
        """


def both(first: Flag, second: Flag) -> Flag:
    """Say where both hold."""
    if first is True or second is False:
        return second
    if second is True or first is False:
        return first
    return first & second


def either(first: Flag, second: Flag) -> Flag:
    """Say where one of them holds."""
    if first is False or second is True:
        return second
    if second is False or first is True:
        return first
    return first | second


def negation(flag: Flag) -> Flag:
    """Say where it does not hold."""
    return not flag if isinstance(flag, bool) else ~flag
