"""The command `table`: what it reads, how it ends, what it writes where, what it says of files that are no table."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ipmetrics.cli import Exit, arguments, main, tabulating
from ipmetrics.cli.streams import Progress
from ipmetrics.tables import check_table
from ipmetrics.tables.readers import read_csv
from ipmetrics.tables.rules import read_rules
from ipmetrics.tables.telling import file_parts, in_parts

RULES = """\
[columns]
people = { multiplier = 6 }
density = { multiplier = -6 }
patents = { whole = true }
[formulas.density]
rate = "patents"
per = "people"
"""
HEAD = "region,people,patents,density\n"
GOOD = 'Beijing,20.7,"86,652",4187.5\nJiangsu,79.2,"63,248",798.6\n'
BAD = 'Shanghai,23.8,"48,812",2150.6\n'
OPEN = 'Hong Kong,..,"1,200",--\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("rules.toml").write_text(RULES, encoding="utf-8")
    return tmp_path


def write(text: str | bytes, name: str = "table.csv") -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def table(*options: str, file: str = "table.csv", rules: str = "rules.toml") -> int:
    return main(["table", file, "--rules", rules, *options])


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def cut_small(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let parts of CSV files have so many bytes."""
    init: Any = file_parts.CsvParts.__init__
    monkeypatch.setattr(init, "__kwdefaults__", {**init.__kwdefaults__, "size": size})


# ------------------------------------------------------------------------------ how it ends
@pytest.mark.parametrize(
    ("rows", "options", "status", "remark"),
    [
        (GOOD, ["--strict"], Exit.CONSISTENT, ""),
        (GOOD + BAD, [], Exit.INCONSISTENT, ""),
        (GOOD + BAD + OPEN, ["--strict"], Exit.INCONSISTENT, ""),
        (GOOD + OPEN, [], Exit.CONSISTENT, "undetermined: 2 of 3 rows agree with their own figures; 1 could not"),
        (GOOD + OPEN, ["--strict"], Exit.UNDETERMINED, "undetermined"),
        (GOOD + OPEN, ["--strict", "-q"], Exit.UNDETERMINED, ""),
        (OPEN, [], Exit.CONSISTENT, "none of 1 row could be checked"),
        ("", [], Exit.CONSISTENT, "warning: the table has no rows"),
    ],
)
def test_the_exit_status_is_the_verdict(
    rows: str, options: list[str], status: int, remark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + rows)
    assert table(*options) == status
    printed = capsys.readouterr()
    assert remark in printed.err
    assert bool(printed.err) is bool(remark)
    assert bool(printed.out) is ("-q" not in options)


def test_a_text_report_says_what_disagrees(capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + GOOD + BAD)
    table()
    printed = capsys.readouterr().out
    assert printed.startswith("inconsistent: 1 of 3 rows disagrees with its own figures\n\nin table.csv\n")
    assert "953 units of the last place too high; rests on patents 48,812, people 23.8" in printed


@pytest.mark.parametrize("form", arguments.FORMATS)
def test_the_report_goes_where_it_was_asked_for(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + GOOD + BAD)
    table("-f", form)
    printed = capsys.readouterr()
    assert table("-f", form, "--report", "report", "-q") == Exit.INCONSISTENT
    assert Path("report").read_text("utf-8") == printed.out
    assert capsys.readouterr() == ("", "")
    assert {"text": "inconsistent:", "json": '"inconsistent"', "html": "<!DOCTYPE html>", "markdown": "| formula |"}[
        form
    ] in printed.out


