"""Scales of number lines: which stretch of numbers is shown, where round numbers lie, what they are called.

This room knows exact numbers and proportions. It knows no pixels; `sketch` draws with letters, for plain
text.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from ipmetrics.documents.letters import clip, width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ipmetrics.documents.blocks import Bar, NumberLine

__all__ = ["Scale", "sketch", "tenfold"]

_ROUND = (1, 2, 5, 10)
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def tenfold(value: Fraction) -> int:
    """The largest power of ten that is no more than a positive number.

    Examples
    --------
    >>> tenfold(Fraction(999)), tenfold(Fraction(1000)), tenfold(Fraction(1, 20))
    (2, 3, -2)
    """
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    power = math.floor(bits * math.log10(2)) - 1
    while Fraction(10) ** (power + 1) <= value:
        power += 1
    return power


@attrs.frozen
class Scale:
    """A stretch of numbers to be shown, its ends exact and apart."""

    lower: Fraction
    upper: Fraction

    @classmethod
    def around(cls, bars: Iterable[Bar], *, margin: Fraction = Fraction(1, 20)) -> Scale:
        """The stretch that holds all finite ends, with a margin, wider where a bar goes on for ever."""
        shown = [bar for bar in bars if not bar.is_empty]
        ends = [end for bar in shown for end in (bar.lower, bar.upper) if end is not None]
        if not ends:
            return cls(Fraction(-1), Fraction(1))
        low, high = min(ends), max(ends)
        size = high - low or abs(high) / 10 or Fraction(1)
        below, above = (3 * margin if gone else margin for gone in _endless(shown))
        return cls(low - below * size, high + above * size)

    def place(self, value: Fraction) -> float:
        """Where a number lies between the ends: 0 at the lower, 1 at the upper."""
        return float((value - self.lower) / (self.upper - self.lower))

    def ticks(self, most: int) -> tuple[Fraction, ...]:
        """Round numbers inside, in steps of 1, 2 or 5 times a power of ten; no more than asked.

        Examples
        --------
        >>> [str(tick) for tick in Scale(Fraction(0), Fraction(10)).ticks(6)]
        ['0', '2', '4', '6', '8', '10']
        """
        least = (self.upper - self.lower) / max(most, 1)
        power = Fraction(10) ** tenfold(least)
        for step in (factor * power for factor in (*_ROUND, 20)):
            first, last = math.ceil(self.lower / step), math.floor(self.upper / step)
            if step >= least and last - first + 1 <= max(most, 1):
                return tuple(step * count for count in range(first, last + 1))
        return ()

    def spaced(
        self, ideal: int, room: float, width: Callable[[str], float], *, apart: float = 10
    ) -> tuple[Fraction, ...]:
        """Round numbers whose names stand apart: three at least, else two, and about as many as asked.

        Parameters
        ----------
        ideal
            How many there are at most, unless they would be fewer than three.
        room, width, apart
            How long the scale is drawn, how wide a name is, and how far names stand apart, in one measure.

        Examples
        --------
        >>> scale = Scale(Fraction("44.07"), Fraction("44.68"))
        >>> [str(float(tick)) for tick in scale.ticks(3)]
        ['44.5']
        >>> [str(float(tick)) for tick in scale.spaced(3, 40, len, apart=2)]
        ['44.2', '44.4', '44.6']
        """
        tried = [self.ticks(most) for most in (*range(ideal, 0, -1), *range(ideal + 1, 4 * ideal))]
        # Where round numbers have long names, the outermost two say enough.
        tried += [(ticks[0], ticks[-1]) for ticks in tried if len(ticks) > 2]
        fitting = [ticks for ticks in tried if self._stand_apart(ticks, room, width, apart)]
        for least in (3, 2):
            for ticks in fitting:
                if len(ticks) >= least:
                    return ticks
        return max(fitting, key=len, default=())

    def _stand_apart(
        self, ticks: tuple[Fraction, ...], room: float, width: Callable[[str], float], apart: float
    ) -> bool:
        widest = max(map(width, self.names(ticks)[0]), default=0)
        steps = [room * (self.place(later) - self.place(tick)) for tick, later in pairwise(ticks)]
        return not steps or min(steps) > widest + apart

    def names(self, ticks: tuple[Fraction, ...]) -> tuple[tuple[str, ...], str]:
        """What ticks are called, and the factor left out of their names (``×10⁶``) where they would be long.

        Examples
        --------
        >>> Scale(Fraction(0), Fraction(3)).names((Fraction(1), Fraction(3, 2)))
        (('1.0', '1.5'), '')
        """
        largest = max((abs(tick) for tick in ticks), default=Fraction(0))
        power = 0 if largest == 0 else tenfold(largest)
        power = power - power % 3 if power >= 6 or power < -3 else 0
        scaled = [tick / Fraction(10) ** power for tick in ticks]
        places = max(map(_places, scaled), default=0)
        factor = f"×10{str(power).translate(_SUPERSCRIPTS)}" if power else ""
        return tuple(_decimal(tick, places) for tick in scaled), factor


def _endless(bars: list[Bar]) -> tuple[bool, bool]:
    return any(bar.lower is None for bar in bars), any(bar.upper is None for bar in bars)


def _places(value: Fraction) -> int:
    """Decimal places of a number whose decimal ends."""
    places = 0
    while value.denominator != 1:
        value *= 10
        places += 1
    return places


def _decimal(value: Fraction, places: int) -> str:
    digits = f"{abs(int(value * 10**places)):0{places + 1}}"
    whole, broken = digits[: len(digits) - places], digits[len(digits) - places :]
    sign = "−" if value < 0 else ""
    return f"{sign}{int(whole):,}{'.' if places else ''}{broken}"


def sketch(line: NumberLine, width: int) -> list[str]:
    """Draw a number line with letters: brackets for ends, round ones where open, arrows where unbounded."""
    bars = [(lane.label, bar) for lane in line.lanes for bar in lane.bars]
    label = min(max((width_of(text) for text, _ in bars), default=0), width // 3)
    room = max(min(width - label - 10, 60), 10)
    scale = Scale.around([bar for _, bar in bars])
    lines = []
    shown = ""
    for text, bar in bars:
        name = clip(text, label) if text != shown else ""
        shown = text
        lines.append(f"{name}{' ' * (label - width_of(name))} {bar.kind:<8} {_stroke(bar, scale, room)}".rstrip())
    ticks = scale.spaced(max(room // 15, 2), room - 1, len, apart=2)
    names, factor = scale.names(ticks)
    axis = ""
    for tick, name in zip(ticks, names, strict=True):
        start = round(scale.place(tick) * (room - 1)) - len(name) // 2
        if start >= len(axis) + bool(axis):
            axis = f"{axis:<{start}}{name}"
    unit = " ".join(part for part in (factor, line.unit) if part)
    lines.append(" " * (label + 10) + axis)
    return [*lines, " " * (label + 10) + f"({unit})"] if unit else lines


def _stroke(bar: Bar, scale: Scale, room: int) -> str:
    if bar.is_empty:
        return "∅"
    first = 0 if bar.lower is None else round(scale.place(bar.lower) * (room - 1))
    last = room - 1 if bar.upper is None else round(scale.place(bar.upper) * (room - 1))
    if first == last:
        return " " * first + ("●" if bar.lower_closed and bar.upper_closed else "○")
    left = "<" if bar.lower is None else "[" if bar.lower_closed else "("
    right = ">" if bar.upper is None else "]" if bar.upper_closed else ")"
    return " " * first + left + "─" * (last - first - 1) + right
