"""Made-up countries: regions, three years, and what is true of them.

Numbers are drawn so that nations are the sums of their regions and parts are smaller than their wholes. Nothing is
printed here.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import attrs

import ipmetrics as ipm
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from ipmetrics.model.indicators import Indicator

MAINLAND = {"territory": Member("mainland", part_of=Member("with territories"))}
EVERYWHERE = {"territory": Member("with territories")}
UNIVERSITIES = {"holder": Member("universities", part_of="all")}

TRADEMARKS = ipm.Indicator("trade marks registered", unit="trademark", whole=True, measure="flow")
POPULATION = ipm.Indicator("resident population", unit="person", whole=True, measure="stock")
PLEDGES = ipm.Indicator("pledges", unit="pledge", whole=True, measure="flow")
MONEY = ipm.Indicator("pledge amount", unit="CNY", measure="flow")


Scope = dict[str, Member] | None
Truth = dict[Observation, Fraction]


@attrs.frozen
class Country:
    """A country, its regions and three years of true values, filled in by what is counted."""

    draw: Random
    nation: Region
    regions: tuple[Region, ...]
    years: tuple[int, ...]
    truth: dict[Observation, Fraction] = attrs.field(factory=dict)

    @classmethod
    def drawn(cls, draw: Random) -> Country:
        """A country of three or four regions."""
        nation = ipm.Region("Nation", code="N")
        names = ("North", "South", "East", "West")[: draw.choice((3, 4))]
        regions = tuple(ipm.Region(name, code=f"N-{name}", part_of=nation) for name in names)
        last = draw.randint(2012, 2023)
        return cls(draw, nation, regions, (last - 2, last - 1, last))

    def count(
        self, indicator: Indicator, low: int, high: int, growth: tuple[float, float], scope: Scope = None
    ) -> None:
        """Draw values of all regions and years; those of the nation are their sums."""
        for region in self.regions:
            value = _drawn(self.draw, low, high)
            for year in self.years:
                self.truth[indicator.at(region, year, scope)] = Fraction(value)
                value = max(1, round(value * self.draw.uniform(*growth)))
        self.add_up(indicator, scope)

    def part(self, indicator: Indicator, of: Indicator, low: float, high: float, scope: Scope = None) -> None:
        """Draw values that are parts of another indicator's."""
        for region in self.regions:
            share = self.draw.uniform(low, high)
            for year in self.years:
                whole = self.truth[of.at(region, year)]
                value = max(1, round(whole * Fraction(share * self.draw.uniform(0.9, 1.1))))
                self.truth[indicator.at(region, year, scope)] = Fraction(value)
        self.add_up(indicator, scope)

    def add_up(self, indicator: Indicator, scope: Scope = None) -> None:
        """The nation's values are the sums of its regions'."""
        for year in self.years:
            parts = [self.truth[indicator.at(region, year, scope)] for region in self.regions]
            self.truth[indicator.at(self.nation, year, scope)] = sum(parts, Fraction(0))

    def derive(self, indicator: Indicator, over: Indicator, under: Indicator, lag: int = 0) -> None:
        """Values of a quotient, for as many years as there are."""
        for place in (self.nation, *self.regions):
            for year in self.years[lag:]:
                quotient = self.truth[over.at(place, year)] / self.truth[under.at(place, year - lag)]
                self.truth[indicator.at(place, year)] = quotient

    @property
    def places(self) -> tuple[Region, ...]:
        """The nation and its regions."""
        return (self.nation, *self.regions)

    @property
    def year(self) -> int:
        """The last year."""
        return self.years[-1]


def _drawn(draw: Random, low: int, high: int) -> int:
    """A number whose size is as likely small as large, and which is not round."""
    value = int(low * (high / low) ** draw.random())
    return value + 1 if value % 10 == 0 else value
