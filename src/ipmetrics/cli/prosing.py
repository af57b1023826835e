"""The command `read`: the claims of an article, written down for people or for programs.

This room knows how an article comes in and in which form its claims go out. It judges none of them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ipmetrics.cli.endings import Exit, UnusableError
from ipmetrics.cli.streams import complain, put

if TYPE_CHECKING:
    import argparse

    from ipmetrics.prose.article import Article

__all__ = ["article_of", "read_article"]


def read_article(arguments: argparse.Namespace) -> int:
    """Read the article named and write its claims.

    Raises
    ------
    UnusableError
        If it cannot be read, or there is nowhere to write.
    """
    article = article_of(arguments.file, date=arguments.date, language=arguments.language, alone=True)
    if not arguments.quiet and not article.statements:
        complain("warning: no claim was found")

    def rendered(*, width: int, colour: bool, encoding: str) -> str:  # noqa: ARG001 - data have neither
        return _spelled(_written(article, arguments.format), encoding, pairs=arguments.format == "json")

    put(rendered, arguments, arguments.output)
    return Exit.CONSISTENT


def article_of(name: str, *, date: str | None, language: str | None, alone: bool, held: bytes | None = None) -> Article:
    """The article of a file, or of standard input.

    Raises
    ------
    UnusableError
        If there is no such file, or it is no text.
    """
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    from ipmetrics.errors import IpmetricsError  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.prose.incoming import readable  # noqa: PLC0415 - the same
    from ipmetrics.prose.reading import read_article as read_text  # noqa: PLC0415 - the same

    try:
        text = readable(_bytes(name) if held is None else held)
        title = None if name == "-" else Path(name).name
        article = read_text(text, date=date, language=language, title=title, alone=alone)
    except IpmetricsError as error:
        raise UnusableError([f"{name}: {error}"]) from error
    return attrs.evolve(article, name=name)


def _bytes(name: str) -> bytes:
    """What a file holds, or so much of it as shows that it is too large."""
    from ipmetrics.prose.incoming import LARGEST  # noqa: PLC0415 - only once there is work to do

    try:
        if name == "-":
            held = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(name).open("rb") as file:
                held = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnusableError([f"{name}: {reason}"]) from None
    if len(held) > LARGEST:
        raise UnusableError([f"{name}: an article has at most {LARGEST // 2**20} MiB; split it"])
    return held


def _written(article: Article, form: str) -> str:
    if form == "json":
        return json.dumps(article.data(), ensure_ascii=False, indent=2)
    from ipmetrics.cli.annotating import claim_file_of  # noqa: PLC0415 - only if asked

    return claim_file_of(article)


def _spelled(text: str, encoding: str, *, pairs: bool) -> str:
    """The text with escapes for what an encoding lacks; JSON writes rare letters as pairs, TOML with eight digits."""
    if _has(encoding, text):
        return text
    return "".join(letter if _has(encoding, letter) else _escaped(letter, pairs=pairs) for letter in text)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _escaped(letter: str, *, pairs: bool) -> str:
    if ord(letter) > 0xFFFF and not pairs:
        return f"\\U{ord(letter):08x}"
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))
