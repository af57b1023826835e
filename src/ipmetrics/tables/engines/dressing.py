"""The columns of an answer put on the frame that was given, in the kind it came in, rows and index as they were.

Codes become words here and nowhere else: a categorical for pandas, an enumeration for polars, a dictionary for
pyarrow, plain strings elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from ipmetrics.tables.verdicts import RowReason, RowVerdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ipmetrics.tables.engines.eager import Answer

__all__ = ["REASONS", "VERDICTS", "dressed"]

VERDICTS = [str(verdict) for verdict in RowVerdict]
REASONS = [str(reason) for reason in RowReason]


def dressed(frame: nw.DataFrame[Any], answers: Mapping[str, Answer], output: Sequence[str]) -> nw.DataFrame[Any]:
    """Return the frame with the columns of every answer after its own."""
    columns: dict[str, Any] = {}
    for name, answer in answers.items():
        for kind in output:
            values = getattr(answer, kind)
            if kind == "verdict":
                columns[f"{name}_verdict"] = _words(frame, values, VERDICTS)
            elif kind == "reason":
                columns[f"{name}_reason"] = _words(frame, values.astype(np.int8) - np.int8(1), REASONS)
            else:
                columns[f"{name}_{kind}"] = values
    return _put_on(frame, columns)


def _words(frame: nw.DataFrame[Any], codes: NDArray[np.int8], words: list[str]) -> Any:  # noqa: ANN401 - a native column
    """Return a native column of words, null where the code is below 0."""
    implementation = frame.implementation
    if implementation.is_pandas():
        import pandas as pd  # noqa: PLC0415 - only where the frame is one of pandas

        return pd.Categorical.from_codes(codes, pd.Index(words))
    if implementation.is_polars():
        import polars as pl  # noqa: PLC0415 - only where the frame is one of polars

        where = (
            pl.Series(codes.astype(np.int64)).to_frame("code").select(pl.when(pl.col("code") >= 0).then(pl.col("code")))
        )
        return pl.Series(words, dtype=pl.Enum(words)).gather(where["code"])
    if implementation.is_pyarrow():
        import pyarrow as pa  # noqa: PLC0415 - only where the frame is one of pyarrow

        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(words))
    table = np.array([*words, None], dtype=object)
    return table[codes]


def _put_on(frame: nw.DataFrame[Any], columns: Mapping[str, Any]) -> nw.DataFrame[Any]:
    """Append native columns by position."""
    native = nw.to_native(frame)
    implementation = frame.implementation
    if implementation.is_pyarrow():
        for name, values in columns.items():
            native = native.append_column(name, [values])
    elif implementation.is_polars():
        import polars as pl  # noqa: PLC0415 - only where the frame is one of polars

        native = native.with_columns([pl.Series(name, values, nan_to_null=True) for name, values in columns.items()])
    else:
        native = native.assign(**columns)
    return nw.from_native(native, eager_only=True)
