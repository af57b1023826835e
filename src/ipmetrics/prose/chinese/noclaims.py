"""No claims: numbers that state no statistic: numbers of documents, telephones, editions, clock times, denominators.

This room knows what such numbers look like. What is left may still be none, which only its sentence tells.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ipmetrics.model.figures import FigureForm, Hedge
from ipmetrics.prose.chinese.words import any_of, listed, opening

if TYPE_CHECKING:
    from ipmetrics.prose.chinese.numerals import Token

__all__ = ["is_context", "is_place_in_order", "masks"]

_N = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百千]{1,4})"


@cache
def _pattern() -> re.Pattern[str]:
    counted, editions = any_of(listed("figures.classifiers")), any_of(listed("nothing.editions"))
    spells, lapses, ends = (any_of(listed(f"nothing.{name}")) for name in ("spells", "lapses", "lapse_ends"))
    labels = any_of(listed("nothing.labels"))
    several = r"(?:\d[\d.,]{0,12}|[一二两三四五六七八九十])?[十百千万亿]{0,3}"
    kinds = (
        r"[(〔\[【]\d{4}[)〕\]】](?:[^,。;\s()]{1,12}?\d{1,6}号|\d{1,6}号?)",  # numbers of documents and cases
        rf"第 ?{_N} ?{editions}(?!位|名)",
        rf"每(?:新增|产出|生产)?{several}(?:名|个|户|家)?(?:{counted}|人口|人|居民)",  # the lower part of a rate
        r"(?<!\d)\d{3,4}-\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?!\d)",  # telephones
        r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d{1,2}时(?:\d{1,2}分)?|\d{1,2}[日号](?!线)|\d{4,6}号",
        r"(?<![A-Za-z\d])(?!(?:US|NT|HK|RMB|USD|PCT|GDP)[$\d])[A-Za-z][A-Za-z./-]{0,9}\d[\dA-Za-z./-]{0,19}",  # GB29490
        r"(?<![\d.])\d{1,3}[A-Za-z](?![A-Za-z]{3})[A-Za-z\d]{0,2}",  # 5G
        rf"前?{_N}强|{_N}大(?![幅多量约关增减降涨跌])|[百千]强|{_N}岁",
        rf"{labels}[::]? ?\d[\d.万-]{{0,14}}[次条人]?(?![件家项亿%])",
        rf"{_N}[余多]?周年|{spells}了?{_N}[余多]?{lapses}",
        rf"{_N}[余多]?{lapses}多?{ends}",
        r"20\d{2}(?:-20\d{2})?(?=[版届年])",
    )
    return re.compile("|".join(kinds))


_NUMBERING = re.compile(r"[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)\]、]|[.](?!\d))")


def masks(page: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches whose numbers are no claims, in order; the number that opens a list item among them.

    Examples
    --------
    >>> page = "1、国发〔2021〕20号提出,每万人拥有50.2件,连续3年居首"
    >>> [page[first:last] for first, last in masks(page, 0, len(page))]
    ['1、', '〔2021〕20号', '每万人', '连续3年']
    """
    found = []
    opening = _NUMBERING.match(page, start, end)
    if opening is not None:
        found.append((opening.start(), opening.end()))
    found.extend(match.span() for match in _pattern().finditer(page, opening.end() if opening else start, end))
    return found


_TIME = frozenset("年 周年 个月 个多月 天 周 小时 分钟 工作日 个工作日 个自然日".split())
_LASTING = re.compile("周期|时长|时限|期限|年限|时间|寿命|用时|平均|审限|期|历时|最短|最长|时效")
_KINDS = frozenset("种类条门字度步岁级层票对单区期版场篇年次")
_STOPPED = re.compile(r"[,。;:、()!?\s]|$")
_SMALL = 20


def is_context(page: str, token: Token, before: str, *, end: int) -> bool:
    """Whether a count only sets the scene: elapsed time, a threshold that defines a group, a handful of kinds.

    Parameters
    ----------
    page, token, end
        The number and the end of its sentence.
    before
        The words of its sentence in front of it.
    """
    after = page[token.end : min(end, token.end + 12)]
    if token.measure in _TIME:
        return (
            _LASTING.search(before[-40:]) is None
            or after[:1] in set("内来间后前以的")
            or _is_group(after, token, before)
        )
    if token.spelled and token.form is FigureForm.NUMBER:
        big = token.value >= 100 or token.hedge is not None
        return not (token.measure and big) or (token.value < 10)
    if token.measure == "个" and opening(page, token.end, min(end, token.end + 6), ("nothing.context",)):
        return True
    if token.measure in _KINDS and token.value < _SMALL and not _STOPPED.match(after):
        return True
    if not token.measure and token.form is FigureForm.NUMBER and _is_year(token):
        return True
    return _is_group(after, token, before)


def _is_year(token: Token) -> bool:
    return len(token.printed) == 4 and 1900 <= token.value <= 2100 and token.hedge is None


def _is_group(after: str, token: Token, before: str) -> bool:
    """Whether a bound only names a group: 1000万元以下的贷款, 维持10年以上的专利."""
    if token.form is not FigureForm.NUMBER or token.hedge is None or not token.measure:
        return False
    late = token.hedge in {Hedge.AT_LEAST, Hedge.AT_MOST}
    if after.startswith("的") and (late or token.measure in _TIME):
        return not re.match("的[,。;]", after)
    return (
        late
        and not _STOPPED.match(after)
        and not before.endswith(("达", "达到", "有", "在", "至", "到", "为", "共", "成"))
    )


_ORDERED = re.compile(r"[,。;:、()!?\s大的并以]|$|[和及与]|位|名|且|而")


def is_place_in_order(page: str, token: Token, before: str, *, end: int) -> bool:
    """Whether an ordinal is a rank and no first step, third party or list of the best."""
    after = page[token.end : min(end, token.end + 4)]
    if token.measure == "":
        return True
    counted = page[token.end - 1 : token.end] in "位名"
    if token.measure == "前":
        return not re.match("[为的是:分共强百\\d]", after) and (
            re.search("(?:居|列|位|排|入|跻身|第|名|均|全[国省市区球]|世界)[^,。;]{0,4}$", before[-8:]) is not None
            and _ORDERED.match(after) is not None
            and not after.startswith(("的", "位为", "名为"))
        )
    if (before.endswith(("至", "到第")) and re.search("第[^,。;]{1,4}[至到]$", before[-8:])) or after.startswith(
        ("至第", "到第")
    ):
        return False
    if counted:
        return True
    if not _ORDERED.match(after) and not after.startswith(("增", "位")):
        return False
    return before.endswith(listed("ranks.verbs")) or re.search("(?:居|列|位|排)[^,。;]{1,8}$", before[-10:]) is not None
