"""Reading: what each key of a claim file makes."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ipmetrics.claimfile import ClaimFile, parse_claims, read_claims, write_claims
from ipmetrics.errors import CatalogueError, ClaimError, ClaimFileError
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure, Rounding
from ipmetrics.model.indicators import DenominatorPeriod, Growth, Indicator, Measure, Rate, ShareOf
from ipmetrics.model.observations import Member
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from pathlib import Path

NAMES = """
[indicators]
patents = { unit = "patent", measure = "flow", whole = true }
growth = { growth_of = "patents" }
[regions]
beijing = {}
haidian = { part_of = "beijing" }
chaoyang = { part_of = "beijing" }
"""


def one(claim: str, names: str = NAMES) -> Claim:
    [made] = parse_claims(f"{names}\n[[claims]]\n{claim}")
    return made


def at(region: str, period: str | int = 2021) -> object:
    return Indicator("patents", unit="patent").at(region, period)


def test_a_level() -> None:
    claim = one('id = "l"\nlevel = "patents.haidian.2021"\nfigure = "40,455"')
    assert claim == Level(Indicator("patents").at("haidian", 2021), "40,455", id="l")


def test_a_ratio_and_a_share() -> None:
    ratio = one('ratio = "patents.haidian.2021"\nto = "patents.beijing.2021"\nfigure = "3.54"')
    share = one('share = "patents.haidian.2021"\nof = "patents.beijing.2021"\nfigure = "51.1%"')
    assert isinstance(ratio, Ratio)
    assert isinstance(share, Share)
    assert ratio.to == share.of == at("beijing")


def test_a_change_without_a_base_is_since_a_year_earlier() -> None:
    claim = one('change = "patents.haidian.2021"\nfigure = "19.6%"')
    assert isinstance(claim, Change)
    assert claim.since is None
    assert claim.base == at("haidian", 2020)


def test_a_change_than_another_region_and_one_a_year() -> None:
    than = one('change = "patents.haidian.2021"\nthan = "patents.chaoyang.2021"\nfigure = "2.2 times"')
    compound = one('change = "patents.haidian.2021"\nsince = "patents.haidian.2016"\nper = "year"\nfigure = "8.2%"')
    assert isinstance(than, Change)
    assert than.than == at("chaoyang")
    assert isinstance(compound, Change)
    assert compound.years == 5


def test_a_total() -> None:
    claim = one(
        'total = "patents.beijing.2021"\nparts = ["patents.haidian.2021", "patents.chaoyang.2021"]\ncomplete = false'
    )
    assert isinstance(claim, Total)
    assert (claim.parts, claim.complete, claim.disjoint) == ((at("haidian"), at("chaoyang")), False, True)


def test_a_rank() -> None:
    claim = one('rank = "patents.haidian.2021"\nplace = 1\namong = ["patents.chaoyang.2021"]\norder = "ascending"')
    assert isinstance(claim, Rank)
    assert (claim.rank, claim.among, claim.order) == (1, (at("chaoyang"),), "ascending")


def test_one_of_several_readings_has_the_source_and_they_have_none() -> None:
    claim = one(
        'one_of = [{ change = "patents.haidian.2021", figure = "8%" },'
        ' { level = "growth.haidian.2021", figure = "8%" }]',
        'source = { title = "White paper" }\n' + NAMES,
    )
    assert isinstance(claim, OneOf)
    assert claim.source == Source(title="White paper")
    assert [type(reading) for reading in claim.alternatives] == [Change, Level]
    assert [reading.source for reading in claim.alternatives] == [None, None]


def test_a_figure_table_and_the_decimal_comma_of_a_file() -> None:
    figure = '{ text = "40,500", decimals = -2, rounding = "truncated" }'
    stated = one(f'level = "patents.haidian.2021"\nfigure = {figure}')
    comma = one('level = "patents.haidian.2021"\nfigure = "64,25"', "conventions.decimal_comma = true\n" + NAMES)
    assert isinstance(stated, Level)
    assert isinstance(comma, Level)
    assert stated.figure == Figure("40,500", decimals=-2, rounding=Rounding.TRUNCATED)
    assert comma.figure == Figure("64,25", decimal_comma=True)


@pytest.mark.parametrize("period", ["2021", '"2021-01/2021-12"', "2021-12-31"])
def test_the_period_of_a_table_is_a_number_text_or_date(period: str) -> None:
    claim = one(f'level = {{ indicator = "patents", region = "haidian", period = {period} }}\nfigure = "3"')
    assert isinstance(claim, Level)
    assert claim.subject.period.end == date(2021, 12, 31)


@pytest.mark.parametrize(
    "path",
    [
        '"patents.haidian.2021[holder=a, kind=b]"',
        "'patents.haidian.2021[ holder = \"a\", kind = b ]'",
        '{ indicator = "patents", region = "haidian", period = "2021", scope = { holder = "a", kind = "b" } }',
    ],
)
def test_scopes(path: str) -> None:
    claim = one(f'level = {path}\nfigure = "3"')
    assert isinstance(claim, Level)
    assert dict(claim.subject.scope) == {"holder": Member("a"), "kind": Member("b")}


def test_members_bring_their_parents() -> None:
    names = NAMES + '[members]\ncolleges = { part_of = ["uni"] }\nuni = { name = "universities", part_of = "all" }\n'
    claim = one('level = "patents.haidian.2021[holder=colleges]"\nfigure = "3"', names)
    assert isinstance(claim, Level)
    member = claim.subject.scope["holder"]
    assert [str(above) for above in member.ancestors()] == ["universities", "all"]


def test_sources_are_inherited_replaced_and_refined() -> None:
    text = """
