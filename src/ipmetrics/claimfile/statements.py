"""Statements: the fitted tables of a claim file become claims, once every name they use stands for something.

What the model refuses (units that do not mix, a figure that cannot be read) is noted as a fault at its
place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.claimfile.definitions import Definitions
from ipmetrics.claimfile.faults import Faults, Path, described, nearest
from ipmetrics.claimfile.paths import read_path
from ipmetrics.errors import IpmetricsError
from ipmetrics.model.claims import Change, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Observation

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

__all__ = ["KINDS", "Statements", "conventions_of"]

KINDS = ("level", "ratio", "share", "change", "total", "rank", "one_of")
"""Leading keys, in the order of the model's claims."""

_REFUSALS = (IpmetricsError, ValueError, OverflowError)
_IN_CLAIM = ("locator", "quote", "span")
_TOLD = frozenset({"id", "source", *_IN_CLAIM})
_A_PATH = 'write "indicator.region.period" or "indicator.region.period[dimension=member]", or a table'


def conventions_of(tree: Mapping[str, Any], faults: Faults) -> tuple[Conventions | None, bool]:
    """The conventions of a file, None if it states none, and whether its figures have a decimal comma."""
    stated = dict(tree.get("conventions", {}))
    comma = bool(stated.pop("decimal_comma", False))
    if not stated:
        return None, comma
    try:
        return Conventions(**stated), comma
    except _REFUSALS as error:
        faults.add_error(("conventions",), error)
        return None, comma


@attrs.frozen
class Statements:
    """What is needed to make claims of tables: definitions, sources, and how figures are written."""

    definitions: Definitions
    faults: Faults
    sources: Mapping[str, Any]
    source: Mapping[str, Any] | None = None
    decimal_comma: bool = False
    _ids: dict[str, Path] = attrs.field(factory=dict, init=False)

    def claims(self, tables: list[dict[str, Any]]) -> list[Claim]:
        """All claims that could be made; the rest have faults."""
        made = [self._claim(table, ("claims", place), self.source) for place, table in enumerate(tables) if table]
        return [claim for claim in made if claim is not None]

    def _claim(self, table: dict[str, Any], path: Path, default: Mapping[str, Any] | None) -> Claim | None:
        kind = next((kind for kind in KINDS if kind in table), None)
        self._note_id(table.get("id"), path)
        stated = {"id": table.get("id"), "source": self._source(table, path, default)}
        told = {key: value for key, value in stated.items() if value is not None}
        if kind is None:
            return None
        given: dict[str, Any]
        if kind == "one_of":
            parts = [self._claim(part, (*path, kind, place), None) for place, part in enumerate(table[kind]) if part]
            return self._make(OneOf, path, {"alternatives": parts, **told})
        given = {"subject": self.observation(table[kind], (*path, kind)), **told}
        if "figure" in table:
            given["figure"] = self._figure(table["figure"], (*path, "figure"))
        for key in ("to", "of", "since", "than"):
            if key in table:
                given[key] = self.observation(table[key], (*path, key))
        for key in ("parts", "among"):
            if key in table:
                several = enumerate(table[key])
                given[key] = [self.observation(one, (*path, key, place)) for place, one in several]
        if "place" in table:
            given["rank"] = table["place"]
        for key in ("per", "difference", "complete", "disjoint", "order"):
            if key in table:
                given[key] = table[key]
        return self._make(_CLASSES[kind], path, given)

    def _make(self, kind: type[Claim], path: Path, given: dict[str, Any]) -> Claim | None:
        unmade = any(value is None or (isinstance(value, list) and None in value) for value in given.values())
        if unmade or self.faults.within(path, apart_from=_TOLD):
            return None
        try:
            return kind(**given)
        except _REFUSALS as error:
            self.faults.add_error(path, error)
            return None

    def _note_id(self, name: str | None, path: Path) -> None:
        if name is None:
            return
        if name in self._ids:
            self.faults.add((*path, "id"), described(name), rule="an id names one claim", way_out="choose another")
        self._ids[name] = path

    def _source(self, table: dict[str, Any], path: Path, default: Mapping[str, Any] | None) -> Source | None:
        given = table.get("source", default)
        if isinstance(given, str):
            if given not in self.sources:
                near = nearest(given, self.sources)
                way_out = f"did you mean {described(near)}?" if near else f"declare it: [sources.{given[:40]}]"
                rule = "a source named is one of [sources]"
                self.faults.add((*path, "source"), described(given), rule=rule, way_out=way_out)
                return None
            given = self.sources[given]
        refined = {key: table[key] for key in _IN_CLAIM if key in table}
        if given is None and not refined:
            return None
        span = refined.get("span")
        if span is not None and not self.faults.within((*path, "span")):
            refined["span"] = tuple(span)
            if span[0] > span[1]:
                rule = "a span runs from its first offset to its last"
                self.faults.add((*path, "span"), str(span), rule=rule, way_out="exchange the two")
        return Source(**{**(given or {}), **refined})

    def observation(self, given: object, path: Path) -> Observation | None:
        """The observation of a path or table; None, with a fault here or at a definition, if it has one."""
        if isinstance(given, str):
            parts = read_path(given)
            if parts is None:
                rule = "an observation is named by a path of three names"
                self.faults.add(path, described(given), rule=rule, way_out=_A_PATH)
                return None
            when = path
            inside: dict[str, Path] = {"indicator": path, "region": path}
        elif isinstance(given, dict):
            parts = dict(given)
            when = (*path, "period")
            inside = {"indicator": (*path, "indicator"), "region": (*path, "region")}
        else:
            return None
        found = [
            self.definitions.find(f"{kind}s", str(parts[kind]), place, self.faults) if kind in parts else None
            for kind, place in inside.items()
        ]
        members = self.definitions.members
        scope: Any = parts.get("scope", {})
        period: Any = parts.get("period")
        if period is None:
            return None
        # A period that cannot be read is told even where the names beside it are at fault too.
        indicator, region = found
        try:
            made = Observation(
                indicator or _SOMETHING,
                region or "somewhere",
                period,
                {dimension: members.get(name, name) for dimension, name in scope.items()},
            )
        except _REFUSALS as error:
            self.faults.add_error(when, error)
            return None
        return made if indicator is not None and region is not None else None

    def _figure(self, given: object, path: Path) -> Figure | None:
        reading: dict[str, Any] = {"decimal_comma": True} if self.decimal_comma else {}
        if isinstance(given, dict):
            reading |= given
        elif isinstance(given, str):
            reading["text"] = given
        if self.faults.within(path) or "text" not in reading:
            return None
        try:
            return Figure(reading.pop("text"), **reading)
        except _REFUSALS as error:
            self.faults.add_error(path, error)
            return None


_SOMETHING = Indicator("something")

_CLASSES: dict[str, type[Claim]] = {
    "level": Level,
    "ratio": Ratio,
    "share": Share,
    "change": Change,
    "total": Total,
    "rank": Rank,
}
