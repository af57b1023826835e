"""All conflicts, smallest first, each looked for when it is asked for.

By the duality of conflicts and corrections (Reiter 1987; Ignatiev, Previti, Liffiton & Marques-Silva 2015): a smallest
set that meets every known correction and contains no known conflict is the smallest conflict not seen yet, or it can
hold, and then growing it gives a new correction. What the search for the lightest corrections met is where it starts.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from ipmetrics.constraints.conflicts import Clash, Known, order_of, reduce
from ipmetrics.constraints.corrections import corrections
from ipmetrics.constraints.hitting import smallest_unseen
from ipmetrics.constraints.proofs import groups_used

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from fractions import Fraction

    from ipmetrics.constraints.network import Network
    from ipmetrics.constraints.patching import Ground

__all__ = ["clashes", "onwards"]

_MAP_STEPS = 20_000
"""How long the map of explored sets is searched for the next one before the rest is left open."""
_QUESTIONS = 12
"""How many sets are asked about for each conflict asked for before the rest is left open."""


def clashes(
    network: Network, background: Collection[int], *, limit: int = 64, questions: int | None = None
) -> Iterator[Clash | None]:
    """Every conflict, each once, smallest first; ends with None if a limit was hit or something stayed undecided.

    Among conflicts of one size the order is that of their groups. With the questions used up, conflicts that were met
    on the way are still told, smallest first.
    """
    asked = _QUESTIONS * (limit + 4) if questions is None else questions
    streams = [_clashes(part, background, asked) for part in network.components]
    yield from _limited(heapq.merge(*streams, key=_place_of), limit)


def _place_of(clash: Clash | None) -> tuple[int, int, tuple[int, ...]]:
    """An end that was cut short comes after all."""
    return (1 << 62, 0, ()) if clash is None else order_of(clash)


def _limited(found: Iterable[Clash | None], limit: int) -> Iterator[Clash | None]:
    count, cut = 0, False
    for clash in found:
        if clash is None or count >= limit:
            cut = True
            if count >= limit:
                break
        else:
            count += 1
            yield clash
    if cut:
        yield None


def _clashes(network: Network, background: Collection[int], questions: int) -> Iterator[Clash | None]:
    """The conflicts of one connected part, smallest first."""
    found = corrections(network, background, {})
    if not found.clusters:
        if not found.decided:
            yield None
    elif not found.clusters[0].sets:
        yield found.clusters[0].clashes[0]
        yield None
    else:
        yield from onwards(found.ground, found.known, questions)


def onwards(ground: Ground, known: Known, questions: int) -> Iterator[Clash | None]:
    """The conflicts from what is known on, smallest first; ends with None if the questions ran out before all."""
    told: set[frozenset[int]] = set()
    size = 1
    while True:
        seed, reached = smallest_unseen(known.corrections, list(known.clashes), size, len(known.suspects), _MAP_STEPS)
        if reached is None:
            break
        size = reached
        # No conflict that is still unseen is smaller than this.
        for clash in sorted(known.clashes.values(), key=order_of):
            blamed = frozenset(clash.blamed)
            if len(blamed) <= size and blamed not in told:
                told.add(blamed)
                yield clash
        if seed is None:
            return
        questions -= 1
        near = known.nearest(seed)
        answer = ground.decide(seed, near=near)
        if answer.proof is not None:
            known.note(reduce(ground, answer.proof, near))
        elif answer.values is None or questions < 0:
            break
        else:
            _grow(ground, known, answer.values)
    yield from sorted((each for blamed, each in known.clashes.items() if blamed not in told), key=order_of)
    yield None


def _grow(ground: Ground, known: Known, values: Mapping[int, Fraction]) -> None:
    """Note the set that values satisfy, made larger one by one where it can be."""
    kept = frozenset(group for group in known.suspects if ground.satisfied(group, values))
    for group in sorted(known.suspects - kept):
        if group in kept or known.is_refuted(kept | {group}):
            continue
        answer = ground.decide(kept | {group}, near=(kept, values))
        if answer.values is not None:
            values = answer.values
            kept |= {each for each in known.suspects if ground.satisfied(each, values)}
        elif answer.proof is not None:
            known.nogoods[groups_used(answer.proof) - ground.fixed] = None
    known.worlds.append((kept, values))
