"""Claim order, labels and the unit figures are written in never change a verdict, nor what conflicts there are."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics.checks import check
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.model.indicators import Growth, Indicator, Rate, ShareOf
from ipmetrics.model.regions import Region
from tests.effort import numbers
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipmetrics.findings import Report
    from ipmetrics.model.observations import Observation

SORTS = pytest.mark.parametrize(("sort", "usual"), [(Sort.REAL, 60), (Sort.WHOLE, 40), (Sort.PRODUCTS, 15)])


def verdicts(report: Report, places: list[int]) -> tuple[object, ...]:
    """The verdict on the set, on each claim and the conflicts, in terms of the claims' original places."""
    names = {finding.id: place for finding, place in zip(report.findings, places, strict=True)}
    return (
        report.verdict,
        {names[finding.id]: finding.verdict for finding in report.findings},
        {frozenset(names[name] for name in conflict.ids) for conflict in report.conflicts},
        bool(report.left_open),
    )


@SORTS
def test_the_order_of_claims_changes_nothing(sort: Sort, usual: int) -> None:
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        wanted = verdicts(check(claims), places)
        Random(seed).shuffle(places)  # noqa: S311 - nothing is kept secret
        assert verdicts(check([claims[place] for place in places]), places) == wanted, seed


@SORTS
def test_labels_change_nothing(sort: Sort, usual: int) -> None:
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        renamed = [rewritten(claim, _renamed, lambda figure, _: figure) for claim in claims]
        assert verdicts(check(renamed), places) == verdicts(check(claims), places), seed


@SORTS
def test_the_unit_that_figures_are_written_in_changes_nothing(sort: Sort, usual: int) -> None:
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        in_thousands = [rewritten(claim, _in_thousands, _written_in_thousands) for claim in claims]
        assert verdicts(check(in_thousands), places) == verdicts(check(claims), places), seed


def rewritten(
    claim: Claim, moved: Callable[[Observation], Observation], told: Callable[[Figure, Indicator], Figure]
) -> Claim:
    """A claim about other observations, with plain figures of an amount told otherwise."""
    match claim:
        case Level(subject=subject, figure=Figure() as figure):
            return Level(moved(subject), told(figure, subject.indicator))
        case Ratio(subject=subject, to=base):
            return Ratio(moved(subject), moved(base), claim.figure)
        case Share(subject=subject, of=whole):
            return Share(moved(subject), moved(whole), claim.figure)
        case Change(subject=subject, figure=Figure() as figure):
            if claim.difference:
                figure = told(figure, subject.indicator)
            since, than = (None if each is None else moved(each) for each in (claim.since, claim.than))
            return Change(moved(subject), figure, since=since, than=than, per=claim.per)
        case Total(subject=subject, parts=parts):
            return attrs.evolve(claim, subject=moved(subject), parts=[*map(moved, parts)])
        case Rank(subject=subject, among=among):
            return attrs.evolve(claim, subject=moved(subject), among=[*map(moved, among)])
        case OneOf(alternatives=alternatives):
            return OneOf([rewritten(each, moved, told) for each in alternatives])
        case _:
            raise AssertionError(claim)


def _again(indicator: Indicator, changed: Callable[[Indicator], Indicator]) -> Indicator:
    """An indicator with everything it is derived from changed."""
    match indicator.definition:
        case Rate(numerator, denominator, period):
            size = 10 ** max(-indicator.multiplier, 0)
            return _again(numerator, changed).per(_again(denominator, changed), size, period=period)
        case ShareOf(part, whole):
            return _again(part, changed).share_of(_again(whole, changed))
        case Growth(of):
            return _again(of, changed).growth()
        case None:
            return changed(indicator)


def _renamed(observation: Observation) -> Observation:
    region = observation.region
    above = [Region(f"{each.label}!", code=f"Ω{each.key}") for each in region.part_of]
    place = Region(f"{region.label[::-1]}?", code=f"Ω{region.key}", part_of=above)
    named = _again(observation.indicator, lambda each: attrs.evolve(each, label=f"z{each.label[::-1]}"))
    return observation.moved(indicator=named, region=place)


def _in_thousands(observation: Observation) -> Observation:
    return observation.moved(indicator=_again(observation.indicator, _counted_in_thousands))


def _counted_in_thousands(indicator: Indicator) -> Indicator:
    if indicator.unit.is_percent:
        return indicator
    return attrs.evolve(indicator, multiplier=indicator.multiplier + 3)


def _written_in_thousands(figure: Figure, indicator: Indicator) -> Figure:
    """The same amount with the point three places to the left; rates keep the size they are told per."""
    if figure.form is not FigureForm.NUMBER or indicator.unit.is_percent or indicator.definition is not None:
        return figure

    def shifted(match: re.Match[str]) -> str:
        places = len(match[0].partition(".")[2]) + 3
        return f"{float(Fraction(match[0]) / 1000):.{places}f}"

    return Figure(re.sub(r"[0-9]+(?:\.[0-9]+)?", shifted, figure.text), rounding=figure.rounding)
