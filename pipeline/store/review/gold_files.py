"""Gold files: all tasks of a report as people say them, in the form that `chidao evaluate` scores against.

`ID.json` beside `ID.txt`, the report's canonical text, and a manifest with the days of publication. An exported file,
corrected by hand and imported again, is a review of each of its report's tasks: those in it as they are accepted, those
in it otherwise edited, those missing rejected, new ones added.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import Connection

from pipeline.errors import ReviewError
from pipeline.read.normalise import normalise
from pipeline.records import Directive, DirectiveKind, Record, Recurrence, Task
from pipeline.store.review.corrected_report import Imported, import_report
from pipeline.store.review.corrections import CorrectedDeadline, CorrectedIssuer, Correction, plain
from pipeline.store.review.reviewing import Reviewer, StoredTask


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

    def place(self, text: str, after: int) -> tuple[str, int, int]:
        """See `CorrectedTask`."""
        quote = normalise(self.quote)
        start = self.start
        if start is None or not text.startswith(quote, start):
            start = text.find(quote, after)
        start = start if start >= 0 else max(text.find(quote), 0)
        return self.kind, start, start + len(quote)

    def correction_of(self, stored: StoredTask | None) -> Correction | None:
        """See `CorrectedTask`."""
        return None if stored is not None and _is_same(stored, self) else _correction(self)


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
    """Stores the file as reviews of its report's tasks. Raises ReviewError as `import_report` does."""
    return import_report(connection, reviewer, gold.id, gold.tasks, reason)


def _correction(task: GoldTask) -> Correction:
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


def _is_same(stored: StoredTask, task: GoldTask) -> bool:
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
