"""A checked table counts, finds the rows that fail and works them out anew; of lazy frames it fetches no more."""

from __future__ import annotations

import json
import warnings
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ipmetrics import Interval, Verdict
from ipmetrics.errors import TableError
from ipmetrics.tables import CheckedTable, Column, RowReason, RowVerdict, check_table
from ipmetrics.tables.formulas import adds_to, at_most, difference, earlier, growth, rate, row, share, total
from ipmetrics.tables.telling import fetching
from ipmetrics.tables.telling.row_findings import TableReport
from tests.tables import engines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tables.engines import Columns, Constructor

RATES: Columns = {
    engines.NUMBER: [0, 1, 2, 3, 4, 5],
    "region": ["Total", "North", "South", "West", "East", "Sea"],
    "people": ["99.9", "20.7", "79.2", "..", "1x", "23.8"],
    "patents": ["224,183", "86,652", "63,248", "5", "6", "48,812"],
    "density": ["2,244.1", "4,187.5", "798.6", "1", "2", "2,150.6"],
    "before": [224000, 86652, 0, 4, 7, 40000],
    "up": ["0.1%", "0.0%", "5%", "25.0%", "−14.3%", "23.0%"],
}
BEFORE: Columns = {"region": ["North", "South", "Sea"], "patents": ["80,000", "60,000", "48,000"]}
DECLARED = {
    "people": Column(multiplier=6),
    "density": Column(multiplier=-6),
    "patents": Column(whole=True),
    "before": Column(whole=True),
}
FORMULAS = {
    "density": rate("patents", per="people"),
    "up": growth("patents", since="before"),
    "all": total(over="region", of=row(region="Total"), about="patents"),
    "part": at_most(row(region="Total"), about="patents"),
}


@pytest.fixture
def rates() -> CheckedTable:
    return check_table(engines.pandas_strings(RATES), FORMULAS, DECLARED)


# ------------------------------------------------------------------------------ on every engine
@pytest.fixture
def quietly() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark grumbles when it hands out small frames
        yield


def test_every_engine_finds_the_same_rows_and_tells_them_alike(
    engine: str, constructor: Constructor, quietly: None
) -> None:
    # A small query takes Spark seconds: it is asked fewer.
    kept = {"density"} if engine == "pyspark" else {*FORMULAS, "since"}

    def reported(make: Constructor) -> tuple[CheckedTable, TableReport]:
        since = difference("patents", minus=make(BEFORE), match="region", about="before")
        formulas = {name: formula for name, formula in {**FORMULAS, "since": since}.items() if name in kept}
        checked = check_table(make(RATES), formulas, DECLARED)
        return checked, checked.report(labels=["region"])

    (checked, mine), (_, usual) = reported(constructor), reported(engines.pandas_strings)
    assert mine.summary == usual.summary
    assert checked.counts() == usual.summary.counts
    assert {str(finding) for finding in mine.failing} == {str(finding) for finding in usual.failing}
    assert len(usual.failing) == (1 if engine == "pyspark" else 7)
    positions = {finding.position for finding in mine.failing}
    assert (positions == {None}) == (engine not in engines.ORDERED)
    assert mine.columns == usual.columns
    assert opened(mine) == opened(usual)


def opened(report: TableReport) -> list[tuple[str, RowReason | None, int, int]]:
    return [(each.formula, each.reason, each.rows, len(each.examples)) for each in report.left_open]


# ------------------------------------------------------------------------------ counts
def test_each_verdict_is_counted_and_rows_to_which_a_formula_does_not_apply(rates: CheckedTable) -> None:
    counts = rates.counts()
    assert counts["density"] == {
        RowVerdict.CONSISTENT: 3, RowVerdict.INCONSISTENT: 1, RowVerdict.UNDETERMINED: 1, RowVerdict.UNREADABLE: 1,
    }  # fmt: skip
    assert counts["all"] == {RowVerdict.INCONSISTENT: 1, None: 5}
    assert list(counts["density"]) == [
        RowVerdict.CONSISTENT,
        RowVerdict.INCONSISTENT,
        RowVerdict.UNDETERMINED,
        RowVerdict.UNREADABLE,
    ]


def test_rows_are_counted_once_whatever_number_of_formulas_they_fail(rates: CheckedTable) -> None:
    summary = rates.summary()
    frame = rates.frame
    verdicts = frame[[name for name in frame.columns if name.endswith("_verdict")]].astype("object")
    assert summary.rows == len(frame)
    assert summary.failing == int((verdicts == "inconsistent").any(axis=1).sum()) == 3
    assert summary.open == int(verdicts.isin(["undetermined", "unreadable"]).any(axis=1).sum()) == 2
    assert (summary.checked, summary.untouched, summary.verdict) == (6, 0, Verdict.INCONSISTENT)


