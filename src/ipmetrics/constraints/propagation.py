"""Bounds propagation: interval contractors run to a fixpoint, with a log of who tightened what.

Every row Σ a·x ≥ b bounds each of its variables by the bounds of the others; products bound their three variables by
each other; bounds of whole numbers are rounded inwards (Davis 1987; Benhamou & Older 1997). Fractions on cycles would
shrink for ever, so steps are counted and long fractions are left alone: what is left unsaid here others decide.
A bound's history gives the fact that proves it.
"""

from __future__ import annotations

import math
from collections import deque
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ipmetrics.constraints.facts import Fact, Quotient, Rounded, Scaled, combine
from ipmetrics.intervals import Interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.constraints.relations import Product

__all__ = ["LOWER", "UPPER", "Propagator"]

LOWER, UPPER = 0, 1
_LONG = 1 << 400
"""Longer ends are not propagated: they come from cycles, which others decide exactly."""


class _Event(NamedTuple):
    """One tightening of one bound, 2·variable + side, by a row (0, 1, …), a product (−2, −3, …) or a choice (−1)."""

    end: int
    value: Fraction | int
    strict: bool
    row: int
    before: int
    antecedents: tuple[int, ...]


class Propagator:
    """Bounds of variables under facts and products.

    Parameters
    ----------
    facts
        The rows.
    products
        Products with their groups.
    whole
        The variables that are whole numbers, each with the group that says so.
    patience
        How many tightenings per row are allowed before it stops short of the fixpoint.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        products: Iterable[tuple[int, Product]],
        whole: Mapping[int, int],
        *,
        patience: int = 24,
    ) -> None:
        self.facts = list(facts)
        self.products = list(products)
        self.whole = whole
        self.rows: list[tuple[tuple[tuple[int, int], ...], int, bool]] = []
        self.watch: dict[int, list[int]] = {}
        self.events: list[_Event] = []
        self.last: dict[int, int] = {}
        self.contradiction: tuple[int, int] | None = None
        self.impossible: Fact | None = None
        self.queue: deque[int] = deque()
        self.queued: set[int] = set()
        for fact in self.facts:
            self._add_row(fact)
        for place, (_, product) in enumerate(self.products):
            for variable in (product.variable, product.factor, product.base):
                self.watch.setdefault(variable, []).append(-2 - place)
            self._enqueue(-2 - place)
        self.left = patience * (len(self.rows) + 3 * len(self.products)) + 64

    def _add_row(self, fact: Fact) -> None:
        terms, bound = fact.integers
        index = len(self.rows)
        self.rows.append((terms, bound, fact.strict))
        if not terms and fact.is_contradiction:
            self.impossible = fact
        for variable, _ in terms:
            self.watch.setdefault(variable, []).append(index)
        self._enqueue(index)

    def _enqueue(self, row: int) -> None:
        if row not in self.queued:
            self.queued.add(row)
            self.queue.append(row)

    @property
    def is_empty(self) -> bool:
        """Whether no values are left for some variable."""
        return self.contradiction is not None or self.impossible is not None

    def bound(self, variable: int, side: int) -> tuple[Fraction | int, bool] | None:
        """An end and whether it is open; None if unbounded."""
        index = self.last.get(2 * variable + side)
        if index is None:
            return None
        event = self.events[index]
        return event.value, event.strict

    def interval(self, variable: int) -> Interval:
        """The values that are left for a variable."""
        low, high = self.bound(variable, LOWER), self.bound(variable, UPPER)
        return Interval(
            None if low is None else low[0],
            None if high is None else high[0],
            lower_closed=low is not None and not low[1],
            upper_closed=high is not None and not high[1],
        )

    def run(self) -> bool:
        """Propagate until nothing changes or patience ends; False if some variable is left without values."""
        while self.queue and not self.is_empty:
            row = self.queue.popleft()
            self.queued.discard(row)
            if self.left <= 0:
                break
            if row >= 0:
                self._row(row)
            else:
                self._product(-2 - row)
        if self.queue:
            self.queue.clear()
            self.queued.clear()
        return not self.is_empty

    def _row(self, index: int) -> None:
        """Σ a·x ≥ b: each a·x is at least b minus the most the others can give."""
        terms, bound, strict = self.rows[index]
        summed = self._most(terms)
        if summed is None:
            return
        over, under, open_ends, missing, used = summed
        open_ends += strict
        rest = bound * under - over
        for place, (variable, factor) in enumerate(terms):
            if missing < 0:
                own = self.events[used[place]]
                above = rest * own.value.denominator + factor * own.value.numerator * under
                below, is_open = under * own.value.denominator, open_ends > own.strict
            elif place == missing:
                above, below, is_open = rest, under, open_ends > 0
            else:
                continue
            side = LOWER if factor > 0 else UPPER
            above, below = (above, below * factor) if factor > 0 else (-above, -below * factor)
            if self._is_news(variable, side, above, below, is_open):
                others = tuple(each for at, each in enumerate(used) if at != place)
                self.tighten(variable, side, Fraction(above, below), is_open, index, others)
                if self.contradiction is not None:
                    return

    def _most(self, terms: tuple[tuple[int, int], ...]) -> tuple[int, int, int, int, list[int]] | None:
        """The most a sum can be, over/under, how many open ends it has, the place without bound, the bounds used.

        Sums are kept as integers over integers, and a fraction is made only where a bound is tightened: this is where
        most of the engine's time goes. None if two places are without bound.
        """
        last, events = self.last, self.events
        over, under, open_ends, missing = 0, 1, 0, -1
        used: list[int] = []
        for place, (variable, factor) in enumerate(terms):
            event = last.get(2 * variable + (factor > 0), -1)
            used.append(event)
            if event < 0:
                if missing >= 0:
                    return None
                missing = place
                continue
            _, value, is_open, *_ = events[event]
            open_ends += is_open
            if type(value) is int:
                over += factor * value * under
            else:
                size = value.denominator
                over = over * size + factor * value.numerator * under
                under *= size
        return over, under, open_ends, missing, used

    def _is_news(self, variable: int, side: int, above: int, below: int, strict: bool) -> bool:  # noqa: FBT001 - hot
        """Whether the bound above/below is tighter than the one known, before any rounding."""
        event = self.last.get(2 * variable + side)
        if event is None:
            return True
        _, value, known_strict, *_ = self.events[event]
        gap = above * value.denominator - value.numerator * below
        if gap == 0:
            return strict and not known_strict
        return gap > 0 if side == LOWER else gap < 0

    def tighten(
        self,
        variable: int,
        side: int,
        value: Fraction | int,
        strict: bool,  # noqa: FBT001 - the hottest call of the engine
        row: int = -1,
        antecedents: tuple[int, ...] = (),
    ) -> None:
        """Note a bound if it is tighter than the one known."""
        if variable in self.whole:
            if side == LOWER:
                value = math.floor(value) + 1 if strict else math.ceil(value)
            else:
                value = math.ceil(value) - 1 if strict else math.floor(value)
            strict = False
        end = 2 * variable + side
        before = self.last.get(end, -1)
        if before >= 0:
            known = self.events[before]
            tighter = value > known.value if side == LOWER else value < known.value
            if not tighter and (value != known.value or known.strict or not strict):
                return
        if value.denominator == 1:
            value = value.numerator
        if value.denominator > _LONG or not -_LONG < value.numerator < _LONG:
            return
        self.events.append(_Event(end, value, strict, row, before, antecedents))
        self.last[end] = len(self.events) - 1
        self.left -= 1
        other = self.last.get(end ^ 1)
        if other is not None:
            far = self.events[other]
            gap = far.value - value if side == LOWER else value - far.value
            if gap < 0 or (gap == 0 and (strict or far.strict)):
                pair = (len(self.events) - 1, other)
                self.contradiction = pair if side == LOWER else (pair[1], pair[0])
                return
        for watcher in self.watch.get(variable, ()):
            if watcher != row or row < 0 or len(self.rows[row][0]) > 2:
                self._enqueue(watcher)

    def _product(self, place: int) -> None:
        """variable = k · base, k = offset + scale · factor: bounds of each from the other two."""
        _, product = self.products[place]
        row = -2 - place
        for side in (LOWER, UPPER):
            self._product_result(product, row, side)
            self._product_factor(product, row, side)
            self._product_base(product, row, side)
            if self.contradiction is not None:
                return

    def _size(self, product: Product, side: int) -> tuple[int, Fraction, bool] | None:
        """The event and the bound of k = offset + scale · factor on a side."""
        index = self.last.get(2 * product.factor + (side if product.scale > 0 else 1 - side))
        if index is None:
            return None
        event = self.events[index]
        value = Fraction(event.value)
        if product.scale.numerator != product.scale.denominator:
            value *= product.scale
        if product.offset.numerator:
            value += product.offset
        return index, value, event.strict

    def _product_result(self, product: Product, row: int, side: int) -> None:
        """result ≥ k · base with k and base at their least (k ≥ 0), and so for the most."""
        size, base = self._size(product, side), self.last.get(2 * product.base + side)
        if size is None or base is None or size[1] < 0:
            return
        event = self.events[base]
        strict = size[2] or (event.strict and size[1] > 0)
        if event.value >= 0:
            self.tighten(product.variable, side, size[1] * event.value, strict, row, (size[0], base))

    def _product_factor(self, product: Product, row: int, side: int) -> None:
        """k ≥ result / base with result at its least (≥ 0) and base at its most, and so for the most."""
        result, base = self.last.get(2 * product.variable + side), self.last.get(2 * product.base + 1 - side)
        if result is None or base is None:
            return
        above, below = self.events[result], self.events[base]
        if above.value < 0 or below.value <= 0:
            return
        value = (Fraction(above.value) / below.value - product.offset) / product.scale
        strict = above.strict or (below.strict and above.value > 0)
        to = side if product.scale > 0 else 1 - side
        self.tighten(product.factor, to, value, strict, row, (result, base))

    def _product_base(self, product: Product, row: int, side: int) -> None:
        """base ≥ result / k with result at its least and k at its most (> 0), and so for the most."""
        result, size = self.last.get(2 * product.variable + side), self._size(product, 1 - side)
        if result is None or size is None or size[1] <= 0:
            return
        above = self.events[result]
        if above.value < 0:
            return
        strict = above.strict or (size[2] and above.value > 0)
        self.tighten(product.base, side, Fraction(above.value) / size[1], strict, row, (result, size[0]))

    def mark(self) -> int:
        """Where the log stands, to come back to."""
        return len(self.events)

    def undo(self, mark: int) -> None:
        """Forget every tightening since the mark."""
        while len(self.events) > mark:
            event = self.events.pop()
            if event.before >= 0:
                self.last[event.end] = event.before
            else:
                del self.last[event.end]
        self.contradiction = None
        self.queue.clear()
        self.queued.clear()

    def refutation(self) -> Fact:
        """The fact 0 ≥ 1, or the like, behind an empty result."""
        if self.impossible is not None:
            return self.impossible
        if self.contradiction is None:
            message = "nothing is refuted: some values are left for every variable"
            raise AssertionError(message)
        low, high = self.contradiction
        known = self.facts_of((low, high))
        return combine([(Fraction(1), known[low]), (Fraction(1), known[high])])

    def fact_of(self, variable: int, side: int) -> Fact | None:
        """The fact behind a bound; None if unbounded."""
        index = self.last.get(2 * variable + side)
        return None if index is None else self.facts_of((index,))[index]

    def bounds_of(self, variables: Iterable[int]) -> list[Fact]:
        """The facts behind every bound of some variables."""
        ends = [self.last.get(2 * variable + side) for variable in variables for side in (LOWER, UPPER)]
        wanted = tuple(end for end in ends if end is not None)
        known = self.facts_of(wanted)
        return [known[end] for end in wanted]

    def facts_of(self, wanted: tuple[int, ...]) -> dict[int, Fact]:
        """The facts behind events, in the order of the log, each built once."""
        needed: set[int] = set()
        stack = list(wanted)
        while stack:
            index = stack.pop()
            if index not in needed:
                needed.add(index)
                stack.extend(self.events[index].antecedents)
        known: dict[int, Fact] = {}
        for index in sorted(needed):
            known[index] = self._fact(self.events[index], known)
        return known

    def _fact(self, event: _Event, known: Mapping[int, Fact]) -> Fact:
        variable, side = event.end >> 1, event.end & 1
        sign = Fraction(-1 if side else 1)
        loose = self._row_fact(event, known) if event.row >= 0 else self._product_fact(event, known)
        weight = abs(dict(loose.terms)[variable])
        if weight != 1:
            loose = combine([(1 / weight, loose)])
        if variable in self.whole and (loose.bound != sign * event.value or loose.strict):
            return Fact(loose.terms, sign * event.value, strict=False, reason=Rounded(loose, (self.whole[variable],)))
        return loose

    def _row_fact(self, event: _Event, known: Mapping[int, Fact]) -> Fact:
        row = self.facts[event.row]
        others = [term for term in row.terms if term[0] != event.end >> 1]
        if not others:
            return row
        used = zip(others, event.antecedents, strict=True)
        return combine([(Fraction(1), row), *((abs(factor), known[index]) for (_, factor), index in used)])

    def _product_fact(self, event: _Event, known: Mapping[int, Fact]) -> Fact:
        """The product's bound, as a scaled fact combined with the base's bound, or as a quotient."""
        group, product = self.products[-2 - event.row]
        variable, side = event.end >> 1, event.end & 1
        first, second = (known[index] for index in event.antecedents)
        if variable == product.factor:
            return quotient_fact(group, product, first, second, sign=Fraction(-1 if side else 1))
        if variable == product.variable:
            size, base = first, second
        else:
            size, base = second, first
        scaled = scaled_fact(group, product, size)
        if variable == product.variable:
            weight = abs(dict(scaled.terms).get(product.base, Fraction(0)))
            return combine([(Fraction(1), scaled), (weight, base)]) if weight else scaled
        return combine([(Fraction(1), scaled), (Fraction(1), base)])


def quotient_fact(group: int, product: Product, result: Fact, base: Fact, *, sign: Fraction) -> Fact:
    """From a bound on a product's result and the opposite one on its base, a bound on its factor."""
    above, below = result.bound / result.terms[0][1], base.bound / base.terms[0][1]
    value = (above / below - product.offset) / product.scale
    strict = result.strict or (base.strict and above > 0)
    return Fact(((product.factor, sign),), sign * value, strict, Quotient(group, product, result, base))


def scaled_fact(group: int, product: Product, factor: Fact) -> Fact:
    """From ±factor ≥ b and base > 0: ±(result − (offset ± scale · b) · base) ≥ 0."""
    weight = factor.terms[0][1]
    size = product.offset + product.scale * (factor.bound / weight)
    sign = Fraction(1) if weight * product.scale > 0 else Fraction(-1)
    terms = tuple(term for term in ((product.variable, sign), (product.base, -sign * size)) if term[1])
    return Fact(terms, Fraction(0), factor.strict, Scaled(group, product, factor))
