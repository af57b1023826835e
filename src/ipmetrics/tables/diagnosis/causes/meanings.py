"""Columns that mean something else: a multiple or an index for growth, an increase for growth, another column.

This room knows which meanings are taken for one another. It does not know which of them fits.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import attrs

from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.relations import with_operand
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.places import Linear, Place, Product, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.tables.calls import Asked
    from ipmetrics.tables.diagnosis.scenes import Scene
    from ipmetrics.tables.formulas import Formula

__all__ = ["meanings", "other_columns"]


def meanings(scene: Scene) -> Iterator[Proposal]:
    """Propose multiples for growth and the other way round, and the increase for either."""
    for asked in scene.trial.failing:
        relation = asked.relation
        if not isinstance(relation, Product) or relation.numerator is None or relation.reference is None:
            continue
        name = relation.subject.column
        if asked.formula.kind == "growth":
            words = f"{name} is the multiple, or an index of 100, not the growth"
            yield _proposal(asked, attrs.evolve(asked.formula, kind="multiple", relation=_shifted(asked, 0)), words)
        if asked.formula.kind == "multiple":
            words = f"{name} is the growth, not the multiple"
            yield _proposal(asked, attrs.evolve(asked.formula, kind="growth", relation=_shifted(asked, 1)), words)
        if asked.formula.kind in {"growth", "multiple"}:
            yield _proposal(asked, _increase(asked), f"{name} is the increase itself, not relative to the base")


def _shifted(asked: Asked, shift: int) -> Product:
    if not isinstance(asked.formula.relation, Product):
        message = "growth and multiples are products"
        raise TypeError(message)
    return attrs.evolve(asked.formula.relation, shift=shift, periods=1)


def _increase(asked: Asked) -> Formula:
    relation = asked.formula.relation
    if not isinstance(relation, Product) or relation.numerator is None or relation.reference is None:
        message = "growth and multiples are products"
        raise TypeError(message)
    terms = (Term(1, relation.subject), Term(-1, relation.numerator), Term(1, relation.reference))
    return attrs.evolve(asked.formula, kind="difference", relation=Linear(terms))


def _proposal(asked: Asked, formula: Formula, words: str) -> Proposal:
    name = next(iter({asked.relation.subject.column} if isinstance(asked.relation, Product) else {asked.name}))
    words_of = attrs.evolve(formula, words=f"{formula.kind} of {asked.formula.words}")
    return Proposal(CauseKind.MEANING, name, words, Reading(formulas={asked.name: words_of}), 4.0)


def other_columns(scene: Scene) -> Iterator[Proposal]:
    """Propose each other column of figures as numerator or denominator."""
    names = scene.figure_columns
    for asked in scene.trial.failing:
        if not isinstance(asked.relation, Product):
            continue
        own = {
            place.column
            for place in (asked.relation.subject, asked.relation.numerator, asked.relation.reference)
            if place
        }
        for at, place in ((1, asked.relation.numerator), (2, asked.relation.reference)):
            if not isinstance(place, Place) or place.frame is not None:
                continue
            for name in names:
                if name in own:
                    continue
                formula = with_operand(asked.formula, at, attrs.evolve(place, column=name))
                what = "numerator" if at == 1 else "base" if asked.formula.kind == "growth" else "denominator"
                yield Proposal(
                    CauseKind.COLUMN,
                    name,
                    f"the {what} of {asked.name} is {name}, not {place.column}",
                    Reading(formulas={asked.name: formula}),
                    4.0 + log2(len(names)),
                )
