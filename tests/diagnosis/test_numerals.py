"""Slips of the numeral: what was meant is proposed, what cannot be met is left out, and nothing else is touched."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ipmetrics.checks.statements import stated
from ipmetrics.diagnosis.numerals import numeral_rereadings
from ipmetrics.diagnosis.reprinting import reprinted
from ipmetrics.diagnosis.rereadings import Rereading, Surroundings
from ipmetrics.findings import Slip
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Conventions, Figure, FigureForm, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.testing import known_figures

if TYPE_CHECKING:
    from typing import Unpack

    from ipmetrics.model.figures import Reading
    from ipmetrics.model.observations import Observation

AMOUNT = Indicator("amount", unit="CNY", signed=True)
PATENTS = Indicator("patents", unit="patent", whole=True)
RATE = Indicator("patents per 10,000 people", unit="patent/person", multiplier=-4)
QUOTA = Indicator("quota", unit="percent")
CAUTIOUS = Conventions()
DIGITS = {Slip.POWER, Slip.EXCHANGED_DIGITS, Slip.DROPPED_DIGIT}


def at(indicator: Indicator, region: str = "Haidian", year: int = 2021) -> Observation:
    return indicator.at(region, year)


def level(figure: Figure | str, indicator: Indicator = AMOUNT) -> Level:
    return Level(at(indicator), figure, id="it", source=None)


def proposed(claim: Claim, needed: Interval | None = None, conventions: Conventions = CAUTIOUS) -> list[Rereading]:
    return list(numeral_rereadings(Surroundings((level("1"), claim), conventions), 1, needed))


def claim_in(reading: Rereading) -> Level | Ratio | Share | Change:
    [claim] = reading.reread
    assert isinstance(claim, (Level, Ratio, Share, Change))
    return claim


def figure_of(reading: Rereading) -> Figure:
    figure = claim_in(reading).figure
    assert figure is not None
    return figure


def texts(claim: Claim, slip: Slip, needed: Interval | None = None) -> list[str]:
    return [figure_of(reading).text for reading in proposed(claim, needed) if reading.slip is slip]


def said(claim: Claim, conventions: Conventions = CAUTIOUS) -> Interval:
    says = stated(claim, conventions)
    assert says is not None
    return says


# ------------------------------------------------------------------------------ any claim with a figure
def figures_as(*forms: FigureForm, multiplier: int = 0) -> st.SearchStrategy[Figure]:
    return known_figures(forms=forms, multiplier=multiplier).map(lambda pair: pair[0])


HERE, THERE = at(AMOUNT), at(AMOUNT, "Beijing")
COMPARED = figures_as(FigureForm.TIMES, FigureForm.PERCENT, FigureForm.NUMBER)
CLAIMS: st.SearchStrategy[Claim] = st.one_of(
    figures_as(FigureForm.NUMBER, multiplier=-4).map(lambda figure: level(figure, RATE)),
    COMPARED.map(lambda figure: Ratio(HERE, THERE, figure, id="it")),
    COMPARED.map(lambda figure: Change(HERE, figure, id="it")),
    figures_as(FigureForm.PERCENT).map(lambda figure: Share(HERE, THERE, figure, id="it")),
)
"""Claims of every kind that prints a figure, most of them false."""


@given(CLAIMS)
def test_a_rereading_changes_the_figure_and_what_it_states_and_nothing_else(claim: Claim) -> None:
    assert isinstance(claim, (Level, Ratio, Share, Change))
    assert claim.figure is not None
    for reading in proposed(claim):
        reread, read = claim_in(reading), figure_of(reading)
        assert reading.places == (1,)
        assert attrs.evolve(reread, figure=claim.figure) == claim
        assert said(reread) != said(claim)
        assert (read.form, read.hedge) == (claim.figure.form, claim.figure.hedge)
        assert read.decimal_comma is claim.figure.decimal_comma
        assert reading.slip in DIGITS or read.text == claim.figure.text
        assert reading.slip not in DIGITS or read.text in reading.text


@given(CLAIMS, st.data())
def test_what_is_needed_leaves_out_those_that_cannot_meet_it_and_no_other(claim: Claim, data: st.DataObject) -> None:
    every = proposed(claim)
    assume(every)
    # Next to what some re-reading states, so that ends touch and all but touch.
    near = said(claim_in(data.draw(st.sampled_from(every))))
    ends = [end for end in (near.lower, near.upper) if end is not None]
    shift = data.draw(st.sampled_from([Fraction(0), Fraction(1, 10**9), Fraction(-1, 10**9)]))
    one = data.draw(st.sampled_from(ends)) + shift
    needed = data.draw(
        st.sampled_from(
            [
                Interval.point(one),
                Interval.more_than(one),
                Interval.at_most(one),
                Interval(one, one + abs(one) + 1, lower_closed=False),
                Interval(one - abs(one) / 100, one, upper_closed=False),
                Interval.everything(),
                Interval.empty(),
            ]
        )
    )
    assert proposed(claim, needed) == [each for each in every if said(claim_in(each)).overlaps(needed)]


@given(CLAIMS, st.sampled_from([Conventions(round_numbers=False), Conventions(rounding="half_up")]))
def test_other_conventions_leave_out_no_more(claim: Claim, conventions: Conventions) -> None:
    every = proposed(claim, conventions=conventions)
    assume(every)
    needed = said(claim_in(every[-1]), conventions)
    expected = [each for each in every if said(claim_in(each), conventions).overlaps(needed)]
    assert proposed(claim, needed, conventions) == expected


@pytest.mark.parametrize("about", [Fraction(0), Fraction(9, 10), Fraction(3)])
@pytest.mark.parametrize("text", ["about 345", "about -0.34"])
def test_a_wide_about_leaves_out_no_more(text: str, about: Fraction) -> None:
    conventions = Conventions(about=about)
    every = proposed(level(text), conventions=conventions)
    for each in every:
        near = said(claim_in(each), conventions)
        for needed in (Interval.point(near.lower or 0), Interval.point(near.upper or 0)):
            expected = [one for one in every if said(claim_in(one), conventions).overlaps(needed)]
            assert proposed(level(text), needed, conventions) == expected


def test_those_that_cannot_meet_it_are_not_even_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = []

    def counted(figure: Figure, text: str, **stated: Unpack[Reading]) -> Figure | None:
        printed.append(text)
        return reprinted(figure, text, **stated)

    monkeypatch.setattr("ipmetrics.diagnosis.numerals.reprinted", counted)
    assert len(proposed(level("123,456,789"))) > 90
    assert len(printed) > 80
    printed.clear()
    assert texts(level("123,456,789"), Slip.EXCHANGED_DIGITS, Interval.point(123_546_789)) == ["123,546,789"]
    assert printed == ["123,546,789"]


def test_what_is_needed_is_in_base_units_and_in_the_claims_own_terms() -> None:
    exchanged = Slip.EXCHANGED_DIGITS
    assert texts(level("328.3", RATE), exchanged, Interval.point(Fraction("0.02833"))) == []
    assert texts(level("328.3", RATE), exchanged, Interval.point(Fraction("0.03238"))) == ["323.8"]
    assert texts(level("328.3", RATE), exchanged, Interval.point(Fraction("323.8"))) == []
    here, there = at(RATE), at(RATE, "Beijing")
    assert texts(Ratio(here, there, "3.45"), exchanged, Interval.point(Fraction("3.54"))) == ["3.54"]
    assert texts(Change(here, "16.9%"), exchanged, Interval.point(Fraction("0.196"))) == ["19.6%"]
    assert texts(Change(here, "-16.9%"), exchanged, Interval.point(Fraction("-0.196"))) == ["-19.6%"]
    assert texts(Change(here, "16.9"), exchanged, Interval.point(Fraction("0.00196"))) == ["19.6"]


# ------------------------------------------------------------------------------ a planted slip is found
@st.composite
def typed(draw: st.DrawFn) -> tuple[str, str, str]:
    """What stands before digits, the digits with their point, and what stands behind them."""
    before = draw(st.sampled_from(["", "-", "nearly ", "more than ", "about -", "+"]))
    after = draw(st.sampled_from(["", "%", " million", "万", " times", " billion", "亿"]))
    whole = str(draw(st.integers(1, 10**7)))
    part = draw(st.just("") | st.text("0123456789", min_size=1, max_size=3).map(lambda part: f".{part}"))
    return before, whole + part, after


def claim_of(before: str, digits: str, after: str) -> Claim:
    figure = Figure(before + digits + after)
    if figure.form is FigureForm.NUMBER:
        return level(figure)
    return Ratio(at(AMOUNT), at(AMOUNT, "Beijing"), figure, id="it")


def is_proposed(meant: Claim, printed: Claim, slips: set[Slip]) -> bool:
    """Whether a re-reading of the printed states what was meant, alone and given that this is needed."""
    says = said(meant)
    return all(
        any(each.slip in slips and says.issubset(said(claim_in(each))) for each in proposed(printed, needed))
        for needed in (None, says)
    )


def swapped(text: str, place: int) -> str | None:
    """Two neighbouring digits exchanged, over a point between them; None where that is no numeral."""
    places = [index for index, char in enumerate(text) if char != "."]
    one, other = places[place : place + 2]
    chars = list(text)
    chars[one], chars[other] = chars[other], chars[one]
    result = "".join(chars)
    return None if result == text or (len(result.split(".")[0]) > 1 and result[0] == "0") else result


@given(typed(), st.data())
def test_exchanged_digits_are_proposed_back(parts: tuple[str, str, str], data: st.DataObject) -> None:
    before, digits, after = parts
    assume(len(digits.replace(".", "")) > 1)
    slipped = swapped(digits, data.draw(st.integers(0, len(digits.replace(".", "")) - 2)))
    assume(slipped is not None)
    assert slipped is not None
    assert is_proposed(claim_of(*parts), claim_of(before, slipped, after), {Slip.EXCHANGED_DIGITS})


@given(typed(), st.data())
def test_a_dropped_digit_is_proposed_back(parts: tuple[str, str, str], data: st.DataObject) -> None:
    before, digits, after = parts
    place = data.draw(st.sampled_from([index for index, char in enumerate(digits) if char != "."]))
    assume("." not in digits or place < len(digits) - 1)  # a last decimal left out is cut off
    slipped = digits[:place] + digits[place + 1 :]
    whole = slipped.split(".")[0]
    assume(whole and (whole == "0" or whole[0] != "0"))
    meant, printed = claim_of(*parts), claim_of(before, slipped, after)
    # A lost nought at the end is ten times as much, and one behind the point may change nothing that is stated.
    assert is_proposed(meant, printed, {Slip.DROPPED_DIGIT, Slip.POWER}) or said(meant).issubset(said(printed))


@given(typed(), st.integers(-3, 3))
def test_a_misplaced_point_is_proposed_back(parts: tuple[str, str, str], power: int) -> None:
    before, digits, after = parts
    places = len(digits.partition(".")[2])
    row = digits.replace(".", "")
    assume(power and 0 <= places - power < len(row))
    end = len(row) - (places - power)
    slipped = row[:end] + ("." + row[end:] if row[end:] else "")
    assume(row[0] != "0" or end == 1)
    assert is_proposed(claim_of(*parts), claim_of(before, slipped, after), {Slip.POWER})


@pytest.mark.parametrize(
    ("meant", "printed"),
    [
        *[("62.4" + one, "62.4" + other) for one in ("", "千", "万", "亿") for other in ("", "千", "万", "亿")],
        *[
            ("2.896" + one, "2.896" + other)
            for one in ("", " thousand", " million", " billion")
            for other in ("", " thousand", " million", " billion")
        ],
        ("30 thousand", "thirty million"),
        ("12.13万亿", "12.13亿"),
        ("5 crore", "5 lakh"),
    ],
)
def test_another_scale_word_is_proposed_back(meant: str, printed: str) -> None:
    powers = {1, 2, 3, 4, 5, 6, 8}
    ratio = Figure(meant).value / Figure(printed).value
    within = any(ratio in {Fraction(10) ** power, Fraction(1, 10**power)} for power in powers)
    assert is_proposed(level(meant), level(printed), {Slip.POWER}) is within


@given(CLAIMS)
def test_a_power_of_ten_moves_the_value_and_the_last_place_along(claim: Claim) -> None:
    assert isinstance(claim, (Level, Ratio, Share, Change))
    assert claim.figure is not None
    widest: dict[Fraction, Interval] = {}
    for reading in proposed(claim):
        if reading.slip is Slip.POWER:
            read = figure_of(reading)
            ratio = read.value / claim.figure.value
            power = len(str(max(ratio.numerator, ratio.denominator))) - 1
            assert ratio in {Fraction(10) ** power, Fraction(1, 10**power)}
            assert power in {1, 2, 3, 4, 5, 6, 8}
            if read.power != claim.figure.power:  # another scale word, and the digits just as they were
                assert read.number == claim.figure.number
            else:
                widest.setdefault(ratio, said(claim_in(reading)))
    assert all((said(claim) * ratio).issubset(interval) for ratio, interval in widest.items())


# ------------------------------------------------------------------------------ what each slip proposes
# text | text of the re-reading | what is needed
READ = """
78.157        | reads as 78,157: separator misplaced                | 78157
78,157        | reads as 78.157: separator misplaced                | 78.157
12.34         | reads as 123.4: ten times as much                   | 123.4
12.34         | reads as 0.1234: a hundredth as much                | 0.1234
1,234         | reads as 1,234,000: a thousand times as much, thousand left out | 1234000
62.4          | reads as 624,000: ten thousand times as much, 万 (ten thousand) left out | 624000
62.4          | reads as 6,240,000: a hundred thousand times as much | 6240000
62.4万        | reads as 62.4亿: 亿, not 万                         | 6240000000
62.4万        | reads as 62.4: without 万                           | 62.4
62.4千        | reads as 62.4亿: 亿, not 千                         | 6240000000
62.4万        | reads as 624万: ten times as much                   | 6240000
2.896 billion | reads as 2.896 million: million, not billion        | 2896000
2.896 bn      | reads as 2.896 mn: mn, not bn                       | 2896000
over 30 thousand | reads as over 30 million: million, not thousand  | 30000001
-64,614       | reads as -646,140: ten times as much                | -646140
-46,614       | reads as -64,614: two digits exchanged              | -64614
40,545        | reads as 40,455: two digits exchanged               | 40455
5万3435       | reads as 5万3345: two digits exchanged              | 53345
１２．５％    | reads as １５．２％: two digits exchanged           | 0.152
4,055         | reads as 40,455: a digit was left out               | 40455
19.6%         | reads as 19.76%: a digit was left out               | 0.1976
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_a_rereading_says_what_it_supposes(row: str) -> None:
    text, words, needed = (part.strip() for part in row.split("|"))
    claim = level(text) if not text.endswith(("%", "％")) else Change(at(AMOUNT), text)
    assert words in [reading.text for reading in proposed(claim, Interval.point(Fraction(needed)))]


