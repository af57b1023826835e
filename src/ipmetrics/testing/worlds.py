"""Hidden worlds: regions that add up, several indicators, and the exact true value of every observation.

A world is true by construction: counts are whole, parts add up to wholes, rates, shares and growths are computed from
what they are defined by. This room prints nothing and claims nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs
from hypothesis import strategies as st

from ipmetrics.model.indicators import DenominatorPeriod, Growth, Indicator, Measure, Rate, ShareOf
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.vendor.pretty import RepresentationPrinter

__all__ = ["World", "true_worlds"]

_UNIVERSITIES = {"holder": Member("universities", part_of="all")}
_PATENTS = Indicator("patents in force", unit="patent", measure="stock", whole=True)
_INVENTIONS = Indicator("invention patents in force", unit="patent", measure="stock", whole=True)
_TRADEMARKS = Indicator("trademarks in force", unit="trademark", measure="stock", whole=True)
_RIGHTS = Indicator("rights in force", unit="right", measure="stock", whole=True)
_PEOPLE = Indicator("resident population", unit="person", multiplier=4, measure="stock", whole=True)
_MONEY = Indicator("pledge amount", unit="CNY", multiplier=8, measure="flow")
_BALANCE = Indicator("royalty balance", unit="USD", measure="flow", signed=True)
_DERIVED = (
    _PATENTS.per(_PEOPLE, 10_000),
    _INVENTIONS.per(_PEOPLE, 10_000, period="either"),
    _MONEY.per(_PEOPLE, period="previous"),
    _INVENTIONS.share_of(_PATENTS),
    _PATENTS.growth(),
    _MONEY.growth(),
)


@attrs.frozen(eq=False, slots=False, repr=False)
class World:
    """A hidden world: the true value of every observation in it.

    Parameters
    ----------
    truths
        The true values, exact and in base units.
    partitions
        Wholes, each with parts that add up to it.

    Examples
    --------
    >>> granted = Indicator("patents granted", unit="patent", whole=True)
    >>> here = granted.at("Haidian", 2021)
    >>> World({here: Fraction(40_455)}).truths[here]
    Fraction(40455, 1)
    """

    truths: Mapping[Observation, Fraction]
    partitions: tuple[tuple[Observation, tuple[Observation, ...]], ...] = ()

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """Everything there is a true value of."""
        return tuple(self.truths)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Every region of the world, the widest first."""
        return tuple(dict.fromkeys(each.region for each in self.truths))

    def __repr__(self) -> str:
        regions = ", ".join(map(str, self.regions))
        return f"<World of {len(self.truths)} observations at {regions}>"

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:  # noqa: FBT001 - as Hypothesis calls it
        """Keep Hypothesis from writing out every observation."""
        printer.text("..." if cycle else repr(self))


@attrs.frozen(eq=False)
class _Leaf:
    """True numbers of a region that is not divided further, for one year."""

    university_inventions: int
    other_inventions: int
    university_others: int
    others: int
    trademarks: int
    people: int
    first_half: Fraction
    second_half: Fraction
    first_balance: Fraction
    second_balance: Fraction

    def __add__(self, other: _Leaf) -> _Leaf:
        names = [field.name for field in attrs.fields(_Leaf)]
        return _Leaf(**{name: getattr(self, name) + getattr(other, name) for name in names})


@st.composite
def _leaves(draw: st.DrawFn, size: int, within: _Leaf | None = None) -> _Leaf:
    """The numbers of a leaf, or of a region inside one."""
    money = Fraction(size * 100_000)
    most = within or _Leaf(size, size, size, size, size, size * 50, money, money, money, money)
    return _Leaf(
        draw(st.integers(0, most.university_inventions)),
        draw(st.integers(0, most.other_inventions)),
        draw(st.integers(0, most.university_others)),
        draw(st.integers(0, most.others)),
        draw(st.integers(0, most.trademarks)),
        draw(st.integers(1, most.people)),
        Fraction(draw(st.integers(0, int(most.first_half * 100))), 100),
        Fraction(draw(st.integers(0, int(most.second_half * 100))), 100),
        Fraction(draw(st.integers(-size * 10, size * 10)), 10),
        Fraction(draw(st.integers(-size * 10, size * 10)), 10),
    )


