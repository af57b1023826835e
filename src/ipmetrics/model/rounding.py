"""Which true values print as a figure, and as what a true value may print: one table, read both ways.

This room knows values and the unit of their last printed place. It does not know how a figure is written,
what its hedge says, or which rule an author followed: NEAREST is what one assumes when nobody says.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import assert_never

from ipmetrics.errors import FigureSyntaxError
from ipmetrics.intervals import Interval

__all__ = ["Rounding"]


class Rounding(StrEnum):
    """How a true value was turned into the printed one.

    ======================== =====================================================================
    ``NEAREST``              to the nearest, the tie rule unknown: both ends included
    ``HALF_UP``              to the nearest, ties away from zero
    ``HALF_DOWN``            to the nearest, ties towards zero
    ``HALF_EVEN``            to the nearest, ties to an even last digit
    ``TRUNCATED``            cut off, towards zero
    ``FLOOR``                down, also below zero
    ``CEILING``              up, also below zero
    ``BALANCED``             up or down by less than or exactly one unit, so that shares add to 100
    ``EXACT``                not at all: the printed value is the true one
    ======================== =====================================================================

    Examples
    --------
    >>> Rounding("truncated") is Rounding.TRUNCATED
    True
    >>> for rule in ("nearest", "half_up", "truncated", "balanced"):
    ...     print(f"{rule:9}", Rounding(rule).interval(Fraction(-8), Fraction(1)))
    nearest   [-8.5, -7.5]
    half_up   (-8.5, -7.5]
    truncated (-9, -8]
    balanced  [-9, -7]
    """

    NEAREST = "nearest"
    HALF_UP = "half_up"
    HALF_DOWN = "half_down"
    HALF_EVEN = "half_even"
    TRUNCATED = "truncated"
    FLOOR = "floor"
    CEILING = "ceiling"
    BALANCED = "balanced"
    EXACT = "exact"

    def interval(self, value: Fraction, unit: Fraction) -> Interval:
        """Return the true values that print as ``value`` when its last printed place counts ``unit``.

        Exact; an end is closed if it prints so itself. For EXACT the unit plays no part.

        Raises
        ------
        FigureSyntaxError
            If the unit is not positive, or the value is no multiple of it and so cannot be printed.

        Examples
        --------
        >>> print(Rounding.NEAREST.interval(Fraction("3.54"), Fraction("0.01")))
        [3.535, 3.545]
        >>> print(
        ...     Rounding.HALF_UP.interval(Fraction(-2), Fraction(1)),
        ...     Rounding.TRUNCATED.interval(Fraction(0), Fraction(1)),
        ... )
        (-2.5, -1.5] (-1, 1)
        """
        if self is Rounding.EXACT:
            return Interval.point(value)
        steps = _last_digit(value, unit)
        below, above = _SIDES.get(self, (-_HALF, _HALF))
        if self is Rounding.TRUNCATED:
            below, above = -_ONE if steps <= 0 else _ZERO, _ONE if steps >= 0 else _ZERO
        return Interval(value + below * unit, value + above * unit, *self._closed(steps))

    def _closed(self, steps: int) -> tuple[bool, bool]:
        """Say which ends print as the value that counts so many units."""
        match self:
            case Rounding.HALF_EVEN:
                return steps % 2 == 0, steps % 2 == 0
            case Rounding.HALF_UP | Rounding.TRUNCATED:
                return steps > 0, steps < 0
            case Rounding.HALF_DOWN:
                return steps <= 0, steps >= 0
            case Rounding.FLOOR:
                return True, False
            case Rounding.CEILING:
                return False, True
            case Rounding.NEAREST | Rounding.BALANCED | Rounding.EXACT:
                return True, True
            case _:
                assert_never(self)

    def round(self, true: Fraction, unit: Fraction) -> tuple[Fraction, ...]:
        """Return every value that ``true`` may print as, ascending: the multiples of ``unit`` that allow it.

        One value for most rules; two at a tie of NEAREST; two for BALANCED, or three if ``true`` is a
        multiple of the unit. EXACT prints the true value itself, whatever the unit.

        Raises
        ------
        FigureSyntaxError
            If the unit is not positive.

        Examples
        --------
        >>> [str(printed) for printed in Rounding.NEAREST.round(Fraction("0.125"), Fraction("0.01"))]
        ['3/25', '13/100']
        >>> Rounding.HALF_EVEN.round(Fraction(5, 2), Fraction(1))
        (Fraction(2, 1),)
        """
        if self is Rounding.EXACT:
            return (true,)
        _check_unit(unit)
        below, rest = divmod(true, unit)
        steps = self._steps(below, rest / unit)
        return tuple(step * unit for step in steps)

    def _steps(self, below: int, rest: Fraction) -> tuple[int, ...]:
        """Choose among the multiples around ``below + rest``, 0 ≤ rest < 1."""
        negative = below < 0
        match self:
            case Rounding.BALANCED:
                return (below, below + 1) if rest else (below - 1, below, below + 1)
            case Rounding.FLOOR:
                up = False
            case Rounding.CEILING:
                up = rest > 0
            case Rounding.TRUNCATED:
                up = negative and rest > 0
            case Rounding.HALF_UP:
                up = rest > _HALF or (rest == _HALF and not negative)
            case Rounding.HALF_DOWN:
                up = rest > _HALF or (rest == _HALF and negative)
            case Rounding.HALF_EVEN:
                up = rest > _HALF or (rest == _HALF and below % 2 == 1)
            case Rounding.NEAREST | Rounding.EXACT:
                if rest == _HALF:
                    return below, below + 1
                up = rest > _HALF
            case _:
                assert_never(self)
        return (below + 1,) if up else (below,)


_HALF = Fraction(1, 2)
_ZERO, _ONE = Fraction(0), Fraction(1)
_SIDES = {Rounding.BALANCED: (-_ONE, _ONE), Rounding.FLOOR: (_ZERO, _ONE), Rounding.CEILING: (-_ONE, _ZERO)}


def _check_unit(unit: Fraction) -> None:
    if unit <= 0:
        raise FigureSyntaxError(unit, rule="the unit of a last place is positive", way_out="pass 1, or 1/10")


def _last_digit(value: Fraction, unit: Fraction) -> int:
    """Return how many units the value counts."""
    _check_unit(unit)
    steps = value / unit
    if steps.denominator != 1:
        raise FigureSyntaxError(
            value,
            rule=f"a value printed in units of {unit} is a multiple of them",
            way_out="state the smaller unit",
        )
    return steps.numerator
