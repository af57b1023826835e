"""Text, Markdown and HTML: layout, and no published word that could become markup."""

from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from ipmetrics.documents import (
    Bar,
    Block,
    Bullets,
    Column,
    Document,
    Folded,
    Group,
    Heading,
    Lane,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from ipmetrics.documents.letters import width_of

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "a|b`c`|d",
    "back\\|slash\\",
    "[click](https://example.org)",
    "![x](https://example.org/p.png)",
    "**bold** _it_ ~~gone~~",
    "&lt;b&gt; &#60;",
    "line\n\n# heading\n- item",
    "\x1b[31mred\x07",
    "332.8\u202e8.233",
    "$x^2$",
    "- item",
    "1. item",
    "1) item",
    "# heading",
    "===",
    "```",
    "\u2028\x85",
    "\udc80",
]
LINE = NumberLine([Lane("<b>", [Bar(Fraction(1), Fraction(2), text="<i>")])], title='"<u>', told=True)


class Balanced(HTMLParser):
    """Checks that every element is closed in order, and collects elements, attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def everywhere(words: str) -> Document:
    """A document with the same words in every place that takes words."""
    table = Table(
        [Column(words), Column(words, "right"), Column(picture=True)],
        [Group(words), Row([words, Run(words, Tone.BAD), LINE], [words])],
        words,
    )
    folded = Folded(words, [Paragraph(words), table])
    return Document([Heading(words), Paragraph([words, Run(words, Tone.STRONG)]), Bullets([words]), table, folded])


def columns_of(line: str) -> int:
    return re.sub(r"\\.", "", line).count("|")


def check_tables(markdown: str) -> None:
    """Every row of a pipe table has as many cells as its head."""
    expected = 0
    for line in markdown.splitlines():
        if not line.startswith("|"):
            expected = 0
            continue
        expected = expected or columns_of(line)
        assert columns_of(line) == expected, line


# ------------------------------------------------------------------------------ attacks
@pytest.mark.parametrize("words", ATTACKS)
def test_words_never_become_html(words: str) -> None:
    harmless = Balanced(everywhere("words").html())
    attacked = Balanced(everywhere(words).html())
    assert attacked.elements == harmless.elements
    assert attacked.attributes == harmless.attributes
    assert "\x1b" not in everywhere(words).html()
    Balanced(everywhere(words).page(words))


@pytest.mark.parametrize("words", ATTACKS)
def test_words_never_break_a_markdown_table_or_start_a_block(words: str) -> None:
    harmless = everywhere("words").markdown()
    attacked = everywhere(words).markdown()
    assert len(attacked.splitlines()) == len(harmless.splitlines())
    check_tables(attacked)
    assert not re.search(r"<(?!/?(details|summary)>)", attacked)
    attacked = re.sub(r"<summary>.*</summary>", "", attacked)  # read as HTML, to the end of its line
    assert not re.search(r"(?<!\\)\]\(", attacked)
    assert not re.search(r"(?<!\\)[`$]", attacked)
    for line in attacked.splitlines():
        if not line.startswith(("|", "- ", "## ", "<details>", "</details>")):
            assert not re.match(r"([-+#=>]|\d+[.)])", line), line


@pytest.mark.parametrize("words", ATTACKS)
def test_words_never_reach_the_terminal_as_control_characters(words: str) -> None:
    text = everywhere(words).text(unfold=True)
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    assert all(letter == "\n" or letter.isprintable() for letter in text)
    assert text.encode("utf-8")


def test_right_to_left_words_are_set_apart() -> None:
    html = Document([Paragraph(["ישראל", " 332.8"])]).html()
    assert "<bdi>ישראל</bdi> 332.8" in html
    assert "\\u202e" in Document([Paragraph("332.8\u202e")]).html()


def test_only_a_page_of_its_own_has_a_heading_of_the_first_level() -> None:
    # In a notebook or a page of documentation the first level is taken.
    document = Document([Heading("a verdict", 1), Paragraph("words"), Heading("a part", 2)])
    assert re.findall(r"<h\d", document.html()) == ["<h2", "<h3"]
    assert re.findall(r"<h\d", document.page("title")) == ["<h1", "<h2"]


def test_a_page_loads_nothing() -> None:
    page = everywhere("words").page("title")
    links = re.findall(r'(?:src|href)=|url\(|@import|<script|<link|https?://[^"]+', page)
    assert {*links} <= {"http://www.w3.org/2000/svg"}
    assert "<title>title</title>" in page
    assert 'name="color-scheme" content="light dark"' in page


# ------------------------------------------------------------------------------ text
def test_columns_stand_under_each_other_in_any_script() -> None:
    table = Table(
        [Column("place"), Column("figure", "right"), Column("verdict")],
        [Row(["Haidian", "332.8", "fine"]), Row(["海淀区", "4.0万", "fine"]), Row(["e\u0301", "1", "fine"])],
    )
    lines = Document([table]).text().splitlines()
    assert {width_of(line[: line.index("fine")]) for line in lines[2:]} == {2 + 7 + 3 + 6 + 3}


def test_a_table_gives_way_word_by_word_and_keeps_whole_columns() -> None:
    words = "a sentence that is long enough to be broken over several lines of a table"
    table = Table([Column(), Column(whole=True)], [Row([words, "[332.75, 332.85]"])])
    lines = Document([table]).text(50).splitlines()
    assert max(map(len, lines)) <= 50
    assert "[332.75, 332.85]" in lines[0]
    assert " ".join(" ".join(lines).replace("[332.75, 332.85]", "").split()) == words


@pytest.mark.parametrize("width", [1, 5, 20, 40, 80, 200])
def test_any_width_is_written(width: int) -> None:
    text = everywhere("每万人口 invention patents").text(width)
    assert text
    if width >= 60:
        assert max(map(width_of, text.splitlines())) <= width


def test_tones_are_colours_only_when_asked_and_never_move_a_column() -> None:
    document = everywhere("some words")
    plain, coloured = document.text(), document.text(colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_folded_detail_is_left_out_of_text_until_asked() -> None:
    document = Document([Paragraph("told"), Folded("Proof", [Paragraph("why")])])
    assert document.text() == "told"
    assert document.text(unfold=True) == "told\n\nProof\n  why"
    assert "<details" in document.html()
    assert "<details><summary>Proof</summary>\n\nwhy\n\n</details>" in document.markdown()


def test_ascii_is_enough_for_text() -> None:
    table = Table([Column("x"), Column("y", "right")], [Row(["(2, ∞)", "海"]), Row(["…", "y"])])
    lines = Document([table]).text(encoding="ascii").splitlines()
    assert lines == ["  x               y", "  --------   ------", "  (2, inf)   \\u6d77", "  ...             y"]


def test_blanks_separate_what_a_reader_reads_separately() -> None:
    blocks: list[Block] = [Heading("H"), Bullets(["b"]), Paragraph("p"), Bullets(["c"]), Heading("I"), Heading("J")]
    assert Document(blocks).text() == "H\n  b\n\np\n  c\n\nI\n\nJ"


# ------------------------------------------------------------------------------ pictures
def test_a_picture_that_words_repeat_is_left_out_where_nothing_is_drawn() -> None:
    told, untold = LINE, NumberLine([Lane("x", [Bar(Fraction(1), Fraction(2), text="[1, 2]")])])
    assert Document([told]).text() == Document([told]).markdown() == ""
    assert "[──" in Document([untold]).text()
    assert Document([untold]).markdown() == "- x, stated: [1, 2]"
    assert Document([told]).html().count("<svg") == 1


def test_a_column_of_pictures_has_a_legend_once() -> None:
    html = everywhere("words").html()
    assert html.count('aria-label="stated and implied"') == 2  # one for each of the two tables


def test_a_row_that_does_not_fit_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="each of the 1 columns: got 2"):
        Table([Column()], [Row(["a", "b"])])
