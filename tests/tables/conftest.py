"""Every kind of frame for the tests that ask for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tables import engines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.tables.engines import Constructor


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    yield from engines.spark_sessions()


@pytest.fixture(params=engines.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of a kind of frame that can be made here."""
    reason = engines.missing(request.param)
    if reason is not None:
        pytest.skip(reason)
    return str(request.param)


@pytest.fixture
def constructor(engine: str, request: pytest.FixtureRequest) -> Constructor:
    """Turn a dictionary of columns into that kind of frame."""
    if engine == "pyspark":
        return engines.spark_constructor(request.getfixturevalue("spark"))
    return engines.duckdb_constructor() if engine == "duckdb" else engines.PLAIN[engine]
