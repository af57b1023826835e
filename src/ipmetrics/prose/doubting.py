"""Doubting: where a reading is unsure, and which names may mean another thing in another sentence.

No accusation rests on what this room doubts. Within a sentence, what a figure is said of is as sure as its reader
says; between sentences two figures are of one unknown only if their names are specific and agree in everything.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.claims import Change, Level, OneOf, Ratio, Share, observations_of
from ipmetrics.model.figures import Conventions, FigureForm
from ipmetrics.model.printed import stated_by
from ipmetrics.prose.naming import is_percentage, is_specific, key_of
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ipmetrics.model.claims import Claim
    from ipmetrics.model.printed import Printed
    from ipmetrics.prose.statements import Statement
    from ipmetrics.prose.unknowns import Unknowns

__all__ = ["doubts_of", "far_between", "far_in_sentence", "meeting", "places_apart"]

_CONVENTIONS = Conventions()
_FAR: Final = 2
"""Two figures of one name that differ by more than this factor are two things, not a thing and a mistake."""
_MOST_FIGURES: Final = 2
"""A name with more figures than this that do not agree has lost what tells them apart."""

BROKEN = "something counted is printed with decimals, so it may be a rate"
ELSEWHERE = "the whole that it was read as a share of is quoted for another place"
INSIDE_OUT = "it was read as a share of a place that is itself part of the one spoken of"
NO_BASE = "the text says neither when it is nor what it is compared with"
NO_DIRECTION = "the text does not say whether it is up or down"
PERCENT_OF_PERCENT = "a change of a percentage in percent may be meant in points"
TWICE = "its sentence has another figure for what was read as the same thing"


def meeting(statements: Sequence[Statement], unknowns: Unknowns) -> dict[int, str]:
    """Statements that others are compared with and that bear the same names: they are of another moment, or thing."""
    found: dict[int, str] = {}
    for place, statement in enumerate(statements):
        for each in (statement, *statement.alternatives):
            other = None if each.base is None else each.base.statement
            if other is None or other in found:
                continue
            try:
                same = unknowns.subject(place, each) == unknowns.subject(other, statements[other])
            except IpmetricsError:
                continue
            if same and other != unknowns.anchor(place):
                found[other] = "before" if each.kind is Kind.CHANGE else "compared with"
    return found


# ---------------------------------------------------------------------- of one statement


def doubts_of(statements: Sequence[Statement], claims: Sequence[tuple[int, Claim]]) -> list[tuple[str, ...]]:
    """For each statement why its claim is unsure: what its reader says, and what its claim shows."""
    more: list[list[str]] = [[*statement.doubts] for statement in statements]
    for place, claim in claims:
        if not isinstance(claim, OneOf):
            more[place] += _doubts(statements, statements[place], claim)
    for place in _doubled(statements, claims):
        more[place].append(TWICE)
    return [tuple(dict.fromkeys(each)) for each in more]


def _doubts(statements: Sequence[Statement], statement: Statement, claim: Claim) -> Iterator[str]:
    if isinstance(claim, Level) and claim.subject.indicator.whole and _is_broken(claim):
        yield BROKEN
    if isinstance(claim, Share) and claim.of.region.is_part_of(claim.subject.region):
        yield INSIDE_OUT
    printed = statement.base is not None and statement.base.statement is not None and statement.base.region is None
    if isinstance(claim, Share) and printed and claim.of.region != claim.subject.region:
        yield ELSEWHERE
    if not isinstance(claim, Change):
        return
    dated = statement if statement.about is None else statements[statement.about]
    if claim.since is None and claim.than is None and dated.period is None:
        yield NO_BASE
    if statement.direction is None and claim.figure is not None and claim.figure.value > 0:
        yield NO_DIRECTION
    percent = claim.figure is not None and claim.figure.form is FigureForm.PERCENT
    if percent and claim.subject.indicator.unit.is_percent:
        yield PERCENT_OF_PERCENT


def _is_broken(claim: Level) -> bool:
    """Whether something counted in whole numbers is printed with decimals that no scale word takes up."""
    return claim.figure is not None and claim.figure.value.denominator != 1


def _doubled(statements: Sequence[Statement], claims: Sequence[tuple[int, Claim]]) -> set[int]:
    """Figures of one sentence for one expression that leave nothing in common."""
    return {
        place
        for group in _groups(statements, claims, within=True)
        for (first, one), (second, other) in pairwise(group)
        if not _agree(one, other)
        for place in (first, second)
    }


def far_in_sentence(statements: Sequence[Statement], claims: Sequence[tuple[int, Claim]]) -> dict[int, str]:
    """Levels of one sentence that bear the same names and are too different to be one thing: told apart as printed."""
    return {
        place: statements[place].quote
        for group in _groups(statements, claims, within=True)
        if not _is_one(group)
        for place, claim in group
        if isinstance(claim, Level)
    }


def far_between(statements: Sequence[Statement], claims: Sequence[tuple[int, Claim]]) -> frozenset[int]:
    """Figures of several sentences that bear the same names and differ too much, or are too many, to be one thing."""
    return frozenset(
        place
        for group in _groups(statements, claims, within=False)
        if len({statements[place].sentence for place, _ in group}) > 1 and not _is_one(group)
        for place, _ in group
    )


def _groups(
    statements: Sequence[Statement], claims: Sequence[tuple[int, Claim]], *, within: bool
) -> list[list[tuple[int, Printed]]]:
    """Figures printed for one expression, several each; within one sentence or in all."""
    groups: dict[object, list[tuple[int, Printed]]] = {}
    for place, claim in claims:
        if isinstance(claim, (Level, Change, Share, Ratio)):
            key = (statements[place].sentence if within else None, _expression(claim))
            groups.setdefault(key, []).append((place, claim))
    return [group for group in groups.values() if len(group) > 1]


def _expression(claim: Printed) -> object:
    """What a claim gives a figure for."""
    manner = (claim.difference, claim.per) if isinstance(claim, Change) else None
    return type(claim), tuple(observations_of(claim)), manner


def _agree(one: Printed, other: Printed) -> bool:
    first, second = stated_by(one, _CONVENTIONS), stated_by(other, _CONVENTIONS)
    return first is None or second is None or first.overlaps(second)


# ---------------------------------------------------------------------- between sentences


def places_apart(
    statements: Sequence[Statement], which: Mapping[int, str], doubts: Sequence[Sequence[str]]
) -> frozenset[int]:
    """Statements whose unknown may be another than that of the same names in another sentence."""
    placed = {key_of(each.indicator) for each in statements if each.indicator is not None and each.region is not None}
    return frozenset(
        place
        for place, statement in enumerate(statements)
        if doubts[place]
        or place in which
        or statement.borrowed
        or _is_nameless_part(statement)
        or statement.period is None
        or not is_specific(statement.indicator)
        or (statement.region is None and key_of(statement.indicator or "") in placed)
    )


def _is_nameless_part(statement: Statement) -> bool:
    """Whether a share names neither its whole nor, as "the success rate" does, itself: of what part, its verb says."""
    return statement.kind is Kind.SHARE and statement.base is None and not is_percentage(statement.indicator)


def _is_one(group: Sequence[tuple[int, Printed]]) -> bool:
    """Whether figures agree, or are two that are near each other or have the same digits."""
    kinds: list[Printed] = []
    # "Over 100" and "10,000" agree with much: exact figures come first.
    for _, claim in sorted(group, key=lambda each: _width(each[1])):
        if not any(_agree(claim, known) for known in kinds):
            kinds.append(claim)
        if len(kinds) > _MOST_FIGURES:
            return False
    return len(kinds) == 1 or _near(*kinds)


def _width(claim: Printed) -> tuple[bool, Fraction]:
    """How much a figure leaves open, without end last."""
    said = stated_by(claim, _CONVENTIONS)
    if said is None or said.lower is None or said.upper is None:
        return True, Fraction(0)
    return False, said.upper - said.lower


def _near(one: Printed, other: Printed) -> bool:
    if one.figure is None or other.figure is None:
        return True
    first, second = abs(one.figure.value), abs(other.figure.value)
    low, high = min(first, second), max(first, second)
    if one.figure.value * other.figure.value <= 0:
        return False
    return high <= _FAR * low or _digits(one) == _digits(other)


def _digits(claim: Printed) -> str:
    """The digits of a figure without its power of ten."""
    return "" if claim.figure is None else str(abs(claim.figure.number.numerator)).rstrip("0")
