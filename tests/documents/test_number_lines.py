"""Number lines as SVG: well formed, labelled, and nothing so small or so close that it cannot be seen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from typing import Literal

import pytest

from ipmetrics.documents import Bar, Lane, NumberLine
from ipmetrics.documents.numberlines import COLOURS

SVG = "{http://www.w3.org/2000/svg}"


def bar(
    lower: str | None,
    upper: str | None,
    ends: str = "[]",
    kind: Literal["stated", "implied"] = "stated",
) -> Bar:
    low, high = (None if end is None else Fraction(end) for end in (lower, upper))
    return Bar(low, high, ends[0] == "[", ends[1] == "]", kind=kind, text=f"{ends[0]}{lower}, {upper}{ends[1]}")


def drawn(*bars: Bar, small: bool = False, label: str = "x") -> ET.Element:
    svg = NumberLine([Lane(label, bars)], unit="patent").svg(small=small)
    return ET.fromstring(svg)  # noqa: S314 - our own


def dots(picture: ET.Element) -> list[tuple[float, str]]:
    """Where dots are, and whether they are filled."""
    return [
        (float(dot.get("cx", "nan")), "hollow" if dot.get("fill") == "none" else "filled")
        for dot in picture.iter(f"{SVG}circle")
    ]


def luminance(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("small", [True, False])
def test_closed_ends_are_filled_and_open_ends_hollow(small: bool) -> None:  # noqa: FBT001 - a parameter
    assert [fill for _, fill in dots(drawn(bar("1", "2", "[)"), small=small))] == ["filled", "hollow"]


def test_unbounded_ends_are_arrows() -> None:
    picture = drawn(bar(None, "2"), bar("1", None, kind="implied"))
    assert len(list(picture.iter(f"{SVG}path"))) == 2
    assert len(dots(picture)) == 2


def test_a_tiny_interval_beside_a_wide_one_stays_a_dot() -> None:
    picture = drawn(bar("332.75", "332.85"), bar("0", "100000", kind="implied"))
    assert len(dots(picture)) >= 3


def test_ends_that_cannot_be_told_apart_are_enlarged() -> None:
    close = drawn(bar("1.195", "1.196", "()"), bar("1.196", "40", kind="implied"))
    far = drawn(bar("1", "2"), bar("2", "3", kind="implied"))
    assert "enlarged" in "".join(close.itertext())
    assert "enlarged" not in "".join(far.itertext())


def test_an_empty_interval_says_so_and_everything_is_an_arrow_both_ways() -> None:
    picture = drawn(bar("1", "1", "[)"), bar(None, None, kind="implied"))
    assert "nothing is left" in "".join(picture.itertext())
    assert len(list(picture.iter(f"{SVG}path"))) == 2


def test_pieces_of_one_answer_share_a_track() -> None:
    picture = drawn(bar("1", "2"), bar("4", "5"), bar("9", "9"))
    assert len({dot.get("cy") for dot in picture.iter(f"{SVG}circle")}) == 1


def test_a_picture_says_in_words_what_it_shows() -> None:
    picture = drawn(bar("1", "2"), label="海淀区 <2021>")
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "海淀区 <2021> stated [1, 2]"
    assert picture.findtext(f"{SVG}title") == picture.get("aria-label")
    assert "patent" in "".join(picture.itertext())


def test_a_long_label_keeps_its_end_and_its_full_text() -> None:
    label = "high-value invention patents per 10,000 people, Beijing 2021"
    shown = [text.text for text in drawn(bar("1", "2"), label=label).iter(f"{SVG}text")]
    assert "high-value … Beijing 2021" in shown
    assert label in [title.text for title in drawn(bar("1", "2"), label=label).iter(f"{SVG}title")]


def test_a_label_without_blanks_is_cut_within() -> None:
    shown = [text.text for text in drawn(bar("1", "2"), label="每万人口高价值发明专利拥有量北京市").iter(f"{SVG}text")]
    assert any(text and "…" in text and text.endswith("北京市") for text in shown)


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize(
    "ends", [("44.07", "44.68"), ("0.3", "0.31"), ("999.9", "1000.4"), ("1000000.01", "1000000.02")]
)
def test_an_axis_has_two_numbers_at_least(ends: tuple[str, str], small: bool) -> None:  # noqa: FBT001 - a parameter
    wide = bar(*ends), bar(*ends, kind="implied")
    picture = drawn(*wide, small=small, label="a label as long as labels may be")
    named = [
        text for text in picture.iter(f"{SVG}text") if text.get("text-anchor") == "middle" and text.text != "patent"
    ]
    assert len(named) >= 2


def test_a_gap_is_drawn_only_where_nothing_is_common() -> None:
    def gaps(first: Bar, second: Bar) -> int:
        lines = drawn(first, second).iter(f"{SVG}line")
        return sum(line.get("stroke") == COLOURS["gap"] for line in lines)

    assert gaps(bar("1", "2"), bar("3", "4", kind="implied")) == 1
    assert gaps(bar("1", "2"), bar("1.5", "4", kind="implied")) == 0


@pytest.mark.parametrize(
    "bars",
    [
        [bar("1e300", "2e300")],
        [bar("-1e-300", "1e-300")],
        [bar("0", "0")],
        [bar(None, None)],
        [bar("1/3", "3/7")],
        [],
    ],
)
def test_everything_stays_in_the_picture(bars: list[Bar]) -> None:
    picture = drawn(*bars)
    width, height = float(picture.get("width", "nan")), float(picture.get("height", "nan"))
    for element in picture.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert 0 <= float(element.get(name, 0)) <= width
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(element.get(name, 0)) <= height


@pytest.mark.parametrize("kind", ["stated", "implied", "gap"])
def test_colours_have_contrast_on_white_and_on_black(kind: str) -> None:
    light = luminance(COLOURS[kind])
    assert 1.05 / (light + 0.05) >= 3  # WCAG 2.2, 1.4.11: graphical objects
    assert (light + 0.05) / (luminance("#121212") + 0.05) >= 3
