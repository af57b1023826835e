"""Proofs of inconsistency, and the checker that believes nothing but exact arithmetic.

A proof is a tree of case distinctions that are complete by themselves (a whole number is at most k or at least k + 1;
one of the alternatives holds; a sum is below, at or above c), with a contradiction such as 0 ≥ 1 at each leaf. A
contradiction is a linear fact derived from the relations by positive combinations (Farkas 1902), rounding of whole
numbers (Gomory 1958, Chvátal 1973) and products of bounds. The checker shares no code with the search.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.facts import Assumed, Combined, Fact, Given, Quotient, Reason, Rounded, Scaled, combine
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.relations import AnyOf, Count, Inequality, Product, Relation, Terms, Whole, inequalities

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = ["Counted", "Leaf", "Proof", "Split", "groups_used", "verify"]


@attrs.frozen(eq=False)
class Leaf:
    """A case closed by a contradiction."""

    fact: Fact


@attrs.frozen(eq=False)
class Counted:
    """A case closed by a count: too many of the others are above the variable, or too few can be."""

    group: int
    relation: Count
    facts: tuple[Fact, ...]


@attrs.frozen(eq=False)
class Split:
    """A complete distinction of cases with a proof of each.

    `reason` is a Whole (at most k, at least k + 1), an AnyOf (one case each alternative), or None for the sign of a
    sum against a number (below, at, above). `group` is the group of the reason, if it has one.
    """

    reason: Whole | AnyOf | None
    group: int | None
    cases: tuple[tuple[Inequality, ...], ...]
    proofs: list[Proof] = attrs.field(factory=list)


Proof = Leaf | Counted | Split


def groups_used(proof: Proof) -> frozenset[int]:
    """Every group a proof rests on."""
    groups: set[int] = set()
    seen: set[int] = set()
    stack: list[Proof | Fact] = [proof]
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        match item:
            case Leaf(fact=fact):
                stack.append(fact)
            case Counted(group=group, facts=facts):
                groups.add(group)
                stack.extend(facts)
            case Split(group=split_group, proofs=proofs):
                if split_group is not None:
                    groups.add(split_group)
                stack.extend(proofs)
            case Fact(reason=reason):
                groups.update(_own_groups(reason))
                stack.extend(_antecedents(reason))
    return frozenset(groups)


def _own_groups(reason: Reason) -> tuple[int, ...]:
    match reason:
        case Given(group=group) | Scaled(group=group) | Quotient(group=group):
            return (group,)
        case Rounded(groups=groups):
            return groups
        case _:
            return ()


def _antecedents(reason: Reason) -> Iterator[Fact]:
    match reason:
        case Combined(parts=parts):
            yield from (fact for _, fact in parts)
        case Rounded(fact=fact) | Scaled(factor=fact):
            yield fact
        case Quotient(result=result, base=base):
            yield from (result, base)
        case _:
            return


@attrs.define
class _Checker:
    """Checks facts against what is in force: the network's relations, and those the cases in hand suppose."""

    network: Network
    relations: dict[int, set[int]]
    supposed: list[tuple[Inequality, ...]]

    def fact(self, fact: Fact, known: dict[int, Fact]) -> bool:
        """Whether a fact follows; iterative, because chains of propagation are long."""
        stack = [fact]
        while stack:
            item = stack[-1]
            if id(item) in known:
                stack.pop()
                continue
            open_ones = [each for each in _antecedents(item.reason) if id(each) not in known]
            if open_ones:
                stack.extend(open_ones)
                continue
            if not self.step(item):
                return False
            known[id(item)] = item
            stack.pop()
        return True

    def step(self, fact: Fact) -> bool:
        """Whether a fact follows from its antecedents, taken as true."""
        claimed = Inequality(_sorted(fact.terms), fact.bound, fact.strict)
        match fact.reason:
            case Given(group=group, relation=relation):
                return self.in_force(group, relation) and any(_weaker(claimed, each) for each in inequalities(relation))
            case Assumed():
                return any(_weaker(claimed, each) for case in self.supposed for each in case)
            case Combined(parts=parts):
                again = combine(list(parts))
                return all(weight > 0 for weight, _ in parts) and _weaker(claimed, _inequality(again))
            case Rounded(fact=loose, groups=groups):
                return _weaker(claimed, self.rounded(loose, groups))
            case Scaled(group=group, product=product, factor=factor):
                return self.in_force(group, product) and _weaker(claimed, _scaled(product, factor))
            case Quotient(group=group, product=product, result=result, base=base):
                return self.in_force(group, product) and _weaker(claimed, _quotient(product, result, base))

    def in_force(self, group: int, relation: Relation) -> bool:
        return id(relation) in self.relations.get(group, ())

    def rounded(self, fact: Fact, groups: tuple[int, ...]) -> Inequality | None:
        whole = {part.variable for group in groups for part in self.network.groups[group] if isinstance(part, Whole)}
        if any(variable not in whole or factor.denominator != 1 for variable, factor in fact.terms):
            return None
        up = math.floor(fact.bound) + 1 if fact.strict else math.ceil(fact.bound)
        return Inequality(_sorted(fact.terms), Fraction(up), strict=False)

    def proof(self, proof: Proof) -> bool:
        """Whether every case is closed and the cases are all there are."""
        match proof:
            case Leaf(fact=fact):
                return fact.is_contradiction and self.fact(fact, {})
            case Counted():
                return self.counted(proof)
            case Split():
                return self.split(proof)

    def counted(self, leaf: Counted) -> bool:
        relation = leaf.relation
        known: dict[int, Fact] = {}
        if not self.in_force(leaf.group, relation) or not all(self.fact(fact, known) for fact in leaf.facts):
            return False
        above = sum(
            any(_weaker(_gap(relation, other, above=True), _inequality(f)) for f in leaf.facts)
            for other in relation.others
        )
        below = sum(
            any(_weaker(_gap(relation, other, above=False), _inequality(f)) for f in leaf.facts)
            for other in relation.others
        )
        return above > relation.most or len(relation.others) - below < relation.least

    def split(self, split: Split) -> bool:
        if len(split.proofs) != len(split.cases) or not self.complete(split):
            return False
        return all(self.case(split, place) for place in range(len(split.cases)))

    def complete(self, split: Split) -> bool:
        match split.reason:
            case Whole():
                return self._whole_cases(split)
            case AnyOf(alternatives=alternatives):
                return (
                    split.group is not None
                    and self.in_force(split.group, split.reason)
                    and len(alternatives) == len(split.cases)
                )
            case None:
                return _sign_cases(split.cases)

    def _whole_cases(self, split: Split) -> bool:
        if split.group is None or not isinstance(split.reason, Whole) or len(split.cases) != 2:
            return False
        if not any(part == split.reason for part in self.network.groups[split.group]):
            return False
        if any(len(case) != 1 or case[0].strict for case in split.cases):
            return False
        (low,), (high,) = split.cases
        variable = split.reason.variable
        return (
            low.terms == ((variable, Fraction(-1)),)
            and high.terms == ((variable, Fraction(1)),)
            and high.bound.denominator == 1
            and low.bound == 1 - high.bound
        )

    def case(self, split: Split, place: int) -> bool:
        self.supposed.append(split.cases[place])
        added: list[Relation] = []
        if isinstance(split.reason, AnyOf) and split.group is not None:
            added = list(split.reason.alternatives[place])
            self.relations.setdefault(split.group, set()).update(map(id, added))
        closed = self.proof(split.proofs[place])
        self.supposed.pop()
        if added and split.group is not None:
            self.relations[split.group].difference_update(map(id, added))
        return closed


