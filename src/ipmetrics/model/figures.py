"""A figure as printed, and the interval of true values behind it.

This room knows what digits, hedges and round numbers say about the truth, under conventions that every
reader can see and change. It does not know what was counted, and it never turns a figure into one number.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypedDict

import attrs

from ipmetrics.errors import FigureSyntaxError, FigureTypeError
from ipmetrics.intervals import Interval
from ipmetrics.model.phrases import MOST_DIGITS, Phrase, read_phrase
from ipmetrics.model.refusals import LONGEST, refusal
from ipmetrics.model.rounding import Rounding
from ipmetrics.model.vocabulary import FigureForm, Hedge
from ipmetrics.rationals import exact_number

if TYPE_CHECKING:
    from typing import Unpack

    from ipmetrics.model.numerals import Numeral

__all__ = ["Conventions", "Figure", "FigureForm", "Hedge", "Rounding"]


def _rounding(value: str | None) -> Rounding | None:
    if value is None:
        return None
    try:
        return Rounding(value)
    except ValueError:
        rules = ", ".join(repr(str(rule)) for rule in Rounding)
        raise FigureSyntaxError(
            repr(value), rule="a rounding rule has a name", way_out=f"pass one of {rules}"
        ) from None


def _stated_rounding(value: str) -> Rounding:
    return _rounding(value) or Rounding.NEAREST


def _width(value: Fraction | int) -> Fraction:
    return exact_number(value, "the width of a convention")


def _not_negative(_: object, field: attrs.Attribute[Fraction], value: Fraction) -> None:
    if value < 0:
        raise FigureSyntaxError(value, rule=f"{field.name}= is 0 or more", way_out="pass 1/20 for ± 5 %")


@attrs.frozen(kw_only=True, repr=False)
class Conventions:
    """How printed figures are read where they do not say so themselves, and what is taken for granted.

    Parameters
    ----------
    rounding
        The rule of every figure that does not state its own; a name will do.
    round_numbers
        Whether trailing zeros hide precision, the cautious reading: 193,000 may be rounded to the thousand,
        and 100 million to the hundred million.
    about
        Half-width of "about v", as a part of v.
    fraction_words
        Half-width of "a quarter", as a part of it.
    part_of
        Assume that an additive unsigned count of a part is at most that of the whole.
    whole
        Assume that counts of whole-number indicators are whole numbers, and exact if printed to the unit.
    unsigned
        Assume that true values of unsigned indicators are 0 or more.
    definitions
        Assume that derived indicators follow their definition.
    partitions
        Assume that declared partitions add up.

    Raises
    ------
    FigureSyntaxError
        If the rounding has no such name, or a width is negative.
    FigureTypeError
        If a width is a float.

    Examples
    --------
    >>> cautious, literal = Conventions(), Conventions(round_numbers=False)
    >>> print(Figure("193,000").interval(cautious), Figure("193,000").interval(literal))
    [192500, 193500] [192999.5, 193000.5]
    """

    rounding: Rounding = attrs.field(default=Rounding.NEAREST, converter=_stated_rounding)
    round_numbers: bool = True
    about: Fraction = attrs.field(default=Fraction(1, 20), converter=_width, validator=_not_negative)
    fraction_words: Fraction = attrs.field(default=Fraction(1, 10), converter=_width, validator=_not_negative)
    part_of: bool = True
    whole: bool = True
    unsigned: bool = True
    definitions: bool = True
    partitions: bool = True

    def __repr__(self) -> str:
        return f"Conventions({', '.join(_stated(self))})"


def _stated(value: Conventions | Figure) -> list[str]:
    """Write the keywords that differ from their defaults, as they would be passed."""
    keywords = [(field, getattr(value, field.name)) for field in attrs.fields(type(value)) if field.kw_only]
    return [
        f"{field.name}={(str(given) if isinstance(given, Rounding) else given)!r}"
        for field, given in keywords
        if given != field.default
    ]


_CAUTIOUS = Conventions()
_TENS = {power: Fraction(10) ** power for power in range(-12, 16)}


def _ten(power: int) -> Fraction:
    return _TENS[power] if power in _TENS else Fraction(10) ** power


def _step(value: Fraction | int | None) -> Fraction | None:
    return None if value is None else exact_number(value, "a step")


class Reading(TypedDict, total=False):
    """What may be stated of a figure beside its text."""

    rounding: Rounding | str | None
    decimals: int | None
    step: Fraction | int | None
    decimal_comma: bool


@attrs.frozen(repr=False)
class Figure:
    """A figure as printed: its text, and what is stated about how it was rounded.

    Parameters
    ----------
    text
        The figure as printed, without its unit: ``"332.8"``, ``"19.6%"``, ``"2.896 billion"``, ``"62.4万"``,
        ``"nearly 30,000"``, ``"20–25%"``. Trailing zeros count.
    rounding
        The rule it was rounded by, if stated; else that of the conventions. ``"exact"`` also says that its
        trailing zeros are printed digits.
    decimals
        Decimals of its last place, if not the printed ones: -3 says "to the thousand". They count on the
        printed number, before its scale word and percent sign.
    step
        The unit of its last place if it is no power of ten: 5 says "to the nearest 5".
    decimal_comma
        Whether the comma is the decimal mark and points or spaces group the digits, as in ``"1.234,5"``.

    Raises
    ------
    FigureTypeError
        If the text is no text: a float has lost its trailing zeros, and often the number itself.
    FigureSyntaxError
        If the text is no figure or can be read in two ways, or if the printed number is no multiple of
        the stated last place.

    Examples
    --------
    >>> figure = Figure("2.896 billion")
    >>> figure.number, figure.power, str(figure.form)
    (Fraction(362, 125), 9, 'number')
    >>> print(figure, figure.interval())
    2.896 billion [2895500000, 2896500000]
    >>> print(Figure("nearly 30,000").interval(), Figure("-8.22%", rounding="truncated").interval())
    (-∞, 30000) (-0.0823, -0.0822]
    """

    text: str
    rounding: Rounding | None = attrs.field(default=None, kw_only=True, converter=_rounding)
    decimals: int | None = attrs.field(default=None, kw_only=True)
    step: Fraction | None = attrs.field(default=None, kw_only=True, converter=_step)
    decimal_comma: bool = attrs.field(default=False, kw_only=True)
    _phrase: Phrase = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Read the text, and hold what is stated against it."""
        text = self.text
        if type(text) is not str and not isinstance(text, str):
            raise _refused_type(text)
        phrase = read_phrase(text, decimal_comma=self.decimal_comma) if len(text) <= LONGEST else None
        if phrase is None:
            raise refusal(text, decimal_comma=self.decimal_comma)
        object.__setattr__(self, "_phrase", phrase)
        if self.decimals is not None or self.step is not None:
            self._check_stated()

    def _check_stated(self) -> None:
        if self.decimals is not None and self.step is not None:
            raise FigureSyntaxError(
                self.text, rule="a last place is stated once", way_out="give decimals= or step=, not both"
            )
        if self.decimals is not None and (type(self.decimals) is not int or abs(self.decimals) > MOST_DIGITS):
            raise FigureTypeError(
                repr(self.decimals),
                rule="decimals= is a small whole number",
                way_out="pass 2, or -3 for thousands",
            )
        if self.step is not None and self.step <= 0:
            raise FigureSyntaxError(self.step, rule="a step is more than 0", way_out="pass step=5 for fives")
        unit = self._stated_unit()
        for numeral in (self._phrase.lower, self._phrase.upper):
            if unit is not None and numeral is not None and (numeral.number / unit).denominator != 1:
                raise FigureSyntaxError(
                    self.text,
                    rule=f"a figure printed in steps of {unit} is a multiple of it",
                    way_out="state the last place that was printed, or leave out decimals= and step=",
                )

    @classmethod
    def of(cls, value: Figure | str) -> Figure:
        """Return a figure as it is, and read a text as one; wherever a figure is expected its text serves.

        Raises
        ------
        FigureTypeError
            If it is neither.
        FigureSyntaxError
            If the text is no figure.
        """
        return value if isinstance(value, Figure) else cls(value)

    def with_reading(self, **changes: Unpack[Reading]) -> Figure:
        """Return the same text under another rounding, decimals, step or decimal comma.

        Examples
        --------
        >>> Figure("193,000").with_reading(decimals=0)
        Figure('193,000', decimals=0)
        """
        return attrs.evolve(self, **changes)

    @property
    def form(self) -> FigureForm:
        """What its own sign says it is: a plain number, percent, per mille, points or times."""
        return self._phrase.form

    @property
    def hedge(self) -> Hedge | None:
        """What its words make of it, or None."""
        return self._phrase.hedge

    @property
    def is_range(self) -> bool:
        """Whether it prints two numerals, as "20–25%" does."""
        return self._phrase.upper is not None

    @property
    def number(self) -> Fraction:
        """The numeral with its sign, before scale word and percent sign; of a range the lower one."""
        return self._phrase.lower.number

    @property
    def power(self) -> int:
        """The power of ten of its scale word and its sign together: 9 for billion, -2 for %."""
        return self._phrase.lower.scale + self._phrase.form.power

    @property
    def value(self) -> Fraction:
        """The printed value, ``number`` times ten to the ``power``; of a range the lower one."""
        return self.number * _ten(self.power)

    def unit_in_last_place(self, conventions: Conventions = _CAUTIOUS, *, multiplier: int = 0) -> Fraction:
        """Return what one unit of the last printed place counts, with scale word, sign and multiplier.

        A fraction word has no last place: its unit is as wide as its interval.

        Examples
        --------
        >>> [int(Figure(text).unit_in_last_place()) for text in ("40,455", "193,000", "100 million", "62.4万")]
        [1, 1000, 100000000, 1000]
        """
        lower = self._phrase.lower
        return self._unit(lower, conventions) * _ten(lower.scale + self._phrase.form.power + multiplier)

    def _stated_unit(self) -> Fraction | None:
        return _ten(-self.decimals) if self.decimals is not None else self.step

    def _unit(self, numeral: Numeral, conventions: Conventions) -> Fraction:
        """Return the unit of the last place of the numeral as printed, before all powers of ten."""
        stated = self._stated_unit()
        if stated is not None:
            return stated
        if numeral.is_fraction:
            return 2 * conventions.fraction_words * abs(numeral.number)
        number = numeral.number
        if numeral.places == 0 and conventions.round_numbers and self.rounding is not Rounding.EXACT:
            digits = abs(number.numerator)
            if digits >= _ROUND or (numeral.scale and digits >= _ROUND_BEFORE_SCALE):
                shown = str(digits)
                return _ten(len(shown) - len(shown.rstrip("0")))
        return _ten(-numeral.places)

    def interval(self, conventions: Conventions = _CAUTIOUS, *, multiplier: int = 0, whole: bool = False) -> Interval:
        """Return the true values behind the figure, in base units: exact ends, open or closed.

        Parameters
        ----------
        conventions
            How to read what the figure leaves open.
        multiplier
            Power of ten from the printed number to the unit of the indicator (-4 for "per 10,000"), on top
            of the figure's own scale word and sign.
        whole
            Whether a whole number is counted: then a figure printed to the last unit is exact. The
            interval is not otherwise narrowed to whole numbers.

        Examples
        --------
        >>> print(Figure("332.8").interval(multiplier=-4))
        [0.033275, 0.033285]
        >>> print(Figure("40,455").interval(), Figure("40,455").interval(whole=True))
        [40454.5, 40455.5] {40455}
        >>> print(Figure("about 300").interval(), Figure("nearly -5%").interval(), Figure("20–25%").interval())
        [285, 315] (-0.05, 0) [0.195, 0.255]
        """
        phrase = self._phrase
        power = phrase.form.power + multiplier
        lower = self._end(phrase.lower, conventions, power + phrase.lower.scale, whole=whole)
        if phrase.upper is None:
            return lower
        upper = self._end(phrase.upper, conventions, power + phrase.upper.scale, whole=whole)
        return Interval(lower.lower, upper.upper, lower.lower_closed, upper.upper_closed)

    def _end(self, numeral: Numeral, conventions: Conventions, power: int, *, whole: bool) -> Interval:
        hedge, factor = self._phrase.hedge, _ten(power)
        value = numeral.number * factor
        if hedge in _ONE_SIDED:
            return _beyond(value, hedge)
        unit = self._unit(numeral, conventions) * factor
        width = None
        if hedge is Hedge.ABOUT:
            width = max(conventions.about * abs(value), unit / 2 if numeral.is_fraction else unit)
        elif numeral.is_fraction and self.rounding is not Rounding.EXACT and self._stated_unit() is None:
            width = unit / 2
        if width is not None:
            return Interval(value - width, value + width)
        rounding = self.rounding or conventions.rounding
        if whole and conventions.whole and unit == 1 and self.rounding is not Rounding.BALANCED:
            rounding = Rounding.EXACT
        return rounding.interval(value, unit)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Figure({', '.join([repr(self.text), *_stated(self)])})"


_ROUND = 1000  # a whole numeral from here on may be a round number
_ROUND_BEFORE_SCALE = 10  # before a scale word, from here on
_ONE_SIDED = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})


def _beyond(value: Fraction, hedge: Hedge | None) -> Interval:
    """Return the values on one side; a hedge speaks of the size, so a negative sign turns it round."""
    closed = hedge in {Hedge.AT_LEAST, Hedge.AT_MOST}
    if hedge in {Hedge.OVER, Hedge.AT_LEAST}:
        return Interval(None, value, closed, closed) if value < 0 else Interval(value, None, closed)
    return Interval(value, 0, closed, upper_closed=False) if value < 0 else Interval(None, value, closed, closed)


def _refused_type(value: object) -> FigureTypeError:
    way_out = "pass its text"
    if isinstance(value, float):
        way_out = f'pass "{value}", or "{value}0" if that was printed'
    elif type(value) is int:
        way_out = f'pass "{value}"'
    return FigureTypeError(repr(value), rule="a figure is given as printed", way_out=way_out)
