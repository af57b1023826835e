"""Ranges over forests: where quotients tie unsigned variables together without a cycle, intervals alone are exact.

Each tie says x ∈ I · y; ties between the same two variables are one. Without a cycle, what one side of a tie allows
the other is an interval product, and what a variable may be is the intersection of what its neighbours allow (arc
consistency is complete on trees: Freuder 1982). So each claim can be left out at the cost of a few intersections.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.constraints.ranges import Expression, Quotient, settled_factors
from ipmetrics.constraints.relations import Linear, Product, Proportion, Relation, Whole, Within
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.constraints.exact import Case

__all__ = ["Forest"]

_POSITIVE, _UNSIGNED, _ALL = Interval.more_than(0), Interval.at_least(0), Interval.everything()
_SHARE = Interval.at_most(1)
_Said = tuple[frozenset[int], Interval]


class Forest:
    """The domains of unsigned variables and the ties between them; `Forest.of` gives None where there is a cycle."""

    def __init__(self) -> None:
        self.domains: dict[int, list[_Said]] = {}
        self.ties: dict[tuple[int, int], list[_Said]] = {}
        self.neighbours: dict[int, list[int]] = {}
        self.settled: dict[int, Product] = {}
        self.messages: dict[tuple[int, int], Interval] = {}
        self.fit = True

    @classmethod
    def of(cls, case: Case) -> Forest | None:
        """The forest of a case; None if something in it is no tie of two unsigned variables, or ties form a cycle."""
        forest = cls()
        factors = settled_factors(case)
        bounds = [(group, part) for group, part in case.relations if isinstance(part, Within)]
        forest.settled = {factor: product for factor, (_, product) in factors.items()}
        for group, relation in case.relations:
            if not forest._take(group, relation, factors.keys()):
                return None
        for factor, (group, product) in factors.items():
            said = [(frozenset((group, own)), part.interval) for own, part in bounds if part.variable == factor]
            for groups, interval in said or [(frozenset((group,)), _ALL)]:
                forest._tie(product.variable, product.base, groups, interval * product.scale + product.offset)
        return forest if forest.fit and forest._is_tree() else None

    def _take(self, group: int, relation: Relation, factors: Iterable[int]) -> bool:
        """Note what a relation says; False if it is of a kind that no tie can say."""
        groups = frozenset((group,))
        match relation:
            case Within(variable=variable, interval=interval):
                if variable not in factors:
                    self.domains.setdefault(variable, []).append((groups, interval))
            case Proportion(variable=variable, base=base, interval=interval):
                self._tie(variable, base, groups, interval)
                self.domains.setdefault(base, []).append((groups, _POSITIVE))
            case Product(factor=factor, base=base) if factor in factors:
                self.domains.setdefault(base, []).append((groups, _POSITIVE))
            case Linear(terms=((whole, more), (part, less)), interval=interval) if more == 1 and less == -1:
                if interval != _UNSIGNED:
                    return False
                self._tie(part, whole, groups, _SHARE)
            case Whole():
                pass
            case _:
                return False
        return True

    def _tie(self, over: int, under: int, groups: frozenset[int], interval: Interval) -> None:
        """Note that one variable is a size of another; sizes that may be zero do not turn round, and are left alone."""
        if interval.lower is None or interval.lower <= 0:
            # Of unsigned variables a size without upper end says nothing; any other is for the simplex.
            self.fit = self.fit and interval.upper is None
            return
        pair = (over, under) if over < under else (under, over)
        self.ties.setdefault(pair, []).append((groups, interval if over < under else _inverse(interval)))

    def _is_tree(self) -> bool:
        """Whether the ties form no cycle and every tied variable is unsigned."""
        parent: dict[int, int] = {}

        def root(node: int) -> int:
            while parent.setdefault(node, node) != node:
                node = parent[node]
            return node

        for one, other in self.ties:
            left, right = root(one), root(other)
            if left == right:
                return False
            parent[left] = right
            self.neighbours.setdefault(one, []).append(other)
            self.neighbours.setdefault(other, []).append(one)
        return all(any(said == _UNSIGNED for _, said in self.domains.get(node, ())) for node in self.neighbours)

    def range(self, expression: Expression, without: int) -> Interval | None:
        """The tightest range when a group is left out; None if the expression runs along no tie."""
        if isinstance(expression, Quotient):
            return self._quotient(expression.variable, expression.base, without)
        if len(expression.terms) != 1 or expression.terms[0][1] != 1:
            return None
        variable = expression.terms[0][0]
        if variable in self.settled:
            product = self.settled[variable]
            found = self._quotient(product.variable, product.base, without)
            return None if found is None else (found - product.offset) / product.scale
        return self._side(variable, None, without)

    def near(self, variable: int) -> Fraction:
        """An end of what a variable may be; zero if it has none."""
        allowed = self._side(variable, None, -1)
        return allowed.lower or allowed.upper or Fraction(0)

    def _tied_by(self, one: int, other: int, group: int) -> bool:
        return any(group in groups for groups, _ in self.ties[min(one, other), max(one, other)])

    def _quotient(self, over: int, under: int, without: int) -> Interval | None:
        pair = (over, under) if over < under else (under, over)
        if pair not in self.ties:
            return None
        rest = _meet(self.ties[pair], without)
        told = rest if over < under else _inverse(rest)
        above, below = self._side(over, under, without), self._side(under, over, without) & _POSITIVE
        if above.is_empty or below.is_empty:
            return Interval.empty()
        return above / below & told

    def _side(self, node: int, far: int | None, without: int) -> Interval:
        """What a variable may be, from its own domain and every neighbour but one."""
        allowed = _meet(self.domains.get(node, ()), without)
        for other in self.neighbours.get(node, ()):
            if other != far:
                left_out = without if self._tied_by(node, other, without) else -1
                allowed &= self._message(other, node, left_out)
        return allowed

    def _message(self, source: int, target: int, without: int) -> Interval:
        """What a neighbour, with all behind it, allows a variable; a group that ties the two may be left out."""
        if without < 0 and (source, target) in self.messages:
            return self.messages[source, target]
        told = _meet(self.ties[min(source, target), max(source, target)], without)
        if told == _ALL:
            return _ALL
        behind = self._side(source, target, without)
        message = _times(_inverse(told) if source < target else told, behind)
        if without < 0:
            self.messages[source, target] = message
        return message


def _meet(said: Iterable[_Said], without: int) -> Interval:
    allowed = _ALL
    for groups, interval in said:
        if without not in groups:
            allowed &= interval
    return allowed


def _times(size: Interval, behind: Interval) -> Interval:
    return Interval.empty() if size.is_empty or behind.is_empty else size * behind


def _inverse(sizes: Interval) -> Interval:
    """1/k for every k of an interval of sizes above zero."""
    if sizes.is_empty or sizes == _ALL:
        return sizes
    low = Fraction(0) if sizes.upper is None else 1 / sizes.upper
    high = None if not sizes.lower else 1 / sizes.lower
    return Interval(low, high, lower_closed=sizes.upper_closed, upper_closed=sizes.lower_closed)
