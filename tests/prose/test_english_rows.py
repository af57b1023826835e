"""Tables in an article: what a header says of its columns, a label of its row, and two years of their change."""

from __future__ import annotations

import pytest

from ipmetrics.prose.english.columns import column_of
from ipmetrics.prose.statements import Direction, Kind, Status
from tests.prose.english_lines import said, sentence


def table(*rows: str) -> str:
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("header", "kind", "name"),
    [
        ("2022", Kind.LEVEL, ""),
        ("Patents (2022)", Kind.LEVEL, "Patents"),
        ("Change", Kind.CHANGE, ""),
        ("Growth, %", Kind.CHANGE, ""),
        ("Share of total", Kind.SHARE, ""),
        ("Rank", Kind.RANK, "Rank"),
    ],
)
def test_a_header_says_what_its_column_holds(header: str, kind: Kind, name: str) -> None:
    column = column_of(sentence(header))
    assert (column.kind, column.name) == (kind, name)


def test_a_row_of_two_years_and_a_change_compares_them() -> None:
    statements = said(
        table("Indicator | 2021 | 2022 | Change", "Patent grants | 400 | 500 | 25%", "Designs | 8 | 6 | -25%")
    )
    assert [(one.indicator, str(one.period), int(one.value)) for one in statements if one.kind is Kind.LEVEL] == [
        ("Patent grants", "2021", 400),
        ("Patent grants", "2022", 500),
        ("Designs", "2021", 8),
        ("Designs", "2022", 6),
    ]
    changes = [one for one in statements if one.kind is Kind.CHANGE]
    assert [(one.about, one.base.statement) for one in changes if one.base] == [(1, 0), (4, 3)]
    assert [one.direction for one in changes] == [Direction.UP, Direction.DOWN]


def test_figures_are_read_with_the_sign_and_scale_of_their_header() -> None:
    statements = said(table("Indicator | 2022, million euros | Growth (%)", "Exports | 2.5 | 8.1"))
    assert [(one.kind, one.figure, float(one.value)) for one in statements] == [
        (Kind.LEVEL, "2.5 million", 2_500_000),
        (Kind.CHANGE, "8.1%", pytest.approx(8.1)),
    ]


def test_rows_of_places_take_their_name_from_the_header() -> None:
    statements = said(table("Province | Patents 2022 | Rank", "Beijing | 500 | 1", "Shanghai | 400 | 2"))
    assert [(one.region, one.indicator, one.unit, int(one.value)) for one in statements] == [
        ("Beijing", "Patents", "patent", 500),
        ("Shanghai", "Patents", "patent", 400),
    ]


def test_rows_of_names_that_no_catalogue_has_are_quoted_for_them() -> None:
    statements = said(table("Applicant | Filings in 2022", "Huawei | 500", "Samsung | 400"))
    assert [(one.region, one.unit) for one in statements] == [("Huawei", "application"), ("Samsung", "application")]


def test_planned_figures_are_not_measured_ones() -> None:
    statements = said(table("Indicator | 2020 | Target 2025", "Patents per 10,000 people | 6.3 | 12"))
    assert [one.status for one in statements][-2:] == [Status.ACTUAL, Status.TARGET]


@pytest.mark.parametrize(
    ("label", "unit"),
    [("Patent grants", "patent"), ("Requests for examination", "application"), ("Pendency (months)", "month")],
)
def test_the_label_of_a_row_says_what_it_counts(label: str, unit: str) -> None:
    (found,) = said(table("Indicator | 2022", f"{label} | 500"))
    assert found.unit == unit


@pytest.mark.parametrize("label", ["Review in months", "Working days"])
def test_a_length_of_time_needs_no_bracket(label: str) -> None:
    (found,) = said(table("Indicator | 2022", f"{label} | 12"))
    assert found.unit == label.rsplit(maxsplit=1)[-1].removesuffix("s")


def test_a_table_without_header_begins_at_once() -> None:
    statements = said("# Patents in 2022\n\n" + table("Beijing | 500", "Shanghai | 400"))
    assert [(one.region, int(one.value)) for one in statements] == [("Beijing", 500), ("Shanghai", 400)]


def test_a_new_row_of_years_heads_another_table() -> None:
    rows = ("Patents | 2021 | 2022", "Grants | 400 | 500", "Trademarks | 2019 | 2020", "Grants | 40 | 50")
    assert [str(one.period) for one in said(table(*rows))] == ["2021", "2022", "2019", "2020"]


def test_more_cells_than_headers_are_read_without_one() -> None:
    assert [int(one.value) for one in said(table("Indicator | 2022", "Patents | 500 | 600"))] == [500, 600]
