"""Rates: what an amount is per: heads, days, companies.

This room reads the words on both sides of a figure. What the amount itself counts, it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.vocabulary import any_in, listed

if TYPE_CHECKING:
    from ipmetrics.prose.english.drafts import Draft

__all__ = ["per_of"]

_NEAR = 20  # tokens in front of a figure in which the rate it states is named
_COUNTED = 24  # tokens in which the number of heads stands
_WORDS = r"(?:[a-z'’&-]+ )"
_SIZED = r"thousand|hundred thousand|million|ten thousand|100,000"
_HEADS = any_in("rates.person", "rates.company", "rates.day")
_BEHIND = re.compile(
    rf"^{_WORDS}{{0,6}}?(?:per|for every|for each|every|in every)(?: (?P<count>#))?(?: (?P<size>{_SIZED}))?"
    rf" (?P<what>{_HEADS}|day|month|week|year|million|thousand|hour|quarter)\b"
)
_A_DAY = re.compile(rf"^{_WORDS}{{0,5}}?(?:a|an|each) (?P<what>day|month|week|hour|year)\b")
_AHEAD = re.compile(
    r" (?:per|for every|every) (?:(?P<count>#) )?(?P<size>thousand |million |ten thousand )?"
    r"(?P<what>people|persons|residents|inhabitants|population|head|capita|person)\b"
)
_COUNTS_HEADS = re.compile(r" (?:per|every|each|ten) $")
_UNITS = listed("rates")
_SIZES = listed("rate_sizes")


def per_of(draft: Draft) -> str | None:
    """The denominator of a rate per head or day, as "10000 person"; None if it is none."""
    match, token = _BEHIND.match(draft.after), draft.token
    if match is None:
        daily = _A_DAY.match(draft.after)
        if daily and daily["what"] != "year":
            return daily["what"]
        match, token = _ahead(draft), max(0, draft.token - _NEAR)
    if match is None or match["what"] == "year":
        return None
    noun = _UNITS.get(match["what"], match["what"])
    size = _SIZES.get((match["size"] or "").strip())
    if match["count"]:
        size = _counted(draft, token) or size
    return f"{size} {noun}" if size else noun


def _ahead(draft: Draft) -> re.Match[str] | None:
    """What a subject in front says the figure is per: "patents per 10,000 people reached 94"."""
    if draft.mention is None or draft.mention.currency:
        return None
    before = draft.sentence.before(draft.token, _NEAR)
    match = _AHEAD.search(before)
    if match is None:
        return None
    between = before[match.end() :]
    # "per 10,000 people: up by 21% to 8.65": another figure may stand between them, but no other thing
    apart = ";" in between or ("#" in between and (draft.phrase is not None or "," in between))
    return None if apart else match


def _counted(draft: Draft, token: int) -> str | None:
    """The number of heads, which is a figure itself: the last that "per" stands in front of."""
    sentence = draft.sentence
    size = None
    for at in range(token, min(len(sentence.tokens), token + _COUNTED)):
        mention = sentence.tokens[at].mention
        if mention is not None and at != draft.token and _COUNTS_HEADS.search(sentence.before(at, 2)):
            size = str(int(sentence.mentions[mention].value))
    return size
