"""Small random networks over a hidden truth, so that solutions are known before anything is solved."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any, Literal

from ipmetrics.constraints.network import Network
from ipmetrics.constraints.relations import AnyOf, Count, Linear, Product, Proportion, Relation, Whole, Within
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ONE = Fraction(1)
Values = dict[int, Fraction]
Answer = Literal["sat", "unsat", "unknown"]
Made = tuple[Network, Values]


def seeded(count: int) -> Iterator[Random]:
    """Sources of chance by number, the same on every run; more of them where the profile asks for more."""
    return (Random(seed) for seed in numbers(count))  # noqa: S311 - no secrets are made here


def near(rng: Random, value: Fraction, width: float) -> Interval:
    """An interval around a value, its ends with few decimals, open, closed or missing at random."""
    size = 10 ** rng.choice([0, 1, 2])
    lower = Fraction(round((float(value) - width * rng.random()) * size), size)
    upper = Fraction(round((float(value) + width * rng.random()) * size), size)
    kind = rng.random()
    if kind < 0.1:
        return Interval(lower, None, rng.random() < 0.5)
    if kind < 0.2:
        return Interval(None, upper, upper_closed=rng.random() < 0.5)
    if lower >= upper:
        return Interval.point(lower)
    return Interval(lower, upper, rng.random() < 0.5, rng.random() < 0.5)


def random_network(
    rng: Random, *, whole: bool = True, choices: bool = True, products: bool = False, noise: float = 0.3
) -> Made:
    """A network of a few groups, most of them true of hidden values, which come with it."""
    count = rng.randint(2, 5)
    truth = {
        each: Fraction(rng.randint(1, 60)) if rng.random() < 0.7 else Fraction(rng.randint(1, 300), 10)
        for each in range(count)
    }
    groups: list[tuple[Relation, ...]] = [(Within(each, Interval.at_least(0)),) for each in truth]
    groups += [(Whole(v),) for v, value in truth.items() if whole and value.denominator == 1 and rng.random() < 0.6]
    for _ in range(rng.randint(2, 6)):
        groups.append(_relations(rng, truth, wrong=rng.random() < noise, choices=choices))
    if products and count >= 3:
        for _ in range(rng.randint(1, 2)):
            variable, factor, base = rng.sample(range(count), 3)
            groups.append((Product(variable, factor, base),))
            if rng.random() < 0.7:
                groups.append((Within(factor, near(rng, truth[variable] / truth[base], 0.1)),))
    return Network.of(groups), truth


def _relations(rng: Random, truth: Values, *, wrong: bool, choices: bool) -> tuple[Relation, ...]:
    kind = rng.random() * (1 if choices else 0.8)
    x, y = rng.sample(sorted(truth), 2)
    value = truth[x] * (Fraction(rng.randint(80, 120), 100) if wrong else 1)
    width = rng.choice([0.02, 0.1, 0.5, 3])
    if kind < 0.3:
        return (Within(x, near(rng, value, width * 3)),)
    if kind < 0.65:
        return (Proportion(x, y, near(rng, value / truth[y], width * 0.3)),)
    if kind < 0.8:
        first, *rest = rng.sample(sorted(truth), rng.randint(2, len(truth)))
        total = sum((truth[each] for each in rest), Fraction(0)) - truth[first]
        terms = ((first, -ONE), *((each, ONE) for each in rest))
        return (Linear(terms, near(rng, total + wrong * rng.randint(-3, 3), width * 4)),)
    if kind < 0.9:
        others = tuple(each for each in truth if each != x)
        ahead = rng.randint(0, len(others)) if wrong else sum(truth[other] > truth[x] for other in others)
        below = rng.random() < 0.3
        if below and not wrong:
            ahead = sum(truth[other] < truth[x] for other in others)
        return (
            Count(x, others, strict=True, least=0, most=ahead, below=below),
            Count(x, others, strict=False, least=min(ahead, len(others)), most=len(others), below=below),
        )
    return (AnyOf(tuple(_relations(rng, truth, wrong=wrong or rng.random() < 0.5, choices=choices) for _ in range(2))),)


def asked(network: Network, besides: Callable[[Mapping[int, Any]], Any] | None = None) -> Answer:
    """Whether z3 finds values for a network, and something besides."""
    answer: Answer = judged([network.groups[group] for group in network.active], besides=besides, timeout=2000)  # type: ignore[assignment]
    return answer


def solutions(network: Network, truth: Values, rng: Random, tries: int = 30) -> list[Values]:
    """Values that satisfy a network, drawn around its hidden truth."""
    found: list[Values] = []
    for attempt in range(tries):
        spread = 0 if attempt == 0 else rng.choice([0.001, 0.02, 0.2])
        values: Values = {}
        for each, value in truth.items():
            moved = value * Fraction(round(1000 * (1 + spread * (2 * rng.random() - 1))), 1000)
            values[each] = Fraction(round(moved)) if each in network.whole else moved
        for _, relation in network.relations:
            if isinstance(relation, Product) and values[relation.base] > 0:
                size = values[relation.variable] / values[relation.base]
                values[relation.factor] = (size - relation.offset) / relation.scale
        if network.satisfied_by(values):
            found.append(values)
    return found
