"""Tables: the figures of rows, named by their own first cell and by the header above them.

This room knows rows and columns. What a header or a label means it asks the rooms that know words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.model.periods import Period
from ipmetrics.prose.chinese.clauses import Slot
from ipmetrics.prose.chinese.drafts import Draft
from ipmetrics.prose.chinese.naming import measure
from ipmetrics.prose.chinese.numerals import Token, scan
from ipmetrics.prose.chinese.periods import Mention, mentions
from ipmetrics.prose.chinese.phrases import Phrase, heads, phrase
from ipmetrics.prose.chinese.placing import as_stock, printed
from ipmetrics.prose.chinese.regions import places
from ipmetrics.prose.statements import Direction, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.blocks import Block
    from ipmetrics.prose.chinese.story import Story

__all__ = ["read_rows"]


@attrs.define
class _Column:
    """What the header says of a column."""

    words: str = ""
    period: Mention | None = None
    kind: Kind = Kind.LEVEL
    measure: str = ""
    scale: str = ""
    base: str | None = None


_CHANGE = re.compile("同比|增长|增幅|增速|环比|变化|增减|涨幅|降幅")
_SHARE = re.compile("占比|比重|比例|份额|占")
_WHOLE = re.compile("占(.{1,12}?)的?(?:比重|比例|份额|%|比)")
_RANK = re.compile("排名|位次|名次|序号|排序")
_UNIT = re.compile(r"[(\[]?(?:单位:?)?(?P<scale>[万亿]{0,2})(?P<unit>件|家|项|个|人|元|美元|起|户|%|％|倍|名次)[)\]]?$")


def read_rows(story: Story, rows: Sequence[Block]) -> list[Draft]:
    """Read the rows of one table; the first is its header unless it holds figures itself."""
    columns: list[_Column] = []
    drafts: list[Draft] = []
    noun = ""
    for number, row in enumerate(rows):
        if number == 0 and _is_header(story, row):
            columns = [_column(story, start, end) for start, end in row.cells]
            noun = _noun(columns[0].words) if columns else ""
            continue
        drafts.extend(_read_row(story, row, columns, noun))
    return drafts


def _is_header(story: Story, row: Block) -> bool:
    values = [story.page[start:end].strip() for start, end in row.cells[1:]]
    return not any(re.fullmatch(r"[+-]?[\d,]+(?:\.\d+)?[%万亿件]?", value) and not _is_year(value) for value in values)


def _is_year(value: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d{2}年?", value) is not None


def _column(story: Story, start: int, end: int) -> _Column:
    page = story.page
    column = _Column()
    words = page[start:end].strip()
    times = [time for time in mentions(page, start, end, story.clock) if time.period is not None]
    if not times and _is_year(words):
        times = [Mention(start=start, end=end, period=Period(int(words[:4])))]
    column.period = times[0] if times else None
    unit = _UNIT.search(words)
    if unit is not None:
        column.measure, column.scale = unit["unit"], unit["scale"]
        words = words[: unit.start()]
    if _CHANGE.search(words):
        column.kind = Kind.CHANGE
    elif _SHARE.search(words):
        column.kind = Kind.SHARE
        whole = _WHOLE.search(words)
        column.base = whole[1] if whole is not None else None
    elif _RANK.search(words):
        column.kind = Kind.RANK
    skipped = {time.start: time.end for time in times}
    column.words = phrase(page, start, start + len(words), skipped).words if words else ""
    return column


_SORTS = re.compile("类型|类别|种类|分类|名称|项目|指标|内容|单位|地区|年份|年度|时间|申请人|排名|国家|企业|机构")


def _noun(words: str) -> str:
    """What the labels of the rows are kinds of: 纠纷 of 纠纷类型."""
    rest = _SORTS.sub("", words)
    return rest if rest != words and heads(rest) else ""


def _read_row(story: Story, row: Block, columns: list[_Column], noun: str) -> list[Draft]:
    if not row.cells:
        return []
    page = story.page
    start, end = row.cells[0]
    stated = _UNIT.search(page, start, end)
    if stated is not None and not page[start : stated.start()].strip():
        stated = None
    label = phrase(page, start, stated.start() if stated is not None else end, {})
    if not label.words:
        label = Phrase(start, end, page[start:end].strip())
    named = [place for place in places(page, start, end) if not place.base]
    when = [time for time in mentions(page, start, end, story.clock) if time.period is not None]
    made: list[Draft] = []
    for number, (first, last) in enumerate(row.cells[1:], 1):
        column = columns[number] if number < len(columns) else _Column()
        if stated is not None and not column.measure and column.kind is Kind.LEVEL:
            column = attrs.evolve(column, measure=stated["unit"], scale=stated["scale"])
        token = _figure_of(page, first, last, column)
        if token is None or (column.kind is Kind.RANK and "序号" in column.words):
            continue
        slot = Slot(token=token, left=first, clause=first, right=last)
        draft = Draft(
            token=token, slot=slot, sentence=(row.start, row.end), kind=_kind(token, column), start=token.start
        )
        draft.hedge = token.hedge
        region = printed(story, named[0]) if named and named[0].name else None
        draft.region = region or story.section or story.home
        words = "" if (region and named[0].end - named[0].start >= len(label.words)) or when else label.words
        _name(story, draft, words if not words or words.endswith(noun) else words + noun, column)
        period = column.period or (when[0] if when else None)
        draft.period = period.period if period is not None else story.flow or story.period
        draft.point = period.point if period is not None else False
        as_stock(draft)
        if draft.kind is Kind.CHANGE:
            draft.direction = Direction.DOWN if token.sign == "-" else Direction.UP
        draft.base = column.base if draft.kind is Kind.SHARE else None
        _about(draft, made)
        made.append(draft)
    return made


def _figure_of(page: str, start: int, end: int, column: _Column) -> Token | None:
    """The one figure of a cell, with the scale and unit that the header states for it."""
    tokens = list(scan(page, start, end))
    if len(tokens) != 1 or not tokens[0].figure:
        return None
    token = tokens[0]
    if page[token.end : end].strip() or page[start : token.start].strip():
        return None
    if token.measure or token.form is not FigureForm.NUMBER:
        return token
    if column.measure in {"%", "％"} or (column.kind is Kind.SHARE and not column.measure):
        found = list(scan(page[token.start : token.end] + "%", 0, token.end - token.start + 1))
        return attrs.evolve(token, form=found[0].form, figure=found[0].figure) if found else token
    if column.scale:
        power = {"万": 4, "亿": 8, "万亿": 12}.get(column.scale, 0)
        token = attrs.evolve(token, figure=token.figure + column.scale, value=token.value * 10**power)
    return attrs.evolve(token, measure=column.measure)


def _kind(token: Token, column: _Column) -> Kind:
    if token.is_rank or column.kind is Kind.RANK:
        return Kind.RANK
    if token.form is FigureForm.NUMBER:
        return Kind.CHANGE if column.kind is Kind.CHANGE else Kind.LEVEL
    return Kind.SHARE if column.kind is Kind.SHARE else Kind.CHANGE


def _name(story: Story, draft: Draft, label: str, column: _Column) -> None:
    """The label of the row and the words of the column, with the topic above where both are bare."""
    own = "" if draft.kind in {Kind.CHANGE, Kind.SHARE} else column.words
    words = label + ("" if own in {"数量", "件数", "数值", "指标", "合计"} else own)
    draft.indicator = (
        story.printed(words) or story.topic or (story.block[-1].indicator if story.block else None) or label or None
    )
    draft.own = True
    counted = words
    if not draft.token.measure and draft.token.form is FigureForm.NUMBER and "件数" in column.words:
        draft.token = attrs.evolve(draft.token, measure="件")
    measure(story, draft, counted)
    if draft.unit in {None, "item"} and story.block:
        draft.unit = story.block[-1].unit


def _about(draft: Draft, made: list[Draft]) -> None:
    if draft.kind is Kind.LEVEL:
        return
    levels = [each for each in made if each.kind is Kind.LEVEL]
    if levels:
        draft.about = levels[-1]
        draft.indicator, draft.period, draft.point = levels[-1].indicator, levels[-1].period, levels[-1].point
        if draft.kind is Kind.CHANGE and len(levels) > 1:
            draft.base_period = levels[0].period
