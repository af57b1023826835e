"""Datasets: published documents as claim files and published tables as CSV, ready to be checked; facts with sources.

This room knows where the files lie, that claim files draw on the catalogue, and what is noted of each table. It judges
nothing: how each statement was read is written beside it in its file.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path

from ipmetrics import catalogue
from ipmetrics.claimfile import ClaimFile, read_claims
from ipmetrics.errors import CatalogueError
from ipmetrics.tables import Column, Table, read_csv

__all__ = ["load", "load_all", "load_table", "names", "path", "table_names", "table_path"]

_FOLDER = Path(__file__).parent
_TABLES = _FOLDER / "tables"
_CUTOFF = 0.4


def names() -> tuple[str, ...]:
    """The names of the datasets that come with ipmetrics, in alphabetical order.

    Examples
    --------
    >>> names()
    ('beijing-2025', 'etown-2023', 'haidian-2021', 'jing-jin-ji-2023', 'universities-2023')
    """
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.toml")))


def path(name: str) -> Path:
    """Where the claim file of a dataset lies, to read it or to take it as a model.

    Raises
    ------
    CatalogueError
        If there is no such dataset; the message offers the nearest.

    Examples
    --------
    >>> path("haidian-2021").name
    'haidian-2021.toml'
    """
    if name in table_names():
        raise CatalogueError(repr(name), rule="a claim file is no table", way_out=f"load_table({name!r}) reads it")
    return _FOLDER / f"{_known(name, names(), 'dataset')}.toml"


def load(name: str) -> ClaimFile:
    """The claims of one published document, with the definitions of its claim file.

    Parameters
    ----------
    name
        One of `names`.

    Returns
    -------
    ClaimFile
        A sequence of claims, each with its source and a name that no other dataset uses.

    Raises
    ------
    CatalogueError
        If there is no such dataset; the message offers the nearest.

    Examples
    --------
    >>> haidian = load("haidian-2021")
    >>> print(haidian.claim("density-to-beijing"))
    high-value invention patents per 10,000 people: Haidian 2021 ÷ Beijing 2021 = 3.54
    """
    return read_claims(path(name), catalogue=catalogue)


def load_all() -> ClaimFile:
    """All datasets as one dossier: what several documents say of one unknown value meets here.

    Returns
    -------
    ClaimFile
        The claims of `names`, in that order; a key means the same in every file.

    Examples
    --------
    >>> dossier = load_all()
    >>> dossier.claim("beijing-density").source.date.year, dossier.claim("density").source.date.year
    (2025, 2022)
    """
    files = [load(name) for name in names()]
    return ClaimFile(
        tuple(claim for file in files for claim in file),
        indicators={key: each for file in files for key, each in file.indicators.items()},
        regions={key: each for file in files for key, each in file.regions.items()},
        members={key: each for file in files for key, each in file.members.items()},
        units={key: each for file in files for key, each in file.units.items()},
        name="ipmetrics.datasets",
    )


def table_names() -> tuple[str, ...]:
    """The names of the tables that come with ipmetrics, in alphabetical order.

    Examples
    --------
    >>> [name for name in table_names() if name.endswith("2014-01")]
    ['cnipa-applications-2014-01', 'cnipa-grants-2014-01', 'cnipa-valid-2014-01']
    """
    return tuple(sorted(file.stem for file in _TABLES.glob("*.csv")))


def table_path(name: str) -> Path:
    """Where the CSV file of a table lies, for the command line or another program.

    Raises
    ------
    CatalogueError
        If there is no such table; the message offers the nearest.

    Examples
    --------
    >>> table_path("cnipa-valid-2014-01").name
    'cnipa-valid-2014-01.csv'
    """
    if name in names():
        raise CatalogueError(repr(name), rule="a table is no claim file", way_out=f"load({name!r}) reads it")
    return _TABLES / f"{_known(name, table_names(), 'table')}.csv"


def load_table(name: str) -> Table:
    """A published table, every cell as the text that was printed.

    Parameters
    ----------
    name
        One of `table_names`.

    Returns
    -------
    Table
        Its frame (of pandas); columns, with what the publisher says of precision and scale; the key that tells rows
        apart; and notes: where it was printed, who may use it, what was done to it, what of it is missing.

    Raises
    ------
    CatalogueError
        If there is no such table; the message offers the nearest.

    Examples
    --------
    >>> table = load_table("cnipa-valid-2014-01")
    >>> table.frame.loc[2, ["region", "density_per_million"]].tolist()
    ['Beijing', '4187.5']
    >>> table.columns["density_per_million"]
    Column(multiplier=-6)
    >>> print(table.notes[0])
    China's patent office (SIPO, from 2018 CNIPA), English statistics site: Table 8, valid inventions from home, ...
    """
    frame = read_csv(table_path(name)).frame
    told = tomllib.loads((_TABLES / "tables.toml").read_text(encoding="utf-8"))[name]
    return Table(
        frame,
        columns={column: Column(**said) for column, said in told["columns"].items()},
        key=tuple(told["key"]),
        notes=(f"{told['producer']}: {told['title']} ({told['page']})", f"licence: {told['licence']}", *told["notes"]),
    )


def _known(name: str, known: tuple[str, ...], kind: str) -> str:
    """Return the name of something that is there, or refuse with the nearest."""
    if name in known:
        return name
    near = difflib.get_close_matches(str(name).lower(), known, n=1, cutoff=_CUTOFF)
    raise CatalogueError(
        repr(name),
        rule=f"a {kind} is one of those that come with ipmetrics",
        way_out=f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}",
    )
