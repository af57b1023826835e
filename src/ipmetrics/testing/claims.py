"""Strategies of true claims: statements of every kind, printed from one hidden world.

Claims printed from one hidden world never contradict each other: what contradicts them is a defect of the checker or
of the figures. This room decides nothing.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, assert_never

import attrs
from hypothesis import strategies as st

from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Figure, FigureForm, Rounding
from ipmetrics.model.observations import Observation
from ipmetrics.testing.figures import figures
from ipmetrics.testing.worlds import World, true_worlds

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ClaimKind", "true_claims"]


class ClaimKind(StrEnum):
    """The kinds of claims that can be printed from a world."""

    LEVEL = "level"
    RATIO = "ratio"
    SHARE = "share"
    GROWTH = "growth"
    """A change in percent."""
    PER_YEAR = "per year"
    """A compound rate."""
    DIFFERENCE = "difference"
    """A change in points or in units."""
    TIMES_MORE = "times more"
    TOTAL = "total"
    RANK = "rank"
    ONE_OF = "one of"


_EVERY_KIND = tuple(ClaimKind)
_PERCENT = (FigureForm.PERCENT, FigureForm.PERCENT, FigureForm.PER_MILLE)
_ROOT_SIZE = 10**12


@attrs.frozen
class _Focus:
    """The part of a world that a set of claims speaks of, so that the claims bear on each other."""

    world: World
    observations: tuple[Observation, ...]
    hedged: bool

    def truth(self, observation: Observation) -> Fraction:
        return self.world.truths[observation]

    def like(self, observation: Observation, *, positive: bool = False) -> list[Observation]:
        """The others in the same unit."""
        unit = observation.indicator.unit
        return [
            each
            for each in self.observations
            if each != observation and each.indicator.unit == unit and (not positive or self.truth(each) > 0)
        ]

    def figures(self, true: Fraction, *forms: FigureForm, multiplier: int = 0) -> st.SearchStrategy[Figure]:
        return figures(true, forms=forms or (FigureForm.NUMBER,), hedged=self.hedged, multiplier=multiplier)


@st.composite
def true_claims(
    draw: st.DrawFn,
    world: World | None = None,
    *,
    kinds: Sequence[ClaimKind] = _EVERY_KIND,
    min_size: int = 1,
    max_size: int = 10,
    hedged: bool = True,
) -> list[Claim]:
    """Lists of true claims of every kind, printed from one hidden world by all rounding rules and hedges.

    Figures state their rounding rule where it is not to the nearest; so the default conventions read every one of them
    rightly, and no two of the claims contradict each other.

    Parameters
    ----------
    world
        The hidden world; drawn from `true_worlds` if not given.
    kinds
        The kinds of claims; where the world has nothing to say in a kind, a level is printed instead.
    min_size, max_size
        How many claims there are.
    hedged
        Whether some figures carry hedges.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> from ipmetrics.testing import assert_consistent
    >>> @settings(max_examples=3, deadline=None)
    ... @given(true_claims(max_size=4))
    ... def test_world(claims):
    ...     assert_consistent(claims, undetermined=True)
    >>> test_world()
    """
    if world is None:
        world = draw(true_worlds(max_regions=2, max_years=2))
    focus = _Focus(world, draw(_focused(world)), hedged)
    return [draw(_claims(focus, draw(st.sampled_from(kinds)))) for _ in range(draw(st.integers(min_size, max_size)))]


@st.composite
def _focused(draw: st.DrawFn, world: World) -> tuple[Observation, ...]:
    """A few indicators at a few regions, over all periods."""
    regions = draw(st.lists(st.sampled_from(world.regions), min_size=1, max_size=3))
    labels = sorted({each.indicator.label for each in world.observations})
    chosen = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=4))
    some = tuple(each for each in world.observations if each.region in regions and each.indicator.label in chosen)
    return some or world.observations


@st.composite
def _claims(draw: st.DrawFn, focus: _Focus, kind: ClaimKind) -> Claim:
    """A claim of the kind if the world allows one, else a level."""
    subject = draw(st.sampled_from(focus.observations))
    claim: Claim | None
    match kind:
        case ClaimKind.LEVEL:
            claim = None
        case ClaimKind.TOTAL:
            claim = draw(_totals(focus))
        case ClaimKind.RANK:
            claim = draw(_ranks(focus, subject))
        case ClaimKind.ONE_OF:
            claim = draw(_choices(focus, subject))
        case ClaimKind.SHARE:
            claim = draw(_shares(focus, subject))
        case ClaimKind.PER_YEAR:
            claim = draw(_compounds(focus, subject))
        case ClaimKind.RATIO | ClaimKind.GROWTH | ClaimKind.DIFFERENCE | ClaimKind.TIMES_MORE:
            claim = draw(_comparisons(focus, subject, kind))
        case _:
            assert_never(kind)
    return claim or draw(_levels(focus, subject))


@st.composite
def _levels(draw: st.DrawFn, focus: _Focus, subject: Observation) -> Level:
    indicator = subject.indicator
    percent = (FigureForm.PERCENT, FigureForm.NUMBER) if indicator.unit.name == "percent" else ()
    return Level(subject, draw(focus.figures(focus.truth(subject), *percent, multiplier=indicator.multiplier)))


@st.composite
def _comparisons(draw: st.DrawFn, focus: _Focus, subject: Observation, kind: ClaimKind) -> Claim | None:
    """A ratio, a growth, a difference or k times more than another observation in the same unit."""
    difference = kind is ClaimKind.DIFFERENCE
    bases = focus.like(subject, positive=not difference)
    if kind is ClaimKind.TIMES_MORE:
        bases = [each for each in bases if focus.truth(subject) >= focus.truth(each)]
    if not bases:
        return None
    base = draw(st.sampled_from(bases))
    true = focus.truth(subject) - focus.truth(base) if difference else focus.truth(subject) / focus.truth(base)
    if kind is ClaimKind.RATIO:
        return Ratio(subject, base, draw(focus.figures(true, FigureForm.NUMBER, FigureForm.TIMES, FigureForm.PERCENT)))
    if kind is ClaimKind.DIFFERENCE:
        form = FigureForm.POINTS if subject.indicator.unit.is_percent else FigureForm.NUMBER
        figure = draw(focus.figures(true, form, multiplier=subject.indicator.multiplier))
    else:
        figure = draw(focus.figures(true - 1, *((FigureForm.TIMES,) if kind is ClaimKind.TIMES_MORE else _PERCENT)))
    return _change(subject, base, figure)


def _change(subject: Observation, base: Observation, figure: Figure) -> Change:
    """Since an earlier period of the same place; than anywhere else."""
    earlier = base.period.end < subject.period.end and base.region == subject.region
    if earlier and base == subject.moved(period=subject.period.year_before):
        return Change(subject, figure)
    return Change(subject, figure, since=base) if earlier else Change(subject, figure, than=base)


@st.composite
def _compounds(draw: st.DrawFn, focus: _Focus, subject: Observation) -> Claim | None:
    """A growth per year over the whole years since another observation."""
    bases = [
        each
        for each in focus.like(subject, positive=True)
        if each.indicator == subject.indicator
        and each.period.end < subject.period.end
        and each.period.years_before(each.period.end.year - subject.period.end.year) == subject.period
    ]
    if not bases or focus.truth(subject) < 0:
        return None
    base = draw(st.sampled_from(bases))
    years = subject.period.end.year - base.period.end.year
    ratio = focus.truth(subject) / focus.truth(base)
    places = draw(st.integers(0, 3))
    rule = draw(st.sampled_from([rule for rule in Rounding if rule is not Rounding.EXACT]))
    percents = rule.round((_root(ratio, years) - 1) * 100, Fraction(1, 10**places))
    for percent in (*percents, *(value + Fraction(step, 10**places) for value in percents for step in (-1, 1))):
        figure = Figure(f"{float(percent):.{places}f}%", rounding=rule)
        growth = figure.interval() + 1
        if growth.lower is not None and growth.lower >= 0 and ratio in growth.power(years):
            return Change(subject, figure, since=base, per="year")
    return None


def _root(value: Fraction, degree: int) -> Fraction:
    """A root, to about twelve decimals."""
    low, high = 0, _ROOT_SIZE * (int(value) + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if Fraction(middle, _ROOT_SIZE) ** degree <= value else (low, middle)
    return Fraction(low, _ROOT_SIZE)


@st.composite
def _shares(draw: st.DrawFn, focus: _Focus, subject: Observation) -> Claim | None:
    wholes = [
        each
        for each in focus.observations
        if each != subject
        and each.indicator.unit.takes(subject.indicator.unit)
        and focus.truth(each) > 0
        and focus.truth(each) >= focus.truth(subject)
    ]
    if not wholes:
        return None
    whole = draw(st.sampled_from(wholes))
    true = focus.truth(subject) / focus.truth(whole)
    return Share(subject, whole, draw(focus.figures(true, FigureForm.PERCENT, FigureForm.NUMBER)))


@st.composite
def _totals(draw: st.DrawFn, focus: _Focus) -> Claim | None:
    """A partition; some of its parts, that do not overlap; or parts that may, each no more than the whole."""
    chosen = {(each.indicator, each.region) for each in focus.observations}
    partitions = [pair for pair in focus.world.partitions if (pair[0].indicator, pair[0].region) in chosen]
    if not partitions:
        return None
    whole, parts = draw(st.sampled_from(partitions))
    if draw(st.booleans()):
        return Total(whole, parts)
    if draw(st.booleans()) and not whole.indicator.signed:
        some = draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
        return Total(whole, some, complete=False)
    smaller = [each for each in focus.like(whole) if focus.truth(each) <= focus.truth(whole)]
    if not smaller:
        return Total(whole, parts)
    some = draw(st.lists(st.sampled_from(smaller), min_size=1, max_size=3, unique=True))
    return Total(whole, some, complete=False, disjoint=False)


@st.composite
def _ranks(draw: st.DrawFn, focus: _Focus, subject: Observation) -> Claim | None:
    others = focus.like(subject)
    if not others:
        return None
    among = draw(st.lists(st.sampled_from(others), min_size=1, max_size=4, unique=True))
    order: Literal["descending", "ascending"] = draw(st.sampled_from(["descending", "ascending"]))
    sign = 1 if order == "descending" else -1
    gaps = [sign * (focus.truth(each) - focus.truth(subject)) for each in among]
    ahead, level = sum(gap > 0 for gap in gaps), sum(gap == 0 for gap in gaps)
    if draw(st.booleans()):
        rank = 1 + ahead + draw(st.integers(0, level))
        return Rank(subject, rank, among=among, order=order)
    return Rank(subject, 1 + ahead + draw(st.integers(0, 2)), among=among, order=order, complete=False)


@st.composite
def _choices(draw: st.DrawFn, focus: _Focus, subject: Observation) -> Claim:
    """A true reading beside one that says anything."""
    kind = draw(st.sampled_from([ClaimKind.LEVEL, ClaimKind.RATIO, ClaimKind.GROWTH, ClaimKind.SHARE, ClaimKind.RANK]))
    true = draw(_claims(focus, kind))
    other = Level(subject, draw(figures()))
    bases = focus.like(subject)
    false: Claim = Ratio(subject, draw(st.sampled_from(bases)), draw(figures())) if bases else other
    return OneOf(draw(st.permutations([true, draw(st.sampled_from([other, false]))])))
