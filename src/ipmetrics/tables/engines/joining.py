"""Numbers from other rows and other frames, brought to the rows that ask for them: joins, on every engine the same.

This room knows keys, labels and columns that are already numbers. Rows that find nothing keep a null; keys that find
two rows are refused, because nobody can tell which of them was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from ipmetrics.errors import Fault
from ipmetrics.tables.calls import operands_of
from ipmetrics.tables.places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ipmetrics.tables.calls import Call
    from ipmetrics.tables.places import Labels, Sum

__all__ = ["carries", "collected", "duplicates", "looked_up", "repeated_keys", "summed", "years_of"]

Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])

_SHOWN = 5
_KEY = "__ipm_key_"
_ONE = "__ipm_one"


def carries(schema: nw.Schema, labels: Labels) -> nw.Expr | None:
    """Return where a row carries these labels; None if every row does."""
    found: nw.Expr | None = None
    for column, allowed in labels:
        text = schema[column] in (nw.String, nw.Categorical, nw.Enum, nw.Object)
        values = [str(label) if text else label for label in allowed]
        mine = nw.col(column).is_in(values)
        found = mine if found is None else found & mine
    return found


def collected(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return the rows themselves."""
    if isinstance(frame, nw.DataFrame):
        return frame
    if frame.implementation.is_polars():
        return frame.collect(engine="streaming")
    backend: Any = "pandas" if frame.implementation.is_duckdb() else None  # DuckDB would ask for pyarrow
    return frame.collect(backend=backend)


def looked_up(main: Frame, source: Frame, place: Place, columns: Mapping[str, str], schema: nw.Schema) -> Frame:
    """Return ``main`` with columns of the one row of ``source`` that a place finds for each row.

    ``columns`` are the source's columns and the names they get; a row that finds none keeps nulls. ``schema`` has the
    types of the source's columns. Auxiliary columns stay behind, under names that nobody else uses.
    """
    found, keys = _candidates(source, place, schema)
    left_on = list(place.keys) or ([] if place.over else [_ONE])
    if place.over is not None:
        name = f"{_KEY}{place.over}_{place.by}"
        main = main.with_columns((years_of(place.over, schema) - place.by).alias(name))
        left_on.append(name)
    elif not place.keys:
        main = _one_key(main)
    right = found.select(
        *(nw.col(key).alias(f"{_KEY}found_{at}") for at, key in enumerate(keys)),
        *(nw.col(old).alias(new) for old, new in columns.items()),
    )
    return main.join(right, how="left", left_on=left_on, right_on=[f"{_KEY}found_{at}" for at in range(len(keys))])


def summed(
    main: Frame,
    source: Frame,
    parts: Sum,
    sums: Mapping[str, str],
    largest: Mapping[str, str],
    schema: nw.Schema,
) -> Frame:
    """Return ``main`` with sums, and largest values, of columns over the rows that a sum ranges over."""
    within = carries(schema, parts.labels)
    if within is not None:
        source = source.filter(within)
    keys = parts.keys or (_ONE,)
    if not parts.keys:
        source, main = _one_key(source), _one_key(main)
    for key in parts.keys:
        source = source.filter(~nw.col(key).is_null())
    grouped = source.group_by(*keys).agg(
        *(nw.col(old).sum().alias(new) for old, new in sums.items()),
        *(nw.col(old).max().alias(new) for old, new in largest.items()),
    )
    found = [f"{_KEY}found_{at}" for at in range(len(keys))]
    right = grouped.rename(dict(zip(keys, found, strict=True)))
    return main.join(right, how="left", left_on=list(keys), right_on=found)


def repeated_keys(call: Call) -> list[Fault]:
    """Say which keys of a call find more than one row, for every place that is looked up."""
    places: dict[object, Place] = {}
    for asked in call.asked:
        for place in operands_of(asked.relation):
            if isinstance(place, Place) and not place.here:
                places.setdefault((id(place.frame), place.labels, place.keys, place.over), place)
    faults = (duplicates(call.source(place), place) for place in places.values())
    return [fault for fault in faults if fault is not None]


def duplicates(source: nw.DataFrame[Any] | nw.LazyFrame[Any], place: Place) -> Fault | None:
    """Say which keys of one place find more than one row."""
    found, keys = _candidates(source, place, source.collect_schema())
    counted = found.group_by(*keys).agg(nw.len().alias(_KEY + "rows")).filter(nw.col(_KEY + "rows") > 1)
    rows = collected(counted.head(_SHOWN + 1))
    if not len(rows):
        return None
    shown = [
        ", ".join(f"{key}={row[key]!r}" for key in keys if not key.startswith(_KEY) and key != _ONE)
        for row in rows.rows(named=True)
    ]
    told = "; ".join(sorted(filter(None, shown))[:_SHOWN]) or "several rows carry the labels"
    more = "; …" if len(shown) > _SHOWN else ""
    return Fault(
        f"column {place.column!r}",
        f"the keys {_words(place)} find one row each: found more for {told}{more}; "
        "add a key, or drop the repeated rows",
    )


def _words(place: Place) -> str:
    labels = [f"{column}={'/'.join(map(str, allowed))}" for column, allowed in place.labels]
    keys = [*place.keys, *([place.over] if place.over else []), *labels]
    return "(" + ", ".join(keys) + ")"


def _candidates(source: Any, place: Place, schema: nw.Schema) -> tuple[Any, Sequence[str]]:  # noqa: ANN401 - either kind
    """Return the rows that may be found, and the columns that tell them apart."""
    within = carries(schema, place.labels)
    if within is not None:
        source = source.filter(within)
    keys = [*place.keys, *([place.over] if place.over else [])]
    if not keys:
        source, keys = _one_key(source), [_ONE]
    if place.over is not None and not schema[place.over].is_integer():
        source = source.with_columns(years_of(place.over, schema).alias(place.over))
    for key in keys:
        source = source.filter(~nw.col(key).is_null())
    return source, keys


def years_of(column: str, schema: nw.Schema) -> nw.Expr:
    """Return a column of years as whole numbers, also where they were read as strings; null where there is none."""
    years = nw.col(column)
    if schema[column].is_integer():
        return years
    plain = years.str.contains("^[0-9]{1,9}$")
    return nw.when(plain).then(nw.when(plain).then(years).otherwise(nw.lit("0")).cast(nw.Int64))


def _one_key(frame: Any) -> Any:  # noqa: ANN401 - either kind of frame
    """Give every row the same key, for where there is none."""
    return frame.with_columns(nw.lit(1).alias(_ONE))
