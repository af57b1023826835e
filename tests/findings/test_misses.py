"""By how much stated and implied miss each other: in base units, in last printed places, relative to the figure."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.findings.misses import Miss, miss_of
from ipmetrics.findings.wording import miss_words
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.printed import stated_by
from tests import by_hand
from tests.by_hand import AMOUNT, BEIJING, GRANTED, HAIDIAN, PERCENT, decimal

CAUTIOUS, LITERAL = Conventions(), Conventions(round_numbers=False)
COUNT, WHOLE = GRANTED.at("a", 2021), GRANTED.at("all", 2021)
MONEY = AMOUNT.at("Haidian", 2021)

ends = st.fractions(-50, 50, max_denominator=40)
intervals = st.builds(Interval, ends, ends, lower_closed=st.booleans(), upper_closed=st.booleans())


@pytest.mark.parametrize(
    ("claim", "implied", "places", "relative"),
    [
        (Level(HAIDIAN, "332.8"), decimal("333.05", "340", -4), "2", "5/8320"),
        (Level(HAIDIAN, "332.8"), decimal("300", "332.65", -4), "1", "1/3328"),
        (Ratio(HAIDIAN, BEIJING, "3.54"), decimal("3.5", "3.534"), "1/10", "1/3540"),
        (Change(HAIDIAN, "19.6%"), decimal("20", "21", -2), "7/2", "1/56"),
        (Change(PERCENT.at("a", 2021), "0.44 points"), decimal("0.5", "1", -2), "11/2", "1/8"),
        (Share(COUNT, WHOLE, "51.1%"), decimal("51.2", "52", -2), "1/2", "1/1022"),
        (Level(COUNT, "40,455"), Interval.point(40_545), "90", "2/899"),
        (Level(MONEY, "2.896 billion"), Interval(2_897_000_000, 3_000_000_000), "1/2", "1/5792"),
        (Level(COUNT, "4.0万"), Interval(42_000, 43_000), "3/2", "3/80"),
        (Level(COUNT, Figure("193,000", rounding="exact")), Interval.point(194_000), "1000", "1/193"),
        (Level(COUNT, Figure("195", step=5)), Interval.point(210), "5/2", "5/78"),
        (Level(MONEY, "about 300"), Interval.point(320), "5", "1/60"),
        (Level(MONEY, "over 249,000"), Interval.point(248_000), None, "1/249"),
        (Share(COUNT, WHOLE, "a quarter"), Interval.point(Fraction(1, 2)), None, "9/10"),
        (Change(HAIDIAN, "0.0%"), decimal("1", "2", -2), "19/2", None),
    ],
)
def test_a_miss_is_measured_in_last_places_and_against_the_figure(
    claim: Claim, implied: Interval, places: str | None, relative: str | None
) -> None:
    miss = miss_of(claim, stated_by(claim, CAUTIOUS), implied)
    assert miss is not None
    assert miss.places == (None if places is None else Fraction(places))
    assert miss.relative == (None if relative is None else Fraction(relative))


def test_the_gap_is_in_base_units() -> None:
    miss = miss_of(Level(HAIDIAN, "332.8"), decimal("332.75", "332.85", -4), decimal("333.05", "340", -4))
    assert miss == Miss(Fraction(1, 50_000), Fraction(2), Fraction(1, 1664))


def test_zeros_of_a_round_number_are_printed_places_only_where_they_were_read_as_such() -> None:
    claim, implied = Level(MONEY, "193,000"), Interval.point(195_000)
    cautious = miss_of(claim, stated_by(claim, CAUTIOUS), implied)
    literal = miss_of(claim, stated_by(claim, LITERAL), implied)
    assert cautious is not None
    assert literal is not None
    assert (cautious.places, literal.places) == (Fraction(3, 2), Fraction(3999, 2))


@pytest.mark.parametrize(
    "claim", [Total(WHOLE, [COUNT]), Rank(HAIDIAN, 1, among=[BEIJING]), OneOf([Level(COUNT, "1"), Level(COUNT, "2")])]
)
def test_a_claim_without_a_figure_misses_by_a_gap_alone(claim: Claim) -> None:
    assert miss_of(claim, Interval.point(0), Interval.point(-3)) == Miss(Fraction(3))


def test_what_is_not_known_or_leaves_nothing_misses_by_nothing() -> None:
    claim, some = Level(COUNT, "40"), Interval.point(40)
    for stated, implied in [(None, some), (some, None), (some, Interval.empty()), (some, Interval.everything())]:
        assert miss_of(claim, stated, implied) is None


@given(intervals, intervals)
def test_there_is_a_miss_exactly_where_nothing_is_shared(stated: Interval, implied: Interval) -> None:
    miss = miss_of(Level(MONEY, "12"), stated, implied)
    if stated.is_empty or implied.is_empty or stated.overlaps(implied):
        assert miss is None
        return
    assert miss is not None
    # Moved by the gap, one way or the other, they touch; closed there, they meet.
    near = [attrs.evolve(stated + way * miss.gap, lower_closed=True, upper_closed=True) for way in (1, -1)]
    closed = attrs.evolve(implied, lower_closed=True, upper_closed=True)
    assert any(each.overlaps(closed) for each in near)
    assert (miss.gap == 0) is attrs.evolve(stated, lower_closed=True, upper_closed=True).overlaps(closed)
    assert miss_of(Level(MONEY, "12"), implied, stated) == miss


def test_a_conflict_tells_the_miss_of_each_claim() -> None:
    conflict = by_hand.of_three()
    haidian, ratio, beijing = conflict.misses
    assert haidian is not None
    assert ratio is not None
    assert beijing is not None
    assert (haidian.gap, haidian.places) == (Fraction("0.000704025"), Fraction("70.4025"))
    assert ratio.places == (Fraction("3.535") - Fraction(2219, 641)) * 100
    assert by_hand.between_editions().misses[:2] == (None, None)


@pytest.mark.parametrize(
    ("claim", "implied", "words"),
    [
        (
            Level(HAIDIAN, "332.8"),
            decimal("333.17", "340", -4),
            "misses by 3.2 units of its last printed place, 0.096 % of it",
        ),
        (
            Level(HAIDIAN, "332.8"),
            decimal("332.95", "340", -4),
            "misses by 1 unit of its last printed place, 0.03 % of it",
        ),
        (Level(MONEY, "over 249,000"), Interval.point(249_000), "only touches: the end is not included"),
        (Level(MONEY, "over 249,000"), Interval.point(248_000), "misses by 0.4 % of it"),
        (Level(MONEY, "0"), Interval.point(20), "misses by 20 units of its last printed place"),
        (Level(MONEY, "over 0"), Interval.point(-20), "misses by 20"),
        (Level(HAIDIAN, "332.8"), decimal("332.7", "340", -4), ""),
    ],
)
def test_a_miss_in_words(claim: Claim, implied: Interval, words: str) -> None:
    assert miss_words(miss_of(claim, stated_by(claim, CAUTIOUS), implied), claim) == words


def test_a_whole_and_its_parts_stay_apart_in_the_printed_unit() -> None:
    density = by_hand.DENSITY
    claim = Total(density.at("all", 2021), [density.at("a", 2021)])
    miss = miss_of(claim, Interval.point(0), decimal("3", "4", -4))
    assert miss_words(miss, claim) == "the whole and its parts stay 3 apart"
