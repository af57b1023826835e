"""Facts: linear inequalities, each with the reason why it holds, down to what was given.

Reasons are kept as they were met and never believed: the checker next door goes through them again.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.relations import Product, Relation, Terms

if TYPE_CHECKING:
    from ipmetrics.constraints.proofs import Split  # noqa: TC004 - proofs are made of facts, and attrs reads no types

__all__ = ["Assumed", "Combined", "Fact", "Given", "Quotient", "Reason", "Rounded", "Scaled", "combine"]


@attrs.frozen(eq=False)
class Given:
    """One of the inequalities of a relation."""

    group: int
    relation: Relation


@attrs.frozen(eq=False)
class Assumed:
    """One of the inequalities that the case in hand supposes."""

    split: Split | None = None


@attrs.frozen(eq=False)
class Combined:
    """A sum of facts, each times a positive number."""

    parts: tuple[tuple[Fraction, Fact], ...]


@attrs.frozen(eq=False)
class Rounded:
    """A whole-numbered sum is at least the next whole number; `groups` say that its variables are whole."""

    fact: Fact
    groups: tuple[int, ...]


@attrs.frozen(eq=False)
class Scaled:
    """From a bound on a product's factor, a bound on its result in terms of its base."""

    group: int
    product: Product
    factor: Fact


@attrs.frozen(eq=False)
class Quotient:
    """From a bound on a product's result and one on its base, a bound on its factor."""

    group: int
    product: Product
    result: Fact
    base: Fact


Reason = Given | Assumed | Combined | Rounded | Scaled | Quotient


@attrs.frozen(eq=False, slots=False)
class Fact:
    """An inequality with the reason why it holds."""

    terms: Terms
    bound: Fraction
    strict: bool
    reason: Reason

    @property
    def is_contradiction(self) -> bool:
        """Whether it says 0 ≥ something above zero, or 0 > 0."""
        return not self.terms and (self.bound > 0 or (self.strict and self.bound == 0))

    @cached_property
    def integers(self) -> tuple[tuple[tuple[int, int], ...], int]:
        """Its terms and its bound times the least number that makes them all whole."""
        size = math.lcm(self.bound.denominator, *(factor.denominator for _, factor in self.terms))
        terms = tuple((variable, factor.numerator * (size // factor.denominator)) for variable, factor in self.terms)
        return terms, self.bound.numerator * (size // self.bound.denominator)

    @cached_property
    def sharpened(self) -> dict[tuple[int, ...], Fact]:
        """The fact rounded up, by the groups that say that its variables are whole; filled where that is worked out."""
        return {}


def combine(parts: list[tuple[Fraction, Fact]]) -> Fact:
    """The sum of facts, each times a positive number."""
    total: dict[int, Fraction] = {}
    bound = Fraction(0)
    strict = False
    for weight, fact in parts:
        for variable, factor in fact.terms:
            total[variable] = total.get(variable, Fraction(0)) + weight * factor
        bound += weight * fact.bound
        strict = strict or fact.strict
    terms = tuple((variable, factor) for variable, factor in total.items() if factor)
    return Fact(terms, bound, strict, Combined(tuple(parts)))
