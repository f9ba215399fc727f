"""A report as a whole in rows: its text, the reading, sources, versions, meeting."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Connection

from pipeline.records import Document, Meeting
from pipeline.store.database.keys import Keys
from pipeline.store.database.statements import NewRows, execute, select_one

_ENCODER = msgspec.json.Encoder()


def json_text(value: Any) -> str:
    """The value as JSON on one line."""
    return _ENCODER.encode(value).decode()


def reading_digest(document: Document) -> str:
    """SHA-256 of all that was read."""
    return hashlib.sha256(_ENCODER.encode(document)).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 of the text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def insert_text(connection: Connection, keys: Keys, text: str) -> tuple[int, bool]:
    """The key of the text, and whether it wasn't there before."""
    key, digest = keys.next(connection), text_digest(text)
    sql = "INSERT INTO text (key, sha256, content) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING"
    if execute(connection, sql, (key, digest, text)) == 1:
        return key, True
    return int(select_one(connection, "SELECT key FROM text WHERE sha256 = ?", (digest,))), False


def has_meeting(meeting: Meeting) -> bool:
    """Whether the report tells of a meeting at all."""
    return bool(meeting.name or meeting.date or meeting.place or meeting.organizer or meeting.chairs)


def add_reading(
    rows: NewRows,
    document: Document,
    *,
    key: int,
    report: int,
    text: int,
    digest: str,
    since: int,
    until: int | None,
    people: dict[str, int],
) -> None:
    """The rows of a reading and all that hangs on it; `people` are the keys of the names."""
    source = document.document
    signer, quality = source.signer, source.quality
    rows.add(
        "reading",
        key,
        report,
        text,
        since,
        until,
        source.id,
        digest,
        document.schema,
        source.path,
        source.sha256,
        source.media_type,
        source.encoding,
        source.genre,
        source.title,
        source.published,
        source.publisher,
        source.url,
        source.number,
        source.issuer,
        signer.name if signer else None,
        signer.role if signer else None,
        signer.authority if signer else None,
        quality.level if quality else None,
        quality.impossible if quality else None,
        quality.accented if quality else None,
        json_text(source.notes),
        json_text([[block.kind, block.start, block.end] for block in document.blocks]),
        json_text(document.abbreviations),
    )
    for number, other in enumerate(source.sources):
        rows.add(
            "reading_source",
            key,
            number,
            other.path,
            other.relation,
            other.id,
            other.publisher,
            other.url,
            other.similarity,
        )
    for number, revision in enumerate(document.revisions):
        rows.add("reading_version", key, number, revision.of, revision.path, json_text(revision.changes))
    if document.progress:
        rows.add("reading_progress", key, json_text(document.progress))
    meeting = document.meeting
    if has_meeting(meeting):
        organizer = meeting.organizer
        rows.add(
            "meeting",
            key,
            meeting.name,
            meeting.date,
            meeting.place,
            organizer.name if organizer else None,
            organizer.text if organizer else None,
        )
        for number, chair in enumerate(meeting.chairs):
            rows.add("meeting_chair", key, number, people[chair.name], json_text(chair.roles))
