"""The statements that matters are made of: the tasks and progress statements of reports, in the order of the world."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from pipeline.follow.attribution import is_attributed
from pipeline.records import Body, Document, Issuer, ProgressValue, Record

StatementType = Literal["task", "progress"]
DIGITS = 12
"""Hexadecimal digits of a matter's id."""


class StatementDeadline(Record, frozen=True, kw_only=True):
    """Thời hạn of a task: its words, its last day (null where open), its recurrence."""

    text: str
    end: str | None
    recurrence: str | None


class Said(Record, frozen=True, kw_only=True):
    """Ai nói: who gives a task or tells of progress; `official` is false for a paper's own words."""

    person: str | None
    role: str | None
    body: str | None
    official: bool


class Statement(Record, frozen=True, kw_only=True):
    """Câu nói về một việc: a task or a progress statement with its report. `id` is the task's or statement's own;
    `bodies` must do or do it; `held` is the day on which a state held or was reached, null where it isn't told."""

    id: str
    report: str
    path: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    start: int
    end: int
    exact: str
    type: StatementType
    kind: str | None = None
    progress: ProgressValue | None = None
    bodies: tuple[tuple[str, str | None], ...] = ()
    said: Said
    deadline: StatementDeadline | None = None
    held: tuple[str | None, str | None] | None = None
    coordinating: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def order(self) -> tuple[str, str, int, int, str]:
        """By the day of publication, then by report and place: no order of ingestion. A report without a day comes
        after all."""
        return (self.published or "9999", self.path, self.start, self.end, self.type)


class Placed(NamedTuple):
    """A statement with the document it stands in, and spans of its text that don't tell the work."""

    statement: Statement
    document: Document
    aside: tuple[tuple[int, int], ...]


def read_statements(document: Document) -> Iterator[Placed]:
    """The statements of a report in the order of its text, tasks before progress where both begin at one place."""
    found = [*_tasks(document), *_progress(document)]
    found.sort(key=lambda placed: (placed.statement.start, placed.statement.end, placed.statement.type != "task"))
    return iter(found)


def published_day(document: Document) -> str | None:
    """The day of publication; the meeting's where that is not known."""
    return document.document.published or document.meeting.date


def _tasks(document: Document) -> Iterator[Placed]:
    for directive in document.directives:
        for task in directive.tasks:
            deadline = None
            aside = [(body.start, body.end) for body in (*task.lead, *task.coordinating)]
            if task.deadline is not None:
                due = task.deadline
                deadline = StatementDeadline(text=due.text, end=due.end, recurrence=due.recurrence)
                aside.append((due.evidence.start, due.evidence.end))
            statement = Statement(
                **_report(document),
                id=task.id,
                start=task.span.start,
                end=task.span.end,
                exact=task.span.exact,
                type="task",
                kind=directive.kind,
                bodies=_bodies(task.lead),
                said=_said(directive.issuer, official=True),
                deadline=deadline,
                coordinating=tuple(body.name for body in task.coordinating),
            )
            yield Placed(statement, document, tuple(aside))


def _progress(document: Document) -> Iterator[Placed]:
    official = document.document.genre != "news"
    for state in document.progress:
        # Of what has no id it isn't sure that it is a body: "6,8 tỷ đồng chưa được cấp".
        aside = [(body.start, body.end) for body in state.bodies if body.id is not None]
        if state.reason is not None and state.reason.start > state.span.start:
            aside.append((state.reason.start, state.reason.end))
        held = None
        if state.date is not None:
            held = (state.date.start, state.date.end)
            aside.append((state.date.evidence.start, state.date.evidence.end))
        statement = Statement(
            **_report(document),
            id=state.id,
            start=state.span.start,
            end=state.span.end,
            exact=state.span.exact,
            type="progress",
            progress=state.progress,
            bodies=_bodies(state.bodies),
            said=_said(
                state.speaker,
                official=official
                or state.speaker is not None
                or is_attributed(document.text, state.span.start, state.span.end),
            ),
            held=held,
            reason=state.reason.text if state.reason is not None else None,
        )
        yield Placed(statement, document, tuple(aside))


def _report(document: Document) -> dict[str, Any]:
    source = document.document
    return {
        "report": source.id,
        "path": source.path,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": published_day(document),
    }


def _bodies(bodies: Iterable[Body]) -> tuple[tuple[str, str | None], ...]:
    return tuple((body.name, body.id) for body in bodies)


def _said(issuer: Issuer | None, *, official: bool) -> Said:
    if issuer is None:
        return Said(person=None, role=None, body=None, official=official)
    return Said(person=issuer.person, role=issuer.role, body=issuer.body, official=official)


def matter_id(first: Statement) -> str:
    """A matter's id: from its first statement's report, type and place."""
    parts = ("matter", first.report, first.type, str(first.start), str(first.end))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:DIGITS]
