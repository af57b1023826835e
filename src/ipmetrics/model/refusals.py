"""Why a text is no figure: which rule it breaks, and what to write instead.

This room only words refusals. It decides nothing: a text that reaches it has already been refused.
"""

from __future__ import annotations

import re
import unicodedata

from ipmetrics.errors import FigureSyntaxError
from ipmetrics.model.numerals import read_english
from ipmetrics.model.phrases import MOST_DIGITS, narrowed, read_phrase

__all__ = ["LONGEST", "refusal"]

LONGEST = 80  # characters of a figure's text, hedges included

# Each rule is held against the text in turn; the first that it breaks is the one that is named.
_RULES = (
    (
        r"[0-9.]+[eE][-+]?[0-9]+",
        "a figure is printed without an exponent",
        'write "1 billion", or every digit',
    ),
    (r".*_", "digits are grouped by commas or fixed spaces", 'write "40,455"'),
    (r"[-+−]{2}", "a figure has one sign", 'write "-5%"'),
    (r".*[0-9%] ?[-−]$", "a sign stands before its number", 'write "-5%"'),
    (r"[-−].*[0-9%]-[−0-9]", "a range with a negative end is written with to", 'write "-5% to -3%"'),
    (r"(?i)第|.*[0-9](?:st|nd|rd|th)$", "a rank is no figure", "pass it to Rank as a whole number"),
    (
        r".*[百千万亿][0-9一二两三四五六七八九]{1,3}$",
        "a numeral prints every place, or 零 for those it skips",
        'write "三百五十" or "三百零五", or the digits',
    ),
    (
        r".*[一二两三四五六七八九]{2}",
        "a range has a mark between its numbers, and places are named",
        'write "三至四成" or "300–400", or the digits',
    ),
    (r"[(].*[)]", "a negative figure is written with its sign", 'write "-5%"'),
    (
        r"(?i)[-+]?(?:nan|inf|infinity|none|null|n/?a|-+|—|\.+|…|\*+)$",
        "a figure has digits or number words",
        "leave the claim out, or give it no figure",
    ),
    (
        r"(?i).*(?:hundreds|thousands|millions|billions|dozens|scores|several|数[十百千万亿]|几[十百千万亿]|[十]几|多数)",
        "a figure names a number",
        'write what was printed as one, such as "more than 100"',
    ),
    (
        r"(?i).*[0-9] ?[kmbt]$",
        "a single letter is no scale word, for m is million, metre and month",
        'write "million" or "mn", "thousand", "billion" or "bn"',
    ),
    (r".*兆", "兆 is 10^12 in some countries and 10^6 in others", "write 万亿 or 百万"),
    (r".*番", "番 counts doublings", 'write the multiple, as in "2倍" for 翻一番 (grown to twice)'),
    (
        r".*[½⅓⅔¼¾⅛]|.*[0-9]/[0-9]",
        "a fraction is written in words or as a decimal",
        'write "a quarter" or "25%"',
    ),
    (r".*[0-9]\.[0-9]+\.", "a numeral has one decimal point", "write it once"),
    (r".*[0-9]\.(?![0-9])", "a decimal point has digits after it", "leave the point out"),
    (r"[^0-9]*0[0-9]", "a numeral does not begin with 0", "leave the leading zeros out"),
)
_NUMERAL = re.compile(r"[0-9][0-9,.\u00a0\u202f\u2009' ]*")
_UNIT_AHEAD = re.compile(r"(?i)([^0-9]*?)((?:us|rmb|cny|eur|usd|hk|nt)?\s?[$€£¥￥]\s?|(?:rmb|cny|eur|usd|gbp)\s?)(.+)")
_UNIT_BEHIND = re.compile(r"\s*(?!and\b|to\b|x\b)(?P<word>[^\W\d_]+).*")


