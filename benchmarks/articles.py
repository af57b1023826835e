"""Articles to measure with: sixty claims printed from one made-up world, in one connected part or in many."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import ipmetrics as ipm

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

PATENTS = ipm.Indicator("invention patents in force", unit="patent", whole=True, measure="stock")
YEARS = (2020, 2021)


def together(seed: int = 0) -> list[Claim]:
    """Sixty claims on two years of eight provinces and their country: all of them hang together."""
    draw = random.Random(seed)
    china = ipm.Region("China", code="CN")
    provinces = [ipm.Region(f"Province {n}", code=f"CN-{n}", part_of=china) for n in range(8)]
    true = {(each.label, year): draw.randint(20_000, 900_000) for each in provinces for year in YEARS}
    true |= {("China", year): sum(true[each.label, year] for each in provinces) for year in YEARS}
    at = {(each.label, year): PATENTS.at(each, year) for each in (china, *provinces) for year in YEARS}
    claims: list[Claim] = []
    for each in provinces:
        now, then = (each.label, 2021), (each.label, 2020)
        claims.append(ipm.Change(at[now], f"{100 * (true[now] / true[then] - 1):.1f}%"))
        for key in (now, then):
            claims.append(ipm.Level(at[key], f"{true[key]:,}"))
            claims.append(ipm.Share(at[key], at["China", key[1]], f"{100 * true[key] / true['China', key[1]]:.1f}%"))
    for year in YEARS:
        for one, other in pairwise(provinces):
            figure = f"{true[one.label, year] / true[other.label, year]:.2f}"
            claims.append(ipm.Ratio(at[one.label, year], at[other.label, year], figure))
        claims.append(ipm.Level(at["China", year], f"{true['China', year] / 1e4:.1f}万"))
        claims.append(ipm.Total(at["China", year], [at[each.label, year] for each in provinces]))
    first = max(provinces, key=lambda each: true[each.label, 2021])
    claims.append(ipm.Change(at["China", 2021], f"{100 * (true['China', 2021] / true['China', 2020] - 1):.2f}%"))
    claims.append(ipm.Rank(at[first.label, 2021], 1, among=[at[each.label, 2021] for each in provinces]))
    return claims[:60]


def apart(seed: int = 0) -> list[Claim]:
    """Sixty claims in six parts of ten: counts, growth, shares, rates and money of six unconnected places."""
    draw = random.Random(seed)
    claims: list[Claim] = []
    for n in range(6):
        city, state = ipm.Region(f"City {n}"), ipm.Region(f"State {n}")
        own, whole, people = draw.randint(500, 90_000), draw.randint(100_000, 900_000), draw.randint(10**6, 10**7)
        before, money = draw.randint(400, 80_000), draw.randint(10**8, 10**10)
        population = ipm.Indicator(f"resident population {n}", unit="person", whole=True, measure="stock")
        amount = ipm.Indicator(f"pledge amount {n}", unit="CNY", measure="stock")
        patents = ipm.Indicator(f"patents {n}", unit="patent", whole=True, measure="stock")
        rate = patents.per(population, 10_000)
        here, there = patents.at(city, 2021), patents.at(state, 2021)
        claims += [
            ipm.Level(here, f"{own:,}"),
            ipm.Change(here, f"{100 * (own / before - 1):.1f}%"),
            ipm.Level(patents.at(city, 2020), f"{before:,}"),
            ipm.Share(here, there, f"{100 * own / whole:.1f}%"),
            ipm.Level(there, f"{whole / 1e4:.1f}万"),
            ipm.Level(population.at(city, 2021), f"{people / 1e4:.1f}万"),
            ipm.Level(rate.at(city, 2021), f"{own / people * 1e4:.1f}"),
            ipm.Ratio(there, here, f"{whole / own:.2f}"),
            ipm.Level(amount.at(city, 2021), f"{money / 1e9:.3f} billion"),
            ipm.Change(amount.at(city, 2021), "8.06%"),
        ]
    return claims


def planted(claims: list[Claim]) -> list[Claim]:
    """The same claims with one level's figure a tenth too large."""
    place = next(n for n, each in enumerate(claims) if isinstance(each, ipm.Level) and n > 3)
    true = claims[place]
    assert isinstance(true, ipm.Level)
    assert true.figure is not None
    wrong = ipm.Level(true.subject, f"{int(true.figure.value * 11 / 10):,}")
    return [*claims[:place], wrong, *claims[place + 1 :]]


def yearbook(seed: int = 0) -> list[Claim]:
    """A thousand claims on nine years of thirty provinces and their country: all of them hang together."""
    draw = random.Random(seed)
    china = ipm.Region("China", code="CN")
    provinces = [ipm.Region(f"Province {n}", code=f"CN-{n}", part_of=china) for n in range(30)]
    years = range(2013, 2022)
    true: dict[tuple[str, int], int] = {}
    for each in provinces:
        count = draw.randint(20_000, 300_000)
        for year in years:
            true[each.label, year] = count
            count = int(count * draw.uniform(1.02, 1.25))
    true |= {("China", year): sum(true[each.label, year] for each in provinces) for year in years}
    at = {(each.label, year): PATENTS.at(each, year) for each in (china, *provinces) for year in years}
    claims: list[Claim] = []
    for (name, year), now in true.items():
        claims.append(ipm.Level(at[name, year], f"{now:,}"))
        if year > years[0]:
            claims.append(ipm.Change(at[name, year], f"{100 * (now / true[name, year - 1] - 1):.1f}%"))
        if name != "China":
            claims.append(ipm.Share(at[name, year], at["China", year], f"{100 * now / true['China', year]:.1f}%"))
    for year in years:
        claims.append(ipm.Total(at["China", year], [at[each.label, year] for each in provinces]))
        for one, other in pairwise(provinces):
            figure = f"{true[one.label, year] / true[other.label, year]:.2f}"
            claims.append(ipm.Ratio(at[one.label, year], at[other.label, year], figure))
    return claims


def several_wrong(claims: list[Claim], count: int, seed: int = 1) -> list[Claim]:
    """The same claims with so many levels' figures wrong: a tenth off, three tenths off, or ten times too large."""
    draw = random.Random(seed)
    wrong = set(draw.sample([n for n, each in enumerate(claims) if isinstance(each, ipm.Level)], count))
    made: list[Claim] = []
    for place, claim in enumerate(claims):
        if place in wrong and isinstance(claim, ipm.Level) and claim.figure is not None:
            value = int(claim.figure.value * draw.choice([Fraction(n, 10) for n in (11, 9, 100, 13)]))
            made.append(ipm.Level(claim.subject, f"{value:,}"))
        else:
            made.append(claim)
    return made
