"""Slips of meaning: each is proposed where it can have happened, both ways round, and the numeral stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.checks.statements import stated
from ipmetrics.diagnosis.meanings import meaning_rereadings
from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure, FigureForm
from ipmetrics.model.indicators import Indicator
from ipmetrics.testing import known_figures

YEARBOOK = Source(title="yearbook", date=date(2022, 4, 30))
GRANTED = Indicator("granted", unit="patent", measure="flow")
IN_FORCE = Indicator("in force", unit="patent", measure="stock")
QUOTA = Indicator("quota", unit="percent")
BALANCE = Indicator("balance", unit="CNY", signed=True)
HERE, BEFORE, THERE = GRANTED.at("Haidian", 2021), GRANTED.at("Haidian", 2020), GRANTED.at("Beijing", 2021)


def proposed(claim: Claim, *others: Claim) -> list[Rereading]:
    return list(meaning_rereadings(Surroundings((*others, claim), Conventions()), len(others)))


def reread(claim: Claim, slip: Slip, *others: Claim) -> list[Claim | None]:
    return [reading.reread[0] for reading in proposed(claim, *others) if reading.slip is slip]


def words(claim: Claim, *others: Claim) -> list[str]:
    return [reading.text for reading in proposed(claim, *others)]


# ------------------------------------------------------------------------------ what stays
def of(*forms: FigureForm) -> st.SearchStrategy[Figure]:
    return known_figures(forms=forms).map(lambda pair: pair[0])


AMOUNT, OTHER = BALANCE.at("Haidian", 2021), BALANCE.at("Beijing", 2021)
NOW, THEN = QUOTA.at("Haidian", 2021), QUOTA.at("Haidian", 2019)
COMPARED = of(FigureForm.NUMBER, FigureForm.TIMES, FigureForm.PERCENT)
CLAIMS: st.SearchStrategy[Claim] = st.one_of(
    of(FigureForm.NUMBER).map(lambda figure: Level(AMOUNT, figure, id="it", source=YEARBOOK)),
    of(FigureForm.PERCENT).map(lambda figure: Level(NOW, figure, id="it", source=YEARBOOK)),
    COMPARED.map(lambda figure: Ratio(AMOUNT, OTHER, figure, id="it", source=YEARBOOK)),
    COMPARED.map(lambda figure: Change(AMOUNT, figure, than=OTHER, id="it", source=YEARBOOK)),
    of(FigureForm.PERCENT, FigureForm.POINTS).map(
        lambda figure: Change(NOW, figure, since=THEN, id="it", source=YEARBOOK)
    ),
)
"""Claims of every kind that may have been meant otherwise, from figures of every form."""


@given(CLAIMS)
def test_the_numeral_stands_and_the_claim_keeps_its_name_and_source(claim: Claim) -> None:
    known = Level(BALANCE.at("Haidian", 2020), "1"), Level(QUOTA.at("Haidian", 2020), "1%")
    for reading in proposed(claim, *known):
        [read] = reading.reread
        assert isinstance(read, (Level, Ratio, Change))
        assert isinstance(claim, (Level, Ratio, Change))
        assert read.figure is not None
        assert claim.figure is not None
        assert reading.places == (2,)
        assert (read.id, read.source) == ("it", YEARBOOK)
        assert read != claim
        assert (read.figure.number, read.figure.hedge) == (claim.figure.number, claim.figure.hedge)
        assert (read.figure.rounding, read.figure.decimals) == (claim.figure.rounding, claim.figure.decimals)
        # What is stated is the same interval, of another expression.
        assert stated(read, Conventions()) == stated(claim, Conventions())


@pytest.mark.parametrize(
    "claim",
    [
        OneOf([Level(HERE, "5"), Level(HERE, "6")]),
        Rank(HERE, 1, among=[THERE]),
        Share(HERE, THERE, "51.1%"),
        Level(HERE),
        Ratio(HERE, THERE),
        Change(HERE),
    ],
)
def test_what_cannot_have_been_meant_otherwise_has_no_rereading(claim: Claim) -> None:
    assert proposed(claim, Level(BEFORE, "4")) == []


# ------------------------------------------------------------------------------ percent and points
def test_percent_and_points_are_taken_for_one_another_where_percentages_are_compared() -> None:
    now, then = QUOTA.at("Haidian", 2021), QUOTA.at("Haidian", 2019)
    percent, points = Change(now, "5.2%", since=then, id="it"), Change(now, "5.2 points", since=then, id="it")
    assert reread(percent, Slip.POINTS) == [points]
    assert reread(points, Slip.POINTS) == [Change(now, "5.2%", since=then, id="it")]
    assert "means percentage points, not percent" in words(percent)
    assert "means percent, not percentage points" in words(points)
    stated_so = Change(now, Figure("5.20%", rounding="truncated", decimals=1))
    assert reread(stated_so, Slip.POINTS) == [Change(now, Figure("5.20 points", rounding="truncated", decimals=1))]
    assert reread(Change(HERE, "5.2%"), Slip.POINTS) == []
    assert reread(Change(now, "a third"), Slip.POINTS) == []
    assert reread(Change(now, "5.2%", since=then, per="year"), Slip.POINTS) == []


# ------------------------------------------------------------------------------ times
@pytest.mark.parametrize(
    ("ratio", "change"),
    [
        (Ratio(HERE, BEFORE, "2.2"), Change(HERE, "2.2 times", since=BEFORE)),
        (Ratio(HERE, BEFORE, "2.2 times"), Change(HERE, "2.2 times", since=BEFORE)),
        (Ratio(HERE, THERE, "2.2 times"), Change(HERE, "2.2 times", than=THERE)),
        (Ratio(HERE, THERE, "35%"), Change(HERE, "35%", than=THERE)),
        (Ratio(HERE, THERE, "nearly three"), Change(HERE, "nearly three times", than=THERE)),
        (Ratio(HERE, THERE, "3倍以上"), Change(HERE, "3倍以上", than=THERE)),
        (
            Ratio(HERE, GRANTED.at("Haidian", 2020, {"holder": "firms"}), "3"),
            Change(HERE, "3 times", than=GRANTED.at("Haidian", 2020, {"holder": "firms"})),
        ),
    ],
)
def test_a_multiple_may_have_been_the_increase(ratio: Ratio, change: Change) -> None:
    assert reread(ratio, Slip.TIMES) == [change]
    back = reread(change, Slip.TIMES)
    assert [type(each) for each in back] == [Ratio]
    assert stated(back[0] or ratio, Conventions()) == stated(ratio, Conventions())


@pytest.mark.parametrize(
    "claim",
    [
        Change(HERE, "69,000", since=BEFORE),
        Change(HERE, "-19.6%"),
        Change(HERE, "+19.6%"),
        Change(HERE, "8.2%", since=GRANTED.at("Haidian", 2018), per="year"),
        Ratio(HERE, THERE, "twice"),
        Ratio(HERE, THERE, "more than double"),
        Ratio(HERE, THERE, "-2"),
    ],
)
def test_a_multiple_has_no_sign_and_a_doubling_is_no_increase_by_two(claim: Claim) -> None:
    assert reread(claim, Slip.TIMES) == []


def test_an_increase_by_a_word_for_a_multiple_may_have_been_that_multiple() -> None:
    assert reread(Change(HERE, "double"), Slip.TIMES) == [Ratio(HERE, BEFORE, "double")]


def test_a_multiple_and_an_increase_are_told_apart_in_words() -> None:
    assert words(Ratio(HERE, THERE, "2.2")) == ["means 2.2 times more, not 2.2 times"]
    assert words(Ratio(HERE, THERE, "35%")) == ["means 35% more, not 35% of it"]
    assert words(Change(HERE, "2.2 times")) == ["is the multiple, not the increase: 2.2 times as much"]
    assert words(Change(HERE, "120%")) == ["is the multiple, not the increase: 120% of it"]


# ------------------------------------------------------------------------------ level and increase
def test_a_level_may_have_been_the_increase_since_any_earlier_period_that_others_speak_of() -> None:
    level = Level(HERE, "69,000", id="it")
    older, later = GRANTED.at("Haidian", 2018), GRANTED.at("Haidian", 2022)
    half, elsewhere = GRANTED.at("Haidian", "2020-H1"), GRANTED.at("Beijing", 2020)
    others = [Level(each, "5") for each in (BEFORE, older, later, half, elsewhere, IN_FORCE.at("Haidian", 2020))]
    assert reread(level, Slip.INCREASE, *others) == [
        Change(HERE, "69,000", since=BEFORE, id="it"),
        Change(HERE, "69,000", since=older, id="it"),
    ]
    assert words(level, *others) == [
        "is the increase since 2020, not the level",
        "is the increase since 2018, not the level",
    ]
    assert proposed(level) == []
    assert proposed(level, Level(GRANTED.at("Haidian", 2020, {"holder": "firms"}), "5")) == []


def test_a_stock_has_no_length() -> None:
    level, half = Level(IN_FORCE.at("Haidian", 2021), "69,000"), IN_FORCE.at("Haidian", "2021-06")
    assert len(reread(level, Slip.INCREASE, Level(half, "5"))) == 1
    assert reread(level, Slip.INCREASE, Level(IN_FORCE.at("Haidian", "2021-12-31"), "5")) == []


def test_a_level_in_percent_may_have_been_the_increase_in_points() -> None:
    now, then = QUOTA.at("Haidian", 2021), QUOTA.at("Haidian", 2020)
    for text in ("0.44%", "0.44"):
        [change] = reread(Level(now, text), Slip.INCREASE, Level(then, "5%"))
        assert change == Change(now, "0.44 points", since=then)
    assert reread(Level(now, "a quarter"), Slip.INCREASE, Level(then, "5%")) == []
    per_mille = Indicator("rate", unit="per_mille")
    assert reread(Level(per_mille.at("a", 2021), "4"), Slip.INCREASE, Level(per_mille.at("a", 2020), "5")) == []


def test_an_increase_may_have_been_the_level() -> None:
    assert reread(Change(HERE, "69,000", id="it"), Slip.INCREASE) == [Level(HERE, "69,000", id="it")]
    now = QUOTA.at("Haidian", 2021)
    assert reread(Change(now, "0.44 points"), Slip.INCREASE) == [Level(now, "0.44%")]
    assert reread(Change(HERE, "19.6%"), Slip.INCREASE) == []
    assert reread(Change(HERE, "-69,000"), Slip.INCREASE) == []
    assert reread(Change(HERE, "+69,000"), Slip.INCREASE) == []
    assert reread(Change(BALANCE.at("a", 2021), "-69,000"), Slip.INCREASE) == [Level(BALANCE.at("a", 2021), "-69,000")]


# ------------------------------------------------------------------------------ parts
def test_a_partition_may_leave_something_out_and_its_parts_may_overlap() -> None:
    parts = [GRANTED.at(region, 2021) for region in ("north", "south")]
    apart = Total(HERE, parts, complete=False, id="it")
    overlapping = Total(HERE, parts, complete=False, disjoint=False, id="it")
    assert reread(Total(HERE, parts, id="it"), Slip.OVERLAP) == [apart, overlapping]
    assert reread(apart, Slip.OVERLAP) == [overlapping]
    assert proposed(overlapping) == []
