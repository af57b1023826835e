"""Figures taken apart as text and printed again: another numeral, another scale word, another sign of unit.

This room knows where in a printed phrase the numeral stands and how its author groups digits. It does not know why one
would print it otherwise, and what it prints is a figure again or nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.model.numerals import read_chinese, read_english, read_mixed
from ipmetrics.model.phrases import narrowed
from ipmetrics.model.vocabulary import AFTER, FORMS, MULTIPLES, SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from ipmetrics.model.figures import Reading

__all__ = ["Numeral", "numeral_of", "reprinted", "with_form"]

_ENGLISH = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
_CHINESE = {3: "千", 4: "万", 8: "亿", 12: "万亿"}
_KIN = {"mn": {6: "mn", 9: "bn", 12: "tn"}, "mln": {6: "mln", 9: "bn", 12: "tn"}, "lakh": {5: "lakh", 7: "crore"}}
_KIN |= {"bn": _KIN["mn"], "tn": _KIN["mn"], "crore": _KIN["lakh"]}
_KIN |= {word: {4: "ten thousand", 8: "hundred million"} for word in ("ten thousand", "hundred million")}

_POINTED = re.compile("[0-9]+(?:[,\u00a0][0-9]{3})*(?:[.][0-9]+)?|[.][0-9]+")
_COMMA = re.compile("[0-9]+(?:[.\u00a0 ][0-9]{3})*(?:,[0-9]+)?|,[0-9]+")
_MIXED = re.compile("[0-9]+(?:[亿万千][0-9]+)+[亿万千]?")
_FOREIGN = re.compile("[1-9][0-9]{0,2}([.,])[0-9]{3}")
_WORDS = re.compile("[零〇一二两三四五六七八九十百千万亿点]+|[a-z]+(?:[ -][a-z]+)*")
_SCALE = re.compile(
    f"(?P<between>[ -]?[余多]?[ -]?)(?P<word>{'|'.join(sorted(SCALES, key=len, reverse=True))})", re.IGNORECASE
)
_CHINESE_TEXT = re.compile("[一-鿿]")
_WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789,."}


class _Run(NamedTuple):
    """Where a numeral stands in its text, and how it is printed.

    `foreign` is the power of ten that separates it from what readers of the other decimal mark take it for, `parts`
    the scales around which it is printed as 3亿5000万 is.
    """

    start: int
    end: int
    digits: str
    places: int = 0
    mark: str = ""
    point: str = "."
    is_wide: bool = False
    is_worded: bool = False
    foreign: int = 0
    parts: tuple[int, ...] = ()


@attrs.frozen
class Numeral:
    """The numeral of a figure, its scale word, and the text around them."""

    run: _Run
    before: str
    between: str
    word: str
    scale: int
    after: str

    def write(self, number: int, places: int, word: str | None = None) -> str:
        """The text with another numeral, given as its digits and how many of them are decimals."""
        run, digits = self.run, str(number).rjust(places + 1, "0")
        whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
        shown = f"{int(whole):,}".replace(",", run.mark) + (run.point + part if part else "")
        if run.parts and not places and word is None:
            shown = self._around(number) or shown
        if run.is_wide:
            shown = shown.translate(_WIDE)
        scale = self.word if word is None else word
        between = self.between if scale else self.between.strip(" -")
        return f"{self.before}{shown}{between}{scale}{self.after}"

    def _around(self, number: int) -> str | None:
        """A whole number printed around Chinese scale words again; None where it does not go."""
        if number >= 10 ** (self.run.parts[0] - self.run.parts[-1] + 4):
            return None  # 53345万0000 is a numeral, but nobody prints it
        text, rest, above = "", number, 0
        for scale in self.run.parts:
            count, rest = divmod(rest, 10 ** (scale - self.run.parts[-1]))
            text += (str(count) if scale else str(count).rjust(above, "0")) + _CHINESE.get(scale, "")
            above = scale
        read = read_mixed(text)
        if read is None or read.number != number or read.scale != above:
            return None
        return text.removesuffix(self.word)

    def word_moved(self, power: int) -> str | None:
        """The scale word for so many powers of ten more, empty for none; None if the point has to move instead."""
        if not self.word:
            return None
        if self.scale + power == 0:
            return ""
        kin = _KIN.get(self.word.lower(), _ENGLISH) if self.word.isascii() else _CHINESE
        return kin.get(self.scale + power)


def numeral_of(figure: Figure) -> Numeral | None:
    """Find the numeral of a figure in its text; None where it is not printed there, as in 三成 or "half"."""
    text, scale = figure.text.strip(), figure.power - figure.form.power
    flat = narrowed(text)
    run = _mixed_run(figure, flat) or _digit_run(figure, text, flat) or _word_run(figure, flat.lower(), scale)
    if run is None:
        return None
    before, after = text[: run.start], text[run.end :]
    if not scale:
        return Numeral(run, before, "", "", 0, after)
    found = _SCALE.match(flat, run.end)
    if found is None or SCALES[found["word"].lower()] != scale:
        return None
    return Numeral(run, before, found["between"], found["word"], scale, text[found.end() :])


def _digit_run(figure: Figure, text: str, flat: str) -> _Run | None:
    """The only run of digits with its separators."""
    found = list((_COMMA if figure.decimal_comma else _POINTED).finditer(flat))
    if len(found) != 1:
        return None
    (start, end), point = found[0].span(), "," if figure.decimal_comma else "."
    whole, _, part = found[0][0].partition(point)
    digits = re.sub("[^0-9]", "", whole) + part
    if int(digits) != abs(figure.number) * 10 ** len(part):
        return None
    is_wide = text[start] > "\uff00"
    if separator := re.search("[^0-9]", whole):
        mark = separator[0] if is_wide else text[start + separator.start()]
    else:  # a short numeral does not show whether it would be grouped; Chinese ones mostly are not
        mark = "" if len(whole) > 3 or _CHINESE_TEXT.search(flat) else "." if figure.decimal_comma else ","
    other = _FOREIGN.fullmatch(found[0][0])
    foreign = 0 if other is None else 3 if other[1] == point else -3
    return _Run(start, end, digits, len(part), mark, point, is_wide, foreign=foreign)


def _mixed_run(figure: Figure, flat: str) -> _Run | None:
    """Digits around Chinese scale words: 5万3345."""
    found = _MIXED.search(flat)
    read = read_mixed(found[0]) if found else None
    if found is None or read is None or read.number != abs(figure.number):
        return None
    parts = tuple(SCALES.get(word, 0) for _, word in re.findall("([0-9]+)([亿万千]?)", found[0]))
    is_wide = figure.text.strip()[found.start()] > "\uff00"
    return _Run(found.start(), found.end() - bool(parts[-1]), str(read.number), is_wide=is_wide, parts=parts)


def _word_run(figure: Figure, flat: str, scale: int) -> _Run | None:
    """A number in words, without its scale word; longer runs of words first."""
    for found in _WORDS.finditer(flat):
        starts = [found.start(), *(found.start() + gap.end() for gap in re.finditer("[ -]", found[0]))]
        ends = [*(found.start() + gap.start() for gap in re.finditer("[ -]", found[0])), found.end()]
        for start in starts:
            for end in reversed([end for end in ends if end > start]):
                read = read_english(flat[start:end]) if flat[start].isascii() else read_chinese(flat[start:end])
                if read is None or read.number != abs(figure.number) or read.scale not in {scale, 0}:
                    continue
                shown = f"{abs(figure.number)}" if not read.places else ""
                last = _last_scale(flat[start:end], read.scale) if read.scale else 0
                return _Run(start, end - last, shown, is_worded=True) if shown else None
    return None


def _last_scale(words: str, scale: int) -> int:
    """How many characters the scale word at the end of a number in words takes, with what joins it."""
    word = next(word for word, power in SCALES.items() if power == scale and words.endswith(word))
    return len(words) - len(words.removesuffix(word).rstrip(" -"))


# ------------------------------------------------------------------------------ printing again
_SIGNS = {
    FigureForm.PERCENT: ("%", "%", " percent"),
    FigureForm.POINTS: ("个百分点", " points", " percentage points"),
    FigureForm.TIMES: ("倍", " times", " times"),
}
_SIGN_WORDS = sorted(FORMS, key=len, reverse=True)


def reprinted(figure: Figure, text: str, **stated: Unpack[Reading]) -> Figure | None:
    """The figure with another text, and what else is stated of it; None where that is no figure it could be."""
    try:
        return attrs.evolve(figure, text=text, **stated)
    except IpmetricsError:
        return None


def with_form(figure: Figure, form: FigureForm) -> Figure | None:
    """The same numeral with the same hedge and scale word under another sign of unit.

    None where it is not printed with a sign that could be exchanged: "a third", "twice", 三成.
    """
    if narrowed(figure.text).lower().split(" ")[-1] in MULTIPLES:
        return None
    if form is figure.form:
        return figure
    for text in _signed(figure, form):
        read = reprinted(figure, text)
        if (
            read is not None
            and read.form is form
            and (read.number, read.hedge, read.is_range) == (figure.number, figure.hedge, figure.is_range)
            and read.power - form.power == figure.power - figure.form.power
        ):
            return read
    return None


def _signed(figure: Figure, form: FigureForm) -> Iterator[str]:
    """Texts that may be the figure with another sign; most are no figures."""
    text = figure.text.strip()
    flat = narrowed(text).lower()
    chinese, sign, worded = _SIGNS[form]
    if _CHINESE_TEXT.search(flat):
        sign = chinese
    for new in (sign, worded):
        if figure.form is FigureForm.NUMBER:
            ends = (len(text), *(len(flat) - len(word) for word in AFTER if flat.endswith(word)))
            yield from (text[:end] + new + text[end:] for end in ends)
        if flat.startswith("百分之"):
            yield text[3:] + new
        for word in (word for word in _SIGN_WORDS if FORMS[word] is figure.form):
            start = flat.rfind(word)
            if start >= 0:
                yield text[:start].rstrip(" -") + new + text[start + len(word) :]
                yield re.sub(f"[ -]?{re.escape(word)}", new, flat)  # of a range that prints its sign twice
