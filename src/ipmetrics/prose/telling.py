"""Telling: statements as the plain data of `ipmetrics read --format json`, numbers as decimal text.

This room knows the keys of that JSON, which are stable, and judges nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ipmetrics.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from ipmetrics.prose.blocks import Language
    from ipmetrics.prose.statements import Reference, Statement, Unread

__all__ = ["article_data", "decimal", "unread_data"]

_PLACES = 4


def article_data(
    text: str,
    statements: Sequence[Statement],
    unread: Sequence[Unread],
    *,
    ids: Sequence[str],
    date: date | None,
    language: Language | None,
) -> dict[str, Any]:
    """What was read of an article, as its JSON holds it; every statement is there, with or without a claim."""
    return {
        "claims": [{"id": ids[place], **_statement(each, text, ids)} for place, each in enumerate(statements)],
        "unread": [unread_data(each) for each in unread],
        "date": None if date is None else date.isoformat(),
        "language": None if language is None else language.value,
    }


def unread_data(unread: Unread) -> dict[str, Any]:
    """What was not read, and why."""
    return {"span": list(unread.span), "quote": unread.quote, "reason": unread.reason}


def _statement(statement: Statement, text: str, ids: Sequence[str]) -> dict[str, Any]:
    first, last = statement.sentence
    return {
        "kind": statement.kind.value,
        "span": list(statement.span),
        "quote": statement.quote,
        "value": decimal(statement.value),
        "printed": statement.printed,
        "figure": statement.figure,
        "unit": statement.unit,
        "hedge": _hedge(statement),
        "direction": None if statement.direction is None else statement.direction.value,
        "indicator": statement.indicator,
        "region": statement.region,
        "period": period_text(statement),
        "base": None if statement.base is None else _reference(statement.base, ids),
        "parts": [ids[part] for part in statement.parts],
        "complete": statement.complete,
        "status": statement.status.value,
        "scope": dict(statement.scope),
        "per": statement.per,
        "about": _named(statement.about, ids),
        "borrowed": list(statement.borrowed),
        "doubts": list(statement.doubts),
        "alternatives": [_statement(each, text, ids) for each in statement.alternatives],
        "sentence": {"span": [first, last], "text": text[first:last]},
    }


def period_text(statement: Statement) -> str | None:
    """When a figure is of, quarters as months; of an annual average the whole time it is taken over.

    Years are written "2016/2022", a fiscal year that begins in April "FY2021-22".
    """
    period = statement.period
    if period is None:
        return None
    if statement.per is not None and statement.base is not None and statement.base.period is not None:
        period = Period(f"{statement.base.period.start.isoformat()}/{period.end.isoformat()}")
    first, last = period.start, period.end
    if (first.month, first.day, last.month, last.day) == _APRIL_TO_MARCH and last.year == first.year + 1:
        return f"FY{first.year}-{last.year % 100:02}"
    if (first.month, first.day, last.month, last.day) == _WHOLE_YEARS and last.year > first.year:
        return f"{first.year}/{last.year}"
    if _QUARTER.fullmatch(str(period)):
        return f"{first.year}-{first.month:02}/{last.year}-{last.month:02}"
    return str(period)


def _hedge(statement: Statement) -> str | None:
    """The hedge; 以上 goes by "over", as it does in the labels that this JSON is held against."""
    if statement.hedge is None:
        return None
    return "over" if statement.quote.endswith("以上") else statement.hedge.value


_QUARTER = re.compile(r"\d{4}-Q\d")
_APRIL_TO_MARCH = (4, 1, 3, 31)
_WHOLE_YEARS = (1, 1, 12, 31)


def _reference(base: Reference, ids: Sequence[str]) -> dict[str, Any]:
    return {
        "words": base.words,
        "indicator": base.indicator,
        "region": base.region,
        "period": None if base.period is None else str(base.period),
        "claim": _named(base.statement, ids),
    }


def _named(place: int | None, ids: Sequence[str]) -> str | None:
    return None if place is None else ids[place]


def decimal(value: Fraction) -> str:
    """A number as a plain decimal; one that does not end is cut to four places, rounded half up.

    Examples
    --------
    >>> from fractions import Fraction
    >>> [decimal(Fraction(text)) for text in ("2.40", "100/3", "387250000000")]
    ['2.4', '33.3333', '387250000000']
    """
    value, sign = abs(value), "-" if value < 0 else ""
    places = _places_of(value)
    digits = int((2 * value * 10**places + 1) // 2)
    whole, rest = divmod(digits, 10**places)
    return f"{sign}{whole}.{rest:0{places}}".rstrip("0").rstrip(".") if places else f"{sign}{whole}"


def _places_of(value: Fraction) -> int:
    """How many decimals a number has; four where they do not end."""
    below, places = value.denominator, 0
    while below % 10 == 0:
        below, places = below // 10, places + 1
    for prime in (2, 5):
        while below % prime == 0:
            below, places = below // prime, places + 1
    return places if below == 1 else _PLACES
