"""Explanations put together by hand, so that what is printed can be tested without anything being searched."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import attrs

from ipmetrics.findings import Conflict, Explanation, Part, Repair, Slip, Step, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Total
from ipmetrics.model.figures import Conventions, Figure, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.printed import stated_by
from tests import by_hand
from tests.by_hand import decimal

CONVENTIONS = Conventions()
GRANTED = Indicator("patents granted", unit="patent", whole=True, measure="flow")
NORTH, SOUTH, ALL = (GRANTED.at(name, 2021) for name in ("north", "south", "all"))
SUM = (
    Level(NORTH, "5,312", id="north"),
    Level(SOUTH, "4,177", id="south"),
    Level(ALL, "9,849", id="total"),
    Total(ALL, [NORTH, SOUTH], id="sum"),
)
MONEY = Indicator("pledge amount", unit="CNY", measure="flow")
NOW = MONEY.at("Haidian", 2021)
GROWTH = (
    Level(NOW, "2,896.0 million", id="money"),
    Level(MONEY.at("Haidian", 2020), "2,680.0 million", id="money-2020"),
    Change(NOW, "8.05%", id="growth"),
)
RATE = (Fraction("0.08045"), Fraction("0.08055"))


def named(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    return tuple(str(claim.id) for claim in claims)


def clash(claims: tuple[Claim, ...], *implied: Interval | None) -> Conflict:
    said = [Interval.point(0) if isinstance(claim, Total) else stated_by(claim, CONVENTIONS) for claim in claims]
    return Conflict(claims, named(claims), (), tuple(said), implied)


def change(*steps: tuple[Claim, Interval | None, str | None]) -> Repair:
    made = [
        Step(
            (str(claim.id),),
            (claim,),
            "cannot stand" if text is None else f"has to change: {text} is the nearest figure that fits",
            needed=needed,
            figure=None if text is None else Figure(text),
        )
        for claim, needed, text in steps
    ]
    return Repair(tuple(made), Fraction(len(made)), Fraction(0), ())


def reread(fit: str, *steps: Step, weight: int | None = None) -> Repair:
    return Repair(steps, Fraction(weight or len(steps)), Fraction(fit), ())


def sum_part() -> Part:
    """A total whose digits were exchanged; nothing else that was tried mends it."""
    north, south, total, whole = SUM
    points = [Interval.point(value) for value in (5672, 4537, 9489, 360)]
    conflict = clash(SUM, *points)
    slip = Step(
        ("total",),
        (total,),
        "reads as 9,489: two digits exchanged",
        Slip.EXCHANGED_DIGITS,
        (attrs.evolve(total, figure="9,489"),),
        points[2],
        fit=Fraction(1),
    )
    overlap = Step(
        ("sum",),
        (whole,),
        "has parts that leave something out",
        Slip.OVERLAP,
        (attrs.evolve(whole, complete=False),),
        points[3],
    )
    changes = (
        change((total, points[2], "9,489")),
        change((north, points[0], "5,672")),
        change((south, points[1], "4,537")),
        change((whole, points[3], None)),
    )
    readings = (reread("1", slip), reread("0", overlap, weight=2))
    return Part((conflict,), changes, readings, Fraction(1), proved=True, complete=True)


def growth_part() -> Part:
    """A growth that was cut off or nudged, a base revised: three readings, of which two share a line."""
    now, before, growth = GROWTH
    level, base, rate = (decimal("2895.95", "2896.05", 6), decimal("2679.95", "2680.05", 6), Interval(*RATE))
    needed = (base * (1 + rate), level / (1 + rate), level / base - 1)
    conflict = clash(GROWTH, *needed)
    rules = [
        (Rounding.TRUNCATED, Slip.TRUNCATED, "was cut off instead of rounded", "0.54"),
        (Rounding.BALANCED, Slip.BALANCED, "was nudged so that the shares add to 100", "0.5"),
    ]
    readings = [
        reread(fit, Step(("growth",), (growth,), text, slip, (attrs.evolve(growth, figure=figure),), needed[2]))
        for rule, slip, text, fit in rules
        for figure in (Figure("8.05%", rounding=rule),)
    ]
    revised = Step(
        ("money-2020",), (before,), "was revised after the edition of 2021", Slip.REVISED, (None,), needed[1]
    )
    exchanged = Step(
        ("money", "money-2020"),
        (now, before),
        "carry each other's labels: 2020 and 2021 are exchanged",
        Slip.LABELS,
        (attrs.evolve(now, figure="2,680.0 million"), attrs.evolve(before, figure="2,896.0 million")),
        fit=Fraction(1, 2),
    )
    changes = (
        change((growth, needed[2], "8.06%")),
        change((before, needed[1], "2,680.2 million")),
    )
    return Part(
        (conflict,),
        changes,
        (*readings, reread("0", revised), reread("0.5", exchanged, revised)),
        Fraction(1),
        proved=True,
        complete=False,
    )


def chain_part() -> Part:
    """Five conflicts that hang together, of which three share no claim: three figures have to change."""
    places = [by_hand.DENSITY.at(f"District {number}", 2021) for number in range(6)]
    levels: list[Claim] = [Level(place, "12.0", id=f"d{number}") for number, place in enumerate(places)]
    ratios = [Ratio(one, other, "1.50", id=f"r{number}") for number, (one, other) in enumerate(pairwise(places))]
    conflicts = tuple(
        clash(
            (levels[number], levels[number + 1], ratio),
            decimal("17.8", "18.2", -4),
            decimal("7.93", "8.07", -4),
            decimal("0.9916", "1.0084"),
        )
        for number, ratio in enumerate(ratios)
    )
    by_name = {claim.id: claim for claim in (*levels, *ratios)}
    needs = {"d": (decimal("17.8", "18.2", -4), "18.0"), "r": (decimal("0.9916", "1.0084"), "1.00")}
    ways = [
        change(*((by_name[name], *needs[name[0]]) for name in way.split()))
        for way in ("d0 d2 d4", "d1 d2 d4", "d1 d3 d4", "d1 d3 d5", "d1 d3 r4", "d1 r2 d4", "r0 d2 d4")
    ]
    return Part(conflicts, tuple(ways), (), Fraction(3), proved=True, complete=True)


def explained(*parts: Part, **more: object) -> Explanation:
    conflicts = tuple(conflict for part in parts for conflict in part.conflicts)
    ids = tuple(dict.fromkeys(name for conflict in conflicts for name in conflict.ids))
    made = Explanation(Verdict.INCONSISTENT, conflicts, parts, ids=ids, conventions=CONVENTIONS)
    return attrs.evolve(made, **more)  # type: ignore[arg-type]  # whatever a test would have otherwise


def slip() -> Explanation:
    return explained(sum_part())


def dossier() -> Explanation:
    return explained(
        growth_part(),
        sum_part(),
        chain_part(),
        left_open=("whether there are more conflicts than the 5 found among d0, d1, r0",),
        notes=("2 other contradictions do not concern it and are left out here",),
    )


def consistent() -> Explanation:
    """With notes on claims and on the set, as `explain` gives them."""
    notes = (
        "patents in force, Lakeland 2023 without Riverside 2023: the rest would be negative in 2022",
        "rate: fits only with the resident population at the end of 2018, the year before",
        "hedged: one: an odd hedge: over 249,000, and the others imply 600,123 (2.4 times as much)",
        "rate: fits only thanks to rounding",
        "ratio: fits only thanks to rounding",
    )
    ids = ("rate", "ratio", "hedged", "hedged: one")
    return Explanation(Verdict.CONSISTENT, notes=notes, ids=ids, conventions=CONVENTIONS)


def undetermined() -> Explanation:
    left_open = ("whether these can all hold was not decided within the budget: rank, total",)
    return Explanation(Verdict.UNDETERMINED, left_open=left_open, ids=("rank", "total"), conventions=CONVENTIONS)


def trusted() -> Explanation:
    """Claims that are all trusted contradict each other."""
    part = Part((by_hand.of_three(),), (), (), Fraction(0), proved=True, complete=True)
    return explained(part)


EXPLANATIONS = {
    "explained-slip": slip,
    "explained-dossier": dossier,
    "explained-consistent": consistent,
    "explained-undetermined": undetermined,
    "explained-trusted": trusted,
}
