"""The tasks as flat tables: `tasks.jsonl` and `tasks.csv`, one row a task, the same columns in both."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.spreadsheet_text import defused
from pipeline.store.task_rows import COLUMNS, Row, Value, flat
from pipeline.store.task_rows import task_rows as task_row_records


def task_rows(document: Document) -> Iterator[Row]:
    """One row for each task of the document, in the order of the directives; the keys are those of COLUMNS."""
    return (flat(row) for row in task_row_records(document))


def json_rows(rows: Iterable[Row]) -> bytes:
    """The rows as JSON lines, every value as it is."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def csv_rows(rows: Iterable[Row]) -> bytes:
    """The rows as lines of CSV without the head line; a text that a spreadsheet would run as a formula gets an
    apostrophe in front."""
    return _csv_lines([defused(value) for value in row.values()] for row in rows)


def csv_head() -> bytes:
    """What a CSV file begins with: the byte order mark, without which spreadsheets garble Vietnamese, and the names of
    the columns."""
    return codecs.BOM_UTF8 + _csv_lines([[column.name for column in COLUMNS]])


def _csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(rows)
    # Half a surrogate pair, which a damaged text may hold, is no UTF-8.
    return lines.getvalue().encode("utf-8", "backslashreplace")


class TaskTables:
    """`tasks.jsonl` and `tasks.csv` on their way into a folder, rows in the order they come. Raises StoreError where
    they can't be written."""

    def __init__(self, json_lines: Path, table: Path) -> None:
        try:
            self._json = json_lines.open("wb")
            self._csv = table.open("wb")
        except OSError as error:
            raise _unwritable(json_lines.parent, error) from error
        self.add(b"", csv_head())

    def add(self, json_lines: bytes, csv_lines: bytes) -> None:
        """Rows as `json_rows` and `csv_rows` give them."""
        try:
            self._json.write(json_lines)
            self._csv.write(csv_lines)
        except OSError as error:
            raise _unwritable(Path(self._json.name).parent, error) from error

    def close(self) -> None:
        """The tables are whole."""
        try:
            self._json.close()
            self._csv.close()
        except OSError as error:
            raise _unwritable(Path(self._json.name).parent, error) from error


def write_tables(documents: Iterable[Document], folder: Path) -> None:
    """`tasks.jsonl` and `tasks.csv` in the folder, rows in the order of the documents. Raises StoreError."""
    tables = TaskTables(folder / "tasks.jsonl", folder / "tasks.csv")
    for document in documents:
        rows = list(task_rows(document))
        tables.add(json_rows(rows), csv_rows(rows))
    tables.close()


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        "the results can't be written ({reason})",
        where=str(folder),
        remedy="Choose another folder with --out, or make this one writable",
        reason=error.strerror or error,
    )
