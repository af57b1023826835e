"""Definitions: what a file's units, members, regions and indicators are, in whatever order they are written.

Each may name others; those are made first, and circles, unknown names and endless chains are faults. This
room makes no claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Literal, Protocol, TypeVar

import attrs

from ipmetrics.claimfile.faults import Faults, Path, described, nearest
from ipmetrics.claimfile.fitting import DEEPEST
from ipmetrics.errors import IpmetricsError, UnitError
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

__all__ = ["Catalogue", "Definitions", "define"]

_DEEPEST_REGION: Final = 32
_REFUSALS = (IpmetricsError, ValueError, OverflowError)

T = TypeVar("T")
Tables = Mapping[str, dict[str, Any]]
References = Iterator[tuple[str, Path]]


class Catalogue(Protocol):
    """What a file's ``catalogue = "…"`` is looked up in; the module ``ipmetrics.catalogue`` is one."""

    def indicator(self, name: str, /) -> Indicator:
        """The indicator of a name or code; LookupError if there is none."""
        ...

    def region(self, name: str, /) -> Region:
        """The region of a name or code; LookupError if there is none."""
        ...


@attrs.frozen
class Definitions:
    """What the names of a file stand for; a name that was declared but is at fault is in `declared` only."""

    units: Mapping[str, Unit]
    members: Mapping[str, Member]
    regions: Mapping[str, Region]
    indicators: Mapping[str, Indicator]
    declared: Mapping[str, frozenset[str]]

    def find(self, kind: str, name: str, path: Path, faults: Faults) -> Any:  # noqa: ANN401 - one of two
        """The region or indicator of that key; None, with a fault unless its definition has one already."""
        found = getattr(self, kind).get(name)
        if found is None and name not in self.declared[kind]:
            _undefined(kind, name, self.declared[kind], path, faults)
        return found


def define(tree: Mapping[str, Any], faults: Faults, catalogue: Catalogue | None) -> Definitions:
    """Make every definition of a file whose form was fitted already; note what cannot be made."""
    units = _all_of("units", tree, faults, lambda _: iter(()), lambda key, table, _: _unit(key, table), 1)
    members = _all_of("members", tree, faults, _member_references, _member, DEEPEST)
    look_up = _LookUp(catalogue)
    regions = _all_of("regions", tree, faults, _region_references, look_up.region_of, _DEEPEST_REGION)
    _check_units(tree, units, faults)

    def indicator(key: str, table: dict[str, Any], made: Mapping[str, Indicator]) -> Indicator:
        return look_up.indicator_of(key, table, made, units)

    indicators = _all_of("indicators", tree, faults, _indicator_references, indicator, DEEPEST)
    declared = {kind: frozenset(tree.get(kind, {})) for kind in ("units", "members", "regions", "indicators")}
    return Definitions(units, members, regions, indicators, declared)


def _all_of(
    kind: str,
    tree: Mapping[str, Any],
    faults: Faults,
    references: Callable[[dict[str, Any]], References],
    make: Callable[[str, dict[str, Any], Mapping[str, T]], T],
    deepest: int,
) -> dict[str, T]:
    """Make all tables of one kind, each after those it names."""
    tables: Tables = tree.get(kind, {})
    made: dict[str, T] = {}
    for key in _in_order(kind, tables, references, faults, deepest):
        path = (kind, key)
        if faults.within(path) or any(name in tables and name not in made for name, _ in references(tables[key])):
            continue
        try:
            made[key] = make(key, tables[key], made)
        except _REFUSALS as error:
            faults.add_error(path, error)
    return {key: made[key] for key in tables if key in made}


def _in_order(
    kind: str,
    tables: Tables,
    references: Callable[[dict[str, Any]], References],
    faults: Faults,
    deepest: int,
) -> list[str]:
    """Keys, each after those it names; circles, unknown names and long chains are faults."""
    named: dict[str, list[str]] = {}
    for key, table in tables.items():
        named[key] = []
        for name, place in references(table):
            if name in tables:
                named[key].append(name)
            elif kind != "members":  # a member needs no declaration
                _undefined(kind, name, tables, (kind, key, *place), faults)
    depth: dict[str, int] = {}
    for start in tables:
        _descend(kind, start, named, depth, faults)
    for key, levels in depth.items():
        if levels == deepest + 1 and not faults.within((kind, key)):
            rule = f"{kind} upon {kind} go {deepest} deep"
            faults.add((kind, key), f"{levels} steps", rule=rule, way_out="say it in fewer steps")
    return sorted((key for key in depth if depth[key] <= deepest), key=depth.__getitem__)


def _descend(kind: str, start: str, named: Mapping[str, list[str]], depth: dict[str, int], faults: Faults) -> None:
    """Depths of a key and all below it, without recursion: a hostile chain may be very long."""
    trail: list[tuple[str, Iterator[str]]] = []
    on_trail: dict[str, int] = {}

    def enter(key: str) -> None:
        on_trail[key] = len(trail)
        trail.append((key, iter(named[key])))

    if start not in depth:
        enter(start)
    while trail:
        key, rest = trail[-1]
        for name in rest:
            if name in on_trail:
                circle = " → ".join([*(step for step, _ in trail[on_trail[name] :][:DEEPEST]), name])
                way_out = "take one of these steps out; an overlap is said of one of the two"
                faults.add((kind, key), circle, rule="no definition leads back to itself", way_out=way_out)
            elif name not in depth:
                enter(name)
                break
        else:
            trail.pop()
            del on_trail[key]
            depth[key] = 1 + max((depth.get(name, 0) for name in named[key]), default=0)


