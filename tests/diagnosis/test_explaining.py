from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import ipmetrics as ipm
from ipmetrics.errors import ClaimError, IpmetricsError
from ipmetrics.findings import Slip
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

GRANTED = ipm.Indicator("patents granted", unit="patent", whole=True, measure="flow")
NORTH, SOUTH, ALL = (GRANTED.at(name, 2021) for name in ("north", "south", "all"))


def a_sum(north: str = "5,312", south: str = "4,177", total: str = "9,849") -> list[Claim]:
    return [
        ipm.Level(NORTH, north, id="north"),
        ipm.Level(SOUTH, south, id="south"),
        ipm.Level(ALL, total, id="total"),
        ipm.Total(ALL, [NORTH, SOUTH], id="sum"),
    ]


def test_what_holds_together_has_no_repairs() -> None:
    explanation = ipm.explain(a_sum(total="9,489"))
    assert explanation.verdict is ipm.Verdict.CONSISTENT
    assert (explanation.conflicts, explanation.parts, explanation.left_open) == ((), (), ())
    assert list(ipm.repairs(a_sum(total="9,489"))) == []
    assert ipm.explain([]).verdict is ipm.Verdict.CONSISTENT


def test_what_holds_together_may_still_be_remarkable() -> None:
    claims = [ipm.Level(ALL, "600,000", id="count"), ipm.Level(ALL, "over 249,000", id="hedged")]
    explanation = ipm.explain(claims)
    assert explanation.verdict is ipm.Verdict.CONSISTENT
    assert any(note.startswith("hedged: an odd hedge") for note in explanation.notes)


def test_each_repair_is_told_with_what_it_supposes() -> None:
    [part] = ipm.explain(a_sum()).parts
    assert part.weight == 1
    assert (part.proved, part.complete) == (True, True)
    assert {repair.ids for repair in part.changes} == {("north",), ("south",), ("total",), ("sum",)}
    best = part.best[0].steps[0]
    assert best.fit == 1
    assert (best.slip, best.text) == (Slip.EXCHANGED_DIGITS, "reads as 9,489: two digits exchanged")
    assert best.reread == (ipm.Level(ALL, "9,489", id="total"),)
    nearest = {repair.ids[0]: repair.steps[0].figure for repair in part.changes}
    assert {name: figure and figure.text for name, figure in nearest.items()} == {
        "north": "5,672",
        "south": "4,537",
        "total": "9,489",
        "sum": None,
    }


def test_a_figure_that_has_to_change_keeps_its_last_place() -> None:
    # 9,490 would do as well if its zero were no printed digit; but 9,849 was printed to the unit.
    [part] = ipm.explain(a_sum(south="4,178")).parts
    [change] = [repair for repair in part.changes if repair.ids == ("total",)]
    figure = change.steps[0].figure
    assert figure is not None
    assert figure.interval(whole=True) == ipm.Interval.point(9490)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_repair_leaves_what_holds(sort: Sort) -> None:
    """With its claims re-read or changed, as the repair itself says, the set is not inconsistent."""
    count = 0
    for seed in range(5 if "rates" in sort else 24):
        for repair in ipm.repairs(random_claims(seed, sort)):
            verdict = ipm.check(repair.repaired, per_claim=False).verdict
            assert verdict is not ipm.Verdict.INCONSISTENT, (seed, str(repair))
            count += 1
    assert count > 10 or "rates" in sort


def test_parts_that_do_not_touch_are_mended_one_by_one() -> None:
    granted = GRANTED.at("all", 2020), GRANTED.at("north", 2020), GRANTED.at("south", 2020)
    claims = [
        *a_sum(),
        ipm.Level(granted[0], "6,123", id="total-2020"),
        ipm.Level(granted[1], "2,104", id="north-2020"),
        ipm.Level(granted[2], "4,028", id="south-2020"),
        ipm.Total(granted[0], granted[1:], id="sum-2020"),
    ]
    explanation = ipm.explain(claims)
    assert len(explanation.parts) == 2
    best = next(ipm.repairs(claims))
    assert best.size == 2
    assert set(best.ids) == {"total", "total-2020"}
    assert {step.slip for step in best.steps} == {Slip.EXCHANGED_DIGITS}
    assert ipm.check(best.repaired).verdict is ipm.Verdict.CONSISTENT
    keys = [(each.size, each.weight) for each, _ in zip(ipm.repairs(claims), range(12), strict=False)]
    assert keys == sorted(keys)


def test_trusted_claims_and_documents_are_never_blamed() -> None:
    yearbook = ipm.Source(title="Yearbook", date=date(2022, 5, 1))
    claims = a_sum()
    for trust in ([claims[2], claims[3]], [claims[3]]):
        for repair in ipm.repairs(claims, trust=trust):
            assert not {claim.id for claim in trust} & set(repair.ids)
    printed = [ipm.Level(ALL, "9,849", id="total", source=yearbook), *claims[:2], claims[3]]
    explained = ipm.explain(printed, trust=[yearbook])
    assert all("total" not in repair.ids for part in explained.parts for repair in part.changes)
    assert all("total" in conflict.ids for conflict in explained.conflicts), "it stands in the conflict all the same"


