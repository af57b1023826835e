"""Naming: what a figure is about: the phrase before it, the noun behind it, or what was spoken of last.

This room knows where to look, in which order, and how a bare verb or a weak noun (审结, 数量) is completed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.chinese.drafts import relative
from ipmetrics.prose.chinese.phrases import HOLDERS, Phrase, behind, heads, phrase, unit_of, without_verb
from ipmetrics.prose.chinese.words import listed, opening, simplified, units
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.prose.chinese.clauses import Slot
    from ipmetrics.prose.chinese.drafts import Draft
    from ipmetrics.prose.chinese.kinds import Decision
    from ipmetrics.prose.chinese.story import Ground, Story

__all__ = ["measure", "name", "only_holders", "topic_of"]

_BARE = re.compile("(?:年|总)?(?:申请|授权|注册|登记|拥有|有效|受理|持有|公开)(?:总|数)?量")
_DOMAIN = re.compile(".{0,20}(?:专利|商标|版权|著作权|新品种|地理标志|布图设计|外观设计|实用新型|软件)")
_WEAK = re.compile(
    "^(?:增加值|产值|营业收入|营收|收入|利润|市值|成交额|案?件数|人数|数量|金额|总额|总量|总数|占比|增速|增幅|增长率|涨幅|降幅|减幅|规模|排名|其|均价|次数|案值|价值|货值|额|量|数|存量|增量|比重|比例|总金额|排位|位次|名次)量?$"
)
_TIME_UNITS = frozenset({"天", "个月", "个工作日", "工作日", "年", "小时", "分钟", "个自然日", "周"})


def name(story: Story, draft: Draft, decision: Decision, ground: Ground, drafts: list[Draft]) -> None:
    """Give a draft its indicator, in the letters of the text, and its unit."""
    page, slot = story.page, draft.slot
    left = phrase(page, slot.left, max(slot.left, decision.core), ground.skipped, ground.backs)
    if not left.words and slot.stop == "(":
        left = _before_bracket(story, slot.bracket, ground, drafts)
    right = _right(story, draft)
    if (
        draft.kind is Kind.SHARE
        and right is not None
        and page[draft.token.end : draft.token.end + 1] in "的左以"
        and not left.words
    ):
        draft.base = draft.base or right.words
    if slot.stop == "、" and "等" in left.words:
        left = _of_list(page, slot, left)
    left = _without_subject(page, left, decision.core, ground)
    if left.words.endswith(("目标", "预期值", "目标值")) and drafts:
        left = Phrase(left.start, left.end, "")
    named = _bearer(page, draft)
    if named:
        draft.region, left = story.printed(named), Phrase(slot.left, slot.left, "")
    words, own = _words(story, draft, left, right, drafts)
    if not draft.token.measure and draft.token.form is FigureForm.NUMBER and not _is_bare_figure(story, draft, left):
        words = None
    draft.own = own
    draft.indicator = story.printed(words) if words else None
    measure(story, draft, words or "")


def _before_bracket(story: Story, bracket: int, ground: Ground, drafts: list[Draft]) -> Phrase:
    """The phrase in front of a bracket that a figure opens, unless a figure stands there."""
    nothing = Phrase(bracket, bracket, "")
    if bracket < 0 or (drafts and drafts[-1].token.end >= bracket - 1):
        return nothing
    start = bracket
    while start > 0 and bracket - start < 24 and story.page[start - 1] not in ",。;:、()\n|\t":
        start -= 1
    found = phrase(story.page, start, bracket, ground.skipped)
    if _COMPARED.match(found.words):
        return nothing
    return found if heads(found.words) else nothing


_BEARER = re.compile(r"(?:其中)?([^,。;:、\d\s]{2,14})以")


def _bearer(page: str, draft: Draft) -> str:
    """Who a figure is quoted for in 欧莱雅以199件居首, where the name is unknown."""
    found = _BEARER.fullmatch(page[draft.slot.left : draft.token.start].strip())
    return found[1] if found is not None and not heads(found[1]) else ""


def _without_subject(page: str, left: Phrase, core: int, ground: Ground) -> Phrase:
    """A phrase without the place or body that it ends in, for that is who the figure is quoted for: 最多的是广东省."""
    for place in ground.places_before(left.start, core):
        if place.end == core and left.start <= place.start and place.sort in {"body", "place"}:
            found = phrase(page, left.start, place.start, ground.skipped, ground.backs)
            return Phrase(found.start, found.end, "") if _RANKING.search(found.words) else found
    return left


def _of_list(page: str, slot: Slot, left: Phrase) -> Phrase:
    """What a list ends in, with the verb that opens it: 新收一审、二审等知识产权案件."""
    rest = left.words.rpartition("等")[2]
    for word in ("各类", "各种", "各项", "多种", "多类"):
        rest = rest.removeprefix(word)
    verb = opening(page, slot.clause, left.start, ("indicators.verbs",))
    return Phrase(left.start, left.end, (verb[0] if verb else "") + rest) if heads(rest) else left


_RANKING = re.compile("前|最|依次|居|排|次|名")


_COMPARED = re.compile("高于|低于|超过|多于|少于|优于")


def _right(story: Story, draft: Draft) -> Phrase | None:
    token = draft.token
    if draft.kind not in {Kind.LEVEL, Kind.SHARE} or token.is_rank:
        return None
    if draft.kind is Kind.SHARE and story.page[token.end : token.end + 1] != "的" and draft.slot.left < draft.start:
        return None
    if draft.kind is Kind.LEVEL and not (token.measure or token.value >= 100):
        return None
    return behind(story.page, token.end, draft.slot.right)


def _words(
    story: Story, draft: Draft, left: Phrase, right: Phrase | None, drafts: list[Draft]
) -> tuple[str | None, bool]:
    """The words of the indicator, and whether they are the figure's own."""
    named = bool(heads(left.words))
    if right is not None and not (named and _ends_in_head(left.words)):
        verb = left.words if _is_verb(left.words) else ""
        return verb + right.words, True
    before = _before(story, draft, drafts)
    if named and before and _lacks_noun(draft, left.words, drafts):
        draft.stem = _stem(draft, drafts, before)
        return _completed(left.words, draft.stem), True
    if before and relative(draft.token) and only_holders(left.words):
        draft.stem = _stem(draft, drafts, before)
        return _completed(left.words, draft.stem), True
    domain = _DOMAIN.match(before) if before and _BARE.fullmatch(left.words) else None
    if domain is not None:
        return domain[0] + left.words, True
    if named and not _WEAK.match(left.words):
        topic = _topic(story, draft)
        if topic and draft.token.measure in _TIME_UNITS and topic not in left.words:
            return left.words + topic, True
        return left.words, True
    if left.words and before:
        if _WEAK.match(left.words):
            return before + left.words, True
        if draft.kind is not Kind.LEVEL and relative(draft.token) and len(left.words) < 2:
            return before, False
        draft.stem = _stem(draft, drafts, before)
        return _completed(left.words, draft.stem), True
    if left.words and not _is_noise(left.words):
        return left.words, True
    return before, False


