"""Corrections out: the reports that people have been through, as gold for `chidao evaluate`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sqlalchemy import Connection

from pipeline.errors import StoreError
from pipeline.store.database.statements import select
from pipeline.store.output_folder import replace
from pipeline.store.review.gold_files import GoldFile, GoldMeeting, encode_gold, gold_task
from pipeline.store.review.reviewing import find_tasks, read_report

MANIFEST = "manifest.csv"


def reviewed_reports(connection: Connection) -> list[int]:
    """The reports (their keys) that have a review and no task left unreviewed: what is in them is all there is."""
    sql = (
        "SELECT report.key FROM report WHERE EXISTS (SELECT 1 FROM review JOIN task ON task.key = review.task "
        "WHERE task.report = report.key) AND NOT EXISTS (SELECT 1 FROM task JOIN task_state ON "
        "task_state.task = task.key WHERE task.report = report.key AND task.status = ? AND task_state.current = ?) "
        "ORDER BY report.id"
    )
    return [int(key) for (key,) in select(connection, sql, ("unreviewed", True))]


def export_gold(connection: Connection, folder: Path) -> int:
    """Writes `ID.txt` and `ID.json` of each report that people have been through, and the manifest; gives how many.

    Text and quotations are of the report's newest text: a report where a task still stands in an earlier one is left
    out. Files of reports that aren't written stay as they are. Raises StoreError.
    """
    rows = []
    for key in reviewed_reports(connection):
        report = read_report(connection, key)
        stored = [
            one
            for one in find_tasks(connection, "task.report = ? AND task_state.current = ?", (key, True))
            if one.status != "rejected"
        ]
        text = report.read.text
        if any(text[one.task.span.start : one.task.span.end] != one.task.span.exact for one in stored):
            continue
        stored.sort(key=lambda one: (one.task.span.start, one.task.span.end, one.id))
        gold = GoldFile(
            id=report.read.id,
            published=report.read.published,
            meeting=_meeting(connection, key, report.read.meeting_day),
            tasks=tuple(gold_task(one.directive, one.task) for one in stored),
        )
        _write(folder / f"{report.read.id}.txt", text.encode())
        _write(folder / f"{report.read.id}.json", encode_gold(gold))
        rows.append((f"{report.read.id}.txt", report.read.published or ""))
    if rows:
        _write(folder / MANIFEST, _manifest(folder / MANIFEST, rows))
    return len(rows)


def _meeting(connection: Connection, report: int, day: str | None) -> GoldMeeting:
    sql = (
        "SELECT meeting.organizer, meeting.reading FROM meeting JOIN reading ON reading.key = meeting.reading "
        "WHERE reading.report = ? AND reading.until IS NULL"
    )
    found = select(connection, sql, (report,))
    if not found:
        return GoldMeeting()
    sql = (
        "SELECT person.name FROM meeting_chair JOIN person ON person.key = meeting_chair.person "
        "WHERE meeting_chair.reading = ? ORDER BY meeting_chair.number"
    )
    chairs = tuple(str(name) for (name,) in select(connection, sql, (found[0][1],)))
    return GoldMeeting(date=day, chairs=chairs, organizer=found[0][0])


def _manifest(location: Path, rows: list[tuple[str, str]]) -> bytes:
    """The manifest with these rows, and those it has of other files."""
    held: dict[str, str] = {}
    if location.exists():
        with location.open(encoding="utf-8-sig", newline="") as file:
            held = {row["file"]: row["published"] for row in csv.DictReader(file)}
    held.update(rows)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("file", "published"))
    table.writerows(sorted(held.items()))
    return out.getvalue().encode()


def _write(location: Path, data: bytes) -> None:
    try:
        location.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "the gold files can't be written ({reason})",
            where=str(location.parent),
            remedy="Choose another folder",
            reason=error.strerror or error,
        ) from error
    replace(location, data)