[source]
title = "White paper"
date = 2022-04-30
locator = "page 1"
[sources.yearbook]
producer = "Bureau"
[[claims]]
level = "patents.haidian.2021"
figure = "1"
locator = "page 5"
quote = "one"
span = [3, 6]
[[claims]]
level = "patents.haidian.2021"
figure = "1"
source = "yearbook"
[[claims]]
level = "patents.haidian.2021"
figure = "1"
source = { url = "https://example.org" }
"""
    sources = [claim.source for claim in parse_claims(NAMES + text)]
    assert sources == [
        Source(title="White paper", date=date(2022, 4, 30), locator="page 5", quote="one", span=(3, 6)),
        Source("Bureau"),
        Source(url="https://example.org"),
    ]


def test_derived_indicators_in_any_order() -> None:
    indicators = parse_claims("""
[indicators]
rate = { per = ["patents", "people", 10000], period = "either", label = "density" }
share = { share_of = ["inventions", "patents"], code = "S" }
growth = { growth_of = "patents", description = "for people" }
patents = { unit = "patent" }
inventions = { unit = "patent" }
people = { unit = "person" }
""").indicators
    assert indicators["rate"].definition == Rate(indicators["patents"], indicators["people"], DenominatorPeriod.EITHER)
    assert (indicators["rate"].label, indicators["rate"].multiplier) == ("density", -4)
    assert indicators["share"].definition == ShareOf(indicators["inventions"], indicators["patents"])
    assert indicators["share"].code == "S"
    assert indicators["growth"].definition == Growth(indicators["patents"])
    assert indicators["growth"].description == "for people"


def test_plain_facts_of_indicators() -> None:
    patents = parse_claims(
        "[indicators.patents_granted]\n"
        'unit = "patent"\nmultiplier = 4\nmeasure = "flow"\nwhole = true\nadditive = false'
    ).indicators["patents_granted"]
    assert (patents.label, patents.unit, patents.multiplier) == ("patents granted", Unit("patent"), 4)
    assert (patents.measure, patents.whole, patents.signed, patents.additive) == (Measure.FLOW, True, False, False)


def test_declared_units() -> None:
    file = parse_claims("""
[units]
award = {}
work = { covers = ["patent", "design"] }
[indicators]
a = { unit = "award" }
b = { unit = "award/person" }
c = { unit = "work" }
""")
    assert file.indicators["b"].unit == Unit("award/person")
    assert file.indicators["c"].unit.takes(Unit("design"))


def test_regions() -> None:
    regions = parse_claims("""
