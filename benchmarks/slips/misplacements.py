"""Slips of what a figure is said of: its base, denominator, subject, scope or label, its edition, or its parts."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.ways import Printed, Way, computed, figures, mentioned, moved, one, shown, with_text
from ipmetrics.errors import IpmetricsError
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, Total, observations_of
from ipmetrics.model.indicators import Rate
from ipmetrics.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from benchmarks.slips.printing import Form
    from benchmarks.slips.worlds import World
    from ipmetrics.model.observations import Observation


# ------------------------------------------------------------------------------ attachments
def another_base(world: World, draw: Random) -> Iterator[Way]:
    """A change or multiple computed since another period, and printed as if since the usual one."""
    for place, claim, _, form in figures(world, draw):
        if not isinstance(claim, (Change, Ratio)) or (isinstance(claim, Change) and claim.than is not None):
            continue
        base = claim.to if isinstance(claim, Ratio) else claim.base
        for other in mentioned(world, place):
            if differs_in_period(other, base) and other.period.end < claim.subject.period.end:
                meant = attrs.evolve(claim, to=other) if isinstance(claim, Ratio) else attrs.evolve(claim, since=other)
                yield from computed(world, place, claim, meant, form)


def differs_in_period(one: Observation, other: Observation) -> bool:
    """Whether two observations differ in their period and in nothing else."""
    return one != other and one.moved(period=other.period) == other


def another_denominator(world: World, draw: Random) -> Iterator[Way]:
    """A rate by the population of another year-end, or a share of another year's whole."""
    for place, claim, _, form in figures(world, draw):
        known = mentioned(world, place)
        if isinstance(claim, Share):
            for other in known:
                # More than the whole would be printed by nobody.
                if differs_in_period(other, claim.of) and world.truth[claim.subject] <= world.truth[other]:
                    yield from computed(world, place, claim, attrs.evolve(claim, of=other), form)
        elif isinstance(claim, Level) and isinstance(claim.subject.indicator.definition, Rate):
            yield from _by_another_denominator(world, place, claim, form, known)


def _by_another_denominator(
    world: World, place: int, claim: Level, form: Form, known: dict[Observation, None]
) -> Iterator[Way]:
    indicator, subject = claim.subject.indicator, claim.subject
    definition = indicator.definition
    if not isinstance(definition, Rate) or subject.scope:
        return
    before = definition.period == "same"
    over = subject.moved(indicator=definition.numerator)
    under = subject.moved(indicator=definition.denominator)
    under = under.moved(period=Period(under.period.end.year - 1)) if before else under
    if over in known and under in known:
        period = "previous" if before else "same"
        size = 10**-indicator.multiplier
        other = definition.numerator.per(
            definition.denominator, size, period=period, label=f"{indicator.label}, {period}"
        )
        text = form.printed(shown(claim, world.truth[over] / world.truth[under]))
        printed = with_text(claim, text)
        if printed is not None:
            yield one(place, printed, attrs.evolve(claim, subject=subject.moved(indicator=other), figure=text))


def another_subject(world: World, draw: Random) -> Iterator[Way]:
    """A change that belongs to what another claim of the same sentence is about."""
    for place, claim, text, _ in figures(world, draw):
        if not isinstance(claim, Change) or claim.difference or claim.than is not None or claim.source is None:
            continue
        known = mentioned(world, place)
        sentence = [other for other in world.claims if other is not claim and other.source == claim.source]
        subjects = {each for other in sentence for each in list(observations_of(other))[:1]} - {claim.subject}
        for other in sorted(subjects, key=str):
            base = other.moved(period=claim.base.period)
            if base in known and other.period == claim.subject.period and not other.indicator.unit.is_percent:
                yield one(place, attrs.evolve(claim, subject=other, since=base, figure=text), claim)


def sibling_scope(world: World, draw: Random) -> Iterator[Way]:
    """The number of a sibling scope: of one observation that a claim names, or of all that are of that scope."""
    for place, claim, _, form in figures(world, draw):
        known = mentioned(world, place)
        for mine in dict.fromkeys(observations_of(claim)):
            for other in known:
                if other.scope != mine.scope and other.moved(scope=mine.scope) == mine:
                    for move in draw.sample((_to_scope(mine, other), _to_observation(mine, other)), 2):
                        meant = _said_of(claim, move)
                        if meant is not None and all(each in known for each in observations_of(meant)):
                            yield from computed(world, place, claim, meant, form)


def _said_of(claim: Printed, move: Callable[[Observation], Observation]) -> Printed | None:
    """The claim of other observations; None where it would compare one with itself."""
    with suppress(IpmetricsError):
        meant = moved(claim, move)
        if isinstance(meant, Printed):
            return meant
    return None


def _to_scope(old: Observation, new: Observation) -> Callable[[Observation], Observation]:
    return lambda each: each.moved(scope=new.scope) if each.scope == old.scope else each


def _to_observation(old: Observation, new: Observation) -> Callable[[Observation], Observation]:
    return lambda each: new if each == old else each


# ------------------------------------------------------------------------------ companions
def exchanged_labels(world: World, draw: Random) -> Iterator[Way]:
    """The figures of two claims of one kind under each other's label, or those of two whole rows."""
    found = list(figures(world, draw))
    if draw.random() < 0.4:
        yield from _two_rows(world, found)
    yield from _two_claims(found)


