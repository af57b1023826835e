"""Regions: places, offices, courts and companies that figures are quoted for, and 全市 or 我国 for the text's own.

This room knows names from the catalogue and from `words.toml`, and how an unknown name ends (…市, …区, …有限公司). It
does not know which figure a name belongs to.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics import catalogue
from ipmetrics.prose.chinese.words import any_of, listed, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Place", "home", "places"]


@attrs.frozen(kw_only=True)
class Place:
    """A name of a place or body in the text.

    Parameters
    ----------
    start, end
        Its offsets.
    name
        What it is called; empty for 全市, 该公司 and others that stand for the text's own.
    sort
        ``"place"``, ``"nation"``, ``"world"``, ``"body"`` (office, court, university, company) or ``"own"``.
    base
        Whether something is compared with it or ranked within it: 占全国…, 居全省首位.
    """

    start: int
    end: int
    name: str
    sort: str
    base: bool = False


_FEWEST = 2  # letters of a name; one-letter names are mostly parts of other words
_NO_NAMES = frozenset({"世界", "全球", "全世界", "中国", "马里", "乍得", "东城", "西城"})


@cache
def _known() -> frozenset[str]:
    names: set[str] = set()
    for region in catalogue.regions():
        names.update(simplified(name) for name in (region.label, *region.names) if _is_han(name))
    return frozenset(name for name in names if len(name) >= _FEWEST) - _NO_NAMES | set(listed("entities.cities"))


def _is_han(name: str) -> bool:
    return all("\u4e00" <= letter <= "\u9fff" for letter in name)


@cache
def _sorts() -> dict[str, str]:
    told = dict.fromkeys(_known(), "place")
    told |= dict.fromkeys(listed("entities.companies"), "body")
    told |= dict.fromkeys(listed("entities.foreign"), "place")
    told |= dict.fromkeys(listed("entities.world"), "world")
    told |= dict.fromkeys((*listed("entities.centre"), *listed("entities.nation")), "nation")
    told |= dict.fromkeys(listed("entities.taiwan"), "taiwan")
    told |= dict.fromkeys(listed("entities.pronouns"), "own")
    return told


@cache
def _pattern() -> re.Pattern[str]:
    known, more = any_of(tuple(_sorts())), any_of(listed("entities.suffixes"))
    part = (
        "(?!地区|各|全|园|社|示范|和|与|的|及|在|共|有|发|专|商|知)(?:[一-龥](?<![的和与及在共])){1,3}?"
        "(?:新区|高新区|经开区|开发区|区|县)"
    )
    before = r"(?:(?<![^,。;:(、\s])|(?<=其中)|(?<=[在由年月末底]))"
    other = (
        "(?!全|各|城|地|本|该|我|园|社|片|超|上市|是|为|即|达|比|占|较|高|居|约|近|含|其)"
        "[一-龥]{2,3}(?:自治州|自治县|新区|市|区|县)"
    )
    return re.compile(
        rf"(?P<name>{known})(?P<more>(?:{more})(?!场)|(?=[一-龥]{{2,3}}[区县]))?(?P<part>{part})?"
        rf"|{before}(?P<other>{other})"
    )


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(any_of(listed("entities.endings")))


_NOT_IN_NAMES = frozenset("全各年月日本该我的和与在对其个")
_EDGES = re.compile(r"[,。;:!?()、“”《》\s\d的在由对向与和及据了是年月日]|其中|以及")
_LONGEST_BODY = 20
_RANKED = re.compile(
    r"(?:各|的)?(?:平均|均值|第[\d一二三四五六七八九十]|首位|前[\d一二三五十列]|总量|总数|总额|之首|最|水平|榜首|同类|比重|比例"
    r"|[近约超逾]?(?:\d[\d.]{0,8}|[一二两三四五六七八九十]{1,3})[余多]?倍(?!增)|\d{1,2}/|[一二两三四五]分之|半数|一半)"
)


def places(page: str, start: int, end: int) -> Iterator[Place]:
    """The names in a stretch, in order.

    Examples
    --------
    >>> page = "广州市越秀区专利授权量居全市前三,占广东省的5%"
    >>> [(place.name, place.sort, place.base) for place in places(page, 0, len(page))]
    [('广州市越秀区', 'place', False), ('', 'own', True), ('广东省', 'place', True)]
    """
    bodies = list(_bodies(page, start, end))
    inside = 0
    for match in _pattern().finditer(page, start, end):
        while inside < len(bodies) and bodies[inside].end <= match.start():
            yield bodies[inside]
            inside += 1
        held = bodies[inside] if inside < len(bodies) and bodies[inside].start <= match.start() else None
        if held is None and not _is_no_name(match["other"]):
            yield _place(page, match)
    yield from bodies[inside:]


def _is_no_name(other: str | None) -> bool:
    return bool(other) and (
        str(other).endswith(listed("entities.no_endings")) or not _NOT_IN_NAMES.isdisjoint(str(other))
    )


def _place(page: str, match: re.Match[str]) -> Place:
    name = match["name"]
    sort = _sorts().get(name or "", "place")
    last = match.end() if sort == "place" else match.end("name")
    spelled = {"nation": "中国", "own": "", "taiwan": "台湾"}.get(sort, page[match.start() : last])
    sort = {"taiwan": "place"}.get(sort, sort)
    return Place(start=match.start(), end=last, name=spelled, sort=sort, base=_is_base(page, match.start(), last))


def _is_base(page: str, start: int, end: int) -> bool:
    """Whether the words around say that something is compared with a name or ranked within it."""
    if _RANKED.match(page, end):
        return True
    before = page[start - 1 : start] if start else ""
    return bool(before) and before in "占比较居" and page[start - 2 : start] != "对比"


def _bodies(page: str, start: int, end: int) -> Iterator[Place]:
    """Names that end as names of bodies do: back from the ending to the last mark or particle."""
    here = start
    centre = frozenset(listed("entities.centre"))
    for match in _endings().finditer(page, start, end):
        first = max(here, match.start() - _LONGEST_BODY)
        edge = first
        for mark in _EDGES.finditer(page, first, match.start()):
            edge = mark.end()
        name = page[edge : match.end()]
        if match.start() - edge < 1 or name in centre or _offices(name):
            continue
        here = match.end()
        yield Place(start=edge, end=here, name=name, sort="body", base=page[max(edge - 1, 0) : edge] in set("占比较居"))


def _offices(name: str) -> bool:
    """Whether a body is an office that speaks for its place, 市知识产权局, or a word for many: 各级法院."""
    return name.endswith(("知识产权局", "版权局", "专利局", "海关")) or name.startswith(listed("entities.many"))


_DATELINE = re.compile(
    r"(?:社|网|报|新闻|讯)[^,。;]{0,12}?\d{1,2}[日号](?:电|讯|消息)|(?:社|网)[一-龥]{2,4}\d{1,2}月\d{1,2}日"
)


def home(page: str, stretches: Iterable[tuple[int, int]]) -> str | None:
    """The region a text is about: of the first name in its title, or else in its first paragraphs.

    A longer name that ends in it is taken instead: 广州市越秀区 for 越秀区.
    """
    found: str | None = None
    for start, end in stretches:
        line = _DATELINE.search(page, start, min(end, start + 60))
        for place in places(page, start, end):
            if line is not None and line.start() <= place.start < line.end():
                continue
            if found is None:
                found = _as_home(place, start)
            elif place.name != found and place.name.endswith(found):
                found = place.name
    return found


def _as_home(place: Place, start: int) -> str | None:
    if place.sort == "own" or (place.base and place.sort != "nation"):
        return None
    if place.sort == "world":
        return None
    if place.sort == "body":
        if place.start > start + 2 and not place.name.endswith(_COURTS):
            return None
        inside = _pattern().match(place.name)
        if inside is not None and _SPEAKS.fullmatch(place.name, inside.end()):
            return inside[0]
    return place.name or None


_COURTS = ("法院", "法庭", "检察院")
_SPEAKS = re.compile("(?:各级|高级|中级)?(?:人民)?(?:法院|检察院|海关|检察机关)")
