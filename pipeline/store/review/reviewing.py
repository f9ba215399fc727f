"""One review into the database: who said what of a task, when, why, and how the task stands after it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection

from pipeline.errors import ReviewError
from pipeline.records import Directive, Record, Task
from pipeline.store.database.identity import directive_id, free_ids
from pipeline.store.database.keys import Keys
from pipeline.store.database.reading_rows import json_text
from pipeline.store.database.register import insert_bodies
from pipeline.store.database.report_store import insert_people
from pipeline.store.database.statements import NewRows, execute, select
from pipeline.store.database.task_values import ValueRows, state_digest
from pipeline.store.database.writer import add_event
from pipeline.store.exports.state_rows import directives_of
from pipeline.store.review.corrections import Correction, ReportRead, apply, new_task, plain

Verdict = Literal["accept", "reject", "edit", "add"]
COMMAND = "command"
"""Where a review comes from that was typed; else it is the corrected file's name."""


class Signature(Record, frozen=True, kw_only=True):
    """Who reviews, when (a moment with its offset from UTC), and where the review comes from."""

    reviewer: str
    at: datetime.datetime
    origin: str = COMMAND


class StoredTask(NamedTuple):
    """A task as it stands, or as it last stood where nobody tells of it any more."""

    key: int
    id: str
    status: str
    report: int
    text: int
    state: int
    directive_key: int
    directive: Directive
    task: Task


class _Report(NamedTuple):
    key: int
    text: int
    read: ReportRead


class Reviewer:
    """Stores reviews in the connection's transaction, all of one signature."""

    def __init__(self, connection: Connection, signature: Signature) -> None:
        if not signature.reviewer.strip():
            raise ReviewError("nobody is named as the reviewer", remedy="Give a name with --reviewer")
        self.connection = connection
        self._signature = signature
        self._keys = Keys()

    def accept(self, task_id: str, reason: str | None = None) -> None:
        """The task is right as it stands: later runs don't change it. Raises ReviewError for an unknown task."""
        stored = find_task(self.connection, task_id)
        event = self._add_review(stored.key, "accept", reason, [])
        if not self._has_said(stored):
            report = self._report(stored.report, text=stored.text)
            self._replace_state(stored, event, report, stored.directive, stored.task, same_directive=True)
        self._set_status(stored, "edited" if stored.status == "edited" else "accepted")

    def reject(self, task_id: str, reason: str | None = None) -> None:
        """What the task says is no task: it is shown no more, whatever later runs read. Raises ReviewError."""
        stored = find_task(self.connection, task_id)
        event = self._add_review(stored.key, "reject", reason, [])
        self._close_review_state(stored.key, event)
        self._set_status(stored, "rejected")

    def edit(self, task_id: str, correction: Correction, reason: str | None = None) -> None:
        """The task is as corrected, whatever later runs read. Raises ReviewError where the correction changes nothing,
        or its words don't stand in the text."""
        stored = find_task(self.connection, task_id)
        # Offsets count in the text that the task was last read in, which may not be the report's newest.
        report = self._report(stored.report, text=stored.text)
        directive, task = apply(correction, report.read, stored.directive, stored.task)
        changes = _changes(plain(stored.directive, stored.task), plain(directive, task))
        if not changes:
            raise ReviewError("the correction changes nothing", where=task_id, remedy="Accept the task as it is")
        event = self._add_review(stored.key, "edit", reason, changes)
        same = (directive.kind, directive.issuer) == (stored.directive.kind, stored.directive.issuer)
        self._replace_state(stored, event, report, directive, task, same_directive=same)
        self._set_status(stored, "edited")

    def add(self, report_id: str, correction: Correction, reason: str | None = None) -> str:
        """A task that no run had found; gives its id. Raises ReviewError for an unknown report, or without words and
        kind."""
        report = self._report(find_report(self.connection, report_id))
        directive, task = new_task(correction, report.read)
        span = (directive.kind, task.span.start, task.span.end)
        id_ = free_ids(self.connection, report.read.id, [span])[0]
        key = self._keys.next(self.connection)
        event = add_event(self.connection, "review", self._signature.at)
        rows = NewRows()
        rows.add("task", key, id_, report.key, event, "edited")
        rows.insert(self.connection)
        self._insert_review(event, key, "add", reason, _changes({}, plain(directive, task)))
        self._add_state(key, id_, event, report, directive, task, directive_key=None)
        return id_

    def _has_said(self, stored: StoredTask) -> bool:
        """Whether the task stands as a person said it already."""
        sql = "SELECT 1 FROM task_state WHERE task = ? AND origin = ? AND until IS NULL"
        return bool(select(self.connection, sql, (stored.key, "review")))

    def _replace_state(
        self,
        stored: StoredTask,
        event: int,
        report: _Report,
        directive: Directive,
        task: Task,
        *,
        same_directive: bool,
    ) -> None:
        self._close_review_state(stored.key, event)
        execute(self.connection, "UPDATE task_state SET current = ? WHERE task = ?", (False, stored.key))
        key = stored.directive_key if same_directive else None
        self._add_state(stored.key, stored.id, event, report, directive, task, directive_key=key)

    def _add_state(
        self,
        key: int,
        id_: str,
        event: int,
        report: _Report,
        directive: Directive,
        task: Task,
        *,
        directive_key: int | None,
    ) -> None:
        connection = self.connection
        rows = NewRows()
        person = directive.issuer.person
        people = insert_people(connection, self._keys, [person] if person is not None else [])
        bodies = [(body.id, body.name) for body in (*task.lead, *task.coordinating) if body.id is not None]
        insert_bodies(connection, bodies)
        values = ValueRows(connection, rows, self._keys, text=report.text, content=report.read.text, people=people)
        if directive_key is None:
            directive_key = values.add_directive(directive, id=directive_id(report.read.id, id_), report=report.key)
        values.add_state(
            task,
            task_key=key,
            directive=directive_key,
            digest=state_digest(directive, task),
            since=event,
            origin="review",
        )
        rows.insert(connection)

    def _close_review_state(self, task: int, event: int) -> None:
        """What a person said before holds no more; what the last run read is shown again."""
        connection = self.connection
        sql = "UPDATE task_state SET until = ?, current = ? WHERE task = ? AND origin = ? AND until IS NULL"
        execute(connection, sql, (event, False, task, "review"))
        sql = "UPDATE task_state SET current = ? WHERE task = ? AND origin = ? AND until IS NULL"
        execute(connection, sql, (True, task, "run"))

    def _set_status(self, stored: StoredTask, status: str) -> None:
        execute(self.connection, "UPDATE task SET status = ? WHERE key = ?", (status, stored.key))

    def _add_review(self, task: int, verdict: Verdict, reason: str | None, changes: Sequence[Any]) -> int:
        event = add_event(self.connection, "review", self._signature.at)
        self._insert_review(event, task, verdict, reason, changes)
        return event

    def _insert_review(
        self, event: int, task: int, verdict: Verdict, reason: str | None, changes: Sequence[Any]
    ) -> None:
        signature = self._signature
        rows = NewRows()
        rows.add("review", event, task, verdict, signature.reviewer, reason, signature.origin, json_text(changes))
        rows.insert(self.connection)

    def _report(self, key: int, text: int | None = None) -> _Report:
        return read_report(self.connection, key, text)


