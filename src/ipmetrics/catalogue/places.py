"""Rows of regions → region entries: parents before parts, and overlaps made mutual.

This room knows how regions hang together. It reads no file and judges no figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.catalogue.entries import RegionEntry
from ipmetrics.catalogue.files import Builder, Faults, as_day, as_list, checked
from ipmetrics.errors import IpmetricsError
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipmetrics.catalogue.files import Content, Row

__all__ = ["build_regions"]

_FACTS = frozenset(
    {
        "code",
        "codes",
        "kind",
        "label",
        "names",
        "note",
        "overlaps",
        "part_of",
        "scheme",
        "source",
        "valid_from",
        "valid_to",
    }
)


class _Places:
    """The rows of one file on their way to regions; what they lack is in the catalogue below."""

    def __init__(self, rows: dict[str, Row], below: Callable[[str], Region]) -> None:
        self.rows = rows
        self.below = below
        self.ids = {row.get("code", identity): identity for identity, row in rows.items()}
        self.touching: dict[str, list[str]] = {identity: [] for identity in rows}
        for identity, row in rows.items():
            for other in map(self.known, as_list(row.get("overlaps"))):
                self._touch(identity, other)
                if other in rows:
                    self._touch(other, identity)
        # Neighbours hold each other, so those inside a region are plain ones, without their own neighbours.
        self.plain = Builder(lambda identity: self._region(identity, full=False))
        self.full = Builder(lambda identity: self._region(identity, full=True))

    def known(self, reference: str) -> str:
        """The row that a reference means, if it means one of this file."""
        return reference if reference in self.rows else self.ids.get(reference, reference)

    def _touch(self, identity: str, other: str) -> None:
        if other not in self.touching[identity]:
            self.touching[identity].append(other)

    def _other(self, reference: str, build: Builder) -> Region:
        identity = self.known(reference)
        region: Region = build(identity) if identity in self.rows else self.below(reference)
        return region

    def _region(self, identity: str, *, full: bool) -> Region:
        row = self.rows[identity]
        build = self.full if full else self.plain
        return Region(
            row["label"],
            code=row.get("code", identity),
            part_of=[self._other(above, build) for above in as_list(row.get("part_of"))],
            overlaps=[self._other(other, self.plain) for other in self.touching[identity]] if full else (),
            kind=row.get("kind"),
            valid_from=as_day(row.get("valid_from")),
            valid_to=as_day(row.get("valid_to")),
            names=as_list(row.get("names")),
        )


def build_regions(content: Content, below: Callable[[str], Region]) -> tuple[RegionEntry, ...]:
    """Region entries of a file, in its order.

    Parameters
    ----------
    content
        The file.
    below
        Looks up a region that the file refers to and does not hold.

    Raises
    ------
    CatalogueError
        With every fault: an unknown fact, a missing label, an unknown or circular reference, a bad date.
    """
    faults = Faults(content.name)
    good = dict(checked(content.regions, _FACTS, "regions", faults))
    places = _Places(good, below)
    entries = []
    for identity, row in good.items():
        try:
            region = places.full(identity)
        except (IpmetricsError, ValueError, TypeError) as error:
            faults.add(f"regions.{identity}", error)
            continue
        own = {row["scheme"]: region.code} if "scheme" in row else {}
        entries.append(
            RegionEntry(
                region,
                codes={**own, **row.get("codes", {})},
                note=row.get("note", ""),
                sources=content.source(row.get("source")),
            )
        )
    faults.settle()
    return tuple(entries)
