"""What comes back from `check_table`: the frame with its verdicts, how many there are of each, the rows that fail.

This room counts and shows; every verdict was decided before. Counts and rows are fetched when they are asked for, by
queries that bring a few rows, so a lazy frame stays lazy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from ipmetrics.errors import TableError
from ipmetrics.tables.calls import carried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ipmetrics.documents import Document
    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.telling.evidence import Evidence
    from ipmetrics.tables.telling.row_findings import RowFinding, TableReport, TableSummary
    from ipmetrics.tables.telling.tallies import Tally
    from ipmetrics.tables.verdicts import RowVerdict

__all__ = ["CheckedTable"]


class CheckedTable:
    """A table with the verdict of every row for every formula; made by `check_table`.

    It displays itself in a notebook, and ``print`` tells it: how many rows there are of each kind, the first rows
    that fail with the figures they rest on, what was left open, and how the columns were read. Of a lazy frame all
    that is fetched when it is asked for; only the rows that are told ever leave the engine.

    Attributes
    ----------
    frame
        The frame, of the kind that was given, with the verdict columns.
    formulas, columns
        What was asked, and how columns were declared.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import Column, check_table, rate
    >>> table = pd.DataFrame(
    ...     {
    ...         "region": ["Beijing", "Shanghai"],
    ...         "people": ["20.7", "23.8"],
    ...         "patents": ["86652", "48812"],
    ...         "density": ["4187.5", "2150.6"],
    ...     }
    ... )
    >>> columns = {"people": Column(multiplier=6), "density": Column(multiplier=-6)}
    >>> print(check_table(table, {"density": rate("patents", per="people")}, columns))
    inconsistent: 1 of 2 rows disagrees with its own figures
    ...
    """

    def __init__(self, call: Call) -> None:
        self._call = call
        self.formulas: Mapping[str, Formula] = {asked.name: asked.formula for asked in call.asked}
        self.columns: Mapping[str, Column] = dict(call.columns)
        self._frame: Any
        self._count: Callable[[], Tally]
        self._frame, self._count = _answered(call)
        self._tally: Tally | None = None
        self._evidence: Evidence | None = None
        self._reports: dict[tuple[int | None, tuple[str, ...] | None], TableReport] = {}

    @property
    def frame(self) -> Any:  # noqa: ANN401 - the kind of frame that was given
        """The frame with its verdict columns, of the kind that was given."""
        return nw.to_native(self._frame)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a column of that frame
        """Return a column of the frame."""
        return self.frame[name]

    def counts(self) -> dict[str, dict[RowVerdict | None, int]]:
        """Count the rows of each verdict for each formula; None for rows to which it does not apply.

        Examples
        --------
        >>> import pandas as pd
        >>> from ipmetrics.tables import check_table, total
        >>> table = pd.DataFrame({"a": ["1", "2"], "b": ["3", ".."], "both": ["4", "2"]})
        >>> {str(verdict): n for verdict, n in check_table(table, {"both": total("a", "b")}).counts()["both"].items()}
        {'consistent': 1, 'undetermined': 1}
        """
        return {name: dict(counts) for name, counts in self.summary().counts.items()}

    def summary(self) -> TableSummary:
        """Count the rows of each kind, with the reasons where something could not be decided.

        One pass over the verdicts; counted once. Of a lazy frame that runs its query.

        Raises
        ------
        TableError
            If the verdicts were not asked for as ``output``.

        Examples
        --------
        >>> import pandas as pd
        >>> from ipmetrics.tables import check_table, total
        >>> table = pd.DataFrame({"a": ["1", "2"], "b": ["3", ".."], "both": ["4", "2"]})
        >>> summary = check_table(table, {"both": total("a", "b")}).summary()
        >>> summary.rows, summary.failing, summary.open
        (2, 0, 1)
        """
        from ipmetrics.tables.telling.gathering import summary_of  # noqa: PLC0415 - loads what reads cells

        return summary_of(self._tallied(), list(self.formulas))

    def failing(self, limit: int | None = 20, *, labels: Sequence[str] | None = None) -> tuple[RowFinding, ...]:
        """Return the first rows that disagree, each worked out anew in exact fractions.

        Parameters
        ----------
        limit
            How many rows at most, of each failing formula about as many; None for all of them.
        labels
            The columns that tell rows apart. Left out, the index of a pandas frame if it has one, else the columns by
            which formulas find rows and further columns of text, as few as do for the first thousand rows.

        Returns
        -------
        tuple of RowFinding
            By formula, in the order of the table where the engine has one. Printed as a sentence; ``stated``,
            ``implied`` and ``slack`` are exact.

        Raises
        ------
        TableError
            If the verdicts were not asked for as ``output``, or a label is no column of the table.

        Examples
        --------
        >>> import pandas as pd
        >>> from ipmetrics.tables import Column, check_table, growth
        >>> table = pd.DataFrame({"region": ["A", "B"], "before": [100, 200], "now": [110, 230], "up": ["10%", "10%"]})
        >>> columns = {name: Column(whole=True, decimals=0) for name in ("before", "now")}
        >>> (finding,) = check_table(table, {"up": growth("now", since="before")}, columns).failing()
        >>> print(finding)
        B: up 10% is stated, [9.5, 10.5] %; growth of now since before implies {15} %: 4.5 units of the last place ...
        """
        return self.report(limit, labels=labels).failing

    def report(self, limit: int | None = 20, *, labels: Sequence[str] | None = None) -> TableReport:
        """Return the table in short: counts, the first rows that fail, what was left open, how columns were read.

        Parameters and errors are those of `failing`.

        Examples
        --------
        >>> import pandas as pd
        >>> from ipmetrics.tables import check_table, total
        >>> table = pd.DataFrame({"a": [1, 2], "b": [3, 4], "both": [4, 6]})
        >>> str(check_table(table, {"both": total("a", "b")}).report().verdict)
        'consistent'
        """
        from ipmetrics.tables.telling.gathering import Gathering, refuse_misuse  # noqa: PLC0415 - loads what reads cells

        key = (limit, None if labels is None else tuple(labels))
        if key not in self._reports:
            refuse_misuse(self._call, labels, limit)
            evidence = self._reading()
            gathering = Gathering(evidence, labels, limit)
            gathering.take(evidence.call, self._frame, self._tallied())
            self._reports[key] = gathering.report()
        return self._reports[key]

    def document(self, limit: int | None = 20) -> Document:
        """Return the report as headings, tables and number lines, for text, Markdown or HTML."""
        return self.report(limit).document()

    def __repr__(self) -> str:
        """What was checked, without asking the engine anything."""
        kind = type(self.frame)
        return f"<CheckedTable of {', '.join(self.formulas)}: a {kind.__module__.partition('.')[0]} {kind.__name__}>"

    def __str__(self) -> str:
        """Return the report as text."""
        return str(self.report())

    def _repr_html_(self) -> str:
        return self.document().html()

    def to_markdown(self, limit: int | None = 20) -> str:
        """Return the report as GitHub-flavoured Markdown."""
        return self.report(limit).to_markdown()

    def to_json(self, limit: int | None = 20) -> str:
        """Return the report as JSON of stable keys: exact numbers as text, with floats beside them."""
        return self.report(limit).to_json()

    def _tallied(self) -> Tally:
        if self._tally is None:
            if "verdict" not in self._call.output:
                raise TableError(
                    f"output={list(self._call.output)}",
                    rule="rows are counted by their verdicts",
                    way_out='add "verdict" to output=',
                )
            self._tally = self._count()
        return self._tally

    def _reading(self) -> Evidence:
        """Return how columns were read; of a frame of Dask, with the surveys of its partitions."""
        from ipmetrics.tables.telling.evidence import Evidence  # noqa: PLC0415 - loads numpy

        if self._evidence is None:
            if isinstance(self._call.frame, nw.LazyFrame) and self._call.frame.implementation.is_dask():
                from ipmetrics.tables.engines.parted import surveyed_partitions  # noqa: PLC0415 - only for frames of Dask

                self._evidence = Evidence(*surveyed_partitions(self._call))
            else:
                self._evidence = Evidence(self._call)
        return self._evidence


def _answered(call: Call) -> tuple[Any, Callable[[], Tally]]:
    """Return the frame of a call with the columns of every formula, and what counts them."""
    reasons, names = "reason" in call.output, [asked.name for asked in call.asked]
    if isinstance(call.frame, nw.DataFrame):
        from ipmetrics.tables.engines.dressing import dressed  # noqa: PLC0415 - loads numpy
        from ipmetrics.tables.engines.eager import answers  # noqa: PLC0415 - loads numpy
        from ipmetrics.tables.telling.tallies import tally_of_answers  # noqa: PLC0415 - loads numpy

        found = answers(call)
        return dressed(call.frame, found, call.output), lambda: tally_of_answers(found)
    if call.frame.implementation.is_dask():
        from ipmetrics.tables.engines.parted import checked_partitions  # noqa: PLC0415 - only for frames of Dask
        from ipmetrics.tables.telling.fetching import tallied  # noqa: PLC0415 - only for frames of Dask

        frame = carried(checked_partitions(call))
        return frame, lambda: tallied(frame, names, reasons=reasons)
    from ipmetrics.tables.engines.lazy import answered  # noqa: PLC0415 - only for lazy frames
    from ipmetrics.tables.telling.tallies import tally_of_codes  # noqa: PLC0415 - only for lazy frames

    frame, codes = answered(call)
    return frame, lambda: tally_of_codes(codes, names, reasons=reasons)
