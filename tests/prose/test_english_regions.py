"""Places, offices and companies by name, and the tokens of a sentence that they stand among."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.prose.english.regions import local_kind, places_in
from tests.prose.english_pieces import HOSTILE, apart, texts

names = st.lists(
    st.sampled_from(
        "China China's Chinese U.S. USPTO South Korea , \n Suzhou Industrial Park City Zone New World world York".split(
            " "
        )
    ),
    max_size=15,
).map(" ".join)


def places(text: str) -> list[tuple[str, str, str]]:
    return [(one.words, one.name, one.kind) for one in places_in(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words", "name", "kind"),
    [
        ("China filed 5.", "China", "China", "place"),
        ("South Korea's filings", "South Korea's", "South Korea", "place"),
        ("Chinese firms", "Chinese", "China", "adjective"),
        ("In the U.S., it rose.", "U.S.", "United States", "office"),
        ("It rose in the US.", "US.", "United States", "place"),
        ("The USPTO granted 5.", "USPTO", "United States", "office"),
        ("the European Patent Office", "European Patent Office", "European Patent Office", "office"),
        ("Haidian District", "Haidian District", "Haidian", "place"),
        ("Suzhou City", "Suzhou City", "Suzhou", "place"),
        ("Suzhou Industrial Park", "Suzhou Industrial Park", "Suzhou Industrial Park", "place"),
        ("Suzhou Park", "Suzhou Park", "Suzhou Park", "place"),
        ("New York filings", "New York", "New York", "place"),
        ("patents worldwide", "worldwide", "World", "world"),
    ],
)
def test_a_name_is_read_with_the_words_that_belong_to_it(text: str, words: str, name: str, kind: str) -> None:
    assert places(text) == [(words, name, kind)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hong Kong, China", ["Hong Kong", "China"]),
        ("South\nKorea", ["South Korea"]),
        ("South, Korea", ["South Korea"]),
        ("Tianjin Binhai", ["Tianjin", "Binhai"]),
        ("Suzhou industrial park", ["Suzhou"]),
    ],
)
def test_a_name_stands_in_one_line_and_one_breath(text: str, found: list[str]) -> None:
    assert [name for _, name, _ in places(text)] == found


@pytest.mark.parametrize("text", ["india", "State", "", "Chinatown", "Usage"])
def test_other_words_are_no_names(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the city's total", "city"),
        ("the municipality", "city"),
        ("our province", "province"),
        ("this district", "district"),
        ("the national average", "country"),
        ("the whole country", "country"),
        ("Worldwide", "world"),
        ("its parks", None),
        ("nothing", None),
    ],
)
def test_what_points_to_a_place_says_of_which_sort_it_is(words: str, kind: str | None) -> None:
    assert local_kind(words) == kind


def test_the_sign_of_a_currency_names_no_country() -> None:
    assert [one.words for one in apart("It paid US$5 in the US.").places] == ["US."]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("It rose 5% in 2022, vs. 3% in 2021.", "it rose # @ , vs. # @b ."),
        ("The U.S. Office's 5 patents.", "the u.s. office # patents ."),
        ("(i.e. R&D)", "( i.e. r&d )"),
        ("Grew y-o-y; see Fig. 2", "grew @b ; see fig. #"),
    ],
)
def test_a_sentence_is_a_row_of_plain_forms(text: str, forms: str) -> None:
    sentence = apart(text)
    assert [one.form for one in sentence.tokens] == forms.split()
    assert sentence.before(len(sentence.tokens)) == f" {forms} "
    assert sentence.after(-1) == f"{forms} "


@given(texts | names)
def test_tokens_and_places_are_in_order_and_inside_the_text(text: str) -> None:
    sentence = apart(text)
    for row in (sentence.tokens, sentence.places):
        done = 0
        for one in row:
            assert done <= one.start < one.end <= len(text)
            done = one.end if row is sentence.places else one.start
    for place, token in enumerate(sentence.at):
        assert sentence.tokens[token].mention == place
    for one in sentence.places:
        assert one.words == text[one.start : one.end]
        assert one.name


@given(texts)
def test_the_token_at_an_offset_is_the_first_that_ends_behind_it(text: str) -> None:
    sentence = apart(text)
    for offset in range(len(text)):
        behind = [place for place, token in enumerate(sentence.tokens) if token.end > offset]
        if sorted(one.end for one in sentence.tokens) == [one.end for one in sentence.tokens]:
            assert sentence.token_at(offset) == (behind[0] if behind else len(sentence.tokens))


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    assert all(found.end <= len(text) for found in places_in(text, 0, len(text)))
    assert local_kind(text) is None
