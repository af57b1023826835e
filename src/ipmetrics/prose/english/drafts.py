"""Drafts: what is known so far of one figure while its sentence is read.

This room holds notes; the rooms around it fill them in, and the last makes statements of them.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.model.periods import Period
from ipmetrics.prose.english.mentions import Mention
from ipmetrics.prose.english.phrases import Phrase
from ipmetrics.prose.english.sentences import Sentence
from ipmetrics.prose.english.subjects import subject_of
from ipmetrics.prose.statements import Direction, Kind, Status

__all__ = ["Draft"]


@attrs.define(eq=False, kw_only=True)
class Draft:
    """Notes on one figure."""

    sentence: Sentence
    token: int
    start: int
    end: int
    mention: Mention | None
    """None for a rank."""
    figure: str
    printed: str
    value: Fraction
    kind: Kind
    direction: Direction | None = None
    phrase: Phrase | None = None
    """What stands behind the figure as the thing it counts."""
    unit: str | None = None
    indicator: str | None = None
    region: str | None = None
    period: Period | None = None
    about: Draft | None = None
    """The level whose change, share, multiple or rank it is, or that it only prints in another currency."""
    base: Draft | None = None
    """The level it is compared with."""
    base_words: str | None = None
    base_region: str | None = None
    base_period: Period | None = None
    is_base: bool = False
    """Whether another figure is compared with it."""
    is_converted: bool = False
    """Whether it is another one's amount in another currency."""
    others: list[Draft] = attrs.field(factory=list)
    """Other levels that it may be about."""
    status: Status = Status.ACTUAL
    per: str | None = None
    whole: Draft | None = None
    """The level that this one is said to be part of: "of these, 1,164"."""
    scope: dict[str, str] = attrs.field(factory=dict)
    parts: list[Draft] = attrs.field(factory=list)
    """The levels that it is said to be made up of."""
    complete: bool | None = None
    """Whether the parts are all there are; None where it is made up of nothing."""
    borrowed: list[str] = attrs.field(factory=list)
    """Which of its names come from other sentences."""
    doubts: list[str] = attrs.field(factory=list)

    @property
    def is_level(self) -> bool:
        """Whether it prints an amount that others may be about."""
        return self.kind is Kind.LEVEL

    @property
    def is_plain(self) -> bool:
        """Whether it is a number without percent, points or times."""
        return self.mention is not None and self.mention.form is FigureForm.NUMBER

    @property
    def is_own_level(self) -> bool:
        """Whether it prints an amount for its own sake: neither to compare with nor once more in another currency."""
        return self.is_level and not self.is_base and not self.is_converted

    @cached_property
    def subject(self) -> Phrase | None:
        """The subject of its clause."""
        return subject_of(self.sentence, self.token)

    @cached_property
    def before(self) -> str:
        """The plain forms in front of it."""
        return self.sentence.before(self.token)

    @cached_property
    def after(self) -> str:
        """The plain forms behind it."""
        return self.sentence.after(self.token)
