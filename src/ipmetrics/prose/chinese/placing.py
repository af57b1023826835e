"""Placing: the period and the region of a figure, from the names nearest before it.

This room knows how far a name reaches: to the end of its sentence, a bracket, a block or the text. It finds no names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.model.periods import Period
from ipmetrics.prose.chinese.story import is_subject
from ipmetrics.prose.statements import Kind, Status

if TYPE_CHECKING:
    from ipmetrics.prose.chinese.drafts import Draft
    from ipmetrics.prose.chinese.periods import Mention
    from ipmetrics.prose.chinese.regions import Place
from ipmetrics.prose.chinese.story import Ground, Story

__all__ = ["as_stock", "place_in_time", "place_on_map"]

_STOCK = re.compile("有效|拥有量|保有|存量|累计|持有|现有|在册|实有|维持|拥有|留存|总储备|存续|万人")
_FLOW = re.compile("申请|授权量|受理|审结|新收|办结|查处|登记量|新增|成交|办理")


def place_in_time(story: Story, draft: Draft, ground: Ground, drafts: list[Draft]) -> None:
    """Give a draft the period its sentence, its block or its text names last before it."""
    found = _own_time(story.page, draft, ground, drafts)
    if found is not None:
        draft.period, draft.point = found.period, found.point
    else:
        point = story.point or (story.lead_point if story.flow is None else None)
        flows = _FLOW.search(draft.indicator or "") is not None
        if point is not None and (_is_stock(draft) or (story.flow is None and not flows)):
            draft.period, draft.point = point, True
        else:
            draft.period = story.flow or _length(story.point) or story.lead or _whole(story.period, draft)
    if story.clock.published is not None and draft.period is not None and draft.period.start > story.clock.published:
        draft.status = Status.TARGET if draft.status is Status.ACTUAL else draft.status
    as_stock(draft)


def _whole(period: Period | None, draft: Draft) -> Period | None:
    return period if period is None or not period.is_day or _is_stock(draft) else _length(period)


def _length(day: Period | None) -> Period | None:
    """The year that ends on a day, if it is a year's last; else the months up to it."""
    if day is None or not day.is_day:
        return day
    year, month = day.end.year, day.end.month
    return Period(year) if month == 12 else Period(f"{year}-01/{year}-{month:02}")


def _is_stock(draft: Draft) -> bool:
    words = draft.indicator or ""
    return _STOCK.search(words) is not None and _FLOW.search(words) is None


def as_stock(draft: Draft) -> None:
    """A stock is counted on the last day of its period."""
    if draft.period is not None and not draft.point and _is_stock(draft) and draft.kind is not Kind.RANK:
        draft.period = draft.period.last_day
        draft.point = True


def _is_left(page: str, time: Mention, drafts: list[Draft]) -> bool:
    """Whether a time opens a way, 从2020年的6.8万元, whose first figure has been read already."""
    return page[time.start - 1 : time.start] in {"从", "由", "自"} and bool(drafts) and drafts[-1].start > time.start


def _own_time(page: str, draft: Draft, ground: Ground, drafts: list[Draft]) -> Mention | None:
    """The last words of time in the sentence before a figure, brackets that have closed left out."""
    here = draft.token.start
    for time in ground.times_before(draft.sentence[0], here):
        if time.base or time.period is None or time.several or _is_left(page, time, drafts):
            continue
        if ground.sees(time.start, here) and page[time.start - 1 : time.start] != "含":
            return time
    return None


_WORLDLY = re.compile(
    "[上首第领最级前]|知名|百强|创新|市场|竞争|科技|品牌|组织|各|一流|知识产权|发展|顶|主要|经济|贸易"
)
_TITLES = re.compile(
    "副?(?:局长|院长|部长|主任|司长|庭长|会长|总裁|董事长|教授|研究员|负责人|法官|发言人|记者|书记|市长|区长|所长|专家|经理|检察长|工程师|报告|白皮书|报|数据|发布|公布|通报|召开|印发|联合)"
)


def place_on_map(story: Story, draft: Draft, ground: Ground, drafts: list[Draft]) -> None:
    """Give a draft the place, office or company named last before it, or else that of the text."""
    if draft.region is not None:
        return
    found = _own_place(story.page, draft, ground)
    together = bool(drafts) and (not draft.own or drafts[-1].slot.clause == draft.slot.clause)
    if together and (found is None or found.start < drafts[-1].start):
        draft.region = drafts[-1].region
        return
    if found is not None and found.name:
        draft.region = printed(story, found)
        return
    told = drafts or story.block
    if found is None and told and story.page[draft.sentence[0] : draft.sentence[0] + 2] in {"其中", "当中"}:
        draft.region = told[-1].region
        return
    draft.region = story.section or story.home


def printed(story: Story, place: Place) -> str:
    """A name in the letters of the text."""
    if place.sort == "nation":
        return story.home or place.name if story.clock.republic else place.name
    return story.printed(place.name)


def _own_place(page: str, draft: Draft, ground: Ground) -> Place | None:
    here = draft.token.start
    found: Place | None = None
    for place in ground.places_before(draft.sentence[0], here):
        if found is not None:
            return None if page[place.end : found.start] in {"、", "和", "与", "及"} and not place.base else found
        if not place.base and _speaks(page, place, draft) and ground.sees(place.start, here):
            found = place
    return found


def _speaks(page: str, place: Place, draft: Draft) -> bool:
    """Whether figures after a name are quoted for it: a body has to be the subject of its clause."""
    if place.sort == "world":
        return _WORLDLY.match(page, place.end) is None and page[place.start - 1 : place.start] != "在"
    if not is_subject(page, place):
        return False
    if place.sort == "body":
        if _TITLES.match(page, place.end) or re.match(r"[^,。;]{0,12}等\d", page[place.end : place.end + 16]):
            return False
        before = page[place.start - 1 : place.start]
        return (
            before in {"", ",", ";", "。", "、", "(", ":", "\n", " ", "以", "为", "是", "中", "和", "与", "及"}
            or place.start >= draft.slot.left
        )
    return True
