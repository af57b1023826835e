"""Datasets: published documents as claim files, ready to be checked; facts with their sources, worded anew.

This room knows where the files lie and that they draw on the catalogue. It judges nothing: how each statement was read
is written beside it in its file.
"""

from __future__ import annotations

import difflib
from pathlib import Path

from ipmetrics import catalogue
from ipmetrics.claimfile import ClaimFile, read_claims
from ipmetrics.errors import CatalogueError

__all__ = ["load", "load_all", "names", "path"]

_FOLDER = Path(__file__).parent
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
    known = names()
    if name not in known:
        near = difflib.get_close_matches(str(name).lower(), known, n=1, cutoff=_CUTOFF)
        raise CatalogueError(
            repr(name),
            rule="a dataset is one of those that come with ipmetrics",
            way_out=f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(known)}",
        )
    return _FOLDER / f"{name}.toml"


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
