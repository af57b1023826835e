from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ipmetrics import Level, OneOf, Source, Verdict, check, datasets, read_claims
from ipmetrics.claimfile import parse_claims, write_claims
from ipmetrics.errors import CatalogueError

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim

FIGURES = {
    "beijing-2025": "171.8; #1; over 249,000; nearly 30,000; nine; one; #4; 7 percent",
    "etown-2023": (
        "850; more than three times; eight; four; six; 19,100; 850; more than three times; =; no fewer than 100; 11; "
        "34; 116; 228"
    ),
    "haidian-2021": (
        "40,455; 19.6%; 51.1%; 4,085; 16.8%; 39.4%; 632,000; 193,000; 47.7%; 7.14%; 332.8; 3.54; 44.37; three; 10%; "
        "nine; 15%; 50; 6.1%; 18,767; 409; =; 47.5%; 107.4%; 483; 2.896 billion; 8.06%; 50.72%; 80; 100 million; "
        "38.89%; one billion; 337 million; 15; 1,597; 1,037; 40%; 32; 6,500; 57; 22"
    ),
    "jing-jin-ji-2023": "seven; seven; 32,900; 29,300; 19",
    "universities-2023": "794,000; 229,000; =; a quarter; seven; #1",
}


def printed(claim: Claim) -> str:
    """The figure of a claim as printed: one for all its readings; a total has none."""
    match claim:
        case OneOf(alternatives=alternatives):
            (figure,) = {printed(alternative) for alternative in alternatives}
            return figure
        case _ if hasattr(claim, "rank"):
            return f"#{claim.rank}"
        case _:
            return str(getattr(claim, "figure", "="))


def test_the_names_are_those_of_the_files() -> None:
    assert datasets.names() == tuple(sorted(FIGURES))
    assert all(datasets.path(name).is_file() for name in datasets.names())


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_of_a_document_is_there_as_it_was_printed(name: str) -> None:
    assert "; ".join(map(printed, datasets.load(name))) == FIGURES[name]


@pytest.mark.parametrize("name", FIGURES)
def test_every_claim_says_where_it_was_printed(name: str) -> None:
    claims = datasets.load(name)
    documents = Counter(claim.source.document if claim.source else None for claim in claims)
    ((document, _),) = documents.most_common(1)
    for claim in claims:
        assert isinstance(claim.source, Source)
        if claim.source.producer == "ipmetrics":  # a definition or reading of ours, and no figure
            assert printed(claim) == "="
        else:
            assert claim.source.document == document
            assert re.fullmatch(r"paragraph \d+, sentence \d+", claim.source.locator or "")
        assert claim.source.quote is None


@pytest.mark.parametrize("name", FIGURES)
def test_a_document_is_consistent(name: str) -> None:
    report = check(datasets.load(name))
    assert report.verdict is Verdict.CONSISTENT
    assert report.witness


def test_the_dossier_is_consistent() -> None:
    report = check(datasets.load_all())
    assert report.verdict is Verdict.CONSISTENT
    assert report.witness
    assert report.left_open == ()


def test_the_dossier_holds_every_claim_under_a_name_of_its_own() -> None:
    dossier = datasets.load_all()
    assert list(dossier) == [claim for name in datasets.names() for claim in datasets.load(name)]
    ids = [claim.id for claim in dossier]
    assert None not in ids
    assert len({*ids}) == len(ids) == 74


def test_a_key_means_the_same_in_every_file() -> None:
    dossier = datasets.load_all()
    for name in datasets.names():
        file = datasets.load(name)
        assert file.conventions is None  # else the dossier would have to choose
        for kind in ("indicators", "regions", "members", "units"):
            shared = getattr(dossier, kind)
            assert all(repr(shared[key]) == repr(each) for key, each in getattr(file, kind).items())


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_defined_that_no_claim_uses(name: str) -> None:
    tree = tomllib.loads(datasets.path(name).read_text(encoding="utf-8"))
    definitions = {key for kind in ("indicators", "regions", "members") for key in tree.get(kind, {})}
    text = repr(tree["claims"]) + repr([each.get("per") for each in tree["indicators"].values()])
    # A region's own table may name another that no claim does: what the cluster overlaps, for one.
    assert {key for key in definitions if not re.search(rf"\b{key}\b", text)} == set()


def test_a_dataset_is_an_ordinary_claim_file() -> None:
    from ipmetrics import catalogue

    path = datasets.path("haidian-2021")
    assert read_claims(path, catalogue=catalogue) == datasets.load("haidian-2021")


def test_the_dossier_can_be_written_and_read_without_the_catalogue() -> None:
    dossier = datasets.load_all()
    assert list(parse_claims(write_claims(dossier))) == list(dossier)


def test_the_page_that_says_a_rate_twice_counts_once() -> None:
    report = check(datasets.load("etown-2023"))
    repeated = {finding.id: finding.repeats for finding in report.findings if finding.repeats}
    assert repeated == {"etown-density-2": "etown-density", "etown-to-beijing-2": "etown-to-beijing"}


def test_places_are_those_of_the_catalogue() -> None:
    dossier = datasets.load_all()
    haidian, beijing, china = (dossier.regions[key] for key in ("haidian", "beijing", "china"))
    assert haidian.is_part_of(beijing)
    assert beijing.is_part_of(china)
    assert dossier.regions["etown_core"].is_part_of(dossier.regions["etown"])
    assert not dossier.regions["etown"].is_part_of(haidian)
    density = dossier.claim("density")
    assert isinstance(density, Level)
    assert density.subject.region == haidian
    assert density.subject.indicator.unit_text == "patent per 10,000 person"


@pytest.mark.parametrize(
    ("given", "nearest"),
    [
        ("haidian", "haidian-2021"),
        ("Haidian-2021", "haidian-2021"),
        ("beijing-2024", "beijing-2025"),
        ("E-Town", "etown-2023"),
        ("jingjinji", "jing-jin-ji-2023"),
        ("university", "universities-2023"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(given: str, nearest: str) -> None:
    for question in (datasets.load, datasets.path):
        with pytest.raises(CatalogueError, match=f"did you mean '{nearest}'"):
            question(given)


@pytest.mark.parametrize("given", ["", "zzz", "../catalogue/indicators", "haidian-2021.toml/..", None, 7])
def test_what_is_no_name_at_all_is_refused(given: str) -> None:
    with pytest.raises(CatalogueError, match="a dataset is one of those that come with ipmetrics"):
        datasets.load(given)
