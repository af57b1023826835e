"""Slips of meaning: the numeral stands, and the words around it are read otherwise.

This room knows which meanings are taken for one another: percent and points, k times and k times more, a level and its
increase, parts that add up and parts that overlap. It does not know which of them fits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.diagnosis.reprinting import with_form
from ipmetrics.diagnosis.rereadings import Rereading
from ipmetrics.errors import IpmetricsError
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Change, Level, Ratio, Total
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.model.indicators import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.diagnosis.rereadings import Surroundings
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.observations import Observation

    _Proposal = tuple[Slip, Claim, str]

__all__ = ["meaning_rereadings"]


def meaning_rereadings(around: Surroundings, place: int) -> Iterator[Rereading]:
    """Propose what one claim may have meant by the figure it prints, or by the parts it names.

    Points for percent and a multiple for an increase, either way round; the increase for the level, since each earlier
    period that another claim speaks of, and the level for the increase; parts that leave something out or overlap.
    """
    claim = around.claims[place]
    for slip, reread, text in _proposals(around, place, claim):
        yield Rereading(slip, (place,), (reread,), text)


def _proposals(around: Surroundings, place: int, claim: Claim) -> Iterator[_Proposal]:
    match claim:
        case Level(figure=Figure() as figure):
            yield from _increases(around, place, claim, figure)
        case Ratio(figure=Figure() as figure):
            yield from _as_increase(claim, figure)
        case Change(figure=Figure() as figure):
            yield from _points(claim, figure)
            yield from _as_multiple(claim, figure)
            yield from _as_level(claim, figure)
        case Total():
            yield from _overlaps(claim)
        case _:
            return


def _is_signed(figure: Figure) -> bool:
    """Whether it prints a sign, as only a change would, or is nought."""
    return figure.number <= 0 or figure.text.lstrip().startswith(("+", "＋"))


# ------------------------------------------------------------------------------ percent and points
def _points(claim: Change, figure: Figure) -> Iterator[_Proposal]:
    """Percentage points for percent of a percentage, and the other way round."""
    if not claim.subject.indicator.unit.is_percent:
        return
    match figure.form:
        case FigureForm.PERCENT if not claim.difference:
            form, text = FigureForm.POINTS, "means percentage points, not percent"
        case FigureForm.POINTS:
            form, text = FigureForm.PERCENT, "means percent, not percentage points"
        case _:
            return
    read = with_form(figure, form)
    reread = read and _change(claim, claim.subject, read, claim, difference=form is FigureForm.POINTS)
    if reread:
        yield Slip.POINTS, reread, text


def _change(
    claim: Claim, subject: Observation, figure: Figure, base: Change | Observation, *, difference: bool
) -> Change | None:
    """A change in the place of a claim, against an observation or as another one has it; None if there is no such."""
    since = than = per = None
    if isinstance(base, Change):
        since, than, per = base.since, base.than, base.per
    elif subject.moved(period=base.period) == base:
        since = base
    else:
        than = base
    try:
        return Change(
            subject, figure, since=since, than=than, per=per, difference=difference, id=claim.id, source=claim.source
        )
    except IpmetricsError:
        return None


# ------------------------------------------------------------------------------ times and times more
_COMPARED = {FigureForm.NUMBER, FigureForm.TIMES, FigureForm.PERCENT, FigureForm.PER_MILLE}


def _as_increase(claim: Ratio, figure: Figure) -> Iterator[_Proposal]:
    """The multiple read as the increase: 2.2 times as 2.2 times more, 35% of as 35% more."""
    if _is_signed(figure) or figure.form not in _COMPARED:
        return
    times = figure.form in {FigureForm.NUMBER, FigureForm.TIMES}
    read = with_form(figure, FigureForm.TIMES) if times else figure
    reread = read and _change(claim, claim.subject, read, claim.to, difference=False)
    if reread:
        yield Slip.TIMES, reread, f"means {read} more, not {read}" + ("" if times else " of it")


def _as_multiple(claim: Change, figure: Figure) -> Iterator[_Proposal]:
    """The increase read as the multiple."""
    if claim.difference or claim.per or _is_signed(figure) or figure.form not in _COMPARED:
        return
    try:
        reread = Ratio(claim.subject, claim.base, figure, id=claim.id, source=claim.source)
    except IpmetricsError:
        return
    as_much = "as much" if figure.form is FigureForm.TIMES else "of it"
    yield Slip.TIMES, reread, f"is the multiple, not the increase: {figure} {as_much}"


# ------------------------------------------------------------------------------ level and increase
def _increases(around: Surroundings, place: int, claim: Level, figure: Figure) -> Iterator[_Proposal]:
    """The increase printed as the level: since each earlier period in which another claim names the same."""
    subject = claim.subject
    read: Figure | None = figure
    if subject.indicator.unit.is_percent:
        # A bare number is in percent only where the indicator is printed so.
        in_percent = figure.form is FigureForm.PERCENT or subject.indicator.multiplier == -2
        read = with_form(figure, FigureForm.POINTS) if in_percent else None
    if read is None or figure.form not in {FigureForm.NUMBER, FigureForm.PERCENT} or read.form is FigureForm.PERCENT:
        return
    for base in around.mentions:
        if _is_earlier(base, subject) and around.is_known(base, place):
            reread = _change(claim, subject, read, base, difference=True)
            if reread:
                yield Slip.INCREASE, reread, f"is the increase since {base.period}, not the level"


def _is_earlier(base: Observation, subject: Observation) -> bool:
    """Whether an observation differs in its period alone, and that is earlier and, of a flow, as long."""
    key, own = base.key, subject.key
    if key[0] != own[0] or key[1] != own[1] or key[3] != own[3] or base.period.end >= subject.period.end:
        return False
    is_flow = subject.indicator.measure is Measure.FLOW
    return not is_flow or base.period.lasts_as(subject.period)


def _as_level(claim: Change, figure: Figure) -> Iterator[_Proposal]:
    """The level printed as the increase."""
    if not claim.difference or (_is_signed(figure) and not claim.subject.indicator.signed):
        return
    read = with_form(figure, FigureForm.PERCENT) if figure.form is FigureForm.POINTS else figure
    if read is None or read.form not in {FigureForm.NUMBER, FigureForm.PERCENT}:
        return
    try:
        reread = Level(claim.subject, read, id=claim.id, source=claim.source)
    except IpmetricsError:
        return
    yield Slip.INCREASE, reread, "is the level, not the increase"


# ------------------------------------------------------------------------------ parts
def _overlaps(claim: Total) -> Iterator[_Proposal]:
    """Parts that are not all, or that share something."""
    if claim.complete:
        yield Slip.OVERLAP, attrs.evolve(claim, complete=False), "has parts that leave something out"
    if claim.disjoint:
        yield Slip.OVERLAP, attrs.evolve(claim, complete=False, disjoint=False), "has parts that overlap"
