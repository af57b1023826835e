"""Unknowns: which observation a statement, or what it is compared with, speaks of.

This room knows how indicator, region, period and scope come together from the words of a statement, and what to do
where the text names none. It reads no figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import attrs

from ipmetrics.errors import ClaimError
from ipmetrics.model.observations import Observation
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region
from ipmetrics.prose.naming import is_growth, is_percentage, is_specific, is_total, label_of, region_of
from ipmetrics.prose.statements import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.prose.measuring import Measures
    from ipmetrics.prose.statements import Reference, Statement

__all__ = ["NOWHERE", "SOME_TIME", "Unknowns"]

NOWHERE: Final = Region("place not said")
SOME_TIME: Final = Period("1900/2099")
"""Where neither the statement nor the article says when: wide enough to hold it, and scoped as not said."""
_SHARE = "share of"
_A_YEAR_BEFORE = re.compile(
    r"\b(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|y-o-y|annual(?:ly)?|a year (?:earlier|before|ago)|"
    r"(?:the |one )?(?:previous|prior|preceding|last) year)\b|同比|上年|去年|上一年",
    re.IGNORECASE,
)
_JUST_BEFORE = re.compile(
    r"\b(?:month[- ]on[- ]month|quarter[- ]on[- ]quarter|(?:previous|prior|preceding) (?:month|quarter|half))\b|环比",
    re.IGNORECASE,
)


class Unknowns:
    """The unknowns of one article.

    Parameters
    ----------
    statements, measures, published
        Of the article.
    apart
        Place of a statement → what its sentence is called, for those whose unknown is to be kept apart from the
        unknowns of other sentences.
    sentences
        The same for all statements, if what is named in general words alone is to be kept apart; else none.
    which
        Place of a statement → what tells its unknown from another that bears the same names in its sentence.
    """

    def __init__(
        self,
        statements: Sequence[Statement],
        measures: Measures,
        published: date | None,
        *,
        apart: Mapping[int, str],
        sentences: Mapping[int, str],
        which: Mapping[int, str],
    ) -> None:
        self.statements = statements
        self._measures = measures
        self._published = published
        self._apart = apart
        self._sentences = sentences
        self._which = which
        self._made: dict[int, Observation] = {}

    # ------------------------------------------------------------------ subjects

    def anchor(self, place: int) -> int:
        """The statement whose words name the subject of this one: the level it is about, or itself."""
        about = self.statements[place].about
        return place if about is None or about == place else about

    def subject(self, place: int, statement: Statement) -> Observation:
        """What a statement says something of.

        Raises
        ------
        IpmetricsError
            If its unit or period is none.
        """
        about = statement.about
        if about is None or about == place or statement.kind is Kind.LEVEL:
            return self._own(place, statement)
        target = self.statements[about]
        if target.kind is Kind.LEVEL:
            return self._own(about, target)
        if statement.kind is Kind.CHANGE and target.kind is Kind.SHARE:
            return self.percentage(about)
        if target.about in {place, about}:
            return self._own(place, statement)
        if statement.unit == "percentage_point" and target.kind is Kind.CHANGE:
            return self._growth(self._once(about))
        return self._once(about)

    def _once(self, place: int) -> Observation:
        """The subject of a statement that another is about; a third is not followed further than its words."""
        target = self.statements[place]
        if target.about is not None and self.statements[target.about].kind is Kind.LEVEL:
            return self._own(target.about, self.statements[target.about])
        return self._own(place, target)

    def _growth(self, subject: Observation) -> Observation:
        if subject.indicator.signed:
            return subject
        return subject.moved(indicator=subject.indicator.growth())

    def percentage(self, place: int) -> Observation:
        """The percentage that a share is, as an unknown of its own."""
        statement = self.statements[place]
        whole = self.whole_of(statement)
        name = label_of(statement.indicator or "what is counted")
        label = name if whole is None and is_percentage(name) else f"{_SHARE} {name}"
        if whole is not None:
            label = f"{label} in {whole.words or whole.indicator or whole.region or 'the whole'}"
        return self._at(place, statement, self._measures.percentage(label))

    def _own(self, place: int, statement: Statement) -> Observation:
        if statement is not self.statements[place]:  # another reading of it
            return self._at(place, statement, self._indicator(statement))
        if place not in self._made:
            self._made[place] = self._at(place, statement, self._indicator(statement))
        return self._made[place]

    def _indicator(self, statement: Statement) -> Indicator:
        """What a statement measures, as its own words say."""
        words, unit = statement.indicator, statement.unit
        match statement.kind:
            case Kind.LEVEL:
                return self._measures.of(words, unit)
            case Kind.CHANGE if unit == "percentage_point":
                return self._of_points(words)
            case Kind.CHANGE if unit not in {"percent", "times", "per_mille", None}:
                return self._measures.of(words, unit)
            case Kind.SHARE if self.whole_of(statement) is None:
                name = label_of(words or "what is counted")
                return self._measures.percentage(name if is_percentage(name) else f"{_SHARE} {name}")
            case _:
                return self._measures.thing(words)

    def _of_points(self, words: str | None) -> Indicator:
        """What percentage points are said of: a percentage, else the growth of something counted."""
        thing = self._measures.thing(words)
        if thing.unit.is_percent:
            return thing
        name = label_of(words or "what is counted")
        if is_percentage(name) or is_growth(name):
            return self._measures.percentage(name)
        return self._measures.percentage(f"{_SHARE} {name}") if thing.unit.is_ratio else thing.growth()

    def _at(self, place: int, statement: Statement, indicator: Indicator) -> Observation:
        scope = dict(statement.scope)
        if statement.status is not Status.ACTUAL:
            scope["status"] = statement.status.value
        if place in self._which:
            scope["which"] = self._which[place]
        if place in self._apart:
            scope["sentence"] = self._apart[place]
        period = statement.period
        if period is None:
            period = Period(self._published) if self._published is not None else SOME_TIME
            if self._published is None:
                scope["time"] = "time not said"
        region = NOWHERE if statement.region is None else region_of(statement.region, period.end)
        return Observation(indicator, region, period, scope)

    def average(self, subject: Observation) -> Observation:
        """The average growth a year of something, where the text does not say since when."""
        label = f"average annual growth of {subject.indicator}"
        return subject.moved(indicator=self._measures.percentage(label, signed=True))

    # ------------------------------------------------------------------ what they are compared with

    def base_of(self, statement: Statement) -> Reference | None:
        """What a change is compared with: as it says, else what is printed beside its level as what that was before."""
        base, about = statement.base, statement.about
        if base is not None and (base.statement is not None or base.region or base.indicator or base.period):
            return base
        beside = None if about is None else self.statements[about].base
        return base if beside is None or beside.statement is None else beside

    def measured_before(self, subject: Observation) -> Observation:
        """What a plan of growth is compared with where nothing else is said: the measured figure a year earlier."""
        return subject.moved(period=subject.period.year_before, scope=_actual(subject))

    def whole_of(self, statement: Statement) -> Reference | None:
        """What a share is a part of; another share that is printed beside it is what it was before, and no whole."""
        base = statement.base
        if base is None or base.statement is None:
            return base
        other = self.statements[base.statement]
        if other.kind is not Kind.SHARE and other.unit != "percent":
            return base
        named = base.indicator or base.region or (base.words and base.period is None)
        return attrs.evolve(base, statement=None) if named else None

    def whole(self, place: int, base: Reference, subject: Observation) -> Observation:
        """The whole of a share."""
        if base.statement is not None:
            return self._printed(base.statement, subject)
        if (moved := self._moved(place, base, subject)) is not None:
            return moved
        if is_total(base.words) and any(dimension not in _OF_THE_READER for dimension in subject.scope):
            return subject.moved(scope=_kept(subject))
        named = self._measures.named(f"{subject.indicator} of {base.words or 'the total'}", subject.indicator)
        return subject.moved(indicator=named, scope={**_actual(subject), **self._mark(place)})

    def counterpart(self, place: int, base: Reference, subject: Observation) -> Observation:
        """What a change or a ratio compares its subject with.

        Raises
        ------
        ClaimError
            If the text does not name it.
        """
        if base.statement is not None:
            return self._printed(base.statement, subject)
        if (moved := self._moved(place, base, subject)) is not None:
            return moved
        if base.words is not None and (before := _before(base.words, subject.period)) is not None:
            return subject.moved(period=before, scope=_actual(subject))
        if base.words is None:
            raise ClaimError(
                str(subject), rule="a comparison names what it compares with", way_out="add it to the claim file"
            )
        return subject.moved(scope={**_actual(subject), "compared with": base.words, **self._mark(place)})

    def _printed(self, place: int, subject: Observation) -> Observation:
        """The unknown of a statement that is printed, in percent where the subject is."""
        target = self.statements[place]
        if target.kind is Kind.SHARE and subject.indicator.unit.is_percent:
            return self.percentage(place)
        if target.kind is Kind.CHANGE and subject.indicator.signed:
            return self._growth(self.subject(place, target))
        return self.subject(place, target)

    def _moved(self, place: int, base: Reference, subject: Observation) -> Observation | None:
        """The subject in another indicator, region or period; None if the reference names none that differs."""
        scope: dict[str, str] = {}
        indicator = subject.indicator
        if base.indicator is not None:
            indicator = self._like(base.indicator, subject.indicator)
            if indicator != subject.indicator and not is_specific(base.indicator):
                scope = self._mark(place)
        period = base.period or subject.period
        region = subject.region if base.region is None else region_of(base.region, period.end)
        scope = {**_actual(subject), **scope}
        moved = Observation(indicator, region, period, scope)
        here = (indicator, region, period) == (subject.indicator, subject.region, subject.period)
        return None if here else moved

    def _like(self, words: str, like: Indicator) -> Indicator:
        """The indicator of a name in the unit of another, where it is not printed in one that can be compared."""
        thing = self._measures.thing(words)
        return thing if thing.unit.takes(like.unit) else self._measures.named(words, like)

    def _mark(self, place: int) -> dict[str, str]:
        """The sentence that something named in general words belongs to, where sentences are kept apart."""
        return {"sentence": self._sentences[place]} if place in self._sentences else {}


def _before(words: str, period: Period) -> Period | None:
    """The period that words such as "a year earlier" mean; None if they mean another, or none."""
    if _A_YEAR_BEFORE.search(words):
        return period.year_before
    return period.previous if _JUST_BEFORE.search(words) and not period.is_day else None


_OF_THE_READER = frozenset({"which", "sentence", "time", "status"})


def _actual(subject: Observation) -> dict[str, str]:
    """The scope of a subject without its being planned: a plan is compared with what was measured."""
    return {dimension: member.name for dimension, member in subject.scope.items() if dimension != "status"}


def _kept(subject: Observation) -> dict[str, str]:
    """What every scope of a sentence shares: no restriction that the text prints."""
    return {dimension: member.name for dimension, member in subject.scope.items() if dimension in _OF_THE_READER}
