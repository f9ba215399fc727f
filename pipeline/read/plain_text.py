"""Text files: `.txt` and `.md`, in any encoding that Vietnamese is written in.

A Markdown file is read as the text it is: its marks stay in the canonical text, so that offsets hold in the file.
"""

from __future__ import annotations

from pipeline.read.encodings import decode_bytes
from pipeline.records import FileText


def read_plain_text(data: bytes, where: str, encoding: str | None = None) -> FileText:
    """The text of a `.txt` file, characters as they stand. `encoding` is the one to read it in, else it is found.

    Raises UnreadableDocument (see `decode_bytes`).
    """
    return _read(data, where, encoding, "text/plain")


def read_markdown(data: bytes, where: str, encoding: str | None = None) -> FileText:
    """The text of a `.md` file, marks and all; as `read_plain_text`."""
    return _read(data, where, encoding, "text/markdown")


def _read(data: bytes, where: str, encoding: str | None, media_type: str) -> FileText:
    decoded = decode_bytes(data, where, encoding)
    return FileText(text=decoded.text, media_type=media_type, encoding=decoded.encoding, notes=decoded.notes)
