"""Claims as statements: the relations each claim puts on numbered unknowns, and the expression it measures.

This is where words meet numbers: a figure becomes an interval, "19.6 % more" a proportion to 1.196. One function a
direction, one case a kind of claim; no strategy and no verdict.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

import attrs

from ipmetrics.constraints.ranges import Expression, Quotient, Sum
from ipmetrics.constraints.relations import AnyOf, Count, Linear, Proportion, Relation, Within
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.printed import stated_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipmetrics.model.figures import Conventions
    from ipmetrics.model.observations import Observation

__all__ = ["Measured", "asserted", "measured", "stated", "statements"]

_ONE = Fraction(1)
_NONNEGATIVE = Interval.at_least(0)
_AT_MOST_WHOLE = Interval.at_most(1)


@attrs.frozen
class Measured:
    """The expression a claim measures, and how its range reads in the claim's own terms.

    A growth g stands for the quotient 1 + g, and a rate compounded over `years` for its power.
    """

    expression: Expression
    shift: Fraction = Fraction(0)
    years: int = 1

    def told(self, interval: Interval) -> Interval:
        """A range of the expression, as the claim would print it; a root that is not rational is rounded outwards."""
        if self.years > 1:
            interval = _root(interval, self.years)
        return interval - self.shift if self.shift else interval

    def meant(self, interval: Interval) -> Interval:
        """What a printed interval says of the expression."""
        if self.shift:
            interval = interval + self.shift
        if self.years > 1:
            interval = (interval & _NONNEGATIVE).power(self.years)
        return interval


def _root(interval: Interval, years: int) -> Interval:
    if interval.is_empty:
        return interval
    low, low_exact = (None, True) if interval.lower is None else _root_of(interval.lower, years, up=False)
    high, high_exact = (None, True) if interval.upper is None else _root_of(interval.upper, years, up=True)
    return Interval(
        low,
        high,
        lower_closed=interval.lower_closed and low_exact,
        upper_closed=interval.upper_closed and high_exact,
    )


def _root_of(value: Fraction, years: int, *, up: bool) -> tuple[Fraction, bool]:
    """The n-th root to twelve decimals, rounded outwards, and whether it is exact (by bisection over integers)."""
    if value <= 0:
        return Fraction(0), value == 0
    size = 10**12
    low, high = 0, size * (int(value) + 2)
    while high - low > 1:
        middle = (low + high) // 2
        if Fraction(middle, size) ** years <= value:
            low = middle
        else:
            high = middle
    exact = Fraction(low, size) ** years == value
    return Fraction(low if exact or not up else high, size), exact


def measured(claim: Claim, number: Callable[[Observation], int]) -> Measured | None:
    """The expression a claim measures; None for a rank and for alternatives, which measure no single one."""
    match claim:
        case Level(subject=subject):
            return Measured(Sum(((number(subject), _ONE),)))
        case Ratio(subject=subject, to=base) | Share(subject=subject, of=base):
            return Measured(Quotient(number(subject), number(base)))
        case Change():
            pair = number(claim.subject), number(claim.base)
            if claim.difference:
                return Measured(Sum(((pair[0], _ONE), (pair[1], -_ONE))))
            return Measured(Quotient(*pair), _ONE, claim.years)
        case Total(subject=subject, parts=parts):
            return Measured(Sum(((number(subject), _ONE), *((number(part), -_ONE) for part in parts))))
        case Rank() | OneOf():
            return None
    assert_never(claim)


def stated(claim: Claim, conventions: Conventions) -> Interval | None:
    """What a claim says of the expression it measures, in base units and its own terms; None where it has none."""
    match claim:
        case Level() | Ratio() | Share() | Change():
            return stated_by(claim, conventions)
        case Total() if claim.complete and conventions.partitions:
            return Interval.point(0)
        case Total() if claim.disjoint and conventions.partitions:
            return _NONNEGATIVE
        case _:
            return None


def asserted(claim: Claim, conventions: Conventions) -> Interval | None:
    """What a claim holds its expression to: what it states, and of a share also that a part is at most its whole."""
    says = stated(claim, conventions)
    if says is not None and isinstance(claim, Share) and conventions.part_of:
        return says & _AT_MOST_WHOLE
    return says


def statements(claim: Claim, number: Callable[[Observation], int], conventions: Conventions) -> tuple[Relation, ...]:
    """The relations a claim asserts between unknowns.

    Raises nothing for what is false: a share above 100 % is stated like any other.
    """
    match claim:
        case Rank():
            return _rank(claim, number)
        case OneOf(alternatives=alternatives):
            return (AnyOf(tuple(statements(each, number, conventions) for each in alternatives)),)
        case Total() if not (claim.disjoint and conventions.partitions):
            whole = number(claim.subject)
            return tuple(Linear(((whole, _ONE), (number(part), -_ONE)), _NONNEGATIVE) for part in claim.parts)
        case _:
            pass
    told, says = measured(claim, number), asserted(claim, conventions)
    if told is None or says is None:
        message = f"{claim} has no figure: an expression states nothing"
        raise AssertionError(message)
    meant = told.meant(says)
    match told.expression:
        case Quotient(variable=variable, base=base):
            return (Proportion(variable, base, meant),)
        case Sum(terms=((variable, _),)):
            return (Within(variable, meant),)
        case Sum(terms=terms):
            return (Linear(terms, meant),)


def _rank(claim: Rank, number: Callable[[Observation], int]) -> tuple[Relation, ...]:
    """At most k − 1 strictly ahead; if everyone is named, at least k − 1 ahead or level."""
    subject, others = number(claim.subject), tuple(number(other) for other in claim.others)
    below = claim.order == "ascending"
    ahead = Count(subject, others, strict=True, least=0, most=claim.rank - 1, below=below)
    if not claim.complete or claim.rank == 1:
        return (ahead,)
    return (ahead, Count(subject, others, strict=False, least=claim.rank - 1, most=len(others), below=below))
