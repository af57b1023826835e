"""The command line: `ipmetrics check FILE…` reads claim files, judges them together and writes a report.

This room knows arguments, streams, exit codes and terminals. It decides nothing about claims, and it loads
the rest of the package only once the arguments make sense, so that help and mistakes are instant.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import time
import traceback
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from ipmetrics.claimfile import ClaimFile
    from ipmetrics.findings import Report
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["Exit", "main"]

# Written out, because asking the rooms that own them would load them: tests hold the two together.
FORMATS = ("text", "markdown", "html", "json")
ROUNDINGS = (
    "nearest", "half_up", "half_down", "half_even", "truncated", "floor", "ceiling", "balanced", "exact",
)  # fmt: skip

_ARTICLES = {".txt", ".md"}
_FILE_WIDTH = 100
_NARROWEST, _WIDEST = 40, 140

_DESCRIPTION = "Check published statistics against each other. Without arguments: check the claim sets shipped here."
_EPILOG = """\
examples:
  ipmetrics                                    check the claim sets that come with ipmetrics
  ipmetrics check report.toml                  judge one claim file
  ipmetrics check 2021.toml 2022.csv           judge two files together, as one dossier
  ipmetrics check report.toml -f html -o report.html
  ipmetrics check - < report.toml              read a claim file from standard input

exit status:
  0  consistent, or undetermined (said on standard error)
  1  inconsistent
  2  unusable input, or output that cannot be written
  3  undetermined, with --strict
"""


class Exit(IntEnum):
    """What the exit status says."""

    CONSISTENT = 0
    INCONSISTENT = 1
    UNUSABLE = 2
    UNDETERMINED = 3
    FAULT = 70  # EX_SOFTWARE; Python's own 1 would read as "inconsistent"
    INTERRUPTED = 130


class _UnusableError(Exception):
    """Nothing can be judged; one line for each thing to mend."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line and say how it ended.

    Parameters
    ----------
    argv
        The arguments; those of the process by default.

    Returns
    -------
    int
        The exit status: see `Exit`.

    Raises
    ------
    SystemExit
        From argparse, for ``--help``, ``--version`` and arguments it cannot read.
    """
    arguments = _arguments(argv)
    try:
        return _check(arguments)
    except _UnusableError as error:
        for line in error.lines:
            _complain(line)
        return Exit.UNUSABLE
    except KeyboardInterrupt:
        _complain("interrupted")
        return Exit.INTERRUPTED
    except Exception:  # noqa: BLE001 - whatever it is, it must not end in status 1, which says "inconsistent"
        traceback.print_exc()
        _complain("this is a fault of ipmetrics, not of what it read")
        return Exit.FAULT


# ---------------------------------------------------------------------- arguments


class _Version(argparse.Action):
    """Look the version up only when it is asked for: reading metadata is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - see above

        _write(f"ipmetrics {version('ipmetrics')}\n")
        parser.exit(0)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    given = sys.argv[1:] if argv is None else list(argv)
    if given:
        return parser.parse_args(given)
    shipped = parser.parse_args(["check", "-"])
    shipped.files = []
    return shipped


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="ipmetrics", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=layout)
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = commands.add_parser(
        "check",
        help="judge claim files and write a report",
        description="Read claim files, judge all their claims together and write a report.\n"
        "It begins with what nobody has checked.",
        epilog=_EPILOG,
        formatter_class=layout,
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="a claim file, .toml or .csv; - is standard input")
    check.add_argument("-f", "--format", choices=FORMATS, default="text", help="of the report (default: text)")
    check.add_argument("-o", "--output", metavar="FILE", help="write the report there instead")
    check.add_argument("--details", action="store_true", help="show proofs and true values in a text report, too")
    check.add_argument(
        "--rounding",
        choices=ROUNDINGS,
        metavar="RULE",
        help=f"how figures were rounded where they do not say: {', '.join(ROUNDINGS)}",
    )
    check.add_argument("--strict", action="store_true", help="exit with 3 if the claims are undetermined")
    check.add_argument("-q", "--quiet", action="store_true", help="no report unless --output, and no remarks")
    colours = ("auto", "always", "never")
    check.add_argument("--colour", "--color", choices=colours, default="auto", help="(default: auto)")
    never = check.add_argument("--no-colour", "--no-color", action="store_const", const="never")
    never.dest, never.help = "colour", "as --colour never"
    return parser


