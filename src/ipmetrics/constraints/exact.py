"""Exact decisions on networks: a witness that satisfies every relation, a proof that there is none, or neither.

Alternatives, counts and products branch lazily: only where the values found so far break one of them, and within a
budget of cases. Inconsistency needs a proof of every case.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.facts import Assumed, Fact, Given
from ipmetrics.constraints.linear import Budget, Problem, solve
from ipmetrics.constraints.proofs import Counted, Proof, Split
from ipmetrics.constraints.propagation import LOWER, UPPER, Propagator
from ipmetrics.constraints.relations import (
    AnyOf,
    Count,
    Inequality,
    Product,
    Relation,
    Whole,
    Within,
    counted,
    holds,
    inequalities,
    is_linear,
)
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from ipmetrics.constraints.network import Network

__all__ = ["Case", "Decision", "decide", "root_case"]

_ONE = Fraction(1)
_DEPTH = 60
_DIVISION = 40
"""What halving a product's factor costs: such cases are slow to close, and some never do."""


@attrs.frozen(eq=False)
class Decision:
    """The answer: `values` if consistent, `proof` if not, neither if undetermined."""

    values: dict[int, Fraction] | None = None
    proof: Proof | None = None

    @property
    def is_consistent(self) -> bool:
        """Whether a witness was found."""
        return self.values is not None

    @property
    def is_inconsistent(self) -> bool:
        """Whether a proof was found."""
        return self.proof is not None


@attrs.frozen(eq=False)
class Case:
    """Relations in force and facts supposed, on one branch of the search."""

    relations: tuple[tuple[int, Relation], ...]
    facts: tuple[Fact, ...]
    assumed: tuple[Fact, ...]
    variables: tuple[int, ...]

    def problem(self) -> Problem:
        """The linear part, with products and whole numbers."""
        products = tuple((group, part) for group, part in self.relations if isinstance(part, Product))
        whole = {part.variable: group for group, part in self.relations if isinstance(part, Whole)}
        return Problem((*self.facts, *self.assumed), products, whole, self.variables)

    @property
    def choices(self) -> list[tuple[int, AnyOf | Count]]:
        """The relations that leave a choice."""
        return [
            (group, part) for group, part in self.relations if isinstance(part, (AnyOf, Count)) and not is_linear(part)
        ]

    def taking(self, group: int, choice: AnyOf, place: int) -> Case:
        """The case in which one alternative holds."""
        rest = tuple(pair for pair in self.relations if pair[1] is not choice)
        return attrs.evolve(self, relations=rest).having(group, choice.alternatives[place])

    def having(self, group: int, relations: tuple[Relation, ...]) -> Case:
        """The case with more relations of a group."""
        more = tuple((group, part) for part in relations)
        facts = (*self.facts, *_facts(group, relations))
        return attrs.evolve(self, relations=(*self.relations, *more), facts=facts)

    def supposing(self, facts: tuple[Fact, ...]) -> Case:
        """The case in which more facts hold."""
        return attrs.evolve(self, assumed=(*self.assumed, *facts))


def root_case(network: Network) -> Case:
    """The network as the first case."""
    facts = tuple(fact for group in network.active for fact in _facts_of(network, group))
    return Case(network.relations, facts, (), network.variables)


def _facts_of(network: Network, group: int) -> tuple[Fact, ...]:
    """The facts that a group gives, worked out once for all networks that choose from the same groups."""
    known = network.store.facts.get(group)
    if known is None:
        known = _facts(group, network.groups[group])
        if group < network.store.count:
            network.store.facts[group] = known
    return known


def _facts(group: int, relations: tuple[Relation, ...]) -> tuple[Fact, ...]:
    return tuple(
        Fact(*inequality, Given(group, relation)) for relation in relations for inequality in inequalities(relation)
    )


def decide(network: Network, budget: Budget | None = None) -> Decision:
    """Whether the relations can all hold, component by component; the first proof found ends the search.

    A consistent answer has been checked against every relation; check a proof with `proofs.verify`.
    """
    values: dict[int, Fraction] = {}
    undetermined = False
    for component in network.components:
        answer = _decide_case(root_case(component), attrs.evolve(budget) if budget else Budget(), 0)
        if answer.is_inconsistent:
            return answer
        if answer.values is None:
            undetermined = True
            continue
        values.update(answer.values)
    if undetermined or not network.satisfied_by(values):
        return Decision()
    return Decision(values=values)


def _decide_case(case: Case, budget: Budget, depth: int) -> Decision:
    closed = _closed_by_count(case)
    if closed is not None:
        return Decision(proof=closed)
    problem = case.problem()
    result = solve(problem, budget)
    if isinstance(result, dict):
        broken = [(group, choice) for group, choice in case.choices if not holds(choice, result)]
        if not broken:
            return Decision(values=result)
        return _distinguish(case, *broken[0], result, budget, depth)
    if result is not None:
        return Decision(proof=result)
    if case.choices:
        group, choice = case.choices[0]
        return _distinguish(case, group, choice, None, budget, depth)
    if problem.products:
        return _divide(case, problem, budget, depth)
    return Decision()


def _distinguish(
    case: Case, group: int, choice: AnyOf | Count, values: dict[int, Fraction] | None, budget: Budget, depth: int
) -> Decision:
    if depth >= _DEPTH or not budget.spend():
        return Decision()
    if isinstance(choice, AnyOf):
        split = Split(choice, group, tuple(() for _ in choice.alternatives))
        cases = [case.taking(group, choice, place) for place in range(len(choice.alternatives))]
        return _each_case(split, cases, budget, depth)
    other = _undecided(case, choice, values)
    if other is None:
        return Decision()
    return _compare(case, ((other, _ONE), (choice.variable, -_ONE)), budget, depth)


