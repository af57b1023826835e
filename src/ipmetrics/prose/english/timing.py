"""Times of figures: the period that a figure is quoted for, and the one that a change is compared with.

This room knows where in a sentence an expression of time has to stand to belong to a figure. What it means, the room
of dates knows.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ipmetrics.model.periods import Period
from ipmetrics.prose.english.dates import Role
from ipmetrics.prose.english.lookup import when_at
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.dates import When
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["base_period_of", "period_of"]

_RIGHT_BEHIND = 10  # tokens behind a figure in which its own time stands
_NEAR = 14  # tokens on either side of a change in which what it is compared with stands
_FAR = 200  # tokens in which any other time is looked for
_OPENING = 8  # tokens behind "the year before" in which its figure stands
_PRIOR = re.compile(r"(?:the|a|one) (?:year|previous|preceding)|(?:previous|preceding|prior)", re.IGNORECASE)


def period_of(draft: Draft, drafts: Sequence[Draft], context: Context) -> Period | None:
    """The time that a figure is quoted for."""
    about = draft.about
    if about is not None and (draft.is_converted or (not draft.is_level and about.period is not None)):
        return about.period
    if draft.is_level and not draft.is_base and _opens_before(draft):
        known = context.known_period
        return known.year_before if known is not None else None
    found = _behind(draft) or _ahead(draft, context) or _later(draft, context)
    if found is not None and found.period is not None:
        return _read(found, draft, drafts)
    return None if draft.is_base else context.known_period


def _read(when: When, draft: Draft, drafts: Sequence[Draft]) -> Period | None:
    """A range of two years is, where something changed, the way from the one to the other."""
    if when.base is not None and when.period is not None and any(one.kind is Kind.CHANGE or one.base for one in drafts):
        draft.base_period = when.base
        return Period(when.period.end.year)
    return when.period


def _opens_before(draft: Draft) -> bool:
    """Whether the clause begins with "the year before", so that its figure is of then."""
    tokens = draft.sentence.tokens
    if tokens[0].form != "@b" or draft.token > _OPENING or any(one.form == "#" for one in tokens[: draft.token]):
        return False
    when = when_at(draft.sentence, 0)
    return when is not None and when.period is None and _PRIOR.match(when.words) is not None


# ------------------------------------------------------------------------------ right behind the figure
def _behind(draft: Draft) -> When | None:
    """A time right behind the figure and what it counts."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    for at in range(draft.token + 1, min(len(tokens), draft.token + _RIGHT_BEHIND)):
        form = tokens[at].form
        if form == "@" or (form == "@b" and _is_own_base(draft, at)):
            return when_at(sentence, at)
        if form == "#" and tokens[at - 1].form in {"per", "every", "each"}:
            continue
        if form == "(":
            alone = [one.form for one in tokens[at + 1 : at + 3]] == ["@", ")"]
            return when_at(sentence, at + 1) if alone else None
        if form in {"#", ";", ",", ")", "@b", "|"}:
            return None
    return None


def _is_own_base(draft: Draft, at: int) -> bool:
    """Whether a time of comparison is that of the figure itself: the figure is what others are compared with."""
    if draft.is_base:
        return True
    when = when_at(draft.sentence, at)
    return draft.is_level and at == draft.token + 1 and when is not None and when.period is not None


# ------------------------------------------------------------------------------ in front of it
def _ahead(draft: Draft, context: Context) -> When | None:
    """The nearest time in front of the figure that does not belong to another one."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    for at in range(draft.token - 1, max(-1, draft.token - _FAR), -1):
        form = tokens[at].form
        if form == "@b" and draft.is_base and at > draft.token - 6:
            return when_at(sentence, at)
        if form != "@":
            continue
        when = when_at(sentence, at)
        if when is None or when.role is not Role.TIME or when.period is None:
            continue
        if _is_older(when, context) and not _opens(sentence, at, draft.token):
            continue  # an earlier year in passing
        if draft.token - at > 2 and _follows_figure(sentence, at):
            continue  # "318,381 in 2016": that one's own
        return when
    return None


def _is_older(when: When, context: Context) -> bool:
    """Whether a time ends in a year before that of the article."""
    title, period = context.title_period, when.period
    return title is not None and period is not None and period.end.year < title.end.year


def _opens(sentence: Sentence, at: int, token: int) -> bool:
    """Whether a time opens its sentence or clause, or stands close in front of the figure."""
    tokens = sentence.tokens
    if token - at <= 4 or at <= 2 or tokens[at - 1].form in {";", "while", "but"}:
        return True
    return all(one.form in {",", "in", "the", "and", "while", "but", "by", "at"} for one in tokens[at - 2 : at])


def _follows_figure(sentence: Sentence, at: int) -> bool:
    """Whether a time stands close behind a figure, unless both are the only ones so far: then it is of all."""
    if at < 2 or all(one.form != "#" for one in sentence.tokens[max(0, at - 3) : at]):
        return False
    figures = islice((back for back in range(at - 1, -1, -1) if sentence.tokens[back].form == "#"), 2)
    times = (one for one in sentence.tokens if one.form == "@")
    return len(list(figures)) != 1 or len(list(islice(times, 2))) != 1


# ------------------------------------------------------------------------------ further on
def _later(draft: Draft, context: Context) -> When | None:
    """The first time that the sentence names behind the figure, if it belongs to no other figure."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    first = draft.token + 1
    for at in range(first, min(len(tokens), first + _FAR)):
        form = tokens[at].form
        if form == ";":
            return None
        if form != "@" or any(one.form == "#" for one in tokens[max(first, at - 2) : at]):
            continue
        when = when_at(sentence, at)
        if when is not None and when.role is Role.TIME and when.period is not None and not _is_older(when, context):
            return when
    return None


def base_period_of(draft: Draft) -> tuple[str | None, Period | None]:
    """What a change is compared with in time: the words, and the period where it is named."""
    sentence, token = draft.sentence, draft.token
    behind = range(token + 1, min(len(sentence.tokens), token + _NEAR))
    ahead = range(token - 1, max(-1, token - _NEAR), -1)
    for at in (*behind, *ahead):
        when = when_at(sentence, at) if sentence.tokens[at].form == "@b" else None
        if when is not None:
            return when.words, when.period
    return None, None