def _sorted(terms: Terms) -> Terms:
    return tuple(sorted(terms))


def _inequality(fact: Fact) -> Inequality:
    return Inequality(_sorted(fact.terms), fact.bound, fact.strict)


def _weaker(claimed: Inequality, known: Inequality | None) -> bool:
    """Whether the claimed inequality says no more than the known one, up to a positive factor."""
    if known is None:
        return False
    mine, theirs = _sorted(claimed.terms), _sorted(known.terms)
    if len(mine) != len(theirs) or any(a[0] != b[0] for a, b in zip(mine, theirs, strict=True)):
        return False
    scale = mine[0][1] / theirs[0][1] if mine else Fraction(1)
    if scale <= 0 or any(a[1] != scale * b[1] for a, b in zip(mine, theirs, strict=True)):
        return False
    bound = known.bound * scale
    return claimed.bound < bound or (claimed.bound == bound and (known.strict or not claimed.strict))


def _scaled(product: Product, factor: Fact) -> Inequality | None:
    """From ±factor ≥ b and base > 0: ±(result − (offset ± scale · b) · base) ≥ 0."""
    if len(factor.terms) != 1 or factor.terms[0][0] != product.factor or not factor.terms[0][1]:
        return None
    weight = factor.terms[0][1]
    end = factor.bound / weight
    sign = Fraction(1) if weight * product.scale > 0 else Fraction(-1)
    size = product.offset + product.scale * end
    terms = [(product.variable, sign), (product.base, -sign * size)]
    return Inequality(_sorted(tuple(term for term in terms if term[1])), Fraction(0), factor.strict)


