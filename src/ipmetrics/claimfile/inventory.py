"""Inventory: every unit, member, region and indicator that claims name gets a key, and a table of its facts.

Things are told apart by all their facts, not by the identity that the model gives them: a region that one
claim knows to be part of another and a region of the same code without facts are two entries. What is
written stays true to both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, assert_never

from ipmetrics.claimfile.layout import LARGEST_POWER
from ipmetrics.claimfile.shapes import WORD
from ipmetrics.errors import ClaimError, UnitError
from ipmetrics.model.indicators import Growth, Indicator, Rate, ShareOf
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

__all__ = ["Inventory"]

Thing = Region | Indicator | Member | Unit
_KINDS: Final[dict[type[Thing], str]] = {
    Unit: "units",
    Member: "members",
    Indicator: "indicators",
    Region: "regions",
}
_LONGEST_KEY: Final = 48
_FACTS: Final = (
    "label",
    "unit",
    "multiplier",
    "measure",
    "whole",
    "signed",
    "additive",
    "code",
    "description",
)


class Inventory:
    """Keys and tables of what claims name.

    Parameters
    ----------
    words
        Whether keys are words, as paths need them; else a label is its own key.
    known
        Keys that are to be kept, by kind, such as those of a file that was read.
    mentioned
        All members and units that will be named, so that no key is mistaken for one that needs none.
    """

    def __init__(
        self, *, words: bool, known: Mapping[str, Mapping[str, Thing]], mentioned: Iterable[Member | Unit]
    ) -> None:
        self.tables: dict[str, dict[str, dict[str, Any]]] = {kind: {} for kind in _KINDS.values()}
        self._words = words
        self._numbers: dict[Hashable, int] = {}
        self._seen: dict[int, tuple[object, int]] = {}
        self._keys: dict[int, str] = {}
        self._undeclared = {kind: set[str]() for kind in _KINDS.values()}
        for named in mentioned:
            if not _needs_declaring(named):
                self._undeclared[_KINDS[type(named)]].add(named.name)
        entries = [(kind, key, thing) for kind, things in known.items() for key, thing in things.items()]
        kept = [entry for entry in entries if not words or entry[0] == "members" or re.match(WORD, entry[1])]
        for kind, key, thing in kept:
            self._keys.setdefault(self._number(thing), key)
            self.tables[kind][key] = {}
        for kind, key, thing in kept:
            self.tables[kind][key] = self._table(thing, key)
        for _, _, thing in entries:
            self.key(thing)

    def key(self, thing: Thing) -> str:
        """The key of a thing, whose table is made if it has none yet."""
        number = self._number(thing)
        if number not in self._keys:
            kind = _KINDS[type(thing)]
            if (
                isinstance(thing, (Member, Unit))
                and not _needs_declaring(thing)
                and thing.name not in self.tables[kind]
            ):
                return thing.name
            key = self._free_key(thing, kind)
            self._keys[number] = key
            self.tables[kind][key] = {}
            self.tables[kind][key] = self._table(thing, key)
        return self._keys[number]

    def _free_key(self, thing: Thing, kind: str) -> str:
        wanted = thing.label if isinstance(thing, (Region, Indicator)) else thing.name
        if self._words and kind != "members":
            wanted = _word(wanted) or kind.removesuffix("s")
        if not self._words:
            wanted = wanted.strip()  # as every cell of a table is
        key, count = wanted, 1
        while key in self.tables[kind] or key in self._undeclared[kind]:
            count += 1
            key = f"{wanted}-{count}"
        return key

    def _number(self, thing: object) -> int:
        """The same number for things of the same facts, all the way down."""
        known = self._seen.get(id(thing))
        if known is None:
            number = self._numbers.setdefault(self._facts(thing), len(self._numbers))
            known = self._seen[id(thing)] = (thing, number)  # held, so that its id is not given away
        return known[1]

    def _facts(self, thing: object) -> Hashable:
        match thing:
            case Unit():
                return ("unit", thing.name, thing.covers)
            case Member():
                return ("member", thing.name, tuple(map(self._number, thing.part_of)))
            case Region():
                above, beside = (tuple(map(self._number, them)) for them in (thing.part_of, thing.overlaps))
                days = (thing.valid_from, thing.valid_to)
                return ("region", thing.label, thing.code, above, beside, thing.kind, days, thing.names)
            case Indicator():
                plain = tuple(getattr(thing, fact) for fact in _FACTS if fact != "unit")
                return ("indicator", plain, self._number(thing.unit), self._number(thing.definition))
            case Rate():
                parts = (self._number(thing.numerator), self._number(thing.denominator))
                return ("rate", *parts, thing.period)
            case ShareOf():
                return ("share", self._number(thing.part), self._number(thing.whole))
            case Growth():
                return ("growth", self._number(thing.of))
            case _:
                return ("nothing", None)

    def _table(self, thing: Thing, key: str) -> dict[str, Any]:
        match thing:
            case Unit():
                return _unit_table(thing, key)
            case Member():
                named = {"name": thing.name} if thing.name != key else {}
                return named | _one_or_more("part_of", thing.part_of, self.key)
            case Region():
                return self._region_table(thing, key)
            case Indicator():
                return self._indicator_table(thing, key)
            case _:
                assert_never(thing)

    def _label_of(self, key: str) -> str:
        return key.replace("_", " ") if self._words else key

    def _region_table(self, region: Region, key: str) -> dict[str, Any]:
        table: dict[str, Any] = {"label": region.label, "code": region.code}
        if region.label == self._label_of(key):
            del table["label"]
        table |= _one_or_more("part_of", region.part_of, self.key)
        table |= _one_or_more("overlaps", region.overlaps, self.key)
        table |= {"kind": region.kind, **_one_or_more("names", region.names, str)}
        table |= {"valid_from": region.valid_from, "valid_to": region.valid_to}
        return {fact: value for fact, value in table.items() if value is not None}

    def _indicator_table(self, indicator: Indicator, key: str) -> dict[str, Any]:
        """What makes the indicator, and every fact that differs from those that follow."""
        table: dict[str, Any] = {}
        match indicator.definition:
            case Rate(numerator, denominator, period):
                power = -indicator.multiplier if -LARGEST_POWER <= indicator.multiplier <= 0 else 0
                base = numerator.per(denominator, 10**power, period=period)
                size = [10**power] if power else []
                table["per"] = [self.key(numerator), self.key(denominator), *size]
                if period != "same":
                    table["period"] = period.value
            case ShareOf(part, whole):
                base = part.share_of(whole)
                table["share_of"] = [self.key(part), self.key(whole)]
            case Growth(of):
                base = of.growth()
                table["growth_of"] = self.key(of)
            case None:
                base = Indicator(self._label_of(key), unit=indicator.unit)
                if indicator.unit.name != "1" or not self._words:
                    table["unit"] = self.key(indicator.unit)
            case _:
                assert_never(indicator.definition)
        for fact in _FACTS:
            value = getattr(indicator, fact)
            if value == getattr(base, fact):
                continue
            if value is None:
                raise ClaimError(
                    str(indicator),
                    rule=f"a derived indicator has the {fact} of what it is derived from, or another",
                    way_out=f"give it a {fact} before its claims are written",
                )
            table[fact] = self.key(value) if fact == "unit" else value
        order = ("label", "per", "period", "share_of", "growth_of", *_FACTS[1:])
        return {fact: table[fact] for fact in order if fact in table}


def _needs_declaring(thing: Thing) -> bool:
    """Whether a name alone would not be read back as the same thing."""
    match thing:
        case Member():
            return bool(thing.part_of)
        case Unit():
            return thing.covers != Unit(thing.name).covers or not all(map(_is_known, _factors(thing)))
        case _:
            return True


def _factors(unit: Unit) -> list[str]:
    return unit.name.replace("*", "/").split("/")


def _is_known(name: str) -> bool:
    try:
        Unit.of(name)
    except UnitError:
        return False
    return True


def _unit_table(unit: Unit, key: str) -> dict[str, Any]:
    table: dict[str, Any] = {"name": unit.name} if unit.name != key else {}
    if unit.covers != Unit(unit.name).covers:
        table["covers"] = list(unit.covers)
    return table


def _one_or_more(fact: str, things: tuple[Any, ...], name: Callable[[Any], str]) -> dict[str, Any]:
    names = [name(thing) for thing in things]
    return {fact: names[0] if len(names) == 1 else names} if names else {}


def _word(label: str) -> str:
    """A label as a key that paths can name, not too long."""
    word = re.sub(r"[^\w-]+", "_", label).strip("_")
    if len(word) > _LONGEST_KEY:
        word = word[:_LONGEST_KEY].rpartition("_")[0] or word[:_LONGEST_KEY]
    return word
