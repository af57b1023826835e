"""Tables of claims: what rows and columns mean, and how their faults are told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from ipmetrics.claimfile import claims_from_table, claims_to_table, parse_claims, write_claims
from ipmetrics.errors import ClaimError, ClaimFileError
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Indicator, Rate


def rows(text: str) -> list[Claim]:
    return list(parse_claims(text, format="csv"))


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(ClaimFileError) as caught:
        parse_claims(text, format="csv", name="mine.csv")
    return {fault.where: fault.message for fault in caught.value.faults}


def test_a_row_is_a_level_unless_it_says_otherwise() -> None:
    [claim] = rows('indicator,unit,region,period,figure\npatents granted,patent,Haidian,2021,"40,455"\n')
    assert claim == Level(Indicator("patents granted", unit="patent").at("Haidian", 2021), "40,455")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(mark: str) -> None:
    text = mark.join(["indicator", "unit", "region", "period", "figure", "decimal_comma"]) + "\n"
    [claim] = rows(text + mark.join(["patents", "patent", "Haidian", "2021", "64,25", "TRUE"]))
    assert isinstance(claim, Level)
    assert claim.figure == Figure("64,25", decimal_comma=True)


def test_comparisons_take_from_the_subject_what_they_do_not_say() -> None:
    share, change, than, since = rows(
        "kind,indicator,unit,region,period,scope,figure,to_region,to_period,to_scope\n"
        "share,patents,patent,Haidian,2021,holder=universities,5%,,,holder=all\n"
        "change,patents,,Haidian,2021,,5%,,,\n"
        "change than,patents,,Haidian,2021,,5%,Chaoyang,,\n"
        "change,patents,,Haidian,2021,,5%,,2019,\n"
    )
    assert isinstance(share, Share)
    assert not share.of.scope
    assert isinstance(change, Change)
    assert change.since is None
    assert isinstance(than, Change)
    assert than.than == than.subject.moved(region=than.base.region)
    assert isinstance(since, Change)
    assert str(since.base.period) == "2019"


def test_totals_and_ranks_hold_lists() -> None:
    total, rank, alone = rows(
        "kind,indicator,unit,region,period,to_region,to_period,place,complete\n"
        'total,patents,patent,Beijing,2021,Haidian; "a; b",,,false\n'
        "rank,patents,,Haidian,2021,Chaoyang;Xicheng,2020,1,\n"
        "rank,patents,,Haidian,2021,,,1,\n"
    )
    assert isinstance(total, Total)
    assert [str(part.region) for part in total.parts] == ["Haidian", "a; b"]
    assert not total.complete
    assert isinstance(rank, Rank)
    assert [other.place for other in rank.among] == ["Chaoyang 2020", "Xicheng 2020"]
    assert isinstance(alone, Rank)
    assert alone.among == ()


def test_groups_are_readings_of_one_phrase() -> None:
    named, nameless = rows(
        "kind,indicator,unit,region,period,figure,one_of,quote\n"
        "change,pledges,case,Haidian,2021,8.06%,growth,up 8.06%\n"
        "change,amount,CNY,Haidian,2021,8.06%,growth,\n"
        "level,pledges,,Haidian,2021,483,#,\n"
        "level,pledges,,Haidian,2021,482,#,\n"
    )
    assert isinstance(named, OneOf)
    assert (named.id, named.source) == ("growth", Source(quote="up 8.06%"))
    assert isinstance(nameless, OneOf)
    assert nameless.id is None


def test_sources_spans_and_definition_rows() -> None:
    file = parse_claims(
        "kind,id,indicator,region,period,scope,figure,source,source_title,source_date,span,definition\n"
        'region,Haidian,,,,,,,,,,"{ code = ""CN-110108"", part_of = ""Beijing"" }"\n'
        'indicator,people,,,,,,,,,,"{ unit = ""person"" }"\n'
        'indicator,patents,,,,,,,,,,"{ unit = ""patent"" }"\n'
        'indicator,density,,,,,,,,,,"{ per = [""patents"", ""people"", 10000] }"\n'
        'member,colleges,,,,,,,,,,"{ part_of = ""universities"" }"\n'
        'source,wp,,,,,,,,,,"{ title = ""White paper"" }"\n'
        'conventions,,,,,,,,,,,"{ rounding = ""truncated"" }"\n'
        "level,a,density,Haidian,2021,holder=colleges,332.8,wp,,,120-164,\n"
        "level,b,patents,Beijing,2021,,332,,Yearbook,2022-04-30,,\n",
        format="csv",
    )
    density, patents = file
    assert isinstance(density, Level)
    assert isinstance(density.subject.indicator.definition, Rate)
    assert density.subject.region.is_part_of(file.regions["Beijing"])
    assert [str(above) for above in density.subject.scope["holder"].part_of] == ["universities"]
    assert density.source == Source(title="White paper", span=(120, 164))
    assert patents.source == Source(title="Yearbook", date=date(2022, 4, 30))
    assert file.conventions == Conventions(rounding="truncated")


HEAD = "id,kind,indicator,unit,region,period,figure,to_region,place,one_of,quote,definition\n"


@pytest.mark.parametrize(
    ("row", "where", "says"),
    [
        ("a,levle,n,patent,v,2021,3", "line 2, column kind", 'did you mean "level"?'),
        ("a,,n,,v,2021,3", "line 2, column indicator", "fill in unit"),
        ("a,,n,patnet,v,2021,3", "line 2, column unit", 'did you mean "patent"?'),
        ("a,,n,patent,,2021,3", "line 2, column region", 'says its "region"'),
        ("a,,n,patent,v,2021-13,3", "line 2, column period", "a period is one that exists"),
        ("a,,n,patent,v,2021,abc", "line 2, column figure", "one printed number"),
        ("a,,n,patent,v,2021,", "line 2, column figure", 'says its "figure"'),
        ("a,share,n,patent,v,2021,3%", "line 2, column to_region", "its whole"),
        ("a,level,n,patent,v,2021,3,w", "line 2, column to_region", "compared with nothing"),
        ("a,change than,n,patent,v,2021,3%", "line 2, column to_region", "fill in to_region"),
        ("a,rank,n,patent,v,2021,,w,first", "line 2, column place", "a whole number"),
        ("a,share,n,patent,v,2021,3 points,w", "line 2", "a share is a part of a whole"),
        ("a,region,,,,,,,,,,{ cod = 1 }", "line 2, column definition", 'did you mean "code"?'),
        ("a,region,,,,,,,,,,{ code = ", "line 2, column definition", "a TOML value"),
        ("a,region,,,v,,,,,,,{}", "line 2, column region", "empty this cell"),
        (",region,,,,,,,,,,{}", "line 2, column id", "names what it defines"),
        ("a,,n,patent,v,2021,3,,,,,,extra", "line 2", "below the name of its column"),
        ("a,,n,patent,v,2021,3,,,,,{}", "line 2, column definition", "a row of its own"),
        ("a,,n,patent,v,2021,3,,,g", "line 2, column one_of", "2 or more"),
    ],
)
def test_faults_name_line_and_column(row: str, where: str, says: str) -> None:
    found = faults_of(HEAD + row + "\n")
    assert list(found) == [where]
    assert says in found[where]


def test_faults_come_in_the_order_of_lines_and_lines_count_line_ends_in_cells() -> None:
    found = faults_of(
        HEAD
        + 'a,,n,patent,v,2021,x\n\nb,,n,patent,v,2021,3,,,,"two\nlines"\nb,,n,case,v,2021,y\nc,region,,,,,,,,,,{x=1}\n'
    )
    assert list(found) == [
        "line 2, column figure",
        "line 6, column id",
        "line 6, column figure",
        "line 6, column unit",
        "line 7, column definition",
    ]


def test_unknown_and_double_columns() -> None:
    found = faults_of("indicator,unit,region,periods,figure,figure\n")
    assert list(found) == ["the header, column periods", "the header, column figure"] or set(found) == {
        "the header, column periods",
        "the header, column figure",
    }
    assert 'did you mean "period"?' in found["the header, column periods"]


def test_readings_of_one_phrase_have_one_source() -> None:
    found = faults_of(HEAD + "a,,n,patent,v,2021,3,,,g,one\nb,,n,,v,2021,4,,,g,two\n")
    assert list(found) == ["line 3, column source"]


def test_lists_of_one_row_are_of_one_length() -> None:
    head = "kind,indicator,unit,region,period,to_region,to_period\n"
    found = faults_of(head + "total,n,patent,v,2021,a; b; c,2020; 2021\n")
    assert list(found) == ["line 2, column to_period"]


def frame(**columns: list[object]) -> pd.DataFrame:
    usual: dict[str, list[object]] = {
        "indicator": ["patents"],
        "unit": ["patent"],
        "region": ["Haidian"],
        "period": [2021],
        "figure": ["40,455"],
    }
    return pd.DataFrame({**usual, **columns})


def test_a_frame_may_hold_years_dates_switches_and_missing_values() -> None:
    [claim] = claims_from_table(
        frame(
            period=[2021.0],
            whole=[np.True_],
            source_date=[pd.Timestamp(2022, 4, 30)],
            scope=[None],
            quote=[np.nan],
            locator=[pd.NA],
            id=[7],
        )
    )
    assert isinstance(claim, Level)
    assert claim.subject.indicator.whole
    assert (claim.id, claim.source) == ("7", Source(date=date(2022, 4, 30)))


@pytest.mark.parametrize("figure", [40455, 404.5, np.int64(3), np.float64(3.5), True, date(2021, 1, 1)])
def test_a_figure_that_is_no_text_is_a_fault_of_its_row(figure: object) -> None:
    with pytest.raises(ClaimFileError) as caught:
        claims_from_table(frame(figure=[figure]).set_axis(["here"]))
    [fault] = caught.value.faults
    if type(figure) is not date:
        assert fault.where == "row here, column figure"
        assert "dtype=str" in fault.message


@pytest.mark.parametrize("period", [2021.5, [2021], pd.Timestamp(2021, 1, 1, 12)])
def test_a_cell_that_is_no_text_is_a_fault_of_its_row(period: object) -> None:
    with pytest.raises(ClaimFileError) as caught:
        claims_from_table(frame(period=[period]))
    assert [fault.where for fault in caught.value.faults] == ["row 0, column period"]


def test_what_is_no_frame_is_refused() -> None:
    with pytest.raises(ClaimFileError, match="data frame"):
        claims_from_table([1, 2])  # type: ignore[arg-type]


def test_a_table_of_claims_is_text_with_the_columns_it_needs() -> None:
    claims = claims_from_table(frame())
    made = claims_to_table(claims)
    assert made.columns.to_list() == ["kind", "indicator", "region", "period", "figure", "unit"]
    assert made.loc[0, "figure"] == "40,455"
    assert claims_to_table([]).columns.to_list() == ["kind", "indicator", "region", "period", "figure"]


def test_no_claims_are_a_header() -> None:
    assert rows(write_claims([], format="csv")) == []


def test_sources_of_one_reading_are_not_for_tables() -> None:
    x = Indicator("patents", unit="patent").at("Haidian", 2021)
    with pytest.raises(ClaimError, match="TOML"):
        write_claims([OneOf([Level(x, "3", source=Source("a")), Level(x, "4")])], format="csv")
