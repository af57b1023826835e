"""Repairs and explanations in words: what contradicts what, what may have been meant, which figures would change.

This room knows in which order an analyst wants to be told, and how far each thing was proved. It offers and never
asserts: readings that suppose equally little stand side by side. It decides nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ipmetrics.constraints.hitting import disjoint, lightest
from ipmetrics.documents import Bullets, Document, Folded, Heading, Paragraph, Run, Tone
from ipmetrics.findings.contradictions import conflict_blocks
from ipmetrics.findings.describe import claims_table, fit_words
from ipmetrics.findings.offers import Told, alike, as_reread, changes_table, needed, readings_table
from ipmetrics.findings.verdicts import ClaimVerdict, Verdict
from ipmetrics.findings.wording import common_indicator, convention_words, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.documents import Block, Table
    from ipmetrics.findings.repairs import Explanation, Part, Repair
    from ipmetrics.findings.verdicts import ClaimFinding, Conflict
    from ipmetrics.model.figures import Conventions

__all__ = ["describe_explanation", "describe_repair"]

_BEARING = {
    ClaimVerdict.CONTRADICTED: "it stands in a conflict that was found",
    ClaimVerdict.ENTAILED: "the others already imply it",
    ClaimVerdict.CONSISTENT: "the others bear on it, and it fits",
    ClaimVerdict.UNCHECKED: "the others say nothing of it, so nobody has checked it",
    ClaimVerdict.UNDETERMINED: "what the others say of it was not decided",
}
_WHOLE_CONFLICTS = 3
_STEPS = 2_000
_ROWS = 8
_LISTED = 24
_NAMED = 4


# ---------------------------------------------------------------------- repairs


def describe_repair(repair: Repair) -> Document:
    """A repair in a sentence for each step, and below it how the claims then read or what the others leave."""
    told = Told(None, None)
    blocks: list[Block] = []
    if repair.size > 1:
        blocks.append(Paragraph(f"{repair.size} {_things(repair)} together:"))
    for step in repair.steps:
        names = Run(listed(step.ids), Tone.STRONG)
        if step.slip is not None:
            fit = "" if step.fit is None else f" (fit {fit_words(step.fit)})"
            blocks.append(Paragraph([names, f" {step.text}{fit}"]))
            blocks += [Bullets(lines) for lines in [as_reread([step], told)] if lines]
        else:
            words = needed(step)
            if step.figure is not None and words != step.text:
                words += f"; the nearest figure is {step.figure}"
            blocks += [Paragraph([names, f" {words}"]), Bullets([str(step.claims[0])])]
    return Document(blocks)


def _things(repair: Repair) -> str:
    if repair.is_rereading:
        return "slips"
    return "slips and changes" if any(step.slip is not None for step in repair.steps) else "figures to change"


# ---------------------------------------------------------------------- explanations


def describe_explanation(explanation: Explanation, about: ClaimFinding | None = None) -> Document:
    """An explanation from the verdict down to the conventions.

    Parameters
    ----------
    explanation
        What to tell.
    about
        A claim that was asked for and stands in no contradiction: then what is known of it is told first.
    """
    blocks: list[Block] = [_verdict(explanation, about)]
    if about is not None:
        blocks += [Paragraph(f"{about.id}: {_BEARING[about.verdict]}."), claims_table([about])]
    count = len(explanation.parts)
    for number, part in enumerate(explanation.parts, start=1):
        if count > 1:
            blocks.append(Heading(f"{number} of {count} independent contradictions"))
        blocks += _part(part, explanation.conventions, level=3 if count > 1 else 2)
    if not explanation.parts:
        blocks += _conflicts(explanation.conflicts, level=2)
    if explanation.left_open:
        blocks += [Heading("Left open"), Bullets(explanation.left_open)]
    if explanation.notes:
        blocks += [Heading("Notes that are no errors"), Bullets(_notes(explanation))]
    how = Paragraph([Run(convention_words(explanation.conventions), Tone.QUIET)])
    return Document([*blocks, Folded("How figures were read", [how])])


def _notes(explanation: Explanation) -> list[list[str | Run]]:
    """The notes, those that begin with the name of a claim behind that name; what is said of several is said once."""
    named: dict[str, list[str]] = {}
    for note in explanation.notes:
        # A name may itself hold a colon: the longest is meant.
        name = max((each for each in explanation.ids if note.startswith(f"{each}: ")), key=len, default="")
        named.setdefault(note[len(name) + 2 :] if name else note, []).extend([name] * bool(name))
    return [[Run(listed(names), Tone.STRONG), f": {text}" if names else text] for text, names in named.items()]


def _verdict(explanation: Explanation, about: ClaimFinding | None) -> Heading:
    match explanation.verdict:
        case Verdict.CONSISTENT:
            why = "some true values satisfy every claim" if explanation.ids else "nothing is claimed"
            return Heading([Run("consistent:", Tone.GOOD), f" {why}"], 1)
        case Verdict.UNDETERMINED:
            words = "neither a conflict nor true values that fit were found"
            return Heading([Run("undetermined:", Tone.OPEN), f" {words}"], 1)
        case Verdict.INCONSISTENT:
            said = _extent(explanation)
            if about is not None and not (explanation.parts or explanation.conflicts):
                said = f"but {about.id} stands in no contradiction"
            return Heading([Run(f"inconsistent{':' if said else ''}", Tone.BAD), f" {said}"], 1)


def _extent(explanation: Explanation) -> str:
    """How many contradictions there are, and how many claims at least cannot stand."""
    parts = explanation.parts
    if not parts:
        return ""
    opening = f"{len(parts)} independent contradictions; " if len(parts) > 1 else ""
    least = sum(_least(part.conflicts) for part in parts)
    if not least:
        return f"{opening}not all of these claims can hold"
    among = f"of the {len(explanation.ids)} claims" if explanation.ids else "of the claims"
    return f"{opening}at least {'one' if least == 1 else least} {among} cannot stand as read here"


def _least(conflicts: Sequence[Conflict]) -> int:
    """How many claims at least are wrong, trusted and weighty ones, too: no fewer stand in all these conflicts."""
    places = {name: place for place, name in enumerate({name: None for each in conflicts for name in each.ids})}
    met = [frozenset(places[name] for name in conflict.ids) for conflict in conflicts]
    found = lightest(met, dict.fromkeys(places.values(), Fraction(1)), most=1, steps=_STEPS)
    return int(found.weight) if found is not None and found.proved else _apart(conflicts)


def _counts(part: Part) -> bool:
    """Whether its weight is a number of claims."""
    return all(change.weight == change.size == part.weight for change in part.changes)


def _part(part: Part, conventions: Conventions, *, level: int) -> list[Block]:
    claims = [claim for conflict in part.conflicts for claim in conflict.claims]
    told = Told(common_indicator(claims), conventions)
    blocks = _conflicts(part.conflicts, level)
    if not part.changes and not part.rereadings:
        return [*blocks, Paragraph("Claims that are trusted contradict each other: no change to any other mends this.")]
    return [*blocks, *_meant(part, told, level), *_to_change(part, told, level)]


# ---------------------------------------------------------------------- conflicts


def _conflicts(conflicts: Sequence[Conflict], level: int) -> list[Block]:
    """The smallest conflicts whole, the others folded and named by their claims."""
    several = len(conflicts) > 1
    told = [
        conflict_blocks(conflict, opening=f"conflict {number}: " if several else "conflict: ", level=level, each=True)
        for number, conflict in enumerate(conflicts, start=1)
    ]
    rest = conflicts[_WHOLE_CONFLICTS:]
    if len(rest) <= 1:
        return [block for each in told for block in each]
    return [
        *(block for each in told[:_WHOLE_CONFLICTS] for block in each),
        Paragraph(f"{len(rest)} more conflicts hang together with these, of {_among(rest)}."),
        Folded(f"The other {len(rest)} conflicts", [block for each in told[_WHOLE_CONFLICTS:] for block in each]),
    ]


def _among(conflicts: Sequence[Conflict]) -> str:
    names = list(dict.fromkeys(name for conflict in conflicts for name in conflict.ids))
    more = len(names) - _NAMED
    return listed([*names[:_NAMED], f"{more} more"] if more > 1 else names)


# ---------------------------------------------------------------------- re-readings


def _meant(part: Part, told: Told, level: int) -> list[Block]:
    """Re-readings that mend a part: the best group as one, then those that suppose more."""
    blocks: list[Block] = [Heading("What may have been meant", level)]
    if not part.rereadings:
        return [*blocks, Paragraph("No re-reading is offered.")]
    best = part.best
    rest = part.rereadings[len(best) :]
    opening = "One reading mends this:" if not rest else "One reading supposes least:"
    if len(best) > 1:
        opening = f"These {len(best)} readings fit equally few suppositions; arithmetic alone cannot tell which:"
    blocks += [Paragraph(opening), *_shown(alike(best), told)]
    if rest:
        several = len(rest) > 1
        blocks.append(Paragraph(f"{'These suppose' if several else 'This supposes'} more:"))
        blocks += _shown(alike(rest), told)
    return blocks


def _shown(lines: list[list[Repair]], told: Told) -> list[Block]:
    """The first few readings in a table, the others in words and in a folded one."""
    rest = lines[_ROWS:]
    if len(rest) <= 1:
        return [readings_table(lines, told)]
    words = ["; ".join(map(str, repair.steps)) for like in rest for repair in like]
    more = _folded(f"{len(words)} more readings", words, readings_table(rest, told))
    return [readings_table(lines[:_ROWS], told), *more]


def _folded(what: str, named: list[str], table: Table) -> list[Block]:
    """What there is no room for: each in a few words, in full only where it is opened."""
    more = [f"{len(named) - _LISTED} more"] * (len(named) > _LISTED)
    return [Paragraph(f"{what}:"), Bullets(named[:_LISTED] + more), Folded(f"The {what}", [table])]


# ---------------------------------------------------------------------- figures to change


def _to_change(part: Part, told: Told, level: int) -> list[Block]:
    """All lightest sets of figures to change, and how far it is proved that they are."""
    blocks: list[Block] = [Heading("Which figures would have to change", level)]
    if not part.changes:
        return [*blocks, Paragraph("No set of figures that mends this was found.")]
    count = len(part.changes)
    whole = max(_ROWS // part.changes[0].size, 2)
    if count <= whole + 1:
        whole = count
    drawn = len(part.conflicts) > 1
    blocks += [Paragraph(_ways(part.changes)), changes_table(part.changes[:whole], told, of=count, drawn=drawn)]
    if rest := part.changes[whole:]:
        table = changes_table(rest, told, of=count, first=whole + 1, drawn=drawn)
        blocks += _folded(f"{len(rest)} more ways that are as light", [listed(change.ids) for change in rest], table)
    return [*blocks, Paragraph(_minimality(part))]


def _ways(changes: Sequence[Repair]) -> str:
    sizes, count = {change.size for change in changes}, len(changes)
    if sizes == {1}:
        return "This one:" if count == 1 else f"Any one of these {count}:"
    if count == 1:
        return f"These {changes[0].size} together:"
    return f"Any one of these {count} ways{f', {min(sizes)} figures together' * (len(sizes) == 1)}:"


def _minimality(part: Part) -> str:
    """How far it was proved that nothing lighter would do, and that nothing as light is missing."""
    alone = part.weight == 1 and _counts(part)
    if not part.proved:
        fewer = "Whether less would do was not decided."
    elif alone:
        fewer = "Something has to change, since the claims above cannot all hold."
    elif _counts(part) and _apart(part.conflicts) >= part.weight:
        fewer = f"No single figure less will do: {part.weight} of the conflicts above share no claim."
    elif _counts(part) and _least(part.conflicts) >= part.weight:
        fewer = "No single figure less will do: it would leave one of the conflicts above."
    else:
        fewer = "Nothing lighter that may be doubted will do: it would leave one of the conflicts above."
    verified = f"{'Each way' if len(part.changes) > 1 else 'This'} was verified: true values satisfy what it leaves."
    if not part.complete:
        return f"{fewer} {verified} There may be more ways as light: the search was cut short."
    # Whether claims are trusted or hard to doubt is not known here: neither sentence may speak of those.
    if alone:
        return f"{fewer} {verified} No other single figure that may be doubted as easily would do."
    return f"{fewer} {verified} Among figures that may be doubted, no other way is as light."


def _apart(conflicts: Sequence[Conflict]) -> int:
    """How many conflicts can be picked, the smallest first, of which no two share a claim."""
    return len(disjoint(frozenset(conflict.ids) for conflict in conflicts))
