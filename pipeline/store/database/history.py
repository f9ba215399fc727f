"""The history: what each run said and each person decided, and how everything stood at an event or on a day."""

from __future__ import annotations

import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, text

from pipeline.errors import StoreError
from pipeline.records import (
    Directive,
    Record,
    Task,
)
from pipeline.store.database.tables import (
    EVENT,
    REVIEW,
    RUN,
    RUN_READING,
    TASK,
    TASK_STATE,
)
from pipeline.store.exports.state_rows import directives_of


class TaskMoment(Record, frozen=True, kw_only=True):
    """What a run or a person said of a task at an event, and until which event it held (null while it does)."""

    event: int
    at: datetime.datetime
    until: int | None
    said_by: str
    verdict: str | None
    reason: str | None
    directive: Directive | None
    task: Task | None


def event_as_of(connection: Connection, moment: str) -> int:
    """The event that "as of" means: a number of one, or a day or moment (ISO), which means the last event begun by its
    end (a day ends in UTC). Raises StoreError where it is neither, or before all events."""
    newest = connection.execute(select(func.max(EVENT.c.number))).scalar()
    if moment.isdecimal():
        number = int(moment)
        if newest is not None and 1 <= number <= newest:
            return number
        raise StoreError(
            "there is no event {number}", where=moment, remedy="Give one from 1 to {newest}", number=number,
            newest=newest or 0,
        )  # fmt: skip
    try:
        at = datetime.datetime.fromisoformat(moment)
    except ValueError as error:
        raise StoreError(
            "this is neither a run nor a day", where=moment, remedy="Give a run's number, or a day as 2026-03-02"
        ) from error
    if len(moment) == len("2026-03-02"):
        at = at.replace(hour=23, minute=59, second=59, microsecond=999_999)
    at = at.replace(tzinfo=at.tzinfo or datetime.UTC)
    found = connection.execute(select(func.max(EVENT.c.number)).where(EVENT.c.at <= at)).scalar()
    if found is None:
        raise StoreError("nothing was stored yet on {moment}", where=moment, remedy="Give a later day", moment=moment)
    return int(found)


def held_at(table: Any, event: int | None) -> ColumnElement[bool]:
    """That a row with `since` and `until` held at the event; null is now."""
    if event is None:
        until_now: ColumnElement[bool] = table.c.until.is_(None)
        return until_now
    return and_(table.c.since <= event, or_(table.c.until.is_(None), table.c.until > event))


def stood_at(event: int | None) -> ColumnElement[bool]:
    """That a state of a task was how the task stood at the event: what a person had said, else the last run's reading.
    Over `task_state`; rejected tasks are told apart by `rejected_at`."""
    if event is None:
        # SQLite looks at an index of some rows only where the condition stands as the index has it.
        return and_(text("task_state.current"))
    said = TASK_STATE.alias("said")
    by_person = (
        select(said.c.key)
        .where(said.c.task == TASK_STATE.c.task, said.c.origin == "review", held_at(said, event))
        .exists()
    )
    return and_(held_at(TASK_STATE, event), or_(TASK_STATE.c.origin == "review", ~by_person))


def rejected_at(event: int | None) -> ColumnElement[bool]:
    """That the last review of a task by the event had rejected it. Over `task`."""
    if event is None:
        return TASK.c.status == "rejected"
    last = (
        select(REVIEW.c.verdict)
        .where(REVIEW.c.task == TASK.c.key, REVIEW.c.event <= event)
        .order_by(REVIEW.c.event.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, "") == "reject"


def task_history(connection: Connection, task_id: str) -> list[TaskMoment]:
    """All that was said of the task, oldest first. Raises StoreError for an unknown one."""
    key = connection.execute(select(TASK.c.key).where(TASK.c.id == task_id)).scalar()
    if key is None:
        raise StoreError("there is no such task", where=task_id, remedy="chidao tasks lists the tasks with their ids")
    states = connection.execute(
        select(TASK_STATE.c.key, TASK_STATE.c.origin, TASK_STATE.c.since, TASK_STATE.c.until, EVENT.c.at)
        .join(EVENT, EVENT.c.number == TASK_STATE.c.since)
        .where(TASK_STATE.c.task == key)
    ).all()
    reviews = {
        row.event: row
        for row in connection.execute(
            select(REVIEW, EVENT.c.at).join(EVENT, EVENT.c.number == REVIEW.c.event).where(REVIEW.c.task == key)
        )
    }
    directives = directives_of(connection, [row.key for row in states])
    moments = []
    for row in states:
        directive = directives([row.key])[0]
        review = reviews.pop(row.since, None) if row.origin == "review" else None
        moments.append(
            TaskMoment(
                event=row.since,
                at=row.at,
                until=row.until,
                said_by=review.reviewer if review is not None else "chidao",
                verdict=review.verdict if review is not None else None,
                reason=review.reason if review is not None else None,
                directive=directive,
                task=directive.tasks[0],
            )
        )
    moments += [
        TaskMoment(
            event=event, at=row.at, until=None, said_by=row.reviewer, verdict=row.verdict, reason=row.reason,
            directive=None, task=None,
        )
        for event, row in reviews.items()
    ]  # fmt: skip
    return sorted(moments, key=lambda moment: (moment.event, moment.verdict or ""))


def runs(connection: Connection) -> list[Any]:
    """The runs, oldest first, each with `event`, `at`, `finished`, `seconds`, `versions`, `counts` and `reports`."""
    reports = select(func.count()).where(RUN_READING.c.run == RUN.c.event).scalar_subquery().label("reports")
    query = select(RUN, EVENT.c.at, reports).join(EVENT, EVENT.c.number == RUN.c.event).order_by(RUN.c.event)
    return list(connection.execute(query))
