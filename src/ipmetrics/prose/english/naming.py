"""Naming: the words for what is measured, made whole: with the verb, the right, the label or the heading that is due.

This room puts names together. Which phrase is to be named, it does not decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.deeds import deed_near, does_something
from ipmetrics.prose.english.nouns import unit_of
from ipmetrics.prose.english.phrases import is_measure
from ipmetrics.prose.english.vocabulary import unit_nouns, words
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.phrases import Phrase

__all__ = ["for_whom", "is_agent", "name_under", "with_deed", "with_right"]

_BARE = words("measured", "bare")
_DOERS = words("measured", "doers")
_LOCAL = words("measured", "local") | words("phrases", "leading")
_DONE_WITH = frozenset({"patent", "trademark", "design", "application", "indication", "registration"})
_COUNTED = frozenset({"patent", "trademark", "design", "registration", "agreement", "indication", None})
_NEUTRAL = frozenset({"application", "case", "registration"})
_OF_RIGHTS = frozenset({"patent", "trademark", "design", "registration", None})
_BARE_DEEDS = frozenset("grants registrations filings applications requests publications oppositions".split())

_WORDS = re.compile(r"\w+")
_NAMES = re.compile(r"[A-Za-z][\w'’-]*")
_CAPITALS = re.compile(r"[A-Z][\w&.'’-]*+(?:\s[A-Z][\w&.'’-]*+)*\s?")
_WHOM = re.compile(r"^for (?:the )?((?:[a-z'’-]+ ){1,7}?)(?:, |and # |\. |; |$|while |but |\) )")
_TIME = re.compile(r"the (?:first|second|third|last|year)")
_RIGHT = re.compile(
    r"\b(?:patents?|trade ?-?marks?|designs?|copyrights?|utility models?|inventions?|geographical indications?|pct)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(r"grant|authori[sz]ed|registered|in force|\bvalid\b")
_NAMED_WHOLE = re.compile(r"grant|regist|valid|in force|application|filing|case|certif")


def is_agent(draft: Draft, subject: Phrase) -> bool:
    """Whether a subject only names who did it: a place, an office, a company."""
    if subject.unit in _DOERS:
        return does_something(draft, subject)
    if subject.unit is not None:
        return False
    text = subject.text
    places = [place.words for place in draft.sentence.places if place.words and place.words in text]
    if places:
        for name in places:
            text = text.replace(name, " ")
        return all(word.lower() in _LOCAL for word in _NAMES.findall(text))
    named = text.split()
    if len(named) > 4 or draft.token <= 2 or draft.kind is Kind.CHANGE or named[0].lower() in unit_nouns():
        return False
    return _CAPITALS.fullmatch(text) is not None


def for_whom(draft: Draft, text: str) -> str:
    """A name with what it is restricted to: "6.1% for universities"."""
    match = _WHOM.match(draft.after) if draft.kind in {Kind.CHANGE, Kind.SHARE} else None
    return text if match is None or _TIME.match(match[1]) else f"{text} for {match[1].strip()}"


def with_right(text: str, context: Context) -> str:
    """Bare "grants" or "registrations" with the right that was spoken of."""
    low = text.lower()
    if low == "marks" or low.startswith("marks "):
        return "trademarks" + text[5:]
    if low not in _BARE_DEEDS:
        return text
    right = _RIGHT.search(context.indicator or "") or _RIGHT.search(context.headline)
    return f"{right[0].removesuffix('s')} {text}" if right else text


def with_deed(draft: Draft, own: Phrase, subject: Phrase | None, label: Phrase | None) -> str:
    """A counted noun with the verb that says what was done with it: "invention patents granted"."""
    text = own.text
    single = len(text.split()) == 1
    if single and subject is not None and _says_more(draft, subject, text):
        text = subject.text if text.lower() in _BARE else f"{subject.text}, {text}"
        if own.act is None:
            return text
    if single and label is not None and is_measure(label):
        apart = set(label.text.lower().split()).isdisjoint(text.lower().split())
        text = f"{label.text}: {text}" if apart else label.text
    act = own.act or deed_near(draft)
    wanted = own.unit in _DONE_WITH or text.lower().endswith("cases")
    return f"{text} {act}" if act and wanted and act not in text.lower() else text


def _says_more(draft: Draft, subject: Phrase, noun: str) -> bool:
    """Whether the subject of a clause names what is measured better than the single noun behind the figure."""
    if not is_measure(subject) or subject.unit in _DOERS or noun.lower() in subject.text.lower():
        return False
    return not is_agent(draft, subject)


def name_under(phrase: Phrase, label: Phrase | None, context: Context) -> tuple[str, str | None]:
    """A subject with the label or heading it stands under, where that says more of what is counted; and its unit."""
    text, unit = phrase.text, phrase.unit
    length = len(text.split())
    # "Filings came to 472,656. Inventions were 110,091 of them": bare rights go on counting what was counted.
    counted = context.counted or (context.unit if context.unit == "application" and length <= 2 else None)
    kind = counted if unit in _COUNTED and length <= 3 else None
    if kind is not None and not _SETTLED.search(context.words) and not _NAMED_WHOLE.search(text.lower()):
        return (f"{text} {kind}s" if kind not in text.lower() else text), kind
    above = label.text if label is not None and is_measure(label) and label.text != text else context.section
    if not above or length > 4:
        return text, unit
    heading = unit_of(above)
    shared = not set(_WORDS.findall(above.lower())).isdisjoint(_WORDS.findall(text.lower()))
    if shared or (heading is None and unit is not None):
        return text, unit
    generic = heading in _NEUTRAL and unit in _OF_RIGHTS
    named = f"{text} {above}" if generic else f"{text}, {above}"
    if heading == "registration":
        return named, unit or heading
    return named, heading if generic or unit is None else unit
