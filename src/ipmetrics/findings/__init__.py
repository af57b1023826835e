"""What was found, as frozen values that describe themselves; they know no solver and no file."""

from ipmetrics.findings.passages import Passage
from ipmetrics.findings.repairs import Explanation, Part, Repair, Slip, Step
from ipmetrics.findings.verdicts import (
    Assumption,
    AssumptionKind,
    ClaimFinding,
    ClaimVerdict,
    Conflict,
    Derived,
    Reading,
    Report,
    Verdict,
)

__all__ = [
    "Assumption",
    "AssumptionKind",
    "ClaimFinding",
    "ClaimVerdict",
    "Conflict",
    "Derived",
    "Explanation",
    "Part",
    "Passage",
    "Reading",
    "Repair",
    "Report",
    "Slip",
    "Step",
    "Verdict",
]
