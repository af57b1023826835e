"""The grammar of one printed figure: hedge, numeral, scale word, form, range."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ipmetrics.model.numerals import Numeral
from ipmetrics.model.phrases import Phrase, narrowed, read_phrase
from ipmetrics.model.vocabulary import AFTER, BEFORE, FORMS, MULTIPLES, SCALES, WIDER, FigureForm, Hedge

# text | number | scale | form | hedge
PRINTED = """
332.8                        | 332.8    | 0  | number    |
40,455                       | 40455    | 0  | number    |
12345                        | 12345    | 0  | number    |
0                            | 0        | 0  | number    |
.5%                          | 0.5      | 0  | percent   |
+3.6 percent                 | 3.6      | 0  | percent   |
-2.9%                        | -2.9     | 0  | percent   |
−2.9%                        | -2.9     | 0  | percent   |
–2.9%                        | -2.9     | 0  | percent   |
minus five percent           | -5       | 0  | percent   |
负5%                         | -5       | 0  | percent   |
-四成                        | -40      | 0  | percent   |
-three                       | -3       | 0  | number    |
310 per cent                 | 310      | 0  | percent   |
30-percent                   | 30       | 0  | percent   |
5 PCT                        | 5        | 0  | percent   |
5.2‰                         | 5.2      | 0  | per_mille |
0.44 points                  | 0.44     | 0  | points    |
0.44 percentage points       | 0.44     | 0  | points    |
2.5pp                        | 2.5      | 0  | points    |
0.44个百分点                 | 0.44     | 0  | points    |
三个百分点                   | 3        | 0  | points    |
1个多百分点                  | 1        | 0  | points    | over
3.54 times                   | 3.54     | 0  | times     |
3.5x                         | 3.5      | 0  | times     |
5-fold                       | 5        | 0  | times     |
twofold                      | 2        | 0  | times     |
two-fold                     | 2        | 0  | times     |
more than double             | 2        | 0  | times     | over
10倍                         | 10       | 0  | times     |
近十倍                       | 10       | 0  | times     | under
3倍多                        | 3        | 0  | times     | over
2.896 billion                | 2.896    | 9  | number    |
2.9bn                        | 2.9      | 9  | number    |
337 mn                       | 337      | 6  | number    |
62.4万                       | 62.4     | 4  | number    |
62.4 万                      | 62.4     | 4  | number    |
12.13万亿                    | 12.13    | 12 | number    |
3千万                        | 3        | 7  | number    |
12.3 hundred million         | 12.3     | 8  | number    |
2.5 crore                    | 2.5      | 7  | number    |
5万3345                      | 53345    | 0  | number    |
3亿5000万                    | 35000    | 4  | number    |
Four-million                 | 4        | 6  | number    |
three                        | 3        | 0  | number    |
six                          | 6        | 0  | number    |
six percent                  | 6        | 0  | percent   |
more than three              | 3        | 0  | number    | over
Over 40%                     | 40       | 0  | percent   | over
surpassed four million       | 4        | 6  | number    | over
nearly 30,000                | 30000    | 0  | number    | under
nearly thirty thousand       | 30       | 3  | number    | under
nearly half                  | 50       | 0  | percent   | under
over one quarter             | 25       | 0  | percent   | over
过半                         | 50       | 0  | percent   | over
a quarter                    | 25       | 0  | percent   | fraction
about half                   | 50       | 0  | percent   | about
half a million               | 0.5      | 6  | number    | fraction
estimated 5.8%               | 5.8      | 0  | percent   | about
just over 30                 | 30       | 0  | number    | over
well over a million          | 1        | 6  | number    | over
about -5%                    | -5       | 0  | percent   | about
nearly -5%                   | -5       | 0  | percent   | under
100+                         | 100      | 0  | number    | at_least
850 or more                  | 850      | 0  | number    | at_least
up to 40%                    | 40       | 0  | percent   | at_most
50以上                       | 50       | 0  | number    | at_least
30%以内                      | 30       | 0  | percent   | at_most
3万左右                      | 3        | 4  | number    | about
约3万左右                    | 3        | 4  | number    | about
突破41万                     | 41       | 4  | number    | over
十余万                       | 1        | 5  | number    | over
二十余万                     | 20       | 4  | number    | over
3万余                        | 3        | 4  | number    | over
100多                        | 100      | 0  | number    | over
三成多                       | 30       | 0  | percent   | over
超百亿                       | 1        | 10 | number    | over
千余                         | 1        | 3  | number    | over
近百倍                       | 1        | 2  | times     | under
超过30%以上                  | 30       | 0  | percent   | at_least
不到5%以下                   | 5        | 0  | percent   | at_most
１２．３％                   | 12.3     | 0  | percent   |
１，２３４                   | 1234     | 0  | number    |
"""


@pytest.mark.parametrize("row", PRINTED.strip().splitlines())
def test_what_is_printed_is_read(row: str) -> None:
    text, number, scale, form, hedge = (part.strip() for part in f"{row} ".split("|")[:5])
    phrase = read_phrase(text)
    assert phrase is not None
    assert phrase.upper is None
    assert (phrase.lower.number, phrase.lower.scale) == (Fraction(number), int(scale))
    assert (phrase.form, phrase.hedge) == (FigureForm(form), Hedge(hedge) if hedge else None)


# text | lower | upper | power of ten of each | form | hedge
RANGES = """
20–25%                       | 20       | 25       | 0 0 | percent | 
20%-25%                      | 20       | 25       | 0 0 | percent | 
20 — 25 %                    | 20       | 25       | 0 0 | percent | 
20 to 25 percent             | 20       | 25       | 0 0 | percent | 
20 percent to 25 percent     | 20       | 25       | 0 0 | percent | 
between 20 and 25            | 20       | 25       | 0 0 | number  | 
2-3 million                  | 2        | 3        | 6 6 | number  | 
2 million to 3 million       | 2        | 3        | 6 6 | number  | 
800,000 to 1.2 million       | 800000   | 1.2      | 0 6 | number  | 
1.2-1.5万                    | 1.2      | 1.5      | 4 4 | number  | 
1.2万至1.5万                 | 1.2      | 1.5      | 4 4 | number  | 
9千至1.5万                   | 9        | 1.5      | 3 4 | number  | 
3~5倍                        | 3        | 5        | 0 0 | times   | 
3～5倍                       | 3        | 5        | 0 0 | times   | 
三至五倍                     | 3        | 5        | 0 0 | times   | 
3-4成                        | 30       | 40       | 0 0 | percent | 
三成至四成                   | 30       | 40       | 0 0 | percent | 
百分之三至百分之五           | 3        | 5        | 0 0 | percent | 
two- to threefold            | 2        | 3        | 0 0 | times   | 
two to three times           | 2        | 3        | 0 0 | times   | 
-20 to -10                   | -20      | -10      | 0 0 | number  | 
-5%–−3%                      | -5       | -3       | 0 0 | percent | 
-5% to 3%                    | -5       | 3        | 0 0 | percent | 
about 20–25%                 | 20       | 25       | 0 0 | percent | about
a quarter to a third         | 25       | 100/3    | 0 0 | percent | fraction
one hundred to two hundred   | 100      | 200      | 0 0 | number  | 
between one hundred and five and two hundred and six | 105 | 206 | 0 0 | number | 
"""  # noqa: W291


@pytest.mark.parametrize("row", RANGES.strip().splitlines())
def test_ranges_are_read(row: str) -> None:
    text, lower, upper, scales, form, hedge = (part.strip() for part in row.split("|"))
    phrase = read_phrase(text)
    assert phrase is not None
    assert phrase.upper is not None
    assert (phrase.lower.number, phrase.upper.number) == (Fraction(lower), Fraction(upper))
    assert f"{phrase.lower.scale} {phrase.upper.scale}" == scales
    assert (phrase.form, phrase.hedge) == (FigureForm(form), Hedge(hedge) if hedge else None)


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2007"])
def test_fixed_spaces_group_digits_and_part_words(space: str) -> None:
    assert read_phrase(f"12{space}345") == Phrase(Numeral(Fraction(12345)))
    assert read_phrase(f"over{space}12{space}345.6{space}%{space}") == Phrase(
        Numeral(Fraction("12345.6"), 1), form=FigureForm.PERCENT, hedge=Hedge.OVER
    )
    assert read_phrase(f"12{space}34") is None


def test_full_width_forms_are_narrowed() -> None:
    assert narrowed("　－１２．５％　") == "-12.5%"
    assert narrowed("12\u202f345\u00a0件") == "12\u00a0345 件"


@pytest.mark.parametrize(
    ("text", "number", "places"),
    [
        ("64,2%", "64.2", 1),
        ("1.234,5", "1234.5", 1),
        ("1 234,5", "1234.5", 1),
        ("1.234", "1234", 0),
        (",5", "0.5", 1),
        ("1\u202f234\u202f567,89", "1234567.89", 2),
        ("rund 5", None, 0),
        ("64.2", None, 0),
        ("1.234 567", None, 0),
    ],
)
def test_with_a_decimal_comma_points_and_spaces_group(text: str, number: str | None, places: int) -> None:
    phrase = read_phrase(text, decimal_comma=True)
    assert (phrase and (phrase.lower.number, phrase.lower.places)) == (number and (Fraction(number), places))


def test_a_decimal_comma_holds_in_ranges_and_under_hedges() -> None:
    phrase = read_phrase("about 1.000,5 to 2 000,5 million", decimal_comma=True)
    assert phrase is not None
    assert phrase.upper is not None
    assert (phrase.lower.number, phrase.upper.number, phrase.hedge) == (
        Fraction("1000.5"),
        Fraction("2000.5"),
        Hedge.ABOUT,
    )


@pytest.mark.parametrize("word", sorted(BEFORE) + sorted(AFTER))
def test_every_hedge_is_read(word: str) -> None:
    for numeral in ("30", "three", "三", "2.5 million", "40%", "四成"):
        phrase = read_phrase(f"{word} {numeral}" if word in BEFORE else f"{numeral}{word}")
        assert phrase is not None
        assert phrase.hedge is (BEFORE.get(word) or AFTER[word])


@pytest.mark.parametrize("word", sorted(SCALES))
def test_every_scale_word_is_read(word: str) -> None:
    assert read_phrase(f"2.5 {word}") == Phrase(Numeral(Fraction(5, 2), 1, SCALES[word]))
    assert read_phrase(f"2.5{word.upper()}%") == Phrase(
        Numeral(Fraction(5, 2), 1, SCALES[word]), form=FigureForm.PERCENT
    )


@pytest.mark.parametrize("word", sorted(FORMS))
def test_every_form_is_read(word: str) -> None:
    for numeral in ("2.5", "2", "two", "两"):
        phrase = read_phrase(f"{numeral} {word}")
        assert phrase is not None
        assert phrase.form is FORMS[word]


def test_every_multiple_is_read() -> None:
    for word, number in MULTIPLES.items():
        assert read_phrase(word) == Phrase(Numeral(Fraction(number)), form=FigureForm.TIMES)


def test_only_a_pair_that_says_the_same_twice_is_one_hedge() -> None:
    assert {hedge for pair in WIDER for hedge in pair} == {
        Hedge.OVER,
        Hedge.UNDER,
        Hedge.AT_LEAST,
        Hedge.AT_MOST,
    }
