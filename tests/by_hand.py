"""Reports put together by hand, so that what is printed can be tested without anything being solved."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from ipmetrics.findings import (
    Assumption,
    AssumptionKind,
    ClaimFinding,
    ClaimVerdict,
    Conflict,
    Derived,
    Reading,
    Report,
    Verdict,
)
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.units import Unit

CONVENTIONS = Conventions()
DENSITY = Indicator("high-value invention patents per 10,000 people", unit="patent/person", multiplier=-4)
PLEDGES = Indicator("pledges", unit="case", whole=True)
AMOUNT = Indicator("pledge amount", unit="CNY")
GRANTED = Indicator("发明专利授权量", unit="patent", whole=True)
PERCENT = Indicator("share of invention patents", unit="percent")

HAIDIAN, BEIJING = DENSITY.at("Haidian", 2021), DENSITY.at("Beijing", 2021)


def decimal(lower: str, upper: str, power: int = 0) -> Interval:
    scale = Fraction(10) ** power
    return Interval(Fraction(lower) * scale, Fraction(upper) * scale)


def of_three() -> Conflict:
    """Haidian and Beijing against the ratio printed between them."""
    claims = (Level(HAIDIAN, "332.8"), Ratio(HAIDIAN, BEIJING, "3.54"), Level(BEIJING, "96.2"))
    haidian, ratio, beijing = stated = (
        decimal("332.75", "332.85", -4),
        decimal("3.535", "3.545"),
        decimal("96.15", "96.25", -4),
    )
    implied = (ratio * beijing, haidian / beijing, haidian / ratio)
    return Conflict(claims, ("haidian", "ratio", "beijing"), (), stated, implied)


def between_editions() -> Conflict:
    """A whole count that no earlier one can have grown into, printed in two documents."""
    now = Source(
        "Haidian IP Office",
        "White paper 2021",
        date(2022, 4, 30),
        locator="paragraph 5",
        quote="483 pledges worth 2.896 billion yuan, up 8.06%",
        span=(17, 63),
    )
    then = Source("Haidian IP Office", "White paper 2020", date(2021, 4, 26), locator="page 12")
    level = Level(PLEDGES.at("Haidian", 2021), "483", id="pledges", source=now)
    base = Level(PLEDGES.at("Haidian", 2020), "447", id="pledges-2020", source=then)
    growth = Change(level.subject, "8.06%", id="growth", source=now)
    return Conflict(
        (level, base, growth),
        ("pledges", "pledges-2020", "growth"),
        (
            Assumption(
                AssumptionKind.WHOLE,
                "pledges, Haidian 2020 is a whole number",
                "unless fractions are counted",
                (base.subject,),
            ),
        ),
        (Interval.point(483), Interval.point(447), decimal("8.055", "8.065", -2)),
        (None, None, Interval.point(Fraction(36, 447))),
        readings=(Reading(growth, "truncated instead of rounded: the base is 447"),),
        irreducible=False,
    )


def contradicted(conflict: Conflict) -> tuple[ClaimFinding, ...]:
    rows = zip(conflict.ids, conflict.claims, conflict.stated, conflict.implied, strict=True)
    return tuple(
        ClaimFinding(name, claim, ClaimVerdict.CONTRADICTED, stated, implied, exact=True, fit=Fraction(0))
        for name, claim, stated, implied in rows
    )


def one_of() -> ClaimFinding:
    growths = [Change(each.at("Haidian", 2021), "8.06%") for each in (PLEDGES, AMOUNT)]
    survivors = (Verdict.INCONSISTENT, Verdict.CONSISTENT)
    return ClaimFinding("up", OneOf(growths), ClaimVerdict.CONSISTENT, survivors=survivors)


def chinese() -> tuple[ClaimFinding, ...]:
    haidian, beijing = GRANTED.at("海淀区", 2021), GRANTED.at("北京市", 2021)
    return (
        ClaimFinding(
            "授权",
            Level(haidian, "4.0万"),
            ClaimVerdict.CONSISTENT,
            Interval(39500, 40500),
            Interval(40437, 40516, upper_closed=False),
            exact=True,
            fit=Fraction(63, 79),
            notes=("fits only thanks to rounding",),
        ),
        ClaimFinding(
            "share",
            Share(haidian, beijing, "51.1%"),
            ClaimVerdict.ENTAILED,
            decimal("51.05", "51.15", -2),
            decimal("51.06", "51.07", -2),
            fit=Fraction(1),
        ),
        ClaimFinding(
            "北京",
            Level(beijing, "79,210"),
            ClaimVerdict.UNCHECKED,
            Interval.point(79210),
            Interval.at_least(0),
            exact=True,
        ),
    )


def consistent() -> Report:
    """Chinese labels, a claim that stands alone, and a witness."""
    findings = chinese()
    witness = {GRANTED.at("海淀区", 2021): Fraction(40437), HAIDIAN: Fraction(9400, 101) / 10_000}
    return Report(Verdict.CONSISTENT, findings, witness=witness, conventions=CONVENTIONS)


def inconsistent() -> Report:
    """One conflict of three claims, and nothing besides."""
    conflict = of_three()
    return Report(Verdict.INCONSISTENT, contradicted(conflict), (conflict,), conventions=CONVENTIONS)


def dossier() -> Report:
    """Two conflicts, readings of one phrase, Chinese labels, a repetition, notes and something left open."""
    first, second = of_three(), between_editions()
    repeated = ClaimFinding(
        "again",
        Level(HAIDIAN, "333"),
        ClaimVerdict.CONTRADICTED,
        decimal("332.5", "333.5", -4),
        decimal("339.89", "341.2", -4),
        repeats="haidian",
    )
    return Report(
        Verdict.INCONSISTENT,
        (*contradicted(first), repeated, *contradicted(second), one_of(), *chinese()),
        (first, second),
        left_open=("conflicts beyond the first two were not enumerated",),
        notes=("“patents in force” says neither stock nor flow: its periods were not normalised",),
        conventions=Conventions(rounding=Rounding.TRUNCATED, round_numbers=False, part_of=False),
    )


def undetermined() -> Report:
    """A ranking and a total that were not decided."""
    beijing, others = DENSITY.at("Beijing", 2025), [DENSITY.at(name, 2025) for name in ("Shanghai", "Jiangsu")]
    parts = [GRANTED.at(name, 2021) for name in ("东城区", "西城区", "朝阳区", "海淀区", "丰台区")]
    findings = (
        ClaimFinding("rank", Rank(beijing, 1, among=others), ClaimVerdict.UNDETERMINED),
        ClaimFinding("total", Total(GRANTED.at("北京市", 2021), parts), ClaimVerdict.UNCHECKED),
    )
    left_open = ("the search for a conflict or a witness ended after 2,000 steps",)
    return Report(Verdict.UNDETERMINED, findings, left_open=left_open, conventions=CONVENTIONS)


def empty() -> Report:
    return Report(Verdict.CONSISTENT, (), conventions=CONVENTIONS)


def derived(*, exact: bool = True) -> Derived:
    """Beijing's rate from Haidian's and the ratio."""
    interval = decimal("332.75", "332.85") / decimal("3.535", "3.545")
    return Derived(
        interval,
        unit=Unit("patent/person"),
        multiplier=-4,
        exact=exact,
        claims_used=("haidian", "ratio"),
        label=str(BEIJING),
    )


REPORTS = {
    "consistent": consistent,
    "conflict-of-three": inconsistent,
    "dossier": dossier,
    "undetermined": undetermined,
    "empty": empty,
}
