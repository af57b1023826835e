"""Denominators and bases of another period, of another edition, or of another table.

This room knows the columns along which rows follow each other, and tries the steps along them. What it proposes are
formulas: the same figures, looked up elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.relations import with_operand
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.engines.joining import duplicates
from ipmetrics.tables.places import Place, Product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.tables.calls import Asked
    from ipmetrics.tables.diagnosis.scenes import Line, Scene

__all__ = ["other_periods", "other_tables"]

_STEPS = (1, -1, 2, -2)
_LOOKED_UP = {"difference", "running_total", "same_as", "at_most"}


def other_periods(scene: Scene) -> Iterator[Proposal]:
    """Propose the denominator or base of the periods around, and of the editions around."""
    for asked in scene.trial.failing:
        at, place = _reference(asked)
        if place is None or place.frame is not None or (place.labels and not place.over):
            continue
        for line in scene.lines:
            for by in _STEPS:
                moved = _moved(place, line, by)
                if moved is not None and moved != place and not _is_itself(asked, moved):
                    yield _proposal(asked, at, moved, _told(asked, moved, line), 3.0 + abs(by) + (by < 0))
            yield from _editions(scene, asked, at, place, line)


def other_tables(scene: Scene) -> Iterator[Proposal]:
    """Propose the figure of the same row in each of the other tables."""
    for asked in scene.trial.failing:
        at, place = _reference(asked)
        if place is None or place.labels:
            continue
        keys = place.keys if place.frame is not None else scene.key
        for name, frame in scene.against.items():
            there = nw.from_native(frame, eager_only=True)
            if not keys or place.frame is frame or not {place.column, *keys} <= set(there.columns):
                continue
            moved = Place(place.column, keys=keys, frame=frame)
            if duplicates(there, moved) is None:
                words = f"{asked.name} is worked out with the {place.column} of the other table, {name}"
                yield _proposal(asked, at, moved, words, 4.0, frames={name: frame})


def _reference(asked: Asked) -> tuple[int, Place | None]:
    """Return the denominator, base or other side of a formula with its position among the operands."""
    relation = asked.relation
    if isinstance(relation, Product):
        return 2, relation.reference
    if asked.formula.kind in _LOOKED_UP:
        at = 2 if asked.formula.kind == "difference" else 1
        operand = relation.terms[at].operand
        return at, operand if isinstance(operand, Place) else None
    return 0, None


def _moved(place: Place, line: Line, by: int) -> Place | None:
    """Return the place so many steps back along a line."""
    if place.over is None:
        return Place(place.column, keys=line.keys, over=line.over, by=by)
    if place.over != line.over:
        return None
    steps = place.by + by
    return attrs.evolve(place, by=steps) if steps else Place(place.column)


def _is_itself(asked: Asked, moved: Place) -> bool:
    """Say whether a figure would be compared with itself."""
    return moved.here and moved.column in {
        place.column for place in places_of(asked) if isinstance(place, Place) and place.here
    }


def _told(asked: Asked, moved: Place, line: Line) -> str:
    what = f"the {moved.column} of"
    if moved.over is None:
        return f"{asked.name} is worked out with {what} its own {line.over}, not of an earlier one"
    side = f"{line.over} − {moved.by}" if moved.by > 0 else f"{line.over} + {-moved.by}"
    return f"{asked.name} is worked out with {what} {side}"


def _editions(scene: Scene, asked: Asked, at: int, place: Place, line: Line) -> Iterator[Proposal]:
    """Propose the base that stands in the edition before, or after, for the same period."""
    if place.over is None or line.over == place.over or line.over not in place.keys:
        return
    for by in (1, -1):
        name, frame = _shifted(scene.trial.call.frame, {place.over: place.by, line.over: by})
        moved = Place(place.column, keys=(place.over, *place.keys), frame=frame)
        if duplicates(nw.from_native(frame, eager_only=True), moved) is None:
            side = f"{line.over} {'−' if by > 0 else '+'} 1"
            told = f"the {place.column} that {side} printed for {place.over} − {place.by}"
            yield _proposal(asked, at, moved, f"{asked.name} is worked out with {told}", 5.0, frames={name: frame})


def _shifted(frame: nw.DataFrame[Any], steps: dict[str, int]) -> tuple[str, Any]:
    """Return the table as the one that many steps later sees it, and the Python that makes it of one of pandas."""
    columns, written = [], []
    for name, by in steps.items():
        is_number = frame.schema[name].is_integer()
        moved = (nw.col(name) if is_number else nw.col(name).cast(nw.Int64)) + by
        columns.append((moved if is_number else moved.cast(nw.String)).alias(name))
        text = f"frame[{name!r}]" if is_number else f"frame[{name!r}].astype(int)"
        text = f"{text} {'+' if by > 0 else '-'} {abs(by)}"
        written.append(f"{name!r}: {text}" if is_number else f"{name!r}: ({text}).astype(str)")
    return f"frame.assign(**{{{', '.join(written)}}})", nw.to_native(frame.with_columns(*columns))


def _proposal(
    asked: Asked, at: int, place: Place, words: str, cost: float, *, frames: dict[str, Any] | None = None
) -> Proposal:
    formula = with_operand(asked.formula, at, place)
    reading = Reading(formulas={asked.name: formula}, frames=frames or {})
    return Proposal(CauseKind.PERIOD, place.column, words, reading, cost)
