from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import verify
from ipmetrics.constraints.relations import Count, Linear, Product, Proportion, Relation, Whole, Within
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import Groups, brute, judged, random_groups

ONE = Fraction(1)


@pytest.mark.parametrize(("whole", "products"), [(False, False), (True, False), (True, True)])
def test_a_witness_or_a_proof_and_never_against_z3(whole: bool, products: bool) -> None:  # noqa: FBT001 - parameters
    answers = []
    for seed in numbers(150):
        groups = random_groups(seed, whole=whole, products=products)
        network = Network.of(groups)
        decision = decide(network)
        judge = judged(groups)
        answers.append("sat" if decision.is_consistent else "unsat" if decision.is_inconsistent else "open")
        assert {answers[-1], judge} != {"sat", "unsat"}, seed
        if decision.values is not None:
            assert network.satisfied_by(decision.values)
        if decision.proof is not None:
            assert verify(network, decision.proof)
    assert answers.count("open") <= (0.1 if products else 0.01) * len(answers)


def test_never_against_trying_every_number_in_a_box() -> None:
    for seed in numbers(60):
        groups: Groups = [group for group in random_groups(seed) if all(not isinstance(each, Whole) for each in group)]
        variables = Network.of(groups).variables[:3]
        groups = [group for group in groups if set(Network.of([group]).variables) <= set(variables)]
        groups += [(Whole(each), Within(each, Interval(0, 12))) for each in variables]
        decision = decide(Network.of(groups))
        assert decision.is_consistent is brute(groups), seed
        assert decision.is_inconsistent is not brute(groups), seed


def test_a_ratio_cycle_without_levels_is_refuted() -> None:
    around = [
        (Proportion(0, 1, Interval(Fraction("1.95"), Fraction("2.05"))),),
        (Proportion(1, 0, Interval(Fraction("0.395"), Fraction("0.405"))),),
    ]
    assert decide(Network.of(around)).is_inconsistent
    assert decide(
        Network.of([around[0], (Proportion(1, 0, Interval(Fraction("0.48"), Fraction("0.49"))),)])
    ).is_consistent


def test_intervals_that_touch_meet_only_if_both_include_the_point() -> None:
    for left, right in ((True, True), (True, False), (False, True), (False, False)):
        network = Network.of(
            [
                (Within(0, Interval(0, 1, upper_closed=left)),),
                (Within(0, Interval(1, 2, lower_closed=right)),),
            ]
        )
        assert decide(network).is_consistent is (left and right)


def test_ties_share_a_rank() -> None:
    others = (1, 2)
    equal: list[tuple[Relation, ...]] = [(Linear(((each, ONE), (0, -ONE)), Interval.point(0)),) for each in others]
    for rank in (1, 2, 3):
        ranked = (
            Count(0, others, strict=True, least=0, most=rank - 1),
            Count(0, others, strict=False, least=rank - 1, most=2),
        )
        assert decide(Network.of([*equal, ranked])).is_consistent


def test_factors_that_nothing_bounds_are_found() -> None:
    network = Network.of([(Product(0, 1, 2),), (Within(0, Interval.point(7)),), (Within(2, Interval.point(3)),)])
    decision = decide(network)
    assert decision.values is not None
    assert decision.values[1] == Fraction(7, 3)


def test_without_a_budget_nothing_is_guessed() -> None:
    counts = 0
    for seed in numbers(60):
        network = Network.of(random_groups(seed, products=True))
        cautious, bold = decide(network, Budget(0)), decide(network)
        counts += not (cautious.is_consistent or cautious.is_inconsistent)
        assert not (cautious.is_consistent and bold.is_inconsistent)
        assert not (cautious.is_inconsistent and bold.is_consistent)
    assert counts
