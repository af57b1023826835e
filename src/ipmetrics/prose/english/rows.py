"""Tables inside an article: a header row names times and measures, every other row a thing and its figures.

This room reads rows in the light of their header; what the header says, the room of columns knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import attrs

from ipmetrics.model.figures import FigureForm
from ipmetrics.model.periods import Period
from ipmetrics.model.vocabulary import SCALES
from ipmetrics.prose.english.columns import Column, column_of, names_actors, scale_in
from ipmetrics.prose.english.context import Context
from ipmetrics.prose.english.drafts import Draft
from ipmetrics.prose.english.nouns import singular, unit_of
from ipmetrics.prose.english.sentences import Sentence
from ipmetrics.prose.statements import Direction, Kind, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ipmetrics.prose.english.mentions import Mention

__all__ = ["Table"]

_Printed: TypeAlias = "tuple[Kind, str, Fraction]"
"""What a figure says, as it is to be read, and its size."""

_UNKNOWN = Column()
_TIME = re.compile(r"\((?:in )?(month|day|week|year|hour)s?\)|\b(month|day)s$", re.IGNORECASE)
_ONLY_TIME = re.compile(
    r"(?:FY ?)?(?:19|20)\d\d(?:[-–/]\d{2,4})?(?: ?[QH][1-4])?|(?:Q[1-4]|H[12]) ?(?:19|20)\d\d|total", re.IGNORECASE
)
_IN_FORCE = re.compile(r"in force|grant|regist|publish")
_REQUESTS = re.compile(r"requests? for")
_IN_HEADER = re.compile(r"[(%]")


@attrs.frozen
class Table:
    """What the header row says of the columns.

    Parameters
    ----------
    columns
        One for each cell.
    headless
        Whether the first row was one of figures already, because the table has no header.
    """

    columns: tuple[Column, ...]
    headless: bool = False

    @classmethod
    def headed(cls, cells: Sequence[Sentence]) -> Table:
        """The table whose first row is given."""
        headless = any(
            cell.mentions and not cell.whens and not _IN_HEADER.search(cell.clean[cell.start : cell.end])
            for cell in cells[1:]
        )
        if headless:
            return cls(tuple(_UNKNOWN for _ in cells), headless=True)
        return cls(tuple(column_of(cell) for cell in cells))

    def starts_anew(self, cells: Sequence[Sentence]) -> bool:
        """Whether a row has no figure and so heads another table."""
        return not any(cell.mentions for cell in cells) and len(cells) > 1 and any(cell.whens for cell in cells)

    def row(self, cells: Sequence[Sentence], context: Context) -> list[Draft]:
        """The figures of a row."""
        if not cells:
            return []
        row = _Row.of(cells[0], self.columns[0] if self.columns else _UNKNOWN, context)
        drafts: list[Draft] = []
        last: Draft | None = None
        for place, cell in enumerate(cells[1:], start=1):
            column = self.columns[place] if place < len(self.columns) else _UNKNOWN
            if column.kind is Kind.RANK:
                continue
            for number in range(len(cell.mentions)):
                draft = row.draft(cell, number, column)
                if draft.kind is Kind.LEVEL:
                    last = draft
                else:
                    draft.about = last
                    if last is not None:
                        draft.period, draft.indicator, draft.region = last.period, last.indicator, last.region
                drafts.append(draft)
        _find_base(drafts)
        return drafts


def _find_base(drafts: list[Draft]) -> None:
    """In a row of two years and a change, the earlier year is what the change compares with."""
    levels = [(one.period.end, one) for one in drafts if one.kind is Kind.LEVEL and one.period is not None]
    if len(levels) != 2:
        return
    (_, first), (_, last) = sorted(levels, key=lambda dated: dated[0])
    if first.indicator != last.indicator:
        return
    for draft in drafts:
        if draft.kind is Kind.CHANGE:
            draft.about, draft.base = last, first
            draft.period, draft.base_period = last.period, first.period


# ------------------------------------------------------------------------------ one row
@attrs.frozen(kw_only=True)
class _Row:
    """What the first cell of a row, the corner above it and the headings say of its figures."""

    label: Sentence
    words: str
    corner: str
    context: Context
    region: str | None
    period: Period | None
    scale: str
    time: str | None
    sure_unit: str | None
    """What the corner or the heading counts, whatever the column says."""
    likely_unit: str | None
    """What the row counts, if the column does not say."""
    names_itself: bool
    """Whether the label is a place or company, not a measure."""

    @classmethod
    def of(cls, label: Sentence, corner: Column, context: Context) -> _Row:
        """What is the same for all figures of a row."""
        words = label.clean[label.start : label.end].strip()
        if _ONLY_TIME.fullmatch(words):
            words = ""  # the row is of a year, and the columns say what is measured
        named = label.places[0].name if label.places else (words or None) if names_actors(corner.words) else None
        time = _TIME.search(words)
        sure = (unit for unit in (corner.unit, unit_of(context.heading)) if unit in {"application", "case"})
        stated = label.whens[0].period if label.whens else None
        return cls(
            label=label,
            words=words,
            corner=corner.words,
            context=context,
            region=named or context.section_region or context.title_region,
            period=stated or context.section_period or context.title_period,
            scale=corner.scale or scale_in(context.section),
            time=(time[1] or time[2]).lower() if time else None,
            sure_unit=next(sure, None),
            likely_unit=_row_unit(words, context.section) or corner.unit or context.unit,
            names_itself=named is not None,
        )

    def draft(self, cell: Sentence, number: int, column: Column) -> Draft:
        """Notes on one figure of the row."""
        mention = cell.mentions[number]
        kind, figure, value = self._printed(mention, column)
        status = Status.TARGET if column.is_target else Status.ACTUAL
        if status is Status.TARGET and kind is Kind.SHARE:
            kind = Kind.LEVEL
        return Draft(
            sentence=cell,
            token=cell.at[number],
            start=mention.start,
            end=mention.end,
            mention=mention,
            figure=figure,
            printed=mention.printed,
            value=value,
            kind=kind,
            direction=(Direction.DOWN if mention.sign == "-" else Direction.UP) if kind is Kind.CHANGE else None,
            status=status,
            unit="percent" if figure.endswith("%") else self._unit(mention, column),
            indicator=self._indicator(column),
            region=self.region,
            period=column.period or self.period,
        )

    def _printed(self, mention: Mention, column: Column) -> _Printed:
        kind, figure, value = column.kind, mention.figure, mention.value
        if mention.form is FigureForm.PERCENT:
            if kind not in {Kind.CHANGE, Kind.SHARE}:
                kind = Kind.CHANGE if mention.sign else Kind.SHARE
        elif mention.sign and kind is Kind.LEVEL and mention.currency is None:
            kind = Kind.CHANGE
        elif kind in {Kind.CHANGE, Kind.SHARE} and column.is_percent:
            figure += "%"
        elif kind is Kind.SHARE:
            kind = Kind.LEVEL
        scale = column.scale or self.scale
        if scale and kind is Kind.LEVEL and mention.form is FigureForm.NUMBER and not mention.scaled:
            figure, value = f"{figure} {scale}", value * 10 ** SCALES[scale]
        return kind, figure, value

    def _unit(self, mention: Mention, column: Column) -> str | None:
        timed = _TIME.search(column.words)
        time = self.time or ((timed[1] or timed[2]).lower() if timed else None)
        found = mention.currency or time or self.sure_unit or column.unit or self.likely_unit
        if found is None and column.words:
            found = singular(column.words.split()[-1].lower())
        return found

    def _indicator(self, column: Column) -> str | None:
        """The row's label, unless that is a place; then what the column or the corner says."""
        section = self.context.section
        if self.names_itself:
            return column.name or section or self.context.indicator
        above = section if section and unit_of(section) else self.corner
        return " ".join(part for part in (self.words, above if unit_of(above) else "", column.name) if part) or None


def _row_unit(words: str, section: str) -> str | None:
    """What a row counts, by its label and the heading above: "In force" under "Trade marks"."""
    own, above = unit_of(words), unit_of(section)
    low = words.lower()
    if above is not None and _IN_FORCE.search(low) and own in {None, "patent", "registration", "case"}:
        return above
    return "application" if _REQUESTS.search(low) else own or above
