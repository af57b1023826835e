"""Numerals: every figure of a stretch with its hedge, scale words, sign, classifier and unit symbol.

This room knows how numbers are written: 5万3345件, 24.14万件, 超四成, 近十倍, 三分之一, 百分之五, 第5位, 翻一番.
It does not know what is counted nor whether it is a claim.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.figures import Figure, FigureForm, Hedge
from ipmetrics.prose.chinese.words import any_of, hedges_after, hedges_before, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Token", "scan"]

_MOST = 60  # letters of one numeral; longer runs of digits are no figure


@attrs.frozen(kw_only=True)
class Token:
    """One number as it is written.

    Parameters
    ----------
    start, end
        Its offsets, with hedge, scale word, sign, classifier and unit symbol.
    numeral
        The offset of the numeral alone.
    printed
        The numeral alone, without sign.
    figure
        As `ipmetrics.Figure` reads it; empty if it cannot.
    value
        Its size, scale word applied, percent in percent.
    hedge
        What its words make of it.
    form
        What its sign says it is; None for a rank.
    measure
        The classifier or unit behind it, or "".
    sign
        ``"+"``, ``"-"`` or "".
    spelled
        Whether it is written in words.
    """

    start: int
    end: int
    numeral: int
    printed: str
    figure: str
    value: Fraction
    hedge: Hedge | None = None
    form: FigureForm | None = FigureForm.NUMBER
    measure: str = ""
    sign: str = ""
    spelled: bool = False

    @property
    def is_rank(self) -> bool:
        """Whether it is an ordinal place."""
        return self.form is None


_DIGITS = r"(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+)(?:\.\d+)?"
_SCALE = "(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)"
_WORD = "[零〇一二两三四五六七八九十百千万亿]"
_NUMBER = rf"{_DIGITS}(?:[余多]?{_SCALE}(?:\d{{1,8}}{_SCALE}?){{0,3}})?"
_WORDS = rf"{_WORD}{{1,12}}(?:点{_WORD}{{1,4}})?"
_PARTS = rf"(?:[百千万十]|\d{{1,3}}|{_WORD}{{1,4}})分之(?:{_DIGITS}|{_WORD}{{1,6}}(?:点{_WORD}{{1,4}})?)"
_NO_TENTHS = "[为立果功本员长都熟交就效绩型品套份人]"  # 一成立, 三成员
_TENTHS = rf"(?:[一二两三四五六七八九]|\d(?:\.\d)?)成(?:[一二三四五六七八九半](?![个家件项]))?(?!{_NO_TENTHS})"
_FOLD = r"翻了?(?:[一两二三四五]|\d)?(?:番|倍)"
_HALF = "(?:一半|半数|(?<=[过近超逾])半(?![年导个天径月决小岛]))"
_FORM = "个?百分点|个?百分比|[%％]|‰|[余多]?倍"
_UPTO = rf"[%％]?[-~～–—至]{_NUMBER}(?=[%％倍万亿家件个元])"
_ABOVE = "[余多强](?![种样人年元])"


@cache
def _pattern() -> re.Pattern[str]:
    before, after = any_of(tuple(hedges_before())), any_of(tuple(hedges_after()))
    measures, money = any_of(listed("figures.classifiers")), any_of(listed("figures.currency"))
    numbers = (
        rf"(?P<fold>{_FOLD})",
        rf"(?P<part>{_PARTS})",
        r"(?P<ratio>\d{1,2}/\d{1,3}(?![\d/]))",
        rf"(?P<tenths>{_TENTHS})",
        rf"(?P<half>{_HALF})",
        rf"(?P<sign>[+−-](?=\d))?(?P<digits>{_NUMBER})(?P<upto>{_UPTO})?",
        rf"(?P<words>{_WORDS})",
    )
    return re.compile(
        rf"(?:(?P<before>{before})(?:为|了)? ?)?(?P<money>{money})? ?(?P<number>{'|'.join(numbers)})"
        rf"(?P<rest>(?P<more>{_ABOVE})? ?(?P<form>{_FORM})?(?P<unit>[余多]?{measures})?(?P<also>[余多](?=[,。;、)]))?"
        rf"(?P<after>{after})?)"
    )


@cache
def _ordinals() -> re.Pattern[str]:
    first, second, third = (any_of(listed(f"ranks.{name}")) for name in ("first", "second", "third"))
    return re.compile(
        rf"(?P<first>{first})|(?P<second>{second})|(?P<third>{third})"
        rf"|(?P<mark>第 ?|前)(?P<number>\d{{1,4}}|{_WORD}{{1,4}})(?P<counter>位|名)?"
    )


def scan(page: str, start: int, end: int) -> Iterator[Token]:
    """The figures of a stretch in order: ranks and numbers, whatever they stand for.

    Examples
    --------
    >>> page = "超4.5万件,增长近三成"
    >>> [(token.printed, token.figure, token.measure) for token in scan(page, 0, len(page))]
    [('4.5', '超4.5万', '件'), ('三成', '近三成', '')]
    """
    ranks = [match for match in _ordinals().finditer(page, start, end) if _rank(match) is not None]
    here, numbers = start, _pattern()
    for rank in ranks:
        while (match := numbers.search(page, here, end)) is not None and match.start() < rank.start():
            token = _token(page, match)
            if token is not None:
                yield token
            here = token.end if token is not None else match.end()
        if rank.start() >= here and (token := _rank(rank)) is not None:
            yield token
            here = token.end
    while (match := numbers.search(page, here, end)) is not None:
        token = _token(page, match)
        if token is not None:
            yield token
        here = token.end if token is not None else match.end()


def _rank(match: re.Match[str]) -> Token | None:
    place: int | None = None
    printed = match[0]
    if match["first"] or match["second"] or match["third"]:
        place = 1 if match["first"] else 2 if match["second"] else 3
    elif match["number"].isdecimal():
        place, printed = int(match["number"]), match["number"]
    else:
        figure = _figure(match["number"])
        if figure is not None and figure.value.denominator == 1:
            place, printed = int(figure.value), match["number"]
    if not place:
        return None
    return Token(
        start=match.start(),
        end=match.end(),
        numeral=match.start(),
        printed=printed,
        figure=str(place),
        value=Fraction(place),
        form=None,
        measure=match["mark"] or "",
        spelled=not match["number"],
    )


def _figure(text: str) -> Figure | None:
    try:
        return Figure(text)
    except IpmetricsError:
        return None


_STANDARD = {
    Hedge.OVER: "超",
    Hedge.UNDER: "近",
    Hedge.ABOUT: "约",
    Hedge.AT_LEAST: "至少",
    Hedge.AT_MOST: "至多",
}


@attrs.frozen
class _Parts:
    """A match taken apart: the numeral, its form and its unit without 余 and 多, which are a hedge."""

    body: str
    printed: str
    form: str
    unit: str
    hedge: Hedge | None


def _token(page: str, match: re.Match[str]) -> Token | None:
    """A number from its match; None if it is only letters that look like one."""
    if match["words"] and not _is_number(page, match):
        return None
    parts = _parts(match)
    plain, figure = _read(match, parts)
    if plain is None or figure is None:
        torn = match["digits"] is not None and (parts.unit or parts.form or len(match["digits"]) >= _MOST)
        return _unreadable(match, parts.printed) if torn else None
    return Token(
        start=match.start() if match["before"] else match.start("money" if match["money"] else "number"),
        end=match.end(),
        numeral=match.end() - len(match["rest"]) - len(parts.printed),
        printed=parts.printed,
        figure=figure.text,
        value=_value(plain),
        hedge=parts.hedge or (Hedge.OVER if plain is figure and match["words"] and figure.hedge else None),
        form=plain.form,
        measure=parts.unit or match["money"] or "",
        sign=_sign(page, match),
        spelled=match["digits"] is None and match["ratio"] is None,
    )


def _is_number(page: str, match: re.Match[str]) -> bool:
    """Whether number words count something: with a unit, a form or a hedge, and not 第三, 数千, 几百."""
    if match.start("words") and page[match.start("words") - 1] in "第数几":
        return False
    if match["words"] == "十" and match["unit"] == "分":  # very
        return False
    return bool(match["form"] or match["unit"] or match["before"])


def _sign(page: str, match: re.Match[str]) -> str:
    """The sign, unless it joins the number to letters or digits in front of it."""
    sign = match["sign"]
    if not sign:
        return ""
    before = page[match.start("sign") - 1 : match.start("sign")]
    return "" if before.isascii() and before.isalnum() else "+" if sign == "+" else "-"


def _parts(match: re.Match[str]) -> _Parts:
    body, printed = _body(match)
    form, unit = match["form"] or "", match["unit"] or ""
    more = match["more"] or match["also"] or ""
    if form[:1] in {"余", "多"}:
        more, form = form[0], form[1:]
    if unit[:1] in {"余", "多"}:
        more, unit = unit[0], unit[1:]
    if not more and match["digits"] and re.search("[余多]", match["digits"]):
        more, body = "余", re.sub("[余多]", "", body)
    hedge = hedges_before().get(match["before"] or "") or (Hedge.OVER if more else None)
    late = hedges_after().get(match["after"] or "")
    if hedge is Hedge.OVER and late is Hedge.AT_LEAST:
        hedge = late
    return _Parts(body, printed, form, unit, hedge or late)


def _read(match: re.Match[str], parts: _Parts) -> tuple[Figure | None, Figure | None]:
    """The number as the model reads it, without its hedge and with it; a bare 百 counts under a hedge alone."""
    text = parts.body + parts.form
    if len(text) > _MOST:
        return None, None
    plain = _figure(text)
    if plain is None and match["words"] and match["before"]:
        plain = _figure("超" + text)
    if plain is None or parts.hedge is None:
        return plain, plain
    return plain, _figure(_STANDARD[parts.hedge] + text) or plain


def _unreadable(match: re.Match[str], printed: str) -> Token:
    """A number that the model refuses, with its evident value if it has one: 1,40,000 counts 140000."""
    digits = match["digits"].replace(",", "")
    figure = _figure(digits + (match["form"] or "")) if len(digits) <= _MOST else None
    return Token(
        start=match.start("digits"),
        end=match.end(),
        numeral=match.start("digits"),
        printed=printed,
        figure=figure.text if figure is not None else "",
        value=_value(figure) if figure is not None else Fraction(0),
        form=figure.form if figure is not None else FigureForm.NUMBER,
        measure=match["unit"] or "",
    )


def _body(match: re.Match[str]) -> tuple[str, str]:
    """The numeral as the model reads it, and as it is printed."""
    if match["fold"]:
        return _folded(match["fold"]), match["fold"]
    if match["ratio"]:
        above, below = match["ratio"].split("/")
        return f"{below}分之{above}", match["ratio"]
    for name in ("part", "tenths", "half", "words"):
        if match[name]:
            return match[name], match[name]
    digits: str = match["digits"]
    if match["upto"]:
        return digits + match["upto"], digits + match["upto"]
    number = re.match(_DIGITS, digits)
    scaled = re.fullmatch(rf"{_DIGITS}[余多]?{_SCALE}", digits)
    return digits, number[0] if number is not None and scaled is not None else digits


def _folded(words: str) -> str:
    """翻一番 is twice as much, 翻两番 four times; 翻一倍 is twice as much too, 翻两倍 three times."""
    count = _figure(words.lstrip("翻了")[:-1] or "一")
    times = int(count.value) if count is not None else 1
    return f"{2**times if words.endswith('番') else times + 1}倍"


def _value(figure: Figure) -> Fraction:
    """The size as it is told: percent and points in percent, per mille in per mille."""
    value = abs(figure.value)
    if figure.form in {FigureForm.PERCENT, FigureForm.POINTS}:
        return value * 100
    return value * 1000 if figure.form is FigureForm.PER_MILLE else value
