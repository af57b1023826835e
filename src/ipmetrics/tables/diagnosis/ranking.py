"""Proposals weighed against each other: what each repairs, what it assumes, how much it leaves that is tested.

This room knows no kind of cause. It confines a cause to the labelled rows it helps, drops those that gain nothing, and
says which stand alone and which are tied.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from ipmetrics.tables.diagnosis.proposals import Proposal
from ipmetrics.tables.diagnosis.relations import renamed
from ipmetrics.tables.diagnosis.results import Standing
from ipmetrics.tables.diagnosis.trials import PENALTY, Outcome, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipmetrics.tables.diagnosis.scenes import Labels, Scene
    from ipmetrics.tables.formulas import Formula

__all__ = ["Weighed", "chosen", "weighed"]

_LEAST = 6.0
"""Bits: a cause that gains less may be chance."""

_LEAST_SINGLE = 3.0
"""The same for single cells, where that a row failed speaks for no slip in particular."""

_LEAST_SHARPENING = 12.0
_CONFINING = 4.0
_TIED = 2.0
_RIVAL = 0.5
_MOST_RIVALS = 3


@attrs.frozen(eq=False, slots=False)
class Weighed:
    """A proposal with what it does to the table, and to the rows of what labels it is confined."""

    proposal: Proposal
    reading: Reading
    outcome: Outcome
    words: str
    gain: float

    @cached_property
    def pairs(self) -> frozenset[tuple[str, int]]:
        """Which row it makes right under which formula."""
        repaired = self.outcome.repaired
        return frozenset((name, int(row)) for name, rows in repaired.items() for row in np.flatnonzero(rows))

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """Best first: what gains most, then what assumes least, then by its words so that no order of rows decides."""
        return (-round(self.gain, 3), round(self.proposal.cost, 3), self.words)


def weighed(scene: Scene, proposals: Iterable[Proposal]) -> list[Weighed]:
    """Judge proposals and keep those that gain something, the best first."""
    found = []
    for proposal in proposals:
        settled = proposal.settled
        outcome = scene.trial.outcome(proposal.reading) if settled is None else scene.trial.settled_by(settled)
        if not outcome.before:
            continue
        one = _best_confined(scene, proposal, attrs.evolve(outcome, spares=proposal.spares, against=proposal.against))
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: one.order)


def _best_confined(scene: Scene, proposal: Proposal, outcome: Outcome) -> Weighed | None:
    """Return the proposal for all rows, or for those with some labels where that gains clearly more."""
    gain = float(outcome.gains.sum()) + proposal.evidence - proposal.cost
    best = Weighed(proposal, proposal.reading, outcome, proposal.words, gain)
    if not (proposal.single or proposal.sharpens):
        for labels in scene.groups:
            one = _confined(scene, proposal, outcome, labels)
            if one is not None and one.gain > best.gain + _CONFINING:
                best = one
    return best if _is_worth_telling(best) else None


def _confined(scene: Scene, proposal: Proposal, outcome: Outcome, labels: Labels) -> Weighed | None:
    """Confine a proposal to the labels that gain by it."""
    count = len(labels.values)
    gains = np.bincount(labels.codes, weights=outcome.gains, minlength=count)
    repaired = np.bincount(labels.codes, weights=outcome.rows_repaired, minlength=count)
    chosen = (gains > 0) & (repaired > 0)
    if not chosen.any() or chosen.all():
        return None
    values = tuple(label for label, is_chosen in zip(labels.values, chosen, strict=True) if is_chosen)
    others = tuple(label for label, is_chosen in zip(labels.values, chosen, strict=True) if not is_chosen)
    gain = float(gains[chosen].sum()) + proposal.evidence - proposal.cost - count
    listed = " or ".join(map(str, values))
    return Weighed(
        proposal,
        _confined_reading(scene, proposal.reading, labels.name, values, others),
        outcome.confined(chosen[labels.codes]),
        f"{proposal.words}, where {labels.name} is {listed}",
        gain,
    )


def _confined_reading(
    scene: Scene, reading: Reading, column: str, values: tuple[Any, ...], others: tuple[Any, ...]
) -> Reading:
    """Read the columns under new names for the rows that carry some labels, and as before for the others."""
    listed = ", ".join(map(str, values))
    names = {name: f"{name} ({listed})" for name in reading.columns}
    columns = {
        names[name]: attrs.evolve(changed, read_from=scene.trial.call.physical(name))
        for name, changed in reading.columns.items()
    }
    formulas: dict[str, Formula] = {}
    for asked in scene.trial.call.asked:
        if asked.name not in scene.trial.touched(reading):
            continue
        old = asked.formula
        new = reading.formulas.get(asked.name, old)
        about = old.about or asked.name
        relation = renamed(new.of(asked.name), names)
        formulas[asked.name] = attrs.evolve(old, where=(*old.where, (column, others)))
        formulas[f"{asked.name} ({listed})"] = attrs.evolve(
            new, relation=relation, about=names.get(about, about), where=(*new.where, (column, values))
        )
    return Reading(columns=columns, formulas=formulas, frames=reading.frames)


def _is_worth_telling(one: Weighed) -> bool:
    """Say whether a cause gains enough and repairs more than single rows, if it is blamed on more."""
    outcome, proposal = one.outcome, one.proposal
    before, after = int(outcome.fails_before.sum()), int(outcome.fails_after.sum())
    repaired = int(outcome.rows_repaired.sum())
    if proposal.sharpens and not repaired:
        return one.gain >= _LEAST_SHARPENING and after <= before
    if not repaired:
        return False
    if proposal.single or repaired == 1:
        enough = one.gain >= _LEAST_SINGLE + PENALTY * len(one.pairs)
        return enough and (proposal.single or proposal.least == 1)
    concerned = before if outcome.mask is None else int((outcome.fails_before & outcome.mask).sum())
    return one.gain >= _LEAST and after < before and 2 * repaired >= concerned


def chosen(found: Sequence[Weighed]) -> list[tuple[Weighed, Standing, list[Weighed]]]:
    """Choose the causes that do not compete, each with its standing and the others that compete with it.

    A cause in a whole column waits if causes in single rows together explain the same rows better.
    """
    leaders: list[Weighed] = []
    taken: set[tuple[str, int]] = set()
    for one in found:
        if taken.isdisjoint(one.pairs) and _are_apart(one, leaders) and not _is_outdone(one, found):
            leaders.append(one)
            taken |= one.pairs
    return [(leader, *_standing(leader, found, leaders)) for leader in leaders]


def _are_apart(one: Weighed, leaders: Sequence[Weighed]) -> bool:
    """Say whether a reading changes nothing that a chosen one changes as well."""
    mine = {*one.reading.columns, *one.reading.formulas}
    return all(mine.isdisjoint({*leader.reading.columns, *leader.reading.formulas}) for leader in leaders)


def _is_outdone(one: Weighed, found: Sequence[Weighed]) -> bool:
    """Say whether single rows, each with a cause of its own, gain more where this one does."""
    if one.proposal.single:
        return False
    total, taken = 0.0, set[tuple[str, int]]()
    for other in found:
        if other.proposal.single and other.pairs <= one.pairs and taken.isdisjoint(other.pairs):
            total += other.gain
            taken |= other.pairs
    return total > one.gain


def _is_part_of(one: Weighed, leader: Weighed) -> bool:
    """Say whether a reading makes only changes that the other makes as well."""
    if one.reading.edits:
        return False
    mine, its = one.reading, leader.reading
    return mine.columns.items() <= its.columns.items() and mine.formulas.items() <= its.formulas.items()


def _is_alike(one: Weighed, other: Weighed) -> bool:
    """Say whether two causes are of one kind in one place, so that the lesser of them tells nothing new."""
    return (one.proposal.kind, one.proposal.column) == (other.proposal.kind, other.proposal.column)


def _standing(leader: Weighed, found: Sequence[Weighed], leaders: Sequence[Weighed]) -> tuple[Standing, list[Weighed]]:
    """Say how a cause stands among those that explain at least half of the same rows."""
    rivals = [
        one
        for one in found
        if one not in leaders
        and not _is_part_of(one, leader)
        and 2 * len(one.pairs & leader.pairs) >= len(leader.pairs) > 0
        and one.gain >= (leader.gain - _TIED if _is_alike(one, leader) else _RIVAL * leader.gain)
    ]
    if not rivals:
        slips = [one.pairs for one in found if one.proposal.single and one not in leaders]
        mended = leader.pairs & frozenset[tuple[str, int]]().union(*slips)
        return Standing.BEST if leader.pairs and 2 * len(mended) >= len(leader.pairs) else Standing.ONLY, []
    tied = [one for one in rivals if one.gain >= leader.gain - _TIED and one.pairs >= leader.pairs]
    return (Standing.TIED if tied else Standing.BEST), rivals[:_MOST_RIVALS]
