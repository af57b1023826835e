"""Two sentences meet only where each of them says for itself which place and which year it speaks of."""

from __future__ import annotations

import pytest

import ipmetrics as ipm

TIANJIN = "Beijing had 2.3 million patent applications in 2022. Tianjin had 0.8 million of them in 2022, up 3%. "
LATER = "In 2023, China granted 921,000 invention patents. "


@pytest.mark.parametrize("text", [
    "The district granted 40,455 invention patents in 2021. The city granted 79,167 invention patents in 2021.",
    "In 2021 the university filed 455 PCT applications. In 2021 the company filed 512 PCT applications.",
    "2021年,该区发明专利授权量为40455件。2021年,全市发明专利授权量为79167件。",
    "2021年,海淀区发明专利授权量为40455件。2021年,全市发明专利授权量为79167件。",
    TIANJIN + "Patent applications filed in 2022 grew 5%.",
    LATER + "Two years earlier, China granted 696,000 invention patents.",
    LATER + "China had granted 798,000 invention patents the year before.",
    LATER + "In the previous five years China granted an average of 600,000 invention patents a year.",
    LATER + "Courts concluded 500,000 cases in 2022. China granted 798,000 invention patents, the report adds.",
])  # fmt: skip
def test_another_place_or_year_is_no_contradiction(text: str) -> None:
    report = ipm.find_claims(text, date="2024-06-01").judge()
    assert report.verdict is ipm.Verdict.CONSISTENT, str(report.conflicts)


@pytest.mark.parametrize("text", [
    LATER + "China granted 912,000 invention patents in 2023, the report says elsewhere.",
    "2021年,海淀区发明专利授权量为40455件。海淀区2021年发明专利授权量为40545件。",
])  # fmt: skip
def test_the_same_place_and_year_is_one(text: str) -> None:
    report = ipm.find_claims(text, date="2024-06-01").judge()
    assert report.verdict is ipm.Verdict.INCONSISTENT
    assert len(report.conflicts[0].ids) == 2


def test_what_one_sentence_says_is_judged_wherever_it_is() -> None:
    text = "Beijing granted 79,210 invention patents in 2021. Shanghai is busier. Grants rose from 400 to 500, up 31%."
    assert ipm.find_claims(text, date="2022-06-01").judge().verdict is ipm.Verdict.INCONSISTENT


def test_parts_without_a_name_are_not_one_thing() -> None:
    text = (
        "The UK received 21,813 patent applications in 2023. In 2023, 57.8 percent, or 12,605, came from abroad. "
        "In 2023, 31 percent, or 6,762, were filed online."
    )
    assert ipm.find_claims(text, date="2024-06-01").judge().verdict is ipm.Verdict.CONSISTENT


@pytest.mark.parametrize("text", [
    "In 2023, GDP grew 5.2% at comparable prices to 126.1 trillion yuan from 121.0 trillion yuan in 2022.",
    "2023年,全省地区生产总值45.21万亿元,按可比价格计算,比2022年的44.31万亿元增长5.2%。",
])  # fmt: skip
def test_growth_at_comparable_prices_says_nothing_of_the_amounts(text: str) -> None:
    article = ipm.find_claims(text, date="2024-03-01")
    report = article.judge()
    assert report.verdict is ipm.Verdict.CONSISTENT, str(report.conflicts)
    assert any("comparable prices" in doubt for statement in article.statements for doubt in statement.doubts)
