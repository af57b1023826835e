#!/usr/bin/env -S uv run --script
# /// script
# dependencies = ["nox[uv]>=2025.10.14"]
# ///
"""What needs more than one environment; everything else is a job of run.py."""

from __future__ import annotations

import nox

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"

PROJECT = nox.project.load_toml("pyproject.toml")
TEST = nox.project.dependency_groups(PROJECT, "test")
PYTHONS = nox.project.python_versions(PROJECT)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on every Python that the classifiers name."""
    session.install("-c", "constraints.txt", "-e.", *TEST)
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0], venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the tests on the lowest versions of the dependencies that pyproject.toml allows."""
    session.install("--resolution=lowest-direct", "-e.")
    session.install(*TEST)
    session.run("pytest", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Install the built wheel alone, and let it judge the claim sets that ship with it."""
    folder = session.create_tmp()
    session.install("build")
    session.run("python", "-m", "build", "--outdir", folder, silent=True)
    session.install("--find-links", folder, "--no-index", "--no-deps", "ipmetrics")
    session.install("-c", "constraints.txt", *PROJECT["project"]["dependencies"])
    with session.chdir(folder):
        session.run("ipmetrics")


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which lines and branches the tests reach."""
    session.install("-c", "constraints.txt", "-e.", *TEST)
    session.run("coverage", "run", "-m", "pytest", *session.posargs)
    session.run("coverage", "report")


@nox.session
def review(session: nox.Session) -> None:
    """Ask outside judges about the project's set-up; none of them needs a network."""
    session.install("-c", "constraints.txt", "repo-review[cli]", "sp-repo-review", "validate-pyproject")
    session.install("zizmor", "check-jsonschema")
    session.run("repo-review", ".")
    session.run("zizmor", "--offline", ".github")
    session.run("check-jsonschema", "--builtin-schema", "vendor.citation-file-format", "CITATION.cff")


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Pin anew whatever run.py may install, for every Python and system at once."""
    session.install("uv")
    everything = ["--all-extras", *(f"--group={name}" for name in PROJECT["dependency-groups"])]
    session.run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--upgrade", "--python-version=3.11"),
        *("--no-annotate", "--custom-compile-command=nox -s constraints", *everything),
        *("--output-file=constraints.txt", "pyproject.toml"),
    )


if __name__ == "__main__":
    nox.main()
