"""Hitting sets: the lightest selections that meet every one of some sets, all of them, with the bound proved.

Branch and bound on the smallest set not yet met; the bound is a packing of disjoint sets, each of which needs an
element of its own (Reiter 1987; Slaney & Thiébaux 2001). Steps are counted, not timed, so that answers are the same
on every machine. This room has never heard what the elements are.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["Lightest", "clusters", "disjoint", "lightest", "smallest_unseen"]

_Element = TypeVar("_Element")

_STEPS = 20_000
_MOST = 64
"""How many equally light sets are listed before the rest is left open."""


@attrs.frozen
class Lightest:
    """The lightest hitting sets: their weight, the sets, and whether they are proved lightest and are all there are."""

    weight: Fraction
    sets: tuple[frozenset[int], ...]
    proved: bool
    complete: bool


@attrs.define
class _Search:
    weights: Mapping[int, Fraction]
    left: int
    most: int
    best: Fraction | None = None
    found: list[frozenset[int]] = attrs.field(factory=list)
    overflowed: bool = False

    def go(self, unmet: list[frozenset[int]], taken: frozenset[int], weight: Fraction) -> None:
        """Extend a selection by each element of a smallest set it does not meet."""
        self.left -= 1
        if self.left < 0:
            return
        if not unmet:
            self._note(taken, weight)
            return
        if self.best is not None and weight + _packed(unmet, self.weights) > self.best:
            return
        choice = min(unmet, key=lambda each: (len(each), sorted(each)))
        rest = unmet
        for element in sorted(choice, key=lambda each: (self.weights[each], -_meets(unmet, each), each)):
            self.go([each for each in rest if element not in each], taken | {element}, weight + self.weights[element])
            # What has been tried is barred from now on, so that no selection is met twice.
            rest = [each - {element} for each in rest]
            if not all(rest):
                return

    def _note(self, taken: frozenset[int], weight: Fraction) -> None:
        if self.best is None or weight < self.best:
            self.best, self.found, self.overflowed = weight, [taken], False
        elif weight == self.best and len(self.found) < self.most:
            self.found.append(taken)
        elif weight == self.best:
            self.overflowed = True


def _meets(sets: Iterable[Collection[int]], element: int) -> int:
    return sum(element in each for each in sets)


def _packed(sets: Iterable[frozenset[int]], weights: Mapping[int, Fraction]) -> Fraction:
    """A weight that no selection meeting the sets falls below: that of disjoint sets, each met by its lightest."""
    return sum((min(weights[element] for element in each) for each in disjoint(sets)), Fraction(0))


def disjoint(sets: Iterable[frozenset[_Element]]) -> list[frozenset[_Element]]:
    """As many sets as the smallest first leave room for, of which no two share an element."""
    used: set[_Element] = set()
    picked: list[frozenset[_Element]] = []
    for each in sorted(sets, key=len):
        if used.isdisjoint(each):
            used |= each
            picked.append(each)
    return picked


def lightest(
    sets: Iterable[frozenset[int]], weights: Mapping[int, Fraction], *, most: int = _MOST, steps: int = _STEPS
) -> Lightest | None:
    """All the lightest selections that meet every set; None if a set is empty and cannot be met.

    Weights are above zero. With the steps used up the answer is the best found, and not `proved`.
    """
    given = list(dict.fromkeys(sets))
    if not all(given):
        return None
    search = _Search(weights, steps, most)
    search.go(given, frozenset(), Fraction(0))
    if search.best is None:
        # Not one selection was completed: take whatever meets each set, and say that nothing is proved.
        taken = frozenset(min(each, key=lambda element: (weights[element], element)) for each in given)
        return Lightest(sum((weights[each] for each in taken), Fraction(0)), (taken,), proved=False, complete=False)
    ended = search.left >= 0
    ordered = sorted(search.found, key=sorted)
    return Lightest(search.best, tuple(ordered), proved=ended, complete=ended and not search.overflowed)


def clusters(sets: Iterable[frozenset[int]]) -> list[list[frozenset[int]]]:
    """The sets by what hangs together through common elements, each cluster in the order given."""
    groups: list[tuple[set[int], list[frozenset[int]]]] = []
    for each in sets:
        joined: tuple[set[int], list[frozenset[int]]] = (set(each), [each])
        apart: list[tuple[set[int], list[frozenset[int]]]] = []
        for elements, members in groups:
            if elements.isdisjoint(each):
                apart.append((elements, members))
            else:
                joined = (joined[0] | elements, [*members, *joined[1]])
        groups = [*apart, joined]
    places = {
        each: place for place, each in enumerate(dict.fromkeys(each for _, members in groups for each in members))
    }
    return [sorted(members, key=places.__getitem__) for _, members in groups]


def smallest_unseen(
    corrections: Sequence[frozenset[int]], seen: Sequence[frozenset[int]], start: int, most: int, steps: int
) -> tuple[frozenset[int] | None, int | None]:
    """A smallest selection of `start` to `most` elements that meets every correction and contains nothing seen.

    With its size, below which there is none; no selection and `most` if there is none at all; and neither if the
    steps ran out.
    """
    left = [steps]
    for size in range(start, most + 1):
        found = _unseen(list(corrections), seen, frozenset(), size, left)
        if left[0] < 0:
            return None, None
        if found is not None:
            return found, size
    return None, most


def _unseen(
    unmet: list[frozenset[int]], seen: Sequence[frozenset[int]], taken: frozenset[int], room: int, left: list[int]
) -> frozenset[int] | None:
    left[0] -= 1
    if left[0] < 0 or any(each <= taken for each in seen):
        return None
    if not unmet:
        return taken
    if room <= 0 or len(disjoint(unmet)) > room:
        return None
    choice = min(unmet, key=lambda each: (len(each), sorted(each)))
    rest = unmet
    for element in sorted(choice, key=lambda each: (-_meets(unmet, each), each)):
        found = _unseen([each for each in rest if element not in each], seen, taken | {element}, room - 1, left)
        if found is not None or left[0] < 0:
            return found
        rest = [each - {element} for each in rest]
        if not all(rest):
            return None
    return None
