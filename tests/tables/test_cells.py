"""One grammar of printed cells, read three ways: one by one, as bytes in numpy, and inside the engines."""

from __future__ import annotations

import random
import sys
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ipmetrics as ipm
from ipmetrics.errors import IpmetricsError, TableError
from ipmetrics.tables.columns import MISSING_MARKS, SUPPRESSED_MARKS, Column
from ipmetrics.tables.reading.cell_expressions import cell_expressions, with_cells
from ipmetrics.tables.reading.cell_grammar import BLANKS, LONGEST, CellReading, read_cell
from ipmetrics.tables.reading.cells import read_cells
from ipmetrics.tables.verdicts import REASON_CODES, RowReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Texts = Sequence[str | None]

Module = Any
"""A library imported only where it is installed, and so without a type; `Native` is a column or frame of one."""
Native = Any

PLAIN, COMMA = Column(), Column(decimal_comma=True)
MARKED = Column(
    missing=["-999", "0.0", "a/b", "it's", "[x]", "not available"], suppressed=["p", "5%", "a&&b", "~~", "<na>", "C++"]
)
LISTED = Column(number=2, missing=["-999", "1/23"], suppressed=["5%", "5/x", "p"])
COLUMNS = (PLAIN, COMMA, MARKED, LISTED, Column(number=1), Column(number=2), Column(number=3, decimal_comma=True))

READ = {
    "40455": (40455, 0, 0),
    "40,455": (40455, 0, 0),
    "1,234,567.80": (123456780, 2, 0),
    "1 234 567": (1234567, 0, 0),
    "1\u00a0234.5": (12345, 1, 0),
    "1\u2009234\u202f567": (1234567, 0, 0),
    "0.0": (0, 1, 0),
    ".50": (50, 2, 0),
    "007": (7, 0, 0),
    "+3": (3, 0, 0),
    "-3.0": (-30, 1, 0),
    "\u22123": (-3, 0, 0),
    "–3": (-3, 0, 0),
    "19.60%": (1960, 2, -2),
    "19.6 %": (196, 1, -2),
    "19.6\u00a0％": (196, 1, -2),
    "0.5‰": (5, 1, -3),
    " \u3000-12 \t\n": (-12, 0, 0),
    "999,999,999,999,999,999": (10**18 - 1, 0, 0),
    "0." + "0" * 17 + "1": (1, 18, 0),
    "0" * 200 + "1": (1, 0, 0),
    "5" + " " * 200 + "%": (5, 0, -2),
}
READ_WITH_COMMA = {
    "1.234,50": (123450, 2, 0),
    "1.234.567": (1234567, 0, 0),
    "0,123": (123, 3, 0),
    "64,2%": (642, 1, -2),
    ",5": (5, 1, 0),
    "1 234,5": (12345, 1, 0),
}
UNREAD: dict[RowReason, list[str | None]] = {
    RowReason.MISSING: [*MISSING_MARKS, None, " ", "N/A", "NaN", " .. ", "\u3000"],
    RowReason.SUPPRESSED: [*SUPPRESSED_MARKS, "C", "(D)", "<5", "< 5", "<=5", "≤0.1", "＜5", "<1,000", "<5%"],
    RowReason.TOO_LARGE: ["1" + "0" * 18, "9" * 100_000, "1234567890.123456789", "0." + "0" * 19, "1" + ",000" * 6],
    RowReason.NOT_FINITE: ["inf", "-Infinity", "∞", "−∞", "+INF"],
    RowReason.SEVERAL_NUMBERS: ["100/86.9", "1 / 2 / 3", "-5%/6%", "2016/04/05"],
    RowReason.NO_NUMERAL: [
        *("1,23,456", "12,34", "0,123", "01,234", "1,2345", "1,234 567", "1234,567", ",123", "1,", "1,,234"),
        *("1.", "1.2.3", "1.234,5", "--5", "- 5", "5-", "+", "%", "5%%", "5 ‰ %", "1e5", "1_000", "0x1F", "五", "５"),
        *("5 thousand", "about 5", "5*", "(5)", "5p", ">5", "<", "<x", "20–25", "1/x", "/", "1/", "5\u200b", "nil"),
        *("5\x00", "infinite", "\ud800", "x" * 100_000, "1/" * 50_000 + "1", "1,234\n567", "−", "1" + " " * 99 + "x"),
    ],
}


