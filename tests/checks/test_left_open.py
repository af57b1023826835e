"""What is not decided is said to be so: never a verdict, never a bound that might be wrong."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks import check, conflicts, derive
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share
from ipmetrics.model.figures import Figure
from ipmetrics.model.indicators import Indicator
from tests.checks.cast import AWARDS, HERE, MONEY, THERE


def exact(text: str) -> Figure:
    return Figure(text, rounding="exact")


GROWTH = MONEY.growth()
FIRST, MIDDLE, LAST = (MONEY.at("A", year) for year in (2020, 2021, 2022))
# From 1 to 2 in two steps of equal growth: the middle is √2, which no exact witness names and no proof excludes.
ROOT: list[Claim] = [
    Level(FIRST, exact("1")),
    Level(LAST, exact("2")),
    Change(GROWTH.at("A", 2022), exact("0 points"), since=GROWTH.at("A", 2021)),
]
CLASH: list[Claim] = [Level(HERE, "3"), Level(HERE, "5")]


def test_neither_witness_nor_proof_is_undetermined_and_says_what_was_left_open() -> None:
    report = check(ROOT)
    assert report.verdict is Verdict.UNDETERMINED
    assert report.witness is None
    assert {finding.verdict for finding in report.findings} == {ClaimVerdict.UNDETERMINED}
    (left,) = report.left_open
    assert "claim-1, claim-2, claim-3" in left
    assert check(ROOT, per_claim=False).verdict is Verdict.UNDETERMINED
    with pytest.warns(CutShortWarning, match="something stayed undecided"):
        assert list(conflicts(ROOT)) == []


def test_a_range_that_is_not_proved_holds_the_truth_and_is_called_outer() -> None:
    derived = derive(MIDDLE, ROOT)
    assert not derived.exact
    assert Fraction(141421356, 10**8) in derived.interval
    assert derived.conflict is None


@pytest.mark.parametrize("claims", [[*ROOT, *CLASH], [*CLASH, *ROOT]], ids=["before", "after"])
def test_what_is_left_open_hides_no_conflict_elsewhere(claims: list[Claim]) -> None:
    report = check(claims)
    assert report.verdict is Verdict.INCONSISTENT
    assert len(report.conflicts) == len(report.left_open) == 1
    for claim in claims:
        expected = ClaimVerdict.CONTRADICTED if claim in CLASH else ClaimVerdict.UNDETERMINED
        assert report.finding(claim).verdict is expected
    derived = derive(THERE, claims)
    assert derived.is_empty
    assert derived.conflict is not None
    assert set(derived.conflict.claims) == set(CLASH)


def test_a_root_that_is_no_fraction_is_rounded_outwards() -> None:
    derived = derive(Change(LAST, since=FIRST, per="year"), ROOT[:2])
    assert not derived.exact
    low, high = derived.to_base().lower, derived.to_base().upper
    assert low is not None
    assert high is not None
    assert (1 + low) ** 2 < 2 < (1 + high) ** 2
    assert high - low <= Fraction(1, 10**12)
    rational = derive(Change(LAST, since=FIRST, per="year"), [Level(FIRST, exact("4")), Level(LAST, exact("9"))])
    assert (rational.interval, rational.exact) == (Interval.point(50), True)


def test_two_rates_of_one_population_are_not_called_tight() -> None:
    """Both divide by the same people, which bounds on the rates alone do not know."""
    people = Indicator("people", unit="person", measure="stock")
    kinds = [Indicator(name, unit="patent", measure="stock") for name in ("inventions", "designs")]
    inventions, designs = (kind.at("A", 2021) for kind in kinds)
    per_head = [kind.per(people).at("A", 2021) for kind in kinds]
    claims: list[Claim] = [Level(inventions, "10"), Level(designs, "20"), Level(people.at("A", 2021), "5")]
    truth = derive(Ratio(inventions, designs), claims)
    assert truth.exact
    ratio = derive(Ratio(per_head[0], per_head[1]), claims)
    assert truth.interval.issubset(ratio.interval)
    assert not ratio.exact or ratio.interval == truth.interval
    gap = derive(Change(per_head[0], than=per_head[1], difference=True), claims)
    assert not gap.exact or gap.interval == Interval(Fraction(-22, 9), Fraction(-18, 11))
    for rate, kind in zip(per_head, (inventions, designs), strict=True):
        alone = derive(
            rate, [each for each in claims if getattr(each, "subject", None) in {kind, people.at("A", 2021)}]
        )
        assert alone.exact


def test_an_impossible_share_is_told_against_what_the_others_leave_free() -> None:
    (conflict,) = conflicts([Share(AWARDS.at("part", 2021), AWARDS.at("whole", 2021), "120%")])
    assert conflict.implied == (Interval.at_most(1),)
    claims: list[Claim] = [
        Level(AWARDS.at("part", 2021), "3"),
        Level(AWARDS.at("whole", 2021), "4"),
        Share(AWARDS.at("part", 2021), AWARDS.at("whole", 2021), "120%", id="share"),
    ]
    assert [each.ids for each in conflicts(claims)] == [("share",)]
    report = check(claims)
    assert [finding.verdict for finding in report.findings[:2]] == [ClaimVerdict.UNCHECKED] * 2
