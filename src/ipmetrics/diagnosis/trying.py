"""A contradicting set in which readings are tried: whether it holds with claims given up and others read otherwise.

Every answer is exact: a world that satisfies all that is left, found by patching one that satisfies most of it. What
the others leave for a claim is an outer bound, worked out from the claims near by.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.weighing import fit_of
from ipmetrics.constraints.corrections import Corrections
from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.linear import Budget, sharpened
from ipmetrics.constraints.propagation import Propagator
from ipmetrics.constraints.ranges import Quotient, span
from ipmetrics.diagnosis.rereadings import Surroundings
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Claim, Level, observations_of
from ipmetrics.model.indicators import Indicator

if TYPE_CHECKING:
    from collections.abc import Collection

    from ipmetrics.checks.statements import Measured  # noqa: TC004 - attrs reads no types
    from ipmetrics.constraints.network import Network
    from ipmetrics.constraints.ranges import Expression  # noqa: TC004 - the same

__all__ = ["Trial"]

_NEAR = 80
"""How many groups are looked at for what the others leave for a claim, beyond those next to it."""
_RADIUS = 3
_CASES = 20


@attrs.define(slots=False)
class Trial:
    """A set of claims with what was found to be wrong with it.

    Parameters
    ----------
    assembly
        The claims as a network.
    found
        Its conflicts and the lightest sets to give up.
    around
        The claims as the rooms that propose see them.
    weights
        The weight of each claim by place.
    trusted
        The places of claims that are never blamed, and so never re-read.
    """

    assembly: Assembly
    found: Corrections
    around: Surroundings
    weights: Mapping[int, Fraction]
    trusted: frozenset[int]
    _needed: dict[tuple[Measured, frozenset[int], tuple[Claim, ...]], Interval] = attrs.field(factory=dict, init=False)
    _rough: dict[tuple[Expression, frozenset[int]], Interval] = attrs.field(factory=dict, init=False)

    def holds(self, removed: Collection[int], reread: Mapping[int, Claim | None]) -> bool:
        """Whether the set holds without some claims, and with others read otherwise; False if that is undecided."""
        gone = frozenset(removed) | frozenset(reread)
        claims = [claim for claim in reread.values() if claim is not None]
        if not all(self._is_known(claim) for claim in claims):
            return self._holds_anew(gone, claims)
        ground = self.found.ground
        rest = frozenset(ground.network.active) - ground.fixed - gone
        extra = tuple(part for claim in claims for part in self.assembly.statements(claim))
        near = self.found.worlds.get(gone) or self.found.worlds.get(self.found.given_up)
        return ground.decide(rest, near=near, extra=extra).is_consistent

    def _is_known(self, claim: Claim) -> bool:
        """Whether a claim speaks of this set's own unknowns, with the same facts about them."""
        places = self.assembly.places
        return all(
            each in places and _facts(self.assembly.observations[places[each]].indicator) == _facts(each.indicator)
            for each in observations_of(claim)
        )

    def _holds_anew(self, gone: frozenset[int], claims: list[Claim]) -> bool:
        return decide(assemble([*self._kept(gone), *claims], self.assembly.conventions).network).is_consistent

    def _kept(self, gone: Collection[int]) -> list[Claim]:
        """The claims that stay when some are gone; restatements go along with what they restate."""
        repeats = self.assembly.repeats
        claims = enumerate(self.assembly.claims)
        return [claim for place, claim in claims if place not in gone and place not in repeats]

    def needed(self, claim: Claim, removed: Collection[int], having: Collection[Claim] = ()) -> Interval | None:
        """What is left for the expression of a claim without some others, in base units and its own terms.

        `having` are claims read otherwise together with it.

        An outer bound; None where the claim measures no expression, or one of unknowns that this set does not have.
        """
        told_as = self.assembly.measured(claim) if self._is_known(claim) else None
        if told_as is None:
            return None
        key = told_as, frozenset(removed), tuple(each for each in having if self._is_known(each))
        if key not in self._needed:
            network = self.near(told_as.expression, key[1])
            network = network.plus(part for each in key[2] for part in self.assembly.statements(each))
            self._needed[key] = _left_for(told_as, network)
        return self._needed[key]

    def _needed_anew(self, claim: Claim, removed: Collection[int], having: Collection[Claim]) -> Interval | None:
        """The same for a claim that speaks of something that this set has no unknown for."""
        claims = [*self._kept(removed), *having]
        assembly = assemble(claims, self.assembly.conventions, asked=observations_of(claim))
        told_as = assembly.measured(claim)
        return None if told_as is None else _left_for(told_as, assembly.network)

    def near(self, expression: Expression, removed: Collection[int]) -> Network:
        """The groups that bear on an expression most directly: all that speak of nothing but it and its neighbours.

        Neighbours of neighbours count, too, where that does not make too many.
        """
        ground = self.found.ground
        reached = (
            {expression.variable, expression.base}
            if isinstance(expression, Quotient)
            else {variable for variable, _ in expression.terms}
        )
        within: set[int] = set()
        for radius in range(_RADIUS):
            touched = {group for v in reached for group in ground.touching.get(v, ()) if group not in removed}
            wider = reached | {v for group in touched for v in ground.variables[group]}
            inside = touched | {
                group
                for v in wider - reached
                for group in ground.touching[v]
                if group not in removed and wider.issuperset(ground.variables[group])
            }
            if radius and len(inside) > _NEAR:
                break
            reached, within = wider, inside
        return ground.network.only(within)

    def is_suspect(self, place: int) -> bool:
        """Whether a claim stands in a conflict."""
        return place in self._suspects

    @cached_property
    def _suspects(self) -> frozenset[int]:
        return frozenset(
            group for cluster in self.found.clusters for clash in cluster.clashes for group in clash.blamed
        )

    def may_fit(self, claim: Claim, place: int, others: Collection[int], gone: Collection[int]) -> bool:
        """Whether a claim in another's place says anything that what is left allows; quick, and never wrongly no.

        `others` are given up anyway, `gone` with the rest of a re-reading.
        """
        says = self.assembly.stated(claim) if self._is_known(claim) else None
        told_as = None if says is None else self.assembly.measured(claim)
        if says is None or told_as is None:
            return True
        without = frozenset(others) | {place}
        if told_as.told(self._roughly(told_as.expression, without)).overlaps(says):
            return True
        if set(gone).isdisjoint(self.near(told_as.expression, without).active):
            return False
        return told_as.told(self._roughly(told_as.expression, without | set(gone))).overlaps(says)

    def _roughly(self, expression: Expression, removed: frozenset[int]) -> Interval:
        """An outer bound from propagation among the claims near by alone."""
        key = expression, removed
        if key not in self._rough:
            problem = sharpened(root_case(self.near(expression, removed)).problem())
            bounds = Propagator(problem.facts, problem.products, problem.whole)
            self._rough[key] = _range(expression, bounds) if bounds.run() else Interval.empty()
        return self._rough[key]

    def value(self, claim: Claim, removed: Collection[int]) -> Fraction | None:
        """What a claim measures, in its own terms, in some world that has all but what is removed."""
        ground = self.found.ground
        gone = frozenset(removed)
        told_as = self.assembly.measured(claim) if self._is_known(claim) else None
        world = self.found.worlds.get(gone)
        values = world[1] if world else ground.decide(frozenset(ground.network.active) - ground.fixed - gone).values
        if told_as is None or values is None:
            return None
        point = told_as.expression.at(values)
        return None if point is None else told_as.told(Interval.point(point)).midpoint

    def fit(
        self, claim: Claim, removed: Collection[int], having: Collection[Claim] = (), *, elsewhere: bool = False
    ) -> Fraction | None:
        """How well a claim as re-read fits what the rest leaves for it; None where either is unbounded.

        For a figure that is said of something else, that it fits where almost anything would is no support: so where
        what is left is wider than what is said is large, the fit is less in proportion. (Of a growth, what is large is
        one and the growth.)
        """
        says, needed = self.assembly.stated(claim), self.needed(claim, removed, having)
        if says is None or needed is None:
            return None
        whole = isinstance(claim, Level) and claim.subject.indicator.whole and self.assembly.conventions.whole
        fit = fit_of(says, needed, whole=whole)
        told_as = self.assembly.measured(claim) if elsewhere and self._is_known(claim) else None
        if fit is None or told_as is None or not needed.width or says.midpoint is None:
            return fit
        return fit * min(Fraction(1), abs(says.midpoint + told_as.shift) / needed.width)

    def is_checked(self, claim: Claim, removed: Collection[int], having: Collection[Claim] = ()) -> bool:
        """Whether the rest bears on a claim as re-read: one that nothing can contradict would fit vacuously."""
        known = self._is_known(claim)
        needed = self.needed(claim, removed, having) if known else self._needed_anew(claim, removed, having)
        return needed is None or needed.upper is not None or (needed.lower is not None and needed.lower > 0)

    def repaired(self, changed: Mapping[int, Claim | None]) -> tuple[Claim, ...]:
        """The whole set with some claims changed or left out; restatements go along with what they restate."""
        claims: list[Claim] = []
        for place, claim in enumerate(self.assembly.claims):
            leader = self.assembly.repeats.get(place, place)
            if leader not in changed:
                claims.append(claim)
                continue
            new = changed[leader]
            if new is None or (place != leader and not _restates(claim, self.assembly.claims[leader])):
                continue
            claims.append(new if place == leader else attrs.evolve(new, id=claim.id, source=claim.source))
        return tuple(claims)


