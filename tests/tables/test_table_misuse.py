"""Bad input: one error tells everything wrong with a call; trouble in a row is a code of its own, never a lost row."""

from __future__ import annotations

import math
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ipmetrics.errors import TableError
from ipmetrics.tables.checking import check_table
from ipmetrics.tables.columns import Column
from ipmetrics.tables.formulas import (
    Formula,
    adds_to,
    at_most,
    difference,
    earlier,
    growth,
    multiple,
    rate,
    row,
    running_total,
    same_as,
    share,
    total,
)
from tests.tables import engines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.tables.engines import Cell, Constructor, Frame

OUTPUTS = ("verdict", "reason", "lower", "upper", "slack")
QUICK = tuple(engine for engine in engines.ENGINES if engine != "pyspark")
TABLE: dict[str, list[Cell]] = {
    "region": ["North", "South", "Total"],
    "year": [2020, 2020, 2020],
    "count": ["12", "24", "36"],
    "people": ["3", "4", "7"],
    "rate": ["4", "6", "5"],
}


@pytest.fixture(params=QUICK)
def quick(request: pytest.FixtureRequest) -> Constructor:
    """Every kind of frame but Spark's, which takes its time."""
    engine: str = request.param
    reason = engines.missing(engine)
    if reason is not None:
        pytest.skip(reason)
    return engines.duckdb_constructor() if engine == "duckdb" else engines.PLAIN[engine]


def frame(**changes: list[Cell]) -> pd.DataFrame:
    return pd.DataFrame({**TABLE, **changes})


def refused(*given: Any, **options: Any) -> TableError:  # noqa: ANN401 - whatever a caller may pass
    with pytest.raises(TableError) as raised:
        check_table(*given, **options)
    return raised.value


def told(error: TableError) -> list[tuple[str, str]]:
    return [(fault.where, fault.message) for fault in error.faults]


def codes(native: Frame, formula: Formula, columns: Mapping[str, Column] | None = None) -> list[tuple[Cell, Cell]]:
    checked = check_table(native, {"rate": formula}, columns, output=("verdict", "reason"))
    return [(found["rate_verdict"], found["rate_reason"]) for found in engines.rows(checked.frame)]


# -- the call


@pytest.mark.parametrize(
    "given",
    [None, "table.csv", [{"count": "12"}], {"count": ["12"]}, pd.Series(["12"]), 12],
    ids=lambda given: type(given).__name__,
)
def test_what_is_no_frame_is_refused(given: object) -> None:
    assert type(given).__name__ in str(refused(given, {"rate": rate("count", per="people")}))


def test_everything_wrong_with_a_call_is_told_at_once(quick: Constructor) -> None:
    native = quick({**TABLE, "share": [0.1, 0.2, 0.3], "when_verdict": ["a", "b", "c"], "when": ["1", "2", "3"]})
    formulas: dict[str, Any] = {
        "ratio": rate("count", per="people"),
        "rate": rate("cuont", per="peeple"),
        "share": share("count", of=row(regoin="Total"), within="yaer"),
        "count": at_most("people", where={"knid": "a"}),
        "people": difference("people", minus=earlier("region")),
        "when": same_as("people"),
        "year": "count / people",
    }
    columns: dict[str, Any] = {"density": Column(multiplier=6), "people": 6}
    error = refused(native, formulas, columns, output=("verdict", "reasons"))
    everything = "\n".join(f"{where}: {message}" for where, message in told(error))
    for word in ("'ratio'", "'cuont'", "'peeple'", "'regoin'", "'yaer'", "'knid'", "when_verdict", "'density'"):
        assert word in everything, word
    for place in ("formulas['rate']", "formulas['year']", "columns['people']", "columns['density']", "output"):
        assert place in {where for where, _ in told(error)}, place
    assert "lost its zeros" in everything  # the shares are floats
    assert "did you mean 'count'" in everything
    assert len(error.faults) == len(set(error.faults)) >= 11
    assert everything.replace("\n", "\n  ") in str(error)


def test_faults_come_in_the_order_of_the_call() -> None:
    formulas = {name: rate("count", per="people", about=name) for name in ("zebra", "apple", "mango")}
    assert [where for where, _ in told(refused(frame(), formulas))] == [f"formulas[{name!r}]" for name in formulas]


def test_the_error_survives_pickling() -> None:
    error = refused(frame(), {"nowhere": rate("count", per="nobody")})
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled a moment ago
    assert (str(again), again.faults) == (str(error), error.faults)


@pytest.mark.parametrize(
    "formulas", [{}, None, [rate("count", per="people")], rate("count", per="people"), {"rate": None}]
)
def test_formulas_are_a_dictionary_of_formulas(formulas: object) -> None:
    assert refused(frame(), formulas).faults


