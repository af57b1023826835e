"""What figures of one sentence have to do with each other: changes of levels, bases, parts, and rows given out."""

from __future__ import annotations

import pytest

from ipmetrics.prose.statements import Kind, Statement
from tests.prose.english_lines import quotes, said


def based_on(statement: Statement) -> int | None:
    return statement.base.statement if statement.base is not None else None


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("In 2022, 512 patents were granted, up 8%.", [None, 0]),
        ("In 2022, 512 patents (up 8%) were granted.", [None, 0]),
        ("In 2022, patents rose 8% to 512.", [1, None]),
        ("In 2022, patents rose by 8% year on year, reaching 512.", [1, None]),
        ("In 2022, 512 patents, or 12.8% of the total, were granted.", [None, 0]),
        ("In 2022, 12.8%, or 512 patents, were granted.", [1, None]),
        ("In 2022, 512 patents were granted; trademarks rose 8%.", [None, None]),
        ("In 2022, 512 patents were granted, while trademarks rose 8%.", [None, None]),
        ("In 2022, patents rose 8% and trademarks 5%.", [None, None]),
    ],
)
def test_a_change_or_share_is_about_the_level_beside_it(text: str, about: list[int | None]) -> None:
    assert [one.about for one in said(text)] == about


@pytest.mark.parametrize(
    "text",
    [
        "Grants reached 700 in 2022, up 16.7% from 600 in 2021.",
        "Grants reached 700 in 2022, an increase of 16.7% on 600 in 2021.",
    ],
)
def test_a_change_from_a_printed_level_has_it_as_base(text: str) -> None:
    level, change, before = said(text)
    assert (change.about, based_on(change)) == (0, 2)
    assert [str(one.period) for one in (level, before)] == ["2022", "2021"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Grants rose from 600 in 2020 to 700 in 2021.", ["2020", "2021"]),
        ("Grants reached 700 in 2022, compared with 600 a year earlier.", ["2022", "2021"]),
        ("Grants reached 700 in 2022, against 600 in 2019.", ["2022", "2019"]),
        ("In 2022, pendency was 5.60 months (2019: 5.96 months).", ["2022", "2019"]),
    ],
)
def test_two_levels_are_of_the_two_times_that_are_named(text: str, periods: list[str]) -> None:
    statements = said(text)
    assert [one.kind for one in statements] == [Kind.LEVEL] * 2
    assert [str(one.period) for one in statements] == periods
    assert len({one.indicator for one in statements}) == 1


def test_rows_are_given_out_one_by_one() -> None:
    statements = said("China granted 700 patents and 900 trademarks in 2022, up 5% and 6% respectively.")
    assert [one.about for one in statements] == [None, None, 0, 1]
    assert [one.kind for one in statements[2:]] == [Kind.CHANGE] * 2


def test_growth_behind_two_levels_may_be_of_either() -> None:
    pledges, amount, growth = said("In 2022 the city registered 483 pledges worth 2.896 billion yuan, up 8.06%.")
    assert (pledges.unit, amount.unit, growth.about) == ("pledge", "CNY", 1)
    assert [(one.about, one.span) for one in growth.alternatives] == [(0, growth.span)]


def test_growth_in_brackets_is_of_the_level_right_before_it() -> None:
    *_, growth = said("In 2022 the city registered 483 pledges worth 2.896 billion yuan (up 8.06%).")
    assert (growth.about, growth.alternatives) == (1, ())


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("It heard 7,151 cases, made up of 717 on patents, 5,000 on trademarks and 1,434 on copyright.", True),
        ("It heard 7,151 cases, of which 717 on patents, 5,000 on trademarks and 1,434 on copyright.", False),
    ],
)
def test_parts_that_make_up_a_whole_are_told_from_parts_that_are_in_it(text: str, complete: bool) -> None:  # noqa: FBT001 - a column of the table
    whole, *parts = said(text)
    assert (whole.parts, whole.complete) == ((1, 2, 3), complete)
    assert [one.parts for one in parts] == [()] * 3


def test_an_amount_in_a_second_currency_is_the_same_amount() -> None:
    yuan, dollars = said("China paid 120.8 billion yuan (17.3 billion US dollars) for imported IP in 2021.")
    assert (yuan.unit, dollars.unit, dollars.about) == ("CNY", "USD", 0)
    assert dollars.indicator == yuan.indicator


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("In 2022 the stock was 3 times that of 2019.", Kind.RATIO, 3),
        ("In 2022 the stock increased by 3 times.", Kind.CHANGE, 3),
        ("In 2022 the stock was double that of 2019.", Kind.RATIO, 2),
    ],
)
def test_a_multiple_is_not_a_growth_by_so_many_times(text: str, kind: Kind, value: int) -> None:
    (one,) = said(text)
    assert (one.kind, int(one.value), one.unit) == (kind, value, "times")


def test_a_share_of_a_printed_whole_has_it_as_base() -> None:
    found = quotes(said("In 2022, grants to women accounted for 20% of the 500 patents."))
    assert found["20"].base is not None
    assert found["20"].base.statement is not None


@pytest.mark.parametrize(
    "between", [" , and" * 40, " up , a ," * 40, " or , an ," * 40], ids=["items", "moves", "articles"]
)
def test_commas_without_end_are_given_up_at_once(between: str) -> None:
    assert said(f"In 2022 it heard 5 cases: 1 a{between} x 3% of 5 cases.") is not None
