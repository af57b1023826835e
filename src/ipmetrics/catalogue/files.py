"""Catalogue files: TOML and CSV read into plain rows, with every fault of a file named at once.

This room knows the form of the files and refuses what has another; it knows no region and no indicator.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from ipmetrics.errors import CatalogueError, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "Builder",
    "Content",
    "Faults",
    "Readable",
    "as_day",
    "as_list",
    "checked",
    "read_csv",
    "read_toml",
]

_TABLES = frozenset({"sources", "defaults", "dimensions", "units", "regions", "indicators"})
_LISTS = frozenset({"names", "part_of", "overlaps", "source"})
_CSV_FACTS = frozenset(
    {
        "code",
        "label",
        "names",
        "kind",
        "part_of",
        "overlaps",
        "valid_from",
        "valid_to",
        "scheme",
        "note",
        "source",
    }
)

Row = dict[str, Any]


class Readable(Protocol):
    """A file: a path, or a resource of a package."""

    @property
    def name(self) -> str:
        """The file's name."""

    def read_text(self, encoding: str = "utf-8") -> str:
        """The file's text."""
        ...


class Faults:
    """The faults of one file, gathered; nothing of the file is used if there is any."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Fault] = []

    def add(self, where: str, message: object) -> None:
        """Note one fault."""
        self.found.append(Fault(where, str(message)))

    def settle(self) -> None:
        """Raise if anything was noted.

        Raises
        ------
        CatalogueError
            With every fault, one a line.
        """
        if self.found:
            raise CatalogueError(
                self.name,
                rule=f"a catalogue file is read whole or not at all ({len(self.found)} to mend)",
                way_out="mend:\n" + "\n".join(f"  {fault}" for fault in self.found),
            )


@attrs.frozen
class Content:
    """What a file says, as rows: identity → fact → value; and its sources, dimensions and units."""

    name: str
    regions: dict[str, Row] = attrs.field(factory=dict)
    indicators: dict[str, Row] = attrs.field(factory=dict)
    sources: dict[str, str] = attrs.field(factory=dict)
    default_sources: dict[str, Any] = attrs.field(factory=dict)
    dimensions: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    units: dict[str, Row] = attrs.field(factory=dict)

    def source(self, given: object) -> dict[str, str]:
        """Fact → source in words: ids are looked up in ``[sources]``, other text stands for itself."""
        table = given if isinstance(given, dict) else {"entry": given} if given else {}
        merged = {**self.default_sources, **table}
        return {
            fact: "; ".join(self.sources.get(each, each) for each in as_list(value)) for fact, value in merged.items()
        }


def as_list(value: Any) -> list[str]:  # noqa: ANN401 - TOML gives a text or a list of texts
    """A text as a list of one, a list as it is."""
    return [value] if isinstance(value, str) else list(value or ())


def as_day(value: Any) -> date | None:  # noqa: ANN401 - TOML gives a date, CSV a text
    """A TOML date, or text such as ``2010-06-28``; None for nothing.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)


def read_toml(file: Readable) -> Content:
    """Rows of a TOML file with the tables sources, defaults, dimensions, units, regions, indicators.

    Raises
    ------
    CatalogueError
        If it is not TOML or has other tables.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(file.name, rule="a catalogue file is TOML", way_out=f"mend it: {error}") from error
    faults = Faults(file.name)
    for name, value in data.items():
        if name not in _TABLES:
            faults.add(name, f"no such table; the tables are {', '.join(sorted(_TABLES))}")
        elif not isinstance(value, dict):
            faults.add(name, f"is a table: write [{name}]")
    for kind in ("regions", "indicators"):
        for identity, row in data.get(kind, {}).items():
            if not isinstance(row, dict):
                faults.add(f"{kind}.{identity}", f'is a table: write [{kind}."{identity}"] with a label')
    faults.settle()
    return Content(
        file.name,
        data.get("regions", {}),
        data.get("indicators", {}),
        data.get("sources", {}),
        data.get("defaults", {}).get("source", {}),
        data.get("dimensions", {}),
        data.get("units", {}),
    )


def read_csv(file: Readable) -> dict[str, Row]:
    """Region rows of a CSV file: columns of facts, lists parted by ``|``; other columns are code lists."""
    rows: dict[str, Row] = {}
    for line in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        row: Row = {"codes": {}}
        for fact, text in line.items():
            if not text:
                continue
            if fact in _LISTS:
                row[fact] = text.split("|")
            elif fact in _CSV_FACTS:
                row[fact] = text
            else:
                row["codes"][fact] = text
        rows[row["code"]] = row
    return rows


def checked(rows: Mapping[str, Row], facts: frozenset[str], kind: str, faults: Faults) -> Iterator[tuple[str, Row]]:
    """Rows that have a label and no unknown fact; the others become faults."""
    for identity, row in rows.items():
        unknown = sorted(set(row) - facts)
        for fact in unknown:
            faults.add(f"{kind}.{identity}.{fact}", f"no such fact; the facts are {', '.join(sorted(facts))}")
        if not isinstance(row.get("label"), str):
            faults.add(f"{kind}.{identity}.label", "every entry has a label: write one")
        elif not unknown:
            yield identity, row


class Builder:
    """Builds each row once, in any order, and refuses a row that needs itself."""

    def __init__(self, build: Callable[[str], Any]) -> None:
        self._build = build
        self._made: dict[str, Any] = {}
        self._open: set[str] = set()

    def __call__(self, identity: str) -> Any:  # noqa: ANN401 - each room builds its own sort
        """The thing of this row.

        Raises
        ------
        ValueError
            If the row needs itself, directly or through others.
        """
        if identity not in self._made:
            if identity in self._open:
                message = f"{identity} refers to itself, directly or through others: break the circle"
                raise ValueError(message)
            self._open.add(identity)
            try:
                self._made[identity] = self._build(identity)
            finally:
                self._open.discard(identity)
        return self._made[identity]
