"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ipmetrics.checks
from ipmetrics import cli
from ipmetrics.cli import Exit, main
from ipmetrics.cli.streams import Progress
from ipmetrics.model.figures import Conventions, Rounding
from ipmetrics.reports import FORMATS, write_report
from tests import by_hand

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ipmetrics.findings import Report

ROOT = Path(__file__).resolve().parent.parent
THREE = """\
[indicators]
density = { label = "high-value invention patents per 10,000 people", unit = "patent/person", multiplier = -4 }
[regions]
Haidian = {}
Beijing = {}
[[claims]]
id = "haidian"
level = "density.Haidian.2021"
figure = "332.8"
[[claims]]
id = "ratio"
ratio = "density.Haidian.2021"
to = "density.Beijing.2021"
figure = "3.54"
"""
CLASHING = THREE + '[[claims]]\nlevel = "density.Beijing.2021"\nfigure = "96.2"\n'
TABLE = "indicator,unit,region,period,figure\npatents,patent,Haidian,2021,40\n"
# Judges nothing: answers with the report by hand that its caller names.
PROGRAM = """\
import sys
import ipmetrics.checks
from ipmetrics.cli import main
from tests import by_hand

def check(claims, conventions=None, *, progress=None):
    {before}
    return by_hand.{report}()

ipmetrics.checks.check = check
sys.exit(main(sys.argv[1:]))
"""


