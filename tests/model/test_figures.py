"""Figures: what a printed one stands for, under conventions that can be seen and changed."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from ipmetrics.errors import FigureSyntaxError, FigureTypeError
from ipmetrics.intervals import Interval
from ipmetrics.model.figures import Conventions, Figure, FigureForm, Hedge, Rounding

if TYPE_CHECKING:
    from collections.abc import Callable

# text | interval in base units, cautious reading
STANDS_FOR = """
332.8                | [332.75, 332.85]
40,455               | [40454.5, 40455.5]
19.6%                | [0.1955, 0.1965]
6.0%                 | [0.0595, 0.0605]
2.896 billion        | [2895500000, 2896500000]
62.4万               | [623500, 624500]
12.13万亿            | [12125000000000, 12135000000000]
5万3345              | [53344.5, 53345.5]
193,000              | [192500, 193500]
6,500                | [6450, 6550]
1,000                | [500, 1500]
100 million          | [50000000, 150000000]
337 million          | [336500000, 337500000]
10万                 | [50000, 150000]
3亿5000万            | [345000000, 355000000]
thirty thousand      | [25000, 35000]
80                   | [79.5, 80.5]
850                  | [849.5, 850.5]
300                  | [299.5, 300.5]
40%                  | [0.395, 0.405]
1,000.0              | [999.95, 1000.05]
四成                 | [0.35, 0.45]
0.44 points          | [0.00435, 0.00445]
5‰                   | [0.0045, 0.0055]
3.54 times           | [3.535, 3.545]
a quarter            | [0.225, 0.275]
half a million       | [450000, 550000]
about 300            | [285, 315]
about 3.0%           | [0.0285, 0.0315]
about 0              | [-1, 1]
约3万                | [20000, 40000]
about half           | [0.45, 0.55]
more than three      | (3, ∞)
nearly 30,000        | (-∞, 30000)
50以上               | [50, ∞)
up to 40%            | (-∞, 0.4]
nearly -5%           | (-0.05, 0)
over -3%             | (-∞, -0.03)
at least -3%         | (-∞, -0.03]
at most -3%          | [-0.03, 0)
about -300           | [-315, -285]
-a quarter           | [-0.275, -0.225]
20–25%               | [0.195, 0.255]
800,000 to 1.2 million | [750000, 1250000]
about 200–300        | [190, 315]
0                    | [-0.5, 0.5]
-0.0%                | [-0.0005, 0.0005]
"""


@pytest.mark.parametrize("row", STANDS_FOR.strip().splitlines())
def test_what_a_printed_figure_stands_for(row: str) -> None:
    text, interval = (part.strip() for part in row.split("|"))
    assert str(Figure(text).interval(Conventions(about=Fraction(1, 20), fraction_words=Fraction(1, 10)))) == interval
    assert str(Figure(text).interval()) == interval


# Precision


def test_trailing_zeros_hide_precision_unless_it_is_stated() -> None:
    figure = Figure("193,000")
    assert figure.unit_in_last_place() == 1000
    literal = Interval(Fraction(385999, 2), Fraction(386001, 2))
    assert figure.interval(Conventions(round_numbers=False)) == literal
    assert figure.with_reading(decimals=0).interval() == literal
    assert figure.with_reading(decimals=-2).interval() == Interval(192950, 193050)
    assert figure.with_reading(rounding="exact").interval() == Interval.point(193000)
    assert figure.with_reading(rounding="exact").unit_in_last_place() == 1
    assert figure.with_reading(rounding="truncated").interval() == Interval(193000, 194000, upper_closed=False)


def test_a_stated_last_place_counts_on_the_printed_number() -> None:
    assert Figure("2.890 billion", decimals=2).unit_in_last_place() == 10**7
    assert Figure("62万", decimals=0).interval() == Interval(615000, 625000)
    assert Figure("12.5%", step=Fraction(5, 2)).interval() == Interval(Fraction(9, 80), Fraction(11, 80))
    assert Figure("1,995", step=5).interval() == Interval(Fraction(3985, 2), Fraction(3995, 2))
    assert Figure("20–25%", step=5).interval() == Interval(Fraction(7, 40), Fraction(11, 40))
    assert Figure("332.8").unit_in_last_place(multiplier=-4) == Fraction(1, 10**5)


def test_a_fraction_word_has_no_last_place_until_one_is_stated() -> None:
    assert Figure("a quarter").unit_in_last_place() == Fraction(1, 20)
    assert Figure("a quarter").interval(Conventions(fraction_words=0)) == Interval.point(Fraction(1, 4))
    assert Figure("a quarter", decimals=0).interval() == Interval(Fraction(49, 200), Fraction(51, 200))
    assert Figure("a third", rounding="exact").interval() == Interval.point(Fraction(1, 3))
    assert Figure("a third", rounding="truncated").interval() == Figure("a third").interval()
    assert Figure("a third").interval(Conventions(rounding="exact")) == Figure("a third").interval()


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("193,450", {"decimals": -3}),
        ("332.8", {"decimals": 0}),
        ("193", {"step": 5}),
        ("20–26%", {"step": 5}),
        ("a third", {"decimals": 2}),
    ],
)
def test_a_figure_between_the_stated_steps_is_refused(text: str, stated: dict[str, Any]) -> None:
    with pytest.raises(FigureSyntaxError, match="is a multiple of it"):
        Figure(text, **stated)


def test_what_is_stated_of_a_figure_is_checked() -> None:
    with pytest.raises(FigureSyntaxError, match="stated once"):
        Figure("5", decimals=0, step=5)
    with pytest.raises(FigureSyntaxError, match="more than 0"):
        Figure("5", step=0)
    with pytest.raises(FigureSyntaxError, match="'truncated', 'floor'"):
        Figure("5", rounding="up")
    for decimals in (1.0, True, 41, -41):
        with pytest.raises(FigureTypeError, match="decimals="):
            Figure("5", decimals=decimals)  # type: ignore[arg-type]
    with pytest.raises(FigureTypeError, match="a step is an exact number"):
        Figure("5", step=0.5)  # type: ignore[arg-type]


# Whole numbers


def test_a_whole_number_printed_to_the_last_unit_is_exact() -> None:
    assert Figure("40,455").interval(whole=True) == Interval.point(40455)
    assert Figure("5万3345").interval(whole=True) == Interval.point(53345)
    assert Figure("5.3345万").interval(whole=True) == Interval.point(53345)
    assert Figure("-3").interval(whole=True) == Interval.point(-3)
    assert Figure("three").interval(whole=True) == Interval.point(3)
    assert Figure("20–25").interval(whole=True) == Interval(20, 25)
    assert Figure("3").interval(whole=True, multiplier=4) == Interval(25000, 35000)
    assert Figure("12,345").interval(Conventions(rounding="half_up"), whole=True) == Interval.point(12345)


def test_only_then_is_it_exact() -> None:
    assert Figure("193,000").interval(whole=True) == Interval(192500, 193500)
    assert Figure("193,000").interval(Conventions(round_numbers=False), whole=True) == Interval.point(193000)
    assert Figure("12.5").interval(whole=True) == Interval(Fraction("12.45"), Fraction("12.55"))
    assert Figure("over 30").interval(whole=True) == Interval.more_than(30)
    assert Figure("about 30").interval(whole=True) == Interval(Fraction("28.5"), Fraction("31.5"))
    assert Figure("half a dozen").interval(whole=True) == Interval(Fraction("5.4"), Fraction("6.6"))
    assert Figure("40,455", rounding="balanced").interval(whole=True) == Interval(40454, 40456)
    assert Figure("40,455").interval(Conventions(whole=False), whole=True) == Figure("40,455").interval()


# Conventions


def test_conventions_speak_where_the_figure_does_not() -> None:
    truncated = Conventions(rounding=Rounding.TRUNCATED)
    assert Figure("8.22%").interval(truncated) == Interval(Fraction("0.0822"), Fraction("0.0823"), upper_closed=False)
    assert Figure("8.22%", rounding="nearest").interval(truncated) == Figure("8.22%").interval()
    assert Figure("over 5").interval(truncated) == Interval.more_than(5)
    assert Figure("about 300").interval(Conventions(about=Fraction(1, 10))) == Interval(270, 330)
    assert Figure("about 300").interval(Conventions(about=0)) == Interval(299, 301)
    assert Figure("about half").interval(Conventions(about=Fraction(1, 5))) == Interval(Fraction(2, 5), Fraction(3, 5))


def test_conventions_are_checked_and_read_back() -> None:
    assert Conventions(rounding="floor").rounding is Rounding.FLOOR
    assert Conventions(about=0).about == Fraction(0)
    assert attrs.evolve(Conventions(), part_of=False) == Conventions(part_of=False)
    assert repr(Conventions()) == "Conventions()"
    stated = Conventions(about=1, rounding="truncated", part_of=False)
    assert eval(repr(stated)) == stated  # noqa: S307
    with pytest.raises(FigureSyntaxError, match="rounding rule has a name"):
        Conventions(rounding="sideways")
    with pytest.raises(FigureTypeError, match="width of a convention"):
        Conventions(about=0.05)  # type: ignore[arg-type]
    with pytest.raises(FigureSyntaxError, match="fraction_words= is 0 or more"):
        Conventions(fraction_words=-1)


# Figures as values


def test_a_figure_tells_its_parts() -> None:
    figure = Figure("nearly -2.90 billion")
    assert (figure.number, figure.power, figure.value) == (Fraction(-29, 10), 9, Fraction(-29 * 10**8))
    assert (figure.form, figure.hedge, figure.is_range) == (FigureForm.NUMBER, Hedge.UNDER, False)
    share = Figure("20–25%")
    assert (share.number, share.power, share.value) == (Fraction(20), -2, Fraction(1, 5))
    assert (share.form, share.hedge, share.is_range) == (FigureForm.PERCENT, None, True)
    assert Figure("1.5千‰").power == 0


def test_a_figure_is_its_text_and_what_is_stated_of_it() -> None:
    assert Figure("332.8") == Figure("332.8") != Figure("332.80")
    assert Figure("332.8") != Figure("332.8", rounding="nearest") == Figure("332.8", rounding=Rounding.NEAREST)
    assert len({Figure("1,000"), Figure("1,000"), Figure("1000"), Figure("1,000", decimals=0)}) == 3
    assert str(Figure(" 19.6 %")) == " 19.6 %"


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        (Figure("332.8"), "Figure('332.8')"),
        (Figure("62.4万", rounding="truncated"), "Figure('62.4万', rounding='truncated')"),
        (Figure("193,000", decimals=-3), "Figure('193,000', decimals=-3)"),
        (Figure("195", step=5), "Figure('195', step=Fraction(5, 1))"),
        (Figure("64,2%", decimal_comma=True), "Figure('64,2%', decimal_comma=True)"),
    ],
)
def test_repr_reads_back_and_copies_are_equal(figure: Figure, code: str) -> None:
    assert repr(figure) == code
    again = [eval(code), copy.deepcopy(figure), pickle.loads(pickle.dumps(figure)), figure.with_reading()]  # noqa: S301, S307
    assert all(one == figure and hash(one) == hash(figure) and one.interval() == figure.interval() for one in again)


def test_a_text_serves_where_a_figure_is_expected() -> None:
    figure = Figure("332.8")
    assert Figure.of(figure) is figure
    assert Figure.of("332.8") == figure
    with pytest.raises(FigureSyntaxError):
        Figure.of("many")


@pytest.mark.parametrize(
    ("value", "way_out"),
    [
        (3.5, 'pass "3.5", or "3.50" if that was printed'),
        (3, 'pass "3"'),
        (True, "pass its text"),
        (None, "pass its text"),
        (b"3", "pass its text"),
        (Decimal("3.50"), "pass its text"),
        (Fraction(1, 2), "pass its text"),
    ],
)
def test_what_has_lost_how_it_was_printed_is_refused(value: object, way_out: str) -> None:
    makers: list[Callable[..., Figure]] = [Figure, Figure.of]
    for make in makers:
        with pytest.raises(FigureTypeError) as caught:
            make(value)
        assert (caught.value.rule, caught.value.way_out) == ("a figure is given as printed", way_out)


def test_reading_a_long_hedge_takes_no_longer_than_its_length() -> None:
    for text in (
        "between " + "one and " * 9 + "one",
        "x" * 80,
        "9 " * 40,
        "余多" * 40,
        "一" * 80,
        "over " * 16,
    ):
        with pytest.raises(FigureSyntaxError):
            Figure(text)
