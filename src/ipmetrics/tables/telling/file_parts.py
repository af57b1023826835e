"""A file read a part at a time, as often as asked: a CSV file as printed strings, a Parquet file as it is.

Parts of a CSV file end where records end: at a line break outside of quotes. What a line means is known to
`readers.plain`, which reads every part; this room cuts the file, keeps count of lines, and notices a file that changes
between two passes.
"""

from __future__ import annotations

import contextlib
import csv
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.errors import Fault, IpmetricsError, TableError
from ipmetrics.tables.readers.plain import SEPARATORS, read_csv

if TYPE_CHECKING:
    import os
    from typing import BinaryIO

__all__ = ["CsvParts", "ParquetParts", "readable"]

Told = Callable[[int, int, int], None]
"""Is told after each part how much of this pass is done, how much there is, and how many rows that makes so far."""

_PART: Final = 8 << 20
"""Bytes of a part: about 100,000 rows of a narrow table."""

_ROWS: Final = 1 << 17
"""Rows of a part of a Parquet file."""

_LONGEST: Final = 16
"""A record longer than this many parts has a quote that is never closed, or stray ones."""

_MOST_FAULTS: Final = 100


class CsvParts:
    """The parts of a CSV file, to be called once for each pass.

    Parameters
    ----------
    path
        The file.
    name
        What faults call it; the path if left out.
    encoding
        Of its bytes.
    size
        About how many bytes a part has.
    told
        Is told after each part how many bytes of this pass are done, how many there are, and how many rows so far.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        name: str | None = None,
        encoding: str = "utf-8-sig",
        size: int = _PART,
        told: Told | None = None,
    ) -> None:
        self._path = Path(path)
        self._name = str(path) if name is None else name
        self._encoding = encoding
        # Without bytes that are line breaks and quotes whatever stands around them, a file cannot be cut.
        self._size = size if "16" not in encoding and "32" not in encoding else None
        self._told = told
        self._sums: list[int] | None = None
        self._only: Any = None
        self._separator: str | None = None

    def __call__(self) -> Iterator[Any]:
        """Yield the parts; at the end, raise every fault that was found on the way.

        A file of one part is read once, and kept.
        """
        if self._only is not None:
            yield self._only
            return
        faults: list[Fault] = []
        sums: list[int] = []
        done = rows = lines = 0
        header, frame = b"", None
        with self._opened() as file:
            total = file.seek(0, io.SEEK_END)
            file.seek(0)
            for held in self._cut(file):
                sums.append(zlib.crc32(held))
                self._refuse_change(sums)
                if not header:
                    frame = self._read(held, 0, faults)
                    header = _header_of(held)
                    if self._size is not None:
                        self._separator = self._separator or _separator_of(header, frame, self._encoding)
                else:
                    frame = self._read(header + held, lines - header.count(b"\n"), faults)
                done, lines = done + len(held), lines + held.count(b"\n")
                if frame is not None:
                    rows += len(frame)
                    if not faults:
                        yield frame
                if self._told is not None:
                    self._told(done, total, rows)
                if len(faults) > _MOST_FAULTS:
                    break
        self._refuse_change(sums, ended=True)
        self._sums = sums
        if faults:
            raise _error(self._name, faults)
        if len(sums) == 1:
            self._only = frame

    def _opened(self) -> BinaryIO:
        try:
            return self._path.open("rb")
        except (OSError, ValueError):
            read_csv(self._path)  # it says what is wrong with the path
            raise

    def _cut(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield stretches of whole records; an empty file has one that is empty."""
        held, first = b"", True
        while True:
            more = file.read(self._size or -1)
            held += more
            end = len(held) if len(more) < (self._size or len(more) + 1) else _last_record(held)
            if not end and len(held) > _LONGEST * len(more):
                end = held.rfind(b"\n") + 1  # its reader says where a quote was left open
            if end or not more:
                if held[:end] or first:
                    yield held[:end]
                held, first = held[end:], False
            if not more:
                return

    def _read(self, held: bytes, before: int, faults: list[Fault]) -> Any:  # noqa: ANN401 - a frame of pandas
        """Read one part; its faults are told with the lines of the file, of which so many stand before it."""
        source = io.BytesIO(held)
        source.name = self._name  # as files that are open have one
        try:
            return read_csv(source, encoding=self._encoding, separator=self._separator).frame
        except TableError as error:
            if not error.faults:
                raise
            faults += [Fault(_moved(fault.where, before), fault.message) for fault in error.faults]
            return None

    def _refuse_change(self, sums: list[int], *, ended: bool = False) -> None:
        if self._sums is not None and sums != self._sums[: None if ended else len(sums)]:
            raise changed(self._name)