def _lacks_noun(draft: Draft, words: str, drafts: list[Draft]) -> bool:
    """Whether 件 or 项 counts something that a phrase does not name: 属于战略性新兴产业的, 海关查处."""
    if words in listed("indicators.verbs"):
        return True
    if draft.kind is not Kind.LEVEL or draft.token.measure not in {"件", "项", "个", "批"} or _WEAK.match(words):
        return False
    if any(other.unit == unit_of(draft.token.measure, words, spread=False) for other in drafts):
        return False
    told = {units()[head] for _, _, head in heads(words) if head not in listed("indicators.verbs")}
    return not told - {"", *HOLDERS, "company", "person", "city", "country", "region", "judge"} and not words.endswith(
        ("授权", "授权量", "申请量", "注册量", "登记量")
    )


def only_holders(words: str) -> bool:
    """Whether words name only those that hold or file something: 企业, 大专院校."""
    found = heads(words)
    last = found[-1][1] == len(words) if found else False
    return last and {units()[head] for _, _, head in found} <= {*HOLDERS, "company", "person"}


def _stem(draft: Draft, drafts: list[Draft], before: str) -> str:
    """The noun alone of what was spoken of last, without what completed it there."""
    spoken = _spoken(draft, drafts)
    return spoken.stem if spoken is not None and spoken.stem and before.endswith(spoken.stem) else without_verb(before)


def _completed(words: str, noun: str) -> str:
    """A verb or a bare modifier with the noun spoken of last."""
    return words if noun in words else noun if noun.endswith(words) else words + noun


def _is_noise(words: str) -> bool:
    return len(words) < 2


def _is_verb(words: str) -> bool:
    return any(words.endswith(verb) for verb in listed("indicators.verbs") if len(verb) > 1)


def _ends_in_head(words: str) -> bool:
    found = heads(words)
    return bool(found) and found[-1][1] == len(words) and not _is_verb(words)


def _before(story: Story, draft: Draft, drafts: list[Draft]) -> str | None:
    """What was spoken of last: in the sentence, its clauses without a figure, the block, the heading."""
    topic = _topic(story, draft)
    if topic:
        return topic
    spoken = _spoken(draft, drafts)
    if spoken is not None:
        return _simple(spoken)
    held = _topics(story, draft.sentence[0], draft.slot.clause)
    if held:
        return held
    opening = story.page[draft.sentence[0] : draft.sentence[0] + 6]
    if story.block and (story.page[draft.sentence[0] : draft.sentence[0] + 2] in {"其中", "当中"} or not story.topic):
        return _simple(story.block[-1 if opening else 0])
    return story.topic or None


