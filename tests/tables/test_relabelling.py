"""Labels that moved are found and put right, and those that stand are left alone; what is proved, every way says."""

from __future__ import annotations

import math
import sys
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmetrics.errors import TableError
from ipmetrics.tables.columns import Column
from ipmetrics.tables.diagnosis.relabelling import Certainty, Relabelling, find_relabelling
from ipmetrics.tables.diagnosis.relabelling_editions import Names, read_editions
from ipmetrics.tables.diagnosis.relabelling_evidence import evidence_of
from ipmetrics.tables.diagnosis.relabelling_matching import allowed_pairs, match_rows, prices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

TABLES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "cnipa_inventions_by_region_monthly"
COLUMNS: dict[str, Any] = {"key": "label", "cumulative": "total", "flow": "year", "recent": "month", "growth": "growth"}
NAMES = Names("label", "total", "year", "period", "month", "growth")

seeds = st.integers(0, 2**32 - 1)


# ------------------------------------------------------------------------------ made-up tables
def world(seed: int, size: int, *, months: tuple[int, int] = (10, 4)) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Two editions of a true table, a year apart, with the first months of 2012 and of 2013 counted."""
    draw = np.random.default_rng(seed)
    level = np.exp(draw.normal(7, 1.2, size))
    monthly = [np.round(level / 12 * np.exp(draw.normal(0, 0.2, size))).astype(int) for _ in range(24)]
    past = np.round(level * np.exp(draw.normal(1.6, 0.2, size))).astype(int)
    labels = [f"L{row:02}" for row in range(size)]

    def edition(year: int, month: int) -> pd.DataFrame:
        start = 12 * (year - 2012)
        flow, before = (np.sum(monthly[at : at + month], axis=0) for at in (start, max(start - 12, 0)))
        growth = [f"{100 * (now - then) / then:.1f}%" if then else "--" for now, then in zip(flow, before, strict=True)]
        totals = past + np.sum(monthly[:start], axis=0).astype(int) + flow
        figures = {"month": monthly[start + month - 1], "year": flow, "total": totals}
        printed = {name: [str(value) for value in values] for name, values in figures.items()}
        return pd.DataFrame({"period": f"{year}-{month:02}", "label": labels, **printed, "growth": growth})

    return edition(2012, months[0]), edition(2013, months[1])


def permuted(
    table: pd.DataFrame, seed: int, columns: tuple[str, ...] = ("label",)
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The table with some of its rows' labels (or figures) in a ring, and the true label of each printed one."""
    draw = np.random.default_rng(seed)
    chosen = draw.choice(len(table), draw.integers(2, len(table) + 1), replace=False)
    order = np.arange(len(table))
    order[chosen] = chosen[np.r_[1 : len(chosen), 0]]
    moved = table.copy()
    for column in columns:
        moved[column] = table[column].to_numpy()[order]
    true = dict(zip(moved["label"], table["label"], strict=True))
    if columns != ("label",):
        true = dict(zip(table["label"], table["label"].to_numpy()[order], strict=True))
    return moved, true


@settings(deadline=None, max_examples=40)
@given(seeds, st.integers(2, 12))
def test_labels_that_never_moved_are_never_accused(seed: int, size: int) -> None:
    earlier, later = world(seed, size)
    answer = find_relabelling(earlier, later, **COLUMNS)
    assert (answer.found, answer.fails_before, answer.columns, answer.left_over) == (False, 0, (), ())
    assert all(row.true == row.printed and row.fits and not row.moved for row in answer.rows)


@settings(deadline=None, max_examples=40)
@given(seeds, seeds, st.integers(2, 12))
def test_the_true_label_is_never_excluded_and_what_is_proved_is_true(seed: int, moves: int, size: int) -> None:
    earlier, later = world(seed, size)
    moved, true = permuted(earlier, moves)
    first, after = read_editions(moved, [later], NAMES, {})
    evidence = evidence_of(first, after, NAMES, frozenset(NAMES.counts))
    matching = match_rows(evidence.possible, evidence.deviations, evidence.unlike, evidence.printed)
    assert matching.complete
    for row, label in enumerate(first.labels):
        assert matching.exact[row, evidence.labels.index(true[label])]
    answer = find_relabelling(moved, later, **COLUMNS)
    for found in answer.rows:
        assert found.certainty is not Certainty.PROVED or found.true == true[found.printed]
    assert answer.fails_after <= answer.fails_before
    assert answer.found or answer.fails_before == 0 or answer.odds <= 1 / 20


