"""Reading an English article: every sentence, heading and row in order, each in the light of those before it.

This room puts the others in a row. It knows no word itself, but for those that announce a list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.english.carrying import carry, head
from ipmetrics.prose.english.context import Context
from ipmetrics.prose.english.dates import Role
from ipmetrics.prose.english.drafting import drafts_in, fill_in
from ipmetrics.prose.english.linking import link
from ipmetrics.prose.english.lookahead import LONGEST, look_ahead, stretches
from ipmetrics.prose.english.rows import Table
from ipmetrics.prose.english.sentences import Sentence, taken_apart
from ipmetrics.prose.english.stating import statements_of
from ipmetrics.prose.statements import Statement, Unread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ipmetrics.model.figures import FigureForm
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.kinds import Meaning
    from ipmetrics.prose.texts import Text

__all__ = ["read"]

_FEW = 5  # words of a line between two rows that heads those below
_ANNOUNCED = 120  # letters before a colon in which parts are announced
_WHOLES = 20  # levels of one sentence whose parts a list may give
_PARTED = re.compile(
    r"\b(?:break|breaks|broke|broken|breaking) down\b|\bmade up of\b|\bmake up\b|\bcompris\w+|\bconsist\w+|\bdivided\b"
    r"|\bof which\b|\bcomposed\b|\bas follows\b",
    re.IGNORECASE,
)


def read(text: Text, blocks: Sequence[Block], published: date | None) -> tuple[list[Statement], list[Unread]]:
    """What the English blocks of an article say.

    Parameters
    ----------
    text
        The article.
    blocks
        Its parts; those in other languages and furniture are passed over.
    published
        The day of publication.
    """
    wanted = [one for one in blocks if one.language is Language.ENGLISH and one.kind is not BlockKind.FURNITURE]
    reader = _Reader(text, wanted, published)
    for block in wanted:
        reader.read(block, is_first=block is wanted[0])
    return statements_of(reader.drafts, text), reader.unread


class _Reader:
    """What is known of an article up to the block that is being read."""

    def __init__(self, text: Text, blocks: Sequence[Block], published: date | None) -> None:
        self.drafts: list[Draft] = []
        self.unread: list[Unread] = []
        self._text = text
        self._published = published
        self._anchor: int | None = None
        """The year that "June" is taken to be of."""
        self._table: Table | None = None
        self._meanings: dict[FigureForm, Meaning] = {}
        """What the last figure of each form said, in the same list."""
        self._before_list: tuple[str | None, str | None] | None = None
        """What was measured before the list that is being read, and its unit."""
        self._wholes: list[Draft] = []
        """The levels whose parts the list that is being read gives."""
        ahead = look_ahead(text.clean, blocks, self._apart, published)
        self._context = Context(
            title_region=ahead.region,
            title_period=ahead.period,
            headline=ahead.headline,
            topic=ahead.topic,
            counted=ahead.counted,
            names=ahead.names,
        )
        self._counted = ahead.counted
        """What bare "patents" mean under the heading above, whatever the paragraph before said."""
        self._anchor = ahead.period.end.year if ahead.period is not None else None

    def read(self, block: Block, *, is_first: bool) -> None:
        """Read the next block."""
        clean = self._text.clean
        if block.kind is BlockKind.ROW:
            self._row(block.cells)
            return
        if block.kind is BlockKind.HEADING and clean.count("|", block.start, block.end) > 1:
            self._table = None
            self._row(_cells(clean, block))
            return
        if block.kind is not BlockKind.HEADING and len(clean[block.start : block.end].split(None, _FEW)) > _FEW:
            self._table = None
        self._begin(block.kind)
        self._in_or_out(block.kind)
        before = len(self.drafts)
        for start, end in stretches(clean, block):
            self._sentence(start, end, in_list=block.kind is BlockKind.ITEM)
        ends_in_colon = clean[block.start : block.end].rstrip().endswith(":")
        if block.kind is not BlockKind.ITEM and ends_in_colon:
            self._announce(block)
        says_nothing = ends_in_colon and len(self.drafts) == before
        if not is_first and (block.kind is BlockKind.HEADING or says_nothing):
            head(self._context, self._apart(block.start, min(block.end, block.start + LONGEST)))
            self._counted = self._context.counted

    def _begin(self, kind: BlockKind) -> None:
        """Forget what does not carry over into a block of that kind."""
        context = self._context
        if kind is not BlockKind.ITEM:
            self._meanings = {}
            self._wholes = []
        if kind is BlockKind.PARAGRAPH:
            context.counted = self._counted
            context.region = context.period = None
            if context.title_period is not None:
                self._anchor = context.title_period.end.year

    def _in_or_out(self, kind: BlockKind) -> None:
        """Forget behind a list what its items measured: what follows goes on from the words before the list."""
        context = self._context
        if kind is BlockKind.ITEM:
            self._before_list = self._before_list or (context.indicator, context.unit)
            return
        if self._before_list is not None and self._before_list[0] is not None:
            context.indicator, context.unit = self._before_list
        self._before_list = None

    def _is_past(self, day: date) -> bool:
        return self._published is None or day.year <= self._published.year

    def _apart(self, start: int, end: int) -> Sentence:
        return taken_apart(self._text.clean, start, end, anchor=self._anchor, published=self._published)

    def _row(self, cells: Sequence[tuple[int, int]]) -> None:
        sentences = [self._apart(start, min(end, start + LONGEST)) for start, end in cells]
        if self._table is None or self._table.starts_anew(sentences):
            self._table = Table.headed(sentences)
            if not self._table.headless:
                return
        self.drafts += self._table.row(sentences, self._context)

    def _sentence(self, start: int, end: int, *, in_list: bool) -> None:
        sentence = self._apart(start, end)
        for when in sentence.whens:
            if when.role is Role.TIME and when.explicit and when.period is not None and self._is_past(when.period.end):
                self._anchor = when.period.end.year
        self._context.words = sentence.clean[start:end].lower()
        drafts = drafts_in(sentence, self._meanings)
        link(drafts)
        if in_list:
            self._add_part(drafts)
        fill_in(sentence, drafts, self._context, self._published)
        carry(self._context, sentence, drafts, self._is_past)
        for draft in drafts:
            if draft.indicator is None and draft.unit is None:
                span, quote = self._text.span(draft.start, draft.end), self._text.quote(draft.start, draft.end)
                self.unread.append(Unread(span=span, quote=quote, reason="nothing says what it counts"))
            else:
                self.drafts.append(draft)

    # -------------------------------------------------------------------------- lists
    def _announce(self, block: Block) -> None:
        """Note the levels whose parts a line says will follow: "The 20 new ones break down as follows:"."""
        words = self._text.clean[block.start : block.end].rstrip()
        if not _PARTED.search(words[-_ANNOUNCED:]):
            return
        levels = (one for one in reversed(self.drafts) if one.is_level and one.is_plain and not one.is_base)
        last = next(levels, None)
        while last is not None and len(self._wholes) < _WHOLES:
            last.complete = True
            self._wholes.insert(0, last)
            following = next(levels, None)
            last = following if following is not None and following.sentence.start == last.sentence.start else None

    def _add_part(self, drafts: Sequence[Draft]) -> None:
        """Tie the item of a list to the whole that it is said to be a part of."""
        part = next(
            (one for one in drafts if one.is_level and one.is_plain and one.about is None and not one.is_base), None
        )
        if part is not None:
            for whole in self._wholes:
                whole.parts.append(part)


def _cells(clean: str, block: Block) -> list[tuple[int, int]]:
    """The cells of a header that stands alone between blank lines."""
    cells, start = [], block.start
    for part in clean[block.start : block.end].split("|"):
        lead = len(part) - len(part.lstrip())
        cells.append((start + lead, start + lead + len(part.strip())))
        start += len(part) + 1
    return cells
