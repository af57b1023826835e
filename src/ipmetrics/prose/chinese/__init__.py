"""The reader of Chinese articles: sentences to statements, each figure with what it says and where it stands.

`read` is all the rest of the package needs; the rooms behind it know one kind of words each.
"""

from __future__ import annotations

from ipmetrics.prose.chinese.reading import read

__all__ = ["read"]
