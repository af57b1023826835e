"""The command `table`: a table of any size checked by the formulas of a rules file, and a report on it.

This room knows how a file is read and where its parts go. What a file is it tells by its name and its first lines;
what its rows say is decided elsewhere.
"""

from __future__ import annotations

import contextlib
import csv
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.cli.endings import UnusableError, exit_of
from ipmetrics.cli.saving import saving
from ipmetrics.cli.streams import Progress, complain, is_terminal, put

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator, Mapping

    from ipmetrics.cli.saving import Saving
    from ipmetrics.errors import TableError
    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.rules import Rules
    from ipmetrics.tables.telling.row_findings import TableReport

__all__ = ["check_table_file"]

_SEEN: Final = 1 << 16
_WORLD_BANK: Final = ["Country Name", "Country Code", "Indicator Name", "Indicator Code"]
_LARGE_PART: Final = 64 << 20
"""Bytes of a part where rows look into other rows: each part then goes through the columns they look into."""


def check_table_file(arguments: argparse.Namespace) -> int:
    """Check the table named and write a report.

    Raises
    ------
    UnusableError
        If there is nothing that can be checked, or nowhere to write.
    """
    with contextlib.ExitStack() as stack:
        path = stack.enter_context(_spooled()) if arguments.file == "-" else Path(arguments.file)
        kind = _kind(arguments, path)
        output = stack.enter_context(saving(arguments.output, beside=path))
        report = _checked(arguments, path, kind, output)
        if output is not None:
            output.keep()
    if not arguments.quiet:
        _remark(report, strict=arguments.strict)
    put(lambda **how: _rendered(report, arguments.format, **how), arguments, arguments.report)
    return exit_of(report.verdict.value, strict=arguments.strict)


def _checked(arguments: argparse.Namespace, path: Path, kind: str, output: Saving | None) -> TableReport:
    from ipmetrics.errors import TableError  # noqa: PLC0415 - only once there is work to do

    check = {"csv": _check_csv, "parquet": _check_parquet}.get(kind, _check_in_memory)
    try:
        return check(arguments, path, kind, output)
    except TableError as error:
        raise UnusableError(_lines(arguments, error)) from error


def _lines(arguments: argparse.Namespace, error: TableError) -> Iterator[str]:
    """Yield a line for each fault, with the file it is in: the table's own, else that of the rules."""
    mine = str(error.given) in {arguments.file, "-"}
    name = arguments.file if mine else arguments.rules
    if not error.faults:
        yield f"{arguments.file}: {error}"
    for fault in error.faults:
        yield f"{name}: {fault.message}" if fault.where == name else f"{name}: {fault}"


def _remark(report: TableReport, *, strict: bool) -> None:
    """Say on standard error what the exit status may not: that nothing, or not everything, was checked."""
    from ipmetrics.tables.telling.words import headline  # noqa: PLC0415 - only once there is something to say

    if not report.summary.rows:
        complain("warning: the table has no rows")
    elif report.verdict.value == "undetermined":
        complain(
            f"undetermined: {headline(report.summary)}" + ("" if strict else " (exit status 0; --strict makes it 3)")
        )


def _rendered(report: TableReport, form: str, *, width: int, colour: bool, encoding: str) -> str:
    if form == "text":
        return report.document().text(width, colour=colour, encoding=encoding)
    if form == "json":
        text, how = report.to_json(), "backslashreplace"
    elif form == "markdown":
        text, how = report.to_markdown(), "xmlcharrefreplace"
    else:
        text, how = report.document().page(f"ipmetrics: {report.verdict.value}"), "xmlcharrefreplace"
    if encoding.lower().replace("_", "-") in {"utf-8", "utf8"}:
        return text
    return text.encode("ascii", how).decode("ascii") if form != "json" else _escaped(text)


def _escaped(text: str) -> str:
    """Return JSON in ASCII."""
    import json  # noqa: PLC0415 - only where the terminal cannot write what is asked

    return json.dumps(json.loads(text), ensure_ascii=True, indent=2)


# ------------------------------------------------------------------------------ what a file is


