"""Number lines as SVG: what is stated against what is implied, on one axis with round numbers.

This room knows points of a picture. Closed ends are filled dots, open ends hollow ones, unbounded ends
arrows; an interval too small to be seen stays a dot, and ends too close to be told apart are shown again
enlarged. Words take the colour of the page around them, so that the picture stands on light and dark ground.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING

import attrs

from ipmetrics.documents.letters import clip, visible, width_of
from ipmetrics.documents.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from ipmetrics.documents.blocks import Bar, Lane, NumberLine

__all__ = ["COLOURS", "draw", "draw_legend"]

COLOURS = {"stated": "#2176c7", "implied": "#c05a00", "gap": "#d93f48", "common": "#808080"}
"""Dark enough for white ground, light enough for black; blue and orange stay apart for the colour-blind."""

_FONT = "system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK SC','PingFang SC',sans-serif"
_DOT = 3.5
_TOGETHER = 5.0  # pixels: ends nearer than this cannot be told apart


@attrs.frozen
class _Frame:
    """Where things stand, in pixels."""

    left: float
    right: float
    scale: Scale

    def x(self, value: Fraction) -> float:
        return self.left + self.scale.place(value) * (self.right - self.left)

    def ends(self, bar: Bar) -> tuple[float, float]:
        """Where a bar begins and ends, cut at the frame."""
        low = self.left if bar.lower is None else self.x(bar.lower)
        high = self.right if bar.upper is None else self.x(bar.upper)
        return min(max(low, self.left), self.right), max(min(high, self.right), self.left)


def draw(line: NumberLine, *, small: bool) -> str:
    """Draw the picture: 640 pixels wide with labels, or 240 without, for a table cell."""
    return _small(line) if small else _large(line)


def _text_width(text: str, size: float) -> float:
    """A generous guess, since the font is the reader's."""
    return size * sum(_letter_width(letter) for letter in text)


def _letter_width(letter: str) -> float:
    if width_of(letter) != 1:
        return float(width_of(letter) > 0)
    if letter in "ilj.,:;|!()[]' ":
        return 0.4
    if letter.isdigit():
        return 0.64
    return 0.95 if letter in "mwMW@—…∞" else 0.7 if letter.isupper() else 0.57


def _words(x: float, y: float, text: str, *, size: float = 12, anchor: str = "start", faint: bool = False) -> str:
    attributes = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"'
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    if faint:
        attributes += ' fill-opacity=".75"'
    return f"<text {attributes}>{escape(visible(text))}</text>"


def _rule(x1: float, y1: float, x2: float, y2: float, opacity: float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="currentColor" '
        f'stroke-opacity="{opacity:g}"/>'
    )


def _stroke(x1: float, x2: float, y: float, colour: str, *, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}"{dashes}/>'
    )


def _dot(x: float, y: float, colour: str, *, filled: bool, radius: float = _DOT) -> str:
    fill = colour if filled else "none"
    paint = f'fill="{fill}" stroke="{colour}" stroke-width="1.8"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {paint}/>'


def _arrow(x: float, y: float, colour: str, *, leftwards: bool) -> str:
    away = 8 if leftwards else -8
    return f'<path d="M{x:.1f} {y:.1f}l{away} -4.5v9z" fill="{colour}"/>'


def _bar(bar: Bar, frame: _Frame, y: float) -> str:
    """One interval: a stroke between its ends, or a dot where it is too small to have two."""
    colour = COLOURS[bar.kind]
    if bar.is_empty:
        return _words(frame.left, y + 4, "∅  nothing is left", size=11, faint=True)
    outside = (bar.upper is not None and bar.upper < frame.scale.lower) or (
        bar.lower is not None and bar.lower > frame.scale.upper
    )
    if outside:
        return ""
    low, high = frame.ends(bar)
    title = f"<title>{escape(visible(f'{bar.kind}: {bar.text}'))}</title>" if bar.text else ""
    thickness = 5 if bar.kind == "stated" else 2.5
    if high - low < 2.4 * _DOT and bar.lower is not None and bar.upper is not None:
        filled = bar.lower_closed and bar.upper_closed
        return f"<g>{title}{_dot((low + high) / 2, y, colour, filled=filled, radius=4)}</g>"
    begins = bar.lower is not None and bar.lower >= frame.scale.lower
    stops = bar.upper is not None and bar.upper <= frame.scale.upper
    start = low + _DOT if begins else low + (7 if bar.lower is None else 0)
    stop = high - _DOT if stops else high - (7 if bar.upper is None else 0)
    marks = _stroke(start, stop, y, colour, width=thickness)
    if begins:
        marks += _dot(low, y, colour, filled=bar.lower_closed)
    elif bar.lower is None:
        marks += _arrow(low, y, colour, leftwards=True)
    if stops:
        marks += _dot(high, y, colour, filled=bar.upper_closed)
    elif bar.upper is None:
        marks += _arrow(high, y, colour, leftwards=False)
    return f"<g>{title}{marks}</g>"


