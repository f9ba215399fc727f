"""Whether the database is true to itself: every text has its digest, every quotation stands where it is said to, every
row points to one that is there, ids and digests are those of the content, the history has no gaps and no overlaps."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, and_, func, or_, select

from pipeline.records import Record
from pipeline.store.database.engine import Database
from pipeline.store.database.identity import DIGITS, directive_id, task_digest
from pipeline.store.database.tables import (
    DIRECTIVE,
    EVENT,
    EVIDENCE,
    KEY_BLOCK,
    METADATA,
    READING,
    REPORT,
    REVIEW,
    RUN,
    RUN_READING,
    TASK,
    TASK_STATE,
    TEXT,
)
from pipeline.store.database.task_values import state_digest
from pipeline.store.exports.state_rows import directives_of

_AT_ONCE = 500
_SAME_SPAN = 8
"""Tasks of one report, kind and span whose ids are looked for."""


class Fault(Record, frozen=True, kw_only=True):
    """Something wrong in the database: `kind` names the check, `where` the row, `problem` says what (English)."""

    kind: str
    where: str
    problem: str


def check(database: Database) -> Iterator[Fault]:
    """Every fault that there is, as it is found; none where the database is sound. Reads all of it. Raises StoreError
    where it can't be read."""
    with database.reading() as connection:
        for one in (_file, _orphans, _texts, _evidence, _ids, _directive_ids, _states, _history, _readings, _reviews):
            yield from one(connection)


def unfinished_runs(connection: Connection) -> list[tuple[int, Any]]:
    """Runs that have no end, with their start: they go on, or were broken off. No fault: what they stored is whole."""
    query = select(RUN.c.event, EVENT.c.at).join(EVENT, EVENT.c.number == RUN.c.event).where(RUN.c.finished.is_(None))
    return [(row.event, row.at) for row in connection.execute(query.order_by(RUN.c.event))]


def _fault(kind: str, where: object, problem: str) -> Fault:
    return Fault(kind=kind, where=str(where), problem=problem)