def slips(claim: Claim, conventions: Conventions = CAUTIOUS) -> set[Slip]:
    return {reading.slip for reading in proposed(claim, conventions=conventions)}


@pytest.mark.parametrize(
    ("figure", "is_cut"),
    [
        (Figure("8.22%"), True),
        (Figure("8.22%", rounding="half_up"), True),
        (Figure("8.22%", rounding="truncated"), False),
        (Figure("8.22%", rounding="floor"), False),  # says the same of a positive figure
        (Figure("-8.22%", rounding="floor"), True),
        (Figure("nearly 8.22%"), False),
        (Figure("a quarter"), False),
        (Figure("8–9%"), False),
        (Figure("twenty percent"), True),
    ],
)
def test_cut_off_is_proposed_unless_it_is_said_already(figure: Figure, *, is_cut: bool) -> None:
    claim = Change(at(AMOUNT), figure)
    assert (Slip.TRUNCATED in slips(claim)) is is_cut
    assert Slip.TRUNCATED not in slips(Change(at(AMOUNT), figure.text), Conventions(rounding="truncated"))


def test_a_count_printed_to_the_unit_is_not_cut_off() -> None:
    assert Slip.TRUNCATED not in slips(level("40,455", PATENTS))
    assert Slip.TRUNCATED in slips(level("40,455", PATENTS), Conventions(whole=False))
    [cut] = [each for each in proposed(level("193,000", PATENTS)) if each.slip is Slip.TRUNCATED]
    assert said(claim_in(cut)) == Interval(193_000, 194_000, upper_closed=False)