def test_reasons_are_counted_for_each_formula(rates: CheckedTable) -> None:
    reasons = rates.summary().reasons
    assert reasons["density"] == {
        (RowVerdict.UNDETERMINED, RowReason.MISSING): 1,
        (RowVerdict.UNREADABLE, RowReason.NO_NUMERAL): 1,
    }
    assert reasons["up"] == {(RowVerdict.INCONSISTENT, RowReason.ZERO_BASE): 1}


@pytest.mark.parametrize(
    ("both", "verdict"),
    [
        (["4", "6"], "consistent"),
        (["4", ".."], "undetermined"),
        (["4", "9"], "inconsistent"),
        (["x", "9"], "inconsistent"),
    ],
)
def test_the_verdict_of_a_table_is_that_of_its_rows(both: list[str], verdict: str) -> None:
    table = pd.DataFrame({"a": [1, 2], "b": [3, 4], "both": both})
    assert str(check_table(table, {"both": total("a", "b")}).report().verdict) == verdict


def test_an_empty_table_is_consistent_and_says_that_it_is_empty() -> None:
    table = pd.DataFrame({"a": [], "b": []}, dtype=str)
    checked = check_table(table, {"b": at_most("a")})
    assert (checked.summary().rows, checked.failing(), checked.counts()) == (0, (), {"b": {}})
    assert "the table has no rows" in str(checked)


# ------------------------------------------------------------------------------ findings
def test_a_finding_holds_what_is_printed_and_what_follows_exactly(rates: CheckedTable) -> None:
    (finding,) = [each for each in rates.failing() if each.formula == "density"]
    assert (finding.column, finding.words, finding.verdict) == ("density", "patents ÷ people", RowVerdict.INCONSISTENT)
    assert [(cell.column, cell.text) for cell in finding.cells] == [
        ("density", "2,150.6"), ("patents", "48,812"), ("people", "23.8"),
    ]  # fmt: skip
    assert finding.stated == Interval.closed(Fraction("2150.55"), Fraction("2150.65"))
    assert finding.implied == Interval.closed(Fraction(48812) / Fraction("23.85"), Fraction(48812) / Fraction("23.75"))
    assert finding.slack == (Fraction(48812) / Fraction("23.75") - Fraction("2150.55")) * 10
    assert (finding.position, finding.labels, finding.exact) == (5, (("region", "Sea"),), True)
    assert str(finding) == (
        "Sea: density 2,150.6 is stated, [2150.55, 2150.65]; patents ÷ people implies [2046.62…, 2055.24…]: "
        "953 units of the last place too high"
    )


def test_a_sum_rests_on_its_parts_and_not_on_the_row_itself(rates: CheckedTable) -> None:
    (finding,) = [each for each in rates.failing() if each.formula == "all"]
    parts = {cell.text for cell in finding.cells if cell.where}
    assert parts == {"86,652", "63,248", "5", "6", "48,812"}
    assert finding.implied == Interval.point(86652 + 63248 + 5 + 6 + 48812)


def test_equal_cells_of_a_sum_are_counted_each() -> None:
    table = pd.DataFrame({"region": ["T", "a", "b", "c", "d"], "n": ["7", "2", "2", "2", "7"]})
    (finding,) = check_table(
        table, {"n": total(over="region", of=row(region="T"))}, {"n": Column(whole=True)}
    ).failing()
    assert finding.implied == Interval.point(13)
    assert sorted((cell.text, cell.rows) for cell in finding.cells[1:]) == [("2", 3), ("7", 1)]


def test_a_sum_over_too_many_different_cells_is_left_to_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_PARTS", 2)
    table = pd.DataFrame({"region": ["T", "a", "b", "c"], "n": ["7", "2", "3", "4"]})
    (finding,) = check_table(
        table, {"n": total(over="region", of=row(region="T"))}, {"n": Column(whole=True)}
    ).failing()
    assert (finding.implied, finding.slack, finding.stated) == (None, None, Interval.point(7))
    assert str(finding).startswith("T: n 7 is stated, {7}; sum over region")


