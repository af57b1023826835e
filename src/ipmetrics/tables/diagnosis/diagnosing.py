"""`diagnose_table`: the front of the room. It understands the call, lets the probes propose, and keeps what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.results import TableDiagnosis
    from ipmetrics.tables.formulas import Formula

__all__ = ["diagnose_table"]


def diagnose_table(
    frame: Any,  # noqa: ANN401 - any frame that narwhals carries
    formulas: Mapping[str, Formula],
    columns: Mapping[str, Column] | None = None,
    *,
    against: Any = None,  # noqa: ANN401 - one such frame, or several
    key: str | Sequence[str] | None = None,
    editions: Mapping[str, Any] | None = None,
) -> TableDiagnosis:
    """Find the cause, where many rows of a table fail together.

    Each cause that is known is supposed in turn: a column, a formula or a cell is read otherwise, and the table is
    checked again. What makes rows right is reported with what was counted before and after, and with the Python that
    declares it. A cause is offered and never asserted: that rows would then pass is exact, that this is why they failed
    is not.

    Parameters
    ----------
    frame, formulas, columns
        As for `check_table`. The rows are needed in memory: a lazy frame is collected, as are other tables.
    against
        Another table, or several: of earlier or later periods, or other editions. Their figures are tried as
        denominators and bases, and the table's labels are held against later ones if ``key`` says which column they
        are in. What they print is trusted.
    key
        The columns that say what a row is of, such as the region: what rows are called, and what pairs them with
        those of other periods. Left out, the fewest columns that tell all rows apart.
    editions
        For a cumulative table that is held ``against`` later ones, what its columns are called, where the formulas do
        not tell: ``cumulative``, ``flow``, ``recent``, ``growth``, ``within``, ``period`` and ``parts`` as for
        `find_relabelling`.

    Returns
    -------
    TableDiagnosis
        With ``findings``, best first; none if no row fails, or nothing that was tried explains those that do.

    Raises
    ------
    TableError
        If the call makes no sense; it lists everything that is wrong with it.

    Notes
    -----
    Causes are ranked by their support, in bits, after the principle of the shortest description (Rissanen 1978). A row
    that passes is worth what that says: the logarithm of the chance that a wrong figure, between a tenth and ten times
    the printed one, would pass as well. A row that fails costs four bits, as if one row of sixteen were wrong for
    reasons of its own, and a row that only passes because nearly anything would is not taken as mended. From what a
    cause gains so, what it assumes is subtracted: the more other things of its kind might have been supposed, the more.
    So a reading that makes intervals wide pays for it in every row, a scale that suits only a few rows loses the
    others, and a figure replaced by any that fits gains nothing.

    A cause that helps only rows with certain labels is confined to them. One that is blamed on a whole column must
    make at least two rows right, and half of those that fail, and better so than slips in single cells. The causes that
    stand first are then supposed together, and what still fails is looked at again.

    A column whose trailing zeros were dropped is reported though no row fails for it, because its figures state more
    than was read from them.

    Examples
    --------
    >>> import pandas as pd
    >>> from ipmetrics.tables import Column, diagnose_table, rate
    >>> table = pd.DataFrame(
    ...     {
    ...         "region": ["Beijing", "Jiangsu", "Shanghai", "Zhejiang"],
    ...         "people_million": ["20.7", "79.2", "23.8", "54.8"],
    ...         "patents": ["86652", "63248", "48812", "51243"],
    ...         "per_million": ["4186.0", "798.5", "2050.9", "935.0"],
    ...     }
    ... )
    >>> diagnosis = diagnose_table(
    ...     table,
    ...     {"per_million": rate("patents", per="people_million")},
    ...     columns={"patents": Column(whole=True), "per_million": Column(multiplier=-6)},
    ... )
    >>> cause = diagnosis.findings[0]
    >>> print(cause)
    people_million is printed in millions, not in single units (4 rows fail, then none)
    >>> print(cause.change)
    columns['people_million'] = Column(multiplier=6)
    """
    from ipmetrics.tables.checking import check_table  # noqa: PLC0415 - loads narwhals
    from ipmetrics.tables.diagnosis.asking import asked_of  # noqa: PLC0415 - as above
    from ipmetrics.tables.diagnosis.causes.labels import permuted_labels  # noqa: PLC0415 - loads numpy
    from ipmetrics.tables.diagnosis.results import TableDiagnosis  # noqa: PLC0415 - only if it is asked for
    from ipmetrics.tables.diagnosis.searching import search  # noqa: PLC0415 - loads numpy

    question = asked_of(frame, formulas, columns, against, key, editions)
    found = search(question.scene)
    labels, notes = permuted_labels(question.scene, question.editions)
    ahead = [cause for cause in labels if not found.causes or cause.support >= found.causes[0].support]
    causes = (*ahead, *found.causes, *(cause for cause in labels if cause not in ahead))
    failing = {name: int(marks.fails.sum()) for name, marks in question.scene.trial.marks.items() if marks.fails.any()}
    checked = check_table(question.frame, question.formulas, columns)
    return TableDiagnosis(causes, checked, failing, found.left, (*notes, *found.notes))
