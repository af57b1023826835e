"""The reference says what there is, and no link of the documentation leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ipmetrics
from ipmetrics.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "llms.txt",
    *sorted(path for path in DOCS.rglob("*.md") if not {"_build", "notebooks", "jupyter_execute"} & {*path.parts}),
]
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
COPIED = "docs/notebooks/"  # made from notebooks/ whenever the documentation is built


def links(page: Path) -> list[str]:
    """Targets within the project; code is no prose, and other sites are not asked."""
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [link for link in LINK.findall(prose) if not re.match(r"[a-z]+:|#", link)]


def leads_somewhere(page: Path, link: str) -> bool:
    target = (page.parent / link.partition("#")[0]).resolve()
    inside = target.relative_to(ROOT).as_posix()
    if inside.startswith(COPIED):
        target = ROOT / "notebooks" / inside.removeprefix(COPIED)
    return target.exists()


def test_the_reference_lists_exactly_the_public_names() -> None:
    text = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(ipmetrics.__all__)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


def test_every_page_can_be_reached_from_the_front_page() -> None:
    named = set(re.findall(r"^([a-z-]+/[\w-]+)$", (DOCS / "index.md").read_text(encoding="utf-8"), re.MULTILINE))
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES if DOCS in path.parents}
    unlisted = {page for page in pages - named if not page.startswith("decisions/")}
    assert unlisted == {"index"}
    assert named <= pages


def test_every_decision_is_listed_with_its_title() -> None:
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in sorted((DOCS / "decisions").glob("0*.md")):
        title = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        assert f"[{title}]({path.name})" in index


def test_the_short_guide_names_every_part_of_the_documentation() -> None:
    guide = (ROOT / "llms.txt").read_text(encoding="utf-8")
    named = {*LINK.findall(guide)}
    assert {
        page.relative_to(ROOT).as_posix() for page in PAGES if page.parent.name in {"how-to", "explanation"}
    } <= named


def test_the_readme_shows_what_its_first_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"^\$ python3 run\.py\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert block is not None
    assert main([]) == 0
    printed = iter(capsys.readouterr().out.splitlines())
    assert [line for line in block[1].splitlines() if line.strip() != "…" and line not in printed] == []
