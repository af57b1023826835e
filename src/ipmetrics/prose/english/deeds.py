"""Deeds: what was done with the thing that is counted, which belongs to its name: patents granted are not those filed.

This room knows verbs. Whether a name needs one, the room of what is measured decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.prose.english.vocabulary import listed, words
from ipmetrics.prose.english.wordclasses import MOVES

if TYPE_CHECKING:
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.phrases import Phrase

__all__ = ["bare_deed", "deed_near", "does_something"]

_BEFORE, _BEHIND = 8, 12  # tokens on either side of a figure in which its verb stands
_DONE = {form: deed for form, deed in listed("acts").items() if form.endswith("ed")}
_BETWEEN = frozenset({"there", ":", "at", "in", "also", "the", "another"})
_DOING = words("verbs", "act") | words("measured", "doing")
_BEING = words("verbs", "level") | MOVES


def deed_near(draft: Draft) -> str | None:
    """The verb in front of the figure, or behind what it counts: "were granted"."""
    tokens = draft.sentence.tokens
    for at in range(draft.token - 1, max(-1, draft.token - _BEFORE - 1), -1):
        form = tokens[at].form
        if form in _DONE:
            return _DONE[form]
        if form in {";", ":", "."}:
            break
    first = draft.phrase.end if draft.phrase else draft.token + 1
    for token in tokens[first : first + _BEHIND]:
        if token.form in _DONE:
            return _DONE[token.form]
        if token.form in {";", ".", "@b"}:
            break
    return None


def bare_deed(draft: Draft) -> str | None:
    """The verb right behind a bare figure, or right in front of it: "442,722 concluded"."""
    tokens, at = draft.sentence.tokens, draft.token
    behind = tokens[at + 1].form if at + 1 < len(tokens) else ""
    if _DONE.get(behind, "").endswith("ed"):
        return _DONE[behind]
    for token in reversed(tokens[max(0, at - 3) : at]):
        if token.form in _DONE:
            return _DONE[token.form]
        if token.form not in _BETWEEN:
            break
    return None


def does_something(draft: Draft, subject: Phrase) -> bool:
    """Whether a subject of people or offices does something in front of the figure: "courts received"."""
    ahead = draft.sentence.tokens[subject.end : draft.token]
    if ahead and ahead[0].form in {"that", "which", "who"}:
        return False  # "companies that own patents numbered 385,000"
    for token in ahead:
        if token.form in _DOING:
            return True
        if token.form in _BEING:
            return False
    return draft.is_level and bool(ahead) and ahead[0].form == "with"
