"""What cannot be true is a finding and no exception: it is printed in the wild."""

from __future__ import annotations

import pytest

from ipmetrics.checks import check
from ipmetrics.findings import AssumptionKind, Verdict
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.regions import Region

CITY = Region("city", code="C")
DISTRICT = Region("district", code="D", part_of=CITY)
AWARDS = Indicator("awards", unit="award", whole=True)
BALANCE = Indicator("balance", unit="USD", signed=True)
HERE, THERE = AWARDS.at(DISTRICT, 2021), AWARDS.at(CITY, 2021)

NONSENSE: list[tuple[list[Claim], AssumptionKind | None, Conventions | None]] = [
    ([Share(HERE, THERE, "110%")], AssumptionKind.PART_OF, Conventions(part_of=False)),
    ([Level(HERE, "30"), Level(THERE, "20")], AssumptionKind.PART_OF, Conventions(part_of=False)),
    ([Ratio(HERE, THERE, "1.5")], AssumptionKind.PART_OF, Conventions(part_of=False)),
    ([Level(HERE, "-3")], AssumptionKind.UNSIGNED, Conventions(unsigned=False)),
    ([Change(HERE, "-150%")], AssumptionKind.UNSIGNED, Conventions(unsigned=False)),
    ([Level(HERE.indicator.growth().at(CITY, 2021), "-150%")], AssumptionKind.UNSIGNED, Conventions(unsigned=False)),
    ([Level(HERE, "2.5")], AssumptionKind.WHOLE, Conventions(whole=False)),
    ([Level(AWARDS.share_of(AWARDS).at(CITY, 2021), "130%")], AssumptionKind.PART_OF, Conventions(part_of=False)),
    ([Level(BALANCE.at(CITY, 2020), "-5"), Change(BALANCE.at(CITY, 2021), "10%")], None, None),
    ([Level(THERE, "0"), Ratio(AWARDS.at("elsewhere", 2021), THERE, "3")], None, None),
    ([Level(THERE, "0"), Share(HERE, THERE, "0%")], None, None),
]


@pytest.mark.parametrize(("claims", "kind", "unless"), NONSENSE, ids=["; ".join(map(str, row[0])) for row in NONSENSE])
def test_nonsense_is_a_conflict_with_what_it_offends(
    claims: list[Claim], kind: AssumptionKind | None, unless: Conventions | None
) -> None:
    report = check(claims)
    assert report.verdict is Verdict.INCONSISTENT
    smallest = report.conflicts[0]
    assert len(smallest.claims) == len(claims)
    assert (kind is None and not smallest.assumptions) or kind in {each.kind for each in smallest.assumptions}
    assert str(report)
    if unless is not None:
        assert check(claims, unless).verdict is Verdict.CONSISTENT
