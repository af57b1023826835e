"""Error localisation (Fellegi & Holt 1976): which figures would have to change, to what, and nothing lighter.

The sets come from below with their proofs; this room says what each claim of a set would need and which printable
figure is nearest to that.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.diagnosis.reprinting import Numeral, numeral_of, reprinted
from ipmetrics.errors import IpmetricsError
from ipmetrics.findings import Repair, Step
from ipmetrics.model.printed import Printed, own_power

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from ipmetrics.diagnosis.trying import Trial
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions, Figure  # noqa: TC004 - attrs reads no types

__all__ = ["change"]

_LONGEST = 64
"""How often a step is doubled on the way to what fits."""


def change(trial: Trial, places: Collection[int], others: Collection[int]) -> Repair:
    """The repair that changes the figures of some claims, given up for it; `others` are given up elsewhere.

    Each claim gets the figure nearest to the printed one that can stand beside those already chosen.
    """
    gone = frozenset(places) | frozenset(others)
    chosen: dict[int, Claim | None] = {}
    steps: list[Step] = []
    for place in sorted(places):
        claim = trial.assembly.claims[place]
        needed = trial.needed(claim, gone)
        found = _nearest(trial, place, needed, chosen, gone)
        chosen[place] = found
        figure = getattr(found, "figure", None)
        text = "cannot stand" if figure is None else f"has to change: {figure} is the nearest figure that fits"
        name = trial.assembly.ids[place]
        steps.append(Step((name,), (claim,), text, reread=(found,), needed=needed, figure=figure))
    weight = sum((trial.weights[place] for place in places), Fraction(0))
    return Repair(tuple(steps), weight, Fraction(0), trial.repaired(chosen))


def _nearest(
    trial: Trial, place: int, needed: Interval | None, chosen: dict[int, Claim | None], gone: frozenset[int]
) -> Claim | None:
    """The claim with the printable figure that is nearest to its own and fits; None if none was found.

    Between the first figure that what is needed allows and one that a world is known for: what fits is a range, but
    for the gaps that whole numbers leave.
    """
    claim = trial.assembly.claims[place]
    if needed is None or not isinstance(claim, Printed) or claim.figure is None:
        return None
    printer = _Printer.of(claim, claim.figure, trial.assembly.conventions)
    value = trial.value(claim, gone)
    if printer is None or value is None or needed.is_empty:
        return None
    end = needed.lower if needed.lower is not None and printer.value < needed.lower else needed.upper
    first, last = printer.number_of(printer.value if end is None else end), printer.number_of(value)

    def fitting(number: int) -> Claim | None:
        other = printer.claim_of(number)
        said = None if other is None else trial.assembly.stated(other)
        if said is None or not said.overlaps(needed):
            return None
        return other if trial.holds(gone - set(chosen) - {place}, {**chosen, place: other}) else None

    return _nearest_number(first, last, fitting)


def _nearest_number(first: int, last: int, fitting: Callable[[int], Claim | None]) -> Claim | None:
    """The first that fits on the way from one number to another that should: in growing steps, then by bisection."""
    step = 1 if first <= last else -1
    below, ahead, best = first - 2 * step, first - step, None
    for doubled in range(_LONGEST):
        best = fitting(ahead)
        if best is not None or (ahead - last) * step > 0:
            break
        below, ahead = ahead, ahead + step * 2**doubled
    if best is None:
        below, ahead = first - 2 * step, last
        best = next((each for each in map(fitting, (last, last - 1, last + 1)) if each is not None), None)
    while best is not None and (ahead - below) * step > 1:
        middle = (below + ahead) // 2
        other = fitting(middle)
        if other is None:
            below = middle
        else:
            best, ahead = other, middle
    return best


@attrs.frozen
class _Printer:
    """How a claim's figure is printed: one number for each printable figure, in steps of its last place."""

    claim: Printed
    numeral: Numeral
    conventions: Conventions
    places: int
    step: int
    unit: Fraction
    value: Fraction

    @classmethod
    def of(cls, claim: Printed, figure: Figure, conventions: Conventions) -> _Printer | None:
        """Nothing for a range, or a figure whose numeral is not printed in digits."""
        numeral = numeral_of(figure)
        if numeral is None or not numeral.run.digits or figure.is_range or figure.number == 0:
            return None
        scale = Fraction(10) ** own_power(claim)
        places = numeral.run.places
        last = scale * Fraction(10) ** (figure.power - places)
        step = 1 if figure.hedge else max(1, int(figure.unit_in_last_place(conventions) * scale / last))
        sign = -1 if figure.number < 0 else 1
        return cls(claim, numeral, conventions, places, step, sign * last * step, figure.value * scale)

    def number_of(self, value: Fraction) -> int:
        """The printable figure nearest to a value."""
        return round(value / self.unit)

    def claim_of(self, number: int) -> Printed | None:
        """The claim with another printable figure, with the other sign for a number below zero."""
        if self.claim.figure is None or (number < 0 and self.claim.figure.hedge is not None):
            return None
        numeral = self.numeral if number >= 0 else attrs.evolve(self.numeral, before=_turned(self.numeral.before))
        figure = reprinted(self.claim.figure, numeral.write(abs(number) * self.step, self.places))
        if figure is None:
            return None
        own = self.claim.figure.unit_in_last_place(self.conventions)
        if figure.unit_in_last_place(self.conventions) != own and figure.step is None and figure.hedge is None:
            # A zero that happens to come last is as much a printed digit as the one it stands for.
            figure = figure.with_reading(decimals=self.places - (len(str(self.step)) - 1))
        try:
            return attrs.evolve(self.claim, figure=figure)
        except IpmetricsError:
            return None


def _turned(before: str) -> str:
    """What stands before a numeral, with the other sign."""
    bare = before.rstrip("+-−")
    return bare if before.endswith(("-", "−")) else f"{bare}-"
