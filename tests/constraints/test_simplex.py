"""The exact simplex against z3: feasibility, optima and whether they are attained, and answers that keep no memory."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import z3

from ipmetrics.constraints.facts import Assumed, Fact, Given, combine
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import Leaf, groups_used, verify
from ipmetrics.constraints.relations import Linear, Terms, inequalities
from ipmetrics.constraints.simplex import Simplex
from ipmetrics.intervals import Interval
from tests.constraints.networks import asked, seeded
from tests.random_networks import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

ONE = Fraction(1)


def sums(rng: Random) -> Terms:
    variables = rng.sample(range(4), rng.randint(1, 3))
    return tuple((each, Fraction(rng.choice([-3, -1, 1, 2]), rng.choice([1, 1, 2]))) for each in variables)


def systems(rng: Random) -> tuple[Network, list[Fact]]:
    """A few sums with ends of small size, so that they meet, touch and clash often."""
    groups = []
    for _ in range(rng.randint(2, 8)):
        end = Fraction(rng.randint(-6, 6), rng.choice([1, 1, 2]))
        other = end + Fraction(rng.randint(0, 4), 2) if rng.random() < 0.3 else None
        interval = Interval(end, other, rng.random() < 0.6, rng.random() < 0.6)
        groups.append((Linear(sums(rng), Interval(end) if interval.is_empty else interval),))
    network = Network.of(groups)
    return network, facts_of(network)


def facts_of(network: Network) -> list[Fact]:
    return [Fact(*row, Given(group, part)) for group, part in network.relations for row in inequalities(part)]


def satisfies(values: Mapping[int, Fraction], fact: Fact) -> bool:
    total = sum((factor * values[each] for each, factor in fact.terms), Fraction(0))
    return total > fact.bound if fact.strict else total >= fact.bound


def sum_of(terms: Terms) -> Callable[[Mapping[int, Any]], Any]:
    return lambda known: z3.Sum([exact(factor) * known[each] for each, factor in terms])


def met(simplex: Simplex, facts: list[Fact]) -> None:
    assert all(satisfies(simplex.point(), fact) for fact in facts)


def test_systems_are_possible_where_z3_says_so() -> None:
    answers = {"sat": 0, "unsat": 0}
    for rng in seeded(300):
        network, facts = systems(rng)
        simplex = Simplex(facts)
        contradiction = simplex.check()
        answer = asked(network)
        answers[answer] += 1
        if contradiction is None:
            assert answer == "sat"
            met(simplex, facts)
        else:
            assert answer == "unsat"
            assert verify(network, Leaf(contradiction))
    assert min(answers.values()) > 50


def test_a_contradiction_names_a_smallest_set_of_facts() -> None:
    found = 0
    for rng in seeded(200):
        network, facts = systems(rng)
        contradiction = Simplex(facts).check()
        if contradiction is not None:
            used = groups_used(Leaf(contradiction))
            rows = {id(fact): fact for fact in leaves(contradiction)}
            found += 1
            assert used <= set(network.active)
            for left_out in rows:
                assert Simplex(fact for each, fact in rows.items() if each != left_out).check() is None
    assert found > 30


def leaves(fact: Fact) -> list[Fact]:
    parts = getattr(fact.reason, "parts", None)
    return [fact] if parts is None else [leaf for _, part in parts for leaf in leaves(part)]


def test_the_most_of_a_sum_is_attained_or_approached_and_proved() -> None:
    kinds = {"attained": 0, "approached": 0, "unbounded": 0}
    for rng in seeded(400):
        network, facts = systems(rng)
        simplex = Simplex(facts)
        if simplex.check() is not None:
            continue
        terms = sums(rng)
        best, total = simplex.most(terms), sum_of(terms)
        if best.value is None:
            kinds["unbounded"] += 1
            assert asked(network, lambda known, total=total: total(known) > 10**9) == "sat"  # type: ignore[misc]
            assert best.ray is not None
            ray = best.ray
            assert sum(factor * ray.get(each, Fraction(0)) for each, factor in terms) > 0
            for fact in facts:
                assert sum(factor * ray.get(each, Fraction(0)) for each, factor in fact.terms) >= 0
            continue
        value = exact(best.value)
        assert asked(network, lambda known: total(known) > value) == "unsat"  # noqa: B023
        kinds["approached" if best.open_end else "attained"] += 1
        attained = asked(network, lambda known: total(known) == value)  # noqa: B023
        assert attained == ("unsat" if best.open_end else "sat")
        close = exact(best.value - Fraction(1, 10**6))
        assert asked(network, lambda known: total(known) > close) == "sat"  # noqa: B023
        assert best.fact is not None
        beyond = network.plus((Linear(terms, Interval(best.value, lower_closed=best.open_end)),))
        refuted = combine([(ONE, best.fact), (ONE, facts_of(beyond)[-1])])
        assert verify(beyond, Leaf(refuted))
    assert min(kinds.values()) > 25


def test_asking_for_the_most_changes_nothing() -> None:
    for rng in seeded(100):
        _, facts = systems(rng)
        simplex = Simplex(facts)
        if simplex.check() is None:
            terms = [sums(rng) for _ in range(4)]
            first = [simplex.most(each, prove=False) for each in terms]
            again = [simplex.most(each, prove=False) for each in reversed(terms)][::-1]
            assert [(best.value, best.open_end) for best in first] == [(best.value, best.open_end) for best in again]
            assert simplex.check() is None
            met(simplex, facts)


def same_answers(rng: Random, warm: Simplex, facts: list[Fact]) -> None:
    """A simplex with a history answers as one made now."""
    fresh = Simplex(facts)
    contradiction = warm.check()
    assert (contradiction is None) is (fresh.check() is None)
    if contradiction is None:
        met(warm, [fact for fact in facts if fact.terms])
        for terms in (sums(rng), sums(rng)):
            ours, theirs = warm.most(terms, prove=False), fresh.most(terms, prove=False)
            assert (ours.value, ours.open_end) == (theirs.value, theirs.open_end)
    else:
        assert contradiction.is_contradiction
        assert {id(fact) for fact in leaves(contradiction)} <= {id(fact) for fact in facts}


def test_what_is_let_go_of_and_held_again_leaves_no_trace() -> None:
    for rng in seeded(200):
        network, facts = systems(rng)
        groups_of = {id(fact): frozenset((fact.reason.group,)) for fact in facts if isinstance(fact.reason, Given)}
        simplex = Simplex(facts)
        for _ in range(4):
            off = frozenset(group for group in network.active if rng.random() < 0.4)
            saved = simplex.relax(off, groups_of)
            same_answers(rng, simplex, [fact for fact in facts if groups_of[id(fact)].isdisjoint(off)])
            simplex.restore(saved)
            same_answers(rng, simplex, facts)


def test_facts_held_for_a_while_leave_no_trace() -> None:
    for rng in seeded(200):
        _, facts = systems(rng)
        simplex = Simplex(facts)
        held: list[tuple[Fact, Any]] = []
        for _ in range(8):
            if held and rng.random() < 0.5:
                simplex.loosen(held.pop()[1])
            else:
                end, strict = Fraction(rng.randint(-6, 6)), rng.random() < 0.3
                fact = Fact(sums(rng), end, strict, Assumed())
                held.append((fact, simplex.tightened(fact)))
            same_answers(rng, simplex, [*facts, *(fact for fact, _ in held)])
        while held:
            simplex.loosen(held.pop()[1])
        same_answers(rng, simplex, facts)


def test_a_value_held_beyond_the_other_end_comes_back() -> None:
    low, high = (Fact(((0, sign),), sign * 3, strict=False, reason=Assumed()) for sign in (ONE, -ONE))
    simplex = Simplex([high])
    saved = simplex.tightened(Fact(((0, ONE),), Fraction(5), strict=True, reason=Assumed()))
    assert simplex.check() is not None
    simplex.loosen(saved)
    assert simplex.check() is None
    assert simplex.most(((0, ONE),)).value == 3
    assert not simplex.most(((0, ONE),)).open_end
    both = Simplex([low, high])
    assert both.most(((0, -ONE),)).value == -3


def test_a_fact_without_variables_is_true_or_ends_it_all() -> None:
    nothing = Fact((), Fraction(0), strict=False, reason=Assumed())
    never = Fact((), Fraction(0), strict=True, reason=Assumed())
    assert Simplex([nothing]).check() is None
    assert Simplex([nothing, never]).check() is never


def test_a_variable_nobody_mentions_is_unbounded() -> None:
    simplex = Simplex([])
    assert simplex.check() is None
    assert simplex.most(((7, ONE),)).value is None


def test_the_order_of_facts_changes_no_answer() -> None:
    for rng in seeded(100):
        _, facts = systems(rng)
        mixed = list(facts)
        rng.shuffle(mixed)
        same_answers(rng, Simplex(mixed), facts)
