"""Looking ahead: the place, the time and the topic that an article is about, as its first lines name them.

This room reads a little of everything and no figure.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.periods import Period
from ipmetrics.prose.english.dates import Role
from ipmetrics.prose.english.nouns import unit_in
from ipmetrics.prose.english.vocabulary import section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ipmetrics.prose.blocks import Block
    from ipmetrics.prose.english.dates import When
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["LONGEST", "Outlook", "is_long", "look_ahead", "stretches"]

LONGEST = 1_500
"""Letters that are read as one sentence; what is longer is no sentence, and is read in pieces."""
_LEAD = 4  # the first blocks, which say what time an article is about
_LOOK = 60  # blocks in which the place it is about is looked for
_EARLY = 4  # until April, an article without a year speaks of the year before
_QUARTER = 80  # days; a shorter time is rather that of a meeting than of figures
_YEAR = 400  # days; a longer time is no time of an article
_PLANNED = re.compile(r"\b(?:plans?|will|target|aims?)\b")
_IMPRINT = re.compile(r"newsletter|\bissue\b|\bvol\b|updated|posted|\d{1,2}:\d{2}|\bno\. ?\d", re.IGNORECASE)
_FILED = re.compile(r"\b(?:filings?|applications?|filed)\b")
_GRANTED = re.compile(r"grant|regist")
_TOPIC = re.compile(
    r"\b(?:(?!(?:on|the|of|for|in|and|its|a|an|to|by|with|from|their|all|are|is|these|that) )[A-Za-z][\w-]* )?"
    r"(?:patents?|trade ?-?marks?|designs?|IP|PCT|intellectual property|copyrights?|utility models?|inventions?|GI"
    r"|geographical indications?)"
    r"(?: (?:applications?|filings?|grants?|registrations?|cases|disputes|litigation|lawsuits|pledges?|rights))?\b",
    re.IGNORECASE,
)


@attrs.frozen(kw_only=True)
class Outlook:
    """What an article is about.

    Parameters
    ----------
    region
        The place that is named most, the headline first.
    period
        The time that the headline names, or else the latest of the first lines.
    headline
        The first line, in lower case.
    topic
        The first thing counted that is named, and its unit.
    counted
        "application" where the headline speaks of filings.
    names
        Words that stand with a capital inside a sentence.
    """

    region: str | None
    period: Period | None
    headline: str
    topic: tuple[str, str | None] | None
    counted: str | None
    names: frozenset[str]


def stretches(clean: str, block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block; one that is longer than any sentence in pieces, cut at blanks."""
    for start, end in block.sentences or ((block.start, block.end),):
        first = start
        while end - first > LONGEST:
            cut = clean.rfind(" ", first + LONGEST // 2, first + LONGEST)
            stop = cut if cut > 0 else first + LONGEST
            yield first, stop
            first = stop
        yield first, end


def is_long(period: Period) -> bool:
    """Whether a time is long enough for figures to be of it."""
    return (period.end - period.start).days > _QUARTER


def look_ahead(
    clean: str, blocks: Sequence[Block], apart: Callable[[int, int], Sentence], published: date | None
) -> Outlook:
    """What an article is about.

    Parameters
    ----------
    clean, blocks
        The text, and its parts that are read.
    apart
        Takes a stretch of the text apart.
    published
        The day of publication.
    """
    gathered = _Gathered(published)
    for number, block in enumerate(blocks[: _LOOK + 2]):
        for start, end in stretches(clean, block):
            gathered.add(apart(start, end), number, clean[start:end])
        if number == 0 and not _IMPRINT.search(clean, block.start, min(block.end, block.start + LONGEST)):
            gathered.end_headline()
    headline = clean[blocks[0].start : min(blocks[0].end, blocks[0].start + LONGEST)].lower() if blocks else ""
    filed = _FILED.search(headline) and not _GRANTED.search(headline)
    return Outlook(
        region=_most_named(gathered.counts) or _most_named(_hinted(clean)),
        period=gathered.period(),
        headline=headline,
        topic=_topic(clean, blocks[:_LEAD]),
        counted="application" if filed else None,
        names=frozenset(gathered.names),
    )


@attrs.define
class _Gathered:
    """What the first blocks name."""

    published: date | None
    counts: Counter[str] = attrs.field(factory=Counter)
    """Places, by how often and how early they are named."""
    times: list[Period] = attrs.field(factory=list)
    """Times that the first lines name with their year, of what was, not of what is planned."""
    titled: Period | None = None
    """The latest of those that the headline names."""
    implicit: Period | None = None
    """The first time without a year."""
    names: set[str] = attrs.field(factory=set)

    def add(self, sentence: Sentence, number: int, text: str) -> None:
        """Add a sentence of the block of that number."""
        for place in sentence.places:
            weight = (4 if self.counts else 9) if number == 0 else 3 if number <= 2 else 1
            self.counts[place.name] += weight if place.kind != "world" else 0
        self.names.update(sentence.clean[one.start : one.end] for one in sentence.tokens[1:] if one.capital)
        implicit = (when.period for when in sentence.whens if when.role is Role.TIME and not when.explicit)
        self.implicit = self.implicit or next((period for period in implicit if period is not None), None)
        if number <= _LEAD and not _PLANNED.search(text):
            self.times += self._explicit(sentence.whens)

    def _explicit(self, whens: Iterable[When]) -> Iterator[Period]:
        for when in whens:
            period = when.period if when.role is Role.TIME and when.explicit else None
            if period is None or (self.published is not None and period.end.year > self.published.year):
                continue
            if (period.end - period.start).days < _YEAR:
                yield period

    def end_headline(self) -> None:
        """Note what the first block names: nothing behind it counts as much."""
        self.titled = max(self.times, key=lambda one: one.end, default=None)

    def period(self) -> Period | None:
        """The time of the article; without any year in it, that of its publication."""
        times = self.times
        if not times and self.published is not None:
            times = [self.implicit or Period(self.published.year - (self.published.month <= _EARLY))]
        if not times or self.titled is not None:
            return self.titled
        long = [one for one in times if is_long(one)] or times
        last = max(one.end.year for one in long)
        return next(one for one in long if one.end.year == last)


def _most_named(counts: dict[str, int]) -> str | None:
    """The place with the highest count, the first of several; None if all that is named is the world."""
    name = max(counts, key=lambda one: counts[one], default=None)
    return name if name is not None and counts[name] else None


def _hinted(clean: str) -> dict[str, int]:
    """The country that currencies, institutions and ways of counting point to, where none is named."""
    low = clean.lower()
    return {name: 1 for name, hints in section("hints").items() if any(hint in low for hint in hints)}


def _topic(clean: str, blocks: Iterable[Block]) -> tuple[str, str | None] | None:
    """The first thing counted that the headline, or else the first sentences, name."""
    for block in blocks:
        for start, end in stretches(clean, block):
            match = _TOPIC.search(clean, start, end)
            if match is not None:
                return match[0], unit_in(match[0].lower().split())
    return None
