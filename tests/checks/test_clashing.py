from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ipmetrics.checks import check, conflicts
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import AssumptionKind
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, Source, Total
from ipmetrics.model.figures import Figure
from ipmetrics.model.indicators import Indicator
from tests.checks.cast import BEIJING, CHAOYANG, GRANTED, HAIDIAN, HERE, IN_FORCE, PLEDGES, THERE


def test_smallest_conflicts_come_first() -> None:
    claims: list[Claim] = [
        Level(HERE, "332.8"),
        Ratio(HERE, THERE, "3.54"),
        Level(THERE, "96.2"),
        Level(HERE, "330.1"),
    ]
    sizes = [len(conflict.claims) for conflict in conflicts(claims)]
    assert sizes == sorted(sizes) == [2, 3, 3]


def test_what_each_claim_states_and_the_others_imply() -> None:
    (conflict,) = conflicts([Level(HERE, "332.8"), Ratio(HERE, THERE, "3.54"), Level(THERE, "96.2")])
    stated, implied = conflict.stated[1], conflict.implied[1]
    assert stated == Interval(Fraction("3.535"), Fraction("3.545"))
    assert implied == Interval(Fraction("332.75"), Fraction("332.85")) / Interval(Fraction("96.15"), Fraction("96.25"))
    assert all(
        a is not None and b is not None and not a.overlaps(b)
        for a, b in zip(conflict.stated, conflict.implied, strict=True)
    )


def test_trusted_claims_and_sources_are_never_blamed() -> None:
    yearbook = Source("Bureau", "Yearbook", date(2022, 9, 1))
    claims: list[Claim] = [
        Level(HERE, "332.8", source=yearbook),
        Level(THERE, "96.2", source=yearbook),
        Ratio(HERE, THERE, "3.54"),
        Ratio(HERE, THERE, "3.6"),
    ]
    for trust in ([yearbook], claims[:2]):
        assert [conflict.ids for conflict in conflicts(claims, trust=trust)] == [
            ("claim-1", "claim-2", "claim-3"),
            ("claim-1", "claim-2", "claim-4"),
        ]


def test_trusted_claims_that_clash_are_the_conflict() -> None:
    claims: list[Claim] = [Level(HERE, "3"), Level(HERE, "5"), Level(HERE, "7")]
    with pytest.warns(CutShortWarning, match="what is trusted contradicts itself"):
        assert [conflict.ids for conflict in conflicts(claims, trust=claims[:2])] == [("claim-1", "claim-2")]


def test_editions_are_told_by_their_dates() -> None:
    then, now = (Source("Office", "White paper", date(year, 4, 30)) for year in (2021, 2022))
    for first, between in ((then, True), (now, False), (None, False)):
        claims: list[Claim] = [Level(HERE, "3", source=first), Level(HERE, "5", source=now)]
        assert next(conflicts(claims)).between_editions is between


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ([Level(PLEDGES.at(HAIDIAN, 2021), "483"), Change(PLEDGES.at(HAIDIAN, 2021), "8.06%")], "447"),
        ([Level(IN_FORCE.at(HAIDIAN, 2021), "300"), Level(IN_FORCE.at(HAIDIAN, 2021), "312")], "nearest 100"),
        ([Level(HERE, "over 300"), Level(HERE, "299.2")], "missed by 0.25 %"),
        ([Level(HERE, "3.5"), Level(HERE, Figure("3.59", rounding="exact"))], "cut off"),
    ],
    ids=str,
)
def test_readings_that_would_allow_it_are_offered(claims: list[Claim], words: str) -> None:
    (conflict,) = conflicts(claims)
    assert any(words in str(reading) for reading in conflict.readings)


def test_a_share_answers_for_its_part_being_one() -> None:
    part, whole = GRANTED.at("a zone", 2021), GRANTED.at("a park", 2021)
    (conflict,) = conflicts([Share(part, whole, "110%")])
    assert [each.kind for each in conflict.assumptions] == [AssumptionKind.PART_OF]
    loose: list[Claim] = [Share(part, whole, "over 90%"), Ratio(part, whole, "1.2")]
    (conflict,) = conflicts(loose)
    assert len(conflict.claims) == 2, "the ratio alone may well be so"
    assert [each.kind for each in conflict.assumptions] == [AssumptionKind.PART_OF]
    (conflict,) = conflicts([Share(part, whole, "90%"), Ratio(part, whole, "1.2")])
    assert conflict.assumptions == (), "what it prints clashes anyway"


def test_a_partition_that_does_not_add_up_names_all_its_parts() -> None:
    whole, parts = GRANTED.at(BEIJING, 2021), [GRANTED.at(HAIDIAN, 2021), GRANTED.at(CHAOYANG, 2021)]
    claims: list[Claim] = [Total(whole, parts), Level(whole, "100"), Level(parts[0], "60"), Level(parts[1], "41")]
    (conflict,) = check(claims).conflicts
    assert len(conflict.claims) == 4
    assert conflict.implied[1] == Interval.point(101)


def test_an_enumeration_that_is_cut_short_says_so() -> None:
    here = Indicator("patents granted", unit="patent", whole=True).at("Haidian", 2021)
    claims = [Level(here, figure) for figure in ("40,455", "40,545", "44,055", "45,045")]
    with pytest.warns(CutShortWarning, match=r"more conflicts than the 2 told: a limit \(2\) was hit"):
        assert len(list(conflicts(claims, limit=2))) == 2
    assert len(list(conflicts(claims))) == 6


def test_a_figure_to_the_nearest_five_may_clash() -> None:
    filed = Indicator("patents filed", unit="patent").at("Haidian", 2021)
    assert check([Level(filed, Figure("3000", step=5)), Level(filed, "2000.5")]).conflicts
