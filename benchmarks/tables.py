"""How long a table takes on every engine, from numbers and from printed strings, beside a naive pass and peers.

``python -m benchmarks.tables [ROWS]`` prints medians and ratios of one interleaved run; ``--parquet ROWS`` streams a
file that is written for it, in a process of its own whose memory is watched; ``--edges`` counts misjudged rows.
The question is that of a table of rates: x and y printed to one decimal, their quotient to two; 2 % of the rows are
wrong. What is timed goes from the frame to the number of rows of each verdict, the survey of the columns included.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from ipmetrics.tables import Column, RowVerdict, check_table, rate, share, total
from ipmetrics.tables.calls import call_of
from ipmetrics.tables.engines.eager import answers
from ipmetrics.tables.verdicts import VERDICT_CODES

if TYPE_CHECKING:
    from collections.abc import Callable

FORMULAS = {"r": rate("x", per="y")}
FLOATS = {"x": Column(decimals=1), "y": Column(decimals=1), "r": Column(decimals=2)}
INTEGERS = {
    "x": Column(decimals=0, multiplier=-1),
    "y": Column(decimals=0, multiplier=-1),
    "r": Column(decimals=0, multiplier=-2),
}
WRONG = RowVerdict.INCONSISTENT


def world(rows: int) -> dict[str, np.ndarray[Any, Any]]:
    """Mantissas of a table in which 2 % of the rates are wrong."""
    rng = np.random.default_rng(0)
    y = rng.integers(10_000, 10_000_000, rows)
    x = np.rint(y * rng.uniform(0.2, 30, rows)).astype(np.int64)
    r = np.rint(x / y * 100).astype(np.int64)
    bad = rng.random(rows) < 0.02
    r[bad] += rng.integers(1, 9, bad.sum())
    return {"x": x, "y": y, "r": r}


def wrong(checked: Any) -> int:
    """The rows that disagree, which makes a lazy frame do its work."""
    return int(checked.counts()["r"].get(WRONG, 0))


def engines(rows: int) -> dict[str, Callable[[], int]]:
    """Every way to the number of wrong rows, the naive one first."""
    numbers = world(rows)
    x, y, r = numbers["x"] / 10.0, numbers["y"] / 10.0, numbers["r"] / 100.0
    xl, xh, yl, yh, rl, rh = x - 0.05, x + 0.05, y - 0.05, y + 0.05, r - 0.005, r + 0.005
    whole, floats = pd.DataFrame(numbers), pd.DataFrame({"x": x, "y": y, "r": r})
    polars, arrow = pl.DataFrame(numbers), pa.table(numbers)
    database = duckdb.connect()
    database.register("arrow", arrow)
    database.execute("create table t as select * from arrow")
    call = call_of(whole, FORMULAS, INTEGERS, ["verdict"])

    def kernel() -> int:
        return int((answers(call)["r"].verdict == VERDICT_CODES[WRONG]).sum())

    def checked(frame: Any, columns: dict[str, Column], *, full: bool = False) -> Callable[[], int]:
        more = {} if full else {"output": ["verdict"]}
        return lambda: wrong(check_table(frame(), FORMULAS, columns, **more))

    return {
        "naive float64 numpy, bounds ready made": lambda: int((~((xl < rh * yh) & (xh > rl * yl))).sum()),
        "naive float64 numpy, from the values": lambda: int(
            (~((x - 0.05 < (r + 0.005) * (y + 0.05)) & (x + 0.05 > (r - 0.005) * (y - 0.05)))).sum()
        ),
        "EXACT numpy kernel": kernel,
        "EXACT pandas, whole numbers": checked(lambda: whole, INTEGERS),
        "EXACT pandas, floats of declared decimals": checked(lambda: floats, FLOATS),
        "EXACT pandas, with lower, upper, slack": checked(lambda: whole, INTEGERS, full=True),
        "EXACT polars eager": checked(lambda: polars, INTEGERS),
        "EXACT polars lazy": checked(polars.lazy, INTEGERS),
        "EXACT polars lazy, with lower, upper, slack": checked(polars.lazy, INTEGERS, full=True),
        "EXACT pyarrow": checked(lambda: arrow, INTEGERS),
        "EXACT DuckDB": checked(lambda: database.table("t"), INTEGERS),
    }


def strings(rows: int) -> dict[str, Callable[[], int]]:
    """The same table as printed strings."""
    numbers = world(rows)
    printed = {
        "x": [f"{n // 10:,}.{n % 10}" for n in numbers["x"].tolist()],
        "y": [f"{n // 10:,}.{n % 10}" for n in numbers["y"].tolist()],
        "r": [f"{n // 100}.{n % 100:02}" for n in numbers["r"].tolist()],
    }
    pandas, polars = pd.DataFrame(printed), pl.DataFrame(printed)
    only = ["verdict"]
    return {
        "EXACT pandas, printed strings": lambda: wrong(check_table(pandas, FORMULAS, output=only)),
        "EXACT polars eager, printed strings": lambda: wrong(check_table(polars, FORMULAS, output=only)),
        "EXACT polars lazy, printed strings": lambda: wrong(check_table(polars.lazy(), FORMULAS, output=only)),
    }


def peers(rows: int) -> dict[str, Callable[[], int]]:
    """What others take for the same question, on fewer rows."""
    import pandera.pandas as pa_schema  # noqa: PLC0415 - slow to import, and only for this
    import pint_pandas  # noqa: PLC0415 - as above

    numbers = world(rows)
    frame = pd.DataFrame({"x": numbers["x"] / 10.0, "y": numbers["y"] / 10.0, "r": numbers["r"] / 100.0})
    texts = [
        (f"{x / 10:.1f}", f"{y / 10:.1f}", f"{r / 100:.2f}")
        for x, y, r in zip(*(numbers[name].tolist() for name in "xyr"), strict=True)
    ]

    def fits(table: pd.DataFrame) -> Any:
        return (table.x - 0.05 < (table.r + 0.005) * (table.y + 0.05)) & (
            table.x + 0.05 > (table.r - 0.005) * (table.y - 0.05)
        )

    schema = pa_schema.DataFrameSchema({name: pa_schema.Column(float) for name in "xyr"}, checks=pa_schema.Check(fits))

    def pandera() -> int:
        try:
            schema.validate(frame, lazy=True)
        except pa_schema.errors.SchemaErrors as errors:
            return int(errors.failure_cases["index"].nunique())
        return 0

    pint_pandas.PintType.ureg.define("patent = []")
    units = {"x": "patent", "y": "kilometer", "r": "patent / kilometer"}
    typed = pd.DataFrame({name: pd.Series(frame[name], dtype=f"pint[{unit}]") for name, unit in units.items()})
    half = {name: pint_pandas.PintType.ureg(f"0.05 {units[name]}") for name in "xy"}
    half["r"] = pint_pandas.PintType.ureg(f"0.005 {units['r']}")

    def pint() -> int:
        x, y, r = typed.x, typed.y, typed.r
        below = (x - half["x"]) < (r + half["r"]) * (y + half["y"])
        above = (x + half["x"]) > (r - half["r"]) * (y - half["y"])
        return int((~(below & above)).sum())

    def decimals() -> int:
        tenth, hundredth, found = Decimal("0.05"), Decimal("0.005"), 0
        for one in texts:
            x, y, r = map(Decimal, one)
            found += not (x - tenth <= (r + hundredth) * (y + tenth) and x + tenth >= (r - hundredth) * (y - tenth))
        return found

    return {"pandera (pandas)": pandera, "pint-pandas": pint, "a loop over Decimal": decimals}


def medians(ways: dict[str, Callable[[], int]], rounds: int) -> dict[str, tuple[float, int]]:
    """Interleave the ways, so that the machine's mood meets them all; the first round only warms up."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    found: dict[str, int] = {}
    for _ in range(rounds + 1):
        for name, way in ways.items():
            begun = time.perf_counter()
            found[name] = way()
            times[name].append(time.perf_counter() - begun)
    return {name: (statistics.median(times[name][1:]), found[name]) for name in ways}


