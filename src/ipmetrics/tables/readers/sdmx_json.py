"""SDMX-JSON 1.0 and 2.0: indices into lists of codes to rows of codes, numbers as the text that stands there.

This room reads JSON itself: the library that reads SDMX-ML turns numbers into floats, whose last zeros are lost, and
leaves out the attributes of series, where UNIT_MULT and DECIMALS stand. It knows no code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.tables.readers.actions import ACTION
from ipmetrics.tables.readers.contents import refuse
from ipmetrics.tables.readers.observations import VALUE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Message", "rows_of_json"]

Row = dict[str, str]


@attrs.frozen
class Message:
    """The observations of a message, each as texts by component, and which components are dimensions."""

    rows: Sequence[Row]
    dimensions: tuple[str, ...]


def rows_of_json(text: str, name: str) -> Message:
    """Read the text of a message, or raise what is wrong with it."""
    way_out = "ask the service for SDMX-CSV, and read that with read_sdmx_csv()"
    try:
        tree = json.loads(text, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise refuse(name, f"line {line}", f"“{error}”", rule="SDMX-JSON is JSON", way_out="mend it") from None
    try:
        data = tree.get("data", tree)
        structures = data["structures"] if "structures" in data else [data["structure"]]
        sets = [_Set(given, structures[given.get("structure", 0)]) for given in data["dataSets"]]
        rows = [row for one in sets for row in one.rows()]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        rule = "an SDMX-JSON message has dataSets, and a structure that explains them"
        raise refuse(name, name, f"“{type(error).__name__}: {error}”", rule=rule, way_out=way_out) from None
    return Message(rows, tuple(dict.fromkeys(each for one in sets for each in one.dimensions)))


class _Set:
    """One data set, and the lists that its indices point into."""

    def __init__(self, given: Mapping[str, Any], structure: Mapping[str, Any]) -> None:
        self._given = given
        dimensions, attributes = structure["dimensions"], structure.get("attributes", {})
        levels = ("dataSet", "series", "observation")
        self._dimensions = {level: list(dimensions.get(level, ())) for level in levels}
        self._attributes = {level: list(attributes.get(level, ())) for level in (*levels, "dimensionGroup")}
        measures = structure.get("measures", {}).get("observation", ())
        self._measures = [measure["id"] for measure in measures] or [VALUE]
        if len(self._measures) > 1:
            told = ", ".join(self._measures)
            message = f"several measures ({told})"
            raise ValueError(message)
        together = [each for level in levels for each in self._dimensions[level]]
        self._ordered = sorted(together, key=lambda each: int(each.get("keyPosition", len(together))))
        self.dimensions = [each["id"] for each in self._ordered]

    def rows(self) -> Iterator[Row]:
        """Yield its observations with everything that is said of them at any level."""
        given = self._given
        common = _picked(self._dimensions["dataSet"], ["0"] * len(self._dimensions["dataSet"]))
        common |= _said(self._attributes["dataSet"], given.get("attributes", ()))
        if given.get("action"):
            common[ACTION] = str(given["action"])
        yield from self._observations(given, common)
        for key, series in given.get("series", {}).items():
            of_series = common | _picked(self._dimensions["series"], key.split(":"))
            of_series |= _said(self._attributes["series"], series.get("attributes", ()))
            yield from self._observations(series, of_series)

    def _observations(self, given: Mapping[str, Any], common: Row) -> Iterator[Row]:
        for key, held in given.get("observations", {}).items():
            row = common | _picked(self._dimensions["observation"], key.split(":"))
            cells = held if isinstance(held, list) else [held]
            row[VALUE] = _text(cells[0]) if cells else ""
            row |= _said(self._attributes["observation"], cells[1:])
            yield self._of_groups(row) | row

    def _of_groups(self, row: Row) -> Row:
        """Return what is said of a part of the key that this observation has."""
        said: Row = {}
        for key, cells in self._given.get("dimensionGroupAttributes", {}).items():
            indices = [(each, index) for each, index in zip(self._ordered, key.split(":"), strict=False) if index]
            if all(row[each["id"]] == _code(each["values"][int(index)]) for each, index in indices):
                said |= _said(self._attributes["dimensionGroup"], cells)
        return said


def _picked(dimensions: Sequence[Mapping[str, Any]], indices: Sequence[str]) -> Row:
    """Look up the codes of a key."""
    if not dimensions:
        return {}
    return {each["id"]: _code(each["values"][int(i)]) for each, i in zip(dimensions, indices, strict=True)}


def _said(attributes: Sequence[Mapping[str, Any]], cells: Sequence[object]) -> Row:
    """Look up attributes: indices into their codes, or texts as they are."""
    said = {}
    for each, cell in zip(attributes, cells, strict=False):
        parts = cell if isinstance(cell, list) else [cell]
        texts = [_code(each["values"][part]) if isinstance(part, int) else _text(part) for part in parts]
        if any(texts):
            said[each["id"]] = ";".join(texts)
    return said


def _code(value: Mapping[str, Any]) -> str:
    return _text(next(value[name] for name in ("id", "value", "name") if value.get(name) is not None))


def _text(value: object) -> str:
    return "" if value is None else str(value)
