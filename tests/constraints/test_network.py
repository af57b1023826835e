from __future__ import annotations

from fractions import Fraction

from ipmetrics.constraints.network import Network
from ipmetrics.constraints.relations import Linear, Relation, Whole, Within
from ipmetrics.intervals import Interval

ONE = Fraction(1)
GROUPS: list[tuple[Relation, ...]] = [
    (Within(0, Interval.at_least(0)),),
    (Linear(((0, ONE), (1, ONE)), Interval.point(3)),),
    (Whole(2), Within(2, Interval(1, 2))),
    (),
]


def test_components_share_no_variable_and_lose_no_group() -> None:
    parts = [part.active for part in Network.of(GROUPS).components]
    assert sorted(parts) == [(0, 1), (2,), (3,)]


def test_groups_are_switched_off_and_added_without_renumbering() -> None:
    network = Network.of(GROUPS)
    assert network.only([2, 0]).active == (0, 2)
    assert network.without([1]).plus([Whole(7)]).active == (0, 2, 3, 4)
    assert network.without([1]).variables == (0, 2)
    assert network.whole == {2: 2}
    assert network.only([0]).whole == {}


def test_only_active_groups_have_to_be_satisfied() -> None:
    network = Network.of(GROUPS)
    values = {0: ONE, 1: ONE, 2: ONE}
    assert not network.satisfied_by(values)
    assert network.without([1]).satisfied_by(values)
    assert network.satisfied_by({**values, 1: Fraction(2)})