def codes(read: Iterable[Iterable[int]]) -> list[CellReading]:
    """Four columns as one reading for each row."""
    return [CellReading(*map(int, row)) for row in zip(*read, strict=True)]


def one_by_one(texts: Texts, column: Column) -> list[CellReading]:
    return [read_cell(text, column) for text in texts]


# ------------------------------------------------------------------------------ what is read
@pytest.mark.parametrize(("text", "read"), READ.items())
def test_a_numeral_is_read_digit_by_digit(text: str, read: tuple[int, int, int]) -> None:
    assert read_cell(text, PLAIN) == (*read, 0)


@pytest.mark.parametrize(("text", "read"), READ_WITH_COMMA.items())
def test_a_decimal_comma_is_read_where_it_is_declared(text: str, read: tuple[int, int, int]) -> None:
    assert read_cell(text, COMMA) == (*read, 0)


@pytest.mark.parametrize("text", ["1,234.5", "1,234,567", "0.123", "1.23"])
def test_with_a_decimal_comma_a_point_only_groups(text: str) -> None:
    assert read_cell(text, COMMA).trouble == REASON_CODES[RowReason.NO_NUMERAL]


@pytest.mark.parametrize(("reason", "texts"), UNREAD.items())
def test_what_is_no_numeral_is_told_by_its_reason(reason: RowReason, texts: Texts) -> None:
    unread = CellReading(0, 0, 0, REASON_CODES[reason])
    assert {text: read for text in texts if (read := read_cell(text, PLAIN)) != unread} == {}


def reason_of(text: str, column: Column) -> RowReason | None:
    trouble = read_cell(text, column).trouble
    return list(RowReason)[trouble - 1] if trouble else None


def test_a_declared_mark_goes_before_what_it_looks_like_and_before_usage() -> None:
    assert reason_of("-999", PLAIN) is None
    assert reason_of("-999", MARKED) is RowReason.MISSING
    assert reason_of("-999.0", MARKED) is None
    assert reason_of(" IT'S ", MARKED) is RowReason.MISSING
    assert reason_of("a&&B", MARKED) is RowReason.SUPPRESSED
    assert reason_of("x", Column(missing=["x"])) is RowReason.MISSING
    assert reason_of("-", Column(suppressed=["-"])) is RowReason.SUPPRESSED
    assert reason_of("", Column(suppressed=[""])) is RowReason.MISSING


def test_one_of_several_numbers_is_read_where_it_is_asked_for() -> None:
    assert [read_cell("100 / 86.9", Column(number=number)).mantissa for number in (1, 2)] == [100, 869]
    assert reason_of("100/86.9", Column(number=3)) is RowReason.MISSING
    assert reason_of("100/..", Column(number=2)) is RowReason.MISSING
    assert reason_of("100/<5", Column(number=2)) is RowReason.SUPPRESSED
    assert read_cell("5", Column(number=1)).mantissa == 5
    assert reason_of("5", Column(number=2)) is RowReason.MISSING
    assert reason_of("n/a", Column(number=2)) is RowReason.MISSING
    assert reason_of("<5", Column(number=2)) is RowReason.SUPPRESSED
    assert reason_of("5%", LISTED) is reason_of("5/x", LISTED) is reason_of("1/5%", LISTED) is RowReason.SUPPRESSED
    assert reason_of("-999", LISTED) is reason_of("1/23", LISTED) is reason_of("-999/-999", LISTED) is RowReason.MISSING


@pytest.mark.parametrize("text", ["five", "5/y", "x y/5", "5/1,23"])
@pytest.mark.parametrize("number", [1, 2])
def test_no_number_is_picked_out_of_what_is_no_list_of_numbers(text: str, number: int) -> None:
    assert reason_of(text, Column(number=number)) is RowReason.NO_NUMERAL


