"""Parquet tables of articles, read by small batches of rows; only the columns that are used are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.errors import UnreadableDocument
from pipeline.read.article_rows import Rows
from pipeline.read.columns import find_columns
from pipeline.read.items import Found, Opening, Source

_BATCH = 64
"""Rows that are held at once."""
_PAGE = 1 << 20
"""Bytes of a column that are read from the file at once."""


def read_parquet(source: Source, opening: Opening) -> Iterator[Found]:
    """The items of the rows, and an error for each that gives none. Raises UnreadableDocument where the table is
    damaged or encrypted, or its columns can't be told; what came before stands."""
    import pyarrow
    from pyarrow import parquet

    faults = (pyarrow.ArrowException, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError)
    try:
        table = parquet.ParquetFile(source.stream, buffer_size=_PAGE, pre_buffer=False)
        names = list(table.schema_arrow.names)
    except faults as error:
        raise _damaged(source.path, error) from error
    columns = find_columns(names, opening.options, source.path)
    rows = Rows(source, "application/vnd.apache.parquet", "utf-8")
    number = 0
    for batch in _batches(table, sorted(set(columns.values())), faults, source.path):
        for row in batch:
            number += 1
            yield rows.make(row, columns, number)


def _batches(
    table: Any, columns: list[str], faults: tuple[type[Exception], ...], where: str
) -> Iterator[list[dict[str, object]]]:
    try:
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns, use_threads=False):
            yield batch.to_pylist()
    except faults as error:
        raise _damaged(where, error) from error


def _damaged(where: str, error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "the table can't be read ({reason})",
        where=where,
        remedy="It is damaged, encrypted or no Parquet: write it anew, or as CSV",
        reason=str(error).partition("\n")[0] or type(error).__name__,
    )
