"""Actors: companies, universities and other names with capitals that a figure is quoted for.

No dictionary lists them: they are told by where they stand and by what is said of them. This room knows names and
verbs; the places of the dictionary, other rooms know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ipmetrics.prose.english.lookup import place_at, places_between
from ipmetrics.prose.english.nouns import unit_in
from ipmetrics.prose.english.vocabulary import any_in, words
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.sentences import Sentence

__all__ = ["actor_of", "listed_name", "name_in_front", "pair_names"]

_LONGEST = 60  # letters of a line that is only a name and a figure
_NEAR, _FAR = 90, 140  # letters in front of a figure in which its name stands
_RIGHTS = words("actors", "rights")
_OPENERS = words("actors", "openers")
_HEADERS = words("actors", "headers")
_ACRONYMS = words("actors", "acronyms")
_INSTITUTIONS = words("actors", "institutions")

_NAME = r"(?:[A-Z][\w&.'’-]*+)"
_NAMES = rf"{_NAME}(?: {_NAME}){{0,3}}"
_NAME_LIST = re.compile(rf"(?P<names>{_NAMES}(?:, {_NAMES}){{0,6}},? and {_NAMES})")
_AND = re.compile(r", and | and |, ")
_LINE = re.compile(rf"(?P<name>{_NAME}(?: (?:{_NAME}|of|and|&|de)){{0,6}})\s*[:–—-]?[^\w(]*$")
_IN_FRONT = re.compile(
    rf"(?P<name>(?:{_NAME} ){{0,5}}{_NAME}(?: (?:of|de|for) (?:{_NAME} ?){{1,3}})?)(?: \([A-Za-z. -]{{2,20}}\))?"
    r"(?:,? with(?: a total of)? | \(| filed | filing |, which filed | had | lodged | at | submitted | followed with "
    r"| received | came \w+ with | accounted for | ranked \w+ with | made )$"
)
_SEQUENCE = re.compile(
    r"(?<![\w.])(?:[A-Z][\w&’'-]*[a-z&A-Z](?: (?:of|&|de) (?=[A-Z]))?)(?:(?: (?:of |& |de )?)[A-Z][\w&’'-]*)*"
)
_POSSESSIVE = re.compile(r"(?:'s|’s)$")
_PLURAL = re.compile(r"[A-Z]{2,}s")  # SMEs, NPEs
_PERSON = re.compile(rf"^(?:'s|’s)?,? (?:an? |the |its )?(?:{any_in('actors.persons')}|spokes\w+)\b", re.IGNORECASE)
_DOES = re.compile(
    r"^(?:'s|’s)?,? (?:\([^)]{1,30}\) )?,?"
    r"(?:whose|which|with|the [a-z]+ |again |also |once more |alone |itself |in turn |, )*\s?"
    rf"(?:{any_in('actors.does')})\b|^, No\. "
)
_DOES_ALONE = re.compile(
    r",? (?:whose|which|won|filed|lost|earned|received|owns|holds|secured|obtained|topped|led|took|ranks|ranked)\b"
)


# ------------------------------------------------------------------------------ lists
def pair_names(drafts: Sequence[Draft]) -> None:
    """Give figures out to names: in "Apple and Google won 1,863 and 1,548, respectively", the first is of the first."""
    if not drafts or not any(one.form == "respectively" for one in drafts[0].sentence.tokens):
        return
    sentence = drafts[0].sentence
    levels = [one for one in drafts if one.is_level and one.is_plain and one.about is None]
    for match in _NAME_LIST.finditer(sentence.clean, sentence.start, sentence.end):
        names = _AND.split(match["names"])
        after = [one for one in levels if one.start > match.end()][: len(names)]
        if len(after) != len(names) or any(set(name.lower().split()) & _RIGHTS for name in names):
            continue
        places = places_between(sentence, match.start(), match.end())
        for one, name in zip(after, names, strict=True):
            one.region = next((place.name for place in places if place.words.startswith(name)), name)
        return


def listed_name(draft: Draft) -> str | None:
    """The name in a line of nothing but a name and a figure: "Tencent 2,074"."""
    sentence = draft.sentence
    if not draft.is_level or draft.mention is None or draft.start - sentence.start > _LONGEST:
        return None
    match = _LINE.match(sentence.clean[sentence.start : draft.start])
    if match is None or sentence.clean[draft.end : sentence.end].strip(" .,;*"):
        return None
    for place in places_between(sentence, sentence.start, sentence.start + 1):
        return place.name
    name = match["name"].strip()
    forms = name.lower().split()
    return None if unit_in(forms) or forms[0] in _OPENERS else name


# ------------------------------------------------------------------------------ right in front
def name_in_front(draft: Draft) -> str | None:
    """The name right in front: "Samsung Electronics (3,924)"."""
    sentence = draft.sentence
    if not draft.is_level or draft.is_base:
        return None
    lead = max(sentence.start, draft.start - _NEAR)
    match = _IN_FRONT.search(sentence.clean[lead : draft.start])
    if match is None:
        return None
    name, first = match["name"], lead + match.start()
    known = places_between(sentence, first, first + len(name))
    if known:
        return known[-1].name if known[-1].kind != "world" else None
    return name if _is_name(name, first, sentence) else None


def _is_name(name: str, first: int, sentence: Sentence) -> bool:
    """Whether words with capitals name somebody, not the thing measured, and not only open a sentence."""
    forms = name.lower().split()
    is_right = any(form in _RIGHTS for form in forms)
    if forms[0] in _HEADERS or all(form in _RIGHTS for form in forms) or (is_right and unit_in(forms) is not None):
        return False
    if len(forms) > 1:
        return True
    opens = first == sentence.start or sentence.clean[max(0, first - 2) : first] in {". ", "? ", ": "}
    return len(name) > 2 and not (opens and forms[0].endswith(("s", "ing", "ed")))


# ------------------------------------------------------------------------------ subject of the clause
def actor_of(draft: Draft, context: Context) -> str | None:
    """A company or university that the clause is about: "Amazon, whose grants totaled 2,244"."""
    sentence = draft.sentence
    first = max(sentence.start, draft.start - _FAR)
    ahead = sentence.clean[first : draft.end if draft.kind is Kind.RANK else draft.start]
    cut = max(0, ahead.rfind(";"), ahead.rfind(": "))
    found = None
    for match in _SEQUENCE.finditer(ahead, cut):
        behind = ahead[match.end() :]
        if not _DOES.match(behind) or _PERSON.match(behind):
            continue
        name = _POSSESSIVE.sub("", match[0])
        start, end = first + match.start(), first + match.end()
        if _may_act(name) and not _holds_place(sentence, start, end):
            if start == sentence.start and not _opens_known(name, behind, context):
                continue
            found = name
    return found


def _may_act(name: str) -> bool:
    forms = name.lower().split()
    if name in _ACRONYMS or _PLURAL.fullmatch(name) or (len(name) < 3 and not name.isupper()):
        return False
    return forms[0] not in _OPENERS and forms[-1] not in _INSTITUTIONS


def _holds_place(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a place of the dictionary reaches into a stretch."""
    return place_at(sentence, first) is not None or bool(places_between(sentence, first, last))


def _opens_known(name: str, behind: str, context: Context) -> bool:
    """Whether the first word of a sentence, which has a capital anyway, is a name."""
    forms = name.lower().split()
    if len(forms) > 1 or name.isupper() or name in context.names:
        return True
    return not forms[0].endswith(("s", "ing", "ed", "ly")) and _DOES_ALONE.match(behind) is not None
