"""Words for claims: short labels, figures as printed, and intervals in the unit a claim was printed in.

This room knows how a claim is named beside others, where what they share is said once. It decides nothing and
it refuses to abbreviate a figure: that stays as printed.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.model.claims import Change, Level, OneOf, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.figures import FigureForm, Rounding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.findings.misses import Miss
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim, Source
    from ipmetrics.model.figures import Conventions, Figure
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation

__all__ = [
    "common_indicator",
    "convention_words",
    "figure_words",
    "indicator_words",
    "interval_words",
    "label",
    "listed",
    "miss_words",
    "printed",
    "printed_power",
    "quote_words",
    "rounded",
    "source_words",
    "unit_words",
    "without_indicator",
]

_SIGN_POWERS = {FigureForm.PERCENT: -2, FigureForm.POINTS: -2, FigureForm.PER_MILLE: -3, FigureForm.TIMES: 0}
_SIGNS = {FigureForm.PERCENT: " %", FigureForm.POINTS: " points", FigureForm.PER_MILLE: " ‰"}
_ROUNDINGS = {
    Rounding.NEAREST: "rounded to nearest",
    Rounding.HALF_UP: "rounded half up",
    Rounding.HALF_DOWN: "rounded half down",
    Rounding.HALF_EVEN: "rounded half to even",
    Rounding.TRUNCATED: "cut off",
    Rounding.FLOOR: "rounded down",
    Rounding.CEILING: "rounded up",
    Rounding.BALANCED: "rounded so that shares add up",
    Rounding.EXACT: "exact",
}
_UNITS = {"percentage_point": "percentage points", "per_mille": "‰"}
_COMPARES = re.compile(" (?:÷|as a share of|since|compared with) ")
_PLACE = re.compile(r", (?![^()]*\))")  # a comma within brackets parts members of a scope
_SHOWN_PARTS = 3
_MOST_PLACES = 4


def printed_power(claim: Claim) -> int:
    """The power of ten from the numbers a claim was printed in to base units.

    A figure's own sign decides (percent and points −2, per mille −3, times 0); else levels and differences
    are in their indicator's printed unit, and ratios, shares and growth are bare numbers.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per 10,000 people", unit="patent/person", multiplier=-4)
    >>> haidian, beijing = rate.at("Haidian", 2021), rate.at("Beijing", 2021)
    >>> printed_power(Level(haidian, "332.8")), printed_power(Ratio(haidian, beijing, "3.54"))
    (-4, 0)
    >>> printed_power(Change(haidian, "19.6%"))
    -2
    """
    figure = _figure(claim)
    if figure is not None and figure.form in _SIGN_POWERS:
        return _SIGN_POWERS[figure.form]
    match claim:
        case Level(subject=subject) | Total(subject=subject) | Rank(subject=subject):
            return subject.indicator.multiplier
        case Change(subject=subject, difference=True):
            return subject.indicator.multiplier
        case _:
            return 0


def printed(interval: Interval, claim: Claim) -> Interval:
    """An interval given in base units, in the numbers the claim was printed in."""
    return interval / Fraction(10) ** printed_power(claim)


def interval_words(interval: Interval | None, claim: Claim) -> str:
    """An interval given in base units as a reader of the claim would write it; nothing if there is none."""
    if interval is None:
        return ""
    figure = _figure(claim)
    sign = _SIGNS.get(figure.form, "") if figure is not None and not interval.is_empty else ""
    return f"{printed(interval, claim)}{sign}"


def _figure(claim: Claim) -> Figure | None:
    return claim.figure if isinstance(claim, (Level, Ratio, Share, Change)) else None


def rounded(value: Fraction) -> str:
    """A number of 0 or more for the eye: two digits below ten, whole above, and never 0 for what is more.

    Examples
    --------
    >>> [rounded(Fraction(text)) for text in ("0", "0.0000001", "0.0137", "1.02", "7.32", "70.4", "3125.5")]
    ['0', 'less than 0.0001', '0.014', '1', '7.3', '70', '3,126']
    """
    if value >= 10:
        return f"{_half_up(value):,}"
    places = 1
    while places < _MOST_PLACES and value * 10**places < 10:
        places += 1
    digits = _half_up(value * 10**places)
    if value and not digits:
        return f"less than 0.{1:0{_MOST_PLACES}}"
    text = f"{digits // 10**places}.{digits % 10**places:0{places}}"
    return text.rstrip("0").rstrip(".")


def _half_up(value: Fraction) -> int:
    return int((2 * value + 1) // 2)


def miss_words(miss: Miss | None, claim: Claim) -> str:
    """By how much a claim and what others imply of it miss each other; nothing if they do not."""
    if miss is None:
        return ""
    if miss.gap == 0:
        return "only touches: the end is not included"
    apart = rounded(miss.gap / Fraction(10) ** printed_power(claim))
    if isinstance(claim, Total):
        return f"the whole and its parts stay {apart} apart"
    amounts = []
    if miss.places is not None:
        places = rounded(miss.places)
        amounts.append(f"{places} {'unit' if places == '1' else 'units'} of its last printed place")
    if miss.relative is not None:
        amounts.append(f"{rounded(miss.relative * 100)} % of it")
    return f"misses by {', '.join(amounts) or apart}"


def figure_words(claim: Claim) -> str:
    """What was printed: the figure's text, or the rank; nothing where a claim has no figure of its own."""
    match claim:
        case Rank(rank=rank, order=order):
            return f"number {rank}" + (" from below" if order == "ascending" else "")
        case OneOf(alternatives=alternatives):
            texts = {figure_words(alternative) for alternative in alternatives}
            return texts.pop() if len(texts) == 1 else ""
        case Total():
            return ""
        case _:
            return str(claim.figure) if claim.figure is not None else "?"


