"""Sentences: what ends one, what does not, and that none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.prose.blocks import Language
from ipmetrics.prose.sentences import dateline_end, sentences_of

_PIECES = 'Patents rose by 5.2% . ! ? … 。 " ” ( ) [1] U.S. Inc. No. 5 Dec. 26 The e.g. p.p. 1. 件 增长 \n A. co Co. ■'
pieces = st.sampled_from(_PIECES.split(" "))
texts = st.lists(pieces, max_size=30).map(" ".join) | st.lists(pieces, max_size=30).map("".join)


def english(words: str) -> list[str]:
    return [words[start:end] for start, end in sentences_of(words, 0, len(words), Language.ENGLISH)]


def chinese(words: str) -> list[str]:
    return [words[start:end] for start, end in sentences_of(words, 0, len(words), Language.CHINESE)]


@given(texts, st.sampled_from(Language))
def test_sentences_are_in_order_apart_and_all_there(words: str, language: Language) -> None:
    at = 0
    for start, end in sentences_of(words, 0, len(words), language):
        assert at <= start < end <= len(words)
        assert not words[at:start].strip("■ \n")
        at = end
    assert not words[at:].strip("■ \n")


@given(texts, st.integers(0, 20), st.sampled_from(Language))
def test_a_stretch_is_read_as_if_it_stood_alone(words: str, start: int, language: Language) -> None:
    alone = words[start:]
    found = [(first + start, last + start) for first, last in sentences_of(alone, 0, len(alone), language)]
    if start <= len(words):
        assert list(sentences_of(words, start, len(words), language)) == found


@pytest.mark.parametrize(
    "sentences",
    [
        ["It rose 2.4% to 19,943.", "Grants fell."],
        ["Civil.", "SPC: 1,909 new (up 79.08%), 1735 concluded."],
        ["The U.S. Patent Office and Huawei Co. Ltd. of China filed.", "The others did not."],
        ["It grew in the U.S.", "The total was 5."],
        ["Apple Inc. filed 5.", "See Fig. 3, No. 12 and Dec. 26."],
        ["Mr. J. K. Smith of St. Petersburg vs. Dr. Wu, e.g. at 9 a.m. on Jan. 5."],
        ["It rose 0.5 p.p.", "In 2022 it fell…", "Then it rose."],
        ["He said: “It grew 5%.”", "“More than 4,000.”", "Nobody (they said.)", "Knew."],
        ["“What?” he asked.", "Yes!", "No.", "We did."],
        ["There were 4,000.[1]", "It was so."],
        ["Grants: inventions, 921,000; models, 2.09 million; designs, 638,000."],
        ["Table 1. Patents granted."],
        ["1. Patents rose.", "2. Designs fell."],
        ["approx. 30 of ca. 50 cases, i.e. 60%, were closed."],
        ["Over 3.17 million.", "3.1 million was the year before."],
    ],
)
def test_english(sentences: list[str]) -> None:
    assert english(" ".join(sentences)) == sentences
    assert english("\n".join(sentences)) == sentences


def test_a_lost_space_loses_no_sentence() -> None:
    assert english("It rose by 5%.The others fell in 2022.In all, JD.com won.") == [
        "It rose by 5%.",
        "The others fell in 2022.",
        "In all, JD.com won.",
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        ["全市专利授权27138件,下降0.53%;发明专利4967件。", "有效发明专利为42673件。"],
        ["“去年增长5%。”", "他说:“很好!”", "为什么?", "因为(如上。)", "完"],
        ["共5件.", "增长3.5%."],
    ],
)
def test_chinese(sentences: list[str]) -> None:
    assert chinese("".join(sentences)) == sentences


def test_an_ornament_is_no_part_of_a_sentence() -> None:
    assert english("■ It rose. ■") == ["It rose."]


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("BEIJING, July 18 -- ", "The first half brought gains."),
        ("BEIJING, Dec. 26 (Xinhua) -- ", "By the end of June, 5."),
        ("BEIJING -- ", "China will."),
        ("NEW YORK — ", "Filings rose."),
        ("Geneva, November 6, 2023 - ", "Global activity soared."),
        ("New Delhi, Apr 24 (agency) ", "Startups lodged 310 more."),
        ("GENEVA (Reuters) - ", "China filed most."),
        ("新华社北京7月18日电(记者张三)", "上半年授权43.3万件。"),
        ("本报讯(记者 李四)", "去年授权5件。"),
        ("", "China filed 5 -- more than ever."),
        ("", "Patents – up 5%."),
        ("", "PATENTS – Applications rose."),
        ("", "Patents (granted) rose."),
        ("", "In May 2023 it rose."),
        ("", "7月18日,专利授权5件。"),
        ("", "BEIJING --"),
        ("", ""),
    ],
)
def test_datelines(dateline: str, rest: str) -> None:
    words = dateline + rest
    assert words[: dateline_end(words, 0, len(words))].strip() == dateline.strip()
