"""Actions of SDMX messages: deletions and replacements carried out, attributes of many observations handed down.

This room knows rows that are about other rows, as the SDMX-CSV 2.0 field guide has them. It never drops a row
without a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ipmetrics.tables.readers.contents import listed
from ipmetrics.tables.readers.observations import VALUE, code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipmetrics.tables.readers.contents import Faults

__all__ = ["ACTION", "carried_out"]

ACTION: Final = "ACTION"
_ACTIONS: Final = {
    "": "I", "I": "I", "A": "A", "M": "M", "R": "R", "D": "D",
    "INFORMATION": "I", "APPEND": "A", "MERGE": "M", "REPLACE": "R", "DELETE": "D",
}  # fmt: skip
_UNSAID: Final = frozenset({"", "~"})
_MOST_NOTES: Final = 20


def carried_out(
    frame: Any,  # noqa: ANN401 - a pandas frame
    key: Sequence[str],
    lines: Sequence[int],
    faults: Faults,
    *,
    word: str = "line",
) -> tuple[Any, list[str]]:
    """Return the rows that are observations once all actions are carried out, in the order of the file, and notes.

    Parameters
    ----------
    frame
        Every row of the message, in columns of text.
    key
        The columns of dimensions.
    lines
        The line of each row, for notes.
    faults
        Where unknown actions are noted.
    word
        What ``lines`` counts.
    """
    rows = _Rows(frame.reset_index(drop=True), key, lines, word)
    actions = _actions(rows.frame, lines, faults, word)
    if actions is not None:
        for place in actions.index[actions.isin(["D", "R"])]:
            if actions[place] == "D":
                rows.delete(place)
            else:
                rows.replace(place)
    rows.hand_down(actions)
    return rows.frame[rows.alive].reset_index(drop=True), rows.told()


def _actions(frame: Any, lines: Sequence[int], faults: Faults, word: str) -> Any:  # noqa: ANN401 - pandas
    """Return the action of each row as one letter; None if there is no such column."""
    if ACTION not in frame:
        return None
    known = {text: _ACTIONS.get(code(text).upper()) for text in frame[ACTION].unique()}
    for text, letter in known.items():
        if letter is None:
            where = f"{word} {listed([lines[place] for place in frame.index[frame[ACTION] == text]])}"
            faults.add(where, repr(text), rule="an ACTION is one of I, A, M, R, D", way_out="mend it")
    return frame[ACTION].map(lambda text: known[text] or "I")


class _Rows:
    """The rows of a message, which of them are still observations, and what became of the others."""

    def __init__(self, frame: Any, key: Sequence[str], lines: Sequence[int], word: str) -> None:  # noqa: ANN401 - a pandas frame
        import pandas as pd  # noqa: PLC0415 - slow to import, and wanted only here

        self.frame = frame
        self.alive = pd.Series(data=True, index=frame.index)
        self._key = list(key)
        self._lines = lines
        self._word = word
        self._same = [column for column in ("DATAFLOW", "STRUCTURE_ID") if column in frame]
        self._known = {*self._key, *self._same, ACTION, "STRUCTURE", "STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY"}
        self._notes: list[str] = []
        self._places: dict[tuple[str, ...], list[int]] | None = None

    def delete(self, place: int) -> None:
        """Carry out a deletion: of attributes if it names only those, else of whole observations above it."""
        row = self.frame.loc[place]
        self.alive[place] = False
        found = self._above(place)
        stated = [name for name in self.frame.columns if name not in self._known and row[name].strip()]
        key = {name: row[name] for name in self._key if row[name].strip() not in _UNSAID}
        which = ", ".join(f"{name}={value}" for name, value in key.items()) or "all"
        if stated and VALUE not in stated:
            self.frame.loc[found, stated] = ""
            what = f"{', '.join(stated)} of {_so_many(len(found))}"
        else:
            self.alive[found] = False
            what = _so_many(len(found))
        self._notes.append(f"{self._word} {self._lines[place]} deletes {what} ({which})")

    def replace(self, place: int) -> None:
        """Drop the rows above that a replacement replaces."""
        found = self._above(place)
        if found:
            self.alive[found] = False
            told = listed([self._lines[other] for other in found])
            self._notes.append(f"{self._word} {self._lines[place]} replaces {self._word} {told}")

    def hand_down(self, actions: Any) -> None:  # noqa: ANN401 - a pandas series or None
        """Fill attributes that a row gives for a part of the key into the observations they hold for."""
        partial = self.frame[self._key].isin(_UNSAID).any(axis=1) & (self.frame[VALUE].str.strip() == "") & self.alive
        if actions is not None:
            partial &= actions != "D"
        for place in self.frame.index[partial]:
            row = self.frame.loc[place]
            self.alive[place] = False
            chosen = self._agreeing(row) & self.alive & ~partial
            given = [name for name in self.frame.columns if name not in {*self._known, VALUE} and row[name].strip()]
            for name in given:
                self.frame.loc[chosen & (self.frame[name].str.strip() == ""), name] = row[name]
            if given:
                told = f"{self._word} {self._lines[place]} gives {', '.join(given)} for {_so_many(int(chosen.sum()))}"
            else:
                told = f"{self._word} {self._lines[place]} is no observation: part of its key and its value are empty"
            self._notes.append(told)

    def told(self) -> list[str]:
        """Return the notes, the first of many."""
        more = len(self._notes) - _MOST_NOTES
        return self._notes if more <= 0 else [*self._notes[:_MOST_NOTES], f"and {more} more"]

    def _above(self, place: int) -> list[int]:
        """Return the rows above that are observations and agree with this one in what it says of the key."""
        row = self.frame.loc[place]
        if all(row[name].strip() not in _UNSAID for name in self._key):
            found = self._indexed().get(tuple(row[[*self._same, *self._key]]), [])
            return [other for other in found if other < place and self.alive[other]]
        agreeing = self._agreeing(row) & self.alive
        return [other for other in self.frame.index[agreeing] if other < place]

    def _agreeing(self, row: Any) -> Any:  # noqa: ANN401 - pandas
        names = [*self._same, *(name for name in self._key if row[name].strip() not in _UNSAID)]
        agreeing = self.alive | True
        for name in names:
            agreeing &= self.frame[name] == row[name]
        return agreeing

    def _indexed(self) -> dict[tuple[str, ...], list[int]]:
        if self._places is None:
            self._places = {}
            keys = zip(*(self.frame[name] for name in [*self._same, *self._key]), strict=True)
            for place, key in enumerate(keys):
                self._places.setdefault(key, []).append(place)
        return self._places


def _so_many(count: int) -> str:
    return f"{count} observation{'s' * (count != 1)}"
