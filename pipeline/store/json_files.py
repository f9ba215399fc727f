"""One JSON file a report: `json/<id>.json`, or `json/<two characters>/<id>.json` in a large run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document, decode_document, encode_document
from pipeline.store.output_folder import write

MANY = 1000
"""Above so many items to read, the documents go into sub-folders: a folder of 100,000 files is slow to list."""


def document_path(document_id: str, *, many: bool) -> str:
    """Where a document lies below the results, in a run over more than `MANY` items or not."""
    return f"json/{document_id[:2]}/{document_id}.json" if many else f"json/{document_id}.json"


def move_document(location: Path, to: Path) -> None:
    """A document moved to another place in the same folder of results. Raises StoreError."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        location.replace(to)
    except OSError as error:
        raise StoreError(
            "the results can't be written ({reason})",
            where=str(to),
            remedy="Choose another folder with --out, or make this one writable",
            reason=error.strerror or error,
        ) from error


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


class StoredDocuments(Sequence[Document]):
    """Documents read from their files as they are asked for, so that a large run needn't hold them all."""

    def __init__(self, locations: Sequence[Path]) -> None:
        self._locations = tuple(locations)

    def __len__(self) -> int:
        return len(self._locations)

    def __iter__(self) -> Iterator[Document]:
        return (read_document(location) for location in self._locations)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> StoredDocuments: ...
    def __getitem__(self, index: int | slice) -> Document | StoredDocuments:
        if isinstance(index, slice):
            return StoredDocuments(self._locations[index])
        return read_document(self._locations[index])
