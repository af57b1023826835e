"""Columns on another scale: thousands, percent, per million, and nothing says so; and commas that are decimal marks.

This room knows powers of ten and the words for them. A column's name may say its scale: that makes one of several
readings which do equally well the likelier, and never makes a row right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs
import numpy as np

from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.places import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["decimal_commas", "scales"]

_FARTHEST = 12
_FEW = 10.0
_WORDS = {
    0: "in single units",
    3: "in thousands",
    4: "in ten thousands (万)",
    6: "in millions",
    8: "in hundred millions (亿)",
    9: "in billions",
    12: "in trillions (万亿)",
    -2: "in percent",
    -3: "per thousand",
    -4: "per ten thousand",
    -5: "per hundred thousand",
    -6: "per million",
}
_NAMED = [
    (r"per_?(1_?000_?000|million|mill?n)|每百万", -6),
    (r"per_?100_?000|每十万", -5),
    (r"per_?(10_?000|ten_?thousand)|每万", -4),
    (r"per_?(1_?000|thousand|mille)|‰|千分", -3),
    (r"percent|per_?cent|pct|%|％|百分", -2),
    (r"100_?million|亿", 8),
    (r"billion", 9),
    (r"million|百万", 6),
    (r"10_?000|ten_?thousand|万", 4),
    (r"thousand|千", 3),
]
"""What a column's name may say of its scale; the first that is found counts."""


def scales(scene: Scene) -> Iterator[Proposal]:
    """Propose the powers of ten that may do for each column that a failing formula reads."""
    for name in scene.in_play:
        declared = scene.declared(name)
        now = scene.multiplier(name)
        if now is None:
            continue
        named = _named(name)
        for power in sorted({now + step for step in _steps(scene, name)} - {now}):
            if _vanishes(scene, name, power - now):
                continue
            cost = 3.0 if power in _WORDS else 8.0
            cost += 3.0 * (declared.multiplier is not None) + 1.0 * (name not in scene.subjects)
            cost += (2.0 if power > 0 else 8.0) * declared.whole
            cost -= 3.0 * (named == power)
            yield Proposal(
                CauseKind.SCALE,
                name,
                f"{name} is printed {_told(power)}, not {_told(now)}",
                Reading(columns={name: attrs.evolve(declared, multiplier=power)}),
                cost,
                why=f"Its name says so: {_told(power)}." if named == power else "",
            )


def _steps(scene: Scene, name: str) -> set[int]:
    """Return by how many powers of ten a column may be off: as far as the figures are, or any number for sums."""
    steps: set[int] = set()
    for asked in scene.trial.failing:
        relation = asked.relation
        if name not in {place.column for place in places_of(asked)}:
            continue
        if isinstance(relation, Linear):
            # A sum within one column comes out alike on every scale.
            if len({place.column for place in places_of(asked)}) > 1 or scene.has_constant(asked):
                steps |= set(range(-_FARTHEST, _FARTHEST + 1))
            continue
        for role, sign in (("subject", 1), ("numerator", -1), ("reference", 1)):
            place = getattr(relation, role)
            if place is not None and place.column == name:
                orders = scene.orders(asked, 0 if role == "subject" else relation.shift)
                middle = sign * round(orders * (1 if role == "subject" else relation.periods))
                steps |= {middle - 1, middle, middle + 1}
    return {step for step in steps if abs(step) <= _FARTHEST}


def _vanishes(scene: Scene, name: str, step: int) -> bool:
    """Say whether a column would be so small that it changes nothing in any sum it stands in."""
    array = scene.array(name)
    sums = [asked for asked in scene.trial.failing if isinstance(asked.relation, Linear)]
    subjects = [scene.array(places_of(asked)[0].column) for asked in sums]
    if array is None or name in scene.subjects or len(sums) < len(scene.trial.failing):
        return False
    size = float(np.median(np.abs(array.mantissa))) * 10.0 ** (array.reading.power + step)
    return all(subject is not None and size < _FEW * 10.0**subject.reading.power for subject in subjects)


def _told(power: int) -> str:
    return _WORDS.get(power, f"in units of 10^{power}")


def _named(name: str) -> int | None:
    for pattern, power in _NAMED:
        if re.search(pattern, name.lower().replace(" ", "_")):
            return power
    return None


def decimal_commas(scene: Scene) -> Iterator[Proposal]:
    """Propose that commas are decimal marks, where they could be."""
    for name in scene.in_play:
        declared = scene.declared(name)
        if declared.decimal_comma or not scene.has_commas(name):
            continue
        yield Proposal(
            CauseKind.DECIMAL_COMMA,
            name,
            f"{name} has decimal commas, which do not group thousands",
            Reading(columns={name: attrs.evolve(declared, decimal_comma=True)}),
            4.0,
        )
