"""What a column of a table says about all of its figures at once: how they were rounded, scaled and counted.

This room knows declarations and refuses those that contradict themselves. It has never seen a cell: what is not
declared is found out by `surveys`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import TableError
from ipmetrics.model.rounding import Rounding
from ipmetrics.rationals import decimals_of, exact_number

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MISSING_MARKS", "SUPPRESSED_MARKS", "Column"]

MISSING_MARKS = frozenset({"", "-", "--", "---", "–", "—", "―", "…", "...", "..", ".", ":", "na", "n/a", "nan", "null"})
"""Cells that print nothing, in lower case."""

SUPPRESSED_MARKS = frozenset({"c", "x", "s", "d", "*", "**", "(d)", "(s)", "(c)", "#"})
"""Cells whose figure is kept back, in lower case; ``<5`` and the like are kept back too."""


def _rounding(value: str | None) -> Rounding | None:
    if value is None:
        return None
    try:
        return Rounding(value)
    except ValueError:
        names = ", ".join(repr(str(rule)) for rule in Rounding)
        raise TableError(repr(value), rule="a rounding rule has a name", way_out=f"pass one of {names}") from None


def _marks(marks: Iterable[str]) -> frozenset[str]:
    if isinstance(marks, str):
        raise TableError(repr(marks), rule="marks are given as a list", way_out=f"pass [{marks!r}]")
    return frozenset(str(mark).strip().lower() for mark in marks)


def _step(value: Fraction | int | str | None) -> Fraction | None:
    return None if value is None else exact_number(Fraction(value) if isinstance(value, str) else value, "a step")


def _whole_number(_: object, field: attrs.Attribute[int | None], value: object) -> None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TableError(repr(value), rule=f"{field.name}= is a whole number", way_out="pass 1, or -3 for thousands")


@attrs.frozen(kw_only=True)
class Column:
    """How the figures of one column were printed.

    What is left out is inferred: decimals from the printed strings (each cell its own), the multiplier from
    percent and per-mille signs, trailing zeros from the whole column (if every cell is a multiple of 1,000, the
    column is taken as rounded to the thousand), and the rounding as exact for whole numbers printed to the last
    unit, else as to the nearest with the tie rule unknown.

    Parameters
    ----------
    decimals
        How many decimals were printed; negative for figures rounded to tens (−1) or thousands (−3). A column of
        floats has lost its zeros, so it must be declared there.
    step
        The unit of the last printed place where it is no power of ten: 5 for "to the nearest 5".
    multiplier
        The power of ten from the printed number to the unit: 6 for millions, −2 for percent, −6 per million.
    rounding
        The rule by which the figures were rounded, or its name.
    whole
        Whether true values are whole numbers: things counted, not fractional counts.
    signed
        Whether true values may be negative. Left out, only growth, differences and changes are.
    decimal_comma
        Whether a comma is the decimal mark; full stops and blanks then group the thousands.
    read_from
        The column of the table to read, where it is not the one of this name.
    number
        Which number of a cell that holds several, separated by slashes: 2 reads ``86.9`` in ``100/86.9``, and a
        cell with fewer prints nothing. Left out, a cell holds one number, and one with several is not read.
    missing, suppressed
        Further cells that print nothing, or whose figure is kept back.

    Raises
    ------
    TableError
        If a keyword has a value it cannot have, or two of them contradict each other.

    Examples
    --------
    >>> Column(multiplier=6, decimals=1)
    Column(decimals=1, multiplier=6)
    """

    decimals: int | None = attrs.field(default=None, validator=_whole_number)
    step: Fraction | None = attrs.field(default=None, converter=_step)
    multiplier: int | None = attrs.field(default=None, validator=_whole_number)
    rounding: Rounding | None = attrs.field(default=None, converter=_rounding)
    whole: bool = False
    signed: bool | None = None
    decimal_comma: bool = False
    read_from: str | None = None
    number: int | None = attrs.field(default=None, validator=_whole_number)
    missing: frozenset[str] = attrs.field(default=frozenset(), converter=_marks)
    suppressed: frozenset[str] = attrs.field(default=frozenset(), converter=_marks)

    def __attrs_post_init__(self) -> None:
        """Refuse what contradicts itself."""
        if self.step is not None and self.step <= 0:
            raise TableError(self.step, rule="step= is positive", way_out="pass 5, or '0.5'")
        if self.step is not None and self.decimals is not None:
            raise TableError(
                f"decimals={self.decimals}, step={self.step}",
                rule="the last printed place is stated once",
                way_out="pass step= alone",
            )
        if self.step is not None and decimals_of(self.step) is None:
            raise TableError(self.step, rule="a step can be written with decimals", way_out="pass '0.5', or 5")
        if self.number is not None and self.number < 1:
            raise TableError(self.number, rule="number= counts from 1", way_out="pass 2 for the second number")

    def __repr__(self) -> str:
        """Read back, without what was left out."""
        told = [
            f"{field.name}={_shown(getattr(self, field.name))}"
            for field in attrs.fields(type(self))
            if getattr(self, field.name) != field.default
        ]
        return f"Column({', '.join(told)})"


def _shown(value: object) -> str:
    if isinstance(value, Rounding):
        return repr(str(value))
    if isinstance(value, frozenset):
        return repr(sorted(value))
    return str(value) if isinstance(value, Fraction) and value.denominator == 1 else repr(value)
