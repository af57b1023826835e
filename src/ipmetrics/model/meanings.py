"""Types that refuse to mix: which kinds of figure may be said of which units, and between which observations.

Percent and percentage points, a share and a growth, "k times" and "k times more", patents and trademarks are
different meanings. This room holds the refusals, each with its way out; it judges sense, never truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.errors import ClaimError, UnitError
from ipmetrics.model.figures import FigureForm

if TYPE_CHECKING:
    from ipmetrics.model.figures import Figure
    from ipmetrics.model.observations import Observation

__all__ = ["check_change", "check_level", "check_parts", "check_rank", "check_ratio", "check_share"]

_SIGNS = {FigureForm.PERCENT: "percent", FigureForm.PER_MILLE: "per_mille"}


def check_level(subject: Observation, figure: Figure | None) -> None:
    """Refuse a level whose figure has another sign than the indicator's unit."""
    if figure is None or figure.form is FigureForm.NUMBER:
        return
    given = f'"{figure}" of {subject.indicator} in {subject.indicator.unit}'
    if figure.form is FigureForm.TIMES:
        raise UnitError(
            given,
            rule="a multiple is said of two observations",
            way_out="use Ratio(x, y, …) for k times, Change(x, …, since=y) for k times more",
        )
    if figure.form is FigureForm.POINTS:
        if subject.indicator.unit.name == "percentage_point":
            return
        raise UnitError(
            given,
            rule="percentage points measure a difference, not a level",
            way_out='use Change(x, "… points"), or write the level in %',
        )
    if not (subject.indicator.unit.is_percent or subject.indicator.unit.name == "1"):
        raise UnitError(
            given,
            rule="percent is a level only of an indicator in percent",
            way_out="use Share(x, whole, …), Change(x, …) or Ratio(x, y, …), or give the indicator unit='percent'",
        )


def _same_unit(subject: Observation, other: Observation, rule: str, way_out: str) -> None:
    if subject.indicator.unit != other.indicator.unit:
        raise UnitError(
            f"{subject.indicator} in {subject.indicator.unit} and {other.indicator} in {other.indicator.unit}",
            rule=rule,
            way_out=way_out,
        )


def _not_itself(subject: Observation, other: Observation) -> None:
    if subject == other:
        raise ClaimError(
            str(subject), rule="a claim compares two different observations", way_out="name another region or period"
        )


def check_ratio(subject: Observation, to: Observation, figure: Figure | None) -> None:
    """Refuse a ratio of unlike units, of an observation to itself, or in points."""
    _same_unit(
        subject,
        to,
        "a ratio compares like with like",
        f"define {subject.indicator.label!r}.per({to.indicator.label!r}) and give its Level",
    )
    _not_itself(subject, to)
    if figure is not None and figure.form is FigureForm.POINTS:
        raise UnitError(
            f'"{figure}"',
            rule="a ratio is a multiple, not a difference in points",
            way_out='use Change(x, "… points", than=y)',
        )


def check_share(subject: Observation, of: Observation, figure: Figure | None) -> None:
    """Refuse a share of a whole that cannot hold the part, in points, or in times."""
    if not of.indicator.unit.takes(subject.indicator.unit):
        raise UnitError(
            f"{subject.indicator} in {subject.indicator.unit} as a share of {of.indicator} in {of.indicator.unit}",
            rule="a share is of a whole in the same unit or one that covers it",
            way_out=f"declare the whole's unit with covers=[{subject.indicator.unit.name!r}], or use .per() for a rate",
        )
    _not_itself(subject, of)
    if figure is not None and figure.form in {FigureForm.POINTS, FigureForm.TIMES}:
        raise UnitError(
            f'"{figure}"',
            rule="a share is a part of a whole, in percent or as a fraction",
            way_out='use Ratio(x, y, "… times"), or Change(x, "… points") of a share indicator',
        )


def check_change(
    subject: Observation,
    figure: Figure | None,
    *,
    since: Observation | None,
    than: Observation | None,
    per: str | None,
) -> None:
    """Refuse a change with two bases or none that is meant, in unlike units, or in points of no percent."""
    if since is not None and than is not None:
        raise ClaimError(
            f"since {since} and than {than}",
            rule="a change has one base",
            way_out="give since= for an earlier period or than= for another region or scope",
        )
    base = since or than or subject.moved(period=subject.period.year_before)
    _not_itself(subject, base)
    _same_unit(subject, base, "a change compares like with like", "give the base in the subject's unit")
    _check_change_form(subject, figure)
    if per is not None:
        _check_compound(subject, base, figure, per)


def _check_change_form(subject: Observation, figure: Figure | None) -> None:
    if figure is None:
        return
    unit = subject.indicator.unit
    if figure.form is FigureForm.POINTS and not unit.is_percent:
        raise UnitError(
            f'"{figure}" of {subject.indicator} in {unit}',
            rule="percentage points are a difference between two percentages",
            way_out='write "…%" for growth, or a plain number for a difference in units',
        )
    if figure.form is FigureForm.NUMBER and unit.is_percent:
        raise UnitError(
            f'"{figure}" of {subject.indicator} in {unit}',
            rule="a change of a percentage is in points or in percent, and a bare number does not say which",
            way_out=f'write "{figure} points" or "{figure}%"',
        )


def _check_compound(subject: Observation, base: Observation, figure: Figure | None, per: str) -> None:
    if per != "year":
        raise ClaimError(f"per={per!r}", rule="a compound rate is per year", way_out='pass per="year"')
    if figure is not None and figure.form not in {FigureForm.PERCENT, FigureForm.PER_MILLE}:
        raise UnitError(
            f'"{figure}" per year', rule="a compound rate is in percent", way_out='write "8.2%", or leave out per='
        )
    years = subject.period.end.year - base.period.end.year
    if years < 1 or base.period.years_before(-years).end != subject.period.end:
        raise ClaimError(
            f"{base.period} to {subject.period}",
            rule="a compound rate spans whole years",
            way_out="give since= the same stretch of an earlier year",
        )


def check_parts(subject: Observation, parts: tuple[Observation, ...]) -> None:
    """Refuse a total without parts, of unlike units, or one that names a part twice or itself."""
    if not parts:
        raise ClaimError(str(subject), rule="a total has parts", way_out="name one part at least")
    if subject in parts or len(set(parts)) != len(parts):
        raise ClaimError(
            ", ".join(map(str, parts)),
            rule="each part of a total is named once and is not the total",
            way_out="name different observations",
        )
    strange = [part for part in parts if not subject.indicator.unit.takes(part.indicator.unit)]
    if strange:
        names = ", ".join(dict.fromkeys(part.indicator.unit.name for part in strange))
        raise UnitError(
            f"{names} in {subject.indicator.unit}",
            rule="unlike counts never add",
            way_out=f"declare a unit that covers them: Unit(…, covers=[{names}])",
        )


def check_rank(
    subject: Observation, rank: object, others: tuple[Observation, ...], *, order: str, complete: bool
) -> None:
    """Refuse a rank that nobody can hold, and a ranking of unlike units."""
    last = len(others) + 1
    if isinstance(rank, bool) or not isinstance(rank, int) or rank < 1 or (complete and rank > last):
        raise ClaimError(
            repr(rank),
            rule=f"a rank is a whole number from 1 to the {last} ranked",
            way_out="name everyone in among=, or pass complete=False",
        )
    if order not in {"descending", "ascending"}:
        raise ClaimError(repr(order), rule="an order is descending or ascending", way_out='pass order="descending"')
    for other in others:
        _same_unit(subject, other, "a ranking compares like with like", "rank observations of one unit")