@pytest.mark.parametrize("columns", [["people"], "people", {"people": 6}, {"people": "million"}, {1: Column()}])
def test_columns_are_a_dictionary_of_declarations(columns: object) -> None:
    assert refused(frame(), {"rate": rate("count", per="people")}, columns).faults


def test_a_declaration_of_a_column_that_is_not_there_is_refused() -> None:
    ((where, message),) = told(
        refused(frame(), {"rate": rate("count", per="people")}, {"peoples": Column(multiplier=6)})
    )
    assert where == "columns['peoples']"
    assert "'people'" in message


def test_a_declaration_may_read_from_a_column_that_is_there_only() -> None:
    declared = {"rate": Column(read_from="quotient")}
    assert "'quotient'" in str(refused(frame(), {"rate": rate("count", per="people")}, declared))


@pytest.mark.parametrize(
    "formula",
    [
        rate("count", per="nobody"),
        rate("nothing", per="people"),
        rate("count", per="people", about="nothing"),
        multiple("count", of=row("nothing", region="Total")),
        multiple("count", of=row(nothing="Total")),
        share("count", of=row(region="Total"), within="nothing"),
        growth("count", since=earlier("nothing")),
        growth("count", since=earlier("year", column="nothing")),
        difference("count", minus=earlier("year"), within=["region", "nothing"]),
        running_total("count", since=earlier("year"), less="nothing"),
        total("count", "nothing"),
        total(over="region", of=row(region="Total"), parts={"nothing": ["province"]}),
        total(over="region", of=row(region="Total"), within="nothing"),
        total(over="nothing", of=row(region="Total")),
        adds_to("100", over="region", within="nothing"),
        adds_to("100", over="nothing"),
        at_most("count", where={"nothing": 1}),
    ],
    ids=lambda formula: formula.words,
)
def test_every_column_that_a_formula_names_must_be_there(formula: Formula) -> None:
    assert {name for name in ("nothing", "nobody") if f"'{name}'" in str(refused(frame(), {"rate": formula}))}


def test_floats_have_lost_their_zeros(quick: Constructor) -> None:
    native = quick({**TABLE, "rate": [4.0, 6.0, 5.1]})
    ((where, message),) = told(refused(native, {"rate": rate("count", per="people")}))
    assert where == "column 'rate'"
    assert "Column(decimals=" in message
    assert codes(native, rate("count", per="people"), {"rate": Column(decimals=1)})[0] == ("consistent", None)


@pytest.mark.parametrize(
    "cells", [[True, False, True], pd.to_datetime(["2020", "2021", "2022"])], ids=["flags", "dates"]
)
def test_flags_and_dates_are_no_figures(cells: Any) -> None:  # noqa: ANN401 - what a column may hold
    native = frame().assign(people=cells)
    ((where, _),) = told(refused(native, {"rate": rate("count", per="people")}))
    assert where == "column 'people'"


def test_a_column_of_an_answer_is_not_overwritten() -> None:
    assert "rate_verdict" in str(refused(frame(rate_verdict=["a", "b", "c"]), {"rate": rate("count", per="people")}))


@pytest.mark.parametrize("output", ["verdict", ["verdicts"], [None]])
def test_only_known_columns_can_be_asked_for(output: object) -> None:
    assert refused(frame(), {"rate": rate("count", per="people")}, output=output).faults


def test_another_table_is_a_frame_of_the_same_kind() -> None:
    last = {"region": ["North"], "count": ["10"]}
    for other in (last, engines.arrow(last), None):
        formula = growth("count", since=other, match="region", about="rate") if other is not None else None
        assert refused(frame(), {"rate": formula}).faults


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pd.concat([frame(), frame()[["rate"]]], axis=1)
    assert "rate" in str(refused(twice, {"rate": rate("count", per="people")}))


# -- keys


def test_keys_that_find_two_rows_are_told_for_every_formula(quick: Constructor) -> None:
    twice = {name: [*cells, cells[1]] for name, cells in TABLE.items()}
    last = quick({"region": ["North", "South", "North"], "count": ["10", "20", "11"]})
    formulas = {
        "by row": growth("count", since=row(region="South"), within="year", about="rate"),
        "by year": growth("count", since=earlier("year"), within="region", about="rate"),
        "by frame": growth("count", since=last, match="region", about="rate"),
        "good": growth("count", since=row(region="Total"), within="year", about="rate"),
    }
    error = refused(quick(twice), formulas)
    everything = "\n".join(message for _, message in told(error))
    assert everything.count("South") >= 2
    assert "North" in everything
    assert len(error.faults) == 3


