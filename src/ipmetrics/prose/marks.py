"""Marks: what stands before the words of a line to say that it is an item, a heading or a quotation.

Bullets and dashes, 1. and (1), 一、 and （一）, # of Markdown. It knows no words.
"""

from __future__ import annotations

import re
from enum import Enum

__all__ = ["Mark", "is_rule", "unmarked"]


class Mark(Enum):
    """What a mark makes of its line."""

    BULLET = "bullet"
    NUMBER = "number"
    SECTION = "section"
    """一、 and （一）, which number parts of a text rather than items."""
    HEADING = "heading"


_HEADING = re.compile(r"#{1,6}\s+")
_QUOTED = re.compile(r">\s+")
_BULLET = re.compile(r"[*+•·‣▪▫●○◦◆◇■□★☆►▶➢✓✔➤–—-]\s+(?![|\s])|[•·‣▪▫●○◦◆◇■□★☆►▶➢✓✔➤](?!\s{0,9}\|)")
_NUMBER = re.compile(
    r"\(?\d{1,2}[.)]\s+|\(\d{1,2}\)\s*|\d{1,2}、\s*|\d{1,2}\.(?=[\u4e00-\u9fff])|\(?[a-z]\)\s+|[IVX]{1,4}\.\s+|[①-⑳]\s*"
)
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、\s*|\([一二三四五六七八九十]{1,3}\)、?\s*")
_RULE = frozenset(" \t|:+=-_*•·#>~.■◆●—–─━")


def unmarked(line: str, start: int = 0) -> tuple[int, Mark | None]:
    """Where the words of a line begin behind its marks, and what the last mark makes of it."""
    at, mark = start, None
    while True:
        if found := _QUOTED.match(line, at):
            at = found.end()
        elif found := _HEADING.match(line, at):
            at, mark = found.end(), Mark.HEADING
        elif found := _BULLET.match(line, at):
            at, mark = found.end(), mark or Mark.BULLET
        elif found := _NUMBER.match(line, at):
            return found.end(), mark or Mark.NUMBER
        elif found := _SECTION.match(line, at):
            return found.end(), mark or Mark.SECTION
        else:
            return at, mark


def is_rule(line: str) -> bool:
    """Whether a line has marks and space only: a rule, the line under a heading, the second line of a table."""
    return _RULE.issuperset(line)
