"""Patching a witness: when a few groups change, only what they touch has to be decided again.

Everything else is held at the values it has. Where that cannot be, the proof says which of the held values stand in
the way; they are let go, and so on until there is a witness again or a proof that holds nothing. So an answer is as
exact as a decision on the whole, and costs what the change costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.constraints.exact import Decision, decide
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.nudging import nudged
from ipmetrics.constraints.proofs import groups_used
from ipmetrics.constraints.relations import Relation, Within, holds, satisfied, variables_of
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from fractions import Fraction

    from ipmetrics.constraints.network import Network

__all__ = ["Ground", "World"]

World = tuple[frozenset[int], "Mapping[int, Fraction]"]
"""Groups with values that satisfy them."""

_CASES = 40
"""The effort for a part that is held at its edges; where that is not enough, the whole is decided."""


class Ground:
    """Groups that are always in force, and others to choose from.

    Parameters
    ----------
    network
        All of them.
    fixed
        The groups that are always in force, as far as the network has them; `alone` is the decision on these.
    """

    def __init__(self, network: Network, fixed: Collection[int]) -> None:
        self.network = network
        self.fixed = frozenset(fixed).intersection(network.active)
        self.variables = {group: network.variables_of(group) for group in network.active}
        self.touching: dict[int, list[int]] = {}
        for group, variables in self.variables.items():
            for variable in variables:
                self.touching.setdefault(variable, []).append(group)
        self.alone = decide(network.only(self.fixed))
        self._whole_variables = frozenset(network.whole)

    def decide(
        self, chosen: Collection[int], *, near: World | None = None, extra: tuple[Relation, ...] = ()
    ) -> Decision:
        """Whether the chosen groups can hold with the fixed ones, and with extra relations as one more group.

        `near` is a set of groups with values that satisfy them and the fixed ones; it makes the answer faster and
        never another one. In a proof the extra group has the index after the last.
        """
        held, values = near or (frozenset(), self.alone.values)
        chosen = frozenset(chosen)
        if values is None:
            return self._whole(chosen, extra)
        changed = {group for group in chosen - held if not self.satisfied(group, values)}
        new = {variable for part in extra for variable in variables_of(part)}
        quick = self._nudged(changed, chosen, values, extra)
        if quick is not None:
            return Decision(values=quick)
        free = {variable for group in changed for variable in self.variables[group]} | new
        free |= {variable for group in chosen - held for variable in self.variables[group] if variable not in values}
        left = (len(self.fixed) + len(chosen)) // 2
        while left > 0:
            near_by = {each for v in free for each in self.touching.get(v, ()) if each in chosen or each in self.fixed}
            # Where the change reaches far, deciding the whole at once costs less than getting there step by step.
            left -= len(near_by) + 1
            answer, holders = self._held(sorted(near_by | changed), free, values, extra)
            if answer.values is not None:
                return Decision(values={**values, **answer.values})
            if answer.proof is None:
                break
            in_the_way = {holders[group] for group in groups_used(answer.proof) if group in holders}
            if not in_the_way:
                return answer
            free |= in_the_way
        return self._whole(chosen, extra)

    def _nudged(
        self, changed: set[int], chosen: frozenset[int], values: Mapping[int, Fraction], extra: tuple[Relation, ...]
    ) -> dict[int, Fraction] | None:
        """Values a few moves away that satisfy all; None if they are not found, which says nothing."""
        groups = self.network.groups

        def touching(variable: int) -> list[tuple[Relation, ...]]:
            near = self.touching.get(variable, ())
            in_force = [groups[each] for each in near if each in chosen or each in self.fixed]
            return [*in_force, extra] if extra else in_force

        broken = [groups[each] for each in changed] + ([extra] if extra else [])
        moved = nudged(broken, values, self._whole_variables, touching)
        if moved is None:
            return None
        bound = {variable for variable, value in moved.items() if values.get(variable) != value}
        bound |= {variable for group in changed for variable in self.variables[group]}
        touched = [part for variable in bound for group in touching(variable) for part in group]
        return moved if all(satisfied(part, moved) for part in (*touched, *extra)) else None

    def decide_only(self, groups: Collection[int]) -> Decision:
        """Whether some groups can hold by themselves, the fixed ones counting only where named."""
        return decide(self.network.only(groups), Budget(200))

    def satisfied(self, group: int, values: Mapping[int, Fraction]) -> bool:
        """Whether values are given for all that a group binds, and satisfy it."""
        return all(variable in values for variable in self.variables[group]) and all(
            holds(part, values) for part in self.network.groups[group]
        )

    def _held(
        self, groups: list[int], free: set[int], values: Mapping[int, Fraction], extra: tuple[Relation, ...]
    ) -> tuple[Decision, dict[int, int]]:
        """The decision on some groups, every variable that is not free held at its value, and who holds which."""
        outer = sorted({v for group in groups for v in self.variables[group]} - free)
        first = len(self.network.groups) + 1
        holders = {first + place: variable for place, variable in enumerate(outer)}
        points = [(Within(variable, Interval.point(values[variable])),) for variable in outer]
        return decide(self.network.only(groups).plus_each([extra, *points]), Budget(_CASES)), holders

    def _whole(self, chosen: Collection[int], extra: tuple[Relation, ...]) -> Decision:
        """The decision on the chosen groups and what is connected to them, the rest at the values it has alone."""
        joined = self.network.only(self.fixed | set(chosen)).plus(extra)
        wanted = {*chosen, len(self.network.groups)}
        parts = [part.active for part in joined.components if not wanted.isdisjoint(part.active)]
        answer = decide(joined.only([group for part in parts for group in part]))
        if answer.values is not None and self.alone.values is not None:
            return Decision(values={**self.alone.values, **answer.values})
        return answer
