"""Declarations and formulas written as the Python an analyst would have typed.

This room knows the signatures of `formulas` and `Column`, and reads relations back. What cannot be written, such as
another frame, is named by the word that the caller gave for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ipmetrics.rationals import format_number
from ipmetrics.tables.places import Constant, Linear, Place, Product, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.tables.columns import Column
    from ipmetrics.tables.formulas import Formula
    from ipmetrics.tables.places import Labels

__all__ = ["changes_of", "written_column", "written_formula"]


def changes_of(columns: Mapping[str, Column], formulas: Mapping[str, Formula], frames: Mapping[int, str]) -> str:
    """Return the statements that change the dictionaries ``columns`` and ``formulas`` of a call."""
    lines = [f"columns[{name!r}] = {written_column(column)}" for name, column in columns.items()]
    lines += [f"formulas[{name!r}] = {written_formula(formula, frames)}" for name, formula in formulas.items()]
    return "\n".join(lines)


def written_column(column: Column) -> str:
    """Write a declaration."""
    if column.step is None or column.step.denominator == 1:
        return repr(column)
    return repr(column).replace(repr(column.step), repr(format_number(column.step)))


def written_formula(formula: Formula, frames: Mapping[int, str]) -> str:
    """Write a formula; ``frames`` names the frames that it may look into."""
    relation = formula.relation
    if isinstance(relation, Product):
        written = _product(formula, relation, frames)
    else:
        written = _linear(formula, relation, frames)
    keywords = dict(written.keywords)
    if formula.about is not None:
        keywords["about"] = repr(formula.about)
    if written.where:
        keywords["where"] = _labels(written.where)
    words = [*written.positional, *(f"{name}={text}" for name, text in keywords.items())]
    return f"{formula.kind}({', '.join(words)})"


class _Written(NamedTuple):
    """The arguments of a formula, and the rows it applies to as far as they do not say it."""

    positional: list[str]
    keywords: dict[str, str]
    where: Labels


def _product(formula: Formula, relation: Product, frames: Mapping[int, str]) -> _Written:
    numerator = relation.numerator
    first = repr(numerator.column if numerator is not None else None)
    role = {"rate": "per", "multiple": "of", "share": "of", "growth": "since"}[formula.kind]
    keywords = {role: _operand(relation.reference, frames), **_pairing(relation.reference)}
    if relation.periods > 1:
        keywords["periods"] = str(relation.periods)
    return _Written([first], keywords, formula.where)


def _linear(formula: Formula, relation: Linear, frames: Mapping[int, str]) -> _Written:
    others: list[Any] = [term.operand for term in relation.terms[1:]]
    match formula.kind:
        case "at_most" | "same_as":
            return _Written([_operand(others[0], frames)], _pairing(others[0]), formula.where)
        case "difference":
            keywords = {"minus": _operand(others[1], frames), **_pairing(others[1])}
            return _Written([repr(others[0].column)], keywords, formula.where)
        case "running_total":
            keywords = {"since": _operand(others[0], frames)}
            if len(others) > 2:
                keywords["less"] = repr(others[2].column)
            return _Written([repr(others[1].column)], {**keywords, **_pairing(others[0])}, formula.where)
        case _:
            return _sum(formula, others, complete=relation.equal)


def _sum(formula: Formula, others: Sequence[Any], *, complete: bool) -> _Written:
    """Write a total, or what adds to a figure."""
    constants = [repr(_figure(operand)) for operand in others if isinstance(operand, Constant)]
    names = [repr(operand.column) for operand in others if isinstance(operand, Place)]
    ending = {} if complete else {"complete": "False"}
    sums = [operand for operand in others if isinstance(operand, Sum)]
    if not sums:
        return _Written(constants + names, ending, formula.where)
    parts, where = sums[0], formula.where
    keywords = {"over": repr(parts.others)}
    if constants:
        where = tuple(label for label in where if label not in parts.labels)
    else:  # the labels of the whole are among those of the rows it applies to
        keywords["of"], where = _row(None, where), ()
    if [name for name, _ in parts.labels] == [parts.others]:
        keywords["parts"] = repr(list(parts.labels[0][1]))
    elif parts.labels:
        keywords["parts"] = _labels(parts.labels)
    return _Written(constants, keywords | _keys("within", parts.keys) | ending, where)


def _figure(constant: Constant) -> str:
    return "100%" if constant.value == 1 else format_number(constant.value)


def _operand(operand: Any, frames: Mapping[int, str]) -> str:  # noqa: ANN401 - a place, or none
    """Write where another number is printed."""
    if operand is None:
        return "None"
    if operand.frame is not None:
        return frames.get(id(operand.frame), "other")
    if operand.over is not None:
        by = "" if operand.by == 1 else f", {operand.by}"
        column = f", column={operand.column!r}" if operand.column else ""
        return f"earlier({operand.over!r}{by}{column})"
    if operand.labels:
        return _row(operand.column or None, operand.labels)
    return repr(operand.column)


def _row(column: str | None, labels: Labels) -> str:
    first = "" if column is None else f"{column!r}, "
    told = {name: values[0] if len(values) == 1 else list(values) for name, values in labels}
    if all(name.isidentifier() for name in told):
        return f"row({first}{', '.join(f'{name}={value!r}' for name, value in told.items())})"
    return f"row({first}**{told!r})"


def _labels(labels: Labels) -> str:
    return repr({name: list(values) for name, values in labels})


def _pairing(place: Any) -> dict[str, str]:  # noqa: ANN401 - a place, or none
    if place is None or not place.keys:
        return {}
    return _keys("match" if place.frame is not None else "within", place.keys)


def _keys(word: str, keys: tuple[str, ...]) -> dict[str, str]:
    return {word: repr(keys[0] if len(keys) == 1 else list(keys))} if keys else {}
