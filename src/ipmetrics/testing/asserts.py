"""Asserts about claims, for tests of who writes or derives figures.

They ask `check` and put its report into the failure; they decide nothing themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks import check
from ipmetrics.errors import ClaimError
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.model.claims import Change, Level, Ratio, Share, is_open
from ipmetrics.model.figures import Figure
from ipmetrics.model.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["assert_consistent", "assert_follows"]


def assert_consistent(
    claims: Iterable[Claim], conventions: Conventions | None = None, *, undetermined: bool = False
) -> None:
    """Fail unless the claims hold together; the failure is the report with its conflicts.

    Parameters
    ----------
    claims
        The claims.
    conventions
        How figures are read and what is assumed.
    undetermined
        Whether to let pass what could not be decided.

    Raises
    ------
    AssertionError
        If the claims contradict each other, or, by default, if that could not be decided.
    ClaimError
        If they make no sense as a set.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> assert_consistent([Level(a, "6.0"), Ratio(a, b, "2.0"), Level(b, "3.0")])
    >>> assert_consistent([Ratio(a, b, "2.0"), Ratio(b, a, "0.40")])
    Traceback (most recent call last):
    AssertionError: the claims contradict each other...
    """
    report = check(claims, conventions)
    if report.verdict is Verdict.CONSISTENT or (undetermined and report.verdict is Verdict.UNDETERMINED):
        return
    if report.verdict is Verdict.UNDETERMINED:
        message = f"it could not be decided whether the claims hold together\n\n{report}"
    else:
        message = f"the claims contradict each other\n\n{report}"
    raise AssertionError(message)


def assert_follows(
    figure: Figure | str,
    expression: Observation | Claim,
    claims: Iterable[Claim],
    conventions: Conventions | None = None,
) -> None:
    """Fail unless a derived figure follows from the printed ones: all that the claims allow lies within it.

    Parameters
    ----------
    figure
        The figure derived, as it is to be printed.
    expression
        What it says: an observation, or a claim without its figure such as ``Ratio(a, b)``.
    claims
        The printed claims that it is derived from.
    conventions
        How figures are read and what is assumed.

    Raises
    ------
    AssertionError
        If the claims allow values outside the figure's interval, or contradict each other.
    ClaimError
        If the expression already has a figure, or the claims make no sense as a set.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> density = Indicator("patents per 10,000 people", unit="patent/person", multiplier=-4)
    >>> haidian, beijing = density.at("Haidian", 2021), density.at("Beijing", 2021)
    >>> printed = [Level(haidian, "332.8"), Ratio(haidian, beijing, "3.54")]
    >>> assert_follows("94", beijing, printed)
    >>> assert_follows("94.0", beijing, printed)
    Traceback (most recent call last):
    AssertionError: 94.0 does not follow: ...
    """
    question = Level(expression) if isinstance(expression, Observation) else expression
    if not isinstance(question, (Level, Ratio, Share, Change)) or not is_open(question):
        raise ClaimError(
            str(expression),
            rule="what a figure is derived for is an observation or a claim without its figure",
            way_out="write Ratio(a, b), Share(a, b) or Change(a, since=b)",
        )
    claim = _with_figure(question, Figure.of(figure))
    report = check([*claims, claim], conventions)
    finding = report.findings[-1]
    if report.verdict is not Verdict.INCONSISTENT and finding.verdict is ClaimVerdict.ENTAILED:
        return
    told = "nothing was found" if finding.implied is None else f"{finding.implied}"
    message = f"{figure} does not follow: it stands for {finding.stated}, and the claims imply {told}"
    raise AssertionError(message if not report.conflicts else f"{message}\n\n{report.conflicts[0]}")


def _with_figure(question: Level | Ratio | Share | Change, figure: Figure) -> Claim:
    """The expression with its figure; whether a change is a difference was said by the question or is by the figure."""
    if isinstance(question, Change) and not question.difference:
        return Change(question.subject, figure, since=question.since, than=question.than, per=question.per)
    return attrs.evolve(question, figure=figure)
