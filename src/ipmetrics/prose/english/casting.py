"""Casting: the parts that the places of a sentence play: which may be spoken of, which are only compared with.

This room looks at the words around a name. For which figure it stands, it does not know.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.english.sentences import Sentence
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.regions import Place

__all__ = ["Cast"]

_NEAR, _FAR = 24, 60  # letters around a name that are looked at
_ENDS_ZONE = frozenset("# ; , . ( ) and came went belong belonged was were is are".split())
_TITLE = re.compile(
    r"(?:'s)? (?:innovation|intellectual property|ip |top|leading|bank|trade)"
    r"| (?:customs|award|patent award|innovation index|yuan|dollars?|people's congress)"
)
_COMPARED = re.compile(
    r"(?:than|average of|compared with|compared to|times that of|the rest of|excluding|outside|against|except"
    r"|apart from|other than|unlike) (?:the |that of |those of |in |of )*$"
)
_NOT_COUNTED = re.compile(r"[\w, ]{0,40}\b(?:not counted|excluded|not included|not including|aside)\b")
_EXCLUDING = re.compile(r"excluding [\w ,]*$")
_AVERAGE = re.compile(r"(?:'s|’s)? (?:average|total\b(?! of))")
_START, _FIRST, _LAST = attrgetter("start"), itemgetter(0), itemgetter(1)


@attrs.define
class Cast:
    """The places of one sentence.

    Parameters
    ----------
    sentence
        The sentence.
    zones
        Offsets of the words that only say what a share is of or a multiple is compared with, in order.
    """

    sentence: Sentence
    zones: Sequence[tuple[int, int]] = ()

    @classmethod
    def of(cls, sentence: Sentence, drafts: Sequence[Draft]) -> Cast:
        """The places of a sentence whose figures are known."""
        compared = (one for one in drafts if one.kind in {Kind.SHARE, Kind.RATIO} and one.mention is not None)
        return cls(sentence, tuple((one.end, _zone_end(one)) for one in compared))

    @cached_property
    def _subjects(self) -> list[Place]:
        return [place for place in self.sentence.places if _may_be_subject(self.sentence, place)]

    @cached_property
    def _spoken_of(self) -> list[Place]:
        return [place for place in self._subjects if not self._is_compared(place)]

    def _is_compared(self, place: Place) -> bool:
        at = bisect_right(self.zones, place.start, key=_FIRST) - 1
        return at >= 0 and place.start < self.zones[at][1]

    def zones_ending(self, first: int, last: int) -> Sequence[tuple[int, int]]:
        """The zones that end from one offset up to another."""
        return self.zones[bisect_left(self.zones, first, key=_LAST) : bisect_right(self.zones, last, key=_LAST)]

    def subjects_from(self, offset: int) -> Iterator[Place]:
        """The places from an offset on that are no part of a title and not compared with in so many words."""
        subjects = self._subjects
        return (subjects[at] for at in range(bisect_left(subjects, offset, key=_START), len(subjects)))

    def spoken_of(self, first: int, last: int) -> list[Place]:
        """Those between two offsets that stand in no zone either."""
        places = self._spoken_of
        found = places[bisect_left(places, first, key=_START) : bisect_left(places, last, key=_START)]
        return [place for place in found if place.end <= last]

    def spoken_of_before(self, offset: int) -> Iterator[Place]:
        """The same in front of an offset, the nearest first."""
        places = self._spoken_of
        nearest = bisect_left(places, offset, key=_START) - 1
        return (places[at] for at in range(nearest, -1, -1) if places[at].end <= offset)


def _zone_end(draft: Draft) -> int:
    tokens = draft.sentence.tokens
    stop = draft.token + 1
    while stop < len(tokens) and tokens[stop].form not in _ENDS_ZONE:
        stop += 1
    return tokens[stop - 1].end


def _may_be_subject(sentence: Sentence, place: Place) -> bool:
    """Whether a name may be what is spoken of, not what is compared with, nor part of a title."""
    clean = sentence.clean
    behind = clean[place.end : place.end + _NEAR].lower()
    if (place.kind == "world" and _TITLE.match(behind)) or _AVERAGE.match(behind):
        return False
    if _NOT_COUNTED.match(clean[place.end : place.end + _FAR].lower()):
        return False
    if _COMPARED.search(clean[max(sentence.start, place.start - _NEAR) : place.start].lower()):
        return False
    return not _EXCLUDING.search(clean[max(sentence.start, place.start - _FAR) : place.start].lower())
