"""Published tables as they were printed, and what of them is known to disagree.

A `Published` table is declared once: where it is read, how its columns follow from each other, how they were printed.
`published_findings.toml` holds the facts: how many rows of it can be decided, and which of them disagree.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pandas as pd

from ipmetrics.tables import Column, Formula, check_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[1].parent / "shared" / "data"
AT_HAND = TABLES.is_dir()
FACTS = tomllib.loads((HERE / "published_findings.toml").read_text("utf-8"))
FINDINGS: dict[str, dict[str, Any]] = {table["name"]: table for table in FACTS["tables"]}

COUNT = Column(whole=True)
PERCENT = Column(multiplier=-2)

_DECIDED = ["consistent", "edge", "inconsistent"]
_LEFT = ["undetermined", "unreadable"]


@attrs.frozen(eq=False)
class Published:
    """A table, what follows from what in it, and how its columns were printed."""

    table: pd.DataFrame
    formulas: Mapping[str, Formula]
    columns: Mapping[str, Column]


Declaration: TypeAlias = "Callable[[], Published]"
Cases: TypeAlias = "dict[str, Declaration]"


def declaring(cases: Cases) -> Callable[[str], Callable[[Declaration], Declaration]]:
    """Return a decorator that keeps the declaration of a table under its name."""
    return lambda name: lambda declared: cases.setdefault(name, declared)


def read(path: str) -> pd.DataFrame:
    """Read a table with every cell as it was printed."""
    return pd.read_csv(TABLES / f"{path}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def counts(names: Iterable[str]) -> dict[str, Column]:
    """Declare columns of things counted one by one."""
    return dict.fromkeys(names, COUNT)


def summed(table: pd.DataFrame, columns: list[str]) -> pd.Series[str]:
    """Return the sum of counted columns where the page does not print it."""
    return table[columns].astype("int64").sum(axis=1).astype(str)


def side_by_side(table: pd.DataFrame, index: list[str], columns: str, values: str) -> pd.DataFrame:
    """Turn the rows that tell one column's labels apart into columns; two of one label are refused."""
    return table.pivot(index=index, columns=columns, values=values).reset_index()  # noqa: PD010 - pivot_table would not refuse


def families(table: pd.DataFrame, name: str, wholes: Mapping[str, Iterable[str]]) -> pd.DataFrame:
    """Return every whole with its parts, under its name as ``family``; rows of neither kind are left out.

    A row may be a whole and a part of others, so it may come twice: ``role`` says as what.
    """
    rows = []
    for whole, parts in wholes.items():
        rows.append(table[table[name] == whole].assign(family=whole, role="whole"))
        rows.append(table[table[name].isin(list(parts))].assign(family=whole, role="part"))
    return pd.concat(rows, ignore_index=True)


def assert_just_the_listed_rows_disagree(name: str, published: Published) -> None:
    """Check a table and hold every row of it against the findings."""
    known = FINDINGS[name]
    frame = check_table(published.table, published.formulas, published.columns).frame
    verdicts = {formula: frame[f"{formula}_verdict"] for formula in published.formulas}
    assert sum(found.isin(_DECIDED).sum() for found in verdicts.values()) == known["decided"]
    assert sum(found.isin(_LEFT).sum() for found in verdicts.values()) == known.get("undecided", 0)
    listed: dict[str, set[tuple[int, str]]] = {formula: set() for formula in verdicts}
    unlisted = Counter[str]()
    for finding in known.get("disagree", []):
        formula, verdict = finding["formula"], finding.get("verdict", "inconsistent")
        if "rows" not in finding:
            unlisted[formula] += finding["count"]
            continue
        rows = [row for row in _rows(published.table, finding["rows"]) if pd.notna(verdicts[formula].iloc[row])]
        assert len(rows) == finding.get("count", 1), finding
        listed[formula] |= {(row, verdict) for row in rows}
    for formula, found in verdicts.items():
        disagreeing = {(row, verdict) for row, verdict in enumerate(found) if verdict in _DECIDED[1:]}
        assert listed[formula] <= disagreeing, formula
        assert len(disagreeing - listed[formula]) == unlisted[formula], formula


def _rows(table: pd.DataFrame, labels: Mapping[str, str | list[str]]) -> list[int]:
    """Return the places of the rows that carry these labels."""
    mine = pd.Series(data=True, index=table.index)
    for column, label in labels.items():
        mine &= table[column].isin(label if isinstance(label, list) else [label])
    return [place for place, carries in enumerate(mine) if carries]
