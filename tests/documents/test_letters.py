"""How wide letters stand, where lines break, and what is made visible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.documents.letters import (
    clip,
    in_encoding,
    is_right_to_left,
    pieces,
    visible,
    width_of,
    wrap,
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Haidian", 7),
        ("海淀区", 6),
        ("ｆｕｌｌ", 8),
        ("e\u0301", 1),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("ｶﾅ", 2),
        ("", 0),
        ("∞ … ÷", 5),
        ("a\u200db", 2),
    ],
)
def test_east_asian_letters_take_two_columns_and_accents_none(text: str, columns: int) -> None:
    assert width_of(text) == columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\r\n\tthree\u2028four", "one two three four"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("332.8\u202e", "332.8\\u202e"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\u200fא", "\\u200fא"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("\udc80", "\\udc80"),
        ("\ufffe", "\\ufffe"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("海淀区", "海淀区"),
        ("x\x00y", "x\\u0000y"),
    ],
)
def test_what_would_hide_or_reorder_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_visible_text_can_always_be_written_and_read_as_xml(text: str) -> None:
    shown = visible(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not any(letter < " " or letter == "\x7f" for letter in shown)
    assert visible(shown) == shown


@given(st.text(), st.integers(1, 30))
def test_wrapped_lines_are_the_text_and_fit(text: str, columns: int) -> None:
    text = visible(text)
    starts = wrap(text, columns)
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert "".join(lines) == text
    assert all(width_of(line.rstrip()) <= columns or len(line.strip()) == 1 for line in lines)


def test_lines_break_between_chinese_letters_but_not_before_punctuation() -> None:
    text = "每万人口发明专利，海淀区"
    starts = wrap(text, 16)
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)] == ["每万人口发明专", "利，海淀区"]
    assert pieces("（海淀）的") == ["（海", "淀）", "的"]


@given(st.text())
def test_any_text_can_be_spelled_in_ascii(text: str) -> None:
    assert in_encoding(visible(text), "ascii").isascii()


def test_signs_become_their_ascii_likeness() -> None:
    assert in_encoding("[2, ∞) ÷ “x” …", "ascii") == '[2, inf) / "x" ...'
    assert in_encoding("é ∞ 海", "latin-1") == "é inf \\u6d77"
    assert in_encoding("∞", "utf-8") == "∞"


def test_a_long_text_is_clipped_at_its_end() -> None:
    assert clip("海淀区发明专利", 7) == "海淀区…"
    assert clip("Haidian", 7) == "Haidian"


def test_hebrew_is_told_from_latin() -> None:
    assert is_right_to_left("אב 12")
    assert not is_right_to_left("Haidian 海淀")
