"""Nouns: what the head of a noun phrase counts, and whether a phrase names anything that statistics measure.

This room knows nouns and no sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.vocabulary import unit_nouns, words
from ipmetrics.prose.english.wordclasses import STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_generic", "is_measured", "is_money", "singular", "unit_in", "unit_of"]

_WORD = re.compile(r"[a-z][\w'’-]*")
_TRADE_MARK = re.compile(r"trade ?-?marks?\b")
_COMPLEMENTS = words("noun_phrases", "complements")
_MONEY = words("money", "nouns")
_MEASURES = _MONEY | words("phrases", "measures")
_LEADING = words("phrases", "leading")
_POINTING = words("phrases", "pronouns") | words("phrases", "generic") | _LEADING
_UNITS = unit_nouns()


def unit_of(text: str) -> str | None:
    """The unit of what a text names, in whatever letters."""
    return unit_in(_WORD.findall(text.lower()))


def unit_in(forms: Sequence[str]) -> str | None:
    """The unit of the last noun that is known to be counted; plural ones first."""
    stop = next((at for at, form in enumerate(forms) if at and form in _COMPLEMENTS), None)
    if stop is not None:
        head = _head_unit(forms[:stop])
        if head is not None:
            return head
    return _head_unit(forms)


def _head_unit(forms: Sequence[str]) -> str | None:
    known = [form for form in forms if form in _UNITS]
    if not known:
        return None
    plural = [form for form in known if form.endswith("s")]
    head = (plural or known)[-1]
    unit = _UNITS[head]
    joined = " ".join(forms)
    if (head in {"grants", "renewals"} or unit == "registration") and _TRADE_MARK.search(joined):
        return "trademark"
    if unit == "registration" and "design" in joined:
        return "design"
    if unit == "design" and "application" in joined:
        return "application"
    return "patent" if unit == "design" and "patent" in joined else unit


def singular(word: str) -> str | None:
    """A word that counts itself, for want of a unit: "workshops" are counted in workshops."""
    if not word.isalpha() and "-" not in word:
        return None
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def is_money(text: str) -> bool:
    """Whether a phrase names something that is paid or earned."""
    return any(form in _MONEY for form in text.lower().split())


def is_measured(forms: Sequence[str]) -> bool:
    """Whether one of the words names something that statistics add up, though nothing that is counted."""
    return any(form in _MEASURES for form in forms)


def is_generic(text: str) -> bool:
    """Whether a phrase only points back: "it", "the total"."""
    return all(form in _POINTING for form in _WORD.findall(text.lower()) if form not in STOPS)
