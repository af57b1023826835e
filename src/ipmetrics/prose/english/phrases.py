"""Phrases: the noun phrase behind a figure, or in a stretch of words, without what is said of place and time.

A grammar of word classes, not of sentences. This room knows no figure's meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.english.lookup import place_at
from ipmetrics.prose.english.nouns import is_measured, unit_in
from ipmetrics.prose.english.vocabulary import unit_nouns, words
from ipmetrics.prose.english.wordclasses import STOPS, VERBS, is_content, is_participle

if TYPE_CHECKING:
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["Phrase", "behind", "is_acronym", "is_adjective", "is_measure", "phrase_between"]

_LONGEST = 9
_BEHIND_VERBS = words("noun_phrases", "behind_verbs")
_LINKS = frozenset({"of", "for", "on", "about"})
_EXAMPLES = frozenset({"example", "instance", "average", "which", "whom"})  # "of which" is no part of a name
_COMPARING = words("noun_phrases", "comparing")
_BREAKS = words("clauses", "breaks")
_ADJUNCTS = words("clauses", "adjuncts")
_ENDINGS = STOPS | _ADJUNCTS | words("clauses", "trailing")
_LEADING = words("phrases", "leading")
_WHERE = words("clauses", "where")
_OFFICES = words("clauses", "offices")


@attrs.frozen
class Phrase:
    """A noun phrase: its words as written, and a verb that belongs to it.

    Parameters
    ----------
    text
        The words.
    unit
        What its head counts; None if the head is not known.
    end
        The token behind it.
    act
        A participle behind it, such as "granted".
    """

    text: str
    unit: str | None
    end: int
    act: str | None = None


def is_measure(phrase: Phrase) -> bool:
    """Whether a phrase names something that statistics count or add up."""
    return phrase.unit is not None or is_measured(phrase.text.lower().split())


# ------------------------------------------------------------------------------ behind a figure
def behind(sentence: Sentence, token: int) -> Phrase | None:
    """The noun phrase that a figure counts, if one follows at once."""
    tokens = sentence.tokens
    taken: list[int] = []
    at = token + 1
    while at < len(tokens) and len(taken) < _LONGEST and _goes_on(sentence, taken, at):
        taken.append(at)
        at += 1
    while taken and tokens[taken[-1]].form in STOPS:
        taken.pop()
        at -= 1
    while len(taken) > 1 and tokens[taken[0]].form in _COMPARING:
        taken.pop(0)
    if not taken:
        return None
    act = tokens[at].form if at < len(tokens) and is_participle(tokens[at].form) else None
    return Phrase(sentence.text(taken[0], at), unit_in([tokens[place].form for place in taken]), at, act)


def _goes_on(sentence: Sentence, taken: list[int], at: int) -> bool:
    """Whether a token belongs to the phrase that those taken begin."""
    form = sentence.tokens[at].form
    if form in {"&", "/", "’s", "'s"}:
        return bool(taken)
    if not is_content(form):
        return False
    if form in STOPS:
        return _continues(sentence, taken, at)
    if form in VERBS or is_participle(form):
        return not taken and is_adjective(sentence, at)
    return not (taken and _is_unknown_verb(sentence, taken[-1], at))


def _continues(sentence: Sentence, taken: list[int], at: int) -> bool:
    """Whether "of" or "and" continues the phrase: "patent and trademark offences", "pieces of news"."""
    tokens = sentence.tokens
    if not taken or at + 1 >= len(tokens):
        return False
    following = tokens[at + 1].form
    if not is_content(following) or following in STOPS or following in VERBS:
        return False
    if tokens[at].form in {"and", "or"}:
        ahead = [one.form for one in tokens[at + 1 : at + 4]]
        plural = any(word.endswith("s") and is_content(word) for word in ahead)
        return plural and not tokens[taken[-1]].form.endswith("s")
    if tokens[at].form not in _LINKS or any(tokens[place].form in _LINKS for place in taken):
        return False
    return following not in _EXAMPLES and not _is_place(sentence, at + 1)


def _is_unknown_verb(sentence: Sentence, head: int, at: int) -> bool:
    """Whether a word behind a plural is a verb, as a word of grammar behind it shows: "industries qualify as"."""
    form, noun = sentence.tokens[at].form, sentence.tokens[head].form
    plural = noun.endswith("s") and not noun.endswith("ss")
    if not plural or form.endswith("s") or form in unit_nouns() or sentence.tokens[at].capital:
        return False
    return at + 1 < len(sentence.tokens) and sentence.tokens[at + 1].form in _BEHIND_VERBS


def is_adjective(sentence: Sentence, at: int) -> bool:
    """Whether a participle stands in front of its noun: "published PCT applications"."""
    if not is_participle(sentence.tokens[at].form) or at + 1 >= len(sentence.tokens):
        return False
    following = sentence.tokens[at + 1].form
    return is_content(following) and following not in STOPS


# ------------------------------------------------------------------------------ in a stretch of words
def phrase_between(sentence: Sentence, first: int, stop: int) -> Phrase | None:
    """A stretch of tokens as a noun phrase: the part of it between commas that names something counted."""
    tokens = sentence.tokens
    tidy = [_tidied(sentence, piece) for piece in _pieces(sentence, first, stop)]
    kept = [
        piece
        for piece in tidy
        if not all(tokens[at].form in VERBS or is_participle(tokens[at].form) for at in piece)  # nor an empty one
    ]
    if not kept:
        return None
    units = [unit_in([tokens[at].form for at in piece]) for piece in kept]
    known = next((place for place, unit in enumerate(units) if unit), None)
    place = known if known is not None else max(range(len(kept)), key=lambda one: len(kept[one]))
    best = kept[place]
    return Phrase(sentence.text(best[0], best[-1] + 1), units[place], best[-1] + 1)


def _pieces(sentence: Sentence, first: int, stop: int) -> list[list[int]]:
    """The words of a stretch, parted at commas and at words that begin a clause; names of offices left out."""
    pieces: list[list[int]] = [[]]
    names = _office_names(sentence, first, stop)
    for at in range(first, stop):
        form = sentence.tokens[at].form
        if form in _BREAKS and not (at in names and form in {"(", ")"}):
            pieces.append([])
        elif at not in names and (is_content(form) or form in {"&", "/"}):
            pieces[-1].append(at)
    return pieces


def _office_names(sentence: Sentence, first: int, stop: int) -> set[int]:
    """Tokens of the names of offices: capitals around "Office", "Treaty", "Court"."""
    tokens = sentence.tokens
    found: set[int] = set()
    for at in range(first, stop):
        if tokens[at].form == "(" and is_acronym(sentence, at):
            found.update((at, at + 1, at + 2))
        if at in found or not tokens[at].capital or tokens[at].form not in _OFFICES:
            continue
        back = at
        while back > first and (tokens[back - 1].capital or tokens[back - 1].form in {"of", "and", "the", "for", "&"}):
            back -= 1
        ahead = at
        while ahead + 1 < stop and (tokens[ahead + 1].capital or tokens[ahead + 1].form == "of"):
            ahead += 1
        found.update(range(back, ahead + 1))
    return found


def is_acronym(sentence: Sentence, at: int) -> bool:
    """Whether a bracket holds a short form only: "(GI)"."""
    if at + 2 >= len(sentence.tokens) or sentence.tokens[at + 2].form != ")":
        return False
    inner = sentence.tokens[at + 1]
    word = sentence.clean[inner.start : inner.end]
    return inner.mention is None and word.isalpha() and word.upper() == word


def _tidied(sentence: Sentence, piece: list[int]) -> list[int]:
    """A phrase without articles in front and without what is said of place and time behind."""
    tokens = sentence.tokens
    lead = next((place for place, at in enumerate(piece) if tokens[at].form not in _LEADING), len(piece))
    piece = piece[lead:]
    for place, at in enumerate(piece[1:], 1):
        form = tokens[at].form
        if form in _ADJUNCTS or (form in {"in", "from", "by", "for", "to"} and _is_place(sentence, at + 1)):
            piece = piece[:place]
            break
    while piece and tokens[piece[-1]].form in _ENDINGS:
        piece.pop()
    return piece[:_LONGEST]


def _is_place(sentence: Sentence, at: int) -> bool:
    """Whether a place or a time begins at a token, an article aside."""
    if at < len(sentence.tokens) and sentence.tokens[at].form in {"the", "its", "all"}:
        at += 1
    if at >= len(sentence.tokens):
        return True
    token = sentence.tokens[at]
    if token.form in _WHERE:
        return True
    place = place_at(sentence, token.start)
    return place is not None and place.kind != "adjective"
