"""Notes: what is no error and yet a careful reader would look at twice, in words beside the verdicts.

Each note is a statement that the claims prove: in every world in which they hold it is true. This room knows what is
odd; it changes no verdict, and where nothing is proved it keeps silent.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ipmetrics.constraints.exact import decide
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.ranges import Quotient, Sum, span
from ipmetrics.constraints.relations import AnyOf, Linear, Product, Whole, Within, holds, variables_of
from ipmetrics.findings import AssumptionKind, ClaimVerdict
from ipmetrics.findings.wording import interval_words, listed, printed, unit_words
from ipmetrics.intervals import Interval, format_number
from ipmetrics.model.claims import Level, Rank, Share, Total, observations_of
from ipmetrics.model.figures import Hedge
from ipmetrics.model.indicators import Measure
from ipmetrics.model.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ipmetrics.checks.assembly import Assembly
    from ipmetrics.constraints.network import Network
    from ipmetrics.constraints.ranges import Expression
    from ipmetrics.constraints.relations import Relation
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions
    from ipmetrics.model.observations import Observation

__all__ = ["Remarks", "odd_hedge", "of_figure", "remarks"]

_ONLY_ROUNDING = "fits only thanks to rounding"
_ABOVE = {Hedge.OVER, Hedge.AT_LEAST}
_ONE_SIDED = {*_ABOVE, Hedge.UNDER, Hedge.AT_MOST}
_ODD = Fraction(1, 10)
"""How far beyond a hedged figure is odd, as a part of it: twice what "about" is read as, so that it would not do."""
_ABSURD = 10
"""How many times more, or less, in a year is absurd: few things that an office counts grow tenfold."""
_MANY = 100
"""How many counted things must be left for their course to mean anything: of fewer, one case or two make a tenfold."""
_EFFORT = 40
_UNSIGNED = Interval.at_least(0)
_SHOWN_PARTS = 3


# ---------------------------------------------------------------------- one figure against the others


_Pieces = list[tuple[Interval, Fraction | None]]
"""Each piece of what the others imply, with how well the stated figure fits it."""


def of_figure(
    claim: Claim,
    verdict: ClaimVerdict,
    stated: Interval,
    implied: Interval,
    pieces: _Pieces,
    conventions: Conventions,
) -> tuple[str, ...]:
    """Notes on a printed figure that holds, given what the others imply of it and the pieces of that, in base units."""
    if verdict is ClaimVerdict.CONSISTENT and _only_rounding(stated, pieces):
        return (_ONLY_ROUNDING,)
    if verdict in {ClaimVerdict.CONSISTENT, ClaimVerdict.ENTAILED}:
        odd = odd_hedge(claim, stated, implied, conventions)
        return () if odd is None else (odd,)
    return ()


def _only_rounding(stated: Interval, pieces: _Pieces) -> bool:
    """Whether the middle of what the others imply lies outside what is stated, in every piece of it.

    A stated interval that lies wholly inside a wider implied one owes nothing to rounding, wherever its middle is.
    """
    middles = ((piece.midpoint, fit) for piece, fit in pieces)
    return all(middle is not None and fit is not None and fit < 1 and middle not in stated for middle, fit in middles)


def odd_hedge(claim: Claim, stated: Interval, implied: Interval, conventions: Conventions) -> str | None:
    """That a one-sided figure is far from all that the others imply, and how far; None where it is not.

    Far is more than a tenth of the printed value and more than one unit of its last place: "over 3 %" is no odd way to
    say 3.9 %.
    """
    if not isinstance(claim, Printed) or claim.figure is None:
        return None
    figure = claim.figure
    if figure.hedge not in _ONE_SIDED or not figure.value or implied.is_empty:
        return None
    # "Nearly −5 %" ends at zero too: the printed end is the one that the hedge opens from.
    ends = (stated.lower, stated.upper) if figure.hedge in _ABOVE else (stated.upper, stated.lower)
    if figure.value < 0:
        ends = ends[1], ends[0]
    value = ends[0]
    if value is None:
        return None
    far = max(_ODD * abs(value), figure.unit_in_last_place(conventions) * (value / figure.value))
    greater = (figure.hedge in _ABOVE) is (value > 0)
    beyond = Interval.more_than(value + far) if greater else Interval.less_than(value - far)
    near = implied.lower if greater else implied.upper
    if near is None or not implied.issubset(beyond):
        return None
    text = f"an odd hedge: {figure}, and the others imply {_shown(implied, claim)}"
    return text + _compared(near / value, exact=implied.is_point)


def _shown(implied: Interval, claim: Claim) -> str:
    """What is implied as the claim would print it, a whole number with its thousands grouped."""
    words = interval_words(implied, claim)
    if not implied.is_point:
        return words
    number = printed(implied, claim).lower or Fraction(0)
    grouped = f"{int(number):,}" if number.denominator == 1 else words[1 : words.index("}")]
    return grouped + words[words.index("}") + 1 :]


def _compared(times: Fraction, *, exact: bool) -> str:
    """How many times the printed value it is, to two digits, cut so that no more is said than is so."""
    if times <= 0:
        return ""
    digits = Fraction(1)
    while times * digits < 10:
        digits *= 10
    cut = (math.floor if times > 1 else math.ceil)(times * digits) / digits
    bound = "" if exact else "at least " if times > 1 else "at most "
    return f" ({bound}{format_number(cut)} times as much)"


# ---------------------------------------------------------------------- a consistent part as a whole


class Standing(NamedTuple):
    """A connected part that holds together, with values that satisfy it."""

    network: Network
    values: Mapping[int, Fraction]


@attrs.frozen
class Remarks:
    """Notes on claims, by place, and notes on the set."""

    of_claims: dict[int, list[str]] = attrs.field(factory=dict)
    of_set: list[str] = attrs.field(factory=list)


def remarks(assembly: Assembly, standing: list[Standing]) -> Remarks:
    """Notes on the parts that hold together that no single figure shows."""
    made = Remarks()
    for part in standing:
        for rate, text in _denominators(assembly, part):
            levels = [group for group in _claims(assembly, part) if _is_level_of(assembly.claims[group], rate)]
            for group in levels:
                made.of_claims.setdefault(group, []).append(text)
            if not levels:
                made.of_set.append(f"{rate} {text}")
    made.of_set.extend(_odd_rests(assembly, standing))
    return made


def _claims(assembly: Assembly, part: Standing) -> list[int]:
    return [group for group in part.network.active if group < len(assembly.claims)]


def _is_level_of(claim: Claim, observation: Observation) -> bool:
    return isinstance(claim, Level) and claim.subject == observation


# ---------------------------------------------------------------------- which year's people


def _denominators(assembly: Assembly, part: Standing) -> Iterator[tuple[Observation, str]]:
    """Rates whose definition leaves two denominators open, and only one of them fits."""
    for group, relation in part.network.relations:
        if not isinstance(relation, AnyOf) or group not in assembly.background:
            continue
        fitting = [all(holds(each, part.values) for each in alternative) for alternative in relation.alternatives]
        if fitting.count(True) != 1:
            continue  # the values fit with both
        fits = fitting.index(True)
        other = relation.alternatives[1 - fits]
        if _is_open(part.network, group, other):
            continue
        if decide(part.network.without([group]).plus(other), Budget(_EFFORT)).is_inconsistent:
            rate, _, *below = assembly.assumption(group).observations
            yield rate, f"fits only with {_dated(below[fits], before=fits == 1)}"


def _is_open(part: Network, definition: int, alternative: tuple[Relation, ...]) -> bool:
    """Whether nothing but its own range binds the denominator of an alternative, so that it can be made to fit."""
    bases = {each.base for each in alternative if isinstance(each, Product)}
    return not any(
        group != definition and not bases.isdisjoint(variables_of(relation))
        for group, relation in part.relations
        if not isinstance(relation, Whole) and not (isinstance(relation, Within) and relation.interval == _UNSIGNED)
    )


def _dated(observation: Observation, *, before: bool) -> str:
    """A denominator with its time: the resident population at the end of 2018, the year before."""
    period = observation.period
    if observation.indicator.measure is not Measure.STOCK:
        when = f"of {period}"
    elif (period.end.month, period.end.day) == (12, 31):
        when = f"at the end of {period.end.year}"
    else:
        when = f"on {period.end.isoformat()}"
    return f"the {observation.indicator} {when}, {'the year before' if before else 'not that of the year before'}"


# ---------------------------------------------------------------------- what parts leave over


class _Rest(NamedTuple):
    """A whole without some of its parts, in a year and the year before."""

    now: tuple[Observation, ...]
    then: tuple[Observation, ...]

    def terms(self, assembly: Assembly) -> tuple[dict[int, Fraction], dict[int, Fraction]]:
        """The whole once and each part minus once, now and then."""
        signs = [Fraction(1), *(Fraction(-1) for _ in self.now[1:])]
        now, then = (
            dict(zip(map(assembly.places.__getitem__, year), signs, strict=True)) for year in (self.now, self.then)
        )
        return now, then

    def __str__(self) -> str:
        """The whole without its parts, in words."""
        whole, *parts = self.now
        named = [part.place if part.indicator == whole.indicator else str(part) for part in parts[:_SHOWN_PARTS]]
        more = len(parts) - len(named)
        return f"{whole} without {listed([*named, f'{more} more'] if more else named)}"


def _odd_rests(assembly: Assembly, standing: list[Standing]) -> Iterator[str]:
    """Wholes whose rest would have grown or fallen absurdly in a year, or been negative."""
    values = {place: value for part in standing for place, value in part.values.items()}
    made: set[str] = set()
    for rest in _rests(assembly, standing, values):
        # What is absurd in every world, or negative, is so in this one: few are looked into.
        now, then = (sum(sign * values[place] for place, sign in year.items()) for year in rest.terms(assembly))
        if now > _ABSURD * then or then > _ABSURD * now:
            text = _odd_rest(assembly, standing, rest)
            made |= set() if text is None else {text}
    yield from sorted(made)


def _rests(assembly: Assembly, standing: list[Standing], values: Mapping[int, Fraction]) -> Iterator[_Rest]:
    """Wholes and parts that claims or assumptions name, known in two years."""
    years: dict[Observation, Observation | None] = {}
    figured: set[Observation] | None = None
    ends = {each.period.end.year for each in assembly.observations}

    def before(observation: Observation) -> Observation | None:
        if observation.period.end.year - 1 not in ends:
            return None
        if observation not in years:
            earlier = observation.moved(period=observation.period.year_before)
            years[observation] = earlier if assembly.places.get(earlier) in values else None
        return years[observation]

    for (whole, *named), complete in dict.fromkeys(each for part in standing for each in _parts(assembly, part)):
        then = before(whole)
        if then is None or whole.indicator.signed:
            continue
        # What is printed as a share of another year's whole leaves no rest of it.
        parts = [each for each in named if each.key[2].is_within(whole.key[2])]
        if complete or len(named) > 1:
            figured = _figured(assembly, standing) if figured is None else figured
            parts = [each for each in parts if each in figured]
            if complete and len(parts) == len(named):
                continue  # nothing is left over
        known = [(each, earlier) for each in parts if (earlier := before(each)) is not None]
        if known:
            yield _Rest((whole, *(each for each, _ in known)), (then, *(earlier for _, earlier in known)))


def _parts(assembly: Assembly, part: Standing) -> Iterator[tuple[tuple[Observation, ...], bool]]:
    """Each whole with parts that do not overlap, a single one or some of a total, and whether these are all."""
    conventions, count = assembly.conventions, len(assembly.claims)
    for group in part.network.active:
        if group >= count:
            assumption = assembly.assumption(group)
            if assumption.kind is AssumptionKind.PART_OF and len(assumption.observations) == 2:
                yield assumption.observations[::-1], False
            continue
        claim = assembly.claims[group]
        if isinstance(claim, Share) and conventions.part_of:
            yield (claim.of, claim.subject), False
        elif isinstance(claim, Total) and claim.disjoint and conventions.partitions:
            yield (claim.subject, *claim.parts), claim.complete
        elif isinstance(claim, Total):
            yield from (((claim.subject, each), False) for each in claim.parts)


def _figured(assembly: Assembly, standing: list[Standing]) -> set[Observation]:
    """The observations that some claim has a figure of."""
    claims = (assembly.claims[group] for part in standing for group in _claims(assembly, part))
    return {each for claim in claims if not isinstance(claim, (Total, Rank)) for each in observations_of(claim)}


def _odd_rest(assembly: Assembly, standing: list[Standing], rest: _Rest) -> str | None:
    """What is proved of a rest that is odd: that it is negative, or changes more than tenfold; else None."""
    count = len(assembly.observations)
    network = assembly.network.only([group for part in standing for group in part.network.active]).plus(
        Linear((*year.items(), (place, Fraction(-1))), Interval.point(0))
        for place, year in enumerate(rest.terms(assembly), count)
    )
    now, then = (_range(network, Sum(((place, Fraction(1)),))) for place in (count, count + 1))
    if assembly.conventions.whole and all(each.indicator.whole for each in rest.now):
        now, then = now.whole_numbers(), then.whole_numbers()
    growth = _range(network, Quotient(count, count + 1))
    told = _course(rest, now, then, growth)
    if told is None:
        return None
    indicator = rest.now[0].indicator
    return f"{rest}: {told}, from {then / indicator.printed} to {now / indicator.printed} {unit_words(indicator)}"


def _range(network: Network, expression: Expression) -> Interval:
    return span(network, expression, Budget(_EFFORT), attain=False).interval


def _course(rest: _Rest, now: Interval, then: Interval, growth: Interval) -> str | None:
    """What is odd in the course of a rest, from outer bounds of it in both years and of its quotient."""
    for interval, year in ((now, rest.now), (then, rest.then)):
        if interval.upper is not None and interval.upper < 0:
            return f"the rest would be negative in {year[0].period}"
    if now.lower is None or then.lower is None or min(now.lower, then.lower) < 0 or not _is_many(rest, now, then):
        return None
    if then.upper == 0 < now.lower:
        return "the rest would have come from nothing in a year"
    # A quotient says nothing of a base of zero, and there only what is more than nothing has grown.
    if max(now.lower, then.lower) > 0 and growth.lower is not None and growth.lower > _ABSURD:
        return f"the rest would have grown at least {int(growth.lower)}-fold in a year"
    if then.lower > 0 and growth.upper is not None and growth.upper * _ABSURD < 1:
        fall = math.floor(100 * (1 - growth.upper))
        return f"the rest would have fallen by at least {fall} % in a year"
    return None


def _is_many(rest: _Rest, now: Interval, then: Interval) -> bool:
    """Whether so much is left in one of the years that its course means something."""
    if not rest.now[0].indicator.whole:
        return True
    return any(each.lower is not None and each.lower >= _MANY for each in (now, then))