def _left_for(told_as: Measured, network: Network) -> Interval:
    """An outer bound of what a claim measures, in its own terms."""
    return told_as.told(span(network, told_as.expression, Budget(_CASES), attain=False).interval)


def _range(expression: Expression, bounds: Propagator) -> Interval:
    """The range of an expression when each variable goes its own way within its bounds."""
    if isinstance(expression, Quotient):
        base = bounds.interval(expression.base) & Interval.more_than(0)
        return base if base.is_empty else bounds.interval(expression.variable) / base
    total = Interval.point(0)
    for variable, factor in expression.terms:
        total = total + bounds.interval(variable) * factor
    return total


def _facts(indicator: Indicator) -> tuple[object, ...]:
    """What of an indicator changes a verdict, through its definition down to what is counted."""
    definition = indicator.definition
    terms = () if definition is None else attrs.astuple(definition, recurse=False)
    return (
        indicator.unit, indicator.multiplier, indicator.whole, indicator.signed, indicator.measure, indicator.additive,
        tuple(_facts(term) if isinstance(term, Indicator) else term for term in terms),
    )  # fmt: skip


def _restates(claim: Claim, other: Claim) -> bool:
    """Whether two claims are printed alike, apart from where."""
    return attrs.evolve(claim, id=None, source=None) == attrs.evolve(other, id=None, source=None)
