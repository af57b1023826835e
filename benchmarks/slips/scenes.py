"""What is counted and printed in the world of each kind of slip, so that there is something for it to happen to.

A scene draws true values and says which claims are surely printed and which may be. It knows no planting.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

import ipmetrics as ipm
from benchmarks.slips.countries import EVERYWHERE, MAINLAND, MONEY, PLEDGES, POPULATION, TRADEMARKS, UNIVERSITIES
from benchmarks.slips.printing import Form
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Change, Claim, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.slips.press import Press
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation

STEADY, FAST = (0.85, 1.5), (1.2, 2.4)


@attrs.frozen
class Scene:
    """Claims that are surely printed, and claims that may be."""

    core: list[Claim]
    others: list[Claim]

    @classmethod
    def of(cls, core: Iterable[Claim | None], others: Iterable[Claim | None]) -> Scene:
        """Leave out what has no form to print it in."""
        return cls([each for each in core if each], [each for each in others if each])


def patents(press: Press, growth: tuple[float, float] = STEADY, low: int = 300, high: int = 90_000) -> Indicator:
    """Patents of all regions, in force or granted."""
    measure = press.draw.choice(("stock", "flow"))
    label = "patents in force" if measure == "stock" else "patents granted"
    indicator = ipm.Indicator(label, unit="patent", whole=True, measure=measure)
    press.country.count(indicator, low, high, growth)
    return indicator


def table(press: Press, indicator: Indicator) -> list[Claim]:
    """The last year's column: nation, regions, and that they add up."""
    country = press.country
    rows = [press.level(indicator.at(place, country.year)) for place in country.places]
    return [*rows, press.total(indicator, country.year)]


def beside(press: Press, counted: Indicator) -> list[Claim | None]:
    """A second subject: trade marks, universities, rates, parts in percent, or money."""
    country, years = press.country, press.country.years[-2:]
    match press.draw.choice(("trade marks", "universities", "rates", "parts", "money")):
        case "trade marks":
            country.count(TRADEMARKS, 300, 90_000, STEADY)
            return list(press.candidates(TRADEMARKS, years))
        case "universities":
            country.part(counted, counted, 0.05, 0.4, UNIVERSITIES)
            shares = [
                press.share(counted.at(place, year, UNIVERSITIES), counted.at(place, year))
                for place in country.places
                for year in years
            ]
            return [*shares, *press.candidates(counted, years, UNIVERSITIES)]
        case "rates":
            return rates(press, counted)
        case "parts":
            return [*percentages(press, counted)]
        case _:
            country.count(MONEY, 2 * 10**8, 9 * 10**10, STEADY)
            return list(press.candidates(MONEY, years))


def rates(press: Press, counted: Indicator) -> list[Claim | None]:
    """Population and patents per 10,000 people, by the population of the same or of the previous year-end."""
    country = press.country
    country.count(POPULATION, 800_000, 90_000_000, (0.96, 1.06))
    lag = press.draw.choice((0, 0, 1))
    rate = counted.per(POPULATION, 10_000, period="previous" if lag else "same", label="patents per 10,000 people")
    country.derive(rate, counted, POPULATION, lag)
    return [*press.candidates(rate, country.years[-2:]), *press.candidates(POPULATION, country.years[-2 - lag :])]


def percentages(press: Press, counted: Indicator) -> list[Claim | None]:
    """High-value patents and their share in all, with changes in points."""
    country, years = press.country, press.country.years[-2:]
    valued = ipm.Indicator("high-value patents", unit="patent", whole=True, measure=counted.measure)
    country.part(valued, counted, 0.1, 0.6)
    quota = valued.share_of(counted)
    country.derive(quota, valued, counted)
    return [*press.candidates(quota, years), *press.candidates(valued, years)]


def generic(press: Press) -> Scene:
    """Patents by region, and something beside them."""
    counted = patents(press)
    others = [*press.candidates(counted, press.country.years[-2:]), *beside(press, counted)]
    return Scene.of(table(press, counted), others)


def balanced(press: Press) -> Scene:
    """A column of shares of a partition, to few decimals."""
    counted = patents(press)
    year, nation = press.country.year, press.country.nation
    places = press.draw.choice((0, 1, 1, 2))
    whole = counted.at(nation, year)
    column = [press.share(counted.at(region, year), whole, places) for region in press.country.regions]
    levels = [press.exact(counted.at(place, year)) for place in press.country.places]
    others = [*press.candidates(counted, press.country.years[-2:]), *beside(press, counted)]
    return Scene.of([*column, *levels, press.total(counted, year)], others)


