"""The command line: `check` judges claims, `explain` says what may have been meant, `read` finds the claims of a text.

This room knows which command runs and how it ends. It decides nothing about claims or tables, and it loads the rest
of the package only once the arguments make sense, so that help and mistakes are instant.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from ipmetrics.cli.arguments import FORMATS, ROUNDINGS, parsed
from ipmetrics.cli.endings import Exit, UnusableError
from ipmetrics.cli.streams import complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

__all__ = ["FORMATS", "ROUNDINGS", "Exit", "main"]


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
    arguments = parsed(argv)
    try:
        return _run(arguments)
    except UnusableError as error:
        for line in error.lines:
            complain(line)
        return Exit.UNUSABLE
    except KeyboardInterrupt:
        complain("interrupted")
        return Exit.INTERRUPTED
    except Exception:  # noqa: BLE001 - whatever it is, it must not end in status 1, which says "inconsistent"
        traceback.print_exc()
        complain("this is a fault of ipmetrics, not of what it read")
        return Exit.FAULT


def _run(arguments: argparse.Namespace) -> int:
    if arguments.command == "explain":
        from ipmetrics.cli.explaining import explain_file  # noqa: PLC0415 - only once there is work to do

        return explain_file(arguments)
    if arguments.command == "read":
        from ipmetrics.cli.prosing import read_article  # noqa: PLC0415 - the same

        return read_article(arguments)
    if arguments.command == "table":
        from ipmetrics.cli.tabulating import check_table_file  # noqa: PLC0415 - the same

        return check_table_file(arguments)
    from ipmetrics.cli.checking import check_files  # noqa: PLC0415 - the same

    return check_files(arguments)
