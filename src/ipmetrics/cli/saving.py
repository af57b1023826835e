"""The checked table as a file: written as it goes, and in place only once it is whole.

This room knows two formats and temporary files. It refuses to leave half a table behind.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipmetrics.cli.endings import UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Saving", "saving"]

_FORMATS = (".csv", ".parquet")


@contextlib.contextmanager
def saving(name: str | None, *, beside: Path) -> Iterator[Saving | None]:
    """Open the file of that name for a checked table; None if there is to be none.

    ``beside`` is the table that is read, which must not be written over.

    Raises
    ------
    UnusableError
        If it cannot be written, which is found out before anything is read.
    """
    if name is None:
        yield None
        return
    path = Path(name)
    if path.suffix.lower() not in _FORMATS:
        way_out = "the report goes where --report says" if path.suffix else "give it one of these endings"
        raise UnusableError([f"{name}: a checked table is written as .csv or .parquet; {way_out}"])
    if path.exists() and beside.exists() and path.samefile(beside):
        raise UnusableError([f"{name}: this is the table that is checked; write to another file"])
    written = Saving(path)
    try:
        yield written
    except OSError as error:
        raise written.unusable(error) from None
    finally:
        written.discard()


class Saving:
    """A file that is written under another name until it is whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._parquet = path.suffix.lower() == ".parquet"
        self._writer: Any = None
        if self._parquet:
            _needs_pyarrow(str(path))
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory")
            self._file = self._part.open("wb")
        except OSError as error:
            raise self.unusable(error) from None

    def unusable(self, error: OSError) -> UnusableError:
        """Return the error of a file that cannot be written."""
        return UnusableError([f"{self._path}: cannot write: {error.strerror or error}"])

    def take(self, frame: Any) -> None:  # noqa: ANN401 - a frame of pandas, or a table of pyarrow
        """Write the next rows."""
        if not self._parquet:
            frame = frame.to_pandas() if hasattr(frame, "to_pandas") else frame
            frame.to_csv(self._file, index=False, header=self._writer is None, lineterminator="\n", encoding="utf-8")
            self._writer = self._file
            return
        import pyarrow as pa  # noqa: PLC0415 - only where it was asked for
        from pyarrow import parquet  # noqa: PLC0415 - as above

        table = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame, preserve_index=False)
        if self._writer is None:
            self._writer = parquet.ParquetWriter(self._file, table.schema)
        self._writer.write_table(table.cast(self._writer.schema))

    def sink(self, frame: Any) -> None:  # noqa: ANN401 - a lazy frame of polars
        """Let polars write all rows, without ever holding them."""
        if self._parquet:
            frame.sink_parquet(self._file)
        else:
            frame.sink_csv(self._file)

    def keep(self) -> None:
        """Put the file where it was asked for, now that it is whole."""
        if self._parquet and self._writer is not None:
            self._writer.close()
        self._file.close()
        self._part.replace(self._path)

    def discard(self) -> None:
        """Leave nothing behind of a file that was not kept."""
        with contextlib.suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)


def _needs_pyarrow(name: str) -> None:
    from importlib.util import find_spec  # noqa: PLC0415 - only where it was asked for

    if find_spec("pyarrow") is None and find_spec("polars") is None:
        raise UnusableError([f"{name}: writing Parquet needs pyarrow; pip install pyarrow, or write .csv"])
