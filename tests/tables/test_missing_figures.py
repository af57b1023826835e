"""What the others imply is told where the figure itself is missing, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest

from ipmetrics.tables import check_table, rate, row, total
from tests.tables import engines

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FRAMES: list[Callable[[dict[str, list[Any]]], Any]] = [pd.DataFrame, pl.DataFrame, pl.LazyFrame]


@pytest.mark.parametrize("frame", FRAMES, ids=["pandas", "polars", "polars lazy"])
def test_a_missing_rate_is_implied_by_its_operands(frame: Callable[[dict[str, list[Any]]], Any]) -> None:
    native = frame({"no": [0, 1, 2], "n": ["12", "..", "7"], "p": ["3.0", "2.0", "c"], "r": ["..", "..", ".."]})
    first, second, third = engines.rows(check_table(native, {"r": rate("n", per="p")}).frame)
    assert first["r_verdict"] == "undetermined"
    assert first["r_lower"] == pytest.approx(11.5 / 3.05)
    assert first["r_upper"] == pytest.approx(12.5 / 2.95)
    assert first["r_slack"] is None
    assert (second["r_lower"], third["r_upper"]) == (None, None)


@pytest.mark.parametrize("frame", FRAMES, ids=["pandas", "polars", "polars lazy"])
def test_a_missing_total_is_implied_by_its_parts(frame: Callable[[dict[str, list[Any]]], Any]) -> None:
    native = frame({"no": [0, 1, 2], "region": ["Total", "North", "South"], "n": ["–", "1.5", "2.5"]})
    whole, north, _ = engines.rows(check_table(native, {"n": total(over="region", of=row(region="Total"))}).frame)
    assert whole["n_lower"] == pytest.approx(3.9)
    assert whole["n_upper"] == pytest.approx(4.1)
    assert (north["n_verdict"], north["n_lower"]) == (None, None)
