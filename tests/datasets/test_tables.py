"""The tables that come with the package: every cell as it was printed, with its source, ready to be checked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from ipmetrics import datasets
from ipmetrics.errors import CatalogueError
from ipmetrics.tables import Column, check_table, rate, share, total

if TYPE_CHECKING:
    from ipmetrics.tables import Formula

COLLECTED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ROWS = {
    "cnipa-applications-2012-10": 50,
    "cnipa-applications-2013-04": 51,
    "cnipa-applications-2014-01": 51,
    "cnipa-grants-2012-03": 51,
    "cnipa-grants-2014-01": 51,
    "cnipa-valid-2013-04": 49,
    "cnipa-valid-2014-01": 49,
    "owid-patent-rates": 1019,
    "worldbank-patent-applications": 974,
    "worldbank-population": 1024,
}
MONTHLY = "cnipa_inventions_by_region_monthly"
WHOLE_FILES = {
    "cnipa-applications-2012-10": f"{MONTHLY}/applications_2012-10",
    "cnipa-applications-2013-04": f"{MONTHLY}/applications_2013-04",
    "cnipa-applications-2014-01": f"{MONTHLY}/applications_2014-01",
    "cnipa-grants-2012-03": f"{MONTHLY}/grants_2012-03",
    "cnipa-grants-2014-01": f"{MONTHLY}/grants_2014-01",
    "cnipa-valid-2013-04": "cnipa_valid_inventions_by_region/valid_inventions_2013-04",
    "cnipa-valid-2014-01": "cnipa_valid_inventions_by_region/valid_inventions_2014-01",
}


def collected(path: str) -> pd.DataFrame:
    return pd.read_csv(COLLECTED / f"{path}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def of_rates() -> tuple[pd.DataFrame, dict[str, Column]]:
    """Printed rates beside counts and people, and how all of them were printed."""
    names = ("owid-patent-rates", "worldbank-patent-applications", "worldbank-population")
    rates, applications, population = map(datasets.load_table, names)
    people = population.frame[["code", "year", "population"]]
    table = rates.frame.merge(applications.frame, how="left").merge(people, how="left")
    return table, {**rates.columns, **applications.columns, **population.columns}


def counted(name: str, formulas: dict[str, Formula]) -> dict[str, dict[str, int]]:
    table = datasets.load_table(name)
    counts = check_table(table.frame, formulas, table.columns).counts()
    return {
        formula: {str(verdict): number for verdict, number in found.items() if verdict is not None}
        for formula, found in counts.items()
    }


def test_the_names_are_those_of_the_files() -> None:
    assert datasets.table_names() == tuple(ROWS)
    assert not {*datasets.table_names()} & {*datasets.names()}


def test_what_is_noted_is_noted_of_tables_that_are_there() -> None:
    folder = datasets.table_path("owid-patent-rates").parent
    assert sorted(tomllib.loads((folder / "tables.toml").read_text("utf-8"))) == list(ROWS)


def test_all_tables_together_are_small() -> None:
    assert sum(datasets.table_path(name).stat().st_size for name in ROWS) < 300_000


@pytest.mark.parametrize("name", ROWS)
def test_every_cell_is_text_and_the_key_tells_rows_apart(name: str) -> None:
    table = datasets.load_table(name)
    assert len(table.frame) == ROWS[name]
    assert all(type(cell) is str for column in table.frame for cell in table.frame[column])
    assert not table.frame.duplicated([*table.key]).any()
    assert table.columns.keys() <= {*table.frame.columns}


@pytest.mark.parametrize("name", ROWS)
def test_a_table_says_where_it_was_printed_and_who_may_use_it(name: str) -> None:
    source, licence, *done = datasets.load_table(name).notes
    assert " (english." in source or " (github.com/" in source
    assert licence.startswith("licence: ")
    assert done


@pytest.mark.skipif(not COLLECTED.is_dir(), reason="the collected tables are not at hand")
@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_bulletin_is_whole(name: str) -> None:
    pd.testing.assert_frame_equal(datasets.load_table(name).frame, collected(WHOLE_FILES[name]))


@pytest.mark.skipif(not COLLECTED.is_dir(), reason="the collected tables are not at hand")
def test_an_extract_holds_what_was_printed() -> None:
    printed = collected("owid_patent_rates/patent_and_publication_rates")
    printed = printed.set_axis(
        ["entity", "year", "all", "others", "articles", "all_15", "others_15", "articles_15"], axis=1
    )
    mine = datasets.load_table("owid-patent-rates").frame
    both = mine.merge(printed, on=["entity", "year"], validate="one_to_one")
    assert len(both) == len(mine)
    for ours, theirs in {
        "resident_rate": "all",
        "nonresident_rate": "others",
        "resident_rate_15": "all_15",
        "nonresident_rate_15": "others_15",
    }.items():
        assert (both[ours] == both[theirs]).all()

    people = collected("worldbank_ip/population").set_axis(["name", "code", "year", "population"], axis=1)
    mine = datasets.load_table("worldbank-population").frame
    assert len(mine.merge(people)) == len(mine)

    counts = collected("worldbank_ip/wdi_ip_indicators_2021")
    mine = datasets.load_table("worldbank-patent-applications").frame
    for ours, theirs in {"residents": "IP.PAT.RESD", "nonresidents": "IP.PAT.NRES"}.items():
        there = counts.loc[counts["indicator"] == theirs, ["country_code", "year", "value"]]
        both = mine.merge(there.set_axis(["code", "year", "value"], axis=1), how="left").fillna("")
        assert (both[ours] == both["value"]).all()


def test_a_row_of_rates_is_that_of_one_economy_throughout() -> None:
    frame = datasets.load_table("owid-patent-rates").frame
    assert frame["code"].nunique() == frame["entity"].nunique() == 64
    assert len(frame[["code", "entity"]].drop_duplicates()) == 64


@pytest.mark.parametrize("month", ["2013-04", "2014-01"])
def test_the_rates_of_the_office_follow_from_its_counts_and_people(month: str) -> None:
    found = counted(f"cnipa-valid-{month}", {"density_per_million": rate("valid_number", per="population_million")})
    assert found == {"density_per_million": {"consistent": 31, "undetermined": 18}}


def test_the_rates_remember_an_earlier_population() -> None:
    table, columns = of_rates()
    formulas = {
        "resident_rate": rate("residents", per="population"),
        "nonresident_rate": rate("nonresidents", per="population"),
    }
    frame = check_table(table, formulas, columns).frame
    assert (frame["resident_rate_verdict"] == "consistent").sum() == 396
    assert (frame["nonresident_rate_verdict"] == "consistent").sum() == 399
    japan = frame[frame["entity"] == "Japan"]
    assert (japan["resident_rate_verdict"] == "consistent").all()


def test_only_per_ten_thousand_are_the_rates_of_those_aged_15_no_lower_than_those_of_all() -> None:
    table, columns = of_rates()
    formulas = {"part": share("resident_rate", of="resident_rate_15")}
    for power in range(2, 8):
        scaled = {
            **columns,
            "resident_rate_15": Column(decimals=3, multiplier=-power),
            "part": Column(multiplier=-2, step=60),  # 60 to the nearest 60: from 30 to 90 percent
        }
        verdicts = {*check_table(table.assign(part="60"), formulas, scaled)["part_verdict"]}
        assert verdicts == {"consistent" if power == 4 else "inconsistent", "undetermined"}


def test_labels_moved_in_one_bulletin_and_only_there() -> None:
    """What was applied for before, and what this year added, is at most all that is counted now."""
    months = [datasets.load_table(f"cnipa-applications-{month}").frame for month in ("2012-10", "2013-04", "2014-01")]
    months = [month.assign(region=month["region"].str.replace("’", "'")) for month in months]
    formula = {"cumulative_total": total("before", "yearly_total", complete=False)}
    columns = dict.fromkeys(["cumulative_total", "before", "yearly_total"], Column(whole=True))
    for (before, after), impossible in {(0, 1): 17, (0, 2): 5, (1, 2): 0}.items():
        then = months[before][["region", "cumulative_total"]].set_axis(["region", "before"], axis=1)
        checked = check_table(months[after].merge(then, how="left"), formula, columns)
        assert (checked["cumulative_total_verdict"] == "inconsistent").sum() == impossible


@pytest.mark.parametrize(
    ("given", "nearest"), [("cnipa-2014-01", "cnipa-valid-2014-01"), ("owid-rates", "owid-patent-rates")]
)
def test_an_unknown_name_is_refused_with_the_nearest(given: str, nearest: str) -> None:
    for question in (datasets.load_table, datasets.table_path):
        with pytest.raises(CatalogueError, match=f"a table is one of those .* did you mean '{nearest}'"):
            question(given)


@pytest.mark.parametrize("given", ["", "zzz", "../tables/tables", "owid-patent-rates.csv/..", None, 7])
def test_what_is_no_name_at_all_is_refused(given: str) -> None:
    with pytest.raises(CatalogueError, match="a table is one of those that come with ipmetrics"):
        datasets.load_table(given)


def test_a_table_is_no_claim_file_and_the_other_way_round() -> None:
    with pytest.raises(CatalogueError, match=r"load_table\('owid-patent-rates'\) reads it"):
        datasets.load("owid-patent-rates")
    with pytest.raises(CatalogueError, match=r"load\('haidian-2021'\) reads it"):
        datasets.load_table("haidian-2021")
