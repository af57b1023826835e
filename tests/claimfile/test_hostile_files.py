"""Files that are no claim files, and files made to hurt: one clear fault each, soon."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.claimfile import ClaimFile, parse_claims, read_claims
from ipmetrics.claimfile.contents import LARGEST
from ipmetrics.errors import ClaimFileError, Fault, IpmetricsError

if TYPE_CHECKING:
    from pathlib import Path

Skin = Literal["toml", "csv"]
SKINS: tuple[Skin, ...] = ("toml", "csv")
SMALL = 'indicators.a = {}\nregions.b = {}\n[[claims]]\nlevel = "a.b.2021"\nfigure = "3"\n'


def only_fault(path: Path | str, skin: Skin | None = None) -> Fault:
    with pytest.raises(ClaimFileError) as caught:
        read_claims(path, format=skin)
    [fault] = caught.value.faults
    assert caught.value.name == str(path)
    return fault


def fault_of_text(text: str, skin: Skin = "toml") -> Fault:
    with pytest.raises(ClaimFileError) as caught:
        parse_claims(text, format=skin)
    [fault] = caught.value.faults
    return fault


def is_read_or_refused(text: str, skin: Skin) -> bool:
    try:
        return isinstance(parse_claims(text, format=skin), ClaimFile)
    except ClaimFileError as error:
        return bool(error.faults)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "a claim file exists" in only_fault(tmp_path / "none.toml").message
    (tmp_path / "folder.toml").mkdir()
    fault = only_fault(tmp_path / "folder.toml")
    assert "folder" in fault.message or sys.platform == "win32"


def test_an_unknown_ending(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SMALL)
    assert 'pass format="toml"' in only_fault(path).message
    assert len(read_claims(path, format="toml")) == 1


def test_an_empty_file_says_nothing_but_no_claims_may_be_said(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(b"\xef\xbb\xbf \r\n")
    assert "claims = []" in only_fault(path).message
    assert list(parse_claims("claims = []")) == []
    assert parse_claims("regions.haidian = {}").claims == ()


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_claims(path) == parse_claims(SMALL) == parse_claims("\ufeff" + SMALL)


def test_bytes_that_are_not_utf_8_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes('# 1\n# 2\ntitle = "海淀"'.encode("gbk"))
    fault = only_fault(path)
    assert fault.where == "line 3"
    assert "UTF-8" in fault.message


def test_a_nul_is_told_with_its_line() -> None:
    assert fault_of_text("claims = []\n\0").where == "line 2"
    assert fault_of_text("kind,figure\n\0,\n", "csv").where == "line 2"


def test_broken_toml_is_told_with_its_line() -> None:
    assert fault_of_text("claims = []\nlevel = \n[").where == "line 2, column 9"
    assert "TOML" in fault_of_text("claims = []\nclaims = []").message


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # a hole: takes no room and would take long to read
    assert "at most 16 MiB" in only_fault(path).message
    assert "split it" in fault_of_text("#" * (LARGEST + 1)).message


@pytest.mark.skipif(sys.platform == "win32", reason="no such file")
def test_a_file_without_an_end_is_not_read() -> None:
    assert "at most 16 MiB" in only_fault("/dev/zero", "toml").message


@pytest.mark.parametrize(
    "text",
    [
        "claims = " + "[" * 5_000 + "]" * 5_000,
        "claims = " + "{a=" * 5_000,
        "n = 1" + "0" * 5_000,
    ],
)
def test_deep_nesting_and_endless_numbers(text: str) -> None:
    fault_of_text(text)


def test_choices_in_choices_go_eight_deep() -> None:
    level = '{ level = "a.b.2021", figure = "1" }'
    claim = level
    for _ in range(8):
        claim = f"{{ one_of = [{claim}, {level}] }}"
    names = "indicators.a = {}\nregions.b = {}\n"
    assert len(parse_claims(f"{names}claims = [{claim}]")) == 1
    with pytest.raises(ClaimFileError, match="8 deep"):
        parse_claims(f"{names}claims = [{{ one_of = [{claim}, {level}] }}]")


@pytest.mark.parametrize(
    "text",
    [
        # Each of these would double, or chain without end, if it were followed.
        "[indicators]\na0 = {}\n" + "".join(f'a{i + 1} = {{ share_of = ["a{i}", "a{i}"] }}\n' for i in range(40)),
        "[indicators]\n" + "".join(f'a{i} = {{ growth_of = "a{i + 1}" }}\n' for i in range(5_000)) + "a5000 = {}",
        "[regions]\n" + "".join(f'a{i} = {{ part_of = "a{i + 1}" }}\n' for i in range(5_000)) + "a5000 = {}",
    ],
)
def test_definitions_upon_definitions_end(text: str) -> None:
    assert "deep" in fault_of_text(text).message


def test_many_parents_at_many_levels_are_read_at_once() -> None:
    levels = "".join(
        f'a{i}_{j} = {{ part_of = ["a{i + 1}_0", "a{i + 1}_1", "a{i + 1}_2"] }}\n' for i in range(20) for j in range(3)
    )
    ends = "a20_0 = {}\na20_1 = {}\na20_2 = {}\n"
    assert len(parse_claims(f"[regions]\n{levels}{ends}").regions) == 63


def test_a_table_without_its_columns() -> None:
    assert "names of its columns" in fault_of_text("1,2,3\n4,5,6", "csv").message
    assert "CSV" in fault_of_text('figure,region\n"3,4', "csv").message


def test_what_is_no_text_or_format_is_refused() -> None:
    with pytest.raises(ClaimFileError, match="a claim file is text"):
        parse_claims(b"claims = []")  # type: ignore[arg-type]
    with pytest.raises(IpmetricsError, match="toml or csv"):
        parse_claims("claims = []", format="yaml")  # type: ignore[arg-type]


VALUES = st.recursive(
    st.sampled_from(['"n.v.2021"', '"x"', '""', "3", "2.5", "true", "2021-01-01", "nan", '"5%"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from("level figure share of one_of per part_of unit text scope period claims label".split()),
            inner,
            max_size=3,
        ).map(lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"),
    ),
    max_leaves=8,
)
TABLES = st.sampled_from("claims indicators.n regions.v members.m units.u sources.s source conventions other".split())


@given(st.dictionaries(TABLES, VALUES, max_size=4))
def test_any_toml_is_read_or_refused_with_faults(tables: dict[str, str]) -> None:
    text = "\n".join(f"{table} = {value}" for table, value in tables.items())
    assert is_read_or_refused(text, "toml")


@given(st.text(max_size=40), st.sampled_from(SKINS))
def test_any_text_is_read_or_refused_with_faults(text: str, skin: Skin) -> None:
    assert is_read_or_refused(text, skin)


CELLS = st.sampled_from(
    ["", "a", "2021", "3%", "true", "rank", "total", "region", "{}", "{ unit = 1 }", "a; b", '"', "a=b"]
)


@given(st.lists(st.tuples(*[CELLS] * 8), max_size=4))
def test_any_table_is_read_or_refused_with_faults(rows: list[tuple[str, ...]]) -> None:
    header = "kind,indicator,region,period,figure,to_region,scope,definition"
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    assert is_read_or_refused("\n".join([header, *lines]), "csv")
