"""The places, indicators and claims that the tests of the checks speak of."""

from __future__ import annotations

from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region

BEIJING = Region("Beijing", code="CN-BJ")
HAIDIAN = Region("Haidian", code="CN-110108", part_of=BEIJING)
CHAOYANG = Region("Chaoyang", code="CN-110105", part_of=BEIJING)
UNIVERSITIES = {"holder": Member("universities", part_of="all")}

GRANTED = Indicator("patents granted", unit="patent", measure="flow", whole=True)
IN_FORCE = Indicator("patents in force", unit="patent", measure="stock", whole=True)
INVENTIONS = Indicator("inventions in force", unit="patent", measure="stock", whole=True)
PEOPLE = Indicator("resident population", unit="person", measure="stock", whole=True)
MONEY = Indicator("pledge amount", unit="CNY", measure="flow")
PLEDGES = Indicator("pledges", unit="case", measure="flow", whole=True)
AWARDS = Indicator("gold awards", unit="award", whole=True)
BALANCE = Indicator("royalty balance", unit="USD", measure="flow", signed=True)
QUOTA = Indicator("quota", unit="percent")
RATE = Indicator("patents per 10,000 people", unit="patent/person", multiplier=-4)
HERE, THERE = RATE.at(HAIDIAN, 2021), RATE.at(BEIJING, 2021)
