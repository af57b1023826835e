"""Example files and the blocks of the reference page: they are read, and they are what their names say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipmetrics.claimfile import parse_claims, read_claims, write_claims

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path for ending in ("toml", "csv") for path in (ROOT / "examples").glob(f"*.{ending}"))
PAGE = (ROOT / "docs/reference/claim-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_read_and_written(path: Path) -> None:
    file = read_claims(path)
    assert len(file) >= 3
    assert parse_claims(write_claims(file)).claims == file.claims


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_what_its_name_says(path: Path) -> None:
    checks = pytest.importorskip("ipmetrics.checks")
    file = read_claims(path)
    options = {} if file.conventions is None else {"conventions": file.conventions}
    verdict = checks.check(file, **options).verdict
    assert verdict == ("inconsistent" if path.stem.endswith("contradictory") else "consistent")


def test_the_blocks_of_the_page_are_read() -> None:
    first, *fragments = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert len(parse_claims(first)) == 3
    definitions = first.partition("[[claims]]")[0]
    for fragment in fragments:
        # A fragment stands in the file of the first block: its tables are put behind theirs.
        text = definitions
        claims = ""
        for block in re.split(r"^(?=\[)", fragment, flags=re.MULTILINE):
            header = block.partition("\n")[0]
            if header.startswith("[[claims]]"):
                claims += block
            elif header in {"[indicators]", "[regions]"}:
                text = text.replace(f"{header}\n", block.rstrip() + "\n", 1)
            else:
                text += block
        if "decimal_comma" in fragment:
            claims = ""
        assert parse_claims(text + claims) is not None


@pytest.mark.parametrize("block", re.findall(r"```csv\n(.*?)```", PAGE, flags=re.DOTALL))
def test_the_tables_of_the_page_are_read(block: str) -> None:
    assert len(parse_claims(block, format="csv")) >= 1
