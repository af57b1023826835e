"""Verdicts and findings: the answers to the questions, as frozen values with their proofs.

This room knows claims and intervals and how an answer is put together; it decides nothing. How an answer reads as
text or HTML is in the room next door.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.constraints.proofs import Proof
from ipmetrics.findings.misses import Miss, miss_of
from ipmetrics.findings.passages import Passage
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Claim
from ipmetrics.model.figures import Conventions
from ipmetrics.model.observations import Observation
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    from ipmetrics.documents import Document
    from ipmetrics.model.units import PintQuantity

__all__ = [
    "Assumption",
    "AssumptionKind",
    "ClaimFinding",
    "ClaimVerdict",
    "Conflict",
    "Derived",
    "Reading",
    "Report",
    "Verdict",
]


class Verdict(StrEnum):
    """The verdict on a set of claims.

    Examples
    --------
    >>> Verdict.CONSISTENT, Verdict("undetermined") is Verdict.UNDETERMINED
    (<Verdict.CONSISTENT: 'consistent'>, True)
    """

    CONSISTENT = "consistent"
    """A witness was found: one exact value for every observation that satisfies every claim."""
    INCONSISTENT = "inconsistent"
    """A conflict was proved: some claims that cannot all hold."""
    UNDETERMINED = "undetermined"
    """Neither was found; what was left open is said."""


class ClaimVerdict(StrEnum):
    """The verdict on one claim, against all the others.

    Examples
    --------
    >>> [str(verdict) for verdict in ClaimVerdict]
    ['contradicted', 'entailed', 'consistent', 'unchecked', 'undetermined']
    """

    CONTRADICTED = "contradicted"
    """It stands in a conflict that was found."""
    ENTAILED = "entailed"
    """The others already imply it."""
    CONSISTENT = "consistent"
    """The others bear on it, and it fits."""
    UNCHECKED = "unchecked"
    """Without it, its expression has the range that assumptions alone give: nobody has verified it."""
    UNDETERMINED = "undetermined"
    """Not decided."""


class AssumptionKind(StrEnum):
    """What may be assumed beyond the claims; each kind can be switched off in `Conventions`."""

    PART_OF = "part of"
    WHOLE = "whole"
    UNSIGNED = "unsigned"
    DEFINITION = "definition"
    PARTITION = "partition"
    CONVENTION = "convention"


@attrs.frozen
class Assumption:
    """Something a conflict rests on that nobody printed.

    Parameters
    ----------
    kind
        Which kind of assumption.
    text
        What is assumed: ``"pledges, Haidian 2020 is a whole number"``.
    unless
        How it could fail: ``"unless fractions are counted"``.
    observations
        The unknowns it is about.
    """

    kind: AssumptionKind
    text: str
    unless: str
    observations: tuple[Observation, ...] = ()

    def __str__(self) -> str:
        """The text."""
        return self.text


@attrs.frozen
class Reading:
    """Another way to read a claim under which a conflict would vanish.

    Parameters
    ----------
    claim
        The claim re-read.
    text
        What it supposes, in words: ``"truncated instead of rounded: the base is 447"``.
    """

    claim: Claim
    text: str

    def __str__(self) -> str:
        """The words."""
        return self.text


@attrs.frozen
class Conflict:
    """Claims that cannot all hold, none of them dispensable (an irreducible infeasible subset).

    Parameters
    ----------
    claims
        The claims, in the order they were given.
    ids
        Their names in the set.
    assumptions
        What the conflict rests on besides; reduced too.
    stated, implied
        For each claim, what it says of its expression and what the others of the conflict imply of it, in base
        units; None for a claim that has no single expression (a rank, one of several readings).
    readings
        Readings of one of its claims under which the rest would fit; offered, never asserted.
    proof
        The proof, re-checked in exact fractions.
    irreducible
        True if every claim was proved indispensable; False if a budget ran out while reducing.
    doubts
        Why one of its claims may not say what it was read to say; a conflict with doubts decides no verdict.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> [conflict] = ipm.conflicts([ipm.Ratio(a, b, "2.0"), ipm.Ratio(b, a, "0.40")])
    >>> conflict.ids, [str(interval) for interval in conflict.implied]
    (('claim-1', 'claim-2'), ['[2.46914…, 2.53165…]', '[0.487805…, 0.512821…]'])
    """

    claims: tuple[Claim, ...]
    ids: tuple[str, ...]
    assumptions: tuple[Assumption, ...]
    stated: tuple[Interval | None, ...]
    implied: tuple[Interval | None, ...]
    readings: tuple[Reading, ...] = ()
    proof: Proof | None = attrs.field(default=None, eq=False, repr=False)
    irreducible: bool = True
    doubts: tuple[str, ...] = ()

    @property
    def between_editions(self) -> bool:
        """Whether its claims come from documents of different dates, so that a revision is the first suspicion."""
        dates = {claim.source.date for claim in self.claims if claim.source and claim.source.date}
        return len(dates) > 1

    @property
    def misses(self) -> tuple[Miss | None, ...]:
        """For each claim by how much stated and implied miss each other; None where they meet or are not known."""
        return tuple(map(miss_of, self.claims, self.stated, self.implied))

    def document(self) -> Document:
        """The conflict as headings, sentences and a table."""
        from ipmetrics.findings.describe import describe_conflict  # noqa: PLC0415 - words import values, not back

        return describe_conflict(self)

    def __str__(self) -> str:
        """As plain text."""
        return self.document().text()

    def _repr_html_(self) -> str:
        """For notebooks."""
        return self.document().html()


@attrs.frozen
class ClaimFinding:
    """The answer on one claim.

    Parameters
    ----------
    id, claim
        The claim and its name in the set (given, or ``claim-3`` by position).
    verdict
        Against all the others.
    stated
        What the claim says of its expression, in base units; None if it has no single expression.
    implied
        What all the others imply of it, in base units: an outer bound unless `exact`.
    exact
        Whether both ends of `implied` are proved attained or approached.
    fit
        Size of stated ∩ implied ÷ size of the smaller of the two; None if either is unbounded.
    notes
        Remarks that are no verdict: "fits only thanks to rounding".
    repeats
        Name of the claim of the same source that this one restates; it was merged with that before judging.
    survivors
        For `OneOf`: for each reading the verdict of the set with that reading alone.
    """

    id: str
    claim: Claim
    verdict: ClaimVerdict
    stated: Interval | None = None
    implied: Interval | None = None
    exact: bool = False
    fit: Fraction | None = None
    notes: tuple[str, ...] = ()
    repeats: str | None = None
    survivors: tuple[Verdict, ...] | None = None


@attrs.frozen
class Report:
    """The answer to `check`: the verdict of the set and of each claim, implied intervals and conflicts.

    Parameters
    ----------
    verdict
        Of the set.
    findings
        One for each claim, in the order given.
    conflicts
        The conflicts found, smallest first.
    witness
        When consistent: one exact value, in base units, for every observation; satisfies every claim.
    left_open
        When undetermined, or when enumeration was cut short: what was not decided, in words.
    notes
        Remarks on the set as a whole.
    conventions
        The readings under which all this was found.
    if_read_so
        Conflicts that need a reading which an article leaves open, with their doubts; they decide no verdict.
    unread
        What of an article could not be read, or makes no claim.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> report = ipm.check([ipm.Level(a, "6.0"), ipm.Level(b, "2.9"), ipm.Ratio(a, b, "2.0", id="twice")])
    >>> report.verdict, str(report.finding("twice").implied)
    (<Verdict.CONSISTENT: 'consistent'>, '[2.01695…, 2.12281…]')
    """

    verdict: Verdict
    findings: tuple[ClaimFinding, ...]
    conflicts: tuple[Conflict, ...] = ()
    witness: Mapping[Observation, Fraction] | None = attrs.field(default=None, repr=False)
    left_open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conventions: Conventions = attrs.field(kw_only=True)
    if_read_so: tuple[Conflict, ...] = attrs.field(default=(), kw_only=True)
    unread: tuple[Passage, ...] = attrs.field(default=(), kw_only=True)

    def finding(self, claim: Claim | str) -> ClaimFinding:
        """The finding on a claim, given the claim or its name.

        Raises
        ------
        KeyError
            If the report has no such claim.
        """
        for finding in self.findings:
            if finding.id == claim or finding.claim is claim or finding.claim == claim:
                return finding
        raise KeyError(claim)

    def document(self) -> Document:
        """The report as headings, sentences and tables; it begins with what nobody has checked."""
        from ipmetrics.findings.describe import describe_report  # noqa: PLC0415 - words import values, not back

        return describe_report(self)

    def __str__(self) -> str:
        """As plain text."""
        return self.document().text()

    def _repr_html_(self) -> str:
        """For notebooks: claims, intervals on number lines, the proof folded."""
        return self.document().html()


@attrs.frozen
class Derived:
    """What claims allow for an observation or an expression.

    Parameters
    ----------
    interval
        The tightest interval found, in the printed unit (Beijing's rate: per 10,000 people).
    unit, multiplier
        The unit of measure, and the power of ten from the printed unit to it.
    exact
        True only if both ends are proved attained or approached; else an outer bound.
    pieces
        Where whole numbers or alternatives leave gaps: the parts of the interval that remain, at most 16.
    claims_used
        Names of the claims that the ends rest on.
    conflict
        On an inconsistent set: why the answer is empty.
    label
        The expression in words.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> print(ipm.derive(ipm.Ratio(a, b), [ipm.Level(a, "6.0"), ipm.Level(b, "2.9")]))
    [2.01695…, 2.12281…]
    """

    interval: Interval
    unit: Unit = attrs.field(kw_only=True)
    multiplier: int = attrs.field(kw_only=True)
    exact: bool = attrs.field(kw_only=True)
    pieces: tuple[Interval, ...] = attrs.field(default=(), kw_only=True)
    claims_used: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    conflict: Conflict | None = attrs.field(default=None, kw_only=True, repr=False)
    label: str = attrs.field(default="", kw_only=True)

    @property
    def lower(self) -> Fraction | None:
        """Lower end in the printed unit; None if unbounded."""
        return self.interval.lower

    @property
    def upper(self) -> Fraction | None:
        """Upper end in the printed unit; None if unbounded."""
        return self.interval.upper

    @property
    def lower_closed(self) -> bool:
        """Whether the lower end is itself possible."""
        return self.interval.lower_closed

    @property
    def upper_closed(self) -> bool:
        """Whether the upper end is itself possible."""
        return self.interval.upper_closed

    @property
    def is_empty(self) -> bool:
        """Whether nothing is possible: the claims conflict."""
        return self.interval.is_empty

    def to_base(self) -> Interval:
        """The interval in base units, the printed multiplier applied."""
        return self.interval * Fraction(10) ** self.multiplier

    def to_pint(self) -> tuple[PintQuantity | None, PintQuantity | None]:
        """Both ends as exact pint quantities in base units; None for an unbounded or absent end."""
        base = self.to_base()
        if base.is_empty:
            return None, None
        low, high = (None if end is None else self.unit.to_pint(end) for end in (base.lower, base.upper))
        return low, high

    def document(self) -> Document:
        """The answer as a sentence and a number line."""
        from ipmetrics.findings.describe import describe_derived  # noqa: PLC0415 - words import values, not back

        return describe_derived(self)

    def __str__(self) -> str:
        """One line: interval and unit."""
        return self.document().text()

    def _repr_html_(self) -> str:
        """For notebooks."""
        return self.document().html()
