"""Every re-reading that the rooms next door propose, for one claim or for several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.diagnosis.attachments import attachment_rereadings
from ipmetrics.diagnosis.companions import companion_rereadings
from ipmetrics.diagnosis.meanings import meaning_rereadings
from ipmetrics.diagnosis.numerals import numeral_rereadings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
    from ipmetrics.intervals import Interval

__all__ = ["companion_rereadings", "rereadings"]


def rereadings(around: Surroundings, place: int, needed: Interval | None = None) -> Iterator[Rereading]:
    """How one claim may have been meant; slips of the numeral that cannot meet what is needed are passed over."""
    yield from numeral_rereadings(around, place, needed)
    yield from meaning_rereadings(around, place)
    yield from attachment_rereadings(around, place)
