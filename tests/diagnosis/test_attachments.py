from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import attrs
import pytest

from ipmetrics import datasets
from ipmetrics.checks.assembly import assemble
from ipmetrics.checks.statements import stated
from ipmetrics.diagnosis.attachments import attachment_rereadings
from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total, observations_of
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator, Rate
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.regions import Region
from tests.effort import numbers
from tests.random_claims import Sort, random_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BEIJING = Region("Beijing", code="CN-BJ")
HAIDIAN, CHAOYANG = (Region(name, code=name, part_of=BEIJING) for name in ("Haidian", "Chaoyang"))
REGIONS = (BEIJING, HAIDIAN, CHAOYANG)
UNIVERSITIES = {"holder": Member("universities", part_of="all")}
YEARS = range(2017, 2022)

GRANTED = Indicator("granted", unit="patent", measure="flow", whole=True)
PUBLISHED = Indicator("published", unit="patent", measure="flow", whole=True)
PEOPLE = Indicator("population", unit="person", measure="stock", whole=True)
MONEY = Indicator("pledge amount", unit="CNY", measure="flow", multiplier=8)
COUNTS = (GRANTED, PUBLISHED, PEOPLE, MONEY)
RATE, RATE_BEFORE, RATE_EITHER = (GRANTED.per(PEOPLE, 10_000, period=when) for when in ("same", "previous", "either"))

DATASETS = tuple(datasets.load_all())


def level_of_everything() -> list[Claim]:
    return [
        Level(indicator.at(region, year, scope), str(1_001 + place))
        for place, (indicator, region, year, scope) in enumerate(
            (indicator, region, year, scope)
            for indicator in COUNTS
            for region in REGIONS
            for year in YEARS
            for scope in ({}, UNIVERSITIES)
        )
    ]


EVERYTHING = level_of_everything()


def rereadings(claims: Iterable[Claim], place: int) -> list[Rereading]:
    return list(attachment_rereadings(Surroundings(tuple(claims), Conventions()), place))


def among(printed: Claim, others: Sequence[Claim], rng: Random) -> list[Rereading]:
    """What is proposed for a claim printed somewhere among others."""
    place = rng.randint(0, len(others))
    return rereadings([*others[:place], printed, *others[place:]], place)


def content(claim: Claim | None) -> tuple[object, ...]:
    """What a claim says, whether it leaves its usual base out or names it."""
    assert claim is not None
    figure = claim.figure if isinstance(claim, (Level, Ratio, Share, Change)) else None
    manner = (claim.difference, claim.per, claim.than is None) if isinstance(claim, Change) else ()
    return (type(claim), claim.id, claim.source, figure, manner, tuple(observations_of(claim)))


def offers(proposals: Iterable[Rereading], slip: Slip, claim: Claim) -> bool:
    return content(claim) in [content(each.reread[0]) for each in proposals if each.slip is slip]


# ------------------------------------------------------------------------------ each slip undone
def test_a_base_of_another_year_is_put_right() -> None:
    for seed in numbers(80):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        subject = rng.choice(COUNTS).at(rng.choice(REGIONS), 2021, rng.choice([{}, UNIVERSITIES]))
        meant, said = (subject.moved(period=subject.period.years_before(n)) for n in rng.sample([1, 2, 3, 4], 2))
        true: Claim
        printed: Claim
        match rng.choice(["growth", "a year", "units", "usual", "ratio"]):
            case "growth":
                true, printed = (Change(subject, "-5%", since=base, id="x") for base in (meant, said))
            case "a year":
                true, printed = (Change(subject, "5.1%", since=base, per="year") for base in (meant, said))
            case "units":
                true, printed = (Change(subject, "50", since=base) for base in (meant, said))
            case "usual":
                if subject.moved(period=subject.period.year_before) in {meant, said}:
                    continue
                true, printed = Change(subject, "2.2 times", since=meant), Change(subject, "2.2 times")
            case _:
                true, printed = Ratio(subject, meant, "1.2"), Ratio(subject, said, "1.2")
        assert offers(among(printed, EVERYTHING, rng), Slip.BASE_PERIOD, true), printed


def test_a_rate_by_the_people_of_another_year_is_put_right() -> None:
    for seed in numbers(60):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        first, second = rng.sample([(region, year) for region in REGIONS for year in YEARS[1:]], 2)
        rates = rng.sample([RATE, RATE_BEFORE], 2)
        kind = rng.choice(["level", "ratio", "growth", "rank"])
        true, printed = (rate_claim(kind, rate, first, second) for rate in rates)
        assert offers(among(printed, EVERYTHING, rng), Slip.DENOMINATOR, true), printed


