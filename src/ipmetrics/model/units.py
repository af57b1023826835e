"""Units of measure, behind one door: what may be added, compared and divided; pint lives here and nowhere else.

A unit is a product of named things to whole powers, and never holds a factor: thousands, percent signs and
"per 10,000" are multipliers of printed figures. Conversion to and from pint quantities loads pint when asked.
"""

from __future__ import annotations

import difflib
import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.errors import UnitError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    import pint

    PintQuantity: TypeAlias = pint.Quantity[Any]

__all__ = ["Unit"]

_COUNTED = (
    "patent application trademark design right registration case person company institution award product "
    "agreement transfer licence pledge inspection centre project event cluster work citation "
    "family indication layout article"
).split()
_CURRENCIES = (
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW KZT MAD MOP MXN "
    "MYR NGN NOK NZD PEN PHP PKR PLN RON RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
).split()
_RATIOS = ("percent", "per_mille", "percentage_point", "1")
_KNOWN = frozenset((*_COUNTED, *_CURRENCIES, *_RATIOS))
_COVERS = {"right": ("patent", "trademark", "design")}
_ALIASES = {
    "people": "person", "inhabitant": "person", "enterprise": "company", "firm": "company", "license": "licence",
    "center": "centre", "filing": "application", "invention": "patent", "ip_right": "right", "yuan": "CNY",
    "RMB": "CNY", "%": "percent", "‰": "per_mille", "": "1", "ratio": "1", "dimensionless": "1",
}  # fmt: skip
_POWERS = {"percent": -2, "percentage_point": -2, "per_mille": -3}
_NAME = re.compile(r"[^\W\d]\w*")


def _singular(name: str) -> str:
    """The declared name behind a plural or an alias; the name itself if none is known."""
    name = name.strip().replace(" ", "_").replace("-", "_")
    for candidate in (name, name.removesuffix("s"), re.sub("ies$", "y", name)):
        found = _ALIASES.get(candidate, candidate)
        if found in _KNOWN:
            return found
    return name


def _factors(text: str) -> dict[str, int]:
    """Names and their powers in a text such as ``patent/person`` or ``patent*case/person``."""
    powers: dict[str, int] = {}
    for place, side in enumerate(text.split("/")):
        for name in side.split("*"):
            single = _singular(name)
            if single != "1":
                powers[single] = powers.get(single, 0) + (1 if place == 0 else -1)
    return {name: power for name, power in powers.items() if power}


def _spelled(powers: dict[str, int]) -> str:
    above = [name for name, power in sorted(powers.items()) for _ in range(power)]
    below = [name for name, power in sorted(powers.items()) for _ in range(-power)]
    return "*".join(above or ["1"]) + "".join(f"/{name}" for name in below)


