"""Small random networks of every kind of relation, and z3 as their judge; a number names a network for ever."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import z3

from ipmetrics.constraints.network import Network
from ipmetrics.constraints.relations import (
    AnyOf,
    Count,
    Linear,
    Product,
    Proportion,
    Relation,
    Whole,
    Within,
    holds,
)
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Groups = list[tuple[Relation, ...]]


def some_interval(rng: Random, middle: float, width: float) -> Interval:
    """An interval near a number, with ends of few decimals, open or closed, or with only one end."""
    size = 10 ** rng.choice([0, 1, 2])
    low, high = sorted(Fraction(round((middle + sign * width * rng.random()) * size), size) for sign in (-1, 1))
    kind = rng.random()
    if kind < 0.1:
        return Interval(low, None, lower_closed=rng.random() < 0.5)
    if kind < 0.2:
        return Interval(None, high, upper_closed=rng.random() < 0.5)
    if low == high:
        return Interval.point(low)
    return Interval(low, high, lower_closed=rng.random() < 0.5, upper_closed=rng.random() < 0.5)


def random_groups(seed: int, *, whole: bool = True, products: bool = False) -> Groups:
    """Unsigned variables, some of them whole, under a handful of relations, most of which hold for one choice."""
    rng = Random(f"{seed}/{whole}/{products}")  # noqa: S311 - nothing is kept secret
    size = rng.randint(2, 5)
    true = [
        Fraction(rng.randint(1, 60)) if rng.random() < 0.7 else Fraction(rng.randint(1, 300), 10) for _ in range(size)
    ]
    groups: Groups = [(Within(each, Interval.at_least(0)),) for each in range(size)]
    if whole:
        groups += [(Whole(v),) for v in range(size) if true[v].denominator == 1 and rng.random() < 0.6]
    groups += [random_relations(rng, true) for _ in range(rng.randint(2, 6))]
    if products and size >= 3:
        for _ in range(rng.randint(1, 2)):
            variable, factor, base = rng.sample(range(size), 3)
            groups.append((Product(variable, factor, base),))
            if rng.random() < 0.7:
                groups.append((Within(factor, some_interval(rng, float(true[variable] / true[base]), 0.1)),))
    return groups


def random_relations(rng: Random, true: list[Fraction]) -> tuple[Relation, ...]:
    """The relations of one group; three times in ten they need not hold."""
    x, y = rng.sample(range(len(true)), 2)
    value = true[x] * (Fraction(rng.randint(80, 120), 100) if rng.random() < 0.3 else 1)
    width = rng.choice([0.02, 0.1, 0.5, 3])
    kind = rng.random()
    if kind < 0.3:
        return (Within(x, some_interval(rng, float(value), width * 3)),)
    if kind < 0.65:
        return (Proportion(x, y, some_interval(rng, float(value / true[y]), width * 0.3)),)
    if kind < 0.8:
        first, *rest = rng.sample(range(len(true)), rng.randint(2, min(len(true), 4)))
        total = float(sum(true[each] for each in rest) - true[first])
        terms = ((first, Fraction(-1)), *((each, Fraction(1)) for each in rest))
        return (Linear(terms, some_interval(rng, total, width * 4)),)
    if kind < 0.9:
        others = tuple(each for each in range(len(true)) if each != x)
        ahead = sum(true[other] > true[x] for other in others) if rng.random() < 0.7 else rng.randint(0, len(others))
        return (
            Count(x, others, strict=True, least=0, most=ahead),
            Count(x, others, strict=False, least=ahead, most=len(others), below=rng.random() < 0.2),
        )
    return (AnyOf(tuple(random_relations(rng, true) for _ in range(2))),)


def exact(value: Fraction) -> Any:  # noqa: ANN401 - z3 has no types
    return z3.Q(value.numerator, value.denominator)


def _lies(value: Any, interval: Interval, unit: Any = 1) -> Any:  # noqa: ANN401 - the same
    said = [z3.BoolVal(not interval.is_empty)]
    if interval.lower is not None:
        low = exact(interval.lower) * unit
        said.append(value >= low if interval.lower_closed else value > low)
    if interval.upper is not None:
        high = exact(interval.upper) * unit
        said.append(value <= high if interval.upper_closed else value < high)
    return z3.And(said)


def formula(relation: Relation, value: Mapping[int, Any]) -> Any:  # noqa: ANN401 - the same
    match relation:
        case Within(variable=variable, interval=interval):
            return _lies(value[variable], interval)
        case Linear(terms=terms, interval=interval):
            return _lies(z3.Sum([exact(factor) * value[each] for each, factor in terms]), interval)
        case Proportion(variable=variable, base=base, interval=interval):
            return z3.And(value[base] > 0, _lies(value[variable], interval, value[base]))
        case Whole():
            return z3.BoolVal(True)  # noqa: FBT003 - said by the variable's sort
        case Product(variable=variable, factor=factor, base=base, scale=scale, offset=offset):
            size = exact(offset) + exact(scale) * value[factor]
            return z3.And(value[base] > 0, value[variable] == size * value[base])
        case Count(variable=variable, others=others, strict=strict, below=below):
            sign = -1 if below else 1
            gaps = [sign * (value[other] - value[variable]) for other in others]
            counted = z3.Sum([z3.If(gap > 0 if strict else gap >= 0, 1, 0) for gap in gaps])
            return z3.And(counted >= relation.least, counted <= relation.most)
        case AnyOf(alternatives=alternatives):
            return z3.Or([z3.And([formula(part, value) for part in each]) for each in alternatives])


def judged(groups: Iterable[tuple[Relation, ...]], *, besides: Any = None, timeout: int = 500) -> str:  # noqa: ANN401 - the same
    """What z3 says of the relations of all groups together: sat, unsat or unknown."""
    network = Network.of(groups)
    value = {each: z3.ToReal(z3.Int(f"x{each}")) if each in network.whole else z3.Real(f"x{each}") for each in range(8)}
    solver = z3.Solver()
    solver.set("timeout", timeout)
    for _, relation in network.relations:
        solver.add(formula(relation, value))
    if besides is not None:
        solver.add(besides(value))
    return str(solver.check())


def brute(groups: Groups, most: int = 12) -> bool:
    """Whether some whole numbers from 0 up to the most satisfy everything."""
    from itertools import product

    network = Network.of(groups)
    relations = [relation for _, relation in network.relations]
    for values in product(range(most + 1), repeat=len(network.variables)):
        known = dict(zip(network.variables, map(Fraction, values), strict=True))
        if all(holds(relation, known) for relation in relations):
            return True
    return False
