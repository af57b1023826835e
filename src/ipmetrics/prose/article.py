"""Articles: the claims of one text, with the statements they were made from and what could not be read.

This room knows which claim came from which statement, and how sure that is. It judges none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

import attrs

from ipmetrics.errors import ClaimError
from ipmetrics.model.claims import Claim
from ipmetrics.prose.blocks import Language
from ipmetrics.prose.statements import Statement, Unread
from ipmetrics.prose.telling import article_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from ipmetrics.documents import Document
    from ipmetrics.findings import Report
    from ipmetrics.model.figures import Conventions

__all__ = ["Article", "Made"]


@attrs.frozen
class Made:
    """One claim with where it came from.

    Parameters
    ----------
    claim
        As it was read.
    apart
        The same claim, every unknown kept to its sentence whose names may mean something else in another.
    place
        Of its statement; none if a claim file says it.
    doubts
        Why its reading is unsure; empty where the words leave nothing open.
    """

    claim: Claim
    apart: Claim
    place: int = -1
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The id of the claim."""
        return self.claim.id or ""

    @property
    def is_sure(self) -> bool:
        """Whether an accusation may rest on it."""
        return not self.doubts


@attrs.frozen
class Article(Sequence[Claim]):
    """What was read of an article: a sequence of its claims that remembers where each was printed.

    Parameters
    ----------
    made
        Its claims, each with its statement and its doubts.
    statements
        Every figure that was read and what it says, in the order of the text.
    ids
        The name of each statement; the claim made of it has the same.
    unread
        What looks like a claim and is none, with the reason.
    text
        As it was given; every span indexes it.
    date, language
        When it was published and what most of it is written in, as far as that is known.
    name
        The file, as it was named; no part of what is compared.

    Examples
    --------
    >>> from ipmetrics.prose.assembling import assemble
    >>> article = assemble([], text="Nothing is counted here.")
    >>> len(article), article.claims, article.unread
    (0, (), ())
    """

    made: tuple[Made, ...] = attrs.field(repr=False)
    statements: tuple[Statement, ...] = attrs.field(kw_only=True, repr=False)
    ids: tuple[str, ...] = attrs.field(kw_only=True, repr=False)
    unread: tuple[Unread, ...] = attrs.field(default=(), kw_only=True)
    text: str = attrs.field(kw_only=True, repr=False)
    date: dt.date | None = attrs.field(default=None, kw_only=True)
    language: Language | None = attrs.field(default=None, kw_only=True)
    name: str = attrs.field(default="<text>", kw_only=True, eq=False)

    @overload
    def __getitem__(self, place: int) -> Claim: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, place: int | slice) -> Claim | tuple[Claim, ...]:
        return self.claims[place]

    def __len__(self) -> int:
        return len(self.made)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims as they were read, unsure ones too, in the order of the text."""
        return tuple(each.claim for each in self.made)

    @property
    def sure(self) -> tuple[Claim, ...]:
        """The claims that an accusation may rest on.

        Their readings carry no doubts, and an unknown whose names may mean something else in another sentence is
        scoped to its own.
        """
        return tuple(each.apart for each in self.made if each.is_sure)

    def claim(self, name: str) -> Claim:
        """The claim of that id.

        Raises
        ------
        ClaimError
            If there is none.
        """
        return self._made_of(name).claim

    def statement_of(self, claim: Claim | str) -> Statement:
        """The statement that a claim was made of, given the claim or its id.

        Raises
        ------
        ClaimError
            If it is none of this article's.
        """
        return self.statements[self._made_of(claim).place]

    def doubts_of(self, claim: Claim | str) -> tuple[str, ...]:
        """Why the reading of a claim is unsure; nothing if it is not.

        Raises
        ------
        ClaimError
            If it is none of this article's.
        """
        return self._made_of(claim).doubts

    def _made_of(self, claim: Claim | str) -> Made:
        for each in self.made:
            if each.claim.id == claim or claim in (each.claim, each.apart):
                return each
        names = ", ".join(str(each.claim.id) for each in self.made[:5])
        raise ClaimError(
            repr(claim) if isinstance(claim, str) else str(claim),
            rule="a claim of an article is one that was read in it",
            way_out=f"write one of {names}, …" if names else "there is none in it",
        )

    def judge(
        self, conventions: Conventions | None = None, *, progress: Callable[[int, int], None] | None = None
    ) -> Report:
        """Whether the article agrees with itself, as far as it was surely read; what `check` answers of it.

        Returns
        -------
        Report
            Its verdict and conflicts rest on sure readings alone. Contradictions that need an unsure one are in
            ``if_read_so``, each with its doubts; what could not be read is in ``unread``.
        """
        from ipmetrics.prose.judging import judge  # noqa: PLC0415 - an article can be read without being judged

        return judge(self, conventions, progress=progress)

    def document(self, report: Report | None = None, *, longest: int | None = 20_000) -> Document:
        """The article with every figure marked: contradicted, consistent, unchecked, unsure, not read and the like.

        Parameters
        ----------
        report
            What is known of its claims, looked up by their ids: the answer of `check` on this article, or on a claim
            file that was made of it. By default the article is judged by itself.
        longest
            How many letters are shown, from the first; all of them if None. What is left out is said.
        """
        from ipmetrics.prose.highlighting import describe_article  # noqa: PLC0415 - words import values, not back

        return describe_article(self, report, longest=longest)

    def _repr_html_(self) -> str:
        """For notebooks: the text with its figures marked, and what is known of each where one points."""
        return self.document().html()

    def data(self) -> dict[str, Any]:
        """All statements and what was not read, as `ipmetrics read --format json` writes them."""
        return article_data(
            self.text, self.statements, self.unread, ids=self.ids, date=self.date, language=self.language
        )
