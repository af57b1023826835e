"""TOML text of a claim file's tree; it knows how TOML is spelled and in which order the tables stand best."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

__all__ = ["inline", "toml_text"]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_PLAIN: Final = ("source", "conventions")
_LISTS: Final = ("units", "members", "indicators", "regions")


def toml_text(tree: dict[str, Any], *, first_line: str = "") -> str:
    """The text of a tree of tables.

    Examples
    --------
    >>> print(toml_text({"regions": {"haidian": {"part_of": ["beijing"]}}, "claims": []}), end="")
    claims = []
    <BLANKLINE>
    [regions]
    haidian = { part_of = ["beijing"] }
    """
    blocks = [first_line] if first_line else []
    if not tree.get("claims"):
        blocks.append("claims = []")
    blocks += [_block(f"[{kind}]", tree[kind]) for kind in _PLAIN if kind in tree]
    blocks += [_block(f"[sources.{_key(key)}]", table) for key, table in tree.get("sources", {}).items()]
    blocks += [_block(f"[{kind}]", tree[kind]) for kind in _LISTS if kind in tree]
    blocks += [_block("[[claims]]", claim) for claim in tree.get("claims", ())]
    return "\n\n".join(blocks) + "\n"


def inline(value: object) -> str:
    """A value on one line.

    Examples
    --------
    >>> inline({"part_of": ["a", "b"], "whole": True})
    '{ part_of = ["a", "b"], whole = true }'
    """
    match value:
        case bool():
            return str(value).lower()
        case StrEnum():
            return _quoted(value.value)
        case str():
            return _quoted(value)
        case int():
            return str(value)
        case Fraction():
            return str(value) if value.denominator == 1 else _quoted(str(value))
        case date():
            return value.isoformat()
        case dict():
            inside = ", ".join(f"{_key(key)} = {inline(item)}" for key, item in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(inline, value))}]"
        case _:
            message = f"no TOML for {type(value).__name__}"  # a slip in this package, not in what was given
            raise TypeError(message)


def _block(header: str, table: dict[str, Any]) -> str:
    return "\n".join([header, *(f"{_key(key)} = {_value(value)}" for key, value in table.items())])


def _value(value: object) -> str:
    """A value behind a key: readings of one phrase stand one a line."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + "".join(f"  {inline(item)},\n" for item in value) + "]"
    return inline(value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(mark) or _escaped(mark) for mark in text) + '"'


def _escaped(mark: str) -> str:
    return f"\\u{ord(mark):04x}" if ord(mark) < 32 or ord(mark) == 127 else mark
