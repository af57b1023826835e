"""Contents: the text of a file that a person named, or one clear fault; whatever the file turns out to be.

This room reads bytes up to a limit and knows nothing of what they say.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from ipmetrics.claimfile.faults import described
from ipmetrics.errors import ClaimFileError, Fault, IpmetricsError

__all__ = ["LARGEST", "as_text", "check_text", "refuse", "text_of"]

LARGEST: Final = 16 * 2**20
"""Bytes of the largest file that is read."""


def refuse(name: str, where: str, given: str, rule: str, way_out: str) -> ClaimFileError:
    """The error of a file with one fault that hides all others."""
    return ClaimFileError(name, [Fault(where, str(IpmetricsError(given, rule=rule, way_out=way_out)))])


def text_of(path: str | os.PathLike[str]) -> str:
    """The text of a file.

    Raises
    ------
    ClaimFileError
        If there is no such file, it cannot be read, is larger than 16 MiB, is not UTF-8 or holds a NUL.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            # Some files do not know their size: read one byte more than is allowed, and never all of it.
            held = file.read(LARGEST + 1) if size <= LARGEST else b""
    except FileNotFoundError:
        raise refuse(name, name, "no file", "a claim file exists", "mend the path") from None
    except IsADirectoryError:
        raise refuse(name, name, "a folder", "a claim file is a file", "name one of the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(name, name, f"“{reason}”", "a claim file can be read", "mend its path or permissions") from None
    size = max(size, len(held))
    if size > LARGEST:
        rule = f"a claim file has at most {LARGEST // 2**20} MiB"
        raise refuse(name, name, f"{size / 2**20:.1f} MiB or more", rule, "split it")
    return as_text(held, name)


def as_text(held: bytes, name: str) -> str:
    """UTF-8 bytes as text, without a byte order mark."""
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{held[error.start]:02X}"
        raise refuse(name, f"line {line}", given, "a claim file is UTF-8", "save it as UTF-8 text") from None
    return check_text(text, name)


def check_text(text: str, name: str) -> str:
    """The text, unless it holds a NUL or nothing at all."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refuse(name, f"line {line}", "a NUL", "a claim file is text", "save it as UTF-8 text")
    if not text.strip():
        raise refuse(
            name,
            name,
            described(text),
            "a claim file says something",
            "write claims = [] where there are none",
        )
    return text
