"""Notes are no verdicts: each is true in every world in which the claims hold, and says what a reader would ask."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest

from ipmetrics.checks import check, noting
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Figure
from ipmetrics.model.indicators import Indicator
from tests.checks.cast import (
    BALANCE,
    BEIJING,
    CHAOYANG,
    GRANTED,
    HAIDIAN,
    HERE,
    IN_FORCE,
    MONEY,
    PEOPLE,
    THERE,
    UNIVERSITIES,
)
from tests.effort import numbers
from tests.meaning import is_true_of

if TYPE_CHECKING:
    from ipmetrics.model.observations import Observation

NOW, THEN = GRANTED.at(HAIDIAN, 2021), GRANTED.at(HAIDIAN, 2020)
DENSITY = IN_FORCE.per(PEOPLE, 10_000, period="either")
WHOLE, WHOLE_BEFORE = GRANTED.at(BEIJING, 2021), GRANTED.at(BEIJING, 2020)


def notes(*claims: Claim, conventions: Conventions | None = None) -> list[tuple[str, ...]]:
    """The notes on each claim."""
    return [finding.notes for finding in check(claims, conventions).findings]


def set_notes(*claims: Claim, conventions: Conventions | None = None) -> tuple[str, ...]:
    return check(claims, conventions).notes


# ---------------------------------------------------------------------- odd hedges


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (
            [Level(NOW, "over 249,000"), Level(NOW, Figure("600,000", decimals=0))],
            "over 249,000, and the others imply 600,000 (2.4 times as much)",
        ),
        ([Level(NOW, "nearly 500"), Level(NOW, "37")], "nearly 500, and the others imply 37 (0.074 times as much)"),
        ([Level(NOW, "at least 3"), Level(NOW, "5")], "at least 3, and the others imply 5 (1.6 times as much)"),
        (
            [Level(NOW, "at most 5,000"), Level(NOW, "at least 12"), Level(NOW, "under 30")],
            "at most 5,000, and the others imply [12, 29] (at most 0.0058 times as much)",
        ),
        (
            [Change(NOW, "nearly -30%"), Level(NOW, "99"), Level(THEN, "100")],
            "nearly -30%, and the others imply -1 % (0.034 times as much)",
        ),
        (
            [Share(THERE, HERE, "under 90%"), Level(HERE, "6"), Level(THERE, "3")],
            "under 90%, and the others imply [38.4615…, 63.6364…] % (at most 0.71 times as much)",
        ),
        (
            [Change(NOW, "more than 2 times"), Level(NOW, "901"), Level(THEN, "100")],
            "more than 2 times, and the others imply 8.01 (4 times as much)",
        ),
    ],
    ids=lambda each: str(each[0]) if isinstance(each, list) else "",
)
def test_a_hedge_far_from_what_it_is_said_of_is_odd(claims: list[Claim], words: str) -> None:
    finding = check(claims).findings[0]
    assert finding.verdict is ClaimVerdict.ENTAILED
    assert finding.notes == (f"an odd hedge: {words}",)


@pytest.mark.parametrize(
    "claims",
    [
        [Level(NOW, "over 249,000"), Level(NOW, "260,123")],
        [Change(NOW, "over 3%"), Level(NOW, "1,039"), Level(THEN, Figure("1,000", decimals=0))],  # 3.9 % is over 3 %
        [Level(NOW, "over 3"), Level(NOW, "4")],  # as little over 3 as whole numbers are
        [Level(NOW, "nearly 5"), Level(NOW, "4")],
        [Level(NOW, "over 0"), Level(NOW, "1,234")],  # nothing is far from zero, in parts of it
        [Level(NOW, "about 300"), Level(NOW, "314")],
        [Level(NOW, "over 300")],  # nobody says of what
        [Level(NOW, "over 300"), Level(NOW, "over 250")],
        [Level(NOW, "over 300"), Level(NOW, "200")],  # wrong, not odd
        [Level(NOW, "at most 300"), Share(NOW, THEN, "50%"), Level(THEN, "at most 550")],
    ],
    ids=lambda claims: "; ".join(map(str, claims)),
)
def test_a_hedge_near_what_it_is_said_of_is_not(claims: list[Claim]) -> None:
    assert notes(*claims)[0] == ()


def test_the_unit_of_the_last_place_is_that_of_the_conventions() -> None:
    claims = [Level(MONEY.at(HAIDIAN, 2021), "over 30,000"), Level(MONEY.at(HAIDIAN, 2021), "37,512")]
    assert notes(*claims)[0] == ()  # 30,000 may be cut off to the ten thousand
    assert len(notes(*claims, conventions=Conventions(round_numbers=False))[0]) == 1


def test_a_hedged_restatement_of_a_fuller_figure_is_held_to_it() -> None:
    source = Source(producer="office", title="bulletin")
    headline = Level(NOW, "over 249,000", source=source, id="headline")
    table = Level(NOW, "600,123", source=source, id="table")
    for claims in ([headline, table], [table, headline]):
        report = check(claims)
        finding = report.finding("headline")
        assert (finding.repeats, finding.verdict) == ("table", ClaimVerdict.UNCHECKED)
        assert finding.notes == ("an odd hedge: over 249,000, and the others imply 600,123 (2.4 times as much)",)
        assert report.finding("table").notes == ()


HEDGES = {"over": 1, "at least": 1, "nearly": -1, "at most": -1}


def test_an_odd_hedge_is_odd_in_every_world() -> None:
    odd = 0
    for seed in numbers(100):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        word, value = rng.choice(list(HEDGES)), rng.randint(1, 30)
        low, base = rng.randint(0, 40), rng.randint(1, 6)
        others: list[Claim] = [
            Level(NOW, f"{low}–{low + rng.randint(1, 20)}"),
            Level(THEN, f"{base}–{base + rng.randint(1, 4)}"),
        ]
        compared: list[Claim] = [Ratio(NOW, THEN, f"{rng.randint(1, 8)}"), Change(NOW, f"{rng.randint(0, 9)}")]
        others.append(rng.choice(compared))
        finding = check([Level(NOW, f"{word} {value}"), *others]).findings[0]
        pairs = ((Fraction(now), Fraction(then)) for now in range(low, low + 21) for then in range(base, base + 5))
        worlds = [now for now, then in pairs if is_true_of(others, {NOW: now, THEN: then})]
        far = max(Fraction(value, 10), Fraction(1))
        beyond = bool(worlds) and all(HEDGES[word] * (now - value) > far for now in worlds)
        if finding.verdict is ClaimVerdict.CONTRADICTED:
            assert not beyond
        elif beyond != bool(finding.notes):
            # Where whole numbers bear on it, what is implied is an outer bound: a note may be missing, never wrong.
            assert beyond
            assert not finding.exact
        odd += any("odd hedge" in note for note in finding.notes)
    assert odd > 10


# ---------------------------------------------------------------------- whose denominator


def rate_claims(figure: str, people: str, people_before: str, count: str = "284,288") -> list[Claim]:
    return [
        Level(DENSITY.at(HAIDIAN, 2019), figure, id="rate"),
        Level(IN_FORCE.at(HAIDIAN, 2019), count),
        Level(PEOPLE.at(HAIDIAN, 2019), people),
        Level(PEOPLE.at(HAIDIAN, 2018), people_before),
    ]


@pytest.mark.parametrize(
    ("people", "before", "expected"),
    [
        ("20.536 million", "21.542 million", ["the resident population at the end of 2018, the year before"]),
        (
            "21.542 million",
            "20.536 million",
            ["the resident population at the end of 2019, not that of the year before"],
        ),
        ("21.542 million", "21.541 million", []),  # both fit
        ("20.536 million", "20.535 million", []),  # neither does
    ],
)
def test_a_rate_says_whose_year_it_needs(people: str, before: str, expected: list[str]) -> None:
    finding = check(rate_claims("131.97", people, before)).finding("rate")
    assert finding.notes == tuple(f"fits only with {each}" for each in expected)


def with_year(*claims: Claim) -> list[str]:
    """The notes on the rate that name a year."""
    return [note for note in check(claims).finding("rate").notes if note.startswith("fits only with")]


def test_rounding_is_judged_by_the_year_that_fits() -> None:
    assert "fits only thanks to rounding" not in notes(*rate_claims("131.97", "20.536 million", "21.542 million"))[0]
    assert "fits only thanks to rounding" in notes(*rate_claims("131.97", "20.536 million", "21.541 million"))[0]


def test_no_year_is_needed_where_one_fits_for_all_that_is_known_or_is_defined() -> None:
    assert with_year(*rate_claims("131.97", "21.542 million", "20.536 million")[:3]) == []
    defined = IN_FORCE.per(PEOPLE, 10_000, period="previous").at(HAIDIAN, 2019)
    _, *others = rate_claims("131.97", "20.536 million", "21.542 million")
    assert with_year(Level(defined, "131.97", id="rate"), *others) == []


def test_a_year_that_nobody_prints_can_be_the_only_one_that_fits() -> None:
    (note,) = with_year(*rate_claims("131.97", "20.536 million", "21.542 million")[:3])
    assert "2018" in note


def test_a_rate_that_nobody_prints_is_named_in_the_note() -> None:
    there = DENSITY.at(BEIJING, 2019)
    claims = rate_claims("131.97", "20.536 million", "21.542 million")
    compared = [Ratio(DENSITY.at(HAIDIAN, 2019), there, "2.000"), Level(there, "65.985"), *claims[1:]]
    (note,) = set_notes(*compared)
    assert note.startswith(f"{DENSITY.at(HAIDIAN, 2019)} fits only with")
    assert "2018" in note


def test_periods_of_denominators_are_told_as_they_are_counted() -> None:
    output = Indicator("output", unit="CNY", measure="flow")
    for denominator, period, words in ((output, 2019, "output of 2018"), (PEOPLE, "2019-06-30", "at the end of 2018")):
        rate = IN_FORCE.per(denominator, 1, period="either").at(HAIDIAN, period)
        same = rate.moved(indicator=denominator)
        before = same.moved(period=same.period.year_before) if denominator == output else denominator.at(HAIDIAN, 2018)
        claims = [
            Level(rate, "0.50", id="rate"),
            Level(rate.moved(indicator=IN_FORCE), "100"),
            *(Level(each, figure) for each, figure in ((same, "300"), (before, "200"))),
        ]
        (note,) = with_year(*claims)
        assert words in note


def test_the_year_a_rate_needs_is_the_only_one_with_worlds() -> None:
    told = {True: 0, False: 0}
    rate = IN_FORCE.per(PEOPLE, 1, period="either").at(HAIDIAN, 2019)
    for seed in numbers(80):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        spans = []
        for least in (1, 5, 5):
            low = rng.randint(least, 30)
            spans.append(range(low, low + rng.randint(1, 3)))
        figure = Figure(f"{float(Fraction(spans[0][0], spans[rng.choice([1, 2])][0])):.{rng.choice([1, 2])}f}")
        counted = (IN_FORCE.at(HAIDIAN, 2019), PEOPLE.at(HAIDIAN, 2019), PEOPLE.at(HAIDIAN, 2018))
        claims = [
            Level(rate, figure, id="rate"),
            *(Level(each, f"{span[0]}–{span[-1]}") for each, span in zip(counted, spans, strict=True)),
        ]
        report = check(claims)
        if report.verdict is Verdict.UNDETERMINED:
            continue
        fits = [
            any(Fraction(over, under) in figure.interval() for over, under in product(spans[0], spans[place]))
            for place in (1, 2)
        ]
        told[fits[0] != fits[1]] += 1
        years = ["2019" in note for note in report.finding("rate").notes if "with" in note]
        assert (report.verdict is Verdict.CONSISTENT) is any(fits)
        assert years == ([fits[0]] if fits[0] != fits[1] else [])
    assert min(told.values()) > 10


# ---------------------------------------------------------------------- what is left over


def test_parts_that_leave_an_absurd_rest_are_noted() -> None:
    claims: list[Claim] = [
        Level(WHOLE, "10,012"),
        Change(WHOLE, "25.0%"),
        Share(NOW, WHOLE, "99.6%"),
        Change(NOW, "80.0%"),
    ]
    (note,) = set_notes(*claims)
    assert note == (
        f"{WHOLE} without Haidian 2021: the rest would have fallen by at least 98 % in a year, "
        "from [2464, 2476] to [36, 45] patent"
    )
    assert all(finding.notes == () for finding in check(claims).findings)
    assert set_notes(*claims[:3]) == ()
    assert set_notes(*claims, conventions=Conventions(part_of=False)) == ()
    (wider,) = set_notes(Level(WHOLE, "10,000"), *claims[1:])
    assert "from [1230, 3711] to [18, 67] patent" in wider  # whole numbers, though the shares are not


def levels(*told: tuple[Observation, str, str]) -> list[Claim]:
    """What is printed of each now, and a year before."""
    return [
        Level(each, figure)
        for now, *figures in told
        for each, figure in zip((now, now.moved(period=now.period.year_before)), figures, strict=True)
    ]


DISTRICTS = [GRANTED.at(region, 2021) for region in (HAIDIAN, CHAOYANG, "elsewhere")]


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        (levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "3,999")), "grown at least 307-fold"),
        (levels((WHOLE, "5,001", "4,012"), (NOW, "4,999", "1,002")), "fallen by at least 99 %"),
        (levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "4,012")), "come from nothing"),
        (levels((GRANTED.at(BEIJING, "2021-H1"), "999", "12"), (WHOLE, "1,001", "1,012")), "fallen by at least 99 %"),
        (levels((GRANTED.at(BEIJING, 2021, UNIVERSITIES), "12", "3,999"), (WHOLE, "5,001", "4,012")), "383-fold"),
        (
            [
                Total(WHOLE, DISTRICTS),
                *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,999")),
            ],
            "Haidian 2021 and Chaoyang 2021: the rest would have grown at least 341-fold",
        ),
        (
            [
                Total(WHOLE, DISTRICTS[:2], complete=False),
                *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "2,099")),
            ],
            "negative in 2020, from {-88} to {4099} patent",
        ),
        (
            levels((MONEY.at(BEIJING, 2021), "15.0", "12.1"), (MONEY.at(HAIDIAN, 2021), "3.0", "12.0")),
            "at least 59-fold in a year, from [0, 0.2]",
        ),
        (
            [
                Total(WHOLE, DISTRICTS),
                Total(WHOLE_BEFORE, [each.moved(period=each.period.year_before) for each in DISTRICTS]),
                *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,999")),
            ],
            "Haidian 2021 and Chaoyang 2021: the rest would have grown at least 341-fold",
        ),
    ],
    ids=range(9),
)
def test_each_way_to_be_absurd(claims: list[Claim], words: str) -> None:
    report = check(claims)
    assert report.verdict is Verdict.CONSISTENT
    (note,) = report.notes
    assert words in note


@pytest.mark.parametrize(
    "claims",
    [
        levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "3,612")),  # tenfold, not more
        levels((WHOLE, "5,001", "4,012"), (NOW, "4,701", "1,012")),  # a tenth, not less
        levels((WHOLE, "5,001", "4,912"), (NOW, "4,998", "4,871")),  # 3 after 41: too few to say anything
        levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "at least 3,000")),  # absurd only perhaps
        levels((WHOLE, "5,001", "4,012"), (DISTRICTS[2], "1,001", "3,999")),  # nobody says that it is a part
        [
            Total(WHOLE, DISTRICTS[:2], complete=False, disjoint=False),  # parts that overlap
            *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,999")),
        ],
        [
            Total(WHOLE, DISTRICTS[:2]),  # all parts: nothing is left over
            *levels((WHOLE, "902", "4,312"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,999")),
        ],
        [
            Total(WHOLE, DISTRICTS[:2], complete=False),  # perhaps more than the whole, a year before
            *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,990–2,030")),
        ],
        [  # in ten years much may happen
            Level(WHOLE, "5,001"),
            Level(GRANTED.at(BEIJING, 2011), "4,012"),
            Level(NOW, "1,001"),
            Level(GRANTED.at(HAIDIAN, 2011), "3,999"),
        ],
        [*levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "3,999")), Level(NOW, "1,002")],  # contradicted
        [
            Share(NOW, WHOLE_BEFORE, "0.5%"),
            *levels((WHOLE_BEFORE, "9,012", "12"), (NOW, "45", "36")),
        ],  # of another year
        [  # a balance may be below that of a part
            Share(BALANCE.at(HAIDIAN, 2021), BALANCE.at(BEIJING, 2021), "20%"),
            *levels((BALANCE.at(BEIJING, 2021), "5,001", "4,012"), (BALANCE.at(HAIDIAN, 2021), "1,001", "3,999")),
        ],
    ],
    ids=range(12),
)
def test_what_is_not_proved_to_be_absurd_is_not_noted(claims: list[Claim]) -> None:
    assert set_notes(*claims) == ()


def test_parts_that_may_overlap_leave_no_rest_together() -> None:
    claims = [
        Total(WHOLE, DISTRICTS[:2], complete=False),
        *levels((WHOLE, "5,001", "4,012"), (NOW, "501", "2,001"), (DISTRICTS[1], "401", "1,999")),
    ]
    assert len(set_notes(*claims)) == 1
    assert set_notes(*claims, conventions=Conventions(partitions=False)) == ()


def test_what_may_still_be_nothing_did_not_come_from_nothing() -> None:
    whole, part = MONEY.at(BEIJING, 2021), MONEY.at(HAIDIAN, 2021)
    then = [Level(each.moved(period=each.period.year_before), Figure("12", rounding="exact")) for each in (whole, part)]
    (note,) = set_notes(Level(whole, "15.0"), Level(part, "at most 14"), *then)
    assert "from nothing" in note
    assert set_notes(Level(whole, "15.0"), Level(part, "at most 15"), *then) == ()


def test_what_may_be_nothing_in_both_years_did_not_grow() -> None:
    whole, part = MONEY.at(BEIJING, 2021), MONEY.at(HAIDIAN, 2021)
    before = whole.moved(period=whole.period.year_before)
    twelve = [MONEY.at(str(place), 2021) for place in range(12)]
    nothing = Figure("0", rounding="exact")
    claims: list[Claim] = [
        Total(whole, twelve),
        *(Change(each, nothing, than=before) for each in twelve),
        *(Level(each, nothing) for each in (part, part.moved(period=part.period.year_before))),
    ]
    assert set_notes(*claims) == ()
    (note,) = set_notes(*claims, Level(before, "at least 5"))
    assert "grown at least 12-fold" in note


def spread(rng: Random, middle: int) -> range:
    low = max(middle - rng.randint(0, 1), 0)
    return range(low, low + rng.randint(1, 3))


def test_what_is_said_of_a_rest_is_so_in_every_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "_MANY", 1)
    unknowns = (WHOLE, NOW, WHOLE_BEFORE, THEN)
    kinds = dict.fromkeys(("grown", "fallen", "nothing", ""), 0)
    for seed in numbers(80):
        rng = Random(seed)  # noqa: S311 - nothing is kept secret
        part, part_before = rng.randint(0, 30), rng.randint(0, 30)
        left = [rng.choice([0, 1, 2, 3, 25, 40]) for _ in range(2)]
        spans = [spread(rng, each) for each in (part + left[0], part, part_before + left[1], part_before)]
        claims: list[Claim] = [
            Level(each, f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]))
            for each, span in zip(unknowns, spans, strict=True)
        ]
        if rng.random() < 0.3:
            claims.append(Change(WHOLE, f"{rng.randint(-3, 3)}"))
        worlds = [
            (values[0] - values[1], values[2] - values[3])
            for values in product(*spans)
            if is_true_of(claims, dict(zip(unknowns, map(Fraction, values), strict=True)))
        ]
        report = check(claims)
        if report.verdict is not Verdict.CONSISTENT:
            continue
        note = " ".join(report.notes)
        expected = {
            "nothing": all(now > then == 0 for now, then in worlds),
            "grown": all(now > 10 * then for now, then in worlds),
            "fallen": all(10 * now < then for now, then in worlds),
        }
        kind = next((kind for kind in ("nothing", "grown", "fallen") if kind in note), "")
        kinds[kind] += 1
        assert not kind or expected[kind], (seed, note)
        if len(claims) == len(unknowns):  # figures that are free of each other: all that is so is proved
            assert bool(kind) is any(expected.values()), (seed, worlds)
        if match := re.search(r"at least (\d+)-fold", note):
            assert all(now >= int(match[1]) * then for now, then in worlds)
        if match := re.search(r"at least (\d+) %", note):
            assert all(100 * (then - now) >= int(match[1]) * then for now, then in worlds)
    assert min(kinds.values()) > 1


# ---------------------------------------------------------------------- of all notes


def test_without_a_verdict_on_each_claim_there_are_no_such_notes() -> None:
    claims = [*levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "3,999")), Level(NOW, "over 7")]
    assert check(claims).notes
    report = check(claims, per_claim=False)
    assert (report.notes, report.findings) == ((), ())


def test_notes_do_not_depend_on_the_order_of_claims() -> None:
    claims = [
        *levels((WHOLE, "5,001", "4,012"), (NOW, "1,001", "3,999"), (DISTRICTS[1], "3,999", "11")),
        Level(NOW, "over 7"),
        *rate_claims("131.97", "20.536 million", "21.542 million"),
        Ratio(HERE, THERE, "2"),
    ]
    wanted = check(claims)
    rng = Random(0)  # noqa: S311 - nothing is kept secret
    for _ in range(5):
        rng.shuffle(claims)
        report = check(claims)
        assert report.notes == wanted.notes
        assert {str(each.claim): each.notes for each in report.findings} == {
            str(each.claim): each.notes for each in wanted.findings
        }
