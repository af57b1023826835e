"""Judging articles: a verdict that rests on sure readings alone, and beside it what unsure ones would contradict.

This room decides which claims may accuse; whether they hold together is decided further down.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Final

import attrs

from ipmetrics.checks import check, conflicts
from ipmetrics.errors import CutShortWarning
from ipmetrics.findings import ClaimFinding, ClaimVerdict, Passage
from ipmetrics.findings.wording import listed
from ipmetrics.model.printed import stated_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ipmetrics.findings import Conflict, Report
    from ipmetrics.model.figures import Conventions
    from ipmetrics.prose.article import Article, Made
    from ipmetrics.prose.statements import Unread

__all__ = ["judge", "judge_readings", "passages"]

_MOST: Final = 12
"""How many contradictions of unsure readings are told beside those of sure ones."""


def judge(
    article: Article,
    conventions: Conventions | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Whether an article agrees with itself, as far as it was surely read.

    Parameters
    ----------
    article
        As `find_claims` gives it.
    conventions
        How figures are read and what is assumed.
    progress
        As for `check`.

    Returns
    -------
    Report
        Its verdict and conflicts rest on sure readings alone. Contradictions that need an unsure one are told in
        ``if_read_so``, each with its doubts; what could not be read is in ``unread``.

    Examples
    --------
    >>> from ipmetrics.prose.assembling import assemble
    >>> judge(assemble([])).verdict
    <Verdict.CONSISTENT: 'consistent'>
    """
    return judge_readings(article.made, conventions, unread=passages(article.unread), progress=progress)


def passages(unread: Iterable[Unread], document: str | None = None) -> tuple[Passage, ...]:
    """What could not be read, as a report tells it."""
    return tuple(Passage(span=each.span, quote=each.quote, reason=each.reason, document=document) for each in unread)


def judge_readings(
    made: Sequence[Made],
    conventions: Conventions | None = None,
    *,
    unread: Iterable[Passage] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Judge claims of articles, or of articles and claim files; what a file says is sure.

    Raises
    ------
    ClaimError
        If the claims make no sense as a set.
    """
    named = [_named(each, place) for place, each in enumerate(made, 1)]
    report = check([each.apart for each in named if each.is_sure], conventions, progress=progress)
    known = {finding.id: finding for finding in report.findings}
    findings = tuple(known[each.name] if each.is_sure else _unsure(each, report.conventions) for each in named)
    supposed, more = _supposed(named, report)
    notes = (f"more contradictions need an unsure reading than the {_MOST} that are told",) if more else ()
    return attrs.evolve(
        report, findings=findings, if_read_so=supposed, unread=tuple(unread), notes=(*report.notes, *notes)
    )


def _named(made: Made, place: int) -> Made:
    """The claim under a name, which those of claim files may lack."""
    if made.claim.id is not None:
        return made
    name = f"claim-{place}"
    return attrs.evolve(made, claim=attrs.evolve(made.claim, id=name), apart=attrs.evolve(made.apart, id=name))


def _unsure(made: Made, conventions: Conventions) -> ClaimFinding:
    """The finding on a claim that was read and is not judged."""
    notes = tuple(f"not judged, for its reading is unsure: {doubt}" for doubt in made.doubts)
    stated = stated_by(made.claim, conventions)
    return ClaimFinding(made.name, made.claim, ClaimVerdict.UNCHECKED, stated=stated, notes=notes)


def _supposed(made: Sequence[Made], report: Report) -> tuple[tuple[Conflict, ...], bool]:
    """The conflicts of all claims as they were read that are none of the sure ones, and whether there are more."""
    if all(each.is_sure and each.apart == each.claim for each in made):
        return (), False
    sure = {frozenset(conflict.ids) for conflict in report.conflicts}
    by_name = {each.name: each for each in made}
    found: list[Conflict] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutShortWarning)
        for conflict in conflicts([each.claim for each in made], report.conventions, limit=len(sure) + _MOST + 1):
            if frozenset(conflict.ids) in sure:
                continue
            if len(found) == _MOST:
                return tuple(found), True
            doubts = tuple(dict.fromkeys(_doubts([by_name[name] for name in conflict.ids])))
            found.append(attrs.evolve(conflict, doubts=doubts))
    return tuple(found), False


def _doubts(made: Sequence[Made]) -> Iterator[str]:
    """Why a conflict of these claims is unsure: their readings, else that they may speak of different things."""
    several = len(made) > 1
    for each in made:
        for doubt in each.doubts:
            yield f"{each.name}: {doubt}" if several else doubt
    apart = [each.name for each in made if each.is_sure and each.apart != each.claim]
    sentences = {each.claim.source.span for each in made if each.claim.source is not None}
    if apart and len(sentences) > 1:
        those = f"{listed(apart)} {'are' if len(apart) > 1 else 'is'}"
        yield f"{those} named in general words, which may mean something else in another sentence"
