"""Derivation: the tightest interval that claims allow for an observation or an expression, in its printed unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.assumptions import Lineage, defining, parts
from ipmetrics.checks.clashing import told
from ipmetrics.constraints.conflicts import reduce
from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.patching import Ground
from ipmetrics.constraints.ranges import Sum, span
from ipmetrics.errors import ClaimError
from ipmetrics.findings import Derived
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Level, Ratio, Share, is_open, observations_of
from ipmetrics.model.indicators import Growth
from ipmetrics.model.observations import Observation
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    if contradiction.proof is not None:
        conflict = told(assembly, reduce(Ground(assembly.network, assembly.background), contradiction.proof))
        empty = Interval.empty()
        return Derived(empty, unit=unit, multiplier=multiplier, exact=True, conflict=conflict, label=label)
    found = span(assembly.network, told_as.expression)
    scale = Fraction(10) ** -multiplier
    interval = told_as.told(found.interval) * scale
    # Empty without a conflict at hand: nothing was refuted claim by claim, so the answer is only an outer bound.
    shown = told_as.meant(told_as.told(found.interval)) == found.interval and not interval.is_empty
    shown = shown and not (found.exact and _is_beside_parts(assembly, question))
    return Derived(
        interval,
        unit=unit,
        multiplier=multiplier,
        exact=found.exact and shown,
        pieces=tuple(told_as.told(piece) * scale for piece in found.pieces),
        claims_used=_names(assembly, found.groups),
        label=label,
    )


def _is_beside_parts(assembly: Assembly, question: Claim) -> bool:
    """Whether a part or a whole stands against an end, through a definition with terms that nobody mentions.

    Such definitions are not unfolded. Of free terms a whole can be as large as it need be for any rate of its part;
    but a whole that is nothing leaves nothing to its part, and counts within a known whole are not every fraction.
    """
    conventions = assembly.conventions
    if not (conventions.part_of and conventions.definitions):
        return False
    derived = [each for each in assembly.observations if each.indicator.definition is not None]
    loose = [each for each in derived if not any(term in assembly.places for term in defining(each))]
    counted = {_counted(each): each for each in loose}
    terms = dict.fromkeys(term for each in loose for term in _terms(each) if term not in assembly.places)
    mentioned = (each for claim in (question, *assembly.claims) for each in observations_of(claim))
    return any(
        (whole in counted and _may_be(assembly, counted[whole], _least(counted[whole])))
        or (
            part in terms
            and whole in assembly.places
            and ((conventions.whole and part.indicator.whole) or _may_be(assembly, whole, 0))
        )
        for part, whole, _ in parts([*assembly.observations, *terms], Lineage.of(mentioned))
    )


def _terms(observation: Observation) -> Iterator[Observation]:
    """All that a definition speaks of, through definitions of its terms."""
    for term in defining(observation):
        yield term
        yield from _terms(term)


def _counted(observation: Observation) -> Observation:
    """What stands above the line, through definitions: the rate is at its least where this is zero."""
    while observation.indicator.definition is not None:
        observation = defining(observation)[0]
    return observation


def _least(derived: Observation) -> int:
    return -1 if isinstance(derived.indicator.definition, Growth) else 0


def _may_be(assembly: Assembly, observation: Observation, value: int) -> bool:
    variable = assembly.places[observation]
    return value in span(assembly.network, Sum(((variable, Fraction(1)),)), attain=False).interval


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
