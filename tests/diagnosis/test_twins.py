"""Conflicts, the lightest sets of figures to change and their weight: the same as trying every subset finds."""

from __future__ import annotations

import warnings
from collections import Counter
from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics.checks import check, conflicts
from ipmetrics.diagnosis import explain
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import Verdict
from tests.diagnosis.exhaustive import exhaustive
from tests.effort import numbers
from tests.meaning import Judge
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from ipmetrics.findings import Explanation
    from ipmetrics.model.claims import Claim

MOST = 7
MANY = {Sort.REAL: 30, Sort.WHOLE: 20, Sort.PRODUCTS: 5, Sort.WHOLE_PRODUCTS: 5}
"""How many sets are tried usually: where there are products, z3 takes its time."""


def small_sets(sort: Sort, count: int) -> list[list[Claim]]:
    """So many random sets that are small enough to try every subset, each claim named by its place."""
    found: list[list[Claim]] = []
    seed = 0
    while len(found) < count:
        claims = random_claims(seed, sort)
        seed += 1
        if len(claims) <= MOST:
            found.append([attrs.evolve(claim, id=str(place)) for place, claim in enumerate(claims)])
    return found


def sets_of(explanation: Explanation) -> frozenset[frozenset[int]]:
    """The sets of claims to change for the whole: one for each part."""
    ways = [[frozenset(map(int, repair.ids)) for repair in part.changes] for part in explanation.parts]
    return frozenset(frozenset[int]().union(*chosen) for chosen in product(*ways))


def compare(judge: Judge, claims: list[Claim], draw: Random) -> str:
    """Hold both against each other; what came out."""
    weights = {place: Fraction(draw.choice([1, 1, 1, 2, 3])) for place in range(len(claims))}
    trusted = frozenset(place for place in range(len(claims)) if draw.random() < 0.1)
    wanted = exhaustive(judge, claims, weights, trusted)
    if wanted is None:
        return "too hard for z3, or the trusted conflict"
    trust = [claims[place] for place in trusted]
    # Equal claims are one to `trust`, which names them by what they say.
    if any(claim in trust and place not in trusted for place, claim in enumerate(claims)):
        return "two claims are one"
    explained = explain(claims, trust=trust, weights={str(place): weight for place, weight in weights.items()})
    if explained.left_open:
        return "left open"
    if not wanted.conflicts:
        assert explained.verdict is Verdict.CONSISTENT
        assert not explained.parts
        return "consistent"
    assert explained.verdict is Verdict.INCONSISTENT
    with warnings.catch_warnings(record=True) as cut:
        warnings.simplefilter("always")
        told = list(conflicts(claims, trust=trust))
    if cut:
        return "left open"
    if not all(each.irreducible for each in (*told, *explained.conflicts)):
        return "left open"
    found = [frozenset(map(int, each.ids)) - trusted for each in told]
    assert frozenset(found) == wanted.conflicts
    assert [len(each) for each in found] == sorted(len(each) for each in found)
    assert {frozenset(map(int, each.ids)) - trusted for each in explained.conflicts} <= wanted.conflicts
    assert sum((part.weight for part in explained.parts), Fraction(0)) == wanted.weight
    assert all(part.proved for part in explained.parts)
    assert sets_of(explained) >= wanted.lightest, "none is missing"
    if len(explained.parts) == 1 and explained.parts[0].complete:
        assert sets_of(explained) == wanted.lightest
    for part in explained.parts if len(explained.parts) == 1 else ():
        for repair in (*part.changes, *part.rereadings):
            # A figure that nothing printable can replace is left out of the repaired set.
            assert judge.can_hold(repair.repaired) != "unsat", str(repair)
    return "several ways" if len(wanted.lightest) > 1 else "one way"


@pytest.mark.parametrize("sort", list(Sort))
def test_conflicts_and_lightest_changes_are_those_of_exhaustive_search(sort: Sort) -> None:
    judge, told = Judge(timeout=1_000), Counter[str]()
    for seed, claims in enumerate(small_sets(sort, len(numbers(MANY[sort])))):
        told[compare(judge, claims, Random(seed))] += 1  # noqa: S311 - nothing is kept secret
    # Of the few sets with products none may contradict itself.
    assert told["several ways"] + told["one way"] > 3 or MANY[sort] < 10
    assert told["left open"] <= 2 + told.total() // 10


def test_the_smallest_first_and_trusted_never_blamed() -> None:
    for seed in numbers(12):
        claims = random_claims(seed, Sort.WHOLE)
        if check(claims, per_claim=False).verdict is not Verdict.INCONSISTENT:
            continue
        trust = claims[:2]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CutShortWarning)
            found = list(conflicts(claims, trust=trust))
        sizes = [len([each for each in conflict.claims if each not in trust]) for conflict in found]
        assert sizes == sorted(sizes)
