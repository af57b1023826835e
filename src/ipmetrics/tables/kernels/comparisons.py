"""What a relation asks of the ends of its operands: a few comparisons of products or sums, all of which must hold.

Every number of a relation stands in it once, so the values that it allows form an interval, and the relation can be
met exactly if the intervals on its two sides meet. A comparison says what must not be greater than what, whether
equality is enough, and whether only ties make it so. This room has never seen a rounding rule or a cell.
"""

from __future__ import annotations

import attrs

from ipmetrics.tables.kernels.algebras import Algebra, Flag, Numbers, Side, both, either, negation, side
from ipmetrics.tables.kernels.ends import Ends, positive

__all__ = ["Comparison", "factor_of", "linear_bound", "linear_comparisons", "product_comparisons"]


@attrs.frozen
class Comparison:
    """``left ≤ right``; ``closed`` where equality will do, ``tie`` where it does so only by the tie rule."""

    left: Side
    right: Side
    closed: Flag
    tie: Flag


def _lower(ends: Ends) -> tuple[Numbers, int]:
    return ends.lower, ends.most


def _upper(ends: Ends) -> tuple[Numbers, int]:
    return ends.upper, ends.most


def factor_of(subject: Ends, shift: int, algebra: Algebra, *, signed: bool) -> Ends:
    """Return ``shift + subject``; where the product may not be negative, neither may the factor."""
    factor = subject
    if shift:
        one = shift * subject.parts
        widen = 10 ** max(0, subject.power)  # a power above 0 is written out, so that 1 can be added
        one *= 10 ** max(0, -subject.power)
        most = subject.most * widen + one
        factor = attrs.evolve(
            subject,
            lower=algebra.widen(subject.lower, most) * widen + one,
            upper=algebra.widen(subject.upper, most) * widen + one,
            power=min(0, subject.power),
            least=subject.least * widen + one,
            most=most,
        )
    if signed or factor.least >= 0:
        return factor
    below = factor.lower < 0
    return attrs.evolve(
        factor,
        lower=algebra.choose(below, 0, factor.lower),
        lower_closed=either(below, factor.lower_closed),
        lower_tie=both(negation(below), factor.lower_tie),
        least=0,
        empty=either(factor.empty, factor.upper < 0),
    )


def product_comparisons(
    factor: Ends, numerator: Ends, reference: Ends, algebra: Algebra, *, periods: int, bounded: bool, signed: bool
) -> tuple[list[Comparison], Flag]:
    """Return what ``numerator = factor ** periods × reference`` asks, and where no value at all is left.

    ``reference`` is above 0; ``factor`` and ``numerator`` are 0 or more unless ``signed``; ``bounded`` says that the
    factor is at most 1.
    """
    found: list[Comparison] = []
    if bounded:
        found.append(_at_most_one(factor))
        factor = _cut_at_one(factor, algebra)
    reference = positive(reference, algebra)
    # Brought to one denominator: numerator × parts × 10 ** … on the one side, the product × … on the other.
    power = numerator.power - periods * factor.power - reference.power
    raised = factor.parts**periods * reference.parts * 10 ** max(0, power)
    other = numerator.parts * 10 ** max(0, -power)
    common = _common(raised, other)
    raised, other = raised // common, other // common
    low, low_closed, low_tie = _product(factor, reference, other, periods, algebra, upper=False, signed=signed)
    high, high_closed, high_tie = _product(factor, reference, other, periods, algebra, upper=True, signed=signed)
    below, above = side(_lower(numerator), scale=raised), side(_upper(numerator), scale=raised)
    found += [
        Comparison(below, high, both(numerator.lower_closed, high_closed), either(numerator.lower_tie, high_tie)),
        Comparison(low, above, both(low_closed, numerator.upper_closed), either(low_tie, numerator.upper_tie)),
    ]
    return found, either(either(factor.empty, numerator.empty), reference.empty)


