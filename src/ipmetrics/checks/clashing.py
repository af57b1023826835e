"""Conflicts in the claims' own words: what each says, what the others imply, and which readings would allow it."""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.assumptions import within_whole
from ipmetrics.constraints.conflicts import Clash, order_of
from ipmetrics.constraints.enumeration import clashes
from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.ranges import Hull, Sum, span, states
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import Conflict, Reading
from ipmetrics.intervals import Interval, format_number
from ipmetrics.model.claims import Change, Level, Ratio, Share, Source
from ipmetrics.model.figures import Conventions, Figure, Hedge, Rounding
from ipmetrics.model.printed import own_power

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipmetrics.constraints.network import Network
    from ipmetrics.findings import Assumption
    from ipmetrics.model.claims import Claim

__all__ = ["conflicts", "in_order", "told", "trusted_places"]

_LIMIT = 64
_FEW = 3
_RULES = {
    Rounding.TRUNCATED: "cut off instead of rounded",
    Rounding.CEILING: "rounded up instead of to nearest",
}


def conflicts(
    claims: Iterable[Claim],
    conventions: Conventions | None = None,
    *,
    trust: Iterable[Claim | Source] = (),
    limit: int = _LIMIT,
) -> Iterator[Conflict]:
    """The conflicts among claims: irreducible sets that cannot all hold, smallest first.

    Parameters
    ----------
    claims
        The claims.
    conventions
        How figures are read and what is assumed.
    trust
        Claims, or sources all of whose claims, are never blamed. Trusted claims that contradict each other are
        themselves the conflict.
    limit
        How many conflicts are told.

    Yields
    ------
    Conflict
        With its proof, re-checked in exact fractions. Each is looked for when it is asked for.

    Warns
    -----
    CutShortWarning
        At the end, if there are more conflicts or there may be: the limit was hit, something stayed undecided, or what
        is trusted contradicts itself, so that nothing beyond it was looked for.

    Raises
    ------
    ClaimError
        If the claims make no sense as a set.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> [len(conflict.claims) for conflict in conflicts([Ratio(a, b, "2.0"), Ratio(b, a, "0.40")])]
    [2]
    """
    assembly = assemble(claims, conventions)
    trusted = trusted_places(assembly.claims, trust)
    count = 0
    for clash in clashes(assembly.network, {*assembly.background, *trusted}, limit=limit):
        if clash is not None:
            count += 1
            yield told(assembly, clash)
        else:
            warnings.warn(
                f"there may be more conflicts than the {count} told: a limit ({limit}) was hit, something stayed "
                "undecided, or what is trusted contradicts itself; pass a higher limit=, or trust less",
                CutShortWarning,
                stacklevel=2,
            )


def trusted_places(claims: Iterable[Claim], trust: Iterable[Claim | Source]) -> frozenset[int]:
    """The places of the claims that are trusted, themselves or with the document they were printed in."""
    trusted = list(trust)
    documents = [each.document for each in trusted if isinstance(each, Source)]
    return frozenset(
        place
        for place, claim in enumerate(claims)
        if claim in trusted or (claim.source is not None and claim.source.document in documents)
    )


def in_order(found: list[Clash]) -> list[Clash]:
    """Conflicts, smallest first."""
    return sorted(found, key=order_of)


def told(assembly: Assembly, clash: Clash, *, readings: bool = True) -> Conflict:
    """A conflict in the claims' own words, with other readings of single figures that would allow it if wanted."""
    count = len(assembly.claims)
    groups = sorted(group for group in (*clash.blamed, *clash.background) if group < count)
    assumed = [group for group in (*clash.blamed, *clash.background) if group >= count]
    only = assembly.network.only([*groups, *assumed])
    chosen = tuple(assembly.claims[group] for group in groups)
    implied = _implied(assembly, only, groups)
    return Conflict(
        claims=chosen,
        ids=tuple(assembly.ids[group] for group in groups),
        assumptions=(*(assembly.assumption(group) for group in assumed), *_wholes(assembly, only, groups)),
        stated=tuple(assembly.stated(claim) for claim in chosen),
        implied=implied,
        readings=tuple(_readings(assembly, only, dict(zip(groups, implied, strict=True)))) if readings else (),
        proof=clash.proof,
        irreducible=clash.irreducible,
    )


