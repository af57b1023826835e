"""The exact simplex: linear facts decided in integers, with open ends, proofs and optima.

The general simplex of Dutertre & de Moura (2006): a row for each sum, bounds on rows and variables, Bland's rule
(1977) against cycling. An open end is a bound plus or minus an infinitesimal ε, so values are pairs (a, b) for a + bε.
Rows hold integers over one denominator. A row that cannot meet its bound names the facts that refute each other, and
no smaller set of them does.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.facts import Fact, combine
from ipmetrics.constraints.tableau import Tableau
from ipmetrics.rationals import order_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ipmetrics.constraints.relations import Terms

__all__ = ["Optimum", "Simplex"]

_ZERO, _ONE = Fraction(0), Fraction(1)
_GREEDY = 200
"""Pivots chosen by size of violation before Bland's rule takes over to guarantee an end."""


class _End:
    """A bound: value + eps·ε, with the fact behind it."""

    __slots__ = ("eps", "fact", "value", "weight")

    def __init__(self, value: Fraction, eps: int, fact: Fact, weight: Fraction) -> None:
        self.value = value
        self.eps = eps
        self.fact = fact
        self.weight = weight


@attrs.frozen(eq=False)
class Optimum:
    """The most that a sum can be: `value`, attained unless `open_end`; None if unbounded.

    `fact` proves that it is no more; `point` holds the values where it stands, as pairs (a, b) for a + bε;
    `ray` holds a direction in which an unbounded sum grows.
    """

    value: Fraction | None
    open_end: bool
    fact: Fact | None
    ray: dict[int, Fraction] | None = None


def _order(left: tuple[int, int, Fraction | int], right: tuple[int, int, Fraction | int]) -> int:
    """Below, at or above zero as the left room is smaller, equal or larger."""
    gap = left[0] * right[1] - right[0] * left[1]
    if gap:
        return gap
    return (left[2] > right[2]) - (left[2] < right[2])


