"""The report on a table as plain data and as JSON, whose keys are stable and documented in docs/reference.

This room knows keys. Exact numbers are text, with the nearest floats beside them; it words nothing but the sentence
of each row.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ipmetrics.rationals import exact_text
from ipmetrics.tables.telling.words import sentence
from ipmetrics.tables.verdicts import RowVerdict

if TYPE_CHECKING:
    from fractions import Fraction

    from ipmetrics.intervals import Interval
    from ipmetrics.tables.telling.row_findings import LeftOpen, PrintedCell, ReadColumn, RowFinding, TableReport

__all__ = ["report_data", "report_json"]

_MOST_PLACES = 60
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of a letter, which no file can hold


def report_json(report: TableReport) -> str:
    """Return a report as JSON, without a final newline."""
    text = json.dumps(report_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def report_data(report: TableReport) -> dict[str, Any]:
    """Return a report as the plain data that its JSON holds."""
    summary = report.summary
    return {
        "verdict": str(summary.verdict),
        "file": report.name,
        "rows": summary.rows,
        "failing_rows": summary.failing,
        "checked_rows": summary.checked,
        "open_rows": summary.open,
        "untouched_rows": summary.untouched,
        "formulas": [_formula(report, name) for name in report.formulas],
        "failing": [_finding(finding) for finding in report.failing],
        "left_open": [_left_open(each) for each in report.left_open],
        "columns": [_column(column) for column in report.columns],
        "notes": list(report.notes),
    }


def _formula(report: TableReport, name: str) -> dict[str, Any]:
    counts = report.summary.counts[name]
    reasons = report.summary.reasons[name]
    return {
        "name": name,
        "column": report.subjects[name],
        "words": report.formulas[name],
        "counts": {str(verdict): counts.get(verdict, 0) for verdict in RowVerdict}
        | {"does_not_apply": counts.get(None, 0)},
        "reasons": [
            {"verdict": str(verdict), "reason": None if reason is None else str(reason), "rows": rows}
            for (verdict, reason), rows in reasons.items()
        ],
    }


def _finding(finding: RowFinding) -> dict[str, Any]:
    return {
        "formula": finding.formula,
        "column": finding.column,
        "position": finding.position,
        "labels": dict(finding.labels),
        "verdict": str(finding.verdict),
        "reason": None if finding.reason is None else str(finding.reason),
        "cells": [_cell(cell) for cell in finding.cells],
        "stated": _interval(finding.stated),
        "implied": _interval(finding.implied),
        "exact": finding.exact,
        "hidden": _interval(finding.hidden),
        "over": finding.over,
        **_number("slack", finding.slack),
        "text": sentence(finding),
    }


def _cell(cell: PrintedCell) -> dict[str, Any]:
    return {"column": cell.column, "text": cell.text, "where": cell.where, "rows": cell.rows}


def _left_open(each: LeftOpen) -> dict[str, Any]:
    return {
        "formula": each.formula,
        "verdict": str(each.verdict),
        "reason": None if each.reason is None else str(each.reason),
        "rows": each.rows,
        "examples": [
            {
                "position": finding.position,
                "labels": dict(finding.labels),
                "cells": [_cell(cell) for cell in finding.cells],
            }
            for finding in each.examples
        ],
    }


def _column(column: ReadColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        **_number("unit", column.unit),
        "multiplier": column.multiplier,
        "rounding": str(column.rounding),
        "whole": column.whole,
        "signed": column.signed,
    }


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    return {
        **_number("lower", None if interval.is_empty else interval.lower),
        **_number("upper", None if interval.is_empty else interval.upper),
        "lower_closed": interval.lower_closed,
        "upper_closed": interval.upper_closed,
        "empty": interval.is_empty,
    }


def _number(name: str, value: Fraction | None) -> dict[str, Any]:
    if value is None:
        return {name: None, f"{name}_float": None}
    return {name: exact_text(value, _MOST_PLACES), f"{name}_float": _float(value)}


def _float(value: Fraction) -> float | None:
    """Return the nearest float; None beyond their range, since JSON knows no infinity."""
    try:
        return float(value)
    except OverflowError:
        return None
