"""Slips of the numeral: how a figure may read once digits, separators, scale word or precision are put right.

This room knows how numerals are printed and how they go wrong; what a claim measures stays what it is. It does not
know which re-reading helps: given what the other claims leave, it only passes over those that cannot meet it.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, pairwise
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ipmetrics.checks.statements import stated
from ipmetrics.diagnosis.reprinting import Numeral, numeral_of, reprinted
from ipmetrics.diagnosis.rereadings import Rereading
from ipmetrics.findings import Slip
from ipmetrics.model.claims import Level, Share
from ipmetrics.model.figures import Conventions, Figure, FigureForm, Hedge, Rounding
from ipmetrics.model.indicators import Growth
from ipmetrics.model.printed import Printed, in_own_unit, own_power

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ipmetrics.diagnosis.rereadings import Surroundings
    from ipmetrics.intervals import Interval

__all__ = ["numeral_rereadings"]

_Proposal = tuple[Slip, Figure, str]


def numeral_rereadings(around: Surroundings, place: int, needed: Interval | None = None) -> Iterator[Rereading]:
    """Propose how the numeral of one claim may have been meant, its words standing.

    In this order: cut off, nudged, a round number, another power of ten, two digits exchanged, a digit left out.
    Ranges and alternatives have none; a hedged figure none of the first three.

    Parameters
    ----------
    around, place
        The claims, and the place of the one to re-read.
    needed
        What the others leave for it, in base units and its own terms: re-readings that state nothing inside are
        left out. None leaves out nothing but those that state what the claim, or one before, states already.
    """
    claim, conventions = around.claims[place], around.conventions
    if not isinstance(claim, Printed) or claim.figure is None or claim.figure.is_range:
        return
    figure, said = claim.figure, stated(claim, conventions)
    known: set[tuple[Slip, Interval]] = set()
    window = _window(claim, figure, needed, conventions)
    for slip, read, text in chain(
        _precisions(claim, figure, window, conventions), _digits(claim, figure, window, conventions)
    ):
        reread = attrs.evolve(claim, figure=read)
        says = stated(reread, conventions)
        if says is None or says == said or (slip, says) in known:
            continue
        if needed is None or says.overlaps(needed):
            known.add((slip, says))
            yield Rereading(slip, (place,), (reread,), text)


# ------------------------------------------------------------------------------ what can be met
class _Window(NamedTuple):
    """Where the size of the numeral must come to within a unit of its last place; None is unbounded."""

    lower: Fraction | None = None
    upper: Fraction | None = None


def _window(claim: Printed, figure: Figure, needed: Interval | None, conventions: Conventions) -> _Window:
    """Bring what is needed to the size of the numeral as printed: before sign, scale word and sign of unit."""
    if needed is None or figure.number == 0:  # a zero does not show which side it stands on
        return _Window()
    one = Fraction(10) ** (figure.power + own_power(claim))
    if figure.number < 0:
        one = -one
    ends = [None if end is None else end / one for end in (needed.lower, needed.upper)]
    lower, upper = ends if one > 0 else ends[::-1]
    match figure.hedge:
        case Hedge.OVER | Hedge.AT_LEAST:  # everything further from zero is stated too
            return _Window(None, upper)
        case Hedge.UNDER | Hedge.AT_MOST:
            return _Window(lower, None)
        case Hedge.ABOUT:  # a part of its size, or a unit if that is wider
            narrow = 1 - conventions.about
            low = None if lower is None else lower / (1 + conventions.about)
            return _Window(low, None if upper is None or narrow <= 0 else upper / narrow)
        case _:
            return _Window(lower, upper)


def _near(window: _Window, places: int, unit: int | None) -> Callable[[int], bool]:
    """A quick look, over integers, that never turns away a numeral that can meet what is needed.

    It takes the numeral's digits as one integer with so many decimals. `unit` is what its last place counts, in units
    of those decimals; None where trailing zeros may hide it.
    """
    ten = Fraction(10) ** places
    low = None if window.lower is None else floor(window.lower * ten)
    high = None if window.upper is None else ceil(window.upper * ten)

    def near(number: int) -> bool:
        slack = unit if unit is not None else _zeros(number)[1]
        return (low is None or number + slack >= low) and (high is None or number - slack <= high)

    return near


def _zeros(number: int) -> tuple[int, int]:
    """How many trailing zeros a whole number has, and the power of ten that they make."""
    if number % 10 or not number:
        return 0, 1
    digits = str(number)
    zeros = len(digits) - len(digits.rstrip("0"))
    return zeros, 10**zeros


# ------------------------------------------------------------------------------ precision


def _precisions(claim: Printed, figure: Figure, window: _Window, conventions: Conventions) -> Iterator[_Proposal]:
    """The same digits, rounded otherwise."""
    if figure.hedge is not None:
        return
    unit = figure.unit_in_last_place(conventions) / Fraction(10) ** figure.power
    size = abs(figure.number)
    zeros = _zeros(size.numerator)[0] if size.denominator == 1 and unit >= 1 else 0
    widest = max(unit, 10**zeros)
    if (window.lower is not None and size + widest < window.lower) or (
        window.upper is not None and size - widest > window.upper
    ):
        return
    rule = figure.rounding or conventions.rounding
    if rule is not Rounding.TRUNCATED:
        yield Slip.TRUNCATED, _rounded(figure, Rounding.TRUNCATED, unit), "was cut off instead of rounded"
    if rule is not Rounding.BALANCED and _is_share(claim):
        yield Slip.BALANCED, _rounded(figure, Rounding.BALANCED, unit), "was nudged so that the shares add to 100"
    kept = figure.rounding
    if rule is Rounding.EXACT:
        kept = Rounding.NEAREST if conventions.rounding is Rounding.EXACT else None
    for power in range(1, zeros + 1):
        if 10**power > unit:
            read = attrs.evolve(figure, rounding=kept, decimals=-power, step=None)
            yield (
                Slip.ROUND_NUMBER,
                read,
                f"is a round number: {figure} is rounded to the nearest {_unit(figure, power)}",
            )


def _unit(figure: Figure, power: int) -> str:
    """A power of ten as the figure would print it: 10%, 100 million."""
    numeral = numeral_of(figure)
    return f"{10**power:,}" if numeral is None else attrs.evolve(numeral, before="").write(10**power, 0)


def _rounded(figure: Figure, rule: Rounding, unit: Fraction) -> Figure:
    """The figure under another rule, its last place staying what it is even where it was said to be exact."""
    if figure.rounding is Rounding.EXACT and figure.decimals is None and figure.step is None:
        return attrs.evolve(figure, rounding=rule, decimals=_decimals(unit))
    return attrs.evolve(figure, rounding=rule)


def _is_share(claim: Printed) -> bool:
    """Whether it is one of those that are made to add to 100: no growth, and nothing that may be negative."""
    if isinstance(claim, Level):
        indicator = claim.subject.indicator
        return indicator.unit.is_percent and not indicator.signed and not isinstance(indicator.definition, Growth)
    return isinstance(claim, Share)


def _decimals(unit: Fraction) -> int | None:
    """The decimals of a last place that is a power of ten; None if it is none."""
    size = len(str(unit.numerator * unit.denominator)) - 1
    if unit == Fraction(10) ** size:
        return -size
    return size if unit * 10**size == 1 else None


# ------------------------------------------------------------------------------ digits
def _digits(claim: Printed, figure: Figure, window: _Window, conventions: Conventions) -> Iterator[_Proposal]:
    """Other digits, or the same ones at other places; hedge, sign and scale word stay."""
    numeral = numeral_of(figure)
    if numeral is None:
        return
    if figure.number:
        yield from _powers(figure, numeral, window, conventions)
    if not numeral.run.is_worded:
        unit = Fraction(10) ** -figure.decimals if figure.decimals is not None else figure.step
        yield from _exchanged(figure, numeral, window, unit)
        yield from _dropped(figure, numeral, window, unit, decimals=_may_have_decimals(claim, numeral))


def _look(window: _Window, places: int, unit: Fraction | None) -> Callable[[int], bool]:
    """The quick look for numerals with so many decimals, whose last place is stated or shows."""
    if unit is not None:
        return _near(window, places, ceil(unit * 10**places))
    return _near(window, places, 1 if places else None)


def _exchanged(figure: Figure, numeral: Numeral, window: _Window, unit: Fraction | None) -> Iterator[_Proposal]:
    """Two neighbouring digits change places; the separators do not."""
    digits, places = numeral.run.digits, numeral.run.places
    near = _look(window, places, unit)
    for index, (one, other) in enumerate(pairwise(digits)):
        if one == other or (index == 0 and other == "0" and len(digits) - places > 1):
            continue
        number = int(digits[:index] + other + one + digits[index + 2 :])
        if near(number):
            read = reprinted(figure, numeral.write(number, places))
            if read is not None:
                yield Slip.EXCHANGED_DIGITS, read, f"reads as {read}: two digits exchanged"


def _may_have_decimals(claim: Printed, numeral: Numeral) -> bool:
    """Whether decimals may have been printed: not of things counted to the unit."""
    if numeral.run.places or not in_own_unit(claim) or numeral.scale:
        return not numeral.run.parts
    return not (claim.subject.indicator.whole and claim.subject.indicator.multiplier == 0)


def _dropped(
    figure: Figure, numeral: Numeral, window: _Window, unit: Fraction | None, *, decimals: bool
) -> Iterator[_Proposal]:
    """One digit more; what only moves the point is another power of ten.

    A last decimal that is missing was cut off: a digit behind it would fit almost anything and say no more than that.
    """
    digits, places = numeral.run.digits, numeral.run.places
    present, whole = int(digits), len(digits) - places
    tried = {(present, places), (present * 10, places), (present, places + 1)}
    for more in (0, 1) if decimals else (0,):
        near = _look(window, places + more, unit)
        for behind in range(1, places + 1) if more else range(places, len(digits) + 1):
            if not more and behind == places and digits[:whole] == "0":
                continue  # 0.5 does not come from 01.5
            ten = 10**behind
            above, below = divmod(present, ten)
            for number in range(above * ten * 10 + below, (above + 1) * ten * 10, ten):
                if not near(number) or (number, places + more) in tried:
                    continue
                tried.add((number, places + more))
                read = reprinted(figure, numeral.write(number, places + more))
                if read is not None:
                    yield Slip.DROPPED_DIGIT, read, f"reads as {read}: a digit was left out"


# ------------------------------------------------------------------------------ powers of ten
_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 8, -8)
_TIMES = {
    1: ("ten times as much", "a tenth as much"),
    2: ("a hundred times as much", "a hundredth as much"),
    3: ("a thousand times as much", "a thousandth as much"),
    4: ("ten thousand times as much", "a ten-thousandth as much"),
    5: ("a hundred thousand times as much", "a hundred-thousandth as much"),
    6: ("a million times as much", "a millionth as much"),
    8: ("a hundred million times as much", "a hundred-millionth as much"),
}
_WORDS = {3: " thousand", 4: "万", 6: " million", 8: "亿"}
_LEFT_OUT = {3: "thousand", 4: "万 (ten thousand)", 6: "million", 8: "亿 (hundred million)"}


def _powers(figure: Figure, numeral: Numeral, window: _Window, conventions: Conventions) -> Iterator[_Proposal]:
    """The same digits under another scale word, or with the point elsewhere."""
    unit = figure.unit_in_last_place(conventions) / Fraction(10) ** figure.power
    number, places = int(numeral.run.digits), numeral.run.places
    steps = max(ceil(unit * 10**places), _zeros(number)[1])  # at other places they may hide precision
    for power in _POWERS:
        if _near(window, places - power, steps)(number):
            word = numeral.word_moved(power)
            if word is not None:
                read = reprinted(figure, numeral.write(number, places, word))
                if read is not None:
                    yield Slip.POWER, read, f"reads as {read}: {_swap(numeral, word)}"
            # 1.500 million is 1,500 thousand too, but there zeros may hide precision.
            if word is None or (word and number % 10 == 0):
                for read in _moved(figure, numeral, unit, power, conventions):
                    if read is not None:
                        yield Slip.POWER, read, f"reads as {read}: {_cause(figure, numeral, power)}"
            # 256.130 may have lost its 亿, and then its last nought is a printed digit.
            if word is None and number % 10 == 0 and places and power in _WORDS and figure.form is FigureForm.NUMBER:
                read = reprinted(figure, numeral.write(number, places, _WORDS[power]))
                if read is not None:
                    yield Slip.POWER, read, f"reads as {read}: {_cause(figure, numeral, power)}"


def _moved(
    figure: Figure, numeral: Numeral, unit: Fraction, power: int, conventions: Conventions
) -> Iterator[Figure | None]:
    """The numeral times a power of ten, its last place moving along unless zeros come to hide more: 19.3000 as 193,000.

    Where zeros hid it, they may also have been printed digits: 4,580 reads as 45.8 and as 45.80.
    """
    number, places = int(numeral.run.digits), numeral.run.places - power
    last = unit * Fraction(10) ** power
    decimals = _decimals(last)
    shown = max(0, places if decimals is None else decimals)
    text = numeral.write(int(number * Fraction(10) ** (shown - places)), shown)
    is_stated = figure.decimals is not None or figure.step is not None
    read = reprinted(figure, text, decimals=None, step=None)
    finer = read is not None and read.unit_in_last_place(conventions) < last * Fraction(10) ** read.power
    if is_stated or (finer and figure.rounding is not Rounding.EXACT):
        read = reprinted(figure, text, decimals=decimals, step=last if decimals is None else None)
    yield read
    if shown < places and not is_stated:
        yield reprinted(figure, numeral.write(number, places))


def _swap(numeral: Numeral, word: str) -> str:
    """Which scale word was meant."""
    return f"{word}, not {numeral.word}" if word else f"without {numeral.word}"


def _cause(figure: Figure, numeral: Numeral, power: int) -> str:
    """What may have gone wrong, as far as the numeral shows it."""
    if power == numeral.run.foreign:
        return "separator misplaced"
    more, less = _TIMES[abs(power)]
    if figure.form is FigureForm.NUMBER and not numeral.scale and power in _LEFT_OUT:
        return f"{more}, {_LEFT_OUT[power]} left out"
    return more if power > 0 else less
