"""How the figures of one column are read: what was declared of it, and what all of its cells together show.

A `Survey` is what one pass over a column found: the largest mantissa, the most decimals, the signs, trailing zeros.
With the declaration it gives a `Reading`, which turns every cell of the column into ends in the same way. This room
knows no engine: who surveys, arrays or a database, is not its business.
"""

from __future__ import annotations

import attrs

from ipmetrics.model.rounding import Rounding
from ipmetrics.rationals import decimals_of
from ipmetrics.tables.columns import Column

__all__ = [
    "EXACT_FLOAT",
    "MOST_MANTISSA",
    "MOST_ZEROS",
    "Declared",
    "Reading",
    "Survey",
    "declared_places",
    "reading_of",
]

MOST_ZEROS = 18
"""No number of 64 bits has more trailing zeros, unless it is 0."""

MOST_MANTISSA = 10**18
"""No mantissa is larger: a cell that would be is in trouble, on every engine."""

EXACT_FLOAT = 2.0**53
"""Below it doubles hold every whole number; floats whose mantissas reach it are too large to be read exactly."""

_ROUND_FROM = 1000
"""From here on trailing zeros of whole numerals may hide their precision, as for single figures."""


@attrs.frozen
class Survey:
    """What one pass over the readable cells of a column found.

    ``least`` and ``most`` bound the mantissas brought to ``places`` decimals; ``fewest`` is the least number of
    decimals; ``zeros`` how many trailing zeros all whole numerals share; ``sign`` the power of ten of the cells' own
    signs (None if no cell has one); ``total`` bounds the sum of the absolute mantissas.

    Surveys of the parts of a table add up to that of the whole: ``first | second``.
    """

    rows: int = 0
    least: int = 0
    most: int = 0
    places: int = 0
    fewest: int = 0
    zeros: int = MOST_ZEROS
    sign: int | None = None
    total: int = 0

    def brought_to(self, places: int) -> Survey:
        """Return the survey with the bounds of mantissas at so many decimals; never at fewer."""
        widen = 10 ** max(0, places - self.places)
        return attrs.evolve(
            self,
            least=max(self.least * (widen if self.least < 0 else 1), -MOST_MANTISSA),
            most=min(self.most * (widen if self.most > 0 else 1), MOST_MANTISSA),
            total=self.total * widen,
            places=places,
        )

    def __or__(self, other: Survey) -> Survey:
        """Return what two surveys of parts of one column say of both."""
        if not (self.rows and other.rows):
            return self if self.rows else other
        places = max(self.places, other.places)
        mine, its = self.brought_to(places), other.brought_to(places)
        signs = [sign for sign in (self.sign, other.sign) if sign is not None]
        return Survey(
            rows=self.rows + other.rows,
            least=min(mine.least, its.least),
            most=max(mine.most, its.most),
            places=places,
            fewest=min(self.fewest, other.fewest),
            zeros=min(self.zeros, other.zeros),
            sign=min(signs, default=None),
            total=mine.total + its.total,
        )


@attrs.frozen
class Declared:
    """A column as the call declares it: the column itself, and whether a formula makes its figures signed."""

    column: Column
    signed: bool


@attrs.frozen
class Reading:
    """How every cell of a column becomes a printed number: ``mantissa × 10 ** power``, in units of the last place.

    ``unit`` is None if the cells differ in their decimals; then a cell with fewer of them counts a larger unit.
    """

    places: int
    unit: int | None
    power: int
    multiplier: int
    rule: Rounding
    signed: bool
    whole: bool
    least: int
    most: int
    widest: int
    total: int


def declared_places(column: Column) -> tuple[int, int] | None:
    """Return the decimals and the unit of the last place that a column declares, or None."""
    if column.step is not None:
        places = decimals_of(column.step) or 0  # a column refuses a step that decimals cannot write
        return places, int(column.step * 10**places)
    if column.decimals is None:
        return None
    return max(column.decimals, 0), 10 ** max(-column.decimals, 0)


def reading_of(declared: Declared, survey: Survey) -> Reading:
    """Return how a column is read, from what was declared and what was found."""
    column = declared.column
    stated = declared_places(column)
    places, unit = stated if stated is not None else _found(survey, column)
    multiplier = column.multiplier if column.multiplier is not None else survey.sign or 0
    last = unit if unit is not None else 10 ** (survey.places - survey.fewest)
    rule = column.rounding
    if rule is None:
        exact = column.whole and _to_the_last_unit(last, multiplier - places)
        rule = Rounding.EXACT if exact else Rounding.NEAREST
    return Reading(
        places=places,
        unit=unit,
        power=multiplier - places,
        multiplier=multiplier,
        rule=rule,
        signed=declared.signed if column.signed is None else column.signed,
        whole=column.whole,
        least=survey.least,
        most=survey.most,
        widest=last,
        total=survey.total,
    )


def _found(survey: Survey, column: Column) -> tuple[int, int | None]:
    """Return decimals and unit as the cells show them; one unit if they agree."""
    if survey.places != survey.fewest:
        return survey.places, None
    largest = max(abs(survey.least), abs(survey.most))
    hidden = survey.places == 0 and largest >= _ROUND_FROM and column.rounding is not Rounding.EXACT
    return survey.places, 10**survey.zeros if hidden else 1


def _to_the_last_unit(unit: int, power: int) -> bool:
    """Say whether a last place counts one thing or less."""
    return power <= 0 and unit <= 10**-power
