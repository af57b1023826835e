from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks import check, derive
from ipmetrics.checks.assembly import assemble
from ipmetrics.findings import AssumptionKind, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, Ratio
from ipmetrics.model.figures import Conventions
from ipmetrics.model.observations import Member, Observation
from tests.checks.cast import (
    BALANCE,
    BEIJING,
    GRANTED,
    HAIDIAN,
    HERE,
    IN_FORCE,
    INVENTIONS,
    MONEY,
    PEOPLE,
    RATE,
    THERE,
    UNIVERSITIES,
)


def verdict(*claims: Claim, conventions: Conventions | None = None) -> Verdict:
    return check(claims, conventions, per_claim=False).verdict


def assumed(*claims: Claim) -> list[AssumptionKind]:
    return [each.kind for each in assemble(claims).assumed]


PARTS = {
    "region": (GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021)),
    "scope": (GRANTED.at(HAIDIAN, 2021, UNIVERSITIES), GRANTED.at(HAIDIAN, 2021)),
    "period": (GRANTED.at(HAIDIAN, "2021-H1"), GRANTED.at(HAIDIAN, 2021)),
}


@pytest.mark.parametrize(("part", "whole"), PARTS.values(), ids=PARTS)
def test_a_part_is_at_most_its_whole(part: Observation, whole: Observation) -> None:
    assert verdict(Level(part, "30"), Level(whole, "20")) is Verdict.INCONSISTENT
    assert verdict(Level(part, "20"), Level(whole, "30")) is Verdict.CONSISTENT
    assert verdict(Level(part, "30"), Level(whole, "20"), conventions=Conventions(part_of=False)) is Verdict.CONSISTENT


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (HERE, THERE),  # rates are not additive
        (BALANCE.at(HAIDIAN, 2021), BALANCE.at(BEIJING, 2021)),  # nor need signed amounts be less
        (GRANTED.at("Haidian", 2021), GRANTED.at(BEIJING, 2021)),  # a bare name is part of nothing
        (GRANTED.at(HAIDIAN, 2020), GRANTED.at(BEIJING, 2021)),  # another year
        (IN_FORCE.at(HAIDIAN, "2021-06-30"), IN_FORCE.at(HAIDIAN, 2021)),  # a stock is no part of a later one
        (GRANTED.at(HAIDIAN, 2021, {"holder": "firms"}), GRANTED.at(HAIDIAN, 2021)),  # without declared parents
        (GRANTED.at(HAIDIAN, 2021, {"status": "target"}), GRANTED.at(HAIDIAN, 2021)),  # planned, not counted
    ],
    ids=str,
)
def test_what_is_no_part_may_be_more(part: Observation, whole: Observation) -> None:
    assert verdict(Level(part, "30"), Level(whole, "20")) is Verdict.CONSISTENT


def test_scopes_are_compared_in_one_dimension_through_declared_parents() -> None:
    inner = Member("physics departments", part_of=UNIVERSITIES["holder"])
    part = GRANTED.at(HAIDIAN, 2021, {"holder": inner, "kind": "invention"})
    whole = GRANTED.at(HAIDIAN, 2021, {"holder": "universities", "kind": "invention"})
    assert verdict(Level(part, "30"), Level(whole, "20")) is Verdict.INCONSISTENT
    other = whole.moved(scope={"holder": "universities"})
    assert verdict(Level(part, "30"), Level(other, "20")) is Verdict.CONSISTENT


DENSITY = IN_FORCE.per(PEOPLE, 10_000)


def test_a_rate_is_its_numerator_over_its_denominator() -> None:
    claims = [Level(IN_FORCE.at(HAIDIAN, 2021), "501"), Level(PEOPLE.at(HAIDIAN, 2021), "100,001")]
    assert verdict(*claims, Level(DENSITY.at(HAIDIAN, 2021), "50.1")) is Verdict.CONSISTENT
    wrong = Level(DENSITY.at(HAIDIAN, 2021), "50.3")
    assert verdict(*claims, wrong) is Verdict.INCONSISTENT
    assert verdict(*claims, wrong, conventions=Conventions(definitions=False)) is Verdict.CONSISTENT
    assert derive(DENSITY.at(HAIDIAN, 2021), claims).interval == Interval.point(Fraction(5_010_000, 100_001))