def rate_claim(kind: str, rate: Indicator, first: tuple[Region, int], second: tuple[Region, int]) -> Claim:
    one, other = rate.at(*first), rate.at(*second)
    match kind:
        case "level":
            return Level(one, "3.41", id="rate", source=Source("office"))
        case "ratio":
            return Ratio(one, other, "1.21")
        case "growth":
            return Change(one, "4%", since=other)
        case _:
            return Rank(one, 1, among=[one, other])


def test_a_share_of_the_whole_of_another_year_is_put_right() -> None:
    for year in YEARS:
        part, whole = GRANTED.at(HAIDIAN, 2019), GRANTED.at(BEIJING, 2019)
        printed = Share(part, whole.moved(period=GRANTED.at(BEIJING, year).period), "51.1%")
        for meant in YEARS:
            proposals = rereadings([*EVERYTHING, printed], len(EVERYTHING))
            assert offers(proposals, Slip.DENOMINATOR, Share(part, GRANTED.at(BEIJING, meant), "51.1%")) is (
                meant != year
            )


def sentence_claim(kind: str, indicator: Indicator, region: Region, year: int, source: Source | None) -> Claim:
    """A claim of a kind about an indicator in a region, beside Beijing's where it compares."""
    subject, beijing = indicator.at(region, year), indicator.at(BEIJING, year)
    match kind:
        case "level":
            return Level(subject, "483", id="x", source=source)
        case "ratio":
            return Ratio(subject, beijing, "0.4 times", id="x", source=source)
        case "share":
            return Share(subject, beijing, "50.7%", id="x", source=source)
        case "usual growth":
            return Change(subject, "8.06%", id="x", source=source)
        case "growth":
            return Change(subject, "8.06%", since=indicator.at(region, year - 2), id="x", source=source)
        case _:
            return Change(subject, "8%", than=beijing, id="x", source=source)


@pytest.mark.parametrize("kind", ["level", "ratio", "share", "usual growth", "growth", "more"])
@pytest.mark.parametrize("located", [True, False])
def test_a_number_of_another_subject_is_put_right(kind: str, *, located: bool) -> None:
    for seed in numbers(25):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        said, meant = rng.sample([(each, region) for each in COUNTS for region in (HAIDIAN, CHAOYANG)], 2)
        if said[1] == meant[1] and said[0].unit == meant[0].unit:
            continue
        source = Source("office", locator=f"sentence {seed}") if located else None
        true, printed = (sentence_claim(kind, *each, 2021, source) for each in (meant, said))
        if kind == "ratio" and rng.random() < 0.5:  # against its own past: the past of the other goes with it
            true, printed = (
                Ratio(each.at(region, 2021), each.at(region, 2019), "1.4", source=source)
                for each, region in (meant, said)
            )
        beside = Level(meant[0].at(meant[1], 2021), "77", source=source)
        assert offers(among(printed, [*EVERYTHING, beside], rng), Slip.SUBJECT, true), printed


def test_a_number_of_a_sibling_is_put_right() -> None:
    siblings = [(GRANTED, {}), (GRANTED, UNIVERSITIES), (PUBLISHED, {}), (PUBLISHED, UNIVERSITIES)]
    for seed in numbers(120):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        (said, here), (meant, there) = rng.sample(siblings, 2)
        if said != meant and here != there:
            continue
        kind = rng.choice(["level", "ratio", "share", "growth", "usual", "more"])
        subjects = [each.at(HAIDIAN, 2021, scope) for each, scope in ((meant, there), (said, here))]
        bases = [subject.moved(region=BEIJING) for subject in subjects]
        sides = {
            "subject": (subjects, bases[1:] * 2),
            "reference": (subjects[1:] * 2, bases),
            "both": (subjects, bases),
        }
        chosen = rng.choice([*sides])
        if kind in {"level", "usual"} and chosen == "reference":
            continue
        true, printed = (sibling_claim(kind, *pair) for pair in zip(*sides[chosen], strict=True))
        assert offers(among(printed, EVERYTHING, rng), Slip.SCOPE, true), (printed, chosen)


