"""Companions: re-readings of several claims at once, because one slip touched them all.

This room knows which claims stand in one row or column, so that their labels may have been exchanged; which mention
an indicator, that may count fractions; and which come from an edition that a later one revised. It proposes and never
judges, and it looks for companions of suspects alone.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

import attrs

from ipmetrics.diagnosis.attachments import in_scale_of, lag, moved, told_apart
from ipmetrics.diagnosis.rereadings import Rereading
from ipmetrics.errors import IpmetricsError
from ipmetrics.findings import Slip
from ipmetrics.findings.wording import listed
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, observations_of
from ipmetrics.model.indicators import Growth, Rate, ShareOf
from ipmetrics.model.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from ipmetrics.diagnosis.rereadings import Surroundings
    from ipmetrics.model.figures import Figure
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation

    _Exchange: TypeAlias = Callable[[int, int], "tuple[Printed, Printed] | None"]

__all__ = ["companion_rereadings"]

_REGION, _SCOPE = 1, 3
"""Where region and scope stand in the key of an observation."""

_ROWS = ((Level,), (Level, Change), (Level, Change, Share, Ratio))
"""What may have been exchanged of two rows: the amounts, these with their changes, or all that is printed."""


def companion_rereadings(
    around: Surroundings, suspects: Collection[int], *, meeting: Collection[Collection[int]] = ()
) -> Iterator[Rereading]:
    """Several claims re-read together, a suspect among them in each.

    Parameters
    ----------
    around
        The set of claims.
    suspects
        The places of the claims that something is wrong with.
    meeting
        Sets of places, such as those of conflicts, each of which what is proposed has to touch; the rest is not even
        worked out.

    Yields
    ------
    Rereading
        Labels of two claims exchanged, then of two rows; then indicators that count fractions; then what a later
        edition revised.
    """
    sought = _Sought(tuple(sorted({*suspects})), tuple(frozenset(each) for each in (suspects, *meeting)))
    # Rows are made of the same pairs again and again.
    exchange: _Exchange = cache(partial(_exchanged, around))
    yield from _exchanged_claims(around, sought, exchange)
    for dimension in (_REGION, _SCOPE):
        yield from _exchanged_rows(around, sought, dimension, exchange)
    yield from _fractional(around, sought)
    yield from _revised(around, sought)


@attrs.frozen
class _Sought:
    """The suspects, in order, and the sets of places that a re-reading has to touch."""

    suspects: tuple[int, ...]
    meeting: tuple[frozenset[int], ...]

    def takes(self, places: Collection[int]) -> bool:
        """Whether a re-reading of some places is looked for."""
        return not any(each.isdisjoint(places) for each in self.meeting)


# ------------------------------------------------------------------------------ labels of two claims
def _exchanged_claims(around: Surroundings, sought: _Sought, exchange: _Exchange) -> Iterator[Rereading]:
    """The figures of a suspect and of a claim beside it, in one row or column of one document, exchanged."""
    lines = {place: tuple(_lines(around.claims[place])) for place in sought.suspects}
    beside: dict[Hashable, list[int]] = {line: [] for several in lines.values() for line in several}
    for place, claim in enumerate(around.claims):
        for line in _lines(claim):
            if line in beside:
                beside[line].append(place)
    seen: set[tuple[int, int]] = set()
    for suspect, several in lines.items():
        for line in several:
            for other in beside[line]:
                pair = (min(suspect, other), max(suspect, other))
                if other != suspect and pair not in seen and sought.takes(pair):
                    seen.add(pair)
                    yield from _exchanged_pairs([pair], exchange)


def _lines(claim: Claim) -> Iterator[Hashable]:
    """The rows and columns a claim stands in: claims of one line are of one kind and differ in one thing."""
    document = claim.source and claim.source.document
    match claim:
        case Level(subject=subject):
            indicator, region, moment, scope = subject.key
            yield ("levels by region", document, indicator, moment, scope)
            yield ("levels by period", document, indicator, region, scope)
            yield ("levels by scope", document, indicator, region, moment)
        case Share(of=whole):
            yield ("shares", document, whole.key)
        case Ratio(to=other):
            yield ("ratios", document, other.key)
        case Change(subject=subject):
            # Their periods are told as printed: a stock and a flow of 2021 grow over the same year.
            indicator, region, _, scope = subject.key
            period, manner = subject.period, (document, *_manner(claim))
            yield ("changes by indicator", manner, region, period, scope)
            yield ("changes by region", manner, indicator, period, scope)
            yield ("changes by period", manner, indicator, region, scope)
            yield ("changes by scope", manner, indicator, region, period)
        case _:
            return


def _manner(claim: Change) -> tuple[Hashable, ...]:
    """What two changes must have in common for their figures to mean the same sort of thing."""
    return (claim.per, _since(claim), claim.subject.indicator.unit.name if claim.difference else None)


def _since(claim: Change) -> Hashable:
    """What a change is on: the past of its own subject by how long ago that is, anything else by what it is."""
    if claim.since is None and claim.than is None:
        return 1  # year before: usual, and quicker than to work it out
    subject, base = claim.subject, claim.base
    if claim.than is None and base == subject.moved(period=base.period):
        return lag(subject, base) or base.period
    return base.key


def _exchanged_pairs(pairs: list[tuple[int, int]], exchange: _Exchange, word: str = "") -> Iterator[Rereading]:
    """The figures of each pair of claims exchanged; nothing if one of them cannot be."""
    reread: dict[int, Printed] = {}
    for pair in pairs:
        made = exchange(*pair)
        if made is None:
            return
        reread |= zip(pair, made, strict=True)
    places = tuple(sorted(reread))
    one, other = (reread[place].subject for place in pairs[0])
    text = f"carry each other's labels: {word}{listed(sorted(told_apart(one, other)))} are exchanged"
    yield Rereading(Slip.LABELS, places, tuple(reread[place] for place in places), text)


def _exchanged(around: Surroundings, place: int, other_place: int) -> tuple[Printed, Printed] | None:
    """Two claims, each with the figure of the other; None if that says the same or cannot be said."""
    one, other = around.claims[place], around.claims[other_place]
    if (
        not (isinstance(one, Printed) and isinstance(other, Printed))
        or one.subject == other.subject
        or one.figure == other.figure
    ):
        return None
    try:
        return _with_figure_of(one, other), _with_figure_of(other, one)
    except IpmetricsError:
        return None


def _with_figure_of(claim: Printed, other: Printed) -> Printed:
    """The claim with another's figure, in the scale that one was printed in."""
    return attrs.evolve(claim, subject=in_scale_of(claim.subject, other.subject), figure=other.figure)


