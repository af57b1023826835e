from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

from ipmetrics.constraints.hitting import clusters, lightest, smallest_unseen
from tests.effort import numbers


def random_sets(draw: random.Random, elements: int, count: int) -> list[frozenset[int]]:
    return [frozenset(draw.sample(range(elements), draw.randint(1, 4))) for _ in range(draw.randint(0, count))]


def every_hitting_set(sets: list[frozenset[int]], elements: int) -> list[frozenset[int]]:
    """All selections that meet every set, by trying all."""
    return [
        frozenset(chosen)
        for size in range(elements + 1)
        for chosen in combinations(range(elements), size)
        if all(each.intersection(chosen) for each in sets)
    ]


def test_all_the_lightest_are_found_and_nothing_else() -> None:
    ties = 0
    for seed in numbers(400):
        draw = random.Random(seed)  # noqa: S311 - nothing is kept secret
        sets = random_sets(draw, 8, 7)
        weights = {each: Fraction(draw.choice([1, 1, 1, 2, 3]), draw.choice([1, 1, 2])) for each in range(8)}
        found = lightest(sets, weights)
        assert found is not None
        assert (found.proved, found.complete) == (True, True)
        weighed = {each: sum((weights[g] for g in each), Fraction(0)) for each in every_hitting_set(sets, 8)}
        least = min(weighed.values())
        assert found.weight == least
        assert list(found.sets) == sorted((each for each, weight in weighed.items() if weight == least), key=sorted)
        ties += len(found.sets) > 1
    assert ties > 20


def test_an_empty_set_cannot_be_met() -> None:
    assert lightest([frozenset({1}), frozenset()], {1: Fraction(1)}) is None


def test_a_search_that_is_cut_short_says_so() -> None:
    pairs = [frozenset({2 * place, 2 * place + 1}) for place in range(6)]
    weights = dict.fromkeys(range(12), Fraction(1))
    few = lightest(pairs, weights, most=5)
    assert few is not None
    assert few.weight == 6
    assert (len(few.sets), few.proved, few.complete) == (5, True, False)
    hasty = lightest(pairs, weights, steps=3)
    assert hasty is not None
    assert (hasty.proved, hasty.complete) == (False, False)
    assert all(pair & hasty.sets[0] for pair in pairs), "what is told meets every set all the same"


def test_clusters_hang_together_and_not_with_each_other() -> None:
    for seed in numbers(200):
        draw = random.Random(seed)  # noqa: S311 - nothing is kept secret
        sets = list(dict.fromkeys(random_sets(draw, 12, 6)))
        found = clusters(sets)
        assert sorted((each for members in found for each in members), key=sorted) == sorted(sets, key=sorted)
        unions = [frozenset[int]().union(*members) for members in found]
        assert all(one.isdisjoint(other) for one, other in combinations(unions, 2))
        for members in found:
            reached, rest = set(members[0]), members[1:]
            while joined := [each for each in rest if not reached.isdisjoint(each)]:
                reached |= frozenset[int]().union(*joined)
                rest = [each for each in rest if each not in joined]
            assert not rest


def test_the_smallest_selection_not_seen_yet_is_the_smallest() -> None:
    none_left = 0
    for seed in numbers(300):
        draw = random.Random(seed)  # noqa: S311 - nothing is kept secret
        corrections, seen = random_sets(draw, 7, 5), random_sets(draw, 7, 4)
        allowed = [each for each in every_hitting_set(corrections, 7) if not any(known <= each for known in seen)]
        found, size = smallest_unseen(corrections, seen, 0, 7, 100_000)
        if not allowed:
            assert (found, size) == (None, 7)
            none_left += 1
            continue
        assert found in allowed
        assert len(found) == size == min(map(len, allowed))
    assert none_left > 3
    assert smallest_unseen([frozenset({1, 2}), frozenset({3, 4})], [], 0, 4, 1) == (None, None)
