"""Set ipmetrics up in this checkout and run it: nothing is needed but Python 3.11 or newer.

    python3 run.py                     judge the claim sets that ship with the package
    python3 run.py check FILE ...      any other command line of ipmetrics
    python3 run.py test [PYTEST ...]   lint, types, layers, then every test
    python3 run.py laws [PYTEST ...]   the property tests, on many more examples
    python3 run.py bench | mutants | docs

The first run makes `.venv` and installs the pinned packages into it; later runs need no network.
This file keeps to the standard library, and to syntax that an old Python can read far enough to say so.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("ipmetrics needs Python 3.11 or newer; this is Python %d.%d" % sys.version_info[:2])

import hashlib
import json
import os
import platform
import subprocess
import time
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

NO_PIP = """ipmetrics: this Python has no pip (22.3 or newer) to set up with. On Debian or Ubuntu: \
apt install python3-pip; elsewhere: python3 -m ensurepip. Then run this again."""

# A step is what the environment's Python is told; a job is a dependency group and its steps.
Steps = dict[str, tuple[str, ...]]
LINT_IMPORTS = "import importlinter.cli as tool; tool.lint_imports_command()"
CHECKS: Steps = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", LINT_IMPORTS),
    "pytest": ("-m", "pytest", "--numprocesses=auto", "--dist=worksteal"),
}
JOBS: dict[str, tuple[str, Steps]] = {
    "test": ("test", CHECKS),
    "laws": ("test", {"pytest": ("-m", "pytest", "--hypothesis-profile=deep", "tests/laws")}),
    "bench": ("bench", {"pytest": ("-m", "pytest", "benchmarks")}),
    "mutants": ("dev", {"mutmut": ("-m", "mutmut", "run")}),
    "docs": ("docs", {"sphinx": ("-m", "sphinx", "-W", "--keep-going", "docs", "docs/_build/html")}),
}


def group(name: str, groups: dict[str, list[Any]]) -> list[str]:
    """Say what a dependency group asks for, the groups that it includes among it."""
    found: list[str] = []
    for entry in groups[name]:
        found += [entry] if isinstance(entry, str) else group(entry["include-group"], groups)
    return found


def stamp(project: dict[str, Any], constraints: str, *place: str) -> str:
    """Fingerprint whatever decides what is installed, and leave out how the linters are set."""
    deciding = {table: project.get(table) for table in ("build-system", "project", "dependency-groups")}
    text = json.dumps([deciding, constraints, place], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def made_by(version: str, config: Path) -> bool:
    """Tell whether the environment that this pyvenv.cfg describes belongs to this version of Python."""
    return config.is_file() and f"version = {version}" in config.read_text(encoding="utf-8").splitlines()


def quietly(*command: str) -> bool:
    """Run a command for its success alone."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    """Make an empty environment; some distributions ship Python without the pip that goes into it."""
    make = (sys.executable, "-m", "venv", "--clear", str(VENV))
    if not (quietly(*make) or quietly(*make, "--without-pip")):
        sys.exit(NO_PIP)


def pip() -> tuple[str, ...]:
    """Choose the environment's own pip, else the one beside this Python, pointed at the environment."""
    for command in ((str(PYTHON), "-m", "pip"), (sys.executable, "-m", "pip", "--python", str(PYTHON))):
        if quietly(*command, "--version"):
            return command
    sys.exit(NO_PIP)


def set_up(name: str | None) -> None:
    """Install the package, and one dependency group with it, unless that was done before."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    constraints = ROOT / "constraints.txt"
    version = platform.python_version()
    wanted = stamp(project, constraints.read_text(encoding="utf-8"), version, str(ROOT))
    stamps = [VENV / f"ipmetrics-{done}.stamp" for done in ("runtime", name) if done]
    if PYTHON.exists() and stamps[-1].is_file() and stamps[-1].read_text() == wanted:
        return
    print("ipmetrics: setting up .venv; the first time this takes about a minute", file=sys.stderr)
    # Without a stamp nothing was ever finished here, so it is begun again.
    if not (any(VENV.glob("*.stamp")) and PYTHON.exists() and made_by(version, VENV / "pyvenv.cfg")):
        make_venv()
    asked = group(name, project["dependency-groups"]) if name else []
    # Half the cost of an installation is compiling what will never be imported: --no-compile.
    install = ("install", "-qq", "--no-compile", "-c", str(constraints), "-e", str(ROOT), *asked)
    done = subprocess.run([*pip(), *install], check=False)
    if done.returncode:
        print("ipmetrics: pip could not install; only the first run needs the network", file=sys.stderr)
        sys.exit(done.returncode)
    for mark in stamps:
        mark.write_text(wanted)


def run(name: str, steps: Steps, extra: list[str]) -> int:
    """Run the steps of a job until one fails: a line for each, and the last one speaks for itself."""
    *checks, last = steps
    for label in checks:
        begun = time.monotonic()
        done = subprocess.run(
            [PYTHON, *steps[label]], cwd=ROOT, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        state = "FAILED" if done.returncode else "ok"
        print(f"{name}: {label:<13}{state:<7}{time.monotonic() - begun:5.1f} s", flush=True)
        if done.returncode:
            print(done.stdout.decode(errors="replace"), flush=True)
            return done.returncode
    return subprocess.run([PYTHON, *steps[last], *extra], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Do the job that the first argument names; anything else is a command line of ipmetrics."""
    if arguments and arguments[0] in JOBS:
        needed, steps = JOBS[arguments[0]]
        set_up(needed)
        return run(arguments[0], steps, arguments[1:])
    set_up(None)
    # In the caller's folder, so that the files named there are found; -P keeps its modules out.
    return subprocess.run([PYTHON, "-P", "-m", "ipmetrics", *arguments], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
