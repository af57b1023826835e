"""Names of places and bodies, and the region that a figure is quoted for."""

from __future__ import annotations

import pytest

from ipmetrics.prose.chinese.regions import places
from tests.prose.chinese_lines import said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("南通市和北京市海淀区", ["南通市", "北京市海淀区"]),
        ("广州市越秀区", ["广州市越秀区"]),
        ("我国与德国", ["中国", "德国"]),
        ("华为技术有限公司", ["华为技术有限公司"]),
        ("北京知识产权法院", ["北京知识产权法院"]),
        ("各地区、园区、示范区和城市", []),
    ],
)
def test_names_are_found_whole(text: str, names: list[str]) -> None:
    assert [place.name for place in places(text, 0, len(text))] == names


@pytest.mark.parametrize("text", ["占全国的5%", "居全省首位", "比江苏省快", "列全国第3位"])
def test_a_name_that_is_compared_with_is_no_subject(text: str) -> None:
    assert [place.base for place in places(text, 0, len(text))] == [True]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("# 无锡市专利统计\n全市发明专利授权量为500件。", "无锡市"),
        ("# 无锡市专利统计\n全国发明专利授权量为500件。", "中国"),
        ("# 无锡市专利统计\n其中江阴市发明专利授权量为500件。", "江阴市"),
        ("# 无锡市专利统计\n授权量居全国第三,共有发明专利500件。", "无锡市"),
        ("# 专利申请排名\n华为技术有限公司以500件PCT申请居首。", "华为技术有限公司"),
        ("# 专利申请排名\n某某智造以500件PCT申请居首。", "某某智造"),
        ("国家知识产权局受理专利申请500件。", "中国"),
    ],
)
def test_a_figure_is_quoted_for_the_name_before_it_or_the_place_of_the_text(text: str, region: str) -> None:
    (statement,) = [each for each in said(text) if each.value == 500]
    assert statement.region == region


def test_a_row_of_places_takes_a_row_of_figures() -> None:
    statements = said("广东、江苏、浙江发明专利授权量分别为300件、200件和100件。")
    assert [(each.region, int(each.value)) for each in statements] == [("广东", 300), ("江苏", 200), ("浙江", 100)]