def test_a_figure_said_to_be_exact_keeps_its_last_place_when_it_is_cut_off() -> None:
    [cut] = [each for each in proposed(level(Figure("193,000", rounding="exact"))) if each.slip is Slip.TRUNCATED]
    assert said(claim_in(cut)) == Interval(193_000, 193_001, upper_closed=False)


def test_shares_and_levels_in_percent_may_have_been_nudged_and_nothing_else() -> None:
    here, there = at(AMOUNT), at(AMOUNT, "Beijing")
    granted, all_granted = Indicator("granted", unit="patent"), Indicator("all granted", unit="patent")
    assert Slip.BALANCED in slips(Share(here, there, "51.1%"))
    assert Slip.BALANCED in slips(level("51.1%", QUOTA))
    assert Slip.BALANCED in slips(level("51.1", granted.share_of(all_granted)))
    for claim in (
        level("5.2%", granted.growth()),
        level("51.1"),
        Ratio(here, there, "51.1%"),
        Change(here, "51.1%"),
        Share(here, there, Figure("51.1%", rounding="balanced")),
        Share(here, there, "over 51.1%"),
    ):
        assert Slip.BALANCED not in slips(claim)
    [nudged] = [each for each in proposed(Share(here, there, "51.1%")) if each.slip is Slip.BALANCED]
    assert said(claim_in(nudged)) == Interval(Fraction("0.510"), Fraction("0.512"))


