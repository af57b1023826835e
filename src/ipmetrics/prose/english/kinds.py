"""Kinds: whether a figure is a level, a change, a share or a multiple, and which way a change went.

Told by the words on both sides of the figure, the nearest first. This room knows windows of words, not what they are
said of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.english.directions import (
    CHANGE_AHEAD,
    CHANGE_BEHIND,
    DIFFERENCE_AHEAD,
    direction_near,
    nearest_direction,
    way_of,
    ways,
)
from ipmetrics.prose.english.vocabulary import any_in, words
from ipmetrics.prose.statements import Direction, Kind

if TYPE_CHECKING:
    from ipmetrics.prose.english.mentions import Mention
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["Meaning", "direction_near", "meaning_of"]


@attrs.frozen(kw_only=True)
class Meaning:
    """What a figure says.

    Parameters
    ----------
    kind, direction
        Level, change, share or ratio; up or down.
    sure
        Whether words next to it say so.
    """

    kind: Kind
    direction: Direction | None = None
    sure: bool = True


def meaning_of(sentence: Sentence, place: int, *, previous: Meaning | None) -> Meaning:
    """What the figure of that place says.

    Parameters
    ----------
    sentence, place
        The sentence, and the place of the figure among its figures.
    previous
        What the figure of the same form before it said, in the same sentence.
    """
    mention = sentence.mentions[place]
    token = sentence.at[place]
    before, after = sentence.before(token), sentence.after(token)
    if mention.form is FigureForm.TIMES:
        return _of_multiple(mention, before, after)
    if mention.form is FigureForm.POINTS:
        return _of_points(mention, before, after)
    if mention.form is FigureForm.NUMBER:
        return _of_number(mention, before, after)
    sign = _sign(mention)
    if sign is not None:
        return Meaning(kind=Kind.CHANGE, direction=sign)
    return (
        _percent_compared(before, after)
        or _percent_beside(before, after)
        or _percent_further(before, after, previous)
        or _percent_guessed(mention, before, after, previous)
    )


def _sign(mention: Mention) -> Direction | None:
    return {"+": Direction.UP, "-": Direction.DOWN}.get(mention.sign)


def _change(before: str, after: str) -> Meaning:
    """A change whose direction is that of the words near by."""
    return Meaning(kind=Kind.CHANGE, direction=direction_near(before, after) or Direction.UP)


_SHARE, _RATIO, _LEVEL = Meaning(kind=Kind.SHARE), Meaning(kind=Kind.RATIO), Meaning(kind=Kind.LEVEL)
_SHARE_PERHAPS = Meaning(kind=Kind.SHARE, sure=False)


# ------------------------------------------------------------------------ what is compared with what
_THAN = re.compile(
    rf"(?:{any_in('comparing.than')}|above|below)(?: [\w'-]+){{0,6}}? than (?P<other>.*)|(?:above|below) (?P<above>.*)"
)
_MADE_UP = re.compile(r" (?:mak\w+|made) up ")
_LESSENINGS = frozenset({"reduction", "increase", "decrease", "cut", "improvement", "rise", "fall", "drop"})
_CLOSE = 30  # letters in front of a percentage in which a word of change would say what it is
_AND_OF = re.compile(r"(?:,|and) # of ")  # "which is 99% and 98% of everything"
_STANDS = re.compile(r" (?:stands?|stood|was|is|were|are|reached|reaches|remained)(?: now| at| only| just| already)* $")
_PARTED = re.compile(r" [;,.] ")
_OTHER_TIME = re.compile(rf"\b(?:{any_in('comparing.times')})\b")
_OTHER = re.compile(r"[#a-z]")
_POINTING = words("comparing", "pointing")


def _is_compared(after: str) -> bool:
    """Whether what stands behind is another thing, not another time: "12 percent more than the average"."""
    than = _THAN.match(after)
    if than is None:
        return False
    other = _PARTED.split(than["other"] or than["above"] or "", maxsplit=1)[0]
    named = [word for word in other.partition("@")[0].split() if word not in _POINTING]
    return bool(named) and not _OTHER_TIME.search(other) and _OTHER.match(other) is not None


# ------------------------------------------------------------------------ percent
_TOOK_UP = re.compile(r" (?:mak\w+|made|tak\w+|took) up(?: [a-z]+){0,2} $")
_COMPARING = re.compile(rf"(?P<move>{any_in('comparing.percent')}) ")
_SHARE_AHEAD = re.compile(rf" (?:{any_in('shares.before')})(?: (?:{any_in('sharing.between')}))*? $")
_SHARE_SUBJECT = re.compile(rf"\b(?:{any_in('shares.nouns')})\b(?P<rest>[^;]*)$")
_OF_A_WHOLE = re.compile(r"(?:of|in) (?!@)")
_OF_A_CHANGE = re.compile(rf"of (?:{any_in('moves.whole')})")
_CHANGE_FURTHER = re.compile(rf" (?:{any_in('moves.nouns')})(?: [a-z@-]+){{0,4}} $")
_SINCE = re.compile(rf"(?:{any_in('moves.yearly')})")
_AND = re.compile(r" (?:,|and|while|but) $")
_AND_BY = re.compile(r" (?:by|and|,|while|but) $")
_IN_ROW = re.compile(r"# \( $| # [^#;]*, $")
_NO_CHANGE = re.compile(r" (?:to|at|of|with) $")


def _percent_compared(before: str, after: str) -> Meaning | None:
    """A part that is taken up, or a percentage by which one thing exceeds another: "12 percent more than …"."""
    if _TOOK_UP.search(before):
        return _SHARE
    comparing = _COMPARING.match(after)
    if comparing is None:
        return None
    if _is_compared(after):
        return _RATIO
    if comparing["move"] == "over" and "@" not in after[:10]:
        return None
    return Meaning(kind=Kind.CHANGE, direction=ways().get(comparing["move"], Direction.UP))


def _percent_beside(before: str, after: str) -> Meaning | None:
    """A percentage right behind or before a word of change or of share."""
    is_of = after.startswith("of ")
    ahead = CHANGE_AHEAD.search(before)
    if ahead is not None and not _to_gap(ahead["gap"]):
        gap = ahead["gap"].strip()
        if is_of and ahead["move"] in {"more", "above", "under", "below"} and not gap:
            return _SHARE
        if is_of and ahead["move"] == "growth" and gap in {"", "the", "of the"}:
            return _SHARE
        return Meaning(kind=Kind.CHANGE, direction=way_of(ahead["move"], before, after))
    behind = None if is_of else CHANGE_BEHIND.match(after)
    if behind is not None:
        return Meaning(kind=Kind.CHANGE, direction=way_of(behind["move"], before, after))
    return _SHARE if _SHARE_AHEAD.search(before) else None


def _percent_further(before: str, after: str, previous: Meaning | None) -> Meaning | None:
    """A percentage that words further off, or the figure before it, say what it is."""
    if _OF_A_WHOLE.match(after) and not _OF_A_CHANGE.match(after):
        return _SHARE
    if _CHANGE_FURTHER.search(before) and not before.endswith(" to "):
        return _change(before, after)
    if _SINCE.match(after) and not before.endswith((" to ", " at ")):
        return _change(before, after)
    if _AND_OF.match(after):
        return _SHARE
    if _STANDS.search(before) and direction_near(before[-_CLOSE:], "") is None and not _SHARE_SUBJECT.search(before):
        return _SHARE_PERHAPS
    is_change = previous is not None and previous.kind is Kind.CHANGE
    if previous is not None and is_change and _AND.search(before) and not after.startswith("of "):
        way = direction_near(before[-40:], "") or previous.direction
        return Meaning(kind=Kind.CHANGE, direction=way, sure=False)
    return None


def _percent_guessed(mention: Mention, before: str, after: str, previous: Meaning | None) -> Meaning:
    """A percentage that nothing near says anything of: as the subject or the figure before it suggests."""
    is_by = before.endswith(" by ")
    if mention.worded and not is_by:
        return _SHARE_PERHAPS
    subject = _SHARE_SUBJECT.search(before)
    if subject is not None:
        return Meaning(kind=Kind.SHARE, sure="#" not in subject["rest"])
    if previous is not None and _AND_BY.search(before):
        return _like(previous, before, after, sure=True)
    if is_by:
        return _change(before, after)
    is_or = before.endswith(" or ")
    if _MADE_UP.search(before) and before.endswith(" ( "):
        return _SHARE_PERHAPS
    if is_or or _IN_ROW.search(before):
        return previous if previous is not None and previous.kind is Kind.CHANGE and not is_or else _SHARE_PERHAPS
    if previous is not None:
        return _like(previous, before, after, sure=False)
    way = direction_near(before, after)
    if way is not None and not _NO_CHANGE.search(before):
        return Meaning(kind=Kind.CHANGE, direction=way, sure=False)
    return _SHARE_PERHAPS


def _like(previous: Meaning, before: str, after: str, *, sure: bool) -> Meaning:
    """The same as the figure before, in a direction of its own where words near by give one."""
    way = direction_near(before, after) or previous.direction
    return Meaning(kind=previous.kind, direction=way if previous.kind is Kind.CHANGE else None, sure=sure)


def _to_gap(gap: str) -> bool:
    """Whether "to" or "at" stands between the change and the figure, which is then where it went."""
    return gap.endswith((" to", " at"))


# ------------------------------------------------------------------------ points, multiples, numbers
_SPEED = re.compile(any_in("moves.speed"))
_COMPARED_MULTIPLE = re.compile(rf"(?:{any_in('comparing.multiple')}) ")
_MULTIPLIED = re.compile(rf"(?:{any_in('moves.multiplied')})")
_COMPARED_NUMBER = re.compile(
    rf"(?P<move>{any_in('comparing.number')})(?: (?:[a-z-]+ ){{0,4}}than\b| [.,;)]| @b| year|$)"
)
_SUMMED = re.compile(rf" (?:{any_in('sharing.sums')}|sum\w*) up(?: of)? $| up to $")
_MEASURED = re.compile(r" (?:by|of|an?|another|some|net|further) $")


def _of_points(mention: Mention, before: str, after: str) -> Meaning:
    """A difference of percentages: between two things, or between two times."""
    if _is_compared(after) and not _SPEED.search(before + after):
        return _RATIO
    way = _sign(mention) or nearest_direction(before, after) or direction_near(before, after) or Direction.UP
    return Meaning(kind=Kind.CHANGE, direction=way)


def _of_multiple(mention: Mention, before: str, after: str) -> Meaning:
    """A multiple, as "3.54 times" and "doubled" are, or a change, as "increased by 3 times" is."""
    fold = mention.printed.lower()
    if (fold.isalpha() and not fold.endswith("fold")) or _COMPARED_MULTIPLE.match(after):
        return _RATIO
    ahead = CHANGE_AHEAD.search(before)
    if ahead and not _to_gap(ahead["gap"]) and ahead["move"] in ways():
        return Meaning(kind=Kind.CHANGE, direction=ways()[ahead["move"]])
    if _MULTIPLIED.match(after):
        return Meaning(kind=Kind.CHANGE, direction=Direction.UP)
    return _RATIO


def _of_number(mention: Mention, before: str, after: str) -> Meaning:
    """A number is a level, but for "310 more" and "an increase of 310"."""
    behind = _COMPARED_NUMBER.match(after)
    if behind:
        return Meaning(kind=Kind.CHANGE, direction=ways()[behind["move"]])
    if mention.sign in {"+", "-"} and mention.currency is None and " ( " in before[-3:]:
        return Meaning(kind=Kind.CHANGE, direction=_sign(mention))
    ahead = None if _SUMMED.search(before) else DIFFERENCE_AHEAD.search(before)
    if ahead is None:
        return _LEVEL
    move = ahead["move"]
    change = Meaning(kind=Kind.CHANGE, direction=way_of(move, before, after))
    if mention.time is not None:
        return change if before.endswith(" by ") or (move in _LESSENINGS and before.endswith(" of ")) else _LEVEL
    if before.endswith((" to ", " at ")) or (move == "up" and after.startswith("from ")):
        return _LEVEL
    if _MEASURED.search(before) or before.endswith(f" {move} ") or "@b" in before[-6:]:
        return change
    return _LEVEL
