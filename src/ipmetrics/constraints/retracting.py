"""Propagation that can be taken back: groups are switched off and on, and only what rested on them is forgotten.

This is how many conflicts are met in one pass over a large network: a contradiction is explained from the log, one of
its groups is switched off, and propagation goes on from what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.constraints.exact import root_case
from ipmetrics.constraints.facts import Given
from ipmetrics.constraints.linear import sharpened
from ipmetrics.constraints.proofs import Leaf, groups_used
from ipmetrics.constraints.propagation import Propagator

if TYPE_CHECKING:
    from collections.abc import Collection

    from ipmetrics.constraints.facts import Fact
    from ipmetrics.constraints.network import Network

__all__ = ["Retracting"]


class Retracting(Propagator):
    """Bounds of a network's variables, with groups that can be switched off and on again."""

    def __init__(self, network: Network) -> None:
        problem = sharpened(root_case(network).problem())
        # A fact that is false by itself leaves no bound to reason from; deciding the network finds it.
        facts = [fact for fact in problem.facts if fact.terms]
        super().__init__(facts, problem.products, problem.whole)
        self._owners = {row: _owners_of(fact) for row, fact in enumerate(facts)}
        self._owners |= {-2 - place: (group,) for place, (group, _) in enumerate(problem.products)}
        self._rows: dict[int, list[int]] = {}
        for row, groups in self._owners.items():
            for group in groups:
                self._rows.setdefault(group, []).append(row)
        self._patience = self.left
        self._off: set[int] = set()
        self._silent: set[int] = set()

    @property
    def off(self) -> frozenset[int]:
        """The groups that are switched off."""
        return frozenset(self._off)

    def switch(self, off: Collection[int]) -> bool:
        """Switch off these groups and no others, and propagate; False if some variable is left without values."""
        wanted = set(off)
        gone, back = wanted - self._off, self._off - wanted
        self._off = wanted
        self._silent = {row for group in wanted for row in self._rows.get(group, ())}
        affected = self._forget({row for group in gone for row in self._rows.get(group, ())})
        for variable in affected:
            for row in self.watch.get(variable, ()):
                self._enqueue(row)
        for group in back:
            for row in self._rows.get(group, ()):
                self._enqueue(row)
        self.left = self._patience
        return self.run()

    def run(self) -> bool:
        """As ever, but what is still to be looked at after an empty result stays in the queue."""
        while self.queue and self.contradiction is None and self.left > 0:
            row = self.queue.popleft()
            self.queued.discard(row)
            if row >= 0:
                self._row(row)
            else:
                self._product(-2 - row)
        return self.contradiction is None

    def _forget(self, rows: set[int]) -> set[int]:
        """Take back every tightening that rests on rows; the variables whose rows have to be looked at again."""
        clash = self.contradiction or ()
        affected = {self.events[index].end >> 1 for index in clash}
        dead: set[int] = set()
        kept: dict[int, int] = {}
        for index, event in enumerate(self.events):
            if event.row in rows or not dead.isdisjoint(event.antecedents):
                dead.add(index)
                affected.add(event.end >> 1)
            else:
                kept[index] = len(kept)
        if dead:
            self._keep(kept)
        self.contradiction = (kept[clash[0]], kept[clash[1]]) if clash and dead.isdisjoint(clash) else None
        return affected

    def _keep(self, kept: dict[int, int]) -> None:
        """Keep some events, renumbered, each after the latest kept one of the same bound."""
        last: dict[int, int] = {}
        events = []
        for index in kept:
            event = self.events[index]
            antecedents = tuple(kept[each] for each in event.antecedents)
            events.append(event._replace(before=last.get(event.end, -1), antecedents=antecedents))
            last[event.end] = len(events) - 1
        self.events, self.last = events, last

    def _row(self, index: int) -> None:
        if index not in self._silent:
            super()._row(index)

    def _product(self, place: int) -> None:
        if -2 - place not in self._silent:
            super()._product(place)


def _owners_of(fact: Fact) -> tuple[int, ...]:
    """The groups that a fact goes with: its own, and those that say that what it was rounded for is whole."""
    if isinstance(fact.reason, Given):
        return (fact.reason.group,)
    return tuple(groups_used(Leaf(fact)))
