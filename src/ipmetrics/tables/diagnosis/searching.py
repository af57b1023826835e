"""The search for causes: round after round, each on the table as the causes found before would have it read.

This room lets every probe propose, has the proposals weighed, supposes the causes that stand first and goes on with
the rows that still fail. It knows no cause itself.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import attrs
import numpy as np

from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.diagnosis.causes.balances import balanced_shares
from ipmetrics.tables.diagnosis.causes.exchanges import exchanged_rows, slid_columns
from ipmetrics.tables.diagnosis.causes.meanings import meanings, other_columns
from ipmetrics.tables.diagnosis.causes.periods import other_periods, other_tables
from ipmetrics.tables.diagnosis.causes.precisions import coarser, dropped_zeros
from ipmetrics.tables.diagnosis.causes.revisions import revised_bases
from ipmetrics.tables.diagnosis.causes.roundings import fractional_counts, rules
from ipmetrics.tables.diagnosis.causes.scales import decimal_commas, scales
from ipmetrics.tables.diagnosis.causes.scopes import other_columns_in_totals, other_rows_in_totals
from ipmetrics.tables.diagnosis.causes.slips import MOST_ROWS, slips
from ipmetrics.tables.diagnosis.ranking import chosen, weighed
from ipmetrics.tables.diagnosis.results import Cause, Standing
from ipmetrics.tables.diagnosis.trials import Reading
from ipmetrics.tables.diagnosis.writing import changes_of
from ipmetrics.tables.places import Place

if TYPE_CHECKING:
    from ipmetrics.tables.diagnosis.proposals import Probe
    from ipmetrics.tables.diagnosis.ranking import Weighed
    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["Found", "search"]

PROBES: tuple[Probe, ...] = (
    scales,
    decimal_commas,
    rules,
    fractional_counts,
    balanced_shares,
    coarser,
    dropped_zeros,
    other_periods,
    other_tables,
    meanings,
    other_columns,
    other_rows_in_totals,
    other_columns_in_totals,
    revised_bases,
    exchanged_rows,
    slid_columns,
    slips,
)

_ROUNDS = 4


@attrs.frozen
class Found:
    """The causes in order, the formulas' failing rows that are left, and what was not tried."""

    causes: tuple[Cause, ...]
    left: dict[str, int]
    notes: tuple[str, ...]


def search(scene: Scene) -> Found:
    """Return the causes that explain failing rows."""
    causes: list[Cause] = []
    given: tuple[str, ...] = ()
    for _ in range(_ROUNDS):
        proposals = chain.from_iterable(probe(scene) for probe in PROBES)
        leaders = chosen(weighed(scene, proposals))
        if not leaders:
            break
        told: set[str] = set()
        for leader, standing, rivals in leaders:
            causes.append(_cause(leader, standing, given))
            causes += [_cause(rival, Standing.OTHER, given) for rival in rivals if rival.words not in told]
            told |= {rival.words for rival in rivals}
        given += tuple(leader.words for leader, _, _ in leaders)
        scene = attrs.evolve(scene, trial=scene.trial.adopting(_together([leader for leader, _, _ in leaders])))
    left = {name: int(marks.fails.sum()) for name, marks in scene.trial.marks.items()}
    notes = [
        f"Single cells were not looked at under {name}: {count} rows fail, and {MOST_ROWS} are the most."
        for name, count in left.items()
        if count > MOST_ROWS
    ]
    return Found(tuple(causes), {name: count for name, count in left.items() if count}, tuple(notes))


def _together(leaders: list[Weighed]) -> Reading:
    """Return one reading that makes all the changes."""
    readings = [leader.reading for leader in leaders]
    return Reading(
        columns=dict(chain.from_iterable(reading.columns.items() for reading in readings)),
        formulas=dict(chain.from_iterable(reading.formulas.items() for reading in readings)),
        edits=tuple(chain.from_iterable(reading.edits for reading in readings)),
        frames=dict(chain.from_iterable(reading.frames.items() for reading in readings)),
        settled=dict(chain.from_iterable(reading.settled.items() for reading in readings)),
    )


def _cause(one: Weighed, standing: Standing, given: tuple[str, ...]) -> Cause:
    outcome, proposal = one.outcome, one.proposal
    per_formula = {name: int(rows.sum()) for name, rows in outcome.repaired.items()}
    most = max(per_formula, key=lambda name: (per_formula[name], -list(per_formula).index(name)))
    return Cause(
        kind=proposal.kind,
        formula=most,
        column=proposal.column,
        words=one.words,
        why=" ".join(filter(None, [proposal.why, _tested(outcome.caught, outcome.vacuous, outcome.undecided)])),
        rows_failing_before=int(outcome.fails_before.sum()),
        rows_failing_after=int(outcome.fails_after.sum()),
        rows_vacuous=outcome.vacuous,
        rows_undecided=outcome.undecided,
        rows=tuple(int(row) for row in np.flatnonzero(outcome.rows_repaired)),
        change="" if one.reading.edits or _looks_ahead(one) else _written(one),
        changes=proposal.changes,
        standing=standing,
        caught=outcome.caught,
        support=round(one.gain, 1),
        formulas=tuple(outcome.before),
        given=given,
    )


def _written(one: Weighed) -> str:
    names = {id(frame): name for name, frame in one.reading.frames.items()}
    return changes_of(one.reading.columns, one.reading.formulas, names)


def _looks_ahead(one: Weighed) -> bool:
    """Say whether a formula looks up a later row, for which there is no word."""
    places = [operand for formula in one.reading.formulas.values() for operand in operands_of(formula.relation)]
    return any(isinstance(place, Place) and place.by < 0 for place in places)


def _tested(caught: float, vacuous: int, undecided: int) -> str:
    told = [f"Of wrong figures {100 * caught:.1f} % would still be found."]
    if vacuous:
        told.append(f"{vacuous} row{'s' * (vacuous > 1)} would pass with nearly any figure.")
    if undecided:
        told.append(f"{undecided} row{'s' * (undecided > 1)} can then no longer be judged.")
    return " ".join(told)
