"""One family of errors, for misuse only; a contradiction in what was printed is a finding, never an error.

Each message names the thing given, the rule it broke and the way out. Each class is also the builtin
type a caller would expect, keeps its parts as attributes, and survives pickling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ArticleError",
    "CatalogueError",
    "ClaimError",
    "ClaimFileError",
    "CutShortWarning",
    "Fault",
    "FigureSyntaxError",
    "FigureTypeError",
    "IpmetricsError",
    "PeriodError",
    "RegionError",
    "TableError",
    "UnitError",
]


class IpmetricsError(Exception):
    """The root of every error that ipmetrics raises on purpose.

    Parameters
    ----------
    given
        The thing that was given, as the caller wrote it.
    rule
        The rule it breaks, as a clause: ``"a figure is given as printed"``.
    way_out
        What to write instead, as a clause: ``'pass "3.5" or "3.50"'``.

    Examples
    --------
    >>> print(IpmetricsError("3.5", rule="a figure is given as printed", way_out='pass "3.5"'))
    a figure is given as printed: got 3.5; pass "3.5"
    """

    def __init__(self, given: object, *, rule: str, way_out: str) -> None:
        self.given = given
        self.rule = rule
        self.way_out = way_out
        super().__init__(f"{rule}: got {given}; {way_out}")

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the parts, because the parts are keyword-only."""
        return (_rebuild, (type(self), self.given, self.rule, self.way_out))


def _rebuild(kind: type[IpmetricsError], given: object, rule: str, way_out: str) -> IpmetricsError:
    return kind(given, rule=rule, way_out=way_out)


class FigureSyntaxError(IpmetricsError, ValueError):
    """A text that is no printed figure, or one that can be read in two ways."""


class FigureTypeError(IpmetricsError, TypeError):
    """A figure given as a float or another type that has lost how it was printed."""


class UnitError(IpmetricsError, ValueError):
    """An unknown unit, or two units or meanings that do not mix."""


class PeriodError(IpmetricsError, ValueError):
    """A period that does not exist or that cannot be told from its text."""


class RegionError(IpmetricsError, ValueError):
    """A region that contradicts itself, such as one that is part of itself."""


class ClaimError(IpmetricsError, ValueError):
    """A claim, or a set of claims, that says nothing that could be true or false."""


class ArticleError(IpmetricsError, ValueError):
    """What was given as an article is no text that can be read: a picture, an archive, or far too much."""


class CatalogueError(IpmetricsError, LookupError):
    """A name or code that the catalogue or the shipped datasets do not have."""


class Fault:
    """One fault of an input file: where it is, the rule and the way out.

    Parameters
    ----------
    where
        Path or line, such as ``claims[3].figure`` or ``line 12``.
    message
        What is wrong there, with the rule and the way out.
    """

    __slots__ = ("message", "where")

    def __init__(self, where: str, message: str) -> None:
        self.where = where
        self.message = message

    def __eq__(self, other: object) -> bool:
        """Two faults are the same when they say the same of the same place."""
        if not isinstance(other, Fault):
            return NotImplemented
        return (self.where, self.message) == (other.where, other.message)

    def __hash__(self) -> int:
        """Hash by what is compared."""
        return hash((self.where, self.message))

    def __repr__(self) -> str:
        """Read back."""
        return f"Fault({self.where!r}, {self.message!r})"

    def __str__(self) -> str:
        """One line: where, then what."""
        return f"{self.where}: {self.message}"


class ClaimFileError(IpmetricsError, ValueError):
    """Every fault of one claim file, at once; nothing of the file was read.

    Parameters
    ----------
    name
        The file, as the caller named it.
    faults
        All faults, in the order of the file.
    """

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = tuple(faults)
        count = len(self.faults)
        super().__init__(
            name,
            rule=f"a claim file is read whole or not at all ({count} fault{'s' * (count != 1)})",
            way_out="mend:\n" + "\n".join(f"  {fault}" for fault in self.faults),
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from name and faults."""
        return (type(self), (self.name, self.faults))


class TableError(IpmetricsError, ValueError):
    """A table, a column or a formula that cannot be asked about so; all that is wrong with one call at once.

    Parameters
    ----------
    given, rule, way_out
        As for every error of the family.
    faults
        What is wrong, each with its place, where there may be several: in the order of the call.
    """

    def __init__(self, given: object, *, rule: str, way_out: str, faults: Iterable[Fault] = ()) -> None:
        self.faults = tuple(faults)
        if self.faults:
            way_out = "\n".join((way_out + ":", *(f"  {fault}" for fault in self.faults)))
        super().__init__(given, rule=rule, way_out=way_out)

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the parts; the way out tells the faults already."""
        return (_rebuild_table, (self.given, self.rule, self.way_out, self.faults))


def _rebuild_table(given: object, rule: str, way_out: str, faults: tuple[Fault, ...]) -> TableError:
    error = TableError(given, rule=rule, way_out=way_out)
    error.faults = faults
    return error


class CutShortWarning(UserWarning):
    """What was told one by one is not all there is, or may not be: a limit was hit, or something was not decided.

    Examples
    --------
    >>> import warnings
    >>> import ipmetrics as ipm
    >>> granted = ipm.Indicator("patents granted", unit="patent", whole=True).at("Haidian", 2021)
    >>> claims = [ipm.Level(granted, figure) for figure in ("40,455", "40,545", "44,055")]
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     found = list(ipm.conflicts(claims, limit=2))
    >>> len(found), told[0].category.__name__
    (2, 'CutShortWarning')
    """
