"""The JSON that leaves the program, and the four formats."""

from __future__ import annotations

import json
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmetrics.findings import ClaimFinding, Explanation, Part, Repair, Slip, Step, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Level
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Indicator
from ipmetrics.rationals import exact_text as exact
from ipmetrics.reports import FORMATS, explanation_data, report_data, write_report
from tests import by_hand
from tests.documents.test_writers import Balanced, check_tables
from tests.findings import explained
from tests.findings.explained import EXPLANATIONS
from tests.laws.test_any_report_renders import claims, conflicts, findings, maybe_intervals, words


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
        "if_read_so",
    ]  # fmt: skip
    assert list(data["claims"][0])[:10] == [
        "id", "kind", "verdict", "stated", "implied", "fit", "fit_float", "notes", "quote", "span",
    ]  # fmt: skip
    assert list(data["conflicts"][0])[:2] == ["claims", "assumptions"]
    assert list(data["conventions"]) == [field.name for field in attrs.fields(Conventions) if field.init]
    assert data["repairs"] == data["unread"] == data["if_read_so"] == []


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


def test_a_miss_is_told_in_the_unit_of_the_intervals_beside_it() -> None:
    conflict = report_data(by_hand.inconsistent())["conflicts"][0]
    assert conflict["misses"][0] == {
        "gap": "7.04025",
        "gap_float": 7.04025,
        "places": "70.4025",
        "places_float": 70.4025,
        "relative": "28161/1331200",
        "relative_float": pytest.approx(0.0211546),
        "power": -4,
    }
    assert report_data(by_hand.dossier())["conflicts"][1]["misses"][:2] == [None, None]


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


# ------------------------------------------------------------------------------ explanations
def test_the_json_of_an_explanation_has_the_keys_that_are_promised() -> None:
    data = explanation_data(explained.dossier())
    assert list(data) == [
        "verdict", "claim", "conflicts", "parts", "repairs", "left_open", "notes", "conventions",
    ]  # fmt: skip
    assert list(data["parts"][0]) == ["conflicts", "weight", "weight_float", "proved", "complete", "repairs"]
    assert list(data["repairs"][0]) == [
        "kind", "steps", "size", "weight", "weight_float", "fit", "fit_float", "part",
    ]  # fmt: skip
    assert list(data["repairs"][0]["steps"][0]) == [
        "claims", "slip", "text", "reread", "needed", "nearest", "fit", "fit_float",
    ]  # fmt: skip
    assert data["conflicts"][0].keys() == report_data(by_hand.dossier())["conflicts"][0].keys()


def test_parts_point_to_their_conflicts_and_repairs() -> None:
    explanation = explained.dossier()
    data = explanation_data(explanation)
    for number, part in enumerate(data["parts"]):
        conflicts = [explanation.conflicts[place].ids for place in part["conflicts"]]
        assert conflicts == [conflict.ids for conflict in explanation.parts[number].conflicts]
        assert {data["repairs"][place]["part"] for place in part["repairs"]} == {number}
    pointed = sorted(place for part in data["parts"] for place in part["repairs"])
    assert pointed == list(range(len(data["repairs"])))


def test_repairs_stand_in_one_list_best_first() -> None:
    repairs = explanation_data(explained.dossier())["repairs"]
    keys = [(each["size"], each["weight_float"], -each["fit_float"], each["kind"] == "change") for each in repairs]
    assert keys == sorted(keys)
    assert repairs[0]["steps"][0]["text"] == "reads as 9,489: two digits exchanged"


def test_a_re_reading_and_a_change_say_what_they_suppose() -> None:
    repairs = explanation_data(explained.slip())["repairs"]
    reading, change = (next(each for each in repairs if each["kind"] == kind) for kind in ("re-reading", "change"))
    (step,) = reading["steps"]
    assert (step["claims"], step["slip"], step["nearest"]) == (["total"], "exchanged digits", None)
    assert step["reread"] == ["patents granted, all 2021 = 9,489"]
    assert (reading["fit"], step["fit"], step["fit_float"]) == ("1", "1", 1.0)
    (step,) = change["steps"]
    assert (step["claims"], step["slip"], step["nearest"], step["fit"]) == (["total"], None, "9,489", None)
    assert (step["reread"], step["needed"]["lower"], step["needed"]["power"]) == ([None], "9489", 0)


