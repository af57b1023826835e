"""Slips of one figure: its precision, its digits, or what kind of figure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.printing import POWERS, SCALES, Digits, Form
from benchmarks.slips.ways import Printed, Way, figures, mentioned, moved, one, shown, with_text
from ipmetrics.model.claims import Change, Claim, Level, Ratio, Share, Total, observations_of
from ipmetrics.model.figures import Figure, Rounding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from benchmarks.slips.worlds import World
    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation


# ------------------------------------------------------------------------------ precision
def cut_off(world: World, draw: Random) -> Iterator[Way]:
    """The last place cut off where it should have been rounded up."""
    for place, claim, _, form in figures(world, draw):
        value = shown(claim, world.true(claim))
        if form.cut(value) != form.steps(value):
            text = form.text(form.cut(value))
            printed = with_text(claim, text)
            if printed is not None:
                yield one(place, printed, attrs.evolve(claim, figure=Figure(text, rounding=Rounding.TRUNCATED)))


def nudged(world: World, draw: Random) -> Iterator[Way]:
    """In a column of shares of all parts, the one that was rounded furthest is moved so that they add to 100."""
    for whole, parts in partitions(world):
        column = [
            (place, claim, form)
            for place, claim, _, form in figures(world, draw)
            if isinstance(claim, Share) and claim.of == whole and claim.subject in parts
        ]
        if len({form.places for *_, form in column}) != 1 or len(column) != len(parts):
            continue
        values = [(form.steps(world.true(claim)), world.true(claim) / form.unit) for _, claim, form in column]
        missing = 100 * 10 ** column[0][2].places - sum(steps for steps, _ in values)
        if abs(missing) != 1:
            continue
        furthest = max(range(len(column)), key=lambda n: missing * (values[n][1] - values[n][0]))
        place, claim, form = column[furthest]
        text = form.text(values[furthest][0] + missing)
        printed = attrs.evolve(claim, figure=text)
        yield one(place, printed, attrs.evolve(claim, figure=Figure(text, rounding=Rounding.BALANCED)))


def partitions(world: World) -> Iterator[tuple[Observation, frozenset[Observation]]]:
    """Wholes and their parts, where these are all."""
    for claim in world.claims:
        if isinstance(claim, Total) and claim.complete:
            yield claim.subject, frozenset(claim.parts)


def rounded_to_zeros(world: World, draw: Random) -> Iterator[Way]:
    """A round number that its reader takes as printed to the unit, because it is small or because a column says so."""
    for place, claim, _, form in figures(world, draw):
        power = draw.choice((1, 1, 2))
        value, flat = shown(claim, world.true(claim)), attrs.evolve(form, places=0)
        steps = 10**power * Form(-power, form.after).steps(value)
        text = flat.text(steps)
        if not steps or steps % 10 ** (power + 1) == 0 or with_text(claim, text) is None:
            continue
        if abs(steps) < 1000 and form.after in {"", "%", " times"}:
            yield one(
                place, attrs.evolve(claim, figure=text), attrs.evolve(claim, figure=Figure(text, decimals=-power))
            )
        elif form.after == "" and abs(steps) >= 1000:
            exact = Figure(text, rounding=Rounding.EXACT)
            yield one(place, attrs.evolve(claim, figure=exact), attrs.evolve(claim, figure=Figure(text)))


def counted_in_fractions(world: World, draw: Random) -> Iterator[Way]:
    """Things counted in fractions, and printed without them, taken for whole."""
    indicators = {each.indicator for claim in world.claims for each in observations_of(claim)}
    for indicator in draw.sample(sorted(indicators, key=str), len(indicators)):
        if indicator.definition is None and indicator.unit.is_count_or_money:
            places = [n for n, claim in enumerate(world.claims) if _speaks_of(claim, indicator)]
            true = [world.claims[place] for place in places]
            if indicator.whole:
                true = _with_a_total_of_fractions(true)
            whole, real = (_to_indicator(indicator, attrs.evolve(indicator, whole=each)) for each in (True, False))
            if true:
                yield places, [moved(claim, whole) for claim in true], [moved(claim, real) for claim in true]


def _with_a_total_of_fractions(claims: list[Claim]) -> list[Claim]:
    """Counts and their total, one more than they come to because each leaves a fraction out; nothing of other sets."""
    totals = [claim for claim in claims if isinstance(claim, Total) and claim.complete]
    levels = {claim.subject: claim for claim in claims if isinstance(claim, Level)}
    if len(totals) != 1 or len(levels) + 1 != len(claims) or levels.keys() != {*observations_of(totals[0])}:
        return []
    counts = [Digits.of(claim.figure.text) for claim in levels.values() if claim.figure is not None]
    if any(each is None or each.form.after or each.form.places or each.negative for each in counts):
        return []
    whole = levels[totals[0].subject]
    digits = Digits.of(str(whole.figure))
    more = None if digits is None else attrs.evolve(digits, digits=str(int(digits.digits) + 1)).text()
    return [attrs.evolve(claim, figure=more) if claim is whole else claim for claim in claims]


def _speaks_of(claim: Claim, indicator: Indicator) -> bool:
    return any(each.indicator == indicator for each in observations_of(claim))


def _to_indicator(old: Indicator, new: Indicator) -> Callable[[Observation], Observation]:
    return lambda each: each.moved(indicator=new) if each.indicator == old else each


# ------------------------------------------------------------------------------ digits
CHINESE, ENGLISH = ("", "千", "万", "亿"), ("", " thousand", " million", " billion")
LIKELY = {3, 4, 5, 6, 8}
"""The powers of ten by which one scale word is taken for another; nobody leaves out a billion."""


def another_power(world: World, draw: Random) -> Iterator[Way]:
    """Another scale word, or the separator elsewhere: the digits stay."""
    for place, claim, text, form in figures(world, draw):
        digits = Digits.of(text)
        if digits is None:
            continue
        ways = [digits.at(places=form.places - power) for power in (-3, -2, -1, 1, 2, 3) if power <= form.places]
        if form.after in SCALES and not isinstance(claim, (Ratio, Share)):
            words = CHINESE if form.after in CHINESE[1:] else ENGLISH if form.after else draw.choice((CHINESE, ENGLISH))
            likely = [word for word in words if abs(POWERS[word] - POWERS[form.after]) in LIKELY]
            ways += 3 * [digits.at(after=word) for word in likely]
        for way in draw.sample(ways, len(ways)):
            printed = with_text(claim, way.text())
            if printed is not None:
                yield one(place, printed, claim)
                break


def exchanged_digits(world: World, draw: Random) -> Iterator[Way]:
    """Two neighbouring digits change places."""
    for place, claim, text, _ in figures(world, draw):
        digits = Digits.of(text)
        if digits is None:
            continue
        row = digits.digits
        pairs = [n for n in range(len(row) - 1) if row[n] != row[n + 1] and not _in_front(digits, n)]
        for n in draw.sample(pairs, len(pairs)):
            swapped = attrs.evolve(digits, digits=row[:n] + row[n + 1] + row[n] + row[n + 2 :])
            printed = with_text(claim, swapped.text())
            if printed is not None:
                yield one(place, printed, claim)
                break


def _in_front(digits: Digits, place: int) -> bool:
    """Whether a digit is the zero before the decimal mark, which nobody types as a digit of the number."""
    return place == 0 and digits.digits[0] == "0"


def dropped_digit(world: World, draw: Random) -> Iterator[Way]:
    """One digit is left out; one without its last decimal is cut off, one without its last nought a power of ten."""
    for place, claim, text, form in figures(world, draw):
        digits = Digits.of(text)
        if digits is None or len(digits.digits) < 2:
            continue
        row = digits.digits
        for n in draw.sample(range(len(row)), len(row)):
            rest = row[:n] + row[n + 1 :]
            if _in_front(digits, n) or (rest == row[:-1] and (form.places or row[-1] == "0")):
                continue
            behind = n >= len(row) - form.places
            fewer = attrs.evolve(digits, digits=rest, form=attrs.evolve(form, places=form.places - behind))
            printed = with_text(claim, fewer.text())
            if printed is not None:
                yield one(place, printed, claim)
                break


# ------------------------------------------------------------------------------ meanings
def percent_or_points(world: World, draw: Random) -> Iterator[Way]:
    """Percent printed for points, and the other way round."""
    for place, claim, text, form in figures(world, draw):
        if isinstance(claim, Change) and claim.subject.indicator.unit.is_percent:
            other = " points" if form.after == "%" else "%"
            yield one(place, change(claim, claim.subject, text.removesuffix(form.after) + other, claim.base), claim)


def times_or_times_more(world: World, draw: Random) -> Iterator[Way]:
    """A multiple printed as an increase, and the other way round; in percent too, as "to" and "by" are confused."""
    for place, claim, text, form in figures(world, draw):
        if (
            isinstance(claim, Change)
            and not claim.difference
            and form.after in {" times", "%"}
            and text[0] not in "+-−"
        ):
            yield one(place, Ratio(claim.subject, claim.base, text, id=claim.id, source=claim.source), claim)
        elif isinstance(claim, Ratio):
            yield one(place, change(claim, claim.subject, text if form.after else f"{text} times", claim.to), claim)


def level_or_increase(world: World, draw: Random) -> Iterator[Way]:
    """The increase printed as the level, and the other way round."""
    known = mentioned(world)
    for place, claim, text, _ in figures(world, draw):
        if not claim.subject.indicator.unit.is_count_or_money:
            continue
        if isinstance(claim, Change) and claim.difference and not text.startswith("-"):
            yield one(place, Level(claim.subject, text, id=claim.id, source=claim.source), claim)
        elif isinstance(claim, Level):
            base = claim.subject.moved(period=claim.subject.period.year_before)
            if base in known:
                yield one(place, change(claim, claim.subject, text, base), claim)


def change(claim: Printed, subject: Observation, text: str, base: Observation) -> Change:
    """A change in a claim's place: since an earlier period, or compared with another place or scope."""
    earlier = subject.moved(period=base.period) == base
    since, than = (base, None) if earlier else (None, base)
    return Change(subject, text, since=since, than=than, id=claim.id, source=claim.source)
