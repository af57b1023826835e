"""Telling: claims back to the tree of tables that a claim file holds, keys and all.

TOML and tables are written from this tree. It is also how two sets of claims are compared fact by fact,
because the model's own equality looks at identity alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, assert_never

import attrs

from ipmetrics.claimfile.inventory import Inventory
from ipmetrics.claimfile.paths import path_text
from ipmetrics.errors import ClaimError
from ipmetrics.model.claims import (
    Change,
    Claim,
    Level,
    OneOf,
    Rank,
    Ratio,
    Share,
    Source,
    Total,
    observations_of,
)
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Growth, Indicator, Rate, ShareOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ipmetrics.model.observations import Member, Observation
    from ipmetrics.model.units import Unit

__all__ = ["Telling", "told_conventions", "tree_of"]

_SOURCE = ("producer", "title", "date", "url")
_IN_CLAIM = ("locator", "quote", "span")
T = TypeVar("T")


def tree_of(
    claims: Sequence[Claim], known: Mapping[str, Mapping[str, Any]] | None = None, *, words: bool = True
) -> dict[str, Any]:
    """The tree of a claim file that says these claims.

    Parameters
    ----------
    claims
        Each with its figure.
    known
        Keys to keep, by kind.
    words
        True for TOML, where observations are paths and keys words; False for tables, where they are cells.

    Raises
    ------
    ClaimError
        If one is no claim, or has no figure.
    """
    return Telling(claims, known or {}, words=words).tree()


class Telling:
    """One set of claims on its way to a tree."""

    def __init__(self, claims: Sequence[Claim], known: Mapping[str, Mapping[str, Any]], *, words: bool) -> None:
        for claim in claims:
            _check(claim)
        mentioned = [one for claim in claims for seen in observations_of(claim) for one in _mentioned(seen)]
        mentioned += [unit for one in known.get("indicators", {}).values() for unit in _units(one)]
        self._words = words
        self._claims = claims
        self._inventory = Inventory(words=words, known=known, mentioned=mentioned)
        self._sources: dict[tuple[object, ...], str] = {}

    def tree(self) -> dict[str, Any]:
        """All tables, empty ones left out."""
        bases = {_base(claim.source) for claim in self._claims}
        common = bases.pop() if len(bases) == 1 else None
        claims = [self._claim(claim, common) for claim in self._claims]
        tree: dict[str, Any] = {}
        if common is not None and any(common):
            tree["source"] = _source_table(common)
        tree["sources"] = {key: _source_table(base) for base, key in self._sources.items()}
        tree |= self._inventory.tables
        return {**{key: table for key, table in tree.items() if table}, "claims": claims}

    def _claim(self, claim: Claim, common: tuple[object, ...] | None, *, reading: bool = False) -> dict[str, Any]:
        table: dict[str, Any] = {"id": claim.id} if claim.id is not None else {}
        table |= self._statement(claim)
        if claim.source is not None:
            base = _base(claim.source)
            told = {key: getattr(claim.source, key) for key in _IN_CLAIM}
            told = {key: value for key, value in told.items() if value is not None}
            if base is not None and any(base):
                if reading or not self._words:
                    table["source"] = _source_table(base)
                elif base != common:
                    table["source"] = self._source_key(base)
            elif not told:
                table["source"] = {}
            table |= {key: list(value) if key == "span" else value for key, value in told.items()}
        return table

    def _statement(self, claim: Claim) -> dict[str, Any]:
        match claim:
            case Level(subject=subject, figure=figure):
                return {"level": self._observation(subject), "figure": _figure(figure)}
            case Ratio(subject=subject, to=to, figure=figure):
                return {
                    "ratio": self._observation(subject),
                    "to": self._observation(to),
                    "figure": _figure(figure),
                }
            case Share(subject=subject, of=of, figure=figure):
                return {
                    "share": self._observation(subject),
                    "of": self._observation(of),
                    "figure": _figure(figure),
                }
            case Change():
                return self._change(claim)
            case Total(subject=subject, parts=parts, complete=complete, disjoint=disjoint):
                table = {
                    "total": self._observation(subject),
                    "parts": [self._observation(part) for part in parts],
                }
                return table | _unless_true(complete=complete, disjoint=disjoint)
            case Rank(subject=subject, rank=rank, among=among, order=order, complete=complete):
                others = [self._observation(other) for other in among]
                table = {"rank": self._observation(subject), "place": rank, "among": others}
                return table | ({"order": order} if order != "descending" else {}) | _unless_true(complete=complete)
            case OneOf(alternatives=alternatives):
                return {"one_of": [self._claim(one, None, reading=True) for one in alternatives]}
            case _:
                assert_never(claim)

    def _change(self, claim: Change) -> dict[str, Any]:
        table: dict[str, Any] = {"change": self._observation(claim.subject)}
        for key, base in (("since", claim.since), ("than", claim.than)):
            if base is not None:
                table[key] = self._observation(base)
        table["figure"] = _figure(claim.figure)
        if claim.per is not None:
            table["per"] = claim.per
        if claim.difference is not Change(claim.subject, claim.figure, since=claim.since, than=claim.than).difference:
            table["difference"] = claim.difference
        return table

    def _observation(self, observation: Observation) -> Any:  # noqa: ANN401 - a path or a table
        indicator = self._inventory.key(observation.indicator)
        region = self._inventory.key(observation.region)
        scope = {dimension: self._inventory.key(member) for dimension, member in observation.scope.items()}
        period = str(observation.period)
        if self._words:
            return path_text(indicator, region, period, scope)
        table: dict[str, Any] = {"indicator": indicator, "region": region, "period": period}
        return {**table, "scope": scope} if scope else table

    def _source_key(self, base: tuple[object, ...]) -> str:
        return self._sources.setdefault(base, f"source-{len(self._sources) + 1}")


def told_conventions(conventions: Conventions | None) -> dict[str, Any]:
    """The [conventions] of a file: what differs from the defaults, or one of them, which is not none."""
    if conventions is None:
        return {}
    usual = Conventions()
    stated = {field.name: getattr(conventions, field.name) for field in attrs.fields(Conventions) if field.init}
    differing = {name: value for name, value in stated.items() if value != getattr(usual, name)}
    return differing or {"rounding": conventions.rounding}


def _check(claim: object) -> None:
    if not isinstance(claim, Claim):
        raise ClaimError(repr(claim), rule="what is written is claims", way_out="pass Level(…), Ratio(…) and the like")
    if isinstance(claim, (Level, Ratio, Share, Change)) and claim.figure is None:
        raise ClaimError(str(claim), rule="a claim file holds statements with figures", way_out="give its figure")


def _mentioned(observation: Observation) -> Iterator[Member | Unit]:
    """Every unit and member that an observation names, however deep."""
    yield from _units(observation.indicator)
    yield from _reached(observation.scope.values(), lambda member: member.part_of)


def _units(indicator: Indicator) -> Iterator[Unit]:
    for one in _reached([indicator], _derived_from):
        yield one.unit


def _derived_from(indicator: Indicator) -> tuple[Indicator, ...]:
    match indicator.definition:
        case Rate(numerator, denominator):
            return numerator, denominator
        case ShareOf(part, whole):
            return part, whole
        case Growth(of):
            return (of,)
        case None:
            return ()
        case _:
            assert_never(indicator.definition)


def _reached(starts: Iterable[T], further: Callable[[T], Iterable[T]]) -> Iterator[T]:
    """Things and all that they lead to; each object once, for many may lead to the same."""
    seen: set[int] = set()
    waiting = list(starts)
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen:
            seen.add(id(thing))
            yield thing
            waiting.extend(further(thing))


def _base(source: Source | None) -> tuple[object, ...] | None:
    return None if source is None else tuple(getattr(source, key) for key in _SOURCE)


def _source_table(base: tuple[object, ...]) -> dict[str, Any]:
    return {key: value for key, value in zip(_SOURCE, base, strict=True) if value is not None}


def _figure(figure: Figure | None) -> Any:  # noqa: ANN401 - text or a table
    if figure is None:
        return None
    reading = {"rounding": figure.rounding, "decimals": figure.decimals, "step": figure.step}
    table = {key: value for key, value in reading.items() if value is not None}
    if figure.decimal_comma:
        table["decimal_comma"] = True
    return {"text": figure.text, **table} if table else figure.text


def _unless_true(**switches: bool) -> dict[str, Any]:
    return {key: value for key, value in switches.items() if not value}
