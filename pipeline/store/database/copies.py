"""Rows repeated under a new key for a later stretch of the history: a reading or a state of a task, with all that hangs
on it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from pipeline.store.database.statements import execute
from pipeline.store.database.tables import METADATA

_OF_STATE = {"task_body": "state", "deadline": "state", "target": "state"}
_OF_READING = {
    "reading_source": "reading",
    "reading_version": "reading",
    "reading_progress": "reading",
    "meeting": "reading",
    "meeting_chair": "reading",
}


def copy_state(connection: Connection, key: int, new: int, since: int, until: int | None, *, current: bool) -> None:
    """The state again, as holding from `since` until `until`."""
    execute(connection, "UPDATE task_state SET current = ? WHERE key = ?", (False, key))
    _copy(connection, "task_state", "key", key, {"key": new, "since": since, "until": until, "current": current})
    for table, owner in _OF_STATE.items():
        _copy(connection, table, owner, key, {owner: new})


def copy_reading(connection: Connection, key: int, new: int, since: int, until: int | None) -> None:
    """The reading again, as holding from `since` until `until`, for the runs from then on that read it."""
    _copy(connection, "reading", "key", key, {"key": new, "since": since, "until": until})
    for table, owner in _OF_READING.items():
        _copy(connection, table, owner, key, {owner: new})
    sql = "UPDATE run_reading SET reading = ? WHERE reading = ? AND run >= ?"
    execute(connection, sql, (new, key, since))


def _copy(connection: Connection, table: str, owner: str, key: int, instead: dict[str, Any]) -> None:
    columns = METADATA.tables[table].columns.keys()
    # The values are given at the end as a row of their own: a mark for a value has a type only beside a column.
    kept = [column for column in columns if column not in instead]
    changed = [column for column in columns if column in instead]
    types = {column: METADATA.tables[table].columns[column].type.compile(connection.dialect) for column in changed}
    marks = [f"CAST(? AS {types[column]})" for column in changed]
    sql = (
        f"INSERT INTO {table} ({', '.join(kept + changed)}) "
        f"SELECT {', '.join(kept + marks)} FROM {table} WHERE {owner} = ?"
    )
    execute(connection, sql, (*(instead[column] for column in changed), key))
