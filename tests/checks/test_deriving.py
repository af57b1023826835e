from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks import derive
from ipmetrics.errors import ClaimError
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.regions import Region
from tests.checks.cast import AWARDS, BEIJING, CHAOYANG, GRANTED, HAIDIAN, HERE, MONEY, QUOTA, THERE


def test_a_base_from_a_level_and_a_ratio_in_the_printed_unit() -> None:
    derived = derive(THERE, [Level(HERE, "332.8", id="level"), Ratio(HERE, THERE, "3.54", id="ratio")])
    assert derived.interval == Interval(Fraction("332.75"), Fraction("332.85")) / Interval(
        Fraction("3.535"), Fraction("3.545")
    )
    assert (derived.exact, derived.unit.name, derived.multiplier) == (True, "patent/person", -4)
    assert set(derived.claims_used) == {"level", "ratio"}
    assert derived.to_base() == derived.interval / 10_000


def test_three_awards_are_ten_percent_of_all() -> None:
    every, ours = AWARDS.at("all", 2021), AWARDS.at("ours", 2021)
    derived = derive(every, [Level(ours, "3"), Share(ours, every, "10%")])
    assert (derived.interval, derived.exact) == (Interval(29, 31), True)


def test_readings_leave_pieces() -> None:
    derived = derive(
        AWARDS.at("A", 2021), [OneOf([Level(AWARDS.at("A", 2021), "3"), Level(AWARDS.at("A", 2021), "7")])]
    )
    assert derived.pieces == (Interval.point(3), Interval.point(7))
    assert derived.interval == Interval(3, 7)


@pytest.mark.parametrize(
    ("asked", "interval", "unit"),
    [
        (Ratio(HERE, THERE), Interval(Fraction(55, 35), Fraction(65, 25)), "1"),
        (Share(THERE, HERE), Interval(Fraction(2500, 65), Fraction(3500, 55)), "percent"),
        (Change(HERE, than=THERE), Interval(Fraction(2000, 35), Fraction(4000, 25)), "percent"),
        (Change(HERE, than=THERE, difference=True), Interval(2, 4), "patent/person"),
    ],
    ids=str,
)
def test_expressions_come_in_their_own_units(asked: Claim, interval: Interval, unit: str) -> None:
    derived = derive(asked, [Level(HERE, "6"), Level(THERE, "3")])
    assert (derived.interval, derived.unit.name, derived.exact) == (interval, unit, True)


def test_differences_of_percentages_are_points() -> None:
    now, then = QUOTA.at(HAIDIAN, 2021), QUOTA.at(HAIDIAN, 2020)
    derived = derive(Change(now, difference=True), [Level(now, "51.0%"), Level(then, "50.0%")])
    assert (str(derived.interval), derived.unit.name) == ("[0.9, 1.1]", "percentage_point")


def test_correlation_is_kept() -> None:
    claims: list[Claim] = [Level(THERE, "100"), Ratio(HERE, THERE, "3.54")]
    assert derive(Ratio(HERE, THERE), claims).interval == Interval(Fraction("3.535"), Fraction("3.545"))


def test_a_partition_bounds_each_part() -> None:
    whole, parts = GRANTED.at(BEIJING, 2021), [GRANTED.at(HAIDIAN, 2021), GRANTED.at(CHAOYANG, 2021)]
    claims: list[Claim] = [
        Total(whole, parts),
        Level(whole, "100"),
        Level(parts[0], "over 60"),
        Rank(parts[1], 2, among=parts),
    ]
    assert derive(parts[1], claims).interval == Interval(0, 39)


def test_nothing_known_leaves_what_is_assumed() -> None:
    assert derive(HERE, []).interval == Interval.at_least(0)
    assert derive(Change(MONEY.at(HAIDIAN, 2021)), []).interval == Interval.at_least(-100)


def test_an_inconsistent_set_gives_nothing_and_says_why() -> None:
    derived = derive(THERE, [Level(HERE, "3"), Level(HERE, "5")])
    assert derived.is_empty
    assert derived.conflict is not None
    assert derived.conflict.ids == ("claim-1", "claim-2")
    assert derived.to_pint() == (None, None)


def test_what_has_a_figure_is_no_question() -> None:
    for asked in (Level(HERE, "3"), Rank(HERE, 1, among=[THERE])):
        with pytest.raises(ClaimError, match="without its figure"):
            derive(asked, [])


def test_an_open_end_stays_open() -> None:
    derived = derive(THERE, [Level(THERE, "under 3"), Level(THERE, "over 1")])
    assert derived.interval == Interval.open(1, 3)
    assert not (derived.lower_closed)
    assert not (derived.upper_closed)


def test_growth_at_its_least_beside_that_of_a_part_is_not_called_exact() -> None:
    growth = Indicator("money", unit="CNY", measure="flow").growth()
    nation = Region("nation", code="N")
    south = Region("south", code="S", part_of=nation)
    beside = derive(growth.at(nation, 2020), [Level(growth.at(south, 2020), "5%")])
    assert (str(beside.interval), beside.exact) == ("[-100, ∞)", False)  # the nation cannot vanish while its part grows
    assert derive(growth.at(nation, 2020), [Level(growth.at(nation, 2020), "5%")]).exact
