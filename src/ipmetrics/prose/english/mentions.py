"""Mentions: every numeral of an English text with its hedge, sign, scale word and unit symbol.

This room finds figures and says how they are written. Whether one is a claim, and of what, it does not know.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm, Hedge
from ipmetrics.prose.english.numerals import NUMERAL, PHONE, ahead, behind, written
from ipmetrics.prose.english.vocabulary import hedge_words, listed, section

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Mention", "mentions_in"]

_REACH = 40  # letters before a numeral in which its hedge and currency stand
_NEAR = 12  # letters behind it that show whether it is part of a name


@attrs.frozen(kw_only=True)
class Mention:
    """One figure as written.

    Parameters
    ----------
    start, end
        Its offsets in the clean text, from its hedge to its unit symbol.
    core
        The offset of the numeral itself.
    printed
        The numeral as printed.
    figure
        What `ipmetrics.Figure` is to read, without a sign.
    value
        Its size: scale applied, percent in percent.
    form
        Number, percent, points or times.
    hedge
        What its words make of it.
    sign
        "+" or "-", if printed.
    currency
        The code of its currency.
    time
        The unit of a duration.
    worded
        Whether it is spelled out.
    scaled
        Whether it has a scale word.
    """

    start: int
    end: int
    core: int
    printed: str
    figure: str
    value: Fraction
    form: FigureForm
    hedge: Hedge | None
    sign: str
    currency: str | None
    time: str | None
    worded: bool
    scaled: bool


# Right behind a numeral of a name or of an adjective that counts nothing: 5G, 7-Zip, 24/7, 5-year; not in "12/5%".
_NAME = re.compile(r"[A-Za-z]|-(?:[A-Z0-9]|year|stor)|/(?![\d.,]+ ?%)\d")
_REST = re.compile(r" (\d{1,3})(?![\d%]|[,.]\d| ?(?:percent|per cent|years|months|days|million))")  # 53 thousand 436
_ARROWS = frozenset("▲▼↑↓")
_SIGNS = {**dict.fromkeys("+▲↑", "+"), **dict.fromkeys("-−–▼↓", "-")}
_HEDGES = {
    Hedge.OVER: "over ",
    Hedge.UNDER: "under ",
    Hedge.ABOUT: "about ",
    Hedge.AT_LEAST: "at least ",
    Hedge.AT_MOST: "at most ",
}
_HEDGES_BEHIND = {
    " or more": Hedge.AT_LEAST,
    " or above": Hedge.AT_LEAST,
    " or less": Hedge.AT_MOST,
    " or so": Hedge.ABOUT,
}


def mentions_in(clean: str, start: int, end: int) -> Iterator[Mention]:
    """Every figure between two offsets, in order, none inside another."""
    phones = iter([*(match.span() for match in PHONE.finditer(clean, start, end)), (end, end + 1)])
    first, last = next(phones)
    done = start
    for match in NUMERAL.finditer(clean, start, end):
        while last <= match.start():
            first, last = next(phones)
        if match.start() < done or first <= match.start():
            continue
        found = _mention(clean, match, done, end)
        if found is not None:
            yield found
            done = found.end


def _mention(clean: str, match: re.Match[str], done: int, end: int) -> Mention | None:
    """What a numeral is with the words around it, of which those before an offset are another's."""
    core, numeral = match.start(), match[0]
    tail = _tail(clean, match, end)
    head = ahead().search(clean, max(done, core - _REACH), core)
    if tail is None or head is None:
        return None
    sign = (head["currency"] or head["late"] or "").lower()
    if not sign and core > done and clean[core - 1].isascii() and clean[core - 1].isalpha():
        return None
    currency = listed("currencies").get((tail["money"] or "").lower()) or section("signs").get(sign)
    percent = bool(head["percent"]) or (head["sign"] in _ARROWS and not tail["form"])
    read = written(numeral, tail, currency, percent=percent)
    if read is None:
        return None
    figure, value, form = read
    last = tail.end()
    rest = _REST.match(clean, last, end) if (tail["scale"] or "").lower() == "thousand" else None
    if rest is not None and form is FigureForm.NUMBER:
        last = rest.end()
        if numeral.isdigit():
            value += int(rest[1])
            figure, numeral = f"{int(value):,}", clean[core:last]
    hedge = _hedge(head["hedge"], tail)
    return Mention(
        start=head.start() if head[0].strip() else core,
        end=last,
        core=core,
        printed=numeral,
        figure=_HEDGES[hedge] + figure if hedge else figure,
        value=value,
        form=form,
        hedge=hedge,
        sign=_SIGNS.get(head["sign"] or "", ""),
        currency=currency,
        time=listed("durations").get((tail["time"] or "").lower()),
        worded=not match["digits"],
        scaled=bool(tail["scale"] or tail["letter"]),
    )


def _tail(clean: str, match: re.Match[str], end: int) -> re.Match[str] | None:
    """What stands behind a numeral; None if it is part of a name."""
    core, stop = match.span()
    tail = behind().match(clean, stop, end)
    if match["digits"] and tail is not None and tail.end() == stop and _NAME.match(clean, stop, stop + _NEAR):
        return None
    if core > 1 and clean[core - 1] == "-" and clean[core - 2].isalpha():
        return None  # COVID-19
    if tail is not None and tail["form"] == "PCT":  # patents, not percent
        tail = behind().match(clean, stop, tail.start("form"))
    return tail


def _hedge(before: str | None, tail: re.Match[str]) -> Hedge | None:
    """What the words on both sides make of a figure, those in front first."""
    if before:
        return Hedge(hedge_words().get(before.lower(), Hedge.OVER))
    if tail["plus"]:
        return Hedge.AT_LEAST
    return _HEDGES_BEHIND.get((tail["after"] or "").lower())
