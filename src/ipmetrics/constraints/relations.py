"""Relations between numbered variables: the whole language of the engine, and nothing of its strategy.

A variable is an index; every bound is an exact rational with an open or closed end. Each relation can say which
variables it binds, whether given values satisfy it, which linear inequalities it stands for, and its opposite.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "AnyOf",
    "Count",
    "Inequality",
    "Linear",
    "Product",
    "Proportion",
    "Relation",
    "Terms",
    "Whole",
    "Within",
    "holds",
    "inequalities",
    "is_linear",
    "opposite",
    "satisfied",
    "variables_of",
]

Terms = tuple[tuple[int, Fraction], ...]
_ONE = Fraction(1)


class Inequality(NamedTuple):
    """Σ coefficient · variable ≥ bound, or > bound where strict."""

    terms: Terms
    bound: Fraction
    strict: bool


@attrs.frozen
class Within:
    """A variable lies in an interval."""

    variable: int
    interval: Interval


@attrs.frozen
class Linear:
    """A weighted sum of variables lies in an interval."""

    terms: Terms
    interval: Interval


@attrs.frozen
class Proportion:
    """A variable is k times a base above zero, with k in an interval."""

    variable: int
    base: int
    interval: Interval


@attrs.frozen
class Whole:
    """A variable is a whole number."""

    variable: int


@attrs.frozen
class Product:
    """variable = (offset + scale · factor) · base, with the base above zero."""

    variable: int
    factor: int
    base: int
    scale: Fraction = _ONE
    offset: Fraction = Fraction(0)


@attrs.frozen
class Count:
    """At least `least` and at most `most` of the others are above the variable.

    With `strict` an other counts when it is greater; without, also when it is equal. With `below` the comparison is
    turned round: an other counts when it is smaller.
    """

    variable: int
    others: tuple[int, ...]
    strict: bool
    least: int
    most: int
    below: bool = False


@attrs.frozen
class AnyOf:
    """At least one alternative holds; an alternative holds when all its relations do."""

    alternatives: tuple[tuple[Relation, ...], ...]


Relation = Within | Linear | Proportion | Whole | Product | Count | AnyOf


def variables_of(relation: Relation) -> Iterator[int]:
    """Every variable a relation binds; one may come twice."""
    match relation:
        case Within(variable=variable) | Whole(variable=variable):
            yield variable
        case Linear(terms=terms):
            yield from (variable for variable, _ in terms)
        case Proportion(variable=variable, base=base):
            yield from (variable, base)
        case Product(variable=variable, factor=factor, base=base):
            yield from (variable, factor, base)
        case Count(variable=variable, others=others):
            yield from (variable, *others)
        case AnyOf(alternatives=alternatives):
            for alternative in alternatives:
                for part in alternative:
                    yield from variables_of(part)


def holds(relation: Relation, values: Mapping[int, Fraction]) -> bool:
    """Whether exact values satisfy a relation; this is the whole meaning of a relation, and all a witness is."""
    match relation:
        case Within(variable=variable, interval=interval):
            return values[variable] in interval
        case Linear(terms=terms, interval=interval):
            return sum((factor * values[variable] for variable, factor in terms), Fraction(0)) in interval
        case Proportion(variable=variable, base=base, interval=interval):
            return values[base] > 0 and values[variable] / values[base] in interval
        case Whole(variable=variable):
            return values[variable].denominator == 1
        case Product(variable=variable, factor=factor, base=base, scale=scale, offset=offset):
            return values[base] > 0 and values[variable] == (offset + scale * values[factor]) * values[base]
        case Count():
            return relation.least <= counted(relation, values) <= relation.most
        case AnyOf(alternatives=alternatives):
            return any(all(holds(part, values) for part in alternative) for alternative in alternatives)


def satisfied(relation: Relation, values: Mapping[int, Fraction]) -> bool:
    """Whether values are given for all that a relation binds, and satisfy it."""
    return all(variable in values for variable in variables_of(relation)) and holds(relation, values)


def counted(relation: Count, values: Mapping[int, Fraction]) -> int:
    """How many of the others count as above (or below) the variable."""
    sign = -1 if relation.below else 1
    own = sign * values[relation.variable]
    gaps = (sign * values[other] - own for other in relation.others)
    return sum(gap > 0 or (gap == 0 and not relation.strict) for gap in gaps)


def is_linear(relation: Relation) -> bool:
    """Whether its inequalities say all that the relation says."""
    match relation:
        case Within() | Linear() | Proportion():
            return True
        case Count(others=others, least=least, most=most):
            return (least <= 0 and most >= len(others)) or (least <= 0 and most == 0) or least == len(others)
        case _:
            return False


def _between(terms: Terms, interval: Interval) -> Iterator[Inequality]:
    if interval.is_empty:
        yield Inequality((), _ONE, strict=False)
        return
    if interval.lower is not None:
        yield Inequality(terms, interval.lower, strict=not interval.lower_closed)
    if interval.upper is not None:
        negated = tuple((variable, -factor) for variable, factor in terms)
        yield Inequality(negated, -interval.upper, strict=not interval.upper_closed)


def _scaled(variable: int, base: int, interval: Interval) -> Iterator[Inequality]:
    """variable ∈ interval · base, for a base above zero."""
    zero = Fraction(0)
    if interval.is_empty:
        yield Inequality((), _ONE, strict=False)
        return
    if interval.lower is not None:
        yield _difference(variable, base, interval.lower, _ONE, strict=not interval.lower_closed)
    if interval.upper is not None:
        yield _difference(variable, base, interval.upper, -_ONE, strict=not interval.upper_closed)
    yield Inequality(((base, _ONE),), zero, strict=True)


def _difference(variable: int, base: int, size: Fraction, sign: Fraction, *, strict: bool) -> Inequality:
    """sign · (variable − size · base) ≥ 0."""
    terms = ((variable, sign), (base, -sign * size)) if size else ((variable, sign),)
    return Inequality(terms, Fraction(0), strict=strict)


def inequalities(relation: Relation) -> tuple[Inequality, ...]:
    """The linear inequalities that follow from a relation alone; all it says where `is_linear`."""
    match relation:
        case Within(variable=variable, interval=interval):
            return tuple(_between(((variable, _ONE),), interval))
        case Linear(terms=terms, interval=interval):
            return tuple(_between(terms, interval))
        case Proportion(variable=variable, base=base, interval=interval):
            return tuple(_scaled(variable, base, interval))
        case Product(base=base):
            return (Inequality(((base, _ONE),), Fraction(0), strict=True),)
        case Count() if is_linear(relation):
            return _ranked(relation)
        case _:
            return ()


def _ranked(relation: Count) -> tuple[Inequality, ...]:
    """A count that leaves no choice: all of the others above, or none of them."""
    if relation.least <= 0 and relation.most >= len(relation.others):
        return ()
    all_above = relation.least == len(relation.others)
    if relation.least > len(relation.others) or relation.most < 0 or (all_above and relation.most < relation.least):
        return (Inequality((), _ONE, strict=False),)
    up = all_above is not relation.below
    sign = _ONE if up else -_ONE
    strict = relation.strict if all_above else not relation.strict
    return tuple(
        Inequality(((other, sign), (relation.variable, -sign)), Fraction(0), strict=strict) for other in relation.others
    )


def _outside(interval: Interval) -> list[Interval]:
    sides: list[Interval] = []
    if interval.is_empty:
        return [Interval.everything()]
    if interval.lower is not None:
        sides.append(Interval(None, interval.lower, upper_closed=not interval.lower_closed))
    if interval.upper is not None:
        sides.append(Interval(interval.upper, None, lower_closed=not interval.upper_closed))
    return sides


def opposite(relations: tuple[Relation, ...]) -> AnyOf:
    """What holds exactly when the relations do not all hold.

    Only statements are turned round: being whole and being a product are facts about unknowns, not statements.
    """
    cases: list[tuple[Relation, ...]] = []
    for relation in relations:
        match relation:
            case Within(variable=variable, interval=interval):
                cases += [(Within(variable, side),) for side in _outside(interval)]
            case Linear(terms=terms, interval=interval):
                cases += [(Linear(terms, side),) for side in _outside(interval)]
            case Proportion(variable=variable, base=base, interval=interval):
                cases += [(Proportion(variable, base, side),) for side in _outside(interval)]
                cases.append((Within(base, Interval.at_most(0)),))
            case Count(others=others, least=least, most=most):
                if least > 0:
                    cases.append((attrs.evolve(relation, least=0, most=least - 1),))
                if most < len(others):
                    cases.append((attrs.evolve(relation, least=most + 1, most=len(others)),))
            case AnyOf(alternatives=alternatives):
                cases.append(tuple(opposite(alternative) for alternative in alternatives))
            case Whole() | Product():
                pass
    return AnyOf(tuple(cases))
