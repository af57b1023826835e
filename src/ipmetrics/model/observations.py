"""Observations: an indicator at a region and a period in a scope; one unknown true value, never a number.

Two observations are the same unknown only if indicator, region, period and scope all agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import ClaimError
from ipmetrics.model.indicators import Indicator, Measure
from ipmetrics.model.periods import Period
from ipmetrics.model.regions import Region, is_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

__all__ = ["ALL", "SHARED_DIMENSIONS", "Member", "Observation"]

ALL = "all"
"""The member that stands for no restriction: ``{"holder": "all"}`` is the unscoped observation."""

SHARED_DIMENSIONS = frozenset({"territory", "status", "edition"})
"""Dimensions that a rate hands on to its denominator: the people of the same territory, planned or actual."""


def _members(members: Member | str | Iterable[Member | str]) -> tuple[Member, ...]:
    several = (members,) if isinstance(members, (Member, str)) else tuple(members)
    return tuple(Member.of(member) for member in several)


@attrs.frozen(eq=False, repr=False)
class Member:
    """One member of a scope dimension, such as holder → universities, with the members it is declared part of.

    Parameters
    ----------
    name
        Its identity within its dimension.
    part_of
        Members it is wholly inside; ``"all"`` stands for the unscoped whole.

    Examples
    --------
    >>> Member("universities", part_of="all").is_part_of(Member("all"))
    True
    """

    name: str
    part_of: tuple[Member, ...] = attrs.field(default=(), kw_only=True, converter=_members)

    def __attrs_post_init__(self) -> None:
        """Refuse a nameless member and one inside itself."""
        if not is_name(self.name):
            raise ClaimError(repr(self.name), rule="a scope member has a name", way_out='write "universities"')
        if any(above == self for above in self.ancestors()):
            raise ClaimError(self.name, rule="a scope member is not part of itself", way_out="take it out of part_of")

    @classmethod
    def of(cls, member: Member | str) -> Member:
        """Take a Member as it is and text as a member without declared parents."""
        return member if isinstance(member, Member) else cls(member)

    def ancestors(self) -> Iterator[Member]:
        """Every member this one is part of, nearest first, each once."""
        seen: set[str] = set()
        queue = list(self.part_of)
        while queue:
            member = queue.pop(0)
            if member.name not in seen:
                seen.add(member.name)
                yield member
                queue.extend(member.part_of)

    def is_part_of(self, other: Member) -> bool:
        """Whether this member lies inside the other, through any number of steps."""
        return any(above == other for above in self.ancestors())

    def __eq__(self, other: object) -> bool:
        """Members are one when their names are."""
        return self.name == other.name if isinstance(other, Member) else NotImplemented

    def __hash__(self) -> int:
        """Hash by name."""
        return hash(self.name)

    def __str__(self) -> str:
        """The name."""
        return self.name

    def __repr__(self) -> str:
        """Reads back."""
        parents = f", part_of={list(self.part_of)}" if self.part_of else ""
        return f"Member({self.name!r}{parents})"


def _region(region: Region | str) -> Region:
    return Region.of(region)


def _period(when: int | str | date | Period) -> Period:
    return Period(when)


def _scope(scope: Mapping[str, Member | str]) -> Mapping[str, Member]:
    read = {dimension: Member.of(member) for dimension, member in scope.items()}
    return MappingProxyType({dimension: read[dimension] for dimension in sorted(read) if read[dimension].name != ALL})


@attrs.frozen(eq=False, repr=False)
class Observation:
    """One unknown true value: an indicator at a region and a period, in a scope.

    Parameters
    ----------
    indicator
        What is measured.
    region
        A Region, or a name for an ad-hoc one.
    period
        Anything `Period` takes. A stock's period means its last day: 2021, 2021-12 and 2021-12-31 are one unknown.
    scope
        Frozen mapping of dimension to member: holder, kind, office, territory, status (actual, forecast, target),
        basis. A target is never the same unknown as an actual.

    Examples
    --------
    >>> stock = Indicator("patents in force", unit="patent", measure="stock")
    >>> Observation(stock, "Haidian", 2021) == Observation(stock, "Haidian", "2021-12-31")
    True
    """

    indicator: Indicator
    region: Region = attrs.field(converter=_region)
    period: Period = attrs.field(converter=_period)
    scope: Mapping[str, Member] = attrs.field(factory=dict, converter=_scope)
    key: tuple[str, str, Period, tuple[tuple[str, str], ...]] = attrs.field(init=False)
    _hash: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Fix the identity."""
        stock = self.indicator.measure is Measure.STOCK
        moment = self.period.last_day if stock else self.period
        scope = tuple((dimension, member.name) for dimension, member in self.scope.items())
        object.__setattr__(self, "key", (self.indicator.key, self.region.key, moment, scope))
        object.__setattr__(self, "_hash", hash(self.key))

    def moved(
        self,
        *,
        indicator: Indicator | None = None,
        region: Region | None = None,
        period: Period | None = None,
        scope: Mapping[str, Member | str] | None = None,
    ) -> Observation:
        """The observation that differs from this one in what is given.

        Examples
        --------
        >>> here = Indicator("patents granted", unit="patent").at("Haidian", 2021)
        >>> str(here.moved(period=here.period.year_before))
        'patents granted, Haidian 2020'
        """
        return Observation(
            indicator or self.indicator,
            region or self.region,
            period or self.period,
            self.scope if scope is None else scope,
        )

    @property
    def place(self) -> str:
        """Region, period and scope in words, without the indicator."""
        scope = f" ({', '.join(str(member) for member in self.scope.values())})" if self.scope else ""
        return f"{self.region} {self.period}{scope}"

    def __eq__(self, other: object) -> bool:
        """The same unknown only if indicator, region, period and scope agree."""
        if not isinstance(other, Observation):
            return NotImplemented
        return self.key == other.key

    def __hash__(self) -> int:
        """Hash by identity."""
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the parts: a frozen view of a mapping does not travel."""
        return Observation, (self.indicator, self.region, self.period, dict(self.scope))

    def __str__(self) -> str:
        """Indicator, region, period and scope in words."""
        return f"{self.indicator}, {self.place}"

    def __repr__(self) -> str:
        """Reads back to an equal observation."""
        region = repr(self.region) if self.region.code is not None else repr(self.region.label)
        scope = f", {dict(self.scope)!r}" if self.scope else ""
        return f"{self.indicator!r}.at({region}, {str(self.period)!r}{scope})"
