"""The documents in a folder of results, however the run wrote them: a file each, or many to a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document, decode_document
from pipeline.store.json_files import read_document

ROWS_AT_ONCE = 500


class ResultsFolder(Iterable[Document]):
    """The documents of a folder, read anew each time they are gone through, one after another.

    Files of `json/` come in the order of their ids, the parts of `documents/` (JSON lines or Parquet) in that of the
    run. Raises StoreError where the folder holds neither, and while reading where a file holds no documents.
    """

    def __init__(self, folder: Path) -> None:
        self._files = sorted((folder / "json").glob("**/*.json"), key=lambda location: location.name)
        self._parts = sorted((folder / "documents").glob("part-*.jsonl")) or sorted(
            (folder / "documents").glob("part-*.parquet")
        )
        if not self._files and not self._parts:
            raise StoreError(
                "the folder holds no results",
                where=str(folder),
                remedy="Give the folder that chidao run wrote with --out",
            )

    def __iter__(self) -> Iterator[Document]:
        for location in self._files:
            yield read_document(location)
        for location in self._parts:
            lines = _parquet_lines(location) if location.suffix == ".parquet" else _lines(location)
            try:
                yield from (decode_document(line) for line in lines)
            except (OSError, ValueError, msgspec.DecodeError) as error:
                raise StoreError(
                    "the file is no document of this program ({reason})",
                    where=str(location),
                    remedy="Run again to write it anew",
                    reason=error,
                ) from error


def _lines(location: Path) -> Iterator[bytes]:
    with location.open("rb") as file:
        yield from file


def _parquet_lines(location: Path) -> Iterator[bytes]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(location) as file:
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=["document"]):
            for text in batch.column(0).to_pylist():
                yield text.encode("utf-8")
