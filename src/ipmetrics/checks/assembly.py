"""The keystone's workbench: claims and assumptions assembled into one network, every group traceable back.

Claims come first and keep their order; assumptions follow. A restatement by the same source joins the claim it repeats
and is never counted as support.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assumptions import Lineage, assumptions, with_definitions
from ipmetrics.checks.statements import Measured, asserted, measured, stated, statements
from ipmetrics.constraints.network import Network
from ipmetrics.errors import ClaimError
from ipmetrics.findings import Assumption
from ipmetrics.model.claims import Change, Claim, OneOf, Rank, Share, Total, is_claim, is_open, observations_of
from ipmetrics.model.figures import Conventions
from ipmetrics.model.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.constraints.relations import Relation
    from ipmetrics.intervals import Interval

__all__ = ["Assembly", "assemble"]


@attrs.frozen(slots=False)
class Assembly:
    """Claims, the unknowns they speak of, and the network they make.

    Parameters
    ----------
    claims, ids
        The claims in order, each with its name in the set.
    observations
        The unknowns; the place is the variable's number.
    assumed
        The assumptions; the group of the i-th is the number of claims plus i.
    network
        One group for each claim (empty for a restatement) and for each assumption.
    repeats
        Place of a restatement → place of the claim it repeats.
    conventions
        The readings under which the figures were taken.
    """

    claims: tuple[Claim, ...]
    ids: tuple[str, ...]
    observations: tuple[Observation, ...]
    assumed: tuple[Assumption, ...]
    network: Network
    repeats: dict[int, int]
    conventions: Conventions

    @cached_property
    def places(self) -> dict[Observation, int]:
        """The number of each unknown."""
        return {observation: place for place, observation in enumerate(self.observations)}

    @property
    def background(self) -> range:
        """The groups that are assumptions."""
        return range(len(self.claims), len(self.claims) + len(self.assumed))

    def measured(self, claim: Claim) -> Measured | None:
        """The expression a claim measures, over this assembly's unknowns."""
        return measured(claim, self.places.__getitem__)

    def stated(self, claim: Claim) -> Interval | None:
        """What a claim says of its expression; the assembly's own claims are read once."""
        place = self._place_of.get(id(claim))
        return stated(claim, self.conventions) if place is None else self._said[place]

    def asserted(self, claim: Claim) -> Interval | None:
        """What a claim holds its expression to, which for a share is at most 1."""
        return asserted(claim, self.conventions) if isinstance(claim, Share) else self.stated(claim)

    @cached_property
    def _place_of(self) -> dict[int, int]:
        return {id(claim): place for place, claim in enumerate(self.claims)}

    @cached_property
    def _said(self) -> tuple[Interval | None, ...]:
        return tuple(stated(claim, self.conventions) for claim in self.claims)

    def statements(self, claim: Claim, conventions: Conventions | None = None) -> tuple[Relation, ...]:
        """The relations of a claim over this assembly's unknowns, under other conventions if given."""
        return statements(claim, self.places.__getitem__, conventions or self.conventions)

    def assumption(self, group: int) -> Assumption:
        """The assumption of a group."""
        return self.assumed[group - len(self.claims)]


def assemble(
    claims: Iterable[Claim], conventions: Conventions | None = None, *, asked: Iterable[Observation] = ()
) -> Assembly:
    """Put claims, of an article the sure ones, and the observations asked about, into one network.

    Raises
    ------
    ClaimError
        If something is no claim or lacks its figure, two claims have one name, or two indicators of one name differ
        in what they measure; all of these at once.
    """
    # An article tells which of its claims were surely read: no accusation rests on the others.
    given = tuple(getattr(claims, "sure", claims))
    conventions = conventions or Conventions()
    faults = list(_faults(given))
    if faults:
        raise ClaimError("; ".join(faults), rule="a set of claims makes sense as a set", way_out="mend each of these")
    ids = _names(given)
    mentioned = [*(each for claim in given for each in observations_of(claim)), *asked]
    observations, derived = with_definitions(mentioned)
    clashing = list(_clashing([*mentioned, *observations]))
    if clashing:
        raise ClaimError(
            "; ".join(clashing),
            rule="an indicator's name or code stands for one set of facts",
            way_out="give different things different labels or codes",
        )
    places = {observation: place for place, observation in enumerate(observations)}
    number = places.__getitem__
    repeats = _repeats(given, conventions)
    stated_by = [
        () if place in repeats else statements(claim, number, conventions) for place, claim in enumerate(given)
    ]
    assumed = list(assumptions(observations, derived, number, conventions, Lineage.of(mentioned)))
    groups = [*stated_by, *(relations for _, relations in assumed)]
    return Assembly(
        given,
        ids,
        tuple(observations),
        tuple(each for each, _ in assumed),
        Network.of(groups),
        repeats,
        conventions,
    )


