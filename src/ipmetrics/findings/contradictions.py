"""Conflicts in words: what each claim allows, what the others imply of it, and by how much they miss.

This room knows in which order the claims of a conflict are told, what could excuse it, and what its proof shows. It
decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.documents import (
    Bar,
    Bullets,
    Column,
    Document,
    Folded,
    Heading,
    Lane,
    NumberLine,
    Paragraph,
    Row,
    Run,
    Table,
    Tone,
)
from ipmetrics.findings.wording import (
    common_indicator,
    figure_words,
    indicator_words,
    interval_words,
    label,
    listed,
    miss_words,
    printed,
    quote_words,
    source_words,
    unit_words,
)
from ipmetrics.intervals import Interval
from ipmetrics.model.claims import Level, Total, observations_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from ipmetrics.documents import Block
    from ipmetrics.findings.verdicts import Conflict
    from ipmetrics.model.claims import Claim

__all__ = ["bar", "conflict_blocks", "describe_conflict", "number_line", "says", "told_of"]


def bar(interval: Interval, kind: Literal["stated", "implied"], text: str) -> Bar:
    """An interval as it is drawn."""
    return Bar(interval.lower, interval.upper, interval.lower_closed, interval.upper_closed, kind=kind, text=text)


def says(interval: Interval | None) -> bool:
    """Whether an interval rules anything out."""
    return interval is not None and interval != Interval.everything()


def number_line(claim: Claim, stated: Interval | None, implied: Interval | None, name: str = "") -> NumberLine | None:
    """What a claim states against what others imply, in its printed unit; None without both to compare."""
    if stated is None or implied is None or not says(implied):
        return None
    bars = (
        bar(printed(stated, claim), "stated", interval_words(stated, claim)),
        bar(printed(implied, claim), "implied", interval_words(implied, claim)),
    )
    title = f"{label(claim)} {figure_words(claim)}: stated {bars[0].text}, the others imply {bars[1].text}"
    unit = ""
    if isinstance(claim, Level):
        unit = unit_words(claim.subject.indicator)
    return NumberLine([Lane(name or label(claim, named=False), bars)], unit=unit, title=title, told=True)


def describe_conflict(conflict: Conflict) -> Document:
    """A conflict with its verdict as heading."""
    return Document(conflict_blocks(conflict, opening="inconsistent: "))


def _cannot_hold(count: int) -> str:
    if count == 1:
        return "this claim cannot hold"
    return f"these {count} claims cannot {'both' if count == 2 else 'all'} hold"


def _rest_implies(count: int) -> str:
    """What speaks against one of so many claims."""
    return {1: "the assumptions imply", 2: "the other implies"}.get(count, "the others imply")


def conflict_blocks(conflict: Conflict, *, opening: str = "", level: int = 2, each: bool = False) -> list[Block]:
    """A conflict under a heading.

    Parameters
    ----------
    conflict
        The conflict.
    opening, level
        What stands before the words of the heading, and its level.
    each
        Whether every claim is set against what the others imply of it, and named as a reader can ask for it; else only
        the comparison at the end is.
    """
    words: list[str | Run] = [Run(opening.rstrip(), Tone.BAD), " "] if opening else []
    heading = Heading([*words, _cannot_hold(len(conflict.claims))], level)
    table = _full_table(conflict) if each else _table(conflict)
    excuses, quotes = _excuses(conflict), _quotes(conflict)
    return [heading, table, *(Bullets(lines) for lines in (quotes, excuses) if lines), _proof(conflict)]


def _quotes(conflict: Conflict) -> list[str | Run | list[str | Run]]:
    """The words that its claims were printed in, each once, with the figures that stand there."""
    printed_in: dict[str, list[str]] = {}
    for name, claim in zip(conflict.ids, conflict.claims, strict=True):
        if claim.source is not None and claim.source.quote:
            printed_in.setdefault(quote_words(claim.source), []).append(name)
    return [[f"{listed(names)}: ", Run(quote, Tone.QUIET)] for quote, names in printed_in.items()]


def _clashes(_: Claim, stated: Interval | None, implied: Interval | None) -> bool:
    """Whether what the others imply leaves nothing of what is stated."""
    return stated is not None and implied is not None and not stated.overlaps(implied)


def _is_timed(claims: Sequence[Claim]) -> bool:
    """Whether comparisons have to name their period."""
    periods = {observation.period for claim in claims for observation in observations_of(claim)}
    return len(periods) > 1 or not any(isinstance(claim, Level) for claim in claims)


def _printed_in(conflict: Conflict) -> list[str]:
    """For each claim where it was printed, if they were printed in several documents."""
    apart = len({claim.source.document for claim in conflict.claims if claim.source}) > 1
    return [source_words(claim.source) if apart else "" for claim in conflict.claims]


def _order(conflict: Conflict) -> list[int]:
    """The places of the claims: levels first, a comparison last."""
    return sorted(range(len(conflict.claims)), key=lambda place: not isinstance(conflict.claims[place], Level))


def told_of(conflict: Conflict) -> list[tuple[Claim, Interval | None, Interval | None]]:
    """Each claim with what it states and what the others imply: levels first, a comparison last."""
    return [(conflict.claims[place], conflict.stated[place], conflict.implied[place]) for place in _order(conflict)]


def _table(conflict: Conflict) -> Table:
    """The claims as printed; the last line sets a comparison against what the levels imply of it."""
    indicator = common_indicator(conflict.claims)
    timed = _is_timed(conflict.claims)
    order, wheres, misses = _order(conflict), _printed_in(conflict), conflict.misses
    clashing = [place for place in order if _clashes(*_sides(conflict, place))]
    rows: list[Row] = []
    for place in order:
        claim, stated, implied = _sides(conflict, place)
        name = label(claim, named=indicator is None, timed=timed)
        others: list[str | Run] = []
        remarks = [[Run(f"printed in {wheres[place]}", Tone.QUIET)]] if wheres[place] else []
        if place in clashing[-1:]:
            others = [f"{_rest_implies(len(order))} ", Run(interval_words(implied, claim), Tone.BAD)]
            remarks = [[Run(words)] for words in [miss_words(misses[place], claim)] if words] + remarks
        picture = number_line(claim, stated, implied, name)
        rows.append(Row([name, figure_words(claim), interval_words(stated, claim), others, picture], remarks))
    columns = [Column(), Column("", "right", whole=True), Column(whole=True), Column(), Column(picture=True)]
    return Table(columns, rows, indicator_words(indicator) if indicator is not None else "")


def _sides(conflict: Conflict, place: int) -> tuple[Claim, Interval | None, Interval | None]:
    return conflict.claims[place], conflict.stated[place], conflict.implied[place]


def _full_table(conflict: Conflict) -> Table:
    """Every claim as printed; below it what it allows, what the others imply of it, and by how much the two miss."""
    indicator = common_indicator(conflict.claims)
    timed = _is_timed(conflict.claims)
    wheres = _printed_in(conflict)
    rows: list[Row] = []
    for place in _order(conflict):
        claim, stated, implied = _sides(conflict, place)
        name = label(claim, named=indicator is None, timed=timed)
        where = [Run(f"printed in {wheres[place]}", Tone.QUIET)] if wheres[place] else []
        rows.append(
            Row(
                [
                    [Run(conflict.ids[place], Tone.STRONG), f": {name}"],
                    figure_words(claim),
                    number_line(claim, stated, implied, name),
                ],
                [line for line in (_told_in_words(conflict, place), where) if line],
            )
        )
    columns = [Column("claim"), Column("printed", "right", whole=True), Column(picture=True)]
    return Table(columns, rows, indicator_words(indicator) if indicator is not None else "")


def _told_in_words(conflict: Conflict, place: int) -> list[str | Run]:
    claim, stated, implied = _sides(conflict, place)
    if isinstance(claim, Total):  # what it allows is 0 left over: its words say so
        return [Run(miss_words(conflict.misses[place], claim), Tone.STRONG)]
    allowed = f"allows {interval_words(stated, claim)}" if says(stated) else ""
    others = f"{_rest_implies(len(conflict.claims))} {interval_words(implied, claim)}" if says(implied) else ""
    missed = miss_words(conflict.misses[place], claim)
    words: list[str | Run] = ["; ".join(filter(None, (allowed, others)))]
    return [*words, "; ", Run(missed, Tone.STRONG)] if missed else words


def _excuses(conflict: Conflict) -> list[str]:
    """What could excuse a conflict: failed assumptions, then other readings, a revision first."""
    failing = list(dict.fromkeys(assumption.unless for assumption in conflict.assumptions))
    excuses = [*failing[:1], *(f"or {unless}" for unless in failing[1:])]
    if conflict.between_editions:
        dates = sorted({claim.source.date for claim in conflict.claims if claim.source and claim.source.date})
        days = listed(date.isoformat() for date in dates)
        excuses.append(f"another reading: figure or base revised; the claims were printed on {days}")
    excuses += [f"another reading: {reading.text}" for reading in conflict.readings]
    excuses += [f"unsure: {doubt}" for doubt in conflict.doubts]
    if not conflict.irreducible and len(conflict.claims) > 1:
        excuses.append("fewer of these claims may conflict already: the search for the core was cut short")
    return excuses


def _proof(conflict: Conflict) -> Folded:
    """Every claim in full, with what all the others of the conflict imply of it, and where it was printed."""
    rows: list[Row] = []
    for name, claim, stated, implied, miss in zip(
        conflict.ids, conflict.claims, conflict.stated, conflict.implied, conflict.misses, strict=True
    ):
        below = [[Run(words)] for words in [miss_words(miss, claim)] if words]
        where = source_words(claim.source)
        below += [[Run(f"printed in {where}", Tone.QUIET)]] if where else []
        if claim.source and claim.source.quote:
            below.append([Run(f"“{claim.source.quote}”", Tone.QUIET)])
        rows.append(Row([name, str(claim), interval_words(stated, claim), interval_words(implied, claim)], below))
    columns = [Column("id"), Column("claim"), Column("stated", whole=True), Column(_rest_implies(len(conflict.claims)))]
    blocks: list[Block] = [Table(columns, rows)]
    if conflict.assumptions:
        blocks.append(Paragraph("Assumed besides:"))
        blocks.append(Bullets([assumption.text for assumption in conflict.assumptions]))
    if conflict.proof is not None:
        blocks.append(Paragraph("That they cannot hold together was checked a second time, in exact fractions."))
    return Folded("Proof", blocks)
