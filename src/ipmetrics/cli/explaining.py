"""The command `explain`: what in a claim file contradicts what, and what may have been meant.

This room knows how claims and documents are named on the command line. What it shows of one claim alone is what
`explain` and `check` answered; it leaves out and adds nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipmetrics.cli.checking import judged, remark
from ipmetrics.cli.endings import UnusableError, exit_of
from ipmetrics.cli.files import conventions_of, dossier, read
from ipmetrics.cli.streams import complain, deliver

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from ipmetrics.findings import ClaimFinding, Explanation, Part
    from ipmetrics.model.claims import Claim, Source
    from ipmetrics.model.figures import Conventions

__all__ = ["explain_file"]


def explain_file(arguments: argparse.Namespace) -> int:
    """Explain the file named, whole or as far as one claim is concerned, and write that down.

    Raises
    ------
    UnusableError
        If there is nothing that can be judged, a name is none of the file's, or there is nowhere to write.
    """
    from ipmetrics.errors import IpmetricsError  # noqa: PLC0415 - only once there is work to do

    files = read([arguments.file], date=arguments.date, language=arguments.language)
    claims = dossier(files)
    conventions = conventions_of(files, arguments.rounding)
    try:
        explanation = _explained(arguments, claims, conventions)
        about = None
        if arguments.claim is not None:
            explanation, about = _of_one_claim(explanation, arguments, claims, conventions)
    except IpmetricsError as error:
        raise UnusableError([str(error)]) from error
    if not arguments.quiet:
        if not claims:
            complain("warning: there is no claim to explain")
        remark(explanation, strict=arguments.strict)
    deliver(explanation, arguments, about=about)
    return exit_of(explanation.verdict.value, strict=arguments.strict)


def _explained(arguments: argparse.Namespace, claims: list[Claim], conventions: Conventions | None) -> Explanation:
    """The answer of `explain`, once every name on the command line is known to be one of the file's."""
    from fractions import Fraction  # noqa: PLC0415 - help and mistakes need none of it

    from ipmetrics.checks.assembly import assemble  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.diagnosis import explain  # noqa: PLC0415 - the same

    named = dict(zip(assemble(claims, conventions).ids, claims, strict=True))
    titles = {claim.source.title for claim in claims if claim.source and claim.source.title}
    asked = [name for name, _ in arguments.weight] + [arguments.claim] * (arguments.claim is not None)
    wrong = [_unknown(arguments.file, "claim", name, named) for name in asked if name not in named]
    wrong += [
        _unknown(arguments.file, "claim or document", name, [*named, *sorted(titles)])
        for name in arguments.trust
        if name not in named and name not in titles
    ]
    if wrong:
        raise UnusableError(dict.fromkeys(wrong))
    limit = {} if arguments.limit is None else {"limit": arguments.limit}
    return explain(
        claims,
        conventions,
        trust=[each for name in arguments.trust for each in _trusted(name, named)],
        weights={name: Fraction(number) for name, number in arguments.weight},
        **limit,
    )


def _trusted(name: str, named: dict[str, Claim]) -> Sequence[Claim | Source]:
    """The claim of that name, else every source of that title."""
    if name in named:
        return [named[name]]
    sources = [claim.source for claim in named.values() if claim.source is not None]
    return [source for source in dict.fromkeys(sources) if source.title == name]


def _unknown(file: str, what: str, name: str, known: Iterable[str]) -> str:
    import difflib  # noqa: PLC0415 - only where a name is wrong

    names = list(known)
    near = difflib.get_close_matches(name, names, n=3)
    way_out = (
        f"did you mean {' or '.join(near)}?" if near else f"there is {', '.join(names[:5])}" + "…" * (len(names) > 5)
    )
    return f"{file}: there is no {what} {name!r}; {way_out if names else 'there are no claims at all'}"


# ---------------------------------------------------------------------- one claim


def _of_one_claim(
    explanation: Explanation, arguments: argparse.Namespace, claims: list[Claim], conventions: Conventions | None
) -> tuple[Explanation, ClaimFinding | None]:
    """The parts that touch a claim; where none does, what `check` says of it."""
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    parts = [part for part in explanation.parts if _touches(part, arguments.claim)]
    if parts:
        return _only(explanation, parts), None
    report = judged(claims, conventions, quiet=arguments.quiet)
    finding = report.finding(arguments.claim)
    parts = [part for part in explanation.parts if finding.repeats is not None and _touches(part, finding.repeats)]
    if parts:
        return _only(explanation, parts), finding
    conflicts = tuple(conflict for conflict in report.conflicts if arguments.claim in conflict.ids)
    return attrs.evolve(explanation, parts=(), conflicts=conflicts), finding


def _touches(part: Part, name: str) -> bool:
    ids = (*(each.ids for each in part.conflicts), *(each.ids for each in (*part.rereadings, *part.changes)))
    return any(name in each for each in ids)


def _only(explanation: Explanation, parts: Sequence[Part]) -> Explanation:
    """The explanation without its other parts, which it says are there."""
    import attrs  # noqa: PLC0415 - as above

    kept = {conflict.ids for part in parts for conflict in part.conflicts}
    conflicts = tuple(conflict for conflict in explanation.conflicts if conflict.ids in kept)
    more = len(explanation.parts) - len(parts)
    note = (
        f"{more} other contradiction{'s do' if more > 1 else ' does'} not concern it and {'are' if more > 1 else 'is'}"
    )
    notes = (*explanation.notes, f"{note} left out here") if more else explanation.notes
    return attrs.evolve(explanation, parts=tuple(parts), conflicts=conflicts, notes=notes)
