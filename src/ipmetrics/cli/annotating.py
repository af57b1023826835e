"""Annotating: the claims of an article as a claim file for people, each under the sentence it was read in.

What was surely read is a claim of the file; what was not is there as a remark, with the reason, to be looked at and
let in by taking the marks away. So the file says as much as the article was judged by.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from ipmetrics.claimfile import parse_claims, write_claims
from ipmetrics.errors import ClaimError, IpmetricsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ipmetrics.prose.article import Article, Made
    from ipmetrics.prose.statements import Unread

__all__ = ["claim_file_of"]

_CLAIM: Final = "[[claims]]\n"
_WIDTH: Final = 118
_NOTHING: Final = "claims = []\n"


def claim_file_of(article: Article) -> str:
    """The text of a claim file.

    Raises
    ------
    ClaimError
        If it would not read back to the sure claims of the article.
    """
    written = [each.apart if each.is_sure else each.claim for each in article.made]
    opening, *blocks = write_claims(written).split(f"\n{_CLAIM}")
    unsure = len(article.made) - len(article.sure)
    text = "".join(
        [
            _opened(opening, article, unsure),
            *_blocks(article, blocks),
            *_left_out(article.unread),
        ]
    )
    _compare(text, article)
    return text.rstrip("\n")


def _opened(opening: str, article: Article, unsure: int) -> str:
    """The head of the file: what it is, then the definitions, which stand before all claims."""
    first, _, rest = opening.partition("\n")
    lines = [
        f"{len(article.made)} claims were read in {article.name}; each stands below its sentence.",
        "Look through them: what was counted, where and when is told as far as the words do.",
    ]
    if unsure:
        lines.append(f"{unsure} of them are remarks, because they may be meant otherwise: take the marks away if not.")
    rest = rest.replace(_NOTHING, "")
    nothing = "" if article.sure else f"\n{_NOTHING}"
    return (
        f"{first}\n\n{_remark(lines)}{nothing}\n{rest.strip()}\n"
        if rest.strip()
        else f"{first}\n\n{_remark(lines)}{nothing}"
    )


def _blocks(article: Article, blocks: Iterable[str]) -> Iterator[str]:
    """The claims, with a remark where a sentence begins; unsure ones as remarks."""
    last = None
    for made, block in zip(article.made, blocks, strict=True):
        sentence = article.statements[made.place].sentence
        if sentence != last:
            yield f"\n# ---- {_told(article, made)}\n"
            last = sentence
        text = f"{_CLAIM}{block.rstrip()}\n"
        if made.is_sure:
            yield f"\n{text}"
        else:
            doubts = _remark(f"unsure: {doubt}" for doubt in made.doubts)
            yield f"\n{doubts}{''.join(f'# {line}' for line in text.splitlines(keepends=True))}"


def _told(article: Article, made: Made) -> str:
    """A sentence with its number, on as many lines as it takes."""
    source = made.claim.source
    where = source.locator if source is not None and source.locator else ""
    first, last = article.statements[made.place].sentence
    return "\n# ".join(textwrap.wrap(_plain(f"{where}: {article.text[first:last]}"), _WIDTH)) or where


def _left_out(unread: Iterable[Unread]) -> Iterator[str]:
    """What could not be read, as remarks."""
    lines = [f"“{each.quote}” (from {each.span[0]} to {each.span[1]}): {each.reason}" for each in unread]
    if lines:
        yield f"\n# ---- not read\n{_remark(lines)}"


def _remark(lines: Iterable[str]) -> str:
    return "".join(
        f"# {line}\n" for each in lines for line in textwrap.wrap(_plain(each), _WIDTH, subsequent_indent="  ")
    )


def _plain(text: str) -> str:
    """Words on one line, without what a remark may not hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _compare(text: str, article: Article) -> None:
    """Refuse a file that says something else than what was surely read."""
    try:
        back = parse_claims(text, name=article.name).claims
    except IpmetricsError as error:
        raise ClaimError(
            article.name, rule=f"claims are written only if they can be read back ({error.given})", way_out=_WAY_OUT
        ) from error
    if back != article.sure:
        changed = next((str(one) for one, other in zip(article.sure, back, strict=False) if one != other), "a claim")
        raise ClaimError(changed, rule="what is written reads back as the same", way_out=_WAY_OUT)


_WAY_OUT: Final = "use --format json"
