"""Attachments: the same figure said of something else; of another base, denominator, subject or scope.

This room knows which observations of a set stand close enough to those of a claim to have been meant instead. It
proposes only what another claim mentions, because a figure attached to something that nobody speaks of fits whatever
it says. It does not know whether a re-reading helps, and alternatives (OneOf) are left to the arithmetic.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import attrs

from ipmetrics.checks.assumptions import denominators
from ipmetrics.diagnosis.rereadings import Rereading
from ipmetrics.errors import IpmetricsError
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.indicators import DenominatorPeriod, Indicator, Measure, Rate
from ipmetrics.model.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipmetrics.diagnosis.rereadings import Surroundings
    from ipmetrics.model.observations import Observation
    from ipmetrics.model.periods import Period
    from ipmetrics.model.sources import Source

__all__ = ["attachment_rereadings", "in_scale_of", "lag", "moved", "told_apart"]


def attachment_rereadings(around: Surroundings, place: int) -> Iterator[Rereading]:
    """The claim of a place with its figure attached to something else that another claim mentions.

    Parameters
    ----------
    around
        The set of claims.
    place
        The place of the claim in it.

    Yields
    ------
    Rereading
        Of this claim alone, each another claim than the printed one: base period, denominator, subject, scope, in
        this order. Nothing for alternatives.
    """
    claim = around.claims[place]
    if isinstance(claim, OneOf):
        return
    yield from _by_another_denominator(around, place, claim)
    if isinstance(claim, Printed):
        near = _near(around, place, claim)
        yield from _at_another_period(place, claim, near)
        yield from _of_another_subject(around, place, claim)
        yield from _of_a_sibling(around, place, claim, near)


def _near(around: Surroundings, place: int, claim: Printed) -> list[Observation]:
    """What other claims mention of the regions that a claim speaks of."""
    regions = {each.key[1] for each in observations_of(claim)}
    return [each for each in around.mentions if each.key[1] in regions and around.is_known(each, place)]


# ------------------------------------------------------------------------------ what a claim is said of
def _reference(claim: Printed) -> Observation | None:
    """What a claim compares its subject with."""
    match claim:
        case Ratio(to=other) | Share(of=other):
            return other
        case Change():
            return claim.base
        case Level():
            return None


def _said_of(claim: Printed, subject: Observation, reference: Observation | None) -> Printed | None:
    """The claim of another subject and reference, told in its own scale; None where it would make no sense."""
    subject = in_scale_of(subject, claim.subject)
    try:
        match claim:
            case Level():
                return attrs.evolve(claim, subject=subject)
            case Ratio(to=to):
                return attrs.evolve(claim, subject=subject, to=reference or to)
            case Share(of=of):
                return attrs.evolve(claim, subject=subject, of=reference or of)
            case Change(than=None, since=since):
                usual = since is None and reference == subject.moved(period=subject.period.year_before)
                return attrs.evolve(claim, subject=subject, since=None if usual else reference)
            case Change():
                return attrs.evolve(claim, subject=subject, than=reference)
    except IpmetricsError:
        return None


def in_scale_of(observation: Observation, printed: Observation) -> Observation:
    """An observation with the multiplier of the one that a figure was printed for, where both are of one unit."""
    theirs, ours = printed.indicator, observation.indicator
    if ours.multiplier == theirs.multiplier or ours.unit != theirs.unit:
        return observation
    return observation.moved(indicator=attrs.evolve(ours, multiplier=theirs.multiplier))


def moved(claim: Claim, move: Callable[[Observation], Observation]) -> Claim:
    """The claim with every observation that it names replaced."""
    match claim:
        case Level(subject=subject):
            return attrs.evolve(claim, subject=move(subject))
        case Ratio(subject=subject, to=other):
            return attrs.evolve(claim, subject=move(subject), to=move(other))
        case Share(subject=subject, of=other):
            return attrs.evolve(claim, subject=move(subject), of=move(other))
        case Change(subject=subject, since=since, than=than):
            return attrs.evolve(claim, subject=move(subject), since=since and move(since), than=than and move(than))
        case Total(subject=subject, parts=others):
            return attrs.evolve(claim, subject=move(subject), parts=[move(part) for part in others])
        case Rank(subject=subject, among=others):
            return attrs.evolve(claim, subject=move(subject), among=[move(other) for other in others])
        case OneOf(alternatives=alternatives):
            return attrs.evolve(claim, alternatives=[moved(each, move) for each in alternatives])


def told_apart(one: Observation, other: Observation) -> tuple[str, str]:
    """Each of two observations in words, by what they differ in alone."""
    pairs = [
        (str(mine), str(theirs))
        for mine, theirs in ((one.indicator, other.indicator), (one.region, other.region), (one.period, other.period))
        if mine != theirs
    ]
    dimensions = sorted({*one.scope} | {*other.scope})
    differing = [name for name in dimensions if one.scope.get(name) != other.scope.get(name)]
    pairs += [(str(one.scope.get(name, "all")), str(other.scope.get(name, "all"))) for name in differing]
    return ", ".join(mine for mine, _ in pairs), ", ".join(theirs for _, theirs in pairs)


# ------------------------------------------------------------------------------ periods
def _at_another_period(place: int, claim: Printed, near: list[Observation]) -> Iterator[Rereading]:
    """The base of a change or multiple, or the whole of a share, at another period."""
    reference = _reference(claim)
    # What is more than another region or scope has no base period.
    if reference is None or (isinstance(claim, Change) and claim.than is not None):
        return
    slip, word = (
        (Slip.DENOMINATOR, f"is a share of {reference.indicator} of")
        if isinstance(claim, Share)
        else (Slip.BASE_PERIOD, "the base is")
    )
    for other in near:
        if not _is_at_another_period(other, reference):
            continue
        # Growth is on what was before.
        if isinstance(claim, Change) and other.period.end >= claim.subject.period.end:
            continue
        reread = _said_of(claim, claim.subject, other)
        if reread is not None:
            yield Rereading(slip, (place,), (reread,), f"{word} {other.period}, not {reference.period}")


def _is_at_another_period(one: Observation, other: Observation) -> bool:
    """Whether two observations differ in their period alone, and in when it is, not in how long."""
    ours, theirs = one.key, other.key
    if ours[2] == theirs[2] or ours[0] != theirs[0] or ours[1] != theirs[1] or ours[3] != theirs[3]:
        return False
    # A stock stands at a moment, however long its period is written.
    return one.indicator.measure is Measure.STOCK or one.period.lasts_as(other.period)


def lag(subject: Observation, reference: Observation) -> int | Literal["previous"] | None:
    """How long before its subject a reference is: whole years, or just the period before; None if it is neither."""
    ours, theirs = subject.period, reference.period
    years = ours.end.year - theirs.end.year
    if 0 < years < ours.start.year:
        then = ours.years_before(years)
        if then == theirs or subject.moved(period=then).key[2] == reference.key[2]:
            return years
    adjacent = theirs.end < ours.start and (ours.start - theirs.end).days == 1
    return "previous" if adjacent and ours.lasts_as(theirs) else None


def _period_along(subject: Observation, reference: Observation, other: Observation) -> Period | None:
    """The period that is to another subject's what the reference's is to the subject's; None if there is none."""
    if reference.period == subject.period:
        return other.period
    if other.period == subject.period:
        return reference.period
    before = lag(subject, reference)
    try:
        return other.period.previous if before == "previous" else other.period.years_before(before) if before else None
    except (ValueError, OverflowError):
        return None  # before the year 1


