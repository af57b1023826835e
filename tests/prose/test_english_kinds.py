"""What a figure says: a level, a change, a share or a multiple; and which way a change went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from ipmetrics.prose.english.directions import direction_near
from ipmetrics.prose.english.kinds import Meaning, meaning_of
from ipmetrics.prose.statements import Direction, Kind
from tests.prose.english_pieces import HOSTILE, apart, texts

if TYPE_CHECKING:
    from ipmetrics.model.figures import FigureForm

UP, DOWN = Direction.UP, Direction.DOWN


def meanings(text: str) -> list[Meaning]:
    """What each figure says, in the light of the one of its form before it."""
    sentence = apart(text)
    before: dict[FigureForm, Meaning] = {}
    found: list[Meaning] = []
    for place, mention in enumerate(sentence.mentions):
        before[mention.form] = meaning_of(sentence, place, previous=before.get(mention.form))
        found.append(before[mention.form])
    return found


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("Grants totalled 433,000.", Kind.LEVEL, None),
        ("Grants rose to 433,000.", Kind.LEVEL, None),
        ("up from 5,000 in 2021", Kind.LEVEL, None),
        ("It is made up of 717 cases.", Kind.LEVEL, None),
        ("Pendency was cut to 16.5 months.", Kind.LEVEL, None),
        ("Grants grew by 310 patents.", Kind.CHANGE, UP),
        ("An increase of 310 was seen.", Kind.CHANGE, UP),
        ("There were 310 more patents than in 2021.", Kind.CHANGE, UP),
        ("There were 310 fewer than in 2021.", Kind.CHANGE, DOWN),
        ("They were many (-310).", Kind.CHANGE, DOWN),
        ("It was up 5,000 from 2021.", Kind.CHANGE, UP),
    ],
)
def test_a_number_is_a_level_but_for_a_difference(text: str, kind: Kind, direction: Direction | None) -> None:
    assert meanings(text) == [Meaning(kind=kind, direction=direction)]


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("Grants rose 5.2 percent.", Kind.CHANGE, UP),
        ("Grants fell by 5.2%.", Kind.CHANGE, DOWN),
        ("Grants fell sharply, by 5.2%.", Kind.CHANGE, DOWN),
        ("Grants saw 5.2% year-on-year growth.", Kind.CHANGE, UP),
        ("It posted negative growth of 5.2%.", Kind.CHANGE, DOWN),
        ("Grants (-5.2%) were few.", Kind.CHANGE, DOWN),
        ("Grants (up 5.2%) were many.", Kind.CHANGE, UP),
        ("Grants were 5.2% lower than in 2021.", Kind.CHANGE, DOWN),
        ("Grants were 12% more than a year earlier.", Kind.CHANGE, UP),
        ("Grants were 5.2% higher than the national average.", Kind.RATIO, None),
        ("It had 12% more patents than Japan.", Kind.RATIO, None),
        ("Inventions accounted for 45% of the total.", Kind.SHARE, None),
        ("Inventions made up 45%.", Kind.SHARE, None),
        ("45% of the patents are foreign.", Kind.SHARE, None),
        ("Above 45% of the patents are foreign.", Kind.SHARE, None),
        ("The share of inventions was 45%.", Kind.SHARE, None),
        ("The closing rate stood at 95%.", Kind.SHARE, None),
        ("More than half of the patents are foreign.", Kind.SHARE, None),
    ],
)
def test_a_percentage_is_what_the_nearest_words_say(text: str, kind: Kind, direction: Direction | None) -> None:
    assert meanings(text) == [Meaning(kind=kind, direction=direction)]


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("The share rose by 3.2 percentage points.", Kind.CHANGE, UP),
        ("The share was 3.2 percentage points lower than in 2021.", Kind.CHANGE, DOWN),
        ("The rate was 3.2 percentage points higher than the national average.", Kind.RATIO, None),
        ("Growth was 3.2 percentage points faster than the national average.", Kind.CHANGE, UP),
    ],
)
def test_points_part_two_times_or_two_things(text: str, kind: Kind, direction: Direction | None) -> None:
    assert meanings(text) == [Meaning(kind=kind, direction=direction)]


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("It was 3.54 times the national average.", Kind.RATIO, None),
        ("It is 3 times higher than the average.", Kind.RATIO, None),
        ("Exports doubled.", Kind.RATIO, None),
        ("It grew by 3 times.", Kind.CHANGE, UP),
        ("It saw a 12-fold increase.", Kind.CHANGE, UP),
    ],
)
def test_a_multiple_is_a_change_where_something_grew_by_it(text: str, kind: Kind, direction: Direction | None) -> None:
    assert meanings(text) == [Meaning(kind=kind, direction=direction)]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Grants rose 5% and filings 7%.", Meaning(kind=Kind.CHANGE, direction=UP, sure=False)),
        ("Grants fell 5%, while filings rose 7%.", Meaning(kind=Kind.CHANGE, direction=UP)),
        ("Grants fell 5%, of which filings 7%.", Meaning(kind=Kind.CHANGE, direction=DOWN, sure=False)),
        ("45% of grants and 7% of filings are foreign.", Meaning(kind=Kind.SHARE)),
    ],
)
def test_a_percentage_without_a_word_of_its_own_goes_by_the_one_before(text: str, second: Meaning) -> None:
    assert meanings(text)[1] == second


@pytest.mark.parametrize("text", ["5.2%", "Inventions, 45%, led.", "Growth slowed to 5.2%."])
def test_what_nothing_says_is_unsure(text: str) -> None:
    assert meanings(text) == [Meaning(kind=Kind.SHARE, sure=False)]


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        (" grants rose by ", "", UP),
        (" grants rose ; ", "and fell ", DOWN),
        (" more ", "down ", DOWN),
        (" ", "and a long way to any rise ", None),
        (" ", ". rise ", None),
        ("", "", None),
    ],
)
def test_the_nearest_word_of_change_is_looked_for_to_the_left_first(
    before: str, after: str, direction: Direction | None
) -> None:
    assert direction_near(before, after) is direction


@given(texts)
def test_a_change_has_a_direction_and_nothing_else_has(text: str) -> None:
    for found in meanings(text):
        assert (found.kind is Kind.CHANGE) == (found.direction is not None)
        assert found.kind is not Kind.RANK


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:9]))
def test_long_rows_of_one_piece_are_read(text: str) -> None:
    assert len(meanings(text)) == len(apart(text).mentions)
