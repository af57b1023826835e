"""The shipped regions: complete, coded once, dated, and tied to each other both ways."""

from __future__ import annotations

from datetime import date

import pytest

from ipmetrics import catalogue
from ipmetrics.errors import CatalogueError

BEFORE_THE_MERGER = date(2010, 6, 27)
AFTER_THE_MERGER = date(2010, 6, 28)


def test_thirty_four_provincial_units() -> None:
    units = catalogue.regions(scheme="ISO 3166-2")
    assert len(units) == 34
    assert [unit.kind for unit in units].count("province") == 22
    assert [unit.kind for unit in units].count("municipality") == 4
    assert [unit.kind for unit in units].count("autonomous region") == 5


def test_thirty_one_of_them_are_part_of_china() -> None:
    china = catalogue.region("China")
    inside = [unit for unit in catalogue.regions(scheme="ISO 3166-2") if unit.is_part_of(china)]
    assert len(inside) == 31


@pytest.mark.parametrize(
    ("alpha2", "alpha3", "numeric", "iso_3166_2", "gb"),
    [
        ("HK", "HKG", "344", "CN-HK", "810000"),
        ("MO", "MAC", "446", "CN-MO", "820000"),
        ("TW", "TWN", "158", "CN-TW", "710000"),
    ],
)
def test_areas_with_two_sorts_of_codes_are_one_region(
    alpha2: str, alpha3: str, numeric: str, iso_3166_2: str, gb: str
) -> None:
    found = {catalogue.region(code) for code in (alpha2, alpha3, numeric, iso_3166_2, gb, f"CN-{gb}")}
    assert [region.code for region in found] == [alpha2]
    assert not found.pop().is_part_of(catalogue.region("CN"))


def test_every_iso_alpha_2_once() -> None:
    codes = [region.code for region in catalogue.regions(scheme="ISO 3166-1 alpha-2")]
    assert len(codes) == len(set(codes)) == 249
    for scheme in ("ISO 3166-1 alpha-3", "ISO 3166-1 numeric"):
        listed = [catalogue.entry(str(code)).codes[scheme] for code in codes]
        assert len(set(listed)) == 249


def test_sixteen_districts_of_beijing() -> None:
    districts = catalogue.regions(part_of="Beijing", kind="district of Beijing")
    assert len(districts) == 16
    assert {str(district.code)[:5] for district in districts} == {"CN-11"}


@pytest.mark.parametrize(
    ("day", "districts", "counties"),
    [
        (date(1984, 12, 31), 10, 9),
        (date(1996, 12, 31), 10, 8),
        (date(2000, 12, 31), 13, 5),
        (date(2009, 12, 31), 16, 2),
        (date(2010, 12, 31), 14, 2),
        (date(2016, 12, 31), 16, 0),
    ],
)
def test_beijing_as_it_was_divided(day: date, districts: int, counties: int) -> None:
    assert len(catalogue.regions(kind="district of Beijing", on=day)) == districts
    assert len(catalogue.regions(kind="county of Beijing", on=day)) == counties


@pytest.mark.parametrize(
    "writing",
    [
        "海淀",
        "海淀区",
        "北京市海淀区",
        "Haidian",
        "haidian district",
        " HAIDIAN ",
        "Ｈａｉｄｉａｎ",
        "CN-110108",
        "110108",
        "cn－110108",
    ],
)
def test_haidian_however_it_is_written(writing: str) -> None:
    assert catalogue.region(writing).code == "CN-110108"


@pytest.mark.parametrize("writing", ["Beijing", "北京", "北京市", "CN-BJ", "110000", "CN-11", "CN-110000", "cn-bj"])
def test_beijing_however_it_is_written(writing: str) -> None:
    assert catalogue.region(writing).code == "CN-BJ"


