"""Entries: one region or indicator with its other names, its codes in published lists, its notes and sources.

An entry is what a look-up finds and what a reader can look at. It knows no other entry and no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.indicators import Growth, Indicator, Rate, ShareOf
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["IndicatorEntry", "RegionEntry"]

_GB = "GB/T 2260"
_WIDTH = 11


def _texts(mapping: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(mapping))


def _dimensions(scope: Mapping[str, Mapping[str, Member]]) -> Mapping[str, Mapping[str, Member]]:
    return MappingProxyType({dimension: MappingProxyType(dict(members)) for dimension, members in scope.items()})


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _indicators(parts: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(parts)


def _lines(title: str, facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join([title, *(f"  {name:<{_WIDTH}}{text}" for name, text in facts if text)])


def _listed(mapping: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in mapping.items())


def _identified(region: Region) -> str:
    return f"{region.label} ({region.code})" if region.code is not None else region.label


@attrs.frozen(repr=False)
class RegionEntry:
    """What the catalogue knows of one region.

    Parameters
    ----------
    region
        The region itself, with all its names, its validity and what it is part of.
    codes
        Code list → code: ``{"ISO 3166-2": "CN-BJ", "GB/T 2260": "110000"}``.
    note
        What a user of its figures should know.
    sources
        Fact → where it comes from; the fact ``entry`` means all of it.

    Examples
    --------
    >>> entry = RegionEntry(Region("Haidian", code="CN-110108"), codes={"GB/T 2260": "110108"})
    >>> entry.id, entry.label
    ('CN-110108', 'Haidian')
    """

    region: Region
    codes: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, converter=_texts, hash=False)
    note: str = attrs.field(default="", kw_only=True)
    sources: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, converter=_texts, hash=False)

    @classmethod
    def of(cls, given: Region | RegionEntry) -> RegionEntry:
        """Take an entry as it is, and a region as an entry without codes and sources."""
        return given if isinstance(given, RegionEntry) else cls(given)

    @property
    def id(self) -> str:
        """Its identity: the code, or the label of a region without one."""
        return self.region.code or self.region.label

    @property
    def label(self) -> str:
        """What a report prints."""
        return self.region.label

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is found by, the label first."""
        return (self.region.label, *self.region.names)

    @property
    def ended(self) -> bool:
        """Whether it no longer exists under its code."""
        return self.region.valid_to is not None

    def existed(self, on: date) -> bool:
        """Whether it existed on the day; first and last day included."""
        first, last = self.region.valid_from, self.region.valid_to
        return (first is None or first <= on) and (last is None or on <= last)

    @property
    def lifetime(self) -> str:
        """Its first and last day in words; empty if neither is bounded."""
        parts = [f"from {self.region.valid_from}" if self.region.valid_from else ""]
        parts.append(f"to {self.region.valid_to}" if self.region.valid_to else "")
        return " ".join(part for part in parts if part)

    def lookup_codes(self) -> Iterator[str]:
        """Every code it is found by: its identity, its codes, and ``CN-`` forms of GB/T 2260."""
        yield self.id
        yield from self.codes.values()
        if code := self.codes.get(_GB):
            yield f"CN-{code}"
            if code.endswith("0000"):
                yield f"CN-{code[:2]}"

    def __str__(self) -> str:
        """A few lines for reading."""
        return _lines(
            f"{self.label} [{self.id}]",
            [
                ("kind", self.region.kind or ""),
                ("part of", ", ".join(_identified(above) for above in self.region.part_of)),
                ("overlaps", ", ".join(_identified(other) for other in self.region.overlaps)),
                ("valid", self.lifetime),
                ("codes", _listed(self.codes)),
                ("names", ", ".join(self.region.names)),
                ("note", self.note),
                ("source", _listed(self.sources)),
            ],
        )

    def __repr__(self) -> str:
        """Short: the region."""
        return f"<RegionEntry {self.label} [{self.id}]>"


def _slug(label: str) -> str:
    return re.sub(r"[^\w]+", "-", label.casefold()).strip("-")


