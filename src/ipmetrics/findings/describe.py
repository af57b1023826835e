"""Findings in words: conflicts, reports and derived intervals as documents, for people.

This room knows in which order a careful reader wants to be told: first what nobody has checked, then the
verdict, then each conflict with what could excuse it, then every claim. It decides nothing.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from ipmetrics.documents import (
    Bar,
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
from ipmetrics.findings.verdicts import ClaimVerdict, Verdict
from ipmetrics.findings.wording import (
    common_indicator,
    convention_words,
    figure_words,
    indicator_words,
    interval_words,
    label,
    listed,
    printed,
    source_words,
    unit_words,
    without_indicator,
)
from ipmetrics.intervals import Interval, format_number
from ipmetrics.model.claims import Level, OneOf, observations_of
from ipmetrics.model.indicators import Indicator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from typing import Literal

    from ipmetrics.documents import Block
    from ipmetrics.findings.verdicts import ClaimFinding, Conflict, Derived, Report
    from ipmetrics.model.claims import Claim

__all__ = [
    "describe_conflict",
    "describe_derived",
    "describe_report",
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
_CHECKED = {ClaimVerdict.CONTRADICTED, ClaimVerdict.ENTAILED, ClaimVerdict.CONSISTENT}


# ---------------------------------------------------------------------- number lines


def _bar(interval: Interval, kind: Literal["stated", "implied"], text: str) -> Bar:
    return Bar(interval.lower, interval.upper, interval.lower_closed, interval.upper_closed, kind=kind, text=text)


def _says(interval: Interval | None) -> bool:
    """Whether an interval rules anything out."""
    return interval is not None and interval != Interval.everything()


def number_line(claim: Claim, stated: Interval | None, implied: Interval | None, name: str = "") -> NumberLine | None:
    """What a claim states against what others imply, in its printed unit; None without both to compare."""
    if stated is None or implied is None or not _says(implied):
        return None
    bars = (
        _bar(printed(stated, claim), "stated", interval_words(stated, claim)),
        _bar(printed(implied, claim), "implied", interval_words(implied, claim)),
    )
    title = f"{label(claim)} {figure_words(claim)}: stated {bars[0].text}, the others imply {bars[1].text}"
    unit = ""
    if isinstance(claim, Level):
        unit = unit_words(claim.subject.indicator)
    return NumberLine([Lane(name or label(claim, named=False), bars)], unit=unit, title=title, told=True)


# ---------------------------------------------------------------------- conflicts


def describe_conflict(conflict: Conflict) -> Document:
    """A conflict with its verdict as heading."""
    return Document(_conflict(conflict, opening="inconsistent: "))


def _cannot_hold(count: int) -> str:
    if count == 1:
        return "this claim cannot hold"
    return f"these {count} claims cannot {'both' if count == 2 else 'all'} hold"


def _rest_implies(count: int) -> str:
    """What speaks against one of so many claims."""
    return {1: "the assumptions imply", 2: "the other implies"}.get(count, "the others imply")


def _conflict(conflict: Conflict, *, opening: str = "", level: int = 2) -> list[Block]:
    words: list[str | Run] = [Run(opening.rstrip(), Tone.BAD), " "] if opening else []
    heading = Heading([*words, _cannot_hold(len(conflict.claims))], level)
    excuses = _excuses(conflict)
    return [heading, _conflict_table(conflict), *([Bullets(excuses)] if excuses else []), _proof(conflict)]


def told_of(conflict: Conflict) -> list[tuple[Claim, Interval | None, Interval | None]]:
    """Each claim with what it states and what the others imply: levels first, a comparison last."""
    told = zip(conflict.claims, conflict.stated, conflict.implied, strict=True)
    return sorted(told, key=lambda each: not isinstance(each[0], Level))


def _clashes(_: Claim, stated: Interval | None, implied: Interval | None) -> bool:
    """Whether what the others imply leaves nothing of what is stated."""
    return stated is not None and implied is not None and not stated.overlaps(implied)


def _conflict_table(conflict: Conflict) -> Table:
    """The claims as printed; the last line sets a comparison against what the levels imply of it."""
    indicator = common_indicator(conflict.claims)
    periods = {observation.period for claim in conflict.claims for observation in observations_of(claim)}
    apart = len({claim.source.document for claim in conflict.claims if claim.source}) > 1
    told = told_of(conflict)
    last = max((place for place, each in enumerate(told) if _clashes(*each)), default=None)
    timed = len(periods) > 1 or not any(isinstance(claim, Level) for claim in conflict.claims)
    rows: list[Row] = []
    for place, (claim, stated, implied) in enumerate(told):
        name = label(claim, named=indicator is None, timed=timed)
        others: list[str | Run] = []
        if place == last:
            others = [f"{_rest_implies(len(told))} ", Run(interval_words(implied, claim), Tone.BAD)]
        where = source_words(claim.source) if apart else ""
        picture = number_line(claim, stated, implied, name)
        cells = [name, figure_words(claim), interval_words(stated, claim), others, picture]
        rows.append(Row(cells, [[Run(f"printed in {where}", Tone.QUIET)]] if where else []))
    columns = [Column(), Column("", "right", whole=True), Column(whole=True), Column(), Column(picture=True)]
    return Table(columns, rows, indicator_words(indicator) if indicator is not None else "")


def _excuses(conflict: Conflict) -> list[str]:
    """What could excuse a conflict: failed assumptions, then other readings, a revision first."""
    failing = list(dict.fromkeys(assumption.unless for assumption in conflict.assumptions))
    excuses = [*failing[:1], *(f"or {unless}" for unless in failing[1:])]
    if conflict.between_editions:
        dates = sorted({claim.source.date for claim in conflict.claims if claim.source and claim.source.date})
        days = listed(date.isoformat() for date in dates)
        excuses.append(f"another reading: figure or base revised; the claims were printed on {days}")
    excuses += [f"another reading: {reading.text}" for reading in conflict.readings]
    if not conflict.irreducible and len(conflict.claims) > 1:
        excuses.append("fewer of these claims may conflict already: the search for the core was cut short")
    return excuses


def _proof(conflict: Conflict) -> Folded:
    """Every claim in full, with what all the others of the conflict imply of it, and where it was printed."""
    rows: list[Row] = []
    for name, claim, stated, implied in zip(
        conflict.ids, conflict.claims, conflict.stated, conflict.implied, strict=True
    ):
        where = source_words(claim.source)
        below = [[Run(f"printed in {where}", Tone.QUIET)]] if where else []
        if claim.source and claim.source.quote:
            below.append([Run(f"“{claim.source.quote}”", Tone.QUIET)])
        rows.append(Row([name, str(claim), interval_words(stated, claim), interval_words(implied, claim)], below))
    columns = [Column("id"), Column("claim"), Column("stated", whole=True), Column(_rest_implies(len(conflict.claims)))]
    blocks: list[Block] = [Table(columns, rows)]
    if conflict.assumptions:
        blocks.append(Paragraph("Assumed besides:"))
        blocks.append(Bullets([assumption.text for assumption in conflict.assumptions]))
    if conflict.proof is not None:
        blocks.append(Paragraph("That they cannot hold together was checked a second time, in exact fractions."))
    return Folded("Proof", blocks)


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
    if report.left_open:
        blocks += [Paragraph("Left open:"), Bullets(report.left_open)]
    if report.findings:
        blocks += [Heading("Claims"), _claims(report)]
    if report.witness:
        blocks.append(_witness(report))
    if report.notes:
        blocks += [Heading("Notes"), Bullets(report.notes)]
    return Document([*blocks, Paragraph([Run(convention_words(report.conventions), Tone.QUIET)])])


def _verdict(report: Report) -> list[Block]:
    match report.verdict:
        case Verdict.CONSISTENT:
            why = "some true values satisfy every claim" if report.findings else "nothing is claimed"
            return [Heading([Run("consistent:", Tone.GOOD), f" {why}"])]
        case Verdict.UNDETERMINED:
            return [
                Heading(
                    [
                        Run("undetermined:", Tone.OPEN),
                        " neither a conflict nor true values that fit were found",
                    ]
                )
            ]
        case Verdict.INCONSISTENT:
            pass
    if len(report.conflicts) == 1:
        return _conflict(report.conflicts[0], opening="inconsistent: ")
    count = f" {len(report.conflicts)} conflicts were found" if report.conflicts else ""
    blocks: list[Block] = [Heading([Run(f"inconsistent{':' if count else ''}", Tone.BAD), count])]
    for number, conflict in enumerate(report.conflicts, start=1):
        blocks += _conflict(conflict, opening=f"conflict {number}: ", level=3)
    return blocks


def _claims(report: Report) -> Table:
    """Every claim once, those of one indicator together, in the order in which indicators come up."""
    groups: dict[Indicator | None, list[ClaimFinding]] = {}
    for finding in report.findings:
        groups.setdefault(common_indicator([finding.claim]), []).append(finding)
    rows: list[Row | Group] = []
    for indicator, findings in groups.items():
        if indicator is not None or len(groups) > 1:
            rows.append(Group(indicator_words(indicator) if indicator is not None else "across indicators"))
        rows += [_claim_row(finding, named=indicator is None) for finding in findings]
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
    implied = finding.implied if compared and _says(finding.implied) else None
    return Row(
        [
            Run(finding.id, Tone.QUIET),
            name,
            figure_words(claim),
            Run(finding.verdict.value, _TONES[finding.verdict]),
            interval_words(finding.stated, claim),
            interval_words(implied, claim),
            _fit_words(finding.fit) if compared else "",
            number_line(claim, finding.stated, implied, name),
        ],
        [[Run(remark, Tone.QUIET)] for remark in remarks(finding)],
    )


def _fit_words(fit: Fraction | None) -> str:
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
        return Document([*blocks, *(_conflict(derived.conflict) if derived.conflict is not None else [])])
    unit = unit_words(Indicator("derived", unit=derived.unit, multiplier=derived.multiplier))
    words: list[str | Run] = [Run(str(derived.interval), Tone.STRONG), f" {unit}" if unit != "1" else ""]
    if not derived.exact:
        words.append(" (outer bound)")
    pieces = derived.pieces if len(derived.pieces) > 1 else ()
    if pieces:
        words.append(f", in {len(pieces)} pieces: {', '.join(map(str, pieces))}")
    bars = [_bar(piece, "implied", str(piece)) for piece in pieces or (derived.interval,)]
    title = f"{derived.label}: {', '.join(bar.text for bar in bars)}" if derived.label else ""
    lane = Lane(without_indicator(derived.label), bars)
    line = NumberLine([lane], unit=unit if unit != "1" else "", title=title, told=True)
    rests = f"It rests on {listed(derived.claims_used)}." if derived.claims_used else "It rests on assumptions alone."
    return Document([Paragraph(words), line, Folded("Claims used", [Paragraph(rests)])])
