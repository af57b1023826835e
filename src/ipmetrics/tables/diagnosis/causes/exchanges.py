"""Values of one column that stand in each other's rows: two exchanged, several permuted, or a block that slid.

Each failing row is tried with the value of every other failing row, exactly. Values move only if the rows they go to
all pass, and where a row could take several, all are named.
"""

from __future__ import annotations

from math import lgamma, log, log2
from typing import TYPE_CHECKING

import attrs
import narwhals as nw
import numpy as np

from ipmetrics.tables.diagnosis.permuting import permutations_of
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind, RowChange
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Edit, Reading
from ipmetrics.tables.engines.eager import answers
from ipmetrics.tables.engines.parted import surveys_of_part
from ipmetrics.tables.places import Sum
from ipmetrics.tables.verdicts import VERDICT_CODES, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["exchanged_rows", "slid_columns"]

_MOST_ROWS = 150
_STEPS = (1, -1, 2, -2)
_LEAST_BLOCK = 3
_LONGEST_COLUMN = 5_000
_FAILS = VERDICT_CODES[RowVerdict.INCONSISTENT]


def exchanged_rows(scene: Scene) -> Iterator[Proposal]:
    """Propose the permutations of a column's values that make all the rows pass between which they move."""
    for name in _movable(scene):
        rows = _failing(scene, name)
        if not 2 <= rows.size <= _MOST_ROWS:
            continue
        fits = _fits(scene, name, rows)
        for cycle in permutations_of(fits):
            yield _proposal(scene, name, rows, cycle)


def _movable(scene: Scene) -> list[str]:
    """Return the columns whose values may have moved: figures in the row itself, and labels that find other rows."""
    names: set[str] = set()
    frame = scene.trial.call.frame
    for asked in scene.trial.failing:
        for place in places_of(asked):
            if not isinstance(place, Sum):
                names |= {place.column} if place.here else {*place.keys}
    return sorted(name for name in names if scene.trial.call.physical(name) in frame.columns)


def _failing(scene: Scene, name: str) -> NDArray[np.intp]:
    """Return the rows that fail under the formulas that read a column."""
    touched = scene.trial.touched(Reading(edits=(Edit(0, name, None),)))
    fails = [scene.trial.marks[formula].fails for formula in touched]
    return np.flatnonzero(np.logical_or.reduce(fails)) if fails else np.array([], dtype=np.intp)


def _fits(scene: Scene, name: str, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Say for each row, and each other, whether it passes with the other's value in a column, judged in its place."""
    trial, count = scene.trial, rows.size
    touched = trial.touched(Reading(edits=(Edit(0, name, None),)))
    asked = tuple(
        one
        for one in trial.call.asked
        if one.name in touched and not any(isinstance(place, Sum) for place in places_of(one))
    )
    call = attrs.evolve(trial.call, asked=asked)
    if not asked:
        return np.zeros((count, count), dtype=bool)
    frame, physical = nw.maybe_reset_index(call.frame), call.physical(name)
    pairs = nw.maybe_reset_index(frame[np.repeat(rows, count).tolist()])
    values = nw.maybe_reset_index(frame.get_column(physical)[np.tile(rows, count).tolist()])
    surveys = surveys_of_part(call, nw.to_native(frame))
    moved = attrs.evolve(call, frame=pairs.with_columns(values.alias(physical)), whole=call.frame, output=("verdict",))
    codes = [answer.verdict for answer in answers(moved, surveys).values()]
    fails = np.logical_or.reduce([code == _FAILS for code in codes])
    passes = np.logical_or.reduce([(code >= 0) & (code < _FAILS) for code in codes])
    found = (passes & ~fails).reshape(count, count)
    return np.asarray(found & ~np.eye(count, dtype=bool), dtype=bool)


def _proposal(scene: Scene, name: str, rows: NDArray[np.intp], cycle: dict[int, tuple[int, ...]]) -> Proposal:
    """Propose that some rows carry each other's values; of several that would do, the first."""
    values = scene.trial.call.frame.get_column(scene.trial.call.physical(name)).to_list()
    moves = {int(rows[row]): [int(rows[there]) for there in several] for row, several in cycle.items()}
    edits = tuple(Edit(row, name, values[several[0]]) for row, several in moves.items())
    changes = tuple(
        RowChange(row, scene.name_of(row), str(values[row]), " or ".join(str(values[there]) for there in several))
        for row, several in sorted(moves.items())
    )
    names = sorted(scene.name_of(row) for row in moves)
    if len(moves) == 2:
        words = f"the values of {name} in {names[0]} and {names[1]} are exchanged"
    else:
        listed = ", ".join([*names[:6], *["…"] * (len(names) > 6)])
        words = f"the values of {name} in {len(moves)} rows stand in each other's places ({listed})"
    ways = (lgamma(rows.size + 1) - lgamma(rows.size - len(moves) + 1)) / log(2)
    undecided = sum(len(several) > 1 for several in moves.values())
    return Proposal(
        CauseKind.EXCHANGED,
        name,
        words,
        Reading(edits=edits),
        ways + 2.0,
        why=f"{undecided} of these rows could take several of the values."
        if undecided
        else "No other row's value fits.",
        changes=changes,
        single=True,
    )


def slid_columns(scene: Scene) -> Iterator[Proposal]:
    """Propose that a block of a column slid by a row or two, in tables that somebody laid out by hand."""
    rows = scene.trial.rows
    for name in _movable(scene) if rows <= _LONGEST_COLUMN else ():
        if name not in scene.in_play or not _has_run(_failing(scene, name)):
            continue
        values = scene.trial.call.frame.get_column(scene.trial.call.physical(name)).to_list()
        for step in _STEPS:
            if rows <= abs(step):
                continue
            moved = {row: row + step for row in range(max(0, -step), min(rows, rows - step))}
            edits = tuple(Edit(row, name, values[there]) for row, there in moved.items())
            outcome = scene.trial.outcome(Reading(edits=edits))
            first, last = _best_block(outcome.gains)
            block = [row for row in range(first, last) if row in moved]
            if len(block) < _LEAST_BLOCK or outcome.fails_after[block].any():
                continue
            side = "below" if step > 0 else "above"
            told = f"{abs(step)} row{'s' * (abs(step) > 1)} {side} their own"
            yield Proposal(
                CauseKind.EXCHANGED,
                name,
                f"the values of {name} stand {told} from {scene.name_of(block[0])} to {scene.name_of(block[-1])}",
                Reading(edits=tuple(Edit(row, name, values[moved[row]]) for row in block)),
                2 * log2(rows) + 3.0,
                changes=tuple(
                    RowChange(row, scene.name_of(row), str(values[row]), str(values[moved[row]])) for row in block
                ),
            )


def _has_run(rows: NDArray[np.intp]) -> bool:
    """Say whether as many neighbouring rows fail as a block has."""
    ends = rows[_LEAST_BLOCK - 1 :] - rows[: len(rows) - _LEAST_BLOCK + 1]
    return bool((ends == _LEAST_BLOCK - 1).any())


def _best_block(gains: NDArray[np.float64]) -> tuple[int, int]:
    """Return the neighbouring rows that gain most together, the last one excluded."""
    best, found, start, total = 0.0, (0, 0), 0, 0.0
    for row, gain in enumerate(gains):
        total += float(gain)
        if total <= 0:
            total, start = 0.0, row + 1
        elif total > best:
            best, found = total, (start, row + 1)
    return found