def _made_of(indicator: Indicator) -> str:
    match indicator.definition:
        case Rate(numerator, denominator, period):
            return f"{numerator} ÷ {denominator} ({period.value} period)"
        case ShareOf(part, whole):
            return f"{part} ÷ {whole}"
        case Growth(of):
            return f"growth of {of} on the same period one year earlier"
        case None:
            return ""


@attrs.frozen(repr=False)
class IndicatorEntry:
    """What the catalogue knows of one indicator.

    Parameters
    ----------
    indicator
        The indicator itself; its ``description`` is the definition in words.
    names
        Other names it is found by, in any language.
    codes
        Code list → code, only as seen in the publisher's own list or data.
    scope
        Dimension → member name → Member: what it is published by.
    counting
        ``"whole"``, ``"fractional"`` (shared out over several countries), or empty if it is not said.
    parts
        Indicators that partition it, so that ``Total(x, parts)`` holds.
    note
        What a user of its figures should know.
    sources
        Fact (``definition``, ``names``, ``codes``) → where it comes from; ``entry`` means all of it.

    Examples
    --------
    >>> entry = IndicatorEntry(Indicator("semiconductor patents", unit="patent"), names=["半导体专利"])
    >>> entry.id, entry.names
    ('semiconductor-patents', ('semiconductor patents', '半导体专利'))
    """

    indicator: Indicator
    names: tuple[str, ...] = attrs.field(default=(), kw_only=True, converter=_names)
    codes: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, converter=_texts, hash=False)
    scope: Mapping[str, Mapping[str, Member]] = attrs.field(
        factory=dict, kw_only=True, converter=_dimensions, hash=False
    )
    counting: str = attrs.field(default="", kw_only=True)
    parts: tuple[Indicator, ...] = attrs.field(default=(), kw_only=True, converter=_indicators)
    note: str = attrs.field(default="", kw_only=True)
    sources: Mapping[str, str] = attrs.field(factory=dict, kw_only=True, converter=_texts, hash=False)

    def __attrs_post_init__(self) -> None:
        """Put the label first among the names, once."""
        others = tuple(name for name in self.names if name != self.indicator.label)
        object.__setattr__(self, "names", (self.indicator.label, *others))

    @classmethod
    def of(cls, given: Indicator | IndicatorEntry) -> IndicatorEntry:
        """Take an entry as it is, and an indicator as an entry without codes and sources."""
        return given if isinstance(given, IndicatorEntry) else cls(given)

    @property
    def id(self) -> str:
        """Its identity: the indicator's code, or its label with hyphens."""
        return self.indicator.code or _slug(self.indicator.label)

    @property
    def label(self) -> str:
        """What a report prints."""
        return self.indicator.label

    @property
    def definition(self) -> str:
        """What it counts, in words."""
        return self.indicator.description

    @property
    def ended(self) -> bool:
        """Indicators do not end."""
        return False

    def existed(self, on: date) -> bool:  # noqa: ARG002 - the shape that the look-up asks of every entry
        """Indicators exist on every day."""
        return True

    @property
    def lifetime(self) -> str:
        """Indicators are not bounded."""
        return ""

    def lookup_codes(self) -> Iterator[str]:
        """Every code it is found by; one with a slash also by the publisher's table before it."""
        yield self.id
        for code in self.codes.values():
            yield code
            table, slash, _ = code.partition("/")
            if slash:
                yield table

    def __str__(self) -> str:
        """A few lines for reading."""
        return _lines(
            f"{self.label} [{self.id}]",
            [
                ("definition", self.definition),
                ("made of", _made_of(self.indicator)),
                ("parts", "; ".join(str(part) for part in self.parts)),
                ("unit", self.indicator.unit_text),
                ("measure", self.indicator.measure.value if self.indicator.measure else "not said"),
                ("counting", self.counting),
                ("scope", "; ".join(f"{name}: {', '.join(members)}" for name, members in self.scope.items())),
                ("codes", _listed(self.codes)),
                ("names", ", ".join(self.names[1:])),
                ("note", self.note),
                ("source", _listed(self.sources)),
            ],
        )

    def __repr__(self) -> str:
        """Short: the indicator."""
        return f"<IndicatorEntry {self.label} [{self.id}]>"
