"""Cleaning: letters that only look different made alike, and letters nobody sees left out.

Full-width digits, letters and signs are narrowed, among them ，：；！？（）, so that both readers meet one comma and
one colon; 。、《》“” stay, for they have no narrow twin. Curly apostrophes and hyphens that do not break become plain.
Fixed, thin and no-break spaces are plain spaces. Left out are marks without width, soft hyphens, marks of direction,
addresses on the web (their digits are no statistics) and the signs of Markdown around bold words and links.
This room knows no word; tags of HTML are the room beside it.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from ipmetrics.prose.markup import looks_like_markup, without_markup
from ipmetrics.prose.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["cleaned"]


_WIDE = "￥￡￠｡､‘’ʼ‐‑﹐﹑﹒﹔﹕﹖﹗﹙﹚﹢﹣﹪"
_PLAIN = "¥£¢。、'''--,、.;:?!()+-%"


def _narrow() -> dict[int, str]:
    """What becomes of single letters; every one becomes exactly one, so that places stay."""
    table: dict[int, str] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
    table |= {ord(letter): "\n" for letter in "\n\r\x0c\x85\u2028\u2029"} | {ord("\t"): "\t"}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
    table |= {ord(wide): narrow for wide, narrow in zip(_WIDE, _PLAIN, strict=True)}
    return table


_NARROW = _narrow()

_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
# Each alternative either opens with a fixed letter or takes its run at once, and none gives back: linear on any text.
_LEFT_OUT = re.compile(
    rf"[{_UNSEEN}]++"
    r"|\r(?=\n)"
    r"|(?P<address>https?://[!-~]++)"  # ends at the first letter that is not ASCII, as in running Chinese
    r"|(?<![*\d])\*\*(?!\*)|(?<!\*)\*\*(?![*\d])"
    r"|!?\[(?=[^\[\]\n]{1,300}+\]\((?:https?:|mailto:|[/#]))"
    r"|\]\((?:https?:|mailto:|[/#])[^()\s]*+\)"
)
_AFTER_ADDRESS = ".,;:!?'\")]>|"


def cleaned(given: str) -> Text:
    """The text to read, and for each of its letters the place in the given one.

    A letter that stands for an entity of HTML, and one that a tag became, has the place where that begins.
    """
    letters, places = without_markup(given) if looks_like_markup(given) else (given, None)
    kept = _kept(letters)
    if kept is None:
        return Text(given, letters.translate(_NARROW), _with_end(places, given))
    clean = "".join([letters[start:end] for start, end in kept]).translate(_NARROW)
    if places is None:
        return Text(given, clean, _with_end(list(chain.from_iterable(range(*part) for part in kept)), given))
    return Text(given, clean, _with_end(list(chain.from_iterable(places[start:end] for start, end in kept)), given))


def _with_end(places: Sequence[int] | None, given: str) -> tuple[int, ...] | None:
    return None if places is None else (*places, len(given))


def _kept(letters: str) -> list[tuple[int, int]] | None:
    """The stretches between what is left out; None if nothing is."""
    kept: list[tuple[int, int]] = []
    done = 0
    for found in _LEFT_OUT.finditer(letters):
        start, end = found.span()
        if found["address"]:
            end = start + len(found["address"].rstrip(_AFTER_ADDRESS))
        if start > done:
            kept.append((done, start))
        done = end
    if not done:
        return None
    kept.append((done, len(letters)))
    return kept
