"""Pictures of findings; matplotlib is asked for only by those who want it."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET

import pytest

from ipmetrics.plots import lines_of, number_line, plot
from tests import by_hand


def test_a_conflict_is_pictured_by_its_comparison() -> None:
    picture = ET.fromstring(number_line(by_hand.of_three()))  # noqa: S314 - our own
    assert "Haidian ÷ Beijing 2021 3.54: stated [3.535, 3.545]" in picture.get("aria-label", "")
    assert len(lines_of(by_hand.of_three())) == 3


def test_a_finding_and_a_derived_interval_are_pictured() -> None:
    assert number_line(by_hand.inconsistent().findings[0]).startswith("<svg")
    assert "patent per 10,000 person" in number_line(by_hand.derived())
    assert ">Beijing 2021</text>" in number_line(by_hand.derived())
    assert ">Haidian 2021</text>" in number_line(by_hand.inconsistent().findings[0])


def test_nothing_to_compare_is_no_picture() -> None:
    assert number_line(by_hand.one_of()) == ""


def test_without_matplotlib_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match=r"ipmetrics\[plot\]"):
        plot(by_hand.of_three())


def test_with_matplotlib_axes_are_drawn() -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    axes = plot(by_hand.of_three())
    assert [label.get_text() for label in axes.get_yticklabels()] == ["implied", "stated"]
    assert plot(by_hand.derived(), axes) is axes
    with pytest.raises(ValueError, match="compares stated with implied"):
        plot(by_hand.one_of())
