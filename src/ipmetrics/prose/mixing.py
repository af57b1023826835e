"""Mixing: claims of an article beside those of other documents, where one name may stand for two sets of facts.

This room keeps apart what would clash. It knows no file and judges nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Total, observations_of
from ipmetrics.model.indicators import Growth

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ipmetrics.model.indicators import Indicator
    from ipmetrics.model.observations import Observation
    from ipmetrics.prose.article import Made

__all__ = ["beside"]


def beside(made: Iterable[Made], known: Iterable[Claim], document: str) -> tuple[Made, ...]:
    """Claims of an article, its indicators renamed where known claims take the same name for something else.

    Parameters
    ----------
    made
        Of the article.
    known
        Claims of the other documents.
    document
        What the article is called.
    """
    named = [observation.indicator for claim in known for observation in observations_of(claim)]
    facts = {indicator.key: _facts(indicator) for indicator in named}

    def renamed(indicator: Indicator) -> Indicator:
        if isinstance(indicator.definition, Growth):
            of = renamed(indicator.definition.of)
            return indicator if of is indicator.definition.of else of.growth()
        same = facts.get(indicator.key, _facts(indicator)) == _facts(indicator)
        if same or indicator.code is not None or indicator.definition is not None:
            return indicator
        return attrs.evolve(indicator, label=f"{indicator.label}, as {document} has it")

    def moved(observation: Observation) -> Observation:
        indicator = renamed(observation.indicator)
        return observation if indicator is observation.indicator else observation.moved(indicator=indicator)

    return tuple(attrs.evolve(each, claim=_over(each.claim, moved), apart=_over(each.apart, moved)) for each in made)


def _facts(indicator: Indicator) -> tuple[object, ...]:
    """What two indicators of one name have to agree in."""
    return indicator.unit, indicator.whole, indicator.signed, indicator.measure, indicator.additive


def _over(claim: Claim, moved: Callable[[Observation], Observation]) -> Claim:
    """The claim over other observations."""
    match claim:
        case Level():
            return attrs.evolve(claim, subject=moved(claim.subject))
        case Ratio():
            return attrs.evolve(claim, subject=moved(claim.subject), to=moved(claim.to))
        case Share():
            return attrs.evolve(claim, subject=moved(claim.subject), of=moved(claim.of))
        case Change(since=since, than=than):
            return attrs.evolve(
                claim,
                subject=moved(claim.subject),
                since=None if since is None else moved(since),
                than=None if than is None else moved(than),
            )
        case Total():
            return attrs.evolve(claim, subject=moved(claim.subject), parts=map(moved, claim.parts))
        case Rank():
            return attrs.evolve(claim, subject=moved(claim.subject), among=map(moved, claim.among))
        case OneOf():
            return attrs.evolve(claim, alternatives=[_over(each, moved) for each in claim.alternatives])
