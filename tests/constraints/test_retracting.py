from __future__ import annotations

from random import Random

import pytest

from ipmetrics.constraints.exact import root_case
from ipmetrics.constraints.linear import sharpened
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import Leaf, groups_used, verify
from ipmetrics.constraints.propagation import LOWER, UPPER, Propagator
from ipmetrics.constraints.relations import Whole
from ipmetrics.constraints.retracting import Retracting
from tests.effort import numbers
from tests.random_networks import random_groups


def afresh(network: Network) -> Propagator:
    problem = sharpened(root_case(network).problem())
    bounds = Propagator([fact for fact in problem.facts if fact.terms], problem.products, problem.whole)
    bounds.run()
    return bounds


def is_endless(bounds: Propagator) -> bool:
    """Whether it ran out of patience, or met ends so long that it left them alone."""
    return bounds.left <= 0 or any(max(abs(e.value.numerator), e.value.denominator) > 10**40 for e in bounds.events)


@pytest.mark.parametrize("products", [False, True])
def test_what_is_switched_off_leaves_nothing_behind(products: bool) -> None:  # noqa: FBT001 - a parameter
    """After any switching, every bound that is told follows from the groups still on, and an end is met again."""
    empty = 0
    for seed in numbers(120):
        draw = Random(seed)  # noqa: S311 - nothing is kept secret
        network = Network.of(random_groups(seed, products=products))
        wholes = [group for group in network.active if isinstance(network.groups[group][0], Whole)]
        retracting = Retracting(network)
        for _ in range(6):
            off = frozenset(g for g in network.active if g not in wholes and draw.random() < 0.4)
            fine = retracting.switch(off)
            assert retracting.off == off
            rest = network.without(off)
            fresh = afresh(rest)
            if is_endless(fresh) or is_endless(retracting):
                break  # without a fixpoint there is nothing to compare
            if not fine:
                empty += 1
                proof = Leaf(retracting.refutation())
                assert not off & groups_used(proof)
                assert verify(rest, proof), seed
                continue
            assert not fresh.is_empty, seed
            for variable in rest.variables:
                for side in (LOWER, UPPER):
                    assert retracting.bound(variable, side) == fresh.bound(variable, side), (seed, variable, side)
    assert empty > 50
