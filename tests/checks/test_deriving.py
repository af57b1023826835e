from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks import derive
from ipmetrics.errors import ClaimError
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member
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


INCOME = Indicator("licensing income", unit="CNY", measure="flow")
GROWTH = INCOME.growth()
NATION = Region("nation", code="N")
SOUTH = Region("south", code="S", part_of=NATION)
FIRMS = {"holder": Member("firms", part_of="all")}
NATION_GROWS = GROWTH.at(NATION, 2020)


def test_growth_at_its_least_beside_that_of_a_part_is_not_called_exact() -> None:
    beside = derive(NATION_GROWS, [Level(GROWTH.at(SOUTH, 2020), "5%")])
    assert (str(beside.interval), beside.exact) == ("[-100, ∞)", False)  # the nation cannot vanish while its part grows
    assert derive(NATION_GROWS, [Level(NATION_GROWS, "5%")]).exact


def test_a_part_is_one_wherever_in_the_set_it_is_declared() -> None:
    bare = Level(GROWTH.at(Region("south", code="S"), 2020), "5%")
    declared = Level(GRANTED.at(SOUTH, 2021), "7")
    for claims in ([bare, declared], [declared, bare]):
        assert not derive(NATION_GROWS, claims).exact
    assert derive(NATION_GROWS, [bare]).exact


@pytest.mark.parametrize(
    ("claim", "exact"),
    [
        (Level(GROWTH.at(NATION, 2020, FIRMS), "5%"), False),
        (Level(GROWTH.at(NATION, 2020, {"holder": "firms"}), "5%"), True),  # not declared to be part of all
        (Level(GROWTH.at(NATION, 2020, {"status": "target"}), "5%"), True),  # planned, not counted
        (Level(GROWTH.at(NATION, "2020-H1"), "5%"), False),
        (Level(GROWTH.at(SOUTH, 2021), "5%"), False),  # its base is the south in 2020, and above zero
        (Level(GROWTH.at(SOUTH, 2019), "5%"), True),
        (Level(INCOME.at(SOUTH, 2020), "5"), False),  # a part that is printed itself
        (Level(GRANTED.growth().at(SOUTH, 2020), "5%"), True),
    ],
    ids=str,
)
def test_an_end_is_called_exact_unless_a_part_stands_against_it(claim: Claim, exact: bool) -> None:  # noqa: FBT001 - a parameter
    derived = derive(NATION_GROWS, [claim])
    assert (str(derived.interval), derived.exact) == ("[-100, ∞)", exact)
    assert derive(NATION_GROWS, [claim], Conventions(part_of=False)).exact


def test_a_part_of_nothing_is_not_called_free() -> None:
    nothing: list[Claim] = [Level(INCOME.at(NATION, 2020), "at most 0")]
    assert not derive(GROWTH.at(SOUTH, 2020), nothing).exact
    assert derive(GROWTH.at(SOUTH, 2020), [Level(INCOME.at(NATION, 2020), "5")]).exact


def test_a_count_within_another_is_not_called_free() -> None:
    growth = GRANTED.growth().at(SOUTH, 2020)
    assert not derive(growth, [Level(GRANTED.at(NATION, 2020), "5"), Level(growth, "at most 41.5%")]).exact


def test_the_least_of_a_growth_is_that_all_is_gone() -> None:
    falling: list[Claim] = [Level(NATION_GROWS, "at least -50%"), Level(GROWTH.at(SOUTH, 2020), "5%")]
    assert not derive(NATION_GROWS, falling).exact
    halved: list[Claim] = [Level(NATION_GROWS, "at most -50%"), *falling[1:]]
    assert derive(NATION_GROWS, halved).exact


def test_parts_are_found_through_definitions_of_definitions() -> None:
    density = INCOME.per(Indicator("residents", unit="person", measure="stock")).growth()
    assert not derive(density.at(NATION, 2020), [Level(density.at(SOUTH, 2020), "5%")]).exact
    assert derive(density.at(NATION, 2020), [Level(density.at("elsewhere", 2020), "5%")]).exact
