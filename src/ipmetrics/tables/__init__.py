"""Check every printed figure of a statistical table, on any dataframe, at any size.

Formulas say how a column follows from others; `check_table` judges every row, `diagnose_table` looks for the one cause
when many rows fail together. Names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipmetrics.tables.checked import CheckedTable
    from ipmetrics.tables.checking import check_table
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.diagnosing import diagnose_table
    from ipmetrics.tables.diagnosis.relabelling import Relabelling, find_relabelling
    from ipmetrics.tables.diagnosis.results import Cause, CauseKind, RowChange, Standing, TableDiagnosis
    from ipmetrics.tables.formulas import (
        Formula,
        adds_to,
        at_most,
        difference,
        earlier,
        formulas_of,
        growth,
        multiple,
        rate,
        row,
        running_total,
        same_as,
        share,
        total,
    )
    from ipmetrics.tables.readers import Table, read_csv, read_sdmx, read_sdmx_csv, read_world_bank_csv, wide
    from ipmetrics.tables.rules import Rules, read_rules
    from ipmetrics.tables.telling.row_findings import RowFinding, TableReport, TableSummary
    from ipmetrics.tables.verdicts import RowReason, RowVerdict

_HOME = {
    "Cause": "diagnosis.results",
    "CauseKind": "diagnosis.results",
    "CheckedTable": "checked",
    "Column": "columns",
    "Formula": "formulas",
    "Relabelling": "diagnosis.relabelling",
    "RowChange": "diagnosis.results",
    "RowFinding": "telling.row_findings",
    "RowReason": "verdicts",
    "RowVerdict": "verdicts",
    "Rules": "rules",
    "Standing": "diagnosis.results",
    "Table": "readers",
    "TableDiagnosis": "diagnosis.results",
    "TableReport": "telling.row_findings",
    "TableSummary": "telling.row_findings",
    "adds_to": "formulas",
    "at_most": "formulas",
    "check_table": "checking",
    "diagnose_table": "diagnosis.diagnosing",
    "difference": "formulas",
    "earlier": "formulas",
    "find_relabelling": "diagnosis.relabelling",
    "formulas_of": "formulas",
    "growth": "formulas",
    "multiple": "formulas",
    "rate": "formulas",
    "read_csv": "readers",
    "read_rules": "rules",
    "read_sdmx": "readers",
    "read_sdmx_csv": "readers",
    "read_world_bank_csv": "readers",
    "row": "formulas",
    "running_total": "formulas",
    "same_as": "formulas",
    "share": "formulas",
    "total": "formulas",
    "wide": "readers",
}

__all__ = [
    "Cause",
    "CauseKind",
    "CheckedTable",
    "Column",
    "Formula",
    "Relabelling",
    "RowChange",
    "RowFinding",
    "RowReason",
    "RowVerdict",
    "Rules",
    "Standing",
    "Table",
    "TableDiagnosis",
    "TableReport",
    "TableSummary",
    "adds_to",
    "at_most",
    "check_table",
    "diagnose_table",
    "difference",
    "earlier",
    "find_relabelling",
    "formulas_of",
    "growth",
    "multiple",
    "rate",
    "read_csv",
    "read_rules",
    "read_sdmx",
    "read_sdmx_csv",
    "read_world_bank_csv",
    "row",
    "running_total",
    "same_as",
    "share",
    "total",
    "wide",
]


def __getattr__(name: str) -> object:
    """Load a public name from its room on first use (PEP 562)."""
    if name not in _HOME:
        message = f"module 'ipmetrics.tables' has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(import_module(f"ipmetrics.tables.{_HOME[name]}"), name)
    globals()[name] = value
    return value