def _faults(claims: tuple[object, ...]) -> Iterable[str]:
    names: dict[str, int] = {}
    for place, claim in enumerate(claims, 1):
        if not is_claim(claim):
            yield f"claim {place} is no claim but {claim!r}"
            continue
        if is_open(claim):
            yield f"claim {place} ({claim}) has no figure; derive() answers expressions"
        if claim.id is not None and claim.id in names:
            yield f'claims {names[claim.id]} and {place} are both named "{claim.id}"'
        if claim.id is not None:
            names.setdefault(claim.id, place)


def _names(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """The name of each claim: its own, or one by position that no other claim has."""
    own = {claim.id for claim in claims}
    names: list[str] = []
    for place, claim in enumerate(claims, 1):
        name = claim.id or f"claim-{place}"
        while claim.id is None and name in own:
            name += "'"
        names.append(name)
    return tuple(names)


def _clashing(observations: list[Observation]) -> Iterable[str]:
    """Indicators of one identity that differ in a fact that changes a verdict."""
    known: dict[str, tuple[object, ...]] = {}
    reported: set[str] = set()
    for observation in observations:
        indicator = observation.indicator
        facts = (indicator.unit, indicator.whole, indicator.signed, indicator.measure, indicator.additive)
        if known.setdefault(indicator.key, facts) != facts and indicator.key not in reported:
            reported.add(indicator.key)
            yield f"{indicator.label!r} is given with different facts: {known[indicator.key]} and {facts}"


def _repeats(claims: tuple[Claim, ...], conventions: Conventions) -> dict[int, int]:
    """Restatements: the same expression, by the same source, saying no more than another claim there does."""
    by_expression: dict[object, list[int]] = {}
    for place, claim in enumerate(claims):
        if claim.source is not None:
            key = (type(claim), claim.source.document, tuple(observations_of(claim)), _manner(claim))
            by_expression.setdefault(key, []).append(place)
    repeats: dict[int, int] = {}
    for places in by_expression.values():
        says = {place: stated(claims[place], conventions) for place in places if len(places) > 1}
        for place, mine in says.items():
            fuller = (other for other, theirs in says.items() if _says_more(theirs, mine, earlier=other < place))
            other = next(fuller, None)
            if other is not None:
                repeats[place] = other
    return {place: _last(other, repeats) for place, other in repeats.items()}


def _last(place: int, repeats: dict[int, int]) -> int:
    """The end of a chain of restatements."""
    while place in repeats:
        place = repeats[place]
    return place


def _says_more(theirs: Interval | None, mine: Interval | None, *, earlier: bool) -> bool:
    """Whether another claim of the same expression says all that one does; of equals the earlier one does."""
    if theirs is None or mine is None or theirs == mine:
        return earlier
    return theirs.issubset(mine)


def _manner(claim: Claim) -> object:
    """What distinguishes two claims of one kind about the same observations."""
    match claim:
        case Change():
            return (claim.difference, claim.per)
        case Total():
            return (claim.complete, claim.disjoint)
        case Rank():
            return (claim.rank, claim.order, claim.complete)
        case OneOf(alternatives=alternatives):
            return tuple(attrs.evolve(each, id=None, source=None) for each in alternatives)
        case _:
            return None
