"""The rooms behind `diagnose_table`: formulas written and read back, permutations, what is left for a cell."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipmetrics.tables
from ipmetrics.tables import (
    Column,
    Formula,
    adds_to,
    at_most,
    check_table,
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
from ipmetrics.tables.calls import call_of
from ipmetrics.tables.diagnosis.incidence import Cell, Incidence
from ipmetrics.tables.diagnosis.permuting import permutations_of
from ipmetrics.tables.diagnosis.scenes import Scene
from ipmetrics.tables.diagnosis.trials import Trial
from ipmetrics.tables.diagnosis.writing import written_column, written_formula
from ipmetrics.tables.verdicts import OUTPUTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES: dict[str, Any] = {name: getattr(ipmetrics.tables, name) for name in ipmetrics.tables.__all__}
OTHER = pd.DataFrame({"a": ["1"], "k": ["x"]})


# ------------------------------------------------------------------------------ Python that is written
@pytest.mark.parametrize(
    "formula",
    [
        rate("a", per="b"),
        rate("a", per=row("b", region="Total"), within=["year", "kind"], about="c", where={"region": ["x", "y"]}),
        rate("a", per=OTHER, match="k"),
        multiple("a", of=row(region=["x", "y"])),
        multiple("a", of=row("b", **{"row kind": "Sub-total"})),
        share("a", of="b"),
        share(None, of="b", where={"year": 2020}),
        growth("a", since=earlier("year"), within="region"),
        growth("a", since=earlier("year", 3, column="b"), periods=3),
        growth("a", since=None),
        difference("a", minus=earlier("year"), within="region"),
        running_total("a", since=earlier("year"), less="b", within="region", about="c"),
        running_total("a", since=OTHER, match=["k"], about="c"),
        total("a", "b", complete=False),
        total("a", "b", where={"region": "x"}),
        total(over="region", of=row(region="Total")),
        total(over="region", of=row(region="Total"), parts=["x", "y"], within=["year"], complete=False),
        total(over="region", of=row(region="Total"), parts={"kind": ["p"], "year": [1, 2]}, about="a"),
        adds_to("100%", "a", "b"),
        adds_to("12.5", "a"),
        adds_to("100%", over="region", parts=["x"], within="year", where={"kind": "p"}),
        at_most("a", within=None),
        at_most(row(region="Total"), within="year"),
        same_as(earlier("edition"), within=["year"]),
        same_as(OTHER, match="k", about="a"),
    ],
)
def test_a_formula_is_written_as_it_is_read(formula: Formula) -> None:
    text = written_formula(formula, {id(OTHER): "other"})
    read = eval(text, {**NAMES, "other": OTHER})  # noqa: S307 - that it can be run is what is tested
    assert (read.of("c"), read.about, set(read.where)) == (formula.of("c"), formula.about, set(formula.where))
    assert read.kind == formula.kind


@pytest.mark.parametrize(
    "column",
    [
        Column(),
        Column(decimals=-3, multiplier=6, rounding="balanced"),
        Column(step="0.05", missing=["k.A.", "0"]),
        Column(step=5, whole=True, read_from="a"),
    ],
)
def test_a_column_is_written_as_it_is_read(column: Column) -> None:
    assert eval(written_column(column), NAMES) == column  # noqa: S307 - that it can be run is what is tested


# ------------------------------------------------------------------------------ permutations
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.booleans(), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_permutations_are_those_that_trying_all_finds(allowed: list[list[bool]]) -> None:
    table = np.array(allowed) & ~np.eye(len(allowed), dtype=bool)
    groups = list(permutations_of(table))
    seen = [row for group in groups for row in group]
    assert len(seen) == len(set(seen))
    for group in groups:
        possible = perfect(table, sorted(group))
        assert possible
        assert {row: values[0] for row, values in group.items()} in possible
        told = {(row, value) for row, values in group.items() for value in values}
        assert told >= {(row, value) for each in possible for row, value in each.items()} or not closed(table, group)
    whole = perfect(table, list(range(len(table))))
    if whole:  # then no row is left out, and nothing that may be is left untold
        assert sorted(seen) == list(range(len(table)))
        may = {(row, value) for each in whole for row, value in each.items()}
        assert {(row, value) for group in groups for row, values in group.items() for value in values} == may


def perfect(table: NDArray[np.bool_], rows: list[int]) -> list[dict[int, int]]:
    """Every way to give each of some rows the value of another of them."""
    every = [dict(zip(rows, values, strict=True)) for values in permutations(rows)]
    return [each for each in every if all(table[row, value] for row, value in each.items())]


def closed(table: NDArray[np.bool_], group: dict[int, tuple[int, ...]]) -> bool:
    """Whether the group is all that its rows may exchange with."""
    rows = sorted(group)
    others = [row for row in range(len(table)) if row not in group]
    return not table[np.ix_(rows, others)].any()


# ------------------------------------------------------------------------------ what is left for a cell
figures = st.integers(0, 60).map(str)


@given(
    st.lists(figures, min_size=3, max_size=3),
    st.lists(figures, min_size=3, max_size=3),
    st.sampled_from(range(4)),
    st.integers(0, 60),
)
def test_a_cell_may_hold_what_is_left_for_it_and_nothing_else(
    first: list[str], second: list[str], at: int, figure: int
) -> None:
    """Two formulas read the cells of a column; a figure fits if and only if all rows that read it then pass."""
    table = pd.DataFrame({"region": ["all", "x", "y", "z"], "a": ["70", *first], "b": ["9", *second]})
    formulas = {"a": total(over="region", of=row(region="all")), "of": at_most("a", about="b")}
    columns = {"a": Column(whole=True), "b": Column(multiplier=-2)}
    incidence = Incidence(Scene(Trial(call_of(table, formulas, columns, OUTPUTS))))
    cell = Cell(at, "a")
    fits = all(incidence.printed("a", at, figure).overlaps(incidence.needed(use, cell)) for use in incidence.uses(cell))
    changed = table.copy()
    changed.loc[at, "a"] = str(figure)
    frame = check_table(changed, formulas, columns).frame
    readers = {(use.formula, use.row) for use in incidence.uses(cell)}
    assert fits == all(frame[f"{name}_verdict"].iloc[row] in {"consistent", "edge"} for name, row in readers)
