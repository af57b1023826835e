"""Strategies of printed figures: a true value goes in, what an office might print comes out.

This room knows rounding rules, hedges, scale words and signs of unit, and which of them fit a truth. It does not know
what was counted.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ipmetrics.intervals import Interval
from ipmetrics.model.figures import Figure
from ipmetrics.model.rounding import Rounding
from ipmetrics.model.vocabulary import AFTER, BEFORE, FORMS, SCALES, FigureForm, Hedge

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["figures", "intervals", "known_figures", "truths"]

_TIES = frozenset({Rounding.NEAREST, Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.HALF_EVEN})
"""Rules that need not be stated: what they print is read as rounded to the nearest."""
_WORDS = {
    "a quarter": Fraction(1, 4),
    "a third": Fraction(1, 3),
    "half": Fraction(1, 2),
    "two thirds": Fraction(2, 3),
    "three quarters": Fraction(3, 4),
    "四分之一": Fraction(1, 4),
    "三分之二": Fraction(2, 3),
}
_SIGNS = {form: [word for word, each in FORMS.items() if each is form] for form in FigureForm}
_HEDGES = {hedge: [*(w for w, h in BEFORE.items() if h is hedge), *(w for w, h in AFTER.items() if h is hedge)]
           for hedge in Hedge if hedge is not Hedge.FRACTION}  # fmt: skip
_EVERY_RULE = tuple(Rounding)
_EVERY_FORM = tuple(FigureForm)
_LONGEST_EXACT = 9  # decimals of a value that is printed in full


def truths(*, signed: bool = True) -> st.SearchStrategy[Fraction]:
    """True values of every size: whole, decimal, periodic, and close to where rounding turns.

    Parameters
    ----------
    signed
        Whether some lie below zero.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(truths(signed=False))
    ... def test_sign(truth):
    ...     assert truth >= 0
    >>> test_sign()
    """
    least = -(10**9) if signed else 0
    halves = st.builds(
        lambda size, power: Fraction(size, 2) * Fraction(10) ** power, st.integers(least, 10**9), st.integers(-6, 3)
    )
    return (
        halves
        | st.fractions(-(10**4) if signed else 0, 10**4, max_denominator=700)
        | st.integers(least, 10**6).map(Fraction)
    )


@st.composite
def intervals(
    draw: st.DrawFn, *, containing: Fraction | None = None, bounded: bool = False, empty: bool = False
) -> Interval:
    """Intervals with exact ends: open, closed, unbounded and single points.

    Parameters
    ----------
    containing
        A value that each of them contains.
    bounded
        Whether both ends are finite.
    empty
        Whether the empty interval may come too; not if a value is to be contained.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(intervals(containing=Fraction(1, 3)))
    ... def test_holds(interval):
    ...     assert Fraction(1, 3) in interval
    >>> test_holds()
    """
    middle = draw(truths()) if containing is None else containing
    widths = st.just(Fraction(0)) | st.fractions(0, 100, max_denominator=60)
    ends: list[Fraction | None] = []
    closed: list[bool] = []
    for sign in (-1, 1):
        width = draw(widths if bounded else st.none() | widths)
        ends.append(None if width is None else middle + sign * width)
        closed.append(width == 0 or draw(st.booleans()))
    if empty and containing is None and draw(st.integers(0, 9)) == 0:
        return Interval.empty()
    return Interval(ends[0], ends[1], lower_closed=closed[0], upper_closed=closed[1])


def known_figures(
    *,
    forms: Sequence[FigureForm] = _EVERY_FORM,
    rules: Sequence[Rounding] = _EVERY_RULE,
    hedged: bool = True,
    multiplier: int = 0,
) -> st.SearchStrategy[tuple[Figure, Fraction]]:
    """Printed figures, each with the true value it was printed from, in base units.

    Parameters
    ----------
    forms, rules, hedged, multiplier
        As of `figures`.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(known_figures())
    ... def test_truth_is_inside(pair):
    ...     figure, truth = pair
    ...     assert truth in figure.interval()
    >>> test_truth_is_inside()
    """
    return truths().flatmap(
        lambda truth: st.tuples(
            figures(truth, forms=forms, rules=rules, hedged=hedged, multiplier=multiplier), st.just(truth)
        )
    )


@st.composite
def figures(
    draw: st.DrawFn,
    truth: Fraction | None = None,
    *,
    forms: Sequence[FigureForm] = (FigureForm.NUMBER,),
    rules: Sequence[Rounding] = _EVERY_RULE,
    hedged: bool = True,
    multiplier: int = 0,
) -> Figure:
    """Figures as printed, of a known truth or of any: rounded, hedged, in words, as a range, with scale words.

    What was not rounded to the nearest says so on the figure (``rounding=``), as do the last place of a number cut to
    tens or hundreds (``decimals=``) and a step (``step=``), so that the truth is always inside the figure's interval
    under the default conventions.

    Parameters
    ----------
    truth
        The true value in base units; drawn from `truths` if not given.
    forms
        The signs of unit to print with: plain numbers, percent, per mille, points, times.
    rules
        The rounding rules to print by.
    hedged
        Whether to print some with a hedge ("nearly 30,000"), as a range or in words ("a quarter").
    multiplier
        The power of ten from a plain printed number to the base unit, as an indicator has it.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> share = Fraction(1, 3)
    >>> @settings(max_examples=5, deadline=None)
    ... @given(figures(share, forms=[FigureForm.PERCENT]))
    ... def test_share(figure):
    ...     assert share in figure.interval() and figure.form is FigureForm.PERCENT
    >>> test_share()
    """
    true = draw(truths()) if truth is None else truth
    form = draw(st.sampled_from(forms))
    scale_word, scale = draw(_scales(true, form))
    power = form.power + scale + (multiplier if form is FigureForm.NUMBER else 0)
    shown = true / Fraction(10) ** power
    sign = draw(st.sampled_from(_SIGNS[form])) if form is not FigureForm.NUMBER else ""
    ending = _joined(scale_word) + _joined(sign)
    if hedged and draw(st.integers(0, 3)) == 0:
        words = [word for word, value in _WORDS.items() if abs(true - value) * 10 <= value]
        if words and FigureForm.PERCENT in forms and draw(st.booleans()):
            return Figure(draw(st.sampled_from(words)))
        figure = draw(_hedged(shown, ending))
        if figure is not None:
            return figure
    return draw(_rounded(shown, ending, rules))


def _joined(word: str) -> str:
    return f" {word}" if (word.isalpha() and word.isascii()) or " " in word else word


def _scales(true: Fraction, form: FigureForm) -> st.SearchStrategy[tuple[str, int]]:
    """A scale word that leaves digits before the point, or, mostly, none."""
    fitting = [pair for pair in SCALES.items() if abs(true) >= 10 ** pair[1]] if form is FigureForm.NUMBER else []
    bare = st.just(("", 0))
    return st.one_of(bare, bare, st.sampled_from(fitting)) if fitting else bare


@st.composite
def _rounded(draw: st.DrawFn, shown: Fraction, ending: str, rules: Sequence[Rounding]) -> Figure:
    """A figure rounded by some rule, which is stated where the reader could not know it."""
    rule = draw(st.sampled_from(rules))
    places = draw(st.integers(0, 4) | st.integers(-3, -1))
    step: Fraction | None = Fraction(5) if draw(st.integers(0, 19)) == 0 else None
    if rule is Rounding.EXACT:
        needed = _decimals(shown)
        if needed is None:
            rule = Rounding.HALF_EVEN
        else:
            places, step = max(needed, places, 0), None
    unit = step or Fraction(10) ** -places
    value = draw(st.sampled_from(rule.round(shown, unit)))
    comma = draw(st.integers(0, 19)) == 0
    text = _written(value, max(places if step is None else 0, 0), comma=comma, grouped=draw(st.booleans()))
    return Figure(
        text + ending,
        rounding=rule if rule not in _TIES | {Rounding.EXACT} or draw(st.booleans()) else None,
        decimals=places if step is None and places < 0 else None,
        step=step,
        decimal_comma=comma,
    )


def _decimals(value: Fraction) -> int | None:
    """How many decimals print the value in full; None if too many."""
    return next((n for n in range(_LONGEST_EXACT + 1) if (value * 10**n).denominator == 1), None)


def _written(value: Fraction, places: int, *, comma: bool = False, grouped: bool = True) -> str:
    """The value in digits, as an office writes it."""
    digits = str(abs(value) * 10**places).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    text = f"{int(whole):{',' if grouped else ''}}" + (f".{part}" if places else "")
    if comma:
        text = text.translate({ord(","): ".", ord("."): ","})
    return f"-{text}" if value < 0 else text


@st.composite
def _hedged(draw: st.DrawFn, shown: Fraction, ending: str) -> Figure | None:
    """A figure with a hedge that is true, or a range around the value; None where the one drawn does not fit."""
    places = draw(st.integers(0, 3))
    unit = Fraction(1, 10**places)
    size = abs(shown)
    below, above = size // unit * unit, -(-size // unit) * unit
    kind = draw(st.sampled_from([*_HEDGES, None]))
    if kind is None:
        if shown < 0:
            return None
        upper = above + unit * draw(st.integers(1, 9))
        return Figure(f"{_written(below, places)}–{_written(upper, places)}{ending}")
    value = _BOUNDS[kind](below, above, size, unit)
    if value < 0 or (value == 0 and shown <= 0):
        return None
    word = draw(st.sampled_from(_HEDGES[kind]))
    text = _written(-value if shown < 0 else value, places) + ending
    return Figure(f"{word} {text}" if word in BEFORE else f"{text}{word}")


_BOUNDS: dict[Hedge, Callable[[Fraction, Fraction, Fraction, Fraction], Fraction]] = {
    Hedge.OVER: lambda below, _, size, unit: below - unit if below == size else below,
    Hedge.UNDER: lambda _, above, size, unit: above + unit if above == size else above,
    Hedge.AT_LEAST: lambda below, _above, _size, _unit: below,
    Hedge.AT_MOST: lambda _below, above, _size, _unit: above,
    Hedge.ABOUT: lambda below, _above, _size, _unit: below,
}
"""The number printed with a hedge, from the multiples of the last place around the size of the value."""
