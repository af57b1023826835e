"""What the shipped documents imply: worked out by hand here, found by the engine."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ipmetrics import Change, Conventions, OneOf, Rounding, Verdict, check, conflicts, datasets, derive
from ipmetrics.findings import AssumptionKind
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from ipmetrics.claimfile import ClaimFile
    from ipmetrics.findings import Derived, Report
    from ipmetrics.model.claims import Claim

C, I = Verdict.CONSISTENT, Verdict.INCONSISTENT  # noqa: E741 - a table of readings is read at a glance


@pytest.fixture(scope="module")
def haidian() -> ClaimFile:
    return datasets.load("haidian-2021")


@pytest.fixture(scope="module")
def judged(haidian: ClaimFile) -> Report:
    return check(haidian)


@pytest.fixture(scope="module")
def etown() -> ClaimFile:
    return datasets.load("etown-2023")


@pytest.fixture(scope="module")
def dossier() -> ClaimFile:
    return datasets.load_all()


def of(file: ClaimFile, path: str) -> Derived:
    return derive(file.observation(path), file)


def whole_numbers(found: Derived) -> set[int]:
    """The whole numbers that are left, whether or not the answer is told in pieces."""
    numbers: set[int] = set()
    for piece in found.pieces or (found.interval,):
        tight = piece.whole_numbers()
        assert tight.lower is not None
        assert tight.upper is not None
        numbers.update(range(int(tight.lower), int(tight.upper) + 1))
    return numbers


def readings(file: ClaimFile, name: str) -> tuple[Claim, ...]:
    claim = file.claim(name)
    assert isinstance(claim, OneOf)
    return claim.alternatives


# ------------------------------------------------------------------------------ Haidian
@pytest.mark.parametrize("everything", [False, True])
def test_the_rates_of_beijing_and_of_china(haidian: ClaimFile, dossier: ClaimFile, *, everything: bool) -> None:
    file = dossier if everything else haidian
    beijing = of(file, "high_value_density.beijing.2021")
    assert beijing.interval == Interval(Fraction("332.75") / Fraction("3.545"), Fraction("332.85") / Fraction("3.535"))
    assert beijing.interval == Interval(Fraction(66550, 709), Fraction(9510, 101))
    assert beijing.claims_used == ("density", "density-to-beijing")
    assert beijing.exact
    china = of(file, "high_value_density.china.2021")
    assert china.interval == Interval(Fraction("332.75") / Fraction("44.375"), Fraction("332.85") / Fraction("44.365"))
    assert china.claims_used == ("density", "density-to-china")


@pytest.mark.parametrize(
    ("award", "least", "most"),
    [("gold", 29, 31), ("silver", 59, 62), ("excellence", 814, 826)],
)
def test_how_many_awards_there_were_in_all(haidian: ClaimFile, award: str, least: int, most: int) -> None:
    # 3 ÷ 10.5 % = 28.6 and 3 ÷ 9.5 % = 31.6; 9 ÷ 15 %; 50 ÷ 6.1 %
    assert whole_numbers(of(haidian, f"{award}_awards.china.2021")) == {*range(least, most + 1)}


def test_how_many_civil_cases_the_district_court_concluded(haidian: ClaimFile) -> None:
    civil = of(haidian, "cases_concluded.haidian.2021[court=district_court, matter=civil]")
    assert civil.interval == Interval(2561, 2625)


@pytest.mark.parametrize(
    ("name", "survivors"),
    [
        ("share-of-beijing", (C, C)),
        ("share-of-china", (C, C)),
        ("licences-share", (C, C, C)),
        ("licences-growth", (I, C, C, C)),
        ("pledges-growth", (I, C)),
        ("pledges-share", (I, C)),
        ("tm-pledges-growth", (I, C)),
    ],
)
def test_which_readings_are_possible(judged: Report, name: str, survivors: tuple[Verdict, ...]) -> None:
    assert judged.finding(name).survivors == survivors


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("pledges", "pledges-growth"),
        ("pledges", "pledges-share"),
        ("tm-pledges", "tm-pledges-growth"),
        ("licences", "licences-growth"),
    ],
)
def test_whole_numbers_alone_rule_a_reading_out(haidian: ClaimFile, level: str, said: str) -> None:
    pair = [haidian.claim(level), readings(haidian, said)[0]]
    (conflict,) = conflicts(pair)
    assert set(conflict.claims) == set(pair)
    assert [assumption.kind for assumption in conflict.assumptions] == [AssumptionKind.WHOLE]
    assert list(conflicts(pair, Conventions(whole=False))) == []


def test_the_growth_would_fit_the_pledges_if_it_had_been_rounded_up(haidian: ClaimFile) -> None:
    # 483 ÷ 447 = 1.080537: 8.06 % only upwards
    pair = [haidian.claim("pledges"), readings(haidian, "pledges-growth")[0]]
    assert list(conflicts(pair, Conventions(rounding=Rounding.CEILING))) == []


def test_what_the_money_was_a_year_before(haidian: ClaimFile) -> None:
    amount = of(haidian, "patent_pledge_amount.haidian.2020")
    assert amount.interval == Interval(
        Fraction(2_895_500_000) / Fraction("1.08065"), Fraction(2_896_500_000) / Fraction("1.08055")
    )


# ------------------------------------------------------------------------------ the others
def test_the_population_behind_a_count_and_a_rate(etown: ClaimFile) -> None:
    people = of(etown, "population.etown_core.2023-11")
    assert (
        Interval(Fraction(19_050) / Fraction("0.08505"), Fraction(19_150) / Fraction("0.08495")).whole_numbers()
        == people.interval
    )
    assert people.interval == Interval(223_986, 225_426)
    assert set(people.claims_used) == {"etown-density", "etown-inventions", "etown-is-its-core"}


def test_without_our_reading_the_population_is_bounded_from_above_alone(etown: ClaimFile) -> None:
    printed = [claim for claim in etown if claim.id != "etown-is-its-core"]
    people = derive(etown.observation("population.etown_core.2023-11"), printed)
    assert people.upper == 225_426
    assert people.lower is not None
    assert people.lower < 1000


def test_more_than_three_times_bounds_the_city_from_above(etown: ClaimFile) -> None:
    city = of(etown, "invention_density.beijing.2023-11")
    assert city.upper == Fraction("850.5") / 3
    assert not city.upper_closed
    assert city.lower == 0


def test_the_national_total_behind_a_quarter() -> None:
    universities = datasets.load("universities-2023")
    together = of(universities, "inventions.china.2023[holder=academia]")
    assert together.interval == Interval(1_022_000, 1_024_000)
    total = of(universities, "inventions.china.2023")
    assert (
        total.interval
        == Interval(Fraction(1_022_000) / Fraction("0.275"), Fraction(1_024_000) / Fraction("0.225")).whole_numbers()
    )
    assert total.interval == Interval(3_716_364, 4_551_111)


def test_how_far_beijing_came_between_two_documents(dossier: ClaimFile) -> None:
    now, then = (dossier.observation(f"high_value_density.beijing.{day}") for day in ("2025-06-30", "2021"))
    growth = derive(Change(now, since=then), dossier)
    low, high = Fraction("171.75") / Fraction(9510, 101), Fraction("171.85") / Fraction(66550, 709)
    assert growth.interval == Interval((low - 1) * 100, (high - 1) * 100)
    assert growth.unit.name == "percent"
    assert growth.claims_used == ("beijing-density", "density", "density-to-beijing")
    # Neither document alone says anything of it.
    for name in ("beijing-2025", "haidian-2021"):
        assert derive(Change(now, since=then), datasets.load(name)).upper is None


def test_no_province_is_ahead_of_the_first(dossier: ClaimFile) -> None:
    shanghai = of(dossier, "high_value_density.shanghai.2025-06-30")
    assert shanghai.interval == Interval(0, Fraction("171.85"))


def test_the_first_phase_is_no_larger_than_the_whole(judged: Report) -> None:
    finding = judged.finding("securities")
    assert finding.implied is not None
    assert finding.implied.lower == Fraction(336_500_000)
