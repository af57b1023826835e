"""Words: the vocabulary of this language, read once from `words.toml`, and patterns and endings made of it.

This room knows where the words are kept and how to look for them quickly. It does not know what they mean.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ipmetrics.model.vocabulary import AFTER, BEFORE, Hedge

__all__ = [
    "any_of",
    "ending",
    "hedges_after",
    "hedges_before",
    "listed",
    "opening",
    "paired",
    "pattern",
    "simplified",
    "units",
]


@cache
def _held() -> dict[str, dict[str, str]]:
    text = (files("ipmetrics.prose.chinese") / "words.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def listed(name: str) -> tuple[str, ...]:
    """The words of a list, longest first: ``"changes.up"``."""
    room, _, key = name.partition(".")
    return tuple(sorted(dict.fromkeys(_held()[room][key].split()), key=lambda word: (-len(word), word)))


@cache
def _letters() -> dict[int, str]:
    held = _held()["letters"]
    pairs = zip("".join(held["traditional"].split()), "".join(held["simplified"].split()), strict=True)
    return {ord(old): new for old, new in pairs}


def simplified(text: str) -> str:
    """The text with traditional letters as the simplified ones they stand for, letter by letter."""
    return text.translate(_letters())


@cache
def units() -> dict[str, str]:
    """Heads of noun phrases to the unit of what is counted beside them; empty where the head alone does not say."""
    return {**dict.fromkeys(listed("indicators.other"), ""), **paired("indicators.units")}


@cache
def paired(name: str) -> dict[str, str]:
    """A list of words that each say something more after a colon."""
    room, _, key = name.partition(".")
    pairs = (pair.rpartition(":") for pair in _held()[room][key].split())
    return {word: told for word, _, told in pairs}


@cache
def hedges_before() -> dict[str, Hedge]:
    """Words in front of a numeral to what they make of it: those of the model and their further spellings."""
    told = {word: hedge for word, hedge in BEFORE.items() if not word[0].isascii()}
    told |= {word: hedge for hedge in _SPELLED for word in listed(f"figures.{hedge.value}")}
    return told


_SPELLED = (Hedge.OVER, Hedge.UNDER, Hedge.ABOUT, Hedge.AT_LEAST, Hedge.AT_MOST)


@cache
def hedges_after() -> dict[str, Hedge]:
    """Words behind a numeral and its classifier to what they make of it."""
    told = {word: hedge for word, hedge in AFTER.items() if not word[0].isascii()}
    for hedge in (Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.ABOUT, Hedge.OVER):
        told |= dict.fromkeys(listed(f"figures.after_{hedge.value}"), hedge)
    return told


def any_of(words: tuple[str, ...]) -> str:
    """A group of alternatives, longest first, those of one first letter together."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        heads.setdefault(word[0], []).append(word[1:])
    groups = []
    for head, tails in heads.items():
        rest = "|".join(map(re.escape, tails))
        groups.append(re.escape(head) + (f"(?:{rest})" if tails != [""] else ""))
    return f"(?:{'|'.join(groups)})"


@cache
def pattern(template: str) -> re.Pattern[str]:
    """A pattern in which ``<list.name>`` stands for any word of that list."""
    return re.compile(re.sub(r"<([a-z]+\.[a-z_]+)>", lambda match: any_of(listed(match[1])), template))


@cache
def _ends(names: tuple[str, ...]) -> tuple[dict[str, str], int]:
    told: dict[str, str] = {}
    for name in names:
        for word in listed(name):
            told.setdefault(word, name)
    return told, max(map(len, told))


def ending(page: str, start: int, end: int, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The longest word of some lists that a stretch ends in, and its list."""
    told, most = _ends(names)
    for length in range(min(most, end - start), 0, -1):
        word = page[end - length : end]
        if word in told:
            return word, told[word]
    return None


def opening(page: str, start: int, end: int, names: tuple[str, ...]) -> tuple[str, str] | None:
    """The longest word of some lists that a stretch begins with, and its list."""
    told, most = _ends(names)
    for length in range(min(most, end - start), 0, -1):
        word = page[start : start + length]
        if word in told:
            return word, told[word]
    return None
