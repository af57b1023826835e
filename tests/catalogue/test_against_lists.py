"""The shipped codes against the published lists they were taken from, where those lists are at hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from ipmetrics import catalogue
from ipmetrics.catalogue import IndicatorEntry, RegionEntry

LISTS = Path(__file__).resolve().parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.skipif(not LISTS.is_dir(), reason="the published lists are not at hand")


def rows(path: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (LISTS / path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_iso_3166_1() -> None:
    for row in rows("regions_world/country-codes.csv"):
        codes = (row["ISO3166-1-Alpha-2"], row["ISO3166-1-Alpha-3"], row["ISO3166-1-numeric"].zfill(3))
        assert {catalogue.region(code).code for code in codes} == {row["ISO3166-1-Alpha-2"]}
        found = catalogue.find(row["official_name_en"])
        entries = [entry for entry in found if isinstance(entry, RegionEntry)]
        assert row["ISO3166-1-Alpha-2"] in {entry.id for entry in entries}


def test_iso_3166_2_and_gb_2260() -> None:
    for row in rows("regions_cn/iso3166_2_gb2260_crosswalk.csv"):
        found = {catalogue.region(row[name]) for name in ("iso3166_2", "gb2260", "name_zh", "name_en_cnipa")}
        assert len(found) == 1


@pytest.mark.parametrize("edition", ["198012", "200912", "201012", "201112", "201512", "201904"])
def test_beijing_in_the_editions_of_gb_2260(edition: str) -> None:
    year = int(edition[:4])
    listed = {
        row["Code"]: row["Name"]
        for row in rows(f"regions_cn/gb2260_mca_{edition}.tsv", "\t")
        if row["Code"].startswith("11") and not row["Code"].endswith("00")
    }
    day = date(year, 12, 31) if edition.endswith("12") else date(year, 4, 30)
    ours = [
        region
        for kind in ("district of Beijing", "county of Beijing")
        for region in catalogue.regions(kind=kind, on=day)
    ]
    assert {str(region.code).removeprefix("CN-") for region in ours} == set(listed)
    for region in ours:
        assert listed[str(region.code).removeprefix("CN-")] in region.names


def test_cities_in_gb_2260() -> None:
    listed = {row["Code"]: row["Name"] for row in rows("regions_cn/gb2260_stats_201810.tsv", "\t")}
    for city in catalogue.regions(kind="city"):
        assert listed[str(city.code).removeprefix("CN-")] in city.names


def test_world_bank_countries_and_groups() -> None:
    for row in rows("worldbank_ip/Metadata_Country_API_14_DS2_en_csv_v2_3054360.csv"):
        if len(row["Country Code"]) == 3:
            assert catalogue.region(row["Country Code"]).code
    for code in {row["country_code"] for row in rows("worldbank_ip/wdi_ip_indicators_2021.csv")}:
        assert catalogue.region(code).code


def test_world_bank_indicators() -> None:
    listed = {row["INDICATOR_CODE"] for row in rows("worldbank_ip/Metadata_Indicator_API_14_DS2_en_csv_v2_3054360.csv")}
    ours = set()
    for indicator in catalogue.indicators(scheme="World Bank"):
        entry = catalogue.entry(str(indicator.code))
        assert isinstance(entry, IndicatorEntry)
        if "edition" not in entry.sources["codes"] and "15 September 2021" in entry.sources["codes"]:
            ours.add(entry.codes["World Bank"])
    assert ours <= listed
    assert {code for code in listed if code.startswith("IP.")} <= ours


def test_eurostat_codes() -> None:
    table = rows("eurostat_epo_patents/sdg_09_40_2004_2016.csv")
    series = {f"sdg_09_40/{row['freq']}.{row['coop_ptn']}.{row['unit']}" for row in table}
    entries = [catalogue.entry(str(indicator.code)) for indicator in catalogue.indicators(scheme="Eurostat")]
    assert {entry.codes["Eurostat"] for entry in entries} == series
    for code in {row["geo"] for row in table}:
        assert catalogue.entry(code).codes["Eurostat"] == code


def test_the_union_is_the_sum_of_its_members() -> None:
    table = rows("eurostat_epo_patents/sdg_09_40_2004_2016.csv")
    members = {
        catalogue.entry(str(region.code)).codes["Eurostat"]
        for region in catalogue.regions(part_of="EU27_2020", kind="country or area")
    }
    values = {
        row["geo"]: int(row["OBS_VALUE"] or 0)
        for row in table
        if (row["TIME_PERIOD"], row["coop_ptn"], row["unit"]) == ("2016", "APPL", "NR")
    }
    assert sum(values[member] for member in members) == values["EU27_2020"]


@pytest.mark.parametrize(
    "table",
    [
        "cnipa_inventions_by_region_monthly/applications_2014-01.csv",
        "cnipa_valid_inventions_by_region/valid_inventions_2013-04.csv",
        "cn_ip_yearbook/utility_models_in_force_by_region_2022_c3.csv",
    ],
)
def test_regions_as_cnipa_prints_them(table: str) -> None:
    for row in rows(table):
        if row["region"] not in {"Total", "Xinjiang bingtua"}:  # the second is as printed
            assert catalogue.region(row["region"]).code


def test_districts_as_beijing_prints_them() -> None:
    for row in rows("beijing_population/population_by_district_2010.csv"):
        if row["district"] != "全市":
            assert catalogue.region(row["district"], on=date(2010, 11, 1)).is_part_of(catalogue.region("Beijing"))
