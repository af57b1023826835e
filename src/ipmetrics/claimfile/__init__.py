"""Claim files: TOML and tables of claims to claims and back; every fault of a file at once, with its place.

This room reads and writes what was printed. It judges no claim and knows no catalogue: names that a file
takes from one are looked up in whatever is passed in. The format is described in docs/reference/claim-
files.md.
"""

from __future__ import annotations

from ipmetrics.claimfile.definitions import Catalogue
from ipmetrics.claimfile.reading import ClaimFile, claims_from_table, parse_claims, read_claims
from ipmetrics.claimfile.writing import claims_to_table, write_claims

__all__ = [
    "Catalogue",
    "ClaimFile",
    "claims_from_table",
    "claims_to_table",
    "parse_claims",
    "read_claims",
    "write_claims",
]