@pytest.mark.parametrize(
    ("figure", "nearest", "words"),
    [
        (Figure("80"), [10], ["10"]),
        (Figure("300"), [10, 100], ["10", "100"]),
        (Figure("-80"), [10], ["10"]),
        (Figure("eighty"), [10], ["10"]),
        (Figure("850"), [10], ["10"]),
        (Figure("855"), [], []),
        (Figure("80.0"), [], []),
        (Figure("0"), [], []),
        (Figure("193,000"), [], []),
        (Figure("193,000", decimals=0), [10, 100, 1000], ["10", "100", "1,000"]),
        (Figure("193,000", decimals=-1), [100, 1000], ["100", "1,000"]),
        (Figure("1,990", step=5), [10], ["10"]),
        (Figure("193,000", rounding="exact"), [10, 100, 1000], ["10", "100", "1,000"]),
        (Figure("over 80"), [], []),
        (Figure("10 million"), [], []),
        (Figure("10 million", decimals=0), [10**7], ["10 million"]),
        (Figure("20–30"), [], []),
    ],
)
def test_trailing_zeros_that_count_may_be_those_of_a_round_number(
    figure: Figure, nearest: list[int], words: list[str]
) -> None:
    found = [reading for reading in proposed(level(figure)) if reading.slip is Slip.ROUND_NUMBER]
    assert [figure_of(each).unit_in_last_place() for each in found] == nearest
    assert [each.text for each in found] == [
        f"is a round number: {figure} is rounded to the nearest {word}" for word in words
    ]
    for each, unit in zip(found, nearest, strict=True):
        half = Fraction(unit, 2)
        assert said(claim_in(each)) == Interval(figure.value - half, figure.value + half)