@pytest.mark.parametrize(
    ("period", "figure", "expected"),
    [
        ("same", "50.0", Verdict.CONSISTENT),
        ("same", "25.0", Verdict.INCONSISTENT),
        ("previous", "50.0", Verdict.INCONSISTENT),
        ("previous", "25.0", Verdict.CONSISTENT),
        ("either", "50.0", Verdict.CONSISTENT),
        ("either", "25.0", Verdict.CONSISTENT),
        ("either", "40.0", Verdict.INCONSISTENT),
    ],
)
def test_a_rate_divides_by_the_year_it_says(period: str, figure: str, expected: Verdict) -> None:
    density = IN_FORCE.per(PEOPLE, 10_000, period=period)
    claims = [
        Level(IN_FORCE.at(HAIDIAN, 2021), "501"),
        Level(PEOPLE.at(HAIDIAN, 2021), "100,201"),
        Level(PEOPLE.at(HAIDIAN, 2020), "200,401"),
        Level(density.at(HAIDIAN, 2021), figure),
    ]
    assert verdict(*claims) is expected


def test_a_scope_of_the_numerator_is_not_one_of_the_people() -> None:
    here = DENSITY.at(HAIDIAN, 2021, {"holder": "universities", "territory": "mainland"})
    claims = [Level(here, "50.1"), Level(PEOPLE.at(HAIDIAN, 2021, {"territory": "mainland"}), "100,001")]
    number = here.moved(indicator=IN_FORCE)
    assert derive(number, claims).pieces == ()
    assert derive(number, claims).interval.count_whole() == 1


def test_growth_says_the_same_as_a_change() -> None:
    now, then = GRANTED.at(HAIDIAN, 2021), GRANTED.at(HAIDIAN, 2020)
    growth = GRANTED.growth().at(HAIDIAN, 2021)
    for claim in (Level(growth, "50%"), Change(now, "50%")):
        assert verdict(claim, Level(then, "200"), Level(now, "301")) is Verdict.CONSISTENT
        assert verdict(claim, Level(then, "200"), Level(now, "320")) is Verdict.INCONSISTENT
    assert verdict(Level(growth, "-150%")) is Verdict.INCONSISTENT
    assert verdict(Level(BALANCE.growth().at(HAIDIAN, 2021), "-150%")) is Verdict.CONSISTENT
    faster = Change(growth, "0.3 points", than=GRANTED.growth().at(BEIJING, 2021))
    assert (
        verdict(faster, Level(growth, "5.2%"), Level(GRANTED.growth().at(BEIJING, 2021), "4.9%")) is Verdict.CONSISTENT
    )


def test_a_share_is_at_most_all_of_it() -> None:
    share = INVENTIONS.share_of(IN_FORCE).at(HAIDIAN, 2021)
    assert verdict(Level(share, "130%")) is Verdict.INCONSISTENT
    claims = [Level(share, "25%"), Level(IN_FORCE.at(HAIDIAN, 2021), "200")]
    assert str(derive(INVENTIONS.at(HAIDIAN, 2021), claims).interval) == "[49, 51]"


def test_a_definition_that_nobody_else_speaks_of_is_not_unfolded() -> None:
    assert assumed(Level(DENSITY.at(HAIDIAN, 2021), "50.1")) == [AssumptionKind.UNSIGNED]
    kinds = assumed(Level(DENSITY.at(HAIDIAN, 2021), "50.1"), Level(PEOPLE.at(HAIDIAN, 2021), "7"))
    assert AssumptionKind.DEFINITION in kinds


def test_unsigned_and_whole_are_assumed_of_each_unknown_and_switched_off() -> None:
    assert assumed(Level(GRANTED.at(HAIDIAN, 2021), "7")) == [AssumptionKind.UNSIGNED, AssumptionKind.WHOLE]
    assert assumed(Level(BALANCE.at(HAIDIAN, 2021), "7")) == []
    off = Conventions(unsigned=False, whole=False)
    assert assemble([Level(GRANTED.at(HAIDIAN, 2021), "7")], off).assumed == ()


def test_growth_of_another_basis_says_nothing_of_nominal_levels() -> None:
    comparable = {"basis": "comparable prices"}
    growth = MONEY.growth().at(HAIDIAN, 2021, comparable)
    levels = [Level(MONEY.at(HAIDIAN, 2021), "300"), Level(MONEY.at(HAIDIAN, 2020), "200")]
    assert verdict(Level(growth, "5%"), *levels) is Verdict.CONSISTENT
    assert verdict(Level(growth.moved(scope={}), "5%"), *levels) is Verdict.INCONSISTENT


def test_a_ratio_of_rates_reaches_through_both_definitions() -> None:
    claims: list[Claim] = [
        Ratio(DENSITY.at(HAIDIAN, 2021), DENSITY.at(BEIJING, 2021), "2.0"),
        Level(IN_FORCE.at(HAIDIAN, 2021), "100"),
        Level(PEOPLE.at(HAIDIAN, 2021), "501"),
        Level(IN_FORCE.at(BEIJING, 2021), "301"),
    ]
    people = derive(PEOPLE.at(BEIJING, 2021), claims)
    assert people.lower is not None
    assert people.upper is not None
    assert 2900 < people.lower < people.upper < 3100
    assert RATE.at(HAIDIAN, 2021) == HERE
