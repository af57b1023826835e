"""The five documents this began with, read without help, against the claim sets that were made of them by hand.

They stand outside the project, so these tests run only where they are.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ipmetrics as ipm
from ipmetrics.model.claims import OneOf, Rank, Total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.model.claims import Claim

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
BY_HAND = {
    "000": "beijing-2025",
    "001": "jing-jin-ji-2023",
    "002": "universities-2023",
    "003": "haidian-2021",
    "004": "etown-2023",
}
FEW = 0.1  # of the claims made by hand may be missed

pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the documents are not part of the project")


def article(number: str) -> ipm.Article:
    return ipm.find_claims(next(SEEDS.glob(f"{number}_*.txt")).read_text("utf-8"))


def printed(claims: tuple[Claim, ...]) -> Iterator[tuple[str, Fraction]]:
    """Kind and size of every figure; a level and a sum print none of their own."""
    for claim in claims:
        each = claim.alternatives[0] if isinstance(claim, OneOf) else claim
        if isinstance(each, (Total, OneOf)):
            continue
        if isinstance(each, Rank):
            yield "Rank", Fraction(each.rank)
        elif each.figure is not None:
            yield type(each).__name__, abs(each.figure.value)


def missed() -> dict[str, tuple[int, Counter[tuple[str, Fraction]]]]:
    """For each document how many figures the claim set has, and which of them were not read as what they are."""
    found = {}
    for number, name in BY_HAND.items():
        by_hand = Counter(printed(tuple(ipm.datasets.load(name))))
        found[number] = by_hand.total(), by_hand - Counter(printed(article(number).claims))
    return found


def test_nine_in_ten_claims_made_by_hand_are_read() -> None:
    told = missed()
    wanted, lost = sum(count for count, _ in told.values()), sum(left.total() for _, left in told.values())
    assert lost <= FEW * wanted, {number: dict(left) for number, (_, left) in told.items()}


@pytest.mark.parametrize("number", BY_HAND)
def test_no_article_is_accused(number: str) -> None:
    assert ipm.check(ipm.datasets.load(BY_HAND[number])).verdict is ipm.Verdict.CONSISTENT
    report = article(number).judge()
    assert report.verdict is ipm.Verdict.CONSISTENT, [str(conflict) for conflict in report.conflicts]


@pytest.mark.parametrize("number", BY_HAND)
def test_spans_index_the_document(number: str) -> None:
    read = article(number)
    for statement in read.statements:
        assert read.text[slice(*statement.span)] == statement.quote
