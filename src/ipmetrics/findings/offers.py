"""Repairs as tables: what a re-reading supposes and how it fits, and what figures would need.

This room knows how a repair stands in a line or two beside others. It refuses to rank them: they come ranked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.documents import Column, Group, Row, Run, Table, Tone
from ipmetrics.findings.contradictions import number_line, says
from ipmetrics.findings.describe import fit_words
from ipmetrics.findings.wording import (
    figure_words,
    indicator_words,
    interval_words,
    label,
    listed,
    printed_power,
)
from ipmetrics.model.claims import Total
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.printed import Printed, stated_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.documents import NumberLine
    from ipmetrics.findings.repairs import Repair, Step
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim

__all__ = ["Told", "alike", "as_reread", "changes_table", "needed", "readings_table"]


@attrs.frozen
class Told:
    """What is said once: the one indicator, if there is one, and the conventions, if they are known."""

    indicator: Indicator | None
    conventions: Conventions | None

    def label(self, claim: Claim) -> str:
        """The claim without its figure; the indicator is named unless it was said."""
        return label(claim, named=self.indicator is None)

    def states(self, claim: Claim) -> Interval | None:
        """What its figure says, in base units; None where it has none or the conventions are not known."""
        return None if self.conventions is None else stated_by(claim, self.conventions)

    @property
    def caption(self) -> str:
        """The one indicator with its unit; nothing if there are several."""
        return "" if self.indicator is None else indicator_words(self.indicator)


def alike(repairs: Sequence[Repair]) -> list[list[Repair]]:
    """Repairs that differ only in the rounding rule of the same digits, together, in the order of the first."""
    found: dict[object, list[Repair]] = {}
    for place, repair in enumerate(repairs):
        keys = [_but_for_rounding(step) for step in repair.steps]
        found.setdefault(place if None in keys else (repair.size, repair.weight, *keys), []).append(repair)
    return list(found.values())


def _but_for_rounding(step: Step) -> object:
    """What a step that keeps a figure's digits reads as, but for the rounding rule; None if it is no such step."""
    if len(step.claims) != 1 or len(step.reread) != 1:
        return None
    claim, reread = step.claims[0], step.reread[0]
    if not isinstance(claim, Printed) or not isinstance(reread, type(claim)):
        return None
    if claim.figure is None or reread.figure is None or reread.figure.text != claim.figure.text:
        return None
    return (step.ids, attrs.evolve(reread, figure=reread.figure.with_reading(rounding=None)))


def readings_table(lines: list[list[Repair]], told: Told) -> Table:
    """A row for each reading: what it supposes, how well it fits, and below it how the claims then read."""
    rows: list[Row] = []
    for like in lines:
        words: list[str | Run] = []
        remarks: list[str] = []
        for steps in zip(*(repair.steps for repair in like), strict=True):
            texts = dict.fromkeys(step.text for step in steps)
            words += ["; " if words else "", Run(listed(steps[0].ids), Tone.STRONG), f" {', or '.join(texts)}"]
            remarks += as_reread(steps, told)
        fits = dict.fromkeys(fit_words(repair.fit) for repair in like)
        picture = _picture(like[0], told)
        rows.append(Row([words, " or ".join(fits), picture], [[Run(line, Tone.QUIET)] for line in remarks]))
    columns = [Column("supposed"), Column("fit", "right", whole=True), Column(picture=True)]
    return Table(columns, rows)


def as_reread(steps: Sequence[Step], told: Told) -> list[str]:
    """How each claim of a step reads, with what it then allows; of several steps that differ only in rounding."""
    lines: list[str] = []
    step = steps[0]
    # A figure that simply has to change may be re-read as nothing at all.
    for place, (claim, reread) in enumerate(zip(step.claims, step.reread, strict=False)):
        if reread is None:
            lines.append(f"{step.ids[place]} is then left aside")
            continue
        words = f"{told.label(reread)}: {_exchange(claim, reread)}".rstrip(": ")
        allowed = [interval_words(told.states(each), each) for each in (other.reread[place] for other in steps) if each]
        kept = " or ".join(dict.fromkeys(filter(None, allowed)))
        lines.append(f"{words} allows {kept}" if kept else words)
    if _is_left_aside(step) or (len(step.reread) == 1 and _is_comparable(step)):
        lines[0] += f"; the others imply {interval_words(step.needed, step.claims[0])}"
    return lines


def _exchange(claim: Claim, reread: Claim) -> str:
    """The figure as re-read, behind the one that was printed where it replaces that in the same expression."""
    was, reads = figure_words(claim), figure_words(reread)
    return f"{was} → {reads}" if was and was != reads and _is_same_expression(claim, reread) else reads


def _is_same_expression(claim: Claim, reread: Claim | None) -> bool:
    return reread is not None and type(reread) is type(claim) and label(reread) == label(claim)


def _is_left_aside(step: Step) -> bool:
    """Whether its first claim says nothing any more, so that only what the others leave for its figure is known."""
    measured = isinstance(step.claims[0], Printed)
    return measured and step.reread[:1] == (None,) and says(step.needed)


def _is_comparable(step: Step) -> bool:
    """Whether what is needed can be set against the claim as re-read: the same expression in the same terms."""
    claim, reread = step.claims[0], step.reread[0] if step.reread else None
    same = _is_same_expression(claim, reread) and printed_power(claim) == printed_power(reread or claim)
    return same and says(step.needed)


def _picture(repair: Repair, told: Told) -> NumberLine | None:
    step = repair.steps[0]
    reread = step.reread[0] if repair.size == len(step.reread) == 1 else None
    if reread is None or not _is_comparable(step):
        return None
    return number_line(reread, told.states(reread), step.needed)


def changes_table(changes: Sequence[Repair], told: Told, *, of: int = 1, first: int = 1, drawn: bool = True) -> Table:
    """For each claim the figure printed, the interval it would need in its printed unit, and the nearest figure.

    Number lines are drawn unless the same ones were: those of a single conflict.
    """
    grouped = of > 1 and any(change.size > 1 for change in changes)
    rows: list[Row | Group] = []
    for number, change in enumerate(changes, start=first):
        rows += [Group(f"way {number} of {of}")] * grouped
        rows += [_change_row(step, told, drawn=drawn) for step in change.steps]
    columns = [
        Column("claim"),
        Column("printed", "right", whole=True),
        Column("nearest", "right", whole=True),
        Column(picture=True),
    ]
    return Table(columns, rows, told.caption)


def _change_row(step: Step, told: Told, *, drawn: bool) -> Row:
    claim = step.claims[0]
    return Row(
        [
            [Run(listed(step.ids), Tone.STRONG), f": {told.label(claim)}"],
            figure_words(claim),
            Run(str(step.figure), Tone.STRONG) if step.figure is not None else "",
            number_line(claim, told.states(claim), step.needed) if drawn else None,
        ],
        [needed(step)],
    )


def needed(step: Step) -> str:
    """What the others leave for the figure of a claim, in its printed unit."""
    claim = step.claims[0]
    if step.needed is None or step.needed.is_empty or not says(step.needed):
        return step.text
    if isinstance(claim, Total):
        below = step.needed.upper is not None and step.needed.upper <= 0
        amount = interval_words(-step.needed if below else step.needed, claim).strip("{}")
        return f"would need the whole to be {amount} {'less' if below else 'more'} than its parts"
    missing = "; no figure printed like this one was found there" if step.figure is None else ""
    return f"would need {interval_words(step.needed, claim)}{missing}"
