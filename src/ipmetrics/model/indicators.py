"""Indicators: what is measured, in which unit, and, if derived, from what.

An indicator carries every fact that turns digits into a constraint: unit, multiplier, stock or flow, whole
numbers or not, signed or not, additive or not, and its definition. It knows no figure and no region.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import UnitError
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ipmetrics.model.observations import Member, Observation
    from ipmetrics.model.periods import Period
    from ipmetrics.model.regions import Region

__all__ = ["DenominatorPeriod", "Growth", "Indicator", "Measure", "Rate", "ShareOf"]


class Measure(StrEnum):
    """Whether an amount stands at a moment or runs over a time."""

    STOCK = "stock"
    """Counted on the last day of its period: patents in force."""
    FLOW = "flow"
    """Summed over the whole length of its period: patents granted."""


class DenominatorPeriod(StrEnum):
    """Which period's denominator a rate divides by."""

    SAME = "same"
    PREVIOUS = "previous"
    """Last year-end's, as many offices do."""
    EITHER = "either"
    """The publisher does not say; one of the two."""


@attrs.frozen
class Rate:
    """The definition of a per-capita rate: numerator ÷ denominator."""

    numerator: Indicator
    denominator: Indicator
    period: DenominatorPeriod = DenominatorPeriod.SAME

    @property
    def key(self) -> str:
        """Identity: what it divides by what."""
        return f"rate({self.numerator.key}|{self.denominator.key}|{self.period})"


@attrs.frozen
class ShareOf:
    """The definition of a share: part ÷ whole, of one region and period."""

    part: Indicator
    whole: Indicator

    @property
    def key(self) -> str:
        """Identity: which part of which whole."""
        return f"share({self.part.key}|{self.whole.key})"


@attrs.frozen
class Growth:
    """The definition of growth on the same period one year earlier: now ÷ then − 1."""

    of: Indicator

    @property
    def key(self) -> str:
        """Identity: growth of what."""
        return f"growth({self.of.key})"


def _unit(unit: Unit | str) -> Unit:
    return Unit.of(unit)


def _measure(value: str | None) -> Measure | None:
    return None if value is None else Measure(value)


