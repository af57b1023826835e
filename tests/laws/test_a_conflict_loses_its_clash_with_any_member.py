"""A conflict is infeasible and loses that with any member removed; and every such set of claims is found."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from ipmetrics.checks import check, conflicts
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import ClaimVerdict, Verdict
from tests.effort import numbers
from tests.meaning import Judge, spoken_of
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim


def every_conflict(judge: Judge, claims: list[Claim]) -> set[frozenset[int]] | None:
    """All minimal sets that z3 refutes, by trying every set of claims; None if one of them was too hard."""
    found: set[frozenset[int]] = set()
    world = [each for claim in claims for each in spoken_of(claim)]
    for size in range(len(claims) + 1):
        for places in map(frozenset, combinations(range(len(claims)), size)):
            if any(known <= places for known in found):
                continue
            answer = judge.can_hold([claims[place] for place in sorted(places)], world)
            if answer == "unknown":
                return None
            if answer == "unsat":
                found.add(places)
    return found


@pytest.mark.parametrize(("sort", "usual"), [(Sort.REAL, 60), (Sort.WHOLE, 30), (Sort.PRODUCTS, 12)])
def test_conflicts_are_all_the_minimal_ones_and_no_others(sort: Sort, usual: int) -> None:
    judge = Judge(timeout=500)
    compared = 0
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        report = check(claims)
        wanted = None if report.left_open else every_conflict(judge, claims)
        if wanted is None:
            continue
        ids = [finding.id for finding in report.findings]
        found = [frozenset(ids.index(name) for name in conflict.ids) for conflict in report.conflicts]
        assert len(found) == len(set(found))
        assert all(conflict.irreducible for conflict in report.conflicts), seed
        assert set(found) == wanted, seed
        assert found == [*sorted(found, key=len)], "smallest first"
        blamed = {place for places in found for place in places}
        verdicts = {place for place, each in enumerate(report.findings) if each.verdict is ClaimVerdict.CONTRADICTED}
        assert verdicts == blamed
        compared += bool(found)
    assert compared > usual / 5


def test_the_assumptions_of_a_conflict_are_needed_too() -> None:
    from ipmetrics.checks.assembly import assemble
    from ipmetrics.constraints.enumeration import clashes
    from ipmetrics.constraints.exact import decide

    for seed in numbers(60):
        assembly = assemble(random_claims(seed, Sort.WHOLE))
        for clash in clashes(assembly.network, assembly.background):
            if clash is None or not clash.irreducible:
                continue
            groups = {*clash.blamed, *clash.background}
            for group in groups:
                assert decide(assembly.network.only(groups - {group})).is_consistent, (seed, group)


def test_trusted_claims_are_never_blamed() -> None:
    for seed in numbers(40):
        claims = random_claims(seed, Sort.REAL)
        trusted = claims[::2]
        holds = check(trusted, per_claim=False).verdict is Verdict.CONSISTENT
        if not holds:
            with pytest.warns(CutShortWarning):
                assert list(conflicts(claims, trust=trusted))
            continue
        found = list(conflicts(claims, trust=trusted))
        assert bool(found) is (check(claims, per_claim=False).verdict is Verdict.INCONSISTENT)
        assert all(any(claim not in trusted for claim in conflict.claims) for conflict in found)
