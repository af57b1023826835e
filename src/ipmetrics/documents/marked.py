"""Marked text: somebody else's words, some of which stand out.

This room knows offsets and how marks differ. It knows nothing of what they mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import attrs

from ipmetrics.documents.runs import Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Look", "Mark", "Marked"]


@attrs.frozen
class Look:
    """How marked words stand out, and what that means; never by colour alone.

    Parameters
    ----------
    name
        What it means, as the legend says it.
    sign
        What stands behind the words where no line can be drawn.
    tone
        Its colour.
    line
        What is drawn under the words, or around them.
    filled
        Whether the words stand on a tint, for those a reader should see first.
    """

    name: str
    sign: str
    tone: Tone = attrs.field(default=Tone.PLAIN, kw_only=True)
    line: Literal["solid", "double", "dotted", "dashed", "wavy", "box"] = attrs.field(default="solid", kw_only=True)
    filled: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class Mark:
    """Some letters of a text, marked.

    Parameters
    ----------
    start, end
        Their first and last offset (exclusive).
    look
        How they stand out.
    title
        What a reader who points at them is told, on as many lines as it has.
    name
        What they are called where nobody can point.
    """

    start: int
    end: int
    look: Look
    title: str = attrs.field(default="", kw_only=True)
    name: str = attrs.field(default="", kw_only=True)

    @property
    def sign(self) -> str:
        """What stands behind the words where no line can be drawn."""
        return f"[{self.look.sign}{self.name}]"


def _marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(marks)


def _looks(looks: Iterable[Look]) -> tuple[Look, ...]:
    return tuple(looks)


_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


@attrs.frozen
class Marked:
    """Somebody else's text, line by line, with some of its words marked.

    Parameters
    ----------
    text
        The text.
    marks
        In the order of the text; no two overlap.
    legend
        The looks that are explained above it.

    Examples
    --------
    >>> from ipmetrics.documents import Document
    >>> wrong = Look("wrong", "!", tone=Tone.BAD, line="wavy")
    >>> print(Document([Marked("2 and 2 is 5.", [Mark(11, 12, wrong)], [wrong])]).text())
    [!] wrong
    <BLANKLINE>
      2 and 2 is 5[!].
    """

    text: str
    marks: tuple[Mark, ...] = attrs.field(converter=_marks)
    legend: tuple[Look, ...] = attrs.field(default=(), converter=_looks)

    def __attrs_post_init__(self) -> None:
        """Refuse marks that cannot be drawn."""
        done = 0
        for mark in self.marks:
            if not done <= mark.start < mark.end <= len(self.text):
                message = f"marks stand in order and apart, within the text: got {mark.start} to {mark.end}"
                raise ValueError(message)
            done = mark.end

    @property
    def pieces(self) -> tuple[tuple[str, Mark | None], ...]:
        """The text in stretches, each marked or not."""
        found: list[tuple[str, Mark | None]] = []
        done = 0
        for mark in self.marks:
            found += [(self.text[done : mark.start], None), (self.text[mark.start : mark.end], mark)]
            done = mark.end
        return tuple(piece for piece in (*found, (self.text[done:], None)) if piece[0])

    @property
    def lines(self) -> tuple[tuple[tuple[str, Mark | None], ...], ...]:
        """The same line by line; a mark that reaches over the end of a line is on both."""
        lines: list[list[tuple[str, Mark | None]]] = [[]]
        for text, mark in self.pieces:
            first, *others = _LINE_END.split(text)
            lines[-1] += [(first, mark)] if first else []
            lines += [[(other, mark)] if other else [] for other in others]
        return tuple(map(tuple, lines))
