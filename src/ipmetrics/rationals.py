"""Exact numbers: which values are taken for one, how two of them compare, how one is shown to people.

This room knows `fractions.Fraction` and refuses floats, which have forgotten the number that was meant. It
knows no interval, no figure and no unit.
"""

from __future__ import annotations

from fractions import Fraction

from ipmetrics.errors import FigureTypeError

__all__ = ["decimals_of", "exact_number", "exact_text", "format_number", "order_of"]

_EXACT_DIGITS = 12  # significant digits of the longest decimal that is shown in full
_SHOWN_DIGITS = 6  # significant digits shown of any other
_SHOWN_PLACES = 2  # and at least so many after the point


def exact_number(value: object, what: str = "an end of an interval") -> Fraction:
    """Return an int or a Fraction as a Fraction.

    Raises
    ------
    FigureTypeError
        If it is a float or anything else that is not exact; ``what`` says in the message what it was for.

    Examples
    --------
    >>> exact_number(3)
    Fraction(3, 1)
    >>> exact_number(0.1)
    Traceback (most recent call last):
    ipmetrics.errors.FigureTypeError: an end of an interval is an exact number: got 0.1; pass an int or ...
    """
    if type(value) is Fraction:
        return value
    if isinstance(value, int | Fraction):
        return Fraction(value)
    raise FigureTypeError(
        repr(value),
        rule=f"{what} is an exact number",
        way_out='pass an int or a Fraction, such as Fraction("3.545")',
    )


def order_of(a: Fraction, b: Fraction) -> int:
    """Return a whole number below, at or above 0 as a is below, at or above b.

    One comparison where ``<`` and ``==`` would be two, and without their search for the type of b: the
    inner loops compare ends millions of times.

    Examples
    --------
    >>> order_of(Fraction(1, 3), Fraction(1, 2)) < 0
    True
    """
    return a.numerator * b.denominator - b.numerator * a.denominator


def decimals_of(value: Fraction) -> int | None:
    """Return how many decimals a number needs to be written in full, or None if no number of them will do.

    Examples
    --------
    >>> decimals_of(Fraction(1331, 4)), decimals_of(Fraction(300)), decimals_of(Fraction(1, 3))
    (2, 0, None)
    """
    rest, places = value.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    return places if rest == 1 else None


def exact_text(value: Fraction, most_places: int | None = None) -> str:
    """Return an exact number as text: a decimal where one ends (within so many places), else a fraction.

    Examples
    --------
    >>> exact_text(Fraction(1331, 4)), exact_text(Fraction(9400, 101)), exact_text(Fraction(-1, 20))
    ('332.75', '9400/101', '-0.05')
    """
    places = decimals_of(value)
    if places is None or (most_places is not None and places > most_places):
        return f"{value.numerator}/{value.denominator}"
    if places == 0:
        return str(value.numerator)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}}"
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def format_number(value: Fraction | int) -> str:
    """Return a number as people read it: in full, or rounded to nearest and marked with ``…``.

    Whole numbers, and decimals that end within 12 significant digits, are shown in full; of any other
    number the first 6 significant digits, and two places at least.

    Examples
    --------
    >>> [format_number(x) for x in (4083, Fraction("-0.035"), Fraction(665700, 7090), Fraction(1, 30000))]
    ['4083', '-0.035', '93.8928…', '0.0000333333…']
    """
    numerator, denominator = abs(value.numerator), value.denominator
    whole, rest = divmod(numerator, denominator)
    shown = f"-{whole}" if value < 0 else f"{whole}"
    if rest == 0:
        return shown
    twos = (denominator & -denominator).bit_length() - 1
    fives, others = 0, denominator >> twos
    while others % 5 == 0:
        others //= 5
        fives += 1
    places = max(twos, fives)
    in_full = others == 1 and len(str(numerator * 10**places // denominator)) <= _EXACT_DIGITS
    if not in_full and whole:
        places = max(_SHOWN_DIGITS - len(str(whole)), _SHOWN_PLACES)
    elif not in_full:
        places = _SHOWN_DIGITS + len(str((denominator - 1) // numerator)) - 1
    nearest = (2 * numerator * 10**places + denominator) // (2 * denominator)
    above, below = divmod(nearest, 10**places)
    return f"{'-' if value < 0 else ''}{above}.{below:0{places}d}{'' if in_full else '…'}"
