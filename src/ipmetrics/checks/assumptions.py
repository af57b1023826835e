"""Assumptions: what nobody printed and yet holds, each kind with its switch and its way of failing.

Unsigned values are not below zero; things counted are whole; a part is at most its whole, over regions, scopes and
periods; a derived indicator is what its definition says. Each assumption is a group of its own, so that a conflict can
say what it rests on.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.relations import AnyOf, Linear, Product, Relation, Whole, Within
from ipmetrics.findings import Assumption, AssumptionKind
from ipmetrics.intervals import Interval
from ipmetrics.model.indicators import DenominatorPeriod, Growth, Measure, Rate, ShareOf
from ipmetrics.model.observations import SHARED_DIMENSIONS, Member, Observation
from ipmetrics.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ipmetrics.model.claims import Share
    from ipmetrics.model.figures import Conventions
    from ipmetrics.model.regions import Region

__all__ = ["Lineage", "assumptions", "defining", "parts", "with_definitions", "within_whole"]

_ONE = Fraction(1)
_ALL = Member("all")


def denominators(observation: Observation, rate: Rate) -> tuple[Observation, ...]:
    """The observations a rate may divide by: of the same period, of last year-end, or either."""
    scope = {name: member for name, member in observation.scope.items() if name in SHARED_DIMENSIONS}
    same = observation.moved(indicator=rate.denominator, scope=scope)
    year_end = Period(date(observation.period.end.year - 1, 12, 31))
    previous = same.moved(period=year_end if rate.denominator.measure is Measure.STOCK else Period(year_end.end.year))
    match rate.period:
        case DenominatorPeriod.SAME:
            return (same,)
        case DenominatorPeriod.PREVIOUS:
            return (previous,)
        case DenominatorPeriod.EITHER:
            return (same, previous) if same != previous else (same,)


def defining(observation: Observation) -> tuple[Observation, ...]:
    """The observations that the definition of a derived one speaks of; none if it is not derived."""
    match observation.indicator.definition:
        case Rate() as rate:
            return (observation.moved(indicator=rate.numerator), *denominators(observation, rate))
        case ShareOf(part, whole):
            return (observation.moved(indicator=part), observation.moved(indicator=whole))
        case Growth(of):
            now = observation.moved(indicator=of)
            return (now, now.moved(period=now.period.year_before))
        case None:
            return ()


def with_definitions(mentioned: Iterable[Observation]) -> tuple[list[Observation], list[Observation]]:
    """All the unknowns, and those among them whose definition matters.

    A definition whose terms nobody else mentions says nothing: any rate has some numerator and denominator.
    """
    known = list(dict.fromkeys(mentioned))
    expanded: list[Observation] = []
    while True:
        present = set(known)
        waiting = [each for each in known if each.indicator.definition is not None and each not in expanded]
        wanted = Counter(term for each in waiting for term in set(defining(each)))
        fresh = [each for each in waiting if any(term in present or wanted[term] > 1 for term in defining(each))]
        if not fresh:
            return known, expanded
        expanded += fresh
        known = list(dict.fromkeys([*known, *(term for each in fresh for term in defining(each))]))


def assumptions(
    observations: list[Observation],
    derived: list[Observation],
    number: Callable[[Observation], int],
    conventions: Conventions,
    lineage: Lineage,
) -> Iterator[tuple[Assumption, tuple[Relation, ...]]]:
    """Every assumption that bears on the observations, with its relations."""
    for each in observations:
        if conventions.unsigned and not each.indicator.signed:
            yield _unsigned(each, number(each))
        if conventions.whole and each.indicator.whole:
            yield _whole(each, number(each))
        if conventions.unsigned and conventions.definitions and isinstance(each.indicator.definition, Growth):
            yield from _not_below_nothing(each, each.indicator.definition, number(each))
    if conventions.definitions:
        for each in derived:
            yield _definition(each, number)
    if conventions.part_of:
        for part, whole, why in dict.fromkeys(parts(observations, lineage)):
            yield _part(part, whole, why, number)
        for each in observations:
            if isinstance(each.indicator.definition, ShareOf):
                yield _at_most_whole(each, number(each))


def _unsigned(observation: Observation, variable: int) -> tuple[Assumption, tuple[Relation, ...]]:
    assumption = Assumption(
        AssumptionKind.UNSIGNED,
        f"{observation} is not below zero",
        f"unless {observation.indicator} can be negative",
        (observation,),
    )
    return assumption, (Within(variable, Interval.at_least(0)),)


def _not_below_nothing(
    observation: Observation, growth: Growth, variable: int
) -> Iterator[tuple[Assumption, tuple[Relation, ...]]]:
    """What cannot be negative shrinks by all there is at most, though nobody prints from what to what."""
    if not growth.of.signed:
        assumption = Assumption(
            AssumptionKind.UNSIGNED,
            f"{observation} is not below −100 %",
            f"unless {growth.of} can be negative",
            (observation,),
        )
        yield assumption, (Within(variable, Interval.at_least(-1)),)


def _whole(observation: Observation, variable: int) -> tuple[Assumption, tuple[Relation, ...]]:
    assumption = Assumption(
        AssumptionKind.WHOLE,
        f"{observation} is a whole number",
        f"unless fractions are counted in {observation.indicator}",
        (observation,),
    )
    return assumption, (Whole(variable),)


def _definition(
    observation: Observation, number: Callable[[Observation], int]
) -> tuple[Assumption, tuple[Relation, ...]]:
    definition = observation.indicator.definition
    own = number(observation)
    terms = [number(each) for each in defining(observation)]
    products: list[Relation]
    match definition:
        case Rate():
            products = [Product(terms[0], own, below) for below in terms[1:]]
        case Growth():
            products = [Product(terms[0], own, terms[1], offset=_ONE)]
        case _:
            products = [Product(terms[0], own, terms[1])]
    relation = products[0] if len(products) == 1 else AnyOf(tuple((each,) for each in products))
    assumption = Assumption(
        AssumptionKind.DEFINITION,
        f"{observation} is {_formula(observation)}",
        f"unless {observation.indicator} is defined otherwise",
        (observation, *defining(observation)),
    )
    return assumption, (relation,)


def _formula(observation: Observation) -> str:
    over, *under = defining(observation)
    match observation.indicator.definition:
        case Growth():
            return f"{over} ÷ {under[0]} − 1"
        case _:
            return f"{over} ÷ " + " or ".join(map(str, under))


def _part(
    part: Observation, whole: Observation, why: str, number: Callable[[Observation], int]
) -> tuple[Assumption, tuple[Relation, ...]]:
    assumption = Assumption(
        AssumptionKind.PART_OF,
        f"{part} is at most {whole}: {why}",
        f"unless {part.place} is not a part of {whole.place}",
        (part, whole),
    )
    return assumption, (Linear(((number(whole), _ONE), (number(part), -_ONE)), Interval.at_least(0)),)


def _at_most_whole(observation: Observation, variable: int) -> tuple[Assumption, tuple[Relation, ...]]:
    assumption = Assumption(
        AssumptionKind.PART_OF,
        f"{observation} is at most 100 %",
        "unless the part is not a part of the whole",
        (observation,),
    )
    return assumption, (Within(variable, Interval.at_most(1)),)


def within_whole(claim: Share) -> Assumption:
    """What a share takes for granted: it stands in the share's own statement, for without the share nobody says so."""
    return Assumption(
        AssumptionKind.PART_OF,
        f"{claim.subject} is at most {claim.of}: it is printed as a share of it",
        f"unless {claim.subject.place} is not a part of {claim.of.place}",
        (claim.subject, claim.of),
    )


