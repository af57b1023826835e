"""How well a set of printed figures checks itself, were every figure exact: the claims as a code, and its distance.

Each claim is a row over the unknowns, linearised at the truth; what is left over are parity checks. A figure whose
column in them is nought is checked by nothing; two figures whose columns are parallel stand in one check only, and
arithmetic cannot tell which of them is wrong. Nothing here knows ipmetrics' engine.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.model.claims import Change, Level, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.indicators import Growth, Rate, ShareOf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.model.claims import Claim
    from ipmetrics.model.observations import Observation

PRIME = 2**61 - 1
Row = dict["Observation", Fraction]


def weak_figures(claims: Sequence[Claim], truth: Mapping[Observation, Fraction]) -> set[int]:
    """The places of the figures that stand in fewer than two independent checks."""
    printed = [place for place, claim in enumerate(claims) if not isinstance(claim, (Total, Rank))]
    rows = [row_of(claims[place], truth) for place in printed]
    facts = [row_of(claim, truth) for claim in claims if isinstance(claim, Total) and claim.complete]
    mentioned = dict.fromkeys(each for claim in claims for each in observations_of(claim))
    facts += [row for each in mentioned if (row := defining_row(each, truth)) is not None]
    columns = syndromes([*rows, *facts])[: len(rows)]
    alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, column in zip(printed, columns, strict=True):
        alike[column].append(place)
    return {place for column, places in alike.items() if len(places) > 1 or not any(column) for place in places}


def row_of(claim: Claim, truth: Mapping[Observation, Fraction]) -> Row:
    """What a claim says, linearised: how its expression moves with each unknown."""
    match claim:
        case Level(subject=subject):
            return {subject: Fraction(1)}
        case Ratio(subject=subject, to=base) | Share(subject=subject, of=base):
            return {subject: 1 / truth[subject], base: -1 / truth[base]}
        case Change(difference=True):
            return {claim.subject: Fraction(1), claim.base: Fraction(-1)}
        case Change():
            return {claim.subject: 1 / truth[claim.subject], claim.base: -1 / truth[claim.base]}
        case Total(subject=subject, parts=parts):
            return {subject: Fraction(1), **dict.fromkeys(parts, Fraction(-1))}
        case _:
            message = f"{claim} prints no figure"
            raise AssertionError(message)


def defining_row(each: Observation, truth: Mapping[Observation, Fraction]) -> Row | None:
    """The definition of a derived unknown, linearised; None if it is not derived."""
    match each.indicator.definition:
        case Rate(numerator, denominator, period):
            below = each.moved(indicator=denominator)
            below = below.moved(period=below.period.year_before) if period == "previous" else below
            return {
                each: 1 / truth[each],
                each.moved(indicator=numerator): -1 / truth[each.moved(indicator=numerator)],
                below: 1 / truth[below],
            }
        case ShareOf(part, whole):
            over, under = each.moved(indicator=part), each.moved(indicator=whole)
            return {each: 1 / truth[each], over: -1 / truth[over], under: 1 / truth[under]}
        case Growth() | None:
            return None


def syndromes(rows: Sequence[Row]) -> list[tuple[int, ...]]:
    """For each row its column in the parity checks, scaled so that its first entry that is not nought is one."""
    unknowns = list(dict.fromkeys(each for row in rows for each in row))
    number = {each: place for place, each in enumerate(unknowns)}
    width = len(unknowns)
    matrix = [[0] * width + [int(place == own) for own in range(len(rows))] for place in range(len(rows))]
    for line, row in zip(matrix, rows, strict=True):
        for each, factor in row.items():
            line[number[each]] = factor.numerator * pow(factor.denominator, -1, PRIME) % PRIME
    checks = [line[width:] for line in _reduced(matrix, width)]
    return [_scaled(tuple(line[place] for line in checks)) for place in range(len(rows))]


def _reduced(matrix: list[list[int]], width: int) -> list[list[int]]:
    """The lines that are nought in the first columns once these are eliminated, modulo a prime."""
    rest = matrix
    for column in range(width):
        pivot = next((line for line in rest if line[column]), None)
        if pivot is None:
            continue
        inverse = pow(pivot[column], -1, PRIME)
        lines = []
        for line in rest:
            if line is pivot:
                continue
            if line[column]:
                factor = line[column] * inverse % PRIME
                line = [(a - factor * b) % PRIME for a, b in zip(line, pivot, strict=True)]  # noqa: PLW2901 - its next state
            lines.append(line)
        rest = lines
    return rest


def _scaled(column: tuple[int, ...]) -> tuple[int, ...]:
    first = next((entry for entry in column if entry), None)
    if first is None:
        return column
    inverse = pow(first, -1, PRIME)
    return tuple(entry * inverse % PRIME for entry in column)
