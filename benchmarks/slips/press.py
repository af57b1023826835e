"""A press office: claims printed from true values, in forms drawn at random.

It prints by rules of its own, never by ipmetrics', and it prints nothing wrong.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import attrs

import ipmetrics as ipm
from benchmarks.slips.countries import POPULATION, Country, Scope
from benchmarks.slips.printing import Form
from ipmetrics.model.claims import Change, Claim, Level, Rank, Ratio, Share, Total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from random import Random

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation


def true_value(claim: Claim, truth: Mapping[Observation, Fraction]) -> Fraction:
    """The true value of what a claim measures, in base units and its own terms."""
    match claim:
        case Level(subject=subject):
            return truth[subject]
        case Ratio(subject=subject, to=base) | Share(subject=subject, of=base):
            return truth[subject] / truth[base]
        case Change(difference=True):
            return truth[claim.subject] - truth[claim.base]
        case Change():
            return (truth[claim.subject] - truth[claim.base]) / truth[claim.base]
        case _:
            message = f"{claim} measures nothing"
            raise AssertionError(message)


def shift_of(claim: Claim) -> int:
    """The power of ten from a claim's printed number to base units, beside what its figure says itself."""
    match claim:
        case (
            Level(subject=subject, figure=ipm.Figure() as figure)
            | Change(subject=subject, figure=ipm.Figure() as figure, difference=True)
        ):
            return subject.indicator.multiplier if figure.form == "number" else 0
        case _:
            return 0


@attrs.frozen
class Press:
    """Claims printed from a country's true values, in forms drawn at random."""

    country: Country

    @property
    def draw(self) -> Random:
        """Where chance comes from."""
        return self.country.draw

    def value(self, each: Observation) -> Fraction:
        """A true value."""
        return self.country.truth[each]

    def level(self, x: Observation, form: Form | None = None) -> Claim:
        """A value, printed to the unit, in a scale word, or as a rate or a percentage."""
        value, indicator = self.value(x), x.indicator
        if form is None:
            form = self.form_of_level(value, indicator)
        shift = 0 if form.after in {"%", "points"} else indicator.multiplier
        return Level(x, form.printed(value / Fraction(10) ** shift))

    def form_of_level(self, value: Fraction, indicator: Indicator) -> Form:
        """The form of a level."""
        if indicator.unit.is_percent:
            return Form(self.draw.choice((1, 2)), "%")
        if "/" in indicator.unit.name:
            return Form(self.draw.choice((1, 2)))
        if value >= 10**8 and not indicator.whole:
            return Form(self.draw.choice((2, 3)), self.draw.choice(("亿", " million", " billion")))
        if value >= 10**6 and (indicator == POPULATION or self.draw.random() < 0.5):
            return self.draw.choice((Form(1, "万"), Form(2, "万"), Form(2, " million"), Form(3, " million")))
        if value >= 10**4 and self.draw.random() < 0.25:
            return Form(self.draw.choice((1, 2)), "万")
        return Form(0 if indicator.whole else 1)

    def exact(self, x: Observation) -> Claim:
        """A count printed to the unit."""
        return self.level(x, Form(0))

    def change(self, x: Observation, base: Observation) -> Claim | None:
        """Growth in percent, or k times more where it more than doubled."""
        growth = self.value(x) / self.value(base) - 1
        if growth >= 1 and self.draw.random() < 0.5:
            return Change(x, Form(self.draw.choice((1, 2)), " times").printed(growth), since=base)
        return Change(x, Form(self.draw.choice((1, 2)), "%").printed(growth), since=base)

    def ratio(self, x: Observation, base: Observation) -> Claim:
        """A multiple."""
        form = Form(2, self.draw.choice(("", " times")))
        return Ratio(x, base, form.printed(self.value(x) / self.value(base)))

    def share(self, x: Observation, whole: Observation, places: int | None = None) -> Claim:
        """A share in percent."""
        places = self.draw.choice((1, 2)) if places is None else places
        return Share(x, whole, Form(places, "%").printed(self.value(x) / self.value(whole)))

    def difference(self, x: Observation, base: Observation) -> Claim | None:
        """A difference in units, or in points of percent indicators; none where nothing changed."""
        value = self.value(x) - self.value(base)
        if x.indicator.unit.is_percent:
            form = Form(self.draw.choice((1, 2)), " points")
        elif x.indicator.whole and abs(value) < 10**6:
            form = Form(0)
        else:
            form = self.form_of_level(abs(value), x.indicator)
        text = form.printed(value)
        return Change(x, text, since=base) if any(digit in "123456789" for digit in text) else None

    def total(self, indicator: Indicator, year: int, scope: Scope = None) -> Claim:
        """That the regions add up to the nation."""
        parts = [indicator.at(region, year, scope) for region in self.country.regions]
        return Total(indicator.at(self.country.nation, year, scope), parts)

    def rank(self, rows: list[Observation]) -> Claim:
        """Which region is first, second or last."""
        ordered = self.by_size(rows)
        place = self.draw.choice((1, 1, 2, len(rows)))
        return Rank(ordered[place - 1], place, among=rows)

    def candidates(self, indicator: Indicator, years: Sequence[int], scope: Scope = None) -> Iterator[Claim | None]:
        """All that may be printed of an indicator in some years."""
        nation, regions = self.country.nation, self.country.regions
        derived = indicator.definition is not None
        for year in years:
            rows = [indicator.at(region, year, scope) for region in regions]
            top = indicator.at(nation, year, scope)
            yield from (self.level(x) for x in (top, *rows))
            if not derived:
                yield self.total(indicator, year, scope)
                yield self.rank(rows)
                yield from (self.share(x, top) for x in rows)
            if not indicator.unit.is_percent:
                yield from (self.ratio(x, y) for x, y in combinations(self.by_size([*rows, top]), 2))
            for earlier in years:
                if earlier < year:
                    for x in (top, *rows):
                        base = x.moved(period=ipm.Period(earlier))
                        if indicator.unit.is_percent:
                            yield self.difference(x, base)
                        else:
                            yield self.change(x, base)
                            yield self.difference(x, base) if not derived else self.ratio(x, base)

    def by_size(self, rows: list[Observation]) -> list[Observation]:
        """Largest first, so that a multiple is more than one."""
        return sorted(rows, key=self.value, reverse=True)
