"""Bytes to text: the encoding found, forced or refused."""

from __future__ import annotations

import codecs
import contextlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.read.encodings import ENCODINGS, decode_bytes, encode_text, find_encoding
from pipeline.read.encodings.code_table import OLD_CODES
from tests.read.encodings.vietnamese import UNICODE, corpus, snippets, typed_in

TEXT = "Kết luận cuộc họp: Chủ tịch UBND tỉnh yêu cầu Sở Y tế báo cáo trước ngày 30/6.\n"
FOUND = {"utf-16": "utf-16-le"}


def codes(notes: object) -> list[str]:
    return [note.code for note in notes]  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", [*UNICODE, *OLD_CODES])
def test_round_trip_of_the_corpus(encoding: str) -> None:
    for whole in corpus():
        text = typed_in(whole, encoding)
        decoded = decode_bytes(encode_text(text, encoding), "a.txt")
        assert decoded.text == text
        assert decoded.encoding == FOUND.get(encoding, encoding)


def test_encodings_of_two_thousand_snippets() -> None:
    confusions: Counter[tuple[str, str]] = Counter()
    different = 0
    for encoding, text, data in snippets(2000):
        try:
            decoded = decode_bytes(data, "")
        except UnreadableDocument:
            confusions[encoding, "refused"] += 1
            continue
        if decoded.encoding != FOUND.get(encoding, encoding) and text.isascii() is False:
            confusions[encoding, decoded.encoding] += 1
        different += decoded.text != text
    # Measured: all are found. The floor leaves room for other texts in the corpus.
    assert sum(confusions.values()) <= 10, confusions
    assert different <= 20


@pytest.mark.parametrize(
    ("data", "encoding", "notes"),
    [
        (TEXT.encode(), "utf-8", []),
        (b"plain words", "utf-8", []),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", ["byte_order_mark"]),
        (TEXT.encode("utf-16"), "utf-16-le", ["byte_order_mark"]),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", ["byte_order_mark"]),
        (TEXT.encode("utf-16-le"), "utf-16-le", ["encoding_detected"]),
        (TEXT.encode("utf-16-be"), "utf-16-be", ["encoding_detected"]),
        (b"p\0l\0a\0i\0n\0", "utf-16-le", ["encoding_detected"]),
        (encode_text(TEXT, "vni"), "vni", ["encoding_detected"]),
        (encode_text(TEXT, "tcvn3"), "tcvn3", ["encoding_detected", "capitals_unknown"]),
        (b"\x93plain\x94 words \x96 1", "windows-1252", ["encoding_detected"]),
        (TEXT.encode() * 9 + b"\xff", "utf-8", ["undecodable_bytes"]),
        (TEXT.encode("utf-16") + b"x", "utf-16-le", ["byte_order_mark", "undecodable_bytes"]),
    ],
)
def test_what_is_found(data: bytes, encoding: str, notes: list[str]) -> None:
    decoded = decode_bytes(data, "a.txt")
    assert decoded.encoding == encoding
    assert codes(decoded.notes) == notes
    assert not decoded.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("tcvn3", "tcvn3"), ("ABC", "tcvn3"), ("TCVN 5712", "tcvn3"), ("vni", "vni"), ("VNI-Windows", "vni"),
        ("viscii", "viscii"), ("VPS", "vps"), ("cp1258", "windows-1258"), ("Windows_1258", "windows-1258"),
        ("utf-16", "utf-16"), ("UTF-16LE", "utf-16-le"), ("utf8", "utf-8"), ("latin-1", "windows-1252"),
    ],
)  # fmt: skip
def test_names(name: str, encoding: str) -> None:
    assert find_encoding(name) == encoding


def test_an_unknown_name() -> None:
    with pytest.raises(UnreadableDocument, match="no encoding called klingon") as caught:
        decode_bytes(b"x", "a.txt", forced="klingon")
    assert all(name in caught.value.remedy for name in ENCODINGS)
    assert caught.value.where == "a.txt"


@pytest.mark.parametrize("encoding", [*UNICODE, *OLD_CODES])
def test_forced(encoding: str) -> None:
    decoded = decode_bytes(encode_text("Hạn: 30/6", encoding), "", forced=encoding)
    assert decoded.text == "Hạn: 30/6"
    assert "encoding_detected" not in codes(decoded.notes)


def test_forced_utf16_without_a_mark_finds_its_order() -> None:
    assert decode_bytes(TEXT.encode("utf-16-be"), "", forced="utf-16").encoding == "utf-16-be"


def test_forced_wrongly_is_as_asked_for_and_noted() -> None:
    decoded = decode_bytes("đường".encode("utf-16-le"), "", forced="utf-16-le")
    assert decoded.text == "đường"
    decoded = decode_bytes(encode_text(TEXT, "vni"), "", forced="utf-8")
    assert "\ufffd" in decoded.text and codes(decoded.notes) == ["undecodable_bytes"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (" \n".encode("utf-16"), "empty"),
        ("Élève à côté où il était reçu à Noël, très âgé.".encode("latin-1"), "not UTF-8 (byte 0)"),
        (bytes(range(256)) * 9, "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(1, 200)), "binary"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"\x01\x02\x03\x04" * 50, "binary"),
    ],
)
def test_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        decode_bytes(data, "a.txt")
    assert problem in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize("data", [b"Vi\xae", b"h\xe0"])
def test_words_too_few_to_tell_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="--encoding"):
        decode_bytes(data, "a.txt")


@given(st.binary(max_size=300), st.sampled_from([None, *ENCODINGS]))
def test_any_bytes_are_read_or_refused(data: bytes, forced: str | None) -> None:
    try:
        decoded = decode_bytes(data, "a.txt", forced)
    except UnreadableDocument as error:
        assert error.remedy
    else:
        assert decoded.encoding in ENCODINGS
        decoded.text.encode("utf-8")


@pytest.mark.parametrize("data", [b"a" * 3_000_000, b"\xe1" * 3_000_000, b"\xe1\n" * 200_000, b"\xff\xfe\0" * 300_000])
def test_long_lines_and_many_lines(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        decode_bytes(data, "a.txt")
