"""Gold files: all tasks of a report as people say them, in the form that `chidao evaluate` scores against.

`ID.json` beside `ID.txt`, the report's canonical text, and a manifest with the days of publication. An exported file,
corrected by hand and imported again, is a review of each of its report's tasks: those in it as they are accepted, those
in it otherwise edited, those missing rejected, new ones added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from pipeline.errors import ReviewError
from pipeline.read.normalise import normalise
from pipeline.records import Directive, DirectiveKind, Record, Recurrence, Task
from pipeline.store.database.anchoring import Anchor, match_tasks
from pipeline.store.database.statements import select
from pipeline.store.review.corrections import CorrectedDeadline, CorrectedIssuer, Correction, plain
from pipeline.store.review.reviewing import Reviewer, StoredTask, find_tasks, read_report


class GoldIssuer(Record, frozen=True, kw_only=True):
    """Who gives the task, null where the report doesn't tell."""

    person: str | None = None
    role: str | None = None
    body: str | None = None


class GoldDeadline(Record, frozen=True, kw_only=True):
    """Its words, its days (ISO, null where open or unknown), how often it comes again."""

    text: str | None = None
    start: str | None = None
    end: str | None = None
    recurrence: Recurrence | None = None


class GoldTask(Record, frozen=True, kw_only=True):
    """A task as people say it: `quote` is a copy of the text, `start` where it begins there."""

    kind: DirectiveKind
    quote: str
    start: int | None = None
    issuer: GoldIssuer = GoldIssuer()
    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deadline: GoldDeadline | None = None


class GoldMeeting(Record, frozen=True, kw_only=True):
    """The meeting's day, those who chaired it, the body that held it."""

    date: str | None = None
    chairs: tuple[str, ...] = ()
    organizer: str | None = None


class GoldFile(Record, frozen=True, kw_only=True):
    """One report's gold."""

    id: str
    published: str | None = None
    meeting: GoldMeeting = GoldMeeting()
    tasks: tuple[GoldTask, ...] = ()


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


def gold_task(directive: Directive, task: Task) -> GoldTask:
    """The task in the form of gold."""
    issuer, deadline = directive.issuer, task.deadline
    return GoldTask(
        kind=directive.kind,
        quote=task.span.exact,
        start=task.span.start,
        issuer=GoldIssuer(person=issuer.person, role=issuer.role, body=issuer.body),
        lead=tuple(body.text for body in task.lead),
        coordinating=tuple(body.text for body in task.coordinating),
        deadline=GoldDeadline(
            text=deadline.text, start=deadline.start, end=deadline.end, recurrence=deadline.recurrence
        )
        if deadline
        else None,
    )


def encode_gold(gold: GoldFile) -> bytes:
    """The file's bytes: UTF-8 JSON, indented, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(gold), indent=1) + b"\n"


def read_gold_file(location: Path) -> GoldFile:
    """The gold in a file. Raises ReviewError where it is none."""
    try:
        return msgspec.json.decode(location.read_bytes(), type=GoldFile)
    except (OSError, msgspec.DecodeError) as error:
        raise ReviewError(
            "the file is no gold file ({reason})",
            where=str(location),
            remedy="Export one and compare",
            reason=error,
        ) from error


def import_gold(connection: Connection, reviewer: Reviewer, gold: GoldFile, reason: str | None = None) -> Imported:
    """Stores the file as reviews of its report's tasks; what was reviewed the same before adds none. Raises ReviewError
    where the report isn't stored, or words of the file don't stand in its text."""
    report = _report_of(connection, gold)
    stored = find_tasks(connection, "task.report = ?", (report,))
    standing = [task for task in stored if task.status != "rejected"]
    known = [(number, _anchor(one.directive.kind, one.task, one.text)) for number, one in enumerate(standing)]
    newest = read_report(connection, report)
    pairs = match_tasks(known, list(_anchors(gold.tasks, newest.read.text, newest.text)))
    done = Imported()
    for place, task in enumerate(gold.tasks):
        if place not in pairs:
            reviewer.add(newest.read.id, correction_of(task), reason)
            done = done._replace(added=done.added + 1)
            continue
        one = standing[pairs[place]]
        correction = correction_of(task)
        if not _same(one, task):
            reviewer.edit(one.id, correction, reason)
            done = done._replace(edited=done.edited + 1)
        elif one.status == "unreviewed":
            reviewer.accept(one.id, reason)
            done = done._replace(accepted=done.accepted + 1)
        else:
            done = done._replace(unchanged=done.unchanged + 1)
    for number, one in enumerate(standing):
        if number not in pairs.values() and _is_shown(connection, one):
            reviewer.reject(one.id, reason)
            done = done._replace(rejected=done.rejected + 1)
    return done


def correction_of(task: GoldTask) -> Correction:
    """The task as a correction that states everything."""
    issuer, deadline = task.issuer, task.deadline
    return Correction(
        words=task.quote,
        start=task.start if task.start is not None else msgspec.UNSET,
        kind=task.kind,
        issuer=CorrectedIssuer(person=issuer.person, role=issuer.role, body=issuer.body),
        lead=task.lead,
        coordinating=task.coordinating,
        deadline=CorrectedDeadline(
            text=deadline.text if deadline.text is not None else msgspec.UNSET,
            start=deadline.start,
            end=deadline.end,
            recurrence=deadline.recurrence,
        )
        if deadline
        else None,
    )


def _same(stored: StoredTask, task: GoldTask) -> bool:
    """Whether the task stands as the file says; where the file leaves out where words stand, or the deadline's words,
    they are as they are."""
    held = plain(stored.directive, stored.task)
    said = msgspec.to_builtins(task)
    deadline = said["deadline"]
    told = [deadline["text"], deadline["start"], deadline["end"], deadline["recurrence"]] if deadline else None
    if told and told[0] is None and held["deadline"]:
        told[0] = held["deadline"][0]
    return bool(
        held["words"] == normalise(task.quote)
        and held["start"] == (held["start"] if task.start is None else task.start)
        and held["kind"] == task.kind
        and list(held["issuer"]) == [task.issuer.person, task.issuer.role, task.issuer.body]
        and held["lead"] == list(task.lead)
        and held["coordinating"] == list(task.coordinating)
        and held["deadline"] == told
    )


def _report_of(connection: Connection, gold: GoldFile) -> int:
    found = select(connection, "SELECT key FROM report WHERE id = ?", (gold.id,))
    if not found:
        raise ReviewError("there is no such report", where=gold.id, remedy="Load the report with chidao run first")
    return int(found[0][0])


def _is_shown(connection: Connection, stored: StoredTask) -> bool:
    return bool(select(connection, "SELECT current FROM task_state WHERE key = ?", (stored.state,))[0][0])


def _anchor(kind: str, task: Task, text: int) -> Anchor:
    return Anchor(kind, text, task.span.start, task.span.end, task.span.exact, 0.0)


def _anchors(tasks: Sequence[GoldTask], text: str, key: int) -> Iterator[Anchor]:
    """Where the tasks stand in the text: one without its own place is looked for after the one before it."""
    after = 0
    for task in tasks:
        quote = normalise(task.quote)
        start = task.start if task.start is not None and text.startswith(quote, task.start) else text.find(quote, after)
        start = start if start >= 0 else max(text.find(quote), 0)
        after = start + 1
        yield Anchor(task.kind, key, start, start + len(quote), quote, 0.0)
