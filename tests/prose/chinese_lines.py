"""Chinese lines laid out by hand: a line is a paragraph, with bars a row, and with # in front a heading."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.chinese import read
from ipmetrics.prose.texts import Text

if TYPE_CHECKING:
    from ipmetrics.prose.statements import Statement, Unread

PUBLISHED = date(2023, 2, 20)


def laid_out(text: str) -> list[Block]:
    blocks, here = [], 0
    for line in text.split("\n"):
        start, here = here, here + len(line) + 1
        if line.strip():
            blocks.append(_block(line, start))
    return blocks


def _block(line: str, start: int) -> Block:
    end = start + len(line)
    kind = BlockKind.ROW if "|" in line else BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH
    sentences = _parts("[^。]+。?", line, start) if kind is BlockKind.PARAGRAPH else ()
    return Block(
        kind=kind,
        start=start,
        end=end,
        language=Language.CHINESE,
        sentences=sentences or ((start, end),),
        cells=_parts(r"[^|]+", line, start) if kind is BlockKind.ROW else (),
    )


def _parts(pattern: str, line: str, start: int) -> tuple[tuple[int, int], ...]:
    return tuple((start + match.start(), start + match.end()) for match in re.finditer(pattern, line))


def read_all(text: str, published: date | None = PUBLISHED) -> tuple[list[Statement], list[Unread]]:
    return read(Text(text, text), laid_out(text), published)


def said(text: str, published: date | None = PUBLISHED) -> list[Statement]:
    return read_all(text, published)[0]
