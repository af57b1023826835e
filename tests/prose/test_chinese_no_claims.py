"""Numbers that state no statistic; and what looks like one and cannot be told is listed, never dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.model.figures import Figure
from ipmetrics.prose.blocks import Block, BlockKind, Language
from ipmetrics.prose.chinese import read
from ipmetrics.prose.texts import Text
from tests.prose.chinese_lines import laid_out, read_all, said


@pytest.mark.parametrize(
    "text",
    [
        "2023年4月26日上午10时30分,发布会召开。",
        "第23届中国专利奖和第九届专利奖揭晓。",
        "根据国发〔2021〕20号文件和(2021)京73民终123号判决。",
        "联系电话010-65363056,手机13800138000。",
        "5G、ISO9001和GB/T29490等专利标准。",
        "连续3年、近五年来、31年间、成立10周年。",
        "世界500强企业和专利前100强榜单。",
        "五大领域、三类案件、12个国家和地区的专利。",
        "每万人口和每100亿元产值的专利。",
        "“十四五”规划和图3所示专利。",
        "前5名为专利申请人。",
        "第一,加强专利保护;第二审程序。",
        "三家企业、两项措施。",
    ],
)
def test_numbers_that_state_nothing_are_passed_over(text: str) -> None:
    assert [each.quote for each in said(text)] == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("1000万元以下的普惠性贷款惠及企业1.8万家。", ["1.8万家"]),
        ("维持10年以上的有效专利44.4万件。", ["44.4万件"]),
        ("维持年限超过10年的专利有44.4万件。", ["44.4万件"]),
        ("专利平均维持年限8.3年。", ["8.3年"]),
        ("1、专利授权量500件。", ["500件"]),
        ("(2)专利授权量500件。", ["500件"]),
    ],
)
def test_a_bound_that_names_a_group_is_none_and_what_it_counts_is(text: str, quotes: list[str]) -> None:
    assert [each.quote for each in said(text)] == quotes


def test_what_cannot_be_told_is_listed_with_a_reason() -> None:
    statements, unread = read_all("达到了500件。")
    assert statements == []
    assert [(each.quote, bool(each.reason)) for each in unread] == [("500件", True)]


def test_furniture_and_other_languages_are_not_read() -> None:
    text = "专利授权量500件。"
    block = laid_out(text)[0]
    others = [
        Block(kind=kind, start=block.start, end=block.end, language=language, sentences=block.sentences)
        for kind, language in ((BlockKind.FURNITURE, Language.CHINESE), (BlockKind.PARAGRAPH, Language.ENGLISH))
    ]
    assert read(Text(text, text), others, None) == ([], [])


PIECES = (
    "专利 商标 授权量 申请 案件 企业 全市 北京市 2022年 去年 上年 同期 截至 末 1至10月 占 比 较 的 增长 下降 到 至 为 "
    "达 分别 其中 第 位 居 首位 前三 5 12.3 1,234 万 亿 千 百 件 家 元 % 个百分点 倍 三 成 一半 分之 翻 番 超过 近 约 "
    "以上 余 多 , 、 。 ( ) : ; | 和 每万人 - +"
).split()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_and_every_span_quotes_it(text: str) -> None:
    statements, unread = read_all(text)
    quoted = [(each.span, each.quote) for each in statements] + [(each.span, each.quote) for each in unread]
    for (first, last), quote in quoted:
        assert 0 <= first < last <= len(text)
        assert text[first:last] == quote
    for statement in statements:
        assert Figure(statement.figure).text
        assert statement.about is None or 0 <= statement.about < len(statements)
    assert [each.span for each in statements] == sorted(each.span for each in statements)
