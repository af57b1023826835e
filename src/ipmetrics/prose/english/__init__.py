"""English articles: words, figures and how they hang together.

One room a job, the vocabulary apart as data in words.toml.
"""

from __future__ import annotations

from ipmetrics.prose.english.reading import read

__all__ = ["read"]
