"""What is found in a whole table, gathered from all of it at once or from one part after the other.

This room counts, and shares out the room there is in a report. It words nothing and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ipmetrics.errors import TableError
from ipmetrics.tables.telling.fetching import label_columns, picked, tallied
from ipmetrics.tables.telling.row_findings import DECIDED, LeftOpen, RowFinding, TableReport, TableSummary
from ipmetrics.tables.verdicts import RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.tables.calls import Asked, Call
    from ipmetrics.tables.telling.evidence import Evidence
    from ipmetrics.tables.telling.tallies import Tally

__all__ = ["Gathering", "refuse_misuse", "summary_of"]

_EXAMPLES = 3
_FAILS = (RowVerdict.INCONSISTENT, None)


def summary_of(tally: Tally, names: Sequence[str]) -> TableSummary:
    """Return how many rows there are of each kind, from how many there are of each combination."""
    counts: dict[str, dict[RowVerdict | None, int]] = {}
    reasons: dict[str, dict[tuple[RowVerdict, RowReason | None], int]] = {}
    for place, name in enumerate(names):
        found: Counter[RowVerdict | None] = Counter()
        whys: Counter[tuple[RowVerdict, RowReason | None]] = Counter()
        for row, count in tally.items():
            verdict, reason = row[place]
            found[verdict] += count
            if verdict is not None and (reason is not None or verdict not in DECIDED):
                whys[verdict, reason] += count
        counts[name] = {verdict: found[verdict] for verdict in (*RowVerdict, None) if verdict in found}
        order = sorted(whys, key=lambda why: (list(RowVerdict).index(why[0]), -whys[why], str(why[1])))
        reasons[name] = {why: whys[why] for why in order}

    def rows_with(*verdicts: RowVerdict) -> int:
        return sum(count for row, count in tally.items() if any(verdict in verdicts for verdict, _ in row))

    return TableSummary(
        rows=tally.total(),
        failing=rows_with(RowVerdict.INCONSISTENT),
        checked=rows_with(*DECIDED),
        open=rows_with(RowVerdict.UNDETERMINED, RowVerdict.UNREADABLE),
        untouched=sum(count for row, count in tally.items() if all(verdict is None for verdict, _ in row)),
        counts=counts,
        reasons=reasons,
    )


def refuse_misuse(call: Call, labels: Sequence[str] | None, limit: int | None) -> None:
    """Raise if there is no such number of rows, or no such column to call them by."""
    if limit is not None and (type(limit) is not int or limit < 0):
        raise TableError(repr(limit), rule="a limit is a whole number from 0, or None", way_out="pass 20")
    names = call.frame.collect_schema().names()
    missing = [name for name in labels or () if name not in names]
    if missing:
        raise TableError(
            ", ".join(map(repr, missing)),
            rule="rows are called by columns of the table",
            way_out=f"choose among {', '.join(map(repr, names))}",
        )


class Gathering:
    """Counts and the first rows of each kind, from the parts of a table in their order."""

    def __init__(self, evidence: Evidence, labels: Sequence[str] | None, limit: int | None) -> None:
        self.evidence = evidence
        self.limit = limit
        self.names = [asked.name for asked in evidence.call.asked]
        self.tally: Tally = Counter()
        self._labels = None if labels is None else tuple(labels)
        self._failing: dict[str, list[RowFinding]] = {name: [] for name in self.names}
        self._open: dict[tuple[str, RowVerdict, RowReason | None], list[RowFinding]] = {}

    def take(self, call: Call, checked: Any, tally: Tally | None = None) -> None:  # noqa: ANN401 - either kind of frame of narwhals
        """Take in a table or the next part of one, which is the frame of ``call``; ``tally`` if it was counted."""
        if self._labels is None:
            self._labels = label_columns(call, call.frame)
        mine = tallied(checked, self.names, reasons="reason" in call.output) if tally is None else tally
        here = summary_of(mine, self.names)
        for asked in call.asked:
            if RowVerdict.INCONSISTENT in here.counts[asked.name]:
                self._add(call, checked, asked, _FAILS, self._failing[asked.name], self.limit)
            for verdict, reason in here.reasons[asked.name]:
                if verdict not in DECIDED:
                    known = self._open.setdefault((asked.name, verdict, reason), [])
                    self._add(call, checked, asked, (verdict, reason), known, _EXAMPLES)
        self.tally += mine

    def _add(
        self,
        call: Call,
        checked: Any,  # noqa: ANN401 - either kind of frame of narwhals
        asked: Asked,
        where: tuple[RowVerdict, RowReason | None],
        known: list[RowFinding],
        limit: int | None,
    ) -> None:
        """Add the next rows of a kind to those that are known, up to the limit."""
        left = None if limit is None else limit - len(known)
        if left is None or left > 0:
            rows = picked(call, checked, asked, where, self._labels or (), limit=left, offset=self.tally.total())
            known += self.evidence.findings(call, asked, rows, where[0])

    def failing(self) -> tuple[RowFinding, ...]:
        """Return the first rows that fail: by formula, and as many of each as there is room for."""
        share = _shared_out(self.limit, {name: len(found) for name, found in self._failing.items()})
        return tuple(finding for name in self.names for finding in self._failing[name][: share[name]])

    def report(self, *, name: str | None = None, notes: Sequence[str] = ()) -> TableReport:
        """Return all that was gathered."""
        summary = summary_of(self.tally, self.names)
        left_open = [
            LeftOpen(formula, verdict, reason, count, tuple(self._open.get((formula, verdict, reason), ())))
            for formula in self.names
            for (verdict, reason), count in summary.reasons[formula].items()
            if verdict not in DECIDED
        ]
        return TableReport(
            summary=summary,
            formulas={asked.name: asked.formula.words for asked in self.evidence.call.asked},
            subjects={asked.name: asked.formula.about or asked.name for asked in self.evidence.call.asked},
            columns=self.evidence.columns(),
            failing=self.failing(),
            left_open=tuple(left_open),
            name=name,
            notes=tuple(notes),
        )


def _shared_out(limit: int | None, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Share a number of rows out among formulas: each gets as many as the others, or all it has."""
    if limit is None:
        return counts
    shares, left = dict.fromkeys(counts, 0), limit
    while left > 0 and (hungry := [name for name in counts if shares[name] < counts[name]]):
        each = max(left // len(hungry), 1)
        for name in hungry[:left]:
            more = min(each, counts[name] - shares[name])
            shares[name] += more
            left -= more
    return shares