def _file(connection: Connection) -> Iterator[Fault]:
    """SQLite's own look at its file. PostgreSQL keeps its pages itself."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
            if line != "ok":
                yield _fault("file", "database", line)


def _orphans(connection: Connection) -> Iterator[Fault]:
    for table in METADATA.sorted_tables:
        for key in table.foreign_keys:
            parent = key.column.table.alias("parent")
            missing = ~select(parent.c[key.column.name]).where(parent.c[key.column.name] == key.parent).exists()
            query = select(*table.primary_key.columns, key.parent.label("points_to"))
            for row in connection.execute(query.where(key.parent.is_not(None), missing)):
                where = f"{table.name} {', '.join(str(value) for value in row[:-1])}"
                yield _fault(
                    "orphan", where, f"{key.parent.name} points to {row[-1]}, which {key.column.table.name} lacks"
                )
    highest = max(_highest(connection, table) for table in METADATA.sorted_tables if "key" in table.primary_key.columns)
    following = connection.execute(select(KEY_BLOCK.c.next).where(KEY_BLOCK.c.name == "row")).scalar_one()
    if highest >= following:
        yield _fault("key", "key_block", f"the next key is {following}, but {highest} is taken")


def _highest(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.key), 0))).scalar_one())


def _texts(connection: Connection) -> Iterator[Fault]:
    for row in _stream(connection, select(TEXT)):
        if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
            yield _fault("text", f"text {row.key}", "the content isn't that of its digest")
        if not unicodedata.is_normalized("NFC", row.content):
            yield _fault("text", f"text {row.key}", "the content isn't in Unicode NFC")


def _evidence(connection: Connection) -> Iterator[Fault]:
    query = (
        select(EVIDENCE.c.key, EVIDENCE.c.start_offset, EVIDENCE.c.end_offset, EVIDENCE.c.exact, TEXT.c.content)
        .join(TEXT, TEXT.c.key == EVIDENCE.c.text)
        .order_by(EVIDENCE.c.key)
    )
    for row in _stream(connection, query):
        found = row.content[row.start_offset : row.end_offset]
        if found != row.exact:
            yield _fault("evidence", f"evidence {row.key}", f"it quotes {row.exact!r}, but the text has {found!r}")


def _ids(connection: Connection) -> Iterator[Fault]:
    """Each id is that of its report, and of the kind and the span that the task was first read with."""
    query = (
        select(TASK.c.key, TASK.c.id, REPORT.c.id.label("report"), DIRECTIVE.c.kind, EVIDENCE.c.start_offset,
               EVIDENCE.c.end_offset)
        .select_from(TASK)
        .join(REPORT, REPORT.c.key == TASK.c.report)
        .outerjoin(TASK_STATE, TASK_STATE.c.task == TASK.c.key)
        .outerjoin(DIRECTIVE, DIRECTIVE.c.key == TASK_STATE.c.directive)
        .outerjoin(EVIDENCE, EVIDENCE.c.key == TASK_STATE.c.evidence)
        .order_by(TASK.c.key)
    )  # fmt: skip
    for (_, id_), states in itertools.groupby(_stream(connection, query), key=lambda row: (row.key, row.id)):
        rows = list(states)
        if rows[0].kind is None:
            yield _fault("task", f"task {id_}", "it has no state: nobody ever told of it")
        elif len(id_) < DIGITS or not any(
            task_digest(row.report, row.kind, row.start_offset, row.end_offset, nth).startswith(id_)
            for row in rows
            for nth in range(_SAME_SPAN)
        ):
            yield _fault("id", f"task {id_}", "the id is not that of its content")


def _directive_ids(connection: Connection) -> Iterator[Fault]:
    query = (
        select(DIRECTIVE.c.key, DIRECTIVE.c.id, REPORT.c.id.label("report"), TASK.c.id.label("task"))
        .select_from(DIRECTIVE)
        .join(REPORT, REPORT.c.key == DIRECTIVE.c.report)
        .outerjoin(TASK_STATE, TASK_STATE.c.directive == DIRECTIVE.c.key)
        .outerjoin(TASK, TASK.c.key == TASK_STATE.c.task)
        .order_by(DIRECTIVE.c.key)
    )
    for (_, id_), tasks in itertools.groupby(_stream(connection, query), key=lambda row: (row.key, row.id)):
        rows = list(tasks)
        if rows[0].task is None:
            yield _fault("directive", f"directive {id_}", "it has no task")
        elif not any(directive_id(row.report, row.task) == id_ for row in rows):
            yield _fault("id", f"directive {id_}", "the id is not that of its first task")


def _states(connection: Connection) -> Iterator[Fault]:
    """The values of each state are those of its digest."""
    keys = connection.execute(select(TASK_STATE.c.key, TASK_STATE.c.digest).order_by(TASK_STATE.c.key)).all()
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        directives = directives_of(connection, [row.key for row in some])
        for row in some:
            try:
                directive = directives([row.key])[0]
            except (KeyError, IndexError):
                yield _fault("state", f"task_state {row.key}", "its values can't be put together")
                continue
            if state_digest(directive, directive.tasks[0]) != row.digest:
                yield _fault("state", f"task_state {row.key}", "the values are not those of its digest")


def _history(connection: Connection) -> Iterator[Fault]:
    """States of one task and origin follow one another; the current one is what a person said, else the last run."""
    query = (
        select(TASK_STATE, TASK.c.id, EVENT.c.kind)
        .join(TASK, TASK.c.key == TASK_STATE.c.task)
        .join(EVENT, EVENT.c.number == TASK_STATE.c.since)
        .order_by(TASK_STATE.c.task, TASK_STATE.c.origin, TASK_STATE.c.since)
    )
    for _, states in itertools.groupby(_stream(connection, query), key=lambda row: row.task):
        rows = list(states)
        where = f"task {rows[0].id}"
        for one, following in itertools.pairwise(rows):
            if one.origin == following.origin and (one.until is None or one.until > following.since):
                yield _fault("history", where, f"two states hold at event {following.since}")
        if any(row.origin == "run" and row.kind != "run" for row in rows):
            yield _fault("history", where, "what a run read dates from a review")
        standing = [row for row in rows if row.until is None]
        expected = next((row for row in standing if row.origin == "review"), standing[0] if standing else None)
        if [row.key for row in rows if row.current] != ([expected.key] if expected is not None else []):
            yield _fault("history", where, "the current state is not the one that holds")


def _readings(connection: Connection) -> Iterator[Fault]:
    without = select(REPORT.c.id).where(
        ~select(READING.c.key).where(READING.c.report == REPORT.c.key, READING.c.until.is_(None)).exists()
    )
    for (id_,) in connection.execute(without):
        yield _fault("reading", f"report {id_}", "no reading of it holds")
    other = READING.alias("other")
    overlapping = (
        select(REPORT.c.id, other.c.since)
        .join(READING, READING.c.report == REPORT.c.key)
        .join(other, and_(other.c.report == READING.c.report, other.c.since > READING.c.since))
        .where(or_(READING.c.until.is_(None), READING.c.until > other.c.since))
    )
    for id_, since in connection.execute(overlapping):
        yield _fault("reading", f"report {id_}", f"two readings hold at event {since}")
    unread = select(READING.c.key).where(
        ~select(RUN_READING.c.run).where(RUN_READING.c.reading == READING.c.key).exists()
    )
    for (key,) in connection.execute(unread):
        yield _fault("reading", f"reading {key}", "no run read it")
    untimely = (
        select(RUN_READING.c.run, READING.c.key)
        .join(READING, READING.c.key == RUN_READING.c.reading)
        .where(or_(RUN_READING.c.run < READING.c.since, RUN_READING.c.run >= READING.c.until))
    )
    for run, key in connection.execute(untimely):
        yield _fault("reading", f"reading {key}", f"run {run} read it while it didn't hold")


def _reviews(connection: Connection) -> Iterator[Fault]:
    """The status of each task is that of its reviews, and what was accepted or edited stands as a person said it."""
    query = (
        select(TASK.c.key, TASK.c.id, TASK.c.status, REVIEW.c.verdict)
        .select_from(TASK)
        .outerjoin(REVIEW, REVIEW.c.task == TASK.c.key)
        .where(or_(TASK.c.status != "unreviewed", REVIEW.c.event.is_not(None)))
        .order_by(TASK.c.key, REVIEW.c.event)
    )
    said = set(
        connection.execute(
            select(TASK_STATE.c.task).where(TASK_STATE.c.origin == "review", TASK_STATE.c.until.is_(None))
        ).scalars()
    )
    for (key, id_, status), reviews in itertools.groupby(
        _stream(connection, query), key=lambda row: (row.key, row.id, row.status)
    ):
        if status != status_after([row.verdict for row in reviews if row.verdict is not None]):
            yield _fault("review", f"task {id_}", f"its status is {status}, which is not what its reviews say")
        if (status in ("accepted", "edited")) != (key in said):
            yield _fault("review", f"task {id_}", f"its status is {status}, which is not how it stands")


def status_after(verdicts: list[str]) -> str:
    """The status of a task after its reviews, in their order."""
    status = "unreviewed"
    for verdict in verdicts:
        if verdict == "accept":
            status = "edited" if status == "edited" else "accepted"
        else:
            status = {"reject": "rejected", "edit": "edited", "add": "edited"}[verdict]
    return status


def _stream(connection: Connection, query: Any) -> Iterator[Any]:
    """The rows of a query that may have many, without holding them all."""
    return iter(connection.execution_options(stream_results=True, yield_per=1000).execute(query))