def test_keys_that_are_null_find_nothing(quick: Constructor) -> None:
    native = quick(
        {
            engines.NUMBER: [0, 1, 2, 3, 4],
            "region": ["North", None, None, "North", "Total"],
            "year": [2020, 2020, 2021, 2021, None],
            "count": ["10", "10", "11", "11", "21"],
            "rate": ["10%", "10%", "10%", "10%", "10%"],
        }
    )
    nothing = ("undetermined", "no matching row")
    by_year = growth("count", since=earlier("year"), within="region")
    assert codes(native, by_year) == [nothing, nothing, nothing, ("consistent", None), nothing]
    by_row = share("count", of=row(region="Total"), within="year")
    assert codes(native, by_row) == [nothing] * 5


def test_a_whole_whose_key_is_null_has_no_parts(quick: Constructor) -> None:
    native = quick(
        {
            engines.NUMBER: [0, 1, 2, 3],
            "region": ["North", "Total", "North", "Total"],
            "year": ["2020", "2020", None, None],
            "count": ["10", "10", "10", "10"],
        }
    )
    formula = total(over="region", of=row(region="Total"), within="year", about="count")
    assert codes(native, formula) == [
        (None, None),
        ("consistent", None),
        (None, None),
        ("undetermined", "no matching row"),
    ]
    parts = adds_to("20", over="region", within="year", about="count")
    assert [verdict for verdict, _ in codes(native, parts)] == ["consistent"] * 2 + ["undetermined"] * 2


def test_another_whole_is_no_part(quick: Constructor) -> None:
    native = quick({engines.NUMBER: [0, 1, 2], "region": ["Total", "North", "Total"], "count": ["3", "3", "4"]})
    formula = total(over="region", of=row(region="Total"), about="count")
    assert [verdict for verdict, _ in codes(native, formula)] == ["consistent", None, "edge"]


def test_labels_of_two_rows_of_one_key_are_refused_only_if_they_are_found() -> None:
    native = frame(region=["North", "North", "Total"])
    assert codes(native, multiple("count", of=row(region="Total")))[2] == ("inconsistent", None)
    assert refused(native, {"rate": multiple("count", of=row(region="North"))}).faults


def test_periods_that_are_no_whole_numbers_are_misuse_or_find_nothing(quick: Constructor) -> None:
    native = quick({**TABLE, "year": ["2020", "2021-Q1", "soon"]})
    try:
        found = codes(native, growth("count", since=earlier("year")))
    except TableError:
        return
    assert {verdict for verdict, _ in found} == {"undetermined"}


def test_years_may_be_written_as_texts(quick: Constructor) -> None:
    native = quick({"year": ["2020", "2021"], "count": ["10", "11"], "rate": ["..", "10%"]})
    assert codes(native, growth("count", since=earlier("year"))) == [
        ("undetermined", "no matching row"),
        ("consistent", None),
    ]


# -- rows

EVERY_KIND: dict[str, Formula] = {
    "rate": rate("count", per="people"),
    "share": share("count", of=row(region="Total"), within="year", about="rate"),
    "growth": growth("count", since=earlier("year"), within="region", about="rate"),
    "total": total(over="region", of=row(region="Total"), within="year", about="count"),
    "adds": adds_to("100%", over="region", within="year", about="rate"),
    "bound": at_most("people", about="rate"),
    "whole": share(None, of="people", about="rate"),
}


def test_an_empty_frame_has_every_column_and_no_row(quick: Constructor) -> None:
    checked = check_table(quick({name: [] for name in TABLE}), EVERY_KIND)
    assert engines.rows(checked.frame) == []
    names = engines.names(checked.frame)
    assert names[: len(TABLE)] == list(TABLE)
    assert names[len(TABLE) :] == [f"{name}_{kind}" for name in EVERY_KIND for kind in OUTPUTS]


TROUBLE: dict[str, tuple[Cell, Cell]] = {
    "": ("undetermined", "missing"),
    " ": ("undetermined", "missing"),
    "..": ("undetermined", "missing"),
    "–": ("undetermined", "missing"),
    "…": ("undetermined", "missing"),
    "n/a": ("undetermined", "missing"),
    "NaN": ("undetermined", "missing"),
    "c": ("undetermined", "suppressed"),
    "<5": ("undetermined", "suppressed"),
    "(D)": ("undetermined", "suppressed"),
    "100/86.9": ("unreadable", "several numbers in one cell"),
    "inf": ("unreadable", "not finite"),
    "-∞": ("unreadable", "not finite"),
    "three": ("unreadable", "no numeral"),
    "1,23,456": ("unreadable", "no numeral"),
    "1.234.5": ("unreadable", "no numeral"),
    "12 apples": ("unreadable", "no numeral"),
    "1e3": ("unreadable", "no numeral"),
    "4 5": ("unreadable", "no numeral"),
    "--4": ("unreadable", "no numeral"),
    "\u0664": ("unreadable", "no numeral"),
    "9" * 25: ("undetermined", "too many digits"),
    "4" * 50: ("undetermined", "too many digits"),
}


