"""Tables of claims: rows to the same tree that TOML is read to, so that one reader serves both.

One row is one claim, or defines a name. This room knows what each column means and where in the tree it
belongs; it also knows the way back, from a place in the tree to line and column.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.claimfile.cells import COLUMNS, WHOLE_COLUMNS
from ipmetrics.claimfile.faults import Path, Printed, described, nearest
from ipmetrics.claimfile.paths import parted, read_scope, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.claimfile.cells import Row
    from ipmetrics.claimfile.faults import Faults

__all__ = ["DEFINING", "KIND_KEYS", "TableTree"]

KIND_KEYS: Final = {
    "level": ("level", None),
    "ratio": ("ratio", "to"),
    "share": ("share", "of"),
    "change": ("change", "since"),
    "change than": ("change", "than"),
    "total": ("total", "parts"),
    "rank": ("rank", "among"),
}
"""What the kind column says: the claim's leading key, and the key of what it is compared with."""

DEFINING: Final = {
    "indicator": "indicators",
    "region": "regions",
    "member": "members",
    "unit": "units",
    "source": "sources",
    "conventions": "conventions",
}
"""Kinds of definition rows, and the tables they add to."""

_LISTS: Final = frozenset({"parts", "among"})
_PARTS: Final = ("indicator", "region", "period", "scope")
_FACTS: Final = ("unit", "multiplier", "measure", "whole", "signed", "additive")
_READING: Final = ("rounding", "decimals", "step", "decimal_comma")
_STRAIGHT: Final = ("per", "difference", "complete", "disjoint", "order", "place")
_TOLD: Final = ("locator", "quote", "span")
_SOURCE: Final = ("producer", "title", "date", "url")
_SWITCHES: Final = frozenset({"decimal_comma", "difference", "complete", "disjoint", "whole", "signed", "additive"})
_LEADING: Final = frozenset(leading for leading, _ in KIND_KEYS.values())
_COMPARED: Final = frozenset(key for _, key in KIND_KEYS.values() if key)
_DERIVED: Final = ("per", "share_of", "growth_of", "catalogue")


def _value(column: str, text: str) -> object:
    """A cell as TOML would hold it; what does not read stays text, for the fault to quote."""
    if column in _SWITCHES:
        return {"true": True, "false": False}.get(text.lower(), text)
    if column in WHOLE_COLUMNS and re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        return int(text)
    if column == "span" and (match := re.fullmatch(r"([0-9]{1,18})\s*[-–]\s*([0-9]{1,18})", text)):
        return [int(match[1]), int(match[2])]
    return text


