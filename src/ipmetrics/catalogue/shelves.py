"""Shelves: entries indexed by code and by name, with the refusals of a look-up that fails.

Names are compared without regard to case, width, blanks, punctuation and accents; codes without regard to
case, width and blanks. This room knows how to find and what to say when it cannot. It makes no entry and
reads no file.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from ipmetrics.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["Found", "Shelf", "code_key", "name_key", "only"]

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63]")
_NEAREST = 3
_CUTOFF = 0.75


class Found(Protocol):
    """What a shelf asks of an entry."""

    @property
    def id(self) -> str:
        """Its identity."""

    @property
    def label(self) -> str:
        """What a reader calls it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is found by."""

    @property
    def ended(self) -> bool:
        """Whether it no longer exists."""

    @property
    def lifetime(self) -> str:
        """First and last day in words."""

    def existed(self, on: date) -> bool:
        """Whether it existed on the day."""
        ...

    def lookup_codes(self) -> Iterator[str]:
        """Every code it is found by."""
        ...


E_co = TypeVar("E_co", bound=Found, covariant=True)


def code_key(text: str) -> str:
    """What two writings of one code have in common.

    Examples
    --------
    >>> code_key("ｃｎ－bj") == code_key("CN-BJ ")
    True
    """
    return "".join(_DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper().split())


def name_key(text: str) -> str:
    """What two writings of one name have in common.

    Examples
    --------
    >>> name_key("Saint Kitts & Nevis") == name_key("the saint kitts and nevis")
    True
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold().strip().removeprefix("the ")
    return "".join(letter for letter in plain if letter.isalnum())


def _named(entries: Iterable[Found]) -> str:
    return ", ".join(f"{entry.label} ({entry.id})" + (f" {entry.lifetime}" if entry.ended else "") for entry in entries)


def only(text: str, hits: tuple[E_co, ...], *, what: str) -> E_co:
    """The one hit, or the refusal that lists them.

    Raises
    ------
    CatalogueError
        If there are several.
    """
    if len(hits) > 1:
        raise CatalogueError(
            f'"{text}"',
            rule=f"a name or code means one {what}",
            way_out=f"use the code of one of: {_named(hits)}",
        )
    return hits[0]


class Shelf(Generic[E_co]):
    """Entries of one sort, in their order, found by code or name; nothing is added to a shelf once it stands.

    Parameters
    ----------
    what
        The sort in words, for messages.
    entries
        All entries.

    Raises
    ------
    CatalogueError
        If two entries have one identity.
    """

    __slots__ = ("_codes", "_names", "entries", "what")

    def __init__(self, what: str, entries: Iterable[E_co]) -> None:
        self.what = what
        self.entries = tuple(entries)
        self._codes: dict[str, list[E_co]] = {}
        self._names: dict[str, list[E_co]] = {}
        taken: dict[str, E_co] = {}
        for entry in self.entries:
            identity = code_key(entry.id)
            if identity in taken:
                raise CatalogueError(
                    f"{entry.label} ({entry.id})",
                    rule=f"one identity is one {what}",
                    way_out=f"give it another code: {taken[identity].label} has this one",
                )
            taken[identity] = entry
            for key in dict.fromkeys(map(code_key, entry.lookup_codes())):
                self._codes.setdefault(key, []).append(entry)
            for key in dict.fromkeys(map(name_key, entry.names)):
                self._names.setdefault(key, []).append(entry)

    def hits(self, text: str, on: date | None = None) -> tuple[E_co, ...]:
        """Entries of this very code or name; those of a name must exist now, or on the day given.

        Raises
        ------
        CatalogueError
            If the code or name is known but did not exist then.
        """
        if not isinstance(text, str):
            raise CatalogueError(
                repr(text), rule=f"{self.what}s are looked up by text", way_out="pass a name or a code"
            )
        coded = self._codes.get(code_key(text), [])
        known = coded or self._names.get(name_key(text), [])
        if on is not None:
            alive = [entry for entry in known if entry.existed(on)]
        else:
            alive = list(coded) or [entry for entry in known if not entry.ended]
        if known and not alive:
            day = f"on {on}" if on is not None else "any more"
            raise CatalogueError(
                f'"{text}"',
                rule=f"{self.what}s are looked up while they exist, and none of this name does {day}",
                way_out=f"pass on= with a day when it did, or the code alone: {_named(known)}",
            )
        return tuple(alive)

    def one(self, text: str, on: date | None = None) -> E_co:
        """The entry of this code or name.

        Raises
        ------
        CatalogueError
            If there is none, or more than one.
        """
        hits = self.hits(text, on)
        if not hits:
            raise self.unknown(text)
        return only(text, hits, what=self.what)

    def unknown(self, text: str) -> CatalogueError:
        """The refusal of an unknown name, with the nearest known ones."""
        near = [entry for entry in self.near(text) if not entry.ended][:_NEAREST]
        hint = f"did you mean {_named(near)}? " if near else ""
        return CatalogueError(
            f'"{text}"',
            rule=f"{self.what}s are looked up by a name or code of the catalogue",
            way_out=f"{hint}list them with .{self.what}s(), or add your own with .extended()",
        )

    def near(self, text: str) -> tuple[E_co, ...]:
        """Entries whose name or code is, begins with, holds, or resembles the text, in this order."""
        name, code = name_key(text), code_key(text)
        found: dict[str, E_co] = {}

        def add(entries: Iterable[E_co]) -> None:
            for entry in entries:
                found.setdefault(entry.id, entry)

        add(self._codes.get(code, []))
        add(self._names.get(name, []))
        if name:
            holding = [key for key in self._names if name in key]
            add(entry for key in holding if key.startswith(name) for entry in self._names[key])
            add(entry for key in holding for entry in self._names[key])
            for key in difflib.get_close_matches(name, self._names, n=_NEAREST, cutoff=_CUTOFF):
                add(self._names[key])
        if code:
            add(entry for key in sorted(self._codes) if key.startswith(code) for entry in self._codes[key])
        return tuple(found.values())
