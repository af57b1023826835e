"""From a relation and the ends of its operands to one small code for each row.

Written once over `Algebra`: the same lines run on arrays of numpy and on expressions that a database works out. This
room knows comparisons and codes; it has never seen a frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.tables.kernels.algebras import Algebra, Flag, both, either, negation
from ipmetrics.tables.kernels.comparisons import (
    Comparison,
    factor_of,
    linear_bound,
    linear_comparisons,
    product_comparisons,
)
from ipmetrics.tables.kernels.whole_numbers import two_counts, whole_product
from ipmetrics.tables.places import Linear, Product

if TYPE_CHECKING:
    from ipmetrics.tables.kernels.ends import Ends

__all__ = ["Judged", "judged"]


@attrs.frozen
class Judged:
    """Where a relation cannot hold, where only ties let it (or nothing does), and where that is left open.

    ``negative`` and ``zero_base`` say which impossible rows are so because of one figure alone; ``whole`` which open
    rows wait for whole numbers.
    """

    impossible: Flag
    edge: Flag
    open: Flag = False
    whole: Flag = False
    negative: Flag = False
    zero_base: Flag = False


def judged(relation: Product | Linear, operands: list[Ends | None], algebra: Algebra) -> Judged:
    """Judge the rows of one relation; operands in its own order, None for one that is not printed.

    Exact: impossible means that no true values exist, and a row that is neither impossible nor open has some.
    """
    if isinstance(relation, Linear):
        terms = [(term.sign, ends) for term, ends in zip(relation.terms, operands, strict=True) if ends is not None]
        if not algebra.holds(linear_bound(terms)):
            return Judged(impossible=False, edge=False, open=True)
        comparisons, empty = linear_comparisons(terms, algebra, equal=relation.equal)
        return attrs.evolve(_verdict(comparisons, empty, algebra), negative=_any_empty(operands))
    subject, numerator, reference = operands
    if subject is None:
        message = "the subject of a relation is printed"
        raise AssertionError(message)
    signed = numerator is not None and numerator.least < 0
    factor = factor_of(subject, relation.shift, algebra, signed=signed)
    negative = _any_empty(operands)
    if numerator is None or reference is None:
        found = Judged(*whole_product(factor, numerator, reference, algebra, relation))
    else:
        comparisons, empty = product_comparisons(
            factor,
            numerator,
            reference,
            algebra,
            periods=relation.periods,
            bounded=relation.bounded,
            signed=signed,
        )
        found = _verdict(comparisons, empty, algebra)
        counts = numerator.whole and reference.whole and not (numerator.point and reference.point)
        if counts and relation.periods == 1 and not signed:
            found = _of_counts(found, two_counts(factor, numerator, reference, algebra, bounded=relation.bounded))
    no_base = False if reference is None or reference.least > 0 else reference.upper <= 0
    return attrs.evolve(found, negative=negative, zero_base=both(no_base, negation(negative)))


def _of_counts(found: Judged, whole: tuple[Flag, Flag, Flag]) -> Judged:
    """Sharpen what holds for true values of any kind to what holds for whole numbers."""
    none, edge, left_open = whole
    impossible = either(found.impossible, none)
    feasible = negation(impossible)
    return attrs.evolve(
        found,
        impossible=impossible,
        edge=both(feasible, both(negation(left_open), either(found.edge, edge))),
        open=both(feasible, left_open),
        whole=left_open,
    )


def _any_empty(operands: list[Ends | None]) -> Flag:
    empty: Flag = False
    for ends in operands:
        if ends is not None:
            empty = either(empty, ends.empty)
    return empty


def _verdict(comparisons: list[Comparison], empty: Flag, algebra: Algebra) -> Judged:
    """All comparisons must hold; a row is on the edge if one of them holds by a tie only."""
    impossible, edge, left_open = empty, False, False
    for comparison in comparisons:
        greater, equal, untold = algebra.compare(comparison.left, comparison.right)
        impossible = either(impossible, either(greater, both(equal, negation(comparison.closed))))
        edge = either(edge, both(equal, comparison.tie))
        left_open = either(left_open, untold)
    return Judged(impossible, edge, both(left_open, negation(impossible)))
