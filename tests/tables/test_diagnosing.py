"""`diagnose_table`: a planted cause comes first, a right table has none, and what is promised comes true."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipmetrics.tables
from ipmetrics.errors import TableError
from ipmetrics.tables import Column, at_most, check_table, growth, rate, row, total
from ipmetrics.tables.diagnosis.diagnosing import diagnose_table
from ipmetrics.tables.diagnosis.results import CauseKind, Standing, TableDiagnosis
from tests.tables import engines
from tests.tables.planted import COUNT, OF_RATES, PLANTS, RATE, RIGHT, Planted, rates
from tests.tables.published import AT_HAND, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.tables import CheckedTable, Formula
    from ipmetrics.tables.diagnosis.results import Cause

seeds = st.integers(0, 2**32)
few = settings(max_examples=3, deadline=None)


def drawn(seed: int | str) -> Random:
    """A source of made-up figures."""
    return Random(seed)  # noqa: S311 - figures, not secrets


def diagnosed(planted: Planted) -> TableDiagnosis:
    return diagnose_table(pd.DataFrame(planted.table), planted.formulas, planted.columns, **planted.options)


def failing_rows(checked: CheckedTable, formulas: Iterable[str]) -> int:
    """How many rows fail under any of some formulas."""
    frame = nw.from_native(checked.frame, eager_only=True)
    fails = [frame.get_column(f"{name}_verdict").cast(nw.String) == "inconsistent" for name in formulas]
    return sum(map(any, zip(*(column.fill_null(value=False).to_list() for column in fails), strict=True)))


# ------------------------------------------------------------------------------ what is planted is found
@pytest.mark.parametrize("name", PLANTS)
def test_the_planted_cause_comes_first(name: str) -> None:
    planted = PLANTS[name](drawn(name))
    first = diagnosed(planted).findings[0]
    assert first.kind is planted.kind
    assert planted.column in {"", first.column}
    if first.kind is not CauseKind.DROPPED_ZEROS:
        assert first.rows_failing_after < first.rows_failing_before
        assert len(first.rows) > 0


@few
@given(seeds, st.sampled_from(sorted(PLANTS)))
def test_whatever_the_figures(seed: int, name: str) -> None:
    planted = PLANTS[name](drawn(seed))
    assert diagnosed(planted).findings[0].kind is planted.kind


@few
@given(seeds, st.sampled_from(sorted(RIGHT)))
def test_a_right_table_has_no_cause(seed: int, name: str) -> None:
    found = diagnosed(RIGHT[name](drawn(seed)))
    assert found.findings == ()
    assert found.failing == found.left == {}


# ------------------------------------------------------------------------------ what is promised
@pytest.mark.parametrize("name", PLANTS)
def test_the_change_can_be_pasted_and_comes_true(name: str) -> None:
    planted = PLANTS[name](drawn(name))
    frame = pd.DataFrame(planted.table)
    for cause in diagnosed(planted).findings[:2]:
        if cause.given:
            continue
        formulas, columns = dict(planted.formulas), dict(planted.columns)
        assert failing_rows(check_table(frame, formulas, columns), cause.formulas) == cause.rows_failing_before
        if cause.change:
            exec(cause.change, {**vars_of_tables(), "formulas": formulas, "columns": columns, "frame": frame})  # noqa: S102 - that it can be run is what is tested
            touched = [one for one in formulas if one in cause.formulas or one not in planted.formulas]
            assert failing_rows(check_table(frame, formulas, columns), touched) == cause.rows_failing_after
        elif cause.kind in {CauseKind.DIGITS, CauseKind.EXCHANGED}:
            mended = frame.copy()
            for change in cause.changes:
                mended.loc[change.row, cause.column] = change.instead.partition(" or ")[0]
            assert failing_rows(check_table(mended, formulas, columns), cause.formulas) == cause.rows_failing_after


def vars_of_tables() -> dict[str, Any]:
    return {name: getattr(ipmetrics.tables, name) for name in ipmetrics.tables.__all__}


def test_the_order_of_the_rows_changes_no_cause() -> None:
    def told(planted: Planted, order: list[int]) -> list[tuple[Any, ...]]:
        table = {name: [values[at] for at in order] for name, values in planted.table.items()}
        found = diagnose_table(pd.DataFrame(table), planted.formulas, planted.columns)
        return [(cause.words, cause.rows_failing_after, {order[at] for at in cause.rows}) for cause in found.findings]

    for name in ("rates_cut_off", "two_exchanged", "balanced_shares", "a_wrong_digit", "sums_without_the_territories"):
        planted = PLANTS[name](drawn(name))
        rows = list(range(len(planted.table["region" if "region" in planted.table else "kind"])))
        assert told(planted, drawn(name).sample(rows, len(rows))) == told(planted, rows)


def test_the_same_question_has_the_same_answer() -> None:
    planted = PLANTS["people_in_thousands"](drawn(3))
    assert diagnosed(planted).findings == diagnosed(planted).findings


# ------------------------------------------------------------------------------ one row, and many
def test_a_single_failing_row_is_not_blamed_on_a_column() -> None:
    table = rates(drawn(1), decimals=3)
    table["rate"][4] = str(float(table["rate"][4]) * 1000)
    found = diagnose_table(pd.DataFrame(table), RATE, OF_RATES).findings
    assert {cause.kind for cause in found} <= {CauseKind.DIGITS}
    assert all(cause.rows == (4,) for cause in found)


def test_wrong_figures_without_a_pattern_have_no_cause_in_common() -> None:
    random = drawn(2)
    table = rates(random)
    for at in range(24):
        table["rate"][at] = f"{random.uniform(1, 100_000):.1f}"
    found = diagnose_table(pd.DataFrame(table), RATE, OF_RATES).findings
    assert all(len(cause.rows) < 3 for cause in found)


def test_what_would_let_everything_pass_does_not_win() -> None:
    """A part that is never more than its whole if the whole counts billions."""
    table = {"part": ["52", "731", "88", "913"], "whole": ["50", "700", "80", "900"]}
    found = diagnose_table(pd.DataFrame(table), {"part": at_most("whole")}, {"part": COUNT, "whole": COUNT})
    assert all(cause.rows_vacuous == 0 for cause in found.findings)
    assert not any("billions" in cause.words for cause in found.findings)


def test_rivals_that_do_as_well_are_told() -> None:
    planted = PLANTS["a_rate_per_ten_thousand"](drawn(1))
    declared = {name: Column() for name in planted.table if name != "region"}
    first, *others = diagnose_table(pd.DataFrame(planted.table), planted.formulas, declared).findings
    assert (first.standing, first.column) == (Standing.TIED, "rate")
    assert {cause.standing for cause in others} == {Standing.OTHER}
    assert {cause.column for cause in others} == {"people", "patents"}


def test_a_slip_is_found_beside_a_cause_in_the_column() -> None:
    table = rates(drawn(5), "truncated", 3)
    text = table["patents"][7]
    table["patents"][7] = text[0] + text[2] + text[1] + text[3:]
    found = diagnose_table(pd.DataFrame(table), RATE, OF_RATES)
    leaders = [cause for cause in found.findings if cause.standing is not Standing.OTHER]
    assert [cause.kind for cause in leaders] == [CauseKind.TRUNCATED, CauseKind.DIGITS]
    assert leaders[1].given == (leaders[0].words,)
    assert [str(change) for change in leaders[1].changes] == [f"region 7: {table['patents'][7]} → {text}"]
    assert found.left == {}


def test_a_cause_is_confined_to_the_labels_it_helps() -> None:
    whole, thousands = rates(drawn(6)), rates(drawn(7))
    thousands["people"] = [f"{int(text) / 1000:.3f}" for text in thousands["people"]]
    table = {name: whole[name] + thousands[name] for name in whole} | {"year": ["2018"] * 24 + ["2019"] * 24}
    cause = diagnose_table(pd.DataFrame(table), RATE, OF_RATES | {"people": Column()}).findings[0]
    assert (cause.kind, cause.rows) == (CauseKind.SCALE, tuple(range(24, 48)))
    assert cause.change.splitlines() == [
        "columns['people (2019)'] = Column(multiplier=3, read_from='people')",
        "formulas['rate'] = rate('patents', per='people', where={'year': ['2018']})",
        "formulas['rate (2019)'] = rate('patents', per='people (2019)', about='rate', where={'year': ['2019']})",
    ]


# ------------------------------------------------------------------------------ other tables
def test_the_base_stands_in_another_table() -> None:
    random = drawn(8)
    regions = [f"region {at}" for at in range(12)]
    now, before, long_ago = ([random.randrange(1_000, 9_000) for _ in regions] for _ in range(3))
    table = pd.DataFrame(
        {
            "region": regions,
            "patents": now,
            "growth": [f"{100 * (a / b - 1):.2f}%" for a, b in zip(now, long_ago, strict=True)],
        }
    )
    last_year, earlier_year = (pd.DataFrame({"region": regions, "patents": counts}) for counts in (before, long_ago))
    formulas = {"growth": growth("patents", since=last_year, match="region")}
    first = diagnose_table(table, formulas, {"patents": COUNT}, against=earlier_year, key="region").findings[0]
    assert (first.kind, first.rows_failing_before, first.rows_failing_after) == (CauseKind.PERIOD, 12, 0)
    assert first.change == "formulas['growth'] = growth('patents', since=against, match='region')"


def test_labels_that_find_other_rows_may_be_exchanged() -> None:
    random = drawn(9)
    regions = [f"region {at}" for at in range(12)]
    now, before = ([random.randrange(1_000, 9_000) for _ in regions] for _ in range(2))
    printed = [f"{100 * (a / b - 1):.2f}%" for a, b in zip(now, before, strict=True)]
    labels = [regions[at] for at in (0, 1, 5, 3, 4, 2, 6, 7, 8, 9, 10, 11)]
    last_year = pd.DataFrame({"region": regions, "patents": before})
    table = pd.DataFrame({"region": labels, "patents": now, "growth": printed})
    first = diagnose_table(
        table, {"growth": growth("patents", since=last_year, match="region")}, {"patents": COUNT}
    ).findings[0]
    assert (first.kind, first.column, first.rows) == (CauseKind.EXCHANGED, "region", (2, 5))
    assert [change.instead for change in first.changes] == ["region 2", "region 5"]


OCTOBER = {
    "period": ["2012-10"] * 5,
    "region": ["Jiangsu", "Fujian", "Taiwan", "Tianjin", "Tibet"],
    "year": ["81829", "6337", "9868", "9538", "67"],
    "so_far": ["322034", "34914", "68178", "113286", "489"],
}
APRIL = {
    "period": ["2013-04"] * 5,
    "region": OCTOBER["region"],
    "year": ["25657", "2890", "3815", "3515", "16"],
    "so_far": ["375953", "39959", "119311", "75412", "519"],
}


def test_labels_are_held_against_later_tables() -> None:
    pytest.importorskip("scipy")
    october, april = pd.DataFrame(OCTOBER), pd.DataFrame(APRIL)
    found = diagnose_table(october, {"year": at_most("so_far")}, against=april, key="region")
    cause = found.findings[0]
    assert (cause.kind, cause.column, cause.rows) == (CauseKind.LABELS, "region", (2, 3))
    assert {change.label: change.instead for change in cause.changes} == {"Taiwan": "Tianjin", "Tianjin": "Taiwan"}
    named = diagnose_table(
        october,
        {"year": at_most("so_far")},
        against=april,
        key="region",
        editions={"cumulative": "so_far", "flow": "year"},
    )
    assert named.findings == found.findings


def test_what_could_not_be_tried_is_said() -> None:
    october, april = pd.DataFrame(OCTOBER), pd.DataFrame(APRIL)
    found = diagnose_table(april, {"year": at_most("so_far")}, against=october, key="region")
    assert any("does not end after" in note for note in found.notes)


# ------------------------------------------------------------------------------ any frame
@pytest.mark.parametrize("kind", ["pandas", "polars", "polars lazy", "pyarrow", "duckdb"])
def test_any_frame_will_do(kind: str) -> None:
    reason = engines.missing(kind) if kind in engines.ENGINES else None
    if reason is not None:
        pytest.skip(reason)
    planted = PLANTS["a_wrong_digit"](drawn(4))
    expected = diagnosed(planted)
    constructor = engines.duckdb_constructor() if kind == "duckdb" else engines.PLAIN[kind]
    found = diagnose_table(constructor(planted.table), planted.formulas, planted.columns)
    assert found.findings == expected.findings
    assert failing_rows(found.checked, planted.formulas) == failing_rows(expected.checked, planted.formulas)


def test_an_index_of_pandas_does_not_matter() -> None:
    planted = PLANTS["two_exchanged"](drawn(4))
    frame = pd.DataFrame(planted.table)
    expected = diagnose_table(frame, planted.formulas, planted.columns).findings
    moved = frame.set_axis([f"row {at}" for at in range(len(frame))])
    assert diagnose_table(moved, planted.formulas, planted.columns).findings == expected


def test_numbers_that_are_no_text_are_mended_as_numbers() -> None:
    table = pd.DataFrame({"a": [5312, 812], "b": [4177, 631], "all": [9849, 1443]})
    cause = diagnose_table(table, {"all": total("a", "b")}).findings[0]
    assert [str(change) for change in cause.changes] == ["row 0: 9849 → 9489"]
    floats = table.astype(float) / 10
    declared = dict.fromkeys(["a", "b", "all"], Column(decimals=1))
    assert diagnose_table(floats, {"all": total("a", "b")}, declared).findings[0].changes[0].instead == "948.9"


@pytest.mark.parametrize("rows", [0, 1])
def test_tables_of_hardly_any_rows(rows: int) -> None:
    frame = pd.DataFrame(rates(drawn(1))).head(rows)
    assert diagnose_table(frame, RATE, OF_RATES).findings == ()


def test_cells_without_figures_are_no_failures() -> None:
    table = rates(drawn(1), "truncated")
    table["rate"][3], table["patents"][5], table["people"][6] = "..", "c", "n/a"
    found = diagnose_table(pd.DataFrame(table), RATE, OF_RATES)
    assert found.findings[0].kind is CauseKind.TRUNCATED
    assert not {3, 5, 6} & set(found.findings[0].rows)


# ------------------------------------------------------------------------------ misuse
def test_everything_wrong_with_a_call_is_told_at_once() -> None:
    frame = pd.DataFrame(rates(drawn(1)))
    with pytest.raises(TableError) as caught:
        diagnose_table(
            frame,
            {"rate": rate("patents", per="peple"), "other": rate("patents", per="people")},
            against=["no frame"],
            key="regoin",
            editions={"cumulativ": "patents"},
        )
    told = str(caught.value)
    assert [fault.where for fault in caught.value.faults][-2:] == ["against[0]", "editions"]
    assert "'peple'" in told
    assert "did you mean 'people'?" in told
    with pytest.raises(TableError, match="did you mean 'region'"):
        diagnose_table(frame, RATE, OF_RATES, key="regoin")


@pytest.mark.parametrize("formulas", [{}, [], {"rate": "patents / people"}])
def test_formulas_that_are_none(formulas: dict[str, Formula]) -> None:
    with pytest.raises(TableError, match="formula"):
        diagnose_table(pd.DataFrame(rates(drawn(1))), formulas)


def test_a_table_that_is_none() -> None:
    with pytest.raises(TableError, match="frame"):
        diagnose_table([1, 2], RATE)


# ------------------------------------------------------------------------------ how it is told
def test_it_is_told_in_words_and_as_json() -> None:
    found = diagnosed(PLANTS["two_exchanged"](drawn(4)))
    assert str(found).startswith("2 figures fail: rate in 2.")
    assert found.findings[0].words in str(found).replace("\n", " ")
    assert "<table" in found._repr_html_()
    data = json.loads(found.to_json())
    assert [cause["kind"] for cause in data["findings"]] == [str(cause.kind) for cause in found.findings]
    assert data["failing"] == {"rate": 2}
    assert repr(found).startswith("<TableDiagnosis, 1 causes")


def test_a_right_table_is_told_to_be_right() -> None:
    assert str(diagnosed(RIGHT["right_rates"](drawn(4)))) == "No row fails."


# ------------------------------------------------------------------------------ published tables
published = pytest.mark.skipif(not AT_HAND, reason="the published tables are not at hand")


def read(path: str) -> pd.DataFrame:
    return pd.read_csv(TABLES / f"{path}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def leaders(
    frame: pd.DataFrame, formulas: Mapping[str, Formula], columns: Mapping[str, Column], key: str | None = None
) -> list[Cause]:
    found = diagnose_table(frame, formulas, columns, key=key)
    return [cause for cause in found.findings if cause.standing is not Standing.OTHER]


@published
def test_shares_of_2018_were_balanced_and_those_of_2019_not() -> None:
    tables = [shares_of("applications_2018-07"), shares_of("valid_2019-04")]
    formulas, counts = {"percentage": rate("number", per="all")}, {"number": COUNT, "all": COUNT}
    (cause,) = leaders(pd.concat(tables, ignore_index=True), formulas, counts)
    assert (cause.kind, cause.rows_failing_before, cause.rows_failing_after) == (CauseKind.BALANCED, 2, 0)
    assert cause.words.endswith("where period is 2018-07")
    assert leaders(tables[1], formulas, counts) == []


def shares_of(name: str) -> pd.DataFrame:
    printed = read(f"cnipa_by_applicant_type/{name}").drop(columns="measure")
    table = printed.melt(["period", "kind_of_patent", "row"], var_name="applicant")
    table = table.pivot_table("value", ["period", "kind_of_patent", "applicant"], "row", "first").reset_index()
    table = table.rename(columns={"Yearly Total": "number", "Percentage %": "percentage"})
    sums = table.assign(number=table["number"].astype(int)).groupby("kind_of_patent")["number"].sum().astype(str)
    return table.assign(all=table["kind_of_patent"].map(sums))


@published
def test_the_rates_of_those_aged_15_are_per_ten_thousand() -> None:
    names = ["rate", "nonresidents", "articles", "rate_15", "nonresidents_15", "articles_15"]
    table = read("owid_patent_rates/patent_and_publication_rates").set_axis(["entity", "year", *names], axis=1)
    per_million = Column(decimals=3, multiplier=-6)
    formulas = {name: at_most(f"{name}_15") for name in names[:3]}
    causes = leaders(table, formulas, dict.fromkeys(names, per_million))
    assert {cause.change for cause in causes} == {
        f"columns['{name}_15'] = Column(decimals=3, multiplier=-4)" for name in names[:3]
    }
    assert {cause.rows_failing_after for cause in causes} == {0}


@published
def test_eurostat_counts_inventors_in_fractions() -> None:
    members = "AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
    table = read("eurostat_epo_patents/sdg_09_40_2004_2016").query("unit == 'NR' and coop_ptn == 'INVT'")
    formula = total(over="geo", of=row(geo="EU27_2020"), parts=members, within="TIME_PERIOD")
    (cause,) = leaders(table, {"OBS_VALUE": formula}, {"OBS_VALUE": COUNT})
    assert (cause.kind, cause.rows_failing_before, cause.rows_failing_after) == (CauseKind.FRACTIONAL, 4, 0)


@published
def test_valid_inventions_are_those_of_the_mainland() -> None:
    """Gansu is missing from the page, so the parts come to somewhat less than the total."""
    everywhere = total(
        over="region", of=row(region="Total"), parts={"row_kind": ["province", "sar_taiwan"]}, complete=False
    )
    table = read("cnipa_valid_inventions_by_region/valid_inventions_2013-04")
    (cause,) = leaders(table, {"valid_number": everywhere}, {"valid_number": COUNT})
    assert (cause.kind, cause.standing) == (CauseKind.SCOPE, Standing.ONLY)
    assert "parts={'row_kind': ['province']}" in cause.change


@published
def test_the_pct_total_of_europe_takes_no_region_in_twice() -> None:
    table = read("nsf_ncses_tables/pct_applications_by_region_10558").query("year == '2020' or year == '2021'")
    table = table.drop(columns="region")
    table = table.assign(path=table["path"].str.replace(r"<sup>.</sup>", "", regex=True))
    europe = table[table["path"].str.fullmatch(r"World -> Europe(?: -> [^>]+)?")]
    whole = total(over="path", of=row(path="World -> Europe"), within="year")
    (cause,) = leaders(europe, {"value": whole}, {"value": Column(decimals=0)})
    assert cause.words == "the total of value leaves out the rows World -> Europe -> Other Europe (2020)"
    assert (cause.rows_failing_before, cause.rows_failing_after) == (2, 0)


@published
def test_labels_of_october_2012_have_moved() -> None:
    pytest.importorskip("scipy")
    names = [f"cnipa_inventions_by_region_monthly/applications_{month}" for month in ("2012-10", "2013-04", "2014-01")]
    october, *later = [read(name).replace({"region": {"Xi’an": "Xi'an"}}) for name in names]
    formulas = {
        "monthly_total": at_most("yearly_total"),
        "yearly_total": at_most("cumulative_total"),
        "year_on_year_growth": growth("yearly_total", since=None),
    }
    counts = dict.fromkeys(["monthly_total", "yearly_total", "cumulative_total"], COUNT)
    found = diagnose_table(october, formulas, counts, against=later, key="region", editions={"within": "row_kind"})
    cause = found.findings[0]
    assert (cause.kind, cause.column) == (CauseKind.LABELS, "region")
    assert cause.rows_failing_after < cause.rows_failing_before / 4
    true = {change.label: change.instead for change in cause.changes}
    assert (true["Hebei"], true["Heilongjiang"]) == ("Heilongjiang", "Hebei")


@published
@pytest.mark.parametrize("name", ["applications_2013-04", "grants_2014-01"])
def test_a_published_table_that_is_right_has_no_cause(name: str) -> None:
    table = read(f"cnipa_inventions_by_region_monthly/{name}")
    counts = ["monthly_total", "yearly_total", "cumulative_total"]
    everywhere = total(over="region", of=row(region="Total"), parts={"row_kind": ["province", "sar_taiwan"]})
    formulas = dict.fromkeys(counts, everywhere) | {"month": at_most("yearly_total", about="monthly_total")}
    assert leaders(table, formulas, dict.fromkeys(counts, COUNT), key="region") == []
