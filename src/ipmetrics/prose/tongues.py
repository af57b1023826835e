"""Tongues: a paragraph in two languages as one block for each stretch in one of them.

This room counts letters. It knows no word of either language.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from ipmetrics.prose.blocks import Language
from ipmetrics.prose.sentences import sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.prose.blocks import Block

__all__ = ["language_of", "parted"]

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[^\W\d_\u4e00-\u9fff]")
_SAMPLE = 20_000
_A_SENTENCE = 24
"""Letters of the other language that may be a sentence: less is a name or two."""


def language_of(words: str, otherwise: Language = Language.ENGLISH) -> Language:
    """The language most letters are of; a Chinese letter is about as much as three Latin ones."""
    sample = words[:_SAMPLE]
    chinese = 0 if sample.isascii() else len(_CHINESE.findall(sample))
    if not chinese:
        return Language.ENGLISH if _LATIN.search(sample) else otherwise
    return Language.CHINESE if chinese * 3 > len(_LATIN.findall(sample)) else Language.ENGLISH


def parted(words: str, block: Block) -> Iterator[Block]:
    """The block, or a block for each run of its sentences that are in one language."""
    inside = words[block.start : block.end]
    if block.cells or not block.sentences or inside.isascii() or not _is_mixed(inside):
        yield block
        return
    found = [
        piece
        for english in sentences_of(words, block.start, block.end, Language.ENGLISH)
        for piece in sentences_of(words, *english, Language.CHINESE)
    ]
    tongues = [language_of(words[start:end], block.language) for start, end in found]
    if len(set(tongues)) == 1:
        yield block
        return
    for language, run in groupby(zip(tongues, found, strict=True), key=lambda pair: pair[0]):
        pieces = [piece for _, piece in run]
        start, end = pieces[0][0], pieces[-1][1]
        told = tuple(sentences_of(words, start, end, language))
        yield attrs.evolve(block, start=start, end=end, language=language, sentences=told)


def _is_mixed(words: str) -> bool:
    chinese = len(_CHINESE.findall(words))
    return chinese * 3 >= _A_SENTENCE <= len(_LATIN.findall(words))
