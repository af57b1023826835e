"""What holds for the house as a whole; `lint-imports` guards the layers."""

from __future__ import annotations

import importlib.metadata
import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ipmetrics
import run

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "ipmetrics"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LONGEST_ROOM = 420

# Loading these takes a tenth of a second or more; they wait until a question needs them.
HEAVY = {"hypothesis", "matplotlib", "narwhals", "numpy", "pandas", "pint", "scipy", "z3"}


def project_files() -> list[Path]:
    """Every file that is, or could be, committed; an unpacked release has no other files."""
    if (ROOT / ".git").exists():
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        files = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    else:
        kept = (".venv", "__pycache__", ".hypothesis", ".mypy_cache", ".ruff_cache", "_build")
        files = [path for path in ROOT.rglob("*") if not any(part in path.parts for part in kept)]
    return [path for path in files if path.is_file()]


def loaded_by(program: str) -> set[str]:
    """Names of the top-level modules that a program has loaded when it ends, in a fresh interpreter."""
    ending = "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program + ending], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


# ------------------------------------------------------------------------------ rooms
def test_no_room_is_longer_than_it_should_be() -> None:
    rooms = sorted(PACKAGE.rglob("*.py"))
    assert rooms
    lines = {str(room.relative_to(PACKAGE)): len(room.read_text("utf-8").splitlines()) for room in rooms}
    assert {room: length for room, length in lines.items() if length > LONGEST_ROOM} == {}


def test_every_room_opens_with_what_it_knows() -> None:
    openings = {str(room.relative_to(PACKAGE)): room.read_text("utf-8") for room in PACKAGE.rglob("*.py")}
    assert [room for room, text in openings.items() if text.strip() and not text.startswith('"""')] == []


# ------------------------------------------------------------------------------ light import
def test_importing_the_package_loads_the_standard_library_and_attrs_alone() -> None:
    extra = loaded_by("import ipmetrics") - loaded_by("pass") - sys.stdlib_module_names
    assert extra <= {"attr", "attrs", "ipmetrics"}


def test_fetching_every_public_name_loads_nothing_heavy() -> None:
    names = sorted({*ipmetrics.__all__} - {"testing"})
    loaded = loaded_by(f"import ipmetrics; [getattr(ipmetrics, name) for name in {names}]")
    assert loaded & HEAVY == set()


# ------------------------------------------------------------------------------ public names
@pytest.mark.parametrize("name", ipmetrics.__all__)
def test_a_public_name_can_be_fetched_and_shows_how_it_is_used(name: str) -> None:
    value = getattr(ipmetrics, name)
    if inspect.isclass(value) or inspect.isroutine(value):
        text = inspect.cleandoc(value.__doc__ or "")
        assert re.search(r"^Examples\n-{8}\n(.*\n)*?>>> ", text, re.MULTILINE), f"{name} has no Examples"
    else:
        assert value.__doc__


def test_the_public_names_are_listed_for_whoever_asks() -> None:
    assert {*ipmetrics.__all__} <= {*dir(ipmetrics)}
    assert len({*ipmetrics.__all__}) == len(ipmetrics.__all__)
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(ipmetrics, "no_such_name")  # noqa: B009 - the lookup is what is tested


# ------------------------------------------------------------------------------ what is promised
def test_one_version_is_named_everywhere() -> None:
    version = PROJECT["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert importlib.metadata.version("ipmetrics") == ipmetrics.__version__ == version
    assert re.findall(r"^version: (.+)$", citation, re.MULTILINE) == [version]


def test_every_extra_that_is_advised_exists() -> None:
    known = {*PROJECT["project"]["optional-dependencies"]}
    assert {*importlib.metadata.metadata("ipmetrics").get_all("Provides-Extra", [])} == known
    advised = {
        extra.strip()
        for path in project_files()
        if path.suffix in {".py", ".md", ".ipynb"} and ROOT / "tests" not in path.parents
        for group in re.findall(r"\bipmetrics\[([a-z, ]+)\]", path.read_text(encoding="utf-8"))
        for extra in group.split(",")
    }
    assert advised <= known


def test_every_job_of_run_py_that_is_advised_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in project_files() if path.suffix in {".md", ".yml"}]
    advised = {job for text in texts for job in re.findall(r"\bpython3? run\.py ([a-z]+)", text)}
    assert "test" in advised
    assert advised <= {*run.JOBS, "check", "read", "table", "explain"}


def test_the_command_line_is_installed() -> None:
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="ipmetrics")
    assert callable(script.load())


def test_the_types_are_published_with_the_package() -> None:
    assert (PACKAGE / "py.typed").is_file()


# ------------------------------------------------------------------------------ what is committed
def test_no_file_names_a_place_on_somebodys_machine() -> None:
    place = re.compile(rb"(?<![\w.])/(?:work|root|home|Users)/")
    files = project_files()
    assert ROOT / "pyproject.toml" in files
    assert [str(path.relative_to(ROOT)) for path in files if place.search(path.read_bytes())] == []


def test_every_line_that_a_check_must_overlook_says_why() -> None:
    bare = re.compile(r"# noqa(?:: [A-Z0-9, ]+)?$|# type: ignore(?:\[[a-z, -]+\])?$", re.MULTILINE)
    rooms = [*PACKAGE.rglob("*.py"), ROOT / "run.py", ROOT / "noxfile.py"]
    assert [str(path.relative_to(ROOT)) for path in rooms if bare.search(path.read_text("utf-8"))] == []
