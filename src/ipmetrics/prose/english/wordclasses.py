"""Word classes: which words may stand in a noun phrase, and which end it.

A grammar of lists: this room looks at one form at a time and knows nothing of the words beside it.
"""

from __future__ import annotations

import re

from ipmetrics.prose.english.vocabulary import words

__all__ = ["CHANGES", "MOVES", "STOPS", "VERBS", "is_content", "is_noun", "is_participle"]

_CONTENT = re.compile(r"[a-z][\w&'’.-]*$")
_ACTS = words("verbs", "act")
_IRREGULAR = words("noun_phrases", "irregular")

STOPS = words("noun_phrases", "stops")
"""Words of grammar that end a noun phrase."""
MOVES = words("changes", "up") | words("changes", "down")
"""Words of change that have a direction."""
CHANGES = MOVES | words("changes", "neutral")
"""All words of change."""


def _past(forms: frozenset[str]) -> frozenset[str]:
    return frozenset(form for form in forms if form.endswith("ed") or form in _IRREGULAR)


VERBS = (
    words("verbs", "level")
    | _past(_ACTS)
    | _past(MOVES)
    | (MOVES & words("noun_phrases", "moving"))
    | words("noun_phrases", "finite")
)
"""Finite verbs that part a subject from its figure."""

_PARTICIPLES = frozenset(form for form in _ACTS if form.endswith("ed")) | words("noun_phrases", "participles")


def is_content(form: str) -> bool:
    """Whether a form is a word, not a mark, a figure or a time."""
    return _CONTENT.match(form) is not None


def is_participle(form: str) -> bool:
    """Whether a form may stand behind what it is said of: "patents granted"."""
    return form in _PARTICIPLES


def is_noun(form: str) -> bool:
    """Whether nothing speaks against a form in a phrase of nouns."""
    return (
        is_content(form)
        and form not in STOPS
        and form not in CHANGES
        and form not in VERBS
        and not form.endswith("ing")
    )