def read_report(connection: Connection, key: int, text: int | None = None) -> _Report:
    """The report as it stands, with the text given or its newest."""
    sql = (
        "SELECT report.id, text.key, text.content, reading.published, meeting.day FROM report "
        "JOIN reading ON reading.report = report.key AND reading.until IS NULL "
        "LEFT JOIN meeting ON meeting.reading = reading.key "
        f"JOIN text ON text.key = {'reading.text' if text is None else '?'} WHERE report.key = ?"
    )
    id_, text_key, content, published, day = select(connection, sql, (key,) if text is None else (text, key))[0]
    read = ReportRead(id=id_, text=content, published=_iso(published), meeting_day=_iso(day))
    return _Report(key, text_key, read)


def find_report(connection: Connection, report_id: str) -> int:
    """The key of the report. Raises ReviewError for an unknown one."""
    found = select(connection, "SELECT key FROM report WHERE id = ?", (report_id,))
    if not found:
        raise ReviewError("there is no such report", where=report_id, remedy="chidao tasks lists what is stored")
    return int(found[0][0])


def find_task(connection: Connection, task_id: str) -> StoredTask:
    """The task of the id. Raises ReviewError for an unknown one."""
    found = find_tasks(connection, "task.id = ?", (task_id,))
    if not found:
        raise ReviewError("there is no such task", where=task_id, remedy="chidao tasks lists the tasks with their ids")
    return found[0]


def find_tasks(connection: Connection, condition: str, values: Iterable[Any]) -> list[StoredTask]:
    """The tasks that the condition (SQL over `task`) holds for, in the order of their ids: each in its current state,
    else in its last."""
    sql = (
        "SELECT task.key, task.id, task.status, task.report, evidence.text, task_state.key, task_state.directive "
        "FROM task JOIN task_state ON task_state.task = task.key JOIN evidence ON evidence.key = task_state.evidence "
        f"WHERE {condition} ORDER BY task.id, task_state.current, task_state.since, task_state.origin DESC"
    )
    last = {row[0]: row for row in select(connection, sql, tuple(values))}
    directives = directives_of(connection, [row[5] for row in last.values()])
    found = []
    for key, id_, status, report, text, state, directive_key in last.values():
        directive = directives([state])[0]
        found.append(StoredTask(key, id_, status, report, text, state, directive_key, directive, directive.tasks[0]))
    return found


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"field": field, "before": before.get(field), "after": value}
        for field, value in after.items()
        if before.get(field) != value
    ]


def _iso(day: Any) -> str | None:
    """SQLite's driver gives days as text, PostgreSQL's as days."""
    return str(day) if day is not None else None
