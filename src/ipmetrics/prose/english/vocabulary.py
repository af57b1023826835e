"""The words of English articles, read from words.toml when they are first needed.

This room turns lists of words into sets and patterns. It knows no grammar.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ipmetrics.model.vocabulary import BEFORE

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["any_in", "any_of", "hedge_words", "listed", "plain", "section", "unit_nouns", "words"]


@cache
def section(name: str) -> dict[str, Any]:
    """One table of words.toml."""
    return dict(_all()[name])


@cache
def _all() -> dict[str, Any]:
    return tomllib.loads((files("ipmetrics.prose.english") / "words.toml").read_text("utf-8"))


@cache
def words(name: str, key: str) -> frozenset[str]:
    """One list of words.toml as a set."""
    return frozenset(section(name)[key])


@cache
def listed(name: str) -> dict[str, str]:
    """The words of every list of a table, each with the key it stands under."""
    return {word: key for key, them in section(name).items() for word in them}


@cache
def unit_nouns() -> dict[str, str]:
    """Nouns that are counted, each with its unit."""
    return listed("units")


@cache
def hedge_words() -> dict[str, str]:
    """Words before a numeral and the hedge they make, in English: those of every figure and those of articles."""
    known = {word: str(hedge) for word, hedge in BEFORE.items() if word[0].isascii()}
    more = {
        word: hedge
        for hedge in ("over", "under", "about", "at_least", "at_most")
        for word in section("hedges").get(hedge, ())
    }
    return known | more


def any_of(given: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; a blank stands for any one blank."""
    return "|".join(re.escape(word) for word in sorted(given, key=lambda word: (-len(word), word)))


def any_in(*lists: str) -> str:
    """A pattern of any of the words of some lists of words.toml, each named as "table.list"."""
    return any_of({word for name in lists for word in words(*name.split("."))})


def plain(word: str) -> str:
    """A word in lower case, also where a pattern took a letter of another alphabet for an i or an s."""
    return word.lower().translate(_ALIKE)


_ALIKE = str.maketrans("ıſ", "is")
