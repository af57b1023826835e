"""The dictionary of words around a numeral, held against the page that documents it."""

from __future__ import annotations

from pathlib import Path

from ipmetrics.model.vocabulary import AFTER, BEFORE, FORMS, MULTIPLES, SCALES, FigureForm, Hedge

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "figures.md").read_text(encoding="utf-8")


def test_every_word_stands_on_the_reference_page() -> None:
    words = {word.strip() for table in (AFTER, BEFORE, FORMS, MULTIPLES, SCALES) for word in table}
    singular = {"point", "percentage point", "percent point"}
    assert {word for word in words - singular if word not in PAGE} == set()


def test_every_form_and_hedge_stands_on_the_reference_page() -> None:
    assert {name for name in (*FigureForm, *Hedge) if f"| `{name}` |" not in PAGE} == set()


def test_forms_stand_for_powers_of_ten() -> None:
    powers = {form: form.power for form in FigureForm}
    assert powers == {"number": 0, "percent": -2, "per_mille": -3, "points": -2, "times": 0}


def test_no_word_is_a_hedge_on_two_sides_with_two_meanings() -> None:
    assert {word for word in BEFORE if word in AFTER} == set()
    assert all(word == word.lower().lstrip() for table in (BEFORE, FORMS, SCALES, MULTIPLES) for word in table)
