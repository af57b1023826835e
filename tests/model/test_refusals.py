"""A text that is no figure is refused by name of the rule, with the way out."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.errors import FigureSyntaxError
from ipmetrics.model.figures import Figure

# text | rule | way out
REFUSED = """
4,52                     | commas group the digits in threes       | write "452", or pass decimal_comma=True
0,5                      | commas group the digits in threes       | pass decimal_comma=True for 0.5
64,2%                    | commas group the digits in threes       | pass decimal_comma=True for 64.2
1,01,311                 | commas group the digits in threes       | write "101,311"
1000,000                 | commas group the digits in threes       | write "1,000,000"
1,23.5                   | commas group the digits in threes       | write "123.5"
0,12.5                   | commas group the digits in threes       | write "40,455"
１２３４５，６７         | commas group the digits in threes       | write "1,234,567"
12 345                   | grouped by commas or fixed spaces       | write "12,345"
1'234                    | grouped by commas or fixed spaces       | write "1,234"
1_000                    | grouped by commas or fixed spaces       | write "40,455"
11.826.1                 | one decimal point                       | write it once
5.                       | a decimal point has digits after it     | leave the point out
007                      | does not begin with 0                   | leave the leading zeros out
1e9                      | without an exponent                     | write "1 billion"
1.5E-3                   | without an exponent                     | every digit
٣٤                       | digits are 0 to 9                       | write "3" for ٣
३%                       | digits are 0 to 9                       | write "3" for ३
--5                      | one sign                                | write "-5%"
+-5                      | one sign                                | write "-5%"
5-                       | a sign stands before its number         | write "-5%"
(5%)                     | written with its sign                   | write "-5%"
-5-3%                    | a range with a negative end             | write "-5% to -3%"
nan                      | digits or number words                  | leave the claim out
-inf                     | digits or number words                  | leave the claim out
N/A                      | digits or number words                  | leave the claim out
-                        | digits or number words                  | leave the claim out
…                        | digits or number words                  | leave the claim out
dozens                   | names a number                          | more than 100
数百                     | names a number                          | more than 100
十几万                   | names a number                          | more than 100
2.9m                     | a single letter                         | write "million" or "mn"
30K                      | a single letter                         | "thousand"
3兆                      | 兆                                      | 万亿
翻两番                   | 番                                      | write the multiple
1½                       | a fraction                              | "a quarter"
12/5%                    | a fraction                              | "25%"
第5位                    | a rank is no figure                     | Rank
11th                     | a rank is no figure                     | Rank
五万三                   | every place                             | 三百零五
5万3                     | every place                             | the digits
三四百                   | a range has a mark                      | 300–400
10.8万件                 | without its unit                        | pass "10.8万"
2.896 billion yuan       | without its unit                        | pass "2.896 billion"
$58.7 billion            | without its unit                        | pass "58.7 billion"
over US$15.26 million    | without its unit                        | pass "over 15.26 million"
¥3亿                     | without its unit                        | pass "3亿"
RMB 3 billion            | without its unit                        | pass "3 billion"
nearly 30,000 patents    | without its unit                        | pass "nearly 30,000"
9.4 patents per 10,000   | without its unit                        | pass "9.4"
about 3 to 5 or more y   | without its unit                        | pass "about 3 to 5"
one two                  | one printed number                      | as printed
two and two              | one printed number                      | as printed
2021-11-30               | one printed number                      | as printed
5 % %                    | one printed number                      | as printed
about                    | one printed number                      | as printed
千亿                     | one printed number                      | as printed
about 20 or more         | one hedge                               | keep the one
近3万多                  | one hedge                               | keep the one
25-20%                   | a range runs upwards                    | lower figure first
800 to 1.2 million       | a range runs upwards                    | lower figure first
20%-25                   | one sign of unit                        | behind the last
one to two thirds        | one sign of unit                        | behind both
over 20–25%              | no hedge but about                      | leave out the hedge
两至三百                 | names the places of both numbers        | 200–300
two to three hundred     | names the places of both numbers        | 200–300
"""


@pytest.mark.parametrize("row", REFUSED.strip().splitlines())
def test_a_refusal_names_the_rule_and_the_way_out(row: str) -> None:
    text, rule, way_out = (part.strip() for part in row.split("|"))
    with pytest.raises(FigureSyntaxError) as caught:
        Figure(text)
    error = caught.value
    assert rule in error.rule
    assert way_out in error.way_out
    assert error.given == text
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301


def test_with_a_decimal_comma_the_point_groups() -> None:
    with pytest.raises(FigureSyntaxError, match=r'threes where the comma .* write "6,42"|write "642"'):
        Figure("64.2", decimal_comma=True)
    with pytest.raises(FigureSyntaxError, match=r'write "1\.234\.567,8"'):
        Figure("12345.67,8", decimal_comma=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "got ''"),
        (" \t", r"got ' \\t'"),
        ("9" * 500, r"9{20}… \(500 characters\)"),
        ("5\x00", r"'5\\x00'"),
    ],
)
def test_blank_endless_and_unprintable_texts_are_shown_as_they_are(text: str, shown: str) -> None:
    with pytest.raises(FigureSyntaxError, match=shown):
        Figure(text)


def test_a_numeral_has_at_most_40_digits() -> None:
    assert Figure("1" * 40).number == int("1" * 40)
    with pytest.raises(FigureSyntaxError, match="at most 40 digits"):
        Figure("1" * 41)


PIECES = st.sampled_from(
    "0 1 2 3 4 5 6 7 8 9 , . - − – + % \u00a0 e _ ٣ ½ ( ) $ ' 多 余 成 半 万 亿 千 百 十 三 两 零 近 "
    "倍 件 分之 点 至 左右 以上 to_ between_ _and_ about_ over_ one_ hundred_ million a_ half_ third fold x "
    "percent points dozen minus_ \n".replace("_", " ").split(" ")
)


@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=12), st.booleans())
def test_any_text_is_a_figure_or_is_refused(text: str, comma: bool) -> None:  # noqa: FBT001
    try:
        figure = Figure(text, decimal_comma=comma)
    except FigureSyntaxError as error:
        assert error.rule  # noqa: PT017
        assert error.way_out  # noqa: PT017
    else:
        assert str(figure) == text
        assert eval(repr(figure)) == figure  # noqa: S307
        assert figure.hedge or figure.value in figure.interval()
