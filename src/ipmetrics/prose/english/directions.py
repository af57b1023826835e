"""Directions: words of change, and which way they say a change went.

This room knows windows of words on both sides of a figure. Whether the figure is a change, it does not decide.
"""

from __future__ import annotations

import re
from functools import cache

from ipmetrics.prose.english.vocabulary import any_in, any_of, section, words
from ipmetrics.prose.statements import Direction

__all__ = ["CHANGE_AHEAD", "CHANGE_BEHIND", "DIFFERENCE_AHEAD", "direction_near", "nearest_direction", "way_of", "ways"]

_LOOK = 6  # words behind a figure among which one of change is looked for
_NEAR = 60  # letters in front of "change" in which "negative" stands

_MOVES = any_in("changes.up", "changes.down", "changes.neutral")
_ADVERBS = any_of({*section("changes")["adverbs"], "@b", "@", "growth", "rate", "("})
_NOUNS = any_of(
    words("changes", "nouns") | (words("changes", "up") | words("changes", "down")) - words("moves", "no_difference")
)
_WEAK_AHEAD, _WEAK_BEHIND = words("moves", "weak_before"), words("moves", "weak_after")
_OPEN = words("moves", "open")
_SIGNED = re.compile(r" (negative|positive|slower|minus) ")

CHANGE_AHEAD = re.compile(rf" (?P<move>{_MOVES})(?P<gap>(?: (?:{_ADVERBS}))*) $")
"""Rose sharply by #."""
CHANGE_BEHIND = re.compile(rf"(?:(?:{any_in('moves.lead')}) )*?(?P<move>{_MOVES})(?: |$)")
"""# year-on-year growth."""
DIFFERENCE_AHEAD = re.compile(
    rf" (?P<move>{_NOUNS})(?: (?:@b|@|further|another|net|of|by|a|an|the|some|about|in))*?"
    r" (?:by|of|an?|some|another)? ?$"
)
"""An increase of # patents."""


@cache
def ways() -> dict[str, Direction]:
    """Every word of change that has a direction."""
    return {word: Direction(way) for way in ("up", "down") for word in section("changes")[way]}


def way_of(move: str, before: str, after: str) -> Direction:
    """The direction of a word of change; "change" itself has that of the words around it."""
    if move in _OPEN:
        near = _SIGNED.search(before[-_NEAR:])
        if near and near[1] in {"negative", "minus"}:
            return Direction.DOWN
    return ways().get(move) or direction_near(before, after) or Direction.UP


def nearest_direction(before: str, after: str) -> Direction | None:
    """The direction of the change that a figure belongs to; None where none is next to it."""
    found = CHANGE_AHEAD.search(before) or CHANGE_BEHIND.match(after)
    return ways().get(found["move"]) if found else None


def direction_near(before: str, after: str) -> Direction | None:
    """The direction of the nearest word of change, first to the left, then to the right; None without one."""
    known = ways()
    for word in reversed(before.split()):
        if word in known and word not in _WEAK_AHEAD:
            return known[word]
        if word == ";":
            break
    for word in after.split()[:_LOOK]:
        if word in known and word not in _WEAK_BEHIND:
            return known[word]
        if word in {";", "."}:
            break
    return None