def round_numbers(press: Press) -> Scene:
    """Counts so small that a zero at their end counts as printed, or larger ones."""
    high = press.draw.choice((950, 90_000))
    counted = patents(press, low=110, high=high)
    exact = [press.exact(counted.at(place, press.country.year)) for place in press.country.places]
    others = [*press.candidates(counted, press.country.years[-2:]), *beside(press, counted)]
    return Scene.of([*exact, press.total(counted, press.country.year)], others)


def fractional(press: Press) -> Scene:
    """Counts to which every owner of a patent adds a fraction of one."""
    counted = ipm.Indicator("patents granted, counted by owner", unit="patent", measure="flow")
    country, draw = press.country, press.draw
    for region in country.regions:
        value = Fraction(draw.randint(30, 900))
        for year in country.years:
            country.truth[counted.at(region, year)] = value + Fraction(draw.randint(0, 11), 12)
            value = Fraction(round(value * Fraction(draw.uniform(*STEADY))))
    country.add_up(counted)
    years = country.years[-2:]
    levels = [press.exact(counted.at(place, year)) for year in years for place in country.places]
    others = [*press.candidates(counted, years)]
    return Scene.of([*levels, *(press.total(counted, year) for year in years)], others)


def points(press: Press) -> Scene:
    """Percentages of two years and their changes, in points and in percent."""
    counted = patents(press)
    country = press.country
    others = [*press.candidates(counted, country.years[-1:]), *percentages(press, counted)]
    quota = next(each.indicator for each in press.country.truth if each.indicator.unit.is_percent)
    core: list[Claim | None] = []
    for place in press.draw.sample(country.places, 2):
        now, then = quota.at(place, country.year), quota.at(place, country.year - 1)
        moved = press.draw.choice((press.difference, _growth_of(press)))
        core += [press.level(now), press.level(then), moved(now, then)]
    return Scene.of(core, others)


def _growth_of(press: Press) -> Callable[[Observation, Observation], Claim]:
    def growth(x: Observation, base: Observation) -> Claim:
        return Change(x, Form(1, "%").printed(press.value(x) / press.value(base) - 1), since=base)

    return growth


def multiples(press: Press) -> Scene:
    """Patents that multiplied within a year or two."""
    counted = patents(press, FAST)
    country = press.country
    years = (country.years[press.draw.choice((0, 1))], country.year)
    core: list[Claim | None] = []
    for place in press.draw.sample(country.places, 2):
        now, then = counted.at(place, years[1]), counted.at(place, years[0])
        core.append(press.change(now, then) if press.draw.random() < 0.6 else press.ratio(now, then))
    others = [*press.candidates(counted, years), *beside(press, counted)]
    return Scene.of([*table(press, counted), *core], others)


def three_years(press: Press) -> Scene:
    """Three years of one or two places, and growth on the year before."""
    counted = patents(press, press.draw.choice((STEADY, FAST)))
    country = press.country
    core: list[Claim | None] = []
    for place in press.draw.sample(country.places, press.draw.choice((1, 2))):
        series = [counted.at(place, year) for year in country.years]
        core += [press.level(each) for each in series]
        core.append(press.change(series[2], series[press.draw.choice((0, 1, 1))]))
    return Scene.of(core, press.candidates(counted, country.years))


def denominators(press: Press) -> Scene:
    """Rates and populations of two years, or shares and wholes of two years."""
    counted = patents(press)
    country = press.country
    if press.draw.random() < 0.3:
        core: list[Claim | None] = [
            press.share(counted.at(country.regions[0], country.year), counted.at(country.nation, country.year))
        ]
        core += [press.level(counted.at(country.nation, year)) for year in country.years[-2:]]
        return Scene.of([*core, *table(press, counted)[1:]], press.candidates(counted, country.years[-2:]))
    others = rates(press, counted)
    rate = next(each.indicator for each in press.country.truth if "/" in each.indicator.unit.name)
    core = []
    for place in press.draw.sample(country.places, 2):
        core += [press.level(rate.at(place, country.year)), press.level(counted.at(place, country.year))]
        core += [press.level(POPULATION.at(place, country.year - back)) for back in (0, 1)]
    return Scene.of(core, [*press.candidates(counted, country.years[-1:]), *others])


def editions(press: Press) -> Scene:
    """Two years, the earlier one printed in an earlier edition."""
    counted = patents(press)
    year = press.country.year
    pairs = [(counted.at(place, year), counted.at(place, year - 1)) for place in press.country.places]
    core = [claim for now, then in pairs for claim in (press.exact(then), press.exact(now), press.change(now, then))]
    return Scene.of([*core, press.total(counted, year)], press.candidates(counted, press.country.years[-2:]))


