"""What was found in a table, in words: one row in a sentence, the whole as a document of headings and tables.

This room knows in which order a careful reader wants to be told: what could not be checked if that is all there is,
then the verdict, how many rows of each kind, the rows that fail, what was left open, how columns were read. It
decides nothing and fetches nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ipmetrics.documents import (
    Bar,
    Column,
    Document,
    Group,
    Heading,
    Lane,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from ipmetrics.findings.describe import VERDICT_TONES
from ipmetrics.findings.wording import rounded
from ipmetrics.model.rounding import Rounding
from ipmetrics.rationals import format_number
from ipmetrics.tables.verdicts import RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ipmetrics.documents import Block
    from ipmetrics.intervals import Interval
    from ipmetrics.tables.telling.row_findings import (
        LeftOpen,
        PrintedCell,
        ReadColumn,
        RowFinding,
        TableReport,
        TableSummary,
    )

__all__ = ["apart_words", "describe_table", "headline", "row_label", "sentence"]

_TONES = {
    RowVerdict.CONSISTENT: Tone.GOOD,
    RowVerdict.EDGE: Tone.OPEN,
    RowVerdict.INCONSISTENT: Tone.BAD,
    RowVerdict.UNDETERMINED: Tone.OPEN,
    RowVerdict.UNREADABLE: Tone.OPEN,
}
_ROUNDED = {
    Rounding.NEAREST: "to nearest, ties unknown",
    Rounding.HALF_UP: "to nearest, ties up",
    Rounding.HALF_DOWN: "to nearest, ties down",
    Rounding.HALF_EVEN: "to nearest, ties to even",
    Rounding.TRUNCATED: "cut off",
    Rounding.FLOOR: "rounded down",
    Rounding.CEILING: "rounded up",
    Rounding.BALANCED: "balanced, up or down",
    Rounding.EXACT: "exact",
}
_NUMERAL = re.compile(r"[+\-−–]?[.,]?[0-9][0-9.,'\s]*[%％‰]?")
_SCALES = {
    12: "trillions", 9: "billions", 6: "millions", 4: "ten thousands", 3: "thousands", 0: "", -2: "percent",
    -3: "per mille", -4: "per 10,000", -5: "per 100,000", -6: "per million",
}  # fmt: skip
_SHOWN_CELLS = 4
_LONGEST = 40


# ------------------------------------------------------------------------------ one row


def sentence(finding: RowFinding) -> str:
    """Return one row's finding as a sentence that stands on its own."""
    row = row_label(finding)
    told = f"{finding.column} {_quoted(_printed(finding))}"
    reason = _reason_words(finding)
    if reason:
        return f"{row}: {told} is stated; {reason}"
    if finding.stated is None:
        return f"{row}: {told} is {finding.verdict}" + (f": {finding.reason}" if finding.reason else "")
    stated = f"{told} is stated, {_interval(finding.stated, finding)}"
    implied = _implied_words(finding)
    apart = apart_words(finding)
    return f"{row}: {stated}" + (f"; {implied}" if implied else "") + (f": {apart}" if apart else "")


def row_label(finding: RowFinding, *, without: Collection[str] = (), numbered: bool = False) -> str:
    """Return what a row is called: its labels; its number, counted from 1, where it has none or they are shared."""
    told = [str(label) for name, label in finding.labels if label not in {None, ""} and name not in without]
    labels = ", ".join(map(_clipped, told))
    number = f"row {finding.position + 1:,}" if finding.position is not None else ""
    if not labels:
        return number or "a row"
    return f"{labels} ({number})" if numbered and number else labels


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _quoted(text: str) -> str:
    """Return a printed numeral as it stands; anything else in quotes."""
    bare = text.strip()
    if not bare:
        return "(empty)"
    return bare if _NUMERAL.fullmatch(bare) and len(bare) <= _LONGEST else f"“{_clipped(bare)}”"


def _printed(finding: RowFinding) -> str:
    return finding.cells[0].text if finding.cells else ""


def _sign(finding: RowFinding) -> str:
    """Return the sign that the printed numbers carry, so that their intervals carry it too."""
    text = _printed(finding).strip()
    return f" {text[-1]}" if text[-1:] in {"%", "％", "‰"} else ""