@pytest.mark.parametrize("number", [0, -1, True, "2", 1.5])
def test_which_number_is_a_whole_number_from_one_on(number: Native) -> None:
    with pytest.raises(TableError, match="number="):
        Column(number=number)


# ------------------------------------------------------------------------------ cells to try
TOKENS = [
    *"00112345678999",
    *",,..  -+%/",
    *("−", "–", "％", "‰", "\u00a0", "\u2009", "\u3000", "\n", "\r", "\x85", "\x1c", "\u2028", "\x00"),
    *(
        "000",
        "123",
        "4567",
        "1,234",
        "1.5",
        " %",
        "<",
        "≤",
        "=",
        "∞",
        "inf",
        "N",
        "a",
        "x",
        "C",
        "e",
        "…",
        "é",
        "😀",
        "５",
    ),
    *("K", "ſ", "p", "~~", "a&&b", "[x]", "it's", "-999", "0.0", "^", "$", "(", "\\"),
    *("5%", "1/23", "5/x"),
]
cells = st.lists(st.sampled_from(TOKENS), max_size=12).map("".join) | st.text(max_size=8)
numerals = st.from_regex(r"[+−–-]?[0-9]{1,4}([,. ][0-9]{3}){0,5}([.,][0-9]{1,4})?( ?[%‰])?", fullmatch=True)
printed = numerals | cells | st.lists(numerals | cells, max_size=3).map("/".join) | st.none()
columns = st.sampled_from(COLUMNS)


def adversarial(count: int, seed: int = 0) -> list[str | None]:
    """Many cells drawn from the tokens, and every cell named above."""
    draw = random.Random(seed)  # noqa: S311 - cells are drawn, not secret
    drawn = ["".join(draw.choices(TOKENS, k=draw.choice((1, 2, 3, 4, 5, 6, 9, 30)))) for _ in range(count)]
    named = [
        *("5%", "-999", "1/23", "5/x", "7/5%", "5%/7", "P/p", "1/23/4", "-999/7"),
        *READ,
        *READ_WITH_COMMA,
        *(text for texts in UNREAD.values() for text in texts),
    ]
    long = [" " * 100_000 + "5", "1,123" * 20_000, "/" * 100_000, "5" + " " * 100_000 + "x", "-" + "0" * 100_000]
    edge = [f"{'0' * (LONGEST + more)}{tail}" for more in range(-3, 4) for tail in ("", "x", "/5")]
    return [*drawn, *named, *long, *edge]


def valid(texts: Texts) -> list[str | None]:
    """What an engine can hold: UTF-8."""
    return [None if text is None else text.encode("utf-8", "replace").decode() for text in texts]


@given(printed, columns)
def test_a_cell_is_read_or_in_trouble_never_both(text: str | None, column: Column) -> None:
    mantissa, places, sign, trouble = read_cell(text, column)
    assert trouble in {0, *(REASON_CODES[reason] for reason in UNREAD)}
    assert trouble == 0 or mantissa == places == sign == 0
    assert abs(mantissa) < 10**18
    assert 0 <= places <= 18
    assert sign in {0, -2, -3}


@given(numerals, st.sampled_from([PLAIN, COMMA]))
def test_a_cell_and_a_figure_of_the_same_text_are_the_same_number(text: str, column: Column) -> None:
    read = read_cell(text, column)
    try:
        figure = ipm.Figure(text, decimal_comma=column.decimal_comma)
    except IpmetricsError:
        return
    if read.trouble == 0:
        assert Fraction(read.mantissa) * Fraction(10) ** (read.sign - read.places) == figure.value
    else:
        assert read.trouble == REASON_CODES[RowReason.TOO_LARGE]


def test_blanks_are_what_python_strips() -> None:
    assert set(BLANKS) == {chr(point) for point in range(sys.maxunicode + 1) if chr(point).isspace()}


# ------------------------------------------------------------------------------ many at once, as arrays
def polars_series(texts: Texts) -> Native:
    pl: Module = pytest.importorskip("polars")
    return pl.Series("", texts, pl.String)


def polars_categories(texts: Texts) -> Native:
    pl: Module = pytest.importorskip("polars")
    return pl.Series("", texts, pl.Categorical)


