"""Claim order, labels and units never change the complete set of conflicts, the lightest repairs or their keys."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from ipmetrics.checks import conflicts
from ipmetrics.diagnosis import explain, repairs
from tests.effort import numbers
from tests.laws.test_order_labels_and_units_never_change_a_verdict import (
    _in_thousands,
    _renamed,
    _written_in_thousands,
    rewritten,
)
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from ipmetrics.findings import Repair
    from ipmetrics.model.claims import Claim

SORTS = pytest.mark.parametrize(("sort", "usual"), [(Sort.REAL, 25), (Sort.WHOLE, 20), (Sort.PRODUCTS, 6)])


def told(claims: list[Claim], places: list[int], *, readings: bool) -> tuple[object, ...]:
    """What is told of a set, in terms of the claims' original places."""
    names = {f"claim-{number}": place for number, place in enumerate(places, 1)}

    def touched(repair: Repair) -> tuple[object, ...]:
        return tuple(sorted((str(step.slip), frozenset(names[name] for name in step.ids)) for step in repair.steps))

    found = explain(claims)
    every = {frozenset(names[name] for name in conflict.ids) for conflict in conflicts(claims)}
    parts = {
        (
            frozenset(frozenset(names[name] for name in each.ids) for each in part.changes),
            part.weight,
            part.proved,
            part.complete,
            tuple((each.size, each.weight, each.fit) for each in part.rereadings) if readings else (),
            frozenset(touched(each) for each in part.rereadings) if readings else frozenset(),
        )
        for part in found.parts
    }
    return found.verdict, every, parts, bool(found.left_open)


@SORTS
def test_the_order_of_claims_changes_nothing(sort: Sort, usual: int) -> None:
    contradictions = 0
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        wanted = told(claims, places, readings=True)
        Random(seed).shuffle(places)  # noqa: S311 - nothing is kept secret
        shuffled = [claims[place] for place in places]
        assert told(shuffled, places, readings=True) == wanted, seed
        keys = [(each.size, each.weight, each.fit) for each in repairs(claims)]
        assert [(each.size, each.weight, each.fit) for each in repairs(shuffled)] == keys, seed
        assert [key[:2] for key in keys] == sorted(key[:2] for key in keys), seed
        contradictions += bool(keys)
    assert contradictions > usual // 6


@SORTS
def test_labels_change_nothing(sort: Sort, usual: int) -> None:
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        renamed = [rewritten(claim, _renamed, lambda figure, _: figure) for claim in claims]
        assert told(renamed, places, readings=True) == told(claims, places, readings=True), seed


@SORTS
def test_units_change_no_conflict_and_no_figure_that_has_to_change(sort: Sort, usual: int) -> None:
    """What digits may have been meant depends on the digits that are printed, and so on the unit."""
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        places = list(range(len(claims)))
        in_thousands = [rewritten(claim, _in_thousands, _written_in_thousands) for claim in claims]
        assert told(in_thousands, places, readings=False) == told(claims, places, readings=False), seed
