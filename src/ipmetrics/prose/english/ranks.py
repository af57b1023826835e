"""Ranks: ordinal places, "topped the list", "No. 1".

This room tells an ordinal place from the ordinals of names, dates and courts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from ipmetrics.prose.english.drafts import Draft
from ipmetrics.prose.english.vocabulary import any_in, plain, section
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["ranks_in"]

_AHEAD, _BEHIND = 70, 40  # letters around an ordinal that tell whether it is a rank
_NAME, _VERB = 30, 12  # letters in front in which the name of another ranked one, or the verb of a number, stands

_PLACES = {word: place for place, word in enumerate(section("numbers")["ordinals"], 1)}
_CARDINALS = {"one": 1, "two": 2, "three": 3}
_RANK_NUMBER = re.compile(r"(?:(?<![\w&])#|\brank(?:s|ed)? )(\d{1,3})(?!\w|[,.]\d|[-–]| ?%| percent)", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"(?<![\w-])(?:(?P<digits>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{any_in('numbers.ordinals')}))(?![\w])", re.IGNORECASE
)
# "topped the world list"; "the top filer"; "No. 1 in the world"
_TOP = re.compile(
    rf"\b(?P<topped>{any_in('ranks.topped')})"
    rf"(?= (?:(?:the |a )?(?:[\w.'’-]+ ){{0,3}}(?:{any_in('ranks.nouns')})|in |all|among|others))"
    rf"|\b(?P<top>top)(?= (?:(?:{any_in('ranking.sorts')}) )?(?:{any_in('ranks.leaders')})\b)"
    r"|(?<!Notice )(?<!Order )(?<!Document )(?<!Case )"
    r"(?P<number>\b(?:No\.? ?|number )(?P<place>[1-9]|[1-4]\d|one|two|three))"
    rf"(?= (?:{any_in('ranking.number_behind')})|[,.;)] ?(?![\d]))",
    re.IGNORECASE,
)

# What stands in front of a rank: a verb of rank, and what may lie between.
_RANKED = re.compile(
    rf"\b(?:{any_in('ranks.verbs', 'ranking.more')})(?: (?:{any_in('ranking.between')}|[A-Z][\w-]+))*? ?$"
)
_FIRM = re.compile(r"\b(?:rank\w*|placed|finished|rated|position\w*|listed)(?: [\w'’-]+){0,5} ?$", re.IGNORECASE)
_NAMED = re.compile(r"(?:,|and|while|;) (?:[A-Z][\w'-]+ ){1,3}$")  # ", Japan second"
_OPENING = re.compile(r"(?:^|[.,;] |\band |, )(?:the )?$")
_SPOKEN_OF = re.compile(r"\brank\w*\b[^.;]*$")
_THE = re.compile(r"\bthe $")
_WHOSE = re.compile(r"\b(?:the|world's|as|its) $")
_NUMBER_AHEAD = re.compile(r"(?:rank\w*|at|is|was|the|,|as|to|from|remain\w*|world's) $")

# What stands behind one.
_PLACE = re.compile(
    rf"^(?:[ -](?:{any_in('ranking.behind')}|in (?:[a-z]+ )?[a-z]\w+)"
    r"|[,.;)]|$| with | again\b| for | and (?:\d|second|third|fourth|\w+th\b)| behind| after| by )",
    re.IGNORECASE,
)
_NO = re.compile(
    rf"^(?:[ -](?:{any_in('ranking.no')}|\w+ forum|\w+ festival|\w+ conference|[-–]?instance))", re.IGNORECASE
)
_IN_THE_WORLD = re.compile(r" in the world")
_SUPERLATIVE = re.compile(rf"[ -](?:{any_in('ranking.superlatives')})")
_POSITION = re.compile(r" (?:place|position|spot|rank)\b")
_FIELD = re.compile(r" (?:in (?:the world|china|the country)|among|worldwide|globally|nationwide)")
_DIGIT = re.compile(r" \d")


def ranks_in(sentence: Sentence) -> Iterator[Draft]:
    """Every rank that a sentence states, in order."""
    clean, start, end = sentence.clean, sentence.start, sentence.end
    times, figures = sentence.whens, sentence.mentions
    taken = _Taken([*((one.start, one.end) for one in times), *((one.start, one.end) for one in figures)])
    for match in _RANK_NUMBER.finditer(clean, start, end):
        yield _draft(sentence, match.start(), match.end(), int(match[1]))
    yield from _ordinals(sentence, taken)
    for match in _TOP.finditer(clean, start, end):
        group = next(name for name, words in match.groupdict().items() if words)
        # The numeral of "No. 1" is a figure too, but never a statistic.
        if (group != "number" and match.span() in taken) or _DIGIT.match(clean, match.end()):
            continue
        if group == "number" and not _NUMBER_AHEAD.search(clean[max(start, match.start() - _VERB) : match.start()]):
            continue
        place = plain(match["place"] or "1")
        yield _draft(sentence, match.start(group), match.end(group), _CARDINALS.get(place) or int(place))


def _ordinals(sentence: Sentence, taken: _Taken) -> Iterator[Draft]:
    """The ordinals of a sentence that are places; behind one, a name alone is enough to make the next one."""
    clean, start, end = sentence.clean, sentence.start, sentence.end
    found = False
    for match in _ORDINAL.finditer(clean, start, end):
        if match.span() in taken:
            continue
        if _is_rank(clean, match, start, end) or (
            found and _NAMED.search(clean, max(start, match.start() - _NAME), match.start())
        ):
            found = True
            place = int(match["digits"]) if match["digits"] else _PLACES[plain(match["word"])]
            yield _draft(sentence, match.start(), match.end(), place)


def _is_rank(clean: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the words on both sides of an ordinal make it a place."""
    ahead = clean[max(start, match.start() - _AHEAD) : match.start()]
    behind = clean[match.end() : min(end, match.end() + _BEHIND)]
    if _NO.match(behind) and not _IN_THE_WORLD.match(behind):
        return False
    if _SUPERLATIVE.match(behind):
        return _WHOSE.search(ahead) is not None
    if _FIRM.search(ahead) or _POSITION.match(behind):
        return True
    if not _PLACE.match(behind):
        return False
    if match[0].lower() in {"first", "second", "third"} and _OPENING.search(ahead) and not _FIELD.match(behind):
        return _SPOKEN_OF.search(ahead) is not None
    return _RANKED.search(ahead) is not None and not _THE.search(ahead)


class _Taken:
    """The stretches of a sentence that are figures or expressions of time already."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))  # the furthest end so far

    def __contains__(self, span: tuple[int, int]) -> bool:
        before = bisect_left(self._starts, span[1])
        return before > 0 and self._ends[before - 1] > span[0]


def _draft(sentence: Sentence, start: int, end: int, place: int) -> Draft:
    return Draft(
        sentence=sentence,
        token=sentence.token_at(start),
        start=start,
        end=end,
        mention=None,
        figure=str(place),
        printed=sentence.clean[start:end],
        value=Fraction(place),
        kind=Kind.RANK,
        unit="rank",
    )
