"""A row that is put into words is worked out anew in fractions, and that always agrees with what the table said."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics import Interval, Rounding
from ipmetrics.tables.checking import check_table
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas import growth, share
from ipmetrics.tables.telling.fetching import picked
from ipmetrics.tables.telling.one_row import _whole_root, gap_of, worked_out
from ipmetrics.tables.telling.row_findings import DECIDED
from ipmetrics.tables.verdicts import RowReason, RowVerdict
from tests.effort import effort
from tests.tables.test_rows_as_the_scalar_check import FORMULAS, tables

if TYPE_CHECKING:
    from ipmetrics.tables.checked import CheckedTable
    from ipmetrics.tables.telling.row_findings import RowFinding
    from tests.tables.test_rows_as_the_scalar_check import Table

ONE_OF_A_KIND = {RowReason.NEGATIVE, RowReason.ZERO_BASE}


def every_finding(checked: CheckedTable) -> list[RowFinding]:
    """What is found in every row that was decided, failing or not."""
    evidence = checked._reading()
    (asked,) = evidence.call.asked
    return [
        finding
        for verdict in DECIDED
        for finding in evidence.findings(
            evidence.call,
            asked,
            picked(evidence.call, checked._frame, asked, (verdict, None), (), limit=None),
            verdict,
        )
    ]


def near(exact: Fraction | None, told: float) -> bool:
    return math.isinf(told) if exact is None else math.isclose(exact, told, rel_tol=1e-9, abs_tol=1e-9)


def lost_in_floats(finding: RowFinding) -> float:
    """How many units of the last place the table's floats may lose where they take one large number from another."""
    assert finding.stated is not None
    ends = [abs(end) for end in (finding.stated.lower, finding.stated.upper) if end is not None]
    return 1e-6 + 1e-14 * float(max(ends) / finding.cells[0].unit)


@pytest.mark.parametrize("kind", FORMULAS)
def test_fractions_say_what_the_table_says(kind: str) -> None:
    @given(tables(kind, rows=8))
    @effort(12)
    def agree(table: Table) -> None:
        formula, cells, columns = table
        checked = check_table(pd.DataFrame(cells), {"x": formula}, columns)
        rows = checked.frame
        rounded_whole = any(
            column.whole and column.rounding not in {None, Rounding.EXACT} for column in columns.values()
        )
        for finding in every_finding(checked):
            assert finding.position is not None
            row = rows.iloc[finding.position]
            assert (str(finding.verdict), finding.cells[0].text) == (row["x_verdict"], row["x"].strip())
            if finding.reason in ONE_OF_A_KIND or finding.hidden is not None:
                continue
            if finding.over:
                assert finding.verdict is RowVerdict.INCONSISTENT
                continue
            if finding.stated is None or finding.implied is None:
                assert kind in {"compound growth", "growth of whole things"} or finding.stated == Interval.empty()
                continue
            meets = finding.stated.overlaps(finding.implied)
            assert meets or finding.verdict is RowVerdict.INCONSISTENT
            assert not meets or rounded_whole or finding.verdict is not RowVerdict.INCONSISTENT
            if math.isnan(row["x_slack"]):
                assert kind == "compound growth"  # the root of what may be negative
                continue
            assert near(finding.implied.lower, row["x_lower"]), (finding, row)
            assert near(finding.implied.upper, row["x_upper"]), (finding, row)
            if finding.slack is not None and finding.verdict is not RowVerdict.EDGE:
                assert math.isclose(finding.slack, row["x_slack"], rel_tol=1e-7, abs_tol=lost_in_floats(finding))

    agree()


@given(st.integers(0, 10**40), st.integers(1, 12))
@effort(50)
def test_a_whole_root_is_the_greatest_that_is_not_too_large(number: int, periods: int) -> None:
    root = _whole_root(number, periods)
    assert root**periods <= number < (root + 1) ** periods


def test_ends_of_compound_growth_are_rounded_outwards_by_next_to_nothing() -> None:
    relation = growth("a", since="b", periods=2).of("x")
    found = worked_out(relation, [Interval.point(1), Interval.point(2), Interval.point(1)], Fraction(1, 100))
    assert found.implied is not None
    assert found.implied.lower is not None
    assert found.implied.upper is not None
    assert not found.exact
    assert (1 + found.implied.lower) ** 2 < 2 < (1 + found.implied.upper) ** 2
    assert found.implied.upper - found.implied.lower <= Fraction(1, 100) / 10**9
    square = worked_out(relation, [Interval.point(1), Interval.point(9), Interval.point(4)], Fraction(1, 100))
    assert (square.implied, square.exact) == (Interval.point(Fraction(1, 2)), True)


def test_nothing_is_implied_where_a_number_is_not_known() -> None:
    relation = share("a", of="b").of("x")
    one, nothing = Interval.point(1), Interval.point(0)
    unknown: list[list[Interval | None]] = [[None, None, None], [one, None, one], [one, one, nothing]]
    for operands in unknown:
        assert worked_out(relation, operands, Fraction(1)).implied is None


def test_a_gap_is_counted_in_units_of_the_last_place() -> None:
    stated, unit = Interval.closed(10, 12), Fraction(1, 2)
    assert gap_of(stated, Interval.closed(13, 20), unit) == -2
    assert gap_of(stated, Interval.closed(0, 8), unit) == -4
    assert gap_of(stated, Interval.closed(12, 20), unit) == 0
    assert gap_of(stated, Interval.closed(11, 20), unit) == 2
    assert gap_of(stated, Interval.at_most(9), unit) == -2
    assert gap_of(stated, Interval.everything(), unit) is None
    assert gap_of(stated, Interval.empty(), unit) is None


def test_where_a_number_is_not_printed_it_is_told_where_it_has_to_lie() -> None:
    table = pd.DataFrame({"b": ["7", "7"], "x": ["51.1%", "57.1%"]})
    columns = {"b": Column(whole=True)}
    (finding,) = check_table(table, {"x": share(None, of="b")}, columns).failing()
    assert finding.hidden == Interval.closed(Fraction(51050 * 7, 100_000), Fraction(51150 * 7, 100_000))
    assert str(finding).endswith("asks for a whole number in [3.5735, 3.5805]: there is none")
