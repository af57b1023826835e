"""Drafting: the figures of one sentence that are statistics, with kind, links, names, places and times filled in.

This room asks the others in the order in which each needs the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.actors import pair_names
from ipmetrics.prose.english.casting import Cast
from ipmetrics.prose.english.claimed import claimed
from ipmetrics.prose.english.drafts import Draft
from ipmetrics.prose.english.kinds import meaning_of
from ipmetrics.prose.english.measured import name_measured
from ipmetrics.prose.english.placing import base_region_of, region_of
from ipmetrics.prose.english.ranks import ranks_in
from ipmetrics.prose.english.states import scope_of, status_of
from ipmetrics.prose.english.timing import base_period_of, period_of
from ipmetrics.prose.statements import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ipmetrics.model.figures import FigureForm
    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.kinds import Meaning
    from ipmetrics.prose.english.mentions import Mention
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["drafts_in", "fill_in"]

_UNSURE = "the words around it do not say for sure whether it is a share or a change"
_COMPARABLE = "it is growth at comparable prices, which the amounts are not"
_REAL = re.compile(
    r"\b(?:comparable|constant) prices?\b|\bin real terms\b|\bcomparable (?:basis|terms)\b"
    r"|\b(?:inflation|price)[- ]adjusted\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(
    r"(?:of (?:the total|the whole|them|these|those|the sum|all of them)\b|of all (?:[,.;)]|$)|[,.;)]|$)"
)
_YEARLY = re.compile(r"annual average|average annual|annually|per annum|a year on average|compound|each year")


def drafts_in(sentence: Sentence, meanings: dict[FigureForm, Meaning]) -> list[Draft]:
    """The statistics of a sentence, in order, with their kinds.

    Parameters
    ----------
    sentence
        The sentence.
    meanings
        What the last figure of each form said; figures that do not say it themselves go on in the same way. Brought up
        to date.
    """
    drafts: list[Draft] = []
    for place, mention in enumerate(sentence.mentions):
        if not claimed(sentence, place):
            continue
        meaning = meaning_of(sentence, place, previous=meanings.get(mention.form))
        meanings[mention.form] = meaning
        draft = Draft(
            sentence=sentence,
            token=sentence.at[place],
            start=mention.start,
            end=mention.end,
            mention=mention,
            figure=mention.figure,
            printed=mention.printed,
            value=mention.value,
            kind=meaning.kind,
            direction=meaning.direction,
        )
        if not meaning.sure:
            draft.doubts.append(_UNSURE)
        if meaning.kind is Kind.CHANGE and sentence.says(_REAL):
            draft.doubts.append(_COMPARABLE)
        if _is_mended(mention):
            draft.doubts.append(f"its separators are unusual, and it was read as {mention.figure}")
        drafts.append(draft)
    drafts += ranks_in(sentence)
    return sorted(drafts, key=lambda one: one.start)


def _is_mended(mention: Mention) -> bool:
    """Whether a slash or a comma was taken for the decimal mark."""
    printed = mention.printed
    return "/" in printed or ("," in printed and "." not in printed and "." in mention.figure)


def fill_in(sentence: Sentence, drafts: Sequence[Draft], context: Context, published: date | None) -> None:
    """Fill in all that the sentence and its context say of linked figures: levels first, the others are about them."""
    ordered = sorted(drafts, key=lambda one: not (one.is_level and one.about is None))
    for draft in ordered:
        name_measured(draft, drafts, context)
    for draft in drafts:
        base = draft.base
        if base is not None and base.is_level and draft.is_level and base.phrase is None and draft.phrase is not None:
            base.indicator, base.unit = draft.indicator, draft.unit  # "from 358,776 to 189,122 applications"
    cast = Cast.of(sentence, drafts)
    pair_names(drafts)
    for draft in ordered:
        draft.region = draft.region or region_of(draft, context, cast)
        draft.period = period_of(draft, drafts, context)
    for draft in drafts:
        base = draft.base
        if base is not None and base.period is None and draft.period is not None and draft.is_level:
            base.period = draft.period.year_before
    for draft in drafts:
        _compare(draft, context)
        draft.status = status_of(draft, published)
        draft.scope |= scope_of(draft)
        if draft.status is Status.TARGET and draft.kind is Kind.SHARE:
            draft.kind = Kind.LEVEL  # a mark that is set, not a part of anything measured


def _compare(draft: Draft, context: Context) -> None:
    """What a figure is compared with."""
    if draft.kind is Kind.CHANGE:
        words, period = base_period_of(draft)
        before = draft.about.base if draft.about is not None else None
        if words is None and draft.base is None and before is not None and draft.per is None:
            draft.base, period = before, before.period  # "from 42,763 to 92,172, a surge of 116%"
        draft.base_words = draft.base_words or words
        draft.base_period = draft.base_period or period or (draft.base.period if draft.base else None)
        near = draft.sentence.before(draft.token, 6) + draft.sentence.after(draft.token, 4)
        if _YEARLY.search(near):
            draft.per = "year"
        return
    whole = draft.about.whole if draft.about is not None else None
    if draft.kind is Kind.SHARE and whole is not None and _OF_THEM.match(draft.after):
        draft.base, draft.base_words = whole, "the total"
    elif draft.kind in {Kind.SHARE, Kind.RATIO}:
        draft.base_words, draft.base_region = base_region_of(draft, context)
