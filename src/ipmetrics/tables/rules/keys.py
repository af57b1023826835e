"""The keys of a rules file, said once: what is read, and the JSON Schema that an editor checks against.

This room knows the form of a rules file and has never seen one. ``python -m ipmetrics.tables.rules.keys`` prints the
schema that stands in ``rules.schema.json``.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import attrs

from ipmetrics.model.rounding import Rounding

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMN", "EXACT", "FORMULAS", "OPERANDS", "PLACES", "ROUNDING", "Key", "rules_schema", "schema_text"]

ROUNDING: Final = tuple(str(rule) for rule in Rounding)
EXACT: Final = r"[0-9]+(\.[0-9]+)?|[0-9]+/0*[1-9][0-9]*"
"""What an exact number looks like as text."""


@attrs.frozen
class Key:
    """One key: what stands behind it, what it is for, and whether it must be there."""

    shape: str
    doc: str
    required: bool = False


_ROWS: Final = {
    "within": Key("names", "the columns in which another row of this table must agree with this one"),
    "match": Key("names", "the columns that pair the rows of another table with these"),
}
_COMMON: Final = {
    "about": Key("name", "the column the formula is about, where that is not the formula's name"),
    "where": Key("labels", "the rows it applies to: columns, and the label or labels each must carry"),
}


def _formula(leading: str, shape: str, doc: str, **further: Key) -> dict[str, Key]:
    return {leading: Key(shape, doc, required=True), **further, **_COMMON}


FORMULAS: Final[Mapping[str, Mapping[str, Key]]] = {
    "rate": _formula(
        "rate", "name", "what is counted", per=Key("operand or not", "the denominator", required=True), **_ROWS
    ),
    "multiple": _formula(
        "multiple", "name", "what is so many times the other", of=Key("operand", "the other", required=True), **_ROWS
    ),
    "share": _formula("share", "name or not", "the part", of=Key("operand", "the whole", required=True), **_ROWS),
    "growth": _formula(
        "growth",
        "name",
        "what grew",
        since=Key("operand or not", "what it grew from", required=True),
        periods=Key("count", "how many periods the growth per period was compounded over"),
        **_ROWS,
    ),
    "difference": _formula(
        "difference", "name", "what is larger", minus=Key("operand", "what is taken away", required=True), **_ROWS
    ),
    "running_total": _formula(
        "running_total",
        "name",
        "what was added",
        since=Key("operand", "the earlier total", required=True),
        less=Key("name", "a column there: what of it the earlier total had already"),
        **_ROWS,
    ),
    "total": _formula(
        "total", "names", "the columns that add up to this one", complete=Key("switch", "whether they are all of it")
    ),
    "total_over": _formula(
        "total_over",
        "name",
        "the column whose labels name the whole and its parts",
        of=Key("row", "the row of the whole", required=True),
        parts=Key("parts", "the labels of the parts; left out, every other row"),
        within=Key("names", "the columns in which parts and whole agree"),
        complete=Key("switch", "whether the parts are all of it"),
    ),
    "adds_to": _formula(
        "adds_to",
        "figure",
        "what they add to, exactly",
        columns=Key("names", "further columns that are added to this one"),
        over=Key("name", "the column whose labels name the parts, for a sum over rows"),
        parts=Key("parts", "the labels of the parts; left out, every row"),
        within=Key("names", "the columns in which the parts agree"),
    ),
    "at_most": _formula("at_most", "operand", "what is not exceeded", **_ROWS),
    "same_as": _formula("same_as", "operand", "the same figure, printed elsewhere", **_ROWS),
}
"""Leading key to all the keys of that kind of formula."""

_THERE: Final = {"column": Key("name", "the column to read there; left out, the formula's own")}
OPERANDS: Final[Mapping[str, Mapping[str, Key]]] = {
    "row": {"row": Key("labels", "the labels that the other row carries", required=True), **_THERE},
    "earlier": {
        "earlier": Key("name", "a column of whole numbers, such as the year", required=True),
        "by": Key("count", "how much less it is there; 1 if left out"),
        **_THERE,
    },
    "table": {"table": Key("name", "one of [tables], paired by match", required=True), **_THERE},
    "not_printed": {"not_printed": Key("true", "no figure is printed, but things are counted", required=True)},
}
"""Leading key to the keys of a place that is no column of the row itself."""

COLUMN: Final[Mapping[str, Key]] = {
    "decimals": Key("whole", "how many decimals were printed; -3 for thousands"),
    "step": Key("exact", 'the unit of the last printed place: 5, or "0.5"'),
    "multiplier": Key("whole", "power of ten from printed number to unit: 6 for millions, -2 for percent"),
    "rounding": Key("rounding", "the rule by which the figures were rounded"),
    "whole": Key("switch", "true values are whole numbers"),
    "signed": Key("switch", "true values may be negative"),
    "decimal_comma": Key("switch", "a comma is the decimal mark"),
    "read_from": Key("name", "the column of the table to read, where it is not the one of this name"),
    "number": Key("count", "which number of a cell that holds several"),
    "missing": Key("marks", "further cells that print nothing"),
    "suppressed": Key("marks", "further cells whose figure is kept back"),
}

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "operand": ("row", "earlier", "table"),
    "operand or not": ("earlier", "row", "table", "not_printed"),
    "name or not": ("not_printed",),
    "row": ("row",),
}
"""Shapes that may be a place, and which kinds of it."""


# ------------------------------------------------------------------------------ schema
def rules_schema() -> dict[str, Any]:
    """Return the schema as JSON values (draft 07, which TOML editors understand)."""
    formulas = [_object(keys) for keys in FORMULAS.values()]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rules of ipmetrics for a table",
        "type": "object",
        "properties": {
            "columns": _map("how columns were printed, by name", _object(COLUMN)),
            "tables": _map("files of other tables, by name", _SCHEMAS["name"]),
            "formulas": {**_map("how columns follow from others", {"oneOf": formulas}), "minProperties": 1},
        },
        "required": ["formulas"],
        "additionalProperties": False,
        "definitions": {kind: _object(keys) for kind, keys in OPERANDS.items()},
    }


def _map(doc: str, item: dict[str, Any]) -> dict[str, Any]:
    return {"description": doc, "type": "object", "additionalProperties": item}


def _object(keys: Mapping[str, Key]) -> dict[str, Any]:
    required = [name for name, key in keys.items() if key.required]
    return {
        "type": "object",
        "properties": {name: {"description": key.doc, **_schema(key.shape)} for name, key in keys.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _schema(shape: str) -> dict[str, Any]:
    if shape not in PLACES:
        return _SCHEMAS[shape]
    named = [] if shape == "row" else [_SCHEMAS["name"]]
    return {"anyOf": [*named, *({"$ref": f"#/definitions/{kind}"} for kind in PLACES[shape])]}


_TEXT: Final[dict[str, Any]] = {"type": "string", "pattern": r"\S"}
_WORD: Final = {"type": ["string", "integer", "boolean"]}
_LABEL: Final = {"anyOf": [_WORD, {"type": "array", "items": _WORD, "minItems": 1}]}
_LABELS: Final = {"type": "object", "additionalProperties": _LABEL, "minProperties": 1}
_SCHEMAS: Final[Mapping[str, dict[str, Any]]] = {
    "name": _TEXT,
    "figure": _TEXT,
    "names": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
    "labels": _LABELS,
    "parts": {"anyOf": [*_LABEL["anyOf"], _LABELS]},
    "count": {"type": "integer", "minimum": 1},
    "whole": {"type": "integer"},
    "exact": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": f"^({EXACT})$"}]},
    "switch": {"type": "boolean"},
    "true": {"const": True},
    "rounding": {"enum": list(ROUNDING)},
    "marks": {"type": "array", "items": {"type": "string"}},
}


def schema_text() -> str:
    """Return the schema as the text of ``rules.schema.json``."""
    return json.dumps(rules_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