def _two_claims(found: list[tuple[int, Printed, str, Form]]) -> Iterator[Way]:
    for index, (place, claim, _text, _form) in enumerate(found):
        for other_place, other, _, _ in found[index + 1 :]:
            if differ_in_one(claim, other) and _of_one_document(claim, other):
                yield from exchanged([(place, claim), (other_place, other)])


def exchanged(cells: list[tuple[int, Printed]]) -> Iterator[Way]:
    """The figures of each two neighbouring cells exchanged."""
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    printed: dict[int, Claim] = {}
    for (place, claim), (other_place, other) in pairs:
        mine, theirs = _with_figure_of(claim, other), _with_figure_of(other, claim)
        if mine is None or theirs is None or claim.figure == other.figure:
            return
        printed |= {place: mine, other_place: theirs}
    if printed:
        true = dict(cells)
        places = sorted(printed)
        yield places, [printed[place] for place in places], [true[place] for place in places]


def _of_one_document(one_claim: Claim, other: Claim) -> bool:
    """Whether two claims stand in one document, so that their labels may be exchanged."""
    mine, theirs = one_claim.source, other.source
    return (mine and mine.document) == (theirs and theirs.document)


def _with_figure_of(claim: Printed, other: Printed) -> Printed | None:
    return with_text(claim, None if other.figure is None else other.figure.text)


def differ_in_one(one_claim: Printed, other: Printed, *, only: str = "") -> bool:
    """Whether two claims are of one kind and say the same of two regions, of two periods or in two scopes."""
    if type(one_claim) is not type(other) or isinstance(one_claim, Ratio):
        return False
    if isinstance(one_claim, Change) and isinstance(other, Change) and one_claim.difference != other.difference:
        return False
    (ours, *reference), (theirs, *other_reference) = observations_of(one_claim), observations_of(other)
    if ours.indicator != theirs.indicator:
        return False
    fields = [field for field in ("region", "period", "scope") if getattr(ours, field) != getattr(theirs, field)]
    if len(fields) != 1 or (only and fields != [only]):
        return False
    if isinstance(one_claim, Share):
        return reference == other_reference
    # A change is on the year before in both.
    return [_years_back(ours, each) for each in reference] == [_years_back(theirs, each) for each in other_reference]


def _years_back(subject: Observation, base: Observation) -> object:
    years = subject.period.end.year - base.period.end.year
    return years if subject.moved(period=base.period) == base else base


def _two_rows(world: World, found: list[tuple[int, Printed, str, Form]]) -> Iterator[Way]:
    """All that is printed of two regions side by side: their levels, or their levels and changes."""
    regions = {claim.subject.region for _, claim, *_ in found}
    kinds: tuple[type, ...] = (Level,) if len(world.claims) % 2 else (Level, Change)
    for region, other_region in combinations(sorted(regions, key=str), 2):
        cells: list[tuple[int, Printed]] = []
        for place, claim, *_ in found:
            if claim.subject.region != region or not isinstance(claim, kinds):
                continue
            beside = [
                (n, other)
                for n, other, *_ in found
                if other.subject.region == other_region and differ_in_one(claim, other, only="region")
            ]
            if len(beside) == 1:
                cells += [(place, claim), beside[0]]
        if len(cells) > 2 and len(dict(cells)) == len(cells):
            yield from exchanged(cells)


def revised_later(world: World, draw: Random) -> Iterator[Way]:
    """The figure of an earlier edition, before it was revised."""
    dates = {claim.source.date for claim in world.claims if claim.source is not None and claim.source.date is not None}
    for place, claim, _, form in figures(world, draw):
        if (
            not isinstance(claim, Level)
            or claim.source is None
            or claim.source.date in {None, max(dates, default=None)}
        ):
            continue
        factor = 1 + draw.choice((-1, 1)) * Fraction(draw.randint(3, 60), 1000)
        printed = with_text(claim, form.printed(shown(claim, world.true(claim) * factor)))
        if printed is not None:
            yield one(place, printed, None)


def parts_that_overlap(world: World, draw: Random) -> Iterator[Way]:
    """Parts that overlap, or leave something out, printed as if they added up."""
    for place in draw.sample(range(len(world.claims)), len(world.claims)):
        claim = world.claims[place]
        if isinstance(claim, Total) and not claim.complete:
            yield one(place, attrs.evolve(claim, complete=True, disjoint=True), claim)
        elif isinstance(claim, Total):
            yield from _counted_twice(world, draw, place, claim)


def _counted_twice(world: World, draw: Random, place: int, claim: Total) -> Iterator[Way]:
    """A whole that is smaller than the sum, because some is in two parts; where nothing else speaks of the whole."""
    speaking = [n for n, other in enumerate(world.claims) if claim.subject in observations_of(other) and n != place]
    for n, level, _, form in figures(world, draw):
        if speaking == [n] and isinstance(level, Level):
            most, least = (of(world.truth[part] for part in claim.parts) for of in (sum, max))
            size = most - (most - least) * Fraction(draw.randint(1, 9), 10)
            less = attrs.evolve(level, figure=form.printed(shown(level, size)))
            loose = attrs.evolve(claim, complete=False, disjoint=False)
            yield [n, place], [less, claim], [less, loose]
