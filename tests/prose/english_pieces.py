"""Short English sentences taken apart, and the hostile texts that every room has to bear."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ipmetrics.prose.english.drafts import Draft
from ipmetrics.prose.english.kinds import meaning_of
from ipmetrics.prose.english.sentences import taken_apart

if TYPE_CHECKING:
    from ipmetrics.prose.english.sentences import Sentence

PUBLISHED = date(2023, 5, 20)

_WORDS = (
    "patents grants rose fell to by of the a in on at and or than from more over nearly up down No. top first 3rd "
    "half third twice doubled five-fold one twenty-five million lakh crore yuan $ US$ Rs % %13 5 5% 5.2 12/5% 1,01,311 "
    "10,5 1.234,5 1 234 27,138 (5) +3 -2.9% ▲3.8 5G 010-12345678 10:30 2021 2022 June May 5 end year earlier last "
    "quarter H1 2021-22 months days years percent points times average China U.S. world ranked place , . ; : ( ) –"
    " ｅ ſ ı ５ ٥"
)
pieces = st.sampled_from(_WORDS.split(" "))
texts = (
    st.lists(pieces, max_size=25).map(" ".join)
    | st.lists(pieces, max_size=25).map("".join)
    | st.text("0123456789,. %-/()$abcxkmA '’▲:\n", max_size=40)
)
"""Texts of the words and marks that the rooms look for, in any order."""

HOSTILE = tuple(
    one * (20_000 // len(one))
    for one in (
        "1",
        "a",
        " ",
        "1,",
        "1 ",
        "(1 ",
        "5-",
        "5% ",
        "A ",
        "from ",
        "end ",
        "half a ",
        "end-",
        "2021-",
        "more than ",
        "topped a-",
        "share-",
        "a.",
        "South New ",
        "3 days ",
        "010-1 ",
        "first ",
        "exclud",
    )
)
"""Long texts of one short piece; a pattern that goes back over what it has read takes minutes for one of them."""


def apart(text: str, anchor: int | None = 2022) -> Sentence:
    return taken_apart(text, 0, len(text), anchor=anchor, published=PUBLISHED)


def draft_of(text: str) -> Draft:
    """Notes on the first figure of a text."""
    sentence = apart(text)
    mention = sentence.mentions[0]
    return Draft(
        sentence=sentence,
        token=sentence.at[0],
        start=mention.start,
        end=mention.end,
        mention=mention,
        figure=mention.figure,
        printed=mention.printed,
        value=mention.value,
        kind=meaning_of(sentence, 0, previous=None).kind,
    )