def test_figures_of_an_earlier_row_are_told_with_their_place() -> None:
    table = pd.DataFrame({"year": [2020, 2021], "n": ["100", "110"], "up": ["..", "20%"]})
    (finding,) = check_table(table, {"up": growth("n", since=earlier("year"))}, {"n": Column(whole=True)}).failing()
    assert [(cell.text, cell.where) for cell in finding.cells] == [("20%", ""), ("110", ""), ("100", "year − 1")]
    assert finding.implied == Interval.point(10)
    assert finding.labels == (("year", 2021),)


def test_a_part_that_is_more_than_its_whole_is_told_as_that() -> None:
    table = pd.DataFrame({"part": [8], "whole": [7], "percent": ["114.3%"]})
    columns = {name: Column(whole=True) for name in ("part", "whole")}
    (finding,) = check_table(table, {"percent": share("part", of="whole")}, columns).failing()
    assert finding.over
    assert "at most its whole" in str(finding)


def test_what_is_wrong_with_one_figure_alone_is_told_as_that(rates: CheckedTable) -> None:
    (zero,) = [each for each in rates.failing() if each.formula == "up" and each.reason is RowReason.ZERO_BASE]
    assert "before 0" in str(zero)
    assert zero.implied is None
    table = pd.DataFrame({"a": ["-3"], "b": ["4"]})
    (negative,) = check_table(table, {"b": at_most("a")}).failing()
    assert negative.reason is RowReason.NEGATIVE
    assert "a -3 is negative" in str(negative)


def test_shares_that_add_up_are_told_without_the_constant() -> None:
    table = pd.DataFrame({"a": ["40%"], "b": ["50%"], "c": ["11.6%"]})
    (finding,) = check_table(table, {"c": adds_to("100%", "a", "b")}).failing()
    assert [cell.column for cell in finding.cells] == ["c", "a", "b"]
    assert finding.implied == Interval.closed(9, 11)


def test_floats_are_shown_with_the_decimals_that_were_declared() -> None:
    table = pd.DataFrame({"a": [1.5, 2.0], "b": [1.5, 3.0]})
    (finding,) = check_table(table, {"b": at_most("a")}, {name: Column(decimals=1) for name in "ab"}).failing()
    assert [cell.text for cell in finding.cells] == ["3.0", "2.0"]


# ------------------------------------------------------------------------------ which rows, how called
@pytest.mark.parametrize("limit", [20, 5, 2, 1, 0, None])
def test_the_first_rows_are_shared_out_among_formulas(limit: int | None) -> None:
    table = pd.DataFrame({"a": [1] * 60, "b": [5] * 60, "c": [9] * 60, "d": ["no", *["yes"] * 59]})
    columns = {name: Column(whole=True) for name in "abc"}
    found = check_table(table, {"b": at_most("a"), "c": at_most("a", where={"d": "yes"})}, columns).failing(limit)
    by_formula = [[each.position for each in found if each.formula == name] for name in "bc"]
    whole = [list(range(60)), list(range(1, 60))]
    assert len(found) == (119 if limit is None else limit)
    assert by_formula == [every[: len(told)] for every, told in zip(whole, by_formula, strict=True)]
    assert abs(len(by_formula[0]) - len(by_formula[1])) <= 1


def test_a_formula_with_few_failing_rows_leaves_room_to_the_others() -> None:
    table = pd.DataFrame({"a": [1] * 30, "b": [5] * 30, "c": [0] * 29 + [9]})
    columns = {name: Column(whole=True) for name in "abc"}
    found = check_table(table, {"c": at_most("b"), "b": at_most("a")}, columns).failing(10)
    assert [each.position for each in found if each.formula == "c"] == [29]
    assert [each.position for each in found if each.formula == "b"] == list(range(9))


@pytest.mark.parametrize("limit", [-1, 2.5, True, "many"])
def test_a_limit_that_is_none_is_misuse(rates: CheckedTable, limit: Any) -> None:  # noqa: ANN401 - anything may be passed
    with pytest.raises(TableError, match="a limit is a whole number"):
        rates.failing(limit)


def labels(table: pd.DataFrame, **columns: Column) -> tuple[tuple[str, Any], ...]:
    (finding,) = check_table(table, {"b": at_most("a")}, {name: Column(whole=True) for name in "ab"} | columns).failing(
        1
    )
    return finding.labels


