"""Reports and explanations in the four formats that leave the program: text, Markdown, HTML and JSON.

This room knows the formats and the keys of the JSON, which is stable and documented in docs/reference. It
refuses to judge anything; the words are those of the findings.
"""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from ipmetrics.findings.describe import remarks
from ipmetrics.findings.mending import describe_explanation
from ipmetrics.findings.repairs import Explanation
from ipmetrics.findings.wording import printed, printed_power
from ipmetrics.model.claims import Change, Level, OneOf, Rank, Ratio, Share, Total
from ipmetrics.rationals import exact_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.documents import Document
    from ipmetrics.findings.misses import Miss
    from ipmetrics.findings.passages import Passage
    from ipmetrics.findings.repairs import Repair, Step
    from ipmetrics.findings.verdicts import ClaimFinding, Conflict, Report
    from ipmetrics.intervals import Interval
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["FORMATS", "explanation_data", "report_data", "write_report"]

FORMATS = ("text", "markdown", "html", "json")

_KINDS = {
    Level: "level",
    Ratio: "ratio",
    Share: "share",
    Change: "change",
    Total: "total",
    Rank: "rank",
    OneOf: "one_of",
}
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_report(
    report: Report | Explanation,
    format: str = "text",  # noqa: A002 - the word users type
    *,
    explanation: Explanation | None = None,
    about: ClaimFinding | None = None,
    width: int = 100,
    colour: bool = False,
    encoding: str = "utf-8",
    unfold: bool = False,
) -> str:
    """Write a report or an explanation as text, Markdown, HTML or JSON, without a final newline.

    Parameters
    ----------
    report
        The answer of `check`, or of `explain`.
    format
        ``"text"``, ``"markdown"``, ``"html"`` (a whole page) or ``"json"``.
    explanation
        Of the same claims: its repairs go into the JSON of a report, which else has none.
    about
        With an explanation: a claim that was asked for and stands in none of its parts.
    width, colour, unfold
        For text only: columns, ANSI colours, and whether proofs are shown.
    encoding
        Where it will be written. What that cannot say is spelled in ASCII, by each format in its own way.

    Raises
    ------
    ValueError
        If there is no such format.

    Examples
    --------
    >>> from ipmetrics.findings.verdicts import Report, Verdict
    >>> from ipmetrics.model.figures import Conventions
    >>> print(write_report(Report(Verdict.CONSISTENT, (), conventions=Conventions()), "markdown"))
    There are no claims to check.
    <BLANKLINE>
    ## consistent: nothing is claimed
    ...
    """
    match format:
        case "text":
            return _document(report, about).text(width, colour=colour, encoding=encoding, unfold=unfold)
        case "markdown":
            return _referenced(_document(report, about).markdown(), encoding)
        case "html":
            return _referenced(_document(report, about).page(f"ipmetrics: {report.verdict.value}"), encoding)
        case "json":
            return _json(_data(report, explanation, about), encoding)
        case _:
            message = f"a report is written as {', '.join(FORMATS)}: got {format!r}"
            raise ValueError(message)


def _data(report: Report | Explanation, explanation: Explanation | None, about: ClaimFinding | None) -> dict[str, Any]:
    return explanation_data(report, about) if isinstance(report, Explanation) else report_data(report, explanation)


def _document(report: Report | Explanation, about: ClaimFinding | None) -> Document:
    return describe_explanation(report, about) if isinstance(report, Explanation) else report.document()


