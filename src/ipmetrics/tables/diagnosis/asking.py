"""One call of `diagnose_table`, understood: everything in memory, and every fault of the call at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.errors import Fault, TableError
from ipmetrics.tables.calls import call_of, carried
from ipmetrics.tables.diagnosis.relations import mapped
from ipmetrics.tables.diagnosis.scenes import Scene
from ipmetrics.tables.diagnosis.trials import Trial
from ipmetrics.tables.formulas import Formula
from ipmetrics.tables.places import Place, Sum
from ipmetrics.tables.verdicts import OUTPUTS

if TYPE_CHECKING:
    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.columns import Column

__all__ = ["Question", "asked_of"]

_ROLES = ("cumulative", "flow", "recent", "growth", "within", "period", "parts")


@attrs.frozen(eq=False)
class Question:
    """A call without faults.

    ``frame`` and ``formulas`` are those of the call, in memory; ``editions`` is what the columns of a cumulative table
    are called.
    """

    frame: Any
    formulas: Mapping[str, Formula]
    scene: Scene
    editions: Mapping[str, Any] | None


def asked_of(
    frame: Any,  # noqa: ANN401 - any frame that narwhals carries
    formulas: Mapping[str, Formula],
    columns: Mapping[str, Column] | None,
    against: Any,  # noqa: ANN401 - one such frame, or several
    key: str | Sequence[str] | None,
    editions: Mapping[str, Any] | None,
) -> Question:
    """Return the call in memory, or raise one error that lists everything wrong with it."""
    memory, formulas = _collected(frame), _formulas_in_memory(formulas)
    try:
        call, faults = call_of(memory, formulas, columns, OUTPUTS), []
    except TableError as error:
        call, faults = None, list(error.faults or [Fault("frame", str(error))])
    tables = _others(against)
    keys = (key,) if isinstance(key, str) else tuple(key or ())
    faults += [fault for name, table in tables.items() for fault in _faults_of_other(name, table, call)]
    if call is not None:
        faults += [_absent("key", name, call.frame.columns) for name in keys if name not in call.frame.columns]
    faults += [
        Fault("editions", f"got {name!r}; choose among {', '.join(_ROLES)}")
        for name in editions or {}
        if name not in _ROLES
    ]
    if faults or call is None:
        raise TableError(
            f"{len(faults)} fault{'s' * (len(faults) != 1)}",
            rule="a table is diagnosed as asked or not at all",
            way_out="mend",
            faults=faults,
        )
    return Question(memory, formulas, Scene(Trial(call), keys, tables), editions)


def _others(against: Any) -> dict[str, Any]:  # noqa: ANN401 - a frame, or several
    """Return the other tables in memory, by what they are called in Python."""
    if against is None:
        return {}
    if isinstance(against, list | tuple):
        return {f"against[{at}]": _collected(table) for at, table in enumerate(against)}
    return {"against": _collected(against)}


def _faults_of_other(name: str, table: Any, call: Call | None) -> Iterator[Fault]:  # noqa: ANN401 - anything
    """Yield why another table cannot be used beside the table."""
    known = nw.from_native(table, pass_through=True)
    if not isinstance(known, nw.DataFrame):
        yield Fault(name, f"another table is a frame: got a {type(table).__name__}")
    elif call is not None and known.implementation != call.frame.implementation:
        kinds = f"{known.implementation.name.lower()} beside {call.frame.implementation.name.lower()}"
        yield Fault(name, f"two tables are frames of one kind: got {kinds}")


def _absent(where: str, name: str, names: Sequence[str]) -> Fault:
    near = get_close_matches(str(name), names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(repr, names))}"
    return Fault(where, f"the table has no column {name!r}; {hint}")


def _collected(frame: Any) -> Any:  # noqa: ANN401 - any frame, or what is none and told of later
    """Return a frame with its rows in memory, as its engine collects them."""
    try:
        known = carried(frame)
    except TypeError:
        return frame
    return nw.to_native(known.collect()) if isinstance(known, nw.LazyFrame) else frame


def _formulas_in_memory(formulas: Any) -> Any:  # noqa: ANN401 - what are no formulas is told of later
    """Return formulas with the other tables they look into in memory."""

    def collected(operand: Place | Sum) -> Place | Sum:
        if isinstance(operand, Place) and operand.frame is not None:
            return attrs.evolve(operand, frame=frames.setdefault(id(operand.frame), _collected(operand.frame)))
        return operand

    frames: dict[int, Any] = {}
    if not isinstance(formulas, dict):
        return formulas
    return {
        name: attrs.evolve(formula, relation=mapped(formula.relation, collected))
        if isinstance(formula, Formula)
        else formula
        for name, formula in formulas.items()
    }
