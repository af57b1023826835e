"""Reading: the blocks of an article to statements, sentence by sentence, figure by figure.

This room knows in which order the other rooms work. What a word means is told there.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ipmetrics.prose.blocks import BlockKind, Language
from ipmetrics.prose.chinese.chains import chains_of, spread
from ipmetrics.prose.chinese.clauses import slots_of, tail_of
from ipmetrics.prose.chinese.drafts import Draft, finished, relative
from ipmetrics.prose.chinese.kinds import as_aimed, decide, status_of
from ipmetrics.prose.chinese.linking import link
from ipmetrics.prose.chinese.naming import name, topic_of
from ipmetrics.prose.chinese.noclaims import is_context, is_place_in_order, masks
from ipmetrics.prose.chinese.numerals import scan
from ipmetrics.prose.chinese.periods import Clock, mentions
from ipmetrics.prose.chinese.placing import place_in_time, place_on_map
from ipmetrics.prose.chinese.regions import home
from ipmetrics.prose.chinese.story import Ground, Story, ground_of
from ipmetrics.prose.chinese.tables import read_rows
from ipmetrics.prose.chinese.words import simplified
from ipmetrics.prose.statements import Kind, Statement, Unread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ipmetrics.prose.blocks import Block
    from ipmetrics.prose.chinese.clauses import Slot, Tail
    from ipmetrics.prose.chinese.kinds import Decision
    from ipmetrics.prose.chinese.numerals import Token
    from ipmetrics.prose.texts import Text

__all__ = ["read"]

_OPENING = 6  # blocks that may say what a text is about
_FIRST = 600  # letters of them
_RECENT = 24  # figures that one may go back to; reading a sentence of thousands stays linear


def read(text: Text, blocks: Sequence[Block], published: date | None) -> tuple[list[Statement], list[Unread]]:
    """Read the figures of the Chinese blocks of an article.

    Parameters
    ----------
    text
        The article.
    blocks
        Its parts; furniture and other languages are passed over.
    published
        The day it was published, by which 今年 and 去年 are read.

    Returns
    -------
    tuple
        The statements, in the order of the text, and what looks like one and could not be resolved.
    """
    kept = [block for block in blocks if block.language is Language.CHINESE and block.kind is not BlockKind.FURNITURE]
    story = _begin(text, kept, published)
    drafts: list[Draft] = []
    unread: list[Unread] = []
    index = 0
    while index < len(kept):
        block = kept[index]
        if block.kind is BlockKind.ROW and block.cells:
            last = index
            while last < len(kept) and kept[last].kind is BlockKind.ROW:
                last += 1
            drafts.extend(read_rows(story, kept[index:last]))
            index = last
            continue
        _read_block(story, block, drafts, unread)
        index += 1
    return finished(text, drafts), unread


def _begin(text: Text, blocks: Sequence[Block], published: date | None) -> Story:
    """What the title and the first paragraphs say of the time and the place of the whole."""
    page = simplified(text.clean)
    republic = page != text.clean and any(word in page for word in ("台湾", "民国", "智慧财产", "台北", "智慧局"))
    story = Story(text=text, page=page, clock=Clock(published, republic=republic))
    opening = [(block.start, min(block.end, block.start + _FIRST)) for block in blocks[:_OPENING]]
    story.home = home(page, opening)
    story.letters = {ord(new): old for new, old in zip(page, text.clean, strict=True) if new != old}
    if republic and story.home in {"中国", "台湾", None}:
        story.home = "台湾"
    story.home = story.printed(story.home) if story.home else None
    for start, end in opening:
        named = [each for each in mentions(page, start, end, Clock(published, republic=republic)) if not each.base]
        told = [each.period for each in named if each.period is not None]
        if told:
            story.period = told[0]
            break
    return story


def _read_block(story: Story, block: Block, drafts: list[Draft], unread: list[Unread]) -> None:
    story.block, story.flow, story.point = [], None, None
    lead = story.lead_point or story.lead or story.period
    story.clock.year = lead.end.year if lead is not None else None
    none = masks(story.page, block.start, block.end)
    ground = ground_of(story, block.start, block.end, none)
    story.skipped = ground.skipped
    hidden = _hidden(none, ground)
    starts = [first for first, _ in hidden]
    for start, end in block.sentences or ((block.start, block.end),):
        found = _read_sentence(story, (start, end), ground, (starts, hidden), unread)
        drafts.extend(found)
        story.block.extend(found)
    if block.kind is BlockKind.HEADING:
        _head(story, block, ground)


def _head(story: Story, block: Block, ground: Ground) -> None:
    """A heading names the subject, and perhaps the place, of what stands under it."""
    told = [draft.indicator for draft in story.block if draft.indicator and draft.kind is Kind.LEVEL]
    held = simplified(told[0]) if told else topic_of(story.page, block.start, block.end, ground.skipped)
    story.topic = held or story.topic
    named = [place for place in ground.places if place.sort == "place" and not place.base]
    story.section = named[0].name if len(named) == 1 and named[0].name not in (story.home or "") else None


def _hidden(none: list[tuple[int, int]], ground: Ground) -> list[tuple[int, int]]:
    """The stretches of a block whose numbers are no figures, in order and without overlap."""
    found = sorted([(time.start, time.end) for time in ground.times] + none)
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _read_sentence(
    story: Story,
    sentence: tuple[int, int],
    ground: Ground,
    hidden: tuple[list[int], list[tuple[int, int]]],
    unread: list[Unread],
) -> list[Draft]:
    page = story.page
    start, end = sentence
    tokens = [token for token in scan(page, start, end) if not _is_hidden(token, *hidden)]
    tokens = [token for token in tokens if _counts(page, token, start, end)]
    slots = slots_of(page, start, end, tokens)
    drafts: list[Draft] = []
    for chain in chains_of(page, slots, ground):
        head = chain[0]
        loose = relative(head.token) or head.token.is_rank
        tail = tail_of(page, head.left, head.token.start, ground.ends, names=ground.names, relative=loose)
        decision = decide(page, head, tail)
        before = drafts[-_RECENT:]
        made = [_draft(story, slot, tail, decision, sentence, ground, before) for slot in chain]
        if len(made) > 1:
            spread(story, made, tail, ground, before)
        for draft in made:
            _settle(story, draft, tail, before, unread)
        drafts.extend(draft for draft in made if draft.indicator is not None)
    _remember(story, start, end, ground)
    return drafts


def _settle(story: Story, draft: Draft, tail: Tail, drafts: list[Draft], unread: list[Unread]) -> None:
    """Link a draft and keep it; without anything it could be about it is only told."""
    if draft.indicator is None:
        token = draft.token
        if token.measure or relative(token):
            quote = story.text.quote(draft.start, token.end)
            reason = "no words near it say what is counted"
            unread.append(Unread(span=story.text.span(draft.start, token.end), quote=quote, reason=reason))
        return
    link(draft, tail, drafts[-_RECENT:])
    drafts.append(draft)


def _is_hidden(token: Token, starts: list[int], hidden: list[tuple[int, int]]) -> bool:
    index = bisect_right(starts, token.end - 1) - 1
    return index >= 0 and hidden[index][1] > token.numeral


def _counts(page: str, token: Token, start: int, end: int) -> bool:
    before = page[max(start, token.start - 80) : token.start]
    if token.is_rank:
        return is_place_in_order(page, token, before, end=end)
    return bool(token.figure) and not is_context(page, token, before, end=end)


def _draft(
    story: Story,
    slot: Slot,
    tail: Tail,
    decision: Decision,
    sentence: tuple[int, int],
    ground: Ground,
    drafts: list[Draft],
) -> Draft:
    """One figure with everything its own words say."""
    token = slot.token
    draft = Draft(
        token=token,
        slot=slot,
        sentence=sentence,
        kind=decision.kind or Kind.SHARE,
        start=min(decision.start, token.start) if token.start <= decision.start or decision.hedge else token.start,
        hedge=token.hedge or decision.hedge,
        direction=decision.direction,
        base=decision.base or (story.text.clean[tail.base.start : tail.base.end].strip() if tail.base else None),
        base_period=tail.base.period if tail.base else None,
        per="year" if tail.per_year else None,
        doubts=decision.doubts,
        status=status_of(story.page, sentence[0], slot),
    )
    draft.kind = as_aimed(draft.kind, draft.status, draft.base)
    name(story, draft, decision, ground, drafts)
    place_in_time(story, draft, ground, drafts)
    place_on_map(story, draft, ground, drafts)
    return draft


def _remember(story: Story, start: int, end: int, ground: Ground) -> None:
    """Keep the last stretch and the last day that a sentence named outside brackets."""
    for time in reversed(list(ground.times_before(start, end))):
        if time.period is not None and not time.base:
            leads = time.start - start < 3 and not time.several
            if time.point:
                story.point = time.period
                story.lead_point = time.period if leads else story.lead_point
            elif story.page[time.start - 1 : time.start] not in {"(", "含", "从", "由", "自"}:
                story.flow = time.period
                story.lead, story.lead_point = (time.period, None) if leads else (story.lead, story.lead_point)
            if time.several:
                story.years = time
