"""Two naive twins of `check_table`, one row at a time.

`judged` reads every cell as a `Figure`, finds other rows by looking at all of them, and decides with exact intervals:
once with every tie counted in and once with every unknown tie counted out. `by_claims` hands the same row to `check`
as claims. Both are slow and short; neither has seen the tables' own code for numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

import ipmetrics as ipm
from ipmetrics import Interval, Rounding
from ipmetrics.tables.columns import MISSING_MARKS, SUPPRESSED_MARKS, Column
from ipmetrics.tables.places import Constant, Linear, Place, Product, Sum
from ipmetrics.tables.verdicts import FIRST_UNREADABLE, REASON_CODES, RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.places import Labels

    Row = Mapping[str, Any]
    Rows = Sequence[Row]
    Claim = ipm.Level | ipm.Ratio | ipm.Share | ipm.Change | ipm.Total

POSITIVE, NOT_NEGATIVE, AT_MOST_ONE = Interval.more_than(0), Interval.at_least(0), Interval.at_most(1)
MOST_TRIED = 5_000
"""How many whole numbers are tried one by one."""


@attrs.frozen
class Number:
    """A printed number: ``value``, to the ``unit`` of its last place, both times ten to the ``power``."""

    value: Fraction
    unit: Fraction
    rule: Rounding
    power: int = 0
    whole: bool = False
    signed: bool = False

    @property
    def ten(self) -> Fraction:
        return Fraction(10) ** self.power

    def stated(self, *, ties: bool = True) -> Interval:
        """What the print alone allows, in base units; without ties, where their rule is unknown."""
        interval = self.rule.interval(self.value, self.unit) * self.ten
        if self.rule is Rounding.NEAREST and not ties:
            interval = Interval(interval.lower, interval.upper, lower_closed=False, upper_closed=False)
        return interval

    def allowed(self, *, ties: bool = True) -> Interval:
        """The same, of what cannot be negative, or is a whole number."""
        interval = self.stated(ties=ties)
        if not self.signed:
            interval &= NOT_NEGATIVE
        return interval.whole_numbers() if self.whole else interval


@attrs.frozen
class Answer:
    """What is to be said of one row."""

    verdict: RowVerdict | None = None
    reason: RowReason | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None
    slack: Fraction | None = None

    @property
    def codes(self) -> tuple[str | None, str | None]:
        return (self.verdict and str(self.verdict), self.reason and str(self.reason))


def exact(value: Fraction | int) -> Number:
    return Number(Fraction(value), Fraction(1), Rounding.EXACT, signed=True)


# -- cells

_NUMERAL = re.compile(r"([+\-−]?)(.*?)\s*([%‰]?)")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+|")
_LITERAL = ipm.Conventions(round_numbers=False)


def reading(cell: object, column: Column) -> ipm.Figure | RowReason:
    """The figure in one cell, or why there is none."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return RowReason.MISSING
    if isinstance(cell, float) and math.isfinite(cell):
        return ipm.Figure(re.sub(r"\.0*$", "", format(Decimal(repr(cell)), "f")))
    text = str(cell).strip()
    if column.number is not None:
        parts = text.split("/")
        text = parts[column.number - 1].strip() if column.number <= len(parts) else ""
    return _figure_in(text, column) or _trouble(text, column)


def _figure_in(text: str, column: Column) -> ipm.Figure | None:
    """A numeral with a sign before it, digits in threes or not, decimals, and a sign behind it."""
    match = _NUMERAL.fullmatch(text)
    if match is None or text.lower() in column.missing | column.suppressed:
        return None
    minus, number, percent = match.groups()
    if column.decimal_comma:
        number = number.translate({ord(","): ".", ord("."): ","})
    whole, point, part = number.partition(".")
    if not _GROUPS.fullmatch(whole) or (point and not part.isdecimal()) or not (whole or part):
        return None
    whole = whole.replace(",", "").replace(" ", "").lstrip("0") or "0"
    return ipm.Figure(minus.replace("+", "") + whole + point + part + percent)


def _trouble(text: str, column: Column) -> RowReason:
    """Why a text is no numeral."""
    if text.lower() in MISSING_MARKS | column.missing:
        return RowReason.MISSING
    if text.lower() in SUPPRESSED_MARKS | column.suppressed:
        return RowReason.SUPPRESSED
    if text[:1] in {"<", "≤"} and _figure_in(text.lstrip("<≤= "), column):
        return RowReason.SUPPRESSED
    if text.lstrip("+-−").lower() in {"inf", "infinity", "∞"}:
        return RowReason.NOT_FINITE
    several = "/" in text and all(_figure_in(part.strip(), column) for part in text.split("/"))
    return RowReason.SEVERAL_NUMBERS if several else RowReason.NO_NUMERAL


