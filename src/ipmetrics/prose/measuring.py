"""Measuring: units as the text prints them to indicators, each name in one unit one indicator.

This room knows which units count things and which multiplier "per 10,000" is. It knows no figure's size and judges
nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ipmetrics.errors import UnitError
from ipmetrics.model.figures import Figure
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.units import Unit
from ipmetrics.prose.naming import is_growth, key_of, known_indicator, label_of
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.statements import Statement

__all__ = ["Measures", "unit_of"]

_UNSAID = Unit("1")
_PERCENT = Unit("percent")
_COUNTED = frozenset(
    "patent application trademark design right registration case person company institution award product agreement "
    "transfer licence pledge inspection centre project event cluster work citation family indication layout article "
    "court judge office station platform department team brand variety product certificate request complaint piece "
    "set item household country city province university school".split()
)
_FACTOR = re.compile(r"(1[0, ]*)?\s*(.*)")
_NO_NAME = re.compile(r"\W+")
_RELATIVE = frozenset({"percent", "percentage_point", "times", "rank", "per_mille"})


@lru_cache(maxsize=4096)
def unit_of(text: str | None) -> tuple[Unit, int]:
    """A unit of the text, and the power of ten from the printed number to it.

    Raises
    ------
    UnitError
        If it holds a factor that is no power of ten.

    Examples
    --------
    >>> unit_of("patent/10000 person"), unit_of("CNY"), unit_of("square metre")
    ((Unit('patent/person'), -4), (Unit('CNY'), 0), (Unit('square_metre'), 0))
    """
    if not text:
        return _UNSAID, 0
    above, *below = text.split("/")
    power, names = 0, [_name(above)]
    for part in below:
        factor, name = _parted(part.strip(), text)
        power -= len(factor) - 1
        names.append(_name(name))
    unit = Unit("/".join(names))
    return unit, power if below else unit.power


def _parted(part: str, text: str) -> tuple[str, str]:
    """The power of ten, as digits, and the name of what a rate is per."""
    found = _FACTOR.fullmatch(part)
    digits, name = (found[1] or "1", found[2]) if found else ("1", part)
    digits = digits.replace(",", "").replace(" ", "")
    if not name or name[0].isdecimal():
        raise UnitError(
            f'"{text}"', rule="a rate is per a power of ten of something", way_out="write “patent/10000 person”"
        )
    return digits, name


def _name(text: str) -> str:
    name = _NO_NAME.sub("_", text.strip()).strip("_") or "1"
    return f"_{name}" if name[0].isdecimal() and name != "1" else name


class Measures:
    """The indicators of one article: one for each name in each unit.

    Parameters
    ----------
    statements
        All of the article; alternatives count too.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._units: dict[str, dict[str | None, bool]] = {}
        self._labels: dict[str, str] = {}
        self._made: dict[tuple[str, Unit, int], Indicator] = {}
        for statement in statements:
            for each in (statement, *statement.alternatives):
                self._note(each)

    def _note(self, statement: Statement) -> None:
        """Remember the units a name is printed in, and whether in whole numbers only."""
        if statement.indicator is None:
            return
        key = key_of(statement.indicator)
        self._labels.setdefault(key, label_of(statement.indicator))
        level = statement.kind is Kind.LEVEL
        if level or (statement.kind is Kind.CHANGE and statement.unit not in {*_RELATIVE, None}):
            units = self._units.setdefault(key, {})
            units[statement.unit] = units.get(statement.unit, True) and _is_whole(statement.figure)

    def units(self, words: str | None) -> tuple[str | None, ...]:
        """The units in which levels of this name are printed."""
        return () if words is None else tuple(self._units.get(key_of(words), ()))

    def of(self, words: str | None, unit: str | None) -> Indicator:
        """The indicator of a name in a unit of the text.

        Raises
        ------
        UnitError
            If the unit is none.
        """
        words = words or "what is counted"
        measured, power = unit_of(unit)
        known = known_indicator(words)
        if known is not None and (unit is None or (known.unit, known.multiplier) == (measured, power)):
            return known
        whole = self._counts(words, unit, measured)
        return self._declared(words, measured, power, whole=whole, taken=known is not None)

    def thing(self, words: str | None) -> Indicator:
        """The indicator of a name whose unit is not printed beside it: the one unit it has elsewhere, else none."""
        units = self.units(words)
        if len(units) == 1:
            return self.of(words, units[0])
        return self.of(words, None)

    def percentage(self, label: str, *, signed: bool = False) -> Indicator:
        """An indicator in percent."""
        return self._declared(label, _PERCENT, _PERCENT.power, whole=False, signed=signed or is_growth(label))

    def named(self, label: str, like: Indicator) -> Indicator:
        """Something else that is counted as this is."""
        return self._declared(label, like.unit, like.multiplier, whole=like.whole)

    def _counts(self, words: str, unit: str | None, measured: Unit) -> bool:
        return measured.name in _COUNTED and self._units.get(key_of(words), {}).get(unit, False)

    def _declared(
        self, words: str, unit: Unit, power: int, *, whole: bool, signed: bool = False, taken: bool = False
    ) -> Indicator:
        """An indicator of this name; where the name is taken in another unit, this one gets its unit into its name."""
        key = key_of(words)
        made = self._made.get((key, unit, power))
        if made is None:
            label = self._labels.get(key) or label_of(words)
            if taken or any(other.label == label for other in self._made.values()):
                label = f"{label}, {_told(unit, power)}"
            signed = signed or (unit.is_ratio and is_growth(words))
            made = Indicator(label, unit=unit, multiplier=power, whole=whole, signed=signed)
            self._made[key, unit, power] = made
        return made


def _told(unit: Unit, power: int) -> str:
    """A unit as part of a name."""
    text = Indicator("", unit=unit, multiplier=power).unit_text
    return "unit not said" if unit == _UNSAID else f"in {text}"


def _is_whole(text: str) -> bool:
    """Whether a figure may count whole things: it has a scale word, or no decimals."""
    try:
        figure = Figure(text)
    except ValueError:
        return True  # it makes no claim, so it says nothing here
    return figure.value.denominator == 1
