"""Weighing: each claim of a consistent part against all the others, with what they imply and how well it fits.

Where all is linear one exact simplex answers every claim in turn, leaving that claim out; where alternatives, products
or undecided counts bear on a part, each claim gets a search of its own.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assembly import Assembly
from ipmetrics.checks.noting import of_figure
from ipmetrics.constraints.exact import decide, root_case
from ipmetrics.constraints.forests import Forest
from ipmetrics.constraints.linear import Budget
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.ranges import Hull, Quotient, Span, Sum, span
from ipmetrics.constraints.relations import (
    AnyOf,
    Count,
    Inequality,
    Product,
    Relation,
    Whole,
    Within,
    inequalities,
    is_linear,
    opposite,
    variables_of,
)
from ipmetrics.findings import ClaimVerdict, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Level, OneOf, Rank

if TYPE_CHECKING:
    from ipmetrics.checks.statements import Measured
    from ipmetrics.constraints.ranges import Expression
    from ipmetrics.model.claims import Claim

__all__ = ["Weighed", "fit_of", "weigh"]

_EFFORT = 40
_UNSIGNED = Interval.at_least(0)
_ASSUMED_ENDS = {None, Fraction(0), Fraction(1), Fraction(-1)}
_CLOSE = 2
"""Where whole numbers might still close a gap, so that it is worth asking."""


@attrs.frozen
class Weighed:
    """What the others say of one claim."""

    verdict: ClaimVerdict
    implied: Interval | None = None
    exact: bool = False
    fit: Fraction | None = None
    notes: tuple[str, ...] = ()
    survivors: tuple[Verdict, ...] | None = None


@attrs.frozen(slots=False)
class _Bench:
    """A consistent part with what is needed to leave one claim after the other out of it."""

    assembly: Assembly
    part: Network
    real: bool

    @cached_property
    def forest(self) -> Forest | None:
        """Intervals alone, where they suffice."""
        return Forest.of(root_case(self.part))

    @cached_property
    def hull(self) -> Hull:
        """The exact simplex, where they do not."""
        return Hull(root_case(self.part))

    @cached_property
    def alone(self) -> Hull:
        """The assumptions without any claim."""
        background = self.assembly.background
        return Hull(root_case(self.part.only([group for group in self.part.active if group in background])))

    def implied(self, expression: Expression, group: int) -> Span:
        """What the others imply of an expression."""
        told = None if self.forest is None else self.forest.range(expression, group)
        if told is not None:
            return Span(told, self.real)
        if self.hull.linear:
            return Span(self.hull.range(expression, without=(group,)), self.real)
        return span(self.part.without([group]), expression, Budget(_EFFORT), attain=False)

    def settled(self, variable: int) -> Product | None:
        """The product that a variable is the only free factor of."""
        if self.forest is not None:
            return self.forest.settled.get(variable)
        found = self.hull.settled.get(variable)
        return None if found is None else found[1]

    def near(self, variable: int) -> Fraction:
        """A value that a variable may have, or nearly."""
        if self.forest is not None:
            return self.forest.near(variable)
        return self.hull.simplex.value.get(variable, Fraction(0))

    def is_above_zero(self, expression: Expression, group: int) -> bool:
        """Whether the others imply that the base of a quotient is above zero, as its claim asserts."""
        if isinstance(expression, Sum):
            return True
        base = self.implied(Sum(((expression.base, Fraction(1)),)), group).interval
        return base.lower is not None and (base.lower > 0 or (base.lower == 0 and not base.lower_closed))

    @cached_property
    def linked(self) -> frozenset[int]:
        """The variables that some assumption ties to others, or to a number other than zero."""
        return frozenset(
            variable
            for group, relation in self.part.relations
            if group in self.assembly.background
            and not isinstance(relation, Whole)
            and not (isinstance(relation, Within) and relation.interval == _UNSIGNED)
            for variable in variables_of(relation)
        )

    @cached_property
    def unsigned(self) -> frozenset[int]:
        """The variables that are assumed not to be below zero."""
        return frozenset(
            relation.variable
            for group, relation in self.part.relations
            if group in self.assembly.background and isinstance(relation, Within) and relation.interval == _UNSIGNED
        )

    def assumed(self, expression: Expression) -> Interval:
        """The range that assumptions alone give."""
        variables = _variables(expression)
        if self.linked.isdisjoint(variables) and (isinstance(expression, Quotient) or len(variables) == 1):
            return _UNSIGNED if variables[0] in self.unsigned else Interval.everything()
        return self.alone.range(expression)

    def is_assumed(self, expression: Expression, implied: Interval) -> bool:
        """Whether a range is what assumptions alone give, but for whether its ends belong to it."""
        # Assumptions hold no numbers but 0, 1 and −1, so that a range with any other end is more than they say.
        if not {implied.lower, implied.upper} <= _ASSUMED_ENDS:
            return False
        assumed = self.assumed(expression)
        return assumed.lower == implied.lower and assumed.upper == implied.upper and not implied.is_empty


def weigh(assembly: Assembly, part: Network, groups: list[int]) -> dict[int, Weighed]:
    """The verdict on each of the groups that are claims, against the rest of a consistent part."""
    bench = _Bench(assembly, part, real=not part.whole)
    uses = _uses(part, assembly.background)
    return {group: _weigh_one(bench, group, uses) for group in groups}


def _uses(part: Network, backgrounds: range) -> dict[int, set[int]]:
    """For each variable the groups that bind it, beyond its own range and wholeness."""
    uses: dict[int, set[int]] = {}
    for group, relation in part.relations:
        variables = set(variables_of(relation))
        if len(variables) > 1 or group not in backgrounds:
            for variable in variables:
                uses.setdefault(variable, set()).add(group)
    return uses


def _weigh_one(bench: _Bench, group: int, uses: dict[int, set[int]]) -> Weighed:
    claim = bench.assembly.claims[group]
    told_as = bench.assembly.measured(claim)
    stated, asserted = bench.assembly.stated(claim), bench.assembly.asserted(claim)
    if isinstance(claim, OneOf):
        return _weigh_choice(bench, group, claim, uses)
    if isinstance(claim, Rank) or told_as is None or stated is None or asserted is None:
        return _weigh_order(bench, group, uses)
    if _is_free(told_as.expression, group, uses):
        return _fresh(bench, group, told_as, stated, asserted)
    found = bench.implied(told_as.expression, group)
    real = found.interval
    whole = isinstance(claim, Level) and _is_whole(bench, told_as.expression)
    implied = real.whole_numbers() if whole else real
    says = told_as.meant(asserted)
    if implied.issubset(says.whole_numbers() if whole else says) and bench.is_above_zero(told_as.expression, group):
        verdict = ClaimVerdict.ENTAILED
    elif bench.is_assumed(told_as.expression, real):
        verdict = ClaimVerdict.UNCHECKED
    elif not bench.real and _is_entailed(bench, group, told_as.expression, implied, says):
        verdict = ClaimVerdict.ENTAILED
    else:
        verdict = ClaimVerdict.CONSISTENT
    told = told_as.told(implied)
    fit = fit_of(stated, told, whole=whole)
    pieces = [told_as.told(piece) for piece in found.pieces] or [told]
    fits = [(piece, fit_of(stated, piece, whole=whole)) for piece in pieces] if len(pieces) > 1 else [(told, fit)]
    notes = of_figure(claim, verdict, stated, told, fits, bench.assembly.conventions)
    return Weighed(verdict, told, found.exact, fit, notes)


def _fresh(bench: _Bench, group: int, told_as: Measured, stated: Interval, asserted: Interval) -> Weighed:
    """A claim about an unknown that nothing else bears on."""
    claim, assumed = bench.assembly.claims[group], bench.assumed(told_as.expression)
    entailed = assumed.issubset(told_as.meant(asserted)) and bench.is_above_zero(told_as.expression, group)
    verdict = ClaimVerdict.ENTAILED if entailed else ClaimVerdict.UNCHECKED
    whole = isinstance(claim, Level) and claim.subject.indicator.whole
    told = told_as.told(assumed)
    return Weighed(verdict, told, exact=not whole, fit=fit_of(stated, told, whole=False))


def _is_free(expression: Expression, group: int, uses: dict[int, set[int]]) -> bool:
    """Whether nothing but the claim itself binds one of the variables beyond its own range."""
    return any(uses.get(variable, set()) <= {group} for variable in _variables(expression))


def _variables(expression: Expression) -> tuple[int, ...]:
    if isinstance(expression, Quotient):
        return expression.variable, expression.base
    return tuple(variable for variable, _ in expression.terms)


def _is_whole(bench: _Bench, expression: Expression) -> bool:
    return isinstance(expression, Sum) and len(expression.terms) == 1 and expression.terms[0][0] in bench.part.whole


def _is_entailed(bench: _Bench, group: int, expression: Expression, implied: Interval, says: Interval) -> bool:
    """Whether whole numbers alone keep the others within what a claim says; asked only where a step or two decides."""
    beyond = [
        abs(wide - narrow)
        for wide, narrow in ((implied.lower, says.lower), (implied.upper, says.upper))
        if wide is not None and narrow is not None and wide not in says
    ]
    unbounded = (implied.lower is None and says.lower is not None) or (implied.upper is None and says.upper is not None)
    if unbounded or max(beyond, default=Fraction(0)) > _CLOSE * _step(bench, expression):
        return False
    return _refuted(bench, group, (opposite(bench.part.groups[group]),))


def _step(bench: _Bench, expression: Expression) -> Fraction:
    """About how far an expression moves when its variables move by one."""
    if isinstance(expression, Sum):
        product = bench.settled(expression.terms[0][0])
        if product is None or len(expression.terms) > 1:
            return sum((abs(factor) for _, factor in expression.terms), Fraction(0))
        over, under = product.variable, product.base
    else:
        over, under = expression.variable, expression.base
    base = bench.near(under)
    return (1 + abs(bench.near(over) / base)) / base if base > 0 else Fraction(1)


def _refuted(bench: _Bench, group: int, relations: tuple[Relation, ...]) -> bool:
    rest = bench.part.without([group]).plus(relations)
    return decide(rest, Budget(_EFFORT)).is_inconsistent


def _weigh_order(bench: _Bench, group: int, uses: dict[int, set[int]]) -> Weighed:
    """A rank, or a total that only bounds its parts: entailed if its opposite is refuted."""
    relations = bench.part.groups[group]
    compared = [(each, bench.implied(each, group).interval) for each in _compared(relations)]
    if compared and _is_implied(bench, group, relations):
        return Weighed(ClaimVerdict.ENTAILED)
    open_ones = all(_is_free(each, group, uses) or bench.is_assumed(each, told) for each, told in compared)
    return Weighed(ClaimVerdict.UNCHECKED if open_ones else ClaimVerdict.CONSISTENT)


def _is_implied(bench: _Bench, group: int, relations: tuple[Relation, ...]) -> bool:
    """Whether the others imply relations: row by row where rows say all, else by refuting the opposite."""
    if bench.hull.linear and all(map(is_linear, relations)):
        rows = [row for relation in relations for row in inequalities(relation)]
        missing = [_missing(bench.implied(Sum(row.terms), group).interval, row) for row in rows]
        if bench.real or any(gap is None or gap > _CLOSE for gap in missing):
            return not any(gap is None or gap >= 0 for gap in missing)
        if all(gap is not None and gap < 0 for gap in missing):
            return True
    return _refuted(bench, group, (opposite(relations),))


def _missing(implied: Interval, row: Inequality) -> Fraction | None:
    """By how much a range falls short of an inequality; negative if it does not, None if without bound."""
    if implied.is_empty or implied.issubset(Interval(row.bound, None, lower_closed=not row.strict)):
        return Fraction(-1)
    return None if implied.lower is None else row.bound - implied.lower


def _compared(relations: tuple[Relation, ...]) -> list[Sum]:
    pairs: list[Sum] = []
    for relation in relations:
        if isinstance(relation, Count):
            own = (relation.variable, Fraction(-1))
            pairs += [Sum(((other, Fraction(1)), own)) for other in relation.others]
        elif not isinstance(relation, (AnyOf, Within)):
            terms = getattr(relation, "terms", None)
            pairs += [Sum(terms)] if terms else []
    return pairs


def _untouched(bench: _Bench, expression: Expression, group: int) -> bool:
    return bench.is_assumed(expression, bench.implied(expression, group).interval)


def _weigh_choice(bench: _Bench, group: int, claim: OneOf, uses: dict[int, set[int]]) -> Weighed:
    """Several readings: which survive alone, and whether the others already imply that one holds."""
    choice = bench.part.groups[group][0]
    alternatives = choice.alternatives if isinstance(choice, AnyOf) else ()
    rest = bench.part.without([group])
    survivors: list[Verdict] = []
    for alternative in alternatives:
        answer = decide(rest.plus(alternative), Budget(_EFFORT))
        survivors.append(
            Verdict.CONSISTENT
            if answer.is_consistent
            else Verdict.INCONSISTENT
            if answer.is_inconsistent
            else Verdict.UNDETERMINED
        )
    if _refuted(bench, group, (opposite((choice,)),)):
        verdict = ClaimVerdict.ENTAILED
    elif Verdict.INCONSISTENT not in survivors and all(
        _reading_is_open(bench, group, each, uses) for each in claim.alternatives
    ):
        verdict = ClaimVerdict.UNCHECKED
    else:
        verdict = ClaimVerdict.CONSISTENT
    return Weighed(verdict, survivors=tuple(survivors))


def _reading_is_open(bench: _Bench, group: int, reading: Claim, uses: dict[int, set[int]]) -> bool:
    told_as = bench.assembly.measured(reading)
    if told_as is None:
        return False
    expression = told_as.expression
    return _is_free(expression, group, uses) or _untouched(bench, expression, group)


def fit_of(stated: Interval, implied: Interval, *, whole: bool) -> Fraction | None:
    """Size of stated ∩ implied ÷ size of the smaller of the two; None if either is unbounded.

    Sizes are lengths, or counts of whole numbers; if the smaller is a single point the fit is 1 where it is shared.

    Examples
    --------
    >>> fit_of(Interval(0, 2), Interval(1, 5), whole=False)
    Fraction(1, 2)
    """
    if not (stated.is_bounded and implied.is_bounded):
        return None
    shared = stated & implied
    if shared.is_empty:
        return Fraction(0)
    sizes = [_size(each, whole=whole) for each in (stated, implied)]
    smaller = min(sizes)
    return Fraction(1) if smaller == 0 else Fraction(_size(shared, whole=whole)) / smaller


def _size(interval: Interval, *, whole: bool) -> Fraction:
    if whole:
        return Fraction(interval.count_whole() or 0)
    return Fraction(interval.width or 0)
