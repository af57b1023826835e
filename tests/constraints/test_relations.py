from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from ipmetrics.constraints.relations import (
    AnyOf,
    Count,
    Linear,
    Product,
    Proportion,
    Relation,
    Whole,
    Within,
    counted,
    holds,
    inequalities,
    is_linear,
    opposite,
    variables_of,
)
from ipmetrics.intervals import Interval
from tests.random_networks import random_relations

ONE = Fraction(1)


def values(*numbers: float | Fraction) -> dict[int, Fraction]:
    return {place: Fraction(number) for place, number in enumerate(numbers)}


@pytest.mark.parametrize(
    ("relation", "true", "false"),
    [
        (Within(0, Interval(1, 2, upper_closed=False)), (1,), (2,)),
        (Linear(((0, ONE), (1, -ONE)), Interval.point(3)), (5, 2), (5, 3)),
        (Proportion(0, 1, Interval(2, 3)), (6, 2), (7, 2)),
        (Proportion(0, 1, Interval(2, 3)), (2, 1), (0, 0)),  # the base is above zero
        (Proportion(0, 1, Interval(2, 3)), (2, 1), (-2, -1)),
        (Whole(0), (3,), (0.5,)),
        (Product(0, 1, 2), (6, 2, 3), (0, 2, 0)),
        (Product(0, 1, 2, offset=ONE), (6, 1, 3), (6, 2, 3)),
        (Count(0, (1, 2), strict=True, least=0, most=0), (5, 5, 4), (5, 6, 4)),
        (Count(0, (1, 2), strict=False, least=1, most=2), (5, 5, 4), (5, 3, 4)),
        (Count(0, (1, 2), strict=True, least=0, most=0, below=True), (5, 5, 6), (5, 4, 6)),
        (AnyOf(((Whole(0),), (Within(0, Interval.at_most(0)),))), (3,), (0.5,)),
    ],
)
def test_what_holds(relation: Relation, true: tuple[float, ...], false: tuple[float, ...]) -> None:
    assert holds(relation, values(*true))
    assert not holds(relation, values(*false))
    assert set(variables_of(relation)) <= set(range(3))


def test_ties_count_only_without_strictness() -> None:
    tied = values(5, 5, 5)
    assert counted(Count(0, (1, 2), strict=True, least=0, most=2), tied) == 0
    assert counted(Count(0, (1, 2), strict=False, least=0, most=2), tied) == 2


def satisfies(numbers: dict[int, Fraction], relation: Relation) -> bool:
    sums = [(sum((a * numbers[v] for v, a in row.terms), Fraction(0)), row) for row in inequalities(relation)]
    return all(total > row.bound if row.strict else total >= row.bound for total, row in sums)


def test_inequalities_follow_and_say_all_where_linear() -> None:
    rng = Random(1)  # noqa: S311 - nothing is kept secret
    for _ in range(2000):
        true = [Fraction(rng.randint(0, 8)) for _ in range(3)]
        for relation in random_relations(rng, [each + 1 for each in true]):
            numbers = dict(enumerate(true))
            assert satisfies(numbers, relation) or not holds(relation, numbers)
            if is_linear(relation):
                assert satisfies(numbers, relation) is holds(relation, numbers)


def test_the_opposite_holds_exactly_where_a_statement_does_not() -> None:
    rng = Random(2)  # noqa: S311 - nothing is kept secret
    for _ in range(2000):
        true = [Fraction(rng.randint(0, 8)) for _ in range(3)]
        relations = random_relations(rng, [each + 1 for each in true])
        numbers = dict(enumerate(true))
        assert holds(opposite(relations), numbers) is not all(holds(each, numbers) for each in relations)


def test_an_empty_interval_is_a_contradiction_and_its_opposite_holds() -> None:
    for relation in (Within(0, Interval.empty()), Proportion(0, 1, Interval.empty())):
        assert not satisfies(values(1, 1), relation)
        assert holds(opposite((relation,)), values(1, 1))


def test_facts_about_unknowns_have_no_opposite() -> None:
    assert opposite((Whole(0), Product(0, 1, 2))) == AnyOf(())
    assert not holds(AnyOf(()), {})
