"""The shipped indicators: each builds, is defined, has unit and source, and is found by names and codes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics import catalogue
from ipmetrics.catalogue import IndicatorEntry
from ipmetrics.errors import CatalogueError
from ipmetrics.model.indicators import DenominatorPeriod, Measure, Rate, ShareOf
from ipmetrics.model.observations import Member

ALL = catalogue.indicators()


def entry_of(identity: str) -> IndicatorEntry:
    entry = catalogue.entry(identity)
    assert isinstance(entry, IndicatorEntry)
    return entry


@pytest.mark.parametrize("identity", [str(indicator.code) for indicator in ALL])
def test_an_indicator_is_complete(identity: str) -> None:
    entry = entry_of(identity)
    assert entry.id == identity
    assert len(entry.definition) > 30
    assert entry.definition.endswith(".")
    assert entry.indicator.unit.name != "1"
    assert entry.counting in {"whole", "fractional"}
    assert {"definition", "names"} <= set(entry.sources)
    assert ("codes" in entry.sources) == bool(entry.codes)
    assert all(" " in text for text in entry.sources.values()), "a source is an id that is not spelled out"
    assert "status" in entry.scope


@pytest.mark.parametrize("identity", [str(indicator.code) for indicator in ALL])
def test_an_indicator_is_found_by_each_name_and_code(identity: str) -> None:
    entry = entry_of(identity)
    for name in entry.names:
        found = catalogue.find(name, limit=50)
        sharing = [other for other in found if isinstance(other, IndicatorEntry) and name in other.names]
        assert entry in sharing
        if len(sharing) == 1:
            assert catalogue.indicator(name).code == identity
    for code in entry.codes.values():
        assert catalogue.indicator(code).code == identity


def test_there_are_enough_and_their_labels_are_unique() -> None:
    labels = [indicator.label for indicator in ALL]
    assert len(labels) >= 40
    assert len(set(labels)) == len(labels)
    assert len({indicator.key for indicator in ALL}) == len(ALL)


def test_counts_are_whole_and_fractions_are_not() -> None:
    for indicator in ALL:
        entry = entry_of(str(indicator.code))
        counted = indicator.definition is None and indicator.unit.is_count_or_money
        money = indicator.unit.name in {"CNY", "USD"}
        assert indicator.whole == (counted and not money and entry.counting == "whole")


def test_stocks_and_flows() -> None:
    assert catalogue.indicator("inventions-in-force").measure is Measure.STOCK
    assert catalogue.indicator("invention-grants").measure is Measure.FLOW
    assert [str(i.code) for i in ALL if i.measure is None] == ["population-midyear"]


@pytest.mark.parametrize(
    ("identity", "numerator"),
    [("high-value-density", "high-value-inventions"), ("invention-density", "inventions-in-force")],
)
def test_densities_leave_the_population_open(identity: str, numerator: str) -> None:
    density = catalogue.indicator(identity)
    assert density.definition == Rate(
        catalogue.indicator(numerator), catalogue.indicator("population"), DenominatorPeriod.EITHER
    )
    assert density.printed == Fraction(1, 10_000)
    assert density == catalogue.indicator(numerator).per(catalogue.indicator("population"), 10_000, period="either")


def test_shares_are_percent_of_their_whole() -> None:
    share = catalogue.indicator("high-value-share")
    assert isinstance(share.definition, ShareOf)
    assert share.unit.name == "percent"


@pytest.mark.parametrize(
    "whole",
    [
        "patent-applications",
        "patent-grants",
        "patents-in-force",
        "ip-pledges",
        "ip-pledge-amount",
        "transfers-and-licences",
    ],
)
def test_parts_can_be_added_into_their_whole(whole: str) -> None:
    entry = entry_of(whole)
    assert len(entry.parts) in {2, 3}
    for part in entry.parts:
        assert entry.indicator.unit.takes(part.unit)
        assert part.measure is entry.indicator.measure
        assert part in ALL


def test_the_five_criteria_are_in_the_definition_and_overlap() -> None:
    entry = entry_of("high-value-inventions")
    for words in ("strategic emerging", "overseas", "10 years", "pledge financing", "China Patent Award"):
        assert words in entry.definition
    assert len(entry.scope["criterion"]) == 5
    assert entry.parts == ()


@pytest.mark.parametrize(
    ("writing", "identity"),
    [
        ("High-value  invention patents per 10,000 people", "high-value-density"),
        ("每万人口高价值发明专利拥有量", "high-value-density"),
        ("万人发明专利拥有量", "invention-density"),
        ("有效发明专利", "inventions-in-force"),
        ("PCT国际专利申请量", "pct-applications"),
        ("常住人口", "population"),
        ("ip.pat.resd", "resident-applications"),
        ("IP.PAT.NRES", "nonresident-applications"),
        ("SP.POP.TOTL", "population-midyear"),
        ("sdg_09_40/A.INVT.P_MHAB", "epo-by-inventor-rate"),
        ("trade mark applications", "trademark-applications"),
        ("专利质押融资金额", "patent-pledge-amount"),
    ],
)
def test_indicators_by_name_or_code(writing: str, identity: str) -> None:
    assert catalogue.indicator(writing).code == identity


@pytest.mark.parametrize(
    ("writing", "identities"),
    [
        ("patent applications", ["patent-applications", "invention-applications"]),
        ("geographical indications", ["gi-products", "gi-trademarks"]),
        (
            "sdg_09_40",
            ["epo-by-applicant", "epo-by-inventor", "epo-by-applicant-rate", "epo-by-inventor-rate"],
        ),
    ],
)
def test_what_means_several_is_listed(writing: str, identities: list[str]) -> None:
    with pytest.raises(CatalogueError, match="means one indicator") as refusal:
        catalogue.indicator(writing)
    assert [identity for identity in identities if f"({identity})" in str(refusal.value)] == identities


def test_scope_members_know_their_parents() -> None:
    holder = entry_of("inventions-in-force").scope["holder"]
    assert holder["SMEs"].is_part_of(Member("all"))
    assert holder["SMEs"].is_part_of(holder["enterprises"])
    assert not holder["individuals"].is_part_of(holder["service"])
    territory = entry_of("inventions-in-force").scope["territory"]
    assert territory["mainland"].is_part_of(territory["with territories"])
    assert not territory["mainland"].is_part_of(Member("all"))


def test_an_entry_reads_well() -> None:
    text = str(catalogue.entry("high-value-density"))
    assert text.startswith("high-value invention patents per 10,000 people [high-value-density]\n")
    assert "÷ resident population (either period)" in text
    assert "  unit       patent per 10,000 person" in text
    assert "÷" in str(catalogue.entry("rd-intensity"))
    assert repr(catalogue.entry("population")) == "<IndicatorEntry resident population [population]>"
