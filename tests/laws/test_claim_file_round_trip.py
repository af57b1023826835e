"""Law: claims written to a file and read back are the same claims, fact by fact, in TOML and in tables."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

import attrs
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ipmetrics.claimfile import claims_from_table, claims_to_table, parse_claims, write_claims
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
AWKWARD = st.sampled_from(
    [
        "a.b",
        'say "so"',
        "a; b",
        "a, b",
        "x=y",
        "[1]",
        "海淀区",
        " padded ",
        "two\nlines",
        "\\",
        "#",
        "all of it",
    ]
)
TEXT = st.one_of(st.sampled_from(["Haidian", "Beijing", "universities", "patents granted"]), AWKWARD, ANY_TEXT)
TABLE_TEXT = TEXT.map(lambda text: text.replace("\0", "0")).filter(lambda text: text == text.strip())

PERIODS = st.sampled_from(
    [
        "2021",
        "2021-H1",
        "2021-Q3",
        "2021-11",
        "2021-11-30",
        "2021-01/2021-09",
        "FY2021@04",
        "2021-01-05/2021-02-03",
    ]
).map(Period)
ROUNDINGS = st.none() | st.sampled_from(Rounding)
NUMBERS = st.one_of(
    st.sampled_from(["40,455", "2.896 billion", "62.4万", "nearly 30,000", "20–25", "300"]).map(Figure),
    st.builds(Figure, st.just("40,500"), rounding=ROUNDINGS, decimals=st.sampled_from([None, -2, 0])),
    st.builds(Figure, st.just("485"), step=st.sampled_from([5, Fraction(1, 2)])),
    st.just(Figure("64,2", decimal_comma=True)),
)
PERCENTS = st.sampled_from(["8.06%", "-3%", "a quarter"]).map(Figure)


@st.composite
def pools(draw: st.DrawFn, text: st.SearchStrategy[str]) -> st.SearchStrategy[Observation]:
    """Observations of a few regions, indicators and members that know of each other."""
    regions: list[Region] = []
    for number in range(draw(st.integers(1, 4))):
        above = draw(st.lists(st.sampled_from(regions), max_size=2)) if regions else []
        label = f"{draw(text)} {number}".strip() if number else draw(text)
        if draw(st.booleans()):
            regions.append(Region(label, overlaps=above))
        else:
            code, kind = draw(st.sampled_from([None, f"C-{number}"])), draw(st.none() | text)
            day = draw(st.none() | st.dates())
            regions.append(Region(label, code=code, part_of=above, kind=kind, names=[label], valid_from=day))
    units: list[Unit | str] = [
        "patent",
        Unit("award"),
        Unit("work", covers=["patent", "award"]),
        Unit("medal/person"),
        Unit("right", covers=["patent"]),
        "right",
    ]
    plain = st.builds(
        Indicator,
        text,
        unit=st.sampled_from(units),
        multiplier=st.integers(-4, 8),
        measure=st.sampled_from([None, "stock", "flow"]),
        whole=st.booleans(),
        signed=st.booleans(),
        additive=st.booleans(),
        code=st.none() | text,
        description=st.just("") | text,
    )
    indicators = draw(st.lists(plain, min_size=1, max_size=3))
    population = Indicator("population", unit="person", measure="stock")
    indicators += [
        indicators[0].per(population, 10_000, period=draw(st.sampled_from(["same", "previous", "either"]))),
        attrs.evolve(indicators[0].growth(), description=draw(text)),
        indicators[0].share_of(indicators[0], label=draw(text)),
    ]
    members: list[Member] = []
    names = draw(st.lists(text, min_size=1, max_size=3, unique=True))
    for name in names:  # some names both with parents and without
        above_it: list[list[Member]] = [[], [Member("all it holds")], members[-1:]]
        members.append(Member(name, part_of=draw(st.sampled_from(above_it))))
    members += [Member(name) for name in names]
    scopes = st.dictionaries(text, st.sampled_from(members), max_size=2)
    return st.builds(Observation, st.sampled_from(indicators), st.sampled_from(regions), PERIODS, scopes)


@st.composite
def claim_sets(draw: st.DrawFn, text: st.SearchStrategy[str], *, nested: bool) -> list[Claim]:
    """A few claims of all kinds; what the model refuses is left out."""
    observations = draw(pools(text))
    sources = st.none() | st.builds(
        Source,
        producer=st.none() | text,
        title=st.none() | text,
        date=st.none() | st.dates(),
        locator=st.none() | text,
        quote=st.none() | text,
        span=st.none() | st.just((3, 14)),
        url=st.none() | text if nested else text,  # a table has no cell for a source that says nothing
    )

    def claim(number: int, *, reading: bool) -> Claim | None:
        told: dict[str, Any] = {"id": draw(st.sampled_from([None, f"c{number}"]))}
        if not reading or nested:
            told["source"] = draw(sources)
        one, two, three = (draw(observations) for _ in range(3))
        kind = draw(st.integers(0, 7 if not reading or nested else 6))
        figure = draw(NUMBERS if kind in {0, 1} else PERCENTS)
        try:
            match kind:
                case 0:
                    return Level(one, figure, **told)
                case 1:
                    return Ratio(one, one.moved(period=two.period, scope=two.scope), figure, **told)
                case 2:
                    return Share(one, one.moved(region=two.region), figure, **told)
                case 3:
                    return Change(one, figure, difference=draw(st.booleans()), **told)
                case 4:
                    return Change(one, figure, than=one.moved(scope=two.scope, region=three.region), **told)
                case 5:
                    return Total(one, [two, three], complete=False, disjoint=draw(st.booleans()), **told)
                case 6:
                    others = draw(st.lists(observations, max_size=3))
                    order: Any = draw(st.sampled_from(["ascending", "descending"]))
                    return Rank(one, 1, among=others, order=order, complete=draw(st.booleans()), **told)
                case _:
                    readings = [claim(10 * number + place, reading=True) for place in range(1, 3)]
                    return OneOf([reading for reading in readings if reading is not None], **told)
        except ValueError:
            return None

    made = [claim(number, reading=False) for number in range(1, draw(st.integers(0, 5)) + 1)]
    return [one for one in made if one is not None]


def facts(value: object) -> object:
    """Every fact of a value, all the way down; the model's own equality looks at identity alone."""
    kind: Any = type(value)
    if attrs.has(kind):
        fields = attrs.fields(kind)
        return kind.__name__, {field.name: facts(getattr(value, field.name)) for field in fields if field.init}
    if isinstance(value, Mapping):
        return {key: facts(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [facts(item) for item in value]
    return value


@given(claim_sets(TEXT, nested=True))
def test_toml_reads_back_as_written(claims: list[Claim]) -> None:
    text = write_claims(claims)
    back = parse_claims(text)
    assert list(back) == claims
    assert [facts(claim) for claim in back] == [facts(claim) for claim in claims]
    assert write_claims(back) == text


@given(claim_sets(TABLE_TEXT, nested=False))
def test_csv_reads_back_as_written(claims: list[Claim]) -> None:
    back = parse_claims(write_claims(claims, format="csv"), format="csv")
    assert [facts(claim) for claim in back] == [facts(claim) for claim in claims]


@settings(max_examples=25)
@given(claim_sets(TABLE_TEXT, nested=False))
def test_a_data_frame_reads_back_as_written(claims: list[Claim]) -> None:
    frame = claims_to_table(claims)
    assert isinstance(frame, pd.DataFrame)
    assert [facts(claim) for claim in claims_from_table(frame)] == [facts(claim) for claim in claims]


@given(
    st.builds(
        Conventions,
        rounding=st.sampled_from(Rounding),
        about=st.fractions(0, 1, max_denominator=99),
        round_numbers=st.booleans(),
        partitions=st.booleans(),
    ),
    st.sampled_from(["toml", "csv"]),
)
def test_conventions_read_back_as_written(conventions: Conventions, skin: Literal["toml", "csv"]) -> None:
    claims = [Level(Indicator("patents", unit="patent").at("Haidian", 2021), "3")]
    assert (
        parse_claims(write_claims(claims, format=skin, conventions=conventions), format=skin).conventions == conventions
    )
