"""What a probe proposes: one cause, the reading that goes with it, and what it assumes.

This room holds the value alone. Whether a proposal helps is found out by `trials`, and how it ranks by `ranking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs
import numpy as np
from numpy.typing import NDArray

from ipmetrics.tables.diagnosis.results import CauseKind, RowChange
from ipmetrics.tables.diagnosis.trials import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipmetrics.tables.diagnosis.scenes import Scene

    Probe = Callable[[Scene], Iterator["Proposal"]]

__all__ = ["Proposal"]


@attrs.frozen
class Proposal:
    """One cause that may explain why rows fail.

    Parameters
    ----------
    kind, column, words, why
        As they will be told.
    reading
        What is to be read otherwise.
    cost
        What it assumes, in bits: the more other things of its kind might have been proposed, the more.
    evidence
        What speaks for it beside the rows that it makes right, in bits.
    changes
        What single rows would say instead.
    single
        Whether it lies in single cells, and is not blamed on more than these.
    least
        How many rows it must make right.
    sharpens
        Whether it is of use even if it makes no row right, because figures then state more.
    spares
        Whether it concerns few figures of the column, so that the others state no less than before.
    against
        Which rows speak against it, a bit each.
    settled
        By formula, which rows the probe has proved to pass, and with what chance wrong figures would (NaN for the
        other rows); then nothing is judged again.
    """

    kind: CauseKind
    column: str
    words: str
    reading: Reading
    cost: float
    why: str = ""
    evidence: float = 0.0
    changes: tuple[RowChange, ...] = ()
    single: bool = False
    least: int = 2
    sharpens: bool = False
    spares: bool = False
    against: NDArray[np.bool_] | None = attrs.field(default=None, eq=False)
    settled: Mapping[str, NDArray[np.float64]] | None = attrs.field(default=None, eq=False)
