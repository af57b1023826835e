"""What the other figures of a row imply for the printed one, and how far the printed interval reaches into it.

Floats, for reading: the verdict never looks at them. Written once over `Algebra`, as the kernels are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.tables.places import Linear, Product

if TYPE_CHECKING:
    from ipmetrics.tables.kernels.algebras import Algebra, Numbers
    from ipmetrics.tables.kernels.ends import Ends

__all__ = ["Implied", "implied"]

Reals = Any
"""An array or an expression of floats."""


@attrs.frozen
class Implied:
    """The ends that the others imply, in the printed unit, and the slack in units of the last printed place."""

    lower: Reals
    upper: Reals
    slack: Reals


def implied(
    relation: Product | Linear, operands: list[Ends | None], unit: Numbers, multiplier: int, algebra: Algebra
) -> Implied:
    """Return what the other operands imply for the subject, the first of them.

    ``unit`` is one unit of its last printed place in its ends' own power of ten, before it was halved.
    """
    subject = operands[0]
    if subject is None:
        message = "the subject of a relation is printed"
        raise AssertionError(message)
    lower, upper = (
        _of_sum(relation, operands, algebra)
        if isinstance(relation, Linear)
        else _of_product(relation, operands, algebra)
    )
    first, last = _real(subject.lower, subject, algebra), _real(subject.upper, subject, algebra)
    reach, other = upper - first, last - lower
    least = algebra.choose(reach < other, reach, other)
    one = _scaled(algebra.real(unit), subject.power)
    return Implied(_scaled(lower, -multiplier), _scaled(upper, -multiplier), least / one)


def _scaled(number: Reals, power: int) -> Reals:
    """Multiply by a power of ten, by the operation that rounds once."""
    return number * 10.0**power if power >= 0 else number / 10.0**-power


def _real(number: Numbers, ends: Ends, algebra: Algebra) -> Reals:
    value = _scaled(algebra.real(number), ends.power)
    return value / ends.parts if ends.parts != 1 else value


def _of_sum(relation: Linear, operands: list[Ends | None], algebra: Algebra) -> tuple[Reals, Reals]:
    """Return the ends of what the subject must be: the others brought to the other side."""
    lower: Reals = 0.0
    upper: Reals = 0.0
    mine = relation.terms[0].sign
    for term, ends in list(zip(relation.terms, operands, strict=True))[1:]:
        if ends is None:
            continue
        low, high = _real(ends.lower, ends, algebra), _real(ends.upper, ends, algebra)
        if term.sign * mine > 0:
            low, high = -high, -low
        lower, upper = lower + low, upper + high
    if relation.equal:
        return lower, upper
    nothing = lower * 0.0
    return (nothing - float("inf"), upper) if mine > 0 else (lower, nothing + float("inf"))


def _of_product(relation: Product, operands: list[Ends | None], algebra: Algebra) -> tuple[Reals, Reals]:
    """Return the ends of the quotient; without a bound where the reference may be as small as one likes."""
    subject, numerator, reference = operands
    if subject is None or numerator is None or reference is None:
        nothing = algebra.real(subject.lower if subject is not None else 0) * 0.0
        return nothing - float("inf"), nothing + float("inf")
    low, high = _real(numerator.lower, numerator, algebra), _real(numerator.upper, numerator, algebra)
    near, far = _real(reference.lower, reference, algebra), _real(reference.upper, reference, algebra)
    lower, upper = (
        (low / far, high / near)
        if reference.least > 0 and numerator.least >= 0
        else _of_quotient((low, high), (near, far), algebra, signed=numerator.least < 0)
    )
    if relation.bounded:
        upper = algebra.choose(upper > 1.0, 1.0, upper)
    if relation.periods > 1:
        root = 1.0 / relation.periods
        lower, upper = lower**root, upper**root
    return lower - relation.shift, upper - relation.shift


def _of_quotient(
    numerator: tuple[Reals, Reals], reference: tuple[Reals, Reals], algebra: Algebra, *, signed: bool
) -> tuple[Reals, Reals]:
    """Divide where the reference may reach down to 0, or the numerator below it."""
    (low, high), (near, far) = numerator, reference
    none_near, none_far = near <= 0, far <= 0
    near, far = algebra.choose(none_near, 1.0, near), algebra.choose(none_far, 1.0, far)
    lower = algebra.choose(none_far, 0.0, low / far)
    upper = algebra.choose(none_near, float("inf"), high / near)
    if signed:
        lower = algebra.choose(low < 0, algebra.choose(none_near, -float("inf"), low / near), lower)
        upper = algebra.choose(high < 0, algebra.choose(none_far, 0.0, high / far), upper)
    return lower, upper
