"""Tasks as lists and searches show them: one record a task, with its report."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection, select

from pipeline.records import Record
from pipeline.store.database.selection import Chosen, join_tasks, select_tasks
from pipeline.store.database.tables import (
    DEADLINE,
    DIRECTIVE,
    EVIDENCE,
    MEETING,
    PERSON,
    READING,
    REPORT,
    TASK,
    TASK_BODY,
    TASK_STATE,
)

_AT_ONCE = 500  # keys in one statement: SQLite takes 999 at least


class ListedBody(Record, frozen=True, kw_only=True):
    """Cơ quan of a task: its words in the report, and its id where the register told it."""

    name: str
    id: str | None


class ListedReport(Record, frozen=True, kw_only=True):
    """Bản tin of a list: what it is and where it came from."""

    id: str
    title: str | None
    published: datetime.date | None
    publisher: str | None
    url: str | None
    path: str


class ListedTask(Record, frozen=True, kw_only=True):
    """Nhiệm vụ of a list, as it stands now. `start` and `end` bound its words in the report's text, in code points."""

    id: str
    kind: str
    status: str
    task: str
    start: int
    end: int
    lead: tuple[ListedBody, ...]
    coordinating: tuple[ListedBody, ...]
    issuer_person: str | None
    issuer_role: str | None
    issuer_body: str | None
    deadline: str | None
    deadline_start: datetime.date | None
    deadline_end: datetime.date | None
    recurrence: str | None
    meeting: str | None
    confidence: float
    report: ListedReport


def list_tasks(connection: Connection, chosen: Chosen, *, limit: int | None = None) -> list[ListedTask]:
    """The tasks meant: those due first come first, those without a last day after them, the newest of them first."""
    last = DEADLINE.c.last_day
    query = select_tasks(chosen, TASK_STATE.c.key, last, READING.c.published).order_by(
        last.is_(None), last, READING.c.published.desc(), TASK_STATE.c.key
    )
    return load_tasks(connection, list(connection.scalars(query.limit(limit))), as_of=chosen.selection.as_of)


def load_tasks(connection: Connection, keys: Sequence[int], *, as_of: int | None = None) -> list[ListedTask]:
    """The tasks of these states (keys of `task_state`), in the same order, with their reports as of the event."""
    found: dict[int, ListedTask] = {}
    for start in range(0, len(keys), _AT_ONCE):
        found |= _load(connection, keys[start : start + _AT_ONCE], as_of)
    return [found[key] for key in keys if key in found]


def _load(connection: Connection, keys: Sequence[int], as_of: int | None) -> dict[int, ListedTask]:
    bodies: dict[tuple[int, str], list[ListedBody]] = {}
    named = select(TASK_BODY.c.state, TASK_BODY.c.role, TASK_BODY.c.name, TASK_BODY.c.body)
    ordered = named.where(TASK_BODY.c.state.in_(keys)).order_by(TASK_BODY.c.state, TASK_BODY.c.role, TASK_BODY.c.number)
    for state, role, name, body in connection.execute(ordered):
        bodies.setdefault((state, role), []).append(ListedBody(name=name, id=body))
    columns = (
        TASK_STATE.c.key, TASK.c.id, DIRECTIVE.c.kind, TASK.c.status, EVIDENCE.c.exact, EVIDENCE.c.start_offset,
        EVIDENCE.c.end_offset, PERSON.c.name.label("person"), DIRECTIVE.c.issuer_role, DIRECTIVE.c.issuer_body,
        DEADLINE.c.words, DEADLINE.c.first_day, DEADLINE.c.last_day, DEADLINE.c.recurrence,
        MEETING.c.name.label("meeting"), TASK_STATE.c.confidence, REPORT.c.id.label("report_id"), READING.c.title,
        READING.c.published, READING.c.publisher, READING.c.url, READING.c.path,
    )  # fmt: skip
    query = select(*columns).select_from(join_tasks(*columns, as_of=as_of)).where(TASK_STATE.c.key.in_(keys))
    return {
        row.key: ListedTask(
            id=row.id,
            kind=row.kind,
            status=row.status,
            task=row.exact,
            start=row.start_offset,
            end=row.end_offset,
            lead=tuple(bodies.get((row.key, "lead"), ())),
            coordinating=tuple(bodies.get((row.key, "coordinating"), ())),
            issuer_person=row.person,
            issuer_role=row.issuer_role,
            issuer_body=row.issuer_body,
            deadline=row.words,
            deadline_start=row.first_day,
            deadline_end=row.last_day,
            recurrence=row.recurrence,
            meeting=row.meeting,
            confidence=row.confidence,
            report=ListedReport(
                id=row.report_id,
                title=row.title,
                published=row.published,
                publisher=row.publisher,
                url=row.url,
                path=row.path,
            ),
        )
        for row in connection.execute(query)
    }
