"""The dataframes that a table may come in: one dictionary of columns turned into each, and read back from any."""

from __future__ import annotations

import os
import shutil
import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Cell = str | int | float | None
    Columns = Mapping[str, Sequence[Cell]]
    Constructor = Callable[[Columns], "Frame"]

Frame = Any
"""A frame of some engine; `Module` is one that was imported only here, and so has no type."""
Module = Any

NUMBER = "no"
"""The column that numbers the rows, for engines that keep no order."""


def pandas_objects(columns: Columns) -> Frame:
    pd: Module = import_module("pandas")
    series = {name: pd.Series(cells, dtype=_pandas_type(cells, "object")) for name, cells in columns.items()}
    return pd.DataFrame(series)


def pandas_strings(columns: Columns) -> Frame:
    pd: Module = import_module("pandas")
    series = {name: pd.Series(cells, dtype=_pandas_type(cells, "str")) for name, cells in columns.items()}
    return pd.DataFrame(series)


def _pandas_type(cells: Sequence[Cell], text: str) -> str:
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int}:
        return "Int64" if None in cells else "int64"
    return "float64" if kinds and kinds <= {int, float} else text


def pandas_arrow(columns: Columns) -> Frame:
    pd: Module = import_module("pandas")
    return arrow(columns).to_pandas(types_mapper=pd.ArrowDtype)


def polars_eager(columns: Columns) -> Frame:
    pl: Module = import_module("polars")
    empty = {name: pl.String for name, cells in columns.items() if not cells}
    return pl.DataFrame(dict(columns), schema_overrides=empty, strict=False)


def polars_lazy(columns: Columns) -> Frame:
    return polars_eager(columns).lazy()


def arrow(columns: Columns) -> Frame:
    pa: Module = import_module("pyarrow")
    return pa.table({name: pa.array(cells, type=_arrow_type(cells)) for name, cells in columns.items()})


def _arrow_type(cells: Sequence[Cell]) -> Module:
    pa: Module = import_module("pyarrow")
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {int}:
        return pa.int64()
    return pa.float64() if kinds and kinds <= {int, float} else pa.string()


def dask(columns: Columns) -> Frame:
    frames: Module = import_module("dask.dataframe")
    return frames.from_pandas(pandas_strings(columns), npartitions=2)


def duckdb_constructor() -> Constructor:
    """All relations of one constructor share a connection, or they could not be joined."""
    duckdb: Module = import_module("duckdb")
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    return lambda columns: connection.from_arrow(arrow(columns))


def spark_constructor(session: Module) -> Constructor:
    return lambda columns: session.createDataFrame(arrow(columns))


PLAIN: dict[str, Constructor] = {
    "pandas": pandas_objects,
    "pandas str": pandas_strings,
    "pandas pyarrow": pandas_arrow,
    "polars": polars_eager,
    "polars lazy": polars_lazy,
    "pyarrow": arrow,
    "dask": dask,
}
ENGINES = (*PLAIN, "duckdb", "pyspark")
EAGER = frozenset({"pandas", "pandas str", "pandas pyarrow", "polars", "pyarrow"})
ORDERED = EAGER | {"polars lazy"}
"""Engines whose frames keep the order of their rows."""


def missing(engine: str) -> str | None:
    """Say what is missing for an engine, if anything is."""
    module = engine.rsplit(maxsplit=1)[-1] if engine.startswith("pandas ") else engine.split(maxsplit=1)[0]
    if module != "str" and find_spec(module) is None:
        return f"{module} is not installed"
    if engine == "pyspark" and shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "Spark needs Java"
    return None


def spark_sessions() -> Iterator[Module]:
    """One small and quiet Spark in this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark grumbles about pandas 3, which it is not asked to use
        spark: Module = import_module("pyspark.sql")
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.default.parallelism": "2",
            "spark.log.level": "OFF",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.adaptive.enabled": "false",
            "spark.python.sql.dataFrameDebugging.enabled": "false",  # it looks at the stack for every expression
            # A few rows are read sooner than Java is written, compiled and warmed up for them.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }
        builder = spark.SparkSession.builder.master("local[2]").appName("tables")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    yield session
    session.stop()


def names(native: Frame) -> list[str]:
    """The columns of a frame, in order."""
    if hasattr(native, "collect_schema"):
        return list(native.collect_schema().names())
    return list(native.column_names if hasattr(native, "column_names") else native.columns)


def rows(native: Frame) -> list[dict[str, Cell]]:
    """Read a frame back in the order of its rows; null, NA and NaN are None."""
    kind = type(native).__module__.split(".")[0]
    if kind == "polars":
        pl: Module = import_module("polars")
        found = (native.collect() if isinstance(native, pl.LazyFrame) else native).to_dicts()
    elif kind == "pyarrow":
        found = native.to_pylist()
    elif kind == "pyspark":
        found = native.toArrow().to_pylist()
    elif kind in {"duckdb", "_duckdb"}:
        found = native.to_arrow_table().to_pylist()
    else:
        found = (native.compute() if kind == "dask" else native).to_dict("records")
    found = [{name: _plain(cell) for name, cell in row.items()} for row in found]
    if kind not in {"pandas", "polars", "pyarrow"} and found and NUMBER in found[0]:
        found.sort(key=lambda row: row[NUMBER])
    return found


def _plain(cell: Cell) -> Cell:
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"} or cell != cell:  # noqa: PLR0124 - so is NaN found
        return None
    return cell


def word(cell: Cell) -> str | None:
    """A cell of a column of words."""
    return None if cell is None else str(cell)