def arrow(kind: str) -> Callable[[Texts], Native]:
    def array(texts: Texts) -> Native:
        pa: Module = pytest.importorskip("pyarrow")
        return pa.array(texts, getattr(pa, kind)())

    return array


def arrow_chunks(texts: Texts) -> Native:
    """Chunks of which one is empty, and one a slice out of the middle of others."""
    pa: Module = pytest.importorskip("pyarrow")
    third = len(texts) // 3
    middle = pa.array(["left out", None, *texts[third:], "left out"], pa.string()).slice(2, len(texts) - third)
    return pa.chunked_array([pa.array(texts[:third], pa.string()), pa.array([], pa.string()), middle])


def arrow_dictionary(texts: Texts) -> Native:
    return arrow("string")(texts).dictionary_encode()


ARRAYS: dict[str, Callable[[Texts], Native]] = {
    "list": list,
    "numpy objects": lambda texts: np.array([*texts, None], object)[:-1],
    "pandas objects": lambda texts: pd.Series(texts, dtype=object),
    "pandas str": lambda texts: pd.Series(texts, dtype="str"),
    "pandas python strings": lambda texts: pd.Series(texts, dtype=pd.StringDtype("python")),
    "pandas categories": lambda texts: pd.Series(texts, dtype="category"),
    "pandas arrow": lambda texts: pd.Series(arrow("string")(texts).to_pandas(types_mapper=pd.ArrowDtype)),
    "polars": polars_series,
    "polars categories": polars_categories,
    "arrow": arrow("string"),
    "arrow large": arrow("large_string"),
    "arrow views": arrow("string_view"),
    "arrow chunks": arrow_chunks,
    "arrow dictionary": arrow_dictionary,
}
FEW = ("list", "pandas str", "polars", "arrow chunks")


@settings(max_examples=50)
@given(st.lists(printed, max_size=30), columns)
def test_many_cells_are_read_as_each_of_them(texts: list[str | None], column: Column) -> None:
    expected = one_by_one(valid(texts), column)
    for name in FEW:
        assert codes(read_cells(ARRAYS[name](valid(texts)), column).arrays) == expected, name


@pytest.mark.parametrize("column", COLUMNS, ids=repr)
def test_unusual_cells_by_the_thousand_are_read_as_each_of_them(column: Column) -> None:
    texts = adversarial(6_000)
    assert codes(read_cells(texts, column).arrays) == one_by_one(texts, column)


@pytest.mark.parametrize("kind", ARRAYS)
def test_every_kind_of_column_reads_the_same(kind: str) -> None:
    texts = valid(adversarial(300))
    assert codes(read_cells(ARRAYS[kind](texts), MARKED).arrays) == one_by_one(texts, MARKED)


@pytest.mark.parametrize("kind", ARRAYS)
def test_no_cells_and_only_empty_cells_are_read_too(kind: str) -> None:
    for texts in ([], [None], ["", ""], [None, "", None]):
        read = read_cells(ARRAYS[kind](texts), PLAIN)
        assert codes(read.arrays) == one_by_one(texts, PLAIN)
        assert [array.dtype.name for array in read.arrays] == ["int64", "int8", "int8", "int8"]


@pytest.mark.parametrize("kind", FEW)
def test_nothing_is_lost_where_one_stretch_of_rows_meets_the_next(kind: str) -> None:
    row = np.arange(300_000)
    before, after = row * 37 % 100_003 - 999, row % 10
    texts: list[str | None] = [f"{whole:,}.{tenths}" for whole, tenths in zip(before, after, strict=True)]
    expected = np.array([before * 10 + np.where(before < 0, -after, after), row * 0 + 1, row * 0, row * 0])
    odd = ["1\u00a0234", "..", None, "12 %", "-999", "x" * 50, "1,234,567.8", "5", "", "0.0"]
    for border in (0, 16_384, 32_768, 98_304, 262_144, len(texts)):
        for around in range(max(border - 9, 0), min(border + 9, len(texts))):
            texts[around] = odd[around % len(odd)]
    for at, text in enumerate(texts):
        if text in odd:
            expected[:, at] = read_cell(text, MARKED)
    read = read_cells(ARRAYS[kind](texts), MARKED)
    assert [(array != right).sum() for array, right in zip(read.arrays, expected, strict=True)] == [0, 0, 0, 0]


