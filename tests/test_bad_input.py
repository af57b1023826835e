"""Each way to go wrong that was promised one clear error, and each contradiction that must be a finding instead."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

import pytest

import ipmetrics as ipm
from ipmetrics.errors import (
    ClaimError,
    ClaimFileError,
    FigureTypeError,
    IpmetricsError,
    PeriodError,
    RegionError,
    UnitError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ipmetrics.model.claims import Claim

NOT_TEXT: Any = 3.5
NOT_CLAIMS: Any = "332.8"

COUNT = ipm.Indicator("patents granted", unit="patent", whole=True, measure="flow")
MARKS = ipm.Indicator("trademarks registered", unit="trademark", whole=True, measure="flow")
SHARE = ipm.Indicator("share of invention patents", unit="percent")
MONEY = ipm.Indicator("balance", unit="CNY", signed=True)
HERE, THERE = COUNT.at("Haidian", 2021), COUNT.at("Beijing", 2021)

MISUSE = {
    "a float for a figure": (lambda: ipm.Level(HERE, NOT_TEXT), FigureTypeError, "3.5", "printed"),
    "an int for a figure": (lambda: ipm.Level(HERE, NOT_TEXT.as_integer_ratio()[0]), FigureTypeError, "7", "printed"),
    "an unknown unit": (lambda: ipm.Indicator("patents", unit="patnet"), UnitError, "patnet", "patent"),
    "a factor in a unit": (lambda: ipm.Indicator("rate", unit="patent/10000 people"), UnitError, "10000", "multiplier"),
    "points of a count": (lambda: ipm.Change(HERE, "0.44 points"), UnitError, "0.44 points", "%"),
    "a bare change of a percentage": (lambda: ipm.Change(SHARE.at("A", 2021), "2"), UnitError, "2", "points"),
    "percent of a count": (lambda: ipm.Level(HERE, "51.1%"), UnitError, "51.1%", "Share"),
    "times as a level": (lambda: ipm.Level(HERE, "3.54 times"), UnitError, "3.54 times", "Ratio"),
    "points as a ratio": (lambda: ipm.Ratio(HERE, THERE, "3 points"), UnitError, "3 points", "Change"),
    "times as a share": (lambda: ipm.Share(HERE, THERE, "3 times"), UnitError, "3 times", "Ratio"),
    "patents over trademarks": (lambda: ipm.Ratio(HERE, MARKS.at("Haidian", 2021), "2"), UnitError, "trademark", "per"),
    "patents plus trademarks": (
        lambda: ipm.Total(HERE, [MARKS.at("Haidian", 2021)]),
        UnitError,
        "trademark",
        "covers",
    ),
    "a month 13": (lambda: COUNT.at("Haidian", "2021-13"), PeriodError, "2021-13", "2021-11"),
    "the 30th of February": (lambda: COUNT.at("Haidian", "2021-02-30"), PeriodError, "2021-02-30", "date"),
    "a fifth quarter": (lambda: COUNT.at("Haidian", "2021-Q5"), PeriodError, "2021-Q5", "2021-Q3"),
    "a range that runs backwards": (lambda: ipm.Period("2021-09/2021-01"), PeriodError, "2021-09", "range"),
    "no period at all": (lambda: ipm.Period(when=True), PeriodError, "True", "year"),
    "a region part of itself": (
        lambda: ipm.Region(
            "Haidian", code="X", part_of=ipm.Region("Beijing", code="Y", part_of=ipm.Region("H", code="X"))
        ),
        RegionError,
        "Haidian",
        "part_of",
    ),
    "a nameless region": (lambda: ipm.Region(" "), RegionError, "' '", "name"),
    "two bases": (lambda: ipm.Change(HERE, "5%", since=THERE, than=THERE), ClaimError, "since", "one"),
    "a comparison with itself": (lambda: ipm.Ratio(HERE, HERE, "1"), ClaimError, "Haidian", "another"),
    "a rank nobody holds": (lambda: ipm.Rank(HERE, 3, among=[THERE]), ClaimError, "3", "among"),
    "a rate per seven people": (lambda: COUNT.per(MARKS, 7), UnitError, "7", "power of ten"),
    "one reading of several": (lambda: ipm.OneOf([ipm.Level(HERE, "3")]), ClaimError, "1 reading", "two"),
    "an expression to check": (lambda: ipm.check([ipm.Ratio(HERE, THERE)]), ClaimError, "no figure", "derive"),
    "a claim to derive": (lambda: ipm.derive(ipm.Level(HERE, "3"), []), ClaimError, "= 3", "without its figure"),
    "two claims of one name": (
        lambda: ipm.check([ipm.Level(HERE, "3", id="a"), ipm.Level(THERE, "4", id="a")]),
        ClaimError,
        '"a"',
        "claims 1 and 2",
    ),
    "no claims but a text": (lambda: ipm.check(NOT_CLAIMS), ClaimError, "'3'", "no claim"),
}


@pytest.mark.parametrize(("make", "kind", "given", "way_out"), MISUSE.values(), ids=MISUSE.keys())
def test_misuse_is_one_error_that_names_the_thing_and_the_way_out(
    make: Callable[[], object], kind: type[IpmetricsError], given: str, way_out: str
) -> None:
    with pytest.raises(kind) as caught:
        make()
    message = str(caught.value)
    assert given in message
    assert way_out in message
    assert isinstance(caught.value, (ValueError, TypeError))
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert (type(again), str(again)) == (kind, message)


def test_all_faults_of_a_set_are_told_at_once() -> None:
    with pytest.raises(ClaimError) as caught:
        ipm.check([ipm.Level(HERE), *NOT_CLAIMS[:1], ipm.Level(THERE, "4", id="a"), ipm.Level(HERE, "3", id="a")])
    for each in ("claim 1 (", "claim 2 is no claim", 'claims 3 and 4 are both named "a"'):
        assert each in str(caught.value)


FILES = {
    "not UTF-8": b"\xff\xfe[source]",
    "not TOML": b"[claims",
    "deeply nested": b"a = " + b"[" * 5000 + b"]" * 5000,
    "a NUL": b"claims = []\x00",
    "nothing": b"",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_that_is_none_is_one_clear_error(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    path.write_bytes(content)
    with pytest.raises(ClaimFileError) as caught:
        ipm.read_claims(path)
    assert path.name in str(caught.value)
    assert caught.value.faults


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "claims.toml"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(ClaimFileError, match="16 MiB"):
        ipm.read_claims(path)


CONTRADICTIONS: dict[str, list[Claim]] = {
    "a share above 100 %": [ipm.Share(HERE, THERE, "102.4%")],
    "a share indicator above 100 %": [
        ipm.Level(COUNT.share_of(ipm.Indicator("all", unit="patent")).at("A", 2021), "101%")
    ],
    "a part larger than its whole": [
        ipm.Level(COUNT.at(ipm.Region("Haidian", part_of=ipm.Region("Beijing")), 2021), "120"),
        ipm.Level(THERE, "100"),
    ],
    "a month larger than its year": [ipm.Level(COUNT.at("A", "2021-03"), "120"), ipm.Level(COUNT.at("A", 2021), "100")],
    "growth from a negative base": [ipm.Level(MONEY.at("A", 2020), "-5"), ipm.Change(MONEY.at("A", 2021), "10%")],
    "a ratio to a level of zero": [ipm.Level(THERE, "0"), ipm.Ratio(HERE, THERE, "2")],
    "a negative count": [ipm.Level(HERE, "-5")],
    "half a patent": [ipm.Level(HERE, "2.5")],
    "a fall by more than everything": [ipm.Change(HERE, "-110%")],
    "an empty hedge": [ipm.Level(SHARE.at("A", 2021), "under 0%")],
}


@pytest.mark.parametrize("claims", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_contradiction_is_a_finding_and_never_an_exception(claims: list[Claim]) -> None:
    report = ipm.check(claims)
    assert report.verdict is ipm.Verdict.INCONSISTENT
    [conflict, *_] = report.conflicts
    assert conflict.irreducible
    assert str(conflict)
    derived = ipm.derive(HERE, claims)
    assert derived.is_empty is (derived.conflict is not None)


def test_no_claims_are_consistent_and_derive_nothing() -> None:
    assert ipm.check([]).verdict is ipm.Verdict.CONSISTENT
    assert str(ipm.derive(HERE, []).interval) == "[0, ∞)"
    assert list(ipm.conflicts([])) == []


def test_every_error_is_of_one_family() -> None:
    for each in vars(ipm.errors).values():
        if isinstance(each, type) and issubclass(each, Exception) and not issubclass(each, Warning):
            assert issubclass(each, IpmetricsError)