@st.composite
def true_worlds(draw: st.DrawFn, *, max_regions: int = 3, max_years: int = 3) -> World:
    """Hidden worlds: a nation with its provinces, districts and a zone across them, over some years.

    Patents (of them inventions; of both those of universities), trademarks and the rights that cover them, people,
    money by half-years and a signed balance; rates per people of the same, the previous or either year, a share and
    growths. Counts are whole numbers.

    Parameters
    ----------
    max_regions
        Into how many provinces the nation, and into how many districts its first province, may be divided; two or more.
    max_years
        How many years there may be; two or more.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(true_worlds())
    ... def test_parts_add_up(world):
    ...     for whole, parts in world.partitions:
    ...         assert world.truths[whole] == sum(world.truths[part] for part in parts)
    >>> test_parts_add_up()
    """
    nation = Region("the nation", code="W")
    provinces = [
        Region(f"province {n}", code=f"W-{n}", part_of=nation) for n in range(1, draw(st.integers(2, max_regions)) + 1)
    ]
    count = draw(st.sampled_from([0, *range(2, max_regions + 1)]))
    districts = [Region(f"district {n}", code=f"W-1{n}", part_of=provinces[0]) for n in range(1, count + 1)]
    zone = Region("the zone", code="W-Z", part_of=nation, overlaps=[provinces[0], *districts[:1]])
    size = 10 ** draw(st.integers(1, 5))
    start = draw(st.integers(2015, 2023))
    numbers: dict[tuple[Region, int], _Leaf] = {}
    divided = [(nation, provinces), *([(provinces[0], districts)] if districts else [])]
    for year in range(start, start + draw(st.integers(2, max_years))):
        for leaf in districts or provinces[:1]:
            numbers[leaf, year] = draw(_leaves(size))
        for leaf in provinces[1:]:
            numbers[leaf, year] = draw(_leaves(size))
        numbers[zone, year] = draw(_leaves(size, numbers[(districts or provinces)[0], year]))
        for whole, parts in reversed(divided):
            first, *rest = (numbers[part, year] for part in parts)
            numbers[whole, year] = sum(rest, first)
    truths = {each: value for (region, year), leaf in numbers.items() for each, value in _told(leaf, region, year)}
    truths |= dict(_derived(truths, draw(st.booleans())))
    partitions = [*_by_region(truths, divided), *_by_kind(truths)]
    return World(dict(sorted(truths.items(), key=lambda pair: str(pair[0]))), tuple(partitions))


def _told(leaf: _Leaf, region: Region, year: int) -> Iterator[tuple[Observation, Fraction]]:
    """The observations of a region and year that are counted, not computed."""
    inventions = leaf.university_inventions + leaf.other_inventions
    of_universities = leaf.university_inventions + leaf.university_others
    patents = inventions + leaf.university_others + leaf.others
    yield _PATENTS.at(region, year), Fraction(patents)
    yield _PATENTS.at(region, year, _UNIVERSITIES), Fraction(of_universities)
    yield _INVENTIONS.at(region, year), Fraction(inventions)
    yield _INVENTIONS.at(region, year, _UNIVERSITIES), Fraction(leaf.university_inventions)
    yield _TRADEMARKS.at(region, year), Fraction(leaf.trademarks)
    yield _RIGHTS.at(region, year), Fraction(patents + leaf.trademarks)
    yield _PEOPLE.at(region, year), Fraction(leaf.people)
    for indicator, halves in (
        (_MONEY, (leaf.first_half, leaf.second_half)),
        (_BALANCE, (leaf.first_balance, leaf.second_balance)),
    ):
        yield indicator.at(region, year), halves[0] + halves[1]
        yield indicator.at(region, f"{year}-H1"), halves[0]
        yield indicator.at(region, f"{year}-H2"), halves[1]


def _derived(truths: Mapping[Observation, Fraction], same: bool) -> Iterator[tuple[Observation, Fraction]]:  # noqa: FBT001 - which year "either" meant
    """Rates, shares and growths of what is known."""
    for over, value in truths.items():
        for indicator in _DERIVED:
            match indicator.definition:
                case Rate(numerator, denominator, period) if numerator == over.indicator:
                    now = period is DenominatorPeriod.SAME or (period is DenominatorPeriod.EITHER and same)
                    year = over.period if now else Period(over.period.end.year - 1)
                    below = denominator.at(over.region, year)
                    shift = 0
                case ShareOf(part, whole) if part == over.indicator:
                    below, shift = over.moved(indicator=whole), 0
                case Growth(of) if of == over.indicator:
                    below, shift = over.moved(period=over.period.year_before), 1
                case _:
                    continue
            if truths.get(below, Fraction(0)) > 0:
                yield over.moved(indicator=indicator), value / truths[below] - shift


def _by_region(
    truths: Mapping[Observation, Fraction], divided: list[tuple[Region, list[Region]]]
) -> Iterator[tuple[Observation, tuple[Observation, ...]]]:
    for whole, parts in divided:
        for each in truths:
            if each.region == whole and each.indicator.additive:
                yield each, tuple(each.moved(region=part) for part in parts)


def _by_kind(truths: Mapping[Observation, Fraction]) -> Iterator[tuple[Observation, tuple[Observation, ...]]]:
    for each in truths:
        if each.indicator == _RIGHTS:
            yield each, (each.moved(indicator=_PATENTS), each.moved(indicator=_TRADEMARKS))
        if each.indicator.additive and each.indicator.measure is Measure.FLOW and each.period.months == 12:
            yield each, tuple(each.moved(period=Period(f"{each.period}-H{n}")) for n in (1, 2))
