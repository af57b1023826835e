"""Readers keep what was printed, use what a file says about it, and say everything that is wrong at once."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.errors import TableError
from ipmetrics.tables.columns import Column
from ipmetrics.tables.readers import Table, read_csv, read_sdmx, read_sdmx_csv, read_world_bank_csv, wide

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
at_hand = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not at hand")


def texts(*lines: str) -> io.StringIO:
    return io.StringIO("\n".join(lines))


def rows(table: Table, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table.frame[name] for name in columns), strict=True))


def faults(call: Callable[..., object], *arguments: object, **named: object) -> list[str]:
    with pytest.raises(TableError) as caught:
        call(*arguments, **named)
    return [str(fault) for fault in caught.value.faults]


# ------------------------------------------------------------------------------ plain CSV
def test_cells_stay_what_was_printed() -> None:
    frame, columns = read_csv(texts("a,b,c,d,e", "332.80,007,NA,,nan", "1e3, 5 ,true,2021-01-01,<5"))
    assert frame.to_dict("split")["data"] == [
        ["332.80", "007", "NA", "", "nan"],
        ["1e3", " 5 ", "true", "2021-01-01", "<5"],
    ]
    assert columns == {}


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=6)


@given(
    st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), max_size=5)),
    st.sampled_from(",;\t|"),
)
def test_what_the_standard_library_writes_is_read_back(cells: list[list[str]], mark: str) -> None:
    width = len(cells[0]) if cells else 2
    header = [f"n{place}" for place in range(width)]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows([header, *cells])
    frame = read_csv(io.BytesIO(out.getvalue().encode()), separator=mark).frame
    assert frame.columns.tolist() == header
    assert frame.to_numpy().tolist() == cells


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    lines = [mark.join(cells) for cells in (["region", "granted", "share"], ["A", "1.5", "2"], ["B", "3", "4"])]
    assert read_csv(texts(*lines)).frame.shape == (2, 3)


def test_commas_within_figures_do_not_part_cells_of_a_semicolon_table() -> None:
    frame = read_csv(texts("region;share, %;count", "A;12,5;1,000,000", "B;3,4;2,000,000")).frame
    assert frame.columns.tolist() == ["region", "share, %", "count"]


def test_a_comma_at_the_end_of_every_line_makes_no_column() -> None:
    assert read_csv(texts("a,b,", "1,2,", "3,4,")).frame.columns.tolist() == ["a", "b"]


def test_a_table_of_names_alone_has_no_rows() -> None:
    assert read_csv(texts("a,b")).frame.shape == (0, 2)


def test_empty_lines_are_skipped_but_are_cells_where_there_is_one_column() -> None:
    assert len(read_csv(texts("", "a,b", "", "1,2", "")).frame) == 1
    assert read_csv(texts("a", "1", "", "2")).frame["a"].tolist() == ["1", "", "2"]


def test_everything_wrong_is_told_at_once_with_its_line() -> None:
    told = faults(read_csv, texts("a,a,,d", "1,2,3,4", "1,2,3", '"two', 'lines",2,3,4', "1,2,3,4,5"))
    assert [re.split(": ", fault, maxsplit=1)[0] for fault in told] == ["line 1", "line 3", "line 6", "line 1"]
    assert "'a' for columns 1, 2" in told[0]
    assert "3 instead of 4" in told[1]
    assert "5 instead of 4" in told[2]
    assert "column 3" in told[3]


def test_beyond_a_hundred_faults_the_rest_are_counted() -> None:
    told = faults(read_csv, texts("a,b", *["1"] * 250))
    assert len(told) == 101
    assert "150 more" in told[-1]


@pytest.mark.parametrize(
    ("held", "line", "words"),
    [
        (b"", None, "nothing"),
        (b" \n \n", None, "nothing"),
        (b'"", ', None, "none"),
        (b"a,b\n1,\0", "line 2", "NUL"),
        ("a,b\n专利,2".encode("gb18030"), "line 2", "gb18030"),
        ("a,b\n1,2".encode("utf-16"), None, 'encoding="utf-16"'),
        (b"PK\x03\x04rest", None, "spreadsheet"),
        (b"\x1f\x8b\x08rest", None, "gzip"),
        (b'a,b\n1,"2', "line 2", "quotes"),
        (b'a,b\n1,"2"3\n', "line 2", "quotes"),
        (b'"a,b\n1,2', "line 1", "quotes"),
        (b"a,b\n1," + b"2" * 200_000, "line 2", "field larger"),
    ],
)
def test_what_is_no_csv_is_refused(tmp_path: Path, held: bytes, line: str | None, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(held)
    (told,) = faults(read_csv, path)
    assert told.startswith(f"{line or path}: ")
    assert words in told


def test_an_encoding_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for encoding in ("gb18030", "utf-16"):
        path.write_bytes("地区,件\n海淀,40".encode(encoding))
        assert read_csv(path, encoding=encoding).frame["地区"].tolist() == ["海淀"]
    with pytest.raises(TableError, match="an encoding has a name"):
        read_csv(path, encoding="utf-99")


def test_paths_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    assert "no file" in faults(read_csv, tmp_path / "none.csv")[0]
    assert "a folder" in faults(read_csv, tmp_path)[0]
    assert "can be read" in faults(read_csv, "a\0b")[0]
    with pytest.raises(TableError, match="a path or an open file"):
        read_csv(3)  # type: ignore[arg-type] # misuse
    with pytest.raises(TableError, match="one character"):
        read_csv(texts("a"), separator="::")


def test_many_rows_are_read_in_pieces_that_join() -> None:
    count = 120_001
    frame = read_csv(texts("n,m", *(f"{n},{n}.0" for n in range(count)))).frame
    assert len(frame) == count
    assert frame["m"].iloc[[0, 50_000, -1]].tolist() == ["0.0", "50000.0", "120000.0"]


def test_the_rooms_of_readers_wait_to_load_pandas() -> None:
    program = "import sys, ipmetrics.tables.readers; print({'pandas', 'numpy', 'sdmx'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"


def test_a_table_shows_how_much_there_is() -> None:
    table = read_csv(texts("a", "1"))
    assert repr(table) == "Table(1 rows, columns={}, key=())"


# ------------------------------------------------------------------------------ SDMX-CSV
V1 = "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS"


def v1(*lines: str) -> Table:
    return read_sdmx_csv(texts(V1, *(f"X:PATENTS(1.0),A,{line}" for line in lines)))


@pytest.mark.parametrize(
    ("printed", "decimals", "restored"),
    [
        ("12.5", "2", "12.50"),
        ("12", "2", "12.00"),
        ("-3", "1", "-3.0"),
        (".5", "2", "0.50"),
        ("12.345", "2", "12.345"),
        ("12.5", "0", "12.5"),
        ("12", "0", "12"),
        ("", "2", ""),
        ("..", "2", ".."),
        ("NaN", "2", "NaN"),
        ("1.5E3", "0", "1500"),
        ("1.25E-2", "4", "0.0125"),
        ("1e999", "0", "1e999"),
    ],
)
def test_decimals_restore_the_zeros_that_were_cut_off(printed: str, decimals: str, restored: str) -> None:
    table = v1(f"AT,2020,{printed},A,0,{decimals}", "BE,2020,7.125,A,0,")
    assert rows(table, "OBS_VALUE", "OBS_VALUE_RAW") == [(restored, printed), ("7.125", "7.125")]


def test_decimals_that_all_figures_keep_are_said_of_the_column() -> None:
    assert v1("AT,2020,1000,A,0,0", "BE,2020,2000,A,0,0").columns["OBS_VALUE"].decimals == 0
    assert v1("AT,2020,1000,A,0,0", "BE,2020,2.5,A,0,0").columns["OBS_VALUE"].decimals is None
    assert v1("AT,2020,1000,A,0,0", "BE,2020,2.5,A,0,1").columns["OBS_VALUE"].decimals is None


def test_decimals_that_are_no_number_are_left_and_noted() -> None:
    table = v1("AT,2020,12.5,A,0,two", "BE,2020,12.5,A,0,99")
    assert [value for (value,) in rows(table, "OBS_VALUE")] == ["12.5", "12.5"]
    assert ["DECIMALS 'two'" in table.notes[0], "DECIMALS '99'" in table.notes[1]] == [True, True]


@pytest.mark.parametrize(
    ("status", "value"),
    [
        ("A", "12.5"), ("E", "12.5"), ("P", "12.5"), ("B", "12.5"), ("", "12.5"),
        ("M", ""), ("L", ""), ("O", ""), ("H", ""), ("m", ""), ("M: Missing value; data cannot exist", ""),
        ("Q", "c"), ("C", "c"), ("E;Q", "c"),
    ],
)  # fmt: skip
def test_a_status_takes_back_a_figure_and_the_raw_value_stays(status: str, value: str) -> None:
    table = v1(f"AT,2020,12.5,{status},0,", "BE,2020,3,A,0,")
    assert rows(table, "OBS_VALUE", "OBS_VALUE_RAW")[0] == (value, "12.5")
    assert [note for note in table.notes if "1 figure" in note] == list(table.notes)
    assert bool(table.notes) == (value != "12.5")


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the code list is not at hand")
def test_every_status_that_a_code_list_calls_missing_takes_the_figure_back() -> None:
    listed = read_csv(PUBLISHED / "sdmx_code_lists" / "sdmx_code_lists.csv").frame
    for code, name in listed[listed["codelist"] == "CL_OBS_STATUS"][["code", "name"]].to_numpy():
        (value,) = v1(f"AT,2020,12.5,{code},0,").frame["OBS_VALUE"]
        assert (value == "12.5") == ("Missing" not in name), name
        assert (value == "c") == ("suppressed" in name), name
    for code in listed[listed["codelist"] == "CL_CONF_STATUS"]["code"]:
        (value,) = read_sdmx_csv(texts("GEO,OBS_VALUE,CONF_STATUS", f"AT,3,{code}")).frame["OBS_VALUE"]
        assert (value == "3") == (code == "F")


@pytest.mark.parametrize(
    ("flag", "value"),
    [("", "7"), ("be", "7"), ("p", "7"), ("d", "7"), ("s", "7"), ("c", "c"), ("bc", "c"), ("z", ""), ("u", "7")],
)
def test_each_letter_of_eurostats_flags_counts(flag: str, value: str) -> None:
    table = read_sdmx_csv(texts("freq,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG", f"A,AT,2020,7,{flag}"))
    assert table.frame["OBS_VALUE"].tolist() == [value]
    assert table.key == ("freq", "geo", "TIME_PERIOD")


def test_a_multiplier_that_all_figures_share_is_the_columns() -> None:
    assert v1("AT,2020,1,A,6,", "BE,2020,2,A,6,").columns == {"OBS_VALUE": Column(multiplier=6)}
    assert v1("AT,2020,1,A,6: Millions,").columns == {"OBS_VALUE": Column(multiplier=6)}
    assert v1("AT,2020,1,A,6,", "BE,2020,,M,,").columns == {"OBS_VALUE": Column(multiplier=6)}
    assert v1("AT,2020,1,A,,").columns == {}


@pytest.mark.parametrize("other", ["3", "", "many"])
def test_multipliers_that_differ_are_noted_and_none_is_taken(other: str) -> None:
    table = v1("AT,2020,1,A,6,", f"BE,2020,2,A,{other},")
    assert table.columns == {}
    assert ["UNIT_MULT differs" in note for note in table.notes] == [True]


def test_a_decimal_comma_is_kept_and_said_of_the_column() -> None:
    lines = ["GEO;TIME_PERIOD;OBS_VALUE;DECIMALS", "AT;2020;12,5;2", "BE;2020;7;2"]
    table = read_sdmx_csv(texts(*lines), decimal_comma=True)
    assert table.frame["OBS_VALUE"].tolist() == ["12,50", "7,00"]
    assert table.columns == {"OBS_VALUE": Column(decimals=2, decimal_comma=True)}


def test_labels_beside_the_codes_are_parted_from_them() -> None:
    lines = [
        "STRUCTURE[|];STRUCTURE_ID;ACTION;OBS_KEY;GEO: Area;TIME_PERIOD: Time;OBS_VALUE: Value;UNIT_MULT: Power;NOTE[]",
        "dataflow;X:F(1.0): Flow;I: Information;AT.2020;AT: Austria: the country;2020;12.5;3: Thousands;a|b",
    ]
    table = read_sdmx_csv(texts(*lines))
    assert table.key == ("GEO", "TIME_PERIOD")
    assert rows(table, "GEO", "GEO_NAME", "NOTE") == [("AT", "Austria: the country", "a|b")]
    assert table.columns == {"OBS_VALUE": Column(multiplier=3)}


def test_labels_in_columns_of_their_own_are_no_dimensions() -> None:
    lines = [
        "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,geo,Area,TIME_PERIOD,Time,OBS_VALUE,Value,OBS_FLAG,Flag",
        "dataflow,E:X(1.0),Name,AT,Austria,2020,2020,12.5,,c,confidential",
    ]
    table = read_sdmx_csv(texts(*lines))
    assert table.key == ("geo", "TIME_PERIOD")
    assert rows(table, "OBS_VALUE", "Area") == [("c", "Austria")]


def test_dimensions_are_found_wherever_the_value_stands_or_can_be_said() -> None:
    header = ["OBS_VALUE,OBS_STATUS,NOTE,GEO,TIME_PERIOD", "1,A,x,AT,2020"]
    assert read_sdmx_csv(texts(*header)).key == ("NOTE", "GEO", "TIME_PERIOD")
    assert read_sdmx_csv(texts(*header), key=["GEO", "TIME_PERIOD"]).key == ("GEO", "TIME_PERIOD")
    late = ["GEO,OBS_VALUE,TIME_PERIOD", "AT,1,2020"]
    assert read_sdmx_csv(texts(*late)).key == ("GEO", "TIME_PERIOD")


def test_several_dataflows_in_one_file_stay_apart() -> None:
    lines = ["DATAFLOW,GEO,OBS_VALUE", "X:A(1.0),AT,1", "X:B(1.0),AT,2"]
    assert read_sdmx_csv(texts(*lines)).key == ("DATAFLOW", "GEO")


V2 = "STRUCTURE,STRUCTURE_ID,ACTION,GEO,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT"


def v2(*lines: str) -> Table:
    return read_sdmx_csv(texts(V2, *(f"dataflow,X:F(1.0),{line}" for line in lines)))


def test_a_deletion_drops_the_observation_and_is_noted() -> None:
    table = v2("I,AT,2019,1,A,", "I,AT,2020,2,A,", "D,AT,2020,,,", "I,BE,2020,3,A,")
    assert rows(table, "GEO", "OBS_VALUE") == [("AT", "1"), ("BE", "3")]
    assert table.notes == ("line 4 deletes 1 observation (GEO=AT, TIME_PERIOD=2020)",)


def test_a_deletion_of_the_value_drops_the_observation_and_one_of_an_attribute_empties_it() -> None:
    table = v2("I,AT,2019,1,Q,3", "I,AT,2020,2,Q,3", "D,AT,2019,-,,", "D,AT,2020,,-,")
    assert rows(table, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS") == [("2020", "2", "")]


def test_a_deletion_reaches_what_stands_above_it_only() -> None:
    table = v2("I,AT,2020,1,A,", "D,AT,2020,,,", "A,AT,2020,2,A,")
    assert rows(table, "OBS_VALUE") == [("2",)]


@pytest.mark.parametrize(("line", "left"), [("D,AT,,,,", ["3"]), ("D,,2020,,,", ["1"]), ("D,,,,,", [])])
def test_an_empty_dimension_stands_for_all(line: str, left: list[str]) -> None:
    table = v2("I,AT,2019,1,A,", "I,AT,2020,2,A,", "I,BE,2020,3,A,", line)
    assert table.frame["OBS_VALUE"].tolist() == left
    assert len(table.notes) == 1


def test_a_deletion_that_finds_nothing_says_so() -> None:
    assert v2("I,AT,2019,1,A,", "D,BE,2019,,,").notes == ("line 3 deletes 0 observations (GEO=BE, TIME_PERIOD=2019)",)


def test_a_replacement_drops_what_it_replaces_and_is_noted() -> None:
    table = v2("I,AT,2019,1,A,", "R,AT,2019,5,A,", "R,BE,2019,6,A,")
    assert table.frame["OBS_VALUE"].tolist() == ["5", "6"]
    assert table.notes == ("line 3 replaces line 2",)


def test_attributes_of_a_part_of_the_key_are_handed_down() -> None:
    table = v2("I,AT,2019,1,A,", "I,BE,2019,2,A,6", "I,AT,,,,3", "I,,,,,")
    assert rows(table, "GEO", "UNIT_MULT") == [("AT", "3"), ("BE", "6")]
    assert table.notes[:2] == (
        "line 4 gives UNIT_MULT for 1 observation",
        "line 5 is no observation: part of its key and its value are empty",
    )


@given(
    st.lists(
        st.tuples(st.sampled_from("IIARD"), st.sampled_from(["AT", "BE", ""]), st.sampled_from(["2019", "2020", ""])),
        max_size=9,
    )
)
def test_actions_come_to_what_doing_them_one_by_one_comes_to(lines: list[tuple[str, str, str]]) -> None:
    kept: list[tuple[str, str, str]] = []
    for number, (action, *key) in enumerate(lines):
        if action in "DR":
            hit = [all(not said or said == found for said, found in zip(key, row, strict=False)) for row in kept]
            kept = [row for row, gone in zip(kept, hit, strict=True) if not gone]
        if action != "D":
            kept.append((key[0], key[1], str(number)))
    table = v2(
        *(f"{line[0]},{line[1]},{line[2]},{',' if line[0] == 'D' else f'{n},A'}," for n, line in enumerate(lines))
    )
    assert rows(table, "GEO", "TIME_PERIOD", "OBS_VALUE") == kept


def test_many_deletions_are_counted() -> None:
    table = v2(*(f"I,G{n},2019,{n},A," for n in range(30)), *(f"D,G{n},2019,,," for n in range(30)))
    assert len(table.frame) == 0
    assert table.notes[-1] == "and 10 more"


def test_unknown_actions_are_faults_with_all_their_lines() -> None:
    (told,) = faults(v2, "I,AT,2019,1,A,", "X,AT,2020,1,A,", "X,BE,2020,1,A,")
    assert told.startswith("line 3, 4: ")


def test_what_is_no_sdmx_is_refused() -> None:
    assert "read_csv()" in faults(read_sdmx_csv, texts("region,value", "A,1"))[0]
    told = faults(read_sdmx_csv, texts("OBS_VALUE,OBS_STATUS,OBS_VALUE_RAW", "1,A,1"), key=["GEO"])
    assert ["OBS_VALUE_RAW" in told[0], "GEO" in told[1]] == [True, True]
    assert "dimensions" in faults(read_sdmx_csv, texts("OBS_VALUE,OBS_STATUS", "1,A"))[0]


# ------------------------------------------------------------------------------ long to wide
def test_codes_become_columns_each_with_its_own_scale() -> None:
    lines = [
        "unit,geo,TIME_PERIOD,OBS_VALUE,UNIT_MULT,DECIMALS",
        "NR,AT,2009,1764,0,0",
        "P_MHAB,AT,2009,211.4,-6,2",
        "P_MHAB,BE,2009,140.25,-6,2",
    ]
    table = wide(read_sdmx_csv(texts(*lines)), over="unit")
    assert rows(table, "geo", "NR", "P_MHAB") == [("AT", "1764", "211.40"), ("BE", "", "140.25")]
    assert table.columns == {
        "NR": Column(decimals=0, multiplier=0),
        "P_MHAB": Column(decimals=2, multiplier=-6),
    }
    assert table.key == ("geo", "TIME_PERIOD")


def test_a_column_of_several_scales_is_refused_and_split_if_asked() -> None:
    long = read_sdmx_csv(texts("unit,geo,OBS_VALUE,UNIT_MULT", "NR,AT,1,3", "NR,BE,2,6", "X,BE,2,6"))
    (told,) = faults(wide, long, over="unit")
    assert told.startswith("column NR: a column has one scale")
    table = wide(long, over=["unit", "UNIT_MULT"])
    assert {name: column.multiplier for name, column in table.columns.items()} == {"NR_3": 3, "NR_6": 6, "X_6": 6}


def test_figures_that_share_a_cell_are_all_listed() -> None:
    long = read_sdmx_csv(texts("unit,geo,OBS_VALUE", "NR,AT,1", "NR,AT,2", "NR,BE,3", "NR,CH,4", "NR,CH,4"))
    told = faults(wide, long, over="unit")
    assert [fault.split(":", maxsplit=1)[0] for fault in told] == ["rows 0, 1", "rows 3, 4"]
    assert "geo=AT, unit=NR" in told[0]


def test_misuse_of_wide_is_told_at_once() -> None:
    long = read_csv(texts("unit,geo,value,a", "geo,AT,1,x", ",AT,2,y"))
    assert len(faults(wide, long, over="units", value="val", by="geos")) == 3
    assert len(faults(wide, long, over="unit", value="value", by="geo")) == 2
    with pytest.raises(TableError, match="no key"):
        wide(long, over="unit", value="value")
    with pytest.raises(TableError, match="becomes columns"):
        wide(long, over=[], by="geo")
    joined = read_csv(texts("a,b,value", "x_y,z,1", "x,y_z,2"))
    assert "joined by _" in faults(wide, joined, over=["a", "b"], value="value", by=[])[0]


def test_a_table_can_be_spread_into_one_row() -> None:
    assert wide(read_csv(texts("a,v", "x,1", "y,2")), over="a", value="v", by=[]).frame.to_dict("records") == [
        {"x": "1", "y": "2"}
    ]


# ------------------------------------------------------------------------------ World Bank
WIDE = [
    '"Data Source","World Development Indicators",',
    "",
    '"Last Updated Date","2021-09-15",',
    "",
    '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",',
    '"Aruba","ABW","Patent applications, residents","IP.PAT.RESD","","12",',
    '"Austria","AUT","Patent applications, residents","IP.PAT.RESD","2099.50","2154",',
]


def test_a_year_a_column_becomes_a_year_a_row() -> None:
    table = read_world_bank_csv(io.BytesIO(("\ufeff" + "\r\n".join(WIDE)).encode()))
    assert rows(table, "country_code", "indicator_code", "year", "value") == [
        ("ABW", "IP.PAT.RESD", 2019, ""),
        ("ABW", "IP.PAT.RESD", 2020, "12"),
        ("AUT", "IP.PAT.RESD", 2019, "2099.50"),
        ("AUT", "IP.PAT.RESD", 2020, "2154"),
    ]
    assert table.frame["year"].dtype == "int64"
    assert table.notes == ("last updated 2021-09-15",)


def test_a_bulk_file_without_lines_above_is_read_too() -> None:
    assert len(read_world_bank_csv(texts(*WIDE[4:])).frame) == 4


def test_indicators_become_columns() -> None:
    lines = [*WIDE, '"Aruba","ABW","Population, total","SP.POP.TOTL","106310","106766",']
    table = wide(read_world_bank_csv(texts(*lines)), over="indicator_code", value="value")
    assert rows(table, "country_code", "year", "IP.PAT.RESD", "SP.POP.TOTL")[1] == ("ABW", 2020, "12", "106766")


def test_what_is_no_world_bank_file_is_refused() -> None:
    assert (
        "read_csv()"
        in faults(read_world_bank_csv, texts("Country Name,Country Code,Year,Value", "Aruba,ABW,1960,1"))[0]
    )
    assert "line of names" in faults(read_world_bank_csv, texts(*["a,b"] * 30))[0]
    assert "'Note'" in faults(read_world_bank_csv, texts(WIDE[4] + '"Note"', WIDE[5] + '"x"'))[0]
    assert faults(read_world_bank_csv, texts(*WIDE, "Aruba,ABW"))[0].startswith("line 8: ")


# ------------------------------------------------------------------------------ messages
def json_message() -> dict[str, Any]:
    """A message of two series in the wording of SDMX-JSON 1.0."""
    return {
        "meta": {"id": "M", "prepared": "2021-01-22T13:15:41", "sender": {"id": "X"}},
        "data": {
            "structure": {
                "dimensions": {
                    "dataSet": [{"id": "FREQ", "values": [{"id": "A"}]}],
                    "series": [{"id": "GEO", "values": [{"id": "AT"}, {"id": "BE"}]}],
                    "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2019"}, {"id": "2020"}]}],
                },
                "attributes": {
                    "dataSet": [{"id": "TITLE", "values": [{"name": "Patents"}]}],
                    "series": [{"id": "UNIT_MULT", "values": [{"id": "3"}]}],
                    "observation": [{"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "Q"}]}],
                },
            },
            "dataSets": [
                {
                    "action": "Information",
                    "attributes": [0],
                    "series": {
                        "0": {"attributes": [0], "observations": {"0": ["12.50", 0], "1": ["13.10", 1]}},
                        "1": {"attributes": [0], "observations": {"0": ["7", None], "1": [None]}},
                    },
                }
            ],
        },
    }


def as_json(message: dict[str, Any]) -> str:
    """Numbers unquoted, as services write them."""
    return re.sub(r'"(12\.50|13\.10|7)"', r"\1", json.dumps(message))


EXPECTED = [
    ("A", "AT", "2019", "12.50", "12.50", "3"),
    ("A", "AT", "2020", "c", "13.10", "3"),
    ("A", "BE", "2019", "7", "7", "3"),
]
SEEN = ("FREQ", "GEO", "TIME_PERIOD", "OBS_VALUE", "OBS_VALUE_RAW", "UNIT_MULT")


def test_numbers_of_sdmx_json_keep_their_zeros() -> None:
    table = read_sdmx(io.StringIO(as_json(json_message())))
    assert rows(table, *SEEN) == [*EXPECTED, ("A", "BE", "2020", "", "", "3")]
    assert table.columns == {"OBS_VALUE": Column(multiplier=3)}
    assert table.key == ("FREQ", "GEO", "TIME_PERIOD")
    assert set(table.frame["TITLE"]) == {"Patents"}


def test_sdmx_json_2_names_its_structures_groups_and_texts() -> None:
    message = json_message()
    data = message["data"]
    structure = data.pop("structure")
    structure["attributes"]["dimensionGroup"] = [{"id": "DECIMALS", "values": [{"id": "3"}]}, {"id": "NOTE"}]
    structure["measures"] = {"observation": [{"id": "OBS_VALUE"}]}
    for place, each in enumerate(("FREQ", "GEO", "TIME_PERIOD")):
        level = ("dataSet", "series", "observation")[place]
        assert structure["dimensions"][level][0]["id"] == each
        structure["dimensions"][level][0]["keyPosition"] = place
    data["structures"] = [structure]
    data["dataSets"][0]["structure"] = 0
    data["dataSets"][0]["dimensionGroupAttributes"] = {":0:": [0, "a text"]}
    table = read_sdmx(io.StringIO(as_json(message)))
    assert rows(table, "GEO", "OBS_VALUE", "DECIMALS", "NOTE") == [
        ("AT", "12.500", "3", "a text"),
        ("AT", "c", "3", "a text"),
        ("BE", "7", "", ""),
        ("BE", "", "", ""),
    ]


def test_flat_observations_and_deletions_of_sdmx_json() -> None:
    dimensions = {"observation": [{"id": "GEO", "values": [{"id": "AT"}, {"id": "BE"}]}]}
    sets = [
        {"action": "Append", "observations": {"0": [1], "1": [2]}},
        {"action": "Delete", "observations": {"0": [None]}},
    ]
    message = {"structure": {"dimensions": dimensions}, "dataSets": sets}
    table = read_sdmx(io.StringIO(json.dumps(message)))
    assert rows(table, "GEO", "OBS_VALUE") == [("BE", "2")]
    assert table.notes == ("observation 3 deletes 1 observation (GEO=AT)",)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"errors": [{"code": 404}]}',
        '{"data": {"structure": {"dimensions": {}}, "dataSets": []}}',
        '{"structure": {"dimensions": {"series": [{"id": "A", "values": []}]}}, "dataSets": [{"series": {"0": {}}}]}',
        '{"structure": {"dimensions": {}, "measures": {"observation": [{"id": "A"}, {"id": "B"}]}}, "dataSets": [{}]}',
        '{"dataSets": 3, "structure": 4}',
        "plain text",
    ],
)
def test_broken_messages_are_refused_whole(text: str) -> None:
    assert len(faults(read_sdmx, io.StringIO(text))) == 1


V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
HEADER = """
<mes:Header><mes:ID>T1</mes:ID><mes:Test>false</mes:Test><mes:Prepared>2021-01-22T13:15:41</mes:Prepared>
<mes:Sender id="X"/>{action}<mes:Structure structureID="PAT" {namespace} dimensionAtObservation="TIME_PERIOD">
<com:Structure><URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=X:PAT(1.0)</URN></com:Structure>
</mes:Structure></mes:Header>"""
URN = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=X:PAT(1.0):ObsLevelDim:TIME_PERIOD"


def structure_specific(*sets: tuple[str, str]) -> bytes:
    held = "".join(
        f'<mes:DataSet data:structureRef="PAT" xsi:type="ns1:DataSetType" data:action="{action}">{series}</mes:DataSet>'
        for action, series in sets
    )
    head = HEADER.format(action="", namespace=f'namespace="{URN}"')
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><mes:StructureSpecificData xmlns:mes="{V21}/message"'
        f' xmlns:com="{V21}/common" xmlns:data="{V21}/data/structurespecific"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns1="{URN}">'
        f"{head}{held}</mes:StructureSpecificData>"
    ).encode()


SERIES = """
<Series FREQ="A" GEO="AT" UNIT_MULT="3"><Obs TIME_PERIOD="2019" OBS_VALUE="12.50" OBS_STATUS="A"/>
<Obs TIME_PERIOD="2020" OBS_VALUE="13.10" OBS_STATUS="Q"/></Series>
<Series FREQ="A" GEO="BE" UNIT_MULT="3"><Obs TIME_PERIOD="2019" OBS_VALUE="7"/></Series>"""


def generic(action: str = "") -> bytes:
    value = '<gen:Value id="{}" value="{}"/>'.format
    observation = (
        '<gen:Obs><gen:ObsDimension value="{}"/><gen:ObsValue value="{}"/>'
        f"<gen:Attributes>{value('OBS_STATUS', '{}')}</gen:Attributes></gen:Obs>"
    ).format
    series = (
        f"<gen:Series><gen:SeriesKey>{value('FREQ', 'A')}{value('GEO', '{}')}</gen:SeriesKey>"
        f"<gen:Attributes>{value('UNIT_MULT', '3')}</gen:Attributes>{{}}</gen:Series>"
    ).format
    held = series("AT", observation("2019", "12.50", "A") + observation("2020", "13.10", "Q"))
    held += series("BE", observation("2019", "7", "A"))
    head = HEADER.format(action=f"<mes:DataSetAction>{action}</mes:DataSetAction>" if action else "", namespace="")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><mes:GenericData xmlns:mes="{V21}/message" xmlns:com="{V21}/common"'
        f' xmlns:gen="{V21}/data/generic">{head}<mes:DataSet structureRef="PAT">{held}</mes:DataSet></mes:GenericData>'
    ).encode()


@pytest.mark.parametrize("held", [structure_specific(("Information", SERIES)), generic()])
def test_values_of_sdmx_ml_stay_as_written(held: bytes, tmp_path: Path) -> None:
    pytest.importorskip("sdmx")
    path = tmp_path / "message.xml"
    path.write_bytes(held)
    table = read_sdmx(path)
    assert rows(table, *SEEN) == EXPECTED
    assert table.columns == {"OBS_VALUE": Column(multiplier=3)}
    assert table.key == ("FREQ", "GEO", "TIME_PERIOD")


def test_a_deletion_in_sdmx_ml_is_carried_out() -> None:
    pytest.importorskip("sdmx")
    gone = '<Series FREQ="A" GEO="AT"><Obs TIME_PERIOD="2019"/></Series>'
    table = read_sdmx(io.BytesIO(structure_specific(("Append", SERIES), ("Delete", gone))))
    assert rows(table, *SEEN) == EXPECTED[1:]
    assert "observation 4 deletes 1 observation (FREQ=A, GEO=AT, TIME_PERIOD=2019)" in table.notes
    assert len(read_sdmx(io.BytesIO(generic("Delete"))).frame) == 0


def test_dimensions_of_a_message_can_be_said() -> None:
    pytest.importorskip("sdmx")
    held = structure_specific(("Information", SERIES.replace('UNIT_MULT="3"', 'METHOD="x"')))
    assert read_sdmx(io.BytesIO(held)).key == ("FREQ", "GEO", "METHOD", "TIME_PERIOD")
    assert read_sdmx(io.BytesIO(held), key=["GEO", "TIME_PERIOD"]).key == ("GEO", "TIME_PERIOD")
    assert "'NONE'" in faults(read_sdmx, io.BytesIO(held), key=["NONE"])[0]


@pytest.mark.parametrize(
    "held",
    [
        b"<a/>",
        b"<a",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        structure_specific(),
    ],
)
def test_other_xml_is_refused(held: bytes) -> None:
    pytest.importorskip("sdmx")
    assert len(faults(read_sdmx, io.BytesIO(held))) == 1


def test_without_the_library_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sdmx", None)
    with pytest.raises(TableError, match=r'pip install "ipmetrics\[sdmx\]"'):
        read_sdmx(io.BytesIO(generic()))
    assert len(read_sdmx(io.StringIO(as_json(json_message()))).frame) == 4


def test_sdmx_json_agrees_with_sdmx1_where_that_keeps_what_is_there() -> None:
    sdmx = pytest.importorskip("sdmx")
    message = json_message()
    named = {"name": "any"}
    for level in ("dimensions", "attributes"):
        for components in message["data"]["structure"][level].values():
            for component in components:
                component.update(named)
    draft = {"header": message["meta"], **message["data"]}
    theirs = sdmx.read_sdmx(io.BytesIO(as_json(draft).encode())).data[0].obs
    ours = read_sdmx(io.StringIO(as_json(draft)))
    keys = [tuple(each.key.values[name].value for name in ours.key) for each in theirs]
    assert keys == rows(ours, *ours.key)
    assert [each.value for each in theirs] == [float(x) if x else None for x in ours.frame["OBS_VALUE_RAW"]]


# ------------------------------------------------------------------------------ published tables
@at_hand
@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*/*.csv")), ids=lambda path: str(path.name))
def test_every_published_table_is_read_as_it_stands(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        printed = [row for row in csv.reader(file) if row]
    frame = read_csv(path).frame
    width = len(frame.columns)
    assert frame.columns.tolist() == printed[0][:width]
    assert frame.to_numpy().tolist() == [row[:width] for row in printed[1:]]
    assert not any(cell for row in printed for cell in row[width:])


@at_hand
def test_eurostats_counts_and_rates_stand_side_by_side() -> None:
    long = read_sdmx_csv(PUBLISHED / "eurostat_epo_patents" / "sdg_09_40_2004_2016.csv")
    assert long.key == ("freq", "coop_ptn", "unit", "geo", "TIME_PERIOD")
    assert len(faults(wide, long, over="unit", by=["geo", "TIME_PERIOD"])) == 101
    table = wide(long, over="unit")
    assert len(table.frame) * 2 == len(long.frame)
    assert not (table.frame == "").any(axis=None)
    figures = {tuple(row[:-1]): row[-1] for row in rows(long, *long.key, "OBS_VALUE")}
    for freq, by, geo, year, *pair in rows(table, *table.key, "NR", "P_MHAB"):
        assert pair == [figures[freq, by, unit, geo, year] for unit in ("NR", "P_MHAB")]


@at_hand
def test_indicators_of_the_world_bank_spread_from_the_long_form_too() -> None:
    long = attrs.evolve(
        read_csv(PUBLISHED / "worldbank_ip" / "wdi_ip_indicators_2021.csv"), key=("country_code", "indicator", "year")
    )
    table = wide(long, over="indicator", value="value")
    assert int((table.frame.iloc[:, 2:] != "").sum().sum()) == len(long.frame)
