"""Articles put together by hand: sentences with the statements a reader would find in them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

from ipmetrics.model.figures import Figure
from ipmetrics.model.periods import Period
from ipmetrics.prose.assembling import Imprint, assemble
from ipmetrics.prose.statements import Direction, Kind, Reference, Statement

if TYPE_CHECKING:
    from ipmetrics.prose.article import Article

GRANTED = {"indicator": "invention patents granted", "unit": "patent", "region": "Haidian", "period": 2021}
PUBLISHED = date(2022, 4, 30)
Fact: TypeAlias = Any
_KINDS = {"level": Kind.LEVEL, "change": Kind.CHANGE, "share": Kind.SHARE, "ratio": Kind.RATIO, "rank": Kind.RANK}


def level(figure: str, **facts: Fact) -> dict[str, Any]:
    return {"kind": "level", "figure": figure, **GRANTED, **facts}


def change(figure: str, about: int | None = None, **facts: Fact) -> dict[str, Any]:
    given = {"kind": "change", "figure": figure, "direction": Direction.UP, "unit": "percent", "about": about}
    return {**GRANTED, **given, **facts}


def share(figure: str, about: int | None = None, **facts: Fact) -> dict[str, Any]:
    return {**GRANTED, "kind": "share", "figure": figure, "unit": "percent", "about": about, **facts}


def ratio(figure: str, about: int | None = None, **facts: Fact) -> dict[str, Any]:
    return {**GRANTED, "kind": "ratio", "figure": figure, "unit": "times", "about": about, **facts}


def told(*sentences: tuple[str, list[dict[str, Any]]], published: date | None = PUBLISHED, **imprint: Fact) -> Article:
    """An article of some sentences; the quote of a statement is its figure unless it says another."""
    text, statements = "", []
    for words, found in sentences:
        start = len(text)
        text += f"{words} "
        statements += [statement(text, (start, start + len(words)), **facts) for facts in found]
    return assemble(statements, text=text, imprint=Imprint(date=published, **imprint))


def statement(text: str, sentence: tuple[int, int], **facts: Fact) -> Statement:
    quote = facts.pop("quote", facts["figure"])
    start = text.index(quote, sentence[0])
    period, kind = facts.pop("period"), _KINDS[facts.pop("kind")]
    readings = tuple(
        statement(text, sentence, **{"period": period, "quote": quote, **each}) for each in facts.pop("readings", ())
    )
    return Statement(
        span=(start, start + len(quote)),
        quote=quote,
        sentence=sentence,
        kind=kind,
        value=_value(facts["figure"], kind),
        printed=quote,
        period=None if period is None else Period(period),
        alternatives=readings,
        **facts,
    )


def _value(figure: str, kind: Kind) -> Fraction:
    if kind is Kind.RANK:
        return Fraction(figure)
    try:
        return abs(Figure(figure).value)
    except ValueError:
        return Fraction(1)


def base(**facts: Fact) -> Reference:
    period = facts.pop("period", None)
    return Reference(period=None if period is None else Period(period), **facts)
