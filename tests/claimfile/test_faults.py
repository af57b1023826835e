"""Faults: where, which rule, and the way out; all of a file at once, in its order."""

from __future__ import annotations

import pickle

import pytest

from ipmetrics.claimfile import parse_claims
from ipmetrics.errors import ClaimFileError, Fault

NAMES = """
indicators.n = { unit = "patent" }
indicators.p = { unit = "percent" }
regions.v = {}
regions.w = {}
"""


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(ClaimFileError) as caught:
        parse_claims(text, name="mine.toml")
    return {fault.where: fault.message for fault in caught.value.faults}


def fault_of_claim(claim: str) -> Fault:
    with pytest.raises(ClaimFileError) as caught:
        parse_claims(f"{NAMES}[[claims]]\n{claim}")
    [fault] = caught.value.faults
    return fault


@pytest.mark.parametrize(
    ("claim", "where", "says"),
    [
        ('level = "n.v.2021"\nfigure = 3.50', "claims[0].figure", 'got the number 3.50; write figure = "3.50"'),
        ('level = "n.v.2021"\nfigure = 40_455', "claims[0].figure", 'write figure = "40455"'),
        ('level = "n.v.2021"\nfigure = true', "claims[0].figure", "a figure is given as printed"),
        ('level = "n.v.2021"\nfigure = 2021-01-01', "claims[0].figure", "the date 2021-01-01"),
        ('level = "n.v.2021"\nfigure = ""', "claims[0].figure", "a figure is given as printed"),
        ('level = "n.v.2021"\nfigure = "abc"', "claims[0].figure", "a figure is one printed number"),
        ('level = "n.v.2021"\nfigure = {}', "claims[0].figure.text", "give text"),
        ('level = "n.v.2021"\nfigure = { text = 3 }', "claims[0].figure.text", 'write text = "3"'),
        ('level = "n.v.2021"\nfigure = { text = "3", step = 0.5 }', "claims[0].figure.step", '"0.05"'),
        ('level = "n.v.2021"\nfigure = { text = "3", rounding = "up" }', "claims[0].figure.rounding", "nearest"),
        ('level = "n.v.2021"', "claims[0].figure", 'a claim with "level" says its "figure"'),
        ('level = "n.v"\nfigure = "3"', "claims[0].level", "a path of three names"),
        ('level = "n.v.2021.5"\nfigure = "3"', "claims[0].level", "a path of three names"),
        ('level = "n.v.2021[]"\nfigure = "3"', "claims[0].level", "a path of three names"),
        ('level = "n.v.2021[a=b, a=c]"\nfigure = "3"', "claims[0].level", "a path of three names"),
        ('level = "n.vv.2021"\nfigure = "3"', "claims[0].level", 'did you mean "v"? declare it in [regions]: vv = {}'),
        ('level = "m.v.2021"\nfigure = "3"', "claims[0].level", "declare it in [indicators]"),
        ('level = "n.v.2021-13"\nfigure = "3"', "claims[0].level", "a period is one that exists"),
        ('level = 5\nfigure = "3"', "claims[0].level", "an observation is a path"),
        (
            'level = { indicator = "n", region = "v" }\nfigure = "3"',
            "claims[0].level.period",
            'an observation says its "period"',
        ),
        ('level = "n.v.2021"\nfigure = "3"\nfig = "4"', "claims[0].fig", 'did you mean "figure"?'),
        ('levle = "n.v.2021"\nfigure = "3"', "claims[0].levle", 'did you mean "level"?'),
        ('figure = "3"', "claims[0]", "a claim says one thing"),
        ('level = "n.v.2021"\nratio = "n.v.2021"', "claims[0]", "split it into several"),
        ('ratio = "n.v.2021"\nto = "p.v.2021"\nfigure = "3"', "claims[0]", "a ratio compares like with like"),
        ('change = "n.v.2021"\nfigure = "3 points"', "claims[0]", "percentage points"),
        (
            'change = "n.v.2021"\nfigure = "3%"\nsince = "n.v.2020"\nthan = "n.w.2021"',
            "claims[0]",
            "a change has one base",
        ),
        ('total = "n.v.2021"\nparts = []', "claims[0].parts", "1 or more"),
        ('rank = "n.v.2021"\nplace = 0\namong = ["n.w.2021"]', "claims[0].place", "at least 1"),
        ('rank = "n.v.2021"\nplace = 3\namong = ["n.w.2021"]', "claims[0]", "from 1 to the 2 ranked"),
        ('one_of = [{ level = "n.v.2021", figure = "3" }]', "claims[0].one_of", "2 or more"),
        (
            'one_of = [{ level = "n.v.2021", figure = "3" }, { level = "n.v.2021", figure = 4 }]',
            "claims[0].one_of[1].figure",
            'write figure = "4"',
        ),
        ('level = "n.v.2021"\nfigure = "3"\nspan = [5, 2]', "claims[0].span", "exchange the two"),
        ('level = "n.v.2021"\nfigure = "3"\nspan = [5]', "claims[0].span", "2 entries"),
        ('level = "n.v.2021"\nfigure = "3"\nid = 7', "claims[0].id", 'write id = "7"'),
        ('level = "n.v.2021"\nfigure = "3"\nsource = "wp"', "claims[0].source", "[sources.wp]"),
        ('level = "n.v.2021"\nfigure = "3"\nsource = { date = "May" }', "claims[0].source.date", "2022-04-30"),
        ('level = "n.v.2021"\nfigure = "3"\nsource = { date = 2021-02-30T00:00:00 }', "", ""),
    ],
)
def test_each_fault_says_where_and_the_way_out(claim: str, where: str, says: str) -> None:
    fault = fault_of_claim(claim)
    if where:
        assert fault.where == where
        assert says in fault.message


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("indicators.a = { unit = 'patnet' }", "indicators.a.unit", 'did you mean "patent"?'),
        ("indicators.a = { unit = 'pledgee/person' }", "indicators.a.unit", "write pledgee = {} in [units]"),
        ("indicators.a = { hole = true }", "indicators.a.hole", 'did you mean "whole"?'),
        ("indicators.a = { share_off = ['a', 'b'] }", "indicators.a.share_off", 'did you mean "share_of"?'),
        ("indicators.a = { whole = 'yes' }", "indicators.a.whole", "write true or false"),
        ("indicators.a = { measure = 'stok' }", "indicators.a.measure", 'did you mean "stock"?'),
        ("indicators.a = { multiplier = -4.0 }", "indicators.a.multiplier", "a whole number"),
        ("indicators.a = { multiplier = 999999999999 }", "indicators.a.multiplier", "from -60 to 60"),
        ("indicators.a = { growth_of = 'b' }", "indicators.a.growth_of", "declare it in [indicators]"),
        ("indicators.a = { growth_of = 'a' }", "indicators.a", "a → a"),
        ("indicators = { a = { growth_of = 'b' }, b = { growth_of = 'a' } }", "indicators.b", "a → b → a"),
        ("indicators = { b = {}, a = { per = ['b', 'b', 2000] } }", "indicators.a", "a power of ten"),
        ("indicators = { b = {}, a = { per = [10, 'b'] } }", "indicators.a", "a rate names its numerator"),
        ("indicators.a = { catalogue = 'x', label = 'y' }", "indicators.a.label", "take it out"),
        ("indicators.a = { catalogue = 'x' }", "indicators.a", "catalogue=ipmetrics.catalogue"),
        ("indicators.'a b' = {}", 'indicators."a b"', "write a short key"),
        ("regions.a = { part_of = 'a' }", "regions.a", "a → a"),
        ("regions = { a = { overlaps = 'b' }, b = { overlaps = 'a' } }", "regions.b", "said of one of the two"),
        ("regions = { a = { code = '1', part_of = 'b' }, b = { code = '1' } }", "regions.a", "not part of itself"),
        ("regions.a = { part_of = ['b'] }", "regions.a.part_of[0]", "declare it in [regions]"),
        ("regions.a = 5", "regions.a", "a region is a table"),
        ("regions.a.valid_from = 'May'", "regions.a.valid_from", "2022-04-30"),
        ("members = { a = { part_of = 'b' }, b = { part_of = 'a' } }", "members.b", "a → b → a"),
        ("conventions.rounding = 'halfup'", "conventions.rounding", 'did you mean "half_up"?'),
        ("conventions.about = 0.05", "conventions.about", "exact number"),
        ("conventions.about = '-1'", "conventions.about", "exact number"),
        ("conventions.about = '1/0'", "conventions.about", "exact number"),
        ("units.u = { cover = [] }", "units.u.cover", 'did you mean "covers"?'),
        ("[[claim]]", "claim", 'did you mean "claims"?'),
        ("claims = 5", "claims", "this is a list"),
        ("claims = ['a']", "claims[0]", "a claim is a table"),
        ("source = 'white paper'", "source", "a source is a table"),
    ],
)
def test_faults_of_definitions(text: str, where: str, says: str) -> None:
    found = faults_of(text)
    assert list(found) == [where]
    assert says in found[where]


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    found = faults_of("""
conventions = { rounding = "up" }
[[claims]]
level = "n.v.2021"
figure = 3
[[claims]]
level = "n.vv.20211"
figure = "x"
[regions]
v = { cod = "1" }
[indicators]
n = { unit = "patnet" }
""")
    assert list(found) == [
        "conventions.rounding",
        "claims[0].figure",
        "claims[1].level",
        "claims[1].figure",
        "regions.v.cod",
        "indicators.n.unit",
    ]


