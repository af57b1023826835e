"""Sentences taken apart: words, figures, expressions of time and names, each with its place.

What comes behind looks at a sentence as a row of tokens; windows of their plain forms are what patterns are held
against. This room decides nothing.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.prose.english.dates import Role, When, dates_in
from ipmetrics.prose.english.mentions import Mention, mentions_in
from ipmetrics.prose.english.regions import Place, places_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

__all__ = ["Sentence", "Token", "taken_apart"]

WINDOW = 14
"""Tokens on either side of a figure that patterns are held against."""
_LONGEST = 200  # letters of a token that patterns see; what is longer is no word
_THOUSAND = 1000  # no percentage

# A word with its full stop, digits that belong to no figure, or a mark.
_TOKEN = re.compile(r"[A-Za-zÀ-ž](?:[\w&'’-]|\.(?=[A-Za-z]\.?))*\.?(?<=[\w.’'])|\d[\w.,]*|[^\w\s]")
_SHORT = re.compile(r"(?:[A-Za-z]\.)+|[A-Z][a-z]{0,3}\.|vs\.|approx\.|no\.|p\.c\.")
_POSSESSIVE = re.compile(r"['’]s$")
_AND = re.compile(r"\s*(?:,|and|or|to|, and)\s*")


@attrs.frozen
class Token:
    """One word, mark, figure or expression of time."""

    start: int
    end: int
    form: str
    """Lower case; "#" for a figure, "@" for a time, "@b" for a time compared with."""
    mention: int | None = None
    when: int | None = None
    capital: bool = False


@attrs.frozen(kw_only=True)
class Sentence:
    """One sentence, cell or heading.

    Parameters
    ----------
    clean
        The whole clean text.
    start, end
        Its offsets.
    tokens
        What it is made of.
    mentions, whens, places
        Its figures, expressions of time and names.
    at
        The token of each figure.
    """

    clean: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    whens: tuple[When, ...]
    places: tuple[Place, ...]
    at: tuple[int, ...]
    _says: dict[re.Pattern[str], bool] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def before(self, token: int, count: int = WINDOW) -> str:
        """The plain forms ahead of a token, blank in front and behind."""
        return " " + "".join(one.form + " " for one in self.tokens[max(0, token - count) : token])

    def after(self, token: int, count: int = WINDOW) -> str:
        """The plain forms behind a token, a blank behind each."""
        return "".join(one.form + " " for one in self.tokens[token + 1 : token + 1 + count])

    def text(self, first: int, last: int) -> str:
        """The words of a stretch of tokens, as written."""
        if first >= last:
            return ""
        return self.clean[self.tokens[first].start : self.tokens[last - 1].end]

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern stands anywhere in it; looked for once, however many figures ask."""
        if pattern not in self._says:
            self._says[pattern] = pattern.search(self.clean[self.start : self.end]) is not None
        return self._says[pattern]

    def token_at(self, offset: int) -> int:
        """The first token that ends behind an offset."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low


def taken_apart(clean: str, start: int, end: int, *, anchor: int | None, published: date | None) -> Sentence:
    """A stretch of the text as a sentence.

    Parameters
    ----------
    clean, start, end
        The text, and where it begins and ends.
    anchor
        The year that the text named last.
    published
        The day of publication.
    """
    whens = list(dates_in(clean, start, end, anchor=anchor, published=published))
    mentions = _figures(clean, start, end, whens)
    tokens = _tokens(clean, start, end, whens, mentions)
    at = [0] * len(mentions)
    for place, token in enumerate(tokens):
        if token.mention is not None:
            at[token.mention] = place
    return Sentence(
        clean=clean,
        start=start,
        end=end,
        tokens=tuple(tokens),
        mentions=tuple(mentions),
        whens=tuple(whens),
        places=tuple(_outside(places_in(clean, start, end), mentions)),
        at=tuple(at),
    )


def _tokens(clean: str, start: int, end: int, whens: list[When], mentions: list[Mention]) -> list[Token]:
    """Figures and expressions of time, and the words between them."""
    known = [
        *(
            Token(one.start, one.end, "@b" if one.role is Role.BASE else "@", when=place)
            for place, one in enumerate(whens)
        ),
        *(Token(one.start, one.end, "#", mention=place) for place, one in enumerate(mentions)),
    ]
    known.sort(key=lambda one: (one.start, one.end, one.form))
    tokens: list[Token] = []
    done = start
    for token in known:
        for match in _TOKEN.finditer(clean, done, token.start):
            tokens += _words(match)
        tokens.append(token)
        done = max(done, token.end)
    for match in _TOKEN.finditer(clean, done, end):
        tokens += _words(match)
    return tokens


def _words(match: re.Match[str]) -> tuple[Token, ...]:
    """A word; the full stop that ends a sentence is a mark of its own."""
    word, (start, end) = match[0], match.span()
    capital = word[0].isupper()
    if word[-1] == "." and len(word) > 1 and not _SHORT.fullmatch(word):
        form = word[:-1].lower()[:_LONGEST]
        return Token(start, end - 1, form, capital=capital), Token(end - 1, end, ".")
    low = word.lower()
    if low[-1] == "s":
        low = _POSSESSIVE.sub("", low)
    return (Token(start, end, low[:_LONGEST], capital=capital),)


def _outside(places: Iterator[Place], mentions: list[Mention]) -> Iterator[Place]:
    """Places that begin in no figure: "US$" is none."""
    at = 0
    for place in places:
        while at < len(mentions) and mentions[at].end <= place.start:
            at += 1
        if at == len(mentions) or place.start < mentions[at].start:
            yield place


def _figures(clean: str, start: int, end: int, whens: list[When]) -> list[Mention]:
    """The figures that are no part of an expression of time."""
    found, at = [], 0
    for mention in mentions_in(clean, start, end):
        while at < len(whens) and whens[at].end <= mention.core:
            at += 1
        if at < len(whens) and whens[at].start <= mention.core:
            continue
        before = whens[at - 1].end if at else start
        if mention.start < before and mention.start < mention.core:
            found.append(attrs.evolve(mention, start=before, hedge=None))
        else:
            found.append(mention)
    return [_shared(clean, one, other) for one, other in zip_longest(found, found[1:])]


_SIGNS = {FigureForm.PERCENT: "%", FigureForm.POINTS: " points", FigureForm.TIMES: " times"}


def _shared(clean: str, mention: Mention, other: Mention | None) -> Mention:
    """A figure that shares the sign of the next: "15 and 9 percent"."""
    if other is None or other.form not in _SIGNS or mention.form is not FigureForm.NUMBER:
        return mention
    if mention.currency or mention.time or mention.scaled or mention.worded or other.worded:
        return mention
    if mention.value >= _THOUSAND or not _AND.fullmatch(clean, mention.end, other.start):
        return mention
    return attrs.evolve(mention, form=other.form, figure=mention.figure + _SIGNS[other.form])