def _is_utf_8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def _referenced(text: str, encoding: str) -> str:
    """Character references elsewhere than in UTF-8, which is what a page says it is."""
    return text if _is_utf_8(encoding) else text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _json(data: dict[str, Any], encoding: str) -> str:
    text = json.dumps(data, ensure_ascii=not _is_utf_8(encoding), indent=2, allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _float(value: Fraction) -> float | None:
    """The nearest float; None beyond their range, since JSON knows no infinity."""
    try:
        return float(value)
    except OverflowError:
        return None


def _number(name: str, value: Fraction | None) -> dict[str, Any]:
    if value is None:
        return {name: None, f"{name}_float": None}
    return {name: exact_text(value), f"{name}_float": _float(value)}


def _interval(interval: Interval | None, claim: Claim) -> dict[str, Any] | None:
    """An interval in the claim's printed unit; ``power`` leads back to base units."""
    if interval is None:
        return None
    shown = printed(interval, claim)
    return {
        **_number("lower", None if shown.is_empty else shown.lower),
        **_number("upper", None if shown.is_empty else shown.upper),
        "lower_closed": shown.lower_closed,
        "upper_closed": shown.upper_closed,
        "empty": shown.is_empty,
        "power": printed_power(claim),
    }


def _finding(finding: ClaimFinding) -> dict[str, Any]:
    source = finding.claim.source
    return {
        "id": finding.id,
        "kind": _KINDS[type(finding.claim)],
        "verdict": finding.verdict.value,
        "stated": _interval(finding.stated, finding.claim),
        "implied": _interval(finding.implied, finding.claim),
        **_number("fit", finding.fit),
        "notes": remarks(finding),
        "quote": source.quote if source else None,
        "span": list(source.span) if source and source.span else None,
        "text": str(finding.claim),
        "exact": finding.exact,
        "repeats": finding.repeats,
        "survivors": None if finding.survivors is None else [verdict.value for verdict in finding.survivors],
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "claims": list(conflict.ids),
        "assumptions": [assumption.text for assumption in conflict.assumptions],
        "unless": [assumption.unless for assumption in conflict.assumptions],
        "stated": _each(conflict.stated, conflict.claims),
        "implied": _each(conflict.implied, conflict.claims),
        "misses": [_miss(miss, claim) for miss, claim in zip(conflict.misses, conflict.claims, strict=True)],
        "readings": [{"claim": _name(reading.claim, conflict), "text": reading.text} for reading in conflict.readings],
        "between_editions": conflict.between_editions,
        "irreducible": conflict.irreducible,
        "quotes": [None if claim.source is None else claim.source.quote for claim in conflict.claims],
        "doubts": list(conflict.doubts),
    }


def _miss(miss: Miss | None, claim: Claim) -> dict[str, Any] | None:
    """By how much stated and implied miss each other; the gap in the claim's printed unit, as they are."""
    if miss is None:
        return None
    power = printed_power(claim)
    return {
        **_number("gap", miss.gap / Fraction(10) ** power),
        **_number("places", miss.places),
        **_number("relative", miss.relative),
        "power": power,
    }


def _each(intervals: Sequence[Interval | None], claims: Sequence[Claim]) -> list[dict[str, Any] | None]:
    return [_interval(interval, claim) for interval, claim in zip(intervals, claims, strict=True)]


def _name(claim: Claim, conflict: Conflict) -> str | None:
    pairs = zip(conflict.ids, conflict.claims, strict=True)
    return next((name for name, each in pairs if each is claim or each == claim), None)


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return exact_text(value)
    return value.value if isinstance(value, StrEnum) else value


def _conventions(conventions: Conventions) -> dict[str, Any]:
    fields = [field.name for field in attrs.fields(type(conventions)) if field.init]
    return {name: _plain(getattr(conventions, name)) for name in fields}


def report_data(report: Report, explanation: Explanation | None = None) -> dict[str, Any]:
    """A report as the plain data that its JSON holds: exact numbers as text, with floats beside them.

    Examples
    --------
    >>> from ipmetrics.findings.verdicts import Report, Verdict
    >>> from ipmetrics.model.figures import Conventions
    >>> data = report_data(Report(Verdict.CONSISTENT, (), conventions=Conventions()))
    >>> data["verdict"], data["claims"], data["conventions"]["rounding"]
    ('consistent', [], 'nearest')
    """
    return {
        "verdict": report.verdict.value,
        "claims": [_finding(finding) for finding in report.findings],
        "conflicts": [_conflict(conflict) for conflict in report.conflicts],
        "repairs": [] if explanation is None else [_repair(*pair) for pair in _repairs(explanation)],
        "unread": [_passage(passage) for passage in report.unread],
        "conventions": _conventions(report.conventions),
        "left_open": list(report.left_open),
        "notes": list(report.notes),
        "if_read_so": [_conflict(conflict) for conflict in report.if_read_so],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "span": list(passage.span),
        "quote": passage.quote,
        "reason": passage.reason,
        "document": passage.document,
    }


# ---------------------------------------------------------------------- explanations


def explanation_data(explanation: Explanation, about: ClaimFinding | None = None) -> dict[str, Any]:
    """An explanation as the plain data that its JSON holds.

    Examples
    --------
    >>> from ipmetrics.findings.verdicts import Verdict
    >>> from ipmetrics.model.figures import Conventions
    >>> data = explanation_data(Explanation(Verdict.CONSISTENT, conventions=Conventions()))
    >>> data["verdict"], data["parts"], data["repairs"]
    ('consistent', [], [])
    """
    known = {_key(conflict): place for place, conflict in enumerate(explanation.conflicts)}
    repairs = _repairs(explanation)
    return {
        "verdict": explanation.verdict.value,
        "claim": None if about is None else _finding(about),
        "conflicts": [_conflict(conflict) for conflict in explanation.conflicts],
        "parts": [
            {
                "conflicts": sorted(known[key] for key in map(_key, part.conflicts) if key in known),
                **_number("weight", part.weight),
                "proved": part.proved,
                "complete": part.complete,
                "repairs": [place for place, (_, where) in enumerate(repairs) if where == number],
            }
            for number, part in enumerate(explanation.parts)
        ],
        "repairs": [_repair(*pair) for pair in repairs],
        "left_open": list(explanation.left_open),
        "notes": list(explanation.notes),
        "conventions": _conventions(explanation.conventions),
    }


def _key(conflict: Conflict) -> tuple[object, ...]:
    return conflict.ids, conflict.assumptions


def _repairs(explanation: Explanation) -> list[tuple[Repair, int]]:
    """The repairs of all parts, best first, each with the place of its part; equals stand as in their part."""
    pairs = [
        (repair, place) for place, part in enumerate(explanation.parts) for repair in (*part.rereadings, *part.changes)
    ]
    return sorted(pairs, key=lambda pair: (pair[0].size, pair[0].weight, -pair[0].fit, not pair[0].is_rereading))


def _repair(repair: Repair, part: int) -> dict[str, Any]:
    return {
        "kind": "re-reading" if repair.is_rereading else "change",
        "steps": [_step(step) for step in repair.steps],
        "size": repair.size,
        **_number("weight", repair.weight),
        **_number("fit", repair.fit),
        "part": part,
    }


def _step(step: Step) -> dict[str, Any]:
    changes = step.slip is None
    return {
        "claims": list(step.ids),
        "slip": None if step.slip is None else step.slip.value,
        "text": step.text,
        "reread": [None if claim is None or changes else str(claim) for claim in step.reread or step.claims],
        "needed": _interval(step.needed, step.claims[0]),
        "nearest": str(step.figure) if changes and step.figure is not None else None,
        **_number("fit", step.fit),
    }