def test_a_round_number_is_read_so_where_every_figure_is_taken_as_exact() -> None:
    conventions = Conventions(rounding="exact")
    [found] = [each for each in proposed(level("80"), conventions=conventions) if each.slip is Slip.ROUND_NUMBER]
    assert said(claim_in(found), conventions) == Interval(75, 85)


def test_a_stated_last_place_goes_with_the_digits() -> None:
    column = [figure_of(each) for each in proposed(level(Figure("193,000", decimals=0))) if each.slip is Slip.POWER]
    assert {(each.text, each.decimals) for each in column} >= {("1,930,000", -1), ("19.3000", 4), ("193.000", 3)}
    stepped = [figure_of(each) for each in proposed(level(Figure("1,995", step=5))) if each.slip is Slip.POWER]
    assert {(each.text, each.step) for each in stepped} >= {("19,950", 50), ("199.5", Fraction(1, 2))}
    # In a column of tens, no figure ends in a five.
    assert texts(level(Figure("4,050", decimals=-1)), Slip.EXCHANGED_DIGITS) == ["4,500"]


def test_a_round_number_comes_to_hide_precision_where_the_point_is_moved() -> None:
    [read] = [figure_of(each) for each in proposed(level("19.3000"), Interval.point(193_400))]
    assert read == Figure("193,000")
    assert "800" in texts(level("80"), Slip.POWER)
    assert Figure("800", decimals=-1) in [figure_of(each) for each in proposed(level("80"))]


