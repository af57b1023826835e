"""Rules: formulas and columns in a TOML file, for whoever checks a table without writing Python.

This room turns the tables of a file into formulas and columns, and finds the other files that they refer to. Its
words are those of `formulas`; it has never seen a cell.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.errors import Fault, IpmetricsError, TableError
from ipmetrics.tables import formulas as words
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas import Formula
from ipmetrics.tables.places import Linear, Place, Product
from ipmetrics.tables.rules.fitting import Faults, Printed, described, fitted, nearest
from ipmetrics.tables.rules.keys import COLUMN, FORMULAS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from ipmetrics.tables.places import Relation
    from ipmetrics.tables.rules.fitting import Path

__all__ = ["Rules", "read_rules"]

Read = Any
"""What turns a path into a frame."""

_SECTIONS = ("columns", "tables", "formulas")


@attrs.frozen(eq=False)
class Rules:
    """What a rules file says; unpacks into formulas and columns, as `check_table` takes them.

    Parameters
    ----------
    formulas
        By the names they are given.
    columns
        How columns were printed.
    name
        The file, as it was named.

    Examples
    --------
    >>> Rules({"density": words.rate("granted", per="people")})
    Rules(formulas={'density': granted ÷ people}, columns={})
    """

    formulas: Mapping[str, Formula]
    columns: Mapping[str, Column] = attrs.field(factory=dict)
    name: str = "<rules>"

    def __iter__(self) -> Iterator[Any]:
        """Formulas, then columns."""
        yield self.formulas
        yield self.columns

    def __repr__(self) -> str:
        """Formulas in words."""
        told = ", ".join(f"{name!r}: {formula}" for name, formula in self.formulas.items())
        return f"Rules(formulas={{{told}}}, columns={dict(self.columns)!r})"


def read_rules(path: str | os.PathLike[str], *, read: Callable[[FilePath], Read] | None = None) -> Rules:
    """Read a rules file: TOML with the tables ``[formulas.…]``, ``[columns]`` and ``[tables]``.

    A formula is told by its leading key, which is the name of the function it stands for; the other keys are the
    function's. A place that is no column of the row itself is an inline table: ``{ row = { region = "Total" } }``,
    ``{ earlier = "year" }``, ``{ table = "last_year" }``, each with ``column =`` for another column there, or
    ``{ not_printed = true }``. A total over rows has the leading key ``total_over``.

    Parameters
    ----------
    path
        The file; files under ``[tables]`` are found from its folder.
    read
        What reads one of those into a frame of the same kind as the one to be checked; `read_csv` if left out. A
        file that no formula refers to is not read.

    Returns
    -------
    Rules
        Formulas and columns.

    Raises
    ------
    TableError
        All faults of the file at once, each with its path in it, or that it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> text = '''
    ... [columns]
    ... population = { multiplier = 6 }
    ... density = { multiplier = -6 }
    ... [formulas.density]
    ... rate = "valid"
    ... per = "population"
    ... [formulas.growth]
    ... growth = "valid"
    ... since = { earlier = "year" }
    ... within = "region"
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "rules.toml")
    ...     _ = path.write_text(text, encoding="utf-8")
    ...     formulas, columns = read_rules(path)
    >>> print(formulas["growth"])
    growth of valid since year − 1, same region
    >>> columns["density"]
    Column(multiplier=-6)
    """
    name, tree = _tree(path)
    faults = Faults(tree)
    for key in tree:
        if key not in _SECTIONS:
            faults.add((key,), described(key), rule="a rules file has no such table", way_out=nearest(key, _SECTIONS))
    sections = {key: _section(tree, key, faults) for key in _SECTIONS}
    others = _Others(sections["tables"], FilePath(path).parent, read or _read_csv, faults)
    columns = {each: _column(given, each, faults) for each, given in sections["columns"].items()}
    made = {each: _formula(given, each, others, faults) for each, given in sections["formulas"].items()}
    if "formulas" not in tree or tree["formulas"] == {}:
        way_out = "write [formulas.NAME], and below it: rate = …, per = …"
        faults.add(("formulas",), "none", rule="rules say at least one formula", way_out=way_out)
    if found := faults.in_order():
        raise _error(name, found)
    return Rules(
        {each: formula for each, formula in made.items() if formula is not None},
        {each: column for each, column in columns.items() if column is not None},
        name,
    )


def _error(name: str, faults: list[Fault]) -> TableError:
    count = len(faults)
    rule = f"a rules file is read whole or not at all ({count} fault{'s' * (count != 1)})"
    return TableError(name, rule=rule, way_out="mend", faults=faults)


def _tree(path: str | os.PathLike[str]) -> tuple[str, dict[str, Any]]:
    """Return the name of the file and its tables, numbers with fractions as they stand there."""
    name = str(path)
    try:
        text = FilePath(path).read_bytes().decode("utf-8-sig")
        return name, tomllib.loads(text, parse_float=Printed)
    except UnicodeDecodeError as error:
        fault = Fault(name, f"a rules file is UTF-8 text: got byte 0x{error.object[error.start]:02X}; save it so")
    except OSError as error:
        fault = Fault(name, f"a rules file can be read: got “{error.strerror or error}”; mend the path")
    except RecursionError:
        fault = Fault(name, "tables nest a few deep: got deep nesting; write it flatter")
    except ValueError as error:
        reason, at, place = str(error).rpartition(" (at ")
        fault = Fault(place.rstrip(")") if at else name, f"a rules file is TOML: got “{reason or error}”; mend it")
    raise _error(name, [fault])


def _section(tree: Mapping[str, Any], key: str, faults: Faults) -> dict[str, Any]:
    given = tree.get(key, {})
    if isinstance(given, dict):
        return given
    faults.add((key,), described(given), rule=f"{key} are a table", way_out=f"write [{key}], and lines below it")
    return {}


def _column(given: object, name: str, faults: Faults) -> Column | None:
    path: Path = ("columns", name)
    kept = fitted(given, COLUMN, "a column", path, faults)
    if faults.within(path):
        return None
    try:
        return Column(**kept)
    except IpmetricsError as error:
        faults.note(path, str(error))
        return None


class _Others:
    """The other tables, each read once and only if a formula asks for it."""

    def __init__(
        self, given: Mapping[str, Any], folder: FilePath, read: Callable[[FilePath], Read], faults: Faults
    ) -> None:
        self._folder = folder
        self._read = read
        self._faults = faults
        self._frames: dict[str, Any] = {}
        self._files = {name: self._file(name, file) for name, file in given.items()}

    def _file(self, name: str, file: object) -> str | None:
        if isinstance(file, str) and file.strip():
            return file
        rule, way_out = "another table is a file", f'write {name} = "{name}.csv"'
        self._faults.add(("tables", name), described(file), rule=rule, way_out=way_out)
        return None

    def frame(self, name: str, path: Path) -> object:
        """Return a table's frame; something in its place, with a fault, if there is none."""
        if name not in self._files:
            way_out = nearest(name, self._files) if self._files else f'write [tables], and {name} = "….csv" below it'
            self._faults.add(path, described(name), rule="a table is one of [tables]", way_out=way_out)
            return object()
        if name not in self._frames:
            self._frames[name] = self._opened(name)
        return self._frames[name]

    def _opened(self, name: str) -> object:
        file = self._files[name]
        if file is None:
            return object()
        try:
            return self._read(self._folder / file)
        except TableError as error:
            for fault in error.faults or (Fault(file, str(error)),):
                self._faults.note(("tables", name), str(fault))
            return object()
        except OSError as error:
            self._faults.note(("tables", name), f"another table can be read: got “{error}”; mend the path")
            return object()


def _read_csv(path: FilePath) -> object:
    from ipmetrics.tables.readers import read_csv  # noqa: PLC0415 - only if a formula refers to another table

    return read_csv(path).frame


def _formula(given: object, name: str, others: _Others, faults: Faults) -> Formula | None:
    path: Path = ("formulas", name)
    kind = _kind(given, path, faults)
    if kind is None:
        return None
    kept = fitted(given, FORMULAS[kind], f'a formula with "{kind}"', path, faults)
    elsewhere: tuple[str, str | None] | None = None
    for key, value in kept.items():
        if isinstance(value, dict) and FORMULAS[kind][key].shape not in {"labels", "parts"}:
            if "table" in value:
                elsewhere = (value["table"], value.get("column"))
            kept[key] = _place(value, (*path, key), others)
    if faults.within(path):
        return None
    try:
        formula = _made(kind, kept)
    except IpmetricsError as error:
        faults.note(path, str(error))
        return None
    return formula if elsewhere is None else _read_elsewhere(formula, *elsewhere)


def _kind(given: object, path: Path, faults: Faults) -> str | None:
    """Return the leading key of a formula, or note that it has none, or several."""
    if not isinstance(given, dict):
        way_out = f'write [formulas.{path[-1]}], and below it: rate = "patents"'
        faults.add(path, described(given), rule="a formula is a table", way_out=way_out)
        return None
    found = [kind for kind in FORMULAS if kind in given]
    if len(found) == 1:
        return found[0]
    rule = f"a formula says one of {', '.join(FORMULAS)}"
    if found:
        faults.add(path, " and ".join(found), rule=rule, way_out="split it into several")
        return None
    close = {key: hint for key in given if (hint := nearest(key, FORMULAS)).startswith("did you mean")}
    where = (*path, next(iter(close))) if close else path
    shown = described(next(iter(close))) if close else ", ".join(given) or "an empty table"
    faults.add(where, shown, rule=rule, way_out=next(iter(close.values()), 'write rate = "patents", per = "people"'))
    return None


def _place(value: Mapping[str, Any], path: Path, others: _Others) -> object:
    """Make what a formula takes for a place that is no column of the row itself."""
    if "row" in value:
        return words.row(value.get("column"), **value["row"])
    if "earlier" in value:
        return words.earlier(value["earlier"], value.get("by", 1), column=value.get("column"))
    if "table" in value:
        return others.frame(value["table"], (*path, "table"))
    return None


def _made(kind: str, kept: dict[str, Any]) -> Formula:
    """Call the function that a formula stands for."""
    if kind == "total_over":
        return words.total(over=kept.pop("total_over"), **kept)
    leading = kept.pop(kind)
    if kind == "total":
        return words.total(*_listed(leading), **kept)
    if kind == "adds_to":
        return words.adds_to(leading, *_listed(kept.pop("columns", [])), **kept)
    function: Callable[..., Formula] = getattr(words, kind)
    return function(leading, **kept)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _read_elsewhere(formula: Formula, table: str, column: str | None) -> Formula:
    """Name the other table in words, and read another column there if one is said."""
    before = _elsewhere(formula.relation)
    place = before if column is None else attrs.evolve(before, column=column)
    told = f"{before.column or 'the figure'} of the other table"
    new = f"{place.column or 'the figure'} of {table}"
    relation: Relation = formula.relation
    if isinstance(relation, Product):
        relation = attrs.evolve(relation, reference=place)
    else:
        at = [term.operand for term in relation.terms].index(before)
        terms = (*relation.terms[:at], attrs.evolve(relation.terms[at], operand=place), *relation.terms[at + 1 :])
        relation = attrs.evolve(relation, terms=terms)
    return attrs.evolve(formula, relation=relation, words=formula.words.replace(told, new))


def _elsewhere(relation: Relation) -> Place:
    """Return the first place of a relation that is in another table."""
    operands = [term.operand for term in relation.terms] if isinstance(relation, Linear) else [relation.reference]
    return next(place for place in operands if isinstance(place, Place) and place.frame is not None)
