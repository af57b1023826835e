"""An article as a picture of itself: every figure marked once, by what became of its claim, and no letter lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ipmetrics as ipm
from ipmetrics.documents import Marked
from ipmetrics.documents.letters import in_lines, visible
from ipmetrics.prose.highlighting import describe_article
from ipmetrics.prose.statements import Unread
from tests.prose.said import base, change, level, told

if TYPE_CHECKING:
    from ipmetrics.model.claims import Claim
    from ipmetrics.prose.article import Article

UNSURE = ("it may be of something else",)
RISE = "It rose from 33,825 to 40,455, up 15.2%."


def rise(**facts: object) -> tuple[str, list[dict[str, object]]]:
    """From A to B, up p %; 19.6 % would be right."""
    before, now = level("33,825", indicator="patents"), level("40,455", indicator="patents", base=base(statement=0))
    return RISE, [before, now, {**change("15.2%", 1, indicator="patents"), **facts}]


def marked(article: Article, report: ipm.Report | None = None, longest: int | None = 20_000) -> Marked:
    blocks = describe_article(article, report, longest=longest).blocks
    return next(block for block in blocks if isinstance(block, Marked))


def looks(article: Article, report: ipm.Report | None = None) -> dict[str, str]:
    """What became of each marked stretch."""
    return {text: mark.look.name for text, mark in marked(article, report).pieces if mark is not None}


def re_read(claim: Claim, figure: str) -> ipm.Change:
    """A change with another figure, as one would edit it in a claim file."""
    assert isinstance(claim, ipm.Change)
    return attrs.evolve(claim, figure=ipm.Figure(figure))


def hover(article: Article, name: str, report: ipm.Report | None = None) -> list[str]:
    [title] = [mark.title for mark in marked(article, report).marks if mark.name == name]
    return title.split("\n")


class Shown(HTMLParser):
    """The words of the article in its HTML, which stand between two tags of one division."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.marks: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "div" and "pre-wrap" in (dict(attrs).get("style") or ""):
            self.text = []
        if tag == "mark" and dict(attrs).get("title"):
            self.marks.append("")

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.tags and self.tags[-1] == "mark" and self.marks:
            self.marks[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        if tag == "div" and not self.words:
            self.words = "".join(self.text)

    words = ""


# ------------------------------------------------------------------------------ what a figure looks like
def test_a_contradiction_is_seen_and_told() -> None:
    article = told(rise())
    assert looks(article) == dict.fromkeys(("33,825", "40,455", "15.2%"), "contradicted")
    assert hover(article, "s1-3") == [
        "s1-3: contradicted",
        "change up: patents: Haidian 2021 since Haidian 2021 (compared with) +15.2%",
        "allows [15.15, 15.25] %; the others imply {19.6009…} %",
    ]
    assert "inconsistent" in article.document().text()
    assert "up 15.2%[!s1-3]." in article.document().text()


def test_an_unsure_reading_is_told_apart() -> None:
    article = told(rise(doubts=UNSURE), ("Some 77% more.", [change("77%", doubts=UNSURE)]))
    assert looks(article) == {
        **dict.fromkeys(("33,825", "40,455", "15.2%"), "contradicts if read so"),
        "77%": "unsure, not judged",
    }
    assert hover(article, "s1-3")[-2:] == [
        "if read so, contradicts s1-1 and s1-2",
        "unsure: it may be of something else",
    ]
    assert hover(article, "s1-1")[-1] == "if read so, contradicts s1-2 and s1-3"


def test_what_fits_what_follows_and_what_stands_alone() -> None:
    words = "It granted 40,455, up 19.6% from 33,825, and 77 in Chaoyang."
    found = [
        level("40,455", base=base(statement=2)),
        change("19.6%", 0, base=base(statement=2)),
        level("33,825", period=2020),
        level("77", region="Chaoyang"),
    ]
    article = told((words, found))
    assert looks(article) == {
        "40,455": "consistent",
        "19.6%": "entailed",
        "33,825": "consistent",
        "77": "unchecked",
    }
    assert hover(article, "s1-4")[-1] == "allows {77}"


def test_several_readings_are_told() -> None:
    found = [
        level("483", indicator="pledges", unit="pledge"),
        level("2.896 billion", indicator="pledge amount", unit="CNY"),
        change("8.06%", 1, readings=[change("8.06%", 0)]),
    ]
    article = told(("483 pledges worth 2.896 billion yuan, up 8.06%.", found))
    lines = hover(article, "s1-3")
    assert lines[1].startswith("change up: one of: ")
    assert "1 of 2 readings survives" in "\n".join(lines)


def test_what_was_not_read_is_boxed_with_its_reason() -> None:
    article = told(("It grew 12/5%.", [change("12/5%")]))
    assert looks(article) == {"12/5%": "not read"}
    assert "not read" in marked(article).marks[0].title


def test_another_report_may_be_shown() -> None:
    article = told(rise(doubts=UNSURE))
    claims = list(article.claims)
    assert looks(article, ipm.check(claims))["15.2%"] == "contradicted"
    assert looks(article, ipm.check(claims[:2]))["15.2%"] == "not in this report"
    mended = [*claims[:2], re_read(claims[2], "19.6%")]
    assert looks(article, ipm.check(mended))["15.2%"] == "entailed"
    name, says, *_ = hover(article, "s1-3", ipm.check(mended))
    assert "the claim was edited" in name
    assert "+19.6%" in says
    alone = told(("Some 77% more.", [change("77%", doubts=UNSURE)]))
    assert hover(alone, "s1-1", ipm.check([]))[-1] == "unsure: it may be of something else"


def test_a_notebook_shows_the_text_first_and_a_table_folded() -> None:
    html = told(rise())._repr_html_()
    assert html.index("It rose from") < html.index("<details")
    assert html.count('title="s1-') == 3
    assert "the others imply" in html[html.index("<details") :]
    assert describe_article(told(("Nothing is counted.", []))).text().startswith("consistent: There are no claims")


# ------------------------------------------------------------------------------ whatever the text
HOSTILE = [
    "<script>alert(1)</script> 5",
    '"><svg onload=alert(1)> 5',
    "&lt;b&gt; 5 &amp;",
    "332.8\u202e8.233 5",
    "אחוז 5 אחוז",
    "5\x00\x1b[31m",
    "\udc80 5",
    "' onmouseover='alert(1) 5",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_letter_becomes_markup(words: str) -> None:
    article = told((words, [level("5", indicator=words, region=words, doubts=(words,))]))
    article = attrs.evolve(article, unread=(Unread(span=(0, 1), quote=words[0], reason=words),))
    shown = Shown(article._repr_html_())
    assert shown.words == in_lines(article.text)
    assert {tag for tag in shown.tags if not tag.startswith("/")} <= {
        "div", "p", "span", "mark", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "bdi",
    }  # fmt: skip
    assert "\x1b" not in article._repr_html_()


SENTENCES = st.lists(
    st.tuples(
        st.text(max_size=12), st.integers(0, 10**6), st.sampled_from(["level", "unsure", "unread"]), st.text(max_size=9)
    ),
    max_size=8,
)


def article_of(sentences: list[tuple[str, int, str, str]]) -> tuple[Article, list[str]]:
    """An article with a figure in every sentence, and the figures."""
    given: list[tuple[str, list[dict[str, object]]]] = []
    for before, number, kind, after in sentences:
        doubts = UNSURE if kind == "unsure" else ()
        found = [level(str(number), doubts=doubts, indicator=f"things {kind}")]
        # The first place of the figure in its sentence is where it was read.
        given.append((f"{re.sub('[0-9]', '', before)}{number} {after}", found if kind != "unread" else []))
    article = told(*given)
    unread, start = [], 0
    for (words, found), (_, number, _, _) in zip(given, sentences, strict=True):
        place = words.index(str(number)) + start
        if not found:
            unread.append(Unread(span=(place, place + len(str(number))), quote=str(number), reason="no reason"))
        start += len(words) + 1
    return attrs.evolve(article, unread=tuple(unread)), [str(number) for _, number, _, _ in sentences]


@given(SENTENCES)
def test_the_text_reads_back_and_every_figure_is_marked_once(sentences: list[tuple[str, int, str, str]]) -> None:
    article, figures = article_of(sentences)
    block = marked(article)
    assert "".join(text for text, _ in block.pieces) == article.text
    assert [text for text, mark in block.pieces if mark is not None] == figures
    assert sorted(mark.name for mark in block.marks if mark.name) == sorted(article.ids)
    shown = Shown(article._repr_html_())
    assert shown.words == in_lines(article.text)
    assert shown.marks[: len(figures)] == figures


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=8))
def test_spans_that_overlap_are_one(spans: list[tuple[int, int]]) -> None:
    text = "0123456789" * 3
    unread = [
        Unread(span=(at, at + size), quote=text[at : at + size], reason=f"<{n}>") for n, (at, size) in enumerate(spans)
    ]
    block = marked(attrs.evolve(told((text, [])), unread=tuple(unread)))
    covered = {place for at, size in spans for place in range(at, at + size)}
    assert {place for mark in block.marks for place in range(mark.start, mark.end)} == covered
    titles = "\n".join(mark.title for mark in block.marks)
    assert all(titles.count(each.reason) == 1 for each in unread)


