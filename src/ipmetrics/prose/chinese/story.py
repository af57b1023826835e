"""The story so far: what a text has said about its time, its place and its subject when a sentence begins.

This room carries things from sentence to sentence and from a heading to what stands under it. It reads no figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeVar

import attrs

from ipmetrics.model.periods import Period
from ipmetrics.prose.chinese.drafts import Draft
from ipmetrics.prose.chinese.periods import Clock, Mention, mentions
from ipmetrics.prose.chinese.regions import Place, places
from ipmetrics.prose.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Ground", "Story", "ground_of", "is_subject"]


@attrs.define
class Story:
    """What is carried along.

    Parameters
    ----------
    text
        The text, for the words as printed.
    page
        Its clean letters, simplified.
    clock
        What is known of the time.
    home
        The region the text is about.
    period
        The period the text is about: the first one that it names.
    section
        The region of the heading above, if it names one.
    topic
        What the heading or the sentence above is about.
    block
        The statements of this block so far.
    flow
        The last stretch of time that this block named.
    point
        The last day that this block named as the end of one.
    lead, lead_point
        The same of the blocks before, named where a sentence begins.
    years
        The last row of years that the text named: 2021至2023年.
    skipped
        Where times, places and numbers that are no figures begin and end in this block.
    letters
        Simplified letters to the traditional ones that the text has for them.
    """

    text: Text
    page: str
    clock: Clock
    home: str | None = None
    period: Period | None = None
    section: str | None = None
    topic: str = ""
    block: list[Draft] = attrs.field(factory=list)
    flow: Period | None = None
    point: Period | None = None
    lead: Period | None = None
    lead_point: Period | None = None
    years: Mention | None = None
    letters: dict[int, str] = attrs.field(factory=dict)
    skipped: dict[int, int] = attrs.field(factory=dict)

    def printed(self, words: str) -> str:
        """Words that were read, in the letters that the text prints."""
        return words.translate(self.letters)


@attrs.frozen(kw_only=True)
class Ground:
    """The times and places of a stretch.

    Parameters
    ----------
    times
        Words of time, in order.
    brackets
        Where brackets open and close.
    ends
        The same by where they end.
    places
        Names of places and bodies, in order.
    skipped
        Where each of these begins that is no part of a noun phrase, and where it ends.
    backs
        The same from the end back to the beginning.
    names
        Where names of places and bodies end.
    """

    times: tuple[Mention, ...]
    brackets: tuple[tuple[int, int], ...]
    ends: dict[int, Mention]
    places: tuple[Place, ...]
    skipped: dict[int, int]
    backs: dict[int, int]
    names: frozenset[int]

    def times_before(self, first: int, last: int) -> Iterator[Mention]:
        """Words of time that begin in a stretch, the last one first; a few dozen at most."""
        yield from _backwards(self.times, first, last)

    def places_before(self, first: int, last: int) -> Iterator[Place]:
        """Names that begin in a stretch, the last one first; a few dozen at most."""
        yield from _backwards(self.places, first, last)

    def sees(self, place: int, from_: int) -> bool:
        """Whether what stands at a place is seen from another: not out of a bracket that has closed between them."""
        index = bisect_right(self.brackets, (place, place)) - 1
        return index < 0 or not self.brackets[index][0] <= place < self.brackets[index][1] <= from_


_FAR = 48  # names looked back on; sentences with more are lists, and reading them stays linear
_Named = TypeVar("_Named", Mention, Place)


def _start(each: Mention | Place) -> int:
    return each.start


def _backwards(held: tuple[_Named, ...], first: int, last: int) -> Iterator[_Named]:
    index = bisect_left(held, last, key=_start)
    for place in range(index - 1, max(index - 1 - _FAR, -1), -1):
        if held[place].start < first:
            return
        yield held[place]


_BRACKET = re.compile(r"\([^()]{0,200}\)")


def ground_of(story: Story, start: int, end: int, hidden: Sequence[tuple[int, int]] = ()) -> Ground:
    """Find the times and places of a block; hidden stretches are no part of phrases either."""
    times = tuple(mentions(story.page, start, end, story.clock))
    found = tuple(places(story.page, start, end))
    skipped = {place.start: place.end for place in found if is_subject(story.page, place) and place.sort != "world"}
    skipped |= {time.start: time.end for time in times}
    skipped |= {first: last for first, last in hidden if story.page[first] != "每"}
    return Ground(
        times=times,
        brackets=tuple(match.span() for match in _BRACKET.finditer(story.page, start, end)),
        ends={time.end: time for time in times},
        places=found,
        skipped=skipped,
        names=frozenset(place.end for place in found if place.sort in {"place", "body"}),
        backs={last: first for first, last in skipped.items()},
    )


_NAMED = re.compile("专利奖|商标|专利局|外观设计专利|制造|知识产权|版权|海关|法院")


def is_subject(page: str, place: Place) -> bool:
    """Whether a place is named on its own and is no part of another name: 中国专利奖."""
    if place.sort != "nation":
        return not page.startswith("专利奖", place.end)
    return _NAMED.match(page, place.end) is None
