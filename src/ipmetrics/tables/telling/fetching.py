"""The few rows that are told in words, fetched from a checked table by small queries, with the cells they rest on.

This room knows engines, positions and keys: it filters first and reads what is left. What the cells imply is worked
out next door, in `one_row`; every verdict was decided before.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.engines.joining import carries, years_of
from ipmetrics.tables.places import Place, Sum
from ipmetrics.tables.verdicts import RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ipmetrics.tables.calls import Asked, Call
    from ipmetrics.tables.places import Labels
    from ipmetrics.tables.telling.tallies import Tally

__all__ = ["POSITION", "Picked", "brought", "label_columns", "picked", "rows_found", "tallied"]

POSITION = "__ipm_position"
_COUNT = "__ipm_rows"
_SAMPLE = 1000
_MOST_LABELS = 4
MOST_PARTS = 20_000
"""A sum over more different cells than this is not added up again for a report."""


def brought(frame: Any) -> nw.DataFrame[Any]:  # noqa: ANN401 - either kind of frame of narwhals
    """Return the rows of a small frame in memory, by whatever keeps their types."""
    if not isinstance(frame, nw.LazyFrame):
        found: nw.DataFrame[Any] = frame
        return found
    if frame.implementation.is_polars():
        return frame.collect(engine="streaming")
    if frame.implementation.is_dask():
        return frame.collect()
    return frame.collect(backend="pyarrow" if find_spec("pyarrow") else "pandas")


# ------------------------------------------------------------------------------ counting


def tallied(frame: Any, names: Sequence[str], *, reasons: bool) -> Tally:  # noqa: ANN401 - either kind of frame of narwhals
    """Count the rows of each combination of verdicts, in one pass over the result columns."""
    kinds = ("verdict", "reason") if reasons else ("verdict",)
    columns = [f"{name}_{kind}" for name in names for kind in kinds]
    found: Tally = Counter()
    for row, count in _grouped(frame, columns):
        verdicts = [_word(RowVerdict, row[f"{name}_verdict"]) for name in names]
        whys = [_word(RowReason, row[f"{name}_reason"]) if reasons else None for name in names]
        found[tuple(zip(verdicts, whys, strict=True))] += count
    return found


def _grouped(frame: Any, columns: list[str]) -> Iterable[tuple[Mapping[str, Any], int]]:  # noqa: ANN401 - as above
    if frame.implementation.is_dask():
        yield from _grouped_by_parts(frame, columns)
        return
    counted = brought(frame.group_by(*columns).agg(nw.len().alias(_COUNT)))
    for row in counted.rows(named=True):
        yield row, int(row[_COUNT])


def _grouped_by_parts(frame: Any, columns: list[str]) -> Iterable[tuple[Mapping[str, Any], int]]:  # noqa: ANN401 - a frame of Dask
    """Count in each partition, so that no rows travel."""
    from dask.base import compute  # noqa: PLC0415 - only where the frame is one of Dask
    from dask.delayed import delayed  # noqa: PLC0415 - as above

    def counted(part: Any) -> list[tuple[Mapping[str, Any], int]]:  # noqa: ANN401 - a frame of pandas
        return list(_grouped(nw.from_native(part, eager_only=True), columns))

    for rows in compute(*(delayed(counted)(part) for part in nw.to_native(frame)[columns].to_delayed())):
        yield from rows


def _word(kind: Any, text: object) -> Any:  # noqa: ANN401 - a verdict, a reason, or None
    """Return what a word of a result column means; anything else is the null of some engine."""
    return kind(text) if isinstance(text, str) else None


# ------------------------------------------------------------------------------ picking


@attrs.frozen
class Picked:
    """Rows that were picked: their cells, positions (None where there is no order), labels and reasons."""

    frame: nw.DataFrame[Any]
    positions: tuple[int | None, ...]
    labels: tuple[tuple[tuple[str, Any], ...], ...]
    reasons: tuple[RowReason | None, ...]


def picked(
    call: Call,
    checked: Any,  # noqa: ANN401 - either kind of frame of narwhals
    asked: Asked,
    where: tuple[RowVerdict, RowReason | None],
    labels: Sequence[str],
    *,
    limit: int | None,
    offset: int = 0,
) -> Picked:
    """Return the first rows in which a formula has this verdict, for this reason if one is given.

    ``labels`` are the columns that tell rows apart, ``offset`` how many rows of the table stand before this part.
    """
    verdict, reason = where
    chosen = nw.col(f"{asked.name}_verdict") == str(verdict)
    if reason is not None:
        chosen &= nw.col(f"{asked.name}_reason") == str(reason)
    told = [f"{asked.name}_reason"] if "reason" in call.output else []
    columns = list(dict.fromkeys([*_columns_of_row(call, asked), *labels, *told]))
    if isinstance(checked, nw.DataFrame):
        frame, places = _gathered(checked, chosen, columns, limit)
        positions: list[int | None] = [offset + place for place in places]
        index = _index_labels(checked, places)
    else:
        frame, positions = _queried(checked, chosen, columns, limit)
        index = ()
    words = frame.get_column(told[0]).to_list() if told else [None] * len(frame)
    return Picked(
        frame, tuple(positions), index or _labels_of(frame, labels), tuple(_word(RowReason, word) for word in words)
    )


def _columns_of_row(call: Call, asked: Asked) -> list[str]:
    """Return what a formula needs of the row itself: its cells there, and what finds other rows."""
    names: list[str] = []
    for operand in operands_of(asked.relation):
        if isinstance(operand, Place):
            names += [call.physical(operand.column)] if operand.here else []
            names += [*operand.keys, *([operand.over] if operand.over else [])]
        elif isinstance(operand, Sum):
            names += [call.physical(operand.column), *operand.keys, *(column for column, _ in operand.labels)]
    return names


def _gathered(
    checked: nw.DataFrame[Any], chosen: nw.Expr, columns: list[str], limit: int | None
) -> tuple[nw.DataFrame[Any], list[int]]:
    """Pick rows of a frame in memory by their positions, so that nothing else of it is touched."""
    places = checked.select(chosen.alias(POSITION)).get_column(POSITION).fill_null(value=False).arg_true()
    places = places.head(limit) if limit is not None else places
    positions = [int(place) for place in places.to_list()]
    return checked.select(*columns)[positions, :], positions


def _queried(
    checked: nw.LazyFrame[Any], chosen: nw.Expr, columns: list[str], limit: int | None
) -> tuple[nw.DataFrame[Any], list[int | None]]:
    """Pick rows by a query; of lazy engines only polars has an order in which rows have positions."""
    ordered = checked.implementation.is_polars()
    if ordered:
        checked = nw.from_native(nw.to_native(checked).with_row_index(POSITION))
    found = checked.filter(chosen).select(*([POSITION] if ordered else []), *columns)
    frame = brought(found if limit is None else found.head(limit))
    return frame, frame.get_column(POSITION).to_list() if ordered else [None] * len(frame)


def _labels_of(frame: nw.DataFrame[Any], labels: Sequence[str]) -> tuple[tuple[tuple[str, Any], ...], ...]:
    if not labels:
        return ((),) * len(frame)
    cells = zip(*(frame.get_column(name).to_list() for name in labels), strict=True)
    return tuple(tuple((name, _plain(cell)) for name, cell in zip(labels, row, strict=True)) for row in cells)


def _index_labels(frame: nw.DataFrame[Any], positions: list[int]) -> tuple[tuple[tuple[str, Any], ...], ...]:
    """Return what the index of pandas calls these rows, where it is more than their numbers."""
    index = nw.maybe_get_index(frame)
    if index is None or type(index).__name__ == "RangeIndex":
        return ()
    names = [str(name) if name is not None else "index" for name in index.names]
    found = []
    for label in index[positions].to_list():
        cells = label if isinstance(label, tuple) else (label,)
        found.append(tuple((name, _plain(cell)) for name, cell in zip(names, cells, strict=True)))
    return tuple(found)


def _plain(cell: Any) -> Any:  # noqa: ANN401 - what a frame holds
    """Return a label as Python has it: text, a whole number, None, or its text."""
    cell = cell.item() if hasattr(cell, "item") else cell
    if cell is None or cell != cell or isinstance(cell, str | bool):  # noqa: PLR0124 - so is NaN found
        return cell if isinstance(cell, str | bool) else None
    if isinstance(cell, int) or (isinstance(cell, float) and cell.is_integer()):
        return int(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def label_columns(call: Call, frame: Any) -> tuple[str, ...]:  # noqa: ANN401 - either kind of frame of narwhals
    """Return the columns that tell rows apart, as the first rows show.

    The columns by which formulas choose rows come first, then those of text, then those of years, each from left to
    right. Columns of figures are none, and where pandas has an index of its own that is enough.
    """
    if (index := nw.maybe_get_index(frame)) is not None and type(index).__name__ != "RangeIndex":
        return ()
    figures = {call.physical(name) for name in call.columns}
    keys: set[str | None] = set()
    for asked in call.asked:
        keys |= {column for column, _ in asked.formula.where}
        for operand in operands_of(asked.relation):
            if isinstance(operand, Place | Sum):
                figures.add(call.physical(operand.column))
                keys |= {*operand.keys, *(column for column, _ in operand.labels)}
                keys.add(operand.over if isinstance(operand, Place) else operand.others)
    schema = frame.collect_schema()
    names = [name for name in schema.names() if name in keys or (name not in figures and _may_tell(schema[name]))]
    sample = brought(frame.select(*names).head(_SAMPLE)) if names else None
    if sample is None or not len(sample):
        return ()
    cells = {name: [_plain(cell) for cell in sample.get_column(name).to_list()] for name in names}
    kinds = {name: _KEY if name in keys else _kind_of(cells[name]) for name in names}
    ordered = sorted((name for name in names if kinds[name]), key=lambda name: kinds[name] or 0)
    return _distinct(cells, ordered, whole=len(sample) < _SAMPLE)


_KEY, _TEXT, _YEARS = 1, 2, 3
_NUMERAL = re.compile(r"[+\-−–]?[0-9][0-9.,  ]*[%‰]?")
_YEAR = re.compile(r"(1[6-9]|20)[0-9]{2}")


def _may_tell(dtype: Any) -> bool:  # noqa: ANN401 - a dtype of narwhals
    return dtype.is_integer() or dtype in (nw.String, nw.Categorical, nw.Enum, nw.Date, nw.Object)


def _kind_of(cells: Sequence[Any]) -> int | None:
    """Say what kind of labels cells are; None where they are figures that no formula reads, or nothing."""
    texts = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
    if not texts:
        return None
    if all(map(_YEAR.fullmatch, texts)):
        return _YEARS
    return None if sum(bool(_NUMERAL.fullmatch(text)) for text in texts) * 2 > len(texts) else _TEXT


def _distinct(cells: Mapping[str, Sequence[Any]], names: Sequence[str], *, whole: bool) -> tuple[str, ...]:
    """Take columns while they tell more rows apart; of a part of a table also those that are the same throughout."""
    chosen: list[str] = []
    rows: list[tuple[Any, ...]] = [()] * max(map(len, cells.values()))
    for name in names:
        if len(set(rows)) == len(rows) or len(chosen) == _MOST_LABELS:
            break
        wider = [(*row, cell) for row, cell in zip(rows, cells[name], strict=True)]
        constant = len(set(cells[name])) == 1
        if len(set(wider)) > len(set(rows)) or (constant and not whole):
            chosen, rows = [*chosen, name], wider
    return tuple(chosen or names[:1])


# ------------------------------------------------------------------------------ other rows


def rows_found(source: Any, operand: Place | Sum, column: str, rows: nw.DataFrame[Any]) -> list[list[tuple[Any, int]]]:  # noqa: ANN401 - a frame
    """Return for each row the cells of a column that a place finds, or a sum ranges over, each with how often.

    A sum over too many different cells finds none.
    """
    keys = list(operand.keys)
    over = operand.over if isinstance(operand, Place) else None
    asking = rows.rows(named=True)
    mine = [_key(row, keys, operand) for row in asking]
    source = _narrowed(source, operand, asking)
    wanted = list(dict.fromkeys([*keys, *([over] if over else []), column]))
    if source.implementation.is_dask():
        source = brought(source.select(*wanted))
    counted = brought(source.group_by(*wanted).agg(nw.len().alias(_COUNT)).head(MOST_PARTS + 1))
    if len(counted) > MOST_PARTS:
        return [[] for _ in mine]
    found: dict[tuple[Any, ...], list[tuple[Any, int]]] = {}
    for row in counted.rows(named=True):
        key = tuple(_plain(row[name]) for name in keys) + ((_year(row[over]),) if over else ())
        found.setdefault(key, []).append((row[column], int(row[_COUNT])))
    cells = [found.get(key, []) for key in mine]
    if isinstance(operand, Sum):
        return [
            _without(many, row[column]) if _carried(row, operand.labels) else many
            for many, row in zip(cells, asking, strict=True)
        ]
    return cells


def _key(row: Mapping[str, Any], keys: list[str], operand: Place | Sum) -> tuple[Any, ...]:
    found = tuple(_plain(row[name]) for name in keys)
    if isinstance(operand, Place) and operand.over:
        year = _year(row[operand.over])
        return (*found, None if year is None else year - operand.by)
    return found


def _year(cell: object) -> int | None:
    """Return a whole number, also of a text; None if it is none."""
    try:
        return int(str(_plain(cell)))
    except ValueError:
        return None


def _narrowed(source: Any, operand: Place | Sum, asking: Sequence[Mapping[str, Any]]) -> Any:  # noqa: ANN401 - a frame
    """Keep the rows that may be found for one of these."""
    within = carries(source.collect_schema(), operand.labels)
    source = source if within is None else source.filter(within)
    for name in operand.keys:
        source = source.filter(nw.col(name).is_in(list({row[name] for row in asking if _plain(row[name]) is not None})))
    if isinstance(operand, Place) and operand.over:
        years = years_of(operand.over, source.collect_schema())
        before = {_year(row[operand.over]) for row in asking} - {None}
        source = source.filter(years.is_in([year - operand.by for year in before if year is not None]))
    return source


def _carried(row: Mapping[str, Any], labels: Labels) -> bool:
    """Say whether a row carries some labels itself, and so is one of the rows that are summed up."""
    return all(str(_plain(row[column])) in {str(label) for label in allowed} for column, allowed in labels)


def _without(cells: list[tuple[Any, int]], own: object) -> list[tuple[Any, int]]:
    """Take the row's own cell out of a sum, once."""
    mine = next((place for place, (cell, _) in enumerate(cells) if cell == own), None)
    left = [(cell, count - (place == mine)) for place, (cell, count) in enumerate(cells)]
    return [(cell, count) for cell, count in left if count]
