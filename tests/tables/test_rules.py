"""A rules file says what the functions say, and all that is wrong with it is told at once, each at its place."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pandas as pd
import pytest

from ipmetrics.errors import TableError
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
from ipmetrics.tables.rules import Rules, read_rules
from ipmetrics.tables.rules import keys as rule_keys

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT.parent / "shared" / "data"
SCHEMA = json.loads((ROOT / "src/ipmetrics/tables/rules/rules.schema.json").read_text(encoding="utf-8"))
OTHER = pd.DataFrame({"region": ["A"], "granted": ["40"], "people": ["7"], "so_far": ["90"]})


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def faults(path: Path) -> dict[str, str]:
    with pytest.raises(TableError) as caught:
        read_rules(path, read=lambda _: OTHER)
    return {fault.where: fault.message for fault in caught.value.faults}


# ------------------------------------------------------------------------------ every word
HOME = {"origin": "Home"}
PROVINCES = {"kind": ["b", "c"]}
TOTAL = row(region="Total")
SAME_WORDS: dict[str, Formula] = {
    'rate = "granted", per = "people"': rate("granted", per="people"),
    'rate = "a", per = { row = { region = "All" }, column = "people" }, within = "year", about = "density"': rate(
        "a", per=row("people", region="All"), within="year", about="density"
    ),
    'multiple = "density", of = { row = { region = ["Beijing", "北京"], year = 2012 } }, within = ["year"]': multiple(
        "density", of=row(region=["Beijing", "北京"], year=2012), within=["year"]
    ),
    'share = "number", of = { row = { row = "Sub-total" } }, within = ["a", "b"], where = { origin = "Home" }': share(
        "number", of=row(row="Sub-total"), within=["a", "b"], where=HOME
    ),
    'share = { not_printed = true }, of = "granted"': share(None, of="granted"),
    'growth = "granted", since = { earlier = "year" }, within = "region"': growth(
        "granted", since=earlier("year"), within="region"
    ),
    'growth = "granted", since = { earlier = "year", by = 5, column = "total" }, periods = 5': growth(
        "granted", since=earlier("year", 5, column="total"), periods=5
    ),
    'growth = "granted", since = { not_printed = true }': growth("granted", since=None),
    'growth = "granted", since = { table = "before" }, match = ["region"]': growth(
        "granted", since=OTHER, match=["region"]
    ),
    'difference = "share", minus = { earlier = "year" }': difference("share", minus=earlier("year")),
    'running_total = "granted", since = { table = "before" }, less = "people", match = "region"': running_total(
        "granted", since=OTHER, less="people", match="region"
    ),
    'total = ["a", "b"], complete = false, where = { a = true }': total("a", "b", complete=False, where={"a": True}),
    'total = "a"': total("a"),
    'total_over = "region", of = { row = { region = "Total" } }, parts = { kind = ["b", "c"] }, within = "p"': total(
        over="region", of=TOTAL, parts=PROVINCES, within="p"
    ),
    'total_over = "region", of = { row = { region = "Total" } }, parts = ["A", "B"], complete = false': total(
        over="region", of=TOTAL, parts=["A", "B"], complete=False
    ),
    'adds_to = "100%", columns = ["b", "c"]': adds_to("100%", "b", "c"),
    'adds_to = "100%", over = "kind", parts = ["x", "y"], within = "year"': adds_to(
        "100%", over="kind", parts=["x", "y"], within="year"
    ),
    'at_most = "yearly"': at_most("yearly"),
    'at_most = { row = { region = "Total" } }, within = "period"': at_most(TOTAL, within="period"),
    'same_as = { table = "before" }, match = "region", about = "granted"': same_as(
        OTHER, match="region", about="granted"
    ),
}
TABLES = '[tables]\nbefore = "before.csv"\n'


@pytest.mark.parametrize(("text", "expected"), SAME_WORDS.items(), ids=[*SAME_WORDS])
def test_the_file_says_what_the_function_says(write: Callable[[str], Path], text: str, expected: Formula) -> None:
    path = write(f"{TABLES}[formulas]\nrate_of_grants = {{ {text} }}")
    found = read_rules(path, read=lambda _: OTHER).formulas["rate_of_grants"]
    assert found.relation == expected.relation
    assert (found.kind, found.about, found.where) == (expected.kind, expected.about, expected.where)
    assert found.words == expected.words.replace("the other table", "before")
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), SCHEMA)


def test_every_function_has_been_said() -> None:
    kinds = {re.split(r"\W", text, maxsplit=1)[0] for text in SAME_WORDS}
    assert kinds == {*rule_keys.FORMULAS}


def test_another_column_of_another_table_can_be_read(write: Callable[[str], Path]) -> None:
    text = '[formulas]\ndensity = { rate = "granted", per = { table = "before", column = "people" }, match = "region" }'
    found = read_rules(write(TABLES + text), read=lambda _: OTHER).formulas["density"]
    expected = rate("people", per=OTHER, match="region")
    assert found.relation.reference == expected.relation.reference  # type: ignore[union-attr] # both are products
    assert str(found) == "granted ÷ people of before, same region"
    since = 'since = { table = "before", column = "so_far" }, less = "people", match = "region"'
    text = f'[formulas]\nnow = {{ running_total = "granted", {since} }}'
    found = read_rules(write(TABLES + text), read=lambda _: OTHER).formulas["now"]
    assert str(found) == "so_far of before, same region + granted − people there"
    relation: Any = found.of("now")
    assert [term.operand.column for term in relation.terms] == ["now", "so_far", "granted", "people"]


def test_columns_are_declared_in_the_words_of_column(write: Callable[[str], Path]) -> None:
    text = """
