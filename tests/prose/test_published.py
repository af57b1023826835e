"""Published: the day a page tells, and none where it tells none."""

from __future__ import annotations

from datetime import date

import pytest

from ipmetrics.prose.cleaning import cleaned
from ipmetrics.prose.dates import days_in, without_days
from ipmetrics.prose.layout import blocks_of
from ipmetrics.prose.published import published_on

BODY = "\n\nOn 3 May 2019 the office said that 5,000 patents were granted by 31 December 2018.\n"


def told(text: str) -> date | None:
    held = cleaned(text)
    return published_on(held, blocks_of(held))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-12-26 23:17:45", date(2025, 12, 26)),
        ("Xinhua | Updated: 2024-02-28 10:10", date(2024, 2, 28)),
        ("Date: 2022-04-30", date(2022, 4, 30)),
        ("Published 20 June 2024", date(2024, 6, 20)),
        ("Published on Thursday, June 20th, 2024 at 9:00 a.m.", date(2024, 6, 20)),
        ("Source: newspaper report, 2017-06-21", date(2017, 6, 21)),
        ("Apr 24, 2025", date(2025, 4, 24)),
        ("Apr 24, 2025 · 5 min read", date(2025, 4, 24)),
        ("China Daily, 24 April 2025", date(2025, 4, 24)),
        ("29/11/2022", date(2022, 11, 29)),
        ("时间：2024-02-22", date(2024, 2, 22)),
        ("2024年2月22日 来源：解放日报", date(2024, 2, 22)),
        ("发布时间：2024/02/22 09:30　来源：市局　浏览次数：1,234", date(2024, 2, 22)),
        ("Published 3 May 2023, last updated 5 June 2023", date(2023, 5, 3)),
    ],
)
@pytest.mark.parametrize(
    "frame", ["Patents in figures\n\n{}" + BODY, "{}" + BODY, "Patents in figures" + BODY + "\n{}"]
)
def test_a_line_of_the_page_tells_the_day(line: str, day: date, frame: str) -> None:
    assert told(frame.format(line)) == day


def test_a_dateline_with_its_year_tells_the_day() -> None:
    assert told("Geneva, November 6, 2023 - Filings rose by 5% from 6 May 2021.") == date(2023, 11, 6)


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        "BEIJING, Dec. 26 (Xinhua) -- Filings rose.",
        "Statistics as of 31 December 2023" + BODY,
        "4 May" + BODY,
        "04/05/2023" + BODY,
        "Date: 2023-02-30" + BODY,
        "July 2024" + BODY,
        "Date: 2022-04-30\nDate: 2022-05-01" + BODY,
        BODY + "\nWe use cookies. Cookie policy of 25 May 2018",
        BODY + "\nNext: Report of 3 May 2020\nRelated: 4 May 2020",
        BODY + "\nCopyright 2020-01-01 Example. All rights reserved.",
        BODY + "\n版权所有 2020-01-01",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert told(text) is None


def test_what_stands_above_the_text_is_asked_first() -> None:
    assert told("2024-02-22\n" + BODY + "\n2023-01-01\n2023-01-02") == date(2024, 2, 22)


def test_an_update_counts_only_where_nothing_else_is_told() -> None:
    assert told("Updated: 2024-03-01\n2024-02-22" + BODY) == date(2024, 2, 22)


@pytest.mark.parametrize(
    "words", ["2024-13-01", "2024-2", "32 May 2023", "May 2023", "12/11/2023", "12024-01-01", "3 Mayor 2023"]
)
def test_what_is_no_full_day(words: str) -> None:
    assert list(days_in(words)) == []


def test_days_clocks_and_weekdays_are_taken_out() -> None:
    assert without_days("Mon 3 May 2023 at 10:30 GMT+0800, 5 cases").split() == ["at", ",", "5", "cases"]
    assert without_days("星期一 2024年2月22日 5件").split() == ["5件"]
