"""What to look at first: the tasks that nobody has reviewed, the most doubtful before all others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, case, exists, func, or_, select

from pipeline.records import Record
from pipeline.registry.body_index import GROUP
from pipeline.store.database.selection import Selection, resolve, select_tasks
from pipeline.store.database.tables import (
    DEADLINE,
    DIRECTIVE,
    EVIDENCE,
    PERSON,
    READING,
    REPORT,
    TASK,
    TASK_BODY,
    TASK_STATE,
)

_STEP = 0.1
"""What each open question takes from the confidence."""


class Doubtful(Record, frozen=True, kw_only=True):
    """A task to be reviewed. `doubt` is between 0 and 1; `questions` says what is open: "lead" (none, or one that can't
    be told), "deadline" (words without days), "issuer" (nobody), "quality" (a damaged text)."""

    task_id: str
    report_id: str
    path: str
    published: str | None
    kind: str
    task: str
    lead: tuple[str, ...]
    deadline: str | None
    issuer: str | None
    confidence: float
    doubt: float
    questions: tuple[str, ...]


def review_queue(connection: Connection, selection: Selection, *, limit: int | None = None) -> list[Doubtful]:
    """The unreviewed tasks of the selection, the most doubtful first; of equals the later published.

    The doubt is what is left of 1 after the program's confidence, less a tenth of it for each open question.
    """
    chosen = resolve(connection, selection)
    questions = {
        "lead": _unidentified(),
        "deadline": and_(
            DEADLINE.c.state.is_not(None),
            DEADLINE.c.first_day.is_(None),
            DEADLINE.c.last_day.is_(None),
            DEADLINE.c.recurrence.is_(None),
        ),
        "issuer": and_(
            DIRECTIVE.c.issuer.is_(None), DIRECTIVE.c.issuer_role.is_(None), DIRECTIVE.c.issuer_body.is_(None)
        ),
        "quality": and_(READING.c.quality.is_not(None), READING.c.quality != "good"),
    }
    opened = [case((condition, 1), else_=0) for condition in questions.values()]
    count: Any = sum(opened[1:], start=opened[0])
    doubt = (1 - TASK_STATE.c.confidence * (1 - _STEP * count)).label("doubt")
    query = (
        select_tasks(
            chosen,
            TASK_STATE.c.key,
            TASK.c.id,
            REPORT.c.id.label("report_id"),
            READING.c.path,
            READING.c.published,
            DIRECTIVE.c.kind,
            EVIDENCE.c.exact,
            DEADLINE.c.words,
            PERSON.c.name,
            DIRECTIVE.c.issuer_role,
            DIRECTIVE.c.issuer_body,
            TASK_STATE.c.confidence,
            doubt,
            *(column.label(f"open_{name}") for name, column in zip(questions, opened, strict=True)),
        )
        .where(TASK.c.status == "unreviewed")
        .order_by(doubt.desc(), READING.c.published.is_(None), READING.c.published.desc(), TASK.c.id)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    leads = _leads(connection, [row.key for row in rows])
    return [
        Doubtful(
            task_id=row.id,
            report_id=row.report_id,
            path=row.path,
            published=row.published.isoformat() if row.published else None,
            kind=row.kind,
            task=row.exact,
            lead=leads.get(row.key, ()),
            deadline=row.words,
            issuer=row.name or row.issuer_role or row.issuer_body,
            confidence=row.confidence,
            doubt=round(row.doubt, 4),
            questions=tuple(name for name in questions if getattr(row, f"open_{name}")),
        )
        for row in rows
    ]


def _unidentified() -> Any:
    """No lead body, or one that can't be told; a group of bodies ("các sở, ngành") is what the words say."""
    leads = and_(TASK_BODY.c.state == TASK_STATE.c.key, TASK_BODY.c.role == "lead")
    unknown = and_(leads, TASK_BODY.c.body.is_(None), func.coalesce(TASK_BODY.c.reason, "") != GROUP)
    return or_(~exists().where(leads), exists().where(unknown))


def _leads(connection: Connection, states: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    query = select(TASK_BODY.c.state, TASK_BODY.c.name).where(TASK_BODY.c.role == "lead")
    for first in range(0, len(states), 500):
        some = query.where(TASK_BODY.c.state.in_(states[first : first + 500]))
        for state, name in connection.execute(some.order_by(TASK_BODY.c.state, TASK_BODY.c.number)):
            found[state] = (*found.get(state, ()), name)
    return found
