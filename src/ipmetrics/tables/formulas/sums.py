"""Formulas of sums: differences, running totals, totals over columns and rows, what adds up, what is at most what.

Each comes to one `Linear`. This room has never seen a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ipmetrics.errors import IpmetricsError, TableError
from ipmetrics.model.figures import Figure
from ipmetrics.tables.formulas.operands import (
    Formula,
    Names,
    Operand,
    Row,
    formula,
    labels_of,
    names_of,
    placed,
    same_words,
    told,
    where_words,
)
from ipmetrics.tables.places import SUBJECT, Constant, Labels, Linear, Place, Sum, Term

__all__ = ["adds_to", "at_most", "difference", "running_total", "same_as", "total"]


def difference(
    column: str,
    *,
    minus: Operand,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``column − minus``: an increase in units, or between percentages in points.

    Parameters are those of `rate`.

    Examples
    --------
    >>> from ipmetrics.tables import difference, earlier
    >>> print(difference("share", minus=earlier("year"), within="region"))
    share − share of year − 1, same region
    """
    other = placed(minus, column, within, match)
    terms = (Term(1, Place(SUBJECT)), Term(-1, Place(column)), Term(1, other))
    return formula("difference", Linear(terms), f"{column} − {told(other)}", about, where)


def running_total(
    flow: str,
    *,
    since: Operand,
    less: str | None = None,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``cumulative before + flow``: a total that runs on from an earlier table or row.

    Parameters
    ----------
    flow
        The column of what was added since.
    since
        The earlier cumulative figure: a column, a `row`, an `earlier` row, or another frame.
    less
        A column, read where the earlier figure stands, of what of the flow was in it already: with a flow
        from January to April and one to March, the difference is April's.
    within, match, about, where
        As for `rate`.

    Raises
    ------
    TableError
        If ``match`` is missing for another frame.

    Examples
    --------
    >>> from ipmetrics.tables import earlier, running_total
    >>> print(running_total("granted", since=earlier("year"), within="region", about="granted_so_far"))
    granted_so_far of year − 1, same region + granted
    """
    before = placed(since, about or SUBJECT, within, match)
    terms = [Term(1, Place(SUBJECT)), Term(-1, before), Term(-1, Place(flow))]
    words = f"{told(before)} + {flow}"
    if less is not None:
        terms.append(Term(1, attrs.evolve(before, column=less)))
        words += f" − {less} there"
    return formula("running_total", Linear(tuple(terms)), words, about, where)


def total(
    *columns: str,
    over: str | None = None,
    of: Row | None = None,
    parts: object = None,
    within: Names = None,
    complete: bool = True,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula of a sum, across columns or over rows.

    Parameters
    ----------
    columns
        The columns that add up to the one in question; none for a sum over rows.
    over
        The column whose labels name whole and parts, such as the region.
    of
        The row of the whole: ``row(region="Total")``. The verdict is given there.
    parts
        The labels of the parts in ``over``, or a dictionary of columns and labels that the parts carry; left
        out, every other row is a part.
    within
        The columns in which parts and whole agree: one sum for each period.
    complete
        Whether the parts make up the whole; if not, they sum to at most that much.
    about, where
        As for `rate`.

    Raises
    ------
    TableError
        If columns and rows are mixed, or ``over`` and ``of`` are not given together.

    Examples
    --------
    >>> from ipmetrics.tables import row, total
    >>> print(total("invention", "utility_model", "design"))
    invention + utility_model + design
    >>> print(total(over="region", of=row(region="Total"), parts={"kind": ["province"]}, within="period"))
    sum over region where kind is province, same period
    """
    if bool(columns) == (over is not None) or (over is None) != (of is None):
        raise TableError(
            f"columns {list(columns)}, over={over!r}, of={of!r}",
            rule="a total is of columns, or over the rows of one column with the row of the whole",
            way_out='write total("a", "b"), or total(over="region", of=row(region="Total"))',
        )
    if of is not None and not isinstance(of, Row):
        raise TableError(repr(of), rule="of= is a row", way_out='write of=row(region="Total")')
    if over is None or of is None:
        terms = (Term(1, Place(SUBJECT)), *(Term(-1, Place(column)) for column in columns))
        return formula("total", _sum(terms, complete=complete), " + ".join(columns), about, where)
    labels = _parts(over, parts)
    parts_of = Sum(SUBJECT, labels, names_of(within), over)
    terms = (Term(1, Place(SUBJECT)), Term(-1, parts_of))
    words = f"sum over {over}{where_words(labels)}{same_words(parts_of.keys)}"
    made = formula("total", _sum(terms, complete=complete), words, about, where)
    return attrs.evolve(made, where=(*made.where, *of.labels))


def adds_to(
    figure: str,
    *columns: str,
    over: str | None = None,
    parts: object = None,
    within: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``sum = figure``, taken exactly: shares that add to 100 %.

    Parameters
    ----------
    figure
        What they add to, as printed: ``"100%"``.
    columns
        The further columns that are added to the one in question; none for a sum over rows.
    over
        The column whose labels name the parts, for a sum over rows; the verdict is given in each of them.
    parts, within, about, where
        As for `total`.

    Raises
    ------
    TableError
        If the figure is none, or columns and rows are mixed.

    Examples
    --------
    >>> from ipmetrics.tables import adds_to
    >>> print(adds_to("100%", "utility_model_share", "design_share", about="invention_share"))
    100% − utility_model_share − design_share
    """
    if columns and over is not None:
        raise TableError(
            f"columns {list(columns)}, over={over!r}",
            rule="a sum is of columns, or over rows",
            way_out='write adds_to("100%", "b", "c"), or adds_to("100%", over="row")',
        )
    constant = Constant(_exactly(figure))
    if over is None:
        others = tuple(Term(1, Place(column)) for column in columns)
        words = " − ".join((figure, *columns))
        return formula("adds_to", Linear((Term(1, Place(SUBJECT)), *others, Term(-1, constant))), words, about, where)
    labels = _parts(over, parts)
    everything = Sum(SUBJECT, labels, names_of(within), over)
    relation = Linear((Term(1, Place(SUBJECT)), Term(1, everything), Term(-1, constant)))
    words = f"{figure} − sum over other {over}{where_words(labels)}{same_words(everything.keys)}"
    made = formula("adds_to", relation, words, about, where)
    return attrs.evolve(made, where=(*made.where, *labels))


def at_most(
    operand: Operand,
    *,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``column ≤ operand``: a part and its whole, a month and its year to date.

    Parameters are those of `rate`; a `row` or frame names its own column, or means the column in question.

    Examples
    --------
    >>> from ipmetrics.tables import at_most
    >>> print(at_most("yearly_total", about="monthly_total"))
    at most yearly_total
    """
    other = placed(operand, about or SUBJECT, within, match)
    relation = Linear((Term(1, Place(SUBJECT)), Term(-1, other)), equal=False)
    return formula("at_most", relation, f"at most {told(other)}", about, where)


def same_as(
    operand: Operand,
    *,
    within: Names = None,
    match: Names = None,
    about: str | None = None,
    where: Mapping[str, object] | None = None,
) -> Formula:
    """Return the formula ``column = operand``: one figure printed twice, perhaps to different precision.

    Parameters are those of `rate`.

    Examples
    --------
    >>> from ipmetrics.tables import same_as
    >>> print(same_as("population_10000", about="population"))
    same as population_10000
    """
    other = placed(operand, about or SUBJECT, within, match)
    relation = Linear((Term(1, Place(SUBJECT)), Term(-1, other)))
    return formula("same_as", relation, f"same as {told(other)}", about, where)


def _sum(terms: tuple[Term, ...], *, complete: bool) -> Linear:
    """Return ``whole = Σ parts``, or ``Σ parts ≤ whole``, whose signs are turned."""
    return Linear(terms) if complete else Linear(tuple(Term(-term.sign, term.operand) for term in terms), equal=False)


def _parts(over: str, parts: object) -> Labels:
    if parts is None:
        return ()
    return labels_of(parts if isinstance(parts, Mapping) else {over: parts})


def _exactly(figure: str) -> Any:  # noqa: ANN401 - a Fraction, which attrs takes as it is
    try:
        interval = Figure(figure, rounding="exact").interval()
    except IpmetricsError as error:
        raise TableError(repr(figure), rule="what figures add to is a figure", way_out='pass "100%"') from error
    return interval.lower
