"""The JSON Schema of claim files, made from the same layout that the reader uses.

``python -m ipmetrics.claimfile.schema`` prints it; ``claims.schema.json`` beside this module is that
text. A schema tells form only: that names are defined, units mix and figures can be read is for
`read_claims` to say.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, assert_never

from ipmetrics.claimfile.layout import CLAIM_FILE
from ipmetrics.claimfile.shapes import (
    WORD,
    Choice,
    Day,
    Either,
    Exact,
    ListOf,
    MapOf,
    Named,
    Shape,
    Switch,
    Table,
    Text,
    Variants,
    Whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.claimfile.shapes import Key

__all__ = ["claim_file_schema", "schema_text"]

_DRAFT = "http://json-schema.org/draft-07/schema#"  # the draft that TOML editors understand


def claim_file_schema() -> dict[str, Any]:
    """The schema as JSON values (draft 07).

    Examples
    --------
    >>> sorted(claim_file_schema()["properties"])[:3]
    ['claims', 'conventions', 'indicators']
    """
    named: dict[str, Any] = {}
    top = _schema(CLAIM_FILE, named)
    return {
        "$schema": _DRAFT,
        "title": "Claim file of ipmetrics",
        **top,
        "definitions": dict(sorted(named.items())),
    }


def schema_text() -> str:
    """The schema as the text of ``claims.schema.json``."""
    return json.dumps(claim_file_schema(), indent=1, ensure_ascii=False) + "\n"


def _schema(shape: Shape, named: dict[str, Any]) -> dict[str, Any]:  # noqa: C901, PLR0912 - a case a shape
    match shape:
        case Named(name, of):
            if name not in named:
                named[name] = {}
                named[name] = _schema(of(), named)
            return {"$ref": f"#/definitions/{name}"}
        case Either(options):
            return {"anyOf": [_schema(option, named) for option in options]}
        case Text(empty=empty):
            return {"type": "string"} if empty else {"type": "string", "pattern": r"\S"}
        case Choice(words):
            return {"enum": list(words)}
        case Whole(least, most):
            ends = {"minimum": least, "maximum": most}
            return {"type": "integer", **{end: value for end, value in ends.items() if value is not None}}
        case Switch():
            return {"type": "boolean"}
        case Day():
            return {"type": "string", "format": "date"}
        case Exact(pattern):
            return {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": pattern}]}
        case ListOf(item, least, most):
            counts = {"minItems": least or None, "maxItems": most}
            counts = {count: value for count, value in counts.items() if value is not None}
            return {"type": "array", "items": _schema(item, named), **counts}
        case MapOf(_, item, references):
            names = {"propertyNames": {"pattern": WORD}} if references else {}
            return {"type": "object", "additionalProperties": _schema(item, named), **names}
        case Table(_, keys):
            return _table(keys, named)
        case Variants(_, common, kinds, plain):
            tables = [_table({**keys, **common}, named, leading) for leading, keys in kinds.items()]
            return {"oneOf": [*tables, _table({**plain, **common}, named)] if plain is not None else tables}
        case _:
            assert_never(shape)


def _table(keys: Mapping[str, Key], named: dict[str, Any], leading: str | None = None) -> dict[str, Any]:
    required = [key for key, what in keys.items() if what.required or key == leading]
    table: dict[str, Any] = {
        "type": "object",
        # A $ref admits no neighbours in draft 07, so its description stands one level up.
        "properties": {key: _described(_schema(what.shape, named), what.doc) for key, what in keys.items()},
        "additionalProperties": False,
    }
    return {**table, "required": required} if required else table


def _described(schema: dict[str, Any], doc: str) -> dict[str, Any]:
    return {"description": doc, "allOf": [schema]} if "$ref" in schema else {"description": doc, **schema}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
