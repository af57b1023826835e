"""Readers: published tables as people have them, to frames in which every figure is still what was printed.

Each room knows one format and what it says about precision, scale and figures kept back. No room judges a figure,
and none asks the network.
"""

from __future__ import annotations

from ipmetrics.tables.readers.pivoting import wide
from ipmetrics.tables.readers.plain import read_csv
from ipmetrics.tables.readers.printed import Table
from ipmetrics.tables.readers.sdmx_csv import read_sdmx_csv
from ipmetrics.tables.readers.sdmx_messages import read_sdmx
from ipmetrics.tables.readers.world_bank import read_world_bank_csv

__all__ = ["Table", "read_csv", "read_sdmx", "read_sdmx_csv", "read_world_bank_csv", "wide"]
