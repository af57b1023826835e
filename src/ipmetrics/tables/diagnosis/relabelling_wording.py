"""Labels that slipped, in words: how many rows, which ones were exchanged, and what the table was sorted by.

This room knows what was found and puts it into sentences; it finds nothing by itself but patterns a reader would see:
two rows exchanged, a block that slid by so many rows, figures in falling order beside labels that are not.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipmetrics.intervals import Interval
    from ipmetrics.tables.diagnosis.relabelling import Relabelling, RowLabel
    from ipmetrics.tables.diagnosis.relabelling_editions import Edition, Names

__all__ = ["told"]

_BLOCK = 3
"""Rows that slid together: two may be chance, or an exchange."""

_CERTAIN = 1_000_000
"""Odds from here on are not told by the digit; below, by one."""


def told(
    found: Relabelling,
    first: Edition,
    names: Names,
    odds: float,
    others: Sequence[tuple[tuple[str, ...], int, float]],
) -> str:
    """Return a few sentences.

    ``others`` are the other columns that may have moved instead, with the contradictions that this would leave and how
    many times less likely it is.
    """
    rows = len(found.rows)
    if not found.found:
        if found.fails_before:
            beginning = f"Impossible as labelled: {found.fails_before} of {rows} rows"
            return f"{beginning}. Labels that moved do not explain it: wrong figures are likelier."
        if found.odds >= odds:
            return f"The labels may stand: none is impossible, though others are {_times(found.odds)} likelier."
        return f"The labels may stand: none is impossible, and no others are {odds:g} times likelier."
    sentences = [_why(found), _what(found, names)]
    sentences += [_instead(*other, odds) for other in others]
    if found.odds < odds:
        sentences.append("That the impossible rows hold wrong figures instead is not ruled out.")
    sentences.append(_how_many(found.rows))
    if found.left_over:
        sentences.append(f"No row carries the figures of {_listed(found.left_over)}.")
    exchanged = _exchanged(found.rows)
    if exchanged:
        sentences.append(f"Exchanged: {'; '.join(f'{one} and {other}' for one, other in exchanged)}.")
    sentences += _blocks(found.rows)
    order = [name for name in found.columns if _falls(first, name)]
    if order:
        sentences.append(f"The rows stand in falling order of {_listed(order)}: the labels were not sorted with them.")
    return " ".join(sentences)


def _why(found: Relabelling) -> str:
    rows = len(found.rows)
    left = found.fails_after or "none"
    return f"Impossible as labelled: {found.fails_before} of {rows} rows; with other labels: {left}."


def _times(odds: float) -> str:
    if odds >= _CERTAIN:
        return "more than a million times"
    return f"about {float(f'{odds:.0e}'):,.0f} times"


def _instead(columns: Sequence[str], left: int, against: float, odds: float) -> str:
    """Say how much worse it is that other columns moved."""
    supposed = f"{_listed(columns)} alone"
    if left:
        return f"If it were {supposed}, {left} contradiction{'s' * (left > 1)} would be left."
    if against >= odds:
        return f"That it is {supposed} is {_times(against)} less likely."
    return f"It may also be {supposed}."


def _what(found: Relabelling, names: Names) -> str:
    if found.columns == names.counts:
        return f"Whole rows stand beside wrong labels: {_listed(found.columns)} moved together."
    return f"Only the figures of {_listed(found.columns)} stand beside wrong labels."


def _how_many(rows: Sequence[RowLabel]) -> str:
    """Count what became of the rows."""
    proved = sum(row.true not in {None, row.printed} and row.certainty == "proved" for row in rows)
    likely = sum(row.true not in {None, row.printed} and row.certainty == "likely" for row in rows)
    kept = sum(row.true == row.printed for row in rows)
    moved = sum(row.true is None and row.moved for row in rows)
    undecided = sum(row.true is None for row in rows)
    ending = f" (of which have moved, wherever: {moved})" if moved else ""
    return (
        f"Rows with the figures of another label: {proved + likely} ({proved} proved, {likely} likely); "
        f"with their own: {kept}; undecided: {undecided}{ending}."
    )


def _exchanged(rows: Iterable[RowLabel]) -> list[tuple[str, str]]:
    """Return the pairs of rows of which each carries the other's figures."""
    true = {row.printed: row.true for row in rows if row.true is not None}
    return [(one, other) for one, other in true.items() if one < other and true.get(other) == one]


def _blocks(rows: Sequence[RowLabel]) -> Iterable[str]:
    """Tell of neighbouring rows whose figures all belong to labels the same number of rows away."""
    place = {row.printed: at for at, row in enumerate(rows)}
    away = [place[row.true] - at if row.true in place else 0 for at, row in enumerate(rows)]
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and away[end] == away[start]:
            continue
        if away[start] and end - start >= _BLOCK:
            count, side = abs(away[start]), "below" if away[start] > 0 else "above"
            block = f"From {rows[start].printed} to {rows[end - 1].printed} ({end - start} rows)"
            yield f"{block} the right label stands {count} row{'s' * (count > 1)} {side}."
        start = end


def _falls(edition: Edition, name: str) -> bool:
    """Say whether a column falls from row to row in every group of the table, and is no mere constant."""
    groups: dict[str, list[Interval]] = {}
    for group, figure in zip(edition.groups, edition.figures[name], strict=True):
        groups.setdefault(group, []).append(figure)
    steps = [(above.midpoint, below.midpoint) for figures in groups.values() for above, below in pairwise(figures)]
    known = [(above, below) for above, below in steps if above is not None and below is not None]
    return len(known) == len(steps) and all(above >= below for above, below in known) and any(a > b for a, b in known)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
