"""The naive twin of conflicts and repairs: every subset of a small set of claims, judged by z3 from the rules alone.

Every subset is judged in the world of the whole set: what is part of what does not depend on who speaks of it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.claims import observations_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.model.claims import Claim
    from tests.meaning import Judge

__all__ = ["Exhaustive", "exhaustive"]


@attrs.frozen
class Exhaustive:
    """All irreducible conflicts, and the lightest sets to give up with their weight, by the places of the claims."""

    conflicts: frozenset[frozenset[int]]
    weight: Fraction
    lightest: frozenset[frozenset[int]]


def exhaustive(
    judge: Judge, claims: Sequence[Claim], weights: Mapping[int, Fraction], trusted: frozenset[int] = frozenset()
) -> Exhaustive | None:
    """What trying every subset finds; None if z3 gives up on one, or the trusted claims cannot hold."""
    suspects = [place for place in range(len(claims)) if place not in trusted]
    world = [observation for claim in claims for observation in observations_of(claim)]
    can: dict[frozenset[int], bool] = {}
    for size in range(len(suspects) + 1):
        for chosen in map(frozenset, combinations(suspects, size)):
            if size and not all(can[chosen - {each}] for each in chosen):
                can[chosen] = False
                continue
            answer = judge.can_hold([claims[place] for place in sorted(chosen | trusted)], world)
            if answer == "unknown":
                return None
            can[chosen] = answer == "sat"
    if not can[frozenset()]:
        return None
    conflicts = {each for each, holds in can.items() if not holds and all(can[each - {one}] for one in each)}
    weighed = {
        frozenset(suspects) - kept: sum((weights[place] for place in suspects if place not in kept), Fraction(0))
        for kept, holds in can.items()
        if holds
    }
    least = min(weighed.values())
    return Exhaustive(frozenset(conflicts), least, frozenset(each for each, w in weighed.items() if w == least))