class Judge:
    """Stands in for `check`: remembers what it was asked and answers as told."""

    def __init__(self) -> None:
        self.answer: Callable[[], Report] = by_hand.consistent
        self.claims: list[Any] = []
        self.conventions: Conventions | None = None

    def __call__(
        self,
        claims: Sequence[Any],
        conventions: Conventions | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> Report:
        self.claims, self.conventions = list(claims), conventions
        if progress is not None:
            progress(1, 2)
        return self.answer()


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Judge:
    judge = Judge()
    monkeypatch.setattr(ipmetrics.checks, "check", judge)
    return judge


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("three.toml").write_text(THREE, encoding="utf-8")
    return "three.toml"


def run(
    *arguments: str,
    report: str = "consistent",
    before: str = "pass",
    environment: dict[str, str] | None = None,
    **more: Any,  # noqa: ANN401 - handed on
) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own."""
    program = PROGRAM.format(report=report, before=before)
    command = [sys.executable, "-c", program, *arguments]
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]), **(environment or {})}
    return subprocess.run(command, capture_output="stdout" not in more, env=settings, check=False, **more)


# ------------------------------------------------------------------------------ exit status
@pytest.mark.parametrize(
    ("answer", "options", "status"),
    [
        (by_hand.consistent, [], 0),
        (by_hand.empty, [], 0),
        (by_hand.inconsistent, [], 1),
        (by_hand.dossier, ["--strict"], 1),
        (by_hand.undetermined, [], 0),
        (by_hand.undetermined, ["--strict"], 3),
        (by_hand.undetermined, ["--strict", "--quiet"], 3),
        (by_hand.inconsistent, ["-q"], 1),
    ],
)
def test_the_exit_status_is_the_verdict(
    judge: Judge, file: str, answer: Callable[[], Report], options: list[str], status: int
) -> None:
    judge.answer = answer
    assert main(["check", file, *options]) == status


def test_undetermined_is_said_on_standard_error(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    judge.answer = by_hand.undetermined
    main(["check", file])
    assert capsys.readouterr().err == (
        "ipmetrics: undetermined: the search for a conflict or a witness ended after 2,000 steps "
        "(exit status 0; --strict makes it 3)\n"
    )
    main(["check", file, "--quiet"])
    assert capsys.readouterr() == ("", "")


def test_no_claims_are_consistent_with_a_warning(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    judge.answer = by_hand.empty
    assert main(["check", file, "-f", "json"]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["claims"] == []
    assert printed.err == "ipmetrics: warning: there is no claim to check\n"


def test_a_fault_of_our_own_is_never_status_1(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    def answer() -> Report:
        message = "inner"
        raise ZeroDivisionError(message)

    judge.answer = answer
    assert main(["check", file]) == Exit.FAULT
    assert "ZeroDivisionError: inner" in capsys.readouterr().err


def test_a_keyboard_interrupt_is_status_130(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    def answer() -> Report:
        raise KeyboardInterrupt

    judge.answer = answer
    assert main(["check", file]) == 130
    assert capsys.readouterr().err == "ipmetrics: interrupted\n"


# ------------------------------------------------------------------------------ reports
@pytest.mark.parametrize("format_", FORMATS)
def test_the_report_is_written_in_the_format_asked_for(
    judge: Judge, file: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    judge.answer = by_hand.dossier
    main(["check", file, "--format", format_])
    assert capsys.readouterr() == (write_report(by_hand.dossier(), format_) + "\n", "")
    main(["check", file, "-f", format_, "-o", "report"])
    assert capsys.readouterr() == ("", "")
    assert Path("report").read_text(encoding="utf-8") == write_report(by_hand.dossier(), format_) + "\n"


def test_details_and_colours_are_shown_when_asked(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", file, "--details", "--colour", "always"])
    printed = capsys.readouterr().out
    assert "True values that satisfy every claim" in printed
    assert "\x1b[32mconsistent" in printed
    main(["check", file, "--color", "always", "--no-color"])
    assert "\x1b" not in capsys.readouterr().out


def test_quiet_still_writes_a_file(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", file, "-q", "-o", "report.txt"])
    assert capsys.readouterr() == ("", "")
    assert Path("report.txt").read_text(encoding="utf-8").startswith("2 of 3 claims were checked")


def test_output_that_cannot_be_written_is_one_line(judge: Judge, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file, "-o", "no/such/folder.txt"]) == Exit.UNUSABLE
    assert capsys.readouterr() == (
        "",
        f"ipmetrics: no/such/folder.txt: cannot write: {os.strerror(errno.ENOENT)}\n",
    )


# ------------------------------------------------------------------------------ input
def test_several_files_are_one_dossier_and_their_claims_are_told_apart(judge: Judge, file: str) -> None:
    Path("more.csv").write_text(TABLE, encoding="utf-8")
    Path("sub").mkdir()
    Path("sub/three.toml").write_text(THREE, encoding="utf-8")
    main(["check", file, "more.csv", file])
    assert [claim.id for claim in judge.claims] == ["three:haidian", "three:ratio", "more:1"]
    main(["check", file, "sub/three.toml"])
    assert [claim.id for claim in judge.claims][1:3] == ["three.toml:ratio", "sub/three.toml:haidian"]


def test_one_file_keeps_its_names(judge: Judge, file: str) -> None:
    main(["check", file])
    assert [claim.id for claim in judge.claims] == ["haidian", "ratio"]
    assert judge.conventions is None


@pytest.mark.parametrize("text", [THREE, TABLE, f"# a remark\n\n{THREE}", "\ufeff" + THREE])
def test_a_dash_is_standard_input(judge: Judge, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8"))))
    assert main(["check", "-"]) == 0
    assert judge.claims


def test_standard_input_is_utf_8(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("海淀".encode("gb18030"))))
    assert main(["check", "-"]) == Exit.UNUSABLE
    assert capsys.readouterr().err == "ipmetrics: -: byte 1: a claim file is UTF-8; convert it first\n"


def test_a_rounding_rule_may_be_given(judge: Judge, file: str) -> None:
    main(["check", file, "--rounding", "truncated"])
    assert judge.conventions == Conventions(rounding=Rounding.TRUNCATED)
    Path("stated.toml").write_text(THREE + "[conventions]\nround_numbers = false\n", encoding="utf-8")
    main(["check", "stated.toml", file, "--rounding", "floor"])
    assert judge.conventions == Conventions(rounding=Rounding.FLOOR, round_numbers=False)


def test_files_of_different_conventions_are_not_mixed(
    judge: Judge, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, rule in (("a.toml", "truncated"), ("b.toml", "floor")):
        Path(name).write_text(f'{THREE}[conventions]\nrounding = "{rule}"\n', encoding="utf-8")
    assert main(["check", "a.toml", file, "b.toml"]) == Exit.UNUSABLE
    assert "a.toml and b.toml state different conventions" in capsys.readouterr().err


def test_every_fault_of_every_file_is_told_at_once(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.toml").write_text(THREE.replace('"332.8"', "332.8").replace('"3.54"', '"3,5,4"'), encoding="utf-8")
    Path("article.md").write_bytes(b"%PDF-1.7")
    Path("odd.xlsx").write_text("", encoding="utf-8")
    Path("folder.toml").mkdir()
    names = ["gone.toml", "bad.toml", file, "article.md", "odd.xlsx", "folder.toml"]
    assert main(["check", *names]) == Exit.UNUSABLE
    printed = capsys.readouterr()
    lines = printed.err.splitlines()
    assert printed.out == ""
    assert all(line.startswith("ipmetrics: ") for line in lines)
    assert [line.split(": ")[1] for line in lines] == [
        "gone.toml",
        "bad.toml",
        "bad.toml",
        "article.md",
        "odd.xlsx",
        "folder.toml",
    ]
    assert lines[3] == (
        "ipmetrics: article.md: an article is given as text: got a PDF file; save it as text (UTF-8) and pass that"
    )


def test_names_of_files_cannot_write_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "\x1b[31m\n.toml"]) == Exit.UNUSABLE
    printed = capsys.readouterr().err
    assert printed.count("\n") == 1
    assert "\x1b" not in printed


# ------------------------------------------------------------------------------ arguments
def test_the_rules_and_formats_on_offer_are_those_there_are() -> None:
    assert tuple(Rounding) == cli.ROUNDINGS
    assert FORMATS == cli.FORMATS


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["explain", "--help"]])
def test_help_has_examples_and_the_exit_status(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "examples:\n  ipmetrics " in printed
    assert "  3  undetermined, with --strict\n" in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    import ipmetrics

    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"ipmetrics {ipmetrics.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["chekc", "x"],
        ["check", "x.toml", "--rounding", "up"],
        ["check", "x.toml", "--trust", "a"],
        ["explain"],
        ["explain", "x.toml", "a", "b"],
        ["explain", "x.toml", "--limit", "0"],
        ["explain", "x.toml", "--limit", "many"],
        *(
            ["explain", "x.toml", "--weight", text]
            for text in ("a", "a=", "=2", "a=0", "a=-1", "a=1/0", "a=1e9", "a=nan")
        ),
    ],
)
def test_arguments_that_make_no_sense_are_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == Exit.UNUSABLE
    assert "usage: ipmetrics" in capsys.readouterr().err


def test_help_loads_nothing_of_what_it_describes() -> None:
    program = "import sys, ipmetrics.cli.arguments as c; c.build_parser(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    rooms = {name for name in done.stdout.split() if name.startswith("ipmetrics")}
    assert rooms == {
        "ipmetrics",
        "ipmetrics.cli",
        *(f"ipmetrics.cli.{room}" for room in ("arguments", "endings", "streams")),
    }


# ------------------------------------------------------------------------------ terminals and pipes
@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_standard_output_will_do(file: str, encoding: str, format_: str) -> None:
    done = run("check", file, "-f", format_, report="dossier", environment={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode(encoding)
    if format_ == "json":
        assert json.loads(text)["claims"][-1]["id"] == "北京"
    elif format_ == "text":
        assert ("海淀区" if encoding == "utf-8" else "\\u6d77\\u6dc0\\u533a") in text
    else:
        assert ("海淀区" if encoding == "utf-8" else "&#28023;&#28096;&#21306;") in text


def test_a_reader_that_has_gone_is_no_fault(file: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run("check", file, report="inconsistent", stdout=writer, stderr=subprocess.PIPE)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(file: str) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = run("check", file, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == Exit.UNUSABLE
    assert done.stderr.decode() == f"ipmetrics: standard output: cannot write: {os.strerror(errno.ENOSPC)}\n"


def test_an_interrupt_from_outside_ends_at_once(file: str) -> None:
    done = run(
        "check", file, before="import os, signal; os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(9)"
    )
    assert (done.returncode, done.stdout) == (130, b"")
    assert done.stderr == b"ipmetrics: interrupted\n"


def on_terminal(*arguments: str, environment: dict[str, str], before: str = "pass") -> str:
    """What a person sees who runs the command line in a terminal of 70 columns."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    try:
        settings = {"COLUMNS": "70", "TERM": "xterm", "NO_COLOR": "", **environment}
        run(*arguments, report="inconsistent", before=before, environment=settings, stdout=slave, stderr=slave)
        os.close(slave)
        seen = b""
        try:
            while chunk := os.read(master, 65536):
                seen += chunk
        except OSError:  # the end of a pseudo-terminal
            pass
        return seen.decode()
    finally:
        os.close(master)


def test_a_terminal_gets_colours_in_its_own_width(file: str) -> None:
    seen = on_terminal("check", file, environment={})
    assert "\x1b[1;31minconsistent:\x1b[0m" in seen
    assert "conflict" not in on_terminal("check", file, environment={"COLUMNS": "120"}).splitlines()[0]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_that_wants_no_colours_gets_none(file: str, environment: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal("check", file, environment=environment)


def test_a_long_wait_shows_a_bar_that_goes_away(file: str) -> None:
    waiting = "[(__import__('time').sleep(0.2), progress(done, 3)) for done in (1, 2, 3)]"
    seen = on_terminal("check", file, environment={}, before=waiting)
    assert "checking [#############.......] 2/3" in seen
    assert seen.index("\r\x1b[K", seen.rindex("checking")) < seen.index("inconsistent")
    assert "checking" not in on_terminal("check", file, "-q", environment={}, before="assert progress is None")


def test_a_bar_says_nothing_before_there_is_a_wait() -> None:
    stream = io.StringIO()
    bar = Progress(stream)
    bar(1, 2)
    bar.clear()
    assert stream.getvalue() == ""
    bar._next = time.monotonic()
    bar(1, 0)
    assert stream.getvalue() == ""


# ------------------------------------------------------------------------------ end to end
@pytest.mark.parametrize(("text", "status"), [(THREE, 0), (CLASHING, 1)])
def test_a_claim_file_is_judged(file: str, text: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    Path("claims.toml").write_text(text, encoding="utf-8")
    assert main(["check", "claims.toml"]) == status
    printed = capsys.readouterr()
    assert printed.err == ""
    if status:
        expected = """\
            inconsistent: these 3 claims cannot all hold
              high-value invention patents per 10,000 people (patent per 10,000 person)
              Haidian 2021        332.8   [332.75, 332.85]
              Beijing 2021         96.2   [96.15, 96.25]
              Haidian ÷ Beijing    3.54   [3.535, 3.545]     the others imply [3.45714…, 3.46178…]
            """
        assert textwrap.dedent(expected) in printed.out


@pytest.mark.skipif(not (ROOT / "src/ipmetrics/datasets").exists(), reason="waits for ipmetrics.datasets")
def test_without_arguments_the_shipped_claims_are_judged() -> None:
    done = subprocess.run([sys.executable, "-m", "ipmetrics"], capture_output=True, check=False)
    assert done.returncode in {Exit.CONSISTENT, Exit.INCONSISTENT}
    assert b"claims were checked" in done.stdout
