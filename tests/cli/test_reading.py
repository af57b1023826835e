"""The command `read`, and articles given to `check` and `explain`: what is written and how it ends."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ipmetrics as ipm
from ipmetrics.claimfile import parse_claims
from ipmetrics.cli import Exit, main

if TYPE_CHECKING:
    from collections.abc import Sequence

RIGHT = "In 2021, Haidian granted 40,455 invention patents, up 19.6% from 33,825 in 2020.\n"
WRONG = "In 2021, Haidian granted 40,455 invention patents, up 15.2% from 33,825 in 2020.\n"
UNSURE = "In 2021, Haidian concluded 40,455 cases.\n\nIn 2021, Haidian concluded 44,055 cases.\n"
CLAIMS = """\
[indicators]
granted = { catalogue = "invention-grants" }
[regions]
haidian = { catalogue = "CN-110108" }
[[claims]]
level = "granted.haidian.2021"
figure = "44,055"
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in {"right.txt": RIGHT, "wrong.md": WRONG, "unsure.html": UNSURE, "claims.toml": CLAIMS}.items():
        Path(name).write_text(text, encoding="utf-8")


class Command:
    """The command line with its output."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.out = self.err = ""

    def __call__(self, *arguments: str, given: str | bytes = "") -> int:
        held = given.encode("utf-8") if isinstance(given, str) else given
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(held)))
        status = main(arguments)
        self.out, self.err = self._capsys.readouterr()
        return status

    def data(self, *arguments: str, given: str | bytes = "") -> dict[str, Any]:
        self(*arguments, "-f", "json", given=given)
        data: dict[str, Any] = json.loads(self.out)
        return data


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)


# ------------------------------------------------------------------------------ read
def test_the_claim_file_reads_back_to_the_sure_claims(command: Command) -> None:
    assert command("read", "right.txt", "--date", "2022-04-30") == Exit.CONSISTENT
    assert f"# ---- sentence 1: {RIGHT.strip()}" in command.out
    article = ipm.find_claims(RIGHT, date="2022-04-30", title="right.txt")
    assert parse_claims(command.out).claims == article.sure


def test_unsure_claims_are_remarks_that_can_be_let_in(command: Command) -> None:
    command("read", "right.txt", "-o", "right.toml")
    text = Path("right.toml").read_text(encoding="utf-8")
    assert command.out == ""
    assert len(parse_claims(text)) == 3
    command("read", "unsure.html")
    assert command("check", "-", given=command.out) == Exit.CONSISTENT


def test_a_file_without_claims_says_so(command: Command) -> None:
    assert command("read", "-", given="Nothing is counted here.") == Exit.CONSISTENT
    assert command.err == "ipmetrics: warning: no claim was found\n"
    assert parse_claims(command.out).claims == ()


def test_the_json_has_every_statement_with_spans_of_the_given_text(command: Command) -> None:
    data = command.data("read", "-", "--date", "2022-04-30", "--language", "en", given=RIGHT)
    assert (data["date"], data["language"]) == ("2022-04-30", "en")
    assert [claim["value"] for claim in data["claims"]] == ["40455", "19.6", "33825"]
    assert all(RIGHT[slice(*claim["span"])] == claim["quote"] for claim in data["claims"])


def test_an_encoding_that_lacks_letters_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    held = "2021年，海淀区发明专利授权量40455件。"
    for form in ("toml", "json"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(held.encode("utf-8"))))
        out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["read", "-", "--format", form]) == Exit.CONSISTENT
        text = out.buffer.getvalue().decode("ascii")
        assert "\\u6d77\\u6dc0" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read", "gone.txt"], "gone.txt: No such file"),
        (["read", "."], ".: "),
        (["read", "-"], "-: an article is given as text: got a PDF file"),
        (["check", "gone.txt"], "gone.txt: No such file"),
    ],
)
def test_what_cannot_be_read_is_unusable(command: Command, arguments: Sequence[str], message: str) -> None:
    assert command(*arguments, given=b"%PDF-1.7") == Exit.UNUSABLE
    assert command.err.startswith(f"ipmetrics: {message}")


def test_a_day_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["read", "right.txt", "--date", "2022-13-30"])
    assert ended.value.code == Exit.UNUSABLE
    assert "write a day such as 2022-04-30" in capsys.readouterr().err


# ------------------------------------------------------------------------------ check
def test_a_contradiction_is_quoted_and_ends_in_1(command: Command) -> None:
    assert command("check", "right.txt") == Exit.CONSISTENT
    for form in ("text", "markdown", "html", "json"):
        assert command("check", "wrong.md", "-f", form) == Exit.INCONSISTENT
        assert WRONG.strip() in " ".join(command.out.split())


def test_the_json_tells_where_each_claim_stands(command: Command) -> None:
    data = command.data("check", "wrong.md")
    assert (data["verdict"], data["unread"], data["if_read_so"]) == ("inconsistent", [], [])
    assert all(WRONG[slice(*claim["span"])] == claim["quote"] for claim in data["claims"])
    assert data["conflicts"][0]["claims"] == ["s1-1", "s1-2", "s1-3"]
    assert data["repairs"]


def test_an_unsure_reading_is_told_apart_and_ends_in_0(command: Command) -> None:
    data = command.data("check", "unsure.html", "--strict")
    assert data["verdict"] == "consistent"
    assert [conflict["claims"] for conflict in data["if_read_so"]] == [["s1-1", "s2-1"]]
    assert command("check", "unsure.html", "--strict") == Exit.CONSISTENT
    assert "if read so: 1 contradiction that needs an unsure reading" in " ".join(command.out.split())


def test_an_article_and_a_claim_file_are_one_dossier(command: Command) -> None:
    data = command.data("check", "right.txt", "claims.toml")
    assert data["verdict"] == "inconsistent"
    assert data["conflicts"][0]["claims"] == ["right:s1-1", "claims:1"]


def test_articles_keep_their_sentences_and_their_names_apart(command: Command) -> None:
    Path("b.txt").write_text("In 2021, Haidian concluded 44,055 cases.", encoding="utf-8")
    data = command.data("check", "unsure.html", "b.txt")
    assert data["verdict"] == "consistent"
    assert all("b:" in claim["id"] or "unsure:" in claim["id"] for claim in data["claims"])
    Path("own.toml").write_text(
        """\
        indicators.chips = { label = "chip patents", unit = "patent", measure = "stock" }
        regions.acme = { label = "Haidian", code = "CN-110108" }
        claims = [{ level = "chips.acme.2021", figure = "5" }]
        """,
        encoding="utf-8",
    )
    Path("c.txt").write_text("In 2021, Haidian held 6 chip patents.", encoding="utf-8")
    assert command("check", "own.toml", "c.txt") == Exit.CONSISTENT


def test_an_article_without_claims_is_consistent_with_a_warning(command: Command) -> None:
    data = command.data("check", "-", given="Nothing is counted here.")
    assert (data["verdict"], data["claims"]) == ("consistent", [])
    assert command.err == "ipmetrics: warning: there is no claim to check\n"


@pytest.mark.parametrize(
    "given", ["claims = [", "[[claims]]\nlevel", "[indicators\n[x]", "kind,figure\nlevel,5", "figure = 5", ""]
)
def test_a_broken_claim_file_on_standard_input_is_told_as_one(command: Command, given: str) -> None:
    assert command("check", "-", given=given) == Exit.UNUSABLE
    assert "article" not in command.err


def test_what_is_said_of_standard_input_makes_it_an_article(command: Command) -> None:
    assert command("check", "-", "--language", "en", given=f"[1] {WRONG}") == Exit.INCONSISTENT
    assert command("check", "-", given=f"[1] {WRONG}") == Exit.INCONSISTENT
    assert command("check", "-", "--date", "2022-04-30", given="2021年".encode("utf-16")) == Exit.CONSISTENT


def test_a_claim_file_on_standard_input_stays_one(command: Command) -> None:
    assert command.data("check", "-", "--date", "2022-04-30", given=CLAIMS)["claims"][0]["id"] == "claim-1"


def test_explain_takes_an_article(command: Command) -> None:
    assert command("explain", "wrong.md") == Exit.INCONSISTENT
    assert "s1-2" in command.out
    assert command("explain", "unsure.html") == Exit.CONSISTENT


def test_help_and_mistakes_load_no_reader() -> None:
    program = "import sys; from ipmetrics.cli.arguments import parsed; parsed(['read', 'x']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "ipmetrics.prose" not in done.stdout
