"""Figures rounded by another rule: cut off, up or down, ties one way; counts that are sums of fractions.

This room knows rounding rules. That shares were nudged to add to 100 leaves a trace of its own, which is looked for
in `balances`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.rounding import Rounding
from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.results import CauseKind
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.diagnosis.trials import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["fractional_counts", "rules"]

_COSTS = {
    Rounding.NEAREST: 2.0,
    Rounding.TRUNCATED: 3.0,
    Rounding.HALF_UP: 4.0,
    Rounding.HALF_EVEN: 4.0,
    Rounding.HALF_DOWN: 5.0,
    Rounding.CEILING: 5.0,
    Rounding.FLOOR: 5.0,
}
_NOT_WHOLE = 5.0
"""Bits: that a count is none was declared otherwise."""

_WORDS = {
    Rounding.NEAREST: "was rounded to the nearest, by whatever rule for ties",
    Rounding.TRUNCATED: "was cut off, not rounded",
    Rounding.HALF_UP: "was rounded with ties away from zero",
    Rounding.HALF_EVEN: "was rounded with ties to the even digit",
    Rounding.HALF_DOWN: "was rounded with ties towards zero",
    Rounding.CEILING: "was always rounded up",
    Rounding.FLOOR: "was always rounded down",
}


def rules(scene: Scene) -> Iterator[Proposal]:
    """Propose every other rounding rule for each column that a failing formula reads and that is not exact."""
    for name in scene.in_play:
        array = scene.array(name)
        if array is None or array.reading.rule is Rounding.EXACT:
            continue
        now = array.reading.rule
        mirrored = bool((array.mantissa < 0).any())
        for rule, cost in _COSTS.items():
            if rule is now or (rule is Rounding.FLOOR and not mirrored):
                continue
            kind = CauseKind.TRUNCATED if rule is Rounding.TRUNCATED else CauseKind.ROUNDING
            reading = Reading(columns={name: attrs.evolve(scene.declared(name), rounding=rule)})
            yield Proposal(kind, name, f"{name} {_WORDS[rule]}", reading, cost)


def fractional_counts(scene: Scene) -> Iterator[Proposal]:
    """Propose that counts taken as exact are rounded, one column at a time and all that a formula reads together."""
    exact = [name for name in scene.in_play if _is_exact(scene, name)]
    together = {
        tuple(sorted({place.column for place in places_of(asked)} & set(exact))) for asked in scene.trial.failing
    }
    for names in sorted({(name,) for name in exact} | {names for names in together if len(names) > 1}):
        columns = {name: _rounded(scene.declared(name)) for name in names}
        listed = " and ".join(names)
        yield Proposal(
            CauseKind.FRACTIONAL,
            names[0],
            f"{listed} {'is' if len(names) == 1 else 'are'} counted in fractions and rounded, not exact",
            Reading(columns=columns),
            _NOT_WHOLE + len(names),
        )
    for name in exact:
        cut = attrs.evolve(_rounded(scene.declared(name)), rounding=Rounding.TRUNCATED)
        words = f"{name} is counted in fractions that were cut off"
        yield Proposal(CauseKind.TRUNCATED, name, words, Reading(columns={name: cut}), 2 * _NOT_WHOLE)


def _is_exact(scene: Scene, name: str) -> bool:
    array = scene.array(name)
    return array is not None and array.reading.rule is Rounding.EXACT


def _rounded(column: Column) -> Column:
    return attrs.evolve(column, whole=False, rounding=None)
