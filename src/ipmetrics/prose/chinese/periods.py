"""Periods: words of time and the days they mean: 今年1至10月, 去年底, 前三季度, 截至2023年末, “十三五”期间, 105年第3季.

This room knows the calendar of this language. A word that leaves its year open is read by the year named last and the
day of publication, which a `Clock` keeps. Which figure a period belongs to is not known here.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Clock", "Mention", "mentions", "year_before"]


@attrs.define
class Clock:
    """What is known of the time while a text is read.

    Parameters
    ----------
    published
        The day of publication.
    year
        The year that was named last.
    named
        The period that was named last.
    republic
        Whether years are counted from 1912, as Taiwan does.
    """

    published: date | None = None
    year: int | None = None
    named: Period | None = None
    republic: bool = False


@attrs.frozen(kw_only=True)
class Mention:
    """Words of time.

    Parameters
    ----------
    start, end
        Their offsets.
    period
        What they mean; None for a plain day (of a meeting, of a report) and for words that name none.
    point
        Whether they name the end of a period: 年末, 截至…月.
    base
        Whether something is compared with it: 比上年, 上年同期.
    several
        Whether they name several years one by one: 2021至2023年.
    """

    start: int
    end: int
    period: Period | None = None
    point: bool = False
    base: bool = False
    several: bool = False


_HAN = {word: number for number, word in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}
_MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_TO = "[-—–~～至到]{1,2}"
_LAST = frozenset({"上年", "上一年", "上年度", "上一年度"})
_RELATIVE = dict.fromkeys(_LAST, -1) | {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "去年": -1,
    "去岁": -1,
    "前年": -2,
    "明年": 1,
}


@cache
def _pattern() -> re.Pattern[str]:
    years = r"(?:19|20)\d{2}"
    whole = "|".join(_RELATIVE)
    part = (
        rf"(?P<half>[上下]半年)|前(?P<months>{_MONTH}|两)个?月|前(?P<quarters>[一二两三1-3])个?季度?"
        rf"|(?P<from>{_MONTH})(?:月份?)?{_TO}(?P<to>{_MONTH})月份?|第?(?P<quarter>[一二三四1-4])季度?(?!报)"
        rf"|(?P<month>{_MONTH})月份?(?:(?P<day>[1-3]?\d)[日号])?|(?P<full>全年度?)"
    )
    return re.compile(
        rf"(?P<iso>(?<!\d){years}[-/.](?:1[0-2]|0?[1-9])[-/.][0-3]?\d(?!\d))"
        rf"|(?P<compared>[比较与同跟]|相较于?|相比)?(?P<until>截至|截止到?|直至|[到至])?"
        rf"(?:(?<!\d)(?P<first>{years})年?(?:{_TO}|[和、])(?P<last>{years})(?:年(?:度|间|期间)?|(?!\d))"
        rf"|“?十(?P<plan>[一二三四五])五”?(?:规划)?(?P<planned>时期|期间|末|以来|收官)"
        rf"|(?:(?<!\d)(?P<year>{years})(?:年度?(?!以[上下]|内)|(?=[上下]半年))|(?P<roc>民国\d{{2,3}}年度?"
        rf"|(?<!\d)(?:9\d|1[0-3]\d)年度?)"
        rf"|(?P<relative>{whole})|(?P<same>当年|同年|该年度?))?(?:[的,]?(?:{part}))?"
        rf"(?P<end>年?[末底]|月?[末底]|年?初|月初)?(?P<since>以来)?)(?P<phase>同期)?(?P<asof>为止|止)?"
        rf"|(?P<next>上半年|年[末底]|年初|目前|日前|迄今|至今|近年来?|近日|当前|上月|本月)"
    )


_HEADS = re.compile("[一二三四五六七八九十今去上下前本明当同该年第民“目日迄近全截直到至比较与跟相\\d]")


def mentions(page: str, start: int, end: int, clock: Clock) -> Iterator[Mention]:
    """The words of time in a stretch, in order; the clock is moved along.

    Examples
    --------
    >>> page = "去年末全市有效发明专利24.14万件,比上年增长19.53%"
    >>> for found in mentions(page, 0, len(page), Clock(date(2024, 2, 22))):
    ...     print(page[found.start : found.end], found.period, found.point, found.base)
    去年末 2023-12-31 True False
    上年 2022 False True
    """
    here, pattern = start, _pattern()
    while (head := _HEADS.search(page, here, end)) is not None:
        match = pattern.match(page, head.start(), end)
        if match is None or not _says(match):
            here = head.end()
            continue
        found = _mention(match, clock)
        if found is None:
            here = head.end()
            continue
        yield found
        here = match.end()


_MULTIPLE = re.compile(r"的?(?:近|约|超过?|逾)?(?:\d[\d.]{0,8}|[一二两三四五六七八九十]{1,3})[余多]?倍(?!增)")
_SAYING = ("first", "plan", "year", "roc", "relative", "same", "half", "months", "quarters", "from", "quarter", "month")
_ALSO = ("full", "iso", "next")


def _says(match: re.Match[str]) -> bool:
    """Whether a match names a time, and is more than a particle or a number that happens to stand there."""
    if match["compared"] and match["compared"] + (match["until"] or "") == match[0]:
        return False
    return any(match[name] for name in (*_SAYING, *_ALSO)) or bool(match["phase"] and len(match[0]) > 2)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 2 if text == "两" else _HAN[text]


def _mention(match: re.Match[str], clock: Clock) -> Mention | None:
    if match["roc"] and not (clock.republic or match["roc"].startswith("民国")):
        return None
    base = bool(match["compared"] or match["phase"] or _MULTIPLE.match(match.string, match.end()))
    start = match.start() + len(match["compared"] or "")
    if match["until"] and match["until"] in "到至" and not _bounds(match):
        start += len(match["until"])
    if match["iso"]:
        return Mention(start=start, end=match.end())
    if match["next"]:
        return _word(match, start, clock)
    try:
        period = _period(match, clock, base=base)
    except IpmetricsError:
        return Mention(start=start, end=match.end())
    if period is None:
        return Mention(start=start, end=match.end(), base=base)
    point = bool(match["end"] or (match["until"] and _bounds(match)) or match["asof"] or match["planned"] == "末")
    if match["day"] and not point:
        return Mention(start=start, end=match.end(), base=base)
    if point:
        first = bool(match["end"] and match["end"][-1] == "初")
        period = Period(period.previous.end) if first else period.last_day
    several = bool(match["first"]) and (period.months or 0) > 12
    if not base:
        clock.named = period
        clock.year = period.end.year
    return Mention(start=start, end=match.end(), period=period, point=point, base=base, several=several)


def _bounds(match: re.Match[str]) -> bool:
    """Whether 到 or 至 in front says "as of" rather than "to": only with the end of a year, month or day."""
    return (match["until"] or "")[:1] in "截直" or bool(match["end"] or match["day"] or match["asof"])


def _word(match: re.Match[str], start: int, clock: Clock) -> Mention:
    word = match["next"]
    year = clock.year or (clock.published.year if clock.published else None)
    if year is None or word not in {"年末", "年底", "年初", "上半年"}:
        return Mention(start=start, end=match.end())
    day = date(year - 1, 12, 31) if word == "年初" else date(year, 12, 31)
    return Mention(start=start, end=match.end(), period=Period(day), point=True, base=bool(match["compared"]))


def _period(match: re.Match[str], clock: Clock, *, base: bool) -> Period | None:
    """The stretch of time that a match names; None if its year cannot be told."""
    if match["first"]:
        return Period(f"{match['first']}/{match['last']}")
    if match["plan"]:
        first = 2001 + 5 * _HAN[match["plan"]]
        return Period(f"{first}/{first + 4}")
    months = _months(match)
    year = _year(match, clock, months, base=base)
    if year is None:
        return None
    if months is None:
        return Period(year)
    if match["day"]:
        return Period(f"{year}-{months[0]:02}-{int(match['day']):02}")
    first, last = months
    return Period(f"{year}-{first:02}/{year}-{last:02}") if first <= last else None


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    if match["half"]:
        return (1, 6) if match["half"][0] == "上" else (7, 12)
    if match["months"]:
        return 1, _number(match["months"])
    if match["quarters"]:
        return 1, 3 * _number(match["quarters"])
    if match["from"]:
        return _number(match["from"]), _number(match["to"])
    if match["quarter"]:
        last = 3 * _number(match["quarter"])
        return last - 2, last
    if match["month"]:
        return _number(match["month"]), _number(match["month"])
    return None


def _year(match: re.Match[str], clock: Clock, months: tuple[int, int] | None, *, base: bool) -> int | None:
    """The year of a match: named, told from the day of publication, or the year named last."""
    if match["year"]:
        return int(match["year"])
    if match["roc"]:
        return int(re.sub(r"\D", "", match["roc"])) + 1911
    published = clock.published
    if match["relative"]:
        return _relative(match["relative"], clock, base=base or match["end"] is not None)
    if match["same"]:
        return clock.year or (published.year if published else None)
    if months is None:  # 全年, 年末
        late = published is not None and published.month > 6
        return clock.year or (None if published is None else published.year if late else published.year - 1)
    if clock.year is not None and (published is None or clock.year < published.year or not match["month"]):
        return clock.year
    if published is None:
        return None
    return published.year if months[1] <= published.month else published.year - 1


def _relative(word: str, clock: Clock, *, base: bool) -> int | None:
    """The year that 今年, 去年, 上年 mean; 上年 behind a comparison is the year before the one spoken of."""
    back = _RELATIVE[word]
    if base and word in _LAST and clock.year is not None:
        return clock.year - 1
    if clock.published is None:
        return None if clock.year is None else clock.year + back
    return clock.published.year + back


def year_before(period: Period) -> Period | None:
    """The same stretch a year earlier, if the calendar reaches so far."""
    try:
        return period.year_before
    except (IpmetricsError, ValueError):
        return None