def _compare(case: Case, terms: tuple[tuple[int, Fraction], ...], budget: Budget, depth: int) -> Decision:
    """Below zero, at zero, above zero."""
    up = tuple(sorted(terms))
    down = tuple((variable, -factor) for variable, factor in up)
    zero = Fraction(0)
    cases = (
        (Inequality(down, zero, strict=True),),
        (Inequality(down, zero, strict=False), Inequality(up, zero, strict=False)),
        (Inequality(up, zero, strict=True),),
    )
    split = Split(None, None, cases)
    supposed = [case.supposing(tuple(Fact(*each, Assumed(split)) for each in facts)) for facts in cases]
    return _each_case(split, supposed, budget, depth)


def _each_case(split: Split, cases: list[Case], budget: Budget, depth: int) -> Decision:
    """Consistent if one case is; inconsistent if all are; else undetermined."""
    undetermined = False
    for each in cases:
        answer = _decide_case(each, budget, depth + 1)
        if answer.values is not None:
            return answer
        if answer.proof is None:
            undetermined = True
        else:
            split.proofs.append(answer.proof)
    return Decision() if undetermined else Decision(proof=split)


def _decided(case: Case, choice: Count) -> tuple[dict[int, Fact], dict[int, Fact]]:
    """The others that the case supposes above the variable (so that they count), and those that do not count."""
    above: dict[int, Fact] = {}
    below: dict[int, Fact] = {}
    for fact in case.assumed:
        terms = dict(fact.terms)
        if len(terms) != 2 or choice.variable not in terms or fact.bound != 0:
            continue
        other = next(variable for variable in terms if variable != choice.variable)
        if other not in choice.others or terms[other] != -terms[choice.variable]:
            continue
        rises = (terms[other] > 0) is not choice.below
        if rises and (fact.strict or not choice.strict):
            above[other] = fact
        elif not rises and (fact.strict or choice.strict):
            below[other] = fact
    return above, below


def _closed_by_count(case: Case) -> Counted | None:
    for group, choice in case.choices:
        if isinstance(choice, Count):
            above, below = _decided(case, choice)
            if len(above) > choice.most:
                return Counted(group, choice, tuple(above.values()))
            if len(choice.others) - len(below) < choice.least:
                return Counted(group, choice, tuple(below.values()))
    return None


def _undecided(case: Case, choice: Count, values: dict[int, Fraction] | None) -> int | None:
    """The other to compare next: the one nearest to changing sides."""
    above, below = _decided(case, choice)
    open_ones = [other for other in choice.others if other not in above and other not in below]
    if values is None or not open_ones:
        return open_ones[0] if open_ones else None
    too_many = counted(choice, values) > choice.most
    single = {other: attrs.evolve(choice, others=(other,), least=0, most=0) for other in open_ones}
    movable = [other for other in open_ones if (counted(single[other], values) > 0) is too_many] or open_ones
    return min(movable, key=lambda other: (abs(values[other] - values[choice.variable]), other))


def _divide(case: Case, problem: Problem, budget: Budget, depth: int) -> Decision:
    """Products of unknowns: try factors fixed where they stand, else halve the widest factor."""
    if depth >= _DEPTH or not budget.spend(_DIVISION):
        return Decision()
    bounds = Propagator(problem.facts, problem.products, problem.whole)
    if not bounds.run():
        return Decision()
    fixed = _with_factors_fixed(case, problem, bounds)
    answer = solve(fixed.problem(), Budget(20))
    if isinstance(answer, dict) and all(holds(choice, answer) for _, choice in case.choices):
        return Decision(values=answer)
    factor, middle = _widest_factor(problem, bounds)
    if factor is None:
        return Decision()
    cases = (
        (Inequality(((factor, -_ONE),), -middle, strict=False),),
        (Inequality(((factor, _ONE),), middle, strict=False),),
    )
    split = Split(None, None, cases)
    supposed = [case.supposing(tuple(Fact(*each, Assumed(split)) for each in facts)) for facts in cases]
    return _each_case(split, supposed, budget, depth)


def _with_factors_fixed(case: Case, problem: Problem, bounds: Propagator) -> Case:
    """The case with each product's factor at the middle of its bounds, where it has both."""
    fixed = case
    for group, product in problem.products:
        low, high = bounds.bound(product.factor, LOWER), bounds.bound(product.factor, UPPER)
        if low is not None and high is not None:
            middle = Fraction(low[0] + high[0]) / 2
            fixed = fixed.having(group, (Within(product.factor, Interval.point(middle)),))
    return fixed


def _widest_factor(problem: Problem, bounds: Propagator) -> tuple[int | None, Fraction]:
    best: int | None = None
    best_middle, widest = Fraction(0), Fraction(0)
    for _, product in problem.products:
        low, high = bounds.bound(product.factor, LOWER), bounds.bound(product.factor, UPPER)
        if low is None or high is None:
            end = low or high
            middle = Fraction(end[0]) * 2 + 1 if end is not None else _ONE
            return product.factor, middle
        width = abs(Fraction(high[0] - low[0]) / (high[0] or 1))
        if width > widest:
            best, best_middle, widest = product.factor, Fraction(low[0] + high[0]) / 2, width
    return best, best_middle
