"""The operands of formulas as an analyst writes them, and where they are printed.

This room turns column names, rows by their labels, earlier rows and other frames into the places of `places`, and
writes them in words. It has never seen a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from ipmetrics.errors import TableError
from ipmetrics.tables.places import SUBJECT, Constant, Labels, Place, Product, Relation, Term

__all__ = [
    "Earlier",
    "Formula",
    "Names",
    "Operand",
    "Row",
    "earlier",
    "formula",
    "labels_of",
    "names_of",
    "placed",
    "row",
    "same_words",
    "told",
    "where_words",
]

Names = str | Sequence[str] | None


@attrs.frozen
class Row:
    """Another row of the same table, by its labels; made by `row`."""

    column: str | None
    labels: Labels


@attrs.frozen
class Earlier:
    """The row whose value of a column of whole numbers is ``by`` less; made by `earlier`."""

    over: str
    by: int
    column: str | None


Operand = Any
"""A column's name, a `Row`, an `Earlier` row, or another frame (paired by ``match``)."""


@attrs.frozen(kw_only=True)
class Formula:
    """How the figures of a column follow from others; made by `rate`, `share`, `growth`, `total` and the like.

    Parameters
    ----------
    kind
        The name of the function that made it.
    relation
        What it comes to, with `SUBJECT` for the column it is about.
    about
        The column it is about, where that is not the name it is given in the table's dictionary.
    where
        The rows to which it applies; all of them if empty.
    words
        The right-hand side in words, for a report.
    """

    kind: str
    relation: Relation
    words: str
    about: str | None = None
    where: Labels = ()

    def of(self, name: str) -> Relation:
        """Return the relation once the table's dictionary has named the formula."""
        column = self.about or name
        return _named(self.relation, column)

    def __str__(self) -> str:
        """In words."""
        return self.words


def row(column: str | None = None, /, **labels: object) -> Row:
    """Return the row that carries these labels, for ``of=`` and ``since=``.

    Parameters
    ----------
    column
        The column to read there; left out, the formula's own.
    labels
        Columns and the label to find in each; a list for any of several.

    Raises
    ------
    TableError
        If no label is given.

    Examples
    --------
    >>> from ipmetrics.tables import row, share
    >>> share("granted", of=row(region="Total"), within="year").words
    'granted ÷ granted where region is Total, same year'
    """
    if not labels:
        raise TableError("row()", rule="a row is found by its labels", way_out='write row(region="Total")')
    return Row(column, labels_of(labels))


def earlier(over: str, by: int = 1, *, column: str | None = None) -> Earlier:
    """Return the row whose ``over`` is ``by`` less: last year's, for ``since=``.

    Parameters
    ----------
    over
        A column of whole numbers, such as the year.
    by
        How much less.
    column
        The column to read there; left out, the formula's own.

    Raises
    ------
    TableError
        If ``by`` is not a whole number above zero.

    Examples
    --------
    >>> from ipmetrics.tables import earlier, growth
    >>> growth("granted", since=earlier("year"), within="region").words
    'growth of granted since year − 1, same region'
    """
    if type(by) is not int or by < 1:
        raise TableError(repr(by), rule="by= is a whole number above zero", way_out="pass 1 for the year before")
    return Earlier(over, by, column)


def formula(
    kind: str, relation: Relation, words: str, about: str | None, where: Mapping[str, object] | None
) -> Formula:
    """Return a formula, with the rows to which it applies as labels."""
    return Formula(kind=kind, relation=relation, words=words, about=about, where=labels_of(where or {}))


def names_of(names: Names) -> tuple[str, ...]:
    """Return names of columns, of which one may stand alone."""
    if names is None:
        return ()
    return (names,) if isinstance(names, str) else tuple(names)


def labels_of(labels: Mapping[str, object]) -> Labels:
    """Return labels of rows as they are compared: several allowed in each column."""
    return tuple(
        (column, tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,))
        for column, value in labels.items()
    )


def placed(operand: Operand, column: str | None, within: Names, match: Names) -> Place:
    """Say where an operand is printed, or why that cannot be told."""
    frame = not isinstance(operand, str | Row | Earlier)
    if frame != (match is not None):
        raise TableError(
            "a frame without match=" if frame else f"match={match!r}",
            rule="match= pairs the rows of another frame with these",
            way_out='write since=last_year, match=["region"]; within= is for rows of the same table',
        )
    if isinstance(operand, str):
        return Place(operand)
    if frame:
        return Place(_asked(column), keys=names_of(match), frame=operand)
    if isinstance(operand, Earlier):
        return Place(operand.column or _asked(column), keys=names_of(within), over=operand.over, by=operand.by)
    return Place(operand.column or _asked(column), labels=operand.labels, keys=names_of(within))


def _asked(column: str | None) -> str:
    if column is None:
        raise TableError(
            "share(None, …)", rule="another row is read in some column", way_out='write row("count", region="Total")'
        )
    return column


def _named(relation: Relation, column: str) -> Relation:
    """Put the column in question where `SUBJECT` stands for it."""

    def named(operand: Any) -> Any:  # noqa: ANN401 - what comes in goes out, named
        if operand is None or isinstance(operand, Constant) or operand.column != SUBJECT:
            return operand
        return attrs.evolve(operand, column=column)

    if isinstance(relation, Product):
        places = {name: named(getattr(relation, name)) for name in ("subject", "numerator", "reference")}
        return attrs.evolve(relation, **places)
    return attrs.evolve(relation, terms=tuple(Term(term.sign, named(term.operand)) for term in relation.terms))


def told(place: Place, known: str | None = None) -> str:
    """Write where a number is printed."""
    name = place.column or "the figure"
    if place.here:
        return name
    if place.frame is not None:
        return f"{name} of the other table{same_words(place.keys)}"
    if place.over is not None:
        row_before = f"{place.over} − {place.by}"
        return (row_before if name == known else f"{name} of {row_before}") + same_words(place.keys)
    return f"{name}{where_words(place.labels)}{same_words(place.keys)}"


def where_words(labels: Labels) -> str:
    """Write which rows carry some labels."""
    told = " and ".join(f"{column} is {' or '.join(map(str, allowed))}" for column, allowed in labels)
    return f" where {told}" if told else ""


def same_words(keys: tuple[str, ...]) -> str:
    """Write in which columns two rows agree."""
    return f", same {', '.join(keys)}" if keys else ""
