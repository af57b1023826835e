"""Marked text: every letter is there, no letter becomes markup, and no mark is told by its colour alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.documents import Document, Look, Mark, Marked, Tone
from ipmetrics.documents.letters import in_lines

WRONG = Look("wrong", "!", tone=Tone.BAD, line="wavy", filled=True)
LEFT = Look("left", "~", tone=Tone.QUIET, line="box")


class Shown(HTMLParser):
    """The text of a block and its marks, as a browser would take them."""

    def __init__(self, block: Marked) -> None:
        super().__init__()
        self.text = ""
        self.marks: list[str] = []
        self.titles: list[str | None] = []
        self.tags: list[str] = []
        self.feed(Document([block]).html())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.marks.append("")
            self.titles.append(dict(attrs).get("title"))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.tags[-1] == "mark":
            self.marks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")


@st.composite
def marked(draw: st.DrawFn) -> Marked:
    text = draw(st.text(max_size=60) | st.text(alphabet="<>&\"'a5 \n\u202eא", max_size=60))
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = zip(ends[::2], ends[1::2], strict=False)
    titles = st.text(max_size=12)
    return Marked(text, [Mark(start, end, WRONG, title=draw(titles), name="s1-1") for start, end in spans])


@given(marked())
def test_the_text_reads_back_without_its_tags_and_every_mark_is_drawn_once(block: Marked) -> None:
    shown = Shown(block)
    assert shown.text == in_lines(block.text)
    assert shown.marks == [in_lines(block.text[mark.start : mark.end]) for mark in block.marks]
    assert set(shown.tags) <= {"div", "mark", "/div", "/mark"}
    assert [bool(title) for title in shown.titles] == [bool(mark.title) for mark in block.marks]


@given(marked())
def test_words_stay_in_order_in_every_format(block: Marked) -> None:
    document = Document([block])
    letters = [letter for letter in in_lines(block.text) if letter.isalnum()]
    signs = re.compile(r"\[!s1-1\]")
    written = re.sub(r"\s", "", document.text(30))  # a word without a blank is broken, with its sign
    assert [letter for letter in signs.sub("", written) if letter.isalnum()] == letters
    assert all(line.startswith(">") for line in document.markdown().splitlines() if block.text.strip())
    assert len(signs.findall(written)) >= sum(bool(text.strip()) for text, mark in block.pieces if mark)


def test_the_text_keeps_its_lines_and_the_legend_stands_above() -> None:
    block = Marked("# One\n\n\nof 5%\n- two\r\n", [Mark(11, 13, WRONG, name="s1")], [WRONG, LEFT])
    assert Document([block]).text().splitlines() == [
        "[!] wrong, [~] left", "", "  # One", "", "  of 5%[!s1]", "  - two",
    ]  # fmt: skip
    assert Document([block]).markdown().splitlines() == [
        "[!] wrong, [\\~] left", "", "> \\# One", ">", ">", "> of **5%**[!s1]\\", "> \\- two",
    ]  # fmt: skip
    assert "\x1b[1;31m5%" in Document([block]).text(colour=True)


def test_a_mark_over_the_end_of_a_line_is_on_both() -> None:
    assert Document([Marked("a\nb", [Mark(0, 3, WRONG)])]).text() == "  a[!]\n  b[!]"


def test_a_title_is_told_line_by_line() -> None:
    shown = Shown(Marked("5%", [Mark(0, 2, WRONG, title='"one"\n<two>\u202e')]))
    assert shown.titles == ['"one"\n<two>\\u202e']


@pytest.mark.parametrize("spans", [[(0, 3), (2, 4)], [(3, 4), (0, 1)], [(1, 1)], [(0, 9)], [(-1, 2)]])
def test_marks_that_cannot_be_drawn_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="in order and apart"):
        Marked("12345", [Mark(*span, WRONG) for span in spans])


def test_no_two_lines_differ_in_colour_alone() -> None:
    looks = [
        *(Look("x", "x"), Look("x", "x", line="double"), Look("x", "x", line="dotted"), Look("x", "x", line="dashed")),
        *(Look("x", "x", line="wavy"), Look("x", "x", line="box")),
    ]
    looks += [attrs.evolve(look, filled=True) for look in looks]
    colours = re.compile(r"#[0-9a-f]{6}|rgba\([^)]*\)")
    drawn = [colours.sub("", Document([Marked("5", [Mark(0, 1, look)])]).html()) for look in looks]
    assert len({*drawn}) == len(looks)
