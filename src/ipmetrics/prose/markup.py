"""Markup: the words of a page of HTML without its tags, with the way back to where each letter stood.

Blocks become lines, cells of a row stand between bars, items and headings get the marks they have in plain text, so
that the layout of a page and of a plain text are found by one room. It knows tags, no words and no style sheets.
"""

from __future__ import annotations

import html
import re

__all__ = ["looks_like_markup", "without_markup"]

_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_PART = re.compile(r"</(?:p|div|td|th|tr|table|li|ul|h[1-6]|section|article)\s{0,9}>", re.IGNORECASE)

# No alternative runs beyond the next "<" and none gives back what it took, so a search never crosses a stretch twice.
_TOKEN = re.compile(
    r"(?P<comment><!--)"
    r"|<[!?][^<>]*+>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)"
    r"(?:(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*+>)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<space>[ \t\r\n\f]++)"
)
_UNREAD = "button|head|iframe|nav|noscript|script|select|style|sup|svg|template|textarea"
_END = re.compile(rf"</(?P<name>{_UNREAD})\b[^<>]*+>|(?P<body><body\b)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*+>")
_ORDINAL = re.compile(r"\s*(?:st|nd|rd|th)\s*", re.IGNORECASE)

_ONE_LINE = frozenset({"br", "option"})
_APART = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table title ul".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_CELL = 240
"""A cell with more letters holds a part of the page, not a value: the table was there for the layout."""


def looks_like_markup(given: str) -> bool:
    """Whether a text is a page of HTML or a part of one; a text that merely has a "<" is not."""
    return "<" in given and (_PAGE.search(given) or _PART.search(given)) is not None


def without_markup(given: str) -> tuple[str, list[int]]:
    """The words, and for each of their letters the place in the page of what it came from."""
    return _Stripper(given).words()


class _Stripper:
    """One walk through a page."""

    def __init__(self, given: str) -> None:
        self.given = given
        self.letters: list[str] = []
        self.places: list[range | list[int]] = []
        # Between the tags of a whole page a line end is a space; in a text with some tags in it, it is a line end.
        self.flows = _PAGE.search(given) is not None or given.lstrip("\ufeff \t\r\n").startswith("<")
        self.ends = {(found["name"] or "head").lower(): found.start() for found in _END.finditer(given)}
        self.last_comment_end = given.rfind("-->")
        self.cells = 0
        self.cell = 0
        self.longest = 0
        self.undecided: list[tuple[int, str]] = []
        """Pieces within the row at hand, each with what it becomes if the row turns out to be layout."""

    def words(self) -> tuple[str, list[int]]:
        given, at = self.given, 0
        while found := _TOKEN.search(given, at):
            self._keep(at, found.start())
            at = self._taken(found)
        self._keep(at, len(given))
        self._settle()
        offsets: list[int] = []
        for piece, places in zip(self.letters, self.places, strict=True):
            offsets.extend(places if len(places) == len(piece) else [places[0]] * len(piece))
        return "".join(self.letters), offsets

    def _taken(self, found: re.Match[str]) -> int:
        """Do what a token asks for and tell where to go on."""
        start, end = found.span()
        if found["space"]:
            lasting = not self.flows and "\n" in found["space"]
            self._keep(start, end) if lasting else self._space(start)
        elif found["entity"]:
            decoded = html.unescape(found["entity"])
            self._space(start) if decoded.isspace() else self._put(decoded, start)
        elif found["comment"]:
            return self.given.index("-->", end) + 3 if end <= self.last_comment_end else end
        elif found["name"]:
            name = found["name"].lower()
            if not found["close"] and self.ends.get(name, -1) >= end and not found[0].endswith("/>"):
                return self._passed(name, end)
            self._tag(name, start, opens=not found["close"])
        return end

    def _passed(self, name: str, end: int) -> int:
        """Pass by an element that is not read; a raised number is a note's, unless it is a power or an ordinal."""
        close = next(found for found in _END.finditer(self.given, end) if (found["name"] or "head").lower() == name)
        if name == "sup" and close.start() - end < 200:
            raised = _TAG.sub("", self.given[end : close.start()])
            base = "".join(self.letters[-1:])
            if _ORDINAL.fullmatch(raised):
                return end
            if base.endswith("10") and not base[-3:-2].isdigit():
                self._put("^", end)
                return end
        return close.start() if close["body"] else close.end()

    def _tag(self, name: str, start: int, *, opens: bool) -> None:
        if name in {"tr", "table"}:
            self._settle(layout=opens and name == "table")
        if name == "tr" and opens and not "".join(self.letters[-1:]).endswith("\n"):
            self._put("\n", start)
        if name in {"td", "th"}:
            if opens:
                if self.cells:
                    self._put(" | ", start, else_="\n\n")
                self.cells += 1
            self.longest, self.cell = max(self.longest, self.cell), 0
            return
        if name not in _APART and name not in _ONE_LINE:
            return
        if "".join(self.letters[-1:]).endswith(("• ", "# ")):
            return  # a paragraph within an item opens on its line
        line = "\n" if name in _ONE_LINE else "\n\n"
        if opens:
            line += "# " if name in _HEADINGS else "• " if name == "li" else ""
        if self.cells:
            self._put(" ", start, else_=line)
        else:
            self._put(line, start)

    def _settle(self, *, layout: bool = False) -> None:
        """End a row: say whether it was one of a table or of the layout."""
        if layout or max(self.longest, self.cell) > _LONGEST_CELL:
            for place, instead in self.undecided:
                self.letters[place] = instead
        self.undecided.clear()
        self.cells = self.cell = self.longest = 0

    def _keep(self, start: int, end: int) -> None:
        if end > start:
            self.letters.append(self.given[start:end])
            self.places.append(range(start, end))
            self.cell += end - start

    def _space(self, at: int) -> None:
        if self.letters and not self.letters[-1][-1:].isspace():
            self._put(" ", at)

    def _put(self, letters: str, at: int, *, else_: str | None = None) -> None:
        if else_ is not None:
            self.undecided.append((len(self.letters), else_))
        if letters:
            self.letters.append(letters)
            self.places.append([at])
