"""Fitting: a tree read from TOML or a table is held against shapes; what does not fit becomes a fault.

Every value is looked at, so that all faults of form come out at once. This room knows shapes, not claim
files.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, assert_never

from ipmetrics.claimfile.faults import Faults, Path, described, nearest
from ipmetrics.claimfile.shapes import (
    WORD,
    Choice,
    Day,
    Either,
    Exact,
    ListOf,
    MapOf,
    Named,
    Shape,
    Switch,
    Table,
    Text,
    Variants,
    Whole,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ipmetrics.claimfile.shapes import Key

__all__ = ["DEEPEST", "fit"]

DEEPEST: Final = 8
"""How deep a shape may be used within itself, as one_of in one_of, and definitions upon definitions."""

_MISFIT: Final = object()


def fit(tree: object, shape: Shape, faults: Faults, *, words: bool = True) -> dict[str, Any]:
    """What of a tree fits a table's shape; all else is noted as faults.

    Parameters
    ----------
    tree
        Tables as dicts, lists, text, whole numbers, switches, dates.
    shape
        Of a table.
    faults
        Where misfits are noted.
    words
        Whether keys that paths refer to must be words; in a table of claims any text is a name.
    """
    kept = _Fitting(faults, words=words).value(tree, shape, ())
    return kept if isinstance(kept, dict) else {}


class _Fitting:
    def __init__(self, faults: Faults, *, words: bool) -> None:
        self._faults = faults
        self._words = words

    def value(self, given: Any, shape: Shape, path: Path) -> Any:  # noqa: ANN401, C901, PLR0912 - a case a shape
        """The value as the shape wants it, or _MISFIT once its fault is noted."""
        match shape:
            case Named():
                if len(path) > 1 and isinstance(path[-2], str) and path.count(path[-2]) > DEEPEST:
                    return self._misfit(path, "another level", f"nesting goes {DEEPEST} deep", "say it flatter")
                return self.value(given, shape.of(), path)
            case Either(options):
                fitting = (option for option in options if _takes(option, given))
                return self.value(given, next(fitting, options[0]), path)
            case Text():
                return self._text(given, shape, path)
            case Choice(words):
                return self._choice(given, words, path)
            case Whole():
                return self._whole(given, shape, path)
            case Switch():
                if isinstance(given, bool):
                    return given
                return self._misfit(path, described(given), "a switch is true or false", "write true or false")
            case Day():
                return self._day(given, path)
            case Exact():
                return self._exact(given, shape, path)
            case ListOf():
                return self._list(given, shape, path)
            case MapOf():
                return self._map(given, shape, path)
            case Table():
                return self._table(given, shape.name, shape.keys, path)
            case Variants():
                return self._variants(given, shape, path)
            case _:
                assert_never(shape)

    def _misfit(self, path: Path, given: str, rule: str, way_out: str) -> object:
        self._faults.add(path, given, rule=rule, way_out=way_out)
        return _MISFIT

    def _text(self, given: object, shape: Text, path: Path) -> object:
        if isinstance(given, str):
            if shape.empty or given.strip():
                return given
            return self._misfit(path, described(given), shape.rule, "write some, or leave the key out")
        shown = described(given)
        bare = re.sub(r"^the \w+ ", "", shown)
        key = f"{path[-1]} = " if path and isinstance(path[-1], str) else ""
        way_out = "write text in quotes" if isinstance(given, (dict, list)) else f'write {key}"{bare}"'
        return self._misfit(path, shown, shape.rule, way_out)

    def _choice(self, given: object, words: tuple[str, ...], path: Path) -> object:
        if isinstance(given, str) and given in words:
            return given
        near = nearest(given, words) if isinstance(given, str) else None
        listed = ", ".join(f'"{word}"' for word in words)
        rule = f"this is one of {listed}" if len(words) > 1 else f"this can only be {listed}"
        return self._misfit(path, described(given), rule, f'did you mean "{near}"?' if near else f'write "{words[0]}"')

    def _whole(self, given: object, shape: Whole, path: Path) -> object:
        least, most = shape.least, shape.most
        if isinstance(given, int) and not isinstance(given, bool):
            if (least is None or given >= least) and (most is None or given <= most):
                return given
            ends = f"at least {least}" if most is None else f"from {least} to {_power(most)}"
            return self._misfit(path, described(given), f"this number is {ends}", "write one that is")
        return self._misfit(path, described(given), "this is a whole number", "write it in digits, without quotes")

    def _day(self, given: object, path: Path) -> object:
        if isinstance(given, date) and not isinstance(given, datetime):
            return given
        if isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given.strip()):
            try:
                return date.fromisoformat(given.strip())
            except ValueError:
                pass
        rule = "a date is a day that exists"
        return self._misfit(path, described(given), rule, "write year, month and day: 2022-04-30")

    def _exact(self, given: object, shape: Exact, path: Path) -> object:
        if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
            return Fraction(given)
        if isinstance(given, str) and re.match(shape.pattern, given):
            number = given.strip()
            per = 100 if number.endswith("%") else 1
            return Fraction(number.removesuffix("%").strip()) / per
        rule = "this is an exact number, zero or more"
        return self._misfit(
            path, described(given), rule, 'write a whole number, or text such as "0.05", "1/20" or "5%"'
        )

    def _list(self, given: object, shape: ListOf, path: Path) -> object:
        if not isinstance(given, list):
            return self._misfit(path, described(given), "this is a list", "write it in brackets: [ … ]")
        if len(given) < shape.least or (shape.most is not None and len(given) > shape.most):
            few, many = shape.least, shape.most
            so_many = f"{few} or more" if many is None else f"{few}" if few == many else f"{few} to {many}"
            return self._misfit(path, f"{len(given)}", f"this list has {so_many} entries", f"give {so_many}")
        kept = [self.value(item, shape.item, (*path, place)) for place, item in enumerate(given)]
        return [None if item is _MISFIT else item for item in kept]

    def _map(self, given: object, shape: MapOf, path: Path) -> object:
        if not isinstance(given, dict):
            return self._misfit(
                path, described(given), f"{shape.name} is a table", "write key = value below its header"
            )
        kept = {}
        for key, item in given.items():
            here = (*path, key)
            if shape.references and self._words and not re.match(WORD, key):
                rule = "a key that paths refer to is a word: no blank, dot, comma, bracket, quote or equals sign"
                self._misfit(here, described(key), rule, "write a short key, and the name as its label")
            fitted = self.value(item, shape.item, here)
            if fitted is not _MISFIT:
                kept[key] = fitted
            elif shape.references:
                kept[key] = {}  # a name that is at fault is declared all the same
        return kept

    def _table(
        self, given: object, name: str, keys: Mapping[str, Key], path: Path, *, also: Iterable[str] = ()
    ) -> object:
        if not isinstance(given, dict):
            return self._misfit(path, described(given), f"{name} is a table", "write { key = value, … }")
        kept = {}
        for key, item in given.items():
            here = (*path, key)
            if key not in keys:
                near = nearest(key, [*keys, *also])
                hint = f'did you mean "{near}"?' if near else f"take it out; there is {', '.join(keys)}"
                self._misfit(here, described(key), f"{name} has no such key", hint)
                continue
            fitted = self.value(item, keys[key].shape, here)
            if fitted is not _MISFIT:
                kept[key] = fitted
        missing = [key for key, what in keys.items() if what.required and key not in given]
        for key in missing:
            self._misfit((*path, key), "none", f'{name} says its "{key}"', f"give {key}: {keys[key].doc}")
        return kept

    def _variants(self, given: object, shape: Variants, path: Path) -> object:
        if not isinstance(given, dict):
            return self._misfit(path, described(given), f"{shape.name} is a table", "write { key = value, … }")
        found = [kind for kind in shape.kinds if kind in given]
        if len(found) > 1:
            both = " and ".join(found)
            return self._misfit(path, both, f"{shape.name} is one of {', '.join(shape.kinds)}", "split it into several")
        if found:
            keys = {**shape.kinds[found[0]], **shape.common}
            return self._table(given, f'{shape.name} with "{found[0]}"', keys, path)
        if shape.plain is not None:
            return self._table(given, shape.name, {**shape.plain, **shape.common}, path, also=shape.kinds)
        for key in given:
            near = nearest(key, shape.kinds)
            if key not in shape.common and near:
                rule = f"{shape.name} has no such key"
                return self._misfit((*path, key), described(key), rule, f'did you mean "{near}"?')
        shown = ", ".join(given) or "an empty table"
        return self._misfit(path, shown, f"{shape.name} says one thing", f"give one of {', '.join(shape.kinds)}")


def _power(number: int) -> str:
    return str(number) if number < 10**6 else f"10^{len(str(number)) - 1}"


def _takes(shape: Shape, given: object) -> bool:
    """Whether a value is of the type that a shape is about, be it right or wrong."""
    match shape:
        case Text() | Choice():
            return isinstance(given, str)
        case Whole():
            return isinstance(given, int) and not isinstance(given, bool)
        case Day():
            return isinstance(given, date) and not isinstance(given, datetime)
        case ListOf():
            return isinstance(given, list)
        case Table() | Variants() | MapOf():
            return isinstance(given, dict)
        case Named():
            return _takes(shape.of(), given)
        case Switch() | Exact() | Either():
            return False
        case _:
            assert_never(shape)
