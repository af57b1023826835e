"""What is said of one row of a table, and why: five verdicts, the reasons behind the two that decide nothing.

Verdicts and reasons are kept as small whole numbers in the columns that are computed, and become words last. The
order of the numbers is a law: of two reasons for one row the higher one is told, and from `FIRST_UNREADABLE` on a
row is unreadable, below it undetermined.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "FIRST_UNREADABLE",
    "NOT_ASKED",
    "OUTPUTS",
    "REASON_CODES",
    "VERDICT_CODES",
    "RowReason",
    "RowVerdict",
]


class RowVerdict(StrEnum):
    """What the printed figures of one row say about a formula.

    ================== ==============================================================================
    ``CONSISTENT``     true values exist that print so, and no tie decides it
    ``EDGE``           they exist only where a true value lies exactly halfway between two printed ones
    ``INCONSISTENT``   no true values print so: proved in exact whole-number arithmetic
    ``UNDETERMINED``   something needed is missing, suppressed, or beyond what the numbers can hold
    ``UNREADABLE``     a cell that is needed holds no numeral, or one that can be read in two ways
    ================== ==============================================================================

    A row to which the formula does not apply has no verdict: the cell is null.

    Examples
    --------
    >>> RowVerdict("edge") is RowVerdict.EDGE
    True
    """

    CONSISTENT = "consistent"
    EDGE = "edge"
    INCONSISTENT = "inconsistent"
    UNDETERMINED = "undetermined"
    UNREADABLE = "unreadable"


class RowReason(StrEnum):
    """Why a row is undetermined, unreadable, or inconsistent whatever its other figures say.

    Examples
    --------
    >>> str(RowReason.SUPPRESSED)
    'suppressed'
    """

    MISSING = "missing"
    SUPPRESSED = "suppressed"
    NO_MATCH = "no matching row"
    MISSING_PARTS = "parts missing"
    TOO_LARGE = "too many digits"
    WHOLE_NUMBERS = "whole numbers left open"
    ZERO_BASE = "base is zero"
    NEGATIVE = "negative"
    NO_SIGN = "no percent sign where others have one"
    MORE_DECIMALS = "more decimals than declared"
    NOT_FINITE = "not finite"
    SEVERAL_NUMBERS = "several numbers in one cell"
    NO_NUMERAL = "no numeral"


OUTPUTS = ("verdict", "reason", "lower", "upper", "slack")
"""What may be asked for of each formula, in the order of the columns."""

NOT_ASKED = -1
"""The code of a row to which a formula does not apply."""

VERDICT_CODES = {verdict: code for code, verdict in enumerate(RowVerdict)}
"""consistent 0, edge 1, inconsistent 2, undetermined 3, unreadable 4."""

REASON_CODES = {reason: code for code, reason in enumerate(RowReason, start=1)}
"""1 and up; 0 is no reason."""

FIRST_UNREADABLE = REASON_CODES[RowReason.NO_SIGN]
"""Reasons from here on make a row unreadable, those below it undetermined."""
