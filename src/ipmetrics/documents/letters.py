"""Letters: how wide they stand in a terminal, where a line may break, and which are not safe to show.

This room knows Unicode and nothing of documents. Widths follow UAX #11 (ambiguous characters narrow, as
terminals outside East Asia show them); what could reorder or hide a printed figure is made visible (UTS #39).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["clip", "in_encoding", "in_lines", "is_right_to_left", "pieces", "visible", "width_of", "wrap"]

_JOINERS = "\u200c\u200d"  # legitimate inside Persian and Indic words and emoji
_SPACES = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_LINE_ENDS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n") | dict.fromkeys("\x1c\x1d\x1e\x1f", " "))
_UNSAFE = {"Cc", "Cf", "Cs"}
# A line does not begin with these: closing punctuation, CJK and Latin.
_NO_START = frozenset("，。、；：！？）】」』》〉”’％‰)]},.;:!?%…")
_NO_END = frozenset("（【「『《〈“‘([{")

_LIKENESS = str.maketrans(
    {
        "∞": "inf", "÷": "/", "×": "x", "→": "->", "…": "...", "≥": ">=", "≤": "<=", "±": "+/-",
        "−": "-", "–": "-", "—": "-", "─": "-", "·": "-", "•": "*", "∅": "(empty)", "∪": "or", "∩": "and",
        "“": '"', "”": '"', "‘": "'", "’": "'", "‰": "per mille", "\u00a0": " ", "\u2009": " ",
        "●": "#", "○": "o",
    }
)  # fmt: skip


def _is_unsafe(letter: str) -> bool:
    if letter in _JOINERS:
        return False
    return unicodedata.category(letter) in _UNSAFE or (ord(letter) & 0xFFFE) == 0xFFFE or "\ufdd0" <= letter <= "\ufdef"


def visible(text: str) -> str:
    r"""Show what would hide: line breaks become blanks, other control and direction marks ``\u202e``.

    Examples
    --------
    >>> print(visible("up\n8%\u202e\x1b[31m"))
    up 8%\u202e\u001b[31m
    """
    text = _SPACES.sub(" ", text)
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(letter):04x}" if _is_unsafe(letter) else letter for letter in text)


def in_lines(text: str) -> str:
    r"""As `visible`, letter by letter: line breaks and tabs stay what they are.

    Examples
    --------
    >>> print(in_lines("up\n8%\u202e"))
    up
    8%\u202e
    """
    text = text.translate(_LINE_ENDS)
    return "".join(
        f"\\u{ord(letter):04x}" if letter not in "\t\n\r" and _is_unsafe(letter) else letter for letter in text
    )


def is_right_to_left(text: str) -> bool:
    """Whether any letter is written from right to left, so that the text is set apart from its neighbours."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def in_encoding(text: str, encoding: str) -> str:
    """Spell in ASCII what an encoding cannot say: ``∞`` as inf, Chinese as escapes.

    Examples
    --------
    >>> in_encoding("(3.5, ∞)", "ascii")
    '(3.5, inf)'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelled(letter, encoding) for letter in text)
    return text


def _spelled(letter: str, encoding: str) -> str:
    for candidate in (letter, letter.translate(_LIKENESS)):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return letter.encode("ascii", "backslashreplace").decode("ascii")


@lru_cache(maxsize=4096)
def _width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"} or "\u1160" <= letter <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def width_of(text: str) -> int:
    """Columns that a text takes in a terminal.

    Examples
    --------
    >>> width_of("Haidian"), width_of("海淀区")
    (7, 6)
    """
    return len(text) if text.isascii() else sum(map(_width, text))


def clip(text: str, columns: int) -> str:
    """The text, its end replaced by ``…`` where it is wider than that many columns."""
    if width_of(text) <= columns:
        return text
    kept = ""
    for letter in text:
        if width_of(kept + letter) > columns - 1:
            break
        kept += letter
    return kept.rstrip() + "…"


def pieces(text: str) -> list[str]:
    """Stretches that stay together, each with the blanks after it: words, and single wide letters."""
    found: list[str] = []
    joined = False
    for letter in text:
        wide = _width(letter) == 2
        previous = found[-1][-1] if found else ""
        breaks = not found or (
            letter != " "
            and letter not in _NO_START
            and previous not in _NO_END
            and not joined
            and (previous == " " or wide or _width(previous) == 2)
            and _width(letter) > 0
        )
        joined = letter in _JOINERS
        if breaks:
            found.append(letter)
        else:
            found[-1] += letter
    return found


def wrap(text: str, columns: int) -> list[int]:
    """Where lines begin, as offsets, so that none is wider than so many columns; a wider word is cut.

    Examples
    --------
    >>> wrap("one two three", 7), wrap("每万人口发明专利", 8), wrap("abcdef", 4)
    ([0, 8], [0, 4], [0, 4])
    """
    starts = [0]
    offset = 0
    for piece in pieces(text):
        end = offset + len(piece)
        if offset > starts[-1] and width_of(text[starts[-1] : end].rstrip()) > columns:
            starts.append(offset)
        while width_of(text[starts[-1] : end].rstrip()) > columns:
            cut = starts[-1] + _fitting(text[starts[-1] : end], columns)
            if cut >= end:
                break
            starts.append(cut)
        offset = end
    return starts


def _fitting(text: str, columns: int) -> int:
    """How many letters fit, one at least."""
    used = 0
    for place, letter in enumerate(text):
        used += _width(letter)
        if used > columns:
            return max(place, 1)
    return len(text)