@contextlib.contextmanager
def _spooled() -> Iterator[Path]:
    """Keep standard input in a file for as long as it is read, because it is read twice."""
    with tempfile.TemporaryDirectory(prefix="ipmetrics-") as folder:
        path = Path(folder, "standard-input.csv")
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file, 1 << 20)
        yield path


def _kind(arguments: argparse.Namespace, path: Path) -> str:
    """Say how a file is read: as asked, else by its name or its first lines."""
    start = _start(arguments, path)
    if start.startswith(b"PAR1"):
        kind = "parquet"
    else:
        kind = arguments.reader or _told_by(start.decode(arguments.encoding, errors="replace"))
    if arguments.wide and kind not in {"sdmx", "world-bank"}:
        raise UnusableError([f"{arguments.file}: --wide is for SDMX-CSV and World Bank CSV: this is {kind}"])
    return kind


def _start(arguments: argparse.Namespace, path: Path) -> bytes:
    try:
        "".encode(arguments.encoding)
    except LookupError:
        given = arguments.encoding
        raise UnusableError([f'--encoding {given}: there is no such encoding; pass "utf-8" or "gb18030"']) from None
    try:
        with path.open("rb") as file:
            return file.read(_SEEN)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnusableError([f"{arguments.file}: {reason}"]) from None


def _told_by(start: str) -> str:
    """Return the kind of CSV that begins so."""
    lines = start.lstrip("\ufeff").splitlines()
    for line in lines[:20]:
        if next(csv.reader([line]), [])[: len(_WORLD_BANK)] == _WORLD_BANK:
            return "world-bank"
    first = next((line for line in lines if line.strip()), "")
    cells = [cell.strip() for mark in ",;\t|" for cell in next(csv.reader(io.StringIO(first), delimiter=mark), [])]
    return "sdmx" if any(cell.partition(":")[0] == "OBS_VALUE" for cell in cells) else "csv"


# ------------------------------------------------------------------------------ how each is checked


def _rules(arguments: argparse.Namespace, read: Callable[[Path], Any]) -> Rules:
    from ipmetrics.tables.rules import read_rules  # noqa: PLC0415 - only once there is work to do

    return read_rules(arguments.rules, read=read)


def _told(arguments: argparse.Namespace) -> _Passes | None:
    return None if arguments.quiet or not is_terminal(sys.stderr) else _Passes(Progress(sys.stderr))