@attrs.frozen(eq=False, repr=False)
class Indicator:
    """What is measured (SDMX ``INDICATOR``, a statistical variable).

    Parameters
    ----------
    label
        What a reader calls it; its identity too, unless it has a code or a definition.
    unit
        A known unit's name or a Unit.
    multiplier
        The power of ten from a printed number to the unit (SDMX ``UNIT_MULT``): −4 for "per 10,000 people",
        4 for a column in 万. Percent units start at −2.
    measure
        ``"stock"`` (a period means its last day) or ``"flow"`` (its whole length); None if it is not said, and
        then nothing is normalised.
    whole
        Whether true values are whole numbers. Never guessed from digits: fractional counting exists.
    signed
        Whether true values may be below zero.
    additive
        Whether parts of a region or scope add up in it; by default, counts and money do.
    code
        Identity in a code list, such as ``"IP.PAT.RESD"``.
    definition
        What it is derived from; made by `per`, `share_of` and `growth`.
    description
        For people.

    Raises
    ------
    UnitError
        If the unit is unknown.

    Examples
    --------
    >>> patents = Indicator("invention patents in force", unit="patent", measure="stock", whole=True)
    >>> population = Indicator("resident population", unit="person", measure="stock", whole=True)
    >>> density = patents.per(population, 10_000)
    >>> density.unit, density.multiplier
    (Unit('patent/person'), -4)
    """

    label: str
    unit: Unit = attrs.field(default=Unit("1"), kw_only=True, converter=_unit)
    multiplier: int = attrs.field(kw_only=True)
    measure: Measure | None = attrs.field(default=None, kw_only=True, converter=_measure)
    whole: bool = attrs.field(default=False, kw_only=True)
    signed: bool = attrs.field(default=False, kw_only=True)
    code: str | None = attrs.field(default=None, kw_only=True)
    definition: Rate | ShareOf | Growth | None = attrs.field(default=None, kw_only=True)
    additive: bool = attrs.field(kw_only=True)
    description: str = attrs.field(default="", kw_only=True)
    key: str = attrs.field(init=False)

    @multiplier.default
    def _own_power(self) -> int:
        return self.unit.power

    @additive.default
    def _counts_add(self) -> bool:
        return self.definition is None and self.unit.is_count_or_money

    def __attrs_post_init__(self) -> None:
        """Fix the identity: the definition, else the code, else the label."""
        if self.definition is not None:
            key = self.definition.key
        else:
            key = f"code:{self.code}" if self.code is not None else f"name:{self.label}"
        object.__setattr__(self, "key", key)

    def at(
        self,
        region: Region | str,
        period: Period | int | str | date,
        scope: Mapping[str, Member | str] | None = None,
    ) -> Observation:
        """The unknown true value of this indicator for a region and a period, in a scope.

        Raises
        ------
        PeriodError, RegionError
            If there is no such period or region.

        Examples
        --------
        >>> str(Indicator("patents granted", unit="patent").at("Haidian", 2021))
        'patents granted, Haidian 2021'
        """
        from ipmetrics.model.observations import Observation  # noqa: PLC0415 - an observation holds its indicator

        return Observation(self, region, period, scope or {})

    def per(
        self,
        denominator: Indicator,
        size: int = 1,
        *,
        period: str = "same",
        label: str | None = None,
        code: str | None = None,
    ) -> Indicator:
        """The rate of this indicator per so many of another.

        Parameters
        ----------
        denominator
            Such as a resident population.
        size
            A power of ten: 10_000 for "per 10,000 people".
        period
            ``"same"``, ``"previous"`` (last year-end's denominator) or ``"either"`` where the publisher is silent.
        label, code
            For people and code lists; the identity is the definition.

        Raises
        ------
        UnitError
            If the size is no power of ten.

        Examples
        --------
        >>> patents = Indicator("patents", unit="patent")
        >>> patents.per(Indicator("population", unit="person"), 10_000).label
        'patents per 10,000 population'
        """
        power = len(str(size)) - 1
        if str(size) != "1" + "0" * power:
            raise UnitError(
                repr(size),
                rule="a rate is per a power of ten of its denominator",
                way_out="write 1, 100, 1_000, 10_000, … ; other sizes belong into the figure",
            )
        counted = f"{size:,} {denominator.label}" if size > 1 else denominator.label
        return Indicator(
            label or f"{self.label} per {counted}",
            unit=self.unit / denominator.unit,
            multiplier=-power,
            code=code,
            definition=Rate(self, denominator, DenominatorPeriod(period)),
            measure=self.measure,
        )

    def share_of(self, whole: Indicator, *, label: str | None = None, code: str | None = None) -> Indicator:
        """The share of this indicator in a whole, in percent.

        Raises
        ------
        UnitError
            If the whole is not counted in the part's unit or in one declared to cover it.

        Examples
        --------
        >>> inventions = Indicator("invention patents", unit="patent")
        >>> inventions.share_of(Indicator("all patents", unit="patent")).label
        'share of invention patents in all patents'
        """
        if not whole.unit.takes(self.unit):
            raise UnitError(
                f"{self.unit} in {whole.unit}",
                rule="a share is of a whole in the same unit or one that covers it",
                way_out=f"use .per() for a rate, or declare Unit(…, covers=[{self.unit.name!r}])",
            )
        return Indicator(
            label or f"share of {self.label} in {whole.label}",
            unit="percent",
            code=code,
            definition=ShareOf(self, whole),
            measure=self.measure,
        )

    def growth(self, *, label: str | None = None) -> Indicator:
        """The growth of this indicator on the same period one year earlier, in percent, signed.

        Examples
        --------
        >>> Indicator("patents granted", unit="patent").growth().signed
        True
        """
        return Indicator(
            label or f"growth of {self.label}",
            unit="percent",
            signed=True,
            definition=Growth(self),
            measure=self.measure,
        )

    @property
    def unit_text(self) -> str:
        """The printed unit in words: ``patent per 10,000 person``, ``percent``, ``10^4 person``."""
        shift = self.multiplier - self.unit.power
        if shift == 0:
            return str(self.unit)
        above, _, below = self.unit.name.partition("/")
        if below and shift < 0:
            return f"{above} per {10**-shift:,} {below}"
        return f"{self.unit} × 10^{shift}" if self.unit.name != "1" else f"10^{shift}"

    @property
    def printed(self) -> Fraction:
        """One printed unit in base units, ten to the multiplier."""
        return Fraction(10) ** self.multiplier

    def __eq__(self, other: object) -> bool:
        """Two indicators are one when definition, code or label, in that order, are the same."""
        if not isinstance(other, Indicator):
            return NotImplemented
        return self.key == other.key

    def __hash__(self) -> int:
        """Hash by identity."""
        return hash(self.key)

    def __str__(self) -> str:
        """The label."""
        return self.label

    def __repr__(self) -> str:
        """Reads back where nothing is derived; a derived indicator shows how it was made."""
        match self.definition:
            case Rate(numerator, denominator, period):
                return f"{numerator!r}.per({denominator!r}, {10**-self.multiplier:_}, period={period.value!r})"
            case ShareOf(part, whole):
                return f"{part!r}.share_of({whole!r})"
            case Growth(of):
                return f"{of!r}.growth()"
            case None:
                pass
        facts = [repr(self.label), f"unit={self.unit.name!r}"]
        if self.multiplier != self.unit.power:
            facts.append(f"multiplier={self.multiplier}")
        if self.measure is not None:
            facts.append(f"measure={self.measure.value!r}")
        facts += [f"{name}=True" for name in ("whole", "signed") if getattr(self, name)]
        if self.additive is not self.unit.is_count_or_money:
            facts.append(f"additive={self.additive}")
        if self.code is not None:
            facts.append(f"code={self.code!r}")
        return f"Indicator({', '.join(facts)})"
