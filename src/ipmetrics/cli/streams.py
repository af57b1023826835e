"""Streams: where a report goes, in which encoding, width and colour, and what is said beside it.

This room knows terminals, pipes and files. It refuses to fail because a reader has gone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ipmetrics.cli.endings import UnusableError

if TYPE_CHECKING:
    import argparse
    from typing import Protocol, TextIO

    from ipmetrics.findings import ClaimFinding, Explanation, Report

    class Rendered(Protocol):
        """A report, written as wide, as colourful and in such letters as asked; without a final newline."""

        def __call__(self, *, width: int, colour: bool, encoding: str) -> str:
            """Write it."""


__all__ = ["Progress", "complain", "deliver", "is_terminal", "put", "write"]

_FILE_WIDTH = 100
_NARROWEST, _WIDEST = 40, 140


def deliver(
    report: Report | Explanation,
    arguments: argparse.Namespace,
    *,
    explanation: Explanation | None = None,
    about: ClaimFinding | None = None,
) -> None:
    """Write a report on claims where it was asked for, if it was."""

    def rendered(*, width: int, colour: bool, encoding: str) -> str:
        from ipmetrics.reports import write_report  # noqa: PLC0415 - only once there is work to do

        return write_report(
            report,
            arguments.format,
            explanation=explanation,
            about=about,
            width=width,
            colour=colour,
            encoding=encoding,
            unfold=arguments.details,
        )

    put(rendered, arguments, arguments.output)


def put(rendered: Rendered, arguments: argparse.Namespace, name: str | None) -> None:
    """Write a report to the file of that name, or to standard output if there is none and it is not to be quiet."""
    if name is not None:
        colour = _coloured(arguments.colour, terminal=False)
        _save(f"{rendered(width=_FILE_WIDTH, colour=colour, encoding='utf-8')}\n", name)
    elif not arguments.quiet:
        terminal = is_terminal(sys.stdout)
        size = shutil.get_terminal_size((_FILE_WIDTH, 24)).columns if terminal else _FILE_WIDTH
        text = rendered(
            width=min(max(size, _NARROWEST), _WIDEST),
            colour=_coloured(arguments.colour, terminal=terminal),
            encoding=sys.stdout.encoding or "utf-8",
        )
        write(f"{text}\n")


def _coloured(choice: str, *, terminal: bool) -> bool:
    if choice != "auto":
        return choice == "always"
    return terminal and not os.environ.get("NO_COLOR")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks on, at something that understands more than letters."""
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # the stream was closed
        return False


def write(text: str) -> None:
    """Write to standard output; a reader who has gone, as `head` does, is no fault."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail again when Python exits: let it go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise UnusableError([f"standard output: cannot write: {error.strerror}"]) from None


def _save(text: str, name: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnusableError([f"{name}: cannot write: {reason}"]) from None


def complain(line: str) -> None:
    """One line on standard error, where nobody may be listening."""
    from ipmetrics.documents.letters import in_encoding, visible  # noqa: PLC0415 - only if there is something

    with contextlib.suppress(OSError):
        sys.stderr.write(f"ipmetrics: {in_encoding(visible(line), sys.stderr.encoding or 'utf-8')}\n")
        sys.stderr.flush()


class Progress:
    """A bar on a terminal that goes away again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + 0.3  # what is over at once shows nothing
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is, not more than ten times a second."""
        self.show(done, total, "checking", f"{done}/{total}")

    def show(self, done: int, total: int, doing: str, words: str) -> None:
        """Show how far it is, with words on both sides of the bar."""
        now = time.monotonic()
        if now >= self._next and total > 0:
            self._next, self._shown = now + 0.1, True
            filled = min(20 * done // total, 20)
            self._say(f"\r\x1b[K{doing} [{'#' * filled}{'.' * (20 - filled)}] {words}")

    def clear(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._say("\r\x1b[K")

    def _say(self, text: str) -> None:
        with contextlib.suppress(OSError):  # whoever looked on has gone
            self._stream.write(text)
            self._stream.flush()
