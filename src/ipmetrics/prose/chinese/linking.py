"""Linking: the level that a change, share, multiple or rank is about, and other readings where it may be another.

This room knows that 增长8% behind two levels may belong to either. It does not do the arithmetic that would tell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.chinese.periods import year_before
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from ipmetrics.prose.chinese.clauses import Tail
    from ipmetrics.prose.chinese.drafts import Draft

__all__ = ["link"]


def link(draft: Draft, tail: Tail, drafts: list[Draft]) -> None:
    """Find the level a draft is about among those before it in its sentence, and the base of a change."""
    if draft.kind is Kind.LEVEL:
        return
    if draft.about is None:
        draft.about = _level(draft, drafts)
    if draft.kind is Kind.CHANGE:
        _base(draft, tail, drafts)
    if not draft.own and draft.about is not None and _is_aside(draft, draft.about, drafts):
        draft.doubts = (*draft.doubts, _ASIDE)
    if (
        draft.kind in {Kind.CHANGE, Kind.SHARE, Kind.RATIO}
        and not draft.own
        and draft.about is not None
        and draft.token.form is not FigureForm.POINTS
    ):
        draft.rivals = _rivals(draft, drafts)
        if draft.rivals:
            draft.doubts = (*draft.doubts, "it may belong to either of the figures in front of it")


def _level(draft: Draft, drafts: list[Draft]) -> Draft | None:
    if draft.token.form is FigureForm.POINTS and not draft.own and drafts and drafts[-1].kind is Kind.SHARE:
        return drafts[-1]
    for other in reversed(drafts):
        if other.kind is Kind.LEVEL and other.indicator == draft.indicator and other.region == draft.region:
            return other
    return None


def _base(draft: Draft, tail: Tail, drafts: list[Draft]) -> None:
    """The time a change is counted from: as stated, or as that of the change before it in the sentence."""
    if tail.same[:2] in {"同比", "按年"} or tail.word in {"年增", "年减", "同增"}:
        draft.base = draft.base or "上年同期"
        draft.base_period = draft.base_period or (year_before(draft.period) if draft.period is not None else None)
    elif tail.same[:2] == "环比":
        draft.base = draft.base or "上期"
        draft.base_period = draft.base_period or (draft.period.previous if draft.period is not None else None)
    elif draft.base is None and draft.base_period is None and draft.per is None:
        for other in reversed(drafts):
            if other.kind is Kind.CHANGE:
                draft.base, draft.base_period = other.base, other.base_period
                break


def _is_aside(draft: Draft, level: Draft, drafts: list[Draft]) -> bool:
    """Whether a level stands in brackets that have closed, or is of an earlier time than one before it."""
    if level.slot.bracket != draft.slot.bracket:
        return True
    when = level.period
    return when is not None and any(
        other.kind is Kind.LEVEL
        and other.unit == level.unit
        and other.period is not None
        and other.period.end > when.end
        for other in drafts
    )


_ASIDE = "the figure right in front of it is an aside, and it may belong to the one before"


_REACHING = re.compile("惠及|涉及|覆盖|服务|带动|支持")


def _rivals(draft: Draft, drafts: list[Draft]) -> tuple[Draft, ...]:
    """The same figure said of the level before, where two stand side by side and nothing tells them apart."""
    if len(drafts) < 2 or draft.about is not drafts[-1] or draft.slot.stop == "(":
        return ()
    last, before = drafts[-1], drafts[-2]
    if before.kind is not Kind.LEVEL or before.unit == last.unit or before.slot.bracket != last.slot.bracket:
        return ()
    if last.slot.stop not in {"、", ""} and not _REACHING.match(last.indicator or ""):
        return ()
    other = attrs.evolve(
        draft, about=before, indicator=before.indicator, region=before.region, period=before.period, rivals=()
    )
    return (other,)
