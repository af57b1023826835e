"""Context: what a sentence takes over from those before it, from its heading and from the headline.

This room holds it; what fills it in and what is taken from it stands elsewhere.
"""

from __future__ import annotations

import attrs

from ipmetrics.model.periods import Period
from ipmetrics.prose.english.drafts import Draft

__all__ = ["Context"]


@attrs.define
class Context:
    """What carries over from one sentence to the next.

    Parameters
    ----------
    region, period
        Of the paragraph, last named.
    title_region, title_period
        Of the headline or, without one there, of the first sentences that name one.
    section
        Words of the heading above, where they name what is counted below.
    section_region, section_period
        Its place and time.
    indicator, unit
        Last spoken of.
    last
        The last level of the sentences before: "of these" points to it.
    counted
        "application" or "case" where bare "patents" under this heading means those.
    local
        The last place of each sort: "the city" points to it.
    names
        Names that stand with a capital inside a sentence of the text.
    heading
        All words of the heading above.
    is_new_section
        Whether nothing has been measured under the heading yet.
    headline
        The first line of the text, in lower case.
    topic
        What the first lines speak of, and its unit.
    words
        The sentence that is being read, in lower case.
    """

    region: str | None = None
    period: Period | None = None
    title_region: str | None = None
    title_period: Period | None = None
    section: str = ""
    section_region: str | None = None
    section_period: Period | None = None
    indicator: str | None = None
    unit: str | None = None
    last: Draft | None = None
    counted: str | None = None
    local: dict[str, str] = attrs.field(factory=dict)
    names: frozenset[str] = frozenset()
    heading: str = ""
    is_new_section: bool = False
    headline: str = ""
    topic: tuple[str, str | None] | None = None
    words: str = ""

    @property
    def known_period(self) -> Period | None:
        """The time of a figure whose sentence names none."""
        return self.period or self.section_period or self.title_period
