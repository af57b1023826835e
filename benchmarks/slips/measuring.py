"""What becomes of planted slips: whether they show, whether the right re-reading is found, and where it is named.

One outcome for each world; a table is made of many. Every number is reproducible from the kind and the world's number.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import attrs

from benchmarks.slips.oracle import best_group, fails, outcome
from benchmarks.slips.planting import Planted, meaning_of, planted
from benchmarks.slips.published import statements
from benchmarks.slips.worlds import World, drawn
from ipmetrics.diagnosis import explain
from ipmetrics.diagnosis.rereadings import Rereading
from ipmetrics.findings import Slip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.findings import Repair
    from ipmetrics.model.claims import Claim

COLUMNS = (
    "planted",
    "visible",
    "in the oracle's best group",
    "search finds that group",
    "mean size",
    "9 in 10 up to",
    "groups of one",
    "of these named first",
    "within three",
    "of all visible named first",
    "also fits, in how many",
)
OFTEN = 20
"""A kind is named beside another from one group in so many on."""


@attrs.frozen
class Outcome:
    """What became of one planted slip.

    Parameters
    ----------
    visible
        Whether the claims contradict each other at all.
    expected
        Whether the oracle's best group holds what was planted.
    size
        How many re-readings that group has.
    same
        Whether the search's best group is the same, but for what the oracle could not decide.
    rank
        Where the search names what was planted among all re-readings, from 1; 0 if nowhere.
    others
        The other kinds in the group.
    """

    visible: bool
    expected: bool = False
    size: int = 0
    same: bool = True
    rank: int = 0
    others: frozenset[Slip] = frozenset()

    @property
    def is_right(self) -> bool:
        """Whether the oracle knows what was planted and the search agrees; so too what does not show."""
        return not self.visible or (self.expected and self.same and self.rank > 0)


def world_of(slip: Slip, number: int) -> Planted:
    """The claims of a numbered world with a slip of a kind planted."""
    draw = Random(f"{slip}:{number}")
    while True:
        claims = planted(slip, drawn(slip, draw), draw)
        if claims is not None:
            return claims


def judged(case: Planted) -> Outcome:
    """What becomes of a planted slip."""
    if not fails(case.claims):
        return Outcome(visible=False)
    group = best_group(case.claims)
    rank, told = searched(case)
    mine, perhaps = ({outcome(case.claims, reading) for reading in each} for each in (group.found, group.left_open))
    return Outcome(
        visible=True,
        expected=any(names(case, reading) for reading in group.found),
        size=len(group.found),
        same=mine <= told <= mine | perhaps,
        rank=rank,
        others=frozenset(reading.slip for reading in group.found) - {case.slip},
    )


def names(case: Planted, reading: Rereading) -> bool:
    """Whether a re-reading is what was planted."""
    return reading.slip is case.slip and outcome(case.claims, reading) == planted_outcome(case)


def planted_outcome(case: Planted) -> object:
    """What the planted slip's repair comes to."""
    return frozenset((place, meaning_of(claim)) for place, claim in zip(case.places, case.meant, strict=True))


def searched(case: Planted) -> tuple[int, set[object]]:
    """Where the search names what was planted, and what its best group comes to."""
    explanation = explain(case.claims)
    rank, told = 0, set[object]()
    for part in explanation.parts:
        ranked = [repair for repair in part.rereadings if len(repair.steps) == 1]
        place = next((n for n, repair in enumerate(ranked, 1) if case.is_named_by(repair.steps[0])), 0)
        rank = place or rank
        told |= {_comes_to(repair, case.claims) for repair in part.best if len(repair.steps) == 1}
    return rank, told if len(explanation.parts) == 1 else set()


def _comes_to(repair: Repair, claims: Sequence[Claim]) -> object:
    """What a repair of one step comes to."""
    step, ids = repair.steps[0], [claim.id for claim in claims]
    assert step.slip is not None, "a figure that simply has to change is no re-reading"
    return outcome(claims, Rereading(step.slip, tuple(map(ids.index, step.ids)), step.reread, step.text))


@cache
def published_worlds() -> tuple[tuple[str, World], ...]:
    """The published statements that agree, by their names, each with a world in which it holds."""
    worlds = ((statement.id, statement.world()) for statement in statements() if statement.agrees)
    return tuple((name, world) for name, world in worlds if world is not None)


def published_cases(slip: Slip) -> list[tuple[str, Planted]]:
    """A slip of a kind planted into every published statement that agrees and that it can happen to."""
    cases = ((name, planted(slip, world, Random(f"{slip}:{name}"))) for name, world in published_worlds())
    return [(name, case) for name, case in cases if case is not None]


def row(name: str, outcomes: Sequence[Outcome]) -> str:
    """A row of the table: counts and shares."""
    visible = [each for each in outcomes if each.visible]
    sizes = sorted(each.size for each in visible) or [0]
    alone = [each for each in visible if each.size == 1]
    beside = Counter(slip for each in visible for slip in each.others)
    often = [(slip, count) for slip, count in beside.most_common() if OFTEN * count >= len(visible)]
    cells = (
        str(len(outcomes)),
        percent(len(visible), len(outcomes)),
        percent(sum(each.expected for each in visible), len(visible)),
        percent(sum(each.same for each in visible), len(visible)),
        f"{sum(sizes) / len(sizes):.1f}",
        str(sizes[(9 * len(sizes) - 1) // 10]),
        percent(len(alone), len(visible)),
        percent(sum(each.rank == 1 for each in alone), len(alone)),
        percent(sum(1 <= each.rank <= 3 for each in alone), len(alone)),
        percent(sum(each.rank == 1 for each in visible), len(visible)),
        ", ".join(f"{slip} {percent(count, len(visible))}" for slip, count in often) or "–",
    )
    return f"| {name} | {' | '.join(cells)} |"


def percent(some: int, of: int) -> str:
    """A share in percent, cut to one decimal so that only all is 100 %; a dash of nothing."""
    if not of:
        return "–"
    return f"{1000 * some // of / 10:.1f} %" if some < of else "100 %"


def header(first: str) -> str:
    """The first two lines of the table."""
    return f"| {first} | {' | '.join(COLUMNS)} |\n{'|---' * (len(COLUMNS) + 1)}|"
