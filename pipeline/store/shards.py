"""Documents in few large files: `documents/part-00000.jsonl`, or `.parquet`, each with so many reports.

For runs over so many reports that a file for each would be slow to list, copy and pack. Reports come in the order of
the run, so that the same reports give the same files. A Parquet file has columns to choose by beside the document.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document, decode_document

Format = Literal["json", "jsonl", "parquet"]
"""How documents are written: a file each, or many to a file."""
REPORTS = 10_000
"""In one file, at most."""
# Reports that are held until they are written together.
_GROUP = 500
_TYPES = {"start": "int64", "end": "int64", "confidence": "double", "deadline_fuzzy": "bool"}

Place = Callable[[str], Path]
"""From a file's path below the results to where it is written."""


class Shards(Protocol):
    """Documents on their way into shards."""

    def add(self, document: bytes, json_rows: bytes) -> str:
        """One more, as JSON on one line, with the rows of its tasks; the path of the shard it goes into."""

    def close(self) -> None:
        """The shards are whole."""


def open_shards(kind: Literal["jsonl", "parquet"], place: Place) -> Shards:
    """Shards of that kind. All methods raise StoreError where they can't be written."""
    return _JsonShards(place) if kind == "jsonl" else _ParquetShards(place)


def document_row(data: bytes) -> dict[str, Any]:
    """The columns of one document, given as JSON, in a Parquet file: what it is chosen by, and the JSON itself."""
    document = decode_document(data)
    return {**_columns(document), "document": data.decode("utf-8")}


def _columns(document: Document) -> dict[str, Any]:
    source = document.document
    tasks = [task for directive in document.directives for task in directive.tasks]
    return {
        "id": source.id,
        "path": source.path,
        "sha256": source.sha256,
        "published": source.published,
        "title": source.title,
        "genre": source.genre,
        "number": source.number,
        "publisher": source.publisher,
        "url": source.url,
        "meeting": document.meeting.name,
        "meeting_date": document.meeting.date,
        "directives": len(document.directives),
        "tasks": len(tasks),
        "with_deadline": sum(task.deadline is not None for task in tasks),
    }


class _JsonShards:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._count = 0
        self._file: Any = None

    def add(self, document: bytes, json_rows: bytes) -> str:
        path = _path(self._count, "jsonl")
        try:
            if self._count % REPORTS == 0:
                self.close()
                self._file = self._place(path).open("wb")
            self._file.write(document + b"\n")
        except OSError as error:
            raise _unwritable(path, error) from error
        self._count += 1
        return path

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class _ParquetShards:
    """Also `tasks.parquet`, the rows of the tables."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._count = 0
        self._documents = _ParquetFile(document_schema())
        self._tasks = _ParquetFile(task_schema())
        self._tasks.open(place("tasks.parquet"))

    def add(self, document: bytes, json_rows: bytes) -> str:
        path = _path(self._count, "parquet")
        if self._count % REPORTS == 0:
            self._documents.close()
            self._documents.open(self._place(path))
        self._documents.add(document_row(document))
        for line in json_rows.splitlines():
            self._tasks.add(msgspec.json.decode(line))
        self._count += 1
        return path

    def close(self) -> None:
        self._documents.close()
        self._tasks.close()


class _ParquetFile:
    """A file that is written group after group."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._rows: list[dict[str, Any]] = []
        self._writer: Any = None
        self._location = Path()

    def open(self, location: Path) -> None:
        from pyarrow import parquet

        self._location = location
        try:
            self._writer = parquet.ParquetWriter(location, self._schema, compression="zstd")
        except OSError as error:
            raise _unwritable(str(location), error) from error

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        if self._writer is None:
            return
        self._flush()
        try:
            self._writer.close()
        except OSError as error:
            raise _unwritable(str(self._location), error) from error
        self._writer = None

    def _flush(self) -> None:
        import pyarrow

        if not self._rows:
            return
        try:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
        except OSError as error:
            raise _unwritable(str(self._location), error) from error
        self._rows = []


def document_schema() -> Any:
    """The Arrow schema of `document_row`."""
    import pyarrow

    numbers = {"directives", "tasks", "with_deadline"}
    names = (
        "id", "path", "sha256", "published", "title", "genre", "number", "publisher", "url", "meeting",
        "meeting_date", "directives", "tasks", "with_deadline", "document",
    )  # fmt: skip
    return pyarrow.schema([(name, pyarrow.int32() if name in numbers else pyarrow.string()) for name in names])


def task_schema() -> Any:
    """The Arrow schema of the tables of tasks."""
    import pyarrow

    from pipeline.store.task_rows import COLUMNS

    types = {"int64": pyarrow.int64(), "double": pyarrow.float64(), "bool": pyarrow.bool_(), "string": pyarrow.string()}
    return pyarrow.schema([(column.name, types[_TYPES.get(column.name, "string")]) for column in COLUMNS])


def _path(number: int, suffix: str) -> str:
    return f"documents/part-{number // REPORTS:05}.{suffix}"


def _unwritable(location: str, error: OSError) -> StoreError:
    return StoreError(
        "the results can't be written ({reason})",
        where=location,
        remedy="Choose another folder with --out, or make this one writable",
        reason=error.strerror or error,
    )
