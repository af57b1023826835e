"""What people see: reports and explanations as they are printed, compared letter by letter with files beside this one.

After a change that is meant, write them anew and read the difference:
IPMETRICS_SNAPSHOTS=write python -m pytest tests/snapshots
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ipmetrics.reports import write_report
from tests import by_hand
from tests.findings import explained

HERE = Path(__file__).parent
ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}


def assert_printed(name: str, text: str) -> None:
    path = HERE / name
    if os.environ.get("IPMETRICS_SNAPSHOTS") == "write":
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text + "\n"


@pytest.mark.parametrize("format_", ENDINGS)
@pytest.mark.parametrize("name", by_hand.REPORTS)
def test_a_report_is_printed_as_before(name: str, format_: str) -> None:
    assert_printed(f"{name}.{ENDINGS[format_]}", write_report(by_hand.REPORTS[name](), format_))


@pytest.mark.parametrize("format_", ENDINGS)
@pytest.mark.parametrize("name", explained.EXPLANATIONS)
def test_an_explanation_is_printed_as_before(name: str, format_: str) -> None:
    assert_printed(f"{name}.{ENDINGS[format_]}", write_report(explained.EXPLANATIONS[name](), format_))


def test_proofs_and_true_values_are_shown_when_asked() -> None:
    for name in ("consistent", "dossier"):
        assert_printed(f"{name}.unfolded.txt", write_report(by_hand.REPORTS[name](), unfold=True))


def test_a_narrow_terminal_is_enough() -> None:
    assert_printed("dossier.narrow.txt", write_report(by_hand.dossier(), width=60))
    assert_printed("explained-dossier.narrow.txt", write_report(explained.dossier(), width=40))


def test_a_conflict_and_a_derived_interval_speak_for_themselves() -> None:
    conflicts = (by_hand.of_three(), by_hand.between_editions())
    answers = (by_hand.derived(), by_hand.derived(exact=False))
    assert_printed("answers.txt", "\n\n".join(map(str, (*conflicts, *answers))))


def test_a_repair_speaks_for_itself() -> None:
    part = explained.sum_part()
    repairs = (*part.rereadings, part.changes[0], explained.chain_part().changes[0])
    assert_printed("repairs.txt", "\n\n".join(map(str, repairs)))
