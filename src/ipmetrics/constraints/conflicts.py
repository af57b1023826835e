"""Conflicts: irreducible infeasible sets of groups, each with a proof that has been checked.

One conflict comes from a proof by a deletion filter (Chinneck & Dravnieks 1991); all of them from a map of what has
been seen (MARCO: Liffiton, Previti, Malik & Marques-Silva 2016), each maximal consistent set excluding its subsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.proofs import Proof, groups_used, verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ipmetrics.constraints.network import Network

__all__ = ["Clash", "clashes", "reduce"]

_MAP_STEPS = 2000
"""How long the map of explored sets is searched for the next one before the rest is left open."""


@attrs.frozen(eq=False)
class Clash:
    """Groups that cannot all hold: some to blame, some background; `irreducible` if each was proved indispensable."""

    blamed: tuple[int, ...]
    background: tuple[int, ...]
    proof: Proof
    irreducible: bool = True


def reduce(network: Network, proof: Proof, background: Collection[int]) -> Clash:
    """An irreducible conflict within the groups that a proof rests on.

    A group is to blame only if the others that are, with all of the background (assumptions, and claims that are
    trusted), can hold without it: so which conflicts there are does not depend on which proof was met first. Then the
    background is reduced to what the proof needs.
    """
    trusted = set(background)
    kept = sorted(groups_used(proof))
    irreducible = True
    for group in [each for each in kept if each not in trusted]:
        if group in kept:
            blamed = [each for each in kept if each != group and each not in trusted]
            answer = decide(_around(network, blamed, trusted), Budget(200))
            if answer.proof is not None:
                proof = answer.proof
                kept = sorted(groups_used(proof))
            irreducible = irreducible and (answer.proof or answer.values) is not None
    for group in [each for each in kept if each in trusted]:
        if group in kept:
            answer = decide(network.only([each for each in kept if each != group]), Budget(200))
            if answer.proof is not None:
                proof = answer.proof
                kept = sorted(groups_used(proof))
            irreducible = irreducible and (answer.proof or answer.values) is not None
    if not verify(network.only(kept), proof):
        message = "a proof did not survive its check: this is a defect of ipmetrics, please report it"
        raise AssertionError(message)
    return Clash(
        tuple(group for group in kept if group not in trusted),
        tuple(group for group in kept if group in trusted),
        proof,
        irreducible,
    )


def _around(network: Network, blamed: Collection[int], trusted: Collection[int]) -> Network:
    """Some groups with all of the background that is connected to them."""
    wanted = set(blamed)
    joined = network.only([group for group in network.active if group in wanted or group in trusted])
    parts = [part.active for part in joined.components if not wanted.isdisjoint(part.active)]
    return network.only([group for part in parts for group in part])


def clashes(network: Network, background: Collection[int], *, limit: int = 64) -> Iterator[Clash | None]:
    """Every conflict, each once, as found; ends with None if the limit was hit or something stayed undecided.

    Works component by component; the map of explored sets is a list of clauses, solved greedily with backtracking.
    """
    for component in network.components:
        yield from _clashes(component, set(background), limit)


def _clashes(component: Network, background: set[int], limit: int) -> Iterator[Clash | None]:
    suspects = [group for group in component.active if group not in background]
    fixed = [group for group in component.active if group in background]
    found: list[frozenset[int]] = []
    corrections: list[frozenset[int]] = []
    alone = decide(component.only(fixed))
    if alone.proof is not None:
        yield reduce(component.only(fixed), alone.proof, background)
        yield None
        return
    for _ in range(4 * limit):
        left = [_MAP_STEPS]
        seed = _unexplored(suspects, found, corrections, left)
        if seed is None and left[0] >= 0:
            return
        if seed is None:
            break
        answer = decide(component.only([*fixed, *seed]))
        if answer.proof is not None:
            clash = reduce(component.only([*fixed, *seed]), answer.proof, background)
            found.append(frozenset(clash.blamed))
            yield clash
            if len(found) >= limit:
                break
            continue
        if answer.values is None:
            yield None
            return
        # The seed is maximal with respect to the map, so what it leaves out must be met by every further conflict.
        corrections.append(frozenset(suspects) - _grown(component, fixed, seed, suspects))
    yield None


def _grown(component: Network, fixed: list[int], seed: list[int], suspects: list[int]) -> frozenset[int]:
    """The seed, grown to a maximal consistent set."""
    kept = list(seed)
    for group in suspects:
        if group not in kept and decide(component.only([*fixed, *kept, group])).is_consistent:
            kept.append(group)
    return frozenset(kept)


def _unexplored(
    suspects: list[int], found: list[frozenset[int]], corrections: list[frozenset[int]], left: list[int]
) -> list[int] | None:
    """A largest set that contains no known conflict and meets every known correction.

    None if there is none, or if the steps left ran out, which are then below zero.
    """
    removed = _hit(found, corrections, frozenset(), frozenset(), left)
    return None if removed is None else [group for group in suspects if group not in removed]


def _hit(
    found: list[frozenset[int]],
    corrections: list[frozenset[int]],
    removed: frozenset[int],
    kept: frozenset[int],
    left: list[int],
) -> frozenset[int] | None:
    """Groups to remove so that every conflict is broken and no correction set is wholly removed."""
    left[0] -= 1
    if left[0] < 0 or any(correction <= removed for correction in corrections):
        return None
    unbroken = [conflict for conflict in found if not conflict & removed]
    if not unbroken:
        return removed
    conflict = min(unbroken, key=lambda each: (len(each - kept), sorted(each)))
    barred = kept
    for group in sorted(conflict - kept):
        answer = _hit(found, corrections, removed | {group}, barred, left)
        if answer is not None:
            return answer
        barred |= {group}
    return None
