"""Lengths of time: which of them are statistics, as the length of a procedure is, and which only say when.

This room knows what is said of procedures around a length of time. What was examined or granted, it does not know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.vocabulary import any_in, words

if TYPE_CHECKING:
    from ipmetrics.prose.english.mentions import Mention
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["is_length_of_procedure"]

_AHEAD, _BEHIND = 120, 60  # letters around a length of time in which a procedure is spoken of

_PROCEDURE = re.compile(rf"{any_in('procedures.words')}|\bwait|\btook\b", re.IGNORECASE)
_EXAMINED = re.compile(rf"(?:{any_in('procedures.short')})", re.IGNORECASE)
_NEAR = re.compile(rf"\b(?:{any_in('durations_of.words')})\b", re.IGNORECASE)
_LENGTH = re.compile(any_in("procedures.lengths"), re.IGNORECASE)
_RUN = re.compile(any_in("procedures.runs"))
_RECENT = re.compile(rf" (?:{any_in('procedures.recent')}) $")
_ELAPSED = re.compile(rf"(?:{any_in('procedures.elapsed')}) ")
_GONE = re.compile(rf"(?:{any_in('procedures.gone')}) ")
_WITHIN = re.compile(rf" (?:{any_in('procedures.within')}) $")
_IN = re.compile(r" (?:in|within|for|the) $")
_UNITS = words("procedures", "units")


def is_length_of_procedure(sentence: Sentence, mention: Mention, before: str, after: str) -> bool:
    """Whether a length of time says how long a procedure takes, not how long ago or for how long something was so."""
    is_short = mention.time in _UNITS
    if is_short and sentence.says(_PROCEDURE):
        if _RECENT.search(before) or _ELAPSED.match(after):
            return before.endswith(" the ") and "averag" in before
        return True
    if _GONE.match(after):
        return (
            mention.time != "year" and _RUN.search(before) is not None and not after.startswith(("read", "old", "ago"))
        )
    if mention.hedge is None and (is_short or mention.time == "year") and _WITHIN.search(before):
        if "." in mention.printed and _IN.search(before) and sentence.says(_EXAMINED):
            return True
        if not after.startswith(("on average", ", on average")):
            return False
    if mention.worded and mention.time == "year":
        return False
    near = sentence.clean[max(sentence.start, mention.start - _AHEAD) : min(sentence.end, mention.end + _BEHIND)]
    return _NEAR.search(near) is not None and (mention.time != "year" or _LENGTH.search(near) is not None)
