"""Tables that come in parts: the partitions of a Dask frame, or the chunks of a file larger than memory.

Every part is checked in memory like a table of its own, but read as the whole is: the surveys of all parts add up to
one, and numbers that other rows print are fetched from the whole table's few columns that hold them.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.calls import operands_of, refuse
from ipmetrics.tables.engines.dressing import dressed
from ipmetrics.tables.engines.eager import answers
from ipmetrics.tables.engines.joining import repeated_keys
from ipmetrics.tables.places import Place, Sum, elsewhere
from ipmetrics.tables.reading.arrays import raw_of, survey_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.reading.readings import Survey

__all__ = ["added_up", "check_part", "checked_partitions", "columns_of_whole", "surveyed_partitions", "surveys_of_part"]


def surveys_of_part(call: Call, part: Any) -> dict[str, Survey]:  # noqa: ANN401 - any eager frame
    """Survey the columns of the table's own that a call uses, in one part of it."""
    frame = nw.from_native(part, eager_only=True)
    names = {
        operand.column
        for asked in call.asked
        for operand in operands_of(asked.relation)
        if isinstance(operand, Sum) or (isinstance(operand, Place) and operand.frame is None)
    }
    found = {}
    for name in sorted(names):
        declared = call.declared(name)
        found[name] = survey_of(raw_of(frame.get_column(call.physical(name)), declared), declared)
    return found


def added_up(surveys: Iterable[Mapping[str, Survey]]) -> dict[str, Survey]:
    """Return the surveys of a whole table from those of its parts."""
    every = list(surveys)
    return {name: reduce(or_, (one[name] for one in every)) for name in (every[0] if every else {})}


def columns_of_whole(call: Call) -> list[str]:
    """Return the columns that rows look for in other rows of the table; none if each row is judged alone."""
    if not call.looks_elsewhere():
        return []
    names: dict[str, None] = {}
    for asked in call.asked:
        for operand in operands_of(asked.relation):
            if isinstance(operand, Place | Sum) and elsewhere(operand):
                other = operand.over if isinstance(operand, Place) else operand.others
                over = [other] if other else []
                labels = [column for column, _ in operand.labels]
                names |= dict.fromkeys([call.physical(operand.column), *operand.keys, *over, *labels])
    return list(names)


def check_part(part: Any, call: Call, surveys: Mapping[str, Survey]) -> Any:  # noqa: ANN401 - any eager frame
    """Return one part of a table with the verdicts of its rows."""
    frame = nw.from_native(part, eager_only=True)
    here = attrs.evolve(call, frame=frame)
    return nw.to_native(dressed(frame, answers(here, surveys), call.output))


def surveyed_partitions(call: Call) -> tuple[Call, dict[str, Survey]]:
    """Return a call on a frame of Dask with its other frames in memory, and the surveys of its partitions."""
    from dask.base import compute  # noqa: PLC0415 - only where the frame is one of Dask
    from dask.delayed import delayed  # noqa: PLC0415 - as above

    others = {key: nw.from_native(nw.to_native(other).compute(), eager_only=True) for key, other in call.others.items()}
    eager = attrs.evolve(call, frame=None, others=others)
    survey = delayed(surveys_of_part)
    surveys = added_up(compute(*(survey(eager, part) for part in nw.to_native(call.frame).to_delayed())))
    return attrs.evolve(call, others=others), surveys


def checked_partitions(call: Call) -> Any:  # noqa: ANN401 - a frame of Dask
    """Return a Dask frame whose partitions are checked when they are computed."""
    native = nw.to_native(call.frame)
    columns = columns_of_whole(call)
    whole = nw.from_native(native[columns].compute(), eager_only=True) if columns else None
    here, surveys = surveyed_partitions(call)
    eager = attrs.evolve(here, frame=None, whole=whole)
    refuse(repeated_keys(eager))
    shape = check_part(native._meta_nonempty.iloc[:0], eager, surveys)  # noqa: SLF001 - how Dask describes a frame
    return native.map_partitions(check_part, eager, surveys, meta=shape)
