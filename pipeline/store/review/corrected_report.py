"""A report's tasks as a corrected file has them, all of them, as reviews: those that the file has as they stand are
accepted, those it has otherwise edited, those it lacks rejected, new ones added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from pipeline.errors import ReviewError
from pipeline.store.database.anchoring import Anchor, match_tasks
from pipeline.store.database.statements import select
from pipeline.store.review.corrections import Correction
from pipeline.store.review.reviewing import Reviewer, StoredReport, StoredTask, find_tasks, read_report


class Imported(NamedTuple):
    """What an import came to; `stale` rows tell what an earlier run had read."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    added: int = 0
    unchanged: int = 0
    stale: int = 0

    def plus(self, other: Imported) -> Imported:
        """Both together."""
        return Imported(*(one + two for one, two in zip(self, other, strict=True)))


class CorrectedTask(Protocol):
    """A task of a corrected file."""

    def place(self, text: str, after: int) -> tuple[str, int, int]:
        """Its kind, and where it stands in the text; without a place of its own it is looked for from `after` on."""

    def correction_of(self, stored: StoredTask | None) -> Correction | None:
        """What it changes in the stored task, null where it says the same; of no task, everything."""


def import_report(
    connection: Connection, reviewer: Reviewer, report_id: str, tasks: Sequence[CorrectedTask], reason: str | None
) -> Imported:
    """Stores the tasks as reviews of the report; what was reviewed the same before adds none. Raises ReviewError where
    the report isn't stored, or words of a task don't stand in its text."""
    report = stored_report(connection, report_id)
    held = find_tasks(connection, "task.report = ?", (report.key,))
    standing = [task for task in held if task.status != "rejected"]
    known = [(number, _anchor(one)) for number, one in enumerate(standing)]
    anchors, after = [], 0
    for task in tasks:
        kind, start, end = task.place(report.read.text, after)
        anchors.append(Anchor(kind, report.text, start, end, report.read.text[start:end], 0.0))
        after = start + 1
    pairs = match_tasks(known, anchors)
    done = Imported()
    for place, task in enumerate(tasks):
        one = standing[pairs[place]] if place in pairs else None
        correction = task.correction_of(one)
        if one is None:
            if correction is not None:
                reviewer.add(report.read.id, correction, reason)
                done = done._replace(added=done.added + 1)
        elif correction is not None:
            reviewer.edit(one.id, correction, reason)
            done = done._replace(edited=done.edited + 1)
        elif one.status == "unreviewed":
            reviewer.accept(one.id, reason)
            done = done._replace(accepted=done.accepted + 1)
        else:
            done = done._replace(unchanged=done.unchanged + 1)
    kept = set(pairs.values())
    for number, one in enumerate(standing):
        if number not in kept and _is_shown(connection, one):
            reviewer.reject(one.id, reason)
            done = done._replace(rejected=done.rejected + 1)
    return done


def stored_report(connection: Connection, report_id: str) -> StoredReport:
    """The report as it stands. Raises ReviewError where it isn't stored."""
    found = select(connection, "SELECT key FROM report WHERE id = ?", (report_id,))
    if not found:
        raise ReviewError("there is no such report", where=report_id, remedy="Load the report with chidao run first")
    return read_report(connection, int(found[0][0]))


def _is_shown(connection: Connection, stored: StoredTask) -> bool:
    return bool(select(connection, "SELECT current FROM task_state WHERE key = ?", (stored.state,))[0][0])


def _anchor(stored: StoredTask) -> Anchor:
    span = stored.task.span
    return Anchor(stored.directive.kind, stored.text, span.start, span.end, span.exact, 0.0)