@attrs.frozen
class Survey:
    """What all cells of a column say together."""

    power: int
    sign: int | None
    zeros: int

    @classmethod
    def of(cls, cells: Iterable[object], column: Column) -> Survey:
        figures = [each for each in (reading(cell, column) for cell in cells) if isinstance(each, ipm.Figure)]
        sign = min((each.power for each in figures), default=0) if column.multiplier is None else None
        whole = all(each.unit_in_last_place(_LITERAL) == Fraction(10) ** each.power for each in figures)
        sizes = [abs(int(each.number)) for each in figures if each.number] if whole else []
        zeros = min((len(str(size)) - len(str(size).rstrip("0")) for size in sizes), default=0)
        hidden = max(sizes, default=0) >= 1000 and column.rounding is not Rounding.EXACT
        return cls(column.multiplier or sign or 0, sign, zeros if hidden else 0)


@attrs.define
class Sheet:
    """The rows of one table, and how its columns are read."""

    rows: Rows
    columns: Mapping[str, Column]
    signed: frozenset[str] = frozenset()
    surveys: dict[str, Survey] = attrs.field(factory=dict)

    def number(self, row: Row, name: str) -> Number | RowReason:
        """One cell as a number, or why it is none."""
        column = self.columns.get(name, Column())
        source = column.read_from or name
        if name not in self.surveys:
            self.surveys[name] = Survey.of((each[source] for each in self.rows), column)
        survey, figure = self.surveys[name], reading(row[source], column)
        if isinstance(figure, RowReason):
            return figure
        if survey.sign is not None and survey.sign != figure.power:
            return RowReason.NO_SIGN
        unit = figure.unit_in_last_place(_LITERAL) / Fraction(10) ** figure.power
        if column.step is not None or column.decimals is not None or survey.zeros:
            places = survey.zeros if column.decimals is None else -column.decimals
            unit = Fraction(10) ** places if column.step is None else column.step
        if (figure.number / unit).denominator != 1:
            return RowReason.MORE_DECIMALS
        counted = column.whole and unit * Fraction(10) ** survey.power <= 1
        rule = column.rounding or (Rounding.EXACT if counted else Rounding.NEAREST)
        signed = name in self.signed if column.signed is None else column.signed
        return Number(figure.number, unit, rule, survey.power, column.whole, signed)


# -- places

Found = list[Number] | RowReason
"""The numbers that an operand adds up, or why there are none."""


def carries(row: Row, labels: Labels) -> bool:
    return all(any(row[column] == label for label in allowed) for column, allowed in labels)


def agrees(row: Row, other: Row, keys: Iterable[str]) -> bool:
    return all(row[key] is not None and row[key] == other[key] for key in keys)


def found(operand: Place | Sum | Constant, row: Row, sheet: Sheet) -> Found:
    """Look the operand up in every row there is."""
    match operand:
        case Constant(value=value):
            return [exact(value)]
        case Sum(column=column, labels=labels, keys=keys, others=others):
            parts = [
                sheet.number(each, column)
                for each in sheet.rows
                if carries(each, labels) and agrees(row, each, keys) and (others is None or each[others] != row[others])
            ]
            reasons = [each for each in parts if isinstance(each, RowReason)]
            if reasons:
                unreadable = [each for each in reasons if REASON_CODES[each] >= FIRST_UNREADABLE]
                return max(unreadable, key=REASON_CODES.__getitem__, default=RowReason.MISSING_PARTS)
            if not parts:
                return RowReason.NO_MATCH
            return [each for each in parts if isinstance(each, Number)]
        case Place() if operand.here:
            return _listed(sheet.number(row, operand.column))
        case Place(column=column, labels=labels, keys=keys, over=over, by=by):
            there = sheet if operand.frame is None else Sheet(operand.frame, sheet.columns, sheet.signed)
            matching = [each for each in there.rows if carries(each, labels) and agrees(row, each, keys)]
            if over is not None:
                matching = [each for each in matching if row[over] is not None and each[over] == row[over] - by]
            if not matching:
                return RowReason.NO_MATCH
            (other,) = matching
            return _listed(there.number(other, column))
    raise AssertionError(operand)


