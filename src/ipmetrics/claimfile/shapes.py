"""Shapes: a small vocabulary for saying which tables, lists and values a file may hold.

Two readers share what is said in it: `fitting` holds a file against it and gathers faults, `schema`
prints it as JSON Schema, and so they cannot drift apart. This room knows no key of a claim file; `layout`
does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

__all__ = [
    "Choice",
    "Day",
    "Either",
    "Exact",
    "Key",
    "ListOf",
    "MapOf",
    "Named",
    "Shape",
    "Switch",
    "Table",
    "Text",
    "Variants",
    "Whole",
]


@attrs.frozen
class Text:
    """Text, and never a number in its place.

    Parameters
    ----------
    rule
        The rule that another value would break.
    empty
        Whether it may be empty.
    """

    rule: str = "this key holds text"
    empty: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Choice:
    """One of several words."""

    words: tuple[str, ...]


@attrs.frozen
class Whole:
    """A whole number, both ends included; None is unbounded."""

    least: int | None = None
    most: int | None = None


@attrs.frozen
class Switch:
    """True or false."""


@attrs.frozen
class Day:
    """A day: a TOML date, or text such as ``2022-04-30``."""


@attrs.frozen
class Exact:
    """An exact number that is not below zero: whole, or text such as ``0.05``, ``1/20`` or ``5%``."""

    pattern: str = r"^\s*[0-9]{1,30}(\.[0-9]{1,30})?\s*%?\s*$|^\s*[0-9]{1,30}/0*[1-9][0-9]{0,29}\s*$"


@attrs.frozen
class ListOf:
    """A list of so many of one shape."""

    item: Shape
    least: int = 0
    most: int | None = None


@attrs.frozen
class Key:
    """One key of a table: what stands behind it, and what it is for."""

    shape: Shape
    doc: str
    required: bool = False


@attrs.frozen
class Table:
    """A table of known keys; ``name`` is what a message calls it: "a source"."""

    name: str
    keys: Mapping[str, Key]


@attrs.frozen
class Variants:
    """A table of one of several kinds, told by the one of its leading keys that is there.

    Parameters
    ----------
    name
        What a message calls it: "a claim".
    common
        Keys of every kind.
    kinds
        Leading key to all the keys of that kind, the leading one among them.
    plain
        Further keys where no leading key is there; None if one must be.
    """

    name: str
    common: Mapping[str, Key]
    kinds: Mapping[str, Mapping[str, Key]]
    plain: Mapping[str, Key] | None = None


@attrs.frozen
class MapOf:
    """A table of one's own keys, all of one shape.

    ``references`` says that paths name these keys, so that they must be words without blanks and dots.
    """

    name: str
    item: Shape
    references: bool = True


@attrs.frozen
class Either:
    """One of several shapes, told apart by the type of the value; the first one words the complaint."""

    options: tuple[Shape, ...]


@attrs.frozen
class Named:
    """A shape that is used in several places, or within itself."""

    name: str
    of: Callable[[], Shape]


Shape = Text | Choice | Whole | Switch | Day | Exact | ListOf | Table | Variants | MapOf | Either | Named

WORD = r"^[^\s.,;=\[\]{}\"'#]+$"
"""What a key that paths refer to looks like, in any script."""