def test_what_a_change_needs_is_told_in_the_printed_unit() -> None:
    steps = [step for each in explanation_data(explained.dossier())["repairs"] for step in each["steps"]]
    growth = next(step for step in steps if step["claims"] == ["growth"] and step["nearest"])
    assert growth["needed"]["lower_float"] == pytest.approx(8.05582, abs=1e-5)
    assert growth["needed"]["power"] == -2


def test_the_repairs_of_a_report_are_those_of_its_explanation() -> None:
    explanation = explained.dossier()
    data = report_data(by_hand.dossier(), explanation)
    assert data["repairs"] == explanation_data(explanation)["repairs"]
    assert json.loads(write_report(by_hand.dossier(), "json", explanation=explanation)) == data


def test_a_claim_that_was_asked_for_is_told_as_in_a_report() -> None:
    finding = by_hand.chinese()[0]
    data = json.loads(write_report(explained.consistent(), "json", about=finding))
    assert data["claim"] == report_data(by_hand.consistent())["claims"][0]
    assert "海淀区" in write_report(explained.consistent(), about=finding)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", EXPLANATIONS)
def test_any_explanation_can_be_written_in_any_encoding(name: str, format_: str, encoding: str) -> None:
    text = write_report(EXPLANATIONS[name](), format_, encoding=encoding)
    assert text.encode(encoding)
    if format_ == "json":
        assert json.loads(text) == explanation_data(EXPLANATIONS[name]())


@st.composite
def steps(draw: st.DrawFn) -> Step:
    several = draw(st.lists(claims(), min_size=1, max_size=2))
    slip = draw(st.none() | st.sampled_from(Slip))
    return Step(
        tuple(f"{place}" for place in range(len(several))),
        tuple(several),
        draw(words),
        slip,
        tuple(draw(st.none() | claims()) for _ in several) if slip is not None else (),
        draw(maybe_intervals),
        draw(st.none() | st.just(Figure("9,489"))),
        draw(st.none() | st.fractions(0, 1)),
    )


repairs = st.builds(
    Repair,
    st.lists(steps(), min_size=1, max_size=2).map(tuple),
    st.fractions(0, 9),
    st.fractions(0, 1),
    st.just(()),
)
parts = st.builds(
    Part,
    st.lists(conflicts(), min_size=1, max_size=5).map(tuple),
    st.lists(repairs, max_size=4).map(tuple),
    st.lists(repairs, max_size=4).map(tuple),
    st.fractions(0, 9),
    proved=st.booleans(),
    complete=st.booleans(),
)


@settings(max_examples=20)
@given(st.lists(parts, max_size=2), st.sampled_from(Verdict), st.none() | findings())
def test_whatever_it_says_an_explanation_is_written_in_all_four_formats(
    found: list[Part], verdict: Verdict, about: ClaimFinding | None
) -> None:
    every = tuple(conflict for part in found for conflict in part.conflicts)
    explanation = Explanation(verdict, every, tuple(found), ids=("0", "1"), conventions=Conventions())
    assert write_report(explanation, about=about, unfold=True)
    assert write_report(explanation, about=about, width=40, encoding="ascii").isascii()
    check_tables(write_report(explanation, "markdown", about=about))
    page = Balanced(write_report(explanation, "html", about=about))
    assert {"script", "img", "link", "iframe"}.isdisjoint(page.elements)
    assert json.loads(write_report(explanation, "json", about=about)) == explanation_data(explanation, about)
    for repair in (repair for part in found for repair in (*part.changes, *part.rereadings)):
        assert str(repair)
