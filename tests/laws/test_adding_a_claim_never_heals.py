"""Adding a claim never heals a contradiction, and taking one away never makes one."""

from __future__ import annotations

import pytest

from ipmetrics.checks import check
from ipmetrics.findings import Verdict
from tests.effort import numbers
from tests.random_claims import Sort, random_claims


@pytest.mark.parametrize("sort", Sort)
def test_verdicts_only_get_worse_claim_by_claim(sort: Sort) -> None:
    for seed in numbers(10 if sort is Sort.WHOLE_PRODUCTS else 40):
        claims = random_claims(seed, sort)
        verdicts = [check(claims[:size], per_claim=False).verdict for size in range(len(claims) + 1)]
        assert verdicts[0] is Verdict.CONSISTENT
        settled = [verdict for verdict in verdicts if verdict is not Verdict.UNDETERMINED]
        assert settled == sorted(settled), "consistent first, then inconsistent"
