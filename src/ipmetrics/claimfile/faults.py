"""Faults: gathered while a claim file is read, so that all are told at once, in the order of the file.

This room knows places in a tree of tables and lists and how to name them. It knows no key of a claim
file.
"""

from __future__ import annotations

import difflib
import json
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Protocol

import attrs

from ipmetrics.errors import ClaimFileError, Fault, IpmetricsError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Faults", "Path", "Places", "Printed", "TreePlaces", "described", "nearest", "spelled"]

Path = tuple[str | int, ...]
"""Keys and indices from the top of the tree."""

_BARE = re.compile(r"[\w-]+")
_LONGEST_SHOWN = 60
_MOST_COMPARED = 2_000


@attrs.frozen
class Printed:
    """A number with a fraction as it stands in the file; no float, so that a fault can quote it."""

    text: str


def spelled(path: Path) -> str:
    """A place in words of the file.

    Examples
    --------
    >>> spelled(("claims", 3, "figure")), spelled(("regions", "a b"))
    ('claims[3].figure', 'regions."a b"')
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            key = step if _BARE.fullmatch(step) else json.dumps(step, ensure_ascii=False)
            text += f".{key}" if text else key
    return text or "the file"


def described(value: object) -> str:
    """A value of the file, short, in words that tell text from numbers and tables.

    Examples
    --------
    >>> described("2021"), described(2021), described([1]), described(True)
    ('"2021"', 'the number 2021', 'a list', 'true')
    """
    match value:
        case bool():
            return str(value).lower()
        case str():
            short = value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…"
            return json.dumps(short, ensure_ascii=False)
        case int():
            digits = value.bit_length() // 4
            return f"the number {value}" if digits < _LONGEST_SHOWN else "a very large number"
        case Printed(text):
            return f"the number {text[:_LONGEST_SHOWN]}"
        case datetime() | time():
            return f"the time {value.isoformat()}"
        case date():
            return f"the date {value.isoformat()}"
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return repr(value)[:_LONGEST_SHOWN]


def nearest(word: str, among: Iterable[str]) -> str | None:
    """The known word that a misspelt one is likeliest to mean, or None; too many words are not compared."""
    known = list(among)
    if len(known) > _MOST_COMPARED or len(word) > _LONGEST_SHOWN:
        return None
    found = difflib.get_close_matches(word, known, n=1)
    return found[0] if found else None


class Places(Protocol):
    """The order of places in a file, and what they are called."""

    def rank(self, path: Path, /) -> tuple[int, ...]:
        """What to sort places by."""
        ...

    def where(self, path: Path, /) -> str:
        """The place in words."""
        ...


class Faults:
    """The faults found so far, each at its place."""

    def __init__(self) -> None:
        self._found: list[tuple[Path, str]] = []
        self._touched: dict[Path, set[str | int | None]] = {}

    def add(self, path: Path, given: str, *, rule: str, way_out: str) -> None:
        """Note what was given there, the rule it breaks and the way out."""
        self.add_error(path, IpmetricsError(given, rule=rule, way_out=way_out))

    def add_error(self, path: Path, error: Exception) -> None:
        """Note an error that already says all of that."""
        self._found.append((path, str(error)))
        for length in range(len(path) + 1):
            step = path[length] if length < len(path) else None
            self._touched.setdefault(path[:length], set()).add(step)

    def within(self, path: Path, *, apart_from: frozenset[str] = frozenset()) -> bool:
        """Whether a fault was found at this place or anywhere inside it, apart from inside some keys."""
        return bool(self._touched.get(path, set()) - apart_from)

    def tell(self, name: str, places: Places) -> None:
        """Raise all faults, in the order of the file; do nothing if there are none.

        Raises
        ------
        ClaimFileError
            If a fault was found.
        """
        if not self._found:
            return
        ordered = sorted(self._found, key=lambda fault: places.rank(fault[0]))
        raise ClaimFileError(name, [Fault(places.where(path), message) for path, message in ordered])


class TreePlaces:
    """Places of a tree of tables and lists, in the order in which its keys stand."""

    def __init__(self, tree: object) -> None:
        self._tree = tree
        self._orders: dict[int, dict[str, int]] = {}

    def where(self, path: Path) -> str:
        """The place as a path: ``claims[3].figure``."""
        return spelled(path)

    def rank(self, path: Path) -> tuple[int, ...]:
        """Positions on the way down; a key that is not there comes first, as a fault of the whole table."""
        node, ranks = self._tree, []
        for step in path:
            if isinstance(node, dict) and isinstance(step, str):
                order = self._orders.setdefault(id(node), {key: place for place, key in enumerate(node)})
                ranks.append(order.get(step, -1))
                node = node.get(step)
            elif isinstance(node, list) and isinstance(step, int):
                ranks.append(step)
                node = node[step] if 0 <= step < len(node) else None
            else:
                break
        return tuple(ranks)
