"""Shares and growth of things counted, where a whole number must stand behind what is not printed.

51.1 % of 7 things is none: no whole number of seven lies in [51.05 %, 51.15 %]. Beside a count that is printed
exactly, the whole numbers between two products are counted by division, so every row is decided. Where two counts are
both rounded, a few pairs of whole numbers are tried; a row that none of them fits is left open, and never consistent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.tables.kernels.algebras import LARGEST, Algebra, Flag, Numbers, both, either, negation

if TYPE_CHECKING:
    from ipmetrics.tables.kernels.ends import Ends
    from ipmetrics.tables.places import Product

__all__ = ["two_counts", "whole_product"]


def whole_product(
    factor: Ends, numerator: Ends | None, reference: Ends | None, algebra: Algebra, relation: Product
) -> tuple[Flag, Flag, Flag, Flag]:
    """Judge rows where the numerator or the reference is some whole number that is not printed.

    Returns where no whole number will do, where one will do only by a tie, and twice what is left open.
    """
    if numerator is None and reference is not None:
        return _some_part(factor, reference, algebra, bounded=relation.bounded)
    if numerator is not None and reference is None and relation.periods == 1:
        return _some_base(factor, numerator, algebra)
    return False, False, True, True


def two_counts(
    factor: Ends, numerator: Ends, reference: Ends, algebra: Algebra, *, bounded: bool
) -> tuple[Flag, Flag, Flag]:
    """Judge ``n = factor × m`` for whole n and m within two intervals, of which at least one is no single number.

    Returns where there are none, where some are found only by a tie, and where that is left open.
    """
    one = factor.parts * 10 ** max(0, -factor.power)
    times = 10 ** max(0, factor.power)
    most = max(factor.most * times, one) * (max(_most(numerator), _most(reference)) + 1)
    if most > LARGEST:
        return False, False, True
    found, none = [], []
    for strict in (False, True):
        first, last, least, greatest = algebra.keep(
            *_whole_ends(numerator, strict=strict, algebra=algebra),
            *_whole_ends(reference, strict=strict, algebra=algebra),
        )
        least = algebra.choose(least < 1, 1, least)
        candidates = algebra.keep(least, greatest, (least + greatest) // 2)
        fits = [
            _a_part_fits(factor, times, one, (first, last), base, algebra, strict=strict, bounded=bounded)
            for base in candidates
        ]
        found.append(either(either(fits[0], fits[1]), fits[2]))
        none.append(either(first > last, least > greatest))
    found[0], found[1], none[0], none[1] = algebra.keep(*found, *none)
    impossible = none[0]
    found = [both(one_found, negation(empty)) for one_found, empty in zip(found, none, strict=True)]
    left_open = both(negation(impossible), negation(found[0]))
    # A row with a pair that needs no tie is no edge; one without may have another that was not tried.
    return impossible, both(found[0], both(negation(found[1]), none[1])), left_open


def _most(ends: Ends) -> int:
    """Return a bound of the whole numbers within."""
    return int(ends.most * 10 ** max(0, ends.power) // (ends.parts * 10 ** max(0, -ends.power))) + 1


def _whole_ends(ends: Ends, *, strict: bool, algebra: Algebra) -> tuple[Numbers, Numbers]:
    """Return the first and the last whole number of intervals of 0 or more; strictly, ties are decided against them."""
    one, times = ends.parts * 10 ** max(0, -ends.power), 10 ** max(0, ends.power)
    low, high = ends.lower * times, ends.upper * times
    low_closed = both(ends.lower_closed, negation(ends.lower_tie)) if strict else ends.lower_closed
    high_closed = both(ends.upper_closed, negation(ends.upper_tie)) if strict else ends.upper_closed
    return (
        algebra.choose(low_closed, _up(low, one), low // one + 1),
        algebra.choose(high_closed, high // one, _up(high, one) - 1),
    )


def _a_part_fits(
    factor: Ends,
    times: int,
    one: int,
    part: tuple[Numbers, Numbers],
    base: Numbers,
    algebra: Algebra,
    *,
    strict: bool,
    bounded: bool,
) -> Flag:
    """Say whether some whole part in an interval is the factor times this base."""
    low_closed = both(factor.lower_closed, negation(factor.lower_tie)) if strict else factor.lower_closed
    high_closed = both(factor.upper_closed, negation(factor.upper_tie)) if strict else factor.upper_closed
    low, high = algebra.keep(factor.lower * base * times, factor.upper * base * times)
    first = algebra.choose(low_closed, _up(low, one), low // one + 1)
    last = algebra.choose(high_closed, high // one, _up(high, one) - 1)
    first, last = algebra.keep(first, last)
    first = algebra.choose(first < part[0], part[0], first)
    last = _least(last, part[1], algebra)
    return first <= (_least(last, base, algebra) if bounded else last)


def _some_part(factor: Ends, reference: Ends, algebra: Algebra, *, bounded: bool) -> tuple[Flag, Flag, Flag, Flag]:
    """Judge ``n = factor × reference`` for some whole n ≥ 0, and n ≤ reference if bounded."""
    # In units of one thing: n × one = factor × reference, all of them whole.
    power = factor.power + reference.power
    one, times = factor.parts * reference.parts * 10 ** max(0, -power), 10 ** max(0, power)
    most = factor.most * reference.most * times + one
    if most > LARGEST or not reference.point:
        return False, False, True, True
    whole = reference.lower * 10 ** max(0, reference.power)
    low, high = factor.lower * reference.lower * times, factor.upper * reference.upper * times
    first, last = _up(low, one), high // one
    first_open, last_open = low // one + 1, _up(high, one) - 1
    if bounded:
        last, last_open = _least(last, whole, algebra), _least(last_open, whole, algebra)
    return _counted(factor, (first, first_open), (last, last_open), algebra)


def _some_base(factor: Ends, numerator: Ends, algebra: Algebra) -> tuple[Flag, Flag, Flag, Flag]:
    """Judge ``numerator = factor × n`` for some whole n ≥ 1."""
    power = numerator.power - factor.power
    times, over = factor.parts * 10 ** max(0, power), numerator.parts * 10 ** max(0, -power)
    most = max(numerator.most * times, factor.most * over)
    if most > LARGEST or not numerator.point:
        return False, False, True, True
    amount = numerator.lower * times
    low, high = factor.lower * over, factor.upper * over
    grows = high > 0
    by_high, by_low = algebra.choose(grows, high, 1), algebra.choose(low > 0, low, 1)
    without_end = algebra.choose(low > 0, amount // by_low, LARGEST)
    first, last = algebra.choose(grows, _up(amount, by_high), LARGEST), without_end
    first_open = algebra.choose(grows, amount // by_high + 1, LARGEST)
    last_open = algebra.choose(low > 0, _up(amount, by_low) - 1, LARGEST)
    nothing = amount == 0
    first = algebra.choose(first < 1, 1, first)
    first_open = algebra.choose(first_open < 1, 1, first_open)
    # The factor's upper end bounds n from below. Nothing grows to nothing only at a factor of 0.
    stays = algebra.choose(nothing, 1, 0) == 1
    reaches = both(low <= 0, either(factor.lower_closed, low < 0))
    judged = _counted(factor, (first, first_open), (last, last_open), algebra, turned=True)
    impossible = either(both(stays, negation(reaches)), both(negation(stays), either(negation(grows), judged[0])))
    return either(impossible, factor.empty), both(negation(stays), judged[1]), False, False


def _counted(
    factor: Ends,
    first: tuple[Numbers, Numbers],
    last: tuple[Numbers, Numbers],
    algebra: Algebra,
    *,
    turned: bool = False,
) -> tuple[Flag, Flag, Flag, Flag]:
    """Say whether a whole number lies between, with the factor's own ends closed, open, or closed by ties only."""
    ends = [(factor.lower_closed, factor.lower_tie), (factor.upper_closed, factor.upper_tie)]
    (low_closed, low_tie), (high_closed, high_tie) = reversed(ends) if turned else ends
    start = algebra.choose(low_closed, first[0], first[1])
    end = algebra.choose(high_closed, last[0], last[1])
    strict_start = algebra.choose(both(low_closed, negation(low_tie)), first[0], first[1])
    strict_end = algebra.choose(both(high_closed, negation(high_tie)), last[0], last[1])
    impossible = either(start > end, factor.empty)
    return impossible, both(negation(impossible), strict_start > strict_end), False, False


def _up(number: Numbers, over: Numbers) -> Numbers:
    """Divide and round up; both are 0 or more."""
    return (number + (over - 1)) // over


def _least(first: Numbers, second: Numbers, algebra: Algebra) -> Numbers:
    return algebra.choose(first < second, first, second)
