"""Totals of another scope: parts that are not in them, parts that are counted twice, columns left out or taken in.

This room tries which labelled rows make up a total, first by a rough sum in floats. Of single rows it tries every one
and every two; three that happen to add up would be no evidence.
"""

from __future__ import annotations

from itertools import combinations
from math import comb, log, log2
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.calls import Asked
from ipmetrics.tables.diagnosis.chances import RANGE
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.relations import with_operand
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.engines.sheets import rows_that_carry
from ipmetrics.tables.places import Linear, Place, Sum, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipmetrics.tables.diagnosis.scenes import Labels, Scene

__all__ = ["other_columns_in_totals", "other_rows_in_totals"]

_MOST_VALUES = 8
_MOST_ROWS = 150
_MOST_INCOMPLETE = 4
_SEVERAL = 3
_CLOSE = 0.01
"""Where parts are missing, coming this close to the whole is as close as can be expected."""


class _Scope(NamedTuple):
    """Other parts of a total: their labels, what is different in words, what it assumes, how close they come."""

    labels: Any
    words: str
    cost: float
    closeness: float


@attrs.frozen(eq=False)
class _Sums:
    """A failing sum over rows, in floats: which rows are parts now, which are wholes, and what the wholes print.

    ``group`` numbers the wholes that fail, for every row that may be summed up for one of them; −1 elsewhere.
    """

    asked: Asked
    at: int
    parts: Sum
    group: NDArray[np.intp]
    mine: NDArray[np.bool_]
    figures: NDArray[np.float64]
    wholes: NDArray[np.float64]
    slack: float
    complete: bool

    @property
    def others(self) -> NDArray[np.bool_]:
        """Which rows may be parts of a whole that fails."""
        return self.group >= 0

    @property
    def now(self) -> NDArray[np.bool_]:
        """Which rows are parts of a whole that fails."""
        return self.mine & self.others

    def by(self, labels: Labels, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the sums of some rows for each label and each failing whole."""
        found = np.zeros((len(labels.values), len(self.wholes)))
        np.add.at(found, (labels.codes[rows], self.group[rows]), self.figures[rows])
        return found

    def fits(self, sums: NDArray[np.float64]) -> bool:
        """Say roughly whether sums come to the wholes, or to no more than them where parts may be missing.

        All of them must, or at least as many as can be no chance: others may have a cause of their own.
        """
        over = sums - self.wholes
        fits = (over <= self.slack) & ((over >= -self.slack) | (not self.complete))
        return bool(fits.all() or (self.complete and fits.sum() >= _SEVERAL))

    def closeness(self, sums: NDArray[np.float64]) -> float:
        """Return what it says, in bits, that parts which need not be all come so close to the wholes."""
        if self.complete or (sums <= 0).any() or (self.wholes <= 0).any():
            return 0.0
        apart = np.maximum(np.abs(np.log(sums / self.wholes)), _CLOSE)
        return float(np.maximum(-np.log2(apart / log(RANGE)), 0.0).sum())


def other_rows_in_totals(scene: Scene) -> Iterator[Proposal]:
    """Propose other parts for the sums over rows: for all that are built alike together, and for each alone."""
    for asked in scene.trial.failing:
        sums = _sums_of(scene, asked)
        if sums is None:
            continue
        alike = [other for other in scene.trial.call.asked if _is_alike(other, asked)]
        for supposed in (sums, attrs.evolve(sums, complete=False)) if sums.complete else (sums,):
            for scope in _likeliest(supposed, _scopes(scene, supposed)):
                for family in [alike, [asked]] if len(alike) > 1 else [[asked]]:
                    yield _proposal(family, scope, complete=supposed.complete)


def _likeliest(sums: _Sums, scopes: Iterable[_Scope]) -> Iterable[_Scope]:
    """Return the scopes to be judged: few where parts may be missing, because then many would do."""
    if sums.complete:
        return scopes
    return sorted(scopes, key=lambda scope: (scope.cost - scope.closeness, scope.words))[:_MOST_INCOMPLETE]


def _sum_in(asked: Asked) -> tuple[int, Sum] | None:
    """Return the sum over rows in a formula, with its position among the operands."""
    if isinstance(asked.relation, Linear):
        for at, term in enumerate(asked.relation.terms):
            if isinstance(term.operand, Sum) and asked.formula.kind == "total":
                return at, term.operand
    return None


def _is_alike(one: Asked, other: Asked) -> bool:
    """Say whether two formulas sum up the same rows."""
    mine, its = _sum_in(one), _sum_in(other)
    if mine is None or its is None:
        return False
    return (
        attrs.evolve(mine[1], column="") == attrs.evolve(its[1], column="") and one.formula.where == other.formula.where
    )


def _sums_of(scene: Scene, asked: Asked) -> _Sums | None:
    """Return a failing sum over the table's own rows."""
    found = _sum_in(asked)
    array = scene.array(places_of(asked)[0].column)
    if found is None or array is None or array.mantissa.size != scene.trial.rows:
        return None
    at, parts = found
    marks = scene.trial.marks[asked.name]
    wholes = np.flatnonzero(marks.fails)
    keys = scene.codes_of(parts.keys)
    place = {int(key): number for number, key in enumerate(keys[wholes])}
    readable = np.ones(scene.trial.rows, dtype=bool) if array.trouble is None else array.trouble == 0
    may = readable & (marks.codes < 0)
    group = np.array([place.get(int(key), -1) if is_part else -1 for key, is_part in zip(keys, may, strict=True)])
    unit = float(array.reading.unit or 1) if array.unit is None else float(np.max(array.unit))
    most = int(np.bincount(group[group >= 0], minlength=1).max())
    exact = array.reading.rule is Rounding.EXACT
    return _Sums(
        asked,
        at,
        parts,
        group,
        rows_that_carry(scene.trial.call.frame, parts.labels) & may,
        array.mantissa.astype(np.float64),
        array.mantissa[wholes].astype(np.float64),
        0.5 if exact else unit * (most + 1),
        isinstance(asked.relation, Linear) and asked.relation.equal,
    )


def _scopes(scene: Scene, sums: _Sums) -> Iterator[_Scope]:
    """Yield other parts: the same ones where some may be missing, those with other labels, single rows more or less."""
    come = sums.figures[sums.now]
    supposed = not sums.complete and isinstance(sums.asked.relation, Linear) and sums.asked.relation.equal
    if supposed:
        now = np.zeros(len(sums.wholes))
        np.add.at(now, sums.group[sums.now], come)
        if sums.fits(now):
            yield _Scope(sums.parts.labels, "takes in parts that are not in the table", 3.0, sums.closeness(now))
    for labels in scene.groups:
        if labels.name not in {*sums.parts.keys, sums.parts.others}:
            yield from _by_label(labels, sums)
    for name in dict.fromkeys([sums.parts.others or "", *scene.naming]):
        if name in scene.labels and name not in sums.parts.keys and not supposed:
            yield from _by_row(scene.labels[name], sums)


def _by_label(labels: Labels, sums: _Sums) -> Iterator[_Scope]:
    """Yield every other set of labels in one column that roughly comes to the wholes."""
    others = tuple(label for label in sums.parts.labels if label[0] != labels.name)
    rows = sums.others if not others else sums.now
    now = set(np.unique(labels.codes[sums.now]).tolist())
    every = np.unique(labels.codes[rows]).tolist()
    if len(every) > _MOST_VALUES:
        return
    by = sums.by(labels, rows)
    for size in range(1, len(every) + 1):
        for chosen in combinations(every, size):
            come = by[list(chosen)].sum(axis=0)
            if set(chosen) != now and sums.fits(come):
                told = _difference(labels, now, set(chosen), f"where {labels.name} is ")
                values = tuple(labels.values[code] for code in chosen)
                cost = log2(2 ** len(every) - 1) + 1.0
                yield _Scope((*others, (labels.name, values)), told, cost, sums.closeness(come))


def _by_row(labels: Labels, sums: _Sums) -> Iterator[_Scope]:
    """Yield one row or two left out, or taken in, that come to what is missing."""
    others = tuple(label for label in sums.parts.labels if label[0] != labels.name)
    rows = sums.others if len(others) < len(sums.parts.labels) or not others else sums.now
    every = np.unique(labels.codes[rows]).tolist()
    if not 2 <= len(every) <= _MOST_ROWS:
        return
    now = set(np.unique(labels.codes[sums.mine]).tolist())
    by = sums.by(labels, rows)
    come = sums.by(labels, sums.now).sum(axis=0)
    moved = {code: by[code] * (-1.0 if code in now else 1.0) for code in every}
    for size in (1, 2):
        cost = log2(comb(len(every), size)) + 2.0 + size
        for changed in _that_fit(sums, come, moved, size):
            then = now ^ set(changed)
            if then:
                values = tuple(labels.values[code] for code in sorted(then))
                closeness = sums.closeness(come + sum(moved[code] for code in changed))
                yield _Scope((*others, (labels.name, values)), _difference(labels, now, then, ""), cost, closeness)


def _that_fit(
    sums: _Sums, come: NDArray[np.float64], moved: dict[int, NDArray[np.float64]], size: int
) -> Iterable[tuple[int, ...]]:
    """Return the rows that bring the sums to the wholes; where parts may be missing, single ones only."""
    if size > 1 and not sums.complete:
        return ()
    return (changed for changed in combinations(moved, size) if sums.fits(come + sum(moved[code] for code in changed)))


def _difference(labels: Labels, now: set[int], then: set[int], opening: str) -> str:
    out, more = (" or ".join(str(labels.values[code]) for code in sorted(some)) for some in (now - then, then - now))
    told = [f"leaves out the rows {opening}{out}"] if out else []
    told += [f"takes in the rows {opening}{more}"] if more else []
    return " and ".join(told)


def _proposal(family: list[Asked], scope: _Scope, *, complete: bool) -> Proposal:
    formulas = {}
    column, words, cost = "", scope.words, scope.cost
    for asked in family:
        at, parts = _sum_in(asked) or (0, Sum(""))
        column = parts.others or ""
        formula = with_operand(asked.formula, at, attrs.evolve(parts, labels=scope.labels))
        if isinstance(formula.relation, Linear) and formula.relation.equal and not complete:
            terms = tuple(Term(-term.sign, term.operand) for term in formula.relation.terms)
            formula = attrs.evolve(formula, relation=Linear(terms, equal=False))
            if scope.labels != parts.labels:
                words, cost = f"{scope.words}, and takes in parts that are not in the table", scope.cost + 3.0
        formulas[asked.name] = formula
    listed = " and ".join(asked.name for asked in family)
    return Proposal(
        CauseKind.SCOPE,
        column,
        f"the total of {listed} {words}",
        Reading(formulas=formulas),
        cost,
        evidence=scope.closeness,
        least=1,
    )


def other_columns_in_totals(scene: Scene) -> Iterator[Proposal]:
    """Propose for the sums across columns that one column is not in them, or that another is."""
    for asked in scene.trial.failing:
        relation = asked.formula.relation
        if asked.formula.kind != "total" or not isinstance(relation, Linear) or _sum_in(asked) is not None:
            continue
        parts = relation.terms[1:]
        names = [term.operand.column for term in parts if isinstance(term.operand, Place)]
        own = {*names, places_of(asked)[0].column}
        more = [name for name in scene.figure_columns if name not in own]
        cost = 3.0 + log2(len(names) + len(more) + 1)
        for term, name in zip(parts, names, strict=True) if len(parts) > 1 else ():
            terms = tuple(other for other in relation.terms if other is not term)
            yield _across(asked, terms, relation, f"the total {asked.name} leaves out {name}", cost)
        for name in more:
            terms = (*relation.terms, Term(parts[0].sign, Place(name)))
            yield _across(asked, terms, relation, f"the total {asked.name} takes in {name}", cost)


def _across(asked: Asked, terms: tuple[Term, ...], relation: Linear, words: str, cost: float) -> Proposal:
    formula = attrs.evolve(asked.formula, relation=attrs.evolve(relation, terms=terms))
    return Proposal(CauseKind.SCOPE, asked.name, words, Reading(formulas={asked.name: formula}), cost, least=1)
