"""What a figure says of the thing it is printed for, and in which unit, told from the words around it."""

from __future__ import annotations

import pytest

from ipmetrics.model.figures import Figure
from ipmetrics.prose.statements import Direction, Kind, Status
from tests.prose.chinese_lines import said


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [
        ("专利授权量为500件。", Kind.LEVEL, None),
        ("专利授权量增长到500件。", Kind.LEVEL, None),
        ("新增专利500件。", Kind.LEVEL, None),
        ("专利产业增加值达500亿元。", Kind.LEVEL, None),
        ("审查周期压缩至4个月。", Kind.LEVEL, None),
        ("每万人拥有专利55.2件。", Kind.LEVEL, None),
        ("专利授权量比上年增加500件。", Kind.CHANGE, Direction.UP),
        ("专利授权量同比下降5%。", Kind.CHANGE, Direction.DOWN),
        ("专利授权量增幅达12%。", Kind.CHANGE, Direction.UP),
        ("专利授权量减幅缩小到0.9%。", Kind.CHANGE, Direction.DOWN),
        ("专利授权量同比-2.9%。", Kind.CHANGE, Direction.DOWN),
        ("专利授权量增长3.8倍。", Kind.CHANGE, Direction.UP),
        ("企业专利申请占比提高3.2个百分点。", Kind.CHANGE, Direction.UP),
        ("专利结案率高出全国平均水平8个百分点。", Kind.CHANGE, Direction.UP),
        ("发明专利占全部专利的30%。", Kind.SHARE, None),
        ("发明专利占比达30%。", Kind.SHARE, None),
        ("超过70%的专利来自企业。", Kind.SHARE, None),
        ("案件结案率为95%。", Kind.SHARE, None),
        ("每万人专利拥有量是全国的8.2倍。", Kind.RATIO, None),
        ("专利授权量翻一番。", Kind.RATIO, None),
        ("专利授权量居全国第3位。", Kind.RANK, None),
        ("专利增速全市第一。", Kind.RANK, None),
    ],
)
def test_the_words_before_a_figure_tell_what_it_is(text: str, kind: Kind, direction: Direction | None) -> None:
    (statement,) = said(text)
    assert (statement.kind, statement.direction) == (kind, direction)
    assert Figure(statement.figure).text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("发明专利授权量500件。", "patent"),
        ("专利申请量500件。", "application"),
        ("PCT国际专利申请500件。", "application"),
        ("注册商标500件。", "trademark"),
        ("审结商标案件500件。", "case"),
        ("查处侵权案件500起。", "case"),
        ("软件著作权登记500件。", "registration"),
        ("植物新品种授权500项。", "variety"),
        ("专利质押融资额500亿元。", "CNY"),
        ("专利使用费出口500万美元。", "USD"),
        ("高新技术企业500家。", "company"),
        ("抓获犯罪嫌疑人500名。", "person"),
        ("审查周期为16.5个月。", "month"),
        ("每万人口发明专利拥有量55件。", "patent/10000 person"),
        ("专利授权量增长5%。", "percent"),
        ("专利授权量增速提高5个百分点。", "percentage_point"),
        ("专利授权量是上年的5倍。", "times"),
        ("专利授权量居全国第5位。", "rank"),
    ],
)
def test_a_classifier_and_the_noun_it_counts_tell_the_unit(text: str, unit: str) -> None:
    assert [each.unit for each in said(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("到2030年,每万人发明专利拥有量达到12件。", Status.TARGET),
        ("力争专利授权量达到500件。", Status.TARGET),
        ("专利授权量提前达到预期目标(500件)。", Status.TARGET),
        ("预计专利授权量达500件。", Status.FORECAST),
        ("专利授权量达到500件。", Status.ACTUAL),
    ],
)
def test_what_is_aimed_at_is_no_measurement(text: str, status: Status) -> None:
    assert [each.status for each in said(text)] == [status]


def test_traditional_letters_are_read_and_kept() -> None:
    (level, change) = said("發明專利申請500件,較去年同期減少3%。")
    assert (level.unit, level.indicator, level.quote) == ("application", "發明專利申請", "500件")
    assert (change.direction, change.base.words if change.base else None) == (Direction.DOWN, "去年同期")
