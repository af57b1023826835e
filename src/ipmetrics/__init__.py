"""Check published statistics against each other: a printed figure is an interval, a claim a constraint.

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipmetrics import catalogue, datasets, errors, tables, testing
    from ipmetrics.checks import check, conflicts, derive
    from ipmetrics.claimfile import read_claims, write_claims
    from ipmetrics.diagnosis import explain, repairs
    from ipmetrics.findings import ClaimVerdict, Conflict, Derived, Explanation, Repair, Report, Slip, Verdict
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Change, Level, OneOf, Rank, Ratio, Share, Source, Total
    from ipmetrics.model.figures import Conventions, Figure, Rounding
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Member, Observation
    from ipmetrics.model.periods import Period
    from ipmetrics.model.regions import Region
    from ipmetrics.model.units import Unit
    from ipmetrics.prose.article import Article
    from ipmetrics.prose.reading import find_claims
    from ipmetrics.tables.checking import check_table
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.diagnosing import diagnose_table
    from ipmetrics.tables.formulas import growth, rate, row, share, total

_HOME = {
    "Article": "prose.article",
    "Change": "model.claims",
    "ClaimVerdict": "findings",
    "Column": "tables.columns",
    "Conflict": "findings",
    "Conventions": "model.figures",
    "Derived": "findings",
    "Explanation": "findings",
    "Figure": "model.figures",
    "Indicator": "model.indicators",
    "Interval": "intervals",
    "Level": "model.claims",
    "Member": "model.observations",
    "Observation": "model.observations",
    "OneOf": "model.claims",
    "Period": "model.periods",
    "Rank": "model.claims",
    "Ratio": "model.claims",
    "Region": "model.regions",
    "Repair": "findings",
    "Report": "findings",
    "Rounding": "model.figures",
    "Share": "model.claims",
    "Slip": "findings",
    "Source": "model.claims",
    "Total": "model.claims",
    "Unit": "model.units",
    "Verdict": "findings",
    "check": "checks",
    "check_table": "tables.checking",
    "conflicts": "checks",
    "derive": "checks",
    "diagnose_table": "tables.diagnosis.diagnosing",
    "explain": "diagnosis",
    "find_claims": "prose.reading",
    "growth": "tables.formulas",
    "rate": "tables.formulas",
    "read_claims": "claimfile",
    "repairs": "diagnosis",
    "row": "tables.formulas",
    "share": "tables.formulas",
    "total": "tables.formulas",
    "write_claims": "claimfile",
}
_ROOMS = ("catalogue", "datasets", "errors", "tables", "testing")

__all__ = [
    "Article",
    "Change",
    "ClaimVerdict",
    "Column",
    "Conflict",
    "Conventions",
    "Derived",
    "Explanation",
    "Figure",
    "Indicator",
    "Interval",
    "Level",
    "Member",
    "Observation",
    "OneOf",
    "Period",
    "Rank",
    "Ratio",
    "Region",
    "Repair",
    "Report",
    "Rounding",
    "Share",
    "Slip",
    "Source",
    "Total",
    "Unit",
    "Verdict",
    "catalogue",
    "check",
    "check_table",
    "conflicts",
    "datasets",
    "derive",
    "diagnose_table",
    "errors",
    "explain",
    "find_claims",
    "growth",
    "rate",
    "read_claims",
    "repairs",
    "row",
    "share",
    "tables",
    "testing",
    "total",
    "write_claims",
]


def __getattr__(name: str) -> object:
    """Load a public name from its room on first use (PEP 562)."""
    if name in _HOME:
        value: object = getattr(import_module(f"ipmetrics.{_HOME[name]}"), name)
    elif name in _ROOMS:
        value = import_module(f"ipmetrics.{name}")
    elif name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - reading metadata costs more than the import

        value = version("ipmetrics")
    else:
        message = f"module 'ipmetrics' has no attribute {name!r}"
        raise AttributeError(message)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
