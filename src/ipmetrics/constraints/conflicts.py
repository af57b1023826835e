"""Conflicts: irreducible infeasible sets of groups, each with a proof that has been checked.

A conflict comes from a proof by a deletion filter (Chinneck & Dravnieks 1991). What is known of a network, conflicts
and sets that can hold, is kept together: each tells where not to look for the others.
"""

from __future__ import annotations

import attrs

from ipmetrics.constraints.patching import Ground, World
from ipmetrics.constraints.proofs import Proof, groups_used, verify

__all__ = ["Clash", "Known", "order_of", "reduce"]


@attrs.frozen(eq=False)
class Clash:
    """Groups that cannot all hold: some to blame, some background; `irreducible` if each was proved indispensable."""

    blamed: tuple[int, ...]
    background: tuple[int, ...]
    proof: Proof
    irreducible: bool = True


def order_of(clash: Clash) -> tuple[int, int, tuple[int, ...]]:
    """What conflicts are ordered by: smallest first, then as their groups stand."""
    return len(clash.blamed), len(clash.background), clash.blamed


def reduce(ground: Ground, proof: Proof, near: World | None = None) -> Clash:
    """An irreducible conflict within the groups that a proof rests on.

    A group is to blame only if the others that are, with all of the background (assumptions, and claims that are
    trusted), can hold without it: so which conflicts there are does not depend on which proof was met first. Then the
    background is reduced to what the proof needs. A world near by makes it faster.
    """
    kept = groups_used(proof)
    irreducible = True
    for group in sorted(kept - ground.fixed):
        if group in kept:
            answer = ground.decide(kept - ground.fixed - {group}, near=near)
            if answer.proof is not None:
                proof = answer.proof
                kept = groups_used(proof)
            irreducible = irreducible and (answer.proof or answer.values) is not None
    for group in sorted(kept & ground.fixed):
        if group in kept:
            answer = ground.decide_only(kept - {group})
            if answer.proof is not None:
                proof = answer.proof
                kept = groups_used(proof)
            irreducible = irreducible and (answer.proof or answer.values) is not None
    if not verify(ground.network.only(kept), proof):
        message = "a proof did not survive its check: this is a defect of ipmetrics, please report it"
        raise AssertionError(message)
    return Clash(tuple(sorted(kept - ground.fixed)), tuple(sorted(kept & ground.fixed)), proof, irreducible)


@attrs.define
class Known:
    """What is known of a part: its conflicts by what they blame, sets that cannot hold, and sets that can.

    Each set that can hold comes with values that satisfy it. Whatever is no part of it is a correction: every conflict
    meets that.
    """

    suspects: frozenset[int]
    clashes: dict[frozenset[int], Clash] = attrs.field(factory=dict)
    nogoods: dict[frozenset[int], None] = attrs.field(factory=dict)
    worlds: list[World] = attrs.field(factory=list)

    def note(self, clash: Clash) -> None:
        """One more conflict."""
        blamed = frozenset(clash.blamed)
        self.clashes.setdefault(blamed, clash)
        self.nogoods[blamed] = None

    def is_refuted(self, chosen: frozenset[int]) -> bool:
        """Whether a set contains one that cannot hold."""
        return any(nogood <= chosen for nogood in self.nogoods)

    @property
    def corrections(self) -> list[frozenset[int]]:
        """What each set that can hold leaves out."""
        return [self.suspects - held for held, _ in self.worlds]

    def nearest(self, wanted: frozenset[int]) -> World | None:
        """The set that can hold which has most of what is wanted, and of these the largest, with its values."""
        return max(self.worlds, key=lambda world: (len(world[0] & wanted), len(world[0])), default=None)
