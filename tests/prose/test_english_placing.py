"""Where and when: the place and the period that a figure is quoted for, by where in its sentence they are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.prose.english.casting import Cast
from ipmetrics.prose.english.lookup import figure_end_before, place_at, places_between
from ipmetrics.prose.english.placing import country_of
from tests.prose.english_lines import said, sentence
from tests.prose.english_pieces import texts


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Beijing granted 500 patents in 2022.", ["Beijing"]),
        ("Beijing granted 500 patents and Shanghai 400 in 2022.", ["Beijing", "Shanghai"]),
        ("In 2022, 604 applications from Germany were received.", ["Germany"]),
        ("In 2022, 604 applications filed in Japan were received.", ["Japan"]),
        ("More than in Germany, Beijing granted 500 patents in 2022.", ["Beijing"]),
        ("According to China Daily, Shanghai granted 500 patents in 2022.", ["Shanghai"]),
        ("In 2022, the leaders were Apple (541) and Google (431).", ["Apple", "Google"]),
        ("Apple, whose grants totaled 541 in 2022, led.", ["Apple"]),
        ("In 2022, Apple and Google won 541 and 431 patents, respectively.", ["Apple", "Google"]),
        ("In 2022, patents rose to 500.", [None]),
    ],
)
def test_a_figure_is_quoted_for_the_name_its_words_put_it_with(text: str, regions: list[str | None]) -> None:
    assert [one.region for one in said(text)] == regions


@pytest.mark.parametrize(
    ("text", "words", "region"),
    [
        ("In 2022, Beijing held 500 patents, 20% of the national total.", "the national total", "China"),
        ("In 2022, Beijing held 500 patents, 20% of those in Shanghai.", "those in Shanghai", "Shanghai"),
        ("In 2022, Beijing held 500 patents, 3.5 times the world average.", "the world average", "World"),
    ],
)
def test_the_whole_of_a_share_has_a_place_of_its_own(text: str, words: str, region: str) -> None:
    held, part = said(text)
    assert (held.region, part.region) == ("Beijing", "Beijing")
    assert part.base is not None
    assert (part.base.words, part.base.region) == (words, region)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Grants reached 500 in 2021.", ["2021"]),
        ("In 2021, grants reached 500.", ["2021"]),
        ("Grants reached 500 in 2021 and 600 in 2022.", ["2021", "2022"]),
        ("Grants reached 500 in the first half of 2022.", ["2022-H1"]),
        ("Grants reached 500 by the end of 2022.", ["2022-12-31"]),
        ("Grants were 500 (2021) before.", ["2021"]),
        ("Filings reached 900 in 2022. The year before, 800 were filed.", ["2022", "2021"]),
    ],
)
def test_a_figure_is_of_the_time_that_stands_closest_and_belongs_to_no_other(text: str, periods: list[str]) -> None:
    assert [str(one.period) for one in said(text)] == periods


def test_the_way_from_one_year_to_another_is_of_the_last_and_based_on_the_first() -> None:
    (growth,) = said("Patent filings grew by an annual average of 6% between 2018 and 2022.")
    assert growth.base is not None
    assert (str(growth.period), str(growth.base.period), growth.per) == ("2022", "2018", "year")


@pytest.mark.parametrize(
    ("place", "country"), [("Haidian", "China"), ("Germany", "Germany"), ("Atlantis", None), (None, None)]
)
def test_the_catalogue_knows_which_country_a_place_lies_in(place: str | None, country: str | None) -> None:
    assert country_of(place) == country


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [
        ("Beijing granted more than Shanghai.", ["Beijing"]),
        ("China did well, excluding Taiwan and Macao.", ["China"]),
        ("Beijing (Shanghai not counted) did well.", ["Beijing"]),
        ("World Bank data on Germany", ["Germany"]),
        ("Japan's average was low.", []),
    ],
)
def test_what_is_compared_with_or_left_out_is_not_spoken_of(text: str, spoken_of: list[str]) -> None:
    words = {one.words.removesuffix("'s").strip("(,") for one in Cast.of(sentence(text), ()).spoken_of(0, len(text))}
    assert words == set(spoken_of)


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_what_is_found_by_halving_is_what_going_through_all_finds(text: str, first: int, last: int) -> None:
    read = sentence(f"Beijing {text} China 5 in Haidian")
    places = read.places
    assert [*places_between(read, first, last)] == [one for one in places if first <= one.start < last]
    assert place_at(read, first) == next((one for one in places if one.start <= first < one.end), None)
    ends = [one.end for one in read.mentions if one.end <= last]
    assert figure_end_before(read, last) == max(ends, default=read.start)
