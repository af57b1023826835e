"""How claims are named, and in which unit their intervals are shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from ipmetrics.findings.wording import (
    common_indicator,
    convention_words,
    figure_words,
    indicator_words,
    interval_words,
    label,
    listed,
    printed,
    printed_power,
    source_words,
    without_indicator,
)
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Rounding
from ipmetrics.model.indicators import Indicator
from tests.by_hand import AMOUNT, BEIJING, DENSITY, GRANTED, HAIDIAN, PERCENT, PLEDGES, decimal

BEFORE = HAIDIAN.moved(period=HAIDIAN.period.year_before)
SHARE_2021 = PERCENT.at("Haidian", 2021)
PARTS = [GRANTED.at(name, 2021) for name in "abcde"]
WHOLE = GRANTED.at("all", 2021)
UNIVERSITIES = GRANTED.at("all", 2021, {"holder": "universities"})


@pytest.mark.parametrize(
    ("claim", "power"),
    [
        (Level(HAIDIAN, "332.8"), -4),
        (Level(SHARE_2021, "51.1%"), -2),
        (Level(SHARE_2021, "51.1"), -2),
        (Level(SHARE_2021, "511‰"), -3),
        (Level(AMOUNT.at("Haidian", 2021), "2.896 billion"), 0),
        (Ratio(HAIDIAN, BEIJING, "3.54"), 0),
        (Ratio(HAIDIAN, BEIJING, "3.54 times"), 0),
        (Ratio(HAIDIAN, BEIJING, "354%"), -2),
        (Share(PARTS[0], WHOLE, "51.1%"), -2),
        (Share(PARTS[0], WHOLE, "a quarter"), -2),
        (Change(HAIDIAN, "19.6%"), -2),
        (Change(HAIDIAN, "2.2 times"), 0),
        (Change(HAIDIAN, "69.5"), -4),
        (Change(SHARE_2021, "0.44 points"), -2),
        (Total(WHOLE, PARTS), 0),
        (Rank(HAIDIAN, 1, among=[BEIJING]), -4),
        (OneOf([Level(HAIDIAN, "1"), Level(HAIDIAN, "2")]), 0),
    ],
)
def test_intervals_are_shown_in_the_unit_a_claim_was_printed_in(claim: Claim, power: int) -> None:
    assert printed_power(claim) == power
    assert printed(Interval.point(1), claim) == Interval.point(Fraction(10) ** -power)


def test_the_figures_own_sign_is_repeated() -> None:
    assert interval_words(decimal("19.55", "19.65", -2), Change(HAIDIAN, "19.6%")) == "[19.55, 19.65] %"
    assert interval_words(decimal("0.435", "0.445", -2), Change(SHARE_2021, "0.44 points")) == "[0.435, 0.445] points"
    assert interval_words(decimal("332.75", "332.85", -4), Level(HAIDIAN, "332.8")) == "[332.75, 332.85]"
    assert interval_words(Interval.empty(), Change(HAIDIAN, "19.6%")) == "∅"
    assert interval_words(None, Level(HAIDIAN, "332.8")) == ""


@pytest.mark.parametrize(
    ("claim", "short", "long"),
    [
        (Level(HAIDIAN, "1"), "Haidian 2021", f"{DENSITY}, Haidian 2021"),
        (Ratio(HAIDIAN, BEIJING, "1"), "Haidian ÷ Beijing", f"{DENSITY}, Haidian ÷ Beijing 2021"),
        (Ratio(HAIDIAN, BEFORE, "1"), "Haidian 2021 ÷ Haidian 2020", f"{DENSITY}, Haidian 2021 ÷ Haidian 2020"),
        (Share(PARTS[0], WHOLE, "1%"), "a as a share of all", f"{GRANTED}, a as a share of all 2021"),
        (
            Share(UNIVERSITIES, WHOLE, "1%"),
            "all 2021 (universities) as a share of all 2021",
            f"{GRANTED}, all 2021 (universities) as a share of all 2021",
        ),
        (Change(HAIDIAN, "1%"), "Haidian 2020 → 2021, growth", f"{DENSITY}, Haidian 2020 → 2021, growth"),
        (Change(HAIDIAN, "3.5"), "Haidian 2020 → 2021, change", f"{DENSITY}, Haidian 2020 → 2021, change"),
        (
            Change(UNIVERSITIES, "1%"),
            "all 2020 → 2021 (universities), growth",
            f"{GRANTED}, all 2020 → 2021 (universities), growth",
        ),
        (
            Change(HAIDIAN, "8.2%", since=DENSITY.at("Haidian", 2016), per="year"),
            "Haidian 2016 → 2021, growth a year",
            f"{DENSITY}, Haidian 2016 → 2021, growth a year",
        ),
        (
            Change(HAIDIAN, "25%", than=BEIJING),
            "Haidian more than Beijing",
            f"{DENSITY}, Haidian more than Beijing 2021",
        ),
        (
            Total(WHOLE, PARTS),
            "all 2021 = a 2021 + b 2021 + c 2021 + 2 more",
            f"{WHOLE} = {PARTS[0]} + {PARTS[1]} + {PARTS[2]} + 2 more",
        ),
        (Total(WHOLE, PARTS[:1], complete=False), "all 2021 ≥ a 2021", f"{WHOLE} ≥ {PARTS[0]}"),
        (
            Total(WHOLE, PARTS[:2], complete=False, disjoint=False),
            "all 2021 ≥ each of a 2021, b 2021",
            f"{WHOLE} ≥ each of {PARTS[0]}, {PARTS[1]}",
        ),
        (Rank(HAIDIAN, 2, among=[BEIJING]), "Haidian 2021 among 2", f"{DENSITY}, Haidian 2021 among 2"),
        (OneOf([Level(HAIDIAN, "1"), Level(HAIDIAN, "2")]), "one of 2 readings", "one of 2 readings"),
    ],
)
def test_labels_are_short_and_name_the_indicator_once(claim: Claim, short: str, long: str) -> None:
    assert label(claim, named=False, timed=False) == short
    assert label(claim) == long


def test_claims_across_indicators_name_both() -> None:
    claim = Share(PLEDGES.at("Haidian", 2021), Indicator("all cases", unit="case").at("Haidian", 2021), "5%")
    other = Share(PLEDGES.at("Haidian", 2021), Indicator("all cases", unit="case").at("Beijing", 2021), "5%")
    assert common_indicator([claim]) is None
    assert label(claim, named=False) == "pledges as a share of all cases, Haidian 2021"
    assert label(other) == "pledges, Haidian 2021 as a share of all cases, Beijing 2021"
    assert common_indicator([Level(HAIDIAN, "1"), Change(HAIDIAN, "1%")]) == DENSITY


def test_a_change_from_another_scope_names_both_sides() -> None:
    claim = Change(UNIVERSITIES, "5%", since=GRANTED.at("all", 2019, {"holder": "firms"}))
    assert label(claim, named=False) == "all 2019 (firms) → all 2021 (universities), growth"


def test_figures_are_as_printed() -> None:
    growth = [Change(each.at("Haidian", 2021), "8.06%") for each in (PLEDGES, AMOUNT)]
    assert figure_words(Level(HAIDIAN, "332.80")) == "332.80"
    assert figure_words(Level(HAIDIAN)) == "?"
    assert figure_words(OneOf(growth)) == "8.06%"
    assert figure_words(OneOf([growth[0], Level(HAIDIAN, "3")])) == ""
    assert figure_words(Rank(HAIDIAN, 2, among=[BEIJING], order="ascending")) == "number 2 from below"
    assert figure_words(Total(WHOLE, PARTS)) == ""


def test_units_and_sources_are_named_where_known() -> None:
    assert indicator_words(DENSITY) == "high-value invention patents per 10,000 people (patent per 10,000 person)"
    assert indicator_words(Indicator("a ratio")) == "a ratio"
    assert indicator_words(Indicator("births", unit="per_mille")) == "births (‰)"
    source = Source("Office", None, date(2022, 4, 30), locator="page 3")
    assert source_words(source) == "Office, 2022-04-30, page 3"
    assert source_words(None) == source_words(Source()) == ""
    assert listed([]) == ""
    assert listed(["a"]) == "a"


@pytest.mark.parametrize(
    ("told", "short"),
    [
        (str(BEIJING), "Beijing 2021"),
        (str(UNIVERSITIES), "all 2021 (universities)"),
        (str(Ratio(HAIDIAN, BEIJING)), "Haidian 2021 ÷ Beijing 2021 = ?"),
        ("a, Haidian 2021 ÷ b, Beijing 2021", "a, Haidian 2021 ÷ b, Beijing 2021"),
        ("", ""),
    ],
)
def test_an_expression_is_told_without_its_one_indicator(told: str, short: str) -> None:
    assert without_indicator(told) == short


@pytest.mark.parametrize("rule", Rounding)
def test_conventions_are_told_for_every_rule(rule: Rounding) -> None:
    words = convention_words(Conventions(rounding=rule, part_of=False, about=Fraction(1, 3)))
    assert words.startswith("Figures are read as ")
    assert "33.3333… %" in words
    assert words.endswith("Not assumed: parts are no more than their wholes.")