def test_trusted_claims_that_contradict_each_other_are_the_conflict() -> None:
    claims = a_sum()
    explanation = ipm.explain(claims, trust=claims)
    assert explanation.verdict is ipm.Verdict.INCONSISTENT
    [part] = explanation.parts
    assert set(part.conflicts[0].ids) == {"north", "south", "total", "sum"}
    assert (part.changes, part.rereadings) == ((), ())
    assert "what is trusted contradicts itself" in explanation.left_open[0]
    assert list(ipm.repairs(claims, trust=claims)) == []


def test_weights_say_what_is_harder_to_doubt() -> None:
    claims = a_sum()
    [part] = ipm.explain(claims, weights={"total": 3, claims[3]: Fraction(5, 2), "north": Fraction(1, 2)}).parts
    assert [repair.ids for repair in part.changes] == [("north",)]
    assert part.weight == Fraction(1, 2)
    weights = [repair.weight for repair in part.rereadings]
    assert weights == sorted(weights)


@pytest.mark.parametrize(
    ("weights", "fault"),
    [
        ({"nobody": 2}, "nobody, which is none of the claims"),
        ({"total": 0}, "the weight of total is 0"),
        ({"total": -1, "nobody": 1}, "the weight of total is -1"),
        ({"total": 0.5}, "0.5"),
        ({"total": "heavy"}, "heavy"),
    ],
)
def test_weights_that_are_none(weights: dict[str, object], fault: str) -> None:
    with pytest.raises(IpmetricsError, match=fault):
        ipm.explain(a_sum(), weights=weights)  # type: ignore[arg-type]  # that is the point


def test_all_faults_of_the_weights_are_told_at_once() -> None:
    with pytest.raises(ClaimError, match=r"nobody.*the weight of total|the weight of total.*nobody"):
        ipm.explain(a_sum(), weights={"total": -1, "nobody": 1})


def test_a_limit_that_is_hit_leaves_what_was_proved_and_says_so() -> None:
    x = GRANTED.at("north", 2021)
    claims = [ipm.Level(x, f"{1000 + 7 * each:,}", id=f"level-{each}") for each in range(40)]
    explanation = ipm.explain(claims, limit=1, reread=False)
    assert explanation.verdict is ipm.Verdict.INCONSISTENT
    assert explanation.conflicts
    assert explanation.left_open
    assert not any(part.complete for part in explanation.parts)


def test_a_restatement_goes_with_what_it_restates() -> None:
    release = ipm.Source(title="Release", date=date(2022, 5, 1))
    claims = [*a_sum(), ipm.Level(ALL, "9,849", id="headline", source=release)]
    claims[2] = ipm.Level(ALL, "9,849", id="total", source=release)
    [part] = ipm.explain(claims).parts
    best = part.best[0]
    assert best.ids == ("total",)
    assert [str(claim) for claim in best.repaired if claim.id in {"total", "headline"}] == [
        "patents granted, all 2021 = 9,489"
    ] * 2
    assert ipm.check(best.repaired).verdict is ipm.Verdict.CONSISTENT


def test_a_contradiction_in_one_claim_is_explained() -> None:
    [part] = ipm.explain([ipm.Share(NORTH, ALL, "512%", id="share")]).parts
    assert part.conflicts[0].ids == ("share",)
    assert any(step.slip is Slip.POWER and "51.2%" in step.text for each in part.best for step in each.steps)


def test_between_editions_a_revision_comes_first() -> None:
    filed = ipm.Indicator("applications", unit="application", whole=True, measure="flow")
    older, newer = (ipm.Source(title="Facts and figures", date=date(year, 6, 1)) for year in (2024, 2025))
    before, now = filed.at("UK", 2023), filed.at("UK", 2024)
    claims: list[Claim] = [
        ipm.Level(before, "19,943", id="base", source=older),
        ipm.Level(now, "18,953", id="level", source=newer),
        ipm.Change(now, "-5.1%", since=before, id="growth", source=newer),
    ]
    [part] = ipm.explain(claims).parts
    assert part.best[0].steps[0].slip is Slip.REVISED
    assert part.best[0].ids == ("base",)


def test_claims_that_make_no_sense_are_an_error_before_anything_is_looked_for() -> None:
    with pytest.raises(ClaimError, match="no figure"):
        ipm.explain([ipm.Level(NORTH)])
    with pytest.raises(ClaimError, match="no claim"):
        list(ipm.repairs(["9,849"]))  # type: ignore[list-item]  # that is the point
