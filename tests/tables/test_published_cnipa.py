"""China's published tables: every figure that follows from others is checked, and just the listed ones disagree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from ipmetrics.tables import Column, adds_to, at_most, growth, rate, row, running_total, same_as, share, total
from tests.tables.published import (
    AT_HAND,
    COUNT,
    PERCENT,
    Cases,
    Published,
    assert_just_the_listed_rows_disagree,
    counts,
    declaring,
    families,
    read,
    side_by_side,
    summed,
)

if TYPE_CHECKING:
    import pandas as pd

    from ipmetrics.tables import Formula

pytestmark = pytest.mark.skipif(not AT_HAND, reason="the published tables are not at hand")

CASES: Cases = {}

KINDS = ("invention", "utility_model", "design")
APPLICANTS = ["colleges_universities", "research_institutions", "enterprises", "institutions", "individuals"]
CITIES_OF = {
    "Fujian": ["Xiamen"],
    "Guangdong": ["Guangzhou", "Shenzhen"],
    "Heilongjiang": ["Harbin"],
    "Hubei": ["Wuhan"],
    "Jiangsu": ["Nanjing"],
    "Jilin": ["Changchun"],
    "Liaoning": ["Dalian", "Shenyang"],
    "Shaanxi": ["Xi'an"],
    "Shandong": ["Jinan", "Qingdao"],
    "Sichuan": ["Chengdu"],
    "Xinjiang": ["XPCC", "Xinjiang bingtua"],
    "Zhejiang": ["Hangzhou", "Ningbo"],
}
EVERYWHERE = {"row_kind": ["province", "sar_taiwan"]}


published = declaring(CASES)


# ------------------------------------------------------------------------------ population and value added
@published("beijing_population/population_by_district_2010")
def beijing() -> Published:
    districts = total(over="district", of=row(district="全市"))
    return Published(
        read("beijing_population/population_by_district_2010"),
        {"resident_population_10000": districts, "registered_population_10000": districts},
        {"resident_population_10000": Column(multiplier=4), "registered_population_10000": Column(multiplier=4)},
    )


@published("cn_patent_intensive_industry/value_added_2023")
def patent_intensive_industry() -> Published:
    everything = row(class_zh="专利密集型产业")
    value = "value_added_100_million_yuan"
    return Published(
        read("cn_patent_intensive_industry/value_added_2023"),
        {
            value: total(over="class_zh", of=everything),
            "share_percent": share(value, of=everything),
            "shares": adds_to("100%", over="class_zh", parts=CLASSES, about="share_percent"),
        },
        {value: Column(multiplier=8), "share_percent": PERCENT},
    )


CLASSES = [
    "信息通信技术制造业",
    "新装备制造业",
    "新材料制造业",
    "医药医疗产业",
    "环保产业",
    "信息通信技术服务业",
    "研发、设计和技术服务业",
]


# ------------------------------------------------------------------------------ yearbooks
@published("cn_ip_yearbook/applications_by_origin_2022_a2")
def applications_by_origin() -> Published:
    return Published(
        read("cn_ip_yearbook/applications_by_origin_2022_a2"),
        {kind: total(over="origin", of=row(origin="Total"), within="period") for kind in KINDS},
        counts(KINDS),
    )


@published("cn_ip_yearbook/three_kinds_shares_2022_a1")
def three_kinds() -> Published:
    table = read("cn_ip_yearbook/three_kinds_shares_2022_a1")
    applied = read("cn_ip_yearbook/applications_by_origin_2022_a2").query("period == '2022'")
    applied = applied.rename(columns={kind: f"{kind}_number" for kind in KINDS})
    numbers = [f"{kind}_number" for kind in KINDS]
    in_force = read("cn_ip_yearbook/utility_models_in_force_by_region_2022_c3").query("region == 'Total'")
    in_force = in_force.assign(origin="Domestic").rename(columns={"2022": "utility_model_number"})
    formulas: dict[str, Formula] = {
        "shares": adds_to("100%", "utility_model_share", "design_share", about="invention_share"),
        "in_force": same_as(in_force, match="origin", about="utility_model_number", where={"measure": "In Force"}),
    }
    for kind in KINDS:
        formulas |= {
            f"{kind}_share": share(f"{kind}_number", of="total_number"),
            f"{kind}_number": total(over="origin", of=row(origin="Total"), within="measure"),
            f"{kind}_in_2022": same_as(
                applied, match="origin", about=f"{kind}_number", where={"measure": "Application"}
            ),
        }
    return Published(table.assign(total_number=summed(table, numbers)), formulas, counts([*numbers, "total_number"]))


@published("cn_ip_yearbook/utility_models_in_force_by_region_2022_c3")
def utility_models_in_force() -> Published:
    years = ("2017", "2021", "2022")
    regions = total(over="region", of=row(region="Total"), parts=EVERYWHERE)
    return Published(
        read("cn_ip_yearbook/utility_models_in_force_by_region_2022_c3"),
        dict.fromkeys(years, regions),
        counts(years),
    )


@published("cn_ip_yearbook/utility_models_in_force_by_region_2022_c3 cities")
def utility_models_in_force_in_cities() -> Published:
    return in_cities(read("cn_ip_yearbook/utility_models_in_force_by_region_2022_c3"), ["2017", "2021", "2022"])


@published("cn_yearbook_patents/three_kinds_applications_2011_20-57")
def kinds_within_each_other() -> Published:
    table = read("cn_yearbook_patents/three_kinds_applications_2011_20-57")
    table = table.melt("item", var_name="year", value_name="applications")
    whole_of = {
        "Inventions": "Total",
        "Inventions: Domestic": "Inventions",
        "Inventions: Domestic: Official": "Inventions: Domestic",
    }
    return Published(
        table,
        {
            part: at_most(row(item=whole), within="year", about="applications", where={"item": part})
            for part, whole in whole_of.items()
        },
        counts(["applications"]),
    )


# ------------------------------------------------------------------------------ annual reports
@published("cnipa_annual_report/agency_applications_2007_d1")
def agency_applications() -> Published:
    return by_service(read("cnipa_annual_report/agency_applications_2007_d1"), ["service", "non_service"])


@published("cnipa_annual_report/grants_service_2015_b4")
def service_grants_of_2015() -> Published:
    return by_service(read("cnipa_annual_report/grants_service_2015_b4"), ["service", "non_service"], shares=True)


@published("cnipa_annual_report/service_grants_2010_b5")
def service_grants_of_2010() -> Published:
    kinds = ["universities", "institutes", "enterprises", "government_bodies"]
    return by_service(read("cnipa_annual_report/service_grants_2010_b5"), kinds, shares=True)


def by_service(table: pd.DataFrame, kinds: list[str], *, shares: bool = False) -> Published:
    """Kinds of holders that make up a total, all years and this year; the page has only the first regions."""
    formulas: dict[str, Formula] = {}
    for since in ("cum", "year"):
        parts = [f"{since}_{kind}" for kind in kinds]
        formulas[f"{since}_total"] = total(*parts)
        if shares:
            first, *others = [f"{part}_share" for part in parts]
            formulas[f"{since}_shares"] = adds_to("100%", *others, about=first)
            formulas |= {f"{part}_share": share(part, of=f"{since}_total") for part in [f"{since}_total", *parts]}
    for kind in ["total", *kinds]:
        formulas[f"{kind}_so_far"] = at_most(f"cum_{kind}", about=f"year_{kind}")
        for since in ("cum", "year"):
            formulas[f"{since}_{kind}_of_regions"] = total(
                over="region_zh", of=row(region_zh="全国总计"), complete=False, about=f"{since}_{kind}"
            )
    numbers = [f"{since}_{kind}" for since in ("cum", "year") for kind in ["total", *kinds]]
    return Published(table, formulas, counts(numbers))


@published("cnipa_annual_report/grants_service_2015_b4 since service_grants_2010_b5")
def service_grants_since_2010() -> Published:
    now = read("cnipa_annual_report/grants_service_2015_b4")
    before = read("cnipa_annual_report/service_grants_2010_b5")[["region_zh", "cum_total"]]
    return Published(
        now.merge(before.rename(columns={"cum_total": "cum_service_2010"}), on="region_zh"),
        {"cum_service": total("cum_service_2010", "year_service", complete=False)},
        counts(["cum_service", "cum_service_2010", "year_service"]),
    )


@published("cnipa_annual_report/cumulative_three_kinds_2013_a1")
def cumulative_three_kinds() -> Published:
    numbers = [f"{kind}_number" for kind in KINDS]
    of_all = row("total_number", origin="Total")
    formulas: dict[str, Formula] = {
        "total_number": total(*numbers),
        "total_share_of_all_origins": share("total_number", of=of_all, within="measure"),
        "shares": adds_to("100%", "utility_model_row_share", "design_row_share", about="invention_row_share"),
        "shares_of_origins": adds_to(
            "100%",
            over="origin",
            parts=["Domestic", "Foreign"],
            within="measure",
            about="total_share_of_all_origins",
        ),
    }
    for kind in KINDS:
        formulas[f"{kind}_row_share"] = share(f"{kind}_number", of="total_number")
    for number in [*numbers, "total_number"]:
        formulas |= {
            f"{number}_of_origins": total(over="origin", of=row(origin="Total"), within="measure", about=number),
            f"{number}_granted": at_most(
                row(measure="Application"), within="origin", about=number, where={"measure": "Grant"}
            ),
            f"{number}_in_force": at_most(
                row(measure="Grant"), within="origin", about=number, where={"measure": "In Force"}
            ),
        }
    return Published(
        read("cnipa_annual_report/cumulative_three_kinds_2013_a1"), formulas, counts([*numbers, "total_number"])
    )


# ------------------------------------------------------------------------------ by type of applicant
def by_applicant(path: str, rounding: str | None = None) -> Published:
    """Rows of counts and rows of percentages, brought side by side."""
    printed = read(path).melt(["kind_of_patent", "row"], APPLICANTS, var_name="applicant")
    table = side_by_side(printed, ["kind_of_patent", "applicant"], "row", "value")
    table = table.rename(columns={"Yearly Total": "number", "Percentage %": "percentage"})
    sums = table.assign(number=table["number"].astype(int)).groupby("kind_of_patent")["number"].sum().astype(str)
    return Published(
        table.assign(all_applicants=table["kind_of_patent"].map(sums)),
        {
            "percentage": share("number", of="all_applicants"),
            "percentages": adds_to("100%", over="applicant", within="kind_of_patent", about="percentage"),
            "number": total(over="kind_of_patent", of=row(kind_of_patent="Total"), within="applicant"),
        },
        {**counts(["number", "all_applicants"]), "percentage": Column(rounding=rounding)},
    )


for _path in ("cnipa_by_applicant_type/applications_2018-07", "cnipa_by_applicant_type/valid_2019-04"):
    CASES[_path] = partial(by_applicant, _path)
CASES["cnipa_by_applicant_type/applications_2018-07 balanced"] = partial(
    by_applicant, "cnipa_by_applicant_type/applications_2018-07", rounding="balanced"
)


@published("cnipa_by_applicant_type/valid_inventions_2015-07")
def valid_inventions_by_applicant() -> Published:
    origins = partial(total, over="origin", of=row(origin="Total"))
    return Published(
        read("cnipa_by_applicant_type/valid_inventions_2015-07"),
        {
            "valid_number": total(*APPLICANTS),
            "share_of_all": share("valid_number", of=row(origin="Total"), where={"origin": ["Domestic", "Foreign"]}),
            **{f"{name}_of_origins": origins(about=name) for name in ["valid_number", *APPLICANTS]},
        },
        {
            **counts(["valid_number", *APPLICANTS]),
            "share_of_all": Column(read_from="percentage", number=2, multiplier=-2),
        },
    )


# ------------------------------------------------------------------------------ home and abroad
@published("cnipa_home_abroad/applications_inventions_2017-04")
def inventions_of_april_2017() -> Published:
    return by_origin("cnipa_home_abroad/applications_inventions_2017-04", ["month", "year"])


@published("cnipa_home_abroad/applications_inventions_2017-07")
def inventions_of_july_2017() -> Published:
    return by_origin("cnipa_home_abroad/applications_inventions_2017-07", ["month", "year"])


@published("cnipa_home_abroad/applications_ytd_2019-08")
def applications_of_2019() -> Published:
    return by_origin("cnipa_home_abroad/applications_ytd_2019-08", list(KINDS))


def by_origin(path: str, blocks: list[str]) -> Published:
    """Sub-totals of origins, each split into service and non-service: shares of its own and of the grand total."""
    formulas: dict[str, Formula] = {}
    columns = counts(f"{block}_number" for block in blocks)
    split = ["Service", "Non-service"]
    for block in blocks:
        number, percent = f"{block}_number", f"{block}_percent"
        columns[f"{block}_share_of_all"] = Column(read_from=percent, number=2, multiplier=-2)
        formulas |= {
            f"{number}_by_service": total(over="row", of=row(row="Sub-total"), within="origin", about=number),
            f"{number}_by_origin": total(over="origin", of=row(origin="Total"), within="row", about=number),
            percent: share(number, of=row(row="Sub-total"), within="origin", where={"row": split}),
            f"{percent}_sum": adds_to("100%", over="row", parts=split, within="origin", about=percent),
            f"{block}_share_of_all": share(
                number,
                of=row(origin="Total", row="Sub-total"),
                where={"origin": ["Domestic", "Foreign"], "row": "Sub-total"},
            ),
        }
    if "month" in blocks:
        formulas["month_in_year"] = at_most("year_number", about="month_number")
    return Published(read(path), formulas, columns)


@published("cnipa_home_abroad/applications_inventions_2017-07 since 2017-04")
def inventions_from_april_to_july() -> Published:
    april = read("cnipa_home_abroad/applications_inventions_2017-04")[["origin", "row", "year_number"]]
    july = read("cnipa_home_abroad/applications_inventions_2017-07")
    return Published(
        july.merge(april.rename(columns={"year_number": "year_number_in_april"}), on=["origin", "row"]),
        {"year_number": total("year_number_in_april", "month_number", complete=False)},
        counts(["year_number", "year_number_in_april", "month_number"]),
    )


@published("cnipa_home_abroad/applications_utility_design_2014-01")
def utility_models_and_designs() -> Published:
    formulas: dict[str, Formula] = {
        "year_on_year_growth": growth("year_number", since=None),
        "january": same_as("month_number", about="year_number"),
    }
    columns: dict[str, Column] = {}
    for block in ("month", "year", "cumulative"):
        number, percent = f"{block}_number", f"{block}_percent"
        columns |= {number: COUNT, f"{block}_share_of_all": Column(read_from=percent, number=2, multiplier=-2)}
        whole = row(row="Sub-total")
        for parts in (["Service", "Non-service"], ["Domestic", "Foreign"]):
            formulas[f"{number}_{parts[0]}"] = total(
                over="row", of=whole, parts=parts, within="kind_of_patent", about=number
            )
        formulas[percent] = share(number, of=whole, within="kind_of_patent", where={"row": ["Service", "Non-service"]})
        formulas[f"{block}_share_of_all"] = share(
            number, of=whole, within="kind_of_patent", where={"row": ["Domestic", "Foreign"]}
        )
    before = read("cnipa_annual_report/cumulative_three_kinds_2013_a1").query("measure == 'Application'")
    before = before.assign(row=before["origin"].replace({"Total": "Sub-total"}))
    for kind, number in {"Utility Model": "utility_model_number", "Design": "design_number"}.items():
        formulas[f"{number}_since_2013"] = running_total(
            "year_number",
            since=before.rename(columns={number: "cumulative_number"}),
            match="row",
            about="cumulative_number",
            where={"kind_of_patent": kind, "row": ["Sub-total", "Domestic", "Foreign"]},
        )
    return Published(read("cnipa_home_abroad/applications_utility_design_2014-01"), formulas, columns)


# ------------------------------------------------------------------------------ inventions by region, monthly
MONTHLY = ["monthly_total", "yearly_total", "cumulative_total"]


def monthly(name: str) -> pd.DataFrame:
    table = read(f"cnipa_inventions_by_region_monthly/{name}")
    return table.assign(region=table["region"].str.replace("’", "'"))


def by_region(name: str, *, cut: bool = False) -> Published:
    regions = total(over="region", of=row(region="Total"), parts=EVERYWHERE, complete=not cut)
    formulas = dict.fromkeys(MONTHLY, regions)
    formulas |= {
        "month_in_year": at_most("yearly_total", about="monthly_total"),
        "year_so_far": at_most("cumulative_total", about="yearly_total"),
        "year_on_year_growth": growth("yearly_total", since=None),
    }
    if name.endswith("-01"):
        formulas["january"] = same_as("monthly_total", about="yearly_total")
    return Published(monthly(name), formulas, counts(MONTHLY))


def in_cities(table: pd.DataFrame, numbers: list[str]) -> Published:
    """The cities of a province together are at most the province."""
    cities = total(over="role", of=row(role="whole"), parts=["part"], within="family", complete=False)
    return Published(families(table, "region", CITIES_OF), dict.fromkeys(numbers, cities), counts(numbers))


def in_cities_of_month(name: str) -> Published:
    return in_cities(monthly(name), MONTHLY)


def since_earlier(later: str, earlier: str) -> Published:
    """All that was counted before, and what this year added, is at most all that is counted now."""
    before = monthly(earlier)[["region", "cumulative_total"]].rename(columns={"cumulative_total": "before"})
    return Published(
        monthly(later).merge(before, on="region", how="left"),
        {"cumulative_total": total("before", "yearly_total", complete=False)},
        counts(["cumulative_total", "before", "yearly_total"]),
    )


_MONTHS = ["applications_2012-10", "applications_2013-04", "applications_2014-01", "grants_2012-03", "grants_2014-01"]
_PAIRS = [
    ("applications_2013-04", "applications_2012-10"),
    ("applications_2014-01", "applications_2012-10"),
    ("applications_2014-01", "applications_2013-04"),
    ("grants_2014-01", "grants_2012-03"),
]
for _name in _MONTHS:
    _path = f"cnipa_inventions_by_region_monthly/{_name}"
    CASES[_path] = partial(by_region, _name, cut=_name == "applications_2012-10")
    CASES[f"{_path} cities"] = partial(in_cities_of_month, _name)
for _later, _earlier in _PAIRS:
    CASES[f"cnipa_inventions_by_region_monthly/{_later} since {_earlier}"] = partial(since_earlier, _later, _earlier)


@published("cnipa_inventions_by_region_monthly/applications_2014-01 since cumulative_three_kinds_2013_a1")
def applications_since_2013() -> Published:
    return since_the_annual_report("applications_2014-01", "Application")


@published("cnipa_inventions_by_region_monthly/grants_2014-01 since cumulative_three_kinds_2013_a1")
def grants_since_2013() -> Published:
    return since_the_annual_report("grants_2014-01", "Grant")


def since_the_annual_report(name: str, measure: str) -> Published:
    """The end of 2013 and January are January's cumulative figure, for the whole country."""
    before = read("cnipa_annual_report/cumulative_three_kinds_2013_a1")
    before = before[(before["origin"] == "Domestic") & (before["measure"] == measure)].assign(region="Total")
    return Published(
        monthly(name),
        {
            "cumulative_total": running_total(
                "yearly_total",
                since=before.rename(columns={"invention_number": "cumulative_total"}),
                match="region",
                where={"region": "Total"},
            )
        },
        counts(["cumulative_total", "yearly_total"]),
    )


