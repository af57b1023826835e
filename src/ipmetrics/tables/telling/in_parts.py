"""A table that comes part by part, checked in two passes: the first surveys it, the second judges it.

Memory holds one part, the few columns in which rows look for other rows, and the rows that are told in words. This
room knows the order of events; where parts come from is the business of whoever hands them in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.calls import call_of, operands_of, refuse
from ipmetrics.tables.engines.joining import repeated_keys
from ipmetrics.tables.engines.parted import added_up, check_part, columns_of_whole, surveys_of_part
from ipmetrics.tables.places import elsewhere
from ipmetrics.tables.telling.evidence import Evidence
from ipmetrics.tables.telling.gathering import Gathering, refuse_misuse
from ipmetrics.tables.verdicts import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.reading.readings import Survey
    from ipmetrics.tables.telling.row_findings import TableReport

__all__ = ["check_in_parts", "looks_elsewhere"]


def check_in_parts(
    parts: Callable[[], Iterator[Any]],
    formulas: Mapping[str, Formula],
    columns: Mapping[str, Column] | None = None,
    *,
    take: Callable[[Any], None] | None = None,
    labels: Sequence[str] | None = None,
    limit: int | None = 20,
    name: str | None = None,
) -> TableReport:
    """Check a table that is too large for memory, and report on it.

    Parameters
    ----------
    parts
        Called once for each pass; yields the parts of the table in their order, each a frame in memory of the same
        kind and the same columns, at least one.
    formulas, columns
        As for `check_table`.
    take
        Is handed each part with its verdict columns, in order.
    labels, limit
        As for `CheckedTable.failing`.
    name
        What the report calls the table.

    Raises
    ------
    TableError
        If the call makes no sense, keys find more than one row, or the parts raise it.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import total
    >>> halves = [pd.DataFrame({"a": [1], "b": [2], "both": [3]}), pd.DataFrame({"a": [4], "b": [5], "both": [12]})]
    >>> report = check_in_parts(lambda: iter(halves), {"both": total("a", "b")})
    >>> print(report.failing[0])
    row 2: both 12 is stated, [11.5, 12.5]; a + b implies [8, 10]: 1.5 units of the last place too high
    """
    call, surveys = _surveyed(parts, formulas, columns, lambda call: refuse_misuse(call, labels, limit))
    gathering = Gathering(Evidence(call, surveys), labels, limit)
    for part in parts():
        checked = check_part(part, call, surveys)
        here = attrs.evolve(call, frame=nw.from_native(part, eager_only=True))
        gathering.take(here, nw.from_native(checked, eager_only=True))
        if take is not None:
            take(checked)
    return gathering.report(name=name)


def _surveyed(
    parts: Callable[[], Iterator[Any]],
    formulas: Mapping[str, Formula],
    columns: Mapping[str, Column] | None,
    first: Callable[[Call], None],
) -> tuple[Call, dict[str, Survey]]:
    """Go through all parts once: what their columns show together, and the columns that rows look into.

    ``first`` is shown the call on the first part, and raises if something is wrong with it.
    """
    call: Call | None = None
    surveys: dict[str, Survey] = {}
    elsewhere: list[Any] = []
    wanted: list[str] = []
    for part in parts():
        if call is None:
            call = call_of(part, formulas, columns, OUTPUTS)
            first(call)
            wanted = columns_of_whole(call)
        found = surveys_of_part(call, part)
        surveys = added_up([surveys, found]) if surveys else found
        if wanted:
            elsewhere.append(nw.from_native(part, eager_only=True).select(*wanted))
    if call is None:
        message = "a table has at least one part"
        raise AssertionError(message)
    whole = nw.concat(elsewhere, how="vertical") if elsewhere else None
    call = attrs.evolve(call, frame=None, whole=whole)
    refuse(repeated_keys(call))
    return call, surveys


def looks_elsewhere(formulas: Mapping[str, Formula]) -> bool:
    """Say whether some row looks for another row of its own table, so that larger parts are worth their memory."""
    return any(elsewhere(operand) for name, formula in formulas.items() for operand in operands_of(formula.of(name)))