def test_zeros_that_hid_precision_may_have_been_printed_behind_a_lost_point() -> None:
    growth = Change(at(AMOUNT), "4,580%")
    assert texts(growth, Slip.POWER, Interval.point(Fraction("0.458"))) == ["45.8%", "45.80%"]
    assert texts(growth, Slip.POWER, Interval.point(Fraction("0.4584"))) == ["45.8%"]
    assert texts(level("750亿"), Slip.POWER, Interval.point(752)) == []  # the 750 that was meant counts every digit
    assert texts(level("750亿"), Slip.POWER, Interval.point(750)) == ["750"]


def test_zeros_come_to_hide_precision_before_a_scale_word() -> None:
    meant = level("1,500 million")
    assert texts(level("1.500 million"), Slip.POWER, said(meant)) == ["1.500 billion", "1,500 million"]
    assert texts(level("1.525 million"), Slip.POWER, Interval.point(1_525_000_000)) == ["1.525 billion"]


@given(CLAIMS)
def test_one_slip_states_nothing_twice(claim: Claim) -> None:
    stated_so = [(reading.slip, said(claim_in(reading))) for reading in proposed(claim)]
    assert len(stated_so) == len(set(stated_so))


def test_exchanged_digits_make_no_zero_in_front() -> None:
    assert texts(level("1,030"), Slip.EXCHANGED_DIGITS) == ["1,300", "1,003"]
    assert texts(level("10"), Slip.EXCHANGED_DIGITS) == []
    assert texts(level("1.05"), Slip.EXCHANGED_DIGITS) == ["0.15", "1.50"]
    assert texts(level("777"), Slip.EXCHANGED_DIGITS) == []