# ------------------------------------------------------------------------------ the denominators of rates
def _by_another_denominator(around: Surroundings, place: int, claim: Claim) -> Iterator[Rereading]:
    """The rates of a claim over the denominator of the period before, or of the same one if it said the other."""
    named = dict.fromkeys(observations_of(claim))
    # The first of each is its example: the subject, where that is one.
    rates = {each.indicator: each for each in reversed(named) if isinstance(each.indicator.definition, Rate)}
    for rate, example in rates.items():
        other = _by_the_other_period(rate, around)
        if other is None:
            continue
        swapped = {each: each.moved(indicator=other) for each in named if each.indicator == rate}
        if any(reread in named or not _is_held(around, place, each, reread) for each, reread in swapped.items()):
            continue
        (ours,), (theirs,) = (_denominators(each) for each in (swapped[example], example))
        text = f"is by the {ours.indicator} of {_year(ours)}, not {_year(theirs)}"
        yield Rereading(Slip.DENOMINATOR, (place,), (moved(claim, partial(_swapped, swapped)),), text)


def _by_the_other_period(rate: Indicator, around: Surroundings) -> Indicator | None:
    """The same rate over the other period's denominator; None where the printed one already says either."""
    definition = rate.definition
    if not isinstance(definition, Rate) or definition.period is DenominatorPeriod.EITHER:
        return None
    stock = definition.denominator.measure is Measure.STOCK
    if definition.period is DenominatorPeriod.SAME:
        period, when = DenominatorPeriod.PREVIOUS, "at the end of the year before" if stock else "of the year before"
    else:
        period, when = DenominatorPeriod.SAME, "of the same period"
    # The definition makes it an indicator of its own; its name must tell that, and no code list has it.
    label = f"{rate.label} (by the {definition.denominator} {when})"
    made = attrs.evolve(rate, label=label, code=None, definition=attrs.evolve(definition, period=period))
    return next((each.indicator for each in around.mentions if each.key[0] == made.key), made)


