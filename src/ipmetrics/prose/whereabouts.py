"""Whereabouts: which figures are quoted for a place or a year that their own sentence does not name.

Where an article speaks of one place, all its figures are of that. Where it speaks of several, or of "the district" and
"the city", a figure without a name may be of any of them; and so with years. This room compares names and knows no
grammar.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.naming import region_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.statements import Statement

__all__ = ["elsewhere"]

_POINTER = re.compile(
    r"\b(?:the|this|that|its|our|their)\s+(?:[\w-]+\s+){0,2}?"
    r"(city|district|county|province|region|country|nation|state|municipalit|town|area|zone|park|universit|college"
    r"|compan|firm|court|office|institut|group|school|applicant|resident|team|cent[er]{2}|hospital|bank|bureau"
    r"|enterprise|industr|sector)(?:y|ies|s|es|e)?\b"
    r"|全([市省区县国州])|[该本我各]([市省区县国州院校局]|公司|企业|法院)",
    re.IGNORECASE,
)
_STEM = 4  # letters that a place and its adjective share: China, Chinese
_SHORT_FORMS = {"United States": ("US", "U.S.", "America"), "United Kingdom": ("UK", "U.K.", "Brit")}


_RELATIVE = re.compile(
    r"\b(?:last|this|current) year\b|\b(?:first|second) half\b|\bquarter\b|\bto date\b"
    r"|去年|今年|前年|上半年|下半年|季度|月",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(
    r"\b(?:earlier|before|ago|previous(?:ly)?|preceding|prior|formerly|average|decades?|since|until|once)\b"
    r"|此前|之前|年前|上年|过去|近[一二三四五六七八九十两\d]{1,2}年|年均|以往|曾",
    re.IGNORECASE,
)


_NEAR = 1_500  # letters on either side of a figure: a longer sentence is a list


def _around(statement: Statement, text: str) -> str:
    """The sentence of a statement, as far as it is near."""
    (first, last), (start, end) = statement.sentence, statement.span
    return text[max(first, start - _NEAR) : min(last, end + _NEAR)]


def elsewhere(statements: Sequence[Statement], text: str) -> frozenset[int]:
    """Statements whose sentence holds one that may be of another place or year than it was read for."""
    doubtful = _unplaced(statements, text) | _undated(statements, text)
    sentences = {statements[place].sentence for place in doubtful}
    return frozenset(place for place, statement in enumerate(statements) if statement.sentence in sentences)


def _undated(statements: Sequence[Statement], text: str) -> frozenset[int]:
    """Statements that may be of another year than the one they were read for, where several are spoken of."""
    years = {statement.period.end.year for statement in statements if statement.period is not None}
    return frozenset(
        place for place, statement in enumerate(statements) if not _is_dated(statement, text, alone=len(years) <= 1)
    )


def _is_dated(statement: Statement, text: str, *, alone: bool) -> bool:
    """Whether the sentence of a statement names its year, or no other where the article has one alone."""
    period = statement.period
    if period is None:
        return False
    words = _around(statement, text)
    if alone and _OTHER_TIME.search(words) is None:
        return True
    return any(str(day.year) in words for day in (period.start, period.end)) or _RELATIVE.search(words) is not None


def _unplaced(statements: Sequence[Statement], text: str) -> frozenset[int]:
    """Statements that may be of another place than the one they were read for, where several are spoken of."""
    sentences = {statement.sentence for statement in statements}
    pointed = {
        next(filter(None, match.groups())).lower()
        for first, last in sentences
        for match in _POINTER.finditer(text, first, last)
    }
    regions = {statement.region for statement in statements if statement.region is not None}
    others = pointed - {region[-1] for region in regions}  # 全市 of 南通市 is that
    if len(regions) + len(others) <= 1:
        return frozenset()
    return frozenset(place for place, statement in enumerate(statements) if not _is_named(statement, text))


def _is_named(statement: Statement, text: str) -> bool:
    """Whether the sentence of a statement names its place, in whatever form."""
    region = statement.region
    if region is None:
        return False
    words = _around(statement, text)
    known = region_of(region)
    if any(name in words for name in (region, known.label, *known.names, *_SHORT_FORMS.get(region, ()))):
        return True
    return region.isascii() and len(region) > _STEM and region[:_STEM] in words and not region.startswith("Unit")
