"""Pictures of findings: number lines as SVG for notebooks and pages, and with matplotlib for papers.

This room knows how a finding is laid out on an axis. The SVG needs nothing; matplotlib is an optional extra
and is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, assert_never

from ipmetrics.documents import NumberLine
from ipmetrics.documents.numberlines import COLOURS
from ipmetrics.documents.scale import Scale
from ipmetrics.findings.describe import number_line as _claim_line
from ipmetrics.findings.describe import told_of
from ipmetrics.findings.verdicts import ClaimFinding, Conflict, Derived

if TYPE_CHECKING:
    from ipmetrics.documents import Bar

__all__ = ["lines_of", "number_line", "plot"]


def lines_of(finding: ClaimFinding | Conflict | Derived) -> tuple[NumberLine, ...]:
    """Stated against implied for each claim of a finding that has both, in its printed unit."""
    match finding:
        case ClaimFinding():
            found = [_claim_line(finding.claim, finding.stated, finding.implied)]
        case Conflict():
            found = [_claim_line(*told) for told in told_of(finding)]
        case Derived():
            found = [block for block in finding.document().blocks if isinstance(block, NumberLine)]
        case _:
            assert_never(finding)
    return tuple(line for line in found if line is not None)


def number_line(finding: ClaimFinding | Conflict | Derived) -> str:
    """The picture of a finding as SVG; empty if it has nothing to compare.

    A conflict is shown by its last claim that others imply something of: the same choice as in its text.

    Parameters
    ----------
    finding
        One finding of a report, a conflict, or a derived interval.

    Returns
    -------
    str
        An ``<svg>`` element that loads nothing and takes the text colour of its page.

    Examples
    --------
    >>> from ipmetrics.intervals import Interval
    >>> from ipmetrics.model.units import Unit
    >>> derived = Derived(Interval.closed(1, 2), unit=Unit("patent"), multiplier=0, exact=True)
    >>> number_line(derived)[:4]
    '<svg'
    """
    lines = lines_of(finding)
    return lines[-1].svg() if lines else ""


def plot(finding: ClaimFinding | Conflict | Derived, ax: Any = None) -> Any:  # noqa: ANN401 - matplotlib is optional
    """The same picture with matplotlib, for papers.

    Parameters
    ----------
    finding
        One finding of a report, a conflict, or a derived interval.
    ax
        The axes to draw on; new ones by default.

    Raises
    ------
    ImportError
        If matplotlib is not installed: ``pip install ipmetrics[plot]``.
    ValueError
        If the finding has nothing to compare.
    """
    try:
        pyplot = import_module("matplotlib.pyplot")
    except ImportError as error:
        message = "plots for papers need matplotlib: pip install ipmetrics[plot]; number_line() needs nothing"
        raise ImportError(message) from error
    lines = lines_of(finding)
    if not lines:
        message = "a plot compares stated with implied: got a finding without both; pass another"
        raise ValueError(message)
    line = lines[-1]
    axes = ax if ax is not None else pyplot.subplots(figsize=(6, 1.6), layout="constrained")[1]
    bars = [bar for lane in line.lanes for bar in lane.bars]
    scale = Scale.around(bars)
    for height, bar in enumerate(reversed(bars)):
        _draw(axes, bar, height, scale)
    axes.set_xlim(float(scale.lower), float(scale.upper))
    axes.set_ylim(-0.6, len(bars) - 0.4)
    axes.set_yticks(range(len(bars)), [bar.kind for bar in reversed(bars)])
    axes.set_xlabel(line.unit)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    return axes


def _draw(axes: Any, bar: Bar, height: int, scale: Scale) -> None:  # noqa: ANN401 - the same
    if bar.is_empty:
        return
    colour = COLOURS[bar.kind]
    low = float(scale.lower if bar.lower is None else bar.lower)
    high = float(scale.upper if bar.upper is None else bar.upper)
    axes.plot([low, high], [height, height], color=colour, linewidth=3 if bar.kind == "stated" else 1.6)
    lower, upper = (low, bar.lower, bar.lower_closed, "<"), (high, bar.upper, bar.upper_closed, ">")
    for at, end, closed, arrow in (lower, upper):
        style: dict[str, Any] = {"marker": arrow if end is None else "o", "markersize": 6, "color": colour}
        axes.plot([at], [height], markerfacecolor=colour if closed or end is None else "white", **style)
