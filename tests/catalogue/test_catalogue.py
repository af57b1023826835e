"""Look-ups that fail, catalogues of one's own, and files in the form of the shipped ones."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from ipmetrics import catalogue
from ipmetrics.catalogue import Catalogue, IndicatorEntry, RegionEntry
from ipmetrics.catalogue.shelves import Shelf, code_key, name_key
from ipmetrics.errors import CatalogueError
from ipmetrics.model.indicators import Growth, Indicator
from ipmetrics.model.regions import Region

if TYPE_CHECKING:
    from pathlib import Path

MINE = """
[sources]
survey = "Our own survey, 2024"

[dimensions.stage]
filed = "all"
granted = "all"

[units.mask]
covers = ["design"]

[regions."x:campus"]
label = "North campus"
names = ["北校区"]
part_of = "Haidian"
overlaps = ["x:park"]
kind = "campus"
valid_from = 2020-01-01
scheme = "Our codes"
source = "survey"

[regions."x:park"]
label = "Science park"
part_of = ["CN-BJ"]

[indicators.chip-patents]
label = "chip patents in force"
names = ["芯片专利"]
unit = "patent"
measure = "stock"
whole = true
codes = { "Our codes" = "P1" }
scope = ["stage", "holder"]
definition = "Patents of class H01L in force."
source = { definition = "survey", names = "Notebook, page 3" }

[indicators.chip-density]
label = "chip patents per 10,000 people"
per = { of = "chip-patents", denominator = "population", size = 10_000, period = "previous" }

[indicators.chip-share]
label = "share of chip patents"
share = { of = "chip-patents", in = "inventions-in-force" }

[indicators.chip-growth]
label = "growth of chip patents"
growth = "chip-patents"

[indicators.masks]
label = "masks registered"
unit = "mask"
"""


@pytest.fixture
def mine(tmp_path: Path) -> Catalogue:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return Catalogue.from_toml(path, base=catalogue.shipped())


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError) as refusal:
        Catalogue.from_toml(path)
    return str(refusal.value)


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(CatalogueError, match=r"did you mean Haidian \(CN-110108\)") as refusal:
        catalogue.region("Hadian")
    assert refusal.value.given == '"Hadian"'
    with pytest.raises(CatalogueError, match="inventions-in-force"):
        catalogue.indicator("invention patent in force")
    with pytest.raises(CatalogueError, match=r"did you mean .*\(high-value-inventions\)"):
        catalogue.entry("high-value densities")


def test_a_name_like_no_other_offers_the_lists() -> None:
    for look_up in (catalogue.region, catalogue.indicator, catalogue.entry):
        with pytest.raises(CatalogueError, match=r"list them with"):
            look_up("qqqqqqqq")


def test_only_text_is_looked_up() -> None:
    with pytest.raises(CatalogueError, match="looked up by text"):
        catalogue.region(110108)  # type: ignore[arg-type]


def test_a_name_of_two_regions_lists_both_with_codes() -> None:
    with pytest.raises(CatalogueError, match=r"\(KP\).*\(KR\)"):
        catalogue.region("Korea")
    with pytest.raises(CatalogueError, match=r"ipm:zhongguancun-park.*ipm:zhongguancun-city"):
        catalogue.region("中关村")


def test_nothing_is_near_an_empty_text() -> None:
    assert catalogue.find("") == ()
    assert catalogue.find("qqqqqqqq") == ()


def test_find_puts_the_very_name_first() -> None:
    assert catalogue.find("Haidian")[0].id == "CN-110108"
    assert catalogue.find("CN-BJ")[0].id == "CN-BJ"
    assert catalogue.find("population")[0].id == "population"
    assert len(catalogue.find("patent", limit=5)) == 5


def test_writings_that_are_one_name_or_code() -> None:
    assert name_key("São Tomé & Príncipe") == name_key("sao tome and principe")
    assert name_key("北京 市") == name_key("北京市")
    assert code_key("cn–bj") == "CN-BJ"


def test_an_extended_catalogue_leaves_the_shipped_one_alone() -> None:
    before = (catalogue.regions(), catalogue.indicators())
    campus = Region("North campus", code="x:campus", part_of=catalogue.region("Haidian"), names=["北校区"])
    chips = Indicator("chip patents", unit="patent")
    mine = catalogue.extended(regions=[campus], indicators=[IndicatorEntry(chips, names="芯片专利")])
    assert mine.region("北校区") is campus
    assert mine.indicator("芯片专利") is chips
    assert mine.region("Beijing") == catalogue.region("Beijing")
    assert (catalogue.regions(), catalogue.indicators()) == before
    with pytest.raises(CatalogueError):
        catalogue.region("北校区")


def test_an_identity_is_given_once() -> None:
    with pytest.raises(CatalogueError, match="Haidian has this one"):
        catalogue.extended(regions=[Region("My Haidian", code="cn-110108")])
    with pytest.raises(CatalogueError, match="resident population has this one"):
        catalogue.extended(indicators=[Indicator("people", unit="person", code="population")])


def test_an_added_name_that_is_taken_makes_it_ambiguous() -> None:
    mine = catalogue.extended(regions=[Region("Haidian", code="x:haidian")])
    with pytest.raises(CatalogueError, match=r"CN-110108.*x:haidian"):
        mine.region("Haidian")


def test_a_catalogue_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        catalogue.shipped().read_regions = tuple  # type: ignore[misc]
    entry = catalogue.entry("population")
    assert isinstance(entry, IndicatorEntry)
    with pytest.raises(TypeError):
        entry.codes["World Bank"] = "X"  # type: ignore[index]


def test_entries_of_bare_things() -> None:
    assert RegionEntry.of(Region("Somewhere")).id == "Somewhere"
    entry = IndicatorEntry.of(Indicator("chip patents", unit="patent"))
    assert IndicatorEntry.of(entry) is entry
    assert str(entry) == ("chip patents [chip-patents]\n  unit       patent\n  measure    not said")
    assert "growth of chip patents" in str(IndicatorEntry(entry.indicator.growth()))


def test_a_file_of_ones_own(mine: Catalogue) -> None:
    campus = mine.region("北校区")
    assert [str(above) for above in campus.ancestors()][:2] == ["Haidian", "Beijing"]
    assert campus.overlaps == (mine.region("Science park"),)
    assert mine.region("x:park").overlaps == (campus,)
    entry = mine.entry("x:campus")
    assert entry.codes == {"Our codes": "x:campus"}
    assert entry.sources == {"entry": "Our own survey, 2024"}
    chips = mine.entry("P1")
    assert isinstance(chips, IndicatorEntry)
    assert chips.sources == {"definition": "Our own survey, 2024", "names": "Notebook, page 3"}
    assert set(chips.scope) == {"stage", "holder"}
    assert mine.indicator("chip-density") == chips.indicator.per(
        catalogue.indicator("population"), 10_000, period="previous"
    )
    assert mine.indicator("chip-share").unit.name == "percent"
    assert isinstance(mine.indicator("chip-growth").definition, Growth)
    assert mine.indicator("masks").unit.covers == ("design",)


def test_the_shipped_indicators_read_back_the_same(tmp_path: Path) -> None:
    shipped = files("ipmetrics.catalogue") / "indicators.toml"
    path = tmp_path / "copy.toml"
    path.write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    copy = Catalogue.from_toml(path)
    assert copy.indicators() == catalogue.indicators()
    assert [str(copy.entry(str(i.code))) for i in copy.indicators()] == [
        str(catalogue.entry(str(i.code))) for i in catalogue.indicators()
    ]
    assert copy.entry("population") == catalogue.entry("population")


def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path) -> None:
    message = refused(
        tmp_path,
        """