def show(measured: dict[str, tuple[float, int]], rows: int, base: float | None) -> None:
    for name, (seconds, found) in measured.items():
        ratio = f"{base / seconds * rows:8.2f}" if base else " " * 8
        print(f"{name:46s} {rows / seconds / 1e6:9.2f} M rows/s {ratio} x naive   wrong rows {found}")


def edges(rows: int) -> None:
    """Count the rows that floats misjudge on tables that sit on rounding edges, and those that check_table does."""
    rng = np.random.default_rng(1)
    parts = {name: rng.integers(1, 2000, rows) for name in "abc"}
    off = rng.integers(-1, 2, rows)
    # Three parts to one decimal: a total off by 0.2 is just possible, every part at its own edge.
    sums = {name: value / 10.0 for name, value in parts.items()}
    printed = (sum(parts.values()) + 2 * off) / 10.0
    naive = np.abs(sums["a"] + sums["b"] + sums["c"] - printed) <= 0.2
    frame = pd.DataFrame(sums | {"t": printed})
    columns = {name: Column(decimals=1) for name in "abct"}
    checked = check_table(frame, {"t": total("a", "b", "c")}, columns, output=["verdict"])
    exact = np.asarray(checked["t_verdict"] != str(WRONG))
    truth = np.abs(sum(parts.values()) - np.rint(printed * 10)) <= 2
    report("sums of rounded parts", rows, naive, exact, truth)
    # Shares of exact counts that lie exactly halfway between two printed values.
    whole = rng.integers(1, 500, rows) * 2000
    part = (whole // 2000) * rng.integers(0, 1000, rows) * 2 + whole // 2000
    share_of = part * 1000 // whole + rng.integers(0, 2, rows)
    naive = np.abs(part / whole * 100 - share_of / 10.0) <= 0.05
    frame = pd.DataFrame({"n": part, "of": whole, "s": share_of})
    columns = {"n": Column(decimals=0, whole=True), "of": Column(decimals=0, whole=True)}
    columns["s"] = Column(decimals=0, multiplier=-3)
    checked = check_table(frame, {"s": share("n", of="of")}, columns, output=["verdict"])
    exact = np.asarray(checked["s_verdict"] != str(WRONG))
    truth = np.array(
        [
            abs(Fraction(p * 1000, w) - s) <= Fraction(1, 2)
            for p, w, s in zip(part.tolist(), whole.tolist(), share_of.tolist(), strict=True)
        ]
    )
    report("shares of exact counts", rows, naive, exact, truth)


def report(name: str, rows: int, naive: Any, exact: Any, truth: Any) -> None:
    print(
        f"{name:28s} {rows} rows: naive float misjudges {(naive != truth).mean():6.1%}, "
        f"check_table {int((exact != truth).sum())}"
    )


def parquet(rows: int) -> None:
    """Write a file of so many rows, and check it in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rates.parquet"
        write(path, rows)
        print(f"{rows:.0e} rows, {path.stat().st_size / 1e9:.2f} GB on disk")
        code = f"import benchmarks.tables as t; t.stream({str(path)!r})"
        subprocess.run([sys.executable, "-c", code], check=True)


def write(path: Path, rows: int) -> None:
    from pyarrow import parquet as files  # noqa: PLC0415 - only for this

    block = 10**6
    with files.ParquetWriter(path, pa.table(world(1)).schema) as writer:
        for _ in range(max(rows // block, 1)):
            writer.write_table(pa.table(world(min(block, rows))))


def stream(path: str) -> None:
    """Check a file that polars streams, and say how long it took and how much memory."""
    begun = time.perf_counter()
    checked = check_table(pl.scan_parquet(path), FORMULAS, INTEGERS, output=["verdict"])
    found = wrong(checked)
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"streamed from Parquet in {seconds:.1f} s; peak memory of the process {peak:.2f} GB; wrong rows {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=lambda text: int(float(text)), default=10**7)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parquet", type=lambda text: int(float(text)))
    parser.add_argument("--edges", action="store_true")
    asked = parser.parse_args()
    if asked.parquet:
        parquet(asked.parquet)
    elif asked.edges:
        edges(min(asked.rows, 10**6))
    else:
        measured = medians(engines(asked.rows), asked.rounds)
        base = next(iter(measured.values()))[0] / asked.rows
        show(measured, asked.rows, base)
        fewer = asked.rows // 5
        show(medians(strings(fewer), max(asked.rounds // 2, 1)), fewer, base)
        few = min(asked.rows // 50, 200_000)
        show(medians(peers(few), 1), few, base)


if __name__ == "__main__":
    main()