def _interval(interval: Interval, finding: RowFinding) -> str:
    return f"{interval}{'' if interval.is_empty else _sign(finding)}"


def _implied_words(finding: RowFinding) -> str:
    """Say what the others imply, in the words of the formula."""
    if finding.hidden is not None:
        return f"{finding.words} asks for a whole number in {finding.hidden}"
    if finding.implied is None:
        return f"{finding.words} leaves no room for it"
    if finding.words.startswith("at most "):
        return f"it is {finding.words}, which leaves {_interval(finding.implied, finding)}"
    return f"{finding.words} implies {_interval(finding.implied, finding)}"


def apart_words(finding: RowFinding) -> str:
    """Say how far the figure is from what the others imply, and in which direction; nothing if it fits.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from ipmetrics.intervals import Interval
    >>> from ipmetrics.tables.telling.row_findings import RowFinding
    >>> apart_words(
    ...     RowFinding(
    ...         formula="both",
    ...         column="both",
    ...         words="a + b",
    ...         verdict=RowVerdict.INCONSISTENT,
    ...         stated=Interval.point(7),
    ...         implied=Interval.point(6),
    ...         slack=Fraction(-1),
    ...     )
    ... )
    '1 unit of the last place too high'
    """
    if finding.verdict is RowVerdict.EDGE:
        return "they meet only where a true value lies exactly halfway between two printed ones"
    if finding.verdict is not RowVerdict.INCONSISTENT:
        return ""
    if finding.over:
        return "a part is at most its whole"
    if finding.hidden is not None:
        return "there is none"
    if finding.slack is None or finding.stated is None or finding.implied is None:
        return ""
    if finding.slack > 0:
        return "but no whole numbers behind these figures fit"
    if finding.slack == 0:
        return "they only touch: the end is not included"
    upper, lower = finding.implied.upper, finding.stated.lower
    high = upper is not None and lower is not None and upper < lower
    units = rounded(-finding.slack)
    return f"{units} {'unit' if units == '1' else 'units'} of the last place too {'high' if high else 'low'}"


def _reason_words(finding: RowFinding) -> str:
    """Say why a row is inconsistent whatever its other figures are."""
    if finding.reason is RowReason.NEGATIVE:
        wrong = [cell for cell in finding.cells if cell.allowed is not None and cell.allowed.is_empty]
        return f"{_cells(wrong) or 'a figure'} is negative, and what it counts never is"
    if finding.reason is RowReason.ZERO_BASE:
        return f"it is compared with {_cells(finding.cells[-1:]) or 'a base'}, and nothing is divided by zero"
    return ""


def _cells(cells: Iterable[PrintedCell]) -> str:
    """Return cells as they are printed, those of one sum together."""
    told: list[str] = []
    sums: Counter[str] = Counter()
    for cell in cells:
        if cell.where.startswith("sum over"):
            sums[cell.column] += cell.rows
        else:
            told.append(f"{cell.column} {_quoted(cell.text)}" + (f" ({cell.where})" if cell.where else ""))
    told += [f"{column} of {rows:,} {'row' if rows == 1 else 'rows'}" for column, rows in sums.items()]
    return ", ".join(told)


# ------------------------------------------------------------------------------ the whole table


def headline(summary: TableSummary) -> str:
    """Return what was found, in one line.

    Examples
    --------
    >>> from ipmetrics.tables.telling.row_findings import TableSummary
    >>> headline(TableSummary(rows=51, failing=2, checked=48, open=3, untouched=0, counts={}, reasons={}))
    '2 of 51 rows disagree with their own figures; 3 could not be checked'
    """
    rows = f"{summary.rows:,} {'row' if summary.rows == 1 else 'rows'}"
    if not summary.rows:
        return "the table has no rows"
    if not summary.checked:
        return f"none of {rows} could be checked"
    unchecked = summary.rows - summary.checked - summary.untouched
    rest = f"; {unchecked:,} could not be checked" if unchecked else ""
    partly = summary.open - unchecked
    rest += f"; {partly:,} {'more ' if unchecked else ''}could be checked only in part" if partly > 0 else ""
    rest += f"; no formula applies to {summary.untouched:,}" if summary.untouched else ""
    if summary.failing:
        verb = "disagrees with its own figures" if summary.failing == 1 else "disagree with their own figures"
        return f"{summary.failing:,} of {rows} {verb}{rest}"
    if summary.checked == summary.rows:
        all_of_them = f"all {rows} agree with their own figures"
        return (all_of_them if summary.rows > 1 else "the one row agrees with its own figures") + rest
    return f"{summary.checked:,} of {rows} agree with their own figures{rest}"


