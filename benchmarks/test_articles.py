"""How long an article takes: the verdict with its witness or conflict, and with every claim judged.

`python3 run.py bench` prints the medians. Making the claims from their texts is part of what is measured.
"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import ipmetrics as ipm
from benchmarks.articles import apart, planted, together

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

ARTICLES = {
    "60 claims, parts of at most 10": apart,
    "60 claims, all together": together,
    "60 claims together, one figure wrong": lambda: planted(together()),
    "60 claims in parts, one figure wrong": lambda: planted(apart()),
}
DOSSIER = "the whole dossier"


@pytest.fixture(params=[*ARTICLES, *ipm.datasets.names(), DOSSIER])
def claims(request: pytest.FixtureRequest) -> list[Claim]:
    name = request.param
    if name in ARTICLES:
        return ARTICLES[name]()
    return list(ipm.datasets.load_all() if name == DOSSIER else ipm.datasets.load(name))


def test_verdict(benchmark: Any, claims: list[Claim]) -> None:
    report = benchmark.pedantic(ipm.check, (claims,), {"per_claim": False}, rounds=15, warmup_rounds=2)
    assert report.verdict is not ipm.Verdict.UNDETERMINED


def test_every_claim(benchmark: Any, claims: list[Claim]) -> None:
    report = benchmark.pedantic(ipm.check, (claims,), rounds=9, warmup_rounds=1)
    assert len(report.findings) == len(claims)


def start(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("code", ["pass", "import attrs", "import ipmetrics"])
def test_start(benchmark: Any, code: str) -> None:
    """Whole processes, so that what the import costs over bare Python is the difference."""
    benchmark.pedantic(start, (code,), rounds=15, warmup_rounds=2)
