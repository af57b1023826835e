"""Claims: what one printed statement says of one or more unknown values, and the union of all their kinds.

Totals, ranks and alternatives live here; the kinds that print a figure live next door. A claim is checked for sense
when it is made and never for truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeGuard

import attrs

from ipmetrics.errors import ClaimError
from ipmetrics.model.meanings import check_parts, check_rank
from ipmetrics.model.observations import Observation
from ipmetrics.model.printed import Change, Level, Ratio, Share, Told, is_observation
from ipmetrics.model.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Change",
    "Claim",
    "Level",
    "OneOf",
    "Rank",
    "Ratio",
    "Share",
    "Source",
    "Total",
    "is_claim",
    "is_open",
    "observations_of",
]


def _observations(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(observations)


def _are_observations(
    instance: object, attribute: attrs.Attribute[tuple[Observation, ...]], value: tuple[object, ...]
) -> None:
    for member in value:
        is_observation(instance, attribute, member)  # type: ignore[arg-type]  # only its name is used


@attrs.frozen
class Total(Told):
    """One observation is the sum of others, or at least holds them.

    Parameters
    ----------
    subject
        The whole.
    parts
        Its parts, one at least.
    complete, disjoint
        Both (the default): a partition, subject = Σ parts. Disjoint but incomplete: Σ parts ≤ subject. Neither:
        each part ≤ subject.

    Raises
    ------
    UnitError
        If a part's unit is neither the whole's nor covered by it.
    ClaimError
        If there is no part, a part is named twice or is the whole, or parts are complete without being disjoint.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> granted = Indicator("patents granted", unit="patent")
    >>> str(Total(granted.at("all", 2021), [granted.at("north", 2021), granted.at("south", 2021)]))
    'patents granted, all 2021 = patents granted, north 2021 + patents granted, south 2021'
    """

    subject: Observation = attrs.field(validator=is_observation)
    parts: tuple[Observation, ...] = attrs.field(converter=_observations, validator=_are_observations)
    complete: bool = attrs.field(default=True, kw_only=True)
    disjoint: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse unlike units, and parts that cannot be parts."""
        if self.complete and not self.disjoint:
            raise ClaimError(
                "complete=True, disjoint=False",
                rule="parts that may overlap say nothing when they are complete",
                way_out="pass complete=False with disjoint=False, or leave both out for a partition",
            )
        check_parts(self.subject, self.parts)

    def __str__(self) -> str:
        """In words."""
        sign = "=" if self.complete else "≥"
        return f"{self.subject} {sign} {(' + ' if self.disjoint else ' ∪ ').join(map(str, self.parts))}"


@attrs.frozen
class Rank(Told):
    """One observation is k-th among several.

    Parameters
    ----------
    subject
        The observation ranked.
    rank
        k, from 1.
    among
        Those it is ranked with; naming the subject again does no harm.
    order
        ``"descending"`` (first is largest) or ``"ascending"``.
    complete
        Whether everyone it is ranked with is named. At most k − 1 of those named are strictly ahead; if complete, at
        least k − 1 are ahead or level.

    Raises
    ------
    UnitError
        If they are not all in one unit.
    ClaimError
        If the rank is no whole number from 1 to as many as are ranked.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> rate = Indicator("patents per head", unit="patent/person")
    >>> str(Rank(rate.at("Beijing", 2025), 1, among=[rate.at("Shanghai", 2025)]))
    'patents per head, Beijing 2025 is number 1 of 2'
    """

    subject: Observation = attrs.field(validator=is_observation)
    rank: int
    among: tuple[Observation, ...] = attrs.field(converter=_observations, validator=_are_observations, kw_only=True)
    order: Literal["descending", "ascending"] = attrs.field(default="descending", kw_only=True)
    complete: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse unlike units and impossible ranks."""
        check_rank(self.subject, self.rank, self.others, order=self.order, complete=self.complete)

    @property
    def others(self) -> tuple[Observation, ...]:
        """Those it is ranked with, each once, without itself."""
        return tuple(dict.fromkeys(other for other in self.among if other != self.subject))

    def __str__(self) -> str:
        """In words."""
        ahead = "" if self.order == "descending" else " from below"
        ranked = f"of {len(self.others) + 1}" if self.complete else "among others"
        return f"{self.subject} is number {self.rank} {ranked}{ahead}"


def _claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(claims)


@attrs.frozen
class OneOf(Told):
    """At least one of several readings of one printed phrase holds.

    Parameters
    ----------
    alternatives
        The readings, two at least.

    Raises
    ------
    ClaimError
        If there are fewer than two, or one of them is no claim or lacks its figure.

    Examples
    --------
    >>> from ipmetrics.model.indicators import Indicator
    >>> pledges, money = Indicator("pledges", unit="case"), Indicator("pledge amount", unit="CNY")
    >>> up = [Change(each.at("Haidian", 2021), "8.06%") for each in (pledges, money)]
    >>> str(OneOf(up)).startswith("one of: pledges: Haidian 2021")
    True
    """

    alternatives: tuple[Claim, ...] = attrs.field(converter=_claims)

    def __attrs_post_init__(self) -> None:
        """Refuse what leaves no choice."""
        for alternative in self.alternatives:
            if not is_claim(alternative) or is_open(alternative):
                raise ClaimError(
                    repr(alternative),
                    rule="each reading is a claim with its figure",
                    way_out="pass claims such as Change(pledges, '8.06%')",
                )
        if len(self.alternatives) < 2:
            raise ClaimError(
                f"{len(self.alternatives)} reading(s)",
                rule="OneOf holds two readings at least",
                way_out="pass the claim itself where there is only one",
            )

    def __str__(self) -> str:
        """In words."""
        return "one of: " + " | ".join(map(str, self.alternatives))


Claim = Level | Ratio | Share | Change | Total | Rank | OneOf


def is_claim(given: object) -> TypeGuard[Claim]:
    """Whether something is a claim of one of the seven kinds."""
    return isinstance(given, (Level, Ratio, Share, Change, Total, Rank, OneOf))


def is_open(claim: Claim) -> bool:
    """Whether it lacks its figure and so is an expression to derive, not a statement to check."""
    return isinstance(claim, (Level, Ratio, Share, Change)) and claim.figure is None


def observations_of(claim: Claim) -> Iterator[Observation]:
    """The observations a claim speaks of, in the order it names them; one may come twice."""
    match claim:
        case Level(subject=subject):
            yield subject
        case Ratio(subject=subject, to=other) | Share(subject=subject, of=other):
            yield from (subject, other)
        case Change():
            yield from (claim.subject, claim.base)
        case Total(subject=subject, parts=others):
            yield from (subject, *others)
        case Rank():
            yield from (claim.subject, *claim.others)
        case OneOf(alternatives=alternatives):
            for alternative in alternatives:
                yield from observations_of(alternative)
