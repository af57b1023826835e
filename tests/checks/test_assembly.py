from __future__ import annotations

from datetime import date

import pytest

from ipmetrics.checks import check
from ipmetrics.checks.assembly import assemble
from ipmetrics.errors import ClaimError
from ipmetrics.findings import ClaimVerdict
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Source
from ipmetrics.model.indicators import Indicator
from tests.checks.cast import BEIJING, GRANTED, HAIDIAN, HERE, IN_FORCE, MONEY, THERE

PAPER = Source("Office", "White paper", date(2022, 4, 30))


def repeats(*claims: Claim) -> dict[int, int]:
    return assemble(claims).repeats


def test_a_restatement_is_merged_into_the_fuller_claim() -> None:
    full, loose = Level(HERE, "332.8", source=PAPER), Level(HERE, "over 300", source=PAPER)
    assert repeats(full, loose) == {1: 0}
    assert repeats(loose, full) == {0: 1}
    assert repeats(full, full) == {1: 0}


def test_a_chain_of_restatements_ends_at_the_fullest() -> None:
    texts = ("330", "333", "332.8")
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)):
        claims = [Level(HERE, texts[place], source=PAPER) for place in order]
        assert set(repeats(*claims).values()) == {order.index(2)}
    report = check([*(Level(HERE, text, source=PAPER) for text in texts[1:]), Level(HERE, "332.83")])
    assert [finding.repeats for finding in report.findings] == ["claim-2", None, None]
    assert report.findings[0].verdict is report.findings[1].verdict is ClaimVerdict.ENTAILED


@pytest.mark.parametrize(
    "claim",
    [
        Rank(HERE, 1, among=[THERE], source=PAPER),
        OneOf([Level(HERE, "3"), Level(THERE, "4")], source=PAPER),
        Change(MONEY.at(HAIDIAN, 2021), "5%", source=PAPER),
    ],
    ids=lambda claim: type(claim).__name__,
)
def test_every_kind_is_merged_and_never_its_own_support(claim: Claim) -> None:
    import attrs

    again = attrs.evolve(claim, id="again")
    report = check([claim, again])
    assert report.finding("again").repeats == "claim-1"
    assert {finding.verdict for finding in report.findings} == {ClaimVerdict.UNCHECKED}


@pytest.mark.parametrize(
    "other",
    [
        Level(HERE, "332.8"),  # no source is no source in common
        Level(HERE, "332.8", source=Source("Office", "White paper", date(2023, 4, 30))),
        Level(HERE, "332.85", source=PAPER),  # neither says all of the other
        Level(THERE, "332.8", source=PAPER),
        Ratio(HERE, THERE, "332.8", source=PAPER),
    ],
    ids=["no source", "another edition", "touching", "another place", "another kind"],
)
def test_what_is_no_restatement_is_not_merged(other: Claim) -> None:
    assert repeats(Level(HERE, "332.8", source=PAPER), other) == {}


def test_the_locator_does_not_make_another_source() -> None:
    page = Source("Office", "White paper", date(2022, 4, 30), locator="page 5")
    assert repeats(Level(HERE, "332.8", source=PAPER), Level(HERE, "332.8", source=page)) == {1: 0}


def test_faults_of_a_set_are_told_at_once() -> None:
    claims = [Level(HERE, "3", id="a"), Level(THERE, "4", id="a"), Level(HERE), "five"]
    with pytest.raises(ClaimError) as refused:
        assemble(claims)  # type: ignore[arg-type]
    for words in ("both named", "has no figure", "is no claim"):
        assert words in str(refused.value)


def test_one_name_stands_for_one_set_of_facts() -> None:
    signed = Indicator(GRANTED.label, unit="patent", measure="flow", whole=True, signed=True)
    with pytest.raises(ClaimError, match="different facts"):
        assemble([Level(GRANTED.at(HAIDIAN, 2021), "3"), Level(signed.at(BEIJING, 2021), "4")])


def test_a_stock_of_a_year_is_that_of_its_last_day() -> None:
    same = [Level(IN_FORCE.at(HAIDIAN, when), "3") for when in (2021, "2021-12", "2021-12-31", "2021-H2")]
    assert len(assemble(same).observations) == 1
    flows = [Level(GRANTED.at(HAIDIAN, when), "3") for when in (2021, "2021-12")]
    assert len(assemble(flows).observations) == 2


def test_claims_come_first_and_keep_their_order() -> None:
    assembly = assemble([Level(HERE, "3", id="x"), Level(GRANTED.at(HAIDIAN, 2021), "4")])
    assert assembly.ids == ("x", "claim-2")
    assert list(assembly.background) == list(range(2, len(assembly.network.groups)))
    assert assembly.assumption(2) is assembly.assumed[0]
