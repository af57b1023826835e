"""The forms that expressions of time have in English, as patterns: data only.

Every form has a name, and its parts have names of their own, by which a reader in the room beside it asks for them. Of
two forms that fit, the one further up is meant.
"""

from __future__ import annotations

import re

from ipmetrics.prose.english.vocabulary import any_in, any_of, listed

__all__ = ["FORM", "HINT", "OPENING"]

_M = f"(?:{any_of(listed('months'))})"
_Y = r"(?:19[5-9]\d|20[0-4]\d)"
_N = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|\d{1,2})"
_RELATIVE = f"(?:{any_of(listed('years'))})"
_PLAN = r"1[0-5])th five-year plan(?: period)?"  # closes the group that names its number
_PLAN_YEARS = r"(?: \(\d{4}[-–]\d{2,4}\))?"
_ON_A_DAY = r"(?:(?:as of|by|on|until|till|as at|up to|since) )?"
_IN = r"(?:(?:in|for|of|during|from|since|to|over|by|than|and) )?"


def _of(name: str) -> str:
    """The year behind a part of it, if it stands there, under a name."""
    return rf"(?:,? (?:of |in )?(?P<{name}>{_Y}|{_RELATIVE}))?"


_FORMS = {
    # from May 5 to May 9, 2023
    "days": (
        rf"(?:from |between )?(?P<d1m>{_M}) (?P<d1>\d{{1,2}})(?: to | through | and |[-–—])"
        rf"(?P<d2m>{_M}) (?P<d2>\d{{1,2}})(?:,? (?P<dyear>{_Y}))?"
    ),
    # than at the end of the 13th Five-Year Plan
    "planlast": rf"(?:(?:by|at|than|on|since|over|from) )(?:the )?end of (?:the )?(?P<planlast>{_PLAN}",
    # by the end of June 2023; the end of the first half; year end is one of the next
    "end": (
        r"(?:(?:by|at|as of|as at|until|till|through|to|up to) )?(?:the )?(?:end|close)(?: of)?[- ](?:the )?(?:(?:"
        r"(?P<endhalf>first half|second half|first quarter|second quarter|third quarter|fourth quarter|year|month)"
        rf"|(?P<endmonth>{_M}))(?!\w){_of('endyear')}|(?P<endyear2>{_Y}|{_RELATIVE}))(?!\w)"
    ),
    # end-2022, late 2022
    "yearend": rf"(?:year-end|end-|late )(?: of )?(?P<yearend>{_Y})",
    "planend": rf"(?:the )?end of (?:the )?(?P<planend>{_PLAN}{_PLAN_YEARS}",
    # during the 14th Five-Year Plan period (2021-2025)
    "plan": rf"(?:during |over |throughout )?(?:the )?(?:period of (?:the )?)?(?P<plan>{_PLAN}{_PLAN_YEARS}",
    "half": rf"(?:the )?(?P<half>first|second|1st|2nd) half(?: of)?(?: the)?{_of('halfyear')}",
    # H1 2023, 1H 2023, 2023H1
    "halfsign": rf"(?:(?P<hs>h[12]|[12]h)[ -]?(?:of )?(?P<hsyear>{_Y})|(?P<hsyear2>{_Y})[ -]?(?P<hs2>h[12]))",
    "quarters": rf"(?:the )?first (?P<quarters>two|three) quarters(?: of)?(?: the)?{_of('quartersyear')}",
    "quarter": (
        r"(?:the )?(?P<quarter>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)?(?: the)?"
        + _of("quarteryear")
    ),
    # Q3 2023, 2023Q3
    "quartersign": rf"(?P<qs>q[1-4])[ -]?(?:of )?(?P<qsyear>{_Y})|(?P<qsyear2>{_Y})[ -]?(?P<qs2>q[1-4])",
    "months": rf"(?:the )?first (?P<months>{_N}) months(?: of)?(?: the)?{_of('monthsyear')}",
    # from April 2022 to March 2023; January-June 2023
    "monthsrange": (
        rf"(?:(?:from|between) )?(?P<mfrom>{_M})(?: (?P<mfromyear>{_Y}))?(?: (?:to|through|and|until) | ?[-–—] ?)"
        rf"(?P<mto>{_M})(?! \d{{1,2}}\b(?!,? {_Y})){_of('mtoyear')}"
    ),
    "isodate": rf"(?P<iso>{_Y}-\d{{1,2}}-\d{{1,2}})(?:[ T]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?",
    # as of 5 May, 2023
    "daymonth": (
        rf"{_ON_A_DAY}(?P<dm>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<dmmonth>{_M})(?:,? (?P<dmyear>{_Y}))?(?!\w)"
    ),
    # on May 5, 2023
    "monthday": (
        rf"{_ON_A_DAY}(?P<mdmonth>{_M}) (?P<md>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|,\d{{3}}|\.\d)"
        rf"(?:,? (?P<mdyear>{_Y})(?!,\d))?"
    ),
    # 5/7/2023: which of them is the month, nobody can tell
    "slashdate": rf"\d{{1,2}}[/.]\d{{1,2}}[/.](?P<sdyear>{_Y})",
    "month": (
        rf"(?:(?:as of|by|in|during|since|through|until) )?(?P<month>{_M})"
        rf"(?:,? (?:of )?(?P<monthyear>{_Y}|this year|last year))(?!\w)"
    ),
    # in May; a bare "May" may be a verb
    "asof": rf"(?:(?:as of|by|in|during|until) )?(?P<asofmonth>{_M})(?!\w|[- ]?\d|,? \d{{4}})",
    "fiscal": (
        rf"{_IN}(?:the )?(?:fy ?|fiscal(?: year)? |financial year |f\.y\. ?)(?P<fy>{_Y})"
        r"(?: ?[-–/] ?(?P<fyto>\d{2,4}))?(?!\d)"
    ),
    "between": rf"between (?P<bfrom>{_Y}) and (?P<bto>{_Y})(?!\d)",
    "fromto": rf"(?:from )?(?P<rfrom>{_Y}) (?:to|through|until) (?P<rto>{_Y})(?![\d,.]\d)",
    # 2019-2022, 2021/22
    "range": rf"{_IN}(?P<dfrom>{_Y}) ?[-–—/] ?(?P<dto>{_Y}|\d{{2}})(?![\d%]|,\d|\.\d)",
    "same": (
        r"(?:the )?(?:same|corresponding|comparable) (?:period|time|months?|quarter|half)(?: (?:of|in|a))?"
        rf"(?: (?P<sameyear>{_Y}|the previous year|the preceding year|last year|the year before|the year earlier"
        r"|year (?:earlier|ago)))?"
    ),
    "earlier": (
        r"(?:a|one|the) year (?:earlier|before|ago|prior|previous(?:ly)?)"
        r"|(?:the |its |their )?(?:previous|preceding|prior) (?:year|period)(?:'s)?"
        r"|(?:12|twelve) months (?:earlier|before|ago|previously|prior)"
        r"|year[ -]on[ -]year|year[ -]over[ -]year|y-o-y|\byoy\b|yr/yr"
    ),
    "yearsback": rf"(?P<yback>{_N}) years (?:earlier|before|ago|prior)",
    "yearrel": r"(?P<yrel>this year|last year|the year before last|the current year|next year|that year)(?:'s)?",
    "now": r"(?:up to|until|till|as of) now|so far(?: this year)?|to date|currently|at present|at the moment",
    "yeartodate": r"year-to-date",
    # in 2022, 2022's, 2022
    "years": (
        r"(?:since|by|in|during|for|throughout|of|over|from|than|to|on|against|and|until|the|,|\()? ?"
        rf"(?P<year>{_Y})(?:'s|’s)?(?![\d%]|,\d{{2}}|\.\d|-\d\d(?!\d))"
    ),
}

# What must not stand right in front: a form is no piece of a word, a sum of money or another number. Where a form is
# a choice of several, that holds for the first of them alone; the others begin as the second part of `OPENING` says.
_APART = r"(?<![\w$€£¥.,/-])"
FORM = re.compile("|".join(rf"(?P<{name}_form>{_APART}{form})" for name, form in _FORMS.items()), re.IGNORECASE)
OPENING = re.compile(
    rf"{_APART}(?=[\w,( ])|(?=19|20|12 |t[hweo]|its |pr[ei]|y[eor-]|so far|currently|at )", re.IGNORECASE
)
HINT = re.compile(
    rf"(?=[\da-z])(?:{_Y}|(?<!\w)(?:{_M}|{any_in('moments.hints')}|h[12]|[12]h|q[1-4])\b|year-)", re.IGNORECASE
)
