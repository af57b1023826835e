from __future__ import annotations

from random import Random

import pytest

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.patching import Ground
from ipmetrics.constraints.proofs import verify
from tests.effort import numbers
from tests.random_networks import random_groups


@pytest.mark.parametrize("products", [False, True])
def test_a_patched_answer_is_that_of_the_whole_network(products: bool) -> None:  # noqa: FBT001 - a parameter
    """With whatever values it starts from, and whatever is added for one question."""
    met = {"values": 0, "proof": 0, "neither": 0}
    for seed in numbers(150):
        draw = Random(seed)  # noqa: S311 - nothing is kept secret
        groups = random_groups(seed, products=products)
        network = Network.of(groups)
        fixed = [group for group in network.active if draw.random() < 0.4]
        ground = Ground(network, fixed)
        rest = [group for group in network.active if group not in fixed]
        before = frozenset(group for group in rest if draw.random() < 0.5)
        start = ground.decide(before)
        near = (before, start.values) if start.values is not None else None
        chosen = frozenset(group for group in rest if draw.random() < 0.8)
        extra = random_groups(seed + 7919)[-1] if draw.random() < 0.5 else ()
        whole = network.only([*fixed, *chosen]).plus(extra)
        answer, wanted = ground.decide(chosen, near=near, extra=extra), decide(whole)
        if answer.values is not None:
            assert whole.satisfied_by(answer.values), seed
            assert not wanted.is_inconsistent
            met["values"] += 1
        elif answer.proof is not None:
            assert verify(whole, answer.proof), seed
            assert not wanted.is_consistent
            met["proof"] += 1
        else:
            assert (wanted.values or wanted.proof) is None, seed
            met["neither"] += 1
    assert min(met["values"], met["proof"]) > 20
    assert met["neither"] < 10
