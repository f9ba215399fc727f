"""One document into the database: as a new report, or as a new reading of one that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection

from pipeline.errors import StoreError
from pipeline.records import Body, Document, Task
from pipeline.store.database.identity import directive_id, free_ids
from pipeline.store.database.keys import Keys
from pipeline.store.database.reading_rows import add_reading, insert_text, reading_digest
from pipeline.store.database.register import insert_bodies
from pipeline.store.database.revision_store import RevisionStore
from pipeline.store.database.statements import NewRows, execute, execute_many, select, select_one
from pipeline.store.database.task_values import ValueRows, count_keys, state_digest

_MOST_REMEMBERED = 200_000
_ASKED_AT_ONCE = 500


class ReportStore:
    """Stores documents for one run in the connection's transactions. Remembers which people and bodies are there."""

    def __init__(self, connection: Connection, keys: Keys, event: int) -> None:
        self._connection = connection
        self._keys = keys
        self._event = event
        # Of new reports, until they are written together.
        self._rows = NewRows()
        self._people: dict[str, int] = {}
        self._bodies: set[str] = set()

    def forget(self) -> None:
        """After a transaction that was taken back: what it had added isn't there."""
        self._rows = NewRows()
        self._people.clear()
        self._bodies.clear()

    def flush(self) -> None:
        """Writes what is still to be written: to be called before the transaction ends."""
        self._rows.insert(self._connection)

    def prepare(self, documents: Sequence[Document]) -> None:
        """Sees to it that the people and bodies of all the documents are there: together and in one order, so that two
        writers never wait for each other."""
        self.insert_people(name for document in documents for name in _names(document))
        self.insert_bodies(body for document in documents for body in _bodies(document))

    def store(self, document: Document) -> None:
        """Stores the document in the present transaction, whose last rows `flush` writes. Raises StoreError where it
        contradicts its own text."""
        check_quotations(document)
        connection, keys = self._connection, self._keys
        digest = reading_digest(document)
        held, reading = self._held(document.document.id, digest)
        if reading is not None:
            # Read as it was: the commonest case of a run that is repeated.
            sql = "INSERT INTO run_reading (run, reading) VALUES (?, ?) ON CONFLICT DO NOTHING"
            execute(connection, sql, (self._event, reading))
            return
        text, is_new_text = insert_text(connection, keys, document.text)
        if held is None and not is_new_text:
            self.flush()
            held = self._same_report(document, text)
        if held is None:
            held, is_new = self._insert_report(document.document.id)
        else:
            is_new = False
        people = self.insert_people(_names(document))
        self.insert_bodies(_bodies(document))
        if is_new:
            self._store_new(document, int(held), text, digest, people)
        else:
            self.flush()
            revisions = RevisionStore(connection, keys, self._event, report=int(held), people=people)
            revisions.store(document, text, digest)

    @property
    def _lock(self) -> str:
        """Another writer of the same report waits here; SQLite has one writer anyway."""
        return " FOR UPDATE" if self._connection.dialect.name == "postgresql" else ""

    def _held(self, id_: str, digest: str) -> tuple[int | None, int | None]:
        """The key of the report of the id; and of its reading, where it holds at this event and has the digest."""
        sql = (
            "SELECT report.key, reading.key, reading.digest, reading.since FROM report "
            f"JOIN reading ON reading.report = report.key AND reading.until IS NULL WHERE report.id = ?{self._lock}"
        )
        for report, reading, held, since in select(self._connection, sql, (id_,)):
            return report, reading if held == digest and since <= self._event else None
        return None, None

    def _insert_report(self, id_: str) -> tuple[int, bool]:
        key = self._keys.next(self._connection)
        sql = (
            "INSERT INTO report (key, id, first_event) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING key"
        )
        held = int(select_one(self._connection, sql, (key, id_, self._event)))
        return held, held == key

    def _same_report(self, document: Document, text: int) -> int | None:
        """The report that lay in another file in earlier runs: of the same text and day, and not of this run."""
        sql = (
            "SELECT report.key FROM reading JOIN report ON report.key = reading.report "
            "WHERE reading.text = ? AND reading.until IS NULL AND reading.published {day} AND NOT EXISTS ("
            "SELECT 1 FROM run_reading JOIN reading AS said ON said.key = run_reading.reading "
            f"WHERE said.report = report.key AND run_reading.run = ?) ORDER BY report.key LIMIT 1{self._lock}"
        )
        day = document.document.published
        values = (text, self._event) if day is None else (text, day, self._event)
        held: int | None = select_one(self._connection, sql.format(day="IS NULL" if day is None else "= ?"), values)
        return held

    def _store_new(self, document: Document, report: int, text: int, digest: str, people: dict[str, int]) -> None:
        connection, keys, event, rows = self._connection, self._keys, self._event, self._rows
        reading = keys.next(connection)
        add_reading(
            rows,
            document,
            key=reading,
            report=report,
            text=text,
            digest=digest,
            since=event,
            until=None,
            people=people,
        )
        rows.add("run_reading", event, reading)
        values = ValueRows(connection, rows, keys, text=text, content=document.text, people=people)
        report_id = document.document.id
        ids = iter(free_ids(connection, report_id, _spans(document)))
        for directive in document.directives:
            if not directive.tasks:
                continue
            own = [next(ids) for _ in directive.tasks]
            directive_key = values.add_directive(directive, id=directive_id(report_id, own[0]), report=report)
            for task, id_ in zip(directive.tasks, own, strict=True):
                task_key = keys.next(connection)
                rows.add("task", task_key, id_, report, event, "unreviewed")
                values.add_state(
                    task,
                    task_key=task_key,
                    directive=directive_key,
                    digest=state_digest(directive, task),
                    since=event,
                )

    def insert_people(self, names: Iterable[str]) -> dict[str, int]:
        """The keys of the people, who are there from now on."""
        wanted = dict.fromkeys(names)
        if len(self._people) > _MOST_REMEMBERED:
            self._people.clear()
        self._people |= insert_people(
            self._connection, self._keys, [name for name in wanted if name not in self._people]
        )
        return {name: self._people[name] for name in wanted}

    def insert_bodies(self, bodies: Iterable[Body]) -> None:
        """Sees to it that the bodies with an id are there."""
        new = {body.id: body.name for body in bodies if body.id is not None and body.id not in self._bodies}
        if new:
            insert_bodies(self._connection, sorted(new.items()))
            self._bodies |= new.keys()