class _Passes:
    """A bar for a file that is read twice."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self._pass, self._done = 1, 0

    def __call__(self, done: int, total: int, rows: int) -> None:
        """Show how far this pass is."""
        if done <= self._done:
            self._pass += 1
        self._done = done
        doing = f"pass {self._pass} of 2"
        self.bar.show(done, total, doing, f"{100 * done // max(total, 1)} %, {rows:,} rows")


def _check_csv(arguments: argparse.Namespace, path: Path, _: str, output: Saving | None) -> TableReport:
    """Check a CSV file in parts, so that it may be larger than memory."""
    from ipmetrics.tables.telling.file_parts import CsvParts  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.tables.telling.in_parts import looks_elsewhere  # noqa: PLC0415 - the same

    rules = _rules(arguments, _read_frame)
    size = {"size": _LARGE_PART} if looks_elsewhere(rules.formulas) else {}
    told = _told(arguments)
    parts = CsvParts(path, name=arguments.file, encoding=arguments.encoding, told=told, **size)
    return _in_parts(arguments, rules, parts, output, told)


def _in_parts(
    arguments: argparse.Namespace,
    rules: Rules,
    parts: Callable[[], Iterator[Any]],
    output: Saving | None,
    told: _Passes | None,
) -> TableReport:
    from ipmetrics.tables.telling.in_parts import check_in_parts  # noqa: PLC0415 - only once there is work to do

    try:
        return check_in_parts(
            parts,
            rules.formulas,
            rules.columns,
            take=None if output is None else output.take,
            labels=arguments.label,
            limit=arguments.limit,
            name=arguments.file,
        )
    finally:
        if told is not None:
            told.bar.clear()


def _check_parquet(arguments: argparse.Namespace, path: Path, kind: str, output: Saving | None) -> TableReport:
    """Check a Parquet file: streamed by polars, else part by part with pyarrow."""
    try:
        import polars as pl  # noqa: PLC0415 - only for Parquet files
    except ImportError:
        return _check_row_groups(arguments, path, kind, output)
    from ipmetrics.tables import check_table  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.tables.telling.file_parts import readable  # noqa: PLC0415 - the same

    def read(other: Path) -> Any:  # noqa: ANN401 - a frame of polars
        if other.suffix.lower() == ".parquet":
            return pl.scan_parquet(other)
        frame = _read_frame(other)
        return pl.LazyFrame({name: frame[name].tolist() for name in frame.columns})

    rules = _rules(arguments, read)
    with readable(arguments.file):
        checked = check_table(pl.scan_parquet(path), rules.formulas, rules.columns)
        report = checked.report(arguments.limit, labels=arguments.label)
    if output is not None:
        output.sink(checked.frame)
    return _named(report, arguments)


def _check_row_groups(arguments: argparse.Namespace, path: Path, _: str, output: Saving | None) -> TableReport:
    try:
        import pyarrow as pa  # noqa: PLC0415 - only for Parquet files
    except ImportError:
        raise UnusableError(
            [f'{arguments.file}: reading Parquet needs polars or pyarrow; pip install "ipmetrics[tables]"']
        ) from None
    from ipmetrics.tables.telling.file_parts import ParquetParts, readable  # noqa: PLC0415 - only once there is work to do

    def read(other: Path) -> Any:  # noqa: ANN401 - a table of pyarrow
        if other.suffix.lower() == ".parquet":
            from pyarrow import parquet  # noqa: PLC0415 - only where one is referred to

            return parquet.read_table(other)
        return pa.Table.from_pandas(_read_frame(other), preserve_index=False)

    told = _told(arguments)
    rules = _rules(arguments, read)
    with readable(arguments.file):
        return _in_parts(arguments, rules, ParquetParts(path, told=told), output, told)


def _check_in_memory(arguments: argparse.Namespace, path: Path, kind: str, output: Saving | None) -> TableReport:
    """Check a file of a format that says something of its figures, which is read whole."""
    from ipmetrics.tables import check_table  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.tables.readers import read_sdmx_csv, read_world_bank_csv, wide  # noqa: PLC0415 - the same

    rules = _rules(arguments, _read_frame)
    with path.open("rb") as file:
        table = read_sdmx_csv(file) if kind == "sdmx" else read_world_bank_csv(file)
    if arguments.wide:
        table = wide(table, over=arguments.wide, value="OBS_VALUE" if kind == "sdmx" else "value")
    checked = check_table(table.frame, rules.formulas, _merged(table.columns, rules.columns))
    if output is not None:
        output.take(checked.frame)
    return _named(checked.report(arguments.limit, labels=arguments.label), arguments, notes=table.notes)


def _named(report: TableReport, arguments: argparse.Namespace, notes: tuple[str, ...] = ()) -> TableReport:
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    return attrs.evolve(report, name=arguments.file, notes=(*report.notes, *notes))


def _merged(read: Mapping[str, Column], ruled: Mapping[str, Column]) -> dict[str, Column]:
    """Return what the file says of its columns; where the rules say something else, they are right."""
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    merged = dict(read)
    for name, column in ruled.items():
        said = {
            field.name: getattr(column, field.name)
            for field in attrs.fields(type(column))
            if getattr(column, field.name) != field.default
        }
        merged[name] = attrs.evolve(merged[name], **said) if name in merged else column
    return merged


def _read_frame(path: Path) -> Any:  # noqa: ANN401 - a frame of pandas
    """Read another table that rules refer to."""
    from ipmetrics.tables.readers import read_csv, read_sdmx_csv, read_world_bank_csv  # noqa: PLC0415 - rarely asked

    if path.suffix.lower() == ".parquet":
        import pandas as pd  # noqa: PLC0415 - rarely asked

        return pd.read_parquet(path)
    try:
        with path.open("rb") as file:
            kind = _told_by(file.read(_SEEN).decode("utf-8", errors="replace"))
    except (OSError, ValueError):
        kind = "csv"  # its reader says what is wrong with it
    readers: dict[str, Callable[[Path], Any]] = {"sdmx": read_sdmx_csv, "world-bank": read_world_bank_csv}
    return readers.get(kind, read_csv)(path).frame