def _listed(number: Number | RowReason) -> Found:
    return number if isinstance(number, RowReason) else [number]


# -- twin (a): exact intervals


def factor_of(relation: Product, subject: Interval) -> Interval:
    """What the subject says of numerator ÷ reference."""
    factor = subject + relation.shift
    if relation.periods > 1:
        factor = (factor & NOT_NEGATIVE).power(relation.periods)
    return factor & AT_MOST_ONE if relation.bounded else factor


def holds_product(relation: Product, numbers: Mapping[str, Number], *, ties: bool) -> bool:
    """Whether true values exist for which the relation holds."""
    factor = factor_of(relation, numbers["subject"].allowed(ties=ties))
    top = numbers["numerator"].allowed(ties=ties) if "numerator" in numbers else None
    whole_top = top is None or numbers["numerator"].whole
    if "reference" not in numbers:
        assert top is not None
        return any(_some_whole_base(factor, each) for each in (_tried(top) if whole_top else [top]))
    base = numbers["reference"].allowed(ties=ties) & POSITIVE
    bases = _tried(base) if numbers["reference"].whole else [base]
    for each in bases:
        values = factor * each & (NOT_NEGATIVE if top is None else top)
        if values.count_whole() != 0 if whole_top else not values.is_empty:
            return True
    return False


def _tried(interval: Interval) -> list[Interval]:
    """Every whole number of an interval."""
    whole = interval.whole_numbers()
    if whole.is_empty:
        return []
    assert whole.lower is not None
    assert whole.upper is not None
    assert whole.upper - whole.lower <= MOST_TRIED, "too many whole numbers to try"
    return [Interval.point(value) for value in range(int(whole.lower), int(whole.upper) + 1)]


def _some_whole_base(factor: Interval, top: Interval) -> bool:
    """Whether top = factor × some whole number above zero."""
    if 0 in factor and 0 in top:
        return True
    up, over = factor & POSITIVE, top & POSITIVE
    down, under = -factor & POSITIVE, -top & POSITIVE
    quotients = [one / other for one, other in ((over, up), (under, down)) if not (one.is_empty or other.is_empty)]
    return any((each & Interval.at_least(1)).count_whole() != 0 for each in quotients)


def holds_linear(relation: Linear, numbers: Sequence[tuple[int, list[Number]]], *, ties: bool) -> bool:
    """Whether true values exist for which the sum is zero, or at most zero."""
    whole, rest = Interval.point(0), Interval.point(0)
    for sign, each in numbers:
        for number in each:
            if number.whole:  # the sums of whole numbers out of ranges leave no gap
                whole += sign * number.allowed(ties=ties)
            else:
                rest += sign * number.allowed(ties=ties)
    if not relation.equal:
        return (whole + rest).overlaps(Interval.at_most(0))
    return (whole & -rest).count_whole() != 0 if any(each.whole for _, many in numbers for each in many) else 0 in rest


def judged(rows: Rows, formulas: Mapping[str, Formula], columns: Mapping[str, Column]) -> dict[str, list[Answer]]:
    """What is to be said of every row, for each formula; frames of other rows are lists too."""
    sheet = sheet_of(rows, formulas, columns)
    return {name: [answer(row, formula, name, sheet) for row in rows] for name, formula in formulas.items()}


def sheet_of(rows: Rows, formulas: Mapping[str, Formula], columns: Mapping[str, Column]) -> Sheet:
    """The table, with the columns whose figures may be negative because of what they are."""
    signed = {formula.about or name for name, formula in formulas.items() if formula.kind in {"growth", "difference"}}
    for name, formula in formulas.items():
        relation = formula.of(name)
        places = (
            [relation.numerator, relation.reference]
            if isinstance(relation, Product)
            else [term.operand for term in relation.terms[1:]]
        )
        read = [place.column for place in places if isinstance(place, Place | Sum)]
        if any(columns.get(column, Column()).signed for column in read):
            signed.add(formula.about or name)
    return Sheet(rows, columns, frozenset(signed))


def operands(row: Row, formula: Formula, name: str, sheet: Sheet) -> dict[str, Found]:
    """What each operand comes to in this row; of a linear relation under the number of its term."""
    relation = formula.of(name)
    if isinstance(relation, Product):
        places = {each: getattr(relation, each) for each in ("subject", "numerator", "reference")}
        return {each: found(place, row, sheet) for each, place in places.items() if place is not None}
    return {str(number): found(term.operand, row, sheet) for number, term in enumerate(relation.terms)}


