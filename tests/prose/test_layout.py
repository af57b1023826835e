"""Layout: the parts of an article, that none overlaps another and that no word is lost between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.cleaning import cleaned
from ipmetrics.prose.furniture import is_furniture
from ipmetrics.prose.layout import blocks_of
from ipmetrics.prose.published import published_on
from ipmetrics.prose.tongues import language_of

_LINES = """

Applications
* Patents: up 2.4% to 19,943.
- - • nested
1. China 1.59 million
(2) Japan
一、专利
（一）专利申请
全市专利申请量20.1万件，同比增长10.62%。
Right | 2021 | 2022
|---|---:|
| a | 5 |
---
Patents\t5\t6
Beijing   40,455   19.6%
Home > Statistics
Source: Xinhua
2024-02-28 10:10
Share
■
The office received more applications for patents than in the
year before, and it granted fewer of them.
====
BEIJING, July 18 -- The first half of 2023 brought gains. They were 5%.
# Heading
> quoted
  缩进。"""
lines = st.sampled_from(_LINES.split("\n"))
pages = st.lists(lines | st.text(max_size=12), max_size=25).map("\n".join)

MARKS = " \t\n|:+=-_*•·‣▪▫●○◦◆◇■□★☆►▶➢✓✔➤#>~.—–─━()、①②③0123456789abcdefghijklmnopqrstuvwxyzIVX一二三四五六七八九十"


def laid(text: str, language: Language | None = None) -> tuple[str, tuple[Block, ...]]:
    held = cleaned(text)
    return held.clean, blocks_of(held, language)


def kinds(text: str) -> list[tuple[str, str]]:
    clean, blocks = laid(text)
    return [(block.kind.value, clean[block.start : block.end]) for block in blocks]


@given(pages)
def test_blocks_are_in_order_apart_and_within_the_text(text: str) -> None:
    clean, blocks = laid(text)
    for block in blocks:
        assert 0 <= block.start < block.end <= len(clean)
        assert clean[block.start : block.end] == clean[block.start : block.end].strip()
    assert all(one.end < two.start for one, two in pairwise(blocks))


@given(pages)
def test_nothing_is_lost_between_blocks_but_space_and_marks(text: str) -> None:
    clean, blocks = laid(text)
    at = 0
    for block in blocks:
        assert not clean[at : block.start].strip().strip(MARKS)
        at = block.end
    assert not clean[at:].strip().strip(MARKS)


@given(pages)
def test_sentences_and_cells_are_in_order_and_within_their_block(text: str) -> None:
    clean, blocks = laid(text)
    for block in blocks:
        for spans in (block.sentences, block.cells):
            assert all(block.start <= start <= end <= block.end for start, end in spans)
            assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert bool(block.cells) == (block.kind is BlockKind.ROW)
        if block.kind is not BlockKind.FURNITURE:
            words = "".join(clean[start:end] for start, end in block.sentences)
            assert [letter for letter in words if letter.isalnum()] == [
                letter for letter in clean[block.start : block.end] if letter.isalnum()
            ]
        else:
            assert block.sentences == ()


@given(pages, st.sampled_from(Language))
def test_a_given_language_is_that_of_all_blocks(text: str, language: Language) -> None:
    assert {block.language for block in laid(text, language)[1]} <= {language}


@given(pages)
def test_a_page_reads_the_same_with_other_line_ends(text: str) -> None:
    if "\r" not in text:
        assert kinds(text.replace("\n", "\r\n")) == kinds(text)


# ------------------------------------------------------------------------------ kinds
def test_headings_items_and_furniture() -> None:
    assert kinds(
        "UK: headline results\n\nPublished 20 June 2024\n\nApplications\n* Patents: up 2.4% to 19,943.\n"
        "* Designs: a record.\n\nHearings\n1. Oppositions filed: 6,801.\n2. Others: 5.\n\nShare"
    ) == [
        ("heading", "UK: headline results"),
        ("furniture", "Published 20 June 2024"),
        ("heading", "Applications"),
        ("item", "Patents: up 2.4% to 19,943."),
        ("item", "Designs: a record."),
        ("heading", "Hearings"),
        ("item", "Oppositions filed: 6,801."),
        ("item", "Others: 5."),
        ("furniture", "Share"),
    ]


def test_chinese_sections_are_headings_and_their_sentences_items() -> None:
    assert kinds("一、专利\n（一）专利申请\n全市专利申请量20.1万件。\n1.发明专利申请9万件。\n2、实用新型8万件。") == [
        ("heading", "专利"),
        ("heading", "专利申请"),
        ("paragraph", "全市专利申请量20.1万件。"),
        ("item", "发明专利申请9万件。"),
        ("item", "实用新型8万件。"),
    ]


def test_a_short_line_with_a_figure_is_a_heading_only_where_headings_stand() -> None:
    assert kinds("Home> Statistics\n\n850 patents per ten thousand people\n\nThere are 850 granted patents.") == [
        ("furniture", "Home> Statistics"),
        ("heading", "850 patents per ten thousand people"),
        ("paragraph", "There are 850 granted patents."),
    ]
    assert kinds("Grants\nPatents: 5\nDesigns: 6\nMarks: 7")[1:] == [
        ("paragraph", "Patents: 5"),
        ("paragraph", "Designs: 6"),
        ("paragraph", "Marks: 7"),
    ]
    assert kinds("Patents rose by 5%") == [("paragraph", "Patents rose by 5%")]


@pytest.mark.parametrize(
    "table",
    [
        "Right | 2021 | 2022\nPatents, grants | 10,899 |\n | 5 | -2.9%",
        "| Right | 2021 | 2022 |\n|---|---:|---:|\n| Patents, grants | 10,899 | |\n| | 5 | -2.9% |",
        (
            "<table>\n<thead><tr><th>Right</th><th>2021<th>2022</tr></thead>\n"
            "<tr><td>Patents, grants<td>10,899<td></tr><tr><td>&nbsp;</td>\n<td><p>5</p><td>-2.9%</td></tr></table>"
        ),
        "Right\t2021\t2022\nPatents, grants\t10,899\n\t5\t-2.9%",
        "\tRight\t2021\t2022\n\tPatents, grants\t10,899\n\t\t5\t-2.9%",
        "Right   2021   2022\n-----   ----   ----\nPatents, grants   10,899   6\nDesigns    5     -2.9%",
    ],
)
def test_rows(table: str) -> None:
    clean, blocks = laid(table)
    assert {block.kind for block in blocks} == {BlockKind.ROW}
    cells = [[clean[start:end] for start, end in block.cells] for block in blocks]
    assert cells[0] == ["Right", "2021", "2022"]
    assert cells[1][:2] == ["Patents, grants", "10,899"]
    assert cells[2][1:] == ["5", "-2.9%"]
    assert cells[2][0] in {"", "Designs"}
    assert [len(block.sentences) for block in blocks] == [1, 1, 1]


def test_a_title_with_a_bar_is_no_row() -> None:
    assert kinds("Patents up | China Daily\n\nThey rose by 5%.")[0] == ("heading", "Patents up | China Daily")


# ------------------------------------------------------------------------------ lines broken for width
def test_lines_broken_for_width_are_joined() -> None:
    text = (
        "The number of patents filed at the office of the country rose by\n"
        "3.4 per cent in 2021 and the number of trade marks by 5 per cent,\n"
        "according to the statistics. The Office said on Monday that\n"
        "Chinese filers were ahead.\n\n"
        "Another paragraph."
    )
    assert [words.count("\n") for _, words in kinds(text)] == [3, 0]


def test_chinese_lines_broken_for_width_are_joined() -> None:
    text = (
        "今年一至十月南通全市共获专利授权二万件比上年同期下\n"
        "降百分之五发明专利授权四千件降幅不大到十月末有效发\n"
        "明专利为四万件。\n下一段。"
    )
    assert [words.count("\n") for _, words in kinds(text)] == [2, 0]


def test_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    text = "NIPA granted 433,000 patents in the six months.\nAs of the end of June, they exceeded 4.56 million.\n"
    assert len(kinds(text)) == 2


def test_an_item_goes_on_where_its_next_line_hangs() -> None:
    assert kinds("* more than 3,000 marks in the\n  whole region\n* Others: 5") == [
        ("item", "more than 3,000 marks in the\n  whole region"),
        ("item", "Others: 5"),
    ]


# ------------------------------------------------------------------------------ furniture
_FURNITURE = """Home > Statistics
Home> Statistics
Home | Society
Source: Xinhua
Editor: huaxia
Date: 2022-04-30
Updated: 2024-01-11
Xinhua | Updated: 2024-02-28 10:10
fontSize:   big middle small
(Reporter: Liu Meijun)
[Photo/Xinhua]
5 min read
3 comments
3 comments | 1,234 views
Website Identification Code: 1201160062
Registration Number: 130349
License for publishing multimedia online 0108263
BACK TO THE TOP
Are you sure you want to leave this page?
Tel: +86 10 1234 5678
Share
Print
Share  Tweet  Print
Read more: China's patents up 5%
We use cookies to count you.
© 2024 Example Ltd
Copyright 1995 - . All rights reserved. The content published in this site belongs to Example
来源：新华社
时间：2024-02-22
责任编辑：王五
字号：大 中 小
沪ICP备12345678号-1
2024年2月22日 来源：解放日报
上一篇：2022年授权量增长5%
当前位置：首页>>统计数据
浏览次数：1,234
2021-07-09 04:31张三
主办单位：市知识产权局
扫一扫在手机打开当前页"""


@pytest.mark.parametrize(
    "line",
    _FURNITURE.split("\n"),
)
def test_furniture(line: str) -> None:
    assert is_furniture(cleaned(line).clean.strip())


_NO_FURNITURE = """Patents: up 2.4% to 19,943.
Hearings
Time: 14.3 months
Share: 45%
Share of universities: 12.5%
Source: 5,000 patents.
copyright: 313,497, 6.97% more
Copyright registrations rose 5%
By the end of 2023, 5
Note: without Hong Kong
Source countries of patents
Print media
Data as of 31 December 2023
Published on 3 May 2023, the report was long.
A law passed on 3 May 2023 is in force.
记者从市知识产权局获悉,工作取得成效。
时间过得很快
版权登记突破41万件,增长8%。
截至2023年12月31日
编辑出版增长5%
2024年1月26日发布知识产权白皮书5件
R&D > 5% of sales"""


@pytest.mark.parametrize(
    "line",
    _NO_FURNITURE.split("\n"),
)
def test_what_is_no_furniture(line: str) -> None:
    assert not is_furniture(line.strip())


# ------------------------------------------------------------------------------ languages
@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Patents (专利) rose", Language.ENGLISH),
        ("去年全市PCT国际专利申请6185件", Language.CHINESE),
        ("5 | 6", Language.CHINESE),
        ("Évolution", Language.ENGLISH),
    ],
)
def test_languages(words: str, language: Language) -> None:
    assert language_of(words, Language.CHINESE) is language


# ------------------------------------------------------------------------------ hostile texts
@pytest.mark.parametrize(
    "text",
    [
        letters * (100_000 // len(letters))
        for letters in [
            *("<", "&", "(", ".", "\u200b", "* - ", "|", "\t", "x   ", "[", "](", "<a ", '<a "', "<p>", "<td>"),
            *("<sup>", "<!--", "<script>", "A. ", "U.S. ", "1. ", "a\n", "a | b\n", "。", "一、", "> ", "1,", "\r"),
            *("(a", "** ", "Date: 2024-01-01\n", "https://"),
        ]
    ],
    ids=lambda text: ascii(text[:9]),
)  # fmt: skip
def test_hostile_texts_end(text: str) -> None:
    for page in (text, f"<html>{text}", f"<p>x</p>{text}</nav>-->"):
        held = cleaned(page)
        blocks = blocks_of(held)
        published_on(held, blocks)
        assert all(block.end <= len(held.clean) for block in blocks)


def test_one_line_of_a_million_letters() -> None:
    sentence = "Patents rose by 5.2% to 19,943 in 2021. "
    blocks = laid(sentence * 25_000)[1]
    assert [len(block.sentences) for block in blocks] == [25_000]
