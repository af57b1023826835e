"""A diagnosis in words: how many rows fail, and what would make how many of them right, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.documents import Bullets, Column, Document, Folded, Heading, Paragraph, Row, Run, Table, Tone
from ipmetrics.tables.diagnosis.results import CauseKind, Standing

if TYPE_CHECKING:
    from ipmetrics.documents import Block
    from ipmetrics.tables.diagnosis.results import Cause, TableDiagnosis

__all__ = ["describe_diagnosis"]

_SHOWN = 12
_STANDINGS = {
    Standing.ONLY: "Nothing else that was tried makes these rows right.",
    Standing.BEST: "Others make rows right, too, but assume more or leave less that is tested.",
    Standing.TIED: "Others do as well: the figures alone cannot tell which it is.",
    Standing.OTHER: "Another explanation of the same rows.",
}


def describe_diagnosis(diagnosis: TableDiagnosis) -> Document:
    """The diagnosis from what fails to what would mend it."""
    blocks: list[Block] = [_opening(diagnosis)]
    for number, cause in enumerate(diagnosis.findings, start=1):
        blocks += _cause(number, cause)
    # Labels are put right in the head only: what would then fail is said beside them.
    labels = any(cause.kind is CauseKind.LABELS for cause in diagnosis.findings)
    if diagnosis.findings and diagnosis.left and not labels:
        blocks.append(Paragraph(f"With the causes that stand first, {_counted(diagnosis.left)} still."))
    if diagnosis.notes:
        blocks += [Heading("Not tried"), Bullets(diagnosis.notes)]
    return Document(blocks)


def _opening(diagnosis: TableDiagnosis) -> Block:
    if not diagnosis.failing:
        tone, words = (Tone.GOOD, "No row fails") if not diagnosis.findings else (Tone.OPEN, "No row fails as declared")
        return Paragraph([Run(words, tone), "."])
    ending = "" if diagnosis.findings else "; nothing that was tried explains it"
    return Paragraph([Run(_counted(diagnosis.failing), Tone.BAD), f"{ending}."])


def _counted(failing: dict[str, int]) -> str:
    told = ", ".join(f"{name} in {count}" for name, count in failing.items())
    rows = sum(failing.values())
    return f"{rows} figure{'s' * (rows > 1)} fail{'s' * (rows == 1)}: {told}"


def _cause(number: int, cause: Cause) -> list[Block]:
    tone = Tone.QUIET if cause.standing is Standing.OTHER else Tone.STRONG
    blocks: list[Block] = [Heading([f"{number}. ", Run(cause.words, tone)], 3)]
    before, after = cause.rows_failing_before, cause.rows_failing_after
    lines = [f"{before} row{'s' * (before != 1)} fail{'s' * (before == 1)} as declared, then {after or 'none'}."]
    lines += [cause.why, _STANDINGS[cause.standing]]
    if cause.given:
        lines.append(f"Once it is supposed that {'; and that '.join(cause.given)}.")
    blocks.append(Bullets([line for line in lines if line]))
    if cause.changes:
        blocks += _changes(cause)
    if cause.change:
        blocks.append(Folded("In Python", [Paragraph(line) for line in cause.change.splitlines()]))
    return blocks


def _changes(cause: Cause) -> list[Block]:
    shown, more = cause.changes[:_SHOWN], len(cause.changes) - _SHOWN
    if cause.kind is CauseKind.LABELS:
        rows = [Row([change.label, change.instead]) for change in shown]
        table = Table([Column("row labelled"), Column("carries the figures of")], rows)
    else:
        rows = [Row([change.label, change.printed, change.instead]) for change in shown]
        table = Table([Column("row"), Column("printed", "right"), Column("would fit", "right")], rows)
    return [table, Paragraph(f"and {more} more")] if more > 0 else [table]
