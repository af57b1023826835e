"""On thousands of small sets of claims of every kind the verdict is never opposite to that of two naive judges.

One is z3, over the plain meaning of claims; the other tries every whole number in a small box.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest

from ipmetrics.checks import check
from ipmetrics.checks.assembly import assemble
from ipmetrics.constraints.proofs import verify
from ipmetrics.findings import Verdict
from ipmetrics.model.claims import Claim, Level
from tests.effort import numbers
from tests.meaning import Judge, Meaning, is_true_of, mentioned, terms
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from ipmetrics.model.observations import Observation

OPPOSITE = {(Verdict.CONSISTENT, "unsat"), (Verdict.INCONSISTENT, "sat")}
MAY_BE_OPEN = {Sort.REAL: 0.0, Sort.WHOLE: 0.01, Sort.PRODUCTS: 0.02, Sort.WHOLE_PRODUCTS: 0.1}


@pytest.mark.parametrize("sort", Sort)
def test_z3_never_says_the_opposite(sort: Sort) -> None:
    judge = Judge(timeout=500)
    verdicts: Counter[Verdict] = Counter()
    for seed in numbers(100 if sort is Sort.WHOLE_PRODUCTS else 200):
        claims = random_claims(seed, sort)
        report = check(claims, per_claim=False)
        verdicts[report.verdict] += 1
        assert (report.verdict, judge.can_hold(claims)) not in OPPOSITE, (seed, [*map(str, claims)])
        assert report.witness is None or is_true_of(claims, report.witness)
    assert verdicts[Verdict.UNDETERMINED] <= MAY_BE_OPEN[sort] * verdicts.total()
    assert min(verdicts[Verdict.CONSISTENT], verdicts[Verdict.INCONSISTENT]) > 0.2 * verdicts.total()


def test_no_number_in_a_small_box_says_the_opposite() -> None:
    seen: Counter[Verdict] = Counter()
    for seed in numbers(120):
        sort = Sort.WHOLE_PRODUCTS if seed % 2 else Sort.WHOLE
        claims = [claim for claim in random_claims(seed, sort, most=5) if _only_whole(claim)]
        base = [each for each in mentioned(claims) if each.indicator.definition is None]
        if not claims or len(base) > 4:
            continue
        claims += [Level(each, "at most 6") for each in base]
        verdict = check(claims, per_claim=False).verdict
        seen[verdict] += 1
        assert verdict is not (Verdict.INCONSISTENT if _holds_somewhere(claims, base) else Verdict.CONSISTENT), seed
    assert min(seen[Verdict.CONSISTENT], seen[Verdict.INCONSISTENT]) > 5


def _only_whole(claim: Claim) -> bool:
    return all(each.indicator.whole or each.indicator.definition is not None for each in mentioned([claim]))


def _holds_somewhere(claims: list[Claim], base: list[Observation]) -> bool:
    """Whether some whole numbers up to 6 satisfy everything; rates and the like follow from them."""
    derived = [each for each in mentioned(claims) if each.indicator.definition is not None]
    for numbers_tried in product(range(7), repeat=len(base)):
        values = dict(zip(base, map(Fraction, numbers_tried), strict=True))
        if any(_true(values, claims, worlds) for worlds in _worlds(values, derived)):
            return True
    return False


def _worlds(values: dict[Observation, Fraction], derived: list[Observation]) -> list[dict[Observation, Fraction]]:
    """The values of what is derived: one for each denominator that may be meant; none where nothing is divided."""
    worlds = [dict(values)]
    for each in derived:
        over, *under = terms(each)
        shift = 1 if each.indicator.label.startswith("growth") else 0
        sizes = {values[over] / values[below] - shift for below in under if values[below] > 0}
        worlds = [{**world, each: size} for world in worlds for size in sorted(sizes)]
    return worlds


def _true(values: dict[Observation, Fraction], claims: list[Claim], world: dict[Observation, Fraction]) -> bool:
    meaning = Meaning(world.__getitem__)
    return all(meaning.claim(claim) for claim in claims) and all(meaning.assumed(world))


@pytest.mark.parametrize("sort", Sort)
def test_every_proof_is_checked_again(sort: Sort) -> None:
    from ipmetrics.constraints.exact import decide

    for seed in numbers(60):
        network = assemble(random_claims(seed, sort)).network
        decision = decide(network)
        assert decision.proof is None or verify(network, decision.proof)
        assert decision.values is None or network.satisfied_by(decision.values)
