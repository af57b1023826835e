"""Objects: what a share is of, what money was paid for, and what a part is a part of.

This room looks behind a figure for another thing than the one it counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.lookup import place_at
from ipmetrics.prose.english.nouns import is_generic
from ipmetrics.prose.english.phrases import behind, is_measure
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.phrases import Phrase

__all__ = ["object_of", "part_of"]

_LONGEST = 9  # tokens behind a figure that name a part
_OF_THEM = re.compile(r"^(?:of (?:which|them|these|those) |were |are |was |is )+")


def object_of(draft: Draft) -> Phrase | None:
    """For "over 40% of the stock": what the share is of, if nothing else says."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    if draft.mention is not None and draft.mention.currency:
        return _paid_for(draft)
    at = draft.token + 1
    if draft.kind is Kind.CHANGE and at < len(tokens) and tokens[at].form in {"more", "fewer", "less"}:
        counted = behind(sentence, at)
        return counted if counted is not None and is_measure(counted) else None
    if draft.kind is not Kind.SHARE:
        return None
    lead = {"of", "the", "all", "its", "their", "these", "those", "in", "total"}
    while at < len(tokens) and tokens[at].form in lead:
        at += 1
    phrase = behind(sentence, at - 1)
    return phrase if phrase is not None and phrase.unit and not is_generic(phrase.text) else None


def _paid_for(draft: Draft) -> Phrase | None:
    """What money was for: "paid 120.8 billion yuan (…) for imported IP"."""
    tokens, at = draft.sentence.tokens, draft.token + 1
    if at < len(tokens) and tokens[at].form == "(":
        while at < len(tokens) and tokens[at].form != ")":
            at += 1
        at += 1
    if at >= len(tokens) or tokens[at].form not in {"for", "in", "from", "on", "of", "worth"}:
        return None
    while at + 1 < len(tokens) and tokens[at + 1].form in {"the", "of", "its", "total", "their", "a"}:
        at += 1
    phrase = behind(draft.sentence, at)
    if phrase is None or is_generic(phrase.text):
        return None
    place = place_at(draft.sentence, tokens[at + 1].start)
    return phrase if place is None or place.kind == "adjective" else None


def part_of(draft: Draft, whole: Draft) -> None:
    """Note that a figure is of a part of what another counts, and what the text calls that part."""
    if not draft.is_level or not whole.is_level or whole.indicator is None:
        return
    sentence, tokens = draft.sentence, draft.sentence.tokens
    stop, last = draft.token + 1, min(len(tokens), draft.token + _LONGEST)
    while stop < last and tokens[stop].form not in {"#", ";", ".", ",", "(", ")"}:
        stop += 1
    named = _OF_THEM.sub("", sentence.text(draft.token + 1, stop).lower()).strip()
    draft.whole = whole
    draft.scope["part"] = named or "some of them"
