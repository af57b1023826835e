"""Writing: claims to the text of a claim file, which is read back and compared before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipmetrics.claimfile.reading import ClaimFile, claims_from_table, parse_claims
from ipmetrics.claimfile.rows import csv_text, rows_of, used_columns
from ipmetrics.claimfile.telling import told_conventions, tree_of
from ipmetrics.claimfile.toml import toml_text
from ipmetrics.errors import ClaimError, ClaimFileError, IpmetricsError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    import pandas as pd

    from ipmetrics.claimfile.reading import Format
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["claims_to_table", "write_claims"]

SCHEMA_LINE = "#:schema ./claims.schema.json"
_KINDS = ("units", "members", "indicators", "regions")


def write_claims(
    claims: Iterable[Claim],
    path: str | os.PathLike[str] | None = None,
    *,
    format: Format | None = None,  # noqa: A002 - as in read_claims
    conventions: Conventions | None = None,
) -> str:
    """Write claims as a claim file that says every fact they carry.

    Parameters
    ----------
    claims
        Each with its figure. A `ClaimFile` keeps its keys and conventions.
    path
        Where to; None only returns the text.
    format
        ``"toml"`` or ``"csv"``; by default what the path ends in, else TOML.
    conventions
        How the figures are to be read, written along.

    Returns
    -------
    str
        The text, which reads back to the same claims.

    Raises
    ------
    ClaimError
        If they cannot be written so; nothing was.

    Examples
    --------
    >>> from ipmetrics.model.claims import Level
    >>> from ipmetrics.model.indicators import Indicator
    >>> print(
    ...     write_claims([Level(Indicator("patents", unit="patent").at("Haidian", 2021), "40,455")], format="csv"),
    ...     end="",
    ... )
    kind,indicator,region,period,figure,unit
    level,patents,Haidian,2021,"40,455",patent
    """
    if format not in {"toml", "csv", None}:
        raise IpmetricsError(
            repr(format), rule="a claim file is toml or csv", way_out='pass format="toml" or format="csv"'
        )
    named: Format = "csv" if path is not None and Path(path).suffix.lower() == ".csv" else "toml"
    skin = format or named
    told = tuple(claims)
    if conventions is None and isinstance(claims, ClaimFile):
        conventions = claims.conventions
    tree = _tree(claims, told, conventions, words=skin == "toml")
    text = toml_text(tree, first_line=SCHEMA_LINE) if skin == "toml" else csv_text(rows_of(tree))
    try:
        held = text.encode("utf-8")
    except UnicodeEncodeError as error:
        rule, way_out = "a claim file is UTF-8", "take out what is half a character"
        raise ClaimError(repr(text[error.start : error.end]), rule=rule, way_out=way_out) from None
    _compare(told, conventions, lambda: parse_claims(text, format=skin))
    if path is not None:
        Path(path).write_bytes(held)
    return text


def claims_to_table(claims: Iterable[Claim], *, conventions: Conventions | None = None) -> pd.DataFrame:
    """A data frame of claims, one a row, every cell text; empty cells are missing values.

    Parameters
    ----------
    claims, conventions
        As for `write_claims`.

    Raises
    ------
    ClaimError
        If a table cannot hold them.
    """
    import pandas as pd  # noqa: PLC0415 - pandas is slow to import and only frames need it

    told = tuple(claims)
    if conventions is None and isinstance(claims, ClaimFile):
        conventions = claims.conventions
    rows = rows_of(_tree(claims, told, conventions, words=False))
    frame = pd.DataFrame(rows, columns=used_columns(rows), dtype="str")
    _compare(told, conventions, lambda: claims_from_table(frame))
    return frame


def _tree(
    claims: Iterable[Claim], told: tuple[Claim, ...], conventions: Conventions | None, *, words: bool
) -> dict[str, Any]:
    known = {kind: getattr(claims, kind) for kind in _KINDS} if isinstance(claims, ClaimFile) else {}
    tree = tree_of(told, known, words=words)
    stated = told_conventions(conventions)
    return {"conventions": stated, **tree} if stated else tree


def _compare(told: tuple[Claim, ...], conventions: Conventions | None, read: Callable[[], ClaimFile]) -> None:
    """Refuse what would not read back to the same claims, fact by fact."""
    way_out = "mend what they are made of; CSV holds less than TOML"
    try:
        back = read()
    except ClaimFileError as error:
        faults = "; ".join(map(str, error.faults[:5]))
        raise ClaimError(faults, rule="claims are written only if they can be read back", way_out=way_out) from None
    if back.conventions != conventions or tree_of(back.claims) != tree_of(told):
        before, after = tree_of(told)["claims"], tree_of(back.claims)["claims"]
        changed = [str(claim) for claim, one, other in zip(told, before, after, strict=False) if one != other]
        given = changed[0] if changed else "a definition"
        raise ClaimError(given, rule="what is written reads back as the same", way_out=way_out)
