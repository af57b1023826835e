"""Sums: which printed levels an article says make up another, as the claims that say so.

Where a list may be of one of several figures in front of it, one of the sums holds. This room reads no word and adds
nothing up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.model.claims import Claim, OneOf, Total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipmetrics.model.claims import Source
    from ipmetrics.prose.statements import Statement
    from ipmetrics.prose.unknowns import Unknowns

__all__ = ["parts_apart", "sum_of", "sums_in"]


def sums_in(statements: Sequence[Statement]) -> Iterator[tuple[int, ...]]:
    """For each list of parts the wholes that it may be of, the first first."""
    wholes: dict[tuple[int, ...], list[int]] = {}
    for place, statement in enumerate(statements):
        if statement.parts:
            wholes.setdefault(statement.parts, []).append(place)
    yield from map(tuple, wholes.values())


def parts_apart(statements: Sequence[Statement]) -> dict[int, str]:
    """Parts of one whole are different things, even where the text gives them one name: each is told by its figure."""
    named: dict[int, str] = {}
    for statement in statements:
        for count, part in enumerate(statement.parts, 1):
            named.setdefault(part, f"part {count}: {statements[part].quote}")
    return named


def sum_of(wholes: Sequence[int], unknowns: Unknowns, *, name: str, source: Source) -> Claim:
    """The claim that one of the wholes is made up of its parts.

    Raises
    ------
    IpmetricsError
        If unlike things would be added.
    """
    sums = [_total(place, unknowns) for place in wholes]
    if len(sums) == 1:
        total = sums[0]
        return Total(total.subject, total.parts, complete=total.complete, id=name, source=source)
    return OneOf(sums, id=name, source=source)


def _total(place: int, unknowns: Unknowns) -> Total:
    statement = unknowns.statements[place]
    parts = [unknowns.subject(part, unknowns.statements[part]) for part in statement.parts]
    return Total(unknowns.subject(place, statement), parts, complete=statement.complete is True)
