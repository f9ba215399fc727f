"""The tasks of a directive database as they stand now, for export: as a person said them, else as the last run did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pipeline.records import SCHEMA_VERSION, Document, Meeting, Organizer, SourceDocument
from pipeline.store.exports.state_rows import directives_of
from pipeline.store.task_rows import TaskRow, task_rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store.database import Database
    from pipeline.store.database.selection import Selection

REPORTS_AT_ONCE = 100


class DatabaseTasks:
    """The tasks that a selection means, in the order of reports' ids and of the text.

    The documents hold what exports need: source, text, meeting and directives, without blocks, chairs, other sources,
    notes and revisions. Words that a person pointed at in an earlier text of a report come in a document of that text.
    Each method sees one state of the database to its end. All raise StoreError.
    """

    def __init__(self, database: Database, selection: Selection) -> None:
        self._database = database
        self._selection = selection

    def rows(self) -> Iterator[TaskRow]:
        """A row for each task."""
        return (row for document in self.documents() for row in task_rows(document))

    def documents(self) -> Iterator[Document]:
        """The documents that hold a task meant, with these tasks alone."""
        return self._read(self._selection, all_reports=False)

    def reports(self) -> Iterator[Document]:
        """All reports, each with all of its tasks that nobody has refused."""
        from pipeline.store.database.selection import Selection

        return self._read(Selection(), all_reports=True)

    def _read(self, selection: Selection, *, all_reports: bool) -> Iterator[Document]:
        from pipeline.store.database.selection import resolve

        with self._database.reading() as connection:
            chosen = resolve(connection, selection)
            places = iter(_places(connection, chosen, all_reports=all_reports))
            while some := list(islice(places, REPORTS_AT_ONCE)):
                yield from _documents(connection, some)


Place = tuple[int, int, list[int]]
"""A reading, a text, and the states of tasks (their keys) whose words stand in that text."""


def _places(connection: Connection, chosen: Any, *, all_reports: bool) -> Iterator[Place]:
    from sqlalchemy import select

    from pipeline.store.database.selection import select_tasks
    from pipeline.store.database.tables import EVIDENCE, READING, REPORT, TASK_STATE

    query = select_tasks(chosen, REPORT.c.id, READING.c.key, EVIDENCE.c.text, TASK_STATE.c.key).order_by(
        REPORT.c.id, EVIDENCE.c.text, EVIDENCE.c.start_offset, EVIDENCE.c.end_offset, TASK_STATE.c.key
    )
    held = groupby((tuple(row) for row in connection.execute(query)), key=itemgetter(0, 1, 2))
    with_tasks = {key: [row[3] for row in rows] for key, rows in held}
    if all_reports:
        whole = select(REPORT.c.id, READING.c.key, READING.c.text).join(READING, READING.c.report == REPORT.c.key)
        for row in connection.execute(whole.where(READING.c.until.is_(None))):
            with_tasks.setdefault(tuple(row), [])
    return ((key[1], key[2], with_tasks[key]) for key in sorted(with_tasks))


def _documents(connection: Connection, places: Sequence[Place]) -> Iterator[Document]:
    from sqlalchemy import select

    from pipeline.store.database.tables import MEETING, READING, REPORT, TEXT

    readings = {reading for reading, _, _ in places}
    source = select(READING, REPORT.c.id.label("report_id")).join(REPORT, REPORT.c.key == READING.c.report)
    heads = {row.key: row for row in connection.execute(source.where(READING.c.key.in_(readings)))}
    meetings = {row.reading: row for row in connection.execute(select(MEETING).where(MEETING.c.reading.in_(readings)))}
    wanted = select(TEXT.c.key, TEXT.c.content).where(TEXT.c.key.in_({text for _, text, _ in places}))
    texts = {key: content for key, content in connection.execute(wanted)}
    directives = directives_of(connection, [state for _, _, states in places for state in states])
    for reading, text, states in places:
        yield Document(
            schema=SCHEMA_VERSION,
            document=_source(heads[reading]),
            text=texts[text],
            blocks=(),
            abbreviations=(),
            meeting=_meeting(meetings.get(reading)),
            directives=directives(states),
        )


def _source(head: Any) -> SourceDocument:
    return SourceDocument(
        id=head.report_id,
        path=head.path,
        sha256=head.sha256,
        media_type=head.media_type,
        encoding=head.encoding,
        genre=head.genre,
        title=head.title,
        published=head.published.isoformat() if head.published else None,
        publisher=head.publisher,
        url=head.url,
        number=head.number,
        issuer=head.issuer,
    )


def _meeting(told: Any) -> Meeting:
    if told is None:
        return Meeting(name=None, date=None, place=None, organizer=None, chairs=())
    organizer = Organizer(text=told.organizer_text, name=told.organizer) if told.organizer is not None else None
    return Meeting(
        name=told.name,
        date=told.day.isoformat() if told.day else None,
        place=told.place,
        organizer=organizer,
        chairs=(),
    )
