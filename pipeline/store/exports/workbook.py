"""XLSX: one sheet with a frozen head, filters, real days and links; formulas defused."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, BinaryIO, NamedTuple

from pipeline.errors import StoreError
from pipeline.store.exports.form import FORM_COLUMNS, deadline_day, form_values
from pipeline.store.exports.options import ExportOptions, Written
from pipeline.store.exports.web_address import web_address
from pipeline.store.exports.words import export_words
from pipeline.store.spreadsheet_text import defused
from pipeline.store.task_rows import COLUMNS, DAYS, TaskRow, Value, flat

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
MOST_LINKS = 65_530
LONGEST_LINK = 2_079
"""The limits of a sheet, by Microsoft's "Excel specifications and limits". Links above them are written as text."""
# What a sheet counts days from: its day 1 is 1900-01-01, and every day before 1900-03-01 is one off.
_FIRST_DAY = datetime.date(1900, 3, 1)
# Widths in characters; the others are narrow.
_WIDE = {"task": 60, "action": 60, "source": 50, "lead": 30, "coordinating": 30, "title": 40, "deadline_text": 30}
_NARROW = 14


class _Cell(NamedTuple):
    """A cell's value; `day` says that it is an ISO day, `link` where it leads to."""

    value: Value
    day: bool = False
    link: str | None = None


def write_workbook(rows: Iterable[TaskRow], file: BinaryIO, options: ExportOptions) -> Written:
    """One row a task under a head line: the columns of the state form, or all of COLUMNS.

    Days are days of the sheet (dd/mm/yyyy), figures are numbers. Raises StoreError where a sheet can't hold the tasks:
    more than MOST_ROWS, or a text longer than LONGEST_TEXT (XLSX would cut it).
    """
    import xlsxwriter

    names = list(FORM_COLUMNS) if options.columns == "form" else [column.name for column in COLUMNS]
    heads = [export_words().form[name] for name in names] if options.columns == "form" else names
    cells = _form_cells if options.columns == "form" else _all_cells
    # A row at a time goes to a temporary file: a large sheet needn't be held.
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same bytes for the same tasks
    sheet = _Sheet(book, names, heads)
    count = 0
    try:
        for row in rows:
            count += 1
            if count >= MOST_ROWS:
                raise StoreError(
                    "a sheet holds {limit} tasks, and there are more",
                    remedy="Choose fewer with the filters, or export as csv or parquet",
                    limit=MOST_ROWS - 1,
                )
            sheet.write_row(count, cells(row))
        sheet.add_filters(count)
    finally:
        # After an error too: the library's rows lie in a temporary file until then.
        book.close()
    return Written(count)


def _form_cells(row: TaskRow) -> list[_Cell]:
    *values, due, source = form_values(row)
    day = deadline_day(row) is not None
    return [*(_Cell(value) for value in values), _Cell(due, day), _Cell(source, link=web_address(row.url))]


def _all_cells(row: TaskRow) -> list[_Cell]:
    links = {"url": web_address(row.url)}
    return [_Cell(value, name in DAYS, links.get(name)) for name, value in flat(row).items()]


class _Sheet:
    """The sheet as it is filled from above."""

    def __init__(self, book: Any, names: list[str], heads: list[str]) -> None:
        self._sheet = book.add_worksheet(export_words().labels["sheet"])
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        self._link = book.add_format({"text_wrap": True, "valign": "top", "font_color": "blue", "underline": 1})
        self._links = 0
        self._last = len(names) - 1
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for place, (name, head) in enumerate(zip(names, heads, strict=True)):
            self._sheet.set_column(place, place, _WIDE.get(name, _NARROW))
            self._sheet.write_string(0, place, head, bold)
        self._sheet.freeze_panes(1, 0)

    def write_row(self, line: int, cells: list[_Cell]) -> None:
        for place, cell in enumerate(cells):
            self._write(line, place, cell)

    def _write(self, line: int, place: int, cell: _Cell) -> None:
        value = cell.value
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(line, place, value, self._wrapped)
        elif not isinstance(value, str):
            self._sheet.write_number(line, place, value, self._wrapped)
        elif cell.day and datetime.date.fromisoformat(value) >= _FIRST_DAY:
            self._sheet.write_datetime(line, place, datetime.date.fromisoformat(value), self._day)
        else:
            self._write_text(line, place, str(defused(value)), cell.link)

    def _write_text(self, line: int, place: int, text: str, link: str | None) -> None:
        if _units(text) > LONGEST_TEXT:
            raise StoreError(
                "a text of task {number} is longer than the {limit} characters a cell holds",
                remedy="Export as csv or parquet, which hold it whole",
                number=line,
                limit=LONGEST_TEXT,
            )
        if link is not None and len(link) <= LONGEST_LINK and self._links < MOST_LINKS:
            self._links += 1
            self._sheet.write_url(line, place, link, self._link, text)
        else:
            self._sheet.write_string(line, place, text, self._wrapped)

    def add_filters(self, rows: int) -> None:
        """The filters over the head and so many rows."""
        self._sheet.autofilter(0, 0, rows, self._last)


def _units(text: str) -> int:
    """The length as spreadsheets count it: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
