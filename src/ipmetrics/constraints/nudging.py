"""Nudging: values that nearly satisfy some groups moved, one variable at a time, until they do.

A few moves mostly suffice where a change is small, and cost next to nothing (Minton, Johnston, Philips & Laird 1992).
Nothing is proved here: whoever asks checks the values against every group, and asks elsewhere when none are found.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.constraints.relations import Linear, Product, Proportion, Relation, Whole, Within, holds, satisfied

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from ipmetrics.intervals import Interval

__all__ = ["nudged"]

_MOVES = 24
_INWARDS = Fraction(1, 8)
"""How far within an interval a value is moved that lies outside, as a part of its width: its very end may be open."""


def nudged(
    broken: Iterable[tuple[Relation, ...]],
    values: Mapping[int, Fraction],
    whole: Collection[int],
    touching: Callable[[int], Iterable[tuple[Relation, ...]]],
) -> dict[int, Fraction] | None:
    """Values that satisfy the broken groups and all that the moves touched; None if a few moves do not get there.

    Each variable is moved once at most. `touching` gives the groups in force that bind a variable.
    """
    moved = dict(values)
    pinned: set[int] = set()
    waiting = sorted(broken, key=len)
    for _ in range(_MOVES):
        group = next((each for each in waiting if not _holds_together(each, moved)), None)
        if group is None:
            return moved
        for relation in group:
            if not satisfied(relation, moved):
                move = next(_moves(relation, moved, pinned, whole), None)
                if move is None:
                    return None
                variable, value = move
                moved[variable] = value
                pinned.add(variable)
                waiting += [each for each in touching(variable) if not _holds_together(each, moved)]
    return None


def _holds_together(group: tuple[Relation, ...], values: Mapping[int, Fraction]) -> bool:
    return all(satisfied(relation, values) for relation in group)


def _moves(
    relation: Relation, values: Mapping[int, Fraction], pinned: Collection[int], whole: Collection[int]
) -> Iterator[tuple[int, Fraction]]:
    """What one variable could be moved to so that a relation holds; only moves after which it does."""
    for variable, value in _wishes(relation, values):
        if variable in pinned:
            continue
        for each in (value, Fraction(round(value))) if variable in whole else (value,):
            if (variable not in whole or each.denominator == 1) and holds(relation, {**values, variable: each}):
                yield variable, each


def _wishes(relation: Relation, values: Mapping[int, Fraction]) -> Iterator[tuple[int, Fraction]]:
    match relation:
        case Within(variable=variable, interval=interval):
            yield variable, _into(interval, values.get(variable))
        case Whole(variable=variable) if variable in values:
            yield variable, Fraction(round(values[variable]))
        case Proportion(variable=variable, base=base, interval=interval):
            under, over = values.get(base), values.get(variable)
            size = _into(interval, over / under if over is not None and under else None)
            if under is not None and under > 0:
                yield variable, size * under
            if over is not None and size:
                yield base, over / size
        case Linear(terms=terms, interval=interval) if all(variable in values for variable, _ in terms):
            total = sum((factor * values[variable] for variable, factor in terms), Fraction(0))
            gap = _into(interval, total) - total
            yield from ((variable, values[variable] + gap / factor) for variable, factor in terms)
        case Product(variable=variable, factor=factor, base=base, scale=scale, offset=offset):
            result, under = values.get(variable), values.get(base)
            times = offset + scale * values[factor] if factor in values else None
            if result is not None and under:
                yield factor, (result / under - offset) / scale
            if times is not None and under is not None:
                yield variable, times * under
            if times and result is not None:
                yield base, result / times
        case _:
            pass


def _into(interval: Interval, value: Fraction | None) -> Fraction:
    """A value within an interval, not far from the one given."""
    if value is not None and value in interval:
        return value
    low, high = interval.lower, interval.upper
    if low is None or high is None:
        end = low if low is not None else high
        return Fraction(1) if end is None else end + (abs(end) * _INWARDS or 1) * (1 if low is not None else -1)
    inwards = (high - low) * (_INWARDS if value is not None else Fraction(1, 2))
    return high - inwards if value is not None and value > high else low + inwards
