"""Claiming: one statement to the claims of the model that say the same; what the model refuses is never forced.

This room knows which claim a kind of statement is and how a figure goes down. It knows no other statement than
through the unknowns they share.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ipmetrics.errors import ClaimError, FigureSyntaxError
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.prose.statements import Direction, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.model.claims import Source
    from ipmetrics.model.observations import Observation
    from ipmetrics.prose.statements import Statement
    from ipmetrics.prose.unknowns import Unknowns

__all__ = ["Claiming", "figure_of"]

_START = re.compile(r"(?<!\w)(?=\w)|(?<=[^\d\s])(?=\d)")
_MOST_STARTS = 12


def figure_of(statement: Statement) -> Figure:
    """The figure of a statement, with a minus if it goes down.

    Raises
    ------
    FigureSyntaxError
        If it is no figure, or cannot go down.
    """
    return _figure(statement.figure, statement.kind is Kind.CHANGE and statement.direction is Direction.DOWN)


@lru_cache(maxsize=4096)
def _figure(printed: str, falls: bool) -> Figure:  # noqa: FBT001 - told apart by its one caller
    figure = Figure(printed)
    if not falls or figure.value < 0:
        return figure
    if not figure.is_range and figure.form is not FigureForm.TIMES:
        for text in _with_minus(printed):
            try:
                lowered = Figure(text)
            except FigureSyntaxError:
                continue
            if (lowered.value, lowered.form, lowered.hedge) == (-figure.value, figure.form, figure.hedge):
                return lowered
    raise FigureSyntaxError(
        f'"{printed}" down', rule="a decrease is one figure with a size", way_out="write it as “-5%”"
    )


def _with_minus(text: str) -> Iterator[str]:
    """The text with a minus before its digits, or before each of its words."""
    for count, found in enumerate(_START.finditer(text)):
        if count == _MOST_STARTS:
            return
        yield f"{text[: found.start()]}-{text[found.start() :]}"


class Claiming:
    """The claims that statements are.

    Parameters
    ----------
    unknowns
        Of the article.
    """

    def __init__(self, unknowns: Unknowns) -> None:
        self._unknowns = unknowns

    def claim(self, place: int, statement: Statement, *, name: str, source: Source) -> Claim:
        """The claim of a statement; one of several, where it has other readings.

        Raises
        ------
        IpmetricsError
            If the model refuses any of the readings.
        """
        if not statement.alternatives:
            return self._one(place, statement, name, source)
        readings = [self._one(place, each, None, None) for each in (statement, *statement.alternatives)]
        different = tuple(dict.fromkeys(readings))
        if len(different) == 1:
            return self._one(place, statement, name, source)
        return OneOf(different, id=name, source=source)

    def level(self, place: int, *, name: str, source: Source) -> Level:
        """A share as the level of a percentage, for what is said of the percentage itself."""
        figure = figure_of(self._unknowns.statements[place])
        return Level(self._unknowns.percentage(place), figure, id=name, source=source)

    def _one(self, place: int, statement: Statement, name: str | None, source: Source | None) -> Claim:
        subject, figure = self._unknowns.subject(place, statement), figure_of(statement)
        match statement.kind:
            case Kind.LEVEL:
                return Level(subject, figure, id=name, source=source)
            case Kind.SHARE:
                return self._share(place, statement, subject, figure, name, source)
            case Kind.RATIO:
                if statement.base is None:
                    raise ClaimError(
                        f'"{statement.quote}"',
                        rule="a multiple is of something",
                        way_out="add what it is a multiple of to the claim file",
                    )
                to = self._unknowns.counterpart(place, statement.base, subject)
                return Ratio(subject, to, figure, id=name, source=source)
            case Kind.RANK:
                rank = int(statement.value)
                return Rank(subject, rank, among=(), complete=False, id=name, source=source)
            case Kind.CHANGE:
                return self._change(place, statement, subject, figure, name, source)

    def _share(
        self,
        place: int,
        statement: Statement,
        subject: Observation,
        figure: Figure,
        name: str | None,
        source: Source | None,
    ) -> Claim:
        base = self._unknowns.whole_of(statement)
        if base is None:
            if statement.about is None:
                return Level(subject, figure, id=name, source=source)
            return Level(self._unknowns.percentage(place), figure, id=name, source=source)
        whole = self._unknowns.whole(place, base, subject)
        return Share(subject, whole, figure, id=name, source=source)

    def _change(
        self,
        place: int,
        statement: Statement,
        subject: Observation,
        figure: Figure,
        name: str | None,
        source: Source | None,
    ) -> Claim:
        base = self._unknowns.base_of(statement)
        per: Literal["year"] | None = "year" if statement.per == "year" else None
        if per and (base is None or (base.period is None and base.statement is None)):
            return Level(self._unknowns.average(subject), figure, id=name, source=source)
        if base is None:
            since = None
            if statement.status is not Status.ACTUAL:
                since = self._unknowns.measured_before(subject)
            return Change(subject, figure, since=since, id=name, source=source)
        other = self._unknowns.counterpart(place, base, subject)
        if other.period == subject.period and "compared with" not in other.scope and "which" not in other.scope:
            return Change(subject, figure, than=other, id=name, source=source)
        return Change(subject, figure, since=other, per=per, id=name, source=source)