[regions]
zone = { overlaps = ["haidian"], kind = "zone", names = "the Park", valid_from = 1988-05-10 }
haidian = { label = "Haidian", code = "CN-110108", part_of = ["beijing"] }
beijing = { code = "CN-11" }
""").regions
    assert regions["haidian"].is_part_of(Region("Beijing", code="CN-11"))
    assert regions["zone"].overlaps == (regions["haidian"],)
    assert (regions["zone"].names, regions["zone"].valid_from) == (("the Park",), date(1988, 5, 10))


def test_conventions() -> None:
    file = parse_claims('claims = []\n[conventions]\nrounding = "truncated"\nabout = "10%"\npart_of = false')
    assert file.conventions == Conventions(rounding="truncated", about=Fraction(1, 10), part_of=False)
    assert parse_claims("claims = []").conventions is None


class _Catalogue:
    def indicator(self, name: str, /) -> Indicator:
        if name != "density":
            raise CatalogueError(name, rule="this is in the catalogue", way_out='write "density"')
        return Indicator("density", unit="patent/person", code="D")

    def region(self, name: str, /) -> Region:
        return {"Haidian": Region("Haidian", code="CN-110108")}[name]


def test_a_catalogue_is_looked_up() -> None:
    text = """
[indicators]
d = { catalogue = "density" }
[regions]
h = { catalogue = "Haidian" }
park = { part_of = "h" }
"""
    file = parse_claims(text, catalogue=_Catalogue())
    assert file.indicators["d"].code == "D"
    assert file.regions["park"].is_part_of(file.regions["h"])


def test_what_the_catalogue_does_not_have_is_a_fault() -> None:
    text = 'indicators.d = { catalogue = "dense" }\nregions.h = { catalogue = "Hadian" }'
    with pytest.raises(ClaimFileError) as caught:
        parse_claims(text, catalogue=_Catalogue())
    assert [fault.where for fault in caught.value.faults] == ["indicators.d", "regions.h"]


def test_a_claim_file_is_a_sequence_of_its_claims(tmp_path: Path) -> None:
    text = NAMES + '[[claims]]\nid = "a"\nlevel = "patents.haidian.2021"\nfigure = "3"\n'
    path = tmp_path / "mine.toml"
    path.write_text(text)
    file = read_claims(path)
    assert isinstance(file, ClaimFile)
    assert len(file) == 1
    assert file[0] in file
    assert file[:1] == file.claims == tuple(file)
    assert file.name == str(path)
    assert file.claim("a") is file[0]
    assert file.observation("growth.beijing.2021-H1[holder=a]") == file.indicators["growth"].at(
        file.regions["beijing"], Period("2021-H1"), {"holder": "a"}
    )


def test_names_that_a_file_does_not_have_are_refused() -> None:
    file = parse_claims(NAMES + '[[claims]]\nid = "first"\nlevel = "patents.haidian.2021"\nfigure = "3"\n')
    with pytest.raises(ClaimError, match='did you mean "first"'):
        file.claim("fist")
    with pytest.raises(ClaimFileError, match="haidian"):
        file.observation("patents.haidan.2021")


def test_written_files_are_read_by_their_endings(tmp_path: Path) -> None:
    file = parse_claims(NAMES + '[[claims]]\nlevel = "patents.haidian.2021"\nfigure = "3"\n')
    for name in ("a.toml", "a.csv"):
        text = write_claims(file, tmp_path / name)
        assert (tmp_path / name).read_text(encoding="utf-8") == text
        assert read_claims(tmp_path / name) == file
    assert read_claims(tmp_path / "a.csv", format="csv") == file


def test_claims_that_cannot_be_written_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    x = Indicator("patents", unit="patent").at("Haidian", 2021)
    nested = OneOf([Level(x, "3"), OneOf([Level(x, "4"), Level(x, "5")])])
    for claims, format_ in (
        ([Level(x)], "toml"),
        ([Level(x, "3", id="a"), Level(x, "4", id="a")], "toml"),
        (["patents"], "toml"),
        ([nested], "csv"),
        ([Level(x, "3", id=" a")], "csv"),
        ([Level(Indicator("\udc80", unit="patent").at("Haidian", 2021), "3")], "toml"),
    ):
        path = tmp_path / f"a.{format_}"
        with pytest.raises(ClaimError):
            write_claims(claims, path)  # type: ignore[arg-type]
        assert not path.exists()
    assert parse_claims(write_claims([nested])).claims == (nested,)


def test_a_contradiction_is_no_fault() -> None:
    claim = one('share = "patents.haidian.2021"\nof = "patents.beijing.2021"\nfigure = "151.1%"')
    assert isinstance(claim, Share)
