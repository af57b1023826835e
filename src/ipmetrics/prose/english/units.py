"""Units: what a figure is counted in, from its own signs, the noun behind it, or the name of what is measured.

This room knows how units are found in an order of trust. The nouns themselves, other rooms know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.english.nouns import is_money, singular
from ipmetrics.prose.english.rates import per_of
from ipmetrics.prose.english.subjects import bracketed
from ipmetrics.prose.english.vocabulary import section, words

if TYPE_CHECKING:
    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.phrases import Phrase

__all__ = ["unit_of_draft"]

_OF_FORM = {
    FigureForm.PERCENT: "percent",
    FigureForm.PER_MILLE: "per_mille",
    FigureForm.POINTS: "percentage_point",
    FigureForm.TIMES: "times",
}
_RIGHTS = frozenset({"patent", "trademark", "design"})
_UNCOUNTED = frozenset((*section("currencies"), *section("durations"), "percent", "times", "rank"))
"""Units that nothing is carried over in: money, time and ratios."""
_LEADING = words("phrases", "leading")
_WORD = re.compile(r"[a-z][a-z-]*")
_APPLYING = re.compile(r" (?:applied|applying|apply|applies) for $")
_APPLIED = re.compile(r"(?:[a-z-]+ ){1,5}(?:were |was )?applied for ")
_TRADE_MARK = re.compile(r"trade ?-?mark", re.IGNORECASE)
_OF_PATENTS = re.compile(r"\b(?:invention|granted)\b", re.IGNORECASE)


def unit_of_draft(draft: Draft, own: Phrase | None, named: str | None, context: Context) -> str | None:
    """The unit of a figure.

    Parameters
    ----------
    draft
        The figure.
    own
        The noun behind it.
    named
        The unit of the phrase that names what is measured.
    context
        What was spoken of before.
    """
    mention = draft.mention
    if mention is None:
        return draft.unit
    printed = _OF_FORM.get(mention.form) or mention.currency or mention.time
    if printed:
        return printed
    found = own.unit if own is not None else None
    if found is None and own is not None:
        found = singular(own.text.lower().split()[-1])
    found = found or named
    if found == "registration" and draft.indicator and _TRADE_MARK.search(draft.indicator):
        found = "trademark"
    if found is None and draft.about is not None:
        found = draft.about.unit
    if found is None and draft.indicator:
        found = _unit_by_name(draft.indicator, own, context)
    per = per_of(draft)
    found = _of_rights(draft, own, found, context)
    return f"{found or '1'}/{per}" if per else found


def _unit_by_name(indicator: str, own: Phrase | None, context: Context) -> str | None:
    """The unit that was spoken of, or the last word of the name, where no noun tells."""
    if context.unit and context.unit not in _UNCOUNTED and (indicator == context.indicator or own is None):
        return context.unit
    if own is None and context.counted:
        return context.counted
    if is_money(indicator):
        return None
    last = [word for word in _WORD.findall(indicator.lower()) if word not in _LEADING]
    return singular(last[-1]) if last else None


def _of_rights(draft: Draft, own: Phrase | None, found: str | None, context: Context) -> str | None:
    """Rights that are only applied for are applications; a granted design is a patent."""
    sentence = draft.sentence
    if found in _RIGHTS and (_APPLYING.search(sentence.before(draft.token, 4)) or _APPLIED.match(draft.after)):
        return "application"
    if own is None and found in {"company", "person", "institution"} and context.counted == "application":
        return context.counted if bracketed(sentence, draft.token) else found
    if found == "design" and _OF_PATENTS.search(sentence.clean, sentence.start, sentence.end):
        return "patent"
    return found