def _undefined(kind: str, name: str, known: Mapping[str, object] | frozenset[str], path: Path, faults: Faults) -> None:
    near = nearest(name, known)
    example = {"regions": "{}", "indicators": '{ unit = "patent" }'}.get(kind, "{}")
    hint = f"did you mean {described(near)}? " if near else ""
    way_out = f"{hint}declare it in [{kind}]: {name[:40]} = {example}"
    faults.add(path, described(name), rule=f"a name used is one of [{kind}]", way_out=way_out)


def _several(names: object) -> list[str]:
    return [names] if isinstance(names, str) else list(names) if isinstance(names, list) else []


def _listed(table: Mapping[str, Any], *keys: str) -> References:
    for key in keys:
        names = table.get(key)
        for place, name in enumerate(_several(names)):
            if isinstance(name, str):
                yield name, (key,) if isinstance(names, str) else (key, place)


def _member_references(table: dict[str, Any]) -> References:
    return _listed(table, "part_of")


def _region_references(table: dict[str, Any]) -> References:
    return _listed(table, "part_of", "overlaps")


def _indicator_references(table: dict[str, Any]) -> References:
    for place, name in enumerate(table.get("per", ())[:2]):
        if isinstance(name, str):
            yield name, ("per", place)
    yield from _listed(table, "share_of", "growth_of")


def _label(key: str) -> str:
    return key.replace("_", " ")


def _unit(key: str, table: Mapping[str, Any]) -> Unit:
    return Unit(table.get("name", key), covers=table.get("covers", ()))


def _member(key: str, table: Mapping[str, Any], made: Mapping[str, Member]) -> Member:
    parents = [made.get(name) or Member(name) for name in _several(table.get("part_of"))]
    return Member(table.get("name", key), part_of=parents)


def _check_units(tree: Mapping[str, Any], units: Mapping[str, Unit], faults: Faults) -> None:
    """Note every indicator whose unit is neither known nor declared, at its unit key."""
    for key, table in tree.get("indicators", {}).items():
        if "unit" in table:
            try:
                _unit_of(table["unit"], units)
            except _REFUSALS as error:
                faults.add_error(("indicators", key, "unit"), error)


def _unit_of(text: str, units: Mapping[str, Unit]) -> Unit:
    """A unit of the file, a known one, or a quotient or product of both."""
    if text in units:
        return units[text]
    made = Unit(text)
    if made.name in units:
        return units[made.name]
    declared = {unit.name: unit for unit in units.values()}
    unknown = [refusal for factor in made.name.replace("*", "/").split("/") if (refusal := _refusal(factor))]
    if unknown and made.name in declared:
        return declared[made.name]
    for error in unknown:
        factor = str(error.given).strip('"')
        if factor not in declared:
            near = nearest(factor, declared)
            hint = f'did you mean "{near}"? ' if near else error.way_out.partition("to declare")[0]
            way_out = f"{hint}to declare a new countable unit write {factor} = {{}} in [units]"
            raise UnitError(error.given, rule=error.rule, way_out=way_out)
    return made


def _refusal(name: str) -> UnitError | None:
    """Why a unit's name is not known, or None if it is."""
    try:
        Unit.of(name)
    except UnitError as error:
        return error
    return None


@attrs.frozen
class _LookUp:
    """Regions and indicators from their tables, or from a catalogue."""

    catalogue: Catalogue | None

    def _found(self, kind: Literal["region", "indicator"], name: str) -> Any:  # noqa: ANN401 - one of the two
        if self.catalogue is None:
            raise IpmetricsError(
                f"catalogue = {described(name)}",
                rule="a name of the catalogue needs one to be found in",
                way_out="read with read_claims(path, catalogue=ipmetrics.catalogue), or state its facts here",
            )
        try:
            return getattr(self.catalogue, kind)(name)
        except IpmetricsError:
            raise
        except LookupError:
            raise IpmetricsError(
                described(name), rule=f"this is a {kind} of the catalogue", way_out="state its facts here"
            ) from None

    def region_of(self, key: str, table: dict[str, Any], made: Mapping[str, Region]) -> Region:
        if "catalogue" in table:
            found: Region = self._found("region", table["catalogue"])
            return found
        return Region(
            table.get("label", _label(key)),
            code=table.get("code"),
            part_of=[made[name] for name in _several(table.get("part_of"))],
            overlaps=[made[name] for name in _several(table.get("overlaps"))],
            kind=table.get("kind"),
            names=_several(table.get("names")),
            valid_from=table.get("valid_from"),
            valid_to=table.get("valid_to"),
        )

    def indicator_of(
        self, key: str, table: dict[str, Any], made: Mapping[str, Indicator], units: Mapping[str, Unit]
    ) -> Indicator:
        if "catalogue" in table:
            found: Indicator = self._found("indicator", table["catalogue"])
            return found
        facts = {name: table[name] for name in _FACTS if name in table}
        if "unit" in facts:
            facts["unit"] = _unit_of(facts["unit"], units)
        derived = _derived(table, made)
        if derived is not None:
            return attrs.evolve(derived, **facts)
        return Indicator(**{"label": _label(key), **facts})


_FACTS = ("label", "unit", "multiplier", "measure", "whole", "signed", "additive", "code", "description")


def _derived(table: Mapping[str, Any], made: Mapping[str, Indicator]) -> Indicator | None:
    if "per" in table:
        numerator, denominator, *size = table["per"]
        if not (isinstance(numerator, str) and isinstance(denominator, str)):
            raise IpmetricsError(
                f"per = {[numerator, denominator, *size]}",
                rule="a rate names its numerator, then its denominator",
                way_out='write per = ["patents", "population", 10000]',
            )
        return made[numerator].per(made[denominator], *size, period=table.get("period", "same"))
    if "share_of" in table:
        part, whole = table["share_of"]
        return made[part].share_of(made[whole])
    if "growth_of" in table:
        return made[table["growth_of"]].growth()
    return None
