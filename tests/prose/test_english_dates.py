"""Expressions of time: what they mean on the day of publication, and what they do in a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.model.periods import Period
from ipmetrics.prose.english.dates import Role, When, dates_in
from tests.prose.english_pieces import HOSTILE, PUBLISHED, texts


def times(text: str, anchor: int | None = None, published: date | None = PUBLISHED) -> list[When]:
    return list(dates_in(text, 0, len(text), anchor=anchor, published=published))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in 2022", "2022"),
        ("2022's", "2022"),
        ("first half of 2022", "2022-H1"),
        ("H1 2023", "2023-H1"),
        ("1H 2022", "2022-H1"),
        ("2022H2", "2022-H2"),
        ("first three quarters of 2022", "2022-01/2022-09"),
        ("fourth quarter of 2021", "2021-Q4"),
        ("Q3 2022", "2022-Q3"),
        ("2022Q4", "2022-Q4"),
        ("first 11 months of 2022", "2022-01/2022-11"),
        ("January-June 2022", "2022-H1"),
        ("from April 2022 to March 2023", "FY2022@04"),
        ("May 2022", "2022-05"),
        ("FY2022", "2022"),
        ("fiscal year 2021-22", "FY2021@04"),
        ("2021/22", "FY2021@04"),
        ("2019-2022", "2019-01/2022-12"),
        ("2019-22", "2019-01/2022-12"),
        ("May 5 to May 9, 2022", "2022-05-05/2022-05-09"),
        ("during the 14th Five-Year Plan period", "2021-01/2025-12"),
        ("the end of 2022", "2022-12-31"),
        ("late 2022", "2022-12-31"),
        ("as of May 5, 2022", "2022-05-05"),
        ("by May 2022", "2022-05-31"),
        ("by the end of the 13th Five-Year Plan", "2020-12-31"),
        ("2023-05-18", "2023-05-18"),
    ],
)
def test_what_names_its_year_needs_no_day_of_publication(text: str, period: str) -> None:
    (found,) = times(text, published=None)
    assert (found.period, found.explicit, found.role) == (Period(period), True, Role.TIME)


@pytest.mark.parametrize(
    ("text", "period", "named"),
    [
        ("this year", "2023", "year named"),
        ("last year", "2022", "year named"),
        ("next year", "2024", "year named"),
        ("the second half of last year", "2022-H2", "year named"),
        ("end of last year", "2022-12-31", "year named"),
        ("in March", "2023-03", "year left out"),
        ("in June", "2022-06", "year left out"),
        ("by the end of March", "2023-03-31", "year left out"),
        ("by the end of September", "2022-09-30", "year left out"),
        ("by the end of the year", "2022-12-31", "year left out"),
        ("by the end of the month", "2023-05-31", "year left out"),
        ("first quarter", "2023-Q1", "year left out"),
        ("first four months", "2023-01/2023-04", "year left out"),
        ("November to February", "2022-11/2023-02", "year left out"),
        ("as of 5 May", "2023-05-05", "year left out"),
        ("so far this year", "2023-05-20", "year left out"),
        ("currently", "2023-05-20", "year left out"),
        ("year-to-date", "2023", "year left out"),
    ],
)
def test_the_day_of_publication_tells_the_year_that_is_meant(text: str, period: str, named: str) -> None:
    (found,) = times(text)
    assert (found.period, found.explicit, found.role) == (Period(period), named == "year named", Role.TIME)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in March", "2020-03"),
        ("the first half", "2020-H1"),
        ("three years earlier", "2017"),
        ("as of 5 May", "2020-05-05"),
        ("last year", "2022"),
        ("in 2019", "2019"),
    ],
)
def test_the_year_spoken_of_goes_before_that_of_publication_but_not_before_one_that_is_named(
    text: str, period: str
) -> None:
    (found,) = times(text, anchor=2020)
    assert found.period == Period(period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("than in 2021", "2021"),
        ("from 2021", "2021"),
        ("over 2021", "2021"),
        ("since 2019", "2019"),
        ("compared with 2021", "2021"),
        ("compared with the level of 2021", "2021"),
        ("up on 2021", "2021"),
        ("same period of 2021", "2021"),
        ("than the end of the 13th Five-Year Plan", "2020-12-31"),
        ("three years earlier", "2020"),
        ("a year earlier", None),
        ("year-on-year", None),
        ("y-o-y", None),
        ("the previous year", None),
        ("12 months earlier", None),
        ("the same period last year", None),
    ],
)
def test_what_is_compared_with_is_told_from_what_is_spoken_of(text: str, period: str | None) -> None:
    (found,) = times(text)
    assert (found.role, found.period) == (Role.BASE, None if period is None else Period(period))


@pytest.mark.parametrize("text", ["between 2019 and 2022", "from 2019 to 2022", "2019-2022", "2019-22"])
def test_a_range_of_years_tells_where_a_change_began(text: str) -> None:
    (found,) = times(text)
    assert (found.base, found.role) == (Period(2019), Role.TIME)


@pytest.mark.parametrize("text", ["on May 5, 2022", "5 May 2022", "05/07/2022", "the 13th Five-Year Plan", "Feb. 30"])
def test_the_day_of_a_speech_and_the_name_of_a_plan_are_no_time_of_a_figure(text: str) -> None:
    (found,) = times(text)
    assert found.role is Role.SPAN


@pytest.mark.parametrize("text", ["the end of June", "as of 5 May", "by May 2022", "2023-05-18", "to date"])
def test_a_stock_is_of_a_day(text: str) -> None:
    (found,) = times(text)
    assert found.day


@pytest.mark.parametrize(
    "text",
    [
        "2,022",
        "2022%",
        "$2022",
        "1949",
        "2050",
        "x2022",
        "May",
        "it may rise",
        "2023-02-30",
        "2022-2021",
        "first 13 months",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == []


def test_the_words_are_those_of_the_text_without_marks_in_front() -> None:
    text = "Grants (2022), up on a year earlier"
    assert [(one.words, text[one.start : one.end]) for one in times(text)] == [
        ("2022", "2022"),
        ("a year earlier", "a year earlier"),
    ]


@given(texts, st.none() | st.integers(1990, 2040), st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1)))
def test_times_are_in_order_and_inside_the_text(text: str, anchor: int | None, published: date | None) -> None:
    done = 0
    for found in times(text, anchor, published):
        assert done <= found.start < found.end <= len(text)
        assert found.words == text[found.start : found.end]
        done = found.end


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    assert all(found.end <= len(text) for found in times(text))