def test_a_digit_more_makes_no_zero_in_front_and_is_no_power_of_ten() -> None:
    assert texts(level("5", PATENTS), Slip.DROPPED_DIGIT) == [
        *(f"5{digit}" for digit in range(1, 10)),
        *(f"{digit}5" for digit in (1, 2, 3, 4, 6, 7, 8, 9)),
    ]
    found = texts(level("0.5"), Slip.DROPPED_DIGIT)
    assert sorted(found) == sorted(
        {f"{digit}0.5" for digit in range(1, 10)} | {f"0.{digit}5" for digit in range(1, 10)}
    )
    assert not any("." in text for text in texts(level("40,455", PATENTS), Slip.DROPPED_DIGIT))


def test_a_last_decimal_left_out_is_cut_off_and_no_digit_that_was_dropped() -> None:
    assert "19.6%" not in texts(Change(at(AMOUNT), "19%"), Slip.DROPPED_DIGIT)
    assert "62.4万" not in texts(level("62万", PATENTS), Slip.DROPPED_DIGIT)
    assert "51.17" not in texts(level("51.1"), Slip.DROPPED_DIGIT)
    assert "51.71" in texts(level("51.1"), Slip.DROPPED_DIGIT)


@given(st.integers(0, 10**7), st.integers(0, 3))
def test_no_text_is_proposed_twice_as_a_dropped_digit(number: int, places: int) -> None:
    text = f"{number:0{places + 1}d}"
    found = texts(level(f"{text[:-places]}.{text[-places:]}" if places else text), Slip.DROPPED_DIGIT)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("text", ["0", "0.0", "-0.0", "0万"])
def test_zero_is_no_power_of_ten_of_itself(text: str) -> None:
    found = proposed(level(text))
    assert {reading.slip for reading in found} == {Slip.TRUNCATED, Slip.DROPPED_DIGIT}
    for each in found:
        needed = said(claim_in(each))
        assert each in proposed(level(text), needed)


def test_a_decimal_comma_is_kept() -> None:
    claim = Change(at(AMOUNT), Figure("64,21%", decimal_comma=True))
    assert texts(claim, Slip.EXCHANGED_DIGITS) == ["46,21%", "62,41%", "64,12%"]
    assert {"6.421%", "6,421%"} <= set(texts(claim, Slip.POWER))
    [reading] = proposed(level(Figure("78,157", decimal_comma=True)), Interval.point(78_157))
    assert (figure_of(reading).text, reading.text) == ("78.157", "reads as 78.157: separator misplaced")


@pytest.mark.parametrize("text", ["nearly 30,450", "over 30,450", "about 30,450", "30,450以上", "up to 30,450"])
def test_a_hedged_figure_slips_in_its_digits_alone_and_keeps_its_hedge(text: str) -> None:
    found = proposed(level(text))
    assert {reading.slip for reading in found} == DIGITS
    assert {figure_of(reading).hedge for reading in found} == {Figure(text).hedge}


def test_a_number_in_words_has_no_digits_to_lose_or_exchange() -> None:
    assert slips(level("thirty thousand")) == {Slip.TRUNCATED, Slip.POWER}
    assert texts(level("三十二万"), Slip.POWER, Interval.point(3_200_000_000)) == ["32亿"]
    assert slips(level("half a million")) == set()


@pytest.mark.parametrize(
    "claim",
    [
        OneOf([level("40,455"), level("40,545")]),
        Total(at(AMOUNT), [at(AMOUNT, "Beijing")]),
        Rank(at(AMOUNT), 1, among=[at(AMOUNT, "Beijing")]),
        Level(at(AMOUNT)),
        level("20–25"),
        level("about 200–300"),
        level("超百亿"),
    ],
)
def test_what_has_no_one_numeral_has_no_rereading(claim: Claim) -> None:
    assert proposed(claim) == []


@settings(max_examples=10)
@given(st.text("0123456789", min_size=30, max_size=40).filter(lambda text: text[0] != "0"))
def test_the_longest_numerals_do_no_harm(text: str) -> None:
    found = proposed(level(text))
    assert all(len(figure_of(reading).text) <= 80 for reading in found)
    assert Rounding.TRUNCATED in {figure_of(reading).rounding for reading in found}
