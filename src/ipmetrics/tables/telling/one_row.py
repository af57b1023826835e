"""One row worked out anew in exact fractions: what its figure states, what the others leave for it, the gap between.

The slow twin of `kernels` and `implied`, for the few rows that are put into words. It knows intervals and the two
relations; it has never seen a frame, and it gives no verdict: the table has one already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.intervals import Interval
from ipmetrics.tables.places import Linear, Product

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["WorkedOut", "gap_of", "worked_out"]

_POSITIVE, _AT_MOST_ONE = Interval.more_than(0), Interval.at_most(1)
_FINER = 10**10
"""A root is rounded outwards to this part of the last printed place."""


@attrs.frozen
class WorkedOut:
    """What a relation says of its subject, all in base units; see `RowFinding` for the fields."""

    implied: Interval | None = None
    exact: bool = True
    hidden: Interval | None = None
    over: bool = False
    """Whether the quotient is more than the whole that it must be a part of: then it is told uncut."""


def worked_out(relation: Product | Linear, operands: list[Interval | None], unit: Fraction) -> WorkedOut:
    """Return what the other operands imply for the first.

    ``operands`` are the true values behind each, in the relation's own order; None where a number is not printed or
    not known. ``unit`` is one unit of the subject's last printed place, in base units.
    """
    subject, *others = operands
    if subject is None or any(each is not None and each.is_empty for each in operands):
        return WorkedOut()
    if isinstance(relation, Linear):
        return WorkedOut(_of_sum(relation, others))
    numerator, reference = others
    if relation.numerator is None or relation.reference is None:
        return WorkedOut(hidden=_hidden(relation, subject, numerator, reference))
    if numerator is None or reference is None:
        return WorkedOut()
    return _of_product(relation, numerator, reference, unit)


def _of_sum(relation: Linear, others: list[Interval | None]) -> Interval | None:
    """Return the others brought to the other side."""
    rest = Interval.point(0)
    mine = relation.terms[0].sign
    for term, interval in zip(relation.terms[1:], others, strict=True):
        if interval is None:
            return None
        rest -= interval * (term.sign * mine)
    if relation.equal:
        return rest
    if mine > 0:
        return Interval(None, rest.upper, upper_closed=rest.upper_closed)
    return Interval(rest.lower, None, lower_closed=rest.lower_closed)


def _of_product(relation: Product, numerator: Interval, reference: Interval, unit: Fraction) -> WorkedOut:
    """Return the quotient, its root and its bound."""
    base = reference & _POSITIVE
    if base.is_empty:
        return WorkedOut()
    quotient, exact = numerator / base, True
    if relation.periods > 1:
        quotient &= Interval.at_least(0)
        if quotient.is_empty:
            return WorkedOut()
        quotient, exact = _root(quotient, relation.periods, unit / _FINER)
    over = relation.bounded and (quotient & _AT_MOST_ONE).is_empty
    if relation.bounded and not over:
        quotient &= _AT_MOST_ONE
    return WorkedOut(quotient - relation.shift, exact, over=over)


def _hidden(
    relation: Product, subject: Interval, numerator: Interval | None, reference: Interval | None
) -> Interval | None:
    """Return where the number has to lie that is not printed."""
    factor = (subject + relation.shift) & Interval.at_least(0)
    if relation.bounded:
        factor &= _AT_MOST_ONE
    if relation.numerator is None:
        return None if reference is None else factor * reference
    factor &= _POSITIVE
    if numerator is None or factor.is_empty or relation.periods > 1:
        return None
    return numerator / factor


def _root(interval: Interval, periods: int, step: Fraction) -> tuple[Interval, bool]:
    """Return the root of an interval from 0 up, its ends rounded outwards to whole steps unless they are exact."""
    lower, upper, exact = interval.lower, interval.upper, True
    if lower is not None:
        lower, sure = _root_of(lower, periods, step, up=False)
        exact = exact and sure
    if upper is not None:
        upper, sure = _root_of(upper, periods, step, up=True)
        exact = exact and sure
    return Interval(lower, upper, lower_closed=interval.lower_closed, upper_closed=interval.upper_closed), exact


def _root_of(value: Fraction, periods: int, step: Fraction, *, up: bool) -> tuple[Fraction, bool]:
    whole = value / step**periods
    steps = _whole_root(whole.numerator // whole.denominator, periods)
    if steps**periods == whole:
        return steps * step, True
    return (steps + up) * step, False


def _whole_root(number: int, periods: int) -> int:
    """Return the greatest whole number whose power does not exceed the number, by halving."""
    low, high = 0, 1 << (number.bit_length() // periods + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle**periods <= number:
            low = middle
        else:
            high = middle
    return low


def gap_of(stated: Interval, implied: Interval, unit: Fraction) -> Fraction | None:
    """Return how far the stated interval reaches into the implied one, in units; None if it has no end to reach."""
    if stated.is_empty or implied.is_empty:
        return None
    reaches = []
    if implied.upper is not None and stated.lower is not None:
        reaches.append(implied.upper - stated.lower)
    if implied.lower is not None and stated.upper is not None:
        reaches.append(stated.upper - implied.lower)
    return min(reaches) / unit if reaches else None
