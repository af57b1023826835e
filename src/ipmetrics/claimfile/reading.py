"""Reading: TOML or a table of claims to a `ClaimFile`, whole or not at all, every fault at once.

The rooms beside this one do the work; here they are put in a row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Literal, overload

import attrs

from ipmetrics.claimfile.cells import cells_of_csv, cells_of_frame
from ipmetrics.claimfile.contents import LARGEST, check_text, refuse, text_of
from ipmetrics.claimfile.definitions import Definitions, define
from ipmetrics.claimfile.faults import Faults, Printed, TreePlaces, described, nearest
from ipmetrics.claimfile.fitting import fit
from ipmetrics.claimfile.layout import CLAIM_FILE
from ipmetrics.claimfile.statements import Statements, conventions_of
from ipmetrics.claimfile.tables import TableTree
from ipmetrics.errors import ClaimError, IpmetricsError
from ipmetrics.model.claims import Claim, OneOf
from ipmetrics.model.figures import Conventions
from ipmetrics.model.indicators import Indicator
from ipmetrics.model.observations import Member
from ipmetrics.model.regions import Region
from ipmetrics.model.units import Unit

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from ipmetrics.claimfile.definitions import Catalogue
    from ipmetrics.claimfile.faults import Places
    from ipmetrics.model.observations import Observation

__all__ = ["ClaimFile", "Format", "claims_from_table", "parse_claims", "read_claims"]

Format = Literal["toml", "csv"]


@attrs.frozen
class ClaimFile(Sequence[Claim]):
    r"""What a claim file says: a sequence of its claims that remembers its definitions and conventions.

    Parameters
    ----------
    claims
        In the order of the file.
    conventions
        How its figures are to be read; None if it does not say.
    indicators, regions, members, units
        Its definitions by key.
    name
        The file, as it was named; no part of what is compared.

    Examples
    --------
    >>> file = parse_claims('claims = [{ level = "a.b.2021", figure = "3" }]\nindicators.a = {}\nregions.b = {}')
    >>> [str(claim) for claim in file]
    ['a, b 2021 = 3']
    """

    claims: tuple[Claim, ...]
    conventions: Conventions | None = attrs.field(default=None, kw_only=True)
    indicators: Mapping[str, Indicator] = attrs.field(factory=dict, kw_only=True, repr=False)
    regions: Mapping[str, Region] = attrs.field(factory=dict, kw_only=True, repr=False)
    members: Mapping[str, Member] = attrs.field(factory=dict, kw_only=True, repr=False)
    units: Mapping[str, Unit] = attrs.field(factory=dict, kw_only=True, repr=False)
    name: str = attrs.field(default="<claims>", kw_only=True, eq=False)

    @overload
    def __getitem__(self, place: int) -> Claim: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Claim, ...]: ...
    def __getitem__(self, place: int | slice) -> Claim | tuple[Claim, ...]:
        return self.claims[place]

    def __len__(self) -> int:
        return len(self.claims)

    def claim(self, name: str) -> Claim:
        """The claim of that id, alternatives included.

        Raises
        ------
        ClaimError
            If there is none.
        """
        found = {claim.id: claim for claim in _all_of(self.claims) if claim.id is not None}
        if name not in found:
            near = nearest(name, found)
            raise ClaimError(
                described(name),
                rule="an id is one of the file's",
                way_out=f"did you mean {described(near)}?" if near else f"write one of {', '.join(found)}",
            )
        return found[name]

    def observation(self, path: str) -> Observation:
        """The observation of a path such as ``"density.beijing.2021"``, in the names of this file.

        Raises
        ------
        ClaimFileError
            If it is no path, or names what the file does not define.
        """
        faults = Faults()
        kinds = ("units", "members", "regions", "indicators")
        declared = {kind: frozenset(getattr(self, kind)) for kind in kinds}
        definitions = Definitions(self.units, self.members, self.regions, self.indicators, declared)
        made = Statements(definitions, faults, {}).observation(path, ("path",))
        faults.tell(self.name, TreePlaces({}))
        assert made is not None  # noqa: S101 - else there was a fault
        return made


def _all_of(claims: Iterable[Claim]) -> Iterator[Claim]:
    for claim in claims:
        yield claim
        if isinstance(claim, OneOf):
            yield from _all_of(claim.alternatives)


def read_claims(
    path: str | os.PathLike[str],
    *,
    format: Format | None = None,  # noqa: A002 - what the format of a file is called
    catalogue: Catalogue | None = None,
) -> ClaimFile:
    """Read a claim file, TOML or a table of claims.

    Parameters
    ----------
    path
        ``….toml``, or ``….csv`` (``….tsv``).
    format
        What the file is, if its name does not end so.
    catalogue
        Where ``catalogue = "…"`` is looked up, such as the module ``ipmetrics.catalogue``.

    Returns
    -------
    ClaimFile
        A sequence of its claims, with its definitions and conventions.

    Raises
    ------
    ClaimFileError
        All faults of the file at once; nothing of it was read.

    Examples
    --------
    >>> read_claims("nowhere.toml")
    Traceback (most recent call last):
      ...
    ipmetrics.errors.ClaimFileError: ... nowhere.toml: a claim file exists: got no file; mend the path
    """
    ending = FilePath(path).suffix.lower()
    known: dict[str, Format] = {".toml": "toml", ".csv": "csv", ".tsv": "csv"}
    if format is None and ending not in known:
        name = str(path)
        rule = "a claim file ends in .toml, .csv or .tsv"
        raise refuse(name, name, described(ending), rule, 'rename it, or pass format="toml" or format="csv"')
    return parse_claims(text_of(path), format=format or known[ending], name=str(path), catalogue=catalogue)


def parse_claims(
    text: str,
    *,
    format: Format = "toml",  # noqa: A002 - as in read_claims
    name: str = "<text>",
    catalogue: Catalogue | None = None,
) -> ClaimFile:
    r"""Read the text of a claim file.

    Parameters
    ----------
    text
        TOML, or a table of claims.
    format
        Which of the two.
    name
        What faults call it.
    catalogue
        As for `read_claims`.

    Raises
    ------
    ClaimFileError
        All faults at once.

    Examples
    --------
    >>> print(*parse_claims("indicator,unit,region,period,figure\npatents,patent,Haidian,2021,40", format="csv"))
    patents, Haidian 2021 = 40
    """
    if not isinstance(text, str):
        raise refuse(name, name, type(text).__name__, "a claim file is text", "pass a str, or a path to read_claims")
    if len(text) > LARGEST:
        raise refuse(name, name, f"{len(text):,} characters", f"a claim file has at most {LARGEST:,}", "split it")
    text = check_text(text.removeprefix("\ufeff"), name)
    if format == "toml":
        tree = _toml(text, name)
        return _built(tree, Faults(), TreePlaces(tree), name, catalogue)
    if format == "csv":
        faults = Faults()
        table = TableTree(cells_of_csv(text, name, faults), faults)
        return _built(table.tree, faults, table, name, catalogue)
    raise IpmetricsError(repr(format), rule="a claim file is toml or csv", way_out='pass format="toml" or format="csv"')


def claims_from_table(frame: pd.DataFrame, *, name: str = "<table>", catalogue: Catalogue | None = None) -> ClaimFile:
    """Read a data frame of claims, one a row, all columns text.

    Parameters
    ----------
    frame
        With the columns of a CSV claim file; ``pandas.read_csv(path, dtype=str)`` keeps figures as printed.
    name
        What faults call it.
    catalogue
        As for `read_claims`.

    Raises
    ------
    ClaimFileError
        All faults at once; a figure that is a number is one of them.
    """
    faults = Faults()
    table = TableTree(cells_of_frame(frame, name, faults), faults)
    return _built(table.tree, faults, table, name, catalogue)


def _toml(text: str, name: str) -> dict[str, Any]:
    """The tree of a TOML text; numbers with fractions as `Printed`."""
    try:
        return tomllib.loads(text, parse_float=Printed)
    except RecursionError:
        raise refuse(name, name, "deep nesting", "lists and tables nest a few deep", "write it flatter") from None
    except tomllib.TOMLDecodeError as error:
        reason, at, place = str(error).rpartition(" (at ")
        where = place.rstrip(")") if at else name
        raise refuse(name, where, f"“{reason or error}”", "a claim file is TOML", "mend that line") from None
    except ValueError as error:  # a number too long for Python to read
        raise refuse(name, name, f"“{error}”", "a claim file is TOML", "write shorter numbers") from None


def _built(
    tree: dict[str, Any],
    faults: Faults,
    places: Places,
    name: str,
    catalogue: Catalogue | None,
) -> ClaimFile:
    # Paths are split at dots and blanks; in the cells of a table any text is a name.
    fitted = fit(tree, CLAIM_FILE, faults, words=isinstance(places, TreePlaces))
    conventions, comma = conventions_of(fitted, faults)
    definitions = define(fitted, faults, catalogue)
    statements = Statements(definitions, faults, fitted.get("sources", {}), fitted.get("source"), comma)
    claims = statements.claims(fitted.get("claims", []))
    faults.tell(name, places)
    return ClaimFile(
        tuple(claims),
        conventions=conventions,
        indicators=definitions.indicators,
        regions=definitions.regions,
        members=definitions.members,
        units=definitions.units,
        name=name,
    )
