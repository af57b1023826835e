"""Noun phrases: the one behind a figure, the subject in front of it, its bracket and its label; and what they count."""

from __future__ import annotations

import pytest
from hypothesis import given

from ipmetrics.prose.english.nouns import is_generic, singular, unit_of
from ipmetrics.prose.english.phrases import behind
from ipmetrics.prose.english.subjects import bracketed, label_of, subject_of
from tests.prose.english_lines import sentence
from tests.prose.english_pieces import texts


@pytest.mark.parametrize(
    ("text", "phrase", "unit", "act"),
    [
        ("There were 512 invention patents.", "invention patents", "patent", None),
        ("There were 512 patents granted.", "patents", "patent", "granted"),
        ("There were 512 patents in Beijing.", "patents", "patent", None),
        ("There were 512 patent and trademark offences.", "patent and trademark offences", "case", None),
        ("There were 512 pieces of evidence.", "pieces of evidence", "piece", None),
        ("There were 512 patents of China.", "patents", "patent", None),
        ("There were 512 published PCT applications.", "published PCT applications", "application", None),
        ("There were 512 industries that grew.", "industries", None, None),
        ("There were 512 industries qualify as new.", "industries", None, None),
        ("There were 512 R&D centres.", "R&D centres", "centre", None),
    ],
)
def test_a_noun_phrase_ends_at_grammar_at_verbs_and_at_places(
    text: str, phrase: str, unit: str | None, act: str | None
) -> None:
    read = sentence(text)
    found = behind(read, read.at[0])
    assert found is not None
    assert (found.text, found.unit, found.act) == (phrase, unit, act)


@pytest.mark.parametrize(
    "text", ["It rose 12 in June.", "It rose 12.", "It rose to 12, patents say.", "up 12 and more"]
)
def test_behind_some_figures_there_is_none(text: str) -> None:
    read = sentence(text)
    assert behind(read, read.at[0]) is None


@pytest.mark.parametrize(
    ("noun", "unit"),
    [
        ("Invention patents", "patent"),
        ("trade mark registrations", "trademark"),
        ("design registrations", "design"),
        ("registrations", "registration"),
        ("design patents", "patent"),
        ("design applications", "application"),
        ("patent applications", "application"),
        ("applications for patents", "application"),
        ("disputes about trademarks", "case"),
        ("trademark grants", "trademark"),
        ("weather", None),
    ],
)
def test_the_head_of_a_phrase_says_what_is_counted(noun: str, unit: str | None) -> None:
    assert unit_of(noun) == unit


@pytest.mark.parametrize(
    ("word", "unit"), [("workshops", "workshop"), ("ministries", "ministry"), ("glass", "glass"), ("3d", None)]
)
def test_a_word_that_no_list_has_counts_itself(word: str, unit: str | None) -> None:
    assert singular(word) == unit


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Patent grants reached 500.", "Patent grants"),
        ("In 2022, the number of patent grants reached 500.", "patent grants"),
        ("Trademarks fell, while patent grants reached 500.", "patent grants"),
        ("Trademarks fell to 300; patent grants reached 500.", "patent grants"),
        ("Patents rose 2%, trade marks 5%.", "trade marks"),
        ("Patents rose by 7%, and trade mark exports to 500.", "trade mark exports"),
        ("The office said that patent grants reached 500.", "patent grants"),
        ("Grants under the Patent Cooperation Treaty (PCT) reached 500.", "Grants"),
    ],
)
def test_the_subject_is_that_of_the_figures_own_clause(text: str, subject: str) -> None:
    read = sentence(text)
    found = subject_of(read, read.at[-1])
    assert found is not None
    assert found.text == subject


@pytest.mark.parametrize(
    ("text", "bracket", "label"),
    [
        ("Fields: digital communications (10.3%).", "digital communications", "Fields"),
        ("In pharma (2%) and medical technology (10.3%).", "medical technology", None),
        ("Patent grants in 2022: 500 in all", None, "Patent grants"),
        ("Sum; trade marks: 500", None, "trade marks"),
        ("Patents reached 500.", None, None),
    ],
)
def test_brackets_and_colons_name_what_stands_before_them(text: str, bracket: str | None, label: str | None) -> None:
    read = sentence(text)
    found = bracketed(read, read.at[-1]), label_of(read, read.at[-1])
    assert [one.text if one else None for one in found] == [bracket, label]


@pytest.mark.parametrize(
    ("text", "generic"), [("it", True), ("the total number", True), ("the city", True), ("", True)]
)
def test_a_phrase_that_only_points_back_names_nothing(text: str, generic: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_generic(text) is generic


@given(texts)
def test_a_phrase_is_words_of_its_sentence(text: str) -> None:
    read = sentence(text)
    for token in read.at:
        for found in (behind(read, token), subject_of(read, token), bracketed(read, token), label_of(read, token)):
            assert found is None or (found.text in text and 0 < found.end <= len(read.tokens))
