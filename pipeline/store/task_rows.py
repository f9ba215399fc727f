"""The task as one row: everything a table, a listing or an export shows of it, made from its document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from pipeline.records import Body, Deadline, Directive, DirectiveKind, Document, Force, Genre, Record, Recurrence, Task

Value = str | int | float | bool | None
Row = dict[str, Value]
SEPARATOR = "; "
"""Between the values of a cell that holds several."""


class TaskRow(Record, frozen=True, kw_only=True):
    """Dòng nhiệm vụ: one task with what is known of its directive, its meeting and its report.

    Days are ISO strings, offsets count code points of the report's text. `lead_ids` and `coordinating_ids` stand in
    the order of `lead` and `coordinating`, null for a body whose identity isn't known. What each field holds stands
    in COLUMNS, which has the same names in the same order. The places where bodies, issuer and deadline were read are
    left to the document.
    """

    report_id: str
    path: str
    published: str | None
    title: str | None
    genre: Genre
    number: str | None
    publisher: str | None
    url: str | None
    meeting: str | None
    meeting_date: str | None
    directive_id: str
    task_id: str
    kind: DirectiveKind
    issuer_person: str | None
    issuer_role: str | None
    issuer_body: str | None
    cue: str | None
    force: Force | None
    task: str
    action: str
    lead: tuple[str, ...]
    lead_ids: tuple[str | None, ...]
    coordinating: tuple[str, ...]
    coordinating_ids: tuple[str | None, ...]
    deadline_text: str | None
    deadline_start: str | None
    deadline_end: str | None
    deadline_end_strict: str | None
    deadline_edtf: str | None
    deadline_fuzzy: bool | None
    recurrence: Recurrence | None
    rrule: str | None
    urgency: str | None
    targets: tuple[str, ...]
    confidence: float
    start: int
    end: int
    prefix: str
    suffix: str
    rules: tuple[str, ...]


class Column(NamedTuple):
    """A column of the tables of tasks: a field of TaskRow and what it holds."""

    name: str
    meaning: str


COLUMNS: tuple[Column, ...] = (
    Column("report_id", "the report's id: the name of its JSON file"),
    Column("path", "the report's file as given"),
    Column("published", "the report's day of publication"),
    Column("title", "the report's title"),
    Column("genre", "the kind of report"),
    Column("number", "an official document's number and sign"),
    Column("publisher", "who published it, by the file itself or the manifest"),
    Column("url", "its address, by the file itself or the manifest"),
    Column("meeting", "the name of the meeting reported"),
    Column("meeting_date", "its day"),
    Column("directive_id", "the directive's id"),
    Column("task_id", "the task's id"),
    Column("kind", "directive, commitment or proposal"),
    Column("issuer_person", "who gave it: the name"),
    Column("issuer_role", "who gave it: the office"),
    Column("issuer_body", "who gave it: the body"),
    Column("cue", "the words that make it one"),
    Column("force", "order, request, ban, pledge, proposal or need"),
    Column("task", "the task's words in the report"),
    Column("action", "the work alone"),
    Column("lead", "who must do it"),
    Column("lead_ids", "their ids, in the same order, empty where unknown"),
    Column("coordinating", "who takes part"),
    Column("coordinating_ids", "their ids, in the same order, empty where unknown"),
    Column("deadline_text", "the deadline's words"),
    Column("deadline_start", "its first day"),
    Column("deadline_end", "its last day, inclusive"),
    Column("deadline_end_strict", "its last day where 'before a day' leaves that day out; empty where it is the same"),
    Column("deadline_edtf", "the same in EDTF"),
    Column("deadline_fuzzy", "whether the words are vague, as in 'about September'; empty where there is no deadline"),
    Column("recurrence", "daily … yearly"),
    Column("rrule", "the same as a rule of RFC 5545"),
    Column("urgency", "words of urgency that are no deadline"),
    Column("targets", "figures to be reached"),
    Column("confidence", "0 to 1"),
    Column("start", "where the task begins in the text, in code points"),
    Column("end", "where it ends, exclusive"),
    Column("prefix", "the words before it"),
    Column("suffix", "the words after it"),
    Column("rules", "the rules that read it, in the order they fired"),
)

DAYS = frozenset({"published", "meeting_date", "deadline_start", "deadline_end", "deadline_end_strict"})
"""The columns that hold a day."""


def task_rows(document: Document) -> Iterator[TaskRow]:
    """One row for each task of the document, in the order of the directives."""
    for directive in document.directives:
        for task in directive.tasks:
            yield task_row(document, directive, task)


def task_row(document: Document, directive: Directive, task: Task) -> TaskRow:
    """The row of a task that stands in the directive of the document."""
    source, meeting, issuer, cue = document.document, document.meeting, directive.issuer, directive.cue
    due: Deadline | None = task.deadline
    return TaskRow(
        report_id=source.id,
        path=source.path,
        published=source.published,
        title=source.title,
        genre=source.genre,
        number=source.number,
        publisher=source.publisher,
        url=source.url,
        meeting=meeting.name,
        meeting_date=meeting.date,
        directive_id=directive.id,
        task_id=task.id,
        kind=directive.kind,
        issuer_person=issuer.person,
        issuer_role=issuer.role,
        issuer_body=issuer.body,
        cue=cue.verb if cue else None,
        force=cue.force if cue else None,
        task=task.span.exact,
        action=task.action,
        lead=_names(task.lead),
        lead_ids=_ids(task.lead),
        coordinating=_names(task.coordinating),
        coordinating_ids=_ids(task.coordinating),
        deadline_text=due.text if due else None,
        deadline_start=due.start if due else None,
        deadline_end=due.end if due else None,
        deadline_end_strict=due.end_strict if due else None,
        deadline_edtf=due.edtf if due else None,
        deadline_fuzzy=due.fuzzy if due else None,
        recurrence=due.recurrence if due else None,
        rrule=due.rrule if due else None,
        urgency=task.urgency,
        targets=tuple(target.text for target in task.targets),
        confidence=task.confidence,
        start=task.span.start,
        end=task.span.end,
        prefix=task.span.prefix,
        suffix=task.span.suffix,
        rules=task.rules,
    )


def flat(row: TaskRow) -> Row:
    """The row with one value a cell, its keys those of COLUMNS: several values are joined by SEPARATOR."""
    return {name: _cell(value) for name, value in msgspec.structs.asdict(row).items()}


def _cell(value: Value | tuple[str | None, ...]) -> Value:
    return SEPARATOR.join(text or "" for text in value) if isinstance(value, tuple) else value


def _names(bodies: Iterable[Body]) -> tuple[str, ...]:
    return tuple(body.name for body in bodies)


def _ids(bodies: Iterable[Body]) -> tuple[str | None, ...]:
    return tuple(body.id for body in bodies)
