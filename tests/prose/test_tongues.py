"""A paragraph in two languages is read by both readers, each its own sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipmetrics as ipm
from ipmetrics.prose.blocks import Language
from ipmetrics.prose.cleaning import cleaned
from ipmetrics.prose.layout import blocks_of

ENGLISH = "In 2021, Haidian granted 40,455 invention patents, up 19.6% from 33,825 in 2020."
CHINESE = "2021年,海淀区发明专利授权量40455件,同比增长19.6%。"


@pytest.mark.parametrize(("words", "tongues"), [
    (f"{ENGLISH} {CHINESE}", ["en", "zh"]),
    (f"{CHINESE}{ENGLISH}", ["zh", "en"]),
    (f"{ENGLISH} {CHINESE}{ENGLISH}", ["en", "zh", "en"]),
    ("华为技术有限公司(Huawei Technologies)2021年PCT国际专利申请6952件。", ["zh"]),
    ("The office (国家知识产权局) granted 798,000 patents in 2022.", ["en"]),
])  # fmt: skip
def test_each_stretch_is_a_block(words: str, tongues: list[str]) -> None:
    assert [block.language.value for block in blocks_of(cleaned(words))] == tongues


def test_both_readers_read_their_own() -> None:
    article = ipm.find_claims(f"{ENGLISH} {CHINESE}")
    assert [statement.quote for statement in article.statements] == ["40,455", "19.6%", "33,825", "40455件", "19.6%"]
    assert article.judge().verdict is ipm.Verdict.CONSISTENT


def test_a_language_that_is_given_holds_for_all() -> None:
    blocks = blocks_of(cleaned(f"{ENGLISH} {CHINESE}"), Language.CHINESE)
    assert [block.language for block in blocks] == [Language.CHINESE]


@given(st.lists(st.sampled_from([ENGLISH + " ", CHINESE, "a b. ", "增长。", "5% "]), max_size=8))
def test_no_letter_is_in_two_blocks(parts: list[str]) -> None:
    blocks = blocks_of(cleaned("".join(parts)))
    assert all(one.end <= other.start for one, other in pairwise(blocks))
