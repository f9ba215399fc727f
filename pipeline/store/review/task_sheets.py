"""Corrected tables in: rows of `tasks.csv` or `tasks.jsonl`, changed in a spreadsheet or by a program.

A row names its task (`task_id`). Columns that it has and that say otherwise than the database are corrections; columns
it doesn't have stay. `verdict` (accept or reject) judges the task as a whole; `reason` says why. Columns read: task,
kind, issuer_person, issuer_role, issuer_body, lead, coordinating (joined by "; "), deadline_text, deadline_start,
deadline_end, recurrence. All others are passed over.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from pipeline.errors import ReviewError
from pipeline.store.database.statements import select
from pipeline.store.exports.state_rows import directives_of
from pipeline.store.review.corrections import Correction, plain
from pipeline.store.review.gold_files import Imported
from pipeline.store.review.reviewing import Reviewer, find_task

SUFFIXES = (".csv", ".jsonl")
_LISTS = ("lead", "coordinating")
_ISSUER = ("person", "role", "body")
_DEADLINE = {"text": "deadline_text", "start": "deadline_start", "end": "deadline_end", "recurrence": "recurrence"}
_VERDICTS = ("accept", "reject")


def read_sheet(location: Path) -> Iterator[dict[str, Any]]:
    """The rows of the file. Raises ReviewError where it can't be read as such a table."""
    try:
        with location.open(encoding="utf-8-sig", newline="") as file:
            if location.suffix.lower() == ".jsonl":
                yield from (json.loads(line) for line in file if line.strip())
                return
            head = file.readline()
            # A spreadsheet set to Vietnamese parts columns by semicolons.
            delimiter = max(",;\t", key=head.count)
            file.seek(0)
            for row in csv.DictReader(file, delimiter=delimiter):
                yield {name: _unquoted(value) for name, value in row.items() if name}
    except (OSError, ValueError, csv.Error) as error:
        raise ReviewError(
            "the table can't be read ({reason})", where=str(location), remedy="Save it as UTF-8", reason=error
        ) from error


def import_rows(
    connection: Connection, reviewer: Reviewer, rows: Iterable[dict[str, Any]], reason: str | None = None
) -> Imported:
    """Stores the rows as reviews. A row that says what an earlier run had read is stale and no correction. Raises
    ReviewError where a row names no task, or says what can't be."""
    done = Imported()
    for number, row in enumerate(rows, 1):
        task_id = str(row.get("task_id") or "").strip()
        if not task_id:
            raise ReviewError("row {number} names no task", remedy="Keep the column task_id", number=number)
        done = done.plus(_import_row(connection, reviewer, task_id, row, str(row.get("reason") or "") or reason))
    return done


def _import_row(
    connection: Connection, reviewer: Reviewer, task_id: str, row: dict[str, Any], reason: str | None
) -> Imported:
    stored = find_task(connection, task_id)
    verdict = str(row.get("verdict") or "").strip().lower()
    if verdict == "reject":
        if stored.status == "rejected":
            return Imported(unchanged=1)
        reviewer.reject(task_id, reason)
        return Imported(rejected=1)
    if verdict not in ("", "edit", *_VERDICTS):
        raise ReviewError(
            "{verdict} is no verdict", where=task_id, remedy="Write accept or reject, or nothing", verdict=repr(verdict)
        )
    said = _said(row)
    held = _flat(plain(stored.directive, stored.task))
    changed = {name for name, value in said.items() if held[name] != value}
    if changed:
        if any(all(old[name] == value for name, value in said.items()) for old in _earlier(connection, stored.key)):
            return Imported(stale=1)
        reviewer.edit(task_id, _correction(said, changed), reason)
        return Imported(edited=1)
    if verdict == "accept" and stored.status in ("unreviewed", "rejected"):
        reviewer.accept(task_id, reason)
        return Imported(accepted=1)
    return Imported(unchanged=1)


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """What the row says, by the names of `_flat`."""
    said: dict[str, Any] = {}
    for name, value in row.items():
        if name in _LISTS:
            parts = value if isinstance(value, list) else str(value or "").split(";")
            said[name] = [part.strip() for part in parts if part.strip()]
        elif name in ("kind", "task", *_DEADLINE.values()) or name in {f"issuer_{part}" for part in _ISSUER}:
            said[name] = str(value).strip() or None if value is not None else None
    if not said.get("task"):
        said.pop("task", None)
    return said


def _flat(held: dict[str, Any]) -> dict[str, Any]:
    deadline = held["deadline"] or [None] * len(_DEADLINE)
    return {
        "task": held["words"].strip(),
        "kind": held["kind"],
        **{f"issuer_{part}": value for part, value in zip(_ISSUER, held["issuer"], strict=True)},
        # The tables show names without the line breaks of the text.
        **{name: [" ".join(body.split()) for body in held[name]] for name in _LISTS},
        **dict(zip(_DEADLINE.values(), deadline, strict=True)),
    }


def _correction(said: dict[str, Any], changed: set[str]) -> Correction:
    values: dict[str, Any] = {}
    if "task" in changed:
        values["words"] = said["task"]
    if "kind" in changed:
        values["kind"] = said["kind"]
    values |= {name: said[name] for name in _LISTS if name in changed}
    issuer = {part: said[f"issuer_{part}"] for part in _ISSUER if f"issuer_{part}" in changed}
    if issuer:
        values["issuer"] = issuer
    deadline = {part: said[name] for part, name in _DEADLINE.items() if name in changed}
    if deadline:
        gone = all(said.get(name) is None for name in _DEADLINE.values())
        values["deadline"] = (
            None if gone else {part: value for part, value in deadline.items() if value or part != "text"}
        )
    try:
        return msgspec.convert(values, Correction)
    except msgspec.ValidationError as error:
        raise ReviewError("a value can't be used ({reason})", remedy="Correct it", reason=error) from error


def _earlier(connection: Connection, task: int) -> Iterator[dict[str, Any]]:
    """What the task was said to be in states that hold no more."""
    sql = "SELECT key FROM task_state WHERE task = ? AND until IS NOT NULL ORDER BY since"
    states = [int(key) for (key,) in select(connection, sql, (task,))]
    directives = directives_of(connection, states)
    for state in states:
        directive = directives([state])[0]
        yield _flat(plain(directive, directive.tasks[0]))


def _unquoted(value: Any) -> Any:
    """A cell without the apostrophe that kept a spreadsheet from running it."""
    if isinstance(value, str) and value.startswith("'") and value[1:2] in tuple("=+-@\t\r"):
        return value[1:]
    return value