def increases(press: Press) -> Scene:
    """Levels and increases in units."""
    counted = patents(press)
    country = press.country
    core: list[Claim | None] = []
    for place in press.draw.sample(country.places, 2):
        now, then = counted.at(place, country.year), counted.at(place, country.year - 1)
        core += [press.difference(now, then), press.level(now), press.level(then)]
    others = [*press.candidates(counted, country.years[-2:]), *beside(press, counted)]
    return Scene.of([*core, press.total(counted, country.year)], others)


def sentences(press: Press) -> Scene:
    """Pledges and what they are worth, named in one sentence for each place and year."""
    country = press.country
    country.count(PLEDGES, 60, 9_000, STEADY)
    country.count(MONEY, 2 * 10**8, 9 * 10**10, STEADY)
    core: list[Claim | None] = []
    for place in press.draw.sample(country.places, 2):
        for indicator in (PLEDGES, MONEY):
            now, then = indicator.at(place, country.year), indicator.at(place, country.year - 1)
            core += [press.level(now), press.change(now, then)]
    years = country.years[-2:]
    return Scene.of(core, [*press.candidates(PLEDGES, years), *press.candidates(MONEY, years)])


def scopes(press: Press) -> Scene:
    """The nation's patents on the mainland and with its territories."""
    counted = patents(press)
    country, nation = press.country, press.country.nation
    overseas = ipm.Region("Territories")
    core: list[Claim | None] = []
    others: list[Claim | None] = []
    extra = press.draw.uniform(0.02, 0.2)
    for year in country.years:
        main, all_, away = (
            counted.at(nation, year, MAINLAND),
            counted.at(nation, year, EVERYWHERE),
            counted.at(overseas, year),
        )
        country.truth[main] = country.truth[counted.at(nation, year)]
        country.truth[away] = Fraction(
            max(1, round(country.truth[main] * Fraction(extra * press.draw.uniform(0.7, 1.3))))
        )
        country.truth[all_] = country.truth[main] + country.truth[away]
    for year in country.years[-2:]:
        main, all_, away = (
            counted.at(nation, year, MAINLAND),
            counted.at(nation, year, EVERYWHERE),
            counted.at(overseas, year),
        )
        rows = [counted.at(region, year) for region in country.regions]
        core += [press.level(main), press.level(all_), Total(all_, [main, away]), Total(main, rows)]
        others += [*(press.level(each) for each in (away, *rows)), press.share(away, all_), press.ratio(all_, main)]
        others += [claim for row in rows for claim in (press.share(row, main), press.share(row, all_))]
        for each in (main, all_, away, *rows):
            base = each.moved(period=ipm.Period(year - 1))
            if year == country.year:
                others += [press.change(each, base), press.difference(each, base)]
    return Scene.of(core, others)


def overlapping(press: Press) -> Scene:
    """A zone that lies across regions, or a total that names only some of its parts."""
    counted = patents(press)
    country, year = press.country, press.country.year
    zone = ipm.Region("Zone", part_of=country.nation, overlaps=country.regions[:2])
    share = Fraction(press.draw.randint(5, 40), 100)
    for each in country.years:
        under = sum(country.truth[counted.at(region, each)] for region in country.regions[:2])
        country.truth[counted.at(zone, each)] = Fraction(max(1, round(under * share)))
    whole = counted.at(country.nation, year)
    if press.draw.random() < 0.6:
        loose = Total(
            whole, [counted.at(place, year) for place in (*country.regions, zone)], complete=False, disjoint=False
        )
    else:
        named = press.draw.sample(country.regions, len(country.regions) - 1)
        loose = Total(whole, [counted.at(region, year) for region in named], complete=False)
    strip = [press.level(each) for each in dict.fromkeys((whole, *loose.parts))]
    z = counted.at(zone, year), counted.at(zone, year - 1)
    others = [*press.candidates(counted, country.years[-2:]), press.level(z[1]), press.share(z[0], whole)]
    others += [press.change(*z), press.difference(*z), press.ratio(counted.at(country.regions[0], year), z[0])]
    return Scene.of([loose, *strip], [claim for claim in others if not isinstance(claim, Total)])


SCENES: dict[Slip, Callable[[Press], Scene]] = {
    Slip.TRUNCATED: generic,
    Slip.BALANCED: balanced,
    Slip.ROUND_NUMBER: round_numbers,
    Slip.FRACTIONAL: fractional,
    Slip.POINTS: points,
    Slip.TIMES: multiples,
    Slip.POWER: generic,
    Slip.EXCHANGED_DIGITS: generic,
    Slip.DROPPED_DIGIT: generic,
    Slip.BASE_PERIOD: three_years,
    Slip.REVISED: editions,
    Slip.DENOMINATOR: denominators,
    Slip.LABELS: generic,
    Slip.INCREASE: increases,
    Slip.SUBJECT: sentences,
    Slip.SCOPE: scopes,
    Slip.OVERLAP: overlapping,
}
