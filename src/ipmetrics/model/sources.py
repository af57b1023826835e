"""Where a statement was printed: who, in what, when, at which place, in which words."""

from __future__ import annotations

import datetime as dt

import attrs

__all__ = ["Source"]


@attrs.frozen
class Source:
    """Where a claim was printed.

    Parameters
    ----------
    producer, title, date
        Who printed it, in what, when. Claims of equal producer, title and date are of one source: a restatement
        within it counts once.
    locator
        Where in the source: a page, a paragraph.
    quote, span
        The words printed, and their first and last offset in the text.
    url
        Where the source can be read.

    Examples
    --------
    >>> Source(title="White paper 2021", locator="paragraph 5").document == (None, "White paper 2021", None)
    True
    """

    producer: str | None = None
    title: str | None = None
    date: dt.date | None = None
    locator: str | None = attrs.field(default=None, kw_only=True)
    quote: str | None = attrs.field(default=None, kw_only=True)
    span: tuple[int, int] | None = attrs.field(default=None, kw_only=True)
    url: str | None = attrs.field(default=None, kw_only=True)

    @property
    def document(self) -> tuple[str | None, str | None, dt.date | None]:
        """What makes two sources one: producer, title and date."""
        return (self.producer, self.title, self.date)
