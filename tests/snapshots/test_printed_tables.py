"""What people see of a checked table, compared letter by letter with files beside this one.

After a change that is meant, write them anew and read the difference:
IPMETRICS_SNAPSHOTS=write python -m pytest tests/snapshots
"""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from ipmetrics.tables import CheckedTable, Column, check_table
from ipmetrics.tables.formulas import at_most, earlier, growth, rate, row, share, total

HERE = Path(__file__).parent


def assert_printed(name: str, text: str) -> None:
    path = HERE / name
    if os.environ.get("IPMETRICS_SNAPSHOTS") == "write":
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text + "\n"


def regions() -> CheckedTable:
    """A made-up table of every kind of row."""
    table = pd.DataFrame(
        [
            ("Total", "2020", "260,000", "91.5", "2841.5", "100%", "..", "35"),
            ("North", "2020", "86,652", "20.7", "4187.5", "33.3%", "..", "7"),
            ("South", "2020", "63,248", "79.2", "789.6", "24.3%", "..", "25.1%"),
            ("海岛", "2020", "1,200", "–", "..", "0.5%", "..", "57.1%"),
            ("West", "2020", "108,900", "10.8/2", "1008.3", "41.9%", "..", "c"),
            ("Total", "2021", "286,100", "92.0", "3109.8", "100%", "10.0%", "35"),
            ("North", "2021", "99,700", "20.8", "4793.3", "34.8%", "15.1%", "7"),
            ("South", "2021", "63,400", "79.3", "799.5", "22.1%", "0.2%", "51.1%"),
            ("海岛", "2021", "1,500", "0.5", "3000.0", "0.5%", "25.0%", "57.1%"),
            ("West", "2021", "121,500", "0", "1107.6", "42.5%", "11.6%", "57.1%"),
        ],
        columns=["region", "year", "patents", "people", "density", "percent", "up", "of_seven"],
    )
    table["seven"] = "7"
    formulas = {
        "density": rate("patents", per="people", where={"region": ["North", "South", "West", "海岛"]}),
        "percent": share("patents", of=row(region="Total"), within="year"),
        "up": growth("patents", since=earlier("year"), within="region"),
        "all regions": total(over="region", of=row(region="Total"), within="year", about="patents"),
        "part": at_most(row(region="Total"), within="year", about="patents", where={"region": ["North", "South"]}),
        "of_seven": share(None, of="seven"),
    }
    columns = {
        "patents": Column(whole=True),
        "people": Column(multiplier=6),
        "density": Column(multiplier=-6),
        "seven": Column(whole=True),
        "of_seven": Column(multiplier=-2),
    }
    return check_table(table, formulas, columns)


@pytest.fixture(scope="module")
def checked() -> CheckedTable:
    return regions()


def test_a_table_is_told_as_before(checked: CheckedTable) -> None:
    assert_printed("table.txt", str(checked))
    assert_printed("table.md", checked.to_markdown())
    assert_printed("table.html", checked._repr_html_())
    assert_printed("table.json", checked.to_json())


def test_a_narrow_terminal_is_enough_for_a_table(checked: CheckedTable) -> None:
    assert_printed("table.narrow.txt", checked.document().text(60))


def test_every_row_speaks_for_itself(checked: CheckedTable) -> None:
    examples = [finding for each in checked.report().left_open for finding in each.examples]
    assert_printed("table.rows.txt", "\n".join(map(str, (*checked.failing(), *examples))))


def test_tables_with_little_to_say(checked: CheckedTable) -> None:
    table = pd.DataFrame({"region": ["A", "B"], "part": ["1", "x"], "whole": ["2", "2"]})
    columns = {"part": Column(whole=True), "whole": Column(whole=True)}
    told = [
        check_table(rows, {"part": at_most("whole")}, columns)
        for rows in (table.iloc[:1], table.iloc[1:], table.iloc[:0])
    ]
    assert_printed("table.small.txt", "\n\n".join(map(str, told)))
