"""Relations with one operand exchanged for another, or with columns under other names.

This room takes formulas apart and puts them together again. What the exchange means is not its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.tables.places import Constant, Linear, Place, Product, Sum, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.places import Relation

__all__ = ["mapped", "renamed", "with_operand"]

_ROLES = ("subject", "numerator", "reference")


def with_operand(formula: Formula, at: int, operand: Place | Sum) -> Formula:
    """Return a formula with another operand at a position, the subject being at 0."""
    relation = formula.relation
    if isinstance(relation, Product):
        role: dict[str, Any] = {_ROLES[at]: operand}
        changed: Relation = attrs.evolve(relation, **role)
    else:
        terms = list(relation.terms)
        terms[at] = Term(terms[at].sign, operand)
        changed = Linear(tuple(terms), relation.equal)
    return attrs.evolve(formula, relation=changed)


def mapped(relation: Relation, change: Callable[[Place | Sum], Place | Sum]) -> Relation:
    """Return a relation with every printed operand changed."""

    def changed(operand: Any) -> Any:  # noqa: ANN401 - what comes in goes out
        return operand if operand is None or isinstance(operand, Constant) else change(operand)

    if isinstance(relation, Product):
        return attrs.evolve(relation, **{role: changed(getattr(relation, role)) for role in _ROLES})
    return Linear(tuple(Term(term.sign, changed(term.operand)) for term in relation.terms), relation.equal)


def renamed(relation: Relation, names: Mapping[str, str]) -> Relation:
    """Return a relation that reads some columns under other names."""
    return mapped(relation, lambda operand: attrs.evolve(operand, column=names.get(operand.column, operand.column)))
