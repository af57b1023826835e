"""Groups: figures of one sentence that belong together: the parts of a whole, and rows given out "respectively".

This room counts figures and reads the words between them. What they measure, it does not know.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.english.drafts import Draft

__all__ = ["between", "make_up", "respectively"]

_COMPLETE = re.compile(
    r"(?:^|[,(: ])(?:made up of|making up|consisting of|comprising|comprised of|composed of|namely|i\.e\.?)"
    r" (?:the |about )?$"
)
_LISTED = re.compile(r"^(?:[a-z'’@-]+ ){0,9}(?:: |, of which |of which |\( )(?:of which )?(?:the )?$")
_ITEM = re.compile(
    r"^(?:(?:on|for|in|about|of|concerning|from|to) (?:the )?)?(?:[a-z'’-]+ ){1,7}"
    r"(?:\( # (?:up|down|more|fewer)? ?\) |\( (?:up|down) # \) )?(?:, |and )+$"
)
_IN_A_ROW = re.compile(r"^(?:[a-z'’-]+ ){0,3}(?:, (?:and )?|and )(?:[a-z'’-]+ ){0,3}$")


def between(first: Draft, last: Draft) -> str:
    """The plain forms between two figures, a blank behind each."""
    return "".join(one.form + " " for one in first.sentence.tokens[first.token + 1 : last.token])


def make_up(drafts: Sequence[Draft]) -> None:
    """Tie a whole to its parts: "7,151 cases, made up of 717 on patents, … and …"."""
    levels = [one for one in drafts if one.is_level and one.is_plain and _is_count(one)]
    for place in range(len(levels) - 2):
        whole, first = levels[place], levels[place + 1]
        words = between(whole, first)
        complete = _COMPLETE.search(words) is not None
        if not complete and not _LISTED.match(words):
            continue
        parts = [first]
        for one in islice(levels, place + 2, None):
            if not _ITEM.match(between(parts[-1], one)):
                break
            parts.append(one)
        if len(parts) > 1 and whole.value > max(part.value for part in parts):
            whole.parts, whole.complete = parts, complete
            return


def _is_count(draft: Draft) -> bool:
    return draft.mention is not None and not draft.mention.currency and not draft.mention.time


def respectively(drafts: Sequence[Draft]) -> None:
    """Give rows out one by one: of "A and B, up a and b respectively", a is about A."""
    if not drafts:
        return
    tokens = drafts[0].sentence.tokens
    printed = [one for one in drafts if one.mention is not None]
    ahead = 0
    for mark, token in enumerate(tokens):
        if token.form != "respectively":
            continue
        while ahead < len(printed) and printed[ahead].token < mark:
            ahead += 1
        _give_out(printed[:ahead])


def _give_out(ahead: Sequence[Draft]) -> None:
    """Tie the row of figures that ends a stretch to the levels in front of it, one by one."""
    first = len(ahead) - 1
    while first > 0 and _is_in_row(ahead[first - 1], ahead[first]):
        first -= 1
    group = ahead[max(0, first) :]
    if len(group) < 2 or group[-1].is_level:
        return
    levels = [one for one in ahead[:first] if one.is_own_level]
    if len(levels) < len(group):
        return
    for one, level in zip(group, levels[-len(group) :], strict=True):
        one.about = level
        one.kind, one.direction = group[0].kind, group[0].direction


def _is_in_row(one: Draft, following: Draft) -> bool:
    """Whether two figures of the same form stand side by side, with hardly a word between them."""
    if one.mention is None or following.mention is None or one.mention.form is not following.mention.form:
        return False
    return _IN_A_ROW.match(between(one, following)) is not None
