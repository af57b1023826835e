"""Reports on tables say what was not checked, what disagrees and by how much, in every form, whatever is printed."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics import Interval
from ipmetrics.documents import Heading, Paragraph, Table
from ipmetrics.rationals import exact_text as _exact
from ipmetrics.tables import Column, check_table
from ipmetrics.tables.formulas import at_most, rate, row, share, total
from ipmetrics.tables.telling.json_words import report_data
from ipmetrics.tables.telling.row_findings import PrintedCell, RowFinding, TableReport, TableSummary
from ipmetrics.tables.telling.words import apart_words, headline, row_label, sentence
from ipmetrics.tables.verdicts import RowReason, RowVerdict
from tests.effort import effort

if TYPE_CHECKING:
    from ipmetrics.documents import Document


def summary(**numbers: int) -> TableSummary:
    usual = {"rows": 51, "failing": 0, "checked": 51, "open": 0, "untouched": 0}
    return TableSummary(**(usual | numbers), counts={}, reasons={})


def finding(**fields: Any) -> RowFinding:  # noqa: ANN401 - any field of a finding
    usual: dict[str, Any] = {
        "formula": "x",
        "column": "x",
        "words": "a ÷ b",
        "verdict": RowVerdict.INCONSISTENT,
        "cells": (PrintedCell(column="x", text="2150.6"),),
        "stated": Interval.closed(Fraction("2150.55"), Fraction("2150.65")),
        "implied": Interval.closed(2040, 2050),
        "slack": Fraction(-2011, 2),
    }
    return RowFinding(**usual | fields)


# ------------------------------------------------------------------------------ in one line
AGREE, IN_PART = "agree with their own figures", "could be checked only in part"


@pytest.mark.parametrize(
    ("numbers", "line"),
    [
        ({}, "all 51 rows agree with their own figures"),
        ({"failing": 2}, "2 of 51 rows disagree with their own figures"),
        ({"failing": 1}, "1 of 51 rows disagrees with its own figures"),
        ({"checked": 48, "open": 3}, "48 of 51 rows agree with their own figures; 3 could not be checked"),
        ({"failing": 2, "open": 3}, "2 of 51 rows disagree with their own figures; 3 could be checked only in part"),
        ({"checked": 40, "untouched": 7}, f"40 of 51 rows {AGREE}; 4 could not be checked; no formula applies to 7"),
        ({"checked": 47, "open": 6}, f"47 of 51 rows {AGREE}; 4 could not be checked; 2 more {IN_PART}"),
        ({"checked": 0, "open": 51}, "none of 51 rows could be checked"),
        ({"rows": 0, "checked": 0}, "the table has no rows"),
        ({"rows": 1, "checked": 1}, "the one row agrees with its own figures"),
        ({"rows": 1234567, "checked": 1234567}, "all 1,234,567 rows agree with their own figures"),
    ],
)
def test_the_headline_says_how_many_rows_of_how_many(numbers: dict[str, int], line: str) -> None:
    assert headline(summary(**numbers)) == line


# ------------------------------------------------------------------------------ one row
def test_a_sentence_stands_on_its_own() -> None:
    assert sentence(finding(labels=(("region", "Shanghai"),))) == (
        "Shanghai: x 2150.6 is stated, [2150.55, 2150.65]; a ÷ b implies [2040, 2050]: "
        "1,006 units of the last place too high"
    )


def test_a_percent_sign_stands_behind_intervals_too() -> None:
    told = sentence(finding(cells=(PrintedCell(column="x", text="35.4 %"),)))
    assert "x 35.4 % is stated, [2150.55, 2150.65] %; a ÷ b implies [2040, 2050] %" in told


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"slack": Fraction(-1)}, "1 unit of the last place too high"),
        ({"slack": Fraction(-1, 50)}, "0.02 units of the last place too high"),
        ({"slack": Fraction(-3), "implied": Interval.at_least(3000)}, "3 units of the last place too low"),
        ({"slack": Fraction(0)}, "they only touch: the end is not included"),
        ({"slack": Fraction(1)}, "but no whole numbers behind these figures fit"),
        ({"over": True}, "a part is at most its whole"),
        ({"hidden": Interval.closed(3, 4)}, "there is none"),
        ({"implied": None, "slack": None}, ""),
        ({"verdict": RowVerdict.CONSISTENT, "slack": Fraction(1)}, ""),
        (
            {"verdict": RowVerdict.EDGE, "slack": Fraction(0)},
            "they meet only where a true value lies exactly halfway between two printed ones",
        ),
    ],
)
def test_how_far_apart_is_told_with_its_direction(fields: dict[str, Any], words: str) -> None:
    assert apart_words(finding(**fields)) == words


def test_a_row_without_labels_is_called_by_its_number() -> None:
    assert row_label(finding(position=1233)) == "row 1,234"
    assert row_label(finding()) == "a row"
    labels = (("region", "A"), ("note", None), ("year", 2020))
    assert row_label(finding(position=1, labels=labels)) == "A, 2020"
    assert row_label(finding(position=1, labels=labels), numbered=True) == "A, 2020 (row 2)"
    assert row_label(finding(position=1, labels=labels), without={"region"}) == "2020"
    assert len(row_label(finding(labels=(("note", "long " * 50),)))) == 40


def test_what_is_no_numeral_is_quoted() -> None:
    cells = (PrintedCell(column="x", text="12"), PrintedCell(column="a", text=""), PrintedCell(column="b", text="1x"))
    told = sentence(finding(cells=cells, reason=RowReason.NEGATIVE))
    assert told.endswith("x 12 is stated; a figure is negative, and what it counts never is")
    open_row = finding(cells=cells, verdict=RowVerdict.UNREADABLE, reason=RowReason.NO_NUMERAL, stated=None)
    assert sentence(open_row) == "a row: x 12 is unreadable: no numeral"


# ------------------------------------------------------------------------------ the document
def reported(cells: dict[str, list[str]], **columns: Column) -> TableReport:
    return check_table(pd.DataFrame(cells), {"x": rate("a", per="b")}, columns).report()


def headings(document: Document) -> list[str]:
    return ["".join(run.text for run in block.words) for block in document.blocks if isinstance(block, Heading)]


def test_what_disagrees_comes_after_how_much_of_it_and_before_what_is_open() -> None:
    document = reported({"a": ["1", "1", "1"], "b": ["2", "2", ".."], "x": ["0.5", "9", "0.5"]}).document()
    assert headings(document) == [
        "inconsistent: 1 of 3 rows disagrees with its own figures; 1 could not be checked",
        "Rows that disagree",
        "Not checked",
        "How the columns were read",
    ]
    assert isinstance(document.blocks[1], Table)


def test_a_report_on_nothing_begins_with_that() -> None:
    document = reported({"a": ["..", "c"], "b": ["2", "2"], "x": ["0.5", "0.9"]}).document()
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert "vouches for nothing" in first.words[0].text
    assert "none of 2 rows could be checked" in headings(document)[0]
    assert "Rows that disagree" not in headings(document)


def test_where_all_agree_that_is_all_there_is_to_say() -> None:
    document = reported({"a": ["1"], "b": ["2"], "x": ["0.5"]}).document()
    assert headings(document) == ["consistent: the one row agrees with its own figures", "How the columns were read"]


def test_only_verdicts_that_occur_have_a_column_but_inconsistent_always_has() -> None:
    (counts, *_) = [
        block
        for block in reported({"a": ["1"], "b": ["2"], "x": ["0.5"]}).document().blocks
        if isinstance(block, Table)
    ]
    assert [column.title for column in counts.columns] == ["formula", "consistent", "inconsistent"]


def test_rows_beyond_the_limit_are_counted() -> None:
    table = pd.DataFrame({"a": ["1"] * 1500, "b": ["2"] * 1500, "x": ["9"] * 1500})
    checked = check_table(table, {"x": rate("a", per="b")})
    assert "and 1,480 more" in str(checked)
    assert "and 1,495 more" in checked.document(5).text()


def test_rows_of_the_same_labels_are_told_apart_by_their_numbers() -> None:
    told = str(reported({"region": ["A", "A", "B"], "a": ["1"] * 3, "b": ["2"] * 3, "x": ["9"] * 3}))
    assert ["A (row 1)" in told, "A (row 2)" in told, "B (row 3)" in told] == [True, True, False]


def test_labels_that_all_rows_share_are_left_out_of_the_document() -> None:
    report = reported({"region": ["A", "B"], "a": ["1"] * 2, "b": ["2"] * 2, "x": ["9"] * 2})
    same = attrs.evolve(
        report,
        failing=tuple(attrs.evolve(each, labels=(("source", "Yearbook"), *each.labels)) for each in report.failing),
    )
    assert "Yearbook" not in str(same)
    assert "Yearbook" in str(same.failing[0])


def test_what_is_open_is_told_by_its_reason_with_examples() -> None:
    told = str(reported({"r": list("ABCDE"), "a": ["1"] * 5, "b": ["1x", "c", "..", "..", "2"], "x": ["9"] * 5}))
    assert "unreadable: no numeral" in told
    assert "A: b “1x”" in told
    assert "undetermined: suppressed" in told


def test_how_columns_were_read_is_always_told() -> None:
    columns = {"a": Column(whole=True), "b": Column(multiplier=6), "x": Column(multiplier=-6, rounding="truncated")}
    told = str(reported({"a": ["1", "3"], "b": ["2.0", "2.0"], "x": ["0.5", "1.50"]}, **columns))
    for words in ("millions", "per million", "cut off", "exact", "each its own", "whole numbers, 0 or more"):
        assert words in told


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(text, text, text, text), min_size=1, max_size=4), st.integers(20, 120))
@effort(3)
def test_any_report_renders_in_any_form_and_width(rows: list[tuple[str, ...]], width: int) -> None:
    cells = dict(zip(("region", "a", "b", "x"), map(list, zip(*rows, strict=True)), strict=True))
    report = check_table(
        pd.DataFrame(cells, dtype=str),
        {"x": rate("a", per="b"), "s": share("a", of="b", about="x"), "m": at_most("b", about="a")},
    ).report()
    document = report.document()
    for encoding in ("utf-8", "ascii"):
        document.text(width, encoding=encoding).encode(encoding)
    assert "<script" not in report._repr_html_().lower()
    report.to_markdown().encode()
    assert json.loads(report.to_json())["rows"] == len(rows)


def test_nothing_that_is_printed_becomes_markup() -> None:
    report = reported({"region": ["<b>|`A`</b>"], "a": ["1"], "b": ["2"], "x": ["9"]})
    assert "<b>" not in report._repr_html_()
    assert "&lt;b&gt;" in report._repr_html_()
    assert "<b>" not in report.to_markdown()


# ------------------------------------------------------------------------------ JSON
def test_exact_numbers_are_text_with_floats_beside_them() -> None:
    counted = {"a": Column(whole=True), "b": Column(whole=True)}
    report = reported({"region": ["A"], "a": ["1"], "b": ["3"], "x": ["0.9"]}, **counted)
    data = json.loads(report.to_json())
    (told,) = data["failing"]
    assert (told["implied"]["lower"], told["implied"]["lower_float"]) == ("1/3", 1 / 3)
    assert (told["stated"]["lower"], told["stated"]["upper"]) == ("0.85", "0.95")
    slack = Fraction(1, 3) * 10 - Fraction("8.5")
    assert (told["slack"], told["slack_float"]) == (str(slack), float(slack))
    assert (told["labels"], told["position"]) == ({"region": "A"}, 0)
    assert (told["verdict"], told["reason"]) == ("inconsistent", None)
    assert told["cells"] == [
        {"column": name, "text": text, "where": "", "rows": 1} for name, text in (("x", "0.9"), ("a", "1"), ("b", "3"))
    ]
    assert data["formulas"] == [
        {
            "name": "x",
            "column": "x",
            "words": "a ÷ b",
            "counts": {
                "consistent": 0, "edge": 0, "inconsistent": 1, "undetermined": 0, "unreadable": 0, "does_not_apply": 0,
            },
            "reasons": [],
        }
    ]  # fmt: skip
    assert data["columns"][0] == {
        "name": "x", "unit": "0.1", "unit_float": 0.1, "multiplier": 0, "rounding": "nearest", "whole": False,
        "signed": False,
    }  # fmt: skip


def test_unbounded_and_empty_ends_are_null() -> None:
    table = pd.DataFrame({"a": ["1"], "b": ["-5"], "x": ["9"]})
    data = report_data(check_table(table, {"x": at_most("a"), "y": at_most("x", about="b")}).report())
    bound, negative = data["failing"]
    assert (bound["implied"]["lower"], bound["implied"]["upper"], bound["implied"]["lower_closed"]) == (
        None,
        "1.5",
        False,
    )
    assert (negative["stated"]["empty"], negative["stated"]["lower"], negative["reason"]) == (True, None, "negative")


@given(st.fractions())
@effort(1)
def test_exact_text_reads_back(value: Fraction) -> None:
    assert Fraction(_exact(value)) == value
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    assert ("/" in _exact(value)) == (rest > 1)


def test_a_sum_is_told_by_its_number_of_rows() -> None:
    table = pd.DataFrame({"region": ["T", "a", "b"], "n": ["9", "2", "3"]})
    checked = check_table(table, {"n": total(over="region", of=row(region="T"))}, {"n": Column(whole=True)})
    assert "rests on n of 2 rows" in str(checked)


def documented(section: str) -> set[str]:
    """The keys that a section of the reference lists in its table."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "table-json.md").read_text("utf-8")
    (lines,) = re.findall(rf"^## {section}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return {key for line in re.findall(r"^\| (`.*?) \| ", lines, re.MULTILINE) for key in re.findall(r"`(\w+)`", line)}


def test_the_reference_lists_every_key() -> None:
    report = reported(
        {"region": ["A", "B"], "a": ["1", ".."], "b": ["3", "3"], "x": ["0.9", "0.9"]}, a=Column(whole=True)
    )
    data = report_data(report)
    (row,), (left_open,) = data["failing"], data["left_open"]
    assert documented("The table") == set(data)
    assert documented("A formula") == set(data["formulas"][0])
    assert documented("A row") == set(row)
    assert documented("An interval") == set(row["stated"])
    assert documented("What was left open") == set(left_open)
    assert documented("A column") == set(data["columns"][0])
