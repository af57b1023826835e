"""A table that comes in parts is judged and told as the same table in one piece; a file is cut only between records."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.errors import TableError
from ipmetrics.tables import Column, check_table
from ipmetrics.tables.formulas import at_most, earlier, growth, rate, row, share, total
from ipmetrics.tables.readers import read_csv
from ipmetrics.tables.telling.file_parts import CsvParts, ParquetParts
from ipmetrics.tables.telling.in_parts import check_in_parts, looks_elsewhere
from tests.effort import effort

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Literal

    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.telling.row_findings import TableReport

FORMULAS: dict[str, Formula] = {
    "density": rate("patents", per="people"),
    "up": growth("patents", since=earlier("year"), within="region"),
    "percent": share("patents", of=row(region="Total"), within="year"),
    "patents": total(over="region", of=row(region="Total"), within="year"),
    "granted": at_most("patents"),
}
COLUMNS = {"patents": Column(whole=True), "people": Column(multiplier=6), "density": Column(multiplier=-6)}


def table(regions: int, years: int) -> pd.DataFrame:
    """A panel in which now and then a figure is wrong, missing or none."""
    rows: list[dict[str, str]] = []
    before: dict[str, int] = {}
    for year in range(2000, 2000 + years):
        counts = {f"r{n}": 1000 + 37 * n * n + 13 * (year - 2000) * n for n in range(regions)}
        whole = sum(counts.values())
        for place, (region, count) in enumerate([("Total", whole + (year == 2002)), *counts.items()]):
            people, last = 10 + place, before.get(region)
            rows.append(
                {
                    "region": region,
                    "year": str(year),
                    "patents": f"{count:,}",
                    "people": ".." if place == 3 and year == 2001 else f"{people}.0",
                    "density": f"{count / people * (1.2 if (place + year) % 17 == 0 else 1):.2f}",
                    "up": "–"
                    if last is None and place % 2
                    else "0.0%"
                    if last is None
                    else f"{100 * count / last - 100:.1f}%",
                    "percent": f"{100 * count / whole:.1f}%",
                    "granted": "1x" if place == 2 and year == 2003 else str(count // 2),
                }
            )
            before[region] = count
    return pd.DataFrame(rows)


def parts_of(frame: pd.DataFrame, size: int) -> Callable[[], Iterator[pd.DataFrame]]:
    return lambda: (frame.iloc[start : start + size].reset_index(drop=True) for start in range(0, len(frame), size))


def alike(report: TableReport, other: TableReport) -> bool:
    """Whether two reports say the same of every row."""
    return (report.summary, str(report)) == (other.summary, str(other)) and report.failing == other.failing


@pytest.mark.parametrize("size", [5, 7, 1000])
def test_parts_are_told_as_the_whole(size: int) -> None:
    frame = table(6, 5)
    whole = check_table(frame, FORMULAS, COLUMNS)
    written: list[pd.DataFrame] = []
    report = check_in_parts(parts_of(frame, size), FORMULAS, COLUMNS, take=written.append, labels=["region", "year"])
    usual = whole.report(labels=["region", "year"])
    assert alike(report, usual)
    assert report.summary.failing >= 3
    assert report.summary.open >= 3
    text = pd.concat(written, ignore_index=True).astype(str)
    assert text.equals(whole.frame.astype(str))


def test_labels_are_found_in_the_first_part() -> None:
    frame = table(6, 5)
    report = check_in_parts(parts_of(frame, 14), FORMULAS, COLUMNS)
    assert {tuple(name for name, _ in finding.labels) for finding in report.failing} == {("region", "year")}


def test_misuse_is_told_before_anything_is_judged() -> None:
    with pytest.raises(TableError, match="no column 'area'"):
        check_in_parts(parts_of(table(2, 2), 3), {"x": rate("patents", per="area", about="density")})


def test_keys_that_find_two_rows_in_different_parts_are_misuse() -> None:
    frame = table(2, 2)
    twice = pd.concat([frame, frame.iloc[:1]], ignore_index=True)
    with pytest.raises(TableError, match="find one row each: found more for"):
        check_in_parts(parts_of(twice, 4), FORMULAS, COLUMNS)


def test_whether_rows_look_elsewhere_is_told_by_the_formulas() -> None:
    assert [name for name, formula in FORMULAS.items() if looks_elsewhere({name: formula})] == [
        "up",
        "percent",
        "patents",
    ]


# ------------------------------------------------------------------------------ CSV
def write(path: Path, held: bytes | str) -> Path:
    path.write_bytes(held if isinstance(held, bytes) else held.encode())
    return path


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\ufeff"), max_size=5)


@given(
    st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), max_size=12)),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.integers(1, 60),
)
@effort(2)
def test_a_file_in_parts_holds_what_the_whole_file_holds(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    mark: str,
    end: str,
    quoting: Literal[0, 1],
    size: int,
) -> None:
    out = io.StringIO(newline="")
    header = [f"n{place}" for place in range(len(rows[0]) if rows else 2)]
    csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=end).writerows([header, *rows])
    held = out.getvalue().encode()
    path = write(tmp_path_factory.mktemp("parts") / "a.csv", held)
    whole = read_csv(io.BytesIO(held)).frame
    parts = CsvParts(path, size=size)
    for _ in range(2):
        assert pd.concat(list(parts()), ignore_index=True).equals(whole)


def test_faults_of_all_parts_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    lines = ["a,b", *["1,2"] * 20, "3", *['"x\ny",2'] * 20, "4,5,6"]
    path = write(tmp_path / "a.csv", "\n".join(lines))
    for size in (20, 10_000):
        with pytest.raises(TableError) as caught:
            list(CsvParts(path, size=size)())
        assert [fault.where for fault in caught.value.faults] == ["line 22", "line 63"]
        assert "2 faults" in str(caught.value)


def test_beyond_a_hundred_faults_it_stops(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\n" + "1\n" * 5000)
    with pytest.raises(TableError) as caught:
        list(CsvParts(path, size=100)())
    assert len(caught.value.faults) == 101
    assert "may be more" in str(caught.value)


@pytest.mark.parametrize("quoted", ['1,"2', '1,5" pipe'])
def test_a_quote_that_is_never_closed_does_not_gather_the_whole_file(tmp_path: Path, quoted: str) -> None:
    path = write(tmp_path / "a.csv", f"a,b\n{quoted}\n" + "1,2\n" * 5000)
    sizes: list[int] = []
    parts = CsvParts(path, size=100, told=lambda done, _total, _rows: sizes.append(done))
    if quoted.startswith('1,"'):
        with pytest.raises(TableError, match="quotes"):
            list(parts())
    else:
        assert sum(map(len, parts())) == 5001
    assert sizes[0] < 3000


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"", "nothing"), (b" \n\n", "nothing"), (b"PK\x03\x04rest", "spreadsheet"), (b"a,b\n1,\0", "NUL"),
        (b"a,b\n1,\xff", "0xFF"), (b"\xff\xfea\0", "utf-16"), (b"a,a\n1,2", "a name is that of one column"),
    ],
)  # fmt: skip
def test_what_is_no_csv_is_refused_as_by_its_reader(tmp_path: Path, held: bytes, words: str) -> None:
    path = write(tmp_path / "a.csv", held)
    with pytest.raises(TableError, match=words):
        list(CsvParts(path, size=4)())


def test_other_encodings_are_cut_too_or_read_whole(tmp_path: Path) -> None:
    lines = "地区,件\n" + "海淀,40\n" * 50
    for encoding in ("gb18030", "utf-16"):
        path = write(tmp_path / "a.csv", lines.encode(encoding))
        parts = list(CsvParts(path, encoding=encoding, size=64)())
        assert sum(map(len, parts)) == 50
        assert (len(parts) > 1) == (encoding == "gb18030")


def test_a_file_that_is_not_there_or_is_a_folder_is_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.csv", "no file"), (tmp_path, "a folder")):
        with pytest.raises(TableError, match=words):
            list(CsvParts(path)())


@pytest.mark.parametrize("change", ["longer", "shorter", "other"])
def test_a_file_that_changes_between_the_passes_is_noticed(tmp_path: Path, change: str) -> None:
    path = write(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 50)
    parts = CsvParts(path, size=40)
    assert sum(map(len, parts())) == 50
    held = path.read_text("utf-8")
    write(path, {"longer": held + "1,2\n", "shorter": held[:-8], "other": held[:-4] + "1,3\n"}[change])
    with pytest.raises(TableError, match="changed while it was read"):
        list(parts())


def test_a_file_of_one_part_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\n1,2\n")
    parts = CsvParts(path)
    first = list(parts())
    path.unlink()
    assert [part is again for part, again in zip(first, parts(), strict=True)] == [True]


def test_after_each_part_it_is_told_how_far_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "a,b\n" + "1,2\n" * 50)
    told: list[tuple[int, int, int]] = []
    list(CsvParts(path, size=40, told=lambda *numbers: told.append(numbers))())
    total_bytes = path.stat().st_size
    assert [total for _, total, _ in told] == [total_bytes] * len(told)
    assert told == sorted(told)
    assert (told[-1][0], told[-1][2]) == (total_bytes, 50)


# ------------------------------------------------------------------------------ Parquet
def test_a_parquet_file_is_read_in_parts_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("ipmetrics.tables.telling.file_parts._ROWS", 7)
    frame, path = table(6, 5), tmp_path / "a.parquet"
    frame.to_parquet(path)
    parts = ParquetParts(path)
    assert len(list(parts())) > 3
    report = check_in_parts(parts, FORMULAS, COLUMNS, labels=["region", "year"])
    assert alike(report, check_table(frame, FORMULAS, COLUMNS).report(labels=["region", "year"]))
    frame.iloc[:-1].to_parquet(path)
    with pytest.raises(TableError, match="changed while it was read"):
        list(parts())


def test_a_parquet_file_of_no_rows_is_an_empty_table(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    table(2, 2).iloc[:0].to_parquet(tmp_path / "a.parquet")
    assert check_in_parts(ParquetParts(tmp_path / "a.parquet"), FORMULAS, COLUMNS).summary.rows == 0