def test_the_graver_of_two_looks_is_shown() -> None:
    article = told((RISE, [level("33,825"), level("40,455", quote="33,825 to 40,455")]))
    [mark] = marked(attrs.evolve(article, unread=(Unread(span=(20, 29), quote="40,455", reason="why"),))).marks
    assert (mark.name, mark.look.name) == ("s1-1, s1-2", "contradicts if read so")
    assert {"if read so, contradicts s1-2", "not read", "why"} <= {*mark.title.split("\n")}


# ------------------------------------------------------------------------------ long texts and pages
def long() -> Article:
    return told(("Nothing is counted. " * 20 + "\nAnd on.", []), rise())


def test_a_long_text_is_cut_at_a_line_and_says_what_is_left_out() -> None:
    article = long()
    text = article.document(longest=430).text()
    assert "And on." not in text
    assert "It rose" not in text
    assert "with 3 figures, of which s1-1, s1-2 and s1-3 are contradicted." in " ".join(text.split())
    assert "It rose" in article.document(longest=None).text()
    assert "It rose" in article.document().text()


def test_no_figure_is_cut_in_two() -> None:
    article = told(rise())
    for longest in range(1, len(RISE)):
        document = describe_article(article, longest=longest)
        kept = {mark.name for mark in marked(article, longest=longest).marks}
        said = document.text()
        assert f"with {3 - len(kept)} figure" in said or "without figures" in said
        assert len(marked(article, longest=longest).text) <= longest


def test_of_a_page_the_words_are_shown() -> None:
    page = (
        "<html><head><title>News</title></head><body><div><div><h1>News</h1></div></div><p>In 2021, Haidian granted "
        "40,455 invention patents &amp; more,<br>up 15.2% from <b>33,825</b> in 2020.</p></body></html>"
    )
    block = marked(ipm.find_claims(page))
    assert block.text.strip().splitlines() == [
        "# News",
        "",
        "In 2021, Haidian granted 40,455 invention patents & more,",
        "up 15.2% from 33,825 in 2020.",
    ]
    assert [text for text, mark in block.pieces if mark is not None] == ["40,455", "15.2%", "33,825"]


def test_an_article_without_its_text_has_nothing_to_show() -> None:
    article = attrs.evolve(told(rise()), text="")
    assert marked(article).marks == ()
    assert visible(article.document().text()).startswith("inconsistent")