# ---------------------------------------------------------------------- check


def _check(arguments: argparse.Namespace) -> int:
    files = _read(arguments.files) if arguments.files else [_shipped()]
    claims = _dossier(files)
    conventions = _conventions(files, arguments.rounding)
    report = _judged(claims, conventions, quiet=arguments.quiet)
    if not arguments.quiet:
        _remark(report, strict=arguments.strict)
    if arguments.output is not None:
        _save(_rendered(report, arguments, None), arguments.output)
    elif not arguments.quiet:
        _write(_rendered(report, arguments, sys.stdout))
    verdict = report.verdict.value
    if verdict == "undetermined":
        return Exit.UNDETERMINED if arguments.strict else Exit.CONSISTENT
    return Exit.INCONSISTENT if verdict == "inconsistent" else Exit.CONSISTENT


def _read(names: Sequence[str]) -> list[ClaimFile]:
    """Read every file, each once, or say everything that is wrong with any of them."""
    from ipmetrics.errors import ClaimFileError, IpmetricsError  # noqa: PLC0415 - only once there is work to do

    files: list[ClaimFile] = []
    wrong: list[str] = []
    for name in dict.fromkeys(names):
        try:
            files.append(_read_one(name))
        except _UnusableError as error:
            wrong += error.lines
        except ClaimFileError as error:
            for fault in error.faults:
                where = "" if fault.where == error.name else f"{fault.where}: "
                wrong.append(f"{name}: {where}{fault.message}")
        except IpmetricsError as error:
            wrong.append(f"{name}: {error}")
        except OSError as error:
            wrong.append(f"{name}: {error.strerror or error}")
    if wrong:
        raise _UnusableError(wrong)
    return files


def _read_one(name: str) -> ClaimFile:
    from ipmetrics import catalogue  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.claimfile import parse_claims, read_claims  # noqa: PLC0415 - the same

    if name == "-":
        text = _standard_input()
        return parse_claims(text, format="csv" if _looks_like_csv(text) else "toml", name="-", catalogue=catalogue)
    if Path(name).suffix.lower() in _ARTICLES:
        raise _UnusableError(
            [f"{name}: reading articles is not available yet; write its claims down in a .toml or .csv file"]
        )
    return read_claims(name, catalogue=catalogue)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _UnusableError([f"-: byte {error.start + 1}: a claim file is UTF-8; convert it first"]) from None


