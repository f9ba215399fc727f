"""Parquet: typed columns, for pandas, DuckDB, Spark and their like."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.task_rows import COLUMNS, TaskRow

ROWS_A_GROUP = 20_000
"""Rows held in memory at a time, and in each row group of the file."""
DAYS = frozenset({"published", "meeting_date", "deadline_start", "deadline_end", "deadline_end_strict"})
"""The fields of TaskRow that hold a day."""


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

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    hints = {field.name: field.type for field in msgspec.inspect.type_info(TaskRow).fields}  # type: ignore[attr-defined]
    fields = []
    for column in COLUMNS:
        kind = _plain_type(hints[column.name])
        if column.name in DAYS:
            arrow = pyarrow.date32()
        else:
            arrow = pyarrow.list_(pyarrow.string()) if kind is tuple else types[kind]
        nullable = _is_nullable(hints[column.name])
        fields.append(pyarrow.field(column.name, arrow, nullable, metadata={"description": column.meaning}))
    return pyarrow.schema(fields)


def _is_nullable(hint: msgspec.inspect.Type) -> bool:
    union = hint.types if isinstance(hint, msgspec.inspect.UnionType) else (hint,)
    return any(isinstance(member, msgspec.inspect.NoneType) for member in union)


def _plain_type(hint: msgspec.inspect.Type) -> type:
    """The Python type of a field's values, where they aren't null."""
    union = hint.types if isinstance(hint, msgspec.inspect.UnionType) else (hint,)
    kinds: dict[type, type] = {
        msgspec.inspect.StrType: str, msgspec.inspect.LiteralType: str, msgspec.inspect.IntType: int,
        msgspec.inspect.FloatType: float, msgspec.inspect.BoolType: bool, msgspec.inspect.VarTupleType: tuple,
    }  # fmt: skip
    return next(kinds[type(member)] for member in union if type(member) in kinds)
