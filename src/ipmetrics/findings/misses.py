"""By how much what a claim states misses what others imply of it, in exact numbers.

This room measures the gap between two intervals: in base units, in units of the last printed place, and against
the printed value. It does not judge whether that is much.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import Conventions, Figure, Hedge
from ipmetrics.model.printed import Printed, own_power

if TYPE_CHECKING:
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim

__all__ = ["Miss", "miss_of"]

_LITERAL = Conventions(round_numbers=False)
_PLACELESS = {Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.FRACTION}


@attrs.frozen
class Miss:
    """By how much what a claim states and what others imply of it miss each other.

    Parameters
    ----------
    gap
        The distance between the two intervals in base units, exact; 0 where they touch in an end that one of them
        does not include.
    places
        The gap in units of the last printed place; None where there is no such place: a claim without a figure, a
        one-sided figure, a fraction word.
    relative
        The gap as a part of the size of the printed value; None where that is 0 or nothing was printed.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> [conflict] = ipm.conflicts([ipm.Level(a, "6.0"), ipm.Level(b, "2.5"), ipm.Ratio(a, b, "2.0")])
    >>> conflict.misses[1]
    Miss(gap=Fraction(289, 820), places=Fraction(289, 82), relative=Fraction(289, 2050))
    """

    gap: Fraction
    places: Fraction | None = None
    relative: Fraction | None = None


def miss_of(claim: Claim, stated: Interval | None, implied: Interval | None) -> Miss | None:
    """By how much two intervals given in base units miss each other; None where they meet or one is missing."""
    if stated is None or implied is None or stated.is_empty or implied.is_empty or stated.overlaps(implied):
        return None
    below, above = (stated, implied) if _is_below(stated, implied) else (implied, stated)
    if below.upper is None or above.lower is None:
        message = "intervals that share nothing have facing ends"
        raise AssertionError(message)
    gap = above.lower - below.upper
    if not isinstance(claim, Printed) or claim.figure is None:
        return Miss(gap)
    figure = claim.figure
    power = own_power(claim)
    place = _place(figure, stated, power)
    value = abs(figure.value) * Fraction(10) ** power
    return Miss(gap, gap / place if place else None, gap / value if value else None)


def _is_below(one: Interval, other: Interval) -> bool:
    return one.upper is not None and other.lower is not None and one.upper <= other.lower


def _place(figure: Figure, stated: Interval, power: int) -> Fraction | None:
    """One unit of the last printed place in base units; None where none was printed.

    Whether the zeros of a round number count is a convention, and what is stated shows which was used: where they hide
    precision it is at least one such unit wide.
    """
    if figure.hedge in _PLACELESS:
        return None
    place = figure.unit_in_last_place(multiplier=power)
    if stated.width is not None and stated.width < place:
        return figure.unit_in_last_place(_LITERAL, multiplier=power)
    return place
