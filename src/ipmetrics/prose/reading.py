"""Reading: the text of an article to an `Article`, through the rooms that clean it, lay it out and know its language.

This room knows in which order they work and how the lists of several languages are joined. It knows no word.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

import attrs

from ipmetrics.errors import ArticleError, PeriodError
from ipmetrics.model.periods import Period
from ipmetrics.prose.assembling import Imprint, assemble
from ipmetrics.prose.blocks import Language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date as day

    from ipmetrics.prose.article import Article
    from ipmetrics.prose.blocks import Block
    from ipmetrics.prose.statements import Reference, Statement, Unread
    from ipmetrics.prose.texts import Text

    class Reader(Protocol):
        """What a language offers."""

        def __call__(
            self, text: Text, blocks: Sequence[Block], published: day | None
        ) -> tuple[list[Statement], list[Unread]]:
            """The statements of some blocks, and what looks like one and is none."""


__all__ = ["find_claims", "joined", "read_article"]

_READERS = {Language.ENGLISH: "english", Language.CHINESE: "chinese"}


def find_claims(
    text: str,
    *,
    date: day | str | None = None,
    language: str | None = None,
    title: str | None = None,
    producer: str | None = None,
) -> Article:
    r"""Read the claims of an article.

    Parameters
    ----------
    text
        The article as plain text, Markdown or HTML.
    date
        The day it was published, a date or ``"2022-04-30"``; the last day of ``"2022-04"`` or ``"2022"`` where no more
        is known. Left out, it is looked for in the text.
    language
        ``"en"`` or ``"zh"``; left out, it is told by the letters of each part.
    title, producer
        What the article is called and who published it, for the sources of its claims.

    Returns
    -------
    Article
        A sequence of claims, with the statements they were made from and what could not be read.

    Raises
    ------
    ArticleError
        If the text is no text, or there is no such date or language.

    Examples
    --------
    >>> article = find_claims("In 2021, Haidian granted 40,455 invention patents, up 19.6% from 33,825 in 2020.")
    >>> print(*article, sep="\n")
    invention patents granted, Haidian 2021 = 40,455
    invention patents granted: Haidian 2021 since Haidian 2020 +19.6%
    invention patents granted, Haidian 2020 = 33,825
    >>> article.claim("s1-2").source.quote
    'In 2021, Haidian granted 40,455 invention patents, up 19.6% from 33,825 in 2020.'
    """
    return read_article(text, date=date, language=language, title=title, producer=producer)


def read_article(
    text: str,
    *,
    date: day | str | None = None,
    language: str | None = None,
    title: str | None = None,
    producer: str | None = None,
    alone: bool = False,
) -> Article:
    """Read an article as `find_claims` does; ``alone`` if its claims are judged without those of others.

    Raises
    ------
    ArticleError
        If the text is no text, or there is no such date or language.
    """
    published, asked = _date(date), _language(language)
    if not isinstance(text, str):
        raise ArticleError(
            type(text).__name__, rule="an article is text", way_out="decode bytes, or read the file, and pass a str"
        )
    from ipmetrics.prose.cleaning import cleaned  # noqa: PLC0415 - only once the arguments make sense
    from ipmetrics.prose.layout import blocks_of  # noqa: PLC0415 - the same
    from ipmetrics.prose.published import published_on  # noqa: PLC0415 - the same

    held = cleaned(text)
    blocks = blocks_of(held, asked)
    when = published or published_on(held, blocks)
    languages = tuple(dict.fromkeys(block.language for block in blocks))
    statements, unread = joined([_read(each, held, blocks, when) for each in languages])
    return assemble(
        statements,
        unread=unread,
        text=text,
        sentences=(held.span(*sentence) for block in blocks for sentence in block.sentences),
        imprint=Imprint(date=when, language=asked or _main(blocks), title=title, producer=producer, alone=alone),
    )


def _date(given: day | str | None) -> day | None:
    if given is None:
        return None
    try:
        return Period(given).end
    except PeriodError:
        raise ArticleError(
            repr(given), rule="an article is published on a day", way_out='pass a date, or "2022-04-30"'
        ) from None


def _language(given: str | None) -> Language | None:
    try:
        return None if given is None else Language(given)
    except ValueError:
        raise ArticleError(
            repr(given), rule="an article is in English or Chinese", way_out='pass "en" or "zh", or leave it out'
        ) from None


def _read(
    language: Language, text: Text, blocks: Sequence[Block], published: day | None
) -> tuple[list[Statement], list[Unread]]:
    """What the reader of a language makes of its blocks."""
    name = f"ipmetrics.prose.{_READERS[language]}"
    reader: Reader = import_module(name).read
    return reader(text, [block for block in blocks if block.language is language], published)


def _main(blocks: Sequence[Block]) -> Language | None:
    """The language that most letters are in."""
    letters: dict[Language, int] = {}
    for block in blocks:
        letters[block.language] = letters.get(block.language, 0) + block.end - block.start
    return max(letters, key=lambda each: letters[each]) if letters else None


def joined(
    read: Sequence[tuple[Sequence[Statement], Sequence[Unread]]],
) -> tuple[tuple[Statement, ...], tuple[Unread, ...]]:
    """Several lists in the order of the text, the places they point to moved along."""
    told = [(number, place) for number, (statements, _) in enumerate(read) for place in range(len(statements))]
    told.sort(key=lambda pair: (read[pair[0]][0][pair[1]].span, pair))
    moved: list[dict[int, int]] = [{} for _ in read]
    for place, (number, old) in enumerate(told):
        moved[number][old] = place
    statements = tuple(_moved(read[number][0][old], moved[number]) for number, old in told)
    unread = sorted((each for _, several in read for each in several), key=lambda each: each.span)
    return statements, tuple(unread)


def _moved(statement: Statement, places: Mapping[int, int]) -> Statement:
    """The statement, pointing to where others now stand."""
    return attrs.evolve(
        statement,
        about=None if statement.about is None else places.get(statement.about),
        base=None if statement.base is None else _moved_base(statement.base, places),
        parts=tuple(places[part] for part in statement.parts if part in places),
        alternatives=tuple(_moved(each, places) for each in statement.alternatives),
    )


def _moved_base(base: Reference, places: Mapping[int, int]) -> Reference:
    return attrs.evolve(base, statement=None if base.statement is None else places.get(base.statement))
