"""Chains: figures given out in a row, a、b和c, and what each of them is given to.

This room knows 分别 and its like: to several years, places, phrases, or to the levels before. Order decides.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.model.periods import Period
from ipmetrics.prose.chinese.drafts import relative
from ipmetrics.prose.chinese.naming import measure, only_holders
from ipmetrics.prose.chinese.phrases import heads, phrase, without_verb
from ipmetrics.prose.chinese.placing import as_stock, printed
from ipmetrics.prose.chinese.words import ending
from ipmetrics.prose.statements import Direction, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.chinese.clauses import Slot, Tail
    from ipmetrics.prose.chinese.drafts import Draft
    from ipmetrics.prose.chinese.regions import Place
    from ipmetrics.prose.chinese.story import Ground, Story

__all__ = ["chains_of", "spread"]

_BETWEEN = frozenset({"、", "和", "与", "及", "以及", "、和", ",", "至", "到", "或", "/"})
_RELATIVE = frozenset({FigureForm.PERCENT, FigureForm.PER_MILLE, FigureForm.TIMES, FigureForm.POINTS})


def chains_of(page: str, slots: Sequence[Slot], ground: Ground) -> list[list[Slot]]:
    """The figures of a sentence, those in one row together."""
    _ = ground
    chains: list[list[Slot]] = []
    for slot in slots:
        if chains and _follows(page, chains[-1][-1], slot):
            chains[-1].append(slot)
        else:
            chains.append([slot])
    return [_filled(chain) for chain in chains]


def _follows(page: str, before: Slot, slot: Slot) -> bool:
    one, two = before.token, slot.token
    between = page[one.end : two.start].strip()
    if one.is_rank or two.is_rank:
        return False
    if between not in _BETWEEN:
        given = "分别" in page[before.clause : one.start] or "依次" in page[before.clause : one.start]
        return given and relative(one) and relative(two) and turn_of(between) is not None
    if between == "," and one.measure and two.measure and one.measure != two.measure:
        return False
    if one.form in _RELATIVE or two.form in _RELATIVE:
        return one.form in _RELATIVE and two.form in _RELATIVE
    return one.measure == two.measure or not one.measure


def turn_of(between: str) -> Direction | None:
    """Which way a figure of a row went, if it says so itself: 分别增长5%、下降3%."""
    found = ending(between, 0, len(between), ("changes.up", "changes.down"))
    if found is None or between[: -len(found[0])].strip() not in _BETWEEN:
        return None
    return Direction.UP if found[1] == "changes.up" else Direction.DOWN


def _filled(chain: list[Slot]) -> list[Slot]:
    """A row with the classifier that only its last figure has."""
    last = chain[-1].token.measure
    if len(chain) == 1 or not last:
        return chain
    return [
        slot if slot.token.measure else attrs.evolve(slot, token=attrs.evolve(slot.token, measure=last))
        for slot in chain
    ]


def spread(story: Story, made: list[Draft], tail: Tail, ground: Ground, drafts: list[Draft]) -> None:
    """Give the figures of a row to what they belong to; they all say the same kind of thing."""
    head = made[0]
    for before, draft in pairwise(made):
        draft.kind, draft.base, draft.per = head.kind, head.base, head.per
        between = story.page[before.token.end : draft.token.start].strip()
        draft.direction = turn_of(between) or before.direction
        draft.indicator, draft.own, draft.region = head.indicator, head.own, head.region
        draft.period, draft.point, draft.base_period, draft.doubts = (
            head.period,
            head.point,
            head.base_period,
            head.doubts,
        )
        draft.unit = draft.unit if draft.unit and draft.token.form in _RELATIVE else head.unit
    levels = _levels(story, made, drafts) if head.kind is not Kind.LEVEL else None
    done = levels is not None or _to_years(story, made, ground) or _to_places(story, made, tail, ground)
    if levels is not None:
        for draft, level in zip(made, levels, strict=True):
            draft.about, draft.indicator = level, level.indicator
            draft.period, draft.point, draft.region = level.period, level.point, level.region
    elif not done and not _to_phrases(story, made, tail, ground) and len(made) > 1:
        for draft in made:
            draft.doubts = (*draft.doubts, "several figures in a row, and no words to give them out to")


def _levels(story: Story, made: list[Draft], drafts: list[Draft]) -> list[Draft] | None:
    """The levels before, as many as there are figures, if the row names nothing of its own but their kind."""
    clause = story.page[made[0].slot.clause : made[0].token.start]
    wanted = {"件数": "件", "人数": "人", "金额": "元"}
    kind = next((measure_ for word, measure_ in wanted.items() if word in clause), None)
    found = [each for each in drafts if each.kind is Kind.LEVEL and (kind is None or each.token.measure == kind)]
    if kind is None and (made[0].own or len(re.findall("[、和与及]", _given(story, made)))):
        return None
    return found[-len(made) :] if len(found) >= len(made) else None


def _given(story: Story, made: list[Draft]) -> str:
    slot = made[0].slot
    return story.page[slot.clause : slot.token.start]


def _to_years(story: Story, made: list[Draft], ground: Ground) -> bool:
    """A row over the years of 2021至2023年, over years named one by one, or over 三年."""
    slot, count = made[0].slot, len(made)
    near = list(ground.times_before(slot.clause, slot.token.start))[::-1]
    inside = [time for time in near if time.period and not time.base]
    years: list[Period] = []
    if len(inside) == count:
        years = [time.period for time in inside if time.period is not None]
    else:
        several = next((time for time in inside if time.several), None)
        words = _given(story, made)
        if several is None and re.search("[两三四五六七八九十]年|各年|逐年|依次|分别", words) and not inside:
            several = story.years or next(
                (time for time in ground.times_before(0, slot.token.start) if time.several), None
            )
            if several is not None and made[0].slot.left > slot.clause:
                several = None
        if several is not None and several.period is not None:
            first, last = several.period.start.year, several.period.end.year
            years = [Period(year) for year in range(first, last + 1)]
    if len(years) != count:
        return False
    for draft, year in zip(made, years, strict=True):
        draft.period, draft.point = year, False
        as_stock(draft)
    return True


def _to_places(story: Story, made: list[Draft], tail: Tail, ground: Ground) -> bool:
    slot = made[0].slot
    near = list(ground.places_before(slot.clause, slot.token.start))[::-1]
    inside = [place for place in near if not place.base and place.name]
    if not inside and tail.each:
        inside = _row_of_places(story.page, ground, made[0].sentence[0], slot.clause)
    if len(inside) != len(made):
        return False
    for draft, place in zip(made, inside, strict=True):
        draft.region = printed(story, place)
    return True


def _row_of_places(page: str, ground: Ground, first: int, last: int) -> list[Place]:
    """The last names of a sentence that stand in one row: 苏州、南京、无锡三地法院."""
    row: list[Place] = []
    for place in ground.places_before(first, last):
        if row and page[place.end : row[-1].start] not in {"、", "和", "与"}:
            break
        if not place.base and place.name:
            row.append(place)
    return row[::-1]


_PARTING = re.compile("[、和与及]|以及")


def _to_phrases(story: Story, made: list[Draft], tail: Tail, ground: Ground) -> bool:
    """A row over phrases in a row: 农业、林业植物新品种授权分别为."""
    slot, page = made[0].slot, story.page
    whole = phrase(page, slot.clause, max(slot.clause, tail.core), ground.skipped, ground.backs)
    parts = [part for part in _PARTING.split(page[whole.start : whole.end]) if part]
    if len(parts) != len(made):
        return False
    last, first = parts[-1], parts[0]
    found = heads(last)
    ending = last[found[0][0] :] if found and found[0][0] > 0 else ""
    opening = first[: heads(first)[0][1]] if heads(first) else ""
    head_relative = made[0].token.form in _RELATIVE
    for draft, part in zip(made, parts, strict=True):
        words = part
        if head_relative and made[0].own and only_holders(part) and story.topic:
            words = part + without_verb(story.topic)
        elif not heads(part) and ending:
            words = part + ending
        elif not heads(part) and made[0].indicator:
            words = part + made[0].indicator
        elif opening and heads(part)[0][0] == 0 and part != first and len(part) < 4 and opening not in part:
            words = opening + part
        draft.indicator, draft.own = story.printed(words), True
        measure(story, draft, words)
    return True
