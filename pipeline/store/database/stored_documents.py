"""Documents out of the database: a report with its tasks as it stands, as it stood, or as a run had read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from pipeline.records import (
    SCHEMA_VERSION,
    Abbreviation,
    Block,
    Chair,
    Document,
    Meeting,
    Note,
    Organizer,
    ProgressStatement,
    Revision,
    Signer,
    Source,
    SourceDocument,
    TaskChange,
    TextQuality,
)
from pipeline.store.database.history import held_at, rejected_at, stood_at
from pipeline.store.database.tables import (
    EVIDENCE,
    MEETING,
    MEETING_CHAIR,
    PERSON,
    READING,
    READING_PROGRESS,
    READING_SOURCE,
    READING_VERSION,
    REPORT,
    TASK,
    TASK_STATE,
    TEXT,
)
from pipeline.store.exports.state_rows import directives_of


def read_documents(
    connection: Connection, *, event: int | None = None, report_id: str | None = None, by_run: bool = False
) -> Iterator[Document]:
    """The reports as they stood at the event (null: now), in the order of their ids: with what people had said, without
    what they had rejected; or, with `by_run`, as the last run by then had read them. Ids are those of the database.
    What a person said of words in an earlier text of a report is left out: its places are of another text."""
    query = (
        select(READING, REPORT.c.id.label("report_id"), TEXT.c.content)
        .join(REPORT, REPORT.c.key == READING.c.report)
        .join(TEXT, TEXT.c.key == READING.c.text)
        .where(held_at(READING, event))
        .order_by(REPORT.c.id)
    )
    if report_id is not None:
        query = query.where(REPORT.c.id == report_id)
    for reading in connection.execute(query).all():
        yield _document(connection, reading, event, by_run)


def _document(connection: Connection, reading: Any, event: int | None, by_run: bool) -> Document:
    if by_run:
        chosen = [TASK_STATE.c.origin == "run", held_at(TASK_STATE, event)]
    else:
        chosen = [stood_at(event), ~rejected_at(event)]
    query = (
        select(TASK_STATE.c.key)
        .join(TASK, TASK.c.key == TASK_STATE.c.task)
        .join(EVIDENCE, EVIDENCE.c.key == TASK_STATE.c.evidence)
        .where(TASK.c.report == reading.report, EVIDENCE.c.text == reading.text, *chosen)
        .order_by(EVIDENCE.c.start_offset, EVIDENCE.c.end_offset, TASK.c.id)
    )
    states = list(connection.execute(query).scalars())
    return Document(
        schema=SCHEMA_VERSION,
        document=_source(connection, reading),
        text=reading.content,
        blocks=tuple(Block(kind=kind, start=start, end=end) for kind, start, end in reading.blocks),
        abbreviations=msgspec.convert(reading.abbreviations, tuple[Abbreviation, ...]),
        meeting=_meeting(connection, reading.key),
        directives=directives_of(connection, states)(states),
        progress=_progress(connection, reading.key),
        revisions=tuple(
            Revision(of=row.earlier_id, path=row.path, changes=msgspec.convert(row.changes, tuple[TaskChange, ...]))
            for row in connection.execute(
                select(READING_VERSION)
                .where(READING_VERSION.c.reading == reading.key)
                .order_by(READING_VERSION.c.number)
            )
        ),
    )


def _progress(connection: Connection, reading: int) -> tuple[ProgressStatement, ...]:
    told = connection.execute(
        select(READING_PROGRESS.c.statements).where(READING_PROGRESS.c.reading == reading)
    ).scalar()
    return msgspec.convert(told or [], tuple[ProgressStatement, ...])


def _source(connection: Connection, row: Any) -> SourceDocument:
    others = connection.execute(
        select(READING_SOURCE).where(READING_SOURCE.c.reading == row.key).order_by(READING_SOURCE.c.number)
    )
    signer = Signer(name=row.signer, role=row.signer_role, authority=row.signer_authority) if row.signer else None
    quality = None
    if row.quality is not None:
        quality = TextQuality(level=row.quality, impossible=row.impossible, accented=row.accented)
    return SourceDocument(
        id=row.report_id,
        path=row.path,
        sha256=row.sha256,
        media_type=row.media_type,
        encoding=row.encoding,
        genre=row.genre,
        title=row.title,
        published=row.published.isoformat() if row.published else None,
        publisher=row.publisher,
        url=row.url,
        number=row.number,
        issuer=row.issuer,
        signer=signer,
        quality=quality,
        notes=msgspec.convert(row.notes, tuple[Note, ...]),
        sources=tuple(
            Source(
                path=other.path,
                relation=other.relation,
                id=other.report_id,
                publisher=other.publisher,
                url=other.url,
                similarity=other.similarity,
            )
            for other in others
        ),
    )


def _meeting(connection: Connection, reading: int) -> Meeting:
    row = connection.execute(select(MEETING).where(MEETING.c.reading == reading)).first()
    if row is None:
        return Meeting(name=None, date=None, place=None, organizer=None, chairs=())
    chairs = connection.execute(
        select(PERSON.c.name, MEETING_CHAIR.c.roles)
        .join(MEETING_CHAIR, MEETING_CHAIR.c.person == PERSON.c.key)
        .where(MEETING_CHAIR.c.reading == reading)
        .order_by(MEETING_CHAIR.c.number)
    )
    organizer = None
    if row.organizer is not None:
        organizer = Organizer(text=row.organizer_text, name=row.organizer)
    return Meeting(
        name=row.name,
        date=row.day.isoformat() if row.day else None,
        place=row.place,
        organizer=organizer,
        chairs=tuple(Chair(name=chair.name, roles=tuple(chair.roles)) for chair in chairs),
    )
