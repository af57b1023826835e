"""The ends of the interval behind each printed number of a column, as whole numbers.

The table of `model.rounding` for whole columns: mantissa, unit of the last place and rule give two ends, each closed,
open, or closed only because the tie rule is unknown. This room knows rounding and signs; it has never seen a cell
or a formula. What it states is the same as `Rounding.interval`, and a test holds it to that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

import attrs

from ipmetrics.model.rounding import Rounding
from ipmetrics.rationals import decimals_of
from ipmetrics.tables.kernels.algebras import Algebra, Flag, Numbers, both, either, negation

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["Ends", "Printed", "ends_of", "exactly", "positive"]


@attrs.frozen
class Printed:
    """The printed numbers of one operand over the rows: ``mantissa × 10 ** power``.

    ``unit`` counts mantissas, one for all rows or one each. ``least`` and ``most`` bound the mantissas, ``widest``
    the units. ``in_doubles`` says that doubles hold everything exactly that will be asked, halves included.
    """

    mantissa: Numbers
    unit: Numbers
    power: int
    rule: Rounding
    signed: bool
    whole: bool
    least: int
    most: int
    widest: int
    in_doubles: bool = False


@attrs.frozen
class Ends:
    """Intervals ``[lower, upper] × 10 ** power / parts`` over the rows.

    ``least`` is a lower bound of ``lower`` and ``most`` a bound of the absolute values of both ends. A tie end is
    closed, and open if ties were decided the other way. ``empty`` says where the interval holds no value at all.
    """

    lower: Numbers
    upper: Numbers
    parts: int
    power: int
    least: int
    most: int
    lower_closed: Flag = True
    upper_closed: Flag = True
    lower_tie: Flag = False
    upper_tie: Flag = False
    empty: Flag = False
    point: bool = False
    whole: bool = False


def exactly(value: Fraction) -> Ends:
    """Return the ends of a number that nobody rounded, and that decimals can write."""
    places = decimals_of(value) or 0
    whole = int(value * 10**places)
    return Ends(whole, whole, 1, -places, whole, abs(whole), point=True)


def ends_of(printed: Printed, algebra: Algebra) -> Ends:
    """Return the true values behind printed numbers; those of an unsigned quantity are 0 or more."""
    ends = _by_rule(printed, algebra)
    return ends if printed.signed or ends.least >= 0 else _not_negative(ends, algebra)


def _by_rule(printed: Printed, algebra: Algebra) -> Ends:
    """Return the ends that a rounding rule gives, whatever the sign of the true values."""
    m, u = printed.mantissa, printed.unit
    least, most = printed.least - printed.widest, max(abs(printed.least), abs(printed.most)) + printed.widest
    rounded: dict[str, Any] = {"power": printed.power, "most": most, "whole": printed.whole}
    whole_units = rounded | {"parts": 1, "least": least}
    match printed.rule:
        case Rounding.EXACT:
            return Ends(m, m, parts=1, least=printed.least, point=True, **rounded)
        case Rounding.BALANCED:
            return Ends(m - u, m + u, **whole_units)
        case Rounding.FLOOR:
            return Ends(m, m + u, **whole_units, upper_closed=False)
        case Rounding.CEILING:
            return Ends(m - u, m, **whole_units, lower_closed=False)
        case Rounding.TRUNCATED:
            return _truncated(printed, whole_units, algebra)
        case Rounding.NEAREST | Rounding.HALF_UP | Rounding.HALF_DOWN | Rounding.HALF_EVEN:
            if printed.in_doubles:
                half = u * 0.5
                least_half: Any = printed.least - printed.widest * 0.5
                return Ends(m - half, m + half, parts=1, least=least_half, **rounded, **_ties(printed))
            twice = m + m
            halves = rounded | {"parts": 2, "least": 2 * printed.least - printed.widest, "most": 2 * most}
            return Ends(twice - u, twice + u, **halves, **_ties(printed))
        case _:
            assert_never(printed.rule)


def _truncated(printed: Printed, rounded: dict[str, Any], algebra: Algebra) -> Ends:
    """Cut off towards zero: away from zero a unit is lost, at zero on both sides."""
    m, u = printed.mantissa, printed.unit
    if not printed.signed and printed.least >= 0:
        return Ends(m, m + u, **{**rounded, "least": printed.least}, upper_closed=False)
    lower = algebra.choose(m <= 0, m - u, m)
    upper = algebra.choose(m >= 0, m + u, m)
    return Ends(lower, upper, **rounded, lower_closed=m > 0, upper_closed=m < 0)


def _ties(printed: Printed) -> dict[str, Any]:
    """Say which ends half a unit away print as the number itself."""
    m = printed.mantissa
    match printed.rule:
        case Rounding.HALF_UP:
            return {"lower_closed": m > 0, "upper_closed": False if printed.least >= 0 else m < 0}
        case Rounding.HALF_DOWN:
            return {"lower_closed": False if printed.least > 0 else m <= 0, "upper_closed": m >= 0}
        case Rounding.HALF_EVEN:
            even = m % (printed.unit * 2) == 0
            return {"lower_closed": even, "upper_closed": even}
        case _:
            return {"lower_tie": True, "upper_tie": True}


def _not_negative(ends: Ends, algebra: Algebra) -> Ends:
    """Keep the true values that are 0 or more; where there are none, the interval is empty."""
    below = ends.lower < 0
    above = negation(below)
    negative = either(ends.upper < 0, both(ends.upper == 0, negation(ends.upper_closed)))
    return attrs.evolve(
        ends,
        lower=algebra.choose(below, 0, ends.lower),
        lower_closed=either(below, ends.lower_closed),
        lower_tie=both(above, ends.lower_tie),
        least=0,
        empty=either(ends.empty, negative),
        point=False,
    )


def positive(ends: Ends, algebra: Algebra) -> Ends:
    """Keep the true values above 0, as of a figure that others are divided by."""
    if ends.least > 0:
        return ends
    nothing = ends.upper <= 0
    outside = ends.lower <= 0
    inside = negation(outside)
    return attrs.evolve(
        ends,
        lower=algebra.choose(outside, 0, ends.lower),
        lower_closed=both(inside, ends.lower_closed),
        lower_tie=both(inside, ends.lower_tie),
        least=0,
        empty=either(ends.empty, nothing),
        point=False,
    )
