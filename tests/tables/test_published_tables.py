"""Every published table that can be checked is checked; what takes claims instead of columns is checked here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import ipmetrics as ipm
from tests.tables import test_published_cnipa, test_published_world
from tests.tables.published import AT_HAND, FACTS, FINDINGS, read, side_by_side

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

pytestmark = pytest.mark.skipif(not AT_HAND, reason="the published tables are not at hand")

ELSEWHERE = {"maps_cn", "number_and_unit_words", "published_claims", "regions_cn", "regions_world", "sdmx_code_lists"}
"""Codes, outlines, words and single claims, which other tests are about."""
BESIDE_OTHERS = {"datapackage.json", "population.csv"}
"""What stands beside a table to be read with it."""


def test_every_table_that_can_be_checked_is_checked() -> None:
    index = read("INDEX").query("folder not in @ELSEWHERE and file not in @BESIDE_OTHERS")
    index = index[~index["file"].str.startswith("Metadata")]
    tables = index["folder"] + "/" + index["file"].str.removesuffix(".csv")
    assert set(tables) == {name.partition(" ")[0] for name in FINDINGS}


def test_every_finding_is_of_a_table_and_says_why() -> None:
    assert FINDINGS.keys() == test_published_cnipa.CASES.keys() | test_published_world.CASES.keys()
    findings = [finding for table in FINDINGS.values() for finding in table.get("disagree", [])]
    assert all(finding["because"] for finding in findings)


# ------------------------------------------------------------------------------ two rates, one unknown population
RATES = FACTS["eurostat_rates"]
PEOPLE = ipm.Indicator("average population", unit="person")
MEMBERS = test_published_world.MEMBERS


Printed = dict[tuple[str, str], tuple[str, str, str, str]]
"""For each country and year a count and a rate of applicants, and of inventors; empty where nothing is printed."""


@pytest.fixture(scope="module")
def eurostat() -> Printed:
    table = read(test_published_world.EUROSTAT)
    table = table.assign(series=table["coop_ptn"] + table["unit"])
    wide = side_by_side(table, ["geo", "TIME_PERIOD"], "series", "OBS_VALUE").fillna("")
    wide = wide[["geo", "TIME_PERIOD", "APPLNR", "APPLP_MHAB", "INVTNR", "INVTP_MHAB"]]
    return {(geo, year): tuple(figures) for geo, year, *figures in wide.itertuples(index=False)}


def with_both(eurostat: Printed) -> list[tuple[str, str]]:
    return [key for key, figures in eurostat.items() if all(figures)]


def said(
    eurostat: Printed,
    geo: str,
    year: str,
    *,
    inventors: str | None = "exact",
    rates: str = "nearest",
    people: ipm.Indicator = PEOPLE,
) -> list[Claim]:
    """What is printed of one country and year, with a population that is printed nowhere."""
    number, rate, inventors_number, inventors_rate = eurostat[geo, year]
    claims = counted("applicants", number, "exact", rate, rates, people, geo, year)
    if inventors and inventors_number:
        claims += counted("inventors", inventors_number, inventors, inventors_rate, rates, people, geo, year)
    return claims


def counted(
    by: str, number: str, counts: str, rate: str, rates: str, people: ipm.Indicator, geo: str, year: str
) -> list[Claim]:
    patents = ipm.Indicator(by, unit="patent")
    return [
        ipm.Level(patents.at(geo, int(year)), ipm.Figure(number, rounding=counts, decimals=0)),
        ipm.Level(patents.per(people, 1_000_000).at(geo, int(year)), ipm.Figure(rate, rounding=rates, decimals=2)),
    ]


def test_a_few_rates_of_eurostat_disagree_if_inventors_are_counted_exactly(eurostat: Printed) -> None:
    assert len(with_both(eurostat)) == RATES["countries_with_both"]
    disagree = [f"{geo} {year}" for geo, year in with_both(eurostat) if not holds(said(eurostat, geo, year))]
    assert disagree == RATES["exact_counts_disagree"]


@pytest.mark.parametrize(("inventors", "rates"), [("nearest", "nearest"), ("exact", "ceiling")])
def test_none_disagrees_if_inventors_are_fractions_or_rates_are_rounded_up(
    eurostat: Printed, inventors: str, rates: str
) -> None:
    keys = with_both(eurostat)
    assert holds([claim for key in keys for claim in said(eurostat, *key, inventors=inventors, rates=rates)])


@pytest.mark.parametrize(("rates", "without"), [("nearest", RATES["no_whole_population"]), ("ceiling", [])])
def test_only_rates_rounded_up_leave_liechtenstein_whole_people(
    eurostat: Printed, rates: str, without: list[str]
) -> None:
    people = ipm.Indicator("average population", unit="person", whole=True)
    years = [year for geo, year in eurostat if geo == "LI"]
    assert len(years) == 13
    applicants = {year: said(eurostat, "LI", year, inventors=None, rates=rates, people=people) for year in years}
    assert [year for year, claims in applicants.items() if not holds(claims)] == without


@pytest.mark.parametrize(("rates", "apart"), [("nearest", RATES["union_apart_from_its_members"]), ("ceiling", [])])
def test_only_rates_rounded_up_leave_the_members_their_unions_population(
    eurostat: Printed, rates: str, apart: list[str]
) -> None:
    found = []
    for year in [year for geo, year in eurostat if geo == "EU27_2020"]:
        union, *members = [PEOPLE.at(geo, int(year)) for geo in ["EU27_2020", *MEMBERS]]
        told = [claim for geo in MEMBERS for claim in said(eurostat, geo, year, inventors="nearest", rates=rates)]
        of_members = ipm.derive(union, [*told, ipm.Total(union, members)])
        of_union = ipm.derive(union, said(eurostat, "EU27_2020", year, inventors="nearest", rates=rates))
        found += [year] if (of_members.interval & of_union.interval).is_empty else []
    assert found == apart


# ------------------------------------------------------------------------------ a year within another
def test_the_first_months_of_2012_are_at_most_its_first_ten() -> None:
    """April 2013 prints a growth on the first months of 2012, October 2012 the count of its first ten."""
    october = test_published_cnipa.monthly("applications_2012-10")[["region", "yearly_total"]]
    april = test_published_cnipa.monthly("applications_2013-04")[["region", "yearly_total", "year_on_year_growth"]]
    applied = ipm.Indicator("invention applications", unit="application", whole=True, measure="flow")
    exceeds = []
    for region, ten_months, number, growth in october.merge(april, on="region").itertuples(index=False):
        four_months = applied.at(region, "2013-01/2013-04")
        claims: list[Claim] = [
            ipm.Level(applied.at(region, "2012-01/2012-10"), ipm.Figure(ten_months, rounding="exact")),
            ipm.Level(four_months, ipm.Figure(number, rounding="exact")),
            ipm.Change(four_months, growth),
        ]
        exceeds += [] if holds(claims) else [region]
    assert exceeds == FACTS["within_the_year_before"]["exceeds"]


def holds(claims: list[Claim]) -> bool:
    return ipm.check(claims).verdict is ipm.Verdict.CONSISTENT
