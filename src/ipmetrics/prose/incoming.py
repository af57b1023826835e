"""Incoming: the bytes of a file to the text in it, or an error that says what they are instead.

UTF-8, UTF-16 and UTF-32 with their marks, and GB18030 where that gives everyday Chinese. Other encodings of old are not
guessed: a wrong guess would change what an article says.
"""

from __future__ import annotations

import codecs

from ipmetrics.errors import ArticleError

__all__ = ["LARGEST", "readable"]

LARGEST = 16 * 2**20
"""The most bytes, or letters, that are read as one article: 16 MiB, some thousand pages."""

_AS_TEXT = "save it as text (UTF-8) and pass that"
_OPENINGS = (
    (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or PPT)"),
    (b"{\\rtf", "a document in rich text (RTF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it opens with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_COMMON = 0.8


def readable(data: bytes) -> str:
    """The text of a file.

    Raises
    ------
    ArticleError
        If the bytes are no text, or more than `LARGEST`.
    """
    if looks := _looks_like(data):
        raise ArticleError(looks, rule="an article is given as text", way_out=_AS_TEXT)
    if len(data) > LARGEST:
        raise ArticleError(
            f"{len(data):,} bytes",
            rule=f"an article has at most {LARGEST:,} bytes",
            way_out="split it into several files",
        )
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\0" in data:
        raise ArticleError(
            f"a NUL byte at {data.index(0)}, as in binary files", rule="an article is given as text", way_out=_AS_TEXT
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        chinese = _as_chinese(data)
        if chinese is not None:
            return chinese
        raise _undecodable(error, "utf-8") from None


def _looks_like(data: bytes) -> str | None:
    """What a file is by its first bytes, if that is no text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        head = data[:4096]
        parts = ((b"word/", "a Word document (DOCX)"), (b"xl/", "an Excel workbook (XLSX)"), (b"ppt/", "slides (PPTX)"))
        return next((name for part, name in parts if part in head), "an archive (ZIP), as Office documents are")
    return next((name for opening, name in _OPENINGS if data.startswith(opening)), None)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(error, encoding) from None


def _undecodable(error: UnicodeDecodeError, encoding: str) -> ArticleError:
    byte = error.object[error.start]
    return ArticleError(
        f"the byte 0x{byte:02x} at {error.start}, which is not {encoding.upper()}",
        rule="an article is given as text in UTF-8, UTF-16 with its mark, or GB18030",
        way_out="save it as UTF-8",
    )


def _as_chinese(data: bytes) -> str | None:
    """The bytes read as GB18030, if they are that and most of it is everyday Chinese."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    sample = [letter for letter in text[: 5 * _SAMPLE] if letter > "\x7f"][:_SAMPLE]
    common = sum(_is_common(letter) for letter in sample)
    return text if sample and common >= _COMMON * len(sample) else None


def _is_common(letter: str) -> bool:
    """Whether a letter is a sign or one of the 3,755 most used characters of GB 2312."""
    try:
        first = letter.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= first <= 0xA3 or 0xB0 <= first <= 0xD7
