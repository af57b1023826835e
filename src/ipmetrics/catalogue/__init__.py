"""A catalogue of the field: its indicators and regions, looked up by code or name, each fact with its source.

This room knows what things are called, how they are coded and what they are part of. It holds no figure and
judges nothing, and nothing in it changes: whoever needs more takes an extended copy.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ipmetrics.catalogue.catalogues import Catalogue
from ipmetrics.catalogue.entries import IndicatorEntry, RegionEntry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.regions import Region

__all__ = [
    "Catalogue",
    "IndicatorEntry",
    "RegionEntry",
    "entry",
    "extended",
    "find",
    "indicator",
    "indicators",
    "region",
    "regions",
    "shipped",
]


@cache
def shipped() -> Catalogue:
    """The catalogue that comes with ipmetrics; its files are read when first needed.

    Examples
    --------
    >>> shipped() is shipped()
    True
    """
    return Catalogue.shipped()


def region(name_or_code: str, *, on: date | None = None) -> Region:
    """The region of a name or code, in English or Chinese; see `Catalogue.region`.

    Raises
    ------
    CatalogueError
        If nothing, or more than one region, is called so.

    Examples
    --------
    >>> region("海淀"), region("Haidian District") == region("CN-110108")
    (Region('Haidian', code='CN-110108'), True)
    """
    return shipped().region(name_or_code, on=on)


def indicator(name_or_code: str) -> Indicator:
    """The indicator of an id, a name or a publisher's code; see `Catalogue.indicator`.

    Raises
    ------
    CatalogueError
        If nothing, or more than one indicator, is called so.

    Examples
    --------
    >>> str(indicator("每万人口高价值发明专利拥有量"))
    'high-value invention patents per 10,000 people'
    """
    return shipped().indicator(name_or_code)


def entry(name_or_code: str, *, on: date | None = None) -> RegionEntry | IndicatorEntry:
    """All that is known of one region or indicator: definition, codes, scope, notes, sources.

    Raises
    ------
    CatalogueError
        If nothing, or more than one entry, is called so.

    Examples
    --------
    >>> entry("IP.PAT.RESD").codes["World Bank"]
    'IP.PAT.RESD'
    """
    return shipped().entry(name_or_code, on=on)


def regions(
    *,
    kind: str | None = None,
    part_of: Region | str | None = None,
    scheme: str | None = None,
    on: date | None = None,
    ended: bool = False,
) -> tuple[Region, ...]:
    """The regions that exist, or existed on a day, narrowed by what is given; see `Catalogue.regions`.

    Examples
    --------
    >>> len(regions(kind="district of Beijing")), len(regions(scheme="ISO 3166-2"))
    (16, 34)
    """
    return shipped().regions(kind=kind, part_of=part_of, scheme=scheme, on=on, ended=ended)


def indicators(*, scheme: str | None = None) -> tuple[Indicator, ...]:
    """All indicators, or those with a code in a scheme; see `Catalogue.indicators`.

    Examples
    --------
    >>> len(indicators(scheme="Eurostat"))
    4
    """
    return shipped().indicators(scheme=scheme)


def find(text: str, *, limit: int = 10) -> tuple[RegionEntry | IndicatorEntry, ...]:
    """Entries that a text may mean, best first; nothing, and no error, if none comes near.

    Examples
    --------
    >>> [found.id for found in find("Zhongguancun")]
    ['ipm:zhongguancun-park', 'ipm:zhongguancun-city']
    """
    return shipped().find(text, limit=limit)


def extended(
    *,
    regions: Iterable[Region | RegionEntry] = (),
    indicators: Iterable[Indicator | IndicatorEntry] = (),
) -> Catalogue:
    """A new catalogue: the shipped one and what is given; the shipped one stays as it is.

    Raises
    ------
    CatalogueError
        If an identity is taken already.

    Examples
    --------
    >>> from ipmetrics.model.regions import Region
    >>> mine = extended(regions=[Region("Our campus", code="x:campus", part_of=region("Haidian"))])
    >>> mine.region("our campus").is_part_of(region("China"))
    True
    """
    return shipped().extended(regions=regions, indicators=indicators)
