"""CSV tables of articles, whatever stands between the columns; read row by row, in any encoding.

Rows are strict CSV (RFC 4180, with line breaks in quotation marks): a row with a stray quotation mark is an error of
its own rather than a text cut or joined in silence.
"""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator

from pipeline.errors import UnreadableDocument
from pipeline.read.article_rows import Rows, row_error
from pipeline.read.columns import find_columns
from pipeline.read.items import Found, Opening, Source
from pipeline.read.limits import ROW_LIMIT
from pipeline.read.text_lines import LineTooLong, TextLines

_DELIMITERS = ",;\t|"
_SPREADSHEET_MARK = "sep="


def read_csv(source: Source, opening: Opening) -> Iterator[Found]:
    """The items of the rows, and an error for each that gives none. Raises UnreadableDocument where there is no head
    line or its columns can't be told, or where the table is in no known encoding."""
    lines = TextLines(source.stream, source.path, opening.options.encoding)
    with _long_fields():
        yield from _read(source, lines, opening)


def _read(source: Source, lines: TextLines, opening: Opening) -> Iterator[Found]:
    rows = Rows(source, "text/csv", lines.encoding, lines.notes)
    try:
        first = next(lines)
        delimiter = _find_delimiter(first)
        if first.lower().startswith(_SPREADSHEET_MARK) and len(first.strip()) == len(_SPREADSHEET_MARK) + 1:
            delimiter, first = first.strip()[-1], next(lines)
        reader = csv.reader(_Pushed(first, lines), delimiter=delimiter, strict=True)
        head = [column.strip() for column in next(reader)]
    except (StopIteration, LineTooLong, csv.Error) as error:
        raise UnreadableDocument(
            "the table has no head line", where=source.path, remedy="Give it a first line with the columns' names"
        ) from error
    columns = find_columns(head, opening.options, source.path)
    number = 0
    while True:
        line = lines.number + 1
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except LineTooLong:
            yield row_error("the row is too long", rows.path(number), line)
            continue
        except csv.Error as error:
            yield row_error(
                "the row is no CSV up to line {last} ({reason})",
                rows.path(number),
                line,
                last=lines.number,
                reason=error,
            )
            continue
        if not any(cells):
            number -= 1
        elif len(cells) > len(head):
            yield row_error("the row has more fields than the head line", rows.path(number), line)
        else:
            yield rows.make(dict(zip(head, cells, strict=False)), columns, number, line)


class _Pushed:
    """The lines with one that was read already before them. No generator: it goes on after an error."""

    def __init__(self, first: str, lines: TextLines) -> None:
        self._first: str | None = first
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line."""
        if self._first is None:
            return next(self._lines)
        first, self._first = self._first, None
        return first


def _find_delimiter(head: str) -> str:
    """What parts the head line into the most columns; a comma where nothing does."""

    def columns(delimiter: str) -> int:
        try:
            return len(next(csv.reader([head], delimiter=delimiter)))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=columns)


@contextlib.contextmanager
def _long_fields() -> Iterator[None]:
    """The library's limit of a field, which is one for the process, raised to that of a row."""
    before = csv.field_size_limit(ROW_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(before)
