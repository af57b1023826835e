"""Incoming: text comes through unchanged, everything else is told what it looks like."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipmetrics.errors import ArticleError, IpmetricsError
from ipmetrics.prose import incoming
from ipmetrics.prose.incoming import readable

CHINESE = "今年1至10月，南通全市共获专利授权27138件，比上年同期下降0.53%。"


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])).filter(lambda text: text[:1] != "\ufeff")
)
def test_text_comes_back(text: str) -> None:
    if not incoming._looks_like(text.encode()):
        assert readable(text.encode()) == text
    assert readable(text.encode("utf-8-sig")) == text
    assert readable(text.encode("utf-16")) == text


@given(st.binary(max_size=60))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        readable(data)
    except ArticleError as error:
        assert error.rule  # noqa: PT017 - bytes that are text raise nothing
        assert error.way_out  # noqa: PT017 - the same


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-16", "utf-32"])
def test_chinese_in_each_of_its_encodings(encoding: str) -> None:
    assert readable(CHINESE.encode(encoding)) == CHINESE


def test_no_text_is_text() -> None:
    assert readable(b"") == ""


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04....word/document.xml", "DOCX"),
        (b"PK\x03\x04....xl/workbook.xml", "XLSX"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"{\\rtf1 five patents}", "rich text"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"five\0patents", "NUL"),
        ("café: 5 %".encode("latin-1"), "0xe9 at 3"),
        ("Zunahme der Anmeldungen für Wärmepumpen".encode("latin-1"), "0xfc"),
        (b"\xff\xfea", "UTF-16-LE"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, looks: str) -> None:
    with pytest.raises(ArticleError, match=looks) as told:
        readable(data)
    assert "save it as" in str(told.value)


def test_too_much_is_to_be_split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "LARGEST", 10)
    assert readable(b"a" * 10) == "a" * 10
    with pytest.raises(ArticleError, match="split it") as told:
        readable(b"a" * 11)
    assert "11 bytes" in str(told.value)


def test_the_error_is_of_the_family_and_survives_pickling() -> None:
    with pytest.raises(ArticleError) as told:
        readable(b"%PDF")
    error = told.value
    assert isinstance(error, IpmetricsError)
    assert isinstance(error, ValueError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own