def test_likely_labels_are_true_nineteen_times_in_twenty_and_more() -> None:
    likely = wrong = found = 0
    for seed in range(40):
        earlier, later = world(seed, 16)
        moved, true = permuted(earlier, seed)
        answer = find_relabelling(moved, later, **COLUMNS)
        found += answer.found
        rows = [row for row in answer.rows if answer.found and row.certainty is Certainty.LIKELY]
        likely += len(rows)
        wrong += sum(row.true != true[row.printed] for row in rows)
    assert found >= 36
    assert likely > 100
    assert wrong <= likely / 20


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (("label",), ("month", "year", "total")),
        (("total",), ("total",)),
        (("month", "year"), ("month", "year")),
    ],
)
def test_the_columns_that_moved_are_told(columns: tuple[str, ...], told: tuple[str, ...]) -> None:
    earlier, later = world(5, 20)
    moved, true = permuted(earlier, 3, columns)
    answer = find_relabelling(moved, later, **COLUMNS)
    assert answer.columns == told
    assert answer.fails_before > 0 == answer.fails_after
    decided = {row.printed: row.true for row in answer.rows if row.true}
    assert len(decided) > 7
    assert decided.items() <= true.items()


def test_two_rows_exchanged_are_named_and_the_others_left_alone() -> None:
    earlier, later = world(1, 12)
    totals = earlier["total"].astype(int).tolist()
    small, _, _, big = sorted(range(12), key=totals.__getitem__)[-4:]
    labels = earlier["label"].tolist()
    one, other = labels[big], labels[small]
    labels[big], labels[small] = other, one
    earlier["label"] = labels
    answer = find_relabelling(earlier, later, **COLUMNS)
    assert {row.printed: row.true for row in answer.rows if row.true != row.printed} == {one: other, other: one}
    assert f"Exchanged: {min(one, other)} and {max(one, other)}." in answer.words
    assert answer[one].true == other
    with pytest.raises(KeyError):
        answer["nowhere"]


