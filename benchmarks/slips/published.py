"""Published statements as claims: derived figures with the numbers they derive from, as they were printed.

The facts are kept in ``tests/diagnosis/published.toml``, each with its source. Every statement is a set of claims of
its own; where a figure was derived from a base that another edition printed, its claims have two sources.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import attrs

import ipmetrics as ipm
from benchmarks.slips.countries import POPULATION
from benchmarks.slips.worlds import World
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, Source, Total

FACTS = Path(__file__).parents[2] / "tests" / "diagnosis" / "published.toml"
COUNT = ipm.Indicator("patents", unit="patent", whole=True, measure="flow")
RATE = ipm.Indicator("patents per 10,000 people", unit="patent/person", multiplier=-4)
PLACE, YEAR = "published", 2022


@attrs.frozen
class Statement:
    """One derived figure with its numbers, and whether they give it."""

    id: str
    source: str
    relation: str
    figure: str
    numbers: tuple[str, ...] = attrs.field(converter=tuple)
    agrees: bool
    cause: str | None = None
    years: int = 1
    kind: str | None = None
    edition: int | None = None
    base_edition: int | None = None

    def claims(self) -> tuple[Claim, ...]:
        """What was printed, each claim with its name and its source."""
        said = RELATIONS[self.relation](self)
        return tuple(
            attrs.evolve(claim, id=f"{self.id} {name}", source=self._source(name)) for name, claim in said.items()
        )

    def _source(self, name: str) -> Source:
        """The edition's year ends on its last day, which orders the editions; it is not the day of publication."""
        edition = self.base_edition if name == "base" and self.base_edition else self.edition
        if edition is not None:
            return Source(self.source, f"edition of {edition}", dt.date(edition, 12, 31))
        several = self.source.split("; ")
        return Source(title=several[-1 if name == "again" else 0])

    def world(self) -> World | None:
        """The claims with a world in which all of them hold; None if there is none."""
        claims = self.claims()
        witness = ipm.check(claims, per_claim=False).witness
        return None if witness is None else World(dict(witness), claims)


def statements() -> list[Statement]:
    """All of them, in the order of the file."""
    facts: list[dict[str, Any]] = tomllib.loads(FACTS.read_text(encoding="utf-8"))["statements"]
    return [Statement(**each) for each in facts]


def _rate(said: Statement) -> dict[str, Claim]:
    rate = COUNT.per(POPULATION, 10_000)
    over, under = said.numbers
    return {
        "rate": Level(rate.at(PLACE, YEAR), said.figure),
        "count": Level(COUNT.at(PLACE, YEAR), over),
        "people": Level(POPULATION.at(PLACE, YEAR), under),
    }


def _multiple(said: Statement) -> dict[str, Claim]:
    indicator = RATE if said.kind == "rate" else COUNT
    x, y = indicator.at(PLACE, YEAR), indicator.at("elsewhere", YEAR)
    return {"multiple": Ratio(x, y, said.figure), "own": Level(x, said.numbers[0]), "other": Level(y, said.numbers[1])}


def _share(said: Statement) -> dict[str, Claim]:
    part, whole = COUNT.at("part", YEAR), COUNT.at(PLACE, YEAR)
    return {
        "share": Share(part, whole, said.figure),
        "part": Level(part, said.numbers[0]),
        "whole": Level(whole, said.numbers[1]),
    }


def _sum_of_shares(said: Statement) -> dict[str, Claim]:
    whole, together = COUNT.at(PLACE, YEAR), COUNT.at("together", YEAR)
    parts = [COUNT.at(f"part {n}", YEAR) for n, _ in enumerate(said.numbers, 1)]
    shares: dict[str, Claim] = {
        f"share {n}": Share(part, whole, text)
        for n, (part, text) in enumerate(zip(parts, said.numbers, strict=True), 1)
    }
    return {"sum": Share(together, whole, said.figure), **shares, "parts": Total(together, parts)}


def _share_together(said: Statement) -> dict[str, Claim]:
    whole, together = COUNT.at(PLACE, YEAR), COUNT.at("together", YEAR)
    *texts, all_of_it = said.numbers
    parts = [COUNT.at(f"part {n}", YEAR) for n, _ in enumerate(texts, 1)]
    levels: dict[str, Claim] = {
        f"part {n}": Level(part, text) for n, (part, text) in enumerate(zip(parts, texts, strict=True), 1)
    }
    share = Share(together, whole, said.figure)
    return {"share": share, **levels, "whole": Level(whole, all_of_it), "parts": Total(together, parts)}


def _sum(said: Statement) -> dict[str, Claim]:
    whole = COUNT.at(PLACE, YEAR)
    parts = [COUNT.at(f"part {n}", YEAR) for n, _ in enumerate(said.numbers, 1)]
    levels: dict[str, Claim] = {
        f"part {n}": Level(part, text) for n, (part, text) in enumerate(zip(parts, said.numbers, strict=True), 1)
    }
    return {"sum": Level(whole, said.figure), **levels, "parts": Total(whole, parts)}


def _sum_of_differences(said: Statement) -> dict[str, Claim]:
    whole = COUNT.at(PLACE, YEAR)
    parts = [COUNT.at(f"part {n}", YEAR) for n, _ in enumerate(said.numbers, 1)]
    changes: dict[str, Claim] = {
        f"part {n}": Change(part, text) for n, (part, text) in enumerate(zip(parts, said.numbers, strict=True), 1)
    }
    before = [part.moved(period=part.period.year_before) for part in parts]
    sums = {
        "parts": Total(whole, parts),
        "parts before": Total(whole.moved(period=whole.period.year_before), before),
    }
    return {"sum": Change(whole, said.figure), **changes, **sums}


def _change(said: Statement) -> dict[str, Claim]:
    indicator, year = RATE if said.kind == "rate" else COUNT, said.edition or YEAR
    now, then = indicator.at(PLACE, year), indicator.at(PLACE, year - said.years)
    current, base = (Level(x, text) for x, text in zip((now, then), said.numbers, strict=True))
    return {"change": Change(now, said.figure, since=then), "current": current, "base": base}


def _change_beside_difference(said: Statement) -> dict[str, Claim]:
    now = COUNT.at(PLACE, YEAR)
    current, difference = said.numbers
    return {
        "change": Change(now, said.figure),
        "difference": Change(now, difference),
        "again": Level(now, current),
    }


def _same(said: Statement) -> dict[str, Claim]:
    x = COUNT.at(PLACE, YEAR)
    return {"value": Level(x, said.figure), "again": Level(x, said.numbers[0])}


RELATIONS = {
    "rate": _rate,
    "multiple": _multiple,
    "share": _share,
    "sum of shares": _sum_of_shares,
    "share together": _share_together,
    "sum": _sum,
    "sum of differences": _sum_of_differences,
    "change": _change,
    "change beside difference": _change_beside_difference,
    "same": _same,
}