def sibling_claim(kind: str, subject: Observation, base: Observation) -> Claim:
    match kind:
        case "level":
            return Level(subject, "1,204")
        case "ratio":
            return Ratio(subject, base, "0.3")
        case "share":
            return Share(subject, base, "30%")
        case "usual":
            return Change(subject, "12%")
        case "growth":
            return Change(subject, "12%", since=base.moved(period=base.period.years_before(3)))
        case _:
            return Change(subject, "12%", than=base)


# ------------------------------------------------------------------------------ what holds of every proposal
def random_sets(usual: int) -> Iterable[tuple[Random, list[Claim]]]:
    """Random claims of every kind with names, and some of them with sources."""
    sources = [None, Source("a", date=date(2021, 1, 1)), *(Source("a", "b", locator=f"sentence {n}") for n in "12")]
    for seed in numbers(usual):
        for sort in Sort:
            rng = Random(seed)  # noqa: S311 - nothing is kept secret
            claims = [*random_claims(seed, sort), *random_claims(seed + 10_000, sort)]
            yield (
                rng,
                [attrs.evolve(claim, id=f"c{place}", source=rng.choice(sources)) for place, claim in enumerate(claims)],
            )


def assert_sound(claims: Sequence[Claim], place: int, proposals: list[Rereading]) -> None:
    """A proposal is another claim of the same name and figure, attached to what other claims mention."""
    printed = claims[place]
    elsewhere = {each for other, claim in enumerate(claims) if other != place for each in observations_of(claim)}
    assert not (isinstance(printed, OneOf) and proposals)
    for proposal in proposals:
        (reread,) = proposal.reread
        assert proposal.places == (place,)
        assert reread != printed
        assert content(reread)[:5] == content(printed)[:5], "only what it is attached to changes"
        assert proposal.text
        assert reread is not None
        fresh = [new for new, old in zip(observations_of(reread), observations_of(printed), strict=True) if new != old]
        assert fresh
        for each in fresh:
            rate = each.indicator.definition
            held_by_terms = proposal.slip is Slip.DENOMINATOR and isinstance(rate, Rate)
            assert each in elsewhere or (held_by_terms and has_denominator(each, elsewhere)), proposal
    contents = [content(each.reread[0]) for each in proposals]
    assert len({*contents}) == len(contents), "the slips do not propose the same, nor one of them twice"


def has_denominator(rate: Observation, elsewhere: set[Observation]) -> bool:
    definition = rate.indicator.definition
    assert isinstance(definition, Rate)
    year = rate.period.end.year - (definition.period == "previous")
    return any(
        each.indicator == definition.denominator and each.region == rate.region and each.period.end.year == year
        for each in elsewhere
    )


def test_every_proposal_is_checkable_and_says_something_else() -> None:
    count = 0
    for _, claims in random_sets(25):
        for place in range(len(claims)):
            proposals = rereadings(claims, place)
            assert_sound(claims, place, proposals)
            count += len(proposals)
    assert count > 500


def test_every_proposal_makes_a_set_that_makes_sense() -> None:
    for _, claims in random_sets(6):
        for place in range(len(claims)):
            for proposal in rereadings(claims, place):
                (reread,) = proposal.reread
                assert reread is not None
                assemble([*claims[:place], reread, *claims[place + 1 :]])


def test_the_order_of_claims_does_not_change_what_is_proposed() -> None:
    def proposed(claims: Sequence[Claim]) -> set[tuple[object, ...]]:
        return {
            (each.slip, each.text, content(each.reread[0]))
            for place in range(len(claims))
            for each in rereadings(claims, place)
        }

    for rng, claims in random_sets(15):
        assert proposed(rng.sample(claims, len(claims))) == proposed(claims)


def test_published_claims_of_every_kind_are_taken() -> None:
    kinds = {type(claim) for claim in DATASETS}
    assert kinds == {Level, Ratio, Share, Change, Total, Rank, OneOf}
    around = Surroundings(DATASETS, Conventions())
    for place in range(len(DATASETS)):
        assert_sound(DATASETS, place, list(attachment_rereadings(around, place)))


# ------------------------------------------------------------------------------ what is not proposed
def slips(claims: Sequence[Claim]) -> set[Slip]:
    """The slips proposed for the last claim."""
    return {each.slip for each in rereadings(claims, len(claims) - 1)}


