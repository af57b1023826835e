"""Which label belongs to which row, if labels may have moved: the cheapest matching, and the price of every other.

This room knows matrices: which pairs of a row and a label are possible, and how far each pair is from expectation. It
has never seen a table or a figure. What is proved is proved in whole numbers: a pair is struck out only if no matching
of possible pairs has it (Régin 1994, *A filtering algorithm for constraints of difference in CSPs*). How far is too
far is never set by hand: deviations are taken to follow Laplace's law, under which each costs its size over the
spread, and the spread is read off the rows themselves, every pair counted by how well it fits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs
import numpy as np

from ipmetrics.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]
    Prices = NDArray[np.int64]
    Places = NDArray[np.intp]
    Spreads = dict[str, tuple[float, float]]

__all__ = ["ODDS", "Matching", "allowed_pairs", "match_rows", "prices"]

ODDS = 20.0
"""How many times likelier than every other a label must be to be called likely: the customary 5 percent."""

_PER_NAT = 10_000
"""Prices are whole numbers, so many to one factor e of likelihood: their sums and comparisons are exact."""

_TIE = 1 / _PER_NAT
"""The least price: of labels that fit equally well the printed one is taken."""

_LEAST_SPREAD = 0.01
"""No series of counts keeps its proportions to better than one percent; so a spread is never nothing."""

_SETTLED = 0.01
"""Spreads have settled when they change by less than one percent: a few dozen rows tell them to ten percent or so."""

_HALF = 0.5 - 1e-9
"""A median between two values is the lower one, in whatever order their weights were added up."""

_ROUNDS = 50
"""They settle within ten rounds or so; this only makes sure that it ends."""


@attrs.frozen(eq=False)
class Matching:
    """A label for every row: the cheapest ones, and what exact constraints and prices leave of the others.

    Attributes
    ----------
    best
        The label of each row in the cheapest matching: of those with the fewest impossible pairs.
    price
        For each pair, how much dearer the cheapest matching becomes that has it: the natural logarithm of the odds.
    exact
        The pairs that some matching of possible pairs has; all possible pairs if there is no such matching.
    plausible
        The exact pairs that no other is so many times likelier than.
    complete
        Whether a matching of possible pairs exists. If not, something else is wrong, and nothing is proved.
    spreads
        Centre and spread of each kind of deviation.
    cost
        What the cheapest matching costs, its spreads included: the lower, the likelier.
    gain
        How much likelier it is that the labels moved so than that they stand and impossible rows hold wrong figures:
        the natural logarithm of the odds. Zero if no label moved.
    """

    best: Places
    price: Numbers
    exact: Flags
    plausible: Flags
    complete: bool
    spreads: Spreads
    cost: float
    gain: float


def match_rows(
    possible: Flags,
    deviations: Mapping[str, Numbers],
    unlike: Numbers,
    printed: Places,
    *,
    at_most: Flags | None = None,
    parts: Iterable[tuple[int, int]] = (),
    odds: float = ODDS,
) -> Matching:
    """Match rows (first axis) with labels (second); there are at least as many labels, each for one row at most.

    Parameters
    ----------
    possible
        Whether a row can carry a label at all, whatever the other rows carry.
    deviations
        For each kind of evidence, the logarithm of what is found over what is expected, up to a constant that is found
        out; NaN where nothing is known.
    unlike
        How unlike a row and a label are in size: for a first matching only, from which spreads can be read.
    printed
        The label printed on each row. It counts for as much as the labels prove worth: for the odds of keeping its
        label among the rows that can be decided without it, and never against it.
    at_most, parts
        Which row is in no number larger than which other; and pairs of labels, a part and its whole.
    odds
        How many times likelier than all others a label must be.

    Raises
    ------
    TableError
        If scipy is not installed.
    """
    rows = np.arange(len(printed))
    hopeless = ~possible.any(axis=1, keepdims=True)  # no label explains such a row: the others are matched without it
    found = allowed_pairs(possible | hopeless, at_most, parts)
    exact = possible if found is None else found & possible
    complete = found is not None and not hopeless.any()
    fit = _fitted(exact, deviations, unlike, _against(printed, possible.shape, _TIE))
    cost = fit.cost
    choosy = _fitted(exact, deviations, unlike, _against(printed, possible.shape, math.log(max(2, len(rows)))))
    gain = max(_gain(best, deviations, possible, printed) for best in (fit.best, choosy.best))
    plausible = exact & (fit.price < math.log(odds))
    decided = plausible.sum(axis=1) == 1
    stands = plausible[rows, printed]
    trust = math.log((np.sum(decided & stands) + 0.5) / (np.sum(decided & ~stands) + 0.5))
    if trust > 0:
        fit = _fitted(exact, deviations, unlike, _against(printed, possible.shape, trust))
        plausible = exact & (fit.price < math.log(odds))
    return Matching(fit.best, fit.price, exact, plausible, complete, fit.spreads, cost, gain)


# ------------------------------------------------------------------------------ exact
def prices(cost: Prices) -> tuple[Places, Prices]:
    """Return the cheapest matching, and how much dearer the cheapest one becomes that has each pair; exact.

    To give a row another label takes that label from its row, which takes another, and so on until the label that
    the first row gave up is used again or is left over: the cheapest such chain is a shortest path (Floyd-Warshall).
    """
    labels = cost.shape[1]
    padded = np.zeros((labels, labels), dtype=np.int64)  # rows that take the labels left over, for nothing
    padded[: cost.shape[0]] = cost
    match = _assigned(padded)
    owner = np.empty(labels, dtype=np.intp)
    owner[match] = np.arange(labels)
    # step[a, b]: what it costs more if the row that has label a takes label b instead.
    step = padded[owner] - np.diagonal(padded[owner])[:, None]
    chain = np.empty_like(step)
    for middle in range(labels):
        np.add(step[:, middle, None], step[middle], out=chain)
        np.minimum(step, chain, out=step)
    mine = match[: cost.shape[0]]
    rows = np.arange(cost.shape[0])
    extra = cost - cost[rows, mine][:, None] + step[:, mine].T
    extra[rows, mine] = 0
    return mine, extra


def _assigned(cost: Prices) -> Places:
    """Return the label of each row in the cheapest matching of as many rows as labels."""
    try:
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - an optional extra, loaded when it is asked for
    except ImportError:
        way_out = 'install it: pip install "ipmetrics[tables]"'
        raise TableError("no scipy", rule="labels are matched with scipy", way_out=way_out) from None
    match: Places = linear_sum_assignment(cost)[1]
    return match


def allowed_pairs(possible: Flags, at_most: Flags | None = None, parts: Iterable[tuple[int, int]] = ()) -> Flags | None:
    """Strike out the pairs that no matching of possible pairs has; None if there is no such matching.

    With parts, a row can carry a part's label only if another, no smaller one can carry its whole's, and the other way
    round. That is asked of each part by itself, so that a pair that is left may still be impossible; one that is
    struck out never is possible.
    """
    smaller = ~np.eye(len(possible), dtype=bool) if at_most is None else at_most
    parts, allowed = tuple(parts), possible
    while True:
        left = allowed.copy()
        for part, whole in parts:
            left[:, part] &= (smaller & left[:, whole]).any(axis=1)
            left[:, whole] &= (smaller & left[:, [part]]).any(axis=0)
        match, extra = prices((~left).astype(np.int64))
        if not left[np.arange(len(left)), match].all():
            return None
        left &= extra == 0
        if (left == allowed).all():
            return left
        allowed = left


# ------------------------------------------------------------------------------ likely
@attrs.frozen(eq=False)
class _Fit:
    """The cheapest matching under the spreads that fit it."""

    best: Places
    price: Numbers
    spreads: Spreads
    cost: float


def _against(printed: Places, shape: tuple[int, ...], price: float) -> Numbers:
    """Return what stands against labels because others are printed."""
    against = np.full(shape, price)
    against[np.arange(len(printed)), printed] = 0.0
    return against


def _fitted(allowed: Flags, deviations: Mapping[str, Numbers], unlike: Numbers, against: Numbers) -> _Fit:
    """Return the better fit of two: from labels in the order of their sizes, and from the printed ones."""
    extra = _priced(allowed, unlike + against)[1]
    guesses = (allowed & (extra == 0), allowed & (against == 0))
    fits = [_settled_from(guess.astype(float), allowed, deviations, against) for guess in guesses]
    return min(fits, key=lambda fit: fit.cost)


def _settled_from(weight: Numbers, allowed: Flags, deviations: Mapping[str, Numbers], against: Numbers) -> _Fit:
    """Let spreads and prices settle: pairs count by their prices, and prices follow from the spreads of the pairs."""
    every = {name: _spread(deviation, allowed.astype(float))[1] for name, deviation in deviations.items()}
    spreads: Spreads = {}
    best, extra, total = np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64), 0.0
    for _ in range(_ROUNDS):
        before, spreads = spreads, {name: _spread(deviation, weight) for name, deviation in deviations.items()}
        if before and all(_settled(before[name], spreads[name]) for name in spreads):
            break
        nats = against + sum(_nats(deviation, *spreads[name], every[name]) for name, deviation in deviations.items())
        best, extra = _priced(allowed, nats)
        total = math.fsum(nats[np.arange(len(best)), best].tolist())
        weight = np.where(allowed, np.exp(-extra / _PER_NAT), 0.0)
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    cost = total + len(best) * sum(math.log(2 * spread) for _, spread in spreads.values())
    return _Fit(best, extra / _PER_NAT, spreads, cost)


def _priced(allowed: Flags, nats: Numbers) -> tuple[Places, Prices]:
    """Return the cheapest matching and all prices, a pair that is not allowed being dearer than everything else."""
    cost = np.rint(nats * _PER_NAT).astype(np.int64)
    return prices(cost + np.where(allowed, 0, 1 + len(cost) * int(cost.max(initial=0))))


def _settled(before: tuple[float, float], after: tuple[float, float]) -> bool:
    return max(abs(before[0] - after[0]), abs(before[1] - after[1])) <= _SETTLED * after[1]


def _spread(deviation: Numbers, weight: Numbers) -> tuple[float, float]:
    """Return the weighted median of a deviation and the mean distance from it."""
    known = ~np.isnan(deviation) & (weight > 0)
    if not known.any():
        return 0.0, 1.0
    order = np.argsort(deviation[known], kind="stable")
    found, weights = deviation[known][order], weight[known][order].astype(float)
    passed = np.cumsum(weights)
    centre = found[np.searchsorted(passed, passed[-1] * _HALF)]
    distance = math.fsum((weights * np.abs(found - centre)).tolist())
    spread = distance / max(1.0, math.fsum(weights.tolist()) - 1)  # one row's worth of freedom went into the centre
    return float(centre), max(spread, _LEAST_SPREAD)


def _nats(deviation: Numbers, centre: float, spread: float, every: float) -> Numbers:
    """Return what each pair costs for one kind of evidence: its distance from the centre in spreads.

    A pair that nothing is known of is taken to be as far off as any two, true or not, may be: it costs what such a pair
    does on average under the wider spread of all, whose likelihood is that much thinner.
    """
    unknown = 1.0 + math.log(max(1.0, every / spread))
    return np.where(np.isnan(deviation), unknown, np.abs(deviation - centre) / spread)


def _gain(best: Places, deviations: Mapping[str, Numbers], possible: Flags, printed: Places) -> float:
    """Weigh the cheapest labels against the printed ones, whatever the spreads are.

    Of n labels k can be moved in about n!/(n−k)! ways, and one of them will fit a little better by chance: it must be
    as many times likelier before it counts. A row that its label makes impossible may hold a wrong figure instead: it
    is then any of n rows, and anything may stand there. The spread being unknown, likelihood falls with a power of the
    mean distance (Jeffreys's prior), of which few rows cannot make much.
    """
    rows = np.arange(len(printed))
    moved = int(np.sum(best != printed))
    gain: float = math.lgamma(len(rows) - moved + 1) - math.lgamma(len(rows) + 1)
    gain += math.log(len(rows)) * (int(np.sum(~possible[rows, printed])) - int(np.sum(~possible[rows, best])))
    for deviation in deviations.values():
        every = _spread(deviation, np.ones(deviation.shape))[1]
        before, after = (_thinness(deviation[rows, each][possible[rows, each]], every) for each in (printed, best))
        gain += before - after
    return gain


def _thinness(deviation: Numbers, every: float) -> float:
    """Return how unlikely distances from their median are, beyond those of any pairs, as a logarithm."""
    known = deviation[~np.isnan(deviation)]
    if len(known) < 2:
        return 0.0
    return (len(known) - 1) * math.log(_spread(known, np.ones(known.shape))[1] / every)
