"""Files as they are named on the command line, of claims or articles: read once, put together, under one convention.

This room knows names of files and standard input. It says everything that is wrong with any of them at once.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from ipmetrics.cli.endings import UnusableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.claimfile import ClaimFile
    from ipmetrics.findings import Passage
    from ipmetrics.model.claims import Claim
    from ipmetrics.model.figures import Conventions
    from ipmetrics.prose.article import Article, Made

__all__ = ["conventions_of", "dossier", "is_article", "read", "readings", "shipped", "unread"]

ARTICLES = {".txt", ".md", ".html", ".htm"}
_COLUMNS = frozenset("kind id indicator region period scope figure unit to_region to_period".split())
_TOML = re.compile(r"""\s*(?:\[\[?\s*[\w."'-]+\s*\]\]?\s*(?:\#|$)|[\w."'-]+\s*=[^=]|\#:schema)""")
_CLAIMS = re.compile(rb"^[ \t]*(?:\[\[\s*claims\s*\]\]|claims\s*=)", re.MULTILINE)
"""Where these words stand, it is a claim file whatever is said."""


def is_article(file: ClaimFile | Article) -> TypeGuard[Article]:
    """Whether claims were read in prose."""
    return hasattr(file, "statements")


def read(names: Sequence[str], *, date: str | None = None, language: str | None = None) -> list[ClaimFile | Article]:
    """Read every file, each once, or say everything that is wrong with any of them."""
    from ipmetrics.errors import ClaimFileError, IpmetricsError  # noqa: PLC0415 - only once there is work to do

    files: list[ClaimFile | Article] = []
    wrong: list[str] = []
    for name in dict.fromkeys(names):
        try:
            files.append(_read_one(name, date, language, alone=len(names) == 1))
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


def _read_one(name: str, date: str | None, language: str | None, *, alone: bool) -> ClaimFile | Article:
    from ipmetrics import catalogue  # noqa: PLC0415 - only once there is work to do
    from ipmetrics.claimfile import parse_claims, read_claims  # noqa: PLC0415 - the same
    from ipmetrics.cli.prosing import article_of  # noqa: PLC0415 - the same

    if name == "-":
        held = sys.stdin.buffer.read()
        said = date is not None or language is not None
        if said and not _CLAIMS.search(held):
            return article_of(name, date=date, language=language, alone=alone, held=held)
        text = _decoded(held)
        if _looks_like_prose(text):
            return article_of(name, date=None, language=None, alone=alone, held=held)
        return parse_claims(text, format="csv" if _looks_like_csv(text) else "toml", name="-", catalogue=catalogue)
    if Path(name).suffix.lower() in ARTICLES:
        return article_of(name, date=date, language=language, alone=alone)
    return read_claims(name, catalogue=catalogue)


def _decoded(held: bytes) -> str:
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnusableError([f"-: byte {error.start + 1}: a claim file is UTF-8; convert it first"]) from None


def _looks_like_prose(text: str) -> bool:
    """Whether a text has nothing of a claim file: no line that opens a table or gives a key, no known columns."""
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and not any(map(_TOML.match, lines)) and not _looks_like_columns(lines)


def _looks_like_columns(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if not line.lstrip().startswith("#")), "")
    cells = {cell.strip().strip('"').lower() for cell in re.split("[,;\t]", first)}
    return len(cells & _COLUMNS) > 1


def _looks_like_csv(text: str) -> bool:
    """Whether the first line that says something is a row of column names, which TOML never begins with."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return "," in first and "=" not in first and not first.startswith("[")


def shipped() -> ClaimFile:
    """The claim sets that come with the package, as one."""
    from ipmetrics import datasets  # noqa: PLC0415 - only without arguments

    return datasets.load_all()


def _prefixes(files: Sequence[ClaimFile | Article]) -> list[str]:
    """What the claims of each file are named after; of one file alone they keep their names."""
    if len(files) == 1:
        return [""]
    stems = [Path(file.name).stem for file in files]
    names = [file.name if stems.count(stem) > 1 else stem for file, stem in zip(files, stems, strict=True)]
    return [f"{name}:" for name in names]


def dossier(files: Sequence[ClaimFile | Article]) -> list[Claim]:
    """All claims in order, of articles the sure ones; of several files each claim is named after its file."""
    if len(files) == 1 and not is_article(files[0]):
        return list(files[0])
    return [each.apart for each in readings(files) if each.is_sure]


def readings(files: Sequence[ClaimFile | Article]) -> list[Made]:
    """All claims with their doubts, in order; those of claim files have none."""
    import attrs  # noqa: PLC0415 - help and mistakes need none of it

    from ipmetrics.prose.article import Made  # noqa: PLC0415 - the same
    from ipmetrics.prose.mixing import beside  # noqa: PLC0415 - the same

    made: list[Made] = []
    for file, prefix in zip(files, _prefixes(files), strict=True):
        mine: Sequence[Made] = (
            beside(file.made, [each.claim for each in made], file.name)
            if is_article(file)
            else [Made(claim, claim) for claim in file]
        )
        for place, each in enumerate(mine, start=1):
            name = f"{prefix}{each.claim.id or place}" if prefix else each.claim.id
            claim, apart = attrs.evolve(each.claim, id=name), attrs.evolve(each.apart, id=name)
            made.append(attrs.evolve(each, claim=claim, apart=apart))
    return made


def unread(files: Sequence[ClaimFile | Article]) -> tuple[Passage, ...]:
    """What could not be read of the articles among them."""
    from ipmetrics.prose.judging import passages  # noqa: PLC0415 - only once there is work to do

    return tuple(
        passage
        for file in files
        if is_article(file)
        for passage in passages(file.unread, file.name if len(files) > 1 else None)
    )


def conventions_of(files: Sequence[ClaimFile | Article], rounding: str | None) -> Conventions | None:
    """The conventions that the files state, the rounding rule of the command line put in."""
    said = [(file.name, getattr(file, "conventions", None)) for file in files]
    stated = [(name, conventions) for name, conventions in said if conventions is not None]
    different = [name for name, conventions in stated if conventions != stated[0][1]]
    if different:
        names = f"{stated[0][0]} and {different[0]}"
        raise UnusableError([f"{names} state different conventions; make them agree or check them apart"])
    conventions = stated[0][1] if stated else None
    if rounding is None:
        return conventions
    import attrs  # noqa: PLC0415 - only if asked

    from ipmetrics.model.figures import Conventions, Rounding  # noqa: PLC0415 - the same

    return attrs.evolve(conventions or Conventions(), rounding=Rounding(rounding))
