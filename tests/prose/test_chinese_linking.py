"""What figures have to do with each other: nouns that go on, changes of levels, rows that are given out."""

from __future__ import annotations

import pytest

from ipmetrics.prose.statements import Kind
from tests.prose.chinese_lines import said


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("专利授权量500件,同比增长5%。", ["专利授权量", "专利授权量"]),
        ("新收专利案件500件,审结300件。", ["新收专利案件", "审结专利案件"]),
        ("授予500件发明专利。", ["授予发明专利"]),
        ("共有300家企业持有有效发明专利500件。", ["企业", "企业持有有效发明专利"]),
        ("专利申请和商标申请分别为500件和300件。", ["专利申请", "商标申请"]),
        ("农业、林业植物新品种授权分别为155项和28项。", ["农业植物新品种授权", "林业植物新品种授权"]),
        ("高价值发明专利500件,其中属于战略性产业的有300件。", ["高价值发明专利", "属于战略性产业高价值发明专利"]),
        ("# 软件著作权登记\n全年完成500件。", ["软件著作权登记"]),
        ("平均审理周期,民事案件为121.5天。", ["民事案件平均审理周期"]),
        ("专利授权量500件,数量居全国首位。", ["专利授权量", "专利授权量数量"]),
    ],
)
def test_a_noun_goes_on_until_another_is_named(text: str, indicators: list[str]) -> None:
    assert [each.indicator for each in said(text)] == indicators


def test_a_change_is_about_the_level_before_it() -> None:
    level, change, share = said("专利授权量500件(同比增长5%),占全省的30%。")
    assert (level.about, change.about, share.about) == (None, 0, 0)
    assert share.base is not None
    assert share.base.words == "全省"


def test_changes_in_a_row_are_given_to_the_levels_before_them() -> None:
    statements = said("新收案件500件,审结300件,比2021年分别下降18%和9%。")
    assert [each.about for each in statements] == [None, None, 0, 1]
    assert [str(each.base.period) for each in statements[2:] if each.base] == ["2021", "2021"]


def test_a_row_of_years_takes_a_row_of_figures_and_their_changes_follow() -> None:
    statements = said("专利授权量2020至2022年分别为330件、365件、400件,同比分别上升5%、10.6%、9.6%。")
    assert [str(each.period) for each in statements] == ["2020", "2021", "2022"] * 2
    assert [each.about for each in statements] == [None, None, None, 0, 1, 2]


def test_growth_behind_two_levels_may_be_of_either() -> None:
    pledges, amount, growth = said("全市办理专利质押融资483笔、金额28.96亿元,增长8.06%。")
    assert (pledges.unit, amount.unit) == ("pledge", "CNY")
    assert growth.about == 1
    assert growth.doubts
    assert [(each.about, each.indicator, each.span) for each in growth.alternatives] == [
        (0, pledges.indicator, growth.span)
    ]


def test_growth_of_its_own_noun_is_of_nothing_else() -> None:
    *_, growth = said("全市办理专利质押融资483笔、金额28.96亿元,专利申请量增长8.06%。")
    assert (growth.indicator, growth.about, growth.alternatives) == ("专利申请量", None, ())


def test_a_way_from_one_year_to_another_has_two_ends() -> None:
    first, last, growth = said("技术合同成交额由2017年的1.3万亿元增长到2021年的3.7万亿元,年均增长29.4%。")
    assert [str(each.period) for each in (first, last)] == ["2017", "2021"]
    assert (growth.kind, growth.per) == (Kind.CHANGE, "year")


def test_a_stock_is_counted_on_the_last_day() -> None:
    stock, flow = said("2022年,全市有效发明专利500件,专利授权量300件。")
    assert [str(stock.period), str(flow.period)] == ["2022-12-31", "2022"]


def test_a_time_in_a_bracket_ends_with_it() -> None:
    statements = said("2022年审结案件500件(含2021年旧存30件),增加20件。")
    assert [str(each.period) for each in statements] == ["2022"] * 3


def test_rows_take_their_names_from_the_first_cell_and_the_header() -> None:
    text = "指标|2021年|2022年|同比\n专利授权量(件)|400|500|25%\n商标注册量(万件)|7.2|7.1|-1.4%"
    statements = said(text)
    assert [(each.indicator, str(each.period), int(each.value)) for each in statements if each.kind is Kind.LEVEL] == [
        ("专利授权量", "2021", 400),
        ("专利授权量", "2022", 500),
        ("商标注册量", "2021", 72000),
        ("商标注册量", "2022", 71000),
    ]
    assert [each.about for each in statements if each.kind is Kind.CHANGE] == [1, 4]
    assert [str(each.direction) for each in statements if each.kind is Kind.CHANGE] == ["up", "down"]
