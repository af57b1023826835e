from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks import check
from ipmetrics.checks.weighing import fit_of
from ipmetrics.findings import ClaimFinding, ClaimVerdict, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from tests.checks.cast import BALANCE, BEIJING, CHAOYANG, GRANTED, HAIDIAN, HERE, PLEDGES, THERE

NOW, THEN = PLEDGES.at(HAIDIAN, 2021), PLEDGES.at(HAIDIAN, 2020)


def last(*claims: Claim) -> ClaimFinding:
    """The finding on the last of some claims."""
    return check(claims).findings[-1]


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ([Level(HERE, "6.0"), Level(THERE, "3.0"), Ratio(HERE, THERE, "2")], ClaimVerdict.ENTAILED),
        ([Level(HERE, "6.0"), Level(THERE, "3.0"), Ratio(HERE, THERE, "2.00")], ClaimVerdict.CONSISTENT),
        ([Level(HERE, "6.0"), Ratio(HERE, THERE, "2.00")], ClaimVerdict.UNCHECKED),
        ([Level(HERE, "6.0"), Level(THERE, "3.0"), Rank(HERE, 1, among=[THERE])], ClaimVerdict.ENTAILED),
        ([Level(HERE, "6.0"), Rank(HERE, 1, among=[THERE])], ClaimVerdict.UNCHECKED),
        ([Level(HERE, "3"), Level(THERE, "3"), Rank(HERE, 1, among=[THERE])], ClaimVerdict.CONSISTENT),
        ([Level(NOW, "20"), Level(THEN, "10"), Change(NOW, "100%")], ClaimVerdict.ENTAILED),
        ([Level(NOW, "20"), Level(THEN, "10"), Change(NOW, "10")], ClaimVerdict.ENTAILED),
        ([Level(HERE, "6.0"), OneOf([Level(HERE, "6"), Level(HERE, "7")])], ClaimVerdict.ENTAILED),
        ([Level(HERE, "6"), OneOf([Level(HERE, "6.0"), Level(THERE, "7")])], ClaimVerdict.CONSISTENT),
        ([Level(NOW, "6"), OneOf([Level(HERE, "6.0"), Level(THERE, "7")])], ClaimVerdict.UNCHECKED),
    ],
    ids=lambda each: "; ".join(map(str, each)) if isinstance(each, list) else "",
)
def test_the_last_claim_against_the_others(claims: list[Claim], verdict: ClaimVerdict) -> None:
    assert last(*claims).verdict is verdict


def test_a_base_that_may_be_zero_is_not_entailed_to_be_above() -> None:
    double = Total(HERE, [THERE, THERE.moved(region=CHAOYANG)])
    equal = Change(THERE, "at least 0", than=THERE.moved(region=CHAOYANG))
    other = Change(THERE.moved(region=CHAOYANG), "at least 0", than=THERE)
    assert last(double, equal, other, Ratio(HERE, THERE, "2.0")).verdict is ClaimVerdict.CONSISTENT
    assert (
        last(double, equal, other, Level(THERE, "over 0"), Ratio(HERE, THERE, "2.0")).verdict is ClaimVerdict.ENTAILED
    )


def test_what_a_share_takes_for_granted_is_part_of_it() -> None:
    levels: list[Claim] = [Level(HERE, "3.0"), Level(THERE, "3.0")]
    assert last(*levels, Share(HERE, THERE, "over 90%")).verdict is ClaimVerdict.CONSISTENT
    assert last(*levels, Ratio(HERE, THERE, "over 90%")).verdict is ClaimVerdict.ENTAILED


def test_whole_numbers_entail_more() -> None:
    assert last(Level(NOW, "over 9.5"), Level(NOW, "under 10.5"), Level(NOW, "10.0")).verdict is ClaimVerdict.ENTAILED
    free = [Change(NOW, "0.00", since=THEN), Change(THEN, "0.0", since=NOW)]
    assert [finding.verdict for finding in check(free).findings] == [ClaimVerdict.ENTAILED] * 2


def test_what_fits_only_thanks_to_rounding_says_so() -> None:
    finding = last(Level(HERE, "332.8"), Level(THERE, "94.0"), Ratio(HERE, THERE, "3.545"))
    assert finding.verdict is not ClaimVerdict.CONTRADICTED or finding.notes == ()
    tight = last(Level(HERE, "10"), Level(THERE, "4"), Ratio(HERE, THERE, "3.0"))
    assert tight.notes == ("fits only thanks to rounding",)
    assert last(Level(HERE, "10"), Level(THERE, "4"), Ratio(HERE, THERE, "2.5")).notes == ()


def test_implied_ranges_are_told_in_the_claims_own_terms() -> None:
    finding = last(Level(NOW, "20"), Level(THEN, "16"), Change(NOW, "25.0%"))
    assert finding.implied == Interval.point(Fraction(1, 4))
    assert finding.stated == Interval(Fraction("0.2495"), Fraction("0.2505"))
    assert finding.fit == 1


def test_readings_that_cannot_be_are_told() -> None:
    choice = OneOf([Level(HERE, "6"), Level(HERE, "9"), Ratio(HERE, THERE, "2.0")])
    finding = last(Level(HERE, "6.0"), Level(THERE, "3.0"), choice)
    assert finding.survivors == (Verdict.CONSISTENT, Verdict.INCONSISTENT, Verdict.CONSISTENT)


def test_assumptions_alone_verify_nothing_that_could_be_otherwise() -> None:
    assert (
        last(Total(GRANTED.at(BEIJING, 2021), [GRANTED.at(HAIDIAN, 2021)], complete=False)).verdict
        is ClaimVerdict.ENTAILED
    )
    assert last(Level(BALANCE.at(HAIDIAN, 2021), "3")).verdict is ClaimVerdict.UNCHECKED


@pytest.mark.parametrize(
    ("stated", "implied", "whole", "fit"),
    [
        (Interval(0, 2), Interval(1, 5), False, Fraction(1, 2)),
        (Interval(0, 2), Interval(1, 5), True, Fraction(2, 3)),
        (Interval(0, 2), Interval.point(1), False, 1),
        (Interval(0, 2), Interval(3, 4), False, 0),
        (Interval(0, 2), Interval.at_least(1), False, None),
    ],
)
def test_fit_is_the_shared_part_of_the_smaller(
    stated: Interval,
    implied: Interval,
    whole: bool,  # noqa: FBT001 - a parameter
    fit: Fraction | None,
) -> None:
    assert fit_of(stated, implied, whole=whole) == fit
