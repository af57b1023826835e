"""Carrying over: what a heading and a sentence leave behind for those after them.

This room fills the context in. What is taken from it, the rooms of times, places and names decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.dates import Role
from ipmetrics.prose.english.lookahead import is_long
from ipmetrics.prose.english.nouns import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["carry", "head"]

_HEADING = 6  # words of a heading that names what stands below it
_LABEL = 2  # words of one that may be the name of anything
_SHORT = 40  # letters of a line that heads the next ones, though it is laid out as a sentence
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FILED = re.compile(r"\b(?:filings?|applications?)\b")
_GRANTED = re.compile(r"grant|regist")
_DISPUTED = re.compile(r"\b(?:cases?|civil|criminal|litigation|docket|disputes?)\b")
_SORTS = ("city", "province", "district", "region", "park")


def head(context: Context, sentence: Sentence) -> None:
    """Begin a section under a heading."""
    words = sentence.clean[sentence.start : sentence.end].strip().rstrip(":")
    low, length = words.lower(), len(words.split())
    short = length <= _HEADING and ":" not in words
    context.heading = words
    context.is_new_section = True
    if short and unit_of(words):
        context.section = _YEAR.sub("", words).strip(" ,-–")
    else:
        context.section = words if length <= _LABEL and not low.startswith("the ") else ""
    if _FILED.search(low) and not _GRANTED.search(low):
        context.counted = "application"
    elif _DISPUTED.search(low):
        context.counted = "case"
    elif short:
        context.counted = None
    times = (when.period for when in sentence.whens if when.role is Role.TIME and when.period is not None)
    context.section_period = next((period for period in times if is_long(period)), None)
    named = (place.name for place in sentence.places if place.kind != "world")
    context.section_region = next(named, None) if short else None
    context.region = context.period = None


def carry(context: Context, sentence: Sentence, drafts: Sequence[Draft], is_past: Callable[[date], bool]) -> None:
    """Leave behind what a sentence named."""
    main = next((one for one in drafts if one.is_level and not one.is_base and one.period is not None), None)
    if main is not None:
        _carry_period(context, sentence, main)
    elif not drafts:
        _carry_words(context, sentence, is_past)
    for place in sentence.places:
        if place.kind == "place":
            for sort in _SORTS:
                context.local.setdefault(sort, place.name)
    _carry_measured(context, drafts)


def _carry_period(context: Context, sentence: Sentence, main: Draft) -> None:
    """The time of the main figure, if its sentence names it and does not only look back."""
    whens, title, period = sentence.whens, context.title_period, main.period
    if period is None or not any(when.period == period for when in whens):
        return
    opens = whens[0].start <= sentence.start + 4
    if title is None or opens or period.end.year >= title.end.year:
        context.period = period


def _carry_words(context: Context, sentence: Sentence, is_past: Callable[[date], bool]) -> None:
    """Time, heading and place of a sentence without figures."""
    whens = sentence.whens
    explicit = (when.period for when in whens if when.role is Role.TIME and when.explicit)
    times = [period for period in explicit if period is not None and is_past(period.end)]
    if len(times) == 1 or (times and whens[0].start <= sentence.start + 2):
        context.period = times[0]
    words = sentence.clean[sentence.start : sentence.end]
    label = words.strip(" .:")
    if label and label[0].isupper() and len(words) < _SHORT and _names_section(label):
        context.section, context.is_new_section = label, True
    if words.rstrip().endswith("?"):
        named = {place.name for place in sentence.places if place.kind != "world"}
        context.region = next(iter(named)) if len(named) == 1 else context.region


def _names_section(label: str) -> bool:
    return len(label.split()) <= _LABEL and not label.lower().startswith("the ")


def _carry_measured(context: Context, drafts: Sequence[Draft]) -> None:
    """What was measured last, and for which place."""
    for draft in drafts:
        if draft.is_own_level and draft.indicator and draft.whole is None:
            context.last = draft
        if draft.is_level and draft.indicator and not draft.is_base:
            context.indicator, context.unit = draft.indicator, _of_one(draft.unit)
            context.is_new_section = False
            if draft.unit == "case":
                context.counted = "case"
            elif draft.unit in {"patent", "trademark", "application"} and context.counted == "case":
                context.counted = None
        if draft.is_level and draft.region and draft.about is None:
            context.region = draft.region


def _of_one(unit: str | None) -> str | None:
    """The unit of an amount whose daily or yearly rate is printed; rates per head stay rates."""
    return unit if unit is None or "person" in unit else unit.split("/")[0]
