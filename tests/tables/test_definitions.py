from __future__ import annotations

import pandas as pd
import pytest

import ipmetrics as ipm
from ipmetrics.errors import TableError
from ipmetrics.tables import formulas_of

PATENTS = ipm.Indicator("patents in force", unit="patent", whole=True)
INVENTIONS = ipm.Indicator("inventions in force", unit="patent", whole=True)
PEOPLE = ipm.Indicator("resident population", unit="person", multiplier=6)


def test_rates_shares_and_growth_follow_from_their_definitions() -> None:
    columns = {
        "patents": PATENTS,
        "inventions": INVENTIONS,
        "people": PEOPLE,
        "per_million": PATENTS.per(PEOPLE, 1_000_000),
        "by_last_year": INVENTIONS.per(PEOPLE, 1_000_000, period="previous"),
        "share": INVENTIONS.share_of(PATENTS),
        "growth": PATENTS.growth(),
    }
    formulas, declared = formulas_of(columns, year="year", within="region")
    assert {name: str(formula) for name, formula in formulas.items()} == {
        "per_million": "patents ÷ people",
        "by_last_year": "inventions ÷ people of year − 1, same region",
        "share": "inventions ÷ patents",
        "growth": "growth of patents since year − 1, same region",
    }
    table = pd.DataFrame(
        {
            "region": ["North", "North"],
            "year": [2020, 2021],
            "patents": ["1001", "1103"],
            "inventions": ["301", "551"],
            "people": ["2.0", "2.2"],
            "per_million": ["500", "501"],
            "by_last_year": ["..", "275"],
            "share": ["30%", "51%"],
            "growth": ["..", "10.2%"],
        }
    )
    checked = ipm.check_table(table, formulas, declared).frame
    told = {name: list(checked[f"{name}_verdict"]) for name in formulas}
    assert told == {
        "per_million": ["consistent", "consistent"],
        "by_last_year": ["undetermined", "consistent"],
        "share": ["consistent", "inconsistent"],
        "growth": ["undetermined", "consistent"],
    }


def test_everything_that_a_definition_lacks_is_told_at_once() -> None:
    columns = {
        "share": INVENTIONS.share_of(PATENTS),
        "either": PATENTS.per(PEOPLE, 1_000_000, period="either"),
        "patents": PATENTS,
        "people": PEOPLE,
        "growth": PATENTS.growth(),
    }
    with pytest.raises(TableError) as told:
        formulas_of(columns)
    assert [fault.where for fault in told.value.faults] == ["column 'share'", "column 'either'", "column 'growth'"]