def test_what_nobody_else_mentions_is_never_attached_to() -> None:
    here, there = GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021)
    alone: list[Claim] = [
        Change(here, "5%", since=GRANTED.at(HAIDIAN, 2019)),
        Share(here, there, "5%"),
        Level(here, "5"),
    ]
    for claim in alone:
        assert slips([claim]) == set()
        assert slips([Level(here, "5"), claim]) == set()
    rate = Level(RATE.at(HAIDIAN, 2021), "5.0")
    people, people_before = (Level(PEOPLE.at(HAIDIAN, year), "900,001") for year in (2021, 2020))
    granted = Level(here, "450")
    assert Slip.DENOMINATOR not in slips([granted, people, rate]), "nobody counted the people of the year before"
    assert Slip.DENOMINATOR not in slips([people, people_before, rate]), "nothing holds the numerator"
    assert Slip.DENOMINATOR in slips([granted, people, people_before, rate])
    again = Ratio(rate.subject, RATE.at(BEIJING, 2021), "1.2")
    assert Slip.DENOMINATOR in slips([people, people_before, again, rate]), "the rate as printed elsewhere holds it"


def test_a_rate_that_may_be_by_either_year_is_left_alone() -> None:
    assert Slip.DENOMINATOR not in slips([*EVERYTHING, Level(RATE_EITHER.at(HAIDIAN, 2021), "5.0")])


def test_a_rate_that_is_known_by_name_is_held_by_it() -> None:
    known = Level(attrs.evolve(RATE_BEFORE, label="rate by last year's people").at(HAIDIAN, 2021), "5.1")
    (proposal,) = rereadings([known, Level(RATE.at(HAIDIAN, 2021), "5.0")], 1)
    (reread,) = proposal.reread
    assert isinstance(reread, Level)
    assert (proposal.slip, str(reread.subject.indicator)) == (Slip.DENOMINATOR, "rate by last year's people")


def test_a_rate_read_otherwise_is_an_indicator_of_its_own() -> None:
    rate = GRANTED.per(PEOPLE, 10_000, label="patent density", code="DENSITY")
    proposals = rereadings([*EVERYTHING, Level(rate.at(HAIDIAN, 2021), "5.0")], len(EVERYTHING))
    (reread,) = next(each.reread for each in proposals if each.slip is Slip.DENOMINATOR)
    assert isinstance(reread, Level)
    assert reread.subject.indicator.code is None
    assert str(reread.subject.indicator) == "patent density (by the population at the end of the year before)"


def test_two_readings_of_a_rate_that_are_compared_are_not_made_one() -> None:
    both = [each.at(HAIDIAN, 2021) for each in (RATE, RATE_BEFORE)]
    for printed in (Ratio(both[0], both[1], "1.01"), Rank(RATE.at(BEIJING, 2021), 1, among=both)):
        for proposal in rereadings([*EVERYTHING, printed], len(EVERYTHING)):
            (reread,) = proposal.reread
            assert reread is not None
            assert len({*observations_of(reread)}) == len({*observations_of(printed)})


def test_alternatives_are_left_to_the_arithmetic() -> None:
    printed = OneOf([Change(each.at(HAIDIAN, 2021), "8.06%") for each in (GRANTED, MONEY)])
    assert slips([*EVERYTHING, printed]) == set()


def test_growth_is_on_what_was_before_and_lasted_as_long() -> None:
    printed = Change(GRANTED.at(HAIDIAN, 2020), "5%")
    others: list[Claim] = [Level(GRANTED.at(HAIDIAN, when), "7") for when in (2021, "2018-H1", 2018)]
    (proposal,) = rereadings([*others, printed], 3)
    assert proposal.reread == (Change(GRANTED.at(HAIDIAN, 2020), "5%", since=GRANTED.at(HAIDIAN, 2018)),)
    abroad = Change(GRANTED.at(HAIDIAN, 2020), "5%", since=GRANTED.at(BEIJING, 2019))
    assert slips([Level(GRANTED.at(BEIJING, 2020), "7"), abroad]) == {Slip.SUBJECT}, "a base of one's own time is none"


def test_a_stock_stands_at_a_moment_however_its_period_is_written() -> None:
    printed = Change(PEOPLE.at(HAIDIAN, 2020), "5%")
    (proposal,) = rereadings([Level(PEOPLE.at(HAIDIAN, "2018-12-31"), "7,001"), printed], 1)
    assert proposal.slip is Slip.BASE_PERIOD


def test_what_is_more_than_another_region_has_no_base_period() -> None:
    printed = Change(GRANTED.at(HAIDIAN, 2020), "5%", than=GRANTED.at(BEIJING, 2020))
    assert Slip.BASE_PERIOD not in slips([*EVERYTHING, printed])