def describe_table(report: TableReport) -> Document:
    """Return the report on a table as a document."""
    summary = report.summary
    blocks: list[Block] = []
    if summary.rows and not summary.checked:
        words = "Nothing was checked: no formula found all the figures it needs, so this report vouches for nothing."
        blocks.append(Paragraph(words))
    verdict = Run(f"{summary.verdict}:", VERDICT_TONES[summary.verdict])
    blocks.append(Heading([verdict, f" {headline(summary)}"]))
    if report.name:
        blocks.append(Paragraph([Run(f"in {report.name}", Tone.QUIET)]))
    blocks.append(_counts_table(report))
    if report.failing:
        blocks += _failing(report)
    if report.left_open:
        blocks += [Heading("Not checked"), _open_table(report.left_open, _shared_labels(report))]
    if report.columns and summary.rows:
        blocks += [Heading("How the columns were read"), _columns_table(report.columns)]
    if report.notes:
        blocks += [Heading("Notes"), *(Paragraph(note) for note in report.notes)]
    return Document(blocks)


def _shared_labels(report: TableReport) -> set[str]:
    """Return the label columns in which all rows that are told carry the same, and so need not be told apart."""
    told = [*report.failing, *(finding for each in report.left_open for finding in each.examples)]
    carried: dict[str, set[object]] = {}
    for finding in told:
        for name, label in finding.labels:
            carried.setdefault(name, set()).add(label)
    shared = {name for name, labels in carried.items() if len(labels) == 1}
    return shared if len(told) > 1 and len(shared) < len(carried) else set()


def _counts_table(report: TableReport) -> Table:
    counts = report.summary.counts
    shown = [
        verdict
        for verdict in (*RowVerdict, None)
        if any(verdict in counts[name] for name in report.formulas) or verdict is RowVerdict.INCONSISTENT
    ]
    titles = ["not asked" if verdict is None else str(verdict) for verdict in shown]
    columns = [Column("formula"), *(Column(title, "right", whole=True) for title in titles)]
    rows = []
    for name, words in report.formulas.items():
        cells = [_count(counts[name].get(verdict, 0), verdict) for verdict in shown]
        named = words if report.subjects[name] == name else f"{report.subjects[name]}: {words}"
        rows.append(Row([Run(name, Tone.STRONG), *cells], [[Run(named, Tone.QUIET)]]))
    return Table(columns, rows)


def _count(count: int, verdict: RowVerdict | None) -> Run:
    """Return a number of rows; what asks for attention is coloured, and zeros are not."""
    loud = verdict not in {None, RowVerdict.CONSISTENT}
    tone = Tone.PLAIN if verdict is RowVerdict.CONSISTENT else Tone.QUIET
    return Run(f"{count:,}", _TONES[verdict] if count and loud and verdict is not None else tone)


def _failing(report: TableReport) -> list[Block]:
    """Return the rows that fail, by formula, and how many more there are."""
    blocks: list[Block] = [Heading("Rows that disagree")]
    rows: list[Row | Group] = []
    without = _shared_labels(report)
    for name in report.formulas:
        mine = [finding for finding in report.failing if finding.formula == name]
        if not mine:
            continue
        subject = "" if report.subjects[name] == name else f" ({report.subjects[name]})"
        rows.append(Group([Run(name, Tone.STRONG), f"{subject}: {report.formulas[name]}"]))
        shared = Counter(finding.labels for finding in mine)
        rows += [
            _failing_row(finding, row_label(finding, without=without, numbered=shared[finding.labels] > 1))
            for finding in mine
        ]
        more = report.summary.counts[name].get(RowVerdict.INCONSISTENT, 0) - len(mine)
        if more > 0:
            rows.append(Row([[Run(f"and {more:,} more", Tone.QUIET)], "", "", "", None]))
    columns = [
        Column("row"),
        Column("printed", "right", whole=True),
        Column("stated", whole=True),
        Column("the others imply", whole=True),
        Column(picture=True),
    ]
    return [*blocks, Table(columns, rows)]