def _wholes(assembly: Assembly, conflict: Network, groups: list[int]) -> Iterator[Assumption]:
    """That a part is at most its whole, for each share that would not clash without it."""
    for group in groups:
        claim = assembly.claims[group]
        stated = assembly.stated(claim)
        if isinstance(claim, Share) and stated is not None and assembly.asserted(claim) != stated:
            free = assembly.statements(claim, attrs.evolve(assembly.conventions, part_of=False))
            if not decide(conflict.without([group]).plus(free), Budget(60)).is_inconsistent:
                yield within_whole(claim)


def _implied(assembly: Assembly, conflict: Network, groups: list[int]) -> tuple[Interval | None, ...]:
    """For each claim of a conflict, what the rest of the conflict implies of it."""
    hull = Hull(root_case(conflict))
    return tuple(_implied_of(assembly, conflict, hull, group) for group in groups)


def _implied_of(assembly: Assembly, conflict: Network, hull: Hull, group: int) -> Interval | None:
    claim = assembly.claims[group]
    told_as = assembly.measured(claim)
    if told_as is None:
        return None
    if hull.linear:
        rest = hull.range(told_as.expression, without=(group,))
    else:
        rest = span(conflict.without([group]), told_as.expression, Budget(60)).interval
    if isinstance(claim, Share) and assembly.asserted(claim) != assembly.stated(claim):
        # That the part is at most the whole is said with the share, and yet it is not the figure that says it.
        rest &= Interval.at_most(1)
    return told_as.told(rest)


def _readings(assembly: Assembly, conflict: Network, implied: dict[int, Interval | None]) -> Iterator[Reading]:
    """Other readings of one figure under which the conflict vanishes: other rounding, wider hedges, round numbers."""
    for group, rest in implied.items():
        claim = assembly.claims[group]
        told_as = assembly.measured(claim)
        if not isinstance(claim, (Level, Ratio, Share, Change)) or claim.figure is None or told_as is None:
            continue
        value = claim.figure.value * Fraction(10) ** own_power(claim)
        for figure, text in _other_figures(claim.figure, rest, value):
            reread = assembly.asserted(attrs.evolve(claim, figure=figure)) if isinstance(figure, Figure) else figure
            if reread is None or reread.is_empty:
                continue
            network = conflict.without([group]).plus([states(told_as.expression, told_as.meant(reread))])
            if decide(network, Budget(60)).is_consistent:
                yield Reading(claim, f"{claim.figure} {text}{_allowing(assembly, network)}")
                break


def _other_figures(
    figure: Figure, implied: Interval | None, value: Fraction
) -> Iterator[tuple[Figure | Interval, str]]:
    """The figure read otherwise: a figure under another rule, or the interval a loose hedge would leave."""
    if figure.hedge in {Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST}:
        around = Conventions().about * abs(value)
        loose = Interval(value - around, value + around)
        yield loose, f"is meant loosely{_missed(figure.hedge, implied, value)}"
    elif figure.hedge is None and not figure.is_range:
        for rule, text in _RULES.items():
            yield figure.with_reading(rounding=rule), text
        zeros = len(figure.text) - len(figure.text.rstrip("0"))
        if figure.value and figure.text.isdecimal() and figure.step is None:
            for places in range(1, zeros + 1):
                yield figure.with_reading(decimals=-places), f"is rounded to the nearest {10**places:,}"


def _missed(hedge: Hedge | None, implied: Interval | None, value: Fraction) -> str:
    """By how much what the others imply misses a one-sided figure."""
    if implied is None or implied.is_empty or not value:
        return ""
    end = implied.upper if (hedge in {Hedge.OVER, Hedge.AT_LEAST}) is (value > 0) else implied.lower
    return "" if end is None else f": it is missed by {_about(100 * abs(value - end) / abs(value))} %"


def _about(percent: Fraction) -> str:
    """A share with as many digits as a reader needs: two decimals, or that it is less."""
    near = round(percent, 2)
    if near == percent:
        return format_number(near)
    return f"about {format_number(near)}" if near else "less than 0.01"


def _allowing(assembly: Assembly, network: Network) -> str:
    """The values an unprinted whole number would then have, where they are few."""
    levels = {claim.subject for claim in assembly.claims if isinstance(claim, Level)}
    for place, observation in enumerate(assembly.observations):
        if place in network.variables and observation.indicator.whole and observation not in levels:
            range_of = span(network, Sum(((place, Fraction(1)),)), Budget(60)).interval
            count = range_of.count_whole()
            if count is not None and 0 < count <= _FEW and range_of.lower is not None:
                values = " or ".join(f"{int(range_of.lower) + step:,}" for step in range(count))
                return f": {observation.place} would be {values}"
    return ""
