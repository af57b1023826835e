"""The checker believes nothing: tampered proofs are rejected, one tampering at a time."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.facts import Assumed, Combined, Fact, Given, Quotient, Rounded, Scaled, combine
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.proofs import Counted, Leaf, Proof, Split, groups_used, verify
from ipmetrics.constraints.relations import AnyOf, Count, Inequality, Linear, Product, Relation, Whole, Within
from ipmetrics.intervals import Interval
from tests.effort import numbers
from tests.random_networks import random_groups

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = Fraction(1)
LOW, HIGH = Within(0, Interval.at_least(5)), Within(0, Interval.at_most(3))


def given(
    group: int, relation: Relation, terms: tuple[tuple[int, Fraction], ...], bound: int, *, strict: bool = False
) -> Fact:
    return Fact(terms, Fraction(bound), strict, Given(group, relation))


UP, DOWN = given(0, LOW, ((0, ONE),), 5), given(1, HIGH, ((0, -ONE),), -3)
NETWORK = Network.of([(LOW,), (HIGH,)])


def test_a_sound_proof_is_believed_and_names_its_groups() -> None:
    proof = Leaf(combine([(ONE, UP), (ONE, DOWN)]))
    assert verify(NETWORK, proof)
    assert groups_used(proof) == {0, 1}
    assert not verify(NETWORK.only([0]), proof)


@pytest.mark.parametrize(
    "fact",
    [
        UP,  # no contradiction at all
        combine([(ONE, UP), (ONE, given(1, HIGH, ((0, -ONE),), -2))]),  # a bound that was not given
        combine([(ONE, UP), (ONE, given(0, HIGH, ((0, -ONE),), -3))]),  # of a group that did not say so
        combine([(ONE, UP), (-ONE, UP), (ONE, UP), (ONE, DOWN)]),  # a weight that is not positive
        Fact((), Fraction(7), strict=False, reason=Combined(((ONE, UP), (ONE, DOWN)))),  # a sum that is wrong
        Fact((), ONE, strict=False, reason=Assumed()),  # a supposition that nobody made
        Fact((), ONE, strict=False, reason=Given(0, LOW)),
        combine([(ONE, given(0, LOW, ((0, ONE),), 5, strict=True)), (ONE, DOWN)]),  # an end that is closed
    ],
)
def test_a_tampered_leaf_is_rejected(fact: Fact) -> None:
    assert not verify(NETWORK, Leaf(fact))


def test_only_sums_of_whole_numbers_are_rounded() -> None:
    half = Linear(((0, ONE), (1, ONE)), Interval.point(Fraction(1, 2)))
    wholes: list[tuple[Relation, ...]] = [(half,), (Whole(0),), (Whole(1),)]
    low, high = (Fact(((0, sign), (1, sign)), sign / 2, strict=False, reason=Given(0, half)) for sign in (ONE, -ONE))
    up = Fact(low.terms, ONE, strict=False, reason=Rounded(low, (1, 2)))
    assert verify(Network.of(wholes), Leaf(combine([(ONE, up), (ONE, high)])))
    for groups in ((1,), (0, 1), ()):
        unsound = attrs.evolve(up, reason=Rounded(low, groups))
        assert not verify(Network.of(wholes), Leaf(combine([(ONE, unsound), (ONE, high)])))
    further = attrs.evolve(up, bound=Fraction(2))
    assert not verify(Network.of(wholes), Leaf(combine([(ONE, further), (ONE, high)])))
    third = combine([(Fraction(1, 3), low)])
    not_integer = Fact(third.terms, ONE, strict=False, reason=Rounded(third, (1, 2)))
    assert not verify(Network.of(wholes), Leaf(combine([(ONE, not_integer), (Fraction(1, 3), high)])))


def test_cases_have_to_be_complete() -> None:
    whole = Whole(0)
    between = Within(0, Interval.open(2, 3))
    network = Network.of([(whole,), (between,)])
    proof = decide(network).proof
    assert proof is not None
    cases = (
        (Inequality(((0, -ONE),), Fraction(-2), strict=False),),
        (Inequality(((0, ONE),), Fraction(3), strict=False),),
    )
    split = Split(whole, 0, cases)
    above = given(1, between, ((0, ONE),), 2, strict=True)
    below = given(1, between, ((0, -ONE),), -3, strict=True)
    at_most, at_least = (Fact(*case[0], Assumed(split)) for case in cases)
    closed: list[Proof] = [
        Leaf(combine([(ONE, at_most), (ONE, above)])),
        Leaf(combine([(ONE, at_least), (ONE, below)])),
    ]
    sound = attrs.evolve(split, proofs=[*closed])
    assert verify(network, sound)
    assert not verify(network, attrs.evolve(sound, proofs=closed[:1], cases=cases[:1]))
    assert not verify(network, attrs.evolve(sound, proofs=closed[:1]))
    assert not verify(network, attrs.evolve(sound, proofs=[closed[0], closed[0]]))
    assert not verify(network, attrs.evolve(sound, reason=Whole(1)))
    assert not verify(network, attrs.evolve(sound, group=1))
    gap = (cases[0], (Inequality(((0, ONE),), Fraction(4), strict=False),))
    assert not verify(network, attrs.evolve(sound, cases=gap))
    assert not verify(network, attrs.evolve(sound, reason=None, group=None)), "between 2 and 3 nobody looked"


def test_a_sign_leaves_out_nothing() -> None:
    network = Network.of([(LOW,), (HIGH,)])
    up, down = ((0, ONE),), ((0, -ONE),)
    closed = Leaf(combine([(ONE, UP), (ONE, DOWN)]))
    zero = Fraction(0)

    def split(*cases: tuple[Inequality, ...]) -> Split:
        return Split(None, None, cases, [closed] * len(cases))

    lower, upper = Inequality(down, zero, strict=True), Inequality(up, zero, strict=True)
    weak_lower, weak_upper = (Inequality(each, zero, strict=False) for each in (down, up))
    assert verify(network, split((weak_lower,), (upper,)))
    assert verify(network, split((lower,), (weak_lower, weak_upper), (upper,)))
    assert not verify(network, split((lower,), (upper,)))
    assert not verify(network, split((lower,), (lower, weak_upper), (upper,)))
    assert not verify(network, split((weak_lower,), (Inequality(up, ONE, strict=False),)))
    assert not verify(network, split((weak_lower,), (Inequality(((1, ONE),), zero, strict=False),)))
    assert not verify(network, split((weak_lower,)))


def test_alternatives_are_all_closed_by_their_own_relations() -> None:
    choice = AnyOf(((Within(0, Interval.at_least(5)),), (Within(0, Interval.at_least(6)),)))
    network = Network.of([(choice,), (HIGH,)])
    proof = decide(network).proof
    assert isinstance(proof, Split)
    assert verify(network, proof)
    assert not verify(network, attrs.evolve(proof, proofs=[proof.proofs[0]] * 2)), "the other case is another's"
    assert not verify(network, attrs.evolve(proof, group=1))
    again = attrs.evolve(choice)
    assert not verify(network, attrs.evolve(proof, reason=AnyOf((*again.alternatives, (HIGH,)))))


def test_counts_need_enough_facts() -> None:
    count = Count(0, (1, 2), strict=True, least=0, most=0)
    above = Linear(((1, ONE), (0, -ONE)), Interval.more_than(0))
    network = Network.of([(count,), (above,)])
    fact = Fact(((1, ONE), (0, -ONE)), Fraction(0), strict=True, reason=Given(1, above))
    assert verify(network, Counted(0, count, (fact,)))
    assert not verify(network, Counted(0, count, ()))
    assert not verify(network, Counted(1, count, (fact,)))
    assert not verify(network, Counted(0, count, (attrs.evolve(fact, terms=((2, ONE), (0, -ONE))),)))
    assert not verify(network, Counted(0, attrs.evolve(count, most=1), (fact,)))


PRODUCT = Product(0, 1, 2)
FACTOR, BASE, RESULT = Within(1, Interval(2, 3)), Within(2, Interval(1, 4)), Within(0, Interval(20, 30))
PRODUCTS = Network.of([(PRODUCT,), (FACTOR,), (BASE,), (RESULT,)])


def test_products_are_bounded_by_bounds_of_the_right_side() -> None:
    proof = decide(PRODUCTS).proof
    assert proof is not None
    assert verify(PRODUCTS, proof)
    most = Fact(((1, -ONE),), Fraction(-3), strict=False, reason=Given(1, FACTOR))
    scaled = Fact(((0, -ONE), (2, Fraction(3))), Fraction(0), strict=False, reason=Scaled(0, PRODUCT, most))
    base = Fact(((2, -ONE),), Fraction(-4), strict=False, reason=Given(2, BASE))
    result = Fact(((0, ONE),), Fraction(20), strict=False, reason=Given(3, RESULT))

    def closes(fact: Fact) -> bool:
        return verify(PRODUCTS, Leaf(combine([(ONE, fact), (Fraction(3), base), (ONE, result)])))

    assert closes(scaled)
    assert not closes(attrs.evolve(scaled, terms=((0, -ONE), (2, Fraction(2)))))
    assert not closes(attrs.evolve(scaled, reason=Scaled(1, PRODUCT, most)))
    assert not closes(attrs.evolve(scaled, reason=Scaled(0, attrs.evolve(PRODUCT, offset=ONE), most)))

    quotient = Fact(((1, ONE),), Fraction(5), strict=False, reason=Quotient(0, PRODUCT, result, base))
    assert verify(PRODUCTS, Leaf(combine([(ONE, quotient), (ONE, most)])))
    least = Fact(((2, ONE),), ONE, strict=False, reason=Given(2, BASE))
    wrong = attrs.evolve(quotient, reason=Quotient(0, PRODUCT, result, least))
    assert not verify(PRODUCTS, Leaf(combine([(ONE, wrong), (ONE, most)]))), "a least base bounds the most"
    high = attrs.evolve(quotient, bound=Fraction(6))
    assert not verify(PRODUCTS, Leaf(combine([(ONE, high), (ONE, most)])))


def facts_of(proof: Proof) -> Iterator[Fact]:
    """Every fact at a leaf, and those that it is put together from."""
    match proof:
        case Leaf(fact=fact):
            yield fact
            if isinstance(fact.reason, Combined):
                yield from (part for _, part in fact.reason.parts)
        case Counted(facts=facts):
            yield from facts
        case Split(proofs=proofs):
            for each in proofs:
                yield from facts_of(each)


def test_proofs_that_are_found_rest_on_their_groups_and_on_each_bound() -> None:
    seen = 0
    for seed in numbers(120):
        network = Network.of(random_groups(seed, products=seed % 3 == 0))
        proof = decide(network).proof
        if proof is None:
            continue
        seen += 1
        assert verify(network, proof), seed
        used = groups_used(proof)
        assert not decide(network.only(used)).is_consistent
        for group in used:
            assert not verify(network.without([group]), proof), "without a group that it rests on"
        for fact in facts_of(proof):
            if isinstance(fact.reason, Given):
                before = fact.bound
                object.__setattr__(fact, "bound", before + 1)
                assert not verify(network, proof), "a bound was moved"
                object.__setattr__(fact, "bound", before)
        assert verify(network, proof)
    assert seen > 20
