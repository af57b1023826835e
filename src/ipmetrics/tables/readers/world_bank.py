"""World Bank CSV: the wide file of the API, a column a year, to one figure a row.

This room knows the lines above the names and the names of the first columns. The values are those of a database
and say nothing of precision.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ipmetrics.tables.readers.contents import Faults, refuse
from ipmetrics.tables.readers.plain import read_lines
from ipmetrics.tables.readers.printed import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.tables.readers.contents import Source

__all__ = ["read_world_bank_csv"]

_FIRST: Final = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_NAMES: Final = {"Country Name": "country_name", "Country Code": "country_code", "Indicator Code": "indicator_code"}
_KEY: Final = ("country_name", "country_code", "indicator_code", "year")


def read_world_bank_csv(source: Source) -> Table:
    r"""Read a CSV file of the World Bank's data API, one row a country and indicator, one column a year.

    Parameters
    ----------
    source
        A path such as ``API_SP.POP.TOTL_DS2_en_csv_v2.csv``, or a file that is open for reading.

    Returns
    -------
    Table
        A long frame with the columns ``country_name``, ``country_code``, ``indicator_code``, ``year`` (whole
        numbers) and ``value`` (text, ``""`` where nothing is stated), in the order of the file.

    Raises
    ------
    TableError
        All faults of the file at once.

    Examples
    --------
    >>> import io
    >>> lines = [
    ...     '"Data Source","World Development Indicators",',
    ...     '"Last Updated Date","2021-09-15",',
    ...     '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",',
    ...     '"Aruba","ABW","Population, total","SP.POP.TOTL","106310","106766",',
    ... ]
    >>> table = read_world_bank_csv(io.StringIO("\n".join(lines)))
    >>> table.frame["value"].tolist(), table.frame["year"].tolist()
    (['106310', '106766'], [2019, 2020])
    """
    lines = read_lines(source, separator=None, begins=_begins)
    frame = lines.frame
    if not _begins(list(frame.columns)):
        rule = f"a World Bank CSV has a line of names that begins {', '.join(_FIRST)}"
        way_out = "read a file of another shape with read_csv()"
        raise refuse(lines.name, lines.name, "none", rule=rule, way_out=way_out)
    faults = Faults(lines.name)
    years = [name for name in frame.columns if name not in _FIRST]
    for name in years:
        if not re.fullmatch(r"[0-9]{4}", name):
            faults.add("the line of names", repr(name), rule="further columns are years", way_out="take it out")
    faults.tell()
    long = frame.rename(columns=_NAMES).melt(
        id_vars=list(_NAMES.values()), value_vars=years, var_name="year", value_name="value", ignore_index=False
    )
    long["year"] = long["year"].astype("int64")
    # Melted a year at a time; back to the order of the file, where a country's years follow each other.
    long = long.sort_index(kind="stable").reset_index(drop=True)
    updated = [f"last updated {row[1]}" for row in lines.above if row[0] == "Last Updated Date" and len(row) > 1]
    return Table(long, key=_KEY, notes=tuple(updated))


def _begins(record: Sequence[str]) -> bool:
    return tuple(cell.strip() for cell in record[: len(_FIRST)]) == _FIRST
