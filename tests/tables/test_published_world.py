"""Tables of other offices: every figure that follows from others is checked, and just the listed ones disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from ipmetrics.tables import Column, at_most, difference, earlier, growth, rate, row, same_as, total
from tests.tables.published import (
    AT_HAND,
    COUNT,
    Cases,
    Published,
    assert_just_the_listed_rows_disagree,
    counts,
    declaring,
    families,
    read,
    side_by_side,
)

if TYPE_CHECKING:
    from ipmetrics.tables import Formula

pytestmark = pytest.mark.skipif(not AT_HAND, reason="the published tables are not at hand")

CASES: Cases = {}
published = declaring(CASES)

parts_by_year = total(over="role", of=row(role="whole"), parts=["part"], within=["family", "year"])


# ------------------------------------------------------------------------------ Eurostat
EUROSTAT = "eurostat_epo_patents/sdg_09_40_2004_2016"
MEMBERS = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()


def members_of_the_union(by: str, column: Column) -> Published:
    table = read(EUROSTAT).query("unit == 'NR'")
    members = total(over="geo", of=row(geo="EU27_2020"), parts=MEMBERS, within="TIME_PERIOD")
    return Published(table[table["coop_ptn"] == by], {"OBS_VALUE": members}, {"OBS_VALUE": column})


@published(f"{EUROSTAT} applicants")
def applicants_of_the_union() -> Published:
    return members_of_the_union("APPL", COUNT)


@published(f"{EUROSTAT} inventors counted as whole")
def inventors_of_the_union_as_whole() -> Published:
    return members_of_the_union("INVT", COUNT)


@published(f"{EUROSTAT} inventors counted in fractions")
def inventors_of_the_union() -> Published:
    return members_of_the_union("INVT", Column(decimals=0))


# ------------------------------------------------------------------------------ NCSES
@published("nsf_ncses_tables/gerd_gdp_ratio_growth_10937")
def research_and_gdp() -> Published:
    table = side_by_side(research(), ["country", "year"], "measure", "value")
    return Published(
        table,
        {"GERD-to-GDP ratio (%)": rate("GERD", per="GDP")},
        {
            "GERD": Column(decimals=1),
            "GDP": Column(decimals=0),
            "GERD-to-GDP ratio (%)": Column(decimals=2, multiplier=-2),
        },
    )


def research() -> pd.DataFrame:
    printed = read("nsf_ncses_tables/gerd_gdp_ratio_growth_10937")
    names = {"time_period": "country", "gerd_level_1": "measure", "gerd_level_2": "year"}
    printed = printed.rename(columns=names)
    return printed[printed["gerd_hierarchy_depth"] == "2"].replace({"year": {"2021a": "2021"}})


def growth_of(measure: str, years: dict[str, int]) -> Published:
    """Compound growth beside the levels it starts and ends with."""
    printed = read("nsf_ncses_tables/gerd_gdp_ratio_growth_10937").rename(
        columns={"time_period": "country", "gerd_level_3": "span", "value": "growth"}
    )
    table = printed[(printed["gerd_hierarchy_depth"] == "3") & (printed["gerd_level_2"] == measure)]
    levels = research().query("measure == @measure")[["country", "year", "value"]]
    for when, of_span in {"first": FIRST, "last": LAST}.items():
        there = table.assign(year=table["span"].map(of_span))
        table = there.merge(levels.rename(columns={"value": when}), on=["country", "year"]).drop(columns="year")
    formulas: dict[str, Formula] = {
        f"over {periods} years": growth(
            "last",
            since="first",
            periods=periods,
            about="growth",
            where={"span": [s for s in FIRST if years[s] == periods]},
        )
        for periods in dict.fromkeys(years.values())
    }
    levels_as = Column(decimals=1 if measure == "GERD" else 0)
    return Published(
        table, formulas, {"first": levels_as, "last": levels_as, "growth": Column(decimals=1, multiplier=-2)}
    )


FIRST = {"1990–2000": "1990", "2000–10": "2000", "2010–21a": "2010"}
LAST = {"1990–2000": "2000", "2000–10": "2010", "2010–21a": "2021"}
YEARS = {"1990–2000": 10, "2000–10": 10, "2010–21a": 11}


@published("nsf_ncses_tables/gerd_gdp_ratio_growth_10937 growth of GERD")
def growth_of_research() -> Published:
    return growth_of("GERD", YEARS)


@published("nsf_ncses_tables/gerd_gdp_ratio_growth_10937 growth of GDP")
def growth_of_gdp() -> Published:
    return growth_of("GDP", YEARS)


@published("nsf_ncses_tables/patenting_rates_global_city_zones_5972")
def patents_of_commuting_zones() -> Published:
    per_capita, per_member = "patents_per_capita", "patents_per_inventive_class_member"
    return Published(
        read("nsf_ncses_tables/patenting_rates_global_city_zones_5972"),
        {
            "inventive_class_employment_share": rate(per_capita, per=per_member),
            "difference_in_ranks": difference(f"{per_capita}_rank", minus=f"{per_member}_rank"),
            per_capita: at_most(earlier(f"{per_capita}_rank")),
            per_member: at_most(earlier(f"{per_member}_rank")),
        },
        {
            **dict.fromkeys([per_capita, per_member, "inventive_class_employment_share"], Column(decimals=5)),
            **counts([f"{per_capita}_rank", f"{per_member}_rank", "difference_in_ranks"]),
        },
    )


PCT = "nsf_ncses_tables/pct_applications_by_region_10558"
EUROPE = "World -> Europe"
UNION_AND_UK = f"{EUROPE} -> EU-27 and United Kingdom"
OTHERS = f"{EUROPE} -> Other Europe"
OTHERS_2020 = f"{EUROPE} -> Other Europe (2020)"


def international_applications() -> pd.DataFrame:
    table = read(PCT)
    return table.assign(path=table["path"].str.replace(r"<sup>.</sup>", "", regex=True))


def parts_of(table: pd.DataFrame) -> dict[str, list[str]]:
    """The rows that stand right under each path."""
    paths = table["path"].drop_duplicates()
    parents = paths.str.rpartition(" -> ")[0]
    return {parent: list(below) for parent, below in paths.groupby(parents) if parent}


@published(f"{PCT} years")
def all_years() -> Published:
    return Published(
        international_applications(),
        {"value": total(over="year", of=row(year="total"), within="path")},
        {"value": Column(decimals=0)},
    )


@published(f"{PCT} parts as stored")
def regions_as_stored() -> Published:
    table = international_applications()
    return Published(
        families(table, "path", parts_of(table)),
        {"value": parts_by_year},
        {"value": Column(decimals=0)},
    )


@published(f"{PCT} parts as meant")
def regions_as_meant() -> Published:
    table = international_applications()
    europe = {
        EUROPE: [UNION_AND_UK, OTHERS],
        OTHERS: parts_of(table)[OTHERS_2020],
        OTHERS_2020: [OTHERS, f"{UNION_AND_UK} -> United Kingdom"],
    }
    in_2020 = families(table, "path", {EUROPE: [f"{UNION_AND_UK} -> EU-27", OTHERS_2020]}).assign(family="as of 2020")
    return Published(
        pd.concat([families(table, "path", parts_of(table) | europe), in_2020], ignore_index=True),
        {"value": parts_by_year},
        {"value": Column(decimals=0)},
    )


@published("nsf_ncses_tables/uspto_patents_by_owner_sector_2000_22_10548")
def owners_and_sectors() -> Published:
    printed = read("nsf_ncses_tables/uspto_patents_by_owner_sector_2000_22_10548")
    printed = printed.rename(columns={"owner_and_sector_full_path": "path"})
    table = printed.melt("path", list(printed.filter(like="field_")), var_name="year")
    return Published(
        families(table, "path", parts_of(table)),
        {"value": parts_by_year},
        {"value": Column(decimals=0)},
    )


# ------------------------------------------------------------------------------ World Bank
WDI = "worldbank_ip/wdi_ip_indicators_2021"
INCOME = {"High income": "HIC", "Low income": "LIC", "Lower middle income": "LMC", "Upper middle income": "UMC"}


def economies() -> pd.DataFrame:
    """Economies and groups of them with their codes; a group has no region."""
    return read("worldbank_ip/Metadata_Country_API_14_DS2_en_csv_v2_3054360")


@published(f"{WDI} trademarks")
def trademarks() -> Published:
    table = side_by_side(read(WDI), ["country_code", "year"], "indicator", "value")
    names = ["IP.TMK.RESD", "IP.TMK.NRES"]
    return Published(
        table.dropna(subset=[*names, "IP.TMK.TOTL"]),
        {"IP.TMK.TOTL": total(*names, complete=False)},
        counts([*names, "IP.TMK.TOTL"]),
    )


@published(f"{WDI} groups")
def groups_of_economies() -> Published:
    listed = economies()
    codes = dict(zip(listed["TableName"], listed["Country Code"], strict=True)) | INCOME
    members: dict[str, list[str]] = {"WLD": []}
    for code, region, income in listed[["Country Code", "Region", "IncomeGroup"]].itertuples(index=False):
        for group in filter(None, (region, income)):
            members.setdefault(codes[group], []).append(code)
        members["WLD"] += [code] * bool(region)
    return Published(
        families(read(WDI), "country_code", members),
        {"value": total(over="role", of=row(role="whole"), parts=["part"], within=["family", "indicator", "year"])},
        counts(["value"]),
    )


# ------------------------------------------------------------------------------ Our World in Data
OWID = "owid_patent_rates/patent_and_publication_rates"
"""Its names of countries that the World Bank calls otherwise."""
OTHERWISE = {
    "Bahamas": "BHS",
    "Brunei": "BRN",
    "Cape Verde": "CPV",
    "Congo": "COG",
    "Democratic Republic of Congo": "COD",
    "Egypt": "EGY",
    "Gambia": "GMB",
    "Hong Kong": "HKG",
    "Iran": "IRN",
    "Kyrgyzstan": "KGZ",
    "Laos": "LAO",
    "Macao": "MAC",
    "Macedonia": "MKD",
    "Micronesia (country)": "FSM",
    "North Korea": "PRK",
    "Palestine": "PSE",
    "Russia": "RUS",
    "Saint Kitts and Nevis": "KNA",
    "Saint Lucia": "LCA",
    "Saint Vincent and the Grenadines": "VCT",
    "Slovakia": "SVK",
    "South Korea": "KOR",
    "Swaziland": "SWZ",
    "Syria": "SYR",
    "Venezuela": "VEN",
    "Yemen": "YEM",
}
RATES = ["resident_rate", "nonresident_rate", "article_rate"]
RATES_15 = [f"{name}_15" for name in RATES]


def rates() -> pd.DataFrame:
    """The printed rates, beside the World Bank's counts and population."""
    table = read(OWID).set_axis(["entity", "year", *RATES, *RATES_15], axis=1)
    population = read("worldbank_ip/population").set_axis(["name", "code", "year", "population"], axis=1)
    listed = economies()
    codes = dict(zip(population["name"], population["code"], strict=True))
    codes |= dict(zip(listed["TableName"], listed["Country Code"], strict=True)) | OTHERWISE
    counted = side_by_side(read(WDI), ["country_code", "year"], "indicator", "value")
    names = {"country_code": "code", "IP.PAT.RESD": "residents", "IP.PAT.NRES": "nonresidents"}
    counted = counted.rename(columns=names)[["code", "year", "residents", "nonresidents"]]
    table = table.assign(code=table["entity"].map(codes)).merge(counted, on=["code", "year"], how="left")
    table = table.merge(population[["code", "year", "population"]], on=["code", "year"], how="left")
    groups = set(listed.loc[listed["Region"] == "", "Country Code"])
    return table.assign(kind=["group" if code in groups else "country" for code in table["code"]])