def refusal(text: str, *, decimal_comma: bool) -> FigureSyntaxError:
    """Return the error that says why a text is no figure.

    Examples
    --------
    >>> print(refusal("4,52", decimal_comma=False))
    commas group the digits in threes: got 4,52; write "452", or pass decimal_comma=True for 4.52
    >>> print(refusal("10.8万件", decimal_comma=False))
    a figure is given without its unit: got 10.8万件; pass "10.8万" and give the indicator its unit
    """
    given = text if text.strip() and text.isprintable() else repr(text)
    if len(text) > LONGEST:
        return FigureSyntaxError(
            f"{given[:20]}… ({len(text)} characters)",
            rule=f"a figure has at most {LONGEST} characters",
            way_out="pass the figure alone",
        )
    rule, way_out = _reason(narrowed(text), decimal_comma=decimal_comma)
    return FigureSyntaxError(given, rule=rule, way_out=way_out)


def _reason(text: str, *, decimal_comma: bool) -> tuple[str, str]:
    if not text:
        return "a figure has digits or number words", "leave the claim out, or give it no figure"
    strange = next((char for char in text if unicodedata.decimal(char, None) is not None and not _is_ours(char)), None)
    if strange is not None:
        return (
            "digits are 0 to 9 or their full-width forms",
            f'write "{unicodedata.decimal(strange)}" for {strange}',
        )
    for pattern, rule, way_out in _RULES:
        if re.match(pattern, text):
            return rule, way_out
    return (
        _unit_given(text, decimal_comma=decimal_comma)
        or _misgrouped(text, decimal_comma=decimal_comma)
        or (
            "a figure is one printed number",
            'pass it as printed, such as "40,455", "19.6%" or "nearly 2.9 billion"',
        )
    )


def _is_ours(char: str) -> bool:
    return char in "0123456789"


def _unit_given(text: str, *, decimal_comma: bool) -> tuple[str, str] | None:
    """Look for the longest beginning that is a figure, once a currency sign is taken away."""
    bare = _UNIT_AHEAD.sub(r"\1\3", text, count=1)
    for end in range(len(bare), 0, -1):
        head, tail = bare[:end].rstrip(), bare[end:]
        behind = _UNIT_BEHIND.fullmatch(tail)
        if (tail or bare == text) and (behind is None or read_english(behind["word"].lower()) is not None):
            continue
        try:
            phrase = read_phrase(head, decimal_comma=decimal_comma)
        except FigureSyntaxError:
            phrase = None
        if phrase is not None:
            return "a figure is given without its unit", f'pass "{head}" and give the indicator its unit'
    return None


def _misgrouped(text: str, *, decimal_comma: bool) -> tuple[str, str] | None:
    """Look at the separators of the first numeral."""
    match = _NUMERAL.search(text)
    if match is None:
        return None
    numeral = match[0].rstrip(" ,.")
    if sum(map(_is_ours, numeral)) > MOST_DIGITS:
        return f"a numeral has at most {MOST_DIGITS} digits", "use a scale word"
    if read_phrase(numeral, decimal_comma=decimal_comma) is not None:
        return None
    mark, point = (".", ",") if decimal_comma else (",", ".")
    whole, _, part = numeral.partition(point)
    digits = re.sub("[^0-9]", "", whole) or "0"
    regrouped = f"{int(digits):,}".replace(",", mark) + (part and point + part)
    if decimal_comma:
        rule = "points or spaces group the digits in threes where the comma is the decimal mark"
        return rule, f'write "{regrouped}", or leave out decimal_comma=True'
    if "," not in numeral:
        return "digits are grouped by commas or fixed spaces", f'write "{regrouped}"'
    ways = [] if numeral.startswith("0") else [f'write "{regrouped}"']
    if not part and numeral.count(",") == 1:
        ways.append(f"pass decimal_comma=True for {numeral.replace(',', '.')}")
    return "commas group the digits in threes", ", or ".join(ways or ['write "40,455"'])
