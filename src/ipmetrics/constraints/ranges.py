"""Ranges of expressions: the least and the most that a sum or a quotient of variables can be.

Without whole numbers, products and alternatives the exact simplex gives the tightest range, ends open or closed; a
quotient is maximised by a sequence of sums (Dinkelbach 1967). Elsewhere the range of the linear part is an outer bound,
which is called exact only when values that attain its ends have been found.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.exact import Case, decide, root_case
from ipmetrics.constraints.facts import Assumed, Fact
from ipmetrics.constraints.linear import Budget, Problem, sharpened
from ipmetrics.constraints.proofs import Leaf, groups_used
from ipmetrics.constraints.propagation import LOWER, UPPER, Propagator, scaled_fact
from ipmetrics.constraints.relations import AnyOf, Linear, Product, Proportion, Relation, Terms, Within, variables_of
from ipmetrics.constraints.simplex import Simplex
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ipmetrics.constraints.network import Network

__all__ = ["Expression", "Hull", "Quotient", "Span", "Sum", "settled_factors", "span", "states"]

_ZERO, _ONE = Fraction(0), Fraction(1)
_CASES = 64
_STEPS = 24
_FEW = 64
_PIECES = 16


@attrs.frozen
class Sum:
    """A weighted sum of variables."""

    terms: Terms

    def at(self, values: Mapping[int, Fraction]) -> Fraction | None:
        """Its value; None where a variable has none."""
        if any(variable not in values for variable, _ in self.terms):
            return None
        return sum((factor * values[variable] for variable, factor in self.terms), _ZERO)


@attrs.frozen
class Quotient:
    """A variable divided by a base above zero."""

    variable: int
    base: int

    def at(self, values: Mapping[int, Fraction]) -> Fraction | None:
        """Its value; None where a variable has none or the base is not above zero."""
        if self.variable not in values or values.get(self.base, _ZERO) <= 0:
            return None
        return values[self.variable] / values[self.base]


Expression = Sum | Quotient


@attrs.frozen
class Span:
    """The range of an expression.

    `pieces` are the parts left where whole numbers or alternatives leave gaps; `groups` are those the ends rest on.
    """

    interval: Interval
    exact: bool
    groups: frozenset[int] = frozenset()
    pieces: tuple[Interval, ...] = ()


def states(expression: Expression, interval: Interval) -> Relation:
    """The relation that puts an expression into an interval."""
    if isinstance(expression, Quotient):
        return Proportion(expression.variable, expression.base, interval)
    if len(expression.terms) == 1 and expression.terms[0][1] == 1:
        return Within(expression.terms[0][0], interval)
    return Linear(expression.terms, interval)


class Hull:
    """Ranges over the linear part of a case, with groups left out at will; warm from one question to the next."""

    def __init__(self, case: Case) -> None:
        problem = case.problem()
        self.settled = settled_factors(case)
        facts = list(problem.facts)
        self.groups_of = {id(fact): frozenset((_group(fact),)) for fact in facts}
        for fact in problem.facts:
            # A bound on a factor that nothing else binds says as much of the quotient, and nothing more.
            if len(fact.terms) == 1 and fact.terms[0][0] in self.settled:
                group, product = self.settled[fact.terms[0][0]]
                scaled = scaled_fact(group, product, fact)
                self.groups_of[id(scaled)] = frozenset((group, _group(fact)))
                facts.append(scaled)
        self.impossible = [fact for fact in facts if fact.is_contradiction]
        self.simplex = Simplex(fact for fact in facts if fact.terms)
        self.linear = not case.choices and len(self.settled) == len(problem.products)

    def range(self, expression: Expression, without: Collection[int] = ()) -> Interval:
        """An outer bound of the expression when some groups are left out; tight if all in it is linear and real."""
        if any(self.groups_of[id(fact)].isdisjoint(without) for fact in self.impossible):
            return Interval.empty()
        saved = self.simplex.relax(frozenset(without), self.groups_of) if without else []
        interval = (
            Interval.empty()
            if self.simplex.check() is not None
            else _range_of(self.simplex, expression, self.settled, prove=False)[0]
        )
        self.simplex.restore(saved)
        return interval


def _above_zero(variable: int) -> Fact:
    """What a quotient supposes of its base."""
    return Fact(((variable, _ONE),), _ZERO, strict=True, reason=Assumed())


def _group(fact: object) -> int:
    reason = getattr(fact, "reason", None)
    return getattr(reason, "group", -1)


def settled_factors(case: Case) -> dict[int, tuple[int, Product]]:
    """Factors that are bound by nothing but intervals and one product each: the quotient says all of them."""
    products = [(group, part) for group, part in case.relations if isinstance(part, Product)]
    factors = Counter(part.factor for _, part in products)
    bound_otherwise = {
        each for _, part in case.relations if not isinstance(part, (Within, Product)) for each in variables_of(part)
    } | {each for _, part in products for each in (part.variable, part.base)}
    return {
        part.factor: (group, part)
        for group, part in products
        if factors[part.factor] == 1 and part.factor not in bound_otherwise
    }


def _range_of(
    simplex: Simplex, expression: Expression, settled: Mapping[int, tuple[int, Product]], *, prove: bool = True
) -> tuple[Interval, frozenset[int]]:
    """Least and most of an expression, a settled factor read as its quotient."""
    if isinstance(expression, Sum) and len(expression.terms) == 1 and expression.terms[0][0] in settled:
        variable, weight = expression.terms[0]
        group, product = settled[variable]
        interval, used = _range(simplex, Quotient(product.variable, product.base), prove=prove)
        return (interval - product.offset) * (weight / product.scale), used | {group}
    return _range(simplex, expression, prove=prove)


def _range(simplex: Simplex, expression: Expression, *, prove: bool = True) -> tuple[Interval, frozenset[int]]:
    """Least and most, from a simplex whose values satisfy its facts; a quotient supposes its base above zero."""
    if isinstance(expression, Sum):
        up, up_open, used = _most_sum(simplex, expression.terms, prove=prove)
        down, down_open, more = _most_sum(simplex, tuple((v, -f) for v, f in expression.terms), prove=prove)
    else:
        held = simplex.tightened(_above_zero(expression.base))
        if simplex.check() is not None:
            simplex.loosen(held)
            return Interval.empty(), frozenset()
        up, up_open, used = _most_quotient(simplex, expression, _ONE, prove=prove)
        down, down_open, more = _most_quotient(simplex, expression, -_ONE, prove=prove)
        simplex.loosen(held)
    low = None if down is None else -down
    return Interval(low, up, lower_closed=not down_open, upper_closed=not up_open), used | more


def _most_sum(simplex: Simplex, terms: Terms, *, prove: bool) -> tuple[Fraction | None, bool, frozenset[int]]:
    best = simplex.most(terms, prove=prove)
    used = groups_used(Leaf(best.fact)) if best.fact is not None else frozenset()
    return best.value, best.open_end, used


def _most_quotient(
    simplex: Simplex, expression: Quotient, sign: Fraction, *, prove: bool
) -> tuple[Fraction | None, bool, frozenset[int]]:
    """The most of sign · variable / base: raise k until the most of sign · variable − k · base is zero."""
    over, under = expression.variable, expression.base
    for variable in (over, under):
        simplex.meet(variable)  # a variable that no row mentions
    values = simplex.value if simplex.value[under] > 0 else simplex.point()
    if values[under] <= 0:
        return None, True, frozenset()
    size = sign * values[over] / values[under]
    while True:
        best = simplex.most(((over, sign), (under, -size)) if size else ((over, sign),), prove=prove)
        if best.value is None:
            rise = (best.ray or {}).get(under, _ZERO)
            if rise <= 0:
                return None, True, frozenset()
            size = sign * (best.ray or {}).get(over, _ZERO) / rise
            continue
        if best.value <= 0:
            used = groups_used(Leaf(best.fact)) if best.fact is not None else frozenset()
            return size, best.open_end or best.value < 0, used
        if simplex.value[under] <= 0:
            return None, True, frozenset()
        size = sign * simplex.value[over] / simplex.value[under]


def span(network: Network, expression: Expression, budget: Budget | None = None, *, attain: bool = True) -> Span:
    """The range of an expression over everything a consistent network allows; empty if it allows nothing.

    Exact where both ends are proved attained or approached, else an outer bound. Without `attain` no values are looked
    for that attain the ends: quicker, and an outer bound wherever whole numbers, products or counts bear on it.
    """
    variables = (
        [expression.variable, expression.base] if isinstance(expression, Quotient) else [v for v, _ in expression.terms]
    )
    parts = [part for part in network.components if not set(variables).isdisjoint(part.variables)]
    joined = network.only([group for part in parts for group in part.active])
    cases, complete = _leaf_cases(root_case(joined), budget or Budget())
    pieces: list[Interval] = []
    exact = complete
    groups: frozenset[int] = frozenset()
    for case in cases:
        interval, used, tight = _case_range(case, expression)
        groups |= used
        if interval.is_empty:
            continue
        whole = _whole_variable(joined, expression)
        if not tight and not attain:
            pieces.append(interval.whole_numbers() if whole is not None else interval)
        elif not tight:
            interval, tight, parts_left = _settle(joined, case, expression, interval, whole=whole is not None)
            pieces += parts_left
        else:
            pieces.append(interval)
        exact = exact and tight
    merged = _merged(pieces, whole=_whole_variable(joined, expression) is not None)
    hull = Interval.empty()
    for piece in merged:
        hull = piece if hull.is_empty else hull.hull(piece)
    return Span(hull, exact, groups, tuple(merged[:_PIECES]) if 1 < len(merged) <= _PIECES else ())


def _whole_variable(network: Network, expression: Expression) -> int | None:
    if isinstance(expression, Sum) and len(expression.terms) == 1 and abs(expression.terms[0][1]) == 1:
        variable = expression.terms[0][0]
        return variable if variable in network.whole else None
    return None


def _leaf_cases(case: Case, budget: Budget) -> tuple[list[Case], bool]:
    """Every way to settle the alternatives that is not refuted at once; False if counts or the budget remain open."""
    done: list[Case] = []
    complete = True
    stack = [case]
    while stack:
        each = stack.pop()
        choice = next(((group, part) for group, part in each.choices if isinstance(part, AnyOf)), None)
        if choice is None or len(done) + len(stack) > _CASES or not budget.spend():
            complete = complete and not each.choices
            done.append(each)
            continue
        group, part = choice
        for place in reversed(range(len(part.alternatives))):
            taken = each.taking(group, part, place)
            problem = taken.problem()
            if Propagator(problem.facts, problem.products, problem.whole).run():
                stack.append(taken)
    return done, complete


def _relaxed(problem: Problem) -> Simplex | None:
    """The linear part with products relaxed by the bounds of their factors; None if nothing is left."""
    problem = sharpened(problem)
    facts = list(problem.facts)
    bounds = Propagator(problem.facts, problem.products, problem.whole)
    if not bounds.run():
        return None
    for group, product in problem.products:
        for side in (LOWER, UPPER):
            fact = bounds.fact_of(product.factor, side)
            if fact is not None:
                facts.append(scaled_fact(group, product, fact))
    settled = {each for _, part in problem.products for each in (part.variable, part.factor, part.base)}
    simplex = Simplex([*facts, *bounds.bounds_of({*problem.whole, *settled})])
    return None if simplex.check() is not None else simplex


def _case_range(case: Case, expression: Expression) -> tuple[Interval, frozenset[int], bool]:
    problem = case.problem()
    simplex = _relaxed(problem)
    if simplex is None:
        return Interval.empty(), frozenset(), True
    settled = settled_factors(case)
    interval, used = _range_of(simplex, expression, settled)
    tight = len(settled) == len(problem.products) and _reads(expression, settled)
    return interval, used, tight and not (problem.whole or case.choices)


def _reads(expression: Expression, settled: Collection[int]) -> bool:
    """Whether a settled factor stands alone in an expression, if at all: two quotients together are not linear."""
    if isinstance(expression, Quotient):
        return expression.variable not in settled and expression.base not in settled
    return len(expression.terms) == 1 or not any(variable in settled for variable, _ in expression.terms)


def _settle(
    network: Network, case: Case, expression: Expression, interval: Interval, *, whole: bool
) -> tuple[Interval, bool, list[Interval]]:
    """Ends moved inwards over whole numbers until they are attained; the parts that are left between gaps."""
    relations = tuple(relation for _, relation in case.relations)
    settled = type(network).of([relations])

    def possible(at: Interval) -> bool | None:
        answer = decide(settled.plus([states(expression, at)]), Budget(60))
        return True if answer.is_consistent else False if answer.is_inconsistent else None

    if whole:
        interval = interval.whole_numbers()
        return _settle_whole(interval, possible)
    tight = all(end is None or possible(Interval.point(end)) is True for end in (interval.lower, interval.upper))
    return interval, tight and interval.is_bounded, [interval]


def _settle_whole(interval: Interval, possible: object) -> tuple[Interval, bool, list[Interval]]:
    ask = possible
    if not callable(ask):
        raise TypeError
    count = interval.count_whole()
    low, high = interval.lower, interval.upper
    if count is not None and count <= _FEW and low is not None:
        answers = {int(low) + step: ask(Interval.point(low + step)) for step in range(count)}
        left = [value for value, answer in answers.items() if answer is not False]
        parts = list(_runs(left))
        hull = parts[0].hull(parts[-1]) if parts else Interval.empty()
        return hull, all(answer is not None for answer in answers.values()), parts
    exact = True
    ends: list[Fraction | None] = []
    for end, step in ((low, 1), (high, -1)):
        at, tries = end, 0
        while at is not None and tries < _STEPS:
            answer = ask(Interval.point(at))
            if answer is True:
                break
            if answer is None:
                exact = False
                break
            at, tries = at + step, tries + 1
        else:
            exact = False if at is not None else exact
        ends.append(at)
    moved = Interval(ends[0], ends[1])
    return moved, exact, [moved]


def _runs(values: list[int]) -> Iterator[Interval]:
    start = 0
    for place in range(1, len(values) + 1):
        if place == len(values) or values[place] != values[place - 1] + 1:
            yield Interval(Fraction(values[start]), Fraction(values[place - 1]))
            start = place


def _merged(pieces: list[Interval], *, whole: bool) -> list[Interval]:
    """Pieces in order, joined where no possible value lies between them."""
    ordered = sorted(
        (piece for piece in pieces if not piece.is_empty),
        key=lambda piece: (piece.lower is not None, piece.lower or _ZERO, not piece.lower_closed),
    )
    merged: list[Interval] = []
    for piece in ordered:
        if merged and _touch(merged[-1], piece, whole=whole):
            merged[-1] = merged[-1].hull(piece)
        else:
            merged.append(piece)
    return merged


def _touch(left: Interval, right: Interval, *, whole: bool) -> bool:
    if left.upper is None or right.lower is None or right.lower < left.upper:
        return True
    if whole:
        return right.lower - left.upper <= 1
    return right.lower == left.upper and (left.upper_closed or right.lower_closed)