def _quotient(product: Product, result: Fact, base: Fact) -> Inequality | None:
    """From result ≥ r ≥ 0 and base ≤ y: factor part ≥ r/y; from result ≤ r, r ≥ 0, and base ≥ y > 0: ≤ r/y."""
    if len(result.terms) != 1 or len(base.terms) != 1:
        return None
    (of, weight), (over, other) = result.terms[0], base.terms[0]
    if of != product.variable or over != product.base or weight * other >= 0:
        return None
    above, below = result.bound / weight, base.bound / other
    if above < 0 or below <= 0:
        return None
    size = (above / below - product.offset) / product.scale
    sign = Fraction(1) if weight * product.scale > 0 else Fraction(-1)
    strict = result.strict or (base.strict and above > 0)
    return Inequality(((product.factor, sign),), sign * size, strict)


def _gap(relation: Count, other: int, *, above: bool) -> Inequality:
    """The inequality that makes an other count (above) or keeps it from counting."""
    sign = Fraction(1 if above is not relation.below else -1)
    strict = relation.strict if above else not relation.strict
    return Inequality(((other, sign), (relation.variable, -sign)), Fraction(0), strict)


def _sign_cases(cases: tuple[tuple[Inequality, ...], ...]) -> bool:
    """Whether the cases are: a sum below c, at c, above c; the middle one may be shared out to a neighbour."""
    sizes = [len(case) for case in cases]
    if sizes == [1, 1]:
        (low,), (high,) = cases
        covered = not (low.strict and high.strict)
    elif sizes == [1, 2, 1]:
        (low,), middle, (high,) = cases
        covered = {_negated(middle[0]), middle[1]} == {middle[1]} and not middle[0].strict and not middle[1].strict
        covered = covered and _sorted(middle[1].terms) == _sorted(high.terms) and middle[1].bound == high.bound
    else:
        return False
    return covered and _sorted(_negated(low).terms) == _sorted(high.terms) and -low.bound == high.bound


def _negated(inequality: Inequality) -> Inequality:
    terms = _sorted(tuple((variable, -factor) for variable, factor in inequality.terms))
    return Inequality(terms, -inequality.bound, inequality.strict)


def verify(network: Network, proof: Proof) -> bool:
    """Whether the proof shows, in exact arithmetic, that the network's active groups cannot all hold."""
    relations: dict[int, set[int]] = {}
    for group, relation in network.relations:
        relations.setdefault(group, set()).add(id(relation))
    return groups_used(proof) <= set(network.active) and _Checker(network, relations, []).proof(proof)
