"""run.py: what it installs, when it leaves that alone, and what it says to a Python it cannot use."""

from __future__ import annotations

import ast
import platform
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import run

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


class Shell:
    """Stands in for subprocess.run: keeps what it was asked, and fails where told to."""

    def __init__(self, **fails: int) -> None:
        self.asked: list[list[str]] = []
        self.fails = fails

    def __call__(self, command: Sequence[object], **_: object) -> subprocess.CompletedProcess[bytes]:
        words = [str(word) for word in command]
        self.asked.append(words)
        code = next((code for word, code in self.fails.items() if word in words), 0)
        if code == 0 and "venv" in words:
            run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            run.PYTHON.touch()
        return subprocess.CompletedProcess(words, code, stdout=f"{words[-1]} said {code}\n".encode())


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of this checkout that nothing has been installed in."""
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    venv = tmp_path / ".venv"
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "PYTHON", venv / run.PYTHON.relative_to(run.PYTHON.parent.parent))
    return tmp_path


@pytest.fixture
def shell(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Let every program succeed without being started."""
    return use(Shell(), monkeypatch)


def use(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setattr(subprocess, "run", shell)
    return shell


def installs(shell: Shell) -> list[list[str]]:
    return [words for words in shell.asked if "install" in words]


# ------------------------------------------------------------------------------ what is asked for
def test_a_group_brings_the_groups_it_includes() -> None:
    groups: dict[str, list[Any]] = {"a": ["one", {"include-group": "b"}, "three"], "b": ["two"]}
    assert run.group("a", groups) == ["one", "two", "three"]


@pytest.mark.parametrize("job", sorted(run.JOBS))
def test_every_job_names_a_group_and_ends_in_a_step_that_can_take_arguments(job: str) -> None:
    name, steps = run.JOBS[job]
    assert run.group(name, PROJECT["dependency-groups"])
    assert [*steps.values()][-1][0] == "-m"


def test_whatever_may_be_installed_is_pinned() -> None:
    asked = [*PROJECT["project"]["dependencies"]]
    asked += [each for extra in PROJECT["project"]["optional-dependencies"].values() for each in extra]
    for name in PROJECT["dependency-groups"]:
        asked += run.group(name, PROJECT["dependency-groups"])
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {re.split("==", line)[0] for line in pins.splitlines() if not line.startswith("#")}
    names = {re.split(r"[\[<>=!~; ]", each)[0].lower().replace("_", "-") for each in asked}
    assert names <= pinned


def test_the_pins_name_no_index() -> None:
    assert "://" not in (ROOT / "constraints.txt").read_text(encoding="utf-8")


# ------------------------------------------------------------------------------ when it is installed
@pytest.mark.parametrize(
    ("project", "constraints", "place"),
    [
        ({"project": {"dependencies": ["b"]}}, "pins", "3.11.7"),
        ({"project": {"dependencies": ["a"]}}, "other pins", "3.11.7"),
        ({"project": {"dependencies": ["a"]}}, "pins", "3.12.1"),
        ({"project": {"dependencies": ["a"]}, "dependency-groups": {"test": []}}, "pins", "3.11.7"),
    ],
)
def test_a_stamp_tells_apart_whatever_decides_what_is_installed(
    project: dict[str, Any], constraints: str, place: str
) -> None:
    known = run.stamp({"project": {"dependencies": ["a"]}}, "pins", "3.11.7")
    assert run.stamp(project, constraints, place) != known


def test_a_stamp_does_not_mind_how_the_linters_are_set() -> None:
    assert run.stamp({"tool": {"ruff": {"line-length": 1}}}, "pins") == run.stamp({}, "pins")


def test_the_first_run_installs_and_the_second_starts_nothing(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    run.set_up("test")
    assert "about a minute" in capsys.readouterr().err
    (install,) = installs(shell)
    assert {"--no-compile", "-c", "-e", *PROJECT["dependency-groups"]["test"]} <= set(install)
    shell.asked.clear()
    run.set_up("test")
    run.set_up(None)
    assert shell.asked == []
    assert capsys.readouterr() == ("", "")


def test_a_bare_run_installs_the_package_alone_and_a_test_adds_to_it(shell: Shell) -> None:
    run.set_up(None)
    assert installs(shell)[-1][-2:] == ["-e", str(run.ROOT)]
    (run.VENV / "pyvenv.cfg").write_text(f"version = {platform.python_version()}\n")
    shell.asked.clear()
    run.set_up("test")
    assert not [words for words in shell.asked if "venv" in words]
    assert len(installs(shell)) == 1


def test_a_change_of_the_pins_is_installed_and_the_group_is_asked_for_again(shell: Shell, checkout: Path) -> None:
    run.set_up("test")
    (checkout / "constraints.txt").write_text("attrs==25.1\n")
    run.set_up(None)
    assert PROJECT["dependency-groups"]["test"][0] not in installs(shell)[-1]
    run.set_up("test")
    assert PROJECT["dependency-groups"]["test"][0] in installs(shell)[-1]


def test_an_environment_of_another_python_is_made_anew(shell: Shell) -> None:
    run.set_up(None)
    (run.VENV / "pyvenv.cfg").write_text("version = 3.11.0\n")
    (run.VENV / "ipmetrics-runtime.stamp").write_text("of that other Python")
    run.set_up(None)
    assert ["-m", "venv", "--clear"] in [words[1:4] for words in shell.asked[-4:]]


def test_what_was_never_finished_is_begun_again(shell: Shell) -> None:
    run.PYTHON.parent.mkdir(parents=True)
    run.PYTHON.touch()
    (run.VENV / "pyvenv.cfg").write_text(f"version = {platform.python_version()}\n")
    run.set_up(None)
    assert shell.asked[0][1:4] == ["-m", "venv", "--clear"]


# ------------------------------------------------------------------------------ poor circumstances
def test_a_failed_installation_gives_its_exit_code_and_leaves_no_stamp(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(Shell(install=7), monkeypatch)
    with pytest.raises(SystemExit) as stop:
        run.set_up("test")
    assert stop.value.code == 7
    assert capsys.readouterr().err.endswith("needs the network\n")
    assert not list(run.VENV.glob("*.stamp"))


def test_a_python_without_ensurepip_lends_its_own_pip(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Debian(Shell):
        def __call__(self, command: Sequence[object], **options: object) -> subprocess.CompletedProcess[bytes]:
            inner = str(command[0]) == str(run.PYTHON)
            bare = "--without-pip" in [str(word) for word in command]
            self.fails = {"pip": 1} if inner else {} if bare else {"--clear": 1}
            return super().__call__(command, **options)

    shell = use(Debian(), monkeypatch)
    run.set_up(None)
    (install,) = installs(shell)
    assert install[:5] == [sys.executable, "-m", "pip", "--python", str(run.PYTHON)]


@pytest.mark.parametrize("missing", ["venv", "pip"])
def test_without_pip_there_is_one_clear_line(missing: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(Shell(**{missing: 1}), monkeypatch)
    with pytest.raises(SystemExit, match=r"no pip .* apt install python3-pip"):
        run.set_up(None)
    assert "\n" not in run.NO_PIP


def test_an_old_python_can_read_the_file_and_is_told_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is Python 3\.10$"):
        runpy.run_path(str(ROOT / "run.py"))


# ------------------------------------------------------------------------------ what it then runs
def test_the_steps_run_in_order_and_only_the_last_takes_arguments(
    shell: Shell, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.run("test", run.CHECKS, ["-k", "figures"]) == 0
    assert [words[1:] for words in shell.asked[:-1]] == [list(step) for step in [*run.CHECKS.values()][:-1]]
    assert shell.asked[-1][1:] == [*run.CHECKS["pytest"], "-k", "figures"]
    lines = capfd.readouterr().out.splitlines()
    assert [re.sub(r"[\d.]+ s$", "", line).split() for line in lines] == [
        ["test:", *label.split(), "ok"] for label in [*run.CHECKS][:-1]
    ]


def test_the_first_failure_stops_the_job_and_is_shown(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shell = use(Shell(mypy=2), monkeypatch)
    assert run.run("test", run.CHECKS, []) == 2
    assert shell.asked[-1][1:] == ["-m", "mypy"]
    out = capfd.readouterr().out
    assert re.search(r"^test: mypy +FAILED +\d+\.\d s\nmypy said 2$", out, re.MULTILINE)


@pytest.mark.parametrize("arguments", [[], ["check", "a.toml", "--strict"], ["--help"]])
def test_anything_that_is_no_job_is_a_command_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, checkout: Path
) -> None:
    shell = use(Shell(ipmetrics=3), monkeypatch)
    assert run.main(arguments) == 3
    assert shell.asked[-1] == [str(run.PYTHON), "-P", "-m", "ipmetrics", *arguments]


def test_a_job_sets_up_its_group_and_passes_on_how_it_ended(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = use(Shell(pytest=5), monkeypatch)
    assert run.main(["laws", "-x"]) == 5
    assert shell.asked[-1][-2:] == ["tests/laws", "-x"]
    assert (run.VENV / "ipmetrics-test.stamp").is_file()
