"""Settings of the documentation: Sphinx with MyST; notebooks are copied in and executed."""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
CODE = HERE.parent / "src"


def copy_notebooks(kept: Path, copies: Path) -> None:
    """Bring docs/notebooks up to date; a copy that is still right keeps its time stamp and is not read again."""
    copies.mkdir(exist_ok=True)
    names = {path.name for path in kept.glob("*.ipynb")}
    for stale in copies.glob("*.ipynb"):
        if stale.name not in names:
            stale.unlink()
    for name in names:
        source, copy = kept / name, copies / name
        if not copy.is_file() or copy.read_bytes() != source.read_bytes():
            shutil.copyfile(source, copy)


def digest(folder: Path) -> str:
    """Fingerprint the code, so that notebooks are executed anew whenever it has changed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


copy_notebooks(HERE.parent / "notebooks", HERE / "notebooks")

project = "ipmetrics"
author = "the ipmetrics authors"
version = release = installed_version("ipmetrics")
extensions = ["myst_nb"]
exclude_patterns = ["_build", "jupyter_execute", "**/.ipynb_checkpoints"]

myst_heading_anchors = 3

nb_execution_mode = "cache"
nb_execution_cache_path = str(HERE / "_build" / "executed" / digest(CODE))
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_output_stderr = "warn"

html_theme = "furo"
html_title = "ipmetrics"
html_static_path = ["_static"]
html_css_files = ["wide.css"]
html_show_copyright = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}


def setup(app: Sphinx) -> None:
    """Take claim tables as they are: Pygments has no lexer for CSV."""
    app.add_lexer("csv", TextLexer)
