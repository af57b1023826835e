"""What is derived holds every value the claims allow, and, where it says exact, nothing narrower does."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest
import z3

from ipmetrics.checks import derive
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Ratio
from ipmetrics.model.observations import Observation
from tests.effort import numbers
from tests.meaning import Judge, Meaning, Truth, spoken_of
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAR = 10**9
Asked = Observation | Ratio | Change


def questions(claims: list[Claim], seed: int) -> Iterator[Asked]:
    """An observation, a ratio and a difference that the claims bear on."""
    rng = Random(seed)  # noqa: S311 - nothing is kept secret
    known = list(dict.fromkeys(each for claim in claims for each in spoken_of(claim)))
    yield rng.choice(known)
    pairs = [(a, b) for a in known for b in known if a != b and a.indicator.unit == b.indicator.unit]
    if pairs:
        yield Ratio(*rng.choice(pairs))
        subject, base = rng.choice(pairs)
        yield Change(subject, since=base, difference=True)


def lies(asked: Asked, interval: Interval, *, inside: bool) -> Callable[[Meaning], Truth]:
    """That the expression has a value, and it lies inside the interval, or outside."""

    def said(meaning: Meaning) -> Truth:
        value = meaning.value
        match asked:
            case Observation():
                held = meaning.inside(interval, value(asked))
            case Ratio():
                held = meaning.inside(interval, value(asked.subject), value(asked.to))
            case _:
                held = meaning.inside(interval, value(asked.subject) - value(asked.base))
        held = z3.BoolVal(held) if isinstance(held, bool) else held
        defined = value(asked.to) > 0 if isinstance(asked, Ratio) else True
        return meaning.logic.both([defined, held if inside else z3.Not(held)])

    return said


def answer(judge: Judge, claims: list[Claim], asked: Asked, interval: Interval, *, inside: bool = True) -> str:
    """Whether the expression can lie there."""
    speaking_of = [asked] if isinstance(asked, Observation) else spoken_of(asked)
    return judge.ask(claims, besides=lies(asked, interval, inside=inside), speaking_of=speaking_of)


def check_ends(judge: Judge, claims: list[Claim], asked: Asked, base: Interval) -> None:
    """Each end is attained exactly if it is closed, and approached; where there is none there is no limit."""
    for end, closed, sign in ((base.lower, base.lower_closed, 1), (base.upper, base.upper_closed, -1)):
        if end is None:
            assert answer(judge, claims, asked, Interval(None, -FAR) if sign > 0 else Interval(FAR)) != "unsat"
            continue
        assert answer(judge, claims, asked, Interval.point(end)) in {"sat" if closed else "unsat", "unknown"}
        near = end + sign * (abs(end) / 10**6 + Fraction(1, FAR))
        assert answer(judge, claims, asked, Interval(min(end, near), max(end, near))) != "unsat"


@pytest.mark.parametrize(
    ("sort", "usual"), [(Sort.REAL, 70), (Sort.WHOLE, 30), (Sort.PRODUCTS, 20), (Sort.WHOLE_PRODUCTS, 15)]
)
def test_nothing_lies_outside_and_exact_ends_are_attained_or_approached(sort: Sort, usual: int) -> None:
    judge = Judge(timeout=500)
    exact = 0
    for seed in numbers(usual):
        claims = random_claims(seed, sort)
        for asked in questions(claims, seed):
            derived = derive(asked, claims)
            if derived.is_empty:
                continue
            assert answer(judge, claims, asked, derived.to_base(), inside=False) != "sat"
            if derived.exact and sort in {Sort.REAL, Sort.WHOLE}:
                exact += 1
                check_ends(judge, claims, asked, derived.to_base())
    assert exact > usual / 4 or sort in {Sort.PRODUCTS, Sort.WHOLE_PRODUCTS}