def test_columns_can_be_read_where_pyarrow_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = valid(adversarial(50))
    given = [ARRAYS[kind](texts) for kind in ("list", "numpy objects", "pandas python strings", "polars")]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    expected = one_by_one(texts, PLAIN)
    assert [codes(read_cells(each, PLAIN).arrays) == expected for each in given] == [True] * len(given)


def test_objects_are_read_where_they_still_are_what_was_printed() -> None:
    read: dict[Any, tuple[int, int, int]] = {
        -12: (-12, 0, 0),
        np.int16(7): (7, 0, 0),
        Decimal("1.50"): (150, 2, 0),
        Decimal("-2E+3"): (-2000, 0, 0),
        np.str_("19.6%"): (196, 1, -2),
        "1,234": (1234, 0, 0),
    }
    nan, infinite = float("nan"), float("inf")
    unread: dict[RowReason, list[Any]] = {
        RowReason.MISSING: [None, nan, np.float32(nan), pd.NA, pd.NaT, Decimal("NaN"), Decimal("sNaN"), -999],
        RowReason.NOT_FINITE: [infinite, np.float64(-infinite), Decimal("-Infinity")],
        RowReason.TOO_LARGE: [10**18, -(10**5000), Decimal("1E+999999"), Decimal("1E-19"), Decimal(10**18)],
        RowReason.NO_NUMERAL: [1.5, 2.0, np.float32(3), True, np.False_, Fraction(1, 2), b"5", [5], object()],
    }
    objects = [*read, *(each for some in unread.values() for each in some)]
    expected = [(*each, 0) for each in read.values()]
    expected += [(0, 0, 0, REASON_CODES[reason]) for reason, some in unread.items() for _ in some]
    assert codes(read_cells(objects, MARKED).arrays) == expected
    assert codes(read_cells(pd.Series(objects, dtype=object), MARKED).arrays) == expected


def test_numbers_of_a_type_of_their_own_are_read_as_objects_are() -> None:
    whole, exact = [1, None, -30], [Decimal("1.50"), None, Decimal("0.0000001")]
    pl: Module = pytest.importorskip("polars")
    pa: Module = pytest.importorskip("pyarrow")
    for series in (pd.Series(whole, dtype="Int64"), pl.Series(whole), pa.array(whole)):
        assert codes(read_cells(series, PLAIN).arrays) == [(1, 0, 0, 0), (0, 0, 0, 1), (-30, 0, 0, 0)]
    for series in (pl.Series(exact, dtype=pl.Decimal(20, 7)), pa.array(exact, pa.decimal128(20, 7))):
        assert codes(read_cells(series, COMMA).arrays) == [(15_000_000, 7, 0, 0), (0, 0, 0, 1), (1, 7, 0, 0)]
    floats = read_cells(np.array([1.5, np.nan, np.inf]), PLAIN)
    reasons = (RowReason.NO_NUMERAL, RowReason.MISSING, RowReason.NOT_FINITE)
    assert floats.trouble.tolist() == [REASON_CODES[reason] for reason in reasons]


# ------------------------------------------------------------------------------ many at once, in an engine
def duckdb_rows(texts: Texts) -> Native:
    duckdb: Module = import_module("duckdb")
    pa: Module = import_module("pyarrow")
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    return connection.from_arrow(pa.table({"row": range(len(texts)), "cell": pa.array(texts, pa.string())}))


def polars_rows(texts: Texts) -> Native:
    pl: Module = import_module("polars")
    return pl.LazyFrame({"row": range(len(texts)), "cell": texts}, schema={"row": pl.Int64, "cell": pl.String})


def pandas_rows(texts: Texts) -> Native:
    return pd.DataFrame({"row": range(len(texts)), "cell": ARRAYS["pandas str"](texts)})


def arrow_rows(texts: Texts) -> Native:
    pa: Module = import_module("pyarrow")
    return pa.table({"row": pa.array(range(len(texts)), pa.int64()), "cell": pa.array(texts, pa.string())})


