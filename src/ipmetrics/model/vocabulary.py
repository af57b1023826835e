"""Words that stand around a numeral: what they make of it, and what its sign says it is.

This room is a dictionary. It knows no grammar (where a word may stand) and no arithmetic (what follows).
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["AFTER", "BEFORE", "FORMS", "MULTIPLES", "SCALES", "WIDER", "FigureForm", "Hedge"]


class FigureForm(StrEnum):
    """What a figure's own sign says it is."""

    NUMBER = "number"
    PERCENT = "percent"
    PER_MILLE = "per_mille"
    POINTS = "points"
    TIMES = "times"

    @property
    def power(self) -> int:
        """The power of ten that the sign stands for: -2 for percent and points, -3 for per mille."""
        return _POWERS.get(self, 0)


_POWERS = {FigureForm.PERCENT: -2, FigureForm.POINTS: -2, FigureForm.PER_MILLE: -3}


class Hedge(StrEnum):
    """What the words around a figure make of it."""

    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    FRACTION = "fraction"


# A new word belongs here and in docs/reference/figures.md.
#
# Powers of ten of scale words: SDMX UNIT_MULT (code list CL_UNIT_MULT), and lakh and crore. 兆 is missing on
# purpose, being 10^12 in Taiwan, Japan and Korea and 10^6 ("mega") on the mainland; so are m, k and b.
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "ten thousand": 4,
    "lakh": 5,
    "hundred thousand": 5,
    "million": 6,
    "mn": 6,
    "mln": 6,
    "crore": 7,
    "ten million": 7,
    "hundred million": 8,
    "billion": 9,
    "bn": 9,
    "thousand million": 9,
    "trillion": 12,
    "tn": 12,
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
MULTIPLES = {"double": 2, "doubled": 2, "twice": 2, "triple": 3, "tripled": 3, "thrice": 3, "quadruple": 4}
FORMS = {
    word: form
    for form, words in {
        FigureForm.PERCENT: "%;percent;per cent;pct;pct.",
        FigureForm.PER_MILLE: "‰;per mille",
        FigureForm.POINTS: (
            "points;point;percentage points;percentage point;percent points;percent point;"
            "pp;pps;ppt;ppts;p.p.;个百分点;百分点"
        ),
        FigureForm.TIMES: "times;x;×;fold;倍",
    }.items()
    for word in words.split(";")
}
BEFORE = {
    word: hedge
    for hedge, words in {
        Hedge.OVER: (
            "over;more than;greater than;higher than;above;beyond;past;in excess of;upwards of;"
            "exceeding;exceeds;exceeded;exceed;surpassing;surpasses;surpassed;surpass;topping;topped;>;"
            "超;超过;超过了;超出;逾;过;多于;高于;大于;突破;突破了"
        ),
        Hedge.UNDER: (
            "nearly;almost;close to;nearing;approaching;under;below;less than;fewer than;lower than;shy of;"
            "short of;<;近;将近;接近;不足;不到;低于;少于;小于"
        ),
        Hedge.AT_LEAST: (
            "at least;no fewer than;no less than;not fewer than;not less than;≥;至少;最少;不少于;不低于;不小于"
        ),
        Hedge.AT_MOST: "at most;no more than;not more than;up to;≤;至多;最多;不超过;不多于;不高于;不大于",
        Hedge.ABOUT: (
            "about;around;roughly;approximately;approx;approx.;some;circa;ca.;estimated;an estimated;~;≈;"
            "约;约为;大约;大概"
        ),
    }.items()
    for word in words.split(";")
}
AFTER = {
    word: hedge
    for hedge, words in {
        Hedge.AT_LEAST: " or more; or above; and above; or over; and over;+;以上;及以上",
        Hedge.AT_MOST: " or less; or fewer; or below; and below; or under;以下;及以下;以内;之内",
        Hedge.ABOUT: " or so;左右;上下",
    }.items()
    for word in words.split(";")
}
# Two hedges on one figure are refused, but for a pair that says the same twice: 超过30%以上 is sloppy and
# common, and the wider of the two is the cautious reading.
WIDER = {
    frozenset({Hedge.OVER, Hedge.AT_LEAST}): Hedge.AT_LEAST,
    frozenset({Hedge.UNDER, Hedge.AT_MOST}): Hedge.AT_MOST,
}
