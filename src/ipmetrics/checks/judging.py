"""The judge: the verdict of a set of claims, and of each claim against all the others.

Each connected part is judged by itself. A consistent part has a witness that was checked against every claim; an
inconsistent one has conflicts whose proofs were checked; the rest is undetermined, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.checks.assembly import Assembly, assemble
from ipmetrics.checks.clashing import in_order, told
from ipmetrics.checks.noting import Standing, odd_hedge, remarks
from ipmetrics.checks.weighing import Weighed, weigh
from ipmetrics.constraints.conflicts import Clash, order_of, reduce
from ipmetrics.constraints.enumeration import clashes
from ipmetrics.constraints.exact import Decision, decide
from ipmetrics.constraints.network import Network
from ipmetrics.constraints.patching import Ground
from ipmetrics.findings import ClaimFinding, ClaimVerdict, Conflict, Report, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["check"]

_CONFLICTS = 24
"""How many conflicts are looked for in each connected part before the rest is left open."""
_QUESTIONS = 30
"""How many sets of claims are asked about for them: where parts hang together closely, the rest is seldom met."""


def check(
    claims: Iterable[Claim],
    conventions: Conventions | None = None,
    *,
    per_claim: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Whether claims hold together, and what the others say of each.

    Parameters
    ----------
    claims
        Claims with their figures, in any order; the order never changes a verdict. An article is judged by what was
        surely read of it: what unsure readings would contradict is told apart.
    conventions
        How figures are read and what is assumed; a claim file brings its own.
    per_claim
        Whether each claim is judged against all the others, with notes on what is odd; without, only the set is: a
        witness or one conflict.
    progress
        Called with the number of claims judged and the number there are.

    Returns
    -------
    Report
        Consistent only with a witness, inconsistent only with irreducible conflicts, both re-checked in exact
        fractions; else undetermined. Implied intervals are in base units, ends open or closed.

    Raises
    ------
    ClaimError
        If the claims make no sense as a set. A contradiction is a finding, never an exception.

    Examples
    --------
    >>> from ipmetrics.model.claims import Level, Ratio
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> check([Level(a, "6.0"), Ratio(a, b, "2.0"), Level(b, "3.4")]).verdict
    <Verdict.INCONSISTENT: 'inconsistent'>
    """
    if (judge := getattr(claims, "judge", None)) is not None:
        report: Report = judge(conventions, progress=progress)
        return report
    if conventions is None:
        conventions = getattr(claims, "conventions", None)
    assembly = assemble(claims, conventions)
    total = len(assembly.claims)
    parts: list[_Part] = []
    weighed: dict[int, Weighed] = {}
    standing: list[Standing] = []
    for network in assembly.network.components:
        part = _judge(assembly, network, every=per_claim)
        parts.append(part)
        if per_claim:
            weighed |= _weigh_part(assembly, part, standing)
        if progress is not None:
            progress(sum(len(each.claims) for each in parts), total)
    notes = remarks(assembly, standing)
    for place, texts in notes.of_claims.items():
        weighed[place] = attrs.evolve(weighed[place], notes=(*weighed[place].notes, *texts))
    return _report(assembly, parts, weighed, notes.of_set, per_claim=per_claim)


@attrs.frozen(eq=False)
class _Part:
    """A connected part: its claims, the decision on it, and its conflicts in order, with whether these are all."""

    network: Network
    claims: list[int]
    decision: Decision
    conflicts: list[tuple[Clash, Conflict]]
    complete: bool


def _judge(assembly: Assembly, network: Network, *, every: bool) -> _Part:
    """The decision on a connected part, and, if it is inconsistent, its conflicts or just one of them."""
    claims = [group for group in network.active if group < len(assembly.claims)]
    decision = decide(network)
    if decision.proof is None:
        return _Part(network, claims, decision, [], decision.is_consistent)
    found: list[Clash | None] = (
        list(clashes(network, assembly.background, limit=_CONFLICTS, questions=_QUESTIONS))
        if every
        else [reduce(Ground(network, assembly.background), decision.proof), None]
    )
    ordered = in_order([clash for clash in found if clash is not None])
    return _Part(network, claims, decision, [(clash, told(assembly, clash)) for clash in ordered], None not in found)


