"""What is found in single rows of a table and in all of them together, as frozen values.

This room knows what a finding consists of. It fetches nothing and decides nothing; the words for it are in `telling`,
which is loaded when somebody reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.findings.verdicts import Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.verdicts import RowReason, RowVerdict

if TYPE_CHECKING:
    from ipmetrics.documents import Document

__all__ = ["DECIDED", "LeftOpen", "PrintedCell", "ReadColumn", "RowFinding", "TableReport", "TableSummary"]

DECIDED = frozenset({RowVerdict.CONSISTENT, RowVerdict.EDGE, RowVerdict.INCONSISTENT})
"""Verdicts of rows that could be checked."""


@attrs.frozen(kw_only=True)
class PrintedCell:
    """One printed cell that a finding rests on.

    Parameters
    ----------
    column
        The column it stands in.
    text
        What is printed; ``""`` where nothing is.
    where
        In which other row or table it stands, in words; ``""`` in the row itself.
    rows
        How many rows print so, where a sum over rows rests on it.
    allowed
        The true values behind it in base units, exact; None where no number can be read.
    unit
        One unit of its last printed place, in the printed unit.
    multiplier
        The power of ten from the printed unit to the base unit.
    """

    column: str
    text: str
    where: str = ""
    rows: int = 1
    allowed: Interval | None = None
    unit: Fraction = Fraction(1)
    multiplier: int = 0

    @property
    def printed(self) -> Interval | None:
        """The true values behind it, in its printed unit."""
        return None if self.allowed is None else self.allowed / Fraction(10) ** self.multiplier


@attrs.frozen(kw_only=True)
class RowFinding:
    """What one formula says of one row, worked out anew for this row alone in exact fractions.

    Parameters
    ----------
    formula
        The name of the formula.
    column
        The column it is about.
    words
        The right-hand side of the formula in words.
    position
        The row's position in the table, counted from 0; None where the engine keeps no order.
    labels
        The columns that tell this row from others, and what it carries in them.
    cells
        What is printed: first the figure in question, then what it is compared with.
    verdict, reason
        As in the checked table.
    stated
        The true values behind the printed figure, exact, in its printed unit; each end closed or open. None where no
        number can be read.
    implied
        The values that the other figures leave for it, likewise; an end that is None is unbounded. None where nothing
        is implied for this row, or it rests on more different cells than were fetched.
    exact
        Whether the ends of ``implied`` are exact; of compound growth they are rounded outwards, by less than a
        billionth of the last printed place.
    hidden
        For a share or growth of a number that is not printed: where that number has to lie, in base units.
    slack
        How far the stated interval reaches into the implied one, in units of the last printed place: 0 where they
        only touch, negative for the gap between them. None where ``implied`` has no end.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import Column, check_table, total
    >>> table = pd.DataFrame({"region": ["A", "B"], "a": [1, 2], "b": [3, 4], "both": [4, 7]})
    >>> columns = {name: Column(whole=True) for name in ("a", "b", "both")}
    >>> (finding,) = check_table(table, {"both": total("a", "b")}, columns).failing()
    >>> print(finding)
    B: both 7 is stated, {7}; a + b implies {6}: 1 unit of the last place too high
    >>> finding.slack, finding.implied.lower
    (Fraction(-1, 1), Fraction(6, 1))
    """

    formula: str
    column: str
    words: str
    position: int | None = None
    labels: tuple[tuple[str, Any], ...] = ()
    cells: tuple[PrintedCell, ...] = ()
    verdict: RowVerdict
    reason: RowReason | None = None
    stated: Interval | None = None
    implied: Interval | None = None
    exact: bool = True
    hidden: Interval | None = None
    slack: Fraction | None = None
    over: bool = False

    def __str__(self) -> str:
        """One sentence: what is stated, what the others imply, and how far they are apart."""
        from ipmetrics.tables.telling.words import sentence  # noqa: PLC0415 - words are loaded when somebody reads

        return sentence(self)


@attrs.frozen
class LeftOpen:
    """Rows that one formula could not decide for one reason, with the first few of them."""

    formula: str
    verdict: RowVerdict
    reason: RowReason | None
    rows: int
    examples: tuple[RowFinding, ...] = ()


@attrs.frozen
class ReadColumn:
    """How the cells of a column were read; ``unit`` is None where they differ in their last printed place."""

    name: str
    unit: Fraction | None
    multiplier: int
    rounding: Rounding
    whole: bool
    signed: bool


Counts = Mapping[str, Mapping[RowVerdict | None, int]]
Reasons = Mapping[str, Mapping[tuple[RowVerdict, RowReason | None], int]]


@attrs.frozen(kw_only=True)
class TableSummary:
    """How many rows there are of each kind.

    Parameters
    ----------
    rows
        All of them.
    failing
        Rows that some formula finds inconsistent.
    checked
        Rows that some formula could decide.
    open
        Rows that some formula left undecided: undetermined or unreadable.
    untouched
        Rows to which no formula applies.
    counts
        For each formula the rows of each verdict; None counts the rows to which it does not apply.
    reasons
        For each formula the rows of each verdict and reason, where there is something to explain.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import check_table, total
    >>> table = pd.DataFrame({"a": ["1", "2"], "b": ["3", ".."], "both": ["4", "2"]})
    >>> summary = check_table(table, {"both": total("a", "b")}).summary()
    >>> summary.rows, summary.checked, str(summary.verdict)
    (2, 1, 'undetermined')
    """

    rows: int
    failing: int
    checked: int
    open: int
    untouched: int
    counts: Counts
    reasons: Reasons

    @property
    def verdict(self) -> Verdict:
        """Inconsistent if a row is; undetermined if a row was left open; else consistent."""
        if self.failing:
            return Verdict.INCONSISTENT
        return Verdict.UNDETERMINED if self.open else Verdict.CONSISTENT


@attrs.frozen(kw_only=True)
class TableReport:
    """A checked table in short: how many rows there are of each kind, and the first that fail.

    Parameters
    ----------
    summary
        How many rows there are of each kind.
    formulas, subjects
        For the name of each formula its right-hand side in words, and the column it is about.
    columns
        How the columns were read.
    failing
        The first rows that fail, of each formula about as many.
    left_open
        What could not be decided, by formula and reason.
    name
        The file, where there is one.
    notes
        What else a reader should know.
    """

    summary: TableSummary
    formulas: Mapping[str, str]
    subjects: Mapping[str, str]
    columns: tuple[ReadColumn, ...] = ()
    failing: tuple[RowFinding, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    name: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """That of the summary."""
        return self.summary.verdict

    def document(self) -> Document:
        """The report as headings, tables and number lines."""
        from ipmetrics.tables.telling.words import describe_table  # noqa: PLC0415 - words are loaded when somebody reads

        return describe_table(self)

    def __str__(self) -> str:
        return self.document().text()

    def _repr_html_(self) -> str:
        return self.document().html()

    def to_markdown(self) -> str:
        """As GitHub-flavoured Markdown."""
        return self.document().markdown()

    def to_json(self) -> str:
        """As JSON of stable keys: exact numbers as text, with floats beside them."""
        from ipmetrics.tables.telling.json_words import report_json  # noqa: PLC0415 - as above

        return report_json(self)
