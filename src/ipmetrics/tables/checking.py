"""`check_table`: the front of the room. It understands the call, and hands it to arrays or to the engine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipmetrics.tables.verdicts import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.tables.checked import CheckedTable
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.formulas import Formula

__all__ = ["check_table"]


def check_table(
    frame: Any,  # noqa: ANN401 - any frame that narwhals carries
    formulas: Mapping[str, Formula],
    columns: Mapping[str, Column] | None = None,
    *,
    output: Iterable[str] = OUTPUTS,
) -> CheckedTable:
    """Check every printed figure of a table against the others of its row, of other rows, or of other tables.

    Each formula says how a column follows from others. A row is consistent with it if true values exist that print as
    its figures do: decided in exact whole-number arithmetic, on every engine alike, whatever the size.

    Parameters
    ----------
    frame
        A frame of pandas, polars (eager or lazy), pyarrow, DuckDB, PySpark or Dask. Printed strings are best: they
        show how a figure was rounded. Whole numbers will do; floats need ``Column(decimals=…)``.
    formulas
        Names and formulas: ``{"density": rate("patents", per="people")}``. The name is that of the column the
        formula is about, unless the formula says ``about=``.
    columns
        How columns were printed, where the cells do not say: `Column`.
    output
        Which of ``verdict``, ``reason``, ``lower``, ``upper`` and ``slack`` to add for each formula.

    Returns
    -------
    CheckedTable
        With ``frame``, of the kind that was given, rows in the order that was given (where the engine has one), and
        these columns after its own, for each formula:

        ``<name>_verdict``
            A `RowVerdict` as a word; null where the formula does not apply.
        ``<name>_reason``
            A `RowReason` as a word; null where there is nothing to explain.
        ``<name>_lower``, ``<name>_upper``
            What the other figures imply for the printed number, in its printed unit, also where that is missing;
            float64 nearest to the exact ends, for reading.
        ``<name>_slack``
            How far the stated interval reaches into the implied one, in units of the last printed place: 0 where
            they only touch, negative for the gap between them.

    Raises
    ------
    TableError
        If the call makes no sense; it lists everything that is wrong with it.

    Notes
    -----
    A figure is ``mantissa × 10 ** power`` with an interval of half a unit (or as its rounding rule says), and a
    relation holds if products of the ends compare rightly: two multiplications of whole numbers in 64 bits, or in
    more where 64 are not enough. Joins on other rows need keys that find one row each.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import Column, check_table, rate
    >>> table = pd.DataFrame(
    ...     {
    ...         "region": ["Beijing", "Jiangsu", "Shanghai"],
    ...         "people_million": ["20.7", "79.2", "23.8"],
    ...         "patents": ["86652", "63248", "48812"],
    ...         "per_million": ["4187.5", "798.6", "2150.6"],
    ...     }
    ... )
    >>> checked = check_table(
    ...     table,
    ...     {"per_million": rate("patents", per="people_million")},
    ...     columns={"people_million": Column(multiplier=6), "per_million": Column(multiplier=-6)},
    ... )
    >>> list(checked["per_million_verdict"])
    ['consistent', 'consistent', 'inconsistent']
    """
    from ipmetrics.tables.calls import call_of  # noqa: PLC0415 - loads narwhals, which only a table needs
    from ipmetrics.tables.checked import CheckedTable  # noqa: PLC0415 - as above

    return CheckedTable(call_of(frame, formulas, columns, output))
