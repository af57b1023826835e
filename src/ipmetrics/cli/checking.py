"""The command `check`: claim files and articles judged together, and a report on them.

This room knows the order of events. The repairs in a JSON report cost a search of their own, so that is made only
where they are read.
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from ipmetrics.cli.endings import UnusableError, exit_of
from ipmetrics.cli.files import conventions_of, dossier, is_article, read, readings, shipped, unread
from ipmetrics.cli.streams import Progress, complain, deliver, is_terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from ipmetrics.claimfile import ClaimFile
    from ipmetrics.findings import Explanation, Report
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions
    from ipmetrics.prose.article import Article

__all__ = ["check_files", "judged", "remark"]


def check_files(arguments: argparse.Namespace) -> int:
    """Judge the files named and write a report.

    Raises
    ------
    UnusableError
        If there is nothing that can be judged, or nowhere to write.
    """
    files = read(arguments.files, date=arguments.date, language=arguments.language) if arguments.files else [shipped()]
    claims = dossier(files)
    conventions = conventions_of(files, arguments.rounding)
    if any(map(is_article, files)):
        report = _judged_as_read(files, conventions, quiet=arguments.quiet)
    else:
        report = judged(claims, conventions, quiet=arguments.quiet)
    if not arguments.quiet:
        if not report.findings:
            complain("warning: there is no claim to check")
        remark(report, strict=arguments.strict)
    explanation = None
    if arguments.format == "json" and report.verdict.value == "inconsistent":
        explanation = _explained(claims, conventions)
    deliver(report, arguments, explanation=explanation)
    return exit_of(report.verdict.value, strict=arguments.strict)


def judged(claims: list[Claim], conventions: Conventions | None, *, quiet: bool) -> Report:
    """The report of `check`, with a bar where a person waits for it."""
    from ipmetrics.checks import check  # noqa: PLC0415 - only once there is work to do

    with _watched(quiet=quiet) as bar:
        return check(claims, conventions, progress=bar)


def _judged_as_read(files: Sequence[ClaimFile | Article], conventions: Conventions | None, *, quiet: bool) -> Report:
    """The report on articles, among claim files or not: what was surely read decides it."""
    from ipmetrics.prose.judging import judge_readings  # noqa: PLC0415 - only where prose was read

    with _watched(quiet=quiet) as bar:
        return judge_readings(readings(files), conventions, unread=unread(files), progress=bar)


@contextlib.contextmanager
def _watched(*, quiet: bool) -> Iterator[Progress | None]:
    """A bar where a person waits; claims that make no sense as a set are unusable input."""
    from ipmetrics.errors import IpmetricsError  # noqa: PLC0415 - only once there is work to do

    bar = None if quiet or not is_terminal(sys.stderr) else Progress(sys.stderr)
    try:
        yield bar
    except IpmetricsError as error:
        raise UnusableError([str(error)]) from error
    finally:
        if bar is not None:
            bar.clear()


def _explained(claims: list[Claim], conventions: Conventions | None) -> Explanation:
    from ipmetrics.diagnosis import explain  # noqa: PLC0415 - a report without repairs needs none of it

    return explain(claims, conventions)


def remark(answer: Report | Explanation, *, strict: bool) -> None:
    """Say on standard error that nothing was decided, where the exit status may not."""
    if answer.verdict.value == "undetermined":
        why = f": {answer.left_open[0]}" if answer.left_open else ""
        complain(f"undetermined{why}" + ("" if strict else " (exit status 0; --strict makes it 3)"))