@pytest.mark.parametrize("form", arguments.FORMATS)
def test_any_encoding_of_a_terminal_will_do(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write(HEAD + BAD.replace("Shanghai", "上海"))
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    table("-f", form)
    out.seek(0)
    held = out.read()
    assert {"html": "&#19978;", "markdown": "&#19978;"}.get(form, "\\u4e0a") in held
    if form == "json":
        assert json.loads(held)["failing"][0]["labels"] == {"region": "上海"}


def test_rows_are_told_up_to_the_limit_and_called_as_asked(capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + BAD * 5)
    table("-f", "json", "--limit", "2", "--label", "patents")
    assert [row["labels"] for row in told(capsys)["failing"]] == [{"patents": "48,812"}] * 2
    assert table("--label", "country") == Exit.UNUSABLE
    assert "rows are called by columns of the table: got 'country'" in capsys.readouterr().err


def test_help_has_examples_and_names_every_reader(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["table", "--help"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "--reader {csv,sdmx,world-bank}" in printed
    assert "examples:\n  ipmetrics table " in printed
    assert max(map(len, printed.splitlines())) <= 100


# ------------------------------------------------------------------------------ what it reads
def test_tabs_semicolons_and_standard_input_are_read_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = HEAD + GOOD.replace('"', "").replace(",652", "652").replace(",248", "248")
    for mark in "\t;":
        write(lines.replace(",", mark), "table.tsv")
        assert table(file="table.tsv") == Exit.CONSISTENT
    held = io.TextIOWrapper(io.BytesIO((HEAD + GOOD + BAD).encode()))
    monkeypatch.setattr(sys, "stdin", held)
    capsys.readouterr()
    assert table("-f", "json", file="-") == Exit.INCONSISTENT
    assert told(capsys)["file"] == "-"


def test_an_encoding_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    write((HEAD + BAD.replace("Shanghai", "上海")).encode("gb18030"))
    assert table() == Exit.UNUSABLE
    assert 'encoding=, such as "gb18030"' in capsys.readouterr().err
    assert table("--encoding", "gb18030", "-f", "json") == Exit.INCONSISTENT
    assert told(capsys)["failing"][0]["labels"] == {"region": "上海"}
    assert table("--encoding", "utf-99") == Exit.UNUSABLE
    assert "there is no such encoding" in capsys.readouterr().err


SDMX = """\
DATAFLOW,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS
X:P(1.0),NR,AT,2009,1764,A,0,0
X:P(1.0),NR,BE,2009,1500,A,0,0
X:P(1.0),NR,CH,2009,700,Q,0,0
X:P(1.0),INH,AT,2009,8.3,A,6,1
X:P(1.0),INH,BE,2009,10.7,A,6,1
X:P(1.0),INH,CH,2009,7.7,A,6,1
X:P(1.0),RATE,AT,2009,212.5,A,-6,1
X:P(1.0),RATE,BE,2009,99.2,A,-6,1
X:P(1.0),RATE,CH,2009,90.9,A,-6,1
"""
SDMX_RULES = '[columns]\nNR = { whole = true }\n[formulas.RATE]\nrate = "NR"\nper = "INH"\n'


def test_sdmx_csv_is_told_by_its_header_and_its_attributes_are_used(capsys: pytest.CaptureFixture[str]) -> None:
    write(SDMX, "sdmx.csv")
    write(SDMX_RULES, "sdmx.toml")
    assert table("--wide", "unit", "-f", "json", file="sdmx.csv", rules="sdmx.toml") == Exit.INCONSISTENT
    data = told(capsys)
    assert [row["labels"] for row in data["failing"]] == [{"geo": "BE"}]
    assert [(each["reason"], each["rows"]) for each in data["left_open"]] == [("suppressed", 1)]
    columns = {column["name"]: (column["multiplier"], column["unit"], column["rounding"]) for column in data["columns"]}
    assert columns == {"RATE": (-6, "0.1", "nearest"), "NR": (0, "1", "exact"), "INH": (6, "0.1", "nearest")}
    assert any("suppressed" in note for note in data["notes"])


def test_rules_outrank_what_the_file_says_of_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    write(SDMX, "sdmx.csv")
    write(SDMX_RULES.replace("[formulas", "INH = { multiplier = 9 }\n[formulas"), "sdmx.toml")
    table("--wide", "unit", "-f", "json", file="sdmx.csv", rules="sdmx.toml")
    read = {column["name"]: column for column in told(capsys)["columns"]}
    assert (read["INH"]["multiplier"], read["INH"]["unit"]) == (9, "0.1")


def test_world_bank_csv_is_told_by_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        '"Data Source","World Development Indicators",', "", '"Last Updated Date","2021-09-15",', "",
        '"Country Name","Country Code","Indicator Name","Indicator Code","2019","2020",',
        '"Aruba","ABW","Applications, residents","RESD","8","9",',
        '"Aruba","ABW","Applications, all","ALL","10","8",',
    ]  # fmt: skip
    write("\ufeff" + "\r\n".join(lines), "bank.csv")
    write('[columns]\nRESD = { whole = true }\nALL = { whole = true }\n[formulas.RESD]\nat_most = "ALL"\n', "bank.toml")
    assert table("--wide", "indicator_code", "-f", "json", file="bank.csv", rules="bank.toml") == Exit.INCONSISTENT
    (row,) = told(capsys)["failing"]
    assert row["labels"]["year"] == 2020


def test_a_reader_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD.replace("region", "OBS_VALUE") + BAD)
    assert table("--reader", "csv") == Exit.INCONSISTENT
    write(HEAD + BAD)
    capsys.readouterr()
    assert table("--reader", "sdmx") == Exit.UNUSABLE
    assert "SDMX-CSV has a column OBS_VALUE" in capsys.readouterr().err
    assert table("--wide", "region") == Exit.UNUSABLE
    assert "--wide is for SDMX-CSV" in capsys.readouterr().err


def test_rules_may_refer_to_tables_beside_them(capsys: pytest.CaptureFixture[str]) -> None:
    rules = RULES + (
        '[formulas.up]\ngrowth = "patents"\nsince = { table = "before" }\nmatch = "region"\n'
        '[tables]\nbefore = "before.csv"\n'
    )
    Path("rules").mkdir()
    write(rules, "rules/more.toml")
    write(HEAD + 'Beijing,20,"80,000",4000\n', "rules/before.csv")
    write(HEAD.replace("density", "density,up") + 'Beijing,20.7,"86,652",4187.5,20.0%\n')
    assert table("-f", "json", rules="rules/more.toml") == Exit.INCONSISTENT
    (row,) = told(capsys)["failing"]
    assert [cell["text"] for cell in row["cells"]] == ["20.0%", "86,652", "80,000"]
    Path("rules/before.csv").unlink()
    assert table(rules="rules/more.toml") == Exit.UNUSABLE
    assert "rules/more.toml: tables.before: " in capsys.readouterr().err


def test_the_rules_of_the_how_to_page_give_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "how-to" / "check-a-table.md").read_text("utf-8")
    (rules,) = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (cells,) = re.findall(r"pd\.DataFrame\(\n(?:\.\.\. {5})(\{.*?\})\n\.\.\. \)", page, re.DOTALL)
    pd.DataFrame(ast.literal_eval(re.sub(r"^\.\.\. ", "", cells, flags=re.MULTILINE))).to_csv("table.csv", index=False)
    write(rules, "rules.toml")
    assert table() == Exit.INCONSISTENT
    shown = re.search(r">>> print\(checked\)\n(.*?)\n\.\.\.\n", page, re.DOTALL)
    assert shown is not None
    assert shown[1] in capsys.readouterr().out.replace("\n\nin table.csv\n\n", "\n")


