"""Sets of possible true values: intervals with exact ends, each open or closed.

This room knows rational arithmetic and nothing else: no unit, no claim, no rounding rule, no tolerance.
Ends are fractions and stay so, and an end is closed exactly if it is attained (Moore, Kearfott and Cloud
2009, *Introduction to Interval Analysis*, ch. 2 and 5, with open ends added). It refuses floats, and it
refuses unions: an answer with gaps is the hull of its pieces.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any, TypeAlias

import attrs

from ipmetrics.errors import IpmetricsError
from ipmetrics.rationals import exact_number, format_number, order_of

__all__ = ["Interval", "IntervalError", "format_number"]

_ZERO = Fraction(0)


class IntervalError(IpmetricsError, ValueError):
    """An operation that has no interval for an answer, such as division by one that contains 0."""


def _exact_end(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else exact_number(value)


@attrs.frozen(repr=False)
class Interval:
    """All numbers between two exact ends, each open or closed, or unbounded (None).

    An unbounded end is never closed. Ends that cross, or that meet without both being closed, make the
    empty interval, of which there is only one: all empty intervals are equal. Arithmetic (+ - * / with
    intervals, fractions and whole numbers) answers with exactly the values that occur, the operands
    being free of each other; nothing is widened.

    Parameters
    ----------
    lower, upper
        The ends; None means unbounded.
    lower_closed, upper_closed
        Whether the end itself belongs to the interval.

    Raises
    ------
    FigureTypeError
        If an end, or a number it meets in arithmetic, is a float or anything else that is not exact.
    IntervalError
        If a divisor contains 0.

    Examples
    --------
    >>> stated = Interval(Fraction("332.75"), Fraction("332.85"))
    >>> print(stated, stated / Interval(Fraction("3.535"), Fraction("3.545")))
    [332.75, 332.85] [93.8646…, 94.1584…]
    >>> print(-Interval.more_than(3), Interval.open(0, 1) & Interval.at_least(1))
    (-∞, -3) ∅
    >>> print(Interval.closed(1, 2) / Interval(0, 4, lower_closed=False))
    [0.25, ∞)
    """

    lower: Fraction | None = attrs.field(default=None, converter=_exact_end)
    upper: Fraction | None = attrs.field(default=None, converter=_exact_end)
    lower_closed: bool = attrs.field(default=True, converter=bool)
    upper_closed: bool = attrs.field(default=True, converter=bool)

    def __attrs_post_init__(self) -> None:
        """Bring equal sets to equal fields: unbounded ends are open, every empty set is (0, 0)."""
        lower_closed = self.lower_closed and self.lower is not None
        upper_closed = self.upper_closed and self.upper is not None
        normal = _checked(self.lower, self.upper, lower_closed, upper_closed)
        if normal is _EMPTY:
            _set_lower(self, _ZERO)
            _set_upper(self, _ZERO)
        _set_lower_closed(self, normal.lower_closed)
        _set_upper_closed(self, normal.upper_closed)

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """Return {value}."""
        exact = exact_number(value)
        return _make(exact, exact, lower_closed=True, upper_closed=True)

    @classmethod
    def everything(cls) -> Interval:
        """Return (-∞, ∞)."""
        return _EVERYTHING

    @classmethod
    def empty(cls) -> Interval:
        """Return the interval that holds nothing."""
        return _EMPTY

    @classmethod
    def closed(cls, lower: Fraction | int, upper: Fraction | int) -> Interval:
        """Return [lower, upper]."""
        return cls(lower, upper)

    @classmethod
    def open(cls, lower: Fraction | int, upper: Fraction | int) -> Interval:
        """Return (lower, upper)."""
        return cls(lower, upper, lower_closed=False, upper_closed=False)

    @classmethod
    def at_least(cls, lower: Fraction | int) -> Interval:
        """Return [lower, ∞)."""
        return cls(exact_number(lower))

    @classmethod
    def at_most(cls, upper: Fraction | int) -> Interval:
        """Return (-∞, upper]."""
        return cls(None, exact_number(upper))

    @classmethod
    def more_than(cls, lower: Fraction | int) -> Interval:
        """Return (lower, ∞)."""
        return cls(exact_number(lower), lower_closed=False)

    @classmethod
    def less_than(cls, upper: Fraction | int) -> Interval:
        """Return (-∞, upper)."""
        return cls(None, exact_number(upper), upper_closed=False)

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return not (self.lower_closed or self.upper_closed or self.lower is None) and self.lower == self.upper

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one value."""
        return self.lower_closed and self.upper_closed and self.lower == self.upper

    @property
    def is_bounded(self) -> bool:
        """Whether neither end is unbounded; the empty interval is bounded."""
        return self.lower is not None and self.upper is not None

    @property
    def width(self) -> Fraction | None:
        """Upper end minus lower end, open or closed; None if unbounded, 0 if empty."""
        return None if self.lower is None or self.upper is None else self.upper - self.lower

    @property
    def midpoint(self) -> Fraction | None:
        """The number half-way between the ends; None if unbounded or empty."""
        if self.lower is None or self.upper is None or self.is_empty:
            return None
        return (self.lower + self.upper) / 2

    def __contains__(self, value: Fraction | int) -> bool:
        exact = exact_number(value)
        if self.lower is not None:
            order = order_of(exact, self.lower)
            if order < 0 or (order == 0 and not self.lower_closed):
                return False
        if self.upper is not None:
            order = order_of(self.upper, exact)
            if order < 0 or (order == 0 and not self.upper_closed):
                return False
        return True

    def issubset(self, other: Interval) -> bool:
        """Whether every value of this interval belongs to the other.

        Examples
        --------
        >>> inner, outer = Interval.open(0, 1), Interval.closed(0, 1)
        >>> inner.issubset(outer), outer.issubset(inner)
        (True, False)
        """
        return self & other == self

    def overlaps(self, other: Interval) -> bool:
        """Whether they share a value; intervals that touch do so only if both include the point."""
        return not (self & other).is_empty

    def whole_numbers(self) -> Interval:
        """Return the closed hull of its whole numbers; empty if it holds none.

        Examples
        --------
        >>> print(Interval(Fraction(5, 2), 7, upper_closed=False).whole_numbers())
        [3, 6]
        """
        lower, upper = self.lower, self.upper
        if lower is not None:
            lower = Fraction(lower.__ceil__() if self.lower_closed else lower.__floor__() + 1)
        if upper is not None:
            upper = Fraction(upper.__floor__() if self.upper_closed else upper.__ceil__() - 1)
        return _checked(lower, upper, lower is not None, upper is not None)

    def count_whole(self) -> int | None:
        """Return how many whole numbers it holds; None if it is unbounded."""
        whole = self.whole_numbers()
        return None if whole.width is None else 0 if whole.is_empty else int(whole.width) + 1

    def __and__(self, other: Interval) -> Interval:
        if type(other) is not Interval:
            return NotImplemented
        lower, lower_closed = self.lower, self.lower_closed
        upper, upper_closed = self.upper, self.upper_closed
        if other.lower is not None:
            order = -1 if lower is None else order_of(lower, other.lower)
            if order < 0:
                lower, lower_closed = other.lower, other.lower_closed
            elif order == 0:
                lower_closed = lower_closed and other.lower_closed
        if other.upper is not None:
            order = 1 if upper is None else order_of(upper, other.upper)
            if order > 0:
                upper, upper_closed = other.upper, other.upper_closed
            elif order == 0:
                upper_closed = upper_closed and other.upper_closed
        return _checked(lower, upper, lower_closed, upper_closed)

    def intersection(self, other: Interval) -> Interval:
        """Return the values common to both, as ``self & other`` does."""
        return self & other

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that contains both; values between them are filled in.

        Examples
        --------
        >>> print(Interval.open(0, 1).hull(Interval.point(5)))
        (0, 5]
        """
        if self.is_empty or other.is_empty:
            return other if self.is_empty else self
        lower, lower_open, upper, upper_closed = None, True, None, False
        if self.lower is not None and other.lower is not None:
            lows = (self.lower, not self.lower_closed), (other.lower, not other.lower_closed)
            lower, lower_open = min(lows)
        if self.upper is not None and other.upper is not None:
            upper, upper_closed = max((self.upper, self.upper_closed), (other.upper, other.upper_closed))
        return _make(lower, upper, not lower_open, upper_closed)

    def __neg__(self) -> Interval:
        lower = None if self.upper is None else -self.upper
        upper = None if self.lower is None else -self.lower
        return _make(lower, upper, self.upper_closed, self.lower_closed)

    def __add__(self, other: Interval | Fraction | int) -> Interval:
        that = _operand(other)
        if that is None:
            return NotImplemented
        if self.is_empty or that.is_empty:
            return _EMPTY
        lower = None if self.lower is None or that.lower is None else self.lower + that.lower
        upper = None if self.upper is None or that.upper is None else self.upper + that.upper
        closed = self.lower_closed and that.lower_closed, self.upper_closed and that.upper_closed
        return _make(lower, upper, *closed)

    __radd__ = __add__

    def __sub__(self, other: Interval | Fraction | int) -> Interval:
        that = _operand(other)
        return NotImplemented if that is None else self + -that

    def __rsub__(self, other: Fraction | int) -> Interval:
        return -self + other

    def __mul__(self, other: Interval | Fraction | int) -> Interval:
        that = _operand(other)
        if that is None:
            return NotImplemented
        return _EMPTY if self.is_empty or that.is_empty else _product(self, that)

    __rmul__ = __mul__

    def __truediv__(self, other: Interval | Fraction | int) -> Interval:
        that = _operand(other)
        if that is None:
            return NotImplemented
        return _EMPTY if self.is_empty or that.is_empty else _product(self, _reciprocal(that))

    def __rtruediv__(self, other: Fraction | int) -> Interval:
        that = _operand(other)
        return NotImplemented if that is None else that / self

    def power(self, exponent: int) -> Interval:
        """Return the whole powers xⁿ of each x, n ≥ 0; an even power of an interval around 0 begins at [0.

        Raises
        ------
        IntervalError
            If the exponent is negative.

        Examples
        --------
        >>> print(Interval(-2, 1, lower_closed=False).power(2))
        [0, 4)
        """
        if operator.index(exponent) < 0:
            way_out = "divide 1 by the positive power"
            raise IntervalError(exponent, rule="an exponent is 0 or more", way_out=way_out)
        base = Interval.point(1) if exponent == 0 and not self.is_empty else self
        if exponent % 2 == 0:  # only the size of x counts, and on sizes the power grows
            if 0 in base:
                base = base.hull(-base) & _NOT_NEGATIVE
            elif base.upper is not None and base.upper <= 0:
                base = -base
        lower = None if base.lower is None else base.lower**exponent
        upper = None if base.upper is None else base.upper**exponent
        return _checked(lower, upper, base.lower_closed, base.upper_closed)

    def __repr__(self) -> str:
        if self.is_empty:
            return "Interval.empty()"
        parts = [] if self == _EVERYTHING else [repr(self.lower), repr(self.upper)]
        parts += ["lower_closed=False"] * (self.lower is not None and not self.lower_closed)
        parts += ["upper_closed=False"] * (self.upper is not None and not self.upper_closed)
        return f"Interval({', '.join(parts)})"

    def __str__(self) -> str:
        if self.is_empty:
            return "∅"
        lower = "-∞" if self.lower is None else format_number(self.lower)
        upper = "∞" if self.upper is None else format_number(self.upper)
        if self.is_point:
            return f"{{{lower}}}"
        return f"{'[' if self.lower_closed else '('}{lower}, {upper}{']' if self.upper_closed else ')'}"


# The slots' own setters reach through the frozen class: ends that are already normal make an interval at
# about a third of the cost of the checked constructor, and every operation ends here.
_setters: Any = [Interval.__dict__[field.name].__set__ for field in attrs.fields(Interval)]
_set_lower, _set_upper, _set_lower_closed, _set_upper_closed = _setters

_End: TypeAlias = "Fraction | None"


def _make(lower: _End, upper: _End, lower_closed: bool, upper_closed: bool) -> Interval:  # noqa: FBT001 - keywords cost time in the inner loop
    """Make an interval from ends known to be normal: not empty, unbounded ends marked open."""
    made: Interval = object.__new__(Interval)
    _set_lower(made, lower)
    _set_upper(made, upper)
    _set_lower_closed(made, lower_closed)
    _set_upper_closed(made, upper_closed)
    return made


def _checked(lower: _End, upper: _End, lower_closed: bool, upper_closed: bool) -> Interval:  # noqa: FBT001 - keywords cost time in the inner loop
    """Make an interval that may come out empty, in which case it is `_EMPTY` itself."""
    if lower is not None and upper is not None:
        order = order_of(lower, upper)
        if order > 0 or (order == 0 and not (lower_closed and upper_closed)):
            return _EMPTY
    return _make(lower, upper, lower_closed, upper_closed)


_EMPTY = _make(_ZERO, _ZERO, lower_closed=False, upper_closed=False)
_EVERYTHING = Interval()
_NEGATIVE, _NOT_NEGATIVE = Interval(None, 0, upper_closed=False), Interval(0)


def _operand(value: object) -> Interval | None:
    """Read the other side of an operator; None for a stranger, so that Python asks it instead."""
    if type(value) is Interval:
        return value
    return Interval.point(exact_number(value)) if isinstance(value, int | Fraction | float) else None


def _product(a: Interval, b: Interval) -> Interval:
    """Multiply two nonempty intervals: corners if neither is ever negative, else sign by sign."""
    if a.lower is None or a.lower.numerator < 0:
        if a.upper is not None and a.upper.numerator <= 0:
            return -_product(-a, b)
        return (-_product(-(a & _NEGATIVE), b)).hull(_product(a & _NOT_NEGATIVE, b))
    if b.lower is None or b.lower.numerator < 0:
        return _product(b, a)
    lower, lower_closed = _corner(a.lower, a.lower_closed, b.lower, b.lower_closed)
    if a.upper is not None and b.upper is not None:
        upper, upper_closed = _corner(a.upper, a.upper_closed, b.upper, b.upper_closed)
        return _make(lower, upper, lower_closed, upper_closed)
    for factor in (a, b):
        if factor.upper == 0:  # {0} times an unbounded interval: its end is never reached
            return factor
    return _make(lower, None, lower_closed, upper_closed=False)


def _corner(a: Fraction, a_closed: bool, b: Fraction, b_closed: bool) -> tuple[Fraction, bool]:  # noqa: FBT001 - keywords cost time in the inner loop
    """Multiply two ends; the product is attained if both are, or if one is a closed 0."""
    return a * b, (a_closed and b_closed) or (a_closed and not a) or (b_closed and not b)


def _reciprocal(a: Interval) -> Interval:
    """Turn every value of a nonempty interval upside down; it lies on one side of 0, or is refused."""
    if 0 in a:
        way_out = "narrow it first, as with `& Interval.more_than(0)`"
        raise IntervalError(a, rule="a divisor does not contain 0", way_out=way_out)
    lower = _ZERO if a.upper is None else 1 / a.upper if a.upper else None
    upper = _ZERO if a.lower is None else 1 / a.lower if a.lower else None
    return _make(lower, upper, a.upper_closed, a.lower_closed)
