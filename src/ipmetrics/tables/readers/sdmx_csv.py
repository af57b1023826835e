"""SDMX-CSV 1.0, 2.0 and 2.1 and what Eurostat and the ECB make of them: header and labels to columns of codes.

This room knows which columns say what a row is about. What attributes say of a figure is known to `observations`,
what rows do to other rows to `actions`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.tables.readers.actions import ACTION, carried_out
from ipmetrics.tables.readers.contents import Faults, refuse
from ipmetrics.tables.readers.observations import ATTRIBUTES, RAW, VALUE, code, observed
from ipmetrics.tables.readers.plain import read_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.tables.readers.contents import Source
    from ipmetrics.tables.readers.printed import Table

__all__ = ["read_sdmx_csv"]

_ABOUT: Final = ("DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", ACTION)
"""Columns about the message."""

_KEYS: Final = ("KEY", "SERIES_KEY", "OBS_KEY")
_KNOWN: Final = frozenset({*_ABOUT, *_KEYS, *ATTRIBUTES, VALUE})
_NAMED: Final = re.compile(r"([A-Za-z_][\w$@.-]*)(\[.*\])?(?:: .*)?", re.DOTALL)


def read_sdmx_csv(source: Source, *, decimal_comma: bool = False, key: Sequence[str] | None = None) -> Table:
    r"""Read SDMX-CSV, its attributes put to use.

    Version 1 begins with ``DATAFLOW``, version 2 with ``STRUCTURE``; files of Eurostat and the ECB that leave these
    out are read too, and so are labels beside or behind the codes. Values stay text.

    - ``OBS_STATUS``, ``OBS_FLAG``, ``CONF_STATUS``: a figure that is missing or kept back becomes a mark that
      `check_table` reads so; the value stays in ``OBS_VALUE_RAW``.
    - ``DECIMALS`` restores the zeros that a program cut off (``12.5`` with 2 is ``12.50``); more digits than it says
      are left alone. If all figures agree, the column says so.
    - ``UNIT_MULT``, if all figures agree, is the column's multiplier; else `wide` makes columns that each have one.
    - ``ACTION``: deletions and replacements are carried out and noted, and attributes of a part of the key are
      handed down to its observations.

    Parameters
    ----------
    source
        A path, or a file that is open for reading.
    decimal_comma
        Whether values are written like ``12,5``.
    key
        The dimensions; left out, every column before ``OBS_VALUE`` that is not known as an attribute.

    Returns
    -------
    Table
        One observation a row.

    Raises
    ------
    TableError
        All faults of the file at once.

    Examples
    --------
    >>> import io
    >>> lines = [
    ...     "DATAFLOW,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS",
    ...     "X:PATENTS(1.0),AT,2020,12.5,A,3,2",
    ...     "X:PATENTS(1.0),BE,2020,0,Q,3,2",
    ... ]
    >>> table = read_sdmx_csv(io.StringIO("\n".join(lines)))
    >>> table.frame["OBS_VALUE"].tolist(), table.key
    (['12.50', 'c'], ('GEO', 'TIME_PERIOD'))
    >>> table.columns
    {'OBS_VALUE': Column(decimals=2, multiplier=3)}
    >>> print(*table.notes)
    OBS_STATUS Q: 1 figure suppressed, kept in OBS_VALUE_RAW
    """
    lines = read_lines(source)
    header = [_name(cell) for cell in lines.frame.columns]
    frame = lines.frame.set_axis(header, axis=1)
    faults = Faults(lines.name)
    _check(header, key, lines.name, faults)
    labels = _labels(header)
    dimensions = tuple(key) if key is not None else _dimensions(frame, header, labels)
    if not dimensions:
        rule, way_out = "some columns tell observations apart", "put dimensions before OBS_VALUE, or pass key="
        faults.add("line 1", ", ".join(header), rule=rule, way_out=way_out)
    faults.tell()
    labelled = [name for name, cell in zip(header, lines.frame.columns, strict=True) if ": " in cell]
    frame = _coded(frame, [name for name in labelled if name in dimensions])
    frame, notes = carried_out(frame, dimensions, lines.numbers, faults)
    faults.tell()
    return observed(frame, dimensions, notes, decimal_comma=decimal_comma)


def _name(cell: str) -> str:
    """Return the ID that a header cell names: that of ``STRUCTURE[;]``, ``GEO: Region`` or ``NOTE[]``."""
    match = _NAMED.fullmatch(cell)
    name = match[1] if match and (match[2] or ": " in cell) else cell
    standard = name.upper().replace(" ", "_")
    return standard if standard in _KNOWN else name


def _check(header: Sequence[str], key: Sequence[str] | None, name: str, faults: Faults) -> None:
    """Note what a header lacks or has twice."""
    if VALUE not in header:
        raise refuse(
            name,
            "line 1",
            ", ".join(header),
            rule=f"SDMX-CSV has a column {VALUE}",
            way_out="read another table with read_csv()",
        )
    for twice in sorted({column for column in header if header.count(column) > 1} | ({RAW} & {*header})):
        faults.add("line 1", repr(twice), rule="a component is there once", way_out="rename one of them")
    for missing in (column for column in key or () if column not in header):
        faults.add("line 1", repr(missing), rule="a dimension is a column", way_out=f"name some of {', '.join(header)}")


def _labels(header: Sequence[str]) -> frozenset[str]:
    """Return the columns that hold the names of the codes beside them: every second one, if so declared."""
    if "STRUCTURE_NAME" not in header:
        return frozenset()
    rest = [name for name in header if name not in {*_ABOUT, *_KEYS}]
    paired = VALUE in rest and rest.index(VALUE) % 2 == 0
    return frozenset(rest[1::2]) if paired else frozenset()


def _dimensions(frame: Any, header: Sequence[str], labels: frozenset[str]) -> tuple[str, ...]:  # noqa: ANN401 - pandas
    """Return the columns before the value that are no attributes; all such columns if it comes first."""
    candidates = [name for name in header if name not in _KNOWN and name not in labels]
    place = header.index(VALUE)
    before = [name for name in candidates if header.index(name) < place]
    several = [name for name in ("DATAFLOW", "STRUCTURE_ID") if name in frame and frame[name].nunique() > 1]
    found = before or candidates
    if "TIME_PERIOD" in candidates and "TIME_PERIOD" not in found:
        found = [*found, "TIME_PERIOD"]
    return (*several, *found) if found else ()


def _coded(frame: Any, columns: Sequence[str]) -> Any:  # noqa: ANN401 - pandas
    """Leave only codes in columns whose cells read ``A: Annual``; names stay in a column beside them."""
    for name in columns:
        names = frame[name].map(lambda cell: cell.partition(": ")[2])
        if (names != "").any():
            frame = frame.assign(**{name: frame[name].map(code), f"{name}_NAME": names})
    return frame
