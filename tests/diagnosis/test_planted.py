"""Slips planted into made-up yearbooks are found again; the table in `docs/reference/slips.md` is of many more."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from random import Random

import attrs
import pytest

from benchmarks.slips.checks import weak_figures
from benchmarks.slips.measuring import (
    Outcome,
    header,
    judged,
    names,
    percent,
    planted_outcome,
    published_cases,
    row,
    searched,
    world_of,
)
from benchmarks.slips.oracle import best_group, fails, outcome
from benchmarks.slips.planting import Planted, meaning_of
from benchmarks.slips.printing import Digits, Form
from benchmarks.slips.worlds import FEWEST, MOST, World, drawn
from ipmetrics.checks import check
from ipmetrics.findings import Slip, Step, Verdict
from ipmetrics.model.claims import Change, Claim, Level, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Figure
from ipmetrics.model.indicators import Indicator
from tests.effort import numbers

GRANTED = Indicator("granted", unit="patent", whole=True)
NORTH, SOUTH, ALL, BEFORE = (GRANTED.at(*where) for where in (("N", 2021), ("S", 2021), ("A", 2021), ("A", 2020)))
TRUTH = {NORTH: Fraction(30), SOUTH: Fraction(50), ALL: Fraction(80), BEFORE: Fraction(64)}


# ------------------------------------------------------------------------------ the search
@pytest.mark.parametrize("slip", Slip)
def test_what_was_planted_is_in_the_best_group(slip: Slip) -> None:
    visible = 0
    for number in numbers(2):
        case = world_of(slip, number)
        rank, told = searched(case)
        if rank or fails(case.claims):
            visible += 1
            assert rank, (number, *map(str, case.claims))
            assert planted_outcome(case) in told, number
    assert visible


@pytest.mark.parametrize("slip", Slip)
def test_the_search_finds_what_the_oracle_finds_and_nothing_else(slip: Slip) -> None:
    for number in numbers(1):
        assert judged(world_of(slip, number)).is_right, number


def test_the_oracle_tries_whatever_a_slip_may_have_been() -> None:
    sums = Total(ALL, [NORTH, SOUTH])
    assert not fails([Level(NORTH, "30"), Level(SOUTH, "50"), Level(ALL, "80"), sums])
    wrong: list[Claim] = [Level(NORTH, "30"), Level(SOUTH, "5"), Level(ALL, "80"), sums]
    assert fails(wrong)
    assert {reading.slip for reading in best_group(wrong).found} >= {Slip.POWER, Slip.OVERLAP}


# ------------------------------------------------------------------------------ worlds
@pytest.mark.parametrize("slip", Slip)
def test_a_world_holds_and_every_figure_stands_in_two_independent_checks(slip: Slip) -> None:
    for number in numbers(2):
        world = drawn(slip, Random(number))  # noqa: S311 - made-up worlds are drawn, not secret
        assert FEWEST <= len(world.claims) <= MOST
        assert not weak_figures(world.claims, world.truth)
        assert check(world.claims, per_claim=False).verdict is Verdict.CONSISTENT


@pytest.mark.parametrize("slip", Slip)
def test_a_planted_slip_says_something_else_and_read_as_meant_the_set_holds(slip: Slip) -> None:
    for number in numbers(2):
        case = world_of(slip, number)
        meant = dict(zip(case.places, case.meant, strict=True))
        assert all(meaning_of(case.claims[place]) != meaning_of(claim) for place, claim in meant.items())
        read = [meant.get(place, claim) for place, claim in enumerate(case.claims)]
        assert not fails([claim for claim in read if claim is not None])


def test_a_number_names_a_world_for_ever() -> None:
    one, again = (world_of(Slip.LABELS, 3) for _ in range(2))
    assert one == again
    assert one != world_of(Slip.LABELS, 4)


def test_a_figure_is_weak_that_nothing_checks_or_that_cannot_be_told_from_another() -> None:
    sums = Total(ALL, [NORTH, SOUTH])
    levels = [Level(NORTH, "30"), Level(SOUTH, "50"), Level(ALL, "80")]
    shares = [Share(NORTH, ALL, "37.5%"), Share(SOUTH, ALL, "62.5%")]
    assert weak_figures([*levels, sums], TRUTH) == {0, 1, 2}
    assert weak_figures([*levels, sums, *shares], TRUTH) == set()
    assert weak_figures([*levels, sums, *shares, Level(BEFORE, "64")], TRUTH) == {6}
    assert weak_figures([*levels, sums, *shares, Level(BEFORE, "64"), Change(ALL, "16")], TRUTH) == {6, 7}
    assert weak_figures([*levels, sums, *shares, Rank(SOUTH, 1, among=[NORTH])], TRUTH) == set()


# ------------------------------------------------------------------------------ what is printed
@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        (Form(), Fraction("40454.5"), "40,455"),
        (Form(1, "%"), Fraction("-0.12345"), "-12.3%"),
        (Form(2, "万"), Fraction(623_450), "62.35万"),
        (Form(3, " billion"), Fraction(2_895_500_000), "2.896 billion"),
        (Form(1, " points"), Fraction("0.0044"), "0.4 points"),
        (Form(2), Fraction("0.004"), "0.00"),
    ],
)
def test_a_press_office_rounds_half_up_and_its_form_is_read_back(form: Form, value: Fraction, text: str) -> None:
    assert form.printed(value) == text
    assert value in Figure(text).interval()
    assert Form.of(text) == attrs.evolve(form, commas=True)


def test_digits_are_printed_only_as_somebody_would() -> None:
    digits = Digits.of("40,455")
    assert digits is not None
    assert attrs.evolve(digits, digits="04455").text() is None
    assert digits.at(places=3).text() == "40.455"
    assert digits.at(places=5).text() is None
    assert digits.at(after="万").text() == "40,455万"
    assert Digits.of("nearly all") is None


def test_what_was_planted_is_known_by_its_slip_its_claims_and_what_they_then_say() -> None:
    printed, meant = Change(ALL, "1.25 times", id="x"), Ratio(ALL, BEFORE, "1.25 times", id="x")
    case = Planted(Slip.TIMES, (printed,), (0,), (meant,))
    step = Step(("x",), (printed,), "", slip=Slip.TIMES, reread=(meant,))
    assert case.is_named_by(step)
    assert not case.is_named_by(attrs.evolve(step, slip=Slip.POWER))
    assert not case.is_named_by(attrs.evolve(step, ids=("y",)))
    assert not case.is_named_by(attrs.evolve(step, reread=(Ratio(ALL, BEFORE, "1.2 times"),)))
    assert meaning_of(Ratio(ALL, BEFORE, "1.25")) == meaning_of(Ratio(ALL, BEFORE, "1.25", id="z"))
    assert meaning_of(Ratio(ALL, BEFORE, "1.25")) != meaning_of(Ratio(ALL, NORTH, "1.25"))


def test_what_a_world_is_true_of_follows_from_its_values() -> None:
    world = World(TRUTH, ())
    assert world.true(Change(ALL, "25%")) == Fraction(1, 4)
    assert world.true(Change(ALL, "16")) == 16
    assert world.true(Share(NORTH, ALL, "38%")) == Fraction(3, 8)


# ------------------------------------------------------------------------------ the table
def test_a_row_counts_what_shows_and_what_is_named_first() -> None:
    hidden = Outcome(visible=False)
    first = Outcome(visible=True, expected=True, size=1, rank=1)
    second = Outcome(visible=True, expected=True, size=3, rank=2, others=frozenset({Slip.BALANCED}))
    cells = row("cut off", [hidden, first, second, second]).strip("|").split("|")
    assert len(cells) == len(header("kind").splitlines()[0].strip("|").split("|"))
    assert [cell.strip() for cell in cells] == [
        *("cut off", "4", "75.0 %", "100 %", "100 %", "2.3", "3"),
        *("33.3 %", "100 %", "100 %", "33.3 %", "nudged 66.6 %"),
    ]
    assert [percent(999, 1000), percent(9999, 10_000), percent(3, 3), percent(0, 0)] == [
        "99.9 %",
        "99.9 %",
        "100 %",
        "–",
    ]
    assert not attrs.evolve(first, same=False).is_right
    assert not attrs.evolve(first, expected=False).is_right
    assert hidden.is_right


def test_the_reference_page_has_a_row_for_every_kind_in_the_columns_that_are_measured() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "slips.md").read_text("utf-8")
    made_up, published, planted = page.split("\n## ")[1:]
    assert header("kind") in made_up
    assert header("kind") in published
    assert all(f"\n| {slip} |" in made_up and f"\n| {slip} |" in planted for slip in Slip)
    assert all((f"\n| {slip} |" in published) == bool(published_cases(slip)) for slip in Slip)


def test_what_a_reading_comes_to_does_not_depend_on_its_words() -> None:
    case = world_of(Slip.TIMES, 0)
    (mine,) = (reading for reading in best_group(case.claims).found if names(case, reading))
    assert outcome(case.claims, attrs.evolve(mine, text="otherwise")) == planted_outcome(case)
