"""The command `explain`: what it shows of a file and of one claim, which names it knows, and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ipmetrics.diagnosis
from ipmetrics.cli import Exit, main
from ipmetrics.errors import ClaimError
from ipmetrics.model.figures import Conventions, Rounding
from ipmetrics.reports import FORMATS, explanation_data, write_report
from tests.findings import explained

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipmetrics.findings import Explanation

SUMS = """\
[indicators]
granted = { label = "patents granted", unit = "patent", whole = true, measure = "flow" }
[regions]
north = {}
south = {}
all = {}
[source]
producer = "Office"
title = "Yearbook"
[[claims]]
id = "north"
level = "granted.north.2021"
figure = "5,312"
[[claims]]
id = "south"
level = "granted.south.2021"
figure = "4,177"
[[claims]]
id = "total"
level = "granted.all.2021"
figure = "9,849"
source = { title = "Press release" }
[[claims]]
id = "sum"
total = "granted.all.2021"
parts = ["granted.north.2021", "granted.south.2021"]
"""
AGAIN = '[[claims]]\nid = "again"\nlevel = "granted.north.2021"\nfigure = "5,312"\n'
ALONE = '[[claims]]\nid = "alone"\nlevel = "granted.all.2022"\nfigure = "10,377"\n'
RIGHT = SUMS.replace("9,849", "9,489")


class Searcher:
    """Stands in for `explain`: remembers what it was asked and answers as told."""

    def __init__(self) -> None:
        self.answer: Callable[[], Explanation] = explained.slip
        self.asked: dict[str, Any] = {}

    def __call__(self, claims: object, conventions: Conventions | None = None, **asked: object) -> Explanation:
        self.asked = {"claims": claims, "conventions": conventions, **asked}
        return self.answer()


@pytest.fixture
def searcher(monkeypatch: pytest.MonkeyPatch) -> Searcher:
    searcher = Searcher()
    monkeypatch.setattr(ipmetrics.diagnosis, "explain", searcher)
    return searcher


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("sums.toml").write_text(SUMS + AGAIN + ALONE, encoding="utf-8")
    return "sums.toml"


# ------------------------------------------------------------------------------ how it ends
@pytest.mark.parametrize(
    ("answer", "options", "status", "remark"),
    [
        (explained.slip, [], Exit.INCONSISTENT, ""),
        (explained.consistent, ["--strict"], Exit.CONSISTENT, ""),
        (explained.undetermined, ["-q"], Exit.CONSISTENT, ""),
        (explained.undetermined, ["--strict"], Exit.UNDETERMINED, "undetermined: whether these can all hold"),
        (explained.undetermined, [], Exit.CONSISTENT, "--strict makes it 3"),
    ],
)
def test_the_exit_status_is_the_verdict(
    searcher: Searcher,
    file: str,
    answer: Callable[[], Explanation],
    options: list[str],
    status: int,
    remark: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    searcher.answer = answer
    assert main(["explain", file, *options]) == status
    printed = capsys.readouterr()
    assert remark in printed.err
    assert bool(printed.err) is bool(remark)
    assert bool(printed.out) is ("-q" not in options)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_explanation_is_written_in_the_format_asked_for(
    searcher: Searcher, file: str, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["explain", file, "--format", format_])
    assert capsys.readouterr() == (write_report(explained.slip(), format_) + "\n", "")
    main(["explain", file, "-f", format_, "-o", "report", "-q"])
    assert capsys.readouterr() == ("", "")
    assert Path("report").read_text(encoding="utf-8") == write_report(explained.slip(), format_) + "\n"


def test_details_are_shown_when_asked(searcher: Searcher, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", file, "--details"])
    assert "Figures are read as" in capsys.readouterr().out


# ------------------------------------------------------------------------------ what is asked
def test_nothing_is_asked_that_was_not_given(searcher: Searcher, file: str) -> None:
    main(["explain", file])
    assert [claim.id for claim in searcher.asked["claims"]] == ["north", "south", "total", "sum", "again", "alone"]
    assert searcher.asked["conventions"] is None
    assert (searcher.asked["trust"], searcher.asked["weights"], "limit" in searcher.asked) == ([], {}, False)


def test_trust_weights_a_limit_and_a_rounding_rule_are_handed_on(searcher: Searcher, file: str) -> None:
    options = ["--trust", "north", "--trust", "Press release", "--limit", "3", "--rounding", "floor"]
    main(["explain", file, *options, "--weight", "south=0.5", "--weight", "total=1/3", "--weight", "sum=7"])
    asked = searcher.asked
    claim, source = asked["trust"]
    assert (claim.id, source.title) == ("north", "Press release")
    assert {name: str(weight) for name, weight in asked["weights"].items()} == {
        "south": "1/2", "total": "1/3", "sum": "7",
    }  # fmt: skip
    assert (asked["limit"], asked["conventions"]) == (3, Conventions(rounding=Rounding.FLOOR))


def test_a_title_stands_for_every_source_of_that_title(searcher: Searcher, file: str) -> None:
    main(["explain", file, "--trust", "Yearbook"])
    assert [source.producer for source in searcher.asked["trust"]] == ["Office"]


def test_a_name_that_is_none_of_the_files_is_one_line_with_those_that_are_near(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["totl", "--trust", "Year book", "--weight", "nrth=2", "--trust", "99"]
    assert main(["explain", file, *names]) == Exit.UNUSABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "ipmetrics: sums.toml: there is no claim 'nrth'; did you mean north?",
        "ipmetrics: sums.toml: there is no claim 'totl'; did you mean total?",
        "ipmetrics: sums.toml: there is no claim or document 'Year book'; did you mean Yearbook?",
        "ipmetrics: sums.toml: there is no claim or document '99'; there is north, south, total, sum, again…",
    ]


def test_a_file_without_claims_is_consistent_with_a_warning(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty.toml").write_text("claims = []\n", encoding="utf-8")
    assert main(["explain", "empty.toml"]) == Exit.CONSISTENT
    assert capsys.readouterr() == (
        "consistent: nothing is claimed\n",
        "ipmetrics: warning: there is no claim to explain\n",
    )
    assert main(["explain", "empty.toml", "total"]) == Exit.UNUSABLE
    assert "there are no claims at all" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_one_line(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "gone.toml"]) == Exit.UNUSABLE
    Path("bad.toml").write_text(SUMS.replace('"9,849"', '"9,8,49"'), encoding="utf-8")
    assert main(["explain", "bad.toml"]) == Exit.UNUSABLE
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.split(": ")[1] for line in printed.err.splitlines()] == ["gone.toml", "bad.toml"]


def test_misuse_that_only_the_search_can_see_is_one_line(
    searcher: Searcher, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer() -> Explanation:
        raise ClaimError("two facts", rule="an indicator is one thing", way_out="give it one unit")

    searcher.answer = answer
    assert main(["explain", file]) == Exit.UNUSABLE
    assert capsys.readouterr().err == ("ipmetrics: an indicator is one thing: got two facts; give it one unit\n")


def test_a_fault_of_our_own_is_never_status_1(
    searcher: Searcher, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer() -> Explanation:
        message = "inner"
        raise ZeroDivisionError(message)

    searcher.answer = answer
    assert main(["explain", file]) == Exit.FAULT
    assert "ZeroDivisionError: inner" in capsys.readouterr().err


# ------------------------------------------------------------------------------ one claim alone
@pytest.mark.parametrize(("claim", "shown"), [("growth", 0), ("money", 0), ("total", 1), ("d5", 2)])
def test_of_a_claim_the_parts_that_touch_it_are_shown(
    searcher: Searcher, file: str, claim: str, shown: int, capsys: pytest.CaptureFixture[str]
) -> None:
    searcher.answer = explained.dossier
    text = Path(file).read_text(encoding="utf-8")
    Path(file).write_text(text + ALONE.replace("alone", claim) * (claim != "total"), encoding="utf-8")
    assert main(["explain", file, claim, "-f", "json"]) == Exit.INCONSISTENT
    data, whole = json.loads(capsys.readouterr().out), explanation_data(explained.dossier())
    assert len(data["parts"]) == 1
    assert data["conflicts"] == [whole["conflicts"][place] for place in whole["parts"][shown]["conflicts"]]
    assert [each["steps"] for each in data["repairs"]] == [
        whole["repairs"][place]["steps"] for place in whole["parts"][shown]["repairs"]
    ]
    assert data["claim"] is None
    assert data["notes"][-1] == "2 other contradictions do not concern it and are left out here"


def test_a_claim_that_only_a_repair_touches_is_touched(
    searcher: Searcher, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    part = explained.growth_part()
    searcher.answer = lambda: explained.explained(
        attrs.evolve(part, rereadings=(explained.sum_part().rereadings[0], *part.rereadings))
    )
    assert main(["explain", file, "total"]) == Exit.INCONSISTENT
    assert "total reads as 9,489" in capsys.readouterr().out


def test_of_a_claim_that_nothing_contradicts_it_is_told_what_the_others_imply(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", file, "alone"]) == Exit.INCONSISTENT
    printed = capsys.readouterr().out
    assert printed.startswith("inconsistent: but alone stands in no contradiction\n")
    assert "unchecked" in printed
    assert "What may have been meant" not in printed
    Path("right.toml").write_text(RIGHT, encoding="utf-8")
    assert main(["explain", "right.toml", "total", "-f", "json"]) == Exit.CONSISTENT
    data = json.loads(capsys.readouterr().out)
    assert (data["claim"]["id"], data["claim"]["verdict"], data["claim"]["implied"]["lower"]) == (
        "total", "entailed", "9489",
    )  # fmt: skip


def test_a_restatement_shares_the_contradictions_of_what_it_restates(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", file, "again"]) == Exit.INCONSISTENT
    printed = capsys.readouterr().out
    assert "repeats north in the same source" in printed
    assert "What may have been meant" in printed


def test_a_claim_that_check_alone_finds_in_a_conflict_has_it_shown(
    searcher: Searcher, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    searcher.answer = lambda: explained.explained(explained.growth_part())
    assert main(["explain", file, "total"]) == Exit.INCONSISTENT
    printed = capsys.readouterr().out
    assert "total: it stands in a conflict that was found." in printed
    assert "the whole and its parts stay 360 apart" in printed


# ------------------------------------------------------------------------------ end to end
def test_a_total_whose_digits_were_exchanged_is_explained(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", file]) == Exit.INCONSISTENT
    printed = " ".join(capsys.readouterr().out.split())
    assert "total reads as 9,489: two digits exchanged 1" in printed
    assert "would need {9489}" in printed


def test_standard_input_and_trust_work_together(
    file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SUMS.encode("utf-8"))))
    assert main(["explain", "-", "-f", "json", "--trust", "total", "--trust", "sum"]) == Exit.INCONSISTENT
    data = json.loads(capsys.readouterr().out)
    blamed = {name for each in data["repairs"] for step in each["steps"] for name in step["claims"]}
    assert blamed
    assert blamed.isdisjoint({"total", "sum"})


def test_trusted_claims_that_contradict_each_other_are_reported_as_such(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    trust = [word for name in ("north", "south", "total", "sum") for word in ("--trust", name)]
    assert main(["explain", file, *trust]) == Exit.INCONSISTENT
    printed = capsys.readouterr().out
    assert "Claims that are trusted contradict each other" in printed
    assert "the whole and its parts stay 360 apart" in printed


def test_the_repairs_of_a_json_report_are_those_of_the_explanation(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", file, "-f", "json"])
    checked = json.loads(capsys.readouterr().out)
    main(["explain", file, "-f", "json"])
    assert checked["repairs"] == json.loads(capsys.readouterr().out)["repairs"] != []


def test_a_report_that_shows_no_repairs_does_not_look_for_any(searcher: Searcher, file: str) -> None:
    Path("right.toml").write_text(RIGHT, encoding="utf-8")
    main(["check", file])
    main(["check", "right.toml", "-f", "json"])
    assert searcher.asked == {}
    main(["check", file, "-f", "json"])
    assert len(searcher.asked["claims"]) == 6


def test_help_is_given_before_anything_is_loaded() -> None:
    program = (
        "import sys\nfrom ipmetrics.cli import main\n"
        "try:\n    main(['explain', '--help'])\nexcept SystemExit:\n    print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "ipmetrics explain report.toml growth" in done.stdout
    assert {"attr", "ipmetrics.findings", "ipmetrics.diagnosis"}.isdisjoint(done.stdout.splitlines()[-1].split())
