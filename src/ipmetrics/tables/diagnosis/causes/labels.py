"""Permuted labels of a cumulative table, found by later tables of the same kind.

The finding itself is the business of `relabelling`. This room says which columns are the running totals, the flow and
the growth, as far as the formulas tell, and turns what was found into a cause.
"""

from __future__ import annotations

from math import isinf, log2
from typing import TYPE_CHECKING, Any

import narwhals as nw

from ipmetrics.errors import TableError
from ipmetrics.tables.diagnosis.results import Cause, CauseKind, RowChange, Standing
from ipmetrics.tables.diagnosis.scenes import places_of
from ipmetrics.tables.places import Linear, Place, Product

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.tables.diagnosis.relabelling import Relabelling
    from ipmetrics.tables.diagnosis.scenes import Scene

__all__ = ["permuted_labels"]

_MOST_BITS = 1000.0


def permuted_labels(scene: Scene, editions: Mapping[str, Any] | None) -> tuple[list[Cause], list[str]]:
    """Return the cause, if labels have moved, and what kept it from being looked for."""
    from ipmetrics.tables.diagnosis.relabelling import find_relabelling  # noqa: PLC0415 - loads scipy, if there is any

    if not scene.against:
        return [], []
    names = _names(scene, editions)
    lacking = [name for name in ("key", "cumulative", "flow") if name not in names]
    if lacking:
        told = "Labels were not held against the other tables: nothing says which column is the "
        return [], [told + " and the ".join(lacking)] if editions is not None or len(lacking) == 1 else []
    try:
        found = find_relabelling(nw.to_native(scene.trial.call.frame), list(scene.against.values()), **names)
    except TableError as error:
        return [], [f"Labels were not held against the other tables: {error}"]
    return ([_cause(found, names)] if found.found else []), [
        f"not read when labels were held against the other tables: {cell}" for cell in found.unread
    ]


def _names(scene: Scene, editions: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the columns are called: as the call says, else as the formulas tell."""
    told = dict(editions or {})
    if len(scene.key) == 1:
        told.setdefault("key", scene.key[0])
    chain = _longest_chain(scene)
    for role, name in zip(("cumulative", "flow", "recent"), reversed(chain), strict=False):
        told.setdefault(role, name)
    for asked in scene.trial.call.asked:
        relation = asked.relation
        if not isinstance(relation, Product) or not relation.shift or relation.numerator is None:
            continue
        if relation.numerator.column == told.get("flow"):
            told.setdefault("growth", relation.subject.column)
    columns = {name: declared for name, declared in scene.trial.call.columns.items() if name in told.values()}
    return {**told, "columns": columns}


def _longest_chain(scene: Scene) -> list[str]:
    """Return the columns of which formulas say that each is at most the next, the smallest first."""
    larger: dict[str, str] = {}
    for asked in scene.trial.call.asked:
        places = places_of(asked)
        here = all(isinstance(place, Place) and place.here for place in places)
        if asked.formula.kind == "at_most" and here and isinstance(asked.relation, Linear):
            larger.setdefault(places[0].column, places[1].column)
        if asked.formula.kind == "running_total":
            larger.setdefault(places[2].column, places[0].column)
    chains = []
    for name in sorted(larger):
        chain = [name]
        while chain[-1] in larger and larger[chain[-1]] not in chain:
            chain.append(larger[chain[-1]])
        chains.append(chain)
    return max(chains, key=len, default=[])


def _cause(found: Relabelling, names: Mapping[str, Any]) -> Cause:
    changes = tuple(
        RowChange(at, row.printed, row.printed, " or ".join(row.candidates) or "no label explains it")
        for at, row in enumerate(found.rows)
        if row.true != row.printed
    )
    moved = tuple(at for at, row in enumerate(found.rows) if row.moved)
    undecided = sum(row.true is None for row in found.rows)
    counted = f"{len(moved)} rows carry the figures of other labels, {undecided} stay undecided"
    support = _MOST_BITS if isinf(found.odds) else min(log2(max(found.odds, 1.0)), _MOST_BITS)
    return Cause(
        kind=CauseKind.LABELS,
        formula="",
        column=names["key"],
        words=f"{' and '.join(found.columns)} stand beside wrong labels of {names['key']}: {counted}",
        why=found.words,
        rows_failing_before=found.fails_before,
        rows_failing_after=found.fails_after,
        rows_vacuous=0,
        rows_undecided=0,
        rows=moved,
        change="",
        changes=changes,
        standing=Standing.ONLY,
        caught=0.0,
        support=round(support, 1),
        formulas=(),
    )
