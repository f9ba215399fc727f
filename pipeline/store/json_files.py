"""One JSON file a report: `json/<id>.json`, or `json/<two characters>/<id>.json` in a large run."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document, decode_document, encode_document
from pipeline.store.output_folder import write

MANY = 1000
"""Above so many items to read, the documents go into sub-folders: a folder of 100,000 files is slow to list."""


def document_path(document_id: str, *, many: bool) -> str:
    """Where a document lies below the results, in a run over more than `MANY` items or not."""
    return f"json/{document_id[:2]}/{document_id}.json" if many else f"json/{document_id}.json"


def compact_document(document: Document) -> bytes:
    """The document as UTF-8 JSON on one line, without the newline at its end."""
    return msgspec.json.encode(document)


def indented(document: bytes) -> bytes:
    """The same from a document on one line as `encode_document` gives from its record."""
    return msgspec.json.format(document, indent=1) + b"\n"


def write_document(document: Document, location: Path) -> None:
    """The document in a file, with the folders above it. Raises StoreError."""
    write(location, encode_document(document))


def read_document(location: Path) -> Document:
    """The document in a file. Raises StoreError where it can't be read or isn't one."""
    try:
        return decode_document(location.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError(
            "the file is no document of this program ({reason})",
            where=str(location),
            remedy="Run again to write it anew",
            reason=error,
        ) from error
