"""SDMX messages that are no tables: SDMX-ML through the library sdmx1, SDMX-JSON beside it.

This room knows where sdmx1 keeps keys, values and attributes, and reads what it passes over: the action of a data
set. It never asks the network.
"""

from __future__ import annotations

import importlib
import io
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ipmetrics.errors import TableError
from ipmetrics.tables.readers.actions import ACTION, carried_out
from ipmetrics.tables.readers.contents import Faults, bytes_of, decoded, refuse
from ipmetrics.tables.readers.observations import ATTRIBUTES, VALUE, observed
from ipmetrics.tables.readers.sdmx_json import Message, rows_of_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ipmetrics.tables.readers.contents import Source
    from ipmetrics.tables.readers.printed import Table

__all__ = ["read_sdmx"]

_ASK_FOR_CSV: Final = "ask the service for SDMX-CSV, and read that with read_sdmx_csv()"
_BEGINS_XML: Final = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def read_sdmx(source: Source, *, key: Sequence[str] | None = None) -> Table:
    r"""Read an SDMX-ML or SDMX-JSON data message, its attributes put to use as by `read_sdmx_csv`.

    SDMX-ML (2.1 generic and structure-specific; 3.0 as far as sdmx1 reads it) keeps values as they are written, and
    so do numbers of SDMX-JSON here: ``12.50`` stays ``12.50``. Structure-specific messages do not say which of their
    components are dimensions: all but the known attributes of series are taken so, unless ``key=`` says.

    Parameters
    ----------
    source
        A path, or a file that is open for reading.
    key
        The dimensions, where the message does not tell them from attributes.

    Returns
    -------
    Table
        One observation a row, the value in ``OBS_VALUE``.

    Raises
    ------
    TableError
        If the library sdmx1 is not there (SDMX-ML only), or the message holds no data or cannot be read.

    Examples
    --------
    >>> import io
    >>> import json
    >>> dimensions = [{"id": "GEO", "values": [{"id": "AT"}]}, {"id": "TIME_PERIOD", "values": [{"id": "2020"}]}]
    >>> structure = {"dimensions": {"observation": dimensions}}
    >>> message = {"data": {"structure": structure, "dataSets": [{"observations": {"0:0": [105]}}]}}
    >>> read_sdmx(io.StringIO(json.dumps(message))).frame.to_dict("records")
    [{'GEO': 'AT', 'TIME_PERIOD': '2020', 'OBS_VALUE': '105', 'OBS_VALUE_RAW': '105'}]
    """
    name, held = bytes_of(source)
    start = held[:64].lstrip()
    if start.startswith(_BEGINS_XML) if isinstance(start, bytes) else start.lstrip("\ufeff").startswith("<"):
        message = _rows_of_xml(held.encode() if isinstance(held, str) else held, name)
    elif "{" in (start if isinstance(start, str) else start.decode("latin-1"))[:4]:
        message = rows_of_json(decoded(held, name, "utf-8-sig"), name)
    else:
        way_out = "read SDMX-CSV with read_sdmx_csv()"
        raise refuse(name, name, "neither", rule="an SDMX message is XML or JSON", way_out=way_out)
    if not message.rows:
        raise refuse(name, name, "none", rule="a data message holds observations", way_out=_ASK_FOR_CSV)
    return _table(message, name, key)


def _table(message: Message, name: str, key: Sequence[str] | None) -> Table:
    import pandas as pd  # noqa: PLC0415 - slow to import, and wanted only here

    dimensions = tuple(key) if key is not None else message.dimensions
    others = dict.fromkeys(component for row in message.rows for component in row)
    header = list(dict.fromkeys((*message.dimensions, VALUE, *others)))
    faults = Faults(name)
    for missing in (column for column in dimensions if column not in header):
        way_out = f"name some of {', '.join(header)}"
        faults.add("key=", repr(missing), rule="a dimension is a component", way_out=way_out)
    faults.tell()
    cells = {column: [row.get(column, "") for row in message.rows] for column in header}
    numbers = range(1, len(message.rows) + 1)
    frame, notes = carried_out(pd.DataFrame(cells, dtype=str), dimensions, numbers, faults, word="observation")
    faults.tell()
    return observed(frame, dimensions, notes)


def _rows_of_xml(held: bytes, name: str) -> Message:
    """Read SDMX-ML through sdmx1, or raise what is wrong."""
    try:
        sdmx = importlib.import_module("sdmx")
        etree = importlib.import_module("lxml.etree")
    except ImportError:
        way_out = 'run: pip install "ipmetrics[sdmx]"'
        raise TableError(name, rule="SDMX-ML is read through the library sdmx1", way_out=way_out) from None
    if b"<!DOCTYPE" in held or b"<!ENTITY" in held:
        raise refuse(name, name, "a DOCTYPE", rule="SDMX-ML declares no entities", way_out=_ASK_FOR_CSV)
    try:
        actions = _actions(held, etree)
        with _quiet():
            message = sdmx.read_sdmx(io.BytesIO(held), format="XML")
        sets = list(getattr(message, "data", ()))
    except Exception as error:  # noqa: BLE001 - sdmx1 raises whatever its parts raise
        given = f"“{type(error).__name__}: {error}”"
        raise refuse(name, name, given, rule="sdmx1 reads this SDMX-ML", way_out=_ASK_FOR_CSV) from None
    rows: list[dict[str, str]] = []
    dimensions: dict[str, None] = {}
    for place, one in enumerate(sets):
        action = actions[place] if place < len(actions) else ""
        rows += (_row(seen, one, action, dimensions) for seen in one.obs)
    return Message(rows, tuple(dimensions))


def _row(seen: Any, one: Any, action: str, dimensions: dict[str, None]) -> dict[str, str]:  # noqa: ANN401 - of sdmx1
    """Return one observation as texts; names of its dimensions are added to those found."""
    said = {name: _text(each.value) for name, each in {**getattr(one, "attrib", {}), **seen.attrib}.items()}
    row = {name: _text(each.value) for name, each in seen.key.values.items()}  # noqa: PD011 - of a key, not of a frame
    dimensions |= dict.fromkeys(name for name in row if name not in ATTRIBUTES)
    stated = {ACTION: action} if action else {}
    return {**row, VALUE: _text(seen.value), **said, **stated}


def _text(value: Any) -> str:  # noqa: ANN401 - a text, or a code of sdmx1
    return "" if value is None else str(getattr(value, "id", value))


def _actions(held: bytes, etree: Any) -> list[str]:  # noqa: ANN401 - a module that may be missing
    """Return the action of each data set; sdmx1 2.28 passes over it, and a deletion would read as data."""
    actions, everywhere = [], ""
    for _, element in etree.iterparse(io.BytesIO(held), events=("end",), no_network=True, resolve_entities=False):
        local = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if local == "DataSetAction":
            everywhere = (element.text or "").strip()
        elif local == "DataSet":
            own = [value for key, value in element.attrib.items() if etree.QName(key).localname == "action"]
            actions.append(own[0] if own else everywhere)
            element.clear()
    return actions


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep sdmx1 from logging that it was given no structure: none is at hand."""
    log = logging.getLogger("sdmx")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(level)
