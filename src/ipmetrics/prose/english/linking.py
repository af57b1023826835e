"""Links: which level a change, share or multiple is about, and which level is the base of another.

Told by what stands between two figures of one sentence. This room knows no unit and no place.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ipmetrics.prose.english.grouping import between, make_up, respectively
from ipmetrics.prose.english.lookup import places_between
from ipmetrics.prose.english.nouns import is_generic
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipmetrics.prose.english.drafts import Draft

__all__ = ["link"]

# In all of these "#" is a figure, "@" a time, "@b" a time compared with; a blank follows every word and mark.
_TO_LEVEL = re.compile(
    r"^(?:(?:@b?|year|on|in|over|from|than|and|more|fewer|less|higher|lower|up|down|,|y-o-y|yoy|year-on-year|compared"
    r"|with|to|the|growth|increase|rise|respectively) )*?"
    r"(?:to|at|reaching|totaling|totalling|hitting|reached|totaled|totalled|amounting to|stand at|stood at|to reach"
    r"|bringing the total to|with)"
    r"(?: (?:a|an|the|record|total|of|high|new|all-time|stand|reach|some|just))* # "
)
_FROM_TO = re.compile(r"^(?:@b? |in |, |the )*from (?:a |an |the )*#(?: [a-z@-]+)*? to (?:a |an |the |about )*# ")
_AGAINST = re.compile(
    r"^(?:[a-z'’@-]+ |, |\( )*?"
    r"(?:from|previously|formerly|compared with|compared to|against|versus|vs|vs\.|than|as against|@b? :|@b? ,"
    r"|relative to|after|instead of"
    r"|(?:previous|last|prior) year :|@b? was|@b? were)"
    r" (?:the |a |an |its |some |only |just |about |figure |total |of |in |@b? )*$"
)
_LONGEST_AGAINST = 12  # words between a level and what it was before
_UP_FROM = re.compile(r" from (?:the |a |an |some |about |its )*$")
_GOES_TO = re.compile(
    r"^(?:@b? |in |, |[a-z'’-]+ ){0,7}?to (?:a |an |the |some |about |over |record |reach |total |of |@b? |in )*$"
)
_CONVERTED = re.compile(
    r"^\( (?:or |around |about |some |equivalent to |equal to |i\.e )*$"
    r"|^(?:, )?(?:or|equivalent to|which is) (?:about |around )?$"
)
_TOGETHER = re.compile(
    r"^(?:[a-z'’&/-]+ |, ){0,9}"
    r"(?:and|worth|valued at|with|involving|totaling|totalling|amounting to|for|,) (?:[a-z'’-]+ ){0,6}$"
)
_RESTATED = re.compile(r"(?:,? ?or |, that is |, i\.e\.? |\( )(?:[a-z]+ ){0,2}# ")
_OF_WHOLE = re.compile(r"of (?:the |its |all |these |those |their |some |total |national |a |about )*# ")
_FROM_BASE = re.compile(r"(?:[a-z]+ ){0,3}(?:from|on|over|compared with|against) (?:the |a |its )*# ")
_RIGHT_BEHIND = re.compile(
    r"^(?:@ |\( |, |(?:or|up|down|an?|rise) |(?!(?:or|up|down|an?|rise) )[a-z]+ (?:cases |applications )?, )+$"
)
_OPENS_BRACKET = re.compile(r"^[a-z'’& -]*\( ")


def link(drafts: Sequence[Draft]) -> None:
    """Tie the figures of one sentence to each other."""
    for before, after in pairwise(drafts):
        _pair(before, after)
    respectively(drafts)
    make_up(drafts)
    for place, draft in enumerate(drafts):
        if not draft.is_level and draft.about is None:
            _attach(draft, drafts, place)


# ------------------------------------------------------------------------------ neighbours
def _pair(first: Draft, last: Draft) -> None:
    """Two neighbours: an amount in two currencies, or an amount and what it was before."""
    if first.mention is None or last.mention is None:
        return
    words = between(first, last)
    one, two = first.mention, last.mention
    if one.currency and two.currency and one.currency != two.currency and _CONVERTED.match(words):
        last.is_converted = True
        last.about = first
        return
    alike = (one.form, one.currency, one.time) == (two.form, two.currency, two.time)
    if alike and not {first.kind, last.kind} & {Kind.RANK, Kind.RATIO}:
        _compare(first, last, words)


def _compare(first: Draft, last: Draft, words: str) -> None:
    """An amount and what it was before, in either order, by the words between them."""
    against = _AGAINST.match(words)
    if first.kind is Kind.SHARE and last.kind is Kind.CHANGE and against and last.mention and not last.mention.sign:
        last.kind, last.direction = Kind.SHARE, None
    if first.kind is Kind.CHANGE and last.kind is Kind.CHANGE:
        return
    if _GOES_TO.match(words) and _UP_FROM.search(first.sentence.before(first.token, 8)):
        first.is_base = True
        last.base = first
        last.kind = first.kind if last.kind is Kind.CHANGE else last.kind
    elif against and last.kind is not Kind.CHANGE and words.count(" ") <= _LONGEST_AGAINST and not _elsewhere(last):
        last.is_base = True
        first.base = last
        if first.kind is Kind.CHANGE and first.is_plain:
            first.kind = Kind.LEVEL


def _elsewhere(draft: Draft) -> bool:
    """Whether a figure is said to be of another place: "85,539 from Maharashtra"."""
    tokens, at = draft.sentence.tokens, draft.token + 1
    stops = {"from", "in", "for", "at", "by", ",", ";", ".", "#"}
    while at < len(tokens) and at < draft.token + 4 and tokens[at].form not in stops:
        at += 1
    if at + 1 >= len(tokens) or tokens[at].form not in {"from", "in", "at", "by"}:
        return False
    first = tokens[at + 1].start
    return bool(places_between(draft.sentence, first, first + 5))


# ------------------------------------------------------------------------------ changes, shares, multiples, ranks
def _attach(draft: Draft, drafts: Sequence[Draft], place: int) -> None:
    """Find the level that a change, share, multiple or rank is about."""
    following = drafts[place + 1] if place + 1 < len(drafts) else None
    if following is not None and following.is_plain:
        if draft.kind is Kind.SHARE and _RESTATED.match(draft.after):
            draft.about = following
            draft.doubts.clear()  # "nearly 60 percent, or 12,605": a part, whatever the words before it leave open
            return
        if draft.kind is Kind.SHARE and _OF_WHOLE.match(draft.after):
            draft.base = following
            return
        if draft.kind is Kind.CHANGE and following.is_level and _is_ahead_of(draft, following, drafts, place):
            return
    _attach_back(draft, drafts, place)


def _is_ahead_of(draft: Draft, following: Draft, drafts: Sequence[Draft], place: int) -> bool:
    """Whether the level that a change is about stands behind it; if so, note it."""
    from_to = _FROM_TO.match(draft.after)
    if not from_to and _FROM_BASE.match(draft.after):
        following.is_base = True
        draft.base = following
        return False  # what it changed to stands in front
    if from_to and place + 2 < len(drafts):
        draft.about, draft.base = drafts[place + 2], following
        return True
    if _TO_LEVEL.match(draft.after) and not _follows_level(draft, drafts, place):
        draft.about = following
        return True
    return False


def _follows_level(draft: Draft, drafts: Sequence[Draft], place: int) -> bool:
    """Whether a level stands right before it: "19,943, up 2.4%, and …"."""
    if not place or not drafts[place - 1].is_level:
        return False
    return _RIGHT_BEHIND.match(between(drafts[place - 1], draft)) is not None


def _levels_before(drafts: Sequence[Draft], place: int) -> Iterator[Draft]:
    """The levels in front of a figure, the nearest first."""
    return (drafts[at] for at in range(place - 1, -1, -1) if drafts[at].is_own_level)


def _attach_back(draft: Draft, drafts: Sequence[Draft], place: int) -> None:
    """The level in front of a figure, if nothing parts them; and the one before that, if it may be about either."""
    levels = _levels_before(drafts, place)
    level = next(levels, None)
    if level is None:
        return
    words = between(level, draft)
    if not {";", "."}.isdisjoint(words.split()) or _has_own_subject(draft, level):
        return
    draft.about = level
    if draft.kind not in {Kind.CHANGE, Kind.SHARE} or _OPENS_BRACKET.search(words):
        return  # in brackets right behind a level, it speaks of that alone
    other = next(levels, None)
    if other is None or level.base is other or other.about is not None or not _TOGETHER.match(between(other, level)):
        return
    if not any(one.about is other for one in drafts):
        draft.others.append(other)


def _has_own_subject(draft: Draft, level: Draft) -> bool:
    """Whether a figure has a subject of its own between it and a level."""
    subject, sentence = draft.subject, draft.sentence
    if subject is None or is_generic(subject.text):
        return False
    first = sentence.token_at(sentence.clean.find(subject.text, sentence.start))
    return first > level.token or subject.end > level.token
