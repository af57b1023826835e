"""Claims printed from one hidden world never contradict each other, and are seldom left undecided."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.checks import check, derive
from ipmetrics.findings import Verdict
from ipmetrics.testing import (
    ClaimKind,
    World,
    indicators,
    intervals,
    known_figures,
    observations,
    true_claims,
    true_worlds,
)
from tests.effort import effort
from tests.meaning import is_true_of, spoken_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Figure
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation


def test_true_worlds_never_conflict() -> None:
    verdicts: Counter[Verdict] = Counter()

    @effort(1)
    @given(true_claims(max_size=6))
    def judged(claims: list[Claim]) -> None:
        report = check(claims, per_claim=False)
        verdicts[report.verdict] += 1
        assert report.verdict is not Verdict.INCONSISTENT, str(report)
        if report.witness is not None:
            assert is_true_of(claims, report.witness)

    judged()
    assert verdicts[Verdict.UNDETERMINED] <= 0.05 * verdicts.total() + 1


@effort(4)
@given(st.data())
def test_every_claim_is_true_of_its_world(data: st.DataObject) -> None:
    world = data.draw(true_worlds(max_regions=2, max_years=2))
    for claim in data.draw(true_claims(world, min_size=5)):
        assert is_true_of([claim], {each: world.truths[each] for each in spoken_of(claim)}), claim


@effort(10)
@given(true_worlds())
def test_a_world_keeps_to_all_assumptions(world: World) -> None:
    assert all(value.denominator == 1 for each, value in world.truths.items() if each.indicator.whole)
    for region in world.regions:
        assert is_true_of([], {each: value for each, value in world.truths.items() if each.region == region})
    plain = [each for each in world.observations if each.indicator.additive][::7]
    assert is_true_of([], {each: world.truths[each] for each in plain})


@effort(5)
@given(st.data())
def test_derive_contains_the_truth(data: st.DataObject) -> None:
    world = data.draw(true_worlds(max_regions=2, max_years=2))
    claims = data.draw(true_claims(world, max_size=5, kinds=[kind for kind in ClaimKind if kind is not ClaimKind.RANK]))
    asked = data.draw(st.sampled_from(list(dict.fromkeys(each for claim in claims for each in spoken_of(claim)))))
    derived = derive(asked, claims)
    assert world.truths[asked] in derived.to_base()
    assert all(piece.issubset(derived.interval) for piece in derived.pieces)


@given(known_figures())
def test_a_known_figure_holds_its_truth(pair: tuple[Figure, Fraction]) -> None:
    figure, truth = pair
    assert truth in figure.interval()


@given(
    st.fractions(-5, 5, max_denominator=9).flatmap(lambda value: st.tuples(intervals(containing=value), st.just(value)))
)
def test_an_interval_around_a_value_holds_it(pair: tuple[Interval, Fraction]) -> None:
    interval, value = pair
    assert value in interval


@given(observations(), indicators(derived=False))
def test_subjects_make_sense_together(observation: Observation, indicator: Indicator) -> None:
    assert indicator.definition is None
    assert observation == observation.moved(indicator=observation.indicator)
