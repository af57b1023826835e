"""Whens: expressions of time as values, and what each does in its sentence.

This room knows no word; the rooms beside it find the expressions and work out what they mean.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

from ipmetrics.model.periods import Period

__all__ = ["Role", "When"]


class Role(StrEnum):
    """What an expression of time does in its sentence."""

    TIME = "time"
    """The time of what is said."""
    BASE = "base"
    """The time it is compared with."""
    SPAN = "span"
    """How long it took; no place in time."""


@attrs.frozen(kw_only=True)
class When:
    """An expression of time.

    Parameters
    ----------
    start, end
        Its offsets in the clean text.
    period
        What it means; None where it could not be resolved.
    base
        The other end of "between 2021 and 2022", which a change compares with.
    role
        What it does.
    words
        As written.
    explicit
        Whether it names its year itself.
    day
        Whether it names the day at the end of a period, as stocks have.
    """

    start: int
    end: int
    period: Period | None
    words: str
    role: Role = Role.TIME
    base: Period | None = None
    explicit: bool = True
    day: bool = False