def _spoken(draft: Draft, drafts: list[Draft]) -> Draft | None:
    """The figure before whose noun goes on: for a count the last one counted alike, else the last of all."""
    told = [each for each in drafts if each.indicator]
    if told and draft.slot.stop == "" and draft.slot.left >= draft.token.start - 1:
        return told[-1]
    if draft.kind is Kind.LEVEL:
        alike = [each for each in told if each.kind is Kind.LEVEL and each.token.measure == draft.token.measure]
        told = alike or [each for each in told if each.kind is Kind.LEVEL] or told
    return told[-1] if told else None


def _simple(draft: Draft) -> str | None:
    return simplified(draft.indicator) if draft.indicator else None


def _topic(story: Story, draft: Draft) -> str:
    """The clause right in front of the figure's own, if it is a noun phrase without a figure."""
    page, clause = story.page, draft.slot.clause
    if clause <= draft.sentence[0] or page[clause - 1] not in ",: ":
        return ""
    return _topics(story, draft.sentence[0], clause - 1, only=1)


_MARKS = ",;:。() "


def _topics(story: Story, start: int, end: int, *, only: int = 4) -> str:
    page = story.page
    for _ in range(only):
        first = end
        while first > start and end - first < 60 and page[first - 1] not in _MARKS:
            first -= 1
        words = page[first:end]
        told = phrase(page, first, end, story.skipped).words
        within = (_WITHIN.fullmatch(words.strip()) or _MOST.fullmatch(words.strip())) is not None
        if not within and (_FIGURES.search(told) or _PREDICATE.search(words)):
            return ""
        found = topic_of(page, first, end, story.skipped)
        if found:
            return found
        if first <= start:
            return ""
        end = first - 1
    return ""


_FIGURES = re.compile(r"\d|[一二三四五六七八九十两][半成倍]|过半|分之")
_PREDICATE = re.compile(
    "来自|[是最居被将让][^,。]|在|集中|位列|依次|呈|保持|继续|前[三五十]|第[一二三]|首位|同比|增长|下降"
)
_WITHIN = re.compile("在([^,。;:在]{2,30}?)(?:上|中|里|方面|领域)")
_MOST = re.compile("([^,。;:最]{2,20}?)(?:规模|数量|占比|增速|增长|体量)?(?:仍|均)?最(?:大|多|高|快|为突出)")
_SAYING = re.compile(
    "显示|介绍|表示|指出|发布|公布|召开|披露|通报|举行|印发|获悉|消息|联合|报告|白皮书|会议|主办|来看|来源|据"
)
_NUMBERING = re.compile(r"^[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\].、]\s*")


def topic_of(page: str, start: int, end: int, skipped: Mapping[int, int]) -> str:
    """The noun phrase of a heading or of a clause without a figure; "" if it is none."""
    within = _WITHIN.fullmatch(page[start:end].strip()) if end - start < 40 else None
    if within is not None:
        return within[1]
    most = _MOST.fullmatch(page[start:end].strip()) if end - start < 40 else None
    if most is not None:
        end = start + page[start:end].index(most[1]) + len(most[1])
    opening = _NUMBERING.match(page[start : min(end, start + 8)])
    if opening is not None:
        start += opening.end()
    for part in re.finditer("[^ ,:。;!?]+", page[start:end]):
        found = phrase(page, start + part.start(), start + part.end(), skipped)
        if heads(found.words) and not _SAYING.search(found.words) and len(found.words) <= _LONGEST:
            return _TURN.sub("", found.words)
    return ""


_TURN = re.compile(
    "(?:[微略大稳猛激骤]|持续|逆势|同比|再创|创|连年|稳步)?(?:增长|下降|上升|增加|减少|回升|增|降|升|跌|涨|新高)$"
)


_LONGEST = 24


def _is_bare_figure(story: Story, draft: Draft, left: Phrase) -> bool:
    """Whether a number without a classifier is a figure: behind a noun phrase or 为, and with nothing behind it."""
    page, token = story.page, draft.token
    if page[token.end : token.end + 1] not in {"", ",", "。", ";", "、", ")", "\n", " ", "和", "与"}:
        return False
    linked = left.end < token.start and left.end >= draft.slot.left and token.start > draft.slot.left
    return linked and (bool(heads(left.words)) or page[left.end : token.start].strip(" ")[:1] in set("为达是至到共"))


def measure(story: Story, draft: Draft, words: str) -> None:
    """Give a draft its unit."""
    token = draft.token
    forms = {
        FigureForm.PERCENT: "percent",
        FigureForm.POINTS: "percentage_point",
        FigureForm.TIMES: "times",
        FigureForm.PER_MILLE: "per_mille",
    }
    if token.is_rank:
        draft.unit = "rank"
    elif token.form in forms:
        draft.unit = forms[token.form]
    else:
        clause = story.page[draft.slot.clause : token.start]
        each = re.search("每(?:十|百)?[万千亿][^,。;]{0,4}", clause)
        spread = each is not None
        counted = words if each is None or "每" in words else each[0] + words
        draft.unit = (
            "rank"
            if draft.kind is Kind.CHANGE and token.measure in {"位", "名"}
            else unit_of(token.measure, counted, spread=spread)
        )
