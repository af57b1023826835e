"""Formulas of quotients: rates, multiples, shares, growth.

Each comes to one `Product`. This room has never seen a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.errors import TableError
from ipmetrics.tables.formulas.operands import Formula, Names, Operand, formula, placed, told
from ipmetrics.tables.places import SUBJECT, Place, Product

__all__ = ["growth", "multiple", "rate", "share"]

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_PERIODS = 60


def rate(
    numerator: str,
    *,
    per: Operand | None,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``numerator ÷ per``: patents per million inhabitants.

    Powers of ten are the columns' business: ``Column(multiplier=6)`` for a population in millions and
    ``Column(multiplier=-6)`` for a rate per million. The denominator is above zero.

    Parameters
    ----------
    numerator
        The column that is counted.
    per
        The denominator: a column, a `row`, an `earlier` row, or another frame that holds a column of the
        numerator's name; for another column there, rename it first. None if it is not printed but counts things,
        so that some whole number above zero must stand there.
    within
        The columns in which another row must agree with this one.
    match
        The columns that pair the rows of another frame with these.
    about
        The column of rates, where it is not the formula's name in the dictionary.
    where
        The rows to which the formula applies: columns and the label, or list of labels, that each must carry.

    Raises
    ------
    TableError
        If ``match`` is missing for another frame, or given without one.

    Examples
    --------
    >>> from ipmetrics.tables import rate
    >>> print(rate("valid_number", per="population_million"))
    valid_number ÷ population_million
    """
    reference = None if per is None else placed(per, numerator, within, match)
    relation = Product(Place(SUBJECT), Place(numerator), reference)
    words = f"{numerator} ÷ {told(reference) if reference else 'some whole number'}"
    return formula("rate", relation, words, about, where)


def multiple(
    numerator: str,
    *,
    of: Operand,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``numerator ÷ of``: how many times the other figure.

    As `rate`, for two figures of one kind; nothing says that the numerator is a part of the other.

    Examples
    --------
    >>> from ipmetrics.tables import multiple, row
    >>> print(multiple("density", of=row(region="Beijing"), within="year"))
    density ÷ density where region is Beijing, same year
    """
    reference = placed(of, numerator, within, match)
    relation = Product(Place(SUBJECT), Place(numerator), reference)
    return formula("multiple", relation, f"{numerator} ÷ {told(reference)}", about, where)


def share(
    part: str | None,
    *,
    of: Operand,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``part ÷ of`` for a part of a whole: also, the part is at most the whole.

    Parameters
    ----------
    part
        The column of parts; None if it is not printed but counts things, so that some whole number must stand
        there: 51.1 % of 7 is no share of whole things.
    of
        The whole: a column, a `row`, an `earlier` row, or another frame.
    within, match, about, where
        As for `rate`.

    Raises
    ------
    TableError
        If ``match`` is missing for another frame, or a whole is looked up without naming its column.

    Examples
    --------
    >>> from ipmetrics.tables import row, share
    >>> print(share("invention_number", of=row(row="Sub-total"), within=["period", "origin"]))
    invention_number ÷ invention_number where row is Sub-total, same period, origin
    """
    reference = placed(of, part, within, match)
    numerator = None if part is None else Place(part)
    relation = Product(Place(SUBJECT), numerator, reference, bounded=True)
    words = f"{part or 'some whole number'} ÷ {told(reference)}"
    return formula("share", relation, words, about, where)


def growth(
    column: str,
    *,
    since: Operand | None,
    within: Names = None,
    match: Names = None,
    periods: int = 1,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``column ÷ since − 1``: growth, compound if over several periods.

    Parameters
    ----------
    column
        The column that grew.
    since
        What it grew from: a column, a `row`, an `earlier` row, another frame; or None if it is not printed but
        counts things, so that some whole number above zero must stand there.
    within, match, about, where
        As for `rate`.
    periods
        How many periods the growth per period was compounded over.

    Raises
    ------
    TableError
        If ``periods`` is not a whole number from 1 to 60, or ``match`` is missing for another frame.

    Examples
    --------
    >>> from ipmetrics.tables import growth
    >>> print(growth("gerd", since="gerd_2000", periods=10))
    growth of gerd since gerd_2000, per period over 10
    """
    if type(periods) is not int or not 1 <= periods <= _MOST_PERIODS:
        raise TableError(
            repr(periods), rule=f"periods= is a whole number from 1 to {_MOST_PERIODS}", way_out="pass 10 for ten years"
        )
    reference = None if since is None else placed(since, column, within, match)
    relation = Product(Place(SUBJECT), Place(column), reference, shift=1, periods=periods)
    words = f"growth of {column} since {told(reference, column) if reference else 'some whole number'}"
    return formula("growth", relation, words + (f", per period over {periods}" * (periods > 1)), about, where)