@attrs.frozen(repr=False, init=False)
class Unit:
    """A unit of measure: things counted, money, a ratio, or a quotient of these.

    ``Unit("award")`` declares a new countable unit where the name is not known yet; text given to an indicator
    (``unit="patent"``) must name a known one, so that a slip of the pen is no new unit.

    Parameters
    ----------
    name
        Such as ``"patent"``, ``"CNY"``, ``"percent"`` or ``"patent/person"``. Plurals and everyday names
        (``"people"``, ``"yuan"``, ``"%"``) are understood.
    covers
        Units whose things are also things of this unit, as ``right`` covers patents, trademarks and designs.
        Only into a covering unit do unlike counts add.

    Raises
    ------
    UnitError
        If the text holds a factor or is no unit name.

    Examples
    --------
    >>> Unit("patent/people")
    Unit('patent/person')
    >>> Unit("work", covers=["patent", "design"]).takes(Unit("design"))
    True
    """

    name: str
    covers: tuple[str, ...] = attrs.field(eq=False)

    def __init__(self, name: str, *, covers: Iterable[str] = ()) -> None:
        if not isinstance(name, str):
            raise UnitError(repr(name), rule="a unit is named by text", way_out='write "patent" or "patent/person"')
        powers = _factors(name)
        for part in powers:
            if not _NAME.fullmatch(part):
                raise UnitError(
                    repr(name),
                    rule="a unit is made of names and never holds a factor",
                    way_out='write "patent/person" and give the indicator multiplier=-4 for "per 10,000 people"',
                )
        spelled = _spelled(powers)
        declared = tuple(_singular(part) for part in covers) or _COVERS.get(spelled, ())
        self.__attrs_init__(spelled, declared)

    @classmethod
    def of(cls, unit: Unit | str) -> Unit:
        """Take a Unit as it is and text as the name of known units.

        Raises
        ------
        UnitError
            If a name is not known; the message offers the nearest and how to declare it.

        Examples
        --------
        >>> Unit.of("cases")
        Unit('case')
        """
        if isinstance(unit, Unit):
            return unit
        made = cls(unit)
        for name in _factors(made.name):
            if name not in _KNOWN:
                near = difflib.get_close_matches(name, [*_KNOWN, *_ALIASES], n=1)
                hint = f'did you mean "{near[0]}"? ' if near else ""
                raise UnitError(
                    f'"{name}"',
                    rule="a unit named by text is a known one",
                    way_out=f'{hint}to declare a new countable unit pass Unit("{name}")',
                )
        return made

    @property
    def is_ratio(self) -> bool:
        """Whether it counts nothing: percent, per mille, percentage points, or a bare ratio."""
        return self.name in _RATIOS

    @property
    def is_percent(self) -> bool:
        """Whether figures of this unit may be printed in percent, so that changes may be in points."""
        return self.name in {"percent", "per_mille"}

    @property
    def is_count_or_money(self) -> bool:
        """Whether amounts in it can add up: a single thing counted or a currency, no quotient and no ratio."""
        return not self.is_ratio and "/" not in self.name and "*" not in self.name

    @property
    def power(self) -> int:
        """The power of ten that the unit's own sign stands for: percent is −2, per mille −3, others 0."""
        return _POWERS.get(self.name, 0)

    def takes(self, part: Unit) -> bool:
        """Whether a quantity in the other unit is a part of one in this: the same unit, or a covered one."""
        return part.name == self.name or part.name in self.covers

    def __truediv__(self, other: Unit) -> Unit:
        """The unit of a rate."""
        powers = _factors(self.name)
        for name, power in _factors(other.name).items():
            powers[name] = powers.get(name, 0) - power
        return Unit(_spelled({name: power for name, power in powers.items() if power}))

    def to_pint(self, value: Fraction) -> PintQuantity:
        """The value, in base units and exact, as a pint quantity of ipmetrics' own registry.

        Examples
        --------
        >>> str(Unit("patent/person").to_pint(Fraction(3, 100)).units)
        'patent / person'
        """
        registry = _registry()
        powers = _factors(self.name)
        for name in powers:
            if name not in registry:
                registry.define(f"{name} = [{name}]")
        magnitude = value / Fraction(10) ** self.power
        quantity: PintQuantity = registry.Quantity(magnitude, _pint_units(self.name))
        return quantity

    @staticmethod
    def from_pint(quantity: PintQuantity) -> tuple[Fraction, Unit]:
        """Value in base units, and unit, of a pint quantity of any registry that uses these names.

        Raises
        ------
        UnitError
            If the magnitude is a float (it has lost how it was printed) or the unit is not known.

        Examples
        --------
        >>> Unit.from_pint(Unit("percent").to_pint(Fraction(1, 4)))
        (Fraction(1, 4), Unit('percent'))
        """
        if not isinstance(quantity.magnitude, (int, Fraction)):
            raise UnitError(
                f"{quantity.magnitude!r} {quantity.units}",
                rule="a quantity is taken over exactly",
                way_out="give its magnitude as int or Fraction",
            )
        powers = {_singular(name): int(str(power)) for name, power in quantity.unit_items()}
        unit = Unit.of(_spelled({name: power for name, power in powers.items() if name != "1"}))
        return Fraction(quantity.magnitude) * Fraction(10) ** unit.power, unit

    def __str__(self) -> str:
        """The name."""
        return self.name

    def __repr__(self) -> str:
        """Reads back."""
        covers = f", covers={list(self.covers)}" if self.covers and self.covers != _COVERS.get(self.name) else ""
        return f"Unit({self.name!r}{covers})"


def _pint_units(name: str) -> str:
    return "" if name == "1" else name


@cache
def _registry() -> Any:  # noqa: ANN401 - pint's registry type is generic over magnitudes and carries no names
    """ipmetrics' own small registry: no physics, no clash of names, exact magnitudes, built on first use."""
    import pint  # noqa: PLC0415 - pint is slow to import and only conversions need it

    registry: Any = pint.UnitRegistry(None, non_int_type=Fraction)
    for name in (*_COUNTED, *_CURRENCIES):
        registry.define(f"{name} = [{name}]")
    # Percent and percentage point are kinds of their own here: neither converts into the other or into a number.
    for name in ("percent", "per_mille", "percentage_point"):
        registry.define(f"{name} = [{name}]")
    return registry
