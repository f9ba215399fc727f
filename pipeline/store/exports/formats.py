"""The formats of export: a new one is a module beside this and a row in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO, NamedTuple

from pipeline.records import Document
from pipeline.store.exports.calendar import write_calendar
from pipeline.store.exports.csv_table import write_csv
from pipeline.store.exports.docbin import write_docbin
from pipeline.store.exports.doccano import write_doccano
from pipeline.store.exports.json_lines import write_json_lines
from pipeline.store.exports.label_studio import write_label_studio
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.parquet import write_parquet
from pipeline.store.exports.web_annotation import write_web_annotation
from pipeline.store.exports.workbook import write_workbook
from pipeline.store.task_rows import TaskRow


class RowFormat(NamedTuple):
    """A format of tasks: its name, the ending of its files, and what writes it."""

    name: str
    suffix: str
    write: Callable[[Iterable[TaskRow], BinaryIO, ExportOptions], Written]


class TextFormat(NamedTuple):
    """A format of texts with their tasks marked in them."""

    name: str
    suffix: str
    write: Callable[[Iterable[Document], BinaryIO, ExportOptions], Written]


FORMATS: tuple[RowFormat | TextFormat, ...] = (
    RowFormat("csv", ".csv", write_csv),
    RowFormat("xlsx", ".xlsx", write_workbook),
    RowFormat("jsonl", ".jsonl", write_json_lines),
    RowFormat("parquet", ".parquet", write_parquet),
    RowFormat("ics", ".ics", write_calendar),
    TextFormat("docbin", ".spacy", write_docbin),
    TextFormat("doccano", ".doccano.jsonl", write_doccano),
    TextFormat("label-studio", ".label-studio.json", write_label_studio),
    TextFormat("webanno", ".annotations.jsonld", write_web_annotation),
)


def format_named(name: str) -> RowFormat | TextFormat:
    """The format of that name. Raises KeyError."""
    return {it.name: it for it in FORMATS}[name]
