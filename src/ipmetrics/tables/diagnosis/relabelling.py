"""Labels that slipped: which rows of a cumulative table carry the figures of another label, and of which.

This room knows what to say of a row once its figures have been held against every label: proved, likely or undecided.
It never moves a label for a better fit alone, and it refuses to guess: where two labels would do, both are named.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np

from ipmetrics.errors import Fault, TableError
from ipmetrics.tables.diagnosis.relabelling_editions import Names, read_editions
from ipmetrics.tables.diagnosis.relabelling_evidence import Evidence, evidence_of
from ipmetrics.tables.diagnosis.relabelling_matching import ODDS, Matching, match_rows
from ipmetrics.tables.diagnosis.relabelling_wording import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.diagnosis.relabelling_editions import Edition

__all__ = ["Certainty", "Relabelling", "RowLabel", "find_relabelling"]


class Certainty(StrEnum):
    """How sure the label of a row is.

    ============= ==========================================================================================
    ``PROVED``    every way to give each label to one row, against which no figure stands, gives it this label
    ``LIKELY``    every other label is at least twenty times less likely
    ``UNDECIDED`` several labels would do, or none
    ============= ==========================================================================================

    Examples
    --------
    >>> Certainty("proved") is Certainty.PROVED
    True
    """

    PROVED = "proved"
    LIKELY = "likely"
    UNDECIDED = "undecided"


@attrs.frozen
class RowLabel:
    """Whose figures a row carries.

    Parameters
    ----------
    printed
        The label printed on the row.
    true
        The label whose figures they are; None if that is undecided.
    certainty
        How sure that is.
    candidates
        Every label that may be the true one, the likeliest first; none if no label explains the row.
    fits
        Whether the printed label is possible at all.
    odds
        How many times likelier the first candidate is than any other label: infinite if there is no other, below 1
        where another fits better and the label stands because nothing was found, 0 without a candidate.

    Examples
    --------
    >>> print(RowLabel("Tianjin", "Taiwan", Certainty.PROVED, ("Taiwan",), fits=False, odds=math.inf))
    Tianjin: Taiwan (proved)
    """

    printed: str
    true: str | None
    certainty: Certainty
    candidates: tuple[str, ...]
    fits: bool
    odds: float

    @property
    def moved(self) -> bool:
        """Whether these are known to be the figures of another label, be it decided or not of which."""
        return bool(self.candidates) and self.printed not in self.candidates

    def __str__(self) -> str:
        return f"{self.printed}: {' or '.join(self.candidates) or 'no label explains it'} ({self.certainty})"


@attrs.frozen
class Relabelling:
    """What was found out about the labels of a table.

    Parameters
    ----------
    found
        Whether labels have moved: printed ones are impossible, and others are not.
    columns
        The columns whose figures stand in the wrong rows, together.
    rows
        Whose figures each row carries, in the order of the table. If nothing was found, every label that fits stands.
    fails_before, fails_after
        How many rows are impossible with the printed labels, and with the likeliest ones.
    odds
        How many times likelier it is that the labels moved so than that they stand, and that the figures of
        impossible rows are wrong instead. The number of ways to move labels is paid for.
    spreads
        For each thing that was weighed, how far the rows are from their common ratio, on average: 0.1 is 10 percent.
    left_over
        Labels of the later tables whose figures no row can be said to carry.
    unread
        Cells without a readable figure, which say nothing, and why.
    words
        All of this in a few sentences.

    Examples
    --------
    >>> row = RowLabel("Tianjin", "Taiwan", Certainty.PROVED, ("Taiwan",), fits=False, odds=math.inf)
    >>> answer = Relabelling(True, ("total",), (row,), 1, 0, 90.0, {}, ("Tianjin",), (), "One row moved.")
    >>> answer["Tianjin"].true
    'Taiwan'
    >>> print(answer)
    One row moved.
      Tianjin: Taiwan (proved)
    """

    found: bool
    columns: tuple[str, ...]
    rows: tuple[RowLabel, ...]
    fails_before: int
    fails_after: int
    odds: float
    spreads: Mapping[str, float]
    left_over: tuple[str, ...]
    unread: tuple[str, ...]
    words: str

    def __getitem__(self, printed: str) -> RowLabel:
        """Return the row that a label is printed on."""
        for row in self.rows:
            if row.printed == printed:
                return row
        raise KeyError(printed)

    def __str__(self) -> str:
        told_of = [row for row in self.rows if self.found and row.true != row.printed]
        return "\n".join([self.words, *(f"  {row}" for row in told_of)])


def find_relabelling(  # noqa: PLR0913 - one for each column that such a table has
    earlier: Any,  # noqa: ANN401 - any frame that narwhals knows
    later: Any | Sequence[Any],  # noqa: ANN401 - as above
    *,
    key: str,
    cumulative: str,
    flow: str,
    recent: str | None = None,
    growth: str | None = None,
    within: str | None = None,
    period: str = "period",
    parts: Mapping[str, str] | None = None,
    columns: Mapping[str, Column] | None = None,
    odds: float = ODDS,
) -> Relabelling:
    """Find out whether the labels of a cumulative table have moved, and whose figures each row carries.

    Running totals only grow, by the flow: what was counted when a later year began is the later total less the flow
    since then, and no earlier total is larger. Which labels that leaves each row is exact. Which of them is likely
    follows from what ought to be in proportion: the rise between the editions and the row's own flow before it, the
    flow and the same label's flow later, whole years and the years after them. How close these proportions are is read
    off the table itself. The answer depends neither on the order of the rows nor on what the labels are called.

    It is tried whether whole rows moved, the running totals alone, or the flows alone; what mends most is reported, and
    of equals whole rows, unless another is so many times likelier. Labels that are all possible are left alone, however
    well others would fit: then ``odds`` of the answer says how well.

    Parameters
    ----------
    earlier
        The table in question, in any eager or lazy frame that narwhals knows: printed strings, or whole numbers.
    later
        One or more later editions of it, whose labels are trusted.
    key
        The column of labels.
    cumulative, flow, recent
        The columns of running totals; of the flow since the year began; and, if there is one, of the flow of the
        period itself, which says best how fast the total was rising.
    growth
        The growth of the flow on the same months of the year before, from which the later tables tell of the time of
        the earlier one.
    within
        A column of groups that no label has left, such as provinces and cities printed in two blocks.
    period
        The column that says what period a table is of: years end in December.
    parts
        For labels that are parts of others, the whole: no part is larger.
    columns
        How columns were printed, where their strings do not say so: counts are exact, growth is rounded.
    odds
        How many times likelier than every other label a likely one is.

    Returns
    -------
    Relabelling
        With ``found`` False where the printed labels may stand.

    Raises
    ------
    TableError
        If the tables cannot be held against each other, with all reasons, or scipy is not installed.

    Examples
    --------
    >>> import pandas as pd
    >>> earlier = pd.DataFrame(
    ...     {
    ...         "period": "2012-10",
    ...         "region": ["Jiangsu", "Fujian", "Taiwan", "Tianjin", "Tibet"],
    ...         "year": ["81829", "6337", "9868", "9538", "67"],
    ...         "total": ["322034", "34914", "68178", "113286", "489"],
    ...     }
    ... )
    >>> later = pd.DataFrame(
    ...     {
    ...         "period": "2013-04",
    ...         "region": ["Jiangsu", "Fujian", "Taiwan", "Tianjin", "Tibet"],
    ...         "year": ["25657", "2890", "3815", "3515", "16"],
    ...         "total": ["375953", "39959", "119311", "75412", "519"],
    ...     }
    ... )
    >>> found = find_relabelling(earlier, later, key="region", cumulative="total", flow="year")
    >>> print(found["Tianjin"])
    Tianjin: Taiwan (proved)
    >>> found.fails_before, found.fails_after
    (1, 0)
    """
    names = Names(key, cumulative, flow, period, recent, growth, within)
    editions = list(later) if isinstance(later, list | tuple) else [later]
    first, after = read_editions(earlier, editions, names, columns or {})
    if odds <= 1:
        raise TableError(odds, rule="odds= is above 1", way_out="pass 20")
    tried = [_tried(first, after, names, frozenset(names.counts), parts or {}, odds)]
    if tried[0].fails_before:
        alone = (frozenset({cumulative}), frozenset(names.counts[:-1]))
        tried += [_tried(first, after, names, moved, parts or {}, odds) for moved in alone]
    margin = math.log(odds)
    best = min(tried, key=lambda each: (each.left, each.matching.cost + margin * (each is not tried[0])))
    return _concluded(best, tried, first, after, names, odds)


@attrs.frozen(eq=False)
class _Tried:
    """One supposition about which columns moved, with the labels that fit it best.

    ``left`` counts the contradictions that stay: rows whose label is impossible even so, and printed labels that no row
    at all can carry, because what did not move contradicts itself.
    """

    moved: frozenset[str]
    evidence: Evidence
    matching: Matching
    fails_before: int
    fails_after: int
    left: int


def _tried(
    first: Edition, later: Sequence[Edition], names: Names, moved: frozenset[str], parts: Mapping[str, str], odds: float
) -> _Tried:
    evidence = evidence_of(first, later, names, moved)
    place = {label: at for at, label in enumerate(evidence.labels)}
    unknown = sorted({*parts, *parts.values()} - place.keys())
    faults = [Fault("parts", f"{label!r} is no label") for label in unknown]
    if faults:
        rule = "parts= names labels of the tables"
        raise TableError(f"{len(faults)} others", rule=rule, way_out="leave these out", faults=faults)
    matching = match_rows(
        evidence.possible,
        evidence.deviations,
        evidence.unlike,
        evidence.printed,
        at_most=evidence.at_most,
        parts=[(place[part], place[whole]) for part, whole in parts.items()],
        odds=odds,
    )
    rows = np.arange(len(first.labels))
    fails_before = int(np.sum(~evidence.possible[rows, evidence.printed] | evidence.broken))
    fails_after = int(np.sum(~evidence.possible[rows, matching.best] | evidence.broken))
    left_out = np.setdiff1d(evidence.printed, matching.best)
    left = fails_after + int(np.sum(~evidence.possible[:, left_out].any(axis=0)))
    return _Tried(moved, evidence, matching, fails_before, fails_after, left)


def _concluded(
    best: _Tried, tried: Sequence[_Tried], first: Edition, later: Sequence[Edition], names: Names, odds: float
) -> Relabelling:
    """Say what follows from the best supposition.

    Labels have moved if some are impossible and fewer of others, unless wrong figures are so many times likelier.
    Labels that are all possible are never said to have moved, however well others would fit.
    """
    gain = best.matching.gain
    found = best.left < best.fails_before and gain > -math.log(odds)
    rows = tuple(_row(best, row, found=found) for row in range(len(first.labels)))
    carried = {label for row in rows for label in row.candidates}
    others_have = dict.fromkeys(label for edition in later for label in edition.labels)
    relabelling = Relabelling(
        found=found,
        columns=_in_order(names, best) if found else (),
        rows=rows,
        fails_before=best.fails_before,
        fails_after=best.fails_after,
        odds=_odds(gain),
        spreads={name: spread for name, (_, spread) in best.matching.spreads.items()},
        left_over=tuple(label for label in others_have if label not in carried) if found else (),
        unread=tuple(cell for edition in (first, *later) for cell in edition.unread),
        words="",
    )
    others = [
        (_in_order(names, other), other.left, _odds(other.matching.cost - best.matching.cost))
        for other in tried
        if other is not best
    ]
    return attrs.evolve(relabelling, words=told(relabelling, first, names, odds, others))


def _in_order(names: Names, tried: _Tried) -> tuple[str, ...]:
    return tuple(name for name in names.counts if name in tried.moved)


def _row(best: _Tried, row: int, *, found: bool) -> RowLabel:
    matching, labels = best.matching, best.evidence.labels
    mine = int(best.evidence.printed[row])
    broken = bool(best.evidence.broken[row])
    fits = bool(best.evidence.possible[row, mine]) and not broken
    left = np.flatnonzero(matching.plausible[row])
    if not found:
        left = np.array([mine] if fits else [], dtype=np.intp)
    prices = matching.price[row]
    candidates = tuple(labels[label] for label in sorted(left, key=lambda label: (prices[label], labels[label])))
    if not candidates:
        return RowLabel(labels[mine], None, Certainty.UNDECIDED, (), fits=fits, odds=0.0)
    others = [prices[label] for label in np.flatnonzero(matching.exact[row]) if labels[label] != candidates[0]]
    ahead = float(min(others, default=math.inf) - prices[labels.index(candidates[0])])
    if len(candidates) > 1:
        return RowLabel(labels[mine], None, Certainty.UNDECIDED, candidates, fits=fits, odds=_odds(ahead))
    certainty = Certainty.PROVED if matching.complete and not others and not broken else Certainty.LIKELY
    return RowLabel(labels[mine], candidates[0], certainty, candidates, fits=fits, odds=_odds(ahead))


def _odds(logarithm: float) -> float:
    """Return odds from their logarithm; infinite where a float cannot hold them."""
    return math.exp(logarithm) if logarithm < 700 else math.inf
