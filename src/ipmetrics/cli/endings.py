"""How a command line may end: the exit status, and what is said where nothing can be judged.

This room knows the numbers that scripts rely on, and refuses to know what led to them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Exit", "UnusableError", "exit_of"]


class Exit(IntEnum):
    """What the exit status says."""

    CONSISTENT = 0
    INCONSISTENT = 1
    UNUSABLE = 2
    UNDETERMINED = 3
    FAULT = 70  # EX_SOFTWARE; Python's own 1 would read as "inconsistent"
    INTERRUPTED = 130


class UnusableError(Exception):
    """Nothing can be judged; one line for each thing to mend."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


def exit_of(verdict: str, *, strict: bool) -> Exit:
    """The status that a verdict on a set ends in; undetermined is told apart only if asked.

    Examples
    --------
    >>> exit_of("undetermined", strict=True).value, exit_of("undetermined", strict=False).value
    (3, 0)
    """
    if verdict == "undetermined":
        return Exit.UNDETERMINED if strict else Exit.CONSISTENT
    return Exit.INCONSISTENT if verdict == "inconsistent" else Exit.CONSISTENT
