from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.nudging import nudged
from ipmetrics.constraints.relations import Proportion, Whole, Within, variables_of
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import random_groups

if TYPE_CHECKING:
    from ipmetrics.constraints.relations import Relation


@pytest.mark.parametrize("products", [False, True])
def test_values_that_are_found_satisfy_everything(products: bool) -> None:  # noqa: FBT001 - a parameter
    found = moved = 0
    for seed in numbers(200):
        draw = Random(seed)  # noqa: S311 - nothing is kept secret
        network = Network.of(random_groups(seed, products=products))
        some = decide(network.only([group for group in network.active if draw.random() < 0.7])).values
        if some is None:
            continue
        values = {variable: some.get(variable, Fraction(1)) for variable in network.variables}

        def touching(variable: int, network: Network = network) -> list[tuple[Relation, ...]]:
            return [group for group in network.groups if any(variable in variables_of(part) for part in group)]

        broken = [group for group in network.groups if not Network.of([group]).satisfied_by(values)]
        nearly = nudged(broken, values, network.whole, touching)
        if nearly is not None:
            assert network.satisfied_by(nearly), seed
            found += 1
            moved += nearly != values
    assert found > 30
    assert moved > 10


def test_a_figure_that_changes_takes_along_what_hangs_on_it() -> None:
    groups: list[tuple[Relation, ...]] = [
        (Within(0, Interval.point(500)),),
        (Proportion(0, 1, Interval(2, Fraction(21, 10))),),
        (Whole(1),),
    ]
    values = {0: Fraction(300), 1: Fraction(150)}
    nearly = nudged(groups[:1], values, {1}, lambda variable: groups if variable == 0 else groups[1:])
    assert nearly is not None
    assert nearly[0] == 500
    assert nearly[1].denominator == 1
    assert 2 <= 500 / nearly[1] <= Fraction(21, 10)
    assert values == {0: 300, 1: 150}, "what was given stays as it was"


def test_what_a_few_moves_do_not_reach_is_left_to_others() -> None:
    groups: list[tuple[Relation, ...]] = [(Within(0, Interval.point(1)),), (Within(0, Interval.point(2)),)]
    assert nudged(groups, {0: Fraction(0)}, (), lambda _: groups) is None
