"""What is called entailed follows from the other claims, and what is not, does not; judged by z3."""

from __future__ import annotations

import pytest

from ipmetrics.checks import check
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.model.claims import Claim, Level, Ratio
from ipmetrics.testing import assert_follows
from tests.by_hand import BEIJING, HAIDIAN
from tests.effort import numbers
from tests.meaning import Judge, spoken_of
from tests.random_claims import Sort, random_claims


@pytest.mark.parametrize(
    ("sort", "usual"), [(Sort.REAL, 80), (Sort.WHOLE, 60), (Sort.PRODUCTS, 20), (Sort.WHOLE_PRODUCTS, 10)]
)
def test_entailed_is_what_cannot_fail_where_the_others_hold(sort: Sort, usual: int) -> None:
    judge = Judge(timeout=500)
    missed = judged = 0
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        report = check(claims)
        if report.left_open:
            continue
        world = [each for claim in claims for each in spoken_of(claim)]
        sound = [each for each in report.findings if each.verdict is not ClaimVerdict.CONTRADICTED]
        for finding in sound:
            others = [each.claim for each in sound if each is not finding]
            answer = judge.can_fail(finding.claim, others, world)
            judged += 1
            if finding.verdict is ClaimVerdict.ENTAILED:
                assert answer != "sat", (seed, str(finding.claim))
            elif answer == "unsat":
                missed += 1
    assert judged > usual
    # What follows only from whole numbers or from products of unknowns is not always seen, and then not claimed.
    assert missed <= {Sort.REAL: 0, Sort.WHOLE: 0.01}.get(sort, 0.03) * judged


def test_an_unchecked_claim_can_be_replaced_by_another_figure() -> None:
    for seed in numbers(40):
        claims = random_claims(seed, Sort.REAL)
        report = check(claims)
        if report.verdict is not Verdict.CONSISTENT:
            continue
        for place, finding in enumerate(report.findings):
            if finding.verdict is ClaimVerdict.UNCHECKED and isinstance(finding.claim, Level):
                other = Level(finding.claim.subject, "12,345.6")
                swapped = [*claims[:place], other, *claims[place + 1 :]]
                assert check(swapped, per_claim=False).verdict is Verdict.CONSISTENT


def test_what_is_derived_may_be_asserted() -> None:

    printed: list[Claim] = [Level(HAIDIAN, "332.8"), Ratio(HAIDIAN, BEIJING, "3.54")]
    assert_follows("94", BEIJING, printed)
    assert_follows("28%", Ratio(BEIJING, HAIDIAN), printed)
    for figure in ("94.0", "95", "93.9"):
        with pytest.raises(AssertionError, match="does not follow"):
            assert_follows(figure, BEIJING, printed)
