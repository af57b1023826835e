"""Whether a figure was measured, planned or forecast, and what restricts it, told by the words around it.

This room looks a few words to either side of a figure. What the figure measures, it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.vocabulary import any_in
from ipmetrics.prose.statements import Status

if TYPE_CHECKING:
    from datetime import date

    from ipmetrics.prose.english.drafts import Draft

__all__ = ["scope_of", "status_of"]

_AHEAD = 60  # letters in front of a figure in which a plan or a forecast is spoken of
_BEHIND = 40  # letters behind it in which "mark" or "target" names it
_FAR = 80  # letters in front of it in which its edition is named

_TARGET = re.compile(rf"\b(?:{any_in('targets.words')})\b", re.IGNORECASE)
_FORECAST = re.compile(rf"\b(?:{any_in('targets.forecast')})\b", re.IGNORECASE)
_BOUND = re.compile(rf"^[ -]?(?:[a-z]+ ){{0,2}}(?:{any_in('targets.bound')})\b", re.IGNORECASE)
_TRADE_MARK = re.compile(r"[ -]?(?:[a-z]+ ){0,2}trade ?-?marks?\b", re.IGNORECASE)
_MET = re.compile(rf"(?:{any_in('met.words')}|surpass\w*) (?:the |its )?(?:target|goal|plan)", re.IGNORECASE)
_CLAUSE_AHEAD = re.compile(r"[;:]")
_CLAUSE_BEHIND = re.compile(r"[;,.]\s")

_EDITION = re.compile(rf"\b({any_in('editions.words')})\b(?! (?:{any_in('editions.stages')}))", re.IGNORECASE)
_PLACES = any_in("editions.places")
_MAINLAND = re.compile(
    rf"\b(?:exclud\w+|not (?:counting|including|counted)|without|except)\b[^.;]{{0,20}}\b(?:{_PLACES})"
    rf"|\b(?:{_PLACES})\b[^.;]{{0,12}}\b(?:not counted|not included|excluded)"
    r"|\bmainland\b",
    re.IGNORECASE,
)


def scope_of(draft: Draft) -> dict[str, str]:
    """The edition a figure is of, and whether it leaves out Hong Kong, Macao and Taiwan."""
    sentence = draft.sentence
    found = {}
    edition = _EDITION.search(sentence.clean, max(sentence.start, draft.start - _FAR), draft.start)
    if edition is not None:
        found["edition"] = edition[1].lower()
    if sentence.says(_MAINLAND):
        found["territory"] = "mainland"
    return found


def status_of(draft: Draft, published: date | None = None) -> Status:
    """Measured, planned or forecast.

    Only words in the figure's own clause count: a target that was met stands beside the figure that met it.
    """
    if published is not None and draft.period is not None and draft.period.start > published:
        return Status.TARGET
    sentence = draft.sentence
    ahead = sentence.clean[max(sentence.start, draft.start - _AHEAD) : draft.start]
    behind = sentence.clean[draft.end : min(sentence.end, draft.end + _BEHIND)]
    clause = _CLAUSE_AHEAD.split(ahead)[-1]
    if _BOUND.match(_CLAUSE_BEHIND.split(behind, maxsplit=1)[0]) and not _TRADE_MARK.match(behind):
        return Status.TARGET
    if _FORECAST.search(clause):
        return Status.FORECAST
    if _TARGET.search(clause) and not _MET.search(clause):
        return Status.TARGET
    return Status.ACTUAL