def _swapped(swapped: dict[Observation, Observation], observation: Observation) -> Observation:
    """What stands for an observation, in the observation's own scale."""
    found = swapped.get(observation)
    return observation if found is None else in_scale_of(found, observation)


def _denominators(observation: Observation) -> tuple[Observation, ...]:
    definition = observation.indicator.definition
    return denominators(observation, definition) if isinstance(definition, Rate) else ()


def _is_held(around: Surroundings, place: int, printed: Observation, reread: Observation) -> bool:
    """Whether other claims hold a rate over another denominator: by name, or by its numerator and denominator."""
    definition = printed.indicator.definition
    if not isinstance(definition, Rate):
        return False
    (ours,), (theirs,) = _denominators(reread), _denominators(printed)
    if around.is_known(reread, place):
        return True
    # The numerator is held by name, or by the rate as others print it.
    numerator = around.is_known(printed.moved(indicator=definition.numerator), place)
    told = around.is_known(printed, place) and around.is_known(theirs, place)
    return around.is_known(ours, place) and (numerator or told)


def _year(observation: Observation) -> str:
    """A period in words; the end of a year, at which a stock is counted, by its year."""
    day = observation.period.end
    return str(day.year) if observation.period.is_day and (day.month, day.day) == (12, 31) else str(observation.period)


# ------------------------------------------------------------------------------ other subjects of a sentence
def _of_another_subject(around: Surroundings, place: int, claim: Printed) -> Iterator[Rereading]:
    """The claim of what another claim of the same sentence is about: of another region or in another unit."""
    subject, reference = claim.subject, _reference(claim)
    unit = subject.indicator.unit
    # Of another unit an observation may be told in several scales, and which comes first must not matter.
    others = {
        (other, None if other.indicator.unit == unit else other.indicator.multiplier): other
        for other in _subjects_beside(around, place, claim)
        if other.region != subject.region or other.indicator.unit != unit
    }
    for other in others.values():
        along = reference
        if reference is not None:
            period = _period_along(subject, reference, other)
            along = None if period is None else _along(subject, reference, other, period)
            if along is None or not (along == reference or around.is_known(along, place)):
                continue
        reread = _said_of(claim, other, along)
        if reread is not None:
            ours, theirs = told_apart(other, subject)
            yield Rereading(Slip.SUBJECT, (place,), (reread,), f"belongs to {ours}, not {theirs}")


