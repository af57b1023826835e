"""Printed phrases: a numeral with its hedge, scale word and sign of unit, or a range of two.

This room knows the grammar of one printed figure, written down in `docs/reference/figures.md`, and refuses
the rest. It does not know which true values a phrase allows.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ipmetrics.errors import FigureSyntaxError
from ipmetrics.model.fraction_words import read_fraction
from ipmetrics.model.numerals import (
    DIGITS,
    DIGITS_COMMA,
    Numeral,
    read_chinese,
    read_digits,
    read_english,
    read_mixed,
)
from ipmetrics.model.vocabulary import AFTER, BEFORE, FORMS, MULTIPLES, SCALES, WIDER, FigureForm, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MOST_DIGITS", "Phrase", "narrowed", "read_phrase"]

MOST_DIGITS = 40  # of one numeral


class Phrase(NamedTuple):
    """One printed figure, taken apart.

    Attributes
    ----------
    lower
        The numeral, or the first one of a range.
    upper
        The second numeral of a range.
    form
        What its sign says it is.
    hedge
        What its words make of it; FRACTION for a fraction word without any.
    """

    lower: Numeral
    upper: Numeral | None = None
    form: FigureForm = FigureForm.NUMBER
    hedge: Hedge | None = None


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_GAP = "(?: ?|-(?=[a-z]))"  # "30%", "30 percent", "30-percent"
_ENDING = rf"(?:{_GAP}(?P<scale>{_any_of(SCALES)}))?(?:{_GAP}(?P<form>{_any_of(FORMS)}))?"
_FLAGS = re.ASCII | re.IGNORECASE
_PLAIN = re.compile(rf"(?P<sign>[-+−–]?){DIGITS}{_ENDING}", _FLAGS)
_PLAIN_COMMA = re.compile(rf"(?P<sign>[-+−–]?){DIGITS_COMMA}{_ENDING}", _FLAGS)
_WORDED = re.compile(rf"(?P<body>.+?)[ -]?(?P<form>{_any_of(FORMS)})")
_LATIN = {word: hedge for word, hedge in BEFORE.items() if word[0].isascii() and word[0].isalpha()}
_OTHERS = {word: hedge for word, hedge in BEFORE.items() if word not in _LATIN}
_HEDGED_BEFORE = re.compile(
    rf"(?:(?:(?:just|slightly|well|far|a little) )?(?P<latin>{_any_of(_LATIN)}) "
    rf"|(?P<other>{_any_of(_OTHERS)}) ?)(?P<rest>.+)"
)
_HEDGED_AFTER = re.compile(rf"(?P<rest>.+?)(?P<after>{_any_of(AFTER)})")
_AND_MORE = re.compile(rf"(?P<head>.+?)[余多](?P<tail>(?:{_any_of(SCALES)})?(?:{_any_of(FORMS)}|成)?)")
_DASH = re.compile(r"(?P<lower>.+?) ?(?P<mark>[-–—~至到]) ?(?P<upper>[−0-9一二两三四五六七八九十百].*)")

# Full-width forms are read as the ASCII they stand for, and every fixed space as one kind.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_NARROW |= dict.fromkeys((0x2007, 0x2009, 0x202F), "\u00a0")
_MINUS = re.compile("^(?:minus |负)")
_LOOSE_SPACE = re.compile("(?<![0-9])\u00a0|\u00a0(?![0-9])")


def read_phrase(text: str, *, decimal_comma: bool = False) -> Phrase | None:
    """Take one printed figure apart; None if it is none.

    Raises
    ------
    FigureSyntaxError
        If it is a phrase that contradicts itself: two hedges, a range that runs backwards.

    Examples
    --------
    >>> phrase = read_phrase("nearly 2.9 billion")
    >>> phrase.lower, str(phrase.hedge)
    (Numeral(number=Fraction(29, 10), places=1, scale=9, is_fraction=False), 'under')
    >>> read_phrase("2.9 billion yuan") is None
    True
    """
    text = text.strip()
    if not text.isascii():
        text = narrowed(text)
    plain = _PLAIN_COMMA if decimal_comma else _PLAIN
    found = _read_plain(text, plain)
    if found is not None:
        return found
    rest = re.sub(" +", " ", text.lower())
    hedges = []
    if match := _HEDGED_BEFORE.fullmatch(rest):
        hedges.append(BEFORE[match["latin"] or match["other"]])
        rest = match["rest"]
    if match := _HEDGED_AFTER.fullmatch(rest):
        hedges.append(AFTER[match["after"]])
        rest = match["rest"]
    rest = _MINUS.sub("-", rest)
    return _read_range(text, rest, hedges, plain) or _read_single(text, rest, hedges, plain)


def narrowed(text: str) -> str:
    """Return the text trimmed, full-width forms as ASCII, fixed spaces only where they group digits."""
    return _LOOSE_SPACE.sub(" ", text.translate(_NARROW)).strip()


def _read_plain(text: str, plain: re.Pattern[str]) -> Phrase | None:
    """Read digits with at most a sign, a scale word and a form: nearly every figure there is."""
    match = plain.fullmatch(text)
    if match is None:
        return None
    sign, whole, part, bare, scale, form = match.groups()
    if len(text) > MOST_DIGITS and sum(map(str.isdecimal, text)) > MOST_DIGITS:
        return None
    numeral = read_digits(whole or "", part or bare or "")
    if scale:
        numeral = numeral._replace(scale=SCALES[scale.lower()])
    if sign and sign != "+":
        numeral = numeral._replace(number=-numeral.number)
    return Phrase(numeral, form=FORMS[form.lower()] if form else FigureForm.NUMBER)


def _read_single(text: str, rest: str, hedges: list[Hedge], plain: re.Pattern[str]) -> Phrase | None:
    """Read one numeral, in digits or words, from which the hedges around it have been taken."""
    if match := _AND_MORE.fullmatch(rest):
        rest, hedges = match["head"] + match["tail"], [*hedges, Hedge.OVER]
    found = _read_plain(rest, plain)
    if found is None:
        negative = rest.startswith(("-", "−"))
        found = _read_worded(rest[negative:], hedged=bool(hedges))
        if found is None:
            return None
        if negative:
            found = found._replace(lower=found.lower._replace(number=-found.lower.number))
    different = frozenset(hedges)
    if len(different) > 1 and different not in WIDER:
        raise FigureSyntaxError(text, rule="a figure has one hedge", way_out="keep the one that is meant")
    hedge = WIDER[different] if len(different) > 1 else hedges[0] if hedges else None
    return found._replace(hedge=hedge or (Hedge.FRACTION if found.lower.is_fraction else None))


def _read_worded(rest: str, *, hedged: bool) -> Phrase | None:
    """Read a numeral in words, or in digits around Chinese scale words, with its form if it has one."""
    if rest in MULTIPLES:
        return Phrase(Numeral(Fraction(MULTIPLES[rest])), form=FigureForm.TIMES)
    fraction = read_fraction(rest)
    if fraction is not None:
        return Phrase(fraction[0], form=fraction[1])
    numeral = _read_words(rest, hedged=hedged)
    if numeral is not None:  # first without a form, for "six" is not "si" times
        return Phrase(numeral)
    match = _WORDED.fullmatch(rest)
    numeral = _read_words(match["body"], hedged=hedged) if match else None
    return Phrase(numeral, form=FORMS[match["form"]]) if match and numeral else None


def _read_words(text: str, *, hedged: bool) -> Numeral | None:
    """Read a numeral in words; a bare scale word counts 1 under a hedge, as in 超百亿 and 千余."""
    if text.isascii():
        return read_english(text)
    if hedged and text in SCALES:
        return Numeral(Fraction(1), scale=SCALES[text])
    return read_mixed(text) or read_chinese(text)


def _read_range(text: str, rest: str, hedges: list[Hedge], plain: re.Pattern[str]) -> Phrase | None:
    """Read "20–25%", "between 20 and 25 percent", "800,000 to 1.2 million", 3至5倍."""
    for left, right in _splits(rest):
        tenths = "成" if right.endswith("成") and "成" not in left else ""
        lower = _read_single(text, left.rstrip("-") + tenths, [], plain)
        upper = _read_single(text, right, [], plain)
        if lower and upper:
            if _read_plain(right, plain) is None and _is_torn(left, right):
                raise FigureSyntaxError(
                    text, rule="a range in words names the places of both numbers", way_out='write "200–300"'
                )
            return _join(text, lower, upper, hedges)
    return None


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    """Yield the two sides of whatever may part a range."""
    if rest.startswith("between "):
        words = rest.removeprefix("between ").split(" and ")
        for index in range(1, len(words)):
            yield " and ".join(words[:index]), " and ".join(words[index:])
    elif " to " in rest:
        left, _, right = rest.partition(" to ")
        yield left, right
    elif (match := _DASH.fullmatch(rest)) and (match["mark"] != "-" or match["lower"][0] not in "-−"):
        yield match["lower"], match["upper"]  # but -5-3% may run to 3 or to -3


def _is_torn(left: str, right: str) -> bool:
    """Say whether words leave open what the first number counts: "two to three hundred", 三至五百."""
    return any(word in right and word not in left for word in ("hundred", "dozen", "百", "十"))


def _join(text: str, lower: Phrase, upper: Phrase, hedges: list[Hedge]) -> Phrase:
    """Make one range of two figures; the first takes over the scale word and form that only the last has."""
    first, last = lower.lower, upper.lower
    if set(hedges) - {Hedge.ABOUT} or {lower.hedge, upper.hedge} - {None, Hedge.FRACTION}:
        raise FigureSyntaxError(text, rule="a range has no hedge but about", way_out="leave out the hedge")
    if lower.form is FigureForm.NUMBER and first.is_fraction is last.is_fraction:
        lower = lower._replace(form=upper.form)
    if lower.form is not upper.form:
        way_out = 'write it behind the last, as in "20–25%", or behind both'
        raise FigureSyntaxError(text, rule="both ends of a range have one sign of unit", way_out=way_out)
    if last.scale and not first.scale:
        scaled = first._replace(scale=last.scale)
        if _size(scaled) <= _size(last) or first.number < _UNSCALED:
            first = scaled
    if _size(first) > _size(last):
        raise FigureSyntaxError(text, rule="a range runs upwards", way_out="write the lower figure first")
    hedge = Hedge.FRACTION if first.is_fraction or last.is_fraction else None
    return Phrase(first, last, upper.form, hedges[0] if hedges else hedge)


_UNSCALED = 1000  # a first number this large may stand without the scale word: 800,000 to 1.2 million


def _size(numeral: Numeral) -> Fraction:
    return numeral.number * Fraction(10) ** numeral.scale
