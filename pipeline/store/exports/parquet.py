"""Parquet: typed columns, for pandas, DuckDB, Spark and their like."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from pipeline.store.column_types import column_types
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.task_rows import COLUMNS, DAYS, TaskRow

ROWS_A_GROUP = 20_000
"""Rows held in memory at a time, and in each row group of the file."""


def write_parquet(rows: Iterable[TaskRow], file: BinaryIO, options: ExportOptions) -> Written:
    """One row a task with all columns: days as date32, several values as lists; what a column holds stands in its
    metadata under "description"."""
    import pyarrow.parquet

    schema = _schema()
    remaining, count = iter(rows), 0
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(remaining):
            writer.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            count += len(group)
    return Written(count)


def _groups(rows: Iterator[TaskRow]) -> Iterator[list[dict[str, Any]]]:
    while group := [_typed(row) for row in islice(rows, ROWS_A_GROUP)]:
        yield group


def _typed(row: TaskRow) -> dict[str, Any]:
    values = msgspec.structs.asdict(row)
    for name in DAYS:
        day = values[name]
        values[name] = None if day is None else datetime.date.fromisoformat(day)
    return values


def _schema() -> Any:
    import pyarrow

    types = {
        "text": pyarrow.string(), "word": pyarrow.string(), "day": pyarrow.date32(), "integer": pyarrow.int64(),
        "number": pyarrow.float64(), "truth": pyarrow.bool_(), "texts": pyarrow.list_(pyarrow.string()),
    }  # fmt: skip
    fields = []
    for column, told in zip(COLUMNS, column_types(TaskRow, DAYS), strict=True):
        meaning = {"description": column.meaning}
        fields.append(pyarrow.field(told.name, types[told.kind], told.nullable, metadata=meaning))
    return pyarrow.schema(fields)
