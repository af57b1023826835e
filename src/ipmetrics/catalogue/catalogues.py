"""Catalogues: frozen sets of regions and indicators with their look-ups.

A catalogue never changes, and there is no global one to register with: `extended` and `from_toml` make new
ones. This room joins shelves and files; it holds no fact of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ipmetrics.catalogue.entries import IndicatorEntry, RegionEntry
from ipmetrics.catalogue.files import Content, read_csv, read_toml
from ipmetrics.catalogue.measures import build_indicators
from ipmetrics.catalogue.places import build_regions
from ipmetrics.catalogue.shelves import Shelf, only
from ipmetrics.errors import CatalogueError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping
    from datetime import date

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Member
    from ipmetrics.model.regions import Region

__all__ = ["Catalogue"]

_REGION_FILES = ("countries.csv", "china.csv", "beijing.csv", "cities.csv", "groups.csv")


def _shipped_regions() -> tuple[RegionEntry, ...]:
    folder = files("ipmetrics.catalogue")
    toml = read_toml(folder / "regions.toml")
    rows = dict(toml.regions)
    for name in _REGION_FILES:
        rows.update(read_csv(folder / name))
    return build_regions(attrs.evolve(toml, regions=rows), Catalogue().region)


def _shipped_indicators() -> tuple[IndicatorEntry, ...]:
    content = read_toml(files("ipmetrics.catalogue") / "indicators.toml")
    return build_indicators(content, Catalogue().indicator, {})


def _nothing() -> tuple[()]:
    return ()


@attrs.frozen(eq=False, repr=False)
class Catalogue:
    """Regions and indicators to look up; made by `shipped`, `extended` or `from_toml`, else empty.

    Parameters
    ----------
    read_regions, read_indicators
        Give the entries when they are first needed; called at most once each.

    Examples
    --------
    >>> catalogue = Catalogue.shipped()
    >>> catalogue.region("Beijing"), catalogue.indicator("high-value-density").unit_text
    (Region('Beijing', code='CN-BJ'), 'patent per 10,000 person')
    """

    read_regions: Callable[[], Iterable[RegionEntry]] = attrs.field(default=_nothing, kw_only=True)
    read_indicators: Callable[[], Iterable[IndicatorEntry]] = attrs.field(default=_nothing, kw_only=True)

    @cached_property
    def _regions(self) -> Shelf[RegionEntry]:
        return Shelf("region", self.read_regions())

    @cached_property
    def _indicators(self) -> Shelf[IndicatorEntry]:
        return Shelf("indicator", self.read_indicators())

    @classmethod
    def shipped(cls) -> Catalogue:
        """A catalogue of the files that come with ipmetrics."""
        return cls(read_regions=_shipped_regions, read_indicators=_shipped_indicators)

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str], *, base: Catalogue | None = None) -> Catalogue:
        """The catalogue of a TOML file in the form of the shipped ones, on top of another.

        Parameters
        ----------
        path
            The file, with tables ``[regions."code"]``, ``[indicators.id]`` and, where needed, ``[sources]``,
            ``[dimensions.name]``, ``[units.name]``.
        base
            The catalogue it extends and may refer to; by default none: the file stands alone.

        Raises
        ------
        CatalogueError
            With every fault of the file at once.
        OSError
            If the file cannot be read.
        """
        content: Content = read_toml(Path(path))
        below = base if base is not None else cls()
        return below.extended(
            regions=build_regions(content, below.region),
            indicators=build_indicators(content, below.indicator, below.dimensions() if content.indicators else {}),
        )

    def extended(
        self,
        *,
        regions: Iterable[Region | RegionEntry] = (),
        indicators: Iterable[Indicator | IndicatorEntry] = (),
    ) -> Catalogue:
        """A new catalogue with this one's entries and the given ones; this one stays as it is.

        Raises
        ------
        CatalogueError
            If an identity is taken already.

        Examples
        --------
        >>> from ipmetrics.model.indicators import Indicator
        >>> mine = Catalogue().extended(indicators=[Indicator("chip patents", unit="patent")])
        >>> mine.indicator("Chip patents")
        Indicator('chip patents', unit='patent')
        """
        more_regions = tuple(RegionEntry.of(given) for given in regions)
        more_indicators = tuple(IndicatorEntry.of(given) for given in indicators)
        made = Catalogue(
            read_regions=(lambda: (*self._regions.entries, *more_regions)) if more_regions else self.read_regions,
            read_indicators=(lambda: (*self._indicators.entries, *more_indicators))
            if more_indicators
            else self.read_indicators,
        )
        # A clash is the caller's slip and is told here, not at some later look-up.
        if more_regions:
            made.regions()
        if more_indicators:
            made.indicators()
        return made

    def region(self, name_or_code: str, *, on: date | None = None) -> Region:
        """The region of a name or code, in English or Chinese.

        Parameters
        ----------
        name_or_code
            ``"Haidian"``, ``"海淀区"``, ``"CN-110108"``, ``"110000"``, ``"DEU"``; case, width and blanks are
            of no account.
        on
            A day on which it existed. Without it, names find what exists now, and codes find anything.

        Raises
        ------
        CatalogueError
            If nothing is called so (the message offers the nearest), more than one region is (it lists
            them), or none of them existed then.

        Examples
        --------
        >>> from datetime import date
        >>> catalogue = Catalogue.shipped()
        >>> catalogue.region("密云"), catalogue.region("密云", on=date(2012, 12, 31))
        (Region('Miyun', code='CN-110118'), Region('Miyun County', code='CN-110228'))
        """
        return self._regions.one(name_or_code, on).region

    def indicator(self, name_or_code: str) -> Indicator:
        """The indicator of an id, a name in English or Chinese, or a publisher's code.

        Raises
        ------
        CatalogueError
            If nothing is called so (the message offers the nearest), or more than one indicator is (it lists
            them).

        Examples
        --------
        >>> Catalogue.shipped().indicator("有效发明专利").code
        'inventions-in-force'
        """
        return self._indicators.one(name_or_code).indicator

    def entry(self, name_or_code: str, *, on: date | None = None) -> RegionEntry | IndicatorEntry:
        """All that is known of one region or indicator: definition, codes, scope, notes, sources.

        Raises
        ------
        CatalogueError
            If nothing, or more than one entry, is called so.

        Examples
        --------
        >>> print(Catalogue.shipped().entry("CN-HK"))
        Hong Kong [HK]
          kind       area with its own ISO 3166-1 code
          part of    World (WLD), Guangdong-Hong Kong-Macao Greater Bay Area (ipm:greater-bay-area)
          ...
        """
        hits: tuple[RegionEntry | IndicatorEntry, ...] = (
            *self._regions.hits(name_or_code, on),
            *self._indicators.hits(name_or_code),
        )
        if hits:
            return only(name_or_code, hits, what="entry")
        near = [found for found in self.find(name_or_code, limit=3) if not found.ended]
        hint = ", ".join(f"{found.label} ({found.id})" for found in near)
        raise CatalogueError(
            f'"{name_or_code}"',
            rule="entries are looked up by a name or code of the catalogue",
            way_out=f"did you mean {hint}?" if hint else "list them with .regions() and .indicators()",
        )

    def regions(
        self,
        *,
        kind: str | None = None,
        part_of: Region | str | None = None,
        scheme: str | None = None,
        on: date | None = None,
        ended: bool = False,
    ) -> tuple[Region, ...]:
        """Regions, in the order of the files.

        Parameters
        ----------
        kind
            Only of this sort: ``"province"``, ``"district of Beijing"``.
        part_of
            Only those inside this region, through any number of steps.
        scheme
            Only those with a code in this list: ``"ISO 3166-2"``.
        on
            Those that existed on this day; by default those that exist now.
        ended
            With True, also those that no longer exist (where no day is given).

        Examples
        --------
        >>> [str(region) for region in Catalogue.shipped().regions(kind="municipality")]
        ['Beijing', 'Tianjin', 'Shanghai', 'Chongqing']
        """
        above = self.region(part_of) if isinstance(part_of, str) else part_of
        return tuple(
            entry.region
            for entry in self._regions.entries
            if (entry.existed(on) if on is not None else ended or not entry.ended)
            and (kind is None or entry.region.kind == kind)
            and (scheme is None or scheme in entry.codes)
            and (above is None or entry.region.is_part_of(above))
        )

    def indicators(self, *, scheme: str | None = None) -> tuple[Indicator, ...]:
        """All indicators in the order of the files, or those with a code in a list: ``"World Bank"``.

        Examples
        --------
        >>> Catalogue().indicators()
        ()
        """
        return tuple(entry.indicator for entry in self._indicators.entries if scheme is None or scheme in entry.codes)

    def dimensions(self) -> Mapping[str, Mapping[str, Member]]:
        """Scope dimensions that the indicators are published by: dimension → member name → Member.

        Examples
        --------
        >>> sme = Catalogue.shipped().dimensions()["holder"]["SMEs"]
        >>> [str(above) for above in sme.ancestors()]
        ['enterprises', 'service', 'all']
        """
        return {name: members for entry in self._indicators.entries for name, members in entry.scope.items()}

    def find(self, text: str, *, limit: int = 10) -> tuple[RegionEntry | IndicatorEntry, ...]:
        """Entries that a text may mean, regions first, each sort best first; abolished ones included.

        Examples
        --------
        >>> [found.id for found in Catalogue.shipped().find("高价值发明专利")][:2]
        ['high-value-inventions', 'high-value-share']
        """
        found: tuple[RegionEntry | IndicatorEntry, ...] = (
            *self._regions.near(text),
            *self._indicators.near(text),
        )
        return found[:limit]

    def __repr__(self) -> str:
        """Short, without reading any file."""
        return "<Catalogue>"
