"""Stating: drafts made into statements, their ties into places in the list.

This room knows no English.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.statements import Direction, Kind, Reference, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.texts import Text

__all__ = ["statements_of"]


def statements_of(drafts: Sequence[Draft], text: Text) -> list[Statement]:
    """The statements that drafts make, in their order."""
    places = {id(draft): place for place, draft in enumerate(drafts)}
    return [_statement(draft, places, text) for draft in drafts]


def _statement(draft: Draft, places: Mapping[int, int], text: Text) -> Statement:
    about = draft.about
    made = Statement(
        span=text.span(draft.start, draft.end),
        quote=text.quote(draft.start, draft.end),
        sentence=text.span(draft.sentence.start, draft.sentence.end),
        kind=draft.kind,
        figure=draft.figure,
        value=draft.value,
        printed=draft.printed,
        unit=draft.unit,
        hedge=draft.mention.hedge if draft.mention else None,
        direction=(draft.direction or Direction.UP) if draft.kind is Kind.CHANGE else None,
        indicator=draft.indicator,
        region=draft.region,
        period=draft.period,
        base=_reference(draft, places),
        about=_place(about, places),
        parts=tuple(places[id(part)] for part in draft.parts if id(part) in places),
        complete=draft.complete,
        status=draft.status,
        scope=MappingProxyType({**(about.scope if about is not None else {}), **draft.scope}),
        per=draft.per,
        borrowed=tuple(dict.fromkeys(draft.borrowed)),
        doubts=tuple(dict.fromkeys(draft.doubts)),
    )
    others = tuple(
        attrs.evolve(made, about=places[id(other)], indicator=other.indicator, region=other.region)
        for other in draft.others
        if id(other) in places
    )
    return attrs.evolve(made, alternatives=others) if others else made


def _place(draft: Draft | None, places: Mapping[int, int]) -> int | None:
    return None if draft is None else places.get(id(draft))


def _reference(draft: Draft, places: Mapping[int, int]) -> Reference | None:
    """What a change, share or multiple is compared with; None if nothing says."""
    if draft.kind is Kind.LEVEL or (draft.kind is Kind.RANK and draft.base is None):
        return None
    statement = _place(draft.base, places)
    if draft.base_words is None and draft.base_period is None and draft.base_region is None and statement is None:
        return None
    return Reference(words=draft.base_words, region=draft.base_region, period=draft.base_period, statement=statement)
