"""Look-ups: what stands at or between two offsets of a sentence, found by halving, never by going through all of it.

A list of a thousand names and figures is one sentence too. This room knows positions and no words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.english.dates import When
    from ipmetrics.prose.english.regions import Place
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["figure_end_before", "place_at", "places_between", "when_at"]

_START, _END = attrgetter("start"), attrgetter("end")


def places_between(sentence: Sentence, first: int, last: int) -> Sequence[Place]:
    """The places that begin from the first offset on, before the last, in order."""
    places = sentence.places
    return places[bisect_left(places, first, key=_START) : bisect_left(places, last, key=_START)]


def place_at(sentence: Sentence, offset: int) -> Place | None:
    """The place whose name an offset lies in."""
    at = bisect_right(sentence.places, offset, key=_START) - 1
    return sentence.places[at] if at >= 0 and offset < sentence.places[at].end else None


def when_at(sentence: Sentence, token: int) -> When | None:
    """The expression of time that a token stands for."""
    when = sentence.tokens[token].when
    return None if when is None else sentence.whens[when]


def figure_end_before(sentence: Sentence, offset: int) -> int:
    """Where the last figure ends that does so up to an offset; the start of the sentence without one."""
    at = bisect_right(sentence.mentions, offset, key=_END) - 1
    return sentence.mentions[at].end if at >= 0 else sentence.start
