"""English lines laid out by hand: a line is a paragraph, with bars a row, with # in front a heading, with - an item."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.english import read
from ipmetrics.prose.english.sentences import Sentence, taken_apart
from ipmetrics.prose.texts import Text

if TYPE_CHECKING:
    from ipmetrics.prose.statements import Statement, Unread

PUBLISHED = date(2023, 2, 20)
_MARKS = {"#": BlockKind.HEADING, "-": BlockKind.ITEM}


def laid_out(text: str) -> list[Block]:
    blocks, here = [], 0
    for line in text.split("\n"):
        start, here = here, here + len(line) + 1
        if line.strip():
            blocks.append(_block(line, start))
    return blocks


def _block(line: str, start: int) -> Block:
    mark = line[:1] if line[:2] in {"# ", "- "} else ""
    kind = BlockKind.ROW if "|" in line else _MARKS.get(mark, BlockKind.PARAGRAPH)
    lead = 2 if mark else 0
    parts = _parts(r"[^|]+", line, start) if kind is BlockKind.ROW else ()
    sentences = _parts(r"[^\s](?:[^.?]|[.?](?! ))*[.?]?", line, start, lead) if kind is not BlockKind.ROW else ()
    end = start + len(line)
    return Block(
        kind=kind,
        start=start + lead,
        end=end,
        language=Language.ENGLISH,
        sentences=sentences or ((start + lead, end),),
        cells=parts,
    )


def _parts(pattern: str, line: str, start: int, lead: int = 0) -> tuple[tuple[int, int], ...]:
    found = re.compile(pattern).finditer(line, lead)
    return tuple((start + match.start(), start + match.end()) for match in found)


def read_all(text: str, published: date | None = PUBLISHED) -> tuple[list[Statement], list[Unread]]:
    return read(Text(text, text), laid_out(text), published)


def said(text: str, published: date | None = PUBLISHED) -> list[Statement]:
    return read_all(text, published)[0]


def sentence(text: str) -> Sentence:
    return taken_apart(text, 0, len(text), anchor=2022, published=PUBLISHED)


def quotes(statements: list[Statement]) -> dict[str, Statement]:
    """Every statement by its figure as printed, for texts that print none twice."""
    return {one.printed: one for one in statements}
