"""UTF-8 text files: `.txt` and `.md`.

A Markdown file is read as the text it is: its marks stay in the canonical text, so that offsets hold in the file.
"""

from __future__ import annotations

from pipeline.errors import UnreadableDocument
from pipeline.records import FileText

# Above this share of control characters a decodable file is taken for binary: UTF-16 without a mark has 0.5,
# stray form feeds and NULs of a bad conversion stay far below.
_BINARY_SHARE = 0.1
_BLANK_CONTROLS = frozenset("\t\n\v\f\r")


def read_plain_text(data: bytes, where: str) -> FileText:
    """The text of a `.txt` file, characters as they stand. Raises UnreadableDocument (see `decode`)."""
    return FileText(text=decode(data, where), media_type="text/plain", encoding="utf-8")


def read_markdown(data: bytes, where: str) -> FileText:
    """The text of a `.md` file, marks and all. Raises UnreadableDocument (see `decode`)."""
    return FileText(text=decode(data, where), media_type="text/markdown", encoding="utf-8")


def decode(data: bytes, where: str) -> str:
    """The bytes as text. Raises UnreadableDocument where they are empty, not UTF-8, or no text.

    Other encodings (UTF-16, TCVN3, VNI) aren't guessed: a wrong guess would give wrong words in silence.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data[:8192]:
            raise _binary(where) from error
        raise UnreadableDocument(
            "the file is not UTF-8 (byte {offset})",
            where=where,
            remedy="Save it as UTF-8 and run again",
            offset=error.start,
        ) from error
    if not text.strip("\ufeff \t\n\v\f\r"):
        raise UnreadableDocument("the file is empty", where=where, remedy="Put the report's text in it, or take it out")
    controls = sum(character < " " and character not in _BLANK_CONTROLS for character in text)
    if controls > _BINARY_SHARE * len(text):
        raise _binary(where)
    return text


def _binary(where: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the file is binary, not text", where=where, remedy="Convert the report to a UTF-8 text file"
    )
