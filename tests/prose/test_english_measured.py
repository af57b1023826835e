"""What is measured, and in which unit: from the noun, the subject, the label, the heading or the sentence before."""

from __future__ import annotations

import pytest

from tests.prose.english_lines import said


@pytest.mark.parametrize(
    ("text", "indicator", "unit"),
    [
        ("Beijing granted 500 invention patents in 2022.", "invention patents granted", "patent"),
        ("In 2022, 500 invention patents were filed.", "invention patents filed", "patent"),
        ("Patent grants reached 500 in 2022.", "Patent grants", "patent"),
        ("The number of valid trademarks stood at 500 in 2022.", "valid trademarks", "trademark"),
        ("Trademark registrations: 500 in 2022", "Trademark registrations", "trademark"),
        ("In 2022, digital communications (up 10.3%) led.", "digital communications", "percent"),
        ("Exports of goods rose 5% in 2022.", "Exports of goods", "percent"),
        ("Courts concluded 500 cases in 2022.", "cases concluded", "case"),
        ("The average review period was 16.5 months in 2022.", "average review period", "month"),
        ("Royalties reached 500 million yuan in 2022.", "Royalties", "CNY"),
        ("In 2022, 3 workshops opened their doors to 500 visitors.", "visitors", "person"),
    ],
)
def test_a_figure_measures_what_its_words_name(text: str, indicator: str, unit: str) -> None:
    last = said(text)[-1]
    assert (last.indicator, last.unit) == (indicator, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Beijing held 94 patents per 10,000 people in 2022.", "patent/10000 person"),
        ("Patents in force per 10,000 people reached 94 in 2022.", "patent/10000 person"),
        ("Beijing held 940 patents per million people in 2022.", "patent/1000000 person"),
        ("The office handled 500 applications per day in 2022.", "application/day"),
        ("The office handled 500 applications a day in 2022.", "application/day"),
        ("The office handled 500 applications per year.", "application"),
        ("In 2022, patents rose by 2.5 percentage points.", "percentage_point"),
        ("In 2022, patents were 3.5 times those of 2019.", "times"),
        ("In 2022, 500 patents were applied for by women.", "application"),
    ],
)
def test_a_rate_has_the_unit_of_its_heads(text: str, unit: str) -> None:
    assert said(text)[-1].unit == unit


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("In 2022, 500 patents were granted, of which 20 to women.", "patents granted"),
        ("In 2022, 500 patents were granted. Of these, 20 were for designs.", "patents granted"),
        ("Courts accepted 500 patent cases and concluded 480 in 2022.", "patent cases concluded"),
    ],
)
def test_a_bare_figure_goes_on_with_what_was_measured(text: str, indicator: str) -> None:
    assert said(text)[-1].indicator == indicator


def test_a_part_is_named_beside_the_whole() -> None:
    whole, part = said("In 2022, 500 patents were granted. Of these, 20 were for designs.")
    assert (dict(whole.scope), dict(part.scope)) == ({}, {"part": "for designs"})


def test_what_is_taken_from_the_sentence_before_is_borrowed() -> None:
    first, second = said("Patent grants reached 500 in 2021. In 2022, it was 600.")
    assert (first.indicator, first.borrowed, first.doubts) == ("Patent grants", (), ())
    assert (second.indicator, len(second.borrowed), second.doubts) == ("Patent grants", 1, ())


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Haidian ranked second in patent grants in 2022.", "patent grants"),
        ("In 2022, Haidian came third in the Global Innovation Index.", "Global Innovation Index"),
        ("Huawei ranked first with 500 patents in 2022.", "patents"),
    ],
)
def test_a_place_is_held_in_something(text: str, indicator: str) -> None:
    rank = said(text)[0]
    assert (rank.indicator, rank.unit) == (indicator, "rank")


def test_what_does_not_say_what_it_counts_is_not_read() -> None:
    assert said("# What was heard of it on Monday\n\nIt was 500.") == []
