"""The JSON that leaves the program, and the four formats."""

from __future__ import annotations

import json
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Level
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator
from ipmetrics.reports import FORMATS, exact, report_data, write_report
from tests import by_hand


@given(st.fractions())
def test_exact_text_reads_back(value: Fraction) -> None:
    assert Fraction(exact(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "3"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction(1, 1024), "0.0009765625"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 400), "-0.0025"),
        (Fraction(0), "0"),
    ],
)
def test_a_number_is_a_decimal_where_one_ends(value: Fraction, text: str) -> None:
    assert exact(value) == text


def test_the_json_has_the_keys_that_are_promised() -> None:
    data = report_data(by_hand.dossier())
    assert list(data) == [
        "verdict", "claims", "conflicts", "repairs", "unread", "conventions", "left_open", "notes",
    ]  # fmt: skip
    assert list(data["claims"][0])[:10] == [
        "id", "kind", "verdict", "stated", "implied", "fit", "fit_float", "notes", "quote", "span",
    ]  # fmt: skip
    assert list(data["conflicts"][0])[:2] == ["claims", "assumptions"]
    assert list(data["conventions"]) == [field.name for field in attrs.fields(Conventions) if field.init]
    assert data["repairs"] == data["unread"] == []


def test_numbers_are_exact_text_in_the_printed_unit_with_floats_beside() -> None:
    ratio = report_data(by_hand.inconsistent())["claims"][1]
    assert ratio["kind"] == "ratio"
    assert ratio["implied"] == {
        "lower": "121/35",
        "lower_float": pytest.approx(3.457142857),
        "upper": "2219/641",
        "upper_float": pytest.approx(3.461778471),
        "lower_closed": True,
        "upper_closed": True,
        "empty": False,
        "power": 0,
    }
    haidian = report_data(by_hand.inconsistent())["claims"][0]
    assert (haidian["stated"]["lower"], haidian["stated"]["power"]) == ("332.75", -4)


def test_what_text_says_of_a_conflict_the_json_says_too() -> None:
    data = report_data(by_hand.dossier())["conflicts"][1]
    assert data["claims"] == ["pledges", "pledges-2020", "growth"]
    assert data["assumptions"] == ["pledges, Haidian 2020 is a whole number"]
    assert data["unless"] == ["unless fractions are counted"]
    assert data["readings"] == [{"claim": "growth", "text": "truncated instead of rounded: the base is 447"}]
    assert (data["between_editions"], data["irreducible"]) == (True, False)
    assert data["implied"][:2] == [None, None]
    growth = next(claim for claim in report_data(by_hand.dossier())["claims"] if claim["id"] == "growth")
    assert growth["span"] == [17, 63]
    assert growth["quote"].startswith("483 pledges")


def test_a_reading_of_a_claim_elsewhere_has_no_name() -> None:
    conflict = by_hand.between_editions()
    strange = attrs.evolve(conflict.readings[0], claim=Level(by_hand.HAIDIAN, "1"))
    report = attrs.evolve(by_hand.dossier(), conflicts=(attrs.evolve(conflict, readings=(strange,)),))
    assert report_data(report)["conflicts"][0]["readings"][0]["claim"] is None


def test_unbounded_empty_and_huge_ends_are_json() -> None:
    level = Level(Indicator("x").at("a", 2021), "1")
    finding = attrs.evolve(by_hand.one_of(), claim=level, survivors=None, stated=Interval.empty())
    report = attrs.evolve(
        by_hand.empty(), findings=(attrs.evolve(finding, implied=Interval(None, Fraction(10) ** 400)),)
    )
    (claim,) = json.loads(write_report(report, "json"))["claims"]
    assert (claim["stated"]["lower"], claim["stated"]["empty"]) == (None, True)
    assert (claim["implied"]["lower"], claim["implied"]["upper_float"]) == (None, None)
    assert claim["implied"]["upper"] == "1" + "0" * 400


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "gb18030", "utf-8"])
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", by_hand.REPORTS)
def test_any_report_can_be_written_in_any_encoding(name: str, format_: str, encoding: str) -> None:
    text = write_report(by_hand.REPORTS[name](), format_, encoding=encoding)
    assert text.encode(encoding)
    if format_ == "json":
        assert json.loads(text) == report_data(by_hand.REPORTS[name]())


def test_lone_surrogates_are_json_too() -> None:
    report = attrs.evolve(by_hand.empty(), notes=("\udc80",))
    text = write_report(report, "json")
    assert text.encode("utf-8")
    assert json.loads(text)["notes"] == ["\udc80"]


def test_there_is_no_fifth_format() -> None:
    with pytest.raises(ValueError, match="text, markdown, html, json: got 'yaml'"):
        write_report(by_hand.empty(), "yaml")