def test_rows_are_called_by_as_few_columns_as_tell_them_apart() -> None:
    figures = {"a": [1, 1, 1, 1], "b": [0, 0, 0, 5]}
    period, kind = ["2013-04"] * 4, ["x", "x", "y", "y"]
    assert labels(pd.DataFrame({"period": period, "kind": kind, "region": list("ABCD"), **figures})) == (
        ("kind", "y"), ("region", "D"),
    )  # fmt: skip
    assert labels(pd.DataFrame({"region": list("ABCD"), "kind": kind, **figures})) == (("region", "D"),)
    assert labels(pd.DataFrame({"other": ["1", "2", "3", "4"], **figures})) == ()
    assert labels(pd.DataFrame({"kind": kind, "year": [2020, 2021] * 2, **figures})) == (("kind", "y"), ("year", 2021))


def test_an_index_of_pandas_calls_its_rows() -> None:
    index = pd.Index(["A", "B"], name="region")
    assert labels(pd.DataFrame({"a": [1, 1], "b": [0, 5]}, index=index)) == (("region", "B"),)
    several = pd.MultiIndex.from_tuples([("A", 2020), ("A", 2021)], names=["region", None])
    assert labels(pd.DataFrame({"a": [1, 1], "b": [0, 5]}, index=several)) == (("region", "A"), ("index", 2021))
    assert labels(pd.DataFrame({"a": [1, 1], "b": [0, 5]})) == ()


def test_labels_can_be_said_and_must_be_there(rates: CheckedTable) -> None:
    assert {each.labels[0][0] for each in rates.failing(labels=["patents"])} == {"patents"}
    with pytest.raises(TableError, match="'country'"):
        rates.failing(labels=["country"])


def test_without_verdicts_there_is_nothing_to_count() -> None:
    checked = check_table(
        pd.DataFrame({"a": [1], "b": [5]}), {"b": at_most("a")}, {"a": Column(whole=True)}, output=["slack"]
    )
    with pytest.raises(TableError, match='add "verdict"'):
        checked.counts()
    assert "b_slack" in checked.frame


def test_without_reasons_verdicts_are_still_told() -> None:
    table = pd.DataFrame({"a": ["1", ".."], "b": ["5", "5"]})
    checked = check_table(table, {"b": at_most("a")}, output=["verdict"])
    report = checked.report()
    assert [(each.verdict, each.reason, each.rows) for each in report.left_open] == [(RowVerdict.UNDETERMINED, None, 1)]
    assert len(report.failing) == 1


# ------------------------------------------------------------------------------ what is fetched
def test_of_a_lazy_frame_only_the_rows_that_are_told_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    pl = pytest.importorskip("polars")
    rows = 5000
    frame = pl.LazyFrame(
        {"region": [f"r{n}" for n in range(rows)], "a": ["2"] * rows, "b": ["1"] * (rows - 7) + ["9"] * 4 + [".."] * 3}
    )
    heights: list[int] = []
    collect = pl.LazyFrame.collect

    def watched(self: Any, **how: Any) -> Any:  # noqa: ANN401 - polars may be missing
        found = collect(self, **how)
        heights.append(found.height)
        return found

    monkeypatch.setattr(pl.LazyFrame, "collect", watched)
    checked = check_table(frame, {"b": at_most("a")}, {name: Column(whole=True) for name in "ab"})
    assert heights in ([1], [])
    assert isinstance(checked.frame, pl.LazyFrame)
    heights.clear()
    assert len(checked.failing(labels=["region"])) == 4
    assert max(heights) == 4
    queries = len(heights)
    str(checked), checked.counts(), checked.failing(labels=["region"])
    assert len(heights) <= queries + 6
    assert max(heights) <= fetching._SAMPLE


def test_what_is_asked_again_is_not_fetched_again(rates: CheckedTable, monkeypatch: pytest.MonkeyPatch) -> None:
    report = rates.report()
    monkeypatch.setattr(fetching, "tallied", None)
    assert rates.report() is report
    assert rates.failing() is report.failing


def test_its_repr_asks_the_engine_nothing(rates: CheckedTable) -> None:
    assert repr(rates) == "<CheckedTable of density, up, all, part: a pandas DataFrame>"
    assert rates._tally is None


# ------------------------------------------------------------------------------ as a report
def test_it_shows_itself_in_every_form(rates: CheckedTable) -> None:
    report = rates.report()
    assert isinstance(report, TableReport)
    assert str(rates) == str(report) == rates.document().text()
    assert rates._repr_html_() == report._repr_html_() == rates.document().html()
    assert rates.to_markdown() == rates.document().markdown()
    assert json.loads(rates.to_json())["rows"] == 6
    assert json.loads(rates.to_json(limit=1))["failing"] == json.loads(rates.to_json())["failing"][:1]