class ParquetParts:
    """The parts of a Parquet file as tables of pyarrow, to be called once for each pass."""

    def __init__(self, path: str | os.PathLike[str], *, told: Told | None = None) -> None:
        self._path = Path(path)
        self._told = told
        self._stamp: tuple[int, int] | None = None

    def __call__(self) -> Iterator[Any]:
        """Yield the parts; a file of no rows has one that is empty."""
        import pyarrow as pa  # noqa: PLC0415 - slow to import, and wanted only here
        from pyarrow import parquet  # noqa: PLC0415 - as above

        found = self._path.stat()
        stamp = (found.st_size, found.st_mtime_ns)
        if self._stamp not in {None, stamp}:
            raise changed(str(self._path))
        self._stamp = stamp
        rows = 0
        with parquet.ParquetFile(self._path) as file:
            for batch in file.iter_batches(_ROWS):
                rows += batch.num_rows
                yield pa.Table.from_batches([batch])
                if self._told is not None:
                    self._told(rows, file.metadata.num_rows, rows)
            if not rows:
                yield file.schema_arrow.empty_table()


@contextlib.contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what an engine says of a file that it cannot read into an error that names the file."""
    try:
        yield
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in {"narwhals", "polars", "pyarrow"}:
            raise
        reason = str(error).partition("\n")[0]
        fault = Fault(name, str(IpmetricsError(f"“{reason}”", rule="a table can be read", way_out="write it anew")))
        raise _error(name, [fault]) from error


def changed(name: str) -> TableError:
    """Return the error of a file that is not the same in the second pass."""
    fault = Fault(name, "the file changed while it was read; check it again once nobody writes to it")
    return _error(name, [fault])


def _error(name: str, faults: list[Fault]) -> TableError:
    told = list(dict.fromkeys(faults))
    count = f"{min(len(told), _MOST_FAULTS)}{'+' * (len(told) > _MOST_FAULTS)} fault{'s' * (len(told) != 1)}"
    if len(told) > _MOST_FAULTS:
        told = [*told[:_MOST_FAULTS], Fault("further on", "there may be more faults; these come first")]
    return TableError(name, rule=f"a table is read whole or not at all ({count})", way_out="mend", faults=told)


def _last_record(held: bytes) -> int:
    """Return where the last line break outside of quotes ends; 0 if there is none."""
    quotes, end = held.count(b'"'), len(held)
    while (at := held.rfind(b"\n", 0, end)) >= 0:
        quotes -= held.count(b'"', at, end)
        if quotes % 2 == 0:
            return at + 1
        end = at
    return 0


def _header_of(held: bytes) -> bytes:
    """Return everything up to the end of the first record that is not blank."""
    start = 0
    while (at := held.find(b"\n", start)) >= 0:
        if held[:at].strip(b" \t\r\n\xef\xbb\xbf") and held.count(b'"', 0, at) % 2 == 0:
            return held[: at + 1]
        start = at + 1
    return held


def _separator_of(header: bytes, frame: Any, encoding: str) -> str | None:  # noqa: ANN401 - a frame of pandas, or None
    """Return what the reader found to part the cells: that by which the header falls into its names."""
    if frame is None:
        return None
    names = [str(name) for name in frame.columns]
    text = header.decode(encoding).lstrip("\r\n")
    for mark in SEPARATORS:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
        if [cell.strip() for cell in cells if cell.strip()] == names:
            return mark
    return None


def _moved(where: str, before: int) -> str:
    """Return a place in the file for one in a part of it."""
    word, _, number = where.partition(" ")
    return f"line {int(number) + before:,}".replace(",", "") if word == "line" and number.isdigit() else where
