"""Words of time: the days they mean, by the day of publication and the year named last."""

from __future__ import annotations

from datetime import date

import pytest

from ipmetrics.prose.chinese.periods import Clock, Mention, mentions


def found(text: str, clock: Clock) -> list[Mention]:
    return list(mentions(text, 0, len(text), clock))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年", "2021"),
        ("2021年度", "2021"),
        ("今年1至9月", "2023-01/2023-09"),
        ("今年前10个月", "2023-01/2023-10"),
        ("去年", "2022"),
        ("前年", "2021"),
        ("上半年", "2023-H1"),
        ("2022年下半年", "2022-H2"),
        ("第三季度", "2023-Q3"),
        ("前三季度", "2023-01/2023-09"),
        ("2022年1月至11月", "2022-01/2022-11"),
        ("2019-2021年", "2019-01/2021-12"),
        ("“十三五”期间", "2016-01/2020-12"),
        ("十四五末", "2025-12-31"),
        ("去年底", "2022-12-31"),
        ("截至2022年6月", "2022-06-30"),
        ("到10月末", "2023-10-31"),
        ("截至2023年6月30日", "2023-06-30"),
        ("2022年初", "2021-12-31"),
    ],
)
def test_words_of_time_mean_days(text: str, period: str) -> None:
    (mention,) = found(text, Clock(date(2023, 11, 20)))
    assert str(mention.period) == period
    assert mention.end == len(text)


@pytest.mark.parametrize(
    ("text", "published", "period"),
    [
        ("1至11月", date(2023, 1, 12), "2022-01/2022-11"),
        ("1至11月", date(2023, 12, 12), "2023-01/2023-11"),
        ("全年", date(2023, 1, 12), "2022"),
    ],
)
def test_a_month_without_a_year_is_the_last_one_gone_by(text: str, published: date, period: str) -> None:
    assert str(found(text, Clock(published))[0].period) == period


def test_a_part_of_a_year_is_of_the_year_named_last() -> None:
    mentioned = found("去年全年38件,其中第4季度8件,今年前三季度30件", Clock(date(2016, 10, 25)))
    assert [str(mention.period) for mention in mentioned] == ["2015", "2015-Q4", "2016-01/2016-09"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("比上年", "2021"),
        ("较2020年", "2020"),
        ("与上年末", "2021-12-31"),
        ("去年同期", "2022"),
        ("2012年的3.2倍", "2012"),
    ],
)
def test_what_something_is_compared_with_moves_no_clock(text: str, period: str) -> None:
    clock = Clock(date(2023, 2, 20), year=2022)
    mention = found(text, clock)[0]
    assert (mention.base, str(mention.period), clock.year) == (True, period, 2022)


def test_the_day_of_a_meeting_is_no_period() -> None:
    assert [mention.period for mention in found("4月26日发布", Clock(date(2023, 4, 26)))] == [None]


def test_without_a_day_of_publication_and_a_year_nothing_is_guessed() -> None:
    assert [mention.period for mention in found("去年", Clock())] == [None]


def test_the_years_of_the_republic_count_only_where_they_are_in_use() -> None:
    assert str(found("105年第3季", Clock(republic=True))[0].period) == "2016-Q3"
    assert found("105年来", Clock()) == []
