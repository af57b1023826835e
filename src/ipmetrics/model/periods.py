"""Reference periods: the stretch of time, or the day, that a figure is about.

A period is its first and its last day; how it is written (year, half, quarter, month, range, date, fiscal year)
follows from them. This room knows the calendar and nothing of figures or indicators.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import attrs

from ipmetrics.errors import PeriodError

__all__ = ["Period"]

_WAY_OUT = (
    'write a year "2021", a half "2021-H1", a quarter "2021-Q3", a month "2021-11", a date "2021-11-30", '
    'a range "2021-01/2021-09" or a fiscal year by its first month "FY2021@04"'
)
_SPANS = {"H": 6, "S": 6, "Q": 3}
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_SPAN = re.compile(r"(\d{4})-([HSQ])(\d)", re.ASCII)
_MONTH = re.compile(r"(\d{4})-M?(\d{2})", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_FISCAL = re.compile(r"FY(\d{4})@(\d{2})", re.ASCII)


def _month_start(months: int) -> date:
    """First day of the month counted from January of year 0."""
    return date(months // 12, months % 12 + 1, 1)


def _month_end(months: int) -> date:
    first = _month_start(months)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _count(day: date) -> int:
    return day.year * 12 + day.month - 1


def _whole_months(start: int, length: int) -> tuple[date, date]:
    return _month_start(start), _month_end(start + length - 1)


def _read(text: str) -> tuple[date, date]:
    """First and last day of a period as written; ValueError where there is no such period."""
    if match := _YEAR.fullmatch(text):
        return _whole_months(int(match[1]) * 12, 12)
    if match := _SPAN.fullmatch(text):
        months = _SPANS[match[2]]
        part = int(match[3])
        if not 1 <= part <= 12 // months:
            raise ValueError(text)
        return _whole_months(int(match[1]) * 12 + (part - 1) * months, months)
    if match := _FISCAL.fullmatch(text):
        month = int(match[2])
        if not 1 <= month <= 12:
            raise ValueError(text)
        return _whole_months(int(match[1]) * 12 + month - 1, 12)
    if match := _MONTH.fullmatch(text):
        month = int(match[2])
        if not 1 <= month <= 12:
            raise ValueError(text)
        return _whole_months(int(match[1]) * 12 + month - 1, 1)
    if match := _DATE.fullmatch(text):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if text.count("/") == 1:
        first, last = (_read(part.strip()) for part in text.split("/"))
        if first[0] > last[1]:
            raise ValueError(text)
        return first[0], last[1]
    raise ValueError(text)


def _text(when: object) -> str:
    """A year or a text as text; anything else is no period, and a bool least of all."""
    return str(when).strip() if isinstance(when, (int, str)) and not isinstance(when, bool) else ""


def _shift(day: date, months: int, *, to_end: bool) -> date:
    """The day so many months away; the last day of a month stays a last day where it is to end a period."""
    count = _count(day) + months
    last = _month_end(count)
    ends_month = day.day == calendar.monthrange(day.year, day.month)[1]
    return last if to_end and ends_month else last.replace(day=min(day.day, last.day))


@attrs.frozen(repr=False, init=False, order=False)
class Period:
    """A reference period (SDMX ``TIME_PERIOD``).

    Parameters
    ----------
    when
        A year as int or text, another written period, a date, or a Period. Halves are ``2021-H1`` (or SDMX's
        ``2021-S1``), quarters ``2021-Q3``, months ``2021-11`` (or ``2021-M11``), ranges ``first/last`` of any of
        these, fiscal years ``FY2021@04``: the twelve months that begin in April 2021.

    Raises
    ------
    PeriodError
        If no such period exists.

    Examples
    --------
    >>> half = Period("2025-H1")
    >>> half.start, half.end
    (datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))
    >>> str(half.previous), str(half.year_before), half.is_within(Period(2025))
    ('2024-H2', '2024-H1', True)
    """

    start: date
    end: date

    def __init__(self, when: int | str | date | Period) -> None:
        try:
            if isinstance(when, Period):
                start, end = when.start, when.end
            elif isinstance(when, date):
                start = end = date(when.year, when.month, when.day)
            else:
                start, end = _read(_text(when))
        except ValueError:
            raise PeriodError(repr(when), rule="a period is one that exists", way_out=_WAY_OUT) from None
        self.__attrs_init__(start, end)

    @property
    def months(self) -> int | None:
        """How many whole months it lasts; None if it is not made of whole months.

        Examples
        --------
        >>> Period("2021-Q3").months, Period("2021-11-30").months
        (3, None)
        """
        last = _month_end(_count(self.end))
        if self.start.day != 1 or self.end != last:
            return None
        return _count(self.end) - _count(self.start) + 1

    def lasts_as(self, other: Period) -> bool:
        """Whether both are of one length: in whole months, or in days where neither is made of months.

        Examples
        --------
        >>> Period("2021-02").lasts_as(Period("2021-03")), Period("2021-11-30").lasts_as(Period("2021-11"))
        (True, False)
        """
        if self.months is None or other.months is None:
            return self.months is other.months and self.end - self.start == other.end - other.start
        return self.months == other.months

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.start == self.end

    @property
    def last_day(self) -> Period:
        """The day a stock is counted on: the period's last."""
        return Period(self.end)

    @property
    def previous(self) -> Period:
        """The period of the same length just before (环比): whole months by months, other ranges by days."""
        months = self.months
        if months is not None:
            return _between(*_whole_months(_count(self.start) - months, months))
        days = self.end - self.start + timedelta(days=1)
        return _between(self.start - days, self.end - days)

    @property
    def year_before(self) -> Period:
        """The same stretch of the year before (同比); the last day of a month stays one."""
        return self.years_before(1)

    def years_before(self, years: int) -> Period:
        """The same stretch so many whole years earlier."""
        return _between(_shift(self.start, -12 * years, to_end=False), _shift(self.end, -12 * years, to_end=True))

    def is_within(self, other: Period) -> bool:
        """Whether every day of this period is a day of the other (a period is within itself)."""
        return other.start <= self.start and self.end <= other.end

    def __str__(self) -> str:
        """The shortest writing of these days."""
        months = self.months
        year, first = f"{self.start.year:04}", self.start.month
        if self.is_day:
            return self.start.isoformat()
        if months == 12:
            return year if first == 1 else f"FY{year}@{first:02}"
        if months == 6 and first in {1, 7}:
            return f"{year}-H{first // 6 + 1}"
        if months == 3 and first % 3 == 1:
            return f"{year}-Q{first // 3 + 1}"
        if months == 1:
            return f"{year}-{first:02}"
        if months is not None:
            return f"{year}-{first:02}/{self.end.year:04}-{self.end.month:02}"
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    def __repr__(self) -> str:
        """Reads back."""
        return f"Period({str(self)!r})"


def _between(start: date, end: date) -> Period:
    period = Period.__new__(Period)
    period.__attrs_init__(start, end)
    return period
