"""Blocks: the parts an article is laid out in, told apart before a word of them is read.

This room only names the parts; finding them is the job of the room beside it.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

__all__ = ["Block", "BlockKind", "Language"]


class Language(StrEnum):
    """A language that articles are read in."""

    ENGLISH = "en"
    CHINESE = "zh"


class BlockKind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """Of a list."""
    ROW = "row"
    """Of a table: cells between bars or tabs."""
    FURNITURE = "furniture"
    """Of the page, not of the article: menus, licences, counters, datelines of a layout."""


@attrs.frozen(kw_only=True)
class Block:
    """One part of an article.

    Parameters
    ----------
    kind
        What it is.
    start, end
        Its offsets in the clean text, marks of a list item left out.
    language
        What it is written in.
    sentences
        Offsets of its sentences in the clean text, in order. A heading, an item and a row may have one only.
    cells
        Offsets of the cells of a row.
    """

    kind: BlockKind
    start: int
    end: int
    language: Language
    sentences: tuple[tuple[int, int], ...]
    cells: tuple[tuple[int, int], ...] = ()
