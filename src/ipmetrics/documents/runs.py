"""Words in a tone: the smallest parts of a document."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    Words: TypeAlias = "str | Run | Iterable[str | Run]"

__all__ = ["Run", "Tone", "runs"]


class Tone(StrEnum):
    """How words are meant; each writer shows it in its own way, and never by colour alone."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    BAD = "bad"
    OPEN = "open"


@attrs.frozen
class Run:
    """Some words in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


def runs(words: Words) -> tuple[Run, ...]:
    """Take words as they are usually written: a text, a run, or several of these.

    Examples
    --------
    >>> runs(["never ", Run("guessed", Tone.STRONG)])
    (Run(text='never ', tone=<Tone.PLAIN: 'plain'>), Run(text='guessed', tone=<Tone.STRONG: 'strong'>))
    """
    several = (words,) if isinstance(words, (str, Run)) else words
    made = (Run(each) if isinstance(each, str) else each for each in several)
    return tuple(run for run in made if run.text)
