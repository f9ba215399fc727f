"""Bytes become text: the encoding is found or forced, and text misread earlier is put right.

Enters: a file's bytes, or text. Leaves: the text, the encoding it was in, and notes on what was done.
"""

from __future__ import annotations

import codecs
import re

from pipeline.errors import UnreadableDocument
from pipeline.read.encodings.code_table import OLD_CODES, WESTERN, code_table
from pipeline.read.encodings.detection import detect, find_mark
from pipeline.read.encodings.names import ENCODINGS, UTF_8, UTF_16, UTF_16_BE, UTF_16_LE, find_encoding
from pipeline.records import Note, Record

__all__ = ["ENCODINGS", "Decoded", "decode_bytes", "encode_text", "find_encoding"]

_UNICODE = (UTF_8, UTF_16_LE, UTF_16_BE)
# Above this share of control characters what was decoded is no text: stray form feeds and NULs of a bad conversion
# stay far below.
_BINARY_SHARE = 0.1
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


class Decoded(Record, frozen=True, kw_only=True):
    """The text of some bytes, without a byte order mark and otherwise as it stands, the encoding it was in (one of
    ENCODINGS), and what there is to say of it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode_bytes(data: bytes, where: str, forced: str | None = None) -> Decoded:
    """The bytes as text. `forced` is the encoding by any of its names; else it is told from the bytes (see `detect`).

    Notes: `encoding_detected` where it isn't UTF-8 and nothing but its words says so, `byte_order_mark`,
    `undecodable_bytes` for those that became U+FFFD, `capitals_unknown` for TCVN3. Raises UnreadableDocument where the
    bytes are empty, no text, or in no encoding that could be told, and where there is no encoding of that name.
    """
    mark = find_mark(data)
    notes = []
    if forced is not None:
        encoding = _settle(find_encoding(forced, where), data)
    elif mark:
        encoding = mark[0]
    else:
        encoding = detect(data) or _refuse(data, where)
        if encoding != UTF_8:
            notes.append(Note(code="encoding_detected", detail=encoding))
    if mark and mark[0] == encoding:
        data = data[mark[1] :]
        notes.append(Note(code="byte_order_mark", detail=encoding))
    text, broken = _decode(data, encoding)
    if not text.strip("\ufeff \t\n\v\f\r"):
        raise UnreadableDocument("the file is empty", where=where, remedy="Put the report's text in it, or take it out")
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise _binary(where)
    if broken:
        notes.append(Note(code="undecodable_bytes", count=broken))
    if encoding in OLD_CODES and code_table(encoding).capitals_of_font:
        notes.append(Note(code="capitals_unknown"))
    return Decoded(text=text, encoding=encoding, notes=tuple(notes))


def encode_text(text: str, encoding: str) -> bytes:
    """The bytes of a text in an encoding (by any of its names), the inverse of `decode_bytes`.

    UTF-16 without an order is little-endian with a mark. TCVN3 has no capitals with a tone and gets their small
    letters. Raises UnicodeEncodeError at a character that the encoding has no bytes for.
    """
    name = find_encoding(encoding)
    if name == UTF_16:
        return codecs.BOM_UTF16_LE + text.encode(UTF_16_LE)
    if name in _UNICODE or name == WESTERN:
        return text.encode(name)
    return code_table(name).encode(text)


def _decode(data: bytes, encoding: str) -> tuple[str, int]:
    """The text and how many pieces of it couldn't be decoded."""
    if encoding in _UNICODE:
        text = data.decode(encoding, "replace")
        return text, text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    if encoding == WESTERN:
        text = data.decode("cp1252", "replace")
        return text, text.count("\ufffd")
    return code_table(encoding).decode(data), 0


def _settle(encoding: str, data: bytes) -> str:
    """UTF-16 as asked for, in the order that its mark or its blanks tell."""
    if encoding != UTF_16:
        return encoding
    mark = find_mark(data)
    if mark and mark[0] != UTF_8:
        return mark[0]
    return UTF_16_BE if data[0::2].count(0) > data[1::2].count(0) else UTF_16_LE


def _refuse(data: bytes, where: str) -> str:
    if not data:
        return UTF_8
    if b"\0" in data[:8192]:
        raise _binary(where)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "the file is not UTF-8 (byte {offset}), and its words tell no other encoding",
            where=where,
            remedy="Save it as UTF-8, or name its encoding with --encoding: {names}",
            offset=error.start,
            names=", ".join(ENCODINGS),
        ) from error
    return UTF_8


def _binary(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the file is binary, not text", where=where, remedy="Convert the report to a UTF-8 text file"
    )
