"""Highlighting: an article as a picture of itself, every figure marked with what became of its claim.

This room knows in which order a reader should see what was found: what clashes first, then what is unsure, then what
fits. It judges nothing, and it leaves out no figure without saying so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

import attrs

from ipmetrics.documents import (
    Column,
    Document,
    Folded,
    Look,
    Mark,
    Marked,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from ipmetrics.findings import ClaimVerdict
from ipmetrics.findings.contradictions import says
from ipmetrics.findings.describe import VERDICT_TONES, remarks, summary
from ipmetrics.findings.wording import interval_words, listed
from ipmetrics.prose.markup import looks_like_markup, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ipmetrics.documents import Block
    from ipmetrics.findings import ClaimFinding, Report
    from ipmetrics.prose.article import Article, Made
    from ipmetrics.prose.statements import Statement

__all__ = ["describe_article"]

_CONTRADICTED: Final = Look("contradicted", "!", tone=Tone.BAD, line="wavy", filled=True)
_SUPPOSED: Final = Look("contradicts if read so", "!?", tone=Tone.OPEN, line="dashed", filled=True)
_UNSURE: Final = Look("unsure, not judged", "?", tone=Tone.OPEN, line="dashed")
_UNREAD: Final = Look("not read", "~", tone=Tone.QUIET, line="box")
_UNDETERMINED: Final = Look("undetermined", "/", tone=Tone.OPEN, line="dotted")
_UNJUDGED: Final = Look("not in this report", "o", tone=Tone.QUIET, line="dashed")
_UNCHECKED: Final = Look("unchecked", "-", tone=Tone.QUIET, line="dotted")
_CONSISTENT: Final = Look("consistent", "+", tone=Tone.GOOD)
_ENTAILED: Final = Look("entailed", "=", tone=Tone.GOOD, line="double")

_LOOKS: Final = (
    _CONTRADICTED,
    _SUPPOSED,
    _UNSURE,
    _UNDETERMINED,
    _UNJUDGED,
    _UNCHECKED,
    _CONSISTENT,
    _ENTAILED,
    _UNREAD,
)
"""In the order of the legend; a figure of which several things are said looks like the first of them."""

_OF_VERDICT = {
    ClaimVerdict.CONTRADICTED: _CONTRADICTED,
    ClaimVerdict.ENTAILED: _ENTAILED,
    ClaimVerdict.CONSISTENT: _CONSISTENT,
    ClaimVerdict.UNCHECKED: _UNCHECKED,
    ClaimVerdict.UNDETERMINED: _UNDETERMINED,
}
_GAP: Final = re.compile(r"\n(?:[ \t]*+\n)++")
"""Empty lines: tags leave many behind."""


@attrs.frozen
class _Told:
    """One stretch of the text with what is said of it."""

    start: int
    end: int
    look: Look
    name: str
    lines: tuple[str, ...]

    def beside(self, other: _Told) -> _Told:
        """Both as one, where they overlap: the graver look, and what is said of each."""
        return _Told(
            min(self.start, other.start),
            max(self.end, other.end),
            min(self.look, other.look, key=_LOOKS.index),
            ", ".join(filter(None, (self.name, other.name))),
            (*self.lines, "", *other.lines),
        )

    @property
    def mark(self) -> Mark:
        return Mark(self.start, self.end, self.look, title="\n".join(self.lines), name=self.name)


def describe_article(article: Article, report: Report | None = None, *, longest: int | None = 20_000) -> Document:
    """An article with its figures marked, the legend above, and below them every figure in a folded table.

    Parameters
    ----------
    article
        The article.
    report
        What is known of its claims, looked up by their ids; by default the article is judged by itself.
    longest
        How many letters are shown; all of them if None.

    Examples
    --------
    >>> from ipmetrics.prose.reading import find_claims
    >>> article = find_claims("Haidian granted 40,455 patents in 2021, up 15.2% from 33,825 in 2020.")
    >>> print(describe_article(article).text())
    inconsistent: All 3 claims were checked against others.
    <BLANKLINE>
    [!] contradicted
    <BLANKLINE>
      Haidian granted 40,455[!s1-1] patents in 2021, up 15.2%[!s1-2] from 33,825[!s1-3] in 2020.
    """
    report = article.judge() if report is None else report
    shown, places = _shown(article.text)
    told = _apart(_told(article, report, places, len(shown)))
    end = _cut(shown, told, longest)
    kept = [each for each in told if each.end <= end]
    looks = [look for look in _LOOKS if any(each.look is look for each in kept)]
    verdict = Run(report.verdict.value, VERDICT_TONES[report.verdict])
    blocks: list[Block] = [
        Paragraph([verdict, f": {summary(report)}"]),
        Marked(shown[:end], [each.mark for each in kept], looks),
    ]
    if end < len(shown):
        blocks.append(Paragraph([Run(_left_out(told[len(kept) :], len(shown) - end, len(shown)), Tone.QUIET)]))
    if kept:
        blocks.append(Folded("Every figure in a table", [_table(kept, shown)]))
    return Document(blocks)


# ---------------------------------------------------------------------- what is shown


def _shown(given: str) -> tuple[str, Sequence[int] | None]:
    """The text as it is looked at: of a page its words, with the place of each letter in what was given."""
    if not looks_like_markup(given):
        return given, None
    letters, places = without_markup(given)
    kept: list[int] = []
    done = 0
    for gap in _GAP.finditer(letters):
        kept += range(done, gap.start())
        kept += (gap.start(), gap.end() - 1) if gap.start() else ()
        done = gap.end()
    kept += range(done, len(letters))
    return "".join(letters[place] for place in kept), [places[place] for place in kept]


def _placed(span: tuple[int, int], places: Sequence[int] | None, length: int) -> tuple[int, int]:
    """Where a span of the given text stands in what is shown."""
    first, last = span if places is None else (bisect_left(places, span[0]), bisect_left(places, span[1]))
    return first, min(last, length)


def _cut(shown: str, told: Sequence[_Told], longest: int | None) -> int:
    """Where a long text is left: at the end of a line if there is one in sight, and within no figure."""
    if longest is None or len(shown) <= longest:
        return len(shown)
    end = shown.rfind("\n", longest // 2, longest)
    end = longest if end < 0 else end
    return next((each.start for each in told if each.start < end < each.end), end)


def _left_out(told: Sequence[_Told], letters: int, all_letters: int) -> str:
    count = len(told)
    figures = f"with {count} figure{'s' * (count != 1)}" if count else "without figures"
    accused = [each.name for each in told if each.look is _CONTRADICTED]
    those = f", of which {listed(accused)} {'are' if len(accused) > 1 else 'is'} contradicted" if accused else ""
    return (
        f"Left out: the last {letters:,} of {all_letters:,} letters, {figures}{those}. "
        "`article.document(longest=None)` shows them."
    )


# ---------------------------------------------------------------------- what is said of it


def _told(article: Article, report: Report, places: Sequence[int] | None, length: int) -> Iterator[_Told]:
    """Every claim and everything that was not read, wherever it stands in the text."""
    findings = {finding.id: finding for finding in report.findings}
    clashes = _clashes(report)
    for made in article.made:
        statement, finding = article.statements[made.place], findings.get(made.name)
        look, lines = _look(made, finding, clashes), _lines(made, statement, finding, clashes)
        yield _Told(*_placed(statement.span, places, length), look, made.name, (*lines,))
    for unread in article.unread:
        yield _Told(*_placed(unread.span, places, length), _UNREAD, "", ("not read", unread.reason))


def _apart(told: Iterable[_Told]) -> list[_Told]:
    """In the order of the text; those that overlap are put together."""
    found: list[_Told] = []
    for each in sorted(told, key=lambda one: (one.start, one.end)):
        if each.start >= each.end:
            continue
        if found and each.start < found[-1].end:
            found[-1] = found[-1].beside(each)
        else:
            found.append(each)
    return found


def _clashes(report: Report) -> dict[str, list[str]]:
    """For each claim what it contradicts if an unsure reading is right."""
    found: dict[str, list[str]] = {}
    for conflict in report.if_read_so:
        for name in conflict.ids:
            others = [other for other in conflict.ids if other != name]
            found.setdefault(name, []).append(listed(others) or "what is assumed")
    return found


def _look(made: Made, finding: ClaimFinding | None, clashes: Mapping[str, Sequence[str]]) -> Look:
    if finding is None:
        return _UNJUDGED
    if finding.verdict is ClaimVerdict.CONTRADICTED:
        return _CONTRADICTED
    if made.name in clashes:
        return _SUPPOSED
    if not made.is_sure and finding.verdict is ClaimVerdict.UNCHECKED:
        return _UNSURE
    return _OF_VERDICT[finding.verdict]


def _lines(
    made: Made, statement: Statement, finding: ClaimFinding | None, clashes: Mapping[str, Sequence[str]]
) -> Iterator[str]:
    """What a reader who points at a figure is told."""
    look = _look(made, finding, {})
    same = finding is None or finding.claim in (made.claim, made.apart)
    yield f"{made.name}: {look.name}{'' if same else ', but not as printed: the claim was edited'}"
    yield f"{_kind(statement)}: {made.claim if finding is None or same else finding.claim}"
    if finding is not None:
        yield from _intervals(finding)
    for other in clashes.get(made.name, ()):
        yield f"if read so, contradicts {other}"
    if finding is None or look is _UNSURE:
        yield from (f"unsure: {doubt}" for doubt in made.doubts)
    else:
        yield from remarks(finding)


def _kind(statement: Statement) -> str:
    """What it says, in two words at most."""
    return " ".join(each.value for each in (statement.kind, statement.direction) if each is not None)


def _intervals(finding: ClaimFinding) -> Iterator[str]:
    """What its figure allows, and what the others leave for it."""
    words = []
    if says(finding.stated):
        words.append(f"allows {interval_words(finding.stated, finding.claim)}")
    if finding.verdict is not ClaimVerdict.UNCHECKED and says(finding.implied):
        words.append(f"the others imply {interval_words(finding.implied, finding.claim)}")
    if words:
        yield "; ".join(words)


# ---------------------------------------------------------------------- the same without pointing


def _table(told: Sequence[_Told], shown: str) -> Table:
    """What is said of each figure, for those who cannot point at it."""
    rows = [_row(each, shown[each.start : each.end]) for each in told]
    return Table([Column("id", whole=True), Column("printed"), Column("verdict", whole=True), Column("says")], rows)


def _row(told: _Told, words: str) -> Row:
    _, says_what, *more = told.lines
    return Row(
        [Run(told.name, Tone.QUIET), words, Run(told.look.name, told.look.tone), says_what],
        [[Run(line, Tone.QUIET)] for line in more if line],
    )
