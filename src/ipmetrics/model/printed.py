"""Claims that print a figure: levels, ratios, shares and changes, subject first, reference second, figure last.

A claim is checked for sense when it is made (units, kinds of figure, reference given) and never for truth: a share
above 100 % is a claim like any other, and a finding later. A claim without its figure is an expression to derive.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from ipmetrics.errors import ClaimError
from ipmetrics.model.figures import Figure, FigureForm
from ipmetrics.model.meanings import check_change, check_level, check_ratio, check_share
from ipmetrics.model.observations import Observation
from ipmetrics.model.sources import Source

if TYPE_CHECKING:
    from ipmetrics.intervals import Interval
    from ipmetrics.model.figures import Conventions

__all__ = [
    "Change",
    "Level",
    "Printed",
    "Ratio",
    "Share",
    "Told",
    "in_own_unit",
    "is_observation",
    "own_power",
    "stated_by",
]


def _figure(figure: Figure | str | None) -> Figure | None:
    return None if figure is None else Figure.of(figure)


def is_observation(_: object, attribute: attrs.Attribute[Observation], value: object) -> None:
    """Refuse what is no observation where a claim needs one."""
    if not isinstance(value, Observation):
        raise ClaimError(
            repr(value),
            rule=f"the {attribute.name} of a claim is an observation",
            way_out='write indicator.at("Haidian", 2021)',
        )


@attrs.frozen(kw_only=True)
class Told:
    """What every claim may carry: a name within its set, and where it was printed."""

    id: str | None = attrs.field(default=None)
    source: Source | None = attrs.field(default=None)


@attrs.frozen
class Level(Told):
    """An observation is printed as a figure.

    Parameters
    ----------
    subject
        The observation.
    figure
        As printed: ``"332.8"``, ``"51.1%"`` for a percent indicator; None for the expression itself.
    id, source
        The claim's name in its set; where it was printed.

    Raises
    ------
    UnitError
        If the figure's own sign does not fit the indicator's unit.
    FigureSyntaxError, FigureTypeError
        If it is no printed figure.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> str(Level(Indicator("patents granted", unit="patent").at("Haidian", 2021), "40,455"))
    'patents granted, Haidian 2021 = 40,455'
    """

    subject: Observation = attrs.field(validator=is_observation)
    figure: Figure | None = attrs.field(default=None, converter=_figure)

    def __attrs_post_init__(self) -> None:
        """Refuse a figure of another kind than the indicator's unit."""
        check_level(self.subject, self.figure)

    def __str__(self) -> str:
        """In words."""
        return f"{self.subject} = {_shown(self.figure)}"


@attrs.frozen
class Ratio(Told):
    """One observation is k times another: ``subject = k · to``, with ``to`` above zero.

    Parameters
    ----------
    subject, to
        The observation compared, and the one it is compared with.
    figure
        k as printed, ``"3.54"``, ``"3.54 times"`` or ``"35.4%"``; None for the expression.

    Raises
    ------
    UnitError
        If the two are not in the same unit, or the figure is in points.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> str(Ratio(rate.at("Haidian", 2021), rate.at("Beijing", 2021), "3.54"))
    'patents per head: Haidian 2021 ÷ Beijing 2021 = 3.54'
    """

    subject: Observation = attrs.field(validator=is_observation)
    to: Observation = attrs.field(validator=is_observation)
    figure: Figure | None = attrs.field(default=None, converter=_figure)

    def __attrs_post_init__(self) -> None:
        """Refuse unlike units and points."""
        check_ratio(self.subject, self.to, self.figure)

    def __str__(self) -> str:
        """In words."""
        return f"{_pair(self.subject, '÷', self.to)} = {_shown(self.figure)}"


@attrs.frozen
class Share(Told):
    """One observation is a share of another: ``subject = s · of``, ``subject ≤ of``, with ``of`` above zero.

    Parameters
    ----------
    subject, of
        The part, and its whole.
    figure
        s as printed, ``"51.1%"`` or ``"a quarter"``; above 100 % it is a finding, not an error. None for the
        expression.

    Raises
    ------
    UnitError
        If the whole's unit is neither the part's nor declared to cover it, or the figure is in points or times.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> granted = Indicator("patents granted", unit="patent")
    >>> str(Share(granted.at("Haidian", 2021), granted.at("Beijing", 2021), "51.1%"))
    'patents granted: Haidian 2021 as a share of Beijing 2021 = 51.1%'
    """

    subject: Observation = attrs.field(validator=is_observation)
    of: Observation = attrs.field(validator=is_observation)
    figure: Figure | None = attrs.field(default=None, converter=_figure)

    def __attrs_post_init__(self) -> None:
        """Refuse unlike units, points and times."""
        check_share(self.subject, self.of, self.figure)

    def __str__(self) -> str:
        """In words."""
        return f"{_pair(self.subject, 'as a share of', self.of)} = {_shown(self.figure)}"


