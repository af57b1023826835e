"""Published figures: those that do not follow from their numbers are caught, with their cause, and no others."""

from __future__ import annotations

import pytest

from benchmarks.slips.measuring import planted_outcome, published_cases, searched
from benchmarks.slips.oracle import fails
from benchmarks.slips.published import FACTS, RELATIONS, Statement, statements
from ipmetrics.checks import check
from ipmetrics.diagnosis import explain
from ipmetrics.findings import Slip, Verdict
from tests.effort import numbers

STATEMENTS = {statement.id: statement for statement in statements()}
WRONG = [statement for statement in STATEMENTS.values() if not statement.agrees]
NEVER = {Slip.BALANCED, Slip.POINTS, Slip.BASE_PERIOD, Slip.DENOMINATOR, Slip.SUBJECT, Slip.SCOPE}
"""Kinds that need more numbers than any of these statements gives."""


def test_every_statement_is_a_fact_with_its_source() -> None:
    assert len(STATEMENTS) == 47
    assert {statement.relation for statement in STATEMENTS.values()} == RELATIONS.keys()
    assert all(statement.source and statement.numbers for statement in STATEMENTS.values())
    assert len(FACTS.read_text("utf-8").split("[[statements]]")) == 48


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_what_does_not_follow_is_caught_and_nothing_else_is_blamed(statement: Statement) -> None:
    report = check(statement.claims())
    assert (report.verdict is Verdict.CONSISTENT) == statement.agrees
    assert (report.verdict is Verdict.INCONSISTENT) != statement.agrees
    assert bool(explain(statement.claims()).parts) != statement.agrees


@pytest.mark.parametrize("statement", WRONG, ids=lambda statement: statement.id)
def test_a_known_cause_is_among_the_first_three(statement: Statement) -> None:
    (part,) = explain(statement.claims()).parts
    steps = [repair.steps for repair in part.rereadings[:3]]
    assert any(step.slip == statement.cause and _is_where(statement, step.ids) for (step,) in steps), steps


def _is_where(statement: Statement, ids: tuple[str, ...]) -> bool:
    """The figure itself was cut off; the base it was computed from was revised."""
    place = {"cut off": "change", "revised": "base"}[str(statement.cause)]
    return ids == (f"{statement.id} {place}",)


@pytest.mark.parametrize("slip", sorted({*Slip} - NEVER))
def test_a_slip_planted_into_a_published_statement_is_in_the_best_group(slip: Slip) -> None:
    cases = published_cases(slip)
    assert cases
    for name, case in cases[:: max(1, len(cases) // len(numbers(2)))]:
        if fails(case.claims):
            rank, told = searched(case)
            assert rank, name
            assert planted_outcome(case) in told, name


@pytest.mark.parametrize("slip", sorted(NEVER))
def test_some_kinds_need_more_numbers_than_these(slip: Slip) -> None:
    assert published_cases(slip) == []
