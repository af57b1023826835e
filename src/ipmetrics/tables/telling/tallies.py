"""How many rows have which verdicts and reasons: counted from codes, in memory or inside an engine.

This room counts small whole numbers and says what they mean. It has never seen a figure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ipmetrics.tables.engines.joining import collected
from ipmetrics.tables.verdicts import REASON_CODES, VERDICT_CODES, RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipmetrics.tables.engines.eager import Answer
    from ipmetrics.tables.engines.lazy import Coded

__all__ = ["Tally", "tally_of_answers", "tally_of_codes"]

Tally = Counter[tuple[tuple[RowVerdict | None, RowReason | None], ...]]
"""How many rows have these verdicts and reasons, one pair for each formula."""

_VERDICTS: dict[int, RowVerdict] = {code: verdict for verdict, code in VERDICT_CODES.items()}
_REASONS: dict[int, RowReason] = {code: reason for reason, code in REASON_CODES.items()}
_KINDS = len(VERDICT_CODES) + 1
_WHYS = len(REASON_CODES) + 1
_MOST_KEYS = 1 << 20
_CHUNK = 1 << 16


def _said(codes: Iterable[tuple[int, int]]) -> tuple[tuple[RowVerdict | None, RowReason | None], ...]:
    """Return what the codes of verdict and reason of each formula mean."""
    return tuple((_VERDICTS.get(verdict), _REASONS.get(reason)) for verdict, reason in codes)


def tally_of_answers(answers: Mapping[str, Answer]) -> Tally:
    """Count the rows of each combination, from arrays of codes."""
    if len(answers) == 1:
        return _tally_of_one(next(iter(answers.values())))
    found: Tally = Counter()
    keys: np.ndarray[Any, np.dtype[np.int64]] | None = None
    known: list[tuple[tuple[int, int], ...]] = [()]
    for answer in answers.values():
        mine = answer.verdict.astype(np.int64) + 1
        if answer.reason is not None:
            mine = mine * _WHYS + answer.reason
        size = _KINDS * (_WHYS if answer.reason is not None else 1)
        pairs = [
            (code // _WHYS - 1, code % _WHYS) if answer.reason is not None else (code - 1, 0) for code in range(size)
        ]
        # Numbered anew after each formula, so that keys stay small whatever the number of formulas.
        keys = mine if keys is None else keys * size + mine
        counts = np.bincount(keys, minlength=1) if len(known) * size <= _MOST_KEYS else None
        seen = np.flatnonzero(counts) if counts is not None else np.unique(keys)
        numbers = np.zeros(int(seen.max()) + 1 if seen.size else 1, dtype=np.int64)
        numbers[seen] = np.arange(seen.size)
        known = [(*known[int(key) // size], pairs[int(key) % size]) for key in seen]
        keys = numbers[keys]
    if keys is not None and keys.size:
        for number, count in enumerate(np.bincount(keys).tolist()):
            found[_said(known[number])] += count
    return found


def _tally_of_one(answer: Answer) -> Tally:
    """Count the rows of one formula, chunk by chunk, so that counting costs next to nothing."""
    counts = np.zeros(_KINDS * _WHYS, dtype=np.int64)
    for first in range(0, answer.verdict.size, _CHUNK):
        rows = slice(first, first + _CHUNK)
        keys = answer.verdict[rows] + np.int8(1)
        if answer.reason is not None:
            keys = keys + answer.reason[rows] * np.int8(_KINDS)
        counts += np.bincount(keys, minlength=counts.size)
    return Counter(
        {_said([(key % _KINDS - 1, key // _KINDS)]): count for key, count in enumerate(counts.tolist()) if count}
    )


def tally_of_codes(coded: Coded, names: Sequence[str], *, reasons: bool) -> Tally:
    """Count the rows of each combination, from columns of codes inside an engine."""
    found: Tally = Counter()
    frame = coded.frame
    verdicts = [f"__ipm_verdict_{name}" for name in names]
    if len(names) == 1 and not reasons:
        # One formula needs no groups: a sum for each code is quicker, and the most frequent is what is left.
        code = nw.col(verdicts[0])
        others = coded.possible[names[0]]
        # polars adds truths up as they are; other engines want numbers.
        truths = frame.implementation.is_polars()
        found_codes = [code == number if truths else (code == number).cast(nw.Int64) for number in others]
        sums = [one.sum().alias(f"__ipm_{number + 1}") for one, number in zip(found_codes, others, strict=True)]
        row = collected(frame.select(nw.len().alias("__ipm_rows"), *sums)).rows(named=True)[0]
        counts = {number: int(row[f"__ipm_{number + 1}"] or 0) for number in others}
        counts[0] = int(row["__ipm_rows"]) - sum(counts.values())
        return Counter({_said([(number, 0)]): count for number, count in sorted(counts.items()) if count})
    whys = [f"__ipm_reason_{name}" for name in names] if reasons else []
    counted = collected(frame.group_by(*verdicts, *whys).agg(nw.len().alias("__ipm_rows")))
    for row in counted.rows(named=True):
        told = [int(row[why]) for why in whys] or [0] * len(names)
        found[_said((int(row[verdict]), why) for verdict, why in zip(verdicts, told, strict=True))] += int(
            row["__ipm_rows"]
        )
    return found