FRAMES: dict[str, Callable[[Texts], Native]] = {
    "polars": polars_rows,
    "duckdb": duckdb_rows,
    "pandas": pandas_rows,
    "pyarrow": arrow_rows,
}


@pytest.fixture(params=FRAMES)
def frame_of(request: pytest.FixtureRequest) -> Callable[[Texts], Native]:
    pytest.importorskip(request.param)
    made: Callable[[Texts], Native] = FRAMES[request.param]
    return made


def in_steps(native: Native, column: Column) -> list[CellReading]:
    """What `with_cells` gives, as a table of Python numbers."""
    frame, read = with_cells(nw.from_native(native), {"a": ("cell", column), "b": (nw.col("cell"), PLAIN)})
    cell = read["a"]
    return collected(frame.select("row", cell.mantissa, cell.places, cell.sign, cell.trouble))


def at_once(native: Native, column: Column) -> list[CellReading]:
    """What `cell_expressions` gives, as a table of Python numbers."""
    cell = cell_expressions("cell", column)
    frame = nw.from_native(native)
    return collected(frame.select("row", m=cell.mantissa, p=cell.places, s=cell.sign, t=cell.trouble))


def collected(frame: Native) -> list[CellReading]:
    names = frame.collect_schema()
    assert [str(kind) for kind in names.dtypes()[1:]] == ["Int64", "Int8", "Int8", "Int8"]
    rows = (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).rows()
    return [CellReading(*row[1:]) for row in sorted(rows)]


@settings(max_examples=12)
@given(st.lists(printed, max_size=60), columns)
def test_engines_read_many_cells_as_each_of_them(texts: list[str | None], column: Column) -> None:
    expected = one_by_one(valid(texts), column)
    for engine in ("polars", "duckdb", "pandas"):
        assert in_steps(FRAMES[engine](valid(texts)), column) == expected, engine
    if column.number is None:  # else the four expressions have grown long enough to be slow
        assert at_once(FRAMES["polars"](valid(texts)), column) == expected


@pytest.mark.parametrize("column", COLUMNS, ids=repr)
def test_an_engine_reads_unusual_cells_as_each_of_them(column: Column, frame_of: Callable[[Texts], Native]) -> None:
    texts = valid(adversarial(1_500, seed=1))
    assert in_steps(frame_of(texts), column) == one_by_one(texts, column)


def test_four_expressions_read_the_same_as_the_steps(frame_of: Callable[[Texts], Native]) -> None:
    texts = valid(adversarial(300, seed=2))
    assert at_once(frame_of(texts), MARKED) == one_by_one(texts, MARKED)


def test_an_engine_reads_a_table_without_rows(frame_of: Callable[[Texts], Native]) -> None:
    assert in_steps(frame_of([]), PLAIN) == at_once(frame_of([]), PLAIN) == []


def test_an_engine_reads_whole_numbers_and_decimals_by_their_digits() -> None:
    pl: Module = pytest.importorskip("polars")
    whole, exact = pl.Series([1, None, -30]), pl.Series([Decimal("1.50"), None, Decimal("-0.05")])
    rows = pl.LazyFrame({"row": [0, 1, 2], "whole": whole, "exact": exact})
    assert in_steps(rows.rename({"whole": "cell"}), PLAIN) == [(1, 0, 0, 0), (0, 0, 0, 1), (-30, 0, 0, 0)]
    assert in_steps(rows.rename({"exact": "cell"}), PLAIN) == [(150, 2, 0, 0), (0, 0, 0, 1), (-5, 2, 0, 0)]


def test_a_frame_keeps_its_own_columns_beside_what_was_read() -> None:
    frame, read = with_cells(nw.from_native(pandas_rows(["5", "x"])), {"here": ("cell", PLAIN)})
    assert frame.columns == ["row", "cell", "here_mantissa", "here_places", "here_sign", "here_trouble"]
    assert frame.select(read["here"].mantissa).rows() == [(5,), (0,)]
    assert with_cells(frame, {}) == (frame, {})
