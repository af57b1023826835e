"""How fast printed cells are read: whole columns as arrays, inside the engines, and one by one.

Run ``python -m benchmarks.table_cells [rows]`` from the project's root. Every way reads the same cells in every round,
and the medians of the rounds are printed, in millions of rows a second. Each way must find the same numbers. The loops
over single cells are measured on a hundredth of the rows.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from ipmetrics.tables.columns import Column
from ipmetrics.tables.reading.cell_expressions import cell_expressions, with_cells
from ipmetrics.tables.reading.cell_grammar import read_cell
from ipmetrics.tables.reading.cells import read_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    Way = Callable[[], int]

ROUNDS = 5
COLUMN = Column()


def plain(rows: int) -> list[str]:
    """Numbers of up to seven digits, some negative, with none to three decimals."""
    draw = random.Random(0)
    return [f"{draw.randint(-(10**6), 10**7) / 10**places:.{places}f}" for places in draw.choices(range(4), k=rows)]


def mixed(rows: int) -> list[str]:
    """Grouped thousands, a third of them percentages, and a tenth of the cells with nothing or kept back."""
    draw = random.Random(1)
    shapes = ("{:,}", "{:,.1f}", "{:.2f}%", "{:.1f} %", "..", "-", "x", "<5")
    weights = (35, 25, 20, 10, 4, 3, 2, 1)
    return [shape.format(draw.randint(0, 10**7)) for shape in draw.choices(shapes, weights, k=rows)]


def by_decimal(texts: list[str]) -> int:
    """The usual loop, which knows no percent sign and no marks."""
    total = 0
    for text in texts:
        number = Decimal(text)
        exponent = number.as_tuple().exponent
        assert isinstance(exponent, int)
        total += int(number.scaleb(-exponent))
    return total


def by_expressions(frame: Any, *, steps: bool) -> Any:
    """The sum of what an engine reads, so that nothing it reads can be left out."""
    lazy = nw.from_native(frame)
    if steps:
        lazy, read = with_cells(lazy, {"read": ("cell", COLUMN)})
        cell = read["read"]
    else:
        cell = cell_expressions("cell", COLUMN)
    lazy = lazy.select(mantissa=cell.mantissa, small=cell.places + cell.sign + cell.trouble)
    backend = "pandas" if lazy.implementation.is_duckdb() else None
    return lazy.select(nw.col("mantissa").sum(), nw.col("small").max()).collect(backend=backend)["mantissa"].item()


def ways(texts: list[str]) -> dict[str, tuple[int, Way]]:
    """Each way of reading with its number of rows; it returns the sum of the mantissas."""
    rows, few = len(texts), texts[: len(texts) // 100]
    array, series, frame = pa.array(texts), pl.Series("cell", texts), pl.LazyFrame({"cell": texts})
    objects, strings = np.array(texts, object), pd.Series(texts, dtype="str")
    connection = duckdb.connect()
    connection.register("arrow", pa.table({"cell": array}))
    connection.execute("create table cells as select * from arrow")

    def arrays(column: Any) -> Way:
        return lambda: int(read_cells(column, COLUMN).mantissa.sum())

    return {
        "read_cells, Python strings": (rows, arrays(texts)),
        "read_cells, numpy objects": (rows, arrays(objects)),
        f"read_cells, pandas {strings.dtype} ({getattr(strings.dtype, 'storage', '')})": (rows, arrays(strings)),
        "read_cells, pyarrow": (rows, arrays(array)),
        "read_cells, polars": (rows, arrays(series)),
        "with_cells, polars lazy": (rows, lambda: by_expressions(frame, steps=True)),
        "cell_expressions, polars lazy": (rows, lambda: by_expressions(frame, steps=False)),
        "with_cells, duckdb": (rows, lambda: by_expressions(connection.table("cells"), steps=True)),
        "cell_expressions, duckdb": (rows, lambda: by_expressions(connection.table("cells"), steps=False)),
        "read_cell, one by one": (len(few), lambda: sum(read_cell(text, COLUMN).mantissa for text in few)),
        "Decimal, one by one": (len(few), lambda: by_decimal(few)),
    }


def measure(texts: list[str], *, without: str = "") -> dict[str, float]:
    """Millions of rows a second of every way, medians of the rounds; the ways take turns."""
    measured = {name: way for name, way in ways(texts).items() if not (without and name.startswith(without))}
    few = texts[: len(texts) // 100]
    expected = {len(some): sum(read_cell(text, COLUMN).mantissa for text in some) for some in (texts, few)}
    seconds: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(ROUNDS):
        for name, (rows, way) in measured.items():
            started = time.perf_counter()
            total = way()
            seconds[name].append(time.perf_counter() - started)
            assert total == expected[rows], name
    return {name: rows / statistics.median(seconds[name]) / 1e6 for name, (rows, _) in measured.items()}


def main(rows: int = 1_000_000) -> int:
    """Print the table."""
    found = {"plain numerals": measure(plain(rows)), "mixed cells": measure(mixed(rows), without="Decimal")}
    sys.stdout.write(f"| {rows:,} rows, M rows/s | {' | '.join(found)} |\n" + "|---" * (len(found) + 1) + "|\n")
    for name in found["plain numerals"]:
        speeds = [f"{speeds[name]:.2f}" if name in speeds else "" for speeds in found.values()]
        sys.stdout.write(f"| {name} | {' | '.join(speeds)} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
