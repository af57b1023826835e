"""One call of `check_table`, understood: every formula's relation, every column's declaration, every fault at once.

This room knows the words of the call and the names and types of the frame's columns. It has never seen a cell.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
from narwhals.exceptions import DuplicateError

from ipmetrics.errors import Fault, TableError
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas import Formula
from ipmetrics.tables.places import Constant, Place, Product, Relation, Sum, elsewhere
from ipmetrics.tables.reading.readings import Declared, declared_places
from ipmetrics.tables.verdicts import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Asked", "Call", "call_of", "carried", "operands_of", "refuse"]

_SIGNED = {"growth", "difference"}


@attrs.frozen
class Asked:
    """One formula under its name, and the relation it comes to."""

    name: str
    formula: Formula
    relation: Relation


@attrs.frozen
class Call:
    """A call without faults: the frame as narwhals sees it, what is asked, and how columns are declared.

    ``whole`` is the table of which ``frame`` is a part, where a table is checked part by part.
    """

    frame: Any
    asked: tuple[Asked, ...]
    columns: Mapping[str, Column]
    output: tuple[str, ...]
    others: Mapping[int, Any]
    whole: Any = None

    def source(self, place: Place | Sum) -> Any:  # noqa: ANN401 - either kind of frame of narwhals
        """Return the frame in which a number is printed; other rows of a part are rows of the whole table."""
        if isinstance(place, Place) and place.frame is not None:
            return self.others[id(place.frame)]
        here = self.whole is None or (isinstance(place, Place) and place.here)
        return self.frame if here else self.whole

    def looks_elsewhere(self) -> bool:
        """Say whether some number of a row is printed in another row of the same table, or summed up from there."""
        return any(elsewhere(operand) for asked in self.asked for operand in operands_of(asked.relation))

    def declared(self, name: str) -> Declared:
        """Return how a column is declared, and whether a formula makes it signed."""
        column = self.columns.get(name, Column())
        signed = any(_makes_signed(asked, name, self.columns) for asked in self.asked)
        return Declared(column, signed)

    def physical(self, name: str) -> str:
        """Return the frame's own column that a name reads from."""
        return self.columns[name].read_from or name if name in self.columns else name


def _makes_signed(asked: Asked, name: str, columns: Mapping[str, Column]) -> bool:
    """Say whether a formula's own figures may be negative."""
    subject = next(operands_of(asked.relation))
    if not isinstance(subject, Place) or subject.column != name:
        return False
    if asked.formula.kind in _SIGNED:
        return True
    places = [place for place in operands_of(asked.relation) if isinstance(place, Place | Sum)][1:]
    return any(columns[place.column].signed for place in places if place.column in columns)


def operands_of(relation: Relation) -> Iterator[Place | Sum | Constant | None]:
    """Yield the operands of a relation in its own order, the subject first; None for one that is not printed."""
    if isinstance(relation, Product):
        yield from (relation.subject, relation.numerator, relation.reference)
    else:
        yield from (term.operand for term in relation.terms)


def call_of(
    frame: Any,  # noqa: ANN401 - any frame that narwhals carries
    formulas: object,
    columns: object,
    output: Iterable[object],
) -> Call:
    """Return the call, or raise one error that lists everything wrong with it."""
    main = _frame(frame)
    faults = [*_faults_of_words(formulas, columns, output)]
    sound = formulas if isinstance(formulas, Mapping) else {}
    asked = tuple(
        Asked(name, formula, formula.of(name)) for name, formula in sound.items() if isinstance(formula, Formula)
    )
    declared = columns if isinstance(columns, Mapping) else {}
    others: dict[int, Any] = {}
    for one in asked:
        for place in operands_of(one.relation):
            if isinstance(place, Place) and place.frame is not None and id(place.frame) not in others:
                fault, other = _other(place.frame, main, one.name)
                faults += [fault] if fault else []
                others[id(place.frame)] = other
    call = Call(
        main,
        asked,
        {name: column for name, column in declared.items() if isinstance(column, Column)},
        tuple(name for name in OUTPUTS if name in set(output)),
        others,
    )
    if all(other is not None for other in others.values()):
        faults += dict.fromkeys(_faults_of_columns(call))
    refuse(faults)
    return call


def refuse(faults: list[Fault]) -> None:
    """Raise one error for everything that is wrong with a call, if anything is."""
    if not faults:
        return
    count = len(faults)
    raise TableError(
        f"{count} fault{'s' * (count != 1)}",
        rule="a table is checked as asked or not at all",
        way_out="mend",
        faults=faults,
    )


