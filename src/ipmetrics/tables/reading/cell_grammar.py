"""What a cell of a table may print: one grammar, written as regular expressions, and read here one cell at a time.

This room knows texts and the marks a column declares. It refuses to guess: what the grammar does not say is no
numeral. The readings of whole columns, over bytes in `cells` and inside the engines in `cell_expressions`, give
what `read_cell` gives. So the patterns keep to what the regular expressions of Python, RE2, Rust and Java share
(classes of characters, alternatives, repetition, groups that capture nothing), and no cell can be read along two
paths of one pattern, so that an engine that goes back and tries again does so only once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ipmetrics.tables.columns import MISSING_MARKS, SUPPRESSED_MARKS
from ipmetrics.tables.verdicts import REASON_CODES, RowReason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ipmetrics.tables.columns import Column

__all__ = [
    "BLANKS",
    "GROUP_BLANKS",
    "LONGEST",
    "MINUS_SIGNS",
    "MOST_DIGITS",
    "PERCENT",
    "PERCENT_SIGNS",
    "PER_MILLE",
    "PER_MILLE_SIGN",
    "CellGrammar",
    "CellReading",
    "any_of",
    "grammar_of",
    "read_cell",
]

BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What `str.strip` strips. Every engine's line ends are among them: after stripping, ``$`` means the same in all."""

GROUP_BLANKS = " \xa0\u2007\u2009\u202f"
"""Blanks that group digits: plain, no-break, figure space, thin, narrow no-break."""

MINUS_SIGNS = "\u2212\u2013-"
"""The minus sign, and the en dash and the hyphen that stand for it; the hyphen last, as a class of a pattern has it."""

PERCENT_SIGNS, PER_MILLE_SIGN = "%\uff05", "\u2030"
PERCENT, PER_MILLE = -2, -3

LONGEST = 100
"""Characters of a mark or a list of numbers, blanks around it left out; only a numeral may be longer."""

MOST_DIGITS = 18
"""Digits of a mantissa, leading zeros left out, and decimals: an int64 holds the one, and 10 to the other."""

_NOT_FINITE = f"[+{MINUS_SIGNS}]?(?:[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|\u221e)"
_BELOW = "(?:<=?|\uff1c=?|\u2264)"
_THIRD_CASE = {"k": "\u212a", "s": "\u017f"}
"""What RE2 takes for these letters, even in a class of their two cases: so that all engines do."""
_META = frozenset("\\.+*?()|[]{}^$")


class CellReading(NamedTuple):
    """One cell, read: its digits as a whole number, its decimals, the power of ten of its sign, what is wrong.

    ``trouble`` is a code of `RowReason`, or 0; where it is not 0, the others are.
    """

    mantissa: int
    places: int
    sign: int
    trouble: int


@attrs.frozen
class CellGrammar:
    """The patterns of one column's cells; each is held against a whole cell, blanks around it left out.

    ``point`` is the decimal mark and ``group`` the mark between thousands. ``listed`` says what may stand on both
    sides of a slash where one of several numbers is to be read. ``read_marks`` are declared marks that are numerals
    as well, such as -999: there the mark wins.
    """

    point: str
    group: str
    numeral: str
    missing: str
    suppressed: str
    below: str
    several: str
    listed: str
    not_finite: str
    longest: int
    read_marks: tuple[str, ...]


def _numeral(point: str, group: str) -> str:
    """Return the pattern of a numeral: sign, digits plain or in threes, decimals, percent or per-mille sign."""
    thousands = "|".join(f"(?:[{marks}][0-9]{{3}})+" for marks in (group, GROUP_BLANKS))
    # A first group never begins with 0: 0,123 is a foreign decimal, not 123.
    whole = f"(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}))"
    digits = f"(?:{whole}(?:[{point}][0-9]+)?|[{point}][0-9]+)"
    return f"[+{MINUS_SIGNS}]?{digits}(?:[{BLANKS}]*[{PERCENT_SIGNS}{PER_MILLE_SIGN}])?"


def _either_case(character: str) -> str:
    """Return the pattern of one character, a letter in lower or upper case."""
    upper = character.upper()
    if upper != character and len(upper) == 1:
        return f"[{character}{upper}{_THIRD_CASE.get(character, '')}]"
    return f"\\{character}" if character in _META else character


def any_of(marks: Iterable[str]) -> str:
    """Return the pattern of some marks: the longer ones first, for their beginnings may be marks too."""
    ordered = sorted(marks, key=lambda mark: (-len(mark), mark))
    return "(?:" + "|".join("".join(map(_either_case, mark)) for mark in ordered) + ")"


