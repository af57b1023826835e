"""Fitting: the tree of a rules file is held against its keys, and all that does not fit becomes a fault.

This room knows shapes and places in a tree. It knows no formula.
"""

from __future__ import annotations

import difflib
import json
import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from ipmetrics.errors import Fault, IpmetricsError
from ipmetrics.tables.rules.keys import EXACT, OPERANDS, PLACES, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.tables.rules.keys import Key

__all__ = ["Faults", "Path", "Printed", "described", "fitted", "nearest"]

Path = tuple[str, ...]
"""Keys from the top of the file."""


@attrs.frozen
class Printed:
    """A number with a fraction, as it stands in the file."""

    text: str


class Faults:
    """The faults of one rules file, each at its place."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._tree = tree
        self._found: list[tuple[Path, str]] = []

    def add(self, path: Path, given: str, *, rule: str, way_out: str) -> None:
        """Note what was given there, the rule it breaks and the way out."""
        self.note(path, str(IpmetricsError(given, rule=rule, way_out=way_out)))

    def note(self, path: Path, message: str) -> None:
        """Note what says all of that already."""
        self._found.append((path, message))

    def within(self, path: Path) -> bool:
        """Whether there is a fault at this place or inside it."""
        return any(found[: len(path)] == path for found, _ in self._found)

    def in_order(self) -> list[Fault]:
        """Return them in the order of the file."""
        return [Fault(_spelled(path), message) for path, message in sorted(self._found, key=self._rank)]

    def _rank(self, fault: tuple[Path, str]) -> tuple[int, ...]:
        node: Any = self._tree
        ranks = []
        for step in fault[0]:
            here = node if isinstance(node, dict) else {}
            ranks.append(list(here).index(step) if step in here else -1)
            node = here.get(step)
        return tuple(ranks)


def fitted(given: Any, keys: Mapping[str, Key], what: str, path: Path, faults: Faults) -> dict[str, Any]:  # noqa: ANN401 - of a TOML file
    """Return what of a table fits its keys; all else is noted."""
    if not isinstance(given, dict):
        faults.add(path, described(given), rule=f"{what} is a table", way_out="write { key = value }")
        return {}
    kept = {}
    for name, value in given.items():
        if name in keys:
            value_path = (*path, name)
            if (fit := _fit(value, keys[name].shape, value_path, faults)) is not None:
                kept[name] = fit
        else:
            faults.add((*path, name), described(name), rule=f"{what} has no such key", way_out=nearest(name, keys))
    for name, key in keys.items():
        if key.required and name not in given:
            faults.add((*path, name), "none", rule=f'{what} says "{name}"', way_out=f"give {name}: {key.doc}")
    return kept


def nearest(word: str, among: Iterable[str]) -> str:
    """Return the way out of a misspelt word."""
    known = list(among)
    found = difflib.get_close_matches(word, known, n=1)
    return f'did you mean "{found[0]}"?' if found else f"there is {', '.join(known) or 'none'}"


def _fit(given: Any, shape: str, path: Path, faults: Faults) -> Any:  # noqa: ANN401 - of a TOML file
    """Return a value as its shape wants it; None, with a fault, if it does not fit."""
    if isinstance(given, dict) and (kinds := PLACES.get(shape)):
        return _variant(given, kinds, path, faults)
    if isinstance(given, dict) and shape in {"labels", "parts"}:
        return _labels(given, path, faults)
    if shape == "parts":
        shape = "label"
    accepts, rule, way_out = _SHAPES[shape]
    if accepts(given):
        return list(given) if isinstance(given, list) else given.text if isinstance(given, Printed) else given
    faults.add(path, described(given), rule=rule, way_out=way_out)
    return None


def _variant(given: Mapping[str, Any], kinds: tuple[str, ...], path: Path, faults: Faults) -> dict[str, Any] | None:
    """Return a place that is told by its leading key."""
    found = [kind for kind in OPERANDS if kind in given]
    if len(found) != 1 or found[0] not in kinds:
        rule = f"a place says one of {', '.join(kinds)}"
        faults.add(path, ", ".join(given) or "an empty table", rule=rule, way_out=_example(kinds))
        return None
    return fitted(given, OPERANDS[found[0]], f'a place with "{found[0]}"', path, faults)


def _labels(given: Mapping[str, Any], path: Path, faults: Faults) -> dict[str, Any] | None:
    if not given:
        faults.add(path, "an empty table", rule="labels say a column", way_out='write { region = "Total" }')
        return None
    return {name: _fit(value, "label", (*path, name), faults) for name, value in given.items()}


def _example(kinds: tuple[str, ...]) -> str:
    return {
        "row": 'write { row = { region = "Total" } }',
        "earlier": 'write { earlier = "year" }',
        "table": 'write { table = "last_year" }',
        "not_printed": "write { not_printed = true }",
    }[kinds[0]]


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_text, value))


def _int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _label(value: object) -> bool:
    return isinstance(value, str | int)


def _exact(value: object) -> bool:
    text = value.text if isinstance(value, Printed) else value
    return _int(value) or (isinstance(text, str) and re.fullmatch(EXACT, text) is not None)


_NAME = (_text, "a column is named by text", 'write its name in quotes: "patents"')
_SHAPES: Final[Mapping[str, tuple[Any, str, str]]] = {
    "name": _NAME,
    "name or not": _NAME,
    "operand": (_text, "a place is a column's name, or a table", 'write "people" or { row = { region = "Total" } }'),
    "operand or not": (_text, "a place is a column's name, or a table", 'write "before" or { earlier = "year" }'),
    "row": (lambda _: False, "the whole is a row", 'write { row = { region = "Total" } }'),
    "names": (lambda value: _text(value) or _texts(value), "columns are named by text", 'write ["region", "period"]'),
    "labels": (lambda _: False, "labels are a table", 'write { region = "Total" }'),
    "label": (
        lambda value: _label(value) or (isinstance(value, list) and bool(value) and all(map(_label, value))),
        "a label is text, a whole number, or a list of them",
        "write it in quotes, as it is printed",
    ),
    "figure": (_text, "a figure is given as printed", 'write it in quotes: "100%"'),
    "count": (lambda value: _int(value) and value > 0, "this is a whole number above zero", "write it in digits"),
    "whole": (_int, "this is a whole number", "write it in digits, without quotes"),
    "exact": (_exact, "this is an exact number above zero", 'write 5, or "0.5"'),
    "switch": (lambda value: isinstance(value, bool), "a switch is true or false", "write true or false"),
    "true": (lambda value: value is True, "this can only be true", "write true, or name a column"),
    "rounding": (
        lambda value: value in ROUNDING,
        "a rounding rule has a name",
        f"write one of {', '.join(map(repr, ROUNDING))}",
    ),
    "marks": (
        lambda value: isinstance(value, list) and all(isinstance(mark, str) for mark in value),
        "marks are a list of text",
        'write ["n.a."]',
    ),
}
"""Shape to what it accepts, the rule that anything else breaks, and the way out."""


def described(value: object) -> str:
    """Return a value of the file, short, in words that tell text from numbers and tables."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value if len(value) <= 60 else value[:59] + "…", ensure_ascii=False)
        case Printed(text):
            return f"the number {text}"
        case int():
            return f"the number {value}" if value.bit_length() < 200 else "a very large number"
        case dict():
            return "a table"
        case list():
            return "an empty list" if not value else "a list"
        case _:
            return str(value)


def _spelled(path: Path) -> str:
    """Write a place in words of the file."""
    return ".".join(
        step if re.fullmatch(r"[A-Za-z0-9_-]+", step) else json.dumps(step, ensure_ascii=False) for step in path
    )
