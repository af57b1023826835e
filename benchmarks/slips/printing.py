"""How a press office prints a number: rounded half up, in the form of another printed figure.

Written apart from ipmetrics, so that what is measured is not printed by what measures it. It knows digits, separators,
scale words and signs, and nothing of what was counted.
"""

from __future__ import annotations

import re
from fractions import Fraction

import attrs

POWERS = {
    "": 0,
    "千": 3,
    "万": 4,
    "亿": 8,
    " thousand": 3,
    " million": 6,
    " billion": 9,
    "%": -2,
    " points": -2,
    " times": 0,
}
SCALES = ("", "千", "万", "亿", " thousand", " million", " billion")
_PRINTED = re.compile(r"(?P<before>[^0-9+−-]*)(?P<sign>[+−-]?)(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<after>[^0-9]*)")


@attrs.frozen
class Form:
    """What surrounds the digits of a printed figure, and how many of them are decimals."""

    places: int = 0
    after: str = ""
    before: str = ""
    plus: bool = False
    commas: bool = True

    @classmethod
    def of(cls, text: str) -> Form | None:
        """The form of a printed text; None for one in words, a range or an unknown sign."""
        match = _PRINTED.fullmatch(text)
        if match is None or match["after"] not in POWERS:
            return None
        whole, _, part = match["digits"].partition(".")
        commas = "," in whole or len(whole) < 4
        return cls(len(part), match["after"], match["before"], match["sign"] == "+", commas)

    @property
    def unit(self) -> Fraction:
        """What one unit of the last place counts."""
        return Fraction(10) ** (POWERS[self.after] - self.places)

    def steps(self, value: Fraction) -> int:
        """A value in units of the last place, rounded half up in size."""
        steps = int(abs(value) / self.unit + Fraction(1, 2))
        return -steps if value < 0 else steps

    def cut(self, value: Fraction) -> int:
        """The same, cut off instead of rounded."""
        steps = int(abs(value) / self.unit)
        return -steps if value < 0 else steps

    def text(self, steps: int) -> str:
        """So many units of the last place, as printed."""
        digits = f"{abs(steps):0{self.places + 1}d}"
        sign = "-" if steps < 0 else "+" if self.plus else ""
        return f"{self.before}{sign}{self.numeral(digits)}{self.after}"

    def numeral(self, digits: str) -> str:
        """Digits with decimal mark and separators; zeros in front are left as they are."""
        end = len(digits) - self.places
        whole, part = digits[:end], digits[end:]
        if self.commas and whole == (whole.lstrip("0") or "0"):
            whole = f"{int(whole):,}"
        return f"{whole}.{part}" if part else whole

    def printed(self, value: Fraction) -> str:
        """A value as printed."""
        return self.text(self.steps(value))


@attrs.frozen
class Digits:
    """The digits of a printed figure apart from its form, so that one can be lost or two exchanged."""

    digits: str
    form: Form
    negative: bool

    @classmethod
    def of(cls, text: str) -> Digits | None:
        """The digits of a printed text; None where its form is not known."""
        form, match = Form.of(text), _PRINTED.fullmatch(text)
        if form is None or match is None:
            return None
        digits = match["digits"].replace(",", "").replace(".", "")
        return cls(digits, form, match["sign"] in {"-", "−"} and bool(match["sign"]))

    def at(self, places: int | None = None, after: str | None = None) -> Digits:
        """The same digits with another number of decimals, or another scale word."""
        form = attrs.evolve(
            self.form,
            places=self.form.places if places is None else places,
            after=self.form.after if after is None else after,
        )
        return attrs.evolve(self, form=form)

    def text(self) -> str | None:
        """As printed; None where nobody would print it so: with zeros in front, or without a digit before the mark."""
        whole = self.digits[: len(self.digits) - self.form.places]
        if not whole or (len(whole) > 1 and whole[0] == "0"):
            return None
        sign = "-" if self.negative else "+" if self.form.plus else ""
        return f"{self.form.before}{sign}{self.form.numeral(self.digits)}{self.form.after}"