def carried(frame: Any) -> Any:  # noqa: ANN401 - any frame that narwhals carries
    """Return a frame as narwhals sees it; Dask's is on its way to a package of its own, which changes nothing here."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Dask support is moving", category=FutureWarning)
        return nw.from_native(frame)


def _frame(frame: Any) -> Any:  # noqa: ANN401 - any frame that narwhals carries
    try:
        found = carried(frame)
        found.collect_schema()
    except DuplicateError as error:
        raise TableError(
            " ".join(str(error).split()),
            rule="the columns of a table have names of their own",
            way_out="rename those that share one",
        ) from None
    except TypeError:
        raise TableError(
            f"a {type(frame).__name__}",
            rule="a table is a frame of pandas, polars, pyarrow, DuckDB, PySpark or Dask",
            way_out="make one: pandas.DataFrame(…)",
        ) from None
    return found


def _faults_of_words(formulas: object, columns: object, output: Iterable[object]) -> Iterator[Fault]:
    """Yield what is wrong with the call whatever the frame."""
    if not isinstance(formulas, Mapping) or not formulas:
        yield Fault("formulas", 'the formulas are a dictionary with at least one: {"rate": rate("a", per="b")}')
    for name, formula in formulas.items() if isinstance(formulas, Mapping) else ():
        if not isinstance(formula, Formula):
            yield Fault(
                f"formulas[{name!r}]",
                f'a formula is made by rate, share, growth, total, …: got {formula!r}; write rate("a", per="b")',
            )
    if columns is not None and not isinstance(columns, Mapping):
        yield Fault("columns", f'columns are a dictionary: got {columns!r}; write {{"a": Column(decimals=1)}}')
    for name, column in columns.items() if isinstance(columns, Mapping) else ():
        if not isinstance(column, Column):
            yield Fault(f"columns[{name!r}]", f"a column is declared by Column(…): got {column!r}")
    for name in output:
        if name not in OUTPUTS:
            yield Fault("output", f"got {name!r}; choose among {', '.join(OUTPUTS)}")


def _other(frame: Any, main: Any, name: str) -> tuple[Fault | None, Any]:  # noqa: ANN401 - any frame
    """Return another frame in the kind of the main one."""
    try:
        other = carried(frame)
    except TypeError:
        return Fault(f"formulas[{name!r}]", f"another table is a frame: got a {type(frame).__name__}"), None
    if (
        isinstance(main, nw.LazyFrame)
        and isinstance(other, nw.DataFrame)
        and main.implementation == other.implementation
    ):
        return None, other.lazy()
    if (
        isinstance(main, nw.DataFrame)
        and isinstance(other, nw.LazyFrame)
        and main.implementation == other.implementation
    ):
        return None, other.collect()
    if main.implementation != other.implementation or type(main) is not type(other):
        kinds = f"{other.implementation.name.lower()} beside {main.implementation.name.lower()}"
        return Fault(f"formulas[{name!r}]", f"two tables of one formula are frames of one kind: got {kinds}"), None
    return None, other


def _faults_of_columns(call: Call) -> Iterator[Fault]:
    """Yield what the names and types of the frame's columns do not allow."""
    schema = call.frame.collect_schema()
    if len(set(schema.names())) != len(schema.names()):
        yield Fault("the table", "columns have names of their own: rename those that share one")
    for name in call.columns:
        physical = call.physical(name)
        if physical not in schema and not any(physical in other.collect_schema() for other in call.others.values()):
            yield _absent(f"columns[{name!r}]", physical, schema)
    for asked in call.asked:
        where = f"formulas[{asked.name!r}]"
        for result in call.output:
            if f"{asked.name}_{result}" in schema:
                yield Fault(where, f"the table has a column {asked.name}_{result} already; rename it, or the formula")
        for column, _ in asked.formula.where:
            if column not in schema:
                yield _absent(where, column, schema)
        for operand in operands_of(asked.relation):
            if isinstance(operand, Place | Sum):
                yield from _faults_of_operand(call, where, operand, schema)


def _faults_of_operand(call: Call, where: str, operand: Place | Sum, schema: Any) -> Iterator[Fault]:  # noqa: ANN401 - a schema of narwhals
    there = call.source(operand).collect_schema()
    names = [call.physical(operand.column), *(column for column, _ in operand.labels), *operand.keys]
    other = operand.over if isinstance(operand, Place) else operand.others
    if other:
        names.append(other)
    for name in names:
        if name not in there:
            yield _absent(where, name, there)
    for key in operand.keys:
        if key not in schema:
            yield _absent(where, key, schema)
    if isinstance(operand, Place) and operand.over in there:
        dtype = there[operand.over]
        if not (dtype.is_integer() or dtype == nw.String):
            yield Fault(where, f"earlier({operand.over!r}) counts whole numbers: the column holds {dtype}; cast it")
    physical = call.physical(operand.column)
    if physical in there:
        fault = fault_of_type(operand.column, there[physical], call.declared(operand.column))
        if fault is not None:
            yield fault


def fault_of_type(name: str, dtype: Any, declared: Declared) -> Fault | None:  # noqa: ANN401 - a dtype of narwhals
    """Say why a column of this type cannot be read as declared, if it cannot."""
    texts = (nw.String, nw.Categorical, nw.Enum, nw.Object, nw.Unknown, nw.Decimal)
    if not (dtype.is_numeric() or dtype in texts):
        return Fault(f"column {name!r}", f"figures are numbers or printed strings: the column holds {dtype}")
    if dtype.is_float() and declared_places(declared.column) is None and not declared.column.whole:
        return Fault(
            f"column {name!r}",
            "a column of floats has lost its zeros, so nobody can tell how many decimals were printed; "
            f"pass columns={{{name!r}: Column(decimals=1)}}, or whole=True for counts, or read it as strings",
        )
    return None


def _absent(where: str, name: str, schema: Any) -> Fault:  # noqa: ANN401 - a schema of narwhals
    names = list(schema.names())
    near = get_close_matches(str(name), names, n=1)
    hint = (
        f"did you mean {near[0]!r}?" if near else f"it has {', '.join(map(repr, names[:12]))}{'…' * (len(names) > 12)}"
    )
    return Fault(where, f"the table has no column {name!r}; {hint}")