@lru_cache(maxsize=256)
def grammar_of(column: Column) -> CellGrammar:
    """Return the patterns of a column's cells; what the column declares goes before what is usual."""
    point, group = (",", ".") if column.decimal_comma else (".", ",")
    numeral = _numeral(point, group)
    below = f"{_BELOW}[{BLANKS}]*{numeral}"
    missing = column.missing | (MISSING_MARKS - column.suppressed) | {""}
    suppressed = (column.suppressed | SUPPRESSED_MARKS) - missing
    marks = missing | suppressed
    shapes = f"{numeral}|{below}|{_NOT_FINITE}"
    only_marks = [mark for mark in marks if mark and "/" not in mark and not re.fullmatch(shapes, mark)]
    item = f"(?:(?:{shapes}|{any_of(only_marks)})[{BLANKS}]*)?"
    return CellGrammar(
        point=point,
        group=group,
        numeral=numeral,
        missing=any_of(missing),
        suppressed=any_of(suppressed),
        below=below,
        several=f"{numeral}(?:[{BLANKS}]*/[{BLANKS}]*{numeral})+",
        listed=f"{item}(?:/[{BLANKS}]*{item})+",
        not_finite=_NOT_FINITE,
        longest=max(LONGEST, *map(len, marks)),
        read_marks=tuple(sorted(mark for mark in marks if re.fullmatch(numeral, mark))),
    )


def _troubled(reason: RowReason) -> CellReading:
    """Return what is read of a cell from which no number can be read."""
    return CellReading(0, 0, 0, REASON_CODES[reason])


def read_cell(text: str | None, column: Column) -> CellReading:
    """Read one printed cell; this defines what every faster way of reading gives.

    A numeral is a sign (+, a minus sign, or a hyphen or en dash directly before the number), digits, decimals, and
    a sign of percent or per mille. Digits stand together or in threes, between commas or blanks (with
    ``decimal_comma``: between full stops or blanks). Marks of the column or of usage say that nothing is printed,
    or that the figure is kept back, even where they look like numerals; so does a ``<`` before a numeral.
    Everything else is trouble, told by its code.

    Examples
    --------
    >>> from ipmetrics.tables.columns import Column
    >>> read_cell("40,455", Column())
    CellReading(mantissa=40455, places=0, sign=0, trouble=0)
    >>> read_cell(" −1.50 %", Column())
    CellReading(mantissa=-150, places=2, sign=-2, trouble=0)
    >>> read_cell("100/86.9", Column(number=2)).mantissa
    869
    >>> read_cell("12,34", Column()).trouble == REASON_CODES[RowReason.NO_NUMERAL]
    True
    """
    if text is None:
        return _troubled(RowReason.MISSING)
    grammar, cell, number = grammar_of(column), text.strip(BLANKS), column.number
    if number is not None and _marked(cell, grammar) is None:
        if len(cell) <= grammar.longest and re.fullmatch(grammar.listed, cell):
            numbers = cell.split("/")
            if len(numbers) < number:
                return _troubled(RowReason.MISSING)
            cell = numbers[number - 1].strip(BLANKS)
        elif number > 1 and re.fullmatch(grammar.numeral, cell):
            return _troubled(RowReason.MISSING)
    reason = _marked(cell, grammar)
    if reason is None:
        if re.fullmatch(grammar.numeral, cell):
            return _read_numeral(cell, grammar.point)
        reason = _no_numeral(cell, grammar) if len(cell) <= grammar.longest else RowReason.NO_NUMERAL
    return _troubled(reason)


def _marked(cell: str, grammar: CellGrammar) -> RowReason | None:
    if re.fullmatch(grammar.missing, cell):
        return RowReason.MISSING
    return RowReason.SUPPRESSED if re.fullmatch(grammar.suppressed, cell) else None


def _no_numeral(cell: str, grammar: CellGrammar) -> RowReason:
    if re.fullmatch(grammar.below, cell):
        return RowReason.SUPPRESSED
    if re.fullmatch(grammar.not_finite, cell):
        return RowReason.NOT_FINITE
    return RowReason.SEVERAL_NUMBERS if re.fullmatch(grammar.several, cell) else RowReason.NO_NUMERAL


def _read_numeral(cell: str, point: str) -> CellReading:
    digits = re.sub("[^0-9]", "", cell).lstrip("0")
    places = len(re.sub("[^0-9]", "", cell.partition(point)[2]))
    if len(digits) > MOST_DIGITS or places > MOST_DIGITS:
        return _troubled(RowReason.TOO_LARGE)
    mantissa = int(digits or "0")
    sign = PERCENT if cell[-1] in PERCENT_SIGNS else PER_MILLE if cell[-1] == PER_MILLE_SIGN else 0
    return CellReading(-mantissa if cell[0] in MINUS_SIGNS else mantissa, places, sign, 0)
