"""Reference areas: what a figure is quoted for. A region knows what it is part of and what it overlaps.

A region's identity is its code, or its label where it has none; labels are for people and never change a
verdict. This room knows no list of regions (the catalogue does) and no figures.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import RegionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Region"]


def is_name(given: object) -> bool:
    """Whether something is text with more in it than blanks."""
    return isinstance(given, str) and bool(given.strip())


def _as_tuple(regions: Region | Iterable[Region]) -> tuple[Region, ...]:
    return (regions,) if isinstance(regions, Region) else tuple(regions)


def _names(names: str | Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


@attrs.frozen(eq=False, repr=False)
class Region:
    """A reference area (SDMX ``REF_AREA``): a country, a province, a district, a zone, or any place named.

    Parameters
    ----------
    label
        What a reader calls it.
    code
        Its identity, such as ``"CN-BJ"``. Without a code the label is the identity, and the region is ad hoc:
        nothing is known of it but its name.
    part_of
        The region, or regions, it lies wholly inside. Parts of one region may overlap each other, so this alone
        never makes parts add up.
    overlaps
        Regions it shares ground with though neither contains the other, as a development zone does districts.
    kind
        What sort of area it is, in words.
    valid_from, valid_to
        First and last day on which the area existed under this code; None where it is not bounded.
    names
        Other names it is found by, in any language.

    Raises
    ------
    RegionError
        If the region would be part of itself, directly or through others.

    Examples
    --------
    >>> beijing = Region("Beijing", code="CN-BJ")
    >>> haidian = Region("Haidian", code="CN-110108", part_of=beijing)
    >>> haidian.is_part_of(beijing), Region("海淀区", code="CN-110108") == haidian
    (True, True)
    """

    label: str
    code: str | None = attrs.field(default=None, kw_only=True)
    part_of: tuple[Region, ...] = attrs.field(default=(), kw_only=True, converter=_as_tuple)
    overlaps: tuple[Region, ...] = attrs.field(default=(), kw_only=True, converter=_as_tuple)
    kind: str | None = attrs.field(default=None, kw_only=True)
    valid_from: date | None = attrs.field(default=None, kw_only=True)
    valid_to: date | None = attrs.field(default=None, kw_only=True)
    names: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_names)
    key: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Fix the identity and refuse a region inside itself."""
        if not is_name(self.label):
            raise RegionError(repr(self.label), rule="a region has a name", way_out='write one, such as "Haidian"')
        object.__setattr__(self, "key", f"code:{self.code}" if self.code is not None else f"name:{self.label}")
        if any(above == self for above in self.ancestors()):
            raise RegionError(
                self.label,
                rule="a region is not part of itself",
                way_out=f"take {self.code or self.label} out of its own part_of chain",
            )

    @classmethod
    def of(cls, region: Region | str) -> Region:
        """Take a region as it is, and a bare string as an ad-hoc region of that name."""
        if isinstance(region, Region):
            return region
        if isinstance(region, str):
            return cls(region)
        raise RegionError(
            repr(region),
            rule="a region is a Region or a name",
            way_out='pass a string such as "Haidian", or catalogue.region("Haidian")',
        )

    def ancestors(self) -> Iterator[Region]:
        """Every region this one lies inside, nearest first, each once."""
        seen: set[str] = set()
        queue = list(self.part_of)
        while queue:
            region = queue.pop(0)
            if region.key not in seen:
                seen.add(region.key)
                yield region
                queue.extend(region.part_of)

    def is_part_of(self, other: Region) -> bool:
        """Whether this region lies inside the other, through any number of steps; no region is part of itself."""
        return any(above == other for above in self.ancestors())

    def __eq__(self, other: object) -> bool:
        """Two regions are one when their codes are, or, without codes, their labels."""
        if not isinstance(other, Region):
            return NotImplemented
        return self.key == other.key

    def __hash__(self) -> int:
        """Hash by identity: code or label."""
        return hash(self.key)

    def __str__(self) -> str:
        """The label, which is what a report prints."""
        return self.label

    def __repr__(self) -> str:
        """Short, and it reads back to an equal region."""
        return f"Region({self.label!r}, code={self.code!r})" if self.code is not None else f"Region({self.label!r})"