PER_MILLION = Column(decimals=3, multiplier=-6)


@published(f"{OWID} of a later population")
def rates_of_a_later_population() -> Published:
    return Published(
        rates(),
        {
            "resident_rate": rate("residents", per="population"),
            "nonresident_rate": rate("nonresidents", per="population"),
        },
        {
            **counts(["residents", "nonresidents", "population"]),
            **dict.fromkeys(RATES, PER_MILLION),
        },
    )


@published(f"{OWID} of one population")
def rates_of_one_population() -> Published:
    """Any number of people that both rates could be per, if there is one; the table does not print it."""
    table = rates().replace("", None).dropna(subset=["resident_rate", "nonresident_rate", "residents", "nonresidents"])
    numbers = table[["resident_rate", "nonresident_rate", "residents", "nonresidents"]].astype(float)
    above_zero = (numbers > 0).all(axis=1)
    table, numbers = table[above_zero], numbers[above_zero]
    lowest, highest = ends(numbers["residents"], numbers["resident_rate"], 1e6)
    lower, upper = ends(numbers["nonresidents"], numbers["nonresident_rate"], 1e6)
    low, high = np.maximum(lowest, lower), np.minimum(highest, upper)
    people = np.where(low < high, low + high, lowest + highest) / 2
    return Published(
        table.assign(people=people.round().astype("int64").astype(str)),
        {
            "resident_rate": rate("residents", per="people"),
            "nonresident_rate": rate("nonresidents", per="people"),
        },
        {
            **counts(["residents", "nonresidents"]),
            "people": Column(whole=True, rounding="exact"),
            **dict.fromkeys(RATES, PER_MILLION),
        },
    )


