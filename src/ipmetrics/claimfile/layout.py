"""The layout of a claim file: every table and key it may have, said once.

What stands here is what is read, what the JSON Schema says and what docs/reference/claim-files.md
describes. It knows form only: whether names are defined and units mix is found out by `definitions` and
`statements`.
"""

from __future__ import annotations

from typing import Final

from ipmetrics.claimfile.shapes import (
    Choice,
    Day,
    Either,
    Exact,
    Key,
    ListOf,
    MapOf,
    Named,
    Shape,
    Switch,
    Table,
    Text,
    Variants,
    Whole,
)
from ipmetrics.model.figures import Rounding
from ipmetrics.model.indicators import DenominatorPeriod, Measure

__all__ = ["CLAIM", "CLAIM_FILE", "CONVENTIONS", "INDICATOR", "MEMBER", "REGION", "SOURCE", "UNIT"]

LARGEST_POWER: Final = 60

_NAME = Text("a name is text")
_NAMES = Either((_NAME, ListOf(_NAME)))
_ROUNDING = Choice(tuple(rule.value for rule in Rounding))

_SOURCE_KEYS = {
    "producer": Key(Text(), "who printed it"),
    "title": Key(Text(), "in what"),
    "date": Key(Day(), "the day it was printed"),
    "url": Key(Text(), "where it can be read"),
    "locator": Key(Text(), "where in it: a page, a paragraph"),
}
SOURCE = Table("a source", _SOURCE_KEYS)

CONVENTIONS = Table(
    "conventions",
    {
        "rounding": Key(_ROUNDING, "rounding rule of figures that state none"),
        "round_numbers": Key(Switch(), "trailing zeros of round numbers hide their precision"),
        "about": Key(Exact(), 'how wide "about" is: "1/20", "0.05" or "5%"'),
        "fraction_words": Key(Exact(), 'how wide "a quarter" or "half" is'),
        "part_of": Key(Switch(), "assume that a part is at most its whole"),
        "whole": Key(Switch(), "assume that things counted are whole"),
        "unsigned": Key(Switch(), "assume that unsigned values are at least zero"),
        "definitions": Key(Switch(), "assume that derived indicators follow their definition"),
        "partitions": Key(Switch(), "assume that complete parts add up"),
        "decimal_comma": Key(Switch(), "every figure of the file is written like 64,2%"),
    },
)

UNIT = Table(
    "a unit",
    {
        "name": Key(_NAME, "its name, if it is not the key"),
        "covers": Key(ListOf(_NAME), "units whose things are also things of this unit"),
    },
)

MEMBER = Table(
    "a scope member",
    {
        "name": Key(_NAME, "its name, if it is not the key"),
        "part_of": Key(_NAMES, 'members it is wholly inside; "all" is the unscoped whole'),
    },
)

_CATALOGUE = {"catalogue": Key(_NAME, "name or code in the catalogue; says everything and stands alone")}

REGION = Variants(
    "a region",
    common={},
    kinds={"catalogue": _CATALOGUE},
    plain={
        "label": Key(_NAME, "what a reader calls it; else the key, with blanks for underscores"),
        "code": Key(_NAME, "its identity; else the label is"),
        "part_of": Key(_NAMES, "keys of the regions it lies wholly inside"),
        "overlaps": Key(_NAMES, "keys of regions it shares ground with"),
        "kind": Key(Text(), "what sort of area it is"),
        "names": Key(_NAMES, "other names"),
        "valid_from": Key(Day(), "first day of its existence"),
        "valid_to": Key(Day(), "last day of its existence"),
    },
)

_INDICATOR_FACTS = {
    "label": Key(_NAME, "what a reader calls it; else the key, with blanks for underscores"),
    "unit": Key(Text("a unit is named by text", empty=True), 'such as "patent", "patent/person", "CNY", "percent"'),
    "multiplier": Key(
        Whole(-LARGEST_POWER, LARGEST_POWER), 'power of ten from printed number to unit: -4 for "per 10,000"'
    ),
    "measure": Key(Choice(tuple(measure.value for measure in Measure)), "stands at a moment or runs over a time"),
    "whole": Key(Switch(), "true values are whole numbers"),
    "signed": Key(Switch(), "true values may be below zero"),
    "additive": Key(Switch(), "parts of a region or scope add up in it"),
    "code": Key(_NAME, "identity in a code list"),
    "description": Key(Text(empty=True), "for people"),
}
INDICATOR = Variants(
    "an indicator",
    common={},
    kinds={
        "catalogue": _CATALOGUE,
        "per": {
            "per": Key(
                ListOf(Either((_NAME, Whole(1, 10**LARGEST_POWER))), 2, 3),
                'keys of numerator and denominator, and of how many: ["patents", "population", 10000]',
                required=True,
            ),
            "period": Key(
                Choice(tuple(period.value for period in DenominatorPeriod)),
                "which period's denominator it divides by",
            ),
            **_INDICATOR_FACTS,
        },
        "share_of": {
            "share_of": Key(ListOf(_NAME, 2, 2), "keys of part and whole", required=True),
            **_INDICATOR_FACTS,
        },
        "growth_of": {
            "growth_of": Key(_NAME, "key of what grows on the same period one year earlier", required=True),
            **_INDICATOR_FACTS,
        },
    },
    plain=_INDICATOR_FACTS,
)

