"""Findings in words: reports and derived intervals as documents, for people.

This room knows in which order a careful reader wants to be told: first what nobody has checked, then the
verdict, then each conflict, then every claim. How a conflict reads is in the room next door. It decides nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import attrs

from ipmetrics.documents import (
    Bullets,
    Column,
    Document,
    Folded,
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
from ipmetrics.findings.contradictions import bar, conflict_blocks, describe_conflict, number_line, says, told_of
from ipmetrics.findings.verdicts import ClaimVerdict, Verdict
from ipmetrics.findings.wording import (
    common_indicator,
    convention_words,
    figure_words,
    indicator_words,
    interval_words,
    label,
    listed,
    quote_words,
    unit_words,
    without_indicator,
)
from ipmetrics.intervals import format_number
from ipmetrics.model.claims import OneOf
from ipmetrics.model.indicators import Indicator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ipmetrics.documents import Block
    from ipmetrics.findings.verdicts import ClaimFinding, Derived, Report

__all__ = [
    "VERDICT_TONES",
    "claims_table",
    "describe_conflict",
    "describe_derived",
    "describe_report",
    "fit_words",
    "number_line",
    "remarks",
    "summary",
    "told_of",
]

_TONES = {
    ClaimVerdict.CONTRADICTED: Tone.BAD,
    ClaimVerdict.ENTAILED: Tone.GOOD,
    ClaimVerdict.CONSISTENT: Tone.GOOD,
    ClaimVerdict.UNCHECKED: Tone.QUIET,
    ClaimVerdict.UNDETERMINED: Tone.OPEN,
}
VERDICT_TONES: Final = {
    Verdict.CONSISTENT: Tone.GOOD,
    Verdict.INCONSISTENT: Tone.BAD,
    Verdict.UNDETERMINED: Tone.OPEN,
}
"""The tone in which a verdict on the whole is told, be it on claims, an article or a table."""

_CHECKED = {ClaimVerdict.CONTRADICTED, ClaimVerdict.ENTAILED, ClaimVerdict.CONSISTENT}


# ---------------------------------------------------------------------- reports


def summary(report: Report) -> str:
    """What was checked and what was not, in one sentence.

    Examples
    --------
    >>> from ipmetrics.findings.verdicts import Report
    >>> from ipmetrics.model.figures import Conventions
    >>> summary(Report(Verdict.CONSISTENT, (), conventions=Conventions()))
    'There are no claims to check.'
    """
    count = len(report.findings)
    if not count:
        return "There are no claims to check."
    checked = sum(finding.verdict in _CHECKED for finding in report.findings)
    unchecked = sum(finding.verdict is ClaimVerdict.UNCHECKED for finding in report.findings)
    undecided = count - checked - unchecked
    if checked == count:
        return f"All {count} claims were checked against others." if count > 1 else "The one claim was checked."
    those = "it" if unchecked == 1 else "them"
    parts = [f"{checked} of {count} {'claim was' if count == 1 else 'claims were'} checked against others"]
    if unchecked:
        parts.append(
            f"{unchecked} stand{'s' * (unchecked == 1)} alone: nobody has checked {those}, "
            f"and this report does not vouch for {those}"
        )
    if undecided:
        parts.insert(1, f"{undecided} {'was' if undecided == 1 else 'were'} not decided")
    return "; ".join(parts) + "."


def describe_report(report: Report) -> Document:
    """A report, beginning with what nobody has checked."""
    blocks: list[Block] = [Paragraph(summary(report)), *_verdict(report)]
    blocks += _supposed(report)
    if report.left_open:
        blocks += [Paragraph("Left open:"), Bullets(report.left_open)]
    if report.findings:
        blocks += [Heading("Claims"), claims_table(report.findings)]
    if report.witness:
        blocks.append(_witness(report))
    if report.notes:
        blocks += [Heading("Notes"), Bullets(report.notes)]
    if report.unread:
        blocks += [Heading("Not read"), Bullets([str(passage) for passage in report.unread])]
    return Document([*blocks, Paragraph([Run(convention_words(report.conventions), Tone.QUIET)])])


def _verdict(report: Report) -> list[Block]:
    tone = VERDICT_TONES[report.verdict]
    match report.verdict:
        case Verdict.CONSISTENT:
            why = "some true values satisfy every claim" if report.findings else "nothing is claimed"
            return [Heading([Run("consistent:", tone), f" {why}"])]
        case Verdict.UNDETERMINED:
            return [
                Heading(
                    [
                        Run("undetermined:", tone),
                        " neither a conflict nor true values that fit were found",
                    ]
                )
            ]
        case Verdict.INCONSISTENT:
            pass
    if len(report.conflicts) == 1:
        return conflict_blocks(report.conflicts[0], opening="inconsistent: ")
    count = f" {len(report.conflicts)} conflicts were found" if report.conflicts else ""
    blocks: list[Block] = [Heading([Run(f"inconsistent{':' if count else ''}", tone), count])]
    for number, conflict in enumerate(report.conflicts, start=1):
        blocks += conflict_blocks(conflict, opening=f"conflict {number}: ", level=3)
    return blocks


def _supposed(report: Report) -> list[Block]:
    """Contradictions that need a reading which the words leave open: told apart from the verdict."""
    if not report.if_read_so:
        return []
    count = len(report.if_read_so)
    those = "contradiction that needs" if count == 1 else "contradictions that need"
    words = f" {count} {those} an unsure reading, and the verdict does not rest on {'it' if count == 1 else 'them'}"
    blocks: list[Block] = [Heading([Run("if read so:", Tone.OPEN), words])]
    for conflict in report.if_read_so:
        blocks += conflict_blocks(conflict, level=3)
    return blocks


def claims_table(findings: Sequence[ClaimFinding]) -> Table:
    """Every claim once, those of one indicator together, in the order in which indicators come up."""
    groups: dict[Indicator | None, list[ClaimFinding]] = {}
    for finding in findings:
        groups.setdefault(common_indicator([finding.claim]), []).append(finding)
    rows: list[Row | Group] = []
    for indicator, several in groups.items():
        if indicator is not None or len(groups) > 1:
            rows.append(Group(indicator_words(indicator) if indicator is not None else "across indicators"))
        rows += [_claim_row(finding, named=indicator is None) for finding in several]
    columns = [
        Column("id", whole=True),
        Column("claim"),
        Column("figure", "right", whole=True),
        Column("verdict", whole=True),
        Column("stated", whole=True),
        Column("implied", whole=True),
        Column("fit", "right", whole=True),
        Column(picture=True),
    ]
    return _filled(columns, rows)


def _filled(columns: list[Column], rows: list[Row | Group]) -> Table:
    """A table without the columns that would be empty all the way down."""
    cells = [row.cells for row in rows if isinstance(row, Row)]
    kept = [place for place in range(len(columns)) if any(each[place] for each in cells)]
    shown = [
        attrs.evolve(row, cells=[row.cells[place] for place in kept]) if isinstance(row, Row) else row for row in rows
    ]
    return Table([columns[place] for place in kept], shown)


def _claim_row(finding: ClaimFinding, *, named: bool) -> Row:
    claim = finding.claim
    name = label(claim, named=named)
    compared = finding.verdict is not ClaimVerdict.UNCHECKED
    implied = finding.implied if compared and says(finding.implied) else None
    return Row(
        [
            Run(finding.id, Tone.QUIET),
            name,
            figure_words(claim),
            Run(finding.verdict.value, _TONES[finding.verdict]),
            interval_words(finding.stated, claim),
            interval_words(implied, claim),
            fit_words(finding.fit) if compared else "",
            number_line(claim, finding.stated, implied, name),
        ],
        [[Run(line, Tone.QUIET)] for line in (quote_words(claim.source), *remarks(finding)) if line],
    )


def fit_words(fit: Fraction | None) -> str:
    """Two decimals, cut and never rounded up: 1 means exactly all."""
    if fit is None or fit in {0, 1}:
        return "" if fit is None else str(fit)
    hundredths = math.floor(fit * 100)
    return f"{hundredths / 100:.2f}" if hundredths else "<0.01"


def remarks(finding: ClaimFinding) -> list[str]:
    """What is said of a claim beside its verdict: notes, what it repeats, which readings survive."""
    lines = list(finding.notes)
    if finding.repeats is not None:
        lines.append(f"repeats {finding.repeats} in the same source: counted once")
    if finding.survivors is not None and isinstance(finding.claim, OneOf):
        lines += _survivors(finding.claim, finding.survivors)
    return lines


def _survivors(claim: OneOf, survivors: Sequence[Verdict]) -> list[str]:
    def those(verdict: Verdict) -> list[str]:
        pairs = zip(claim.alternatives, survivors, strict=False)
        return [str(alternative) for alternative, each in pairs if each is verdict]

    kept, out, undecided = those(Verdict.CONSISTENT), those(Verdict.INCONSISTENT), those(Verdict.UNDETERMINED)
    count = len(claim.alternatives)
    lines = [
        f"{len(kept)} of {count} readings survive{'s' * (len(kept) == 1)}" + (": " if kept else "") + " | ".join(kept)
    ]
    if out:
        lines.append(f"ruled out: {' | '.join(out)}")
    if undecided:
        lines.append(f"not decided: {' | '.join(undecided)}")
    return lines


def _witness(report: Report) -> Folded:
    """One exact value for every observation, in its printed unit."""
    rows = [
        Row(
            [
                str(observation),
                format_number(value / observation.indicator.printed),
                unit_words(observation.indicator),
            ]
        )
        for observation, value in (report.witness or {}).items()
    ]
    columns = [Column("observation"), Column("value", "right"), Column("unit")]
    return Folded("True values that satisfy every claim, one possibility of many", [Table(columns, rows)])


# ---------------------------------------------------------------------- derived intervals


def describe_derived(derived: Derived) -> Document:
    """The interval with its unit, on one line, and a number line where it can be drawn."""
    if derived.is_empty:
        reason = "nothing is possible: the claims conflict" if derived.conflict is not None else "nothing is possible"
        blocks: list[Block] = [Paragraph(f"{derived.interval} {reason}")]
        return Document([*blocks, *(conflict_blocks(derived.conflict) if derived.conflict is not None else [])])
    unit = unit_words(Indicator("derived", unit=derived.unit, multiplier=derived.multiplier))
    words: list[str | Run] = [Run(str(derived.interval), Tone.STRONG), f" {unit}" if unit != "1" else ""]
    if not derived.exact:
        words.append(" (outer bound)")
    pieces = derived.pieces if len(derived.pieces) > 1 else ()
    if pieces:
        words.append(f", in {len(pieces)} pieces: {', '.join(map(str, pieces))}")
    bars = [bar(piece, "implied", str(piece)) for piece in pieces or (derived.interval,)]
    title = f"{derived.label}: {', '.join(bar.text for bar in bars)}" if derived.label else ""
    lane = Lane(without_indicator(derived.label), bars)
    line = NumberLine([lane], unit=unit if unit != "1" else "", title=title, told=True)
    rests = f"It rests on {listed(derived.claims_used)}." if derived.claims_used else "It rests on assumptions alone."
    return Document([Paragraph(words), line, Folded("Claims used", [Paragraph(rests)])])
