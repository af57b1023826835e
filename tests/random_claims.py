"""Small random sets of claims of every kind, true, nearly true and false, for the twins to judge.

Made by `random.Random`, so that a number names a set for ever and thousands are made in a second.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from random import Random
from typing import Literal

from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Figure, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.regions import Region


class Sort(StrEnum):
    """What makes a set of claims hard."""

    REAL = "real numbers, no choices"
    WHOLE = "whole numbers, ranks and readings"
    PRODUCTS = "rates, shares and growths of real numbers"
    WHOLE_PRODUCTS = "rates, shares and growths of whole numbers"


NATION = Region("nation", code="N")
NORTH, SOUTH = (Region(name, code=name, part_of=NATION) for name in ("north", "south"))
ELSEWHERE = Region("elsewhere")
UNIVERSITIES = {"holder": Member("universities", part_of="all")}

CASES = Indicator("cases", unit="case", whole=True, measure="flow")
PEOPLE = Indicator("people", unit="person", whole=True, measure="stock")
MONEY = Indicator("money", unit="CNY", measure="flow")
ASSETS = Indicator("assets", unit="CNY", measure="stock")
BALANCE = Indicator("balance", unit="USD", measure="flow", signed=True)
QUOTA = Indicator("quota", unit="percent", measure="stock")
GOOD = Indicator("good cases", unit="case", whole=True, measure="flow")
RATE = CASES.per(PEOPLE, 10)
RATE_EITHER = CASES.per(PEOPLE, period="either")
RATE_BEFORE = CASES.per(PEOPLE, period="previous")
SHARE = GOOD.share_of(CASES)
CASE_GROWTH = CASES.growth()
RETURN = MONEY.per(ASSETS)
RETURN_EITHER = MONEY.per(ASSETS, period="either")
MONEY_GROWTH = MONEY.growth()
MONEY_SHARE = MONEY.share_of(Indicator("all money", unit="CNY", measure="flow"))

POOLS: dict[Sort, list[Indicator]] = {
    Sort.REAL: [MONEY, MONEY, ASSETS, BALANCE, QUOTA],
    Sort.WHOLE: [CASES, CASES, GOOD, PEOPLE, MONEY, QUOTA],
    Sort.PRODUCTS: [MONEY, ASSETS, RETURN, RETURN_EITHER, MONEY_GROWTH, MONEY_SHARE],
    Sort.WHOLE_PRODUCTS: [CASES, PEOPLE, GOOD, RATE, RATE_EITHER, RATE_BEFORE, SHARE, CASE_GROWTH],
}
_RULES = [rule for rule in Rounding if rule is not Rounding.EXACT]


class World:
    """True numbers, made up when they are first asked for; parts add up and shares are shares."""

    def __init__(self, rng: Random, most: int = 60) -> None:
        self.rng = rng
        self.most = most
        self.known: dict[Observation, Fraction] = {}

    def truth(self, each: Observation) -> Fraction:
        if each not in self.known:
            self.known[each] = self.made(each)
        return self.known[each]

    def made(self, each: Observation) -> Fraction:
        rng, indicator = self.rng, each.indicator
        if indicator.definition is not None:
            over, under = each.moved(indicator=_over(indicator)), self.base(each)
            below = self.truth(under)
            if indicator in {CASE_GROWTH, MONEY_GROWTH}:
                return self.truth(over) / below - 1 if below else Fraction(0)
            return self.truth(over) / below if below else Fraction(1)
        if indicator.additive and not indicator.signed:
            if each.scope:
                return Fraction(rng.randint(0, int(self.truth(each.moved(scope={})))))
            if indicator == GOOD:
                return Fraction(rng.randint(0, int(self.truth(each.moved(indicator=CASES)))))
            if each.region == NATION:
                return self.truth(each.moved(region=NORTH)) + self.truth(each.moved(region=SOUTH))
        size = Fraction(rng.choice([0, 1, *[rng.randint(1, self.most)] * 8]))
        if indicator == QUOTA:
            return size / self.most
        if not indicator.whole and rng.random() < 0.5:
            size += Fraction(rng.randint(1, 9), 10)
        return -size if indicator.signed and rng.random() < 0.4 else size

    def base(self, each: Observation) -> Observation:
        if each.indicator in {CASE_GROWTH, MONEY_GROWTH}:
            return each.moved(indicator=_over(each.indicator), period=each.period.year_before)
        below = {SHARE: CASES, MONEY_SHARE: Indicator("all money", unit="CNY", measure="flow")}
        people = PEOPLE if each.indicator.unit.name.startswith("case/") else ASSETS
        same = each.moved(
            indicator=below.get(each.indicator, people), scope={} if each.indicator not in below else None
        )
        return same.moved(period=same.period.year_before) if each.indicator == RATE_BEFORE else same


def _over(indicator: Indicator) -> Indicator:
    if indicator == SHARE:
        return GOOD
    return CASES if indicator in {RATE, RATE_EITHER, RATE_BEFORE, CASE_GROWTH} else MONEY


def random_claims(seed: int, sort: Sort, *, most: int = 60) -> list[Claim]:
    """The set of claims of this number and sort: two to six claims of two to six observations."""
    rng = Random(f"{sort}/{seed}/{most}")  # noqa: S311 - nothing is kept secret
    world = World(rng, most)
    places = rng.sample([NATION, NORTH, SOUTH, ELSEWHERE], rng.randint(1, 3))
    years = rng.sample([2020, 2021], rng.randint(1, 2))
    pool = [
        indicator.at(region, year, scope)
        for indicator in rng.sample(POOLS[sort], 3)
        for region in places
        for year in years
        for scope in ([{}, UNIVERSITIES] if indicator.additive and rng.random() < 0.2 else [{}])
    ]
    subjects = list(dict.fromkeys(rng.sample(pool, min(len(pool), rng.randint(2, 6)))))
    makers = [_level, _level, _ratio, _share, _growth, _difference, _total, _per_year]
    if sort is not Sort.REAL:
        makers += [_rank, _one_of]
    return [rng.choice(makers)(rng, world, subjects) for _ in range(rng.randint(2, 6))]


def _noisy(rng: Random, value: Fraction) -> Fraction:
    """Three times in four the truth."""
    if rng.random() < 0.75:
        return value
    return value * Fraction(rng.randint(70, 130), 100) + (rng.randint(-2, 2) if rng.random() < 0.3 else 0)


def _figure(rng: Random, value: Fraction, suffix: str = "", power: int = 0) -> Figure:
    """A value as printed, in a base of ten to the power, with a sign of unit."""
    shown = value / Fraction(10) ** power
    places = rng.choice([0, 0, 1, 1, 2])
    rule = rng.choice(_RULES) if rng.random() < 0.3 else None
    printed = rng.choice((rule or Rounding.HALF_UP).round(shown, Fraction(1, 10**places)))
    text = f"{float(printed):.{places}f}{suffix}"
    if rng.random() < 0.12:
        text = f"{rng.choice(['over', 'under', 'at least', 'at most', 'about'])} {text}"
    return Figure(text, rounding=rule)


def _alike(rng: Random, subjects: list[Observation]) -> tuple[Observation, Observation] | None:
    pairs = [(a, b) for a in subjects for b in subjects if a != b and a.indicator.unit == b.indicator.unit]
    return rng.choice(pairs) if pairs else None


def _level(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    subject = rng.choice(subjects)
    value, indicator = _noisy(rng, world.truth(subject)), subject.indicator
    if indicator.unit.is_percent:
        return Level(subject, _figure(rng, value, "%", -2))
    return Level(subject, _figure(rng, value, power=indicator.multiplier))


def _quotient(world: World, subject: Observation, base: Observation) -> Fraction:
    below = world.truth(base)
    return world.truth(subject) / below if below else Fraction(1)


def _ratio(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    return Ratio(*pair, _figure(rng, _noisy(rng, _quotient(world, *pair)), rng.choice(["", " times"])))


def _share(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    if _quotient(world, *pair) > 1 and rng.random() < 0.9:
        pair = pair[::-1]
    return Share(*pair, _figure(rng, _noisy(rng, _quotient(world, *pair)), "%", -2))


def _growth(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    """Growth in percent, or k times more."""
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    growth = _noisy(rng, _quotient(world, *pair)) - 1
    figure = _figure(rng, growth, "%", -2) if growth < 0 or rng.random() < 0.7 else _figure(rng, growth, " times")
    return Change(pair[0], figure, since=pair[1]) if rng.random() < 0.5 else Change(pair[0], figure, than=pair[1])


def _difference(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    value, indicator = _noisy(rng, world.truth(pair[0]) - world.truth(pair[1])), pair[0].indicator
    if indicator.unit.is_percent:
        return Change(pair[0], _figure(rng, value, " points", -2), since=pair[1])
    return Change(pair[0], _figure(rng, value, power=indicator.multiplier), since=pair[1])


def _per_year(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    subject = rng.choice(subjects)
    years = rng.randint(1, 3)
    base = subject.moved(period=subject.period.years_before(years))
    growth = _noisy(rng, _quotient(world, subject, base)) - 1
    return Change(subject, _figure(rng, growth / years, "%", -2), since=base, per="year")


def _total(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    whole = pair[0]
    parts = [each for each in subjects if each != whole and each.indicator.unit == whole.indicator.unit]
    if rng.random() < 0.3 and whole.indicator.additive and whole.region == NATION:
        parts = [whole.moved(region=NORTH), whole.moved(region=SOUTH)]
    some = rng.sample(parts, rng.randint(1, min(3, len(parts))))
    complete, disjoint = rng.choice([(True, True), (False, True), (False, False)])
    return Total(whole, some, complete=complete, disjoint=disjoint)


def _rank(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    pair = _alike(rng, subjects)
    if pair is None:
        return _level(rng, world, subjects)
    subject = pair[0]
    others = [each for each in subjects if each != subject and each.indicator.unit == subject.indicator.unit]
    order: Literal["descending", "ascending"] = rng.choice(["descending", "ascending"])
    sign = 1 if order == "descending" else -1
    ahead = sum(sign * world.truth(other) > sign * world.truth(subject) for other in others)
    rank = 1 + ahead if rng.random() < 0.6 else rng.randint(1, len(others) + 1)
    return Rank(subject, rank, among=others, order=order, complete=rng.random() < 0.6)


def _one_of(rng: Random, world: World, subjects: list[Observation]) -> Claim:
    makers = [_level, _ratio, _share, _growth, _difference, _rank, _total]
    return OneOf([rng.choice(makers)(rng, world, subjects) for _ in range(rng.choice([2, 2, 3]))])