def ends(count: pd.Series[float], printed: pd.Series[float], per: float) -> tuple[pd.Series[float], pd.Series[float]]:
    """What a rate printed with three decimals is per, at least and at most."""
    return count / (printed + 0.0005) * per, count / (printed - 0.0005).clip(lower=1e-9) * per


def of_those_aged_15(multiplier: int) -> Published:
    """A rate of all people is at most the rate of those aged 15 and more."""
    scale = Column(decimals=3, multiplier=multiplier)
    return Published(
        rates(),
        {name: at_most(older) for name, older in zip(RATES, RATES_15, strict=True)},
        dict.fromkeys(RATES, PER_MILLION) | dict.fromkeys(RATES_15, scale),
    )


@published(f"{OWID} aged 15 per million")
def of_a_million_aged_15() -> Published:
    return of_those_aged_15(-6)


@published(f"{OWID} aged 15 per 10,000")
def of_ten_thousand_aged_15() -> Published:
    return of_those_aged_15(-4)


# ------------------------------------------------------------------------------ United Kingdom
UK = "uk_ipo_facts_and_figures/registered_rights_by_edition"
SERIES = ["right", "measure"]


@published(f"{UK} editions")
def editions() -> Published:
    return Published(read(UK), {"count": same_as(earlier("edition"), within=[*SERIES, "year"])}, counts(["count"]))


@published(f"{UK} growth")
def growth_in_editions() -> Published:
    """The growth that each edition's own text prints, beside its table."""
    told = read("published_claims/claims").query("relation == 'yoy'")
    about = told["claim_id"].str.extract(r"^uk(?P<edition>\d+)-(?P<right>.+)_(?P<measure>\w+)$")
    about = about.assign(
        right=about["right"].str.replace("_", " ").str.title(),
        measure=about["measure"].str.title(),
        year=about["edition"],
        growth=told["printed_result"],
    )
    return Published(
        read(UK).merge(about.dropna(), on=["edition", *SERIES, "year"], how="left"),
        {"growth": growth("count", since=earlier("year"), within=["edition", *SERIES])},
        counts(["count"]),
    )


@pytest.mark.parametrize("name", CASES)
def test_just_the_listed_rows_disagree(name: str) -> None:
    assert_just_the_listed_rows_disagree(name, CASES[name]())
