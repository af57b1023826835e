"""Places, offices and companies named in English, found by a dictionary and by capital letters.

This room finds names. For which of them a figure is quoted, it does not know.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.english.vocabulary import any_in, plain, section
from ipmetrics.prose.english.vocabulary import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "local_kind", "places_in"]


@attrs.frozen(kw_only=True)
class Place:
    """A name in the text.

    Parameters
    ----------
    start, end
        Its offsets in the clean text.
    name
        What it stands for: "Chinese" stands for China.
    words
        As written.
    kind
        "place", "adjective", "office" or "world".
    """

    start: int
    end: int
    name: str
    words: str
    kind: str


_WORD = re.compile(r"[A-Za-zÀ-ž][\w.&'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_LOCAL = re.compile(
    rf"\b(?:the |this |our |its )?(?:whole |entire )?(?P<kind>{any_in('tails.local')})(?:'s|’s)?\b", re.IGNORECASE
)


@attrs.frozen
class _Name:
    """A name that is known: its words, what it stands for, what it is."""

    words: tuple[str, ...]
    label: str
    kind: str


_LONGEST_ZONE = 6  # words


@cache
def _names() -> dict[str, list[_Name]]:
    """First word to every name that begins with it, the longest first."""
    from ipmetrics import catalogue  # noqa: PLC0415 - read when the first article is

    found: dict[tuple[str, ...], _Name] = {}

    def keep(name: str, label: str, kind: str, *, anew: bool = True) -> None:
        parts = tuple(name.split())
        if anew or parts not in found:
            found[parts] = _Name(parts, label, kind)

    for region in catalogue.regions():
        for name in (region.label, *region.names):
            if name.isascii() and name[0].isupper() and len(name) > 2 and "(" not in name:
                world = region.code == "WLD"
                keep(name, "World" if world else region.label, "world" if world else "place", anew=False)
    for name in section("places")["names"]:
        keep(name, name, "place", anew=False)
    for label, names in section("offices").items():
        for name in names:
            keep(name, label, _office_kind(name, label))
    for label, names in section("adjectives").items():
        for name in names:
            keep(name, label, "adjective")
    by_first: dict[str, list[_Name]] = {}
    for one in sorted(found.values(), key=lambda one: -len(one.words)):
        by_first.setdefault(one.words[0], []).append(one)
    return by_first


def _office_kind(name: str, label: str) -> str:
    """Of the names in words.toml that stand for a place, long ones and short forms are those of offices."""
    if label == "World":
        return "world"
    return "office" if len(name.split()) > 2 or (name.isupper() and len(name) > 3) else "place"


def places_in(clean: str, start: int, end: int) -> Iterator[Place]:
    """Every known place between two offsets, the longest name at each, in order."""
    words = list(_WORD.finditer(clean, start, end))
    bare = [_bare(match[0]) for match in words]
    names = _names()
    at = 0
    while at < len(words):
        last = None if bare[at] in names else _zone_end(clean, words, at)
        if last is not None:
            name = clean[words[at].start() : words[last].end()]
            yield Place(start=words[at].start(), end=words[last].end(), name=name, words=name, kind="place")
            at = last
        for one in names.get(bare[at], ()) if last is None else ():
            if _stands(clean, words, bare, at, one):
                found, at = _whole(clean, words, at, one)
                yield found
                break
        at += 1


def _zone_end(clean: str, words: list[re.Match[str]], at: int) -> int | None:
    """The last word of a name that no list has, if its last word says what it is: "Optics Valley"."""
    zones, openers = words_of("tails", "zones"), words_of("tails", "openers")
    if not words[at][0][0].isupper() or words[at][0].lower() in openers:
        return None
    for last in range(at + 1, min(at + _LONGEST_ZONE, len(words))):
        glued = clean[words[last - 1].end() : words[last].start()] == " "
        if not glued or not words[last][0][0].isupper():
            return None
        if words[last][0].lower() in zones:
            return last
    return None


def _stands(clean: str, words: list[re.Match[str]], bare: list[str], at: int, name: _Name) -> bool:
    """Whether a name stands at a word, in one line and one breath."""
    last = at + len(name.words) - 1
    if last >= len(words) or any(
        bare[at + k] != part and words[at + k][0] != part for k, part in enumerate(name.words)
    ):
        return False
    between = clean[words[at].start() : words[last].end()]
    if "\n" in between or ("," in between and not any("," in part for part in name.words)):
        return False
    return name.kind != "world" or not _opens_name(words, last)


def _whole(clean: str, words: list[re.Match[str]], at: int, name: _Name) -> tuple[Place, int]:
    """A name with the words that belong to it, as in "Suzhou Industry Park", and the place of the last of them."""
    first = last = at + len(name.words) - 1
    tails, alone = _tails()
    while (
        last + 1 < len(words)
        and words[last + 1][0].lower() in tails
        and words[last + 1][0][0].isupper()
        and clean[words[last].end() : words[last + 1].start()] == " "
    ):
        last += 1
    start, stop = words[at].start(), words[last].end()
    label = name.label
    if last > first + 1 or (last == first + 1 and words[last][0].lower() in alone):
        label = clean[start:stop]  # "Suzhou Industry Park" is not Suzhou
    return Place(start=start, end=stop, name=label, words=clean[start:stop], kind=name.kind), last


@cache
def _tails() -> tuple[frozenset[str], frozenset[str]]:
    return words_of("tails", "words"), words_of("tails", "places")


def _opens_name(words: list[re.Match[str]], last: int) -> bool:
    """Whether a word with a capital follows one with a capital, as in the names of offices and days."""
    if last + 1 >= len(words):
        return False
    word, following = words[last], words[last + 1]
    return word[0][0].isupper() and following[0][0].isupper() and following.start() == word.end() + 1


def _bare(word: str) -> str:
    """A word without a possessive or a full stop that ends a sentence; U.S. keeps its own."""
    if word.isalnum():
        return word
    word = _POSSESSIVE.sub("", word)
    return word if word == "Rs." or _INITIALS.fullmatch(word) else word.rstrip(".")


def local_kind(words: str) -> str | None:
    """What sort of place "the city's" or "national" points to, if words hold such."""
    match = _LOCAL.search(words)
    return None if match is None else _local_kinds().get(plain(match["kind"]))


@cache
def _local_kinds() -> dict[str, str]:
    return {word: kind for kind, them in section("places")["local"].items() for word in them}
