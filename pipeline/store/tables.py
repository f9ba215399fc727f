"""The tasks as flat tables: `tasks.jsonl` and `tasks.csv`, one row a task, the same columns in both."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipeline.errors import StoreError
from pipeline.records import Body, Directive, Document, Task

Value = str | int | float | bool | None
Row = dict[str, Value]
_SEPARATOR = "; "
# A cell that begins so would be run as a formula by a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Column(NamedTuple):
    """A column of the tables: its name, what it holds, and how it is read off a task."""

    name: str
    meaning: str
    value: Callable[[Document, Directive, Task], Value]


COLUMNS: tuple[Column, ...] = (
    Column("report_id", "the report's id: the name of its JSON file", lambda d, v, t: d.document.id),
    Column("path", "the report's file as given", lambda d, v, t: d.document.path),
    Column("published", "the report's day of publication", lambda d, v, t: d.document.published),
    Column("title", "the report's title", lambda d, v, t: d.document.title),
    Column("genre", "the kind of report", lambda d, v, t: d.document.genre),
    Column("number", "an official document's number and sign", lambda d, v, t: d.document.number),
    Column("publisher", "who published it, by the manifest", lambda d, v, t: d.document.publisher),
    Column("url", "its address, by the manifest", lambda d, v, t: d.document.url),
    Column("meeting", "the name of the meeting reported", lambda d, v, t: d.meeting.name),
    Column("meeting_date", "its day", lambda d, v, t: d.meeting.date),
    Column("directive_id", "the directive's id", lambda d, v, t: v.id),
    Column("task_id", "the task's id", lambda d, v, t: t.id),
    Column("kind", "directive, commitment or proposal", lambda d, v, t: v.kind),
    Column("issuer_person", "who gave it: the name", lambda d, v, t: v.issuer.person),
    Column("issuer_role", "who gave it: the office", lambda d, v, t: v.issuer.role),
    Column("issuer_body", "who gave it: the body", lambda d, v, t: v.issuer.body),
    Column("cue", "the words that make it one", lambda d, v, t: v.cue.verb if v.cue else None),
    Column("force", "order, request, ban, pledge, proposal or need", lambda d, v, t: v.cue.force if v.cue else None),
    Column("task", "the task's words in the report", lambda d, v, t: t.span.exact),
    Column("action", "the work alone", lambda d, v, t: t.action),
    Column("lead", "who must do it, joined by '; '", lambda d, v, t: _names(t.lead)),
    Column("lead_ids", "their ids, in the same order, empty where unknown", lambda d, v, t: _ids(t.lead)),
    Column("coordinating", "who takes part, joined by '; '", lambda d, v, t: _names(t.coordinating)),
    Column("coordinating_ids", "their ids, in the same order", lambda d, v, t: _ids(t.coordinating)),
    Column("deadline_text", "the deadline's words", lambda d, v, t: t.deadline.text if t.deadline else None),
    Column("deadline_start", "its first day", lambda d, v, t: t.deadline.start if t.deadline else None),
    Column("deadline_end", "its last day, inclusive", lambda d, v, t: t.deadline.end if t.deadline else None),
    Column("deadline_edtf", "the same in EDTF", lambda d, v, t: t.deadline.edtf if t.deadline else None),
    Column("recurrence", "daily … yearly", lambda d, v, t: t.deadline.recurrence if t.deadline else None),
    Column("urgency", "words of urgency that are no deadline", lambda d, v, t: t.urgency),
    Column("targets", "figures to be reached, joined by '; '", lambda d, v, t: _join(x.text for x in t.targets)),
    Column("confidence", "0 to 1", lambda d, v, t: t.confidence),
    Column("start", "where the task begins in the text, in code points", lambda d, v, t: t.span.start),
    Column("end", "where it ends, exclusive", lambda d, v, t: t.span.end),
    Column("prefix", "the words before it", lambda d, v, t: t.span.prefix),
    Column("suffix", "the words after it", lambda d, v, t: t.span.suffix),
    Column("rules", "the rules that read it, joined by '; '", lambda d, v, t: _join(t.rules)),
)


def task_rows(document: Document) -> Iterator[Row]:
    """One row for each task of the document, in the order of the directives; the keys are those of COLUMNS."""
    for directive in document.directives:
        for task in directive.tasks:
            yield {column.name: column.value(document, directive, task) for column in COLUMNS}


def json_rows(rows: Iterable[Row]) -> bytes:
    """The rows as JSON lines, every value as it is."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def csv_rows(rows: Iterable[Row]) -> bytes:
    """The rows as lines of CSV without the head line; a text that a spreadsheet would run as a formula gets an
    apostrophe in front."""
    return _csv_lines([defused(value) for value in row.values()] for row in rows)


def csv_head() -> bytes:
    """What a CSV file begins with: the byte order mark, without which spreadsheets garble Vietnamese, and the names of
    the columns."""
    return codecs.BOM_UTF8 + _csv_lines([[column.name for column in COLUMNS]])


def _csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines, lineterminator="\n").writerows(rows)
    # Half a surrogate pair, which a damaged text may hold, is no UTF-8.
    return lines.getvalue().encode("utf-8", "backslashreplace")


class TaskTables:
    """`tasks.jsonl` and `tasks.csv` on their way into a folder, rows in the order they come. Raises StoreError where
    they can't be written."""

    def __init__(self, json_lines: Path, table: Path) -> None:
        try:
            self._json = json_lines.open("wb")
            self._csv = table.open("wb")
        except OSError as error:
            raise _unwritable(json_lines.parent, error) from error
        self.add(b"", csv_head())

    def add(self, json_lines: bytes, csv_lines: bytes) -> None:
        """Rows as `json_rows` and `csv_rows` give them."""
        try:
            self._json.write(json_lines)
            self._csv.write(csv_lines)
        except OSError as error:
            raise _unwritable(Path(self._json.name).parent, error) from error

    def close(self) -> None:
        """The tables are whole."""
        try:
            self._json.close()
            self._csv.close()
        except OSError as error:
            raise _unwritable(Path(self._json.name).parent, error) from error


def write_tables(documents: Iterable[Document], folder: Path) -> None:
    """`tasks.jsonl` and `tasks.csv` in the folder, rows in the order of the documents. Raises StoreError."""
    tables = TaskTables(folder / "tasks.jsonl", folder / "tasks.csv")
    for document in documents:
        rows = list(task_rows(document))
        tables.add(json_rows(rows), csv_rows(rows))
    tables.close()


def defused(value: Value) -> Value:
    """The value as a spreadsheet may open it: a text that begins like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _names(bodies: Iterable[Body]) -> str:
    return _join(body.name for body in bodies)


def _ids(bodies: Iterable[Body]) -> str:
    return _join(body.id or "" for body in bodies)


def _join(texts: Iterable[str]) -> str:
    return _SEPARATOR.join(texts)


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        "the results can't be written ({reason})",
        where=str(folder),
        remedy="Choose another folder with --out, or make this one writable",
        reason=error.strerror or error,
    )