def test_siblings_are_of_one_kind_and_differ_in_one_thing() -> None:
    share = GRANTED.share_of(PUBLISHED)
    quota = Indicator("quota", unit="percent", measure="flow")
    net = Indicator("net granted", unit="patent", measure="flow", signed=True)
    in_force = Indicator("in force", unit="patent", measure="stock")
    printed = Level(GRANTED.at(HAIDIAN, "2021-12-31"), "5")
    for other in (
        net.at(HAIDIAN, "2021-12-31"),
        in_force.at(HAIDIAN, "2021-12-31"),
        PUBLISHED.at(HAIDIAN, "2021-12-31", UNIVERSITIES),
        PUBLISHED.at(HAIDIAN, 2021),
    ):
        assert slips([Level(other, "6"), printed]) == set()
    assert slips([Level(PUBLISHED.at(HAIDIAN, "2021-12-31"), "6"), printed]) == {Slip.SCOPE}
    assert slips([Level(quota.at(HAIDIAN, 2021), "6%"), Level(share.at(HAIDIAN, 2021), "5%")]) == set()


def test_a_sentence_ends_where_its_source_says() -> None:
    here, there = Source("office", "paper", locator="sentence 1"), Source("office", "paper", locator="sentence 2")
    printed = Level(GRANTED.at(HAIDIAN, 2021), "483", source=here)
    other = Level(MONEY.at(HAIDIAN, 2021), "2.9 billion", source=here)
    assert slips([other, printed]) == {Slip.SUBJECT}
    for source in (there, None, attrs.evolve(here, title="another paper"), Source("office", "paper")):
        assert slips([attrs.evolve(other, source=source), printed]) == set()
    quoted = [attrs.evolve(each, source=Source("office", quote="483 pledges …")) for each in (other, printed)]
    assert slips(quoted) == {Slip.SUBJECT}


def test_no_sentence_runs_through_two_documents() -> None:
    here, there = Source("office", "paper"), Source("office", "yearbook")
    printed = Level(GRANTED.at(HAIDIAN, 2021), "483", source=here)
    for source, near in ((here, True), (there, False), (None, False)):
        other = Level(MONEY.at(HAIDIAN, 2021), "2.9 billion", source=source)
        assert (slips([other, printed]) == {Slip.SUBJECT}) is near


def test_without_a_place_in_the_text_region_or_period_must_be_shared() -> None:
    printed = Level(GRANTED.at(HAIDIAN, 2021), "483")
    for region, year, near in ((HAIDIAN, 2018, True), (CHAOYANG, 2021, True), (CHAOYANG, 2018, False)):
        assert (slips([Level(MONEY.at(region, year), "2.9 billion"), printed]) == {Slip.SUBJECT}) is near


def test_a_sibling_in_another_scale_keeps_what_the_number_amounts_to() -> None:
    in_thousands = Indicator("published", unit="patent", measure="flow", multiplier=3)
    printed = Level(GRANTED.at(HAIDIAN, 2021), "1,204")
    others: list[Claim] = [Level(in_thousands.at(region, 2021), "1.2") for region in (HAIDIAN, CHAOYANG)]
    proposals = rereadings([*others, printed], 2)
    assert {each.slip for each in proposals} == {Slip.SCOPE, Slip.SUBJECT}
    loose = Conventions(whole=False)
    for proposal in proposals:
        (reread,) = proposal.reread
        assert reread is not None
        assert stated(reread, loose) == stated(printed, loose)


def test_a_subject_told_in_two_scales_is_proposed_in_each_only_where_that_matters() -> None:
    for printed, count in ((Level(GRANTED.at(HAIDIAN, 2021), "483"), 1), (Level(PEOPLE.at(HAIDIAN, 2021), "483"), 2)):
        others = [Level(attrs.evolve(GRANTED, multiplier=power).at(CHAOYANG, 2021), "1") for power in (0, 3)]
        assert len(rereadings([*others, printed], 2)) == count


