from __future__ import annotations

import pytest

from ipmetrics.checks import check
from ipmetrics.findings import AssumptionKind, ClaimVerdict, Verdict
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Ratio
from ipmetrics.model.figures import Conventions
from tests.checks.cast import GRANTED, HAIDIAN, HERE, IN_FORCE, MONEY, PLEDGES, THERE

NOW = PLEDGES.at(HAIDIAN, 2021)


def test_nothing_is_consistent() -> None:
    report = check([])
    assert (report.verdict, report.witness, report.findings) == (Verdict.CONSISTENT, {}, ())


def test_two_ratios_that_go_round_clash_without_any_level() -> None:
    report = check([Ratio(HERE, THERE, "2.0"), Ratio(THERE, HERE, "0.40")])
    assert report.verdict is Verdict.INCONSISTENT
    (conflict,) = report.conflicts
    assert conflict.ids == ("claim-1", "claim-2")
    assert conflict.assumptions == ()


def test_no_earlier_whole_count_grew_into_this_one() -> None:
    claims: list[Claim] = [Level(NOW, "483"), Change(NOW, "8.06%")]
    (conflict,) = check(claims).conflicts
    assert [each.kind for each in conflict.assumptions] == [AssumptionKind.WHOLE]
    assert any("447" in str(reading) for reading in conflict.readings)
    assert check(claims, Conventions(whole=False)).verdict is Verdict.CONSISTENT


def test_so_the_growth_belongs_to_the_money() -> None:
    money = MONEY.at(HAIDIAN, 2021)
    up = OneOf([Change(NOW, "8.06%"), Change(money, "8.06%")], id="up")
    report = check([Level(NOW, "483"), Level(money, "2.896 billion"), up])
    assert report.verdict is Verdict.CONSISTENT
    assert report.finding("up").survivors == (Verdict.INCONSISTENT, Verdict.CONSISTENT)


def test_a_witness_has_a_value_for_every_observation() -> None:
    claims: list[Claim] = [Level(NOW, "483"), Ratio(HERE, THERE, "3.54"), Level(HERE, "332.8")]
    witness = check(claims).witness
    assert witness is not None
    assert set(witness) == {NOW, HERE, THERE}


def test_connected_parts_are_judged_apart() -> None:
    claims: list[Claim] = [
        Level(HERE, "3", id="low"),
        Level(HERE, "5", id="high"),
        Level(NOW, "483", id="apart"),
        Level(NOW, "483", id="again"),
    ]
    report = check(claims)
    assert report.verdict is Verdict.INCONSISTENT
    assert [finding.verdict for finding in report.findings] == [
        ClaimVerdict.CONTRADICTED,
        ClaimVerdict.CONTRADICTED,
        ClaimVerdict.ENTAILED,
        ClaimVerdict.ENTAILED,
    ]
    assert report.witness is None


def test_claims_outside_the_conflicts_are_judged_by_those_outside() -> None:
    claims: list[Claim] = [
        Level(HERE, "3", id="low"),
        Level(HERE, "5", id="high"),
        Ratio(HERE, THERE, "2.0", id="ratio"),
        Level(THERE, "about 2", id="base"),
    ]
    verdicts = {finding.id: finding.verdict for finding in check(claims).findings}
    assert verdicts["ratio"] is ClaimVerdict.UNCHECKED
    assert verdicts["base"] is ClaimVerdict.UNCHECKED


@pytest.mark.parametrize(
    ("claims", "verdicts"),
    [
        ([Level(HERE, "332.8")], [ClaimVerdict.UNCHECKED]),
        ([Level(HERE, "332.8"), Level(HERE, "333")], [ClaimVerdict.CONSISTENT, ClaimVerdict.ENTAILED]),
        ([Level(HERE, "332.8"), Ratio(HERE, THERE, "3.54")], [ClaimVerdict.UNCHECKED, ClaimVerdict.UNCHECKED]),
        ([Level(HERE, "at least 0")], [ClaimVerdict.ENTAILED]),
        ([Level(HERE, "332.8"), Level(HERE, "332.9")], [ClaimVerdict.CONSISTENT] * 2),
    ],
    ids=lambda each: "; ".join(map(str, each)),
)
def test_each_claim_is_judged_against_the_others(claims: list[Claim], verdicts: list[ClaimVerdict]) -> None:
    assert [finding.verdict for finding in check(claims).findings] == verdicts


def test_silence_on_stock_or_flow_is_noted() -> None:
    from ipmetrics.model.indicators import Indicator

    silent = Indicator("patents", unit="patent")
    report = check([Level(silent.at(HAIDIAN, 2021), "3"), Level(silent.at(HAIDIAN, "2021-12-31"), "4")])
    assert report.verdict is Verdict.CONSISTENT
    assert any("neither stock nor flow" in note for note in report.notes)
    assert check([Level(IN_FORCE.at(HAIDIAN, 2021), "3")]).notes == ()


def test_targets_are_never_the_same_unknown_as_actuals() -> None:
    actual, target = GRANTED.at(HAIDIAN, 2021), GRANTED.at(HAIDIAN, 2021, {"status": "target"})
    assert check([Level(actual, "3"), Level(target, "5")]).verdict is Verdict.CONSISTENT


def test_progress_ends_at_all_claims() -> None:
    told: list[tuple[int, int]] = []
    check([Level(HERE, "3"), Level(NOW, "483")], progress=lambda *each: told.append(each))
    assert told[-1] == (2, 2)