# ------------------------------------------------------------------------------ labels of two rows
def _exchanged_rows(around: Surroundings, sought: _Sought, dimension: int, exchange: _Exchange) -> Iterator[Rereading]:
    """What one document prints of two regions, or of two scopes, side by side exchanged."""
    table = _Table.of(around, dimension)
    seen: set[tuple[int, ...]] = set()
    for suspect in sought.suspects:
        claim = around.claims[suspect]
        if not isinstance(claim, Printed):
            continue
        for pairs in table.beside(claim).values():
            differing = [pair for pair in pairs if _figure(around, pair[0]) != _figure(around, pair[1])]
            for kinds in _ROWS:
                chosen = [pair for pair in differing if isinstance(around.claims[pair[0]], kinds)]
                places = tuple(sorted(place for pair in chosen for place in pair))
                if len(chosen) > 1 and places not in seen and sought.takes(places):
                    seen.add(places)
                    yield from _exchanged_pairs(chosen, exchange, "the rows ")


def _figure(around: Surroundings, place: int) -> Figure | None:
    claim = around.claims[place]
    return claim.figure if isinstance(claim, Printed) else None


@attrs.frozen
class _Table:
    """What is printed, by columns and rows: each row a member of a dimension in a document."""

    dimension: int
    cells: dict[Hashable, dict[Hashable, list[int]]]
    columns: dict[Hashable, list[Hashable]]

    @classmethod
    def of(cls, around: Surroundings, dimension: int) -> _Table:
        table = cls(dimension, {}, {})
        for place, claim in enumerate(around.claims):
            if isinstance(claim, Printed):
                row, column = table.cell(claim)
                places = table.cells.setdefault(column, {}).setdefault(row, [])
                if not places:
                    table.columns.setdefault(row, []).append(column)
                places.append(place)
        return table

    def cell(self, claim: Printed) -> tuple[Hashable, Hashable]:
        """The row and the column of a claim; claims of one column differ in the dimension alone."""
        document, key = claim.source and claim.source.document, claim.subject.key
        manner: tuple[Hashable, ...] = (type(claim).__name__,)
        match claim:
            case Share(of=reference) | Ratio(to=reference):
                # A part of its own region's whole stands beside one of another region's.
                manner += tuple(None if one == other else one for one, other in zip(reference.key, key, strict=True))
            case Change():
                manner += _manner(claim)
            case Level():
                pass
        dimension = self.dimension
        return (document, key[dimension]), (document, manner, key[:dimension], key[dimension + 1 :])

    def beside(self, claim: Printed) -> dict[Hashable, list[tuple[int, int]]]:
        """For each other row the pairs of claims that stand in one column; a cell printed twice is left alone."""
        row, _ = self.cell(claim)
        pairs: dict[Hashable, list[tuple[int, int]]] = {}
        for column in self.columns[row]:
            mine = self.cells[column][row]
            for other, theirs in self.cells[column].items():
                if other != row and len(mine) == len(theirs) == 1:
                    pairs.setdefault(other, []).append((mine[0], theirs[0]))
        return pairs