@published("cnipa_inventions_by_region_monthly/grants_2014-01 of applications_2014-01")
def granted_of_applied() -> Published:
    return Published(
        monthly("grants_2014-01"),
        {"cumulative_total": at_most(monthly("applications_2014-01"), match="region")},
        counts(["cumulative_total"]),
    )


# ------------------------------------------------------------------------------ valid inventions by region
@published("cnipa_valid_inventions_by_region/valid_inventions_2013-04")
def valid_inventions_of_2013() -> Published:
    return valid_inventions("2013-04")


@published("cnipa_valid_inventions_by_region/valid_inventions_2014-01")
def valid_inventions_of_2014() -> Published:
    return valid_inventions("2014-01")


def valid_inventions(month: str) -> Published:
    provinces = total(over="region", of=row(region="Total"), parts={"row_kind": ["province"]}, complete=False)
    return Published(
        read(f"cnipa_valid_inventions_by_region/valid_inventions_{month}"),
        {
            "density_per_million": rate("valid_number", per="population_million"),
            "growth_rate": growth("valid_number", since=None),
            "valid_number": provinces,
            "population_million": provinces,
        },
        {
            "valid_number": COUNT,
            "population_million": Column(multiplier=6),
            "density_per_million": Column(multiplier=-6),
        },
    )


def valid_in_cities(path: str) -> Published:
    return in_cities(read(path), ["valid_number"])


for _month in ("2013-04", "2014-01"):
    _path = f"cnipa_valid_inventions_by_region/valid_inventions_{_month}"
    CASES[f"{_path} cities"] = partial(valid_in_cities, _path)


@published("cnipa_valid_inventions_by_region/valid_inventions_2014-01 of grants_2014-01")
def valid_of_granted() -> Published:
    granted = monthly("grants_2014-01").rename(columns={"cumulative_total": "valid_number"})
    return Published(
        read("cnipa_valid_inventions_by_region/valid_inventions_2014-01"),
        {"valid_number": at_most(granted, match="region")},
        counts(["valid_number"]),
    )


@pytest.mark.parametrize("name", CASES)
def test_just_the_listed_rows_disagree(name: str) -> None:
    assert_just_the_listed_rows_disagree(name, CASES[name]())
