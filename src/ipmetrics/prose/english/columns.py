"""Columns: what the words of a header row say of the figures below them.

This room reads one cell of a header at a time. It has never seen a row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.periods import Period
from ipmetrics.prose.english.nouns import unit_of
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["Column", "column_of", "names_actors", "scale_in"]

_CHANGE = re.compile(
    r"change|growth|increase|decrease|year-on-year|yoy|y-o-y|\+/-|variation|trend|up/down|%$|±", re.IGNORECASE
)
_SHARE = re.compile(r"share|proportion|percentage|% of|of total|ratio|accounted", re.IGNORECASE)
_RANK = re.compile(r"^(?:rank|ranking|no\.?|#|position|place|s/n|sl\.? ?no\.?)$", re.IGNORECASE)
_PERCENT = re.compile(r"%|percent|per cent", re.IGNORECASE)
_TARGET = re.compile(r"\b(?:target|plan|goal)\b", re.IGNORECASE)
_SCALE = re.compile(r"\b(?:in |\()?(?P<scale>thousand|million|billion)s?\b|\((?P<lakh>lakh|crore)s?\)", re.IGNORECASE)
_ACTORS = re.compile(
    r"company|applicant|country|office|region|province|city|authority|filer|assignee|organi[sz]ation|name|district"
    r"|state|university|origin",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)\n]*\)|\b(?:19|20)\d\d(?:[-–/]\d\d)?\b")


@attrs.frozen(kw_only=True)
class Column:
    """What a header says.

    Parameters
    ----------
    words
        Its words; none where the table has no header.
    name
        Those that name something measured: no year, no bracket, nothing that only says how it changed.
    period
        The time it names.
    unit
        What its words count.
    kind
        Level, change, share or rank.
    is_percent
        Whether its figures are percentages, though they bear no sign.
    is_target
        Whether its figures are planned.
    scale
        The scale word that its figures are to be read with.
    """

    words: str = ""
    name: str = ""
    period: Period | None = None
    unit: str | None = None
    kind: Kind = Kind.LEVEL
    is_percent: bool = False
    is_target: bool = False
    scale: str = ""


def column_of(cell: Sentence) -> Column:
    """What a cell of a header row says of its column."""
    words = cell.clean[cell.start : cell.end].strip()
    name = _ASIDE.sub("", words).strip(" ,")
    return Column(
        words=words,
        name="" if _CHANGE.search(name) or _SHARE.search(name) else name,
        period=next((when.period for when in cell.whens if when.period is not None), None),
        unit=unit_of(words),
        kind=_kind(words),
        is_percent=_PERCENT.search(words) is not None,
        is_target=_TARGET.search(words) is not None,
        scale=scale_in(words),
    )


def _kind(words: str) -> Kind:
    if _RANK.match(words):
        return Kind.RANK
    if _SHARE.search(words):
        return Kind.SHARE
    return Kind.CHANGE if _CHANGE.search(words) else Kind.LEVEL


def scale_in(words: str) -> str:
    """The scale word of a header such as "in million euros"."""
    match = _SCALE.search(words)
    return (match["scale"] or match["lakh"]).lower() if match else ""


def names_actors(words: str) -> bool:
    """Whether a header says that its column names countries or companies."""
    return _ACTORS.search(words) is not None
