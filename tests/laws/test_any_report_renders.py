"""Law: any report, whatever it says and in whatever script, is rendered in all four formats."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET

import attrs
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.documents.letters import width_of
from ipmetrics.findings import (
    Assumption,
    AssumptionKind,
    ClaimFinding,
    ClaimVerdict,
    Conflict,
    Derived,
    Reading,
    Report,
    Verdict,
)
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Change, Claim, Level, OneOf, Rank, Ratio, Share, Source, Total
from ipmetrics.model.figures import Conventions, Rounding
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.units import Unit
from ipmetrics.reports import report_data, write_report
from tests.documents.test_writers import ATTACKS, Balanced, check_tables

words = st.one_of(st.sampled_from([*ATTACKS, "海淀区", "ישראל", "Haidian"]), st.text(max_size=20))
names = words.filter(lambda text: bool(text.strip()))
ends = st.one_of(st.none(), st.fractions(max_denominator=1000), st.integers(-(10**30), 10**30))
intervals = st.builds(Interval, ends, ends, lower_closed=st.booleans(), upper_closed=st.booleans())
maybe_intervals = st.none() | intervals
units = st.sampled_from(["patent", "CNY", "patent/person", "1"])
sources = st.none() | st.builds(
    Source, words, words, st.dates(), locator=words, quote=words, span=st.none() | st.just((3, 9))
)


@st.composite
def claims(draw: st.DrawFn, *, nested: bool = True) -> Claim:
    """One claim of any kind, its labels anything at all."""
    indicator = Indicator(draw(names), unit=draw(units), multiplier=draw(st.integers(-6, 6)))
    places = draw(st.lists(names, min_size=3, max_size=3, unique_by=str))
    first, second, third = (indicator.at(place, draw(st.integers(1990, 2030))) for place in places)
    kinds = ["level", "ratio", "share", "change", "more", "difference", "total", "rank", "one of"]
    made: Claim
    match draw(st.sampled_from(kinds if nested else kinds[:-1])):
        case "level":
            made = Level(first, "332.8")
        case "ratio":
            made = Ratio(first, second, "3.54 times")
        case "share":
            made = Share(first, second, "51.1%")
        case "change":
            made = Change(first, "5‰")
        case "more":
            made = Change(first, "2.2 times", than=second)
        case "difference":
            made = Change(first, "69,000", since=third)
        case "total":
            made = Total(first, [second, third], complete=draw(st.booleans()))
        case "rank":
            made = Rank(first, 2, among=[second, third])
        case _:
            made = OneOf([draw(claims(nested=False)), draw(claims(nested=False))])
    return attrs.evolve(made, id=draw(st.none() | names), source=draw(sources))


@st.composite
def findings(draw: st.DrawFn) -> ClaimFinding:
    claim = draw(claims())
    survivors = None
    if isinstance(claim, OneOf):
        survivors = tuple(draw(st.lists(st.sampled_from(Verdict), min_size=2, max_size=2)))
    return ClaimFinding(
        draw(names),
        claim,
        draw(st.sampled_from(ClaimVerdict)),
        draw(maybe_intervals),
        draw(maybe_intervals),
        draw(st.booleans()),
        draw(st.none() | st.fractions(0, 1)),
        tuple(draw(st.lists(words, max_size=2))),
        draw(st.none() | names),
        survivors,
    )


@st.composite
def conflicts(draw: st.DrawFn) -> Conflict:
    several = draw(st.lists(claims(), min_size=1, max_size=3))
    count = len(several)
    return Conflict(
        tuple(several),
        tuple(f"{place}" for place in range(count)),
        tuple(draw(st.lists(st.builds(Assumption, st.sampled_from(AssumptionKind), words, words), max_size=2))),
        tuple(draw(st.lists(maybe_intervals, min_size=count, max_size=count))),
        tuple(draw(st.lists(maybe_intervals, min_size=count, max_size=count))),
        (Reading(several[0], draw(words)),),
        irreducible=draw(st.booleans()),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    found = draw(st.lists(findings(), max_size=4))
    observation = Indicator(draw(names)).at(draw(names), 2021)
    return Report(
        draw(st.sampled_from(Verdict)),
        tuple(found),
        tuple(draw(st.lists(conflicts(), max_size=2))),
        {observation: draw(st.fractions())},
        tuple(draw(st.lists(words, max_size=2))),
        tuple(draw(st.lists(words, max_size=2))),
        conventions=Conventions(rounding=draw(st.sampled_from(Rounding)), part_of=draw(st.booleans())),
    )


def check_pictures(html: str) -> None:
    for picture in re.findall(r"<svg.*?</svg>", html):
        root = ET.fromstring(picture)  # noqa: S314 - our own
        assert root.get("aria-label")


def check_text(report: Report, width: int) -> None:
    text = write_report(report, width=width, unfold=True)
    assert {"Cc", "Cf", "Cs"}.isdisjoint(
        unicodedata.category(letter) for letter in text if letter not in "\n\u200c\u200d"
    )
    assert write_report(report, width=width, encoding="ascii").isascii()
    coloured = write_report(report, width=width, colour=True, unfold=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text
    # Without the columns that stay whole, everything fits.
    findings = tuple(attrs.evolve(finding, id="x", stated=None, implied=None) for finding in report.findings)
    bare = attrs.evolve(report, findings=findings, conflicts=())
    assert max(map(width_of, write_report(bare, width=width).splitlines())) <= width


def check_markdown(report: Report) -> None:
    markdown = write_report(report, "markdown")
    check_tables(markdown)
    assert not re.search(r"<(?!/?(details|summary)>)", markdown)


def check_html(report: Report) -> None:
    html = write_report(report, "html")
    page = Balanced(html)
    assert {"script", "img", "link", "iframe"}.isdisjoint(page.elements)
    check_pictures(html)


@given(reports(), st.integers(60, 140))
def test_in_all_four_formats(report: Report, width: int) -> None:
    check_text(report, width)
    check_markdown(report)
    check_html(report)
    assert json.loads(write_report(report, "json")) == report_data(report)


@given(conflicts(), intervals, st.lists(intervals, max_size=3), names)
def test_as_answers(conflict: Conflict, interval: Interval, pieces: list[Interval], label: str) -> None:
    answer = Derived(
        interval, unit=Unit("patent"), multiplier=-4, exact=True, pieces=tuple(pieces), conflict=conflict, label=label
    )
    for document in (conflict.document(), answer.document()):
        assert document.text()
        check_tables(document.markdown())
        Balanced(document.html())
        check_pictures(document.html())