def _product(
    factor: Ends, reference: Ends, scale: int, periods: int, algebra: Algebra, *, upper: bool, signed: bool
) -> tuple[Side, Flag, Flag]:
    """Return the greatest or least product of a factor and a positive reference, and the flags of that end."""
    mine = factor.upper if upper else factor.lower
    mine_closed = factor.upper_closed if upper else factor.lower_closed
    mine_tie = factor.upper_tie if upper else factor.lower_tie
    far = (reference.upper, reference.upper_closed, reference.upper_tie)
    near = (reference.lower, reference.lower_closed, reference.lower_tie)
    its, its_closed, its_tie = far if upper else near
    if signed and factor.least < 0:
        # A negative factor is least against the greatest reference, and the other way about.
        turned, turned_closed, turned_tie = near if upper else far
        negative = mine < 0
        its = algebra.choose(negative, turned, its)
        its_closed = _chosen(negative, turned_closed, its_closed)
        its_tie = _chosen(negative, turned_tie, its_tie)
    if factor.least <= 0:
        # Nothing times anything is nothing: it is reached whether or not the reference's own end is.
        nothing = mine == 0
        its_closed = its_closed if its_closed is True else either(nothing, its_closed)
        its_tie = its_tie if its_tie is False else both(negation(nothing), its_tie)
    factors = [(mine, factor.most)] * periods
    return side(*factors, (its, reference.most), scale=scale), both(mine_closed, its_closed), either(mine_tie, its_tie)


def _chosen(condition: Flag, yes: Flag, no: Flag) -> Flag:
    if isinstance(yes, bool) and yes is no:
        return yes
    return either(both(condition, yes), both(negation(condition), no))


def _one(factor: Ends) -> int:
    """Return 1 in the whole numbers of a factor's ends, whose power is never above 0 where it is bounded."""
    return int(factor.parts * 10 ** max(0, -factor.power))


def _at_most_one(factor: Ends) -> Comparison:
    one = side(scale=_one(factor))
    return Comparison(
        side(_lower(factor), scale=10 ** max(0, factor.power)), one, factor.lower_closed, factor.lower_tie
    )


def _cut_at_one(factor: Ends, algebra: Algebra) -> Ends:
    """Keep the factors that are at most 1."""
    widen, one = 10 ** max(0, factor.power), _one(factor)
    above = factor.upper * widen > one
    return attrs.evolve(
        factor,
        lower=factor.lower * widen,
        upper=algebra.choose(above, one, factor.upper * widen),
        upper_closed=either(above, factor.upper_closed),
        upper_tie=both(negation(above), factor.upper_tie),
        power=min(0, factor.power),
        least=factor.least * widen,
        most=factor.most * widen,
    )


def _common(first: int, second: int) -> int:
    while second:
        first, second = second, first % second
    return first


def _scales(terms: list[tuple[int, Ends]]) -> list[int]:
    """Return what each operand's ends are multiplied by to stand on one denominator."""
    power = min(ends.power for _, ends in terms)
    parts = max(ends.parts for _, ends in terms)
    return [(parts // ends.parts) * 10 ** (ends.power - power) for _, ends in terms]


def linear_bound(terms: list[tuple[int, Ends]]) -> int:
    """Return a bound of the absolute value of every sum that `linear_comparisons` makes."""
    return sum(ends.most * scale for scale, (_, ends) in zip(_scales(terms), terms, strict=True))


def linear_comparisons(
    terms: list[tuple[int, Ends]], algebra: Algebra, *, equal: bool
) -> tuple[list[Comparison], Flag]:
    """Return what ``Σ sign × operand = 0`` (or ``≤ 0``) asks, and where no value at all is left."""
    scales, most = _scales(terms), linear_bound(terms)
    low: Numbers = 0
    high: Numbers = 0
    low_closed: Flag = True
    high_closed: Flag = True
    low_tie: Flag = False
    high_tie: Flag = False
    empty: Flag = False
    for size, (sign, ends) in zip(scales, terms, strict=True):
        scale = sign * size
        first, last = (ends.lower, ends.upper) if sign > 0 else (ends.upper, ends.lower)
        low = low + algebra.widen(first, most) * scale
        high = high + algebra.widen(last, most) * scale
        closed = (ends.lower_closed, ends.upper_closed)[:: 1 if sign > 0 else -1]
        tie = (ends.lower_tie, ends.upper_tie)[:: 1 if sign > 0 else -1]
        low_closed, high_closed = both(low_closed, closed[0]), both(high_closed, closed[1])
        low_tie, high_tie = either(low_tie, tie[0]), either(high_tie, tie[1])
        empty = either(empty, ends.empty)
    nothing = side(scale=0)
    found = [Comparison(side((low, most)), nothing, low_closed, low_tie)]
    if equal:
        found.append(Comparison(nothing, side((high, most)), high_closed, high_tie))
    return found, empty