# ------------------------------------------------------------------------------ larger than a part
@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """300,000 rows, of which some are wrong, missing, or none."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("region,year,people,patents,density\n")
        for n in range(300_000):
            people, patents = 100 + n * 7919 % 1900, 1 + n * 104729 % 1_000_000
            density = f"{patents * 10 / people * (1.02 if n % 31_013 == 5 else 1):.2f}"
            cell = ".." if n % 50_021 == 3 else "n.a." if n % 90_001 == 8 else density
            file.write(f'"r{n // 20}",{2000 + n % 20},{people / 10:.1f},{patents},{cell}\n')
    return path


def test_a_large_file_in_parts_gives_what_it_gives_in_memory(
    large: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cut_small(monkeypatch, 3 << 20)
    assert table("-f", "json", "-o", "checked.csv", file=str(large)) == Exit.INCONSISTENT
    found = told(capsys)
    formulas, columns = read_rules("rules.toml")
    whole = check_table(read_csv(large).frame, formulas, columns)
    usual = json.loads(whole.to_json())
    assert {**found, "file": None} == usual
    assert found["rows"] == 300_000
    assert found["failing_rows"] >= 9
    written = pd.read_csv("checked.csv", dtype=str, keep_default_na=False)
    whole.frame.to_csv("whole.csv", index=False)
    assert written.equals(pd.read_csv("whole.csv", dtype=str, keep_default_na=False))


# ------------------------------------------------------------------------------ the checked table
def test_the_checked_table_is_written_with_its_verdicts(capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + GOOD + BAD + OPEN)
    assert table("-o", "checked.csv") == Exit.INCONSISTENT
    frame = pd.read_csv("checked.csv", dtype=str, keep_default_na=False)
    assert frame["density_verdict"].tolist() == ["consistent", "consistent", "inconsistent", "undetermined"]
    assert frame["density_reason"].tolist() == ["", "", "", "missing"]
    assert frame["patents"].tolist()[:2] == ["86,652", "63,248"]
    assert sorted(path.name for path in Path().iterdir()) == ["checked.csv", "rules.toml", "table.csv"]


def test_parquet_is_written_and_read() -> None:
    pytest.importorskip("pyarrow")
    write(HEAD + GOOD + BAD + OPEN)
    assert table("-o", "checked.parquet", "-q") == Exit.INCONSISTENT
    frame = pd.read_parquet("checked.parquet")
    assert frame["density_verdict"].tolist() == ["consistent", "consistent", "inconsistent", "undetermined"]
    frame[["region", "people", "patents", "density"]].to_parquet("table.parquet")
    for output in ("again.csv", "again.parquet"):
        assert table("-q", "-o", output, file="table.parquet") == Exit.INCONSISTENT
    again = pd.read_parquet("again.parquet")
    assert again["density_verdict"].tolist() == frame["density_verdict"].tolist()
    assert pd.read_csv("again.csv")["density_verdict"].tolist() == frame["density_verdict"].tolist()


def test_without_polars_parquet_is_read_in_parts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("pyarrow")
    write(HEAD + GOOD + BAD)
    read_csv("table.csv").frame.to_parquet("table.parquet")
    table("-f", "json", file="table.parquet")
    usual = told(capsys)
    monkeypatch.setitem(sys.modules, "polars", None)
    assert table("-f", "json", "-o", "checked.parquet", file="table.parquet") == Exit.INCONSISTENT
    assert told(capsys) == usual
    assert len(pd.read_parquet("checked.parquet")) == 3
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert table(file="table.parquet") == Exit.UNUSABLE
    assert 'pip install "ipmetrics[tables]"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("report.html", "report.html: a checked table is written as .csv or .parquet; the report goes where --report"),
        ("checked", "checked: a checked table is written as .csv or .parquet; give it one of these endings"),
        ("nowhere/checked.csv", "nowhere/checked.csv: cannot write: No such file or directory"),
        ("table.csv", "table.csv: this is the table that is checked; write to another file"),
        ("folder.csv", "folder.csv: cannot write: Is a directory"),
    ],
)
def test_an_output_that_cannot_be_written_is_found_out_first(
    output: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + GOOD)
    Path("folder.csv").mkdir()
    assert table("-o", output) == Exit.UNUSABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"ipmetrics: {words}")
    assert printed.err.count("\n") == 1
    assert Path("table.csv").read_text("utf-8") == HEAD + GOOD


def test_a_disc_that_fills_up_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    write(HEAD + GOOD)
    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    assert table("-o", "checked.csv") == Exit.UNUSABLE
    assert capsys.readouterr().err == "ipmetrics: checked.csv: cannot write: No space left on device\n"
    assert sorted(path.name for path in Path().iterdir()) == ["rules.toml", "table.csv"]


def test_a_table_that_was_there_stays_if_the_new_one_fails() -> None:
    write(HEAD + GOOD)
    write("old\n", "checked.csv")
    write("a,b\n1\n", "ragged.csv")
    assert table("-o", "checked.csv", file="ragged.csv") == Exit.UNUSABLE
    assert Path("checked.csv").read_text("utf-8") == "old\n"
    assert table("-o", "checked.csv", "-q") == Exit.CONSISTENT
    assert Path("checked.csv").read_text("utf-8").startswith("region,")


# ------------------------------------------------------------------------------ bad input
@pytest.mark.parametrize(
    ("held", "lines"),
    [
        (b"", ["nothing"]),
        (b"PK\x03\x04\x00\x00", ["a spreadsheet or an archive"]),
        (b"\x00\x01\x02", ["NUL"]),
        (b"region,people\n\xff\xfe,1\n", ["line 2: a table is utf-8-sig text: got byte 0xFF"]),
        ((HEAD + "A,1\n" + GOOD + "B,1,2,3,4\n").encode(), ["line 2: a line has", "line 5: a line has"]),
        (b'region,people\n"A,1\n', ["quotes"]),
        (b"PAR1 but no Parquet", ["a table can be read: got “"]),
    ],
)
def test_a_file_that_is_no_table_is_told_line_by_line(
    held: bytes, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(held)
    assert table() == Exit.UNUSABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    found = printed.err.splitlines()
    assert len(found) == len(lines)
    for line, words in zip(found, lines, strict=True):
        assert line.startswith("ipmetrics: table.csv: ")
        assert words in line


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (None, "a rules file can be read: got “No such file or directory”"),
        ("[formulas", "a rules file is TOML"),
        ("", "rules say at least one formula"),
        (b"\xff", "a rules file is UTF-8 text"),
        ('[formulas.density]\nrat = "patents"\n', 'did you mean "rate"?'),
    ],
)
def test_rules_that_are_none_are_told(held: str | bytes | None, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + GOOD)
    if held is not None:
        write(held, "broken.toml")
    assert table(rules="broken.toml") == Exit.UNUSABLE
    printed = capsys.readouterr()
    assert printed.err.startswith("ipmetrics: broken.toml: ")
    assert words in printed.err
    assert "Traceback" not in printed.err


def test_every_column_that_rules_name_in_vain_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write(HEAD + GOOD)
    write('[columns]\nareas = { whole = true }\n[formulas.density]\nrate = "patent"\nper = "folks"\n', "rules.toml")
    assert table() == Exit.UNUSABLE
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("ipmetrics: rules.toml: ") for line in lines)
    assert "the table has no column 'patent'; did you mean 'patents'?" in lines[1]


def test_a_file_that_is_not_there_or_a_folder_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("folder").mkdir()
    for file in ("none.csv", "folder", "a\0b.csv"):
        assert table(file=file) == Exit.UNUSABLE
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in lines[:2]] == ["none.csv", "folder"]
    assert len(lines) == 3


def test_a_file_that_changes_between_the_passes_is_not_judged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + GOOD * 200)
    cut_small(monkeypatch, 500)
    surveyed = in_parts._surveyed

    def changing(*given: Any) -> Any:  # noqa: ANN401 - handed on
        found = surveyed(*given)
        write(HEAD + GOOD * 100 + BAD * 100)
        return found

    monkeypatch.setattr(in_parts, "_surveyed", changing)
    assert table("-o", "checked.csv") == Exit.UNUSABLE
    assert "table.csv: the file changed while it was read" in capsys.readouterr().err
    assert not Path("checked.csv").exists()


def test_a_fault_of_our_own_is_never_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    write(HEAD + GOOD)
    monkeypatch.setattr(tabulating, "_told_by", broken)
    assert table("-o", "checked.csv") == Exit.FAULT
    assert "this is a fault of ipmetrics" in capsys.readouterr().err


# ------------------------------------------------------------------------------ people and pipes
class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_shows_both_passes_on_a_terminal_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(time, "monotonic", iter(range(1000)).__next__)
    passes = tabulating._Passes(Progress(terminal))
    for done in (40, 100, 40, 100):
        passes(done, 100, done * 10)
    passes.bar.clear()
    shown = terminal.getvalue()
    assert "pass 1 of 2 [########............] 40 %, 400 rows" in shown
    assert "pass 2 of 2 [####################] 100 %, 1,000 rows" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize("options", [["-q"], []])
def test_no_bar_is_drawn_for_nobody(
    options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + GOOD)
    if options:
        monkeypatch.setattr(sys, "stderr", Terminal())
    assert table(*options) == Exit.CONSISTENT
    shown = sys.stderr.getvalue() if isinstance(sys.stderr, Terminal) else capsys.readouterr().err
    assert shown == ""


def test_a_bar_whose_reader_has_gone_breaks_nothing() -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    bar = Progress(Gone())
    bar._next = 0
    bar.show(1, 2, "pass 1 of 2", "50 %")
    bar.clear()


def process(*options: str, **more: Any) -> subprocess.Popen[bytes]:  # noqa: ANN401 - handed on
    program = "import sys; from ipmetrics.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", more.pop("before", "") + program, "table", *options, "--rules", "rules.toml"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)


def test_a_reader_who_has_gone_is_no_fault() -> None:
    write(HEAD + BAD * 3000)
    with process("table.csv", "--limit", "900000") as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert b"Traceback" not in running.stderr.read()
        assert running.wait() == Exit.INCONSISTENT


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_an_interrupt_ends_in_one_line_and_leaves_nothing_behind() -> None:
    write(HEAD + GOOD)
    slow = textwrap.dedent("""\
        import time, ipmetrics.tables.telling.in_parts as parts
        def slowly(*_):
            print("ready", flush=True)
            time.sleep(60)
        parts._surveyed = slowly
    """)
    with process("table.csv", "-o", "checked.csv", before=slow) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        running.send_signal(signal.SIGINT)
        _, complaint = running.communicate(timeout=30)
    assert (running.returncode, complaint) == (Exit.INTERRUPTED, b"ipmetrics: interrupted\n")
    assert sorted(path.name for path in Path().iterdir()) == ["rules.toml", "table.csv"]