def _along(
    subject: Observation, reference: Observation, other: Observation, period: Period | None = None
) -> Observation:
    """The reference that is to another subject what the reference is to the subject, at a period if one is given."""
    return reference.moved(
        indicator=other.indicator if reference.indicator == subject.indicator else None,
        region=other.region if reference.region == subject.region else None,
        period=period,
        scope=other.scope if reference.scope == subject.scope else None,
    )


def _subjects_beside(around: Surroundings, place: int, claim: Printed) -> Iterator[Observation]:
    """What the other claims of its sentence are about, or may be where the claim does not say where it was printed."""
    others = (other for each, other in enumerate(around.claims) if each != place and not isinstance(other, OneOf))
    source = claim.source
    if source is not None and (source.locator is not None or source.quote is not None):
        return (other.subject for other in others if _in_one_sentence(source, other.source))
    document, region, period = source and source.document, claim.subject.key[1], claim.subject.period
    return (
        other.subject
        for other in others
        if (other.subject.key[1] == region or other.subject.period == period)
        and (document is None or (other.source is not None and other.source.document == document))
    )


def _in_one_sentence(one: Source, other: Source | None) -> bool:
    """Whether two sources name one place in one document, by their locator or by their quote."""
    if other is None:
        return False
    located = one.locator is not None and one.locator == other.locator
    quoted = one.quote is not None and one.quote == other.quote
    return (located or quoted) and one.document == other.document


# ------------------------------------------------------------------------------ siblings
def _of_a_sibling(around: Surroundings, place: int, claim: Printed, near: list[Observation]) -> Iterator[Rereading]:
    """The claim of a sibling scope or indicator: the subject, what it is compared with, or both."""
    subject, reference = claim.subject, _reference(claim)
    for other in near:
        if not _is_sibling(other, subject):
            continue
        ours, theirs = told_apart(other, subject)
        text = f"is of {ours}, not {theirs}"
        yield from _scope(place, _said_of(claim, other, reference), text)
        if reference is None:
            continue
        along = _along(subject, reference, other)
        if along != reference and around.is_known(along, place):
            yield from _scope(place, _said_of(claim, other, along), f"{text}, on both sides")
    if reference is None:
        return
    word = "a share of" if isinstance(claim, Share) else "compared with"
    for other in near:
        if _is_sibling(other, reference):
            ours, theirs = told_apart(other, reference)
            yield from _scope(place, _said_of(claim, subject, other), f"is {word} {ours}, not {theirs}")


def _scope(place: int, reread: Printed | None, text: str) -> Iterator[Rereading]:
    if reread is not None:
        yield Rereading(Slip.SCOPE, (place,), (reread,), text)


def _is_sibling(other: Observation, observation: Observation) -> bool:
    """Whether two observations of one region and period differ in their scope alone or in their indicator alone."""
    ours, theirs = other.key, observation.key
    if ours[1] != theirs[1] or ours[2] != theirs[2]:
        return False
    if ours[0] == theirs[0]:
        return ours[3] != theirs[3]
    return ours[3] == theirs[3] and _of_one_kind(other.indicator, observation.indicator)


def _of_one_kind(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators are told in one unit and are alike in what they are, as granted and published are."""
    if (one.unit, one.measure, one.signed) != (other.unit, other.measure, other.signed):
        return False
    match one.definition, other.definition:
        case Rate() as mine, Rate() as theirs:
            # A rate over another period's denominator is a slip of its own.
            return (mine.numerator, mine.denominator) != (theirs.numerator, theirs.denominator)
        case mine, theirs:
            return type(mine) is type(theirs)
