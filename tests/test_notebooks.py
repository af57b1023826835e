"""Every notebook runs as it is stored: from top to bottom, without a warning, and kept without its output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def read(path: Path) -> Any:  # noqa: ANN401 - a notebook is a tree of JSON
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)


def test_a_notebook_is_stored_as_the_next_reader_needs_it(path: Path) -> None:
    book = read(path)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert code, "a notebook shows something"
    assert [cell.source for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert book.metadata.kernelspec.name == "python3"
    assert book.cells[0].cell_type == "markdown"
    assert book.cells[0].source.startswith("# ")


def test_a_notebook_runs_and_nothing_is_left_to_say(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # no start-up files and no history of whoever runs this
    book = read(path)
    client = NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    printed = [output for cell in book.cells for output in cell.get("outputs", [])]
    assert printed, "a notebook shows something"
    assert [output.text for output in printed if output.get("name") == "stderr"] == []
