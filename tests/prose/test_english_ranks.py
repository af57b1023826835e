"""Ranks: ordinals that are places, and those that are not."""

from __future__ import annotations

import pytest
from hypothesis import given

from ipmetrics.prose.english.ranks import ranks_in
from ipmetrics.prose.statements import Kind
from tests.prose.english_pieces import HOSTILE, apart, texts


def ranks(text: str) -> list[tuple[str, int]]:
    return [(one.printed, int(one.value)) for one in ranks_in(apart(text))]


@pytest.mark.parametrize(
    ("text", "printed", "place"),
    [
        ("China ranked third in the world.", "third", 3),
        ("China ranked 3rd.", "3rd", 3),
        ("China ranks 12.", "ranks 12", 12),
        ("It ranked fifth globally.", "fifth", 5),
        ("It placed 5th among provinces.", "5th", 5),
        ("It finished in eighth place.", "eighth", 8),
        ("It moved up to 12th place.", "12th", 12),
        ("Japan came second with 5,000.", "second", 2),
        ("It remained first in the country.", "first", 1),
        ("It is the third largest in the world.", "third", 3),
        ("It was second for the third straight year.", "second", 2),
        ("It topped the world ranking.", "topped", 1),
        ("The top filer was Huawei.", "top", 1),
        ("It held the top spot.", "top", 1),
        ("It remained No.1 in the world.", "No.1", 1),
        ("It ranked No. 2 in the world.", "No. 2", 2),
        ("It was number one in filings.", "number one", 1),
    ],
)
def test_a_place_is_read(text: str, printed: str, place: int) -> None:
    assert ranks(text) == [(printed, place)]


def test_behind_one_place_a_name_is_enough_to_make_the_next() -> None:
    assert ranks("It ranked 1st, Japan second and Korea third.") == [("1st", 1), ("second", 2), ("third", 3)]
    assert ranks("Patents grew, Japan second and Korea third.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The third quarter was good.",
        "It is the first time.",
        "The first patent was granted.",
        "First, it grew.",
        "The Second Hague Conference was held.",
        "The 14th Five-Year Plan began.",
        "It is of the 21st century.",
        "The second instance court ruled.",
        "The second China forum was held.",
        "Third largest office",
        "It topped 5,000.",
        "They rank 5% of them.",
        "It ranked among the top 10.",
        "Under Order No.1 it is so.",
    ],
)
def test_other_ordinals_are_none(text: str) -> None:
    assert ranks(text) == []


@given(texts)
def test_a_rank_is_a_number_inside_the_sentence_and_in_no_expression_of_time(text: str) -> None:
    sentence = apart(text)
    for found in ranks_in(sentence):
        assert found.kind is Kind.RANK
        assert found.unit == "rank"
        assert sentence.clean[found.start : found.end] == found.printed
        assert int(found.figure) == found.value
        if not found.printed.lower().startswith("rank"):
            assert not any(one.start < found.end and found.start < one.end for one in sentence.whens)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    assert all(found.end <= len(text) for found in ranks_in(apart(text)))
