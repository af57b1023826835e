"""Rows of indicators → indicator entries: rates and shares after what they are made of, scopes with members.

This room knows how indicators are put together. It reads no file and judges no figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.catalogue.entries import IndicatorEntry
from ipmetrics.catalogue.files import Builder, Faults, as_list, checked
from ipmetrics.errors import IpmetricsError
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import ALL, Member
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ipmetrics.catalogue.files import Content, Row

__all__ = ["build_indicators"]

_PLAIN = ("multiplier", "measure", "whole", "signed", "additive")
_DERIVED = ("per", "share", "growth")
_ABOUT = ("label", "names", "codes", "counting", "definition", "note", "parts", "scope", "source", "unit")
_FACTS = frozenset((*_PLAIN, *_DERIVED, *_ABOUT))

Dimensions = dict[str, dict[str, Member]]


def _dimension(name: str, members: Mapping[str, Any]) -> dict[str, Member]:
    """Members of one dimension with their parents; ``all`` is the whole, an empty parent none."""

    def build(member: str) -> Member:
        parents = [parent for parent in as_list(members[member]) if parent]
        return Member(member, part_of=[Member(ALL) if parent == ALL else made(parent) for parent in parents])

    made = Builder(build)
    try:
        return {member: made(member) for member in members}
    except KeyError as missing:
        message = f"{name} has no member {missing}: add it, or use all, or leave the parent empty"
        raise ValueError(message) from missing


class _Measures:
    """The rows of one file on their way to indicators; what they lack is in the catalogue below."""

    def __init__(self, rows: dict[str, Row], units: Mapping[str, Row], below: Callable[[str], Indicator]) -> None:
        self.rows = rows
        self.below = below
        self.units = {name: Unit(name, covers=as_list(facts.get("covers"))) for name, facts in units.items()}
        self.made = Builder(self._indicator)

    def other(self, reference: str) -> Indicator:
        """The indicator that a reference means."""
        made: Indicator = self.made(reference) if reference in self.rows else self.below(reference)
        return made

    def _indicator(self, identity: str) -> Indicator:
        row = self.rows[identity]
        kinds = [kind for kind in _DERIVED if kind in row]
        if len(kinds) > 1:
            message = f"is either a rate, a share or a growth: keep one of {', '.join(kinds)}"
            raise ValueError(message)
        made = self._derived(kinds[0], row) if kinds else self._counted(row)
        return attrs.evolve(made, label=row["label"], code=identity, description=row.get("definition", ""))

    def _counted(self, row: Row) -> Indicator:
        if "unit" not in row:
            message = 'needs a unit, such as unit = "patent", or one of per, share, growth'
            raise ValueError(message)
        unit: Unit | str = self.units.get(row["unit"]) or str(row["unit"])
        return Indicator(row["label"], unit=unit, **{fact: row[fact] for fact in _PLAIN if fact in row})

    def _derived(self, kind: str, row: Row) -> Indicator:
        how = row[kind]
        if kind == "growth":
            return self.other(how).growth()
        part = self.other(how["of"])
        if kind == "share":
            return part.share_of(self.other(how["in"]))
        return part.per(self.other(how["denominator"]), how.get("size", 1), period=how.get("period", "same"))


def _scope(names: list[str], dimensions: Dimensions) -> Dimensions:
    for name in names:
        if name not in dimensions:
            message = f"no dimension {name}: write [dimensions.{name}]; known are {', '.join(sorted(dimensions))}"
            raise ValueError(message)
    return {name: dimensions[name] for name in names}


def build_indicators(
    content: Content, below: Callable[[str], Indicator], inherited: Mapping[str, Mapping[str, Member]]
) -> tuple[IndicatorEntry, ...]:
    """Indicator entries of a file, in its order.

    Parameters
    ----------
    content
        The file.
    below
        Looks up an indicator that the file refers to and does not hold.
    inherited
        Scope dimensions that the file may use without writing them out.

    Raises
    ------
    CatalogueError
        With every fault: an unknown fact or unit, a missing label, an unknown or circular reference.
    """
    faults = Faults(content.name)
    good = dict(checked(content.indicators, _FACTS, "indicators", faults))
    dimensions: Dimensions = {name: dict(members) for name, members in inherited.items()}
    for name, members in content.dimensions.items():
        try:
            dimensions[name] = _dimension(name, members)
        except (IpmetricsError, ValueError) as error:
            faults.add(f"dimensions.{name}", error)
    measures = _Measures(good, content.units, below)
    entries = []
    for identity, row in good.items():
        try:
            entries.append(
                IndicatorEntry(
                    measures.made(identity),
                    names=tuple(row.get("names", ())),
                    codes=row.get("codes", {}),
                    scope=_scope(row.get("scope", []), dimensions),
                    counting=row.get("counting", ""),
                    parts=tuple(measures.other(part) for part in row.get("parts", ())),
                    note=row.get("note", ""),
                    sources=content.source(row.get("source")),
                )
            )
        except KeyError as missing:
            faults.add(f"indicators.{identity}", f"lacks {missing}: per needs of and denominator, share of and in")
        except (IpmetricsError, ValueError, TypeError) as error:
            faults.add(f"indicators.{identity}", error)
    faults.settle()
    return tuple(entries)