class Simplex(Tableau):
    """A tableau over the variables of some facts.

    Parameters
    ----------
    facts
        The facts to hold; each bounds one row or variable.

    Examples
    --------
    >>> from ipmetrics.constraints.facts import Assumed
    >>> low = Fact(((0, Fraction(1)),), Fraction(2), True, Assumed())
    >>> high = Fact(((0, Fraction(-1)),), Fraction(-2), False, Assumed())
    >>> Simplex([low]).check() is None, Simplex([low, high]).check().is_contradiction
    (True, True)
    """

    def __init__(self, facts: Iterable[Fact]) -> None:
        super().__init__()
        self.ends: tuple[dict[int, list[_End]], dict[int, list[_End]]] = ({}, {})
        self.tight: tuple[dict[int, _End], dict[int, _End]] = ({}, {})
        self.impossible: Fact | None = None
        self.crossed: set[int] = set()
        for fact in facts:
            self.add(fact)

    def add(self, fact: Fact) -> None:
        """Hold one more fact."""
        if not fact.terms:
            if fact.is_contradiction and self.impossible is None:
                self.impossible = fact
            return
        row, side, end = self._place(fact)
        self.ends[side].setdefault(row, []).append(end)
        if self._tighter(row, side, end):
            self._set(row, side, end)

    def _place(self, fact: Fact) -> tuple[int, int, _End]:
        """The row or variable a fact bounds, on which side, and the bound."""
        lead = fact.terms[0]
        if len(fact.terms) == 1 and (lead[1] == 1 or lead[1] == -1):
            self.meet(lead[0])
            if lead[1] == 1:
                return lead[0], 0, _End(fact.bound, int(fact.strict), fact, _ONE)
            return lead[0], 1, _End(-fact.bound, -int(fact.strict), fact, _ONE)
        for term in fact.terms:
            if term[0] < lead[0]:
                lead = term
        size = math.lcm(*(factor.denominator for _, factor in fact.terms))
        whole = [(variable, factor.numerator * (size // factor.denominator)) for variable, factor in fact.terms]
        shared = math.gcd(*(factor for _, factor in whole))
        sign = 1 if lead[1] > 0 else -1
        terms = tuple(sorted((variable, factor * sign // shared) for variable, factor in whole))
        weight = Fraction(size, shared)
        bound = fact.bound * weight * sign if fact.bound else _ZERO
        side = 0 if sign > 0 else 1
        eps = (1 if sign > 0 else -1) if fact.strict else 0
        row = terms[0][0] if len(terms) == 1 else self.row_of(terms)
        self.meet(row)
        return row, side, _End(bound, eps, fact, weight)

    def _tighter(self, row: int, side: int, end: _End) -> bool:
        known = self.tight[side].get(row)
        if known is None:
            return True
        if side == 0:
            return (end.value, end.eps) > (known.value, known.eps)
        return (end.value, end.eps) < (known.value, known.eps)

    def _set(self, row: int, side: int, end: _End) -> None:
        self.tight[side][row] = end
        if row in self.tight[1 - side]:
            self.crossed.add(row)
        if row in self.rows:
            self.suspects.add(row)
        elif self._misses(row, side, end):
            self.move(row, end.value - self.value[row], end.eps - self.eps[row])

    def _misses(self, row: int, side: int, end: _End) -> bool:
        order = order_of(self.value[row], end.value)
        if order:
            return order < 0 if side == 0 else order > 0
        return self.eps[row] < end.eps if side == 0 else self.eps[row] > end.eps

    def relax(self, groups: frozenset[int], groups_of: Mapping[int, frozenset[int]]) -> list[tuple[int, int, _End]]:
        """Let go of the facts that rest on some groups (by identity); returns what to `restore`."""
        saved: list[tuple[int, int, _End]] = []
        for side in (0, 1):
            for row, end in list(self.tight[side].items()):
                if groups.isdisjoint(groups_of[id(end.fact)]):
                    continue
                saved.append((row, side, end))
                rest = [each for each in self.ends[side][row] if groups.isdisjoint(groups_of[id(each.fact)])]
                del self.tight[side][row]
                for each in rest:
                    if self._tighter(row, side, each):
                        self.tight[side][row] = each
        for row, _, _ in saved:
            self._return(row)
        return saved

    def restore(self, saved: list[tuple[int, int, _End]]) -> None:
        """Hold again what was let go of; values may have to be repaired by `check`."""
        for row, side, end in saved:
            self._set(row, side, end)

    def tightened(self, fact: Fact) -> tuple[int, int, _End | None]:
        """Hold a fact for a while; returns what to give to `loosen`."""
        row, side, end = self._place(fact)
        before = self.tight[side].get(row)
        if self._tighter(row, side, end):
            self._set(row, side, end)
        return row, side, before

    def loosen(self, saved: tuple[int, int, _End | None]) -> None:
        """Let go of a fact held for a while."""
        row, side, before = saved
        if before is None:
            self.tight[side].pop(row, None)
        else:
            self.tight[side][row] = before
        self._return(row)

    def _return(self, row: int) -> None:
        """Bring a nonbasic variable back between its bounds: one let go of may have held it outside the other."""
        if row in self.rows:
            return
        for side in (0, 1):
            end = self.tight[side].get(row)
            if end is not None and self._misses(row, side, end):
                self.move(row, end.value - self.value[row], end.eps - self.eps[row])

    def check(self) -> Fact | None:
        """None if the facts can all hold (the values then satisfy them), else a contradiction."""
        if self.impossible is not None:
            return self.impossible
        for row in tuple(self.crossed):
            low, high = self.tight[0].get(row), self.tight[1].get(row)
            if low is not None and high is not None and (low.value, low.eps) > (high.value, high.eps):
                return combine([(low.weight, low.fact), (high.weight, high.fact)])
            self.crossed.discard(row)
        started = self.steps
        while True:
            basic, side = self._violated(bland=self.steps - started > _GREEDY)
            if basic is None:
                return None
            column = self._entering(basic, side)
            if column is None:
                return self._explain(basic, side)
            self._pivot_and_update(basic, column, self.tight[side][basic])

    def _violated(self, *, bland: bool) -> tuple[int | None, int]:
        """A basic variable out of its bounds: the first by index, or (greedy) the one furthest out."""
        best: int | None = None
        best_side, worst = 0, _ZERO
        fine: list[int] = []
        for row in self.suspects:
            if row not in self.rows:
                fine.append(row)
                continue
            for side in (0, 1):
                end = self.tight[side].get(row)
                if end is not None and self._misses(row, side, end):
                    miss = abs(self.value[row] - end.value)
                    better = row > best if bland and best is not None else miss > worst or best is None
                    if better:
                        best, best_side, worst = row, side, miss
                    break
            else:
                fine.append(row)
        self.suspects.difference_update(fine)
        return best, best_side

    def _entering(self, row: int, side: int) -> int | None:
        """A nonbasic variable that can move the row towards its bound: fewest rows first, then by index."""
        best: int | None = None
        best_key = (0, 0)
        for column, factor in self.rows[row].items():
            up = (factor > 0) is (side == 0)
            end = self.tight[1 if up else 0].get(column)
            if end is not None and not self._has_room(column, end, up=up):
                continue
            key = (len(self.columns[column]) if self.steps < _GREEDY else 0, -column)
            if best is None or key < best_key:
                best, best_key = column, key
        return best

    def _has_room(self, column: int, end: _End, *, up: bool) -> bool:
        order = order_of(self.value[column], end.value)
        if order:
            return order < 0 if up else order > 0
        return self.eps[column] < end.eps if up else self.eps[column] > end.eps

    def _explain(self, row: int, side: int) -> Fact:
        """The bound of a row together with the bounds that hold it back (Farkas)."""
        end = self.tight[side][row]
        scale = self.scale[row]
        parts = [(end.weight * scale, end.fact)]
        for column, factor in self.rows[row].items():
            up = (factor > 0) is (side == 0)
            held = self.tight[1 if up else 0][column]
            parts.append((held.weight * abs(factor), held.fact))
        return combine(parts)

    def _pivot_and_update(self, row: int, column: int, end: _End) -> None:
        factor = Fraction(self.scale[row], self.rows[row][column])
        step = (end.value - self.value[row]) * factor
        eps = (end.eps - self.eps[row]) * factor
        self.move(column, step, eps)
        self.pivot(row, column)

    def most(self, terms: Terms, *, prove: bool = True) -> Optimum:
        """The most that a sum can be under the facts, from values that satisfy them (call `check` first)."""
        size = math.lcm(*(factor.denominator for _, factor in terms))
        row = self.new_row([(variable, int(factor * size)) for variable, factor in terms])
        started = self.steps
        while True:
            column = self._improving(row, bland=self.steps - started > _GREEDY)
            if column is None:
                break
            if not self._climb(row, column):
                ray = self.ray(row, column)
                self.drop_row(row)
                return Optimum(None, open_end=True, fact=None, ray=ray)
        fact = combine(list(self._held(row, size))) if prove else None
        value, eps = self.value[row] / size, self.eps[row]
        self.drop_row(row)
        return Optimum(value, open_end=eps != 0, fact=fact)

    def _held(self, row: int, size: int) -> Iterator[tuple[Fraction, Fact]]:
        """The bounds that keep a row at its most, with their weights."""
        for column, factor in self.rows[row].items():
            held = self.tight[1 if factor > 0 else 0][column]
            yield held.weight * Fraction(abs(factor), self.scale[row] * size), held.fact

    def _improving(self, row: int, *, bland: bool) -> int | None:
        best: int | None = None
        most = 0
        for column, factor in self.rows[row].items():
            end = self.tight[1 if factor > 0 else 0].get(column)
            if end is not None and not self._has_room(column, end, up=factor > 0):
                continue
            gain = abs(factor)
            if best is None or (column > best if bland else gain > most):
                best, most = column, gain
        return best

    def _climb(self, row: int, column: int) -> bool:
        """Move a nonbasic variable as far as the bounds allow, for the row's sake; False if nothing stops it."""
        up = self.rows[row][column] > 0
        direction = 1 if up else -1
        best: tuple[int, int, Fraction | int] | None = None
        leaving: int | None = None
        own = self.tight[1 if up else 0].get(column)
        if own is not None:
            gap = direction * (own.value - self.value[column])
            best = (gap.numerator, gap.denominator, direction * (own.eps - self.eps[column]))
        for other in self.columns[column]:
            if other == row:
                continue
            factor = self.rows[other][column] * direction
            end = self.tight[1 if factor > 0 else 0].get(other)
            if end is None:
                continue
            room = self._room(other, end, factor)
            order = -1 if best is None else _order(room, best)
            if order < 0 or (order == 0 and (leaving is None or other > leaving)):
                best, leaving = room, other
        if best is None:
            return False
        self.move(column, Fraction(direction * best[0], best[1]), direction * best[2])
        if leaving is not None:
            self.pivot(leaving, column)
        return True

    def _room(self, row: int, end: _End, factor: int) -> tuple[int, int, Fraction | int]:
        """How far a column may move before a row meets its end: over, under, and the part of ε."""
        value, scale = self.value[row], self.scale[row]
        over = (end.value.numerator * value.denominator - value.numerator * end.value.denominator) * scale
        under = end.value.denominator * value.denominator * factor
        slack = end.eps - self.eps[row]
        eps = slack * Fraction(scale, factor) if slack else 0
        return (over, under, eps) if under > 0 else (-over, -under, eps)

    def point(self) -> dict[int, Fraction]:
        """Exact values that satisfy every fact: ε is given a size small enough for every open end."""
        size = Fraction(1)
        for side in (0, 1):
            for row, end in self.tight[side].items():
                gap = self.value[row] - end.value if side == 0 else end.value - self.value[row]
                slope = self.eps[row] - end.eps if side == 0 else end.eps - self.eps[row]
                if slope < 0:
                    size = min(size, gap / -slope)
        if size != 1:
            size = Fraction(1, 2 ** max(1, math.ceil(1 / size).bit_length()))
        return {each: value + size * self.eps[each] for each, value in self.value.items() if each >= 0}