# ------------------------------------------------------------------------------ counts that are fractions
def _fractional(around: Surroundings, sought: _Sought) -> Iterator[Rereading]:
    """Each whole-number indicator that a suspect rests on read as one that counts fractions, wherever it is named."""
    if not around.conventions.whole:
        return
    rests_on = (
        each
        for place in sought.suspects
        for observation in observations_of(around.claims[place])
        for each in _rests_on(observation.indicator)
    )
    for indicator in dict.fromkeys(each for each in rests_on if each.whole):
        made: dict[int, Indicator] = {}
        move = partial(_moved, indicator, made)
        places = tuple(
            place
            for place, claim in enumerate(around.claims)
            if any(_rebuilt(indicator, made, each.indicator) is not each.indicator for each in observations_of(claim))
        )
        if sought.takes(places):
            reread = tuple(moved(around.claims[place], move) for place in places)
            yield Rereading(
                Slip.FRACTIONAL, places, reread, f"count{'s' * (len(places) == 1)} fractions of {indicator}"
            )


def _rests_on(indicator: Indicator) -> Iterator[Indicator]:
    """An indicator and, through any number of definitions, those it is derived from."""
    yield indicator
    match indicator.definition:
        case Rate(numerator, denominator):
            yield from _rests_on(numerator)
            yield from _rests_on(denominator)
        case ShareOf(part, whole):
            yield from _rests_on(part)
            yield from _rests_on(whole)
        case Growth(of):
            yield from _rests_on(of)
        case None:
            return


def _moved(target: Indicator, made: dict[int, Indicator], observation: Observation) -> Observation:
    """The observation with its indicator rebuilt; itself if that does not rest on the target."""
    indicator = _rebuilt(target, made, observation.indicator)
    return observation if indicator is observation.indicator else observation.moved(indicator=indicator)


def _rebuilt(target: Indicator, made: dict[int, Indicator], indicator: Indicator) -> Indicator:
    """The indicator as rebuilt once: by object, because two of one identity may be printed in different scales."""
    found = made.get(id(indicator))
    if found is None:
        found = made[id(indicator)] = _counting_fractions(indicator, target)
    return found


def _counting_fractions(indicator: Indicator, target: Indicator) -> Indicator:
    """The indicator with the target counting fractions, in itself and wherever its definition speaks of it."""
    if target not in _rests_on(indicator):
        return indicator
    again = partial(_counting_fractions, target=target)
    definition = indicator.definition
    match definition:
        case Rate(numerator, denominator, period):
            definition = Rate(again(numerator), again(denominator), period)
        case ShareOf(part, whole):
            definition = ShareOf(again(part), again(whole))
        case Growth(of):
            definition = Growth(again(of))
        case None:
            pass
    return attrs.evolve(indicator, whole=indicator.whole and indicator != target, definition=definition)


# ------------------------------------------------------------------------------ editions
def _revised(around: Surroundings, sought: _Sought) -> Iterator[Rereading]:
    """A suspect left out because a later edition speaks of the same; then all its edition says of one unknown."""
    dates = {claim.source.date for claim in around.claims if claim.source is not None and claim.source.date}
    seen: set[tuple[int, ...]] = set()
    for place in sought.suspects:
        claim = around.claims[place]
        edition = _edition(claim)
        if edition is None:
            continue
        later = [
            observation
            for observation in dict.fromkeys(observations_of(claim))
            if any(_is_later(around.claims[other], edition) for other in around.mentions[observation])
        ]
        together = [_of_one_edition(around, claim, observation) for observation in later]
        when = _edition_words(edition, dates)
        for places in [(place,)] * bool(later) + together:
            if places not in seen and sought.takes(places):
                seen.add(places)
                was = "was" if len(places) == 1 else "were"
                source = claim.source
                title = f"“{source.title}” ({when})" if source and source.title else f"the edition of {when}"
                text = f"{was} revised after {title}"
                yield Rereading(Slip.REVISED, places, (None,) * len(places), text)


def _edition(claim: Claim) -> date | None:
    """When a figure was printed; None if that is not known, or nothing that could be revised was printed."""
    return claim.source.date if claim.source is not None and isinstance(claim, Printed) else None


def _is_later(claim: Claim, edition: date) -> bool:
    return claim.source is not None and claim.source.date is not None and claim.source.date > edition


def _of_one_edition(around: Surroundings, claim: Claim, observation: Observation) -> tuple[int, ...]:
    """The places of all that the document of a claim prints of an observation."""
    document = claim.source and claim.source.document
    return tuple(
        place
        for place in around.mentions[observation]
        if _edition(around.claims[place]) is not None
        and (source := around.claims[place].source) is not None
        and source.document == document
    )


def _edition_words(edition: date, dates: Collection[date]) -> str:
    """The year of an edition, or its date where the year does not tell it from another."""
    return str(edition.year if all(each == edition or each.year != edition.year for each in dates) else edition)