def test_a_name_that_is_at_fault_itself_is_no_second_fault_where_it_is_used() -> None:
    found = faults_of("""
indicators.n = { unit = "patnet" }
regions.v = { cod = "1" }
regions.w = { part_of = "v" }
claims = [{ level = "n.w.2021", figure = "1" }]
""")
    assert list(found) == ["indicators.n.unit", "regions.v.cod"]


def test_an_id_names_one_claim_readings_included() -> None:
    level = 'level = "n.v.2021", figure = "3"'
    found = faults_of(
        f'{NAMES}claims = [{{ id = "a", {level} }}, {{ one_of = [{{ id = "a", {level} }}, {{ {level} }}] }}]'
    )
    assert list(found) == ["claims[1].one_of[0].id"]


def test_a_claim_is_judged_though_its_source_is_at_fault() -> None:
    found = faults_of(f'{NAMES}[[claims]]\nsource = "x"\nshare = "n.v.2021"\nof = "n.w.2021"\nfigure = "2 points"')
    assert list(found) == ["claims[0]", "claims[0].source"]


def test_the_error_names_the_file_counts_and_survives_pickling() -> None:
    with pytest.raises(ClaimFileError, match=r"2 faults\): got mine.toml") as caught:
        parse_claims("a = 1\nb = 2", name="mine.toml")
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made here
    assert str(again) == str(caught.value)
    assert again.faults == caught.value.faults
    assert isinstance(caught.value, ValueError)
