"""Every example does what its reader will do with it: scripts run, claim files are judged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted((ROOT / "examples").glob("*.py"))
CLAIM_FILES = sorted((ROOT / "examples").glob("*.toml"))

EXIT = {"consistent": 0, "inconsistent": 1}


def start(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder of its own, so that nothing is found by standing beside it."""
    return subprocess.run(
        [sys.executable, "-W", "error", *words],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_runs_and_prints_its_answer(script: Path, tmp_path: Path) -> None:
    done = start(tmp_path, str(script))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


@pytest.mark.parametrize("path", CLAIM_FILES, ids=lambda path: path.name)
def test_a_claim_file_is_read_whole_and_decided(path: Path, tmp_path: Path) -> None:
    done = start(tmp_path, "-m", "ipmetrics", "check", "--format", "json", str(path))
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["claims"]
    assert report["unread"] == []
    assert done.returncode == EXIT[report["verdict"]]


@pytest.mark.parametrize("path", CLAIM_FILES, ids=lambda path: path.name)
def test_a_claim_file_is_explained_in_words(path: Path, tmp_path: Path) -> None:
    done = start(tmp_path, "-m", "ipmetrics", "check", str(path))
    assert done.returncode in EXIT.values()
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
