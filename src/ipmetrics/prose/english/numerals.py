"""Numerals: what a figure looks like in English, from the hedge in front of it to the unit symbol behind.

This room holds the patterns, and reads what they match as `ipmetrics.Figure` does. It looks at one numeral at a time
and does not know where in a text one stands.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.model.vocabulary import FORMS, SCALES
from ipmetrics.prose.english.vocabulary import any_in, any_of, hedge_words, listed, section, words

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NUMERAL", "PHONE", "ahead", "behind", "written"]

_SCALE = any_of(word for word in SCALES if word.isascii())
_SMALL = any_in("numbers.ones", "numbers.tens")
_LONGEST = 60  # letters of a numeral; a longer run of digits and commas is no figure

# Clock times and telephone numbers: groups of digits that no figure is written with.
PHONE = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:GMT|UTC)(?:[+-]\d+)?)?"
    r"|(?<![\d-])\d{2,4}(?:-\d{2,5}){1,2}-\d{4,8}"
    r"|(?<![\d,.])0\d{1,4}(?: \d{2,5}){1,3}(?![\d,.])"
    r"|\+\d[\d ()-]{7,20}\d"
    r"|\(\d{2,5}\) ?\d{3,8}[- ]?\d{0,8}"
    r"|(?<![\d-])\d{2,5}-\d{3,4}-?\d{3,8}(?![\d-])"
)

# Digits stand apart from what is before them, but for a code ("RMB5", "Rs5"), a unit ("yuan/5%") or "%13".
_APART = rf"(?:(?<![\w.,/])|(?<={any_of(words('numbers', 'glued'))})|(?<=[^\w]Rs)|(?<=[\w]/)(?=[\d.,]+ ?%)|(?<=%))"
# 1 234 567; 12/5%, a decimal slash; 1,234.5 and all that is printed like it.
_DIGITS = (
    rf"(?=\d){_APART}"
    r"(?:\d+ and (?:a half|a quarter)|\d{1,3}(?: \d{3})+(?![\d,.])"
    r"|\d+/\d{1,2}(?= ?(?:%|per ?cent|[mbt]r?illion))|\d+(?:[.,]\d+)*)"
)
_PART = (
    rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)[ -](?:{any_in('numbers.parts')})|half)"
    rf"(?: (?:of )?an? (?:{_SCALE}|dozen))?"
)
_COUNT = (
    rf"(?:(?:an?|one)(?= (?:{_SCALE})\b)|(?:{_SMALL})(?:-(?:{any_in('numbers.ones')}|one))?)"
    r"(?: and a (?:half|quarter))?"
    rf"(?: (?:hundred|thousand)(?= (?:and )?(?:{_SMALL}|thousand|million)\b))?"
)
_MULTIPLE = any_of([*listed("multiples"), *(word + dash + "fold" for word in listed("folds") for dash in ("", "-"))])
NUMERAL = re.compile(
    rf"(?P<digits>{_DIGITS})|(?<![\w-])(?=[a-z])(?:(?P<multiple>(?:{_MULTIPLE})(?![\w-]))|(?P<worded>(?:{_PART}|{_COUNT})(?!\w)))",
    re.IGNORECASE,
)


@cache
def behind() -> re.Pattern[str]:
    """What may follow a numeral: scale, "+", form or unit, hedge; every part may be missing."""
    # A lone "x" or "point" is no form, but for "4x", which is matched apart.
    forms = {word for word in FORMS if word.isascii()} - {"x", "point"} | words("numbers", "forms")
    return re.compile(
        rf"(?:[ -]?(?P<scale>(?:{_SCALE}|{any_in('numbers.scales')})(?: (?:million|billion|trillion))?)\b"
        rf"|(?P<letter>(?:{any_of(section('scales'))})\b))?"
        r"(?P<plus>\+| plus\b|-plus\b)?"
        rf"(?:(?:[ -]|(?=%))?(?P<form>{any_of(forms)})(?![\w])|(?P<cross>[x×](?!\w))"
        rf"|[ -](?P<money>{any_of(listed('currencies'))})\b|[ -](?P<time>{any_of(listed('durations'))})\b)?"
        r"(?P<after> or more\b| or less\b| or so\b| or above\b)?",
        re.IGNORECASE,
    )


@cache
def ahead() -> re.Pattern[str]:
    """What may stand before a numeral: hedge, currency, sign, "%"; every part may be missing."""
    signs = any_of(section("signs"))
    return re.compile(
        rf"(?:(?<![\w])(?:(?:{any_in('numbers.weights')}) )?(?P<hedge>{any_of(hedge_words())}) ?)?"
        rf"(?:(?<![a-z])(?P<currency>{signs}) ?)?"
        r"(?:(?<![\w)])(?P<sign>[-+−–±▲▼↑↓]) ?)?"
        rf"(?:(?<![a-z])(?P<late>{signs}) ?)?"
        r"(?P<percent>(?<![\d%])%)?$",
        re.IGNORECASE,
    )


def written(
    numeral: str, tail: re.Match[str], currency: str | None, *, percent: bool
) -> tuple[str, Fraction, FigureForm] | None:
    """The figure without hedge and sign, its size and its form; None if it is no figure.

    Parameters
    ----------
    numeral, tail
        The numeral, and what `behind` found behind it.
    currency
        Its currency, which tells "$5b" from "5b".
    percent
        Whether a sign ahead of it says that it is in percent.
    """
    low = numeral.lower()
    if low in _multiples():
        times = _multiples()[low]
        return f"{times} times", Fraction(times), FigureForm.TIMES
    form = (tail["form"] or ("times" if tail["cross"] else "")).lower()
    letter = (tail["letter"] or "").lower()
    if form == "basis points" or (letter == "b" and not currency and "." not in numeral) or len(numeral) > _LONGEST:
        return None
    scale = (tail["scale"] or section("scales").get(letter, "")).lower()
    suffix = "%" if percent else _SUFFIXES.get(form.replace("-", " "), "")
    for text in _spellings(numeral):
        try:
            read = Figure(f"{text} {scale}{suffix}" if scale else text + suffix)
        except (IpmetricsError, ValueError):
            continue
        return read.text, abs(read.value) / Fraction(10) ** read.form.power, read.form
    return None


@cache
def _multiples() -> dict[str, int]:
    """Words that are a multiple on their own, to the multiple."""
    folds = {f"{word}{dash}fold": int(times) for word, times in listed("folds").items() for dash in ("", "-")}
    return {word: int(times) for word, times in listed("multiples").items()} | folds


_SUFFIXES = {
    **{word: " points" for word, form in FORMS.items() if form is FigureForm.POINTS and word.isascii()},
    **{word: "%" for word, form in FORMS.items() if form is FigureForm.PERCENT and word.isascii()},
    **{word: "‰" for word, form in FORMS.items() if form is FigureForm.PER_MILLE and word.isascii()},
    **dict.fromkeys(("times", "fold", "x", "×"), " times"),
}


_CARDINALS = {
    word: (str(count),) for count, word in [(1, "one"), (1, "a"), (1, "an"), *enumerate(section("numbers")["ones"], 2)]
}


def _spellings(numeral: str) -> Iterator[str]:
    """The numeral as printed, then with separators that are foreign or out of place put right."""
    if " and " in numeral:
        whole, part = numeral.lower().split(" and ")
        yield f"{whole}.{'25' if part.endswith('quarter') else '5'}"
        return
    yield numeral
    if "/" in numeral:
        yield numeral.replace("/", ".")
    if "," in numeral or "." in numeral:
        if numeral.count(",") == 1 and "." not in numeral:
            yield numeral.replace(",", ".")
        if numeral.count(".") > 1 and numeral.count(",") <= 1:
            yield numeral.replace(".", "").replace(",", ".")
        yield numeral.replace(",", "") if numeral.count(".") <= 1 else numeral.replace(".", "").replace(",", "")
    if " " in numeral:
        yield numeral.replace(" ", ",")
        yield numeral.replace(" ", "")
    if numeral.isalpha() or "-" in numeral or " " in numeral:
        yield numeral.lower()
        yield from _CARDINALS.get(numeral.lower(), ())  # "one lakh": words that only digits are written with elsewhere
