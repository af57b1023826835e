from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics import datasets
from ipmetrics.checks import check
from ipmetrics.checks.assembly import assemble
from ipmetrics.checks.statements import stated
from ipmetrics.diagnosis.companions import companion_rereadings
from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
from ipmetrics.findings import Slip, Verdict
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total, observations_of
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Growth, Indicator, Rate, ShareOf
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region
from tests.effort import numbers
from tests.random_claims import CASES, GOOD, Sort, random_claims
from tests.random_claims import PEOPLE as PERSONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

NATION = Region("nation", code="N")
REGIONS = [Region(name, code=name, part_of=NATION) for name in ("Haidian", "Chaoyang", "Xicheng", "Dongcheng")]
SCOPES = [{"holder": Member(name, part_of="all")} for name in ("universities", "firms")]
YEARS = (2019, 2020, 2021)
THEN, NOW = (Source("office", f"edition {year}", date(year, 4, 30)) for year in (2021, 2022))

GRANTED = Indicator("granted", unit="patent", measure="flow", whole=True)
INVENTIONS = Indicator("inventions", unit="patent", measure="flow", whole=True)
PEOPLE = Indicator("population", unit="person", measure="stock", whole=True)
MONEY = Indicator("pledge amount", unit="CNY", measure="flow")
RATE = GRANTED.per(PEOPLE, 10_000)
PORTION = INVENTIONS.share_of(GRANTED)
INDICATORS = (GRANTED, INVENTIONS, PEOPLE, MONEY)

DATASETS = tuple(datasets.load_all())
COUNTED = (CASES, GOOD, PERSONS)


def rereadings(
    claims: Iterable[Claim], suspects: Collection[int], conventions: Conventions | None = None
) -> list[Rereading]:
    return list(companion_rereadings(Surroundings(tuple(claims), conventions or Conventions()), suspects))


def of(slip: Slip, proposals: Iterable[Rereading]) -> list[Rereading]:
    return [each for each in proposals if each.slip is slip]


def as_read(claims: Sequence[Claim], proposal: Rereading) -> list[Claim | None]:
    """The whole set as a proposal has it."""
    changed = dict(zip(proposal.places, proposal.reread, strict=True))
    return [changed.get(place, claim) for place, claim in enumerate(claims)]


# ------------------------------------------------------------------------------ labels
def table(source: Source | None) -> list[Claim]:
    """Every kind of figure, each of them another."""
    claims: list[Claim] = []
    for region in REGIONS:
        for indicator in INDICATORS:
            for year in YEARS:
                claims += [
                    Level(indicator.at(region, year, scope), f"{1_001 + len(claims)}.{place}")
                    for place, scope in enumerate(SCOPES)
                ]
                here, there = indicator.at(region, year), indicator.at(NATION, year)
                claims += [
                    Share(here, there, f"{len(claims)}.1%"),
                    Ratio(here, there, f"0.{len(claims)}1"),
                    Change(here, f"{len(claims)}.7%"),
                    Change(here, f"{len(claims)}", since=indicator.at(region, year - 2)),
                ]
    return [attrs.evolve(claim, id=f"c{place}", source=source) for place, claim in enumerate(claims)]


def stand_in_line(one: Claim, other: Claim) -> bool:
    """Whether their labels could be exchanged, told from the claims alone."""
    match one, other:
        case Level(), Level():
            return [a == b for a, b in zip(one.subject.key, other.subject.key, strict=True)].count(False) == 1 and (
                one.subject.indicator == other.subject.indicator
            )
        case Share(), Share():
            return one.of == other.of
        case Ratio(), Ratio():
            return one.to == other.to
        case Change(), Change():
            lags = {each.subject.period.end.year - each.base.period.end.year for each in (one, other)}
            a, b = one.subject, other.subject
            apart = [a.indicator != b.indicator, a.region != b.region, a.period != b.period, a.scope != b.scope]
            units = not one.difference or a.indicator.unit == b.indicator.unit
            return one.difference == other.difference and len(lags) == 1 and apart.count(True) == 1 and units
        case _:
            return False


