"""What comes back from `diagnose_table`: causes, each with what was counted before and after, best first.

This room holds the answer and names the kinds of causes. It looks for nothing and decides nothing.
"""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from ipmetrics.documents import Document
    from ipmetrics.tables.checked import CheckedTable  # noqa: TC004 - it loads narwhals; nobody resolves the annotation

__all__ = ["Cause", "CauseKind", "RowChange", "Standing", "TableDiagnosis"]


class CauseKind(StrEnum):
    """The ways in which the rows of a table go wrong together.

    Examples
    --------
    >>> CauseKind("balanced to 100") is CauseKind.BALANCED
    True
    """

    LABELS = "permuted labels"
    """The figures stand beside the labels of other rows."""
    EXCHANGED = "exchanged values"
    """The values of one column stand in each other's rows."""
    SCALE = "scale"
    """A column counts thousands, percent or per million, and nothing says so, or something else is said."""
    DECIMAL_COMMA = "decimal comma"
    """Commas that were read as grouping thousands are decimal marks."""
    BALANCED = "balanced to 100"
    """Shares were nudged so that they add to 100."""
    TRUNCATED = "cut off"
    """Figures were cut off instead of rounded."""
    ROUNDING = "rounding rule"
    """Figures were rounded by another rule than the declared one."""
    COARSER = "rounded more coarsely"
    """The last printed digits are filling."""
    DROPPED_ZEROS = "dropped zeros"
    """Trailing zeros were printed once and have been lost."""
    FRACTIONAL = "fractional counts"
    """Counts taken as exact are rounded sums of fractions."""
    PERIOD = "another period"
    """The denominator, or the base of a change, is that of another period."""
    REVISED = "revised base"
    """A change was worked out from a figure that is not the printed one."""
    SCOPE = "scope of a total"
    """A total leaves parts out, or takes others in."""
    COLUMN = "another column"
    """A figure follows from another column than was said."""
    MEANING = "growth or multiple"
    """A multiple, or an index, is taken for growth, or growth for a multiple."""
    DIGITS = "wrong digits"
    """A single cell has digits exchanged, wrong, dropped or doubled."""


class Standing(StrEnum):
    """How a cause stands among all that were tried.

    ========= ====================================================================================
    ``ONLY``  nothing else that was tried makes these rows right
    ``BEST``  others make some or all of them right, and assume more or leave less that is tested
    ``TIED``  others do as well: figures alone cannot tell which of them it is
    ``OTHER`` one of those others
    ========= ====================================================================================

    Examples
    --------
    >>> Standing("tied") is Standing.TIED
    True
    """

    ONLY = "only"
    BEST = "best"
    TIED = "tied"
    OTHER = "other"


@attrs.frozen
class RowChange:
    """What one row, or one cell of it, would say instead.

    Parameters
    ----------
    row
        The position of the row, from 0.
    label
        What the row is called.
    printed
        What is printed.
    instead
        What would fit in its place: a figure, an interval, a label; several where that is not decided.

    Examples
    --------
    >>> print(RowChange(3, "Tianjin", "9,538", "9,358"))
    Tianjin: 9,538 → 9,358
    """

    row: int
    label: str
    printed: str
    instead: str

    def __str__(self) -> str:
        return f"{self.label}: {self.printed} → {self.instead}"


@attrs.frozen
class Cause:
    """One cause that would explain why rows fail, with the evidence; offered, never asserted.

    Parameters
    ----------
    kind
        What kind of cause it is.
    formula
        The formula of which it makes most rows right.
    column
        The column it lies in, or the column of labels.
    words
        The cause in a sentence.
    why
        What speaks for it, and what against, in sentences.
    rows_failing_before, rows_failing_after
        How many rows fail under the formulas it touches: as declared, and if the change is made.
    rows_vacuous
        How many of the rows that then pass would pass with nearly any figure.
    rows_undecided
        How many rows could be judged before and no longer can.
    rows
        The rows that fail as declared and pass if the change is made: their positions, from 0.
    change
        Python that makes the change in the dictionaries ``formulas`` and ``columns`` of the call; empty where cells
        would have to change, or no formula looks where the figure stands: in a later row.
    changes
        For causes that lie in single rows: what each would say instead.
    standing
        Whether anything else does as well.
    caught
        Of figures drawn at random between a tenth and ten times the printed ones, the part that would still be
        found wrong; an estimate.
    support
        What is gained by supposing it, in bits: see `diagnose_table`.
    formulas
        All the formulas it touches.
    given
        The causes that are supposed before it, in words.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import diagnose_table, total
    >>> table = pd.DataFrame({"north": ["5312", "812"], "south": ["4177", "631"], "both": ["9849", "1443"]})
    >>> cause = diagnose_table(table, {"both": total("north", "south")}).findings[0]
    >>> cause.kind, cause.rows, str(cause.changes[0])
    (<CauseKind.DIGITS: 'wrong digits'>, (0,), 'row 0: 9849 → 9489')
    """

    kind: CauseKind
    formula: str
    column: str
    words: str
    why: str
    rows_failing_before: int
    rows_failing_after: int
    rows_vacuous: int
    rows_undecided: int
    rows: tuple[int, ...]
    change: str
    changes: tuple[RowChange, ...]
    standing: Standing
    caught: float
    support: float
    formulas: tuple[str, ...]
    given: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The cause with its counts, in a line."""
        before, after = self.rows_failing_before, self.rows_failing_after
        return f"{self.words} ({before} row{'s' * (before != 1)} fail{'s' * (before == 1)}, then {after or 'none'})"


@attrs.frozen(eq=False, repr=False)
class TableDiagnosis:
    """Why rows of a table fail together; made by `diagnose_table`.

    Parameters
    ----------
    findings
        The causes, the best first; none if no row fails, or nothing explains those that do.
    checked
        The table, checked as it was declared.
    failing
        How many rows fail under each formula as declared.
    left
        How many still fail if the causes that stand first are all supposed.
    notes
        What was not tried, and why.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import diagnose_table, total
    >>> table = pd.DataFrame({"north": ["5312", "812"], "south": ["4177", "631"], "both": ["9489", "1443"]})
    >>> print(diagnose_table(table, {"both": total("north", "south")}))
    No row fails.
    """

    findings: tuple[Cause, ...]
    checked: CheckedTable
    failing: dict[str, int]
    left: dict[str, int]
    notes: tuple[str, ...] = ()

    def document(self) -> Document:
        """The diagnosis as a document, to be written as text, Markdown or HTML."""
        from ipmetrics.tables.diagnosis.describing import describe_diagnosis  # noqa: PLC0415 - it imports this room

        return describe_diagnosis(self)

    def to_json(self) -> str:
        """The diagnosis as JSON: ``findings`` (each with the fields of `Cause`), ``failing``, ``left``, ``notes``."""
        data = {
            "findings": [attrs.asdict(cause) for cause in self.findings],
            "failing": self.failing,
            "left": self.left,
            "notes": self.notes,
        }
        return json.dumps(data, ensure_ascii=False)

    def __str__(self) -> str:
        """As plain text."""
        return self.document().text()

    def __repr__(self) -> str:
        """How many causes there are, and the first."""
        first = f": {self.findings[0]}" if self.findings else ""
        return f"<TableDiagnosis, {len(self.findings)} causes{first}>"

    def _repr_html_(self) -> str:
        """As HTML, for notebooks."""
        return self.document().html()