def test_a_reference_keeps_its_distance_in_time() -> None:
    """The base of another subject is as long before it: so many years, or just the period before."""
    cases = [("2021-05", "2021-04", "2020-11", "2020-10"), ("2021-05", "2019-05", "2020-11", "2018-11")]
    for subject, base, other, wanted in [*cases, ("2021-05-03", "2021-05-02", "2020-11-07", "2020-11-06")]:
        printed = Change(GRANTED.at(HAIDIAN, subject), "5%", since=GRANTED.at(HAIDIAN, base))
        there: list[Claim] = [Level(MONEY.at(HAIDIAN, when), "7") for when in (other, wanted)]
        meant = Change(MONEY.at(HAIDIAN, other), "5%", since=MONEY.at(HAIDIAN, wanted))
        assert offers(rereadings([*there, printed], 2), Slip.SUBJECT, meant)
    usual = rereadings([Level(MONEY.at(HAIDIAN, 2021), "7"), *EVERYTHING, Change(GRANTED.at(HAIDIAN, 2021), "5%")], 121)
    assert (Change(MONEY.at(HAIDIAN, 2021), "5%"),) in [each.reread for each in usual], "the usual base stays unsaid"
    sentence = Source(locator="sentence 1")
    side = Ratio(GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021), "0.5", source=sentence)
    beside = Level(GRANTED.at(CHAOYANG, 2020), "7", source=sentence)
    meant_side = Ratio(beside.subject, GRANTED.at(BEIJING, 2020), "0.5", source=sentence)
    assert offers(rereadings([*EVERYTHING, beside, side], 121), Slip.SUBJECT, meant_side)
    half = Change(GRANTED.at(HAIDIAN, 2021), "50", since=GRANTED.at(HAIDIAN, "2019-H1"))
    known: list[Claim] = [Level(GRANTED.at(CHAOYANG, when), "7") for when in (2021, "2019-H1")]
    meant = Change(GRANTED.at(CHAOYANG, 2021), "50", since=GRANTED.at(CHAOYANG, "2019-H1"))
    assert offers(rereadings([*known, half], 2), Slip.SUBJECT, meant), "an odd base stays where it is"
    odd = Change(GRANTED.at(HAIDIAN, 2021), "5%", since=GRANTED.at(HAIDIAN, "2019-H1"))
    early: list[Claim] = [Level(MONEY.at(HAIDIAN, when), "7") for when in ("0001", "2020-H1")]
    assert slips([*early, odd]) == slips([*early, Change(GRANTED.at(HAIDIAN, 2021), "5%")]) == set()


# ------------------------------------------------------------------------------ words
def test_a_day_is_told_by_its_year_only_where_it_ends_one() -> None:
    in_force = Indicator("in force", unit="patent", measure="stock")
    when: list[tuple[Indicator, int | str]] = [(in_force, "2021-06-30"), (PEOPLE, "2021-06-30"), (PEOPLE, 2020)]
    known: list[Claim] = [Level(each.at(HAIDIAN, day), "7") for each, day in when]
    proposals = rereadings([*known, Level(in_force.per(PEOPLE, 100).at(HAIDIAN, "2021-06-30"), "5.0")], 3)
    assert "is by the population of 2020, not 2021-06-30" in [each.text for each in proposals]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (Change(GRANTED.at(HAIDIAN, 2021), "5%"), "the base is 2019, not 2020"),
        (Level(RATE.at(HAIDIAN, 2021), "5.0"), "is by the population of 2020, not 2021"),
        (Change(RATE.at(HAIDIAN, 2021), "5%"), "is by the population of 2020, not 2021"),
        (Level(RATE_BEFORE.at(HAIDIAN, 2021), "5.0"), "is by the population of 2021, not 2020"),
        (Share(GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021), "5%"), "is a share of granted of 2020, not 2021"),
        (Level(GRANTED.at(HAIDIAN, 2021), "5"), "belongs to pledge amount, not granted"),
        (Level(GRANTED.at(HAIDIAN, 2021), "5"), "belongs to Chaoyang, not Haidian"),
        (Level(GRANTED.at(HAIDIAN, 2021), "5"), "is of published, not granted"),
        (Level(GRANTED.at(HAIDIAN, 2021), "5"), "is of universities, not all"),
        (
            Ratio(GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021), "5"),
            "is of published, not granted, on both sides",
        ),
        (Ratio(GRANTED.at(HAIDIAN, 2021), GRANTED.at(BEIJING, 2021), "5"), "is compared with published, not granted"),
    ],
    ids=str,
)
def test_what_is_supposed_is_said_by_what_differs(printed: Claim, text: str) -> None:
    assert text in [each.text for each in rereadings([*EVERYTHING, printed], len(EVERYTHING))]
