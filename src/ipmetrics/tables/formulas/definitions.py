"""Formulas that follow from what the indicators of columns are defined as, so that nobody writes them twice.

This room reads the definitions of `model.indicators` and writes them in the words of formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.errors import Fault, TableError
from ipmetrics.model.indicators import DenominatorPeriod, Growth, Rate, ShareOf
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas.operands import earlier, names_of
from ipmetrics.tables.formulas.quotients import growth, rate, share

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.tables.formulas.operands import Formula, Names

__all__ = ["formulas_of"]


def formulas_of(
    indicators: Mapping[str, Indicator], *, year: str | None = None, within: Names = None
) -> tuple[dict[str, Formula], dict[str, Column]]:
    """Return the formulas and columns that the indicators of a table's columns define.

    Parameters
    ----------
    indicators
        Columns and what is printed in them. A rate, share or growth among them becomes a formula over the columns of
        its parts; multiplier, whole and signed of every one become its `Column`.
    year
        The column of years, for growth and for rates by last year's population.
    within
        The columns in which two years of one row agree, such as the region.

    Returns
    -------
    tuple of dict
        Formulas and columns, as `check_table` takes them.

    Raises
    ------
    TableError
        If a definition needs a column, a year or a choice that is not there: all of them at once.

    Examples
    --------
    >>> import pandas as pd
    >>> import ipmetrics as ipm
    >>> from ipmetrics.tables import formulas_of
    >>> patents = ipm.Indicator("invention patents in force", unit="patent", whole=True)
    >>> people = ipm.Indicator("resident population", unit="person", multiplier=6)
    >>> density = patents.per(people, 1_000_000)
    >>> formulas, columns = formulas_of({"patents": patents, "people": people, "density": density})
    >>> print(formulas["density"])
    patents ÷ people
    >>> table = pd.DataFrame({"patents": ["86652"], "people": ["20.7"], "density": ["4187.5"]})
    >>> list(ipm.check_table(table, formulas, columns)["density_verdict"])
    ['consistent']
    """
    columns_of = {indicator.key: column for column, indicator in indicators.items()}
    keys, faults, formulas = names_of(within), [], {}
    for column, indicator in indicators.items():
        made = _formula(indicator, columns_of, year, keys)
        if isinstance(made, str):
            faults.append(Fault(f"column {column!r}", made))
        elif made is not None:
            formulas[column] = made
    if faults:
        raise TableError(
            f"{len(faults)} column{'s' * (len(faults) != 1)}",
            rule="a definition needs the columns of its parts",
            way_out="add what is missing, or leave the column out",
            faults=faults,
        )
    columns = {
        column: Column(multiplier=indicator.multiplier, whole=indicator.whole, signed=indicator.signed)
        for column, indicator in indicators.items()
    }
    return formulas, columns


def _formula(
    indicator: Indicator, columns_of: Mapping[str, str], year: str | None, within: tuple[str, ...]
) -> Formula | str | None:
    """Return the formula of one indicator, what it lacks, or None if nothing defines it."""
    definition = indicator.definition
    if definition is None:
        return None
    parts = {
        Rate: ("numerator", "denominator"),
        ShareOf: ("part", "whole"),
        Growth: ("of",),
    }[type(definition)]
    named: list[Indicator] = [getattr(definition, part) for part in parts]
    absent = [part.label for part in named if part.key not in columns_of]
    if absent:
        return f"the table has no column of {' or '.join(absent)}"
    first, *others = [columns_of[part.key] for part in named]
    if isinstance(definition, ShareOf):
        return share(first, of=others[0])
    if isinstance(definition, Rate) and definition.period is DenominatorPeriod.SAME:
        return rate(first, per=others[0])
    if isinstance(definition, Rate) and definition.period is DenominatorPeriod.EITHER:
        return 'which year\'s denominator was used is left open: declare it with period="same" or "previous"'
    if year is None:
        return "last year's figures are found by a column of years: pass year="
    if isinstance(definition, Rate):
        return rate(first, per=earlier(year, column=others[0]), within=within)
    return growth(first, since=earlier(year), within=within)
