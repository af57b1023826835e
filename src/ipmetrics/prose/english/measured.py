"""What is measured: the indicator's words and the unit of every figure of a sentence.

Taken, in this order, from the level the figure is about, the noun behind it, the subject of its clause, the label or
heading it stands under, and the sentences before. This room knows where to look, not what is found there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import TypeAlias

import attrs

from ipmetrics.prose.english.actors import listed_name
from ipmetrics.prose.english.context import Context
from ipmetrics.prose.english.deeds import bare_deed
from ipmetrics.prose.english.drafts import Draft
from ipmetrics.prose.english.naming import for_whom, is_agent, name_under, with_deed, with_right
from ipmetrics.prose.english.nouns import is_generic, is_money, unit_in
from ipmetrics.prose.english.objects import object_of, part_of
from ipmetrics.prose.english.phrases import Phrase, behind, is_measure
from ipmetrics.prose.english.subjects import bracketed, label_of
from ipmetrics.prose.english.units import unit_of_draft
from ipmetrics.prose.english.vocabulary import listed, words
from ipmetrics.prose.statements import Kind

__all__ = ["name_measured"]

_Named: TypeAlias = tuple[str | None, str | None]
"""The words for what is measured, and the unit of their head."""

_FAR = 100  # figures in front of another that may name what it measures
_TOKEN = attrgetter("token")
_BARE = words("measured", "bare")
_PAYMENTS = listed("payments")
_PAID_NEAR = 6  # tokens in front of an amount in which its verb stands
_NO_PARTS = ("according", "either", "another", "others")
_QUALIFIERS = words("measured", "qualifiers")
_DOERS = words("measured", "doers")
_MONEY_IN = re.compile(r"in |of ")
_OF_WHICH = re.compile(r"^of (?:which|them|these|those|the latter|whom|the (?:former|total))\b")
_OF_WHICH_AHEAD = re.compile(r" of (?:which|them|these|those|whom)(?: ,)?(?: [a-z]+)? $")
_DEED = re.compile(r" [a-z]+ed$")
_INDEX = re.compile(r"((?:[A-Z][\w'’-]*+ )+(?:Index|Ranking|Rankings|List|Scoreboard|Report)(?: \d{4})?)")
_RANKED_IN = re.compile(
    r"^(?:place|position|spot|rank|worldwide|globally|nationwide|nationally|overall"
    r"|in the (?:world|country|nation|province|city)|,|among [a-z ]+?|@)*"
    r"\s*(?:in terms of|for|by|in|on|of) (?:the )?(?:number of |total |volume of )?(?=[a-z])"
)
_RANKED_WITH = re.compile(r"(?:place |position )?(?:, )?with ")


def name_measured(draft: Draft, drafts: Sequence[Draft], context: Context) -> None:
    """Fill in indicator and unit of one figure; those it is about have been filled in before."""
    own = _noun_behind(draft)
    bracket = bracketed(draft.sentence, draft.token)
    draft.phrase = own
    if own is not None and bracket is not None and own.text.lower() in _BARE and not is_generic(bracket.text):
        own = None  # "small businesses (65,380 cases)"
    clues = _Clues(draft=draft, drafts=drafts, context=context, own=own, bracket=bracket)
    draft.indicator, unit = clues.named()
    draft.unit = unit_of_draft(draft, own, unit, context)


def _noun_behind(draft: Draft) -> Phrase | None:
    """The noun that a figure counts, if it counts any: an amount of money only has one that is paid or earned."""
    mention = draft.mention
    if mention is None or mention.time is not None or not draft.is_plain:
        return None
    own = behind(draft.sentence, draft.token)
    if own is None or is_generic(own.text):
        return None
    if mention.currency and own.unit is None and not is_money(own.text) and not _MONEY_IN.match(draft.after):
        return None
    return own


@attrs.define(kw_only=True)
class _Clues:
    """All that may name what one figure measures."""

    draft: Draft
    drafts: Sequence[Draft]
    context: Context
    own: Phrase | None
    """The noun behind it."""
    bracket: Phrase | None
    """The phrase in front of the bracket that it opens."""

    @cached_property
    def previous(self) -> Draft | None:
        """The last level in front of it in the sentence that has a name of its own."""
        stop = bisect_left(self.drafts, self.draft.token, key=_TOKEN)
        nearest = reversed(self.drafts[max(0, stop - _FAR) : stop])
        return next((one for one in nearest if one.is_level and one.indicator and not one.is_converted), None)

    @cached_property
    def subject(self) -> Phrase | None:
        """What its clause is about, or what stands in front of its bracket."""
        if self.bracket is not None and not is_generic(self.bracket.text):
            return self.bracket
        return self.draft.subject

    @cached_property
    def label(self) -> Phrase | None:
        """What stands before the colon in front of it."""
        return label_of(self.draft.sentence, self.draft.token)

    @cached_property
    def acting(self) -> Phrase | None:
        """The subject, if it says more than who did something."""
        subject = self.subject
        if subject is None or is_generic(subject.text) or is_agent(self.draft, subject):
            return None
        return subject

    def named(self) -> _Named:
        """The first answer of all, the surest first."""
        if self.draft.kind is Kind.RANK:
            return _ranked(self)
        if self.draft.about is not None:
            return self.draft.about.indicator, self.draft.about.unit
        told = (_as_base, _as_part, _by_noun, _by_deed, _by_payment, _by_subject, _by_label)
        ways = (*told, _by_neighbours, _by_context)
        found = next((named for named in (way(self) for way in ways) if named is not None), None)
        if found is not None:
            return found
        if self.subject is not None and not is_generic(self.subject.text):
            return self.subject.text, self.subject.unit
        return self.context.section or None, unit_in(self.context.section.lower().split())


# ------------------------------------------------------------------------------ ranks
def _ranked(clues: _Clues) -> _Named:
    """What a place is held in."""
    draft, sentence = clues.draft, clues.draft.sentence
    match = _RANKED_IN.match(draft.after)
    if match:
        phrase = behind(sentence, draft.token + len(match[0].split()))
        if phrase is not None and phrase.unit is not None and not is_generic(phrase.text):
            return phrase.text, "rank"
    index = _INDEX.search(sentence.clean, sentence.start, sentence.end)
    if index:
        return index[1].strip(), "rank"
    if _RANKED_WITH.match(draft.after):
        following = next((one for one in clues.drafts if one.token > draft.token and one.is_level), None)
        if following is not None:
            name_measured(following, clues.drafts, clues.context)
            return following.indicator, "rank"
    subject = draft.subject
    if subject is not None and subject.unit is not None and not is_agent(draft, subject):
        return subject.text, "rank"
    if clues.previous is not None:
        return clues.previous.indicator, "rank"
    return clues.context.indicator or (subject.text if subject else None), "rank"


# ------------------------------------------------------------------------------ by other figures
def _as_base(clues: _Clues) -> _Named | None:
    """What another figure is compared with measures the same."""
    draft, own = clues.draft, clues.own
    if not draft.is_base:
        return None
    main = next((one for one in clues.drafts if one.base is draft and one.indicator), None)
    if main is not None and (own is None or own.unit in {None, main.unit}):
        return main.indicator, main.unit
    return None


def _as_part(clues: _Clues) -> _Named | None:
    """Of "of which 20" and "20 foreign", the figure before says what they are part of."""
    draft, own, previous = clues.draft, clues.own, clues.previous
    whole = previous or clues.context.last
    if whole is not None and own is None and _OF_WHICH.match(draft.after):
        part_of(draft, whole)
        return whole.indicator, whole.unit
    if own is not None and previous is not None and own.unit is None and own.text.lower() in _QUALIFIERS:
        return f"{own.text} {previous.indicator}", previous.unit
    counts_nothing = own is None or own.unit is None
    if whole is not None and counts_nothing and _OF_WHICH_AHEAD.search(draft.sentence.before(draft.token, 5)):
        part_of(draft, whole)
        return whole.indicator, whole.unit
    return None


# ------------------------------------------------------------------------------ by its own words
def _by_noun(clues: _Clues) -> _Named | None:
    """The noun behind the figure, with what was done with it."""
    if clues.own is None:
        return None
    name = with_deed(clues.draft, clues.own, clues.subject, clues.label)
    return with_right(name, clues.context), clues.own.unit


def _by_deed(clues: _Clues) -> _Named | None:
    """For "442,722 concluded": the figure before, with another verb."""
    done, previous = bare_deed(clues.draft), clues.previous
    if done is None or not clues.draft.is_level or previous is None or previous.indicator is None:
        return None
    return f"{_DEED.sub('', previous.indicator)} {done}", previous.unit


def _by_payment(clues: _Clues) -> _Named | None:
    """For "companies earned 1.7 trillion yuan": what money is called when that is done with it."""
    draft = clues.draft
    if draft.mention is None or draft.mention.currency is None or clues.acting is not None or clues.label is not None:
        return None
    if object_of(draft) is not None:
        return None
    ahead = reversed(draft.sentence.tokens[max(0, draft.token - _PAID_NEAR) : draft.token])
    return next(((_PAYMENTS[token.form], None) for token in ahead if token.form in _PAYMENTS), None)


def _by_subject(clues: _Clues) -> _Named | None:
    """The subject of the clause, if it names something that is measured."""
    draft, subject = clues.draft, clues.acting
    if subject is None:
        return None
    paid = draft.mention is not None and draft.mention.currency is not None
    if not paid and not is_measure(subject) and subject is not clues.bracket and not _opens_line(draft, subject):
        return None
    text, unit = name_under(subject, clues.label, clues.context)
    return with_right(for_whom(draft, text), clues.context), unit


def _opens_line(draft: Draft, subject: Phrase) -> bool:
    """Whether a short plain phrase opens a line: the label of a list item."""
    sentence = draft.sentence
    short = len(subject.text.split()) <= 4 and draft.kind is not Kind.LEVEL
    return short and sentence.clean.startswith(subject.text, sentence.start)


def _by_label(clues: _Clues) -> _Named | None:
    """What stands before the colon, if it names a thing, not who did something."""
    draft, label = clues.draft, clues.label
    if label is None or label.unit in _DOERS or is_generic(label.text):
        return None
    if (is_measure(label) or _is_short(draft, label, clues.context)) and not is_agent(draft, label):
        return name_under(label, None, clues.context)
    return None


def _is_short(draft: Draft, label: Phrase, context: Context) -> bool:
    """Whether a label of a word or two names a thing, not a company."""
    named = label.text.split()
    if named[0].lower() in {"not", "no", "any", "none"}:
        return False
    return len(named) <= 2 and not any(word in context.names for word in named) and listed_name(draft) is None


# ------------------------------------------------------------------------------ by what stands around it
def _by_neighbours(clues: _Clues) -> _Named | None:
    """What the figure is compared with, what it is a share of, or what the other figures of the sentence measure."""
    draft = clues.draft
    if draft.base is not None and draft.base.indicator:
        return draft.base.indicator, draft.base.unit
    after = object_of(draft)
    if after is not None:
        return after.text, after.unit
    subject, previous = clues.acting, clues.previous
    if previous is not None and (subject is None or subject.end <= previous.token):
        if ";" in {token.form for token in draft.sentence.tokens[previous.token : draft.token]}:
            draft.doubts.append("what is measured is taken from the clause before")
        return previous.indicator, previous.unit
    if subject is not None:
        is_part = draft.kind is Kind.SHARE and not subject.text.lower().startswith(_NO_PARTS)
        return (subject.text, subject.unit) if is_part else None
    beside = next((one for one in clues.drafts if one.indicator and one is not draft), None)
    return None if beside is None else (beside.indicator, beside.unit)


def _by_context(clues: _Clues) -> _Named | None:
    """The heading, the sentence before or the headline; that is unsure, and said to be."""
    draft, context = clues.draft, clues.context
    if context.is_new_section and context.section and context.counted and not is_generic(context.section):
        draft.borrowed.append("what is measured is taken from the heading above")
        return f"{context.section} {context.counted}s", context.counted
    if context.indicator is not None:
        draft.borrowed.append("what is measured is taken from the sentence before")
        return context.indicator, context.unit
    if context.topic is not None:
        draft.borrowed.append("what is measured is taken from the headline")
        return context.topic
    return None
