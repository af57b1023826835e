"""Strategies of what figures are about: regions, periods, indicators and observations.

This room knows which of them make sense together. It knows no figure and no true value.
"""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from ipmetrics.model.indicators import DenominatorPeriod, Indicator
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

__all__ = ["indicators", "observations", "periods", "regions"]

_NAMES = ("Haidian", "Beijing", "Shanghai", "Jiangsu", "海淀区", "北京市", "a zone", "North & South")
_SUBJECTS = ("patents granted", "awards", "pledges", "有效发明专利", "articles", "trademarks")
_UNITS = ("patent", "award", "case", "trademark", "article", "CNY", "USD")
_MEMBERS = ("universities", "firms", "individuals")
_POPULATION = Indicator("resident population", unit="person", measure="stock", whole=True)


@st.composite
def regions(draw: st.DrawFn, *, depth: int = 2) -> Region:
    """Regions, with codes or ad hoc, some of them part of others.

    Parameters
    ----------
    depth
        How many regions may lie around each other at most.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(regions())
    ... def test_no_region_is_part_of_itself(region):
    ...     assert not region.is_part_of(region)
    >>> test_no_region_is_part_of_itself()
    """
    region: Region | None = None
    for level in range(draw(st.integers(0, depth)) + 1):
        label = draw(st.sampled_from(_NAMES))
        region = Region(
            label if region is None else f"{label} {level}",
            code=draw(st.sampled_from([None, f"X-{level}{len(label)}"])),
            part_of=() if region is None else region,
        )
    return region or Region("nowhere")


def periods(*, first: int = 1990, last: int = 2030) -> st.SearchStrategy[Period]:
    """Periods of every written form: years, halves, quarters, months, days, ranges and fiscal years.

    Parameters
    ----------
    first, last
        The years in which they begin.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(periods())
    ... def test_text(period):
    ...     assert Period(str(period)) == period
    >>> test_text()
    """
    years, months = st.integers(first, last), st.integers(1, 12)
    return st.one_of(
        years,
        st.builds("{}-H{}".format, years, st.integers(1, 2)),
        st.builds("{}-Q{}".format, years, st.integers(1, 4)),
        st.builds("{}-{:02}".format, years, months),
        st.builds("FY{}@{:02}".format, years, months),
        st.builds("{0}-01/{0}-{1:02}".format, years, months),
        st.dates(date(first, 1, 1), date(last, 12, 31)),
    ).map(Period)


@st.composite
def indicators(draw: st.DrawFn, *, derived: bool = True) -> Indicator:
    """Indicators: counts and money, whole or not, stock or flow, signed or not; rates, shares and growths of them.

    Parameters
    ----------
    derived
        Whether some are derived.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(indicators(derived=False))
    ... def test_plain(indicator):
    ...     assert indicator.definition is None
    >>> test_plain()
    """
    unit = draw(st.sampled_from(_UNITS))
    whole = Unit(unit).name not in {"CNY", "USD"} and draw(st.booleans())
    plain = Indicator(
        draw(st.sampled_from(_SUBJECTS)),
        unit=unit,
        whole=whole,
        signed=draw(st.booleans()),
        measure=draw(st.sampled_from([None, "stock", "flow"])),
        multiplier=draw(st.sampled_from([0, 0, 3, 4, 6, 8])),
        code=draw(st.sampled_from([None, "IND.1", "IND.2"])),
    )
    kind = draw(st.integers(0, 5)) if derived else 0
    if kind == 3:
        size, when = draw(st.sampled_from([1, 100, 10_000, 1_000_000])), draw(st.sampled_from(DenominatorPeriod))
        return plain.per(_POPULATION, size, period=when)
    if kind == 4:
        return plain.share_of(Indicator(f"all {plain.label}", unit=unit, whole=whole))
    return plain.growth() if kind == 5 else plain


def observations(
    *,
    indicators: st.SearchStrategy[Indicator] = indicators(),  # noqa: B008 - a strategy is a frozen value
    regions: st.SearchStrategy[Region] = regions(),  # noqa: B008 - the same
    periods: st.SearchStrategy[Period] = periods(),  # noqa: B008 - the same
    scoped: bool = True,
) -> st.SearchStrategy[Observation]:
    """Observations: an indicator at a region and a period, some in a scope.

    Parameters
    ----------
    indicators, regions, periods
        Where each is drawn from.
    scoped
        Whether some have a scope.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(observations(periods=st.just(Period(2021))))
    ... def test_period(observation):
    ...     assert observation.period == Period(2021)
    >>> test_period()
    """
    members = st.builds(Member, st.sampled_from(_MEMBERS), part_of=st.sampled_from([(), ("all",)]))
    scopes = st.fixed_dictionaries({}, optional={"holder": members, "status": st.sampled_from(["forecast", "target"])})
    return st.builds(Observation, indicators, regions, periods, scopes if scoped else st.just({}))