def test_a_block_that_slid_is_told_in_words() -> None:
    size = 12
    totals = [2**row * 1000 for row in range(size)]
    labels = [f"L{row:02}" for row in range(size)]
    slid = [*labels[:3], *labels[9:10], *labels[3:9], *labels[10:]]
    earlier = table("2012", slid, year=[total // 10 for total in totals], total=totals)
    later = table("2013", labels, year=[total // 10 for total in totals], total=[total * 13 // 10 for total in totals])
    answer = find_relabelling(earlier, later, key="label", cumulative="total", flow="year")
    assert "From L09 to L07 (6 rows) the right label stands 1 row below." in answer.words
    assert {row.printed: row.true for row in answer.rows} == dict(zip(slid, labels, strict=True))


def misprinted(table: pd.DataFrame) -> str:
    """Give the largest total a digit too many; the label beside it."""
    totals = table["total"].tolist()
    place = max(range(len(totals)), key=lambda row: int(totals[row]))
    totals[place] += "0"
    table["total"] = totals
    return str(table["label"].iloc[place])


def test_one_wrong_figure_is_not_blamed_on_the_labels() -> None:
    earlier, later = world(4, 20)
    wrong = misprinted(earlier)
    answer = find_relabelling(earlier, later, **COLUMNS)
    assert (answer.found, answer.fails_before, answer.columns) == (False, 1, ())
    assert (answer[wrong].true, answer[wrong].certainty, answer[wrong].candidates) == (None, Certainty.UNDECIDED, ())
    assert sum(row.true == row.printed for row in answer.rows) == 19
    assert "wrong figures are likelier" in answer.words


def test_labels_are_put_right_around_a_wrong_figure_but_nothing_is_proved_then() -> None:
    earlier, later = world(4, 20)
    moved, true = permuted(earlier, 8)
    wrong = misprinted(moved)
    answer = find_relabelling(moved, later, **COLUMNS)
    assert answer.found
    assert answer.fails_before > answer.fails_after == 1
    assert Certainty.PROVED not in {row.certainty for row in answer.rows}
    assert answer[wrong].candidates == ()
    decided = {row.printed: row.true for row in answer.rows if row.true}
    assert len(decided) > 10
    assert decided.items() <= true.items()


# ------------------------------------------------------------------------------ against trying everything
@settings(deadline=None)
@given(st.data())
def test_prices_are_those_of_trying_every_matching(data: st.DataObject) -> None:
    rows, labels = data.draw(st.integers(1, 4)), data.draw(st.integers(4, 5))
    cost = np.array(
        data.draw(
            st.lists(st.lists(st.integers(0, 30), min_size=labels, max_size=labels), min_size=rows, max_size=rows)
        )
    )
    match, extra = prices(cost)
    every = {labelling: int(sum(cost[range(rows), labelling])) for labelling in permutations(range(labels), rows)}
    cheapest = min(every.values())
    assert every[tuple(match.tolist())] == cheapest
    for row in range(rows):
        for label in range(labels):
            forced = min(total for labelling, total in every.items() if labelling[row] == label)
            assert extra[row, label] == forced - cheapest


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 1), seeds, st.floats(0.2, 0.9))
def test_allowed_pairs_are_those_of_some_matching(rows: int, more: int, seed: int, dense: float) -> None:
    labels = rows + more
    possible = np.random.default_rng(seed).random((rows, labels)) < dense
    every = [each for each in permutations(range(labels), rows) if possible[range(rows), each].all()]
    allowed = allowed_pairs(possible)
    if allowed is None:
        assert not every
        return
    pairs = {(row, label) for each in every for row, label in enumerate(each)}
    assert {(int(row), int(label)) for row, label in np.argwhere(allowed)} == pairs


@settings(deadline=None)
@given(st.integers(2, 5), seeds, st.floats(0.4, 1))
def test_parts_and_wholes_never_strike_out_a_pair_that_is_possible(size: int, seed: int, dense: float) -> None:
    draw = np.random.default_rng(seed)
    possible, figures = draw.random((size, size)) < dense, draw.integers(0, 4, size)
    smaller = (figures[:, None] <= figures[None, :]) & ~np.eye(size, dtype=bool)
    allowed = allowed_pairs(possible, smaller, [(0, 1)])
    for each in permutations(range(size)):
        row = {label: row for row, label in enumerate(each)}
        if possible[range(size), each].all() and smaller[row[0], row[1]]:
            assert allowed is not None
            assert allowed[range(size), each].all()


@settings(deadline=None, max_examples=40)
@given(seeds, seeds, st.integers(2, 5), st.sampled_from([(10, 4), (3, 7), (12, 12)]))
def test_what_is_proved_is_what_every_arrangement_says(
    seed: int, moves: int, size: int, months: tuple[int, int]
) -> None:
    earlier, later = world(seed, size, months=months)
    moved, _ = permuted(earlier, moves)
    answer = find_relabelling(moved, later, **COLUMNS)
    rows, labels = records(moved), records(later)
    fits = [[stands(row, label, months) for label in labels] for row in rows]
    ways = [each for each in permutations(range(size)) if all(fits[row][at] for row, at in enumerate(each))]
    left = [{labels[way[row]]["label"] for way in ways} for row in range(size)]
    place = {label["label"]: at for at, label in enumerate(labels)}
    assert answer.fails_before == sum(not fits[row][place[rows[row]["label"]]] for row in range(size))
    for row, found in enumerate(answer.rows):
        assert {*found.candidates} <= left[row]
        if answer.found or found.fits:
            assert (found.certainty is Certainty.PROVED) == (len(left[row]) == 1)


def records(table: pd.DataFrame) -> list[dict[str, str]]:
    return [dict(zip(table.columns, map(str, row), strict=True)) for row in table.to_numpy()]


def stands(row: Mapping[str, str], label: Mapping[str, str], months: tuple[int, int]) -> bool:
    """Whether a row of 2012 can be that of a label of 2013, said over again in plain arithmetic."""
    total, flow = int(row["total"]), int(row["year"])
    rise = int(label["total"]) - int(label["year"]) - total
    if rise < 0:
        return False
    if label["growth"] == "--":
        return True
    growth = Fraction(label["growth"].removesuffix("%"))
    low, high = (1 + (growth + half) / 100 for half in (-Fraction(1, 20), Fraction(1, 20)))
    if low <= 0:
        return True
    least, most = Fraction(int(label["year"])) / high, Fraction(int(label["year"])) / low
    if months[1] <= months[0]:
        return least <= flow
    return flow <= most and least - flow <= rise


# ------------------------------------------------------------------------------ laws
@settings(deadline=None, max_examples=20)
@given(seeds, seeds, st.integers(2, 10), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_names_of_labels_matter(
    seed: int, moves: int, size: int, random: Random
) -> None:
    earlier, later = world(seed, size)
    moved, _ = permuted(earlier, moves)
    names = [f"N{at}" for at in range(size)]
    random.shuffle(names)
    renamed = dict(zip(later["label"], names, strict=True))
    others = [
        frame.sample(frac=1, random_state=random.randrange(1000)).replace({"label": renamed})
        for frame in (moved, later)
    ]
    plain, other = find_relabelling(moved, later, **COLUMNS), find_relabelling(*others, **COLUMNS)
    assert (plain.found, plain.columns, plain.fails_before, plain.fails_after) == (
        other.found,
        other.columns,
        other.fails_before,
        other.fails_after,
    )
    for row in plain.rows:
        same = other[renamed[row.printed]]
        assert {renamed[label] for label in row.candidates} == {*same.candidates}
        assert (same.certainty, same.fits) == (row.certainty, row.fits)


def test_every_kind_of_frame_gives_one_answer() -> None:
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    earlier, later = world(2, 8)
    moved, _ = permuted(earlier, 2)
    kinds: list[Callable[[pd.DataFrame], Any]] = [
        polars.from_pandas,
        lambda frame: polars.from_pandas(frame).lazy(),
        pyarrow.Table.from_pandas,
        lambda frame: frame.astype({"month": int, "year": int, "total": int}),
    ]
    plain = find_relabelling(moved, later, **COLUMNS)
    assert plain.found
    assert all(find_relabelling(kind(moved), [kind(later)], **COLUMNS) == plain for kind in kinds)


# ------------------------------------------------------------------------------ what tables say
def table(period: str, labels: list[str], **columns: list[Any]) -> pd.DataFrame:
    printed = {name: [str(value) for value in values] for name, values in columns.items()}
    return pd.DataFrame({"period": period, "label": labels, **printed})


def found_in(earlier: pd.DataFrame, later: pd.DataFrame, **keywords: Any) -> Relabelling:  # noqa: ANN401 - any keyword of the function itself
    return find_relabelling(earlier, later, key="label", cumulative="total", flow="year", **keywords)


def test_within_one_year_the_total_at_its_start_is_the_same() -> None:
    earlier = table("2021-03", ["a", "b", "c"], year=[10, 20, 31], total=[110, 120, 131])
    later = table("2021-06", ["a", "b", "c"], year=[30, 41, 50], total=[130, 141, 151])
    answer = found_in(earlier, later)
    assert (answer.fails_before, answer["c"].fits) == (1, False)
    assert not answer.found
    later["label"], later["total"] = ["b", "a", "c"], ["131", "141", "150"]
    answer = found_in(earlier, later)
    assert not answer.found
    earlier["total"] = ["111", "120", "131"]
    answer = found_in(earlier, later)
    assert (answer["a"].true, answer["a"].certainty) == ("b", Certainty.PROVED)


def test_a_flow_above_its_running_total_shows_that_one_of_the_two_moved() -> None:
    labels = ["a", "b", "c", "d"]
    earlier = table("2021", labels, year=[200, 10, 33, 61], total=[101, 1003, 307, 611])
    later = table("2022", labels, year=[210, 11, 31, 64], total=[1350, 117, 355, 710])
    answer = found_in(earlier, later)
    assert (answer.found, answer.columns, answer.fails_before, answer.fails_after) == (True, ("total",), 2, 0)
    assert {label: answer[label].true for label in labels} == {"a": "b", "b": "a", "c": "c", "d": "d"}
    assert not answer["a"].fits
    earlier["total"] = ["1003", "101", "31", "611"]
    answer = found_in(earlier, later)
    assert (answer.found, answer.fails_before, answer["c"].candidates) == (False, 1, ())


def test_figures_that_were_rounded_allow_what_their_intervals_allow() -> None:
    earlier = table("2021", ["a", "b"], year=["1,000", "2,000"], total=["11,000", "12,000"])
    later = table("2022", ["a", "b"], year=[0, 0], total=["10,600", "12,000"])
    assert found_in(earlier, later).fails_before == 0
    exact = Column(whole=True, rounding="exact")
    answer = found_in(earlier, later, columns=dict.fromkeys(["year", "total"], exact))
    assert answer.fails_before == 1


def test_cells_without_a_figure_say_nothing_and_are_listed() -> None:
    earlier, later = world(3, 8)
    moved, true = permuted(earlier, 1)
    moved.loc[0, "total"], moved.loc[1, "month"] = "..", "n/k"
    answer = find_relabelling(moved, later, **COLUMNS)
    assert answer.unread[:2] == (f"{moved['label'][1]}: month no numeral", f"{moved['label'][0]}: total missing")
    assert all(row.true in {None, true[row.printed]} for row in answer.rows)


def test_a_label_that_only_one_table_has_is_a_candidate_of_its_own() -> None:
    earlier, later = world(6, 10)
    moved, true = permuted(earlier, 6)
    answer = find_relabelling(moved.drop(index=0), later.drop(index=9), **COLUMNS)
    assert all(true[row.printed] in row.candidates for row in answer.rows)


def test_a_part_is_no_larger_than_its_whole() -> None:
    labels = ["city", "province", "other"]
    earlier = table("2021", labels, year=[10, 9, 11], total=[100, 90, 120])
    later = table("2022", labels, year=[10, 20, 12], total=[215, 240, 135])
    assert found_in(earlier, later).fails_before == 0
    groups = {"earlier": ["p", "p", "q"], "later": ["p", "p", "q"]}
    earlier["group"], later["group"] = groups["earlier"], groups["later"]
    answer = found_in(earlier, later, parts={"city": "province"}, within="group")
    assert {label: answer[label].candidates for label in labels[:2]} == {"city": ("city",), "province": ("province",)}
    with pytest.raises(TableError, match="'nowhere' is no label"):
        found_in(earlier, later, parts={"city": "nowhere"})


def test_no_label_leaves_its_group() -> None:
    earlier, later = world(7, 12)
    moved, _ = permuted(earlier, 7)
    moved["group"] = later["group"] = ["one"] * 6 + ["two"] * 6
    answer = find_relabelling(moved, later, **COLUMNS, within="group")
    group = dict(zip(later["label"], later["group"], strict=True))
    for row, place in zip(answer.rows, moved["group"], strict=True):
        assert {group[label] for label in row.candidates} <= {place}


# ------------------------------------------------------------------------------ misuse
def test_everything_wrong_with_a_call_is_told_at_once() -> None:
    earlier, later = world(0, 3)
    twice = pd.concat([earlier, earlier.iloc[:1]])
    mixed = later.assign(period=["2013-04", "2013-05", "2013-05"])
    with pytest.raises(TableError) as caught:
        find_relabelling(
            twice,
            [mixed, later.drop(columns="total"), later.iloc[:0], "later", later.assign(period="soon")],
            **COLUMNS,
            columns={"nothing": Column()},
        )
    places = [fault.where for fault in caught.value.faults]
    assert places == ["earlier", "later[0]", "later[1]", "later[2]", "later[3]", "later[4]", "columns"]
    for told in (
        "'L00' more than once",
        "2 periods",
        "no column 'total'",
        "no rows",
        "no dataframe",
        "a period is one",
        "'nothing' is not read",
    ):
        assert told in str(caught.value)


@pytest.mark.parametrize(("later", "told"), [([], "there is none"), (None, "does not end after 2012-10")])
def test_a_later_table_is_later(later: list[Any] | None, told: str) -> None:
    earlier, _ = world(0, 3)
    with pytest.raises(TableError, match=told):
        find_relabelling(earlier, earlier if later is None else later, **COLUMNS)


def test_odds_are_above_one() -> None:
    with pytest.raises(TableError, match="odds= is above 1"):
        find_relabelling(*world(0, 3), **COLUMNS, odds=1)


def test_without_scipy_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(TableError, match="install it"):
        find_relabelling(*world(0, 3), **COLUMNS)


# ------------------------------------------------------------------------------ published tables
published = pytest.mark.skipif(not TABLES.is_dir(), reason="the published tables are not at hand")
PUBLISHED: dict[str, Any] = {
    "key": "region",
    "cumulative": "cumulative_total",
    "flow": "yearly_total",
    "recent": "monthly_total",
    "growth": "year_on_year_growth",
    "within": "block",
}


def edition(name: str) -> pd.DataFrame:
    """A published table without its total; provinces and territories are one block of the page, cities the other."""
    read = pd.read_csv(TABLES / f"{name}.csv", dtype=str, keep_default_na=False)
    read["region"] = read["region"].str.replace("’", "'")
    read["block"] = np.where(read["row_kind"].isin(["province", "sar_taiwan"]), "provinces", "cities")
    return read[read["row_kind"] != "total"]


@pytest.fixture(scope="module")
def applications() -> Relabelling:
    later = [edition("applications_2013-04"), edition("applications_2014-01")]
    return find_relabelling(edition("applications_2012-10"), later, **PUBLISHED)


@pytest.fixture(scope="module")
def grants() -> Relabelling:
    return find_relabelling(edition("grants_2012-03"), edition("grants_2014-01"), **PUBLISHED)


def moved_to(answer: Relabelling, certainty: Certainty) -> dict[str, str]:
    return {
        row.printed: row.true
        for row in answer.rows
        if row.true not in {None, row.printed} and row.certainty is certainty
    }


def undecided(answer: Relabelling) -> dict[str, set[str]]:
    return {row.printed: {*row.candidates} for row in answer.rows if row.true is None}


@published
def test_applications_of_october_2012_stand_beside_the_labels_of_others(applications: Relabelling) -> None:
    assert applications.found
    assert applications.columns == ("monthly_total", "yearly_total", "cumulative_total")
    assert (applications.fails_before, applications.fails_after) == (18, 0)
    assert moved_to(applications, Certainty.PROVED) == {
        "Henan": "Sichuan",
        "Shaanxi": "Liaoning",
        "Anhui": "Tianjin",
        "Tianjin": "Taiwan",
        "Guangxi": "Shanxi",
        "Gansu": "Jilin",
        "Qinghai": "Tibet",
        "Nanjing": "Chengdu",
        "Jinan": "Ningbo",
        "Xiamen": "Changchun",
        "Changchun": "Xiamen",
    }
    assert moved_to(applications, Certainty.LIKELY) == {
        "Taiwan": "Anhui",
        "Sichuan": "Shaanxi",
        "Liaoning": "Hubei",
        "Fujian": "Henan",
        "Hubei": "Hunan",
        "Hebei": "Heilongjiang",
        "Heilongjiang": "Hebei",
        "Shanxi": "Guangxi",
        "Jilin": "Gansu",
        "Jiangxi": "Yunnan",
        "Yunnan": "Guizhou",
        "Hong Kong": "Xinjiang",
        "Xinjiang": "Inner Mongolia",
        "Inner Mongolia": "Hong Kong",
        "Ningxia": "Hainan",
        "Hainan": "Ningxia",
        "Tibet": "Qinghai",
        "Hangzhou": "Nanjing",
        "Guangzhou": "Hangzhou",
        "Chengdu": "Guangzhou",
        "Ningbo": "Qingdao",
        "Qingdao": "Dalian",
        "Shenyang": "Jinan",
        "Dalian": "Shenyang",
    }
    assert undecided(applications) == {
        "Zhejiang": {"Zhejiang", "Shandong"},
        "Shandong": {"Zhejiang", "Shandong"},
        "Hunan": {"Chongqing", "Fujian"},
        "Chongqing": {"Chongqing", "Fujian"},
    }
    assert applications.left_over == ("Jiangxi",)


@published
def test_it_is_whole_rows_and_not_the_running_totals_alone() -> None:
    # Of Qinghai the growth printed in 2013 implies 76 applications in January to April 2012, and its row says 67 to
    # October: the flows moved as well. Exchanged with Tibet's, both fit.
    earlier, later = edition("applications_2012-10"), edition("applications_2013-04")
    answer = find_relabelling(earlier, later, **PUBLISHED)
    assert answer.columns == ("monthly_total", "yearly_total", "cumulative_total")
    assert "If it were cumulative_total alone, 1 contradiction would be left." in answer.words
    assert "falling order of yearly_total" in answer.words
    assert {row.printed for row in answer.rows if row.moved} >= {"Qinghai", "Tibet"}


@published
def test_one_later_table_leaves_more_open_and_says_nothing_else(applications: Relabelling) -> None:
    answer = find_relabelling(edition("applications_2012-10"), edition("applications_2013-04"), **PUBLISHED)
    assert sum(row.true is not None for row in answer.rows) == 37
    for row in answer.rows:
        assert {*applications[row.printed].candidates} <= {*row.candidates}


@published
def test_the_row_that_the_page_lost_is_the_one_whose_label_is_left_over() -> None:
    # The stored page ends before Guizhou; the total less all other rows is what stood beside that label.
    earlier, later = edition("applications_2012-10"), edition("applications_2013-04")
    lost = earlier.iloc[:1].assign(region="Guizhou", monthly_total="240", yearly_total="2244", cumulative_total="16750")
    answer = find_relabelling(pd.concat([earlier, lost]), later, **PUBLISHED)
    assert not answer["Guizhou"].fits
    assert (answer["Guizhou"].true, answer.left_over) == ("Jiangxi", ())


@published
def test_grants_of_march_2012_stand_beside_the_labels_of_others(grants: Relabelling) -> None:
    assert grants.found
    assert grants.columns == ("monthly_total", "yearly_total", "cumulative_total")
    assert (grants.fails_before, grants.fails_after) == (2, 0)
    assert [row.printed for row in grants.rows if not row.fits] == ["Shandong", "Tibet"]
    assert moved_to(grants, Certainty.PROVED) == {"Qinghai": "Tibet", "Tibet": "Qinghai"}
    likely = moved_to(grants, Certainty.LIKELY)
    assert likely.items() <= GRANTS_TRUE.items()
    assert (
        likely.items()
        >= {
            "Shanghai": "Zhejiang",
            "Zhejiang": "Shanghai",
            "Taiwan": "Shandong",
            "Shandong": "Taiwan",
            "Hunan": "Liaoning",
            "Guizhou": "Inner Mongolia",
            "Hainan": "Xinjiang",
            "Xinjiang": "Hainan",
            "Wuhan": "Nanjing",
        }.items()
    )
    for row in grants.rows:
        assert GRANTS_TRUE.get(row.printed, row.printed) in row.candidates


GRANTS_TRUE: Mapping[str, str] = {
    "Shanghai": "Zhejiang",
    "Zhejiang": "Shanghai",
    "Taiwan": "Shandong",
    "Shandong": "Taiwan",
    "Hubei": "Shaanxi",
    "Liaoning": "Hubei",
    "Hunan": "Liaoning",
    "Henan": "Tianjin",
    "Shaanxi": "Hunan",
    "Tianjin": "Henan",
    "Heilongjiang": "Fujian",
    "Fujian": "Anhui",
    "Anhui": "Chongqing",
    "Chongqing": "Heilongjiang",
    "Gansu": "Guizhou",
    "Inner Mongolia": "Gansu",
    "Guizhou": "Inner Mongolia",
    "Hainan": "Xinjiang",
    "Xinjiang": "Hainan",
    "Qinghai": "Tibet",
    "Tibet": "Qinghai",
    "Wuhan": "Nanjing",
    "Nanjing": "Xi'an",
    "Chengdu": "Wuhan",
    "Xi'an": "Chengdu",
    "Harbin": "Jinan",
    "Jinan": "Harbin",
    "Qingdao": "Ningbo",
    "Ningbo": "Shenyang",
    "Shenyang": "Qingdao",
    "Changchun": "Dalian",
    "Dalian": "Changchun",
}
"""Read off by hand, with the patents in force of April 2013 and cities inside their provinces as further witnesses."""


@published
def test_patents_in_force_bear_the_labels_of_the_grants_out() -> None:
    # What was in force in April 2012, by the growth printed a year later, is about as large a part of all grants to
    # March 2012 everywhere. These figures had no part in finding the labels.
    force = pd.read_csv(TABLES.parent / "cnipa_valid_inventions_by_region" / "valid_inventions_2013-04.csv", dtype=str)
    before = force["valid_number"].astype(float) / (1 + force["growth_rate"].str.rstrip("%").astype(float) / 100)
    in_force = dict(zip(force["region"], before, strict=True))
    table = edition("grants_2012-03")
    totals = dict(zip(table["region"], table["cumulative_total"].astype(float), strict=True))

    def spread(true: Mapping[str, str]) -> float:
        shares = [
            in_force[true.get(row, row)] / total for row, total in totals.items() if true.get(row, row) in in_force
        ]
        return float(np.std(np.log(shares)))

    assert spread(GRANTS_TRUE) < 0.45 * spread({})


@published
def test_the_later_tables_keep_their_labels() -> None:
    answer = find_relabelling(edition("applications_2013-04"), edition("applications_2014-01"), **PUBLISHED)
    assert (answer.found, answer.fails_before) == (False, 0)
    assert math.isclose(answer.odds, 1)
