"""Rows of a table of claims from a claim file's tree; what cells cannot say becomes definition rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.claimfile.cells import COLUMNS
from ipmetrics.claimfile.paths import scope_text
from ipmetrics.claimfile.tables import DEFINING, KIND_KEYS
from ipmetrics.claimfile.toml import inline
from ipmetrics.errors import ClaimError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["csv_text", "rows_of", "used_columns"]

_PARTS: Final = ("indicator", "region", "period")
_FACTS: Final = frozenset({"unit", "multiplier", "measure", "whole", "signed", "additive"})
_ALWAYS: Final = ("kind", *_PARTS, "figure")
_KINDS: Final = {leading: kind for kind, (leading, _) in KIND_KEYS.items() if kind != "change than"}
_COMPARED: Final = ("to", "of", "since", "than", "parts", "among")
_STRAIGHT: Final = ("id", "place", "per", "difference", "complete", "disjoint", "order", "locator", "quote")


def rows_of(tree: dict[str, Any]) -> list[dict[str, str]]:
    """The rows, each a dict of its cells that are not empty; definitions first.

    Raises
    ------
    ClaimError
        If a claim is a choice within a choice, or a reading of a phrase has a source of its own.
    """
    claims = [pair for place, claim in enumerate(tree["claims"]) for pair in _claim_rows(claim, place)]
    waiting = {key: table for key, table in tree.get("indicators", {}).items() if set(table) <= _FACTS and table}
    rows = []
    for row in claims:
        facts = waiting.pop(row["indicator"], {})
        rows.append({**row, **{fact: _cell(value) for fact, value in facts.items()}})
    used = {row["region"] for row in claims}
    return [*_definition_rows(tree, waiting, used), *rows]


def used_columns(rows: list[dict[str, str]]) -> list[str]:
    """Columns that any row needs, in the order in which they are written."""
    used = {column for row in rows for column in row}
    return [column for column in COLUMNS if column in used or column in _ALWAYS]


def csv_text(rows: list[dict[str, str]]) -> str:
    """The rows as CSV with a header."""
    columns = used_columns(rows)
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "".join(",".join(map(_csv_cell, line)) + "\n" for line in lines)


def _definition_rows(tree: dict[str, Any], waiting: dict[str, Any], used: set[str]) -> Iterator[dict[str, str]]:
    """Rows for whatever the rows of claims do not say by themselves."""
    for kind, table in DEFINING.items():
        if kind == "conventions":
            if table in tree:
                yield {"kind": kind, "definition": inline(tree[table])}
            continue
        for key, facts in tree.get(table, {}).items():
            plain = set(facts) <= _FACTS and key not in waiting if kind == "indicator" else not facts and key in used
            if not (kind in {"indicator", "region"} and plain and facts is not None):
                yield {"kind": kind, "id": key, "definition": inline(facts)}


def _claim_rows(claim: dict[str, Any], place: int) -> Iterator[dict[str, str]]:
    if "one_of" not in claim:
        yield _claim_row(claim)
        return
    group = claim.get("id", f"#{place}")
    told = _told(claim)
    for reading in claim["one_of"]:
        if "one_of" in reading or _told(reading):
            raise ClaimError(
                f"one_of {group}",
                rule="a table holds no choice within a choice, and no source of one reading alone",
                way_out='write it as TOML: format="toml"',
            )
        yield {**_claim_row(reading), "one_of": group, **told}


def _told(claim: dict[str, Any]) -> dict[str, str]:
    cells = {f"source_{key}": _cell(value) for key, value in claim.get("source", {}).items()}
    cells |= {key: claim[key] for key in ("locator", "quote") if key in claim}
    if "span" in claim:
        cells["span"] = "{}-{}".format(*claim["span"])
    return cells


def _claim_row(claim: dict[str, Any]) -> dict[str, str]:
    leading = next(key for key in _KINDS if key in claim)
    subject = claim[leading]
    row = {"kind": "change than" if "than" in claim else _KINDS[leading]}
    row |= {part: subject[part] for part in _PARTS}
    if "scope" in subject:
        row["scope"] = scope_text(subject["scope"])
    for key in _COMPARED:
        if key in claim:
            others = claim[key]
            row |= _others(subject, others) if isinstance(others, list) else _other(subject, others)
    figure = claim.get("figure", {})
    reading = figure if isinstance(figure, dict) else {"text": figure}
    row |= {"figure" if key == "text" else key: _cell(value) for key, value in reading.items()}
    row |= {key: _cell(claim[key]) for key in _STRAIGHT if key in claim}
    return {**row, **_told(claim)}


def _other(subject: dict[str, Any], other: dict[str, Any]) -> dict[str, str]:
    """The cells in which one reference differs from the subject; its region if in none."""
    cells = {f"to_{part}": other[part] for part in _PARTS if other[part] != subject[part]}
    if other.get("scope", {}) != subject.get("scope", {}):
        cells["to_scope"] = _scope_beside(subject, other)
    return cells or {"to_region": other["region"]}


def _others(subject: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, str]:
    """Lists of the parts in which any reference differs; quoted where an entry could be misread."""
    cells: dict[str, list[str]] = {}
    for part in _PARTS:
        if any(other[part] != subject[part] for other in others):
            cells[f"to_{part}"] = [_entry(other[part]) for other in others]
    if any(other.get("scope", {}) != subject.get("scope", {}) for other in others):
        cells["to_scope"] = [_scope_beside(subject, other) for other in others]
    if not cells and others:
        cells["to_region"] = [_entry(other["region"]) for other in others]
    shortened = {column: entries[:1] if len(set(entries)) == 1 else entries for column, entries in cells.items()}
    if cells and all(len(entries) == 1 for entries in shortened.values()):
        shortened = {
            column: entries if column == next(iter(cells)) else shortened[column] for column, entries in cells.items()
        }
    return {column: "; ".join(entries) for column, entries in shortened.items()}


def _scope_beside(subject: dict[str, Any], other: dict[str, Any]) -> str:
    """A scope beside the subject's; no restriction is said in words, since empty means the same."""
    return scope_text(other.get("scope") or dict.fromkeys(subject.get("scope", {}), "all"))


def _entry(text: str) -> str:
    plain = text == text.strip() and not any(mark in text for mark in ';"')
    return text if plain else json.dumps(text, ensure_ascii=False)


def _csv_cell(text: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return unquoted, and cannot read it back.
    if not any(mark in text for mark in ',"\n\r'):
        return text
    return '"' + text.replace('"', '""') + '"'


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
