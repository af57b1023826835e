"""Drafts: statements while their sentence is still being read, and what is known of the text around them.

This room holds what is found and turns it into statements at the end. It reads no word itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm, Hedge
from ipmetrics.model.periods import Period
from ipmetrics.prose.chinese.clauses import Slot
from ipmetrics.prose.chinese.numerals import Token
from ipmetrics.prose.chinese.regions import places
from ipmetrics.prose.statements import Direction, Kind, Reference, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.texts import Text

__all__ = ["Draft", "finished"]


@attrs.define(eq=False)
class Draft:
    """A statement in the making; `Statement` says what its parts are."""

    token: Token
    slot: Slot
    sentence: tuple[int, int]
    kind: Kind
    start: int
    hedge: Hedge | None = None
    unit: str | None = None
    direction: Direction | None = None
    indicator: str | None = None
    region: str | None = None
    period: Period | None = None
    base: str | None = None
    base_period: Period | None = None
    about: Draft | None = None
    status: Status = Status.ACTUAL
    scope: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({}))
    per: str | None = None
    doubts: tuple[str, ...] = ()
    rivals: tuple[Draft, ...] = ()
    own: bool = False
    """Whether its own words name what it is about."""
    stem: str = ""
    """The noun it shares with what is spoken of before and after it, as it is read."""
    point: bool = False
    """Whether its period is the end of one."""


_LETTERS = {"over": "超", "under": "近", "about": "约", "at_least": "至少", "at_most": "至多"}


def finished(text: Text, drafts: Sequence[Draft]) -> list[Statement]:
    """The statements of the drafts, each pointing to the places of those it is about."""
    places = {id(draft): place for place, draft in enumerate(drafts)}
    return [_statement(text, draft, places) for draft in drafts]


def _statement(text: Text, draft: Draft, places: Mapping[int, int], *, rival: bool = False) -> Statement:
    token = draft.token
    about = places.get(id(draft.about)) if draft.about is not None else None
    return Statement(
        span=text.span(draft.start, token.end),
        quote=text.quote(draft.start, token.end),
        sentence=text.span(*draft.sentence),
        kind=draft.kind,
        figure=_figure(draft),
        value=token.value,
        printed=token.printed,
        unit=draft.unit,
        hedge=draft.hedge,
        direction=draft.direction,
        indicator=draft.indicator,
        region=draft.region,
        period=draft.period,
        base=_base(draft),
        about=about,
        status=draft.status,
        scope=draft.scope,
        per=draft.per,
        doubts=(*draft.doubts, *_at_comparable_prices(text, draft)),
        alternatives=() if rival else tuple(_statement(text, each, places, rival=True) for each in draft.rivals),
    )


_REAL = re.compile("可比价|可比口径|不变价|同口径|扣除价格因素")
_NEAR = 60  # letters in front of a change in which its prices are told


def _at_comparable_prices(text: Text, draft: Draft) -> tuple[str, ...]:
    """Growth at comparable prices says nothing of the amounts beside it."""
    first = max(draft.sentence[0], draft.token.start - _NEAR)
    if draft.kind is Kind.CHANGE and _REAL.search(text.clean, first, draft.token.end):
        return ("it is growth at comparable prices, which the amounts are not",)
    return ()


def _figure(draft: Draft) -> str:
    """The text that `ipmetrics.Figure` reads, with a hedge that stands apart from it put in front."""
    token = draft.token
    if draft.hedge is not None and token.hedge is None and token.form is not None:
        return _LETTERS[draft.hedge.value] + token.figure
    return token.figure


def _base(draft: Draft) -> Reference | None:
    if draft.kind is Kind.LEVEL or (draft.base is None and draft.base_period is None):
        return None
    return Reference(words=draft.base, region=_compared_place(draft), period=draft.base_period)


def _compared_place(draft: Draft) -> str | None:
    """The place that a whole or another side of a multiple is quoted for, where its words name one."""
    if draft.base is None or draft.kind not in {Kind.SHARE, Kind.RATIO}:
        return None
    named = [place.name for place in places(draft.base, 0, len(draft.base)) if place.sort in {"place", "nation"}]
    return named[0] if len(named) == 1 and named[0] and named[0] != draft.region else None


def relative(token: Token) -> bool:
    """Whether a figure is in percent, points or times."""
    return token.form not in {None, FigureForm.NUMBER}
