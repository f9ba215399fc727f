"""The tasks as flat tables: `tasks.jsonl` and `tasks.csv`, one row a task, the same columns in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Document
from pipeline.store.spreadsheet_text import defused
from pipeline.store.task_rows import COLUMNS, Row, flat
from pipeline.store.task_rows import task_rows as task_row_records


def task_rows(document: Document) -> Iterator[Row]:
    """One row for each task of the document, in the order of the directives; the keys are those of COLUMNS."""
    return (flat(row) for row in task_row_records(document))


def write_tables(documents: Iterable[Document], folder: Path) -> None:
    """`tasks.jsonl` and `tasks.csv` in the folder, rows in the order of the documents. Raises StoreError.

    The CSV is UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese; a text that a
    spreadsheet would run as a formula gets an apostrophe in front. The JSON lines hold every value as it is.
    """
    # Here, for it takes longer to import than all else together.
    import pandas

    rows = [row for document in documents for row in task_rows(document)]
    try:
        with (folder / "tasks.jsonl").open("wb") as file:
            file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        frame = pandas.DataFrame(
            [[defused(value) for value in row.values()] for row in rows],
            columns=[column.name for column in COLUMNS],
            dtype=object,
        )
        frame.to_csv(folder / "tasks.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    except OSError as error:
        raise StoreError(
            "the results can't be written ({reason})",
            where=str(folder),
            remedy="Choose another folder with --out, or make this one writable",
            reason=error.strerror or error,
        ) from error
