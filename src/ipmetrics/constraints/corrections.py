"""Corrections: the lightest groups to give up so that the rest can hold, all of them, with the bound proved.

Implicit hitting sets (Moreno-Centeno & Karp 2013; for edit rules Fellegi & Holt 1976): a lightest set that meets every
known conflict is a lower bound; if the rest can hold without it, it is the answer, else the proof gives one more
conflict. Conflicts are met in a propagation from which groups are taken back; a witness of the rest is patched, so
each further set costs what it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.conflicts import Clash, Known, order_of, reduce
from ipmetrics.constraints.hitting import Lightest, clusters, lightest
from ipmetrics.constraints.patching import Ground, World
from ipmetrics.constraints.proofs import Leaf, Proof, groups_used
from ipmetrics.constraints.retracting import Retracting

if TYPE_CHECKING:
    from collections.abc import Collection

    from ipmetrics.constraints.network import Network

__all__ = ["Cluster", "Corrections", "corrections"]

_ROUNDS = 400
"""How many decisions and conflicts are spent on one connected part before the rest is left open."""


@attrs.frozen(eq=False)
class Cluster:
    """Conflicts that hang together through what they blame, and the lightest sets of groups that meet them all.

    Parameters
    ----------
    clashes
        The conflicts found, smallest first.
    sets
        The sets, each verified with the first set of every other cluster given up; empty if nothing can be blamed.
    weight
        Their weight.
    proved
        Whether no lighter set meets these conflicts, and the sets suffice.
    complete
        Whether these are all the sets of that weight.
    """

    clashes: tuple[Clash, ...]
    sets: tuple[frozenset[int], ...]
    weight: Fraction
    proved: bool
    complete: bool


@attrs.frozen(eq=False)
class Corrections:
    """What to give up of a network, cluster by cluster.

    Parameters
    ----------
    ground
        The network with what is never given up.
    clusters
        The conflicts by what hangs together; none if the network can hold as it is.
    worlds
        For every set that was found to suffice, values of all the rest.
    decided
        Whether giving up the first set of each cluster was found to suffice.
    known
        All that was met on the way.
    """

    ground: Ground
    clusters: tuple[Cluster, ...]
    worlds: Mapping[frozenset[int], World]
    decided: bool
    known: Known

    @property
    def given_up(self) -> frozenset[int]:
        """The first set of every cluster."""
        return frozenset(group for cluster in self.clusters if cluster.sets for group in cluster.sets[0])


def corrections(
    network: Network, background: Collection[int], weights: Mapping[int, Fraction], *, rounds: int = _ROUNDS
) -> Corrections:
    """The lightest corrections of a network; `weights` are above zero, 1 where none is given.

    A background that cannot hold by itself is the one conflict told, and nothing else is looked for.
    """
    ground = Ground(network, background)
    known = Known(frozenset(network.active) - ground.fixed)
    if ground.alone.proof is not None:
        clash = reduce(ground, ground.alone.proof)
        nothing = Cluster((clash,), (), Fraction(0), proved=True, complete=True)
        return Corrections(ground, (nothing,), {}, decided=False, known=known)
    search = _Search(ground, known, {group: weights.get(group, Fraction(1)) for group in known.suspects}, rounds)
    return search.run()


@attrs.define
class _Search:
    ground: Ground
    known: Known
    weights: Mapping[int, Fraction]
    left: int
    worlds: dict[frozenset[int], World | None] = attrs.field(factory=dict)

    def run(self) -> Corrections:
        """Until every listed set is verified, or the rounds are used up."""
        bounds = Retracting(self.ground.network)
        self._meet(bounds, frozenset())
        while True:
            found = [(members, self._lightest(members)) for members in clusters(self.known.clashes)]
            removed = frozenset(group for _, best in found for group in best.sets[0])
            if self.left > 0 and self._meet(bounds, removed):
                continue
            suffices = self._suffices(removed)
            if suffices is None and self.left > 0:
                continue
            told = [self._cluster(members, best, removed, decided=bool(suffices)) for members, best in found]
            if None not in told or self.left <= 0:
                worlds = {given_up: world for given_up, world in self.worlds.items() if world is not None}
                return Corrections(
                    self.ground, tuple(each for each in told if each), worlds, bool(suffices), self.known
                )

    def _lightest(self, members: Collection[frozenset[int]]) -> Lightest:
        best = lightest(members, self.weights)
        if best is None:
            message = "a conflict that blames nobody comes from the background, which was decided before"
            raise AssertionError(message)
        return best

    def _cluster(
        self, members: Collection[frozenset[int]], best: Lightest, removed: frozenset[int], *, decided: bool
    ) -> Cluster | None:
        """The cluster with those of its lightest sets that suffice; None if one met a conflict not seen before."""
        first, *others = best.sets
        verdicts = {other: self._suffices(removed - first | other) if decided else False for other in others}
        if None in verdicts.values() and self.left > 0:
            return None
        ordered = sorted((self.known.clashes[each] for each in members), key=order_of)
        return Cluster(
            tuple(ordered),
            (first, *(other for other in others if verdicts[other])),
            best.weight,
            proved=best.proved and decided,
            complete=best.complete and decided and all(verdicts.values()),
        )

    def _meet(self, bounds: Retracting, removed: frozenset[int]) -> bool:
        """Meet conflicts by propagation without some groups, each time giving up the last one; whether any was."""
        off, cores = set(removed), list[Proof]()
        while not bounds.switch(off) and self.left > len(cores):
            cores.append(Leaf(bounds.refutation()))
            off |= groups_used(cores[-1]) - self.ground.fixed
        if cores and not self.known.worlds:
            # Values that most of it can have: from there on each question is a small one.
            rest = self.known.suspects - off
            answer = self.ground.decide(rest)
            self.known.worlds += [(rest, answer.values)] if answer.values is not None else []
        for proof in cores:
            self.left -= 1
            self.known.note(reduce(self.ground, proof, self.known.nearest(groups_used(proof))))
        return bool(cores)

    def _suffices(self, removed: frozenset[int]) -> bool | None:
        """Whether the rest can hold: None if a conflict stands against it, which is then known, False if undecided."""
        if removed not in self.worlds:
            self.left -= 1
            rest = self.known.suspects - removed
            near = self.known.nearest(rest)
            answer = self.ground.decide(rest, near=near)
            if answer.proof is not None:
                self.known.note(reduce(self.ground, answer.proof, near))
                return None
            self.worlds[removed] = None if answer.values is None else (rest, answer.values)
            self.known.worlds += [(rest, answer.values)] if answer.values is not None else []
        return self.worlds[removed] is not None
