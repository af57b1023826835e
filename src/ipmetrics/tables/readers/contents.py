"""Contents: the text of whatever was named, or one error that says what is wrong with it.

This room knows files, buffers and encodings. It knows no table.
"""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from ipmetrics.errors import Fault, IpmetricsError, TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Faults", "Source", "bytes_of", "decoded", "refuse", "text_of"]

Source = str | os.PathLike[str] | IO[str] | IO[bytes]
"""A path, or something open that can be read."""

MOST_TOLD: Final = 100
"""Faults told one by one; the rest are counted."""

_PACKED: Final = (
    (b"PK\x03\x04", "a spreadsheet or an archive", "save the sheet as CSV, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet", "save the sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or pass gzip.open(path)"),
    (b"PAR1", "a Parquet file", "read it with pandas or polars; its columns of text stay as they were"),
    (b"\xff\xfe", "UTF-16 text", 'pass encoding="utf-16"'),
    (b"\xfe\xff", "UTF-16 text", 'pass encoding="utf-16"'),
)
"""How files begin that are often taken for a table of text."""


class Faults:
    """The faults of one table, told together; beyond `MOST_TOLD` they are counted."""

    def __init__(self, name: str, rule: str = "a table is read whole or not at all") -> None:
        self._name = name
        self._rule = rule
        self._told: list[Fault] = []
        self._more = 0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._told) + self._more

    def add(self, where: str, given: object, *, rule: str, way_out: str) -> None:
        """Note what was given there, the rule it breaks and the way out."""
        if len(self._told) < MOST_TOLD:
            self._told.append(Fault(where, str(IpmetricsError(given, rule=rule, way_out=way_out))))
        else:
            self._more += 1

    def tell(self) -> None:
        """Raise them all; do nothing if there are none."""
        if not self._told:
            return
        more = [Fault("further on", f"{self._more} more faults")] * bool(self._more)
        count = len(self)
        raise TableError(
            self._name,
            rule=f"{self._rule} ({count} fault{'s' * (count != 1)})",
            way_out="mend",
            faults=[*self._told, *more],
        )


def refuse(name: str, where: str, given: object, *, rule: str, way_out: str) -> TableError:
    """Make the error of a table with one fault that hides all others."""
    faults = Faults(name)
    faults.add(where, given, rule=rule, way_out=way_out)
    try:
        faults.tell()
    except TableError as error:
        return error
    raise AssertionError  # pragma: no cover - a fault was added


def bytes_of(source: Source) -> tuple[str, bytes | str]:
    """Return the name of a source and what it holds; text only if it was open as text."""
    if not isinstance(source, str | os.PathLike):
        if not hasattr(source, "read"):
            raise TableError(
                type(source).__name__, rule="a table is read from a path or an open file", way_out="pass its path"
            )
        return str(getattr(source, "name", "<buffer>")), source.read()
    name = str(source)
    try:
        return name, Path(source).read_bytes()
    except FileNotFoundError:
        raise refuse(name, name, "no file", rule="a table exists", way_out="mend the path") from None
    except IsADirectoryError:
        raise refuse(name, name, "a folder", rule="a table is a file", way_out="name one of the files in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(
            name, name, f"“{reason}”", rule="a table can be read", way_out="mend its path or permissions"
        ) from None


def decoded(held: bytes | str, name: str, encoding: str) -> str:
    """Return the text that bytes hold, without a byte order mark; text of something else is refused."""
    if isinstance(held, bytes):
        held = _decoded(held, name, encoding)
    text = held.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        rule = "a table is text"
        raise refuse(name, f"line {line}", "a NUL", rule=rule, way_out="save it as text, or pass its encoding=")
    if not text.strip():
        raise refuse(name, name, "nothing", rule="a table begins with a line of names", way_out="name another file")
    return text


def text_of(source: Source, encoding: str) -> tuple[str, str]:
    """Return the name of a source and its text."""
    name, held = bytes_of(source)
    return name, decoded(held, name, encoding)


def _decoded(held: bytes, name: str, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise TableError(
            repr(encoding), rule="an encoding has a name", way_out='pass "utf-8", "gb18030" or "cp1252"'
        ) from None
    wide = encoding.lower().replace("_", "-").startswith(("utf-16", "utf16", "utf-32", "utf32"))
    for mark, what, way_out in _PACKED:
        if held.startswith(mark) and not (wide and what == "UTF-16 text"):
            raise refuse(name, name, what, rule=f"a table is {encoding} text", way_out=way_out)
    try:
        return held.decode(encoding)
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        given = f"byte 0x{held[error.start]:02X}"
        way_out = 'pass its encoding=, such as "gb18030" or "cp1252"'
        raise refuse(name, f"line {line}", given, rule=f"a table is {encoding} text", way_out=way_out) from None


def listed(lines: Sequence[int], most: int = 8) -> str:
    """Write down line numbers, the first few of them."""
    told = ", ".join(str(line) for line in lines[:most])
    return told if len(lines) <= most else f"{told} and {len(lines) - most} more"
