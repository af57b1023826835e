"""Kinds: whether a figure is a level, a change, a share, a multiple or a rank, which way it goes and of what.

This room knows the words that tell them apart and their order: 增长到40% is a level of a share, 增长40% a change. It
does not know what the figure is about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm, Hedge
from ipmetrics.prose.chinese.words import any_of, ending, hedges_before, listed, pattern
from ipmetrics.prose.statements import Direction, Kind, Status

if TYPE_CHECKING:
    from ipmetrics.prose.chinese.clauses import Slot, Tail

__all__ = ["Decision", "as_aimed", "decide", "status_of"]


@attrs.define
class Decision:
    """What the words in front of a figure make of it.

    Parameters
    ----------
    kind
        What it says; None where its words leave that open.
    core
        Where the phrase it is about ends.
    start
        Where the figure begins, with a hedge that stands apart: 约占总量的96%.
    hedge
        That hedge, if any.
    direction
        Of a change.
    base
        The words of what it is compared with or a part of.
    doubts
        Why this is unsure.
    """

    kind: Kind | None
    core: int
    start: int
    hedge: Hedge | None = None
    direction: Direction | None = None
    base: str | None = None
    doubts: tuple[str, ...] = ()


def decide(page: str, slot: Slot, tail: Tail) -> Decision:
    """Read what a figure is from its sign and the words in front of it."""
    token = slot.token
    decision = Decision(kind=None, core=tail.core, start=token.start, direction=tail.direction)
    if token.is_rank:
        _rank(page, slot, decision)
    elif token.form is FigureForm.POINTS:
        _points(page, slot, tail, decision)
    elif token.form in {FigureForm.PERCENT, FigureForm.PER_MILLE}:
        _percent(page, slot, tail, decision)
    elif token.form is FigureForm.TIMES:
        _times(page, slot, tail, decision)
    elif tail.direction is not None and not tail.to:
        decision.kind = Kind.CHANGE
    else:
        decision.kind, decision.direction = Kind.LEVEL, None
    if token.sign and decision.kind is not Kind.SHARE and token.form is not FigureForm.NUMBER:
        decision.kind = Kind.CHANGE
        decision.direction = Direction.DOWN if token.sign == "-" else decision.direction or Direction.UP
    if decision.kind is not Kind.CHANGE:
        decision.direction = None
    return decision


_PLACED = re.compile(
    "(?:稳居|高居|位居|跃居|名列|位列|列|排名|排在|排|居|跃升|升至|升到|升|跌至|降至|蝉联|保持|并列|进入|跻身|摘得|获|成为|[位处]于|是|为)[^,。;:]{0,14}$"
)


_WITHIN_PLACE = re.compile("(?:全[国省市区球]|世界|亚洲|中部|西部|东部|[一-龥]{2}[省市])$")


def _rank(page: str, slot: Slot, decision: Decision) -> None:
    decision.kind = Kind.RANK
    start, end = slot.left, slot.token.start
    found = _PLACED.search(page, max(start, end - 18), end)
    if found is not None:
        words = page[found.start() : end]
        verb = re.match(
            "(?:稳居|高居|位居|跃居|名列|位列|列|排名|排在|排|居|跃升|升至|升到|升|跌至|降至|蝉联|保持|并列|进入|跻身|摘得|获|成为|[位处]于|是|为)+",
            words,
        )
        base = words[verb.end() :] if verb else ""
        decision.core = found.start()
        decision.base = base.strip(" 的第至到") or None
    else:
        within = _WITHIN_PLACE.search(page, max(start, end - 8), end)
        if within is not None:
            decision.core, decision.base = within.start(), within[0]


def _points(page: str, slot: Slot, tail: Tail, decision: Decision) -> None:
    decision.kind = Kind.CHANGE
    words = page[slot.left : slot.token.start]
    than = _than(page, slot, tail)
    if decision.direction is None:
        ups = max((match.end() for match in pattern("<changes.up>").finditer(words)), default=-1)
        downs = max((match.end() for match in pattern("<changes.down>").finditer(words)), default=-1)
        if max(ups, downs) >= 0:
            decision.direction = Direction.UP if ups > downs else Direction.DOWN
    if than is not None:
        decision.core, decision.base = than


_THAN = re.compile(
    "(?P<verb>高于|低于|高出|高过|快于|慢于|优于|领先于?|落后于?|超过|超出|超|比|较)(?P<base>[^,。;:]{1,20})$"
)


def _than(page: str, slot: Slot, tail: Tail) -> tuple[int, str] | None:
    """Where a comparison with another place or whole begins, and with what: 高于全国平均水平."""
    if tail.base is not None:
        return None
    found = _THAN.search(page, max(slot.left, tail.core - 24), tail.core)
    return None if found is None else (found.start(), found["base"].strip(" 的"))


@cache
def _share_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(listed('shares.nouns'))}|率|度|比)$")


_OF = re.compile("占(?:到了?|去|据|全部)?(?P<base>[^,。;:]*)$")
_WITHIN = re.compile(r"在?(?P<base>[^,。;:、]{2,24})(?:中|里|总量)的?(?:占比|比重|比例|份额)?$")
_SHARE_WORDS = re.compile(
    "的?(?:比重|比例|占比|份额|百分比)?(?:已|约|近|超过?|达到?|为|是|的|由|从|将|提[升高]|增[长加]|上升|至|到)*$"
)
_GROWTH = re.compile("增速|增幅|涨幅|升幅|增长率|增长速度|成长率|年增率|降幅|减幅|跌幅|增长")
_GROWING = re.compile("(?:增长|增速|增幅|升幅)[^,。;:占]{0,6}[,:]$")
_PRICES = re.compile("(?:利率|税率|费率|收益率|回报率|股息率)$")
_GROWTH_DOWN = re.compile("降幅|减幅|跌幅")


def _percent(page: str, slot: Slot, tail: Tail, decision: Decision) -> None:
    if tail.direction is not None and not tail.to:
        decision.kind = Kind.CHANGE
        than = _than(page, slot, tail) if not tail.rate else None
        if than is not None and "占" not in page[slot.left : than[0]]:
            decision.core, decision.base = than
        return
    start = slot.left
    found = _OF.search(page, max(start, tail.core - 40), slot.token.start)
    if found is not None and not page[found.start() - 1 : found.start()].endswith(("侵", "强", "抢", "独")):
        _share_of(page, slot, decision, found)
        return
    words = page[start : tail.core]
    if page[slot.token.end : slot.token.end + 1] == "的" or re.match(
        "左右的|以上的", page[slot.token.end : slot.token.end + 3]
    ):
        decision.kind = Kind.SHARE
        return
    growth = _GROWTH.search(page, slot.clause, slot.token.start)
    if growth is not None and not re.search("占|比重|贡献", page[slot.clause : slot.token.start]):
        decision.kind = Kind.CHANGE
        decision.core = min(tail.core, max(growth.start(), start))
        decision.direction = Direction.DOWN if _GROWTH_DOWN.match(growth[0]) else Direction.UP
        return
    if _PRICES.search(words):
        decision.kind = Kind.LEVEL
        return
    if _share_end().search(words):
        decision.kind = Kind.SHARE
        noun = ending(page, start, tail.core, ("shares.nouns",))
        if noun is not None:
            decision.core = tail.core - len(noun[0])
            within = _WITHIN.search(page, start, tail.core)
            if within is not None:
                decision.base, decision.core = within["base"].removeprefix("在"), within.start()
        return
    if _GROWING.search(page, max(0, slot.clause - 16), slot.clause) is not None:
        decision.kind, decision.direction = Kind.CHANGE, Direction.UP
        return
    if tail.same:
        decision.kind, decision.direction = Kind.CHANGE, Direction.UP
        decision.doubts = ("the words do not say which way it changed",)


def _share_of(page: str, slot: Slot, decision: Decision, found: re.Match[str]) -> None:
    """占总量的96%: the whole is between 占 and the figure, and a hedge may stand before 占."""
    decision.kind = Kind.SHARE
    decision.core = found.start()
    base = _SHARE_WORDS.sub("", found["base"])
    decision.base = base.strip(" 比") or None
    for length in (3, 2, 1):
        word = page[max(slot.left, found.start() - length) : found.start()]
        hedge = hedges_before().get(word)
        if len(word) == length and hedge is not None and word != "上":
            decision.core -= length
            if slot.token.hedge is None:
                decision.hedge, decision.start = hedge, decision.core
            return


_MULTIPLE = re.compile("(?:约?是|约?为|已?达到?了?|相当于|等于|超过|高达|接近|近)(?P<base>[^,。;:]{1,24}?)的?$")


_OF_WHAT = re.compile("(?P<base>[^,。;:]{1,16})的$")


def _times(page: str, slot: Slot, tail: Tail, decision: Decision) -> None:
    if slot.token.printed.startswith("翻"):
        decision.kind = Kind.RATIO
        return
    if tail.direction is not None and not tail.to:
        decision.kind = Kind.CHANGE
        than = _than(page, slot, tail)
        if than is not None:
            decision.core, decision.base = than
        if tail.word in {"高", "高出", "多", "多出", "快"}:
            decision.kind = Kind.RATIO
            decision.doubts = ("so many times more may mean so many times as much",)
        return
    decision.kind = Kind.RATIO
    found = _MULTIPLE.search(page, max(slot.left, slot.token.start - 30), slot.token.start)
    found = found or _OF_WHAT.match(page, slot.left, slot.token.start)
    if found is not None and found["base"].strip("的 "):
        decision.core, decision.base = found.start(), found["base"].strip("的 ")


_AIM = re.compile(r"目标(?:值|任务)?[^,。;]{0,6}$")
_AIMING = re.compile(
    "力争|争取|确保|目标是|目标为|主要目标|预期目标|发展目标|计划(?:到|在|新增|实现|达|完成)|拟(?:到|于|新增)|规划到|锚定|冲刺|瞄准|将(?:达到?|超过|突破|实现|提高到|提升到|增至)"
)
_DONE = re.compile("提前|超额|已(?:经)?(?:完成|实现|达)|圆满完成|如期|高于目标|超过目标|超出")
_GUESS = re.compile("预计|预测|有望|预估|料将|或将|将会")


def as_aimed(kind: Kind, status: Status, base: str | None) -> Kind:
    """A share that is aimed at, of a whole that is not named, is a level to reach."""
    return Kind.LEVEL if kind is Kind.SHARE and status is Status.TARGET and base is None else kind


def status_of(page: str, sentence: int, slot: Slot) -> Status:
    """Whether a figure is a target, a forecast or measured, as the words of its sentence in front of it say."""
    start = max(sentence, slot.token.start - 80)
    near = page[max(start, slot.clause - 12) : slot.token.numeral]
    if _AIM.search(near) is not None and not re.search("目标(?:达成|完成)", near):
        return Status.TARGET
    words = page[start : slot.token.numeral]
    if _GUESS.search(page, slot.clause, slot.token.numeral) is not None:
        return Status.FORECAST
    if _AIMING.search(words) is not None and _DONE.search(words) is None:
        return Status.TARGET
    return Status.ACTUAL
