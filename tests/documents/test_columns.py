"""Columns of plain text: rows on one line where they can be, words never over words, figures never broken in vain."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.documents import Column, Document, Row, Table
from ipmetrics.documents.columns import Grid, fitted
from ipmetrics.documents.letters import width_of

LONG = "[2895500000, 2896500000]"
CLAIMS = [Column("id"), Column("claim"), Column("figure", "right", whole=True)]
ENDS = [Column("stated", whole=True), Column("implied", whole=True), Column("fit", "right", whole=True)]

sizes = st.integers(0, 60).flatmap(lambda size: st.tuples(st.just(size), st.integers(min(size, 1), size)))


@st.composite
def tables(draw: st.DrawFn) -> tuple[Grid, list[list[tuple[int, int]]]]:
    columns = draw(st.integers(1, 6))
    rows = draw(st.lists(st.lists(sizes, min_size=columns, max_size=columns), min_size=1, max_size=6))
    flags = st.lists(st.booleans(), min_size=columns, max_size=columns)
    grid = fitted(rows, draw(st.integers(1, 120)), head=rows[0], right=draw(flags), whole=draw(flags))
    return grid, rows


@given(tables())
def test_cells_of_one_line_never_touch(table: tuple[Grid, list[list[tuple[int, int]]]]) -> None:
    grid, rows = table
    edge = max(grid.room, grid.room + grid.over)
    for row in rows:
        shown = [place for place, (size, _) in zip(grid.places(row), row, strict=True) if size]
        assert [line for line, _, _ in shown] == sorted(line for line, _, _ in shown)
        for (line, _, stop), (below, start, _) in pairwise(shown):
            assert line < below or stop + grid.gap <= start
        assert all(0 <= start < stop <= edge for _, start, stop in shown)


@given(st.lists(st.text("ab 12", max_size=40), min_size=4, max_size=4), st.integers(30, 120))
def test_every_word_is_written_in_order(words: list[str], width: int) -> None:
    text = Document([Table([Column(), Column(whole=True)], [Row(words[:2]), Row(words[2:])])]).text(width)
    assert sorted(text.replace(" ", "").replace("\n", "")) == sorted("".join(words).replace(" ", ""))
    assert all(width_of(line) <= width for line in text.splitlines())


def test_one_long_interval_does_not_squeeze_the_other_rows() -> None:
    rows = [
        Row([f"claim-{n}", "Haidian as a share of Beijing 2021", "51.1%", "[51.05, 51.15] %", "", ""]) for n in range(9)
    ]
    rows += [Row(["amount", "Haidian 2021", "2.896 billion", LONG, "", ""])]
    rows += [Row(["phase", "Beijing 2021", "337 million", LONG, "(336500000, ∞)", "1"])]
    lines = Document([Table([*CLAIMS, *ENDS], rows)]).text(88).splitlines()
    assert lines[2] == "  claim-0  Haidian as a share of Beijing 2021  51.1%  [51.05, 51.15] %"
    assert len(lines) == 2 + 9 + 1 + 2
    assert lines[-3].endswith(LONG)
    assert lines[-2].endswith(LONG)
    assert lines[-1].split() == ["(336500000,", "∞)", "1"]


def test_a_table_that_fits_stands_in_straight_columns() -> None:
    rows = [Row(["a", "Haidian 2021", "332.8", "[332.75, 332.85]", LONG, "0.79"])]
    head, rule, row = Document([Table([*CLAIMS, *ENDS], rows)]).text(100).splitlines()
    assert head.index("implied") == row.index(LONG)
    assert len(rule) == len(row)
