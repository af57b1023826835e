"""Statements: what one figure in an article says, as its words say it; words only, no arithmetic.

A statement names what is measured, where, when and in comparison with what, as far as the text does. What it leaves
unsure is told beside it and never guessed away. This room knows no language and no claim of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

import attrs

from ipmetrics.model.figures import Hedge
from ipmetrics.model.periods import Period

__all__ = ["Direction", "Kind", "Reference", "Statement", "Status", "Unread"]


class Kind(StrEnum):
    """What a figure says of the thing it is printed for."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE = "share"
    RATIO = "ratio"
    RANK = "rank"


class Direction(StrEnum):
    """Which way a change went."""

    UP = "up"
    DOWN = "down"


class Status(StrEnum):
    """Whether a figure was measured."""

    ACTUAL = "actual"
    TARGET = "target"
    """A plan, goal, mark or milestone."""
    FORECAST = "forecast"


@attrs.frozen(kw_only=True)
class Reference:
    """What a figure is compared with: the whole of a share, the other side of a ratio, the base of a change.

    Parameters
    ----------
    words
        As the text names it: "the city's total", "a year earlier".
    indicator, region, period
        Where it differs from the subject; None where it is the subject's own.
    statement
        The place, in the list of statements, of the level it is printed as; None if it is not printed.
    """

    words: str | None = None
    indicator: str | None = None
    region: str | None = None
    period: Period | None = None
    statement: int | None = None


@attrs.frozen(kw_only=True)
class Statement:
    """One figure of an article and what it says.

    Parameters
    ----------
    span
        First and last offset (exclusive) of the figure, with its hedge, scale word, sign and unit symbol, in the text
        that was given.
    quote
        The text between them.
    sentence
        First and last offset of the sentence, table row or heading it stands in.
    kind
        What it says. A rate per head is a level.
    figure
        As `ipmetrics.Figure` reads it: numeral, hedge, scale word and percent, points or times, without unit of measure
        and without a sign that only repeats the direction: "over 2.4 million", "19.6%". For a rank, the number alone.
    value
        The size: scale word applied, percent in percent, a multiple as the multiple, no sign.
    printed
        The numeral alone, as printed: "2.4".
    unit
        "patent", "CNY", "percent", "percentage_point", "times", "rank", "month", "patent/10000 person", …; for a change
        in units, the unit of the thing that changed. None if the text does not say what is counted.
    hedge
        What its words make of it.
    direction
        Of a change: up or down.
    indicator
        The thing measured, in the language of the text.
    region
        The place, office or company it is quoted for.
    period
        When, or over what time.
    base
        What it is compared with.
    about
        The place, in the list of statements, of the level whose change, share, multiple or rank this is; None if that
        is not printed.
    parts, complete
        The places, in the list of statements, of the levels it is said to be made up of; whether they are all there
        are (then they add up to it) or only some, no two of them holding the same (then they are at most as much).
    status
        Measured, planned or forecast.
    scope
        What restricts it beside indicator, region and period: dimension to member.
    per
        "year" for an annual average.
    borrowed
        Which of its names come from elsewhere in the text: sure within its sentence, but no bridge to another one.
    doubts
        Why the reading is unsure; empty where the words leave nothing open.
    alternatives
        Other readings of the same figure, as statements of the same span.
    """

    span: tuple[int, int]
    quote: str
    sentence: tuple[int, int]
    kind: Kind
    figure: str
    value: Fraction
    printed: str
    unit: str | None = None
    hedge: Hedge | None = None
    direction: Direction | None = None
    indicator: str | None = None
    region: str | None = None
    period: Period | None = None
    base: Reference | None = None
    about: int | None = None
    parts: tuple[int, ...] = ()
    complete: bool | None = None
    status: Status = Status.ACTUAL
    scope: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({}))
    per: str | None = None
    borrowed: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    alternatives: tuple[Statement, ...] = ()


@attrs.frozen(kw_only=True)
class Unread:
    """What looks like a claim and could not be resolved.

    Parameters
    ----------
    span, quote
        Where it stands in the text that was given, and the words.
    reason
        Why it was not read.
    """

    span: tuple[int, int]
    quote: str
    reason: str
