"""Texts: an article as it was given and as it is read, with the way back from every letter of the one to the other.

This room knows letters: full-width forms, invisible marks, fixed spaces. It knows no word.
"""

from __future__ import annotations

import re

import attrs

__all__ = ["Text"]

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@attrs.frozen
class Text:
    """A text, cleaned for reading, that can tell where in the given text anything stands.

    Parameters
    ----------
    given
        The text as it was given; all spans that leave this package index it.
    clean
        The text that is read: full-width digits and signs narrowed, fixed spaces plain, marks without width left out.
    offsets
        For every letter of ``clean``, and for its end, the offset in ``given``; None if both are letter by letter
        alike.
    """

    given: str
    clean: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the given text of a stretch of the clean one."""
        if self.offsets is None:
            return start, end
        first = self.offsets[start]
        if end <= start:
            return first, first
        last = self.offsets[end - 1]
        entity = _ENTITY.match(self.given, last)  # a letter that is written as "&#37;" is as long as that
        return first, entity.end() if entity is not None else last + 1

    def quote(self, start: int, end: int) -> str:
        """The words of the given text behind a stretch of the clean one."""
        first, last = self.span(start, end)
        return self.given[first:last]
