"""Derivation: the tightest interval that claims allow for an observation or an expression, in its printed unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.clashing import told
from ipmetrics.constraints.conflicts import clashes
from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.ranges import span
from ipmetrics.errors import ClaimError
from ipmetrics.findings import Derived
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Level, Ratio, Share, is_open, observations_of
from ipmetrics.model.observations import Observation
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["derive"]

_PERCENT = Unit("percent")
_RATIO = Unit("1")


def derive(expression: Observation | Claim, claims: Iterable[Claim], conventions: Conventions | None = None) -> Derived:
    """The tightest interval that the claims allow for an observation or an expression.

    Parameters
    ----------
    expression
        An observation, or a claim without its figure: ``Ratio(a, b)``, ``Share(a, b)``, ``Change(a, since=b)``,
        ``Change(a, since=b, difference=True)``.
    claims
        What is taken to hold.
    conventions
        How figures are read and what is assumed.

    Returns
    -------
    Derived
        In the indicator's printed unit (a share or growth in percent), ends open or closed; `exact` only if both ends
        are proved attained or approached, else an outer bound. Empty, with the conflict, if the claims conflict.

    Raises
    ------
    ClaimError
        If the expression already has a figure, or the claims make no sense as a set.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> density = Indicator("high-value invention patents per 10,000 people", unit="patent/person", multiplier=-4)
    >>> haidian, beijing = density.at("Haidian", 2021), density.at("Beijing", 2021)
    >>> print(derive(beijing, [Level(haidian, "332.8"), Ratio(haidian, beijing, "3.54")]))
    [93.8646…, 94.1584…] patent per 10,000 person
    """
    question = Level(expression) if isinstance(expression, Observation) else expression
    if not isinstance(question, (Level, Ratio, Share, Change)) or not is_open(question):
        raise ClaimError(
            str(expression),
            rule="what is derived is an observation or a claim without its figure",
            way_out="write Ratio(a, b), Share(a, b) or Change(a, since=b), and check() claims that have figures",
        )
    assembly = assemble(claims, conventions, asked=observations_of(question))
    unit, multiplier = _printed(question)
    told_as = assembly.measured(question)
    if told_as is None:
        message = "levels, ratios, shares and changes all measure an expression"
        raise AssertionError(message)
    label = str(expression) if isinstance(expression, Observation) else str(question).rsplit(" = ", 1)[0]
    contradiction = decide(assembly.network)
    if contradiction.is_inconsistent:
        clashing = clashes(assembly.network, assembly.background, limit=1)
        clash = next((each for each in clashing if each is not None), None)  # a part left open comes as None
        conflict = None if clash is None else told(assembly, clash)
        empty = Interval.empty()
        return Derived(empty, unit=unit, multiplier=multiplier, exact=True, conflict=conflict, label=label)
    found = span(assembly.network, told_as.expression)
    scale = Fraction(10) ** -multiplier
    interval = told_as.told(found.interval) * scale
    # Empty without a conflict at hand: nothing was refuted claim by claim, so the answer is only an outer bound.
    shown = told_as.meant(told_as.told(found.interval)) == found.interval and not interval.is_empty
    return Derived(
        interval,
        unit=unit,
        multiplier=multiplier,
        exact=found.exact and shown,
        pieces=tuple(told_as.told(piece) * scale for piece in found.pieces),
        claims_used=_names(assembly, found.groups),
        label=label,
    )


def _printed(question: Level | Ratio | Share | Change) -> tuple[Unit, int]:
    """Unit and multiplier in which the answer is printed."""
    match question:
        case Level(subject=subject):
            return subject.indicator.unit, subject.indicator.multiplier
        case Change(difference=True, subject=subject):
            unit = subject.indicator.unit
            return (Unit("percentage_point"), -2) if unit.is_percent else (unit, subject.indicator.multiplier)
        case Ratio():
            return _RATIO, 0
        case Share() | Change():
            return _PERCENT, -2


def _names(assembly: Assembly, groups: frozenset[int]) -> tuple[str, ...]:
    return tuple(assembly.ids[group] for group in sorted(groups) if group < len(assembly.claims))
