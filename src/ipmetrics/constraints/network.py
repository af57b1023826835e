"""Networks: groups of relations over numbered variables, and the components they fall into.

A group is whatever stands or falls together: the relations of one claim, or one assumption. The engine speaks of
groups by index and has never heard what they mean.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.facts import Fact
from ipmetrics.constraints.relations import Relation, Whole, holds, variables_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from fractions import Fraction


__all__ = ["Network"]


@attrs.define
class _Sets:
    """Union–find with path halving (Tarjan 1975)."""

    parent: dict[int, int] = attrs.field(factory=dict)

    def find(self, item: int) -> int:
        parent = self.parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, items: Iterable[int]) -> None:
        first: int | None = None
        for item in items:
            root = self.find(item)
            if first is None:
                first = root
            else:
                self.parent[root] = first


@attrs.frozen(eq=False)
class Store:
    """What is worked out once for each group, and shared by all networks that choose from the same groups.

    Only the first `count` groups are kept here: those that networks add for one question are worked out each time.
    """

    count: int
    variables: dict[int, tuple[int, ...]] = attrs.field(factory=dict)
    facts: dict[int, tuple[Fact, ...]] = attrs.field(factory=dict)


@attrs.frozen(slots=False)
class Network:
    """Groups of relations; only the active groups count.

    Parameters
    ----------
    groups
        The relations of each group.
    active
        Indices of the groups that count, ascending.
    store
        What has been worked out for the groups.
    """

    groups: tuple[tuple[Relation, ...], ...]
    active: tuple[int, ...]
    store: Store = attrs.field(repr=False, eq=False)

    @classmethod
    def of(cls, groups: Iterable[Iterable[Relation]]) -> Network:
        """A network in which every group counts."""
        made = tuple(tuple(group) for group in groups)
        return cls(made, tuple(range(len(made))), Store(len(made)))

    def only(self, active: Collection[int]) -> Network:
        """The same groups, of which only some count."""
        return Network(self.groups, tuple(sorted(active)), self.store)

    def without(self, inactive: Collection[int]) -> Network:
        """The same network with some groups switched off."""
        off = set(inactive)
        return Network(self.groups, tuple(group for group in self.active if group not in off), self.store)

    def plus(self, relations: Iterable[Relation]) -> Network:
        """The network with one more group, which gets the next index."""
        return self.plus_each([relations])

    def plus_each(self, groups: Iterable[Iterable[Relation]]) -> Network:
        """The network with more groups, which get the next indices."""
        more = tuple(tuple(group) for group in groups)
        first = len(self.groups)
        return Network((*self.groups, *more), (*self.active, *range(first, first + len(more))), self.store)

    def variables_of(self, group: int) -> tuple[int, ...]:
        """The variables that a group binds, each once."""
        known = self.store.variables.get(group)
        if known is None:
            known = tuple(dict.fromkeys(v for part in self.groups[group] for v in variables_of(part)))
            if group < self.store.count:
                self.store.variables[group] = known
        return known

    @cached_property
    def relations(self) -> tuple[tuple[int, Relation], ...]:
        """Every active relation with the index of its group."""
        return tuple((group, relation) for group in self.active for relation in self.groups[group])

    @cached_property
    def variables(self) -> tuple[int, ...]:
        """Every variable that an active relation binds, ascending."""
        return tuple(sorted({each for group in self.active for each in self.variables_of(group)}))

    @cached_property
    def whole(self) -> dict[int, int]:
        """The variables that are whole numbers, each with the group that says so."""
        return {relation.variable: group for group, relation in self.relations if isinstance(relation, Whole)}

    @cached_property
    def components(self) -> tuple[Network, ...]:
        """The networks it falls apart into: groups that share no variable, directly or through others."""
        sets = _Sets()
        bound = {group: self.variables_of(group) for group in self.active}
        for variables in bound.values():
            sets.join(variables)
        members: dict[int, list[int]] = {}
        for group, variables in bound.items():
            # A group that binds nothing is a component of its own; negative keys cannot meet a variable.
            members.setdefault(sets.find(variables[0]) if variables else -1 - group, []).append(group)
        return tuple(Network(self.groups, tuple(group), self.store) for group in members.values())

    def satisfied_by(self, values: Mapping[int, Fraction]) -> bool:
        """Whether the values satisfy every active relation: the exact check of a witness."""
        return all(holds(relation, values) for _, relation in self.relations)