_Place = tuple[str, str]
"""A region's key after an empty name, or a scope member's after its dimension."""


@attrs.frozen
class Lineage:
    """What lies inside what: all that any mention of a region or member declares, so that their order is nothing."""

    above: dict[_Place, set[_Place]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> Lineage:
        """All that the regions and scope members of some observations declare."""
        made = cls()
        seen: set[int] = set()
        for each in observations:
            places: list[tuple[str, Region | Member]] = [("", each.region), *each.scope.items()]
            for dimension, place in places:
                if id(place) not in seen:
                    seen.add(id(place))
                    for link in (place, *place.ancestors()):
                        parents = {(dimension, _key(parent)) for parent in link.part_of}
                        made.above.setdefault((dimension, _key(link)), set()).update(parents)
        return made

    def holds(self, inner: _Place, outer: _Place) -> bool:
        """Whether a place lies inside another, through any number of steps."""
        seen: set[_Place] = set()
        stack = [inner]
        while stack:
            fresh = self.above.get(stack.pop(), set()) - seen
            if outer in fresh:
                return True
            seen |= fresh
            stack += fresh
        return False


def _key(place: Region | Member) -> str:
    return place.name if isinstance(place, Member) else place.key


@attrs.frozen
class _Groups:
    """Observations that could be parts of one another, sorted by what they must agree in."""

    by_place: dict[object, list[Observation]] = attrs.field(factory=dict)

    def add(self, key: object, observation: Observation) -> None:
        self.by_place.setdefault(key, []).append(observation)


def parts(observations: Iterable[Observation], lineage: Lineage) -> Iterator[tuple[Observation, Observation, str]]:
    """Pairs of a part and its whole among observations equal in everything else, and why the one lies in the other.

    A pair comes twice where two reasons hold.
    """
    additive = [each for each in observations if each.indicator.additive and not each.indicator.signed]
    regions, scopes, periods = _Groups(), _Groups(), _Groups()
    for each in additive:
        indicator, region, period, scope = each.key
        regions.add((indicator, period, scope), each)
        scopes.add((indicator, region, period), each)
        if each.indicator.measure is Measure.FLOW:
            periods.add((indicator, region, scope), each)
    for group in regions.by_place.values():
        for part, whole in _pairs(group):
            if lineage.holds(("", part.region.key), ("", whole.region.key)):
                yield part, whole, f"{part.region} is part of {whole.region}"
    for group in scopes.by_place.values():
        for part, whole in _pairs(group):
            if _narrower(part, whole, lineage):
                yield part, whole, f"{part.place} is part of {whole.place}"
    for group in periods.by_place.values():
        for part, whole in _pairs(group):
            if part.period != whole.period and part.period.is_within(whole.period):
                yield part, whole, f"{part.period} lies within {whole.period}"


def _pairs(group: list[Observation]) -> Iterator[tuple[Observation, Observation]]:
    for part in group:
        for whole in group:
            if part is not whole:
                yield part, whole


def _narrower(part: Observation, whole: Observation, lineage: Lineage) -> bool:
    """Whether one scope lies inside the other in exactly one dimension, by declared parents."""
    names = {*part.scope, *whole.scope}
    pairs = {name: (part.scope.get(name, _ALL).name, whole.scope.get(name, _ALL).name) for name in names}
    differing = [((name, inner), (name, outer)) for name, (inner, outer) in pairs.items() if inner != outer]
    return len(differing) == 1 and lineage.holds(*differing[0])