_SCOPE = MapOf("a scope", _NAME, references=False)
_OBSERVATION_TABLE = Table(
    "an observation",
    {
        "indicator": Key(_NAME, "key of an indicator", required=True),
        "region": Key(_NAME, "key of a region", required=True),
        "period": Key(
            Either((Text("a period is a year, a date or text"), Whole(1, 9999), Day())),
            "such as 2021 or 2021-01/2021-09",
            required=True,
        ),
        "scope": Key(_SCOPE, "dimension to member"),
    },
)
_OBSERVATION: Shape = Named(
    "observation",
    lambda: Either((Text('an observation is a path "indicator.region.period" or a table'), _OBSERVATION_TABLE)),
)
_FIGURE: Shape = Named(
    "figure",
    lambda: Either(
        (
            Text("a figure is given as printed"),
            Table(
                "a figure",
                {
                    "text": Key(Text("a figure is given as printed"), "as printed", required=True),
                    "rounding": Key(_ROUNDING, "which true values print so"),
                    "decimals": Key(Whole(-LARGEST_POWER, LARGEST_POWER), "places that count; -2 is to the hundred"),
                    "step": Key(Exact(), 'rounded to the nearest so many: 5 or "0.5"'),
                    "decimal_comma": Key(Switch(), "written like 64,2%"),
                },
            ),
        )
    ),
)


def _observation(doc: str, *, required: bool = True) -> Key:
    return Key(_OBSERVATION, doc, required=required)


def _observations(doc: str, *, least: int = 1) -> Key:
    return Key(ListOf(_OBSERVATION, least), doc, required=True)


_PRINTED = {"figure": Key(_FIGURE, "as printed, in quotes", required=True)}

CLAIM: Variants = Variants(
    "a claim",
    common={
        "id": Key(Text("an id is text"), "its name, unique in the file"),
        "source": Key(
            Either((Text("a source is the key of one of [sources], or a table"), Named("source", lambda: SOURCE))),
            "key of one of [sources], or a source of its own",
        ),
        "locator": Key(Text(), "where in the source"),
        "quote": Key(Text(), "the words printed"),
        "span": Key(ListOf(Whole(0), 2, 2), "first and last offset of the quote in the text"),
    },
    kinds={
        "level": {"level": _observation("what is printed as the figure"), **_PRINTED},
        "ratio": {
            "ratio": _observation("what is so many times the other"),
            "to": _observation("the other"),
            **_PRINTED,
        },
        "share": {"share": _observation("a part"), "of": _observation("its whole"), **_PRINTED},
        "change": {
            "change": _observation("what changed"),
            **_PRINTED,
            "since": _observation("the base; else one year earlier", required=False),
            "than": _observation("another region or scope as the base", required=False),
            "per": Key(Choice(("year",)), "a compound rate over whole years"),
            "difference": Key(
                Switch(), "a difference in units or points rather than growth; else told from the figure"
            ),
        },
        "total": {
            "total": _observation("the whole"),
            "parts": _observations("its parts"),
            "complete": Key(Switch(), "nothing is left out; true if not said"),
            "disjoint": Key(Switch(), "parts do not overlap; true if not said"),
        },
        "rank": {
            "rank": _observation("what is ranked"),
            "place": Key(Whole(1), "its place, from 1", required=True),
            "among": _observations("those it is ranked with", least=0),
            "order": Key(Choice(("descending", "ascending")), "whether the largest is first"),
            "complete": Key(Switch(), "everyone it is ranked with is named; true if not said"),
        },
        "one_of": {
            "one_of": Key(
                ListOf(Named("claim", lambda: CLAIM), 2),
                "readings of one phrase: at least one holds",
                required=True,
            )
        },
    },
)

CLAIM_FILE = Table(
    "a claim file",
    {
        "source": Key(Named("source", lambda: SOURCE), "the source of every claim that names none"),
        "sources": Key(MapOf("sources", Named("source", lambda: SOURCE)), "further sources, by key"),
        "conventions": Key(CONVENTIONS, "how figures are read and what is assumed"),
        "units": Key(MapOf("units", UNIT), "countable units of one's own, by key"),
        "members": Key(MapOf("members", MEMBER, references=False), "scope members that are parts of others, by key"),
        "indicators": Key(MapOf("indicators", INDICATOR), "what is measured, by key"),
        "regions": Key(MapOf("regions", REGION), "what figures are quoted for, by key"),
        "claims": Key(ListOf(Named("claim", lambda: CLAIM)), "one printed statement each"),
    },
)
