"""One export: the tasks of a source as a whole file in one format."""

from __future__ import annotations

from pathlib import Path

from pipeline.store.exports.final_file import whole_file
from pipeline.store.exports.formats import RowFormat, TextFormat
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.sources import TaskSource


def export(source: TaskSource, format_: RowFormat | TextFormat, location: Path, options: ExportOptions) -> Written:
    """Writes the tasks into `location`, which holds them all afterwards, or what it held before.

    Raises StoreError where they can't be read, held by the format, or written.
    """
    with whole_file(location) as file:
        if isinstance(format_, RowFormat):
            return format_.write(source.rows(), file, options)
        return format_.write(source.documents(), file, options)
