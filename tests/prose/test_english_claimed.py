"""Which figures are statistics, and which only name a thing, say when, or say who is meant."""

from __future__ import annotations

import pytest
from hypothesis import given

from ipmetrics.prose.english.claimed import claimed, denominator_of
from ipmetrics.prose.english.labels import is_phone
from ipmetrics.prose.english.states import scope_of, status_of
from ipmetrics.prose.statements import Status
from tests.prose.english_pieces import HOSTILE, PUBLISHED, apart, draft_of, texts


def statistics(text: str) -> list[str]:
    sentence = apart(text)
    return [one.figure for place, one in enumerate(sentence.mentions) if claimed(sentence, place)]


@pytest.mark.parametrize(
    ("text", "figures", "law"),
    [
        ("The office granted 27,138 patents in 2022.", ["27,138"], "a count, not its year"),
        ("It closed 433 cases by June 30.", ["433"], "a count, not its day"),
        ("It sold 3 million yuan of them.", ["3 million"], "a sum of money"),
        ("There are 55.2 patents per 10,000 people.", ["55.2"], "a rate, not what it is per"),
        ("One in every 5 patents is foreign.", [], "what a rate is per"),
        ("Filings doubled.", ["2 times"], "a multiple of what was"),
        ("It was more than double the average.", ["over 2 times"], "a multiple of another"),
        ("It was twice the average.", ["2 times"], "the same"),
        ("Double standards hurt.", [], "a word for two of a thing"),
        ("Twice a year they meet.", [], "how often"),
        ("Half of the patents are foreign.", ["Half"], "a part"),
        ("Half a year later it fell.", [], "a part of a year"),
        ("In the latter half it fell.", [], "one of two halves"),
        ("A third of the filings are foreign.", ["A third"], "a part"),
        ("A third party sued.", [], "an ordinal"),
        ("100% of cases were closed.", ["100%"], "a full hundred"),
        ("It is 100 percent owned by the state.", [], "a hundred that says wholly"),
        ("Seven people were arrested.", ["Seven"], "a result in words"),
        ("Two fewer patents were granted.", ["Two"], "a difference in words"),
        ("The three courts were set up.", [], "things that are known already"),
        ("Four major plans were made.", [], "things that are only listed"),
        ("500 shares were sold.", ["500"], "shares that are not those of a page"),
    ],
)
def test_a_statistic_is_what_was_counted_or_measured(text: str, figures: list[str], law: str) -> None:
    assert statistics(text) == figures, law


@pytest.mark.parametrize(
    "text",
    [
        "Under Article 23 it was so.",
        "The top 100 companies did.",
        "Table 3 shows them.",
        "Fig. 2 shows them.",
        "No. 5 of the list did.",
        "Read the Vision 250.",
        "(3) Patents rose.",
        "3) Patents rose.",
        "3 Source: the office",
        "5 read",
        "5 views",
        "It measures 3 × 5 cm.",
        "In 1985 and 2055 it was so.",
        "Phone: 010 6208 3114",
        "Tel: 62083114",
        "It ranked 5 in the world.",
    ],
)
def test_names_items_counters_and_numbers_of_telephones_are_none(text: str) -> None:
    assert statistics(text) == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Loans of less than 10 million yuan rose.", []),
        ("Companies with over 500 employees did.", []),
        ("People aged 35 did.", []),
        ("More than 5 patents each were filed.", []),
        ("Loans of 10 million yuan rose.", ["10 million"]),
        ("The companies got over 500 patents.", ["over 500"]),
    ],
)
def test_a_size_that_says_who_is_meant_is_a_threshold(text: str, figures: list[str]) -> None:
    assert statistics(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Examination took 16.5 months on average.", ["16.5"]),
        ("The average pendency fell to 22.3 months.", ["22.3"]),
        ("It was founded 20 years ago.", []),
        ("It was done within 5 days.", []),
        ("The programme ran for 3 years.", []),
        ("In the last 12 months it rose.", []),
        ("Two years passed.", []),
        ("The patents had a 17-year life.", []),
    ],
)
def test_a_length_of_time_is_one_if_a_procedure_took_it(text: str, figures: list[str]) -> None:
    assert statistics(text) == figures


def test_a_rate_is_of_the_figure_in_front() -> None:
    sentence = apart("There are 55.2 patents per 10,000 people.")
    assert [denominator_of(sentence, place) for place in (0, 1)] == [None, 0]
    assert denominator_of(apart("Per 10,000 people there are many."), 0) == -1


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Filings reached 5,000.", Status.ACTUAL),
        ("Filings will reach 5,000.", Status.TARGET),
        ("The target is 5,000.", Status.TARGET),
        ("By then the 5,000 mark is to be passed.", Status.TARGET),
        ("Filings are projected at 5,000.", Status.FORECAST),
        ("It met the target of 5,000.", Status.ACTUAL),
        ("Ahead of the target of 5,000, it grew.", Status.ACTUAL),
        ("The plan calls for more; it has 5,000.", Status.ACTUAL),
    ],
)
def test_a_plan_is_told_by_the_words_of_its_own_clause(text: str, status: Status) -> None:
    assert status_of(draft_of(text), PUBLISHED) is status


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Filings reached 5,000.", {}),
        ("Preliminary data show 5,000.", {"edition": "preliminary"}),
        ("The final decision on 5,000 cases", {}),
        ("Excluding Hong Kong, Macao and Taiwan, 5,000.", {"territory": "mainland"}),
        ("There were 5,000 on the mainland.", {"territory": "mainland"}),
        ("Hong Kong filed 5,000.", {}),
    ],
)
def test_an_edition_and_a_territory_restrict_a_figure(text: str, scope: dict[str, str]) -> None:
    assert scope_of(draft_of(text)) == scope


@given(texts)
def test_every_figure_is_a_statistic_or_none(text: str) -> None:
    sentence = apart(text)
    for place in range(len(sentence.mentions)):
        if denominator_of(sentence, place) is not None:
            assert not claimed(sentence, place)
        assert isinstance(claimed(sentence, place), bool)
        assert isinstance(is_phone(sentence, place), bool)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    sentence = apart(text)
    assert all(isinstance(claimed(sentence, place), bool) for place in range(len(sentence.mentions)))
