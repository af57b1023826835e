"""Subjects: the noun phrase that the clause, the bracket or the label in front of a figure is about.

This room looks to the left of a figure. What stands behind it, and what the phrase means, it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.prose.english.nouns import is_measured, unit_in
from ipmetrics.prose.english.phrases import is_acronym, is_adjective, phrase_between
from ipmetrics.prose.english.vocabulary import words
from ipmetrics.prose.english.wordclasses import MOVES, STOPS, VERBS, is_content, is_noun

if TYPE_CHECKING:
    from ipmetrics.prose.english.phrases import Phrase
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["bracketed", "label_of", "subject_of"]

_LONGEST = 6  # words of a subject that no verb follows
_FAR = 200  # tokens in front of a figure in which its clause or its label begins
_SPLIT = 30  # tokens in front of "and" in which something has to be said for it to join clauses
_OPENERS = words("clauses", "openers")
_TELLERS = words("clauses", "tellers")
_ELLIPTIC = words("clauses", "elliptic")
_FILLERS = words("clauses", "fillers")


def subject_of(sentence: Sentence, token: int) -> Phrase | None:
    """The subject of the clause that a figure stands in, without its adjuncts; None if the clause names none."""
    first = _clause_start(sentence, token)
    stop = first
    while stop < token and not _ends_subject(sentence, first, stop):
        stop += 1
    return phrase_between(sentence, first, stop)


def _ends_subject(sentence: Sentence, first: int, at: int) -> bool:
    form = sentence.tokens[at].form
    if form in VERBS:
        return at > first and not is_adjective(sentence, at)
    return (form == "#" and not _is_size(sentence, at)) or (form == "(" and not is_acronym(sentence, at))


def bracketed(sentence: Sentence, token: int) -> Phrase | None:
    """The noun phrase in front of the bracket that a figure opens: "digital communications (+10.3%)"."""
    tokens = sentence.tokens
    if token < 2 or tokens[token - 1].form != "(":
        return None
    at = token - 2
    while at >= 0 and tokens[at].form not in {",", ";", ":", ".", ")", "#", "(", "|"}:
        if tokens[at].form == "and" and at and tokens[at - 1].form in {",", ")"}:
            break
        at -= 1
    return phrase_between(sentence, at + 1, token - 1)


def label_of(sentence: Sentence, token: int) -> Phrase | None:
    """What stands before the last colon in front of a figure: "Grants during 2023: …"."""
    tokens = sentence.tokens
    nearest = range(token - 1, max(-1, token - 1 - _FAR), -1)
    at = next((at for at in nearest if tokens[at].form == ":"), None)
    if at is None:
        return None
    first = at
    while first > 0 and at - first < _FAR and tokens[first - 1].form not in {".", ";", ":"}:
        first -= 1
    return phrase_between(sentence, first, at)


# ------------------------------------------------------------------------------ clauses
def _clause_start(sentence: Sentence, token: int) -> int:
    """The token at which the clause of a figure begins."""
    depth = 0
    last = max(0, token - _FAR)
    for at in range(token - 1, last - 1, -1):
        form = sentence.tokens[at].form
        if form == ")":
            depth += 1
        elif form == "(":
            if depth == 0 and _has_subject(sentence, at + 1, token):
                return at + 1
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif form in {";", ":", "•"} or (
            form in _OPENERS and _may_open(sentence, at) and _has_subject(sentence, at + 1, token)
        ):
            return at + 1
    return last


def _may_open(sentence: Sentence, at: int) -> bool:
    """Whether a word that may open a clause does so here, as far as the words in front of it tell."""
    form = sentence.tokens[at].form
    before = sentence.tokens[at - 1].form if at else ""
    if sentence.tokens[at + 1].form == "#":
        return False
    if form == "and":
        return _splits(sentence, at)
    if form == "that":
        return before in _TELLERS
    return form != "with" or before in {"", ","}


def _splits(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two clauses, not two nouns: something has been said in front of it."""
    for back in range(at - 1, max(-1, at - _SPLIT), -1):
        form = sentence.tokens[back].form
        if form in {";", ":"}:
            return False
        if form == "#" or form in VERBS:
            return True
    return False


def _has_subject(sentence: Sentence, first: int, token: int) -> bool:
    """Whether a stretch begins with a noun that a verb follows, or holds nothing but a noun."""
    lead = sentence.tokens[first - 1].form
    if lead in _ELLIPTIC and _is_bare(sentence, first, token, lead):
        return True
    nouns = 0
    for at in range(first, token):
        form = sentence.tokens[at].form
        if form in {"which", "that", "who"} or (form == "," and lead == ","):
            return False
        if form in VERBS and not is_adjective(sentence, at):
            return nouns > 0
        if form == "#" and not _is_size(sentence, at):
            return False
        if is_content(form) and form not in STOPS and form not in MOVES:
            nouns += 1
    return False


def _is_bare(sentence: Sentence, first: int, token: int, lead: str) -> bool:
    """Whether nothing but a noun phrase stands there: "…, trade marks 2.2 percent", "and exports to $17 billion"."""
    tokens = sentence.tokens
    stop = token
    if first < stop and tokens[stop - 1].form in {"to", "at", "by", "(", "in"} and lead != "while":
        stop -= 1
    nouns: list[str] = []
    for at in range(first, stop):
        form = tokens[at].form
        if form in _FILLERS:
            continue
        if len(nouns) == _LONGEST or not is_noun(form):
            return False
        nouns.append(form)
    return bool(nouns) and (unit_in(nouns) is not None or is_measured(nouns))


def _is_size(sentence: Sentence, at: int) -> bool:
    """Whether a figure is only the size of a group: "per 10,000 people"."""
    return at > 0 and sentence.tokens[at - 1].form in {"per", "every", "each"}
