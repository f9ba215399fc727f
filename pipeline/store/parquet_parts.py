"""A part of the two tables as Parquet in memory, for stores that take a file in one piece.

The columns are those of `pipeline.store.shards`. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.store.shards import document_row, document_schema, task_schema


def document_part(documents: Iterable[bytes]) -> bytes:
    """A Parquet file of documents, each given as JSON on one line, in their order."""
    return _parquet([document_row(document) for document in documents], document_schema())


def task_part(json_rows: Iterable[bytes]) -> bytes:
    """A Parquet file of tasks, the rows of each report given as JSON lines, in their order."""
    rows = [msgspec.json.decode(line) for lines in json_rows for line in lines.splitlines()]
    return _parquet(rows, task_schema())


def _parquet(rows: list[dict[str, Any]], schema: Any) -> bytes:
    import pyarrow
    from pyarrow import parquet

    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data