def insert_people(connection: Connection, keys: Keys, names: Iterable[str]) -> dict[str, int]:
    """The keys of the people, who are there from now on."""
    # In one order, and without a lock on those who are there: two writers never wait for each other.
    wanted = sorted(set(names))
    held = _people(connection, wanted)
    missing = [name for name in wanted if name not in held]
    if missing:
        sql = "INSERT INTO person (key, name) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"
        execute_many(connection, sql, [(keys.next(connection), name) for name in missing])
        held |= _people(connection, missing)
    return held


def _people(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    """The keys of those of the people who are there."""
    held: dict[str, int] = {}
    for first in range(0, len(names), _ASKED_AT_ONCE):
        asked = names[first : first + _ASKED_AT_ONCE]
        sql = f"SELECT name, key FROM person WHERE name IN ({', '.join('?' * len(asked))})"
        held.update(select(connection, sql, asked))
    return held


def keys_needed(document: Document) -> int:
    """How many keys storing the document takes, unless it splits what other runs have stored."""
    return 4 + 2 * len(document.meeting.chairs) + 2 * count_keys(document.directives)


def check_quotations(document: Document) -> None:
    """Raises StoreError where a quotation of the document isn't what stands in its text."""
    text = document.text
    for start, end, exact in _quotations(document):
        if text[start:end] != exact:
            raise StoreError(
                "the document's words at {start}-{end} are not those it quotes",
                where=document.document.path,
                remedy="This is a defect of the program or of the file: read the report again",
                start=start,
                end=end,
            )


def _quotations(document: Document) -> Iterator[tuple[int, int, str]]:
    for directive in document.directives:
        said = directive.issuer.evidence
        if said is not None:
            yield said.start, said.end, said.exact
        for task in directive.tasks:
            yield task.span.start, task.span.end, task.span.exact
            for body in (*task.lead, *task.coordinating):
                yield body.start, body.end, body.text
            if task.deadline is not None:
                evidence = task.deadline.evidence
                yield evidence.start, evidence.end, evidence.exact
    for statement in document.progress:
        yield statement.span.start, statement.span.end, statement.span.exact


def _tasks(document: Document) -> Iterator[Task]:
    return (task for directive in document.directives for task in directive.tasks)


def _spans(document: Document) -> Iterator[tuple[str, int, int]]:
    return (
        (directive.kind, task.span.start, task.span.end)
        for directive in document.directives
        for task in directive.tasks
    )


def _names(document: Document) -> Iterator[str]:
    yield from (chair.name for chair in document.meeting.chairs)
    yield from (directive.issuer.person for directive in document.directives if directive.issuer.person is not None)


def _bodies(document: Document) -> Iterator[Body]:
    return (body for task in _tasks(document) for body in (*task.lead, *task.coordinating))
