"""What every reader returns: figures as they were printed, and what the file says about them.

This room knows one value. It refuses to read anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.tables.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Table"]


@attrs.frozen(eq=False)
class Table:
    r"""A table as it was read; unpacks into frame and columns.

    Parameters
    ----------
    frame
        A pandas data frame in which every figure is the text that was printed; nothing printed is ``""``.
    columns
        What the file itself says about precision and scale, for ``check_table(…, columns=…)``; a column of which
        it says nothing is left out.
    key
        The columns that tell rows apart, such as region and period; none where the file does not say.
    notes
        What the reader did that a person should know: figures kept back, observations deleted.

    Examples
    --------
    >>> import io
    >>> from ipmetrics.tables.readers import read_csv
    >>> frame, columns = read_csv(io.StringIO("region,granted\nHaidian,40\nBeijing,"))
    >>> frame["granted"].tolist(), columns
    (['40', ''], {})
    """

    frame: Any
    columns: Mapping[str, Column] = attrs.field(factory=dict)
    key: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        """Frame, then columns."""
        yield self.frame
        yield self.columns

    def __repr__(self) -> str:
        """How much there is, and what is said of it."""
        told = f", notes={len(self.notes)}" if self.notes else ""
        return f"Table({len(self.frame)} rows, columns={dict(self.columns)!r}, key={self.key!r}{told})"