def _looks_like_csv(text: str) -> bool:
    """Whether the first line that says something is a row of column names, which TOML never begins with."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return "," in first and "=" not in first and not first.startswith("[")


def _shipped() -> ClaimFile:
    from ipmetrics import datasets  # noqa: PLC0415 - only without arguments

    shipped: ClaimFile = datasets.load_all()
    return shipped


def _dossier(files: Sequence[ClaimFile]) -> list[Claim]:
    """All claims in order; of several files each claim is named after its file, so that names stay apart."""
    if len(files) == 1:
        return list(files[0])
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    stems = [Path(file.name).stem for file in files]
    names = [file.name if stems.count(stem) > 1 else stem for file, stem in zip(files, stems, strict=True)]
    return [
        attrs.evolve(claim, id=f"{name}:{claim.id or place}")
        for name, file in zip(names, files, strict=True)
        for place, claim in enumerate(file, start=1)
    ]


def _conventions(files: Sequence[ClaimFile], rounding: str | None) -> Conventions | None:
    """The conventions that the files state, the rounding rule of the command line put in."""
    stated = [file for file in files if file.conventions is not None]
    different = [file.name for file in stated if file.conventions != stated[0].conventions]
    if different:
        names = f"{stated[0].name} and {different[0]}"
        raise _UnusableError([f"{names} state different conventions; make them agree or check them apart"])
    conventions = stated[0].conventions if stated else None
    if rounding is None:
        return conventions
    import attrs  # noqa: PLC0415 - only if asked

    from ipmetrics.model.figures import Conventions, Rounding  # noqa: PLC0415 - the same

    return attrs.evolve(conventions or Conventions(), rounding=Rounding(rounding))


def _judged(claims: list[Claim], conventions: Conventions | None, *, quiet: bool) -> Report:
    from ipmetrics.checks import check  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.errors import IpmetricsError  # noqa: PLC0415 - the same

    bar = None if quiet or not _is_terminal(sys.stderr) else _Progress(sys.stderr)
    try:
        return check(claims, conventions, progress=bar)
    except IpmetricsError as error:
        raise _UnusableError([str(error)]) from error
    finally:
        if bar is not None:
            bar.clear()


def _remark(report: Report, *, strict: bool) -> None:
    if not report.findings:
        _complain("warning: there is no claim to check")
    if report.verdict.value == "undetermined":
        why = f": {report.left_open[0]}" if report.left_open else ""
        _complain(f"undetermined{why}" + ("" if strict else " (exit status 0; --strict makes it 3)"))


# ---------------------------------------------------------------------- streams


def _rendered(report: Report, arguments: argparse.Namespace, stream: TextIO | None) -> str:
    """The report as it may be written to a stream, or to a file in UTF-8 if there is none."""
    from ipmetrics.reports import write_report  # noqa: PLC0415 - only once there is work to do

    encoding = (stream.encoding if stream is not None else None) or "utf-8"
    terminal = stream is not None and _is_terminal(stream)
    size = shutil.get_terminal_size((_FILE_WIDTH, 24)).columns if terminal else _FILE_WIDTH
    text = write_report(
        report,
        arguments.format,
        width=min(max(size, _NARROWEST), _WIDEST),
        colour=_coloured(arguments.colour, terminal=terminal),
        encoding=encoding,
        unfold=arguments.details,
    )
    return f"{text}\n"


def _coloured(choice: str, *, terminal: bool) -> bool:
    if choice != "auto":
        return choice == "always"
    return terminal and not os.environ.get("NO_COLOR")


def _is_terminal(stream: TextIO) -> bool:
    """Whether a person looks on, at something that understands more than letters."""
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # the stream was closed
        return False


def _write(text: str) -> None:
    """Write to standard output; a reader who has gone, as `head` does, is no fault."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail again when Python exits: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise _UnusableError([f"standard output: cannot write: {error.strerror}"]) from None


def _save(text: str, name: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _UnusableError([f"{name}: cannot write: {reason}"]) from None


def _complain(line: str) -> None:
    """One line on standard error, where nobody may be listening."""
    from ipmetrics.documents.letters import in_encoding, visible  # noqa: PLC0415 - only if there is something

    with contextlib.suppress(OSError):
        print(
            f"ipmetrics: {in_encoding(visible(line), sys.stderr.encoding or 'utf-8')}",
            file=sys.stderr,
            flush=True,
        )


class _Progress:
    """A bar on a terminal that goes away again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + 0.3  # what is over at once shows nothing
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is, not more than ten times a second."""
        now = time.monotonic()
        if now >= self._next and total > 0:
            self._next, self._shown = now + 0.1, True
            filled = min(20 * done // total, 20)
            self._say(f"\r\x1b[Kchecking [{'#' * filled}{'.' * (20 - filled)}] {done}/{total}")

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._say("\r\x1b[K")

    def _say(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
