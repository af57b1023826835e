"""Passages: what of a text could not be used, word for word, with the reason."""

from __future__ import annotations

import attrs

__all__ = ["Passage"]


@attrs.frozen(kw_only=True)
class Passage:
    """Words of a text that no claim was made of.

    Parameters
    ----------
    span
        Their first and last offset (exclusive) in the text.
    quote
        The words.
    reason
        Why there is no claim.
    document
        Where they stand, if there are several texts.
    """

    span: tuple[int, int]
    quote: str
    reason: str
    document: str | None = None

    def __str__(self) -> str:
        """The words and the reason."""
        where = f"{self.document}: " if self.document else ""
        return f"{where}“{self.quote}”: {self.reason}"