class TableTree:
    """The tree of a table of claims, and the way back to its rows.

    Parameters
    ----------
    rows
        Not empty ones.
    faults
        Where rows that cannot be placed are noted.
    """

    def __init__(self, rows: Iterable[Row], faults: Faults) -> None:
        self._faults = faults
        self._rows: dict[int, Row] = {}
        self._origins: dict[Path, Path] = {}
        self._groups: dict[str, int] = {}
        self._used: dict[str, dict[str, Path]] = {"indicators": {}, "regions": {}}
        self.tree: dict[str, Any] = {"claims": []}
        for row in rows:
            self._rows[row.number] = row
            if not row.readable:
                continue
            kind = re.sub(r"[\s_]+", " ", row.cells.get("kind", "level").lower())
            if kind in DEFINING:
                self._define(kind, row)
            elif kind in KIND_KEYS:
                self._state(kind, row)
            else:
                known = [*KIND_KEYS, *DEFINING]
                near = nearest(kind, known)
                way_out = f"did you mean {described(near)}?" if near else f"write one of {', '.join(known)}"
                faults.add(row.path("kind"), described(kind), rule="a row is of a known kind", way_out=way_out)
        self._declare_used()

    def rank(self, path: Path) -> tuple[int, ...]:
        """Row and column of a place of the tree, for sorting."""
        _, number, *column = self._origin(path)
        place = COLUMNS.index(str(column[0])) if column and column[0] in COLUMNS else -1
        return int(number), place

    def where(self, path: Path) -> str:
        """Row and column of a place of the tree, in words."""
        _, number, *column = self._origin(path)
        row = self._rows.get(int(number))
        words = row.where if row is not None else "the header"
        return f"{words}, column {column[0]}" if column else words

    def _origin(self, path: Path) -> tuple[str | int, ...]:
        if path[:1] == ("rows",):
            return path
        for length in range(len(path), 0, -1):
            origin = self._origins.get(path[:length])
            if origin is not None:
                column = _column_of(path[length:]) if len(origin) == 2 else None
                return (*origin, column) if column else origin
        return ("rows", -1)

    def _define(self, kind: str, row: Row) -> None:
        """Add what a definition row says; its value is what would stand behind the equals sign in TOML."""
        stray = [column for column in row.cells if column not in {"kind", "id", "definition"}]
        for column in stray:
            rule = "a definition row has kind, id and definition"
            self._faults.add(row.path(column), described(row.cells[column]), rule=rule, way_out="empty this cell")
        name = row.cells.get("id", "")
        if not name and kind != "conventions":
            self._faults.add(
                row.path("id"), "none", rule="a definition row names what it defines", way_out="fill in id"
            )
            return
        value = self._toml(row)
        table = DEFINING[kind]
        path: Path = (table,) if kind == "conventions" else (table, name)
        home = self.tree if kind == "conventions" else self.tree.setdefault(table, {})
        last = table if kind == "conventions" else name
        if last in home and path in self._origins:
            rule = "a name is defined once"
            self._faults.add(row.path("id"), described(name or kind), rule=rule, way_out="keep one of the two")
            return
        if isinstance(value, dict) and isinstance(home.get(name), dict):
            value = {**home[name], **value}  # facts that a row above gave already
        home[last] = value
        self._origins[path] = row.path("definition")

    def _toml(self, row: Row) -> object:
        text = row.cells.get("definition", "{}")
        try:
            read = tomllib.loads(f"it = {text}", parse_float=Printed)
            if set(read) == {"it"}:
                return read["it"]
            reason = "more than one value"
        except (ValueError, RecursionError) as error:
            reason = str(error).partition(" (at ")[0] or "deep nesting"
        way_out = f'write a TOML table such as {{ code = "CN-11" }} ({reason})'
        self._faults.add(row.path("definition"), described(text), rule="a definition is a TOML value", way_out=way_out)
        return {}

    def _state(self, kind: str, row: Row) -> None:
        """Add the claim of a row, by itself or as one reading of its group."""
        cells = row.cells
        group = cells.get("one_of")
        claims = self.tree["claims"]
        if group is None:
            path: Path = ("claims", len(claims))
            claims.append(self._claim(kind, row) | self._told(row))
        else:
            if group not in self._groups:
                self._groups[group] = len(claims)
                named = {} if group.startswith("#") else {"id": group}
                claims.append({"one_of": [], **named, **self._told(row)})
                self._origins["claims", self._groups[group]] = row.path()
                self._origins["claims", self._groups[group], "id"] = row.path("one_of")
            place = self._groups[group]
            told = self._told(row)
            if any(claims[place].get(key) != value for key, value in told.items()):
                rule = "readings of one phrase have one source, that of their first row"
                self._faults.add(row.path("source"), "another", rule=rule, way_out="empty these cells or repeat it")
            alternatives = claims[place]["one_of"]
            path = ("claims", place, "one_of", len(alternatives))
            alternatives.append(self._claim(kind, row))
        self._origins[path] = row.path()
        if "definition" in cells:
            rule = "a definition stands in a row of its own"
            way_out = f"write {', '.join(DEFINING)} in the kind column"
            self._faults.add(row.path("definition"), described(cells["definition"]), rule=rule, way_out=way_out)

    def _told(self, row: Row) -> dict[str, Any]:
        told = {key: _value(key, row.cells[key]) for key in _TOLD if key in row.cells}
        own = {key: row.cells[f"source_{key}"] for key in _SOURCE if f"source_{key}" in row.cells}
        if own and "source" in row.cells:
            rule = "a source is named by its key or told, not both"
            self._faults.add(row.path("source"), described(row.cells["source"]), rule=rule, way_out="empty one of them")
        source: object = own or row.cells.get("source")
        return {**({"source": source} if source else {}), **told}

    def _claim(self, kind: str, row: Row) -> dict[str, Any]:
        cells = row.cells
        leading, compared = KIND_KEYS[kind]
        subject = {part: cells[part] for part in _PARTS if part in cells}
        claim: dict[str, Any] = {leading: self._placed(subject, row, "")}
        if "id" in cells:
            claim["id"] = cells["id"]
        if "figure" in cells:
            reading = {key: _value(key, cells[key]) for key in _READING if key in cells}
            claim["figure"] = {"text": cells["figure"], **reading} if reading else cells["figure"]
        self._compare(claim, kind, compared, subject, row)
        claim |= {key: _value(key, cells[key]) for key in _STRAIGHT if key in cells}
        self._note_facts(row)
        return claim

    def _compare(
        self,
        claim: dict[str, Any],
        kind: str,
        compared: str | None,
        subject: dict[str, str],
        row: Row,
    ) -> None:
        """Add what the subject is compared with, if the row says."""
        others = {part: row.cells[f"to_{part}"] for part in _PARTS if f"to_{part}" in row.cells}
        if compared is None:
            for part, text in others.items():
                rule, way_out = f"a {kind} is compared with nothing", "empty this cell, or give another kind"
                self._faults.add(row.path(f"to_{part}"), described(text), rule=rule, way_out=way_out)
        elif compared in _LISTS:
            claim[compared] = [self._placed({**subject, **one}, row, "to_") for one in self._several(others, row)]
        elif others:
            claim[compared] = self._placed({**subject, **others}, row, "to_")
        elif kind == "change than":
            rule = "a change than something says what"
            self._faults.add(row.path("to_region"), "none", rule=rule, way_out="fill in to_region or to_scope")

    def _several(self, others: dict[str, str], row: Row) -> list[dict[str, str]]:
        """One table an entry; a column with one entry holds for all, an empty entry is as the subject."""
        lists = {part: parted(text) for part, text in others.items()}
        longest = max(map(len, lists.values()), default=0)
        for part, entries in lists.items():
            if len(entries) not in {1, longest}:
                rule = f"lists of one row are of one length, here {longest}"
                column = f"to_{part}"
                self._faults.add(row.path(column), f"{len(entries)}", rule=rule, way_out="give one entry, or all")
                lists[part] = entries[:1]
        tables = []
        for place in range(longest):
            texts = {part: entries[place if len(entries) > 1 else 0] for part, entries in lists.items()}
            names = {part: text if part == "scope" else unquoted(text) for part, text in texts.items() if text}
            tables.append({part: name or "" for part, name in names.items()})
        return tables

    def _placed(self, parts: dict[str, str], row: Row, prefix: str) -> dict[str, Any]:
        """An observation's table; its names are remembered as used, its scope is read."""
        placed: dict[str, Any] = dict(parts)
        for part, kind in (("indicator", "indicators"), ("region", "regions")):
            if part in parts:
                column = f"{prefix}{part}" if f"{prefix}{part}" in row.cells else part
                self._used[kind].setdefault(parts[part], row.path(column))
        if "scope" in parts:
            scope = read_scope(parts["scope"])
            if not scope:
                column = f"{prefix}scope" if f"{prefix}scope" in row.cells else "scope"
                rule, way_out = (
                    "a scope is written dimension=member",
                    "write holder=universities, kind=design",
                )
                self._faults.add(row.path(column), described(parts["scope"]), rule=rule, way_out=way_out)
            placed["scope"] = scope or {}
        return placed

    def _note_facts(self, row: Row) -> None:
        """Facts of the row's indicator, which its other rows may repeat but not gainsay."""
        name = row.cells.get("indicator")
        stated = {fact: _value(fact, row.cells[fact]) for fact in _FACTS if fact in row.cells}
        if name is None or not stated:
            return
        table = self.tree.setdefault("indicators", {}).setdefault(name, {})
        for fact, value in stated.items() if isinstance(table, dict) else ():
            if fact in table and table[fact] != value:
                given = f"{described(value)} after {described(table[fact])}"
                rule = "rows of one indicator agree about it"
                self._faults.add(row.path(fact), given, rule=rule, way_out="name another indicator, or mend one")
            elif fact not in table:
                table[fact] = value
                self._origins["indicators", name, fact] = row.path(fact)

    def _declare_used(self) -> None:
        """Regions need no declaration, indicators a unit; names of a table are labels as they stand."""
        regions = self.tree.setdefault("regions", {})
        parents = [
            table.get(key) for table in regions.values() if isinstance(table, dict) for key in ("part_of", "overlaps")
        ]
        named = [name for given in parents for name in ([given] if isinstance(given, str) else given or [])]
        for name in (*self._used["regions"], *(name for name in named if isinstance(name, str))):
            regions.setdefault(name, {})
        indicators = self.tree.setdefault("indicators", {})
        for name, origin in self._used["indicators"].items():
            table = indicators.setdefault(name, {})
            defined = ("indicators", name) in self._origins
            self._origins.setdefault(("indicators", name), origin)
            if isinstance(table, dict) and "unit" not in table and not defined:
                near = nearest(name, [other for other in indicators if other != name])
                hint = f"did you mean {described(near)}? " if near else ""
                rule = "an indicator of a table says its unit"
                way_out = f'{hint}fill in unit in one of its rows ("1" for a bare number), or add an indicator row'
                self._faults.add(origin, described(name), rule=rule, way_out=way_out)
        for name, table in (*regions.items(), *indicators.items()):
            if isinstance(table, dict) and not any(key in table for key in _DERIVED):
                table.setdefault("label", name)


def _column_of(inside: Path) -> str | None:
    """The column of a place within a claim's table."""
    match [step for step in inside if isinstance(step, str)]:
        case [key, *rest] if key in _LEADING:
            return str(rest[0]) if rest else "region"
        case [key, *rest] if key in _COMPARED:
            return f"to_{rest[0]}" if rest else "to_region"
        case ["figure", reading] if reading != "text":
            return reading
        case ["source", part]:
            return f"source_{part}"
        case [key, *_]:
            return key
        case _:
            return None
