"""What claims mean, written down a second time and as plainly as can be: the twin that every verdict is held against.

Nothing here is taken from the checks or from the engine. One text says what claims and assumptions assert; it is read
over exact numbers, where it judges a witness, and over the unknowns of z3, where it is a judge of its own.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

import z3

from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.model.figures import Conventions, Figure, FigureForm
from ipmetrics.model.indicators import DenominatorPeriod, Growth, Indicator, Measure, Rate, ShareOf
from ipmetrics.model.observations import Member, Observation
from ipmetrics.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Value = Any  # a Fraction, or an unknown of z3
Truth = Any  # a bool, or a formula of z3
CAUTIOUS = Conventions()
Answer = Literal["sat", "unsat", "unknown"]


class Numbers:
    """The words of logic over exact numbers."""

    @staticmethod
    def number(value: Fraction | int) -> Value:
        return Fraction(value)

    @staticmethod
    def both(truths: Iterable[Truth]) -> Truth:
        return all(list(truths))

    @staticmethod
    def either(truths: Iterable[Truth]) -> Truth:
        return any(list(truths))

    @staticmethod
    def count(truths: Iterable[Truth]) -> Value:
        return sum(bool(truth) for truth in truths)

    @staticmethod
    def whole(value: Value) -> Truth:
        return value.denominator == 1


class Unknowns(Numbers):
    """The same words over the unknowns of z3."""

    @staticmethod
    def number(value: Fraction | int) -> Value:
        exact = Fraction(value)
        return z3.Q(exact.numerator, exact.denominator)

    @staticmethod
    def both(truths: Iterable[Truth]) -> Truth:
        return z3.And([z3.BoolVal(each) if isinstance(each, bool) else each for each in truths])

    @staticmethod
    def either(truths: Iterable[Truth]) -> Truth:
        return z3.Or([z3.BoolVal(each) if isinstance(each, bool) else each for each in truths])

    @staticmethod
    def count(truths: Iterable[Truth]) -> Value:
        return z3.Sum([z3.If(truth, 1, 0) for truth in truths])

    @staticmethod
    def whole(value: Value) -> Truth:
        return True  # said by its sort


class Meaning:
    """What claims and assumptions assert of values."""

    def __init__(
        self,
        value: Callable[[Observation], Value],
        logic: type[Numbers] = Numbers,
        conventions: Conventions = CAUTIOUS,
    ) -> None:
        self.value = value
        self.logic = logic
        self.conventions = conventions

    def inside(self, interval: Interval, value: Value, unit: Value = 1) -> Truth:
        """value ∈ interval · unit, for a unit above zero."""
        if interval.is_empty:
            return False
        number = self.logic.number
        said = []
        if interval.lower is not None:
            end = number(interval.lower) * unit
            said.append(value >= end if interval.lower_closed else value > end)
        if interval.upper is not None:
            end = number(interval.upper) * unit
            said.append(value <= end if interval.upper_closed else value < end)
        return self.logic.both(said)

    def level_of(self, figure: Figure, indicator: Indicator) -> Interval:
        """What a figure of an indicator stands for, in base units."""
        plain = figure.form is FigureForm.NUMBER
        whole = indicator.whole and self.conventions.whole
        return figure.interval(self.conventions, multiplier=indicator.multiplier if plain else 0, whole=whole)

    def times(self, figure: Figure | None, value: Value, base: Value, *, more: int = 0, years: int = 1) -> Truth:
        """value = (k + more) ^ years · base, base above zero."""
        assert figure is not None
        size = figure.interval(self.conventions) + more
        if years > 1:
            size = (size & Interval.at_least(0)).power(years)
        return self.logic.both([base > 0, self.inside(size, value, base)])

    def claim(self, claim: Claim) -> Truth:
        value = self.value
        match claim:
            case Level(subject=subject, figure=Figure() as figure):
                return self.inside(self.level_of(figure, subject.indicator), value(subject))
            case Ratio(subject=subject, to=base):
                return self.times(claim.figure, value(subject), value(base))
            case Share(subject=subject, of=whole):
                said = [self.times(claim.figure, value(subject), value(whole))]
                if self.conventions.part_of:
                    said.append(value(subject) <= value(whole))
                return self.logic.both(said)
            case Change():
                return self.change(claim)
            case Total(subject=subject, parts=parts):
                if claim.disjoint and self.conventions.partitions:
                    added = sum(value(part) for part in parts)
                    return value(subject) == added if claim.complete else value(subject) >= added
                return self.logic.both(value(part) <= value(subject) for part in parts)
            case Rank():
                return self.rank(claim)
            case OneOf(alternatives=alternatives):
                return self.logic.either(self.claim(each) for each in alternatives)
            case _:
                raise AssertionError(claim)

    def change(self, claim: Change) -> Truth:
        base = claim.since or claim.than or claim.subject.moved(period=claim.subject.period.year_before)
        now, then = self.value(claim.subject), self.value(base)
        figure = claim.figure
        assert figure is not None
        if figure.form is FigureForm.POINTS or figure.form is FigureForm.NUMBER:
            return self.inside(self.level_of(figure, claim.subject.indicator), now - then)
        years = claim.subject.period.end.year - base.period.end.year if claim.per else 1
        return self.times(figure, now, then, more=1, years=years)

    def rank(self, claim: Rank) -> Truth:
        sign = 1 if claim.order == "descending" else -1
        own = sign * self.value(claim.subject)
        others = [sign * self.value(other) for other in dict.fromkeys(claim.among) if other != claim.subject]
        said = [self.logic.count(other > own for other in others) <= claim.rank - 1]
        if claim.complete:
            said.append(self.logic.count(other >= own for other in others) >= claim.rank - 1)
        return self.logic.both(said)

    def assumed(self, observations: Iterable[Observation]) -> Iterator[Truth]:
        """Everything assumed of observations and pairs of them, under the conventions."""
        known = list(observations)
        for each in known:
            if self.conventions.unsigned and not each.indicator.signed:
                yield self.value(each) >= 0
            if self.conventions.whole and each.indicator.whole:
                yield self.logic.whole(self.value(each))
            if self.conventions.definitions and each.indicator.definition is not None:
                yield self.definition(each)
            if self.conventions.part_of and isinstance(each.indicator.definition, ShareOf):
                yield self.value(each) <= 1
        if self.conventions.part_of:
            for part, whole in product(known, known):
                if is_part(part, whole):
                    yield self.value(part) <= self.value(whole)

    def definition(self, observation: Observation) -> Truth:
        size, (over, *under) = self.value(observation), terms(observation)
        more = 1 if isinstance(observation.indicator.definition, Growth) else 0
        return self.logic.either(
            self.logic.both([self.value(base) > 0, self.value(over) == (size + more) * self.value(base)])
            for base in under
        )


def terms(observation: Observation) -> tuple[Observation, ...]:
    """What the definition of a derived observation speaks of: above the line, and below it one or the other."""
    match observation.indicator.definition:
        case Rate(numerator, denominator, when):
            shared = {n: m for n, m in observation.scope.items() if n in {"territory", "status", "edition"}}
            same = Observation(denominator, observation.region, observation.period, shared)
            before = observation.period.end.year - 1
            day = date(before, 12, 31) if denominator.measure is Measure.STOCK else before
            previous = Observation(denominator, observation.region, Period(day), shared)
            below = {
                DenominatorPeriod.SAME: (same,),
                DenominatorPeriod.PREVIOUS: (previous,),
                DenominatorPeriod.EITHER: (same, previous),
            }[when]
            return (observation.moved(indicator=numerator), *below)
        case ShareOf(part, whole):
            return (observation.moved(indicator=part), observation.moved(indicator=whole))
        case Growth(of):
            now = observation.moved(indicator=of)
            return (now, now.moved(period=now.period.year_before))
        case None:
            return ()


def is_part(part: Observation, whole: Observation) -> bool:
    """Whether one is part of the other by region, scope or period, and the same in all else."""
    if part.indicator != whole.indicator or not part.indicator.additive or part.indicator.signed:
        return False
    stock = part.indicator.measure is Measure.STOCK
    when = [each.period.last_day if stock else each.period for each in (part, whole)]
    same = (part.region == whole.region, when[0] == when[1], dict(part.scope) == dict(whole.scope))
    if same == (False, True, True):
        return part.region.is_part_of(whole.region)
    if same == (True, False, True):
        return part.indicator.measure is Measure.FLOW and part.period.is_within(whole.period)
    if same == (True, True, False):
        everything = Member("all")
        pairs = [
            (part.scope.get(name, everything), whole.scope.get(name, everything))
            for name in {*part.scope, *whole.scope}
        ]
        apart = [(inner, outer) for inner, outer in pairs if inner != outer]
        return len(apart) == 1 and apart[0][0].is_part_of(apart[0][1])
    return False


def mentioned(claims: Iterable[Claim]) -> list[Observation]:
    """Every observation that claims speak of, and those that the definitions of these speak of."""
    found: dict[Observation, None] = {}
    stack = [each for claim in claims for each in spoken_of(claim)]
    while stack:
        each = stack.pop(0)
        if each not in found:
            found[each] = None
            stack += terms(each)
    return list(found)


def spoken_of(claim: Claim) -> list[Observation]:
    match claim:
        case Level(subject=subject):
            return [subject]
        case Ratio(subject=subject, to=base):
            return [subject, base]
        case Share(subject=subject, of=whole):
            return [subject, whole]
        case Change():
            base = claim.since or claim.than or claim.subject.moved(period=claim.subject.period.year_before)
            return [claim.subject, base]
        case Total(subject=subject, parts=parts):
            return [subject, *parts]
        case Rank(subject=subject, among=among):
            return [subject, *among]
        case OneOf(alternatives=alternatives):
            return [each for alternative in alternatives for each in spoken_of(alternative)]
    raise AssertionError(claim)


def is_true_of(
    claims: Iterable[Claim], values: Mapping[Observation, Fraction], conventions: Conventions = CAUTIOUS
) -> bool:
    """Whether values satisfy every claim, and every assumption about the observations that have one."""
    claims = list(claims)
    meaning = Meaning(values.__getitem__, Numbers, conventions)
    defined = [each for each in values if all(term in values for term in terms(each))]
    assumed = Meaning(values.__getitem__, Numbers, conventions).assumed(defined)
    return all(meaning.claim(claim) for claim in claims) and all(assumed)


class Judge:
    """z3 as a judge of claims: each question is asked of a solver of its own."""

    def __init__(self, conventions: Conventions = CAUTIOUS, *, timeout: int = 2000) -> None:
        self.conventions = conventions
        self.timeout = timeout

    def meaning(self, observations: Iterable[Observation]) -> Meaning:
        unknowns: dict[Observation, Value] = {}
        for place, each in enumerate(observations):
            whole = self.conventions.whole and each.indicator.whole
            unknowns[each] = z3.ToReal(z3.Int(f"x{place}")) if whole else z3.Real(f"x{place}")
        return Meaning(unknowns.__getitem__, Unknowns, self.conventions)

    def ask(
        self,
        claims: Iterable[Claim],
        *,
        besides: Callable[[Meaning], Truth] | None = None,
        speaking_of: Iterable[Observation] = (),
    ) -> Answer:
        """Whether the claims can all hold, and something besides."""
        claims = list(claims)
        known = mentioned([*claims, *(Level(each) for each in speaking_of)])
        meaning = self.meaning(known)
        solver = z3.Solver()
        solver.set("timeout", self.timeout)
        for said in (*meaning.assumed(known), *(meaning.claim(claim) for claim in claims)):
            solver.add(said)
        if besides is not None:
            solver.add(besides(meaning))
        answer: Answer = str(solver.check())  # type: ignore[assignment]
        return answer

    def can_hold(self, claims: Iterable[Claim], speaking_of: Iterable[Observation] = ()) -> Answer:
        """Whether the claims can all hold, in a world that has some more observations."""
        return self.ask(claims, speaking_of=speaking_of)

    def can_fail(self, claim: Claim, others: Iterable[Claim], speaking_of: Iterable[Observation] = ()) -> Answer:
        """Whether the others can all hold without the claim, in a world that has some more observations."""
        return self.ask(
            others,
            besides=lambda meaning: z3.Not(meaning.claim(claim)),
            speaking_of=[*spoken_of(claim), *speaking_of],
        )
