"""CSV: UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese; formulas defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from pipeline.store.exports.form import FORM_COLUMNS, form_values
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.words import export_words
from pipeline.store.spreadsheet_text import defused
from pipeline.store.task_rows import COLUMNS, TaskRow, flat


def write_csv(rows: Iterable[TaskRow], file: BinaryIO, options: ExportOptions) -> Written:
    """One line a task, with a head line: the columns of the state form, or all of COLUMNS. Days are ISO days."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    table = csv.writer(text, lineterminator="\n")
    form = options.columns == "form"
    table.writerow([export_words().form[name] for name in FORM_COLUMNS] if form else [name for name, _ in COLUMNS])
    count = 0
    for row in rows:
        values = form_values(row) if form else flat(row).values()
        table.writerow([defused(value) for value in values])
        count += 1
    text.flush()
    text.detach()
    return Written(count)
