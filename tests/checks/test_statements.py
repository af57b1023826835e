"""What each kind of claim says, on examples worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.checks.statements import measured, stated, statements
from ipmetrics.constraints.ranges import Quotient, Sum
from ipmetrics.constraints.relations import AnyOf, Count, Linear, Proportion, Within, holds
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.figures import Conventions
from tests.checks.cast import AWARDS, BEIJING, CHAOYANG, GRANTED, HAIDIAN, HERE, MONEY, PLEDGES, QUOTA, THERE

CAUTIOUS = Conventions()
NOW, THEN = GRANTED.at(HAIDIAN, 2021), GRANTED.at(HAIDIAN, 2020)
MONEY_NOW, MONEY_THEN = MONEY.at(HAIDIAN, 2021), MONEY.at(HAIDIAN, 2020)


def decimal(lower: str, upper: str) -> Interval:
    return Interval(Fraction(lower), Fraction(upper))


@pytest.mark.parametrize(
    ("claim", "interval"),
    [
        (Level(HERE, "332.8"), decimal("0.033275", "0.033285")),
        (Level(QUOTA.at(BEIJING, 2021), "51.1%"), decimal("0.5105", "0.5115")),
        (Level(QUOTA.at(BEIJING, 2021), "51.1"), decimal("0.5105", "0.5115")),
        (Level(NOW, "40,455"), Interval.point(40_455)),
        (Level(NOW, "40,000"), Interval(35_000, 45_000)),
        (Level(MONEY_NOW, "2.896 billion"), Interval(2_895_500_000, 2_896_500_000)),
        (Ratio(HERE, THERE, "3.54"), decimal("3.535", "3.545")),
        (Ratio(HERE, THERE, "354%"), decimal("3.535", "3.545")),
        (Share(HERE, THERE, "51.1%"), decimal("0.5105", "0.5115")),
        (Share(HERE, THERE, "110%"), decimal("1.095", "1.105")),
        (Change(MONEY_NOW, "19.6%"), decimal("0.1955", "0.1965")),
        (Change(MONEY_NOW, "2.2 times"), decimal("2.15", "2.25")),
        (Change(MONEY_NOW, "69"), decimal("68.5", "69.5")),
        (Change(NOW, "69"), Interval.point(69)),
        (Change(QUOTA.at(BEIJING, 2021), "0.44 points"), decimal("0.00435", "0.00445")),
        (Total(NOW, [THEN]), Interval.point(0)),
        (Total(NOW, [THEN], complete=False), Interval.at_least(0)),
        (Total(NOW, [THEN], complete=False, disjoint=False), None),
        (Rank(HERE, 1, among=[THERE]), None),
        (OneOf([Level(HERE, "3"), Level(HERE, "4")]), None),
    ],
    ids=str,
)
def test_what_is_stated_in_base_units_and_its_own_terms(claim: Claim, interval: Interval | None) -> None:
    assert stated(claim, CAUTIOUS) == interval


def means(claim: Claim, *values: Fraction | int | str, conventions: Conventions = CAUTIOUS) -> bool:
    """Whether a claim holds of the values of its observations, in the order it names them."""
    known = list(dict.fromkeys(observations_of(claim)))
    number = {each: place for place, each in enumerate(known)}.__getitem__
    numbers = {place: Fraction(value) for place, value in enumerate(values)}
    return all(holds(relation, numbers) for relation in statements(claim, number, conventions))


@pytest.mark.parametrize(
    ("claim", "true", "false"),
    [
        (Ratio(HERE, THERE, "2.0"), (2, 1), (1, 2)),
        (Ratio(HERE, THERE, "0"), (0, 1), (0, 0)),  # the reference is above zero
        (Share(HERE, THERE, "50%"), (1, 2), (2, 1)),
        (Share(HERE, THERE, "100%"), (2, 2), ("2.001", 2)),  # the part is at most its whole
        (Share(HERE, THERE, "over 90%"), (2, 2), (3, 2)),
        (Change(MONEY_NOW, "50%"), (3, 2), (1, 2)),
        (Change(MONEY_NOW, "-100%"), (0, 2), (0, 0)),
        (Change(MONEY_NOW, "2 times"), (6, 2), (4, 2)),  # twice more is three times as much
        (Change(MONEY_NOW, "10%", since=MONEY.at(HAIDIAN, 2019), per="year"), (121, 100), (130, 100)),
        (Change(MONEY_NOW, "-150%", since=MONEY.at(HAIDIAN, 2019), per="year"), None, (1, 4)),
        (Change(MONEY_NOW, "5"), (8, 3), (3, 8)),
        (Total(NOW, [THEN, HERE.moved(indicator=GRANTED, region=CHAOYANG)]), (5, 2, 3), (6, 2, 3)),
        (Rank(HERE, 1, among=[THERE]), (2, 2), (1, 2)),
        (Rank(HERE, 2, among=[THERE]), (2, 2), (2, 1)),
        (Rank(HERE, 2, among=[THERE], complete=False), (2, 1), None),
        (Rank(HERE, 1, among=[THERE], order="ascending"), (1, 2), (2, 1)),
        (OneOf([Level(HERE, "10000"), Level(THERE, "20000")]), (1, 5), (5, 5)),
        (OneOf([Share(HERE, THERE, "150%"), Level(HERE, "30000")]), (3, 2), ("1.5", 1)),
    ],
    ids=str,
)
def test_what_is_meant(claim: Claim, true: tuple[int | str, ...] | None, false: tuple[int | str, ...] | None) -> None:
    assert true is None or means(claim, *true)
    assert false is None or not means(claim, *false)


def test_parts_that_may_overlap_are_each_at_most_the_whole() -> None:
    claim = Total(NOW, [THEN, GRANTED.at(CHAOYANG, 2021)], complete=False, disjoint=False)
    assert means(claim, 3, 3, 2)
    assert not means(claim, 3, 4, 2)
    assert means(Total(NOW, claim.parts, complete=False), 5, 3, 2)
    assert not means(Total(NOW, claim.parts, complete=False), 4, 3, 2)


def test_conventions_switch_assumptions_off() -> None:
    assert means(Share(HERE, THERE, "110%"), "1.1", 1, conventions=Conventions(part_of=False))
    without = Conventions(partitions=False)
    assert means(Total(NOW, [THEN]), 5, 3, conventions=without)
    assert stated(Level(NOW, "40,455"), Conventions(whole=False)) == decimal("40454.5", "40455.5")


def test_each_kind_has_its_relation() -> None:
    kinds: dict[Claim, type] = {
        Level(HERE, "3"): Within,
        Ratio(HERE, THERE, "3"): Proportion,
        Change(MONEY_NOW, "3"): Linear,
        Rank(HERE, 1, among=[THERE]): Count,
        OneOf([Level(HERE, "3"), Level(HERE, "4")]): AnyOf,
    }
    for claim, kind in kinds.items():
        number = list(dict.fromkeys(observations_of(claim))).index
        assert isinstance(statements(claim, number, CAUTIOUS)[0], kind)


def test_what_is_measured_is_told_in_the_claims_own_terms() -> None:
    growth = Change(MONEY_NOW, since=MONEY.at(HAIDIAN, 2019), per="year")
    told_as = measured(growth, [MONEY_NOW, MONEY.at(HAIDIAN, 2019)].index)
    assert told_as is not None
    assert told_as.expression == Quotient(0, 1)
    assert told_as.told(Interval(Fraction(121, 100), 4)) == Interval(Fraction(1, 10), 1)
    assert told_as.meant(Interval(Fraction(1, 10), 1)) == Interval(Fraction(121, 100), 4)
    outwards = told_as.told(Interval(2, 3))
    assert outwards.lower is not None
    assert outwards.upper is not None
    assert (outwards.lower + 1) ** 2 < 2
    assert (outwards.upper + 1) ** 2 > 3
    assert not outwards.lower_closed
    difference = measured(Change(MONEY_NOW, difference=True), [MONEY_NOW, MONEY_THEN].index)
    assert difference is not None
    assert difference.expression == Sum(((0, Fraction(1)), (1, Fraction(-1))))


def test_an_expression_states_nothing() -> None:
    with pytest.raises(AssertionError, match="no figure"):
        statements(Level(PLEDGES.at(HAIDIAN, 2021)), lambda _: 0, CAUTIOUS)
    assert stated(Level(AWARDS.at(HAIDIAN, 2021)), CAUTIOUS) is None
