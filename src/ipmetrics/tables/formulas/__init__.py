"""How a printed column follows from others, in the words of an analyst; a formula is declared, never evaluated here."""

from ipmetrics.tables.formulas.definitions import formulas_of
from ipmetrics.tables.formulas.operands import Earlier, Formula, Row, earlier, row
from ipmetrics.tables.formulas.quotients import growth, multiple, rate, share
from ipmetrics.tables.formulas.sums import adds_to, at_most, difference, running_total, same_as, total

__all__ = [
    "Earlier",
    "Formula",
    "Row",
    "adds_to",
    "at_most",
    "difference",
    "earlier",
    "formulas_of",
    "growth",
    "multiple",
    "rate",
    "row",
    "running_total",
    "same_as",
    "share",
    "total",
]
