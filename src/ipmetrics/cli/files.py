"""Claim files as they are named on the command line: read once, put together, under one set of conventions.

This room knows names of files and standard input. It says everything that is wrong with any of them at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ipmetrics.cli.endings import UnusableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.claimfile import ClaimFile
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions

__all__ = ["conventions_of", "dossier", "read", "shipped"]

_ARTICLES = {".txt", ".md"}


def read(names: Sequence[str]) -> list[ClaimFile]:
    """Read every file, each once, or say everything that is wrong with any of them."""
    from ipmetrics.errors import ClaimFileError, IpmetricsError  # noqa: PLC0415 - only once there is work to do

    files: list[ClaimFile] = []
    wrong: list[str] = []
    for name in dict.fromkeys(names):
        try:
            files.append(_read_one(name))
        except UnusableError as error:
            wrong += error.lines
        except ClaimFileError as error:
            for fault in error.faults:
                where = "" if fault.where == error.name else f"{fault.where}: "
                wrong.append(f"{name}: {where}{fault.message}")
        except IpmetricsError as error:
            wrong.append(f"{name}: {error}")
        except OSError as error:
            wrong.append(f"{name}: {error.strerror or error}")
    if wrong:
        raise UnusableError(wrong)
    return files


def _read_one(name: str) -> ClaimFile:
    from ipmetrics import catalogue  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.claimfile import parse_claims, read_claims  # noqa: PLC0415 - the same

    if name == "-":
        text = _standard_input()
        return parse_claims(text, format="csv" if _looks_like_csv(text) else "toml", name="-", catalogue=catalogue)
    if Path(name).suffix.lower() in _ARTICLES:
        raise UnusableError(
            [f"{name}: reading articles is not available yet; write its claims down in a .toml or .csv file"]
        )
    return read_claims(name, catalogue=catalogue)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableError([f"-: byte {error.start + 1}: a claim file is UTF-8; convert it first"]) from None


def _looks_like_csv(text: str) -> bool:
    """Whether the first line that says something is a row of column names, which TOML never begins with."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return "," in first and "=" not in first and not first.startswith("[")


def shipped() -> ClaimFile:
    """The claim sets that come with the package, as one."""
    from ipmetrics import datasets  # noqa: PLC0415 - only without arguments

    return datasets.load_all()


def dossier(files: Sequence[ClaimFile]) -> list[Claim]:
    """All claims in order; of several files each claim is named after its file, so that names stay apart."""
    if len(files) == 1:
        return list(files[0])
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    stems = [Path(file.name).stem for file in files]
    names = [file.name if stems.count(stem) > 1 else stem for file, stem in zip(files, stems, strict=True)]
    return [
        attrs.evolve(claim, id=f"{name}:{claim.id or place}")
        for name, file in zip(names, files, strict=True)
        for place, claim in enumerate(file, start=1)
    ]


def conventions_of(files: Sequence[ClaimFile], rounding: str | None) -> Conventions | None:
    """The conventions that the files state, the rounding rule of the command line put in."""
    stated = [file for file in files if file.conventions is not None]
    different = [file.name for file in stated if file.conventions != stated[0].conventions]
    if different:
        names = f"{stated[0].name} and {different[0]}"
        raise UnusableError([f"{names} state different conventions; make them agree or check them apart"])
    conventions = stated[0].conventions if stated else None
    if rounding is None:
        return conventions
    import attrs  # noqa: PLC0415 - only if asked

    from ipmetrics.model.figures import Conventions, Rounding  # noqa: PLC0415 - the same

    return attrs.evolve(conventions or Conventions(), rounding=Rounding(rounding))
