"""Observations of SDMX: what their attributes say of their figures, put to use.

This room knows OBS_STATUS, CONF_STATUS, DECIMALS and UNIT_MULT, by the code lists CL_OBS_STATUS 2.2, CL_CONF_STATUS
1.3, CL_DECIMALS and CL_UNIT_MULT and Eurostat's flags. It does not know from which file they came.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from ipmetrics.tables.columns import MISSING_MARKS, SUPPRESSED_MARKS, Column
from ipmetrics.tables.readers.printed import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["ATTRIBUTES", "RAW", "VALUE", "column_of", "observed"]

VALUE: Final = "OBS_VALUE"
RAW: Final = "OBS_VALUE_RAW"
"""The column in which the value stands as the file has it."""

ATTRIBUTES: Final = frozenset(
    """
    OBS_STATUS OBS_FLAG CONF_STATUS OBS_CONF OBS_PRE_BREAK UNIT_MULT DECIMALS UNIT_INDEX_BASE
    TIME_FORMAT COLLECTION TITLE TITLE_COMPL COMMENT_OBS COMMENT_TS COMMENT_DSET COMMENT COMPILING_ORG DISS_ORG
    PRE_BREAK_VALUE EMBARGO_DATE EMBARGO_TIME BASE_PER CURRENCY_DENOM LAST_UPDATE UPDATED REPYEARSTART REPYEAREND
    SOURCE_AGENCY NAT_TITLE DOM_SER_IDS PUBL_ECB PUBL_MU PUBL_PUBLIC BREAKS
    """.split()
)
"""Names that are attributes wherever they stand; any other column before the value is taken as a dimension."""

SUPPRESSED: Final = "c"
_MISSING_STATUS: Final = frozenset({"H", "K", "L", "M", "O"})
_SUPPRESSED_STATUS: Final = frozenset({"C", "Q"})
_FREE: Final = frozenset({"", "F"})
_NOT_APPLICABLE: Final = "Z"
_MARKS: Final = MISSING_MARKS | SUPPRESSED_MARKS
_DECIMAL: Final = re.compile(r"([+-]?)([0-9]*)(?:([.,])([0-9]*))?")
_POWER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]{1,2}")
_MOST_DECIMALS: Final = 30


def observed(frame: Any, key: Sequence[str], notes: Sequence[str] = (), *, decimal_comma: bool = False) -> Table:  # noqa: ANN401 - a pandas frame
    """Put the attributes of observations to use: marks for figures kept back, zeros restored, scale declared.

    Parameters
    ----------
    frame
        One observation a row, in columns of text, the value in ``OBS_VALUE``.
    key
        The columns of its dimensions.
    notes
        What there is to say already.
    decimal_comma
        Whether values are written like ``12,5``.
    """
    told = list(notes)
    frame = frame.copy()
    frame[RAW] = frame[VALUE]
    values = frame[VALUE].str.strip()
    values = _marked(values, frame, told)
    values = _printed(values, frame, told, decimal_comma=decimal_comma)
    frame[VALUE] = values
    base = Column(decimal_comma=decimal_comma)
    column, doubts = column_of(frame, VALUE, base)
    columns = {VALUE: column} if column != Column() else {}
    return Table(frame, columns, key=tuple(key), notes=(*told, *doubts))


def column_of(frame: Any, value: str, base: Column) -> tuple[Column, list[str]]:  # noqa: ANN401 - a pandas frame
    """Return what UNIT_MULT and DECIMALS say of all figures in a column alike, and what they leave open."""
    figures = frame[~frame[value].str.strip().str.lower().isin(_MARKS)]
    doubts = []
    if "UNIT_MULT" in frame:
        found = _codes(figures["UNIT_MULT"])
        powers = {_whole(code) for code in found}
        if len(powers) == 1 and None not in powers:
            base = attrs.evolve(base, multiplier=powers.pop())
        elif found and found != [""]:
            told = ", ".join(code or "none" for code in found)
            doubts.append(f"UNIT_MULT differs ({told}): {value} has no one multiplier, pivot the table with wide()")
    if "DECIMALS" in frame:
        places = {_whole(code) for code in _codes(figures["DECIMALS"])}
        stated = places.pop() if len(places) == 1 else None
        if stated is not None and not any(_places(text) > stated for text in figures[value]):
            base = attrs.evolve(base, decimals=stated)
    return base, doubts


def code(text: str) -> str:
    """Return the code of a cell that may read ``A: Annual``.

    Examples
    --------
    >>> code("A: Annual"), code("2014-01"), code("")
    ('A', '2014-01', '')
    """
    return text.split(": ", 1)[0].strip()


def _codes(column: Any) -> list[str]:  # noqa: ANN401 - a pandas series
    return [code(text) for text in column.unique()]


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,3}", text) else None


def _places(text: str) -> int:
    match = _DECIMAL.fullmatch(text)
    return len(match[4] or "") if match else 0


def _status(text: str) -> str | None:
    """What an OBS_STATUS says of its figure: missing, suppressed, or nothing."""
    codes = {code(part).upper() for part in re.split(r"[;|]", text)}
    return "suppressed" if codes & _SUPPRESSED_STATUS else "missing" if codes & _MISSING_STATUS else None


def _flag(text: str) -> str | None:
    """What an OBS_FLAG of Eurostat says: each letter is a flag of its own, as in ``bep``."""
    letters = {*code(text).upper()}
    missing = letters & {*_MISSING_STATUS, _NOT_APPLICABLE}
    return "suppressed" if letters & _SUPPRESSED_STATUS else "missing" if missing else None


def _confidential(text: str) -> str | None:
    return None if code(text).upper() in _FREE else "suppressed"


_SAYING: Final[dict[str, Callable[[str], str | None]]] = {
    "OBS_STATUS": _status,
    "OBS_FLAG": _flag,
    "CONF_STATUS": _confidential,
    "OBS_CONF": _confidential,
}


def _marked(values: Any, frame: Any, notes: list[str]) -> Any:  # noqa: ANN401 - pandas series and frame
    """Replace figures that are missing or kept back by a mark that says so."""
    for column, says in _SAYING.items():
        if column not in frame:
            continue
        for text in frame[column].unique():
            what = says(text)
            if what is None:
                continue
            chosen = frame[column] == text
            figures = chosen & ~values.str.lower().isin(_MARKS)
            values = values.where(~chosen, SUPPRESSED) if what == "suppressed" else values.where(~figures, "")
            if count := int(figures.sum()):
                notes.append(f"{column} {text}: {_so_many(count)} {what}, kept in {RAW}")
    return values


def _printed(values: Any, frame: Any, notes: list[str], *, decimal_comma: bool) -> Any:  # noqa: ANN401 - as above
    """Restore the zeros that a program cut off, by DECIMALS; write powers of ten out."""
    powers = values.str.fullmatch(_POWER.pattern)
    if powers.any():
        values = values.where(~powers, values[powers].map(lambda text: f"{Decimal(text):f}"))
        notes.append(f"{_so_many(int(powers.sum()))} written with a power of ten: written out, kept in {RAW}")
    if "DECIMALS" not in frame:
        return values
    point = "," if decimal_comma else "."
    for text in frame["DECIMALS"].unique():
        places = _whole(code(text))
        chosen = frame["DECIMALS"] == text
        if places is None or not 0 <= places <= _MOST_DECIMALS:
            if text.strip():
                notes.append(f"DECIMALS {text!r} is no number of decimals: {_so_many(int(chosen.sum()))} left as found")
            continue
        values = values.where(~chosen, values[chosen].map(lambda value, places=places: _padded(value, places, point)))
    return values


def _padded(text: str, places: int, point: str) -> str:
    """Write a numeral with at least so many decimals; digits beyond are left alone, and so is what is no numeral."""
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match[2] or match[4]) or match[3] not in {None, point}:
        return text
    found = match[4] or ""
    if len(found) >= places:
        return text
    return f"{match[1]}{match[2] or '0'}{point}{found.ljust(places, '0')}"


def _so_many(count: int) -> str:
    return f"{count} figure{'s' * (count != 1)}"
