"""What is declared of regions, members, indicators and claims holds for the whole set, wherever it stands in it."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from ipmetrics.checks import check, conflicts
from ipmetrics.checks.assembly import assemble
from ipmetrics.errors import ClaimError
from ipmetrics.findings import AssumptionKind, Verdict
from ipmetrics.model.claims import Level, Ratio
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region
from tests.checks.cast import GRANTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipmetrics.model.claims import Claim

WHOLE = Region("whole")


def verdicts(claims: Sequence[Claim]) -> set[Verdict]:
    """The verdicts of the claims in every order."""
    return {check(list(order), per_claim=False).verdict for order in permutations(claims)}


def levels(*pairs: tuple[Region | str, str]) -> list[Claim]:
    return [Level(GRANTED.at(region, 2021), figure) for region, figure in pairs]


def test_a_region_is_part_of_what_any_mention_of_it_says() -> None:
    declared = Ratio(GRANTED.at(Region("part", part_of=WHOLE), 2021), GRANTED.at("elsewhere", 2021), "over 0")
    assert verdicts([*levels(("part", "5"), (WHOLE, "3")), declared]) == {Verdict.INCONSISTENT}
    assert verdicts(levels(("part", "5"), (WHOLE, "3"))) == {Verdict.CONSISTENT}


def test_parts_of_parts_may_be_declared_at_different_places() -> None:
    inner, outer = Region("inner", part_of=Region("middle")), Region("middle", part_of=WHOLE)
    claims = levels((inner, "5"), (outer, "6"), (WHOLE, "4"))
    assert verdicts(claims) == {Verdict.INCONSISTENT}
    assert {len(conflict.claims) for conflict in conflicts(claims)} == {2}
    assert [conflict.ids for conflict in conflicts(claims)] == [("claim-1", "claim-3"), ("claim-2", "claim-3")]


def test_a_scope_member_is_part_of_what_any_mention_of_it_says() -> None:
    firms = {"holder": Member("firms", part_of="all")}
    claims: list[Claim] = [
        Level(GRANTED.at("A", 2021, {"holder": "firms"}), "5"),
        Level(GRANTED.at("A", 2021), "3"),
        Level(GRANTED.at("B", 2021, firms), "1"),
    ]
    assert verdicts(claims) == {Verdict.INCONSISTENT}
    (conflict,) = conflicts(claims)
    assert [assumption.kind for assumption in conflict.assumptions] == [AssumptionKind.PART_OF]


def test_a_name_in_another_dimension_is_another_member() -> None:
    claims = [
        Level(GRANTED.at("A", 2021, {"kind": "firms"}), "5"),
        Level(GRANTED.at("A", 2021), "3"),
        Level(GRANTED.at("B", 2021, {"holder": Member("firms", part_of="all")}), "1"),
    ]
    assert verdicts(claims) == {Verdict.CONSISTENT}


def test_a_region_called_like_a_member_is_no_member() -> None:
    claims = [
        Level(GRANTED.at(Region("all"), 2021), "3"),
        Level(GRANTED.at("firms", 2021), "5"),
        Level(GRANTED.at("B", 2021, {"holder": Member("firms", part_of="all")}), "1"),
    ]
    assert verdicts(claims) == {Verdict.CONSISTENT}


@pytest.mark.parametrize(
    "other",
    [
        Indicator(GRANTED.label, unit="patent", measure="flow"),
        Indicator(GRANTED.label, unit="patent", measure="flow", whole=True, signed=True),
        Indicator(GRANTED.label, unit="patent", measure="flow", whole=True, additive=False),
        Indicator(GRANTED.label, unit="trademark", measure="flow", whole=True),
        Indicator(GRANTED.label, unit="patent", whole=True),
    ],
    ids=["whole", "signed", "additive", "unit", "measure"],
)
def test_facts_that_differ_are_told_even_of_one_observation(other: Indicator) -> None:
    claims = [Level(GRANTED.at("A", 2021), "3"), Level(other.at("A", 2021), "3.5")]
    for order in (claims, claims[::-1]):
        with pytest.raises(ClaimError, match="different facts"):
            check(order)


def test_another_multiplier_is_another_way_to_print_the_same() -> None:
    thousands = Indicator(GRANTED.label, unit="patent", measure="flow", whole=True, multiplier=3)
    claims = [Level(thousands.at("A", 2021), "3.5"), Level(GRANTED.at("A", 2021), "3,512")]
    assert verdicts(claims) == {Verdict.CONSISTENT}
    assert len(assemble(claims).observations) == 1


def names(ids: Iterable[str | None]) -> tuple[str, ...]:
    return assemble([Level(GRANTED.at("A", 2021 + place), "3", id=each) for place, each in enumerate(ids)]).ids


def test_a_claim_without_a_name_gets_one_that_no_other_has() -> None:
    assert names([None, None]) == ("claim-1", "claim-2")
    for given in (["claim-2", None], [None, "claim-1"], ["claim-2", None, "claim-2'"], [None, None, "claim-1"]):
        made = names(given)
        assert len(set(made)) == len(made)
        assert all(each in {None, name} for each, name in zip(given, made, strict=True))


def test_findings_of_claims_named_by_position_are_not_mixed_up() -> None:
    claims = [Level(GRANTED.at("A", 2021), "3", id="claim-2"), Level(GRANTED.at("A", 2021), "5")]
    first, second = check(claims).findings
    assert (first.implied, second.implied) == (second.stated, first.stated)
