"""One table with all that is printed in tables, every formula, every kind of frame: the same codes everywhere."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest

from ipmetrics.tables import formulas as made
from ipmetrics.tables.checking import check_table
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas import (
    Formula,
    adds_to,
    at_most,
    difference,
    earlier,
    growth,
    multiple,
    rate,
    row,
    running_total,
    same_as,
    share,
    total,
)
from ipmetrics.tables.places import Constant, Place, Product, Sum
from ipmetrics.tables.verdicts import RowReason, RowVerdict
from tests.tables import engines, oracle

if TYPE_CHECKING:
    from tests.tables.engines import Cell, Constructor, Frame
    from tests.tables.oracle import Answer

# ∅ is a null. The counts are whole; of people there are millions; some figures are wrong on purpose.
PLACES = """
no | year | region  | kind      | patents   | people | per_million | grown   | since_last | per_year | more   | so_far
0  | 2019 | North   | province  | 1,204     | 1.28   | 940.6       | ∅       | ∅          | ∅        | ∅      | 11,204
1  | 2019 | South   | province  | 803       | 0.5    | 1606        | ..      | ∅          | ∅        | –      | 10,803
2  | 2019 | Total   | all       | 2,007     | 1.78   | 1127.5      | –       | ∅          | ∅        | ∅      | 22,007
3  | 2020 | North   | province  | 1,324     | 1.3    | 1018.5      | 10.0%   | 10.0%      | ∅        | 120    | 12,528
4  | 2020 | South   | province  | c         | 0.50   | 1,700.0     | 9.9%    | 9.9%       | ∅        | 77     | 11,683
5  | 2020 | Total   | all       | 2,145     | 1.80   | 1191.7      | 6.9%    | 6.9        | ∅        | 138    | 24,152
6  | 2021 | North   | province  | 1,450     | 1.32   | 1103.0      | 9.52%   | 20.4%      | 9.7%     | 126    | 13,978
7  | 2021 | South   | province  | 900       | 0      | 1800        | +12.1%  | 12.1%      | 5.9%     | ∅      | 12,583
8  | 2021 | Total   | all       | 2,350     | ∅      | 1,294.8     | 9.6%    | 17.1%      | 8.2%     | 206    | 26,502
9  | 2021 | Islands | territory | 100/86.9  | 0.02   | <5          | 3%      | 3%         | ∅        | ∅      | 250
10 | 2022 | North   | province  | −3        | inf    | 1 103.0     | −100.2% | ∅          | -7.4%    | −1,453 | 13,975
11 | 2022 | South   | province  | 756       | 0.510  | 1.482,4     | −16.0%  | 0.5%       | 8,0%     | −144   | 13,339
12 | 2022 | Total   | all       | ∅         | 1.86   | many        | 0%      | 0.4%       | 1/2      | 0      | 26502
13 | 2023 | South   | province  | 0         | 0.51   | 0           | −100%   | -100%      | x        | −756   | 13,339
14 | 2024 | South   | province  | 5         | 0.00   | 1,450       | 5%      | 400.0%     | 0.0%     | 5      | 13,344
"""
SHARES = """
no | share  | in_points | spent  | utility | design | all_kinds | u_share | d_share | u_of_7  | grown_to | month | seen_twice
0  | 60.0%  | ∅         | 1.255  | 10      | 1      | 1,215     | 60.0    | 39.9    | 14.3%   | 40%      | 10    | 128
1  | 40.0%  | ∅         | 2.196  | ..      | 2      | 805       | 60.0    | 39.7    | 51.1%   | 25%      | 804   | 50
2  | 100%   | ∅         | 3.4    | 30      | 3      | 2,040     | 33.3    | 33.3    | 50.0%   | 7%       | 2007  | 178
3  | 61.7%  | 1.7       | 1.204  | 40      | –      | 1,364     | 33.3    | 33.4    | 0.0%    | 0.05%    | ∅     | 130.0
4  | 38.3%  | −1.7      | 2.1    | 50      | 5      | c         | -0.1    | 50.1    | 100.1%  | 11.1%    | 12    | 50.5
5  | 100.0% | 0.0       | 3.25   | 60      | 6      | 2,211     | 50      | 50      | 42.85%  | 0%       | 2,144 | 180
6  | 61.70% | 0.0       | 4.00   | 70      | 7      | 1,527     | 49.9    | 49.9    | 42.857% | −20%     | 1450  | 132
7  | 38.25% | 0.0       | 3.5    | 80      | 8      | 989       | 0       | 0       | 28.58%  | 50.0%    | 901   | 0
8  | 100    | 0.1       | 8      | 90      | 9      | 2,449     | s       | 50.0    | 42.9%   | 33.34%   | 2,3   | ∅
9  | 4.3%   | 0.0       | 0.2    | 5       | 0      | 91.9      | 62.5    | 37.45   | 14%     | 33.33%   | 99    | 1
10 | −0.1%  | −61.8     | 1      | 1       | 1      | -1        | 62.5    | 37.4    | 85.7%   | 99.9%    | 0     | inf
11 | 51.0%  | 12.75     | 2      | 1       | 1      | 758       | ∅       | 1       | 28.6%   | −50%     | 7 56  | 51
12 | 49%    | -51       | 3.01   | 7       | 7      | 14        | 51.05   | 48.95   | 0%      | −100%    | 1e3   | 185.95
13 | 0%     | −51.0     | 0      | 0       | 0      | 0         | 51.05   | 48.945  | 57.1%   | 9.1%     | 0     | 52
14 | 0.0%   | 0         | 0.0    | 1       | 1      | 7         | 100     | 0.00    | 71.42%  | 12.5%    | 6     | 0
"""  # noqa: E501 - a table is read in rows
LAST = """
region  | year | patents | so_far | now    | flow
North   | 2020 | 1,204   | 12,000 | 12,000 | 500
South   | 2020 | 803     | c      | 11,080 | 300
Total   | 2020 | 2,007   | 24,000 | 24,000 | ∅
Islands | 2020 | 77      | 200    | 200    | 20
"""
FLOWS = """
no | flow  | now    | rounded | seven
0  | 520   | 12,020 | 1,000   | 7
1  | 320   | 11,100 | 2,000   | 7
2  | 840   | 24,840 | 3,000   | 7
3  | 528   | 12,028 | 4,000   | 7
4  | 400   | 11,800 | 12,000  | 7
5  | 910   | 24,100 | 5,000   | 7
6  | 978   | 12,978 | 6,000   | 7
7  | 1,021 | 12,821 | 10,000  | 7
8  | 999   | 24,999 | 25,000  | 7
9  | 230   | 410    | 0       | 7
10 | 1     | 12,501 | 1,000   | 7
11 | 2     | 11,502 | 2,000   | 7
12 | 3     | 24,003 | 4,000   | 7
13 | 4     | 11,504 | 0       | 7
14 | 5     | 11,505 | 1,000   | 7
"""
NUMBERS = {"no", "year", "seven"}
ROUNDED = {rule: Column(read_from="per_million", multiplier=-6, rounding=rule) for rule in ("truncated", "half_up")}


def read(text: str) -> list[dict[str, Cell]]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [
        {
            name: None if cell == "∅" else int(cell) if name in NUMBERS else cell
            for name, cell in zip(head, line, strict=True)
        }
        for line in lines
    ]


def table() -> list[dict[str, Cell]]:
    parts = zip(read(PLACES), read(SHARES), read(FLOWS), strict=True)
    rows: list[dict[str, Cell]] = [{**first, **second, **third} for first, second, third in parts]
    for each, ratio in zip(rows, RATIOS, strict=True):
        each["ratio"] = ratio
    return rows


RATIOS = [1.5, 0.5, None, 1.0, math.inf, 1.25, 0.617, 0.4, 1.0, 0.1, 0.0, -0.4, 1.0, 0.3, 0.25]
"""A column of floats, whose decimals must be declared."""

COLUMNS = {
    "patents": Column(whole=True),
    "people": Column(multiplier=6),
    "per_million": Column(multiplier=-6),
    "cut_off": ROUNDED["truncated"],
    "rounded_up": ROUNDED["half_up"],
    "grown": Column(rounding="half_even"),
    "more": Column(whole=True),
    "in_points": Column(multiplier=-2, rounding="half_down"),
    "second": Column(read_from="patents", number=2),
    "with_comma": Column(read_from="per_million", decimal_comma=True, multiplier=-6),
    "spent": Column(rounding="nearest"),
    "u_share": Column(multiplier=-2, suppressed=["s"]),
    "d_share": Column(multiplier=-2),
    "utility": Column(whole=True),
    "design": Column(whole=True, missing=["7"]),
    "seven": Column(whole=True),
    "grown_to": Column(),
    "month": Column(whole=True),
    "seen_twice": Column(multiplier=4),
    "ratio": Column(decimals=2),
    "in_fives": Column(read_from="flow", step=5),
    "balanced": Column(read_from="share", rounding="balanced"),
    "flow": Column(whole=True),
}


def formulas(last: Frame) -> dict[str, Formula]:
    whole = row(region="Total")
    provinces = {"kind": ["province"]}
    return {
        "per_million": rate("patents", per="people"),
        "cut_off": rate("patents", per="people"),
        "rounded_up": rate("patents", per="people"),
        "with_comma": rate("patents", per="people", where={"region": "South"}),
        "ratio": multiple("patents", of=whole, within="year"),
        "share": share("patents", of=whole, within="year", where={"kind": ["province", "territory"]}),
        "share of spending": share("spent", of=whole, within=["year"], about="share"),
        "balanced": share("patents", of=whole, within="year"),
        "u_of_7": share(None, of="seven"),
        "grown": growth("patents", since=earlier("year"), within="region"),
        "since_last": growth("patents", since=last, match=["region"], where={"year": [2020, 2021]}),
        "since_2020": growth("patents", since=last, match=["region", "year"], about="grown"),
        "grown_to": growth("seven", since=None),
        "per_year": growth("patents", since=earlier("year", 2), within="region", periods=2),
        "more": difference("patents", minus=earlier("year"), within="region"),
        "in_points": difference("share", minus=earlier("year"), within="region"),
        "so_far": running_total("patents", since=earlier("year"), within="region"),
        "now": running_total("flow", since=last, match="region", less="flow", about="now"),
        "now_of": running_total("flow", since=last, match="region", about="so_far"),
        "all_kinds": total("patents", "utility", "design"),
        "total": total(over="region", of=whole, parts=provinces, within="year", about="patents"),
        "everything": total(over="region", of=whole, within="year", about="flow"),
        "spent": total(over="region", of=whole, parts=["North", "South"], within="year"),
        "at least the parts": total(
            over="region", of=whole, parts=provinces, within=["year"], complete=False, about="rounded"
        ),
        "two parts": total("utility", "design", complete=False, about="flow"),
        "u_share": adds_to("100%", "d_share"),
        "shares add up": adds_to("100%", over="region", parts=provinces, within="year", about="share"),
        "month": at_most("patents"),
        "part": at_most(whole, within="year", about="spent"),
        "seen_twice": same_as("people"),
        "in_fives": same_as("flow"),
        "second": at_most("patents"),
    }


def columns_of(rows: list[dict[str, Cell]]) -> dict[str, list[Cell]]:
    return {name: [each[name] for each in rows] for name in rows[0]}


@cache
def expected() -> dict[str, list[Answer]]:
    return oracle.judged(table(), formulas(read(LAST)), COLUMNS)


FOR_SPARK = ("share", "u_of_7", "since_last", "shares add up", "month")
"""One of each kind of look-up; Spark needs seconds to hear of a formula."""


def groups(engine: str) -> list[tuple[str, ...]]:
    """The formulas of each call: all at once, but for engines that plan longer than they run."""
    names = tuple(formulas([]))
    if engine == "pyspark":
        return [FOR_SPARK]
    size = 4 if engine == "duckdb" else len(names)
    return [names[first : first + size] for first in range(0, len(names), size)]


def test_the_table_shows_every_verdict_and_nearly_every_reason() -> None:
    verdicts = Counter(answer.verdict for answers in expected().values() for answer in answers)
    reasons = {answer.reason for answers in expected().values() for answer in answers}
    assert verdicts.keys() == {None, *RowVerdict}
    assert min(verdicts.values()) >= 5
    assert set(RowReason) - reasons <= {RowReason.TOO_LARGE, RowReason.WHOLE_NUMBERS}
    kinds = {formula.kind for formula in formulas(read(LAST)).values()}
    assert kinds == set(made.__all__) - {"Earlier", "Formula", "Row", "earlier", "formulas_of", "row"}


BY_HAND = {
    ("per_million", 0): "consistent",  # 1,204 in 1.275 to 1.285 million are 937.0 to 944.3
    ("per_million", 6): "inconsistent",  # 1,450 in 1.315 to 1.325 million are at most 1,102.7
    ("share", 7): "inconsistent",  # 900 of 2,350 are 38.30 %
    ("grown", 3): "consistent",  # 1,204 to 1,324 is 9.97 %
    ("grown", 14): "inconsistent",  # from nothing
    ("more", 8): "inconsistent",  # 2,350 less 2,145 is 205
    ("so_far", 6): "consistent",  # 12,528 and 1,450
    ("now", 0): "consistent",  # 12,000, and 520 less the 500 that were in it
    ("spent", 2): "edge",  # 1.2545 and 2.1955 are 3.45, which prints as 3.4 or 3.5
    ("total", 2): "consistent",  # 1,204 and 803
    ("total", 5): "undetermined",  # one part is kept back
    ("u_share", 0): "edge",  # 60.05 and 39.95 are 100
    ("u_of_7", 1): "inconsistent",  # no whole number is 51.1 % of 7
    ("month", 1): "inconsistent",  # 804 in a month, 803 in the year
    ("seen_twice", 9): "edge",  # 0.015 million is 1.5 times 10,000
    ("second", 9): "unreadable",  # the first of two numbers
}


def test_some_rows_were_judged_by_hand() -> None:
    assert {(name, place): expected()[name][place].verdict for name, place in BY_HAND} == BY_HAND


OUTPUT = ("verdict", "reason", "lower", "upper", "slack")


def needed(names: tuple[str, ...]) -> set[str]:
    """The table's columns that some formulas name."""
    found = {"no"}
    for name in names:
        formula = formulas([])[name]
        relation = formula.of(name)
        places: list[Place | Sum | Constant | None]
        if isinstance(relation, Product):
            places = [relation.subject, relation.numerator, relation.reference]
        else:
            places = [term.operand for term in relation.terms]
        found |= {column for column, _ in formula.where}
        for place in places:
            if isinstance(place, Place | Sum):
                others = place.others if isinstance(place, Sum) else place.over
                found |= {
                    place.column,
                    *place.keys,
                    *(column for column, _ in place.labels),
                    *([others] if others else []),
                }
    return {COLUMNS[name].read_from or name if name in COLUMNS else name for name in found}


