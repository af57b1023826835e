"""Proofs as the search writes them, of every kind: they stand, and fall wherever anything in them is changed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.facts import Assumed, Combined, Fact, Given, Quotient, Rounded, Scaled, combine
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import Counted, Leaf, Proof, Split, groups_used, verify
from ipmetrics.constraints.propagation import Propagator
from ipmetrics.constraints.relations import (
    AnyOf,
    Count,
    Inequality,
    Linear,
    Product,
    Proportion,
    Relation,
    Whole,
    Within,
    inequalities,
)
from ipmetrics.constraints.simplex import Simplex
from ipmetrics.intervals import Interval
from tests.constraints.networks import asked, random_network, seeded

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
RATE = Product(0, 1, 2)
GROWTH = Product(0, 1, 2, offset=ONE)
FALL = Product(0, 1, 2, scale=-TWO, offset=ONE)


def at_least(variable: int, end: int | Fraction) -> Within:
    return Within(variable, Interval.at_least(end))


def at_most(variable: int, end: int | Fraction) -> Within:
    return Within(variable, Interval.at_most(end))


def gap(more: int, less: int, interval: Interval) -> Linear:
    return Linear(((more, ONE), (less, -ONE)), interval)


SPECIMENS: dict[str, tuple[tuple[Relation, ...], ...]] = {
    "a chain of bounds": ((at_least(0, 3),), (Proportion(1, 0, Interval.at_least(2)),), (at_most(1, 5),)),
    "a ratio cycle": (
        (Proportion(0, 1, Interval.closed(2, 3)),),
        (Proportion(1, 0, Interval(HALF, 1, lower_closed=False)),),
    ),
    "sums that bounds alone do not refute": (
        (Linear(((0, ONE), (1, ONE)), Interval.at_least(1)),),
        (gap(0, 1, Interval.at_least(1)),),
        (at_most(0, HALF),),
    ),
    "open ends": (
        (gap(0, 1, Interval.more_than(0)),),
        (gap(1, 2, Interval.at_least(0)),),
        (gap(2, 0, Interval.at_least(0)),),
    ),
    "no value at all": ((Within(0, Interval.empty()),),),
    "a whole number between two": ((Whole(0),), (Within(0, Interval.open(2, 3)),)),
    "whole sums": (
        (Whole(0),),
        (Whole(1),),
        (Linear(((0, ONE), (1, ONE)), Interval.point(5)),),
        (gap(0, 1, Interval.point(2)),),
    ),
    "whole cases": (
        *((Whole(each), at_least(each, 0)) for each in range(3)),
        (Linear(((0, Fraction(6)), (1, Fraction(10)), (2, Fraction(15))), Interval.point(29)),),
    ),
    "alternatives": (
        (AnyOf(((at_least(0, 5),), (Proportion(0, 1, Interval.at_least(3)),))),),
        (at_most(0, 4),),
        (at_least(1, 2),),
    ),
    "alternatives in alternatives": (
        (AnyOf(((AnyOf(((at_least(0, 9),), (at_least(0, 8),))),), (at_least(0, 7),))),),
        (at_most(0, 4),),
    ),
    "ranks": (
        (Count(0, (1, 2), strict=True, least=0, most=1), Count(0, (1, 2), strict=False, least=1, most=2)),
        (Count(1, (0, 2), strict=False, least=2, most=2),),
        (gap(1, 2, Interval.more_than(0)),),
    ),
    "too few ahead": (
        (Count(0, (1, 2, 3), strict=True, least=2, most=2),),
        *((gap(0, each, Interval.at_least(0)),) for each in (1, 2)),
    ),
    "ranks from below": (
        (Count(0, (1, 2, 3), strict=True, least=0, most=1, below=True),),
        *((gap(0, each, Interval.at_least(1)),) for each in (1, 2)),
    ),
    "a rate": ((RATE,), (Within(1, Interval.open(2, 3)),), (Within(2, Interval.closed(5, 10)),), (at_most(0, 10),)),
    "a rate of nothing": ((RATE,), (at_most(2, 0),)),
    "a growth": (
        (GROWTH,),
        (Within(0, Interval.closed(6, 8)),),
        (Within(2, Interval.closed(2, 4)),),
        (at_most(1, Fraction(1, 4)),),
    ),
    "a factor that counts down": (
        (FALL,),
        (Within(0, Interval.closed(6, 8)),),
        (Within(2, Interval.closed(2, 4)),),
        (at_least(1, 0),),
    ),
    "a base": ((RATE,), (at_least(0, 12),), (Within(1, Interval.closed(1, 3)),), (Within(2, Interval.less_than(4)),)),
    "two products that meet": (
        (RATE, Product(3, 1, 4)),
        (Within(0, Interval.closed(10, 11)),),
        (Within(3, Interval.closed(20, 21)),),
        (gap(2, 4, Interval.at_least(0)),),
        (Within(2, Interval.closed(1, 100)),),
        (at_least(4, 1),),
    ),
}


def proof_of(kind: str) -> tuple[Network, Proof]:
    network = Network.of(SPECIMENS[kind])
    proof = decide(network).proof
    assert proof is not None
    return network, proof


def parts(proof: Proof) -> Iterator[Proof | Fact]:
    """Every proof and fact in a proof, each once."""
    seen: set[int] = set()
    stack: list[Proof | Fact] = [proof]
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        match item:
            case Leaf(fact=fact):
                stack.append(fact)
            case Counted(facts=facts):
                stack += facts
            case Split(proofs=proofs):
                stack += proofs
            case Fact(reason=Combined(parts=added)):
                stack += [fact for _, fact in added]
            case Fact(reason=Rounded(fact=fact) | Scaled(factor=fact)):
                stack.append(fact)
            case Fact(reason=Quotient(result=result, base=base)):
                stack += [result, base]
            case _:
                pass


@pytest.mark.parametrize("kind", SPECIMENS)
def test_the_proof_of_each_kind_of_contradiction_stands(kind: str) -> None:
    network, proof = proof_of(kind)
    assert verify(network, proof)
    assert asked(network) == "unsat"


@pytest.mark.parametrize("kind", SPECIMENS)
def test_a_proof_falls_with_any_group_it_rests_on(kind: str) -> None:
    network, proof = proof_of(kind)
    assert groups_used(proof)
    for group in groups_used(proof):
        assert not verify(network.without([group]), proof)


def test_the_search_writes_every_kind_of_step() -> None:
    found: set[object] = set()
    for kind in SPECIMENS:
        for item in parts(proof_of(kind)[1]):
            match item:
                case Split(reason=reason):
                    found |= {Split, type(reason)}
                case Fact(reason=why):
                    found.add(type(why))
                case _:
                    found.add(type(item))
    assert found >= {Leaf, Counted, Split, Whole, AnyOf, type(None)}
    assert found >= {Given, Assumed, Combined, Rounded, Scaled, Quotient}


def forgeries(fact: Fact) -> Iterator[tuple[Fraction, bool, object]]:
    """Bound, strictness and reason of the same fact, one of them a little too strong."""
    yield fact.bound + Fraction(1, 1000), fact.strict, fact.reason
    if not fact.strict:
        yield fact.bound, True, fact.reason
    match fact.reason:
        case Combined(parts=added):
            for place, (weight, _) in enumerate(added):
                for other in (-weight, weight + 1):
                    changed = tuple((other if at == place else own, each) for at, (own, each) in enumerate(added))
                    yield fact.bound, fact.strict, Combined(changed)
        case Rounded(fact=loose):
            yield fact.bound, fact.strict, Rounded(loose, ())
        case Given(relation=relation):
            yield fact.bound, fact.strict, Given(99, relation)
        case Scaled(group=group, product=product, factor=factor):
            yield fact.bound, fact.strict, Scaled(group, attrs.evolve(product, scale=product.scale * 2), factor)
        case Quotient(group=group, product=product, result=result, base=base):
            yield fact.bound, fact.strict, Quotient(group, product, base, result)
        case _:
            pass


def is_still_true(fact: Fact) -> bool:
    """Whether the reason happens to allow what was forged: other weights with the same sum, a bound with room."""
    match fact.reason:
        case Combined(parts=added):
            return all(weight > 0 for weight, _ in added) and _says(combine(list(added)), fact)
        case Given(group=group, relation=relation) if group != 99:
            return any(_says(row, fact) for row in inequalities(relation))
        case _:
            return False


def _says(known: Fact | Inequality, claimed: Fact) -> bool:
    """Whether one inequality, times some positive number, says all that another does."""
    mine, theirs = dict(claimed.terms), dict(known.terms)
    scale = next((factor / theirs[each] for each, factor in mine.items() if each in theirs), ONE)
    if scale <= 0 or {each: factor * scale for each, factor in theirs.items()} != mine:
        return False
    return (known.bound * scale, known.strict) >= (claimed.bound, claimed.strict)


@pytest.mark.parametrize("kind", SPECIMENS)
def test_a_fact_that_says_more_than_its_reason_is_rejected_wherever_it_stands(kind: str) -> None:
    network, proof = proof_of(kind)
    names = ("bound", "strict", "reason")
    for fact in [item for item in parts(proof) if isinstance(item, Fact)]:
        before = (fact.bound, fact.strict, fact.reason)
        for forged in forgeries(fact):
            # In place: the facts of a proof point at each other.
            for name, value in zip(names, forged, strict=True):
                object.__setattr__(fact, name, value)
            assert is_still_true(fact) or not verify(network, proof), forged
            for name, value in zip(names, before, strict=True):
                object.__setattr__(fact, name, value)
    assert verify(network, proof)


@pytest.mark.parametrize("kind", SPECIMENS)
def test_a_case_dropped_swapped_or_moved_is_rejected(kind: str) -> None:
    network, proof = proof_of(kind)
    for split in [item for item in parts(proof) if isinstance(item, Split)]:
        proofs = list(split.proofs)
        forged: list[list[Proof]] = [proofs[1:], proofs[:-1], [*proofs, proofs[0]], []]
        for other in forged:
            split.proofs[:] = other
            assert not verify(network, proof)
        split.proofs[:] = proofs
        cases = split.cases
        if split.reason is None or isinstance(split.reason, Whole):
            for place, case in enumerate(cases):
                for at, row in enumerate(case):
                    moved = (*case[:at], row._replace(bound=row.bound + 1), *case[at + 1 :])
                    object.__setattr__(split, "cases", (*cases[:place], moved, *cases[place + 1 :]))
                    assert not verify(network, proof)
            object.__setattr__(split, "cases", ((), *cases[1:]))
            assert not verify(network, proof)
            object.__setattr__(split, "cases", cases)
    assert verify(network, proof)


def test_neither_case_of_a_whole_number_may_leave_out_its_end() -> None:
    point = Within(0, Interval.point(2))
    network = Network.of([(point,), (Whole(0),)])
    assert decide(network).is_consistent
    own = [Fact(*row, Given(0, point)) for row in inequalities(point)]
    for low_open, high_open in [(False, True), (True, False)]:
        below = 1 if high_open else 2
        cases = (
            (Inequality(((0, -ONE),), Fraction(-below), low_open),),
            (Inequality(((0, ONE),), Fraction(below + 1), high_open),),
        )
        split = Split(Whole(0), 1, cases)
        low, high = (Fact(*case[0], Assumed(split)) for case in cases)
        split.proofs.extend([Leaf(combine([(ONE, low), (ONE, own[0])])), Leaf(combine([(ONE, high), (ONE, own[1])]))])
        assert not verify(network, split), "2 is in neither case"


def test_a_case_without_an_inequality_is_no_case() -> None:
    network, proof = proof_of("whole cases")
    splits = [item for item in parts(proof) if isinstance(item, Split)]
    for split in splits:
        for reason in (split.reason, None):
            for cases in [((), ()), ((), split.cases[0], split.cases[1]), (split.cases[0] * 2, split.cases[1])]:
                assert not verify(network, attrs.evolve(split, reason=reason, cases=cases))


@pytest.mark.parametrize(
    ("whole", "choices", "products"), [(False, False, False), (True, True, False), (True, True, True)]
)
def test_every_proof_stands_and_z3_agrees(whole: bool, choices: bool, products: bool) -> None:  # noqa: FBT001
    proved = 0
    for rng in seeded(80):
        network, _ = random_network(rng, whole=whole, choices=choices, products=products, noise=0.6)
        proof = decide(network).proof
        if proof is not None:
            proved += 1
            assert verify(network, proof)
            assert asked(network.only(groups_used(proof))) != "sat"
    assert proved > 15


def test_propagation_and_simplex_refute_with_proofs() -> None:
    by_bounds = by_rows = 0
    for rng in seeded(200):
        network, _ = random_network(rng, choices=False, products=True, noise=0.7)
        facts = [Fact(*row, Given(group, part)) for group, part in network.relations for row in inequalities(part)]
        products = [(group, part) for group, part in network.relations if isinstance(part, Product)]
        bounds = Propagator(facts, products, network.whole)
        if not bounds.run():
            by_bounds += 1
            assert verify(network, Leaf(bounds.refutation()))
        contradiction = Simplex(facts).check()
        if contradiction is not None:
            by_rows += 1
            assert verify(network, Leaf(contradiction))
    assert min(by_bounds, by_rows) > 25
