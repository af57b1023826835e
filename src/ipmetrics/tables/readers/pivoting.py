"""From long to wide: the codes of a dimension become columns, each with a scale of its own.

This room knows keys and codes. It refuses to choose between two figures for one cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipmetrics.errors import TableError
from ipmetrics.tables.columns import Column
from ipmetrics.tables.readers.contents import Faults, listed
from ipmetrics.tables.readers.observations import VALUE, column_of
from ipmetrics.tables.readers.printed import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["wide"]


def wide(
    table: Table, *, over: str | Sequence[str], value: str = VALUE, by: str | Sequence[str] | None = None
) -> Table:
    r"""Make one column of each code of a dimension: counts and rates that stood below each other stand side by side.

    Parameters
    ----------
    table
        One figure a row.
    over
        The dimension whose codes become columns, such as ``unit``; several of them, or an attribute such as
        ``UNIT_MULT`` beside, are joined by ``_`` in the names.
    value
        The column of figures.
    by
        The columns that tell the new rows apart; left out, the table's key but for ``over``.

    Returns
    -------
    Table
        Rows and columns in the order in which they first occur; ``""`` where there is no figure. Each column has the
        multiplier and the decimals that UNIT_MULT and DECIMALS state for its own figures alike. Attributes of single
        figures stay behind.

    Raises
    ------
    TableError
        If columns are missing, figures share a cell (all of them are listed), or the figures of one new column
        differ in UNIT_MULT.

    Examples
    --------
    >>> import io
    >>> from ipmetrics.tables.readers import read_sdmx_csv
    >>> lines = [
    ...     "DATAFLOW,unit,geo,TIME_PERIOD,OBS_VALUE,UNIT_MULT,DECIMALS",
    ...     "X:PATENTS(1.0),NR,AT,2009,1764,0,0",
    ...     "X:PATENTS(1.0),P_MHAB,AT,2009,211.4,-6,2",
    ... ]
    >>> table = wide(read_sdmx_csv(io.StringIO("\n".join(lines))), over="unit")
    >>> table.frame.to_dict("records")
    [{'geo': 'AT', 'TIME_PERIOD': '2009', 'NR': '1764', 'P_MHAB': '211.40'}]
    >>> table.columns["P_MHAB"]
    Column(decimals=2, multiplier=-6)
    """
    frame = table.frame
    spread = [over] if isinstance(over, str) else list(over)
    if not spread:
        raise TableError("over=[]", rule="some dimension becomes columns", way_out='pass over="unit"')
    kept = _kept(table, spread, by)
    faults = Faults("wide()", "a table is spread whole or not at all")
    for name in dict.fromkeys(name for name in (*spread, *kept, value) if name not in frame.columns):
        rule, way_out = "a column is one of the table's", f"name some of {', '.join(map(str, frame.columns))}"
        faults.add("over=, value= or by=", repr(name), rule=rule, way_out=way_out)
    faults.tell()
    _refuse_doubles(frame, [*kept, *spread], faults)
    names = frame[spread[0]].astype(str)
    for name in spread[1:]:
        names = names + "_" + frame[name].astype(str)
    codes = list(dict.fromkeys(names))
    for name in (name for name in codes if not name or name in kept):
        faults.add("over=", repr(name), rule="a new column has a new name", way_out="rename that code, or leave it out")
    if len(frame[spread].drop_duplicates()) > len(codes):
        rule, way_out = "different codes have different names", "rename codes that are the same once joined by _"
        faults.add("over=", ", ".join(spread), rule=rule, way_out=way_out)
    columns = {}
    for name in codes:
        column, doubts = column_of(frame[names == name], value, table.columns.get(value, Column()))
        if doubts:
            way_out = 'pass over=[…, "UNIT_MULT"] for a column of each'
            faults.add(f"column {name}", doubts[0].partition(":")[0], rule="a column has one scale", way_out=way_out)
        if column != Column():
            columns[name] = column
    faults.tell()
    return Table(_spread(frame, names, codes, kept, value), columns, key=tuple(kept), notes=table.notes)


def _kept(table: Table, spread: Sequence[str], by: str | Sequence[str] | None) -> list[str]:
    if by is not None:
        return [name for name in ([by] if isinstance(by, str) else by) if name not in spread]
    if not table.key:
        raise TableError(
            "no by=",
            rule="new rows are told apart by some columns, and this table has no key",
            way_out='pass by=["region", "period"]',
        )
    return [name for name in table.key if name not in spread]


def _refuse_doubles(frame: Any, names: Sequence[str], faults: Faults) -> None:  # noqa: ANN401 - a pandas frame
    """Note every set of rows that would share a cell, and raise if there is one."""
    double = frame.duplicated(list(names), keep=False)
    if not double.any():
        return
    for key, rows in frame[double].groupby(list(names), sort=False, dropna=False).groups.items():
        cells = key if isinstance(key, tuple) else (key,)
        told = ", ".join(f"{name}={cell}" for name, cell in zip(names, cells, strict=True))
        rule, way_out = "a cell holds one figure", "choose some rows first, or pass more columns as by= or over="
        faults.add(f"rows {listed(list(rows))}", told, rule=rule, way_out=way_out)
    faults.tell()


def _spread(frame: Any, names: Any, codes: Sequence[str], kept: Sequence[str], value: str) -> Any:  # noqa: ANN401 - pandas
    import numpy as np  # noqa: PLC0415 - slow to import, and wanted only here
    import pandas as pd  # noqa: PLC0415 - the same

    if kept:
        rows = frame.groupby(list(kept), sort=False, dropna=False).ngroup().to_numpy()
        index = frame.drop_duplicates(list(kept))[list(kept)].reset_index(drop=True)
    else:
        rows = np.zeros(len(frame), dtype=int)
        index = pd.DataFrame(index=range(min(1, len(frame))))
    cells = np.full((len(index), len(codes)), "", dtype=object)
    places = names.map({name: place for place, name in enumerate(codes)}).to_numpy(dtype=int)
    cells[rows, places] = frame[value].to_numpy(dtype=object)
    return pd.concat([index, pd.DataFrame(cells, columns=list(codes), dtype=str)], axis=1)
