"""What expressions of time mean: a reader for each of their forms.

A reader knows the calendar, the day of publication and the year that the text spoke of last. It does not know what the
sentence does with the expression, but for words such as "since" that are part of it.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING

import attrs

from ipmetrics.errors import PeriodError
from ipmetrics.model.periods import Period
from ipmetrics.prose.english.vocabulary import listed, plain, section
from ipmetrics.prose.english.whens import Role, When

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["READERS", "Said"]

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_LAST_MONTHS = {"first half": 6, "first quarter": 3, "second quarter": 6, "third quarter": 9}
_BACK = {"this": 0, "last": 1, "before": 2, "next": -1}
_FIVE_YEARS = 5  # of a plan; the thirteenth began in 2016


@attrs.frozen
class Said:
    """What one form matched, and what is known besides.

    Parameters
    ----------
    match
        The words.
    anchor
        The year that they are of where they name none.
    published
        The day of publication.
    """

    match: re.Match[str]
    anchor: int | None
    published: date | None

    def part(self, *names: str) -> str:
        """The first of some parts that is there, in lower case; else nothing."""
        return next((plain(self.match[name]) for name in names if self.match[name]), "")

    def opens(self, *words: str) -> bool:
        """Whether it begins with any of these words."""
        return self.match[0].lower().startswith(words)

    def year(self, *names: str) -> tuple[int | None, bool]:
        """The year meant by the first of some parts that is there, and whether it is named."""
        words = self.part(*names)
        if words.isdigit():
            return int(words), True
        back = _BACK.get(listed("years").get(words, ""))
        if back is not None:
            return (self.published.year - back if self.published else None), True
        return self.spoken_of, False

    @property
    def spoken_of(self) -> int | None:
        """The year that the text spoke of last; else that of publication."""
        if self.anchor is not None:
            return self.anchor
        return self.published.year if self.published else None


def _when(
    period: str | int | date | None,
    *,
    role: Role = Role.TIME,
    since: int | None = None,
    explicit: bool = True,
    day: bool = False,
) -> When | None:
    """A time without a place in the text yet; None if the calendar has no such."""
    try:
        made = None if period is None else Period(period)
    except PeriodError:
        return None
    base = None if since is None else Period(since)
    return When(start=0, end=0, words="", period=made, role=role, base=base, explicit=explicit, day=day)


def _month(words: str) -> int:
    return int(listed("months")[words])


def _count(words: str) -> int:
    return int(words) if words.isdigit() else ["one", *section("numbers")["ones"]].index(words) + 1


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


# ------------------------------------------------------------------------ the ends of periods
def _end(said: Said) -> When | None:
    year, explicit = said.year("endyear", "endyear2")
    if year is None:
        return None
    part = said.part("endhalf")
    month = _LAST_MONTHS.get(part, 12)
    if said.part("endmonth"):
        month = _month(said.part("endmonth"))
    elif part == "month" and said.published:
        month = said.published.month
    if not explicit and said.published and date(year, month, 1) > said.published:
        year -= 1
    return _when(_last_day(year, month), explicit=explicit, day=True)


def _yearend(said: Said) -> When | None:
    return _when(date(int(said.part("yearend")), 12, 31), day=True)


def _end_of_plan(said: Said) -> date:
    return date(2020 + _FIVE_YEARS * (int(said.part("planend", "planlast")) - 13), 12, 31)


def _planend(said: Said) -> When | None:
    return _when(_end_of_plan(said), day=True)


def _planlast(said: Said) -> When | None:
    return _when(_end_of_plan(said), day=True, role=Role.TIME if said.opens("by", "at") else Role.BASE)


# ------------------------------------------------------------------------ parts of years, and several years
def _plan(said: Said) -> When | None:
    first = 2016 + _FIVE_YEARS * (int(said.part("plan")) - 13)
    role = Role.TIME if said.opens("during", "over", "throughout") else Role.SPAN
    return _when(f"{first}/{first + _FIVE_YEARS - 1}", role=role)


def _half(said: Said) -> When | None:
    year, explicit = said.year("halfyear")
    return None if year is None else _when(f"{year}-H{_ORDINALS[said.part('half')]}", explicit=explicit)


def _halfsign(said: Said) -> When | None:
    return _when(f"{said.part('hsyear', 'hsyear2')}-H{said.part('hs', 'hs2').strip('h')}")


def _quarters(said: Said) -> When | None:
    year, explicit = said.year("quartersyear")
    last = 3 * _count(said.part("quarters"))
    return None if year is None else _when(f"{year}-01/{year}-{last:02}", explicit=explicit)


def _quarter(said: Said) -> When | None:
    year, explicit = said.year("quarteryear")
    return None if year is None else _when(f"{year}-Q{_ORDINALS[said.part('quarter')]}", explicit=explicit)


def _quartersign(said: Said) -> When | None:
    return _when(f"{said.part('qsyear', 'qsyear2')}-{said.part('qs', 'qs2').upper()}")


def _months(said: Said) -> When | None:
    year, explicit = said.year("monthsyear")
    last = _count(said.part("months"))
    if year is None or not 1 <= last <= 12:
        return None
    return _when(f"{year}-01/{year}-{last:02}", explicit=explicit)


def _monthsrange(said: Said) -> When | None:
    year, explicit = said.year("mtoyear")
    if year is None:
        return None
    first, last = _month(said.part("mfrom")), _month(said.part("mto"))
    before = int(said.part("mfromyear") or year - (first > last))
    return _when(f"{before}-{first:02}/{year}-{last:02}", explicit=explicit)


def _month_of(said: Said) -> When | None:
    year, explicit = said.year("monthyear")
    month = _month(said.part("month", "asofmonth"))
    if year is None:
        return None
    if not explicit and said.published and (year, month) > (said.published.year, said.published.month):
        year -= 1
    if said.opens("as of", "by", "until", "through"):
        return _when(_last_day(year, month), explicit=explicit, day=True)
    role = Role.SPAN if said.opens("since") else Role.TIME
    return _when(f"{year}-{month:02}", explicit=explicit, role=role)


def _asof(said: Said) -> When | None:
    month = said.match["asofmonth"]
    if month[0].islower() or (said.match[0] == month and said.part("asofmonth").rstrip(".") in {"may", "mar"}):
        return None
    return _month_of(said)


def _fiscal(said: Said) -> When | None:
    year = said.part("fy")
    return _when(f"FY{year}@04" if said.part("fyto") else int(year))


def _years_from(first: int, last: int) -> When | None:
    return _when(f"{first}/{last}", since=first) if last > first else None


def _between(said: Said) -> When | None:
    return _years_from(int(said.part("bfrom")), int(said.part("bto")))


def _fromto(said: Said) -> When | None:
    return _years_from(int(said.part("rfrom")), int(said.part("rto")))


def _range(said: Said) -> When | None:
    first, words = int(said.part("dfrom")), said.part("dto")
    last = int(words) if len(words) == 4 else first // 100 * 100 + int(words)
    return _when(f"FY{first}@04") if last == first + 1 else _years_from(first, last)


# ------------------------------------------------------------------------ days
def _isodate(said: Said) -> When | None:
    return _when("-".join(f"{int(part):02}" for part in said.part("iso").split("-")), day=True)


def _day(said: Said) -> When | None:
    """A day; "on January 16" is when somebody spoke, "as of January 16" is when something was so."""
    year, explicit = said.year("dmyear", "mdyear")
    month, day = _month(said.part("dmmonth", "mdmonth")), int(said.part("dm", "md"))
    role = Role.TIME if said.opens("as of", "by", "until", "till", "as at", "up to") else Role.SPAN
    try:
        return _when(date(year, month, day) if year else None, explicit=explicit, day=True, role=role)
    except ValueError:
        return _when(None, role=Role.SPAN)


def _days(said: Said) -> When | None:
    year, explicit = said.year("dyear")
    if year is None:
        return None
    first, last = (f"{year}-{_month(said.part(f'd{side}m')):02}-{int(said.part(f'd{side}')):02}" for side in (1, 2))
    return _when(f"{first}/{last}", explicit=explicit)


def _slashdate(_: Said) -> When | None:
    return _when(None, role=Role.SPAN)


# ------------------------------------------------------------------------ told by other times
def _same(said: Said) -> When | None:
    words = said.part("sameyear")
    return _when(int(words) if words.isdigit() else None, role=Role.BASE)


def _earlier(_: Said) -> When | None:
    return _when(None, role=Role.BASE)


def _yearsback(said: Said) -> When | None:
    year = said.spoken_of
    return _when(year - _count(said.part("yback")) if year else None, role=Role.BASE, explicit=False)


def _yearrel(said: Said) -> When | None:
    return _when(said.year("yrel")[0])


def _now(said: Said) -> When | None:
    if said.published is None:
        return _when(None, role=Role.SPAN)
    return _when(said.published, day=True, explicit=False)


def _yeartodate(said: Said) -> When | None:
    return _when(said.published.year if said.published else None, explicit=False)


def _years(said: Said) -> When | None:
    return _when(int(said.part("year")))


READERS: dict[str, Callable[[Said], When | None]] = {
    "days": _days,
    "planlast": _planlast,
    "end": _end,
    "yearend": _yearend,
    "planend": _planend,
    "plan": _plan,
    "half": _half,
    "halfsign": _halfsign,
    "quarters": _quarters,
    "quarter": _quarter,
    "quartersign": _quartersign,
    "months": _months,
    "monthsrange": _monthsrange,
    "isodate": _isodate,
    "daymonth": _day,
    "monthday": _day,
    "slashdate": _slashdate,
    "month": _month_of,
    "asof": _asof,
    "fiscal": _fiscal,
    "between": _between,
    "fromto": _fromto,
    "range": _range,
    "same": _same,
    "earlier": _earlier,
    "yearsback": _yearsback,
    "yearrel": _yearrel,
    "now": _now,
    "yeartodate": _yeartodate,
    "years": _years,
}