def numbers_of(row: Row, formula: Formula, name: str, sheet: Sheet) -> dict[str, list[Number]]:
    """The numbers of a row in which nothing is amiss."""
    known = operands(row, formula, name, sheet)
    assert not any(isinstance(many, RowReason) for many in known.values()), known
    return {each: many for each, many in known.items() if not isinstance(many, RowReason)}


def answer(row: Row, formula: Formula, name: str, sheet: Sheet) -> Answer:
    """What is to be said of one row."""
    if not carries(row, formula.where):
        return Answer()
    relation, known = formula.of(name), operands(row, formula, name, sheet)
    reasons = [each for each in known.values() if isinstance(each, RowReason)]
    numbers = {each: many for each, many in known.items() if not isinstance(many, RowReason)}
    if any(number.allowed().is_empty and not number.signed for many in numbers.values() for number in many):
        reasons.append(RowReason.NEGATIVE)
    elif "reference" in numbers and (numbers["reference"][0].allowed() & POSITIVE).is_empty:
        reasons.append(RowReason.ZERO_BASE)
    if reasons:
        reason = max(reasons, key=REASON_CODES.__getitem__)
        if REASON_CODES[reason] >= FIRST_UNREADABLE:
            return Answer(RowVerdict.UNREADABLE, reason)
        impossible = reason in {RowReason.NEGATIVE, RowReason.ZERO_BASE}
        return Answer(RowVerdict.INCONSISTENT if impossible else RowVerdict.UNDETERMINED, reason)
    if not holds(relation, numbers, ties=True):
        verdict = RowVerdict.INCONSISTENT
    else:
        verdict = RowVerdict.CONSISTENT if holds(relation, numbers, ties=False) else RowVerdict.EDGE
    return attrs.evolve(_told(relation, numbers), verdict=verdict)


def holds(relation: Product | Linear, numbers: Mapping[str, list[Number]], *, ties: bool) -> bool:
    if isinstance(relation, Product):
        return holds_product(relation, {name: one for name, (one,) in numbers.items()}, ties=ties)
    signs = [term.sign for term in relation.terms]
    return holds_linear(relation, list(zip(signs, numbers.values(), strict=True)), ties=ties)


def _told(relation: Product | Linear, numbers: Mapping[str, list[Number]]) -> Answer:
    """The implied interval in the printed unit, and how far the stated one reaches into it."""
    others = implied(relation, numbers)
    if others is None or others.is_empty:
        return Answer()
    subject = numbers["subject" if isinstance(relation, Product) else "0"][0]
    stated, one = _unbroken(subject), subject.ten
    reaches = []
    if others.lower is not None and stated.upper is not None:
        reaches.append(stated.upper - others.lower)
    if others.upper is not None and stated.lower is not None:
        reaches.append(others.upper - stated.lower)
    return Answer(
        lower=None if others.lower is None else others.lower / one,
        upper=None if others.upper is None else others.upper / one,
        slack=min(reaches) / one / subject.unit if reaches else None,
    )


def _unbroken(number: Number) -> Interval:
    """For reading only: whole or not, everything between the ends."""
    return attrs.evolve(number, whole=False).allowed()


def implied(relation: Product | Linear, numbers: Mapping[str, list[Number]]) -> Interval | None:
    """What the others say of the subject, in base units; None where a number behind it is not printed."""
    if isinstance(relation, Product):
        if "numerator" not in numbers or "reference" not in numbers:
            return None
        top, base = _unbroken(numbers["numerator"][0]), _unbroken(numbers["reference"][0]) & POSITIVE
        quotient = top / base
        if relation.periods > 1:
            quotient = _root(quotient, relation.periods)
        return (quotient & AT_MOST_ONE if relation.bounded else quotient) - relation.shift
    first, *others = zip(relation.terms, numbers.values(), strict=True)
    rest = Interval.point(0)
    for term, many in others:
        for number in many:
            rest -= term.sign * first[0].sign * _unbroken(number)
    if relation.equal:
        return rest
    if first[0].sign > 0:
        return Interval(None, rest.upper, upper_closed=rest.upper_closed)
    return Interval(rest.lower, None, lower_closed=rest.lower_closed)


def _root(interval: Interval, periods: int) -> Interval:
    """For reading only: the root in floats."""
    interval &= NOT_NEGATIVE
    ends = [None if end is None else Fraction(float(end) ** (1 / periods)) for end in (interval.lower, interval.upper)]
    return Interval(*ends)


# -- twin (b): claims