def test_trouble_in_a_cell_is_told_in_its_row_and_nowhere_else(quick: Constructor) -> None:
    cells: list[Cell] = [*TROUBLE, None, "4"]
    native = quick(
        {
            engines.NUMBER: list(range(len(cells))),
            "count": ["12"] * len(cells),
            "people": ["3"] * len(cells),
            "rate": cells,
        }
    )
    wanted = [*TROUBLE.values(), ("undetermined", "missing"), ("consistent", None)]
    assert codes(native, rate("count", per="people")) == wanted
    # The same trouble in an operand.
    found = engines.rows(check_table(native, {"rate": at_most("rate", about="people")}).frame)
    assert [(each["rate_verdict"], each["rate_reason"]) for each in found] == wanted


def test_a_zero_denominator_and_a_negative_count_are_contradictions_with_a_reason(quick: Constructor) -> None:
    native = quick(
        {
            engines.NUMBER: [0, 1, 2, 3, 4],
            "count": ["12", "0", "-12", "12", "12"],
            "people": ["0", "0", "3", "-3", "3"],
            "rate": ["4", "0", "4", "4", "-4"],
        }
    )
    counted = {"count": Column(whole=True), "people": Column(whole=True)}
    zero, negative = ("inconsistent", "base is zero"), ("inconsistent", "negative")
    assert codes(native, rate("count", per="people"), counted) == [zero, zero, negative, negative, negative]
    # Rounded to nothing, the base may be a little above it.
    assert [verdict for verdict, _ in codes(native, rate("count", per="people"))][:2] == ["inconsistent", "consistent"]


def test_infinite_and_missing_floats_have_codes(quick: Constructor) -> None:
    native = quick(
        {engines.NUMBER: [0, 1, 2, 3], "count": ["12"] * 4, "people": ["3"] * 4, "rate": [4.0, math.inf, None, 4.001]}
    )
    assert codes(native, rate("count", per="people"), {"rate": Column(decimals=2)}) == [
        ("consistent", None),
        ("unreadable", "not finite"),
        ("undetermined", "missing"),
        ("unreadable", "more decimals than declared"),
    ]


def test_a_column_of_nulls_is_missing_everywhere(quick: Constructor) -> None:
    native = quick({engines.NUMBER: [0, 1], "count": ["12", "12"], "people": ["3", "3"], "rate": [None, None]})
    assert codes(native, rate("count", per="people")) == [("undetermined", "missing")] * 2


def test_objects_of_many_types_are_read_where_they_still_are_what_was_printed() -> None:
    cells = [4, "4", Decimal("4.00"), 4.0, math.inf, math.nan, None, pd.NA, True, b"4", ["4"]]
    native = pd.DataFrame({"count": "12", "people": "3", "rate": pd.Series(cells, dtype=object)})
    good, none = ("consistent", None), ("unreadable", "no numeral")
    missing = ("undetermined", "missing")
    found = codes(native, rate("count", per="people"))
    assert found[:3] == [good] * 3
    assert found[3] == none  # a float among texts has lost its zeros, and nobody declared how many it had
    assert found[4][0] == "unreadable"
    assert found[5:8] == [missing] * 3
    assert found[8:] == [none] * 3


def test_whole_numbers_that_64_bits_hold_barely_or_not_at_all_are_decided_or_left_open() -> None:
    cells = [2**63 - 1, 2**62, 10**18, 1]
    native = pd.DataFrame({"count": cells, "rate": [str(cell) for cell in cells]})
    found = codes(native, same_as("count"))
    assert {verdict for verdict, _ in found} <= {"consistent", "undetermined"}
    unsigned = pd.DataFrame({"count": pd.Series([2**64 - 1, 1], dtype="uint64"), "rate": ["1", "1"]})
    assert codes(unsigned, same_as("count")) == [("undetermined", "too many digits"), ("consistent", None)]


@pytest.mark.parametrize("name", EVERY_KIND)
def test_the_frame_that_was_given_stays_as_it_was(name: str) -> None:
    native, before = frame(), frame()
    try:
        check_table(native, {name: EVERY_KIND[name]})
    finally:
        pd.testing.assert_frame_equal(native, before)


def test_an_index_of_pandas_is_kept_whatever_it_is() -> None:
    for index in ([7, 7, 7], ["x", None, "x"], pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)])):
        native = frame().set_axis(index)
        checked = check_table(native, {name: EVERY_KIND[name] for name in ("rate", "share", "total", "adds")}).frame
        assert checked.index.equals(native.index)
        assert list(checked["rate_verdict"]) == ["consistent", "consistent", "consistent"]
        assert checked["total_verdict"].tolist()[2] == "consistent"
        pd.testing.assert_frame_equal(checked[list(native.columns)], native)