def _report(
    assembly: Assembly, parts: list[_Part], weighed: dict[int, Weighed], notes: list[str], *, per_claim: bool
) -> Report:
    """The answers on all parts together."""
    left_open = tuple(
        _left_open(assembly, part) for part in parts if not part.complete and (per_claim or not part.conflicts)
    )
    told_all = sorted((pair for part in parts for pair in part.conflicts), key=lambda pair: order_of(pair[0]))
    verdict = Verdict.INCONSISTENT if told_all else Verdict.UNDETERMINED if left_open else Verdict.CONSISTENT
    witness = None
    if verdict is Verdict.CONSISTENT:
        values = {place: value for part in parts for place, value in (part.decision.values or {}).items()}
        witness = {each: values[place] for place, each in enumerate(assembly.observations) if place in values}
    places = range(len(assembly.claims)) if per_claim else ()
    return Report(
        verdict,
        tuple(_finding(assembly, place, weighed.get(assembly.repeats.get(place, place))) for place in places),
        tuple(conflict for _, conflict in told_all),
        witness=witness,
        left_open=left_open,
        notes=(*_notes(assembly), *notes),
        conventions=assembly.conventions,
    )


def _weigh_part(assembly: Assembly, part: _Part, standing: list[Standing]) -> dict[int, Weighed]:
    """Each claim of a part: those in a conflict are contradicted, the others are weighed against each other.

    What holds together is added to what stands already.
    """
    weighed: dict[int, Weighed] = {}
    for clash, conflict in part.conflicts:
        for group in clash.blamed:
            implied = conflict.implied[conflict.ids.index(assembly.ids[group])]
            weighed.setdefault(group, Weighed(ClaimVerdict.CONTRADICTED, implied=implied))
    sound = [group for group in part.claims if group not in weighed and group not in assembly.repeats]
    rest = part.network.without(weighed) if weighed else part.network
    witness = (decide(rest) if weighed and part.complete else part.decision).values
    if not part.complete or witness is None:
        return weighed | {group: Weighed(ClaimVerdict.UNDETERMINED) for group in sound}
    for component in rest.components:
        groups = [group for group in component.active if group in sound]
        if groups:
            weighed |= weigh(assembly, component, groups)
            standing.append(Standing(component, {place: witness[place] for place in component.variables}))
    return weighed


def _finding(assembly: Assembly, place: int, weighed: Weighed | None) -> ClaimFinding:
    claim = assembly.claims[place]
    stated = assembly.stated(claim)
    repeats = assembly.repeats.get(place)
    if weighed is None:
        # A claim that binds no unknown, such as a rank among nobody, cannot be false.
        weighed = Weighed(ClaimVerdict.UNCHECKED)
    notes = weighed.notes if repeats is None else _notes_on_repeat(assembly, place, repeats, weighed)
    return ClaimFinding(
        assembly.ids[place],
        claim,
        weighed.verdict,
        stated=stated,
        implied=weighed.implied,
        exact=weighed.exact,
        fit=weighed.fit,
        notes=notes,
        repeats=None if repeats is None else assembly.ids[repeats],
        survivors=weighed.survivors,
    )


def _notes_on_repeat(assembly: Assembly, place: int, repeated: int, weighed: Weighed) -> tuple[str, ...]:
    """A restatement is weighed with what it restates, but its own hedge may be odd beside that fuller figure."""
    stated, fuller = (assembly.stated(assembly.claims[each]) for each in (place, repeated))
    if stated is None or fuller is None or weighed.verdict in {ClaimVerdict.CONTRADICTED, ClaimVerdict.UNDETERMINED}:
        return ()
    implied = fuller if weighed.implied is None else fuller & weighed.implied
    odd = odd_hedge(assembly.claims[place], stated, implied, assembly.conventions)
    return () if odd is None else (odd,)


def _left_open(assembly: Assembly, part: _Part) -> str:
    names = ", ".join(assembly.ids[group] for group in part.claims)
    if part.conflicts:
        return f"whether there are more conflicts than the {len(part.conflicts)} found among {names}"
    return f"whether these can all hold was not decided within the budget: {names}"


def _notes(assembly: Assembly) -> Iterable[str]:
    """Remarks on the set: indicators that do not say whether they are counted at a moment or over a time."""
    silent = dict.fromkeys(
        observation.indicator.label
        for observation in assembly.observations
        if observation.indicator.measure is None and observation.indicator.definition is None
    )
    for label in silent:
        periods = {each.period for each in assembly.observations if each.indicator.label == label}
        if len({period.end for period in periods}) < len(periods):
            yield f"{label} says neither stock nor flow, so periods that end on one day are not taken as one"
