"""Repairs as values: what would have to be different for contradicting claims to agree, and what supports it.

A repair is offered, never asserted. Either it re-reads what was printed, as a named slip, or it says which figures
would have to change and to what. Finding them is the business of rooms above; this one only holds the answer.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from ipmetrics.findings.verdicts import Conflict, Verdict
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Claim
from ipmetrics.model.figures import Conventions, Figure

if TYPE_CHECKING:
    from ipmetrics.documents import Document

__all__ = ["Explanation", "Part", "Repair", "Slip", "Step"]


class Slip(StrEnum):
    """The ways in which a printed statement goes wrong, or is read wrongly, that leave a trace in arithmetic.

    Examples
    --------
    >>> Slip("exchanged digits") is Slip.EXCHANGED_DIGITS
    True
    """

    TRUNCATED = "cut off"
    """Cut off instead of rounded."""
    BALANCED = "nudged"
    """A share nudged so that a column adds to 100."""
    ROUND_NUMBER = "round number"
    """A round number taken as exact."""
    FRACTIONAL = "fractional count"
    """A fractional count taken as whole."""
    POINTS = "percent or points"
    """Percent printed for percentage points, or the other way round."""
    TIMES = "times or times more"
    """A multiple printed as an increase, or the other way round."""
    POWER = "power of ten"
    """A wrong scale word, or a misplaced or foreign separator."""
    EXCHANGED_DIGITS = "exchanged digits"
    """Two neighbouring digits exchanged."""
    DROPPED_DIGIT = "dropped digit"
    """A digit left out."""
    BASE_PERIOD = "base period"
    """A change or multiple that fits another base period."""
    REVISED = "revised"
    """A figure of an earlier edition that was revised later."""
    DENOMINATOR = "denominator"
    """A rate or share whose denominator is of another period."""
    LABELS = "labels"
    """The labels of two claims or rows exchanged."""
    INCREASE = "increase or level"
    """The increase printed as the level, or the other way round."""
    SUBJECT = "other subject"
    """A number that belongs to another subject in the same sentence."""
    SCOPE = "sibling scope"
    """A number of a sibling scope: mainland or with territories, granted or published."""
    OVERLAP = "overlapping parts"
    """Parts that overlap, or that leave something out."""


@attrs.frozen
class Step:
    """One thing supposed by a repair.

    Parameters
    ----------
    ids, claims
        The claims it touches, by name and as printed.
    text
        In words: ``"reads as 78,157: separator misplaced"``.
    slip
        Which slip a re-reading supposes; None if the figure simply has to change.
    reread
        The claims as re-read, one for each of `claims`; None for one that no longer says anything.
    needed
        What the others leave for the expression of the first claim, in base units and its own terms: an outer bound.
    figure
        The printable figure, in the form of the printed one, that is nearest to it and would fit.
    fit
        How well the re-read figure fits what the others imply, from 0 to 1: as `fit` of a finding; None where either
        is unbounded or there is no single expression.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> granted = ipm.Indicator("patents granted", unit="patent")
    >>> claim = ipm.Level(granted.at("Haidian", 2021), "40,545", id="haidian")
    >>> print(Step(("haidian",), (claim,), "reads as 40,455: two digits exchanged", slip=Slip.EXCHANGED_DIGITS))
    haidian reads as 40,455: two digits exchanged
    """

    ids: tuple[str, ...]
    claims: tuple[Claim, ...]
    text: str
    slip: Slip | None = None
    reread: tuple[Claim | None, ...] = ()
    needed: Interval | None = None
    figure: Figure | None = None
    fit: Fraction | None = None

    def __str__(self) -> str:
        """The names of the claims and what is supposed of them."""
        *others, last = self.ids
        return f"{', '.join(others)}{' and ' if others else ''}{last} {self.text}"


@attrs.frozen
class Repair:
    """A way to make contradicting claims agree; every one was verified: what it leaves is consistent.

    Parameters
    ----------
    steps
        What it supposes, one slip or one figure each.
    weight
        The sum over the steps of the weight of the heaviest claim each blames.
    fit
        The worst fit of its steps; 0 where a figure simply has to change, because nothing supports that.
    repaired
        The whole set as the repair would have it: claims re-read, figures replaced by the nearest that fit, and
        claims left out that say nothing any more.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> granted = ipm.Indicator("patents granted", unit="patent", whole=True)
    >>> parts = [ipm.Level(granted.at(name, 2021), text) for name, text in (("north", "5,312"), ("south", "4,177"))]
    >>> total = ipm.Level(granted.at("all", 2021), "9,849", id="total")
    >>> sums = ipm.Total(granted.at("all", 2021), [part.subject for part in parts])
    >>> best = next(ipm.repairs([*parts, total, sums]))
    >>> print(best.steps[0])
    total reads as 9,489: two digits exchanged
    >>> ipm.check(best.repaired).verdict
    <Verdict.CONSISTENT: 'consistent'>
    """

    steps: tuple[Step, ...]
    weight: Fraction
    fit: Fraction
    repaired: tuple[Claim, ...] = attrs.field(repr=False)

    @property
    def size(self) -> int:
        """How many slips or figures it supposes."""
        return len(self.steps)

    @property
    def is_rereading(self) -> bool:
        """Whether every step is a named slip, so that nothing simply has to change."""
        return all(step.slip is not None for step in self.steps)

    @property
    def ids(self) -> tuple[str, ...]:
        """The names of the claims it touches, each once, in the order of the steps."""
        return tuple(dict.fromkeys(name for step in self.steps for name in step.ids))

    def document(self) -> Document:
        """The repair as sentences."""
        from ipmetrics.findings.mending import describe_repair  # noqa: PLC0415 - words import values, not back

        return describe_repair(self)

    def __str__(self) -> str:
        """As plain text."""
        return self.document().text()

    def _repr_html_(self) -> str:
        """For notebooks."""
        return self.document().html()


@attrs.frozen
class Part:
    """Conflicts that hang together, and the ways to mend them: one way has to be chosen for each part.

    Parameters
    ----------
    conflicts
        The conflicts of this part that were found.
    changes
        The lightest sets of figures to change (Fellegi–Holt error localisation): all of them if `complete`.
    rereadings
        Re-readings that mend the part, best first. Those with the size and weight of the first are one group: which
        of them is right, arithmetic alone cannot tell.
    weight
        The least weight of claims that have to change.
    proved
        Whether no lighter set of claims would do: the conflicts below cannot all be met for less.
    complete
        Whether `changes` holds every set of that weight.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> [part] = ipm.explain([ipm.Ratio(a, b, "2.0"), ipm.Ratio(b, a, "0.40")]).parts
    >>> part.weight, len(part.changes), part.proved
    (Fraction(1, 1), 2, True)
    """

    conflicts: tuple[Conflict, ...]
    changes: tuple[Repair, ...]
    rereadings: tuple[Repair, ...]
    weight: Fraction
    proved: bool
    complete: bool

    @property
    def best(self) -> tuple[Repair, ...]:
        """The best group of re-readings: those of the size and weight of the first."""
        return tuple(
            each
            for each in self.rereadings
            if (each.size, each.weight) == (self.rereadings[0].size, self.rereadings[0].weight)
        )


@attrs.frozen
class Explanation:
    """The answer to `explain`: why claims contradict each other, and what may have been meant.

    Parameters
    ----------
    verdict
        Of the set.
    conflicts
        Irreducible conflicts, smallest first.
    parts
        The conflicts by what hangs together, each with its repairs.
    left_open
        What was cut short or not decided, in words; empty if all was.
    notes
        Remarks that are no errors.
    conventions
        The readings under which all this was found.
    ids
        The names of all the claims, in order.

    Examples
    --------
    >>> import ipmetrics as ipm
    >>> rate = ipm.Indicator("patents per head", unit="patent/person")
    >>> a, b = rate.at("A", 2021), rate.at("B", 2021)
    >>> explanation = ipm.explain([ipm.Level(a, "6.0"), ipm.Level(b, "2.9"), ipm.Ratio(a, b, "2.5", id="multiple")])
    >>> explanation.verdict, len(explanation.conflicts), len(explanation.parts)
    (<Verdict.INCONSISTENT: 'inconsistent'>, 1, 1)
    """

    verdict: Verdict
    conflicts: tuple[Conflict, ...] = ()
    parts: tuple[Part, ...] = ()
    left_open: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = attrs.field(default=(), repr=False)
    conventions: Conventions = attrs.field(kw_only=True)

    def document(self) -> Document:
        """The explanation as headings, sentences and tables."""
        from ipmetrics.findings.mending import describe_explanation  # noqa: PLC0415 - words import values, not back

        return describe_explanation(self)

    def __str__(self) -> str:
        """As plain text."""
        return self.document().text()

    def _repr_html_(self) -> str:
        """For notebooks: conflicts with number lines, repairs as tables, proofs folded."""
        return self.document().html()