def test_two_labels_that_were_exchanged_are_put_right() -> None:
    true = table(THEN)
    for seed in numbers(40):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        one, other = first_pair(rng, true)
        printed = [*true]
        printed[one], printed[other] = told_as(true[one], true[other]), told_as(true[other], true[one])
        proposals = of(Slip.LABELS, rereadings(printed, [rng.choice([one, other])]))
        assert true in [as_read(printed, each) for each in proposals], (true[one], true[other])


def told_as(claim: Claim, other: Claim) -> Claim:
    """A claim with the figure of another."""
    assert isinstance(claim, (Level, Ratio, Share, Change))
    assert isinstance(other, (Level, Ratio, Share, Change))
    return attrs.evolve(claim, figure=other.figure)


def first_pair(rng: Random, claims: Sequence[Claim]) -> tuple[int, int]:
    while True:
        one, other = rng.sample(range(len(claims)), 2)
        if stand_in_line(claims[one], claims[other]):
            return one, other


def test_only_labels_of_one_line_of_one_document_are_exchanged() -> None:
    claims = [*table(THEN), *table(NOW)]
    for suspect in range(0, len(claims) // 2, 7):
        pairs = {each.places for each in of(Slip.LABELS, rereadings(claims, [suspect])) if len(each.places) == 2}
        wanted = {
            tuple(sorted((suspect, other)))
            for other in range(len(claims) // 2)
            if other != suspect and stand_in_line(claims[suspect], claims[other])
        }
        assert pairs == wanted, claims[suspect]


@pytest.mark.parametrize("scoped", [False, True], ids=["regions", "scopes"])
def test_two_rows_that_were_exchanged_are_put_right(*, scoped: bool) -> None:
    for seed in numbers(25):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        columns = rng.sample([(indicator, year) for indicator in INDICATORS for year in YEARS], rng.randint(2, 5))
        rows = [(NATION, scope) for scope in SCOPES] if scoped else [(region, {}) for region in REGIONS]
        figures = [[str(rng.randint(1_001, 9_999)) for _ in columns] for _ in rows]
        one, other = rng.sample(range(len(rows)), 2)
        exchanged = [*figures]
        exchanged[one], exchanged[other] = figures[other], figures[one]
        cells = rng.sample(
            [(row, column) for row in range(len(rows)) for column in range(len(columns))], len(rows) * len(columns)
        )
        true, printed = (
            [
                Level(
                    columns[column][0].at(rows[row][0], columns[column][1], rows[row][1]),
                    told[row][column],
                    source=THEN,
                )
                for row, column in cells
            ]
            for told in (figures, exchanged)
        )
        suspect = next(place for place, claim in enumerate(printed) if claim != true[place])
        proposals = of(Slip.LABELS, rereadings(printed, [suspect]))
        assert true in [as_read(printed, each) for each in proposals]
        assert [len(each.places) > 2 for each in proposals] == sorted(len(each.places) > 2 for each in proposals)


@pytest.mark.parametrize("kinds", [(Level,), (Level, Change), (Level, Change, Share, Ratio)], ids=len)
def test_a_row_is_its_levels_or_these_with_changes_or_all_that_is_printed(kinds: tuple[type, ...]) -> None:
    one, other = REGIONS[:2]

    def row(region: Region, number: int) -> list[Claim]:
        here, there = GRANTED.at(region, 2021), GRANTED.at(NATION, 2021)
        return [
            Level(here, f"1,00{number}"),
            Level(MONEY.at(region, 2021), f"2,00{number}"),
            Change(here, f"{number}.3%"),
            Change(here, f"4{number}", since=GRANTED.at(region, 2019)),
            Share(here, there, f"2{number}%"),
            Share(INVENTIONS.at(region, 2021), here, f"3{number}%"),  # of its own region's whole
            Ratio(here, there, f"0.2{number}"),
        ]

    claims = [*row(one, 1), *row(other, 2)]
    pairs = list(zip(claims[:7], claims[7:], strict=True))
    exchanged = [(told_as(a, b), told_as(b, a)) if isinstance(a, kinds) else (a, b) for a, b in pairs]
    printed = [a for a, _ in exchanged] + [b for _, b in exchanged]
    for suspect in range(14):
        found = claims in [as_read(printed, each) for each in of(Slip.LABELS, rereadings(printed, [suspect]))]
        assert found is isinstance(printed[suspect], kinds)


def test_a_row_is_of_one_document_and_needs_two_columns() -> None:
    def rows(*sources: Source | None) -> set[int]:
        claims = [
            Level(indicator.at(region, 2021), str(1_001 + place), source=source)
            for place, (indicator, region, source) in enumerate(
                (indicator, region, source)
                for indicator, source in zip(INDICATORS, sources, strict=False)
                for region in REGIONS[:2]
            )
        ]
        return {len(each.places) for each in of(Slip.LABELS, rereadings(claims, [0]))}

    assert rows(THEN) == rows(THEN, NOW) == {2}
    assert rows(THEN, THEN) == rows(None, None) == {2, 4}
    assert rows(THEN, THEN, THEN, NOW) == {2, 6}


def test_rows_of_two_documents_do_not_mix() -> None:
    claims = [
        Level(indicator.at(REGIONS[row], 2021), f"1,0{row}{place}", source=source)
        for place, indicator in enumerate(INDICATORS)
        for row, source in enumerate((THEN, NOW))
    ]
    assert of(Slip.LABELS, rereadings(claims, range(len(claims)))) == []


def test_rows_are_told_once_and_in_order() -> None:
    claims = table(None)
    suspects = [place for place, claim in enumerate(claims) if "Haidian" in str(claim) or "Xicheng" in str(claim)]
    proposals = of(Slip.LABELS, rereadings(claims, suspects[::5]))
    assert sum(len(each.places) > 2 for each in proposals) > 5
    assert_sound(claims, suspects, proposals)


def test_a_cell_that_is_printed_twice_is_no_part_of_a_row() -> None:
    claims = [
        Level(indicator.at(region, 2021), f"{place}5{column}")
        for column, indicator in enumerate((GRANTED, INVENTIONS, PEOPLE))
        for place, region in enumerate(REGIONS[:2], 1)
    ]
    again = Level(GRANTED.at(REGIONS[0], 2021), "200")
    assert 6 in {len(each.places) for each in of(Slip.LABELS, rereadings(claims, [0, 2]))}
    assert {len(each.places) for each in of(Slip.LABELS, rereadings([*claims, again], [0, 2]))} == {2, 4}


def test_figures_that_cannot_be_said_of_each_other_stay() -> None:
    share = Indicator("share", unit="percent")
    here, there = (share.at(region, 2021) for region in REGIONS[:2])
    assert of(Slip.LABELS, rereadings([Change(here, "2 points"), Change(there, "5%")], [0])) == []
    assert of(Slip.LABELS, rereadings([Level(here, "5%"), Level(there, "5%")], [0])) == []
    assert len(of(Slip.LABELS, rereadings([Change(here, "2 points"), Change(there, "3 points")], [0]))) == 1
    money, people = (Change(each.at(NATION, 2021), "50", id="x") for each in (MONEY, PEOPLE))
    assert of(Slip.LABELS, rereadings([money, attrs.evolve(people, id="y", figure="60")], [0])) == []


def test_a_change_on_the_month_before_is_not_one_on_the_year_before() -> None:
    here, there = (GRANTED.at(region, "2021-05") for region in REGIONS[:2])
    month = Change(there, "3%", since=there.moved(period=there.period.previous))
    assert of(Slip.LABELS, rereadings([Change(here, "5%"), month], [0])) == []
    since_april = Change(here, "5%", since=here.moved(period=here.period.previous))
    assert len(of(Slip.LABELS, rereadings([since_april, month], [0]))) == 1


def test_a_rate_a_year_is_not_a_growth_over_years() -> None:
    here, there = (Change(GRANTED.at(each, 2021), "5%", since=GRANTED.at(each, 2019)) for each in REGIONS[:2])
    a_year = attrs.evolve(there, figure="6%", per="year")
    assert of(Slip.LABELS, rereadings([here, a_year], [0])) == []
    assert len(of(Slip.LABELS, rereadings([attrs.evolve(here, per="year"), a_year], [0]))) == 1


def test_figures_are_exchanged_with_the_scale_they_were_printed_in() -> None:
    in_millions = attrs.evolve(MONEY, multiplier=6)
    claims = [Level(MONEY.at(REGIONS[0], 2021), "2,896,104"), Level(in_millions.at(REGIONS[1], 2021), "483.1")]
    (proposal,) = of(Slip.LABELS, rereadings(claims, [1]))
    loose = Conventions()
    assert [stated(each, loose) for each in proposal.reread if each] == [stated(each, loose) for each in claims[::-1]]


# ------------------------------------------------------------------------------ counts of fractions
def rests_on(indicator: Indicator, target: Indicator) -> list[Indicator]:
    """Every mention of a target in an indicator and its definition."""
    match indicator.definition:
        case Rate(one, other) | ShareOf(one, other):
            below = [*rests_on(one, target), *rests_on(other, target)]
        case Growth(one):
            below = rests_on(one, target)
        case _:
            below = []
    return [indicator, *below] if indicator == target else below


def test_a_count_of_fractions_explains_what_whole_numbers_cannot() -> None:
    whole, parts = GRANTED.at(NATION, 2021), [GRANTED.at(region, 2021) for region in REGIONS[:2]]
    claims: list[Claim] = [Level(parts[0], "3"), Level(parts[1], "4"), Total(whole, parts), Level(whole, "8")]
    assert check(claims).verdict is Verdict.INCONSISTENT
    (proposal,) = of(Slip.FRACTIONAL, rereadings(claims, [3]))
    assert proposal.places == (0, 1, 2, 3)
    assert check([each for each in as_read(claims, proposal) if each]).verdict is Verdict.CONSISTENT


def test_all_that_mentions_a_count_changes_with_it_and_nothing_else() -> None:
    count = 0
    for claims in random_sets(20):
        proposed = {each.text: each for each in of(Slip.FRACTIONAL, rereadings(claims, range(len(claims))))}
        for target in COUNTED:
            mentioning = tuple(
                place
                for place, claim in enumerate(claims)
                if any(rests_on(each.indicator, target) for each in observations_of(claim))
            )
            proposal = proposed.pop(f"count fractions of {target}", None) or proposed.pop(
                f"counts fractions of {target}", None
            )
            assert (proposal.places if proposal else ()) == mentioning
            if proposal is None:
                continue
            count += 1
            for place, reread in zip(proposal.places, proposal.reread, strict=True):
                assert reread == claims[place], "it speaks of the same unknowns"
                for new, old in zip(observations_of(reread), observations_of(claims[place]), strict=True):
                    assert not any(each.whole for each in rests_on(new.indicator, target))
                    for other in (each for each in COUNTED if each != target):
                        assert all(each.whole for each in rests_on(new.indicator, other))
                    assert attrs.evolve(new.indicator, whole=old.indicator.whole, definition=None) == attrs.evolve(
                        old.indicator, definition=None
                    )
        assert proposed == {}
    assert count > 20


@pytest.mark.parametrize(
    "claim",
    [
        Level(PORTION.at(NATION, 2021), "40%"),
        Level(RATE.at(NATION, 2021), "3.1"),
        Level(GRANTED.growth().at(NATION, 2021), "3.1%"),
        Rank(GRANTED.at(NATION, 2021), 1, among=[GRANTED.at(region, 2021) for region in REGIONS]),
        OneOf([Level(GRANTED.at(NATION, 2021), "3"), Level(MONEY.at(NATION, 2021), "3")]),
    ],
    ids=str,
)
def test_counts_are_found_inside_definitions_and_alternatives(claim: Claim) -> None:
    claims = [Level(GRANTED.at(NATION, 2021), "12"), claim]
    (proposal,) = (each for each in rereadings(claims, [1]) if each.text == "count fractions of granted")
    assert proposal.places == (0, 1)
    assemble([each for each in proposal.reread if each])


def test_what_is_derived_from_a_count_stays_what_it_was() -> None:
    whole_share = attrs.evolve(PORTION, whole=True)
    claims = [Level(GRANTED.at(NATION, 2021), "12"), Level(whole_share.at(NATION, 2021), "40%")]
    proposal = next(each for each in rereadings(claims, [0]) if each.slip is Slip.FRACTIONAL)
    assert [each.subject.indicator.whole for each in proposal.reread if isinstance(each, Level)] == [False, True]


def test_nothing_counts_fractions_where_nothing_is_assumed_whole() -> None:
    claims = [Level(GRANTED.at(NATION, 2021), "12")]
    assert of(Slip.FRACTIONAL, rereadings(claims, [0], Conventions(whole=False))) == []
    assert of(Slip.FRACTIONAL, rereadings([Level(MONEY.at(NATION, 2021), "12")], [0])) == []


# ------------------------------------------------------------------------------ editions
def test_what_a_later_edition_speaks_of_may_have_been_revised() -> None:
    here, there = GRANTED.at(REGIONS[0], 2020), GRANTED.at(NATION, 2020)
    claims: list[Claim] = [
        Level(here, "40", source=THEN),
        Share(here, there, "51%", source=THEN),
        Level(there, "90", source=NOW),
        Level(here, "44"),
    ]
    proposals = of(Slip.REVISED, rereadings(claims, range(4)))
    assert [(each.places, each.reread, each.text) for each in proposals] == [
        ((1,), (None,), "was revised after “edition 2021” (2021)")
    ]
    claims[3] = Level(here, "44", source=NOW)
    proposals = of(Slip.REVISED, rereadings(claims, range(4)))
    assert {each.places for each in proposals} == {(0,), (1,), (0, 1)}
    assert {each.text for each in proposals if len(each.places) > 1} == {"were revised after “edition 2021” (2021)"}


def test_editions_of_one_year_are_told_by_their_dates() -> None:
    spring, autumn = (Source("office", date=date(2021, month, 1)) for month in (4, 9))
    claims = [Level(GRANTED.at(NATION, 2020), text, source=each) for text, each in (("40", spring), ("44", autumn))]
    (proposal,) = of(Slip.REVISED, rereadings(claims, [0, 1]))
    assert (proposal.places, proposal.text) == ((0,), "was revised after the edition of 2021-04-01")


def test_only_figures_that_a_later_document_speaks_of_are_revised() -> None:
    count = 0
    for claims in random_sets(25):
        proposals = of(Slip.REVISED, rereadings(claims, range(len(claims))))
        for place, claim in enumerate(claims):
            mentioned = {*observations_of(claim)}
            later = any(
                (claim.source, other.source) == (THEN, NOW) and mentioned & {*observations_of(other)}
                for other in claims
            )
            figured = isinstance(claim, (Level, Ratio, Share, Change))
            assert ((place,) in [each.places for each in proposals]) is (later and figured)
        for proposal in proposals:
            count += 1
            assert {claims[place].source for place in proposal.places} == {THEN}
            assert all(isinstance(claims[place], (Level, Ratio, Share, Change)) for place in proposal.places)
            assert set.intersection(*({*observations_of(claims[place])} for place in proposal.places))
    assert count > 20


# ------------------------------------------------------------------------------ what holds of every proposal
def random_sets(usual: int) -> Iterator[list[Claim]]:
    """Random claims of every kind with names, of two editions or of none."""
    for seed in numbers(usual):
        for sort in Sort:
            rng = Random(seed)  # noqa: S311 - nothing is kept secret
            claims = [*random_claims(seed, sort), *random_claims(seed + 10_000, sort)]
            sources = [rng.choice([None, THEN, NOW]) for _ in claims]
            pairs = enumerate(zip(claims, sources, strict=True))
            yield [attrs.evolve(claim, id=f"c{place}", source=source) for place, (claim, source) in pairs]


def figures(claims: Iterable[Claim | None]) -> list[Figure | None]:
    found = [claim.figure for claim in claims if isinstance(claim, (Level, Ratio, Share, Change))]
    return sorted(found, key=str)


def assert_sound(claims: Sequence[Claim], suspects: Collection[int], proposals: list[Rereading]) -> None:
    for proposal in proposals:
        assert proposal.text
        assert [*proposal.places] == sorted({*proposal.places})
        assert {*proposal.places} & {*suspects}
        printed = [claims[place] for place in proposal.places]
        assert len(proposal.reread) == len(printed)
        for old, new in zip(printed, proposal.reread, strict=True):
            assert new is None or (new.id, new.source, type(new)) == (old.id, old.source, type(old))
        match proposal.slip:
            case Slip.LABELS:
                assert all(new != old for old, new in zip(printed, proposal.reread, strict=True))
                assert figures(printed) == figures(proposal.reread)
            case Slip.FRACTIONAL:
                assert None not in proposal.reread
            case slip:
                assert slip is Slip.REVISED
                assert {*proposal.reread} == {None}
    keys = [(each.slip, each.places, each.text) for each in proposals]
    assert len({*keys}) == len(keys), "nothing is proposed twice"


def test_every_proposal_touches_a_suspect_and_changes_something() -> None:
    count = 0
    for number, claims in enumerate(random_sets(25)):
        suspects = Random(number).sample(range(len(claims)), 2)  # noqa: S311 - nothing is kept secret
        proposals = rereadings(claims, suspects)
        assert_sound(claims, suspects, proposals)
        count += len(proposals)
    assert count > 100


def test_what_does_not_meet_a_set_of_places_is_left_out_where_that_is_asked() -> None:
    for number, claims in enumerate(random_sets(10)):
        rng = Random(number)  # noqa: S311 - nothing is kept secret
        meeting = [rng.sample(range(len(claims)), 2) for _ in range(2)]
        suspects = rng.sample(range(len(claims)), 2)
        all_of_them = rereadings(claims, suspects)
        some = list(companion_rereadings(Surroundings(tuple(claims), Conventions()), suspects, meeting=meeting))
        assert some == [each for each in all_of_them if all({*each.places} & {*places} for places in meeting)]


def test_every_proposal_makes_a_set_that_makes_sense() -> None:
    for claims in random_sets(10):
        for proposal in rereadings(claims, range(len(claims))):
            assemble([each for each in as_read(claims, proposal) if each is not None])


def test_the_order_of_claims_does_not_change_what_is_proposed() -> None:
    def proposed(claims: Sequence[Claim], suspects: Collection[str]) -> set[tuple[object, ...]]:
        places = [place for place, claim in enumerate(claims) if claim.id in suspects]
        return {
            (
                each.slip,
                each.text,
                frozenset(zip((claims[place].id for place in each.places), each.reread, strict=True)),
            )
            for each in rereadings(claims, places)
        }

    for number, claims in enumerate([*random_sets(10), table(THEN)[::5]]):
        rng = Random(number)  # noqa: S311 - nothing is kept secret
        suspects = {f"c{place * 5 if len(claims) > 20 else place}" for place in rng.sample(range(len(claims)), 2)}
        assert proposed(rng.sample(claims, len(claims)), suspects) == proposed(claims, suspects)


def test_published_claims_of_every_kind_are_taken() -> None:
    assert {type(claim) for claim in DATASETS} == {Level, Ratio, Share, Change, Total, Rank, OneOf}
    everywhere = range(len(DATASETS))
    assert_sound(DATASETS, everywhere, rereadings(DATASETS, everywhere))
    for place in everywhere:
        assert_sound(DATASETS, [place], rereadings(DATASETS, [place]))


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        (Level(GRANTED.at("Haidian", 2021), "3"), Level(GRANTED.at("Chaoyang", 2021), "4"), "Chaoyang and Haidian"),
        (Level(GRANTED.at("Haidian", 2021), "3"), Level(GRANTED.at("Haidian", 2020), "4"), "2020 and 2021"),
        (
            Change(GRANTED.at("Haidian", 2021), "3%"),
            Change(MONEY.at("Haidian", 2021), "4%"),
            "granted and pledge amount",
        ),
    ],
    ids=str,
)
def test_exchanged_labels_are_named(one: Claim, other: Claim, text: str) -> None:
    (proposal,) = of(Slip.LABELS, rereadings([one, other], [0]))
    assert proposal.text == f"carry each other's labels: {text} are exchanged"