@attrs.frozen
class Change(Told):
    """One observation differs from another: by growth, by k times more, in points or in units.

    Parameters
    ----------
    subject
        The observation that changed.
    figure
        ``"19.6%"`` (growth: subject = (1 + g)·base), ``"2.2 times"`` (k times *more*: (1 + k)·base),
        ``"0.44 points"`` (only of percent indicators) or a plain number of units (``"69,000"``).
    since
        The base; by default the same indicator, region and scope one year earlier.
    than
        Another region or scope instead of an earlier period; give one of the two.
    per
        ``"year"`` for a compound rate over n whole years.
    difference
        For the expression without a figure: whether it is the difference in units rather than the growth.

    Raises
    ------
    UnitError
        If the two are not in the same unit, or points are said of no percent.
    ClaimError
        If both bases are given, or the periods differ in length, or a compound rate spans no whole years.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> str(Change(Indicator("patents granted", unit="patent").at("Haidian", 2021), "19.6%"))
    'patents granted: Haidian 2021 since Haidian 2020 +19.6%'
    >>> granted = Indicator("patents granted", unit="patent")
    >>> str(Change(granted.at("Haidian", 2021), "about a quarter", than=granted.at("Beijing", 2021)))
    'patents granted: Haidian 2021 compared with Beijing 2021 = about a quarter'
    """

    subject: Observation = attrs.field(validator=is_observation)
    figure: Figure | None = attrs.field(default=None, converter=_figure)
    since: Observation | None = attrs.field(default=None, kw_only=True)
    than: Observation | None = attrs.field(default=None, kw_only=True)
    per: Literal["year"] | None = attrs.field(default=None, kw_only=True)
    difference: bool = attrs.field(kw_only=True)

    @difference.default
    def _in_units(self) -> bool:
        return self.figure is not None and self.figure.form in {FigureForm.NUMBER, FigureForm.POINTS}

    def __attrs_post_init__(self) -> None:
        """Refuse two bases, unlike units, points of no percent and compound rates without whole years."""
        for base in (self.since, self.than):
            if base is not None and not isinstance(base, Observation):
                raise ClaimError(
                    repr(base),
                    rule="the base of a change is an observation",
                    way_out='write indicator.at("Haidian", 2020)',
                )
        check_change(self.subject, self.figure, since=self.since, than=self.than, per=self.per)

    @property
    def base(self) -> Observation:
        """The observation it is compared with: given, or the same period one year earlier."""
        return self.since or self.than or self.subject.moved(period=self.subject.period.year_before)

    @property
    def years(self) -> int:
        """Whole years from the base to the subject; 1 unless the rate is compound."""
        if self.per is None:
            return 1
        return self.subject.period.end.year - self.base.period.end.year

    def __str__(self) -> str:
        """In words."""
        word = "compared with" if self.than is not None else "since"
        text = _shown(self.figure)
        # A figure in words, with a hedge or a range of its own, is no summand.
        sign = "" if text[0] in "+-−" else "+" if text[0].isdecimal() else "= "
        return f"{_pair(self.subject, word, self.base)} {sign}{text}{' a year' if self.per else ''}"


Printed = Level | Ratio | Share | Change
"""The kinds of claim that print a figure of their own."""


def _is_counted(claim: Printed) -> bool:
    """Whether a claim prints an amount of its indicator, not a quotient of two."""
    return isinstance(claim, Level) or (isinstance(claim, Change) and claim.difference)


def in_own_unit(claim: Printed) -> bool:
    """Whether the number printed counts in the printed unit of the claim's indicator: "%" or "times" would not."""
    return _is_counted(claim) and claim.figure is not None and claim.figure.form is FigureForm.NUMBER


def own_power(claim: Printed) -> int:
    """The power of ten that the indicator adds to the figure's own: its multiplier, for plain numbers in its unit."""
    return claim.subject.indicator.multiplier if in_own_unit(claim) else 0


def stated_by(claim: Told, conventions: Conventions) -> Interval | None:
    """What a claim's figure says of what the claim measures, in base units and its own terms; None without one."""
    if not isinstance(claim, Printed) or claim.figure is None:
        return None
    whole = _is_counted(claim) and claim.subject.indicator.whole and conventions.whole
    return claim.figure.interval(conventions, multiplier=own_power(claim), whole=whole)


def _shown(figure: Figure | None) -> str:
    return "?" if figure is None else str(figure)


def _pair(subject: Observation, word: str, other: Observation) -> str:
    """Two observations in words, their indicator named once where it is the same."""
    if subject.indicator == other.indicator:
        return f"{subject.indicator}: {subject.place} {word} {other.place}"
    return f"{subject} {word} {other}"
