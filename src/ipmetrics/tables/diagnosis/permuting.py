"""Permutations that a table of what may go where allows: which are forced, and where several would do.

This room knows matchings in bipartite graphs: an edge is in some perfect matching if it is in the one that was found,
or lies on a cycle that alternates with it (Dulmage and Mendelsohn 1958). It has never seen a table of figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["permutations_of"]


def permutations_of(allowed: NDArray[np.bool_]) -> Iterator[dict[int, tuple[int, ...]]]:
    """Yield, for each group of rows that can exchange their values, whose value each row may take.

    ``allowed[i, j]`` says that row i may take the value of row j, never its own. Of several values the first is that
    of one permutation of the whole group, the others belong to other permutations. Where a group has no permutation,
    those of its pairs are yielded that can exchange with nobody else.
    """
    names = _components({row: [int(value) for value in np.flatnonzero(allowed[row])] for row in range(len(allowed))})
    for name in sorted(set(names.values())):
        rows = [row for row in names if names[row] == name]
        if len(rows) < 2:
            continue
        match = _matching(allowed, rows)
        yield from _pairs(allowed, rows) if match is None else _groups(allowed, rows, match)


def _matching(allowed: NDArray[np.bool_], rows: Sequence[int]) -> dict[int, int] | None:
    """Give every row a value of its own, by augmenting paths; None if that cannot be done."""
    taker: dict[int, int] = {}

    def place(row: int, seen: set[int]) -> bool:
        for value in rows:
            if allowed[row, value] and value not in seen:
                seen.add(value)
                if value not in taker or place(taker[value], seen):
                    taker[value] = row
                    return True
        return False

    if not all(place(row, set()) for row in rows):
        return None
    return {row: value for value, row in taker.items()}


def _pairs(allowed: NDArray[np.bool_], rows: Sequence[int]) -> Iterator[dict[int, tuple[int, ...]]]:
    mutual = allowed & allowed.T
    partners = {row: [int(other) for other in np.flatnonzero(mutual[row])] for row in rows}
    for row, others in partners.items():
        if len(others) == 1 and others[0] > row and partners[others[0]] == [row]:
            yield {row: (others[0],), others[0]: (row,)}


def _groups(
    allowed: NDArray[np.bool_], rows: Sequence[int], match: Mapping[int, int]
) -> Iterator[dict[int, tuple[int, ...]]]:
    """Yield the permutations that do not touch each other, with all that each row may take in any of them."""
    taker = {value: row for row, value in match.items()}
    turning = _components({row: [taker[value] for value in rows if allowed[row, value]] for row in rows})
    may_take = {
        row: (
            match[row],
            *(v for v in rows if v != match[row] and allowed[row, v] and turning[taker[v]] == turning[row]),
        )
        for row in rows
    }
    both_ways: dict[int, list[int]] = {row: list(values) for row, values in may_take.items()}
    for row, values in may_take.items():
        for value in values:
            both_ways[value].append(row)
    groups = _components(both_ways)
    for name in sorted(set(groups.values())):
        yield {row: may_take[row] for row in rows if groups[row] == name}


def _components(follows: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return for each row the name of its strongly connected component (Tarjan 1972)."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    found: dict[int, int] = {}
    stack: list[int] = []

    def visit(row: int) -> None:
        order[row] = low[row] = len(order)
        stack.append(row)
        for other in follows[row]:
            if other not in order:
                visit(other)
                low[row] = min(low[row], low[other])
            elif other not in found:
                low[row] = min(low[row], order[other])
        if low[row] == order[row]:
            members = stack[stack.index(row) :]
            del stack[stack.index(row) :]
            found.update(dict.fromkeys(members, min(members)))

    for row in sorted(follows):
        if row not in order:
            visit(row)
    return found
