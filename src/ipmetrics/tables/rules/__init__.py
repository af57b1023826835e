"""Formulas and columns in a TOML file: the keys, the words, and every fault of a file at once."""

from ipmetrics.tables.rules.reading import Rules, read_rules

__all__ = ["Rules", "read_rules"]
