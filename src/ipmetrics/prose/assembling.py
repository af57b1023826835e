"""Assembling: the statements of an article to its claims, as they were read and with every doubtful unknown apart.

The rooms beside this one do the work; here they are put in a row. A statement that makes no claim is listed with the
reason, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import IpmetricsError
from ipmetrics.model.claims import Level
from ipmetrics.model.sources import Source
from ipmetrics.prose.article import Article, Made
from ipmetrics.prose.blocks import Language
from ipmetrics.prose.claiming import Claiming
from ipmetrics.prose.doubting import doubts_of, far_between, far_in_sentence, meeting, places_apart
from ipmetrics.prose.measuring import Measures
from ipmetrics.prose.statements import Kind, Unread
from ipmetrics.prose.summing import parts_apart, sum_of, sums_in
from ipmetrics.prose.unknowns import Unknowns
from ipmetrics.prose.whereabouts import elsewhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipmetrics.model.claims import Claim
    from ipmetrics.prose.statements import Statement

__all__ = ["Imprint", "assemble"]


@attrs.frozen(kw_only=True)
class Imprint:
    """What is known of an article beside its words.

    Parameters
    ----------
    date, language, title, producer
        When it was published, what most of it is written in, what it is called and who published it.
    alone
        Whether its claims are judged without those of other articles: its sentences then are not called after it.
    """

    date: dt.date | None = None
    language: Language | None = None
    title: str | None = None
    producer: str | None = None
    alone: bool = False


def assemble(
    statements: Iterable[Statement],
    *,
    text: str = "",
    unread: Iterable[Unread] = (),
    sentences: Iterable[tuple[int, int]] = (),
    imprint: Imprint | None = None,
) -> Article:
    """Make claims of statements.

    Parameters
    ----------
    statements
        In the order of the text; places they point to are places in this list.
    text
        The article, which their spans index.
    unread
        What could not be read.
    sentences
        Where all sentences of the article begin and end, so that claims can be named after their number; by default
        those that hold a statement.
    imprint
        What else is known of the article.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from ipmetrics.model.periods import Period
    >>> from ipmetrics.prose.statements import Statement
    >>> text = "In 2021, Haidian granted 40,455 invention patents."
    >>> statement = Statement(
    ...     span=(25, 31),
    ...     quote="40,455",
    ...     sentence=(0, 50),
    ...     kind=Kind.LEVEL,
    ...     figure="40,455",
    ...     value=Fraction(40455),
    ...     printed="40,455",
    ...     unit="patent",
    ...     indicator="invention patents granted",
    ...     region="Haidian",
    ...     period=Period(2021),
    ... )
    >>> [str(claim) for claim in assemble([statement], text=text)]
    ['invention patents granted, Haidian 2021 = 40,455']
    """
    given, imprint = tuple(statements), imprint or Imprint()
    work = _Work(given, text, imprint, tuple(sentences))
    made, refused = work.made()
    left = sorted((*unread, *refused), key=lambda each: each.span)
    return Article(
        made=made,
        statements=given,
        ids=work.ids,
        unread=tuple(left),
        text=text,
        date=imprint.date,
        language=imprint.language,
    )


_SUM = "-sum"


class _Work:
    """One article on its way to claims."""

    def __init__(
        self,
        statements: tuple[Statement, ...],
        text: str,
        imprint: Imprint,
        sentences: tuple[tuple[int, int], ...],
    ) -> None:
        self._statements = statements
        self._text = text
        self._published = imprint.date
        self._source = Source(imprint.producer, imprint.title, imprint.date)
        self._of = f" of {imprint.title}" if imprint.title and not imprint.alone else ""
        self._measures = Measures(statements)
        self._number = _numbers(statements, sentences)
        self.ids = _ids(self._number)
        self._leaning = _leaning(statements)

    def made(self) -> tuple[tuple[Made, ...], list[Unread]]:
        """The claims, and what the model refused."""
        names = {place: self._sentence_name(place) for place in range(len(self._statements))}
        met = meeting(self._statements, self._unknowns({}))
        first, unmade = self._claims(self._unknowns(met))
        which = met | far_in_sentence(self._statements, first) | parts_apart(self._statements)
        far = far_between(self._statements, first)
        plain, refused = first, unmade
        if far or which != met:
            plain, refused = self._claims(self._unknowns(which, apart={place: names[place] for place in far}))
        doubts = doubts_of(self._statements, plain)
        keep = {*far, *places_apart(self._statements, which, doubts), *elsewhere(self._statements, self._text)}
        unknowns = self._unknowns(which, apart={place: names[place] for place in keep}, sentences=names)
        same = frozenset(
            place for place, each in enumerate(self._statements) if each.kind is Kind.LEVEL and place not in keep
        )
        apart = {claim.id: claim for _, claim in self._claims(unknowns, known=same)[0]}
        return (
            tuple(
                Made(claim, apart.get(claim.id, claim), place, self._doubts(claim, place, doubts))
                for place, claim in plain
            ),
            refused,
        )

    def _doubts(self, claim: Claim, place: int, doubts: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """Why a claim is unsure; a sum is as unsure as anything in it."""
        if not (claim.id or "").endswith(_SUM):
            return doubts[place]
        told = (doubts[each] for each in (place, *self._statements[place].parts))
        return tuple(dict.fromkeys(doubt for each in told for doubt in each))

    def _unknowns(
        self,
        which: Mapping[int, str],
        *,
        apart: Mapping[int, str] | None = None,
        sentences: Mapping[int, str] | None = None,
    ) -> Unknowns:
        return Unknowns(
            self._statements,
            self._measures,
            self._published,
            apart=apart or {},
            sentences=sentences or {},
            which=which,
        )

    def _claims(
        self, unknowns: Unknowns, *, known: frozenset[int] = frozenset()
    ) -> tuple[list[tuple[int, Claim]], list[Unread]]:
        """The claims of all statements but those known, each with its place, and what the model refused."""
        claiming = Claiming(unknowns)
        claims: list[tuple[int, Claim]] = []
        refused: list[Unread] = []
        for place, statement in enumerate(self._statements):
            if place in known:
                continue
            name, source = self.ids[place], self._told(place)
            try:
                claim = claiming.claim(place, statement, name=name, source=source)
                claims.append((place, claim))
                if place in self._leaning and not isinstance(claim, Level):
                    claims.append((place, claiming.level(place, name=f"{name}-level", source=source)))
            except IpmetricsError as error:
                refused.append(Unread(span=statement.span, quote=statement.quote, reason=_reason(error)))
        for wholes in sums_in(self._statements):
            place = wholes[0]
            try:
                total = sum_of(wholes, unknowns, name=f"{self.ids[place]}{_SUM}", source=self._told(place))
            except IpmetricsError as error:
                whole = self._statements[place]
                refused.append(Unread(span=whole.span, quote=whole.quote, reason=_reason(error)))
            else:
                claims.append((place, total))
        return claims, refused

    def _told(self, place: int) -> Source:
        """Where a statement is printed: its sentence."""
        span = self._statements[place].sentence
        quote = self._text[span[0] : span[1]] or None
        return attrs.evolve(
            self._source, locator=f"sentence {self._number[place]}", quote=quote, span=span if quote else None
        )

    def _sentence_name(self, place: int) -> str:
        return f"sentence {self._number[place]}{self._of}"


def _reason(error: IpmetricsError) -> str:
    return f"it makes no claim: {error.rule} ({error.given})"


def _numbers(statements: Sequence[Statement], sentences: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """For each statement the number of its sentence, from 1."""
    starts = sorted({span[0] for span in sentences} or {statement.sentence[0] for statement in statements})
    return tuple(max(bisect_right(starts, statement.sentence[0]), 1) for statement in statements)


def _ids(numbers: Sequence[int]) -> tuple[str, ...]:
    """A short name for each statement: s3-2 is the second figure of the third sentence."""
    counts: dict[int, int] = {}
    names = []
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
        names.append(f"s{number}-{counts[number]}")
    return tuple(names)


def _leaning(statements: Sequence[Statement]) -> frozenset[int]:
    """Shares of a whole that a change is said of, or compared with: they are levels of a percentage, too."""
    pointed = {
        place
        for statement in statements
        if statement.kind is Kind.CHANGE
        for place in (statement.about, None if statement.base is None else statement.base.statement)
        if place is not None
    }
    return frozenset(
        place for place in pointed if statements[place].kind is Kind.SHARE and statements[place].base is not None
    )