def common_indicator(claims: Iterable[Claim]) -> Indicator | None:
    """The one indicator that all observations of some claims are of; None if there are several."""
    indicators = {observation.indicator for claim in claims for observation in observations_of(claim)}
    return indicators.pop() if len(indicators) == 1 else None


def unit_words(indicator: Indicator) -> str:
    """The printed unit of an indicator as a reader would write it.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> unit_words(Indicator("change of a share", unit="percentage_point"))
    'percentage points'
    """
    text = indicator.unit_text
    for name, words in _UNITS.items():
        text = re.sub(rf"\b{name}\b", words, text)
    return text.replace("_", " ")


def without_indicator(text: str) -> str:
    """An expression in words without its one indicator, where places are told apart from it.

    Examples
    --------
    >>> without_indicator("patents in force, Haidian 2021 (firms, foreign)")
    'Haidian 2021 (firms, foreign)'
    >>> without_indicator("patents in force: Haidian 2021 ÷ Beijing 2021")
    'Haidian 2021 ÷ Beijing 2021'
    """
    _, colon, pair = text.partition(": ")
    if colon:
        return pair
    # A comparison across indicators needs both names.
    return text if _COMPARES.search(text) else _PLACE.split(text)[-1]


def indicator_words(indicator: Indicator) -> str:
    """The label of an indicator with its printed unit."""
    unit = unit_words(indicator)
    return indicator.label if unit in {"1", indicator.label} else f"{indicator.label} ({unit})"


def label(claim: Claim, *, named: bool = True, timed: bool = True) -> str:
    """A claim without its figure, in few words.

    Parameters
    ----------
    claim
        The claim.
    named
        Whether indicators are named; not where a heading has named the only one.
    timed
        Whether a comparison within one period names it; not where everything around is of that period.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> claim = Ratio(rate.at("Haidian", 2021), rate.at("Beijing", 2021), "3.54")
    >>> label(claim, named=False, timed=False), label(claim)
    ('Haidian ÷ Beijing', 'patents per head, Haidian ÷ Beijing 2021')
    """
    match claim:
        case Level(subject=subject):
            return str(subject) if named else subject.place
        case Ratio(subject=subject, to=other):
            return _pair(subject, "÷", other, named=named, timed=timed)
        case Share(subject=subject, of=other):
            return _pair(subject, "as a share of", other, named=named, timed=timed)
        case Change(than=None):
            return _growth(claim, named=named)
        case Change():
            return _pair(claim.subject, "more than", claim.base, named=named, timed=timed)
        case Total():
            return _total(claim, named=named)
        case Rank(subject=subject):
            ranked = len(claim.others) + 1 if claim.complete else "others"
            return f"{subject if named else subject.place} among {ranked}"
        case OneOf(alternatives=alternatives):
            return f"one of {len(alternatives)} readings"