def _failing_row(finding: RowFinding, label: str) -> Row:
    stated = _interval(finding.stated, finding) if finding.stated is not None else ""
    implied = _interval(finding.implied, finding) if finding.implied is not None else ""
    if finding.hidden is not None:
        implied = f"a whole number in {finding.hidden}"
    apart = _reason_words(finding) or apart_words(finding)
    rests = _cells(_shortened(finding.cells[1:]))
    remark: list[str | Run] = [Run(apart, Tone.STRONG)] if apart else []
    remark += [Run(f"{'; ' if apart else ''}rests on {rests}", Tone.QUIET)] if rests else []
    return Row(
        [label, _quoted(_printed(finding)), stated, implied, _picture(finding, label)], [remark] if remark else []
    )


def _shortened(cells: Sequence[PrintedCell]) -> Sequence[PrintedCell]:
    """Leave out what a report has no room for; sums are told as one."""
    single = [cell for cell in cells if not cell.where.startswith("sum over")]
    return [*single[: _SHOWN_CELLS * 2], *(cell for cell in cells if cell.where.startswith("sum over"))]


def _picture(finding: RowFinding, label: str) -> NumberLine | None:
    if finding.stated is None or finding.implied is None or finding.stated.is_empty:
        return None
    bars = [_bar(finding.stated, "stated"), _bar(finding.implied, "implied")]
    title = f"{label}: stated {bars[0].text}, implied {bars[1].text}"
    return NumberLine([Lane(label, bars)], title=title, told=True)


def _bar(interval: Interval, kind: str) -> Bar:
    ends = (interval.lower, interval.upper, interval.lower_closed, interval.upper_closed)
    return Bar(*ends, kind="implied" if kind == "implied" else "stated", text=str(interval))


def _open_table(left_open: Sequence[LeftOpen], without: Collection[str]) -> Table:
    """Return what could not be checked, by formula and reason, with a few rows each."""
    rows: list[Row | Group] = []
    for each in left_open:
        words = f"{each.verdict}: {each.reason}" if each.reason else str(each.verdict)
        rows.append(Row([Run(each.formula, Tone.STRONG), words, f"{each.rows:,}", _examples(each, without)]))
    columns = [Column("formula"), Column("why", whole=True), Column("rows", "right", whole=True), Column("such as")]
    return Table(columns, rows)


def _examples(left_open: LeftOpen, without: Collection[str]) -> list[Run | str]:
    told = []
    for finding in left_open.examples:
        elsewhere = left_open.reason is RowReason.NO_MATCH
        amiss = [] if elsewhere else [cell for cell in finding.cells if cell.allowed is None]
        told.append(row_label(finding, without=without) + (f": {_cells(amiss[:1])}" if amiss else ""))
    more = ", …" if left_open.rows > len(told) and told else ""
    return [Run("; ".join(told) + more, Tone.QUIET)]


def _columns_table(columns: Iterable[ReadColumn]) -> Table:
    rows = [
        Row(
            [
                column.name,
                "each its own" if column.unit is None else format_number(column.unit),
                _SCALES.get(column.multiplier, f"10^{column.multiplier}"),
                _ROUNDED[column.rounding],
                _values_words(column),
            ]
        )
        for column in columns
    ]
    titles = [
        Column("column"),
        Column("last place", "right", whole=True),
        Column("scale", whole=True),
        Column("rounded", whole=True),
        Column("true values", whole=True),
    ]
    return Table(titles, rows)


def _values_words(column: ReadColumn) -> str:
    kind = "whole numbers" if column.whole else "any"
    return kind if column.signed else f"{kind}, 0 or more"
