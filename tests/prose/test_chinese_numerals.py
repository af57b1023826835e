"""Numbers as Chinese texts write them: what is printed, what the model reads, what it counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.model.figures import Figure, Hedge
from ipmetrics.prose.chinese.numerals import Token, scan


def only(text: str) -> Token:
    (token,) = scan(text, 0, len(text))
    return token


@pytest.mark.parametrize(
    ("text", "printed", "figure", "value"),
    [
        ("共318381件", "318381", "318381", 318381),
        ("共1,294件", "1,294", "1,294", 1294),
        ("达24.14万件", "24.14", "24.14万", 241400),
        ("5万3345件", "5万3345", "5万3345", 53345),
        ("12.13万亿元", "12.13", "12.13万亿", 12130000000000),
        ("US$3.5亿", "3.5", "3.5亿", 350000000),
        ("百分之五", "百分之五", "百分之五", 5),
        ("四成", "四成", "四成", 40),
        ("三分之一", "三分之一", "三分之一", Fraction(100, 3)),
        ("1/4", "1/4", "4分之1", 25),
        ("一半", "一半", "一半", 50),
        ("3.2个百分点", "3.2", "3.2个百分点", Fraction(16, 5)),
        ("5‰", "5", "5‰", 5),
        ("翻了两番", "翻了两番", "4倍", 4),
        ("翻一倍", "翻一倍", "2倍", 2),
        ("三百件", "三百", "三百", 300),
        ("20%-25%", "20%-25", "20%-25%", 20),
    ],
)
def test_a_number_is_taken_whole_with_its_scale(text: str, printed: str, figure: str, value: Fraction | int) -> None:
    token = only(text)
    assert (token.printed, token.figure, token.value) == (printed, figure, value)
    assert Figure(token.figure).text


@pytest.mark.parametrize(
    ("text", "quote", "figure", "hedge"),
    [
        ("已突破50件", "突破50件", "超50", Hedge.OVER),
        ("总量超四成", "超四成", "超四成", Hedge.OVER),
        ("有3000多家", "3000多家", "超3000", Hedge.OVER),
        ("有4094万余件", "4094万余件", "超4094万", Hedge.OVER),
        ("有30余万件", "30余万件", "超30万", Hedge.OVER),
        ("达上万件", "上万件", "超万", Hedge.OVER),
        ("比例过半", "过半", "超半", Hedge.OVER),
        ("近十倍", "近十倍", "近十倍", Hedge.UNDER),
        ("不足5%", "不足5%", "近5%", Hedge.UNDER),
        ("约为300件", "约为300件", "约300", Hedge.ABOUT),
        ("在30%左右", "30%左右", "约30%", Hedge.ABOUT),
        ("不少于8件", "不少于8件", "至少8", Hedge.AT_LEAST),
        ("达80%以上", "80%以上", "至少80%", Hedge.AT_LEAST),
        ("不超过7件", "不超过7件", "至多7", Hedge.AT_MOST),
    ],
)
def test_a_hedge_belongs_to_the_figure(text: str, quote: str, figure: str, hedge: Hedge) -> None:
    token = only(text)
    assert (text[token.start : token.end], token.figure, token.hedge) == (quote, figure, hedge)
    assert Figure(token.figure).hedge is hedge


@pytest.mark.parametrize(
    ("text", "place"),
    [("第5位", 5), ("第十二名", 12), ("居首位", 1), ("榜首", 1), ("居次", 2), ("前三", 3), ("第 7", 7)],
)
def test_an_ordinal_is_a_rank(text: str, place: int) -> None:
    token = only(text)
    assert token.is_rank
    assert token.value == place


@pytest.mark.parametrize("text", ["统一", "一些人", "数千", "几百", "十分", "万众", "三成员", "没有数字"])
def test_letters_that_only_look_like_numbers_are_none(text: str) -> None:
    assert list(scan(text, 0, len(text))) == []


def test_digits_that_the_model_refuses_keep_their_evident_value() -> None:
    token = only("达1,01,311件")
    assert (token.printed, token.figure, int(token.value)) == ("1,01,311", "101311", 101311)


def test_a_sign_belongs_to_the_number_unless_it_joins_it_to_another() -> None:
    assert only("同比-2.9%").sign == "-"
    assert only("+3.4%").sign == "+"
    assert [token.sign for token in scan("A-2.9%", 0, 6)] == [""]
