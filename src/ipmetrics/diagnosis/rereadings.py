"""What a re-reading is, and what a claim's surroundings are: the common language of the rooms that propose them.

A proposal says how claims may have been meant and which slip that supposes; it does not know whether that helps.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from ipmetrics.findings import Slip
from ipmetrics.model.claims import Claim, observations_of
from ipmetrics.model.figures import Conventions

if TYPE_CHECKING:
    from ipmetrics.model.observations import Observation

__all__ = ["Rereading", "Surroundings"]


@attrs.frozen
class Rereading:
    """Some claims of a set read otherwise, supposing one slip.

    Parameters
    ----------
    slip
        Which slip it supposes.
    places
        The places of the claims it re-reads, ascending, each once.
    reread
        How each of them is read; None for one that says nothing any more.
    text
        What it supposes, in words that follow the claim's name: ``"reads as 78,157: separator misplaced"``.
    """

    slip: Slip
    places: tuple[int, ...]
    reread: tuple[Claim | None, ...]
    text: str


@attrs.frozen(slots=False)
class Surroundings:
    """The claims of a set and what each observation is mentioned by."""

    claims: tuple[Claim, ...]
    conventions: Conventions

    @cached_property
    def mentions(self) -> dict[Observation, tuple[int, ...]]:
        """The places of the claims that mention each observation, in order of first mention."""
        found: dict[Observation, list[int]] = {}
        for place, claim in enumerate(self.claims):
            for observation in dict.fromkeys(observations_of(claim)):
                found.setdefault(observation, []).append(place)
        return {observation: tuple(places) for observation, places in found.items()}

    def is_known(self, observation: Observation, place: int) -> bool:
        """Whether a claim other than that of a place mentions an observation: a re-reading can be held to that."""
        return any(each != place for each in self.mentions.get(observation, ()))
