"""Rows of a table of articles as items: each row is a report.

The text of a row is its text column as it stands; the other columns tell its title, day, publisher and address. Its
path is the table's, `#` and its id, or `#row 17` where it has none or one that was met before.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from pipeline.errors import UnreadableDocument
from pipeline.read.columns import Role
from pipeline.read.formats import find_format
from pipeline.read.items import Item, Source, UniquePaths
from pipeline.read.limits import ROW_LIMIT
from pipeline.read.readers import READERS
from pipeline.records import FileText, Note

ROW = "row"
"""The format of an item whose text is known already."""
_OF_BYTES = frozenset({"undecodable_bytes", "byte_order_mark"})
_ID_LENGTH = 200
_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_DAY_MONTH_YEAR = re.compile(
    r"(?:(?:thứ\s+\w+|chủ\s+nhật|cn|t\d)\s*[,-]?\s*)?(?:ngày\s+)?"
    r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?:\s*[,T|-]?\s+\D{0,3}\d.*)?",
    re.IGNORECASE | re.DOTALL,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?:\s.*)?", re.DOTALL)


class Rows:
    """Makes the items of one table, rows in their order."""

    def __init__(self, source: Source, media_type: str, encoding: str, notes: tuple[Note, ...] = ()) -> None:
        self._source = source
        self._media_type = media_type
        self._encoding = encoding
        # What is wrong with some bytes of the table's beginning is told by the rows that hold them.
        self._notes = tuple(note for note in notes if note.code not in _OF_BYTES)
        self._paths = UniquePaths()
        self._ids: set[str] = set()

    def make(
        self, row: Mapping[str, object], columns: Mapping[Role, str], number: int, line: int | None = None
    ) -> Item | UnreadableDocument:
        """The item of a row, the `number`-th of the table from 1, which begins in that line; or why there is none."""
        values = {role: row.get(column) for role, column in columns.items()}
        path = self._path(values.get("id"), number)
        text = values.get("text")
        if text is None or (isinstance(text, str) and not text.strip("\ufeff \t\n\v\f\r\u00a0")):
            return row_error("the row has no text", path, line, number)
        if not isinstance(text, str):
            return row_error("the row's text is no string", path, line, number)
        if len(text) > ROW_LIMIT:
            return row_error("the row is too long", path, line, number)
        try:
            data = text.encode("utf-8")
        except UnicodeEncodeError:
            return row_error("the row is not in the table's encoding", path, line, number)
        published, unread = read_day(values.get("published"))
        notes = self._notes if unread is None else (*self._notes, Note(code="row_day_unread", detail=unread))
        format = find_format(data, "")
        marked_up = format.name == "html" and format.name in READERS
        told = FileText(
            text="" if marked_up else text,
            media_type=self._media_type,
            encoding=self._encoding,
            title=_words(values.get("title")),
            published=published,
            publisher=_words(values.get("publisher")),
            url=_words(values.get("url")),
            notes=notes,
        )
        return Item(path=path, data=data, format=format.name if marked_up else ROW, told=told)

    def path(self, number: int) -> str:
        """The path of a row whose id can't be read."""
        return self._path(None, number)

    def _path(self, given: object, number: int) -> str:
        words = _words(given)
        if words and len(words) <= _ID_LENGTH and words not in self._ids:
            self._ids.add(words)
            name = words
        else:
            name = f"row {number}"
        return self._paths.make(f"{self._source.path}#{name}")


def row_error(
    problem: str, path: str, line: int | None, number: int = 0, **details: object
) -> UnreadableDocument:
    """The error of a row that gives no item: the one that begins in that line of the file, or the `number`-th of a
    table that has no lines."""
    if line is None:
        return UnreadableDocument(
            problem, where=path, remedy="Correct row {number} or take it out", number=number, **details
        )
    return UnreadableDocument(
        problem, where=path, remedy="Correct the row that begins in line {line}, or take it out", line=line, **details
    )


def read_day(value: object) -> tuple[str | None, str | None]:
    """The ISO day of a cell, and the cell's words where it isn't empty but tells no day.

    Read are ISO days and times, days as they are written in Vietnam (8/6/2023, with a weekday before or a time behind)
    and the dates of typed tables. A time with an offset from UTC gives its day in Vietnam. Never read as month/day.
    """
    if isinstance(value, datetime.datetime):
        return (value.astimezone(_VIETNAM) if value.tzinfo else value).date().isoformat(), None
    if isinstance(value, datetime.date):
        return value.isoformat(), None
    words = _words(value)
    if words is None:
        return None, None
    try:
        return read_day(datetime.datetime.fromisoformat(words)) if len(words) >= 10 else _parsed(words)
    except (ValueError, OverflowError):
        return _parsed(words)


def _parsed(words: str) -> tuple[str | None, str | None]:
    match = _DAY_MONTH_YEAR.fullmatch(words) or _YEAR_FIRST.fullmatch(words)
    if match:
        try:
            return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat(), None
        except ValueError:
            pass
    return None, words[:_ID_LENGTH]


def _words(value: object) -> str | None:
    """The cell as words on one line, null where there are none or it is no string or number."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # an id in a column with gaps
    if not isinstance(value, str | int | float) or value != value:
        return None
    words = " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())
    return words or None