def test_every_row_of_every_formula_has_the_codes_of_the_oracle(constructor: Constructor, engine: str) -> None:
    last = constructor(columns_of(read(LAST)))
    for number, names in enumerate(groups(engine)):
        output = OUTPUT[:2] if engine == "pyspark" or number else OUTPUT
        rows = table()
        if engine in {"duckdb", "pyspark"}:  # every column costs them time, used or not
            rows = [{name: cell for name, cell in each.items() if name in needed(names)} for each in rows]
        native = constructor(columns_of(rows))
        asked = {name: formula for name, formula in formulas(last).items() if name in names}
        columns = {name: column for name, column in COLUMNS.items() if (column.read_from or name) in rows[0]}
        frame = check_table(native, asked, columns, output=output).frame
        assert type(frame) is type(native)
        judged_as_expected(engines.rows(frame), rows, names, output)


def judged_as_expected(
    found: list[dict[str, Cell]], rows: list[dict[str, Cell]], names: tuple[str, ...], output: tuple[str, ...]
) -> None:
    assert [each["no"] for each in found] == [each["no"] for each in rows]
    assert [{name: each[name] for name in rows[0]} for each in found] == rows
    assert list(found[0]) == [*rows[0], *(f"{name}_{kind}" for name in names for kind in output)]
    wrong = {
        (name, place): (said, answer.codes)
        for name in names
        for place, (each, answer) in enumerate(zip(found, expected()[name], strict=True))
        if (said := (each[f"{name}_verdict"], each[f"{name}_reason"])) != answer.codes
    }
    assert not wrong
    for name in names if output == OUTPUT else ():
        for each, answer in zip(found, expected()[name], strict=True):
            assert_reads_as(answer, *(each[f"{name}_{kind}"] for kind in OUTPUT[2:]))


def assert_reads_as(answer: Answer, lower: Cell, upper: Cell, slack: Cell) -> None:
    """The floats beside a verdict are near the oracle's exact ends; where nothing is stated there is no slack."""
    if answer.verdict is None:
        assert (lower, upper) == (None, None)
    if answer.verdict not in {RowVerdict.CONSISTENT, RowVerdict.EDGE, RowVerdict.INCONSISTENT}:
        assert slack is None
    for said, exact in ((lower, answer.lower), (upper, answer.upper), (slack, answer.slack)):
        if exact is not None:
            assert said == pytest.approx(float(exact), rel=1e-9, abs=1e-9)
    if answer.verdict is RowVerdict.EDGE:
        assert slack == 0