[columns]
a = { multiplier = -6, decimals = 1, signed = true, decimal_comma = true }
b = { step = 0.5, rounding = "half_up", read_from = "b_raw", number = 2 }
"c %" = { step = "1/4", whole = true, missing = ["n.a."], suppressed = [] }
d = {}
[formulas.a]
rate = "b"
per = "d"
"""
    path = write(text)
    assert read_rules(path).columns == {
        "a": Column(multiplier=-6, decimals=1, signed=True, decimal_comma=True),
        "b": Column(step="0.5", rounding="half_up", read_from="b_raw", number=2),
        "c %": Column(step="1/4", whole=True, missing=["n.a."]),
        "d": Column(),
    }
    jsonschema.validate(tomllib.loads(text), SCHEMA)


def test_rules_unpack_and_show_formulas_in_words(write: Callable[[str], Path]) -> None:
    rules = read_rules(write('columns = {}\n[formulas]\ndensity = { rate = "granted", per = "people" }'))
    formulas, columns = rules
    assert (formulas, columns) == (rules.formulas, {})
    assert repr(rules) == "Rules(formulas={'density': granted ÷ people}, columns={})"
    assert isinstance(rules, Rules)


def test_the_rules_that_the_documentation_shows_can_be_read(write: Callable[[str], Path]) -> None:
    page = (ROOT / "docs/how-to/read-a-table.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    formulas, columns = read_rules(write(text), read=lambda _: OTHER)
    assert len(formulas) == text.count("[formulas.")
    assert columns["population_million"] == Column(multiplier=6)
    jsonschema.validate(tomllib.loads(text), SCHEMA)
    table = page[page.index("| leading key |") :]
    assert {key for key in rule_keys.FORMULAS if f"`{key}`" in table} == {*rule_keys.FORMULAS}


# ------------------------------------------------------------------------------ other tables
def test_other_tables_are_found_from_the_folder_of_the_rules_and_read_once(tmp_path: Path) -> None:
    (tmp_path / "before.csv").write_text("region,granted\nA,40.50\n", encoding="utf-8")
    text = TABLES + 'never = "nowhere.csv"\n'
    for name in ("one", "two"):
        text += f'[formulas.{name}]\ngrowth = "granted"\nsince = {{ table = "before" }}\nmatch = "region"\n'
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    formulas, _ = read_rules(tmp_path / "rules.toml")
    one, two = (formulas[name].relation.reference.frame for name in ("one", "two"))
    assert one is two
    assert one["granted"].tolist() == ["40.50"]


def test_a_table_that_cannot_be_read_is_a_fault_of_the_rules(tmp_path: Path) -> None:
    text = TABLES + '[formulas.a]\ngrowth = "b"\nsince = { table = "before" }\nmatch = "c"\n'
    (tmp_path / "rules.toml").write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_rules(tmp_path / "rules.toml")
    (fault,) = caught.value.faults
    assert fault.where == "tables.before"
    assert "no file" in fault.message

    def failing(path: Path) -> None:
        raise FileNotFoundError(2, "nothing there", str(path))

    with pytest.raises(TableError, match="nothing there"):
        read_rules(tmp_path / "rules.toml", read=failing)


# ------------------------------------------------------------------------------ faults
BAD = """
colums = {}
[columns]
a = { decimals = 1.5, multiplyer = 3, rounding = "up" }
b = { decimals = 1, step = 5 }
c = 3
[tables]
before = "before.csv"
after = 7
[formulas]
one = { rate = "granted" }
two = { rate = "granted", growth = "granted" }
three = { raet = "granted", per = "people" }
four = { rate = "granted", per = { rows = { region = "Total" } }, withn = "year" }
five = { growth = "granted", since = { table = "bfore" }, match = ["region"], periods = 0 }
six = { share = { not_printed = false }, of = { row = {} }, where = { year = 2012-01-01 } }
seven = { growth = "granted", since = { table = "before" } }
eight = { adds_to = 100, columns = ["a", ""] }
"nine 9" = { adds_to = "much", columns = "a" }
ten = { total_over = "region", of = "Total", parts = [], complete = "yes" }
eleven = "rate"
twelve = {}
"""
PLACES = """
colums columns.a.decimals columns.a.multiplyer columns.a.rounding columns.b columns.c tables.after
formulas.one.per formulas.two formulas.three.raet formulas.four.per formulas.four.withn
formulas.five.since.table formulas.five.periods
formulas.six.share.not_printed formulas.six.of.row formulas.six.where.year
formulas.seven formulas.eight.adds_to formulas.eight.columns formulas."nine·9"
formulas.ten.of formulas.ten.parts formulas.ten.complete formulas.eleven formulas.twelve
"""


def test_all_faults_are_told_at_once_in_the_order_of_the_file(write: Callable[[str], Path]) -> None:
    assert list(faults(write(BAD))) == [place.replace("·", " ") for place in PLACES.split()]


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("", "formulas", "at least one"),
        ("formulas = {}", "formulas", "at least one"),
        ("formulas = 3", "formulas", "are a table"),
        ("[formulas]\na = 'rate'", "formulas.a", "[formulas.a]"),
        ("[formulas]\na = {}", "formulas.a", "an empty table"),
        ("[formulas.a]\nraet = 'b'\nper = 'c'", "formulas.a.raet", 'did you mean "rate"?'),
        ("[formulas.a]\nrate = 'b'\nper = 'c'\nabuot = 'd'", "formulas.a.abuot", 'did you mean "about"?'),
        ("[formulas.a]\nrate = 2\nper = 'c'", "formulas.a.rate", "the number 2"),
        ("[formulas.a]\nrate = 'b'\nper = 1.5", "formulas.a.per", "the number 1.5"),
        ("[formulas.a]\nadds_to = {}", "formulas.a.adds_to", "a table"),
        ("[formulas.a]\nat_most = {}", "formulas.a.at_most", "an empty table"),
        ("[formulas.a]\nat_most = { row = 3 }", "formulas.a.at_most.row", "labels are a table"),
        ("[formulas.a]\nat_most = { earlier = 'year', by = -1 }", "formulas.a.at_most.by", "above zero"),
        ("[formulas.a]\nat_most = { table = 'x' }\nmatch = 'c'", "formulas.a.at_most.table", "[tables]"),
        ("[formulas.a]\nat_most = { not_printed = true }", "formulas.a.at_most", "row, earlier, table"),
        ("[formulas.a]\nat_most = 'b'\nmatch = 'c'", "formulas.a", "another frame"),
        ("[formulas.a]\nadds_to = '100%'\nover = 'b'\ncolumns = 'c'", "formulas.a", "of columns, or over rows"),
        ("[formulas.a]\ntotal = []", "formulas.a.total", "an empty list"),
        ("[formulas.a]\ntotal = [true]", "formulas.a.total", "a list"),
        ("[formulas.a]\nat_most = 'b'\n[columns]\nc = { step = 0 }", "columns.c", "positive"),
        ("[formulas.a]\nat_most = 'b'\n[columns]\nc = { whole = 1 }", "columns.c.whole", "true or false"),
        (f"[formulas.a]\nat_most = 'b'\n[columns]\nc = {{ whole = {9**99} }}", "columns.c.whole", "very large"),
        ("[formulas.a]\nat_most = 'b'\n[columns]\nc = { whole = 12:00:00 }", "columns.c.whole", "12:00:00"),
        ("a = [", "end of document", "is TOML"),
        ("[a]\n[a]", "line 2", "is TOML"),
        (f"a = {'[' * 3000}", "the file", "flatter"),
        (f"a = {'9' * 5000}", "the file", "is TOML"),
    ],
)
def test_each_fault_says_where_it_is_and_the_way_out(
    write: Callable[[str], Path], text: str, where: str, words: str
) -> None:
    path = write(text)
    told = faults(path)
    place, message = next(iter(told.items()))
    assert place.startswith(str(path) if where == "the file" else where)
    assert words in message


def test_a_table_at_fault_is_told_once_however_often_it_is_asked_for(write: Callable[[str], Path]) -> None:
    asking = "{ at_most = { table = 'x' }, match = 'b' }"
    told = faults(write(f"[formulas]\na = {asking}\nc = {asking}\n[tables]\nx = ['x.csv']"))
    assert [*told] == ["tables.x"]
    assert "is a file: got a list" in told["tables.x"]


def test_files_that_are_no_rules_are_named(tmp_path: Path) -> None:
    assert "No such file" in next(iter(faults(tmp_path / "none.toml").values()))
    assert "directory" in next(iter(faults(tmp_path).values()))
    path = tmp_path / "rules.toml"
    path.write_bytes("专利".encode("gb18030"))
    assert "UTF-8" in faults(path)[str(path)]
    path.write_bytes(b"\xef\xbb\xbf[formulas.a]\nat_most = 'b'")
    assert [*read_rules(path).formulas] == ["a"]


# ------------------------------------------------------------------------------ the schema
def test_the_schema_that_is_shipped_is_the_one_that_the_keys_make() -> None:
    text = (ROOT / "src/ipmetrics/tables/rules/rules.schema.json").read_text(encoding="utf-8")
    assert text == rule_keys.schema_text()
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "formulas = {}",
        "[formulas.a]\nrate = 'b'",
        "[formulas.a]\nrate = 'b'\nper = 'c'\nof = 'd'",
        "[formulas.a]\nrate = 'b'\nper = 3",
        "[formulas.a]\nrate = ' '\nper = 'c'",
        "[formulas.a]\ngrowth = 'b'\nsince = { earlier = 'year', by = 0 }",
        "[formulas.a]\nmultiple = 'b'\nof = { not_printed = true }",
        "[formulas.a]\nshare = { not_printed = false }\nof = 'c'",
        "[formulas.a]\ntotal_over = 'b'\nof = 'c'",
        "[formulas.a]\nat_most = { row = {} }",
        "[formulas.a]\ntotal = []",
        "[formulas.a]\nat_most = 'b'\nwhere = { c = [] }",
        "[formulas.a]\nat_most = 'b'\n[columns]\nc = { rounding = 'up' }",
        "[formulas.a]\nat_most = 'b'\n[columns]\nc = { step = '-1' }",
        "[formulas.a]\nat_most = 'b'\n[columns]\nc = { missing = 'x' }",
        "[formulas.a]\nat_most = 'b'\n[tables]\nc = 3",
        "[formulas.a]\nat_most = 'b'\n[tabels]\nc = 'd'",
    ],
)
def test_what_has_the_wrong_form_is_refused_by_reader_and_schema_alike(write: Callable[[str], Path], text: str) -> None:
    assert faults(write(text))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)


def test_every_key_of_a_column_can_be_said() -> None:
    assert {*rule_keys.COLUMN} == {field.name for field in Column.__attrs_attrs__}


# ------------------------------------------------------------------------------ a published table
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not at hand")
def test_rules_of_a_published_table_are_found_to_hold(write: Callable[[str], Path]) -> None:
    checking = pytest.importorskip("ipmetrics.tables.checking")
    readers = pytest.importorskip("ipmetrics.tables.readers")
    folder = PUBLISHED / "cnipa_valid_inventions_by_region"
    text = f"""
[columns]
population_million  = {{ multiplier = 6 }}
density_per_million = {{ multiplier = -6 }}
[tables]
last_year = "{folder / "valid_inventions_2013-04.csv"}"
[formulas.density_per_million]
rate = "valid_number"
per = "population_million"
[formulas.valid_number]
at_most = {{ row = {{ region = "Total" }} }}
within = "period"
where = {{ row_kind = "province" }}
[formulas.more_than_before]
about = "valid_number"
same_as = {{ table = "last_year" }}
match = ["region"]
"""
    formulas, columns = read_rules(write(text))
    frame = readers.read_csv(folder / "valid_inventions_2014-01.csv").frame
    checked = checking.check_table(frame, dict(formulas), columns=dict(columns))
    counts = {name: pd.Series(checked[f"{name}_verdict"]).value_counts().to_dict() for name in formulas}
    assert counts["density_per_million"].get("inconsistent", 0) == 0
    assert counts["density_per_million"]["consistent"] > 25
    provinces = int((frame["row_kind"] == "province").sum())
    assert {verdict: count for verdict, count in counts["valid_number"].items() if count} == {"consistent": provinces}
    assert counts["more_than_before"].get("inconsistent", 0) > 25