def _between(lane: Lane, frame: _Frame, top: float, step: float) -> str:
    """What two bars of a lane have in common, as a band; or the gap between them, as a dashed line."""
    bars = [bar for bar in lane.bars if not bar.is_empty]
    if len(bars) != 2 or bars[0].kind == bars[1].kind:
        return ""
    (a, b), (c, d) = (frame.ends(bar) for bar in bars)
    low, high = max(a, c), min(b, d)
    if _apart(bars[0], bars[1]) or _apart(bars[1], bars[0]):
        if low - high < 2 * _DOT:
            return ""
        return _stroke(high, low, top + step, COLOURS["gap"], width=1.4, dash="2 3")
    if high - low < 1:
        return ""
    return (
        f'<rect x="{low:.1f}" y="{top:.1f}" width="{high - low:.1f}" height="{2 * step:.1f}" '
        f'fill="{COLOURS["common"]}" fill-opacity=".22"/>'
    )


def _apart(first: Bar, second: Bar) -> bool:
    """Whether the first lies wholly below the second."""
    if first.upper is None or second.lower is None:
        return False
    if first.upper == second.lower:
        return not (first.upper_closed and second.lower_closed)
    return first.upper < second.lower


def _axis(frame: _Frame, top: float, bottom: float, *, size: float = 11) -> tuple[str, str]:
    """The axis with its round numbers, and the factor their names leave out."""
    room = frame.right - frame.left
    ticks = frame.scale.spaced(max(int(room // (60 if size > 10 else 30)), 3), room, partial(_text_width, size=size))
    names, factor = frame.scale.names(ticks)
    marks = _rule(frame.left, bottom, frame.right, bottom, 0.55)
    for tick, name in zip(ticks, names, strict=True):
        x = frame.x(tick)
        marks += _rule(x, top, x, bottom, 0.13) + _rule(x, bottom, x, bottom + 4, 0.55)
        marks += _words(x, bottom + 5 + size, name, size=size, anchor="middle", faint=True)
    return marks, factor


def _element(width: float, height: float, title: str, inside: str) -> str:
    name = escape(visible(title))
    least = "min-width:180px;" if width < 300 else ""  # else a full table would squeeze its pictures
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{name}" width="{width:.0f}" '
        f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" fill="currentColor" '
        f'font-family="{_FONT}" style="{least}max-width:100%;height:auto"><title>{name}</title>{inside}</svg>'
    )


def _told(line: NumberLine) -> str:
    """The picture in words."""
    bars = (f"{lane.label} {bar.kind} {bar.text}".strip() for lane in line.lanes for bar in lane.bars)
    return line.title or "; ".join(bars)


def _small(line: NumberLine) -> str:
    frame = _Frame(16, 224, Scale.around([bar for lane in line.lanes for bar in lane.bars]))
    y, marks = 2.0, ""
    for lane in line.lanes:
        marks += _between(lane, frame, y, 8)
        for place, track in enumerate(_tracks(lane)):
            marks += "".join(_bar(bar, frame, y + 4 + 8 * place) for bar in track)
        y += 8 * len(_tracks(lane)) + 3
    axis, _ = _axis(frame, 0, y, size=10)
    return _element(240, y + 21, _told(line), axis + marks)  # so much that the next row's bars stand apart


def _tracks(lane: Lane) -> list[list[Bar]]:
    """Bars of one kind share a track: the pieces of one answer."""
    tracks: dict[str, list[Bar]] = {}
    for bar in lane.bars:
        tracks.setdefault(bar.kind, []).append(bar)
    return list(tracks.values())


def _shortened(label: str) -> str:
    """A label of at most 31 columns: its beginning and its end, which names the place, in whole words if it has any."""
    if width_of(label) <= 31:
        return label
    starts = [at for at in range(len(label)) if width_of(label[at:]) <= 17]
    start = next((at for at in starts if label[at - 1] == " "), starts[0])
    first = clip(label, 31 - width_of(label[start:]) - 1)
    head, blank, _ = first.removesuffix("…").rpartition(" ")
    return f"{head.rstrip(' ,')} … {label[start:]}" if blank else first + label[start:].lstrip()


def _listed(track: list[Bar]) -> str:
    return clip(", ".join(bar.text for bar in track), 36)


def _large(line: NumberLine) -> str:
    bars = [bar for lane in line.lanes for bar in lane.bars]
    kinds = list(dict.fromkeys(bar.kind for bar in bars))
    labels = [_shortened(visible(lane.label)) for lane in line.lanes]
    texts = max((_text_width(_listed(track), 12) for lane in line.lanes for track in _tracks(lane)), default=0)
    left = max((_text_width(label, 13) for label in labels), default=0) + 18
    right = min(texts + 16, 270)
    frame = _Frame(left, 640 - right, Scale.around(bars))
    y = 28.0 if len(kinds) > 1 else 8.0
    marks, begun = _legend(kinds, left), y
    for lane, label in zip(line.lanes, labels, strict=True):
        height = 17 * len(_tracks(lane))
        marks += f"<g><title>{escape(visible(lane.label))}</title>"
        marks += _words(0, y + height / 2 + 8.5, label, size=13) + "</g>"
        marks += _between(lane, frame, y + 4, 8.5)
        for place, track in enumerate(_tracks(lane)):
            marks += "".join(_bar(bar, frame, y + 12 + 17 * place) for bar in track)
            marks += _words(frame.right + 14, y + 16 + 17 * place, _listed(track))
        y += height + 10
    axis, factor = _axis(frame, begun, y + 2)
    caption = " ".join(part for part in (factor, line.unit) if part)
    y += 24
    if caption:
        marks += _words((frame.left + frame.right) / 2, y + 13, caption, size=11, anchor="middle", faint=True)
        y += 18
    enlarged, more = _enlarged(line, frame, y)
    return _element(640, y + more, _told(line), axis + marks + enlarged)


def draw_legend() -> str:
    """What the two kinds of bars mean, to stand above a column of small pictures."""
    return _element(240, 18, "stated and implied", _legend(("stated", "implied"), 16))


def _legend(kinds: Sequence[str], left: float) -> str:
    if len(kinds) < 2:
        return ""
    marks, x = "", left
    for kind in kinds:
        marks += _stroke(x, x + 22, 9, COLOURS[kind], width=5 if kind == "stated" else 2.5)
        marks += _words(x + 28, 13, kind, size=11, faint=True)
        x += 28 + _text_width(kind, 11) + 22
    return marks


def _enlarged(line: NumberLine, frame: _Frame, y: float) -> tuple[str, float]:
    """A second look at ends of one lane that differ but cannot be told apart; nothing where all can be."""
    for lane in line.lanes:
        cluster = _cluster(lane, frame)
        if not cluster:
            continue
        low, high = min(cluster), max(cluster)
        window = _Frame(frame.left, frame.right, Scale(low - (high - low), high + (high - low)))
        top, height = y + 22, 17 * len(_tracks(lane)) + 8
        here = frame.x((low + high) / 2)
        marks = _rule(here, y, frame.left, top, 0.25) + _rule(here, y, frame.right, top, 0.25)
        marks += (
            f'<rect x="{frame.left:.1f}" y="{top:.1f}" width="{frame.right - frame.left:.1f}" '
            f'height="{height}" fill="currentColor" fill-opacity=".05"/>'
        )
        marks += _words(0, top + height / 2 + 4, "enlarged", size=11, faint=True)
        axis, factor = _axis(window, top, top + height)
        marks += axis + _between(lane, window, top + 4, 8.5)
        for place, track in enumerate(_tracks(lane)):
            marks += "".join(_bar(bar, window, top + 12 + 17 * place) for bar in track)
        marks += _words(window.right + 14, top + height + 4, factor, size=11, faint=True) if factor else ""
        return marks, 22 + height + 26
    return "", 0


def _cluster(lane: Lane, frame: _Frame) -> list[Fraction]:
    """Ends of different bars within a few pixels of each other, where not all of them are the same number."""
    shown = [(place, bar) for place, bar in enumerate(lane.bars) if not bar.is_empty]
    ends = [(end, place) for place, bar in shown for end in (bar.lower, bar.upper) if end is not None]
    for end, place in ends:
        near = [each for each in ends if abs(frame.x(each[0]) - frame.x(end)) < _TOGETHER]
        values = {each for each, _ in near}
        if len(values) > 1 and any(other != place for _, other in near):
            return sorted(values)
    return []
