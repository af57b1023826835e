"""Which figures of a sentence are statistics, and which are only names, dates, sizes of groups and lengths of time.

This room says no and says why. What a figure means, it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.model.figures import FigureForm, Hedge
from ipmetrics.prose.english.elapsed import is_length_of_procedure
from ipmetrics.prose.english.labels import is_label, is_phone
from ipmetrics.prose.english.phrases import behind
from ipmetrics.prose.english.vocabulary import any_in, words

if TYPE_CHECKING:
    from ipmetrics.prose.english.mentions import Mention
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["claimed", "denominator_of"]

_LOWEST_RANK = 1000
_OLDEST = 100  # years of age; a larger number behind "under" is none
_LIMITS = {Hedge.UNDER, Hedge.AT_MOST, Hedge.OVER, Hedge.AT_LEAST}

_PER = re.compile(r" (?:per|every|each)(?: (?:an?|capita|the))? $")
_RANK = re.compile(r" rank(?:s|ed)? $")
_EACH = re.compile(r"(?:[a-z-]+ ){1,5}each ")
_GROUP = re.compile(rf" (?:{any_in('groups.nouns')}) (?:{any_in('groups.sizes')})(?: an?)? $")
_AGED = re.compile(r" (?:aged|under) $")

_DOUBLE_OF = re.compile(rf"(?:{any_in('parts.double_of')}) ")
_DOUBLE_AHEAD = re.compile(rf" (?:{any_in('parts.double_before')}) $")
_TWICE_OF = re.compile(rf"(?:{any_in('parts.twice_of')}) ")
_HALF_OF = re.compile(rf"(?:{any_in('parts.half_of')}) ?")
_HALF_AHEAD = re.compile(rf" (?:{any_in('parts.half_before')}) $")
_THIRD_OF = re.compile(rf"(?:{any_in('parts.third_of')}) ")
_QUARTER_AHEAD = re.compile(rf" (?:{any_in('parts.quarter_before')}) $")
_ORDINAL_PART = re.compile(r"an? (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)")
_PART_OF = re.compile(rf"(?:{any_in('parts.part_before')}) ")
_WHOLLY = re.compile(rf"(?:{any_in('parts.wholly')})")
_SUPERLATIVE = re.compile(rf"(?:{any_in('parts.superlatives')})")


def claimed(sentence: Sentence, place: int) -> bool:
    """Whether the figure of that place in a sentence is a statistic."""
    mention, token = sentence.mentions[place], sentence.at[place]
    before, after = sentence.before(token), sentence.after(token)
    if _PER.search(before) or is_label(sentence, place, before, after):
        return False
    if mention.time is not None:
        return is_length_of_procedure(sentence, mention, before, after)
    if mention.form is FigureForm.TIMES:
        return _is_multiple(mention, before, after)
    if mention.form is not FigureForm.NUMBER:
        return _is_part(mention, before, after)
    if mention.currency is not None:
        return not _is_threshold(mention, before)
    if mention.worded and not mention.scaled:
        return _is_result(sentence, token, before, after)
    if mention.hedge is not None and _EACH.match(after):
        return False
    is_rank = _RANK.search(before) or sentence.clean.startswith("#", max(sentence.start, mention.core - 1))
    if is_rank and mention.value < _LOWEST_RANK and mention.printed.isdigit():
        return False  # a rank, which is read as one
    return not (_is_threshold(mention, before) or is_phone(sentence, place))


def denominator_of(sentence: Sentence, place: int) -> int | None:
    """The place of the figure that "per 10,000 people" belongs to, if that is what this one is part of, else None.

    It is that of the figure in front, -1 where none is.
    """
    return place - 1 if _PER.search(sentence.before(sentence.at[place])) else None


def _is_multiple(mention: Mention, before: str, after: str) -> bool:
    """Whether a multiple is one of something that was measured: not "double standards", nor "twice a year"."""
    low = mention.printed.lower()
    if low in {"double", "triple"}:
        is_of = _DOUBLE_OF.match(after + " ") or _DOUBLE_AHEAD.search(before)
        return is_of is not None or mention.hedge is not None
    if low in {"twice", "thrice"}:
        return _TWICE_OF.match(after) is not None
    if low == "doubling":
        return not after.startswith("down ")
    return not after.startswith(("a ", "per "))


def _is_part(mention: Mention, before: str, after: str) -> bool:
    """A percentage is a statistic, but for a full hundred that says "wholly"; half a year is none."""
    low = mention.printed.lower()
    if low in {"half", "a half"}:
        return not (_HALF_OF.match(after) or _HALF_AHEAD.search(before))
    if mention.worded and _is_ordinal(mention, before, after):
        return False
    if mention.value == 100 and _WHOLLY.match(after):
        return False
    return not (low.endswith("third") and _SUPERLATIVE.match(after))


def _is_ordinal(mention: Mention, before: str, after: str) -> bool:
    """Whether "a third" counts on, as in "a third party", or "quarter" is one of a year."""
    low = mention.printed.lower()
    if _THIRD_OF.match(after) or ("quarter" in low and _QUARTER_AHEAD.search(before)):
        return True
    return mention.hedge is None and _ORDINAL_PART.fullmatch(low) is not None and not _PART_OF.match(after + " ")


def _is_threshold(mention: Mention, before: str) -> bool:
    """A size that defines a group: loans of less than 10 million yuan."""
    if mention.hedge in _LIMITS:
        return _GROUP.search(before) is not None
    return mention.value < _OLDEST and "." not in mention.printed and _AGED.search(before) is not None


def _is_result(sentence: Sentence, token: int, before: str, after: str) -> bool:
    """A small number in words is a statistic only before a result, and not of a group that is known already."""
    phrase = behind(sentence, token)
    nearest = [] if phrase is None else phrase.text.lower().split()
    is_difference = after.startswith(("fewer ", "more "))
    if not nearest and not is_difference:
        return False
    ahead = before.split()[-1:]
    if ahead and ahead[0] in words("contexts", "known") and not before.endswith(" one of "):
        return False
    if is_difference:
        return True
    return nearest[0] not in words("groups", "listed") and any(word in words("contexts", "results") for word in nearest)