@pytest.mark.parametrize(
    ("writing", "code"),
    [
        ("DEU", "DE"),
        ("276", "DE"),
        ("德国", "DE"),
        ("the Netherlands", "NL"),
        ("美国", "US"),
        ("USA", "US"),
        ("英国", "GB"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("Korea, Rep.", "KR"),
        ("Cote d'Ivoire", "CI"),
        ("turkiye", "TR"),
        ("Turkey", "TR"),
        ("St. Lucia", "LC"),
        ("Georgia", "GE"),
        ("BJ", "BJ"),
        ("NA", "NA"),
        ("全球", "WLD"),
        ("001", "WLD"),
        ("欧盟", "EU27_2020"),
        ("XPCC", "ipm:xpcc"),
        ("大湾区", "ipm:greater-bay-area"),
        ("北京经开区", "ipm:beijing-etown"),
        ("Shaanxi", "CN-SN"),
        ("Shanxi", "CN-SX"),
        ("深圳", "CN-440300"),
    ],
)
def test_other_regions_by_name_or_code(writing: str, code: str) -> None:
    assert catalogue.region(writing).code == code


def test_parts_lie_inside_through_any_number_of_steps() -> None:
    haidian = catalogue.region("Haidian")
    assert [str(above.code) for above in haidian.ancestors()] == ["CN-BJ", "CN", "ipm:jing-jin-ji", "WLD"]
    core = catalogue.region("E-Town core area")
    assert core.is_part_of(catalogue.region("Beijing"))
    assert not core.is_part_of(catalogue.region("Daxing"))


def test_the_union_has_its_members() -> None:
    assert len(catalogue.regions(part_of="EU27_2020", kind="country or area")) == 27


def test_clusters_have_their_members() -> None:
    assert [str(part) for part in catalogue.regions(part_of="京津冀", scheme="ISO 3166-2")] == [
        "Beijing",
        "Tianjin",
        "Hebei",
    ]
    assert len(catalogue.regions(part_of="长三角", scheme="ISO 3166-2")) == 4
    assert len(catalogue.regions(part_of="Greater Bay Area")) == 11


def test_overlaps_are_mutual() -> None:
    for region in catalogue.regions(ended=True):
        for other in region.overlaps:
            assert region in catalogue.region(str(other.code)).overlaps
            assert not region.is_part_of(other)
            assert not other.is_part_of(region)


def test_zones_lie_across_districts() -> None:
    etown = catalogue.region("Beijing E-Town")
    assert {catalogue.region("Daxing"), catalogue.region("Tongzhou")} <= set(etown.overlaps)
    assert etown in catalogue.region("Daxing").overlaps


def test_abolished_districts_are_found_by_code_or_day() -> None:
    assert catalogue.region("CN-110103").label == "Chongwen District"
    assert catalogue.region("崇文", on=BEFORE_THE_MERGER).code == "CN-110103"
    with pytest.raises(CatalogueError, match="CN-110103"):
        catalogue.region("崇文")
    with pytest.raises(CatalogueError, match="to 2010-06-27"):
        catalogue.region("CN-110104", on=AFTER_THE_MERGER)


def test_a_name_that_moved_to_another_code() -> None:
    assert catalogue.region("Shunyi", on=date(1998, 3, 2)).code == "CN-110222"
    assert catalogue.region("Shunyi", on=date(1998, 3, 3)).code == "CN-110113"
    assert catalogue.region("顺义县", on=date(1990, 1, 1)).code == "CN-110222"


def test_where_only_bounds_are_known_both_are_listed() -> None:
    with pytest.raises(CatalogueError, match=r"CN-110118.*CN-110228"):
        catalogue.region("Miyun", on=date(2015, 6, 30))


def test_every_entry_is_found_by_each_of_its_names_and_codes() -> None:
    for region in catalogue.regions(ended=True):
        entry = catalogue.entry(str(region.code))
        assert isinstance(entry, catalogue.RegionEntry)
        assert entry.region == region
        assert entry.sources
        for code in entry.lookup_codes():
            assert catalogue.region(code) == region
        for name in entry.names:
            assert entry.id in {found.id for found in catalogue.find(name, limit=50)}


def test_labels_are_unique_and_names_are_not_repeated() -> None:
    labels = [region.label for region in catalogue.regions(ended=True)]
    assert len(set(labels)) == len(labels)
    for region in catalogue.regions(ended=True):
        assert len(set(region.names)) == len(region.names)


def test_sources_are_spelled_out() -> None:
    for region in catalogue.regions(ended=True):
        for text in catalogue.entry(str(region.code)).sources.values():
            assert " " in text


def test_an_entry_reads_well() -> None:
    text = str(catalogue.entry("CN-110228"))
    assert text.splitlines()[0] == "Miyun County [CN-110228]"
    assert "  valid      to 2015-11-12" in text
    assert "  note       Became Miyun District." in text
    assert repr(catalogue.entry("CN-BJ")) == "<RegionEntry Beijing [CN-BJ]>"
