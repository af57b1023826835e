"""Observation paths: ``indicator.region.period[dimension=member]`` to its four parts and back; text only.

This room knows how a path is written and quoted, and not what its names stand for.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["parted", "path_text", "read_path", "read_scope", "scope_text", "unquoted"]

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_PART = rf'{_QUOTED}|[^",;=\[\]]+'
_PAIR = re.compile(rf"\s*({_PART})\s*=\s*({_PART})\s*(?:,|$)")
_PATH = re.compile(r"([^.\[\]]+)\.([^.\[\]]+)\.([^.\[\]]+?)\s*(?:\[(.*)\])?\s*", re.DOTALL)
_PLAIN = re.compile(r'[^\s",;=\[\]\\](?:[^",;=\[\]\\]*[^\s",;=\[\]\\])?')


def read_path(text: str) -> dict[str, object] | None:
    """The parts of a path as an observation's table; None if it is no path.

    Examples
    --------
    >>> read_path("patents.haidian.2021-H1[holder=universities]")
    {'indicator': 'patents', 'region': 'haidian', 'period': '2021-H1', 'scope': {'holder': 'universities'}}
    """
    match = _PATH.fullmatch(text)
    if match is None:
        return None
    indicator, region, period, inside = (part and part.strip() for part in match.groups())
    parts: dict[str, object] = {"indicator": indicator, "region": region, "period": period}
    if not (indicator and region and period):
        return None
    if inside is not None:
        scope = read_scope(inside)
        if not scope:
            return None
        parts["scope"] = scope
    return parts


def path_text(indicator: str, region: str, period: str, scope: Mapping[str, str]) -> str:
    """A path of names that are words.

    Examples
    --------
    >>> path_text("patents", "haidian", "2021", {"holder": "a, b"})
    'patents.haidian.2021[holder="a, b"]'
    """
    return f"{indicator}.{region}.{period}{f'[{scope_text(scope)}]' if scope else ''}"


def read_scope(text: str) -> dict[str, str] | None:
    """Dimensions and members of a scope as written; None if it is no scope or says a dimension twice.

    Examples
    --------
    >>> read_scope('holder=universities, kind="a, b"')
    {'holder': 'universities', 'kind': 'a, b'}
    """
    scope: dict[str, str] = {}
    place = 0
    while place < len(text):
        match = _PAIR.match(text, place)
        if match is None:
            return None
        dimension, member = (unquoted(part) for part in match.groups())
        if dimension is None or member is None or dimension in scope:
            return None
        scope[dimension] = member
        place = match.end()
    return scope


def scope_text(scope: Mapping[str, str]) -> str:
    """A scope as it is written, members that could be misread in quotes."""
    return ", ".join(f"{_quoted(dimension)}={_quoted(member)}" for dimension, member in scope.items())


def parted(text: str, separator: str = ";") -> list[str]:
    """The entries of a list in one cell; a separator in double quotes parts nothing.

    Examples
    --------
    >>> parted('Haidian; "a; b"; ')
    ['Haidian', '"a; b"', '']
    """
    pieces = re.split(rf"({_QUOTED})", text)
    entries = [""]
    for place, piece in enumerate(pieces):
        if place % 2:
            entries[-1] += piece
        else:
            first, *others = piece.split(separator)
            entries[-1] += first
            entries.extend(others)
    return [entry.strip() for entry in entries]


def unquoted(text: str) -> str | None:
    """A name without the double quotes it may stand in; None if they hold what cannot be read."""
    text = text.strip()
    if not text.startswith('"'):
        return text or None
    try:
        read = json.loads(text, strict=False)
    except ValueError:
        return None
    return read if isinstance(read, str) else None


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
