"""Made-up tables that are right, and what goes wrong with whole tables, planted one at a time.

A `Planted` table says what was done to it: the kind of cause, the column it lies in, and how often that must be told
first. True values are drawn, printed by the rule that is declared, and then one thing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables import Column, Formula, adds_to, earlier, growth, multiple, rate, row, share, total
from ipmetrics.tables.diagnosis.results import CauseKind

if TYPE_CHECKING:
    from random import Random

__all__ = ["PLANTS", "RIGHT", "Planted", "printed"]

Table = dict[str, list[Any]]
COUNT = Column(whole=True)
PER_MILLION = Column(multiplier=-6)


@attrs.frozen(eq=False)
class Planted:
    """A table with its declarations, and the cause that lies in it."""

    table: Table
    formulas: Mapping[str, Formula]
    columns: Mapping[str, Column]
    kind: CauseKind | None = None
    column: str = ""
    options: Mapping[str, Any] = attrs.field(factory=dict)


def printed(value: Fraction, decimals: int, rule: str = "half_up") -> str:
    """Print a true value to so many decimals, by a rule that names one result."""
    unit = Fraction(1, 10**decimals)
    number = Rounding(rule).round(value, unit)[0] / unit
    digits = f"{abs(int(number)):0{decimals + 1}}"
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"-{text}" if number < 0 else text


PLANTS: dict[str, Callable[[Random], Planted]] = {}
RIGHT: dict[str, Callable[[Random], Planted]] = {}


def planted(function: Callable[[Random], Planted]) -> Callable[[Random], Planted]:
    """Keep a table under the name of the function that makes it."""
    PLANTS[function.__name__] = function
    return function


def right(function: Callable[[Random], Planted]) -> Callable[[Random], Planted]:
    """Keep a table in which nothing is wrong."""
    RIGHT[function.__name__] = function
    return function


# ------------------------------------------------------------------------------ rates
def regions(random: Random, count: int = 24) -> tuple[list[str], list[int], list[int]]:
    names = [f"region {number}" for number in range(count)]
    people = [random.randrange(1_000_000, 90_000_000) for _ in names]
    patents = [random.randrange(300, 90_000) for _ in names]
    return names, people, patents


def rates(random: Random, rule: str = "half_up", decimals: int = 1) -> Table:
    names, people, patents = regions(random)
    return {
        "region": names,
        "people": [str(number) for number in people],
        "patents": [str(number) for number in patents],
        "rate": [printed(Fraction(n, p) * 10**6, decimals, rule) for n, p in zip(patents, people, strict=True)],
    }


RATE = {"rate": rate("patents", per="people")}
OF_RATES = {"people": COUNT, "patents": COUNT, "rate": PER_MILLION}


@right
def right_rates(random: Random) -> Planted:
    return Planted(rates(random), RATE, OF_RATES)


@planted
def a_rate_per_ten_thousand(random: Random) -> Planted:
    return Planted(rates(random), RATE, {"people": COUNT, "patents": COUNT}, CauseKind.SCALE, "rate")


@planted
def people_in_thousands(random: Random) -> Planted:
    table = rates(random)
    table["people"] = [printed(Fraction(text) / 1000, 1) for text in table["people"]]
    return Planted(table, RATE, OF_RATES | {"people": Column()}, CauseKind.SCALE, "people")


@planted
def rates_cut_off(random: Random) -> Planted:
    return Planted(rates(random, "truncated"), RATE, OF_RATES, CauseKind.TRUNCATED, "rate")


@planted
def rates_rounded_up(random: Random) -> Planted:
    return Planted(rates(random, "ceiling"), RATE, OF_RATES, CauseKind.ROUNDING, "rate")


@planted
def rates_rounded_though_said_to_be_cut_off(random: Random) -> Planted:
    declared = OF_RATES | {"rate": Column(multiplier=-6, rounding="truncated")}
    return Planted(rates(random), RATE, declared, CauseKind.ROUNDING, "rate")


@planted
def rates_to_the_nearest_five(random: Random) -> Planted:
    table = rates(random, decimals=3)
    table["rate"] = [f"{int(printed(Fraction(text) / 5, 0)) * 5}" for text in table["rate"]]
    return Planted(table, RATE, OF_RATES, CauseKind.COARSER, "rate")


@planted
def rates_whose_zeros_were_dropped(random: Random) -> Planted:
    table = rates(random, decimals=3)
    table["rate"] = [text.rstrip("0").rstrip(".") for text in table["rate"]]
    table["rate"][:3] = [f"{text[:-4]}" if "." in text[-4:] else text for text in table["rate"][:3]]
    names, people, patents = table["region"], table["people"], table["patents"]
    for at in range(3):  # so that there are some, whatever was drawn
        people[at], patents[at] = "1000000", str(random.randrange(300, 900))
        table["rate"][at] = patents[at]
    return Planted(table | {"region": names}, RATE, OF_RATES, CauseKind.DROPPED_ZEROS, "rate")


@planted
def rates_with_decimal_commas(random: Random) -> Planted:
    table = rates(random, decimals=3)
    table["rate"] = [text.replace(".", ",") for text in table["rate"]]
    return Planted(table, RATE, OF_RATES, CauseKind.DECIMAL_COMMA, "rate")


@planted
def two_exchanged(random: Random) -> Planted:
    table = rates(random)
    one, other = random.sample(range(24), 2)
    column = table["patents"]
    column[one], column[other] = column[other], column[one]
    return Planted(table, RATE, OF_RATES, CauseKind.EXCHANGED, "patents")


@planted
def several_permuted(random: Random) -> Planted:
    table = rates(random)
    rows = random.sample(range(24), 6)
    column = table["rate"]
    values = [column[at] for at in rows]
    for at, value in zip(rows, values[1:] + values[:1], strict=True):
        column[at] = value
    return Planted(table, RATE, OF_RATES, CauseKind.EXCHANGED, "rate")


@planted
def a_block_that_slid(random: Random) -> Planted:
    table = rates(random)
    first = random.randrange(2, 8)
    column = table["rate"]
    column[first : first + 12] = [printed(Fraction(random.randrange(10**4)), 1), *column[first : first + 11]]
    return Planted(table, RATE, OF_RATES, CauseKind.EXCHANGED, "rate")


@planted
def rates_of_another_column(random: Random) -> Planted:
    table = rates(random)
    table["workers"] = [str(int(int(text) * random.uniform(0.3, 0.6))) for text in table["people"]]
    table["rate"] = [
        printed(Fraction(int(n), int(p)) * 10**6, 1) for n, p in zip(table["patents"], table["workers"], strict=True)
    ]
    return Planted(table, RATE, OF_RATES, CauseKind.COLUMN, "workers")


def slipped(random: Random, slip: Callable[[str], str]) -> Planted:
    """One count with a slip, told by the rate beside it and by the total."""
    table = rates(random, decimals=3)
    at = random.randrange(24)
    text = str(random.randrange(20_000, 90_000)) if slip is doubled else table["patents"][at]
    while slip(text) == text or len(text) < 4:
        text = str(random.randrange(10_000, 90_000))
    table["patents"][at] = text
    people = int(table["people"][at])
    table["rate"][at] = printed(Fraction(int(text), people) * 10**6, 3)
    for name, column in {"region": "all", "people": "", "patents": "", "rate": ""}.items():
        table[name].append(column)
    table["people"][-1] = str(sum(map(int, table["people"][:-1])))
    table["patents"][-1] = str(sum(map(int, table["patents"][:-1])))
    table["rate"][-1] = printed(Fraction(int(table["patents"][-1]), int(table["people"][-1])) * 10**6, 3)
    table["patents"][at] = slip(text)
    of_all = total(over="region", of=row(region="all"))
    return Planted(table, {**RATE, "patents": of_all}, OF_RATES, CauseKind.DIGITS, "patents")


def doubled(text: str) -> str:
    return text[:2] + text[1:]


@planted
def exchanged_digits(random: Random) -> Planted:
    return slipped(random, lambda text: text[0] + text[2] + text[1] + text[3:])


@planted
def a_wrong_digit(random: Random) -> Planted:
    return slipped(random, lambda text: text[:2] + str((int(text[2]) + 4) % 10) + text[3:])


@planted
def a_dropped_digit(random: Random) -> Planted:
    return slipped(random, lambda text: text[:2] + text[3:])


@planted
def a_doubled_digit(random: Random) -> Planted:
    return slipped(random, doubled)


@planted
def two_zeros_too_many(random: Random) -> Planted:
    return slipped(random, lambda text: f"{text}00")


# ------------------------------------------------------------------------------ shares
def shares(random: Random, *, balanced: bool) -> Table:
    table: Table = {"kind": [], "holder": [], "number": [], "all": [], "share": []}
    for kind in ("invention", "model", "design", "mark"):
        numbers = [random.randrange(1_000, 500_000) for _ in range(7)]
        whole = sum(numbers)
        exact = [Fraction(number * 1000, whole) for number in numbers]
        steps = [floor(value + Fraction(1, 2)) for value in exact]
        over = sum(steps) - 1000
        order = sorted(range(7), key=lambda at: (steps[at] - exact[at]) * (-1 if over > 0 else 1))
        for at in order[: abs(over)] if balanced else ():
            steps[at] -= 1 if over > 0 else -1
        for at, number in enumerate(numbers):
            for name, value in zip(
                table, (kind, f"holder {at}", str(number), str(whole), f"{steps[at] / 10:.1f}%"), strict=True
            ):
                table[name].append(value)
    return table


SHARES = {"share": share("number", of="all"), "shares": adds_to("100%", over="holder", within="kind", about="share")}
OF_SHARES = {"number": COUNT, "all": COUNT}


@right
def right_shares(random: Random) -> Planted:
    return Planted(shares(random, balanced=False), SHARES, OF_SHARES)


@planted
def balanced_shares(random: Random) -> Planted:
    while True:
        table = shares(random, balanced=True)
        nearest = [
            f"{printed(Fraction(int(n) * 100, int(a)), 1)}%" for n, a in zip(table["number"], table["all"], strict=True)
        ]
        if sum(one != other for one, other in zip(table["share"], nearest, strict=True)) > 1:
            return Planted(table, {"share": SHARES["share"]}, OF_SHARES, CauseKind.BALANCED, "share")


@planted
def shares_as_fractions(random: Random) -> Planted:
    table = shares(random, balanced=False)
    table["share"] = [printed(Fraction(int(n), int(a)), 4) for n, a in zip(table["number"], table["all"], strict=True)]
    declared = OF_SHARES | {"share": Column(multiplier=-2)}
    return Planted(table, {"share": SHARES["share"]}, declared, CauseKind.SCALE, "share")


# ------------------------------------------------------------------------------ sums
def parts(random: Random, *, fractions: bool = False) -> Table:
    """Regions of three kinds in three years; the total has provinces and territories, not the cities in them."""
    table: Table = {"year": [], "region": [], "kind": [], "number": [], "other": []}
    for year in (2019, 2020, 2021):
        rows = [
            (f"{kind} {at}", kind, [Fraction(random.randrange(100, 10**6), 100 if fractions else 1) for _ in "ab"])
            for kind, count in (("province", 8), ("territory", 3), ("city", 4))
            for at in range(count)
        ]
        sums = [sum((values[at] for _, kind, values in rows if kind != "city"), Fraction(0)) for at in (0, 1)]
        for region, kind, values in [("all", "total", sums), *rows]:
            for name, value in zip(table, (year, region, kind, *(printed(each, 0) for each in values)), strict=True):
                table[name].append(value)
    return table


def of_all(parts: Mapping[str, list[str]] | None = None) -> Formula:
    return total(over="region", of=row(region="all"), within="year", parts=parts)


KINDS = {"kind": ["province", "territory"]}


@right
def right_sums(random: Random) -> Planted:
    declared = {"number": COUNT, "other": COUNT}
    return Planted(parts(random), {"number": of_all(KINDS), "other": of_all(KINDS)}, declared)


@planted
def sums_that_take_cities_in_twice(random: Random) -> Planted:
    declared = {"number": COUNT, "other": COUNT}
    return Planted(parts(random), {"number": of_all(), "other": of_all()}, declared, CauseKind.SCOPE, "region")


@planted
def sums_without_the_territories(random: Random) -> Planted:
    formulas = {"number": of_all({"kind": ["province"]})}
    return Planted(parts(random), formulas, {"number": COUNT}, CauseKind.SCOPE, "region")


@planted
def sums_that_leave_a_region_out(random: Random) -> Planted:
    table = parts(random)
    for at, region in enumerate(table["region"]):
        if region == "province 5":
            table["number"][at] = str(int(table["number"][at]) + random.randrange(1_000, 50_000))
    for at, region in enumerate(table["region"]):
        if region == "all":
            year = table["year"][at]
            there = [
                int(number)
                for number, when, name, kind in zip(
                    table["number"], table["year"], table["region"], table["kind"], strict=True
                )
                if when == year and kind in KINDS["kind"] and name != "province 5"
            ]
            table["number"][at] = str(sum(there))
    return Planted(table, {"number": of_all(KINDS)}, {"number": COUNT}, CauseKind.SCOPE, "region")


@planted
def fractional_counts(random: Random) -> Planted:
    formulas = {"number": of_all(KINDS), "other": of_all(KINDS)}
    while True:
        table = parts(random, fractions=True)
        declared = {"number": COUNT, "other": COUNT}
        if any(_off(table, name) for name in declared):
            return Planted(table, formulas, declared, CauseKind.FRACTIONAL, "")


def _off(table: Table, name: str) -> bool:
    """Whether the rounded parts do not add up in two years at least."""
    off = 0
    for year in set(table["year"]):
        numbers = {"total": 0, "province": 0, "territory": 0, "city": 0}
        for number, when, kind in zip(table[name], table["year"], table["kind"], strict=True):
            numbers[kind] += int(number) if when == year else 0
        off += numbers["total"] != numbers["province"] + numbers["territory"]
    return off > 1


@planted
def a_total_that_leaves_a_column_out(random: Random) -> Planted:
    columns = {name: [random.randrange(100, 10_000) for _ in range(12)] for name in ("a", "b", "c")}
    table: Table = {"region": [f"region {at}" for at in range(12)], **columns}
    table["all"] = [a + b for a, b in zip(columns["a"], columns["b"], strict=True)]
    return Planted(table, {"all": total("a", "b", "c")}, {}, CauseKind.SCOPE, "all")


# ------------------------------------------------------------------------------ periods
def years(random: Random, count: int = 6) -> Table:
    table: Table = {"region": [], "year": [], "people": [], "patents": []}
    for at in range(8):
        people, patents = random.randrange(10**6, 10**8), random.randrange(1_000, 50_000)
        for year in range(2015, 2015 + count):
            people = int(people * random.uniform(1.01, 1.04))
            patents = int(patents * random.uniform(0.9, 1.4))
            for name, value in zip(table, (f"region {at}", year, str(people), str(patents)), strict=True):
                table[name].append(value)
    return table


def looked_up(table: Table, name: str, by: int) -> Iterable[int | None]:
    there = {
        (region, year): int(value)
        for region, year, value in zip(table["region"], table["year"], table[name], strict=True)
    }
    return [there.get((region, year - by)) for region, year in zip(table["region"], table["year"], strict=True)]


def per_people_of(random: Random, by: int) -> Table:
    table = years(random)
    table["rate"] = [
        "" if people is None else printed(Fraction(int(n), people) * 10**6, 2)
        for n, people in zip(table["patents"], looked_up(table, "people", by), strict=True)
    ]
    return table


@right
def right_years(random: Random) -> Planted:
    return Planted(per_people_of(random, 0), RATE, OF_RATES)


@planted
def the_population_of_the_year_before(random: Random) -> Planted:
    return Planted(per_people_of(random, 1), RATE, OF_RATES, CauseKind.PERIOD, "people")


@planted
def the_population_of_the_year_after(random: Random) -> Planted:
    return Planted(per_people_of(random, -1), RATE, OF_RATES, CauseKind.PERIOD, "people")


def grown(random: Random, by: int = 1, revised: float = 0.0) -> Table:
    table = years(random)
    table["growth"] = [
        ""
        if base is None
        else f"{printed((Fraction(int(n), int(base * (1 + revised * random.uniform(0.2, 1)))) - 1) * 100, 1)}%"
        for n, base in zip(table["patents"], looked_up(table, "patents", by), strict=True)
    ]
    return table


GROWTH = {"growth": growth("patents", since=earlier("year"), within="region")}


@right
def right_growth(random: Random) -> Planted:
    return Planted(grown(random), GROWTH, {"patents": COUNT})


@planted
def growth_since_two_years_ago(random: Random) -> Planted:
    return Planted(grown(random, by=2), GROWTH, {"patents": COUNT}, CauseKind.PERIOD, "patents")


@planted
def growth_since_a_revised_base(random: Random) -> Planted:
    return Planted(grown(random, revised=0.03), GROWTH, {"patents": COUNT}, CauseKind.REVISED, "patents")


@planted
def an_index_of_100(random: Random) -> Planted:
    table = grown(random)
    table["growth"] = [f"{printed(Fraction(text[:-1]) + 100, 1)}%" if text else "" for text in table["growth"]]
    return Planted(table, GROWTH, {"patents": COUNT}, CauseKind.MEANING, "growth")


@planted
def growth_said_to_be_a_multiple(random: Random) -> Planted:
    formulas = {"growth": multiple("patents", of=earlier("year"), within="region")}
    return Planted(grown(random), formulas, {"patents": COUNT}, CauseKind.MEANING, "growth")


@planted
def growth_since_another_edition(random: Random) -> Planted:
    table = {"edition": [2020] * 40, **years(random, 5)}
    later = {"edition": [2021] * 40, **{name: list(table[name]) for name in ("region", "year", "people")}}
    later["patents"] = [str(int(int(n) * random.uniform(1.01, 1.06))) for n in table["patents"]]
    before = dict(zip(zip(table["region"], table["year"], strict=True), table["patents"], strict=True))
    for edition in (table, later):
        edition["growth"] = [
            f"{printed((Fraction(int(n), int(before[region, year - 1])) - 1) * 100, 1)}%" if year > 2015 else ""
            for n, region, year in zip(edition["patents"], edition["region"], edition["year"], strict=True)
        ]
    both = {name: table[name] + later[name] for name in table}
    formulas = {"growth": growth("patents", since=earlier("year"), within=["edition", "region"])}
    return Planted(both, formulas, {"patents": COUNT}, CauseKind.PERIOD, "patents")
