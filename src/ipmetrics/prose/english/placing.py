"""Places of figures: the place, office or company that a figure is quoted for, and the one it is compared with.

This room knows where in a sentence a name has to stand to belong to a figure, and in which order to ask: names of
companies first, then the clause, then what came before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ipmetrics.prose.english.actors import actor_of, listed_name, name_in_front
from ipmetrics.prose.english.lookup import figure_end_before, places_between
from ipmetrics.prose.english.regions import local_kind
from ipmetrics.prose.english.vocabulary import any_in, words
from ipmetrics.prose.statements import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipmetrics.prose.english.casting import Cast
    from ipmetrics.prose.english.context import Context
    from ipmetrics.prose.english.drafts import Draft
    from ipmetrics.prose.english.regions import Place

__all__ = ["base_region_of", "country_of", "region_of"]

_PASSIVES = words("actors", "passives")
_LINKS = frozenset({"from", "in", "by", "at", "for", "across"})
_CLAUSES = ("; ", ", and ", ", while ", ", but ")
_NEAR, _NEXT = 8, 4  # letters behind "from" or "in" in which a place, or the world, is named
_BRACKETED = 40  # letters between "double that of" and the figure in brackets
_WORDS = 14  # tokens behind a figure in which what it is compared with is named
_SOURCE = 28  # letters in front of a name in which "according to" stands
_ACCORDING = re.compile(
    r"(?:according to|by|from|said|says|quoting|citing|told|under|from data of|released by|published by|issued by)"
    r"(?: the| data from| data by| statistics from| figures from)* $",
    re.IGNORECASE,
)
_OWNS = re.compile(r"^(?:'s|’s) (?:[A-Z]|capital|southern|northern|eastern|western)")
_ACTS = re.compile(rf"(?: district| province| city)? (?:{any_in('actors.acts')})\b")
_ENDS_CLAUSE = re.compile(r"\d|;")
_POINTED = re.compile(
    r"\b(?:the|this) (?:city|province|district|country|nation|municipality|zone|park|region)\b"
    r"|\b(?:nationwide|nationally|across the country|worldwide|globally)\b",
    re.IGNORECASE,
)
_SHARED = re.compile(r"of\b|in (?!20|19)|that\b")
_COMPARED = re.compile(
    r"(?:more |higher |lower |greater |less |fewer |above |below |larger |[a-z-]+ ){0,3}?(?:of|than|that of|in)?\s*"
    r"(?P<words>.*)",
    re.DOTALL,
)


@cache
def country_of(name: str | None) -> str | None:
    """The country that a place lies in, itself for a country; None if the catalogue does not know it."""
    from ipmetrics import catalogue  # noqa: PLC0415 - read when the first article is
    from ipmetrics.errors import CatalogueError  # noqa: PLC0415 - beside it

    if name is None:
        return None
    try:
        region = catalogue.region(name)
    except CatalogueError:
        return None
    return next((one.label for one in (region, *region.ancestors()) if one.kind == "country or area"), None)


def region_of(draft: Draft, context: Context, cast: Cast) -> str | None:
    """The place, office or company that a figure is quoted for."""
    about = draft.about
    if about is not None and about.region is not None and (not draft.is_level or draft.is_converted):
        return about.region
    return (
        listed_name(draft)
        or name_in_front(draft)
        or _behind(draft)
        or actor_of(draft, context)
        or _in_comparison(draft, cast)
        or _in_clause(draft, cast)
        or _in_front(draft, cast)
        or _pointed_at(draft, context)
        or _later(draft, cast)
        or context.region
        or context.section_region
        or context.title_region
    )


# ------------------------------------------------------------------------------ in its sentence
def _behind(draft: Draft) -> str | None:
    """A place that follows the figure: "604 applications from Germany"."""
    if not draft.is_level:
        return None
    tokens = draft.sentence.tokens
    stop = draft.phrase.end if draft.phrase else draft.token + 1
    if stop < len(tokens) and tokens[stop].form in _PASSIVES:
        stop += 1
    if stop >= len(tokens) or tokens[stop].form not in _LINKS:
        return None
    first = tokens[stop].end
    for place in places_between(draft.sentence, first, first + _NEAR + 1):
        if place.kind != "world" or place.start <= first + _NEXT:
            return place.name
    return None


def _in_comparison(draft: Draft, cast: Cast) -> str | None:
    """For "double what the USPTO received (606,956)": the figure in brackets is that of the other."""
    sentence = draft.sentence
    if not draft.is_level or draft.token < 1 or sentence.tokens[draft.token - 1].form != "(":
        return None
    for first, last in cast.zones_ending(draft.start - _BRACKETED, draft.start):
        if "(" in sentence.clean[last : draft.start - 1]:
            continue
        for place in places_between(sentence, first, last):
            return place.name
    return None


def _in_clause(draft: Draft, cast: Cast) -> str | None:
    """The first place of the clause since the figure before: that is its subject."""
    sentence, clean = draft.sentence, draft.sentence.clean
    first = figure_end_before(sentence, draft.start)
    found = [
        place
        for place in cast.spoken_of(first, draft.start)
        if place.kind != "world" and not _OWNS.match(clean[place.end : place.end + 12])
    ]
    if not found:
        return None
    told = [
        place
        for place in found
        if not _ACCORDING.search(clean[max(sentence.start, place.start - _SOURCE) : place.start])
    ]
    clause = max(clean.rfind(mark, first, draft.start) for mark in _CLAUSES)
    return next(_by_weight(told, found, clause, first, clean)).name


def _by_weight(told: list[Place], found: list[Place], clause: int, first: int, clean: str) -> Iterator[Place]:
    """The places of a clause: those behind its last comma, the last that does something, the first of all."""
    if clause >= first:
        yield from (place for place in told if place.start > clause)
    acting = [place for place in told if place.kind != "adjective" and _ACTS.match(clean[place.end : place.end + 24])]
    yield from acting[-1:]
    yield from told
    yield from found


def _in_front(draft: Draft, cast: Cast) -> str | None:
    """The last place in front of the figure that is spoken of; the world only if there is no other, and no rank."""
    world = None
    for place in cast.spoken_of_before(draft.start):
        if place.kind != "world":
            return place.name
        world = world or place.name
    return world if draft.kind is not Kind.RANK else None


def _later(draft: Draft, cast: Cast) -> str | None:
    """The first place behind the figure that is spoken of, before the next figure."""
    if not draft.is_level:
        return None
    clean = draft.sentence.clean
    for place in cast.subjects_from(draft.end):
        return None if _ENDS_CLAUSE.search(clean, draft.end, place.start) else place.name
    return None


def _pointed_at(draft: Draft, context: Context) -> str | None:
    """For "the city" or "nationwide": the last place of that sort."""
    sentence = draft.sentence
    for match in _POINTED.finditer(sentence.clean[sentence.start : draft.start]):
        kind = local_kind(match[0])
        if kind in {"world", "country"}:
            return _wide(kind, context)
        if kind and context.title_region is not None and country_of(context.title_region) != context.title_region:
            return context.title_region
        if kind and kind in context.local:
            return context.local[kind]
    return None


def _wide(kind: str, context: Context) -> str | None:
    """The world, or the country that the article is about."""
    return "World" if kind == "world" else country_of(context.title_region)


# ------------------------------------------------------------------------------ what it is compared with
def base_region_of(draft: Draft, context: Context) -> tuple[str | None, str | None]:
    """What a share is of, or a multiple is compared with: the words behind, and the place in them."""
    sentence, tokens = draft.sentence, draft.sentence.tokens
    stop = draft.token + 1
    last = min(len(tokens), draft.token + _WORDS)
    while stop < last and tokens[stop].form not in {"#", ";", ",", ".", "(", ")"}:
        stop += 1
    text = sentence.text(draft.token + 1, stop)
    if draft.kind is Kind.SHARE and not _SHARED.match(text):
        return None, None
    match = _COMPARED.match(text)
    compared = (match["words"] if match else text).strip()
    if not compared:
        return None, None
    first = tokens[draft.token].end
    for place in places_between(sentence, first, first + len(text) + 2):
        return compared, place.name
    kind = local_kind(compared)
    if kind in {"world", "country"}:
        return compared, _wide(kind, context)
    return compared, context.local.get(kind) if kind else None
