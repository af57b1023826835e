"""The tableau: sums written in other variables, in integers over one denominator, with exact values.

Each basic variable is a sum of nonbasic ones; a pivot exchanges the two. Values are pairs (a, b) for a + bε, with ε an
infinitesimal that stands for open ends. The tableau knows no bounds: those belong to the simplex that drives it.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Tableau"]

_ZERO = Fraction(0)


class Tableau:
    """Rows of integers over one denominator each; variables of the problem count up from 0, rows down from −1."""

    def __init__(self) -> None:
        self.rows: dict[int, dict[int, int]] = {}
        self.scale: dict[int, int] = {}
        self.columns: dict[int, set[int]] = {}
        self.value: dict[int, Fraction] = {}
        self.eps: dict[int, Fraction | int] = {}
        self.forms: dict[tuple[tuple[int, int], ...], int] = {}
        self.fresh = -1
        self.suspects: set[int] = set()
        self.steps = 0

    def meet(self, variable: int) -> None:
        """Know a variable from now on; it starts nonbasic, at zero."""
        if variable not in self.value:
            self.value[variable] = _ZERO
            self.eps[variable] = 0
            self.columns[variable] = set()

    def row_of(self, terms: tuple[tuple[int, int], ...]) -> int:
        """The basic variable that stands for a sum, made when it is first met."""
        known = self.forms.get(terms)
        if known is None:
            known = self.forms[terms] = self.new_row(terms)
        return known

    def new_row(self, terms: Iterable[tuple[int, int]]) -> int:
        """A basic variable for a sum, written in the nonbasic ones."""
        entries: dict[int, int] = {}
        scale = 1
        over, under = 0, 1
        eps: Fraction | int = 0
        for variable, factor in terms:
            self.meet(variable)
            value = self.value[variable]
            size = value.denominator
            over, under = over * size + factor * value.numerator * under, under * size
            if self.eps[variable]:
                eps += factor * self.eps[variable]
            part = self.rows.get(variable)
            if part is None:
                entries[variable] = entries.get(variable, 0) + factor * scale
                continue
            own = self.scale[variable]
            shared = math.gcd(own, scale)
            grow, times = own // shared, factor * (scale // shared)
            if grow != 1:
                entries = {each: amount * grow for each, amount in entries.items()}
                scale *= grow
            for each, amount in part.items():
                entries[each] = entries.get(each, 0) + times * amount
        row = self.fresh
        self.fresh -= 1
        self.rows[row] = {each: amount for each, amount in entries.items() if amount}
        self.scale[row] = scale
        self.value[row], self.eps[row] = Fraction(over, under), eps
        self.columns[row] = set()
        for each in self.rows[row]:
            self.columns[each].add(row)
        return row

    def drop_row(self, row: int) -> None:
        """Forget a basic variable."""
        for each in self.rows.pop(row):
            self.columns[each].discard(row)
        del self.scale[row], self.value[row], self.eps[row], self.columns[row]

    def move(self, nonbasic: int, step: Fraction, eps: Fraction | int) -> None:
        """Change a nonbasic variable and every basic one with it.

        Written in integers, with one fraction a row: with the pivots this is where the simplex spends its time.
        """
        self.value[nonbasic] += step
        self.eps[nonbasic] += eps
        over, under = step.numerator, step.denominator
        rows, scales, values = self.rows, self.scale, self.value
        for row in self.columns[nonbasic]:
            factor, scale = rows[row][nonbasic], scales[row]
            if over:
                value = values[row]
                size, grown = value.denominator, under * scale
                values[row] = Fraction(value.numerator * grown + over * factor * size, size * grown)
            if eps:
                self.eps[row] += eps * Fraction(factor, scale)
        self.suspects.update(self.columns[nonbasic])

    def pivot(self, row: int, column: int) -> None:
        """Exchange a basic and a nonbasic variable; rows stay integers over one denominator."""
        self.steps += 1
        entries = self.rows.pop(row)
        scale = self.scale.pop(row)
        lead = entries.pop(column)
        sign = 1 if lead > 0 else -1
        new = {each: -sign * amount for each, amount in entries.items()}
        new[row] = sign * scale
        new_scale = abs(lead)
        columns = self.columns
        for each in entries:
            columns[each].discard(row)
        columns[column].discard(row)
        others = columns[column]
        columns[column] = set()
        columns[row] = set()
        shared = math.gcd(new_scale, *new.values())
        if shared > 1:
            new = {each: amount // shared for each, amount in new.items()}
            new_scale //= shared
        for other in others:
            self._substitute(other, column, new, new_scale)
        self.rows[column] = new
        self.scale[column] = new_scale
        for each in new:
            columns[each].add(column)
        self.suspects.discard(row)
        self.suspects.add(column)

    def _substitute(self, other: int, column: int, new: dict[int, int], new_scale: int) -> None:
        target = self.rows[other]
        times = target.pop(column)
        shared = math.gcd(new_scale, times)
        grow, times = new_scale // shared, times // shared
        if grow != 1:
            for each in target:
                target[each] *= grow
            self.scale[other] *= grow
        columns = self.columns
        for each, amount in new.items():
            before = target.get(each)
            if before is None:
                target[each] = times * amount
                columns[each].add(other)
            else:
                after = before + times * amount
                if after:
                    target[each] = after
                else:
                    del target[each]
                    columns[each].discard(other)
        size = self.scale[other]
        if size > 1:
            shared = math.gcd(size, *target.values())
            if shared > 1:
                self.scale[other] = size // shared
                for each in target:
                    target[each] //= shared

    def ray(self, row: int, column: int) -> dict[int, Fraction]:
        """The direction in which everything moves when a nonbasic variable does."""
        direction = Fraction(1 if self.rows[row][column] > 0 else -1)
        ray = {column: direction}
        for other in self.columns[column]:
            if other != row:
                ray[other] = direction * Fraction(self.rows[other][column], self.scale[other])
        return ray
