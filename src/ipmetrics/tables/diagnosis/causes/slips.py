"""Single cells with a slip of the digits: exchanged, wrong, dropped, doubled, or a point in the wrong place.

What the other cells leave for one is worked out exactly, from every formula that reads it. A slip is proposed only if
the mended figure meets all of that, and then judged on the whole table like any other cause.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from math import floor, log2
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ipmetrics.intervals import Interval
from ipmetrics.tables.diagnosis.chances import RANGE
from ipmetrics.tables.diagnosis.incidence import Cell, Incidence, Use
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind, RowChange
from ipmetrics.tables.diagnosis.trials import Edit, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["MOST_ROWS", "slips"]

MOST_ROWS = 60
"""With more failing rows under one formula single cells are not looked at: the cause lies elsewhere."""

_MOST_CELLS = 60
_MOST_PER_ROW = 3
_FARTHEST = 6


class _Mended(NamedTuple):
    """Another reading of some digits: the number they make, at the same number of decimals, in words, with its cost."""

    number: int
    words: str
    cost: float


class _Left(NamedTuple):
    """What is left for a cell by every row that reads it; exact unless growth is compounded."""

    interval: Interval
    uses: tuple[Use, ...]
    is_exact: bool


def slips(scene: Scene) -> Iterator[Proposal]:
    """Propose the cheapest slips for every failing row, where few fail."""
    incidence = Incidence(scene)
    left: dict[Cell, _Left | None] = {}
    done: set[tuple[Cell, int]] = set()
    for asked in scene.trial.failing:
        rows = np.flatnonzero(scene.trial.marks[asked.name].fails)
        for row in map(int, rows if rows.size <= MOST_ROWS else ()):
            cells = incidence.cells(asked.name, row)
            if len(cells) > _MOST_CELLS:
                continue
            found = []
            for cell in cells:
                if cell not in left:
                    left[cell] = _left_for(incidence, cell)
                found += [(mended.cost, cell, mended) for mended in _mended(incidence, cell, left[cell])]
            for _, cell, mended in sorted(found, key=lambda one: (one[0], one[1], one[2].number))[:_MOST_PER_ROW]:
                proposal = _proposal(scene, cell, mended, log2(len(cells) * rows.size), left[cell])
                if proposal is not None and (cell, mended.number) not in done:
                    done.add((cell, mended.number))
                    yield proposal


def _left_for(incidence: Incidence, cell: Cell) -> _Left | None:
    """Return what is left for a cell; None if nothing is."""
    interval, uses = Interval.everything(), tuple(incidence.uses(cell))
    for use in uses:
        interval = interval & incidence.needed(use, cell)
        if interval.is_empty:
            return None
    return _Left(interval, uses, all(incidence.is_exact(use) for use in uses))


def _mended(incidence: Incidence, cell: Cell, left: _Left | None) -> list[_Mended]:
    """Return the slips that may have led to the printed figure from one that would fit."""
    array = incidence.scene.trial.array(cell.column)
    if left is None or (array.trouble is not None and array.trouble[cell.row]):
        return []
    unit = int(array.unit[cell.row]) if array.unit is not None else array.reading.unit or 1
    mantissa = int(array.mantissa[cell.row])
    sign, number = (-1 if mantissa < 0 else 1), abs(mantissa) // unit

    one = Fraction(10) ** array.reading.power
    least, most = (None if end is None else end / one for end in (left.interval.lower, left.interval.upper))

    def fits(candidate: int) -> bool:
        near = sign * candidate * unit
        if (least is not None and near + unit < least) or (most is not None and near - unit > most):
            return False  # whatever the rule, a figure states nothing farther off than a unit
        return incidence.printed(cell.column, cell.row, near).overlaps(left.interval)

    found = [mended for mended in _slips_of(number) if mended.number != number and fits(mended.number)]
    fails = sum(bool(incidence.scene.trial.marks[use.formula].fails[use.row]) for use in left.uses)
    if not found and fails > 1:
        found += _another(incidence, cell, left.interval, number, sign * unit)
    cheapest = {one.number: one for one in sorted(found, key=lambda one: -one.cost)}
    return [_Mended(sign * one.number * unit, one.words, one.cost) for one in cheapest.values()]


def _slips_of(number: int) -> Iterator[_Mended]:
    """Yield the numbers from which a slip leads to one, with what it assumes."""
    digits = str(number)
    count = len(digits)
    for at, (one, other) in enumerate(pairwise(digits)):
        if one != other and not (at == 0 and other == "0"):
            swapped = digits[:at] + other + one + digits[at + 2 :]
            yield _Mended(int(swapped), "two digits are exchanged", log2(count) + 2)
    for power in range(1, _FARTHEST + 1):
        cost = log2(2 * _FARTHEST) + 2
        yield _Mended(number * 10**power, "zeros were dropped, or the point is misplaced", cost)
        if number % 10**power == 0:
            yield _Mended(number // 10**power, "there are zeros too many, or the point is misplaced", cost)
    for at in range(count):
        less = digits[:at] + digits[at + 1 :]
        doubled = at and digits[at] == digits[at - 1]
        if less and less[0] != "0":
            words = "a digit is doubled" if doubled else "there is a digit too many"
            yield _Mended(int(less), words, log2(count) + (2 if doubled else 4))
        for digit in "0123456789":
            if digit != digits[at] and not (at == 0 and digit == "0" and count > 1):
                wrong = digits[:at] + digit + digits[at + 1 :]
                yield _Mended(int(wrong), "one digit is wrong", log2(9 * count) + 3)
    for at in range(count + 1):
        for digit in "0123456789":
            if not (at == 0 and digit == "0"):
                more = digits[:at] + digit + digits[at:]
                yield _Mended(int(more), "a digit was left out", log2(10 * (count + 1)) + 3)


def _another(incidence: Incidence, cell: Cell, needed: Interval, number: int, unit: int) -> list[_Mended]:
    """Return a figure that fits, whatever led away from it: at the price of a figure nobody has printed."""
    if needed.midpoint is None:
        return []
    steps = needed.midpoint / (Fraction(10) ** incidence.scene.trial.array(cell.column).reading.power * unit)
    for near in (floor(steps), floor(steps) + 1):
        if near > 0 and near != number and incidence.printed(cell.column, cell.row, near * unit).overlaps(needed):
            return [_Mended(near, "it is another figure", log2(2 * RANGE * max(number, near)))]
    return []


def _proposal(scene: Scene, cell: Cell, mended: _Mended, choice: float, left: _Left | None) -> Proposal | None:
    """Propose another figure for a cell."""
    call = scene.trial.call
    declared = scene.declared(cell.column)
    printed = call.frame.get_column(call.physical(cell.column)).to_list()[cell.row]
    value = _reprinted(printed, mended.number, scene.trial.array(cell.column).reading.places, declared)
    if value is None:
        return None
    name = scene.name_of(cell.row)
    return Proposal(
        CauseKind.DIGITS,
        cell.column,
        f"{cell.column} of {name}: {mended.words}, {value} is printed as {printed}",
        Reading(edits=(Edit(cell.row, cell.column, value),)),
        mended.cost + choice,
        changes=(RowChange(cell.row, name, str(printed), str(value)),),
        single=True,
        settled=_settled(scene, left.uses) if left is not None and left.is_exact else None,
    )


def _settled(scene: Scene, uses: Iterable[Use]) -> dict[str, NDArray[np.float64]]:
    """Return the rows that pass with the mended figure: all that read it."""
    found: dict[str, NDArray[np.float64]] = {}
    for use in uses:
        chance = found.setdefault(use.formula, np.full(scene.trial.rows, np.nan))
        chance[use.row] = scene.trial.marks[use.formula].chance[use.row]
    return found


def _reprinted(printed: Any, mantissa: int, places: int, declared: Any) -> Any:  # noqa: ANN401 - a cell, and a Column
    """Print another number as a cell prints its own; None if that cannot be done."""
    if isinstance(printed, int | np.integer):
        return mantissa // 10**places
    if isinstance(printed, float | np.floating):
        return mantissa / 10**places
    if not isinstance(printed, str):
        return None
    spans = list(re.finditer(r"[0-9][0-9.,]*", printed))
    at = (declared.number or 1) - 1
    if at >= len(spans):
        return None
    span = spans[at]
    point, comma = (",", ".") if declared.decimal_comma else (".", ",")
    shown = len(span.group().rpartition(point)[2]) if point in span.group() else 0
    if mantissa % 10 ** max(0, places - shown):
        shown = places
    number = abs(mantissa) // 10 ** (places - shown) if shown <= places else abs(mantissa) * 10 ** (shown - places)
    whole, rest = divmod(number, 10**shown)
    text = f"{whole:,}".replace(",", comma if comma in span.group() else "")
    text += f"{point}{rest:0{shown}}" if shown else ""
    return printed[: span.start()] + text + printed[span.end() :]
