"""Linear facts, products and whole numbers decided together: a witness, a proof, or neither within the budget.

The order is by cost: propagate; dive for a witness by fixing the narrowest variable first; the exact simplex; then
branch on whole numbers (Land & Doig 1960). Alternatives and counts are the business of the room next door.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.facts import Assumed, Fact, Rounded, combine
from ipmetrics.constraints.proofs import Leaf, Proof, Split
from ipmetrics.constraints.propagation import LOWER, UPPER, Propagator, scaled_fact
from ipmetrics.constraints.relations import Inequality, Product, Whole, holds
from ipmetrics.constraints.simplex import Simplex

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Budget", "Problem", "sharpened", "solve"]

_ONE = Fraction(1)
_RESTARTS = 4
_DEEPEST = 100
"""How deep whole numbers are branched on: who checks a proof walks as deep, a few calls for each fork."""


@attrs.define
class Budget:
    """How many cases may still be opened; counted, not timed, so that answers are the same on every machine."""

    cases: int = 600

    def spend(self, cases: int = 1) -> bool:
        """Open one more case, or one that costs as much as several, if as much is left."""
        self.cases -= cases
        return self.cases >= 0


@attrs.frozen(eq=False)
class Problem:
    """Facts, products with their groups, whole variables with the groups that say so, and all the variables."""

    facts: tuple[Fact, ...]
    products: tuple[tuple[int, Product], ...]
    whole: Mapping[int, int]
    variables: tuple[int, ...]

    def satisfied_by(self, values: Mapping[int, Fraction]) -> bool:
        """Whether exact values satisfy every fact, product and wholeness."""
        return (
            all(values[variable].denominator == 1 for variable in self.whole)
            and all(_satisfies(values, fact) for fact in self.facts)
            and all(holds(product, values) for _, product in self.products)
        )


def _satisfies(values: Mapping[int, Fraction], fact: Fact) -> bool:
    over, under = -fact.bound.numerator, fact.bound.denominator
    for variable, factor in fact.terms:
        value = values[variable]
        size = value.denominator * factor.denominator
        over, under = over * size + value.numerator * factor.numerator * under, under * size
    return over > 0 if fact.strict else over >= 0


def solve(problem: Problem, budget: Budget) -> dict[int, Fraction] | Proof | None:
    """A witness, a proof that there is none, or None if neither was found within the budget."""
    problem = sharpened(problem)
    bounds = Propagator(problem.facts, problem.products, problem.whole)
    if not bounds.run():
        return Leaf(bounds.refutation())
    found = dive(bounds, problem)
    if found is not None:
        return found
    simplex = Simplex([*problem.facts, *_product_facts(problem, bounds), *bounds.bounds_of(problem.whole)])
    return _branch(simplex, problem, budget, depth=0)


def sharpened(problem: Problem) -> Problem:
    """The problem with each sum of whole numbers rounded up to the next whole number that it can be.

    Branching alone never ends where such numbers have no bounds: x − y = ½ is refuted here (Gomory 1958).
    """
    if not problem.whole:
        return problem
    return attrs.evolve(problem, facts=tuple(_sharpened(fact, problem.whole) for fact in problem.facts))


def _sharpened(fact: Fact, whole: Mapping[int, int]) -> Fact:
    if len(fact.terms) < 2 or any(variable not in whole for variable, _ in fact.terms):
        return fact
    groups = tuple(whole[variable] for variable, _ in fact.terms)
    known = fact.sharpened.get(groups)
    if known is None:
        known = fact.sharpened[groups] = _rounded_up(fact, groups)
    return known


def _rounded_up(fact: Fact, groups: tuple[int, ...]) -> Fact:
    size = math.lcm(*(factor.denominator for _, factor in fact.terms))
    scale = Fraction(size, math.gcd(*(int(factor * size) for _, factor in fact.terms)))
    bound = fact.bound * scale
    if bound.denominator == 1 and not fact.strict:
        return fact
    loose = combine([(scale, fact)])
    up = math.floor(bound) + 1 if fact.strict else math.ceil(bound)
    return Fact(loose.terms, Fraction(up), strict=False, reason=Rounded(loose, tuple(dict.fromkeys(groups))))


def _product_facts(problem: Problem, bounds: Propagator) -> Iterator[Fact]:
    """Products relaxed to what the bounds of their factors allow."""
    for group, product in problem.products:
        for side in (LOWER, UPPER):
            fact = bounds.fact_of(product.factor, side)
            if fact is not None:
                yield scaled_fact(group, product, fact)


def _branch(simplex: Simplex, problem: Problem, budget: Budget, depth: int) -> dict[int, Fraction] | Proof | None:
    contradiction = simplex.check()
    if contradiction is not None:
        return Leaf(contradiction)
    point = _complete(simplex.point(), problem)
    if problem.satisfied_by(point):
        return point
    variable = _fractional(point, problem)
    if variable is None or not budget.spend() or depth > _DEEPEST:
        return None
    if depth % 8 == 0:
        rounded = _round_off(simplex, problem)
        if rounded is not None:
            return rounded
    below = math.floor(point[variable])
    cases = (
        (Inequality(((variable, -_ONE),), Fraction(-below), strict=False),),
        (Inequality(((variable, _ONE),), Fraction(below + 1), strict=False),),
    )
    split = Split(Whole(variable), problem.whole[variable], cases)
    order = (0, 1) if point[variable] - below <= Fraction(1, 2) else (1, 0)
    proofs: dict[int, Proof] = {}
    for place in order:
        fact = Fact(*cases[place][0], Assumed(split))
        saved = simplex.tightened(fact)
        result = _branch(simplex, problem, budget, depth + 1)
        simplex.loosen(saved)
        if result is None or isinstance(result, dict):
            return result
        proofs[place] = result
    split.proofs.extend((proofs[0], proofs[1]))
    return split


def _complete(point: dict[int, Fraction], problem: Problem) -> dict[int, Fraction]:
    """Values for the variables that no row mentions, and the factors that products settle."""
    for variable in problem.variables:
        point.setdefault(variable, _ONE)
    for _, product in problem.products:
        if point[product.base] > 0:
            size = point[product.variable] / point[product.base]
            point[product.factor] = (size - product.offset) / product.scale
    return point


def _fractional(point: Mapping[int, Fraction], problem: Problem) -> int | None:
    """The whole variable of least size that is not at a whole number: small ones have the fewest choices."""
    broken = [variable for variable in problem.whole if point[variable].denominator != 1]
    return min(broken, key=lambda variable: (abs(point[variable]), variable), default=None)


def _round_off(simplex: Simplex, problem: Problem) -> dict[int, Fraction] | None:
    """Fix whole variables one by one at the nearest whole number that still fits; a witness or nothing."""
    saved = []
    found: dict[int, Fraction] | None = None
    for _ in range(len(problem.whole) + 1):
        point = _complete(simplex.point(), problem)
        if problem.satisfied_by(point):
            found = point
            break
        variable = _fractional(point, problem)
        if variable is None:
            break
        near = round(point[variable])
        far = near - 1 if near > point[variable] else near + 1
        for whole in (near, far):
            pair = [
                simplex.tightened(Fact(((variable, sign),), sign * whole, strict=False, reason=Assumed()))
                for sign in (_ONE, -_ONE)
            ]
            if simplex.check() is None:
                saved += pair
                break
            for each in reversed(pair):
                simplex.loosen(each)
            simplex.check()
        else:
            break
    for each in reversed(saved):
        simplex.loosen(each)
    simplex.check()
    return found


def dive(bounds: Propagator, problem: Problem) -> dict[int, Fraction] | None:
    """Fix variables one after the other, propagating each choice; start again with the one that failed first."""
    factors = {product.factor for _, product in problem.products}
    first: list[int] = []
    start = bounds.mark()
    for _ in range(_RESTARTS):
        values, failed = _dive_once(bounds, problem, first, factors)
        bounds.undo(start)
        if values is not None:
            return values
        if failed is None or failed in first[:1]:
            return None
        first = [failed, *(variable for variable in first if variable != failed)]
    return None


def _dive_once(
    bounds: Propagator, problem: Problem, first: list[int], factors: set[int]
) -> tuple[dict[int, Fraction] | None, int | None]:
    rank = {variable: place for place, variable in enumerate(first)}
    keys = {variable: _width(bounds, variable, factors) for variable in problem.variables}
    order = sorted(problem.variables, key=lambda v: (rank.get(v, len(first)), keys[v], v))
    for variable in order:
        if not any(_fix(bounds, variable, value) for value in _choices(bounds, variable, problem.whole)):
            return None, variable
    values: dict[int, Fraction] = {}
    for variable in problem.variables:
        low = bounds.bound(variable, LOWER)
        if low is None:
            return None, None
        values[variable] = Fraction(low[0])
    return (values, None) if problem.satisfied_by(values) else (None, None)


def _width(bounds: Propagator, variable: int, factors: set[int]) -> tuple[int, Fraction]:
    """Narrowest first, by relative width; factors of products last, because the rest settles them."""
    low, high = bounds.bound(variable, LOWER), bounds.bound(variable, UPPER)
    if variable in factors:
        return 3, Fraction(0)
    if low is None or high is None:
        return 2, Fraction(0)
    if not high[0]:
        return 1, Fraction(0)
    return 1, abs(Fraction(high[0] - low[0]) / high[0])


def _fix(bounds: Propagator, variable: int, value: Fraction | int) -> bool:
    mark = bounds.mark()
    bounds.left = 400
    for side in (LOWER, UPPER):
        known = bounds.bound(variable, side)
        if known is None or known[0] != value:
            bounds.tighten(variable, side, value, False)  # noqa: FBT003 - a closed end
    if not bounds.is_empty and bounds.run():
        return True
    bounds.undo(mark)
    return False


def _choices(bounds: Propagator, variable: int, whole: Mapping[int, int]) -> Iterator[Fraction | int]:
    """Values to try: the middle, then nearer the ends; large ones where nothing bounds above."""
    low, high = bounds.bound(variable, LOWER), bounds.bound(variable, UPPER)
    if low is not None and high is not None:
        if low[0] == high[0]:
            yield low[0]
            return
        middle = Fraction(low[0] + high[0]) / 2
        if variable in whole:
            near = math.floor(middle)
            yield from dict.fromkeys(v for v in (near, near + 1, low[0], high[0], near - 1) if low[0] <= v <= high[0])
            return
        yield plain(middle, Fraction(high[0] - low[0]))
        yield (middle + low[0]) / 2
        yield (middle + high[0]) / 2
        yield from (end for end, is_open in (low, high) if not is_open)
        return
    if low is not None:
        above = max(math.floor(low[0]) + 1, 1)
        yield 10 ** (len(str(above)) + 2)
        yield above
        if not low[1]:
            yield low[0]
        return
    if high is not None:
        yield from (-v for v in (max(1 - math.ceil(high[0]), 1), 10 ** (len(str(abs(math.ceil(high[0])))) + 2)))
        return
    yield from (1, 0, -1)


def plain(value: Fraction, width: Fraction) -> Fraction:
    """A number with few decimals within a quarter of the width of the value: witnesses should be readable."""
    room = width / 4
    over, under = room.numerator, room.denominator
    power = len(str(over)) - len(str(under))
    while 10 ** max(power, 0) * under > over * 10 ** max(-power, 0):
        power -= 1
    step = Fraction(10) ** power
    return round(value / step) * step