def _pair(subject: Observation, word: str, other: Observation, *, named: bool, timed: bool) -> str:
    if subject.indicator != other.indicator:
        if subject.place == other.place:
            return f"{subject.indicator} {word} {other.indicator}, {subject.place}"
        return f"{subject} {word} {other}"
    first = f"{subject.indicator}, " if named else ""
    if subject.period == other.period and not subject.scope and not other.scope:
        return f"{first}{subject.region} {word} {other.region}" + (f" {subject.period}" if timed else "")
    return f"{first}{subject.place} {word} {other.place}"


def _growth(claim: Change, *, named: bool) -> str:
    subject, base = claim.subject, claim.base
    kind = "change" if claim.difference else "growth a year" if claim.per else "growth"
    if base == subject.moved(period=base.period):
        first = f"{subject.indicator}, " if named else ""
        scope = f" ({', '.join(map(str, subject.scope.values()))})" if subject.scope else ""
        return f"{first}{subject.region} {base.period} → {subject.period}{scope}, {kind}"
    return f"{_pair(base, '→', subject, named=named, timed=True)}, {kind}"


def _total(claim: Total, *, named: bool) -> str:
    shown = [str(part) if named else part.place for part in claim.parts[:_SHOWN_PARTS]]
    more = len(claim.parts) - len(shown)
    parts = (" + " if claim.disjoint else ", ").join([*shown, f"{more} more"] if more else shown)
    whole = claim.subject if named else claim.subject.place
    return f"{whole} {'=' if claim.complete else '≥' if claim.disjoint else '≥ each of'} {parts}"


def source_words(source: Source | None) -> str:
    """Where a claim was printed: producer, title, date and place in it; nothing if that is not known."""
    if source is None:
        return ""
    parts = (source.producer, source.title, source.date and source.date.isoformat(), source.locator)
    return ", ".join(part for part in parts if part)


def quote_words(source: Source | None) -> str:
    """The words of a text that a claim was printed in, on one line; nothing if they are not kept.

    Examples
    --------
    >>> from ipmetrics.model.sources import Source
    >>> quote_words(Source(quote="483 pledges,  up 8.06%"))
    '“483 pledges, up 8.06%”'
    """
    return f"“{' '.join(source.quote.split())}”" if source is not None and source.quote else ""


def listed(parts: Iterable[str]) -> str:
    """Several words as one phrase.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    several = list(parts)
    return " and ".join([", ".join(several[:-1]), several[-1]]) if len(several) > 1 else "".join(several)


def convention_words(conventions: Conventions) -> str:
    """The readings under which everything was found, in two sentences."""
    rounding = _ROUNDINGS[conventions.rounding]
    zeros = "trailing zeros hide precision" if conventions.round_numbers else "every printed digit counts"
    assumed = {
        "parts are no more than their wholes": conventions.part_of,
        "things counted are whole": conventions.whole,
        "unsigned values are not negative": conventions.unsigned,
        "derived indicators follow their definitions": conventions.definitions,
        "declared partitions add up": conventions.partitions,
    }
    on = listed(words for words, state in assumed.items() if state)
    off = listed(words for words, state in assumed.items() if not state)
    return (
        f"Figures are read as {rounding}; {zeros}; “about” is ± {_percent(conventions.about)} and a "
        f"fraction word ± {_percent(conventions.fraction_words)}."
        + (f" Assumed: {on}." if on else "")
        + (f" Not assumed: {off}." if off else "")
    )


def _percent(value: Fraction) -> str:
    from ipmetrics.intervals import format_number  # noqa: PLC0415 - only reports need it

    return f"{format_number(value * 100)} %"
