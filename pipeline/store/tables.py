"""The tasks as flat tables: `tasks.jsonl` and `tasks.csv`, one row a task, the same columns in both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


def write_tables(documents: Iterable[Document], folder: Path) -> None:
    """`tasks.jsonl` and `tasks.csv` in the folder, rows in the order of the documents. Raises StoreError.

    The CSV is UTF-8 with a byte order mark, without which spreadsheets garble Vietnamese; a text that a
    spreadsheet would run as a formula gets an apostrophe in front. The JSON lines hold every value as it is.
    """
    # Here, for it takes longer to import than all else together.
    import pandas

    rows = [row for document in documents for row in task_rows(document)]
    try:
        with (folder / "tasks.jsonl").open("wb") as file:
            file.writelines(msgspec.json.encode(row) + b"\n" for row in rows)
        frame = pandas.DataFrame(
            [[defused(value) for value in row.values()] for row in rows],
            columns=[column.name for column in COLUMNS],
            dtype=object,
        )
        frame.to_csv(folder / "tasks.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    except OSError as error:
        raise StoreError(
            "the results can't be written ({reason})",
            where=str(folder),
            remedy="Choose another folder with --out, or make this one writable",
            reason=error.strerror or error,
        ) from error


def defused(value: Value) -> Value:
    """The value as a spreadsheet may open it: a text that begins like a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _names(bodies: Iterable[Body]) -> str:
    return _join(body.name for body in bodies)


def _ids(bodies: Iterable[Body]) -> str:
    return _join(body.id or "" for body in bodies)


def _join(texts: Iterable[str]) -> str:
    return _SEPARATOR.join(texts)
