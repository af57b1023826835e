"""A law: a row of a table is judged as the claims that it prints, on arrays and on expressions, edges and all."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import ipmetrics as ipm
from ipmetrics import Rounding
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
from ipmetrics.tables.verdicts import RowVerdict
from tests.effort import effort
from tests.tables import engines, oracle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.tables.oracle import Answer, Number

FORMULAS: dict[str, Formula] = {
    "rate": rate("a", per="b"),
    "multiple": multiple("a", of="b"),
    "share": share("a", of="b"),
    "share of whole things": share(None, of="b"),
    "growth": growth("a", since="b"),
    "growth of whole things": growth("a", since=None),
    "compound growth": growth("a", since="b", periods=3),
    "difference": difference("a", minus="b"),
    "difference in points": difference("a", minus="b"),
    "total": total("a", "b", "c"),
    "parts of a total": total("a", "b", complete=False),
    "at most": at_most("a"),
    "same": same_as("a"),
    "running total": running_total("a", since="b"),
    "running total less": running_total("a", since="b", less="c"),
    "adds to": adds_to("100", "a", "b"),
}
IN_PERCENT = {"share", "share of whole things", "growth", "growth of whole things", "compound growth"}
COUNTED = {"share of whole things": "b", "growth of whole things": "a"}
"""The column that must be printed exactly, or no whole number could be told."""

MANTISSAS = st.integers(0, 60) | st.sampled_from([1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80, 100, 200]) | st.integers(0)
RULES = st.none() | st.sampled_from(Rounding)


def printed(mantissa: int, places: int, sign: str = "", *, grouped: bool = False) -> str:
    """Write a number as a table would."""
    digits = str(abs(mantissa)).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    text = f"{int(whole):,}" if grouped else whole
    return ("−" if mantissa < 0 else "") + text + ("." + part if places else "") + sign


def tried(part: int) -> settings:
    """As many examples, none of them made smaller: a table is small, and each try takes a while."""
    return settings(effort(part), phases=(Phase.explicit, Phase.reuse, Phase.generate))


Table = tuple[Formula, dict[str, list[str]], dict[str, Column]]
Codes = tuple[str | None, str | None]


@st.composite
def tables(draw: st.DrawFn, kind: str, *, rows: int = 6) -> Table:
    """Tables whose derived figures lie on the edge of what follows, or one unit to either side of it."""
    formula = FORMULAS[kind]
    names = sorted({*_columns(formula)})
    signed = draw(st.sampled_from([None, None, None, True]))
    columns = {name: draw(declared(kind, name, signed=signed)) for name in names}
    cells = {name: draw(st.lists(numerals(kind, name, columns[name]), min_size=rows, max_size=rows)) for name in names}
    sign = draw(st.sampled_from(["%", ""])) if kind in IN_PERCENT else "%" if kind == "difference in points" else ""
    power = -2 if kind in IN_PERCENT | {"difference in points"} else draw(st.sampled_from([0, 0, -2, -6]))
    columns["x"] = Column(rounding=draw(RULES), signed=signed, multiplier=None if sign else power, whole=False)
    sheet = oracle.Sheet([dict(zip(names, row, strict=True)) for row in zip(*cells.values(), strict=True)], columns)
    places = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    subjects = []
    for each, decimals in zip(sheet.rows, places, strict=True):
        target = draw(targets(formula, each, sheet)) / Fraction(10) ** power * 10**decimals
        half = draw(st.sampled_from([Fraction(1, 2), Fraction(-1, 2), Fraction(0)]))
        mantissa = (target + half).__floor__() + draw(st.sampled_from([-1, 0, 0, 1]))
        subjects.append(printed(mantissa, decimals, sign))
    return formula, {**cells, "x": subjects}, columns


def _columns(formula: Formula) -> list[str]:
    relation = formula.of("x")
    if isinstance(relation, Product):
        return [place.column for place in (relation.numerator, relation.reference) if place is not None]
    operands = [term.operand for term in relation.terms[1:]]
    return [operand.column for operand in operands if not isinstance(operand, Constant)]


@st.composite
def declared(draw: st.DrawFn, kind: str, name: str, *, signed: bool | None) -> Column:
    """What is declared of a column of operands."""
    if COUNTED.get(kind) == name:
        return Column(whole=True)
    if kind == "difference in points":
        return Column(rounding=draw(RULES), signed=signed)
    multiplier = draw(st.sampled_from([None, None, 3])) if kind == "rate" else None
    whole = draw(st.integers(0, 3)) == 0
    return Column(rounding=draw(RULES), signed=signed, multiplier=multiplier, whole=whole)


@st.composite
def numerals(draw: st.DrawFn, kind: str, name: str, column: Column) -> str:
    """A cell of a column of operands."""
    if COUNTED.get(kind) == name:
        return printed(draw(st.integers(1, 400)), 0)
    sign = "%" if kind == "difference in points" else ""
    mantissa = draw(MANTISSAS) % 10**8
    places = 0 if column.whole else draw(st.integers(0, 2))
    return printed(mantissa, places, sign, grouped=draw(st.booleans()))


@st.composite
def targets(draw: st.DrawFn, formula: Formula, row: Mapping[str, str], sheet: oracle.Sheet) -> Fraction:
    """A true value at an end, or in the middle, of what the others imply, in base units."""
    relation, known = formula.of("x"), {}
    for name, place in _operands(formula).items():
        many = oracle.found(place, row, sheet)
        assert isinstance(many, list), many
        known[name] = many
    if "reference" not in known and isinstance(relation, Product):
        return known["numerator"][0].value / draw(st.integers(1, 300)) - relation.shift
    if "numerator" not in known and isinstance(relation, Product):
        return draw(st.integers(0, 400)) / known["reference"][0].value
    subject = "subject" if isinstance(relation, Product) else "0"
    if "reference" in known and (known["reference"][0].allowed() & oracle.POSITIVE).is_empty:
        return Fraction(0)
    others = oracle.implied(relation, {subject: [oracle.exact(0)], **known})
    ends = [] if others is None else [others.lower, others.upper, others.midpoint]
    return draw(st.sampled_from([end for end in ends if end is not None] or [Fraction(0)]))


def _operands(formula: Formula) -> dict[str, Place | Sum | Constant]:
    relation = formula.of("x")
    if isinstance(relation, Product):
        places = {"numerator": relation.numerator, "reference": relation.reference}
        return {name: place for name, place in places.items() if place is not None}
    return {str(number): term.operand for number, term in enumerate(relation.terms) if number}


def codes(formula: Formula, cells: Mapping[str, list[str]], columns: Mapping[str, Column], engine: str) -> list[Codes]:
    """What the table says of each row."""
    native = engines.PLAIN[engine]({engines.NUMBER: list(range(len(cells["x"]))), **cells})
    checked = check_table(native, {"x": formula}, columns, output=("verdict", "reason"))
    return [(engines.word(row["x_verdict"]), engines.word(row["x_reason"])) for row in engines.rows(checked.frame)]


def _is_rounded_whole(numbers: Mapping[str, list[Number]]) -> bool:
    return any(number.whole and number.rule is not Rounding.EXACT for many in numbers.values() for number in many)


def agree(said: Codes, answer: Answer, numbers: Mapping[str, list[Number]]) -> bool:
    """Whether a row's codes are the oracle's; between rounded counts more may seem possible than is."""
    if _is_rounded_whole(numbers):
        return said[0] != RowVerdict.INCONSISTENT or answer.verdict is RowVerdict.INCONSISTENT
    return said == answer.codes


@pytest.mark.parametrize("engine", ["pandas", "polars lazy"])
@pytest.mark.parametrize("kind", FORMULAS)
def test_a_row_is_judged_as_exact_intervals_judge_it(kind: str, engine: str) -> None:
    # An expression costs as much to plan as a thousand rows to run: fewer tables with more rows.
    @given(tables(kind, rows=6 if engine == "pandas" else 18))
    @tried(8 if engine == "pandas" else 33)
    def judged(table: Table) -> None:
        formula, cells, columns = table
        rows = _rows(cells)
        sheet = oracle.sheet_of(rows, {"x": formula}, columns)
        for each, said in zip(rows, codes(formula, cells, columns, engine), strict=True):
            answer, numbers = oracle.answer(each, formula, "x", sheet), oracle.numbers_of(each, formula, "x", sheet)
            assert agree(said, answer, numbers), (each, said, answer.codes)

    judged()


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_row_is_inconsistent_exactly_if_check_says_so(kind: str) -> None:
    @given(tables(kind, rows=4))
    @tried(16)
    def judged(table: Table) -> None:
        formula, cells, columns = table
        rows = _rows(cells)
        sheet = oracle.sheet_of(rows, {"x": formula}, columns)
        for each, (verdict, _) in zip(rows, codes(formula, cells, columns, "pandas"), strict=True):
            numbers = oracle.numbers_of(each, formula, "x", sheet)
            said = oracle.by_claims(formula, "x", numbers)
            assert said is not ipm.Verdict.UNDETERMINED
            assert verdict != RowVerdict.INCONSISTENT or said is ipm.Verdict.INCONSISTENT, (each, verdict)
            if not _is_rounded_whole(numbers):
                assert said is not ipm.Verdict.INCONSISTENT or verdict == RowVerdict.INCONSISTENT, (each, verdict)

    judged()


@pytest.mark.parametrize("engine", ["pandas", "polars lazy"])
@pytest.mark.parametrize(
    ("kind", "cells", "columns", "verdict"),
    [
        # Nothing but nothing shrinks to nothing.
        ("growth of whole things", {"a": "1", "x": "-100%"}, {"a": "whole", "x": "exact"}, "inconsistent"),
        ("growth of whole things", {"a": "2", "x": "-100%"}, {"a": "whole", "x": "truncated"}, "inconsistent"),
        ("growth of whole things", {"a": "0", "x": "-100%"}, {"a": "whole", "x": "exact"}, "consistent"),
        # Products beyond 128 bits, far from equal and one unit of the last place apart.
        ("compound growth", {"a": "123456789.4", "b": "100000000.25", "x": "7.123%"}, {}, "inconsistent"),
        ("compound growth", {"a": "123456789.4", "b": "100000000.25", "x": "7.276598%"}, {}, "consistent"),
        ("share", {"a": "1", "b": "8", "x": "12.4%"}, {"a": "whole", "b": "whole"}, "inconsistent"),
        ("share", {"a": "1", "b": "8", "x": "12%"}, {"a": "whole", "b": "whole"}, "edge"),
        ("share", {"a": "1", "b": "8", "x": "12%"}, {"a": "whole", "b": "whole", "x": "half_even"}, "consistent"),
        ("share", {"a": "1", "b": "8", "x": "12%"}, {"a": "whole", "b": "whole", "x": "half_up"}, "inconsistent"),
        ("share", {"a": "9", "b": "8", "x": "112.5%"}, {"a": "whole", "b": "whole"}, "inconsistent"),
        ("share of whole things", {"b": "7", "x": "51.1%"}, {"b": "whole"}, "inconsistent"),
        ("share of whole things", {"b": "7", "x": "57.1%"}, {"b": "whole"}, "consistent"),
        ("growth", {"a": "0", "b": "0", "x": "0%"}, {"a": "whole", "b": "whole"}, "inconsistent"),
        ("total", {"a": "0.05", "b": "0.05", "c": "0.05", "x": "0.1"}, dict.fromkeys("abc", "exact"), "edge"),
        ("total", {"a": "0.1", "b": "0.2", "c": "0", "x": "0.3"}, dict.fromkeys("abcx", "exact"), "consistent"),
        ("same", {"a": "0.5", "x": "0"}, {"a": "exact"}, "edge"),
        ("at most", {"a": "10", "x": "11"}, {}, "edge"),
        ("at most", {"a": "10", "x": "11"}, {"x": "floor"}, "inconsistent"),
    ],
)
def test_rows_that_were_judged_by_hand(
    kind: str, cells: dict[str, str], columns: dict[str, str], verdict: str, engine: str
) -> None:
    declared = {
        name: Column(whole=True) if word == "whole" else Column(rounding=word) for name, word in columns.items()
    }
    table = {name: [cell] for name, cell in cells.items()}
    ((said, _),) = codes(FORMULAS[kind], table, declared, engine)
    assert said == verdict
    (answer,) = oracle.judged([cells], {"x": FORMULAS[kind]}, declared)["x"]
    assert answer.verdict == verdict


def _rows(cells: Mapping[str, list[str]]) -> list[dict[str, str]]:
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


ELSEWHERE: dict[str, Formula] = {
    "share of a row": share("x", of=row(region="Total"), within="year", about="y"),
    "multiple of a row": multiple("x", of=row("z", region=["Total", "A"], kind="one"), about="y"),
    "growth": growth("x", since=earlier("year"), within=["region", "kind"], about="y"),
    "running total": running_total("x", since=earlier("year", 2), less="z", within=["region", "kind"], about="y"),
    "total": total(over="region", of=row(region="Total"), within=["year", "kind"], about="x"),
    "total of parts": total(
        over="region", of=row(region="Total"), parts=["A", "B"], within=["year", "kind"], about="x"
    ),
    "parts of a total": total(
        over="region", of=row(region="Total"), parts={"kind": "one"}, within="year", complete=False, about="z"
    ),
    "adds to": adds_to("100", over="region", parts=["A", "B", "C"], within=["year", "kind"], about="x"),
    "at most a row": at_most(row(region="Total"), within=["year", "kind"], about="x"),
}


@st.composite
def tables_of_rows(draw: st.DrawFn) -> tuple[list[dict[str, Any]], dict[str, Column]]:
    """Rows that name places, years and kinds, some of them missing, none of them twice."""
    places = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["A", "B", "C", "Total", None]),
                st.sampled_from([2019, 2020, 2021, None]),
                st.sampled_from(["one", "two"]),
            ),
            min_size=6,
            max_size=16,
            unique=True,
        )
    )
    number = st.integers(0, 120).map(lambda mantissa: printed(mantissa, mantissa % 2)) | st.sampled_from(
        ["..", "c", "many"]
    )
    rows = [
        {"region": region, "year": year, "kind": kind, **{name: draw(number) for name in "xyz"}}
        for region, year, kind in places
    ]
    return rows, {name: Column(rounding=draw(RULES)) for name in "xyz"}


def finds_one_row(formula: Formula, rows: list[dict[str, Any]]) -> bool:
    try:
        oracle.judged(rows, {"f": formula}, {})
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars lazy"])
def test_numbers_of_other_rows_are_found_as_by_looking_at_all_of_them(engine: str) -> None:
    @given(tables_of_rows())
    @tried(8 if engine != "polars lazy" else 33)
    def judged(table: tuple[list[dict[str, Any]], dict[str, Column]]) -> None:
        rows, columns = table
        formulas = {name: formula for name, formula in ELSEWHERE.items() if finds_one_row(formula, rows)}
        native = engines.PLAIN[engine]({name: [each[name] for each in rows] for name in rows[0]})
        found = engines.rows(check_table(native, formulas, columns, output=("verdict", "reason")).frame)
        for name, answers in oracle.judged(rows, formulas, columns).items():
            for each, said, answer in zip(rows, found, answers, strict=True):
                assert (said[f"{name}_verdict"], said[f"{name}_reason"]) == answer.codes, (name, each)

    judged()