[dimensions.stage]
granted = "filed"
[regions."x:a"]
label = "A"
part_of = "x:b"
[regions."x:b"]
label = "B"
part_of = "x:a"
[regions."x:c"]
label = "C"
colour = "red"
[regions."x:d"]
kind = "park"
[regions."x:e"]
label = "E"
part_of = "Atlantis"
[regions."x:f"]
label = "F"
valid_to = "soon"
""",
    )
    for words in (
        "regions.x:a: x:a refers to itself",
        "regions.x:c.colour: no such fact",
        "regions.x:d.label: every entry has a label",
        'regions.x:e: regions are looked up by a name or code of the catalogue: got "Atlantis"',
        "regions.x:f: Invalid isoformat string",
    ):
        assert words in message


def test_faults_of_indicators_are_named(tmp_path: Path) -> None:
    message = refused(
        tmp_path,
        """
[dimensions.stage]
granted = "filed"
[indicators.a]
label = "A"
unit = "patnet"
[indicators.b]
label = "B"
[indicators.c]
label = "C"
per = { of = "d" }
[indicators.d]
label = "D"
unit = "patent"
scope = ["colour"]
[indicators.e]
label = "E"
growth = "d"
share = { of = "d", in = "d" }
[indicators.f]
label = "F"
unit = "patent"
measure = "pile"
""",
    )
    for words in (
        "dimensions.stage: stage has no member 'filed'",
        "indicators.a: a unit named by text is a known one",
        "indicators.b: needs a unit",
        "indicators.c: lacks 'denominator'",
        "indicators.d: no dimension colour",
        "indicators.e: is either a rate, a share or a growth",
        "indicators.f: 'pile' is not a valid Measure",
    ):
        assert words in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[regions", "a catalogue file is TOML"),
        ("[places]", "places: no such table"),
        ("sources = 3", "sources: is a table"),
        ("[regions]\nbeijing = 'CN-BJ'", "regions.beijing: is a table"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(tmp_path, text)


def test_a_missing_file_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Catalogue.from_toml(tmp_path / "nowhere.toml")


def test_an_empty_catalogue_finds_nothing() -> None:
    assert Catalogue().regions() == ()
    assert repr(Catalogue()) == "<Catalogue>"
    assert Shelf("region", ()).near("Beijing") == ()


def test_looking_up_loads_no_heavy_package() -> None:
    code = (
        "import sys; from ipmetrics import catalogue; "
        "catalogue.region('Beijing'); catalogue.indicator('population'); "
        "sys.exit(bool({'pandas', 'numpy', 'pint'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