def by_claims(formula: Formula, name: str, numbers: Mapping[str, list[Number]]) -> ipm.Verdict:
    """What `check` says of the claims that the row prints."""
    relation = formula.of(name)
    if isinstance(relation, Product):
        claims = _of_product(formula.kind, relation, {each: one for each, (one,) in numbers.items()})
    else:
        claims = _of_linear(formula.kind, relation, list(numbers.values()))
    return ipm.check(claims).verdict


def observed(
    name: str, number: Number | None, *, unit: str = "patent", when: int = 2020
) -> tuple[ipm.Observation, list[Claim]]:
    """An unknown, and the claim that prints it if there is one."""
    if number is None:
        return ipm.Indicator(name, unit=unit, whole=True).at("here", when), []
    unknown = ipm.Indicator(name, unit=unit, whole=number.whole, signed=number.signed).at("here", when)
    return unknown, [ipm.Level(unknown, figure(number, "%" if unit == "percent" else ""))]


def figure(number: Number, sign: str = "") -> ipm.Figure:
    """The number as it would be printed in base units, or with a sign behind it."""
    shift = number.ten * {"": 1, "%": 100, " points": 100}[sign]
    value, unit = number.value * shift, number.unit * shift
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(int(value * 10**places))).rjust(places + 1, "0")
    text = digits[: len(digits) - places] + ("." + digits[len(digits) - places :] if places else "")
    text = ("-" if value < 0 else "") + text + sign
    place = next((place for place in range(-30, 31) if Fraction(10) ** -place == unit), None)
    if place is None:
        return ipm.Figure(text, rounding=number.rule, step=unit)
    return ipm.Figure(text, rounding=number.rule, decimals=place)


def _of_product(kind: str, relation: Product, numbers: Mapping[str, Number]) -> list[Claim]:
    subject = numbers["subject"]
    unit = "person" if kind == "rate" else "patent"
    top, printed_top = observed("numerator", numbers.get("numerator"))
    base, printed_base = observed("reference", numbers.get("reference"), unit=unit, when=2020 - relation.periods)
    said: Claim
    if kind == "rate":
        base, printed_base = observed("reference", numbers.get("reference"), unit=unit)
        density = attrs.evolve(top.indicator.per(base.indicator, 10 ** max(0, -subject.power)), signed=subject.signed)
        rate = attrs.evolve(subject, power=subject.power + max(0, -subject.power))
        said = ipm.Level(density.at("here", 2020), figure(rate))
    elif kind == "share":
        said = ipm.Share(top, base, figure(subject, "%"))
    elif kind == "growth":
        per = "year" if relation.periods > 1 else None
        said = ipm.Change(top, figure(subject, "%"), since=base, per=per)  # type: ignore[arg-type]  # a literal or None
    else:
        said = ipm.Ratio(top, base, figure(subject))
    return [*printed_top, *printed_base, said]


def _of_linear(kind: str, relation: Linear, numbers: list[list[Number]]) -> list[Claim]:
    if kind == "difference" and [each.whole for (each,) in numbers] in ([False] * 3, [False, True, True]):
        (subject,), (minuend,), (other,) = numbers
        unit = "percent" if {subject.power, minuend.power, other.power} == {-2} else "patent"
        now, printed_now = observed("now", minuend, unit=unit)
        then, printed_then = observed("then", other, unit=unit)
        said = ipm.Change(now, figure(subject, " points" if unit == "percent" else ""), since=then)
        return [*printed_now, *printed_then, said]
    claims: list[Claim] = []
    sides: dict[int, list[ipm.Observation]] = {1: [], -1: []}
    for place, (term, many) in enumerate(zip(relation.terms, numbers, strict=True)):
        for count, number in enumerate(many):
            unknown, printed = observed(f"term {place}.{count}", number)
            sides[term.sign].append(unknown)
            claims += printed
    if not relation.equal:
        (whole,) = sides[-1]
        return [*claims, ipm.Total(whole, sides[1], complete=False)]
    if 1 not in (len(sides[1]), len(sides[-1])):
        signed = any(number.signed for many in numbers for number in many)
        both = ipm.Indicator("either side", unit="patent", signed=signed).at("here", 2020)
        return [*claims, ipm.Total(both, sides[1]), ipm.Total(both, sides[-1])]
    one, many_ = sides[1], sides[-1]
    (whole,), parts = (one, many_) if len(one) == 1 else (many_, one)
    return [*claims, ipm.Total(whole, parts)]
