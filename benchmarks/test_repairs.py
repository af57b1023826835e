"""How long it takes to find every conflict that proves it and every lightest repair, and what may have been meant.

`python3 run.py bench` prints the medians. Making the claims from their texts is not part of what is measured; making
the network from the claims is.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest

import ipmetrics as ipm
from benchmarks.articles import apart, several_wrong, together, yearbook
from ipmetrics.checks.assembly import assemble
from ipmetrics.constraints.corrections import corrections

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

SETS = {
    "60 claims in parts, 3 figures wrong": (apart, 3),
    "60 claims together, 3 figures wrong": (together, 3),
    "1,067 claims together, 3 figures wrong": (yearbook, 3),
    "1,067 claims together, 20 figures wrong": (yearbook, 20),
}


@pytest.fixture(params=SETS)
def claims(request: pytest.FixtureRequest) -> list[Claim]:
    made, wrong = SETS[request.param]
    return several_wrong(made(), wrong)


def test_conflicts_and_lightest_repairs(benchmark: Any, claims: list[Claim]) -> None:
    rounds = 15 if len(claims) < 100 else 5
    found = benchmark.pedantic(ipm.explain, (claims,), {"reread": False}, rounds=rounds, warmup_rounds=1)
    assert all(part.proved for part in found.parts)


def test_what_may_have_been_meant(benchmark: Any, claims: list[Claim]) -> None:
    rounds = 9 if len(claims) < 100 else 3
    found = benchmark.pedantic(ipm.explain, (claims,), rounds=rounds, warmup_rounds=1)
    assert found.verdict is ipm.Verdict.INCONSISTENT


@pytest.mark.parametrize("count", [1, 10])
@pytest.mark.parametrize("name", [name for name in SETS if "20" not in name])
def test_smallest_conflicts(benchmark: Any, name: str, count: int) -> None:
    """The first, and the first ten: each proved to be the smallest not told yet."""
    made, wrong = SETS[name]
    claims = several_wrong(made(), wrong)
    found = benchmark.pedantic(lambda: list(islice(ipm.conflicts(claims), count)), rounds=3, warmup_rounds=1)
    assert found


def test_lightest_sets_proved(benchmark: Any, claims: list[Claim]) -> None:
    """The conflicts that prove it and every lightest set of claims to change, from the assembled network on."""

    def anew() -> tuple[tuple[Any, ...], dict[str, Any]]:
        assembly = assemble(claims)
        return (assembly.network, assembly.background, {}), {}

    rounds = 15 if len(claims) < 100 else 5
    found = benchmark.pedantic(corrections, setup=anew, rounds=rounds, warmup_rounds=1)
    assert all(cluster.proved for cluster in found.clusters)
