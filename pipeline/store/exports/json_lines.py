"""JSON lines: a task a line, every value as it is, several values as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.task_rows import TaskRow

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(TaskRow)


def write_json_lines(rows: Iterable[TaskRow], file: BinaryIO, options: ExportOptions) -> Written:
    """One JSON object a line, UTF-8, its keys those of COLUMNS."""
    count = 0
    for row in rows:
        file.write(_ENCODER.encode(row) + b"\n")
        count += 1
    return Written(count)


def read_json_lines(lines: Iterable[bytes]) -> Iterator[TaskRow]:
    """The inverse of `write_json_lines`. Raises msgspec.DecodeError for a line that is no task."""
    return (_DECODER.decode(line) for line in lines)
